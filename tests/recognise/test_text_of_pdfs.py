"""Text that was taken out of a PDF line by line: cells keep their order, and lose nothing but their borders."""

from __future__ import annotations

from itertools import chain

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.paged_text import find_page_furniture
from extractor.records import Plan

_TITLE = "Wexcombe Borough Council\nDelivery Plan 2025/26\n"
_HEADER = """Ref Activity Timescales for
completion
Lead officer Lead
directorate
Lead Cabinet
Member
"""
_FIRST = """1.1 Plant two hundred street trees in the wards that have the
fewest of them.
Quarter 2 Head of Parks Place
Cabinet Member for
Environment
1.2 Mend the weir at Mill Lane before the winter, together with
volunteers of the Rivers
Trust.
Quarter 3 Head of Highways Place
Cabinet Member for
Transport
"""
_SECOND = """1.3 Open a repair shop in the old library, and run it together
with the Repair Society and with its
friends.
Quarter 4 Head of Libraries Communities
Cabinet Member for
Culture
1.4 Publish the tree strategy and report on it to the cabinet
every year.
Quarter 1 Head of Parks Place
Cabinet Member for
Environment
1.5 Train all wardens in the use of the new cameras, and buy
ten more.
Quarter 2 Head of Highways Place
Cabinet Member for
Transport
"""


