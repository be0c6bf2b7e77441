"""Tables whose columns lost their delimiters, in the ways that converters lose them."""

from __future__ import annotations

import pytest

from extractor.document import FlatLine
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.flattened.bodies import find_headers
from extractor.recognise.flattened.stream import read_lines
from extractor.records import Plan


def plan_of(text: str, name: str = "plan.txt") -> Plan:
    return read_plan(text.encode(), name, Settings())


def refs_and_groups(plan: Plan) -> list[tuple[str | None, str]]:
    """Of each record, its ref and the title of its group."""
    titles = {group.id: group.title for group in plan.groups}
    return [(a.ref, titles[a.group_id or ""]) for a in plan.activities]


def table(plan: Plan) -> list[tuple[str | None, str, str | None, tuple[str, ...]]]:
    return [
        (a.ref, a.activity, a.timescale.as_published if a.timescale else None, a.lead_officers) for a in plan.activities
    ]


EXPECTED = [
    ("1.1", "Open the new pool.", "Quarter 4", ("Head of Leisure",)),
    ("1.2", "Review grounds maintenance.", "Quarter 2", ("Head of Parks",)),
    ("1.3", "Build 90 homes.", "March 2025", ("Head of Leisure", "Head of Parks")),
    ("1.4", "Publish a tree strategy.", "Ongoing", ("Head of Parks",)),
]
TITLE = "Delivery Plan 2024/25\n\n"
FORMS = {
    "joined by blanks": TITLE
    + """Ref Activity Timescale Lead officer
1.1 Open the new pool. Quarter 4 Head of Leisure
1.2 Review grounds maintenance. Quarter 2 Head of Parks
1.3 Build 90 homes. March 2025 Head of Leisure
Head of Parks
1.4 Publish a tree strategy. Ongoing Head of Parks
""",
    "a paragraph a cell": TITLE
    + """Ref

Activity

Timescale

Lead officer

1.1

Open the new pool.

Quarter 4

Head of Leisure

1.2

Review grounds maintenance.

Quarter 2

Head of Parks

1.3

Build 90 homes.

March 2025

Head of Leisure

Head of Parks

1.4

Publish a tree strategy.

Ongoing

Head of Parks
""",
    "tabs": TITLE
    + "Ref\tActivity\tTimescale\tLead officer\n1.1\tOpen the new pool.\tQuarter 4\tHead of Leisure\n"
    + "1.2\t\n\nReview grounds maintenance.\n\n\tQuarter 2\tHead of Parks\n"
    + "1.3\tBuild 90 homes.\tMarch 2025\t\n\nHead of Leisure\n\nHead of Parks\n\n\n"
    + "1.4\tPublish a tree strategy.\tOngoing\tHead of Parks\n",
    "pairs of tabs, none beside paragraphs": TITLE
    + "Ref\t\tActivity\t\tTimescale\t\tLead officer\n1.1\t\tOpen the new pool.\t\tQuarter 4\t\tHead of Leisure\n"
    + "1.2\n\nReview grounds maintenance.\n\n\t\tQuarter 2\t\tHead of Parks\n"
    + "1.3\t\tBuild 90 homes.\t\tMarch 2025\n\nHead of Leisure\n\nHead of Parks\n\n"
    + "1.4\t\tPublish a tree strategy.\t\tOngoing\t\tHead of Parks\n",
    "Markdown": TITLE
    + """Ref| Activity| Timescale| Lead officer
---|---|---|---
1.1| Open the new pool.| Quarter 4| Head of Leisure
1.2| Review grounds maintenance.| Quarter 2| Head of Parks
1.3| Build 90 homes.| March 2025| Head of Leisure Head of Parks
1.4| Publish a tree strategy.| Ongoing| Head of Parks
""",
    "Markdown in frames": TITLE
    + """| Ref | Activity | Timescale | Lead officer |
|-----|----------|-----------|--------------|
| 1.1 | Open the new pool. | Quarter 4 | Head of Leisure |
| 1.2 | Review grounds maintenance. | Quarter 2 | Head of Parks |
| 1.3 | Build 90 homes. | March 2025 | Head of Leisure Head of Parks |
| 1.4 | Publish a tree strategy. | Ongoing | Head of Parks |
""",
    "a line a cell": TITLE
    + """Ref
Activity
Timescale
Lead officer
1.1
Open the new pool.
Quarter 4
Head of Leisure
1.2
Review grounds maintenance.
Quarter 2
Head of Parks
1.3
Build 90 homes.
March 2025
Head of Leisure
Head of Parks
1.4
Publish a tree strategy.
Ongoing
Head of Parks
""",
    "labelled lines": TITLE
    + """1.1
Open the new pool.
Timescale: Quarter 4
Lead officer: Head of Leisure

1.2
Review grounds maintenance.
Timescale: Quarter 2
Lead officer: Head of Parks

1.3
Build 90 homes.
Timescale: March 2025
Lead officer: Head of Leisure; Head of Parks

1.4
Publish a tree strategy.
Timescale: Ongoing
Lead officer: Head of Parks
""",
}


@pytest.mark.parametrize("form", list(FORMS))
def test_every_flattening_gives_the_same_records(form: str) -> None:
    assert table(plan_of(FORMS[form])) == EXPECTED


