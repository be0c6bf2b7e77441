"""Texts whose tables are drawn with dashes: borders, lines of dashes, wrapped and broken lines."""

from __future__ import annotations

import time

import pytest

from extractor.document import Block, Heading, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.drawn_text import read_drawn
from extractor.read.typographic import with_quotes
from extractor.text import fold

_BORDERED = """\
1.  Homes

+-----+---------------------+------------------+-----------+
| Ref | Action              | Lead officer     | Timescale |
+=====+=====================+==================+===========+
| 1.1 | Mend the roof of    | Clerk            | May 2025  |
|     | the village hall    | Surveyor         |           |
+-----+---------------------+------------------+-----------+
| 1.2 | Give grants for:    |                  | Ongoing   |
|     |                     |                  |           |
|     | -   boilers         |                  |           |
|     | -   lofts           |                  |           |
+-----+---------------------+------------------+-----------+
"""
_FRAMED = """\
Homes

  --------------------------------------------------------
  Ref   Action               Lead officer      Timescale
        of the year
  ----- -------------------- ----------------- -----------
  1.1   Mend the roof of the Clerk             May 2025
        village hall         Surveyor

  1.2   Sweep                                  Ongoing
  --------------------------------------------------------

Last words.
"""
_PLAIN = """\
Homes

  Ref   Action          Timescale
  ----- --------------- -----------
  1.1   Mend the roof   May 2025
  1.2   Sweep           Ongoing

Last words.
"""


def _blocks(text: str) -> list[Block]:
    drawn = read_drawn(text.split("\n"))
    assert drawn is not None
    return drawn.blocks


def _rows(text: str) -> list[list[str]]:
    table = next(block for block in _blocks(text) if isinstance(block, Table))
    return [[cell.text if cell else "" for cell in row] for row in table.rows]


def _headings(text: str) -> list[str]:
    return [block.text for block in _blocks(text) if isinstance(block, Heading)]


def test_borders_are_the_columns_and_the_rows() -> None:
    assert _rows(_BORDERED) == [
        ["Ref", "Action", "Lead officer", "Timescale"],
        ["1.1", "Mend the roof of the village hall", "Clerk\nSurveyor", "May 2025"],
        ["1.2", "Give grants for:\nboilers\nlofts", "", "Ongoing"],
    ]
    assert _headings(_BORDERED) == ["1. Homes"]


def test_between_lines_of_dashes_blank_lines_part_the_rows() -> None:
    assert _rows(_FRAMED) == [
        ["Ref", "Action\nof the year", "Lead officer", "Timescale"],
        ["1.1", "Mend the roof of the village hall", "Clerk\nSurveyor", "May 2025"],
        ["1.2", "Sweep", "", "Ongoing"],
    ]
    assert _headings(_FRAMED) == ["Homes"]


def test_without_a_line_of_dashes_above_each_line_is_a_row() -> None:
    assert _rows(_PLAIN) == [
        ["Ref", "Action", "Timescale"],
        ["1.1", "Mend the roof", "May 2025"],
        ["1.2", "Sweep", "Ongoing"],
    ]


_HEAD = """\
No    Action                     Lead officer   By when
----- -------------------------- -------------- --------
"""


def test_a_line_goes_on_with_the_row_above_only_where_its_text_shows_it() -> None:
    text = (
        f"{_HEAD}"
        "1     Resurface the market place Jane Smith     May 2025\n"
        "      and renew its lines\n"
        "2     Choose a builder for the   Ann Jones      May 2026\n"
        "      Christmas lights           Group\n"
        "3     Mend all the cycle lanes   Ann Jones      May 2026\n"
        "      Patch the cycle lanes      Bob Young      May 2026\n"
        "      Light the cycle lanes      Bob Young\n"
    )
    assert [row[:2] for row in _rows(text)[1:]] == [
        ["1", "Resurface the market place and renew its lines"],
        ["2", "Choose a builder for the Christmas lights"],
        ["3", "Mend all the cycle lanes"],
        ["", "Patch the cycle lanes"],
        ["", "Light the cycle lanes"],
    ]


def test_where_rows_begin_with_small_letters_these_show_nothing() -> None:
    text = (
        f"{_HEAD}1     mend all the cycle lanes   Ann Jones      May 2026\n      patch the cycle lanes      Bob Young\n"
    )
    assert [row[1] for row in _rows(text)[1:]] == ["mend all the cycle lanes", "patch the cycle lanes"]


