"""What holds for tables of every road: their header rows, how far their columns reach, the notes in their cells."""

from __future__ import annotations

import time

import pytest

from extractor.document import Table
from extractor.locations import Location
from extractor.read.overleaf import (
    Joined,
    PageCell,
    PageTable,
    cell_text,
    column_limits,
    find_header,
    join_tables,
    to_blocks,
)
from extractor.read.typeset import TextLine, join_texts

EDGES = [40.0, 100.0, 300.0, 400.0, 500.0]


def cell(column: int, *lines: str, width: float = 5.0) -> PageCell:
    """A cell with lines of print, `width` points a letter."""
    left = EDGES[column] + 4
    return PageCell(
        column,
        [
            TextLine(text, left, left + width * len(text), 100 + 12 * number, 10, 1, width * len(text.split()[0]))
            for number, text in enumerate(lines)
        ],
    )


def table(*rows: list[PageCell]) -> PageTable:
    return PageTable(1, 0.0, 100.0, list(EDGES), [*rows], 0, "ruled")


def header() -> list[PageCell]:
    return [cell(0, "Ref"), cell(1, "Action"), cell(2, "Timescale"), cell(3, "Lead officer")]


def test_a_row_that_leaves_most_columns_empty_is_no_header() -> None:
    wide = PageTable(1, 0.0, 100.0, [*EDGES, 600.0], [[cell(2, "Services"), cell(3, "Lead officer")]], 0, "ruled")
    assert find_header(wide) == 0
    assert find_header(table(header())) == 1


def test_a_row_whose_action_ends_in_a_number_is_no_header() -> None:
    row = [cell(1, "Publish report number 9"), cell(2, "May 2025"), cell(3, "Officer for trees")]
    assert find_header(table(row)) == 0


@pytest.mark.parametrize(("second", "headers"), [("Update", 0), ("Plant trees", 1)])
def test_a_label_with_a_value_that_heads_columns_elsewhere_is_no_header_above_other_labels(
    second: str, headers: int
) -> None:
    rows = [[cell(0, "Lead service"), cell(1, "Directorate")], [cell(0, second), cell(1, "Contractor appointed.")]]
    assert find_header(PageTable(1, 0.0, 100.0, EDGES[:3], rows, 0, "ruled")) == headers


def test_the_rest_of_a_row_is_no_header_though_its_titles_are_header_words() -> None:
    prose = "vacant posts (one of them shared) and on the timely release of data by the national bodies concerned."
    rest = [cell(1, prose), cell(2, "Executive Member"), cell(3, "Services")]
    assert find_header(table(rest)) == 0
    assert find_header(table([cell(1, "Commitment to our residents"), *rest[1:]])) == 1


def test_a_column_may_be_filled_as_far_as_the_fullest_one() -> None:
    rows = [header(), [cell(0, "1.1"), cell(1, "x" * 39), cell(2, "May"), cell(3, "Clerk of the Town")]]
    assert column_limits(rows, 4, EDGES) == [59.0, 299.0, 349.0, 489.0]  # the two fullest keep unequal distances
    rows.append([cell(3, "Clerk to the Market")])
    assert column_limits(rows, 4, EDGES) == [99.0, 299.0, 399.0, 499.0]


def test_columns_without_known_edges_reach_as_far_as_their_text() -> None:
    rows = [[cell(0, "1.1"), cell(1, "Mend")]]
    assert column_limits(rows, 2, [40.0, float("nan"), float("nan")]) == [59.0, 124.0]


@pytest.mark.parametrize(
    ("last", "lines", "doubted"),
    [
        ("(Dependent on a grant)", 2, True),
        ("(PCC)", 1, True),
        ("dependent on a grant", 1, False),
    ],
)
def test_a_bracket_that_begins_a_line_and_reads_as_a_phrase_is_a_note(last: str, lines: int, doubted: bool) -> None:
    """Nothing but its wording tells: the line before is full."""
    full = "Open one account for all of them, each"
    made = table(header(), [cell(0, "1.1"), cell(1, full, last), cell(2, "May"), cell(3, "Clerk")])
    made.header_rows = 1
    [block] = to_blocks(Joined([made]), lambda _: Location(page=1))
    assert isinstance(block, Table)
    found = block.rows[1][1]
    assert found is not None
    assert [line.text for line in found.lines] == ([full, last] if lines == 2 else [f"{full} {last}"])
    assert bool(found.doubts) == doubted