def test_cells_of_a_sub_item_that_left_nothing_are_inherited_and_blank_ones_too() -> None:
    plan = plan_of(
        TITLE
        + """Ref Activity Timescales for completion Lead officer Lead directorate Lead Cabinet Member
2.1 a)

Provide homes for care leavers:

a) Open a first home.

Quarter 1 Head of Estates Place Cabinet Member for Homes
2.1 b) b) Open a second home. Quarter 2
2.1 c) c) Open a third home. Quarter 3 \xa0 \xa0 \xa0
2.2 Repair the bridge. Quarter 4 Head of Highways Place Cabinet Member for Roads
2.3 Light the park. Quarter 4 Head of Estates Place Cabinet Member for Homes
"""
    )
    records = {record.ref: record for record in plan.activities}
    assert list(records) == ["2.1a", "2.1b", "2.1c", "2.2", "2.3"]
    for ref in ("2.1b", "2.1c"):
        assert records[ref].lead_in == "Provide homes for care leavers:"
        assert records[ref].lead_officers == ("Head of Estates",)
        assert set(records[ref].inherited) == {
            "lead_in",
            "lead_officers",
            "lead_directorates",
            "lead_cabinet_members",
        }
    assert records["2.1c"].activity == "Open a third home."


def test_a_row_whose_ref_was_lost_is_a_row_of_its_own() -> None:
    plan = plan_of(
        TITLE
        + """Ref Activity Timescale Lead officer
P1 Open the new pool. Quarter 4 Head of Leisure
P2 Review grounds maintenance. Quarter 2 Head of Parks
Build 90 homes. March 2025 Head of Leisure
P4 Publish a tree strategy. Ongoing Head of Parks
P5 Mend the fountain. Quarter 1 Head of Parks
"""
    )
    assert [record.ref for record in plan.activities] == ["P1", "P2", "P3", "P4", "P5"]
    lost = plan.activities[2]
    assert (lost.ref_basis, lost.ref_as_published, lost.activity) == ("inferred", None, "Build 90 homes.")
    assert any(issue.code == "ref-inferred" and issue.activity_id == lost.id for issue in plan.issues)


def test_numbers_that_open_a_line_are_no_refs_unless_they_stand_in_order() -> None:
    plan = plan_of(
        TITLE
        + """Ref Activity Timescale Lead officer
1.1 Give help to

600 children who need it most.

Quarter 4 Head of Leisure
1.2 Spend

1.5 million on roads.

Quarter 2 Head of Parks
1.3 Build 90 homes. March 2025 Head of Leisure
"""
    )
    assert [record.ref for record in plan.activities] == ["1.1", "1.2", "1.3"]
    assert "1.5 million on roads." in plan.activities[1].activity


def test_headings_and_furniture_around_and_between_tables_are_told_from_rows() -> None:
    plan = plan_of(
        """Skip to main content
We use cookies to make this site work.
Council Plan theme - Clean and green

Delivery Plan 2024/25

Outcome: Clean streets

Ref Activity Timescale Lead officer
1.1 Sweep every street weekly. Quarter 4 Head of Street Scene
1.2 Empty bins twice a day. Quarter 2 Head of Street Scene

Outcome: Green parks

Ref Activity Timescale Lead officer
2.1 Plant 900 trees. Quarter 4 Head of Parks
2.2 Mow less often. Quarter 2 Head of Parks

Back to Council Plan homepage
Was this page helpful?
Yes No
"""
    )
    assert (plan.title, plan.theme) == ("Delivery Plan 2024/25", "Clean and green")
    assert [(group.kind, group.title) for group in plan.groups] == [
        ("outcome", "Clean streets"),
        ("outcome", "Green parks"),
    ]
    assert [record.ref for record in plan.activities] == ["1.1", "1.2", "2.1", "2.2"]
    assert {passage.kind for passage in plan.coverage.furniture} >= {"skip link", "cookie notice", "back link"}
    assert not plan.coverage.unread


def test_a_table_of_measures_after_the_plan_is_kept_and_is_no_activity() -> None:
    plan = plan_of(
        TITLE
        + """Ref Activity Timescale Lead officer
1.1 Sweep every street weekly. Quarter 4 Head of Street Scene
1.2 Empty bins twice a day. Quarter 2 Head of Street Scene

Performance measures

Ref Key performance indicator Good is Target 2024/25
PM01 Streets swept High 90%
PM02 Bins missed Low 55
"""
    )
    assert len(plan.activities) == 2
    assert [row for kept in plan.tables for row in kept.rows]
    words = " ".join(cell for kept in plan.tables for row in kept.rows for cell in row)
    assert "PM01 Streets swept High 90%" in words
    assert "PM02 Bins missed Low 55" in words


def test_two_unknown_owners_run_together_are_left_whole_with_a_doubt() -> None:
    rows = "\n".join(
        f"Do thing number {number} for everybody in the town.| {owner}| Quarter {number % 4 + 1}"
        for number, owner in enumerate(["Town Clerk", "Footpath Wardens Ramblers", "Town Clerk", "Grounds team"])
    )
    plan = plan_of(f"{TITLE}Action| Responsible| Timescale\n---|---|---\n{rows}\n", "plan.md")
    together = plan.activities[1]
    assert together.lead_officers == ("Footpath Wardens Ramblers",)
    flagged = {issue.field for issue in plan.issues if issue.activity_id == together.id and issue.severity != "info"}
    assert "lead_officers" in flagged


@pytest.mark.parametrize("form", list(FORMS))
def test_words_claimed_and_unread_add_up_to_the_words_of_the_source(form: str) -> None:
    coverage = plan_of(FORMS[form]).coverage
    assert coverage.words == coverage.claimed + sum(len(passage.text.split()) for passage in coverage.unread)


def test_the_same_text_gives_the_same_plan_twice() -> None:
    for text in FORMS.values():
        assert plan_of(text) == plan_of(text)


