"""Printed tables without rules: where their rows and headings are, in PDFs of any program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Block, Heading, Paragraph, Table
from extractor.profile import Settings
from extractor.read.alignment import Column, Lean, print_measure
from extractor.read.alignment.blocks import floating_blocks
from extractor.read.alignment.chunks import cut_chunks
from extractor.read.alignment.facts import gather_facts
from extractor.read.alignment.shapes import Level
from extractor.read.pdf import read_pdf
from extractor.read.typeset import TextLine, Word, as_text_line, join_words
from extractor.vocabulary import Meaning
from pdf_writer import Sheet, write

HEADER = ("Ref", "Action", "Lead service", "Timescale")
LEFTS = (40.0, 90.0, 380.0, 520.0)


def blocks_of(sheet: Sheet) -> list[Block]:
    return list(read_pdf(write([sheet]), "plan.pdf", Settings()).blocks)


def tables_of(sheet: Sheet) -> list[list[tuple[str, ...]]]:
    """The bodies of the tables on a page."""
    return [
        [tuple(cell.text if cell else "" for cell in row) for row in block.rows[block.header_rows :]]
        for block in blocks_of(sheet)
        if isinstance(block, Table)
    ]


def draw(sheet: Sheet, y: float, texts: tuple[str, ...], bold: bool = False, lefts: tuple[float, ...] = LEFTS) -> None:
    for left, text in zip(lefts, texts, strict=True):
        sheet.text(left, y, text, size=8, bold=bold)


def test_a_heading_below_a_table_of_one_row_is_no_row_of_it() -> None:
    sheet = Sheet()
    lefts = (40.0, 300.0, 400.0, 500.0)
    draw(sheet, 80, ("Indicator", "Baseline", "Target", "Status"), True, lefts)
    draw(sheet, 100, ("Beds in use", "58%", "80%", "Amber"), False, lefts)
    sheet.text(43, 130, "Urgent care that works", size=11, bold=True)
    draw(sheet, 150, HEADER, True)
    draw(sheet, 170, ("3.1", "See four in five within four hours", "Hospitals", "Quarter 2"))
    blocks = blocks_of(sheet)
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Urgent care that works"]
    assert tables_of(sheet)[0] == [("Beds in use", "58%", "80%", "Amber")]


def test_header_words_that_are_one_known_phrase_are_one_column() -> None:
    sheet = Sheet()
    lefts = (40.0, 90.0, 380.0, 480.0, 600.0)
    draw(sheet, 80, ("Ref", "Action", "Lead service", "Portfolio Holder", "Carbon"), True, lefts)
    sheet.text(600, 90, "saving", size=8, bold=True)
    draw(sheet, 110, ("1.1", "Replace nine vans", "Environment", "Cllr Pillai", "12"), False, lefts)
    assert tables_of(sheet) == [[("1.1", "Replace nine vans", "Environment", "Cllr Pillai", "12")]]


def test_a_bold_line_above_a_table_is_a_heading_though_it_is_smaller_than_the_body() -> None:
    sheet = Sheet()
    sheet.text(40, 60, "1.1 Walking and cycling", size=6, bold=True)
    draw(sheet, 80, HEADER, True)
    for number in range(4):
        draw(sheet, 100 + 20 * number, (f"1.1.{number + 1}", "Adopt the plan for cycling", "Planning", "Quarter 2"))
    assert "1.1 Walking and cycling" in [block.text for block in blocks_of(sheet) if isinstance(block, Heading)]


def test_an_introduction_in_larger_letters_is_no_heading() -> None:
    sheet = Sheet()
    text = "This schedule says what the six partners will do in the second year of the plan that they agreed."
    sheet.text(40, 60, text, size=10)
    draw(sheet, 90, HEADER, True)
    for number in range(6):
        draw(sheet, 110 + 20 * number, (f"1.{number + 1}", "Adopt the plan for cycling", "Planning", "Quarter 2"))
    assert not [block.text for block in blocks_of(sheet) if isinstance(block, Heading)]


@pytest.mark.parametrize("marks", ['""', "\x93\x94".encode("latin-1").decode("cp1252")])
def test_what_somebody_said_is_no_heading_however_large(marks: str) -> None:
    sheet = Sheet()
    sheet.text(40, 50, "Aim 1: Rivers", size=12, bold=True)
    sheet.text(200, 80, f"{marks[0]}We swim in the river again with our children.{marks[1]}", size=14)
    draw(sheet, 110, HEADER, True)
    draw(sheet, 130, ("3.1", "See four in five within four hours", "Hospitals", "Quarter 2"))
    assert [block.text for block in blocks_of(sheet) if isinstance(block, Heading)] == ["Aim 1: Rivers"]


def test_a_drawn_blank_is_one_though_its_letters_lean_together() -> None:
    def words(order: int) -> list[Word]:
        return [Word("of", 10.0, 20.0, 50.0, 10.0, 1, 0), Word("June", 20.9, 40.0, 50.0, 10.0, 1, order)]

    assert join_words(words(3)) == "of June"  # one character between the two
    assert join_words(words(9)) == "ofJune"  # drawn elsewhere in the page: nothing but the distance shows a blank


def test_the_name_of_a_group_stands_in_the_middle_of_its_rows() -> None:
    sheet = Sheet()
    lefts = (40.0, 140.0, 180.0, 480.0, 620.0)
    draw(sheet, 80, ("Theme", "Ref", "Action", "Lead service", "Timescale"), True, lefts)
    for number, ref in enumerate(("1.1", "1.2", "1.3", "2.1", "2.2")):
        middle = 110 + 24 * number
        sheet.text(140, middle, ref, size=8)
        sheet.text(180, middle - 4.5, f"Adopt plan {ref} for cycling and for walking in the whole", size=8)
        sheet.text(180, middle + 4.5, "of the town", size=8)
        sheet.text(480, middle, "Planning", size=8)
        sheet.text(620, middle, f"Quarter {number % 4 + 1}", size=8)
    sheet.text(40, 129.5, "Getting about", size=8)
    sheet.text(40, 138.5, "without a car", size=8)
    sheet.text(40, 194, "Warm homes", size=8)
    [body] = tables_of(sheet)
    about, warm = "Getting about without a car", "Warm homes"
    assert [(row[0], row[1], row[4]) for row in body] == [
        (about, "1.1", "Quarter 1"),
        (about, "1.2", "Quarter 2"),
        (about, "1.3", "Quarter 3"),
        (warm, "2.1", "Quarter 4"),
        (warm, "2.2", "Quarter 1"),
    ]


def test_a_line_that_leaves_most_of_its_column_empty_was_broken_by_its_author() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    draw(sheet, 100, ("1.1", "Reach net zero as an organisation by 2030 and make it last", "Planning", "Quarter 1"))
    draw(sheet, 122, ("1.2 a)", "This year we will", "Planning", "Quarter 2"))
    sheet.text(90, 131, "convert 18 vehicles to run on vegetable oil", size=8)
    [body] = tables_of(sheet)
    assert body[1][1] == "This year we will\nconvert 18 vehicles to run on vegetable oil"


def test_the_second_row_of_a_header_stands_below_the_first_by_the_padding_of_both() -> None:
    sheet = Sheet()
    lefts = (40.0, 300.0, 420.0, 560.0)
    draw(sheet, 80, ("Activity", "Delivery", "Responsible officer", "Delivery"), True, lefts)
    draw(sheet, 95, ("Deadline", "Status"), True, (300.0, 560.0))
    draw(sheet, 112, ("1.1 Plant trees", "March 2025", "Tree Officer", "On track"), False, lefts)
    draw(sheet, 128, ("1.2 Mend roofs", "May 2025", "Head of Housing", "Delayed"), False, lefts)
    [body] = tables_of(sheet)
    assert body == [
        ("1.1 Plant trees", "March 2025", "Tree Officer", "On track"),
        ("1.2 Mend roofs", "May 2025", "Head of Housing", "Delayed"),
    ]


def test_bold_header_words_do_not_go_on_in_light_print() -> None:
    sheet = Sheet()
    draw(sheet, 80, ("Ref", "Action", "Cabinet Member", "Timescale"), True)
    draw(sheet, 104, ("1.1", "Adopt the strategy", "", "Quarter 1"))
    sheet.text(380, 95, "Cabinet Member for", size=8)
    sheet.text(380, 104, "Education and the", size=8)
    sheet.text(380, 113, "Welsh Language", size=8)
    assert tables_of(sheet) == [
        [("1.1", "Adopt the strategy", "Cabinet Member for Education and the Welsh Language", "Quarter 1")]
    ]


def rows_of_three_lines(sheet: Sheet, refs: tuple[str, ...]) -> None:
    """Rows of 40 points, the first of which has its middle at 110; their activities have three lines."""
    for number, ref in enumerate(refs):
        middle = 110 + 40 * number
        for line, text in enumerate(
            ("Adopt the plan for cycling and for walking in", "the whole of the town and", "tell it")
        ):
            sheet.text(90, middle - 9 + 9 * line, text, size=8)
        sheet.text(40, middle, ref, size=8)
        sheet.text(520, middle, f"Quarter {number % 4 + 1}", size=8)


def test_a_cell_in_the_middle_of_two_rows_that_have_none_is_that_of_both() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows_of_three_lines(sheet, ("1.1", "1.2", "1.3", "1.4", "1.5"))
    for middle, text in ((110, "Planning"), (170, "Transport"), (230, "Housing"), (270, "Parks")):
        sheet.text(380, middle, text, size=8)
    [body] = tables_of(sheet)
    assert [row[2] for row in body] == ["Planning", "Transport", "Transport", "Housing", "Parks"]


def test_a_cell_in_the_middle_of_its_own_row_is_not_that_of_a_sub_item_before() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows_of_three_lines(sheet, ("1.1", "1.2", "1.3 a)", "1.3 b)", "1.4"))
    for middle, text in ((110, "Planning"), (150, "Transport"), (230, "Housing"), (270, "Parks")):
        sheet.text(380, middle, text, size=8)
    [body] = tables_of(sheet)
    assert [row[2] for row in body] == ["Planning", "Transport", "", "Housing", "Parks"]


def test_a_ref_that_the_page_end_cuts_is_one() -> None:
    first, second = Sheet(), Sheet()
    for sheet in (first, second):
        draw(sheet, 80, HEADER, True)
    draw(first, 110, ("PRT-01", "Audit all buildings over 11 metres", "Protection", "Quarter 1"))
    draw(first, 132, ("PRT-02", "Train six more inspectors", "Learning", "Quarter 2"))
    draw(first, 154, ("PRT-", "Check that owners of mills have", "Fire Safety", "Quarter 3"))
    draw(second, 91, ("03", "given their tenants advice", "Team", ""))
    draw(second, 113, ("PRT-04", "Work with those who hold events", "Events", "Quarter 4"))
    document = read_pdf(write([first, second]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    rows = [tuple(cell.text if cell else "" for cell in row) for row in table.rows[1:]]
    whole = ("PRT-03", "Check that owners of mills have given their tenants advice", "Fire Safety Team", "Quarter 3")
    assert rows[2] == whole
    assert len(rows) == 4


def test_names_of_groups_one_above_the_other_are_two_unless_the_first_is_full() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    sheet.text(40, 100, "Travel in the whole of the district", size=8, bold=True)
    sheet.text(40, 112, "Walking, wheeling and cycling for all", size=8, bold=True)
    for number in range(3):
        draw(sheet, 130 + 20 * number, (f"1.{number + 1}", "Adopt the plan for cycling", "Planning", "Quarter 2"))
    [body] = tables_of(sheet)
    assert [row[0] for row in body[:2]] == [
        "Travel in the whole of the district",
        "Walking, wheeling and cycling for all",
    ]


def test_a_bold_line_alone_in_the_first_column_is_a_group_and_one_before_a_header_a_heading() -> None:
    sheet = Sheet()
    lefts = (40.0, 240.0, 480.0)
    y = 60.0

    def down(*texts: str, bold: bool = False, gap: float = 14.0) -> None:
        nonlocal y
        y += gap
        for left, text in zip(lefts, texts, strict=False):
            sheet.text(left, y, text, size=8, bold=bold)

    down("Lead officer", "Task", "By when", bold=True)
    down("Staying longer", bold=True)
    down("Events Manager", "Hold four evening markets", "June 2024")
    down("Harbour Master", "Buy 12 moorings", "July 2024")
    down("Outcome 2: Roads and rivers", bold=True, gap=28)
    down("Task", "Lead officer", "By when", bold=True, gap=20)
    down("Finding your way", bold=True)
    down("Put signs at both stations", "Tourism Officer", "May 2024")
    down("Print a map", "Tourism Officer", "March 2024")
    blocks = blocks_of(sheet)
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Outcome 2: Roads and rivers"]
    first, second = tables_of(sheet)
    assert first[-1] == ("Harbour Master", "Buy 12 moorings", "July 2024")
    assert second == [
        ("Finding your way",) * 3,
        ("Put signs at both stations", "Tourism Officer", "May 2024"),
        ("Print a map", "Tourism Officer", "March 2024"),
    ]


def test_links_at_the_foot_of_a_printed_page_are_no_rows() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows = [(f"1.{number + 1}", "Adopt the plan for cycling", "Planning", "Quarter 2") for number in range(3)]
    for number, row in enumerate(rows):
        draw(sheet, 100 + 20 * number, row)
    for number, link in enumerate(("Privacy and cookies", "Site map")):
        sheet.text(LEFTS[1] + 2, 180 + 12 * number, "•", size=8)
        sheet.text(LEFTS[1] + 12, 180 + 12 * number, link, size=8)
    sheet.text(40, 220, "© Northmoor Council 2024", size=8)
    assert tables_of(sheet) == [rows]


def test_a_column_of_refs_before_the_first_header_is_one_of_its_own() -> None:
    sheet = Sheet()
    lefts = (40.0, 90.0, 380.0, 520.0)
    draw(sheet, 60, ("", "Action", "Lead service", "Timescale"), bold=True, lefts=lefts)
    rows = [
        ("SA-01", "Train door staff", "Licensing", "May 2024"),
        ("SA-02", "Review the policy", "Licensing", "June 2024"),
    ]
    for index, row in enumerate(rows):
        draw(sheet, 76 + 14 * index, row, lefts=lefts)
    assert tables_of(sheet) == [rows]


def test_refs_without_a_header_are_a_column_whatever_stands_below_the_table() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER[1:], True, LEFTS[1:])
    for row, name in enumerate(("Open a walk-in clinic", "Recruit ten nurses", "Buy two scanners")):
        draw(sheet, 100 + 30 * row, (f"SV{row + 1}", name, "Hospitals", f"Quarter {row + 1}"))
    for row, text in enumerate(("Back", "Print", "Share")):
        draw(sheet, 300 + 40 * row, (text, "this page"), False, LEFTS[:2])
    [rows, *_] = tables_of(sheet)
    assert [row[0].split()[0] for row in rows[:3]] == ["SV1", "SV2", "SV3"]


ROWS = (
    ("1.1", "Open a walk-in clinic at the old mill", "Hospitals", "Quarter 1"),
    ("1.2", "Recruit ten nurses for the night", "Workforce", "Quarter 2"),
    ("1.3", "Buy two scanners", "Hospitals", "Quarter 3"),
)


def pages(*sheets: Sheet) -> list[Table]:
    """The tables of a document of several pages."""
    blocks = read_pdf(write(sheets), "plan.pdf", Settings()).blocks
    return [block for block in blocks if isinstance(block, Table)]


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text if cell else "" for cell in row) for row in table.rows]


def below(rows: tuple[tuple[str, ...], ...], sheet: Sheet, y: float = 60) -> Sheet:
    for number, row in enumerate(rows):
        draw(sheet, y + 24 * number, row)
    return sheet


def test_a_header_at_the_foot_of_a_page_has_its_rows_overleaf() -> None:
    first = Sheet()
    first.text(40, 300, "Urgent care that works", size=11, bold=True)
    draw(first, 540, HEADER, True)
    [table] = pages(first, below(ROWS, Sheet()))
    assert texts(table) == [HEADER, *ROWS]


def test_refs_without_a_header_are_a_column_though_the_header_ends_the_page_before_too() -> None:
    sheets = (Sheet(), Sheet())
    sheets[0].text(40, 300, "Urgent care that works", size=11, bold=True)
    for sheet, y in zip(sheets, (540, 40), strict=True):
        draw(sheet, y, HEADER[1:], True, LEFTS[1:])
    [table] = pages(sheets[0], below(ROWS, sheets[1]))
    assert texts(table) == [("", *HEADER[1:]), *ROWS]


def test_a_header_cell_that_the_pages_end_cut_off_is_part_of_it() -> None:
    first, second = Sheet(), Sheet()
    first.text(40, 300, "Urgent care that works", size=11, bold=True)
    draw(first, 540, (HEADER[0], HEADER[1], HEADER[3]), True, (LEFTS[0], LEFTS[1], LEFTS[3]))
    second.text(380, 40, "Portfolio", size=8, bold=True)
    second.text(380, 50, "Holder", size=8, bold=True)
    [table] = pages(first, below(ROWS, second, 74))
    assert texts(table) == [("Ref", "Action", "Portfolio Holder", "Timescale"), *ROWS]


@pytest.mark.parametrize("foot", [(1,), (1, 3), (0, 1)])
def test_a_header_row_that_the_pages_end_parts_is_one(foot: tuple[int, ...]) -> None:
    """Cells that are centred in their row may stand on two pages: too few on the first to be known as a header."""
    names = ("Ref", "Action", "Lead service", "Timescale", "Status")
    lefts = (*LEFTS, 640.0)
    rows = [(*row, "Amber") for row in ROWS]
    first, second = Sheet(), Sheet()
    first.text(40, 300, "Urgent care that works", size=11, bold=True)
    for column, (left, name) in enumerate(zip(lefts, names, strict=True)):
        (first if column in foot else second).text(left, 545 if column in foot else 40, name, size=8, bold=True)
    for number, row in enumerate(rows):
        draw(second, 64 + 24 * number, row, False, lefts)
    [table] = pages(first, second)
    assert texts(table) == [names, *rows]


def test_the_second_row_of_a_header_may_stand_overleaf() -> None:
    names, lefts = ("Ref", "Action", "Accountability", "Timescale"), (40.0, 90.0, 300.0, 520.0)
    first, second = Sheet(), Sheet()
    first.text(40, 300, "Urgent care that works", size=11, bold=True)
    draw(first, 545, names, True, lefts)
    draw(second, 40, ("Led by", "Service area"), True, (300.0, 400.0))
    rows = [
        ("1.1", "Open a walk-in clinic", "Clerk", "Hospitals", "May"),
        ("1.2", "Buy scanners", "Mayor", "Wards", "June"),
    ]
    for number, row in enumerate(rows):
        draw(second, 64 + 24 * number, row, False, (40.0, 90.0, 300.0, 400.0, 520.0))
    [table] = pages(first, second)
    heads = [("Ref", "Action", "Accountability", "Accountability", "Timescale")]
    heads += [("Ref", "Action", "Led by", "Service area", "Timescale")]
    assert texts(table) == [*heads, *rows]


@pytest.mark.parametrize("heading", ["Outcome: green places", "Timescale"])
def test_the_heading_of_a_table_overleaf_is_no_part_of_its_header(heading: str) -> None:
    first, second = Sheet(), Sheet()
    first.text(40, 300, "Urgent care that works", size=11, bold=True)
    first.text(90, 545, heading, size=8, bold=True)
    draw(second, 40, HEADER, True)
    [table] = pages(first, below(ROWS, second, 64))
    assert texts(table) == [HEADER, *ROWS]


def test_refs_without_a_header_are_a_column_though_a_page_shows_none_of_them() -> None:
    """The ref of the last row of a page, in the middle of the row, stands overleaf."""
    first, second = Sheet(), Sheet()
    for y in (60, 520):
        draw(first, y, HEADER[1:], True, LEFTS[1:])
    below(ROWS, first, 84)
    draw(first, 545, ("Mend the roof", "Estates", "Quarter 4"), False, LEFTS[1:])
    draw(second, 40, HEADER[1:], True, LEFTS[1:])
    second.text(40, 60, "2.1", size=8)
    draw(second, 84, ("2.2", "Mend the gates", "Estates", "Quarter 4"))
    made = pages(first, second)
    assert texts(made[1])[1:] == [
        ("2.1", "Mend the roof", "Estates", "Quarter 4"),
        ("2.2", "Mend the gates", "Estates", "Quarter 4"),
    ]


def test_a_cross_link_alone_overleaf_is_part_of_the_row_above() -> None:
    first, second = Sheet(), Sheet()
    lefts = LEFTS[1:]
    draw(first, 480, HEADER[1:], True, lefts)
    for number, row in enumerate(ROWS):
        draw(first, 500 + 20 * number, row[1:], False, lefts)
    second.text(90, 60, "(Also links to Warm homes outcome)", size=8)
    second.text(40, 120, "Warm homes", size=11, bold=True)
    draw(second, 140, HEADER[1:], True, lefts)
    draw(second, 164, ("Mend the roof", "Estates", "Quarter 4"), False, lefts)
    assert texts(pages(first, second)[0])[-1][0].endswith("(Also links to Warm homes outcome)")


def test_an_activity_alone_overleaf_is_that_of_the_row_which_lacks_it() -> None:
    first, second = Sheet(), Sheet()
    names, lefts = ("Action", "Lead service", "Timescale"), (40.0, 380.0, 520.0)
    draw(first, 460, names, True, lefts)
    for number, row in enumerate(ROWS[:2]):
        draw(first, 484 + 20 * number, row[1:], False, lefts)
    draw(first, 524, ("Wards", "Quarter 4"), False, lefts[1:])
    second.text(40, 60, "Move the wards to the old mill.", size=8)
    second.text(40, 120, "Warm homes", size=11, bold=True)
    draw(second, 140, names, True, lefts)
    draw(second, 164, ("Mend the roof", "Estates", "Quarter 4"), False, lefts)
    made = pages(first, second)
    assert texts(made[0])[-1] == ("Move the wards to the old mill.", "Wards", "Quarter 4")


def test_one_rule_parts_the_two_rows_of_a_page_where_no_ref_stands_beside_the_second() -> None:
    """The ref of the second, in the middle of its row, stands overleaf."""
    first, second = Sheet(), Sheet()
    draw(first, 440, HEADER, True)
    for number, text in enumerate(
        ("Open a walk-in", "clinic at the old", "mill, and move", "the wards there", "as well")
    ):
        first.text(90, 460 + 11 * number, text, size=8)
    for left, text in ((40.0, "1.1"), (380.0, "Hospitals"), (520.0, "Quarter 1")):
        first.text(left, 482, text, size=8)
    first.line(36, 509, 700, 509)
    draw(first, 520, ("Take statements by", "Wards"), False, (90.0, 380.0))
    first.text(90, 531, "video where a complainant", size=8)
    draw(second, 60, ("1.2", "prefers it.", "Quarter 2"), False, (40.0, 90.0, 520.0))
    second.line(36, 70, 700, 70)
    draw(second, 84, ("1.3", "Buy two scanners", "Hospitals", "Quarter 3"))
    second.line(36, 94, 700, 94)
    [table] = pages(first, second)
    assert [row[2] for row in texts(table)[1:]] == ["Hospitals", "Wards", "Hospitals"]
    assert texts(table)[2][1].startswith("Take statements by")


def test_a_numbered_line_in_small_letters_far_below_a_table_is_the_foot_of_its_page() -> None:
    sheet = below(ROWS, Sheet(), 84)
    draw(sheet, 60, HEADER, True)
    sheet.text(30, 570, "Harbour Board", size=7.5)
    sheet.text(700, 570, "1", size=7.5)
    [body] = tables_of(sheet)
    assert len(body) == len(ROWS)


def test_a_note_above_a_row_whose_activity_the_pages_end_takes_overleaf_is_that_of_the_row_before() -> None:
    first, second = Sheet(), Sheet()
    draw(first, 300, HEADER, True)
    below(tuple((f"1.{n}", "Recruit ten nurses", "Hospitals", "Quarter 2") for n in range(1, 10)), first, 324)
    first.text(90, 526, "for the whole of the county and of", size=8)
    first.text(90, 536, "its towns.", size=8)
    first.text(90, 546, "(Delivered with the Mill Trust)", size=8)
    draw(first, 558, ("1.10", "Hospitals", "Quarter 3"), False, (LEFTS[0], *LEFTS[2:]))
    draw(second, 60, HEADER, True)
    second.text(90, 84, "Buy two scanners, and", size=8)
    second.text(90, 94, "train those who use them", size=8)
    [table] = pages(first, second)
    assert [row[1].split("\n")[-1] for row in texts(table)[9:]] == [
        "(Delivered with the Mill Trust)",
        "Buy two scanners, and train those who use them",
    ]


def test_words_of_a_header_at_the_foot_of_a_page_are_no_table_where_text_follows() -> None:
    first, second = Sheet(), Sheet()
    draw(first, 540, HEADER, True)
    for line in range(6):
        second.text(
            40, 60 + 12 * line, "The committee noted the report and asked for another one in the summer.", size=8
        )
    assert not [table for table in pages(first, second) if len(table.rows) > table.header_rows]


@pytest.mark.parametrize("group", ["Theme Two: buildings", "Buildings that last"])
def test_a_group_at_the_foot_of_a_page_is_a_row_where_groups_stand_within_the_table(group: str) -> None:
    first, second = Sheet(), Sheet()
    draw(first, 60, HEADER, True)
    first.text(40, 84, "Theme One: care that is near to where people live and work", size=8, bold=True)
    below(ROWS[:2], first, 108)
    first.text(40, 156, group, size=8, bold=True)
    [table] = pages(first, below(ROWS[2:], second))
    assert [row[0] for row in texts(table)[1:]] == [
        "Theme One: care that is near to where people live and work", "1.1", "1.2", group, "1.3"
    ]  # fmt: skip


def test_the_end_of_a_text_alone_overleaf_belongs_to_its_cell() -> None:
    first, second = Sheet(), Sheet()
    draw(first, 460, HEADER, True)
    below(ROWS, first, 484)
    first.text(90, 542, "for the hospital, with the help of", size=8)
    second.text(90, 60, "the friends of the old mill.", size=8)
    draw(second, 140, HEADER, True)
    draw(second, 164, ("2.1", "Mend the roof", "Estates", "Quarter 4"))
    made = pages(first, second)
    assert texts(made[0])[-1][1].endswith("with the help of the friends of the old mill.")


@pytest.mark.parametrize(("last", "taken"), [("for the hospital, alongside the", True), ("for all", False)])
def test_the_end_of_a_text_that_filled_its_column_belongs_to_its_cell_though_a_name_begins_it(
    last: str, taken: bool
) -> None:
    first, second = Sheet(), Sheet()
    draw(first, 460, HEADER, True)
    below(ROWS, first, 484)
    first.text(90, 542, last, size=8)
    second.text(90, 60, "Stonebridge Mill Trust", size=8)
    draw(second, 140, HEADER, True)
    draw(second, 164, ("2.1", "Mend the roof", "Estates", "Quarter 4"))
    assert texts(pages(first, second)[0])[-1][1].endswith("Stonebridge Mill Trust") is taken


def test_an_item_alone_overleaf_belongs_to_the_list_that_ends_its_page() -> None:
    first, second = Sheet(), Sheet()
    draw(first, 460, HEADER, True)
    draw(first, 484, ("1.1", "Check that hoses are:", "Estates", "Quarter 4"))
    for number, (sheet, text) in enumerate(((first, "tested"), (first, "marked"), (second, "logged in the register"))):
        top = 495 + 11 * number if sheet is first else 60
        sheet.glyphs(90, top, "41", "S", 8)
        sheet.text(100, top, text, size=8)
    second.text(40, 120, "People at their best", size=11, bold=True)
    draw(second, 140, HEADER, True)
    draw(second, 164, ("2.1", "Mend the roof", "Estates", "Quarter 4"))
    made = pages(first, second)
    assert texts(made[0])[-1][1].split("\n") == ["Check that hoses are:", "tested", "marked", "logged in the register"]


TORN = [
    ("1.1", "Replace nine vans", "Environment", "Quarter 1"),
    ("1.2", "Mend the gates", "Estates", "Quarter 2"),
    ("", "Plant sixty street trees", "", ""),
]
REST = [("1.3", "", "Parks", "Quarter 3"), ("1.4", "Survey the paths", "Highways", "Quarter 4")]


def rules_cell_by_cell(sheet: Sheet, y: float) -> None:
    for left, right in zip(LEFTS, (*LEFTS[1:], 700.0), strict=True):
        sheet.line(left - 4, y, right - 3, y)


def torn_plan(closed: bool) -> list[tuple[str, ...]]:
    """The rows of a plan of two pages, the first of which ends within a row, or after one that a rule closes."""
    sheets = [Sheet(), Sheet()]
    draw(sheets[0], 80, HEADER, True)
    for sheet, rows, top in zip(sheets, (TORN, REST), (100.0, 60.0), strict=True):
        for number, row in enumerate(rows):
            for left, text in zip(LEFTS, row, strict=True):
                if text:
                    sheet.text(left, top + 20 * number, text, size=8)
            if closed or row is not TORN[-1]:
                rules_cell_by_cell(sheet, top + 20 * number + 6)
    rules_cell_by_cell(sheets[0], 86)
    document = read_pdf(write(sheets), "plan.pdf", Settings())
    return [
        tuple(cell.text if cell else "" for cell in row)
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows[block.header_rows :]
    ]


def test_a_row_that_no_rule_closes_goes_on_overleaf() -> None:
    joined = ("1.3", "Plant sixty street trees", "Parks", "Quarter 3")
    assert torn_plan(closed=False) == [*TORN[:2], joined, REST[1]]


def test_rules_that_are_drawn_cell_by_cell_part_the_rows() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rules_cell_by_cell(sheet, 86)
    for number, row in enumerate(TORN):
        for left, text in zip(LEFTS, row, strict=True):
            if text:
                sheet.text(left, 96 + 10 * number, text, size=8)
        rules_cell_by_cell(sheet, 99 + 10 * number)
    assert tables_of(sheet) == [TORN]


def test_a_label_begins_a_paragraph_though_no_gap_stands_above_it() -> None:
    """Cards as some programs set them: an action that fills its line, its labels right below."""
    sheet = Sheet()
    y = 60.0
    for number in range(1, 5):
        wide = f"1.{number} Plant sixty street trees in the wards " + "with the least shade of all " * 3
        for text in (wide, "Due date: June 2024", "Lead officer: Head of Parks"):
            y += 9
            sheet.text(40, y, text, size=8)
            y += 5 if number != 2 or text is not wide else 0
        y += 14
    texts = [block.line.text for block in blocks_of(sheet) if isinstance(block, Paragraph)]
    assert [text.split(":")[0] for text in texts if ":" in text] == ["Due date", "Lead officer"] * 4


def test_a_year_that_ends_a_page_is_no_page_number() -> None:
    sheets = []
    for number, last in enumerate(("2027/28", "2 of 3", "2026"), 1):
        sheet = Sheet()
        sheet.text(40, 60, f"{number}.1 Plant sixty street trees in the wards with the least shade of all.", size=9)
        sheet.text(40, 80, "Timescale", size=9)
        sheet.text(60, 570, last, size=9)
        sheets.append(sheet)
    blocks = read_pdf(write(sheets), "plan.pdf", Settings()).blocks
    texts = [block.line.text for block in blocks if isinstance(block, Paragraph)]
    assert [text for text in texts if text in ("2027/28", "2 of 3", "2026")] == ["2027/28", "2026"]


def test_a_paragraph_that_a_page_cuts_goes_on_in_small_letters() -> None:
    wide = "Portfolio Holder: Executive Member for Leisure, Parks and Open Spaces; Leader"
    sheets = []
    for texts in (
        ("Progress", "all gates are mended", wide),
        ("of the Council", "Update: The gates are mended.", "Lead"),
    ):
        sheet = Sheet()
        for number, text in enumerate(texts):
            sheet.text(40, 60 + 60 * number, text, size=9)
        sheets.append(sheet)
    last = Sheet()
    last.text(40, 60, "by the clerk", size=9)
    blocks = read_pdf(write([*sheets, last]), "plan.pdf", Settings()).blocks
    found = [block.line for block in blocks if isinstance(block, Paragraph)]
    assert [line.text for line in found] == [
        "Progress",
        "all gates are mended",
        f"{wide} of the Council",
        "Update: The gates are mended.",
        "Lead",  # too short to be cut
        "by the clerk",
    ]
    assert [place.page for place in (found[2].location, *found[2].location.continued)] == [1, 2]


def test_a_group_s_heading_that_ends_the_text_of_a_page_s_last_row_is_a_row() -> None:
    """Rows without refs, cells centred in them, and the next group's heading right below."""
    sheet = Sheet()
    lefts = (40.0, 380.0, 520.0)
    draw(sheet, 60, ("Action", "Lead service", "Timescale"), True, lefts)
    y = 80.0
    for group, actions in (("Clean streets", 2), ("Homes that last", 3)):
        sheet.text(40, y, group, size=8, bold=True)
        y += 20
        for number in range(actions):
            for text in (f"Mend the gates of the {number + 2} old mills in the town and", "report on what was saved."):
                sheet.text(40, y, text, size=8)
                y += 10
            sheet.text(380, y - 15, "Estates", size=8)
            sheet.text(520, y - 15, "Quarter 2", size=8)
            y += 14
    sheet.text(40, y - 14, "Parks for all", size=8, bold=True)
    second = Sheet()
    draw(second, 60, ("Plant trees in every ward", "Parks", "Quarter 3"), False, lefts)
    blocks = read_pdf(write([sheet, second]), "plan.pdf", Settings()).blocks
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    assert [row[0].text for row in rows if row[0] and row[0].column_span == 3] == [
        "Clean streets",
        "Homes that last",
        "Parks for all",
    ]


