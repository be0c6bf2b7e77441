"""Tagged tables that go on overleaf without the cells that are empty there, and header rows that a page's end cut."""

from __future__ import annotations

import pytest

from extractor.read.overleaf import PageCell, PageTable, cell_text, part_header, repeats
from extractor.read.pdf.places import join_header, share_columns, take_columns
from extractor.read.typeset import TextLine, draws_blanks

LEFTS = (40.0, 90.0, 250.0, 330.0)
NAN = float("nan")


def cell(column: int, text: str, left: float, row_span: int = 1) -> PageCell:
    """A cell whose text begins at a place."""
    return PageCell(column, [TextLine(text, left, left + 5 * len(text), 100, 10, 1, 20)], row_span)


def row(*texts: str, lefts: tuple[float, ...] = LEFTS) -> list[PageCell]:
    """Cells under some of the columns; those without text are left out, and the others counted on."""
    kept = [(text, left) for text, left in zip(texts, lefts, strict=True) if text]
    return [cell(number, text, left) for number, (text, left) in enumerate(kept)]


def table(page: int, rows: list[list[PageCell]], edges: tuple[float, ...], header_rows: int = 0) -> PageTable:
    return PageTable(page, 0.0, 100.0, [*edges, NAN], rows, header_rows, "tags")


def first() -> PageTable:
    rows = [row("Ref", "Action", "Risk", "When"), row("1.1", "Plant sixty street trees", "Low", "May 2025")]
    return table(1, rows, LEFTS, 1)


def body(made: PageTable) -> list[list[tuple[int, str]]]:
    return [[(each.column, cell_text(each)) for each in cells] for cells in made.rows]


def test_cells_overleaf_stand_under_the_columns_of_the_page_before() -> None:
    rows = [row("", "in the wards.", "", ""), row("1.2", "Mend the gates", "", "June 2025")]
    rest = table(2, rows, (40.0, 90.0, 330.0))
    take_columns([first()], rest)
    assert body(rest) == [[(1, "in the wards.")], [(0, "1.2"), (1, "Mend the gates"), (3, "June 2025")]]
    assert rest.edges[:-1] == list(LEFTS)


def test_a_merged_cell_overleaf_keeps_its_place() -> None:
    rows = [
        [cell(0, "Cllr Gower", 250.0, 2)],
        [cell(1, "1.2", 40.0), cell(2, "Mend the gates", 90.0), cell(3, "June 2025", 330.0)],
    ]
    rest = table(2, rows, (40.0, NAN, 330.0))
    take_columns([first()], rest)
    assert body(rest)[0] == [(2, "Cllr Gower")]
    assert body(rest)[1] == [(0, "1.2"), (1, "Mend the gates"), (3, "June 2025")]


@pytest.mark.parametrize(
    "rest",
    [
        table(3, [row("", "in the wards.", "", "")], (90.0,)),  # a page further
        table(2, [row("", "in the wards that have the fewest of all", "", "")], (90.0,)),  # runs across columns
        table(2, [[cell(0, "Measure", 40.0), cell(1, "Target", 250.0)]], (40.0, 250.0), 1),  # has a header of its own
        table(2, [[cell(0, "before all", 12.0)]], (12.0,)),
    ],
)
def test_another_table_keeps_its_own_columns(rest: PageTable) -> None:
    before = body(rest), list(rest.edges[:-1])
    take_columns([first()], rest)
    assert (body(rest), list(rest.edges[:-1])) == before


def test_the_header_cell_that_went_overleaf_joins_its_row() -> None:
    upper = table(1, [row("Ref", "Action", "", "When")], (40.0, 90.0, 330.0), 1)
    rows = [[cell(2, "Risk", 250.0)], row("1.1", "Plant sixty street trees", "Low", "May 2025")]
    rest = table(2, rows, LEFTS, 1)
    assert join_header(upper, rest)
    assert body(rest)[0] == [(0, "Ref"), (1, "Action"), (2, "Risk"), (3, "When")]


def test_a_header_row_is_not_joined_where_both_have_the_same_column() -> None:
    upper = table(1, [row("Ref", "Action", "", "When")], (40.0, 90.0, 330.0), 1)
    rest = table(2, [row("Ref", "Action", "Risk", "When"), row("1.1", "Plant", "Low", "May 2025")], LEFTS, 1)
    assert not join_header(upper, rest)
    assert body(rest)[0] == [(0, "Ref"), (1, "Action"), (2, "Risk"), (3, "When")]


