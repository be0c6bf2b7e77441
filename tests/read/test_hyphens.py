"""Hyphens at the ends of lines: the author's stay, the typesetter's go, and what nobody can know is doubted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Cell, Heading, Line, Paragraph, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.hyphens import settle
from extractor.text import BREAK
from pdf_writer import Sheet, write


def marked(text: str) -> str:
    """The text with the mark of a line's end after each hyphen that a blank follows."""
    return text.replace("- ", BREAK)


def settled(*texts: str) -> list[str]:
    """Paragraphs after settling."""
    blocks, _, _ = settle([Paragraph(Line(marked(text))) for text in texts])
    return [block.line.text for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("printed", "context", "expected"),
    [
        ("Communi- ties", "", "Communities"),
        ("the fly- tipping team", "A fly-tipping team", "the fly-tipping team"),
        ("refur- bish the hall", "refurbish", "refurbish the hall"),
        ("co- design the service", "", "co-design the service"),
        ("long- term care for the old", "the term is long", "long-term care for the old"),
        ("under- used halls", "underused halls", "under-used halls"),
        (
            "under- used halls, and refur- bish them",
            "underused halls to refurbish",
            "underused halls, and refurbish them",
        ),
        ("ENVIRON- MENT", "Environment", "ENVIRONMENT"),
        ("ride- on mowers", "", "ride-on mowers"),
        ("bids re- ceived by the commit- ment", "", "bids received by the commitment"),
        ("bids re- ceived", "", "bids re-ceived"),  # of a document that divides no words
        ("re- let homes for the commit- ment", "let all", "re-let homes for the commitment"),
    ],
)
def test_the_words_of_the_document_tell_whose_a_hyphen_is(printed: str, context: str, expected: str) -> None:
    assert settled(printed, context)[0] == expected


def test_a_doubtful_hyphen_of_a_document_that_divides_words_is_told() -> None:
    cell = Cell((Line(marked("Buy ride- on mowers for the commit- ment"), breaks=(19,)),))
    blocks, halves, wholes = settle([Table(((cell,),)), Heading(marked("Environ- ment"), 2)])
    table, heading = blocks
    assert isinstance(table, Table)
    (made,) = table.cells()
    assert made.text == "Buy rideon mowers for the commitment"
    assert made.lines[0].breaks == (len("Buy rideon mowers"),)
    assert [doubt.code for doubt in made.doubts] == ["hyphen-unsure"]
    assert "ride-on" in made.doubts[0].message
    assert isinstance(heading, Heading)
    assert heading.text == "Environment"
    assert wholes == {"rideon": 1, "commitment": 1, "Environment": 1}
    assert sum(halves.values()) == 6


@pytest.mark.parametrize("printed", ["bids re- ceived", "homes to re- let"])
def test_a_hyphen_behind_what_is_a_prefix_and_a_syllable_is_doubted_where_words_are_divided(printed: str) -> None:
    cell = Cell((Line(marked(f"{printed} for the commit- ment, and let")),))
    ((table,), _, _) = settle([Table(((cell,),))])
    assert isinstance(table, Table)
    assert [[doubt.code for doubt in each.doubts] for each in table.cells()] == [["hyphen-unsure"]]


def test_a_plan_set_in_narrow_columns_has_whole_words_and_loses_none() -> None:
    sheet = Sheet()
    lefts = (40.0, 90.0, 400.0, 520.0, 650.0)
    rows = [
        (("Ref", "Activity", "Timescale", "Lead officer", "Lead Di-"), ("", "", "", "", "rectorate")),
        (
            ("1.1", "Plant 40 trees with the resi-", "Quarter 2", "Head of Parks", "Environ-"),
            ("", "dents of Mill Lane", "", "", "ment"),
        ),
        (("1.2", "Mend the weir", "By 31 Decem-", "Head of Rivers", "Communi-"), ("", "", "ber 2024", "", "ties")),
        (("1.3", "Open a self-", "Quarter 4", "Head of Leisure", "Communities"), ("", "service desk", "", "", "")),
    ]
    sheet.text(40, 40, "Delivery plan 2024/25 for all residents", 16, bold=True)
    for index, lines in enumerate(rows):
        for down, texts in enumerate(lines):
            for x, text in zip(lefts, texts, strict=True):
                if text:
                    sheet.text(x, 90 + 40 * index + 12 * down, text, bold=index == 0)
    plan = json.loads(read_plan(write([sheet]), "plan.pdf", Settings()).model_dump_json())
    first, second, third = plan["activities"]
    assert first["activity"] == "Plant 40 trees with the residents of Mill Lane"
    assert [each["lead_directorates"] for each in plan["activities"]] == [
        ["Environment"],
        ["Communities"],
        ["Communities"],
    ]
    assert second["timescale"]["as_published"] == "By 31 December 2024"
    assert second["timescale"]["end"] == "2024-12-31"
    assert third["activity"] == "Open a self-service desk"
    assert plan["coverage"]["unread"] == []
    assert plan["coverage"]["words"] == plan["coverage"]["claimed"]
