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


def test_tables_of_two_columns_and_of_fewer_cells_a_row_end_where_their_rows_grow() -> None:
    key = _table(("RAG", "Meaning"), ("Green", "On track"), ("Red", "Off track"))
    header = ("Ref", *_HEADER)
    homes = _table(header, ("1.1", "Mend the roofs", "Clerk", "May 2025"), ("1.2", "Repaint the hall", "June 2025"))
    streets = _table(header, ("2.1", "Sweep the yard", "Warden", "Ongoing"), ("2.2", "Light the lane", "July 2025"))
    contacts = _table(("Name", "Role"), ("A. Clark", "Clerk"), ("B. Ward", "Warden"))
    text = f"Plan\n\n{key}\n\nHomes\n\n{homes}\n\nStreets\n\n{streets}\n\nContacts\n\n{contacts}\n"
    _, *blocks = _blocks(text)
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Homes", "Streets", "Contacts"]
    tables = [_texts(block) for block in blocks if isinstance(block, Table)]
    assert [len(table[0]) for table in tables] == [2, 4, 4, 2]
    assert tables[1][2] == ["1.2", "Repaint the hall", "June 2025", ""]
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [(activity.ref, activity.lead_officers) for activity in plan.activities] == [
        ("1.1", ("Clerk",)),
        ("1.2", ("Clerk",)),
        ("2.1", ("Warden",)),
        ("2.2", ("Warden",)),
    ]


def test_what_no_blank_line_sets_off_from_its_tab_is_a_list() -> None:
    header = ("Action", "Lead officer", "Timescale", "How we will know")
    rows = "\n\n\n\n".join(
        f"{action}{_TAB}Clerk{_TAB}May 2025\n\n\t\n{measures}"
        for action, measures in (("Mend the roofs", "Fewer leaks"), ("Light the lane", "Fewer falls\nMore walks"))
    )
    plan = read_plan(f"Delivery Plan 2025/26\n\n{_table(header)}{_END}{rows}\n".encode(), "plan.txt", Settings())
    assert [activity.extra["How we will know"] for activity in plan.activities] == [
        "• Fewer leaks",
        "• Fewer falls\n• More walks",
    ]


def test_divisions_of_a_page_are_no_lists() -> None:
    rows = "\n\n\n".join(
        "\n\t\n".join(row) for row in [("Mend", "Clerk", "May 2025"), ("Light", "Warden", "July 2025")]
    )
    table = _blocks(f"Delivery Plan 2025/26\n\n{_table(_HEADER)}\n\n\n\n{rows}\n\n{_HOMES}")[1]
    assert isinstance(table, Table)
    assert {line.kind for cell in table.cells() for line in cell.lines} == {"paragraph"}


def test_a_heading_right_below_an_empty_last_cell_is_no_list() -> None:
    rows = f"Mend the roofs{_TAB}Clerk{_TAB}May 2025{_END}Light the lane{_TAB}Clerk\n\n\t\nStreets\n\n"
    text = f"Delivery Plan 2025/26\n\nHomes\n\n{_table(_HEADER)}{_END}{rows}{_STREETS}"
    _, table, heading, _ = _blocks(text)[-4:]
    assert heading.text == "Streets" if isinstance(heading, Heading) else False
    assert _texts(table)[-1] == ["Light the lane", "Clerk", ""]


def test_a_table_within_a_cell_is_kept_beside_the_records() -> None:
    header = ("Ref", "Action", "Lead", "Measure")
    rows: list[tuple[str, ...]] = []
    for ref, action in (("A1", "Mend the roofs"), ("A2", "Light the lane"), ("A3", "Sweep the yard")):
        rows += [(ref, action, "Clerk", "Baseline", "Target"), ("51%", "72%")]
    plan = read_plan(f"Delivery Plan 2025/26\n\n{_table(header, *rows)}\n".encode(), "plan.txt", Settings())
    assert [activity.ref for activity in plan.activities] == ["A1", "A2", "A3"]
    assert [table.rows for table in plan.tables] == [(("Baseline", "Target"), ("51%", "72%"))] * 3
    assert [issue.ref for issue in plan.issues if issue.code == "table-unclear"] == ["A1", "A2", "A3"]


