"""Scanned pages through the real Tesseract: the samples at 200 dots an inch, upright and askew."""

from __future__ import annotations

import ctypes
import io
import json
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from commands import SAMPLES, extractor
from extractor.document import block_texts
from extractor.errors import NoPlanFound
from extractor.pipeline import extract_bytes, read_plan
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from extractor.records import Activity, Plan
from pdf_writer import Element, Sheet, write

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="the program tesseract is not installed (Debian: tesseract-ocr)"
)
_DOTS_PER_INCH = 200
_FIELDS = ("ref_as_published", "activity", "timescale", "lead_officers", "lead_directorates", "lead_cabinet_members")


@cache
def scan(year: str, askew: float = 0.0, pages: int = 0, turn: int = 0) -> bytes:
    """A sample as a scanner makes it: each page a grey picture, and nothing else; `pages`: the first ones only; `turn`:
    by so many degrees anticlockwise.
    """
    document = pypdfium2.PdfDocument(SAMPLES / f"year-ahead-{year}.pdf")
    images = []
    for index in range(pages or len(document)):
        image = document[index].render(scale=_DOTS_PER_INCH / 72).to_pil().convert("L")
        image = image.rotate(turn, expand=True) if turn else image
        images.append(image.rotate(askew, resample=3, fillcolor=255) if askew else image)
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=_DOTS_PER_INCH, quality=80)
    return out.getvalue()


@cache
def scanned_plan(year: str, askew: float = 0.0) -> Plan:
    return extract_bytes(scan(year, askew), "scan.pdf", Settings(ocr=True))


def value_of(activity: Activity, field: str) -> Any:
    value = getattr(activity, field)
    if field == "timescale":
        return value.as_published if value else None
    return list(value) if isinstance(value, tuple) else value


def cells(plan: Plan, year: str) -> Iterator[tuple[str, str, bool, bool]]:
    """Ref, field, whether the value is right, and whether a warning or error points at it."""
    gold = json.loads((SAMPLES / f"year-ahead-{year}.gold.json").read_text(encoding="utf-8"))["activities"]
    assert len(plan.activities) == len(gold), "no row is lost, and none is made up"
    flagged = {(issue.activity_id, issue.field) for issue in plan.issues if issue.severity != "info"}
    for activity, record in zip(plan.activities, gold, strict=True):
        for field in _FIELDS:
            wanted = record[field]["as_published"] if field == "timescale" else record[field]
            name = "ref" if field == "ref_as_published" else field
            yield record["ref"], field, value_of(activity, field) == wanted, (activity.id, name) in flagged


@needs_tesseract
@pytest.mark.parametrize(
    ("year", "askew"),
    [("2023", 0.0), ("2024", 0.0), ("2024", 0.7), ("2023", -1.5)],
    ids=["ruled", "unruled", "unruled askew", "ruled askew"],
)
def test_a_scanned_plan_is_read(year: str, askew: float) -> None:
    found = list(cells(scanned_plan(year, askew), year))
    right = sum(1 for _, _, equal, _ in found if equal)
    assert right >= 0.95 * len(found), [cell for cell in found if not cell[2]]
    silent = [cell for cell in found if not cell[2] and not cell[3]]
    assert len(silent) <= 0.02 * len(found), silent


@needs_tesseract
def test_every_value_of_a_scan_is_marked_as_such() -> None:
    plan = scanned_plan("2024")
    assert plan.activities
    for activity in plan.activities:
        assert activity.location.method == "ocr"
        places = [place.location for place in activity.provenance.values() if place.known == "printed"]
        assert {place.method for place in places if place is not None} == {"ocr"}
    [told] = [issue for issue in plan.issues if issue.code == "text-from-ocr"]
    assert told.severity == "info"
    assert told.message == "Pages 1-3 were read by character recognition."


@needs_tesseract
def test_doubtful_words_are_issues_of_their_record_and_field() -> None:
    plan = scanned_plan("2024")
    doubts = [issue for issue in plan.issues if issue.code == "text-uncertain" and issue.activity_id]
    assert doubts, "some marks of a scan are always doubtful"
    by_id = {activity.id: activity for activity in plan.activities}
    for doubt in doubts:
        assert doubt.severity == "warning"
        assert doubt.field in by_id[doubt.activity_id or ""].provenance
        assert doubt.location is not None
        assert doubt.location.page


