"""Markdown as converters of web pages write it: what each of them makes of headers, headings and lists."""

from __future__ import annotations

import json

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings


def _records(text: str, name: str = "plan.md") -> list[dict[str, object]]:
    plan = json.loads(read_plan(text.encode(), name, Settings()).model_dump_json())
    titles = {group["id"]: group["title"] for group in plan["groups"]}
    return [{**activity, "group": titles.get(activity["group_id"])} for activity in plan["activities"]]


_ROWS = """\
| 1.1 | Mend the weir | Finance Directorate | Head of Parks | May 2025 |
| 1.2 | Paint the hall | Housing Directorate | Head of Halls | June 2025 |
| 1.3 | Open the baths | Finance Directorate | Head of Parks | July 2025 |
"""
_SHORT = "| Ref | Action | Accountability | | When |\n| --- | --- | --- | --- | --- |\n| Directorate | Lead |\n"
_WIDE = "| Ref | Action | Accountability |  | When |\n|---|---|---|---|---|\n|  |  | Directorate | Lead |  |\n"
_UNNAMED = "|  | Action | Accountability | | When |\n| --- | --- | --- | --- | --- |\n| Directorate | Lead |\n"
_UNNAMED_WIDE = "|  | Action | Accountability |  | When |\n|---|---|---|---|---|\n|  |  | Directorate | Lead |  |\n"
_BARE = "|  |  |  |  |  |\n| --- | --- | --- | --- | --- |\n| Ref | Action | Directorate | Lead | When |\n"


@pytest.mark.parametrize("header", [_SHORT, _WIDE, _UNNAMED, _UNNAMED_WIDE, _BARE])
def test_each_column_has_the_lowest_label_over_it_however_the_header_was_written(header: str) -> None:
    records = _records(f"# Plan 2025/26\n\n## Aim: Better places\n\n{header}{_ROWS}")
    assert [record["ref"] for record in records] == ["1.1", "1.2", "1.3"]
    assert records[0]["lead_directorates"] == ["Finance Directorate"]
    assert records[0]["lead_officers"] == ["Head of Parks"]
    assert records[2]["activity"] == "Open the baths"


@pytest.mark.parametrize("ruled", ["", "| --- | --- | --- | --- | --- |\n"])
def test_a_row_of_which_only_the_first_cell_is_filled_heads_a_group_ruled_off_or_not(ruled: str) -> None:
    header = "| Ref | Action | Directorate | Lead | When |\n| --- | --- | --- | --- | --- |\n"
    rows = _ROWS.splitlines(keepends=True)
    text = f"# Plan 2025/26\n\n{header}| **1. Better places** | | | | |\n{ruled}{''.join(rows[:2])}"
    records = _records(f"{text}| **2. Warm water** | | | | |\n{ruled}{rows[2]}")
    assert [record["group"] for record in records] == ["Better places", "Better places", "Warm water"]


def test_headings_that_are_underlined_head_groups() -> None:
    header = "| Ref | Action | Directorate | Lead | When |\n| --- | --- | --- | --- | --- |\n"
    records = _records(f"Plan 2025/26\n============\n\nBetter places\n-------------\n\n{header}{_ROWS}")
    assert {record["group"] for record in records} == {"Better places"}


def test_without_any_mark_the_line_right_above_a_table_is_its_heading() -> None:
    header = "| Ref | Action | Directorate | Lead | When |\n|---|---|---|---|---|\n"
    text = f"Plan 2025/26\nBetter places\n{header}{_ROWS}Warm water\n{header}{_ROWS.replace('| 1.', '| 2.')}"
    assert [record["group"] for record in _records(text, "plan.txt")] == ["Better places"] * 3 + ["Warm water"] * 3


def test_a_list_within_a_cell_keeps_its_items() -> None:
    header = "| Ref | Action | Directorate | Lead | When |\n| --- | --- | --- | --- | --- |\n"
    rows = _ROWS.replace("Mend the weir", "Mend the weir with:  * new stone * lime mortar")
    assert _records(f"# Plan 2025/26\n\n{header}{rows}")[0]["items"] == ["new stone", "lime mortar"]


@pytest.mark.parametrize("item", ["- ", ""])
def test_terms_and_descriptions_that_were_written_as_items_are_labels_and_values(item: str) -> None:
    cards = "".join(
        f"### {ref} {action}\n\n- Lead\n{item}Head of Parks\n- When\n{item}May 2025\n- Budget\n"
        f"{item}Within existing resources\n\n"
        for ref, action in (("1.1", "Mend the weir"), ("1.2", "Paint the hall"), ("1.3", "Open the baths"))
    )
    records = _records(f"# Plan 2025/26\n\n## Aim: Better places\n\n{cards}")
    assert [record["activity"] for record in records] == ["Mend the weir", "Paint the hall", "Open the baths"]
    assert records[1]["lead_officers"] == ["Head of Parks"]
    assert records[1]["extra"] == {"Budget": "Within existing resources"}


