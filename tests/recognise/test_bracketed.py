"""Lists whose actions end with who and when in brackets."""

from __future__ import annotations

import time

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

_HOMES = (
    "Build 300 homes on council land (Lead: Head of Housing, by March 2026)",
    "Repair the roofs of the flats in Mill Lane (Lead: Head of Property, June 2025)",
    "Open a hostel for young people (Lead: Head of Housing, May 2025)",
)
_TITLE = "Delivery Plan 2025/26"
_TABLE = (
    "<table><tr><th>Ref</th><th>Action</th><th>Lead officer</th><th>Timescale</th></tr>"
    "<tr><td>2.1</td><td>Write a strategy for the parks.</td><td>Head of Parks</td><td>June 2025</td></tr>"
    "<tr><td>2.2</td><td>Train all staff on the phone.</td><td>Head of Customers</td><td>May 2025</td></tr></table>"
)


def _list(*items: str) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _page(body: str) -> Plan:
    return read_plan(f"<html><body><h1>{_TITLE}</h1>{body}</body></html>".encode(), "plan.html", Settings())


def _text(body: str) -> Plan:
    return read_plan(f"{_TITLE}\n\n{body}".encode(), "plan.txt", Settings())


def _warned(plan: Plan, text: str) -> set[tuple[str, str | None]]:
    record = next(activity.id for activity in plan.activities if activity.activity.startswith(text))
    return {(issue.code, issue.field) for issue in plan.issues if issue.activity_id == record}


def test_a_list_beside_tables_of_activities_is_named_and_the_heading_of_the_table_is_its_group() -> None:
    plan = _page(f"<h2>What we did</h2>{_list(*_HOMES)}<h2>What we will do</h2>{_TABLE}")
    assert [activity.ref for activity in plan.activities] == ["2.1", "2.2"]
    assert [group.title for group in plan.groups] == ["What we will do"]
    assert [issue.code for issue in plan.issues if issue.severity == "warning"] == ["row-unread"]


def test_a_heading_at_the_end_of_a_list_stands_over_what_follows_a_kept_table() -> None:
    costs = "<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2025</td><td>4m</td></tr></table>"
    roads = _list(
        *(f"Mend {street} Street and its kerbs (Lead: Head of Roads, Q3)" for street in ("Low", "High", "Mill"))
    )
    plan = _page(f"<h2>Homes</h2>{_list(*_HOMES)}<h2>Roads</h2>{costs}{roads}")
    assert [activity.group_id for activity in plan.activities] == ["homes"] * 3 + ["roads"] * 3


def test_labels_that_no_field_has_are_extra() -> None:
    plan = _page(_list(*_HOMES, "Give grants for lofts (Lead: Head of Housing; Partner: Shelter; by May 2025)"))
    grants = plan.activities[3]
    assert grants.activity == "Give grants for lofts"
    assert dict(grants.extra) == {"Partner": "Shelter"}
    assert grants.lead_officers == ("Head of Housing",)
    assert grants.timescale
    assert grants.timescale.as_published == "by May 2025"


@pytest.mark.parametrize(
    "bare", ["Give each village a grit bin", "Give each village a grit bin (Head of Roads, May 2025)"]
)
def test_an_item_that_says_it_otherwise_is_a_row_with_doubts(bare: str) -> None:
    for items in ((*_HOMES, bare), (_HOMES[0], bare, *_HOMES[1:]), (bare, *_HOMES)):
        plan = _page(_list(*items))
        assert len(plan.activities) == 4
        assert {
            ("row-unclear", "activity"),
            ("officer-missing", "lead_officers"),
            ("timescale-missing", "timescale"),
        } <= (_warned(plan, "Give each village"))


def test_an_item_of_two_lines_or_two_paragraphs_is_one_action() -> None:
    wrapped = "Mend the lifts of the flats in Mill Lane and in Hill\n  House (Lead: Head of Property, June 2025)"
    plan = _text("\n".join(f"- {item}" for item in (_HOMES[0], wrapped, *_HOMES[1:])))
    assert plan.activities[1].activity == "Mend the lifts of the flats in Mill Lane and in Hill House"
    parted = "<p>Give grants.</p><p>They help with lofts (Lead: Head of Housing, May 2025)</p>"
    plan = _page(_list(*_HOMES, parted))
    assert plan.activities[3].activity == "Give grants.\nThey help with lofts"


