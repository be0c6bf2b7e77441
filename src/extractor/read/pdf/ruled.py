"""Tables drawn with lines: the grid that a page's rules make, and the words in each of its cells.

1. Rules that lie on one line are one rule; a border drawn as the edge of a filled box is a rule as well.
2. A table is a set of rules that touch. Its outer edge counts as drawn, so a table that is open at its foot (the
   row goes on overleaf), or at its sides, keeps its last row and its outer columns.
3. Two places of the grid with no rule between them are one cell; what is not a rectangle is made one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from extractor.locations import Box
from extractor.read.pdf.pages import Page, Rule
from extractor.read.typeset import Word

_SNAP = 2.5
"""Rules nearer than this, in points, lie on one line: both edges of a drawn border do."""
_TOUCH = 3.5
_COVERED = 0.75
_MIN_SIDE = 4.0


@dataclass(slots=True)
class GridCell:
    """A cell of a ruled grid, in the page's reading coordinates."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A ruled table on one page."""

    box: Box
    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    closed_foot: bool
    """A rule closes the table at its foot; without one its last row may go on overleaf."""
    closed_head: bool = True
    drawn_columns: bool = True
    """Vertical rules part the columns; without them only the rows are known."""


def find_grids(page: Page, words: list[Word]) -> list[Grid]:
    """The ruled tables of a page, top to bottom, with those of the words that stand in their cells."""
    rules = _without_underlines(page)
    flat = _joined([rule for rule in rules if rule.horizontal])
    upright = _joined([rule for rule in rules if not rule.horizontal])
    grids = [grid for part in _connected(flat, upright) if (grid := _grid(*part)) is not None]
    grids.sort(key=lambda grid: (grid.box[1], grid.box[0]))
    _fill(grids, words)
    return [grid for grid in grids if _is_table(grid)]


def _without_underlines(page: Page) -> list[Rule]:
    """The page's rules and the edges of its filled boxes; full-page frames are left out."""
    rules = [
        rule
        for rule in page.rules
        if not (rule.horizontal and rule.end - rule.start > 1.2 * page.width)
        and not (not rule.horizontal and rule.end - rule.start > 1.2 * page.height)
        and (page.height + 2 > rule.at > -2 if rule.horizontal else page.width + 2 > rule.at > -2)
    ]
    for left, top, right, bottom in page.fills:
        if right - left > _MIN_SIDE and bottom - top > _MIN_SIDE:
            rules.append(Rule(True, top, left, right))
            rules.append(Rule(True, bottom, left, right))
            rules.append(Rule(False, left, top, bottom))
            rules.append(Rule(False, right, top, bottom))
    return rules


