"""Header rows in columns of characters, settled over the whole document."""

from __future__ import annotations

import re
import textwrap

from extractor.document import Heading, Table
from extractor.read.aligned import read_columns
from extractor.read.alignment import Column
from extractor.read.heads import columns_below, moved_columns
from extractor.read.typeset import Word
from extractor.vocabulary.headers import header_meaning


def tables(text: str) -> list[Table]:
    found = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert found is not None
    return [block for block in found.blocks if isinstance(block, Table)]


def header(table: Table) -> list[str]:
    return [cell.text if cell else "" for cell in table.rows[table.header_rows - 1]]


def body(table: Table) -> list[list[str]]:
    return [[cell.text.replace("\n", " ") if cell else "" for cell in row] for row in table.rows[table.header_rows :]]


REPEATED = """
    Objective 1: Warm homes

    No.    Action                             Lead service    When         Cost Energy      Status
                                                                                saved
    1.1    Insulate 300 council homes in      Housing         March 2025   ££   Enabling    On track
           Calder Row
    1.2    Replace gas boilers at the depot   Estates         Q2 2024/25   £    40          Late

    Objective 2: Clean air

    No.    Action                             Lead service    When         Cost Energy      Status
                                                                                saved
    2.1    Plant hedges beside schools        Parks           Ongoing      £    Enabling    On track
    2.2    Enforce the smoke control zone     Regulatory      Quarter 3    £    2           On track
                                              Services
    """


def test_cells_parted_by_one_blank_are_two_where_text_begins_below_the_second() -> None:
    first, second = tables(REPEATED)
    assert (
        header(first) == header(second) == ["No.", "Action", "Lead service", "When", "Cost", "Energy saved", "Status"]
    )
    assert body(first) == [
        ["1.1", "Insulate 300 council homes in Calder Row", "Housing", "March 2025", "££", "Enabling", "On track"],
        ["1.2", "Replace gas boilers at the depot", "Estates", "Q2 2024/25", "£", "40", "Late"],
    ]
    assert body(second)[1][:3] == ["2.2", "Enforce the smoke control zone", "Regulatory Services"]


def test_a_narrow_column_that_its_values_fill_is_one_though_only_blanks_part_it() -> None:
    [table] = tables(
        """
        Code    Deliverable                          Owner             Target date    RAG Progress to date
        A1      Complete 9,500 home safety visits    Area Manager      31/03/2026     Green 4,912 visits made by the
                                                                                            end of September
        A2      Fit alarms for deaf residents        Procurement       Q3 2025-26     Amber Two bids received, both
                                                     Lead                                   above the budget
        A3      Teach water safety to all pupils     Station Manager   Ongoing        Green 118 schools visited; more
                                                                                            asked for it
        """
    )
    assert header(table)[4:] == ["RAG", "Progress to date"]
    assert [row[4] for row in body(table)] == ["Green", "Amber", "Green"]
    assert body(table)[1][5] == "Two bids received, both above the budget"


def test_the_name_of_a_column_of_states_is_no_part_of_the_one_beside_it() -> None:
    [table] = tables(
        """
        Code    Deliverable                          Owner             Target date    RAG Progress to date
        A1      Complete 9,500 home safety visits    Area Manager      31/03/2026     Green 4,912 visits made
        A2      Fit alarms for deaf residents        Town Clerk        Q3 2025-26     Red Two bids received
        A3      Teach water safety to all pupils     Station Manager   Ongoing        Green 118 schools visited
        """
    )
    assert header(table)[4:] == ["RAG", "Progress to date"]


TWO_ROWS = """
    Theme A: Streets

    Ref    Action                             Responsibility                 Timescale     RAG

                                              Lead service    Portfolio
                                                              Holder

    A1     Repaint the crossings on           Highways        Cllr Moor      May 2025      Green
           Station Road

    A2     Empty bins before noon             Street Scene    Cllr Fell      Ongoing       Amber


    Theme B: Parks

    Ref    Action                             Responsibility                 Timescale     RAG

                                              Lead service    Portfolio Holder

    B1     Open the wildflower meadow         Parks           Cllr Fell      Q1 2025/26    Green

    B2     Mend the bandstand                 Estates         Cllr Moor      Q2 2025/26    Red
    """


def test_a_word_over_two_others_spans_them() -> None:
    first, second = tables(TWO_ROWS)
    assert header(first) == header(second) == ["Ref", "Action", "Lead service", "Portfolio Holder", "Timescale", "RAG"]
    assert first.rows[0][2] is first.rows[0][3]
    assert first.rows[0][2] is not None
    assert first.rows[0][2].text == "Responsibility"
    assert body(first) == [
        ["A1", "Repaint the crossings on Station Road", "Highways", "Cllr Moor", "May 2025", "Green"],
        ["A2", "Empty bins before noon", "Street Scene", "Cllr Fell", "Ongoing", "Amber"],
    ]
    assert body(second)[1] == ["B2", "Mend the bandstand", "Estates", "Cllr Moor", "Q2 2025/26", "Red"]


