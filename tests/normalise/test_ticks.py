"""Timescales from ticks under quarters: where they say when, where that is doubted, and where they say nothing."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
TEXTS = ("Plant an orchard.", "Mend the roof of the hall.", "Open a toy library.", "Map all wells.")


def plan_of(*rows: str, headers: tuple[str, ...] = QUARTERS) -> Plan:
    """A plan whose rows have these marks in their columns of times, "_" for none."""
    lines = [("Ref", "Action", "Lead officer", *headers)]
    lines += [
        (f"1.{number}", text, "Town Clerk", *marks.replace("_", " ").split(","))
        for number, (text, marks) in enumerate(zip(TEXTS, rows, strict=False), 1)
    ]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return read_plan(f"<h1>Delivery Plan 2025/26</h1><table>{table}</table>".encode(), "plan.html", Settings())


def times(plan: Plan) -> list[str | None]:
    return [a.timescale.as_published if a.timescale else None for a in plan.activities]


def doubted(plan: Plan) -> list[str]:
    return [i.activity_id or "" for i in plan.issues if i.field == "timescale" and i.severity == "warning"]


@pytest.mark.parametrize(
    ("rows", "wanted", "doubts"),
    [
        (("x,_,_,_", "_,X,x,_"), ["Q1", "Q2, Q3"], []),
        (("x,✓,✓,x", "✓,_,_,_", "_,_,_,✓"), [None, "Q1", "Q4"], ["1.1"]),
        (("x,✓,✓,x", "✓,✓,✓,✓", "x,x,x,✓"), [None, "Q1, Q2, Q3, Q4", None], ["1.1", "1.3"]),
        (("●,●,_,_", "✓,_,_,_"), [None, "Q1"], ["1.1"]),  # the dots may be states
        (("x,_,_,_", "●,●,_,_"), [None, None], ["1.1", "1.2"]),
        (("✔\ufe0f,✗,-,N/A", "-,Y,Yes,N"), ["Q1", "Q2, Q3"], []),
        (("✓,_,_,✓", "✓,_,_,_"), ["Q1, Q4", "Q1"], ["1.1"]),  # the columns do not adjoin
        (("●,●,●,●", "●,●,●,●", "●,●,●,●"), ["Q1, Q2, Q3, Q4"] * 3, ["1.1", "1.2", "1.3"]),
        (("●,●,_,_", "●,●,_,_", "●,●,_,_"), ["Q1, Q2"] * 3, ["1.1", "1.2", "1.3"]),
    ],
)
def test_marks_under_quarters(rows: tuple[str, ...], wanted: list[str | None], doubts: list[str]) -> None:
    plan = plan_of(*rows)
    assert times(plan) == wanted
    assert sorted(set(doubted(plan))) == doubts


@pytest.mark.parametrize("headers", [("January", "April", "July", "October"), ("Q1", "Q2", "Q1", "Q2")])
def test_columns_that_are_not_in_the_order_of_time_date_nothing(headers: tuple[str, ...]) -> None:
    plan = plan_of("✓,✓,_,_", "_,✓,✓,_", headers=headers)
    assert times(plan) == [None, None]
    assert sorted(set(doubted(plan))) == ["1.1", "1.2"]


@pytest.mark.parametrize(
    ("start", "end", "dates", "doubts"),
    [
        ("", "April 2025 to March 2026", ("2025-04-01", "2026-03-31"), []),
        ("June 2025", "July 2025", ("2025-06-01", "2025-07-31"), []),
        ("June 2025", "April 2025 to March 2026", ("2025-06-01", "2026-03-31"), ["1.1"]),
        ("", "March 2026", (None, "2026-03-31"), []),
    ],
)
def test_an_end_that_has_a_start_of_its_own_keeps_it(
    start: str, end: str, dates: tuple[str | None, str | None], doubts: list[str]
) -> None:
    plan = plan_of(f"{start or '_'},{end}", "May 2025,June 2025", headers=("Start date", "Target timescale"))
    when = plan.activities[0].timescale
    assert when is not None
    assert (when.start and str(when.start), when.end and str(when.end)) == dates
    assert doubted(plan) == doubts