def _joined(rules: list[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap, as one; lines nearer than `_SNAP` are one line."""
    if not rules:
        return []
    horizontal = rules[0].horizontal
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda each: each.at):
        if lines and rule.at - lines[-1][0].at <= _SNAP:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    joined: list[Rule] = []
    for line in lines:
        at = sum(rule.at for rule in line) / len(line)
        line.sort(key=lambda each: each.start)
        start, end = line[0].start, line[0].end
        for rule in line[1:]:
            if rule.start <= end + _TOUCH:
                end = max(end, rule.end)
            else:
                joined.append(Rule(horizontal, at, start, end))
                start, end = rule.start, rule.end
        joined.append(Rule(horizontal, at, start, end))
    return [rule for rule in joined if rule.end - rule.start > _MIN_SIDE]


def _connected(flat: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of rules that touch each other, each a possible table."""
    parents = list(range(len(flat) + len(upright)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    levels = [rule.at for rule in flat]
    for offset, rule in enumerate(upright):
        low = bisect_left(levels, rule.start - _TOUCH)
        high = bisect_right(levels, rule.end + _TOUCH)
        for index in range(low, high):
            other = flat[index]
            if other.start - _TOUCH <= rule.at <= other.end + _TOUCH:
                parents[root(index)] = root(len(flat) + offset)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(flat):
        parts.setdefault(root(index), ([], []))[0].append(rule)
    for offset, rule in enumerate(upright):
        parts.setdefault(root(len(flat) + offset), ([], []))[1].append(rule)
    return [part for part in parts.values() if part[0] and part[1]]


def _levels(values: list[float]) -> list[float]:
    merged: list[list[float]] = []
    for value in sorted(values):
        if merged and value - merged[-1][-1] <= _SNAP:
            merged[-1].append(value)
        else:
            merged.append([value])
    return [sum(group) / len(group) for group in merged]


def _grid(flat: list[Rule], upright: list[Rule]) -> Grid | None:
    """The grid of a set of rules; None where it has less than two places."""
    left = min(*(rule.start for rule in flat), *(rule.at for rule in upright))
    right = max(*(rule.end for rule in flat), *(rule.at for rule in upright))
    top = min(*(rule.start for rule in upright), *(rule.at for rule in flat))
    bottom = max(*(rule.end for rule in upright), *(rule.at for rule in flat))
    xs = _levels([left, right, *(rule.at for rule in upright)])
    ys = _levels([top, bottom, *(rule.at for rule in flat)])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2 or columns * rows > 200_000:
        return None
    across = [_Covered([rule for rule in flat if abs(rule.at - y) <= _SNAP]) for y in ys]
    down = [_Covered([rule for rule in upright if abs(rule.at - x) <= _SNAP]) for x in xs]
    parents = list(range(rows * columns))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for row in range(rows):
        for column in range(columns):
            index = row * columns + column
            if column + 1 < columns and not down[column + 1].covers(ys[row], ys[row + 1]):
                parents[root(index + 1)] = root(index)
            if row + 1 < rows and not across[row + 1].covers(xs[column], xs[column + 1]):
                parents[root(index + columns)] = root(index)
    groups: dict[int, list[int]] = {}
    for index in range(rows * columns):
        groups.setdefault(root(index), []).append(index)
    cells = _rectangles(list(groups.values()), rows, columns, xs, ys)
    width = right - left
    return Grid(
        (left, top, right, bottom), xs, ys, cells,
        across[-1].length(left, right) > 0.5 * width, across[0].length(left, right) > 0.5 * width,
    )  # fmt: skip


class _Covered:
    """The parts of one grid line that are drawn."""

    def __init__(self, rules: list[Rule]) -> None:
        self.parts = sorted((rule.start, rule.end) for rule in rules)

    def length(self, start: float, end: float) -> float:
        """How much of the stretch from `start` to `end` is drawn, in points."""
        total, reached = 0.0, start
        for low, high in self.parts:
            low, high = max(low, reached), min(high, end)
            if high > low:
                total += high - low
                reached = high
        return total

    def covers(self, start: float, end: float) -> bool:
        """Whether a rule parts the two places on both sides of the stretch."""
        return self.length(start, end) >= _COVERED * (end - start) - 1


def _rectangles(groups: list[list[int]], rows: int, columns: int, xs: list[float], ys: list[float]) -> list[GridCell]:
    """Groups of grid places as rectangles; a group that is none is cut into its rows."""
    cells: list[GridCell] = []
    for group in groups:
        row_indices = [index // columns for index in group]
        column_indices = [index % columns for index in group]
        low_row, high_row = min(row_indices), max(row_indices)
        low, high = min(column_indices), max(column_indices)
        if len(group) == (high_row - low_row + 1) * (high - low + 1):
            cells.append(_cell(low_row, low, high_row, high, xs, ys))
            continue
        for row in range(low_row, high_row + 1):
            across = sorted(index % columns for index in group if index // columns == row)
            start = across[0]
            for column, following in zip(across, [*across[1:], -9], strict=True):
                if following != column + 1:
                    cells.append(_cell(row, start, row, column, xs, ys))
                    start = following
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return cells


def _cell(row: int, column: int, last_row: int, last_column: int, xs: list[float], ys: list[float]) -> GridCell:
    return GridCell(
        row, column, last_row - row + 1, last_column - column + 1,
        (xs[column], ys[row], xs[last_column + 1], ys[last_row + 1]),
    )  # fmt: skip


def _fill(grids: list[Grid], words: list[Word]) -> None:
    """Puts each word into the innermost cell that holds its middle."""
    for grid in grids:
        places: dict[tuple[int, int], GridCell] = {}
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    places[row, column] = cell
        left, top, right, bottom = grid.box
        left, top, right, bottom = left - 1, top - 1, right + 1, bottom + 1
        # A word on the outer edge is in the outer row or column.
        inner_xs, inner_ys = grid.xs[1:-1], grid.ys[1:-1]
        for word in words:
            middle = word.baseline - 0.3 * word.size
            centre = (word.x0 + word.x1) / 2
            if top <= middle <= bottom and left <= centre <= right:
                places[bisect_right(inner_ys, middle), bisect_right(inner_xs, centre)].words.append(word)


def _is_table(grid: Grid) -> bool:
    """Whether a grid is a table: at least two cells with words, in two columns or two rows with parted columns."""
    filled = [cell for cell in grid.cells if cell.words]
    if len(filled) < 2:
        return False
    columns = {cell.column for cell in filled}
    return len(columns) >= 2
