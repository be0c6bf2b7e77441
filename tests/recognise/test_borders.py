"""What tells a border where nothing stands between two cells: how cells end, how posts are worded, what heads rows."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan
from extractor.vocabulary.roles import looks_like_owner, value_cost


def plan_of(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def groups_of(plan: Plan) -> list[str | None]:
    titles = {group.id: group.title for group in plan.groups}
    return [titles.get(activity.group_id or "") for activity in plan.activities]


ROWS = {
    "PRV-01": "Complete 9,500 home visits to people over 70 Area Manager, Prevention 31/03/2026 4,912 visits made.",
    "PRV-02": "Fit alarms in every district. Community Safety Manager Q3 2025-26 Two bids came in.",
    "PRV-03": "Run the cadet scheme at four stations. Station Manager, Education 31/12/2025 44 cadets enrolled.",
    "PRT-01": "Audit all tall buildings with cladding. Group Manager, Protection Mar-26 131 audits complete.",
    "PRT-02": "Consult on charging for repeated false alarms Group Manager, Protection 15 January 2026 Advice awaited.",
    "PRT-03": "Give fire door advice in converted mills Fire Safety Support Team Half-yearly First round done.",
}


def squeezed(*lines: str) -> str:
    return "\n".join(["Annual Delivery Plan 2025-26", "", "Code Deliverable Owner Target date Latest position", *lines])


def test_the_start_of_a_post_is_not_left_at_the_end_of_the_activity() -> None:
    plan = plan_of(squeezed(*(f"{ref} {text}" for ref, text in ROWS.items())))
    assert [(a.activity, a.lead_officers) for a in plan.activities] == [
        ("Complete 9,500 home visits to people over 70", ("Area Manager, Prevention",)),
        ("Fit alarms in every district.", ("Community Safety Manager",)),
        ("Run the cadet scheme at four stations.", ("Station Manager, Education",)),
        ("Audit all tall buildings with cladding.", ("Group Manager, Protection",)),
        ("Consult on charging for repeated false alarms", ("Group Manager, Protection",)),
        ("Give fire door advice in converted mills", ("Fire Safety Support Team",)),
    ]


def test_headings_without_a_label_among_rows_with_refs_that_count_anew() -> None:
    lines = [f"{ref} {text}" for ref, text in ROWS.items()]
    lines.insert(3, "Protect people where they live and work")
    plan = plan_of(squeezed("Prevent fires", *lines))
    assert groups_of(plan) == ["Prevent fires"] * 3 + ["Protect people where they live and work"] * 3
    assert plan.activities[2].progress == "44 cadets enrolled."


def test_a_last_line_of_a_cell_is_no_heading_where_no_heading_stands_above_the_first_row() -> None:
    lines = [f"{ref} {text}" for ref, text in ROWS.items()]
    lines.insert(2, "Supplier chosen on 6 October")
    plan = plan_of(squeezed(*lines))
    assert groups_of(plan) == [None] * 6
    assert plan.activities[1].progress == "Two bids came in.\nSupplier chosen on 6 October"


def test_the_number_that_refs_begin_with_heads_their_rows() -> None:
    text = """Climate Plan 2024/25

No. Action Lead Timescale
Theme 1: Travel
1.1 Walking and cycling
1.1.1 Adopt the cycling plan. Planning Officer March 2025
1.1.2 Buy 20 e-cargo bikes. Transport Officer June 2025
1.2 Our own fleet
1.2.1 Replace nine diesel vans. Fleet Manager March 2025
1.2.2 Fit charge points. Fleet Manager June 2025
"""
    plan = plan_of(text)
    assert [activity.ref for activity in plan.activities] == ["1.1.1", "1.1.2", "1.2.1", "1.2.2"]
    assert groups_of(plan) == ["Walking and cycling"] * 2 + ["Our own fleet"] * 2


def test_people_in_a_list_are_no_items_of_the_activity() -> None:
    text = """Delivery Plan 2024/25

Ref Action Lead Timescale
1.1 Open the new pool in the old town.

 • Head of Leisure
 • Estates Surveyor

