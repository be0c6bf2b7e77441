"""Texts of a page whose pieces follow one another without anything between them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from extractor.pipeline import extract_bytes
from extractor.read.glued import unglue
from extractor.records import Plan

HEADER = ("Ref", "Activity", "Timescale", "Lead officer", "Lead directorate")
ROWS = (
    ("2.1", "Open two new nurseries in the north of the borough.", "Quarter 2", "Head of Early Years", "Children"),
    ("2.2", "Train forty foster carers (including kinship carers)", "31/03/2026", "Head of Fostering", "Children"),
    ("2.3 a)", "Write to the MacDonald Trust on LinkedIn", "Q4", "Director of Housing", "Homes and Place"),
    ("2.3 b)", "Mend the roof of the swimming pool", "Winter 2025", "J. Marsh, Leisure Manager", "Place"),
    ("2.4", "Publish the SEND report", "Ongoing", "Head of SEND", "Children"),
    ("2.5", "Plant 400 trees", "May 2025", "Head of Parks", "Place"),
)


def page(rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in (HEADER, *rows))
    return f"<html><body><h1>Delivery Plan 2025/26</h1><p>What we will do.</p><table>{cells}</table></body></html>"


def glued(markup: str) -> str:
    """The text as `get_text()` gives it: not a blank between two cells, nor between two rows."""
    return BeautifulSoup(markup, "lxml").get_text()


def read(text: str, name: str = "plan.txt") -> Plan:
    return extract_bytes(text.encode(), name)


def said(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (a.ref, a.activity, a.timescale and a.timescale.as_published, a.lead_officers, a.lead_directorates)
        for a in plan.activities
    ]


def test_a_glued_table_gives_the_records_of_its_page() -> None:
    assert "Quarter 2Head of Early YearsChildren2.2Train" in glued(page())
    plan, whole = read(glued(page())), read(page(), "plan.html")
    assert said(plan) == said(whole)
    told, known = ({(i.code, i.activity_id) for i in each.issues if i.severity != "info"} for each in (plan, whole))
    assert told <= known
    assert not plan.coverage.unread


@pytest.mark.parametrize(
    "text",
    [
        "Post the LinkedIn page and the YouTube film of McDonald and iPads",
        "The KPIs of NHSE, DfE and MHCLG; see https://example.org/a1:b2 (9am-5pm)",
        "Ref Activity Timescale Lead officer",
    ],
)
def test_words_with_capitals_are_not_parted(text: str) -> None:
    header = "RefActivityTimescaleLead officer"
    many = [f"1.{number}Open a nurseryQuarter 2Head of Early Years" for number in range(1, 6)]
    parted = unglue([header, *many, text])
    assert parted is not None
    assert parted.pieces[-1].raw == text


def test_a_text_with_some_glued_words_is_no_glued_text() -> None:
    lines = ["Ref\tActivity\tLead officer", *(f"1.{n}\tOpen nursery{n}Now\tHead of Early Years" for n in range(1, 30))]
    assert unglue(lines) is None


def test_a_word_that_may_be_two_makes_its_value_doubtful() -> None:
    rows = (
        *ROWS,
        (
            "2.6",
            "Improve our parks by:<ul><li>planting trees in every school<li>mending the benches</ul>",
            "Q1",
            "Head of Parks",
            "Place",
        ),
        ("2.7", "Tell every school about mending", "Q2", "Head of Parks", "Place"),
    )
    plan = read(glued(page(rows)))
    told = {(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "border-inferred"}
    assert "schoolmending" in glued(page(rows))
    assert told == {("2.6", "activity")}


def test_pieces_that_tabs_part_on_one_line_are_read_as_lines() -> None:
    plan = read(BeautifulSoup(page(), "lxml").get_text("\t", strip=True))
    assert said(plan) == said(read(page(), "plan.html"))


def test_measures_below_a_plan_of_lines_are_no_records() -> None:
    measures = "<p>Measures</p><table><tr><td>Ref<td>Key performance indicator<td>Good is<td>Target</tr>" + "".join(
        f"<tr><td>PM{number}<td>Homes let within {number} weeks<td>High<td>9{number}%</tr>" for number in range(1, 5)
    )
    text = BeautifulSoup(page().replace("</body>", f"{measures}</table></body>"), "lxml").get_text("\n", strip=True)
    plan = read(text)
    assert [activity.ref for activity in plan.activities] == ["2.1", "2.2", "2.3a", "2.3b", "2.4", "2.5"]
    assert [table.header[1] for table in plan.tables] == ["Key performance indicator"]


def test_a_second_header_row_with_a_line_for_each_name_is_set_below_the_first() -> None:
    lines = ["Delivery Plan 2025/26", "Ref", "Task", "Accountability", "Deadline", "Led by", "Service area"]
    for ref, task, officer, body, date in (
        ("1.1", "Open two new nurseries", "Head of Early Years", "Children's Services", "June 2025"),
        ("1.2", "Train forty foster carers", "Head of Fostering", "Children's Services", "July 2025"),
        ("1.3", "Mend the roof of the pool", "Leisure Manager", "Place", "May 2025"),
        ("1.4", "Plant 400 trees", "Parks Manager", "Place", "March 2026"),
    ):
        lines += [ref, task, officer, body, date]
    plan = read("\n".join(lines))
    assert [(a.ref, a.lead_officers, a.lead_directorates) for a in plan.activities] == [
        ("1.1", ("Head of Early Years",), ("Children's Services",)),
        ("1.2", ("Head of Fostering",), ("Children's Services",)),
        ("1.3", ("Leisure Manager",), ("Place",)),
        ("1.4", ("Parks Manager",), ("Place",)),
    ]
    assert [a.timescale and a.timescale.as_published for a in plan.activities][-1] == "March 2026"


def test_a_glued_menu_does_not_make_a_text_of_tabs_one() -> None:
    menu = "HomeContactReferenceActionsTimescaleLead officerSearchNewsJobsEventsPlanningWasteParking"
    rows = "\n".join("\t".join(row) for row in (HEADER, *ROWS))
    assert unglue([menu, *rows.split("\n")]) is None
    assert unglue(glued(page()).split("\n")) is not None


def test_a_name_that_was_parted_for_its_capital_makes_its_value_doubtful() -> None:
    rows = (*ROWS, ("2.6", "Bring every tenant on to the MyHome portal", "Q1", "Head of Housing", "Place"))
    plan = read(glued(page(rows)))
    told = {(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "border-inferred"}
    assert plan.activities[-1].activity != "Bring every tenant on to the MyHome portal"
    assert told == {("2.6", "activity")}


def test_glued_cards_between_paragraphs_are_glued() -> None:
    lines = []
    for number in range(1, 7):
        lines.append(f"1.{number} " + "We will plant trees beside the river and mend the benches of the park. " * 3)
        lines.append(f"Lead officer: Head of ParksTimescale: Quarter {number % 4 + 1}Status: On trackProgress: Begun")
    parted = unglue(lines)
    assert parted is not None
    assert [piece.raw for piece in parted.pieces].count("Lead officer: Head of Parks") == 6
