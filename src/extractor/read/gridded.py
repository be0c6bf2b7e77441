"""Tables of a text that keeps every cell at its exact place, such as `inscriptis` writes them, as ragged grids.

1. A column is as wide as its widest cell, and two blanks part it from the next; every line of a row is padded to the
   end of the row's last cell. So the columns are told without any header word, and so is how many cells a row has.
2. A cell's paragraphs stand on lines of their own, never broken; a row is as high as its highest cell, and the other
   cells stand in its middle (or at its top). The best cut into rows is the one that this explains best.
3. Where the padding does not prove all this, there is no such grid, and other readers are asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import Block, Cell, Heading, Line, Paragraph, Table
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.read.aligned import may_head
from extractor.vocabulary.headers import header_meaning

_PIECE = re.compile(r"[^ ]+(?: [^ ]+)*")
_REF = re.compile(r"\(?(?:[A-Z]{0,4}[ .-]?\d{1,3}(?:[.-]\d{1,3})*(?: ?\(?[a-z]\)?)?|[a-z](?=[).]))[).:]?")
_ITEM = re.compile(r" {2,}(?P<marker>[*+\u2022o-]|\d{1,2}\.) (?=\S)")
_WITHIN_ITEM = " " * 3  # what a line of a list item is indented by at least
_HIGHEST = 120  # lines of one row
_SEPARATOR = 2

# What speaks against a cut into rows, in units of one row.
_ROW = 1.0
_MORE_LINES = 0.45  # another paragraph in a cell ...
_MORE_ITEMS = 0.05  # ... a list item, or what follows a colon
_FIRST_COLUMN = 1.5  # another paragraph in the first cell
_TWO_REFS = 4.0  # ... a ref in it, or a letter
_INNER_BLANK = 0.3  # a blank line within a cell
_NO_FIRST = 1.0  # a row whose first cell is empty
_ALONE = 1.0  # a row with one filled cell of several
_TRAILING = 0.1  # a cell that ends with a blank line, as those with paragraphs do
_LEADING = 3.0  # a cell that begins with one
_FEW_ROWS = 6  # of a table that shows nothing yet
_CLOSE = 1.0  # another cut that is dearer by less is as good
_TORN = 1.0  # a cell that begins or ends in the middle ...
_NOTE = 5.0  # ... with a bracket, as what follows an activity does
_TWICE = 2.0  # the same line twice in a cell of people and the like
_BLANK_ROW = 3.0
_IMPOSSIBLE = 1e9
# Blank lines above and below a cell's text that are the cell's own, and what speaks against them.
_MARGINS = ((0, 0, 0.0), (0, 1, _TRAILING), (1, 0, _LEADING), (1, 1, _LEADING))


def read_grids(lines: Sequence[str]) -> list[Block] | None:
    """The blocks of a text whose tables are padded grids; None for any other text.

    `lines` are the text's lines without their ends; locations count them from 1.
    """
    if not any(line.endswith(" ") and _PIECE.search(line) for line in lines) or any("\t" in line for line in lines):
        return None
    grids: list[_Grid] = []
    for first, last in _runs(lines):
        grids.extend(_grids_of(lines, first, last))
    if not grids:
        return None
    covered = {number for grid in grids for number in range(grid.first, grid.last + 1)}
    if any(number not in covered and _looks_aligned(line) for number, line in enumerate(lines)):
        return None
    blocks: list[Block] = []
    start = 0
    for grid in grids:
        blocks.extend(_between(lines, start, grid.first, before_table=True))
        blocks.append(_table(lines, grid))
        start = grid.last + 1
    blocks.extend(_between(lines, start, len(lines), before_table=False))
    return blocks


def _between(lines: Sequence[str], first: int, end: int, before_table: bool) -> list[Block]:
    """What stands on the lines [first, end): a paragraph or item each, as no line was broken for want of room; the
    last one before a table is a heading if it is short and no sentence."""
    blocks: list[Block] = []
    last: Line | None = None
    for index in range(first, end):
        text = " ".join(lines[index].split())
        if not text:
            last = None if not lines[index] else last
            continue
        place = Location(lines=(index + 1, index + 1), method="aligned")
        item = _ITEM.match(lines[index])
        if item:
            marker = item["marker"] if item["marker"][0].isdigit() else "\u2022"
            last = Line(" ".join(lines[index][item.end() :].split()), place, kind="item", marker=marker)
        else:
            within = last is not None and (last.kind == "item" or last.more) and lines[index].startswith(_WITHIN_ITEM)
            last = Line(text, place, more=within)
        blocks.append(Paragraph(last))
    if before_table and isinstance(before := blocks[-1] if blocks else None, Paragraph):
        line = before.line
        if line.kind == "paragraph" and not line.more and may_head(line.text):
            blocks[-1] = Heading(line.text, 2, line.location)
    return blocks


@fixed(frozen=True, slots=True)
class _Grid:
    """A table's lines (indexes, last included) and its columns (start and end of each)."""

    first: int
    last: int
    columns: tuple[tuple[int, int], ...]


