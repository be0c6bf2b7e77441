"""What a spreadsheet puts on the clipboard: tabs between cells, and quotes around a cell that holds line ends.

A cell that begins with a quote ends at the next quote that stands alone; two of them are one within it. All else is as
in other texts whose cells tabs part, so a text without such a cell is left to those who read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.document import Block, Cell, Heading, Line, Paragraph, Table
from extractor.locations import Location
from extractor.read.aligned import may_head
from extractor.read.drawn_text import under_one_header
from extractor.text import fold

_OPENS = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*$')
_CLOSES = re.compile(r'(?:[^"\t]|"")*"(?=\t|$)')
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=\t|$)|([^\t]*)')
_ITEM = re.compile(r"[•*\u2022-] (?=\S)")
_MOST_LINES = 200
"""Lines of one row."""
_FEWEST_COLUMNS = 3

_Row = tuple[int, int, Sequence[str]]
"""The first and last line of a row (indexes), and its cells."""


def read_quoted(lines: Sequence[str]) -> list[Block] | None:
    """The blocks of a text as a spreadsheet copies it, with cells of several lines; None for any other text.

    `lines` are the text's lines without their ends; locations count them from 1.
    """
    if not any("\t" in line and _OPENS.search(line) for line in lines):
        return None
    rows = list(_rows(lines))
    if any(first > last for first, last, _ in rows):
        return None  # a quote that nothing closes
    if max(len(cells) for _, _, cells in rows) < _FEWEST_COLUMNS:
        return None
    blocks: list[Block] = []
    for several, run in groupby(rows, key=lambda row: len(row[2]) > 1):
        found = list(run)
        if several:
            blocks.extend(_tables(found, blocks))
        else:
            blocks.extend(Paragraph(Line(fold(cells[0]), _at(row))) for row in found if fold((cells := row[2])[0]))
    return blocks


def _rows(lines: Sequence[str]) -> Iterator[_Row]:
    """The rows; the last one ends before it begins where nothing closes a quote before the next tab."""
    index = 0
    while index < len(lines):
        first = index
        held = [lines[index]]
        opened = bool(_OPENS.search(lines[index]))
        while opened:
            index += 1
            if index == len(lines) or index - first > _MOST_LINES:
                yield first + 1, first, []
                return
            closed = _CLOSES.match(lines[index])
            if not closed and "\t" in lines[index]:
                yield first + 1, first, []
                return
            held.append(lines[index])
            opened = not closed or bool(_OPENS.search(lines[index], closed.end()))
        yield first, index, _cells("\n".join(held))
        index += 1


def _cells(text: str) -> list[str]:
    cells: list[str] = []
    place = 0
    while place <= len(text):
        found = _CELL.match(text, place)
        if found is None:
            break
        cells.append(found[1].replace('""', '"') if found[1] is not None else found[2])
        place = found.end() + 1
    return cells


def _at(row: _Row) -> Location:
    return Location(lines=(row[0] + 1, row[1] + 1), method="table")


def _tables(rows: Sequence[_Row], above: list[Block]) -> Iterator[Block]:
    """The table that some rows are; what stands alone in the first ones, or right above, is its heading."""
    width = max(len(cells) for _, _, cells in rows)
    start = 0
    while start < len(rows) and sum(bool(fold(text)) for text in rows[start][2]) <= 1:
        if text := fold(" ".join(rows[start][2])):
            above.append(Paragraph(Line(text, _at(rows[start]))))
        start += 1
    if above and isinstance(last := above[-1], Paragraph) and may_head(last.line.text):
        above[-1] = Heading(last.line.text, 2, last.line.location)
    grid: list[tuple[Cell | None, ...]] = []
    places: list[Location] = []
    for row in rows[start:]:
        place = _at(row)
        texts = [_lines(text, place) for text in row[2]]
        if not any(texts):
            continue
        number = len(grid)
        if texts[0] and not any(texts[1:]):
            grid.append((Cell(texts[0], number, 0, column_span=width, location=place),) * width)
        else:
            texts += [()] * (width - len(texts))
            grid.append(tuple(Cell(text, number, column, location=place) for column, text in enumerate(texts)))
        places.append(place)
    if grid:
        whole = Location(lines=(rows[start][0] + 1, rows[-1][1] + 1), method="table")
        body, at, over = under_one_header(grid, places)
        yield from over
        yield Table(tuple(body), location=whole, row_locations=tuple(at))


def _lines(text: str, place: Location) -> tuple[Line, ...]:
    found: list[Line] = []
    for raw in text.split("\n"):
        line = fold(raw)
        if item := _ITEM.match(line):
            found.append(Line(line[item.end() :], place, kind="item", marker="\u2022"))
        elif line:
            found.append(Line(line, place))
    return tuple(found)
