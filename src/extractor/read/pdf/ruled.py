"""Tables drawn with lines: the grid that a page's rules make, and the words in each of its cells.

1. Rules that lie on one line are one rule; a border drawn as the edge of a filled box is a rule as well.
2. A table is a set of rules that touch. Its outer edge counts as drawn, so a table that is open at its foot (the
   row goes on overleaf), or at its sides, keeps its last row and its outer columns.
3. Two places of the grid with no rule between them are one cell; what is not a rectangle is made one.
4. A grid that does not part what it holds is none: columns known only from the shading of some rows (zebra stripes, a
   shaded header), or columns without rules between the rows. Such tables are left to the alignment of their words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.locations import Box
from extractor.read.overleaf import is_ref
from extractor.read.pdf.pages import Page, Rule
from extractor.read.pdf.sideways import foot, leaning_header
from extractor.read.typeset import Word, as_text_line, text_lines
from extractor.vocabulary.headers import header_meaning

_SNAP = 2.5
"""Rules nearer than this, in points, lie on one line: both edges of a drawn border do."""
_TOUCH = 3.5
_BLANK = 0.8
"""Words on both sides of a border keep a wider distance than this, in font sizes: the padding of two cells."""
_NARROW_BLANK = 0.45
"""The same where all lines of a row have to keep it."""
_LETTER = re.compile(r"\(?[a-z][.)]")
_REST_OF_REF = re.compile(r"\d{1,2}[a-z]?|[a-z]")  # of "SH-01" in a narrow column, below "SH-0"
_COVERED = 0.75
_WIDEST_GAP = 10.0
"""Boxes that are cells of one table stand no further apart than this, in points."""
_JOINT = 1.0
"""The borders of two cells side by side meet as nearly as this, in points."""
_MIN_SIDE = 4.0
_BELOW, _UNDERLINE, _EXACT = 6.0, 0.3, 1.0
"""How far below a baseline an underline is at most, in points and in font sizes, and how exactly it ends with words."""
_LINE_HIGH, _MARKED, _BLANK_WIDTH = 1.7, 0.2, 0.6
"""A highlight is no higher than this, in font sizes, begins and ends so near to its words, and holds the blank behind
them."""
_APART = 1.0
"""Labels of two columns in one line stand further apart than this, in font sizes."""
_NEXT_LINE = 1.6
"""The next line of a text stands no further below than this, in font sizes."""
_HEADING_LINES = 2
_FIRST_LINE = 3.5
"""The first line of a row stands no further below a rule than this, in font sizes."""
_NEXT_BLOCK = 2.5
"""A line of the same row stands no further below another than this: paragraphs have a distance."""
_LARGER = 1.12
"""Letters larger than those of a table by more than this are a heading's."""
_MANY_GAPS, _MOST_COLUMNS = 2, 3
"""What has so many gaps in so many of its columns, and in most, is several rows."""
_FEWEST_HEADS = 3
_SHADED = 0.7
"""Boxes that part less than this share of a table's height are stripes; the rest are the gaps of merged cells."""


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
    closed_head: bool
    """The same at its head."""
    drawn_columns: bool = True
    """Vertical rules part the columns; without them only the rows are known."""
    open_columns: tuple[int, ...] = ()
    """The columns that no rule closes at the foot, where one closes others: merged cells that go on overleaf."""


def find_grids(page: Page, words: list[Word], columns: Sequence[float] = ()) -> list[Grid]:
    """The ruled tables of a page, top to bottom, with those of the words that stand in their cells.

    `columns` are the edges of those of the table that ends the page before, where one does.
    """
    rules = _without_underlines(page, words)
    flat = _joined([rule for rule in rules if rule.horizontal])
    upright = _joined([rule for rule in rules if not rule.horizontal])
    drawn = [rule for rule in page.rules if not rule.horizontal]
    if columns and flat and not upright:
        upright = drawn = _lost_uprights(flat, columns, words)
    if upright and flat and (more := _lost_border(page, flat, upright, words)):
        upright, drawn = _joined([*upright, *more]), [*drawn, *more]
    parts = [
        stacked
        for part in _connected(flat, upright, words)
        for table in _headed(*part, words)
        for stacked in _stacked(*table)
    ]
    made = [(part, grid) for part in parts if (grid := _grid(*part, drawn, words)) is not None]
    grids: list[Grid] = []
    for (across, down), grid in made:
        more = _outer_uprights(grid, flat, [other.box for _, other in made if other is not grid], words)
        if more:
            top, bottom = min(rule.start for rule in more), max(rule.end for rule in more)
            more_flat = [rule for rule in flat if _lies_in(rule, (grid.box[0], top, grid.box[2], bottom))]
            grid = _grid([*across, *more_flat], [*down, *more], drawn, words) or grid
        grids.append(grid)
    grids.sort(key=lambda grid: (grid.box[1], grid.box[0]))
    _fill(grids, words)
    for grid in grids:
        _take_overhang(grid, grids, words)
    tables = [grid for grid in grids if _is_table(grid, columns)]
    tables = [grid for grid in tables if not _heads_loose_rows(grid, tables, words)]
    for grid in tables:
        _put_header(grid, leaning_header(grid.xs, grid.box[1], words))
    return tables