def _looks_aligned(line: str) -> bool:
    return len(_PIECE.findall(line)) >= 3


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of lines, parted by lines that are wholly empty."""
    first: int | None = None
    for index, line in enumerate([*lines, ""]):
        if line and first is None:
            first = index
        elif not line and first is not None:
            yield first, index - 1
            first = None


def _grids_of(lines: Sequence[str], first: int, last: int) -> list[_Grid]:
    """The grids of a run: what stands between the lines that may be captions, joined where they are rows after all."""
    stretches: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(first, last + 1):
        if _is_plain(lines, index):
            if start is not None:
                stretches.append((start, index - 1))
            start = None
        elif start is None:
            start = index
    if start is not None:
        stretches.append((start, last))
    # Only all rows together may show how wide a column is, the widest cell standing in one of the last.
    whole = _columns_of(lines, stretches[0][0], stretches[-1][1]) if len(stretches) > 1 else None
    if whole is not None:
        return [whole]
    grids: list[_Grid] = []
    number = 0
    while number < len(stretches):
        found, after = None, number + 1
        for later in range(number, len(stretches)):
            grid = _columns_of(lines, stretches[number][0], stretches[later][1])
            if grid is not None:
                found, after = grid, later + 1
            elif found is not None or later > number:
                break  # what stands between is a caption
        if found is not None:
            grids.append(found)
        number = after
    return grids


def _is_plain(lines: Sequence[str], index: int) -> bool:
    """Whether a line is a caption or the like: one piece without padding; or blanks that are no line of a row."""
    line = lines[index]
    pieces = len(_PIECE.findall(line))
    if pieces > 1 or (pieces and line.endswith(" ")):
        return False
    return all(len(line) != len(lines[other]) for other in (index - 1, index + 1) if 0 <= other < len(lines))


def _columns_of(lines: Sequence[str], first: int, last: int) -> _Grid | None:
    """The columns of some lines, where padding proves them: every line ends where one of them ends."""
    length = max(len(lines[index]) for index in range(first, last + 1))
    edges = [0] * (length + 1)
    for index in range(first, last + 1):
        for match in _PIECE.finditer(lines[index]):
            edges[match.start()] += 1
            edges[match.end()] -= 1
    starts: list[int] = []
    ends: list[int] = []
    depth = 0
    before = 0
    blank_from = 0
    for place in range(length + 1):
        depth += edges[place]
        if depth and not before:
            if not starts or place - blank_from >= _SEPARATOR:
                if starts:
                    ends.append(blank_from)
                    if place - blank_from == 2 * _SEPARATOR:  # a column without any text
                        starts.append(blank_from + _SEPARATOR)
                        ends.append(blank_from + _SEPARATOR)
                starts.append(place)
        elif before and not depth:
            blank_from = place
        before = depth
    if len(starts) < 2:
        return None
    ends.append(blank_from if not depth else length)
    if length - ends[-1] in (_SEPARATOR, 2 * _SEPARATOR):
        starts.append(length)
        ends.append(length)
    columns = _laid_out(starts[0], ends)
    if any(start == end for start, end in columns[1:-1]) and _is_indented(lines[first : last + 1], columns):
        # What stands before the column behind is the indent of its cells, and no column without any text.
        inner = [end for start, end in zip(starts[1:-1], ends[1:-1], strict=True) if start < end]
        ends = [ends[0], *inner, ends[-1]]
        columns = _laid_out(starts[0], ends)
    known = set(ends)
    if any(len(lines[index]) not in known for index in range(first, last + 1)):
        return None
    if sum(1 for index in range(first, last + 1) if len(_PIECE.findall(lines[index])) >= 2) < 2:
        return None
    return _Grid(first, last, tuple(columns))


def _laid_out(start: int, ends: Sequence[int]) -> list[tuple[int, int]]:
    """The columns that end at some places: each begins two blanks after the one before it; what is left of its text is
    indented."""
    columns = [(start, ends[0])]
    for end in ends[1:]:
        columns.append((columns[-1][1] + _SEPARATOR, end))
    return columns


def _is_indented(lines: Sequence[str], columns: Sequence[tuple[int, int]]) -> bool:
    """Whether all cells below a header are indented by as much as parts two columns, as blocks within cells are."""
    header, below = lines[0], lines[_MOST_HEADER_LINES:]
    headed = [(start, end) for start, end in columns if header[start:end].strip() and header[start] != " "]
    texts = [line[start:end] for start, end in headed for line in below if line[start:end].strip()]
    return bool(texts) and all(text.startswith(" " * _SEPARATOR) for text in texts)


_MOST_HEADER_LINES = 2


# Rows -------------------------------------------------------------------------------------------------------


@fixed(frozen=True, slots=True)
class _Span:
    """The first and last line of a row, and the columns whose text may belong to its neighbour."""

    first: int
    last: int
    unsure: frozenset[int] = frozenset()


def _table(lines: Sequence[str], grid: _Grid) -> Table:
    rows: list[tuple[Cell | None, ...]] = []
    places: list[Location] = []
    ends = [end for _, end in grid.columns]
    width = len(grid.columns)
    for span in _rows(lines, grid):
        count = ends.index(len(lines[span.first])) + 1
        cells = [_cell(lines, span, grid.columns[column], len(rows), column) for column in range(count)]
        rows.append((*cells, *[None] * (width - count)))
        places.append(Location(lines=(span.first + 1, span.last + 1), method="aligned"))
    place = Location(lines=(grid.first + 1, grid.last + 1), method="aligned")
    return Table(tuple(rows), location=place, row_locations=tuple(places), ragged=True)


def _cell(lines: Sequence[str], span: _Span, column: tuple[int, int], row: int, index: int) -> Cell:
    found: list[Line] = []
    for number in range(span.first, span.last + 1):
        text = lines[number][column[0] : column[1]]
        if not text.strip():
            continue
        place = Location(lines=(number + 1, number + 1), method="aligned")
        item = _ITEM.match(text)
        if item:
            marker = item["marker"] if item["marker"][0].isdigit() else "\u2022"
            found.append(Line(" ".join(text[item.end() :].split()), place, kind="item", marker=marker))
        else:
            found.append(Line(" ".join(text.split()), place))
    numbers = [number for line in found if line.location.lines for number in line.location.lines]
    lowest, highest = (min(numbers), max(numbers)) if numbers else (span.first + 1, span.last + 1)
    where = Location(lines=(lowest, highest), method="aligned")
    doubts: tuple[Doubt, ...] = ()
    if index in span.unsure:
        what = f'where the row of "{found[0].text[:60]}" ends' if found else "whether this cell is empty"
        doubts = (Doubt("row-unclear", f"{what} is not certain: its neighbour stands close", location=where),)
    return Cell(tuple(found), row, index, location=where, doubts=doubts)


@dataclass
class _Habits:
    """How a table's cells are usually filled, which tells what speaks against a row that is filled otherwise."""

    columns: int
    rows: int = 0
    lines: int = 0
    """Rows of one line."""

    def __post_init__(self) -> None:
        self.filled = [0] * self.columns
        self.several = [0] * self.columns

    def learn(self, texts: Sequence[Sequence[str]]) -> None:
        """Counts one row."""
        self.rows += 1
        self.lines += len(texts) == 1
        for column in range(len(texts[0])):
            count = sum(1 for line in texts if (text := line[column]).strip() and not _ITEM.match(text))
            self.filled[column] += any(line[column].strip() for line in texts)
            self.several[column] += count > 1

    def more_lines(self, column: int) -> float:
        """What speaks against another paragraph in a cell of this column."""
        if self.rows < _FEW_ROWS:
            return _FIRST_COLUMN if column == 0 else _MORE_LINES
        return 0.3 - 0.5 * math.log((self.several[column] + 0.5) / (self.filled[column] + 1.0))

    def one_line(self) -> float:
        """What speaks against a row of one line, where most have another, be it the blank one below a paragraph."""
        if self.rows < _FEW_ROWS:
            return 0.0
        return max(0.0, math.log((self.rows - self.lines + 0.5) / (self.lines + 0.5)))

    def empty(self, column: int) -> float:
        """What speaks against an empty cell in this column."""
        if self.rows < _FEW_ROWS:
            return _NO_FIRST * (column == 0)
        return -0.4 * math.log((self.rows - self.filled[column] + 0.5) / (self.rows + 1.0))


