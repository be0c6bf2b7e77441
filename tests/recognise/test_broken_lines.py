"""Text of printed pages: where lines end because the next word had no room, and where a cell does."""

from __future__ import annotations

from itertools import chain

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.paged_text import find_page_furniture, find_titles_again
from extractor.records import Plan

_TITLE = (
    "Wexcombe Borough Council\nDelivery Plan 2025/26\nThis plan says what will be done this year, by whom and by when; "
    "progress is reported to the cabinet after each quarter, and to everybody on our website.\n"
)


def _read(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def test_a_title_with_a_year_that_heads_and_foots_each_page_is_furniture() -> None:
    pages = [
        f"Delivery Plan 2025/26\nPage {number} of 4\nDelivery Plan 2025/26\nPlant {number} trees." for number in "1234"
    ]
    lines = "\n".join(pages).split("\n")
    found = find_page_furniture(lines)
    assert {number for number, line in enumerate(lines, 1) if "Delivery" in line} - found.keys() <= {1, 3}


def test_what_begins_the_text_is_the_head_of_its_second_and_last_page_too() -> None:
    head = "Delivery Plan 2025/26\nPage {} of 2\nWexcombe Borough Council\n"
    lines = (head.format(1) + "Mend the weir.\n\f" + head.format(2) + "Plant trees.").split("\n")
    found = find_page_furniture(lines)
    assert [lines[number - 1].strip("\f") for number in sorted(found) if number > 4] == head.format(2).split("\n")[:3]


_HEADER = "Ref Activity Timescale Lead officer Lead directorate\n"
_OFFICERS = ("Director of Public Health", "Assistant Director Housing", "Head of Commissioning", "Head of Homes")


def _rows(directorate: str, officers: tuple[str, ...] = _OFFICERS) -> str:
    return "".join(
        f"1.{number} Bring help with the rent to {number}0 more homes in the old\nstreets behind the harbour and "
        f"around the mill.\nQuarter {number % 4 + 1} {officers[number % 4]}\n{directorate}\n"
        for number in range(1, 8)
    )


def test_a_name_that_its_column_breaks_is_not_parted_there() -> None:
    broken = (
        "Assistant Director Strategic\nCommissioning",
        "Assistant Director, Adult Care\nOperations",
        "Director of Public Health",
        "Assistant Director\nHousing",
    )
    plan = _read(_TITLE + _HEADER + _rows("Adult Social\nCare and Health", broken))
    assert {each.lead_directorates for each in plan.activities} == {("Adult Social Care and Health",)}
    assert {each.lead_officers for each in plan.activities} == {(each.replace("\n", " "),) for each in broken}


@pytest.mark.parametrize("mark", ["\x02", "\ufffe"])
def test_what_a_browser_copies_for_a_hyphen_at_a_line_end_is_one(mark: str) -> None:
    plan = _read(_TITLE + _HEADER + _rows("Place").replace("old\nstreets", f"low{mark}income\nstreets"))
    assert all("low-income streets" in each.activity for each in plan.activities)
    assert not plan.coverage.unread


def test_measures_below_the_rows_are_a_table_of_their_own_though_no_blank_line_parts_them() -> None:
    measures = (
        "Performance measures\nRef Key performance indicator Good is Target\nPM01 Fixed penalty notices High 600\n"
        "PM02 Miles of road patched High 62\n"
    )
    plan = _read(_TITLE + _HEADER + _rows("Place") + measures)
    assert [each.ref for each in plan.activities] == [f"1.{number}" for number in range(1, 8)]
    assert len(plan.tables) == 1


_TORN = "Cyf /\nRef\nCam gweithredu / Action Amserlen /\nTimescale\nSwyddog arweiniol\n/ Lead officer\n"


def test_a_header_in_two_languages_that_begins_with_half_a_name_is_read() -> None:
    rows = "".join(
        f"{number} Agree {number} codes for large events on the\nsands\nBy 31 March\n2026\nCallum Rees\n"
        for number in range(1, 9)
    )
    plan = _read(_TITLE + _TORN + rows)
    assert [each.ref for each in plan.activities] == [str(number) for number in range(1, 9)]
    assert {(each.timescale.as_published, each.lead_officers) for each in plan.activities if each.timescale} == {
        ("By 31 March 2026", ("Callum Rees",))
    }


def test_a_header_comes_again_though_its_first_word_stands_alone_as_a_label_does() -> None:
    header = "Action\nref\nKey action By when Responsibility\n"
    rows = [
        f"{number} Bring help with the rent to more homes in the old\nstreets.\nMay 2025 Head of Homes\n"
        for number in range(1, 10)
    ]
    plan = _read(_TITLE + "".join(header + "".join(rows[at : at + 3]) for at in (0, 3, 6)))
    assert [each.ref for each in plan.activities] == [str(number) for number in range(1, 10)]
    assert not [each for each in plan.activities if "ref" in each.activity or "Action" in "".join(each.lead_officers)]


def test_a_line_that_begins_with_a_dash_alone_goes_on_with_the_one_above() -> None:
    text = _rows("Place").replace("old\nstreets", "old streets\n– all of them –\nand")
    plan = _read(_TITLE + _HEADER + text)
    assert {each.items for each in plan.activities} == {()}
    assert all("streets – all of them – and" in each.activity for each in plan.activities)


_RECORD = """{ref}
Cam gweithredu
/ Action {action}
Amserlen /
Timescale {time}
Swyddog
arweiniol / Lead
officer
Eleri Rees
Statws / Status
{state}
"""


def _records(heading: str = "") -> str:
    records = [
        _RECORD.format(
            ref=f"Ref\n2.{number}", action=f"Halve the time that {number}0 people wait.", time=time, state=state
        )
        for number, (time, state) in enumerate(
            [("May 2025", "On track"), ("June 2025", "Complete"), ("Ongoing", "Complete"), ("July 2025", "On track")]
            * 2,
            1,
        )
    ]
    return "".join(chain.from_iterable((heading * (at % 4 == 0), each) for at, each in enumerate(records)))


def test_labels_that_a_narrow_column_broke_are_whole() -> None:
    plan = _read(_TITLE + _records())
    assert [each.activity for each in plan.activities] == [
        f"Halve the time that {number}0 people wait." for number in range(1, 9)
    ]
    assert {each.lead_officers for each in plan.activities} == {("Eleri Rees",)}
    assert [each.status for each in plan.activities] == ["On track", "Complete", "Complete", "On track"] * 2
    assert not plan.coverage.unread


def test_a_label_above_a_value_that_is_a_label_elsewhere_is_not_joined_to_it() -> None:
    text = "".join(
        f"Ref\n2.{number}\nAction\nHalve the time that {number}0 people wait.\nDirectorate\nService Delivery\n"
        f"Timescale\n{time} 2025\n"
        for number, time in enumerate(("May", "June", "July", "August"), 1)
    )
    plan = _read(_TITLE + text)
    assert {each.lead_directorates for each in plan.activities} == {("Service Delivery",)}


def test_a_heading_below_the_value_of_a_last_label_heads_the_records_below_it() -> None:
    text = _records("Responding when it matters\n").replace("Responding when", "Waiting no longer than", 1)
    plan = _read(_TITLE + text)
    groups = {group.id: group.title for group in plan.groups}
    assert [groups[each.group_id or ""] for each in plan.activities] == [
        *["Waiting no longer than it matters"] * 4,
        *["Responding when it matters"] * 4,
    ]
    assert {each.status for each in plan.activities} == {"On track", "Complete"}


def test_a_heading_among_rows_is_one_though_no_blank_line_stands_around_it() -> None:
    rows = _rows("Environment and\nNeighbourhoods").replace("1.5 ", "A warm welcome\n1.5 ")
    plan = _read(_TITLE + _HEADER + "Safer streets\n" + rows)
    groups = {group.id: group.title for group in plan.groups}
    assert [groups[each.group_id or ""] for each in plan.activities] == ["Safer streets"] * 4 + ["A warm welcome"] * 3


def test_a_title_right_above_a_torn_header_names_no_columns() -> None:
    header = "Cyf /\nRef\nCam gweithredu / Action Delivery Statws /\nStatus\nAmserlen /\nTimescale\n"
    rows = "".join(
        f"{number} Agree {number} codes for large events on the\nsands\nIn house On track By 31 March\n2026\n"
        for number in range(1, 9)
    )
    plan = _read(_TITLE + "Strategic Action Plan 2025/26 to 2026/27\n" + header + rows)
    assert [each.ref for each in plan.activities] == [str(number) for number in range(1, 9)]
    assert {each.timescale.as_published for each in plan.activities if each.timescale} == {"By 31 March 2026"}
    assert {each.status for each in plan.activities} == {"On track"}


def test_refs_are_whole_whose_first_half_stands_on_a_line_above() -> None:
    rows = "".join(
        f"Action\n2.{number} Agree {number} codes for large events on the\nsands\nMay 2026\nCallum Rees\nPlace\n"
        for number in range(1, 7)
    )
    plan = _read(_TITLE + _HEADER + rows)
    assert [each.ref for each in plan.activities] == [f"2.{number}" for number in range(1, 7)]
    assert {each.lead_directorates for each in plan.activities} == {("Place",)}


@pytest.mark.parametrize(("torn", "ref"), [("TH\x0201Host", "TH-01"), ("TH\x0202bb) Host", "TH-02b")])
def test_a_ref_that_a_browser_makes_whole_is_parted_from_the_cell_beside_it(torn: str, ref: str) -> None:
    first = "TH-01a a) Find a hall." if ref == "TH-02b" else "TH-00 Find a hall."
    second = "TH-02a a) Find a stage.\nMay 2025\nHead of Homes\nPlace\n" if ref == "TH-02b" else ""
    rows = f"{first}\nMay 2025\nHead of Homes\nPlace\n{second}{torn} a breakfast.\nMay 2025\nHead of Homes\nPlace\n"
    plan = _read(_TITLE + _HEADER + rows)
    assert (plan.activities[-1].ref, plan.activities[-1].activity) == (ref, "Host a breakfast.")


def test_the_title_that_heads_pages_of_which_nothing_else_is_left_heads_no_rows() -> None:
    rows = _rows("Environment and\nNeighbourhoods")
    for number in (3, 5, 7):
        rows = rows.replace(f"1.{number} ", f"Delivery Plan 2025/26\n1.{number} ")
    plan = _read(_TITLE + _HEADER + "Safer streets\n" + rows)
    assert [group.title for group in plan.groups] == ["Safer streets"]
    assert not [each for each in plan.activities if "Plan" in "".join(each.lead_directorates)]


def test_items_that_dashes_open_are_items_though_lines_of_text_stand_between_them() -> None:
    text = (
        "Wexcombe Borough Council\nDelivery Plan 2025/26\n\nHousing\n"
        "– Build 200 new homes by March 2026 (Lead: Head of Housing)\nWe will work with partners on this.\n"
        "– Bring 40 empty homes back into use by June 2026 (Lead: Head of Housing)\nMore is in our strategy.\n"
        "– Retrofit 500 homes by March 2027 (Lead: Head of Property)\nThis depends on grants.\n"
    )
    assert [record.lead_officers for record in _read(text).activities] == [
        ("Head of Housing",),
        ("Head of Housing",),
        ("Head of Property",),
    ]


def test_what_many_records_say_alike_is_no_title_of_pages() -> None:
    record = "{}. Mend weir number {} at Ash Mill\nLead officer: Head of Rivers\nTimescale: May 2025\n\n"
    plan = _read("".join(record.format(number, number) for number in range(1, 12)))
    assert len(plan.activities) == 11
    assert not find_titles_again(["1. Mend the weir", "Progress update: begun in May 2025", ""] * 12)
