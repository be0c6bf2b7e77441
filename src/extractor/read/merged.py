"""Merged cells of tables without rules: which rows a text covers that stands beside them.

1. A column of groups has fewer texts than the table has rows: each covers the rows from where the one before it ends.
2. Where cells are centred vertically, a text stands in the middle of its rows; else it begins with the first of them.
   A cell that the page's end cuts keeps its text at its top.
3. Groups change where the leading part of the refs does ("1.2.3", "1.3.1"), and those of an outer column where those of
   an inner one do.
4. A cell of people is merged where it stands off the middle of its row and in that of several, of which the others have
   none. Rows begin with the text of their tallest cell; how far that ends above the next row is the same everywhere.
   Where the row and the rows have one middle, as a row between two as high has, it is a doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extractor.fixed import fixed
from extractor.read.typeset import TextLine

_NEVER = 1e9
_LEADING_ROWS, _UNNAMED_ROW = 0.4, 4.0
"""What it costs that rows go on with a group of the page before, and that a row at the start of a table has none."""
_CUT_CELL, _EXACTLY_CUT = 0.6, 0.3
"""What it costs that a cell is cut by the end of the page, and where it begins just where its first row does."""
_OUTER = 2.5
"""What it costs that an outer group changes where no inner one does."""
_REF_CHANGE = 0.8
"""What speaks for a change of group where the leading part of the refs changes, and against one elsewhere."""
_CLOSE_CALL, _ROUGH_CALL = 0.75, 2.0
"""So little dearer another way to cut the rows leaves a doubt; and where their heights are known to a line, and no refs
tell."""
_MOST_STEPS = 400_000
_FITS, _SURELY_FITS, _OWN_FITS = 0.2, 0.1, 0.35
"""A cell stands in the middle of several rows, or of its own, where it is off it by no more than this, in lines:
of several where the document has merged cells, of several where none is known, and of its own."""
_MISFIT, _OFF_ITS_ROW, _UNCOVERED = 4.0, 1.0, 0.3
"""What it costs that a cell is off the middle of several rows, that it is off that of its own row, and that a row has
no cell where cells of the document are merged."""
_CUT_SPAN = 0.2
"""What it costs that a cell goes on to the end of the page, and overleaf."""
_PARTS_ITEMS = 1.0
"""What it costs that a cell stands for some sub-items of an action and for rows of others."""
_MOST_MERGED = 12
MANY_MERGED, _EXACTLY = 3, 0.03
"""So many surely merged cells show that a document has them everywhere; and a middle is met so nearly, in lines."""
_RIVAL = 0.5
"""Another way to cut the rows that costs so little more leaves a doubt."""
_AT_TOP = 0.2
"""A text stands at the top of its row where it is off by no more than this, in lines."""
_SAME_MARGIN = 0.04
"""Margins that differ by less than this, in lines, are one."""
NEAR_TOP = 0.12
"""Lines that differ by less than this, in their distance, stand at one height."""


@fixed(frozen=True, slots=True)
class RowPlace:
    """Where a row stands on its page: its edges, the baseline of its first line, and the leading part of its ref."""

    top: float
    bottom: float
    baseline: float
    series: str | None
    """What the ref has in common with those of its group: "1.2" of "1.2.3"; None without one."""


@fixed(frozen=True, slots=True)
class Covered:
    """The rows from `first` to `last` that a text covers, and whether others would suit it about as well."""

    first: int
    last: int
    unsure: bool


def series_of(ref: str) -> str | None:
    """The leading part of a ref, that it shares with its neighbours.

    >>> series_of("1.2.3"), series_of("PRV-01"), series_of("3.5 a)"), series_of("7")
    ('1.2', 'PRV', '3', None)
    """
    plain = re.sub(r"\s*\(?[a-z][.)]?$", "", ref.strip()).rstrip(".):")
    match = re.fullmatch(r"(.*?)[ .-]?\d+", plain)
    return match[1] or None if match else None


def row_places(bands: Sequence[tuple[float, float]], baselines: Sequence[float], refs: Sequence[str]) -> list[RowPlace]:
    """The places of rows that follow each other, of which `bands` are the heights of the text."""
    half = min(((below[0] - above[1]) / 2 for above, below in pairwise(bands)), default=0.0)
    edges = [(above[1] + below[0]) / 2 for above, below in pairwise(bands)]
    edges = [bands[0][0] - half, *edges, bands[-1][1] + half]
    return [
        RowPlace(top, bottom, baseline, series_of(ref))
        for (top, bottom), baseline, ref in zip(pairwise(edges), baselines, refs, strict=True)
    ]


def covered_rows(
    blocks: Sequence[Sequence[TextLine]],
    rows: Sequence[RowPlace],
    centred: bool,
    unit: float,
    before: RowPlace | None,
    inner: Set[int] | None = None,
    rough: bool = False,
) -> list[Covered]:
    """Which rows each of the texts of a column covers, top to bottom: all but some at the start of a page.

    `unit` is the distance of lines in points; `before` is the last row of the page before, where the table goes on from
    there; `inner` are the rows with which a group of an inner column begins; `rough`: heights are known to a line.
    """
    if not blocks or len(blocks) > len(rows) or len(blocks) * len(rows) ** 2 > _MOST_STEPS:
        return []
    solver = _Solver(blocks, rows, centred, unit, before, inner)
    best = solver.best()
    call = _ROUGH_CALL if rough and centred and not solver.tells else _CLOSE_CALL
    return [Covered(first, last, solver.is_unsure(index, call)) for index, (first, last) in enumerate(best)]


@fixed(frozen=True, slots=True)
class RowGrid:
    """Where rows begin in print whose cells are centred: the tallest cell of each stands flush with its top.

    A paragraph may keep a margin below it within its cell, so that its text stands too high by half of that.
    """

    starts: Sequence[float]
    """The first baseline of each row without the column's own cell, and of what follows the last."""
    flush: Sequence[float]
    """The same with the column's own cell, which may be the tallest of its row."""
    gap: float
    """The distance from the last baseline of a full cell to the first one of the next row."""
    margin: float
    """The lower margin of paragraphs; 0 where none is seen."""
    unit: float
    """The distance of two lines."""
    open_end: bool
    """Where the last row ends is not known: its tallest cell may have such a margin."""
    goes_on: bool = False
    """The page ends with the last row, or within it."""
    cut_end: bool = False
    """It ends within that, and all its cells stand at the top."""
    at_top: Set[int] = frozenset()
    """The rows at whose top the column's own cell stands, as other cells do that are not the tallest: the end of a page
    cut them, or came within them before the program moved them overleaf."""
    parents: Sequence[str | None] = ()
    """The ref that each row's own is a letter of, where it is one."""

    def off(self, first: int, last: int, own: int, middle: float) -> float:
        """How far off the middle of the rows from `first` to `last` a text is, in lines, whose middle is given.

        `own` is the row that it stands in.
        """
        if first == last and own in self.at_top:
            return 0.0
        if self.cut_end and first < last == len(self.starts) - 2:
            return _NEVER  # it would stand at the top of the first of its rows
        start = (self.flush if own == first else self.starts)[first]
        ends = [self.starts[last + 1], self.flush[last + 1]]
        if self.open_end and last + 2 == len(self.starts):
            ends.append(ends[0] + self.margin)
        return (
            min(abs((start + end - self.gap) / 2 - lower - middle) for end in ends for lower in (0.0, self.margin / 2))
            / self.unit
        )

    def parts_items(self, first: int, last: int) -> bool:
        """Whether the rows from `first` to `last` are some of an action's sub-items together with other rows."""
        if len(set(self.parents[first : last + 1])) < 2:
            return False
        pairs = ((at - 1, at) for at in (first, last + 1) if 0 < at < len(self.parents))
        return any(self.parents[above] and self.parents[above] == self.parents[below] for above, below in pairs)


