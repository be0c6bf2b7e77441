"""The rows of a table of activities, with what is merged, empty, missing or "as above" told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from extractor.document import Cell, Line, Row, Table
from extractor.issues import Doubt
from extractor.locations import Location, span
from extractor.recognise.claims import Ledger
from extractor.recognise.columns import Columns, cell_text, is_header_row, is_ref, lookup
from extractor.recognise.shifts import realigned
from extractor.rows import PEOPLE, TIMES, FoundGroup, PlanRow, RowCell
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.dittos import is_ditto
from extractor.vocabulary.furniture import furniture_kind, is_total
from extractor.vocabulary.headers import PHRASES
from extractor.vocabulary.headings import (
    KIND_WORDS,
    GroupHeading,
    is_labelled_group,
    names_again,
    numbered_headings,
    read_group_heading,
)

# Behind no mark but a blank only what is no word of a title: "Homes cont."
_CONTINUED = re.compile(
    r"(?:(?:\s*[(\[]\s*|\s+[-–—]\s+|(?<![\s,.…])(?=\s?[,.…])[\s,.…]+)cont(?:inued|in\.|[’']?d|\.)?"
    r"|\scont(?:in\.|[’']?d\b|\.))\W*$",
    re.IGNORECASE,
)
_DASH = re.compile(r"[-–—]{1,3}")
_COMMENT = re.compile(r"(?:comments?|commentary|progress|update)\s*:\s*", re.IGNORECASE)


@dataclass
class Found:
    """What the recogniser gathers while it walks through a document."""

    rows: list[PlanRow] = field(default_factory=list)
    groups: list[FoundGroup] = field(default_factory=list)
    group_index: int | None = None
    """The group that the next row stands under."""
    ledger: Ledger = field(default_factory=Ledger)
    doubts: list[Doubt] = field(default_factory=list)
    group_words: tuple[str, ...] = ()
    """Labels of headings that the profile adds, and those that this plan numbers its headings with."""

    def labelled(self, text: str) -> bool:
        """Whether a heading reads as a group's because of its label."""
        return is_labelled_group(text, self.group_words)

    def open_group(
        self,
        text: str,
        location: Location,
        level: int,
        kind: str | None = None,
        parent_index: int | None = None,
    ) -> None:
        """Opens the group that a heading names, or goes back into it where it was opened before."""
        heading = read_group_heading(text, self.group_words)
        parent_index = self._above(heading.kind or kind, parent_index)
        found = FoundGroup(text, heading.kind or kind, heading.number, heading.title, parent_index, location, level)
        titles = {key(found.title), key(_CONTINUED.sub("", found.title))}
        for index, group in enumerate(self.groups):
            if key(group.title) in titles and (group.kind, group.parent_index) == (found.kind, parent_index):
                self.group_index = index
                return
        self.groups.append(found)
        self.group_index = len(self.groups) - 1

    def says_again(self, text: str) -> bool:
        """Whether a heading only says that a group goes on which was opened before: "Homes (continued)"."""
        title = read_group_heading(text, self.group_words).title
        bare = key(_CONTINUED.sub("", title))
        return bare != key(title) and any(key(group.title) == bare for group in self.groups)

    def names_again(self, text: str, index: int) -> bool:
        """Whether what stands over a table only names a group again, the one with this index."""
        group = self.groups[index]
        return names_again(text, GroupHeading(group.kind, group.number, group.title))

    def _above(self, kind: str | None, parent_index: int | None) -> int | None:
        """The nearest group above that is not within one of the same kind: no priority stands under a priority."""
        index = parent_index
        while kind and index is not None:
            if self.groups[index].kind == kind:
                parent_index = self.groups[index].parent_index
            index = self.groups[index].parent_index
        return parent_index


