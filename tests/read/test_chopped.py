"""Words that a column's width cut: what is put together, and what is doubted."""

from __future__ import annotations

import time

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.chopped import Known, rejoined


def _rejoined(*lines: str, room: int) -> tuple[list[str], bool]:
    found, unsure = rejoined(list(enumerate(lines)), room, Known(["We fund works here"]))
    return [text for _, text in found], unsure


@pytest.mark.parametrize(
    "lines",
    [("repair", "bridge"), ("kerb", "gravel"), ("mow", "verge"), ("wood", "bins"), ("IT", "estate"), ("ox", "carts")],
)
def test_unknown_words_below_each_other_are_doubted_however_they_are_read(lines: tuple[str, str]) -> None:
    assert _rejoined(*lines, room=len(lines[1]))[1]


@pytest.mark.parametrize("lines", [("establish", "frontages"), ("Environ", "mental")])
def test_long_unknown_words_are_two_or_doubted(lines: tuple[str, str]) -> None:
    assert _rejoined(*lines, room=len(lines[1]))[1]


def test_a_joint_that_is_sure_says_nothing_of_the_next() -> None:
    assert _rejoined("Cllr", "pa", "vement", "bridge", room=6)[1]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("Mr", "Fal", "bourne"), "Falbourne"),  # "Fal" had room behind "Mr"
        (("Fai", "rbairn"), "Fairbairn"),  # no word begins so
        (("b", "rook"), "brook"),  # nor is one so short
        (("Immuni", "sation"), "Immunisation"),
        (("De", "partment"), "Department"),
        (("wo", "rks"), "works"),  # known
    ],
)
def test_parts_that_can_be_no_words_are_surely_of_one(lines: tuple[str, ...], whole: str) -> None:
    found, unsure = _rejoined(*lines, room=len(lines[-1]))
    assert (found[-1], unsure) == (whole, False)


def test_glued_words_of_a_drawn_table_are_doubted_in_the_plan() -> None:
    border = "+------+--------+------------------+--------------+\n"
    text = f"# Delivery Plan 2024-2026 {{#plan}}\n\n{border}"
    text += "| Ref  | Action | Lead officer     | Timescale    |\n" + border.replace("-", "=")
    for number, (above, below) in enumerate((("repair", "bridge"), ("kerb", "gravel"), ("plant", "willow"))):
        text += f"| 1.{number}  | {above:<6} | Head of Roads    | May 2025     |\n"
        text += f"|      | {below} |                  |              |\n{border}"
    plan = read_plan(text.encode(), "plan.md", Settings())
    assert len(plan.activities) == 3
    doubted = {issue.ref for issue in plan.issues if issue.code == "border-inferred"}
    assert doubted == {"1.0", "1.1", "1.2"}


def test_many_full_lines_take_no_time() -> None:
    started = time.process_time()
    found, unsure = _rejoined(*["repair"] * 10_000, room=6)
    assert time.process_time() - started < 5
    assert unsure
    assert max(map(len, found)) <= 40
