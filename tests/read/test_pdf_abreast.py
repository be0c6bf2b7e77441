"""What stands side by side on a page: cards in columns, and a table that goes on in the next column."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan
from pdf_writer import Sheet, write

CARDS = (
    ("1.1 Open a seed library in the old", "station, with the river trust."),
    ("1.2 Paint the bandstand.",),
    ("1.3 Plant a hedge along the towpath.",),
    ("1.4 Lend tools to anyone who asks,", "for as long as they are needed."),
    ("1.5 Mend the weir.",),
)
WHO = ("Town Clerk", "Head of Parks", "Head of Parks", "Town Clerk", "Head of Parks")


def plan_of(*sheets: Sheet) -> Plan:
    return read_plan(write(sheets, title="Delivery Plan 2024/25"), "plan.pdf", Settings())


def card(sheet: Sheet, x: float, y: float, number: int) -> None:
    """A card whose labels stand above their values."""
    for line in CARDS[number]:
        sheet.text(x, y, line, 9, True)
        y += 11
    for label, value in (("Lead officer", WHO[number]), ("Timescale", f"Quarter {number % 4 + 1}")):
        y += 8
        sheet.text(x, y, label, 8, True)
        y += 16
        sheet.text(x, y, value, 8)
        y += 10


def records(plan: Plan) -> list[tuple[str | None, str, list[str], str | None, str | None]]:
    titles = {group.id: group.title for group in plan.groups}
    return [
        (
            each.ref,
            each.activity,
            list(each.lead_officers),
            each.timescale.as_published if each.timescale else None,
            titles.get(each.group_id or ""),
        )
        for each in plan.activities
    ]


def expected(*groups: str) -> list[tuple[str, str, list[str], str, str]]:
    return [
        (f"1.{n + 1}", " ".join(CARDS[n])[4:], [WHO[n]], f"Quarter {n % 4 + 1}", group)
        for n, group in enumerate(groups)
    ]


def test_cards_whose_tops_are_level_are_read_row_by_row() -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Aim 1: Greener", 14, True)
    for number, (x, y) in enumerate([(40, 70), (440, 70), (40, 220), (440, 220), (40, 370)]):
        card(sheet, x, y, number)
    assert records(plan_of(sheet)) == expected(*["Greener"] * 5)


def test_a_heading_between_two_rows_of_cards_heads_the_lower_one() -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Aim 1: Greener", 14, True)
    for number, (x, y) in enumerate([(40, 70), (440, 70), (40, 260), (440, 260)]):
        card(sheet, x, y, number)
    sheet.text(40, 230, "Aim 2: Fairer", 14, True)
    assert records(plan_of(sheet)) == expected("Greener", "Greener", "Fairer", "Fairer")


def test_cards_whose_tops_are_not_level_are_read_column_by_column() -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Aim 1: Greener", 14, True)
    for number, (x, y) in enumerate([(40, 70), (40, 200), (40, 310), (440, 70), (440, 195)]):
        card(sheet, x, y, number)
    assert records(plan_of(sheet)) == expected(*["Greener"] * 5)


@pytest.mark.parametrize("rules", [True, False])
def test_a_table_goes_on_in_the_next_column_of_its_page(rules: bool) -> None:
    sheet = Sheet(1190, 842)
    lefts = (40.0, 80.0, 330.0, 470.0)
    rows = [
        (
            ("1.1", "Open a seed library in the old", "Town Clerk", "Quarter 1"),
            ("1.2", "Paint the bandstand with the band", "Head of Parks", "Quarter 2"),
            ("1.3", "Plant a hedge along the towpath,", "Head of Parks", "Quarter 3"),
        ),
        (
            ("", "so that nobody falls in.", "", ""),
            ("1.4", "Lend tools to anyone who asks", "Town Clerk", "Quarter 4"),
            ("1.5", "Mend the weir", "Head of Parks", "Quarter 1"),
        ),
    ]
    for x, side in zip((0, 580), rows, strict=True):
        for index, row in enumerate([("Ref", "Activity", "Lead officer", "Timescale"), *side]):
            y = 60 + 40 * index - (16 if x and index > 1 else 0)
            for left, text in zip(lefts, row, strict=True):
                sheet.text(x + left, y, text, 8, not index)
            if rules and not (side is rows[0] and index == 3):
                sheet.line(x + 36, y + 14, x + 560, y + 14)
    plan = plan_of(sheet)
    assert [(each.ref, list(each.lead_officers)) for each in plan.activities] == [
        ("1.1", ["Town Clerk"]),
        ("1.2", ["Head of Parks"]),
        ("1.3", ["Head of Parks"]),
        ("1.4", ["Town Clerk"]),
        ("1.5", ["Head of Parks"]),
    ]
    assert plan.activities[2].activity == "Plant a hedge along the towpath, so that nobody falls in."


def test_the_name_in_a_shaded_strip_beside_a_whole_table_is_its_heading() -> None:
    sheet = Sheet()
    lefts = (150.0, 190.0, 450.0, 600.0)
    y = 60.0
    for number, name in enumerate((("Aim 1: A cleaner", "river"), ("Aim 2: Older", "people"))):
        sheet.shade(40, y - 12, 135, y + 90, 0.2)
        for line, text in enumerate(name):
            sheet.text(44, y + 12 * line, text, 9, True)
        rows = [(f"{number + 1}.{row}", "Mend the weir and paint it", "Town Clerk", "Quarter 1") for row in (1, 2, 3)]
        for index, row in enumerate([("Ref", "Activity", "Lead officer", "Timescale"), *rows]):
            for left, text in zip(lefts, row, strict=True):
                sheet.text(left, y + 26 * index, text, 8, not index)
        y += 140
    told = [(ref, group) for ref, _, _, _, group in records(plan_of(sheet))]
    assert told == [
        (f"{n}.{row}", title) for n, title in ((1, "A cleaner river"), (2, "Older people")) for row in (1, 2, 3)
    ]


def test_two_columns_named_alike_in_a_header_that_comes_again_are_no_cards() -> None:
    sheet = Sheet()
    y = 40.0
    for part in (1, 2):
        sheet.text(40, y, f"Aim {part}: {'Greener' if part == 1 else 'Fairer'}", 12, True)
        for x, text in ((40, "Action"), (100, "Action"), (300, "Lead officer"), (460, "Timescale")):
            sheet.text(x, y + 24, text, 9, True)
        sheet.text(40, y + 35, "ref", 9, True)
        for row in (1, 2, 3):
            for x, text in (
                (40, f"{part}.{row}"),
                (100, f"Plant {row} trees"),
                (300, "Head of Parks"),
                (460, "May 2024"),
            ):
                sheet.text(x, y + 40 + 20 * row, text, 9)
        y += 140
    assert [(ref, group) for ref, _, _, _, group in records(plan_of(sheet))] == [
        (f"{part}.{row}", title) for part, title in ((1, "Greener"), (2, "Fairer")) for row in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("label", "firsts", "step"), [("Ref", "1.1 1.2 1.3 1.4", 26), ("", "Roads Parks River Youth", 15)]
)
def test_a_shaded_first_column_is_no_name_beside_its_table(label: str, firsts: str, step: int) -> None:
    sheet = Sheet()
    lefts = (44.0, 190.0, 450.0, 600.0)
    rows = [(first, "Mend the weir and paint it", "Town Clerk", "Quarter 1") for first in firsts.split()]
    sheet.shade(40, 48, 135, 180, 0.8)
    for index, row in enumerate([(label, "Activity", "Lead officer", "Timescale"), *rows]):
        for left, text in zip(lefts, row, strict=True):
            sheet.text(left, 60 + step * index, text, 8, not index)
    plan = plan_of(sheet)
    told = [f"{each.ref or ''} {each.activity} {dict(each.extra)}" for each in plan.activities]
    assert len(told) == 4
    assert all(first in each for first, each in zip(firsts.split(), told, strict=True))


@pytest.mark.parametrize("headed", [True, False])
def test_values_that_are_labels_elsewhere_make_no_cards_of_the_rows_of_a_table(headed: bool) -> None:
    table = Sheet()
    lefts = (40.0, 90.0, 350.0, 500.0, 650.0)
    header = ("Ref", "Activity", "Lead", "Support", "Timescale")
    owners = ("Service", "Partners")
    rows = [
        (f"1.{n}", "Mend the weir", owners[n % 2], owners[1 - n % 2], f"Quarter {(n + 3) % 4 + 1}") for n in range(1, 8)
    ]
    before = Sheet()
    for index, row in enumerate([header, ("0.1", "Open a seed library", "Town Clerk", "Parish", "Quarter 1")]):
        for left, text in zip(lefts, row, strict=True):
            before.text(left, 60 + 30 * index, text, 9, not index)
    for index, row in enumerate([header, *rows] if headed else rows):
        for left, text in zip(lefts, row, strict=True):
            table.text(left, 60 + 30 * index, text, 9, headed and not index)
    told = records(plan_of(*([table] if headed else [before, table])))
    assert [(ref, quarter) for ref, _, _, quarter, _ in told][-7:] == [(row[0], row[4]) for row in rows]


def test_a_table_below_cards_in_columns_is_read_as_a_whole() -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Aim 1: Greener", 14, True)
    for number, (x, y) in enumerate([(40, 70), (440, 70), (40, 190), (440, 190)]):
        card(sheet, x, y, number)
    sheet.text(40, 330, "Aim 2: Fairer", 14, True)
    rows = [(f"2.{n}", "Mend the weir and paint it", "Town Clerk", f"Quarter {n}") for n in (1, 2, 3)]
    for index, row in enumerate([("Ref", "Activity", "Lead officer", "Timescale"), *rows]):
        for left, text in zip((40.0, 90.0, 420.0, 600.0), row, strict=True):
            sheet.text(left, 360 + 26 * index, text, 8, not index)
    told = records(plan_of(sheet))
    assert told[4:] == [(ref, text, [who], when, "Fairer") for ref, text, who, when in rows]
    assert [(each[1].removeprefix(f"1.{n} "), each[2]) for n, each in enumerate(told[:4], 1)] == [
        (" ".join(CARDS[n])[4:], [WHO[n]]) for n in range(4)
    ]


def test_a_shaded_cell_of_a_header_is_no_name_beside_a_table() -> None:
    sheet = Sheet()
    lefts = (44.0, 90.0, 420.0, 600.0)
    sheet.shade(40, 48, 66, 92, 0.8)
    for left, y, text in zip(lefts, (74, 66, 66, 66), ("Ref", "Activity", "Lead", "Timescale"), strict=True):
        sheet.text(left, y, text, 8, True)
    sheet.text(420, 76, "officer", 8, True)
    for index in range(4):
        for left, text in zip(lefts, (f"1.{index + 1}", "Mend the weir", "Town Clerk", "Quarter 1"), strict=True):
            sheet.text(left, 115 + 26 * index, text, 8)
    plan = plan_of(sheet)
    assert not plan.groups
    assert [each.ref for each in plan.activities] == ["1.1", "1.2", "1.3", "1.4"]


def with_box(left: float, right: float, header_end: float = 560.0) -> Sheet:
    """A page of a table under its heading, and three lines of text in a shaded box."""
    sheet = Sheet()
    sheet.text(40, 60, "Outcome: Warm homes", 12, True)
    table = [("Ref", "Action", "Timescale", "Lead officer")]
    table += [(f"1.{n + 1}", " ".join(CARDS[n])[4:20], f"Quarter {n + 1}", WHO[n]) for n in range(4)]
    for row, texts in enumerate(table):
        for x, text in zip((40, 90, 320, header_end - 80), texts, strict=True):
            sheet.text(x, 90 + 20 * row, text, 9, not row)
    sheet.shade(left, 30, right, 100)
    for at, text in enumerate(("We plant a tree", "for every home", "that we build.")):
        sheet.text(left + 10, 52 + 12 * at, text, 9)
    return sheet


def test_a_shaded_box_beside_a_table_and_its_heading_is_an_aside_and_no_part_of_their_lines() -> None:
    plan = plan_of(with_box(660, 800))
    assert [group.title for group in plan.groups] == ["Warm homes"]
    assert [each.ref for each in plan.activities] == ["1.1", "1.2", "1.3", "1.4"]
    assert [(each.kind, each.text) for each in plan.coverage.furniture] == [
        ("aside", "We plant a tree for every home that we build.")
    ]
    assert not plan.coverage.unread


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (("Warm", "homes for", "everybody"), 4),  # as many lines as an aside has
        (("Outcome: Warm", "homes"), 1),  # in a strip that is lower than wide
    ],
)
def test_the_name_beside_a_table_is_no_aside_and_may_stand_in_a_low_strip(name: tuple[str, ...], rows: int) -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Outcome: Clean air" if ":" in name[0] else "Delivery Plan 2024/25", 12, True)
    table = [("Ref", "Action", "Timescale", "Lead officer")]
    table += [(f"1.{n + 1}", " ".join(CARDS[n])[4:20], f"Quarter {n + 1}", WHO[n]) for n in range(rows)]
    for row, texts in enumerate(table):
        for x, text in zip((160, 210, 440, 600), texts, strict=True):
            sheet.text(x, 90 + 26 * row, text, 9, not row)
    sheet.shade(40, 76, 150, 90 + 26 * len(table) - 14)
    for at, text in enumerate(name):
        sheet.text(46, (90 if rows == 1 else 94) + 12 * at, text, 9, True)
    plan = plan_of(sheet)
    assert [group.title for group in plan.groups][-1] == " ".join(name).removeprefix("Outcome: ")
    assert [each.ref for each in plan.activities] == [f"1.{n + 1}" for n in range(rows)]
    assert len({each.group_id for each in plan.activities}) == 1


def test_a_shaded_box_of_labelled_values_is_no_aside() -> None:
    sheet = Sheet()
    sheet.text(40, 80, "Action 1.1: Mend the boilers", 11, True)
    sheet.shade(560, 66, 780, 136)
    for at, text in enumerate(("Lead officer: Head of Homes", "Timescale: May 2025", "Status: On track")):
        sheet.text(570, 83 + 17 * at, text, 9)
    table = [("Ref", "Action", "Timescale", "Lead officer"), ("2.1", "Light the lanes", "May 2025", "Head of Roads")]
    for row, texts in enumerate(table):
        for x, text in zip((40, 90, 250, 350), texts, strict=True):
            sheet.text(x, 180 + 20 * row, text, 9, not row)
    plan = plan_of(sheet)
    assert [each.lead_officers for each in plan.activities] == [("Head of Homes",), ("Head of Roads",)]
