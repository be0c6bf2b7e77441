"""The ruled road, where rules and shading part a table only in part."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Document, Heading, Paragraph, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from pdf_writer import Sheet, write

XS = (40.0, 110.0, 400.0, 520.0, 700.0)
ROWS = [
    ("Ref", "Activity", "Timescale", "Lead officer"),
    ("1.1", "Open the market hall.", "Quarter 1", "Town Clerk"),
    ("1.2", "Paint the depot.", "Quarter 2", "Head of Estates"),
    ("1.3", "Repair the play areas.", "Quarter 3", "Town Clerk"),
    ("1.4", "Plant two hundred trees.", "Quarter 4", "Head of Parks"),
    ("1.5", "Survey the footpaths.", "Quarter 1", "Head of Parks"),
]
PITCH = 24.0


def read(data: bytes) -> Document:
    return read_pdf(data, "plan.pdf", Settings())


def body(document: Document) -> list[tuple[str | None, ...]]:
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return [tuple(cell.text if cell else None for cell in row) for row in table.rows[table.header_rows :]]


def table_sheet(rows: Sequence[Sequence[str]] = ROWS) -> Sheet:
    """A sheet with the words of a table, and no lines."""
    sheet = Sheet()
    for index, row in enumerate(rows):
        for left, text in zip(XS, row, strict=False):
            sheet.text(left + 5, 60 + index * PITCH + 15, text, 9, bold=not index)
    return sheet


def cells(sheet: Sheet, row: int, draw: str) -> None:
    """Draws the borders, or the shading, of each cell of a row."""
    top, bottom = 60 + row * PITCH, 60 + (row + 1) * PITCH
    for left, right in pairwise(XS):
        if draw == "shade":
            sheet.shade(left, top, right, bottom)
            continue
        for y in (top, bottom):
            sheet.line(left, y, right, y)
        for x in (left, right):
            sheet.line(x, top, x, bottom)


@pytest.mark.parametrize("first", [0, 1], ids=["header shaded", "header white"])
def test_stripes_are_no_grid(first: int) -> None:
    sheet = table_sheet()
    for row in range(first, len(ROWS), 2):
        cells(sheet, row, "shade")
    assert body(read(write([sheet]))) == ROWS[1:]


def test_a_cell_that_holds_the_labels_of_several_columns_is_none() -> None:
    sheet = table_sheet()
    for row in range(len(ROWS) + 1):
        sheet.line(XS[0], 60 + row * PITCH, XS[-1], 60 + row * PITCH)
    for x in (XS[0], XS[2], XS[-1]):
        sheet.line(x, 60, x, 60 + len(ROWS) * PITCH)
    assert body(read(write([sheet]))) == ROWS[1:]


def test_underlined_words_within_a_grid_part_no_rows() -> None:
    sheet = table_sheet()
    for row in range(len(ROWS)):
        cells(sheet, row, "line")
    sheet.parts = [part for part in sheet.parts if "(Head of Parks)" not in part]
    for row in (4, 5):
        y = 60 + row * PITCH + 15
        sheet.text(XS[3] + 2, y, "Head of Parks", 9)
        sheet.line(XS[3] + 2, y + 1.5, XS[3] + 2 + len("Head of Parks") * 5.4, y + 1.5)
    assert body(read(write([sheet]))) == ROWS[1:]


def test_a_shaded_header_beside_a_shaded_row_is_no_table_of_its_own() -> None:
    sheet = table_sheet()
    for row in (0, 1, 3, 5):
        cells(sheet, row, "shade")
    assert body(read(write([sheet]))) == ROWS[1:]


def test_cells_that_are_all_shaded_are_a_grid() -> None:
    sheet = table_sheet()
    for row in range(len(ROWS)):
        cells(sheet, row, "shade")
    document = read(write([sheet]))
    assert body(document) == ROWS[1:]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.location.method == "ruled"


def test_a_heading_close_below_shaded_cells_is_no_row_of_them() -> None:
    sheet = table_sheet()
    for row in range(len(ROWS)):
        cells(sheet, row, "shade")
    sheet.text(XS[0] + 5, 60 + len(ROWS) * PITCH + 18, "Clean rivers", 13, bold=True)
    document = read(write([sheet]))
    assert body(document) == ROWS[1:]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.location.method == "ruled"
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["Clean rivers"]


@pytest.mark.parametrize("first", [1, 3], ids=["begins a page", "ends a page"])
def test_one_shaded_row_of_a_record_is_part_of_it_where_its_page_is_cut(first: int) -> None:
    record = [("Ref", "P1"), ("Activity", "Mend the weir"), ("Lead officer", "Town Clerk"), ("Status", "Amber")]
    sheets = (Sheet(), Sheet())
    for number, (label, value) in enumerate(record):
        sheet, top = (sheets[0], 480 + 24 * number) if number < first else (sheets[1], 40 + 24 * (number - first))
        sheet.text(45, top + 15, label, 9, bold=True)
        sheet.text(145, top + 15, value, 9)
        for left, right in ((40, 140), (140, 700)):
            sheet.shade(left, top, right, top + 24)
    [table] = [block for block in read(write(sheets)).blocks if isinstance(block, Table)]
    assert [tuple(cell.text for cell in row if cell) for row in table.rows] == record


def test_rows_between_framed_rows_have_the_same_columns() -> None:
    sheet = table_sheet()
    for row in (0, 1, 3, 5):
        cells(sheet, row, "border")
    for x in (XS[0], XS[-1]):
        sheet.line(x, 60, x, 60 + len(ROWS) * PITCH)
    assert body(read(write([sheet]))) == ROWS[1:]


@pytest.mark.parametrize(
    ("left", "expected"),
    [(XS[1] + 5, (None, "and its roof.", None, None)), (XS[1] + 40, ("and its roof.",) * 4)],
)
def test_text_that_begins_where_a_column_s_text_does_is_that_column_s(
    left: float, expected: tuple[str | None, ...]
) -> None:
    rows = [*ROWS[:3], (), *ROWS[4:]]
    sheet = table_sheet(rows)
    sheet.text(left, 60 + 3 * PITCH + 15, "and its roof.", 9)
    for row in (0, 2, 4):
        cells(sheet, row, "border")
    for x in (XS[0], XS[-1]):
        sheet.line(x, 60, x, 60 + len(rows) * PITCH)
    assert [tuple(text or None for text in row) for row in body(read(write([sheet])))][2] == expected


def test_a_merged_cell_between_framed_rows_stays_merged() -> None:
    rows = [*ROWS[:3], ("Priority 2: A town that is proud of its parks, squares and streets",), *ROWS[3:]]
    sheet = table_sheet(rows)
    for row in (0, 1, 2, 4, 5, 6):
        cells(sheet, row, "border")
    for x in (XS[0], XS[-1]):
        sheet.line(x, 60 + 3 * PITCH, x, 60 + 4 * PITCH)
    [table] = [block for block in read(write([sheet])).blocks if isinstance(block, Table)]
    group = table.rows[3][0]
    assert group is not None
    assert group.column_span == 4
    assert group.text.startswith("Priority 2")


def test_columns_without_rules_between_the_rows_are_read_by_their_words() -> None:
    sheet = table_sheet()
    bottom = 60 + len(ROWS) * PITCH
    for x in XS:
        sheet.line(x, 60, x, bottom)
    for y in (60, bottom):
        sheet.line(XS[0], y, XS[-1], y)
    assert body(read(write([sheet]))) == ROWS[1:]


def test_an_outer_frame_with_rules_between_the_rows_is_read_by_its_words() -> None:
    sheet = table_sheet()
    for row in range(len(ROWS) + 1):
        sheet.line(XS[0], 60 + row * PITCH, XS[-1], 60 + row * PITCH)
    for x in (XS[0], XS[-1]):
        sheet.line(x, 60, x, 60 + len(ROWS) * PITCH)
    assert body(read(write([sheet]))) == ROWS[1:]


def test_people_set_apart_by_a_point_are_two_paragraphs() -> None:
    sheet = Sheet()
    rows = 8
    for row in range(rows + 2):
        y = 60.0 if row == 0 else 84 + (row - 1) * 40
        sheet.line(XS[0], y, XS[-1], y)
    for x in XS:
        sheet.line(x, 60, x, 84 + rows * 40)
    for left, text in zip(XS, ROWS[0], strict=False):
        sheet.text(left + 5, 75, text, 9, bold=True)
    for row in range(rows):
        top = 84 + row * 40
        sheet.text(XS[0] + 5, top + 12, f"1.{row}", 9)
        sheet.text(XS[1] + 5, top + 12, "Open the hall of the market square to all who", 9)
        sheet.text(XS[1] + 5, top + 22.4, "live near it", 9)
        sheet.text(XS[2] + 5, top + 12, "Quarter 1", 9)
        # The next name would not have fitted on the line: only the distance tells that it is another.
        sheet.text(XS[3] + 5, top + 12, "Head of Community Wellbeing", 9)
        sheet.text(XS[3] + 5, top + (22.4 if row % 2 else 23.4), "Partnerships", 9)
    found = body(read(write([sheet])))
    assert [row[3] for row in found[:2]] == [
        "Head of Community Wellbeing\nPartnerships",
        "Head of Community Wellbeing Partnerships",
    ]


def test_a_bold_line_above_a_table_is_its_heading_though_no_larger() -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Action Plan 2024/25", 16, bold=True)
    for number, title in enumerate(("Energy and buildings", "Getting about")):
        top = 90 + number * 150
        sheet.text(40, top - 8, title, 9, bold=True)
        for row, cells_of in enumerate(ROWS[:4]):
            for left, text in zip(XS, cells_of, strict=False):
                sheet.text(left + 5, top + row * PITCH + 15, text, 9, bold=not row)
        for row in range(5):
            sheet.line(XS[0], top + row * PITCH, XS[-1], top + row * PITCH)
        for x in XS:
            sheet.line(x, top, x, top + 4 * PITCH)
    blocks = read(write([sheet])).blocks
    headings = [(block.level, block.text) for block in blocks if isinstance(block, Heading)]
    assert headings == [(1, "Action Plan 2024/25"), (2, "Energy and buildings"), (2, "Getting about")]
    assert sum(isinstance(block, Table) for block in blocks) == 2


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "no rules"])
def test_a_bullet_larger_than_its_text_begins_an_item_of_the_cell(rules: bool) -> None:
    rows = [*ROWS[:3], ("1.3", "Improve parks:", "Quarter 3", "Town Clerk")]
    sheet = table_sheet(rows)
    top = 60 + 3 * PITCH
    for offset, text in ((26, "plant two hundred trees in the squares that"), (37, "have none"), (48, "mend swings")):
        if text != "have none":
            sheet.text(XS[1] + 5, top + offset, "•", 11)
        sheet.text(XS[1] + 17, top + offset, text, 9)
    foot = top + 60
    if rules:
        for y in (*(60 + row * PITCH for row in range(4)), foot):
            sheet.line(XS[0], y, XS[-1], y)
        for x in XS:
            sheet.line(x, 60, x, foot)
    sheet.text(XS[0] + 5, foot + 15, "1.4", 9)
    for left, text in zip(XS[1:], ("Survey the footpaths.", "Quarter 1", "Head of Parks"), strict=False):
        sheet.text(left + 5, foot + 15, text, 9)
    if rules:
        for x in XS:
            sheet.line(x, foot, x, foot + PITCH)
        sheet.line(XS[0], foot + PITCH, XS[-1], foot + PITCH)
    assert body(read(write([sheet])))[2:] == [
        (
            "1.3",
            "Improve parks:\nplant two hundred trees in the squares that have none\nmend swings",
            "Quarter 3",
            "Town Clerk",
        ),
        ("1.4", "Survey the footpaths.", "Quarter 1", "Head of Parks"),
    ]


def test_tables_of_labels_that_stand_upon_each_other_are_one_a_record() -> None:
    sheet = Sheet()
    records = [
        (150.0, [("Ref", "1.1"), ("Task", "Open the market hall."), ("By when", "May 2025")]),
        (190.0, [("Ref", "1.2"), ("Task", "Paint the depot."), ("By when", "June 2025")]),
    ]
    y = 60.0
    for middle, rows in records:
        for label, value in rows:
            sheet.text(45.0, y + 15, label, 9, bold=True)
            sheet.text(middle + 5, y + 15, value, 9)
            for at in (y, y + PITCH):
                sheet.line(40.0, at, 520.0, at)
            for at in (40.0, middle, 520.0):
                sheet.line(at, y, at, y + PITCH)
            y += PITCH
    tables = [block for block in read(write([sheet])).blocks if isinstance(block, Table)]
    assert [[tuple(cell.text if cell else None for cell in row) for row in table.rows] for table in tables] == [
        rows for _, rows in records
    ]


def test_stacked_tables_keep_the_halves_of_rows_at_the_edges_of_their_page() -> None:
    """Two tables of labels and values, each with columns of its own; the first begins, the last ends within a row."""
    sheet = Sheet()
    rows = (("", "June"), ("Lead", "Clerk"), ("Action", "Mend the gates"), ("By when", "May"), ("Lead", ""))
    edges = (110.0, 110.0, 160.0, 160.0, 160.0)
    for number, ((label, value), inner) in enumerate(zip(rows, edges, strict=True)):
        top = 60 + number * PITCH
        if number:
            sheet.line(40, top, 500, top)
        for x in (40.0, inner, 500.0):
            sheet.line(x, top, x, top + PITCH)
        for x, text in ((44.0, label), (inner + 4, value)):
            if text:
                sheet.text(x, top + 15, text, 9)
    tables = [block for block in read(write([sheet])).blocks if isinstance(block, Table)]
    found = [[tuple(cell.text if cell else "" for cell in row) for row in table.rows] for table in tables]
    assert found == [list(rows[:2]), list(rows[2:])]


def test_a_value_alone_above_the_first_rule_of_a_page_belongs_to_the_row_before() -> None:
    sheets = [Sheet(), Sheet()]
    rows = ((("Action", "Mend the gates"), ("Lead", "Clerk"), ("By when", "")), (("", "May 2025"),))
    for sheet, lines in zip(sheets, rows, strict=True):
        for number, (label, value) in enumerate(lines):
            top = 60 + number * PITCH
            sheet.line(40, top if label else top + PITCH, 500, top if label else top + PITCH)
            for x in (40.0, 160.0, 500.0):
                sheet.line(x, top, x, top + PITCH)
            for x, text in ((44.0, label), (164.0, value)):
                if text:
                    sheet.text(x, top + 15, text, 9)
    [table] = [block for block in read(write(sheets)).blocks if isinstance(block, Table)]
    assert [tuple(cell.text if cell else "" for cell in row) for row in table.rows] == [
        ("Action", "Mend the gates"),
        ("Lead", "Clerk"),
        ("By when", "May 2025"),
    ]


def test_the_rest_of_a_row_overleaf_may_begin_with_words_that_head_columns() -> None:
    sheets = [Sheet(), Sheet()]
    rows = (ROWS[0], ("1.1", "", "", "Clerk of the"))
    for number, row in enumerate(rows):
        cells(sheets[0], number, "border")
        for left, text in zip(XS, row, strict=False):
            sheets[0].text(left + 5, 60 + number * PITCH + 15, text, 9, bold=not number)
    for x in XS:
        sheets[1].line(x, 40, x, 90)
    sheets[1].line(XS[0], 90, XS[-1], 90)
    for column, lines in (
        (1, ("Update the register", "of the town's", "trees.")),
        (2, ("Service", "year")),
        (3, ("Harbour",)),
    ):
        for number, text in enumerate(lines):
            sheets[1].text(XS[column] + 5, 52 + 11 * number, text, 9)
    assert body(read(write(sheets))) == [
        ("1.1", "Update the register of the town's trees.", "Service year", "Clerk of the Harbour")
    ]


def test_a_framed_row_alone_overleaf_may_hold_words_that_head_columns() -> None:
    sheets = [table_sheet(), Sheet()]
    for number in range(len(ROWS)):
        cells(sheets[0], number, "border")
    for y in (40, 90):
        sheets[1].line(XS[0], y, XS[-1], y)
    for x in XS:
        sheets[1].line(x, 40, x, 90)
    row = (("1.6",), ("Update", "the register of", "the town's trees."), ("Monthly",), ("Service", "year"))
    for left, lines in zip(XS, row, strict=False):
        for number, text in enumerate(lines):
            sheets[1].text(left + 5, 52 + 11 * number, text, 9)
    found = body(read(write(sheets)))
    assert len(found) == len(ROWS)
    assert found[-1] == ("1.6", "Update\nthe register of the town's trees.", "Monthly", "Service year")


def test_a_label_alone_at_a_page_s_foot_belongs_to_the_value_overleaf() -> None:
    """Below its rule stands nothing but the label; its value stands above the first rule of the next page."""
    sheets = [Sheet(), Sheet()]
    above = [("Ref", "1.1"), ("Action", "Mend the gates"), ("Lead", "Clerk")]
    below = [("", "1.2"), ("Action", "Paint the depot"), ("Lead", "Clerk")]
    for number, (label, value) in enumerate([*above, ("Ref", "")]):
        gap = 20 * (number == 3)  # it stands below a rule of its own, apart from the record before
        top = 60 + number * PITCH + gap
        for at in (top, *((top + PITCH,) if not gap else ())):
            sheets[0].line(40, at, 500, at)
        for x in (40.0, 160.0, 500.0):
            sheets[0].line(x, top, x, top + PITCH)
        for x, text in ((44.0, label), (164.0, value)):
            if text:
                sheets[0].text(x, top + 15, text, 9)
    for number, (label, value) in enumerate(below):
        top = 60 + number * PITCH
        sheets[1].line(40, top + PITCH, 500, top + PITCH)
        for x in (40.0, 160.0, 500.0):
            sheets[1].line(x, top, x, top + PITCH)
        for x, text in ((44.0, label), (164.0, value)):
            if text:
                sheets[1].text(x, top + 15, text, 9)
    tables = [block for block in read(write(sheets)).blocks if isinstance(block, Table)]
    found = [[tuple(cell.text if cell else "" for cell in row) for row in table.rows] for table in tables]
    assert found == [above, [("Ref", "1.2"), *below[1:]]]


def open_sheet(baseline: float) -> Sheet:
    """A header and a row in frames that no rule closes at the foot; the text stands so far below the top of each."""
    sheet = Sheet()
    columns = (40.0, 90.0, 300.0, 400.0)
    rows = (("Ref", "Action", "Lead"), ("1.1", "Mend the gates", "Head of Parks"))
    for number, row in enumerate(rows):
        top = 60 + number * PITCH
        sheet.line(40, top, 400, top)
        for x, text in zip(columns, row, strict=False):
            sheet.text(x + 4, top + baseline, text, 9)
        for x in columns:
            sheet.line(x, top, x, top + PITCH)
    return sheet


@pytest.mark.parametrize("beside", ["", "Contact the policy team for more."])
def test_lines_below_the_foot_belong_to_the_merged_cell_that_no_rule_closes(beside: str) -> None:
    sheet = open_sheet(10)
    foot = 60 + 2 * PITCH
    sheet.line(40, foot, 300, foot)
    for number, text in enumerate(("and Gardens", "Town Clerk")):
        sheet.text(304, foot - PITCH + 21 + 11 * number, text, 9)
    if beside:
        sheet.text(44, foot - PITCH + 32, beside, 9)
    [table] = [block for block in read(write([sheet])).blocks if isinstance(block, Table)]
    lead = table.rows[1][2]
    assert lead is not None
    words = "Head of Parks and Gardens"
    assert lead.text.replace("\n", " ") == (words if beside else f"{words} Town Clerk")


@pytest.mark.parametrize("below", ["", "Contact the policy team for more of this."])
def test_lines_below_a_foot_that_no_rule_closes_belong_to_the_cells_above_them(below: str) -> None:
    sheet = open_sheet(17)
    sheet.text(304, 60 + PITCH + 31, "and Gardens", 9)
    if below:
        sheet.text(44, 60 + PITCH + 42, below, 9)
    [table] = [block for block in read(write([sheet])).blocks if isinstance(block, Table)]
    texts = [cell.text if cell else "" for cell in table.rows[1]]
    assert texts == ["1.1", "Mend the gates", "Head of Parks and Gardens"]


def across(sheet: Sheet, after: int, left: float = XS[0]) -> None:
    """A rule below a row, to the right edge of the table."""
    y = 60 + (after + 1) * PITCH
    sheet.line(left, y, XS[-1], y)


def test_below_a_framed_header_rules_across_part_the_rows_and_the_last_needs_none() -> None:
    rows = [*ROWS[:3], ("Outcome: green places", "", "", ""), *ROWS[3:]]
    sheet = table_sheet(rows)
    cells(sheet, 0, "border")
    for row in range(1, len(rows) - 1):
        across(sheet, row)
    heading = ("Outcome: green places",) * 4
    document = read(write([sheet]))
    assert body(document) == [*ROWS[1:3], heading, *ROWS[3:]]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.location.method == "ruled"


def test_a_cell_merged_over_rows_is_told_by_the_rules_that_stop_at_it() -> None:
    rows = [ROWS[0], ("1.1 a)", *ROWS[1][1:]), ("1.1 b)", *ROWS[2][1:3], ""), *ROWS[3:]]
    sheet = table_sheet(rows)
    cells(sheet, 0, "border")
    sheet.line(XS[0], 60 + 2 * PITCH, XS[3], 60 + 2 * PITCH)
    for row in range(2, len(rows)):
        across(sheet, row)
    [table] = [block for block in read(write([sheet])).blocks if isinstance(block, Table)]
    first, second, third = (row[3] for row in table.rows[1:4])
    assert first is second
    assert first is not third
    assert (first.text if first else None) == "Town Clerk"


def test_rows_beside_which_a_page_ends_may_have_lost_their_upright_rules() -> None:
    sheet = table_sheet()
    for row in (2, 3):
        cells(sheet, row, "border")
    for row in (-1, 0, 1, 4, 5):
        across(sheet, row)
    assert body(read(write([sheet]))) == ROWS[1:]


def test_a_row_below_the_heading_at_a_page_s_foot_may_have_no_rule_at_all() -> None:
    rows = [*ROWS[:3], ("Outcome: green places", "", "", ""), ROWS[3]]
    sheet = table_sheet(rows)
    for row in (0, 1, 2):
        cells(sheet, row, "border")
    across(sheet, 3)
    assert body(read(write([sheet]))) == [*ROWS[1:3], ("Outcome: green places",) * 4, ROWS[3]]


def test_of_the_rules_of_a_row_that_a_page_cuts_only_what_the_page_shows_counts() -> None:
    """A merged cell at the left, drawn as a whole, reaches far below the page's end; the cells beside it a little."""
    rows = [("Priority", *ROWS[0][1:]), ("Places", *ROWS[1][1:]), *(("", *row[1:]) for row in ROWS[2:])]
    foot = 60 + len(rows) * PITCH
    sheet = Sheet(height=foot)
    for index, row in enumerate(rows):
        for left, text in zip(XS, row, strict=False):
            sheet.text(left + 5, 60 + index * PITCH + 15, text, 9, bold=not index)
    for index in range(len(rows)):
        sheet.line(XS[int(index > 1)], 60 + index * PITCH, XS[-1], 60 + index * PITCH)
    for x in XS:
        sheet.line(x, 60, x, foot + (600 if x <= XS[1] else 20))
    assert [row[1:] for row in body(read(write([sheet])))] == [row[1:] for row in rows[1:]]


