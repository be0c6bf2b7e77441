"""Texts whose rows stand on one line each, with nothing but blanks between their cells."""

from __future__ import annotations

import json
import time

import pytest

from extractor.document import Line, Paragraph
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.inline_labels import labels_on_lines
from extractor.text import count_words


def _records(text: str) -> list[dict[str, object]]:
    plan = json.loads(read_plan(text.encode(), "plan.txt", Settings()).model_dump_json())
    titles = {group["id"]: group["title"] for group in plan["groups"]}
    return [{**activity, "group": titles.get(activity["group_id"])} for activity in plan["activities"]]


def test_a_line_end_within_a_row_parts_two_values_where_most_rows_stand_on_one_line() -> None:
    records = _records(
        "Lakes Plan 2025/26\n"
        "Ref Action Lead officer Timing\n"
        "1 Restore the bog above the weir Peatland Officer March 2026\n"
        "2 Return the voles to two valleys Species Officer Summer 2025\n"
        "3 Clear conifers from the old woods Woodland Officer\nEstate Ranger Ongoing\n"
        "4 Help 60 farmers with their plans Farm Adviser December 2025\n"
        "5 Bring 1,500 pupils to the Lake Education Manager\nVolunteer Coordinator 2024/25\n"
        "6 Trial a bus from the town to the dale Transport Officer From April 2025\n"
        "7 Mend the wall by the ford Estate Ranger Annually\n"
    )
    assert records[2]["activity"] == "Clear conifers from the old woods"
    assert records[2]["lead_officers"] == ["Woodland Officer", "Estate Ranger"]
    assert records[4]["activity"] == "Bring 1,500 pupils to the Lake"
    assert records[4]["lead_officers"] == ["Education Manager", "Volunteer Coordinator"]


_ROWS = (
    "{} Mend the weir below the mill Head of Parks May 2025 Works begun\n"
    "{} Paint the hall and its annexe Estates Manager June 2025 Tender out\n"
    "{} Open the baths on Sundays too Leisure Manager July 2025 Staff hired\n"
    "{} Plant the bank of the river Head of Parks May 2025 Works begun\n"
)


@pytest.mark.parametrize("header", ["Obligation Action Lead Deadline Comments", "Ref Improvement Lead Due Commentary"])
def test_a_line_that_names_who_and_when_is_a_header_though_a_name_is_unknown(header: str) -> None:
    records = _records(f"Weir Plan 2025/26\n\nOur homes\n{header}\n{_ROWS.format('H1', 'H2', 'H3', 'H4')}")
    assert [record["activity"] for record in records] == [
        "Mend the weir below the mill",
        "Paint the hall and its annexe",
        "Open the baths on Sundays too",
        "Plant the bank of the river",
    ]
    assert records[1]["lead_officers"] == ["Estates Manager"]
    assert records[1]["progress"] == "Tender out"


def test_a_header_in_unknown_words_is_told_by_the_refs_and_dates_of_its_rows() -> None:
    records = _records(
        "Weir Programme 2025/26\n\nFindings and what we make of them\n"
        "Ref Recommendation or AFI Our response Business lead Completion due BRAG Latest position\n"
        "Crossings\n"
        "R1 Rebuild the weir below the mill. Divers hired Head of Parks 31 May 2025 Green Works begun\n"
        "R2 Repaint the hall and its annexe. Scaffold ordered Estates Manager June 2025 Red Tender out\n"
        "Baths\n"
        "B1 Open the baths on Sundays too. Rota agreed Leisure Manager July 2025 Green Staff hired\n"
        "B2 Replant the bank of the river. Willows bought Head of Parks May 2025 Green Works begun\n"
    )
    assert [record["ref"] for record in records] == ["R1", "R2", "B1", "B2"]
    assert [record["lead_officers"] for record in records[:2]] == [["Head of Parks"], ["Estates Manager"]]
    assert [record["status"] for record in records] == ["Green", "Red", "Green", "Green"]


def test_a_number_sign_opens_a_header_and_no_heading_of_markdown() -> None:
    header = "# Action Lead Deadline Update\n"
    rows = _ROWS.format(1, 2, 3, 4).splitlines(keepends=True)
    records = _records(
        f"Weir Plan 2025/26\nPriority: Water\n{header}{''.join(rows[:2])}Priority: Leisure\n{header}{''.join(rows[2:])}"
    )
    assert [(record["ref"], record["group"]) for record in records] == [
        ("1", "Water"),
        ("2", "Water"),
        ("3", "Leisure"),
        ("4", "Leisure"),
    ]


