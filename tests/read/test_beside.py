"""Labels beside their values, without rules: in columns of characters and on the pages of a PDF."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Block, Heading, Table
from extractor.pipeline import read_plan
from extractor.profile import Profile, Settings
from extractor.read.aligned import read_columns
from extractor.read.pdf import read_pdf
from extractor.recognise import recognise
from pdf_writer import Sheet, write


def rows(blocks: list[Block]) -> list[list[tuple[str, str]]]:
    return [
        [(left.text if left else "", right.text if right else "") for left, right in block.rows]
        for block in blocks
        if isinstance(block, Table)
    ]


TEXT = """
    Northmoor Council
    Priority 1 - A council that listens

      Ref                1.1

      Task               Replace the phones.

                         Head of Customers
      Lead officer
                         Town Clerk

      By when            May 2025

    Priority 2 - Open to all

      Ref                   1.2

      Task                  Test all web forms.

    Northmoor Council                                   Page 1 of 2
    \fNorthmoor Council
                            A second test follows.

      Lead officer /        Head of
      Owner                 Customers

      By when               June 2025

    Northmoor Council                                   Page 2 of 2
"""


def test_labels_beside_their_values_in_characters() -> None:
    aligned = read_columns(textwrap.dedent(TEXT).strip("\n").split("\n"))
    assert aligned is not None
    found = aligned.blocks
    assert [row for table in rows(found) for row in table] == [
        ("Ref", "1.1"),
        ("Task", "Replace the phones."),
        ("Lead officer", "Head of Customers\nTown Clerk"),
        ("By when", "May 2025"),
        ("Ref", "1.2"),
        ("Task", "Test all web forms.\nA second test follows."),
        ("Lead officer / Owner", "Head of Customers"),
        ("By when", "June 2025"),
    ]


def test_labels_that_stand_lower_than_their_values_in_print() -> None:
    sheet = Sheet()
    sheet.text(30, 40, "Priority 1 - A council that listens", 14, bold=True)
    records = [
        ("Ref", ["1.1"]),
        ("Task", ["Replace the phones before the present", "contract lapses."]),
        ("Lead officer", ["Head of Customers"]),
        ("Ref", ["1.2"]),
        ("Task", ["Test all web forms."]),
        ("Lead officer", ["Town Clerk"]),
    ]
    y = 70.0
    for label, values in records:
        for line, value in enumerate(values):
            sheet.text(118, y + 11 * line, value, 9)
        sheet.text(30, y + 11 * (len(values) - 1) + 4, label, 9, bold=True)
        y += 24 + 11 * (len(values) - 1)
    sheet.text(30, y + 20, "This plan was adopted by the full council in March of this year.", 9)
    found = read_pdf(write([sheet]), "plan.pdf", Settings())
    assert rows(list(found.blocks)) == [[(label, " ".join(values)) for label, values in records]]


def test_a_label_on_one_line_is_whole_though_values_elsewhere_begin_where_it_ends() -> None:
    sheet = Sheet()
    y = 60.0
    for number, text in enumerate(("Replace the phones.", "Test all web forms.", "Paint the old hall.")):
        left = 116.4 if number != 1 else 150.0
        for label, value in ((("Actions we will", "take"), text), (("Status",), "On track"), (("Lead",), "Town Clerk")):
            for line, part in enumerate((" ".join(label),) if number == 1 else label):
                sheet.text(30, y + 11 * line, part, 9, bold=True)
            sheet.text(left, y + (4 if len(label) > 1 else 0), value, 9)
            y += 34
    found = [row for table in rows(list(read_pdf(write([sheet]), "plan.pdf", Settings()).blocks)) for row in table]
    assert found[::3] == [
        ("Actions we will take", "Replace the phones."),
        ("Actions we will take", "Test all web forms."),
        ("Actions we will take", "Paint the old hall."),
    ]


def test_a_column_of_posts_under_a_heading_is_no_record() -> None:
    sheet = Sheet()
    for line, (left, right) in enumerate((("Lead officer", "Head of Customers"), ("Status", "Green"), ("RAG", "Red"))):
        sheet.text(30, 60 + 20 * line, left, 9)
        sheet.text(118, 60 + 20 * line, right, 9)
    assert rows(list(read_pdf(write([sheet]), "plan.pdf", Settings()).blocks)) == []


def test_labels_with_their_values_in_one_run_of_words_are_no_columns() -> None:
    sheet = Sheet()
    for number in range(1, 4):
        sheet.text(30, 80 * number, "Commitment", 14, bold=True)
        sheet.text(130, 80 * number, f"{number} – Warm homes", 14, bold=True)
        sheet.text(30, 80 * number + 20, f"1.{number} Open hall {number}.", 9)
        sheet.text(30, 80 * number + 35, "Directorate: Engagement", 9)
        sheet.text(30, 80 * number + 50, "Timescale: May 2024", 9)
    found = read_pdf(write([sheet]), "plan.pdf", Settings())
    assert rows(list(found.blocks)) == []
    assert recognise(found, Profile()).rows[1].cells["lead_directorates"].text == "Engagement"


WRAPPED = """
    Priority 1 - A council that listens

      Ref                1.1

      Task               Replace the phones.

      Executive
                         Cllr Jo Marsh
      Member

      Expected
                         Fewer calls
      Gain

      By when            May 2025

      Ref                1.2

      Task               Test all web forms with people who use a screen reader, a keyboard alone or no mouse at all.

      Executive Member Cllr Kit Lowe

      Expected Gain      Fewer errors

    \f  By when            June 2025

      Ref                     1.3

                              Give staff at the front desk:

      Task                          tablets that show case history
                                    training in plain words
                                    time to call back

      Executive Member        Cllr Kit Lowe

      Expected
                              Shorter queues
      Gain

    \f  By when            July 2025

    Measures

    Measure                        Baseline      Target
    Calls answered                 60%           80%
    Forms that work                70%           90%
