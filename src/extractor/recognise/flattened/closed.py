"""Tables in which a bar closes every cell, as trafilatura (1.9 to 2.0) writes those of a page.

1. The rule below a header has a bar for each column, and so has every row: one that lacks cells is filled up with bars
   at its end. So bars alone tell the rows, however many lines a cell has, and which of its cells a row has of its own.
2. A bar may open each row as well where one opens the rule. Without a rule the first row tells how many columns there
   are.
3. All that stands in a table is closed: a line behind the last row that a bar ends is none of its cells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractor.document import Cell, FlatLine, Line, Table
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.recognise.columns import cell_text, lookup
from extractor.recognise.flattened.merged import cover_merged
from extractor.recognise.flattened.stream import read_lines
from extractor.recognise.spans import ColumnLook, Placing, expected_meanings, place
from extractor.rows import PEOPLE
from extractor.text import CELL_BREAK, fold, key
from extractor.vocabulary import Meaning

_RULE = re.compile(r"\s*(\|?)((?:---\|){2,})\s*")
_BAR = re.compile(r"(?<!\\)\|")  # but for one that Markdown keeps within a cell
_EMPTY_WITHIN = re.compile(r"\|\s*\|(?=.*[^|\s])|^\|\s*\|$|\|\s{2,}\|")
_FEWEST_ROWS = 2  # with the header, of a table without a rule
_LONGEST_ROW = 60  # lines
_KNOWN = 0.5  # share of a header's words without a rule that have to be known
_MOST_COLUMNS = 30
_INLINE = re.compile(r"(?:(?<=:)|\s)[-•*]\s(?=\S)")  # before the first item of a list that goes on below

_Texts = list[tuple[str, FlatLine]]
"""What a cell holds: its lines, each with the line of the text that it stands on."""


class ClosedTable(NamedTuple):
    """A table, by the indexes of its lines."""

    first: int
    after: int
    rows: Sequence[Sequence[_Texts]]
    """The cells that each row has of its own; the header's first."""
    width: int
    cut: bool
    """The text ends within the last row."""


def find_closed(lines: Sequence[FlatLine], known: Mapping[str, Meaning]) -> list[ClosedTable]:
    """The tables of a text whose cells bars close; none in one that has each row on a line between two bars, all of
    its cells, or empty ones between others, nor in one with a row of more cells than its table has columns."""
    if not any(_is_closed(line.raw) for line in lines) and not _is_filled_up(lines):
        return []
    rules = {start: at for at in range(len(lines)) if (start := _header_above(lines, at)) is not None}
    starts = sorted(rules)
    tables: list[ClosedTable] = []
    at = 0
    while at < len(lines):
        rule = rules.get(at)
        later = bisect_right(starts, at)
        limit = starts[later] if later < len(starts) else len(lines)
        table = _ruled(lines, at, rule, limit) if rule is not None else _unruled(lines, at, limit, known)
        if table is not None:
            tables.append(table)
        at = table.after if table is not None else at + 1
    taken = {table.first for table in tables}
    if any(_goes_on(lines, table, taken) for table in tables):
        return []
    split = any(_is_closed(lines[at].raw) for table in tables for at in range(table.first, table.after))
    return tables if split or _is_filled_up(lines) else []


def _goes_on(lines: Sequence[FlatLine], table: ClosedTable, starts: Container[int]) -> bool:
    """Whether more rows follow at once on a table's last that was read: one of them has too many bars."""
    gap = max(line.number - above.number for above, line in pairwise(lines[table.first : table.after]))
    for at in range(table.after, len(lines)):
        if at in starts or lines[at].number > lines[at - 1].number + gap:
            return False
        if lines[at].raw.strip().endswith("|") and not _RULE.fullmatch(lines[at].raw):
            return True
    return False


def _is_filled_up(lines: Sequence[FlatLine]) -> bool:
    """Whether bars without a blank fill up rows of framed tables at their ends, and no cell is empty elsewhere, as
    their writer's rules look; one bar does not tell unless other text stands right beside a row, as in no Markdown."""
    if not any((rule := _RULE.fullmatch(line.raw)) and rule[1] for line in lines):
        return False
    rows = [line.raw.strip() for line in lines if line.raw.lstrip().startswith("|") and "---" not in line.raw]
    if any(_EMPTY_WITHIN.search(row) or row.endswith("| | |") for row in rows):
        return False
    return any(row.endswith("||") for row in rows) or (any(row.endswith("| |") for row in rows) and _is_hemmed(lines))