def test_a_header_in_two_languages_wraps_differently_over_each_table() -> None:
    found = tables(
        """
        Amcan 1: Children

        Cyf. / Cam gweithredu / Action       Swyddog          Aelod Cabinet / Cabinet   Amserlen /
        Ref.                                 arweiniol /      Member                    Timescale
                                             Lead officer
        1      Open the Welsh-medium         Head of          Cabinet Member for        Q4 2025/26
               nursery at Pontlas            Schools          Children
        2      Publish the play strategy     Head of Play     Cabinet Member for Play   May 2025

        Amcan 2: Work

        Cyf. / Cam gweithredu / Action       Swyddog arweiniol / Aelod Cabinet /        Amserlen /
        Ref.                                 Lead officer        Cabinet Member         Timescale
        3      Let the last three units      Head of Growth      Leader                 Q2 2025/26
        4      Hire ten apprentices          Head of People      Leader                 Ongoing
        5      Mend the depot roof           Head of Estates     Leader                 Q3 2025/26
        """
    )
    wanted = [
        "Cyf. / Ref.",
        "Cam gweithredu / Action",
        "Swyddog arweiniol / Lead officer",
        "Aelod Cabinet / Cabinet Member",
        "Amserlen / Timescale",
    ]
    assert [header(table) for table in found] == [wanted, wanted]
    assert body(found[0])[0][:3] == ["1", "Open the Welsh-medium nursery at Pontlas", "Head of Schools"]
    assert body(found[1])[2] == ["5", "Mend the depot roof", "Head of Estates", "Leader", "Q3 2025/26"]


def test_a_numbered_heading_before_the_next_header_is_no_row() -> None:
    text = REPEATED.replace("Objective 2: Clean air", "2.0 Clean air")
    first, _ = tables(text)
    assert [row[0] for row in body(first)] == ["1.1", "1.2"]


def test_a_wrapped_header_does_not_say_how_wide_its_column_is() -> None:
    text = """
        Ref    Action                             Swyddog arweiniol /   Timescale
                                                  Lead officer
        1.1    Write a plan for each school and   Head of Education     March 2025
               publish it with the others         Strategy
        1.2    Recruit six teachers of Welsh for  Head of Growth        April 2025
               the centre and train them
        1.3    Clear the drains at the depot and  Catering Services     May 2025
               have them surveyed                 Manager
        """
    [table] = tables(text)
    assert [cell.lines[0].text for row in table.rows[1:] if (cell := row[2])] == [
        "Head of Education Strategy",
        "Head of Growth",
        "Catering Services Manager",
    ]


CENTRED = """
                   Who                        Service          By when      No.               What we will do
    Head of Housing and Benefits              Housing          31 March     HH1 Inspect all blocks of flats for damp and
                                              Services         2025             mould.
    Private Sector Housing Manager            Regulatory       Q2           HH2 Write to each private landlord on the
                                              Services                          new standard.
    Rough Sleeping Coordinator                Housing          Ongoing      HH3 Find a room for people who sleep rough
                                              Services                          in winter.
    """


def test_headers_may_be_centred_over_their_columns() -> None:
    [table] = tables(CENTRED)
    assert header(table) == ["Who", "Service", "By when", "No.", "What we will do"]
    assert body(table)[1] == [
        "Private Sector Housing Manager",
        "Regulatory Services",
        "Q2",
        "HH2",
        "Write to each private landlord on the new standard.",
    ]


def test_two_people_that_a_line_end_may_part_are_doubted() -> None:
    [table] = tables(
        """
        Ref    Activity                             Lead service           Timescale
        1.1    Write a plan for each school and     Communications         March 2025
               publish it with the others
        1.2    Recruit six teachers of Welsh for    Housing and Health     April 2025
               the centre and train them            Communications
        1.3    Clear the drains at the depot and    Environmental          May 2025
               have them surveyed                   Services
        1.4    Sell the old depot and the yards     Environmental          May 2025
               beside it                            Services
        """
    )
    assert [bool(cell.doubts) for row in table.rows[1:] if (cell := row[2])] == [False, True, False, False]


def test_a_header_word_set_out_over_two_others_spans_them_and_no_column_beside_it_does() -> None:
    [table] = tables(
        """
        Commitment Action        Key action                     Accountability            Delivery                  Cost
                   No
                                                                Lead        Directorate   Target       Status
                                                                                          date
        Warm homes        1.1    Insulate 300 council homes     Head of     Housing and   Q1 2024/25   On track     £45k
                                 in Calder Row                  Energy      Estates
                          1.2    Replace gas boilers at the     Head of     Housing and   Q2 2024/25   Completed    Nil
                                 depot                          Estates     Estates
        Clean air         2.1    Plant hedges beside schools    Head of     Place and     Q3 2024/25   Delayed      £62k
                                                                Parks       Parks
                          2.2    Enforce the smoke control      Head of     Place and     Q4 2024/25   On track     £12k
                                 zone in Mill Ward              Licensing   Parks
        """
    )
    assert [[cell.text if cell else "" for cell in row] for row in table.rows[: table.header_rows]] == [
        [
            "Commitment", "Action No", "Key action", "Accountability", "Accountability", "Delivery", "Delivery", "Cost"
        ],
        ["Commitment", "Action No", "Key action", "Lead", "Directorate", "Target date", "Status", "Cost"],
    ]  # fmt: skip
    assert body(table)[0] == [
        "Warm homes", "1.1", "Insulate 300 council homes in Calder Row", "Head of Energy", "Housing and Estates",
        "Q1 2024/25", "On track", "£45k"
    ]  # fmt: skip