def test_a_ref_without_a_header_that_its_column_breaks_at_the_bracket_is_one() -> None:
    sheet = Sheet()
    lefts = (40.0, 61.0, *LEFTS[2:])
    draw(sheet, 80, HEADER[1:], True, lefts[1:])
    for number, letter in enumerate("abc"):
        y = 100.0 + 30 * number
        draw(
            sheet, y, ("4.1(", f"{letter}) mend the gates of each of the parks in", "Parks", "Quarter 1"), False, lefts
        )
        draw(sheet, y + 10, (f"{letter})", "the town"), False, lefts[:2])
    assert [row[0] for row in tables_of(sheet)[0]] == ["4.1(a)", "4.1(b)", "4.1(c)"]


def test_the_bracket_that_a_narrow_column_tears_off_a_ref_without_a_header_is_part_of_it() -> None:
    sheet = Sheet()
    lefts = (40.0, 66.0, *LEFTS[2:])
    draw(sheet, 80, HEADER[1:], True, lefts[1:])
    for number, letter in enumerate("abc"):
        y = 100.0 + 30 * number
        draw(sheet, y, (f"4.1({letter}", "Parks", "Quarter 1"), False, (lefts[0], *lefts[2:]))
        sheet.text(lefts[1], y + 5, "mend the gates of the parks", size=8)
        sheet.text(lefts[0], y + 10, ")", size=8)
    assert [row[:2] for row in tables_of(sheet)[0]] == [
        (f"4.1({letter})", "mend the gates of the parks") for letter in "abc"
    ]


