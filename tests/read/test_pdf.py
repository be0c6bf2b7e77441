"""PDFs -> documents: the three roads to the cells, page breaks, furniture, limits, and what cannot be read."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Block, Document, Furniture, Heading, Paragraph, Table
from extractor.errors import LimitExceeded, PageMissing, PasswordNeeded, SourceUnreadable
from extractor.locations import Location
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from extractor.read.pdf.pages import read_page
from extractor.text import count_words, words
from pdf_writer import Element, Sheet, plan_rows, table_pdf, write

FILES = Path(__file__).parent / "pdf_files"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CORPUS_PDFS = sorted(CORPUS.glob("**/*.pdf"))

ROADS = {"tagged": "tags", "ruled": "ruled", "plain": "aligned"}


def read(data: bytes, **settings: object) -> Document:
    return read_pdf(data, "plan.pdf", Settings(**settings))  # type: ignore[arg-type]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def body(table: Table) -> list[tuple[str | None, ...]]:
    return [tuple(cell.text if cell else None for cell in row) for row in table.rows[table.header_rows :]]


def texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (cell.text for cell in block.cells())
    elif isinstance(block, Paragraph):
        yield block.line.text
    elif isinstance(block, Heading | Furniture):
        yield block.text


# The roads --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("repeat", [True, False], ids=["header repeated", "header once"])
@pytest.mark.parametrize("style", ROADS)
def test_every_road_reads_every_row_whole(style: str, repeat: bool) -> None:
    rows = plan_rows(60)
    document = read(table_pdf(rows, style, repeat=repeat))
    [table] = tables(document)
    assert table.location.method == ROADS[style]
    assert table.header_rows == 1
    assert body(table) == rows
    assert document.source.pages is not None
    assert document.source.pages >= 4


@pytest.mark.parametrize("style", ROADS)
def test_rows_cut_by_a_page_end_keep_both_places(style: str) -> None:
    [table] = tables(read(table_pdf(plan_rows(60), style)))
    torn = [place for place in table.row_locations if place.continued]
    assert torn, "no row of this document goes on overleaf, so it tests nothing"
    assert all(place.continued[0].page == (place.page or 0) + 1 for place in torn)


@pytest.mark.parametrize("style", ["ruled", "plain"])
def test_repeated_headers_and_feet_are_furniture(style: str) -> None:
    document = read(table_pdf(plan_rows(60), style))
    kinds = [block.kind for block in document.blocks if isinstance(block, Furniture)]
    pages = document.source.pages or 0
    assert kinds.count("running foot") == pages
    assert kinds.count("repeated header") == pages - 1


def test_the_heading_and_the_title_are_found() -> None:
    document = read(table_pdf(plan_rows(3), "plain"))
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["Delivery Plan 2024/25"]
    assert document.title == "Delivery Plan 2024/25"


@pytest.mark.parametrize("style", ROADS)
def test_no_word_is_lost_or_doubled(style: str) -> None:
    document = read(table_pdf(plan_rows(45), style))
    assert sum(count_words(text) for block in document.blocks for text in texts(block)) == document.words


@pytest.mark.skipif(not CORPUS_PDFS, reason="the shared corpus is not there")
@pytest.mark.parametrize("path", CORPUS_PDFS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_word_of_the_corpus_is_lost_or_doubled(path: Path) -> None:
    document = read(path.read_bytes())
    assert sum(count_words(text) for block in document.blocks for text in texts(block)) == document.words


def test_the_last_row_without_a_closing_rule_is_kept() -> None:
    sheet = Sheet()
    for y in (60, 80, 100):
        sheet.line(40, y, 440, y)
    for x in (40, 240, 440):
        sheet.line(x, 60, x, 120)
    for row, y in enumerate((74, 94, 114)):
        sheet.text(45, y, f"left {row}")
        sheet.text(245, y, f"right {row}")
    [table] = tables(read(write([sheet])))
    assert body(table)[-1] == ("left 2", "right 2")


def test_merged_cells_of_a_ruled_table_span_their_rows() -> None:
    sheet = Sheet()
    for y in (60, 80, 120):
        sheet.line(40, y, 440, y)
    sheet.line(40, 100, 240, 100)
    for x in (40, 240, 440):
        sheet.line(x, 60, x, 120)
    for y, text in ((74, "Action"), (94, "Open the hall"), (114, "Paint the hall")):
        sheet.text(45, y, text)
    sheet.text(245, 74, "Who")
    sheet.text(245, 104, "Town Clerk")
    [table] = tables(read(write([sheet])))
    owner = table.rows[1][1]
    assert owner is table.rows[2][1]
    assert owner is not None
    assert owner.row_span == 2
    assert owner.text == "Town Clerk"


def test_tags_that_lose_words_are_not_believed() -> None:
    rows = plan_rows(12)
    sheet_count = 1
    data = table_pdf(rows, "tagged")
    whole = read(data)
    assert tables(whole)[0].location.method == "tags"
    sheet = Sheet()
    mark = sheet.text(40, 60, "Ref", mark=True)
    for index in range(12):
        sheet.text(40, 80 + 14 * index, f"words that no tag holds, line {index}", mark=True)
    document = read(write([sheet] * sheet_count, Element("Document", [Element("P", [(0, mark)])])))
    assert [doubt.code for doubt in document.doubts] == ["pdf-tags-distrusted"]
    assert sum(count_words(text) for block in document.blocks for text in texts(block)) == document.words


# Pages ------------------------------------------------------------------------------------------------------


def found_at(location: Location) -> tuple[float, float, float, float]:
    assert location.bbox is not None
    return location.bbox


def test_words_lie_within_the_box_of_their_cell() -> None:
    import pypdfium2

    data = table_pdf(plan_rows(20), "plain")
    pages = pypdfium2.PdfDocument(data)
    [table] = tables(read(data))
    for cell in table.cells():
        for place in [cell.location, *cell.location.continued]:
            page = pages[(place.page or 1) - 1]
            left, top, right, bottom = found_at(place)
            text_page = page.get_textpage()
            shown = text_page.get_text_bounded(
                left - 1, page.get_height() - bottom - 1, right + 1, page.get_height() - top + 1
            )
            assert set(words(shown)) <= set(words(cell.text)) | {""}
            text_page.close()
            page.close()
    pages.close()


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotate: int) -> None:
    sheet = Sheet(400, 300, rotate)
    sheet.sideways(200, 250, "sideways words") if rotate in (90, 270) else sheet.text(40, 60, "upright words")
    document = read(write([sheet]))
    [line] = [block.line for block in document.blocks if isinstance(block, Paragraph)]
    assert line.text.split()[-1] == "words"
    left, top, right, bottom = found_at(line.location)
    width, height = (300, 400) if rotate in (90, 270) else (400, 300)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height


def test_a_table_set_sideways_is_read() -> None:
    sheet = Sheet(595, 842)
    lines = [
        ("Ref", "Action", "By when"),
        ("1.1", "Open the hall", "Quarter 1"),
        ("1.2", "Paint the hall", "Quarter 2"),
    ]
    for row, cells in enumerate(lines):
        for cell, along in zip(cells, (700, 600, 300), strict=True):
            sheet.sideways(100 + 24 * row, along, cell)
    [table] = tables(read(write([sheet])))
    assert body(table) == [("1.1", "Open the hall", "Quarter 1"), ("1.2", "Paint the hall", "Quarter 2")]


def test_what_is_drawn_outside_its_clip_does_not_exist() -> None:
    sheet = Sheet()
    sheet.text(40, 80, "A cell that ends on the page before")
    sheet.parts[-1] = f"q 30 200 500 305 re W n {sheet.parts[-1]} Q"
    sheet.text(40, 100, "A cell that goes on overleaf")
    sheet.parts[-1] = f"q 30 200 500 300 re W n {sheet.parts[-1]} Q"
    sheet.text(40, 140, "The first cell of the page")
    shown = [text for block in read(write([sheet])).blocks for text in texts(block)]
    assert shown == ["A cell that goes on overleaf", "The first cell of the page"]


def test_text_outside_the_crop_box_does_not_exist() -> None:
    sheet = Sheet(crop=(0, 0, 842, 500))
    sheet.text(40, 40, "cropped away")
    sheet.text(40, 300, "shown")
    document = read(write([sheet]))
    assert [text for block in document.blocks for text in texts(block)] == ["shown"]
    assert document.words == 1


def test_a_page_may_inherit_its_box() -> None:
    sheet = Sheet(inherits=True)
    sheet.text(40, 40, "left")
    sheet.text(700, 140, "right")
    document = read(write([sheet]))
    assert [text for block in document.blocks for text in texts(block)] == ["left", "right"]
    [first, *_] = document.blocks
    location = first.line.location if isinstance(first, Paragraph) else first.location
    assert location.bbox is not None
    assert 30 < location.bbox[1] < location.bbox[3] < 50  # counted from the top of the page as it is shown


def test_hidden_text_counts_only_where_nothing_else_is() -> None:
    both, alone = Sheet(), Sheet()
    both.text(40, 100, "hidden", mode=3)
    both.text(40, 140, "shown")
    alone.text(40, 100, "recognised", mode=3)
    document = read(write([both, alone]))
    assert [text for block in document.blocks for text in texts(block)] == ["shown", "recognised"]


def test_a_word_drawn_twice_to_look_bold_is_one_word() -> None:
    sheet = Sheet()
    for shift in (0.0, 0.4):
        sheet.text(40 + shift, 100, "Priority one")
    document = read(write([sheet]))
    assert [text for block in document.blocks for text in texts(block)] == ["Priority one"]


def test_a_hyphen_at_a_line_end_stays_without_a_blank() -> None:
    sheet = Sheet()
    sheet.text(40, 100, "We will co-")
    sheet.text(40, 112, "design the service with tenants.")
    [line] = [block.line for block in read(write([sheet])).blocks if isinstance(block, Paragraph)]
    assert line.text == "We will co-design the service with tenants."


def test_a_value_that_begins_two_pages_is_no_running_head_where_its_label_stands_amid_pages() -> None:
    sheets = []
    for number in range(3):
        sheet = Sheet()
        sheet.text(40, 40, "Status: Complete")
        for offset, value in enumerate(("Not started", "On track", "Delayed", "At risk")):
            sheet.text(40, 80 + 90 * offset, f"{number}.{offset} Mend the weir and the lock gates")
            sheet.text(40, 92 + 90 * offset, f"Status: {value}")
        sheets.append(sheet)
    assert not [block for block in read(write(sheets)).blocks if isinstance(block, Furniture)]


def test_a_line_of_the_table_at_the_foot_of_every_page_is_no_furniture() -> None:
    sheets = []
    for number in range(6):
        sheet = Sheet()
        for offset in range(40):
            sheet.text(40, 60 + 12 * offset, f"line {offset} of page {number} of a long text")
        sheet.text(40, 60 + 12 * 40, "the same on every page")
        sheets.append(sheet)
    document = read(write(sheets))
    assert not [block for block in document.blocks if isinstance(block, Furniture)]


def test_a_running_head_close_to_the_table_is_furniture() -> None:
    sheets = []
    for number in range(3):
        sheet = Sheet()
        sheet.text(40, 40, "Delivery Plan of the Council")
        for y in (44, 60, 80, 100):
            sheet.line(40, y, 440, y)
        for x in (40, 240, 440):
            sheet.line(x, 44, x, 100)
        for y, (left, right) in zip(
            (55, 74, 94), (("Action", "By when"), ("Open", "May"), ("Paint", "June")), strict=True
        ):
            sheet.text(45, y, left if y == 55 else f"{left} hall {number}")
            sheet.text(245, y, right)
        sheets.append(sheet)
    document = read(write(sheets))
    [table] = tables(document)
    assert len(body(table)) == 6
    kinds = [block.kind for block in document.blocks if isinstance(block, Furniture)]
    assert kinds.count("running head") == 3


@pytest.mark.parametrize(("number", "kinds"), [("Page 1 of 1", ["running foot"]), ("1", ["running foot"]), ("12", [])])
def test_the_foot_of_a_document_of_one_page_is_no_row(number: str, kinds: list[str]) -> None:
    sheet = Sheet()
    sheet.text(40, 60, "Delivery Plan of the Council", bold=True)
    for line, row in enumerate(
        (("Action", "Lead", "By when"), ("Open the hall", "Clerk", "May"), ("Paint it", "", "June"))
    ):
        for left, text in zip((40, 300, 500), row, strict=True):
            sheet.text(left, 100 + 20 * line, text, bold=not line)
    sheet.text(40, 560, "Delivery Plan of the Council", size=8)
    sheet.text(500, 560, number, size=8)
    document = read(write([sheet]))
    assert [block.kind for block in document.blocks if isinstance(block, Furniture)] == kinds
    [table] = tables(document)
    assert (len(body(table)) == 2) is bool(kinds)


# What is asked and what cannot be read ------------------------------------------------------------------------


def test_only_the_pages_asked_for_are_read() -> None:
    sheets = [Sheet() for _ in range(4)]
    for number, sheet in enumerate(sheets, 1):
        sheet.text(40, 100, f"page {number}")
    document = read(write(sheets), pages=(2, 4))
    assert [text for block in document.blocks for text in texts(block)] == ["page 2", "page 4"]
    assert document.source.pages == 4
    [doubt] = document.doubts
    assert (doubt.code, doubt.message) == ("pages-left-out", "Pages 2, 4 of 4 were read, as asked.")
    with pytest.raises(PageMissing, match="4 pages, and no page 9"):
        read(write(sheets), pages=(2, 9))


def test_limits_end_the_reading() -> None:
    data = table_pdf(plan_rows(40))
    with pytest.raises(LimitExceeded):
        read(data, max_pages=2)
    with pytest.raises(LimitExceeded):
        read(data, max_seconds=-1.0)


def test_a_locked_file_asks_for_its_password() -> None:
    data = (FILES / "locked.pdf").read_bytes()
    with pytest.raises(PasswordNeeded):
        read(data)
    with pytest.raises(PasswordNeeded):
        read(data, password="wrong")
    assert len(body(tables(read(data, password="letmein"))[0])) == 3


@pytest.mark.parametrize(
    "data", [b"", b"no pdf at all", b"%PDF-1.7\nbut nothing more"], ids=["empty", "text", "head only"]
)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        read(data)


def test_a_broken_index_is_rebuilt() -> None:
    data = table_pdf(plan_rows(3))
    assert [doubt.code for doubt in read(data).doubts] == []
    broken = data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"
    document = read(broken)
    assert len(body(tables(document)[0])) == 3
    assert [doubt.code for doubt in document.doubts] == ["pdf-repaired"]


def test_a_file_that_is_cut_off_says_so() -> None:
    data = table_pdf(plan_rows(3))
    document = read(data[: data.rindex(b"startxref")])
    assert len(body(tables(document)[0])) == 3
    assert [(doubt.code, "cut off" in doubt.message) for doubt in document.doubts] == [("pdf-repaired", True)]
    with pytest.raises(SourceUnreadable, match="cut off"):
        read(data[:400])


def test_pages_that_are_images_are_named() -> None:
    first, second = Sheet(), Sheet()
    first.text(40, 100, "words")
    second.picture(0, 0, 842, 595)
    document = read(write([first, second]))
    [doubt] = document.doubts
    assert doubt.code == "pdf-no-text"
    assert "Page 2" in doubt.message
    assert doubt.location.page == 2


@pytest.mark.parametrize(
    ("stems", "face", "bold"),
    [
        ((250, 250), b"Courier-Bold", ["Ref"]),  # as Ghostscript has it
        ((50, 250), b"Courier-Xyzw", ["Ref"]),  # the name says nothing
        ((250, 250), b"Courier-Xyzw", []),  # nor does the weight
    ],
)
def test_a_face_is_bold_by_its_weight_unless_most_of_the_page_is(
    stems: tuple[int, int], face: bytes, bold: list[str]
) -> None:
    sheet = Sheet()
    sheet.text(40, 60, "Ref", bold=True)
    for number, text in enumerate(("1.1", "1.2", "1.3")):
        sheet.text(40, 80 + 20 * number, text)
    document = pdfium.PdfDocument(write([sheet], stems=stems).replace(b"Courier-Bold", face))
    page = document[0]
    assert [word.text for word in read_page(document.raw, page.raw, 1).words if word.bold] == bold
    page.close()
    document.close()


def test_a_face_is_bold_where_its_program_says_so_though_all_faces_have_one_name() -> None:
    sheet = Sheet()
    sheet.text(40, 60, "Ref", bold=True)
    sheet.text(40, 80, "1.1")
    document = pdfium.PdfDocument(write([sheet], embed=True))
    page = document[0]
    assert [word.text for word in read_page(document.raw, page.raw, 1).words if word.bold] == ["Ref"]
    page.close()
    document.close()


def test_a_bold_line_and_a_light_one_as_far_apart_as_paragraphs_are_two() -> None:
    sheet = Sheet()
    lines = (("P4 Appoint seven graduate trainees", True), ("Timescale", False), ("15th July 2024", False))
    for number in range(3):
        for row, (text, bold) in enumerate(lines):
            sheet.text(40, 60 + 90 * number + (0, 20, 48)[row], text, 12, bold=bold)
    found = [block.line.text for block in read(write([sheet])).blocks if isinstance(block, Paragraph)]
    assert found == [text for text, _ in lines] * 3


@pytest.mark.parametrize("jump", [30_000, -9_000])
def test_a_text_that_goes_on_elsewhere_on_its_line_is_another_word(jump: int) -> None:
    sheet = Sheet()
    sheet.parts.append(f"BT /F 10 Tf 300 500 Td [(Accountability) {jump} (Deliverable)] TJ ET")
    document = pdfium.PdfDocument(write([sheet]))
    page = document[0]
    found = {word.text: (round(word.x0), round(word.x1)) for word in read_page(document.raw, page.raw, 1).words}
    begins = 300 + 84 - jump // 100
    assert found == {"Accountability": (300, 384), "Deliverable": (begins, begins + 66)}
    page.close()
    document.close()


def test_letters_that_are_set_apart_stay_together() -> None:
    sheet = Sheet()
    sheet.parts.append("BT /F 10 Tf 5 Tc 60 500 Td (OUTCOMES) Tj ET")
    document = pdfium.PdfDocument(write([sheet]))
    page = document[0]
    assert "".join(word.text for word in read_page(document.raw, page.raw, 1).words) == "OUTCOMES"
    page.close()
    document.close()


def test_letters_drawn_one_by_one_are_lines_though_they_cover_more_of_the_height_than_of_the_width() -> None:
    sheet = Sheet()
    lines = [f"Lead: Team {number:02d}" for number in range(40)]
    for number, line in enumerate([*lines, "9"]):
        for place, letter in enumerate(line):
            sheet.text(40 + 6 * place if line in lines else 780, 60 + 10 * number, letter)
    document = pdfium.PdfDocument(write([sheet]))
    page = document[0]
    assert " ".join(word.text for word in read_page(document.raw, page.raw, 1).words) == " ".join([*lines, "9"])
    assert len(list(page.get_objects())) == sum(len(line) for line in lines) + 1
    page.close()
    document.close()


def test_a_word_is_one_though_another_text_is_drawn_between_its_letters() -> None:
    sheet = Sheet()
    for x, text in ((40, "Cu"), (300, "Latest"), (52, "rrent")):
        sheet.text(x, 60, text)
    document = pdfium.PdfDocument(write([sheet]))
    page = document[0]
    assert [word.text for word in read_page(document.raw, page.raw, 1).words] == ["Current", "Latest"]
    page.close()
    document.close()


def test_a_clip_of_many_paths_is_not_looked_at_for_each_word() -> None:
    clip = " ".join(f"{index} 0 842 595 re W n" for index in range(3_000))
    sheet = Sheet()
    for row in range(60):
        for column in range(12):
            sheet.text(40 + 60 * column, 40 + 8 * row, f"w{row}x{column}", size=6)
    words = sheet.parts[100:]
    sheet.parts = [*sheet.parts[:100], f"q {clip}", *words, "Q"]
    started = time.process_time()
    assert read(write([sheet])).words == 720
    assert time.process_time() - started < 5


def test_the_head_of_pages_that_lie_on_their_side_stands_as_far_from_the_edge_as_that_of_others() -> None:
    sheets = []
    for number, (width, height) in enumerate([(595, 842), (595, 842), (842, 595), (842, 595), (595, 842)]):
        sheet = Sheet(width, height)
        sheet.text(40, 45, "Town Centre Action Plan", size=9)
        sheet.text(40, 100, ("What we know", "How we asked", "Priority 1: Shops", "", "Who we are")[number], 16, True)
        for line in range(4):
            sheet.text(40, 150 + 20 * line, f"Row {line} of page {number} says something else again.")
        sheets.append(sheet)
    blocks = read(write(sheets)).blocks
    assert [block.kind for block in blocks if isinstance(block, Furniture)] == ["running head"] * 5
    assert not [block for block in blocks if isinstance(block, Heading) and "Town" in block.text]


def test_plain_words_in_the_size_of_sentences_are_no_headings_though_tables_are_set_smaller() -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Delivery Plan 2024/25", 20, True)
    sheet.text(40, 90, "This plan says what we will do in the next years, and who will see to it for us all.", 11)
    sheet.text(40, 120, "It was drawn up by the officers of the council, and agreed by its members in the spring.", 11)
    sheet.text(40, 150, "We want to see:", 11)
    sheet.text(40, 180, "Warm homes", 14)
    for line in range(20):
        for x, text in ((40, f"Mend the boilers of street {line} in every ward"), (400, "Head of Homes"), (600, "May")):
            sheet.text(x, 210 + 18 * line, text, 8)
    headings = [block.text for block in read(write([sheet])).blocks if isinstance(block, Heading)]
    assert headings[:2] == ["Delivery Plan 2024/25", "Warm homes"]
    assert "We want to see:" not in headings


@pytest.mark.parametrize("note", ["1 Quarters are those of the financial year.", "Our second aim is to be fair."])
def test_a_footnote_between_the_pages_of_a_table_parts_it_not(note: str) -> None:
    sheets = [Sheet(), Sheet()]
    top, rest = sheets
    header = ("Ref", "Action", "Lead", "By when")
    rows = [("1.1", "Mend the boilers of the hall in", "Head of Homes", "May 2025")]
    for sheet, body_rows in ((top, rows), (rest, [("", "every ward", "", ""), ("1.2", "Paint it", "Clerk", "June")])):
        y = 480 if sheet is top else 40
        lines = [header, *body_rows]
        for number, cells in enumerate(lines):
            for x, text in zip((45, 105, 405, 605), cells, strict=True):
                sheet.text(x, y + 14 + 20 * number, text, 9, bold=not number)
            sheet.line(40, y + 20 * number, 760, y + 20 * number)
        sheet.line(40, y + 20 * len(lines), 760, y + 20 * len(lines))
        for x in (40, 100, 400, 600, 760):
            sheet.line(x, y, x, y + 20 * len(lines))
    top.text(605 + 7 * 5.4, 490, "1", 5)
    top.text(40, 560, note, 9)
    found = tables(read(write(sheets)))
    assert len(found) == (1 if note[0] == "1" else 2)
    if note[0] == "1":
        assert body(found[0])[0][1] == "Mend the boilers of the hall in every ward"


def test_a_label_in_a_bracket_that_the_line_above_left_open_begins_no_paragraph() -> None:
    sheet = Sheet()
    for number in range(4):
        sheet.text(40, 80 + 60 * number, f"Mend the weir and the lock gates of canal {number} (Lead: Head of Canals;")
        sheet.text(40, 92 + 60 * number, "Timescale: By May 2025)")
    texts = [block.line.text for block in read(write([sheet])).blocks if isinstance(block, Paragraph)]
    assert len(texts) == 4
    assert all(text.endswith("(Lead: Head of Canals; Timescale: By May 2025)") for text in texts)
