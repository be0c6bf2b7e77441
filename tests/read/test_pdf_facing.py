"""A table that runs over facing pages side by side."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan
from pdf_writer import Element, Sheet, write

LEFT = ("Ref", "Activity", "Timescale")
RIGHT = ("Lead officer", "Lead directorate", "Progress")
EDGES = ((60.0, 110.0, 600.0, 760.0), (60.0, 260.0, 460.0, 760.0))
STYLES = {"ruled": "ruled", "plain": "aligned", "tagged": "tags"}
VERBS = ("Open", "Paint", "Extend", "Sell", "Review")
PEOPLE = ("Town Clerk", "Head of Housing", "Director of Place")


def rows_of(count: int, first: int = 0) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Left and right half of each row."""
    return [
        (
            (f"1.{number + 1}", f"{VERBS[number % 5]} hall {number + 1} in the old town", f"Quarter {1 + number % 4}"),
            (PEOPLE[number % 3], "Place", f"Stage {number + 1} is done"),
        )
        for number in range(first, first + count)
    ]


class Book:
    """Sheets under construction, and the two tables of their tags."""

    def __init__(self, style: str) -> None:
        self.style = style
        self.sheets: list[Sheet] = []
        self.before: list[Element] = []
        self.tables = [Element("Table"), Element("Table")]

    def page(
        self, side: int, rows: Sequence[Sequence[str]], pitch: float = 30.0, header: bool = True, lower: float = 0.0
    ) -> None:
        sheet = Sheet()
        self.sheets.append(sheet)
        number = len(self.sheets)
        sheet.artifact(400, 580, f"Page {number}")
        if number == 1:
            mark = sheet.text(60, 40, "Delivery Plan 2024/25", 16, True, mark=self.style == "tagged")
            self.before.append(Element("H1", [(0, mark)]))
        edges = EDGES[side]
        shown = [*([(LEFT, RIGHT)[side]] if header else []), *rows]
        for index, row in enumerate(shown):
            cells = []
            for left, text in zip(edges, row, strict=False):
                bold = header and index == 0
                mark = sheet.text(left + 4, 80 + lower + pitch * index, text, 9, bold, mark=self.style == "tagged")
                cells.append(Element("TH" if bold else "TD", [(number - 1, mark)]))
            self.tables[side].children.append(Element("TR", list(cells)))
        if self.style == "ruled":
            last = 66 + lower + pitch * len(shown)
            for index in range(len(shown) + 1):
                sheet.line(edges[0], 66 + lower + pitch * index, edges[-1], 66 + lower + pitch * index)
            for edge in edges:
                sheet.line(edge, 66 + lower, edge, last)

    def spread(self, rows: Sequence[tuple[Sequence[str], Sequence[str]]], header: bool = True) -> None:
        self.page(0, [left for left, _ in rows], header=header)
        self.page(1, [right for _, right in rows], header=header)

    def plan(self) -> Plan:
        root = Element("Document", [*self.before, *self.tables]) if self.style == "tagged" else None
        return read_plan(write(self.sheets, root), "plan.pdf", Settings())


def values(plan: Plan) -> list[tuple[str | None, ...]]:
    return [
        (each.ref, each.activity, each.timescale.as_published if each.timescale else None, *each.lead_officers,
         *each.lead_directorates, each.progress)
        for each in plan.activities
    ]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_rows_are_joined_across_facing_pages(style: str) -> None:
    rows = rows_of(12)
    book = Book(style)
    book.spread(rows[:7])
    book.spread(rows[7:])
    plan = book.plan()
    assert values(plan) == [(*left, *right) for left, right in rows]
    assert not plan.tables
    assert not [issue for issue in plan.issues if issue.severity != "info"]
    assert not plan.coverage.unread
    for number, each in enumerate(plan.activities):
        page = 1 if number < 7 else 3
        assert each.location.method == STYLES[style]
        assert (each.location.page, [place.page for place in each.location.continued]) == (page, [page + 1])
        where = each.provenance["lead_officers"].location
        assert where is not None
        assert where.page == page + 1


def test_a_header_on_the_first_pair_only_heads_the_others() -> None:
    rows = rows_of(12)
    book = Book("ruled")
    book.spread(rows[:7])
    book.spread(rows[7:], header=False)
    assert values(book.plan()) == [(*left, *right) for left, right in rows]


@pytest.mark.parametrize("style", STYLES)
def test_a_right_page_that_is_set_lower_is_joined(style: str) -> None:
    rows = rows_of(7)
    book = Book(style)
    book.page(0, [left for left, _ in rows])
    book.page(1, [right for _, right in rows], lower=14.0)
    assert values(book.plan()) == [(*left, *right) for left, right in rows]


def test_right_pages_without_a_header_go_on_with_the_rows_and_their_columns_are_doubted() -> None:
    rows = rows_of(7)
    book = Book("ruled")
    book.page(0, [left for left, _ in rows])
    book.page(1, [right for _, right in rows], header=False, lower=30.0)
    plan = book.plan()
    assert [(each.ref, *each.lead_officers) for each in plan.activities] == [
        (left[0], right[0]) for left, right in rows
    ]
    assert all("Place" in each.extra.values() for each in plan.activities)
    assert "lead_officers" in {issue.field for issue in plan.issues if issue.code == "column-inferred"}


