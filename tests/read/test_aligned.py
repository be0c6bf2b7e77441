"""Texts whose columns are aligned by blanks -> blocks."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from extractor.document import Block, FlatLine, Furniture, Heading, Paragraph, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.aligned import read_columns
from extractor.read.from_text import read_text
from extractor.read.typeset import TextLine, exact_pitch

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def blocks(text: str) -> list[Block]:
    aligned = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert aligned is not None
    return aligned.blocks


def blocks_of_pages(text: str) -> list[Block]:
    """The blocks of a text in which a line "PAGE" begins a page."""
    lines = textwrap.dedent(text).strip("\n").replace("PAGE\n", "\f").split("\n")
    aligned = read_columns(lines)
    assert aligned is not None
    return aligned.blocks


def rows(found: list[Block]) -> list[tuple[str | None, ...]]:
    [table] = [block for block in found if isinstance(block, Table)]
    return [tuple(cell.text if cell else None for cell in row) for row in table.rows[table.header_rows :]]


TOP_ALIGNED = """
    Housing plan 2024/25

    Ref    Activity                              Timescale     Lead officer
    1.1    Build 40 homes at Ings Road, six of   Quarter 3     Head of
           them wheelchair accessible.                         Housing

    1.2    Inspect every report of damp          Quarter 4     Town Clerk
    """

CENTRED = """
    Ref    Activity                              Timescale     Lead officer
           Build 40 homes at Ings Road.
    1.1                                          Quarter 3     Town Clerk
           (Subject to planning consent)

    1.2    Inspect every report of damp          Quarter 4     Town Clerk
    """


def test_the_padded_cells_of_a_markdown_table_are_no_columns_of_blanks() -> None:
    rows = [f"| {number}   | Mend roof {number}      | Head of Homes   | Q{number}  |" for number in range(1, 5)]
    text = "\n".join(["| Ref | Action           | Lead            | When |", "|-----|---|---|---|", *rows])
    document = read_text(text.encode(), "plan.md", Settings())
    assert all(isinstance(block, FlatLine) for block in document.blocks)


def test_wrapped_cells_are_joined() -> None:
    found = blocks(TOP_ALIGNED)
    assert rows(found) == [
        ("1.1", "Build 40 homes at Ings Road, six of them wheelchair accessible.", "Quarter 3", "Head of Housing"),
        ("1.2", "Inspect every report of damp", "Quarter 4", "Town Clerk"),
    ]
    assert [block.text for block in found if isinstance(block, Heading)] == ["Housing plan 2024/25"]


def test_cells_that_are_centred_stand_in_their_row() -> None:
    assert rows(blocks(CENTRED)) == [
        ("1.1", "Build 40 homes at Ings Road.\n(Subject to planning consent)", "Quarter 3", "Town Clerk"),
        ("1.2", "Inspect every report of damp", "Quarter 4", "Town Clerk"),
    ]


def test_a_timescale_at_the_end_of_an_activity_is_doubted_where_its_own_column_is_empty() -> None:
    found = blocks(
        """
        Ref    Activity                                        Timescale     Lead officer
        1.1    Build 40 homes at Ings Road.                    Quarter 3     Town Clerk
        1.2    Inspect every report of damp                    Quarter 4     Town Clerk
        1.3    Consult on a flood strategy (LFRMS) July 2024                 Town Clerk
        """
    )
    assert rows(found)[2] == ("1.3", "Consult on a flood strategy (LFRMS)", "July 2024", "Town Clerk")
    [table] = [block for block in found if isinstance(block, Table)]
    doubted = [column for column, cell in enumerate(table.rows[3]) if cell is not None and cell.doubts]
    assert doubted == [1, 2]


def test_short_headings_of_groups_stand_alone_in_the_first_column() -> None:
    found = blocks(
        """
        No.    Action                                Status        Lead officer
        Travel
        Walking and cycling
        1.1    Build 40 stands for cycles.           On track      Town Clerk
        1.2    Inspect every crossing for signs      Delayed       Head of
               of wear, and mend it                                Housing
        Homes
        2.1    Sell the old depot in Gas Lane.       On track      Town Clerk
        """
    )
    assert [row[0] for row in rows(found)] == ["Travel", "Walking and cycling", "1.1", "1.2", "Homes", "2.1"]


def test_a_line_that_may_be_the_rest_of_the_cell_above_it_is_no_heading() -> None:
    found = blocks(
        """
        Who                Action                                Timescale     Status
        Head of Housing    Build 40 stands for cycles.           Quarter 3     On track
        Leisure Manager
        Town Clerk         Inspect every crossing for signs      Quarter 4     Delayed
                           of wear, and mend it
        """
    )
    assert len(rows(found)) == 2


def test_a_page_foot_that_is_set_apart_is_no_part_of_the_last_row() -> None:
    found = blocks(
        """
        Task                                  Who              By when?
        Put new signs at both stations        Place Officer    April 2024
        Buy 12 moorings for visiting boats    Harbour Master   March 2025

        Accessibility statement Privacy notice
        """
    )
    assert [row[0] for row in rows(found)] == ["Put new signs at both stations", "Buy 12 moorings for visiting boats"]


def test_a_person_above_all_other_cells_of_a_row_belongs_to_the_row_before() -> None:
    found = blocks(
        """
        Ref    Activity                              Timescale     Lead officer           Status
        1.1    Build 40 homes at Ings Road.          Quarter 3     Head of Housing        On track
                                                                   Planning Manager
        1.2    Inspect every report of damp          Quarter 4     Town Clerk             Delayed
        1.3    Sell the old depot in Gas Lane.       Quarter 1     Estates Surveyor       On track
        """
    )
    assert [row[3] for row in rows(found)] == ["Head of Housing\nPlanning Manager", "Town Clerk", "Estates Surveyor"]


def test_a_header_at_the_foot_of_a_page_whose_rows_stand_overleaf_is_furniture() -> None:
    text = """
    Ref    Activity                              Timescale     Lead officer
    1.1    Build 40 homes at Ings Road.          Quarter 3     Town Clerk
    1.2    Inspect every report of damp          Quarter 4     Town Clerk
    Aim 2 - Look after our people
    Ref    Activity                              Timescale     Lead officer

    Ref    Activity                              Timescale     Lead officer
    2.1    Sell the old depot in Gas Lane.       Quarter 1     Town Clerk
    2.2    Screen all staff for contaminants     Quarter 2     Town Clerk
    """
    found = blocks(text)
    assert [block.text for block in found if isinstance(block, Heading)] == ["Aim 2 - Look after our people"]
    assert [block.kind for block in found if isinstance(block, Furniture)] == ["repeated header"]


def test_a_row_that_goes_on_after_a_form_feed_is_one_row() -> None:
    text = """
    Ref    Activity                              Timescale     Lead officer
    1.1    Build 40 homes at Ings Road, six of   Quarter 3     Head of

    Northmoor Council                                           Page 1 of 2
    \fRef    Activity                              Timescale     Lead officer
           them wheelchair accessible.                         Housing
    1.2    Inspect every report of damp          Quarter 4     Town Clerk

    Northmoor Council                                           Page 2 of 2
    """
    found = blocks(text)
    assert rows(found) == [
        ("1.1", "Build 40 homes at Ings Road, six of them wheelchair accessible.", "Quarter 3", "Head of Housing"),
        ("1.2", "Inspect every report of damp", "Quarter 4", "Town Clerk"),
    ]
    assert [block.kind for block in found if isinstance(block, Furniture)].count("repeated header") == 1


def test_rows_under_a_heading_overleaf_are_of_the_table_though_its_columns_have_moved() -> None:
    text = """
    Ref    Activity                              Completion date     Owner
    1.1    Build 40 homes at Ings Road.          Quarter 3           Town Clerk
    1.2    Inspect every report of damp          Quarter 4           Town Clerk

    Northmoor Council                                           Page 1 of 2
    \f1.3    Mend the roof           Quarter 3    Town Clerk

    Aim 2: Our culture

    2.1    Sell the old depot      Quarter 1    Town Clerk
    2.2    Screen all staff        Quarter 2    Town Clerk

    Northmoor Council                                           Page 2 of 2
    """
    assert [row[0] for row in rows(blocks(text))] == ["1.1", "1.2", "1.3", "Aim 2: Our culture", "2.1", "2.2"]


def test_rows_stand_under_the_header_that_ends_the_page_before() -> None:
    text = """
    Ambition 1: Open to all

    Ref    Activity                              Timescale     Lead officer
    1.1    Build 40 homes at Ings Road.          Quarter 3     Town Clerk
    1.2    Inspect every report of damp          Quarter 4     Town Clerk

    Ambition 2: Thriving streets

    Ref    Activity                              Timescale     Lead officer

    Northmoor Council                                           Page 1 of 2
    \f2.1    Sell the old depot in Gas Lane.       Quarter 1     Town Clerk
    2.2    Screen all staff for contaminants     Quarter 2     Town Clerk

    Northmoor Council                                           Page 2 of 2
    """
    found = [block for block in blocks(text) if isinstance(block, Table)]
    assert [[row[0].text if row[0] else None for row in table.rows] for table in found] == [
        ["Ref", "1.1", "1.2"],
        ["Ref", "2.1", "2.2"],
    ]


def test_a_list_that_goes_on_overleaf_under_other_tables_is_no_record() -> None:
    text = """
    Ref    Activity                                          Timescale     Lead officer
    1.1    Build 40 homes at Ings Road                       Quarter 3     Head of
                                                                           Housing
    1.2    Inspect every report of damp                      Quarter 4     Town Clerk
    1.3    Strengthen the response to domestic abuse:        Quarter 2     Head of Safer

                   Set up a programme for perpetrators.

    Northmoor Council                                           Page 1 of 2
    \fRef    Activity                                          Timescale     Lead officer
                   Extend the sanctuary scheme from 60                     Places
                   homes a year to 90.
                   Win White Ribbon accreditation.

           (Also links to Safe homes)

    Outcome: Everyone is well

    Ref    Activity                                          Timescale     Lead officer
    2.1    Repair the slides of the swimming pool            Quarter 4     Town Clerk

    Northmoor Council                                           Page 2 of 2
    """
    first, second = [block for block in blocks(text) if isinstance(block, Table)]
    assert [row[0].text if row[0] else None for row in first.rows[1:]] == ["1.1", "1.2", "1.3"]
    assert [row[0].text if row[0] else None for row in second.rows[1:]] == ["2.1"]


def test_a_bracket_that_opens_where_a_full_line_ended_may_be_a_note() -> None:
    text = """
    Ref    Activity                                    Timescale     Lead officer
    1.1    Place an adviser in each of six surgeries   Quarter 3     Town Clerk
           (Peer challenge recommendation 6)
    1.2    Inspect every report of damp in the homes   Quarter 4     Town Clerk
           of tenants within a week of it
    1.3    Let 12 flats in the former town hall at a   Quarter 4     Town Clerk
           reduced rent
    1.4    Pay the deposits of nurses, teachers and    Quarter 4     Town Clerk
           carers (up to 20)
    1.5    Mend the roof of the market hall and the    Quarter 4     Town Clerk
           clock above it
    """
    [table] = [block for block in blocks(text) if isinstance(block, Table)]
    doubted = [[doubt.field for doubt in row[1].doubts] if row[1] else [] for row in table.rows[1:]]
    assert doubted == [["notes"], [], [], [], []]


def test_locations_are_lines_from_one() -> None:
    found = blocks(TOP_ALIGNED)
    [table] = [block for block in found if isinstance(block, Table)]
    assert table.row_locations[1].lines == (4, 5)
    assert table.row_locations[1].method == "aligned"


def test_a_group_row_is_one_cell() -> None:
    text = """
    Ref    Activity                              Timescale     Lead officer
    Priority 1: Homes that people can afford
    1.1    Build 40 homes at Ings Road           Quarter 3     Head of Housing
    1.2    Inspect every report of damp          Quarter 4     Town Clerk
    """
    [table] = [block for block in blocks(text) if isinstance(block, Table)]
    group = table.rows[1][0]
    assert group is not None
    assert (group.text, group.column_span) == ("Priority 1: Homes that people can afford", 4)


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph of prose that says what the activity and the timescale of the plan are.\nAnd another.",
        "Ref Activity Timescale Lead officer\n1.1 Build 40 homes Quarter 3 Head of Housing\n1.2 Check Quarter 4 Clerk",
        "Ref\tActivity\tTimescale\n1.1\tBuild 40 homes\tQuarter 3\n1.2\tInspect\tQuarter 4",
    ],
    ids=["prose", "squeezed", "tabs"],
)
def test_a_text_without_columns_is_left_to_others(text: str) -> None:
    assert read_columns(text.split("\n")) is None


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not there")
@pytest.mark.parametrize("form", ["squeezed", "resiliparse", "innertext"])
def test_no_form_that_lost_its_columns_is_taken_for_one_that_has_them(form: str) -> None:
    for path in sorted(CORPUS.glob(f"forged/*/source.{form}.txt")):
        assert read_columns(path.read_text(encoding="utf-8").split("\n")) is None, path


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not there")
def test_every_word_of_a_text_is_in_one_block() -> None:
    from extractor.text import words

    for path in sorted(CORPUS.glob("forged/*/source.inscriptis.txt")):
        text = path.read_text(encoding="utf-8")
        found = read_columns(text.split("\n"))
        if found is None:
            continue
        held: list[str] = []
        for block in found.blocks:
            if isinstance(block, Table):
                held.extend(word for cell in block.cells() for word in words(cell.text))
            elif isinstance(block, Paragraph):
                held.extend(words(block.line.marker) + words(block.line.text))
            elif isinstance(block, Heading | Furniture):
                held.extend(words(block.text))
        assert sorted(held) == sorted(words(text)), path


HALF_LINES = """
    Ref    Activity                               When         Lead officer
           Open the hall in the evening for
    1.1                                           May 2025     Head of
           the youth club and the choir.
                                                               Halls and Parks
           Paint the hall before the autumn
    1.2    comes, with the help of all who        June 2025    Town Clerk
           use it.
           Ask residents what they think of
    1.3                                           July 2025    Town Clerk
           the hall and tell them what came.