def read_rows(table: Table, columns: Columns, found: Found, known: Mapping[str, Meaning]) -> None:
    """Adds the rows of a plan's table to what was found; groups that stand within the table are opened."""
    table = realigned(table, columns)
    before = len(found.rows)
    found.doubts.extend(columns.doubts)
    outer = found.group_index
    inner_level = found.groups[outer].level + 1 if outer is not None else 1
    index_of: dict[int, int] = {}
    doubted: tuple[Doubt, ...] = ()
    bare = _bare_headings(table, columns)
    numbered = _numbered_group_rows(table, columns)
    heading: list[Cell] = []  # of two rows: "Objective 1", and what it is called in the row below
    if table.caption:
        found.ledger.claim(table.caption, "heading", table.location)
        if columns.caption_groups and not (outer is not None and found.names_again(table.caption, outer)):
            found.open_group(table.caption, table.location, inner_level, parent_index=outer)
            outer, inner_level = found.group_index, inner_level + 1
    for number, row in enumerate(table.rows):
        cells = _cells(row)
        fresh = [cell for cell in cells if cell.row_index == number]
        if columns.first_header_row <= number < columns.body_row:
            _claim(fresh, "header", found)
            continue
        filled = [cell for cell in cells if cell.lines]
        if not filled or not fresh:
            continue  # a row that only goes on with the cells above says nothing of its own
        if is_header_row(row, known) and _is_header_again(row, columns, known):
            _claim(fresh, "header", found)
            continue
        group = numbered.get(number) or _group_row(row, filled, number, columns, found) or bare.get(number)
        if group is not None and not heading and len(found.rows) > before and _is_remark(group, row, found):
            found.ledger.claim(cell_text(group), "prose", group.location)
            message = f"{cell_text(group)!r} runs over the table as a sentence does: a remark, and no heading."
            found.doubts.append(Doubt("row-unread", message, location=group.location, severity="info"))
            continue
        if group is not None:
            _claim(fresh, "furniture: heading again" if found.says_again(cell_text(group)) else "heading", found)
            heading.append(group)
            title = " ".join(map(cell_text, heading))
            below = table.rows[number + 1] if number + 1 < len(table.rows) else ()
            if not (_is_label(title, found) and _heads_too(below, number + 1, columns, found, numbered)):
                first = group.row_index + 1 - len(heading)
                place = span(_row_location(table, first + n, [cell]) for n, cell in enumerate(heading))
                found.open_group(title, place, inner_level, parent_index=outer)
                heading.clear()
            continue
        if number < columns.first_header_row:
            _claim(fresh, "furniture: table title", found)
            continue
        if _is_total(fresh, columns):
            _claim(fresh, "furniture: total", found)
            continue
        if _joins_comment(row, filled, found):
            _claim(fresh, "record", found)
            continue
        plan_row = _plan_row(table, number, fresh, columns, index_of, found)
        if any(cell and cell.lines for cell, what in zip(row, columns.meanings, strict=True) if what == "group"):
            doubted = tuple(doubt for doubt in plan_row.doubts if doubt.field == "group_id")
        elif doubted:  # a doubt about a group's name is one about every row that stands under it
            plan_row = replace(plan_row, doubts=(*plan_row.doubts, *doubted))
        _claim(fresh, "record", found)
        if _joins_row_above(plan_row, before, found):
            continue
        _open_column_groups(table, number, columns, outer, inner_level, found)
        index_of[number] = len(found.rows)
        if plan_row.group_index != found.group_index:
            plan_row = replace(plan_row, group_index=found.group_index)
        found.rows.append(plan_row)
    _drop_afterwords(before, found)


def _is_remark(cell: Cell, row: Row, found: Found) -> bool:
    """Whether what runs over a whole row among the records is a sentence rather than the title of those below."""
    text = cell_text(cell)
    whole = (
        cell.column_span == len(row) and text.endswith((".", "!", "?")) and len(text.split()) >= _FEWEST_REMARK_WORDS
    )
    return whole and not found.labelled(text) and not any(line.bold for line in cell.lines) and not cell.header


_FEWEST_REMARK_WORDS = 6


def _is_header_again(row: Row, columns: Columns, known: Mapping[str, Meaning]) -> bool:
    """Whether a row of header words among the records is a header: half of its cells say what the column's header says,
    or are header words to the letter; or they mean what their columns do, that of refs among them. "Existing activity"
    beside "One officer" is what a record holds."""
    texts = {words: index for index, cell in enumerate(row) if (words := key(cell_text(cell)))}
    again = sum(
        words == key(columns.headers[index]) or words in PHRASES or words in known for words, index in texts.items()
    )
    own = {what for what, cell in zip(columns.meanings, row, strict=True) if lookup(cell_text(cell), known) == what}
    in_other_words = len(own) >= _FEWEST_MEANINGS and 2 * len(own) >= len(texts) and "ref" in own
    return 2 * again >= len(texts) or in_other_words