def test_a_quarter_with_a_small_word_behind_it_begins_a_name_of_a_header() -> None:
    records = _records(
        "Weir Plan 2025/26\nID Action Lead Deadline Q1 update Q2 update Q3 update Overall RAG\n"
        "W1 Mend the weir below the mill Head of Parks May 2025 Divers hired Works begun Works done Green\n"
        "W2 Paint the hall and its annexe Estates Manager June 2025 Paint bought Tender out Work stopped Red\n"
        "W3 Open the baths on Sundays too Leisure Manager July 2025 Rota drawn Staff hired Doors open Green\n"
    )
    assert [record["lead_officers"] for record in records] == [
        ["Head of Parks"],
        ["Estates Manager"],
        ["Leisure Manager"],
    ]


def test_lines_in_capitals_head_the_rows_below_them() -> None:
    records = _records(
        "Weir Plan 2025/26\nWhat Why Who When Cost Update\n"
        "RIVER BANK\nMend the weir below the mill Condemned by the inspector Clerk May 2025 £900 Works begun\n"
        "Plant the bank of the river Cracks; anglers have asked Warden 2026 £400\n"
        "BATHS AND HALL\nPaint the hall and its annexe Bathers have to wait Clerk By June 2025 £300 Tender out\n"
        "Open the baths on Sundays too Asked for at the meeting Warden TBC Unknown\n"
        "ROADS\nRun Speedwatch by the school 41 mph measured Clerk Monthly Nil Six volunteers trained\n"
    )
    assert [record["group"] for record in records] == ["RIVER BANK"] * 2 + ["BATHS AND HALL"] * 2 + ["ROADS"]
    assert [record["lead_officers"] for record in records] == [["Clerk"], ["Warden"], ["Clerk"], ["Warden"], ["Clerk"]]


def test_actions_with_their_lead_and_date_behind_labels_are_no_header() -> None:
    lines = "".join(
        f"{action} – Lead: {lead}. By when: {when}\n"
        for action, lead, when in (
            ("Mend the weir", "Clerk", "May 2025"),
            ("Review standing orders", "Deputy Clerk", "June 2025"),
            ("Open the hall on Sundays", "Mayor", "Monthly"),
        )
    )
    assert len(_records(f"Town Action Plan 2025/26\n\nA greener town\n{lines}")) == 3


@pytest.mark.parametrize(
    "refs", [("FS/04", "FS/05", "FS/07", "FS/08"), ("A1", "A2", "A4", "C3"), ("EC1", "EC2", "EC4", "PD3")]
)
def test_refs_may_have_a_stroke_or_be_the_only_one_with_their_letters(refs: tuple[str, ...]) -> None:
    records = _records(f"Weir Plan 2025/26\nRef Action Lead Deadline Comments\n{_ROWS.format(*refs)}")
    assert [record["ref"] for record in records] == list(refs)


def test_a_number_sign_heads_the_refs_behind_the_groups_too() -> None:
    records = _records(
        "Lakes Plan 2025/26\n"
        "Theme # Action Lead officer Timing\n"
        "Thriving nature 1 Restore the bog above the weir Peatland Officer March 2026\n"
        "2 Return the voles to two valleys Species Officer Summer 2025\n"
        "Living lands 3 Help 60 farmers with their plans Farm Adviser December 2025\n"
        "4 Mend the wall by the ford Estate Ranger Annually\n"
        "Warm welcome 5 Trial a bus to the dale Transport Officer From April 2025\n"
        "6 Review the by-laws Head of Access 2026\n"
    )
    assert [record["ref"] for record in records] == ["1", "2", "3", "4", "5", "6"]
    assert [record["group"] for record in records[:3]] == ["Thriving nature", "Thriving nature", "Living lands"]


def test_what_stands_before_the_refs_heads_the_rows_though_its_name_is_of_no_group() -> None:
    records = _records(
        "Inclusion Plan 2025/26\n"
        "Desired outcome No. Action Responsible officer Timeline Resources\n"
        "People can come to our events 1.1 Use the list for every event Events Manager 2025/26 Existing budget\n"
        "1.2 Pay for interpreters Community Coordinator Annually Existing budget\n"
        "1.3 Audit the libraries Libraries Manager May 2025 Existing budget\n"
        "Places are easy to use 2.1 Check ten buildings Property Manager\nAccess Officer June 2025 Roads programme\n"
        "2.2 Build a changing room Works Manager July 2025 Roads programme\n"
        "2.3 Lower the kerbs Roads Engineer Ongoing Roads programme\n"
    )
    assert [record["ref"] for record in records] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    assert records[1]["group"] == "People can come to our events"
    assert records[3]["group"] == "Places are easy to use"
    assert records[3]["lead_officers"] == ["Property Manager", "Access Officer"]