"""


def test_lines_of_centred_cells_that_stand_one_apart_go_on_all_the_same() -> None:
    aligned = read_columns(textwrap.dedent(HALF_LINES).strip("\n").split("\n"))
    assert aligned is not None
    found = aligned.blocks
    table = next(block for block in found if isinstance(block, Table))
    assert [[cell.text if cell else "" for cell in row] for row in table.rows[1:]] == [
        [
            "1.1",
            "Open the hall in the evening for the youth club and the choir.",
            "May 2025",
            "Head of Halls and Parks",
        ],
        [
            "1.2",
            "Paint the hall before the autumn comes, with the help of all who use it.",
            "June 2025",
            "Town Clerk",
        ],
        ["1.3", "Ask residents what they think of the hall and tell them what came.", "July 2025", "Town Clerk"],
    ]


MERGED = """
    Ref    Activity                              Timescale     Lead officer           Lead service
    1.1    Build 40 homes at Ings Road, six of   Quarter 3     Head of Housing        Place
           them wheelchair accessible.
    1.2    Inspect every report of damp          Quarter 4     Town Clerk
    1.3    Sell the old depot in Gas Lane, in    Quarter 1     Estates Surveyor
           the course of the year.
    1.4    Put new signs at both stations        Quarter 2     Place Officer          People
    1.5    Buy 12 moorings for visiting boats    Quarter 1     Harbour Master
    1.6    Review the charging policy, and       Quarter 2     Town Clerk
           report in the spring.
    """


def test_people_go_on_over_the_rows_that_lack_them_where_many_do() -> None:
    [table] = [block for block in blocks(MERGED) if isinstance(block, Table)]
    services = [
        (cell.text, cell.row_span, len(cell.doubts_below)) for row in table.rows[1:] if (cell := row[4]) is not None
    ]
    assert services == [("Place", 3, 1)] * 3 + [("People", 3, 1)] * 3


def test_people_go_on_over_no_row_where_the_first_has_none() -> None:
    text = MERGED.replace("Head of Housing        Place", "Head of Housing").replace(
        "Inspect every report of damp          Quarter 4     Town Clerk",
        "Inspect every report of damp          Quarter 4     Town Clerk             Place",
    )
    assert [row[4] for row in rows(blocks(text))] == [None, "Place", None, "People", None, None]


def test_people_in_the_middle_of_rows_are_those_of_all_of_them() -> None:
    text = """
    Ref    Activity                              Timescale     Lead officer           Lead service
           Build 40 homes at Ings Road, six of
    1.1                                          Quarter 3     Head of Housing
           them wheelchair accessible.

           Inspect every report of damp, and
    1.2                                          Quarter 4     Town Clerk             Place
           tell the tenants.

           Sell the old depot in Gas Lane, in
    1.3                                          Quarter 1     Estates Surveyor
           the course of the year.

           Put new signs at both stations, in
    1.4                                          Quarter 2     Place Officer
           the course of the year.

           Buy 12 moorings for visiting boats,
    1.5                                          Quarter 1     Harbour Master         People
           in the harbour.

           Review the charging policy, and
    1.6                                          Quarter 2     Town Clerk
           report in the spring.
    """
    assert [row[4] for row in rows(blocks(text))] == ["Place"] * 3 + ["People"] * 3


def test_sub_items_that_begin_with_a_small_letter_are_rows_of_their_own() -> None:
    found = blocks(
        """
        Ref      Activity                              Timescale     Lead officer
        C4a      Join up fragmented woods:             Quarter 3     Head of Forests
                 plant 8 hectares of natural
                 woodland at the old mine, with
                 the help of the schools
        C4b      take out rhododendron from the gorge  Quarter 4     Town Clerk
        C4c      collect seed from veteran oaks, and   Quarter 1     Head of Forests
                 sow it in the spring
        C5       Mend the fences of the park           Quarter 1     Town Clerk
        """
    )
    assert [row[0] for row in rows(found)] == ["C4a", "C4b", "C4c", "C5"]


def test_a_numbered_heading_that_runs_on_where_a_row_would_not_is_a_group() -> None:
    found = blocks(
        """
        Ref             Activity                              Timescale     Lead officer
        1. Justice that works
        1.1             Build 40 stands for cycles, in the    Quarter 3     Town Clerk
                        course of the year.
        2. Value for every pound
        2.1             Sell the old depot in Gas Lane.       Quarter 4     Town Clerk
        """
    )
    assert [row[0] for row in rows(found)] == ["1. Justice that works", "1.1", "2. Value for every pound", "2.1"]


def test_a_numbered_heading_in_a_wide_column_of_refs_is_a_group() -> None:
    found = blocks(
        """
        Action No             Activity                              Timescale     Lead officer
        1. Justice that works
        1.1.1                 Build 40 stands for cycles, in the    Quarter 3     Town Clerk
                              course of the year.
        2. Value for the pounds
                              Sell the old depot in Gas Lane to     Quarter 4     Head of Homes and
        1.2.1                 the highest bidder.                                 Estates
        """
    )
    assert [row[0] for row in rows(found)] == ["1. Justice that works", "1.1.1", "2. Value for the pounds", "1.2.1"]


def test_a_line_that_goes_on_below_in_small_letters_heads_nothing() -> None:
    found = blocks(
        """
        Activity                                         Lead officer          Timescale     Status
        Build 40 stands for cycles beside the stations   Amara Ransome,        Quarter 3     On track
        and paint them after six weeks of use.      Head of Sustainable
        Each will be looked at in the first summers Transport
        and shown on our website.

        Mend the roof of the old mill at Ings Road       Town Clerk            Quarter 4     On track

        Sell the old depot in Gas Lane                   Town Clerk            Quarter 4     Delayed
        """
    )
    assert [row[:2] for row in rows(found)] == [
        (
            "Build 40 stands for cycles beside the stations and paint them after six weeks of use. "
            "Each will be looked at in the first summers and shown on our website.",
            "Amara Ransome, Head of Sustainable Transport",
        ),
        ("Mend the roof of the old mill at Ings Road", "Town Clerk"),
        ("Sell the old depot in Gas Lane", "Town Clerk"),
    ]


def test_the_last_line_of_a_cell_in_the_middle_of_the_table_heads_nothing() -> None:
    """Though its text begins where its column does in these lines alone."""
    found = blocks(
        """
        Ref    Activity                              Lead officer       When          Progress
        1.1    Run a lounge seven days a week     A. Jessop, Site       July 2025     At risk again
               and tell the wards of it.          Operations
                                                  Manager
        1.2    Build 40 stands for cycles beside     Town Clerk         Quarter 3     On track
               the stations.
        """
    )
    assert [row[0] for row in rows(found)] == ["1.1", "1.2"]


def test_a_list_is_set_in_from_the_text_of_its_own_cell() -> None:
    """The lines of other rows of the page may begin further to the left."""
    found = blocks(
        """
        Ref    Activity                               Timescale     Lead officer
        1.1    Build 40 homes at Ings Road, six of    Quarter 3     Head of
               them for those who use wheelchairs                   Housing
        1.2    Inspect every report of damp in all    Quarter 4     Town Clerk
               of the homes that the council has
        1.3         Work with schools to improve:     Quarter 4     Town Clerk

                           brushing of teeth
                           resilience
                           skills in the kitchen
        """
    )
    assert rows(found)[2][1] == "Work with schools to improve:\nbrushing of teeth\nresilience\nskills in the kitchen"


def test_a_line_or_two_below_a_header_do_not_move_its_columns() -> None:
    found = [
        block
        for block in blocks(
            """
            Action Action                                              Accountability       Delivery   Risks
            No
                               time to call back                                            Ongoing

                                                                       Owner     Directorate   Timescale   RAG
                       within thirty miles, without adding to the      Audit     Homes         May 2025
            """
        )
        if isinstance(block, Table)
    ]
    cell = found[0].rows[1][1]
    assert cell is not None
    assert cell.text == "time to call back"


def test_a_word_that_no_state_holds_ends_the_text_before_a_column_of_states() -> None:
    found = read_columns(
        [
            "                                                                        Current status When "
            "                  Led by                   Directorate          Executive Member",
            "No.      Activity                                                    Delivery              "
            "           Accountability                                                            Latest update",
            "                                                                     Current status When    "
            "          Led by                   Directorate             Executive Member",
            "SSH5c    c) launch a complaints line for private tenants                          Ongoing",
            "SWS1     Stage an outdoor arts weekend across Lydford  and three Delayed          On-going  "
            "          Museums and Galleries    Growth and              Councillor Owain",
            "         villages, to reach at least 2,400 people in the first year. An                     "
            "                                   Environment             Boothroyd",
        ]
    )
    assert found is not None
    held = [
        cell.text for block in found.blocks if isinstance(block, Table) for row in block.rows for cell in row if cell
    ]
    assert "Delayed" in held
    assert any(text.endswith("in the first year. An") for text in held)


def test_the_heading_of_a_group_at_a_page_s_end_does_not_end_the_table() -> None:
    text = """
    Ref    Activity                              Timescale     Lead officer
    Ambition 1: Homes
    1.1    Build 40 homes at Ings Road, six of   Quarter 3     Head of Housing
           them wheelchair accessible.
    1.2    Inspect every report of damp          Quarter 4     Town Clerk

    Ambition 2: Streets
    PAGE
    2.1    Put new signs at both stations        Quarter 2     Place Officer
    2.2    Sell the old depot in Gas Lane, in    Quarter 1     Estates Surveyor
           the course of the year.
    """
    assert [row[0] for row in rows(blocks_of_pages(text))] == [
        "Ambition 1: Homes", "1.1", "1.2", "Ambition 2: Streets", "2.1", "2.2"
    ]  # fmt: skip


def test_the_rest_of_a_list_alone_overleaf_belongs_to_its_cell() -> None:
    text = """
    Ref    Activity                              Timescale     Lead officer
    1.1    Inspect every report of damp, and     Quarter 4     Head of
           tell the tenants of each of the                     Housing and of
           homes what is found and what the                    the town hall
           council will do.
    1.2    Publish a statement, setting out:     Quarter 3     Head of Housing

                receipts by parish
    PAGE
                schemes
                balances left

    Theme Two: Streets
    Ref    Activity                              Timescale     Lead officer
    2.1    Put new signs at both stations        Quarter 2     Place Officer
    """
    tables = [block for block in blocks_of_pages(text) if isinstance(block, Table)]
    activity = tables[0].rows[-1][1]
    assert activity is not None
    assert [line.text for line in activity.lines[1:]] == [
        "receipts by parish",
        "schemes",
        "balances left",
    ]


def test_a_word_that_leads_to_a_timescale_at_the_end_of_the_text_beside_it_is_doubted() -> None:
    [table] = [
        block
        for block in blocks(
            """
            Ref    Activity                              Timescale      Lead officer
            1.1    Patch four kilometres and more by                    Head of Roads
                   of small road in the hills            31/08/2025     and Bridges
            1.2    Inspect every report of damp          30/09/2025     Town Clerk
            """
        )
        if isinstance(block, Table)
    ]
    doubted = [[bool(cell.doubts) for cell in row if cell is not None] for row in table.rows[1:]]
    assert doubted == [[False, True, True, False], [False] * 4]


def test_the_only_line_under_the_lead_in_of_sub_items_is_no_list() -> None:
    found = blocks(
        """
        Ref      Activity                              Timescale     Lead officer
        1.1      Inspect every report of damp, and     Quarter 4     Head of
                 tell the tenants of each of the                     Housing and of
                 homes what is found                                 the town hall
        5.1a     Shorten stays for older people:       Quarter 3     Patient Flow
                     begin therapy within a day                      Manager
        5.1b     hold huddles at eight each morning    Quarter 4     Patient Flow
                                                                     Manager
        """
    )
    [table] = [block for block in found if isinstance(block, Table)]
    activity = table.rows[2][1]
    assert activity is not None
    assert [(line.text, line.kind) for line in activity.lines] == [
        ("Shorten stays for older people:", "paragraph"),
        ("begin therapy within a day", "paragraph"),
    ]


def test_people_beside_some_sub_items_may_be_those_of_all() -> None:
    found = blocks(
        """
        Ref      Activity                              Timescale     Lead officer
        5.1a     Mend the roofs of the old mill        Quarter 3     Head of Estates
        5.1b     Mend the gates of the old mill        Quarter 4     Town Clerk
        5.1c     Mend the walls of the old mill        Quarter 4
        5.2      Open the old mill                     Quarter 4     Town Clerk
        """
    )
    [table] = [block for block in found if isinstance(block, Table)]
    assert [bool(row[3] and row[3].doubts) for row in table.rows[1:]] == [True, True, False, False]


def test_refs_without_a_header_beside_the_names_of_groups_are_a_column() -> None:
    found = blocks(
        """
        Pillar                Key action                       By when      Owner
        Ageing well      P1   Open five flats for people       March 2025   Head of Housing
                              with early dementia
                         P2   Train 20 walk leaders            June 2025    Town Clerk
        Green spaces     P3   Mow the verges late              June 2024    Head of Parks
        for all          P4   Plant a wood at Marrigg          May 2025     Head of Parks
        """
    )
    assert [row[1] for row in rows(found)] == ["P1", "P2", "P3", "P4"]
    assert [row[2] for row in rows(found)][2:] == ["Mow the verges late", "Plant a wood at Marrigg"]


def test_a_figure_in_the_name_of_a_group_is_no_ref() -> None:
    found = blocks(
        """
        Pillar                Key action                       By when      Owner
        Ageing well to 90     Open five flats for people       March 2025   Head of Housing
                              with early dementia
        Growth since 2030     Train 20 walk leaders            June 2025    Town Clerk
        Places of 2040        Mow the verges late              June 2024    Head of Parks
        """
    )
    assert [row[0] for row in rows(found)] == ["Ageing well to 90", "Growth since 2030", "Places of 2040"]


def test_a_name_that_runs_on_over_the_edge_of_a_row_is_that_of_a_merged_cell() -> None:
    found = blocks(
        """
        Ref   Activity                          Timescale     Portfolio
        1.1   Mend the roofs of the old mill    Quarter 3     Climate Action
              and tell the tenants of each                    and Street
              of the homes what was found                     Scene
        1.2   Mend the gates, and the           Quarter 4     Climate Action
              lock of the old mill                            and Street
        1.3   Mend the walls and the            Quarter 4     Scene
              doors of the mill
        1.4   Open the old mill soon            Quarter 1     Housing and
        1.5   Sell the new mill and the         Quarter 1     Growth
              barns of the farm beside it
        1.6   Sweep the yard and the            Quarter 2     Town Clerk
              lanes of the old mill
        1.7   Paint the old mill                Quarter 2     Mayor
        """
    )
    assert [row[3] for row in rows(found)] == [
        "Climate Action and Street Scene",
        "Climate Action and Street Scene",
        "Climate Action and Street Scene",
        "Housing and Growth",
        "Housing and Growth",
        "Town Clerk",
        "Mayor",
    ]


def test_a_heading_with_a_number_at_a_page_s_head_is_no_rest_of_the_row_before_it() -> None:
    found = blocks_of_pages(
        """
        No.          Action                           Lead directorate     Target date
        1.6          Recover stolen plant             Crime Team           Summer 2025
        1.7          Open a drone hangar              Crime Team           Summer 2026

        PAGE
         2. Fit for duty
        No.          Action                           Lead directorate     Target date
        2.1          Bring carbon down by half        Crime Team           Autumn 2024
        """
    )
    assert Heading("2. Fit for duty", 2, found[1].location) in found


def test_a_value_in_small_letters_that_comes_again_begins_another_row() -> None:
    found = blocks(
        """
        Action                                   Who               Measure               When       RAG
        Put a nurse at the front door            Patient Flow      occupancy below       2023/24    On track
        overnight, at no great cost                                ninety per cent
        Cut handovers longer than 120            Site Team         occupancy below       2023/24    Not started
        minutes by half                                            ninety per cent
        Open an emergency clinic for frail       Urgent Care                             2023/24    Complete
        patients
        """
    )
    assert [row[2] for row in rows(found)] == ["occupancy below ninety per cent"] * 2 + [None]


def test_the_first_line_of_a_ref_that_others_begin_with_too_is_no_heading() -> None:
    found = blocks(
        """
        Action   Deliverable                      Timescale     Responsibility
        No
        Action
        1.1      Plant 310 street trees in the    01/08/2023    T. Mbeki
                 wards with least cover.

        Action   Agree management plans           01/10/2024    Eleri Dhaliwal
        1.2
        """
    )
    assert [row[0] for row in rows(found)] == ["Action\n1.1", "Action\n1.2"]


CENTRED_REFS = """
           Action                                        Timeframe     Led by
    Objective 1 – Growth in the right places
              Clear the backlog of enforcement cases     Winter 2026   Strategic Lead -
    2.1.1.1
              older than 14 months, starting with the                  Heritage

            Write design codes for infill plots
    2.1.1.2                                              Quarterly     Head of Building
            with a panel of residents

    2.1.1.3 Submit the Local Plan review               May 2026        Head of Planning

       Digitise the register of listed buildings,
       adding photographs and                                          Strategic Lead -
    2.1.1.4 condition notes for all                      Autumn 2025
       entries on it                                                   Heritage

       •    Freedom of information
       •    Site map

    © Lamrigg District Council
    """


def test_refs_without_a_header_stand_before_text_that_begins_at_many_places() -> None:
    assert [row[:2] for row in rows(blocks(CENTRED_REFS))][1:] == [
        ("2.1.1.1", "Clear the backlog of enforcement cases older than 14 months, starting with the"),
        ("2.1.1.2", "Write design codes for infill plots with a panel of residents"),
        ("2.1.1.3", "Submit the Local Plan review"),
        (
            "2.1.1.4",
            "Digitise the register of listed buildings, adding photographs and condition notes for all entries on it",
        ),
    ]


TORN_REFS = """
           What we will do                    By when       Lead service
    SAH1   Replace paper timesheets           March 2026    Finance
           with a mobile application
    SAH2   coach aspiring managers            May 2026      Finance
    a      from the depots
    SAH2   rotate heads of service            July 2026     Finance
    b      through secondments
    SAH2   set up peer learning               June 2026     Finance
    c      with our neighbours
    """


def test_letters_below_refs_without_a_header_are_their_ends() -> None:
    assert [row[1] for row in rows(blocks(TORN_REFS))][1:] == [
        "coach aspiring managers from the depots",
        "rotate heads of service through secondments",
        "set up peer learning with our neighbours",
    ]


def test_a_row_overleaf_whose_timescale_is_whole_begins_no_more_text_of_the_row_before() -> None:
    found = blocks_of_pages(
        """
        Action                                  Service area     By when         Progress
        Test a release of gas at the refinery   Estates          May 2023        Milestone met
        with neighbours.                                                         ahead of time.
        PAGE
        Action                                  Service area     By when         Progress
        Check that hoses and ladders are        Estates          by 31/03/2024   Draft sent to
        tested twice a year.                                                     partners.
        """
    )
    assert [row[2] for row in rows(found)] == ["May 2023", "by 31/03/2024"]


TORN = """
    Refer     Key action                 Departme    Resources    When         Delive    Update
    ence                                 nt                                    ry
                                                                               status
    2.1.1.    Seize illicit tobacco      Education   Nil          May 2026     Comple    Report sent to
    1         through monthly checks                                           ted       the board.
    2.1.1.    Train 90 door staff and    Education   Grant        Jul-25       On        Draft sent to
    2         taxi drivers                                                     track     partners.
    2.1.1.    Review the statement of    Neighbour   Nil          July 2027    Comple    Report sent to
    3         policy                     hoods                                 ted       the board.
    2.1.1.    Approve 13 households      Brynrhed    Grant        March 2027   At risk   Draft sent to
    4         without a loan             ynfawr                                          partners.
    """


def test_words_that_a_narrow_column_tore_are_whole() -> None:
    text = f"{TORN}\n    Another aim\n{TORN.replace('2.1.1.', '2.1.2.')}"
    document = read_text(textwrap.dedent(text).encode(), "plan.txt", Settings())
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [cell.text for cell in tables[0].rows[0] if cell] == [
        *("Reference", "Key action", "Department", "Resources", "When", "Delivery status", "Update"),
    ]
    held = [[cell.text if cell else None for cell in row] for row in tables[0].rows[1:]]
    assert [row[0] for row in held] == ["2.1.1.1", "2.1.1.2", "2.1.1.3", "2.1.1.4"]
    assert [row[5] for row in held] == ["Completed", "On track", "Completed", "At risk"]
    assert [row[2] for row in held] == ["Education", "Education", "Neighbourhoods", "Brynrhed ynfawr"]
    unsure = tables[0].rows[4][2]
    assert unsure is not None
    assert [doubt.code for doubt in unsure.doubts] == ["border-inferred"]
    assert not document.unplaced


def test_refs_without_a_header_and_dates_that_narrow_columns_break_are_whole() -> None:
    document = read_text(
        textwrap.dedent(
            """
                Task                                      Lead officer   Target
                                                                         date
            FO- Inspect every report of damp within ten   Town Clerk     28/08/20
            01 days of it, and tell the tenants of it.                   23

            FO- Map the access to dentists in the town    Head of        May-23
            02 and its villages, and publish the map.     Health

                Offer help to those who want to stop
            FO- smoking on every ward of the hospital,    Town Clerk     15/09/20
            03 at all hours of the day.                                  23
            """
        ).encode(),
        "plan.txt",
        Settings(),
    )
    held = rows(list(document.blocks))
    assert [row[0] for row in held] == ["FO-01", "FO-02", "FO-03"]
    assert [row[3] for row in held] == ["28/08/2023", "May-23", "15/09/2023"]
    assert not document.unplaced


def test_words_that_were_whole_before_a_line_s_end_stay_two() -> None:
    found = blocks(
        """
        Ref   Activity                  Status      Lead officer
        1.1   Set up the panel of       On          Head of
              tenants                   going       Housing
        1.2   Mend the roof with a      Complete    Head of
              local firm                in part     Housing
        """
    )
    assert [row[2] for row in rows(found)] == ["On going", "Complete in part"]


def test_a_ref_alone_at_a_page_s_end_is_that_of_the_row_that_goes_on_overleaf() -> None:
    page = """
               Action                                     Timeframe       Led by             Cabinet Lead
      C1       Inspect every high-risk food business      Ongoing         Head of Trade      Portfolio A
      C2       Tackle harassment in public places         Annually        Head of Trade      Portfolio A

      C3
    PAGE
               Action                                     Timeframe       Led by             Cabinet Lead
               run a bystander campaign on buses          Autumn 2025     Head of Parks      Portfolio A
      C4       Seize illicit tobacco from shops           Annual          Head of Parks      Portfolio A
    """
    assert [row[:2] for row in rows(blocks_of_pages(page))] == [
        ("C1", "Inspect every high-risk food business"),
        ("C2", "Tackle harassment in public places"),
        ("C3", "run a bystander campaign on buses"),
        ("C4", "Seize illicit tobacco from shops"),
    ]


def test_the_first_line_of_an_action_that_fills_its_column_is_no_heading() -> None:
    found = blocks(
        """
        Action                                       Timeframe       Led by          Status
        Award small grants to shops                  June 2024       Town Clerk      On track
        Host a quarterly breakfast for manufacturers
        Community groups and members of the council  Autumn 2024     Town Clerk      Delayed
        and publish what they say.
        """
    )
    assert [len(row) - row.count(row[0]) for row in rows(found)] == [3, 3]


def test_headings_centred_over_all_columns_are_groups() -> None:
    """As browsers of text alone draw a header cell over a whole table; its rows are centred, too."""
    found = rows(
        blocks("""
            Ref             Action              Lead officer     Deadline
                                  Aim 1: Safe streets
                Light the path by the           Head of
            1   river, and cut back its         Streets          May 2025
                trees.
            2   Mend the weir                   Town Clerk       June 2025
                            Aim 2: Warm homes for everybody
                Draught-proof the halls         Head of
            3   at Ings Road.                   Halls            July 2025
        """)
    )
    assert [row[0] for row in found] == ["Aim 1: Safe streets", "1", "2", "Aim 2: Warm homes for everybody", "3"]
    assert found[1][1:] == ("Light the path by the river, and cut back its trees.", "Head of Streets", "May 2025")


def test_names_centred_in_their_own_column_are_no_groups() -> None:
    found = rows(
        blocks("""
            Action                              Lead officer     Deadline
            Light the path by the river          Town Clerk      May 2025
                                              Friends of the
                                                   River

            Mend the weir                       Weir Keeper      June 2025
                                                and Friends

            Draught-proof the halls           Hall Trustees      July 2025
                                              Friends of Ings

            Open the pool                       Pool Manager     May 2025
        """)
    )
    assert len(found) == 4


def test_a_heading_whose_number_begins_the_refs_below_it_is_a_group_where_columns_are_close() -> None:
    found = rows(
        blocks("""
            No.             Task                 Led by        Timescale
            1. A safer town
            1.1 Light the path by the river   Head of Streets May 2025
                and cut back its trees.
                Mend the weir, and the lock   Town Clerk      June 2025
            1.2 above it.
            2. A warmer town
                Draught-proof the halls       Head of Halls   July 2025
            2.1 at Ings Road.
            2.2 Open the pool                 Pool Manager    May 2025
        """)
    )
    assert [row[0] for row in found] == ["1. A safer town", "1.1", "1.2", "2. A warmer town", "2.1", "2.2"]


def test_names_of_groups_centred_over_their_rows_stand_for_all_of_them() -> None:
    found = rows(
        blocks("""
           Theme    No.               Action                   Lead    Deadline
                                                             officer
                    1   Light the path by the river and cut Head of    May 2025
                        back its trees                      Streets
        Safe        2   Mend the weir above the lock and    Town Clerk June
        streets         its gates                                      2025
                    3   Draught-proof the halls at Ings     Head of    By July
                        Road                                Halls      2025
                    4   Open the pool every day of May      Head of    By June
                                                            Pools      2025
                    5   Plant an orchard beside the school  Head of    May 2025
                                                            Parks
        Warm homes  6   Count the bats in the old mill      Head of    May 2025
        for all         before the frost                    Parks
                    7   Paint the bandstand                 Head of    May 2025
                                                            Parks
                    8   Dredge the pond by the mill in the  Head of    May 2025
                        spring of next year                 Parks
        """)
    )
    assert [(row[0], row[1]) for row in found] == [
        *(("Safe streets", str(number)) for number in (1, 2, 3)),
        *(("Warm homes for all", str(number)) for number in (4, 5, 6, 7, 8)),
    ]


def test_a_header_centred_over_its_column_does_not_end_the_table_at_a_row_that_begins_alone() -> None:
    found = rows(
        blocks("""
                      Action               Timeframe Responsibility  RAG
        Goal 1: Safe streets
        Light the path by the river and
        cut back all of its many trees in  May 2025  Head of        Red
        the spring of the year                       Streets

        Mend the weir above the lock and
        its gates, and the lock as well,   June 2025 Town Clerk     Amber
        which is older than both

        Goal 2: Warm homes
        Draught-proof the halls at Ings
        Road and the hall of the guides    By July   Head of Halls  Red
        that stands beside the mill        2025

        Open the pool every day of May and By June
        for all of June and July, but not  2025      Head of Pools  Green
        on the days of regattas
        """)
    )
    assert [row[0] for row in found] == [
        "Goal 1: Safe streets",
        "Light the path by the river and cut back all of its many trees in the spring of the year",
        "Mend the weir above the lock and its gates, and the lock as well, which is older than both",
        "Goal 2: Warm homes",
        "Draught-proof the halls at Ings Road and the hall of the guides that stands beside the mill",
        "Open the pool every day of May and for all of June and July, but not on the days of regattas",
    ]


def test_a_ref_one_blank_behind_a_groups_name_stands_in_the_column_of_refs() -> None:
    found = blocks("""
        Commitment          Ref      Action                              Completion date   Lead
        Sound footing SF-01          Balance the books without loans     01/09/2025        Town Clerk
                            SF-02    Close the accounts by the date      01/05/2025        Town Clerk
                            SF-03    Let contracts to firms nearby       28/04/2025        Town Clerk
        Bright ideas        BI-01    Sell the old depot at a profit      01/03/2026        Mayor
                            BI-02    Bring the audit back in house       15/02/2026        Mayor
    """)
    assert [(row[0] or "", row[1]) for row in rows(found)] == [
        ("Sound footing", "SF-01"),
        ("", "SF-02"),
        ("", "SF-03"),
        ("Bright ideas", "BI-01"),
        ("", "BI-02"),
    ]


def test_a_column_begins_to_the_right_of_the_text_of_the_one_before_it() -> None:
    found = rows(
        blocks("""
        Action Task                    Timescale       Owner
        No
        1.1         Mend the weir and                  Town Clerk
                    the lock         Monthly
        1.2                            01/04/2025
                    Light the path                     Head of
                    by the river                       Parks

                                       28/06/2025
        1.3         Dredge the pond by                 Town
                    the mill                           Clerk

        1.4         Cut back the trees on              Mayor
                    Ings Road, but none
                    in the churchyard
        """)
    )
    assert [row[1] for row in found] == [
        "Mend the weir and the lock",
        "Light the path by the river",
        "Dredge the pond by the mill",
        "Cut back the trees on Ings Road, but none in the churchyard",
    ]
    assert [row[2] for row in found] == ["Monthly", "01/04/2025", "28/06/2025", None]


def test_a_name_between_empty_lines_heads_a_group_where_the_first_row_begins_with_any_of_its_cells() -> None:
    found = rows(
        blocks("""
        Action                                 Lead              Target date
        Safe streets

        Light the path by the river and
                                               Head of Streets   May 2025
        cut back all of its trees

        Warm homes

                                               Head of
        Draught-proof the halls at Ings
                                               Halls and         June 2025
        Road and the hall of the guides
                                               Meeting Rooms

        Open the pool every day of May         Head of Pools     July 2025
        """)
    )
    assert [row[0] for row in found] == [
        "Safe streets",
        "Light the path by the river and cut back all of its trees",
        "Warm homes",
        "Draught-proof the halls at Ings Road and the hall of the guides",
        "Open the pool every day of May",
    ]


def test_the_label_of_a_ref_and_the_text_beside_it_head_no_group() -> None:
    found = rows(
        blocks("""
        Ref    Key action                            Timeframe    Who
               Light the path by the river and
        Action cut back all of its trees             May 2025     Head of
        1.1                                                       Parks
               Give every carer a named contact
               and a talk about their own health,
                                                                  Town Clerk
        Action users and their families will be
                                                     June 2025    and Mayor
        1.2    asked, and what they tell us will
               shape the design.

        Action Mend the weir above the lock          July 2025    Town Clerk
        1.3    and its gates
        """)
    )
    assert [row[0] for row in found] == ["Action 1.1", "Action 1.2", "Action 1.3"]
    assert found[1][1] == (
        "Give every carer a named contact and a talk about their own health, users and their families will be"
        " asked, and what they tell us will shape the design."
    )


def test_the_lead_in_at_a_page_s_head_is_that_of_the_sub_item_below_it() -> None:
    found = rows(
        blocks_of_pages("""
        Ref.      Key action                              Timescale       Directorate          Cabinet Lead
        3.1       Mend the weir above the lock            July 2025       Economy              Cllr Ings
        3.2       Open the pool every day of May, to      August 2025     Economy & Growth     Portfolio Holder –
                  reach at least 24 people.                               Directorate          Climate
        3.3       Light the path by the river             July 2025       Economy & Growth     Portfolio Holder –
                                                                          Directorate          Climate
        PAGE
        Ref.      Key action                              Timescale       Directorate          Cabinet Lead
                  Improve attendance in every year:
        3.4(a)                                            Aug 2025
                  a) run weekly panels with parents

        3.4(b)    b) text parents by nine                 By July 2025
        """)
    )
    assert [row[1] for row in found][2:] == [
        "Light the path by the river",
        "Improve attendance in every year:\na) run weekly panels with parents",
        "b) text parents by nine",
    ]


def test_a_name_that_another_row_says_too_does_not_go_on_overleaf() -> None:
    found = rows(
        blocks_of_pages("""
        Ref.   Key action                             Timescale            Directorate           SRO        Cabinet Lead
                                                                           Mayor's Office
               Clear the ditches of the common, and   By end of February                                    Deputy Mayor – Climate
        4.1                                                                Division; Estates     P. Ings
               those of the park.                     2026                                                  Action and Greenery
                                                                           Division

               Mend the weir above the lock in the                         Streets and Spaces               Deputy Mayor – Climate
        4.2                                           Annually                                   O. Moss
               town.                                                       Division                         Action and Greenery

               Light the path by the river, to        December 2025 to     Streets and Spaces               Deputy Mayor – Climate
        4.3                                                                                      Y. Ogden
               reach at least 24 people in the year.  June 2026            Division                         Action and Greenery
        PAGE
        Ref.   Key action                      Timescale           Directorate           SRO         Cabinet Lead

                                                                   Streets and Spaces                Deputy Mayor – Climate
        4.4    Write a plan for heatwaves.     End of April 2025                         O. Moss
                                                                   Division                          Action and Greenery
        """)  # noqa: E501
    )
    assert [row[3] for row in found][1:] == ["Streets and Spaces Division"] * 3


def test_a_ref_and_text_head_no_group_where_the_texts_of_other_rows_begin_so() -> None:
    found = rows(
        blocks("""
        Task                                                Timeframe         Lead
        Ambition 1: Safe buildings
        Action 1.1: Audit all premises in the very
                                                                              Fire Safety
        high risk band, without adding to the budget        2025/26
                                                                              Service
        Action 1.2: Qualify nine inspectors to Level
        4. This builds on the work begun last year,                           Estates
                                                            by 30/09/2025
        when 480 people took part and said that they                          Service
        would do so again.
        Action 1.3: Press owners of tall blocks to
                                                            August 2025       Fire Safety
        end evacuation, in line with the review                               Service
        """)
    )
    assert (found[2][0] or "").replace("\n", " ") == (
        "Action 1.2: Qualify nine inspectors to Level 4. This builds on the work begun last year, when 480 people took"
        " part and said that they would do so again."
    )


def test_refs_without_a_header_may_have_their_label_on_a_line_above() -> None:
    found = rows(
        blocks(
            """
                      Actions we will take                   By when        Lead
             Action   Act on what the review of culture      July 2025      Town Clerk
             1.1      says of the night shift.

             Action   Open a line for those who would        End June       Head of People
             1.2      speak up                               2025

             Action   Screen crews for contaminants          May 2025       Town Clerk
             1.3      each year.
            """
        )
    )
    assert [row[:2] for row in found] == [
        ("Action 1.1", "Act on what the review of culture says of the night shift."),
        ("Action 1.2", "Open a line for those who would speak up"),
        ("Action 1.3", "Screen crews for contaminants each year."),
    ]


def test_a_name_that_breaks_off_at_a_page_s_foot_goes_on_alone_overleaf() -> None:
    found = blocks_of_pages(
        """
        Ref    Activity                              Timescale     Lead officer
        1.1    Build 40 homes at Ings Road.          Quarter 3     Town Clerk
        1.2    Inspect every report of damp          Quarter 4     Director of
               within ten days of it.                              Housing,
                                                                   Commissioning,
        PAGE
                                                                Learning Disability
                                                                and Carers

        Ambition 2: Easy to reach

        Ref    Activity                              Timescale     Lead officer
        2.1    Sell the old depot in Gas Lane.       Quarter 1     Town Clerk
        """
    )
    first = next(block for block in found if isinstance(block, Table))
    officer = first.rows[-1][3]
    assert officer is not None
    assert officer.text == "Director of Housing, Commissioning, Learning Disability and Carers"


LIST_OVERLEAF = """
    Ref    Activity                                  Timescale     Lead officer
    1.1    Inspect every report of damp, and tell    Quarter 4     Head of
           the tenants of each of the homes what     Quarter 1     Housing and of
           is found.                                               the town hall
    1.2    Bid for investment in our gateway sites:  Quarter 3     Head of
    PAGE
                    the goods yard                                 Housing
                    the old telephone exchange
                    land behind the town hall

    Theme Two: Streets
    Ref    Activity                                  Timescale     Lead officer
    2.1    Put new signs at both stations            Quarter 2     Place Officer
    """


def test_lines_alone_overleaf_under_a_text_that_ends_with_a_colon_are_its_list() -> None:
    first = next(block for block in blocks_of_pages(LIST_OVERLEAF) if isinstance(block, Table))
    activity = first.rows[-1][1]
    assert activity is not None
    assert [(line.text, line.kind) for line in activity.lines[1:]] == [
        ("the goods yard", "item"),
        ("the old telephone exchange", "item"),
        ("land behind the town hall", "item"),
    ]


def test_a_list_on_a_page_of_few_lines_is_as_wide_as_its_column_is_on_the_page_before() -> None:
    found = blocks_of_pages(
        """
        Ref    Activity                                  Timescale     Lead officer
        1.1    Inspect every report of damp, and tell    Quarter 4     Head of
               the tenants of each home what is found.                 Housing
        1.2    Put new signs at both of the stations.    Quarter 4     Town Clerk
        PAGE
        1.3    Relaunch the hubs with:                   Quarter 3     Town Clerk

                   midwifery clinics twice a week
                   a debt adviser
                   play sessions led by parents
        """
    )
    [table] = [block for block in found if isinstance(block, Table)]
    activity = table.rows[-1][1]
    assert activity is not None
    assert [line.text for line in activity.lines[1:]] == [
        "midwifery clinics twice a week",
        "a debt adviser",
        "play sessions led by parents",
    ]


def test_people_that_run_on_beside_sub_items_are_one_merged_cell_also_behind_a_group() -> None:
    found = rows(
        blocks(
            """
            Theme        Ref    Activity                                   Lead officer           Timescale
            Fair work    P6     Host a breakfast for makers each           Town Clerk             May 2024
                                month, and see who comes.

                         P7a    Widen access to work for all:              Assistant Director,    March 2024
                                a) open a job club at the library          Economic Growth,
                                                                           Town Centre
                         P7b    b) broker 50 supported internships         Recovery, Inward       Weekly
                                                                           Investment and
                         P7c    c) sign the pledge on fair recruitment     Employment Support     June 2024
                                for those who have been in care

                         P8     Relet the covered market on terms          Town Clerk             May 2024
                                that favour makers.
            """
        )
    )
    name = "Assistant Director, Economic Growth, Town Centre Recovery, Inward Investment and Employment Support"
    assert [(row[1], row[3]) for row in found][1:4] == [("P7a", name), ("P7b", name), ("P7c", name)]


def test_the_name_of_a_group_that_ends_where_the_next_column_begins_is_no_ref_with_a_text() -> None:
    found = rows(
        blocks(
            """
            Ref        Activity                                    By when         Service
            Fit for duty
                       Vet all of the officers and staff against                   Corporate
            P1                                                     Quarter 4
                       national databases                                          Development
                       Dispose of stations that are hardly used    August 2022 –   Corporate
            P2
                       and reinvest in vehicles                    May 2023        Development
            Safe streets
                       Double the number of officers who walk                      Corporate
            P3                                                     Quarter 2
                       the streets of the old town                                 Development
            """
        )
    )
    assert [row[0] for row in found] == ["Fit for duty", "P1", "P2", "Safe streets", "P3"]
    assert found[1][1] == "Vet all of the officers and staff against national databases"
    assert found[4][1] == "Double the number of officers who walk the streets of the old town"


def test_brackets_at_the_end_of_a_text_are_doubted_only_where_they_may_be_of_its_sentence() -> None:
    found = blocks(
        """
        Ref    Activity                                  Timescale     Lead officer
        1.1    Inspect every report of damp in our homes Quarter 4     Town Clerk
               (Manifesto commitment)
        1.2    Mend all of the roofs on the Ings estate. Quarter 4     Town Clerk
               (Manifesto commitment)
        1.3    Build flats for those who have no home of Quarter 4     Town Clerk
               their own close to the two main stations
               (Also links to Streets)
        1.4    Put new signs at both of the old stations Quarter 4     Town Clerk
               and at the harbour (Also links to Homes)
               (Subject to a grant)
        """
    )
    [table] = [block for block in found if isinstance(block, Table)]
    doubted = [[doubt.field for doubt in row[1].doubts] if row[1] else None for row in table.rows[1:]]
    assert doubted == [["notes"], [], [], []]


def test_a_label_over_its_ref_and_a_text_that_begins_left_of_its_header_head_no_group() -> None:
    found = blocks(
        """
        Ref        Task                                    When         Service area
        Action Open the mill to all                        2024-25      Town hall
        3.1
        Action Mow the verges late                         2025-26      Parks
        3.2

        Outcome: Justice that works

        Ref        Task                                    When         Service area
        Action Take statements by video where one
        4.1    wishes it, as agreed with the unions        2024-25      Policing
               in the autumn.
        """
    )
    table = [block for block in found if isinstance(block, Table)][-1]
    assert [tuple(cell.text if cell else None for cell in row) for row in table.rows[1:]] == [
        (
            "Action 4.1",
            "Take statements by video where one wishes it, as agreed with the unions in the autumn.",
            "2024-25",
            "Policing",
        )
    ]


def test_what_stands_above_the_lead_in_of_sub_items_in_another_column_is_of_the_row_before() -> None:
    found = rows(
        blocks(
            """
            No.     What we will do                          Lead service       Due          Progress update
            1.1     Secure a sixth flag for the park.        Parks              May 2024     Analysis has begun
                                                                                             in the new year.
            1.2     Agree plans for the closed               Parks              June 2024    Work paused until grant
                    churchyards.                                                             terms are known.
                                                                                             A decision is expected.
            1.3     Help people take a first step:           Sport

            a)      train ten walk leaders                                      July 2024    On course so far.
            b)      give free swims in August                                   May 2024     Consultation closed.
            """
        )
    )
    assert [(row[0], row[4]) for row in found][1:4] == [
        ("1.2", "Work paused until grant terms are known. A decision is expected."),
        ("1.3", None),
        ("a)", "On course so far."),
    ]


def test_a_name_that_begins_above_all_other_cells_of_a_row_without_people_is_in_doubt() -> None:
    found = blocks(
        """
        No.     What we will do                          Lead officer       Due          Status
        1.1     Secure a sixth flag for the park.        Head of Parks      May 2024     Green
                                                         Town Clerk
        1.2     Agree plans for closed yards             Head of Parks      June 2024    Green
                                                         Head of Sport
                                                         Town Clerk
        1.3     Help people take a first step                               July 2024    Red
        1.4     Train ten walk leaders                   Head of Parks      May 2024     Red
        1.5     Open the old mill                        Head of Parks      May 2024     Red
        """
    )
    [table] = [block for block in found if isinstance(block, Table)]
    doubted = [bool(row[2] and row[2].doubts) for row in table.rows[1:]]
    assert doubted == [False, True, True, False, False]


def test_the_kind_of_a_body_alone_begins_no_row_s_people() -> None:
    text = """
        Housing plan 2024/25

        Ref    Activity                        Lead directorate   Timescale     Status
               Open a clinic at Ings Road
        1.1                                    Primary Care       Quarter 3     Green
               for the whole of the town
               Run a lounge for patients
        1.2                                    Primary Care       Quarter 4     Green
               on all the days of a week
               Give doctors their rotas
        1.3                                                       Quarter 4     Green
               (Dependent on a grant)          Acute Care
               Fill sixty posts of nurses      Division
        1.4                                                       Quarter 4     Green
               (Invest to save)
               Raise theatre use by a half
        1.5                                    Primary Care       Quarter 4     Green
               in the course of the year
        """
    assert [row[2] for row in rows(blocks(text))] == ["Primary Care"] * 2 + [
        None,
        "Acute Care Division",
        "Primary Care",
    ]


def test_a_number_alone_names_a_group_where_activities_open_with_their_refs() -> None:
    text = """
        Fire plan 2024/25

        Task                                     Timescale     Led by               Status
        1. Prevention first


        1.1.1 Run a water safety fortnight
        with the youth clubs of the borough      August 2025   Prevention Team      Red

        1.1.2 Refer hoarders to a panel          2026/27       Home Safety Team     Green

        1.1.3 Give every pupil a lesson          2026/27       Home Safety Team     Green


        2. Safer buildings
                                                               Built
                                                               Environment;
        1.2.1 Press owners of tall blocks
                                                 Ongoing       Fire Safety          Blue
        to end evacuation
                                                               Team; Town
                                                               Clerk

        1.2.2 Audit all premises                 2025/26       Home Safety Team     Amber
        """
    found = rows(blocks(text))
    assert [row[0] for row in found if row[0][:2] in ("1.", "2.") and row[0][2] == " "] == [
        "1. Prevention first",
        "2. Safer buildings",
    ]
    assert found[5][0] == "1.2.1 Press owners of tall blocks to end evacuation"


def test_the_only_row_overleaf_shows_its_columns_though_its_ref_opens_its_activity() -> None:
    text = """
        Fire plan 2024/25

        Task                                             Timescale     Led by               Key partners     Status    Update
        1.1.1 Run a water safety fortnight for all of    August 2025   Prevention Team      Parish council   Red       Met ahead of time.
        the youth clubs of the borough
        1.1.2 Refer hoarders to a panel                  2026/27       Home Safety Team     None             Green     Met ahead of time.
        1.1.3 Give every pupil a lesson on scooters      2026/27       Home Safety Team     None             Green     Met ahead of time.
        and batteries
        PAGE
        1.1.4 Check that hose and lines are:
                                                                                   Delayed by vacancies; interviews are
             tested twice                2025/26   Response   Age Concern   Green
                                                                                   under way.
             marked with a tag
             logged in the register
        """  # noqa: E501
    assert rows(blocks_of_pages(text))[3][1:5] == ("2025/26", "Response", "Age Concern", "Green")


def test_people_centred_between_rows_that_lack_them_may_stand_for_all() -> None:
    text = """
        Fire plan 2024/25

        Ref    Activity                          Led by              Timescale    Status
               Run a fortnight on water
        1.1                                      Prevention Team     Quarter 1    Red
               safety with the clubs
               Refer hoarders to a panel
        1.2                                      Home Safety Team    Quarter 2    Green
               of all the services
               Exercise a release of gas
        1.3                                                          Quarter 3    Red
               with the neighbours
               Recruit thirteen people
        1.4                                      On-Call Service     Quarter 4    Red
               who can come at once
               Replace breathing sets
        1.5                                                          Quarter 4    Red
               at all the stations
        """
    [table] = [block for block in blocks(text) if isinstance(block, Table)]
    cells = [row[2] for row in table.rows[1:]]
    assert [cell.text if cell else None for cell in cells[2:]] == ["On-Call Service"] * 3
    assert cells[2] is not None
    assert cells[2].doubts


def test_people_merged_over_rows_though_one_of_many_groups_begins_without() -> None:
    text = """
        Police plan 2024/25

        Priority        Ref    Activity                        Service      Timescale
        Modern force    1.1    Retire the legacy system                     Quarter 1
                               and archive its records
                        1.2    Answer calls in ten seconds     Corporate    Quarter 2
                               on most occasions               Services
                        1.3    Bring in a queue-buster for                  Quarter 3
                               all other calls
                        1.4    Open a hangar for drones                     Quarter 3
        Support         2.1    Take statements by video        Corporate    Quarter 3
                               where that is wanted            Services
                        2.2    Cut the time to a charge                     Quarter 4
                               in all the cases
                        2.3    Commission therapy                           Quarter 4
        Visible         3.1    Hold an open day at the         Corporate    Quarter 4
        policing               station                         Services
        """
    [table] = [block for block in blocks(text) if isinstance(block, Table)]
    cells = [row[3] for row in table.rows[1:]]
    assert [cell.text if cell else None for cell in cells] == [None, *["Corporate Services"] * 7]


def test_a_line_over_the_edge_of_its_column_heads_nothing_though_another_cell_stands_below_it() -> None:
    text = """
        Park plan 2024/25

        Activity                                                 Directorate    Timescale       Partners
        Record barns at risk, with the local partnership         Engagement     Quarter 4       Parish
        and with others                                                                         councils
        Adopt guidance on holiday lets, to reach many people
        A note will follow. Staff and their families will all Planning and
                                                                                                Parish
        be involved throughout, and what they tell us counts.    Resources      Quarter 2
                                                                                                councils
        The steering group, chaired by all the services, meets   Nature
        weeks and will hold the register.
        Let five plots to a land trust, to reach many people     Engagement     Quarter 4
        in the first year.
        """
    assert [row[0][:6] for row in rows(blocks(text)) if row[0]] == ["Record", "Adopt ", "Let fi"]


def test_the_years_of_a_title_may_stand_alone_below_it() -> None:
    text = """
        Corporate Plan: Annual Action Plan
        2022/23

        Ref    Activity                         Timescale     Status
        1.1    Open a clinic at Ings Road       Quarter 3     Green
        1.2    Run a lounge for patients        Quarter 4     Green
        1.3    Give doctors their rotas         Quarter 4     Green
        """
    assert any(isinstance(block, (Heading, Paragraph)) and "Plan 2022/23" in str(block) for block in blocks(text))


def test_what_goes_on_one_blank_behind_a_ref_is_no_heading() -> None:
    text = """
        Staff plan 2024/25

          Ref         Activity                                     Status     Timescale
          EC-03a      a) coach aspiring managers                   Green      Q2

          EC-03b      b) rotate the heads of service               Green      Q3

                 c) set up peer learning sets with the local       Red        Q3
          EC-03c Housing Trust of the borough and its people

          EC-04       Adopt a policy for carers                    Blue       Q4
        """
    assert [row[0] for row in rows(blocks(text))] == ["EC-03a", "EC-03b", "EC-03c", "EC-04"]


def test_lines_of_one_length_that_begin_together_around_another_are_no_centred_headings() -> None:
    text = """
        Business plan 2024/25

        Ref   Activity                                          Directorate        Member             Timescale          Resources
              Assemble the land needed for phase two
              park, using purchase if the talks fail.                              Portfolio Holder   End of
                                                                  Communities
        1.1   Depends on recruiting to two posts, and                              Growth, Skills     December           Grant-funded
                                                                  Directorate
              on the release of data by others                                     and Renewal        2024
        1.2   Commission an evaluation of the fund              Town Directorate   Portfolio Holder   April 2024         Grant-funded
        1.3   Host a breakfast for manufacturers                Town Directorate   Portfolio Holder   May 2024           Grant-funded
        """  # noqa: E501
    assert next(row[2] for row in rows(blocks(text))) == "Communities Directorate"


def test_two_rows_are_parted_where_cells_of_people_begin_that_others_begin_with() -> None:
    text = """
        Waste plan 2024/25

        Task                                Service           Lead officer       By when
        Roll out caddies to the flats       Corporate Core    Deputy Director    By 30
        above shops                                           of Waste           June 2022
        Install compacting bins on          Corporate Core    Deputy Director    By 31
        shopping streets                                      of Street Scene    July 2022
        Trial a reuse shop at the           Place             Deputy Director    By 31
        recycling centre                    People            of Street Scene    January 2023
        Refresh the cleansing schedule      Corporate Core    Deputy Director
        so that it covers:                                    of Waste
             school gates on weekdays
             bottle banks at weekends
        """
    assert [row[0][:6] for row in rows(blocks(text))] == ["Roll o", "Instal", "Trial ", "Refres"]


def test_a_heading_right_below_a_table_with_a_column_of_groups_is_that_of_the_next() -> None:
    text = """
        Park plan 2024/25

        Pillar      Activity                             Timescale     Partners
        Access      Mend stiles at both ends             Quarter 4     None
        for all     Agree a code for large events        Quarter 4     None
        Nature      Fell diseased ash                    Quarter 2     None
        in town     Block moorland grips                 Quarter 1     Town Council
        How we will know that it has worked

        Performance measure                   Baseline   Target
        Buildings off the list                31         44
        """
    found = blocks(text)
    [plan, _] = [block for block in found if isinstance(block, Table)]
    assert "worked" not in str(plan)


def test_a_value_beside_the_middle_sub_item_is_its_own_and_in_doubt() -> None:
    text = """
        Road plan 2024/25

        Ref      Activity                               Member             Risks            Timescale
                 Negotiate a better partnership         Leader of the
        1                                                                  Inflation        Quarter 1
                 with all of the operators              Council

                 Cut casualties by:
        2a                                                                                  Quarter 2
                 a) introducing school streets

                                                        Leader of the      Inflation
        2b       b) refurbishing crossings                                                  Quarter 3
                                                        Council            in costs


        2c       c) extending training                                                      Quarter 4

                 Adopt a speed policy for all of        Leader of the
        3                                                                  Inflation        Quarter 4
                 the roads in the town                  Council
        """
    [table] = [block for block in blocks(text) if isinstance(block, Table)]
    risks = [row[3] for row in table.rows[1:]]
    assert [cell.text if cell else None for cell in risks][1:4] == [None, "Inflation in costs", None]
    assert risks[2] is not None
    assert risks[2].doubts


def test_cells_whose_lines_all_skip_another_s_have_one_pitch() -> None:
    lines = [
        TextLine("at both ends", 0.0, 12.0, baseline, 1.0, 1, 2.0, skips=1 if baseline > 1 else 0)
        for baseline in (1.0, 3.0)
    ]
    assert exact_pitch([lines] * 12) == pytest.approx(1.0, abs=0.02)


def test_refs_that_a_narrow_column_tore_are_whole_where_several_begin_alike() -> None:
    text = """
        Crime plan 2024/25

        Ref     Activity                             Status    Timescale     Directorate
        SC-0    Seize illicit tobacco through                                Finance and
                                                     Green     Q3
        1       monthly test purchasing.                                     Governance
                Upgrade public-space cameras and
        SC-0                                                                 Finance and
                move the control room, in line       Blue      Weekly
        2                                                                    Governance
                with the advice of the review.
        SC-0    Inspect high-risk businesses at      Blue      Q3            Finance and
        3a      least once.                                                  Governance
        SC-0    Inspect all the other businesses     Blue      Q4            Finance and
        3b      at least once.                                               Governance
        """
    found = rows(blocks(text))
    assert [row[0] for row in found] == ["SC-01", "SC-02", "SC-03a", "SC-03b"]
    assert found[1][1] is not None
    assert found[1][1].startswith("Upgrade")


def test_the_first_words_of_header_cells_may_stand_alone_above_the_others() -> None:
    text = """
        Active lives

                                                              Swyddog
        Cyf /                                 Aelod Cabinet /                            Amserlen /
               Cam gweithredu / Action                        arweiniol / Lead Risks                  Cynnydd / Progress
        Ref                                   Cabinet Member                             Timescale
                                                              officer
               Resurface the athletics track  Leader of the                                           No change since
        AL1                                                   Head of Sport    High      March 2025
               and its floodlights            Council                                                 the last report
               Secure a sixth green flag for  Leader of the                                           Delayed by staff
        AL2                                                   Head of Sport    Low       April 2025
               the recreation ground          Council                                                 vacancies
        AL3    Let a contract for the pools   Leader          Head of Parks    Low       April 2025   None
        """
    [table] = [block for block in blocks(text) if isinstance(block, Table)]
    assert [cell.text if cell else None for cell in table.rows[0]][3] == "Swyddog arweiniol / Lead officer"


def test_the_end_of_a_bracket_on_a_line_of_its_own_heads_no_group() -> None:
    text = """
        Activity                                             Accountable officer    Department       By when
        Host a breakfast for makers in the market hall       Town Clerk             Economy          October 2022

                                                                                    Economy and
        Weigh what the fund has done for the villages,
                                                             Head of Trade          Work             January 2023
        and act on what is found. (Shared with Fenford
                                                                                    Directorate
        Chamber of Commerce)

        Let the stalls again on terms that suit new traders  Head of Trade          Economy          May 2022
        """
    found = rows(blocks(text))
    assert [len({*row}) for row in found] == [4, 4, 4]
    assert (found[1][0] or "").endswith("(Shared with Fenford Chamber of Commerce)")


def set_out(lefts: tuple[int, ...], *lines: tuple[str, ...]) -> str:
    """Lines of cells that begin at these places."""
    drawn = []
    for cells in lines:
        line = ""
        for left, text in zip(lefts, cells, strict=True):
            line = f"{line:<{left}}{text}" if text else line
        drawn.append(line + "\n")
    return "".join(drawn)


def test_what_goes_on_one_blank_behind_a_ref_is_no_heading_though_another_cell_stands_between() -> None:
    """The other rows show a column of activities that begins further right."""
    wide = set_out(
        (2, 14, 53, 68, 87),
        ("Action", "", "", "", ""),
        ("", "Actions we will take", "Target date", "Led by", "Service area"),
        ("No", "", "", "", ""),
        ("PA-01", "Invite all residents to a check.", "July 2023", "Head of Wards", "Acute Wards"),
        ("", "", "", "", ""),
        ("PA-02", "Offer help to stop smoking.", "May 2023", "Head of Wards", "Acute Wards"),
        ("", "", "", "", ""),
        ("PA-03", "Vaccinate all children of five.", "Jul-23", "Head of Health", "Acute Wards"),
        ("", "", "", "", ""),
        ("PA-04", "Map the dentists of the town.", "June 2023", "Head of Health", "Acute Wards"),
        ("", "", "", "", ""),
        ("", "", "", "Head of Wards", ""),
    )
    near = set_out(
        (2, 8, 53, 68, 84),
        ("", "Look through the long list and offer", "", "", ""),
        ("", "", "June 2023 to", "and Theatres", "Corporate"),
        ("DS-02", "patients the choice to start their own", "", "", ""),
        ("", "", "March 2024", "", "Services"),
        ("", "visits.", "", "of the County", ""),
    )
    found = rows(blocks(wide + near))
    assert [row[0] for row in found] == ["PA-01", "PA-02", "PA-03", "PA-04", "DS-02"]
    assert found[-1][1] == "Look through the long list and offer patients the choice to start their own visits."


def test_a_bracket_behind_a_name_that_ends_in_the_next_row_is_of_one_cell() -> None:
    """A merged cell in the middle of the rows that it stands for."""
    lefts = (0, 8, 40, 62, 80)
    text = set_out(
        lefts,
        ("Ref", "Action", "Cabinet Member", "Lead officer", "When"),
        ("", "Mow the verges of the town", "", "", ""),
        ("1.1", "once a month, and rake them so", "Cllr Ada Moss (Parks)", "Head of Parks", "May 2025"),
        ("", "that flowers come up there.", "", "", ""),
        ("", "", "", "", ""),
        ("", "Plant the square with limes,", "", "", ""),
        ("1.2", "and water them well in the", "", "Town Clerk", "June 2025"),
        ("", "first summer.", "Cllr Bea Rey (Adult", "", ""),
        ("", "Mend the weir below the mill", "Care and Work)", "", ""),
        ("1.3", "before the floods of the", "", "Town Clerk", "July 2025"),
        ("", "winter.", "", "", ""),
        ("", "", "", "", ""),
        ("", "Oil the gates of all locks and", "", "", ""),
        ("1.4", "paint them green, as they were", "Cllr Ada Moss (Parks)", "Head of Parks", "May 2025"),
        ("", "in the old days.", "", "", ""),
    )
    assert [row[2] for row in rows(blocks(text))] == [
        "Cllr Ada Moss (Parks)",
        "Cllr Bea Rey (Adult Care and Work)",
        "Cllr Bea Rey (Adult Care and Work)",
        "Cllr Ada Moss (Parks)",
    ]


def test_a_few_lines_overleaf_stand_in_the_columns_of_the_next_table_on_their_page() -> None:
    names = ("Ref", "Activity", "Due date", "Led by", "Department", "Progress")
    first = set_out(
        (2, 13, 87, 110, 140, 157),
        names,
        ("1.1", "Adopt a policy for speed in the villages of the county", "May 2023", "Traffic", "People", "None"),
        ("1.2", "Build a track for cycles from the station to the", "June 2023", "Highways", "Core", "None"),
        ("", "ward, and say what will be", "", "Team / Ulvershaw", "", ""),
    )
    second = set_out(
        (2, 13, 87, 101, 131, 148),
        ("", "done about the bridge by the time that people in the villages", "", "Chamber of", "", ""),
        ("", "will want it.", "", "Commerce", "", ""),
        ("", "", "", "", "", ""),
        ("", "", "", "", "", ""),
        ("Outcome: Growth that lasts", "", "", "", "", ""),
        names,
        ("2.1", "Send the plan to the secretary of state in the spring", "May 2023", "Traffic", "People", "None"),
        ("2.2", "Digitise the list of barns", "June 2023", "Planning", "Core", "None"),
    )
    found = [block for block in blocks_of_pages(f"{first}PAGE\n{second}") if isinstance(block, Table)]
    last = [cell.text if cell else "" for cell in found[0].rows[-1]]
    assert last[1].endswith("will be done about the bridge by the time that people in the villages will want it.")
    assert last[3] == "Highways Team / Ulvershaw Chamber of Commerce"


def test_sentences_alone_overleaf_that_are_as_wide_as_the_column_belong_to_its_cell() -> None:
    text = """
        Ref    Activity                                        Lead             Due date
        1.1    Recruit a social worker for the town.           Head of Care     May 2025
        1.2    Give staff at the front desk tablets which      Head of Desks    June 2025
               show a case. We will say how it went.
        PAGE
               The board will be asked for its view before
               anything is bought.

        Outcome: Open and fair
        Ref    Activity                                        Lead             Due date
        2.1    Meet in the villages twice a year               Head of Care     May 2025
        """
    found = [block for block in blocks_of_pages(text.replace("        PAGE", "PAGE")) if isinstance(block, Table)]
    cell = found[0].rows[-1][1]
    assert cell is not None
    assert cell.text.endswith("its view before anything is bought.")


_YEARS = """\
Active Travel Delivery Plan 2024 to 2027