def test_wrapped_headers_that_keep_to_one_foot_are_no_two_rows() -> None:
    [table] = tables(
        """
                                               Accountable
        Ref    Action                          officer          Timeframe    Status
        1.1    Insulate 300 council homes      Head of          March 2025   On track
               in Calder Row                   Energy
        1.2    Replace gas boilers at the      Head of          June 2025    Late
               depot                           Estates
        """
    )
    assert header(table) == ["Ref", "Action", "Accountable officer", "Timeframe", "Status"]
    assert table.header_rows == 1


def test_refs_that_stand_before_the_first_header_word_are_a_column() -> None:
    first, second = tables(
        """
        Theme One: Warm homes

                Activity                          Owner              Budget      Due date
        WH-01   Insulate 300 council homes in     Head of Energy     £45,000     March 2025
                Calder Row
        WH-02   Replace gas boilers at the        Head of Estates    Nil         June 2025
                depot

        Theme Two: Clean air

                Activity                          Owner              Budget      Due date
        CA-01   Plant hedges beside schools       Head of Parks      £620k       July 2025
        """
    )
    assert [row[:2] for row in body(first)] == [
        ["WH-01", "Insulate 300 council homes in Calder Row"],
        ["WH-02", "Replace gas boilers at the depot"],
    ]
    assert body(second) == [["CA-01", "Plant hedges beside schools", "Head of Parks", "£620k", "July 2025"]]


def test_columns_overleaf_are_found_where_they_stand_on_that_page() -> None:
    first = """
        Ref    Action                           Lead service         When            Cost
        1.1    Insulate 300 council homes       Housing              March 2025      £45,000
        1.2    Replace gas boilers              Estates              June 2025       Nil
        1.3    Plant hedges beside schools      Parks and Parking    July 2025       £620k
        """
    second = """
        1.4    Enforce the smoke control zone across the town     Licensing         May 2025     £2k
        1.5    Open two cycle lanes and keep them clear           Highways          June 2025
        1.6    Lend cargo bikes to firms in the old town          Growth            July 2025    £12k
        """
    [table] = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    assert body(table)[3:] == [
        ["1.4", "Enforce the smoke control zone across the town", "Licensing", "May 2025", "£2k"],
        ["1.5", "Open two cycle lanes and keep them clear", "Highways", "June 2025", ""],
        ["1.6", "Lend cargo bikes to firms in the old town", "Growth", "July 2025", "£12k"],
    ]


def test_a_header_at_a_page_s_end_stands_over_columns_that_begin_elsewhere_overleaf() -> None:
    """Also where refs without a header make as many columns there as it has words."""
    first = """
        Aim 1: Homes
               Action                                                    When            Lead             RAG
        1.1    Insulate 300 council homes, all of them before winter     March 2025      Head of Homes    Red
        1.2    Replace gas boilers                                       June 2025       Town Clerk       Red

        Aim 2: Streets
               Action                                                    When            Lead             RAG
        """
    second = """
        2.1  Enforce the smoke zone    May 2025     Town Clerk
        2.2  Open two cycle lanes      June 2025    Head of Roads
        2.3  Lend cargo bikes          July 2025    Town Clerk       Green
        """
    *_, table = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    assert body(table) == [
        ["2.1", "Enforce the smoke zone", "May 2025", "Town Clerk", ""],
        ["2.2", "Open two cycle lanes", "June 2025", "Head of Roads", ""],
        ["2.3", "Lend cargo bikes", "July 2025", "Town Clerk", "Green"],
    ]


def test_columns_of_a_few_rows_overleaf_are_found_where_two_lines_begin() -> None:
    first = """
        Ref    Action                          Lead officer    Service              When          RAG       Cost
        1.1    Insulate 300 council homes      Town Clerk      Housing              March 2025    Red       £45,000
        1.2    Replace gas boilers             Town Clerk      Estates              June 2025     Red       Nil
        1.3    Plant hedges beside schools     Head of Parks   Parks and Parking    July 2025     Green     £620k
        """
    second = """
        1.4    Enforce the smoke zone                          May 2025     Red      £2k
        1.5    Open two cycle lanes    Clerk         Roads     June 2025    Green    £620k
               and keep them clear     of Works
        """
    [table] = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    assert body(table)[3:] == [
        ["1.4", "Enforce the smoke zone", "", "", "May 2025", "Red", "£2k"],
        ["1.5", "Open two cycle lanes and keep them clear", "Clerk of Works", "Roads", "June 2025", "Green", "£620k"],
    ]


def test_text_below_a_table_says_nothing_of_a_header_whose_first_line_begins_far_to_the_right() -> None:
    table, *_ = tables("""
                                                              Accountability                          Delivery
Reference Actions we will take                                                                                   RAG
                                                              Lead              Directorate   Timeframe
1.4.6      when 310 people took part and 85% of them said Housing Growth        Place         2022-23            Green
1.4.7      (one of them shared) and on release of the data   Estates            Place         2022-23            Blue
               •   the goods yard                          Estates                            To be
               •   the old telephone exchange              Service                            confirmed

Theme 5: A skilled and healthy workforce
         recommendations of the peer review.                                   Core
                                                              Accountability                          Delivery
Reference Actions we will take                                                                                   RAG
                                                              Lead              Directorate   Timeframe
""")
    assert header(table)[:2] == ["Reference", "Actions we will take"]