def _is_hemmed(lines: Sequence[FlatLine]) -> bool:
    """Whether a line without a bar stands right above or below a framed row."""
    return any(
        line.number == above.number + 1 and ("|" in line.raw) != ("|" in above.raw) for above, line in pairwise(lines)
    )


def table_of(table: ClosedTable, markdown: bool) -> Table:
    """The grid, ragged where rows lack cells; of a row of one cell that spans all columns."""
    grid: list[tuple[Cell | None, ...]] = []
    places: list[Location] = []
    for number, row in enumerate(table.rows):
        own = [line.number for cell in row for _, line in cell]
        if not own:
            continue
        place = _at(min(own), max(own))
        cells = [_cell(cell, len(grid), column, place, markdown) for column, cell in enumerate(row)]
        if table.cut and number == len(table.rows) - 1:
            doubt = Doubt("row-unclear", "the text ends within this row", location=place)
            cells[-1] = replace(cells[-1], doubts=(doubt,))
        if not grid:
            cells = [replace(cell, header=True) for cell in cells]
        if len(cells) == 1 and grid:
            grid.append((replace(cells[0], column_span=table.width),) * table.width)
        else:
            grid.append((*cells, *[None] * (table.width - len(cells))))
        places.append(place)
    whole = _at((places[0].lines or (0, 0))[0], (places[-1].lines or (0, 0))[1])
    ragged = any(None in row for row in grid)
    return Table(tuple(grid), location=whole, row_locations=tuple(places), ragged=ragged)


def _at(first: int, last: int) -> Location:
    return Location(lines=(first, last), method="segmented")


def _is_closed(raw: str) -> bool:
    """Whether a bar closes what stands on a line, and none opens it."""
    text = raw.strip()
    return text.endswith("|") and not text.startswith("|")


def _header_above(lines: Sequence[FlatLine], at: int) -> int | None:
    """Where the header begins that a rule closes; None for a line that is no such rule."""
    rule = _RULE.fullmatch(lines[at].raw)
    if not rule:
        return None
    for start in range(at - 1, max(-1, at - _LONGEST_ROW), -1):
        found = _row(lines, start, at, rule[2].count("|"), bool(rule[1]))
        if found and found.after == at and found.cells and found.cells[0]:
            return start - (rule[1] == "|" == lines[start - 1].raw.strip() and start > 0)
    return None


def _ruled(lines: Sequence[FlatLine], first: int, rule: int, limit: int) -> ClosedTable | None:
    match = _RULE.fullmatch(lines[rule].raw)
    assert match is not None
    width, opened = match[2].count("|"), bool(match[1])
    header = _row(lines, first, rule, width, opened)
    assert header is not None
    rows, after, cut = _rows(lines, rule + 1, limit, width, opened)
    return ClosedTable(first, after, [header.cells, *rows], width, cut) if rows else None


def _unruled(lines: Sequence[FlatLine], at: int, limit: int, known: Mapping[str, Meaning]) -> ClosedTable | None:
    """The table without a rule that begins with a line, if one does."""
    raw = lines[at].raw.strip()
    opened = raw == "|"
    if opened:
        width = next((n for n in range(2, _MOST_COLUMNS) if _ends_at_bar(lines, at, limit, n)), 0)
    else:
        width = raw.count("|") if _is_closed(raw) else 0
    header = _row(lines, at, limit, width, opened) if width > 1 else None
    if header is None or not all(header.cells):
        return None
    names = [fold(" ".join(text for text, _ in cell)) for cell in header.cells]
    meanings = [lookup(name, known) for name in names]
    if sum(map(bool, meanings)) < _KNOWN * len(names) or not any(one and one != "extra" for one in meanings):
        return None
    rows, after, cut = _rows(lines, header.after, limit, width, opened)
    if len(rows) + 1 < _FEWEST_ROWS:
        return None
    return ClosedTable(at, after, [header.cells, *rows], width, cut)


