"""Rows whose cells slid to the left because a merged cell above them was left out.

A converter that does not know row spans prints the cells that a row has of its own, one after another: the date of a
sub-item then stands under the officer whom it shares with the item above, and every value looks valid in its wrong
place. What the columns hold in all other rows tells.
"""

from __future__ import annotations

from dataclasses import replace

from extractor.document import Cell, Row, Table
from extractor.issues import Doubt
from extractor.recognise.columns import Columns, cell_text, is_ref
from extractor.rows import PEOPLE, TIMES
from extractor.vocabulary import Meaning
from extractor.vocabulary.roles import looks_like_owner
from extractor.vocabulary.states import is_money, is_state
from extractor.vocabulary.times import is_timescale

_BETTER = 3.0  # by how much a shifted row must fit better: at least two cells that come right


_GROUP_ABOVE = Doubt(
    "value-inherited", "The row has no cell for its group; it is the row's above.", "group_id", severity="info"
)


def realigned(table: Table, columns: Columns) -> Table:
    """The table with slid rows put back under their columns; the cells that they left out are missing (None)."""
    rows = list(table.rows)
    changed = False
    for number in range(columns.body_row, len(rows)):
        row = _unslid(rows[number], number, columns)
        if row is not None:
            rows[number] = row
            changed = True
    return replace(table, rows=tuple(rows)) if changed else table


def _unslid(row: Row, number: int, columns: Columns) -> Row | None:
    """The row with its last cells moved to the right, where that makes them fit; else None."""
    if cell_text(row[-1]):  # as in almost all rows, there is no room to its right
        return None
    texts = [cell_text(cell) for cell in row]
    width = len(texts)
    last = max((index for index, text in enumerate(texts) if text), default=-1)
    room = width - 1 - last
    if last < 1 or room == 0 or any(cell and (cell.row_index != number or cell.column_span > 1) for cell in row):
        return None
    now = _fit(texts, columns.meanings)
    best, first, by = now, 0, 0
    # A group's cell that spans a row too few leaves the whole of the row to the left.
    begin = 0 if columns.meanings[0] == "group" and number > columns.body_row else 1
    for start in range(begin, last + 1):
        for shift in range(1, room + 1):
            moved = [*texts[:start], *[""] * shift, *texts[start : width - shift]]
            fit = _fit(moved, columns.meanings)
            if fit > best:
                best, first, by = fit, start, shift
    if best < now + _BETTER:
        return None
    kept: list[Cell | None] = [*row[:first], *[None] * by]
    for cell in row[first : width - by]:
        kept.append(replace(cell, column_index=len(kept)) if cell else None)
    own = kept[by]
    if first == 0 and own is not None:
        kept[by] = replace(own, doubts=(*own.doubts, _GROUP_ABOVE))
    return tuple(kept)


def _fit(texts: list[str], meanings: tuple[Meaning, ...]) -> float:
    """How well the cells suit the columns they stand in."""
    return sum(_suits(text, meaning) for text, meaning in zip(texts, meanings, strict=True) if text)


def _suits(text: str, meaning: Meaning) -> float:
    if meaning in TIMES:
        return 1.5 if is_timescale(text) else -1.5
    if meaning == "status":
        return 1.5 if is_state(text) else -1.0
    if meaning == "ref":
        return 1.0 if is_ref(text) else -1.0
    if meaning in PEOPLE:
        if is_timescale(text) or is_state(text) or is_money(text):
            return -1.5
        return 1.0 if looks_like_owner(text) else -1.0 if len(text.split()) > 6 else 0.0
    if meaning == "activity":
        return 1.0 if len(text.split()) > 2 else 0.0
    return 0.0
