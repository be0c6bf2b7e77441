"""A comparison for people at a terminal: a summary, then the changes by group.

Signs and words say everything that the colours say: `=` unchanged, `~` changed, `+` added, `-` removed, `<` split,
`>` merged, `?` needs a decision; [-words-] were removed, {+words+} inserted.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from extractor.changes import KINDS, LABELS, Change, ChangeKind, Changes, FieldChange, History
from extractor.write.changes_words import (
    Detail,
    by_group,
    counted,
    day,
    details,
    lateness,
    plan_name,
    refs,
    tally,
    text_changes,
    warnings,
    weight_words,
)

_SIGNS: dict[ChangeKind, str] = {
    "unchanged": "=",
    "changed": "~",
    "split": "<",
    "merged": ">",
    "added": "+",
    "removed": "-",
}
_COLOURS: dict[ChangeKind, str] = {
    "unchanged": "2",
    "changed": "33",
    "split": "33",
    "merged": "33",
    "added": "32",
    "removed": "31",
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKED = re.compile(r"\[-.*?-\]|\{\+.*?\+\}", re.DOTALL)
_INDENT = "      "


class _Ink:
    """Paints words, or leaves them as they are."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def format_changes_text(changes: Changes, *, width: int = 80, colour: bool = False) -> str:
    """The report in lines of at most `width` letters (no fewer than 60)."""
    width = max(60, width)
    ink = _Ink(colour)
    lines = list(_heading(changes, width, ink))
    for title, some in by_group(changes.changes):
        lines += ["", *(ink.paint(line, "1") for line in _wrapped(title, width))]
        counts = tally(some)
        lines.append(
            ink.paint(
                f"  {counts.kept} kept, {counts.changed} changed, {counts.dropped} dropped, {counts.new} new", "2"
            )
        )
        for change in some:
            lines += _change(change, width, ink)
    return "\n".join(lines) + "\n"


def _visible(text: str) -> str:
    """The text without control characters, which could play tricks on a terminal."""
    return _CONTROL.sub("", text)


def _wrapped(text: str, width: int, indent: str = "", hang: str = "") -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(_visible(text).split("\n")):
        first = indent if number == 0 else hang or indent
        lines += textwrap.wrap(line, width, initial_indent=first, subsequent_indent=hang or indent) or [first.rstrip()]
    return lines


def _heading(changes: Changes, width: int, ink: _Ink) -> Iterator[str]:
    for line in _wrapped(f"What became of {plan_name(changes.old)} in {plan_name(changes.new)}", width):
        yield ink.paint(line, "1")
    yield (f"{counted(changes.old.activities, 'activity', 'activities')} then, {changes.new.activities:,} now")
    yield ""
    kinds = changes.summary.kinds
    # A count and its noun stay on one line: the blanks within are kept from the wrapping.
    counts = "  ".join(f"{_SIGNS[kind]}\0{kinds.get(kind, 0):,}\0{kind}" for kind in KINDS)
    yield from (line.replace("\0", " ") for line in textwrap.wrap(counts, width))
    labels = [
        f"{changes.summary.labels[label]:,} {label.replace('_', ' ')}"
        for label in LABELS
        if changes.summary.labels.get(label)
    ]
    if labels:
        yield from _wrapped("Among them: " + ", ".join(labels) + ".", width)
    if changes.summary.needs_decision:
        number = counted(changes.summary.needs_decision, "change")
        yield from _wrapped(f"? {number} should be looked at by a person (--write-decisions).", width)
    for warning in warnings(changes):
        for line in _wrapped(warning, width, "! ", "  "):
            yield ink.paint(line, "33")


