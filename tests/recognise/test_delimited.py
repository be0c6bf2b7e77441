"""Tables whose cells are parted by pipes or tabs: where rows end, whatever the header says."""

from __future__ import annotations

from extractor.document import Block, FlatLine, Paragraph, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.columns import cell_text
from extractor.recognise.flattened import unflatten
from extractor.recognise.flattened.delimited import part_glued
from extractor.recognise.spans import mend_spans
from extractor.records import Plan


def _blocks(text: str) -> list[Block]:
    lines = [FlatLine(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip(" ")]
    return mend_spans(unflatten(lines, {}), {})


def _rows(text: str) -> list[list[str]]:
    table = next(block for block in _blocks(text) if isinstance(block, Table))
    return [[cell_text(cell) for cell in row] for row in table.rows]


HEAD = "Ref| Action| Lead| When  \n---|---|---|---  \n"


def test_a_table_without_known_header_words_keeps_its_cells() -> None:
    assert _rows("Zot| | Xu  \n---|---|---  \n1| Mend the roof| May  \n") == [
        ["Zot", "", "Xu"],
        ["1", "Mend the roof", "May"],
    ]


def test_lines_of_one_cell_stay_together() -> None:
    text = (
        HEAD
        + "1| Mend the roof of the hall| Estates Manager  \nFinance Manager| Q1  \n"
        + "2| Give grants for:\n\n  * boilers that fail\n  * lofts\n\n| Housing Manager| Q2  \n"
        + "3| Sweep the yard of the hall| Streets Manager| Q3  \n"
    )
    rows = _rows(text)
    assert rows[1] == ["1", "Mend the roof of the hall", "Estates Manager Finance Manager", "Q1"]
    assert rows[2] == ["2", "Give grants for: boilers that fail lofts", "Housing Manager", "Q2"]
    assert len(rows) == 4


def test_a_bold_line_among_the_rows_is_a_heading_and_what_follows_the_table_is_not_in_it() -> None:
    text = (
        HEAD
        + "1| Mend the roof of the hall| Estates Manager| Q1  \n**Cleaner streets**  \n"
        + "2| Sweep the yard of the hall| Streets Manager| Q3  \n\n  * Contact us\n  * Privacy\n"
    )
    rows = _rows(text)
    assert rows[2] == ["Cleaner streets"] * 4
    assert len(rows) == 4
    assert [block.line.text for block in _blocks(text) if isinstance(block, Paragraph)] == ["Contact us", "Privacy"]


def test_a_bold_line_is_a_heading_although_the_cell_above_it_is_empty() -> None:
    text = (
        HEAD
        + "1| Mend the roof of the hall| Estates Manager| Q1  \n2| Paint the hall| Streets Manager|   \n"
        + "**Cleaner streets**  \n3| Sweep the yard of the hall| Streets Manager| Q3  \n"
    )
    rows = _rows(text)
    assert rows[2:4] == [["2", "Paint the hall", "Streets Manager", ""], ["Cleaner streets"] * 4]


def test_a_plain_line_is_a_heading_where_the_refs_begin_to_count_anew_and_one_stands_above_the_first_row() -> None:
    rows = _rows(
        "Ref| Action| Lead| Measure  \n---|---|---|---  \nCloser to people  \n"
        "1.1| Name a constable for each ward| E. Fair| 480 hours of patrol  \n"
        "1.2| Answer reports within three days| E. Fair  \nGwen Mbe| 72 hours of patrol  \n"
        "1.3| Hold an open day at the station| Gwen Mbe| Confidence at 55%  \nA modern force  \n"
        "2.1| Open a hangar at the old airfield| O. Thre| 85% reached in time  \n"
        "2.2| Answer calls within ten seconds| U. Aba| 55% reached in time  \n"
    )
    assert {"A modern force"} in map(set, rows)
    assert rows[3][2].split() == ["E.", "Fair", "Gwen", "Mbe"]  # no heading


def test_a_label_alone_and_the_title_below_it_are_one_heading() -> None:
    text = (
        HEAD
        + "**Objective 1**  \nWarmer homes  \n1| Mend the roof of the hall| Estates Manager| Q1  \n"
        + "**Objective 2**  \nCleaner streets  \n2| Sweep the yard of the hall| Streets Manager| Q3  \n"
    )
    assert [row[0] for row in _rows(text)[1:]] == ["Objective 1 Warmer homes", "1", "Objective 2 Cleaner streets", "2"]


UNDER = "Ref| Action| Delivery| Accountability| Measure| Delivery  \n---|---|---|---|---|---  \n"


def test_a_second_row_of_header_words_stands_under_cells_of_the_first() -> None:
    text = (
        UNDER
        + "Target date| Responsibility| Lead service| Status  \n"
        + "A1| Mend the roof of the hall| Q1| Ann Ogden| People| 9 roofs| At risk  \n"
        + "A2| Sweep the yard of the hall| Q2| Ben Quayle| Place| 2 yards| Complete  \n"
    )
    rows = _rows(text)
    assert rows[0] == ["Ref", "Action", "Delivery", "Accountability", "Accountability", "Measure", "Delivery"]
    assert rows[1] == ["Ref", "Action", "Target date", "Responsibility", "Lead service", "Measure", "Status"]
    assert rows[3][3:] == ["Ben Quayle", "Place", "2 yards", "Complete"]


def test_a_second_row_of_header_words_may_stand_under_one_cell_each() -> None:
    text = (
        UNDER.replace("Accountability", "Owner")
        + "Target date| Status  \nA1| Mend the roof of the hall| Q1| Ann Ogden| 9 roofs| At risk  \n"
        + "A2| Sweep the yard| Q2| Ben Quayle| 2 yards| Complete  \n"
    )
    rows = _rows(text)
    assert rows[1] == ["Ref", "Action", "Target date", "Owner", "Measure", "Status"]
    assert len(rows) == 4


def test_the_width_of_a_table_whose_rows_run_over_lines_is_that_of_its_header() -> None:
    text = (
        "Ambition| Ref| Action| Accountability| Delivery  \n---|---|---|---|---  \n"
        + "Cabinet member| Lead officer| Timescale| Status  \n"
        + "Warm homes| 1.1| Mend the roof of the hall| Cllr Ogden| Estates Manager| Q1| At risk  \n"
        + "1.2| Sweep the yard of the hall  \n(Shared with the college)| Cllr Ogden| Streets Manager| Q2| On track  \n"
        + "Our town| 2.1| Open the market hall again| Cllr Quayle  \nCllr Ogden| Town Manager| Q3| Complete  \n"
    )
    rows = _rows(text)
    assert rows[1] == ["Ambition", "Ref", "Action", "Cabinet member", "Lead officer", "Timescale", "Status"]
    assert rows[4][:4] == ["Our town", "2.1", "Open the market hall again", "Cllr Quayle Cllr Ogden"]
    assert rows[4][4:] == ["Town Manager", "Q3", "Complete"]


def test_a_caption_before_the_header_on_its_line_is_the_tables() -> None:
    text = "Outcome 1: Warm homes " + HEAD + "1| Mend the roof of the hall| Estates Manager| Q1  \n"
    table = next(block for block in _blocks(text) if isinstance(block, Table))
    assert table.caption == "Outcome 1: Warm homes"
    assert cell_text(table.rows[0][0]) == "Ref"


def test_framed_rows_are_cut_at_their_inner_pipes() -> None:
    text = "| Ref | Action | When |\n|-----|--------|------|\n| 1 | Mend the roof | May |\n|  | Sweep | June |\n"
    assert _rows(text) == [["Ref", "Action", "When"], ["1", "Mend the roof", "May"], ["", "Sweep", "June"]]


def test_names_in_camel_case_and_addresses_are_no_glued_paragraphs() -> None:
    assert part_glued("Post it on LinkedIn and YouTube every month") == ["Post it on LinkedIn and YouTube every month"]
    assert part_glued("See www.example.org/PlanB.Next") == ["See www.example.org/PlanB.Next"]
    assert part_glued("Improve attendance in years 7 to 11:run panels") == [
        "Improve attendance in years 7 to 11:",
        "run panels",
    ]
    assert part_glued("Carry on the roll-out of meals:extend the kitchens") == [
        "Carry on the roll-out of meals:",
        "extend the kitchens",
    ]


def test_rows_of_tabs_that_lack_spanned_cells_are_put_under_their_columns() -> None:
    text = (
        "Action\tDeliverable\tTimeline\tResponsibility\n"
        "1. Build relationships with others\tMeet owner groups to agree principles.\tMarch 2025\tCommunity Manager\n"
        "Write a plan to work with local organisations.\tJuly 2025\tCulture Director\n"
        "2. Celebrate the week together\tSend leaflets to all of the staff.\tMay 2025\tEvents Officer\n"
    )
    rows = _rows(text)
    assert rows[2] == [rows[1][0], "Write a plan to work with local organisations.", "July 2025", "Culture Director"]


def test_a_line_more_of_a_value_does_not_begin_the_next_label() -> None:
    text = "Ref| 2.1  \n---|---  \nTask| Offer a contact  \nService area| Corporate Core  \nPlace  \nBy when| Q1  \n"
    assert _rows(text)[2:] == [["Service area", "Corporate Core Place"], ["By when", "Q1"]]


def test_a_word_that_no_cell_holds_alone_is_no_value() -> None:
    people = (
        "Ines Entwistle, Town Centre Recovery Manager",
        "Bethan Hargreave, Head of Employment Support",
        "Bethan Hargreave, Head of Employment Support Ines Entwistle, Town Centre Recovery Manager",
        "Gwen Abara, Parks and Open Spaces Manager",
        "Gwen Abara, Parks and Open Spaces Manager Ines Threlfall, Head of Climate Change",
    )
    rows = (f"{n}| Mend roof {n} of the hall in the town| {lead}| Q{n % 4 + 1}  \n" for n, lead in enumerate(people, 1))
    leads = [
        [line.text for line in row[2].lines]
        for block in _blocks(HEAD + "".join(rows))
        if isinstance(block, Table)
        for row in block.rows[1:]
        if row[2]
    ]
    assert all(" " in value for values in leads for value in values)
    assert [values[0] for values in leads] == [people[0], people[1], people[1], people[3], people[3]]
    assert leads[2][1:] == [people[0]]


def test_a_line_below_a_list_item_is_part_of_it() -> None:
    title = "of the town " * 5
    text = f"# Plan {title}\n\n## Homes\n\n  * **Lead:** Jo  \nAl\n  * **When:** Q1\n    or later\n\nNext text\n"
    lines = [block.line for block in _blocks(text) if isinstance(block, Paragraph)]
    assert [(line.text, line.more) for line in lines] == [
        ("Lead: Jo", False),
        ("Al", True),
        ("When: Q1", False),
        ("or later", True),
        ("Next text", False),
    ]


TABS = "Ref\tAction\tLead\tWhen\tMeasure\n"


def test_a_browser_s_tabs_are_borders_though_cells_of_paragraphs_stand_among_blank_lines() -> None:
    text = (
        TABS
        + "\n\n1.1\n\n\t\n\nMend the roof of the hall\n\n\tEstates Manager\t\n\nQ1\n\n\t\n\nFour roofs\n\n\n"
        + "1.2\tSweep the yard of the hall\t\n\nQ3\n\n\tTwo yards\n"
        + "1.3\t\n\nPaint the fence of the park\n\n\tParks Manager\tQ2\t\n"
        + "1.4\tOil the gates of the park\tParks Manager\tQ2\tGates"
    )
    assert _rows(text)[1:] == [
        ["1.1", "Mend the roof of the hall", "Estates Manager", "Q1", "Four roofs"],
        ["1.2", "Sweep the yard of the hall", "Estates Manager", "Q3", "Two yards"],
        ["1.3", "Paint the fence of the park", "Parks Manager", "Q2", ""],
        ["1.4", "Oil the gates of the park", "Parks Manager", "Q2", "Gates"],
    ]


def test_a_tab_before_an_empty_last_cell_is_no_furniture_below_the_table() -> None:
    text = (
        TABS
        + "1.1\tMend the roof\tEstates Manager\tQ1\tRoofs\n1.2\tSweep the yard\tParks Manager\t\n\nQ3\n\n\t\nSite map"
    )
    assert _rows(text)[2] == ["1.2", "Sweep the yard", "Parks Manager", "Q3", ""]


def test_a_ref_before_a_delimiter_begins_a_row_although_rows_lack_cells() -> None:
    text = (
        HEAD.replace("When", "When| Partners")
        + "".join(f"{n}| Mend roof {n} of the hall| Estates Manager| Q1| The college  \n" for n in (1, 2, 3))
        + "4a| Get people moving| Sports Manager| Q3| The trust  \n"
        + "4b| Give free swims| Q3| The youth club, the trust  \n"
        + "4c| Walk with a guide| Q2|   \n5| Mend the pool of the town| Sports Manager| Q1| The college  \n"
    )
    rows = _rows(text)
    assert [row[0] for row in rows[4:7]] == ["4a", "4b", "4c"]
    assert rows[5][2:] == ["Sports Manager", "Q3", "The youth club, the trust"]


_MERGED = """Theme\t\tAction\t\tLead\t\tCabinet Member\t\tBy when\t\tNotes
Good homes\t\tBuild 40 homes for rent at Farrow Lane\t\tHead of Housing\t\tCllr A Bray\t\tMay 2024\t\tNone
Repair the roofs of all council flats in Denby\t\tHead of Repairs\t\tCllr J Moss\t\tJune 2024\t\tOn site
Let the empty shops below the flats in Mill Street:
  • to makers
  • to clubs
\t\tHead of Housing\t\tJuly 2024\t\tNone
Survey the damp in every home with a cellar
(Carried forward)\t\tHead of Repairs\t\tAugust 2024\t\tNone
Safe streets\t\tPaint the crossings near all six schools\t\tHead of Highways
Head of Schools\t\tCllr O Penn\t\tMay 2024
Clear the gullies in all streets by the river\t\tHead of Highways\t\tCllr O Penn\t\tMay 2024\t\tTwo done
Light the footpath from the station to the park\t\tHead of Highways\t\tJune 2024\t\tLamps bought
"""


def test_two_tabs_part_all_cells_where_none_is_a_paragraph_and_cells_are_merged() -> None:
    rows = _rows(_MERGED)[1:]
    assert [row[0] for row in rows] == [*["Good homes"] * 4, *["Safe streets"] * 3]
    assert [row[3] for row in rows] == ["Cllr A Bray", *["Cllr J Moss"] * 3, *["Cllr O Penn"] * 3]
    assert [row[4] for row in rows] == [
        "May 2024",
        "June 2024",
        "July 2024",
        "August 2024",
        "May 2024",
        "May 2024",
        "June 2024",
    ]
    assert rows[4][2] == "Head of Highways Head of Schools"


def test_a_last_cell_whose_tabs_were_trimmed_is_empty_and_not_the_one_above() -> None:
    assert [row[5] for row in _rows(_MERGED)[1:]] == ["None", "On site", "None", "None", "", "Two done", "Lamps bought"]


_PEOPLE_LAST = """Theme\t\tAction\t\tBy when\t\tLead\t\tCabinet Member
Good homes\t\tBuild 40 homes for rent at Farrow Lane\t\tMay 2024\t\tHead of Housing\t\tCllr A Bray
Repair the roofs of all council flats in Denby\t\tJune 2024\t\tCllr J Moss
Let the empty shops below the flats in Mill Street\t\tJuly 2024\t\tCllr J Moss
Survey the damp in every home with a cellar\t\tAugust 2024\t\tHead of Schools
Safe streets\t\tPaint the crossings near all six schools\t\tMay 2024\t\tHead of Schools\t\tCllr O Penn
Clear the gullies in all streets by the river\t\tMarch 2025\t\tHead of Highways\t\tCllr O Penn
Mark the lanes for bicycles on the ring road\t\tMay 2025\t\tHead of Highways\t\tCllr O Penn
Clean streets\t\tSweep the market square on every night\t\tMay 2024\t\tHead of Cleansing\t\tCllr A Bray
Empty the bins in the parks at the weekend\t\tApril 2025\t\tCllr J Moss
Light the footpath from the station to the park\t\tJune 2024\t\tHead of Highways\t\tCllr O Penn
"""


def test_people_go_on_over_a_row_that_ends_without_them_with_a_doubt_where_others_were_merged() -> None:
    table = next(block for block in _blocks(_PEOPLE_LAST) if isinstance(block, Table))
    assert [row[4].text if row[4] else "" for row in table.rows[1:]][3] == "Cllr J Moss"
    doubted = [
        {doubt.field for cell in row if cell and cell.row_index == number for doubt in cell.doubts}
        for number, row in enumerate(table.rows)
    ]
    assert "lead_cabinet_members" in doubted[4]
    assert not any("lead_cabinet_members" in doubts for doubts in (*doubted[:4], *doubted[5:]))


def test_where_dates_stand_on_lines_of_their_own_two_tabs_are_not_all_borders() -> None:
    text = (
        "Action\t\tLead\t\tBy when\nMend the roof of the hall\t\tHead of Parks\nMay 2024\n"
        "Sweep the yard of the hall\t\tHead of Yards\nJune 2024\n"
        "Paint the fence of the park\t\tHead of Parks\nJuly 2024"
    )
    rows = _rows(text)[1:]
    assert [row[2] for row in rows] == ["May 2024", "June 2024", "July 2024"]
    assert [row[1] for row in rows] == ["Head of Parks", "Head of Yards", "Head of Parks"]


def test_a_row_that_was_broken_at_a_fixed_width_is_one_row() -> None:
    text = (
        HEAD
        + "1| Mend the roof of the hall and paint the long fence that runs along the\nroad| Estates Manager  \n"
        + "Finance Manager| Q1  \n2| Pay for a grant-\nfunded post in the yard| Streets\nManager| Q3  \n"
        + "\nNo more than\nthese two.\n"
    )
    assert _rows(text)[1:] == [
        [
            "1",
            "Mend the roof of the hall and paint the long fence that runs along the road",
            "Estates Manager Finance Manager",
            "Q1",
        ],
        ["2", "Pay for a grant-funded post in the yard", "Streets Manager", "Q3"],
    ]


def test_a_row_that_was_broken_before_a_dash_goes_on_there() -> None:
    text = (
        HEAD
        + "1| Mend the roof of the hall and paint the long fence| Portfolio Holder\n"
        + "\u2013 Halls| Q1  \n2| Pay for the yard| Portfolio Holder \u2013 Halls| Q3  \n"
    )
    assert [row[2] for row in _rows(text)[1:]] == ["Portfolio Holder \u2013 Halls"] * 2


def test_the_links_after_a_framed_table_are_no_items_of_its_last_cell() -> None:
    framed = "| Ref | Action | When |\n|-----|--------|------|\n| 1 | Mend the roof | May |\n\n  * Site map\n"
    assert _rows(framed)[1:] == [["1", "Mend the roof", "May"]]


def test_the_links_below_an_empty_last_cell_are_no_items_of_it() -> None:
    text = HEAD + "1| Mend the roof| Clerk| May  \n2| Sweep the yard| Clerk|  \n\n  * [Site map](/s)\n"
    assert _rows(text)[2] == ["2", "Sweep the yard", "Clerk", ""]


def test_a_definition_of_markdown_is_the_value_without_its_colon() -> None:
    lines = [FlatLine("# Plan", 1), FlatLine("## Homes", 2), FlatLine("Lead", 3), FlatLine(":   Head of Homes", 4)]
    texts = [block.line.text for block in unflatten(lines, {}) if isinstance(block, Paragraph)]
    assert texts == ["Lead", "Head of Homes"]


def test_a_second_header_row_at_full_width_names_the_columns_below_the_first() -> None:
    text = (
        "| Ref | Action | Accountability |  | Delivery | \n|---|---|---|---|---|\n"
        "|  |  | Cabinet Member | Lead officer | Timescale | \n| 1 | Mend the roof | Cllr A Bray | Ann Fry | May | \n"
    )
    assert _rows(text) == [
        ["Ref", "Action", "Cabinet Member", "Lead officer", "Timescale"],
        ["1", "Mend the roof", "Cllr A Bray", "Ann Fry", "May"],
    ]


def test_a_header_that_comes_again_ends_the_row_and_the_heading_above_it() -> None:
    header = "Cyf / Ref\tCam gweithredu / Action\tAmserlen / Timescale\tCynnydd / Progress\tKey partners"
    text = (
        f"1. A landscape rich in wildlife\n{header}\n1.1.1\tSow sphagnum\tMay 2024\tStarted.\tFriends of Elm Moor\n"
        "1.1.2\tAdvise 240 graziers on the new schemes\t\n\nBy the end of March 2024\n\n"
        "\tMilestone met ahead of time.\tBrynmeinir Community Foundation\n"
        f"2. Communities that last\n{header}\n1.2.1\tAdopt guidance on lets\tMay 2025\tStarted.\tParish councils\n"
    )
    plan = read_plan(text.encode(), "plan.txt", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [(a.ref, a.progress, a.extra["Key partners"], titles[a.group_id or ""]) for a in plan.activities] == [
        ("1.1.1", "Started.", "Friends of Elm Moor", "A landscape rich in wildlife"),
        ("1.1.2", "Milestone met ahead of time.", "Brynmeinir Community Foundation", "A landscape rich in wildlife"),
        ("1.2.1", "Started.", "Parish councils", "Communities that last"),
    ]


_OWNED = "Action\tWhen\tResponsibility\tPortfolio Holder\tProgress\n"


def _row(text: str, when: str, who: str, progress: str) -> str:
    return f"{text}\t{when}\t{who}\tPortfolio Holder – Streets\t{progress}\n"


def test_a_labelled_heading_is_not_the_first_line_of_the_row_below_although_the_cell_above_is_empty() -> None:
    rows = (
        "Mend the roof of the hall before winter.| Q1| A. Lark| Hall repaired in May.  \n"
        "Sweep the yard of the hall every week.| Q2| A. Lark|   \n"
        "**Objective 2 – Streets that are clean**  \n"
        "Trial a shop at the recycling centre. A note will follow. The work depends on two posts.| Q3| B. Wren| Begun."
    )
    head = "Action| When| Responsibility| Progress  \n---|---|---|---  \n**Objective 1 – Halls that last**  \n"
    assert [row[0] for row in _rows(f"{head}{rows}  \n")] == [
        "Action",
        "Objective 1 – Halls that last",
        "Mend the roof of the hall before winter.",
        "Sweep the yard of the hall every week.",
        "Objective 2 – Streets that are clean",
        "Trial a shop at the recycling centre. A note will follow. The work depends on two posts.",
    ]


def test_a_list_without_bullets_is_one_cell_and_its_last_item_begins_no_row() -> None:
    text = (
        _OWNED
        + _row("Empty the bins of the market square every day.", "Quarter 1", "A. Lark", "Work paused until May.")
        + "A decision is expected shortly.\n"
        + "Refresh the street cleansing schedule so that it covers:\nschool gates on weekday mornings\n"
        + "bottle banks at weekends\nleaf fall on hills and cycle lanes\n"
        + "\tQuarter 3\tB. Wren\tPortfolio Holder – Streets\tMilestone met ahead of time.\n"
        + _row("Plant 60 street trees in the wards with least cover.", "Quarter 2", "A. Lark", "Begun in the spring.")
    )
    rows = _rows(text)
    assert [row[0].split(":")[0] for row in rows[1:]] == [
        "Empty the bins of the market square every day.",
        "Refresh the street cleansing schedule so that it covers",
        "Plant 60 street trees in the wards with least cover.",
    ]
    assert rows[1][4] == "Work paused until May. A decision is expected shortly."


def test_a_sentence_that_several_rows_hold_ends_the_row_above() -> None:
    group = (
        _row(
            "Trial a reuse shop at the recycling centre.", "Quarter 1", "A. Lark", "Work paused until terms are known."
        )
        + "A decision is expected shortly.\n"
        + _row("Prosecute repeat fly-tippers and publish the results.", "Quarter 2", "B. Wren", "Tenders issued.")
    )
    text = f"Objective 1 – Clean streets\n\n{_OWNED}{group}\nObjective 2 – Green parks\n\n{_OWNED}{group}"
    rows = _rows(text)
    assert [row[0] for row in rows[1:]] == [
        "Trial a reuse shop at the recycling centre.",
        "Prosecute repeat fly-tippers and publish the results.",
    ]


def test_a_value_that_reads_like_a_header_makes_no_second_header_row_of_a_table_of_labels() -> None:
    first = "Negotiate a bus partnership that restores the Sunday services on all twelve of the rural routes."
    text = "".join(
        f"Deliverable| {text}  \n---|---  \nService| Resources and Transformation  \n"
        f"Executive Member| Councillor A. Lark  \nDeadline| {when}  \nCurrent status| On track  \n"
        for text, when in ((first, "Sep-22"), ("Build a cycle track between the station and the hospital.", "Oct-22"))
    )
    plan = read_plan(f"# Delivery Plan 2022/23\n\n{text}".encode(), "plan.md", Settings())
    assert [(a.activity, a.lead_directorates, a.lead_cabinet_members) for a in plan.activities] == [
        (first, ("Resources and Transformation",), ("Councillor A. Lark",)),
        (
            "Build a cycle track between the station and the hospital.",
            ("Resources and Transformation",),
            ("Councillor A. Lark",),
        ),
    ]


def test_tabs_tell_which_cells_of_a_header_stand_over_those_of_the_second_row() -> None:
    # Both "Accountability" and "Delivery" could be columns of their own; the rows have seven cells, and not eight.
    head = (
        "Deliverable\tAccountability\tDelivery\tProgress update\tHow we will measure it\n"
        "Service\tExecutive Member\tDeadline\tCurrent status\n"
    )
    rows = (
        "Put council tax and parking on a single account.\tNeighbourhoods\tCouncillor D. Usk\tAug-22\tDelayed\t"
        "Delayed by vacancies.\tAverage wait under 3 minutes\n"
        "Answer nine in ten complaints in ten working days.\tNeighbourhoods\tCouncillor D. Usk\tJul-22\tOn track\t"
        "Milestone met early.\tAverage wait under 7 minutes\n"
    )
    plan = read_plan(f"Delivery Plan 2022/23\n\n{head}{rows}".encode(), "plan.txt", Settings())
    assert [
        (a.lead_officers, a.lead_directorates, a.lead_cabinet_members, a.status, a.progress) for a in plan.activities
    ] == [
        ((), ("Neighbourhoods",), ("Councillor D. Usk",), "Delayed", "Delayed by vacancies."),
        ((), ("Neighbourhoods",), ("Councillor D. Usk",), "On track", "Milestone met early."),
    ]


def test_a_person_with_a_long_post_on_a_line_alone_heads_nothing() -> None:
    person = "Ada Jessop, Head of Contact Management, Force Operations and Digital Policing"
    head = (
        HEAD.replace("Lead| When", "Measure| When| Owner").replace("---\n", "---|---\n").replace("---  ", "---|---  ")
    )
    text = (
        head + "1.1.1| Bring carbon from the fleet down| Fuel saved| 2024-25| D. Gwynne, Estates Manager  \n"
        f"1.1.2| Open a drone hangar at the airfield| Calls met| 2024-25| Kwame Mbeki, Digital Manager  \n{person}  \n"
        "1.1.3| Retire the old crime system| Calls met| TBC| Amara Fairbairn, Contact Manager  \n"
        "1.1.4| Bring in a queue-buster for calls| Calls met| 2024-25| Kwame Mbeki, Digital Manager  \n"
    )
    assert [row[4] for row in _rows(text)[1:]] == [
        "D. Gwynne, Estates Manager",
        f"Kwame Mbeki, Digital Manager {person}",
        "Amara Fairbairn, Contact Manager",
        "Kwame Mbeki, Digital Manager",
    ]


def test_a_plain_line_of_markdown_is_a_heading_where_the_table_begins_with_one() -> None:
    text = (
        "Ref| Action| Owner| Update  \n---|---|---|---  \n"
        "Timely care  \n"
        "P1| Run a discharge lounge| Patient Flow Manager| Draft circulated.  \n"
        "P2| Open a clinic for frail patients| Patient Flow Manager| Work paused.  \nA decision is expected.  \n"
        "Caring for our staff  \n"
        "P3| Give junior doctors rotas six weeks ahead| Head of Nursing| Pilot finished.  \n"
    )
    assert [row[3] for row in _rows(text)[1:]] == [
        "Timely care",
        "Draft circulated.",
        "Work paused. A decision is expected.",
        "Caring for our staff",
        "Pilot finished.",
    ]


def test_a_line_of_its_own_is_the_last_cells_where_headings_have_labels() -> None:
    text = (
        "Ref\tTask\tTimescale\tAction owner\n"
        "Commitment 1 – Ready to respond\n"
        "1\tOpen a drone hangar at the airfield.\tMay 2024\tI. Moss, Digital Manager\n"
        "2\tRetire the old crime system.\tJune 2024\tI. Moss, Digital Manager\nFenby Partnership\n"
        "3\tEquip all officers with cameras.\tJune 2024\tI. Moss, Digital Manager\n"
        "Commitment 2 – Support that lasts\n"
        "4\tTell all victims:\nwho will call\nhow to ask for a review\n\tJuly 2024\tA. Ogden, Head of Care\n"
        "5\tTake statements by video.\tJuly 2024\tA. Ogden, Head of Care\nCalby Youth Alliance\n"
        "6\tMove the unit to a seven-day rota.\tMay 2024\tA. Ogden, Head of Care\n"
    )
    plan = read_plan(f"Action Plan 2024/25\n\n{text}".encode(), "plan.txt", Settings())
    assert [group.title for group in plan.groups] == ["Ready to respond", "Support that lasts"]
    assert [a.lead_officers[1:] for a in plan.activities] == [
        (),
        ("Fenby Partnership",),
        (),
        (),
        ("Calby Youth Alliance",),
        (),
    ]


def test_a_browsers_tabs_are_borders_where_a_line_begins_with_one_below_a_list() -> None:
    member, other = "Cabinet Member for Parks", "Cabinet Member for Roads"
    text = (
        "Theme\tRef\tAction\tWhen\tOwner\tCabinet Member\n"
        f"Active lives\t1.1\tPlant trees\tMay 2024\tE. Moss, Parks Manager\t{member}\n"
        "1.2\tMend the track\tJune 2024\tI. Rey, Sport Manager\n"
        f"1.3\tPublish a guide:\nto each park\nto each pool\n\tMay 2024\tE. Moss, Parks Manager\t{member}\n"
        f"Safer roads\t2.1\tPatch the lanes\tMay 2024\tU. Ash, Roads Manager\t{other}\n"
        "2.2\tMap every gully\tJuly 2024\tU. Ash, Roads Manager\n"
        f"2.3\tLight the subway\tJuly 2024\tU. Ash, Roads Manager\t{other}\n"
    )
    plan = read_plan(f"Action Plan 2024/25\n\n{text}".encode(), "plan.txt", Settings())
    assert [a.lead_cabinet_members for a in plan.activities] == [(member,)] * 3 + [(other,)] * 3
    assert [a.ref for a in plan.activities if "lead_cabinet_members" in a.inherited] == ["1.2", "2.2"]


def test_a_row_that_a_paragraph_breaks_is_no_header_of_another_table() -> None:
    rows = (
        "Action 4.1\tAudit every record\tJo Marsh, Head of Care\tPlace\tMay 2024\tHigh\n"
        "Action 4.2\tDesign an offer for the young\tEd Rey, Head of Youth\tResources and Growth\n"
        "Place\tJune 2024\tLow\n"
        "Action 4.3\tWrite all plans in time\tEd Rey, Head of Youth\tPlace\tMay 2024\tLow\n"
    )
    text = f"Action Plan 2024/25\n\nRef\tActivity\tLed by\tDirectorate\tWhen\tRisks\n{rows}"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [a.ref for a in plan.activities] == ["4.1", "4.2", "4.3"]
    assert plan.activities[1].lead_directorates == ("Resources and Growth", "Place")


def test_lines_that_read_like_headings_show_that_there_are_more_of_them() -> None:
    titles = ("Within our means", "A decent home for all", "Well-kept roads", "Growth in the right place", "Carbon")
    rows = "".join(
        f"{title}  \nPublish revised policy number {n}| None| Every month| Green  \n"
        f"Complete the works on estate {n}| Clerk| May 2024| Red  \n"
        for n, title in enumerate(titles)
    )
    head = "Activity| Delivery| When| Status  \n---|---|---|---  \n"
    text = f"{head}Sell nine surplus buildings| None| May 2024| Red  \n{rows}"
    assert [row[0] for row in _rows(text) if row[0] == row[1]] == list(titles)


def test_headings_with_numbers_stand_over_rows_whose_refs_begin_with_these() -> None:
    text = (
        "Delivery Plan 2024/25\n\nRef\tAction\tLead\tWhen\tUpdate\n1. Homes\n"
        "1.1\tMend the roof of the hall\tEstates Manager\tQ1\tThe tender is out.\n"
        "1.2\tLet ten flats\tEstates Manager\tQ2\tTwo are let.\n"
        "2. Streets that last\n2.1\tSweep the yard of the hall\tStreets Manager\tQ3\tNo change.\nThe board was told.\n"
        "2.2\tResurface Hill Lane\tStreets Manager\tQ4\tHalf is done.\nThe rest waits for frost to end.\n"
        "3. Parks\n3.1\tPlant forty trees\tParks Manager\tQ3\tTen stand.\n"
    )
    plan = read_plan(text.encode(), "plan.txt", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [(a.ref, titles[a.group_id or ""], a.progress) for a in plan.activities] == [
        ("1.1", "Homes", "The tender is out."),
        ("1.2", "Homes", "Two are let."),
        ("2.1", "Streets that last", "No change.\nThe board was told."),
        ("2.2", "Streets that last", "Half is done.\nThe rest waits for frost to end."),
        ("3.1", "Parks", "Ten stand."),
    ]


def test_a_header_without_rows_is_read_as_such() -> None:
    head = "Ref\tAction\tLead officer\tTimescale\n"
    assert _rows(head) == [["Ref", "Action", "Lead officer", "Timescale"]]
    row = "1.1\tMend the roof of the hall\tHead of Estates\tJune 2024\n"
    plan = read_plan(f"Delivery Plan 2024/25\n\n{head}{row}\n{head}".encode(), "plan.txt", Settings())
    assert [a.ref for a in plan.activities] == ["1.1"]


def test_rows_that_their_parts_follow_are_no_headings() -> None:
    text = (
        "Delivery Plan 2024/25\n\nRef\tAction\tLead officer\tTimescale\n"
        "1.1\tLet ten flats\tHead of Housing\tJune 2024\n1.2\tMend the roofs of the flats:\n"
        "1.2a\tMill Lane\tHead of Property\tJuly 2024\n1.2b\tHill House\tHead of Property\tAugust 2024\n"
        "1.4\tWithdrawn by the Cabinet\n1.40\tPaint the lines\tHead of Highways\tJuly 2024\n"
    )
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert plan.groups == ()
    assert [a.ref for a in plan.activities] == ["1.1", "1.2", "1.2a", "1.2b", "1.4", "1.40"]


def test_rows_of_the_plan_below_a_heading_are_no_other_table() -> None:
    def plan_of(body: str, head: str = "Action\tDepartment\tTimescale") -> Plan:
        return read_plan(f"Delivery Plan 2024/25\n\n{head}\n{body}".encode(), "plan.txt", Settings())

    first = (
        "Let 300 homes on land of the council\tHousing\tJune 2024\nMend the roofs of Hill House\tProperty\tJuly 2024\n"
    )
    below = "\nLibraries and Museums\nOpen new library\tCulture\tStaff time\nMend museum roof\tProperty\tStaff time\n"
    last = "\nRoads and Paths\nPaint the lines in all car parks\tHighways\tJune 2024\n"
    plan = plan_of(first + below + last)
    assert len(plan.activities) == 5
    assert plan.tables == ()
    head = "Action\tDepartment\tTimescale\tMeasure\tProgress"
    wide = first.replace("2024\n", "2024\tLets\tBegun\n")
    after = last.replace("2024\n", "2024\tLines\tBegun\n")
    plan = plan_of(wide + below.replace("Staff time", "Visitors") + after, head)
    assert plan.activities[-1].activity == "Paint the lines in all car parks"
    assert plan.tables == ()
    other = "\nWho is told\nTeller\tKeeper\tHeard\nMarsh\tAsh\tJune 2024\nMoss\tRey\tMay 2024\n"
    kept = plan_of(wide + other, head)
    assert [table.header for table in kept.tables] == [("Teller", "Keeper", "Heard")]
    assert [issue.code for issue in kept.issues if issue.code == "table-unclear"] == ["table-unclear"]


def test_a_table_that_comes_again_with_as_many_columns_as_the_plan_is_none_of_its_rows() -> None:
    measures = "Our metrics\nMetric\tLatest data\tRelease schedule\nHomes better protected\t61,300\tAnnual\n"
    text = "Delivery Plan 2025/26\n\n"
    for number, name in enumerate(("Coasts", "Seas"), 1):
        text += f"Priority outcome {number}: {name}\nMilestone\tDelivery date\tSenior responsible owner\n"
        text += f"Let contract {number} for the vessel\tMay 2025\tDirector, Marine\n"
        text += f"Report on the overflows of region {number}\tJune 2025\tDirector, Quality\n{measures}"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [a.activity.split()[0] for a in plan.activities] == ["Let", "Report", "Let", "Report"]
    assert len(plan.tables) == 2


def test_a_line_that_the_last_cells_of_other_rows_hold_heads_nothing() -> None:
    long = "Public Health, Warmth and Housing Inequalities Service"
    rows = [
        "Warm homes\tP1\tInsulate the lofts of the old estate\tMay 2025\tEnergy Service",
        "Nursing and Midwifery",
        f"P2\tReplace the boilers of the four tower blocks\tMay 2025\t{long}",
        "P3\tDraw up a list of the damp flats\tJune 2025\tPublic Health Team",
        long,
        "P4\tMend the lifts of the tower blocks\tJune 2025\tPublic Health Team",
        "Clean air\tP5\tPlant a hedge beside each school\tJune 2025\tTrees Team",
        "Mill Rivers Trust",
        "P6\tClose two roads to lorries\tJuly 2025\tUrgent and Winter Road Repairs Service",
        "P7\tMark a lane for bicycles\tMarch 2026\tTraffic Team",
        "Urgent and Winter Road Repairs Service",
        "P8\tSell the old vans\tMay 2026\tTraffic Team",
    ]
    found = _rows("\n".join(["Pillar\tRef\tAction\tWhen\tLead", *rows]))
    assert [row[0] for row in found[1:]] == ["Warm homes"] * 4 + ["Clean air"] * 4
    assert found[3][4] == f"Public Health Team {long}"
    assert found[7][4] == "Traffic Team Urgent and Winter Road Repairs Service"


def _plan(text: str) -> Plan:
    return read_plan(f"Delivery Plan 2025/26\n\n{text}".encode(), "plan.txt", Settings())


def test_what_is_to_be_done_may_stand_below_words_that_nobody_knows() -> None:
    plan = _plan(
        "Proposal\tLead officer\tTimetable\nReview the orders made before 1990\tTree Officer\tMay 2025\n"
        "Write a guide for householders\tTree Officer\tJune 2025\nHire a second expert for plans\tClerk\tJuly 2025\n"
    )
    assert [activity.activity for activity in plan.activities][:2] == [
        "Review the orders made before 1990",
        "Write a guide for householders",
    ]


def test_a_line_over_the_first_row_and_few_others_is_a_heading() -> None:
    plan = _plan(
        "Priority\tAction\tLead officer\tDue date\nPayroll 2024/25\n"
        "High\tList those who leave\tPayroll Manager\tMay 2025\nLow\tReview all access\tPayroll Manager\tJune 2025\n"
        "Rents 2023/24\nHigh\tFinish the reviews\tEstates Manager\tMay 2025\nLow\tAsk for papers\tClerk\tJune 2025\n"
    )
    assert [group.title for group in plan.groups] == ["Payroll 2024/25", "Rents 2023/24"]
    assert [activity.extra["Priority"] for activity in plan.activities] == ["High", "Low"] * 2


def test_a_heading_below_a_time_is_none_of_its_cell() -> None:
    plan = _plan(
        "Our land\nNo\tAction\tLead officer\tWhen\n1\tMow verges twice a year\tHighways Manager\tApril 2025\n"
        "2\tLeave dead wood standing\tTree Officer\tOngoing\nOther land\n3\tAdvise all churches\tEcologist\t2025\n"
        "4\tGive grants to parishes\tGrants Officer\tMay 2025\n"
    )
    assert [group.title for group in plan.groups] == ["Our land", "Other land"]


def test_what_is_said_again_below_each_heading_is_none() -> None:
    head = "Ref\tAction\tLead officer\tTarget date\n"
    one, two = "A1\tMend the roof\tClerk\tMay 2025\n", "A2\tSweep the yard\tWarden\tJune 2025\n"
    said = "Senior responsible officer: Director of Place\n\n"
    plan = _plan(f"Warm homes for all\n\n{said}{head}{one}Clean streets for all\n\n{said}{head}{two}")
    assert [group.title for group in plan.groups] == ["Warm homes for all", "Clean streets for all"]


def test_a_long_heading_is_told_by_the_label_that_others_have() -> None:
    head = "Ref\tAction\tLead officer\tTarget date\n"
    one, two = "A1\tMend the roof\tClerk\tMay 2025\n", "A2\tSweep the yard\tWarden\tJune 2025\n"
    long = "The force should make sure that those who lead record how they look at what others find"
    plan = _plan(f"Area for improvement 1: {long}\n{head}{one}Area for improvement 2: Answer calls\n{head}{two}")
    assert [group.title for group in plan.groups] == [long, "Answer calls"]


def test_the_last_cells_of_a_row_on_a_line_of_their_own_are_no_header() -> None:
    row = (
        "{0}\n\n\tMend the roof of hall {0}.\tMay 2025\t\n\nHead of Halls\n\n\tNumber of halls below {0}\tOn track\n\n"
    )
    rows = "".join(f"{row.format(f'1.{n}')}\n" for n in range(1, 6))
    text = f"Delivery Plan 2025/26\n\nRef\tAction\tDeadline\tSRO\tMeasure of success\tStatus\n{rows}"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [(a.ref, a.status) for a in plan.activities] == [(f"1.{n}", "On track") for n in range(1, 6)]
    assert plan.tables == ()


def test_names_of_columns_with_brackets_below_them_are_one_header() -> None:
    plan = _plan(
        "Action required\n(what needs to be done)\tLead\n(job title)\tDeadline\n(dd month yyyy)\n"
        "Mend the roof of the hall\tClerk\tMay 2025\nSweep the yard of the hall\tWarden\tJune 2025\n"
    )
    assert [activity.activity for activity in plan.activities] == [
        "Mend the roof of the hall",
        "Sweep the yard of the hall",
    ]
    assert plan.groups == ()
    assert plan.coverage.unread == ()


def test_where_a_label_marks_the_first_heading_a_plain_line_is_none() -> None:
    long = "Public Health, Immunisation and Health Inequalities Service"
    asked = "Its use has been asked for by the board in each of the last three years, and the money has been set aside."
    rows = [
        "Commitment 1 – A great place to work",
        "P1\tProvide a rest room at each acute site\tTo be confirmed\tWorkforce and OD Service",
        "Nursing and Midwifery",
        "P5\tRaise theatre use\tWithin 6 months of approval\tElective Recovery, Diagnostics and Theatres Service",
        "P6\tCommission a second scanner\tFebruary 2024 onwards\tDiagnostics Service",
        "P7\tTreat everyone who has waited more than 65 weeks\tJune - August 2023\tTheatres Service",
        f"P10\tVaccinate 72% of children against measles\tMarch - May 2024\t{long}",
        "P11\tMap access to dentists\tTermly\tPublic Health Team",
        f"{long}\n  • brushing\n  • resilience\n  • cooking",
        f"P15\tPut a nurse at the front door. {asked} {asked} Impacts will be assessed.\t2023/24\tSite Service",
    ]
    plan = _plan("\n".join(["No.\tActivity\tTimeframe\tOwner", *rows]).replace("\t", "\t\t"))
    assert "Nursing and Midwifery" not in [group.title for group in plan.groups]
    assert plan.activities[0].lead_officers == ("Workforce and OD Service", "Nursing and Midwifery")


def test_a_sentence_below_a_time_begins_the_next_row_of_rows_that_lack_cells() -> None:
    head = "Commitment| Deliverable| Accountability| Target date  \n---|---|---|---  \n"
    head += "Accountable officer| Directorate  \n"
    text = (
        "Care without delay| Offer all on the list a choice of clinic.| Clinics Team| Primary Division| May 2025  \n"
        "Raise the use of theatres to 55% of the hours there are.| Theatres Service| On-going  \n"
        "Treat all who have waited for more than 35 weeks.| Recovery Team| Quarterly  \n"
        "Set up a pathway with a biopsy within 11 days.| Theatres Service| Primary Division| End of June 2025  \n"
        "A place to work| Give doctors their rotas six weeks ahead.| Medical Team| Acute Division| End May 2025  \n"
        "Train eight assistants as nurses by the autumn.| Nursing Team; Workforce Team| by 30/04/2025  \n"
        "Provide a room for rest at each of the sites.| Workforce Team; Nursing Team| By 31 August 2025  \n"
        "Fill 48 posts of nurses with no more agencies.| Medical Team| Acute Division| By 31 August 2025  \n"
    )
    rows = _rows(head + text)[2:]
    assert [row[1].split()[0] for row in rows] == ["Offer", "Raise", "Treat", "Set", "Give", "Train", "Provide", "Fill"]
    assert [row[0] for row in rows] == ["Care without delay"] * 4 + ["A place to work"] * 4


def test_a_blank_line_behind_a_tab_stands_below_an_empty_last_cell_where_others_follow_on_the_next_line() -> None:
    def row(action: str, risk: str, date: str, owner: str) -> str:
        return f"{action}\n\t\n{risk}\n\t\n{date}\n\t\n" + (f"{owner}\n\n\n" if owner else "\n")

    actions = ("Agree a code for large events.", "Lend wheelchairs at all centres.", "Survey curlew with volunteers.")
    others = (
        "Advise graziers on the new schemes.",
        "Fell diseased ash beside the roads.",
        "Let plots to a land trust.",
    )
    text = "Action\tRisks\tTimescale\tLead officer\n\n" + "".join(
        row(action, risk, date, owner)
        for action, risk, date, owner in zip(
            (*actions, *others),
            ("Medium", "Loss of key staff", "High") * 2,
            ("Annual", "December 2025", "Quarter 2 2025-26") * 2,
            ("Head of Parks; Head of Access", "Head of Access", "Head of Woods") * 2,
            strict=True,
        )
    )
    text += row("Pilot a shuttle bus from the town on Sundays in summer.", "High", "Quarter 1 2025-26", "")
    exhibition = (
        "Redo the exhibition at the visitor centre:\nmodel of the valley\nWelsh and English sound\na quiet corner"
    )
    text += row(exhibition, "Low", "Quarter 4 2025-26", "Head of Access")
    rows = _rows(text)[1:]
    assert len(rows) == 8
    assert rows[6][2:] == ["Quarter 1 2025-26", ""]
    assert rows[7][0].startswith("Redo the exhibition at the visitor centre:")


def test_two_rows_of_names_that_are_hardly_known_are_a_header_by_the_number_of_their_cells() -> None:
    text = (
        "Quality Plan 2024/25\n"
        "MD/SD\tBreach or recommendation\tRegulation\tExecutive lead\tDelivery\tOversight\n"
        "Action taken\tTarget date\tStatus\tAssurance\n"
        "MD1\tPatients are seen too late.\t12(2)\tChief Nurse\tHire a second nurse\t31/08/2024\tOpen\tAudit\n"
        "MD2\tTrolleys are not checked.\t12(3)\tChief Nurse\tUse an electronic checklist\t30/09/2024\tOpen\tWalks\n"
        "MD3\tFridges are too warm.\t12(4)\tChief Pharmacist\tFit remote sensors to all\t30/06/2024\tOpen\tAlarms\n"
    )
    first = _plan(text).activities[0]
    assert (first.ref, first.activity, first.lead_officers) == (
        "MD1",
        "Hire a second nurse",
        ("Chief Nurse",),
    )
    assert dict(first.extra) == {
        "Breach or recommendation": "Patients are seen too late.",
        "Regulation": "12(2)",
        "Assurance": "Audit",
    }


_PLAN = (
    "Service Plan 2024/25\nRef\tAction\tLead\tDue\tStatus\tOutput\n"
    "A1\tOpen a hub in the old post office\tArea Manager\tJune 2024\tOpen\t24 desks\n"
    "A2\tGive grants to those who start\tArea Manager\tMay 2024\tOpen\t50 grants\n"
)


def test_tables_of_measures_or_counts_as_wide_as_the_plan_are_none_of_its_rows() -> None:
    measures = "Ref\tIndicator\tGood is\t2022/23\t2023/24\tTarget\nK1\tShops that are empty\tLow\t14%\t13%\t12%\n"
    counts = "Status\tHigh\tMedium\tLow\tTotal\nDone\t0\t2\t1\t3\nOpen\t2\t1\t0\t3\n"
    for other in (f"Measures\n{measures}", f"Summary\n{counts}"):
        assert [activity.ref for activity in _plan(_PLAN + other).activities] == ["A1", "A2"]


def test_a_title_beside_an_empty_cell_goes_over_all_columns() -> None:
    head, one, two = _PLAN.partition("A1")[0], *_PLAN.splitlines(True)[2:]
    plan = _plan(f"{head}\tPLACES\n{one}{two.replace('A2', 'A3')}\tPEOPLE\n{two}")
    titles = {group.id: group.title for group in plan.groups}
    assert [(a.ref, titles[a.group_id or ""]) for a in plan.activities] == [
        ("A1", "PLACES"),
        ("A3", "PLACES"),
        ("A2", "PEOPLE"),
    ]


def test_a_legend_right_above_the_header_heads_no_rows() -> None:
    title, rows = _PLAN.split("\n", 1)
    assert _plan(f"{title}\n\nRAG: G = green, R = red\n\n{rows}").groups == ()


def test_between_cells_of_paragraphs_a_browser_writes_tabs_on_lines_of_their_own() -> None:
    def row(*cells: str) -> str:
        return "\n\n\t\n\n".join(cells)

    rows = (
        row("Priority", "Action", "Lead Officer", "Target Date", "Outcome"),
        row("Help rough sleepers", "Write to all leaseholders.", "Head of Homes", "By May 2024", "Report received"),
        row("Set up a hardship fund for tenants.", "Head of Homes", "By July 2024", "Evaluation shows benefit"),
        row(
            "Introduce a single telephone number for reports", "Customer Manager", "Ongoing", "Evaluation shows benefit"
        ),
        row("Buy back 20 former council homes.", "Head of Repairs", "Ongoing", "Number of people taking part"),
        row("Prevent homelessness", "Improve how we handle complaints.", "Safety Manager", "Ongoing", "Uptake up"),
    )
    plan = _plan("\n\n\n\n\n".join(rows))
    assert [(a.activity, a.lead_officers) for a in plan.activities][:2] == [
        ("Write to all leaseholders.", ("Head of Homes",)),
        ("Set up a hardship fund for tenants.", ("Head of Homes",)),
    ]
    assert [group.title for group in plan.groups] == ["Help rough sleepers", "Prevent homelessness"]


def test_wide_gaps_end_the_rows_where_there_are_as_many() -> None:
    def row(action: str, when: str, *proofs: str) -> str:
        return f"\n\n{action}\n\n\t{when}\tHead of Homes\t\n" + "\n".join(proofs) + "\n\n"

    plan = _plan(
        "Die well\nWe will\tBy when\tLead(s)\tHow we will measure success"
        + row("Open a hospice in the north.", "Q1", "Plan published", "10% fewer complaints")
        + row("Train all nurses on the wards.", "Q2", "Two case studies published", "Uptake up by a quarter")
        + row("Write to every family", "Q3", "Works complete", "Report received by the committee")
    )
    assert [a.extra["How we will measure success"] for a in plan.activities] == [
        "Plan published\n10% fewer complaints",
        "Two case studies published\nUptake up by a quarter",
        "Works complete\nReport received by the committee",
    ]
    assert [group.title for group in plan.groups] == ["Die well"]


def test_tables_with_the_same_header_have_as_many_columns() -> None:
    head = "Ref\tAction\tResponsibility\tTimeframe\tKPI\nLead\tPartners\n"
    plan = _plan(
        f"Homes\n{head}"
        "1.1\tMend the roof of the hall\tHead of Homes\nHead of Parks\tShelter\nMind\tQ1\tA dry hall\n"
        "1.2\tOpen the new pool\tHead of Sport\nHead of Homes\tSwim UK\tQ2\tMore swimmers\n"
        f"Roads\n{head}"
        "2.1\tPaint all the bridges\tHead of Roads\tRivers Trust\tQ1\tNo rust\n"
        "2.2\tClose the old quay\tHead of Roads\tRivers Trust\tQ3\tNo boats\n"
    )
    assert [(a.ref, a.lead_officers) for a in plan.activities] == [
        ("1.1", ("Head of Homes", "Head of Parks")),
        ("1.2", ("Head of Sport", "Head of Homes")),
        ("2.1", ("Head of Roads",)),
        ("2.2", ("Head of Roads",)),
    ]


def test_two_rows_that_lack_merged_cells_are_not_one_row() -> None:
    plan = _plan(
        "Priority 1: Homes\nRef\tAction\tLead\tTimescale\tStatus\n"
        "1.1\tMend the roof of the hall\tLearning Subgroup\tQ1\tGreen\n"
        "1.2\tOpen the new pool\tComplete\n1.3\tPaint all the bridges\tGreen\n"
        "1.4\tClose the old quay\tBoard Manager\tQ3\tAmber\n"
        "1.5\tWrite to every family\tGreen\n1.6\tTrain all nurses\tAmber\n"
    )
    assert [(a.ref, a.lead_officers, a.status) for a in plan.activities][1:3] == [
        ("1.2", ("Learning Subgroup",), "Complete"),
        ("1.3", ("Learning Subgroup",), "Green"),
    ]


_THREE = (
    "Task\tWho\tWhen\tHow we will know\n"
    "Mend the roof of the hall\tHead of Homes\tQ1\tA dry hall\n"
    "Open the new pool\tHead of Sport\tQ2\tMore swimmers\n"
    "Paint all the bridges\tHead of Roads\tQ3\tNo rust\n"
)


def test_what_stands_below_the_last_table_behind_a_blank_line_is_none_of_its_last_cell() -> None:
    plan = _plan(f"{_THREE}\nAras an Chontae, Dunbrae")
    assert plan.activities[-1].extra == {"How we will know": "No rust"}
    assert not [issue for issue in plan.issues if issue.activity_id]


def test_lines_right_below_the_last_row_are_doubted() -> None:
    plan = _plan(f"{_THREE}Reviewed each term\nShare this:")
    assert [issue.field for issue in plan.issues if issue.activity_id == plan.activities[-1].id] == ["extra"]


def test_a_line_above_a_row_that_begins_with_people_is_one_more_of_them() -> None:
    plan = _plan(
        "Who is leading\tWhat we plan to do\tDate\n"
        "Registrar\tMend the roof of the hall\tQ1\nDean of Law\nDean of Arts\tOpen the new pool\tQ2\n"
        "Dean of Law\tPaint all the bridges\tQ3\nRegistrar\tClose the old quay\tQ4\n"
    )
    assert plan.activities[1].lead_officers == ("Dean of Law", "Dean of Arts")
    assert plan.groups == ()


def test_what_comes_again_over_tables_of_measures_and_of_actions_heads_nothing() -> None:
    measures = "Measures\nIndicator\tBaseline\tTarget\nSeen within four hours\t68%\t78%\nOccupied beds\t97%\t92%\n"
    head = "Actions\nID\tDeliverable\tSRO\tMilestone date\tRAG\n"
    plan = _plan(
        f"Priority 1 - Homes\n{measures}{head}"
        "A1\tMend the roof of the hall\tHead of Homes\tQ1\tG\n"
        "A2\tOpen the new pool\tHead of Sport\tQ2\tG\n"
        f"Priority 2 - Roads\n{measures}{head}"
        "B1\tPaint all the bridges\tHead of Roads\tQ1\tG\n"
        "B2\tClose the old quay\tHead of Roads\tQ3\tG\n"
        "Key risks\nRisk\tLikelihood\tImpact\tMitigation\nWinter is hard\t4\t4\tMore beds\nFloods\t3\t4\tMore pumps\n"
    )
    assert [group.title for group in plan.groups] == ["Homes", "Roads"]
    assert [a.group_id for a in plan.activities] == [group.id for group in plan.groups for _ in "12"]


def test_a_caption_that_names_its_heading_again_heads_nothing_in_a_text() -> None:
    head = "Ref\tAction\tLead\tWhen\n"
    plan = _plan(
        f"Outcome 1 - Homes\nActions for outcome 1\n{head}"
        "1.1\tMend the roof of the hall\tHead of Homes\tQ1\n1.2\tOpen the new pool\tHead of Sport\tQ2\n"
        f"Outcome 2 - Roads\n\nOnly 54% were happy.\n\nActions for outcome 2\n{head}"
        "2.1\tPaint all the bridges\tHead of Roads\tQ1\n2.2\tClose the old quay\tHead of Roads\tQ3\n"
    )
    assert [group.title for group in plan.groups] == ["Homes", "Roads"]
