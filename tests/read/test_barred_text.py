"""Texts of pages in which bars part whatever tags parted, rows from rows as cells from cells."""

from __future__ import annotations

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

_PIECES = (
    "Ashby Council",
    "Home",
    "Delivery Plan 2025/26",
    "Aim 1: Places",
    *("Ref", "Action", "Lead officer", "By when"),
    *("1.1", "Mend the weir at Ash Mill", "Head of Rivers", "May 2025"),
    *("1.2", "Paint the hall", "Head of Halls", "June 2025"),
    "Aim 2: Water",
    *("Ref", "Action", "Lead officer", "By when"),
    *("2.1", "Open the baths on Sundays", "Head of Leisure", "July 2025"),
    *("2.2", "Light the pool", "Head of Leisure", "August 2025"),
)


def _read(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def _records(plan: Plan) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [(activity.ref, activity.activity, activity.lead_officers) for activity in plan.activities]


def test_a_text_on_one_line_is_read_as_one_whose_bars_are_line_ends() -> None:
    plan = _read("|".join(_PIECES))
    assert _records(plan) == _records(_read("\n".join(_PIECES)))
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2", "2.1", "2.2"]
    assert {activity.location.lines for activity in plan.activities if activity.location} == {(1, 1)}
    assert plan.coverage.words == plan.coverage.claimed


def test_bars_between_the_blanks_of_a_page_are_no_borders_of_rows() -> None:
    rows = [_PIECES[4:8], _PIECES[8:12], _PIECES[12:16], _PIECES[16:17], _PIECES[17:21], _PIECES[21:25], _PIECES[25:]]
    lines = [
        "|Ashby Council|Home|",
        "|",
        "|Delivery Plan 2025/26|",
        "|Aim 1: Places|",
        "|",
        *(f"|{'|'.join(row)}|" for row in rows),
    ]
    plan = _read("\n" + "\n".join(lines) + "\n")
    assert _records(plan) == _records(_read("\n".join(_PIECES)))
    assert [activity.location.lines for activity in plan.activities if activity.location] == [
        (8, 8),
        (9, 9),
        (12, 12),
        (13, 13),
    ]


def test_bars_that_part_cells_still_do() -> None:
    rows = "\n".join(f"| {n}.1 | Mend weir {n} | Head of Rivers |" for n in range(1, 9))
    plan = _read(f"Plan 2025/26\n\n| Ref | Action | Lead officer |\n{rows}\n")
    assert [activity.lead_officers for activity in plan.activities] == [("Head of Rivers",)] * 8
