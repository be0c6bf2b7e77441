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
    """The rows, each with a doubt about a cell that holds one of these words, which may be two; and about what is to be
    done, where that holds two, written here with a blank, which may be one name."""
    if not words:
        return rows
    one, two = (_any_of([word for word in words if (" " in word) == several]) for several in (False, True))
    return [replace(row, doubts=(*row.doubts, *_told(row, one, two))) for row in rows]


def _told(row: PlanRow, one: re.Pattern[str], two: re.Pattern[str]) -> Iterator[Doubt]:
    for name, cell in _cells(row):
        if cell.state != "filled":
            continue
        if match := one.search(cell.text):
            message = f"{match.group()!r} may be two words of two items or cells."
            yield Doubt("border-inferred", message, name, cell.location)
        elif name == "activity" and (match := two.search(cell.text)):
            message = f"{''.join(match.group().split())!r} was parted, and may be one name."
            yield Doubt("border-inferred", message, name, cell.location)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """What finds any of these words, whatever white space is between the two of one; nothing, where there are none."""
    patterns = (r"\s".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b" if words else r"(?!)")


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