def test_a_paragraph_between_a_table_and_a_rule_is_no_row() -> None:
    sheet = table_sheet(ROWS[:4])
    for row in range(4):
        cells(sheet, row, "border")
    sheet.text(XS[0] + 5, 60 + 5 * PITCH, "The plan is reviewed each year by the committee, which meets in public.", 9)
    sheet.text(XS[0] + 5, 72 + 5 * PITCH, "Its papers are published a week before, and are kept in the library.", 9)
    across(sheet, 6)
    document = read(write([sheet]))
    assert body(document) == ROWS[1:4]
    assert {type(block) for block in document.blocks} == {Table, Paragraph}


def test_a_page_that_lost_its_upright_rules_keeps_the_columns_of_the_page_before() -> None:
    first, second = table_sheet(), table_sheet(ROWS[1:4])
    for row in range(len(ROWS)):
        cells(first, row, "frame")
    for row in range(4):
        y = 60 + row * PITCH
        for left, right in ((XS[0], XS[2]), (XS[3], XS[4])) if row == 2 else ((XS[0], XS[4]),):
            second.line(left, y, right, y)  # one timescale is for two rows
    second.text(XS[0] + 5, 60 + 3 * PITCH + 15, "1.9", 9)
    second.text(XS[1] + 5, 60 + 3 * PITCH + 15, "Mend the weir.", 9)
    rows = body(read(write([first, second])))[5:]
    assert [row[0] for row in rows] == ["1.1", "1.2", "1.3", "1.9"]
    assert [row[3] for row in rows][:3] == ["Town Clerk", "Head of Estates", "Town Clerk"]
    assert rows[1][2] == rows[2][2]
    assert rows[3][1] == "Mend the weir."