def _without_underlines(page: Page, words: Sequence[Word]) -> list[Rule]:
    """The page's rules and the edges of its filled boxes; full-page frames and what underlines words are left out."""
    lines = _Underlined(words) if any(not rule.horizontal for rule in page.rules) else None
    rules = [
        rule
        for rule in page.rules
        if -2 < rule.at < (page.height if rule.horizontal else page.width) + 2
        and not _frames(rule, page.width if rule.horizontal else page.height)
        and not (lines is not None and rule.horizontal and lines.has(rule))
    ]
    for box in _without_gaps(page.fills, words):
        left, top, right, bottom = box
        if right - left > _MIN_SIDE and bottom - top > _MIN_SIDE and not (lines and lines.lies_on(box, page.fills)):
            rules.append(Rule(True, top, left, right))
            rules.append(Rule(True, bottom, left, right))
            rules.append(Rule(False, left, top, bottom))
            rules.append(Rule(False, right, top, bottom))
    return [_within(rule, page.width if rule.horizontal else page.height) for rule in rules]


def _without_gaps(boxes: list[Box], words: Sequence[Word]) -> list[Box]:
    """The filled boxes of a page; where each cell of a table is one, with a gap to the next, they meet amid it."""
    rows: dict[int, list[Box]] = {}
    for box in boxes:
        rows.setdefault(round(box[1]), []).append(box)
    for row in rows.values():
        row.sort()
    apart = [row for row in rows.values() if len(row) >= _FEWEST_HEADS and _are_apart(row)]
    if len(apart) < 2 or _known_heads(min(apart, key=lambda row: row[0][1]), words) < _FEWEST_HEADS:
        return boxes
    cells = [box for row in apart for box in row]
    left, top, right, bottom = (pick(box[at] for box in cells) for at, pick in enumerate((min, min, max, max)))
    inside = [box for box in boxes if left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom]
    lefts, tops, rights, bottoms = (sorted({box[at] for box in inside}) for at in range(4))
    met = {box: (_meet(box[0], rights), _meet(box[1], bottoms), _meet(box[2], lefts), _meet(box[3], tops))
           for box in inside}  # fmt: skip
    return [met.get(box, box) for box in boxes]


def _are_apart(row: Sequence[Box]) -> bool:
    """Whether boxes side by side have a gap to the next, each, too wide for them to touch."""
    return all(_TOUCH < other[0] - one[2] < _WIDEST_GAP for one, other in pairwise(row))


def _known_heads(row: Sequence[Box], words: Sequence[Word]) -> int:
    """How many boxes of a row hold the known label of a column."""
    held = [[word for word in words if box[0] < word.x0 < box[2] and box[1] < word.baseline < box[3]] for box in row]
    texts = (" ".join(as_text_line(line).text for line in text_lines(cell)) for cell in held)
    return sum(bool(text and header_meaning(text)) for text in texts)


def _meet(edge: float, others: Sequence[float]) -> float:
    """The middle between an edge and the nearest of others, in order, across a gap; the edge where none is so near."""
    at = bisect_left(others, edge)
    near = min(others[max(at - 1, 0) : at + 1], key=lambda other: abs(other - edge), default=edge)
    return (edge + near) / 2 if abs(near - edge) < _WIDEST_GAP else edge