def _ends_at_bar(lines: Sequence[FlatLine], at: int, limit: int, width: int) -> bool:
    """Whether a row of so many cells ends where a bar opens the next."""
    found = _row(lines, at, limit, width, True)
    return found is not None and found.after < limit and lines[found.after].raw.strip().startswith("|")


def _rows(
    lines: Sequence[FlatLine], at: int, limit: int, width: int, opened: bool
) -> tuple[list[list[_Texts]], int, bool]:
    """The rows between two lines, the index behind the last, and whether the text ends within that."""
    rows: list[list[_Texts]] = []
    while at < limit and (found := _row(lines, at, limit, width, opened)):
        rows.append(found[0])
        at = found[1]
    # Nothing fills up the last row, which ends with the last bar.
    end = next((index + 1 for index in range(limit - 1, at - 1, -1) if "|" in lines[index].raw), at)
    rest = _row(lines, at, end, width, opened, last=True) if end > at else None
    if rest is None or (rest.cut and end < len(lines)):
        return rows, at, False
    return [*rows, rest.cells], end, rest.cut


class _Row(NamedTuple):
    cells: list[_Texts]
    """Those that it has of its own."""
    after: int
    """The index behind its last line."""
    cut: bool = False
    """No bar closes its last cell."""


def _row(lines: Sequence[FlatLine], at: int, limit: int, width: int, opened: bool, last: bool = False) -> _Row | None:
    """The row that begins with a line; None where none does. The `last` one goes up to the limit."""
    cells: list[_Texts | None] = []
    held: _Texts = []
    for index in range(at, min(limit, at + _LONGEST_ROW)):
        raw = lines[index].raw.strip()
        if index == at and opened and raw.startswith("|"):
            raw = raw[1:]
            if not raw:
                continue
        *closed, rest = _BAR.split(raw)
        bare = len(closed) > 1 and not held and not any(map(fold, closed))
        for behind, text in enumerate(closed):
            held.extend((part, lines[index]) for part in map(fold, text.split(CELL_BREAK)) if part)
            # A bar right behind another one fills up a row.
            cells.append(None if not held and (behind or bare) else held)
            held = []
        if fold(rest):
            held.append((fold(rest), lines[index]))
        if len(cells) >= width:
            return _Row(_own(cells), index + 1) if len(cells) == width and not held else None
    if last and any(cells):
        return _Row(_own([*cells, held] if held else cells), limit, bool(held))
    return None


def _own(cells: Sequence[_Texts | None]) -> list[_Texts]:
    own = list(cells)
    while own and own[-1] is None:
        own.pop()
    return [cell or [] for cell in own]


def _cell(texts: _Texts, row: int, column: int, place: Location, markdown: bool) -> Cell:
    lines = list(_lines_of(texts, markdown))
    at = _at(texts[0][1].number, texts[-1][1].number) if texts else place
    return Cell(tuple(lines), row, column, location=at)


def _lines_of(texts: _Texts, markdown: bool) -> Iterator[Line]:
    """The lines of a cell; the first item of a list that goes on below may stand behind the text that calls for it."""
    read = [(line, flat) for text, flat in texts for line in read_lines([replace(flat, raw=text)], markdown)]
    for index, (line, flat) in enumerate(read):
        at = _at(flat.number, flat.number)
        listed = index + 1 < len(read) and read[index + 1][0].item and not line.item
        *above, last = _INLINE.split(fold(line.text)) if listed else [fold(line.text)]
        if above:
            yield Line(" - ".join(above), at)
        item = line.item or bool(above)
        yield Line(last, at, kind="item" if item else "paragraph", marker="•" if item else "", bold=line.bold)


