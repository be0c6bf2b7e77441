"""Doubts about a place of the source, given to the field of the record that has its value from there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from extractor.issues import Doubt, take_within
from extractor.locations import Location
from extractor.rows import PlanRow, RowCell


def give_to_rows(rows: Sequence[PlanRow], doubts: Sequence[Doubt]) -> tuple[list[PlanRow], list[Doubt]]:
    """The rows, each with the doubts that stand in its lines; and the doubts that stand in none, of each kind one a
    page."""
    waiting: dict[int | None, list[Doubt]] = {}
    rest: list[Doubt] = []
    for doubt in doubts:
        if doubt.location.page is None or doubt.location.bbox is None:
            rest.append(doubt)
        else:
            waiting.setdefault(doubt.location.page, []).append(doubt)
    if not waiting:
        return list(rows), rest
    given = [_with_own(row, waiting) for row in rows]
    for left in waiting.values():
        rest.extend({doubt.code: doubt for doubt in reversed(left)}.values())  # the first of each
    return given, rest


def with_words_told(rows: Sequence[PlanRow], words: Collection[str]) -> Sequence[PlanRow]:
    """The rows, each with a doubt about a cell that holds one of these words, which may be two."""
    if not words:
        return rows
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
    told: list[PlanRow] = []
    for row in rows:
        doubts = tuple(
            Doubt("border-inferred", f"{match.group()!r} may be two words of two items or cells.", name, cell.location)
            for name, cell in _cells(row)
            if cell.state == "filled" and (match := found.search(cell.text))
        )
        told.append(replace(row, doubts=(*row.doubts, *doubts)) if doubts else row)
    return told


def _with_own(row: PlanRow, waiting: dict[int | None, list[Doubt]]) -> PlanRow:
    found: dict[tuple[str, str, str], Doubt] = {}
    for name, cell in _cells(row):
        for place in _places(cell):
            for doubt in take_within(place, waiting):
                found.setdefault((name, doubt.code, doubt.message), replace(doubt, field=name))
    return replace(row, doubts=(*row.doubts, *found.values())) if found else row


def _cells(row: PlanRow) -> Iterator[tuple[str, RowCell]]:
    yield from row.cells.items()
    for cell in row.extra:
        yield "extra", cell


def _places(cell: RowCell) -> Iterator[Location]:
    for line in cell.lines:
        yield line.location
        yield from line.location.continued
