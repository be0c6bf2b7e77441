"""The samples: they are what their script writes, and the tool takes from them what their gold says."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from commands import SAMPLES
from extractor import extract

_FIELDS = (
    "ref",
    "ref_as_published",
    "ref_basis",
    "parent_ref",
    "lead_in",
    "activity",
    "items",
    "lead_officers",
    "lead_directorates",
    "lead_cabinet_members",
    "notes",
    "status",
    "progress",
    "extra",
)


def _scored(activity: dict[str, Any], group: str | None) -> dict[str, Any]:
    """A record's fields in the form of the gold."""
    scale = activity["timescale"]
    return {field: activity[field] for field in _FIELDS} | {
        "group": group,
        "timescale": {name: scale[name] for name in ("as_published", "start", "end", "ongoing")},
        "inherited": sorted(activity["inherited"]),
        "also_links_to": [
            {"as_published": link["as_published"], "title": link["title"]} for link in activity["also_links_to"]
        ],
    }


@pytest.mark.parametrize("script", ["make.py", "make_pdf.py"])
def test_samples_are_what_their_script_writes(script: str) -> None:
    run = subprocess.run([sys.executable, SAMPLES / script, "--check"], capture_output=True, check=False)
    assert run.returncode == 0, run.stdout.decode()


@pytest.mark.parametrize("form", ["txt", "html", "pdf"])
@pytest.mark.parametrize("year", ["2023", "2024"])
def test_samples_come_out_as_their_gold_says(year: str, form: str) -> None:
    gold = json.loads((SAMPLES / f"year-ahead-{year}.gold.json").read_text(encoding="utf-8"))
    plan = extract(SAMPLES / f"year-ahead-{year}.{form}").model_dump(mode="json")
    titles = {group["id"]: group["title"] for group in plan["groups"]}
    found = [_scored(activity, titles.get(activity["group_id"])) for activity in plan["activities"]]
    for record in gold["activities"]:
        record["inherited"] = sorted(record["inherited"])
    assert [record["ref"] for record in found] == [record["ref"] for record in gold["activities"]]
    for record, expected in zip(found, gold["activities"], strict=True):
        assert record == expected
    for field in ("title", "theme", "period"):
        assert plan[field] == gold[field]
    assert [{key: group[key] for key in ("kind", "title")} for group in plan["groups"]] == gold["groups"]
    kept, measures = plan["tables"], gold["tables"]
    if form == "txt":  # a text that lost its delimiters shows the rows of such a table, and not always its cells
        for table in (*kept, *measures):
            table["rows"] = [" ".join(filter(None, row)) for row in table["rows"]]
    kept = [{name: table[name] for name in ("caption", "header", "rows")} for table in kept]
    assert kept == measures, "the performance measures are kept, cell by cell"
    assert plan["coverage"]["unread"] == []
    assert plan["coverage"]["claimed"] == plan["coverage"]["words"] > 0


@pytest.mark.parametrize(
    ("year", "lost", "ambiguous"), [("2023", "2.5", ["2.4", "2.12", "2.16"]), ("2024", "2.9", ["2.3", "2.11"])]
)
@pytest.mark.parametrize("form", ["txt", "html", "pdf"])
def test_only_what_is_doubtful_is_flagged(form: str, year: str, lost: str, ambiguous: list[str]) -> None:
    plan = extract(SAMPLES / f"year-ahead-{year}.{form}")
    flags = {(issue.code, issue.ref) for issue in plan.issues if issue.severity != "info"}
    # The ref that the page lost, and the quarters of a single year ("Quarter 4 2025").
    assert flags == {("ref-inferred", lost), *(("timescale-ambiguous", ref) for ref in ambiguous)}


@pytest.mark.parametrize(("year", "method"), [("2023", "tags"), ("2024", "aligned")])
def test_one_sample_is_tagged_and_one_has_neither_tags_nor_rules(year: str, method: str) -> None:
    plan = extract(SAMPLES / f"year-ahead-{year}.pdf")
    assert {activity.location.method for activity in plan.activities} == {method}
