"""The names of groups in columns of their own, where nothing parts the cells: two in one cell, or lost in another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import Cell, Line
from extractor.issues import Doubt
from extractor.recognise.flattened.doubts import replaced, short
from extractor.recognise.flattened.scheme import Kind
from extractor.recognise.flattened.segmenter import Segmenter

INNER_CAPITAL = re.compile(r"[a-z,] [A-Z]")
_OF_GROUP = re.compile(r"(?P<prefix>[A-Za-z]*)[-. ]?(?:(?P<first>\d+)[.-](?=\d))?")
_FEWEST_PARTED = 2


def with_groups_parted(rows: list[tuple[Cell | None, ...]], kinds: Sequence[Kind]) -> list[tuple[Cell | None, ...]]:
    """The rows, with the names of two groups parted that one cell holds, where two columns of groups stand side by side
    and the refs tell which rows begin a group of both: "Travel Walking and cycling" where their first number changes,
    "Our own fleet" where it does not. Where a capital within a name says otherwise of any row, all stay as they are."""
    outer = next((index for index, pair in enumerate(pairwise(kinds)) if pair == ("group", "group")), -1)
    ref = next((index for index, kind in enumerate(kinds) if kind == "ref"), -1)
    if outer < 0 or ref < 0:
        return rows
    parted = list(rows)
    major: tuple[str | None, ...] | None = None
    several = 0
    for number, row in enumerate(rows[1:], 1):
        told = row[ref]
        match = _OF_GROUP.match(told.text) if told is not None and told.lines else None
        if not match:
            continue
        before, major = major, (match["prefix"], match["first"])
        names = [cell for cell in row[outer : outer + 2] if cell is not None and cell.lines and cell.column_span == 1]
        if not names:
            continue
        capitals = [found.end() - 1 for found in INNER_CAPITAL.finditer(names[0].text)]
        if len(names) > 1 or len(capitals) != (before != major):
            return rows
        if capitals:
            several += 1
            text, at = names[0].text, names[0].location
            pair = (text[: capitals[0]].rstrip(), text[capitals[0] :])
            cells = (Cell((Line(name, at),), number, outer + i, location=at) for i, name in enumerate(pair))
            parted[number] = (*row[:outer], *cells, *row[outer + 2 :])
    return parted if several >= _FEWEST_PARTED else rows


def doubt_missing_groups(rows: list[tuple[Cell | None, ...]], kinds: Sequence[Kind], activity: int) -> None:
    """Doubts the group of the rows above the first that begins with the name of one, where the header has a column for
    it: the name may be the first words of an activity, which is doubted where a capital within it says so."""
    groups = [index for index, kind in enumerate(kinds[:activity]) if kind == "group"]
    if not groups or any(kind == "ref" for kind in kinds):
        return
    message = "The name of its group may be the first words of this activity, or of one above."
    for number, row in enumerate(rows[1:], 1):
        named = any((cell := row[index]) is not None and cell.lines for index in groups)
        cell = row[activity]
        if named or cell is None or cell.row_index != number:
            return
        doubts = [Doubt("border-inferred", message, "group_id", location=cell.location)]
        if INNER_CAPITAL.search(cell.text):
            doubts.append(Doubt("border-inferred", message, "activity", location=cell.location))
        rows[number] = replaced(row, activity, replace(cell, doubts=(*cell.doubts, *doubts)))


def doubt_joined_groups(cells: list[Cell | None], segmenter: Segmenter) -> None:
    """Doubts the name of a group that may be two, of columns that nothing parts: "Travel Walking, cycling"."""
    if segmenter.scheme.delimited:
        return
    groups = [index for index in range(len(cells)) if segmenter.scheme.columns[index + 1].kind == "group"]
    filled = [index for index in groups if (cell := cells[index]) is not None and cell.lines]
    if len(filled) != 1:
        return
    cell = cells[filled[0]]
    text = cell.text if cell is not None else ""
    if cell is not None and INNER_CAPITAL.search(text):
        doubt = Doubt("border-inferred", f'"{short(text)}" may be the names of two groups', location=cell.location)
        cells[filled[0]] = replace(cell, doubts=(*cell.doubts, doubt))
