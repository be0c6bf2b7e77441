"""How lines of print are told to go on, or to end where their author ended them."""

from __future__ import annotations

import pytest

from extractor.read.typeset import TextLine, Word, as_text_line, join_texts, leaves_room, marker_of, paragraphs
from extractor.vocabulary.roles import wording_of


def cell(*lines: tuple[str, float]) -> list[TextLine]:
    """Lines of a cell, each with its right edge."""
    return [
        TextLine(text, 0.0, right, 12.0 * number, 10.0, 1, first_width=20.0)
        for number, (text, right) in enumerate(lines)
    ]


LOOSE = cell(("Mend the roof of", 50.0), ("the hall and the", 50.0), ("old mill by the", 50.0), ("river", 20.0))


@pytest.mark.parametrize(
    ("lines", "loose"),
    [
        (LOOSE, True),
        # the items of a list begin in lower case, wherever the line above ends
        (cell(("Let the sites:", 60.0), ("the yard", 30.0), ("the exchange", 40.0), ("the old hall", 40.0)), False),
    ],
)
def test_lines_that_go_on_show_whether_a_program_leaves_room(lines: list[TextLine], loose: bool) -> None:
    assert leaves_room([(lines, 100.0)]) is loose


def test_what_stands_before_a_comma_that_opens_a_line_names_nobody() -> None:
    assert not wording_of("").post


def test_a_word_that_is_drawn_in_pieces_has_the_room_of_all_of_them() -> None:
    pieces = [
        Word("S", 0.0, 7.0, 10.0, 10.0, 1, 0),
        Word("paces", 7.0, 36.0, 10.0, 10.0, 1, 1, glued=True),
        Word("here", 39.0, 60.0, 10.0, 10.0, 1, 2),
    ]
    line = as_text_line(pieces)
    assert (line.text, line.first_width) == ("Spaces here", 36.0)


def test_a_sign_before_a_state_is_no_bullet() -> None:
    assert [marker_of(text) for text in ("✔ Complete", "○ Not started", "✔ Mend the roof", "• Complete")] == [
        "",
        "",
        "✔",
        "•",
    ]


def test_a_line_that_a_raised_mark_lowers_goes_on_with_the_one_above() -> None:
    words = [Word("schools", 50, 85, 113.8, 10, 1, 2, lowered=True)]
    above = as_text_line([Word("secondary", 50, 95, 100, 10, 1, 1)])
    assert len(paragraphs([above, as_text_line(words)], pitch=1.13)) == 1
    plain = as_text_line([Word("schools", 50, 85, 113.8, 10, 1, 2)])
    assert len(paragraphs([above, plain], pitch=1.13)) == 2


def test_a_line_that_ends_with_a_slash_goes_on_as_the_text_writes_its_other_slashes() -> None:
    assert join_texts(cell(("Accept/ Part accept/", 50.0), ("Reject", 30.0))) == "Accept/ Part accept/ Reject"
    assert join_texts(cell(("Yes/No/", 30.0), ("Partly", 30.0))) == "Yes/No/Partly"