def _change(change: Change, width: int, ink: _Ink) -> Iterator[str]:
    doubt = "?" if change.needs_decision else " "
    sign = _SIGNS[change.kind]
    head = _visible(f"{doubt}{sign} {refs(change, '->')}")
    edits = text_changes(change)
    if change.kind == "unchanged":
        text = textwrap.shorten(_visible(change.new[0].activity), max(20, width - len(head) - 3), placeholder="...")
        yield ink.paint(f" {head}  {text}", _COLOURS[change.kind])
        return
    for line in _wrapped(f" {head}{_told(change)}", width, hang=_INDENT):
        yield ink.paint(line, f"1;{_COLOURS[change.kind]}")
    if len(edits) == 1 and change.kind == "changed":
        yield from _edited(edits[0], width, ink)
    else:
        for brief, mark in [(b, "-") for b in change.old if change.kind != "changed"] + [(b, "+") for b in change.new]:
            lead = f"{mark} " if change.kind in ("split", "merged") else ""
            yield from _wrapped(lead + brief.activity, width, _INDENT, _INDENT + " " * len(lead))
    if change.kind == "removed" and change.old[0].end:
        yield from _wrapped(f"was due {day(change.old[0].end)}", width, _INDENT)
    for detail in details(change):
        yield from _wrapped(_detail(detail), width, _INDENT, _INDENT + "  ")
    if change.nearest:
        yield from _wrapped(f"nearest in the other plan: {', '.join(change.nearest)}", width, _INDENT)


def _told(change: Change) -> str:
    parts = [label.replace("_", " ") for label in change.labels]
    return f"  {', '.join(parts)}" if parts else ""


def _edited(field: FieldChange, width: int, ink: _Ink) -> Iterator[str]:
    """The text with what was removed and inserted marked."""
    marks = {"kept": ("", ""), "removed": ("[-", "-]"), "inserted": ("{+", "+}")}
    pieces = []
    for run in field.runs:
        before, after = marks[run.operation]
        bare = run.text.rstrip()
        pieces.append(f"{before}{bare}{after}" + (run.text[len(bare) :] or " "))
    lines = _wrapped("".join(pieces).strip(), width, _INDENT)
    yield from _painted(lines, ink)
    yield from _wrapped(f"text: {weight_words(field)}", width, _INDENT)


def _painted(lines: Iterable[str], ink: _Ink) -> list[str]:
    """The lines with the marked words coloured, also where a mark runs over a line's end."""
    if not ink.colour:
        return list(lines)
    text = _MARKED.sub(
        lambda found: "\n".join(
            re.sub(r"\S.*", lambda part: ink.paint(part.group(), "31" if found.group()[0] == "[" else "32"), line)
            for line in found.group().split("\n")
        ),
        "\n".join(lines),
    )
    return text.split("\n")


def _detail(detail: Detail) -> str:
    remark = f" ({detail.remark})" if detail.remark else ""
    return f"{detail.what.lower()}: {detail.old} -> {detail.new}{remark}"


def format_history_text(history: History, *, width: int = 80, colour: bool = False) -> str:
    """The threads in a table: refs through the years, how often carried over, the slip, and the text."""
    width = max(60, width)
    ink = _Ink(colour)
    lines = [
        ink.paint(line, "1")
        for number, side in enumerate(history.plans, 1)
        for line in _wrapped(
            f"{plan_name(side)} ({counted(side.activities, 'activity', 'activities')})", width, f"{number}  ", "   "
        )
    ]
    lines.append("")
    columns = [str(number) for number in range(1, len(history.plans) + 1)]
    sizes = [
        max(len(columns[at]), *(len(thread.refs[at] or "-") for thread in history.threads), 1) if history.threads else 1
        for at in range(len(columns))
    ]
    lines.append(
        ink.paint("  ".join(c.ljust(s) for c, s in zip(columns, sizes, strict=True)) + "  over  activity", "2")
    )
    for thread in history.threads:
        cells = "  ".join((ref or "-").ljust(size) for ref, size in zip(thread.refs, sizes, strict=True))
        head = f"{cells}  {thread.carried_over:>4}  "
        slip = f"{lateness(thread.total_slip_days)}: " if thread.total_slip_days else ""
        fate = "" if thread.fate == "current" else f"[{thread.fate}] "
        text = textwrap.shorten(
            _visible(fate + slip + thread.steps[-1].activity), max(20, width - len(head)), placeholder="..."
        )
        lines.append(head + text)
    return "\n".join(lines) + "\n"
