"""Cells that went on over several rows before the text was flattened, so that only the first of them has the words.

1. Where equal cells of a column were merged, two rows in a row hardly ever have the same value, and many have none.
2. A row without words of its own in such a column takes the cell above, within its group; that is a guess, and said.
3. It is none where the text shows its empty cells, so that a missing one was merged, and nothing else is in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.document import Cell, Table
from extractor.issues import Doubt
from extractor.text import key
from extractor.vocabulary import Meaning

_FEWEST = 2  # rows without a value
_LEAST_SHARE = 0.15  # of a column's cells that have none, where its cells were merged
_SAME = 2.0  # rows without a value for each that repeats the one above


def cover_merged(
    tables: Sequence[Table],
    people: Mapping[int, Meaning],
    proven: frozenset[int] = frozenset(),
    groups: Sequence[int] = (),
) -> list[Table]:
    """Tables with the same header, in which the cells of merged columns go on over the rows that lack them.

    `people` are the columns that may be merged: those of officers, directorates and members; of the `proven` it is
    known that some cells are. `groups` are the columns whose words open a group.
    """
    spanning = [column for column in people if column in proven or _is_merged(tables, column, groups)]
    if not spanning:
        return list(tables)
    shown = any(_shows_empty(cell) for table in tables for row in table.rows[1:] for cell in row)
    recurring = {column: _recurring(tables, column) if shown else frozenset() for column in spanning}
    lacked = [column for column in people if column in spanning or _lacking(tables, column) >= _FEWEST]
    # A department or member may be that of rows with officers of their own, an officer hardly that of rows with other
    # departments or members.
    alike = {column: lacked if people[column] == "lead_officers" else () for column in spanning}
    return [_covered(table, recurring, people, alike, groups) for table in tables]


def _lacking(tables: Sequence[Table], column: int) -> int:
    return sum(_lacks(row[column]) for table in tables for row in table.rows[1:])


def _recurring(tables: Sequence[Table], column: int) -> frozenset[str]:
    """The values that more than one row of its own words has, as comparison keys."""
    cells = [row[column] for table in tables for row in table.rows[1:]]
    counts = Counter(key(cell.text) for cell in cells if cell is not None and cell.lines)
    return frozenset(text for text, count in counts.items() if count > 1)


def _is_merged(tables: Sequence[Table], column: int, groups: Sequence[int]) -> bool:
    filled = lacking = same = 0
    for table in tables:
        above: str | None = None
        for number in range(1, len(table.rows)):
            cell = table.rows[number][column]
            if _opens_group(table, number, groups):
                above = None
            if _is_heading(table, number):
                continue
            if cell is not None and cell.lines:
                text = key(cell.text)
                filled += 1
                same += above == text
                above = text
            elif _lacks(cell) and above is not None:
                lacking += 1
                above = ""
    return is_merged(lacking, filled, same)


def is_merged(lacking: int, filled: int, same: int) -> bool:
    """Whether equal cells of a column were merged, by how many rows lack a value, how many have one, and how many of
    these repeat the one above."""
    return lacking >= _FEWEST and lacking > _SAME * same and lacking >= _LEAST_SHARE * (filled + lacking)


def _is_heading(table: Table, number: int) -> bool:
    first = table.rows[number][0]
    return first is not None and first.column_span >= len(table.rows[number])


def _opens_group(table: Table, number: int, groups: Sequence[int]) -> bool:
    """Whether a row is a heading, or the first one of a group that a column of its own names."""
    row = table.rows[number]
    return _is_heading(table, number) or any((cell := row[column]) is not None and cell.lines for column in groups)


def _lacks(cell: Cell | None) -> bool:
    """Whether a row has no words for a column, as against an empty cell that the text shows."""
    return cell is not None and not cell.lines and _is_doubted(cell)


def _shows_empty(cell: Cell | None) -> bool:
    """Whether the text shows that a cell is empty, by a blank of its own."""
    return cell is not None and not cell.lines and not cell.doubts


def _is_sure(row: Sequence[Cell | None], column: int, begun: Cell, known: frozenset[str], alike: Sequence[int]) -> bool:
    """Whether a row is bound to share the cell above: its words are a value of other rows too, and no border is in
    doubt that may have moved words of the row's own to a cell beside the missing one. It lacks the columns that are
    `alike` as well."""
    before = next((cell for cell in reversed(row[:column]) if cell is not None and cell.lines), None)
    after = next((cell for cell in row[column + 1 :] if cell is not None and cell.lines), None)
    beside = (cell for cell in (begun, before, after) if cell is not None)
    lacking = all(_lacks(row[other]) for other in alike)
    return lacking and key(begun.text) in known and not any(map(_is_doubted, beside))


def _is_doubted(cell: Cell) -> bool:
    return any(doubt.code == "border-inferred" for doubt in cell.doubts)


def _covered(
    table: Table,
    recurring: Mapping[int, frozenset[str]],
    people: Mapping[int, Meaning],
    alike: Mapping[int, Sequence[int]],
    groups: Sequence[int],
) -> Table:
    """`recurring` are the values of each merged column that more rows than one have; none where the text does not show
    which cells are empty, so that a missing one may be. `alike` are the columns that a row lacks as well which shares
    the cell above for certain."""
    own = table.rows
    rows = [list(row) for row in own]
    for column in recurring:
        begun: int | None = None
        for number in range(1, len(rows)):
            cell = rows[number][column]
            if _opens_group(table, number, groups):
                begun = None
            if _is_heading(table, number):
                continue
            if not _lacks(cell):
                begun = number if cell is not None and cell.lines else begun if cell is None else None
            elif begun is not None:
                above = rows[begun][column]
                sure = above is not None and _is_sure(own[number], column, above, recurring[column], alike[column])
                _extend(rows, begun, number, column)
                if not sure:
                    _doubt(rows[number], number, people[column])
    return replace(table, rows=tuple(tuple(row) for row in rows))


def _extend(rows: list[list[Cell | None]], begun: int, number: int, column: int) -> None:
    """Lets a cell go on to a later row; sub-items between inherit it anyway."""
    cell = rows[begun][column]
    assert cell is not None
    longer = replace(cell, row_span=number + 1 - begun)
    for covered in range(begun, number + 1):
        rows[covered][column] = longer


def _doubt(row: list[Cell | None], number: int, field: Meaning) -> None:
    """Says on a cell of the row's own that a field is that of the row above."""
    for index, cell in reversed(list(enumerate(row))):  # a doubt on the cell of a group is one about the group
        if cell is not None and cell.row_index == number:
            doubt = Doubt(
                "border-inferred",
                "The row has no words of its own in this column; that the cell above goes on to it is a guess.",
                field,
                location=cell.location,
            )
            row[index] = replace(cell, doubts=(*cell.doubts, doubt))
            return
