"""The text of a page whose cells hold paragraphs, as a browser gives it: tabs on lines of their own part the cells.

1. A browser sets a paragraph off by a blank line on either side, in a cell as well, and ends every row of a table but
   the last with a line end more. So two blank lines part two rows, and one parts two paragraphs of a cell.
2. An item of a list, as a heading, stands on the very next line: no blank one sets it off from its tab.
3. Nothing ends a table: what stands between the last tab of one and the first of the next is the last cell of the
   former, the text between them, and the first cell of the latter's header. The last cell holds as many paragraphs as
   others of its column do. A row with more cells than its table has columns says where the next begins; where none of
   its cells can hold all that, a table stands within it.
4. Only a text whose headers are paragraphs too is read so. Where every tab stands alone on its line, how many cells a
   row has is certain, and a short one takes some from above; else most rows must be of one width. Any other is left to
   those who weigh what they read.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from extractor.document import Block, Cell, FlatLine, Heading, Line, Paragraph, Table
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.read.aligned import may_head
from extractor.rows import PEOPLE
from extractor.text import fold, key
from extractor.vocabulary.headers import PHRASES, header_meaning
from extractor.vocabulary.headings import is_labelled_group, title_score

_FEWEST_BORDERS = 6  # tabs that stand alone on their lines
_FEWEST_COLUMNS = 2
_ROW_END = 2  # blank lines between two rows, at least
_APART = 4  # blank lines between two rows where a paragraph ends the one and begins the other
_LONGEST_NAME = 4  # words of a column's name that nobody knows
_TITLED = 2.0
_NO_LISTS = frozenset(["ref", "timescale", "status", *PEOPLE])
"""Columns whose cells hold no lists of one item."""
_BEFORE = -1  # the table above ends with the row before


class _Text(NamedTuple):
    """A line that is not blank."""

    at: int
    text: str
    """As published."""
    above: int = 0
    """How many blank lines stand right above it."""


_Cell = list[_Text]
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
    alone = not any("\t" in line and fold(line) for line in cut)
    if not tables or not all(_is_even(table, alone) for table in tables):
        return None
    blocks: list[Block] = []
    for table in tables:
        blocks.extend(_above(table, not blocks))
        items = _items(table.rows, cut) if alone else frozenset()
        rows, inner = _without_inner(table.rows)
        blocks.append(_grid(replace(table, rows=rows), items, {number for number, _ in inner}))
        for _, within in inner:
            blocks.append(replace(_grid(_Table([], within, sure=True), items), inner=True))
    blocks.extend(FlatLine(line.text, line.at + 1) for line in below if fold(line.text))
    return blocks


def _above(table: _Table, first: bool) -> list[Block]:
    """The lines above a table, of which the last is its heading; below a colon it may end a list that a group's label
    stands above."""
    own = [line for line in table.above if fold(line.text)]
    heading = len(own) - 1
    parts = _paragraphs(own)
    if len(parts) > 2 and len(parts[-1]) > 1 and parts[-2][-1].text.rstrip().endswith(":"):
        labelled = is_labelled_group(parts[-3][-1].text) and not any(is_labelled_group(line.text) for line in parts[-1])
        heading -= labelled * (len(parts[-1]) + len(parts[-2]))
    above = heading
    while above > 0 and own[above].above and (said := _says(fold(own[above].text))):
        above -= 1
        text = fold(own[above].text)
        if said == "value" or is_labelled_group(text) or title_score(text) >= _TITLED:
            heading = above
    blocks: list[Block] = []
    for at, line in enumerate(own):
        text = fold(line.text)
        level = 1 if first and not at else 2  # the first line of a text names the plan
        place = _at(line.at, line.at)
        heads = at == heading and may_head(text)
        if heads:
            blocks.append(Heading(text, level, place))
        elif at > heading:
            blocks.append(Paragraph(_line(line, line in parts[-1])))
        else:
            blocks.append(FlatLine(line.text, line.at + 1))
    return blocks


def _says(text: str) -> Literal["sentence", "value", ""]:
    """What a paragraph below a heading says: a sentence, or a column's value for all rows of a table."""
    label, _, value = text.partition(":")
    if value.strip() and header_meaning(label) is not None and not is_labelled_group(text):
        return "value"
    return "sentence" if text.endswith((".", ":", ";")) else ""


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
            rows[-1][-1].append(_Text(index, first, blank))
        elif others and not blank and len(rows[-1]) == 1 and rows[-1][0] and rows[-1][0][0].above < _ROW_END:
            rows[-1][0].append(_Text(index, ""))  # a first cell that is empty, below a line that is none of its row
        rows[-1].extend([_Text(index, text, 1)] if text.strip(" ") else [] for text in others)
        blank = 0
    joined: list[_Row] = []
    for row in rows:
        if joined and _goes_on(joined[-1], row, lines):
            joined[-1] = [*joined[-1][:-1], [*joined[-1][-1], *row[0]], *row[1:]]
        else:
            joined.append(row)
    return joined