_FEWEST_MEANINGS = 3
_ADDS_UP = re.compile(r"(?:grand |sub-?\s?|overall )?totals?\b", re.IGNORECASE)


def _is_total(cells: list[Cell], columns: Columns) -> bool:
    """Whether a row only adds up the rows above it: "Total" and figures."""
    filled = [cell for cell in cells if cell.lines]
    texts = [cell_text(cell) for cell in filled]
    if not texts or any(re.search(r"[^\W\d]{3}", text) for text in texts[1:]):
        return False
    # "Sub-total: Buses", over several columns and before figures alone, of which none says who or when
    named = len(texts) > 1 and filled[0].column_span > 1 and len(texts[0].split()) <= _MOST_HEADING_WORDS
    named = named and not any(columns.meanings[cell.column_index] in _CORE for cell in filled[1:])
    return bool(is_total(texts[0])) or (named and bool(_ADDS_UP.match(texts[0])))


_CORE: tuple[Meaning, ...] = ("ref", *TIMES, *PEOPLE, "status")


_ADDRESS = re.compile(r"@|\bwww\.|https?://|\b0\d{3,4} \d{3}")


def _drop_afterwords(first: int, found: Found) -> None:
    """Takes away the last rows of a table where they are no rows but lines that stand below the table.

    They run on over several lines without a date, an owner or a state, as no other row of the table does.
    """
    while len(found.rows) - first >= 4 and _is_afterword(found.rows[-1], found.rows[first:-1]):
        row = found.rows.pop()
        for cell in (*row.cells.values(), *row.extra):
            _reclaim(cell, found)


def _is_afterword(last: PlanRow, others: list[PlanRow]) -> bool:
    activity = last.cells.get("activity")
    if activity is None or len(activity.lines) < 3 or any(line.kind == "item" for line in activity.lines):
        return False
    if any(cell.lines for cell in last.extra) or not all(_core_cells(row) for row in others):
        return False
    ref = last.cells.get("ref")
    if ref is not None and any(is_ref(line.text) for line in ref.lines):
        return False
    filled = [cell for meaning in _CORE if meaning != "ref" and (cell := last.cells.get(meaning)) and cell.lines]
    return all(_ADDRESS.search(line.text) or furniture_kind(line.text) for cell in filled for line in cell.lines)


def _reclaim(cell: RowCell, found: Found) -> None:
    for index in range(len(found.ledger.claims) - 1, -1, -1):
        claim = found.ledger.claims[index]
        if cell.lines and claim.kind == "record" and claim.location == cell.location:
            found.ledger.claims[index] = replace(claim, kind="prose", text=cell.text)
            return


def _joins_row_above(row: PlanRow, first: int, found: Found) -> bool:
    """Adds to the row above the people of a row that holds nothing else: the rest of a cell that was cut."""
    if "ref" not in row.columns or len(found.rows) <= first or any(cell.lines for cell in row.extra):
        return False
    filled = [meaning for meaning, cell in row.cells.items() if cell.lines and cell.state == "filled"]
    if not filled or not set(filled) <= set(PEOPLE):
        return False
    above = found.rows[-1]
    cells = dict(above.cells)
    doubts = list(above.doubts)
    for meaning in filled:
        before, more = cells.get(meaning), row.cells[meaning]
        cells[meaning] = replace(before, lines=(*before.lines, *more.lines)) if before and before.lines else more
        doubts.append(
            Doubt("row-unclear", f'"{more.text}" stands in a row of its own, without a ref', meaning, more.location)
        )
    found.rows[-1] = replace(above, cells=cells, doubts=tuple(doubts))
    return True


def _core_cells(row: PlanRow) -> int:
    return sum(1 for meaning in _CORE if (cell := row.cells.get(meaning)) and cell.lines)


def _cells(row: Row) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None}.values())


