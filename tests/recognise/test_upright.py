"""Tables of labels and values, one a record, that a converter flattened."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

_RECORDS = [
    ("1.1", "Open the new pool", "Head of Leisure", "Q4"),
    ("1.2", "Action plans for all nine parks", "Parks Manager", "March 2025"),
    ("2.1", "Publish a tree strategy", "Head of Parks", "Ongoing"),
    ("2.2", "Let six shops", "Town Centre Manager", "Q2"),
]


def plan_of(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def rows(plan: Plan) -> list[tuple[str | None, str, str, str | None]]:
    return [
        (a.ref, a.activity, "; ".join(a.lead_officers), a.timescale.as_published if a.timescale else None)
        for a in plan.activities
    ]


def flattened(between: str, apart: str) -> str:
    text = "Delivery Plan 2024/25\n\n"
    for number, record in enumerate(_RECORDS):
        if number % 2 == 0:
            text += f"\nPriority {number // 2 + 1}: Aim number {number + 1}\n\n"
        labels = ("Ref", "Key action", "Lead officer", "By when")
        text += "".join(f"{label}{between}{value}{apart}" for label, value in zip(labels, record, strict=True))
    return text + "\n\nLast updated 3 May 2024\n"


@pytest.mark.parametrize(("between", "apart"), [("\t\t", "\n"), ("\t", "\n"), (" ", "\n"), ("\n\n", "\n\n")])
def test_each_cycle_of_labels_is_a_record(between: str, apart: str) -> None:
    plan = plan_of(flattened(between, apart))
    assert rows(plan) == _RECORDS
    assert [group.title for group in plan.groups] == ["Aim number 1", "Aim number 3"]
    assert not plan.coverage.unread


def test_lines_after_a_value_go_on_with_it() -> None:
    text = flattened("\t", "\n").replace("Parks Manager\n", "Parks Manager\nPlay Officer\n")
    assert rows(plan_of(text))[1][2] == "Parks Manager; Play Officer"


def test_a_header_over_each_table_is_no_cycle_of_labels() -> None:
    header = "Ref Key action Lead officer By when\n"
    text = "Delivery Plan 2024/25\n\n"
    for number, (ref, action, lead, when) in enumerate(_RECORDS, 1):
        text += f"Priority {number}: Something else\n{header}{ref} {action} {lead} {when}\n"
    assert [(a.ref, a.activity) for a in plan_of(text).activities] == [(ref, action) for ref, action, _, _ in _RECORDS]


def test_labels_that_some_records_lack_leave_the_ref_to_open_each() -> None:
    text = flattened("\n\n", "\n\n").replace("By when\n\nMarch 2025\n\n", "")
    records = [(ref, action, lead, None if ref == "1.2" else when) for ref, action, lead, when in _RECORDS]
    assert rows(plan_of(text)) == records


_ACTIONS = (
    ("Open the new pool at the lido", "Six lanes", "Head of Leisure", "Q4"),
    ("Write action plans for all nine parks", "Nine plans", "Parks Manager\n\nLeader of the Council", "March 2025"),
    ("Publish a tree strategy, and keep it", "Strategy out", "Head of Parks", "Ongoing"),
    ("Let six shops in the old market", "Six shops", "Town Centre Manager", "Q2"),
)


def _with_unknown_labels(*names: str, last: str = "Who will answer for it") -> str:
    """Upright tables in a text, a paragraph a cell, under numbered headings; the owner's label is `last`."""
    text = "Delivery Plan 2024/25\n\n"
    for number, (action, measure, lead, when) in enumerate(_ACTIONS):
        if number % 2 == 0:
            text += f"{number // 2 + 1}. Aim of the {('old', 'new')[number // 2]} town\n\n"
        cells = dict(zip(names, (action, measure, when), strict=True))
        text += "".join(f"{label}\n\n{value}\n\n" for label, value in [*cells.items(), (last, lead)])
    return text + "  • Accessibility statement\n  • Site map\n\nCode\tBaseline\tTarget\n\nPools\t3\t4\n"


@pytest.mark.parametrize("action", ["What the town will do", "Cam gweithredu / Action", "Key action"])
def test_labels_of_unknown_words_are_told_by_how_they_recur(action: str) -> None:
    plan = plan_of(_with_unknown_labels(action, "How we will know", "By when", last="Lead officer"))
    assert [activity.activity for activity in plan.activities] == [action for action, *_ in _ACTIONS]
    assert [activity.extra for activity in plan.activities] == [{"How we will know": one[1]} for one in _ACTIONS]
    assert [activity.lead_officers for activity in plan.activities] == [tuple(one[2].split("\n\n")) for one in _ACTIONS]
    titles = {group.id: group.title for group in plan.groups}
    assert [titles[activity.group_id or ""] for activity in plan.activities] == ["Aim of the old town"] * 2 + [
        "Aim of the new town"
    ] * 2


