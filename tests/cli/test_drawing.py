"""`--draw`: pictures of pages with what was understood drawn where it stands."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from commands import SAMPLES, extractor, names
from extractor.pipeline import extract_bytes
from extractor.profile import Settings
from extractor.read.pdf.pictures import page_pictures
from extractor.write.to_drawings import _COLOURS, _HEAD, draw_page

SAMPLE = SAMPLES / "year-ahead-2024.pdf"


def test_each_page_is_a_picture(tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, "--draw", tmp_path / "seen", "-o", tmp_path / "plan.json")
    assert run.status == 0, run.err
    assert names(tmp_path / "seen") == [f"year-ahead-2024-page-{number}.png" for number in (1, 2, 3)]
    assert (tmp_path / "plan.json").exists()
    for path in (tmp_path / "seen").iterdir():
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.width > 1_000


def test_only_the_pages_that_were_read_are_drawn_of_several_sources(tmp_path: Path) -> None:
    other = SAMPLES / "year-ahead-2023.pdf"
    run = extractor("extract", SAMPLE, other, "--pages", "2", "--draw", tmp_path / "seen", "-f", "jsonl")
    assert run.status == 0, run.err
    assert names(tmp_path / "seen") == ["year-ahead-2023-page-2.png", "year-ahead-2024-page-2.png"]


def test_the_same_plan_gives_the_same_picture(tmp_path: Path) -> None:
    for name in ("one", "two"):
        extractor("extract", SAMPLE, "--pages", "1", "--draw", tmp_path / name, "-f", "json")
    one, two = (next((tmp_path / name).iterdir()).read_bytes() for name in ("one", "two"))
    assert one == two


def test_what_has_no_pages_is_refused(tmp_path: Path) -> None:
    run = extractor(
        "extract", SAMPLES / "year-ahead-2024.html", "--draw", tmp_path / "seen", "-o", tmp_path / "plan.json"
    )
    assert run.status == 2
    assert "--draw needs a PDF" in run.err
    assert names(tmp_path) == []


def test_standard_input_is_refused(tmp_path: Path) -> None:
    run = extractor("extract", "-", "--draw", tmp_path / "seen", "-f", "json", stdin=SAMPLE.read_bytes())
    assert run.status == 2
    assert "standard input" in run.err


def turned(quarters: int) -> bytes:
    """The sample with its pages turned clockwise by quarters, as a viewer shows them."""
    document = pypdfium2.PdfDocument(SAMPLE)
    for page in document:
        page.set_rotation(90 * quarters)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_frames_stand_about_the_values_however_the_page_is_turned(quarters: int) -> None:
    data = turned(quarters)
    plan = extract_bytes(data, "plan.pdf", Settings())
    number, picture = next(page_pictures(data, "plan.pdf", Settings(pages=(1,))))
    scale = picture.info["scale"]
    plain = picture.convert("RGB")
    drawn = Image.open(io.BytesIO(draw_page(picture, plan, number)))
    assert drawn.size == (plain.width, plain.height + _HEAD)
    looked_at = 0
    for activity in plan.activities:
        place = activity.provenance["activity"].location
        if place is None or place.page != 1 or place.bbox is None:
            continue
        looked_at += 1
        left, top, right, bottom = (value * scale for value in place.bbox)
        ink = plain.crop((int(left), int(top), int(right), int(bottom))).convert("L")
        assert ink.getextrema()[0] < 100, "there is print within the box"
        edge = drawn.getpixel((int((left + right) / 2), int(top - 1) + _HEAD))
        nearby = [drawn.getpixel((int((left + right) / 2), int(top) + shift + _HEAD)) for shift in range(-4, 4)]
        assert _COLOURS["activity"] in [edge, *nearby], "its upper edge is drawn in its colour"
    assert looked_at == 6
