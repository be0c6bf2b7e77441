"""Tables whose rows open to show more: child rows of DataTables, and cells that a narrow window has no room for."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

_ROWS = (
    ("1.1", "Mend the roof of the hall", "May 2024", "Head of Estates", "On track"),
    ("1.2", "Sweep the yard of the depot", "Quarter 3", "Head of Streets", "Delayed"),
    ("1.3", "Open a second library", "Ongoing", "Head of Libraries", "Complete"),
)
_HIDDEN = ' style="display: none;"'


def _plan(head: str, rows: str, classes: str) -> Plan:
    page = (
        f"<title>Service Plan 2024/25</title><h1>Service Plan 2024/25</h1><h2>Priority 1: Homes</h2>"
        f"<table class='{classes}'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return read_plan(page.encode(), "plan.html", Settings())


def _head(hidden: bool) -> str:
    shown = "<th>Ref</th><th>Action</th><th>Timescale</th>"
    return shown + f"<th{_HIDDEN}>Lead officer</th><th{_HIDDEN}>Status</th>" * hidden


def _row(cells: tuple[str, ...], hidden: bool) -> str:
    shown = "".join(f"<td>{text}</td>" for text in cells[:3])
    rest = "".join(f"<td{_HIDDEN}>{text}</td>" for text in cells[3:]) if hidden else ""
    return f"<tr class='parent'>{shown}{rest}</tr>"


def _listed(officer: str, state: str) -> str:
    items = (("Lead officer", officer), ("Status", state))
    listed = "".join(
        f"<li><span class='dtr-title'>{label}</span> <span class='dtr-data'>{text}</span></li>" for label, text in items
    )
    return f"<tr class='child'><td class='child' colspan='3'><ul class='dtr-details'>{listed}</ul></td></tr>"


def _tabled(officer: str, state: str) -> str:
    pairs = (("Lead officer:", officer), ("Status:", state))
    rows = "".join(f"<tr><td>{label}</td><td>{text}</td></tr>" for label, text in pairs)
    return f"<tr><td colspan='3'><table>{rows}</table></td></tr>"


def _said(plan: Plan) -> list[tuple[str | None, str, str | None, tuple[str, ...], str | None]]:
    return [
        (a.ref, a.activity, a.timescale and a.timescale.as_published, a.lead_officers, a.status)
        for a in plan.activities
    ]


_EXPECTED = [(ref, action, when, (officer,), state) for ref, action, when, officer, state in _ROWS]


@pytest.mark.parametrize("opened", [0, 1, 3])
def test_cells_hidden_for_want_of_room_are_read_once(opened: int) -> None:
    rows = "".join(_row(row, True) + (_listed(*row[3:]) if n < opened else "") for n, row in enumerate(_ROWS))
    plan = _plan(_head(True), rows, "dataTable dtr-inline collapsed")
    assert _said(plan) == _EXPECTED
    assert [group.title for group in plan.groups] == ["Homes"]
    assert plan.coverage.claimed == plan.coverage.words


def test_hidden_cells_of_other_tables_stay_hidden() -> None:
    plan = _plan(_head(True), "".join(_row(row, True) for row in _ROWS), "plain")
    assert [activity.lead_officers for activity in plan.activities] == [()] * 3


@pytest.mark.parametrize("child", [_listed, _tabled])
def test_what_child_rows_say_is_of_the_row_above(child: object) -> None:
    assert callable(child)
    rows = "".join(_row(row, False) + child(*row[3:]) for row in _ROWS)
    plan = _plan(_head(False), rows, "dataTable")
    assert _said(plan) == _EXPECTED
    assert plan.coverage.claimed == plan.coverage.words


def test_a_table_within_a_row_of_its_own_that_has_no_known_labels_is_left_as_it_is() -> None:
    rows = "".join(_row(row, False) + _tabled(*row[3:]) for row in _ROWS)
    plan = _plan(_head(False), rows.replace("Lead officer:", "Zot").replace("Status:", "Xu"), "dataTable")
    assert not any(activity.extra or activity.lead_officers for activity in plan.activities)