def test_a_first_row_that_opens_with_a_word_of_the_header_above_it_is_none_of_its_lines() -> None:
    head = """
                                              Executive
        Ref    Action                         Member           When
                                              Executive
        {0}    {1}   Member for       {2}
                                              Homes
        """
    text = "\n".join(
        textwrap.dedent(head).strip("\n").format(*row)
        for row in (
            ("P1 ", "Insulate 300 homes in Calder", "Q3 2024/25"),
            ("P2 ", "Replace boilers at the depot", "Q4 2024/25"),
        )
    )
    first, second = tables(text)
    assert header(first) == header(second) == ["Ref", "Action", "Executive Member", "When"]
    assert body(second) == [["P2", "Replace boilers at the depot", "Executive Member for Homes", "Q4 2024/25"]]


def test_a_name_over_columns_is_none_of_a_group_where_the_other_header_cells_are_centred() -> None:
    [table] = tables(
        """
        Priority: Warm homes
                                             Accountability
        Ref    What we will do                                           Deadline      Risks
                                             Lead officer   Service
        A1     Insulate 300 council homes    Head of Homes  Housing      Quarter 4     High
        A2     Replace boilers at the depot  Town Clerk     Estates      Quarter 1     Loss of staff
        A3     Plant hedges beside schools   Town Clerk     Parks        Quarter 2     Low
        """
    )
    assert table.header_rows == 2
    assert header(table)[2:4] == ["Lead officer", "Service"]
    assert body(table)[0] == ["A1", "Insulate 300 council homes", "Head of Homes", "Housing", "Quarter 4", "High"]


def test_a_first_row_that_two_of_several_tables_share_is_none_of_their_headers() -> None:
    page = """
        Objective {0}

        Ref    Action                        Lead            When
                                             officer
                                             {1}
        {2}    Insulate 300 council homes    Head of Homes   Quarter 4
        """
    owners = ("H. Marsh,", "H. Marsh,", "J. Brook,", "A. Dale,")
    found = tables(
        "\n".join(textwrap.dedent(page).format(n, owner, f"{n}.1") for n, owner in enumerate(owners, 1)),
    )
    assert [header(table)[2] for table in found] == ["Lead officer"] * 4
    assert [body(table)[0][2] for table in found] == [f"{owner} Head of Homes" for owner in owners]


def test_columns_overleaf_are_those_that_move_alike_and_hold_times() -> None:
    columns = [
        Column(left, text, header_meaning(text), [])
        for left, text in ((2, "Ref"), (11, "Action"), (69, "Who"), (93, "Resources"), (111, "Timescale"))
    ]
    columns.append(Column(124, "Progress update", "progress", []))
    gap = " " * 10
    page = [
        f"  H4     Set up a tenants' panel  {' ' * 32}AD Housing{' ' * 15}£45,000{' ' * 21}15/12/2025{gap}Piloted",
        f"  H5     Build on the former depot{' ' * 32}AD Housing{' ' * 43}01/07/2026{gap}Milestone met",
        f"  H6     Carry out safety checks  {' ' * 32}HoS (Homes)£250,000{' ' * 34}June 2027 {gap} No change",
    ]
    lines = [
        [
            Word(match.group(), match.start(), match.end(), float(number), 1.0, 2, number * 100 + at)
            for at, match in enumerate(re.finditer(r"\S+", line))
        ]
        for number, line in enumerate(page)
    ]
    moved = {column.text: column.left for column in moved_columns(columns, lines)}
    assert moved["Timescale"] == page[0].index("15/12")
    assert moved["Progress update"] == page[0].index("Piloted")
    assert moved["Who"] < moved["Resources"] < moved["Timescale"]


def test_a_row_of_names_above_a_header_is_part_of_it_at_the_head_of_every_page() -> None:
    page = """
        Deliverable                            Delivery                  Accountability

                                               RAG         Deadline      SRO               Department

        {0}   On track    Quarter 1     Farid Marsh       Housing
        {1}   Delayed     Quarter 2     Jo Brook          Estates
        """
    text = "\n".join(
        ("\f" if number else "Plan\n") + textwrap.dedent(page).strip("\n").format(*rows)
        for number, rows in enumerate(
            (
                ("Action 1.1: Insulate 300 council homes", "Action 1.2: Replace the boilers at   "),
                ("Action 2.1: Plant hedges near schools  ", "Action 2.2: Enforce the smoke zone   "),
                ("Action 3.1: Let the depot to a trust   ", "Action 3.2: Open a hub for repairs   "),
            )
        )
    )
    aligned = read_columns(text.split("\n"))
    assert aligned is not None
    found = aligned.blocks
    rows = [row for table in found if isinstance(table, Table) for row in body(table)]
    assert len(rows) == 6
    assert rows[2] == ["Action 2.1: Plant hedges near schools", "On track", "Quarter 1", "Farid Marsh", "Housing"]


def test_a_few_known_words_in_columns_of_the_header_above_are_no_header() -> None:
    [table] = tables(
        """
        Ref      Action                          Timescale      Directorate    Lead officer
        Action   Let 13 plots to a trust         May 2024       Planning       Head of Homes
        1.1

        Action                                                                 Strategic Lead -
        1.2      Record barns at risk            June 2024      Planning       Rural Economy
        """
    )
    assert [row[0] for row in body(table)] == ["Action 1.1", "Action 1.2"]