Chapter 1 Routes
The following is to be done.

 Ref    Action                            Lead                  2024/25                2025/26            2026/27
 AT1    Complete the riverside path       Cycling Manager       Detailed design        Northern part      Open it all
 AT2    Create streets for schools        Travel Adviser        Two schools            Three schools      Three schools
 AT3    Upgrade the crossings             Signals Engineer      Survey of them         Four upgraded      Six upgraded

Chapter 2 Skills
The following is to be done.

 Ref    Action                            Lead                  2024/25                2025/26            2026/27
 AT4    Lend bikes to small firms         Transport Officer     Buy twelve bikes       Second hub         Evaluate
 AT5    Run a club for all on wheels      Sport Officer         Weekly sessions        Two venues         Three venues
"""


def test_years_head_columns_and_a_sentence_below_a_numbered_heading_takes_none_from_it() -> None:
    plan = read_plan(_YEARS.encode(), "plan.txt", Settings())
    assert [activity.activity for activity in plan.activities][::4] == [
        "Complete the riverside path",
        "Run a club for all on wheels",
    ]
    assert plan.activities[3].extra == {"2024/25": "Buy twelve bikes", "2025/26": "Second hub", "2026/27": "Evaluate"}
    assert [(group.kind, group.title) for group in plan.groups] == [("chapter", "Routes"), ("chapter", "Skills")]
    assert [activity.group_id for activity in plan.activities][2:4] == ["chapter-1-routes", "chapter-2-skills"]


def test_quarters_and_months_that_head_columns_of_ticks_are_header_words() -> None:
    found = rows(
        blocks(
            """
