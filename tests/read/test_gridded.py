"""Texts whose tables are padded grids: columns, rows and the cells that spans left out."""

from __future__ import annotations

from extractor.document import Heading, Paragraph, Table
from extractor.read.gridded import read_grids


def _grid(*rows: list[list[str]], note: str = "") -> list[str]:
    """The lines of a table as a converter pads it: every cell (a list of lines) in the middle of its row."""
    count = max(len(row) for row in rows)
    widths = [max(len(line) for row in rows if len(row) > c for line in row[c]) for c in range(count)]
    lines: list[str] = []
    for row in rows:
        height = max(len(cell) for cell in row)
        columns = []
        for width, cell in zip(widths, row, strict=False):
            above = (height - len(cell)) // 2
            padded = [""] * above + cell + [""] * (height - len(cell) - above)
            columns.append([line.ljust(width) for line in padded])
        lines.extend("  ".join(parts) for parts in zip(*columns, strict=True))
    return [note, "", *lines, ""] if note else lines


def _table(lines: list[str]) -> Table:
    blocks = read_grids(lines)
    assert blocks is not None
    return next(block for block in blocks if isinstance(block, Table))


def _texts(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.rows]


_HEAD = [["Ref"], ["Action"], ["Lead"], ["When"]]


def test_cells_are_told_by_their_columns_whatever_the_header_says() -> None:
    table = _table(
        _grid([["Zot"], ["Xu"], ["Q"]], [["1"], ["Mend the roof of the hall"], [""]], [["2"], ["Sweep"], ["May"]])
    )
    assert _texts(table) == [["Zot", "Xu", "Q"], ["1", "Mend the roof of the hall", ""], ["2", "Sweep", "May"]]


def test_a_row_is_as_high_as_its_highest_cell_and_the_others_stand_in_its_middle() -> None:
    table = _table(
        _grid(
            _HEAD,
            [["1"], ["Mend the roof"], ["Estates", "", "Finance", ""], ["Q1"]],
            [["2"], ["Offer grants for:", "  * boilers", "  * lofts"], ["Housing", ""], ["Q2"]],
            [["3"], ["Sweep"], ["Streets"], ["Q3"]],
        )
    )
    assert _texts(table)[1:] == [
        ["1", "Mend the roof", "Estates\nFinance", "Q1"],
        ["2", "Offer grants for:\nboilers\nlofts", "Housing", "Q2"],
        ["3", "Sweep", "Streets", "Q3"],
    ]
    activity = table.rows[2][1]
    assert activity is not None
    assert [line.kind for line in activity.lines] == ["paragraph", "item", "item"]


def test_a_row_that_lacks_cells_is_ragged() -> None:
    table = _table(_grid(_HEAD, [["1"], ["Mend the roof"], ["Estates"], ["Q1"]], [["2"], ["Sweep the yard"], ["Q2"]]))
    assert table.ragged
    assert _texts(table)[2] == ["2", "Sweep the yard", "Q2", None]


def test_a_note_that_stands_between_two_rows_is_never_a_row_of_its_own() -> None:
    rows = [[[str(n)], [f"Mend the roof of hall number {n}"], ["Estates"], ["Q1"]] for n in range(1, 9)]
    rows[4][1].append("(Also links to the halls outcome)")
    table = _table(_grid(_HEAD, *rows))
    assert len(table.rows) == 9
    assert table.rows[5][1] is not None
    assert table.rows[5][1].text.endswith("(Also links to the halls outcome)")


def test_lines_that_two_rows_could_hold_are_a_doubt() -> None:
    rows: list[list[list[str]]] = []
    for number in range(1, 11):
        lines = [f"Mend roof {number}", f"Paint wall {number}"] if number % 2 else [f"Sell {number}"]
        rows.append([[str(number)], lines, ["Estates"]])
    rows[4][0] = rows[5][0] = [""]
    rows[4][2] = rows[5][2] = [""]
    table = _table(_grid([["Ref"], ["Action"], ["Lead"]], *rows))
    unclear = [cell.text for row in table.rows for cell in row if cell and cell.doubts]
    assert any("Sell 6" in text for text in unclear)


