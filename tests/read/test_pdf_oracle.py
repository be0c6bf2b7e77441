"""pdfplumber beside pdfium: it reads pages that pdfium cannot, and finds the same cells in ruled tables."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Document, Table
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from extractor.read.pdf.by_pdfplumber import page_of
from extractor.read.pdf.pages import Page, read_page
from extractor.read.pdf.ruled import find_grids
from pdf_writer import plan_rows, table_pdf

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FILES = [
    *sorted((ROOT / "samples").glob("*.pdf")),
    *sorted(CORPUS.glob("*/source.pdf")),
    *sorted(CORPUS.glob("forged/*.ruled/*.pdf")),
]


def read(data: bytes) -> Document:
    return read_pdf(data, "plan.pdf", Settings())


def body(document: Document) -> list[tuple[str | None, ...]]:
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return [tuple(cell.text if cell else None for cell in row) for row in table.rows[table.header_rows :]]


def pages_of(data: bytes, most: int) -> list[Page]:
    """The first pages as pdfium reads them."""
    document = pypdfium2.PdfDocument(data)
    pages = [document[index] for index in range(min(most, len(document)))]
    sheets = [read_page(document.raw, page.raw, number) for number, page in enumerate(pages, 1)]
    document.close()
    return sheets


# The fallback -----------------------------------------------------------------------------------------------


def misplaced(data: bytes, number: int) -> bytes:
    """The file with a wrong place in its index for one object."""
    start = data.rindex(b"xref\n0 ")
    lines = data[start:].split(b"\n")
    lines[2 + number] = b"%010d 00000 n " % (int(lines[2 + number][:10]) + 7)
    return data[:start] + b"\n".join(lines)


@pytest.mark.parametrize("style", ["ruled", "plain"])
@pytest.mark.parametrize("which", ["page", "its content"])
def test_a_page_that_pdfium_cannot_find_is_read_by_pdfplumber(style: str, which: str) -> None:
    rows = plan_rows(40)
    data = table_pdf(rows, style)
    kids = re.search(rb"/Kids \[(\d+) 0 R (\d+) 0 R", data)
    assert kids
    page = int(kids[2])
    broken = misplaced(data, page if which == "page" else page - 1)
    document = read(broken)
    assert body(document) == rows
    assert [(doubt.code, doubt.location.page) for doubt in document.doubts] == [("pdf-repaired", 2)]


def test_a_page_that_nobody_can_find_is_named() -> None:
    data = table_pdf(plan_rows(40), "ruled").replace(b"/Type /Page ", b"/Type /Pagx ", 1)
    document = read(data)
    assert [(doubt.code, doubt.message) for doubt in document.doubts] == [
        ("pdf-repaired", "Page 1 is damaged and could not be read.")
    ]


def test_both_engines_give_a_page_the_same_shape() -> None:
    data = table_pdf(plan_rows(12), "ruled")
    mine = pages_of(data, 1)[0]
    with pdfplumber.open(io.BytesIO(data)) as other:
        theirs = page_of(other.pages[0], 1)
    assert [word.text for word in theirs.words] == [word.text for word in mine.words]
    assert all(
        abs(one.x0 - two.x0) < 1 and abs(one.baseline - two.baseline) < 0.25 * one.size
        for one, two in zip(theirs.words, mine.words, strict=True)
    )
    assert sorted((rule.horizontal, round(rule.at)) for rule in theirs.rules) == sorted(
        (rule.horizontal, round(rule.at)) for rule in mine.rules
    )


# The oracle -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_ruled_road_finds_the_cells_that_pdfplumber_finds(path: Path) -> None:
    data = path.read_bytes()
    sheets = pages_of(data, 4)
    found: Counter[bool] = Counter()
    with pdfplumber.open(io.BytesIO(data)) as other:
        for sheet, page in zip(sheets, other.pages, strict=False):
            grids = find_grids(sheet, sheet.words)
            mine = [cell.box for grid in grids for cell in grid.cells if cell.words]
            for table in page.find_tables():
                if len(table.rows) < 2 or len(table.columns) < 2:
                    continue
                for box in table.cells:
                    if any(
                        box[0] <= (char["x0"] + char["x1"]) / 2 <= box[2]
                        and box[1] <= (char["top"] + char["bottom"]) / 2 <= box[3]
                        for char in page.chars
                        if char["text"].strip()
                    ):
                        found[any(all(abs(a - b) < 3 for a, b in zip(box, own, strict=True)) for own in mine)] += 1
    assert found[False] <= 0.01 * found.total(), found