"""


def test_wrapped_labels_narrow_ones_and_a_table_of_measures_in_characters() -> None:
    aligned = read_columns(textwrap.dedent(WRAPPED).strip("\n").split("\n"))
    assert aligned is not None
    found = aligned.blocks
    tables = [block for block in found if isinstance(block, Table)]
    assert [(row[0].text, row[1].text) for row in tables[0].rows if row[0] and row[1]] == [
        ("Ref", "1.1"),
        ("Task", "Replace the phones."),
        ("Executive Member", "Cllr Jo Marsh"),
        ("Expected Gain", "Fewer calls"),
        ("By when", "May 2025"),
        ("Ref", "1.2"),
        ("Task", "Test all web forms with people who use a screen reader, a keyboard alone or no mouse at all."),
        ("Executive Member", "Cllr Kit Lowe"),
        ("Expected Gain", "Fewer errors"),
        ("By when", "June 2025"),
        ("Ref", "1.3"),
        (
            "Task",
            "Give staff at the front desk:\ntablets that show case history\ntraining in plain words\ntime to call back",
        ),
        ("Executive Member", "Cllr Kit Lowe"),
        ("Expected Gain", "Shorter queues"),
        ("By when", "July 2025"),
    ]
    assert [cell.text for cell in tables[1].rows[0] if cell] == ["Measure", "Baseline", "Target"]


def test_a_list_is_no_row_though_its_gap_is_wider_than_those_between_rows_in_print() -> None:
    sheet = Sheet()
    y = 60.0
    for number in range(1, 4):
        task = ["Help residents to:", "map routes", "walk them", "tell us"]
        rows_of = [("Ref", [f"1.{number}"]), ("Task", task), ("By when", ["May 2025"])]
        rows_of.append(("Lead officer", ["Head of Customers and", "of all halls"]))
        for label, values in rows_of:
            apart = 14 if values is task else 0
            heights = [y + 10.5 * line + (apart if line else 0) for line in range(len(values))]
            for height, value in zip(heights, values, strict=True):
                sheet.text(118, height, value, 9)
            sheet.text(30, (heights[0] + heights[-1]) / 2 + 7, label, 9, bold=True)
            y = heights[-1] + 20.3 + 7
    found = read_pdf(write([sheet]), "plan.pdf", Settings())
    assert [left for table in rows(list(found.blocks)) for left, _ in table] == [
        "Ref",
        "Task",
        "By when",
        "Lead officer",
    ] * 3
    assert rows(list(found.blocks))[0][1][1].startswith("Help residents to:")


def test_an_owner_below_a_time_is_none_of_its_value() -> None:
    sheet = Sheet()
    labels = {"Ref": 6.7, "Task": 42.9, "Completion": 72.5, "date": 85.1, "Lead service": 121.8, "State": 152.0}
    for number in range(3):
        values = {f"1.{number}": 0.0, "Mend the quay and": 29.5, "both of its stairs": 42.1, "2023/24": 71.7}
        owners = {"Harbours and Quays": 101.3, "Culture and Learning": 128.1} if not number else {"Tides": 115.1}
        for left, texts in ((30, labels), (118, {**values, **owners, "Amber": 145.3})):
            for text, height in texts.items():
                sheet.text(left, 40 + 175.0 * number + height, text, 11, bold=left == 30)
    found = read_pdf(write([sheet]), "plan.pdf", Settings())
    values_of = dict(rows(list(found.blocks))[0][:5])
    assert values_of["Lead service"].split("\n") == ["Harbours and Quays", "Culture and Learning"]


def test_a_heading_in_larger_letters_between_records_is_no_label_though_it_breaks_off() -> None:
    sheet = Sheet()
    for number in range(3):
        top = 60 + 110.0 * number
        if number:
            sheet.text(30, top - 18, "A service to be proud of", 14, bold=True)
        for row, (label, value) in enumerate((("Ref", f"1.{number}"), ("Task", "Mend it"), ("By when", "May 2025"))):
            sheet.text(30, top + 22 * row, label, 9, bold=True)
            sheet.text(118, top + 22 * row, value, 9)
    blocks = list(read_pdf(write([sheet]), "plan.pdf", Settings()).blocks)
    assert [len(each) for each in rows(blocks)] == [3, 3, 3]
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["A service to be proud of"] * 2


def test_a_heading_that_ends_a_page_heads_the_records_overleaf() -> None:
    sheets = (Sheet(), Sheet())
    for page, sheet in enumerate(sheets):
        for number in range(2):
            for row, (label, value) in enumerate(
                (("Ref", f"{page}.{number}"), ("Task", "Mend"), ("By when", "May 2025"))
            ):
                sheet.text(30, 60 + 90 * number + 22 * row, label, 9, bold=True)
                sheet.text(118, 60 + 90 * number + 22 * row, value, 9)
    sheets[0].text(30, 230, "A service to be proud of", 14, bold=True)
    blocks = list(read_pdf(write(sheets), "plan.pdf", Settings()).blocks)
    order = [
        block.text if isinstance(block, Heading) else "" for block in blocks if isinstance(block, (Heading, Table))
    ]
    assert order == ["", "A service to be proud of", ""]


def test_labels_in_two_languages_that_a_narrow_column_wraps_are_one_each() -> None:
    sheet, y = Sheet(), 60.0
    labels = [
        ("Ref",),
        ("Cam gweithredu /", "Action"),
        ("Amserlen / Timescale",),
        ("Swyddog", "arweiniol / Lead", "officer"),
        ("Cyfarwyddiaeth /", "Directorate"),
        ("Aelod Cabinet / Cabinet", "Member"),
    ]
    values = ["Mend the weir", "May 2030", "Town Clerk", "Place", "Cllr Kowal"]
    for ref in "12":
        for lines, value in zip(labels, (ref, *values), strict=True):
            down = 7.1 * (len(lines) == 1)  # labels and values are centred, and labels stand lower by half a line
            for number, line in enumerate(lines):
                sheet.text(64, y + down + 14.1 * number, line, 12, bold=True)
            sheet.text(300, y + 7.0 * (len(lines) == 3), value, 12)
            y += 31.0 + 14.1 * (len(lines) == 3)
    [table] = rows(list(read_pdf(write([sheet]), "plan.pdf", Settings()).blocks))
    assert [(" ".join(label.split()), value) for label, value in table] == [
        (" ".join(lines), value) for ref in "12" for lines, value in zip(labels, (ref, *values), strict=True)
    ]


def test_a_label_that_goes_on_below_with_a_stroke_is_one() -> None:
    sheet, y = Sheet(), 60.0
    for ref in "12":
        sheet.text(64, y + 7, "Ref", 12, bold=True)
        sheet.text(300, y, ref, 12)
        for number, text in enumerate(("Mend the weir", "and the lock", "gates of the", "old canal")):
            sheet.text(300, y + 44 + 14 * number, text, 12)
        sheet.text(64, y + 65, "Cam gweithredu", 12, bold=True)
        sheet.text(64, y + 79, "/ Action", 12, bold=True)
        sheet.text(64, y + 124, "Timescale", 12, bold=True)
        sheet.text(300, y + 117, "May 2030", 12)
        sheet.text(64, y + 140, "Lead officer", 12, bold=True)
        sheet.text(300, y + 133, "Town Clerk", 12)
        y += 154
    [table] = rows(list(read_pdf(write([sheet]), "plan.pdf", Settings()).blocks))
    labels = ["Ref", "Cam gweithredu / Action", "Timescale", "Lead officer"]
    assert [" ".join(label.split()) for label, _ in table] == labels * 2


def test_no_row_begins_within_a_label() -> None:
    sheets = [Sheet(), Sheet()]

    def record(sheet: Sheet, y: float, ref: str, down: float = 7) -> None:
        for number, (label, value) in enumerate((("Ref", ref), ("Action", "Mend the weir"), ("Timescale", "May 2030"))):
            sheet.text(64, y + 30 * number + (down if number else 7), label, 12, bold=True)
            sheet.text(300, y + 30 * number, value, 12)

    def owner(sheet: Sheet, y: float) -> None:
        for number, line in enumerate(("Swyddog", "arweiniol / Lead", "officer")):
            sheet.text(64, y + 14 * number, line, 12, bold=True)
        sheet.text(300, y + 7, "Town Clerk", 12)

    record(sheets[0], 60, "1")
    owner(sheets[0], 151)
    record(sheets[0], 196, "2")
    owner(sheets[1], 60)
    record(sheets[1], 104, "3", 0)
    owner(sheets[1], 195)
    [table] = rows(list(read_pdf(write(sheets), "plan.pdf", Settings()).blocks))
    labels = ["Ref", "Action", "Timescale", "Swyddog arweiniol / Lead officer"]
    assert [" ".join(label.split()) for label, _ in table] == labels * 3


def test_a_label_that_its_page_cuts_behind_a_stroke_goes_on_overleaf() -> None:
    sheets = [Sheet(), Sheet()]
    records = [
        [("Ref", ref), ("Action", "Mend the weir and the old lock gates"), ("Timescale", "May 2030")] for ref in "1234"
    ]
    above = [*records[0], *records[1], ("Cyfarwyddiaeth /", "Place")]
    below = [("Directorate", ""), *records[2], *records[3]]
    for sheet, held in zip(sheets, (above, below), strict=True):
        for number, (label, value) in enumerate(held):
            sheet.text(64, 60 + 24 * number, label, 9, bold=True)
            if value:
                sheet.text(232, 60 + 24 * number, value, 9)
    [table] = rows(list(read_pdf(write(sheets), "plan.pdf", Settings()).blocks))
    assert table == [*above[:-1], ("Cyfarwyddiaeth / Directorate", "Place"), *below[1:]]


def test_a_label_goes_on_behind_a_stroke_though_what_stands_above_it_is_a_label_elsewhere() -> None:
    sheet = Sheet()
    y = 60.0
    for ref, lines in (("1", 1), ("2", 2), ("3", 3)):
        label = (["Cam gweithredu / Action"], ["Cam gweithredu /", "Action"], ["Cam", "gweithredu /", "Action"])[
            lines - 1
        ]
        held = [(["Ref"], [ref]), (label, ["Mend the weir"] * lines), (["Timescale"], ["May 2030"])]
        for labels, values in held * 2:
            for texts, left in ((labels, 64), (values, 232)):
                for number, text in enumerate(texts):
                    sheet.text(left, y + 11 * number, text, 9, bold=left == 64)
            y += 11 * max(len(labels), len(values)) + 10
    [table] = rows(list(read_pdf(write([sheet]), "plan.pdf", Settings()).blocks))
    assert [" ".join(label.split()) for label, _ in table] == ["Ref", "Cam gweithredu / Action", "Timescale"] * 6


def test_the_rest_of_a_value_beside_that_of_a_label_goes_on_overleaf() -> None:
    """The label stands in the middle of its value, and the end of the page cuts both."""
    sheets = [Sheet(), Sheet()]

    def record(sheet: Sheet, y: float, ref: str) -> None:
        for line, (label, value) in enumerate(
            (("Ref", ref), ("Gwaith / Action", "Mend it"), ("Timescale", "May 2030"))
        ):
            sheet.text(64, y + 24 * line, label, 9, bold=True)
            sheet.text(232, y + 24 * line, value, 9)

    for number, sheet in enumerate(sheets):
        record(sheet, 120, f"{2 * number}1")
        record(sheet, 192, f"{2 * number}2")
    sheets[0].text(64, 264, "Ref", 9, bold=True)
    sheets[0].text(232, 264, "13", 9)
    sheets[0].text(64, 288, "Gwaith /", 9, bold=True)
    sheets[0].text(232, 288, "Mend the weir and both of", 9)
    sheets[1].text(64, 65, "Action", 9, bold=True)
    sheets[1].text(232, 60, "the old gates beside the mill, and", 9)
    sheets[1].text(232, 70, "paint them green.", 9)
    sheets[1].text(64, 94, "Timescale", 9, bold=True)
    sheets[1].text(232, 94, "June 2031", 9)
    [table] = rows(list(read_pdf(write(sheets), "plan.pdf", Settings()).blocks))
    assert table[6:9] == [
        ("Ref", "13"),
        ("Gwaith / Action", "Mend the weir and both of the old gates beside the mill, and paint them green."),
        ("Timescale", "June 2031"),
    ]


def test_a_label_alone_overleaf_stands_where_the_document_s_labels_do() -> None:
    """Its value could be a header too: "On track"."""
    sheets = [Sheet(), Sheet()]
    names = ("Ref", "Action", "Timescale", "Status")
    records = [list(zip(names, (ref, "Mend the weir", "May 2030", "On track"), strict=True)) for ref in "1234"]
    held = [pair for record in records for pair in record]
    for sheet, pairs in zip(sheets, (held[:-1], held[-1:]), strict=True):
        for number, (label, value) in enumerate(pairs):
            sheet.text(64, 67 + 24 * number, label, 9, bold=True)
            sheet.text(232, 60 + 24 * number, value, 9)
    sheets[1].text(62, 110, "How we will know that it has worked", 18, bold=True)
    [table] = rows(list(read_pdf(write(sheets), "plan.pdf", Settings()).blocks))
    assert table == held


def test_labels_over_their_values_are_none_beside_them() -> None:
    text = ["1.1 Open the hall.", "", "Task", "", "      Paint it", "", "Lead officer", "", "      Head of Halls"]
    text += ["", "When", "", "      May 2025", ""]
    assert read_columns(text * 3) is None


IN_TWO_LANGUAGES = """
    Delivery Plan 2025/26

    This is what we will do.

    Our partners are thanked.

    Theme 1: Open to all

      Ref
                                                    1

      Cam gweithredu / Action
                                                    Test all web forms with people who use a screen reader.

      Aelod Cabinet / Cabinet
      Member                                        Cllr Jo Marsh

      Amserlen / Timescale
                                                    May 2025

      Ref
                                                    2

      Cam gweithredu / Action
                                                    Replace the phones.

      Aelod Cabinet / Cabinet
      Member                                        Cllr Jo Marsh

      Amserlen / Timescale
                                                    June 2025

    Theme 2: Warm homes
    \f
      Ref
                                                    3

      Cam gweithredu / Action
                                                    Mend the roof.

      Aelod Cabinet / Cabinet Member
                                                    Cllr Kit Lowe

      Amserlen / Timescale
                                                    July 2025

    • Site map
    • Privacy and cookies
    © Northmoor Council
