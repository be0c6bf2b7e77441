"""The text of a page whose cells hold paragraphs, as a browser gives it: tabs on lines of their own."""

from __future__ import annotations

from extractor.document import Heading, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.paragraph_cells import read_paragraph_cells

_TAB = "\n\n\t\n\n"
_END = "\n\n\n\n\n"


def _table(*rows: tuple[str, ...]) -> str:
    return _END.join(_TAB.join(row) for row in rows)


_HEADER = ("Action", "Lead officer", "Timescale")
_HOMES = _table(
    _HEADER,
    ("Mend the roofs", "Head of Estates\n\nClerk", "May 2025"),
    ("Repaint the hall", "Clerk", "June 2025"),
)
_STREETS = _table(_HEADER, ("Sweep the yard", "Warden", "Ongoing"), ("Light the lane", "Warden", "July 2025"))


def _blocks(text: str) -> list[Heading | Table]:
    blocks = read_paragraph_cells(text.split("\n"))
    assert blocks is not None
    return [block for block in blocks if isinstance(block, Heading | Table)]


def _texts(table: Heading | Table) -> list[list[str]]:
    assert isinstance(table, Table)
    return [[cell.text if cell else "" for cell in row] for row in table.rows]


def test_what_stands_between_two_tables_is_the_heading_of_the_second() -> None:
    text = f"Delivery Plan 2025/26\n\nHomes\n\n{_HOMES}\n\nStreets\n\n{_STREETS}\n\nContact us"
    homes, first, streets, second = _blocks(text)
    assert (homes.text, streets.text) == ("Homes", "Streets") if isinstance(homes, Heading) else False
    assert _texts(first)[1:] == [
        ["Mend the roofs", "Head of Estates\nClerk", "May 2025"],
        ["Repaint the hall", "Clerk", "June 2025"],
    ]
    assert _texts(second)[2] == ["Light the lane", "Warden", "July 2025"]


def test_the_records_and_their_lines() -> None:
    text = f"Delivery Plan 2025/26\n\nHomes\n\n{_HOMES}\n\nStreets\n\n{_STREETS}\n"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [activity.activity for activity in plan.activities] == [
        "Mend the roofs",
        "Repaint the hall",
        "Sweep the yard",
        "Light the lane",
    ]
    assert plan.activities[0].lead_officers == ("Head of Estates", "Clerk")
    assert [group.title for group in plan.groups] == ["Homes", "Streets"]
    assert plan.activities[0].location.lines == (18, 28)
    assert not plan.coverage.unread


def test_a_row_of_one_cell_heads_the_rows_below_it() -> None:
    rows = (("Mend the roofs", "Clerk", "May 2025"), ("Repaint the hall", "Clerk", "June 2025"))
    table = _table(_HEADER, ("Objective 1: Warm homes",), *rows)
    plan = read_plan(f"Delivery Plan 2025/26\n\n{table}\n".encode(), "plan.txt", Settings())
    assert [(group.kind, group.title) for group in plan.groups] == [("objective", "Warm homes")]
    assert len(plan.activities) == 2


def test_a_second_paragraph_of_the_last_cell_that_may_be_a_heading_is_doubted() -> None:
    header = ("Action", "Timescale", "Lead officer")
    first = _table(
        header, ("Mend the roofs", "May 2025", "Clerk"), ("Repaint", "June 2025", "Clerk\n\nHead of Estates")
    )
    second = _table(header, ("Sweep the yard", "Ongoing", "Warden"), ("Light the lane", "July 2025", "Warden"))
    _, table, heading, _ = _blocks(f"Delivery Plan 2025/26\n\nHomes\n\n{first}\n\nStreets\n\n{second}")
    assert heading.text == "Streets" if isinstance(heading, Heading) else False
    last = table.rows[-1][-1] if isinstance(table, Table) else None
    assert last is not None
    assert [doubt.code for doubt in last.doubts] == ["row-unclear"]


def test_a_text_whose_header_is_one_line_is_left_alone() -> None:
    rows = _END.join(_TAB.join(row) for row in [("Mend", "Clerk", "May 2025"), ("Light", "Clerk", "May 2025")] * 2)
    assert read_paragraph_cells(f"Plan\n\nAction\tLead officer\tTimescale\n\n\n{rows}".split("\n")) is None


def test_a_title_right_above_a_first_cell_that_is_empty_is_none_of_the_header() -> None:
    rows = _END.join(f"{n}\t\n\n{_TAB.join(row)}" for n, row in enumerate((("Mend", "Clerk", "May 2025"),) * 3, 1))
    plan = read_plan(
        f"Data Strategy Roadmap: Actions 2025\n{_TAB}{_TAB.join(_HEADER)}\n\n\n{rows}\n".encode(),
        "plan.txt",
        Settings(),
    )
    assert plan.title == "Data Strategy Roadmap: Actions 2025"
    assert plan.groups == ()
    assert [activity.ref for activity in plan.activities] == ["1", "2", "3"]


def test_blanks_that_were_made_one_part_the_cells_as_tabs_did() -> None:
    text = f"Delivery Plan 2025/26\n\nHomes\n\n{_HOMES}\n\n\t\n\nStreets\n\n{_STREETS}\n\n\t\n\nContact us\n"
    plan = read_plan(text.replace("\t", " ").encode(), "plan.txt", Settings())
    assert len(plan.activities) == 4
    assert [group.title for group in plan.groups] == ["Homes", "Streets"]
