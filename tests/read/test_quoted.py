"""What a spreadsheet copies: tabs between cells, and quotes around those that hold line ends."""

from __future__ import annotations

import pytest

from extractor.document import Heading, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.quoted import read_quoted

_TEXT = (
    "Delivery Plan 2025/26\t\t\t\nHomes\t\t\t\nRef\tAction\tLead officer\tTimescale\n"
    '1.1\t"Mend the ""old"" roof\n(Statutory duty)"\t"Head of Estates\nClerk"\tMay 2025\n'
    "Streets\t\t\t\n1.2\tSweep the yard\t\tOngoing\n"
)


def _table(text: str) -> list[list[str]]:
    blocks = read_quoted(text.split("\n"))
    assert blocks is not None
    table = next(block for block in blocks if isinstance(block, Table))
    return [[cell.text if cell else "" for cell in row] for row in table.rows]


def test_a_quoted_cell_is_one_and_its_lines_are_kept() -> None:
    assert _table(_TEXT) == [
        ["Ref", "Action", "Lead officer", "Timescale"],
        ["1.1", 'Mend the "old" roof\n(Statutory duty)', "Head of Estates\nClerk", "May 2025"],
        ["Streets"] * 4,
        ["1.2", "Sweep the yard", "", "Ongoing"],
    ]


def test_what_stands_alone_above_the_header_heads_the_table() -> None:
    blocks = read_quoted(_TEXT.split("\n"))
    assert blocks is not None
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Homes"]


def test_records_are_read_off_and_everything_is_claimed() -> None:
    plan = read_plan(_TEXT.encode(), "plan.txt", Settings())
    first, second = plan.activities
    assert (first.ref, first.lead_officers, first.notes) == ("1.1", ("Head of Estates", "Clerk"), ("Statutory duty",))
    assert (second.ref, second.activity) == ("1.2", "Sweep the yard")
    assert plan.coverage.claimed == plan.coverage.words


def test_of_a_header_of_two_rows_the_lower_labels_name_the_columns() -> None:
    text = 'Ref\tAction\tLead\t\n\t\tDirectorate\tLead officer\n1.1\t"Mend\nall"\tPlace\tA. Marsh\n'
    assert _table(text) == [["Ref", "Action", "Directorate", "Lead officer"], ["1.1", "Mend\nall", "Place", "A. Marsh"]]


@pytest.mark.parametrize(
    "text",
    [
        "Ref\tAction\tWhen\n1\tMend\tMay\n",
        'Ref\tAction\tWhen\n1\t"Mend the roof\tMay\n2\tSweep "all" of it\tJune\n',
        'Ref\tAction\tWhen\n1\tMend\t"for ever\n2\tSweep\tJune\n',
    ],
)
def test_other_texts_are_left(text: str) -> None:
    assert read_quoted(text.split("\n")) is None