def test_a_caption_within_the_run_of_lines_is_a_heading() -> None:
    body = _grid(_HEAD, [["1"], ["Mend the roof"], ["Estates"], ["Q1"]])
    blocks = read_grids(["  Priority 1: Halls", *(f"    {line}" for line in body), "    ", ""])
    assert blocks is not None
    assert [type(block) for block in blocks] == [Heading, Table]


def test_text_without_padding_is_no_grid() -> None:
    lines = [line.rstrip() for line in _grid(_HEAD, [["1"], ["Mend the roof"], ["Estates"], ["Q1"]])]
    assert read_grids(lines) is None


def test_letters_of_sub_items_in_the_first_column_are_rows_of_their_own() -> None:
    rows = (
        [[f"{letter})"], [text], [""], ["Q1"]] for letter, text in (("a", "train leaders"), ("b", "give free swims"))
    )
    lead = [["1.4"], ["Help residents take a first step:"], ["Head of Sport"], [""]]
    table = _table(_grid(_HEAD, [["1.3"], ["Sweep"], ["Streets"], ["Q3"]], lead, *rows))
    assert [row[0] for row in _texts(table)[2:]] == ["1.4", "a)", "b)"]


def test_a_label_in_the_middle_of_its_value_is_no_sign_of_a_row_above() -> None:
    labels = (
        ("Ref", "1.1"),
        ("Task", "Test the forms with readers of screens"),
        ("Lead", "Head of Customers\nHead of Digital"),
        ("When", "Q1"),
    )
    table = _table(_grid(*([[label], [*value.split("\n"), ""]] for label, value in labels)))
    assert _texts(table) == [[label, value] for label, value in labels]


def test_what_stands_between_grids_is_read_line_by_line() -> None:
    grid = _grid([["Measure"], ["Target"]], [["Homes let"], ["9"]], [["Bins missed"], ["4"]])
    text = [
        "Reach those who seldom hear of us:",
        "",
        "  * visit shows",
        "  * translate",
        "    and print",
        "",
        "Lead: Jo.",
        "",
    ]
    blocks = read_grids([*text, *grid])
    assert blocks is not None
    lines = [block.line for block in blocks if isinstance(block, Paragraph)]
    assert [(line.kind, line.text, line.more) for line in lines] == [
        ("paragraph", "Reach those who seldom hear of us:", False),
        ("item", "visit shows", False),
        ("item", "translate", False),
        ("paragraph", "and print", True),
        ("paragraph", "Lead: Jo.", False),
    ]


def test_a_heading_as_wide_as_the_first_column_is_a_row_though_the_widest_cells_stand_below_it() -> None:
    goal = "Goal 1: Clean and quiet streets"
    table = _table(
        _grid(
            [["Ref"], ["Action"], ["Who"], ["When"]],
            [["Owner"], ["Team"]],
            [[goal]],
            [["1.1"], ["Sweep"], ["A. Lin"], ["Streets"], ["Q1"]],
            [["Goal 2: Parks"]],
            [["2.1"], ["Mow all lawns in May"], ["Bo Ray-Adams"], ["Parks and Gardens"], ["Q2"]],
        )
    )
    assert _texts(table)[2][0] == goal
    assert [row[0] for row in _texts(table)] == ["Ref", "Owner", goal, "1.1", "Goal 2: Parks", "2.1"]


def test_the_indent_of_cells_below_a_header_is_no_column_without_text() -> None:
    # The second row of the header stands at the left, so that nothing stands over the last column.
    rows = [
        [["Ref."], ["What we will do"], ["Lead"], ["Delivery"]],
        [["Completion date"], ["Current status"]],
        [["  1"], ["  Re-vet all officers and staff"], ["  D. Vickers"], ["  Ongoing from May 2024"], ["  Off track"]],
        [["  2"], ["  Dispose of two stations"], ["  T. Usk"], ["  January 2025"], ["  Completed"]],
    ]
    table = _table(_grid(*rows))
    assert table.width == 5
    assert _texts(table)[2] == [
        "1",
        "Re-vet all officers and staff",
        "D. Vickers",
        "Ongoing from May 2024",
        "Off track",
    ]


