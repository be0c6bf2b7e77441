"""Merged cells of tables without rules: which rows a text covers that stands beside them.

1. A column of groups has fewer texts than the table has rows: each covers the rows from where the one before it ends.
2. Where cells are centred vertically, a text stands in the middle of its rows; else it begins with the first of them.
   A cell that the page's end cuts keeps its text at its top.
3. Groups change where the leading part of the refs does ("1.2.3", "1.3.1"), and those of an outer column where those of
   an inner one do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from extractor.read.typeset import TextLine

_NEVER = 1e9
_LEADING_ROWS, _UNNAMED_ROW = 0.4, 4.0
"""What it costs that rows go on with a group of the page before, and that a row at the start of a table has none."""
_CUT_CELL = 0.6
"""What it costs that a cell is cut by the end of the page."""
_OUTER = 2.5
"""What it costs that an outer group changes where no inner one does."""
_REF_CHANGE = 0.8
"""What speaks for a change of group where the leading part of the refs changes, and against one elsewhere."""
_CLOSE_CALL = 0.75
_MOST_STEPS = 400_000


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands on its page: its edges, the baseline of its first line, and the leading part of its ref."""

    top: float
    bottom: float
    baseline: float
    series: str | None
    """What the ref has in common with those of its group: "1.2" of "1.2.3"; None without one."""


@dataclass(frozen=True, slots=True)
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
) -> list[Covered]:
    """Which rows each of the texts of a column covers, top to bottom: all but some at the start of a page.

    `unit` is the distance of lines in points; `before` is the last row of the page before, where the table goes on from
    there; `inner` are the rows with which a group of an inner column begins.
    """
    if not blocks or len(blocks) > len(rows) or len(blocks) * len(rows) ** 2 > _MOST_STEPS:
        return []
    solver = _Solver(blocks, rows, centred, unit, before, inner)
    best = solver.best()
    return [Covered(first, last, solver.is_unsure(index)) for index, (first, last) in enumerate(best)]


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
        changes = {at for at in range(1, count) if rows[at].series != rows[at - 1].series}
        tells = 0 < len(changes) < count - 1
        if before is None or rows[0].series != before.series:
            changes.add(0)
        self.begin = [0.0] * count
        """What it costs that a group begins with each row."""
        for at in range(count):
            if tells:
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
            off = min(off, at_top + _CUT_CELL)
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

    def is_unsure(self, index: int) -> bool:
        """Whether rows begin or end otherwise for this text in a way about as cheap."""
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
        return min([*others, *after], default=_NEVER) - best < _CLOSE_CALL
