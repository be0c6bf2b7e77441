"""Which lines of a cell of people begin another value, where columns are aligned by blanks.

The width of the columns tells how much room a line left for the next word; for the rest see `parted_names`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.issues import Doubt
from extractor.read.overleaf import PageCell, PageTable, cell_text
from extractor.read.typeset import TextLine, join_texts, marker_of, room_left
from extractor.rows import PEOPLE
from extractor.text import JOINER
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.parted_names import BrokenCell, LineEnd, may_begin, part_people

_UNSURE_BREAK = Doubt("border-inferred", "whether a line of this cell begins another value is a guess")
_ROOM, _MOST_ROOM, _NO_ROOM = 2.0, 5.0, 0.7
"""What room for the next word tells, for each letter's width of it, at most; and what it tells that there was none."""
_SURE_ROOM, _ROOM_SHARE = 0.7, 0.03
_MOST_LINES = 40
"""Cells with more lines are left as they are."""


def settle_people(tables: Sequence[PageTable]) -> None:
    """Makes one line of each value of a document's cells of people, and doubts the cells that may part otherwise."""
    columns: dict[Meaning, list[tuple[PageCell, float]]] = {}
    for table in tables:
        meanings = _meanings(table)
        body = [cell for row in table.rows[table.header_rows :] for cell in row if cell.column_span == 1 and cell.lines]
        limits: dict[int, float] = {}
        for cell in body:
            if cell.column in meanings:
                reach = max(line.reach for line in cell.lines)
                limits[cell.column] = max(limits.get(cell.column, 0.0), reach)
        for cell in body:
            if cell.column in meanings:
                columns.setdefault(meanings[cell.column], []).append((cell, limits[cell.column]))
    for meaning, cells in columns.items():
        _settle_column(cells, meaning, len(columns) == 1)


def _meanings(table: PageTable) -> dict[int, Meaning]:
    """The columns of people, and what they hold."""
    found: dict[int, Meaning] = {}
    for row in table.rows[: table.header_rows]:
        for cell in row:
            meaning = header_meaning(cell_text(cell)) if cell.column_span == 1 else None
            if meaning in PEOPLE:
                found[cell.column] = meaning
    return found


def _settle_column(cells: Iterable[tuple[PageCell, float]], meaning: Meaning, alone: bool) -> None:
    alike: dict[tuple[str, ...], tuple[BrokenCell, list[PageCell]]] = {}
    for cell, limit in cells:
        says = tuple(line.text for line in cell.lines)
        if len(says) > _MOST_LINES:
            cell.doubts = (*cell.doubts, _UNSURE_BREAK)
            continue
        if says not in alike:
            ends = [_end(*pair, limit) for pair in pairwise(cell.lines)]
            alike[says] = BrokenCell(says, ends, _joiner(cell.lines)), []
        alike[says][1].append(cell)
    part_people([broken for broken, _ in alike.values()], meaning, alone)
    for broken, held in alike.values():
        for cell in held if len(broken.lines) > 1 else ():
            cell.lines = _joined(cell.lines, broken.starts)
            if broken.doubtful:
                cell.doubts = (*cell.doubts, _UNSURE_BREAK)


def _joiner(lines: Sequence[TextLine]) -> Callable[[int, int], str]:
    return lambda first, end: join_texts(lines[first:end]).replace(JOINER, "")


def _joined(lines: Sequence[TextLine], starts: Sequence[int]) -> list[TextLine]:
    """The lines of each value as one."""
    found: list[TextLine] = []
    for first, end in pairwise((0, *starts, len(lines))):
        own = lines[first:end]
        line = replace(
            own[0],
            text=join_texts(own),
            x0=min(each.x0 for each in own),
            x1=max(each.x1 for each in own),
            bold=all(each.bold for each in own),
            struck=tuple(text for each in own for text in each.struck),
            last_line=own[-1].last_line or own[-1].baseline,
        )
        if first and not line.begins:
            line.begins = "paragraph"
        found.append(line)
    return found


def _end(before: TextLine, line: TextLine, limit: float) -> LineEnd:
    """What is known of the end of a line of characters before any names are."""
    if line.begins or marker_of(line.text) in ("•", "*", "+"):
        return LineEnd(True, True)
    if not may_begin(before.text, line.text) or line.torn:
        return LineEnd(False)
    if line.page == before.page and line.baseline - line.skips - before.baseline > 1.5:
        return LineEnd(True, False, 0.0, _MOST_ROOM)
    room = _ROOM * (room_left(before, line, limit) - _SURE_ROOM - _ROOM_SHARE * limit)
    return LineEnd(True, False, min(_NO_ROOM, max(0.0, -room)), min(_MOST_ROOM, max(0.0, room)))