March 2025
1.2 Review grounds maintenance with the parishes.

 • Head of Parks

June 2025
1.3 Run play schemes for:

 • children under five
 • teenagers

 • Head of Leisure

July 2025
"""
    plan = plan_of(text)
    assert [a.lead_officers for a in plan.activities] == [
        ("Head of Leisure", "Estates Surveyor"),
        ("Head of Parks",),
        ("Head of Leisure",),
    ]
    assert plan.activities[2].items == ("children under five", "teenagers")


def test_only_the_cells_beside_a_doubtful_border_are_doubted() -> None:
    text = """Delivery Plan 2024/25

Ref Action Lead officer Directorate Timescale
1.1 Mend the roofs in the old Market Street Arcade Team Housing Services March 2025
1.2 Clean the square. Head of Parks Housing Services June 2025
1.3 Plant 90 trees. Head of Parks Housing Services July 2025
1.4 Paint the railings. Head of Parks Housing Services July 2025
"""
    doubted = {issue.field for issue in plan_of(text).issues if issue.code == "border-inferred"}
    assert doubted == {"activity", "lead_officers"}


@pytest.mark.parametrize("text", ["Area Manager, Prevention", "Workforce Development Manager, Social Care"])
def test_a_post_may_go_on_behind_a_comma(text: str) -> None:
    assert looks_like_owner(text)


def test_the_noun_of_a_post_alone_tells_less_for_it_than_a_whole_title() -> None:
    assert looks_like_owner("Manager, Social Care")
    assert value_cost("Workforce Development Manager, Social Care", "owner") < value_cost(
        "Manager, Social Care", "owner"
    )


def test_headings_without_a_label_among_rows_that_tabs_part() -> None:
    row = "\tHead of Parks\tMarch 2025\tTrees planted"
    lines = ["Cleaner air", *(f"Plant trees in {place}.{row}" for place in ("Ash", "Elm", "Oak"))]
    lines += ["Warmer homes", *(f"Insulate homes in {place}.{row}" for place in ("Ash", "Elm", "Oak"))]
    plan = plan_of("\n".join(["Delivery Plan 2024/25", "", "Action\tLead\tTimescale\tMeasure", *lines]))
    assert groups_of(plan) == ["Cleaner air"] * 3 + ["Warmer homes"] * 3


def test_a_name_that_may_be_two_groups_is_doubted() -> None:
    text = """Delivery Plan 2024/25

Theme Objective Ref Action Lead officer Timescale
Travel Walking and cycling 1.1 Adopt the cycling plan. Head of Planning March 2025
1.2 Buy 20 bikes. Head of Transport June 2025
1.3 Mark cycle lanes. Head of Transport July 2025
"""
    assert {issue.ref for issue in plan_of(text).issues if issue.field == "group_id"} == {"1.1", "1.2", "1.3"}


def test_a_heading_above_the_first_sub_item() -> None:
    plan = plan_of(
        """Climate Plan 2024/25

Ref Action Lead officer Timescale Progress
A tidy borough
P1 Redesign the collection rounds. Head of Waste June 2024 Report made.
P2 Trial a reuse shop. Head of Waste May 2024 Shop found.
Cutting carbon together
P3a Hold back flood water: a) build leaky dams Head of Energy June 2024 Two are built.
P3b b) pay farmers to keep winter cover Head of Energy May 2024 Four are paid.
"""
    )
    assert groups_of(plan) == ["A tidy borough"] * 2 + ["Cutting carbon together"] * 2


def test_numbers_that_count_the_actions_on_are_refs_although_one_lost_its_own() -> None:
    texts = ("1 Open the pool", "2 Mend the roof", "3 Sweep the yard", "Paint the fence", "5 Oil the gates")
    rows = "".join(f"{text} of the town\tHead of Parks\tMarch 2025\n" for text in texts)
    plan = plan_of(f"Delivery Plan 2024/25\n\nAction\tLead\tTimescale\n{rows}")
    assert [activity.ref_as_published for activity in plan.activities] == ["1", "2", "3", None, "5"]
    assert plan.activities[4].activity == "Oil the gates of the town"