@pytest.mark.parametrize("labels", [("Ref",), ("Ref", "Action"), ("Ref", "Action", "Lead officer")])
def test_labels_at_a_page_s_foot_keep_their_border_though_its_rule_is_lost(labels: tuple[str, ...]) -> None:
    values = {"Ref": "1.1", "Action": "Mend the weir", "Lead officer": "Town Clerk", "Timescale": "May"}
    first, second = Sheet(), Sheet()
    rest = [label for label in values if label not in labels]
    for left, right in ((40.0, 139.7), (140.2, 500.0)):
        first.line(left, 400, right, 400)
    for sheet, top, held in ((first, 400.0, list(labels)), (second, 60.0, rest)):
        for row, label in enumerate(held):
            y = top + 30 * row
            sheet.text(44, y + 10, label, 9, bold=True)
            sheet.text(144, y + 20, values[label], 9)
            if row or sheet is second:
                sheet.line(40, y, 500, y)
            if sheet is second:
                sheet.line(40, y + 30, 500, y + 30)
                for x in (40.0, 140.0, 500.0):
                    sheet.line(x, y, x, y + 30)
    above = [("Ref", "1.0"), ("Action", "Dredge the basin"), ("Timescale", "April")]
    for row, (label, value) in enumerate(above):
        y = 60.0 + 30 * row
        first.text(44, y + 10, label, 9, bold=True)
        first.text(184, y + 20, value, 9)
        for at in (y, y + 30):
            first.line(40, at, 500, at)
        for x in (40.0, 180.0, 500.0):
            first.line(x, y, x, y + 30)
    tables = [block for block in read(write([first, second])).blocks if isinstance(block, Table)]
    found = [tuple(cell.text if cell else "" for cell in row) for table in tables for row in table.rows]
    assert found == [*above, *((label, values[label]) for label in [*labels, *rest])]


