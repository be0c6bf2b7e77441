"""Puts cells over the rows that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from extractor.issues import Doubt
from extractor.read.alignment.facts import Facts
from extractor.read.alignment.headers import Column
from extractor.read.alignment.kinds import SINGLE
from extractor.read.alignment.shapes import Block, Chunk
from extractor.read.merged import RowPlace, covered_rows, row_places, series_of
from extractor.read.overleaf import PageCell, PageTable
from extractor.read.typeset import join_texts
from extractor.rows import PEOPLE

_OFF, _ON = 0.6, 0.45
"""A merged cell is so far off the middle of any of its rows at least, and off that of all at most, in lines."""
_USUALLY = 0.6
"""A column filled in fewer rows than this has empty cells."""
_MOST_MERGED = 6
_UNSURE_GROUP = Doubt("border-inferred", "which rows belong to this group is a guess")
_SUB_REF = re.compile(r"^(.*\d)\s*\(?[a-z][.)]?\)?$")


def place_groups(
    cells: list[list[PageCell]],
    rows: Sequence[Sequence[Chunk]],
    groups: Sequence[Block],
    facts: Facts,
    centred: bool,
    before: PageTable | None,
) -> None:
    """Puts the names of groups over the rows that they stand for, from the inner column to the outer."""
    last = None
    if before is not None and before.rows:
        last = RowPlace(0.0, 0.0, 0.0, series_of(_ref_in(before.rows[-1], facts)))
    start = 0
    for end in range(len(rows) + 1):
        if end < len(rows) and not rows[end][0].across:
            continue
        if end > start and groups:
            last = _place_in_part(cells[start:end], rows[start:end], groups, facts, centred, last)
        start = end + 1


def _ref_in(row: Sequence[PageCell], facts: Facts) -> str:
    """The text in a row's column of refs."""
    for cell in row:
        if facts.columns[cell.column].meaning == "ref":
            return join_texts(cell.lines)
    return ""


def _place_in_part(
    cells: Sequence[list[PageCell]],
    rows: Sequence[Sequence[Chunk]],
    groups: Sequence[Block],
    facts: Facts,
    centred: bool,
    before: RowPlace | None,
) -> RowPlace:
    """The same for rows that no line across parts; gives the last of them."""
    bands = [(row[0].levels[0].top, row[-1].levels[-1].bottom) for row in rows]
    places = row_places(bands, [row[0].levels[0].baseline for row in rows], [_ref_in(row, facts) for row in cells])
    unit = facts.pitch * rows[0][0].levels[0].size
    inner: set[int] | None = None
    for column in sorted({block.column for block in groups}, reverse=True):
        own = [
            block
            for block in groups
            if block.column == column and places[0].top <= block.lines[0].baseline <= places[-1].bottom + unit
        ]
        covered = covered_rows([block.lines for block in own], places, centred, unit, before, inner)
        for block, each in zip(own, covered, strict=False):
            doubts = (_UNSURE_GROUP,) if each.unsure else ()
            cells[each.first].append(PageCell(column, block.lines, each.last - each.first + 1, doubts=doubts))
            cells[each.first].sort(key=lambda cell: cell.column)
        if not covered:
            place_floating(list(cells), bands, own)
        elif inner is None:
            inner = {each.first for each in covered}
    return places[-1]


def place_floating(
    cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], floating: Sequence[Block]
) -> None:
    """Puts merged cells over the rows that they are centred on."""
    for block in floating:
        top, bottom = block.lines[0].top, block.lines[-1].bottom
        reached = [
            index
            for index, band in enumerate(bands)
            if min(band[1], bottom) - max(band[0], top) > 0.2 * (bottom - top) / len(block.lines)
        ]
        if not reached:
            middle = (top + bottom) / 2
            reached = [min(range(len(bands)), key=lambda index: abs(sum(bands[index]) / 2 - middle))]
        first, last = _siblings(cells, reached[0], reached[-1], block.column)
        row = cells[first]
        row.append(PageCell(block.column, block.lines, last - first + 1))
        row.sort(key=lambda cell: cell.column)


def _parent_ref(row: Sequence[PageCell]) -> str | None:
    """The ref that the row's own is a letter of: "3.5" of "3.5 a)"."""
    if not row or row[0].column != 0 or row[0].column_span > 1:
        return None
    match = _SUB_REF.match(join_texts(row[0].lines))
    return match[1] if match else None


def _siblings(cells: Sequence[Sequence[PageCell]], first: int, last: int, column: int) -> tuple[int, int]:
    """The rows from `first` to `last` and their neighbours under the same ref whose cell in the column is empty."""

    def free(index: int) -> bool:
        return all(cell.column != column for cell in cells[index])

    parent = _parent_ref(cells[first])
    while first > 0 and parent and free(first - 1) and _parent_ref(cells[first - 1]) == parent:
        first -= 1
    while last + 1 < len(cells) and parent and free(last + 1) and _parent_ref(cells[last + 1]) == parent:
        last += 1
    return first, last


