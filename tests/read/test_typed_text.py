"""Plans that stand in a page as they were typed (`<pre>`)."""

from __future__ import annotations

from time import process_time

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.text import fold

_COLUMNS = """\
Ref   Action                                Lead                 By when

1.1   Mend the weir at Ash Mill, and tell   Head of Rivers       May 2025
      those who live below it

1.2   Paint the hall                        Head of Halls        June 2025

1.3   Open the baths &amp; the slipway          Head of Leisure      July 2025
"""
_GRID = """\
+-----+-------------------+-----------------+-----------+
| Ref | Action            | Lead            | By when   |
+=====+===================+=================+===========+
| 2.1 | Open the baths on | Head of Leisure | May 2025  |
|     | Sundays           |                 |           |
+-----+-------------------+-----------------+-----------+
| 2.2 | Light the park    | Head of Parks   | July 2025 |
+-----+-------------------+-----------------+-----------+
"""
_PAGE = f"""\
<!DOCTYPE html>
<!-- <b>Ashby</b> -->
<html lang="en"><head><meta charset="utf-8"><title>Plan 2025/26</title></head>
<body>
<main>
<h1>Delivery Plan 2025/26</h1>
<h2>Aim 1: Places</h2>
<pre>
{_COLUMNS}</pre>
<h2>Aim 2: Water</h2>
<pre>{_GRID}</pre>
</main>
</body></html>
"""


def test_tables_drawn_with_characters_are_read_under_the_headings_of_their_page() -> None:
    plan = read_plan(_PAGE.encode(), "plan.html", Settings())
    titles = {group.id: group.title for group in plan.groups}
    assert [(a.ref, titles[a.group_id or ""], fold(a.activity), a.lead_officers) for a in plan.activities] == [
        ("1.1", "Places", "Mend the weir at Ash Mill, and tell those who live below it", ("Head of Rivers",)),
        ("1.2", "Places", "Paint the hall", ("Head of Halls",)),
        ("1.3", "Places", "Open the baths & the slipway", ("Head of Leisure",)),
        ("2.1", "Water", "Open the baths on Sundays", ("Head of Leisure",)),
        ("2.2", "Water", "Light the park", ("Head of Parks",)),
    ]
    assert plan.coverage.words == plan.coverage.claimed
    assert not plan.coverage.unread


def test_its_records_stand_on_lines_of_the_page() -> None:
    source = _PAGE.splitlines()
    for activity in read_plan(_PAGE.encode(), "plan.html", Settings()).activities:
        assert activity.location is not None
        assert activity.location.lines is not None
        assert (activity.ref or "") in source[activity.location.lines[0] - 1]


def test_a_page_that_is_one_text_is_read_as_a_text() -> None:
    rows = "".join(f"{n}.1\tMend weir {n}\tHead of Rivers\tMay 2025\n" for n in range(1, 6))
    page = f"<html>\n<body>\n<pre>Plan 2025/26\n\nRef\tAction\tLead\tBy when\n{rows}</pre>\n</body>\n</html>\n"
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert [activity.ref for activity in plan.activities] == ["1.1", "2.1", "3.1", "4.1", "5.1"]
    assert plan.activities[0].location is not None
    assert plan.activities[0].location.lines == (6, 6)


def test_what_is_hidden_in_it_stays_hidden() -> None:
    page = _PAGE.replace("Paint the hall", "<span hidden>Draft</span>Paint the hall")
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert "Draft" not in plan.model_dump_json()


_RECORDS = "".join(
    f"{n}. Mend weir number {n} at Ash Mill\nLead officer: Head of Rivers\nTimescale: May 2025\n\n"
    for n in range(1, 12)
)


@pytest.mark.parametrize(("after", "drawn"), [("<p>Ring us.</p>", 0), (f"<pre>{_GRID}</pre>", 2)])
def test_a_text_read_line_by_line_stays_between_the_headings_of_its_page(after: str, drawn: int) -> None:
    page = f"<h1>Plan 2025/26</h1><h2>Aim 1: Rivers</h2><pre>\n{_RECORDS}</pre><h2>Aim 9: Water</h2>{after}"
    plan = read_plan(page.encode(), "plan.html", Settings())
    titles = {group.id: group.title for group in plan.groups}
    found = [titles[activity.group_id or ""] for activity in plan.activities]
    assert found == ["Rivers"] * 11 + ["Water"] * drawn


@pytest.mark.parametrize(
    "page",
    [
        f"{_PAGE}<!-- " + "<pre " * 40_000,
        _PAGE.replace("</main>", "<pre>\na\nb\nc\nd\ne\n</pre>" * 12_000 + "</main>"),
    ],
    ids=["unclosed", "many"],
)
def test_the_lines_of_many_texts_are_found_in_little_time(page: str) -> None:
    start = process_time()
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert process_time() - start < 8
    assert len(plan.activities) == 5