def _read(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def _people(plan: Plan) -> list[tuple[str | None, list[str], list[str], list[str]]]:
    return [
        (each.ref, list(each.lead_officers), list(each.lead_directorates), list(each.lead_cabinet_members))
        for each in plan.activities
    ]


_OFFICERS = {
    "1.1": ("Head of Parks", "Place", "Cabinet Member for Environment"),
    "1.2": ("Head of Highways", "Place", "Cabinet Member for Transport"),
    "1.3": ("Head of Libraries", "Communities", "Cabinet Member for Culture"),
    "1.4": ("Head of Parks", "Place", "Cabinet Member for Environment"),
    "1.5": ("Head of Highways", "Place", "Cabinet Member for Transport"),
}
_ALL = [(ref, [officer], [body], [member]) for ref, (officer, body, member) in _OFFICERS.items()]


def test_a_header_whose_names_are_broken_over_lines_is_read() -> None:
    plan = _read(_TITLE + _HEADER + _FIRST + _SECOND)
    assert _people(plan) == _ALL
    assert [each.timescale.as_published for each in plan.activities if each.timescale] == [
        f"Quarter {number}" for number in (2, 3, 4, 1, 2)
    ]


@pytest.mark.parametrize("apart", ["\f", "\f\n", ""])
def test_what_repeats_where_pages_meet_is_furniture_and_the_header_there_comes_again(apart: str) -> None:
    heads = [f"Page {number} of 3\nWexcombe Borough Council\n" for number in (1, 2, 3)]
    rows = (_FIRST, _SECOND[: _SECOND.index("1.4")], _SECOND[_SECOND.index("1.4") :])
    text = apart.join(head + _HEADER + each for head, each in zip(heads, rows, strict=True))
    plan = _read(text.replace(_HEADER, "Delivery Plan 2025/26\n" + _HEADER, 1))
    assert _people(plan) == _ALL
    assert not plan.coverage.unread


def test_a_row_that_the_end_of_a_page_cuts_goes_on_with_the_rest_of_its_cells() -> None:
    head = "Page {} of 2\nWexcombe Borough Council\n"
    cut = "Quarter 3 Head of Highways Place\nCabinet Member for\n"
    first = _FIRST[: _FIRST.rindex("Transport")]
    assert first.endswith(cut)
    rest = "(Subject to the grant)\nTransport\n"
    text = head.format(1) + _TITLE + _HEADER + first + "\f" + head.format(2) + _HEADER + rest + _SECOND
    plan = _read(text)
    assert [each.ref for each in plan.activities] == list(_OFFICERS)
    torn = plan.activities[1]
    assert torn.notes == ("Subject to the grant",)
    weir = "Mend the weir at Mill Lane before the winter, together with volunteers of the Rivers Trust."
    assert torn.activity == weir


def test_a_row_without_a_ref_below_a_page_end_that_has_its_own_time_and_owner_is_one_of_its_own() -> None:
    row = "Dredge the upper basin of the harbour.\nQuarter 1 Head of Parks Place\nCabinet Member for\nEnvironment\n"
    pages = ["Page 1 of 2\n" + _TITLE + _HEADER + _FIRST, "Page 2 of 2\n" + _HEADER + row + _SECOND]
    plan = _read("\f".join(pages))
    assert [each.ref for each in plan.activities] == ["1.1", "1.2", None, "1.3", "1.4", "1.5"]


def test_refs_that_a_narrow_column_tore_are_whole() -> None:
    rows = """2.1
a) Make it easier to walk to school:
a) Paint ten crossings near schools.
Quarter 2 Head of Highways Place
Cabinet Member for
Transport
2.1
b)
b) Lend scooters to all first forms.
Quarter 3
2.1
c) c) Close two lanes in the morning.
Quarter 4
"""
    plan = _read(_TITLE + _HEADER + _FIRST + rows)
    assert [each.ref for each in plan.activities] == ["1.1", "1.2", "2.1a", "2.1b", "2.1c"]
    assert [each.activity for each in plan.activities[2:]] == [
        "Paint ten crossings near schools.",
        "Lend scooters to all first forms.",
        "Close two lanes in the morning.",
    ]


def test_words_with_a_hyphen_at_a_line_end_are_whole() -> None:
    plan = _read((_TITLE + _HEADER + _FIRST + _SECOND).replace("Rivers\nTrust", "Wexcombe Energy Co-\noperative"))
    assert "Wexcombe Energy Co-operative." in plan.activities[1].activity
    assert not plan.coverage.unread


def test_lines_below_a_colon_are_items_that_begin_where_the_line_before_had_room() -> None:
    row = """1.6 Help households in old terraces to insulate them well, with:
six open homes, of which two are rented
a guide to lime, to damp and to walls that the county has
printed
a list of builders
Quarter 1 Head of Housing Place
Cabinet Member for
Homes
"""
    plan = _read(_TITLE + _HEADER + _FIRST + _SECOND + row)
    assert plan.activities[-1].items == (
        "six open homes, of which two are rented",
        "a guide to lime, to damp and to walls that the county has printed",
        "a list of builders",
    )


_ACTIONS = (
    "Plant two hundred street trees in the wards that have the\nfewest of them.",
    "Mend the weir at Mill Lane before the winter, with\nvolunteers of the Rivers Trust.",
    "Open a repair shop in the old library, and run it\ntogether with the Repair Society.",
    "Publish the tree strategy and report on it to the cabinet\nevery year.",
)


def test_a_colon_at_the_end_of_a_full_line_is_no_sure_sign_of_a_list() -> None:
    row = """1.6 Work with the partners of the market for more visitors, with:
the town, the county and the traders
Quarter 1 Head of Housing Place
Cabinet Member for
Homes
"""
    plan = _read(_TITLE + _HEADER + _FIRST + _SECOND + row)
    record = plan.activities[-1]
    assert any(each.code == "items-inferred" and each.activity_id == record.id for each in plan.issues)


def _scattered() -> str:
    """Rows of which two stand side by side as far as their cells go: both refs, both times, and so on."""
    lines: list[str] = []
    for first in range(1, 13, 2):
        one, other = _ACTIONS[first % 4], _ACTIONS[(first + 1) % 4]
        lines += [f"1.{first}", f"1.{first + 1}", one, "Quarter 2", "Quarter 4"]
        lines += ["Head of Parks", other, "Head of Highways"]
        lines += ["Place", "Cabinet Member for", "Environment", "Place"]
    return "\n".join(lines) + "\n"


def test_nothing_is_read_off_rows_whose_cells_do_not_follow_one_another() -> None:
    plan = _read(_TITLE + _HEADER + _scattered())
    assert all(not each.lead_officers and each.timescale is None for each in plan.activities)
    told = {(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "layout-scrambled"}
    fields = ("activity", "lead_officers", "lead_directorates", "lead_cabinet_members")
    assert told >= {(each.id, field) for each in plan.activities for field in fields}
    assert any("give the PDF itself" in issue.message for issue in plan.issues)


_TEXTS = "Mow the verges Clerk", "Rake the leaves Clerk", "Dig a pond Warden", "Paint the gate Clerk"


def test_the_head_of_the_first_page_and_the_header_of_a_table_are_no_furniture() -> None:
    pages = [
        ["Wexcombe", "Ref Action Lead", f"1.{number} {text}", str(number)] for number, text in enumerate(_TEXTS, 1)
    ]
    lines = [f"\f{line}" if line == "Wexcombe" and at else line for at, line in enumerate(chain.from_iterable(pages))]
    found = find_page_furniture(lines)
    assert {number: lines[number - 1].strip() for number in found} == {
        4: "1", 5: "Wexcombe", 8: "2", 9: "Wexcombe", 12: "3", 13: "Wexcombe", 16: "4"
    }  # fmt: skip


def test_numbers_that_do_not_count_up_are_no_pages() -> None:
    assert find_page_furniture(["see page 3", "Mow", "see page 9", "Rake", "Page 1", "Dig"]) == {}


def test_rows_at_the_ends_of_short_pages_are_no_furniture_and_refs_there_no_page_numbers() -> None:
    people = ("Clerk", "Warden", "Ranger", "Porter", "Keeper", "Sexton")
    rows = [
        (f"{number}", f"Mend gate {number}", lead, f"June {2024 + number}") for number, lead in enumerate(people, 1)
    ]
    pages = [rows[at : at + 2] for at in range(0, len(rows), 2)]
    for apart in ("\t", " ", "\n"):
        texts = ["".join(apart.join(row) + "\n" for row in page) for page in pages]
        head = apart.join(("Ref", "Action", "Lead officer", "Timescale"))
        assert find_page_furniture("\f".join((f"{head}\n{texts[0]}", *texts[1:])).split("\n")) == {}


def test_a_state_or_a_numbered_heading_at_the_end_of_every_page_is_no_furniture() -> None:
    pages = [f"Project {number}\n{text}\nOngoing\n" for number, text in enumerate(_TEXTS, 1)]
    assert find_page_furniture("\f".join(pages).split("\n")) == {}


def test_how_far_an_action_is_may_count_up_as_pages_do() -> None:
    lines = [line for number, text in enumerate(_TEXTS, 1) for line in (text, "Head of Parks", f"{number} of 4")]
    assert find_page_furniture(lines) == {}


def test_a_hyphen_that_stands_for_a_word_keeps_its_blank() -> None:
    plan = _read((_TITLE + _HEADER + _FIRST + _SECOND).replace("Rivers\nTrust", "town in pre-\nand after-school clubs"))
    assert "in pre- and after-school clubs." in plan.activities[1].activity


def test_what_is_both_head_and_foot_of_each_page_is_furniture() -> None:
    lines = [line for text in _TEXTS for line in ("\fWexcombe", text, f"Lead {text}", "Wexcombe")]
    assert sorted(find_page_furniture(lines)) == [4, 5, 8, 9, 12, 13, 16]
