"""What tells a border where nothing stands between two cells: how cells end, how posts are worded, what heads rows."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.flattened.misfits import Part, misfits
from extractor.recognise.flattened.scheme import Kind
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


def test_a_stroke_parts_the_values_of_a_cell() -> None:
    text = """Growth Plan 2024/25

Ref Action Lead Risks Completion date
1.1 Open the market hall at weekends Jo Marsh, Head of Trading Support / L. Usman, Grants Manager Medium Autumn 2024
1.2 Host a breakfast for makers Jo Marsh, Head of Trading Support / Eli Vance, Town Centre Manager Medium Summer 2024
1.3 Hold a jobs fair in the old depot L. Usman, Grants Manager Low Summer 2024
1.4 Adopt the Wharf masterplan Eli Vance, Town Centre Manager High Summer 2024
1.5 Let the empty arches to start-ups Jo Marsh, Head of Trading Support / Canal Trust Medium Autumn 2024
1.6 Award small grants for shopfronts Jo Marsh, Head of Trading Support High Autumn 2024
"""
    plan = plan_of(text)
    marsh, usman, vance = (
        "Jo Marsh, Head of Trading Support",
        "L. Usman, Grants Manager",
        "Eli Vance, Town Centre Manager",
    )
    assert [a.lead_officers for a in plan.activities] == [
        (marsh, usman),
        (marsh, vance),
        (usman,),
        (vance,),
        (marsh, "Canal Trust"),
        (marsh,),
    ]
    assert [a.extra.get("Risks") for a in plan.activities] == ["Medium", "Medium", "Low", "High", "Medium", "High"]


def test_a_person_with_a_title_above_another_is_no_part_of_the_activity() -> None:
    text = """Housing Plan 2024/25

Ref Action Accountable officer Deadline
1.1 Bring empty homes back into use Winston Mbeki, Tenancy Services Manager March 2025
1.2 Balance the plan at a cost of no more than £25,000 Orla Jessop, Planning, Audit and Property Manager
O. Castellan, Head of Finance March 2025
1.3 Check the wiring of all tall blocks O. Castellan, Head of Finance June 2025
1.4 Publish a new allocations policy Winston Mbeki, Tenancy Services Manager June 2025
"""
    second = plan_of(text).activities[1]
    assert second.activity == "Balance the plan at a cost of no more than £25,000"
    assert second.lead_officers == (
        "Orla Jessop, Planning, Audit and Property Manager",
        "O. Castellan, Head of Finance",
    )


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Keep 85% of audits within target", "By 31 August 2025"),
        ("Keep 85% of audits within target", "March 2025"),
        ("Grant-aid the first 5", "Apr-25"),
    ],
)
def test_the_last_word_of_a_sentence_is_no_part_of_the_date_behind_it(words: str, date: str) -> None:
    rows = "\n".join(f"{n} Repair the old barns of parish {n} June 2025 Head of Farming" for n in range(2, 5))
    plan = plan_of(f"Farm Plan 2025/26\n\nNo. Action Target date Lead\n1 {words} {date} Head of Farming\n{rows}")
    first = plan.activities[0]
    assert first.activity == words
    assert first.timescale is not None
    assert first.timescale.as_published == date


SERVICES = ["Place", "Adults and Communities", "Growth"]
OFFICERS = ["Head of Estates", "Chief Planner", "Director of Markets", "Public Health Consultant"]
DEEDS = ["Open a pool", "Sell the depot", "Plant an orchard", "Mend the weir", "Clear the yard", "Light the path"]


def with_lead_directorates(people: list[str]) -> Plan:
    rows = [
        f"1.{n} {DEEDS[n % 6]} in ward {n}. March 2025 {who} Portfolio Holder for {'Leisure' if n % 2 else 'Growth'}"
        for n, who in enumerate(people, 1)
    ]
    return plan_of("\n".join(["Plan 2024/25", "", "Ref Action When Lead Directorate Portfolio Holder", *rows]))


def test_a_header_that_may_name_officers_and_directorates_is_read_as_the_rows_say() -> None:
    pairs = [(officer, SERVICES[n % 3]) for n, officer in enumerate(OFFICERS * 2)]
    both = with_lead_directorates([" ".join(pair) for pair in pairs])
    assert [(*a.lead_officers, *a.lead_directorates) for a in both.activities] == pairs
    one = with_lead_directorates([service for _, service in pairs])
    assert [(*a.lead_officers, *a.lead_directorates) for a in one.activities] == [(service,) for _, service in pairs]


def test_where_a_header_may_be_read_in_two_ways_its_cells_are_doubted() -> None:
    plan = with_lead_directorates([f"{who} Place" for who in ("Active Travel", "Markets", "Growth") for _ in range(3)])
    doubted = {(issue.ref, issue.field) for issue in plan.issues if issue.code == "border-inferred"}
    fields = ("lead_officers", "lead_directorates")
    assert {(activity.ref, field) for activity in plan.activities for field in fields} <= doubted


def test_the_number_of_a_heading_may_be_the_last_but_one_of_the_refs() -> None:
    text = """Policing Plan 2024/25