def test_the_refs_of_groups_whose_first_rows_begin_with_their_names_count_anew() -> None:
    records = _records(
        "Audit Tracker 2025/26\n"
        "Audit Rec Recommendation Owner Due date Status\n"
        "Payroll R1 Take leavers off at once Payroll Manager 31/01/2025 Open\n"
        "R2 Sign the reports twice Payroll Manager 28/02/2025 Closed\n"
        "R3 Review the rights Systems Manager 31/03/2025 Closed\n"
        "Cemeteries R1 Keep one register Burials Manager 30/06/2025 Open\n"
        "R2 Check the fees Burials Manager 31/12/2024 Closed\n"
        "Contracts R1 Name a manager Head of Buying 31/03/2025 Open\n"
        "R2 Train the managers Head of Learning 30/04/2025 Open\n"
    )
    assert [record["ref"] for record in records] == ["R1", "R2", "R3", "R1", "R2", "R1", "R2"]


def test_a_figure_is_a_cell_of_its_own_where_the_names_of_columns_call_for_figures() -> None:
    records = _records(
        "Coast Programme 2025/26\n"
        "Ref Action Project lead Cost (£) Funding source Start Finish\n"
        "SQ1 Repair the north pier Harbour Master 1,250,000 Levelling grant 01/04/2025 30/11/2025\n"
        "SQ2 Convert the net lofts into 14 studios Regeneration Manager 640,000 Heritage fund 01/06/2025 31/03/2026\n"
        "SQ3 Light the promenade Lighting Manager 85,000 Capital 01/09/2025 31/12/2025\n"
        "SQ4 Buy the old arcade Head of Estates 900,000 Capital 01/04/2025 31/10/2025\n"
    )
    assert records[1]["activity"] == "Convert the net lofts into 14 studios"
    assert records[1]["lead_officers"] == ["Regeneration Manager"]
    assert records[1]["extra"] == {"Cost (£)": "640,000", "Funding source": "Heritage fund"}


def test_a_header_that_stands_there_twice_heads_no_group() -> None:
    header = "ID Action Accountable Due date Status\n"
    again = "\n \n".join(("ID", "Action", "Accountable", "Due date", "Status"))
    rows = "".join(
        f"C-0{number} {action} {owner} {date}/2025 Open\n"
        for number, action, owner, date in (
            (1, "Publish a timetable", "Chief Officer", "30/04"),
            (2, "Meet the families", "Director of Quality", "31/05"),
            (3, "Review the triage", "Medical Director", "30/06"),
        )
    )
    records = _records(f"Action Register 2025/26\n\n{header}{again}\n{rows}")
    assert [(record["ref"], record["group"]) for record in records] == [("C-01", None), ("C-02", None), ("C-03", None)]


def test_what_stands_below_each_heading_over_a_table_heads_no_group() -> None:
    header = "Actions\nRef Action Lead Timescale\n"
    measures = "How we will measure success\nMeasure Baseline Target\nPlans made in time 82% 95%\nVisits made 24% 19%\n"
    first = "1.1 Mend the weir Head of Parks May 2025\n1.2 Paint the hall Estates Manager June 2025\n"
    second = "2.1 Open the baths Leisure Manager July 2025\n2.2 Plant the bank Head of Parks May 2025\n"
    records = _records(
        f"Weir Plan 2025/26\n\nPriority 1: Warm homes\n{header}{first}{measures}"
        f"Priority 2: Clean water\n{header}{second}{measures}"
    )
    assert [record["group"] for record in records] == ["Warm homes"] * 2 + ["Clean water"] * 2