def test_a_header_whose_first_cell_is_empty_is_no_part_of_the_first_row() -> None:
    table = _table(
        _grid(
            [[""], ["Action"], ["Lead officer"], ["Timescale"]],
            [["1"], ["Mend the roof of the hall", ""], ["Head of Estates", ""], ["May 2025", ""]],
            [["2"], ["Sweep the yard", ""], ["Head of Streets", ""], ["Ongoing", ""]],
        )
    )
    assert _texts(table) == [
        ["", "Action", "Lead officer", "Timescale"],
        ["1", "Mend the roof of the hall", "Head of Estates", "May 2025"],
        ["2", "Sweep the yard", "Head of Streets", "Ongoing"],
    ]


def _paragraph_rows(*leads: list[str]) -> list[list[list[str]]]:
    """Rows whose dates are paragraphs, each with the blank line below it."""
    return [[[str(n)], [f"Mend roof number {n}"], lead, ["Quarter 1", ""]] for n, lead in enumerate(leads, 1)]


def test_where_most_rows_have_a_second_line_the_one_above_a_ref_is_of_the_row_before() -> None:
    leads = [
        ["Estates"],
        ["Estates", "Finance"],
        ["Streets"],
        ["Streets"],
        ["Parks"],
        ["Parks"],
        ["Housing"],
        ["Parks"],
    ]
    table = _table(_grid(_HEAD, *_paragraph_rows(*leads)))
    assert [row[2] for row in _texts(table)[1:]] == ["\n".join(lead) for lead in leads]


def test_the_same_name_twice_in_a_cell_is_that_of_two_rows() -> None:
    table = _table(_grid(_HEAD, *_paragraph_rows(["Parks"], ["Parks", "Finance"], ["Parks", "Finance"])))
    assert [row[2] for row in _texts(table)[1:]] == ["Parks", "Parks\nFinance", "Parks\nFinance"]


def test_of_a_row_that_may_be_two_the_line_without_the_ref_is_the_one_in_doubt() -> None:
    rows = _paragraph_rows(["Estates"], ["Parks", "Finance"], ["Streets"])
    table = _table(_grid(_HEAD, *rows))
    doubted = {cell.text for row in table.rows for cell in row if cell is not None and cell.doubts}
    assert doubted == {"Parks\nFinance", "Streets"}


def test_a_line_that_two_cells_have_below_their_first_does_not_begin_the_row_below() -> None:
    people = [["Ref"], ["Action"], ["Lead"], ["Member"], ["When"], ["Progress"]]
    rows = [
        [["1"], ["Mend the roof"], ["Estates"], ["Cllr A Bray"], ["Q1"], ["Begun"]],
        [["2"], ["Make recycling simpler:"], ["Streets", "Fleet"], ["Cllr O Penn", "Leader"], [""], [""]],
        [["a)"], ["survey the stores"], [""], [""], ["Q2"], ["Paused for now.", "A decision is near."]],
        [["b)"], ["pilot clear sacks"], [""], [""], ["Q3"], ["No change"]],
        [["3"], ["Open the pool"], ["Leisure"], ["Cllr A Bray"], ["Q4"], ["Tender is out", "Two bids"]],
        [["4"], ["Sweep the square"], ["Streets"], ["Cllr O Penn"], ["Q4"], ["No change"]],
        [["5"], ["Light the path"], ["Parks"], ["Cllr O Penn"], ["Q2"], ["No change"]],
    ]
    texts = _texts(_table(_grid(people, *rows)))
    assert texts[2][2:4] == ["Streets\nFleet", "Cllr O Penn\nLeader"]
    assert texts[3][2:4] == ["", ""]
