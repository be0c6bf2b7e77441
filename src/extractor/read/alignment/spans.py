"""Puts cells over the rows that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.read.alignment.facts import Centred, Facts, Lean
from extractor.read.alignment.headers import Column
from extractor.read.alignment.kinds import NEAR_ROW, UNSURE_SPAN
from extractor.read.alignment.shapes import Block, Chunk
from extractor.read.merged import (
    NEAR_TOP,
    RowGrid,
    RowPlace,
    Setting,
    Span,
    centred_spans,
    covered_rows,
    fits_own_row,
    is_left_at_top,
    paragraph_margins,
    row_grid,
    row_places,
    row_setting,
    series_of,
    usual_margin,
)
from extractor.read.overleaf import PageCell, PageTable, has_bare_letter, is_ref
from extractor.read.typeset import join_texts
from extractor.rows import PEOPLE

_UNSURE_GROUP = Doubt("border-inferred", "which rows belong to this group is a guess")
_SAME_DISTANCE = 0.04
"""Distances that differ by less than this, in lines, are the same."""
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
            last = _place_in_part(cells[start:end], rows[start:end], groups, facts, centred, last, end == len(rows))
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
    at_end: bool,
) -> RowPlace:
    """The same for rows that no line across parts; gives the last of them. `at_end`: they end the table on its page.

    There a name that stands at the top of its rows stands for those overleaf too that have none.
    """
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
        # In columns of characters the first name shows it where it stands lower than the first row.
        low = bool(own) and before is None and own[0].lines[0].baseline > places[0].bottom
        middle = centred or (low and not facts.measure.exact_pitch)
        covered = covered_rows(
            [block.lines for block in own], places, middle, unit, before, inner, not facts.measure.exact_pitch
        )
        for block, each in zip(own, covered, strict=False):
            doubts = (_UNSURE_GROUP,) if each.unsure else ()
            cut = at_end and not middle and facts.measure.exact_pitch and each.last == len(cells) - 1
            cells[each.first].append(PageCell(column, block.lines, each.last - each.first + 1, doubts=doubts, cut=cut))
            cells[each.first].sort(key=lambda cell: cell.column)
        if not covered:
            place_floating(list(cells), bands, own)
        elif inner is None:
            inner = {each.first for each in covered}
    return places[-1]


def place_floating(
    cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], floating: Sequence[Block]
) -> list[PageCell]:
    """Puts merged cells over the rows that they are centred on, and gives them."""
    placed: list[PageCell] = []
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
        known = next((cell for cell in row if cell.column == block.column), None)
        if known is not None:  # a cell holds one text for all
            known.lines = sorted([*known.lines, *block.lines], key=attrgetter("baseline"))
            known.doubts = (*known.doubts, NEAR_ROW)
            continue
        taken = (
            index for index in range(first + 1, last + 1) if any(cell.column == block.column for cell in cells[index])
        )
        last = next(taken, last + 1) - 1
        placed.append(PageCell(block.column, block.lines, last - first + 1))
        row.append(placed[-1])
        row.sort(key=lambda cell: cell.column)
    return placed


def _parent_ref(row: Sequence[PageCell], reach: int = 1) -> str | None:
    """The ref that the row's own is a letter of: "3.5" of "3.5 a)"; `reach` of 2: a group may be named before it."""
    for cell in row[:reach]:
        text = join_texts(cell.lines)
        match = _SUB_REF.match(text) if cell.column < reach and cell.column_span == 1 else None
        if match is not None and is_ref(text):
            return match[1]
    return None


def _siblings(
    cells: Sequence[Sequence[PageCell]], first: int, last: int, column: int, reach: int = 1
) -> tuple[int, int]:
    """The rows from `first` to `last` and their neighbours under the same ref whose cell in the column is empty."""

    def free(index: int) -> bool:
        return all(cell.column != column for cell in cells[index])

    parent = _parent_ref(cells[first], reach)
    while first > 0 and parent and free(first - 1) and _parent_ref(cells[first - 1], reach) == parent:
        first -= 1
    while last + 1 < len(cells) and parent and free(last + 1) and _parent_ref(cells[last + 1], reach) == parent:
        last += 1
    return first, last