def overleaf(last: list[PageCell], first: list[PageCell]) -> list[list[str]]:
    """The rows of a table of which one row ends a page and the other begins the next."""
    above = table(header(), [cell(0, "3.1"), cell(1, "Mend the weir"), cell(2, "May"), cell(3, "Clerk")], last)
    above.header_rows, above.open_foot = 1, True
    below = table(first)
    below.page = 2
    for each in first:
        for line in each.lines:
            line.page = 2
    return [[cell_text(each) for each in row] for row in join_tables([above, below]).parts[0].rows[2:]]


def test_a_text_that_begins_with_a_ref_as_the_one_before_is_another_row() -> None:
    last = [cell(1, "Action 3.2: Dredge the"), cell(2, "May 2024")]
    assert overleaf(last, [cell(1, "Action 3.3: Paint"), cell(3, "Clerk")]) == [
        ["Action 3.2: Dredge the", "May 2024"],
        ["Action 3.3: Paint", "Clerk"],
    ]
    last = [cell(1, "Action 3.2: Dredge the"), cell(2, "May 2024")]
    assert len(overleaf(last, [cell(1, "upper basin"), cell(3, "Clerk")])) == 1


def test_a_cell_that_says_what_the_one_before_says_begins_a_row() -> None:
    last = [cell(1, "Dredge the basin and paint its gates."), cell(3, "Clerk of Works")]
    first = [cell(1, "Prepare for winter"), cell(2, "Termly"), cell(3, "Clerk of Works")]
    assert len(overleaf(last, first)) == 2


def test_a_cell_of_people_that_begins_as_the_one_before_begins_a_row() -> None:
    last = [cell(1, "Dredge the basin and paint its gates."), cell(2, "May 2024"), cell(3, "Cllr Stone")]
    first = [cell(1, "Prepare for winter"), cell(3, "Cllr Stone", "Leader")]
    assert len(overleaf(last, first)) == 2


def test_a_longer_title_overleaf_is_another_person_of_the_same_row() -> None:
    last = [cell(1, "Dredge the basin and"), cell(2, "May 2024"), cell(3, "Director of Housing")]
    first = [cell(1, "paint its gates."), cell(3, "Director of Housing, Repairs")]
    assert len(overleaf(last, first)) == 1


def test_a_timescale_in_small_letters_is_one_of_its_own_though_a_narrow_column_breaks_it() -> None:
    last = [cell(1, "Dredge the basin and"), cell(2, "End May 2024"), cell(3, "Clerk of")]
    first = [cell(1, "Prepare for winter"), cell(2, "by", "30/04/2024"), cell(3, "Head of Parks")]
    assert len(overleaf(last, first)) == 2
    last = [cell(1, "Dredge the basin and"), cell(2, "Ongoing"), cell(3, "Clerk of")]
    assert len(overleaf(last, [cell(2, "from April", "2024"), cell(3, "Works")])) == 1


def test_the_label_of_a_ref_ends_a_page_and_its_number_stands_overleaf() -> None:
    last = [cell(0, "Action"), cell(1, "Dredge the basin. We will"), cell(2, "May"), cell(3, "Clerk")]
    assert overleaf(last, [cell(0, "3.2"), cell(1, "Start in the autumn.")]) == [
        ["Action 3.2", "Dredge the basin. We will Start in the autumn.", "May", "Clerk"]
    ]


def test_the_halves_of_a_value_that_stands_whole_elsewhere_are_one() -> None:
    rows = [
        [cell(0, f"3.{number}"), cell(1, "Mend the weir"), cell(2, "May"), cell(3, lead)]
        for number, lead in enumerate(("Head of Street Scene", "Head of Street", "Scene", "Clerk", "Harbour"), 1)
    ]
    made = table(header(), *rows)
    made.header_rows, made.method = 1, "aligned"
    found = join_tables([made]).parts[0].rows[1:]
    assert [[cell_text(each) for each in row][3:] for row in found] == [
        ["Head of Street Scene"],
        ["Head of Street Scene"],
        [],
        ["Clerk"],
        ["Harbour"],
    ]