def test_a_right_page_without_a_header_or_rules_is_told() -> None:
    rows = rows_of(7)
    book = Book("plain")
    book.page(0, [left for left, _ in rows])
    book.page(1, [right for _, right in rows], header=False, lower=30.0)
    [issue] = [issue for issue in book.plan().issues if issue.code == "pages-facing"]
    assert "no header there" in issue.message


@pytest.mark.parametrize("header", [True, False])
def test_both_sides_may_stand_on_one_page(header: bool) -> None:
    sheet = Sheet(width=1684)
    rows = rows_of(7)
    sheet.text(60, 40, "Delivery Plan 2024/25", 16, True)
    for side, (edges, head) in enumerate(zip(EDGES, (LEFT, RIGHT), strict=True)):
        shown = [head if header or not side else ("",) * 3, *(pair[side] for pair in rows)]
        first = 0 if header or not side else 1
        for index, row in enumerate(shown):
            for left, text in zip(edges, row, strict=False):
                sheet.text(side * 842 + left + 4, 80 + 30 * index, text, 9, index == 0)
        for index in range(first, len(shown) + 1):
            sheet.line(side * 842 + edges[0], 66 + 30 * index, side * 842 + edges[-1], 66 + 30 * index)
        for edge in edges:
            sheet.line(side * 842 + edge, 66 + 30 * first, side * 842 + edge, 66 + 30 * len(shown))
    plan = read_plan(write([sheet]), "plan.pdf", Settings())
    assert [(each.ref, *each.lead_officers) for each in plan.activities] == [
        (left[0], right[0]) for left, right in rows
    ]
    assert [each.progress for each in plan.activities] == [right[2] if header else None for _, right in rows]


@pytest.mark.parametrize("style", STYLES)
def test_rows_that_do_not_match_are_not_joined_and_an_issue_says_so(style: str) -> None:
    rows = rows_of(10)
    book = Book(style)
    book.page(0, [left for left, _ in rows[:6]])
    book.page(1, [right for _, right in rows[:6]][:5])
    book.spread(rows[6:])
    plan = book.plan()
    assert [each.ref for each in plan.activities] == [left[0] for left, _ in rows]
    assert not any(each.lead_officers for each in plan.activities)
    [issue] = [issue for issue in plan.issues if issue.code == "pages-facing"]
    assert issue.location is not None
    assert issue.location.page == 1
    assert not plan.coverage.unread


def test_a_table_of_other_heights_on_the_next_page_is_another_table() -> None:
    book = Book("ruled")
    book.page(0, [left for left, _ in rows_of(6)])
    book.page(1, [right for _, right in rows_of(9)], pitch=47.0)
    plan = book.plan()
    assert not any(each.lead_officers for each in plan.activities)
    assert "pages-facing" not in {issue.code for issue in plan.issues}


def test_the_rest_of_a_group_row_stands_on_the_left_page_only() -> None:
    rows = rows_of(4)
    book = Book("ruled")
    book.spread(rows)
    left = book.sheets[0]
    left.parts.clear()
    lines = [LEFT, ("Priority 1: Halls",), *(row for row, _ in rows)]
    for index, row in enumerate(lines):
        for x, text in zip(EDGES[0], row, strict=False):
            left.text(x + 4, 80 + 30 * index, text, 9, index < 2)
    for index in range(len(lines) + 1):
        left.line(60, 66 + 30 * index, 760, 66 + 30 * index)
    for x in EDGES[0]:
        left.line(x, 66, x, 96)
        left.line(x, 126, x, 66 + 30 * len(lines))
    for x in (60, 760):
        left.line(x, 66, x, 66 + 30 * len(lines))
    right = book.sheets[1]
    right.parts.clear()
    for index, row in enumerate([RIGHT, (), *(row for _, row in rows)]):
        for x, text in zip(EDGES[1], row, strict=False):
            right.text(x + 4, 80 + 30 * index, text, 9, index < 2)
    for index in range(len(lines) + 1):
        right.line(60, 66 + 30 * index, 760, 66 + 30 * index)
    for x in EDGES[1]:
        right.line(x, 66, x, 66 + 30 * len(lines))
    plan = book.plan()
    assert values(plan) == [(*one, *other) for one, other in rows]
    assert [group.title for group in plan.groups] == ["Halls"]


