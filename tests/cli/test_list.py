"""`extractor list`: what is due, what is late, who owns it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from commands import SAMPLE, SAMPLES, extractor
from extractor import extract
from extractor.questions import Question, ask
from extractor.records import Activity, Plan, Timescale
from extractor.write import write
from plans import full_plan

DAY = dt.date(2024, 3, 31)


def _plan(*activities: tuple[str, dt.date | None, str | None]) -> Plan:
    """A plan of activities, each with its id, its last day and its status."""
    base = full_plan()
    return base.model_copy(
        update={
            "activities": tuple(
                Activity(
                    id=name,
                    activity=f"Do {name}.",
                    timescale=Timescale(as_published="then", end=end),
                    status=status,
                    group_id="outcome-safe-streets" if name == "a" else None,
                    location=base.activities[0].location,
                )
                for name, end, status in activities
            ),
            "issues": (),
        }
    )


def _ids(plan: Plan, question: Question) -> list[str]:
    return [answer.activity.id for answer in ask([plan], question)[0]]


def _json(*arguments: str | Path) -> Any:
    run = extractor("list", *arguments, "-f", "json")
    assert run.status == 0, run.err
    return json.loads(run.out)


def test_due_by_holds_the_day_itself() -> None:
    plan = _plan(("after", DAY + dt.timedelta(1), None), ("on", DAY, None), ("never", None, None))
    assert _ids(plan, Question(due_by=DAY)) == ["on"]
    assert ask([plan], Question(due_by=DAY))[1] == 1, "what has no date is counted"
    assert _ids(plan, Question()) == ["on", "after", "never"], "without a question about dates, all; undated last"


@pytest.mark.parametrize(
    ("status", "late"),
    [
        (None, True), ("Amber", True), ("In progress", True), ("Partially complete", True), ("Not achieved", True),
        ("Complete", False), ("✔ Completed", False), ("Completed 3 May 2024", False), ("Closed", False),
        ("Withdrawn", False),
    ],
)  # fmt: skip
def test_what_is_finished_is_not_late(status: str | None, late: bool) -> None:
    plan = _plan(("x", DAY, status))
    assert _ids(plan, Question(overdue_at=DAY + dt.timedelta(1))) == (["x"] if late else [])
    assert _ids(plan, Question(overdue_at=DAY)) == [], "on its last day it is not late yet"


def test_days_late() -> None:
    [answer], _ = ask([_plan(("x", DAY, None))], Question(overdue_at=dt.date(2024, 4, 10)))
    assert answer.days_late == 10


def test_words_match_anywhere_and_all_conditions_hold() -> None:
    plan = full_plan()
    assert _ids(plan, Question(officer="head of STREETS")) == ["2.1a"]
    assert _ids(plan, Question(officer="streets", directorate="places and growth")) == ["2.1a"]
    assert _ids(plan, Question(officer="streets", directorate="housing")) == []
    assert _ids(plan, Question(member="safe streets")) == ["2.1a"]
    assert _ids(plan, Question(status="amb")) == ["2.1a"]
    assert _ids(plan, Question(group="safe")) == ["2.1a"]
    assert _ids(plan, Question(group="places")) == ["2.1a"], "a heading above counts"
    assert _ids(plan, Question(group="nowhere")) == []


def test_the_command_agrees_with_the_plan() -> None:
    plan = extract(SAMPLE)
    by = dt.date(2023, 9, 30)
    expected = {a.ref for a in plan.activities if a.timescale and a.timescale.end and a.timescale.end <= by}
    found = _json(SAMPLE, "--due-by", "2023-09-30")
    assert expected
    assert {answer["ref"] for answer in found} == expected
    days = [answer["due"] for answer in found]
    assert days == sorted(days)
    assert found[0]["lead_officers"]


def test_several_plans_documents_and_records(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(write(extract(SAMPLE), "json"))
    lines = extractor("extract", SAMPLE, SAMPLES / "year-ahead-2024.txt", "-f", "jsonl")
    (tmp_path / "both.jsonl").write_bytes(lines.out)
    assert _json(tmp_path / "plan.json") == _json(SAMPLE)
    assert _json(tmp_path / "both.jsonl") == _json(SAMPLE, SAMPLES / "year-ahead-2024.txt")
    assert {answer["plan"] for answer in _json(tmp_path / "both.jsonl")} == {
        "Year Ahead Delivery Plan 2023",
        "Year Ahead Delivery Plan 2024",
    }


def test_table_and_csv(tmp_path: Path) -> None:
    table = extractor("list", SAMPLE, "--overdue-at", "2023-07-10", COLUMNS="90")
    assert table.status == 0
    assert "30 Jun 2023" in table.text
    assert "10 days late" in table.text
    assert max(map(len, table.text.splitlines())) <= 100
    assert extractor("list", SAMPLE, "-o", tmp_path / "due.csv", "--due-by", "2023-06-30").status == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "due.csv").read_text(encoding="utf-8"), newline="")))
    assert [row["due"] for row in rows] == ["2023-06-30"] * len(rows)
    assert rows


def test_nothing_fits_is_no_failure() -> None:
    run = extractor("list", SAMPLE, "--officer", "nobody of that name", "-f", "csv")
    assert run.status == 0
    assert run.text.startswith("due,days_late,")
    assert run.text.count("\n") == 1
    assert run.err.startswith("0 of ")


def test_a_date_that_is_none_is_refused() -> None:
    run = extractor("list", SAMPLE, "--due-by", "31/03/2024")
    assert run.status == 2
    assert "write 2024-03-31" in run.err