def test_a_status_that_is_a_label_elsewhere_is_a_value() -> None:
    text = flattened("\n\n", "\n\n").replace("By when\n\nQ4", "By when\n\nQ4\n\nStatus\n\nOn track")
    text = text.replace("March 2025", "March 2025\n\nStatus\n\nOn track").replace(
        "Ongoing", "Ongoing\n\nStatus\n\nOn track"
    )
    assert [activity.status for activity in plan_of(text).activities] == ["On track"] * 3 + [None]


def test_a_header_of_two_rows_over_rows_of_lines_is_no_label_with_its_value() -> None:
    rows = "".join(
        f"\n\nGoal {goal}: Good {title}\n\nReference Key action Delivery Action owner Delivery Progress update\n"
        "Timeframe RAG rating\n"
        + "".join(
            f"\n{goal}.{number}\n\nMend {number} bridges on the {title}.\n\nMay 2024\n\n"
            f"Service Manager - {owner}\n\n{state}\n\nTwo are done.\n"
            for number, owner, state in ((1, "Rangers", "Completed"), (2, "Trails", "Delayed"))
        )
        for goal, title in ((1, "roads"), (2, "paths"), (3, "rivers"))
    )
    plan = read_plan(f"Parks Plan 2024/25{rows}".encode(), "plan.txt", Settings())
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    first = plan.activities[0]
    assert (first.status, first.progress, first.lead_officers) == (
        "Completed",
        "Two are done.",
        ("Service Manager - Rangers",),
    )
    assert [group.title for group in plan.groups] == ["Good roads", "Good paths", "Good rivers"]


def test_a_header_in_two_languages_over_lines_of_cells_is_no_cycle_of_labels() -> None:
    rows = "".join(
        f"\nCommitment {goal} – Good {title}\n"
        + "".join(
            f"\nAction {goal}.{number}: Mend {number} bridges on the {title}\n\nQuarter {number} 2024-25\n\n{owner}\n"
            for number, owner in ((1, "Rangers Team"), (2, "Trails Team"))
        )
        for goal, title in ((1, "roads"), (2, "paths"), (3, "rivers"))
    )
    header = "Cam gweithredu / Action Amserlen / Timescale Swyddog arweiniol / Lead officer"
    plan = read_plan(f"Parks Plan 2024/25\n\n{header}\n{rows}".encode(), "plan.txt", Settings())
    assert [(a.ref, a.timescale and a.timescale.as_published, a.lead_officers) for a in plan.activities] == [
        (f"{goal}.{number}", f"Quarter {number} 2024-25", (owner,))
        for goal in (1, 2, 3)
        for number, owner in ((1, "Rangers Team"), (2, "Trails Team"))
    ]


def test_a_header_whose_second_cell_is_a_sentence_is_no_label_with_its_value() -> None:
    rows = "".join(
        f"\n\nTheme {name}: Good {title}\n\nAction No Actions we will take Target date Lead How we will measure it\n"
        + "".join(
            f"\n{goal}.{number}\n\nMend {number} bridges on the {title}.\n\nMay 2024\n\n"
            f"Service Director, {owner}\n\nAll bridges mended\n"
            for number, owner in ((1, "Rangers"), (2, "Trails"))
        )
        for goal, name, title in ((1, "One", "roads"), (2, "Two", "paths"), (3, "Three", "rivers"))
    )
    plan = read_plan(f"Parks Plan 2024/25{rows}".encode(), "plan.txt", Settings())
    assert [(a.ref, a.lead_officers) for a in plan.activities] == [
        (f"{goal}.{number}", (f"Service Director, {owner}",))
        for goal in (1, 2, 3)
        for number, owner in ((1, "Rangers"), (2, "Trails"))
    ]


def test_a_line_of_several_header_cells_in_two_languages_is_no_label_alone() -> None:
    rows = "".join(
        f"\n\nPriority: Good {title}\n\nCyf / Ref Cam gweithredu / Action Adnoddau / Resources\n"
        "Swyddog arweiniol / Lead officer Statws / Status\n\n"
        + "".join(
            f"{goal}.{number}\n\nMend {number} bridges on the {title}.\n\n£200\n\nHead of {owner}\n\nOn track\n\n"
            for number, owner in ((1, "Rangers"), (2, "Trails"))
        )
        for goal, title in ((1, "roads"), (2, "paths"), (3, "rivers"))
    )
    plan = read_plan(f"Parks Plan 2024/25{rows}".encode(), "plan.txt", Settings())
    assert [(a.ref, a.lead_officers, a.status) for a in plan.activities] == [
        (f"{goal}.{number}", (f"Head of {owner}",), "On track")
        for goal in (1, 2, 3)
        for number, owner in ((1, "Rangers"), (2, "Trails"))
    ]