def test_a_status_before_the_ref_opens_its_row() -> None:
    rows = (
        ("On track", "A-01", "Mend the boilers of all the old flats.", "Head of Housing", "Q1"),
        ("At risk", "A-02", "Fit new windows in the town hall.", "Property Manager", "Q2"),
        ("Complete", "A-03", "Answer every call within a day.", "Repairs Manager", "Q3"),
    )
    for parted in (" ", "\n"):
        lines = [parted.join((status, ref)) + f"\n{text}\n{owner}\n{when}" for status, ref, text, owner, when in rows]
        text = "Action Plan 2024/25\n\nStatus Code Deliverable Owner Target date\n" + "\n".join(lines) + "\n"
        plan = plan_of(text)
        assert [(a.status, a.ref, a.activity) for a in plan.activities] == [row[:3] for row in rows]
        assert plan.coverage.unread == ()


@pytest.mark.parametrize("parted", [" ", "\t"])
def test_a_second_header_row_stands_under_the_cell_that_spans_it(parted: str) -> None:
    rows = (
        ("1.1", "Mend the boilers of all the old flats.", "Housing Services", "Cabinet Member for Homes", "Q1"),
        ("1.2", "Fit new windows in the town hall.", "Property Services", "Cabinet Member for Finance", "Q2"),
        ("1.3", "Answer every call within a day.", "Housing Services", "Cabinet Member for Homes", "Q3"),
    )
    header = parted.join(("Ref", "Action", "Responsibility", "Timescale")) + "\n"
    header += parted.join(("Lead service", "Portfolio Holder")) + "\n"
    plan = plan_of(TITLE + header + "".join(parted.join(row) + "\n" for row in rows))
    assert [(a.ref, a.activity) for a in plan.activities] == [row[:2] for row in rows]
    assert [a.lead_directorates + a.lead_cabinet_members for a in plan.activities] == [row[2:4] for row in rows]
    assert plan.coverage.unread == ()


def test_a_cost_band_is_a_cell_of_its_own() -> None:
    rows = (
        ("1.1", "Mend the boilers of all the old flats.", "Housing Services", "Q1", "££", "14"),
        ("1.2", "Fit new windows in the town hall.", "Property Services", "Q2", "£", "Not known"),
        ("1.3", "Answer every call within a day.", "Housing Services", "Q3", "£££", "310"),
    )
    lines = "".join(" ".join(row) + "\n" for row in rows)
    plan = plan_of(f"{TITLE}Ref Action Lead service Timescale Cost Carbon saving\n{lines}")
    assert [tuple(a.extra.values()) for a in plan.activities] == [row[4:] for row in rows]


def test_the_first_row_of_a_group_begins_with_the_name_of_the_group() -> None:
    text = TITLE + (
        "Outcome Ref Action Owner Target date\n"
        "Warm homes A-01 Mend the boilers of all the old flats. Head of Housing Q1\n"
        "A-02 Fit new windows in the town hall. Property Manager Q2\n"
        "A-03 Insulate the lofts of the old flats. Head of Housing Q2\n"
        "Quick repairs B-01 Answer every call within a day. Repairs Manager Q3\n"
        "B-02 Mend what is found within a week. Repairs Manager Q4\n"
        "B-03 Ring back all who have called. Repairs Manager Q1\n"
    )
    plan = plan_of(text)
    assert refs_and_groups(plan) == [
        ("A-01", "Warm homes"),
        ("A-02", "Warm homes"),
        ("A-03", "Warm homes"),
        ("B-01", "Quick repairs"),
        ("B-02", "Quick repairs"),
        ("B-03", "Quick repairs"),
    ]
    assert plan.activities[3].activity == "Answer every call within a day."


@pytest.mark.parametrize("header", ["Theme Ref Action Owner Target date", "Theme Action Owner Target date"])
@pytest.mark.parametrize(
    "refs",
    [
        ("P1", "P2", "P3", "P4a", "P4b", "P5", "P6"),
        ("P6", "P7", "P8", "P9", "P10", "P11", "P12"),
        ("1.1", "1.2", "2.1", "3.1", "3.2", "3.3", "4.1"),
        ("Action 1.1", "Action 1.2", "Action 2.1", "Action 3.1", "Action 3.2", "Action 3.3", "Action 4.1"),
        ("A1", "A2", "B1", "C1a", "C1b", "C2", "D1"),
    ],
)
def test_refs_behind_the_names_of_groups_are_those_that_the_rows_beside_call_for(
    refs: tuple[str, ...], header: str
) -> None:
    groups = ("Warm homes", "", "Quick repairs", "Fair rents and charges", "", "", "Safe streets")
    tasks = (
        "Mend boilers.",
        "Fit windows.",
        "Answer calls.",
        "Write letters.",
        "Check sums.",
        "Hold talks.",
        "Light alleys.",
    )
    owners = ("Head of Housing", "Property Manager", "Repairs Manager", "Head of Housing", "Rents Manager") * 2
    lines = [
        f"{group} {ref} {task} {owner} Q{1 + number % 4}".strip()
        for number, (group, ref, task, owner) in enumerate(zip(groups, refs, tasks, owners, strict=False))
    ]
    plan = plan_of(TITLE + "\n".join([header, *lines]))
    titles = {group.id: group.title for group in plan.groups}
    told = [group or groups[max(i for i in range(number) if groups[i])] for number, group in enumerate(groups)]
    assert [(a.ref, titles[a.group_id or ""], a.activity) for a in plan.activities] == [
        (ref.removeprefix("Action "), group, task) for ref, group, task in zip(refs, told, tasks, strict=True)
    ]