"""


def test_a_label_in_two_languages_on_one_line_is_whole_and_a_heading_at_a_page_s_end_stays_above() -> None:
    aligned = read_columns(textwrap.dedent(IN_TWO_LANGUAGES).strip("\n").split("\n"))
    assert aligned is not None
    labels = ("Ref", "Cam gweithredu / Action", "Aelod Cabinet / Cabinet Member", "Amserlen / Timescale")
    values = [
        ("1", "Test all web forms with people who use a screen reader.", "Cllr Jo Marsh", "May 2025"),
        ("2", "Replace the phones.", "Cllr Jo Marsh", "June 2025"),
        ("3", "Mend the roof.", "Cllr Kit Lowe", "July 2025"),
    ]
    records = [list(zip(labels, said, strict=True)) for said in values]
    assert rows(aligned.blocks) == [records[0] + records[1], records[2]]


def test_a_label_in_two_languages_is_whole_wherever_a_page_breaks_it() -> None:
    page = """
      Ref
                         4

      Cam gweithredu /
      Action             Sell the hall.

      Aelod Cabinet /
      Cabinet Member     Cllr Kit Lowe

      Amserlen /
      Timescale          May 2025
    """
    more = "".join(textwrap.dedent(page).replace("4", ref) for ref in "4567")
    aligned = read_columns(f"{textwrap.dedent(IN_TWO_LANGUAGES)}\f{more}".strip("\n").split("\n"))
    assert aligned is not None
    found = [row for table in rows(aligned.blocks) for row in table]
    assert {label for label, _ in found} == {
        "Ref",
        "Cam gweithredu / Action",
        "Aelod Cabinet / Cabinet Member",
        "Amserlen / Timescale",
    }
    assert [value for label, value in found if label.startswith("Aelod")] == [
        *["Cllr Jo Marsh"] * 2,
        *["Cllr Kit Lowe"] * 5,
    ]


LOWER_THAN_VALUES = """
    Priority 1 - A council that listens

                         1.1
    Ref

                         Test all web forms with people who use a screen
    Actions we will take reader.

    Swyddog arweiniol / Jo Marsh, Head of Customers
    Lead officer

    Amserlen /
                         May 2025
    Timescale

                         1.2
    Ref

    Actions we will take     Replace the phones.

    Swyddog arweiniol /      Kit Lowe, Clerk
    Lead officer

                         June 2025
    Amserlen / Timescale

                         1.3
    Ref

                         Open the library on Sundays: a lessons-
    Actions we
                         learned note will follow before the
    will take
                         doors close again.

    Swyddog arweiniol / Lead officer Kit Lowe, Clerk

                         July 2025
    Amserlen / Timescale

                         1.4
    Ref

    Actions we will take     Close the doors again.