Ref. Task Lead Deadline
1. Justice that works
1.1.1 Commission therapy for survivors. Head of Justice March 2025
1.1.2 Take statements by video. Head of Justice June 2025
2. Visible policing
1.2.1 Recover stolen plant. Head of Rural Crime March 2025
1.2.2 Name a constable for each ward. Head of Rural Crime June 2025
"""
    plan = plan_of(text)
    assert [activity.ref for activity in plan.activities] == ["1.1.1", "1.1.2", "1.2.1", "1.2.2"]
    assert groups_of(plan) == ["Justice that works"] * 2 + ["Visible policing"] * 2


@pytest.mark.parametrize("heading", ["A service to be proud of", "Good jobs, close by"])
def test_a_heading_may_end_in_a_preposition(heading: str) -> None:
    lines = [f"{ref} {text}" for ref, text in ROWS.items()]
    plan = plan_of(squeezed("Prevent fires", *lines[:3], "", heading, *lines[3:]))
    assert groups_of(plan) == ["Prevent fires"] * 3 + [heading] * 3


def test_a_sum_within_a_sentence_is_no_budget() -> None:
    text = """Policing Plan 2024/25

Ref. Task Budget Deadline Lead
1.1 Close ten stations and put £250,000 into vehicles, with Whitden Trust and others
(Shared with the fire authority) Nil March 2025 Head of Estates
1.2 Commission therapy at a cost of no more than £250,000 Grant-funded May 2024 Head of Justice
1.3 Cut the time to charging in rape cases. £250,000 capital May 2024 Head of Justice
1.4 Recover stolen plant and livestock Within existing resources June 2024 Head of Estates
"""
    plan = plan_of(text)
    budgets = [activity.extra.get("Budget") for activity in plan.activities]
    assert budgets == ["Nil", "Grant-funded", "£250,000 capital", "Within existing resources"]
    assert plan.activities[1].activity == "Commission therapy at a cost of no more than £250,000"


@pytest.mark.parametrize("text", ["Grant-funded", "Within existing resources", "Head of Housing None", "£45,000"])
def test_a_source_of_money_is_no_owner(text: str) -> None:
    assert not looks_like_owner(text)
    assert value_cost(text, "body") > 5


def test_where_remarks_begin_small_a_capital_is_of_the_title_before_them() -> None:
    people = ["Housing Growth", "Active Living", "Internal Audit", "Housing Options", "Repairs", "Estates", "Planning"]
    remarks = ["2,400 visits", "85% of adults active", "unqualified opinion", "72% done", "60 homes let"]
    rows = [
        f"1.{n} {deed} in ward {n} Assistant Director, {people[n % 7]} {remarks[n % 5]} June 2025"
        for n, deed in enumerate(DEEDS * 4, 1)
    ]
    plan = plan_of("\n".join(["Plan 2024/25", "", "Ref Action Lead officer Measure of success Timescale", *rows]))
    assert [a.lead_officers for a in plan.activities] == [
        (f"Assistant Director, {people[n % 7]}",) for n in range(1, len(rows) + 1)
    ]


def test_the_noun_of_a_body_at_the_head_of_a_remark_is_doubted() -> None:
    parts = [Part(2, ("Community", "Wealth", "Building"), True), Part(3, ("Team", "Nil"), False)]
    kinds: tuple[Kind, ...] = ("heading", "prose", "post", "money")
    assert list(misfits(parts, kinds, 1, lambda _column, _words: True)) == [(2, 3, "Team")]


PARTNERS = (
    "the Ashby Partnership",
    "None",
    "Parish councils",
    "Fernhurst Rivers Trust, Holme Chamber of Commerce",
    "None",
    "Parish councils",
)
UPDATES = (
    "Draft sent to partners for comment.",
    "38% complete so far.",
    "Tender documents issued.",
    "No change since the last report.",
    "Work paused until June.",
    "Contractor appointed.",
)


def test_partners_are_values_with_nothing_but_a_blank_before_the_sentence_behind_them() -> None:
    owners = ("Head of Roads", "Trails Manager", "Head of Roads", "Trails Manager", "Head of Roads", "Rivers Manager")
    rows = "".join(
        f"{number} Mend {number} bridges on the moor Q{1 + number % 4} {owner} {partners} {update}\n"
        for number, (owner, partners, update) in enumerate(zip(owners, PARTNERS, UPDATES, strict=True), 1)
    )
    plan = plan_of(f"Moors Plan 2024/25\n\nRef Action Timescale Lead officer Partners Latest update\n{rows}")
    told = [(a.lead_officers, a.extra.get("Partners"), a.progress) for a in plan.activities]
    assert told == [((owner,), *rest) for owner, *rest in zip(owners, PARTNERS, UPDATES, strict=True)]


def test_a_post_on_a_line_of_its_own_is_no_directorate_however_often_it_comes_again() -> None:
    people = (
        "Head of Service - Libraries\nService Manager - Museums Place",
        "Head of Service - Libraries\nService Manager - Museums",
        "Service Manager - Arts\nService Manager - Museums",
        "Service Manager - Arts Place",
        "Head of Service - Libraries\nService Manager - Museums",
        "Service Manager - Arts",
    )
    rows = "".join(f"{n} Open {n} rooms on Sundays Q{1 + n % 4} {who} Delayed\n" for n, who in enumerate(people, 1))
    plan = plan_of(f"Arts Plan 2024/25\n\nRef Action Timescale Action owner Directorate RAG\n{rows}")
    assert {name for a in plan.activities for name in a.lead_directorates} == {"Place"}
    assert [len(a.lead_officers) for a in plan.activities] == [2, 2, 2, 1, 2, 1]


def test_where_the_refs_count_anew_a_line_after_an_empty_cell_is_a_heading() -> None:
    plan = plan_of(
        "Homes Plan 2024/25\n\nRef\tAction\tTimescale\tDirectorate\nSafe streets\n"
        "A1\tLight the alleys.\tMay 2024\tPlace\nA2\tMend the gates.\tJune 2024\tHomes Directorate\n"
        "A3\tSweep the yards.\tJuly 2024\t\nSettled households\n"
        "B1a\tRaise standards by:\na) licensing every house\tMay 2024\tHomes Directorate\n"
        "B1b\tb) training two officers\tJune 2024\tPlace\nB2\tPublish a policy.\tJuly 2024\tPlace\n"
    )
    assert groups_of(plan) == ["Safe streets"] * 3 + ["Settled households"] * 3


def test_a_source_of_money_that_comes_again_is_no_remark() -> None:
    cells = (
        ("Within existing resources", "Draft sent to partners."),
        ("Within existing resources", "No change since the last report."),
        ("£45,000", ""),
        ("Within existing resources", "Work paused until June."),
        ("Grant-funded", "Contractor appointed."),
    )
    rows = "".join(
        f"{n}\n\nMend {n} bridges on the moor\n\nHead of Roads\n\nQ{1 + n % 4}\n\n{update}\n\n{money}\n\n".replace(
            "\n\n\n\n", "\n\n"
        )
        for n, (money, update) in enumerate(cells, 1)
    )
    plan = plan_of(f"Moors Plan 2024/25\n\nRef Action Lead When Progress Resources\n\n{rows}")
    told = [(a.extra.get("Resources"), a.progress or "") for a in plan.activities]
    assert told == list(cells)


def test_the_first_line_of_a_row_whose_ref_opens_its_text_is_no_heading() -> None:
    rows = "".join(
        f"P{n} Mend {n} bridges on the moor\n(Also links to the rivers theme) Place Head of Roads Q{1 + n % 4}\n"
        for n in range(1, 7)
    )
    plan = plan_of(f"Moors Plan 2024/25\n\nKey action Directorate Owner By when\nTheme 1: Safer moors\n{rows}")
    assert [a.ref for a in plan.activities] == [f"P{n}" for n in range(1, 7)]
    assert groups_of(plan) == ["Safer moors"] * 6


def test_a_small_word_opens_no_measure_behind_a_capital_that_may_open_it_itself() -> None:
    plan = plan_of(
        """Town Plan 2024/25