def test_a_note_that_comes_again_on_a_line_of_its_own_is_no_owner() -> None:
    note = "(Also links to the rivers theme)"
    rows = "".join(
        f"{number}.1 Mend {number} bridges\n{note} {place}Assistant Director, {owner} Q1\n"
        f"{number}.2 Clean {number} culverts Assistant Director, {owner} Q2\n"
        for number, (owner, place) in enumerate((("Roads", "Place "), ("Paths", ""), ("Rivers", ""), ("Trails", "")), 1)
    )
    plan = plan_of(f"{TITLE}Ref Action Directorate Owner Target date\n{rows}")
    assert all("theme" not in name for a in plan.activities for name in (*a.lead_directorates, *a.lead_officers))


def test_labelled_headings_among_numbered_rows_are_no_rows() -> None:
    rows = [f"{n} Mend the bridge at lock {n}. Quarter {n % 4 + 1} Head of Canals" for n in range(1, 9)]
    lines = ["Ref Activity Timescale Lead officer", "Objective 1: Safe canals", *rows[:4], "Objective 2: Green canals"]
    plan = plan_of(TITLE + "\n".join([*lines, *rows[4:]]) + "\n")
    assert [group.title for group in plan.groups] == ["Safe canals", "Green canals"]
    assert [activity.ref for activity in plan.activities] == [str(n) for n in range(1, 9)]


@pytest.mark.parametrize("parted", ["\t", "\t\t"])
def test_two_header_cells_may_span_columns_of_a_second_row(parted: str) -> None:
    text = (
        "Delivery Plan 2024/25\n\n"
        "Ref\tAction\tLead\tMeasure\tDelivery\n"
        "Officer\tDirectorate\tTimescale\tRAG\n"
        "1.1\tOpen the pool.\tHead of Leisure\tLeisure Services\t90 visits a day\tQuarter 4\tGreen\n"
        "1.2\tCut the grass.\tHead of Parks\tLeisure Services\t90 visits a day\tQuarter 2\tAmber\n"
        "1.3\tPlant the trees.\tHead of Parks\tLeisure Services\t1,200 trees\tQuarter 1\tAmber\n"
    ).replace("\t", parted)
    plan = plan_of(text)
    assert [(a.lead_officers, a.lead_directorates, a.status) for a in plan.activities] == [
        (("Head of Leisure",), ("Leisure Services",), "Green"),
        (("Head of Parks",), ("Leisure Services",), "Amber"),
        (("Head of Parks",), ("Leisure Services",), "Amber"),
    ]
    assert [a.timescale.as_published for a in plan.activities if a.timescale] == ["Quarter 4", "Quarter 2", "Quarter 1"]


def test_a_date_takes_in_the_small_words_after_it_and_an_initial_its_name() -> None:
    plan = plan_of(
        "Delivery Plan 2024/25\n\nAction Who By when\n"
        "Train 30 guides J. Achebe, Volunteer Coordinator Within 6 months of the grant award\n"
        "Publish a map of paths J. Achebe, Volunteer Coordinator April 2024\n"
        "Hold four markets Events Manager June 2024\n"
        "Light the castle walls Events Manager May 2024\n"
    )
    assert plan.activities[0].activity == "Train 30 guides"
    assert plan.activities[0].timescale
    assert plan.activities[0].timescale.as_published == "Within 6 months of the grant award"
    assert plan.activities[0].lead_officers == ("J. Achebe, Volunteer Coordinator",)


def test_what_recurs_heads_no_rows() -> None:
    rows = "".join(
        f"1.{n}\n\nOpen pool number {n} to all residents.\n\nHead of Leisure\n\nNone\n\n" for n in range(1, 6)
    )
    plan = plan_of(f"Delivery Plan 2024/25\n\nRef\n\nActivity\n\nLead officer\n\nKey partners\n\n{rows}")
    assert not plan.groups
    assert [a.extra for a in plan.activities] == [{"Key partners": "None"}] * 5


def test_refs_that_stand_alone_have_a_column_though_the_header_has_no_word_for_it() -> None:
    plan = plan_of(
        "Delivery Plan 2024/25\n\nActivity Lead officer Timescale\n"
        "HH1\nGive grants for:\n • boilers\n • lofts\nHead of Housing Q1\n"
        "HH2 Inspect all flats. Head of Housing Q2\nHH3 Write to landlords. Head of Housing Q3\n"
    )
    assert [(a.ref, a.activity.split("\n")[0]) for a in plan.activities] == [
        ("HH1", "Give grants for:"),
        ("HH2", "Inspect all flats."),
        ("HH3", "Write to landlords."),
    ]


def test_where_the_links_of_markdown_lead_is_furniture_and_no_word_is_unread() -> None:
    text = """\
  * [Home](/0)
  * [Plans](https://example.org/plans "All plans 2024")

# Delivery Plan 2024/25

Ref | Activity | Timescale | Lead officer
---|---|---|---
1.1 | Mend the [weir](/weir/7) | Quarter 1 | Head of Rivers
1.2 | Plant 40 trees | Quarter 2 | Head of Parks
"""
    plan = read_plan(text.encode(), "plan.md", Settings())
    assert [each.activity for each in plan.activities] == ["Mend the weir", "Plant 40 trees"]
    assert plan.coverage.unread == ()
    assert plan.coverage.claimed == plan.coverage.words
    assert "/weir/7" in [each.text for each in plan.coverage.furniture]