"""


def test_a_blank_parts_the_first_line_of_a_label_in_two_languages_or_a_value_s_last_from_its_label() -> None:
    aligned = read_columns(textwrap.dedent(LOWER_THAN_VALUES).strip("\n").split("\n"))
    assert aligned is not None
    [table] = rows(aligned.blocks)
    labels = ("Ref", "Actions we will take", "Swyddog arweiniol / Lead officer", "Amserlen / Timescale")
    said = [
        ("1.1", "Test all web forms with people who use a screen reader.", "Jo Marsh, Head of Customers", "May 2025"),
        ("1.2", "Replace the phones.", "Kit Lowe, Clerk", "June 2025"),
        (
            "1.3",
            "Open the library on Sundays: a lessons-learned note will follow before the doors close again.",
            "Kit Lowe, Clerk",
            "July 2025",
        ),
        ("1.4", "Close the doors again."),
    ]
    assert [(label, value.replace("\u2060", "")) for label, value in table] == [
        pair for each in said for pair in zip(labels, each, strict=False)
    ]


_CENTRED = """\
Plan 2025/26

1. Safer streets

   Ref    1.1
  Task    Light the path by the river and
          cut back its trees
 Led by   Head of Streets
Timescale Summer 2026

   Ref    1.2
  Task    Mend the weir
 Led by   Town Clerk
