"""What programs draw rather than write: bullets as discs, and the white ground that a page stands on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Document, Paragraph, Table
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from pdf_writer import Sheet, write

ITEMS = ("who will call and when", "how to ask for a review")


def read(sheet: Sheet) -> Document:
    return read_pdf(write([sheet]), "plan.pdf", Settings())


def disc(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draws a filled disc, `y` from the top, of four curves."""
    y = sheet.height - y
    r, k = size / 2, 0.276 * size
    sheet.parts.append(
        f"{x - r:.2f} {y:.2f} m "
        f"{x - r:.2f} {y + k:.2f} {x - k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x + k:.2f} {y + r:.2f} {x + r:.2f} {y + k:.2f} {x + r:.2f} {y:.2f} c "
        f"{x + r:.2f} {y - k:.2f} {x + k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x - k:.2f} {y - r:.2f} {x - r:.2f} {y - k:.2f} {x - r:.2f} {y:.2f} c f"
    )


def items(document: Document) -> list[tuple[str, str]]:
    return [(block.line.kind, block.line.text) for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("size", "lift", "kind"), [(3.5, 3.0, "item"), (9.0, 3.0, "paragraph"), (3.5, 9.0, "paragraph")]
)
def test_a_disc_before_a_line_is_its_bullet(size: float, lift: float, kind: str) -> None:
    """Neither a disc as large as the letters is one, nor one that stands above them."""
    sheet = Sheet()
    for number, text in enumerate(ITEMS):
        sheet.text(60, 100 + 40 * number, text)
        disc(sheet, 52, 100 + 40 * number - lift, size)
    assert items(read(sheet)) == [(kind, text) for text in ITEMS]


def test_a_disc_between_words_is_no_bullet() -> None:
    sheet = Sheet()
    sheet.text(60, 100, "Homes")
    disc(sheet, 95, 97, 3.5)
    sheet.text(100, 100, "Parks")
    assert items(read(sheet)) == [("paragraph", "Homes Parks")]


@pytest.mark.parametrize("height", [575, 400])
def test_the_white_ground_of_a_page_is_no_frame_of_a_table(height: int) -> None:
    """Also where it ends with the text of the page."""
    sheet = Sheet()
    sheet.parts.append(f"1 1 1 rg 10 {585 - height} 822 {height} re f 0 0 0 rg")
    rows = (("Ref", "Action", "Lead officer"), ("1.1", "Mend the gates", "Town Clerk"))
    for number, row in enumerate(rows):
        for left, text in zip((14.0, 80.0, 400.0), row, strict=True):
            sheet.text(left, 100 + 24 * number, text, bold=not number)
    for y in (84, 108, 132):
        sheet.line(10, y, 832, y)
    for x in (10, 76, 396, 832):
        sheet.line(x, 84, x, 132)
    sheet.text(14, 300, "No text of the table.")
    [table, text] = read(sheet).blocks
    assert isinstance(table, Table)
    assert [[cell.text if cell else None for cell in row] for row in table.rows] == [list(row) for row in rows]
    assert isinstance(text, Paragraph)