def test_a_second_paragraph_on_progress_is_no_part_of_the_next_record_in_a_list() -> None:
    text = """\
Delivery Plan 2024/25

1.1 Mend the weir

Lead officer: Head of Rivers

Progress: Work paused until grant terms are known.

A decision is expected shortly.

1.2 Plant 40 trees

Lead officer: Head of Parks

Progress: Half are in the ground.

1.3 Open the pool

Lead officer: Head of Leisure

Progress: Delayed.
"""
    first, second, third = read_plan(text.encode(), "plan.txt", Settings()).activities
    assert first.progress == "Work paused until grant terms are known.\nA decision is expected shortly."
    assert (second.ref, second.activity) == ("1.2", "Plant 40 trees")
    assert (third.ref, third.activity, third.progress) == ("1.3", "Open the pool", "Delayed.")


def test_an_empty_cell_of_a_text_without_delimiters_is_doubtful() -> None:
    plan = plan_of(
        "Delivery Plan 2024/25\n\nRef Action Lead officer Timescale Progress\n"
        "1.1 Open the new pool. Head of Leisure Quarter 4 On course for opening.\n"
        "1.2 Review grounds maintenance. Head of Parks Quarter 2 Tender issued in May.\n"
        "1.3 Plant 90 trees. Head of Parks Quarter 1\n"
        "1.4 Publish a tree strategy. Head of Parks Quarter 3 Draft seen by the board.\n"
    )
    assert plan.activities[2].progress is None
    doubted = {(issue.ref, issue.field) for issue in plan.issues if issue.code == "border-inferred"}
    assert ("1.3", "progress") in doubted


def test_a_sentence_is_the_value_of_no_column_of_owners() -> None:
    rows = "".join(
        f"1.{n} Mend bridge number {n}. Quarter {n % 4 + 1} Kwame Fairbairn Draft circulated to partners for comment.\n"
        for n in range(1, 7)
    )
    plan = plan_of(f"Delivery Plan 2024/25\n\nRef Action Timescale Owner Update\n{rows}")
    assert {a.lead_officers for a in plan.activities} == {("Kwame Fairbairn",)}
    assert {a.progress for a in plan.activities} == {"Draft circulated to partners for comment."}


def test_the_number_of_a_group_heads_a_first_row_with_a_letter_too() -> None:
    plan = plan_of(
        "Delivery Plan 2024/25\n\nRef\tAction\tLead officer\tTimescale\n"
        "1. Children safe at home\n1.1a\tRun weekly panels\tHead of Schools\tQ1\n"
        "1.1b\tText parents\tHead of Schools\tQ2\n"
        "2. Open and accountable\n2.1\tWebcast every committee\tMonitoring Officer\tQ3\n"
    )
    groups = {group.id: group.title for group in plan.groups}
    assert [groups[a.group_id] for a in plan.activities if a.group_id] == [
        "Children safe at home",
        "Children safe at home",
        "Open and accountable",
    ]


@pytest.mark.parametrize("parted", [" ", "\t"])
def test_unknown_words_may_stand_over_a_second_header_row_and_a_commitment_over_rows(parted: str) -> None:
    rows = (
        (
            "1.1",
            "Mend the boilers of all the old flats.",
            "Heating Team",
            "Homes Division",
            "Q1",
            "On track",
            "Works on.",
        ),
        (
            "1.2",
            "Fit new windows in the town hall.",
            "Glazing Team",
            "Homes Division",
            "Q2",
            "Delayed",
            "A late start.",
        ),
        ("2.1", "Answer every call within a day.", "Calls Team", "Customer Division", "Q3", "On track", "Staff hired."),
        ("2.2", "Ring back all who have called.", "Calls Team", "Customer Division", "Q4", "On track", "Trial begun."),
    )
    header = parted.join(("Action No", "Key action", "Accountability", "Delivery", "Commentary")) + "\n"
    header += parted.join(("Lead", "Directorate", "Target date", "Status")) + "\n"
    plan = plan_of(TITLE + header + "".join(parted.join(row) + "\n" for row in rows))
    assert [(a.ref, a.activity, *a.lead_officers, *a.lead_directorates) for a in plan.activities] == [
        row[:4] for row in rows
    ]
    assert [(a.timescale.as_published if a.timescale else None, a.status) for a in plan.activities] == [
        row[4:6] for row in rows
    ]


def test_of_two_columns_of_activities_the_one_of_commitments_groups_the_rows() -> None:
    plan = plan_of(
        TITLE + "Commitment Action No Key action Lead Target date\n"
        "Warm homes 1.1 Mend the boilers of all the old flats. Heating Manager Q1\n"
        "1.2 Fit new windows in the town hall. Property Manager Q2\n"
        "Quick repairs 2.1 Answer every call within a day. Repairs Manager Q3\n"
        "2.2 Ring back all who have called. Repairs Manager Q4\n"
    )
    assert refs_and_groups(plan) == [
        ("1.1", "Warm homes"),
        ("1.2", "Warm homes"),
        ("2.1", "Quick repairs"),
        ("2.2", "Quick repairs"),
    ]


def test_items_that_begin_like_labels_are_items_beside_labelled_ones() -> None:
    rows = "".join(
        f"1.{n} Give every {who} a plan that states:\n\n  • who will call and when\n  • what help is open to them\n"
        f"  • Due date: May 202{n}\n  • Service area: {who.title()} Support Service\n\n"
        for n, who in enumerate(("victim", "tenant", "carer", "pupil"), 4)
    )
    plan = plan_of(f"{TITLE}{rows}")
    assert [activity.items for activity in plan.activities] == [
        ("who will call and when", "what help is open to them")
    ] * 4


