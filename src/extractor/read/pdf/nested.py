"""Ruled tables within a cell of another: their words are text of that cell, and their rows are none of the outer table.

1. A grid that stands whole within one cell of a table with a header is nested in it.
2. Where the inner rules meet those of the cell, both make one grid. What is nested shows by its columns: a column's
   header, and its cells in the other rows, run over borders that part one row only, in which all the other columns
   have one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.read.pdf import ruled
from extractor.read.pdf.pages import Page
from extractor.read.pdf.ruled import Grid, GridCell
from extractor.read.pdf.sideways import cell_lines
from extractor.read.typeset import Word
from extractor.vocabulary.headers import header_meaning

_SLACK = 1.0
_HEADER_ROWS = 3


def outer_grids(page: Page, words: list[Word], columns: Sequence[float] = ()) -> list[Grid]:
    """The ruled tables of a page without those that are nested in another; their words stand in its cells.

    `columns` are the edges of those of the table that ends the page before, where one does.
    """
    grids = ruled.find_grids(page, words, columns)
    tables = {id(grid): grid for grid in grids if _has_header(grid)}
    return [
        _without_inner_rows(grid) if id(grid) in tables else grid
        for grid in grids
        if not any(_holds(table, grid) for table in tables.values() if table is not grid)
    ]


def _has_header(grid: Grid) -> bool:
    return any(
        sum(bool(cell.words and header_meaning(_text(cell))) for cell in grid.cells if cell.row == row) >= 2
        for row in range(min(_HEADER_ROWS, len(grid.ys) - 1))
    )


def _text(cell: GridCell) -> str:
    return " ".join(line.text for line in cell_lines(cell.words))


def _holds(table: Grid, grid: Grid) -> bool:
    """Whether one cell of a table holds the whole of another grid."""
    left, top, right, bottom = grid.box
    return any(
        cell.box[0] - _SLACK <= left
        and cell.box[1] - _SLACK <= top
        and right <= cell.box[2] + _SLACK
        and bottom <= cell.box[3] + _SLACK
        for cell in table.cells
    )


def _without_inner_rows(grid: Grid) -> Grid:
    """The grid with each nested table as the text of the cell that it stands in."""
    bands = [
        (cell.row, cell.row + cell.row_span)
        for cell in grid.cells
        if cell.column == 0 and cell.row_span > 1 and cell.words
    ]
    heads = [cell for cell in grid.cells if cell.row == 0 and cell.column_span > 1 and cell.words]
    cells = grid.cells
    for first, end in bands:
        for head in heads:
            if head.row + head.row_span <= first:
                cells = _merged(cells, (first, end), (head.column, head.column + head.column_span))
    return grid if cells is grid.cells else _compact(replace(grid, cells=cells))


def _merged(cells: list[GridCell], rows: tuple[int, int], columns: tuple[int, int]) -> list[GridCell]:
    """The cells with those of a nested table as one; the same list where none stands in these rows and columns."""
    band = [cell for cell in cells if rows[0] <= cell.row < rows[1]]
    inner = [cell for cell in band if columns[0] <= cell.column < columns[1]]
    others = [cell for cell in band if not columns[0] <= cell.column < columns[1]]
    elsewhere = [cell for cell in cells if columns[0] <= cell.column < columns[1] and not rows[0] <= cell.row < rows[1]]
    parted = [cell for cell in inner if cell.column_span < columns[1] - columns[0]]
    nested = (
        len({cell.row for cell in parted}) > 1
        and all(cell.column + cell.column_span <= columns[1] for cell in inner)
        and all((cell.row, cell.row_span) == (rows[0], rows[1] - rows[0]) for cell in others)
        and len({cell.row for cell in elsewhere}) > 1
        and all(cell.column == columns[0] and cell.column_span >= columns[1] - columns[0] for cell in elsewhere)
    )
    if not nested:
        return cells
    whole = GridCell(
        rows[0],
        columns[0],
        rows[1] - rows[0],
        columns[1] - columns[0],
        (
            min(cell.box[0] for cell in inner),
            min(cell.box[1] for cell in inner),
            max(cell.box[2] for cell in inner),
            max(cell.box[3] for cell in inner),
        ),
        [word for cell in inner for word in cell.words],
    )
    kept = [cell for cell in cells if not any(cell is part for part in inner)]
    return sorted([*kept, whole], key=lambda cell: (cell.row, cell.column))


def _compact(grid: Grid) -> Grid:
    """The grid without lines that part no cells."""
    rows = sorted({cell.row for cell in grid.cells} | {cell.row + cell.row_span for cell in grid.cells})
    columns = sorted({cell.column for cell in grid.cells} | {cell.column + cell.column_span for cell in grid.cells})
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(columns)}
    return replace(
        grid,
        xs=_kept(grid.xs, columns),
        ys=_kept(grid.ys, rows),
        cells=[
            replace(
                cell,
                row=row_at[cell.row],
                column=column_at[cell.column],
                row_span=row_at[cell.row + cell.row_span] - row_at[cell.row],
                column_span=column_at[cell.column + cell.column_span] - column_at[cell.column],
            )
            for cell in grid.cells
        ],
    )


def _kept(edges: Sequence[float], indices: Sequence[int]) -> list[float]:
    return [edges[index] for index in indices]
