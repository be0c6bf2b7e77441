"""Tables that are no activities are kept cell by cell: measures, totals, legends, contacts (contract, `tables`)."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings

PLAN = (
    ("Ref", "Action", "Lead officer", "By when"),
    ("1", "Mend all the boilers of the hall", "Head of Homes", "June 2024"),
    ("2", "Fit all the windows of the school", "Head of Schools", "July 2024"),
)
KEPT = {
    "measures": (
        ("Measure", "Baseline", "Target 2024/25", "Good is"),
        ("Boilers mended", "12", "40", "High"),
        ("Complaints", "310", "250", "Low"),
    ),
    "totals": (("Status", "Number of actions"), ("On track", "14"), ("Delayed", "3"), ("Total", "17")),
    "legend": (("RAG rating", "Meaning"), ("Red", "Off track, with no way back"), ("Green", "On track")),
    "contacts": (("Name", "Telephone", "Email"), ("Customer services", "01632 960 001", "help@wold.example")),
    "progress of measures": (
        ("Indicator", "Q1", "Q2", "Q3", "Q4"),
        ("Homes let in 20 days", "81%", "83%", "", "90%"),
        ("Missed bins", "41", "38", "40", "-"),
    ),
    "versions": (
        ("Version", "Date", "Author", "Reason"),
        ("0.1", "12 March 2024", "Policy Officer", "First draft"),
        ("1.0", "30 April 2024", "Policy Officer", "Agreed by Cabinet"),
    ),
}


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *body = rows
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    return f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{cells}</table>"


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_every_cell_is_kept(name: str, first: bool) -> None:
    other = f"<h2>About {name}</h2>{table(KEPT[name])}"
    actions = f"<h2>Outcome: Warm homes</h2>{table(PLAN)}"
    page = f"<h1>Delivery Plan 2024/25</h1>{other if first else ''}{actions}{'' if first else other}"
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert [activity.ref for activity in plan.activities] == ["1", "2"]
    (kept,) = plan.tables
    assert (kept.caption, kept.header, *kept.rows) == (f"About {name}", *KEPT[name])
    assert [(group.kind, group.title) for group in plan.groups] == [("outcome", "Warm homes")]
    assert plan.coverage.claimed == plan.coverage.words


def test_a_table_with_the_labels_of_actions_that_is_no_record_is_told() -> None:
    further = (("Action", "Open the hall", "x"), ("Lead officer", "Clerk", "y"), ("By when", "May 2024", "z"))
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in further)
    page = f"<h1>Delivery Plan 2024/25</h1>{table(PLAN)}<h2>Further</h2><table>{rows}</table>"
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert [activity.ref for activity in plan.activities] == ["1", "2"]
    assert [issue.message for issue in plan.issues if issue.code == "table-unclear"] == [
        "A table of 3 rows has the labels of actions, and none was read from it."
    ]


def test_a_table_of_steps_within_a_cell_makes_no_records_and_is_told() -> None:
    steps = "<table><tr><th>Milestone</th><th>Date</th></tr><tr><td>Consent</td><td>May 2024</td></tr></table>"
    rows = "".join(
        f"<tr><td>1.{n}</td><td>Build {n}0 homes on the depot.</td><td>{steps}</td><td>Head of Housing</td></tr>"
        for n in (1, 2)
    )
    head = "<tr><th>Ref</th><th>Action</th><th>Milestones</th><th>Lead officer</th></tr>"
    page = f"<h1>Delivery Plan 2024/25</h1><table>{head}{rows}</table>"
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2"]
    assert [table.rows for table in plan.tables] == [(("Consent", "May 2024"),)] * 2
    told = [(issue.ref, issue.field) for issue in plan.issues if issue.code == "table-unclear"]
    assert told == [("1.1", "extra"), ("1.2", "extra")]
    assert plan.coverage.unread == ()


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("Outcome: Safer streets", True),
        ("Outcome: Warm homes", False),  # the same again
        ("How we will know", False),
        ("Theme: Safer streets", False),  # labelled otherwise
    ],
)
def test_a_heading_that_is_labelled_as_those_of_groups_and_stands_over_no_action_is_named(
    second: str, told: bool
) -> None:
    page = (
        f"<h1>Town Plan 2024/25</h1><h2>Outcome: Warm homes</h2>{table(PLAN)}<h2>{second}</h2>{table(KEPT['legend'])}"
    )
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert [issue.message for issue in plan.issues if issue.code == "group-empty"] == (
        ['"Safer streets" stands over no action.'] if told else []
    )