def test_the_names_of_two_groups_are_parted_where_the_refs_tell_which_rows_begin_both() -> None:
    plan = plan_of(
        f"{TITLE}Theme Objective ID Key task By whom Deadline\n"
        "Grow Support new firms G1 Let 12 workshops at the old mill. Estates Surveyor May 2024\n"
        "G2 Give 50 firms a mentor for a year. Business Adviser June 2024\n"
        "Fill empty shops G3 Let six shops to artists. Town Centre Manager July 2024\n"
        "Learn Reading for all L1 Open the library on Sundays. Library Manager May 2024\n"
        "L2 Give a book to every child. Library Manager June 2024\n"
    )
    assert refs_and_groups(plan) == [
        ("G1", "Support new firms"),
        ("G2", "Support new firms"),
        ("G3", "Fill empty shops"),
        ("L1", "Reading for all"),
        ("L2", "Reading for all"),
    ]
    assert {"Grow", "Learn"} <= {group.title for group in plan.groups}


def test_a_column_of_targets_holds_the_dates_where_no_other_does() -> None:
    plan = plan_of(
        f"{TITLE}Ref. Action Outcome Target Lead\n"
        "P1 Mend the worst footways Pavements that a pushchair can use By March 2025 Highways Manager\n"
        "P2 Survey all outfalls We know where the sewage comes from By 30 September 2024 Health Officer\n"
        "P3 Draw up a plan with the schools Children walk to school Autumn 2024 Transport Planner\n"
    )
    assert [(row[1], row[2]) for row in table(plan)] == [
        ("Mend the worst footways", "By March 2025"),
        ("Survey all outfalls", "By 30 September 2024"),
        ("Draw up a plan with the schools", "Autumn 2024"),
    ]


_ONE_CELL_A_LINE = """\
Plan 2025/26
Outcome: Safer streets
{header}
1
Light the path by the river and cut back its trees
28/07/2025
Leila Marsh
People and Assets
Contractor appointed and site meeting held.
2
Mend the weir above the lock and its gates
End of September 2025
Ann Sloe
People and Assets
Tender documents issued.
Outcome: Warmer homes
{header}
3
Draught-proof the halls at Ings Road
15/07/2025
E. Reed
People and Assets
Draft circulated to partners for comment.
4
Open the pool every day of May
May 2025
Ann Sloe
Place
On course.
"""


@pytest.mark.parametrize(
    "header",
    [
        "Reference\nDeliverable\nDeadline\nAccountability\nUpdate\nLed by\nDepartment",
        "No.\nDeliverable\nDelivery\nAccountability\nUpdate\nDeadline\nLed by\nDepartment",
        "Deliverable\nDeadline\nLed by\nDepartment\nUpdate",
    ],
)
def test_the_lines_from_ref_to_ref_tell_the_columns_where_each_cell_is_a_line(header: str) -> None:
    plan = read_plan(_ONE_CELL_A_LINE.format(header=header).encode(), "plan.txt", Settings())
    assert [(a.ref, a.activity, a.timescale and a.timescale.as_published) for a in plan.activities] == [
        ("1", "Light the path by the river and cut back its trees", "28/07/2025"),
        ("2", "Mend the weir above the lock and its gates", "End of September 2025"),
        ("3", "Draught-proof the halls at Ings Road", "15/07/2025"),
        ("4", "Open the pool every day of May", "May 2025"),
    ]
    assert [a.lead_officers for a in plan.activities] == [("Leila Marsh",), ("Ann Sloe",), ("E. Reed",), ("Ann Sloe",)]
    assert {a.lead_directorates for a in plan.activities} == {("People and Assets",), ("Place",)}
    assert plan.activities[3].progress == "On course."


def test_a_header_whose_second_row_names_what_the_first_spans_is_no_label_above_values() -> None:
    header = (
        "Actions we will take Accountability Delivery\nExecutive Member Responsibility Completion date RAG rating\n"
    )
    rows = (
        ("Mend the boilers of all the old flats", "Councillor Ann Dale", "Head of Housing", "2023/24", "On track"),
        ("Fit new windows in the town hall", "Councillor Ann Dale", "Head of Property", "2024/25", "Complete"),
        ("Answer every call within a day", "Councillor Bo Marsh", "Head of Service Desk", "2024/25", "On track"),
        ("Publish the results each month", "Councillor Bo Marsh", "Head of Housing", "2023/24", "On track"),
        ("Plant trees along the quay", "Councillor Cy Park", "Head of Parks", "2023/24", "At risk"),
        ("Clear the old weir of weeds", "Councillor Cy Park", "Head of Parks", "2024/25", "On track"),
    )
    parts = [
        f"Commitment {number} – {title}\n\n{header}" + "".join("\n".join(row) + "\n" for row in own)
        for number, (title, own) in enumerate((("Homes", rows[:2]), ("Service", rows[2:4]), ("Green", rows[4:])), 1)
    ]
    plan = plan_of(TITLE + "\n".join(parts))
    assert [
        (a.activity, *a.lead_cabinet_members, *a.lead_officers, a.timescale and a.timescale.as_published, a.status)
        for a in plan.activities
    ] == list(rows)
    assert [group.title for group in plan.groups] == ["Homes", "Service", "Green"]