@pytest.mark.parametrize(
    ("text", "doubted"), [("Open the market hall", False), ("Open the market hall again, with a new", True)]
)
def test_a_bracket_below_the_text_beside_its_label_is_a_note(text: str, doubted: bool) -> None:
    """Surely where it had room behind the text: it keeps the same distance from both borders."""
    sheet = Sheet()
    rows = [("Ref", "1.1"), ("Action", text), ("Lead officer", "Clerk"), ("Timescale", "May 2030")]
    for number, (label, value) in enumerate(rows):
        top = 60 + number * PITCH
        for at in (top, top + PITCH):
            sheet.line(40, at, 345, at)
        for x in (40.0, 120.0, 345.0):
            sheet.line(x, top, x, top + PITCH)
        sheet.text(44, top + 10, label, 9, bold=True)
        sheet.text(124, top + 10, value, 9)
    sheet.text(124, 60 + PITCH + 20, "(Invest to save scheme)", 9)
    [table] = [block for block in read(write([sheet])).blocks if isinstance(block, Table)]
    cell = table.rows[1][1]
    assert cell is not None
    assert [line.text for line in cell.lines] == [text, "(Invest to save scheme)"]
    assert bool(cell.doubts) is doubted


def test_a_header_whose_rows_only_upright_rules_part_is_no_table_of_its_own() -> None:
    sheet = table_sheet()
    cells(sheet, 0, "frame")
    for x in XS:
        sheet.line(x, 60 + 1.3 * PITCH, x, 60 + 6 * PITCH)
    assert body(read(write([sheet]))) == ROWS[1:]


