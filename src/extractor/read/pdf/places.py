"""Cells that a tagged PDF leaves out, told from where the others stand on the page.

1. Some programs leave the empty cells of a row out of the tags, or the span of a row with one cell: its cells belong to
   the columns under whose texts theirs begin.
2. The rest of a table overleaf is a table of its own then, and may lack whole columns: it has those of the page before.
3. A table that lacks a column in all its rows (one row with an empty cell, under a header with another) has those of a
   table of the document that begins with the same header, at the same places.
4. A header row that the page's end cut goes on overleaf with the cells that did not fit; so does a row of which only
   its own header, a label, stands before the page's end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractor.read.alignment import are_header_words
from extractor.read.overleaf import PageCell, PageTable, cell_text, find_header, repeats, row_text
from extractor.text import key
from extractor.vocabulary.headers import PHRASES, header_meaning

_SAME_EDGE = 3.0
"""Edges of columns on two pages that differ by no more than this, in points, are one."""


def take_columns(run: Sequence[PageTable], table: PageTable) -> None:
    """Gives a tagged table the columns of those before it, where it goes on with the last of them and lacks some."""
    before = run[-1]
    if not table.method == before.method == "tags" or not _is_next(before, table):
        return
    lacks = table.width < before.width or not _are_known(table.edges)
    whole = next((each for each in run if each.width == before.width and _has_places(each.edges)), None)
    if not lacks or table.width > before.width or whole is None:
        return
    if table.header_rows and not repeats(run[0], table):
        return  # a table of its own
    _put_under(whole, table)


def share_columns(tables: Sequence[PageTable]) -> None:
    """Gives the tables that lack columns those of the widest table that begins with the same header."""
    wholes: dict[str, PageTable] = {}
    for table in tables:
        if table.header_rows and _has_places(table.edges):
            words = row_text(table.rows[0])
            if words not in wholes or table.width > wholes[words].width:
                wholes[words] = table
    for table in tables:
        whole = wholes.get(row_text(table.rows[0])) if table.header_rows else None
        if whole is None or table.width > whole.width or repeats(whole, table) < whole.header_rows:
            continue
        if table.width < whole.width or not _are_known(table.edges):
            _put_under(whole, table)


def _put_under(whole: PageTable, table: PageTable) -> None:
    """Puts a table's cells under the columns of another, if all of them stand there."""
    if not all(_stands_in(cell, whole.edges) for row in table.rows for cell in row):
        return
    for row in table.rows:
        for cell in row:
            if cell.column_span >= table.width > 1:
                cell.column_span = whole.width
    by_place(table.rows, whole.edges)
    table.edges = list(whole.edges)


def join_header(before: PageTable, table: PageTable) -> bool:
    """Whether `before` is a part of the table's first row, which the page's end cut, or all of its header rows but the
    last lines of some cells; it is put there then."""
    if before.header_rows == len(before.rows) > 1:
        return _put_below(before, table)
    if before.method == table.method == "ruled" and _put_into(before, table):
        return True
    alone = before.header_rows == 1 == len(before.rows)
    if not alone or table.header_rows > 1 or not _is_next(before, table) or not _has_places(table.edges):
        return False
    if before.width > table.width or not all(_stands_in(cell, table.edges) for cell in before.rows[0]):
        return False
    above = [replace(cell) for cell in before.rows[0] if cell.lines]
    if before.width < table.width:
        by_place([above], table.edges)
    below = [cell for cell in table.rows[0] if cell.lines]
    row = sorted([*above, *below], key=lambda cell: cell.column)
    if len({cell.column for cell in row}) < len(row):
        return _put_over(above, below, table) or _put_together(above, below, table)
    if not table.header_rows and len(row) < table.width:
        return False
    table.rows[0] = row
    return True


def _put_into(before: PageTable, table: PageTable) -> bool:
    """The same where rules show the cells of a header row on both pages: each holds there what the page's end left.

    What stands on both pages in one cell is known as one header: else the row overleaf is the first of the body.
    """
    if not before.open_foot or before.header_rows != 1 or len(before.rows) > 1 or not _is_next(before, table):
        return False
    columns = [_nearest(edge, table.edges) for edge in before.edges]
    if (columns[0], columns[-1]) != (0, table.width) or len({*columns}) < len(columns):
        return False
    below = {(cell.column, cell.column + cell.column_span): cell for cell in table.rows[0]}
    parts: list[tuple[PageCell, PageCell]] = []
    for cell in before.rows[0]:
        rest = below.get((columns[cell.column], columns[cell.column + cell.column_span]))
        if rest is None or (cell.lines and rest.lines and (table.header_rows or not _is_phrase(cell, rest))):
            return False
        parts.append((cell, rest))
    own = [rest.lines for _, rest in parts]
    for cell, rest in parts:
        rest.lines = [*cell.lines, *rest.lines]
    found = find_header(table)
    if not found:
        for (_, rest), lines in zip(parts, own, strict=True):
            rest.lines = lines
        return False
    table.header_rows = found
    return True


def _is_phrase(cell: PageCell, rest: PageCell) -> bool:
    return key(f"{cell_text(cell)} {cell_text(rest)}") in PHRASES


def _nearest(edge: float, edges: Sequence[float]) -> int:
    """The index of the edge that is this one on another page; -1 where none is."""
    index = min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
    return index if abs(edges[index] - edge) <= _SAME_EDGE else -1