def test_refs_without_a_header_leave_the_first_header_word_over_its_own_column() -> None:
    [table] = tables(
        """
              Actions we will take           Lead            By when
              Pass 1,850 households to the   Director of
        1.1.1                                                15/07/2025
              discretionary fund.            Revenues
        1.1.2 Answer complaints in time.     Town Clerk      30/08/2025
              Test all web forms with the    Director of
        1.1.3                                                28/11/2026
              people who use them.           Digital
        """
    )
    assert [row[0] for row in body(table)] == ["1.1.1", "1.1.2", "1.1.3"]
    assert body(table)[0][1] == "Pass 1,850 households to the discretionary fund."


def test_a_title_right_above_a_header_is_none_of_its_words() -> None:
    [table] = tables(
        """
        Strategic Action Plan 2024/2025
                         Action
        Commitment                Task                         Owner           Deadline
                         No
        Caring for       1        Retrain healthcare staff     Head of Homes   June 2025
        our staff        2        Provide a rest room          Town Clerk      July 2025
        """
    )
    assert header(table) == ["Commitment", "Action No", "Task", "Owner", "Deadline"]


CLOSE = """
    Action Task                    Completion Responsibility Lead service Budget Status   Commentary
    No                             date
    1.1    Double the number of    Q3 2025/26 Parks,         Corporate    Nil    Delayed  Consultation
           special wardens                    Rural Crime    Development                  has closed.
    1.2    Hold an open day        Q4 2025/26 Estates        Corporate           Delayed  Contractor
           at the station                                    Development                  appointed.
    """


def test_several_known_phrases_that_one_blank_parts_are_a_column_each() -> None:
    table, other = tables(f"{CLOSE}\n    Objective 2: Safe streets\n{CLOSE.replace('1.', '2.')}")
    assert header(table) == header(other)
    assert header(table) == [
        *("Action No", "Task", "Completion date", "Responsibility"),
        *("Lead service", "Budget", "Status", "Commentary"),
    ]
    assert body(table)[0] == [
        *("1.1", "Double the number of special wardens", "Q3 2025/26", "Parks, Rural Crime"),
        *("Corporate Development", "Nil", "Delayed", "Consultation has closed."),
    ]


SPANNED = """
    Cyf /    Cam gweithredu / Action            Swyddog arweiniol    Delivery
    Ref                                         / Lead officer
                                                                      Amserlen /       Statws /
                                                                      Timescale        Status
    1.1      Award grants to shops on the       Nadia Fairbairn,      July 2026        Complete
             high street                        Town Centre
    1.2      Host a breakfast each quarter      Yusuf Mbeki           July 2026        At risk
    \fCyf /    Cam gweithredu / Action            Swyddog arweiniol Delivery
    Ref                                         / Lead officer
                                                                     Amserlen /        Statws /
                                                                     Timescale         Status
    2.1      Set up a panel of the tenants      T. Hargreave, Head        July 2026    Complete
                                                of Housing
    2.2      Prevent homelessness earlier       Bethan Lockyer            July 2026    At risk
    """


def test_a_name_over_several_columns_may_share_its_line_with_the_cell_beside_it() -> None:
    rows = [row for table in tables(SPANNED) for row in body(table)]
    assert [row[2:] for row in rows[2:]] == [
        ["T. Hargreave, Head of Housing", "July 2026", "Complete"],
        ["Bethan Lockyer", "July 2026", "At risk"],
    ]


def test_neither_a_quarter_nor_the_letter_of_a_ref_begins_a_cell() -> None:
    lines = [
        "3.2       Cut carbon from the fleet    Q4 2025/26   Estates",
        "3.3       Sell twelve of the stations  Q4 2026/27   Vetting",
        "3.3 b)    Sell the land beside them    Q4 2026/27   Vetting",
        "3.3 c)    Sell what is left of it      Q4 2026/27   Vetting",
    ]
    words = [
        [Word(each.group(), each.start(), each.end(), float(number), 1.0, 1, at) for at, each in enumerate(found)]
        for number, line in enumerate(lines)
        for found in [list(re.finditer(r"\S+", line))]
    ]
    assert columns_below(words) == [0, 10, 39, 52]


def test_names_in_two_languages_are_one_phrase_where_both_say_the_same() -> None:
    (table,) = tables(
        """
        Theme 1: Easy to reach

        Cyf / Cam gweithredu / Action             Amserlen /    Swyddog          Cyfarwyddiaeth
        Ref                                       Timescale     arweiniol /      / Directorate
                                                                Lead officer
        1.1     Digitise the register of          June 2026     HoS (Heritage)   People
                listed buildings
        1.2     Clear the backlog of cases        Aug-26        AD Planning      Places
                                                                Policy
        1.3     Introduce a checklist             30/04/2026    AD Planning      People
                                                                Policy
        """
    )
    assert header(table) == [
        *("Cyf / Ref", "Cam gweithredu / Action", "Amserlen / Timescale"),
        *("Swyddog arweiniol / Lead officer", "Cyfarwyddiaeth / Directorate"),
    ]
    assert body(table)[1] == ["1.2", "Clear the backlog of cases", "Aug-26", "AD Planning Policy", "Places"]