Ref Action Cabinet Member Measure of success Timescale
1.1 Collect food waste from flats. Cllr B Moss Residual waste per household under 48 kg May 2024
1.2 Mend the bring banks. Cllr B Moss Residual waste per household under 90 kg June 2024
1.3 Write to those who leave bins out. Cllr B Moss Residual waste per household under 75 kg July 2024
1.4 Open the new depot. Cllr A Thorne Residual waste per household under 60 kg July 2024
"""
    )
    assert [activity.lead_cabinet_members[0] for activity in plan.activities] == [*["Cllr B Moss"] * 3, "Cllr A Thorne"]


def test_a_time_within_a_sentence_is_not_of_the_date_behind_it() -> None:
    plan = plan_of(
        """Town Plan 2024/25

Ref Action Lead officer Measure of success Timescale
1.1 Plant limes on the green. Head of Parks 48 trees alive after year three by 28/02/2026
1.2 Plant oaks at the mill. Head of Parks 310 trees alive after year three By July 2026
1.3 Mend the park gates. Head of Parks Gates open at eight May 2024
"""
    )
    assert [activity.timescale and activity.timescale.as_published for activity in plan.activities] == [
        "by 28/02/2026",
        "By July 2026",
        "May 2024",
    ]
    assert plan.activities[0].extra == {"Measure of success": "48 trees alive after year three"}
