"""Merged cells of tables without rules: which rows a text covers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from extractor.read.alignment.facts import Centred, Facts, Lean
from extractor.read.alignment.headers import Column
from extractor.read.alignment.measure import print_measure
from extractor.read.alignment.shapes import Block
from extractor.read.alignment.spans import merge_between, place_floating
from extractor.read.merged import (
    Covered,
    RowPlace,
    Setting,
    centred_spans,
    covered_rows,
    is_left_at_top,
    paragraph_margins,
    row_grid,
    row_places,
    row_setting,
    usual_margin,
)
from extractor.read.overleaf import PageCell
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


def test_no_group_begins_with_the_rest_of_a_row_that_has_no_ref_at_the_head_of_a_page() -> None:
    rows = row_places(
        [(100 + 30 * number, 120 + 30 * number) for number in range(5)],
        [108 + 30 * number for number in range(5)],
        ["", "B6", "C1", "C2", "C3"],
    )
    blocks = [[TextLine("Group", 40, 90, 171 + 10 * line, 10, 1, 40) for line in range(2)]]
    assert spans(covered_rows(blocks, rows, True, 12.0, RowPlace(0, 0, 0, "B"))) == [(2, 4)]


def test_a_text_that_stands_just_at_the_top_of_the_last_rows_is_surely_theirs() -> None:
    rows = [RowPlace(row.top, row.bottom, row.baseline, None) for row in ROWS]
    [_, last] = covered_rows([text_at(130), text_at(195.2)], rows, True, 12.0, None)
    assert (last.first, last.last, last.unsure) == (3, 5, False)


def test_a_page_of_very_many_rows_is_left_alone() -> None:
    rows = [RowPlace(float(number), number + 1.0, float(number), None) for number in range(1000)]
    assert covered_rows([text_at(500)], rows, True, 12.0, None) == []


CELLS = [[(100.0, 112.0), (106.0, 106.0)], [(128.0, 128.0)], [(144.0, 168.0)], [(184.0, 184.0)]]
"""The first and last baselines of the cells of four rows, in lines of 12 points and 16 from row to row."""


def test_the_least_distance_of_two_rows_is_that_of_full_cells() -> None:
    assert row_setting(CELLS, 12.0) == Setting(16.0, 0.0, 12.0)
    assert row_setting([[], []], 12.0) is None


def test_cells_that_stand_too_high_show_the_margin_of_paragraphs() -> None:
    cells = [[*CELLS[0], (100.0, 100.0)], *CELLS[1:]]
    assert paragraph_margins(cells, Setting(16.0, 0.0, 12.0)) == [1.0]


def test_the_margin_of_paragraphs_is_that_of_most_cells() -> None:
    too_high = [0.86, 0.87, 0.87, 0.87, 0.88, 1.04]
    assert usual_margin([*too_high, 1.52, 1.52, 1.53, 1.53, 1.53, 1.54]) == 1.53
    assert usual_margin([]) == 0.0


@pytest.mark.parametrize(
    ("column", "merged", "expected"),
    [
        ({0: 106.0, 2: 164.0}, True, [(0, 0), (1, 1), (2, 3)]),
        ({0: 106.0, 1: 128.0, 2: 156.0, 3: 184.0}, True, [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ({1: 134.0}, False, [(0, 2), (3, 3)]),
    ],
)
def test_a_cell_off_the_middle_of_its_row_stands_for_those_that_it_is_the_middle_of(
    column: dict[int, float], merged: bool, expected: list[tuple[int, int]]
) -> None:
    middles = [column.get(row) for row in range(4)]
    grid = row_grid(CELLS, [middle and (middle, middle) for middle in middles], 200.0, Setting(16.0, 0.0, 12.0))
    assert grid is not None
    found = centred_spans(middles, grid, merged)
    assert [(span.first, span.last) for span in found] == expected
    assert not any(span.unsure for span in found if span.first < span.last)


SETTING = Setting(16.0, 0.0, 12.0)


def test_what_stands_at_the_top_of_a_row_that_the_page_cuts_is_its_own() -> None:
    rows = [[(100.0, 100.0)], [(116.0, 140.0), (116.0, 116.0), (116.0, 128.0)]]
    column = [None, (116.0, 116.0)]
    assert [is_left_at_top(row, 12.0) for row in rows] == [False, True]
    grid = row_grid(rows, column, None, SETTING, [False, True], True)
    assert grid is not None
    assert grid.cut_end
    assert [(span.first, span.last) for span in centred_spans([None, 116.0], grid, 1)] == [(0, 0), (1, 1)]


def test_the_end_of_the_last_row_is_as_far_below_its_middle_as_its_top_is_above() -> None:
    rows = [[(100.0, 124.0), (112.0, 112.0)], [(140.0, 164.0), (170.0, 170.0)]]
    grid = row_grid(rows, [None, (150.0, 150.0)], None, SETTING)
    assert grid is not None
    assert grid.starts[-1] == 216.0  # a margin of 36 below the text of the taller cell
    assert [(span.first, span.last) for span in centred_spans([None, 150.0], grid, 1)] == [(0, 1)]


@pytest.mark.parametrize(("merged", "unsure"), [(1, True), (3, False)])
def test_where_merged_cells_are_many_an_exact_middle_leaves_no_doubt(merged: int, unsure: bool) -> None:
    rows = [[(100.0, 112.0)], [(128.0, 128.0)], [(144.0, 156.0)]]
    grid = row_grid(rows, [None, (128.0, 128.0), None], 172.0, SETTING)
    assert grid is not None
    assert [(span.first, span.last, span.unsure) for span in centred_spans([None, 128.0, None], grid, merged)] == [
        (0, 2, unsure)
    ]


def test_a_cell_at_the_top_of_the_last_rows_of_a_page_may_be_one_that_the_page_cuts() -> None:
    rows = [[(100.0, 112.0)], [(128.0, 128.0)], [(144.0, 156.0)], [(172.0, 200.0)], [(216.0, 216.0)]]
    tops = [None, 128.0, None, 172.0, None]
    grid = row_grid(rows, [top and (top, top) for top in tops], None, SETTING, (), True)
    assert grid is not None
    found = centred_spans(tops, grid, 1, tops)
    assert [(span.first, span.last, span.cut) for span in found] == [(0, 2, False), (3, 4, True)]


def test_two_ways_to_cut_the_rows_that_fit_alike_leave_a_doubt_even_there() -> None:
    rows = [[(100.0 + 16 * row, 100.0 + 16 * row)] for row in range(6)]
    for middles, unsure in (
        ([None, 116.0, None, None, 164.0, None], [(0, 2, False), (3, 5, False)]),
        ([100.0, None, 132.0, None, 164.0, None], [(3, 5, True)]),
    ):
        grid = row_grid(rows, [middle and (middle, middle) for middle in middles], 196.0, SETTING)
        assert grid is not None
        found = centred_spans(middles, grid, 3)
        assert [(span.first, span.last, span.unsure) for span in found if span.first < span.last] == unsure


@pytest.mark.parametrize(
    ("refs", "expected"),
    [
        (["A1", "A1", "A1", None, None], [(0, 2), (3, 3), (4, 4)]),
        ([None, None, "A3", "A3", "A3"], [(0, 0), (1, 1), (2, 4)]),
    ],
)
def test_a_cell_stands_for_no_rows_that_part_the_sub_items_of_an_action(
    refs: list[str | None], expected: list[tuple[int, int]]
) -> None:
    rows = [[(100.0 + 16 * row, 100.0 + 16 * row)] for row in range(5)]
    middles = [None, 116.0, None, 148.0, None]
    grid = row_grid(rows, [middle and (middle, middle) for middle in middles], 180.0, SETTING)
    assert grid is not None
    found = centred_spans(middles, replace(grid, parents=refs), 3)
    assert [(span.first, span.last) for span in found] == expected
    assert not any(span.unsure for span in found if span.first < span.last)


def test_the_refs_of_sub_items_are_seen_behind_the_names_of_groups() -> None:
    columns = [
        Column(40, "Theme", "group", []), Column(80, "Ref", "ref", []), Column(120, "Action", "activity", []),
        Column(300, "Lead", "lead_officers", []),
    ]  # fmt: skip
    refs, officers = ["A1a", "A1b", "A1c", "A2", "A3"], {1: "Head of Tides", 3: "Head of Piers"}
    cells: list[list[PageCell]] = []
    for row, ref in enumerate(refs):
        texts = {1: ref, 2: "Mend the quay", 3: officers.get(row, "")}
        cells.append(
            [
                PageCell(column, [TextLine(text, 40, 90, 100.0 + 16 * row, 10, 1, 40)])
                for column, text in texts.items()
                if text
            ]
        )
    facts = Facts(columns, print_measure([]), [], 1.2, True, False)
    merge_between(Lean(waiting=[Centred(cells, facts, [], True)]))
    found = [(row, cell.row_span) for row, held in enumerate(cells) for cell in held if cell.column == 3]
    assert found == [(0, 3), (3, 1)]


@pytest.mark.parametrize(("second", "spans"), [(146.0, [3]), (158.0, [1, 1])])
def test_people_of_sub_items_at_the_distance_of_paragraphs_are_one_merged_cell(second: float, spans: list[int]) -> None:
    """Rows keep 16 points between them, paragraphs 24: the two stand in the middle of three rows."""
    columns = [
        Column(40, "Ref", "ref", []), Column(120, "Action", "activity", []), Column(300, "Lead", "lead_officers", []),
    ]  # fmt: skip

    def cell(column: int, *baselines: float, text: str = "Mend the quay") -> PageCell:
        return PageCell(column, [TextLine(text, 40, 90, at, 10, 1, 40) for at in baselines])

    # The first and the last cell of each action keep the margin of a paragraph, by which their rows are higher.
    cells = [
        [cell(0, 112, text="A1a"), cell(1, 100, 112), cell(2, 122, text="Head of Tides")],
        [cell(0, 146, text="A1b"), cell(1, 140, 152), cell(2, second, text="Head of Piers")],
        [cell(0, 168, text="A1c"), cell(1, 168)],
        [cell(0, 190, text="A2"), cell(1, 184, 196)],
        [cell(0, 218, text="A3"), cell(1, 212, 224)],
        [cell(0, 246, text="A4"), cell(1, 240, 252)],
    ]
    facts = Facts(columns, print_measure([]), [], 1.2, True, False)
    merge_between(Lean(waiting=[Centred(cells, facts, [], True)]))
    assert [each.row_span for row in cells for each in row if each.column == 2] == spans


def test_a_row_in_the_middle_of_three_leaves_a_doubt() -> None:
    rows = [[(100.0, 112.0)], [(128.0, 128.0)], [(144.0, 156.0)]]
    grid = row_grid(rows, [None, (128.0, 128.0), None], 172.0, Setting(16.0, 0.0, 12.0))
    assert grid is not None
    assert [(span.first, span.last, span.unsure) for span in centred_spans([None, 128.0, None], grid, False)] == [
        (0, 2, True)
    ]


def test_a_merged_cell_takes_no_other_cell_of_its_column_away() -> None:
    upper, lower, floating = text_at(105)[0], text_at(175)[0], text_at(140)[0]
    cells = [[PageCell(2, [upper])], [], [PageCell(2, [lower])]]
    bands = [(100.0, 110.0), (135.0, 145.0), (170.0, 180.0)]
    place_floating(cells, bands, [Block(2, [text_at(140, 6)[0], floating, text_at(140, 6)[-1]])])
    lines = [line.text for row in cells for cell in row for line in cell.lines]
    assert len(lines) == 5
    taken = [(row, cell.row_span) for row, held in enumerate(cells) for cell in held if cell.column == 2]
    assert all(one[0] + one[1] <= other[0] for one, other in pairwise(taken))