@fixed(frozen=True, slots=True)
class Span:
    """Rows that one cell of a column stands for, or a row that has none."""

    first: int
    last: int
    sure: bool
    """The cell cannot stand for its own row alone."""
    unsure: bool
    """It may as well stand for other rows."""
    cut: bool = False
    """It begins with the first of the rows and goes on overleaf: the end of the page cuts it."""


@fixed(frozen=True, slots=True)
class Setting:
    """How the rows of a table are set: see `RowGrid`."""

    gap: float
    margin: float
    unit: float


def row_setting(rows: Sequence[Sequence[tuple[float, float]]], unit: float, known: float = 0.0) -> Setting | None:
    """How rows are set of which the first and last baselines of the cells are given; None where they do not tell.

    `unit` is the distance of lines, `known` the gap that other pages show. The cells may be all but those that may be
    merged.
    """
    tops = [min((first for first, _ in row), default=0.0) for row in rows]
    gaps: list[float] = []
    for row, top, end in zip(rows, tops, tops[1:], strict=False):
        if row and top < end:
            lowest = max((first + last) / 2 for first, last in row)
            gaps.extend((end - max(last for _, last in row), top + end - 2 * lowest))
    gaps = sorted(gap for gap in gaps if gap > 0.9 * unit)
    if not gaps:
        return None
    # A cell that is left out may be taller, and wide gaps are of paragraphs' margins: the least one tells.
    gap = next((one for one, other in pairwise(gaps) if other - one < 0.05 * unit), gaps[0])
    gap = min(gap, known) if known else gap
    return Setting(gap, 0.0, unit)


