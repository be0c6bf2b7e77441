"""Header words that each cell repeats for small screens ("Lead officer: Head of Housing"), parted from the values.

1. A column repeats its header where all but a few of its filled cells begin with the header's own words. Half of
   the table's columns must do so: one column may well be headed "Action" and hold "Action 1", "Action 2".
2. Where the page shows no header row, the labels that every cell of a column begins with are the header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from extractor.document import Cell, Line, Row, Table

_SHARE = 0.8
"""Part of a column's filled cells that must begin with its header."""
_LEAST_CELLS = 2
_LONGEST_LABEL = 60


def without_repeated_headers(table: Table) -> tuple[Table, tuple[str, ...]]:
    """The table without the header words that its cells repeat, and those words, once for each time."""
    labels = {} if table.header_rows else _labels(table)
    if labels:
        stripped, words = _stripped(table, labels, 0)
        once = Counter(words) - Counter(labels.values())
        return with_header(stripped, labels), tuple(once.elements())
    first = max(1, table.header_rows)
    headers = {column: cell.text for column, cell in enumerate(table.rows[first - 1]) if cell} if table.rows else {}
    repeating = {column: text for column, text in headers.items() if text and _repeats(table, column, text, first)}
    if len(repeating) < _LEAST_CELLS or 2 * len(repeating) < sum(1 for text in headers.values() if text):
        return table, ()
    return _stripped(table, repeating, first)


def _column(table: Table, column: int, first: int) -> Iterator[Cell]:
    """The filled cells of a column below its header, without those that span columns."""
    for index in range(first, len(table.rows)):
        cell = table.rows[index][column]
        if cell is not None and cell.lines and cell.row_index == index and cell.column_span == 1:
            yield cell


def _repeats(table: Table, column: int, header: str, first: int) -> bool:
    cells = list(_column(table, column, first))
    beginning = sum(1 for cell in cells if _begins(cell.lines[0], header))
    return beginning >= _LEAST_CELLS and beginning >= _SHARE * len(cells)


def _begins(line: Line, header: str) -> bool:
    """Whether a line begins with the header's words, be it that a style sheet alone parts them from the value."""
    text, rest = line.text, line.text[len(header) :]
    if text[: len(header)].casefold() != header.casefold():
        return False
    glued = rest[:1].isupper() or rest[:1].isdigit() or line.label.rstrip(" :") == header
    return glued or not rest[:1].isalnum()


def _labels(table: Table) -> dict[int, str]:
    """By column, the label that all but a few of its cells begin with; empty unless every column and row 0 has them."""
    found: dict[int, str] = {}
    for column in range(table.width):
        cells = list(_column(table, column, 0))
        counted = Counter(_label(cell.lines[0]) for cell in cells)
        label, count = counted.most_common(1)[0] if counted else ("", 0)
        if not label or count < max(_LEAST_CELLS, _SHARE * len(cells)):
            return {}
        found[column] = label
    shown = [(column, cell) for column, cell in enumerate(table.rows[0]) if cell and cell.lines] if table.rows else []
    return found if all(_label(cell.lines[0]) == found[column] for column, cell in shown) else {}


def _label(line: Line) -> str:
    label, colon, _ = line.text.partition(":")
    return label.strip() if colon and len(label) <= _LONGEST_LABEL else ""


def _stripped(table: Table, labels: dict[int, str], first: int) -> tuple[Table, tuple[str, ...]]:
    made: dict[int, Cell] = {}
    words: list[str] = []
    for column, label in labels.items():
        for cell in _column(table, column, first):
            line, *others = cell.lines
            if not _begins(line, label):
                continue
            words.append(label)
            rest = line.text[len(label) :].lstrip(" :\u2013-")
            kept = (replace(line, text=rest, label=""), *others) if rest else tuple(others)
            made[id(cell)] = replace(cell, lines=kept)
    return table.with_cells(made), tuple(words)


def with_header(table: Table, labels: dict[int, str]) -> Table:
    """The table with a row of header cells above it; `labels` has a text for each column."""
    place = table.rows[0][0].location if table.rows[0][0] is not None else table.location
    header: Row = tuple(
        Cell((Line(labels[column], place),), 0, column, 1, 1, True, place) for column in range(table.width)
    )
    lower: dict[int, Cell] = {id(cell): replace(cell, row_index=cell.row_index + 1) for cell in table.cells()}
    moved = table.with_cells(lower)
    locations = (place, *table.row_locations) if table.row_locations else ()
    return replace(moved, rows=(header, *moved.rows), header_rows=1, row_locations=locations)