def merge_centred(cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], facts: Facts) -> None:
    """Finds merged cells in tables that are centred vertically: they stand in the middle of rows of one ref."""
    reach = 1 if facts.measure.exact_pitch else 2  # in print `merge_between` does it where groups are named
    for column, each in enumerate(facts.columns):
        if each.meaning in ("ref", "activity"):
            continue
        for index, row in enumerate(cells):
            cell = next((cell for cell in row if cell.column == column), None)
            parent = _parent_ref(row, reach)
            if cell is None or cell.row_span > 1 or parent is None or not cell.lines:
                continue
            first, last = _siblings(cells, index, index, column, reach)
            if first == last:
                continue
            middle = (cell.lines[0].top + cell.lines[-1].bottom) / 2
            own = abs(middle - sum(bands[index]) / 2)
            whole = abs(middle - (bands[first][0] + bands[last][1]) / 2)
            # One of people in the middle row of three hardly leaves out the two around it.
            between = first < index < last and whole < facts.pitch * cell.lines[0].size
            if each.meaning not in PEOPLE and _stands_beside_others(cell, row):
                cell.doubts = (*cell.doubts, UNSURE_SPAN) if between else cell.doubts
            elif whole < own or between:
                if each.meaning not in PEOPLE and own - whole < 0.5 * facts.pitch * cell.lines[0].size:
                    cell.doubts = (*cell.doubts, UNSURE_SPAN)  # remarks and sums of money are often missing
                    continue
                row.remove(cell)
                cell.row_span = last - first + 1
                cells[first].append(cell)
                cells[first].sort(key=lambda each: each.column)


def _stands_beside_others(cell: PageCell, row: Sequence[PageCell]) -> bool:
    """Whether a cell begins and ends on the lines on which two others of its row do."""
    near = NEAR_TOP * cell.lines[0].size
    pairs = [(_ends(cell), _ends(other)) for other in row if other is not cell and other.lines and other.row_span == 1]
    return sum(all(abs(at - there) < near for at, there in zip(*pair, strict=True)) for pair in pairs) > 1


def merge_between(lean: Lean) -> None:
    """Finds merged cells over rows of any refs, in print whose cells are centred: they stand in the middle of several.

    The others of these rows have no cell of their own there. A cell that stands off the middle of its own row is surely
    merged; where a document has such, one of people that may stand in the middle of its own row or of several is too,
    in doubt unless the document has them everywhere.
    """
    for table in lean.waiting:
        setting = _setting(table, lean)
        if setting is not None:
            lean.gap = setting.gap / setting.unit
    settings = [(table, setting) for table in lean.waiting if (setting := _setting(table, lean)) is not None]
    lean.margin = usual_margin(
        [each for table, own in settings for each in paragraph_margins(_places(_usual(table)), own)]
    )
    for table, own in settings:
        _merge_siblings(table, replace(own, margin=lean.margin * own.unit))
    found = [each for table in lean.waiting for each in _columns_in(table, lean)]
    lean.waiting.clear()
    merged = sum(span.sure for each in found for span in each.spans(0))
    for each in found:
        each.merge(merged)


def _merge_siblings(table: Centred, setting: Setting) -> None:
    """Puts the people of an action's sub-items together that are the paragraphs of one merged cell.

    They stand at the distance of paragraphs, the middle of them all is that of all the rows, and one at least is off
    the middle of its own row.
    """
    cells = table.cells
    people = [index for index, column in enumerate(table.facts.columns) if column.meaning in PEOPLE]
    first = 0
    while first < len(cells):
        last, parent = first, _parent_ref(cells[first], 2)
        while parent and last + 1 < len(cells) and _parent_ref(cells[last + 1], 2) == parent:
            last += 1
        below = min(
            (line.baseline for row in cells[last + 1 : last + 2] for cell in row for line in cell.lines), default=0.0
        )
        for column in people if last > first and below else ():
            _merge_paragraphs(cells[first : last + 1], column, below, setting)
        first = last + 1


def _merge_paragraphs(rows: Sequence[list[PageCell]], column: int, below: float, setting: Setting) -> None:
    """The same for one column of the rows of an action; `below` is the first baseline of what follows them."""
    held = [next((cell for cell in row if cell.column == column and cell.lines), None) for row in rows]
    parts = [cell for cell in held if cell is not None]
    apart, near = setting.unit + setting.margin, _SAME_DISTANCE * setting.unit
    if (
        len(parts) < 2
        or any(cell.row_span > 1 for cell in parts)
        or any(abs(_ends(other)[0] - _ends(one)[1] - apart) > near for one, other in pairwise(parts))
    ):
        return
    others = [[_ends(cell) for cell in row if cell.column != column and cell.lines] for row in rows]
    grid = row_grid(others, [None] * len(rows), below, setting)
    if grid is None:
        return
    middle = (_ends(parts[0])[0] + _ends(parts[-1])[1]) / 2
    is_off = any(not fits_own_row(at, sum(_ends(cell)) / 2, grid) for at, cell in enumerate(held) if cell is not None)
    if is_off and grid.off(0, len(rows) - 1, 0, middle) <= _SAME_DISTANCE:
        for row in rows:
            row[:] = [cell for cell in row if cell.column != column]
        rows[0].append(PageCell(column, [line for cell in parts for line in cell.lines], len(rows)))
        rows[0].sort(key=attrgetter("column"))