def merge_centred(cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], facts: Facts) -> None:
    """Finds merged cells in tables that are centred vertically: they stand in the middle of rows of one ref."""
    for column, each in enumerate(facts.columns):
        if each.meaning in ("ref", "activity"):
            continue
        for index, row in enumerate(cells):
            cell = next((cell for cell in row if cell.column == column), None)
            parent = _parent_ref(row)
            if cell is None or cell.row_span > 1 or parent is None or not cell.lines:
                continue
            first, last = _siblings(cells, index, index, column)
            if first == last:
                continue
            middle = (cell.lines[0].top + cell.lines[-1].bottom) / 2
            own = abs(middle - sum(bands[index]) / 2)
            whole = abs(middle - (bands[first][0] + bands[last][1]) / 2)
            # One in the middle row of three hardly leaves out the two around it.
            between = first < index < last and whole < facts.pitch * cell.lines[0].size
            if whole < own or between:
                row.remove(cell)
                cell.row_span = last - first + 1
                cells[first].append(cell)
                cells[first].sort(key=lambda each: each.column)


def merge_between(cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], facts: Facts) -> None:
    """Finds merged cells over rows of any refs: they stand off the middle of their row, and in that of several.

    The others of these rows have no cell of their own there, though most rows of the table do.
    """
    for column, share in enumerate(_filled_shares(cells, len(facts.columns))):
        if facts.columns[column].meaning in ("ref", "activity", "group", *SINGLE) or share < _USUALLY:
            continue
        taken = _taken(cells, column)
        for index in range(len(cells)):
            cell = next((cell for cell in cells[index] if cell.column == column and cell.column_span == 1), None)
            if cell is None or cell.row_span > 1 or not cell.lines:
                continue
            unit = facts.pitch * cell.lines[0].size
            middle = (cell.lines[0].top + cell.lines[-1].bottom) / 2
            if abs(middle - sum(bands[index]) / 2) < _OFF * unit:
                continue
            first, last = _best_reach(index, middle, bands, taken)
            if first < last and abs(middle - (bands[first][0] + bands[last][1]) / 2) < _ON * unit:
                cells[index].remove(cell)
                cell.row_span = last - first + 1
                cells[first].append(cell)
                cells[first].sort(key=lambda each: each.column)
                taken.update(range(first, last + 1))


def _filled_shares(cells: Sequence[Sequence[PageCell]], width: int) -> list[float]:
    """In how large a share of the rows each column is filled; rows across the columns do not count."""
    rows = [row for row in cells if not any(cell.column_span > 1 for cell in row)]
    filled = Counter(cell.column for row in rows for cell in row if cell.lines)
    return [filled[column] / max(len(rows), 1) for column in range(width)]


def _taken(cells: Sequence[Sequence[PageCell]], column: int) -> set[int]:
    """The rows that have a cell in the column, or are covered by one or by a line across."""
    return {
        covered
        for index, row in enumerate(cells)
        for cell in row
        if cell.column <= column < cell.column + cell.column_span
        for covered in range(index, index + cell.row_span)
    }


def _best_reach(
    index: int, middle: float, bands: Sequence[tuple[float, float]], taken: Container[int]
) -> tuple[int, int]:
    """The rows around one, none of them taken, the middle of which is nearest to a height."""
    low = high = index
    while low > 0 and index - low < _MOST_MERGED and low - 1 not in taken:
        low -= 1
    while high + 1 < len(bands) and high - index < _MOST_MERGED and high + 1 not in taken:
        high += 1
    return min(
        ((first, last) for first in range(low, index + 1) for last in range(index, high + 1)),
        key=lambda span: (abs(middle - (bands[span[0]][0] + bands[span[1]][1]) / 2), span[1] - span[0]),
    )


def merge_beside(cells: list[list[PageCell]], columns: Sequence[Column]) -> None:
    """Puts the paragraphs of a merged cell together, where the cells beside it are merged over the same rows."""
    people = [index for index, column in enumerate(columns) if column.meaning in PEOPLE]
    for first, row in enumerate(cells):
        spans = [cell.row_span for cell in row if cell.column in people and cell.row_span > 1]
        if not spans:
            continue
        rows = cells[first : first + max(spans)]
        for column in people:
            parts = [cell for each in rows for cell in each if cell.column == column and cell.lines]
            if any(cell.row_span > 1 for cell in parts) or not 1 < len(parts) < len(rows):
                continue
            whole = PageCell(column, [line for cell in parts for line in cell.lines], len(rows))
            for each in rows:
                each[:] = [cell for cell in each if cell.column != column]
            row.append(whole)
            row.sort(key=lambda cell: cell.column)
