"""What the columns of a table mean, by their words and by what stands below them."""

from __future__ import annotations

import pytest

from extractor.document import Cell, Line, Table
from extractor.recognise.columns import Columns, read_columns

A = "Open a second hub for families near the station"
B = "Agree with all parishes how the verges are cut"
C = "Publish the survey of damp homes with what will be done"


def table_of(*rows: tuple[str, ...]) -> Table:
    """A table without spans; a cell "^" goes on from the row above."""
    grid: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        for column, text in enumerate(row):
            if text == "^":
                cells.append(grid[number - 1][column])
            else:
                lines = (Line(text),) if text else ()
                cells.append(Cell(lines, number, column, header=number == 0))
        grid.append(tuple(cells))
    return Table(tuple(grid), header_rows=1)


def columns_of(*rows: tuple[str, ...]) -> Columns | None:
    return read_columns([table_of(*rows)], {})[0]


@pytest.mark.parametrize(
    "rows",
    [
        [("Objective", "Measure", "Target 2024/25", "Lead officer"), ("Warm homes", "EPC C", "60%", "Head of Housing")],
        [("Indicator", "Baseline", "Good is", "Owner"), ("Vacancies in the centre", "14%", "Low", "Head of Place")],
        [("Status", "Number of actions"), ("Complete", "12"), ("Delayed", "3")],
        [("Theme", "Lead", "Number of actions"), ("Homes for all of us", "Head of Housing", "12")],
        [("Outcome", "Actions", "Complete", "On track"), ("Warm and healthy homes", "12", "3", "9")],
        [("Rating", "What it means"), ("Green", "The action will be done by the date that was agreed")],
        [
            ("Version", "Date", "Author", "Change"),
            ("0.1", "3 May 2024", "J Hill", "First draft for the executive team"),
        ],
        [("Term", "Meaning"), ("ICB", "The board that plans the health services of the county")],
        [("Name", "Role", "Email"), ("J Hill", "Head of Policy", "j.hill@example.org")],
    ],
    ids=lambda rows: " | ".join(rows[0]),
)
def test_tables_of_anything_else_are_no_plans(rows: list[tuple[str, ...]]) -> None:
    assert columns_of(*rows) is None


@pytest.mark.parametrize(
    ("rows", "meanings"),
    [
        (
            [
                ("Item", "Action", "Relevant FY"),
                (A, "Clerk", "24/25"),
                (B, "Town Clerk", "25/26"),
                (C, "Clerk", "24/25"),
            ],
            ("activity", "lead_officers", "timescale"),
        ),
        (
            [("Activities", "Actions", "When"), ("3", A, "Q1"), ("5", B, "Q2")],
            ("extra", "activity", "timescale"),
        ),
        (
            [("Action", "Deliverable", "Timeline"), ("1. Build trust", A, "May 2025"), ("^", B, "June 2025")],
            ("group", "activity", "timescale"),
        ),
        (
            [("Recommendation", "Action", "Lead"), (C, A, "Head of Place"), (C + " soon", B, "Head of Housing")],
            ("extra", "activity", "lead_officers"),
        ),
        (
            [("Theme", "Action", "Outcome", "Lead"), ("Grow", A, "More firms", "Head of Place")],
            ("group", "activity", "extra", "lead_officers"),
        ),
        (
            [("Priority", "Action", "Lead"), ("High", A, "Head of Place"), ("Low", B, "Head of Housing")],
            ("extra", "activity", "lead_officers"),
        ),
        (
            [("Objective", "Lead", "Timescale"), (A, "Head of Place", "Q1"), (B, "Head of Housing", "Q2")],
            ("activity", "lead_officers", "timescale"),
        ),
        (
            [("Outcome", "Action", "Target"), ("Warm homes", A, "June 2025"), ("^", B, "Ongoing"), ("^", C, "Q4")],
            ("group", "activity", "timescale"),
        ),
        (
            [("Rhif", "Camau gweithredu / Actions", "Swyddog arweiniol / Lead officer"), ("1", A, "Head of Place")],
            ("ref", "activity", "lead_officers"),
        ),
    ],
    ids=lambda value: " | ".join(value[0]) if isinstance(value, list) else "",
)
def test_columns_mean_what_their_words_and_their_content_say(
    rows: list[tuple[str, ...]], meanings: tuple[str, ...]
) -> None:
    columns = columns_of(*rows)
    assert columns is not None
    assert columns.meanings == meanings


def test_a_meaning_that_rests_on_content_is_a_doubt_of_the_plan_told_once() -> None:
    rows = (("Item", "Action", "FY"), (A, "Clerk", "24/25"), (B, "Clerk", "25/26"), (C, "Town Clerk", "24/25"))
    first, second = read_columns([table_of(*rows), table_of(*rows)], {})
    assert first is not None
    assert second is not None
    assert {doubt.code for doubt in first.doubts} == {"column-inferred"}
    assert second.doubts == ()
    assert first.meanings == second.meanings


def test_tables_with_one_header_are_read_as_one() -> None:
    header = ("Action", "Deliverable", "Timeline")
    merged = table_of(header, ("1. Build trust", A, "May 2025"), ("^", B, "June 2025"))
    single = table_of(header, ("2. Keep trust", C, "July 2025"))
    assert [columns.meanings[0] for columns in read_columns([merged, single], {}) if columns] == ["group", "group"]


def test_a_table_without_a_header_goes_on_where_the_one_before_it_ended() -> None:
    first = table_of(("Ref", "Action", "When"), ("1.1", A, "Q1"), ("1.2", B, "Q2"))
    second = table_of(("1.3", C, "Q3"), ("1.4", A + " too", "Q4"))
    columns = read_columns([first, second], {})[1]
    assert columns is not None
    assert (columns.meanings, columns.body_row) == (("ref", "activity", "timescale"), 0)