def test_a_word_of_the_status_ends_no_row_where_the_date_stands_above() -> None:
    records = _records(
        "Police Plan 2025/26\n"
        "Key action By when Owner RAG rating\n"
        "Vet all officers. Dec 2025 Director, Estates and Vetting Complete\n"
        "Sell two stations. 2025-26 Assistant Director, Finance\nDirector, Estates and Vetting Complete\n"
        "Cut the carbon of the fleet. 2025-26 Assistant Director, Finance Not started\n"
        "Answer calls within ten seconds. Weekly Director, Contact\nAssistant Director, Finance Complete\n"
        "Retire the old system. 2025-26 Director, Contact On track\n"
        "Open a hangar at Yarden. Ongoing Director, Estates and Vetting Complete\n"
    )
    assert len(records) == 6
    assert records[1]["lead_officers"] == ["Assistant Director, Finance", "Director, Estates and Vetting"]
    assert records[1]["status"] == "Complete"


def test_rows_stand_on_lines_below_a_header_that_says_in_brackets_what_its_names_mean() -> None:
    records = _records(
        "School Plan 2025/26\n"
        "Action required\n(what needs to be done) Lead\n(job title) Deadline\n(day and month)\n"
        "Leadership\n"
        "Brief the governors on the duty Safeguarding Lead 31 October 2025\n"
        "Name a contact on the website Web Officer 30 September 2025\n"
        "Visitors\n"
        "Invite speakers of two faiths Head of Religion\nHead of Year 9 17 July 2025\n"
        "Teach safety in every form Head of Computing 27 February 2026\n"
        "Show the code at the desk Receptionist 8 September 2025\n"
    )
    assert [record["activity"] for record in records] == [
        "Brief the governors on the duty",
        "Name a contact on the website",
        "Invite speakers of two faiths",
        "Teach safety in every form",
        "Show the code at the desk",
    ]


def test_an_adverb_is_no_column_of_those_responsible() -> None:
    rows = "".join(
        f"P{number}\n\n{action}\n\n{date} 2025 {owner}\n"
        for number, action, date, owner in (
            (1, "Lend wheelchairs at 13 centres.", "May", "Access Manager"),
            (2, "Agree a code for events.", "June", "Parks Manager"),
            (3, "Mend 60 stiles.", "July", "Access Manager"),
        )
    )
    text = f"Park Plan 2025/26\n\nRef Action Timescale Lead officer\nEnjoying the Park responsibly\n{rows}"
    records = _records(text)
    assert {record["group"] for record in records} == {"Enjoying the Park responsibly"}


def test_what_the_line_below_each_row_says_behind_a_label_is_its_progress() -> None:
    text = (
        "Poverty Plan 2025/26\n\nNo Action Lead Timescale\n"
        "Update: Figures are those of May.\n"
        "1 Enrol children for free meals Head of Benefits September 2025\n"
        "Update: 1,240 children enrolled.\n"
        "2 Open a pantry in each ward Wealth Manager March 2026\n"
        "Update: Four of nine are open.\n"
        "3 Pay the living wage to all carers Director of Care April 2025\n"
        "4 Write off arrears of rent Income Manager June 2025\n"
        "Update: Policy agreed.\n"
    )
    plan = json.loads(read_plan(text.encode(), "plan.txt", Settings()).model_dump_json())
    assert [record["progress"] for record in plan["activities"]] == [
        "1,240 children enrolled.",
        "Four of nine are open.",
        None,
        "Policy agreed.",
    ]
    assert plan["activities"][3]["timescale"]["as_published"] == "June 2025"
    assert plan["coverage"]["words"] == count_words(text) == plan["coverage"]["claimed"]
    assert "Figures are those of May." in json.dumps(plan["coverage"]["furniture"])


@pytest.mark.parametrize("ref", ["Ref ", ""])
def test_what_is_said_below_a_row_goes_on_on_the_next_lines(ref: str) -> None:
    rows = "".join(
        f"{ref and number + ' '}{action}\nUpdate: {said}\n"
        for number, action, said in (
            ("1.1", "Open the new pool Head of Sport May 2025", "Letters were sent to all homes and\nanswers are due."),
            ("1.2", "Plant forty trees Parks Manager June 2025", "Half are in the ground."),
            ("1.3", "Print the register Head of Housing July 2025", "This waits for the\nHead of Law and\nhis team."),
            ("2.1", "Train new volunteers Volunteer Lead April 2026", "Ten have begun."),
        )
    )
    records = _records(f"Fernley Plan 2025/26\n\n{ref}Action Lead officer Timescale\n{rows}")
    assert [(record["activity"], record["timescale"]["as_published"], record["progress"]) for record in records] == [
        ("Open the new pool", "May 2025", "Letters were sent to all homes and answers are due."),
        ("Plant forty trees", "June 2025", "Half are in the ground."),
        ("Print the register", "July 2025", "This waits for the Head of Law and his team."),
        ("Train new volunteers", "April 2026", "Ten have begun."),
    ]


