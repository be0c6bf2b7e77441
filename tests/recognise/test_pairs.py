"""Tables of two columns that blanks part: what is to be done, and who does it or when."""

from __future__ import annotations

import json

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings

_WHO = """\
Rivers Plan for 2025

T1 - Weirs

We commit to keep all weirs sound.

2024/25

Action Owner
Mend the weir below the mill and those above it. Strategic Director for Place
Draw up a plan for the sluices (with the Rivers Trust). Head of Rivers and Coast

T2 - Baths

By 2030 all baths are warm.

2025 to 2027

Action Owner
Open the baths for the summer and keep them open. Assistant Chief Executive
"""


def _plan(text: str) -> dict[str, list[dict[str, object]]]:
    return dict(json.loads(read_plan(text.encode(), "plan.txt", Settings()).model_dump_json()))


def test_the_line_of_a_sentence_and_somebody_is_a_row_and_a_blank_line_ends_the_table() -> None:
    plan = _plan(_WHO)
    assert [record["lead_officers"] for record in plan["activities"]] == [
        ["Strategic Director for Place"],
        ["Head of Rivers and Coast"],
        ["Assistant Chief Executive"],
    ]
    assert plan["activities"][0]["activity"] == "Mend the weir below the mill and those above it."
    assert [group["title"] for group in plan["groups"]] == ["2024/25", "2025 to 2027"]


def test_a_target_with_its_date_is_what_is_to_be_done() -> None:
    text = (
        "Equality objectives 2025\n\nObjective one\n\nWe will be fair to all.\n\nTarget Target date\n"
        "Our cycle of reports shows every change in who works here. December 2025\n"
        "More of those who join us come from all parts of the town. March 2026\n\nObjective two\n\n"
        "We will be open.\n\nTarget Target date\nOur board meets in public and says what it did. January 2026\n"
    )
    records = _plan(text)["activities"]
    assert [record["timescale"]["as_published"] for record in records] == [
        "December 2025",
        "March 2026",
        "January 2026",
    ]  # type: ignore[index]


@pytest.mark.parametrize(
    "below", ["Nobody has said so far who does what.", "Mend the weir Head of Rivers", "", "Ask the Head of Rivers."]
)
def test_two_words_alone_head_no_table(below: str) -> None:
    assert not _plan(f"Rivers Plan 2025\n\nAction Owner\n{below}\n")["activities"]


def test_rows_below_a_blank_line_are_of_the_table_and_text_is_not() -> None:
    rows = "Mend the weir. Head of Rivers\n\nOpen the baths for the\nsummer. Head of Rivers\n\nWe thank all\n"
    assert [record["activity"] for record in _plan(f"Rivers Plan 2025\n\nAction Owner\n{rows}")["activities"]] == [
        "Mend the weir.",
        "Open the baths for the\nsummer.",
    ]
