"""Cells that begin with a small letter or a figure, behind names that nothing but a blank parts from them."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.flattened.openings import names_before_cells, with_openings
from extractor.recognise.flattened.scheme import Column
from extractor.recognise.flattened.stream import Style, TextLine, Word, words_of

_COLUMNS = [Column("prose", activity=True), Column("owner"), Column("prose"), Column("time")]


def _words(*lines: str) -> list[Word]:
    return list(words_of([TextLine(line, number, False) for number, line in enumerate(lines, 1)], Style()))


def _opening(words: list[Word], columns: list[Column]) -> list[str]:
    return [word.text for word in with_openings(words, names_before_cells(words, columns)) if word.opens]


def test_a_small_letter_or_a_figure_opens_a_cell_behind_a_name_that_comes_again() -> None:
    words = _words(
        "Mend the roof. Head of Arts Development audiences up by a tenth Q1",
        "Sell the barn. Head of Arts Development 150 active borrowers Q2",
        "Tour the hall. Rangers 12% of paths easy to use Q3",
        "Mow the green. Rangers 85% of paths easy to use Q3",
    )
    assert _opening(words, _COLUMNS) == ["audiences", "150", "12%", "85%"]


def test_no_cell_opens_where_none_that_runs_on_follows_names_or_with_a_word_that_joins() -> None:
    words = _words("Head of Arts 150 visits Q1", "Head of Arts 30 visits Q2", "Head of Arts and Parks will go on Q3")
    assert _opening(words, [Column("prose", activity=True), Column("owner"), Column("time")]) == []
    assert _opening(words, _COLUMNS) == ["150", "30"]


def test_measures_that_begin_with_figures_are_parted_from_the_officers_before_them() -> None:
    rows = (
        ("P1", "Plant street trees in the wards.", "Parks and Open Spaces Manager", "48 trees planted", "Winter 2024"),
        ("P2", "Resurface the athletics track.", "Sport and Active Living Manager", "visits up by a tenth", "Q2"),
        ("P3", "Let the leisure pools anew.", "Sport and Active Living Manager", "1,850 visits to pools", "Q3"),
        ("P4", "Win a further Green Flag.", "Parks and Open Spaces Manager", "35 visits to the park", "Q4"),
        ("P5", "Help residents to walk more.", "Sport and Active Living Manager", "15% of adults active", "Q1"),
    )
    lines = "".join(" ".join(row) + "\n" for row in rows)
    text = f"Delivery Plan 2024/25\n\nRef Action Lead officer Measure of success Timescale\n{lines}"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [(a.ref, a.activity, *a.lead_officers, *a.extra.values()) for a in plan.activities] == [
        row[:4] for row in rows
    ]


@pytest.mark.parametrize("parted", [" ", "\n\n\t\n\n"])
def test_short_remarks_that_come_again_are_no_owners(parted: str) -> None:
    rows = (
        ("P1", "Plant street trees in the wards.", "Head of Parks", "Loss of key staff", "Winter 2024"),
        ("P2", "Resurface the athletics track.", "Sport Manager", "Low", "Q2 2024/25"),
        ("P3", "Let the leisure pools anew.", "Sport Manager", "Loss of key staff", "Q3 2024/25"),
        ("P4", "Win a further Green Flag.", "Head of Parks", "Inflation in construction costs", "Q4 2024/25"),
        ("P5", "Help residents to walk more.", "Sport Manager", "Inflation in construction costs", "Q1 2024/25"),
        ("P6", "Mend the bandstand.", "Head of Parks", "Low", "Q1 2024/25"),
    )
    lines = "\n".join(parted.join(row) for row in rows)
    header = (" " if parted == " " else "\t").join(("Ref", "Action", "Lead officer", "Risks", "Timescale"))
    plan = read_plan(f"Delivery Plan 2024/25\n\n{header}\n{lines}\n".encode(), "plan.txt", Settings())
    assert [(a.ref, a.activity, *a.lead_officers, *a.extra.values()) for a in plan.activities] == [
        row[:4] for row in rows
    ]


def test_a_name_behind_a_semicolon_is_known_from_where_it_stands_alone() -> None:
    text = (
        "Delivery Plan 2024/25\n\nNo. What we will do Due date Owner Update\n"
        "1.1 Raise theatre use to nine in ten 15 August 2024 C. Lockyer Contractor appointed and site met.\n"
        "1.2 Run a lounge seven days a week 1 March 2025 Siobhan Usman; M. Whitcombe Works are under way.\n"
        "1.3 Cut long handovers by half 1 February 2025 Siobhan Usman Tender documents issued.\n"
        "1.4 See patients within four hours 28 October 2024 M. Whitcombe Draft circulated to partners.\n"
        "1.5 Provide a rest room at each site 15 August 2024 Zara Threlfall; C. Lockyer Delayed by vacancies.\n"
        "1.6 Give doctors rotas six weeks ahead 2 September 2024 Zara Threlfall Interviews have begun.\n"
    )
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [a.lead_officers for a in plan.activities] == [
        ("C. Lockyer",),
        ("Siobhan Usman", "M. Whitcombe"),
        ("Siobhan Usman",),
        ("M. Whitcombe",),
        ("Zara Threlfall", "C. Lockyer"),
        ("Zara Threlfall",),
    ]


def test_a_row_may_end_before_its_cells_are_learnt_where_another_is_full() -> None:
    """Words that no reading reaches may begin a remark: their share of all readings is 0."""
    text = (
        "Reference\tTask\tPortfolio Holder\tResponsibility\tRisks\tCompletion date\n"
        "4.2\tAgree plans for six old yards. Phase 2 is not included here, since its business case has yet to be "
        "written. An options appraisal will be put to members before any commitment is made.\n"
        "5.1\tMap every gully and share the results with wardens. A note will follow.\tCllr Una Yar (Roads)\t"
        "M. Sand, Road Manager / Z. Mbe, Head of Network\tHigh\tApril 2024 – June 2024\n"
    )
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [activity.ref for activity in plan.activities] == ["4.2", "5.1"]