def _claim(cells: list[Cell], kind: str, found: Found) -> None:
    for cell in cells:
        found.ledger.claim(cell.text, kind, cell.location)


def _row_location(table: Table, number: int, fresh: list[Cell]) -> Location:
    if table.row_locations:
        return table.row_locations[number]
    return span(cell.location for cell in fresh)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in _cells(row) if cell.lines]


def _group_row(row: Row, filled: Sequence[Cell], number: int, columns: Columns, found: Found) -> Cell | None:
    """The cell of a row that is a heading within the table, or None; `filled` are its cells that say something."""
    if len(filled) != 1 or filled[0].row_index != number:
        return None
    cell = filled[0]
    text = cell_text(cell)
    words = text.split()
    covers = cell.column_span >= max(2, len(row) - 1)
    labelled = found.labelled(text)
    if (is_ref(text) and not (covers and labelled)) or len(words) > 30 or _COMMENT.match(text):
        return None
    if labelled:
        return cell
    if covers:
        return cell if len(words) <= 20 else None
    if columns.has("ref") and columns.meanings[cell.column_index] not in ("ref", "group"):
        return None
    # The only filled cell of its row: a heading unless it reads like an action whose other cells are empty.
    alone = cell.column_index == 0 and len(words) <= 10 and not re.search(r"[.:;,]$", text)
    return cell if alone and (cell.header or all(line.bold for line in cell.lines) or text.isupper()) else None


def _numbered_group_rows(table: Table, columns: Columns) -> dict[int, Cell]:
    """Row -> the heading of rows that hold nothing but a number or letter in the column of refs, and one text across
    all that follows: as one cell. They stand over rows whose refs begin with that number."""
    if columns.meanings[0] != "ref":
        return {}
    numbers = [cell_text(row[0]) for row in table.rows]
    titles = [_numbered_title(row, number) for number, row in enumerate(table.rows)]
    headings: dict[int, Cell] = {}
    for number in numbered_headings(numbers, [cell_text(title) for title in titles]):
        if (cell := titles[number]) is not None and _GROUP_NUMBER.fullmatch(of := numbers[number].rstrip(".:)")):
            text = f"{of}. {cell_text(cell)}"
            headings[number] = replace(cell, lines=(replace(cell.lines[0], text=text),))
    return headings


def _numbered_title(row: Row, number: int) -> Cell | None:
    """The cell beside the first one where it covers all other columns, or stands alone beside a letter, and holds no
    more than a title."""
    filled = _filled(row)
    if len(filled) != 2 or any(cell.row_index != number for cell in filled):
        return None
    ref, cell = filled
    beside = ref.column_span == 1 and cell.column_index == 1 and len(row) > 2
    covers = cell.column_span == len(row) - 1 or cell_text(ref).rstrip(".").isalpha()
    return cell if beside and covers and len(cell_text(cell).split()) <= _MOST_HEADING_WORDS else None


_GROUP_NUMBER = re.compile(r"[A-Z]{1,3}|(?:[A-Z]{1,3}[ -]?)?\d{1,3}(?:\.\d{1,2})*")
_MOST_HEADING_WORDS = 12


def _bare_headings(table: Table, columns: Columns) -> dict[int, Cell]:
    """Row -> the one filled cell of rows that are headings though nothing sets them off, as in a spreadsheet.

    In the column of refs such a cell is no ref; in that of activities, the rows below the header begin with one, all
    others have a ref, if that column is there, and an owner or a time, and none of them is like it.
    """
    alone: dict[int, Cell] = {}
    whole = others = 0
    refs = columns.meanings.index("ref") if columns.has("ref") else None
    first = -1
    core = [index for index, meaning in enumerate(columns.meanings) if meaning in _CORE and meaning != "ref"]
    for number in range(columns.body_row, len(table.rows)):
        row = table.rows[number]
        filled = _filled(row)
        if not filled:
            continue
        first = number if first < 0 else first
        if len(filled) == 1 and _may_be_heading(filled[0], number):
            alone[number] = filled[0]
        else:
            others += 1
            numbered = refs is None or ((ref := row[refs]) is not None and bool(ref.lines))
            whole += numbered and any((cell := row[index]) is not None and cell.lines for index in core)
    meanings = {columns.meanings[cell.column_index] for cell in alone.values()}
    if meanings == {"ref"}:
        return alone
    regular = len(alone) > 1 and first in alone and others > len(alone) and whole == others
    apart = all(number + 1 not in alone for number in alone) and len(table.rows) - 1 not in alone
    return alone if meanings == {"activity"} and regular and apart else {}


