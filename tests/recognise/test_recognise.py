"""`recognise` over pages in the shapes that real plans have: what becomes of headings, tables and labelled lines."""

from __future__ import annotations

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

HEADER = "<tr><th>Ref</th><th>Action</th><th>Lead</th><th>By when</th></tr>"
ONE = "<tr><td>1</td><td>Mend all the boilers</td><td>Head of Housing</td><td>Q1</td></tr>"
TWO = "<tr><td>2</td><td>Fit all the windows</td><td>Head of Housing</td><td>Q2</td></tr>"
TITLE = "<h1>Delivery Plan 2024/25</h1>"


def plan_of(body: str) -> Plan:
    """The plan of a page, whose every word must be claimed."""
    plan = read_plan(f"<html><body>{body}</body></html>".encode(), "page.html", Settings())
    assert plan.coverage.unread == ()
    assert plan.coverage.claimed == plan.coverage.words
    return plan


def test_what_stands_over_the_title_is_no_group() -> None:
    body = f"<h1>Wold Council</h1><h2>Action Plan 2024/25</h2><h3>Homes</h3><table>{HEADER}{ONE}{TWO}</table>"
    plan = plan_of(body)
    assert plan.title == "Action Plan 2024/25"
    assert [(group.title, group.parent_id) for group in plan.groups] == [("Homes", None)]


def test_no_priority_stands_within_a_priority() -> None:
    body = (
        f"{TITLE}<details><summary>Priority 1: Homes</summary><table>{HEADER}{ONE}</table></details>"
        f"<details><summary>Priority 2: Windows</summary><table>{HEADER}{TWO}</table></details>"
    )
    assert [(group.kind, group.parent_id) for group in plan_of(body).groups] == [("priority", None), ("priority", None)]


def test_captions_that_are_labelled_head_their_tables() -> None:
    body = (
        f"{TITLE}<table><caption>Priority 1: Homes</caption>{HEADER}{ONE}</table>"
        f"<table><caption>Priority 2: Windows</caption>{HEADER}{TWO}</table>"
    )
    plan = plan_of(body)
    assert [activity.group_id for activity in plan.activities] == ["priority-1-homes", "priority-2-windows"]


def test_a_total_row_is_no_record() -> None:
    total = "<tr><td></td><td>Total: 2 actions</td><td></td><td></td></tr>"
    assert [a.ref for a in plan_of(f"{TITLE}<table>{HEADER}{ONE}{TWO}{total}</table>").activities] == ["1", "2"]


def test_tables_of_labels_and_values_are_records() -> None:
    def upright(action: str, when: str) -> str:
        rows = (("Action", action), ("Lead officer", "Head of Housing"), ("Timescale", when), ("Status", "Green"))
        return "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows)

    body = f"{TITLE}<table>{upright('Mend the boilers', 'Q1')}{upright('Fit the windows', 'Q2')}</table>"
    plan = plan_of(body)
    assert [activity.activity for activity in plan.activities] == ["Mend the boilers", "Fit the windows"]
    assert [activity.timescale.as_published for activity in plan.activities if activity.timescale] == ["Q1", "Q2"]


def test_the_numbers_under_a_header_of_two_columns_are_refs_and_group_numbers() -> None:
    body = (
        f"{TITLE}<table><tr><th colspan=2>Objective</th><th colspan=2>Action</th><th>Lead</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>Homes</td><td>1.1</td><td>Mend all boilers</td><td>Town Clerk</td></tr>"
        "<tr><td>1.2</td><td>Fit all windows</td><td>Head of Housing</td></tr></table>"
    )
    plan = plan_of(body)
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2"]
    assert [(group.kind, group.number, group.title) for group in plan.groups] == [("objective", "1", "Homes")]


def test_labels_that_share_a_line_are_parted() -> None:
    def action(number: int, text: str) -> str:
        return (
            f"<p><b>Action {number}:</b> {text}<br><b>Start date:</b> June 2024 <b>End date:</b> March 2025<br>"
            "<b>Lead:</b> Head of Housing</p>"
        )

    plan = plan_of(f"{TITLE}{action(1, 'Mend the boilers')}{action(2, 'Fit the windows')}")
    assert [activity.ref for activity in plan.activities] == ["1", "2"]
    spans = [(str(a.timescale.start), str(a.timescale.end)) for a in plan.activities if a.timescale]
    assert spans == [("2024-06-01", "2025-03-31")] * 2


