"""Footnote marks that are characters of the text, in a PDF and in a page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.footnotes import with_marks_told
from extractor.records import Plan
from pdf_writer import Sheet, write

HEADER = ("Ref", "Activity", "Timescale", "Lead officer")
EDGES = (60.0, 110.0, 500.0, 620.0, 780.0)


def pdf(rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...], rules: bool) -> bytes:
    sheet = Sheet()
    sheet.text(60, 30, "Delivery Plan 2024/25", 16, True)
    for number, row in enumerate((HEADER, *rows)):
        for x, text in zip(EDGES, row, strict=False):
            sheet.text(x + 4, 74 + 24 * number, text, 9, number == 0)
    if rules:
        for number in range(len(rows) + 2):
            sheet.line(60, 60 + 24 * number, 780, 60 + 24 * number)
        for x in EDGES:
            sheet.line(x, 60, x, 60 + 24 * (len(rows) + 1))
    for number, note in enumerate(notes):
        sheet.text(60, 300 + 12 * number, note, 8)
    return write([sheet])


def page(rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...]) -> bytes:
    head = "".join(f"<th>{text}</th>" for text in HEADER)
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    foot = "".join(f"<p>{note}</p>" for note in notes)
    return f"<h1>Delivery Plan 2024/25</h1><table><tr>{head}</tr>{body}</table>{foot}".encode()


FORMS = ("ruled", "aligned", "html")


def plan_of(form: str, rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...]) -> Plan:
    data = page(rows, notes) if form == "html" else pdf(rows, notes, form == "ruled")
    return read_plan(data, f"plan.{'html' if form == 'html' else 'pdf'}", Settings())


@pytest.mark.parametrize("form", FORMS)
def test_a_mark_that_is_a_character_is_no_part_of_the_value(form: str) -> None:
    rows = (
        ("1.1", "Open the hall to all¹", "March 2025*", "Head of Housing²"),
        ("1.2", "Paint the hall", "May 2024", "Town Clerk"),
    )
    # Characters of Windows' code page, which the fonts of the writer have.
    plan = plan_of(form, rows, ("¹ Weather allowing.", "² Post vacant.", "* Subject to funding."))
    first = plan.activities[0]
    assert first.activity == "Open the hall to all"
    assert first.lead_officers == ("Head of Housing",)
    assert first.timescale is not None
    assert first.timescale.as_published == "March 2025"
    told = {(issue.ref, issue.field): issue.message for issue in plan.issues if issue.code == "footnote-mark"}
    assert set(told) == {("1.1", "activity"), ("1.1", "timescale"), ("1.1", "lead_officers")}
    assert "Post vacant." in told["1.1", "lead_officers"]
    assert "Subject to funding." in told["1.1", "timescale"]
    assert plan.coverage.words == plan.coverage.claimed
    assert not [issue for issue in plan.issues if issue.severity != "info"]


@pytest.mark.parametrize("form", FORMS)
def test_units_ratings_and_signs_without_a_note_stay(form: str) -> None:
    rows = (
        ("1.1", "Plant 500 m² of trees and 3 km² of meadow", "March 2025", "Head of Housing"),
        ("1.2", "Keep the hall rated 4*", "May 2024", "Town Clerk"),
    )
    plan = plan_of(form, rows, ("² Post vacant.",))
    assert [each.activity for each in plan.activities] == [row[1] for row in rows]
    assert "footnote-mark" not in {issue.code for issue in plan.issues}


TEXT = """Action Plan 2024/25

Ref\tAction\tLead\tDate
1a\tLaunch the pledge in all schools{one}\tEarly Help Officer\tOct 2024
1b\tWiden work with fathers\tHead of Early Help\tJan 2025
2a\tPut a team in each cluster{two}\tCommissioner\tMar 2025

1. The pledge was written by pupils.

2. Subject to funding.
"""


def test_a_mark_that_became_a_figure_of_the_text_is_told_by_the_note_below() -> None:
    plan = read_plan(TEXT.format(one="1", two="2").encode(), "plan.txt", Settings())
    assert [a.activity for a in plan.activities] == [
        "Launch the pledge in all schools",
        "Widen work with fathers",
        "Put a team in each cluster",
    ]
    told = [issue.message for issue in plan.issues if issue.code == "footnote-mark"]
    assert len(told) == 2
    assert "written by pupils" in told[0]
    assert not plan.coverage.unread


@pytest.mark.parametrize(("one", "two"), [("", ""), ("2", "1")])
def test_figures_that_the_notes_below_do_not_count_stay(one: str, two: str) -> None:
    plan = read_plan(TEXT.format(one=one, two=two).encode(), "plan.txt", Settings())
    assert plan.activities[0].activity == f"Launch the pledge in all schools{one}"


def test_marks_in_brackets_are_told_by_the_notes_below() -> None:
    text = TEXT.format(one="", two="").replace("Lead\tDate", "Lead[i]\tDate[ii]")
    text = text.replace("1. The pledge", "[i] The pledge").replace("2. Subject", "[ii] Subject")
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [a.lead_officers for a in plan.activities][2] == ("Commissioner",)
    assert [issue.code for issue in plan.issues].count("footnote-mark") == 2
    assert not plan.coverage.unread


def test_brackets_without_a_note_below_stay() -> None:
    text = TEXT.format(one="[1]", two="[2]").replace("1. The pledge", "The pledge").replace("2. Subject", "Subject")
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert plan.activities[0].activity == "Launch the pledge in all schools[1]"


def test_rows_whose_refs_are_in_brackets_are_no_notes() -> None:
    text = "Plan 2025\n\nWe keep to our policies[1] here.\n\nRef\tAction\tLead\tDate\n"
    text += "".join(f"[{ref}]\tMend weir {ref}\tMayor\tMay 2025\n" for ref in (1, 2, 3))
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [each.activity for each in plan.activities] == ["Mend weir 1", "Mend weir 2", "Mend weir 3"]


def test_each_page_may_have_its_own_notes_in_brackets() -> None:
    pages = [f"the weir of ward {ward}[1]\n\n[1] Note {ward} of them" for ward in (1, 2)]
    told, notes, _ = with_marks_told("\n".join(pages))
    assert "[1]" not in told
    assert [note.text for note in notes] == ["[1] Note 1 of them [1]", "[1] Note 2 of them [1]"]
