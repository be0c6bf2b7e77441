"""Pages and header cells that are turned: sideways, aslant, upside down."""

from __future__ import annotations

import sys
from dataclasses import replace
from math import cos, radians, sin
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Document, Furniture, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from extractor.read.pdf.sideways import cell_lines
from extractor.read.typeset import Word
from pdf_writer import Element, Sheet, plan_rows, table_pdf, write

HEADER = ("Ref", "Activity", "Timescale", "Lead officer", "Lead directorate", "RAG rating")
ROWS = (
    ("1.1", "Open the hall", "March 2025", "Town Clerk", "Place", "Green"),
    ("1.2", "Paint the hall", "May 2025", "Head of Housing", "Place", "Red"),
)
EDGES = (60.0, 100.0, 360.0, 450.0, 570.0, 670.0, 710.0)
TOP, FOOT, ROW = 60.0, 150.0, 20.0


def read(*sheets: Sheet, root: Element | None = None) -> Document:
    return read_pdf(write(sheets, root), "plan.pdf", Settings())


def table_of(document: Document) -> Table:
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return table


def cells(table: Table) -> list[tuple[str | None, ...]]:
    return [tuple(cell.text if cell else None for cell in row) for row in table.rows]


def turned(sheet: Sheet, x: float, y: float, text: str, angle: int, mark: bool = False) -> int:
    """Draws a line from (x, y) in a direction, anticlockwise from left to right."""
    c, s = cos(radians(angle)), sin(radians(angle))
    shown = f"BT /B 9 Tf {c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {sheet.height - y:.2f} Tm ({text}) Tj ET"
    if not mark:
        sheet.parts.append(shown)
        return -1
    sheet.parts.append(f"/P <</MCID {sheet.marks}>> BDC {shown} EMC")
    sheet.marks += 1
    return sheet.marks - 1


def with_header(angle: int, wrapped: bool, leaning: bool = False) -> Sheet:
    """A ruled table with its header set at an angle; `wrapped`: a word a line; `leaning`: so are the header's rules."""
    sheet = Sheet()
    last = FOOT + ROW * len(ROWS)
    for x in EDGES:
        sheet.line(x, FOOT if leaning else TOP, x, last)
        if leaning:
            sheet.line(x, FOOT, x + FOOT - TOP, TOP)
    shift = FOOT - TOP if leaning else 0
    sheet.line(EDGES[0] + shift, TOP, EDGES[-1] + shift, TOP)
    for index in range(len(ROWS) + 1):
        sheet.line(EDGES[0], FOOT + ROW * index, EDGES[-1], FOOT + ROW * index)
    for left, text in zip(EDGES, HEADER, strict=False):
        for number, line in enumerate(text.split() if wrapped else [text]):
            if angle == 270:
                turned(sheet, left + 18 - 11 * number, TOP + 5, line, angle)
            else:
                turned(sheet, left + 12 + 11 * number, FOOT - 5, line, angle)
    for number, row in enumerate(ROWS):
        for left, text in zip(EDGES, row, strict=False):
            sheet.text(left + 4, FOOT + 14 + ROW * number, text, 9)
    return sheet


@pytest.mark.parametrize("wrapped", [False, True], ids=["one line", "a word a line"])
@pytest.mark.parametrize("angle", [30, 45, 60, 90, 270])
def test_a_header_set_at_an_angle_heads_its_columns(angle: int, wrapped: bool) -> None:
    sheet = with_header(angle, wrapped)
    table = table_of(read(sheet))
    assert table.header_rows == 1
    assert cells(table) == [HEADER, *ROWS]
    plan = read_plan(write([sheet]), "plan.pdf", Settings())
    assert not plan.coverage.unread
    first = plan.activities[0]
    assert (first.lead_officers, first.lead_directorates, first.status) == (("Town Clerk",), ("Place",), "Green")


def test_a_header_whose_cells_lean_with_it_heads_the_columns_that_it_stands_over() -> None:
    table = table_of(read(with_header(45, wrapped=False, leaning=True)))
    assert table.header_rows == 1
    assert cells(table) == [HEADER, *ROWS]


@pytest.mark.parametrize("angle", [90, 270])
def test_the_box_of_a_header_set_sideways_is_as_high_as_its_text(angle: int) -> None:
    table = table_of(read(with_header(angle, wrapped=False)))
    head = table.rows[0][4]
    assert head is not None
    assert head.location.bbox is not None
    left, top, right, bottom = head.location.bbox
    assert bottom - top == pytest.approx(len("Lead directorate") * 9 * 0.6, abs=1)
    assert right - left < 12


