"""The borders of a table without delimiters: recovered, or doubted where they are wrong."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Profile, Settings
from extractor.read import read
from extractor.recognise import recognise
from extractor.vocabulary import Meaning
from recognise.tables_made import make_table

PEOPLE: tuple[Meaning, ...] = ("lead_officers", "lead_directorates", "lead_cabinet_members")
TABLES = 500
PARTS = 10


@pytest.mark.parametrize("part", range(PARTS))
def test_made_tables_are_recovered_whole_or_doubted(part: int) -> None:
    seeds = range(part, TABLES, PARTS)
    whole = 0
    silent: list[str] = []
    for seed in seeds:
        made = make_table(seed)
        rows = recognise(read(made.text.encode(), "plan.txt", Settings()), Profile()).rows
        assert len(rows) == len(made.rows), f"seed {seed}: rows"
        right = True
        for row, expected in zip(rows, made.rows, strict=True):
            doubted = {doubt.field for doubt in row.doubts}
            for meaning, value in zip(PEOPLE, expected, strict=True):
                found = row.cells[meaning].text
                if found != value:
                    right = False
                    if meaning not in doubted:
                        silent.append(f"seed {seed}: {found!r} is {value!r}")
        whole += right
    assert whole >= 0.95 * len(seeds)
    assert not silent


def test_doubts_are_rare() -> None:
    doubts = cells = 0
    for seed in range(20):
        rows = recognise(read(make_table(seed).text.encode(), "plan.txt", Settings()), Profile()).rows
        cells += 6 * len(rows)
        doubts += sum(len(row.doubts) for row in rows)
    assert doubts <= 0.03 * cells


def test_line_ends_at_the_widths_of_cells_part_no_cell() -> None:
    rows = (
        (
            "1.1",
            "Mend the old weir below the mill and plant\ntrees along both of its banks",
            "Head of Parks and\nOpen Spaces",
            "May 2025",
        ),
        ("1.2", "Paint the hall in the colours that its\nfriends have chosen", "Head of Halls", "June 2025"),
        (
            "1.3",
            "Open the baths for longer on days on which\nschools are closed",
            "Head of Parks and\nOpen Spaces",
            "July 2025",
        ),
        ("1.4", "Sweep the lanes that lead to the station\nbefore the summer fair", "Head of Halls", "May 2025"),
        (
            "1.5",
            "Light the path from the green to the\nschool with lamps that dim",
            "Head of Parks and\nOpen Spaces",
            "June 2025",
        ),
        ("1.6", "Count the bats that live under the roof of\nthe town hall", "Head of Halls", "July 2025"),
    )
    text = "Town Plan 2025/26\nRef\nAction\nLead officer\nWhen\n" + "".join("\n".join(row) + "\n" for row in rows)
    records = read_plan(text.encode(), "plan.txt", Settings()).activities
    assert [record.activity for record in records] == [row[1].replace("\n", " ") for row in rows]
    assert [record.lead_officers[0] for record in records] == [row[2].replace("\n", " ") for row in rows]
