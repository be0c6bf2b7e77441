"""The tag road: trees as WeasyPrint, Word, InDesign and others write them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Document, Table
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from pdf_writer import Element, Sheet, write

LEFTS = (40.0, 110.0, 400.0, 520.0)
HEADER = ("Ref", "Activity", "Timescale", "Lead officer")


def read(data: bytes) -> Document:
    return read_pdf(data, "plan.pdf", Settings())


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def body(table: Table) -> list[tuple[str | None, ...]]:
    return [tuple(cell.text if cell else None for cell in row) for row in table.rows[table.header_rows :]]


class Tagged:
    """Sheets whose rows are drawn and tagged at once."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.y = 60.0

    def page(self) -> None:
        self.sheets.append(Sheet())
        self.y = 60.0

    def row(self, cells: Sequence[str | None], tag: str = "TD", spans: Sequence[int] = (1, 1, 1, 1)) -> Element:
        """One line of cells; None: the producer leaves the cell out of its tree."""
        found = []
        for left, text, span in zip(LEFTS, cells, spans, strict=True):
            if text is None:
                continue
            cell = Element(tag, attributes=f"/RowSpan {span}" if span > 1 else "")
            if text:
                mark = self.sheets[-1].text(left, self.y, text, 9, mark=True)
                cell.children.append(Element("P", [(len(self.sheets) - 1, mark)]))
            found.append(cell)
        self.y += 20
        return Element("TR", list(found))


def test_halves_of_a_row_in_two_tables_are_one_row_though_its_ref_went_overleaf() -> None:
    made = Tagged()
    made.page()
    first = Element("Table", [Element("THead", [made.row(HEADER, "TH")])])
    first.children += [made.row((f"1.{n}", f"Open hall {n}.", "Quarter 1", "Town Clerk")) for n in range(1, 5)]
    first.children.append(made.row(("", "Make it easier to be active:", "Quarter 2", ""), spans=(1, 1, 1, 2)))
    made.page()
    second = Element("Table", [Element("THead", [made.row(HEADER, "TH")])])
    second.children.append(made.row(("1.5 a)", "a) Tennis", None, "Head of Leisure"), spans=(1, 1, 1, 2)))
    second.children.append(made.row(("1.5 b)", "b) Swimming", "Quarter 3", None)))
    [table] = tables(read(write(made.sheets, Element("Document", [first, second]))))
    assert table.location.method == "tags"
    assert body(table)[4:] == [
        ("1.5 a)", "Make it easier to be active:\na) Tennis", "Quarter 2", "Head of Leisure"),
        ("1.5 b)", "b) Swimming", "Quarter 3", "Head of Leisure"),
    ]
    owner = table.rows[5][3]
    assert owner is table.rows[6][3]
    assert [place.page for place in (table.row_locations[5], *table.row_locations[5].continued)] == [1, 2]
