"""Plans that are lists: each action ends with a bracket that says who and when, "(Lead: Head of Parks, by March 2025)".

1. One such bracket proves nothing: three items at least have one, most of their kind do, and each says who by a label.
2. The bracket is parted from its end: a time behind the last comma, a label before each value. What is left over makes
   it no such bracket, and the text stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.document import Heading, Line, Paragraph
from extractor.locations import span
from extractor.recognise.columns import lookup
from extractor.recognise.tables import Found
from extractor.rows import PEOPLE, PlanRow, RowCell
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.times import is_timescale

Part = Heading | Paragraph

_BRACKET = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]\.?$", re.DOTALL)
_LABEL = re.compile(r"(?P<label>[^\W\d][^:;,()]{0,40}?)\s*:\s*(?P<value>.*)$", re.DOTALL)
_FEWEST = 3
_SHARE = 0.6
_ABOUT: tuple[Meaning, ...] = (*PEOPLE, "timescale", "status")


def _text_of(part: Part) -> str:
    return part.text if isinstance(part, Heading) else part.line.text


class _Action(NamedTuple):
    """One action: its own text, and what its bracket says, by what it means: the label and the value."""

    text: str
    said: Mapping[Meaning, tuple[str, str]]


def has_bracketed_records(parts: Sequence[Part], known: Mapping[str, Meaning]) -> bool:
    """Whether most of the list items, or of the paragraphs where there are no lists, are actions that end so."""
    own = [part.line for part in parts if isinstance(part, Paragraph) and _may_be_action(part.line)]
    items = [line for line in own if line.kind == "item"]
    lines = items if len(items) >= _FEWEST else own
    found = [action for line in lines if (action := _read(line.text, known))]
    return len(found) >= _FEWEST and len(found) >= _SHARE * len(lines)


def read_bracketed(parts: Sequence[Part], known: Mapping[str, Meaning], found: Found) -> None:
    """Adds a row for each part that ends with such a bracket; items below it, and its further paragraphs, are its own.

    Headings open groups where an action stands under them.
    """
    source, parts = parts, _with_markers(parts, known)
    actions = [_read(part.line.text, known) if isinstance(part, Paragraph) else None for part in parts]
    said: set[Meaning] = {meaning for action in actions if action for meaning in action.said}
    columns: frozenset[Meaning] = frozenset((*said, "activity"))
    numbered = _are_numbered(parts, actions)
    titles = _titles(parts, actions)
    open_row: list[Line] | None = None
    for index, (part, action) in enumerate(zip(parts, actions, strict=True)):
        if isinstance(part, Heading):
            open_row = None
            _open_heading(index, parts, actions, found)
        elif action is not None and _may_be_action(part.line):
            open_row = [replace(part.line, text=action.text, kind="paragraph", marker="")]
            found.ledger.claim(_text_of(source[index]), "record", part.line.location)
            row = _row(open_row, action, part.line, columns, found)
            if numbered:
                ref = RowCell((Line(part.line.marker, part.line.location),), location=part.line.location)
                row = replace(row, cells={"ref": ref, **row.cells}, columns=frozenset((*columns, "ref")))
            found.rows.append(row)
        elif open_row is not None and part.line.kind == "item" and part.line.level > 0:
            open_row.append(part.line)
            found.ledger.claim(part.line.text, "record", part.line.location)
            activity = RowCell(tuple(open_row), location=span(line.location for line in open_row))
            found.rows[-1] = replace(found.rows[-1], cells={**found.rows[-1].cells, "activity": activity})
        elif index in titles or (found.labelled(part.line.text) and _is_title(part)):
            open_row = None
            found.open_group(part.line.text, part.line.location, _BELOW_HEADINGS, parent_index=_outer(found))
            found.ledger.claim(part.line.text, "heading", part.line.location)
        else:
            kind = furniture_kind(part.line.text)
            found.ledger.claim(part.line.text, f"furniture: {kind}" if kind else "prose", part.line.location)


def _may_be_action(line: Line) -> bool:
    return line.level == 0 and len(line.text.split()) > 2


def _read(text: str, known: Mapping[str, Meaning]) -> _Action | None:
    """An action and what the bracket at its end says; None without such a bracket, or where it says something else."""
    match = _BRACKET.search(text)
    if match is None or not match.start():
        return None
    said: dict[Meaning, tuple[str, str]] = {}
    for piece in map(str.strip, match["inner"].split(";")):
        rest = piece
        head, comma, tail = piece.rpartition(",")
        if comma and is_timescale(tail.strip()) and "timescale" not in said:
            said["timescale"] = ("", tail.strip())
            rest = head.strip()
        label = _LABEL.match(rest)
        meaning = lookup(label["label"], known) if label else None
        if label is not None and meaning in _ABOUT and label["value"] and meaning not in said:
            said[meaning] = (label["label"], label["value"].strip())
        elif not rest or (is_timescale(rest) and "timescale" not in said):
            said.update({"timescale": ("", rest)} if rest else {})
        else:
            return None
    return _Action(text[: match.start()].rstrip(), said) if set(said) & set(PEOPLE) else None


def _with_markers(parts: Sequence[Part], known: Mapping[str, Meaning]) -> list[Part]:
    """The parts with the numbers that actions begin with as the markers of items, where most of them have one: a text
    writes out what a page counts."""
    lines = [part.line.text for part in parts if isinstance(part, Paragraph) and _read(part.line.text, known)]
    if sum(bool(_WRITTEN_NUMBER.match(text)) for text in lines) < _SHARE * len(lines):
        return list(parts)
    out: list[Part] = []
    for part in parts:
        match = None if isinstance(part, Heading) else _WRITTEN_NUMBER.match(part.line.text)
        if match and isinstance(part, Paragraph):
            line = replace(part.line, text=part.line.text[match.end() :], kind="item", marker=match[1])
            out.append(Paragraph(line))
        else:
            out.append(part)
    return out


_WRITTEN_NUMBER = re.compile(r"(\d{1,2}[.)])\s+(?=\S)")
_LIST_NUMBER = re.compile(r"\d{1,3}[.)]")


def _are_numbered(parts: Sequence[Part], actions: Sequence[_Action | None]) -> bool:
    """Whether the actions are the items of a numbered list that counts all of them on, so that its numbers are refs."""
    lines = [part.line for part, action in zip(parts, actions, strict=True) if action and isinstance(part, Paragraph)]
    markers = [line.marker for line in lines if _LIST_NUMBER.fullmatch(line.marker)]
    return len(set(markers)) == len(markers) == len(lines)


_BELOW_HEADINGS = 9
"""Level of a paragraph that is a heading."""


def _is_title(part: Part) -> bool:
    if isinstance(part, Heading):
        return False
    text = part.line.text
    short = part.line.kind == "paragraph" and len(text.split()) <= 14 and text[:1].isupper()
    return short and not text.endswith((".", ":", ";", ",", "?", "!")) and not furniture_kind(text)


def _titles(parts: Sequence[Part], actions: Sequence[_Action | None]) -> frozenset[int]:
    """Indexes of the short lines that head actions in a text that has lost its headings: each stands right above an
    action, and there are two at least."""
    found = [
        index
        for index, part in enumerate(parts[:-1])
        if actions[index] is None and actions[index + 1] is not None and _is_title(part)
    ]
    return frozenset(found if len(found) > 1 else ())


def _outer(found: Found) -> int | None:
    index = found.group_index
    while index is not None and found.groups[index].level >= _BELOW_HEADINGS:
        index = found.groups[index].parent_index
    return index


def _row(lines: Sequence[Line], action: _Action, line: Line, columns: frozenset[Meaning], found: Found) -> PlanRow:
    cells: dict[Meaning, RowCell] = {"activity": RowCell(tuple(lines), location=line.location)}
    for meaning, (label, value) in action.said.items():
        cells[meaning] = RowCell((Line(value, line.location),), label, location=line.location)
    return PlanRow(
        cells=cells,
        group_index=found.group_index,
        location=replace(line.location, method="labelled"),
        columns=columns,
    )


def _open_heading(index: int, parts: Sequence[Part], actions: Sequence[_Action | None], found: Found) -> None:
    """Opens the group of a heading that actions stand under; any other heading is claimed as one."""
    heading = parts[index]
    assert isinstance(heading, Heading)
    end = index + 1
    while end < len(parts):
        part = parts[end]
        if isinstance(part, Heading) and part.level <= heading.level:
            break
        end += 1
    if any(actions[index + 1 : end]) or found.labelled(heading.text):
        parent = found.group_index
        while parent is not None and found.groups[parent].level >= heading.level:
            parent = found.groups[parent].parent_index
        found.open_group(heading.text, heading.location, heading.level, parent_index=parent)
    found.ledger.claim(heading.text, "heading", heading.location)
