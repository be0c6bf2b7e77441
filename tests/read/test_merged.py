"""Merged cells of tables without rules: which rows a text covers."""

from __future__ import annotations

import pytest

from extractor.read.merged import Covered, RowPlace, covered_rows, row_places
from extractor.read.typeset import TextLine

ROWS = row_places(
    [(100 + 30 * number, 120 + 30 * number) for number in range(6)],
    [108 + 30 * number for number in range(6)],
    ["1.1", "1.2", "1.3", "2.1", "2.2", "3.1"],
)


def text_at(middle: float, lines: int = 1) -> list[TextLine]:
    """Lines of ten points that are centred on a height."""
    top = middle - 5 * lines
    return [TextLine("Group", 40, 90, top + 7.8 + 10 * line, 10, 1, 40) for line in range(lines)]


def spans(covered: list[Covered]) -> list[tuple[int, int]]:
    return [(each.first, each.last) for each in covered]


@pytest.mark.parametrize("lines", [1, 3])
def test_a_centred_text_covers_the_rows_that_it_is_the_middle_of(lines: int) -> None:
    blocks = [text_at(140, lines), text_at(215, lines), text_at(260)]
    covered = covered_rows(blocks, ROWS, True, 12.0, None)
    assert spans(covered) == [(0, 2), (3, 4), (5, 5)]
    assert not any(each.unsure for each in covered)


def test_a_text_at_the_top_begins_with_its_first_row() -> None:
    blocks = [[TextLine("Group", 40, 90, baseline, 10, 1, 40)] for baseline in (108, 198, 258)]
    assert spans(covered_rows(blocks, ROWS, False, 12.0, None)) == [(0, 2), (3, 4), (5, 5)]


def test_the_first_rows_may_go_on_with_a_group_of_the_page_before() -> None:
    before = RowPlace(0, 0, 0, "1")
    assert spans(covered_rows([text_at(215), text_at(260)], ROWS, True, 12.0, before)) == [(3, 4), (5, 5)]


def test_a_cell_that_the_page_end_cuts_has_its_text_at_the_top() -> None:
    assert spans(covered_rows([text_at(140), text_at(200)], ROWS, True, 12.0, None)) == [(0, 2), (3, 5)]


def test_where_a_text_is_the_middle_of_neither_choice_both_are_doubted() -> None:
    rows = [RowPlace(row.top, row.bottom, row.baseline, None) for row in ROWS]
    assert all(each.unsure for each in covered_rows([text_at(147), text_at(222)], rows, True, 12.0, None))


def test_a_page_of_very_many_rows_is_left_alone() -> None:
    rows = [RowPlace(float(number), number + 1.0, float(number), None) for number in range(1000)]
    assert covered_rows([text_at(500)], rows, True, 12.0, None) == []
