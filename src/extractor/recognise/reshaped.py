"""Tables that say of whom and when in another shape than a row an action -> two columns of labels and values.

1. Pairs side by side: "Lead officer | Head of Housing | Timescale | Quarter 4", as forms have them.
2. Actions side by side: each a column of its own, under labels that stand in the first.
3. A published spreadsheet with the letters of its columns and the numbers of its rows: those are named furniture.
4. A title in a row of its own above a header is a heading above the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.document import Block, Cell, Furniture, Heading, Row, Table
from extractor.recognise.columns import ABOUT, cell_text, is_header_row, lookup
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headings import find_year, is_labelled_group, title_score

_LONGEST_LABEL = 8  # words
_MOSTLY = 0.6
_FEWEST_WORDS = 3  # of an action
_FEWEST_LABELS = 3
_MOST_PAIRS = 3  # in a row
_MOST_TITLES = 3  # rows above a header
_A_TITLE = 3.0


def reshape(blocks: Sequence[Block], known: Mapping[str, Meaning]) -> list[Block]:
    """The blocks, with such tables in two columns and the titles of tables as headings above them."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and block.rows and not block.layout:
            if frame := _sheet_frame(block):
                out.append(Furniture(" ".join(frame), "spreadsheet frame", block.location))
                block = _without_frame(block)
            if not any(isinstance(before, Table) for before in out):
                titles, block = _without_titles(block, known)
                out.extend(titles)
            block = _in_pairs(block, known) or _side_by_side(block, known) or block
        out.append(block)
    return out


def _sheet_frame(table: Table) -> list[str]:
    """The letters over a table's columns and the numbers before its rows that a published spreadsheet has; else
    nothing."""
    head = table.rows[0]
    if table.width <= 2 or len(table.rows) <= 2:
        return []
    letters = [cell_text(cell) for cell in head[1:]]
    if cell_text(head[0]) or letters != [_letters(number) for number in range(len(letters))]:
        return []
    # Where rows are frozen, one without a number or a text stands below them.
    numbers = [cell_text(row[0]) for row in table.rows[1:] if any(map(cell_text, row))]
    counted = [int(text) for text in numbers if text.isdecimal()]
    if len(counted) < len(numbers) or counted != sorted(set(counted)):
        return []
    return [*letters, *numbers]


def _letters(number: int) -> str:
    """A spreadsheet's name of a column, from 0: A, ... Z, AA.

    >>> [_letters(number) for number in (0, 25, 26)]
    ['A', 'Z', 'AA']
    """
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _without_frame(table: Table) -> Table:
    moved = {
        id(cell): replace(cell, row_index=cell.row_index - 1, column_index=cell.column_index - 1)
        for cell in table.cells()
    }
    inner = table.with_cells(moved)
    return replace(
        inner,
        rows=tuple(row[1:] for row in inner.rows[1:]),
        header_rows=max(0, table.header_rows - 1),
        row_locations=table.row_locations[1:],
    )


def _own(row: Row, number: int) -> list[Cell] | None:
    """The cells that a row begins itself, in order; None where one spans rows or is missing."""
    cells: list[Cell] = []
    for cell in row:
        if cell is None or cell.row_index != number or cell.row_span > 1:
            return None
        if not cells or cells[-1] is not cell:
            cells.append(cell)
    return cells


def _in_pairs(table: Table, known: Mapping[str, Meaning]) -> Table | None:
    """A table whose rows hold several labels, each beside its value, as one of two columns; None for any other."""
    if table.width <= 2 or is_header_row(table.rows[0], known):
        return None
    pairs: list[tuple[Cell, Cell]] = []
    several = False
    for number, row in enumerate(table.rows):
        cells = _own(row, number)
        if cells is None or not (len(cells) == 1 or (len(cells) % 2 == 0 and len(cells) <= 2 * _MOST_PAIRS)):
            return None
        several = several or len(cells) > 2
        pairs.extend([(cells[0], cells[0])] if len(cells) == 1 else zip(cells[::2], cells[1::2], strict=True))
    labels = [(label, value) for label, value in pairs if label is not value and (label.lines or value.lines)]
    names = [_name(label) for label, _ in labels]
    if not several or not _are_labels(names, known):
        return None
    if sum(lookup(_name(value), known) is not None for _, value in labels) > (1.0 - _MOSTLY) * len(labels):
        return None
    return _of_pairs(table, pairs)


