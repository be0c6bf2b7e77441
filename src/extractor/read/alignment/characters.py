"""What is settled after the rows where columns are of characters: times, doubts and lists without bullets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from extractor.issues import UNSURE_ITEMS
from extractor.read.alignment.facts import Facts
from extractor.read.alignment.headers import Column
from extractor.read.alignment.kinds import LETTER, NEAR_COLUMN, NEAR_ROW, SINGLE
from extractor.read.overleaf import PageCell, PageTable, cell_text, is_ref
from extractor.read.parting import time_at_end
from extractor.read.unmarked import SET_IN, lists_in, mark_items
from extractor.rows import PEOPLE
from extractor.vocabulary.times import is_timescale

_FIGURE = re.compile(r"\d")
_TIME_LEAD = re.compile(r" (?:by|from|until|before)$", re.IGNORECASE)
_DATE_START = re.compile(r"\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_FIRST_SUB_ITEM = re.compile(r"\d\s*\(?a[.)]{0,2}$")
_STATE = 5
"""No state has more words than this."""
_FEW_LINES = 12
"""So few lines of a page say little of how wide their column is."""
_INDENT = 3.0
"""By how much lists are set in at most, in font sizes."""


def take_times(cells: Sequence[list[PageCell]], columns: Sequence[Column]) -> None:
    """Gives rows without a timescale the one that a line of the column before it ends with; both are in doubt."""
    for column, facts in enumerate(columns):
        rows = [row for row in cells if len(row) > 1]
        filled = [row for row in rows if any(cell.column == column for cell in row)]
        if not column or facts.meaning != "timescale" or 2 * len(filled) < len(rows):
            continue
        for row in (row for row in rows if row not in filled):
            beside = next((cell for cell in row if cell.column == column - 1), None)
            if beside is None or beside.lines[-1].text.endswith(":"):
                continue  # what follows a lead-in has timescales of its own
            ends = [
                (line, start)
                for line in beside.lines
                if (start := time_at_end(words := line.text.split())) is not None
                and _FIGURE.search(" ".join(words[start:]))
            ]
            if len(ends) != 1:
                continue
            line, start = ends[0]
            words = line.text.split()
            text, time = " ".join(words[:start]), " ".join(words[start:])
            taken = replace(line, text=time, x0=line.x1 - len(time), first_width=float(len(words[start])))
            line.text, line.x1 = text, line.x0 + len(text)
            beside.doubts = (*beside.doubts, NEAR_COLUMN)
            row.append(PageCell(column, [taken], doubts=(NEAR_COLUMN,)))
            row.sort(key=lambda cell: cell.column)


def doubt_columns(
    cells: Sequence[Sequence[PageCell]], columns: Sequence[Column], headed: bool, merged: Set[int]
) -> None:
    """Doubts the cells of rows that hold two refs, those beside a column in which nothing stands, and long states.

    What stands in the columns `merged` stands for several rows, and is not among the cells.
    Where a timescale stands under people, a table that is not `headed` has its columns elsewhere: all are doubted.
    """
    people = [cell for row in cells for cell in row if columns[cell.column].meaning in PEOPLE]
    if not headed and any(map(_holds_time, people)):
        for cell in (cell for row in cells for cell in row):
            if columns[cell.column].meaning != "ref" and cell.column_span == 1:
                cell.doubts = (*cell.doubts, NEAR_COLUMN)
    rows = [row for row in cells if len(row) > 1 or (row and row[0].column_span == 1)]
    filled = Counter(cell.column for row in rows for cell in row)
    empty = [at for at in range(len(columns)) if not filled[at] and at not in merged] if len(rows) >= 3 else []
    for row in rows:
        refs = [
            line
            for cell in row
            if columns[cell.column].meaning == "ref" and not _is_one_ref(cell)
            for line in cell.lines
            if is_ref(line.text) and not LETTER.fullmatch(line.text)
        ]
        strange = [
            cell.column
            for cell in row
            if columns[cell.column].meaning == "status" and sum(len(line.text.split()) for line in cell.lines) > _STATE
        ]
        for cell in row:
            beside = columns[cell.column].meaning in ("status", "progress", "extra", None)
            if beside and any(abs(cell.column - column) <= 1 for column in strange):
                cell.doubts = (*cell.doubts, NEAR_COLUMN)
            if len(refs) > 1:
                cell.doubts = (*cell.doubts, NEAR_ROW)
            elif any(abs(cell.column - column) == 1 for column in empty) and columns[cell.column].meaning != "ref":
                cell.doubts = (*cell.doubts, NEAR_COLUMN)


def _is_one_ref(cell: PageCell) -> bool:
    """Whether a narrow column broke a ref at one of its dots: "2.1.1." over "4"."""
    first, *rest = (line.text for line in cell.lines)
    return first.endswith(".") and len(rest) == 1 and rest[0].isdigit() and is_ref(first + rest[0])


def _holds_time(cell: PageCell) -> bool:
    """Whether a cell begins with a timescale that holds a figure: "Q2 2023/24 Off track"."""
    words = cell.lines[0].text.split()
    starts = (" ".join(words[:count]) for count in (1, 2, 3))
    return any(_FIGURE.search(start) and is_timescale(start) for start in starts)


def mark_lists(cells: Sequence[Sequence[PageCell]], facts: Facts, before: PageTable | None, headed: bool) -> None:
    """Tells the items of lists whose bullets are lost, by how far they are set in.

    `before` is the table of the page before, in the last row of which a list may have begun; of a table that is not
    `headed` only its own lines tell where its columns are.
    """
    open_lists = _open_lists(before)
    for column, limit in enumerate(facts.limits):
        if facts.columns[column].meaning in (*SINGLE, *PEOPLE, "ref"):
            continue
        own = [(row, cell) for row in cells for cell in row if cell.column == column and cell.column_span == 1]
        lines = [line for _, cell in own for line in cell.lines]
        left = min((line.x0 for line in lines), default=0.0)
        width = max((line.x1 for line in lines), default=0.0) - left
        scale = limit / max(width, 1.0)
        if len(lines) < _FEW_LINES:
            limit = max(limit, _reach_before(before, column))
        for row, cell in own:
            may_go_on = column in open_lists and any(cell is each for each in cells[0])
            # Where a page holds no more than the end of a list, its header shows how far that is set in.
            # Elsewhere each row may stand at a place of its own.
            begin = min(left, facts.columns[column].left) if may_go_on else min(line.x0 for line in cell.lines)
            if may_go_on and not headed and len(own) == 1 and _ends_with_colon(before, column):
                begin -= SET_IN  # no line on the page shows it
            lists = lists_in(cell.lines, begin, may_go_on)
            if not lists:
                continue
            indent = min(_INDENT, (cell.lines[lists[0][0]].x0 - begin) * scale)
            marked, doubtful = mark_items(cell.lines, begin, limit - indent, may_go_on)
            items = [line for line in marked if line.begins == "item"]
            refs = [cell_text(each) for each in row if facts.columns[each.column].meaning == "ref"]
            if len(items) == 1 and any(map(_FIRST_SUB_ITEM.search, refs)):
                items[0].begins = "paragraph"  # "4.1a": the text of the first of several under their lead-in
            cell.lines = marked
            if doubtful:
                cell.doubts = (*cell.doubts, UNSURE_ITEMS)


def _ends_with_colon(table: PageTable | None, column: int) -> bool:
    """Whether a list is to follow what a column ends with on its page."""
    return any(
        cell.column == column and cell.lines and cell.lines[-1].text.endswith(":")
        for cell in (table.rows[-1] if table is not None else ())
    )


def _reach_before(table: PageTable | None, column: int) -> float:
    """How wide the lines of a column are on the page before."""
    rows = table.rows[table.header_rows :] if table is not None else ()
    own = [cell for row in rows for cell in row if cell.column == column and cell.column_span == 1]
    return max((line.reach for cell in own for line in cell.lines if line.begins != "item"), default=0.0)


def doubt_time_leads(cells: Sequence[Sequence[PageCell]], columns: Sequence[Column]) -> None:
    """Doubts a timescale, and the text beside it, where a line of that ends with the word that leads to a timescale.

    "4 kilometres by" over "of road 31 March" may well be "4 kilometres of road" and "by 31 March".
    """
    for row in cells:
        for cell in row:
            beside = next((each for each in row if each.column == cell.column - 1 and each.column_span == 1), None)
            if (
                columns[cell.column].meaning != "timescale"
                or beside is None
                or not _DATE_START.match(cell.lines[0].text)
            ):
                continue
            above = cell.lines[0].baseline - 1
            if any(line.baseline == above and _TIME_LEAD.search(line.text) for line in beside.lines):
                for each in (cell, beside):
                    each.doubts = (*each.doubts, NEAR_COLUMN)


def _open_lists(table: PageTable | None) -> set[int]:
    """The columns in which the last row of a page ends within a list, or before one."""
    return {
        cell.column
        for cell in (table.rows[-1] if table is not None and table.rows else ())
        if cell.lines and (cell.lines[-1].begins == "item" or cell.lines[-1].text.endswith(":"))
    }