def test_the_foot_of_a_web_page_is_no_text_of_the_last_row() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER[1:], True, LEFTS[1:])
    rows = [("Mend the gates of the park", "Parks", "Quarter 1"), ("Open the mill", "Estates", "Quarter 2")]
    for number, row in enumerate(rows):
        draw(sheet, 100 + 24 * number, row, False, LEFTS[1:])
    for number, text in enumerate(("Was this page helpful? Yes No", "Freedom of information", "© Northmoor Council")):
        sheet.text(LEFTS[1], 144 + 14 * number, text, size=8)
    assert tables_of(sheet) == [rows]


def test_a_page_with_few_rows_has_the_columns_of_the_page_before() -> None:
    first, second = Sheet(), Sheet()
    for sheet in (first, second):
        draw(sheet, 60, HEADER[1:], True, LEFTS[1:])
    rows = [("Mend the gates of the park", "Parks", "Quarter 1"), ("Open the mill to all", "Estates", "Quarter 2")]
    for number, row in enumerate([*rows, ("Say what is spent:", "Finance", "Quarter 3")]):
        draw(first, 460 + 24 * number, row, False, LEFTS[1:])
    for number, text in enumerate(("on gates", "on mills", "on vans")):
        second.text(LEFTS[1] + 20, 80 + 10 * number, "•", size=8)
        second.text(LEFTS[1] + 30, 80 + 10 * number, text, size=8)
    [table] = pages(first, second)
    assert texts(table)[-1] == ("Say what is spent:\non gates\non mills\non vans", "Finance", "Quarter 3")


