"""Quotes that pandoc wrote straight, and texts that only look as if it had."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.typographic import with_quotes

_GRID = "+-----+\n| The |\n+-----+\n"


def test_an_escaped_quote_alone_is_no_proof_of_pandoc() -> None:
    text = "The council's 5\\' fence\n"
    assert with_quotes(text) == text
    assert with_quotes(_GRID + text, drawn=True) == f"{_GRID}The council\u2019s 5\\' fence\n"


@pytest.mark.parametrize("trait", ["# Plan {#plan}", "[Homes]{.underline}", "::: section"])
def test_what_only_pandoc_writes_is_proof(trait: str) -> None:
    assert with_quotes(f'{trait}\nthe "best"\n') == f"{trait}\nthe \u201cbest\u201d\n"


def test_an_apostrophe_before_a_figure_opens_nothing_and_a_quote_within_braces_does() -> None:
    text = "# Plan {#plan}\nhomes of the '90s {'a'}\n"
    assert with_quotes(text) == "# Plan {#plan}\nhomes of the \u201990s {\u2018a\u2019}\n"


@pytest.mark.parametrize("trait", ["", "::: section\n"])
def test_what_a_spreadsheet_copied_is_read_before_any_quote_is_another(trait: str) -> None:
    text = (
        f"{trait}Ref\tAction\tLead officer\tTimescale\n"
        '1.1\t"Review the ""Local Plan""\nand publish it"\tHead of Planning\tMarch 2025\n'
        '1.2\t"Mend a 5\\\' wall\nfor all"\tHead of Housing\tJune 2025\n'
    )
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [record.activity for record in plan.activities] == [
        'Review the "Local Plan"\nand publish it',
        "Mend a 5\\' wall\nfor all",
    ]