def _may_be_heading(cell: Cell, number: int) -> bool:
    text = cell_text(cell)
    short = len(text.split()) <= _MOST_HEADING_WORDS and not re.search(r"[.:;,]$", text)
    return cell.row_index == number and cell.column_span == 1 and short and not is_ref(text) and text[:1].isupper()


def _is_label(text: str, found: Found) -> bool:
    """Whether a heading is but a label with a number: "Objective 1"."""
    return found.labelled(text) and read_group_heading(text, found.group_words).title == text


def _heads_too(row: Row, number: int, columns: Columns, found: Found, numbered: Mapping[int, Cell]) -> bool:
    """Whether a row is a heading without a label of its own."""
    cell = (numbered.get(number) or _group_row(row, _filled(row), number, columns, found)) if row else None
    return cell is not None and not found.labelled(cell_text(cell))


def _open_column_groups(
    table: Table, number: int, columns: Columns, outer: int | None, level: int, found: Found
) -> None:
    """Opens the groups that the row's own group columns name."""
    parent = outer
    opened = False
    for index, meaning in enumerate(columns.meanings):
        if meaning != "group":
            continue
        cell = table.rows[number][index]
        text = cell_text(cell)
        following = table.rows[number][index + 1] if index + 1 < len(columns.meanings) else None
        if text and is_ref(text) and following is not None and columns.meanings[index + 1] == "group":
            continue  # the number of the group beside it
        before = table.rows[number][index - 1] if index and columns.meanings[index - 1] == "group" else None
        if text and before is not None and is_ref(cell_text(before)):
            text = f"{cell_text(before).rstrip('.:)')}. {text}"
        if not text or cell is None:
            if not opened and found.group_index is not None:
                parent = found.group_index
            continue
        if is_ditto(text):
            continue
        header = columns.headers[index] or (columns.headers[index - 1] if index else "")
        words = [word for word in key(header).split() if _singular(word) in KIND_WORDS]
        kind = _singular(words[-1]) if words else None
        found.open_group(text, cell.location, level, kind=kind, parent_index=parent)
        parent = found.group_index
        opened = True
        level += 1


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def _joins_comment(row: Row, filled: Sequence[Cell], found: Found) -> bool:
    """Adds a "COMMENT: ..." line that spans the table to the row above it."""
    if len(filled) != 1 or not found.rows or filled[0].column_span < max(2, len(row) - 1):
        return False
    cell = filled[0]
    match = _COMMENT.match(cell_text(cell))
    if not match:
        return False
    last = found.rows[-1]
    first, *others = cell.lines
    lines = (
        (replace(first, text=first.text[match.end() :]), *others) if len(first.text) > match.end() else tuple(others)
    )
    before = last.cells.get("progress")
    joined = RowCell(
        (*(before.lines if before else ()), *lines),
        before.header if before else "Comment",
        location=cell.location,
    )
    found.rows[-1] = replace(last, cells={**last.cells, "progress": joined})
    return True


def _plan_row(
    table: Table, number: int, fresh: list[Cell], columns: Columns, index_of: dict[int, int], found: Found
) -> PlanRow:
    """The row of that number, in which the cells `fresh` begin."""
    cells: dict[Meaning, RowCell] = {}
    extra: list[RowCell] = []
    doubts: list[Doubt] = []
    row = table.rows[number]
    for index, meaning in enumerate(columns.meanings):
        header = columns.headers[index]
        cell = row[index]
        if meaning == "group":
            doubts.extend(replace(doubt, field="group_id") for doubt in (cell.doubts if cell is not None else ()))
            continue
        if cell is not None and cell.column_index != index and cell.row_index == number:
            held = RowCell(header=header, state="missing")  # covered by a cell that spans columns
        else:
            held = _row_cell(table, number, index, header, index_of, found, meaning)
        if meaning == "extra":
            extra.append(held)
        else:
            cells[meaning] = held
        if cell is not None and cell.column_index == index:
            name = "extra" if meaning == "extra" else meaning
            own = cell.doubts if cell.row_index == number else cell.doubts_below
            doubts.extend(replace(doubt, field=doubt.field or name) for doubt in own)
    return PlanRow(
        cells=cells,
        extra=tuple(extra),
        group_index=found.group_index,
        location=_row_location(table, number, fresh),
        doubts=tuple(doubts),
        columns=_distinct_meanings(columns.meanings),
    )