def test_a_bracket_at_the_end_is_a_note_with_a_doubt_where_line_breaks_are_lost() -> None:
    header = "| Ref | Action | Directorate | Lead | When |\n| --- | --- | --- | --- | --- |\n"
    rows = _ROWS.replace("Mend the weir", "Mend the weir (Manifesto pledge)")
    plan = json.loads(read_plan(f"# Plan 2025/26\n\n{header}{rows}".encode(), "plan.md", Settings()).model_dump_json())
    assert plan["activities"][0]["notes"] == ["Manifesto pledge"]
    assert ("note-inferred", "notes") in {(issue["code"], issue["field"]) for issue in plan["issues"]}


def test_upright_tables_with_a_status_in_the_first_row_below_the_rule_keep_their_labels() -> None:
    tables = "".join(
        f"Task| {action}  \n---|---  \nCurrent status| On track  \nTarget date| May 2025  \nSRO| {lead}  \n"
        for action, lead in (
            ("Mend the weir", "V. Marsh, Head of Parks"),
            ("Paint the hall", "Ann Sloe, Head of RSVPJohn Reed, Clerk"),
            ("Open the baths", "Ann Sloe, Head of HallsV. Marsh, Head of Parks"),
        )
    )
    records = _records(f"# Plan 2025/26\n\n## Aim: Better places\n\n{tables}")
    assert [record["status"] for record in records] == ["On track"] * 3
    assert records[1]["lead_officers"] == ["Ann Sloe, Head of RSVP", "John Reed, Clerk"]
    assert records[2]["lead_officers"] == ["Ann Sloe, Head of Halls", "V. Marsh, Head of Parks"]


def test_a_sentence_above_a_group_s_name_ends_the_row_before() -> None:
    header = "Theme| Ref| Action| Lead| When| Progress  \n---|---|---|---|---|---  \n"
    rows = (
        "Better places| P1| Mend the weir| Head of Parks| May 2025| Stone was bought.  \n"
        "P2| Paint the hall| Head of Halls| June 2025| Work has paused.  \n"
        "A decision is near.  \n"
        "Warm water| P3| Open the baths| Head of Parks| July 2025| Pumps were mended.  \n"
        "P4| Heat the pools| Head of Halls| May 2025| Pipes were laid.  \n"
    )
    records = _records(f"# Plan 2025/26\n\n{header}{rows}")
    assert [record["group"] for record in records] == ["Better places"] * 2 + ["Warm water"] * 2
    assert records[1]["progress"] == "Work has paused.\nA decision is near."


def test_a_group_that_is_ruled_off_right_below_the_header_leaves_it_its_table() -> None:
    header = "|  | Action | Directorate | Lead | When |\n| --- | --- | --- | --- | --- |\n"
    group = "| Better places | | | | |\n| --- | --- | --- | --- | --- |\n"
    rows = _ROWS.replace("Head of Halls", "Head of Parks Head of Halls")
    records = _records(f"# Plan 2025/26\n\n{header}{group}{rows}| Warm water | | | | |\n| 2.1 {_ROWS[6:72]}\n")
    assert [(record["ref"], record["group"]) for record in records] == [
        ("1.1", "Better places"),
        ("1.2", "Better places"),
        ("1.3", "Better places"),
        ("2.1", "Warm water"),
    ]
    assert records[1]["lead_officers"] == ["Head of Parks", "Head of Halls"]


def test_a_backslash_at_a_line_s_end_is_a_break_and_no_part_of_the_value() -> None:
    rows = "\n\n".join(
        f"**1.{n}** Mend engine number {n}.\n\nLed by: Head of Fleet\\\nTimescale: Summer 2026\\\nStatus: On track"
        for n in (1, 2, 3)
    )
    plan = read_plan(f"# Action Plan 2026/27\n\n### 1. Fleet\n\n{rows}\n".encode(), "plan.md", Settings())
    assert [a.lead_officers for a in plan.activities] == [("Head of Fleet",)] * 3
    assert {a.timescale and a.timescale.as_published for a in plan.activities} == {"Summer 2026"}


def test_hyphens_that_spell_a_dash_are_one_in_the_markdown_that_fences_its_divisions() -> None:
    rows = "\n\n".join(
        f"**1.{n}** Mend engine number {n}.\n\nLed by: Portfolio Holder -- Fleet\\\nTimescale: 2025--2026"
        for n in (1, 2)
    )
    text = f"# Action Plan 2026/27\n\n{rows}\n"
    read = [read_plan(page.encode(), "plan.md", Settings()) for page in (f"::: main\n{text}:::\n", text)]
    assert [plan.activities[0].lead_officers for plan in read] == [
        ("Portfolio Holder – Fleet",),
        ("Portfolio Holder -- Fleet",),
    ]


_DEFINED = """\
# Delivery Plan 2024/25 {#plan}

If you would like this plan in large print, write to the team of Ashby
Council, or ask at the desk of any library, where staff will help you,
and will read it to you where you wish.

## Places

#### 1.1 Mend the weir at Ash Mill, with regard to those who live below it, and tell all of them what will be done

Lead officer

:   Head of Rivers, Canals, Footpaths, Bridges, Weirs, Reservoirs and
    Communications

By when

:   May 2024

#### 1.2 Paint the council's hall with a citizens\\' panel of five

Lead officer

:   Head of Rivers, Canals, Footpaths, Bridges, Weirs, Reservoirs and
    Communications; Head of Halls

By when

:   June 2024
"""


