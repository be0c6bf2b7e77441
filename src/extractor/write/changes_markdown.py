"""A comparison in Markdown, for a committee report: tables of counts, then the changes by group in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.changes import KINDS, LABELS, Change, Changes, FieldChange
from extractor.write.changes_words import (
    KIND_WORDS,
    LABEL_WORDS,
    by_group,
    counted,
    day,
    details,
    plan_name,
    refs,
    tally,
    text_changes,
    warnings,
    weight_words,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.MULTILINE)


def format_changes_markdown(changes: Changes) -> str:
    """The report in CommonMark with GitHub's tables and strike-through."""
    lines = [
        f"# What became of {_plain(plan_name(changes.old))} in {_plain(plan_name(changes.new))}",
        "",
        f"The old plan has {counted(changes.old.activities, 'activity', 'activities')}, the new one "
        f"{changes.new.activities:,}.",
    ]
    for warning in warnings(changes):
        lines += ["", f"> {_plain(warning)}"]
    lines += ["", "## Summary", "", "| What happened | Number |", "| --- | ---: |"]
    lines += [f"| {KIND_WORDS[kind]} | {changes.summary.kinds.get(kind, 0):,} |" for kind in KINDS]
    told = [label for label in LABELS if changes.summary.labels.get(label)]
    if told:
        lines += ["", "| In what way | Number |", "| --- | ---: |"]
        lines += [f"| {LABEL_WORDS[label]} | {changes.summary.labels[label]:,} |" for label in told]
    if changes.summary.needs_decision:
        lines += [
            "",
            f"{counted(changes.summary.needs_decision, 'change')} should be looked at by a person: marked (?).",
        ]
    groups = by_group(changes.changes)
    lines += ["", "| Group | Kept | Changed | Dropped | New |", "| --- | ---: | ---: | ---: | ---: |"]
    for title, some in groups:
        counts = tally(some)
        lines.append(f"| {_plain(title)} | {counts.kept} | {counts.changed} | {counts.dropped} | {counts.new} |")
    for title, some in groups:
        lines += ["", f"## {_plain(title)}"]
        same = [change for change in some if change.kind == "unchanged"]
        for change in some:
            if change.kind != "unchanged":
                lines += ["", *_change(change)]
        if same:
            lines += ["", f"**Unchanged:** {', '.join(_plain(refs(change)) for change in same)}"]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """The text on one line, with what Markdown would read as markup escaped."""
    return _LINE_START.sub(r"\1\\\2\3", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _change(change: Change) -> Iterator[str]:
    doubt = " (?)" if change.needs_decision else ""
    labels = ", ".join(label.replace("_", " ") for label in change.labels)
    yield f"**{KIND_WORDS[change.kind]}: {_plain(refs(change))}**{doubt}" + (f" – {labels}" if labels else "")
    yield ""
    edits = text_changes(change)
    if change.kind == "changed" and edits:
        yield f"- {_edited(edits[0])}"
        yield f"  (text: {weight_words(edits[0])})"
    else:
        for brief in change.old if change.kind != "changed" else ():
            yield f"- Was: {_plain(brief.activity)}"
        for brief in change.new:
            word = "Now: " if change.kind in ("split", "merged") else ""
            yield f"- {word}{_plain(brief.activity)}"
    if change.kind == "removed" and change.old[0].end:
        yield f"- Was due {day(change.old[0].end)}"
    for detail in details(change):
        remark = f" ({detail.remark})" if detail.remark else ""
        yield f"- {_plain(detail.what)}: {_plain(detail.old)} → {_plain(detail.new)}{remark}"


def _edited(field: FieldChange) -> str:
    marks = {"kept": "", "removed": "~~", "inserted": "**"}
    pieces = []
    for run in field.runs:
        mark = marks[run.operation]
        pieces.append(f"{mark}{_plain(run.text)}{mark}")
    return " ".join(piece for piece in pieces if piece)