def _goes_on(above: _Row, row: _Row, lines: Sequence[str]) -> bool:
    """Whether two blank lines stand within a cell: a row that begins with a paragraph has more above it, also below a
    list, unless the cell above is empty or bare."""
    first, last = row[0], above[-1]
    if len(row) == 1 or len(above) == 1 or not last or len(_paragraphs(first)) != 1 or first[0].above != _ROW_END:
        return False
    below = first[-1].at + 1
    bare = any("\t" in lines[index] for index in (last[-1].at, first[-1].at))
    return not bare and not lines[below].strip(" ") and bool(fold(last[-1].text))


def _tables(rows: Sequence[_Row]) -> tuple[list[_Table], _Cell]:
    """The tables, and the lines below the last."""
    tables: list[_Table] = []
    headers: list[list[str]] = []  # of all tables so far
    above: _Cell = []
    held: list[_Row] = []
    for number, row in enumerate(rows):
        if not held and len(row) == 1:
            above.extend(row[0])
            continue
        following = len(rows[number + 1]) if number + 1 < len(rows) else 0
        at = _next_table(row, held, headers, following) if held else None
        if at == _BEFORE:
            last, between, sure = _without_below(held)
            tables.append(_Table(above, [*held[:-1], [*held[-1][:-1], last]], sure))
            above, held = between, []
        elif at is not None:
            last, between, sure = _without_below([*held, row[: at + 1]])
            tables.append(_Table(above, [*held, [*row[:at], last]], sure))
            above, held = [], []
            empty = not between and len(row[at + 1]) > 1  # a paragraph of a blank, below the table
            row = row[at + 1 :] if empty else [between, *row[at + 1 :]]
        if not held:
            first = [line for line in row[0] if fold(line.text)] or row[0]
            if first and _stands_above(first[-1].text, row):
                first = [*first, _Text(first[-1].at, "")]
            above.extend(first[:-1])
            row = [first[-1:], *row[1:]]
            headers.extend([_texts(row)] if len(row) > 1 else [])
        held.append(row)
    if len(held) < 2:
        return tables, [*above, *(line for row in held for cell in row for line in cell)]
    last, below, sure = _without_below(held)
    tables.append(_Table(above, [*held[:-1], [*held[-1][:-1], last]], sure))
    return tables, below


def _next_table(row: _Row, held: Sequence[_Row], headers: Sequence[Sequence[str]], following: int) -> int | None:
    """The cell of a row in which its table ends and the header of the next one begins; `_BEFORE` where the whole row is
    a header, None where it is a row like others.

    `held` are the table's rows so far, `headers` those of all tables so far; `following` is how many cells the row
    below has.
    """
    texts = _texts(row)
    width = max(map(len, held))  # a header's first line is shorter where its cells span others
    for header in sorted(headers, key=len, reverse=True):
        at = len(row) - len(header)
        if at >= 0 and texts[at + 1 :] == header[1:] and _ends(row[at]) == header[0]:
            within = not at and len(held[-1]) == 1  # a header said again, below a row of one cell
            return None if within else min(at, width - 1) or _BEFORE
    if len(row) <= width:
        at = len(row) - following
        below = 1 < following < min(width, len(row)) and len(row[at]) > 2
        return at if below and all(map(_may_name, [row[at][-1:], *row[at + 1 :]])) else None
    # A row whose cells are merged with others above is shorter, and its last cell is not the last column's.
    several = [at for at in range(width - 1, -1, -1) if len(row[at]) > 1]
    places = [*several, *[_BEFORE] * (len(held[-1][-1]) > 1)]
    fitting = [at for at in places if len(row) - max(at, 0) == following]
    return next(iter([*fitting, *places]), None)


