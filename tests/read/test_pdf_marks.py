"""What a PDF draws over, beside and above its text, and characters that are not what they seem."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Document, Furniture, Heading, Paragraph, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from extractor.records import Plan
from pdf_writer import Element, Sheet, write

ROWS = (
    ("Ref", "Action", "By when", "Lead officer"),
    ("1.1", "Open the hall", "March 2025", "Town Clerk"),
    ("1.2", "Paint the hall", "June 2025", "Mayor"),
)
LEFTS = (62.0, 122.0, 402.0, 522.0)
EDGES = (60.0, 120.0, 400.0, 520.0, 700.0)
HEIGHTS = (74.0, 94.0, 114.0)
LETTER = 6.0


def plan_sheet(rules: bool = True) -> Sheet:
    """A page with a table of three rows."""
    sheet = Sheet()
    if rules:
        for y in (60, 80, 100, 120):
            sheet.line(EDGES[0], y, EDGES[-1], y)
        for x in EDGES:
            sheet.line(x, 60, x, 120)
    for y, row in zip(HEIGHTS, ROWS, strict=True):
        for x, text in zip(LEFTS, row, strict=True):
            sheet.text(x, y, text)
    return sheet


def document_of(*sheets: Sheet) -> Document:
    return read_pdf(write(sheets), "plan.pdf", Settings())


def plan_of(*sheets: Sheet) -> Plan:
    return read_plan(write(sheets), "plan.pdf", Settings())


def cells(document: Document) -> list[tuple[str, ...]]:
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return [tuple(cell.text if cell else "" for cell in row) for row in table.rows]


def furniture(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks if isinstance(block, Furniture)]


def nothing_unread(plan: Plan) -> bool:
    return not plan.coverage.unread and plan.coverage.words == plan.coverage.claimed


# Furniture ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "unruled"])
def test_a_watermark_aslant_is_furniture(rules: bool) -> None:
    sheet = plan_sheet(rules)
    sheet.aslant(200, 400, "DRAFT", 90)
    document = document_of(sheet)
    assert furniture(document) == [("watermark", "DRAFT")]
    assert cells(document) == list(ROWS)
    assert nothing_unread(plan_of(sheet))


def test_large_type_over_the_text_is_a_watermark_and_leaves_its_words_whole() -> None:
    sheet = plan_sheet()
    sheet.text(200, 115, "DRAFT", 90, bold=True)
    document = document_of(sheet)
    assert furniture(document) == [("watermark", "DRAFT")]
    assert cells(document) == list(ROWS)
    assert nothing_unread(plan_of(sheet))


def test_a_large_title_is_no_watermark() -> None:
    sheet = plan_sheet()
    sheet.text(60, 50, "Plan 2024/25", 32, bold=True)
    document = document_of(sheet)
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["Plan 2024/25"]
    assert not furniture(document)


def test_a_tab_in_the_margin_is_beyond_the_text_beside_it_though_the_number_of_the_page_is_as_far_right() -> None:
    sheet = plan_sheet(rules=False)
    sheet.sideways(810, 112, "Our Aims")
    sheet.text(806, 570, "1", 8)
    document = document_of(sheet)
    assert ("marginal tab", "Our Aims") in furniture(document)
    assert cells(document) == list(ROWS)


def test_a_tab_in_the_margin_without_text_beside_it_may_stand_close_to_where_the_text_of_the_page_ends() -> None:
    sheet = plan_sheet()
    sheet.sideways(816, 300, "Our Aims", 10)
    sheet.text(803, 570, "1", 8)
    assert ("marginal tab", "Our Aims") in furniture(document_of(sheet))


def test_a_tab_in_the_margin_is_furniture_and_read_in_its_direction() -> None:
    sheet = plan_sheet()
    sheet.sideways(830, 300, "Our Council Plan", 12)
    document = document_of(sheet)
    assert furniture(document) == [("marginal tab", "Our Council Plan")]
    assert cells(document) == list(ROWS)
    assert nothing_unread(plan_of(sheet))


def test_a_header_set_sideways_near_the_edge_of_the_page_is_no_tab() -> None:
    sheet = plan_sheet(rules=False)
    sheet.sideways(805, 74, "RAG", 8)
    for y, text in zip(HEIGHTS[1:], ("G", "R"), strict=True):
        sheet.text(800, y, text)
    document = document_of(sheet)
    assert not furniture(document)
    assert cells(document) == [(*row, text) for row, text in zip(ROWS, ("RAG", "G", "R"), strict=True)]


def test_a_header_set_sideways_is_a_header() -> None:
    sheet = plan_sheet()
    for y in (60, 80, 100, 120):
        sheet.line(700, y, 760, y)
    sheet.line(700, 10, 700, 60)
    sheet.line(760, 10, 760, 120)
    sheet.line(700, 10, 760, 10)
    for x in EDGES[:-1]:
        sheet.line(x, 10, x, 60)
    sheet.line(60, 10, 700, 10)
    sheet.sideways(720, 58, "RAG now", 8)
    sheet.text(705, 94, "Green")
    sheet.text(705, 114, "Red")
    assert [row[4] for row in cells(document_of(sheet)) if row[4] not in ("", "Green", "Red")] == ["RAG now"]


# Marks in the text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "unruled"])
def test_a_footnote_mark_is_no_part_of_the_value_and_its_note_is_kept(rules: bool) -> None:
    sheet = plan_sheet(rules)
    sheet.text(522 + 10 * LETTER + 0.2, 90, "1", 6)
    sheet.text(60, 400, "1", 6)
    sheet.text(66, 404, "Subject to funding.", 8)
    plan = plan_of(sheet)
    assert plan.activities[0].lead_officers == ("Town Clerk",)
    [issue] = [issue for issue in plan.issues if issue.code == "footnote-mark"]
    assert (issue.ref, issue.field) == ("1.1", "lead_officers")
    assert "Subject to funding." in issue.message
    assert nothing_unread(plan)
    texts = [block.line.text for block in document_of(sheet).blocks if isinstance(block, Paragraph)]
    assert "1 Subject to funding." in texts


def test_a_stop_behind_a_footnote_mark_stays_with_its_word() -> None:
    sheet = plan_sheet()
    end = 122 + 13 * LETTER
    sheet.text(end + 0.2, 90, "2", 6)
    sheet.text(end + 4.0, 94, ".")
    assert cells(document_of(sheet))[1][1] == "Open the hall."


def test_a_raised_figure_that_lifts_its_line_to_that_of_other_cells_is_a_footnote_mark() -> None:
    # A browser sets it at five sixths of the size, and the line with it lower than those of the other cells.
    sheet = plan_sheet()
    sheet.parts = [part for part in sheet.parts if "(Open the hall)" not in part]
    sheet.text(122, 96.6, "Open the hall")
    sheet.text(122 + 13 * LETTER, 93.6, "1", 8.33)
    assert cells(document_of(sheet))[1] == ("1.1", "Open the hall", "March 2025", "Town Clerk")


def test_a_tick_alone_in_its_cell_is_its_value() -> None:
    sheet = plan_sheet()
    sheet.parts = [part for part in sheet.parts if "March" not in part]
    sheet.text(402, 94, "\xb7")
    assert cells(document_of(sheet))[1][2] == "\xb7"


def test_a_power_is_no_footnote_mark() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Plant trees on 500 m")
    sheet.text(60 + 20 * LETTER + 0.2, 96, "2", 6)
    sheet.text(60 + 20 * LETTER + 10, 100, "of the old depot")
    [line] = [block.line for block in document_of(sheet).blocks if isinstance(block, Paragraph)]
    assert line.text == "Plant trees on 500 m2 of the old depot"


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "unruled"])
@pytest.mark.parametrize(("before", "shown", "rise"), [("Save 10", "⁶", 5), ("Cut CO", "2", -3), ("On the 1", "st", 5)])
def test_what_is_raised_or_lowered_stays_behind_its_word(rules: bool, before: str, shown: str, rise: float) -> None:
    sheet = plan_sheet(rules)
    sheet.parts = [part for part in sheet.parts if "(Open the hall)" not in part]
    sheet.text(122, 94, before)
    sheet.text(122 + len(before) * LETTER, 94 - rise, shown.replace("⁶", "6"), 6)
    sheet.text(122 + (len(before) + len(shown)) * LETTER, 94, "litres")
    assert cells(document_of(sheet))[1][1] == f"{before}{shown} litres"


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "unruled"])
def test_a_mark_behind_a_year_is_no_power_and_its_note_may_be_set_like_it(rules: bool) -> None:
    sheet = plan_sheet(rules)
    sheet.text(402 + 10 * LETTER, 89, "2", 6)
    sheet.text(60, 400, "2 If the licence is granted in time.", 7)
    plan = plan_of(sheet)
    assert plan.activities[0].timescale is not None
    assert plan.activities[0].timescale.as_published == "March 2025"
    [issue] = [issue for issue in plan.issues if issue.code == "footnote-mark"]
    assert issue.message.endswith('the note says: "If the licence is granted in time."')
    assert issue.field == "timescale"


@pytest.mark.parametrize("rules", [True, False], ids=["ruled", "unruled"])
def test_struck_out_text_gives_way_to_what_stands_beside_it(rules: bool) -> None:
    sheet = plan_sheet(rules)
    sheet.line(402, 91, 402 + 10 * LETTER, 91)
    sheet.text(402 + 11 * LETTER, 94, "May 2025")
    plan = plan_of(sheet)
    assert plan.activities[0].timescale is not None
    assert plan.activities[0].timescale.as_published == "May 2025"
    [issue] = [issue for issue in plan.issues if issue.code == "text-struck"]
    assert (issue.ref, issue.field) == ("1.1", "timescale")
    assert nothing_unread(plan)


def test_a_struck_out_line_gives_way_to_the_line_below_it() -> None:
    sheet = plan_sheet()
    sheet.line(522, 91, 522 + 10 * LETTER, 91)
    sheet.text(524, 99, "Chair of Place", 6)
    plan = plan_of(sheet)
    assert plan.activities[0].lead_officers == ("Chair of Place",)
    assert "text-struck" in {issue.code for issue in plan.issues if issue.ref == "1.1"}


def test_a_value_that_is_only_struck_out_is_none() -> None:
    sheet = plan_sheet()
    sheet.line(522, 91, 522 + 10 * LETTER, 91)
    plan = plan_of(sheet)
    assert plan.activities[0].lead_officers == ()
    assert {issue.code for issue in plan.issues if issue.field == "lead_officers"} >= {"text-struck"}


def test_struck_out_text_of_a_tagged_page_gives_way_too() -> None:
    sheet = Sheet()
    old = sheet.text(60, 100, "March 2025", mark=True)
    new = sheet.text(60 + 11 * LETTER, 100, "May 2025", mark=True)
    sheet.line(60, 97, 60 + 10 * LETTER, 97)
    document = read_pdf(
        write([sheet], Element("Document", [Element("P", [(0, old), (0, new)])])), "plan.pdf", Settings()
    )
    [line] = [block.line for block in document.blocks if isinstance(block, Paragraph)]
    assert (line.text, line.struck) == ("May 2025", ("March 2025",))


# Characters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("O U T C O M E   1", "OUTCOME 1"),
        ("A I M S", "AIMS"),
        ("A B C", "A B C"),
        ("O u t c o m e :   C l e a n   r i v e r s", "Outcome: Clean rivers"),
        ("P r i o r i t y   1 2 ,   P a r k s", "Priority 12, Parks"),
        ("S e a   V i e w", "Sea View"),
    ],
)
def test_letters_set_apart_are_a_word(shown: str, read: str) -> None:
    sheet = plan_sheet()
    sheet.text(60, 40, shown, 14, bold=True)
    assert [block.text for block in document_of(sheet).blocks if isinstance(block, Heading)] == [read]


def test_a_line_alone_where_the_head_of_other_pages_stands_is_that_of_the_facing_page() -> None:
    sheets = [Sheet() for _ in range(3)]
    heads = ("Harbour plan", "Working together", "Harbour plan")
    bodies = ("Mend the pier and paint the sheds.", "Dredge the channel twice.", "Light the quay.")
    for sheet, head, body in zip(sheets, heads, bodies, strict=True):
        sheet.text(60, 30, head, 7)
        sheet.text(60, 60, body)
    document = read_pdf(write(sheets), "plan.pdf", Settings())
    assert [block.text for block in document.blocks if isinstance(block, Furniture)] == list(heads)


def test_small_capitals_are_one_word_with_their_capital() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "P", 12)
    sheet.text(60 + 7.2, 100, "RIORITIES", 9)
    assert [block.line.text for block in document_of(sheet).blocks if isinstance(block, Paragraph)] == ["PRIORITIES"]


def test_bullets_of_the_private_use_area_are_bullets_and_ligatures_are_letters() -> None:
    sheet = Sheet()
    for y, code, text in ((100, "41", "Open the hall"), (112, "43", "Paint it")):
        sheet.glyphs(60, y, code, "S")
        sheet.text(72, y, text)
    for y, code in ((160, "42"), (200, "44")):  # the second as Ghostscript writes it
        sheet.glyphs(60, y, code, "S")
        sheet.text(66, y, "nd out")
    lines = [block.line for block in document_of(sheet).blocks if isinstance(block, Paragraph)]
    assert [(line.kind, line.text) for line in lines] == [
        ("item", "Open the hall"),
        ("item", "Paint it"),
        ("paragraph", "find out"),
        ("paragraph", "find out"),
    ]


def test_characters_without_text_are_left_out_and_named() -> None:
    sheet = plan_sheet()
    sheet.glyphs(522 + 11 * LETTER, 94, "000300240025")
    plan = plan_of(sheet)
    assert plan.activities[0].lead_officers == ("Town Clerk",)
    [issue] = [issue for issue in plan.issues if issue.code == "text-unmapped"]
    assert (issue.ref, issue.field) == ("1.1", "lead_officers")
    assert "\ufffd" not in plan.model_dump_json(exclude={"issues"})


def test_a_sign_without_text_takes_no_letters_with_it() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Costs")
    sheet.glyphs(100, 100, "0003")
    sheet.text(106, 100, "620k")
    document = document_of(sheet)
    assert [block.line.text for block in document.blocks if isinstance(block, Paragraph)] == ["Costs 620k"]
    assert [doubt.code for doubt in document.doubts] == ["text-unmapped"]


def test_a_page_of_characters_without_text_is_named() -> None:
    sheet = Sheet()
    for number in range(5):
        sheet.glyphs(60, 100 + 14 * number, "002400250026")
    assert not document_of(sheet).blocks
    told = [(issue.code, issue.location and issue.location.page) for issue in plan_of(sheet).issues]
    assert told.count(("text-unmapped", 1)) == 1


def bitmaps(sheet: Sheet, x: float, y: float, text: bytes) -> None:
    sheet.glyphs(x, y, text.hex(), "T", 8)


def test_the_codes_of_bitmaps_are_read_where_they_make_words() -> None:
    sheet = Sheet()
    for y, cells in (
        (60, (b"Ref", b"Action", b"Owner", b"Timescale")),
        (90, (b"1.1", b"Find a site for the of\x1cce, and open it \x15 or let it", b"Head of Estates", b"May 2030")),
        (120, (b"1.2", b"Mend the roof of the old mill for \xbf4m", b"Head of Estates", b"June 2030")),
    ):
        for x, text in zip((40, 90, 420, 620), cells, strict=True):
            bitmaps(sheet, x, y, text)
    plan = plan_of(sheet)
    assert [each.activity for each in plan.activities] == [
        "Find a site for the office, and open it – or let it",
        "Mend the roof of the old mill for £4m",
    ]
    assert [
        (each.ref, each.location and each.location.page) for each in plan.issues if each.code == "text-unmapped"
    ] == [(None, 1)]


def test_the_codes_of_a_font_numbered_anew_stay_unknown() -> None:
    sheet = Sheet()
    for y in range(60, 200, 20):
        bitmaps(sheet, 40, y, b"uif mpdl boe uif xfjs pg uif upxo")
    document = document_of(sheet)
    assert not document.blocks
    assert {doubt.code for doubt in document.doubts} == {"text-unmapped"}


def test_the_code_of_a_pound_sign_before_a_figure_is_one_though_its_font_does_not_say_so() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Costs")
    sheet.glyphs(100, 100, "a3", "T")
    sheet.text(106, 100, "620k")
    document = document_of(sheet)
    assert [block.line.text for block in document.blocks if isinstance(block, Paragraph)] == ["Costs £620k"]
    assert not document.doubts


def list_of(*actions: tuple[str, str, str]) -> Sheet:
    """A page on which each action is a heading with its labels below."""
    sheet = Sheet()
    sheet.text(60, 50, "Action plan 2024/25", 18, bold=True)
    for number, (ref, action, owner) in enumerate(actions):
        y = 90 + 70 * number
        sheet.text(60, y, f"{ref} {action}", bold=True)
        sheet.text(60, y + 14, f"Owner: {owner}")
        sheet.text(60, y + 28, "Deadline: June 2025")
    return sheet


def test_characters_without_text_are_named_in_the_record_that_lacks_them_in_a_list_too() -> None:
    sheet = list_of(("1.1", "Spend", "Mayor"), ("1.2", "Paint the hall", "Head of Parks"))
    sheet.glyphs(60 + 10 * LETTER, 90, "0003")
    sheet.text(60 + 11 * LETTER, 90, "620k on the hall", bold=True)
    plan = plan_of(sheet)
    assert [each.activity for each in plan.activities] == ["Spend 620k on the hall", "Paint the hall"]
    assert [(each.ref, each.field) for each in plan.issues if each.code == "text-unmapped"] == [("1.1", "activity")]


def test_a_sign_without_text_before_line_after_line_is_a_bullet() -> None:
    sheet = Sheet()
    sheet.text(60, 80, "Repair")
    for number, text in enumerate(("the hall", "the weir", "the bridge")):
        sheet.glyphs(60, 100 + 14 * number, "0003")
        sheet.text(72, 100 + 14 * number, text)
    document = document_of(sheet)
    lines = [block.line for block in document.blocks if isinstance(block, Paragraph)]
    assert [(line.marker, line.text) for line in lines[1:]] == [
        ("•", "the hall"),
        ("•", "the weir"),
        ("•", "the bridge"),
    ]
    assert not document.doubts


def test_a_sign_without_text_that_stands_once_is_no_bullet() -> None:
    sheet = Sheet()
    sheet.glyphs(60, 100, "0003")
    sheet.text(72, 100, "the hall")
    document = document_of(sheet)
    assert [doubt.code for doubt in document.doubts] == ["text-unmapped"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("The \374rst o\376ce of Sed\374eld sta\373", "The first office of Sedfield staff"),
        ("Cllr M\374ller of Staines and Lord \377ork", "Cllr M\374ller of Staines and Lord \377ork"),
    ],
)
def test_ligatures_that_came_out_as_other_letters_are_spelt_out_where_words_prove_it(
    printed: str, expected: str
) -> None:
    sheet = Sheet()
    sheet.text(60, 100, printed)
    assert [block.line.text for block in document_of(sheet).blocks if isinstance(block, Paragraph)] == [expected]


@pytest.mark.parametrize(
    ("initial", "rest", "said"),
    [("T", "his plan tells of rivers", "This plan tells of rivers"), ("A", "plan for rivers", "A plan for rivers")],
)
def test_an_initial_as_high_as_two_lines_begins_its_word(initial: str, rest: str, said: str) -> None:
    sheet = plan_sheet()
    sheet.text(60, 217, initial, 26)
    sheet.text(78, 205, f"{rest} and of the people who swim in them", 9)
    sheet.text(78, 216, "at all times of the year. A plan is kept short.", 9)
    sheet.text(60, 227, "It is read aloud on the quay.", 9)
    first, *_ = [block.line.text for block in document_of(sheet).blocks if isinstance(block, Paragraph)]
    assert first.startswith(f"{said} and of the people who swim in them at all times of the year.")


def test_roman_numerals_at_the_foot_that_count_up_are_numbers_of_pages() -> None:
    sheets = []
    for number in ("i", "ii", "iii"):
        sheet = plan_sheet()
        sheet.text(400, 570, number, 8)
        sheets.append(sheet)
    assert [text for kind, text in furniture(document_of(*sheets)) if kind == "page number"] == ["i", "ii", "iii"]


def with_words(colour: str, box: float | None = None) -> Sheet:
    """The page of a plan with two more words in a cell, of a colour, the row shaded or not."""
    sheet = plan_sheet()
    sheet.parts.append(f"q {colour}")
    sheet.text(230, 94, "Draft only")
    sheet.parts.append("Q")
    if box is not None:
        sheet.shade(60, 80, 700, 100, box)
    return sheet


@pytest.mark.parametrize(
    ("colour", "box", "told"),
    [
        ("1 g", None, "info"),
        ("1 g", 0.2, ""),  # white on a dark band
        ("0.9 g", 0.9, "warning"),  # what a box of its colour hides may be hidden on purpose
        ("0.9 g", None, ""),
        ("0.2 g", 0.9, ""),
    ],
)
def test_text_of_the_colour_of_what_lies_below_it_is_told_and_no_data(
    colour: str, box: float | None, told: str
) -> None:
    sheet = with_words(colour, box)
    assert cells(document_of(sheet))[1][1] == ("Open the hall" if told else "Open the hall Draft only")
    issues = [issue for issue in plan_of(sheet).issues if issue.code == "text-hidden"]
    assert [issue.severity for issue in issues] == ([told] if told else [])
    assert ['"Draft only"' in issue.message for issue in issues] == ([told == "info"] if told else [])


def test_white_text_on_an_image_or_on_a_figure_with_round_edges_is_seen() -> None:
    image, figure = with_words("1 g"), with_words("1 g")
    image.parts.insert(0, f"q 640 0 0 20 60 {image.height - 100:g} cm /Im Do Q")
    y = figure.height - 100
    round_edges = f"60 {y} m 690 {y} l 700 {y + 5} 700 {y + 15} 690 {y + 20} c 60 {y + 20} l f"
    figure.parts.insert(0, f"q 0.2 g {round_edges} Q")
    for sheet in (image, figure):
        assert cells(document_of(sheet))[1][1] == "Open the hall Draft only"


def test_a_word_over_the_edge_of_the_page_is_in_the_last_column_and_a_line_that_it_cuts_off_is_doubted() -> None:
    over, cut = plan_sheet(), plan_sheet()
    over.crop, cut.crop = (0, 0, 560, 595), (0, 0, 550, 595)
    assert [row[3] for row in cells(document_of(over))] == ["Lead officer", "Town Clerk", "Mayor"]
    plan = plan_of(cut)
    [told] = [issue for issue in plan.issues if issue.code == "text-hidden" and issue.ref == "1.1"]
    assert (told.severity, told.field) == ("warning", "lead_officers")
    assert told.message == 'The edge of the page cuts off the text after "Town": "Clerk" is not shown.'


@pytest.mark.parametrize(("left", "right"), [(122, 152), (152, 170), (176, 200)])  # "Open ", "the" and "hall"
def test_words_that_are_highlighted_within_a_cell_part_it_from_nothing(left: float, right: float) -> None:
    sheet = plan_sheet()
    sheet.shade(left, 85, right, 97, 0.8)
    assert cells(document_of(sheet)) == list(ROWS)


def test_text_below_a_box_that_is_drawn_over_it_is_no_data_and_its_place_is_told() -> None:
    sheet, behind = plan_sheet(), plan_sheet()
    sheet.shade(548, 84, 590, 98, 0)
    sheet.parts.append(sheet.parts.pop(0))
    behind.shade(551, 84, 583, 98, 0.8)
    assert [row[3] for row in cells(document_of(sheet))] == ["Lead officer", "Town", "Mayor"]
    [told] = [issue for issue in plan_of(sheet).issues if issue.code == "text-hidden"]
    assert (told.ref, told.field, told.severity) == ("1.1", "lead_officers", "warning")
    assert "Clerk" not in told.message
    assert [row[3] for row in cells(document_of(behind))] == ["Lead officer", "Town Clerk", "Mayor"]