@lru_cache(maxsize=64)
def _distinct_meanings(meanings: tuple[Meaning, ...]) -> frozenset[Meaning]:
    """The meanings of a table's columns, one object for all its rows."""
    return frozenset(meanings)


def _row_cell(
    table: Table,
    number: int,
    index: int,
    header: str,
    index_of: dict[int, int],
    found: Found,
    meaning: Meaning,
) -> RowCell:
    cell = table.rows[number][index]
    if cell is None:
        return RowCell(header=header, state="missing")
    if cell.row_index < number:
        origin = index_of.get(cell.row_index)
        if origin is None:  # it began in a header or group row, so it is this row's own
            return RowCell(cell.lines, header, location=cell.location)
        return RowCell(cell.lines, header, "merged", origin, cell.location)
    text = cell_text(cell)
    if not text or _DASH.fullmatch(text):
        return RowCell((), header, "empty", location=cell.location)
    if is_ditto(text) and found.rows:  # the first row of a table may mean the last one of the table before
        above = _above(found.rows[-1], header, meaning)
        if above is not None and above.lines and not is_ditto(above.text):
            origin = above.from_row if above.from_row is not None else len(found.rows) - 1
            return RowCell(above.lines, header, "ditto", origin, cell.location)
    return RowCell(cell.lines, header, location=cell.location)


def _above(row: PlanRow, header: str, meaning: Meaning) -> RowCell | None:
    if meaning == "extra":
        return next((cell for cell in row.extra if cell.header == header), None)
    return row.cells.get(meaning)


# Refs within the text --------------------------------------------------------------------------------------

_LEADING_REF = re.compile(
    r"(?P<ref>(?:(?:Action|Objective|Milestone|Recommendation|Commitment|Task)\s+)?"
    r"(?:[A-Z]{1,4}[ -]?\d{1,3}(?:\.\d{1,3})*[a-z]?|"
    r"\d{1,3}(?:\.\d{1,3}){1,5}(?:\s?\(?[a-z]\)|[a-z](?=[\s:.]))?|\d{1,3}(?=[.):]))"
    r"(?:[.):]+|\s*[-–](?=\s))?)(?:\s+(?=\S)|(?<=\d[.)])(?=[A-Z][a-z]))"  # two figures may leave no room for a blank
)


_LEADING_NUMBER = re.compile(r"(?P<ref>\d{1,3})\s+(?=[A-Z])")


def _with_counted_items(rows: list[PlanRow]) -> list[PlanRow]:
    """The rows with the numbers that a word processor counts before the activities as a part of their texts, where they
    count from row to row: each is then a list of one item."""
    counted: list[tuple[int, PlanRow, Line] | None] = []
    for row in rows:
        activity = row.cells.get("activity")
        lines = activity.lines if activity else ()
        numbered = [line for line in lines if _COUNTED.fullmatch(line.marker)]
        first = numbered[0] if numbered and numbered == [lines[0]] else None
        number = _COUNTED.fullmatch(first.marker) if first is not None and first.kind == "item" else None
        counted.append((int(number[1]), row, first) if number and first is not None else None)
    held = [each for each in counted if each is not None]
    if len(held) < 2 or len(held) < 0.6 * len(rows):
        return rows
    if any(
        number != above + 1 and (number != 1 or row.group_index == before.group_index)
        for (above, before, _), (number, row, _) in pairwise(held)
    ):
        return rows
    return [row if each is None else _with_marker(row, each[2]) for row, each in zip(rows, counted, strict=True)]


_COUNTED = re.compile(r"(\d{1,3})[.)]")