def test_columns_whose_lines_stand_apart_again_and_again_are_several_rows() -> None:
    rows = [(activity, timescale, officer) for _, activity, timescale, officer in ROWS]
    sheet = Sheet()
    for index, row in enumerate(rows):
        for left, text in zip(XS[1:], row, strict=False):
            sheet.text(left + 5, 60 + index * PITCH + 15, text, 9, bold=not index)
    for x in XS[1:]:
        sheet.line(x, 60, x, 60 + 6 * PITCH)
    for y in (60, 60 + PITCH):
        sheet.line(XS[1], y, XS[-1], y)
    assert body(read(write([sheet]))) == rows[1:]


def test_the_heading_of_a_group_right_below_labels_and_values_is_none_of_them() -> None:
    sheet = Sheet()
    for index, (label, value) in enumerate([("Ref", "2.1"), ("Action", "Open the depot."), ("Lead officer", "Clerk")]):
        top = 60 + index * PITCH
        sheet.text(45, top + 15, label, 9, bold=True)
        sheet.text(205, top + 15, value, 9)
        for x in (40, 200, 700):
            sheet.line(x, top, x, top + PITCH)
    for row in range(4):
        sheet.line(40, 60 + row * PITCH, 200, 60 + row * PITCH)
        sheet.line(200, 60 + row * PITCH, 700, 60 + row * PITCH)
    sheet.text(43, 60 + 3 * PITCH + 16, "Outcome: Cleaner rivers", 13, bold=True)
    blocks = read(write([sheet])).blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Outcome: Cleaner rivers"]
    assert body(read(write([sheet])))[-1] == ("Lead officer", "Clerk")