def paragraph_margins(rows: Sequence[Sequence[tuple[float, float]]], setting: Setting) -> list[float]:
    """The lower margins that paragraphs may keep in the cells of rows, in lines, by the cells that stand too high."""
    tops = [min((first for first, _ in row), default=0.0) for row in rows]
    offs = (
        (top + end - setting.gap - first - last) / setting.unit
        for row, top, end in zip(rows, tops, tops[1:], strict=False)
        for first, last in row
    )
    return [off for off in offs if 0.6 < off < 2.4]


def usual_margin(margins: Sequence[float]) -> float:
    """The margin that most cells of a document show, for some of a page stand too high for another reason; 0 where
    there are none."""
    margins = sorted(margins)
    near = [
        bisect_left(margins, margin + _SAME_MARGIN) - bisect_right(margins, margin - _SAME_MARGIN) for margin in margins
    ]
    most = max(near, default=0)
    alike = [margin for margin, count in zip(margins, near, strict=True) if count == most]
    return alike[len(alike) // 2] if alike else 0.0


def row_grid(
    rows: Sequence[Sequence[tuple[float, float]]],
    column: Sequence[tuple[float, float] | None],
    below: float | None,
    setting: Setting,
    left: Sequence[bool] = (),
    goes_on: bool = False,
) -> RowGrid | None:
    """The places of rows of which the first and last baselines of all cells are given; None where a row has none.

    `column` are those of the cells that may be merged, and are not among `rows`; `below` is the baseline of what
    follows the last row, None where nothing is known to; `left` tells which rows have their cells left at their top;
    where the page ends with them, the table may go on overleaf (`goes_on`).
    """
    if not all(rows):
        return None
    tops = [min(first for first, _ in row) for row in rows]
    flush = [min(top, cell[0]) if cell else top for top, cell in zip(tops, column, strict=True)]
    last = max([last for _, last in rows[-1]] + ([column[-1][1]] if column[-1] else []))
    left = left or [False] * len(rows)
    end = last + setting.gap if below is None else below
    if below is None and not left[-1]:  # cells lower than the middle of its text show where the row ends
        lowest = max((first + last) / 2 for first, last in rows[-1])
        end = max(end, 2 * lowest - tops[-1] + setting.gap)
    near = NEAR_TOP * setting.unit
    at_top = {row for row, cell in enumerate(column) if left[row] and cell and abs(cell[0] - flush[row]) < near}
    return RowGrid(
        [*tops, end], [*flush, end], setting.gap, setting.margin, setting.unit, below is None,
        goes_on, goes_on and left[-1], frozenset(at_top),
    )  # fmt: skip


def is_left_at_top(row: Sequence[tuple[float, float]], unit: float) -> bool:
    """Whether two cells of a row stand at its top though another is taller."""
    top, bottom = min((first for first, _ in row), default=0.0), max((last for _, last in row), default=0.0)
    short = [first for first, last in row if last < bottom - 0.5 * unit]
    return sum(first - top < NEAR_TOP * unit for first in short) > 1


def centred_spans(
    middles: Sequence[float | None], grid: RowGrid, merged: int, tops: Sequence[float | None] = ()
) -> list[Span]:
    """For which rows the cells of a column stand whose middles are given, row by row; None: the row has no cell.

    `tops` are their first baselines, which tell of a cell that the end of the page cuts. `merged`: so many cells of the
    document surely stand for several rows; rows without a cell are likelier covered than empty where there are some,
    and hardly empty where there are many.
    """
    many = merged >= MANY_MERGED
    at_top = _first_cut(middles, grid, many, tops)
    cost, cut = _cheapest(middles, grid, merged > 0, at_top)
    spans: list[Span] = []
    for first, last in cut:
        if first == at_top and last + 1 == len(middles):
            spans.append(Span(first, last, False, False, True))
            continue
        found = _judged(first, last, middles, grid, many)
        if many and first < last and not found.unsure:
            rival, _ = _cheapest(middles, grid, True, at_top, (first, last))
            found = replace(found, unsure=rival - cost < _RIVAL)
        spans.append(found)
    return spans


def _first_cut(middles: Sequence[float | None], grid: RowGrid, many: bool, tops: Sequence[float | None]) -> int | None:
    """The row with which a cell begins that goes on to the end of the page and overleaf; None where none does.

    Of a cell that the end of the page cuts, the text stands at its top: off the middle of the first of its rows, or
    in that as well. There it goes on where merged cells are `many`, so that hardly one is empty.
    """
    first = max((row for row, top in enumerate(tops) if top is not None), default=len(middles))
    if not grid.goes_on or first + 1 >= len(middles):
        return None
    top, middle = tops[first], middles[first]
    if top is None or middle is None or abs(top - grid.starts[first]) >= _AT_TOP * grid.unit:
        return None
    return first if many or not fits_own_row(first, middle, grid) else None


def _cheapest(
    middles: Sequence[float | None],
    grid: RowGrid,
    merged: bool,
    at_top: int | None,
    without: tuple[int, int] | None = None,
) -> tuple[float, list[tuple[int, int]]]:
    """What it costs to cut rows into those that one cell each stands for, and the first and last row of each.

    `at_top` is the row with which a cell may begin that the end of the page cuts; `without` is a pair of rows that is
    not to be taken.
    """
    count = len(middles)
    best = [0.0] + [_NEVER] * count
    back = [0] * (count + 1)
    fits = _FITS if merged else _SURELY_FITS
    for first in range(count):
        own: int | None = None
        for last in range(first, min(first + _MOST_MERGED, count)):
            if middles[last] is not None:
                if own is not None:
                    break
                own = last
            if (first, last) == without:
                continue
            if own is None:
                cost = _UNCOVERED if last == first else _NEVER
            elif first == at_top and last + 1 == count:
                cost = _CUT_SPAN
            else:
                cost = _span_cost(first, last, own, middles[own] or 0.0, grid, fits)
            if best[first] + cost < best[last + 1]:
                best[last + 1], back[last + 1] = best[first] + cost, first
    spans: list[tuple[int, int]] = []
    end = count
    while end:
        spans.append((back[end], end - 1))
        end = back[end]
    return best[count], spans[::-1]


def fits_own_row(row: int, middle: float, grid: RowGrid) -> bool:
    """Whether a text whose middle is given stands in the middle of one row."""
    return grid.off(row, row, row, middle) <= _OWN_FITS


def _span_cost(first: int, last: int, own: int, middle: float, grid: RowGrid, fits: float) -> float:
    off = grid.off(first, last, own, middle)
    if first == last:
        return off if off <= _OWN_FITS else _OFF_ITS_ROW + min(off, 1.0)
    if grid.off(own, own, own, middle) > _OWN_FITS:
        fits = _FITS
    return off + _PARTS_ITEMS * grid.parts_items(first, last) if off <= fits else _MISFIT


def _judged(first: int, last: int, middles: Sequence[float | None], grid: RowGrid, many: bool) -> Span:
    """A span with what else the place of its cell allows.

    Where merged cells are `many`, that a row and several rows around it have one middle is a likelier chance than that
    all of those around are empty; and of rows whose middle a cell has exactly, no others can be meant.
    """
    own = next((index for index in range(first, last + 1) if middles[index] is not None), None)
    middle = middles[own] if own is not None else None
    if own is None or middle is None:
        return Span(first, last, False, False)
    low, high = own, own
    while low > 0 and middles[low - 1] is None and own - low < _MOST_MERGED:
        low -= 1
    while high + 1 < len(middles) and middles[high + 1] is None and high - own < _MOST_MERGED:
        high += 1
    alone = grid.off(own, own, own, middle) <= _OWN_FITS
    exact = many and last - first > 1 and grid.off(first, last, own, middle) <= _EXACTLY
    fits = sum(
        grid.off(one, other, own, middle) <= (2 * _EXACTLY if exact else _FITS)
        for one in range(low, own + 1)
        for other in range(own, high + 1)
        if one < other
    )
    return Span(first, last, not alone and first < last, (alone and not exact) or fits > 1)


class _Solver:
    """Cuts rows into as many runs as there are texts, at the least cost."""

    def __init__(
        self,
        blocks: Sequence[Sequence[TextLine]],
        rows: Sequence[RowPlace],
        centred: bool,
        unit: float,
        before: RowPlace | None,
        inner: Set[int] | None,
    ) -> None:
        self.blocks = blocks
        self.rows = rows
        self.centred = centred
        self.unit = unit
        self.goes_on = before is not None
        count = len(rows)
        series = [before.series if before is not None else None]
        for row in rows:  # one without a ref, as the rest of a row of the page before, goes on with those above
            series.append(row.series or series[-1])
        changes = {at for at in range(1, count) if series[at + 1] != series[at]}
        self.tells = 0 < len(changes) < count - 1
        """The refs show where groups change."""
        if before is None or (series[0] is not None and series[1] != series[0]):
            changes.add(0)
        self.begin = [0.0] * count
        """What it costs that a group begins with each row."""
        for at in range(count):
            if self.tells:
                self.begin[at] += -_REF_CHANGE if at in changes else _REF_CHANGE
            if inner is not None and at and at not in inner:
                self.begin[at] += _OUTER
        # [j][i]: the first j texts cover the rows before i; those from j on cover the rows from i.
        self.forward = self._forward()
        self.backward = self._backward()

    def _cost(self, index: int, first: int, last: int) -> float:
        """What speaks against a text's covering the rows from `first` to `last`."""
        lines, rows = self.blocks[index], self.rows
        at_top = abs(lines[0].baseline - rows[first].baseline) / self.unit
        if not self.centred:
            return at_top + self.begin[first]
        middle = (lines[0].top + lines[-1].bottom) / 2
        off = abs(middle - (rows[first].top + rows[last].bottom) / 2) / self.unit
        if last == len(rows) - 1:
            off = min(off, at_top + (_EXACTLY_CUT if at_top < _EXACTLY else _CUT_CELL))
        return off + self.begin[first]

    def _lead(self, count: int) -> float:
        if not count:
            return 0.0
        return _LEADING_ROWS if self.goes_on else count * _UNNAMED_ROW

    def _forward(self) -> list[list[float]]:
        size = len(self.rows)
        table = [[self._lead(row) for row in range(size + 1)]]
        for index in range(len(self.blocks)):
            before = table[-1]
            row = [_NEVER] * (size + 1)
            for end in range(index + 1, size + 1):
                row[end] = min(
                    (before[first] + self._cost(index, first, end - 1) for first in range(index, end)), default=_NEVER
                )
            table.append(row)
        return table

    def _backward(self) -> list[list[float]]:
        size = len(self.rows)
        table = [[_NEVER] * (size + 1) for _ in range(len(self.blocks) + 1)]
        table[-1][size] = 0.0
        for index in range(len(self.blocks) - 1, -1, -1):
            for first in range(size - 1, -1, -1):
                table[index][first] = min(
                    self._cost(index, first, last) + table[index + 1][last + 1] for last in range(first, size)
                )
        return table

    def best(self) -> list[tuple[int, int]]:
        """The first and last row of each text."""
        found: list[tuple[int, int]] = []
        end = len(self.rows)
        for index in range(len(self.blocks) - 1, -1, -1):
            first = min(
                range(index, end),
                key=lambda at: (self.forward[index][at] + self._cost(index, at, end - 1), at),
            )
            found.append((first, end - 1))
            end = first
        return found[::-1]

    def is_unsure(self, index: int, call: float) -> bool:
        """Whether rows begin or end otherwise for this text in a way that costs less than `call` more."""
        best = self.forward[-1][len(self.rows)]
        first, last = self.best()[index]
        others = (
            self.forward[index][other] + self.backward[index][other]
            for other in range(index, len(self.rows))
            if other != first
        )
        after = (
            self.forward[index + 1][other] + self.backward[index + 1][other]
            for other in range(index + 1, len(self.rows))
            if other != last + 1 and index + 1 < len(self.blocks)
        )
        return min([*others, *after], default=_NEVER) - best < call