def test_rows_whose_headings_stand_above_each_header_have_none_among_them() -> None:
    header = "Key action Timescale Who Current status\n"
    plan = plan_of(
        f"{TITLE}Theme 1: Care\n\n{header}"
        "Put a nurse at the front door overnight Q4 2024/25 Head of Wards On track\n"
        "See most of those who come within four hours\n(Shared with Ashby Trust) Q3 2024/25 Head of Access Completed\n"
        "Open a clinic for frail patients Q1 2024/25 Head of Wards On track\n"
        f"\nTheme 2: Staff\n\n{header}"
        "Fill the posts of nurses Q3 2024/25 Head of Access On track\n"
        "Give junior doctors rotas Q2 2024/25 Head of Wards Delayed\n"
    )
    assert [group.title for group in plan.groups] == ["Care", "Staff"]
    assert [a.activity for a in plan.activities][:3] == [
        "Put a nurse at the front door overnight",
        "See most of those who come within four hours",
        "Open a clinic for frail patients",
    ]
    assert plan.activities[1].notes == ("Shared with Ashby Trust",)


def test_the_date_of_the_first_of_rows_without_refs_may_be_a_word_of_prose_too() -> None:
    plan = plan_of(
        f"{TITLE}Key action Timescale Who Current status\n"
        "Offer help to stop smoking on every ward. Annual Service Director, Public Health Delayed\n"
        "Map access to dentists in Ashby June 2026 Assistant Director, Health On track\n"
        "Vaccinate children against measles January 2025 Assistant Director, Health Delayed\n"
        "Invite residents to a check Q1 2025/26 Assistant Director, Health Completed\n"
    )
    first, second = table(plan)[:2]
    assert first == (None, "Offer help to stop smoking on every ward.", "Annual", ("Service Director, Public Health",))
    assert second[1] == "Map access to dentists in Ashby"


def test_a_sum_is_a_whole_cell_before_a_capital() -> None:
    rows = (
        (
            "1.1",
            "Mend the boilers of all the old flats.",
            "Head of Housing",
            "£3.75 million",
            "Pilot finished in Ashby.",
        ),
        ("1.2", "Fit new windows in the town hall.", "Head of Property", "Nil", "Work paused until terms are known."),
        (
            "1.3",
            "Answer every call within a day.",
            "Head of Housing",
            "£40k",
            "Pilot finished in Norton. It went well.",
        ),
        ("1.4", "Publish the results each month.", "Head of Property", "£1,200", "Evaluation shows good results."),
    )
    lines = "".join(" ".join(row) + "\n" for row in rows)
    plan = plan_of(f"{TITLE}Ref Action Lead officer Budget Progress\n{lines}")
    assert [(a.extra.get("Budget"), a.progress) for a in plan.activities] == [row[3:] for row in rows]


def test_a_second_header_row_of_one_name_may_be_those_of_two_columns() -> None:
    header = ("Action ref Key action When Accountability Commentary", "Lead Executive Member")
    lines = read_lines([FlatLine(line, number) for number, line in enumerate(header, 1)], markdown=False)
    (found,) = find_headers(lines, {})
    assert [word.text for word in found.columns[3:]] == ["Lead", "Executive Member", "Commentary"]
    (other,) = found.others  # the rows tell which it is
    assert [word.text for word in other.columns[3:]] == ["Accountability", "Commentary", "Lead Executive Member"]


def test_a_header_cell_that_spans_others_may_stand_between_known_names() -> None:
    rows = (
        (
            "RC-01",
            "Put a nurse at the front door",
            "Head of Patient Flow",
            "Summer 2024",
            "Green",
            "Met ahead of time.",
        ),
        ("RC-02", "Open a clinic for frail patients", "Head of Wards", "Winter 2023", "Blue", "No change since May."),
        ("RC-03", "Cut handovers of ambulances", "Head of Wards", "Annually", "Red", "Delayed by staff vacancies."),
    )
    header = "No. Activity Led by Delivery Progress update\nBy when Delivery status\n"
    plan = plan_of(TITLE + header + "".join("\n".join(row) + "\n" for row in rows))
    assert [
        (a.ref, a.activity, *a.lead_officers, a.timescale and a.timescale.as_published, a.status, a.progress)
        for a in plan.activities
    ] == list(rows)


def test_a_numbered_heading_right_above_a_ref_may_end_with_a_word_that_joins() -> None:
    groups = ("A service to be proud of", "Ready at all hours", "Prevention first")
    parts = [
        f"{g}. {title}\n" + "".join(f"1.{g}.{n}\n\nMend bridge {n} of lock {g}.\n\nMay 2025\n\n" for n in (1, 2, 3))
        for g, title in enumerate(groups, 1)
    ]
    plan = plan_of(f"{TITLE}Ref Activity Timescale\n" + "".join(parts))
    assert refs_and_groups(plan) == [(f"1.{g}.{n}", title) for g, title in enumerate(groups, 1) for n in (1, 2, 3)]


def test_which_of_two_columns_a_sub_item_leaves_empty_is_no_doubt_about_the_cells_beside_it() -> None:
    rows = "".join(
        f"{g}.1 Mend bridge {g} of the old canal. Quarter 1 Cllr A Dale Head of Canals Work has begun on site.\n"
        f"{g}.2a Train the keepers of lock {g}:\na) hold a course for some. Quarter 2 "
        f"Cllr A Dale Head of Locks Delayed by vacancies.\n"
        f"{g}.2b b) hold a course for all. Quarter 3 \xa0 No change since the last report was made.\n"
        for g in range(1, 5)
    )
    plan = plan_of(f"{TITLE}Ref Action Timescale Cabinet Member Lead officer Progress\n{rows}")
    below = [a for a in plan.activities if a.ref and a.ref.endswith("b")]
    assert [(*a.lead_cabinet_members, *a.lead_officers) for a in below] == [("Cllr A Dale", "Head of Locks")] * 4
    doubted = {(i.ref, i.field) for i in plan.issues if i.code == "border-inferred"}
    assert not {(a.ref, field) for a in below for field in ("timescale", "progress")} & doubted