@pytest.mark.parametrize(
    ("above", "below_it"), [("November 2025", "– Completed"), ("By 31", "March 2025"), ("2025/2", "6")]
)
def test_a_timescale_that_the_pages_end_cuts_is_one(above: str, below_it: str) -> None:
    first, second = Sheet(), Sheet()
    draw(first, 460, HEADER, True)
    below(ROWS, first, 484)
    draw(first, 556, ("1.4", "Lend wheelchairs in each of the", "Hospitals", above))
    second.text(90, 60, "nine wards", size=8)
    second.text(520, 60, below_it, size=8)
    draw(second, 84, ("1.5", "Mend the lifts", "Estates", "Quarter 4"))
    [table] = pages(first, second)
    assert [row[0] for row in texts(table)[1:]] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert texts(table)[4][3].split() == [*above.split(), *below_it.split()]


def test_a_cell_that_reaches_into_two_rows_is_that_of_all_that_it_is_the_middle_of() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows_of_three_lines(sheet, ("1.1", "1.2", "1.3", "1.4", "1.5"))
    sheet.text(380, 110, "Planning", size=8)
    for line, text in enumerate(("Transport", "and roads", "and rails", "and barges", "and so on")):
        sheet.text(380, 192 + 9 * line, text, size=8)  # at 210 is the middle of the last four rows
    [body] = tables_of(sheet)
    assert [row[2] for row in body] == ["Planning"] + ["Transport and roads and rails and barges and so on"] * 4


def test_people_that_tie_the_end_of_a_row_to_the_next_stand_for_both() -> None:
    def line(left: float, at: float, text: str) -> TextLine:
        return as_text_line([Word(text, left, left + 4.2 * len(text), at, 9.0, 1, 0)])

    headed: tuple[tuple[float, Meaning], ...] = ((64, "ref"), (103, "activity"), (477, "lead_officers"))
    columns = [Column(left, "", meaning, []) for left, meaning in headed]
    printed = (
        (231.7, {1: "Test all web forms with people who use screen readers, and report the savings"}),
        (242.2, {0: "2.1", 1: "that follow to the audit committee"}),
        (252.7, {1: "(Shared with a trust)"}),
        (256.0, {2: "Revenues and"}),
        (266.5, {2: "Benefits Team"}),
        (267.9, {1: "Write letters in plain words, beginning with reminders and final notices, making"}),
        (278.4, {1: "use of the lessons from the pilot."}),
        (280.2, {0: "2.2"}),
    )
    levels = [
        Level(at, 9.0, {index: line(columns[index].left, at, text) for index, text in own.items()})
        for at, own in printed
    ]
    facts = gather_facts(levels, columns, print_measure([]), Lean())
    [block] = floating_blocks(cut_chunks(levels, facts, []), facts)
    assert [line.text for line in block.lines] == ["Revenues and", "Benefits Team"]


Printed = tuple[tuple[float, dict[int, str]], ...]
BESIDE_INLINE_REFS: Printed = (
    (200.0, {1: "1.2.4 Take statements by video where a complainant prefers it, while keeping"}),
    (210.5, {1: "disruption to a minimum."}),
    (214.5, {2: "Local Policing and"}),
    (222.5, {1: "1.2.5 Give every victim a plan"}),
    (225.0, {2: "Victims"}),
)
BESIDE_A_LIST: Printed = (
    (200.0, {1: "Extend the opening hours of the branch libraries in the three villages, with effect"}),
    (205.0, {0: "C5"}),
    (210.5, {1: "from next year."}),
    (214.5, {2: "Culture, Arts and"}),
    (224.5, {1: "Bring the theatre up to standard:"}),
    (225.0, {2: "Leisure"}),
    (243.0, {1: "• new seats"}),
    (248.0, {0: "C6"}),
    (253.5, {1: "• step-free access"}),
)
BESIDE_THE_REST_OF_REMARKS: Printed = (
    (100.0, {3: "Evaluation shows"}),
    (110.5, {3: "good take-up among"}),
    (117.0, {2: "Roads, Streets and"}),
    (121.0, {3: "older residents."}),
    (127.5, {2: "Paths"}),
    (134.5, {3: "12% complete at the"}),
    (139.5, {0: "A6b", 1: "Refurbish the crossings"}),
    (145.0, {3: "time of writing."}),
)


@pytest.mark.parametrize("printed", [BESIDE_INLINE_REFS, BESIDE_A_LIST, BESIDE_THE_REST_OF_REMARKS])
def test_people_that_reach_into_the_next_row_stand_for_both_whatever_shows_its_beginning(printed: Printed) -> None:
    headed: tuple[tuple[float, Meaning], ...] = (
        (64, "ref" if any(0 in own for _, own in printed) else "extra"),
        (103, "activity"),
        (477, "lead_officers"),
        (580, "progress"),
    )
    columns = [Column(left, "", meaning, []) for left, meaning in headed]

    def line(column: int, at: float, text: str) -> TextLine:
        left = columns[column].left
        return as_text_line([Word(text, left, left + 4.2 * len(text), at, 9.0, 1, 0)])

    levels = [Level(at, 9.0, {index: line(index, at, text) for index, text in own.items()}) for at, own in printed]
    facts = gather_facts(levels, columns, print_measure([]), Lean())
    blocks = floating_blocks(cut_chunks(levels, facts, []), facts)
    assert [[each.text for each in block.lines] for block in blocks] == [
        [own[2] for _, own in printed if 2 in own],
    ]


def test_people_tie_rows_that_have_room_between_them_though_a_ref_begins_the_second() -> None:
    headed: tuple[tuple[float, str, Meaning], ...] = ((103, "Action", "activity"), (477, "Who", "lead_officers"))
    columns = [
        Column(left, text, meaning, [Word(text, left, left + 20, 72.2, 9.0, 1, 0)]) for left, text, meaning in headed
    ]
    printed: Printed = (
        (85.3, {0: "1.2.1 Cut the time from report to charge"}),
        (98.4, {0: "1.2.2 Move the unit to a rota of seven days"}),
        (111.5, {0: "1.2.3 Take statements by video where a complainant prefers it, while keeping"}),
        (121.9, {0: "disruption to a minimum."}),
        (127.0, {1: "Local Policing"}),
        (135.0, {0: "1.2.4 Give every victim a plan"}),
        (137.4, {1: "Command"}),
        (148.1, {0: "1.2.5 Commission therapy for survivors"}),
    )

    def line(column: int, at: float, text: str) -> TextLine:
        left = columns[column].left
        return as_text_line([Word(text, left, left + 4.2 * len(text), at, 9.0, 1, 0)])

    levels = [Level(at, 9.0, {index: line(index, at, text) for index, text in own.items()}) for at, own in printed]
    facts = gather_facts(levels, columns, print_measure([]), Lean(), headed=True)
    [block] = floating_blocks(cut_chunks(levels, facts, []), facts)
    assert [each.text for each in block.lines] == ["Local Policing", "Command"]


def test_a_commitment_before_the_refs_is_the_group_of_the_actions() -> None:
    sheet = Sheet()
    lefts = (40.0, 140.0, 180.0, 480.0, 620.0)
    draw(sheet, 80, ("Commitment", "Ref", "Key action", "Lead service", "Timescale"), True, lefts)
    for number in range(4):
        middle = 110 + 24 * number
        sheet.text(140, middle, f"1.{number + 1}", size=8)
        sheet.text(180, middle - 4.5, "Adopt the plan for cycling and for walking in the whole", size=8)
        sheet.text(180, middle + 4.5, "of the town", size=8)
        sheet.text(480, middle, "Planning", size=8)
        sheet.text(620, middle, f"Quarter {number + 1}", size=8)
    sheet.text(40, 122, "Getting about", size=8)
    sheet.text(40, 170, "Warm homes", size=8)
    [body] = tables_of(sheet)
    assert [row[0] for row in body] == ["Getting about"] * 2 + ["Warm homes"] * 2


def test_a_commitment_before_actions_that_have_no_refs_is_their_group() -> None:
    sheet = Sheet()
    lefts = (40.0, 180.0, 480.0, 620.0)
    draw(sheet, 80, ("Commitment", "Actions", "Lead service", "Timescale"), True, lefts)
    for number in range(6):
        middle = 110 + 24 * number
        sheet.text(180, middle - 4.5, "Adopt the plan for cycling and for walking in the whole", size=8)
        sheet.text(180, middle + 4.5, "of the town", size=8)
        sheet.text(480, middle, "Planning", size=8)
        sheet.text(620, middle, f"Quarter {number % 4 + 1}", size=8)
    for middle, lines in ((134, ("Getting about",)), (206, ("Warm homes that", "all can afford"))):
        for line, text in enumerate(lines):
            sheet.text(40, middle + 9 * line - 4.5 * (len(lines) - 1), text, size=8)
    [body] = tables_of(sheet)
    assert [row[0] for row in body] == ["Getting about"] * 3 + ["Warm homes that all can afford"] * 3
    assert [row[3] for row in body] == [f"Quarter {number % 4 + 1}" for number in range(6)]


@pytest.mark.parametrize(
    ("header", "lefts"),
    [
        (("Action", "Action taken", "Lead service", "Timescale"), (40.0, 180.0, 480.0, 620.0)),
        (("Action", "Action taken", "Lead service", "Timescale"), (40.0, 620.0, 360.0, 480.0)),
        (("Commitment", "Action taken", "Lead service", "Timescale"), (40.0, 620.0, 360.0, 480.0)),
    ],
    ids=["an action beside", "an action far off", "a commitment far off"],
)
def test_an_action_with_several_times_is_no_group_of_what_was_done(
    header: tuple[str, ...], lefts: tuple[float, ...]
) -> None:
    """Nor is a commitment with what was done behind the other columns."""
    sheet = Sheet()
    order = sorted(range(4), key=lambda index: lefts[index])
    draw(sheet, 80, tuple(header[index] for index in order), True, tuple(sorted(lefts)))
    for number in range(7):
        top = 102 + 44 * number
        for line, text in enumerate(("Mend the road by the", "town hall", "and keep it well for", "ever and ever")):
            sheet.text(lefts[0], top + 9 * line, text, size=8)
        for line, done, service, when in (
            (0, "Survey is done", "Roads", "May 2030"),
            (2, "Work began", "", "June 2031"),
        ):
            for left, text in zip(lefts[1:], (done, service, when), strict=True):
                sheet.text(left, top + 9 * line, text, size=8)
    [body] = tables_of(sheet)
    assert len(body) == 7