def test_a_row_overleaf_whose_people_are_header_words_is_no_second_row_of_a_whole_header() -> None:
    names = ("Ref", "Executive Director", "Portfolio Holder", "When")
    upper = table(1, [row(*names)], LEFTS, 1)
    rest = table(2, [row("1.1", "Executive Director", "Portfolio Holder", "")], LEFTS)
    assert not join_header(upper, rest)
    assert (len(upper.rows), rest.header_rows) == (1, 0)


def test_the_second_of_two_header_rows_may_have_gone_overleaf() -> None:
    upper = table(1, [row("Ref", "Action", "Delivery", "", lefts=LEFTS)], LEFTS[:3], 1)
    lower = [cell(2, "Status", LEFTS[2]), cell(3, "When", LEFTS[3])]
    rest = table(2, [lower, row("1.1", "Plant sixty street trees", "Low", "May 2025")], LEFTS)
    assert join_header(upper, rest)
    assert [[(c.column, c.row_span, c.column_span) for c in cells] for cells in rest.rows[:2]] == [
        [(0, 2, 1), (1, 2, 1), (2, 1, 2)],
        [(2, 1, 1), (3, 1, 1)],
    ]
    assert rest.header_rows == 2


@pytest.mark.parametrize(("rest_of_name", "joined"), [("by", True), ("by Sarah", False)])
def test_the_last_line_of_a_header_s_cell_may_have_gone_overleaf(rest_of_name: str, joined: bool) -> None:
    upper = table(1, [row("Ref", "Action", "Led", "When")], LEFTS, 1)
    rest = table(2, [[cell(2, rest_of_name, LEFTS[2])], row("1.1", "Plant trees", "Mayor", "May 2025")], LEFTS)
    assert join_header(upper, rest) is joined
    names = [(0, "Ref"), (1, "Action"), (2, "Led by"), (3, "When")]
    assert (body(rest)[0] == names and rest.header_rows == 1) is joined


@pytest.mark.parametrize("bold", [True, False])
def test_the_last_line_of_a_cell_in_the_second_header_row_may_have_gone_overleaf(bold: bool) -> None:
    def bold_row(*cells: PageCell) -> list[PageCell]:
        for line in (line for each in cells for line in each.lines):
            line.bold = True
        return list(cells)

    upper = table(
        1, [bold_row(cell(0, "Ref", 40), cell(2, "Who", 250)), bold_row(*row("", "Action", "Lead", "When"))], LEFTS, 2
    )
    for each, column in zip(upper.rows[1], (1, 2, 3), strict=True):
        each.column = column
    cut = cell(2, "officer", LEFTS[2])
    rest = table(2, [bold_row(cut) if bold else [cut], row("1.1", "Plant trees", "Mayor", "May 2025")], LEFTS)
    assert join_header(upper, rest) is bold
    assert (body(rest)[1] == [(1, "Action"), (2, "Lead officer"), (3, "When")]) is bold
    assert rest.header_rows == 2 * bold


def test_a_header_that_is_not_joined_keeps_its_columns() -> None:
    upper = table(1, [[cell(0, "Ref", LEFTS[0]), cell(1, "Action", LEFTS[1]), cell(2, "When", LEFTS[3])]], LEFTS[:3], 1)
    rest = table(2, [row("", "in the wards", "Low", "")], LEFTS)
    assert not join_header(upper, rest)
    assert body(upper) == [[(0, "Ref"), (1, "Action"), (2, "When")]]


def test_a_label_alone_before_the_page_s_end_belongs_to_the_value_overleaf() -> None:
    alone = table(1, [[cell(0, "Action", 40.0)]], (40.0,), 1)
    rest = table(
        2, [[cell(1, "Mend the gates", 250.0)], [cell(0, "By when", 40.0), cell(1, "June", 250.0)]], (40.0, 250.0)
    )
    assert join_header(alone, rest)
    assert body(rest)[0] == [(0, "Action"), (1, "Mend the gates")]


def test_a_label_alone_is_no_part_of_a_row_that_has_its_own() -> None:
    alone = table(1, [[cell(0, "Action", 40.0)]], (40.0,), 1)
    rest = table(2, [[cell(0, "By when", 40.0), cell(1, "June", 250.0)]], (40.0, 250.0))
    assert not join_header(alone, rest)


