"""The headers of printed tables without rules: several lines, two rows, columns that only a blank parts."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Table
from extractor.profile import Settings
from extractor.read.alignment import Column, Header, best_columns, print_measure
from extractor.read.pdf import read_pdf
from extractor.read.printed_headers import HeadersSeen
from extractor.read.typeset import Word
from extractor.vocabulary import Meaning
from pdf_writer import Sheet, write

LEFTS = (40, 90, 330, 450, 560, 592)
ROWS = [
    ("1.1", "Adopt the local cycling plan", "Planning", "Cllr Achterberg", "12", "Enabling"),
    ("1.2", "Buy ten cargo bikes for loan", "Growth", "Cllr Pillai", "31", "Delayed"),
    ("1.3", "Turn one street over to walkers", "Transport", "Cllr Pillai", "52", "Complete"),
]


def table_of(sheet: Sheet) -> Table:
    for number, row in enumerate(ROWS):
        for left, text in zip(LEFTS, row, strict=True):
            sheet.text(left, 160 + 26 * number, text)
    document = read_pdf(write([sheet]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return table


def body_of(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text if cell else "" for cell in row) for row in table.rows[table.header_rows :]]


def header_of(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text if cell else "" for cell in row) for row in table.rows[: table.header_rows]]


def test_a_header_word_begins_a_column_where_the_cells_below_it_do() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Ref", "Action", "Service", "Portfolio Holder", "Cost", "Saving"), strict=True):
        sheet.text(left, 130, text, bold=True)  # "Cost" and "Saving" are parted by no more than a blank
    table = table_of(sheet)
    assert header_of(table) == [("Ref", "Action", "Service", "Portfolio Holder", "Cost", "Saving")]
    assert body_of(table) == ROWS


def test_a_cell_of_a_header_may_have_more_lines_than_the_others() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Ref", "Action", "Service", "Portfolio Holder", "Cost"), strict=False):
        sheet.text(left, 130, text, bold=True)
    sheet.text(592, 124, "How we will", bold=True)
    sheet.text(592, 136, "measure it", bold=True)
    table = table_of(sheet)
    assert header_of(table)[0][-1] == "How we will measure it"
    assert body_of(table) == ROWS


def test_the_upper_of_two_header_rows_spans_the_lower() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Ref", "Action", "", "", "Cost", "Saving"), strict=True):
        sheet.text(left, 130, text, bold=True)
    sheet.text(330, 122, "Responsibility", bold=True)
    sheet.text(330, 138, "Lead service", bold=True)
    sheet.text(450, 138, "Portfolio Holder", bold=True)
    table = table_of(sheet)
    assert header_of(table) == [
        ("Ref", "Action", "Responsibility", "Responsibility", "Cost", "Saving"),
        ("Ref", "Action", "Lead service", "Portfolio Holder", "Cost", "Saving"),
    ]
    assert body_of(table) == ROWS


def test_a_bold_heading_right_above_a_header_is_none_of_its_lines() -> None:
    sheet = Sheet()
    sheet.text(40, 116, "Theme 1: Travel", bold=True)
    for left, text in zip(LEFTS, ("Ref", "Action", "Service", "Portfolio Holder", "Cost", "Saving"), strict=True):
        sheet.text(left, 130, text, bold=True)
    table = table_of(sheet)
    assert header_of(table) == [("Ref", "Action", "Service", "Portfolio Holder", "Cost", "Saving")]


def test_a_repeated_header_is_cut_as_it_was_on_the_page_before() -> None:
    lefts = (40, 80, 300, 420, 540)
    first, second = Sheet(), Sheet()
    for sheet, top in ((first, 300), (second, 40)):
        for left, text in zip(lefts, ("Ref", "Action", "Lead officer", "", "Progress"), strict=True):
            sheet.text(left, top, text, bold=True)
        sheet.text(420, top - 6, "Aelod Cabinet /", bold=True)
        sheet.text(420, top + 6, "Cabinet Member", bold=True)
    rows = [(f"1.{n}", "Let three units", "Fleet Engineer", "The Leader", "Two units let") for n in range(1, 10)]
    rows.append(("1.10", "Bring broadband", "Digital Officer", "Cllr Storm", "The tender closes on 12"))
    for number, row in enumerate(rows):
        for left, text in zip(lefts, row, strict=True):
            first.text(left, 330 + 24 * number, text)
    second.text(540, 66, "December 2025.")
    document = read_pdf(write([first, second]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert header_of(table)[0][3] == "Aelod Cabinet / Cabinet Member"
    assert [row[-1] for row in body_of(table)] == ["Two units let"] * 9 + ["The tender closes on 12 December 2025."]


def test_a_header_in_two_languages_goes_on_in_its_second_line_at_the_left_edge() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Cyf. /", "Action", "Adran /", "Portfolio Holder", "Cost", "Saving"), strict=True):
        sheet.text(left, 120, text, bold=True)
    sheet.text(40, 132, "Ref.", bold=True)
    sheet.text(330, 132, "Service", bold=True)
    table = table_of(sheet)
    assert header_of(table) == [("Cyf. / Ref.", "Action", "Adran / Service", "Portfolio Holder", "Cost", "Saving")]
    assert body_of(table) == ROWS


def test_a_header_cell_in_the_middle_of_both_rows_is_spanned_by_none() -> None:
    sheet = Sheet()
    for left, text in ((40, "Ref"), (90, "Action"), (560, "Cost"), (600, "Status")):
        sheet.text(left, 130, text, bold=True)
    sheet.text(330, 118, "Accountability", bold=True)
    for left, lines in ((330, ("Lead", "service")), (450, ("Portfolio", "Holder"))):
        for row, text in enumerate(lines):
            sheet.text(left, 131 + 11 * row, text, bold=True)
    table = table_of(sheet)
    assert [row[2:] for row in header_of(table)] == [
        ("Accountability", "Accountability", "Cost", "Status"),
        ("Lead service", "Portfolio Holder", "Cost", "Status"),
    ]


def test_header_words_of_two_languages_are_one_cell_where_a_slash_joins_them() -> None:
    places = [
        ("Cam", 29.9, 52.4), ("gweithredu", 55.4, 112.7), ("/", 115.8, 119.1), ("Action", 122.1, 154.8),
        ("How", 210.0, 232.0), ("we", 235.0, 250.0), ("will", 253.0, 271.4), ("measure", 274.4, 317.5),
        ("it", 320.7, 328.2), ("Statws", 480.3, 524.6),
    ]  # fmt: skip
    words = [Word(text, x0, x1, 100.0, 9.0, 1, order, True) for order, (text, x0, x1) in enumerate(places)]
    scored = best_columns(words, replace(print_measure([words]), blank=0.315))
    assert scored is not None
    assert [column.text for column in scored[1]] == ["Cam gweithredu / Action", "How we will measure it", "Statws"]


def test_two_rows_of_header_words_are_two_overleaf_though_little_stands_below_them() -> None:
    lefts = (40, 80, 300, 420, 540)
    first, second = Sheet(), Sheet()
    for sheet, top in ((first, 60), (second, 40)):
        for left, text in zip((300, 40, 80, 540), ("Accountability", "Ref", "Action", "When"), strict=True):
            sheet.text(left, top if text == "Accountability" else top + 6, text, bold=True)
        for left, text in ((300, "Owner"), (420, "Service")):
            sheet.text(left, top + 14, text, bold=True)
    for number in range(9):
        row = (f"1.{number + 1}", "Let three units", "Fleet Engineer", "Highways", "Q1")
        for left, text in zip(lefts, row, strict=True):
            first.text(left, 100 + 40 * number, text)
        first.text(80, 111.5 + 40 * number, "at the old mill")
    for left, text in ((80, "in Marrigg"), (540, "2030")):
        second.text(left, 76, text)
    document = read_pdf(write([first, second]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert header_of(table)[0][2:4] == ("Accountability", "Accountability")
    assert body_of(table)[-1][-1] == "Q1 2030"


def test_the_labelled_heading_of_a_group_close_below_a_header_is_no_line_of_it() -> None:
    sheet = Sheet()
    lefts = (52, 112, 318, 396, 480, 620)
    heads = ("Reference", "Actions we will take", "Risks", "Deadline", "Action owner", "Latest update")
    for left, text in zip(lefts, heads, strict=True):
        sheet.text(left, 130, text, bold=True)
    sheet.text(52, 144.5, "Outcome: Answering the call", bold=True)
    for number in range(8):
        row = (f"1.{number + 1}", "Open a drone hangar", "Low", "March", "Digital Policing", "On track")
        for left, text in zip(lefts, row, strict=True):
            sheet.text(left, 160 + 26 * number, text)
    document = read_pdf(write([sheet]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert header_of(table) == [heads]
    assert body_of(table)[0][0] == "Outcome: Answering the call"


def test_the_ends_of_cells_are_no_header_though_they_are_header_words() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Ref", "Action", "Service", "Portfolio Holder", "Cost", "Saving"), strict=True):
        sheet.text(left, 130, text, bold=True)
    for row, texts in enumerate(
        (
            ("(Also links to Our people", "Energy", "Climate Action", "Rising"),
            ("theme)", "and Carbon", "Action and Nature", "costs"),
        )
    ):
        for left, text in zip((90, 330, 450, 560), texts, strict=True):
            sheet.text(left, 240 + 11.5 * row, text)
    sheet.text(40, 240, "1.4")
    table = table_of(sheet)
    assert [row[0] for row in body_of(table)] == ["1.1", "1.2", "1.3", "1.4"]


def test_a_cell_over_others_ends_where_the_next_one_over_others_begins() -> None:
    sheet = Sheet()
    sheet.text(LEFTS[2], 108, "Accountability", bold=True)
    sheet.text(LEFTS[4], 108, "Progress", bold=True)
    lower = zip(LEFTS, ("Ref", "Action", "Service", "Portfolio Holder", "Cost", "Status"), strict=True)
    for left, text in lower:
        sheet.text(left, 130, text, bold=True)
    table = table_of(sheet)
    assert [row[2:] for row in header_of(table)] == [
        ("Accountability", "Accountability", "Progress", "Progress"),
        ("Service", "Portfolio Holder", "Cost", "Status"),
    ]
    assert body_of(table) == ROWS


def test_light_words_of_a_row_that_are_header_words_are_no_header_below_a_bold_one() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Ref", "Action", "Service", "Portfolio Holder", "Cost", "Status"), strict=True):
        sheet.text(left, 130, text, bold=True)
    first = ((40, "Action"), (330, "Port Directorate;"), (450, "Executive Member"), (560, "2022-"))
    second = ((40, "1.4"), (330, "Parks Directorate"), (450, "for Parks"), (560, "23"))
    for row, texts in enumerate((first, second)):
        for left, text in texts:
            sheet.text(left, 240 + 11.5 * row, text)
    sheet.text(90, 245.75, "Plant a hedge of hawthorn")
    table = table_of(sheet)
    assert [row[0] for row in body_of(table)] == ["1.1", "1.2", "1.3", "Action 1.4"]


def test_a_name_in_two_languages_goes_on_alone_on_its_line_where_header_cells_are_centred() -> None:
    lefts = (52, 87, 386, 487, 557, 635, 692)
    sheet = Sheet()
    placed = [
        *((386, 249.8, "Accountability"), (557, 249.8, "Delivery"), (487, 263.8, "Aelod"), (52, 267.9, "Cyf /")),
        *((87, 273.5, "Cam gweithredu / Action"), (692, 273.5, "Key partners"), (386, 274.9, "Cyfarwyddiaeth /")),
        *((487, 274.9, "Cabinet /"), (557, 274.9, "Amserlen /"), (635, 274.9, "Statws /"), (52, 279.1, "Ref")),
        *((386, 286.1, "Directorate"), (487, 286.1, "Cabinet"), (557, 286.1, "Timescale"), (635, 286.1, "Status")),
        (487, 297.2, "Member"),
    ]
    for left, baseline, text in placed:
        sheet.text(left, baseline, text, 9.5, bold=True)
    rows = [
        ("1.1", "Digitise the register of buildings", "Communities", "Cllr Pillai", "May 2025", "On track", "None"),
        ("1.2", "Clear the backlog of old cases", "Economy", "Cllr Moor", "July 2025", "At risk", "Parishes"),
        ("1.3", "Write design codes with residents", "Economy", "Cllr Moor", "March 2026", "At risk", "None"),
    ]
    for number, row in enumerate(rows):
        for left, text in zip(lefts, row, strict=True):
            sheet.text(left, 322 + 26 * number, text, 9.5)
    document = read_pdf(write([sheet]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert header_of(table)[-1] == (
        *("Cyf / Ref", "Cam gweithredu / Action", "Cyfarwyddiaeth / Directorate", "Aelod Cabinet / Cabinet Member"),
        *("Amserlen / Timescale", "Statws / Status", "Key partners"),
    )
    assert body_of(table) == rows


def test_two_light_words_of_a_row_are_no_header_where_headers_are_bold() -> None:
    sheet = Sheet()
    lefts = (40, 90, 330, 450)
    for left, text in zip(lefts, ("Action No", "Action", "Service", "Due date"), strict=True):
        sheet.text(left, 40, text, bold=True)
    for number in range(1, 5):
        y = 40 + 26 * number
        for left, text in zip(lefts, ("Action", "Mend the weir of the old town", "Growth", "Quarter"), strict=True):
            sheet.text(left, y + 6 * (left in (90, 330)), text)
        sheet.text(40, y + 12, f"3.{number}")
        sheet.text(450, y + 12, str(number))
    document = read_pdf(write([sheet]), "plan.pdf", Settings())
    assert len([block for block in document.blocks if isinstance(block, Table)]) == 1


def test_a_light_line_that_goes_on_with_a_text_is_no_header_where_headers_are_bold() -> None:
    sheet = Sheet()
    lefts = (40, 90, 380, 500)
    rows = [
        ("1", "Where targets are", "Communities", "Human"),
        ("", "missed, a report will say why and what", "Directorate", "Resources"),
        ("", "will be done.", "", ""),
    ]
    for left, text in zip(lefts, ("Ref", "Action", "Lead directorate", "Lead"), strict=True):
        sheet.text(left, 40, text, bold=True)
    for number in range(9):
        for left, text in zip(lefts, rows[number % 3], strict=True):
            if text:
                sheet.text(left, 66 + 12 * number + 14 * (number // 3), text)
    document = read_pdf(write([sheet]), "plan.pdf", Settings())
    assert len([block for block in document.blocks if isinstance(block, Table)]) == 1


def test_the_heading_of_a_group_right_below_a_header_is_none_of_its_lines() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS[1:], ("Deliverable", "Service", "Portfolio Holder", "Cost", "Saving"), strict=True):
        sheet.text(left, 130, text, bold=True)
    sheet.text(40, 145, "Living independently for longer", bold=True)
    table = table_of(sheet)
    assert header_of(table) == [("", "Deliverable", "Service", "Portfolio Holder", "Cost", "Saving")]
    assert body_of(table) == [("Living independently for longer",) * 6, *ROWS]


def test_the_same_header_words_are_cut_alike_though_other_widths_wrap_them_otherwise() -> None:
    def word(text: str, x0: float, y: float) -> Word:
        return Word(text, x0, x0 + 5 * len(text), y, 9.0, 1, 0, bold=True)

    def column(meaning: Meaning | None, *words: Word) -> Column:
        return Column(min(each.x0 for each in words), " ".join(each.text for each in words), meaning, [*words])

    action, owner = column("activity", word("Action", 40, 60)), word("Owner", 300, 66)
    seen = HeadersSeen()
    rating = column("status", word("Delivery", 200, 50), word("RAG", 200, 60), word("rating", 200, 70))
    whole = [action, rating, column("timescale", word("Time", 250, 60)), column("lead_officers", owner)]
    seen.settle(Header(0, 2, whole), 3)
    rating = column(
        None, word("Delivery", 200, 50), word("RAG", 202, 60), word("Time", 230, 64), word("rating", 202, 70)
    )
    narrow = Header(0, 2, [action, rating, column("lead_officers", replace(owner, baseline=50))])
    seen.settle(narrow, 9)
    assert [each.text for each in narrow.columns] == ["Action", "Delivery RAG rating", "Time", "Owner"]
    assert [each.left for each in narrow.columns] == [40, 200, 230, 300]


def test_words_of_a_header_alone_at_a_page_s_foot_are_counted_once() -> None:
    names = ("Ref", "What we will do", "Lead officer", "Due date")
    lefts = (40, 90, 330, 450)
    sheets = [Sheet(), Sheet()]
    for sheet, top, first in ((sheets[0], 60, 1), (sheets[0], 560, 0), (sheets[1], 36, 2)):
        if sheet is sheets[0]:
            for left, text in zip(lefts, names, strict=True):
                sheet.text(left, top, text, bold=True)
        for number in range(1, 5 if first else 1):
            row = (f"{first}.{number}", "Mend the weir of the old town", "Town Clerk", "May 2025")
            for left, text in zip(lefts, row, strict=True):
                sheet.text(left, top + 24 * number, text)
    document = read_pdf(write(sheets), "plan.pdf", Settings())
    assert document.unplaced == ()
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [header_of(table)[0] for table in tables] == [names] * 2


def test_a_header_cell_over_two_keeps_to_the_top_as_the_others_do() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Ref", "Action", "Service", "Delivery", "", "Cost"), strict=True):
        sheet.text(left, 118, text, bold=True)
    sheet.text(450, 130, "Lead officer", bold=True)
    sheet.text(560, 130, "RAG", bold=True)
    table = table_of(sheet)
    assert header_of(table) == [
        ("Ref", "Action", "Service", "Delivery", "Delivery", "Cost"),
        ("Ref", "Action", "Service", "Lead officer", "RAG", "Cost"),
    ]


def test_the_second_row_of_a_header_may_stand_as_far_below_as_the_rows_of_a_spreadsheet_do() -> None:
    sheet = Sheet()
    for left, text in zip(LEFTS, ("Ref", "Action", "Service", "Delivery", "", "Cost"), strict=True):
        sheet.text(left, 90, text, bold=True)
    sheet.text(450, 130, "Lead officer", bold=True)
    sheet.text(560, 130, "RAG", bold=True)
    table = table_of(sheet)
    assert header_of(table)[1][3:5] == ("Lead officer", "RAG")
    assert body_of(table) == ROWS


def test_a_header_of_two_rows_may_be_set_one_and_a_half_lines_apart() -> None:
    sheet = Sheet()
    for left, y, text in [
        (330, 103, "Accountability"), (40, 114, "Cyf /"), (90, 114, "Cam gweithredu /"), (560, 122, "Cost"),
        (330, 125, "Cyfarwyddiaeth /"), (450, 125, "Aelod Cabinet /"), (40, 129, "Ref"), (90, 129, "Action"),
        (330, 140, "Directorate"), (450, 140, "Cabinet Member"),
    ]:  # fmt: skip
        sheet.text(left, y, text, bold=True)
    table = table_of(sheet)
    assert header_of(table)[1][:4] == (
        "Cyf / Ref",
        "Cam gweithredu / Action",
        "Cyfarwyddiaeth / Directorate",
        "Aelod Cabinet / Cabinet Member",
    )


def test_a_narrow_cell_over_two_columns_is_none_of_their_words() -> None:
    sheet = Sheet()
    for left, top, text in (
        (40, 130, "Reference"),
        (100, 130, "Action"),
        (330, 116, "Delivery"),
        (330, 130, "RAG"),
        (330, 142, "rating"),
        (370, 136, "When"),
        (450, 130, "Lead service"),
    ):
        sheet.text(left, top, text, bold=True)
    states = [("Green", "June"), ("Blue", "July"), ("Red", "August")]
    for number, (row, state) in enumerate(zip(ROWS, states, strict=True)):
        for left, text in zip((40, 100, 330, 370, 450), (*row[:2], *state, row[2]), strict=True):
            sheet.text(left, 168 + 26 * number, text)
    document = read_pdf(write([sheet]), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert header_of(table)[0][2:4] == ("Delivery", "Delivery")
    assert header_of(table)[1] == ("Reference", "Action", "RAG rating", "When", "Lead service")
    assert [row[2:4] for row in body_of(table)] == states


def test_the_rest_of_a_torn_header_word_is_no_row() -> None:
    sheet = Sheet()
    sheet.text(40, 124, "Refer", bold=True)
    sheet.text(40, 136, "ence", bold=True)
    for left, text in zip(LEFTS[1:], ("Action", "Service", "Portfolio Holder", "Cost", "Saving"), strict=True):
        sheet.text(left, 130, text, bold=True)
    table = table_of(sheet)
    assert header_of(table) == [("Reference", "Action", "Service", "Portfolio Holder", "Cost", "Saving")]
    assert body_of(table) == ROWS


def test_a_word_that_one_page_shows_over_two_columns_parts_no_table() -> None:
    """On the other page the first of them is as wide as the word."""
    sheets = (Sheet(), Sheet())
    for sheet, when, top, count in zip(sheets, (400.0, 370.0), (440, 116), (2, len(ROWS)), strict=True):
        for left, below, text in (
            (40, 14, "Reference"),
            (100, 14, "Action"),
            (330, 0, "Delivery"),
            (330, 14, "RAG"),
            (330, 26, "rating"),
            (when, 20, "When"),
            (480, 14, "Lead service"),
        ):
            sheet.text(left, top + below, text, bold=True)
        for number, row in enumerate(ROWS[:count]):
            for left, text in zip((40, 100, 330, when, 480), (*row[:2], "Green", "June", row[2]), strict=True):
                sheet.text(left, top + 52 + 26 * number, text)
    document = read_pdf(write(sheets), "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert len(body_of(table)) == 2 + len(ROWS)


def test_a_stroke_alone_on_its_line_is_of_the_name_around_it() -> None:
    """It begins a little left of that, and the cell before it has no line there."""
    sheet = Sheet()
    for left, top, text in (
        (40, 110, "Ref"),
        (100, 110, "Action"),
        (310, 110, "Key partners"),
        (410, 110, "Amserlen"),
        (408.9, 122, "/"),
        (410, 134, "Timescale"),
        (500, 110, "Lead service"),
    ):
        sheet.text(left, top, text, bold=True)
    for number, row in enumerate(ROWS):
        for left, text in zip((40, 100, 310, 410, 500), (*row[:2], "None", "June", row[2]), strict=True):
            sheet.text(left, 160 + 26 * number, text)
    table = table_of(sheet)
    assert header_of(table) == [("Ref", "Action", "Key partners", "Amserlen / Timescale", "Lead service")]