Timescale By May 2025

2. Warmer homes

   Ref    2.1
  Task    Draught-proof the halls at Ings
          Road
 Led by   Head of Halls
Timescale Spring 2027
"""


def test_labels_that_are_centred_beside_their_values_are_theirs_though_a_blank_parts_them() -> None:
    plan = read_plan(_CENTRED.encode(), "plan.txt", Settings())
    assert [
        (a.ref, a.activity, a.lead_officers, a.timescale and a.timescale.as_published) for a in plan.activities
    ] == [
        ("1.1", "Light the path by the river and cut back its trees", ("Head of Streets",), "Summer 2026"),
        ("1.2", "Mend the weir", ("Town Clerk",), "By May 2025"),
        ("2.1", "Draught-proof the halls at Ings Road", ("Head of Halls",), "Spring 2027"),
    ]
    assert [group.title for group in plan.groups] == ["Safer streets", "Warmer homes"]


def test_a_list_of_characters_that_begins_overleaf_has_its_items() -> None:
    text = """
        Northmoor Council

        Ref                1.1

        Task               Replace the phones.

        Lead officer       Town Clerk

        By when            May 2025


        Ref                1.2

        Task               Widen access to work for those furthest from it:

                                open a job club at the library

        Northmoor Council                                   Page 1 of 2
        \fNorthmoor Council

                                broker 50 supported internships
                                sign the pledge on recruitment

        Lead officer       Town Clerk

        By when            June 2025

        Northmoor Council                                   Page 2 of 2
        """
    aligned = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert aligned is not None
    tables = [block for block in aligned.blocks if isinstance(block, Table)]
    [task] = [
        row[1] for row in tables[-1].rows if row[0] and row[0].text == "Task" and row[1] and "Widen" in row[1].text
    ]
    assert [(line.text, line.kind) for line in task.lines[1:]] == [
        ("open a job club at the library", "item"),
        ("broker 50 supported internships", "item"),
        ("sign the pledge on recruitment", "item"),
    ]


def test_a_value_goes_on_right_below_where_a_long_label_left_it_less_room() -> None:
    text = """
        Priority 1 - A council that listens

          Ref                         1.1

          Actions we will
          take                        Replace the phones.

          By when                     May 2025

          Ref                         1.2

          Actions we will
          take            Test all web forms, ask those who use them and say on one page of the site
                          what was changed and what was not.
                          A second test follows.

          By when                     June 2025

          Ref                         1.3

          Actions we will
          take                        Answer all letters.

          By when                     July 2025
        """
    aligned = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert aligned is not None
    [table] = rows(aligned.blocks)
    assert [value for label, value in table if label == "Actions we will take"] == [
        "Replace the phones.",
        "Test all web forms, ask those who use them and say on one page of the site "
        "what was changed and what was not.\nA second test follows.",
        "Answer all letters.",
    ]


def test_a_wrapped_label_is_whole_though_the_next_one_might_go_on_with_it() -> None:
    text = """
        Fire plan 2024/25
                   1.1
        Ref

                   Run a water safety fortnight
        Task

                   August 2025
        Timescale

        Update     Met ahead of time.

                   1.2
        Ref

                   Refer hoarders to a panel
        Task

                   2026/27
        Timescale

        Current    Green
        status
                   Most of it is complete.
        Update

                   1.3
        Ref

                   Check that hose, ladders and lines are:

                       • tested twice a year
        Task
                       • marked with a tag

                   2025/26
        Timescale

        Update     None
        """
    aligned = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert aligned is not None
    [found] = rows(aligned.blocks)
    assert found[7:9] == [("Current status", "Green"), ("Update", "Most of it is complete.")]
    assert found[9] == ("Ref", "1.3")
    assert found[10][1].startswith("Check that hose")


def test_a_value_alone_overleaf_goes_on_with_the_label_that_ends_its_page() -> None:
    text = """
        Fire plan 2024/25

          Ref              1.1

          Task             Run a water safety fortnight

          Timescale        August 2025

          Update           Met ahead of time.

          Ref              1.2

          Task             Refer hoarders to a panel

          Timescale        2026/27

          Update

        \f                   Most of it is complete.


        2. People at their best

          Ref              2.1

          Task             Train all crews

          Timescale        2026/27

          Update           None
        """
    aligned = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert aligned is not None
    assert rows(aligned.blocks)[0][-1] == ("Update", "Most of it is complete.")


def test_the_lines_of_a_long_value_stand_above_and_below_that_of_its_label() -> None:
    text = """
        Pillar 1: Cleaner streets

          Ref                  P1

                      Buy ten new vans, at least half of them electric, and say on the site of the town
          Deliverable what each of them costs in a year.
                      A second depot is looked for.

          By when              May 2025

          Cabinet
                               Councillor A. Moss
          Lead

          Ref                  P2

          Deliverable          Empty all bins by three.

          By when              June 2025

          Cabinet
                               Councillor B. Rey
          Lead

          Ref                  P3

          Deliverable          Sweep all lanes by five.

          By when              July 2025

          Cabinet
                               Councillor B. Rey
          Lead
        """
    aligned = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert aligned is not None
    [table] = rows(aligned.blocks)
    assert table == [
        ("Ref", "P1"),
        (
            "Deliverable",
            "Buy ten new vans, at least half of them electric, and say on the site of the town "
            "what each of them costs in a year.\nA second depot is looked for.",
        ),
        ("By when", "May 2025"),
        ("Cabinet Lead", "Councillor A. Moss"),
        ("Ref", "P2"),
        ("Deliverable", "Empty all bins by three."),
        ("By when", "June 2025"),
        ("Cabinet Lead", "Councillor B. Rey"),
        ("Ref", "P3"),
        ("Deliverable", "Sweep all lanes by five."),
        ("By when", "July 2025"),
        ("Cabinet Lead", "Councillor B. Rey"),
    ]


def test_the_first_line_of_a_wrapped_label_is_one_though_a_blank_parts_its_value() -> None:
    text = """
        Health plan 2024/25

        Ref                2.1

        What we will do    Provide a rest room at each site

        By when            31 July 2025

        Ref                2.2

                     Cut handovers by half, making use of the lessons from the pilot and depends
        What we will on recruiting to two vacant posts and on the timely release of data by national
        do           bodies.

        By when      April 2025

        Ref                2.3

        What we will do    Open a clinic

        By when            June 2025
        """
    aligned = read_columns(textwrap.dedent(text).strip("\n").split("\n"))
    assert aligned is not None
    [found] = rows(aligned.blocks)
    assert [label for label, _ in found] == ["Ref", "What we will do", "By when"] * 3
    assert found[4][1].endswith("national bodies.")


def test_a_heading_with_a_word_of_labels_stands_over_its_records() -> None:
    record = "  Ref\n                     {}\n\n  Deliverable\n                     Test form {}.\n\n  By when\n"
    record += "                     May 2025\n\n"
    text = "Plan of the town\n\n"
    for heading, refs in (("Good jobs", (1, 2)), ("Open and accountable", (3, 4)), ("Warm homes", (5, 6))):
        text += f" {heading}\n" + "".join(record.format(f"P{ref}", ref) for ref in refs)
    aligned = read_columns(text.split("\n"))
    assert aligned is not None
    assert [block.text for block in aligned.blocks if isinstance(block, Heading)] == [
        *("Good jobs", "Open and accountable", "Warm homes")
    ]
    assert [len(table) for table in rows(aligned.blocks)] == [6, 6, 6]