def test_a_light_sentence_is_no_heading_where_headings_are_bold() -> None:
    sheet = table_sheet()
    sheet.text(40, 20, "Plan of the town", 14, bold=True)
    sheet.text(40, 40, "Our partners are thanked for their part.", 11)
    blocks = read(write([sheet])).blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Plan of the town"]


def test_a_ref_that_its_column_tears_is_no_two_rows_in_one_cell() -> None:
    sheet = table_sheet([(f"SH-{row[0][0]}" if index else row[0], *row[1:]) for index, row in enumerate(ROWS)])
    for row in range(len(ROWS)):
        cells(sheet, row, "line")
        if row:
            sheet.text(XS[0] + 5, 60 + row * PITCH + 22, str(row), 6)
    document = read(write([sheet]))
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.location.method == "ruled"
    assert [row[1:] for row in body(document)] == [row[1:] for row in ROWS[1:]]


def test_a_merged_cell_of_which_a_page_shows_no_end_is_a_column_of_it() -> None:
    """The rule at its outer side touches none across on the page between, of which it takes the whole height."""
    header = ("Theme", *ROWS[0])
    xs = (20.0, *(x + 60 for x in XS))
    sheets = [Sheet(), Sheet()]
    for sheet, rows in zip(
        sheets, ((header, ("Clean rivers", *ROWS[1])), (("", *ROWS[2]), ("", *ROWS[3]))), strict=True
    ):
        foot = 60 + len(rows) * PITCH
        for number, row in enumerate(rows):
            y = 60 + number * PITCH
            for x, text in zip(xs, row, strict=False):
                sheet.text(x + 5, y + 15, text, 9)
            if sheet is sheets[0] or number:
                sheet.line(xs[0] if sheet is sheets[0] else xs[1], y, xs[-1], y)
        for x in xs:
            sheet.line(x, 60, x, foot)
    rows = body(read(write(sheets)))
    assert rows == [("Clean rivers", *row) for row in ROWS[1:4]]


@pytest.mark.parametrize("foot", [("Ref", "Activity", "Delivery", ""), ("", "Activity", "Delivery", "Notes")])
def test_a_header_row_that_a_page_s_end_parts_is_one(foot: tuple[str, ...]) -> None:
    """Each page draws all its cells, and shows their text on one of both."""
    first, second = Sheet(), Sheet()
    xs = (40.0, 110.0, 400.0, 460.0, 520.0, 700.0)
    names = ("Ref", "Activity", "Delivery", "Notes")
    lefts = (40.0, 110.0, 400.0, 520.0)
    first.line(40, 530, 700, 530)
    for x in (*lefts, 700.0):
        first.line(x, 530, x, 555)
        second.line(x, 40, x, 60)
    for left, name, above in zip(lefts, names, foot, strict=True):
        (first if above else second).text(left + 5, 545 if above else 50, name, 9, bold=True)
    for left, name in ((400.0, "Timescale"), (460.0, "Lead")):
        second.text(left + 5, 72, name, 9, bold=True)
    second.line(400, 60, 520, 60)
    for x in xs:
        second.line(x, 60, x, 80 + 2 * PITCH)
    rows = [
        ("1.1", "Open the market hall.", "May 2025", "Clerk", "Funded"),
        ("1.2", "Paint it.", "June", "Mayor", "None"),
    ]
    for number, row in enumerate(rows):
        second.line(40, 80 + number * PITCH, 700, 80 + number * PITCH)
        for left, text in zip(xs, row, strict=False):
            second.text(left + 5, 95 + number * PITCH, text, 9)
    second.line(40, 80 + 2 * PITCH, 700, 80 + 2 * PITCH)
    [table] = [block for block in read(write([first, second])).blocks if isinstance(block, Table)]
    heads = [tuple(cell.text if cell else "" for cell in row) for row in table.rows[: table.header_rows]]
    assert heads == [
        ("Ref", "Activity", "Delivery", "Delivery", "Notes"),
        ("Ref", "Activity", "Timescale", "Lead", "Notes"),
    ]
    assert body(read(write([first, second]))) == rows