def _columns_in(table: Centred, lean: Lean) -> Iterator[_CentredColumn]:
    """The columns of a table that may hold merged cells."""
    setting = _setting(table, lean)
    if setting is not None:
        floating = set(map(id, table.floating))
        for part in _parts(table.cells):
            yield from _columns_of(part, table, setting, floating)


def _setting(table: Centred, lean: Lean) -> Setting | None:
    """How the rows of a table are set, by the cells that are none of people: those are hardly merged."""
    facts = table.facts
    usual = _usual(table)
    size = next((cell.lines[0].size for row in usual for cell in row if cell.column_span == 1), 0.0)
    if not size:
        return None
    unit = facts.pitch * size
    plain = [[cell for cell in row if facts.columns[cell.column].meaning not in (*PEOPLE, "group")] for row in usual]
    setting = row_setting(_places(plain), unit, lean.gap * unit)
    return setting and replace(setting, margin=lean.margin * unit)


def _usual(table: Centred) -> list[list[PageCell]]:
    """The cells of each row that stand for it alone, as far as is known."""
    return [[cell for cell in row if cell.lines and cell.row_span == 1] for row in table.cells]


def _places(rows: Sequence[Sequence[PageCell]]) -> list[list[tuple[float, float]]]:
    return [[_ends(cell) for cell in row] for row in rows]


def _ends(cell: PageCell) -> tuple[float, float]:
    """The first and the last baseline of a cell."""
    return cell.lines[0].baseline, cell.lines[-1].baseline


def _parts(cells: list[list[PageCell]]) -> Iterator[tuple[list[list[PageCell]], float | None]]:
    """The rows between those across the columns, with the baseline of what follows them."""
    start = 0
    for end in range(len(cells) + 1):
        if end < len(cells) and not any(cell.column_span > 1 for cell in cells[end]) and not _is_sub_item(cells[end]):
            continue
        below = [line.baseline for cell in cells[end] for line in cell.lines] if end < len(cells) else []
        if end - start > 1 or start < end == len(cells):
            yield cells[start:end], min(below, default=None)
        start = end + 1


def _is_sub_item(row: Sequence[PageCell]) -> bool:
    """Whether a row's ref is a letter of another's: it takes its people from there."""
    return has_bare_letter(row) or _parent_ref(row) is not None


def _columns_of(
    part: tuple[list[list[PageCell]], float | None], table: Centred, setting: Setting, floating: Set[int]
) -> Iterator[_CentredColumn]:
    """The columns of such rows that may hold merged cells: some of their rows have none."""
    cells, below = part
    facts = table.facts
    ref = next((index for index, each in enumerate(facts.columns) if each.meaning == "ref"), None)
    for column, each in enumerate(facts.columns):
        if each.meaning not in PEOPLE:
            continue  # remarks and sums of money are often missing
        others = [[_ends(cell) for cell in row if cell.column != column and cell.lines] for row in cells]
        # At the head of a page, what stands alone is the rest of a cell of the page before.
        start = next((index for index, row in enumerate(others) if row), 0)
        start = start or int(ref is not None and len(cells[0]) == 1 and cells[0][0].column != ref)
        others = others[start:]
        own = [[cell for cell in row if cell.column == column and cell.lines] for row in cells[start:]]
        if all(own) and below is None and not table.ended:  # the end of the page may cut the last of them
            start, own, others = len(cells) - 1, own[-1:], others[-1:]
        elif all(own):
            continue
        if not any(own) or any(cell.row_span > 1 and id(cell) not in floating for row in own for cell in row):
            continue
        held = _held(own, others)
        flush = [_ends(cell) if cell and cell.row_span == 1 else None for cell in held]
        plain = (
            [_ends(cell) for cell in row if facts.columns[cell.column].meaning not in (*PEOPLE, "group") and cell.lines]
            for row in cells[start:]
        )
        left = [is_left_at_top(row, setting.unit) for row in plain]
        grid = row_grid(others, flush, below, setting, left, below is None and not table.ended)
        if grid is not None:
            grid = replace(grid, parents=[_parent_ref(row, 2) for row in cells[start:]])
            yield _CentredColumn(cells[start:], column, held, grid)


