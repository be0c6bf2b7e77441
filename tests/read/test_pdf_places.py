"""Every record and every field of a PDF stands where its location says, as pdfium's search by box finds it there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from commands import SAMPLES
from extractor.locations import Location
from extractor.pipeline import extract_bytes
from extractor.records import Activity, Plan
from pdf_writer import plan_rows, table_pdf

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PDFS = [*sorted(SAMPLES.glob("*.pdf")), *sorted(CORPUS.glob("**/*.pdf"))]
_MARGIN = 1.0
_ALONE = ("ref", "timescale", "lead_officers", "lead_directorates", "lead_cabinet_members", "status")
"""Fields that are all of their cell: nothing else may stand in their box."""


class Paper:
    """The pages of a PDF, and the words that stand in a box: another way to the words than the reader's."""

    def __init__(self, data: bytes) -> None:
        self.document = pypdfium2.PdfDocument(data)
        self.pages: dict[int, tuple[Any, Any]] = {}

    def words_in(self, place: Location) -> list[str]:
        """The words in all boxes of a location."""
        found: list[str] = []
        for part in (place, *place.continued):
            assert part.page is not None
            assert part.bbox is not None
            if part.page not in self.pages:
                page = self.document[part.page - 1]
                self.pages[part.page] = (page, page.get_textpage())
            page, text = self.pages[part.page]
            left, top, right, bottom = part.bbox
            height = page.get_height()
            inside = text.get_text_bounded(
                left - _MARGIN, height - bottom - _MARGIN, right + _MARGIN, height - top + _MARGIN
            )
            found += words(inside.replace("\x02", "-").replace("\ufffe", "-"))
        return found


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def values(plan: Plan, activity: Activity) -> Iterator[tuple[str, str, Location]]:
    """Each field with its text as found and its place."""
    groups = {group.id: group.title for group in plan.groups}
    for name, provenance in activity.provenance.items():
        if name == "ref" and provenance.known == "inferred":
            continue  # it does not stand there
        value = getattr(activity, name)
        if name == "ref":
            text = activity.ref_as_published or ""
        elif name == "timescale":
            text = value.as_published if value else ""
        elif name == "group_id":
            text = groups[value]
        elif name == "extra":
            text = "\n".join(value.values())
        elif isinstance(value, tuple):
            text = "\n".join(each if isinstance(each, str) else each.as_published for each in value)
        else:
            text = value
        assert provenance.location is not None
        yield name, text, provenance.location


def misplaced(data: bytes, name: str) -> list[tuple[Any, ...]]:
    """Records and fields with words that do not stand in their box, or beside words that are not theirs."""
    plan = extract_bytes(data, name)
    assert plan.activities
    paper = Paper(data)
    found: list[tuple[Any, ...]] = []
    for activity in plan.activities:
        everything = "".join(paper.words_in(activity.location))
        own = words(activity.activity) if "activity" not in activity.inherited else []
        found += [(activity.ref, "record", word) for word in own if word not in everything]
        for field, text, place in values(plan, activity):
            there = paper.words_in(place)
            # A hyphen at a line end parts a word on paper: words are compared as runs of letters.
            found += [(activity.ref, field, word) for word in words(text) if word not in "".join(there)]
            # In a list of labelled lines a value shares its line with the label.
            alone = field in _ALONE and activity.location.method != "labelled"
            if alone and activity.provenance[field].text is None:
                found += [
                    (activity.ref, field, "beside it", word) for word in there if word not in "".join(words(text))
                ]
    return found


@pytest.mark.parametrize("path", PDFS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_value_stands_in_its_box(path: Path) -> None:
    assert misplaced(path.read_bytes(), path.name) == []


@pytest.mark.parametrize("style", ["tagged", "ruled", "plain"])
def test_a_row_that_goes_on_overleaf_has_a_box_on_each_page(style: str) -> None:
    data = table_pdf(plan_rows(40), style)
    assert misplaced(data, "plan.pdf") == []
    plan = extract_bytes(data, "plan.pdf")
    joined = [activity for activity in plan.activities if activity.location.continued]
    assert joined
    for activity in joined:
        pages = [activity.location.page, *(place.page for place in activity.location.continued)]
        own = activity.provenance["activity"].location
        assert pages == [pages[0], (pages[0] or 0) + 1]
        assert own is not None
        assert own.page in pages


def test_a_box_that_is_wrong_is_found() -> None:
    """The oracle can tell one row from the next."""
    data = table_pdf(plan_rows(3), "ruled")
    paper = Paper(data)
    first, second, _ = extract_bytes(data, "plan.pdf").activities
    assert "Open" in first.activity
    assert "Open" in paper.words_in(first.location)
    assert "Open" not in paper.words_in(second.location)
    assert "Review" in paper.words_in(second.location)