def test_sideways_headers_of_narrow_columns_are_parted_by_their_tags() -> None:
    sheet = Sheet()
    lefts = (60, 100, 400, 412, 424)
    heads = ("Ref", "Activity", "Status", "Progress", "Who leads")
    marks = [turned(sheet, left + 9, FOOT - 5, text, 90, mark=True) for left, text in zip(lefts, heads, strict=True)]
    rows = [Element("TR", [Element("TH", [(0, mark)]) for mark in marks])]
    for number in range(3):
        row = (f"1.{number + 1}", f"Open hall {number}", "G", "1", "X")
        own = [
            sheet.text(left, FOOT + 14 + 20 * number, text, mark=True) for left, text in zip(lefts, row, strict=True)
        ]
        rows.append(Element("TR", [Element("TD", [(0, mark)]) for mark in own]))
    table = table_of(read(sheet, root=Element("Document", [Element("Table", [*rows])])))
    assert table.location.method == "tags"
    assert cells(table)[0] == heads


# Pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rotate", [90, 180, 270])
@pytest.mark.parametrize("style", ["tagged", "ruled", "plain"])
def test_a_page_that_is_shown_turned_has_the_same_blocks_at_the_same_places(style: str, rotate: int) -> None:
    rows = plan_rows(30)
    upright = read_pdf(table_pdf(rows, style), "plan.pdf", Settings())
    lying = read_pdf(table_pdf(rows, style, rotate=rotate), "plan.pdf", Settings())
    assert lying.blocks == upright.blocks
    assert not lying.doubts


@pytest.mark.parametrize("rotate", [90, 180, 270])
@pytest.mark.parametrize("style", ["tagged", "ruled", "plain"])
def test_a_page_that_is_shown_lying_has_the_same_words_at_its_own_places(style: str, rotate: int) -> None:
    rows = plan_rows(30)
    upright = table_of(read_pdf(table_pdf(rows, style), "plan.pdf", Settings()))
    lying = table_of(read_pdf(table_pdf(rows, style, shown=rotate), "plan.pdf", Settings()))
    assert cells(lying) == cells(upright)
    for one, other in zip(upright.cells(), lying.cells(), strict=True):
        places = zip((one.location, *one.location.continued), (other.location, *other.location.continued), strict=True)
        for place, own in places:
            assert place.bbox is not None
            assert own.bbox == pytest.approx(as_shown(place.bbox, rotate), abs=1.1), (one.text, own.page)


def as_shown(box: tuple[float, float, float, float], rotate: int) -> tuple[float, float, float, float]:
    """A box of an upright page of 842 by 595 points, once a viewer has turned it clockwise."""
    left, top, right, bottom = box
    if rotate == 90:
        return (595 - bottom, left, 595 - top, right)
    if rotate == 180:
        return (842 - right, 595 - bottom, 842 - left, 595 - top)
    return (top, 842 - right, bottom, 842 - left)


def test_a_head_upright_over_a_table_set_sideways_is_furniture() -> None:
    sheet = Sheet(595, 842)
    sheet.text(60, 25, "Northmoor Council delivery plan", 9)
    for row, texts in enumerate([HEADER[:4], *(row[:4] for row in ROWS)]):
        for along, text in zip((760, 700, 450, 250), texts, strict=True):
            sheet.sideways(100 + 24 * row, along, text)
    document = read(sheet)
    assert cells(table_of(document)) == [HEADER[:4], *(row[:4] for row in ROWS)]
    [head] = [block for block in document.blocks if isinstance(block, Furniture)]
    assert head.text == "Northmoor Council delivery plan"
    assert head.location.bbox == pytest.approx((60, 18, 60 + 31 * 5.4, 27), abs=2)


def test_turned_letters_that_touch_are_one_word() -> None:
    letters = [
        Word(letter, 51, 62, 152 - 6.5 * at, 10, 1, at, high=145.5 - 6.5 * at, angle=90)
        for at, letter in enumerate("TOWN")
    ]
    assert [line.text for line in cell_lines(letters)] == ["TOWN"]
    apart = [replace(word, baseline=word.baseline - 2 * at, high=word.high - 2 * at) for at, word in enumerate(letters)]
    assert [line.text for line in cell_lines(apart)] == ["T O W N"]


@pytest.mark.parametrize("angle", [90, 270])
def test_labels_set_sideways_beside_others_that_are_not_make_one_header_without_rules(angle: int) -> None:
    sheet = Sheet()
    sheet.text(60, 40, "Delivery Plan 2024/25", 16, True)
    for index, (left, label) in enumerate(zip(EDGES, HEADER, strict=False)):
        if index < 2:
            sheet.text(left + 4, TOP + 10, label, 9, True)
        else:
            turned(sheet, left + 12, FOOT - 4 if angle == 90 else TOP + 4, label, angle)
    for number, row in enumerate(ROWS * 2):
        for left, text in zip(EDGES, row, strict=False):
            sheet.text(left + 4, FOOT + 14 + ROW * number, text.replace("1.", f"{1 + number // 2}."), 9)
    table = cells(table_of(read(sheet)))
    assert table[0] == HEADER
    assert table[1] == ROWS[0]
    assert len(table) == 5