def test_two_posts_that_stand_together_in_another_row_are_no_halves() -> None:
    posts = "Director of Arts", "Director of Museums"
    rows = [
        [cell(0, f"3.{number}"), cell(1, "Mend the weir"), cell(2, "May"), cell(3, lead)]
        for number, lead in enumerate((*posts, " ".join(posts), "Clerk"), 1)
    ]
    made = table(header(), *rows)
    made.header_rows, made.method = 1, "aligned"
    found = join_tables([made]).parts[0].rows[1:]
    assert [cell_text(row[3]) for row in found] == [*posts, " ".join(posts), "Clerk"]


def test_a_name_that_another_cell_begins_with_is_no_half() -> None:
    leads = ("Ada Moss",), ("Bea Rey",), ("Ada Moss", "Bea Rey"), ("Bea Rey", "Mill Trust")
    rows = [
        [cell(0, f"3.{number}"), cell(1, "Mend the weir"), cell(2, "May"), cell(3, *lead)]
        for number, lead in enumerate(leads, 1)
    ]
    made = table(header(), *rows)
    made.header_rows, made.method = 1, "aligned"
    found = join_tables([made]).parts[0].rows[1:]
    assert [cell_text(row[3]) for row in found] == [" ".join(lead) for lead in leads]


def test_a_cut_cell_whose_rest_spans_rows_goes_on_to_the_last_of_these() -> None:
    cut, rest = cell(3, "Head of Parks"), cell(3, "and Verges")
    cut.cut, rest.row_span = True, 2
    below = PageTable(
        2, 0.0, 100.0, list(EDGES), [[cell(1, "of the town"), rest], [cell(0, "1.2"), cell(1, "Mow")]], 0, "ruled"
    )
    below.rows.append([cell(0, "1.3"), cell(1, "Rake"), cell(2, "June")])
    above = table(header(), [cell(0, "1.1"), cell(1, "Plant the verges and the squares"), cell(2, "May"), cut])
    above.header_rows = 1
    whole = join_tables([above, below]).parts[0]
    assert [(cell_text(each), each.row_span) for row in whole.rows[1:] for each in row if each.column == 3] == [
        ("Head of Parks and Verges", 2)
    ]


def test_a_cut_cell_that_an_empty_one_takes_up_overleaf_reaches_no_further_than_that() -> None:
    cut, rest = cell(0, "Clean rivers"), PageCell(0, [], 2, cut=True)
    cut.cut = True
    above = table(header(), [cut, cell(1, "Plant the verges"), cell(2, "May"), cell(3, "Clerk")])
    above.header_rows = 1
    middle = PageTable(2, 0.0, 100.0, list(EDGES), [], 0, "ruled")
    middle.rows += [[rest, cell(1, "Mow"), cell(2, "June"), cell(3, "Clerk")]]
    middle.rows += [[cell(1, "Rake"), cell(2, "July"), cell(3, "Clerk")]]
    below = PageTable(3, 0.0, 100.0, list(EDGES), [], 0, "ruled")
    below.rows += [[cell(1, "Dig"), cell(2, "May"), cell(3, "Clerk")]]
    below.rows += [[cell(0, "Warm homes"), cell(1, "Lag lofts"), cell(2, "May"), cell(3, "Clerk")]]
    whole = join_tables([above, middle, below]).parts[0]
    assert [(cell_text(each), each.row_span) for row in whole.rows[1:] for each in row if each.column == 0] == [
        ("Clean rivers", 4),
        ("Warm homes", 1),
    ]


def test_the_last_digits_of_a_date_may_stand_overleaf() -> None:
    above = table(header(), [cell(0, "1.1"), cell(1, "Plant the verges and"), cell(2, "15/02/20"), cell(3, "Clerk")])
    above.header_rows = 1
    below = PageTable(2, 0.0, 100.0, list(EDGES), [[cell(1, "the squares."), cell(2, "24")]], 0, "ruled")
    assert len(join_tables([above, below]).parts[0].rows) == 2