def test_labels_beside_their_values_are_no_header() -> None:
    forms = [
        _table(("Ref", ref, "Lead", "Clerk"), ("Action", action), ("Timescale", "May 2025", "Measure", "Done"))
        for ref, action in (("V1", "Mend the roofs"), ("V2", "Light the lane"))
    ]
    assert read_paragraph_cells("\n\n\xa0\n\n".join(forms).split("\n")) is None


def test_a_header_said_again_below_a_row_of_one_cell_begins_no_table() -> None:
    groups = [("Priority 1: Homes",), _HEADER, ("Mend the roofs", "Clerk", "May 2025")]
    groups += [("Priority 2: Streets",), _HEADER, ("Light the lane", "Warden", "July 2025")]
    plan = read_plan(f"Delivery Plan 2025/26\n\n{_table(_HEADER, *groups)}\n".encode(), "plan.txt", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [(titles.get(a.group_id or ""), a.activity) for a in plan.activities] == [
        ("Homes", "Mend the roofs"),
        ("Streets", "Light the lane"),
    ]


def test_the_header_of_another_table_has_two_lines() -> None:
    header = [("Ref", "Action", "Delivery"), ("Lead", "Timescale")]
    rows = [("1", "Mend the roofs", "Clerk", "May 2025"), ("2", "Light the lane", "Warden", "July 2025")]
    plan = read_plan(f"Delivery Plan 2025/26\n\n{_table(*header, *rows)}\n".encode(), "plan.txt", Settings())
    assert [(activity.activity, activity.lead_officers) for activity in plan.activities] == [
        ("Mend the roofs", ("Clerk",)),
        ("Light the lane", ("Warden",)),
    ]


def test_two_blank_lines_below_a_list_part_no_rows_where_a_paragraph_follows() -> None:
    first = f"1{_TAB}Mend what leaks:\n\nthe roofs\nthe gutters\n\n\n(With the Warden)"
    rows = f"{first}{_TAB}Clerk{_TAB}May 2025{_END}{_table(('2', 'Light the lane', 'Warden', 'July 2025'))}"
    table = _blocks(f"Delivery Plan 2025/26\n\nHomes\n\n{_table(('Ref', *_HEADER))}{_END}{rows}")[-1]
    assert [row[0] for row in _texts(table)] == ["Ref", "1", "2"]


def test_a_list_below_a_group_is_no_heading_of_its_table() -> None:
    text = f"Plan\n\nPriority 1: Homes\n\nWe want to see:\n\nFewer leaks\nMore light\n\n{_HOMES}"
    assert [block.text for block in _blocks(text) if isinstance(block, Heading)] == ["Priority 1: Homes"]


def test_values_in_small_letters_speak_against_no_columns_that_tabs_told() -> None:
    leads = ("Clerk", "the fire service", "Warden", "registered providers", "Clerk", "parish councils")
    rows = [(f"Mend roof {number}", lead, "May 2025") for number, lead in enumerate(leads)]
    text = f"Delivery Plan 2025/26\n\nHomes\n\n{_table(_HEADER, *rows)}\n"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert len(plan.activities) == 6
    assert not [issue for issue in plan.issues if issue.code == "border-inferred"]


def test_cells_of_blanks_beside_a_table_hold_no_table() -> None:
    blank = ("1", "Mend the roofs", "Clerk", "\xa0", "\xa0")
    text = _table(("Ref", *_HEADER), blank, ("\xa0", "\xa0"), ("2", "Light the lane", "Warden", "July 2025"))
    plan = read_plan(f"Delivery Plan 2025/26\n\nHomes\n\n{text}\n".encode(), "plan.txt", Settings())
    assert [activity.activity for activity in plan.activities] == ["Mend the roofs", "Light the lane"]
    assert not plan.coverage.unread