Annual Plan 2025/26
 Strategic objective        What we will do                           Executive lead               Q1 Q2 Q3 Q4
 Provide safe, timely       Cut the wait for a first visit            Chief Operating Officer      ●   ●   ●   ●
 care
                            Open the discharge lounge                 Chief Operating Officer              ●
                            Carry out the recommendations that are    Director of Midwifery        ●   ●
                            open
 Be a good place to         Lower the vacancy rate                    Chief People Officer                     ●
 work
                            Start a menopause clinic                  Chief People Officer         ●
 Use our money well         Find recurrent savings                    Chief Finance Officer        ●   ●   ●   ●
                            Turn leased offices back                  Director of Estates          ●   ●
"""
        )
    )
    assert [row[3:] for row in found] == [
        ("●", "●", "●", "●"),
        (None, None, "●", None),
        ("●", "●", None, None),
        (None, None, None, "●"),
        ("●", None, None, None),
        ("●", "●", "●", "●"),
        ("●", "●", None, None),
    ]


def test_two_rows_are_parted_where_each_has_a_time_or_state_of_its_own_though_all_lines_are_full() -> None:
    found = rows(
        blocks(
            """
Improvement Plan 2025

Action                                          Lead                    Timescale   Impact                   BRAG
Launch a new template that asks what life is    Principal Worker        May 2025    In use for all           Complete
Observe each team manager in supervision        Assistant Director,     Ongoing     Findings in the report   Green
                                                Safeguarding