def test_a_row_of_which_no_cell_needs_to_go_on_is_whole() -> None:
    last = [cell(1, "Dredge the basin with", "new barges"), cell(2, "By the", "end of", "May 2024"), cell(3, "Clerk")]
    assert len(overleaf(last, [cell(1, "Open a dock for"), cell(3, "Harbour")])) == 2
    last = [
        cell(1, "Dredge the basin with", "new", "barges"),
        cell(2, "By the", "end of", "May 2024"),
        cell(3, "Clerk"),
    ]
    assert len(overleaf(last, [cell(1, "Open a dock for"), cell(3, "Harbour")])) == 1


def test_a_merged_name_that_breaks_off_goes_on_below_the_rest_of_a_row_that_the_page_cuts() -> None:
    last = [cell(0, "3.2 a)"), cell(1, "Dredge the upper"), cell(2, "May 2024"), cell(3, "Director of")]
    above = table(header(), last)
    above.header_rows = 1
    rest = cell(3, "Harbours")
    rest.row_span = 2
    below = table([cell(1, "basin")], [cell(0, "3.2 b)"), cell(1, "Oil the gates"), rest], [cell(0, "3.2 c)")])
    rows = join_tables([above, below]).parts[0].rows
    assert [(cell_text(each), each.row_span) for row in rows[1:] for each in row if each.column == 3] == [
        ("Director of Harbours", 3)
    ]


@pytest.mark.parametrize(("other", "joined"), [("Lead, Community Safety", True), ("Safety", False)])
def test_a_merged_name_goes_on_overleaf_where_another_cell_holds_it_whole(other: str, joined: bool) -> None:
    last = [
        cell(0, "3.2 a)"),
        cell(1, "Light the paths."),
        cell(2, "May 2024"),
        cell(3, "Strategic", "Lead, Community"),
    ]
    above = table(header(), last)
    above.header_rows = 1
    rest = cell(3, "Safety")
    rest.row_span = 2
    rows = [[cell(0, "3.2 b)"), cell(1, "Open havens"), rest], [cell(0, "3.2 c)"), cell(1, "Go on buses")]]
    below = table(*rows, [cell(0, "3.3"), cell(1, "Mend cameras"), cell(2, "May 2024"), cell(3, other)])
    found = join_tables([above, below]).parts[0].rows
    names = [cell_text(each) for row in found[1:] for each in row if each.column == 3]
    assert names == (
        ["Strategic Lead, Community Safety", other] if joined else ["Strategic Lead, Community", "Safety", other]
    )


@pytest.mark.parametrize(("rest", "joined"), [("Transport", True), ("Head of Ferries", False)])
def test_the_end_of_a_printed_name_stands_overleaf_beside_the_next_row(rest: str, joined: bool) -> None:
    """Another cell of the column holds it whole; what reads as a post of its own is the second of two there."""
    last = [cell(0, "3.2 a)"), cell(1, "Light the paths."), cell(2, "May 2024"), cell(3, "Assistant Director, Piers")]
    other = cell(3, "Town Clerk", f"Assistant Director, Piers {rest}")
    above = table(header(), [cell(0, "3.1"), cell(1, "Mend cameras"), cell(2, "May 2024"), other], last)
    above.header_rows = 1
    below = table([cell(0, "3.2 b)"), cell(1, "Open havens"), cell(2, "June 2024"), cell(3, rest)])
    found = join_tables([above, below]).parts[0].rows
    names = [cell_text(each) for row in found[2:] for each in row if each.column == 3]
    assert names == ([f"Assistant Director, Piers {rest}"] if joined else ["Assistant Director, Piers", rest])


