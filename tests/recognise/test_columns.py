"""What columns mean, by their words and by what stands below them."""

from __future__ import annotations

import pytest

from extractor.document import Cell, Line, Table
from extractor.recognise.columns import read_columns
from extractor.vocabulary.headers import header_meaning, split_header


def grid(*rows: tuple[str, ...]) -> Table:
    return Table(
        tuple(
            tuple(Cell((Line(text),) if text else (), row, column) for column, text in enumerate(texts))
            for row, texts in enumerate(rows)
        )
    )


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Ref", "ref"),
        ("Action No.", "ref"),
        ("What we will do", "activity"),
        ("Timescales for completion (Quarter and month)", "timescale"),
        ("By When?", "timescale"),
        ("Target completion date", "timescale"),
        ("Who is responsible for action?", "lead_officers"),
        ("Responsible Officer", "lead_officers"),
        ("Lead Service Area", "lead_directorates"),
        ("Portfolio Holder", "lead_cabinet_members"),
        ("RAG", "status"),
        ("Progress update", "progress"),
        ("Measure of success", "extra"),
        ("Remarks", "extra"),
        ("Measure ID", "ref"),
        ("Delivery window", "timescale"),
        ("Delivery team", "lead_officers"),
        ("Delivered by", "timescale"),
        ("Completion due", "timescale"),
        ("Recommendation or finding", "activity"),
        ("Progress rating", "status"),
        ("Q2 position statement", "progress"),
        ("What we have done so far", "progress"),
        ("What we'll do", "activity"),
        ("Who’s responsible", "lead_officers"),
        ("Delivery quarter", "timescale"),
        ("Project ID", "ref"),
    ],
)
def test_header_words(text: str, meaning: str) -> None:
    assert header_meaning(text) == meaning


def test_of_two_halves_an_unknown_one_is_short() -> None:
    assert header_meaning("Recommendation or AFI") == "activity"
    assert header_meaning("Recommendation or AFI Our response Office") is None


def test_header_words_run_together() -> None:
    words = split_header("Ref Action Lead By when Budget RAG Progress update")
    assert words is not None
    assert [word.text for word in words] == ["Ref", "Action", "Lead", "By when", "Budget", "RAG", "Progress update"]
    words = split_header("Ref Key action Deadline Led by Lead directorate Cabinet Lead Commentary")
    assert words is not None
    assert [word.text for word in words[3:6]] == ["Led by", "Lead directorate", "Cabinet Lead"]


@pytest.mark.parametrize(
    "text",
    [
        "Lead officers will report to the board when asked",
        "3.1 Open the pool Quarter 4 Head of Leisure",
        "Lead",
        "Action 4.6 Update the statement of sums spent, setting out:",
        "Action 2.2 Appoint 3 apprentices and 24 trainees across all departments",
    ],
)
def test_prose_is_no_header(text: str) -> None:
    assert split_header(text) is None


def test_a_false_friend_is_exchanged_and_said() -> None:
    (columns,) = read_columns(
        [
            grid(
                ("Item", "Action", "By when"),
                ("Mend the roof of the village hall before winter", "Clerk", "March 2025"),
                ("Ask the county council for a crossing at the school", "Town Clerk", "May 2025"),
                ("Plant a hedge along the whole of the recreation ground", "Footpath Wardens", "June 2025"),
            )
        ],
        {},
    )
    assert columns is not None
    assert columns.meanings == ("activity", "lead_officers", "timescale")
    assert {doubt.code for doubt in columns.doubts} == {"column-inferred"}


def test_a_column_without_a_header_is_known_by_what_it_holds() -> None:
    (columns,) = read_columns(
        [
            grid(
                ("", "Action", "Lead", ""),
                ("1.1", "Mend the roof of the village hall before winter", "Head of Estates", "March 2025"),
                ("1.2", "Ask the county council for a crossing", "Head of Highways", "Quarter 2"),
                ("1.3", "Plant a hedge along the recreation ground", "Head of Parks", "Ongoing"),
            )
        ],
        {},
    )
    assert columns is not None
    assert columns.meanings == ("ref", "activity", "lead_officers", "timescale")