Bring caseloads to seventeen or fewer           Assistant Director,     July 2025   No worker above 20       Amber
                                                Safeguarding
"""
        )
    )
    assert [row[2] for row in found] == ["May 2025", "Ongoing", "July 2025"]


def test_a_cell_that_says_n_a_neither_goes_on_nor_breaks_off() -> None:
    found = rows(
        blocks(
            """
Health Plan 2025/26

No   Action                           Measure              Baseline   Target   Owner                  Deadline
1    Increase health checks           Checks given         3,100      4,500    Public Health Nurse    March 2026
2    Vaccinate care home staff        Uptake               38%        60%      Protection Manager     May 2025
3    Open a clinic in the centre      Clinic open          n/a        1        Commissioner           June 2025
4    Reduce falls through checks      Repeat falls         212        180      Falls Coordinator      Ongoing
"""
        )
    )
    assert [row[0] for row in found] == ["1", "2", "3", "4"]


def test_a_line_set_in_above_the_next_header_is_its_heading() -> None:
    found = blocks(
        """
        Action Plan 2025-26

          Prevention: stop fires before they start

        Action                                     Department     Start date    End date       RAG

        Visit the homes of people over 75          Prevention     April 2025    March 2026     Green

        Start a branch of young firefighters       Prevention     May 2025      March 2026     Amber

          Protection: make buildings safer

        Action                                     Department     Start date    End date       RAG

        Audit every residential building           Protection     April 2025    March 2026     Green

        Recruit two fire engineers                 Protection     June 2025     March 2026     Red
        """
    )
    assert not any("safer" in (cell or "") for block in found if isinstance(block, Table) for cell in _texts(block))


def _texts(table: Table) -> list[str]:
    return [cell.text for cell in table.cells()]


def test_the_letter_of_a_group_over_its_first_ref_is_a_row_of_its_own() -> None:
    found = rows(
        blocks(
            """
