"""Rows that lack the cells which others cover, put back under their columns."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import Cell, Line, Table
from extractor.recognise.columns import cell_text
from extractor.recognise.spans import mend_spans


def _ragged(*rows: list[str]) -> Table:
    width = max(map(len, rows))
    made: list[tuple[Cell | None, ...]] = []
    for number, texts in enumerate(rows):
        cells = [Cell((Line(text),) if text else (), number, column) for column, text in enumerate(texts)]
        made.append((*cells, *[None] * (width - len(cells))))
    return Table(tuple(made), ragged=True)


def _mended(*rows: list[str]) -> Table:
    (table,) = mend_spans([_ragged(*rows)], {})
    assert isinstance(table, Table)
    assert not table.ragged
    return table


def _texts(table: Table, number: int) -> list[str]:
    return [cell_text(cell) for cell in table.rows[number]]


_HEAD = ["Theme", "Objective", "ID", "Key task", "By whom", "Deadline"]
_FIRST = ["Grow", "Support new firms", "G1", "Let 12 workshops at the old mill", "Estates Surveyor", "Jan 2025"]
_THIRD = ["Learn", "Reading for all", "L1", "Open the library on Sundays", "Library Manager", "March 2025"]


def test_group_columns_that_go_on_are_covered_from_above() -> None:
    second = ["G2", "Give 50 start-ups a mentor for a year", "Business Adviser", "May 2025"]
    inner = ["Fill empty shops", "G3", "Let six shops to artists", "Town Centre Manager", "Sept 2024"]
    table = _mended(_HEAD, _FIRST, second, inner, _THIRD)
    assert _texts(table, 2) == ["Grow", "Support new firms", *second]
    assert _texts(table, 3) == ["Grow", *inner]
    theme = table.rows[3][0]
    assert theme is table.rows[1][0]
    assert theme is not None
    assert theme.row_span == 3


def test_people_of_a_sub_item_are_covered_in_the_middle() -> None:
    head = ["Ref", "Activity", "Lead officer", "Cabinet Member", "Timescale"]
    table = _mended(
        head,
        [
            "3.1",
            "Open a second family hub in the town",
            "Head of Early Help",
            "Cabinet Member for Children",
            "Quarter 1",
        ],
        [
            "3.2 a)",
            "Recruit forty foster carers in the year",
            "Head of Fostering",
            "Cabinet Member for Children",
            "Quarter 4",
        ],
        ["3.2 b)", "pay them what neighbours pay", "Quarter 3"],
    )
    assert _texts(table, 3) == [
        "3.2 b)",
        "pay them what neighbours pay",
        "Head of Fostering",
        "Cabinet Member for Children",
        "Quarter 3",
    ]


def test_a_second_row_of_labels_stands_under_what_it_divides() -> None:
    table = _mended(
        ["Ref", "What we will do", "Responsible officer", "Timescale", "Sponsor"],
        ["Start date", "End date"],
        [
            "1.1",
            "Train 180 response officers in risk assessment",
            "Head of Learning",
            "01/04/2024",
            "30/09/2024",
            "ACC Crime",
        ],
        ["1.2", "Bring in a daily review of every case", "Head of Protection", "01/07/2024", "31/03/2025", "ACC Crime"],
    )
    assert table.header_rows == 2
    assert _texts(table, 0) == ["Ref", "What we will do", "Responsible officer", "Timescale", "Timescale", "Sponsor"]
    assert _texts(table, 1) == ["Ref", "What we will do", "Responsible officer", "Start date", "End date", "Sponsor"]


def test_a_row_of_one_cell_spans_the_table() -> None:
    table = _mended(_HEAD, ["A greener town"], _FIRST, _THIRD)
    assert _texts(table, 1) == ["A greener town"] * 6


def test_cells_that_could_stand_elsewhere_are_in_doubt() -> None:
    head = ["Ref", "Activity", "Lead", "Support", "Timescale"]
    table = _mended(
        head,
        ["1", "Mend the roof of the old hall", "Estates Manager", "Finance Manager", "Quarter 1"],
        ["2", "Sweep the yard behind the hall", "Streets Manager", "Waste Manager", "Quarter 2"],
        ["3", "Paint the doors of the new hall", "Housing Manager", "Quarter 3"],
    )
    (doubted,) = (cell for cell in table.rows[3] if cell and cell.doubts)
    assert cell_text(doubted) == "Housing Manager"
    # Whether the row takes the support of the one above, too.
    assert {doubt.field for doubt in doubted.doubts} == {None, "extra", "inherited"}


def test_a_doubt_about_which_column_is_missing_is_one_about_both() -> None:
    table = _mended(
        ["Ref", "Activity", "Lead", "Directorate", "Timescale"],
        ["1", "Mend the roof of the old hall", "Estates Service", "Property Service", "Quarter 1"],
        ["2", "Sweep the yard behind the hall", "Streets Service", "Place Service", "Quarter 2"],
        ["3", "Paint the doors of the new hall", "Homes Service", "Quarter 3"],
    )
    (doubted,) = (cell for cell in table.rows[3] if cell and cell.doubts)
    assert cell_text(doubted) == "Homes Service"
    assert {"lead_officers", "lead_directorates"} & {doubt.field for doubt in doubted.doubts}


def test_a_noun_that_a_columns_names_end_in_tells_which_column_a_row_lacks() -> None:
    full = [
        ["Warm homes", "1.1", "Insulate the lofts of the old estate", "Energy Team", "Homes Division", "Quarter 1"],
        ["Clean air", "2.1", "Plant a hedge beside each of the schools", "Trees Team", "Streets Division", "Quarter 3"],
        [
            "Safe roads",
            "3.1",
            "Paint the crossings near both of the parks",
            "Roads Team",
            "Streets Division",
            "May 2025",
        ],
    ]
    short = ["1.2", "Replace the boilers of the four tower blocks", "Heating Team", "Quarter 2"]
    table = _mended(["Theme", "Ref", "Action", "Lead", "Directorate", "By when"], full[0], short, *full[1:])
    assert _texts(table, 2) == ["Warm homes", *short[:3], "Homes Division", "Quarter 2"]
    assert not any(cell.doubts for cell in table.rows[2] if cell)


def test_header_cells_stand_over_their_kin_and_never_over_strangers() -> None:
    table = _mended(
        ["Commitment", "No", "Key action", "Accountability", "Delivery", "Commentary"],
        ["Lead", "Directorate", "Target date", "Status"],
        [
            "Warm homes",
            "1",
            "Insulate the lofts",
            "Energy Team",
            "Homes Division",
            "Q1",
            "On track",
            "Work goes on well.",
        ],
        ["Clean air", "2", "Plant a hedge", "Trees Team", "Streets Division", "Q3", "Off track", "The hedge was late."],
    )
    assert _texts(table, 1) == [
        *["Commitment", "No", "Key action"],
        *["Lead", "Directorate", "Target date", "Status", "Commentary"],
    ]


def test_a_partner_is_put_under_the_header_of_partners_and_the_officer_comes_from_above() -> None:
    head = ["No.", "What we will do", "By when", "SRO", "Key partners", "Status"]
    table = _mended(
        head,
        ["P1", "Light the path by the river", "May 2025", "Director of Streets", "Weir Trust", "Done"],
        ["P2", "Mend the weir above the lock", "June 2025", "Director of Waters", "Weir Trust", "On track"],
        ["P3", "Draught-proof the halls at Ings", "July 2025", "Ings Chamber of Commerce, the Weir Trust", "At risk"],
        ["P4", "Open the pool every day of May", "May 2025", "Director of Halls", "None", "Done"],
        ["P5", "Plant an orchard by the school", "May 2025", "Director of Parks", "None", "Done"],
    )
    assert _texts(table, 3)[3:5] == ["Director of Waters", "Ings Chamber of Commerce, the Weir Trust"]


def test_persons_stand_under_the_officers_though_a_row_lacks_those_to_their_right() -> None:
    """Bodies have names without a title as well: what tells them apart is that these are names of persons."""
    head = ["Outcome", "Ref", "Task", "Lead officer", "Lead service", "Portfolio Holder", "Completion date"]
    table = _mended(
        head,
        ["Listen", "1", "Answer complaints in ten days", "Callum Kowal", "Corporate Core", "Cllr A Castell", "Ongoing"],
        ["2", "Put all taxes on one account", "Owain Quayle", "March 2026"],
        ["3", "Replace the telephones of the town hall", "Tariq Fairbairn", "Ongoing"],
        ["4", "Pass all households to the new fund", "Owain Quayle", "Corporate Core", "Cllr A Castell", "May 2026"],
        ["5", "Write letters in plain words", "Owain Quayle", "Corporate Core", "June 2026"],
        [
            "Trade",
            "6",
            "Fund the traders of the market",
            "A. Lockyer",
            "Corporate Core",
            "Cllr G Prothero",
            "July 2025",
        ],
        ["7", "Hold a fair in the old store", "A. Lockyer", "Cllr G Prothero", "28/05/2025"],
    )
    assert [_texts(table, number)[3] for number in range(1, 8)] == [
        *["Callum Kowal", "Owain Quayle", "Tariq Fairbairn", "Owain Quayle", "Owain Quayle"],
        *["A. Lockyer", "A. Lockyer"],
    ]
    assert {_texts(table, number)[5] for number in range(1, 6)} == {"Cllr A Castell"}


def test_rows_that_lack_one_cell_tell_where_those_of_shorter_ones_stand() -> None:
    table = _mended(
        ["Pillar", "Ref", "Action", "When", "Lead", "Directorate", "Risks"],
        ["Warm homes", "1.1", "Insulate the lofts of the old estate", "May 2025", "Energy Team", "Homes", "Medium"],
        ["1.2", "Replace the boilers of the four tower blocks", "June 2025", "Heating Service", "Loss of key staff"],
        ["1.3", "Draw up a list of the damp flats", "July 2025", "Repairs Service", "Homes", "Loss of key staff"],
        ["Clean air", "2.1", "Plant a hedge beside each school", "Q3", "Trees Service", "Streets and Parks", "High"],
        ["2.2", "Close two roads to lorries", "Q4", "Traffic Service", "Loss of key staff"],
        ["2.3", "Mark a lane for bicycles", "Q2", "Roads Service", "Streets and Parks", "Loss of key staff"],
    )
    assert _texts(table, 2)[4:] == ["Heating Service", "Homes", "Loss of key staff"]
    assert _texts(table, 5)[4:] == ["Traffic Service", "Streets and Parks", "Loss of key staff"]


def test_a_body_below_partners_is_no_directorate_where_that_cell_is_merged() -> None:
    table = _mended(
        ["Ref", "Activity", "When", "Lead officer", "Service", "Key partners"],
        ["1.1", "Open a second family hub in the town", "May 2025", "Head of Hubs", "Early Help", "Mill Trust"],
        ["1.2", "Recruit forty foster carers in the year", "May 2026", "Head of Fostering", "Parish councils"],
        ["1.3", "Pay carers what our neighbours pay", "May 2026", "Head of Fostering", "Finance", ""],
        ["1.4", "Plant a hedge beside each school", "June 2026", "Head of Parks", "Parks and Streets", "None"],
        ["1.5", "Close two roads to lorries", "June 2026", "Head of Streets", "Parks and Streets", "Hedge Society"],
    )
    assert any(cell.doubts for cell in table.rows[2] if cell)


def test_names_on_lines_of_their_own_are_names_and_no_prose() -> None:
    two = Cell((Line("Heating Team"), Line("Rents and Lettings Team")), 2, 2)
    table = _ragged(
        ["Action", "When", "Lead", "Directorate", "Risks"],
        ["Insulate the lofts of the old estate", "May 2025", "Energy Team", "Homes and Communities", "High"],
        ["Replace the boilers of the four towers", "June 2025", "", "High"],
        ["Plant a hedge beside each school", "July 2025", "Trees Team", "Streets and Transport", "High"],
    )
    second = (*table.rows[2][:2], two, *table.rows[2][3:])
    (mended,) = mend_spans([replace(table, rows=(*table.rows[:2], second, *table.rows[3:]))], {})
    assert isinstance(mended, Table)
    assert _texts(mended, 2)[2:] == ["Heating Team Rents and Lettings Team", "Homes and Communities", "High"]