def test_headings_of_sections_are_no_heads_of_left_and_right_pages() -> None:
    names = ("Clean streets", "Green parks", "Safe homes", "Good jobs", "Good jobs", "Fair finance")
    sheets: list[Sheet] = []
    for page, name in enumerate(names, 1):
        sheet = Sheet()
        if page == 1:
            sheet.text(60, 24, "Delivery Plan 2024/25", size=16, bold=True)
        sheet.text(60, 60, name, size=12, bold=True)
        for line, texts in enumerate((LEFT, *(row for row, _ in rows_of(3, 10 * page)))):
            for left, text in zip((60, 120, 500), texts, strict=True):
                sheet.text(left, 100 + 30 * line, text, size=9, bold=not line)
        sheets.append(sheet)
    plan = read_plan(write(sheets), "plan.pdf", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [titles.get(a.group_id or "") for a in plan.activities] == [name for name in names for _ in range(3)]


def test_a_note_that_a_table_goes_on_counts_once() -> None:
    sheets: list[Sheet] = []
    for page in range(1, 8):
        sheet = Sheet()
        for line, texts in enumerate((LEFT, *(row for row, _ in rows_of(5, 10 * page)))):
            for left, text in zip((60, 120, 500), texts, strict=True):
                sheet.text(left, 100 + 30 * line, text, size=9, bold=not line)
        sheet.text(60, 570, "Continued on next page", size=9)
        sheets.append(sheet)
    plan = read_plan(write(sheets), "plan.pdf", Settings())
    assert plan.coverage.words == plan.coverage.claimed
    assert plan.coverage.unread == ()


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "unruled"])
def test_two_pages_on_one_are_read_one_after_the_other(ruled: bool) -> None:
    rows = rows_of(9)
    edges = EDGES[0]
    sheet = Sheet(width=1684)
    sheet.text(60, 40, "Delivery Plan 2024/25", 16, True)
    sheet.text(60, 64, "Outcome: Warm homes", 12, True)
    for side, (top, part) in enumerate(((100, rows[:5]), (50, rows[5:]))):
        shown = [LEFT, *(left for left, _ in part)]
        for index, row in enumerate(shown):
            for left, text in zip(edges, row, strict=False):
                sheet.text(side * 842 + left + 4, top + 14 + 30 * index, text, 9, index == 0)
        if ruled:
            for index in range(len(shown) + 1):
                y = top + 30 * index
                sheet.line(side * 842 + edges[0], y, side * 842 + edges[-1], y)
            for edge in edges:
                sheet.line(side * 842 + edge, top, side * 842 + edge, top + 30 * len(shown))
    plan = read_plan(write([sheet]), "plan.pdf", Settings())
    assert [(each.ref, each.activity) for each in plan.activities] == [left[:2] for left, _ in rows]
    assert {each.group_id for each in plan.activities} == {"outcome-warm-homes"}
    assert plan.title == "Delivery Plan 2024/25"


def _one_table(
    sheet: Sheet, lefts: Sequence[float], top: float, rows: Sequence[Sequence[str]], bold: bool, size: float = 8.0
) -> None:
    """A table without rules on a sheet, its header in bold."""
    for index, row in enumerate(rows):
        for left, text in zip(lefts, row, strict=True):
            sheet.text(left, top + 20 * index, text, size, bold and index == 0)


def test_columns_that_a_table_repeats_are_no_second_page() -> None:
    sheet = Sheet()
    sheet.text(40, 40, "Delivery Plan 2024/25", 16, True)
    head = ("Ref", "Action", "Lead", "Timescale", "Status", "Lead", "Timescale", "Status")
    rows = [
        (f"1.{number}", f"Publish report {number}", "A. Moss", "May 2025", "Complete", "B. Hill", "June 2026", "Open")
        for number in range(1, 6)
    ]  # fmt: skip
    _one_table(sheet, (40, 80, 230, 320, 410, 490, 580, 670), 80, [head, *rows], True)
    plan = read_plan(write([sheet]), "plan.pdf", Settings())
    assert [dict(each.extra) for each in plan.activities] == [
        {"Lead": "B. Hill", "Timescale": "June 2026", "Status": "Open"}
    ] * 5


def test_rows_of_the_same_columns_at_the_same_heights_overleaf_are_the_next_of_the_table() -> None:
    sheets = [Sheet(), Sheet()]
    sheets[0].text(40, 40, "Delivery Plan 2024/25", 16, True)
    rows = [(f"{VERBS[number % 5]} hall {number}", "Head of Parks", f"March {2024 + number}") for number in range(16)]
    head = ("Activity", "Lead officer", "Timescale")
    _one_table(sheets[0], (40, 355, 475), 80, [head, *rows[:8]], True)
    _one_table(sheets[1], (40, 355, 475), 100, rows[8:], False)
    plan = read_plan(write(sheets), "plan.pdf", Settings())
    assert [(each.activity, each.extra) for each in plan.activities] == [(row[0], {}) for row in rows]


def test_a_row_of_more_tables_than_calls_may_be_nested_is_read() -> None:
    sheet = Sheet(width=40000)
    for number in range(1100):
        lefts = [10 + 30 * number + left for left in (0, 4, 10)]
        _one_table(sheet, lefts, 80, [("Ref", "Action", "Lead"), (f"1.{number}", "Open", "Clerk")], True, 1.0)
    assert read_plan(write([sheet]), "plan.pdf", Settings()).activities