def test_the_lines_of_header_cells_that_a_blank_parts_are_cut_where_those_above_begin() -> None:
    (table,) = tables(
        """
        Cam gweithredu /             Statws / Amserlen Swyddog      Cyfarwyddiaeth
        Action                       Status   /         arweiniol / / Directorate
                                              Timescale Lead
                                                        officer
        Agree a code for large       On track By April  Deputy        Land and Nature
        sponsored events                      2023      Director of
                                                        Services
        Mend the stiles and          On track By 31     Corporate     Planning and
        replace half of them                  December  Director of   Resources
                                              2024      Rangers
        Lend wheelchairs at ten      Complete End of    Deputy        Planning and
        centres                               January   Director of   Resources
                                              2025      Services
        """
    )
    assert header(table) == [
        *("Cam gweithredu / Action", "Statws / Status", "Amserlen / Timescale", "Swyddog arweiniol / Lead officer"),
        "Cyfarwyddiaeth / Directorate",
    ]
    assert body(table)[1][2:] == ["By 31 December 2024", "Corporate Director of Rangers", "Planning and Resources"]


def test_names_centred_over_two_columns_span_them_where_one_blank_parts_columns() -> None:
    (table,) = tables("""
                                      Accountability     How we
        Ref         Action           Lead   Department    will
                                    officer            measure it
            Light the path by the   Head of            Fewer
        1.1 river and cut back its  Streets Place      falls
            trees
        1.2 Mend the weir above the Town    People and No floods
            lock and its gates      Clerk   Place
        1.3 Draught-proof the halls Head of People     Bills
            at Ings Road            Halls              halved
        1.4 Open the pool every day Head of People and More
            of May                  Pools   Place      swimmers
        1.5 Plant an orchard beside Town    Place      Apples
            the school              Clerk
        1.6 Count the bats in the   Head of Place      More bats
            old mill                Parks
    """)
    assert header(table) == ["Ref", "Action", "Lead officer", "Department", "How we will measure it"]
    assert table.rows[0][2] is table.rows[0][3]
    assert body(table)[1] == [
        "1.2",
        "Mend the weir above the lock and its gates",
        "Town Clerk",
        "People and Place",
        "No floods",
    ]


def test_a_name_that_goes_on_below_its_stroke_spans_no_columns() -> None:
    (table,) = tables("""
           Cyf /  Cam gweithredu /             Amserlen /  Swyddog /
            Ref        Action       Resources  Timescale      Lead
                                                            officer
                 Light the path by                         Head of
           1.1   the river and cut  Nil       May 2025     Streets
                 back its trees
                 Mend the weir
           1.2   above the lock and £20,000   June 2025    Town Clerk
                 its gates
           1.3   Draught-proof the  Nil       By July 2025 Head of
                 halls at Ings Road                        Halls
    """)
    assert table.header_rows == 1
    assert header(table)[1:3] == ["Cam gweithredu / Action", "Resources"]


def test_lines_that_hold_nothing_but_centred_names_are_of_the_header() -> None:
    """The first of them above what is known, the last below it; the text of rows begins at its column's left edge."""
    (table,) = tables("""
        Cyf                      Swyddog       Aelod    Amserlen
         /   Cam gweithredu /  arweiniol /   Cabinet /      /
        Ref       Action       Lead officer   Cabinet   Timescale
                                              Member
            Light the path by  Head of      Leader of
        1.1 the river and cut  Streets      the Council May 2025
            back its trees
            Mend the weir                   Leader of
        1.2 above the lock and Town Clerk   the Council June 2025
            its gates
        1.3 Draught-proof the  Head of      Deputy      By July
            halls at Ings Road Halls        Leader      2025
        1.4 Open the pool      Head of      Deputy      By June
            every day of May   Pools        Leader      2025
        1.5 Plant an orchard   Head of      Deputy      May 2025
            beside the school  Parks        Leader
    """)
    assert header(table) == [
        "Cyf / Ref",
        "Cam gweithredu / Action",
        "Swyddog arweiniol / Lead officer",
        "Aelod Cabinet / Cabinet Member",
        "Amserlen / Timescale",
    ]
    assert [row[3] for row in body(table)][::2] == ["Leader of the Council", "Deputy Leader", "Deputy Leader"]


def test_two_lines_overleaf_show_where_columns_begin_that_move_alike() -> None:
    first = """
        Action                                 Action owner        Portfolio Holder    Target date     Status
        Insulate 300 homes in Calder Row       Head of Homes       Cllr J Ings         March 2025      Red
        Replace gas boilers at the depot       Head of Estates     Cllr J Ings         June 2025       Red
        Plant hedges beside both schools       Head of Parks       Cllr P Marsh        July 2025       Green
        Enforce the smoke control zone         Head of Streets     Cllr P Marsh        August 2025     Green
        """
    second = """
        Inspect every food business            Head of          End October   Blue
        at least once in the year              Licensing        2025
        """
    [table] = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    assert body(table)[4] == [
        "Inspect every food business at least once in the year",
        "Head of Licensing",
        "",
        "End October 2025",
        "Blue",
    ]


