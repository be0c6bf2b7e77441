"""Columns whose header is missing, unknown or misleading are told by what stands in them, and each such decision is
an issue of the plan."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Profile, Settings
from extractor.records import Plan
from extractor.vocabulary.headings import read_group_heading

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


@pytest.mark.parametrize(
    "header",
    [
        ("Ref", "Action", "Timescale", "Lead"),
        ("Ref", "Timescale", "Lead", "Action"),
        ("Ref", "Lead", "Action", "Timescale"),
        ("Ref", "Timescale", "Action", "Lead"),
        ("Ref", "Lead", "Timescale", "Action"),
    ],
)
def test_cells_in_another_order_than_their_headers(header: tuple[str, ...]) -> None:
    plan = plan_of(header, *BODY)
    assert rows_of(plan) == BODY
    assert len(inferred(plan)) == sum(
        a != b for a, b in zip(header, ("Ref", "Action", "Lead", "Timescale"), strict=True)
    )


def test_a_short_table_under_words_that_an_earlier_one_explained() -> None:
    header = ("Nr", "Our promise", "In the driving seat", "Finish line")
    page = "<h1>Delivery Plan 2024/25</h1>"
    for rows in (BODY, (("2.1", "Publish the noise map", "Street Marshal", "March"),)):
        lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (header, *rows)]
        page += f"<table>{''.join(lines)}</table>"
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert rows_of(plan)[3:] == (("2.1", "Publish the noise map", "Street Marshal", "March"),)
    assert len(inferred(plan)) == len(set(inferred(plan)))


def test_a_header_of_one_word_is_no_record() -> None:
    assert rows_of(plan_of(("", "Action", "", ""), *BODY)) == BODY


def test_a_column_that_a_profile_puts_aside_stays_there() -> None:
    lines = [
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in (("Ref", "Action", "Lead", "Ready"), *BODY)
    ]
    page = f"<h1>Delivery Plan 2024/25</h1><table>{''.join(lines)}</table>"
    plan = read_plan(page.encode(), "plan.html", Settings(profile=Profile(header_words={"extra": ("Ready",)})))
    assert [activity.extra for activity in plan.activities] == [{"Ready": row[3]} for row in BODY]
    assert all(activity.timescale is None for activity in plan.activities)


def test_of_two_columns_of_dates_the_one_that_says_when_is_the_timescale() -> None:
    rows = tuple((*row, "April 2024") for row in BODY)
    plan = plan_of(("Ref", "Action", "Lead", "Timescale", "Date"), *rows)
    assert rows_of(plan) == BODY
    rows = tuple((*row[:3], "April 2024", row[3]) for row in BODY)
    assert rows_of(plan_of(("Ref", "Action", "Lead", "Date", "Timescale"), *rows)) == BODY


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


def test_a_number_sign_is_a_ref_only_in_front_and_beside_no_other() -> None:
    last = ("Mend the roof.", "Town Clerk", "Q1")
    plan = plan_of(("#", "Ref", "Action", "Lead officer", "By when"), ("1", "H1", *last), ("2", "P1", *last))
    assert [a.ref for a in plan.activities] == ["H1", "P1"]
    plan = plan_of(("Action", "#", "Lead officer", "By when"), ("Plant trees.", "300", "Town Clerk", "Q1"))
    assert inferred(plan) == ["ref"]
    plan = plan_of(("#", "Action", "Lead officer", "By when"), ("1", *last))
    assert ([a.ref for a in plan.activities], inferred(plan)) == (["1"], [])


@pytest.mark.parametrize("header", ["Scheme,Ward,Project manager", "Scheme name,Ward,Completion date"])
def test_schemes_beside_actions_are_kept_and_alone_are_actions(header: str) -> None:
    rows = "<tr><td>Quay paving</td><td>Castle</td><td>May 2024</td></tr>"
    schemes = f"<table><tr><th>{header.replace(',', '</th><th>')}</th></tr>{rows}</table>"
    actions = (
        "<table><tr><th>Action</th><th>Lead officer</th><th>By when</th></tr>"
        "<tr><td>Mend the roof.</td><td>Town Clerk</td><td>Q1</td></tr></table>"
    )
    beside, alone = (
        read_plan(f"<h1>Delivery Plan 2024/25</h1>{tables}".encode(), "plan.html", Settings())
        for tables in (actions + schemes, schemes)
    )
    assert ([a.activity for a in beside.activities], len(beside.tables)) == (["Mend the roof."], 1)
    assert [a.activity for a in alone.activities] == ["Quay paving"]


def test_a_project_manager_beside_a_lead_officer_is_another() -> None:
    plan = plan_of(
        ("Action", "Lead officer", "By when", "Project manager"),
        ("Mend the roof.", "Town Clerk", "Q1", "Ann Marsh"),
        ("Plant an orchard.", "Head of Parks", "Q1", "Jo Reed"),
    )
    assert [a.extra for a in plan.activities] == [{"Project manager": "Ann Marsh"}, {"Project manager": "Jo Reed"}]
    assert not [issue for issue in plan.issues if issue.severity == "warning"]


def test_two_levels_in_a_heading_are_not_one_in_two_languages() -> None:
    assert read_group_heading("Theme 1 / Priority 1: Homes").title == "Theme 1 / Priority 1: Homes"
    assert read_group_heading("Amcan 1 / Objective 1: Homes").title == "Homes"
    assert read_group_heading("Objective 1 / Amcan 1: Homes").title == "Homes"


def test_what_was_done_is_the_activity_where_no_other_column_says_what_is_to_be_done() -> None:
    plan = plan_of(("Ref", "What we have achieved", "Lead", "By when"), *BODY)
    assert rows_of(plan) == BODY
    assert inferred(plan) == ["activity"]
    both = plan_of(
        ("Ref", "Action", "What we have achieved", "Lead", "By when"),
        *((ref, f"Plan to {what}", what, *rest) for ref, what, *rest in BODY),
    )
    assert [activity.progress for activity in both.activities] == [what for _, what, *_ in BODY]


@pytest.mark.parametrize("header", ["Output", "Expected outputs"])
def test_outputs_are_what_is_to_be_done_where_no_other_column_says_it(header: str) -> None:
    plan = plan_of(("Ref", header, "Lead team", "Delivery quarter"), *BODY)
    assert rows_of(plan) == BODY
    assert inferred(plan) == ["activity"]
    measured = plan_of(
        ("Ref", header, "Baseline", "Lead team", "Delivery quarter"), *((*row[:2], "12", *row[2:]) for row in BODY)
    )
    assert measured.activities == ()


def test_action_taken_is_progress_beside_what_was_to_be_done() -> None:
    header = ("Ref", "Recommendation", "Action taken", "Lead", "By when")
    plan = plan_of(header, *((ref, what, f"We did {what}", *rest) for ref, what, *rest in BODY))
    assert [activity.activity for activity in plan.activities] == [what for _, what, *_ in BODY]
    assert [activity.progress for activity in plan.activities] == [f"We did {what}" for _, what, *_ in BODY]


@pytest.mark.parametrize("header", ["Officer response", "Cabinet Member's response", "Management response"])
def test_a_response_names_nobody(header: str) -> None:
    plan = plan_of(("Ref", "Recommendation", header, "By when"), *((*row[:2], "Agreed", row[3]) for row in BODY))
    assert [dict(activity.extra) for activity in plan.activities] == [{header: "Agreed"}] * len(BODY)
    assert not any(activity.lead_officers or activity.lead_cabinet_members for activity in plan.activities)