class _Underlined:
    """The words of a page by their baselines, to be asked which rules underline some of them."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = sorted((word for word in words if not word.high), key=lambda word: word.baseline)
        self.baselines = [word.baseline for word in self.words]

    def has(self, rule: Rule) -> bool:
        """Whether a rule runs right below words, from the first to the last and no further."""
        low, high = bisect_left(self.baselines, rule.at - _BELOW), bisect_right(self.baselines, rule.at)
        over = [
            word
            for word in self.words[low:high]
            if rule.at - word.baseline < _UNDERLINE * word.size
            and min(word.x1, rule.end) - max(word.x0, rule.start) > 0.5 * (word.x1 - word.x0)
        ]
        if not over:
            return False
        first, last = min(word.x0 for word in over), max(word.x1 for word in over)
        return abs(first - rule.start) < _EXACT and abs(last - rule.end) < _EXACT

    def lies_on(self, box: Box, boxes: Sequence[Box]) -> bool:
        """Whether a shaded box, which touches no other, is a line high and marks words, from the first to the last and
        no further: part of a text is highlighted, and no cell ends there."""
        left, top, right, bottom = box
        low, high = bisect_left(self.baselines, top), bisect_right(self.baselines, bottom)
        held = [word for word in self.words[low:high] if left - _EXACT < word.x0 < right]
        if not held or bottom - top > _LINE_HIGH * held[0].size:
            return False
        room = _MARKED * held[0].size
        if abs(held[0].baseline - held[-1].baseline) > room or abs(min(word.x0 for word in held) - left) > room:
            return False
        if not -room < right - max(word.x1 for word in held) < room + _BLANK_WIDTH * held[0].size:
            return False
        middle = (top + bottom) / 2
        beside = (other for other in boxes if other[1] < middle < other[3] and other != box)
        return not any(other[0] < right + 1 and left < other[2] + 1 for other in beside)


def _frames(rule: Rule, extent: float) -> bool:
    """Whether a rule runs over both ends of its page."""
    return rule.start <= 0 and rule.end >= extent and rule.end - rule.start > 1.2 * extent


def _within(rule: Rule, extent: float) -> Rule:
    """The part of a rule that the page shows: some programs draw cells that its end cuts as a whole on both pages."""
    if rule.start >= 0 and rule.end <= extent:
        return rule
    return replace(rule, start=max(rule.start, 0.0), end=min(rule.end, extent))


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


def _connected(flat: list[Rule], upright: list[Rule], words: list[Word]) -> list[tuple[list[Rule], list[Rule]]]:
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
    found = [part for part in parts.values() if part[0] and part[1]]
    for rule in [down[0] for across, down in parts.values() if not across]:
        beside = [down for across, down in found if _closes(rule, down) and not _has_header(across, down, words)]
        if beside:
            min(beside, key=lambda down: min(abs(other.at - rule.at) for other in down)).append(rule)
    return found


def _closes(rule: Rule, upright: list[Rule]) -> bool:
    """Whether a rule that touches none across closes a table at its side: the page shows no end of the merged cell
    between them, so that the rule is as tall as the table's own outermost one."""
    outer = min(upright, key=lambda other: abs(other.at - rule.at)).at
    own = [other for other in upright if abs(other.at - outer) <= _SNAP]
    return (
        not min(other.at for other in upright) < rule.at < max(other.at for other in upright)
        and abs(min(other.start for other in own) - rule.start) <= _TOUCH
        and abs(max(other.end for other in own) - rule.end) <= _TOUCH
    )


def _has_header(flat: list[Rule], upright: list[Rule], words: list[Word]) -> bool:
    """Whether the first row of a table is its header: no merged cell without an end stands beside it then, and a rule
    in the margin marks text, with a note."""
    top, *below = _levels([rule.at for rule in flat])
    xs = _levels([rule.at for rule in upright])
    if not below:
        return False
    row = [word for word in words if top < word.baseline - 0.3 * word.size < below[0]]
    cells = ([word for word in row if left < (word.x0 + word.x1) / 2 < right] for left, right in pairwise(xs))
    filled = [" ".join(word.text for line in text_lines(cell) for word in line) for cell in cells if cell]
    known = [meaning for text in filled if (meaning := header_meaning(text))]
    # In a form each label stands beside its value, which may be a label's word too: "Status", "On track".
    return len(set(known)) >= _FEWEST_HEADS and 2 * len(known) > len(filled)


def _headed(flat: list[Rule], upright: list[Rule], words: list[Word]) -> list[tuple[list[Rule], list[Rule]]]:
    """The tables of a set of rules: those that stand upon each other, each with a header and columns of its own, below
    a row as wide as the table or not."""
    left, right = min(rule.at for rule in upright), max(rule.at for rule in upright)
    inner = [rule for rule in upright if left + _SNAP < rule.at < right - _SNAP]
    if len({round(rule.at) for rule in inner}) <= _FEWEST_HEADS:
        return [(flat, upright)]
    ys = _levels([rule.at for rule in flat])
    open_ys = [y for y in ys if not any(rule.start < y - _TOUCH and rule.end > y + _TOUCH for rule in inner)]
    cuts: list[float] = []
    own: list[float] = []
    top: float | None = None
    """Where the rows as wide as the table begin above the columns to come."""
    for high, low in pairwise(open_ys):
        xs = _levels([rule.at for rule in inner if rule.start < low - _TOUCH and rule.end > high + _TOUCH])
        if not xs:
            top = high if top is None else top
            continue
        columns = [rule for rule in upright if rule.start < low - _TOUCH and rule.end > high + _TOUCH]
        others = _apart(xs, own) and _apart(own, xs)
        if own and others and _has_header([r for r in flat if high - _SNAP <= r.at <= low + _SNAP], columns, words):
            cuts.append(high if top is None else top)
            own = xs
        else:
            own = _levels([*own, *xs])
        top = None
    return _cut(flat, upright, [min(ys[0], *(r.start for r in upright)), *cuts,
                                max(ys[-1], *(r.end for r in upright))]) if cuts else [(flat, upright)]  # fmt: skip


def _apart(xs: Sequence[float], others: Sequence[float]) -> bool:
    """Whether some of the borders are none of the others."""
    return any(all(abs(x - other) > _SNAP for other in others) for x in xs)


def _cut(flat: list[Rule], upright: list[Rule], edges: Sequence[float]) -> list[tuple[list[Rule], list[Rule]]]:
    """A set of rules, cut at some heights."""
    parts: list[tuple[list[Rule], list[Rule]]] = []
    for top, bottom in pairwise([edges[0] - _TOUCH, *edges[1:-1], edges[-1] + _TOUCH]):
        own = [
            Rule(False, rule.at, max(rule.start, top), min(rule.end, bottom))
            for rule in upright
            if rule.start < bottom - _TOUCH and rule.end > top + _TOUCH
        ]
        parts.append(([rule for rule in flat if top - _TOUCH <= rule.at <= bottom + _TOUCH], own))
    return [part for part in parts if part[0] and part[1]]