@pytest.mark.parametrize(("above", "joined"), [((1, 3), True), ((0, 1), False)])
def test_a_header_row_whose_cells_went_overleaf_in_part_is_one(above: tuple[int, ...], joined: bool) -> None:
    names = ("Ref", "Action", "Risk", "When")
    cut = table(1, [[cell(place, names[place], LEFTS[place]) for place in above]], LEFTS, 1)
    rest = table(
        2, [[cell(0, "Ref", 40.0), cell(2, "Risk", 250.0)], row("1.1", "Mend the gates", "Low", "May")], LEFTS, 1
    )
    assert join_header(cut, rest) == joined
    assert [text for _, text in body(rest)[0]] == (list(names) if joined else ["Ref", "Risk"])


def test_a_table_that_lacks_a_column_has_those_of_another_with_its_header() -> None:
    def headed(page: int, *rows: list[PageCell], edges: tuple[float, ...] = (40.0, 250.0, 330.0)) -> PageTable:
        return table(page, [row("", "Action", "Risk", "When"), *rows], edges, 1)

    whole = headed(1, row("1.1", "Plant sixty street trees", "Low", "May 2025"), edges=LEFTS)
    torn = headed(2, row("2.1", "", "Low", "June 2025"))
    moved = headed(3, row("3.1", "", "Low", "June 2025"), [cell(0, "Mend the gates", 60.0, 1), cell(1, "x", 20.0)])
    share_columns([whole, torn, moved])
    assert body(torn) == [
        [(1, "Action"), (2, "Risk"), (3, "When")],
        [(0, "2.1"), (2, "Low"), (3, "June 2025")],
    ]
    assert body(moved)[0] == [(0, "Action"), (1, "Risk"), (2, "When")]  # a cell stands outside the columns


def under(text: str, *lines: str) -> list[list[PageCell]]:
    """A page's rows whose header has further lines under one of its cells."""
    header = row("Ref", "Action", "Risk", "When")
    header[1].lines = [TextLine(line, 90, 140, 100, 10, 1, 20) for line in (text, *lines)]
    return [header, row("1.2", "Mend the gates", "Low", "June 2025")]


def test_the_rest_of_a_row_is_no_part_of_the_header_that_comes_again() -> None:
    rest = table(2, under("Action", "Manager", "(South)"), LEFTS, 1)
    part_header(first(), rest)
    assert body(rest) == [
        [(0, "Ref"), (1, "Action"), (2, "Risk"), (3, "When")],
        [(1, "Manager (South)")],
        [(0, "1.2"), (1, "Mend the gates"), (2, "Low"), (3, "June 2025")],
    ]


@pytest.mark.parametrize("rest", [table(2, under("Action"), LEFTS, 1), table(2, under("Measure", "Low"), LEFTS, 1)])
def test_a_header_is_parted_only_where_it_begins_as_the_first(rest: PageTable) -> None:
    before = body(rest)
    part_header(first(), rest)
    assert body(rest) == before


@pytest.mark.parametrize(
    ("blanks", "drawn"),
    [
        (["AD _", "Housing"], True),
        (["AD _", "Housing _", "Growth", "and", "Parks"], True),
        (["AD _", "Private", "Rented", "Homes", "and", "Parks"], False),  # one of five line ends
        (["AD", "Housing _"], False),  # nothing goes on behind it
    ],
)
def test_a_program_draws_the_blanks_at_line_ends_at_many_of_them_or_at_none(blanks: list[str], drawn: bool) -> None:
    lines = [TextLine(text.rstrip(" _"), 40, 80, 100, 10, 1, 20, wraps=text.endswith("_")) for text in blanks]
    assert draws_blanks([lines]) is drawn


def test_a_header_with_its_columns_in_another_order_is_another() -> None:
    swapped = table(
        2, [row("Ref", "Action", "When", "Risk"), row("1.2", "Mend the gates", "June 2025", "Low")], LEFTS, 1
    )
    assert repeats(first(), first()) == 1
    assert repeats(first(), swapped) == 0


@pytest.mark.parametrize(
    ("lower", "header_rows"), [(("Start", "End"), 1), (("End", "Start"), 0)], ids=["in place", "swapped"]
)
def test_a_header_that_one_page_shows_in_two_rows_is_the_same_where_its_columns_are(
    lower: tuple[str, str], header_rows: int
) -> None:
    over = PageCell(2, [TextLine("Dates", 250, 275, 100, 10, 1, 20)], column_span=2)
    upper = [cell(0, "Ref", 40, 2), cell(1, "Action", 90, 2), over]
    above = table(1, [upper, [cell(2, "Start", 250), cell(3, "End", 330)]], LEFTS, 2)
    below = table(2, [row("Ref", "Action", f"Dates {lower[0]}", lower[1])], LEFTS, 1)
    assert repeats(above, below) == header_rows
