"""Merged cells that a page's rules show: they part the rows beside such a cell, and stop at both its edges.

1. A rule that leaves out a column stands within a cell of that column, which reaches from the next rule above that
   covers the column to the next one below.
2. Where a page begins or ends within such a cell, no rule closes it there; without text it is the rest of one of the
   page before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.fixed import fixed
from extractor.read.alignment.facts import Facts
from extractor.read.alignment.shapes import Level
from extractor.read.overleaf import PageCell
from extractor.read.typeset import TextLine

_COVERED = 0.5
"""A rule covers a column where it is drawn along this share of it."""
_END = float("inf")


@fixed(frozen=True, slots=True)
class RowRule:
    """A rule across the page, or the edge of a band; it may be drawn in parts."""

    at: float
    parts: Sequence[tuple[float, float]]
    """Where each part begins and ends, from left to right; none overlap."""

    def covers(self, left: float, right: float) -> bool:
        """Whether it is drawn between two places."""
        drawn = sum(max(0.0, min(end, right) - max(start, left)) for start, end in self.parts)
        return drawn >= _COVERED * (right - left)


@dataclass(slots=True)
class DrawnCell:
    """A merged cell between two rules; infinite is an edge that its page does not show."""

    column: int
    top: float
    bottom: float
    lines: list[TextLine]


def drawn_cells(levels: Sequence[Level], facts: Facts, rules: Sequence[RowRule]) -> list[DrawnCell]:
    """The merged cells of a table that rules show, with the lines of their text."""
    first, last = levels[0].top, levels[-1].baseline
    within = [rule for rule in rules if first < rule.at < last]
    ends = [*(column.left for column in facts.columns[1:]), max(facts.limits)]
    places = [(column.left, max(column.left + 1, end)) for column, end in zip(facts.columns, ends, strict=True)]
    covered = {id(rule): [rule.covers(*place) for place in places] for rule in within}
    own = [index for index, column in enumerate(facts.columns) if column.meaning in ("ref", "activity")]
    inner = [rule for rule in within if not all(covered[id(rule)]) and _parts_rows(covered[id(rule)], own)]
    found: list[DrawnCell] = []
    for column, place in enumerate(places):
        cuts = {id(rule) for rule in inner if not covered[id(rule)][column]}
        top, is_cut = -_END, False
        for rule in rules if cuts else ():
            if id(rule) in cuts:
                is_cut = True
            elif rule.covers(*place):
                if is_cut:
                    found.append(DrawnCell(column, top, rule.at, []))
                top, is_cut = rule.at, False
        if is_cut and top > -_END:
            found.append(DrawnCell(column, top, _END, []))
    across = [level.baseline for level in levels if level.across is not None]
    found = [cell for cell in found if not any(cell.top < baseline < cell.bottom for baseline in across)]
    for cell in found:
        cell.lines.extend(
            level.cells[cell.column]
            for level in levels
            if cell.column in level.cells and cell.top < level.baseline < cell.bottom
        )
    return found


def _parts_rows(covered: Sequence[bool], own: Sequence[int]) -> bool:
    """Whether a rule that covers some columns parts two rows: it does most of them, or half and those that each row has
    of its own, refs and activities."""
    return 2 * sum(covered) > len(covered) or (2 * sum(covered) == len(covered) and all(covered[at] for at in own))


def place_drawn(
    cells: Sequence[list[PageCell]], bands: Sequence[tuple[float, float]], drawn: Sequence[DrawnCell]
) -> None:
    """Puts merged cells over the rows that their rules enclose."""
    for each in drawn:
        held = [index for index, band in enumerate(bands) if each.top < sum(band) / 2 < each.bottom]
        if not held or not (each.lines or (held[0] == 0 and len(held) > 1)):
            continue
        cell = PageCell(each.column, each.lines, len(held), cut=each.bottom == _END)
        cells[held[0]].append(cell)
        cells[held[0]].sort(key=lambda one: one.column)