Safety Plan 2025
Ref   Action required                                                       Responsible person          Target date
A     Policy and organisation
A1    Reissue the safety policy with the new chief executive's signature    Health and Safety Manager   30 April 2025
A2    Name a responsible person for each of the 74 buildings                Head of Property            31 May 2025
A3    Bring trade union representatives onto the joint committee            Head of HR                  30 June 2025
"""
        )
    )
    assert [row[0] for row in found] == ["A", "A1", "A2", "A3"]


def test_names_beside_the_rows_left_of_all_columns_head_groups_that_are_in_doubt() -> None:
    text = """
        Growth Plan 2025-2028
                   Action                                 Lead                Timescale        Output
                   Run academies in care                  Skills Manager      October 2025     120 learners
        PEOPLE
                   Open a youth hub                       Skills Manager      November 2025    Hub open
                   Buy the empty store                    Estates Surveyor    By March 2026    Sale complete
        PLACE
                   Prepare a plan for the station         Regeneration Lead   December 2025    Adopted
        """
    plan = read_plan(textwrap.dedent(text).encode(), "plan.txt", Settings())
    assert [activity.activity for activity in plan.activities] == [
        "Run academies in care",
        "Open a youth hub",
        "Buy the empty store",
        "Prepare a plan for the station",
    ]
    assert [group.title for group in plan.groups] == ["PEOPLE", "PLACE"]
    doubted = {issue.activity_id for issue in plan.issues if issue.field == "group_id" and issue.severity == "warning"}
    assert doubted == {activity.id for activity in plan.activities}


def test_a_bracket_that_nothing_closes_takes_no_names_of_the_rows_below() -> None:
    text = set_out(
        (0, 8, 32, 54, 68),
        ("Ref", "Action", "Lead officer", "Team", "When"),
        ("1.1", "Mow the verges", "Ada Moss (Parks", "Streets", "May 2025"),
        ("1.2", "Plant the square", "Bea Rey", "Streets", "June 2025"),
        ("1.3", "Mend the weir", "Cara Low", "Streets", "July 2025"),
        ("1.4", "Oil the gates", "Dan Hay", "Streets", "May 2025"),
    )
    assert [row[2] for row in rows(blocks(text))] == ["Ada Moss (Parks", "Bea Rey", "Cara Low", "Dan Hay"]


def test_a_word_that_closes_names_begins_a_cell_where_other_rows_begin_with_it() -> None:
    found = rows(
        blocks(
            """
            Ref   Action                              When         Lead officer     Partners
            P1    Map access to dentists in each      May 2025     Service          Parish councils
                  ward, and report to members                      Manager -
                                                                   Health
                                                                   Inequalities
            P2    Offer help to stop smoking, at a    June 2025    Service          Moss Youth
                  price that the board has agreed                  Manager -        Alliance
                  with the funders and with the                    Health
                  release of data by all bodies.                   Inequalities
            P3    Invite residents to a check         July 2025    Service
                                                                   Manager -
                                                                   Health
            P4    Train 40 pharmacists                May 2025     Town Clerk       Parish councils
            """
        )
    )
    assert [row[1] for row in found] == [
        "Map access to dentists in each ward, and report to members",
        "Offer help to stop smoking, at a price that the board has agreed with the funders and with the release of "
        "data by all bodies.",
        "Invite residents to a check",
        "Train 40 pharmacists",
    ]
    assert [row[3] for row in found[:3]] == [
        "Service Manager - Health Inequalities",
        "Service Manager - Health Inequalities",
        "Service Manager - Health",
    ]


def test_the_first_of_several_sub_items_holds_more_than_their_lead_in() -> None:
    found = rows(
        blocks(
            """
            Ref     Action                                          Measure               When            Department
            2.2     Replace paper timesheets with an application    Sickness under 9      Winter 2025     Communities
                    for depot staff                                 days
            2.3a    Build leadership at every grade:                Index of 55           Spring 2026     Communities
                    coach 13 managers from the outer districts
            2.3b    rotate heads of service through secondments                           Winter 2025
            2.3c    set up learning sets with the youth club        Sickness under 10     Summer 2025
                                                                    days
            2.4     Bring turnover in social work below 12          Index of 60           Autumn 2025     Communities
            """
        )
    )
    assert [row[0] for row in found] == ["2.2", "2.3a", "2.3b", "2.3c", "2.4"]
    assert found[2][1] == "rotate heads of service through secondments"


def test_a_ref_one_blank_behind_the_name_of_its_group_is_in_its_column() -> None:
    found = rows(
        blocks(
            """
            Theme                                      Deliverable                          When         Lead officer
            Teams that thrive                   P6     Retrain 12 assistants as nurses      May 2025     Head of People
                                                P7     Fill 75 registered nurse posts       May 2025     Head of People
                                                P8     Provide a rest room at each site     June 2025    Head of Homes
            Timely urgent care P9                      Open a clinic for frail patients     July 2025    Head of Access
                                                P10    Run a lounge seven days a week       June 2025    Head of Access
            """
        )
    )
    assert [row[1] for row in found] == ["P6", "P7", "P8", "P9", "P10"]
    assert found[3][0] == "Timely urgent care"


def test_a_value_of_people_that_rows_would_part_stands_for_both_where_it_is_whole_elsewhere() -> None:
    text = """
        Ref    Action                                      Lead officer         Cabinet Member         When

               Launch a needs assessment with the
        S1     university, without adding to the           Head of Safety                              April 2025
               revenue budget                                                   Cllr Ada
                                                                                Boothroyd
                                                                                (Safety of
               Inspect every high-risk food business                            the Public)
        S2     at least once. An appraisal will be put     Head of Licensing                           June 2025
               to members before any is chosen.

               Train 650 door staff and taxi drivers                            Cllr Ada
        S3     to spot vulnerability, subject to the       Head of Licensing    Boothroyd              May 2025
               outcome of the funding round and to                              (Safety of
               what members say.                                                the Public)

               Upgrade 3 public-space cameras and                               Cllr Ada
        S4     move the control room to Norbridge,         Head of Safety       Boothroyd              July 2025
               as members have asked, and as the                                (Safety of
               partnership wants.                                               the Public)

        S5     Let 40 homes                                Head of Homes        Cllr Bea Moss          May 2025

        S6     Mend 12 roofs                               Head of Homes        Cllr Bea Moss          July 2025
        """
    plan = read_plan(textwrap.dedent(text).encode(), "plan.txt", Settings())
    member = "Cllr Ada Boothroyd (Safety of the Public)"
    assert [activity.lead_cabinet_members for activity in plan.activities[:4]] == [(member,)] * 4
    assert [activity.activity[:11] for activity in plan.activities[:2]] == ["Launch a ne", "Inspect eve"]


@pytest.mark.parametrize("verbs", [("filling", "checking", "signing"), ("fill", "check", "recruit")])
def test_lines_that_open_with_verbs_of_one_form_are_items_though_the_ones_above_are_full(
    verbs: tuple[str, ...],
) -> None:
    text = f"""
        Ref    Action                                 When          Lead officer
        1.1    Prepare for the winter earlier by:     June 2025     Head of Roads
                   {verbs[0]} 150 grit bins before frost
                   {verbs[1]} the salt barn at Trehafod
                   {verbs[2]} neighbouring authorities
        1.2    Resurface nine miles of the roads      July 2025     Head of Roads
               that the last survey told of
        1.3    Mend the weir                          July 2025     Head of Roads
        1.4    Oil the gates                          May 2025      Head of Roads
        """
    first, *_ = read_plan(textwrap.dedent(text).encode(), "plan.txt", Settings()).activities
    assert [item.split()[0] for item in first.items] == list(verbs)


def test_a_name_below_itself_is_that_of_the_next_row() -> None:
    found = rows(
        blocks(
            """
            Action     Action                                  Lead service         Owner              When             Status   Update
            ref
                       Run a safety fortnight with the trust                        Prevention Team
            A1         and all its friends.                    People and Assets    Leader             by 31/08/2024    Amber    38% complete.

                                                               People and Assets
            A2         Refer hoarders to a joint panel.                             Prevention Team    Annually         Green    Tender issued; 11 bids
                                                                                    Leader                                       received.

            A3                                                                                         November 2024             Delayed by vacancies;
                       Fit misting systems in the homes of                          Prevention Team                     Blue     interviews go on.
                       residents who smoke in bed.                                  Leader; Head of
                                                                                    Community
                                                                                    Engagement
            """  # noqa: E501
        )
    )
    assert [row[2] for row in found[:2]] == ["People and Assets"] * 2


def test_one_owner_below_two_headers_that_blank_lines_part_from_their_rows_is_none_of_their_words() -> None:
    header = """
        Action                                      Time-       Lead           Budget
                                                    scale       officer of
                                                                the park

                                                                Service