def _with_marker(row: PlanRow, first: Line) -> PlanRow:
    activity = row.cells["activity"]
    text = first.text if first.text.startswith(first.marker) else f"{first.marker} {first.text}"
    line = replace(first, text=text, kind="paragraph", marker="")
    return replace(row, cells={**row.cells, "activity": replace(activity, lines=(line, *activity.lines[1:]))})


def _opening(pattern: re.Pattern[str], row: PlanRow) -> re.Match[str] | None:
    activity = row.cells.get("activity")
    if not activity or not activity.lines:
        return None
    first, *others = activity.lines
    # A ref may stand on a line of its own above the text.
    return (
        pattern.match(f"{first.text} {others[0].text}") if others and is_ref(first.text) else None
    ) or pattern.match(first.text)


MOST_COUNTED = 0.8
"""Bare numbers are refs where so many of the records at least have one, as a few may have lost theirs."""


def _counted_on(rows: list[PlanRow]) -> list[re.Match[str] | None]:
    """The bare numbers that open the activities ("1 Open the pool"), where they count all of them on, over the whole
    plan or anew under each group; else nothing.

    A few activities may have lost theirs, and a few rows may be none that was counted: the count goes on from both.
    """
    matches = [_opening(_LEADING_NUMBER, row) for row in rows]
    numbers = [int(match["ref"]) if match else 0 for match in matches]
    if len(rows) < 2 or numbers[0] != 1 or sum(map(bool, numbers)) < MOST_COUNTED * len(rows):
        return []
    last, without = 1, 0
    for number, (above, row) in zip(numbers[1:], pairwise(rows), strict=True):
        anew = number == 1 and row.group_index != above.group_index
        if number and not anew and not last < number <= last + 1 + without:
            return []
        last, without = (number, 0) if number else (last, without + 1)
    return matches


def opens_with_ref(text: str) -> bool:
    """Whether a text is a ref, or begins with one that a capital follows."""
    return bool(leading_ref(text))


def leading_ref(text: str) -> str:
    """The ref that a text is, or begins with where a capital follows it; empty where there is none."""
    if is_ref(text):
        return text
    match = _LEADING_REF.match(text)
    return match["ref"] if match else ""


def leading_number(text: str) -> str:
    """The bare number that a text begins with, where a capital follows it: a ref only where others count on."""
    match = _LEADING_NUMBER.match(text)
    return match["ref"] if match else ""


def ref_shape(ref: str) -> str:
    """What the refs of one depth have in common: "a-0.0" of "HE-2.13"."""
    return re.sub(r"\d+", "0", re.sub(r"[A-Za-z]+", "a", ref))


def split_leading_refs(rows: list[PlanRow]) -> list[PlanRow]:
    """The rows with the refs that open their activities taken into cells of their own.

    Only where no row has a ref and most of the activities open with one of the same make.
    """
    if any(row.cells.get("ref") and row.cells["ref"].lines for row in rows):
        return rows
    rows = _with_counted_items(rows)
    matches = [_opening(_LEADING_REF, row) for row in rows]
    hits = [match for match in matches if match]
    if len(hits) < 2 or len(hits) < 0.6 * len(rows):
        matches = _counted_on(rows)
        hits = [match for match in matches if match]
    if not hits:
        return rows
    shapes = [ref_shape(match["ref"]) for match in hits]
    common = max(set(shapes), key=lambda shape: (shapes.count(shape), shape))
    if shapes.count(common) < 0.5 * len(rows):
        return rows
    out: list[PlanRow] = []
    for row, match in zip(rows, matches, strict=True):
        if match is None:
            out.append(replace(row, columns=row.columns | {"ref"}))
            continue
        activity = row.cells["activity"]
        first, *others = activity.lines
        ref = Line(match["ref"].strip(), first.location)
        rest = replace(first, text=first.text[match.end() :])
        kept = (rest, *others) if rest.text else tuple(others)
        out.append(
            replace(
                row,
                cells={
                    **row.cells,
                    "ref": RowCell((ref,), "", location=first.location),
                    "activity": replace(activity, lines=kept),
                },
                columns=row.columns | {"ref"},
            )
        )
    return out
