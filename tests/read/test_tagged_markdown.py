"""Markdown in which some tables are HTML: what pandoc makes of a page whose cells span others."""

from __future__ import annotations

import hashlib

from extractor.document import Table, block_texts
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read import read

_TEXT = """\
# Plan 2025/26

Who does *what*, and
[by when](/when).

## Aim: Better places

<table>
<thead>
<tr><th rowspan="2">Ref</th><th rowspan="2">Action</th><th colspan="2">Accountability</th><th rowspan="2">When</th></tr>
<tr><th>Directorate</th><th>Lead</th></tr>
</thead>
<tbody>
<tr><td><p>1.1</p></td><td><p>Mend the weir</p></td><td>Finance</td><td>Head of Parks</td><td>May 2025</td></tr>
<tr><td><p>1.2</p></td><td><p>Paint the hall</p></td><td>Finance</td><td>Head of Halls</td><td>June 2025</td></tr>
</tbody>
</table>

**Aim: Warm water**

| Ref | Action | Lead | When |
|-----|--------|------|------|
| 2.1 | Open the baths for 5 \\* 2 days | Head of Parks | July 2025 |

- Ask the clerk
  for more
"""


def test_tables_in_html_and_in_pipes_are_read_under_their_headings() -> None:
    plan = read_plan(_TEXT.encode(), "plan.md", Settings())
    titles = {group.id: group.title for group in plan.groups}
    found = [
        (a.ref, titles[a.group_id or ""], a.activity, a.lead_officers, a.lead_directorates) for a in plan.activities
    ]
    assert found == [
        ("1.1", "Better places", "Mend the weir", ("Head of Parks",), ("Finance",)),
        ("1.2", "Better places", "Paint the hall", ("Head of Halls",), ("Finance",)),
        ("2.1", "Warm water", "Open the baths for 5 * 2 days", ("Head of Parks",), ()),
    ]


def test_the_source_is_the_markdown_and_its_marks_are_taken_off() -> None:
    document = read(_TEXT.encode(), "plan.md", Settings())
    assert document.source.media_type == "text/markdown"
    assert document.source.sha256 == hashlib.sha256(_TEXT.encode()).hexdigest()
    assert document.source.size == len(_TEXT.encode())
    texts = [text for block in document.blocks if not isinstance(block, Table) for text in block_texts(block)]
    assert texts == [
        "Plan 2025/26",
        "Who does what, and by when.",
        "Aim: Better places",
        "Aim: Warm water",
        "Ask the clerk for more",
    ]
    assert sum(isinstance(block, Table) for block in document.blocks) == 2


def test_a_page_and_plain_markdown_are_read_as_what_they_are() -> None:
    page = f"<!DOCTYPE html>\n<html><body>\n{_TEXT}</body></html>"
    assert read(page.encode(), "plan.html", Settings()).source.media_type == "text/html"
    plain = _TEXT[_TEXT.index("**Aim") :]
    assert read(plain.encode(), "plan.md", Settings()).source.media_type == "text/markdown"
    fragment = _TEXT[_TEXT.index("<table>") : _TEXT.index("**Aim")]
    assert read(fragment.encode(), "plan.html", Settings()).source.media_type == "text/html"


def test_a_second_header_row_in_pipes_names_the_columns_below_the_first() -> None:
    table = """\
| Ref | Action | Accountability | | When |
|-----|--------|------|------|------|
|     |        | Lead | Directorate |      |
| 2.1 | Open the baths | Head of Parks | Finance | July 2025 |
| 2.2 | Sweep the lane | Head of Halls | Finance | May 2025 |
"""
    text = f'<div id="content">\n\n# Plan 2025/26\n\n## Aim: Warm water\n\n{table}\n</div>\n'
    plan = read_plan(text.encode(), "plan.md", Settings())
    assert [a.lead_officers for a in plan.activities] == [("Head of Parks",), ("Head of Halls",)]
    assert {a.lead_directorates for a in plan.activities} == {("Finance",)}
    assert [group.title for group in plan.groups] == ["Warm water"]


def test_parts_of_a_page_are_no_text_and_lines_that_are_meant_to_end_do() -> None:
    card = '<div class="card">\n\n### {}\n\nLead  \n{}\n\nDeadline  \n{}\n\n</div>\n\n'
    text = (
        "Wickstow Town Council\n\n# Plan 2025/26\n\n## Warm homes\n\n"
        + card.format("Draught-proof the halls.", "Head of Parks, Halls and Weirs in the\nTown", "May 2025")
        + card.format("Open the pool:\n\n- in May\n- at noon\n\n<!-- -->", "Town Clerk", "June 2025")
    )
    plan = read_plan(text.encode(), "plan.md", Settings())
    assert [(a.activity, a.lead_officers) for a in plan.activities] == [
        ("Draught-proof the halls.", ("Head of Parks, Halls and Weirs in the Town",)),
        ("Open the pool:\n• in May\n• at noon", ("Town Clerk",)),
    ]


def test_markdown_with_parts_and_tables_that_dashes_draw_is_read_by_those() -> None:
    text = (
        "Wickstow Town Council\n\n<div>\n\n# Plan 2025/26\n\n</div>\n\n## Warm homes\n\n"
        "  Ref   Action            When\n  ----- ----------------- ----------\n"
        "  1.1   Mend the roof     May 2025\n  1.2   Open the pool     June 2025\n\n"
    )
    plan = read_plan(text.encode(), "plan.md", Settings())
    assert [(a.ref, a.activity) for a in plan.activities] == [("1.1", "Mend the roof"), ("1.2", "Open the pool")]