def test_bare_numbers_count_the_rows_though_one_of_them_has_parts() -> None:
    rows = "".join(
        f"{ref}\n\n{action}\n\n{owner}\n\n{date} 2025\n\n"
        for ref, action, owner, date in (
            ("1", "Adopt the plan for the square.", "Town Team", "May"),
            ("2", "Buy the land by the park.", "Town Team", "June"),
            ("3", "Ask what the fund has done.", "Growth Team", "July"),
            ("4a", "Widen access to work:\na) open a club", "Growth Team", "May"),
            ("4b", "b) find 240 places", "Growth Team", "June"),
            ("5", "Let the market again.", "Town Team", "July"),
            ("6", "Give grants to traders.", "Town Team", "August"),
        )
    )
    records = _records(f"Town Plan 2025/26\n\nWhat we will do SRO Timeframe\n{rows}")
    assert [record["ref"] for record in records] == ["1", "2", "3", "4a", "4b", "5", "6"]


def test_a_header_cell_of_two_names_may_be_one_over_others_and_the_last_column() -> None:
    header = "Ref Action Accountability Delivery Partners\nLead officer Directorate Timescale Status\n"
    rows = "".join(
        f"{ref}\n\n{action}\n\n{owner}\n\n{body}\n\n{date} 2025\n\n{state}\n\n{partner}\n\n"
        for ref, action, owner, body, date, state, partner in (
            ("A1", "Record the barns at risk.", "Head of Planning", "Land Directorate", "May", "Green", "Barns Trust"),
            ("A2", "Start a dark sky scheme.", "Head of Planning", "Land Directorate", "June", "Red", "Stars Trust"),
            ("A3", "Let plots to the young.", "Head of Homes", "Homes Directorate", "July", "Amber", "Barns Trust"),
            ("A4", "Mend the stiles.", "Head of Paths", "Land Directorate", "May", "Green", "Ramblers Trust"),
        )
    )
    records = _records(f"Park Plan 2025/26\n\n{header}{rows}")
    assert [record["status"] for record in records] == ["Green", "Red", "Amber", "Green"]
    assert [record["lead_officers"] for record in records][:2] == [["Head of Planning"]] * 2
    assert records[0]["extra"] == {"Partners": "Barns Trust"}


def test_a_long_line_of_labels_is_read_once() -> None:
    line = Line("1.1 Open the pool " + "Lead: Head of Sport Due: May " * 8_000)
    began = time.monotonic()
    assert len(labels_on_lines([Paragraph(line)], {})) == 1, "labels that come again are those of no action"
    assert time.monotonic() - began < 10


def test_two_tabs_may_part_cells_under_a_header_of_two_lines() -> None:
    rows = "".join(
        "\t\t".join((action, "Head of Sport", "May 2025", "On track", "Low", "Pool", "Town")) + "\n"
        for action in ("Open the pool", "Mend the roof", "Train new guards")
    )
    header = "Zork\t\tBlip\nAction\t\tLead officer\t\tDue date\t\tStatus\n"
    records = _records(f"{header}{rows}")
    assert [record["activity"] for record in records] == ["Open the pool", "Mend the roof", "Train new guards"]
    assert {record["timescale"]["as_published"] for record in records} == {"May 2025"}


@pytest.mark.parametrize(("name", "field"), [("Service", "lead_directorates"), ("Lead", "lead_officers")])
def test_lines_in_capitals_are_cells_where_rows_do_not_begin_with_what_is_to_be_done(name: str, field: str) -> None:
    rows = "HOUSING\nBuild ten homes\nMay 2025\nPARKS\nPlant trees\nJune 2025\nROADS\nMend the holes\nJuly 2025\n"
    records = _records(f"Fernley Plan 2025/26\n\n{name}\nAction\nBy when\n{rows}")
    assert [record["activity"] for record in records] == ["Build ten homes", "Plant trees", "Mend the holes"]
    assert [record[field] for record in records] == [["HOUSING"], ["PARKS"], ["ROADS"]]


def test_names_that_lines_of_tabs_part_are_looked_at_once() -> None:
    began = time.monotonic()
    assert not _records("Fernley Plan 2025/26\n\n" + "Action\n\t\n" * 12_000)
    assert time.monotonic() - began < 10