def _rows(lines: Sequence[str], grid: _Grid) -> list[_Span]:
    """The lines of every row."""
    habits = _Habits(len(grid.columns))
    rows: list[_Span] = []
    for _ in range(2):  # the second time, what rows look like is known
        rows = []
        for first, last in _sections(lines, grid):
            middle = _cut(lines, grid, first, last, False, habits)
            top = _cut(lines, grid, first, last, True, habits)
            rows.extend((middle if middle[0] <= top[0] else top)[1])
        learnt = _Habits(len(grid.columns))
        for span in rows:
            learnt.learn(_texts(lines, grid, span.first, span.last))
        habits = learnt
    return rows


def _texts(lines: Sequence[str], grid: _Grid, first: int, last: int) -> list[list[str]]:
    """The cells' texts on some lines that have the same number of cells."""
    columns = [column for column in grid.columns if column[1] <= len(lines[first])]
    return [[lines[index][start:end] for start, end in columns] for index in range(first, last + 1)]


def _sections(lines: Sequence[str], grid: _Grid) -> Iterator[tuple[int, int]]:
    """Lines that may share rows: another number of cells is another row, and so is a full line after a full one, and
    what stands below a header, whose cells are a line each, though that of the refs be empty."""
    start = grid.first
    full = _is_full(lines[start], grid)
    headed = _is_header(lines, grid)
    for index in range(grid.first + 1, grid.last + 1):
        before, full = full, _is_full(lines[index], grid)
        if len(lines[index]) != len(lines[index - 1]) or (full and before) or (headed and index == grid.first + 1):
            yield start, index - 1
            start = index
    yield start, grid.last