def _card(action: str, owners: str, when: str, proof: str) -> str:
    return (
        f"<section><h3>{action}</h3><dl><dt>Who will lead it</dt><dd>{owners}</dd><dt>When</dt><dd>{when}</dd>"
        f"<dt>How we will measure it</dt><dd>{proof}</dd></dl></section>"
    )


def test_a_label_of_unknown_words_is_one_where_it_recurs_as_the_known_ones_do() -> None:
    body = (
        f"{TITLE}<h2>Outcome 1: Homes</h2><h3>Warmth</h3>"
        + _card("Mend the boilers", "Head of Housing<br>Energy Officer", "March 2025", "Boilers mended")
        + _card("Fit the windows", "Head of Housing", "June 2024", "Windows fitted")
        + "<h3>Repairs</h3>"
        + _card("Answer within a day", "Repairs Manager", "May 2024", "Calls answered")
    )
    plan = plan_of(body)
    assert [activity.activity for activity in plan.activities] == [
        "Mend the boilers",
        "Fit the windows",
        "Answer within a day",
    ]
    assert plan.activities[0].lead_officers == ("Head of Housing", "Energy Officer")
    assert [activity.extra for activity in plan.activities] == [
        {"How we will measure it": "Boilers mended"},
        {"How we will measure it": "Windows fitted"},
        {"How we will measure it": "Calls answered"},
    ]
    titles = {group.id: group.title for group in plan.groups}
    assert [titles[activity.group_id or ""] for activity in plan.activities] == ["Warmth", "Warmth", "Repairs"]


def test_a_label_of_unknown_words_means_what_its_values_show() -> None:
    def action(text: str, owner: str, when: str) -> str:
        return f"<p>{text}</p><p><b>Lead:</b> {owner}<br><b>Hoped for:</b> {when}</p>"

    plan = plan_of(
        TITLE
        + action("Mend the boilers in the old flats.", "Head of Housing", "March 2025")
        + action("Fit the windows that the survey asked for.", "Head of Housing", "June 2024")
        + action("Answer every call within a day of it.", "Repairs Manager", "May 2024")
    )
    assert [a.timescale.as_published for a in plan.activities if a.timescale] == ["March 2025", "June 2024", "May 2024"]
    assert [issue.code for issue in plan.issues if issue.code == "column-inferred"] == ["column-inferred"]


def _set_of_sub_items(first: str, lead: str = "") -> Plan:
    rows = (
        ("3a", first, "Fleet Engineer"),
        ("3b", "measure emissions from what we buy", ""),
        ("4", "Mend it.", "Clerk"),
    )
    body = "".join(f"<tr><td>{ref}</td><td>{text}</td><td>{owner}</td><td>Q1</td></tr>" for ref, text, owner in rows)
    return plan_of(f"{TITLE}<table>{HEADER}{lead}{body}</table>")


def test_a_lead_in_is_told_where_the_letters_stand_in_the_refs_alone() -> None:
    plan = _set_of_sub_items("<p>Reach net zero by 2030:</p><p>convert 18 lorries</p>")
    assert [activity.lead_in for activity in plan.activities] == ["Reach net zero by 2030:"] * 2 + [None]
    assert plan.activities[0].activity == "convert 18 lorries"
    assert not [issue for issue in plan.issues if issue.code == "lead-in-inferred"]


def test_a_lead_in_that_only_wording_shows_is_doubted() -> None:
    for first in (
        "<p>Reach net zero by 2030; we will</p><p>convert 18 lorries</p>",
        "Reach net zero: convert 18 lorries",
    ):
        plan = _set_of_sub_items(first)
        assert plan.activities[0].activity == "convert 18 lorries"
        assert plan.activities[0].lead_in == plan.activities[1].lead_in
        assert [i.field for i in plan.issues if i.code == "lead-in-inferred"] == ["lead_in"]


def test_the_people_of_a_row_with_the_lead_in_alone_are_those_of_the_whole_set() -> None:
    lead = "<tr><td>3</td><td>Reach net zero by 2030:</td><td>Climate Manager</td><td></td></tr>"
    plan = _set_of_sub_items("convert 18 lorries", lead)
    assert [a.lead_officers for a in plan.activities] == [("Fleet Engineer",), ("Climate Manager",), ("Clerk",)]