def _may_name(cell: _Cell) -> bool:
    """Whether a cell of one line may name a column."""
    text = fold(cell[0].text) if len(cell) == 1 else ""
    return 0 < len(text.split()) <= _LONGEST_NAME and not any(map(str.isdigit, text))


def _ends(cell: _Cell) -> str:
    """The last of a cell's paragraphs."""
    return next((text for line in reversed(cell) if (text := fold(line.text))), "")


def _stands_above(text: str, row: _Row) -> bool:
    """Whether what opens a header's line is the plan's title, and no name of a column: the first cell is empty."""
    names = [fold(cell[0].text) for cell in row[1:] if cell]
    known = sum(header_meaning(name) is not None for name in names)
    titled = len(text.split()) > _LONGEST_NAME and key(text) not in PHRASES and title_score(text) >= _TITLED
    return titled and 2 * known > len(names)


def _texts(row: _Row) -> list[str]:
    return [" ".join(fold(line.text) for line in cell).strip() for cell in row]


def _without_below(rows: Sequence[_Row]) -> tuple[_Cell, _Cell, bool]:
    """The last cell of the last row, the lines below it that are none of its own, and whether that is certain."""
    *others, last = rows
    held = last[-1]
    column = [row[-1] for row in others[1:] if len(row) == len(others[0])]
    groups = [at for at, line in enumerate(held) if is_labelled_group(line.text)]
    if groups and any(is_labelled_group(cell[0].text) for cell in column if cell):
        groups = []
    if groups[:1] == [0]:
        return [], held, True
    listed = _is_close(held)
    if listed and len(last) > 1 and not any(map(_is_close, column)):
        return [], held, True  # a heading right below a row that ends with an empty cell
    paragraphs = _paragraphs(held)
    counts = {len(_paragraphs(cell)) for cell in column} or {1}
    empty = next((at for at, line in enumerate(held) if not fold(line.text)), None)
    count = empty if empty is not None else sum(map(len, paragraphs[: max(counts)]))
    told = counts == {len(_paragraphs(held[:count]))}
    if groups and groups[0] < count:
        start = max(at for at in range(groups[0] + 1) if held[at].above or not at)
        goes_on = not start or held[start - 1].text.rstrip().endswith(":")  # the items of a list, and then a heading
        count, told = groups[0] if goes_on else start, True
    elif listed and count > 1:
        told = False
    below = [line.text for line in held[count:] if fold(line.text)]
    if not below and not all(column):
        told = False  # the cell may be empty, and what stands in it a paragraph below the table
    # Of two lines or more one may be a second paragraph, and the other a heading.
    told = told and (
        empty is not None or bool(groups) or len(_paragraphs(held[count:])) < 2 or below[0].endswith((".", ":"))
    )
    return held[:count], held[count:], told


def _is_close(cell: _Cell) -> bool:
    """Whether a cell begins on the line below its tab, as the items of a list do and no paragraph does."""
    return bool(cell) and not cell[0].above


def _paragraphs(cell: _Cell) -> list[_Cell]:
    """A cell's paragraphs and lists: a blank line parts them; the lines of one follow each other."""
    parts: list[_Cell] = []
    for line in cell:
        if line.above or not parts:
            parts.append([])
        parts[-1].append(line)
    return parts


def _is_even(table: _Table, alone: bool) -> bool:
    """Whether most rows are as wide as the header, but those that hold one text alone.

    `alone`: every tab of the text stands alone on its line, so that every cell is a paragraph or a list, and two blank
    lines part rows, whatever cells they have.
    """
    header, *rows = table.rows
    several = [row for row in rows if len(row) > 1]
    parted = all(before[-1].at < after[0].at for before, after in pairwise(header) if before and after)
    if not parted or len(header) < _FEWEST_COLUMNS or not several:
        return False
    if alone:  # a row is short where cells from above stand for it as well: never the first
        return len(several[0]) >= len(header) or max(map(len, rows)) > len(header)
    whole = sum(len(row) == len(header) for row in several)
    return whole * 2 > len(several) and not any(map(_may_be_two, table.rows))


def _may_be_two(row: _Row) -> bool:
    """Whether a row ends with lines that no blank one parts: without paragraphs a line end parts rows as well."""
    return any(after.at - before.at == 1 for before, after in pairwise(row[-1]))


def _at(first: int, last: int) -> Location:
    return Location(lines=(first + 1, last + 1), method="table")


