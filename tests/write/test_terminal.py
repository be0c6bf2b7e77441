"""The table for people: it fits, it wraps, it marks what is flagged, and it plays no tricks on the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.records import Plan
from extractor.write.to_terminal import display_width, format_table
from plans import full_plan, plans

_ANSI = re.compile(r"\x1b\[\d+m")


@pytest.mark.parametrize("width", [60, 80, 100, 160, 240])
def test_lines_fit_the_width(width: int) -> None:
    text = format_table(full_plan(), width=width)
    assert max(map(display_width, text.splitlines())) <= width
    for words in (
        "Places > Outcome: Safe streets",
        "Light the paths",
        "from the lock",
        "Quarter 4",
        "Head of",
    ):
        # Wrapped or not: the words are there, in their order, among those of the other columns.
        assert re.search(r"\s.*?".join(map(re.escape, words.split())), text, re.DOTALL)


def test_wide_terminals_show_all_three_leads() -> None:
    assert "Cabinet Member for Safe Streets" not in format_table(full_plan(), width=100)
    wide = format_table(full_plan(), width=200)
    assert "Cabinet Member for Safe Streets" in wide
    assert "Places & Growth" in wide


def test_colour_changes_nothing_but_the_codes() -> None:
    plain, coloured = format_table(full_plan()), format_table(full_plan(), colour=True)
    assert plain != coloured
    assert _ANSI.sub("", coloured) == plain
    assert "\x1b" not in plain


def test_flagged_records_are_marked() -> None:
    text = format_table(full_plan())
    assert re.search(r"^! 2\.1a ", text, re.MULTILINE)
    assert text.count("!") == 2, "one record, and the line that says what the mark means"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_no_text_can_control_the_terminal_or_break_the_width(plan: Plan) -> None:
    text = format_table(plan, width=80)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert max(map(display_width, text.split("\n"))) <= 80