def test_a_row_is_no_nearer_to_the_next_than_others_are() -> None:
    """What stands at the pitch of its type below a sentence is of the same row, though the next has none."""
    sheet = Sheet()
    lefts = (40.0, 90.0, 380.0, 520.0)
    draw(sheet, 80, ("Ref", "Action", "Progress", "Timescale"), True, lefts)
    for number in range(4):
        draw(sheet, 92 + 12 * number, (f"2.{number + 1}", "Mend the weir", "On course.", "May 2030"), False, lefts)
    for line, text in enumerate(("Work paused until", "terms are known.", "A vote is expected.")):
        sheet.text(380, 140 + 9 * line, text, size=8)
    for left, text in ((40, "2.5"), (90, "Adopt guidance on lets"), (520, "July 2030")):
        sheet.text(left, 149, text, size=8)
    for left, text in ((40, "2.6"), (90, "Record barns at risk, and help to keep all of those that"), (520, "By end")):
        sheet.text(left, 170, text, size=8)
    sheet.text(90, 179, "stand empty", size=8)
    sheet.text(520, 179, "of 2031", size=8)
    [body] = tables_of(sheet)
    assert [row[2].split("\n")[-1] for row in body[4:]] == ["A vote is expected.", ""]


def test_cells_that_begin_at_all_heights_show_that_a_page_is_centred() -> None:
    """Of a page that its end cuts some rows keep their cells at the top; none of the others is as high as another."""
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows = (("1.1", 3), ("1.2", 2), ("1.3", 2), ("1.4", 3), ("1.5", 2), ("1.6", 3))
    top = 94.0
    for ref, lines in rows:
        cut = ref in ("1.1", "1.4", "1.6")
        middle = top if cut else top + 4.5 * (lines - 1)
        for line in range(lines):
            sheet.text(90, top + 9 * line, "Adopt the plan for cycling and for walking in the whole", size=8)
        sheet.text(40, middle, ref, size=8)
        sheet.text(520, middle, "Quarter 1", size=8)
        top += 9 * lines + 5
    sheet.text(380, 142, "Planning", size=8)  # the middle of the first four rows
    [body] = tables_of(sheet)
    assert [row[2] for row in body] == ["Planning"] * 4 + [""] * 2


def test_a_heading_in_larger_print_overleaf_is_no_row() -> None:
    first, second = Sheet(), Sheet()
    draw(first, 460, HEADER, True)
    below(ROWS, first, 484)
    second.text(40, 60, "2.", size=14, bold=True)
    second.text(90, 60, "Value for every pound", size=14, bold=True)
    draw(second, 90, HEADER, True)
    draw(second, 110, ("2.1", "Mend the roof", "Estates", "Quarter 4"))
    assert [len(table.rows) - table.header_rows for table in pages(first, second)] == [3, 1]


def test_refs_without_a_header_beside_the_names_of_groups_are_a_column_of_their_own() -> None:
    sheet = Sheet()
    lefts = (40.0, 120.0, 150.0, 380.0, 520.0)
    draw(sheet, 60, ("Pillar", "", "Action", "Lead service", "Timescale"), bold=True, lefts=lefts)
    rows = [
        ("Ageing well", "P1", "Train door staff", "Licensing", "May 2024"),
        ("", "P2", "Review the policy", "Licensing", "June 2024"),
        ("Open places", "P3", "Mow the verges", "Parks", "June 2024"),
    ]
    for index, row in enumerate(rows):
        draw(sheet, 76 + 20 * index, row, lefts=lefts)
    [found] = tables_of(sheet)
    assert [row[1:3] for row in found] == [row[1:3] for row in rows]


def test_a_merged_cell_that_the_pages_end_cuts_goes_on_overleaf() -> None:
    sheets = (Sheet(), Sheet())
    top = 0.0

    def row(sheet: Sheet, ref: str, lines: int, owner: str, at_top: bool = False) -> None:
        nonlocal top
        middle = top + 10 * (lines - 1) / 2
        for number in range(lines):
            sheet.text(
                LEFTS[1], top + 10 * number, "with the partners of the town" if number else "Mend the roofs", size=8
            )
        sheet.text(LEFTS[0], middle, ref, size=8)
        sheet.text(LEFTS[3], middle, "May 2030", size=8)
        if owner:
            sheet.text(LEFTS[2], top if at_top else middle, owner, size=8)
        top += 10 * lines + 4

    for sheet, rows in zip(
        sheets,
        (
            (
                ("1.1", 3, "Highways", False),
                ("1.2", 5, "Estates", False),
                ("1.3", 5, "Licensing", True),
                ("1.4", 3, "", False),
            ),
            (("1.5", 3, "", False), ("1.6", 5, "Highways", False), ("1.7", 3, "Estates", False)),
        ),
        strict=True,
    ):
        draw(sheet, 60, HEADER, bold=True)
        top = 80.0
        for each in rows:
            row(sheet, *each)
    [table] = pages(*sheets)
    owners = [line[2] for line in texts(table)[1:]]
    assert owners == ["Highways", "Estates", "Licensing", "Licensing", "Licensing", "Highways", "Estates"]
    merged = table.rows[3][2]
    assert merged is not None
    assert merged.row_span == 3
    assert merged.doubts_below


def test_a_merged_cell_goes_on_overleaf_from_the_one_row_under_a_heading() -> None:
    sheets = (Sheet(), Sheet())
    top = 80.0

    def row(sheet: Sheet, ref: str, lines: int, owner: str, down: float = 0.0, at_top: bool = False) -> None:
        nonlocal top
        middle = top if at_top else top + 5 * (lines - 1)
        for number in range(lines):
            text = "with the partners of the town" if number else "Mend the roofs"
            sheet.text(LEFTS[1], top + 10 * number, text, size=8)
        for left, text in ((LEFTS[0], ref), (LEFTS[3], "May 2030")):
            sheet.text(left, middle, text, size=8)
        if owner:
            sheet.text(LEFTS[2], middle + down, owner, size=8)
        top += 10 * lines + 4

    for sheet in sheets:
        draw(sheet, 60, HEADER, bold=True)
    row(sheets[0], "1.1", 3, "Highways", 27)
    row(sheets[0], "1.2", 5, "")
    row(sheets[0], "1.3", 3, "Licensing")
    sheets[0].text(LEFTS[0], top, "Theme Two: care that is near to where people live", size=8, bold=True)
    top += 14
    row(sheets[0], "2.1", 3, "Estates", at_top=True)
    top = 80.0
    row(sheets[1], "2.2", 3, "")
    row(sheets[1], "2.3", 5, "Highways")
    row(sheets[1], "2.4", 3, "Estates")
    [table] = pages(*sheets)
    owners = [line[2] for line in texts(table)[1:]]
    assert owners[:3] == ["Highways", "Highways", "Licensing"]
    assert owners[4:] == ["Estates", "Estates", "Highways", "Estates"]


@pytest.mark.parametrize("foot", [("Was this page helpful? Yes No",), ("• Privacy and cookies", "• Site map")])
def test_the_foot_of_a_web_page_whose_copyright_stands_overleaf_is_no_row(foot: tuple[str, ...]) -> None:
    sheet, lefts = Sheet(), (40.0, 380.0, 520.0)
    draw(sheet, 80, ("Action", "Lead service", "Timescale"), True, lefts)
    draw(sheet, 100, ("3.1 Mend the weir", "Waterways", "Quarter 2"), lefts=lefts)
    draw(sheet, 120, ("3.2 Dredge the basin", "Waterways", "Quarter 3"), lefts=lefts)
    for number, line in enumerate(foot):
        if line.startswith("•"):
            sheet.glyphs(40, 132 + 10 * number, "41", "S", 8)
        sheet.text(50, 132 + 10 * number, line.removeprefix("• "), size=8)
    assert [row[0] for row in tables_of(sheet)[0]] == ["3.1 Mend the weir", "3.2 Dredge the basin"]


@pytest.mark.parametrize("in_parts", [True, False])
def test_rules_that_leave_out_a_column_show_a_merged_cell(in_parts: bool) -> None:
    sheet, ends = Sheet(), (*LEFTS[1:], 700.0)
    draw(sheet, 80, HEADER, True)
    for number, y in enumerate((86, 110, 134, 158, 182)):
        for column, (left, right) in enumerate(zip(LEFTS, ends, strict=True)):
            if column != 2 or number not in (2, 3):
                sheet.line(left - 4, y, right - (4 if in_parts else 8), y)
    for number, text in enumerate(("Mend the weir", "Dredge the basin", "Paint the locks", "Clear the towpath")):
        sheet.text(LEFTS[0], 98 + 24 * number, f"3.{number + 1}", size=8)
        sheet.text(LEFTS[1], 98 + 24 * number, text, size=8)
        sheet.text(LEFTS[3], 98 + 24 * number, "Quarter 2", size=8)
    sheet.text(LEFTS[2], 98, "Estates", size=8)
    for number, text in enumerate(
        ("Waterways, Harbours", "and Moorings with the", "Friends of the Basin,", "Parks and Verges")
    ):
        sheet.text(LEFTS[2], 122 + 9 * number, text, size=8)
    [table] = [block for block in blocks_of(sheet) if isinstance(block, Table)]
    name = "Waterways, Harbours and Moorings with the Friends of the Basin, Parks and Verges"
    assert [row[2] and row[2].text for row in table.rows[1:]] == ["Estates", name, name, name]
    merged = table.rows[2][2]
    assert merged is not None
    assert not (*merged.doubts, *merged.doubts_below)


