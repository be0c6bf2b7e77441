"""The text of a page whose cells hold paragraphs, as a browser gives it: tabs on lines of their own part the cells.

1. A browser sets a paragraph off by a blank line on either side, in a cell as well, and ends every row of a table but
   the last with a line end more. So two blank lines part two rows, and one parts two paragraphs of a cell.
2. Nothing ends a table: what stands between the last tab of one and the first of the next is the last cell of the
   former, the text between them, and the first cell of the latter's header. The last cell holds as many paragraphs as
   others of its column do.
3. Only a text whose headers are paragraphs too is read so, where the rows so told are of one width, most of them. Any
   other is left to those who weigh what they read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import Block, Cell, FlatLine, Heading, Line, Table
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.read.aligned import may_head
from extractor.text import fold, key
from extractor.vocabulary.headers import PHRASES, header_meaning
from extractor.vocabulary.headings import is_labelled_group, title_score

_FEWEST_BORDERS = 6  # tabs that stand alone on their lines
_FEWEST_COLUMNS = 3
_ROW_END = 2  # blank lines between two rows
_LONGEST_NAME = 4  # words of a column's name that nobody knows
_TITLED = 2.0

_Cell = list[tuple[int, str]]
"""The lines of a cell that are not blank: their indexes, and their texts as published."""
_Row = list[_Cell]


@fixed(frozen=True, slots=True)
class _Table:
    above: _Cell
    """The lines between the table before and this one."""
    rows: Sequence[_Row]
    """The first is the header."""
    sure: bool
    """How many paragraphs its last cell holds is certain."""


def read_paragraph_cells(lines: Sequence[str]) -> list[Block] | None:
    """The blocks of such a text: tables, the line right above each, and all others raw; None for any other text.

    `lines` are the text's lines without their ends; locations count them from 1.
    """
    border = "\t" if any("\t" in line for line in lines) else " "  # where blanks were made one, a tab is one too
    cut = ["\t" if line == border else line for line in lines]
    if sum(line == "\t" for line in cut) < _FEWEST_BORDERS:
        return None
    tables, below = _tables(_rows(cut))
    if not tables or not all(map(_is_even, tables)):
        return None
    blocks: list[Block] = []
    for table in tables:
        *others, last = [index for index, text in table.above if fold(text)] or [-1]
        blocks.extend(FlatLine(lines[index], index + 1) for index in others)
        if last >= 0:
            text = fold(lines[last])
            level = 2 if blocks else 1  # the first line of a text names the plan
            blocks.append(Heading(text, level, _at(last, last)) if may_head(text) else FlatLine(lines[last], last + 1))
        blocks.append(_grid(table))
    blocks.extend(FlatLine(lines[index], index + 1) for index, text in below if fold(text))
    return blocks


def _rows(lines: Sequence[str]) -> list[_Row]:
    """What stands between two places where a row ends, cut at the tabs."""
    rows: list[_Row] = [[[]]]
    blank = 0
    for index, line in enumerate(lines):
        if not line.strip(" "):
            blank += 1
            continue
        if blank >= _ROW_END and rows[-1] != [[]]:
            rows.append([[]])
        first, *others = line.split("\t")
        if first.strip(" "):
            rows[-1][-1].append((index, first))
        elif others and not blank and len(rows[-1]) == 1 and rows[-1][0]:
            rows[-1][0].append((index, ""))  # a first cell that is empty, below a line that is none of its row
        rows[-1].extend([(index, text)] if text.strip(" ") else [] for text in others)
        blank = 0
    return rows


def _tables(rows: Sequence[_Row]) -> tuple[list[_Table], _Cell]:
    """The tables, and the lines below the last."""
    tables: list[_Table] = []
    above: _Cell = []
    held: list[_Row] = []
    for row in rows:
        if not held and len(row) == 1:
            above.extend(row[0])
            continue
        if held and len(row) > (width := len(held[0])):
            last, between, sure = _without_below([*held, row[:width]])
            tables.append(_Table(above, [*held, [*row[: width - 1], last]], sure))
            above, held = [], []
            empty = not between and len(row[width]) > 1  # a paragraph of a blank, below the table
            row = row[width:] if empty else [between, *row[width:]]
        elif held and len(row) > 1 and _texts(row[1:]) == _texts(held[0][1:]):
            last, between, sure = _without_below(held)
            tables.append(_Table(above, [*held[:-1], [*held[-1][:-1], last]], sure))
            above, held = between, []
        if not held:
            first = [line for line in row[0] if fold(line[1])] or row[0]
            if first and _stands_above(first[-1][1], row):
                first = [*first, (first[-1][0], "")]
            above.extend(first[:-1])
            row = [first[-1:], *row[1:]]
        held.append(row)
    if len(held) < 2:
        return tables, [*above, *(line for row in held for cell in row for line in cell)]
    last, below, sure = _without_below(held)
    tables.append(_Table(above, [*held[:-1], [*held[-1][:-1], last]], sure))
    return tables, below


def _stands_above(text: str, row: _Row) -> bool:
    """Whether what opens a header's line is the plan's title, and no name of a column: the first cell is empty."""
    names = [fold(cell[0][1]) for cell in row[1:] if cell]
    known = sum(header_meaning(name) is not None for name in names)
    titled = len(text.split()) > _LONGEST_NAME and key(text) not in PHRASES and title_score(text) >= _TITLED
    return titled and 2 * known > len(names)


def _texts(row: _Row) -> list[str]:
    return [" ".join(fold(text) for _, text in cell).strip() for cell in row]


def _without_below(rows: Sequence[_Row]) -> tuple[_Cell, _Cell, bool]:
    """The last cell of the last row, the lines below it that are none of its own, and whether that is certain."""
    *others, last = rows
    counts = {len(row[-1]) for row in others[1:] if len(row) == len(others[0])} or {1}
    held = last[-1]
    if held and is_labelled_group(held[0][1]):
        return [], held, True
    empty = next((at for at, (_, text) in enumerate(held) if not fold(text)), None)
    count = min(max(counts), len(held)) if empty is None else empty
    below = [text for _, text in held[count:] if fold(text)]
    # Of two lines or more one may be a second paragraph, and the other a heading.
    told = empty is not None or len(below) < 2 or below[0].endswith((".", ":"))
    return held[:count], held[count:], told and counts == {count}


def _is_even(table: _Table) -> bool:
    """Whether most rows are as wide as the header, but those that hold one text alone."""
    header, *rows = table.rows
    several = [row for row in rows if len(row) > 1]
    whole = sum(len(row) == len(header) for row in several)
    parted = all(before[-1][0] < after[0][0] for before, after in pairwise(header) if before and after)
    even = len(header) >= _FEWEST_COLUMNS and whole * 2 > len(several) > 0
    return parted and even and not any(map(_may_be_two, table.rows))


def _may_be_two(row: _Row) -> bool:
    """Whether a row ends with lines that no blank one parts: without paragraphs a line end parts rows as well."""
    return any(after - before == 1 for (before, _), (after, _) in pairwise(row[-1]))


def _at(first: int, last: int) -> Location:
    return Location(lines=(first + 1, last + 1), method="table")


def _grid(table: _Table) -> Table:
    width = len(table.rows[0])
    grid: list[tuple[Cell | None, ...]] = []
    places: list[Location] = []
    lines: list[int] = []
    for row in table.rows:
        indexes = [index for cell in row for index, _ in cell]
        if not any(fold(text) for cell in row for _, text in cell):
            continue
        place = _at(indexes[0], indexes[-1])
        lines.extend(indexes)
        number = len(grid)
        cells = [
            Cell(
                tuple(Line(words, _at(index, index)) for index, text in held if (words := fold(text))),
                number,
                column,
                location=_at(held[0][0], held[-1][0]) if held else place,
            )
            for column, held in enumerate(row)
        ]
        if len(row) == 1:
            grid.append((replace(cells[0], column_span=width),) * width)
        else:
            grid.append((*cells, *[None] * (width - len(cells))))
        places.append(place)
    if not table.sure and (last := grid[-1][-1]):
        doubt = Doubt(
            "row-unclear", "how much of what stands below this row is its own is not certain", location=last.location
        )
        grid[-1] = (*grid[-1][:-1], replace(last, doubts=(doubt,)))
    whole = _at(lines[0], lines[-1])
    return Table(tuple(grid), location=whole, row_locations=tuple(places), ragged=any(None in row for row in grid))
