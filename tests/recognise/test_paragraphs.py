"""Tables of a converter that writes tabs before a cell, but not before one that holds a paragraph."""

from __future__ import annotations

import time

from extractor.document import Block, FlatLine, Heading, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.columns import cell_text
from extractor.recognise.flattened import unflatten

HEAD = "Action\t\tStatus\t\tWhen\t\tLead officer\n"
FULL = (
    "Mend the roof of the hall\n\n\t\tOn track\n\nQ1\n\n\t\tHead of Estates\n\n"
    "Sweep the yard behind the hall\n\nAt risk\n\nMay 2025\n\n\t\tHead of Streets\n"
    "Open the second library in the village\t\tComplete\t\tQ2 2025\t\tHead of Libraries\n"
)


def _blocks(text: str) -> list[Block]:
    lines = [FlatLine(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip(" ")]
    return unflatten(lines, {})


def _table(text: str) -> Table:
    return next(block for block in _blocks(text) if isinstance(block, Table))


def _rows(text: str) -> list[list[str]]:
    return [[cell_text(cell) if cell else "" for cell in row] for row in _table(text).rows[1:]]


def test_a_cell_is_one_whether_it_was_a_paragraph_or_not() -> None:
    assert _rows(HEAD + FULL) == [
        ["Mend the roof of the hall", "On track", "Q1", "Head of Estates"],
        ["Sweep the yard behind the hall", "At risk", "May 2025", "Head of Streets"],
        ["Open the second library in the village", "Complete", "Q2 2025", "Head of Libraries"],
    ]


def test_a_second_paragraph_stays_in_its_cell() -> None:
    row = (
        "Plant trees along the road\n\n(Statutory duty)\n\n\t\tOn track\t\tQ3\n\nHead of Parks\n\nWye Rivers Trust\n\n"
    )
    (cells,) = _rows(HEAD + row + FULL)[:1]
    assert cells == ["Plant trees along the road (Statutory duty)", "On track", "Q3", "Head of Parks Wye Rivers Trust"]


def test_a_list_that_a_text_calls_for_is_its_own() -> None:
    listed = "Work with schools to:\n\n  • elect two champions\n  • record a history\n\n"
    row = listed + "\t\tAt risk\t\tQ4\n\nHead of Parks\n\n"
    rows = _rows(HEAD + FULL + row + FULL.replace("the", "our"))
    assert rows[3][0] == "Work with schools to: elect two champions record a history"
    assert len(rows) == 7


def test_a_labelled_line_heads_the_rows_below_it_and_is_no_row() -> None:
    text = HEAD + "Commitment 1: Clean streets\n" + FULL + "Commitment 2: Warm homes\n" + FULL.replace("the", "our")
    rows = _rows(text)
    assert rows[0] == ["Commitment 1: Clean streets"] * 4
    assert rows[4] == ["Commitment 2: Warm homes"] * 4
    assert rows[5][0] == "Mend our roof of our hall"


def test_a_heading_over_the_next_table_is_no_cell_of_the_last_row() -> None:
    text = HEAD + FULL + "\t\tOn track\n\nWarm homes\n\n" + HEAD + FULL.replace("the", "our")
    tables = [block for block in _blocks(text) if isinstance(block, Table)]
    assert len(tables) == 2
    assert [block.text for block in _blocks(text) if isinstance(block, Heading)] == ["Warm homes"]


def test_tabs_that_show_no_cell_show_an_empty_one() -> None:
    table = _table(HEAD + FULL + "Trim the hedges of the park\n\n\t\t\t\tJune 2025\n\nHead of Parks\n\n")
    cell = table.rows[4][1]
    assert cell is not None
    assert not cell.lines
    assert not cell.doubts


def test_a_cell_that_is_missing_without_tabs_was_merged_with_the_one_above() -> None:
    head = "Ref\t\tAction\t\tLead officer\t\tWhen\n"
    people = ("Head of Parks", "Head of Roads", "Head of Homes", "Head of Ports")
    rows = "".join(
        f"{number}.1\n\nMend the roof of hall {number}\n\n{officer}\n\n\t\tQ1\n"
        f"{number}.2\n\nSweep the yard of hall {number}\n\n\t\tQ2\n"
        for number, officer in enumerate(people, 1)
    )
    table = _table(head + rows)
    for number, officer in enumerate(people):
        above, below = table.rows[1 + 2 * number][2], table.rows[2 + 2 * number][2]
        assert above is below
        assert cell_text(above) == officer


def test_the_time_taken_grows_with_the_lines() -> None:
    def seconds(times: int) -> float:
        text = HEAD + "".join(FULL.replace("hall", f"hall {number}") for number in range(times))
        start = time.process_time()
        assert len(_rows(text)) == 3 * times
        return time.process_time() - start

    seconds(20)
    assert seconds(800) < 12 * seconds(200)


def test_a_body_known_by_its_first_words_heads_nothing() -> None:
    head = "No.\t\tAction\t\tWhen\t\tOwner\n"
    rows = (
        "1.1\t\tOpen a hangar\t\tMay 2025\n\nD. Ibekwe, Operations Manager\n\nUniversity of Norham\n\n"
        "1.2\t\tRetire the system\t\tTBC\n\nB. Fairbairn, Contact Manager\n\n"
        "1.3\t\tMend the roof of the hall\t\tQ2 2025\n\nD. Ibekwe, Operations Manager\n\n"
    )
    more = head + rows.replace("1.", "2.").replace("University of Norham\n\n", "")
    assert _rows(head + rows + "Ambition 2: A modern force\n\n" + more)[0][3] == (
        "D. Ibekwe, Operations Manager University of Norham"
    )


def _paragraphs(*texts: str) -> str:
    return "".join(f"{text}\n\n" for text in texts)


def test_partners_stand_under_their_header_though_the_row_has_no_progress() -> None:
    head = "Ref\t\tAction\t\tWhen\t\tLead service\t\tKey partners\t\tProgress\n"
    rows = _rows(
        head
        + _paragraphs("P1", "Mend the roof of the baths and all halls.", "May 2025", "Homes Directorate")
        + _paragraphs("\t\t\xa0", "Two bids came in.")
        + _paragraphs("P2", "Answer most of all calls at once.", "June 2025", "Homes Directorate", "All are trained.")
        + _paragraphs("P3", "Clear the old weir above the mill.", "July 2025", "Places Directorate", "Parish councils")
        + _paragraphs("Half of it is cleared by now.", "P4", "Sell the spare depots of the council.", "May 2025")
        + _paragraphs("Homes Directorate", "All of them were sold.")
        + _paragraphs("P5", "Plant limes along the old road.", "May 2025", "Homes Directorate", "Moss Youth Alliance")
    )
    assert rows[4][3:] == ["Homes Directorate", "Moss Youth Alliance", ""]


def test_a_cell_that_may_have_been_an_empty_paragraph_proves_no_merged_one() -> None:
    head = "Ref\t\tAction\t\tWhen\t\tLead service\t\tRisks\t\tProgress\n"
    rows = (
        ("Homes Directorate", "High", "Begun in May."),
        ("Homes Directorate", "Low", "All sold."),
        ("", "\t\t\xa0", "Two bids."),
        ("Places Directorate", "High", "All rung."),
        ("Places Directorate", "Low", "Half done."),
        ("", "\t\t\xa0", "No bids."),
        ("Homes Directorate", "Low", "Begun in June."),
        ("Homes Directorate", "Low", "Begun in July."),
    )
    text = "".join(
        _paragraphs(f"1.{number}", f"Mend the roof of the old baths in ward {number}.", "May 2025", *filter(None, row))
        for number, row in enumerate(rows, 1)
    )
    assert [row[3] for row in _rows(head + text)] == [service for service, _, _ in rows]


def test_an_owner_among_measures_is_doubted_there_and_where_it_may_be_missing() -> None:
    head = "Ref\t\tAction\t\tLead officer\t\tMeasure of success\t\tWhen\n"
    rows = (
        ("Mend the roof of the baths and all halls.", "Head of Baths", "Visits are up by a tenth"),
        ("Answer more than half of all calls at once.", "Head of Contact", "Half of all calls are answered at once"),
        ("Clear the old weir above the mill.", "Head of Rivers", "No flood was seen within the year"),
        ("Sell the spare depots of the council.", "Head of Estates", "Strategic Lead - Land"),
        ("Plant 200 limes along the old road.", "Head of Parks", "Nine of ten limes are alive"),
    )
    table = _table(head + "".join(_paragraphs(f"1.{number}", *row, "May 2025") for number, row in enumerate(rows, 1)))
    doubted = [[bool(cell and cell.doubts) for cell in row] for row in table.rows[1:]]
    assert [row[2:4] for row in doubted] == [[False, False]] * 3 + [[True, True]] + [[False, False]]


def test_what_a_row_has_beyond_the_last_column_is_kept_in_it_with_a_doubt() -> None:
    text = "Delivery Plan 2024/25\n\nRef\t\tActivity\t\tLead officer\t\tTimescale\n\n"
    for number in range(1, 6):
        text += f"1.{number}\n\nMend the roof of hall {number} before the frost\n\nHead of Leisure\n\nMay 2024\n\n"
    text += "1.6\t\tOpen the pool to all schools\t\tHead of Leisure\t\tJune 2024\t\tTwo are let\t\tHigh\n"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [activity.ref for activity in plan.activities] == [f"1.{number}" for number in range(1, 7)]
    timescale = plan.activities[-1].timescale
    assert timescale is not None
    assert timescale.as_published == "June 2024\nTwo are let\nHigh"
    assert plan.coverage.unread == ()
    assert ("1.6", "timescale") in {(issue.ref, issue.field) for issue in plan.issues if issue.severity == "warning"}