def test_a_note_in_brackets_is_no_row_and_the_action_above_it_no_heading() -> None:
    text = """Policing Plan 2024/25

Priority 1 - Police who know their patch

Activity\t\tTimescale\t\tSRO\t\tRisks
Hold an open day at Oakfold station
Winter 2024
H. Ilves, Rural Policing Manager
High
Double the number of special constables to 60
(Also links to Fair treatment priority)
Spring 2025
C. Rans, Neighbourhood Policing Manager
Medium
Name a constable for each of the ten wards and publish surgeries six weeks ahead
Spring 2025
H. Ilves, Rural Policing Manager
High

Priority 2 - Fair treatment

Activity\t\tTimescale\t\tSRO\t\tRisks
Re-vet all 310 officers and staff against national databases
Autumn 2024
V. Lock, People Services Manager
Low
"""
    plan = plan_of(text)
    titles = {group.id: group.title for group in plan.groups}
    assert [(a.activity.split()[0], titles[a.group_id or ""]) for a in plan.activities] == [
        ("Hold", "Police who know their patch"),
        ("Double", "Police who know their patch"),
        ("Name", "Police who know their patch"),
        ("Re-vet", "Fair treatment"),
    ]


def test_a_day_that_opens_a_line_is_no_ref_and_its_number_no_row_of_a_numbered_heading() -> None:
    text = "Delivery Plan 2024/25\n\nRef Activity Timescale Lead officer\n"
    for number, name in enumerate(("Homes fit for all", "Streets", "Parks", "Trade"), 1):
        text += f"{number}. {name}\n"
        for row in (1, 2):
            text += f"{number}.{row}\nMend the roof of hall {number}{row} before the frost comes.\n"
            text += ("1 August 2024" if row == 2 else "Quarter 2") + "\nHead of Leisure\n"
    plan = plan_of(text)
    assert refs_and_groups(plan) == [
        (f"{number}.{row}", name)
        for number, name in enumerate(("Homes fit for all", "Streets", "Parks", "Trade"), 1)
        for row in (1, 2)
    ]
    assert {a.timescale.as_published for a in plan.activities if a.timescale} == {"Quarter 2", "1 August 2024"}


def test_a_lead_and_partners_are_two_columns_where_the_rows_show_both() -> None:
    text = "Delivery Plan 2024/25\n\nNo. Key action Lead Partners By when\n" + "".join(
        f"1.{number}\nOpen the clinic for all patients of ward {number}.\nDirector of Flow\n{partner}\nMay 2024\n"
        for number, partner in enumerate(
            ("None", "Skelby Partnership", "University of Oakby", "None", "Acorn Trust"), 1
        )
    )
    plan = plan_of(text)
    assert [(a.lead_officers, dict(a.extra)) for a in plan.activities] == [
        (("Director of Flow",), {"Partners": partner})
        for partner in ("None", "Skelby Partnership", "University of Oakby", "None", "Acorn Trust")
    ]


def test_bare_numbers_that_count_all_rows_are_refs_though_no_header_says_so() -> None:
    actions = ("Screen crews", "Review all", "Rebuild the unit", "Adopt a code", "Train the board", "Renew the fleet")
    text = "Action Plan 2024/25\n\nWhat we will do RAG By when Responsible officer\n" + "".join(
        f"{number}{' ' if number % 2 else chr(10)}{action} every year for all stations.\nComplete\nMay 2025\n"
        "Director of Training\n"
        for number, action in enumerate(actions, 1)
    )
    assert [(a.ref, a.activity) for a in plan_of(text).activities] == [
        (str(number), f"{action} every year for all stations.") for number, action in enumerate(actions, 1)
    ]


def test_the_first_of_some_parts_stands_in_the_cell_that_leads_in_to_them() -> None:
    text = "Delivery Plan 2024/25\n\nRef Action Measure of success Timescale Directorate\n"
    for ward in range(1, 5):
        text += f"{ward}.1 Plant forty trees in ward {ward}. Forty trees alive in spring May 2025 Places Directorate\n"
        text += f"{ward}.2a Make recycling simpler in ward {ward}:\na) survey every store and list defects "
        text += "95% of missed bins put right next day June 2025 Places Directorate\n"
        text += f"{ward}.2b b) agree standards with all tenants\n95% of missed bins put right next day "
        text += "July 2025 Places Directorate\n"
    parts = [a for a in plan_of(text).activities if ".2" in (a.ref or "")]
    assert [a.lead_in for a in parts] == [
        f"Make recycling simpler in ward {ward}:" for ward in (1, 1, 2, 2, 3, 3, 4, 4)
    ]


def test_a_status_and_an_update_are_two_columns_where_the_rows_show_both() -> None:
    owners, states = ("Town Clerk", "Head of Audit"), ("Complete", "On track", "Delayed")
    rows = [
        f"A{n} Review the {what} of the council {owners[n % 2]} May 2024 {states[n % 3]} {said}"
        for n, (what, said) in enumerate(
            zip(
                ("registers", "rules", "contracts", "policies", "records", "accounts", "minutes", "assets"),
                ("Work began in May.", "Reported in July; no further work is needed.") * 4,
                strict=True,
            ),
            1,
        )
    ]
    text = "Plan 2024/25\n\nRef Improvement action Lead Deadline Status Update\n" + "\n".join(rows)
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [activity.status for activity in plan.activities] == [states[n % 3] for n in range(1, 9)]
    assert {activity.progress for activity in plan.activities} == {
        "Work began in May.",
        "Reported in July; no further work is needed.",
    }