"""
    text = f"""
        Weir plan 2025/26
        {header}        Mend the old weir below the mill of Ings.   May 2025    Manager -      £500
                                                                Rivers

        Clear the mill race of its timber.          June 2025   Warden         £200

        Baths
        {header}        Open the baths on Sundays and holidays.     July 2025   Manager -      £900
                                                                Baths

        Heat the small pool in the winter.          May 2025    Warden         £300
        """
    plan = read_plan(textwrap.dedent(text).encode(), "plan.txt", Settings())
    assert [activity.lead_officers for activity in plan.activities] == [
        ("Service Manager - Rivers",),
        ("Warden",),
        ("Service Manager - Baths",),
        ("Warden",),
    ]


def test_bullets_of_a_symbol_font_begin_the_items_of_a_cell() -> None:
    text = """
        Action                         Lead            When         How we will know
        Mend the old weir below the    Town Clerk      May 2025     \uf0b7 No floods in the
        mill of Ings.                                                 mill
                                                                    \uf0b7 Trout return
        Clear the mill race            Warden          June 2025    \uf0b7 Boats pass again
        Oil the gates                  Warden          July 2025    \uf0b7 None sticks
        """
    plan = read_plan(textwrap.dedent(text).encode(), "plan.txt", Settings())
    assert [activity.extra for activity in plan.activities] == [
        {"How we will know": "• No floods in the mill\n• Trout return"},
        {"How we will know": "• Boats pass again"},
        {"How we will know": "• None sticks"},
    ]


@pytest.mark.parametrize(
    "other",
    [
        """
        How far we are

        Priority                            Early   Green   Red   Total
        Water                               1       2       0     3
        Woods                               0       1       1     2
        """,
        """
        Risks to the plan
        Ref     Risk                        Score   Answer                Owner
        R1      Frost in spring             12      Mend in the summer    Warden
        R2      Loss of the grant           10      Ask the county        Clerk
        """,
    ],
    ids=["two known names", "one known name and other columns"],
)
def test_a_heading_overleaf_over_the_header_of_another_table_ends_the_first(other: str) -> None:
    page = """
        Weir plan 2025/26

        Ref     Action                              Lead         Target      RAG     Update
        1.1     Mend the old weir below the mill    Clerk        May 2025    Green   Stone is cut.
        1.2     Clear the mill race of timber       Warden       June 2025   Red     Boat is lost.
        1.3     Oil the gates of both locks         Warden       July 2025   Green   Oil is bought.
        """
    text = textwrap.dedent(page).strip("\n") + "\n\f" + textwrap.dedent(other).strip("\n") + "\n"
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2", "1.3"]
    assert [activity.timescale.as_published for activity in plan.activities if activity.timescale] == [
        "May 2025",
        "June 2025",
        "July 2025",
    ]


def test_the_number_and_name_of_a_group_over_its_refs_are_a_heading_though_a_gap_parts_them() -> None:
    text = """
        Ref   Action                             Officer        Deadline    Progress
        1     Water
        1.1   Mend the old weir below the mill   Town Clerk     May 2025    Stone is cut.
        1.2   Clear the mill race of timber      Warden         June 2025   Not begun.
        2     Woods
        2.1   Plant the north bank               Warden         July 2025   Trees are here.
        """
    plan = read_plan(textwrap.dedent(text).encode(), "plan.txt", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [(activity.ref, titles[activity.group_id or ""]) for activity in plan.activities] == [
        ("1.1", "Water"),
        ("1.2", "Water"),
        ("2.1", "Woods"),
    ]


def test_what_stands_below_the_widest_gap_before_a_header_is_no_part_of_the_table() -> None:
    found = blocks(
        """
        Water
        We share the aim of the county for the rivers of this land.

        Action                                 Lead            By when

        Mend the old weir below the mill of    Town Clerk      May 2025
        Ings.

        Clear the mill race of timber          Warden          June 2025


        Woods
        We share the aim of the county for the Northern woods.

        Action                                 Lead            By when

        Plant the north bank                   Warden          July 2025

        Fence the spinney                      Warden          May 2025
        """
    )
    tables = [block for block in found if isinstance(block, Table)]
    assert [[cell.text for row in table.rows[1:] if (cell := row[0])] for table in tables] == [
        ["Mend the old weir below the mill of\nIngs.", "Clear the mill race of timber"],
        ["Plant the north bank", "Fence the spinney"],
    ]


def test_first_rows_of_measures_that_come_again_are_no_header_and_their_heading_is_no_group() -> None:
    part = """
        Theme {number} - {name}
        Measures

        Indicator                              Baseline        Target

        Boats that pass in a day               68%             78%

        Gates that stick                       9%              2%


        Actions

        ID    Deliverable                      SRO             Milestone
        {ref}   Mend the old weir                Town Clerk      May 2025
        {ref}   Clear the mill race              Warden          June 2025
