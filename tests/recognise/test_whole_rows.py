"""Texts in which each line is a row of a table, though nothing parts its cells and no refs open it."""

from __future__ import annotations

import pytest

from extractor.errors import NoPlanFound
from extractor.pipeline import extract_bytes, read_plan
from extractor.profile import Settings
from extractor.records import Plan


def plan_of(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def told(plan: Plan) -> list[tuple[str | None, str, str | None, tuple[str, ...]]]:
    """Of each record, the title of its group, its text, its time and its officers."""
    titles = {group.id: group.title for group in plan.groups}
    return [
        (titles.get(a.group_id or ""), a.activity, a.timescale.as_published if a.timescale else None, a.lead_officers)
        for a in plan.activities
    ]


def flagged(plan: Plan, field: str) -> list[bool]:
    """Of each record, whether a warning names this field."""
    found = {i.activity_id for i in plan.issues if i.field == field and i.severity != "info"}
    return [activity.id in found for activity in plan.activities]


def test_lines_with_a_date_are_rows_though_their_activities_could_run_on() -> None:
    plan = plan_of(
        """Arts Plan 2025-2027
What Why Who When Cost
Give each school a free theatre visit Half of our pupils have never seen a play Arts Officer By July 2026 £25,000
Set up music lessons for young carers Talent is spread evenly Music Manager September 2025 £18,000
Hold an open mic night in each library Young adults asked for it Library Manager Monthly £2,400
Digitise 12,000 glass negatives They are fading Archivist By 2027 £60,000
Put up fifteen plaques to women Few have been honoured Heritage Officer March 2026 £9,750
"""
    )
    assert [(time, officers) for _, _, time, officers in told(plan)] == [
        ("By July 2026", ("Arts Officer",)),
        ("September 2025", ("Music Manager",)),
        ("Monthly", ("Library Manager",)),
        ("By 2027", ("Archivist",)),
        ("March 2026", ("Heritage Officer",)),
    ]


MILESTONES = """SEND Plan 2025/26
Action Milestone Lead By when RAG
1.1 Strengthen joint commissioning Agree a joint budget for therapies Head of Commissioning June 2025 Green
Publish the commissioning calendar Commissioning Manager September 2025 Amber
Review speech therapy demand Clinical Officer January 2026 Green
1.2 Improve annual reviews Train staff in person-centred reviews SEND Adviser October 2025 Green
Audit ten reviews a month Quality Officer Monthly Red
1.3 Listen to young people Start a youth forum Participation Worker July 2025 Complete
Put two members on interview panels Head of SEND November 2025 Green
"""
SAME = [
    ("Strengthen joint commissioning", "Agree a joint budget for therapies"),
    ("Strengthen joint commissioning", "Publish the commissioning calendar"),
    ("Strengthen joint commissioning", "Review speech therapy demand"),
    ("Improve annual reviews", "Train staff in person-centred reviews"),
    ("Improve annual reviews", "Audit ten reviews a month"),
    ("Listen to young people", "Start a youth forum"),
    ("Listen to young people", "Put two members on interview panels"),
]


def test_numbers_that_open_few_of_the_rows_are_those_of_their_groups() -> None:
    assert [row[:2] for row in told(plan_of(MILESTONES))] == SAME


def test_in_columns_cells_over_blank_ones_are_groups_beside_another_column_of_actions() -> None:
    columns = (35, 40, 24, 16, 0)
    rows = [
        ("Action", "Milestone", "Lead", "By when", "RAG"),
        ("1.1 Strengthen joint commissioning", SAME[0][1], "Head of Commissioning", "June 2025", "Green"),
        ("", SAME[1][1], "Commissioning Manager", "September 2025", "Amber"),
        ("", SAME[2][1], "Clinical Officer", "January 2026", "Green"),
        ("1.2 Improve annual reviews", SAME[3][1], "SEND Adviser", "October 2025", "Green"),
        ("", SAME[4][1], "Quality Officer", "Monthly", "Red"),
        ("1.3 Listen to young people", SAME[5][1], "Participation Worker", "July 2025", "Complete"),
        ("", SAME[6][1], "Head of SEND", "November 2025", "Green"),
    ]
    lines = ["".join(cell.ljust(width) for cell, width in zip(row, columns, strict=True)).rstrip() for row in rows]
    plan = plan_of("\n".join(["SEND Plan 2025/26", *lines, ""]))
    assert [row[:2] for row in told(plan)] == SAME


def test_a_first_column_without_a_name_holds_the_groups() -> None:
    plan = plan_of(
        """Growth Plan 2025-2028
 Action Lead Timescale Output
PEOPLE Run academies in care and construction Skills Manager Within 6 months 120 learners
Open a youth hub with the job centre Skills Manager October 2025 Hub open
Match 50 mentors with new firms Business Lead Year 1 50 matches
PLACE Buy the empty store Estates Surveyor Year 1 Sale complete
Prepare a plan for the station quarter Regeneration Lead By December 2025 Adopted
"""
    )
    assert [row[:2] for row in told(plan)] == [
        ("PEOPLE", "Run academies in care and construction"),
        ("PEOPLE", "Open a youth hub with the job centre"),
        ("PEOPLE", "Match 50 mentors with new firms"),
        ("PLACE", "Buy the empty store"),
        ("PLACE", "Prepare a plan for the station quarter"),
    ]


TICKED = """Annual Plan 2025/26
Activity Lead Q1 Q2 Q3 Q4
Cut the wait for a first visit Chief Operating Officer ● ● ● ●
Open the discharge lounge Deputy Chief Nurse ●
Lower the vacancy rate Chief People Officer ● ●
"""


def test_ticks_whose_columns_are_lost_date_no_row_without_a_doubt() -> None:
    plan = plan_of(TICKED)
    assert told(plan)[0][1:] == (
        "Cut the wait for a first visit",
        "Q1, Q2, Q3, Q4",
        ("Chief Operating Officer",),
    )
    assert [a.activity for a in plan.activities][1:] == ["Open the discharge lounge", "Lower the vacancy rate"]
    assert flagged(plan, "timescale") == [False, True, True]
    assert flagged(plan, "extra") == [False, True, True]


def test_a_header_s_column_of_groups_whose_names_no_row_shows_is_doubted() -> None:
    plan = plan_of(
        """Annual Plan 2025/26
Strategic objective What we will do Lead By when
Provide safe care Cut the wait for a first visit Chief Operating Officer June 2025
Open the discharge lounge Deputy Chief Nurse July 2025
Be a good place to work Lower the vacancy rate Chief People Officer May 2025
Start a menopause clinic Chief People Officer March 2026
"""
    )
    named = [activity.group_id is not None for activity in plan.activities]
    doubted = flagged(plan, "group_id")
    assert all(own or doubt for own, doubt in zip(named, doubted, strict=True))


def test_lines_that_come_again_below_one_another_are_no_rows() -> None:
    measures = "Our measures\nMetric Latest data Release\nHomes protected 61,300 Annual\nCoast kept 94.1% Annual\n"
    plan = plan_of(
        f"""Delivery Plan 2025 to 2026
Priority outcome 1: Safe coasts
Milestone Delivery date Senior responsible owner
Publish the assessment of erosion risk July 2025 Director, Flood Policy
Open the resilience fund September 2025 Director, Flood Policy
Consult on the funding formula Autumn 2025 Chief Economist
{measures}Priority outcome 2: Fishing and ports
Milestone Delivery date Senior responsible owner
Settle quota shares December 2025 Director, Marine
Set up the customs forum June 2025 Director, Ports
Answer the committee's report October 2025 Director, Marine
{measures}"""
    )
    assert [(a.activity, a.lead_officers) for a in plan.activities] == [
        ("Publish the assessment of erosion risk", ("Director, Flood Policy",)),
        ("Open the resilience fund", ("Director, Flood Policy",)),
        ("Consult on the funding formula", ("Chief Economist",)),
        ("Settle quota shares", ("Director, Marine",)),
        ("Set up the customs forum", ("Director, Ports",)),
        ("Answer the committee's report", ("Director, Marine",)),
    ]


def test_names_that_a_header_runs_together_are_two_columns_where_the_rows_say_so() -> None:
    plan = plan_of(
        """Finance Programme 2025/26
Quarter 1 (April to June 2025)
Ref Action Owner Deliverable
F1 Close the accounts of last year Chief Accountant Accounts signed
F2 Reconcile all bank accounts Treasury Manager No item over 60 days
F3 Stop the use of spreadsheets Income Manager Charges in the ledger
Quarter 2 (July to September 2025)
Ref Action Owner Deliverable
F4 Train all budget holders Finance Business Partner Forecasts within 2%
F5 Write off old debts Income Manager Report to Cabinet
F6 Publish draft accounts Chief Accountant On the website
"""
    )
    assert [(a.activity, a.lead_officers) for a in plan.activities][:2] == [
        ("Close the accounts of last year", ("Chief Accountant",)),
        ("Reconcile all bank accounts", ("Treasury Manager",)),
    ]
    assert [group.title for group in plan.groups] == [
        "Quarter 1 (April to June 2025)",
        "Quarter 2 (July to September 2025)",
    ]


def test_a_heading_above_a_header_that_begins_with_the_refs_is_none_of_its_columns() -> None:
    plan = plan_of(
        """Health Plan 2025/26
Our actions
No Action Baseline Owner Deadline
1 Increase health checks in the poorest wards 3,100 Public Health Nurse March 2026
2 Bring smoking down with incentives 11.2% Tobacco Control Lead March 2026
3 Vaccinate care home staff against flu 38% Health Protection Manager December 2025
"""
    )
    assert [a.ref for a in plan.activities] == ["1", "2", "3"]
    assert [group.title for group in plan.groups] == ["Our actions"]


def test_a_letter_heads_the_refs_that_begin_with_it() -> None:
    plan = plan_of(
        """Safety Plan 2025
Ref Action required Responsible person Target date
A Policy and organisation
A1 Reissue the safety policy Health and Safety Manager 30 April 2025
A2 Name a person for each building Head of Property 31 May 2025

Ref Action required Responsible person Target date
B Fire and water
B1 Renew old risk assessments Fire Safety Officer 31 July 2025
B2 Replace fire doors Capital Works Surveyor 31 October 2025
"""
    )
    assert [row[0] for row in told(plan)] == [
        "Policy and organisation",
        "Policy and organisation",
        "Fire and water",
        "Fire and water",
    ]


def test_the_times_below_a_header_divide_a_column_and_are_no_row() -> None:
    plan = plan_of(
        """SEND Plan 2025
Ref Action Lead RAG Progress
Autumn 2024 Spring 2025
1.1 Bring one data set into being Education Director Green Amber Officers named
1.2 Hold a deep dive each half-term Principal Psychologist Green Green Learning shared
1.3 Survey families with a plan Forum Chair Amber Green 312 replies
"""
    )
    assert [a.ref for a in plan.activities] == ["1.1", "1.2", "1.3"]
    assert flagged(plan, "status") == flagged(plan, "extra") == [True, True, True]


def test_rows_of_several_lines_below_a_rule_of_dashes_are_kept_whole_and_doubted() -> None:
    plan = plan_of(
        """Work Programme 2025/26
No Action Responsible Target Budget
-- ---------------- ----------- ------- --------
1 Resurface the market and Works Committee Jul 2025 18,500
renew the lines
2 Survey the trees Town Clerk Oct 2025 950
3 Bring the records online Cemetery Registrar Mar 2026 4,200
"""
    )
    assert [a.ref for a in plan.activities] == ["1", "2", "3"]
    assert flagged(plan, "activity") == [True, False, False]


def test_columns_of_other_dates_are_dates() -> None:
    plan = plan_of(
        """Governance Plan 2025
Ref Action Responsible officer Original target date Revised date RAG
G1 Rewrite the constitution Monitoring Officer 31 May 2025 30 September 2025 Amber
G2 Publish all officer decisions Democratic Services Manager 30 June 2025 31 August 2025 Green
G3 Train members in the code Monitoring Officer 31 July 2025 30 November 2025 Green
"""
    )
    assert [a.timescale.as_published if a.timescale else None for a in plan.activities] == [
        "31 May 2025",
        "30 June 2025",
        "31 July 2025",
    ]


TRANSPOSED = [
    ("Outcome 1: A good start",),
    ("Action", "Train all health visitors", "Fund a support group in each town", "Open two family hubs"),
    ("Lead", "Head of Service", "Public Health Consultant", "Early Help Manager"),
    ("By when", "June 2025", "October 2025", "March 2026"),
    ("Outcome 2: Living well",),
    ("Action", "Offer health checks", "Bring the service to the job centre", "Agree a takeaway policy"),
    ("Lead", "Workplaces Officer", "Tobacco Control Lead", "Planning Policy Manager"),
    ("By when", "December 2025", "September 2025", "January 2026"),
    ("Outcome 3: Ageing well",),
    ("Action", "Run classes in 14 villages", "Become an age-friendly community", "Have an adviser in each network"),
    ("Lead", "Falls Prevention Lead", "Director of Public Health", "Mental Health Commissioner"),
    ("By when", "November 2025", "March 2026", "August 2025"),
]


def test_records_side_by_side_behind_labels_that_tabs_part_are_read_each() -> None:
    plan = plan_of("Strategy 2025/26\n" + "\n".join(map("\t".join, TRANSPOSED)))
    assert told(plan)[2:4] == [
        ("A good start", "Open two family hubs", "March 2026", ("Early Help Manager",)),
        ("Living well", "Offer health checks", "December 2025", ("Workplaces Officer",)),
    ]
    assert len(plan.activities) == 9
    assert not plan.coverage.unread


@pytest.mark.parametrize("gap", [" ", "      "])
def test_records_side_by_side_that_nothing_parts_are_not_read(gap: str) -> None:
    text = "Strategy 2025/26\n" + "\n".join(map(gap.join, TRANSPOSED))
    with pytest.raises(NoPlanFound):
        extract_bytes(text.encode(), "plan.txt")


def test_an_owner_behind_a_capital_wherever_it_stands_may_begin_further_left() -> None:
    plan = plan_of(
        """Board Plan 2025-26
Action Owner By when Progress
Publish a guide to self-neglect for officers Policy Sub-group Chair August 2025 Draft in hand
Hold a week with the partnership Board Manager November 2025 Venue booked
Audit thirty enquiries for advocacy Quality Sub-group Chair February 2026 Ready
Share the findings of the review Board Manager June 2025 Done 11 June
Train new staff in the law Workforce Sub-group Chair March 2026 94 so far
"""
    )
    right = [
        activity.lead_officers in (("Board Manager",), ("Policy Sub-group Chair",)) for activity in plan.activities
    ]
    assert [own or doubt for own, doubt in zip(right, flagged(plan, "lead_officers"), strict=True)] == [True] * 5