def test_prose_below_numbered_rows_is_none_of_them() -> None:
    row = "1     Mend all the roads         Jane Smith     May 2025\n"
    text = f"{_HEAD}{row}Accessibility statement\nPrivacy notice\n"
    assert [cells[0] for cells in _rows(text)] == ["No", "1"]


@pytest.mark.parametrize(
    "last",
    [
        "2     Insulate all of the old council flats Kim Green      May 2028\n",
        "2     Insulate all of the old council flats     May 2028\n",
        "2 Insulate all of the old council flats of Leigh Kim Green\n",
        "Insulate all of the old council flats  Kim Green-Brown-White  May 2028\n",
    ],
)
def test_a_row_that_keeps_to_no_column_is_never_taken_for_prose(last: str) -> None:
    rows = "1     Mend all the roads         Jane Smith     May 2025\n"
    assert read_drawn(f"{_HEAD}{rows}{last}".split("\n")) is None


def test_below_rows_without_numbers_nothing_is_known_to_be_prose() -> None:
    head = "Action                     Lead officer\n-------------------------- --------------\n"
    text = f"{head}Mend all the roads         Jane Smith\nInsulate all of the old council flats in Leigh\n"
    assert read_drawn(text.split("\n")) is None


@pytest.mark.parametrize("text", [_BORDERED, _FRAMED])
def test_records_are_read_off_and_everything_is_claimed(text: str) -> None:
    plan = read_plan(f"Delivery Plan 2025/26\n\n{text}".encode(), "plan.txt", Settings())
    first, second = plan.activities
    assert (first.ref, first.lead_officers) == ("1.1", ("Clerk", "Surveyor"))
    assert (second.ref, second.timescale and second.timescale.ongoing) == ("1.2", True)
    assert [group.title for group in plan.groups] == ["Homes"]
    assert plan.coverage.claimed == plan.coverage.words


def test_a_label_that_a_narrow_column_broke_is_whole_and_what_stands_below_is_doubted() -> None:
    text = (
        "+---+----------------------+-------+\n"
        "| R | Action               | T     |\n| e |                      | imes  |\n"
        "| f |                      | cale  |\n+===+======================+=======+\n"
        "| A | Mend the roof of the | Ash   |\n| 1 | hall                 | mills |\n"
        + "+---+----------------------+-------+\n"
    )
    table = next(block for block in _blocks(text) if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0] if cell] == ["Ref", "Action", "Timescale"]
    ref, action, when = table.rows[1]
    assert ref is not None
    assert action is not None
    assert when is not None
    assert (ref.text, action.text) == ("A1", "Mend the roof of the hall")
    assert [doubt.code for doubt in when.doubts] == ["border-inferred"]


def test_words_that_a_narrow_column_cut_are_whole_where_their_parts_could_not_stand_so() -> None:
    text = (
        "+-----+----------+--------+----------------+\n"
        "| Ref | Lead     | When   | Action         |\n+=====+==========+========+================+\n"
        "| 1.1 | Head of  | By 30  | Mend:          |\n"
        "|     | Dev      | No     |                |\n"
        "|     | elopment | vember | -   the roof   |\n"
        "|     | and      | 2025   | -   all        |\n"
        "|     | T        |        |                |\n"
        "|     | ransport |        |  drainpipework |\n"
        "+-----+----------+--------+----------------+\n"
    )
    table = next(block for block in _blocks(text) if isinstance(block, Table))
    lead, when, action = [cell for cell in table.rows[1] if cell][1:]
    assert fold(lead.text) == "Head of Development and Transport"
    assert fold(when.text) == "By 30 November 2025"
    assert [line.text for line in action.lines] == ["Mend:", "the roof", "all drainpipework"]
    plan = read_plan(f"Plan 2025/26\n\n{text}".encode(), "plan.txt", Settings())
    assert not plan.coverage.unread


def test_pandocs_straight_quotes_are_those_that_it_was_given() -> None:
    text = (
        "# Plan {#plan}\n\n"
        "  Ref   Action\n  ----- ----------------------------------\n"
        "  1.1   Open the council's \"Swim on 5\\' 6\" baths\n"
    )
    assert _rows(with_quotes(text))[1] == ["1.1", "Open the council\u2019s \u201cSwim on 5' 6\u201d baths"]