@pytest.mark.parametrize(
    "said",
    [
        "Lead: Head of Roads, Timescale: May 2025",
        "Lead: Head of Roads. By when: May 2025",
        "Lead: Head of Roads May 2025",
    ],
)
def test_a_time_behind_a_name_is_the_timescale(said: str) -> None:
    mended = _page(_list(*_HOMES, f"Mend the lamps of the park ({said})")).activities[3]
    assert mended.lead_officers == ("Head of Roads",)
    assert mended.timescale
    assert mended.timescale.as_published == "May 2025"


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ("Lead: Head of Roads, Budget: low, May 2025", ("row-unclear", "lead_officers")),
        ("Lead: Head of Roads from May 2025 on, Q3", ("row-unclear", "lead_officers")),
        ("Leads: Head of Roads, Head of Parks, May 2025", ("people-unparted", "lead_officers")),
    ],
)
def test_a_name_that_holds_more_is_doubted(said: str, doubt: tuple[str, str]) -> None:
    assert doubt in _warned(_page(_list(*_HOMES, f"Mend the lamps of the park ({said})")), "Mend the lamps")


def test_numbers_of_headings_are_not_those_of_the_actions_below_them() -> None:
    homes = "\n".join(f"{number}. {item}" for number, item in enumerate(_HOMES, 1))
    roads = "1. Mend 400 potholes a month (Lead: Head of Highways, ongoing)\n2. Give each village a grit bin"
    plan = _text(f"1. Homes\n\n{homes}\n\n2. Roads\n\n{roads}\n")
    assert [(group.number, group.title) for group in plan.groups] == [("1", "Homes"), ("2", "Roads")]
    assert [activity.group_id for activity in plan.activities] == ["1-homes"] * 3 + ["2-roads"] * 2
    assert not plan.coverage.unread


def test_many_items_below_one_action_take_no_longer_for_each() -> None:
    def cost(count: int) -> float:
        below = _list(*(f"Step {number} of it" for number in range(count)))
        start = time.process_time()
        plan = _page(_list(*_HOMES, f"Open the library (Lead: Head of Culture, June 2025){below}"))
        assert len(plan.activities[3].items) == count
        return time.process_time() - start

    cost(100)
    assert cost(12000) < 7 * cost(3000)


_TAILS = (
    "Plant an orchard behind the allotments – Lead: Clerk. By when: November 2025",
    "Hold two repair cafés – Lead: Climate Working Group. By when: October 2025",
    "Mend the railings. Lead: Facilities Officer. By when: June 2025",
    "Work with the county on a new zone – Lead: Highways Working Group. By when: Ongoing",
)


def test_lists_within_the_items_of_a_list_are_actions_under_headings() -> None:
    plan = _page(
        f"<ol><li><b>A greener town</b>{_list(*_TAILS[:2])}</li><li>A safer town{_list(*_TAILS[2:])}</li></ol>"
    )
    assert [group.title for group in plan.groups] == ["A greener town", "A safer town"]
    assert [activity.activity for activity in plan.activities][::2] == [
        "Plant an orchard behind the allotments",
        "Mend the railings.",
    ]
    assert [activity.lead_officers for activity in plan.activities][0::3] == [("Clerk",), ("Highways Working Group",)]
    assert [str(time.end) for activity in plan.activities if (time := activity.timescale)][:2] == [
        "2025-11-30",
        "2025-10-31",
    ]
    assert not plan.coverage.unread


def test_a_dash_before_the_first_label_opens_what_is_said() -> None:
    plan = _text("\n".join(f"• {item}" for item in _TAILS))
    assert [activity.lead_officers for activity in plan.activities][1] == ("Climate Working Group",)


def test_a_bracket_that_opens_with_a_label_makes_no_label_of_the_action() -> None:
    actions = ("Mend the roofs", "Open a hostel for young people", "Plant an orchard at the school")
    said = [f"{action} (Lead: Head of Property; Timescale: By May 2025)" for action in actions]
    plan = _page(f"<h2>Homes</h2>{_list(*said[:2])}<h2>Schools</h2>{_list(*said[2:])}")
    assert [activity.activity for activity in plan.activities] == list(actions)
    assert {activity.lead_officers for activity in plan.activities} == {("Head of Property",)}
    assert {a.timescale.as_published for a in plan.activities if a.timescale} == {"By May 2025"}


def test_a_bracket_that_breaks_off_at_the_end_of_a_line_goes_on_before_a_label() -> None:
    actions = (
        "Mend the roofs of the flats in Mill Lane",
        "Open a hostel for young people",
        "Plant an orchard at the school",
    )
    lines = [f"      {action} (Lead: Head of Property;\n      Timescale: By May 2025)" for action in actions]
    plan = _text("Priority 1: Homes\n" + "\n".join(lines) + "\n")
    assert [(a.activity, a.lead_officers) for a in plan.activities] == [(a, ("Head of Property",)) for a in actions]
