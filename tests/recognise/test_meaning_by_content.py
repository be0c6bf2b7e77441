"""Columns whose header is missing, unknown or misleading are told by what stands in them, and each such decision is
an issue of the plan."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

Rows = tuple[tuple[str, ...], ...]
BODY: Rows = (
    ("1.1", "Open a repair café in each of the four towns", "Waste Team Leader", "Quarter 2"),
    ("1.2", "Buy ten electric sweepers for the town centres", "Fleet Manager", "Quarter 4"),
    ("1.3", "Teach every school in the borough about food waste", "Education Officer", "Ongoing"),
)


def plan_of(*rows: tuple[str, ...], header: bool = True) -> Plan:
    lines = [
        "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>"
        for number, row in enumerate(rows)
        for tag in ["th" if header and not number else "td"]
    ]
    page = f"<h1>Delivery Plan 2024/25</h1><table>{''.join(lines)}</table>"
    return read_plan(page.encode(), "plan.html", Settings())


def inferred(plan: Plan) -> list[str | None]:
    return sorted(issue.field or "" for issue in plan.issues if issue.code == "column-inferred")


def rows_of(plan: Plan) -> Rows:
    return tuple(
        (a.ref or "", a.activity, *a.lead_officers, a.timescale.as_published if a.timescale else "")
        for a in plan.activities
    )


def test_a_table_without_a_header() -> None:
    plan = plan_of(*BODY, header=False)
    assert rows_of(plan) == BODY
    assert inferred(plan) == ["activity", "lead_officers", "timescale"]


def test_headers_that_nobody_knows() -> None:
    plan = plan_of(("Nr", "Our promise", "In the driving seat", "Finish line"), *BODY)
    assert rows_of(plan) == BODY
    assert inferred(plan) == ["activity", "lead_officers", "ref", "timescale"]


def test_dates_and_posts_alone_make_no_plan() -> None:
    versions = (
        ("0.1", "12 March 2024", "Policy Officer", "First draft for the directors' own comments"),
        ("0.2", "2 April 2024", "Policy Officer", "Changed after the consultation with all members"),
        ("1.0", "30 April 2024", "Policy Officer", "Final, as agreed by the Cabinet on that day"),
    )
    for header in (
        ("Edition", "When it was made", "Person", "What is different"),
        ("Version", "On", "Author", "Change"),
    ):
        plan = plan_of(header, *versions)
        assert plan.activities == ()
        assert [len(table.rows) for table in plan.tables] == [3]


def test_an_item_that_is_a_number_is_the_ref() -> None:
    plan = plan_of(
        ("Item", "Task", "Officer", "Qtr"),
        ("1", "Write the asset strategy", "SMK", "1-2"),
        ("2", "Let the café at the museum", "JD", "4"),
        ("3", "Renew the insurance for the fleet", "SMK", "1-4"),
    )
    assert [activity.ref for activity in plan.activities] == ["1", "2", "3"]
    assert inferred(plan) == ["ref"]


def test_rows_of_a_heading_alone_say_nothing_of_their_column() -> None:
    plan = plan_of(
        ("", "Activity", "By when", "Who"),
        ("ADMIN", "", "", ""),
        ("1", "Update the standing orders", "May 2024", "Clerk"),
        ("ASSETS", "", "", ""),
        ("2", "Paint the pavilion", "June 2024", "Groundsman"),
    )
    assert [activity.ref for activity in plan.activities] == ["1", "2"]
    assert [group.title for group in plan.groups] == ["ADMIN", "ASSETS"]


@pytest.mark.parametrize(
    ("header", "first", "last", "field"),
    [
        ("", "June 2024", ("Lead officer", "Town Clerk"), "timescale"),
        ("Where", "July 2024", ("Lead officer", "Town Clerk"), "timescale"),
        ("Unit", "Head of Parks", ("By when", "May 2024"), "lead_officers"),
        ("", "Ann Marsh", ("By when", "May 2024"), None),
        ("", "Warm homes", ("By when", "May 2024"), "group"),
    ],
)
def test_merged_cells_at_the_left_are_groups_only_where_they_are_neither_dates_nor_people(
    header: str, first: str, last: tuple[str, str], field: str | None
) -> None:
    texts = iter(
        ("Plant an orchard by the quay.", "Mend the roof of the hall.", "Open a toy library.", "Map all wells.")
    )
    rows = "".join(
        f"<tr><td rowspan=2>{left}</td><td>{next(texts)}</td><td>{last[1]}</td></tr>"
        f"<tr><td>{next(texts)}</td><td>{last[1]}</td></tr>"
        for left in (first, first.replace("June", "March").replace("Ann", "Jo").replace("Parks", "Housing"))
    )
    head = f"<tr><th>{header}</th><th>Action</th><th>{last[0]}</th></tr>"
    page = f"<h1>Delivery Plan 2024/25</h1><table>{head}{rows}</table>"
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert bool(plan.groups) == (field == "group")
    assert inferred(plan) == ([field] if field else [])