def with_missing_cells(tables: Sequence[Table], known: Mapping[str, Meaning]) -> list[Table]:
    """The tables with empty cells in the columns that rows lack: an empty cell leaves nothing, as a merged one does.

    A cell of people goes on over the rows below it where many of them lack one. Which columns a row lacks is what
    suits its own cells best; a doubt says where another choice is about as good.
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for index, table in enumerate(tables):
        if None not in table.rows[0] and table.width <= _MOST_PLACED:
            alike.setdefault(tuple(key(cell_text(cell)) for cell in table.rows[0]), []).append(index)
    out = list(tables)
    for heads, indexes in alike.items():
        if any(tables[index].ragged for index in indexes):
            for index, table in zip(indexes, _filled([tables[at] for at in indexes], heads, known), strict=True):
                out[index] = table
    return out


_MOST_PLACED = 12  # columns of a table whose short rows are placed
_SURE = 4.0  # nats above which a placing teaches what the columns hold
_DOUBTFUL = 2.5  # ... and below which it is in doubt


def _filled(tables: Sequence[Table], heads: Sequence[str], known: Mapping[str, Meaning]) -> list[Table]:
    """The same of tables with one header."""
    meanings = expected_meanings(heads, known)
    looks = [ColumnLook() for _ in heads]
    for look, meaning, head in zip(looks, meanings, heads, strict=True):
        look.expect(meaning, head)
    habits: Counter[tuple[int, ...]] = Counter()
    short = {_texts_of(row) for table in tables for row in table.rows[1:] if None in row}
    for texts in (_texts_of(row) for table in tables for row in table.rows[1:] if None not in row):
        if len(set(texts)) > 1:
            for look, text in zip(looks, texts, strict=True):
                look.learn(text)
    placed = {texts: place(texts, looks, None, habits) for texts in short}
    for placing in placed.values():
        if placing.margin >= _SURE:
            habits[tuple(column for column in range(len(heads)) if column not in placing.columns)] += 1
    placed = {texts: place(texts, looks, None, habits) for texts in short}
    fields = ["group_id" if meaning == "group" else meaning or "extra" for meaning in meanings]
    mergeable = {column for column, meaning in enumerate(meanings) if meaning in PEOPLE or meaning == "group"}
    filled = [
        replace(
            table,
            rows=tuple(
                _with_gaps(row, placed[_texts_of(row)], fields, mergeable) if None in row else row for row in table.rows
            ),
            ragged=False,
        )
        for table in tables
    ]
    people = {column: meaning for column, meaning in enumerate(meanings) if meaning in PEOPLE}
    groups = [column for column, meaning in enumerate(meanings) if meaning == "group"]
    return [_without_marks(table) for table in cover_merged(filled, people, groups=groups)]


# Marks what a row lacks in a column whose cells may be merged; no doubt of its own, as a missing person is told anyway.
_LACKED = Doubt("border-inferred", "The row has no words of its own in this column.")


def _without_marks(table: Table) -> Table:
    """The table whose empty cells say no more that their rows lack them."""
    marked = [cell for cell in table.cells() if _LACKED in cell.doubts]
    return table.with_cells({id(cell): replace(cell, doubts=()) for cell in marked})


def _texts_of(row: Sequence[Cell | None]) -> tuple[str, ...]:
    return tuple(cell_text(cell) for cell in row if cell is not None)


def _with_gaps(
    row: Sequence[Cell | None], placing: Placing, fields: Sequence[str], mergeable: Container[int]
) -> tuple[Cell | None, ...]:
    """A row whose cells stand in their columns, with empty ones between them."""
    own = [cell for cell in row if cell is not None]
    unsure = placing.margin < _DOUBTFUL
    moved = [pair for pair in zip(placing.columns, placing.runner_up, strict=False) if unsure and pair[0] != pair[1]]
    doubtful = {column for pair in moved for column in pair}
    at = own[0].location
    cells: list[Cell | None] = []
    for column, field in enumerate(fields):
        doubt = Doubt(
            "border-inferred", "The row has fewer cells than the table; which is not certain.", field, location=at
        )
        if column in placing.columns:
            cell = replace(own[placing.columns.index(column)], column_index=column)
            cells.append(replace(cell, doubts=(*cell.doubts, doubt)) if column in doubtful else cell)
        else:
            said = doubt if column in doubtful else _LACKED if column in mergeable else None
            cells.append(Cell((), own[0].row_index, column, location=at, doubts=(said,) if said else ()))
    return tuple(cells)
