"""Cells of a page that say something by a colour alone."""

from __future__ import annotations

import pytest

from extractor.pipeline import extract_bytes
from extractor.read.html.styles import Styles
from extractor.records import Plan


def plan_with(cells: list[str], head: str = "") -> Plan:
    """The plan of a page whose column of states has these cells, as they are written."""
    rows = "".join(
        f"<tr><td>1.{number}</td><td>Plant {number} hundred trees beside the river</td><td>Head of Parks</td>"
        f"<td>June 2025</td>{cell}</tr>"
        for number, cell in enumerate(cells, start=1)
    )
    header = "".join(f"<th>{name}</th>" for name in ("Ref", "Action", "Lead officer", "Target date", "RAG"))
    page = f"<html><head><style>{head}</style></head><body><h1>Progress report 2025/26</h1><table><tr>{header}</tr>"
    return extract_bytes(f"{page}{rows}</table></body></html>".encode(), "page.html")


def doubted(plan: Plan) -> list[tuple[str | None, str | None]]:
    return [(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "colour-unread"]


@pytest.mark.parametrize(
    "cell",
    [
        '<td style="background: #c00000"></td>',
        '<td style="background-color:rgb(0, 128, 0)">&nbsp;</td>',
        "<td bgcolor=green></td>",
        '<td class="late"></td>',
        '<td class="bg-success"></td>',
        '<td><span class="dot" style="background:orange"></span></td>',
        '<td><span style="color:#f00">●</span></td>',
        '<td><i class="fa fa-circle text-danger"></i></td>',
        '<td style="background:#c00">-</td>',
    ],
)
def test_a_colour_without_a_word_is_told_of_its_record_and_field(cell: str) -> None:
    plan = plan_with(["<td>On track</td>", cell, "<td>Late</td>", "<td></td>"], ".late { background: crimson }")
    assert doubted(plan) == [("1.2", "status")]


@pytest.mark.parametrize(
    "cells",
    [
        ["<td>On track</td>", "<td></td>", '<td style="background:#ddd"></td>', '<td style="background:#eef6ee"></td>'],
        ['<td bgcolor="#99ccff">Late</td>', '<td bgcolor="#99ccff"></td>', "<td>Late</td>"],
        ['<td style="background:#c00000">Late</td>', '<td class="reduced bordered"></td>', "<td>Late</td>"],
        ["<td>Late</td>", '<td><p style="color:#1f4e79">&nbsp;</p></td>', '<td class="text-danger"></td>'],
        ["<td>Late</td>", '<td style="color:red">–</td>', '<td><span class="text-danger">*</span></td>'],
        ['<td style="color:green">✓</td>', '<td class="bg-danger">✗</td>', "<td></td>"],
    ],
    ids=["greys and tints", "the column's own", "words and other classes", "blank texts", "red dashes", "ticks"],
)
def test_what_sets_no_cell_apart_is_not_told(cells: list[str]) -> None:
    assert not doubted(plan_with(cells))


def test_the_colour_of_a_whole_row_is_a_stripe() -> None:
    plan = plan_with(["<td>Late</td>", "<td></td>", "<td>Late</td>"])
    striped = plan_with(["<td>Late</td>", "<td></td>", "<td>Late</td>"], "td { background: gold }")
    assert not doubted(striped)
    assert [activity.status for activity in striped.activities] == [activity.status for activity in plan.activities]


def test_a_class_that_the_header_has_is_that_of_its_column() -> None:
    page = (
        '<h1>Plan 2025/26</h1><table><tr><th>Ref</th><th>Action</th><th>Lead</th><th class="field field-success">Done'
        '</th></tr><tr><td>1</td><td>Plant trees</td><td>Head of Parks</td><td class="field field-success"></td></tr>'
        '<tr><td>2</td><td>Mend paths</td><td>Head of Parks</td><td class="field field-success"></td></tr></table>'
    )
    assert not doubted(extract_bytes(page.encode(), "page.html"))


def test_a_large_page_looks_up_its_rules_once_for_all_cells_that_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    matches = Styles._matches
    monkeypatch.setattr(Styles, "_matches", lambda self, *given: asked.append(given) or matches(self, *given))
    rules = "".join(f".theme-{number} td {{ background: red }} " for number in range(50))
    assert not doubted(plan_with(["<td></td>"] * 60, rules))
    assert 0 < len(asked) < 10 * 50


def test_of_cells_that_are_nearly_alike_the_rules_tell_each() -> None:
    cells = [f"<td{said}></td>" for said in (' class="late"', ' id="late"', ' data-state="late"', ' class="due late"')]
    sheet = '#late { background: crimson } [data-state="late"] { background: gold } .due.late { background: green }'
    assert doubted(plan_with(cells, sheet)) == [(ref, "status") for ref in ("1.2", "1.3", "1.4")]


def test_a_mere_mark_in_a_text_is_doubted() -> None:
    lines = ["Progress report 2025/26", "", "Ref\tAction\tLead officer\tTarget date\tRAG"]
    lines += [
        f"1.{number}\tPlant {number} hundred trees beside the river\tHead of Parks\tJune 2025\t{state}"
        for number, state in enumerate(("●", "On track", "●"), start=1)
    ]
    plan = extract_bytes("\n".join(lines).encode(), "plan.txt")
    told = [(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "value-incoherent"]
    assert told == [("1.1", "status"), ("1.3", "status")]
