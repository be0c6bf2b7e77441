"""One plan, one result: the same records from the page, the PDF and the text (contract, principle 6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor.pipeline import extract_bytes

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "corpus" / "rotherham-2023-children"
# What tells where a record stands or how it was read, and so differs from form to form.
OF_THE_FORM = {"location", "provenance"}


def records(path: Path) -> list[dict[str, Any]]:
    plan = extract_bytes(path.read_bytes(), path.name)
    groups = {group.id: (group.kind, group.title) for group in plan.groups}
    return [
        {**activity.model_dump(exclude=OF_THE_FORM), "group_id": groups.get(activity.group_id or "")}
        for activity in plan.activities
    ]


@pytest.mark.skipif(not REAL.is_dir(), reason="the corpus ../shared/corpus is not beside the project")
@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_real_plan_is_the_same_in_all_forms(form: str) -> None:
    text = records(REAL / "source.txt")
    assert len(text) == 17
    assert records(REAL / f"source.{form}") == text


@pytest.mark.parametrize("form", ["txt", "pdf"])
@pytest.mark.parametrize("year", ["2023", "2024"])
def test_a_sample_is_the_same_in_all_forms(year: str, form: str) -> None:
    page = records(ROOT / "samples" / f"year-ahead-{year}.html")
    assert page
    assert page == records(ROOT / "samples" / f"year-ahead-{year}.{form}")