@pytest.mark.parametrize("first", [("1.1", "Action on damp homes.", "Project Officer", "May"), ROWS[1]])
def test_a_row_below_a_header_that_ends_a_page_is_no_part_of_it(first: tuple[str, ...]) -> None:
    """No rule closes the header on its page; the words of the row may begin as headers do."""
    xs = (40.0, 110.0, 400.0, 520.0, 700.0)
    above, below = Sheet(), Sheet()
    above.line(xs[0], 530, xs[-1], 530)
    rows = [first, ("1.2", "Paint the market hall.", "Clerk", "June"), ("1.3", "Mend the weir.", "Mayor", "July")]
    for x in xs:
        above.line(x, 530, x, 555)
        below.line(x, 60, x, 60 + 3 * PITCH)
    for sheet, top, shown in ((above, 545, [("Ref", "Action", "Lead officer", "Timescale")]), (below, 75, rows)):
        for number, row in enumerate(shown):
            for x, text in zip(xs, row, strict=False):
                sheet.text(x + 5, top + number * PITCH, text, 9, bold=sheet is above)
    for number in range(4):
        below.line(xs[0], 60 + number * PITCH, xs[-1], 60 + number * PITCH)
    assert body(read(write([above, below]))) == [row[:4] for row in rows]


def test_rules_that_stop_at_the_heading_of_a_group_are_no_table_of_their_own() -> None:
    rows = [ROWS[0], ROWS[1], ("Priority 2: Warm and dry homes", "", "", ""), *ROWS[2:]]
    sheet = table_sheet(rows)
    sheet.line(XS[0], 60 + PITCH, XS[-1], 60 + PITCH)
    for x in XS[1:-1]:
        sheet.line(x, 60, x, 60 + 2 * PITCH)
        sheet.line(x, 60 + 3 * PITCH, x, 60 + len(rows) * PITCH)
    assert [row for row in body(read(write([sheet]))) if row[0] != row[1]] == [ROWS[1], *ROWS[2:]]


def test_a_header_below_a_title_within_its_table_is_no_row_where_it_comes_again_overleaf() -> None:
    edges, header = (40.0, 100.0, 400.0, 560.0), ("Ref", "Activity", "Timescale")
    rows = (("1.1", "Open the old baths", "Quarter 1"), ("1.2", "Mend the weir", "Quarter 2"))
    sheets = [Sheet(), Sheet()]
    for number, (sheet, row) in enumerate(zip(sheets, rows, strict=True)):
        y = 60.0
        if not number:
            sheet.text(edges[0] + 4, y + 14, "Priority 1 - Rivers", 9, True)
            for at in (y, y + 20):
                sheet.line(edges[0], at, edges[-1], at)
            for x in (edges[0], edges[-1]):
                sheet.line(x, y, x, y + 20)
            y += 20
        for index, texts in enumerate([header, row]):
            for left, text in zip(edges, texts, strict=False):
                sheet.text(left + 4, y + 14 + 20 * index, text, 9, not index)
        for at in (y, y + 20, y + 40):
            sheet.line(edges[0], at, edges[-1], at)
        for x in edges:
            sheet.line(x, y, x, y + 40)
    plan = read_plan(write(sheets), "plan.pdf", Settings())
    assert [(each.ref, each.activity) for each in plan.activities] == [row[:2] for row in rows]


def test_a_rule_in_the_margin_makes_no_column_of_the_notes_between_it_and_a_table_with_its_header() -> None:
    sheet = table_sheet()
    for row in range(len(ROWS)):
        cells(sheet, row, "rule")
    sheet.line(790, 60, 790, 60 + len(ROWS) * PITCH)
    sheet.text(710, 100, "See the note", 9)
    assert body(read(write([sheet]))) == ROWS[1:]


def below_one_rule(rows: Sequence[Sequence[str]], xs: Sequence[float], tops: Sequence[float]) -> Sheet:
    """A page of a table with rules between its columns and one below its header."""
    sheet = Sheet()
    for index, (top, row) in enumerate(zip(tops, rows, strict=True)):
        for left, text in zip(xs, row, strict=False):
            for line, part in enumerate(text.split("\n")):
                sheet.text(left + 5, top + 11 * line, part, 9, bold=not index)
    sheet.line(xs[0], tops[0] + 6, xs[-1], tops[0] + 6)
    for x in xs[1:-1]:
        sheet.line(x, tops[0] - 12, x, tops[-1] + 16)
    return sheet


def test_two_refs_in_a_column_of_refs_that_is_not_the_first_are_two_rows_that_nothing_parts() -> None:
    xs = (40.0, 120.0, 170.0, 430.0, 560.0, 700.0)
    head = ("Priority", "Ref", "Activity", "Timescale", "Lead officer")
    rows = [head, ("", "17", "Publish decisions within\ntwo days.", "May 2025", "Clerk"),
            ("", "18", "Induct new members within\n14 days.", "June 2025", "Mayor")]  # fmt: skip
    table = body(read(write([below_one_rule(rows, xs, (70, 90, 124))])))
    assert [row[1:] for row in table] == [
        ("17", "Publish decisions within two days.", "May 2025", "Clerk"),
        ("18", "Induct new members within 14 days.", "June 2025", "Mayor"),
    ]