@pytest.mark.parametrize("word", ["Theme", "Commitment"])
@pytest.mark.parametrize(("rest", "joined"), [("victims", True), ("Waste nothing", False)])
def test_the_name_of_a_group_that_the_page_cuts_goes_on_overleaf(rest: str, joined: bool, word: str) -> None:
    def rows(*refs: str) -> list[list[PageCell]]:
        return [[cell(1, ref), cell(2, "Mend it"), cell(3, "May 2024")] for ref in refs]

    above = table([cell(0, word), cell(1, "Ref"), cell(2, "Action"), cell(3, "When")], *rows("1", "2"))
    above.header_rows = 1
    below = table(*rows("3", "4"))
    for made, name in ((above.rows[1], "Justice that works for" if joined else "Clean water"), (below.rows[0], rest)):
        group = cell(0, name)
        group.row_span = 2
        made.insert(0, group)
    found = join_tables([above, below]).parts[0].rows
    assert [(cell_text(each), each.row_span) for row in found[1:] for each in row if each.column == 0] == (
        [("Justice that works for victims", 4)] if joined else [("Clean water", 2), ("Waste nothing", 2)]
    )


@pytest.mark.parametrize(("lines_beside", "groups"), [(1, ["A service to be proud of Safer homes"]), (6, None)])
def test_the_name_of_a_group_that_seems_to_break_off_is_whole_where_there_was_room_for_more(
    lines_beside: int, groups: list[str] | None
) -> None:
    head = [cell(0, "Theme"), cell(1, "Action"), cell(2, "When"), cell(3, "Lead")]
    above = table(head, [cell(0, "A service to", "be proud of"), cell(1, *["Mend the gates"] * lines_beside)])
    above.header_rows = 1
    below = PageTable(2, 0.0, 100.0, list(EDGES), [[cell(0, "Safer homes"), cell(1, "Fit alarms")]], 0, "ruled")
    for made in (above.rows[1], below.rows[0]):
        made += [cell(2, "May 2024"), cell(3, "Clerk")]
    found = join_tables([above, below]).parts[0].rows[1:]
    names = [cell_text(each) for row in found for each in row if each.column == 0]
    assert names == (groups or ["A service to be proud of", "Safer homes"])


@pytest.mark.parametrize("ruled", [True, False])
def test_halves_of_a_value_that_stands_whole_elsewhere_are_two_where_a_rule_parts_their_rows(ruled: bool) -> None:
    leads = ("Ada Moss",), ("Bea Rey",), ("Ada Moss", "Bea Rey")
    rows = [
        [cell(0, f"3.{number}"), cell(1, "Mend the weir"), cell(2, "May"), cell(3, *lead)]
        for number, lead in enumerate(leads, 1)
    ]
    made = table(header(), *rows)
    made.header_rows, made.method, made.ruled_rows = 1, "aligned", ruled
    found = join_tables([made]).parts[0].rows[1:]
    names = [" ".join(lead) for lead in leads]
    assert [cell_text(row[3]) if len(row) > 3 else "" for row in found] == (
        names if ruled else ["Ada Moss Bea Rey", "", "Ada Moss Bea Rey"]
    )


@pytest.mark.parametrize("apart", [True, False])
def test_halves_of_a_value_are_two_where_they_stand_further_apart_than_its_lines(apart: bool) -> None:
    leads = ("Workforce Service",), ("Nursing",), ("Workforce Service", "Nursing")
    rows = [
        [cell(0, f"3.{number}"), cell(1, "Mend the weir"), cell(2, "May"), cell(3, *lead)]
        for number, lead in enumerate(leads, 1)
    ]
    for row, top in zip(rows, (0, 20 if apart else 12, 60), strict=True):
        for line in row[3].lines:
            line.baseline += top
    made = table(header(), *rows)
    made.header_rows, made.method = 1, "aligned"
    found = join_tables([made]).parts[0].rows[1:]
    assert [cell_text(row[3]) if len(row) > 3 else "" for row in found][:2] == (
        ["Workforce Service", "Nursing"] if apart else ["Workforce Service Nursing", ""]
    )


def test_a_row_that_holds_nothing_but_the_ref_that_the_one_before_lacks_is_its_rest() -> None:
    """In the middle of a row that the page's end cuts, the ref stands overleaf."""
    made = overleaf([cell(1, "Open a dock."), cell(3, "Harbour")], [cell(0, "3.2")])
    assert made == [["3.2", "Open a dock.", "Harbour"]]


def test_a_row_of_one_value_is_part_of_the_next_which_has_all_but_that() -> None:
    made = overleaf([cell(3, "Harbour")], [cell(0, "3.2"), cell(1, "Open a dock."), cell(2, "June")])
    assert made == [["3.2", "Open a dock.", "June", "Harbour"]]