def test_a_merged_cell_between_rules_goes_on_overleaf() -> None:
    sheets = (Sheet(), Sheet())
    for sheet, open_rules in zip(sheets, ((2,), (1,)), strict=True):
        draw(sheet, 80, HEADER, True)
        for number, y in enumerate((86, 110, 134, 158)):
            for column, (left, right) in enumerate(zip(LEFTS, (*LEFTS[1:], 700.0), strict=True)):
                if (column != 2 or number not in open_rules) and (sheet is sheets[1] or number < 3):
                    sheet.line(left - 4, y, right - 4, y)
    for number, text in enumerate(("Mend the weir", "Dredge the basin", "Paint the locks", "Clear the towpath")):
        draw(sheets[number // 3], 98 + 24 * (number % 3), (f"3.{number + 1}", text, "", "Quarter 2"))
    draw(sheets[1], 122, ("3.5", "Oil the gates", "", "Quarter 3"))
    draw(sheets[1], 146, ("3.6", "Count the boats", "Parks", "Quarter 3"))
    sheets[0].text(LEFTS[2], 98, "Estates", size=8)
    sheets[0].text(LEFTS[2], 122, "Waterways", size=8)
    [table] = pages(*sheets)
    assert [row[2] for row in texts(table)[1:]] == ["Estates", *["Waterways"] * 4, "Parks"]


def test_a_header_word_that_its_column_tore_is_whole() -> None:
    sheet = Sheet()
    draw(sheet, 80, ("Ref", "Action", "Departmen", "Timescale"), True)
    sheet.text(LEFTS[2], 90, "t", size=8, bold=True)
    draw(sheet, 110, ("3.1", "Mend the weir", "Waterways", "Quarter 2"))
    document = read_pdf(write([sheet]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.rows[0] if cell] == ["Ref", "Action", "Department", "Timescale"]
    assert not document.unplaced


def test_a_letter_that_stands_further_below_a_ref_than_its_next_line_would_is_that_of_a_row() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    draw(sheet, 100, ("8", "Dredge the basin with the help of the partners in the", "Parks", "Quarter 1"))
    sheet.text(LEFTS[1], 109, "whole of the town", size=8)
    draw(sheet, 123, ("9", "Help people to take to the water:", "", ""))
    draw(sheet, 137, ("a)", "train seven leaders", "Waterways", "Quarter 2"))
    assert [row[:2] for row in tables_of(sheet)[0]][1:] == [
        ("9", "Help people to take to the water:"),
        ("a)", "train seven leaders"),
    ]


@pytest.mark.parametrize(
    ("overleaf", "is_foot"), [("© Council of the Basin", True), ("Site map", True), ("4.1 Dig", False)]
)
def test_a_link_at_a_page_s_end_is_no_row_where_the_next_holds_nothing_but_the_foot(
    overleaf: str, is_foot: bool
) -> None:
    sheets, lefts = (Sheet(), Sheet()), (40.0, 380.0, 520.0)
    draw(sheets[0], 80, ("Action", "Lead service", "Timescale"), True, lefts)
    draw(sheets[0], 100, ("3.1 Mend the weir", "Waterways", "Quarter 2"), lefts=lefts)
    draw(sheets[0], 120, ("3.2 Dredge the basin", "Waterways", "Quarter 3"), lefts=lefts)
    sheets[0].glyphs(40, 132, "41", "S", 8)
    sheets[0].text(50, 132, "Privacy and cookies", size=8)
    sheets[1].text(50, 60, overleaf, size=8)
    [table] = pages(*sheets)
    assert (texts(table)[2][0] == "3.2 Dredge the basin") is is_foot


def test_a_sub_item_that_begins_in_small_letters_tells_no_distance_of_lines() -> None:
    sheets = (Sheet(), Sheet())
    draw(sheets[0], 80, HEADER, True)
    draw(sheets[0], 100, ("2.4a", "a) begin the day with a round of the wards", "Estates", "Quarter 2"))
    draw(sheets[0], 112, ("2.4b", "b) hold huddles with the Friends of the Basin each", "Estates", "Quarter 2"))
    draw(sheets[1], 80, HEADER, True)
    draw(sheets[1], 92, ("", "morning", "", ""))
    draw(sheets[1], 104, ("2.4c", "c) give nine wards a porter", "Estates", "Quarter 3"))
    draw(sheets[1], 116, ("2.5", "See four in five", "Urgent and", "Quarter 3"))
    sheets[1].text(LEFTS[2], 125.2, "emergency care", size=8)
    [table] = pages(*sheets)
    assert [row[1] for row in texts(table)[1:]] == [
        "a) begin the day with a round of the wards",
        "b) hold huddles with the Friends of the Basin each morning",
        "c) give nine wards a porter",
        "See four in five",
    ]


def test_a_deadline_below_a_month_tells_no_distance_of_lines() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows = [
        ("P7", "Let ten plots to a land trust", "Rural Economy", "July 2025"),
        ("P8", "Record barns at risk", "Cultural Heritage", "by 31/08/2026"),
        ("P9", "Start a dark-sky scheme", "Rural Economy", "Winter 2025"),
        ("P10", "Adopt guidance on holiday lets", "Rural Economy", "Winter 2027"),
    ]
    for number, row in enumerate(rows):
        draw(sheet, 93.5 + 13.5 * number, row)
    assert tables_of(sheet) == [rows]


def test_a_sub_item_beside_its_letter_tells_no_distance_of_lines() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows = [
        ("3.1", "Survey curlew on ten squares", "Engagement", "July 2025"),
        ("3.2", "Join up fragmented woods:", "Engagement", ""),
        ("a)", "plant four hectares", "", "May 2026"),
        ("b)", "remove rhododendron from the gorge", "", "Winter 2025"),
    ]
    for number, row in enumerate(rows):
        draw(sheet, 93.5 + 13.5 * number, row)
    assert tables_of(sheet) == [rows]


def test_the_name_of_a_group_at_the_top_of_its_rows_stands_for_those_overleaf_too() -> None:
    sheets, lefts = (Sheet(), Sheet()), (40.0, 140.0, 180.0, 480.0, 620.0)
    for page, sheet in enumerate(sheets):
        draw(sheet, 80, ("Theme", "Ref", "Action", "Lead service", "Timescale"), True, lefts)
        for number in range(4):
            ref = f"{1 + page * (number > 1)}.{1 + number + 4 * page * (number < 2)}"
            draw(sheet, 100 + 24 * number, ("", ref, "Adopt the plan", "Planning", "Quarter 2"), lefts=lefts)
            sheet.text(180, 109 + 24 * number, "for all of the town", size=8)
    sheets[0].text(40, 100, "Getting about", size=8)
    sheets[1].text(40, 148, "Warm homes", size=8)
    [table] = pages(*sheets)
    assert [row[0] for row in texts(table)[1:]] == [*["Getting about"] * 6, *["Warm homes"] * 2]


def test_money_beside_the_second_of_three_sub_items_is_its_own_where_it_stands_on_its_lines() -> None:
    sheet, lefts = Sheet(), (40.0, 90.0, 380.0, 450.0, 560.0)
    draw(sheet, 80, ("Ref", "Action", "Cost", "Lead service", "Timescale"), True, lefts)
    for number, ref in enumerate(("1.1", "1.2 a)", "1.2 b)", "1.2 c)", "1.3")):
        middle = 110 + 40 * number
        text = "Adopt the plan for cycling and walking"
        for line in (0,) if number == 2 else (-1, 1):
            sheet.text(90, middle + 4.6 * line, text, size=8)
        for left, value in ((40, ref), (450, "Planning"), (560, "Quarter 2")):
            sheet.text(left, middle, value, size=8)
    sheet.text(380, 190, "£45,000", size=8)
    [body] = tables_of(sheet)
    assert [row[2] for row in body] == ["", "", "£45,000", "", ""]


def test_a_page_that_holds_nothing_but_the_foot_of_a_web_page_is_no_row() -> None:
    sheets, lefts = (Sheet(), Sheet()), (40.0, 380.0, 520.0)
    draw(sheets[0], 80, ("Action", "Lead service", "Timescale"), True, lefts)
    draw(sheets[0], 100, ("3.1 Mend the weir", "Waterways", "Quarter 2"), lefts=lefts)
    draw(sheets[0], 120, ("3.2 Dredge the basin", "Waterways", "Quarter 3"), lefts=lefts)
    for number, text in enumerate(("Privacy and cookies", "Site map")):
        sheets[1].glyphs(40, 60 + 10 * number, "41", "S", 8)
        sheets[1].text(50, 60 + 10 * number, text, size=8)
    sheets[1].text(40, 80, "© Council of the Basin", size=8)
    [table] = pages(*sheets)
    assert texts(table)[1:] == [
        ("3.1 Mend the weir", "Waterways", "Quarter 2"),
        ("3.2 Dredge the basin", "Waterways", "Quarter 3"),
    ]


def test_people_beside_the_rest_of_a_row_and_the_next_tie_them_not_together() -> None:
    def line(left: float, at: float, text: str) -> TextLine:
        return as_text_line([Word(text, left, left + 4.2 * len(text), at, 9.0, 1, 0)])

    headed: tuple[tuple[float, Meaning], ...] = (
        (64, "ref"),
        (103, "activity"),
        (477, "lead_cabinet_members"),
        (560, "timescale"),
    )
    columns = [Column(left, "", meaning, []) for left, meaning in headed]
    printed = (
        (128.0, {1: "and what they tell us will shape the final"}),
        (136.1, {2: "Services and"}),
        (138.5, {1: "design."}),
        (146.6, {2: "Workforce)"}),
        (151.8, {3: "Within 6"}),
        (157.1, {1: "Appoint graduate trainees and apprentices"}),
        (162.3, {0: "2.1", 3: "months of"}),
        (167.6, {1: "across all departments."}),
        (172.8, {3: "approval"}),
    )
    levels = [
        Level(at, 9.0, {index: line(columns[index].left, at, text) for index, text in own.items()})
        for at, own in printed
    ]
    facts = gather_facts(levels, columns, print_measure([]), Lean())
    [block] = floating_blocks(cut_chunks(levels, facts, []), facts)
    assert [line.text for line in block.lines] == ["Services and", "Workforce)"]


@pytest.mark.parametrize("apart", [True, False])
def test_a_line_right_below_a_labelled_value_is_more_of_it(apart: bool) -> None:
    sheet = Sheet()
    y = 40.0
    for number in range(1, 4):
        sheet.text(
            40, y, f"{number} Mend the weir and the lock gates " + "of the town and of the villages " * 3, size=9
        )
        for text in (
            "Lead officer: Clerk",
            "Timescale: May 2030",
            "Progress: Work paused until grant terms are known.",
        ):
            y += 15
            sheet.text(40, y, text, size=9)
        y += 15 if apart else 10.8
        sheet.text(40, y, "A decision is expected.", size=9)
        y += 15
    lines = [block.line for block in blocks_of(sheet) if isinstance(block, Paragraph)]
    assert [line.more for line in lines if line.text == "A decision is expected."] == [not apart] * 3
    assert not any(line.more for line in lines if line.text != "A decision is expected.")


def test_a_line_that_is_set_in_as_the_labelled_item_above_it_is_more_of_that() -> None:
    sheet = Sheet()
    for number in range(3):
        sheet.text(40, 40 + 70 * number, f"{number} Mend the weir and the lock gates " + "of the old town " * 6, size=9)
        for at, text in enumerate(("Timescale: May 2030", "Progress: Work paused until grant terms are known.")):
            sheet.glyphs(60, 60 + 70 * number + 15 * at, "41", "S", 9)
            sheet.text(72, 60 + 70 * number + 15 * at, text, size=9)
        sheet.text(72, 85.8 + 70 * number, "A decision is expected.", size=9)
    lines = [block.line for block in blocks_of(sheet) if isinstance(block, Paragraph)]
    assert [line.text for line in lines if line.more] == ["A decision is expected."] * 3


def test_the_heading_of_a_group_above_a_header_overleaf_is_no_row_though_a_gap_stands_where_a_column_begins() -> None:
    sheets = (Sheet(), Sheet())
    draw(sheets[0], 80, HEADER, True)
    draw(sheets[0], 104, ("1.7", "Mend the weir", "Waterways", "Quarter 2"))
    draw(sheets[0], 128, ("1.8", "Dredge the basin", "Waterways", "Quarter 2"))
    for left, text in ((38.0, "Pillar 12:"), (91.0, "Easy to reach and quick to answer")):
        sheets[1].text(left, 50, text, size=8, bold=True)
    draw(sheets[1], 80, HEADER, True)
    draw(sheets[1], 104, ("2.1", "Answer the letters", "Clerk", "Quarter 3"))
    assert [[row[0] for row in texts(table)[1:]] for table in pages(*sheets)] == [["1.7", "1.8"], ["2.1"]]


def test_a_ref_behind_a_sentence_begins_another_paragraph_where_others_begin_so() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        y = 80 * number
        sheet.text(40, y, f"Action 4.{number} Mend the weir and the lock gates", size=9)
        sheet.text(40, y + 14, "By when: May 2030", size=9)
        sheet.text(40, y + 28, "Update: On course. Sixty people have been.", size=9)
    for number in (1, 2):
        sheet.text(40, 374 + 14 * number, f"Action 5.{number} Oil the lock gates of the town.", size=9)
    starts = [block.line.text[:10] for block in blocks_of(sheet) if isinstance(block, Paragraph)]
    assert starts[-2:] == ["Action 5.1", "Action 5.2"]


@pytest.mark.parametrize("refs", [True, False])
def test_shading_behind_header_and_headings_parts_no_rows(refs: bool) -> None:
    """A spreadsheet in print: its rows stand far apart, and the bands of headings among them are all that is drawn."""
    columns = slice(None) if refs else slice(1, None)
    sheet = Sheet()
    y, expected = 80.0, []
    sheet.shade(40, y - 12, 640, y + 6)
    draw(sheet, y, HEADER[columns], True, LEFTS[columns])
    for group, title in enumerate(("Outcome: Homes that last", "Outcome: Streets we share")):
        y += 18
        sheet.shade(40, y - 12, 640, y + 6)
        sheet.text(LEFTS[columns][0], y, title, size=8, bold=True)
        y += 16
        for number in range(3):
            row = (
                f"{group + 1}.{number + 1}",
                "Mend the roof of the hall and paint it",
                "Estates",
                f"Quarter {number + 1}",
            )
            draw(sheet, y, row[columns], lefts=LEFTS[columns])
            sheet.text(LEFTS[1], y + 10, "before the winter comes", size=8)
            y += 34
            expected.append((row[0], f"{row[1]} before the winter comes", *row[2:])[columns])
    rows = [row for table in tables_of(sheet) for row in table if len(set(row)) > 1]
    assert rows == expected


def test_letters_below_refs_without_a_header_are_part_of_them() -> None:
    sheet = Sheet()
    draw(sheet, 100, ("", "What we will do", "Lead officer", "When"), bold=True)
    rows = [
        ("FS-01", "", "Mend the gate", "Head of Parks", "May 2025"),
        ("FS-02", "a", "Paint the hall", "Head of Homes", "June 2025"),
        ("FS-02", "b", "Let the shop", "Head of Homes", "July 2025"),
        ("FS-02", "c", "Open the pool", "Head of Parks", "August 2025"),
    ]
    for number, (ref, letter, *texts) in enumerate(rows):
        draw(sheet, 130 + 40 * number, (ref, *texts))
        sheet.text(LEFTS[0], 140 + 40 * number, letter, size=8)
        sheet.text(LEFTS[1], 140 + 40 * number, "for all who come", size=8)
    [table] = tables_of(sheet)
    assert [row[0].replace("\n", "").replace(" ", "") for row in table] == ["FS-01", "FS-02a", "FS-02b", "FS-02c"]


def test_a_ref_beside_the_beginnings_of_all_cells_begins_a_row_though_no_room_parts_the_rows() -> None:
    """As LaTeX and tbl set rows; the last line of each activity leaves no room for the first word of the next."""
    rows = [
        ("1.1", ("Mend the weir and oil all", "gates of the old lock too"), "Waterways", "by June 2030"),
        ("1.2", ("Strengthen the bank below", "the mill and its mill race"), "Estates", "Quarter 3"),
        ("1.3", ("Rebuild the landing stage",), "Waterways", "Quarter 2"),
        ("1.4", ("Strengthen the towpath for", "barges and all who sail"), "Estates", "Quarter 4"),
        ("1.5", ("Restore the boat house",), "Estates", "by May 2031"),
    ]
    sheet = Sheet()
    lefts = (40.0, 90.0, 240.0, 320.0)
    draw(sheet, 80, HEADER, True, lefts)
    y = 92.0
    for ref, lines, owner, time in rows:
        draw(sheet, y, (ref, lines[0], owner, time), lefts=lefts)
        for number, line in enumerate(lines[1:], 1):
            sheet.text(90, y + 9.5 * number, line, size=8)
        y += 9.5 * len(lines)
    assert tables_of(sheet) == [[(ref, " ".join(lines), owner, time) for ref, lines, owner, time in rows]]


def test_lines_at_whole_points_are_no_paragraphs_where_their_places_are_rounded() -> None:
    """Lines 9.2 points apart, each at the nearest whole point (AbiWord); the rules make it a table."""
    sheet = Sheet()
    lefts = (44.0, 94.0, 244.0, 344.0)
    text = (
        "Mend the weir and oil",
        "The lock gates of Long",
        "Dyke and paint both of",
        "Them before the winter",
        "Comes",
    )
    for x0 in (40, 90, 240, 340, 440):
        sheet.line(x0, 80, x0, 470)
    sheet.line(40, 80, 440, 80)
    draw(sheet, 92, HEADER, True, lefts)
    for number in range(7):
        top = 100.0 + 52 * number
        sheet.line(40, top, 440, top)
        draw(sheet, round(top + 9.2), (f"1.{number}", text[0], "Waterways", "Quarter 2"), lefts=lefts)
        for line in range(1, 5):
            sheet.text(94, round(top + 9.2 * (line + 1)), text[line], size=8)
    sheet.line(40, 470, 440, 470)
    [table] = [block for block in blocks_of(sheet) if isinstance(block, Table)]
    assert {len(row[1].lines) for row in table.rows[1:] if row[1]} == {1}


def test_centred_refs_part_no_rows_within_their_activities() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    for number in range(3):
        y = 100 + 40 * number
        for line, text in enumerate(
            ("Mend the weir and oil all gates, for the old lock", "leaks where Canal Street", "begins")
        ):
            sheet.text(90, y + 9.5 * line, text, size=8)
        draw(sheet, y + 9.5, (f"1.{number + 1}", "leaks where Canal Street", "Waterways", "Quarter 2"))
    [rows] = tables_of(sheet)
    assert [row[0] for row in rows] == ["1.1", "1.2", "1.3"]
    assert {row[1] for row in rows} == {
        "Mend the weir and oil all gates, for the old lock leaks where Canal Street begins"
    }


def test_words_that_header_cells_divide_are_whole_and_a_stroke_alone_heads_no_column() -> None:
    sheet = Sheet()
    lefts = (40.0, 90.0, 300.0, 380.0, 470.0, 560.0, 660.0)
    header = ("Ref", "Action", "Measure of suc-", "Cabinet", "Lead /", "Progress", "How we")
    draw(sheet, 80, header, True, lefts)
    for left, text in ((430.0, "/"), (620.0, "up-"), (710.0, "will")):  # they end lines that fill their columns
        sheet.text(left, 80, text, size=8, bold=True)
    below = ("cess", "Portfolio", "Offi-", "date", "pay for it")
    for left, text in zip(lefts[2:], below, strict=True):
        sheet.text(left, 90, text, size=8, bold=True)
    sheet.text(470, 100, "cer", size=8, bold=True)
    for number in range(1, 5):
        row = (f"1.{number}", "Mend the weir", "No leak", "Cllr Ann Old", "Clerk", "Begun in May", "By a loan")
        draw(sheet, 100 + 20 * number, row, lefts=lefts)
    [table] = [block for block in blocks_of(sheet) if isinstance(block, Table)]
    heads = [cell.text if cell else "" for cell in table.rows[0]]
    assert heads == [
        *("Ref", "Action", "Measure of success", "Cabinet / Portfolio", "Lead / Officer"),
        *("Progress update", "How we will pay for it"),
    ]


def test_a_note_that_a_table_goes_on_overleaf_is_no_cell_of_it() -> None:
    """LaTeX sets it as a row of its own at the foot of the table, and another at its head overleaf."""
    sheets = (Sheet(), Sheet())
    draw(sheets[0], 80, HEADER, True)
    draw(sheets[0], 100, ("1.1", "Mend the weir", "Waterways", "Quarter 2"))
    draw(sheets[0], 120, ("1.2", "Dredge the basin", "Waterways", "Quarter 2"))
    sheets[0].text(530, 130, "Continued on next page", size=8)
    sheets[1].text(40, 40, "Table 1 (continued)", size=8)
    draw(sheets[1], 60, HEADER, True)
    draw(sheets[1], 80, ("1.3", "Oil the lock gates", "Waterways", "Quarter 3"))
    [table] = pages(*sheets)
    assert texts(table)[1:] == [
        ("1.1", "Mend the weir", "Waterways", "Quarter 2"),
        ("1.2", "Dredge the basin", "Waterways", "Quarter 2"),
        ("1.3", "Oil the lock gates", "Waterways", "Quarter 3"),
    ]


def test_no_row_begins_at_a_ref_beside_which_its_activity_goes_on() -> None:
    """Refs in the middle of their rows, though each line of an activity begins with a capital letter."""
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    for number in range(8):
        top = 89 + 27 * number
        for line, text in enumerate(("Mend the road and", "Keep it well for ever", "Amen to all of that")):
            sheet.text(90, top + 9 * line, text, size=8)
        for left, text in zip((40, 380, 520), (f"1.{number + 1}", "Roads", "May 2030"), strict=True):
            sheet.text(left, top + 9, text, size=8)
    [body] = tables_of(sheet)
    assert not any(row[1].startswith("Keep") for row in body)


def test_a_label_over_its_number_begins_a_row_where_no_room_parts_the_rows() -> None:
    rows = [
        ("1.1", ("Mend the weir and oil all", "gates of the old lock too"), "Waterways", "Quarter 1"),
        ("1.2", ("Strengthen the bank below", "the mill and its mill race"), "Estates", "Quarter 3"),
        ("1.3", ("Strengthen the towpath for", "barges and all who sail"), "Estates", "Quarter 4"),
    ]
    sheet = Sheet()
    lefts = (40.0, 90.0, 240.0, 320.0)
    draw(sheet, 80, HEADER, True, lefts)
    for index, (ref, lines, owner, time) in enumerate(rows):
        y = 92 + 19 * index
        draw(sheet, y, ("Action", lines[0], owner, time), lefts=lefts)
        draw(sheet, y + 9.5, (ref, lines[1], "", ""), lefts=lefts)
    assert tables_of(sheet) == [[(f"Action {ref}", " ".join(lines), *rest) for ref, lines, *rest in rows]]


def test_a_word_too_long_for_its_column_is_drawn_over_the_first_of_the_next() -> None:
    """LaTeX lets it: "Complete" ends where the next cell has begun."""
    sheet = Sheet()
    lefts = (40.0, 90.0, 300.0, 336.0)
    draw(sheet, 80, ("Ref", "Action", "Status", "Progress"), True, lefts)
    states = ("Green", "Complete", "Amber", "Complete", "Red")
    for number, state in enumerate(states):
        draw(sheet, 100 + 20 * number, (f"1.{number}", "Mend the weir", state, "Tender issued"), lefts=lefts)
    assert [row[2:] for row in tables_of(sheet)[0]] == [(state, "Tender issued") for state in states]


def test_names_are_not_parted_where_a_program_leaves_room_at_the_ends_of_lines() -> None:
    """As TeX does where no text is justified: the next word would have had room at several ends."""
    sheet = Sheet()
    lefts = (40.0, 90.0, 300.0, 480.0)
    draw(sheet, 80, ("Ref", "Action", "Cabinet Member", "Timescale"), True, lefts)
    first, second = "Mend the weir and all the lock", "gates of the old canal below the mill"
    for number in range(1, 6):
        y = 100 + 34 * number
        name = ("Portfolio", "Holder for Waterways and Parks") if number < 5 else ("Portfolio Holder for Housing", "")
        draw(sheet, y, (f"1.{number}", first, name[0], "May 2030"), lefts=lefts)
        draw(sheet, y + 9.5, ("", second, name[1], ""), lefts=lefts)
    [table] = [block for block in blocks_of(sheet) if isinstance(block, Table)]
    assert {len(row[2].lines) for row in table.rows[1:] if row[2]} == {1}


def test_a_header_in_two_languages_keeps_the_line_above_most_of_its_cells() -> None:
    """pandoc sets header cells at the foot of their row, in light letters."""
    sheet = Sheet()
    lefts = (40.0, 90.0, 240.0, 340.0, 460.0)
    sheet.text(340, 70, "Swyddog", size=8)
    draw(sheet, 80, ("Cyf /", "Cam gweithredu /", "Amserlen /", "arweiniol /", "How we will"), lefts=lefts)
    draw(sheet, 90, ("Ref", "Action", "Timescale", "Lead officer", "measure it"), lefts=lefts)
    for number in range(1, 5):
        row = (f"1.{number}", "Mend the weir", "May 2030", "Ann Old", "No leak")
        draw(sheet, 90 + 20 * number, row, lefts=lefts)
    [table] = [block for block in blocks_of(sheet) if isinstance(block, Table)]
    heads = ["Cyf / Ref", "Cam gweithredu / Action", "Amserlen / Timescale", "Swyddog arweiniol / Lead officer"]
    heads.append("How we will measure it")
    assert [cell.text if cell else "" for cell in table.rows[0]] == heads


def test_a_line_of_dashes_below_the_names_of_a_header_is_no_row() -> None:
    sheet = Sheet()
    draw(sheet, 100, HEADER)
    draw(sheet, 112, ("--", "--------------------", "------------", "---------"))
    draw(sheet, 124, ("1.1", "Mend the roof of the hall", "Property", "May 2025"))
    draw(sheet, 136, ("1.2", "Paint the bandstand", "Parks", "June 2025"))
    draw(sheet, 148, ("1.3", "Start a youth council", "Democracy", "July 2025"))
    assert [row[0] for table in tables_of(sheet) for row in table] == ["1.1", "1.2", "1.3"]


def centred(sheet: Sheet, y: float, cells: tuple[str, ...], places: tuple[float, ...], bold: bool = False) -> None:
    """Draws a row of cells, each line of which has the middle of its column, and the middle of the row."""
    lines = [cell.split("\n") for cell in cells]
    for middle, cell in zip(places, lines, strict=True):
        for number, line in enumerate(cell):
            height = y + 9.5 * (number - (len(cell) - 1) / 2)
            sheet.text(middle - 2.4 * len(line), height, line, size=8, bold=bold)


CENTRED = (
    (
        "1.1",
        "Open a seed library in the old\nstation, with the river trust",
        "Head of Parks\nand Open Spaces",
        "Quarter 1",
    ),
    ("1.2", "Paint the bandstand in the park,\nand ask who wants to play", "Town Clerk", "By the end of\nMarch 2025"),
    ("1.3", "Plant a hedge along the towpath", "Head of Parks\nand Open Spaces", "Quarter 3"),
    ("2.1", "Lend tools to anyone who asks,\nfor as long as they are needed", "Town Clerk", "Quarter 4"),
    ("2.2", "Mend the weir", "Head of Parks\nand Open Spaces", "By the end of\nMarch 2025"),
    ("2.3", "Count the trees of every street\nin the borough", "Town Clerk", "Quarter 2"),
)
MIDDLES = (80.0, 240.0, 460.0, 600.0)


def test_headings_that_are_centred_over_a_table_of_centred_cells_are_its_groups() -> None:
    sheet = Sheet()
    centred(sheet, 60, ("Ref", "Activity", "Lead officer", "Timescale"), MIDDLES, bold=True)
    y = 90.0
    for number, row in enumerate(CENTRED):
        if number in (0, 3):
            title = ("Outcome 1: A greener borough", "Outcome 2: Things that last")[number > 0]
            sheet.text((62 + 628) / 2 - 2.4 * len(title), y, title, size=8, bold=True)
            y += 24
        centred(sheet, y, row, MIDDLES)
        y += 32
    [rows] = tables_of(sheet)
    groups = [("Outcome 1: A greener borough",) * 4, ("Outcome 2: Things that last",) * 4]
    told = [tuple(cell.replace("\n", " ") for cell in row) for row in CENTRED]
    assert rows == [groups[0], *told[:3], groups[1], *told[3:]]


def test_refs_without_a_header_stand_left_of_all_though_the_header_of_the_next_column_is_centred() -> None:
    sheet = Sheet()
    y = 60.0
    for number, row in enumerate([("", "Activity", "Lead officer", "Timescale"), *CENTRED]):
        ref, activity, *rest = row
        centred(sheet, y, ("" if not number else ref, "", *rest), MIDDLES, bold=not number)
        for line, text in enumerate(activity.split("\n")):
            left = 160 if number else MIDDLES[1] - 2.4 * len(text)
            sheet.text(left, y + 9.5 * (line - activity.count("\n") / 2), text, size=8, bold=not number)
        y += 32
    [rows] = tables_of(sheet)
    assert rows == [tuple(cell.replace("\n", " ") for cell in row) for row in CENTRED]


def test_the_rows_of_a_table_whose_header_is_set_smaller_are_no_headings() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, HEADER, strict=True):
        sheet.text(left, 60, text, size=6.5, bold=True)
    row = ("3.1", "See four in five within four hours", "Hospitals", "Quarter 2")
    draw(sheet, 80, row)
    sheet.text(LEFTS[1], 89.5, "of their coming", size=8)
    assert tables_of(sheet) == [[(row[0], f"{row[1]} of their coming", *row[2:])]]


def test_a_ref_that_is_set_larger_than_its_row_heads_nothing() -> None:
    sheet = Sheet()
    draw(sheet, 60, HEADER, True)
    for number in range(3):
        y = 80.0 + 40 * number
        sheet.text(LEFTS[0], y + 3, "Action", size=12, bold=True)
        sheet.text(LEFTS[0], y + 17, f"3.{number + 1}", size=12, bold=True)
        draw(sheet, y, ("", "See four in five within four hours", "Hospitals", "Quarter 2"))
    [rows] = tables_of(sheet)
    assert [row[0] for row in rows] == ["Action 3.1", "Action 3.2", "Action 3.3"]


def test_a_line_in_three_parts_below_a_table_is_no_row_of_centred_cells() -> None:
    rows = [(f"1.{n}", "Mend the weir and paint it", "Town Clerk", f"Quarter {n}") for n in (1, 2, 3, 4)]
    foot = (
        "Published by the parish of the borough",
        "For questions call 01234 567890",
        "or write to plan@town.example",
    )
    sheet = Sheet()
    lefts = (40.0, 90.0, 420.0, 600.0)
    for index, row in enumerate([("Ref", "Activity", "Lead officer", "Timescale"), *rows]):
        draw(sheet, 60 + 30 * index, row, not index, lefts)
    draw(sheet, 260, foot, lefts=(40.0, 310.0, 540.0))
    [table] = tables_of(sheet)
    assert table == rows


def test_figures_that_begin_activities_are_no_refs_though_the_header_is_centred() -> None:
    texts = (
        "20 trees planted",
        "50 schools opened",
        "12 homes let to young",
        "40 playgrounds mended",
        "70 shelters built",
    )
    sheet = Sheet()
    draw(sheet, 60, ("Activity", "Lead officer", "Timescale"), True, (150.0, 420.0, 600.0))
    for index, text in enumerate(texts):
        draw(sheet, 90 + 30 * index, (text, "Town Clerk", "Quarter 1"), lefts=(60.0, 420.0, 600.0))
    [table] = tables_of(sheet)
    assert table == [(text, "Town Clerk", "Quarter 1") for text in texts]


@pytest.mark.parametrize("total", [("", "Total actions: 2", "", ""), ("", "Total", "", "2"), ("", "", "Total", "2")])
def test_a_row_that_adds_up_the_rows_is_none_of_the_row_above_it(total: tuple[str, ...]) -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    draw(sheet, 100, ("1.1", "Replace nine vans", "Environment", "Quarter 2"))
    sheet.text(LEFTS[1], 110, "and two lorries", 8)
    draw(sheet, 128, ("1.2", "Plant a hedge", "Parks", "Quarter 3"))
    draw(sheet, 146, total)
    assert tables_of(sheet)[0][1:] == [("1.2", "Plant a hedge", "Parks", "Quarter 3"), total]


def test_a_line_of_but_total_is_the_end_of_a_text_that_breaks_off_above_it() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    draw(sheet, 100, ("1.1", "Replace nine vans", "Environment", "Quarter 2"))
    draw(sheet, 128, ("1.2", "Halve what is wasted of the", "Parks", "Quarter 3"))
    sheet.text(LEFTS[1], 138, "Total", 8)
    assert tables_of(sheet)[0][-1] == ("1.2", "Halve what is wasted of the Total", "Parks", "Quarter 3")


def test_the_ground_of_a_row_that_is_clipped_to_its_cells_shows_the_merged_cells_of_others() -> None:
    sheet = Sheet()
    draw(sheet, 80, HEADER, True)
    rows = [
        ("2.1", "Open the hall", "Culture", "Quarter 1"),
        ("2.2", "Paint the depot", "Parks and", "Quarter 2"),
        ("2.3", "Mend the weir", "Estates", "Quarter 3"),
        ("2.4", "Plant a hedge", "", "Quarter 4"),
        ("2.5", "Build a bridge", "Roads", "Quarter 1"),
    ]
    edges = (38.0, 88.0, 378.0, 518.0, 700.0)
    for index, row in enumerate(rows):
        draw(sheet, 97 + 16 * index, row)
        if index % 2 == 0:  # the cell of 2.2 is that of 2.3 and 2.4, and ends with them
            low = sheet.height - 102 - 16 * index
            own = [0, 1, 3] if index == 2 else range(4)
            boxes = " ".join(f"{edges[n]:g} {low:g} {edges[n + 1] - edges[n]:g} 16 re" for n in own)
            sheet.parts.insert(0, f"q {boxes} W n 0.9 g {edges[0]:g} {low:g} {edges[-1] - edges[0]:g} 16 re f Q")
    assert tables_of(sheet) == [
        [
            ("2.1", "Open the hall", "Culture", "Quarter 1"),
            ("2.2", "Paint the depot", "Parks and\nEstates", "Quarter 2"),
            ("2.3", "Mend the weir", "Parks and\nEstates", "Quarter 3"),
            ("2.4", "Plant a hedge", "Parks and\nEstates", "Quarter 4"),
            ("2.5", "Build a bridge", "Roads", "Quarter 1"),
        ]
    ]


def test_a_rule_that_leaves_out_half_of_the_columns_parts_the_refs_and_activities_of_a_merged_cell() -> None:
    sheet = Sheet()
    lefts = (40.0, 90.0, 380.0, 520.0)
    draw(sheet, 80, ("Ref", "Action", "Lead service", "Cabinet Member"), True, lefts)
    rows = [("3.1", "Open the hall", "", ""), ("3.2", "Paint the depot", "Culture", "Cllr Stone"),
            ("3.3", "Mend the weir", "", ""), ("3.4", "Plant a hedge", "Parks", "Cllr Brook")]  # fmt: skip
    for index, row in enumerate(rows):
        draw(sheet, 102 + 20 * index, row, False, lefts)
        right = 370 if index in (1, 2) else 680
        sheet.line(38, 89 + 20 * index, right, 89 + 20 * index)
    sheet.line(38, 169, 680, 169)
    assert [row[2:] for row in tables_of(sheet)[0]] == [("Culture", "Cllr Stone")] * 3 + [("Parks", "Cllr Brook")]


def test_a_known_label_begins_a_paragraph_though_each_value_above_it_fills_its_line() -> None:
    sheet = Sheet()
    for number in range(3):
        y = 80.0 + 50 * number
        sheet.text(40, y, f"1.{number + 1} Mend the weir and the towpath beside it, which the flood took away.", 8)
        sheet.text(40, y + 10, "Cabinet Member: Executive Member for Culture, Tourism and Leisure, Yusuf Gower", 8)
        sheet.text(40, y + 20, "Directorate: Neighbourhoods", 8)
    shown = [block.line.text for block in blocks_of(sheet) if isinstance(block, Paragraph)]
    assert shown[2::3] == ["Directorate: Neighbourhoods"] * 3


def test_a_bold_label_that_begins_lines_enough_begins_a_paragraph_known_or_not() -> None:
    sheet = Sheet()
    labels = ("Delivery lead", "With", "Due")
    values = (("Town Clerk", "Two farmer", "March 2025"), ("Park Chief", "Both banks", "April 2026"))
    values = (*values, ("Tree Clerk", "All school", "Early 2027"))
    for number, own in enumerate(values):
        sheet.text(40, 80 + 80 * number, f"{number + 1}. Mend it", 12, True)
        for line, (label, value) in enumerate(zip(labels, own, strict=True)):
            y = 104 + 80 * number + 10 * line
            sheet.text(40, y, label, 8, True)
            sheet.text(120, y, value, 8)
    shown = [block.line.text for block in blocks_of(sheet) if isinstance(block, Paragraph)]
    assert shown == [f"{label} {value}" for own in values for label, value in zip(labels, own, strict=True)]