def test_the_rest_of_a_row_that_no_rule_closes_ends_above_the_ref_of_the_next() -> None:
    first = table_sheet()
    first.line(XS[0], 78, XS[-1], 78)
    for x in XS[1:-1]:
        first.line(x, 60, x, 60 + len(ROWS) * PITCH)
    rest = [
        ROWS[0],
        ("", "for all that walk in\nthe two parks.", "", "and Head\nof Walks"),
        ("1.6", "Sell the\ndepot.", "Quarter 1", "Town Clerk"),
    ]
    plan = read_plan(write([first, below_one_rule(rest, XS, (70, 90, 124))]), "plan.pdf", Settings())
    told = {each.ref: (each.activity, each.lead_officers) for each in plan.activities}
    assert told["1.6"] == ("Sell the depot.", ("Town Clerk",))
    assert told["1.5"][0].startswith("Survey the footpaths.")
    assert told["1.5"][0].endswith("the two parks.")


def test_tables_that_stand_upon_each_other_have_columns_of_their_own_below_each_header() -> None:
    sheet = Sheet()
    tables = [
        ("Recommendation 1: Warm homes", (40.0, 90.0, 330.0, 520.0, 700.0), ("1.1", "1.2")),
        ("Recommendation 2: Safe streets", (40.0, 90.0, 290.0, 470.0, 700.0), ("2.1", "2.2")),
    ]
    y = 60.0
    for title, xs, refs in tables:
        rows = [("No.", "Action", "Lead", "Target date"), *((ref, "Act", "Mayor", "May 2025") for ref in refs)]
        sheet.line(xs[0], y, xs[-1], y)
        sheet.text(xs[0] + 5, y + 15, title, 9, True)
        for index, row in enumerate(rows):
            top = y + PITCH * (index + 1)
            sheet.line(xs[0], top, xs[-1], top)
            for left, text in zip(xs, row, strict=False):
                sheet.text(left + 5, top + 15, text, 9, not index)
            for x in xs[1:-1]:
                sheet.line(x, top, x, top + PITCH)
        y += PITCH * (len(rows) + 1)
    sheet.line(40, y, 700, y)
    for x in (40, 700):
        sheet.line(x, 60, x, y)
    plan = read_plan(write([sheet]), "plan.pdf", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [(each.ref, each.activity, each.lead_officers, titles[each.group_id or ""]) for each in plan.activities] == [
        ("1.1", "Act", ("Mayor",), "Warm homes"),
        ("1.2", "Act", ("Mayor",), "Warm homes"),
        ("2.1", "Act", ("Mayor",), "Safe streets"),
        ("2.2", "Act", ("Mayor",), "Safe streets"),
    ]


def test_shaded_boxes_with_gaps_between_them_are_the_cells_of_a_table() -> None:
    sheet = Sheet()
    rows = [("Theme", *ROWS[0][1:]), *((text, *row[1:]) for text, row in zip("ABCDE", ROWS[1:], strict=True))]
    for index, row in enumerate(rows):
        top = 60 + index * 36.0
        for (left, right), text in zip(pairwise(XS), row, strict=True):
            sheet.shade(left + 2.5, top, right - 2.5, top + 31)
            sheet.text(left + 7, top + 12, text.split(" ", 1)[0], 9, bold=not index)
            sheet.text(left + 7, top + 24, text.partition(" ")[2], 9, bold=not index)
    document = read(write([sheet]))
    assert [block.location.method for block in document.blocks if isinstance(block, Table)] == ["ruled"]
    found = [tuple(text.replace("\n", " ") if text else text for text in row) for row in body(document)]
    assert found == rows[1:]


def test_the_rows_of_a_form_that_each_have_columns_of_their_own_are_one_record() -> None:
    sheet = Sheet()
    for number, (ref, action, who) in enumerate([("1.1", "Mend the weir", "Mayor"), ("1.2", "Paint it", "Town Clerk")]):
        y = 60.0 + 90 * number
        rows = [
            ((40, 120, 440, 560), ("Ref", ref, "Lead officer", who)),
            ((40, 140, 500, 620), ("Timescale", "May 2025", "Status", "On track")),  # a state is a label too
            ((40, 140), ("Action", action)),
        ]
        for index, (xs, texts) in enumerate(rows):
            top = y + PITCH * index
            sheet.line(40, top, 760, top)
            for at, (x, text) in enumerate(zip(xs, texts, strict=True)):
                sheet.text(x + 5, top + 15, text, 9, at % 2 == 0)
                sheet.line(x, top, x, top + PITCH)
        sheet.line(40, y + PITCH * len(rows), 760, y + PITCH * len(rows))
        sheet.line(760, y, 760, y + PITCH * len(rows))
    plan = read_plan(write([sheet]), "plan.pdf", Settings())
    assert [(each.ref, each.activity, each.lead_officers, each.status) for each in plan.activities] == [
        ("1.1", "Mend the weir", ("Mayor",), "On track"),
        ("1.2", "Paint it", ("Town Clerk",), "On track"),
    ]


def crowded(count: int, clip: str) -> bytes:
    """A page of a table whose cells are boxes with gaps, over so many more boxes, seen through a clip."""
    sheet = Sheet()
    for top in (60, 100, 500):
        for (left, right), text in zip(pairwise(XS), ROWS[0], strict=True):
            sheet.shade(left + 2.5, top, right - 2.5, top + 31)
            sheet.text(left + 7, top + 12, text, 9)
    for at in range(count):
        box = f"{XS[0] + 5 + at % 500 + at * 0.0001:.4f} {sheet.height - 140 - at * 0.05:.3f} {400 if clip else 5} 5 re"
        sheet.parts.insert(0, f"q {clip} 0.9 g {box} f Q")
    return write([sheet])


@pytest.mark.parametrize("clip", ["", " ".join(f"{40 + 7 * at} 40 5 500 re" for at in range(50)) + " W n"])
def test_many_boxes_on_a_page_take_no_time_that_grows_with_their_square(clip: str) -> None:
    began = time.process_time()
    read(crowded(4000, clip))
    assert time.process_time() - began < 10