def _held(own: Sequence[Sequence[PageCell]], others: Sequence[Sequence[tuple[float, float]]]) -> list[PageCell | None]:
    """The cell of a column that stands in each row; one that reaches into several stands in the one nearest to it."""
    held: list[PageCell | None] = [row[0] if row and row[0].row_span == 1 else None for row in own]
    for first, row in enumerate(own):
        if not row or row[0].row_span == 1:
            continue
        middle = sum(_ends(row[0])) / 2
        free = [at for at in range(first, min(first + row[0].row_span, len(own))) if held[at] is None and others[at]]
        if free:
            held[min(free, key=lambda at: abs(sum(map(sum, others[at])) / 2 / len(others[at]) - middle))] = row[0]
    return held


@fixed(frozen=True, slots=True)
class _CentredColumn:
    """One column of rows that no line across parts."""

    cells: list[list[PageCell]]
    column: int
    held: list[PageCell | None]
    """The cell of each row in the column."""
    grid: RowGrid

    def spans(self, merged: int) -> list[Span]:
        """What each cell stands for; `merged`: so many cells of the document surely stand for several rows."""
        ends = [_ends(cell) if cell is not None else None for cell in self.held]
        middles, tops = [each and sum(each) / 2 for each in ends], [each and each[0] for each in ends]
        return centred_spans(middles, self.grid, merged, tops)

    def merge(self, merged: int) -> None:
        """Puts the cells over the rows that they stand for."""
        if merged and len(self.held) > 1:
            self._doubt_paragraphs()
        for span in self.spans(merged):
            cell = next((each for each in self.held[span.first : span.last + 1] if each is not None), None)
            if cell is None:
                continue
            if span.cut and cell.row_span == 1:
                cell.row_span, cell.cut, cell.doubts_below = len(self.cells) - span.first, True, (UNSURE_SPAN,)
                continue
            if span.first == span.last and cell.row_span == 1:
                if merged and self.grid.cut_end and span.first + 1 == len(self.cells):
                    cell.cut, cell.doubts_below = True, (UNSURE_SPAN,)  # where the first rows overleaf have none
                continue
            if span.first == span.last and not self._fits(span.first, cell):
                cell.doubts = (*cell.doubts, UNSURE_SPAN)  # it reaches into several rows, of which is not known
                continue
            if span.unsure:
                cell.doubts = (*cell.doubts, UNSURE_SPAN)
            for row in self.cells:
                row[:] = [each for each in row if each is not cell]
            cell.row_span = span.last - span.first + 1
            self.cells[span.first].append(cell)
            self.cells[span.first].sort(key=lambda each: each.column)

    def _doubt_paragraphs(self) -> None:
        """Doubts the cells of two rows that stand at the distance of two paragraphs: they may be one merged cell."""
        apart = self.grid.unit + self.grid.margin
        for above, below in pairwise(self.held):
            if above is None or below is None or not self.grid.margin or above.row_span > 1 or below.row_span > 1:
                continue
            if abs(_ends(below)[0] - _ends(above)[1] - apart) < _SAME_DISTANCE * self.grid.unit:
                for cell in (above, below):
                    cell.doubts = (*cell.doubts, UNSURE_SPAN)

    def _fits(self, row: int, cell: PageCell) -> bool:
        return fits_own_row(row, sum(_ends(cell)) / 2, self.grid)


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


def merge_running(cells: Sequence[list[PageCell]], columns: Sequence[Column]) -> None:
    """Puts the people of all sub-items of a ref together where one merged cell of characters stands beside them.

    Its lines follow each other through all of their rows, in one of which they begin above the ref.
    """
    first = 0
    while first < len(cells):
        end = first + 1
        parent = _parent_ref(cells[first], 2)
        while parent and end < len(cells) and _parent_ref(cells[end], 2) == parent:
            end += 1
        rows = cells[first:end]
        for column in (index for index, each in enumerate(columns) if each.meaning in PEOPLE and len(rows) > 1):
            held = [[cell for cell in row if cell.column == column and cell.lines] for row in rows]
            parts = [cell for cells in held for cell in cells]
            if all(len(each) == 1 for each in held) and _run_on(parts, rows):
                for row in rows:
                    row[:] = [cell for cell in row if cell.column != column]
                rows[0].append(PageCell(column, [line for cell in parts for line in cell.lines], len(rows)))
                rows[0].sort(key=attrgetter("column"))
        first = end


def _run_on(parts: Sequence[PageCell], rows: Sequence[Sequence[PageCell]]) -> bool:
    """Whether cells of characters are one beside several rows."""
    lines = [line for cell in parts for line in cell.lines]
    if any(below.baseline - line.baseline > 1.05 for line, below in pairwise(lines)):
        return False
    return any(part.lines[0].baseline < row[0].lines[0].baseline for part, row in zip(parts[1:], rows[1:], strict=True))
