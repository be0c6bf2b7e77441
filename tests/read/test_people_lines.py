"""Which lines of a cell of people begin another value, where columns are aligned by blanks."""

from __future__ import annotations

import textwrap

from extractor.document import Cell, Table
from extractor.read.aligned import read_columns

HEADER = "Ref  Action                      Timescale   Lead officer"


def people(*cells: tuple[str, ...]) -> list[Cell]:
    """The cells of owners of a table whose rows have owners on these lines."""
    lines = [HEADER]
    for number, cell in enumerate((*cells, ("Town Clerk",), ("Town Clerk",)), 1):
        action = ("Mend the roofs and", "gates of the old", f"mill at Ings {number}")  # its width breaks it
        for index in range(max(len(cell), len(action))):
            start = f"1.{number}  " if not index else ""
            text = action[index] if index < len(action) else ""
            owner = cell[index] if index < len(cell) else ""
            lines.append(f"{start:<5}{text:<28}{'May 2030' if not index else '':<12}{owner}".rstrip())
    aligned = read_columns(textwrap.dedent("\n".join(lines)).split("\n"))
    assert aligned is not None
    found = aligned.blocks
    [table] = [block for block in found if isinstance(block, Table)]
    held = [row[3] for row in table.rows[table.header_rows :]]
    return [cell for cell in held if cell is not None][: len(cells)]


def texts(cell: Cell) -> list[str]:
    return [line.text for line in cell.lines]


def doubted(cell: Cell) -> bool:
    return any("begins another value" in doubt.message for doubt in cell.doubts)


def test_two_names_that_other_cells_hold_are_two_though_no_room_was_left() -> None:
    cells = people(
        ("Corporate Core",),
        ("Neighbourhoods",),
        ("Corporate Core", "Neighbourhoods"),
        ("Neighbourhoods /", "Corporate Core"),
    )
    assert texts(cells[2]) == ["Corporate Core", "Neighbourhoods"]
    assert not doubted(cells[2])


def test_a_name_that_its_column_breaks_is_one_where_it_stands_whole_elsewhere() -> None:
    cells = people(
        ("Town Clerk / Housing", "Growth Team"),
        ("Housing Growth Team",),
        ("Housing", "Growth Team /", "Town Clerk"),
    )
    assert [texts(cell) for cell in cells[::2]] == [
        ["Town Clerk / Housing Growth Team"],
        ["Housing Growth Team / Town Clerk"],
    ]
    assert not any(map(doubted, cells))


def test_a_line_that_begins_as_cells_do_begins_a_name() -> None:
    cells = people(
        ("Strategic Lead - Carers",),
        ("Strategic Lead - Parks",),
        ("Service Manager - Roads",),
        ("Service Manager - Fleet and", "Depots", "Strategic Lead - Woodland"),
    )
    assert texts(cells[3]) == ["Service Manager - Fleet and Depots", "Strategic Lead - Woodland"]


def test_a_body_outside_the_council_is_no_part_of_a_post() -> None:
    cells = people(
        ("Director of Carers",),
        ("Director of Housing Growth",),
        ("Director of Carers", "Kescross Rivers Trust"),
        ("Chief Executive, Ings", "Chamber of Trade"),
    )
    assert texts(cells[2]) == ["Director of Carers", "Kescross Rivers Trust"]
    assert texts(cells[3]) == ["Chief Executive, Ings Chamber of Trade"]


def test_names_of_persons_are_two_in_a_column_of_persons() -> None:
    cells = people(
        ("Aoife Prothero",),
        ("V. Threlfall",),
        ("Bronagh Castellan",),
        ("Hamish Entwistle",),
        ("Aoife Prothero", "Bronagh Nightingale"),
    )
    assert texts(cells[4]) == ["Aoife Prothero", "Bronagh Nightingale"]


def test_two_halves_that_always_stand_together_are_no_evidence_for_each_other() -> None:
    cells = people(
        ("H. Ogden, Victim", "Services and Justice Manager"),
        ("H. Ogden, Victim", "Services and Justice Manager", "I. Quayle"),
        ("I. Quayle",),
    )
    assert texts(cells[0]) == ["H. Ogden, Victim Services and Justice Manager"]
    assert texts(cells[1]) == ["H. Ogden, Victim Services and Justice Manager", "I. Quayle"]


def test_a_cell_that_may_part_otherwise_is_doubted() -> None:
    cells = people(("Flood Risk Team",), ("Flood Risk Team", "Biodiversity"), ("Finance",))
    assert doubted(cells[1])
    assert not doubted(cells[0])


def test_a_cell_of_very_many_lines_is_left_as_it_is_and_doubted() -> None:
    [cell] = people(tuple(f"Ward {number} Forum" for number in range(60)))
    assert doubted(cell)


def test_the_lines_of_a_value_are_told_by_its_location() -> None:
    [first, *_] = people(("Director of", "Housing Growth"), ("Town Clerk",))
    assert first.location.lines == (2, 3)


def test_a_person_before_a_body_outside_the_council_is_two_values_in_a_column_of_persons() -> None:
    cells = people(
        ("Owain Kowal", "Lydthorpe Housing Trust"),
        ("Bethan Prothero",),
        ("Hamish Yarwood",),
        ("Deepa Abara",),
        ("Ursula Marsh",),
    )
    assert texts(cells[0]) == ["Owain Kowal", "Lydthorpe Housing Trust"]


def test_plain_words_that_may_be_the_names_of_two_bodies_are_doubted() -> None:
    cells = people(
        ("Organisational", "Development", "Human Resources", "Team"),
        ("Organisational", "Development"),
        ("Inward", "Investment", "Service"),
        ("Health and Safety", "Service"),
    )
    assert [doubted(cell) for cell in cells] == [True, False, False, False]


def test_the_post_of_a_person_may_be_that_of_many_services() -> None:
    cells = people(
        ("T. Kowal, Financial", "Planning, Procurement,", "Internal Audit and", "Property Manager"),
        ("A. Marsh, Procurement", "Manager"),
        ("T. Kowal, Financial", "Planning Manager"),
    )
    assert texts(cells[0]) == ["T. Kowal, Financial Planning, Procurement, Internal Audit and Property Manager"]