def _stacked(flat: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The tables of a set of rules: those of two columns each that stand upon each other, with other columns each."""
    ys = _levels([rule.at for rule in flat])
    left, right = min(rule.at for rule in upright), max(rule.at for rule in upright)
    inner = sorted(
        (rule for rule in upright if left + _SNAP < rule.at < right - _SNAP), key=lambda rule: (rule.start, rule.at)
    )
    cuts = [
        above.end
        for above, below in pairwise(inner)
        if abs(above.at - below.at) > _SNAP and abs(above.end - below.start) <= _TOUCH
    ]
    if not cuts or any(below.start < above.end - _TOUCH for above, below in pairwise(inner)):
        return [(flat, upright)]  # rows of more than two columns, or one table
    # A page may begin or end within a row, with no rule across.
    top, bottom = min(ys[0], inner[0].start), max(ys[-1], *(rule.end for rule in inner))
    return _cut(flat, upright, [top, *cuts, bottom])


def _levels(values: list[float]) -> list[float]:
    merged: list[list[float]] = []
    for value in sorted(values):
        if merged and value - merged[-1][-1] <= _SNAP:
            merged[-1].append(value)
        else:
            merged.append([value])
    return [sum(group) / len(group) for group in merged]


def _grid(flat: list[Rule], upright: list[Rule], drawn: list[Rule], words: list[Word]) -> Grid | None:
    """The grid of a set of rules; None where it has less than two places. `drawn` are the page's own upright rules."""
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
    parted = [[down[column].covers(ys[row], ys[row + 1]) for column in range(columns + 1)] for row in range(rows)]
    _part_by_words(parted, xs, ys, words)
    parents = list(range(rows * columns))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for row in range(rows):
        for column in range(columns):
            index = row * columns + column
            if column + 1 < columns and not parted[row][column + 1]:
                parents[root(index + 1)] = root(index)
            if row + 1 < rows and not across[row + 1].covers(xs[column], xs[column + 1]):
                parents[root(index + columns)] = root(index)
    groups: dict[int, list[int]] = {}
    for index in range(rows * columns):
        groups.setdefault(root(index), []).append(index)
    cells = _rectangles(list(groups.values()), rows, columns, xs, ys)
    width = right - left
    box = (left, top, right, bottom)
    return Grid(
        box, xs, ys, cells,
        across[-1].length(left, right) > 0.5 * width,
        across[0].length(left, right) > 0.5 * width,
        (_parts_columns(xs, down, (top, bottom), rows, drawn) or _is_label_row(box, xs, rows, words))
        and not _goes_on_below(box, xs, drawn, words),
        tuple(column for column in range(columns) if not across[-1].covers(xs[column], xs[column + 1])),
    )  # fmt: skip


def _part_by_words(parted: list[list[bool]], xs: list[float], ys: list[float], words: list[Word]) -> None:
    """Parts the columns in rows where no rule does, though the words keep to their columns.

    Some styles frame every other row only. A merged cell is told from such a row by its text, which runs across, or
    begins in the first of its columns; the rest of a row overleaf may be text in one of the others.
    """
    columns, rows = len(xs) - 1, len(ys) - 1
    known = [4 * sum(row[column] for row in parted) > rows for column in range(columns + 1)]
    wanting = [row for row in range(rows) if any(known[x] and not parted[row][x] for x in range(1, columns))]
    if not wanting:
        return
    held: dict[int, list[Word]] = {row: [] for row in wanting}
    for word in words:
        row = bisect_right(ys, word.baseline - 0.3 * word.size) - 1
        if row in held and xs[0] - 1 <= word.x0 and word.x1 <= xs[-1] + 1:
            held[row].append(word)
    within = [word for word in words if ys[0] < word.baseline < ys[-1]]
    for row in wanting:
        lines = text_lines(held[row])
        start = 0
        for column in range(1, columns + 1):
            if not parted[row][column]:
                continue
            run = range(start + 1, column)
            left, right = xs[start], xs[column]
            inside = [[word for word in line if left <= (word.x0 + word.x1) / 2 <= right] for line in lines]
            for x in run:
                both = any(word.x1 <= xs[x] for line in inside for word in line) and any(
                    word.x0 >= xs[x] for line in inside for word in line
                )
                if known[x] and both and not any(_crosses(line, xs[x]) for line in inside):
                    parted[row][x] = True
            for x in _around_one_column([word for line in inside for word in line], xs, run, within):
                parted[row][x] = parted[row][x] or known[x]
            start = column


def _around_one_column(inside: list[Word], xs: list[float], run: range, words: list[Word]) -> list[int]:
    """The borders of the column behind one of the `run` of borders in which all of a cell's words stand, if they begin
    where the column's other text begins."""
    if not inside or not run:
        return []
    left, right = min(word.x0 for word in inside), max(word.x1 for word in inside)
    x = bisect_right(xs, left + 1) - 1
    if x not in run or right > xs[x + 1] + 1:
        return []
    own = set(map(id, inside))
    others = [word.x0 for word in words if xs[x] - 1 <= word.x0 < xs[x + 1] and id(word) not in own]
    begins = min(others, default=float("inf"))
    return [border for border in (x, x + 1) if border in run] if abs(begins - left) <= 1 else []


def _crosses(line: list[Word], x: float, blank: float = _BLANK) -> bool:
    """Whether the text of a line runs across `x`: through a word, or with no more than a `blank` there."""
    if any(word.x0 < x - 1 and word.x1 > x + 1 for word in line):
        return True
    return any(
        one.x1 <= x + 1 and other.x0 >= x - 1 and other.x0 - one.x1 < blank * other.size
        for one, other in pairwise(line)
    )


def _goes_on_below(box: Box, xs: list[float], drawn: list[Rule], words: list[Word]) -> bool:
    """Whether words stand close below shading that is all there is of a grid: rows that are not shaded.

    Those of a heading are larger than the words of the grid.
    """
    if any(abs(rule.at - x) <= _SNAP for rule in drawn for x in xs):
        return False
    left, top, right, bottom = box
    held = [word for word in words if left < word.x0 and word.x1 < right]
    largest = max((word.size for word in held if top < word.baseline < bottom), default=0.0)
    return any(0 < word.baseline - bottom < 2.2 * word.size and word.size <= _LARGER * largest for word in held)


def _is_label_row(box: Box, xs: list[float], rows: int, words: list[Word]) -> bool:
    """Whether two boxes side by side hold a label and its value: a page begins or ends with one row of a record."""
    if rows > 1 or len(xs) != 3:
        return False
    cells: tuple[list[Word], list[Word]] = ([], [])
    for word in words:
        if box[1] < word.baseline - 0.3 * word.size < box[3] and box[0] < word.x0 and word.x1 < box[2]:
            cells[word.x0 > xs[1]].append(word)
    label, value = (" ".join(as_text_line(line).text for line in text_lines(cell)) for cell in cells)
    return bool(value) and header_meaning(label) is not None and header_meaning(value) is None


def _parts_columns(
    xs: list[float], down: list[_Covered], height: tuple[float, float], rows: int, drawn: list[Rule]
) -> bool:
    """Whether a rule is drawn between two columns, or shading parts them in several rows, almost all."""
    top, bottom = height
    inner = range(1, len(xs) - 1)
    if any(
        abs(rule.at - xs[index]) <= _SNAP and rule.end > top and rule.start < bottom
        for rule in drawn
        for index in inner
    ):
        return True
    return rows > 1 and all(down[index].length(top, bottom) > _SHADED * (bottom - top) for index in inner)


class _Covered:
    """The parts of one grid line that are drawn."""

    def __init__(self, rules: list[Rule]) -> None:
        self.parts = sorted((rule.start, rule.end) for rule in rules)

    def length(self, start: float, end: float) -> float:
        """How much of the stretch from `start` to `end` is drawn, in points."""
        total, reached = 0.0, start
        for low, high in self.parts:
            if low < reached:
                low = reached
            if high > end:
                high = end
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
        places: list[list[list[Word]]] = [[[]] * (len(grid.xs) - 1) for _ in grid.ys[1:]]
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    places[row][column] = cell.words
        left, top, right, bottom = grid.box
        left, top, right, bottom = left - 1, top - 1, right + 1, bottom + 1
        # A word on the outer edge is in the outer row or column.
        inner_xs, inner_ys = grid.xs[1:-1], grid.ys[1:-1]
        for word in words:
            middle = word.baseline - 0.3 * word.size
            centre = foot(word) if word.high else (word.x0 + word.x1) / 2
            if top <= middle <= bottom and left <= centre <= right:
                places[bisect_right(inner_ys, middle)][bisect_right(inner_xs, centre)].append(word)


def _take_overhang(grid: Grid, grids: Sequence[Grid], words: list[Word]) -> None:
    """Gives the last cells of columns that no rule closes the lines right below the table's foot.

    Some programs end a merged cell's rules with the last row of a page, and let its text go on; so do they with all
    rules of a row of which only other cells went overleaf. Lines of other columns beside them are no such text, and
    where all columns are open, none is that keeps to none of them.
    """
    all_open = len(grid.open_columns) == len(grid.xs) - 1
    if not grid.open_columns or (all_open and not grid.drawn_columns):
        return
    bottom = grid.box[3]
    limit = min((other.box[1] for other in grids if other.box[1] >= bottom), default=float("inf"))
    cells = {
        column: cell
        for cell in grid.cells
        if cell.row + cell.row_span == len(grid.ys) - 1 and cell.words
        for column in range(cell.column, cell.column + cell.column_span)
        if column in grid.open_columns
    }
    feet = {id(cell): max(word.baseline for word in cell.words) for cell in cells.values()}
    held = {id(word) for cell in cells.values() for word in cell.words}  # some stand on the foot
    below = [
        word
        for word in words
        if bottom < word.baseline - 0.3 * word.size and word.baseline < limit and id(word) not in held
    ]
    for line in text_lines(below):
        homes = [cells.get(bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1) for word in line]
        if all_open and any(_crosses(line, x, _NARROW_BLANK) for x in grid.xs):
            return
        if any(
            cell is None or word.baseline - feet[id(cell)] > _NEXT_LINE * word.size
            for cell, word in zip(homes, line, strict=True)
        ):
            return
        for cell, word in zip(homes, line, strict=True):
            if cell is not None:
                cell.words.append(word)
                feet[id(cell)] = max(feet[id(cell)], word.baseline)


def _put_header(grid: Grid, header: dict[int, list[Word]]) -> None:
    """Puts a row upon a grid that holds the words of a header, by column."""
    if not header:
        return
    left, top, right, bottom = grid.box
    high = min(word.high for words in header.values() for word in words)
    for cell in grid.cells:
        cell.row += 1
    heads = [_cell(0, column, 0, column, grid.xs, [high, top]) for column in range(len(grid.xs) - 1)]
    for column, words in header.items():
        heads[column].words.extend(words)
    grid.cells[:0] = heads
    grid.ys.insert(0, high)
    grid.box = (left, high, right, bottom)


def _lies_in(rule: Rule, box: Box) -> bool:
    left, top, right, bottom = box
    return top - _SNAP <= rule.at <= bottom + _SNAP and left - _TOUCH <= rule.start and rule.end <= right + _TOUCH


def _outer_uprights(grid: Grid, flat: list[Rule], boxes: Sequence[Box], words: list[Word]) -> list[Rule]:
    """Upright rules for the rows above and below a grid that are parted by rules across only, as wide as it is.

    A style may frame the header only; and some programs lose the upright rules of rows beside which a page ends. Such
    rows keep to the grid's columns; the heading of a group, which does not, may stand between them. `boxes` are those
    of the page's other grids.
    """
    if not grid.drawn_columns or len(grid.xs) < 3:
        return []
    left, top, right, bottom = grid.box
    wide = [rule.at for rule in flat if abs(rule.start - left) <= _TOUCH and abs(rule.end - right) <= _TOUCH]
    ceiling = max((box[3] for box in boxes if box[3] <= top + _SNAP), default=0.0)
    floor = min((box[1] for box in boxes if box[1] >= bottom - _SNAP), default=float("inf"))
    above = [top, *(at for at in reversed(wide) if ceiling + _SNAP < at < top - _SNAP)]
    below = [bottom, *(at for at in wide if bottom + _SNAP < at < floor - _SNAP)]
    if len(above) + len(below) == 2:
        return []
    over = _kept(_loose_row(grid.xs, high, low, words) for low, high in pairwise(above))
    open_row = _open_row(grid.xs, below[-1], floor, words)
    under = _kept([*(_loose_row(grid.xs, high, low, words) for high, low in pairwise(below)), *open_row])
    rows = [*over, *under]
    return [Rule(False, x, row.high, row.low) for row in rows for x in (grid.xs if row.parted else (left, right))]


def _lost_uprights(flat: list[Rule], xs: Sequence[float], words: list[Word]) -> list[Rule]:
    """The upright rules that a page lacks on which a table of these columns goes on; none where it does not.

    Firefox loses them on a page in whose first and last rows a cell is merged. The rules across begin and end at the
    edges of columns, and no line of print runs over one, but for the heading of a group.
    """
    own = [rule for rule in flat if all(min(abs(end - x) for x in xs) <= _TOUCH for end in (rule.start, rule.end))]
    ys = _levels([rule.at for rule in own])
    if (
        len(ys) < 3
        or min(rule.start for rule in own) > xs[0] + _TOUCH
        or max(rule.end for rule in own) < xs[-1] - _TOUCH
    ):
        return []
    edges = list(xs)
    found = [_loose_row(edges, high, low, words) for high, low in pairwise(ys)]
    found += _open_row(edges, ys[-1], float("inf"), words)
    rules: list[Rule] = []
    for row in found:
        lines = text_lines(row.words)
        across = any(_crosses(line, x, _NARROW_BLANK) for line in lines for x in edges[1:-1])
        if across and len(lines) > _HEADING_LINES:
            return []
        rules += [Rule(False, x, row.high, row.low) for x in ((xs[0], xs[-1]) if across else xs)]
    return _joined(rules)


def _lost_border(page: Page, flat: list[Rule], upright: list[Rule], words: list[Word]) -> list[Rule]:
    """The upright rules of a last table of labels and their values that lacks them; none where there is no such table.

    Firefox loses them where the page ends within the table. Its top is drawn cell by cell: the joint tells the border.
    """
    foot = max(rule.end for rule in upright) - _TOUCH
    tops = sorted(
        (r for r in page.rules if r.horizontal and r.at >= foot), key=lambda each: (round(each.at), each.start)
    )
    joints = [
        (one, other)
        for one, other in pairwise(tops)
        if abs(one.at - other.at) <= _JOINT and abs(other.start - one.end) <= _JOINT
    ]
    if len(joints) != 1:
        return []
    ((one, other),) = joints
    foot, left, right = one.at, one.start, other.end
    below = [rule for rule in flat if rule.at > foot + _TOUCH]
    if any(abs(rule.start - left) > _TOUCH or abs(rule.end - right) > _TOUCH for rule in below):
        return []
    xs = [left, (one.end + other.start) / 2, right]
    own = _loose_row(xs, foot, float("inf"), words).words
    lines = text_lines(own)
    label = " ".join(word.text for line in lines[:1] for word in line if word.x0 < xs[1])
    if ": " in label or not header_meaning(label):  # "Outcome: Safer streets" heads what stands overleaf
        return []
    if any(_crosses(line, xs[1], _NARROW_BLANK) for line in lines):
        return []
    low = max(word.baseline for word in own) + 0.5 * own[0].size
    low = max([low, *(rule.at + _MIN_SIDE for rule in below)])
    return [Rule(False, x, foot, low) for x in xs]


@dataclass(slots=True)
class _LooseRow:
    """Words between two rules."""

    high: float
    low: float
    words: list[Word]
    parted: bool
    """They keep to the columns of a grid; else they are one cell."""


def _loose_row(xs: list[float], high: float, low: float, words: list[Word]) -> _LooseRow:
    inside = [
        word
        for word in words
        if high < word.baseline - 0.3 * word.size < low and xs[0] - 1 <= (word.x0 + word.x1) / 2 <= xs[-1] + 1
    ]
    return _LooseRow(high, low, inside, _keeps_to_columns(xs, inside))


def _kept(rows: Iterable[_LooseRow]) -> list[_LooseRow]:
    """The first of the rows, up to the last that keeps to columns, without a gap or a paragraph between them."""
    kept: list[_LooseRow] = []
    count = 0
    for row in rows:
        if not row.parted and (not row.words or len(text_lines(row.words)) > _HEADING_LINES):
            break
        kept.append(row)
        count = len(kept) if row.parted else count
    return kept[:count]


def _open_row(xs: list[float], high: float, floor: float, words: list[Word]) -> list[_LooseRow]:
    """The row below the last rule of a page, which no rule closes, if there is one."""
    found: list[Word] = []
    foot = high
    for line in text_lines(_loose_row(xs, high, floor, words).words):
        size = line[0].size
        gap = (_NEXT_BLOCK if found else _FIRST_LINE) * size
        if line[0].baseline - foot > gap or any(_crosses(line, x, _NARROW_BLANK) for x in xs[1:-1]):
            break
        found += line
        foot = line[0].baseline
    row = _LooseRow(high, foot + 0.5 * found[0].size if found else high, found, _keeps_to_columns(xs, found))
    return [row] if row.parted else []


def _keeps_to_columns(xs: list[float], words: list[Word]) -> bool:
    """Whether words stand in columns, with more than a blank between two of them, and no line runs across a border."""
    if any(word.x0 < xs[0] - 1 or word.x1 > xs[-1] + 1 for word in words):
        return False
    lines = text_lines(words)
    return any(other.x0 - one.x1 >= _BLANK * other.size for line in lines for one, other in pairwise(line)) and not any(
        _crosses(line, x, _NARROW_BLANK) for line in lines for x in xs[1:-1]
    )


def _is_table(grid: Grid, before: Sequence[float]) -> bool:
    """Whether a grid is a table: at least two cells with words, in two columns or two rows with parted columns.

    `before` are the edges of the columns of the table that ends the page before.
    """
    filled = [cell for cell in grid.cells if cell.words]
    if len(filled) == 1 and len(grid.ys) == 2:
        (cell,) = filled
        if not grid.closed_head and cell.column:
            return grid.drawn_columns  # the rest of a row of which the page before has the first cells
        if not grid.closed_foot and not cell.column and len(grid.xs) == 3:  # a label whose value stands overleaf
            label = " ".join(as_text_line(line).text for line in text_lines(cell.words))
            return grid.drawn_columns and header_meaning(label) is not None
    if len(filled) < 2:
        return False
    columns = {cell.column for cell in filled}
    if len(columns) < 2 or not grid.drawn_columns or _runs_rows_together(grid, before):
        return False
    return not _runs_columns_together(filled)


def _runs_columns_together(cells: Sequence[GridCell]) -> bool:
    """Whether one cell holds labels of several columns, far apart on one line, and those below are set so too."""
    for head in cells:
        if head.column_span > 1 or not (starts := _labels_apart(head)):
            continue
        below = [cell for cell in cells if cell.column == head.column and cell.row > head.row]
        alike = sum(1 for cell in below if {round(start) for start in starts} <= {round(w.x0) for w in cell.words})
        if below and alike > 0.6 * len(below):
            return True
    return False


def _labels_apart(cell: GridCell) -> list[float]:
    """Where the labels of a header cell begin, if its first line holds several that are known and stand far apart."""
    lines = text_lines(cell.words) if len(cell.words) > 1 else []
    if len(lines) != 1:
        return []
    runs = [[lines[0][0]]]
    for before, word in pairwise(lines[0]):
        if word.x0 - before.x1 > _APART * word.size:
            runs.append([])
        runs[-1].append(word)
    known = len(runs) > 1 and all(header_meaning(as_text_line(run).text) for run in runs)
    return [run[0].x0 for run in runs] if known else []


def _heads_loose_rows(grid: Grid, tables: Sequence[Grid], words: list[Word]) -> bool:
    """Whether a grid is no more than a header, and text that stands in none of the tables begins right below it: rules
    part only that from the rows, or no more than their columns. So it is where only one row below the header has rules
    between its columns, none below it, and others follow."""
    left, _, right, bottom = grid.box
    is_open = len(grid.ys) == 3 and not grid.closed_foot
    if len(grid.ys) > 2 + is_open or any(other.box[1] >= bottom and len(other.xs) == len(grid.xs) for other in tables):
        return False
    heads = [
        " ".join(word.text for line in text_lines(cell.words) for word in line) for cell in grid.cells if not cell.row
    ]
    if len(list(filter(None, heads))) < _FEWEST_HEADS or not all(header_meaning(head) for head in heads if head):
        return False
    held = {id(word) for other in tables for cell in other.cells for word in cell.words}
    below = [word for word in words if word.baseline > bottom and left <= word.x0 <= right and id(word) not in held]
    if is_open:
        return any(_stands_in_columns(line, grid.xs) for line in text_lines(below))
    return any(word.baseline - bottom < _NEXT_BLOCK * word.size for word in below)


def _stands_in_columns(line: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether words stand in columns enough to be a row of theirs, and none on a border."""
    columns = {bisect_right(xs, word.x0) for word in line}
    return len(columns) >= _FEWEST_HEADS and not any(word.x0 < x < word.x1 for word in line for x in xs)


def _is_many_rows(cells: Sequence[GridCell]) -> bool:
    """Whether the cells between two rules hold several rows: in most of them lines stand apart, again and again."""
    filled = apart = 0
    for cell in cells:
        lines = text_lines(cell.words)
        gaps = sum(below[0].baseline - line[0].baseline > _NEXT_BLOCK * line[0].size for line, below in pairwise(lines))
        filled += bool(lines)
        apart += gaps >= _MANY_GAPS
    return apart >= _MOST_COLUMNS and 2 * apart > filled


def _begins_below(cell: GridCell, others: Sequence[GridCell]) -> bool:
    """Whether the ref of a cell stands on the first lines of most other cells' second halves, below a gap that runs
    through them all: the rest of a row of the page before ends above it."""
    lines = text_lines(cell.words)
    if not is_ref(as_text_line(lines[0]).text):
        return False
    top, size = lines[0][0].baseline, lines[0][0].size
    levels = sorted({word.baseline for each in others for word in each.words})
    above = [level for level in levels if level < top - 0.5 * size]
    if not above:
        return False
    pitch = min((below - level for level, below in pairwise(levels) if below - level > 0.8 * size), default=size)
    level = sum(any(abs(word.baseline - top) < 0.1 * size for word in each.words) for each in others)
    return top - above[-1] > _GAP * pitch and level >= _FEWEST_HEADS and 2 * level > len(others)


_GAP = 1.3
"""Two rows are this much further apart than the lines of one, at least."""


def _means_refs(cell: GridCell) -> bool:
    return header_meaning(" ".join(as_text_line(line).text for line in text_lines(cell.words))) == "ref"


def _runs_rows_together(grid: Grid, before: Sequence[float]) -> bool:
    """Whether one cell of the first column, or of that of refs, holds several refs: nothing parts the rows. For
    `before` see `_is_table`."""
    first_row = (cell for cell in grid.cells if cell.row == 0 and cell.column and cell.column_span == 1 and cell.words)
    of_refs = {0, *(cell.column for cell in first_row if _means_refs(cell))}
    for cell in grid.cells:
        if cell.column not in of_refs or cell.column_span > 1:
            continue
        lines = [as_text_line(line).text for line in text_lines(cell.words)] if len(cell.words) > 1 else []
        is_torn = len(lines) == 2 and lines[0][:1].isalpha() and _REST_OF_REF.fullmatch(lines[1])
        if sum(map(is_ref, lines)) > 1 and not is_torn and not any(_LETTER.fullmatch(line) for line in lines):
            return True
    if len(grid.ys) == 3 and not grid.closed_foot:
        last = [cell for cell in grid.cells if cell.row and cell.words]
        if _is_many_rows(last) or any(_begins_below(cell, last) for cell in last if cell.column in of_refs):
            return True
    if len(grid.ys) > 2:
        return False
    first = [text_lines(cell.words) for cell in grid.cells if cell.words]
    heads = sum(1 for lines in first if header_meaning(as_text_line(lines[0]).text))
    goes_on = len(before) == len(grid.xs) and all(
        abs(x - edge) < _TOUCH for x, edge in zip(grid.xs, before, strict=True)
    )
    if (goes_on or not grid.closed_head) and heads < len(first):
        return False  # a row overleaf, or the rest of one, which may begin with words that head columns elsewhere
    return heads >= 2 and 2 * heads >= len(first) and any(len(lines) > 2 for lines in first)
