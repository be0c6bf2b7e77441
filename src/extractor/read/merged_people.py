"""Cells of people that were merged over several rows, in columns of characters.

1. A text shows no borders of cells, so that a row without people has none of its own or takes them from a merged cell.
   Few rows of a plan have none; where many of a column lack them, its cells were merged, and each goes on until the
   next.
2. Where cells begin at the top of their rows, no row before the first cell of its group takes anything from it: where
   not a few groups begin with one without people, rows have none, and nothing was merged.
3. Where cells are centred, a text stands in the middle of the rows that it is for. Where few rows lack people, those
   that lie as many above as below a cell may be its own all the same.
4. So do people beside some of an action's sub-items, and not beside others: they may stand for all.
5. Where cells begin at the top of their rows, a name that runs on over the edge of a row is that of a merged cell.
6. What such a cell stands for is a guess. The row that it stands in has it in any case; the others bear the doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.read.alignment import UNSURE_SPAN
from extractor.read.merged import covered_rows, row_places
from extractor.read.overleaf import PageCell, PageTable, cell_text
from extractor.rows import PEOPLE
from extractor.text import breaks_off, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.names import role_without_name
from extractor.vocabulary.parted_names import names_in
from extractor.vocabulary.roles import RANKS, looks_like_owner

_LEAST, _LEAST_SHARE = 4, 0.2
"""So many rows of a column, and such a share of them, lack people where cells were merged."""
_MANY_LEADING = 3
"""Where no more than one group in so many begins with such a row, cells were merged all the same."""
_SUB_ITEM = re.compile(r"^\(?[a-z][.)]{1,2}$|\d\s*\(?[b-z][.)]{0,2}$")

Row = list[PageCell]


@dataclass(slots=True)
class _Column:
    """A column of people in all tables under the same word."""

    parts: list[tuple[int, list[Row]]]
    """Its number in a table, and rows that no heading of a group parts."""

    def lacking(self) -> tuple[int, int, int]:
        """How many rows lack people, of how many, and how many parts begin with such a row."""
        lacking = count = leading = 0
        for column, rows in self.parts:
            free = _uncovered(rows, column)
            leading += bool(free) and free[0] == 0
            for index, row in enumerate(rows):
                if not _is_sub_item(row):
                    count += 1
                    lacking += index in free
        return lacking, count, leading


def merge_people(tables: Sequence[PageTable], centred: bool) -> None:
    """Puts the cells of people of a document's tables over the rows that lack them, where cells were merged.

    `centred`: the cells of the tables are centred vertically. The tables are whole, with the rows of all their pages.
    """
    columns: dict[str, _Column] = {}
    for table in tables:
        parts = list(_parts(table, centred))
        for number, (name, meaning) in enumerate(_headers(table)):
            if meaning in PEOPLE:
                found = columns.setdefault(name, _Column([]))
                found.parts.extend((number, part) for part in parts if any(_cell(row, number) for row in part))
    for column in columns.values():
        if not centred:
            _rejoin(column.parts)
        for number, part in column.parts:
            _rejoin_brackets(part, number)
            _doubt_sub_items(part, number)
        lacking, count, leading = column.lacking()
        few = lacking < _LEAST or lacking < _LEAST_SHARE * count
        if not centred and (few or leading * _MANY_LEADING > len(column.parts)):
            continue
        for number, part in column.parts:
            if centred and (not few or _lie_around(part, number)):
                _cover(part, number)
            elif centred:
                continue
            else:
                _carry_down(part, number)


def _headers(table: PageTable) -> list[tuple[str, Meaning | None]]:
    """What the header of each column says, and what it means."""
    found: list[tuple[str, Meaning | None]] = [("", None)] * table.width
    for row in table.rows[: table.header_rows]:
        for cell in row:
            if cell.column_span == 1 and cell.column < table.width:
                text = cell_text(cell)
                found[cell.column] = (key(text), header_meaning(text))
    return found


def _parts(table: PageTable, centred: bool) -> Iterator[list[Row]]:
    """The rows between headings of groups; where cells stand at the top, a cell in a column of groups is one too."""
    groups = () if centred else [at for at, (_, meaning) in enumerate(_headers(table)) if meaning == "group"]
    part: list[Row] = []
    for row in table.rows[table.header_rows :]:
        across = any(cell.column_span > 1 for cell in row)
        if part and (across or any(_cell(row, at) for at in groups)):
            yield part
            part = []
        if not across:
            part.append(row)
    if part:
        yield part


def _cell(row: Row, column: int) -> PageCell | None:
    return next((cell for cell in row if cell.column == column and cell.lines), None)


def _is_sub_item(row: Row) -> bool:
    """Whether a row is a sub-item below the row that has its people: "b)", "3.2 b)", or "a)" below "3.2"."""
    return bool(row) and any(_SUB_ITEM.search(cell_text(cell)) for cell in row[:2] if len(cell.lines) <= 2)


def _rejoin(parts: Sequence[tuple[int, list[Row]]]) -> None:
    """Makes one cell of two that hold one name, which runs on over the edge between their rows.

    It does where the name breaks off, goes on in lower case, or stands whole in another cell of the column; and never
    where what goes on stands elsewhere by itself.
    """
    whole: set[str] = set()
    heads: dict[str, set[str]] = {}
    """By what a cell says, the ends of the cells right above it; empty where nothing is."""
    for column, rows in parts:
        above: PageCell | None = None
        for row in rows:
            cell = _cell(row, column)
            if cell is not None:
                text = cell_text(cell)
                whole.update(names_in(text))
                heads.setdefault(text, set()).add(_last_name(above) if above and _is_next(above, cell) else "")
            above = cell
    for column, rows in parts:
        last: PageCell | None = None
        for row in rows:
            cell = _cell(row, column)
            if cell is None or last is None or not _is_next(last, cell):
                last = cell
                continue
            text, head = cell_text(cell), _last_name(last)
            goes_on = breaks_off(last.lines[-1].text) or cell.lines[0].text[:1].islower()
            first = next(iter(names_in(text)), "")
            is_owner = looks_like_owner(first) or role_without_name(first) is not None
            cut = not is_owner or head.rpartition(" ")[2] in RANKS  # "Assistant" over "Director, Parks"
            is_rest = cut and f"{head} {first}" in whole and heads[text] == {head}
            if not goes_on and not is_rest:
                last = cell
                continue
            top = min((line.baseline for each in row if each is not cell for line in each.lines), default=0.0)
            last.lines.extend(cell.lines)
            last.doubts = tuple(dict.fromkeys((*last.doubts, *cell.doubts)))
            row.remove(cell)
            if cell.lines[-1].baseline >= top:
                last.row_span += 1
                _doubt(last)


def _rejoin_brackets(rows: Sequence[Row], column: int) -> None:
    """Makes one cell of two of which the second, right below, begins with or ends a bracket behind a name: that of
    "Cllr Ada Moss (Parks" over "and Play)"."""
    last: PageCell | None = None
    for row in rows:
        cell = _cell(row, column)
        if cell is None or last is None or not _is_next(last, cell) or not _goes_on_in_bracket(last, cell):
            last = cell
            continue
        last.lines.extend(cell.lines)
        last.doubts = tuple(dict.fromkeys((*last.doubts, *cell.doubts)))
        last.row_span += 1
        row.remove(cell)
        _doubt(last)


def _goes_on_in_bracket(above: PageCell, cell: PageCell) -> bool:
    """Whether a cell begins with a bracket, or ends that of the one above: one that nothing closes is a slip."""
    text = cell_text(cell)
    return text.startswith("(") or (_open_brackets(cell_text(above)) > 0 > _open_brackets(text))


def _open_brackets(text: str) -> int:
    return text.count("(") - text.count(")")


def _last_name(cell: PageCell) -> str:
    return next(reversed(names_in(cell_text(cell))), "")


def _is_next(above: PageCell, cell: PageCell) -> bool:
    """Whether a cell of characters begins on the line below another one."""
    last, first = above.lines[-1], cell.lines[0]
    return last.page == first.page and first.baseline - first.skips - last.baseline <= 1.05


def _doubt_sub_items(rows: Sequence[Row], column: int) -> None:
    """Doubts people beside some sub-items of an action and not others: they may be paragraphs of one cell for all."""
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and _is_sub_item(rows[end]):
            continue
        cells = [_cell(row, column) for row in rows[start:end]]
        if any(cells[1:]) and not all(cells[1:]):
            for cell in cells:
                if cell is not None:
                    cell.doubts = (*cell.doubts, UNSURE_SPAN)
        start = end


def _uncovered(rows: Sequence[Row], column: int) -> list[int]:
    """The rows that neither have a cell in a column nor are reached by one."""
    found: list[int] = []
    reached = 0
    for index, row in enumerate(rows):
        cell = _cell(row, column)
        if cell is not None:
            reached = index + cell.row_span
        elif index >= reached:
            found.append(index)
    return found


def _lie_around(rows: Sequence[Row], column: int) -> bool:
    """Whether all rows that lack a cell of a column lie as many above as below one of those that have it."""
    free = set(_uncovered(rows, column))
    around: set[int] = set()
    for index, row in enumerate(rows):
        if _cell(row, column) is None:
            continue
        reach = next(at for at in range(1, len(rows) + 1) if not {index - at, index + at} <= free)
        around.update(range(index - reach + 1, index + reach))
    return bool(free) and free <= around


def _carry_down(rows: Sequence[Row], column: int) -> None:
    """Lets each cell of a column go on until the next one."""
    last: PageCell | None = None
    for row in rows:
        cell = _cell(row, column)
        if cell is not None:
            last, cell.row_span = cell, 1
        elif last is not None:
            last.row_span += 1
            _doubt(last)


def _cover(rows: Sequence[Row], column: int) -> None:
    """Puts each cell of a column over the rows that it is in the middle of, page by page."""
    above: tuple[int, PageCell] | None = None
    start = 0
    for _, held in groupby(rows, key=_page):
        own = list(held)
        placed = [(index, cell) for index, row in enumerate(own) if (cell := _cell(row, column)) is not None]
        bands = [_band(row, column) for row in own]
        places = row_places(bands, [top + 1.0 for top, _ in bands], [""] * len(own))
        found = covered_rows([cell.lines for _, cell in placed], places, True, 1.0, None)
        if above is not None and (not placed or (found and found[0].first)):
            above[1].row_span = start + (found[0].first if found else len(own)) - above[0]
            _doubt(above[1])
        for (index, cell), covered in zip(placed, found, strict=False):
            own[index].remove(cell)
            cell.row_span = covered.last - covered.first + 1
            own[covered.first].append(cell)
            own[covered.first].sort(key=lambda each: each.column)
            if covered.first < index:
                cell.doubts = (*cell.doubts, UNSURE_SPAN)
            if cell.row_span > 1 or covered.unsure:
                _doubt(cell)
            above = (start + covered.first, cell)
        start += len(own)


def _page(row: Row) -> int:
    return next((line.page for cell in row for line in cell.lines), 0)


def _band(row: Row, column: int) -> tuple[float, float]:
    """Where a row begins and ends, by its cells in other columns."""
    lines = [line for cell in row if cell.column != column and cell.row_span == 1 for line in cell.lines]
    lines = lines or [line for cell in row for line in cell.lines]
    return min(line.top for line in lines), max(line.bottom for line in lines)


def _doubt(cell: PageCell) -> None:
    cell.doubts_below = (UNSURE_SPAN,)