def test_the_lower_labels_of_a_header_of_two_rows_name_its_columns() -> None:
    text = (
        "+-----+--------+-------------+--------------+\n| Ref | Action | Lead        |              |\n"
        "+=====+========+=============+==============+\n|     |        | Directorate | Lead officer |\n"
        "+-----+--------+-------------+--------------+\n| 1.1 | Sweep  | Place       | A. Marsh     |\n"
        "+-----+--------+-------------+--------------+\n"
    )
    assert _rows(text) == [["Ref", "Action", "Directorate", "Lead officer"], ["1.1", "Sweep", "Place", "A. Marsh"]]


def test_a_row_of_one_cell_heads_those_below_it() -> None:
    text = _BORDERED.replace(
        "| 1.2 | Give grants for:    |                  | Ongoing   |", "| Two |{:21}|{:18}|{:11}|"
    ).format("", "", "")
    text = text.replace("|     | -   boilers         |                  |           |\n", "").replace(
        "|     | -   lofts           |                  |           |\n", ""
    )
    assert _rows(text)[2] == ["Two"] * 4


def test_in_markdown_a_backslash_ends_a_line_and_nothing_else_does() -> None:
    assert _rows("# Plan\n\n" + _FRAMED.replace("Clerk ", "Clerk\\"))[1][2] == "Clerk\nSurveyor"
    assert _rows("# Plan\n\n" + _FRAMED)[1][2] == "Clerk Surveyor"


@pytest.mark.parametrize(
    "text",
    [
        "Signed\n\n----- -----\n\nfor the council\n",
        "a -- b\n--- ---\n",
        "+---+---+\n| a   b |\n+---+---+\n",
        "Ref  Action of this council\n---- ----\n1 Mend all the roofs of it\n2 Sweep all yards of it\n",
    ],
)
def test_dashes_that_draw_no_table_are_left(text: str) -> None:
    assert read_drawn(text.split("\n")) is None


def test_many_borders_that_draw_no_table_take_no_time() -> None:
    lines = ["+---+---+", "| a   b |"] * 20_000
    started = time.process_time()
    assert read_drawn(lines) is None
    assert time.process_time() - started < 20


def test_a_long_run_of_blanks_takes_no_time() -> None:
    lines = ["# Plan {#plan}", "", *_BORDERED.splitlines(), f"a{' ' * 100_000}b"]
    started = time.process_time()
    drawn = read_drawn(lines)
    assert time.process_time() - started < 5
    assert drawn is not None
    assert [block.text for block in drawn.blocks if isinstance(block, Heading)] == ["Plan"]


def test_words_longer_than_their_column_are_whole_and_no_others() -> None:
    text = (
        "+---------+------------------------------+---------+\n"
        "| Ref     | Action                       | When    |\n"
        "+=========+==============================+=========+\n"
        "| Access  |                              |         |\n"
        "| for     |                              |         |\n"
        "| e       |                              |         |\n"
        "| veryone |                              |         |\n"
        "+---------+------------------------------+---------+\n"
        "| 1.1     | Mend the roof of the hall    | By the  |\n"
        "|         | and light its two stairs     | end of  |\n"
        "|         |                              | July    |\n"
        "+---------+------------------------------+---------+\n"
    )
    table = next(block for block in _blocks(text) if isinstance(block, Table))
    group, row = table.rows[1][0], table.rows[2]
    assert group is not None
    assert (group.text, group.doubts) == ("Access for everyone", ())
    assert row[2] is not None
    assert (row[2].text, row[2].doubts) == ("By the end of July", ())


def test_lines_that_the_width_of_their_columns_broke_go_on_however_wide_the_table_is() -> None:
    action = "Mend the roof of the hall and light its stairs, with the help of the volunteers"
    more = "of the guild and of all who lent a hand in the spring of the year before."
    border = f"+-----+{'-' * 82}+{'-' * 20}+\n"
    row = f"| 1.{{0}} | {action:<80} | {'Head of the Halls,':<18} |\n|     | {more:<80} | {'Weirs and Walks':<18} |\n"
    head = f"| Ref | {'Action':<80} | {'Lead officer':<18} |\n{border.replace('-', '=')}"
    text = border + head + border.join(row.format(number) for number in range(1, 6)) + border
    table = next(block for block in _blocks(text) if isinstance(block, Table))
    assert {row[2].text for row in table.rows[1:] if row[2]} == {"Head of the Halls, Weirs and Walks"}