def _put_over(above: list[PageCell], below: list[PageCell], table: PageTable) -> bool:
    """Whether the first of two header rows, which the page's end parted, is put over the second, the table's first.

    The second names not all columns, and those that it lacks are named by the first, which has a cell over several.
    """
    if len(above) == table.width:
        return False
    named = {cell.column for cell in below}
    starts = [*(cell.column for cell in above), table.width]
    every = {*range(table.width)}
    if named == every or named | {*starts[:-1]} != every or sum(map(_is_name, below)) < 2:
        return False
    for cell, following in zip(above, starts[1:], strict=True):
        if cell.column in named:
            cell.column_span = following - cell.column
        else:
            cell.row_span = 2
    table.rows[:1] = [above, below]
    table.header_rows = 2
    return True


def _put_together(above: list[PageCell], below: list[PageCell], table: PageTable) -> bool:
    """Whether the last lines of some header cells, which went overleaf as the table's first row, are put to the others:
    "officer" to "Lead". They are header words, and no row begins with them."""
    cells = {cell.column: cell for cell in above}
    if table.header_rows or len(cells) < table.width or not 0 < 2 * len(below) < table.width:
        return False
    if any(are_header_words(cell_text(cell)) is False for cell in below):
        return False
    for cell in below:
        cells[cell.column].lines = [*cells[cell.column].lines, *cell.lines]
    table.rows[0] = above
    table.header_rows = 1
    return True


def _put_below(before: PageTable, table: PageTable) -> bool:
    """The same where the header has several rows, and what went overleaf is as bold as they are."""
    if table.header_rows or not _is_next(before, table) or before.width != table.width:
        return False
    heads = {cell.column: cell for row in before.rows for cell in row if cell.lines}
    below = [cell for cell in table.rows[0] if cell.lines]
    bold = all(line.bold for cell in (*heads.values(), *below) for line in cell.lines)
    if not bold or not 0 < len(below) < len(heads) or any(cell.column not in heads for cell in below):
        return False
    for cell in below:
        heads[cell.column].lines = [*heads[cell.column].lines, *cell.lines]
    table.rows[:1] = before.rows
    table.header_rows = before.header_rows
    return True


def _is_name(cell: PageCell) -> bool:
    """Whether a cell's text is the name of a column."""
    return header_meaning(cell_text(cell)) is not None


def _is_next(before: PageTable, table: PageTable) -> bool:
    return table.page == (before.last_page or before.page) + 1


def _are_known(edges: Sequence[float]) -> bool:
    """Whether each column has a place where its text begins."""
    return all(edge == edge for edge in edges[:-1])


def _has_places(edges: Sequence[float]) -> bool:
    """Whether it is known of every column where its text begins, from left to right."""
    lefts = edges[:-1]
    return len(lefts) > 1 and _are_known(edges) and list(lefts) == sorted(lefts)


def _stands_in(cell: PageCell, edges: Sequence[float]) -> bool:
    """Whether a cell's text begins where a column does, or is set in there, and ends before the next."""
    if not cell.lines or cell.column_span > 1:
        return True
    left, right = min(line.x0 for line in cell.lines), max(line.x1 for line in cell.lines)
    place = bisect_right(edges[:-1], left + 3) - 1
    following = edges[place + 1] if place + 2 < len(edges) else float("inf")
    return place >= 0 and (right <= following + 1 or place == 0)


def by_place(rows: list[list[PageCell]], edges: list[float]) -> None:
    """Puts the cells of rows that lack some under the columns that they stand in.

    Some programs leave out the empty cells of a row that goes on overleaf, or the span of a row with one cell.
    """
    width = len(edges) - 1
    lefts = edges[:width]
    if width < 2 or any(left != left for left in lefts) or lefts != sorted(lefts):
        return
    covered: dict[int, int] = {}
    for index, row in enumerate(rows):
        free = [column for column in range(width) if covered.get(column, -1) < index]
        if any(cell.column not in free for cell in row) and sum(cell.column_span for cell in row) <= len(free):
            position = 0  # a merged cell of a row above was moved
            for cell in row:
                cell.column = free[position]
                position += cell.column_span
        _move_to_places(row, lefts, len(free))
        for cell in row:
            for column in range(cell.column, cell.column + cell.column_span):
                covered[column] = index + cell.row_span - 1


def _move_to_places(row: list[PageCell], lefts: list[float], free: int) -> None:
    """Puts the cells of one row with fewer cells than `free` columns under those that they stand in."""
    if sum(cell.column_span for cell in row) >= free or not any(cell.lines for cell in row):
        return
    runs_on = len(row) == 1 and row[0].column == 0 and max(line.x1 for line in row[0].lines) > lefts[1] + 2
    if runs_on and min(line.x0 for line in row[0].lines) < lefts[1] - 2:
        row[0].column_span = len(lefts)
        return
    columns: list[int] = []
    for cell in row:  # an empty cell that is kept stands next to the one before it
        following = columns[-1] + 1 if columns else 0
        place = min((line.x0 for line in cell.lines), default=None)
        columns.append(following if place is None else max(bisect_right(lefts, place + 3) - 1, 0))
    if len(set(columns)) == len(columns) and columns == sorted(columns) and columns[-1] < len(lefts):
        for cell, column in zip(row, columns, strict=True):
            cell.column, cell.column_span = column, 1