def test_what_stands_centred_below_one_of_several_like_headers_is_none_of_its_lines() -> None:
    first = """
        Ref    Actions we will take                  Lead           When       Cost
        P-01   Insulate 300 homes in Calder Row      Town Clerk     May 2025   £400
        P-02   Replace gas boilers at the depot      Town Clerk     June 2025  £500
        P-03   Patch eleven kilometres of road       Head of Roads  July 2025  £600
               and make use of the lessons from
        """
    second = """
        Ref    Actions we will take                  Lead           When       Cost
                  the pilot in Lamover last year.
        PL-04 Plant hedges beside both schools       Head of Parks  May 2025   £700
        PL-05 Enforce the smoke control zone         Town Clerk     June 2025  £800
        PL-06 Open two cycle lanes in the town       Head of Roads  July 2025  £900
        PL-07 Mend the weir above the lock gates     Head of Parks  May 2025   £100
        """
    [table] = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    assert header(table) == ["Ref", "Actions we will take", "Lead", "When", "Cost"]
    assert [row[0] for row in body(table)] == ["P-01", "P-02", "P-03", "PL-04", "PL-05", "PL-06", "PL-07"]
    assert body(table)[2][1].endswith("make use of the lessons from the pilot in Lamover last year.")


def test_a_known_name_is_a_column_behind_one_that_nobody_knows_where_text_begins_below_it() -> None:
    rows = """
        Ref    Key action                      When        How good will look Update
                                                           by then
        1.1    Insulate 300 homes in the Row   May 2025    A warmer home           Begun with the first forty.
        1.2    Replace the boilers there       June 2025   A lower bill            Ordered from two makers.
        1.3    Patch eleven miles of road      July 2025   A smoother ride         Delayed by the long frost.
        1.4    Plant hedges at both schools    May 2025    A cleaner air           Done in all but one place.
        """
    [table] = tables(textwrap.dedent(rows).strip("\n"))
    assert header(table) == ["Ref", "Key action", "When", "How good will look by then", "Update"]
    assert [row[4].split()[0] for row in body(table)] == ["Begun", "Ordered", "Delayed", "Done"]


def test_refs_of_a_page_on_which_no_group_begins_stand_in_the_column_of_refs() -> None:
    first = """
        Priority             What we will do                     When        Lead
        Warm homes    W-01   Insulate 300 homes in the Row       May 2025    Town Clerk
                      W-02   Replace the boilers there           June 2025   Town Clerk
                      W-03   Inspect the flats by the lock       July 2025   Town Clerk
        Open roads    R-01   Patch eleven miles of road          July 2025   Head of Roads
                      R-02   Open two cycle lanes in town        May 2025    Head of Roads
        """
    second = """
        Priority          What we will do                     When        Lead
               R-03       Mend the weir above the lock        May 2025    Head of Parks
               R-04       Plant hedges at both schools        June 2025   Head of Parks
        """
    [table] = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    assert [row[1] for row in body(table)] == ["W-01", "W-02", "W-03", "R-01", "R-02", "R-03", "R-04"]
    assert [row[0] for row in body(table)[3:]] == ["Open roads", "", "", ""]


def test_the_only_row_overleaf_shows_where_columns_begin_though_its_cells_are_on_several_lines() -> None:
    first = """
        Ref   Key action                               Owner            Cabinet Member                Due
        1.1   Insulate 300 homes in Calder Row         SM Homes         Cllr J Ings (Homes, Land      March 2025
              and tell their tenants                                    and Water)
        1.2   Replace gas boilers at the depot         SM Estates       Cllr J Ings (Homes, Land      June 2025
                                                                        and Water)
        """
    second = """
              Relaunch the hubs with:

                  midwives twice a week                            Cllr J Ings (Homes,
        1.3                                      AD Hubs                             May 2025
                  a debt adviser                                   Land and Water)
                  play sessions

        Getting about safely
        """
    [table] = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    assert body(table)[2][0] == "1.3"
    assert body(table)[2][2:] == ["AD Hubs", "Cllr J Ings (Homes, Land and Water)", "May 2025"]


def test_a_header_in_two_languages_that_reads_as_two_is_one_and_a_stroke_goes_on_with_the_cell_above() -> None:
    first = """
        Plan for the council
        Theme    Cyf /   Cam gweithredu / Action     Swyddog          Cyfarwyddiaeth Aelod Cabinet / Amserlen /   Budget
                 Ref                                 arweiniol / Lead / Directorate  Cabinet         Timescale
                                                     officer                         Member
        Planning 1.1     Introduce a checklist for   Director of      Place          Councillor      By the end of £45k
                         all forms                   Planning                        Aoife Ings      October 2024

                 1.2     Determine all the forms     Director of      Place                          Quarter 2     Nil
                         within eight weeks          Development

                 1.3     Clear the backlog and       Director of      People         Councillor      Quarter 3     Nil
                         say what is saved           Heritage                        Aoife Ings
        """
    [table] = tables(textwrap.dedent(first).strip("\n"))
    assert header(table) == [
        "Theme",
        "Cyf / Ref",
        "Cam gweithredu / Action",
        "Swyddog arweiniol / Lead officer",
        "Cyfarwyddiaeth / Directorate",
        "Aelod Cabinet / Cabinet Member",
        "Amserlen / Timescale",
        "Budget",
    ]
    assert [row[3] for row in body(table)] == [
        "Director of Planning",
        "Director of Development",
        "Director of Heritage",
    ]