def test_values_that_pandoc_broke_under_titles_that_it_left_whole_are_whole() -> None:
    plan = read_plan(_DEFINED.encode(), "plan.md", Settings())
    lead = "Head of Rivers, Canals, Footpaths, Bridges, Weirs, Reservoirs and Communications"
    assert [activity.lead_officers for activity in plan.activities] == [(lead,), (lead, "Head of Halls")]
    assert [group.title for group in plan.groups] == ["Places"]
    assert plan.activities[1].activity == "Paint the council\u2019s hall with a citizens' panel of five"


def test_a_value_that_comes_again_goes_on_with_the_item_that_it_is_set_under() -> None:
    items = "-   **Lead officer:** Strategic Director of Arts\n    Development\n-   **By when:** May 2024\n"
    between = "```{=html}\n<!-- -->\n```\n"
    bodies = (f"**{n}.1** Open hall {n} to:\n\n-   clubs\n-   choirs\n\n{between}{items}\n" for n in range(1, 5))
    plan = read_plan(f"# Plan 2024/25\n\n## Halls\n\n{''.join(bodies)}".encode(), "plan.md", Settings())
    assert [activity.lead_officers for activity in plan.activities] == [("Strategic Director of Arts Development",)] * 4
    assert plan.activities[0].activity == "Open hall 1 to:\n• clubs\n• choirs"
    assert not plan.coverage.unread


def test_a_sentence_that_comes_again_goes_on_with_the_cell_above_and_begins_no_row() -> None:
    paused = "Work paused until terms are known.  \nA decision is expected shortly.  \n"
    records = _records(
        "# Plan 2025/26\n\nAction| Directorate| When| Status| Progress  \n---|---|---|---|---  \n"
        f"Mend the weir.| Homes| May 2025| Red| {paused}"
        "Paint the hall.| Homes| June 2025| Green| Begun.  \n"
        f"Open the baths.| Places| July 2025| Red| {paused}"
        "Ring all 650 tenants.| June 2025| Green| Half are rung.  \n"
        "Clear the moat.| May 2025| Green| All clear.  \n"
        "Sell the depots.| Places| May 2025| Green| Two sold.  \n"
    )
    assert [record["activity"] for record in records][3] == "Ring all 650 tenants."
    assert records[2]["progress"] == "Work paused until terms are known.\nA decision is expected shortly."


def test_tags_break_the_lines_of_a_cell() -> None:
    text = (
        "# Plan 2025\n\n## Aim: Rivers\n\n| Ref | Action | Lead<br>officer | When |\n|---|---|---|---|\n"
        "| 1.1 | Mend the weir<br>(Manifesto pledge) | Head of Rivers<br/>Jo Marsh | May 2025 |\n"
        "| 1.2 | Paint the hall:<br>- red<br>- blue | Head of Halls | May 2025 |\n"
        "| 1.3 | Open:<ul><li>the baths</li><li>the hall</li></ul> | Head of Baths<br> | June 2025 |\n"
    )
    records = _records(text)
    assert [record["lead_officers"] for record in records] == [
        ["Head of Rivers", "Jo Marsh"],
        ["Head of Halls"],
        ["Head of Baths"],
    ]
    assert (records[0]["activity"], records[0]["notes"]) == ("Mend the weir", ["Manifesto pledge"])
    assert [record["items"] for record in records] == [[], ["red", "blue"], ["the baths", "the hall"]]


def test_a_header_that_names_what_and_when_may_have_columns_that_nobody_knows() -> None:
    head = "| Milestone | Threshold | Way of telling | Target date | Duty or wish |\n|---|---|---|---|---|\n"
    text = (
        f"# Plan 2021\n\n### Action 1: Rivers\n\n{head}"
        "| 1.1 Mend the weir by the mill | Done | Tool | May 30, 2021 | Duty |\n"
        f"| 1.2 Draw up a plan for the sluices | Done | Tool | Measured annually | Wish |\n\n"
        f"### Action 2: Halls\n\n{head}"
        "| 2.1 Paint the hall inside and out | Begun | Tool | As the budget says | Duty |\n"
    )
    records = _records(text)
    assert [record["ref"] for record in records] == ["1.1", "1.2", "2.1"]
    assert [record["group"] for record in records] == ["Rivers", "Rivers", "Halls"]
    assert records[0]["extra"] == {"Threshold": "Done", "Way of telling": "Tool", "Duty or wish": "Duty"}


def test_no_mark_of_a_broken_line_is_left_in_a_table_that_is_kept() -> None:
    text = (
        "# Plan 2025\n\n## Aim: Rivers\n\n| Ref | Action | Lead |\n|---|---|---|\n| 1.1 | Mend the weir | Mayor |\n\n"
        "## Contact\n\n---|---|---\nRiver<br>team| <br>Halls| Parks<br>\n---|---|---\n"
    )
    table = read_plan(text.encode(), "plan.md", Settings()).tables[-1]
    assert table.header == ("River team", "Halls", "Parks")