@needs_tesseract
def test_a_page_askew_has_its_boxes_where_they_are_shown() -> None:
    straight, askew = scanned_plan("2024"), scanned_plan("2024", 0.7)
    for one, other in zip(straight.activities, askew.activities, strict=True):
        first, second = one.location.bbox, other.location.bbox
        assert first is not None
        assert second is not None
        # Turned anticlockwise about its middle, the left of a page sinks and its right rises: a box grows, no more.
        assert second[1] < (first[1] + first[3]) / 2 < second[3]
        assert second[3] - second[1] > first[3] - first[1]


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_scanned_on_its_side_or_head_is_read_and_boxes_stand_where_they_are_shown(turn: int) -> None:
    straight = scanned_plan("2024").activities[0]
    plan = extract_bytes(scan("2024", pages=1, turn=turn), "scan.pdf", Settings(ocr=True))
    [lying] = [activity for activity in plan.activities if activity.activity == straight.activity]
    assert lying.lead_officers == straight.lead_officers
    left, top, right, bottom = straight.location.bbox or (0.0, 0.0, 0.0, 0.0)
    width, height = 842, 595
    shown = {
        90: (top, width - right, bottom, width - left),
        180: (width - right, height - bottom, width - left, height - top),
    }
    assert lying.location.bbox == pytest.approx(shown[turn], abs=6)


@needs_tesseract
def test_a_document_may_be_scanned_in_part() -> None:
    whole = pypdfium2.PdfDocument(SAMPLES / "year-ahead-2024.pdf")
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(pypdfium2.PdfDocument(scan("2024", pages=1)))
    mixed.import_pages(whole, [1, 2])
    out = io.BytesIO()
    mixed.save(out)
    plan = extract_bytes(out.getvalue(), "mixed.pdf", Settings(ocr=True))
    assert len(plan.activities) == 20
    methods = {activity.location.page: activity.location.method for activity in plan.activities}
    assert methods == {1: "ocr", 2: "aligned", 3: "aligned"}
    without = read_plan(out.getvalue(), "mixed.pdf", Settings())
    [lost] = [issue for issue in without.issues if issue.code == "pdf-no-text"]
    assert lost.severity == "error"
    assert "Page 1 " in lost.message
    assert len(without.activities) == 14


@needs_tesseract
def test_the_command_reads_a_scan_and_says_so_without(tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    source.write_bytes(scan("2024", pages=1))
    refused = extractor("extract", source, "-f", "json")
    assert refused.status == 2
    assert "Page 1 holds only images" in refused.err
    assert "--ocr" in refused.err
    run = extractor("extract", source, "--ocr", "-f", "json", timeout=120)
    assert run.status == 0, run.err
    assert len(json.loads(run.out)["activities"]) == 6


def test_without_tesseract_the_command_says_what_to_install(tmp_path: Path) -> None:
    pytest.importorskip("pytesseract", reason="pytesseract is not installed")
    source = tmp_path / "scan.pdf"
    source.write_bytes(scan("2024", pages=1))
    run = extractor("extract", source, "--ocr", "-f", "json", PATH=str(tmp_path))
    assert run.status == 2
    assert "tesseract" in run.err
    assert "apt-get install tesseract-ocr" in run.err
    assert "Traceback" not in run.err


@needs_tesseract
def test_time_limits_hold_for_character_recognition(tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    source.write_bytes(scan("2023"))
    run = extractor("extract", source, "--ocr", "--max-seconds", "1", "-f", "json")
    assert run.status == 2
    assert "--max-seconds" in run.err


@needs_tesseract
def test_hidden_text_of_a_scan_counts_as_its_text() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 842, 595)
    sheet.text(40, 100, "words of the layer", mode=3)
    plan = read_plan(write([sheet]), "layer.pdf", Settings(ocr=True))
    assert not [issue for issue in plan.issues if issue.code in ("text-from-ocr", "pdf-no-text")]


STAMPS = {
    "page number": lambda sheet: sheet.text(700, 575, "Page 3 of 9", 9),
    "header": lambda sheet: sheet.text(40, 30, "Scanned 12/03/2024 10:15 by MFD-4, Town Hall", 8),
    "aslant": lambda sheet: sheet.aslant(200, 450, "COPY", 80),
    "sideways": lambda sheet: sheet.sideways(20, 400, "Document 4711", 9),
}


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_scanned_page_with_a_stamp_is_a_page_without_text(stamp: str) -> None:
    sheets = []
    for _ in range(2):
        sheet = Sheet()
        sheet.picture(20, 20, 822, 575)
        STAMPS[stamp](sheet)
        sheets.append(sheet)
    document = read_pdf(write(sheets), "scan.pdf", Settings())
    [doubt] = document.doubts
    assert doubt.code == "pdf-no-text"
    assert "Pages 1-2" in doubt.message
    assert {type(block).__name__ for block in document.blocks} == {"Furniture"}
    assert not document.unplaced


def test_a_stamp_does_not_hide_the_text_layer_of_its_page() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 842, 595)
    sheet.text(40, 200, "words of the layer", mode=3)
    sheet.text(700, 575, "Page 3 of 9", 9)
    document = read_pdf(write([sheet]), "layer.pdf", Settings())
    texts = [text for block in document.blocks for text in block_texts(block)]
    assert sorted(texts) == ["Page 3 of 9", "words of the layer"]
    assert not document.doubts