def test_the_first_word_of_a_label_with_its_colon_is_no_label() -> None:
    groups = ("People", "Parks", "Members", "Roads")
    card = (
        "Action {0}.{1} Mend bridge {1} of lock {0}\n\nDeadline: {2} June 2024\n"
        "Portfolio Holder: Portfolio Holder – {3}\nRAG rating: Green\n\n"
    )
    text = "".join(
        f"Aim {number}: {title}\n\n" + "".join(card.format(number, n, 10 + n, title) for n in (1, 2))
        for number, title in enumerate(groups, 1)
    )
    plan = plan_of(f"Delivery Plan 2024/25\n\n{text}")
    assert [(a.ref, a.status, *a.lead_cabinet_members) for a in plan.activities] == [
        (f"{number}.{n}", "Green", f"Portfolio Holder – {title}")
        for number, title in enumerate(groups, 1)
        for n in (1, 2)
    ]


def test_a_heading_right_above_a_table_may_end_as_no_sentence_does() -> None:
    text = "Plan 2024/25\nA service to be proud of\n"
    for number, (ref, action, officer, when) in enumerate(_RECORDS):
        text += "Homes fit for the future\n" * (number == 2)
        for label, value in (("Ref", ref), ("Key action", action), ("Lead officer", officer), ("By when", when)):
            text += f"{label}\t\n\n{value}\n\n\n"
    plan = plan_of(text)
    titles = {group.id: group.title for group in plan.groups}
    assert [titles.get(a.group_id or "") for a in plan.activities] == [
        *("A service to be proud of",) * 2,
        *("Homes fit for the future",) * 2,
    ]


def test_a_label_in_no_list_is_told_by_its_words_and_a_title_below_the_last_value_heads_the_next_record() -> None:
    lines = ["Annual Action Plan 2025/26", "Each year we publish what we will do.", "Prevention"]
    for number, (title, work, manager, more, date, measure) in enumerate(
        (
            ("", "Visit 9,000 homes in the valley", "Area Manager Prevention", "", "2025/26", "Fires below 310"),
            ("Protection", "Teach water safety", "Group Manager Safety", "Press Manager", "June 2025", "Two schools"),
            ("Response", "Inspect high buildings", "Area Manager Protection", "", "March 2026", "41 buildings"),
            ("", "Replace the breathing sets", "Group Manager Technical", "", "Q4", "34 pumps equipped"),
        ),
        1,
    ):
        lines += [title] if title else []
        lines += [f"Action {number}", f"What we will do {work}", f"Accountable manager {manager}"]
        lines += [more] if more else []
        lines += [f"Completed by {date}", f"Measure {measure}"]
    plan = plan_of("\n".join(lines))
    titles = {group.id: group.title for group in plan.groups}
    assert [(a.ref, titles.get(a.group_id or ""), a.lead_officers, a.extra) for a in plan.activities] == [
        ("1", "Prevention", ("Area Manager Prevention",), {"Measure": "Fires below 310"}),
        ("2", "Protection", ("Group Manager Safety", "Press Manager"), {"Measure": "Two schools"}),
        ("3", "Response", ("Area Manager Protection",), {"Measure": "41 buildings"}),
        ("4", "Response", ("Group Manager Technical",), {"Measure": "34 pumps equipped"}),
    ]


def test_records_that_all_have_the_same_labels_begin_with_the_first_of_them() -> None:
    text = "Language Plan 2024/25\n\n"
    for practice, (_, action, lead, when) in zip(("None.", "On request.", "Ad hoc.", "Signs."), _RECORDS, strict=True):
        text += f"Current practice\t{practice}\nActions required\t{action}\nTarget date\t{when}\nOwner\t{lead}\n\n"
    plan = plan_of(text)
    assert [(a.activity, a.extra) for a in plan.activities] == [
        (record[1], {"Current practice": practice})
        for practice, record in zip(("None.", "On request.", "Ad hoc.", "Signs."), _RECORDS, strict=True)
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_number_behind_the_label_of_the_action_below_it_begins_no_record(between: str) -> None:
    text = "Safety Plan 2024/25\n\n"
    for ref, action, lead, when in _RECORDS:
        text += f"Action {ref}\n{between}Action {action}\nLead agency {lead}\nTimescale {when}\n\n"
    assert [row[1:] for row in rows(plan_of(text))] == [record[1:] for record in _RECORDS]
    assert [row[0] for row in rows(plan_of(text))] == [record[0] for record in _RECORDS]


@pytest.mark.parametrize("title", ["Action Plan 2025/26", "ACTION PLAN 2025 to 2026"])
def test_the_title_of_an_action_plan_is_no_labelled_action(title: str) -> None:
    records = "".join(
        f"Action {number}\nAction {words}\nLead Clerk\nBy when {month} 2025\nStatus Complete\n\n"
        for number, (words, month) in enumerate(
            (("Mend the hall roof", "May"), ("Paint the doors", "June"), ("Plant trees", "July")), 1
        )
    )
    plan = read_plan(f"Watermeadow Council\n{title}\n\n{records}".encode(), "plan.txt", Settings())
    assert (plan.title, [record.ref for record in plan.activities]) == (title, ["1", "2", "3"])
    assert plan.activities[0].activity == "Mend the hall roof"