def _is_header(lines: Sequence[str], grid: _Grid) -> bool:
    """Whether the first line is a header: all of its cells are known labels, and text stands on the next line."""
    labels = _PIECE.findall(lines[grid.first])
    if len(labels) < _FEWEST_LABELS or grid.first == grid.last or not lines[grid.first + 1].strip():
        return False
    meanings = list(map(header_meaning, labels))
    return None not in meanings and "activity" in meanings


_FEWEST_LABELS = 3


def _is_full(line: str, grid: _Grid) -> bool:
    return all(line[start:end].strip() for start, end in grid.columns if end <= len(line))


def _cut(
    lines: Sequence[str], grid: _Grid, first: int, last: int, top: bool, habits: _Habits
) -> tuple[float, list[_Span]]:
    """The cheapest cut of some lines into rows, and what it costs; `top`: cells stand at the top of their row."""
    if first == last:
        return 0.0, [_Span(first, last)]
    texts = _texts(lines, grid, first, last)
    size = len(texts)
    costs: list[list[tuple[int, float]]] = [[] for _ in range(size)]  # by first line: line after the last, cost
    best = [0.0, *[_IMPOSSIBLE] * size]
    back = [0] * (size + 1)
    for start in range(size):
        if best[start] >= _IMPOSSIBLE:
            continue
        for end in range(start + 1, min(size, start + _HIGHEST) + 1):
            cost = _row_cost(texts[start:end], top, habits)
            if cost >= _IMPOSSIBLE:
                continue
            costs[start].append((end, cost))
            if best[start] + cost < best[end]:
                best[end] = best[start] + cost
                back[end] = start
    if best[size] >= _IMPOSSIBLE:  # no cut explains these lines: each is taken for a row
        return best[size], [_Span(index, index) for index in range(first, last + 1)]
    rest = [*[_IMPOSSIBLE] * size, 0.0]
    for start in range(size - 1, -1, -1):
        rest[start] = min((cost + rest[end] for end, cost in costs[start]), default=_IMPOSSIBLE)
    rows: list[tuple[int, int]] = []
    end = size
    while end:
        rows.append((back[end], end))
        end = back[end]
    rows.reverse()
    unsure: list[set[int]] = [set() for _ in rows]
    for number, (start, end) in enumerate(rows):
        for border in range(start + 1, end):
            if best[border] + rest[border] - best[size] < _CLOSE:
                above, below = (
                    any(line[0].strip() for line in texts[a:b]) for a, b in ((start, border), (border, end))
                )
                # What has the ref stays; else the shorter part would go.
                before = below if above != below else border - start <= end - border
                other = number - 1 if before else number + 1
                moved = texts[start:border] if before else texts[border:end]
                columns = {column for line in moved for column, text in enumerate(line) if text.strip()}
                unsure[number] |= columns
                if 0 <= other < len(rows):
                    unsure[other] |= columns
    return best[size], [
        _Span(first + start, first + end - 1, frozenset(columns))
        for (start, end), columns in zip(rows, unsure, strict=True)
    ]