def test_a_table_of_measures_is_no_plan() -> None:
    table = grid(("Ref", "Key performance indicator", "Good is", "Target"), ("PM1", "Bins missed", "Low", "55"))
    assert read_columns([table], {}) == [None]


def test_a_table_without_a_header_goes_on_where_its_columns_fit() -> None:
    first = grid(("Ref", "Action", "Lead", "When"), ("1", "Mend the roof of the hall", "Head of Estates", "Quarter 1"))
    rest = grid(
        ("2", "Ask the county for a crossing at the school", "Head of Highways", "Quarter 2"),
        ("3", "Plant a hedge along the recreation ground", "Head of Parks", "Quarter 3"),
    )
    other = grid(("Yes", "No", "a", "b"))
    columns = read_columns([first, rest, other], {})
    assert columns[1] is not None
    assert columns[1].body_row == 0
    assert columns[2] is None


def test_a_table_that_is_known_by_what_it_holds_may_be_wider_than_the_one_before() -> None:
    first = grid(("Ref", "Action", "When"), ("1", "Mend the roof of the hall", "Quarter 1"))
    wider = grid(
        ("2", "Ask the county for a crossing at the school", "Head of Highways", "Quarter 2", "No change"),
        ("3", "Plant a hedge along the recreation ground", "Head of Parks", "Quarter 3", "Half planted so far"),
        ("4", "Publish the minutes of every parish meeting", "Town Clerk", "Quarter 4", "Under way since May"),
    )
    columns = read_columns([first, wider], {})
    assert columns[1] is not None
    assert columns[1].meanings[1:4] == ("activity", "lead_officers", "timescale")


def test_a_name_that_spans_two_columns_of_people_leaves_the_first_its_own() -> None:
    (columns,) = read_columns(
        [
            grid(
                ("Ref", "Action", "Accountability Lead service", "Who", "By when"),
                ("1.1", "Mend the roof of the hall", "Place", "Town Clerk", "May 2030"),
                ("1.2", "Paint the gate of the park", "People", "Head of Parks", "June 2030"),
            )
        ],
        {},
    )
    assert columns is not None
    assert columns.meanings[2:4] == ("lead_directorates", "lead_officers")


def test_measures_that_begin_with_verbs_are_what_is_to_be_done() -> None:
    header = ("Observation", "Measure taken or planned", "Responsible", "Deadline", "State of play")
    taken = grid(
        header,
        ("The agency should pay sooner.", "Automate the reminders to authors", "Budget Unit", "May 2030", "Ongoing"),
        ("The agency should hire sooner.", "Set a target of 120 days", "Staff Unit", "June 2030", "Implemented"),
        (
            "The agency should rotate posts.",
            "Amend the manual and train the staff",
            "Legal Unit",
            "May 2031",
            "Ongoing",
        ),
    )
    counted = grid(
        ("Measure", "Responsible", "Deadline"),
        ("Vacancy rate in the teams", "Staff Unit", "May 2030"),
        ("Invoices paid within a month", "Budget Unit", "June 2030"),
    )
    columns, other = read_columns([taken, counted], {})
    assert columns is not None
    assert columns.meanings == ("extra", "activity", "lead_officers", "timescale", "status")
    assert columns.doubts
    assert other is None


def test_desired_outcomes_that_span_the_rows_of_actions_group_them() -> None:
    rows = [
        ("1.1", "Use the checklist for every event", "Events Team", "May 2030"),
        ("1.2", "Fund interpreters for ceremonies", "Events Team", "June 2030"),
        ("2.1", "Audit the ten most visited halls", "Property Team", "May 2030"),
        ("2.2", "Build a ramp at the town hall", "Property Team", "June 2030"),
    ]
    names = ("Desired outcome", "No.", "Action", "Responsible", "Timeline")
    table = grid(names, *(("", *row) for row in rows))
    titles = {
        number: Cell((Line(text),), number, 0, row_span=2)
        for number, text in ((1, "People can come to our events"), (3, "Buildings are easy to use"))
    }
    spanned = (table.rows[0], *((titles[n - (n - 1) % 2], *table.rows[n][1:]) for n in range(1, 5)))
    (columns,) = read_columns([Table(spanned)], {})
    assert columns is not None
    assert columns.meanings[0] == "group"


