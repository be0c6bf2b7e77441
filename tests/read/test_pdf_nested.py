"""A table within a cell of another: its words stay in the cell, and its rows are no records."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from pdf_writer import Element, Sheet, write

EDGES = (60.0, 110.0, 500.0, 620.0, 780.0)
HEADER = ("Ref", "Activity", "Timescale", "Lead officer")
FIRST = ("1.1", "Open the halls:", "March 2025", "Town Clerk")
LAST = ("1.2", "Paint the hall", "May 2025", "Mayor")
INNER = (("Site", "Opening"), ("North", "June"), ("South", "July"))
NESTED = "Open the halls:\nSite Opening\nNorth June\nSouth July"


def row_of(sheet: Sheet, y: float, texts: tuple[str, ...], mark: bool = False) -> list[int]:
    return [sheet.text(x + 4, y, text, 9, mark=mark) for x, text in zip(EDGES, texts, strict=False)]


def grid(sheet: Sheet, xs: tuple[float, ...], ys: tuple[float, ...]) -> None:
    for y in ys:
        sheet.line(xs[0], y, xs[-1], y)
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])


def ruled(touches: bool) -> bytes:
    """`touches`: the inner rules meet those of the cell."""
    sheet = Sheet()
    grid(sheet, EDGES, (60, 80, 180, 200))
    for y, texts in ((74, HEADER), (94, FIRST), (194, LAST)):
        row_of(sheet, y, texts)
    left, right = (EDGES[1], EDGES[2]) if touches else (EDGES[1] + 6, EDGES[2] - 6)
    ys = (105.0, 130.0, 155.0, 180.0) if touches else (105.0, 125.0, 145.0, 165.0)
    grid(sheet, (left, left + 150, right), ys)
    for y, (one, other) in zip(ys, INNER, strict=False):
        sheet.text(left + 4, y + 14, one, 9)
        sheet.text(left + 154, y + 14, other, 9)
    return write([sheet])


def tagged(wrapped: bool) -> bytes:
    """`wrapped`: the inner table is set in a `Div`."""
    sheet = Sheet()

    def cells(tag: str, y: float, texts: tuple[str, ...]) -> list[Element | tuple[int, int]]:
        return [Element(tag, [(0, mark)]) for mark in row_of(sheet, y, texts, mark=True)]

    head, first, last = cells("TH", 74, HEADER), cells("TD", 94, FIRST), cells("TD", 194, LAST)
    inner = Element("Table")
    for number, texts in enumerate(INNER):
        marks = [
            sheet.text(114 + 150 * place, 119 + 20 * number, text, 9, mark=True) for place, text in enumerate(texts)
        ]
        tag = "TD" if number else "TH"
        inner.children.append(Element("TR", [Element(tag, [(0, mark)]) for mark in marks]))
    activity = first[1]
    assert isinstance(activity, Element)
    activity.children = [Element("P", activity.children), Element("Div", [inner]) if wrapped else inner]
    return write([sheet], Element("Document", [Element("Table", [Element("TR", row) for row in (head, first, last)])]))


@pytest.mark.parametrize(
    "data",
    [ruled(False), ruled(True), tagged(False), tagged(True)],
    ids=["ruled", "rules that meet", "tagged", "tagged in a division"],
)
def test_a_table_within_a_cell_is_text_of_the_cell(data: bytes) -> None:
    document = read_pdf(data, "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert [tuple(cell.text if cell else "" for cell in row) for row in table.rows] == [
        HEADER,
        (FIRST[0], NESTED, *FIRST[2:]),
        LAST,
    ]
    assert not document.unplaced
    assert not document.doubts
    plan = read_plan(data, "plan.pdf", Settings())
    assert [(each.ref, each.activity) for each in plan.activities] == [("1.1", NESTED), ("1.2", LAST[1])]
    assert plan.coverage.words == plan.coverage.claimed
    assert not plan.tables


def test_sub_items_with_merged_cells_beside_them_are_no_nested_table() -> None:
    sheet = Sheet()
    grid(sheet, EDGES, (60, 80))
    for x in EDGES:
        sheet.line(x, 60, x, 160)
    for y in (120, 140, 160):
        sheet.line(EDGES[0], y, EDGES[-1], y)
    sheet.line(EDGES[1], 100, EDGES[3], 100)
    row_of(sheet, 74, HEADER)
    for y, action, when in ((94, "Open the hall", "May 2025"), (114, "Paint it", "June 2025")):
        sheet.text(EDGES[1] + 4, y, action, 9)
        sheet.text(EDGES[2] + 4, y, when, 9)
    sheet.text(EDGES[0] + 4, 104, "1.1", 9)
    sheet.text(EDGES[3] + 4, 104, "Town Clerk", 9)
    row_of(sheet, 134, ("1.2", "Sell the hall", "July 2025", "Mayor"))
    row_of(sheet, 154, ("1.3", "Let the hall", "July 2025", "Mayor"))
    plan = read_plan(write([sheet]), "plan.pdf", Settings())
    assert [each.activity for each in plan.activities] == ["Open the hall", "Paint it", "Sell the hall", "Let the hall"]