def _side_by_side(table: Table, known: Mapping[str, Meaning]) -> Table | None:
    """A table of labels, and a column for each action, as one of two columns; None for any other."""
    rows = [_own(row, number) for number, row in enumerate(table.rows)]
    cells = [row for row in rows if row is not None and len(row) == table.width]
    if table.width <= 2 or len(cells) < len(rows) or is_header_row(table.rows[0], known):
        return None
    names = [_name(row[0]) for row in cells]
    if len(set(names)) < len(names) or not _are_labels(names, known):
        return None
    actions = [row for row, name in zip(cells, names, strict=True) if lookup(name, known) == "activity"]
    if len(actions) != 1 or any(len(cell_text(cell).split()) < _FEWEST_WORDS for cell in actions[0][1:]):
        return None
    columns = range(1, table.width)
    return _of_pairs(table, [(row[0], row[column]) for column in columns for row in cells])


def _name(cell: Cell) -> str:
    return cell_text(cell).rstrip(":").strip()


def _are_labels(names: Sequence[str], known: Mapping[str, Meaning]) -> bool:
    """Whether texts are the labels of actions: short, mostly known words, two of them of whom or when."""
    if len(names) < _FEWEST_LABELS or any(not 0 < len(name.split()) <= _LONGEST_LABEL for name in names):
        return False
    meanings = [meaning for name in names if (meaning := lookup(name, known))]
    return len(meanings) > _MOSTLY * len(names) and len({*meanings} & ABOUT) > 1


def _of_pairs(table: Table, pairs: Sequence[tuple[Cell, Cell]]) -> Table:
    """A table of two columns; a pair of the same cell spans both."""
    rows: list[Row] = []
    for number, (label, value) in enumerate(pairs):
        if label is value:
            whole = replace(label, row_index=number, column_index=0, row_span=1, column_span=2)
            rows.append((whole, whole))
            continue
        one = replace(label, row_index=number, column_index=0, row_span=1, column_span=1)
        rows.append((one, replace(value, row_index=number, column_index=1, row_span=1, column_span=1, header=False)))
    return replace(table, rows=tuple(rows), header_rows=0, row_locations=())


def _without_titles(table: Table, known: Mapping[str, Meaning]) -> tuple[list[Heading], Table]:
    """The title of the plan that rows above the first table's header hold, and the table without them."""
    texts: list[Cell] = []
    for number, row in enumerate(table.rows[:_MOST_TITLES]):
        cells = _own(row, number)
        filled = [cell for cell in cells or () if cell.lines]
        if len(filled) != 1 or table.width == 1:
            break
        texts.append(filled[0])
    count = next((n for n, cell in enumerate(texts, 1) if _is_title(cell)), 0)
    if not count or len(table.rows) <= count or any(is_labelled_group(cell_text(cell)) for cell in texts[:count]):
        return [], table
    below = [row for row in table.rows[count : count + _MOST_TITLES] if is_header_row(row, known)]
    if not below:
        return [], table
    headings = [
        Heading(" ".join(line.text for line in cell.lines), 1 if _is_title(cell) else 2, cell.location)
        for cell in texts[:count]
    ]
    lower = {id(cell): replace(cell, row_index=cell.row_index - count) for cell in table.cells()}
    moved = table.with_cells(lower)
    return headings, replace(
        moved,
        rows=moved.rows[count:],
        header_rows=max(0, table.header_rows - count),
        row_locations=table.row_locations[count:],
    )


def _is_title(cell: Cell) -> bool:
    text = cell_text(cell)
    return bool(find_year(text)) and title_score(text) >= _A_TITLE and bool(key(text))