def test_years_side_by_side_head_a_column_each() -> None:
    found = split_header("Ref Action Lead 2024/25 2025/26")
    assert found is not None
    assert [(word.text, word.meaning) for word in found][2:] == [
        ("Lead", "lead_officers"),
        ("2024/25", "extra"),
        ("2025/26", "extra"),
    ]


def test_measures_with_numbers_of_their_own_are_what_a_plan_lists() -> None:
    table = grid(
        ("Measure No.", "Measure", "Category", "Organisations", "Completion"),
        ("1", "Electric buses on two routes", "Vehicles", "Bus Company", "2030"),
        ("2", "School streets at ten schools", "Traffic", "Town Council", "2031"),
        ("3", "Patrols against idling", "Information", "Town Council", "Ongoing"),
    )
    (columns,) = read_columns([table], {})
    assert columns is not None
    assert columns.meanings == ("ref", "activity", "extra", "lead_officers", "timescale")


def test_milestones_that_are_dates_are_the_timescale_beside_the_actions() -> None:
    table = grid(
        ("Ref", "What we will do", "Lead", "Milestone"),
        ("1", "Plant trees along the bypass", "Head of Parks", "Winter 2030"),
        ("2", "Renew the play areas of the town", "Head of Parks", "March 2031"),
        ("3", "Close the old tip for good", "Head of Waste", "By June 2031"),
    )
    (columns,) = read_columns([table], {})
    assert columns is not None
    assert columns.meanings == ("ref", "activity", "lead_officers", "timescale")
    assert [doubt.field for doubt in columns.doubts] == ["timescale"]


def test_the_only_column_of_committees_is_that_of_the_owners() -> None:
    rows = [
        ("Mend the clock tower", "Amenities", "Spring 2030"),
        ("Hold a lantern parade", "Events", "December 2030"),
        ("Let the upper floor", "General Purposes", "TBC"),
    ]
    (columns,) = read_columns([grid(("Project", "Committee", "Target date"), *rows)], {})
    assert columns is not None
    assert columns.meanings == ("activity", "lead_officers", "timescale")
    for header in ("Approved by board", "Benefit to team", "Scrutiny committee"):
        (columns,) = read_columns([grid(("Project", header, "Target date"), *rows)], {})
        assert columns is not None
        assert columns.meanings == ("activity", "extra", "timescale")
    owned = [(*row[:2], "Clerk", row[2]) for row in rows]
    (columns,) = read_columns([grid(("Project", "Committee", "Lead", "Target date"), *owned)], {})
    assert columns is not None
    assert columns.meanings == ("activity", "extra", "lead_officers", "timescale")


def test_numbered_measures_with_a_baseline_are_what_is_measured() -> None:
    rows = [
        ("K1", "Number of trees planted in the year", "100", "200", "Head of Parks"),
        ("K2", "Visits to the libraries of the town", "5000", "7000", "Head of Libraries"),
        ("K3", "Share of waste that is recycled", "45%", "50%", "Head of Waste"),
    ]
    header = ("Measure No.", "Measure", "Baseline", "Target", "Lead officer")
    dated = [(*row[:4], "June 2031") for row in rows]
    aimed = [(*row[:2], *row[3:]) for row in rows]
    assert read_columns([grid(header, *rows)], {}) == [None]
    assert read_columns([grid((*header[:4], "Due"), *dated)], {}) == [None]
    assert read_columns([grid((*header[:2], *header[3:]), *aimed)], {}) == [None]


def test_what_is_recommended_may_stand_below_rec() -> None:
    rows = [
        ("Plant a hundred trees by the river", "Head of Parks", "June 2031"),
        ("Mend the roof of the town hall", "Property Manager", "May 2031"),
        ("Open the new library in the square", "Head of Libraries", "July 2031"),
    ]
    (columns,) = read_columns([grid(("Rec", "Lead", "By when"), *rows)], {})
    assert columns is not None
    assert columns.meanings == ("activity", "lead_officers", "timescale")
    assert [doubt.field for doubt in columns.doubts] == ["activity"]
    (columns,) = read_columns([grid(("No", "Rec", "Lead"), *((str(n), *row[:2]) for n, row in enumerate(rows)))], {})
    assert columns is not None
    assert columns.meanings == ("ref", "activity", "lead_officers")
