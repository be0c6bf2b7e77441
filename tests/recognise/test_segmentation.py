"""The borders of a table without delimiters: recovered, or doubted where they are wrong."""

from __future__ import annotations

import pytest

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
