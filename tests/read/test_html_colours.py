"""Cells of a page that say something by a colour alone."""

from __future__ import annotations

import pytest

from extractor.pipeline import extract_bytes
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
    ],
    ids=["greys and tints", "the column's own", "words and other classes"],
)
def test_what_sets_no_cell_apart_is_not_told(cells: list[str]) -> None:
    assert not doubted(plan_with(cells))


def test_the_colour_of_a_whole_row_is_a_stripe() -> None:
    plan = plan_with(["<td>Late</td>", "<td></td>", "<td>Late</td>"])
    striped = plan_with(["<td>Late</td>", "<td></td>", "<td>Late</td>"], "td { background: gold }")
    assert not doubted(striped)
    assert [activity.status for activity in striped.activities] == [activity.status for activity in plan.activities]


def test_a_mere_mark_in_a_text_is_doubted() -> None:
    lines = ["Progress report 2025/26", "", "Ref\tAction\tLead officer\tTarget date\tRAG"]
    lines += [
        f"1.{number}\tPlant {number} hundred trees beside the river\tHead of Parks\tJune 2025\t{state}"
        for number, state in enumerate(("●", "On track", "●"), start=1)
    ]
    plan = extract_bytes("\n".join(lines).encode(), "plan.txt")
    told = [(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "value-incoherent"]
    assert told == [("1.1", "status"), ("1.3", "status")]