def test_people_beside_their_label_may_be_parted_where_a_line_of_print_ends() -> None:
    """A first row of label and value is taken for a header now and then."""
    labels = [
        [cell(0, "Ref"), cell(1, "Action 1.1")],
        [cell(0, "Lead officer"), cell(1, "Town Clerk and Market Officer", "Melden Housing Trust")],
        [cell(0, "Action"), cell(1, "Mend the roof and the gates", "New signs go up as well")],
    ]
    made = PageTable(1, 0.0, 100.0, [40.0, 100.0, 260.0], labels, 1, "tags")
    [block] = to_blocks(Joined([made]), lambda _: Location(page=1))
    assert isinstance(block, Table)
    assert [row[1].lines[0].breaks for row in block.rows[1:] if row[1]] == [(29,), ()]


def test_a_comma_that_begins_a_line_belongs_to_the_word_above() -> None:
    lines = cell(3, "Ines Hargreave", ", Town Clerk").lines
    assert join_texts(lines) == "Ines Hargreave, Town Clerk"
    assert join_texts(cell(1, "see", "...").lines) == "see ..."


def test_cells_that_reach_over_each_other_are_one_and_lose_nothing() -> None:
    owner, partner = cell(2, "Director of Parks"), cell(2, "University of Wold")
    owner.row_span = partner.row_span = 2
    refs = ("4a", "4b", "4c")
    rows = [[cell(0, ref), cell(1, "Plant new trees")] for ref in refs]
    rows[0].append(owner)
    rows[1].append(partner)
    made = PageTable(1, 0.0, 100.0, EDGES, [[cell(0, "Ref"), cell(1, "Action"), cell(2, "Lead")], *rows], 1, "aligned")
    [block] = to_blocks(Joined([made]), lambda _: Location(page=1))
    assert isinstance(block, Table)
    owners = [row[2] for row in block.rows[1:]]
    assert [each.text if each else "" for each in owners] == ["Director of Parks University of Wold"] * 3
    assert all(each is not None and each.doubts for each in owners)


def test_the_ends_of_a_long_table_cost_no_more_than_those_of_a_short_one() -> None:
    def spent(pages: int) -> float:
        parts = []
        for page in range(pages):
            rows = [[cell(0, f"{page}.{at}"), cell(1, "Mow"), cell(3, "Head of Parks")] for at in range(6)]
            rows[0][2:] = [cell(3, "and Verges")]
            rows[0][2].row_span = 2
            parts.append(PageTable(page, 0.0, 100.0, list(EDGES), rows, 0, "ruled"))
        parts[0].rows.insert(0, header())
        parts[0].header_rows = 1
        began = time.process_time()
        join_tables(parts)
        return (time.process_time() - began) / pages

    assert min(spent(600) for _ in range(2)) < 4 * min(spent(60) for _ in range(3))


@pytest.mark.parametrize(
    ("action", "rest", "joined"),
    [
        ("Offer checks of health to all those of us aged", "40 to 60.", True),
        ("Offer checks of health to all.", "Mend the boilers of the hall", False),
    ],
)
def test_a_list_goes_on_overleaf_with_an_item_where_a_line_of_its_row_does(
    action: str, rest: str, joined: bool
) -> None:
    heads = [cell(0, "Measures"), cell(1, "Action"), cell(2, "Timescale"), cell(3, "Lead officer")]
    full = [cell(0, "• Ten"), cell(1, f"{action[:30]} of the hall"), cell(2, "May 2025"), cell(3, "Clerk")]
    cut = [cell(0, "• Ten"), cell(1, action, width=4.2), cell(2, "June 2025"), cell(3, "Clerk")]
    before = PageTable(1, 0.0, 100.0, list(EDGES), [heads, full, cut], 1, "ruled")
    over = [cell(0, "• Two"), cell(1, rest)]
    for each in over:
        each.lines[0].page = 2
    after = PageTable(2, 0.0, 100.0, list(EDGES), [over], 0, "ruled")
    made = join_tables([before, after]).parts[0].rows
    assert len(made) == (3 if joined else 4)