def test_a_hidden_layer_under_shown_text_does_not_count() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 842, 595)
    sheet.text(40, 200, "words of the layer", mode=3)
    for line in range(4):
        sheet.text(40, 240 + 14 * line, f"text that the page shows, line {line}")
    document = read_pdf(write([sheet]), "layer.pdf", Settings())
    assert "layer" not in " ".join(text for block in document.blocks for text in block_texts(block))


@pytest.mark.parametrize(("size", "y", "mark"), [(24, 60, False), (10, 300, False), (10, 570, True)])
def test_text_over_a_picture_that_is_no_stamp_is_text(size: float, y: float, mark: bool) -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 842, 595)
    own = sheet.text(40, y, "Council Plan", size, mark=mark)
    root = Element("Document", [Element("P", [(0, own)])]) if mark else None
    document = read_pdf(write([sheet], root), "cover.pdf", Settings())
    assert [text for block in document.blocks for text in block_texts(block)] == ["Council Plan"]
    assert not document.doubts


@needs_tesseract
def test_a_stamped_scan_is_read_and_its_stamp_is_furniture() -> None:
    stamped = pypdfium2.PdfDocument(scan("2024", pages=1))
    page = stamped[0]
    font = pypdfium2.raw.FPDFText_LoadStandardFont(stamped.raw, b"Helvetica")
    text = pypdfium2.raw.FPDFPageObj_CreateTextObj(stamped.raw, font, 9.0)
    shown = ctypes.create_string_buffer("Page 3 of 9".encode("utf-16-le") + b"\0\0")
    pypdfium2.raw.FPDFText_SetText(text, ctypes.cast(shown, ctypes.POINTER(ctypes.c_ushort)))
    pypdfium2.raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 40, 20)
    pypdfium2.raw.FPDFPage_InsertObject(page.raw, text)
    pypdfium2.raw.FPDFPage_GenerateContent(page.raw)
    out = io.BytesIO()
    stamped.save(out)
    plain = extract_bytes(scan("2024", pages=1), "scan.pdf", Settings(ocr=True))
    plan = extract_bytes(out.getvalue(), "scan.pdf", Settings(ocr=True))
    assert [each.activity for each in plan.activities] == [each.activity for each in plain.activities]
    assert "text-from-ocr" in {issue.code for issue in plan.issues}
    assert ("stamp", "Page 3 of 9") in [(each.kind, each.text) for each in plan.coverage.furniture]
    with pytest.raises(NoPlanFound) as refused:
        extract_bytes(out.getvalue(), "scan.pdf", Settings())
    assert "--ocr" in str(refused.value.remedy)


@needs_tesseract
def test_an_empty_image_is_an_empty_page() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 842, 595)
    plan = read_plan(write([sheet]), "grey.pdf", Settings(ocr=True))
    assert plan.activities == ()
    assert "pdf-no-text" in {issue.code for issue in plan.issues}