def test_a_header_of_two_rows_whose_lower_cells_wrap_is_whole() -> None:
    text = """
        Plan for the council
        Cyf / Ref   Cam gweithredu / Action     Accountability                                    Delivery
                                                Aelod Cabinet / Cabinet   Cyfarwyddiaeth /        Amserlen / Timescale  Statws / Status
                                                Member                    Directorate
        Priority 1 - Homes
        1.1         Introduce a checklist for   Cllr A Ings               Place                   May 2025              On track
                    all forms
        1.2         Determine all the forms     Cllr A Ings               People                  June 2025             At risk
                    within eight weeks
        """  # noqa: E501
    [table] = tables(textwrap.dedent(text).strip("\n"))
    assert [[cell.text if cell else "" for cell in row] for row in table.rows[: table.header_rows]] == [
        ["Cyf / Ref", "Cam gweithredu / Action", *["Accountability"] * 2, *["Delivery"] * 2],
        [
            "Cyf / Ref",
            "Cam gweithredu / Action",
            "Aelod Cabinet / Cabinet Member",
            "Cyfarwyddiaeth / Directorate",
            "Amserlen / Timescale",
            "Statws / Status",
        ],
    ]
    assert [row[2] for row in body(table)][1:] == ["Cllr A Ings", "Cllr A Ings"]


def test_the_columns_of_one_row_overleaf_are_as_narrow_as_its_cells_and_a_state_is_one() -> None:
    first = """
        Ref         Activity                                         When             Led by                 Directorate             Resources                 Status
        P12         Run a discharge lounge seven days a week.        Q1               Head of Patient Flow   Corporate Directorate   Within the budget         Completed
        P13         Put a second team on the ward at the weekend     Q2               Head of Wards          Corporate Directorate   Within the budget         On track
        """  # noqa: E501
    second = """
        P14         Put a nurse at the front door overnight   Q3   Site Operations Team   Nil   Off track
                                                                   Leader
        """
    [table] = tables(textwrap.dedent(first).strip("\n") + "\n\f" + textwrap.dedent(second).strip("\n"))
    found = body(table)[2]
    assert (found[0], *found[2:4], found[6]) == ("P14", "Q3", "Site Operations Team Leader", "Off track")


def test_a_heading_of_known_words_right_above_a_header_is_none_of_its_cells() -> None:
    header = """                                                                      Swyddog arweiniol / Lead
  Cam gweithredu / Action                 Risks    Amserlen / Timescale
                                                                      officer
"""
    rows = {
        "Wilder uplands": ("Survey the curlew of the moor", "Advise graziers on schemes"),
        "Heritage cared for": ("Record all barns at risk", "Adopt guidance on lets"),
        "Access for everyone": ("Mend stiles and gates", "Lend chairs at centres"),
    }
    text = "Plan of the park\n"
    for name, actions in rows.items():
        text += f"\n Outcome: {name}\n{header}"
        text += "".join(f"  {action:<40}Low      Quarter 2 2023-24   AD Ecology\n" for action in actions)
    assert [table.rows[0][0].text for table in tables(text) if table.rows[0][0]] == ["Cam gweithredu / Action"] * 3
    aligned = read_columns(text.split("\n"))
    assert aligned is not None
    headings = [block.text for block in aligned.blocks if isinstance(block, Heading)]
    assert headings == [f"Outcome: {name}" for name in rows]


def test_a_line_that_the_figure_below_it_ends_is_no_heading() -> None:
    text = """
        Plan of the park
        Action                                          Risks            Timescale        Lead officer

        Record barns at risk and grant-aid the first
        3.                                                               Quarter 3        SM Rural
                                                                         2022-23          Economy

        Adopt guidance on holiday lets                  Medium           April 2024       SM Planning

        Start a dark-sky scheme with all the parishes   Medium           May 2024         SM Planning
        of the valley
        """
    [table] = tables(textwrap.dedent(text).strip("\n"))
    assert [row[0] for row in body(table)] == [
        "Record barns at risk and grant-aid the first 3.",
        "Adopt guidance on holiday lets",
        "Start a dark-sky scheme with all the parishes of the valley",
    ]


def test_a_stroke_between_two_names_of_a_column_is_no_column() -> None:
    """It begins the second line of the one cell, one blank behind the other."""
    text = """
        Theme           Cyf /   Action                   Aelod Cabinet / Cyfarwyddiaeth  Swyddog           Amserlen /
                        Ref                              Cabinet Member / Directorate    arweiniol / Lead  Timescale
                                                                                         officer
        Clean streets   A1      Mend the weir below      Councillor      Economy and     Deputy Director   Quarter 2
                                the mill                 Ada Moss        Work            of Parks          2024-25
                        A2      Oil the gates            Councillor      People          Deputy Director   Quarter 3
                                                         Bea Rey         Directorate     of Parks          2024-25
                        A3      Paint the lock           Councillor      Economy and     Deputy Director   Quarter 2
                                                         Ada Moss        Work            of Locks          2024-25
        """
    [table] = tables(text)
    assert header(table)[3:5] == ["Aelod Cabinet / Cabinet Member", "Cyfarwyddiaeth / Directorate"]
    assert [row[3:5] for row in body(table)][1] == ["Councillor Bea Rey", "People Directorate"]


def test_the_names_of_three_columns_are_a_header_though_they_stand_where_columns_of_the_table_above_do() -> None:
    text = """
        Ref        Action                  Lead            Measure        When        Progress
        1.1        Mend the weir           Town Clerk      9 gates        May 2025    On its way.
        1.2        Oil the gates           Head of Locks   8 gates        June 2025   None.

        How we will know

        Performance measure                Baseline                       Target
        9 gates that open                  31                             44
        30 boats in a day                  38                             50
        """
    first, second = tables(text)
    assert len(body(first)) == 2
    assert header(second) == ["Performance measure", "Baseline", "Target"]
