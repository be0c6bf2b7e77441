"""Tables in which a bar closes every cell, with lines of their own, as trafilatura writes those of a page."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings

_TITLE = "Watermeadow Plan 2025/26\nThe council adopted it in March 2025.\n"
_HEAD = ("Ref", "Action", "When", "Lead", "Update")
_ROWS = (
    ("1.1", "Mend the weir below the mill", "May 2025", "Head of Rivers", "Contractor appointed."),
    ("1.2", "Paint the hall inside and out", "June 2025", "Head of Halls", "Not begun."),
    ("1.3", "Open the baths for the summer", "July 2025", "Head of Rivers", "Tests are under way."),
)


def _plan(text: str, name: str = "plan.txt") -> dict[str, list[dict[str, object]]]:
    return dict(json.loads(read_plan(text.encode(), name, Settings()).model_dump_json()))


def _told(plan: dict[str, list[dict[str, object]]], ref: str) -> set[object]:
    """The fields of a record that a warning names."""
    ids = {record["ref"]: record["id"] for record in plan["activities"]}
    issues = (issue for issue in plan["issues"] if issue["severity"] != "info")
    return {issue["field"] for issue in issues if issue["activity_id"] == ids[ref]}


def _below(*cells: str) -> str:
    return "".join(f"{cell} |\n" for cell in cells)


def _beside(*cells: str) -> str:
    return f"{' | '.join(cells)} |\n"


@pytest.mark.parametrize("write", [_below, _beside])
@pytest.mark.parametrize("opened", [False, True])
def test_bars_alone_tell_the_rows_however_many_lines_they_have(write: Callable[..., str], opened: bool) -> None:
    bar = "|\n" if opened else ""
    rows = "".join(f"{bar}{write(*row)}" for row in _ROWS)
    text = f"{_TITLE}{bar}{write(*_HEAD)}{bar.strip()}---|---|---|---|---|\n{rows}Notes\nNobody knows.\n"
    records = _plan(text)["activities"]
    assert [record["ref"] for record in records] == ["1.1", "1.2", "1.3"]
    assert [record["activity"] for record in records] == [row[1] for row in _ROWS]
    assert [record["lead_officers"] for record in records] == [[row[3]] for row in _ROWS]
    assert [record["progress"] for record in records] == [row[4] for row in _ROWS]


def test_a_line_between_two_tables_is_no_cell_of_the_first() -> None:
    head = "Action | Owner |\n---|---|\n"
    rows = [f"{action} | {lead} |\n" for _, action, _, lead, _ in _ROWS]
    text = f"{_TITLE}2025 to 2026\n{head}{rows[0]}2026 to 2027\n{head}{rows[1]}{rows[2]}"
    records = _plan(text, "plan.md")["activities"]
    assert [record["timescale"] for record in records] == [None] * 3
    assert [record["lead_officers"] for record in records] == [
        ["Head of Rivers"],
        ["Head of Halls"],
        ["Head of Rivers"],
    ]


def test_the_last_row_of_a_table_lacks_the_bars_that_fill_up_others() -> None:
    short = ("1.4", "Plant willows along the river bank", "May 2025", "Head of Rivers")
    rows = "".join(_beside(*row) for row in _ROWS)
    head = _beside(*_HEAD) + "---|---|---|---|---|\n"
    more = rows.replace("1.", "2.") + _beside(*short).replace("1.4", "2.4")
    text = f"{_TITLE}Priority: Rivers\n{head}{rows}{_beside(*short)}Priority: Baths\n{head}{more}"
    plan = _plan(text)
    assert [record["ref"] for record in plan["activities"]] == ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4"]
    assert [group["title"] for group in plan["groups"]] == ["Rivers", "Baths"]
    assert plan["activities"][3]["progress"] is None


def test_a_cell_that_a_row_lacks_is_empty_and_does_not_go_on_from_above() -> None:
    rows = "".join(_below(*row) for row in _ROWS)
    short = "1.4 |\nPlant willows along the bank |\nAugust 2025 |\nHead of Halls | |\n"
    text = f"{_TITLE}{_below(*_HEAD)}---|---|---|---|---|\n{rows}{short}{_below('1.5', *_ROWS[0][1:])}"
    record = _plan(text)["activities"][3]
    assert (record["ref"], record["lead_officers"], record["progress"]) == ("1.4", ["Head of Halls"], None)
    assert record["inherited"] == []


def test_a_row_of_one_cell_heads_a_group_and_a_list_keeps_its_items() -> None:
    rows = [_beside(*row) for row in _ROWS]
    listed = "1.3 | Open the baths with:\n- warm water\n- clean towels\n| July 2025 | Head of Rivers | Begun. |\n"
    inline = listed.replace("with:\n- ", "with: - ").replace("1.3", "1.4")
    text = (
        f"{_TITLE}{_beside(*_HEAD)}---|---|---|---|---|\nPriority: Rivers | ||||\n{rows[0]}{rows[1]}"
        f"Priority: Baths | ||||\n{listed}{inline}"
    )
    plan = _plan(text)
    assert [group["title"] for group in plan["groups"]] == ["Rivers", "Baths"]
    assert [record["items"] for record in plan["activities"][2:]] == [["warm water", "clean towels"]] * 2


def test_without_a_rule_the_first_row_tells_how_many_columns_there_are() -> None:
    opened = "".join(f"|\n{_below(*row)}" for row in (_HEAD, *_ROWS))
    plan = _plan(_TITLE + opened)
    assert [record["ref"] for record in plan["activities"]] == ["1.1", "1.2", "1.3"]
    assert plan["activities"][2]["lead_officers"] == ["Head of Rivers"]


def test_a_text_that_ends_within_a_row_says_so() -> None:
    rows = "".join(_below(*row) for row in _ROWS[:2])
    text = f"{_TITLE}{_below(*_HEAD)}---|---|---|---|---|\n{rows}1.3 |\nOpen the baths |\nJuly 2025 |\nHead of"
    plan = _plan(text)
    assert "lead_officers" in _told(plan, "1.3")


def test_a_row_with_a_bar_within_a_cell_ends_no_table() -> None:
    rows = "".join(_beside(*row) for row in _ROWS)
    text = f"{_TITLE}{_beside(*_HEAD)}---|---|---|---|---|\n{rows.replace('Head of Halls', 'Clerk | Head of Halls')}"
    plan = _plan(text)
    assert [record["ref"] for record in plan["activities"]] == ["1.1", "1.2", "1.3"]
    assert _told(plan, "1.2")


def test_empty_cells_at_the_ends_of_rows_of_ordinary_markdown_are_empty() -> None:
    rows = "| Mend the weir | Works began | Finish the bank | Funded |\n| Paint the hall | A quote came | | |\n"
    rows += "| Open the baths | Paint was bought | Hire a guard | |\n| Buy seats | Hire a joiner | | |\n"
    head = "| Action | Progress | Next steps | Notes |\n|---|---|---|---|\n"
    plan = _plan(f"# Watermeadow Plan 2025/26\n\n{head}{rows}", "plan.md")
    assert [record["progress"] for record in plan["activities"]] == [
        "Works began",
        "A quote came",
        "Paint was bought",
        "Hire a joiner",
    ]
    assert [issue for issue in plan["issues"] if issue["code"] == "border-inferred"] == []