def _torn(first: str, last: str) -> float:
    """What speaks against a cell's beginning and ending with these lines: "(Also links to ..." is never all of one."""
    if first.startswith("("):
        return _NOTE
    return _TORN * (first[:1].islower() or last.endswith(":"))


def _row_cost(texts: Sequence[Sequence[str]], top: bool, habits: _Habits) -> float:
    """What speaks against some lines' being one row; `_IMPOSSIBLE` where its cells would not stand in its middle."""
    height = len(texts)
    cost = _ROW + (habits.one_line() if height == 1 else 0.0)
    filled = 0
    reach = _IMPOSSIBLE  # what it adds that one cell is as high as the row
    for column in range(len(texts[0])):
        numbers = [number for number, line in enumerate(texts) if line[column].strip()]
        if not numbers:
            cost += habits.empty(column)
            continue
        filled += 1
        upper, lower = numbers[0], numbers[-1]
        size = lower - upper + 1
        fits = whole = _IMPOSSIBLE
        for lead, trail, strange in _MARGINS[: 2 if top else 4]:
            content = lead + size + trail
            padding = 0 if top else (height - content) // 2
            if content <= height and padding + lead == upper:
                fits = min(fits, strange)
                if content == height:
                    whole = min(whole, strange)
        if fits >= _IMPOSSIBLE:
            return _IMPOSSIBLE
        cost += fits + _torn(texts[upper][column].strip(), texts[lower][column].strip())
        reach = min(reach, whole - fits)
        cost += _TWICE * (len({texts[number][column] for number in numbers}) < len(numbers))
        for before, number in pairwise(numbers):
            easy = bool(_ITEM.match(texts[number][column])) or texts[before][column].rstrip().endswith(":")
            cost += _MORE_ITEMS if easy else habits.more_lines(column)
            cost += _INNER_BLANK * (number - before > 1)
            cost += _TWO_REFS * (column == 0 and bool(_REF.fullmatch(texts[number][column].strip())))
    if not filled:
        return _BLANK_ROW * height
    if reach >= _IMPOSSIBLE / 2:
        return _IMPOSSIBLE
    return cost + reach + _ALONE * (filled == 1 and len(texts[0]) > 1)