"""
    text = "River plan 2025/26\n\n" + "\n\n".join(
        textwrap.dedent(part).format(number=number, name=name, ref=ref)
        for number, name, ref in ((1, "Water", "W1"), (2, "Woods", "T1"))
    )
    plan = read_plan(text.encode(), "plan.txt", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [titles[activity.group_id or ""] for activity in plan.activities] == ["Water", "Water", "Woods", "Woods"]


def test_rows_of_two_times_are_parted_though_the_name_of_their_group_goes_on_beside_both() -> None:
    found = rows(
        blocks(
            """
            Objective         Actions                                Lead     Timescale
            1. Mend what      Move the gauges to the new bridge      CSM      Q2
            is broken at      Agree with the mill who opens the      PPM      Q3
            the weir          gates of the race at night
                              Oil the gates                          CSM      Q3
            2. Raise the      Launch a forum of boat owners          PPM      Q4
            standard of       Consult on the fees for moorings at    CSM      Q2
            moorings          the lower lock
                              Inspect all moorings                   CSM      Q1
            """
        )
    )
    assert [row[1] for row in found] == [
        "Move the gauges to the new bridge",
        "Agree with the mill who opens the gates of the race at night",
        "Oil the gates",
        "Launch a forum of boat owners",
        "Consult on the fees for moorings at the lower lock",
        "Inspect all moorings",
    ]
    assert [row[0] for row in found[::3]] == ["1. Mend what is broken at the weir", "2. Raise the standard of moorings"]


def test_two_names_that_a_stroke_parts_on_one_line_head_one_column() -> None:
    found = rows(
        blocks(
            """
            Ref Objective / action                      Baseline   Lead officer(s)   Partners      Milestone date
            1.1   Meet every boat within three days     8 days     Lock Manager      Boat club     March 2026
                  of a call
            1.2   Place a warden at the upper lock      None       Head Warden       Mill          October 2025
            1.3   Agree a protocol on night races       Draft      Lock Manager      Boat club     May 2025
            2.1   Buy six gates on the open market      12         Town Clerk        Smiths        June 2026
            """
        )
    )
    assert [row[:2] for row in found[1:]] == [
        ("1.2", "Place a warden at the upper lock"),
        ("1.3", "Agree a protocol on night races"),
        ("2.1", "Buy six gates on the open market"),
    ]