def _without_inner(rows: Sequence[_Row]) -> tuple[list[_Row], list[tuple[int, list[_Row]]]]:
    """The rows without the tables that stand within their last cells, and those, each with the place of its row.

    Such a row has a cell more for every further column of the table within; rows as wide as that one follow.
    """
    width = len(rows[0])
    own: list[_Row] = []
    inner: list[tuple[int, list[_Row]]] = []
    for number, row in enumerate(rows):
        columns = len(inner[-1][1][0]) if inner and inner[-1][0] == len(own) - 1 else 0
        if columns and len(row) == columns < width:
            inner[-1][1].append(row)
        elif _holds_table(row, rows[number + 1 : number + 2], width) and own:
            inner.append((len(own), [row[width - 1 :]]))
            own.append([*row[: width - 1], []])
        else:
            own.append(row)
    return own, inner


def _holds_table(row: _Row, below: Sequence[_Row], width: int) -> bool:
    """Whether a row's last cell holds a table: the header of one that is as wide as the row below."""
    named = any(fold(line.text) for cell in row[width - 1 :] for line in cell)
    return len(row) > width and named and [len(other) for other in below] == [len(row) - width + 1]


def _items(rows: Sequence[_Row], lines: Sequence[str]) -> frozenset[int]:
    """The lines that are items of a list: a browser sets them off from what stands above and below by a line end,
    where it leaves a blank line at a paragraph. None where the header's cells are no paragraphs either."""
    names = [header_meaning(fold(cell[0].text)) if cell else None for cell in rows[0]]
    for row in rows[1:]:  # where such cells are no lists, neither are others: they are divisions
        if any(meaning in _NO_LISTS and _is_close(cell) for meaning, cell in zip(names[1:], row[1:], strict=False)):
            return frozenset()
    found: set[int] = set()
    ended = False  # whether the row before is known to end with an item, or with an empty cell
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not cell:
                continue
            parts = _paragraphs(cell)
            first, last = parts[0], parts[-1]
            begins = not cell[0].above if column else bool(number) and not ended and _ROW_END <= cell[0].above < _APART
            below = _blank_below(cell[-1].at, lines)
            if column < len(row) - 1:
                ends = not below
            elif number < len(rows) - 1:
                ends = _ROW_END <= below < _APART
            else:
                ends = len(last) > 1
            if len(parts) == 1:
                listed = first if begins or (ends and column < len(row) - 1) else []
            else:
                listed = [*(first if begins else []), *(last if ends else [])]
                for before, part in pairwise(parts):
                    if before[-1].text.rstrip().endswith(":") and len(part) > 1:
                        listed.extend(part)
            found.update(line.at for line in listed)
        ended = not row[-1] or row[-1][-1].at in found
        if found and not number:
            return frozenset()
    firsts = [row[0] for row in rows[1:] if len(row) > 1]
    if all(len(cell) == 1 and cell[0].at in found for cell in firsts):
        found.difference_update(cell[0].at for cell in firsts)  # a list that goes on from row to row numbers them
    return frozenset(found)


def _blank_below(index: int, lines: Sequence[str]) -> int:
    """How many blank lines stand right below a line."""
    return next((at for at, line in enumerate(lines[index + 1 : index + 1 + _APART]) if line.strip(" ")), _APART)


def _grid(table: _Table, items: AbstractSet[int], holders: AbstractSet[int] = frozenset()) -> Table:
    """The grid; `holders` are the rows whose last cell holds a table."""
    width = max(map(len, table.rows))
    grid: list[tuple[Cell | None, ...]] = []
    places: list[Location] = []
    lines: list[int] = []
    for at, row in enumerate(table.rows):
        indexes = [line.at for cell in row for line in cell]
        if not any(fold(line.text) for cell in row for line in cell):
            continue
        place = _at(indexes[0], indexes[-1])
        lines.extend(indexes)
        number = len(grid)
        cells = [
            Cell(
                tuple(_line(line, line.at in items) for line in held if fold(line.text)),
                number,
                column,
                location=_at(held[0].at, held[-1].at) if held else place,
            )
            for column, held in enumerate(row)
        ]
        if at in holders:
            message = "A table stands within this cell; it is kept beside the records."
            cells[-1] = replace(cells[-1], doubts=(Doubt("table-unclear", message, location=place),))
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


def _line(line: _Text, item: bool) -> Line:
    place = _at(line.at, line.at)
    return Line(fold(line.text), place, "item", "•") if item else Line(fold(line.text), place)
