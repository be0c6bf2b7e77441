"""One plan as content systems, editors and their scripts put it on a page: every shape gives the same records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

Record = tuple[str, str, str, tuple[str, ...]]

HEADS = ("Ref", "Action", "Timescale", "Lead officer")
GROUPS: tuple[tuple[str, tuple[Record, ...]], ...] = (
    (
        "Homes that last",
        (
            ("1.1", "Build 40 council homes at Tolworthy.", "Quarter 4", ("Head of Housing", "Head of Planning")),
            ("1.2", "Inspect every tower block for fire safety.", "March 2025", ("Building Safety Manager",)),
            ("1.3", "Open an advice line for tenants.", "Ongoing", ("Head of Tenancy Services",)),
        ),
    ),
    (
        "Streets for people",
        (
            ("2.1", "Resurface 14 kilometres of residential streets.", "Quarter 2", ("Highways Manager",)),
            ("2.2", "Launch a kerbside collection of food waste.", "Quarter 3", ("Head of Waste",)),
        ),
    ),
)
TITLE = "<h1>Delivery Plan 2024/25</h1><p>What Wexbrook Borough Council will do in the year.</p>"


def row(cells: Sequence[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def cells(record: Record) -> list[str]:
    ref, text, time, owners = record
    return [ref, f"<p>{text}</p>", time, "".join(f"<p>{owner}</p>" for owner in owners)]


def labelled(record: Record) -> list[tuple[str, str]]:
    return [("Timescale", record[2]), ("Lead officer", "; ".join(record[3]))]


def each(make: Callable[[tuple[Record, ...]], str], heading: str = "<h2>Outcome: {}</h2>") -> str:
    return TITLE + "".join(heading.format(title) + make(records) for title, records in GROUPS)


def table(records: Sequence[Record], inner: Callable[[Record], list[str]] = cells) -> str:
    body = "".join(row(inner(record)) for record in records)
    return f"<table><thead>{row(HEADS, 'th')}</thead><tbody>{body}</tbody></table>"


def owners_in_a_table(record: Record) -> list[str]:
    inner = "".join(f"<tr><td>{owner}</td></tr>" for owner in record[3])
    return [*cells(record)[:3], f"<table>{inner}</table>"]


def within_table_of_labels(records: Sequence[Record]) -> str:
    """DataTables' wrapper, whose class speaks of a footer that it lacks, around a table of two rows."""
    return f'<div class="dataTables_wrapper no-footer">{table(records)}<a>Previous</a><a>Next</a></div>'


def by_attribute(records: Sequence[Record]) -> str:
    rows = (
        "".join(f'<td data-label="{head}">{cell}</td>' for head, cell in zip(HEADS, cells(record), strict=True))
        for record in records
    )
    return "<table>" + "".join(f"<tr>{inner}</tr>" for inner in rows) + "</table>"


def label_in_each_cell(records: Sequence[Record]) -> str:
    return table(
        records,
        lambda record: [
            f'<b class="cell-label">{head}</b><span>{cell}</span>'
            for head, cell in zip(HEADS, cells(record), strict=True)
        ],
    )


def flat_grid(records: Sequence[Record]) -> str:
    inner = [f"<b>{head}</b>" for head in HEADS] + [cell for record in records for cell in cells(record)]
    return '<div class="grid">' + "".join(f"<div>{text}</div>" for text in inner) + "</div>"


def rows_beside_other_content(records: Sequence[Record]) -> str:
    rows = [list(HEADS), *(cells(record) for record in records)]
    return "".join(
        '<div class="row">' + "".join(f'<div class="col">{cell}</div>' for cell in inner) + "</div>" for inner in rows
    )


def lists_as_rows(records: Sequence[Record]) -> str:
    rows = [list(HEADS), *(cells(record) for record in records)]
    return "".join("<ul>" + "".join(f"<li>{cell}</li>" for cell in inner) + "</ul>" for inner in rows)


def terms_that_are_actions(records: Sequence[Record]) -> str:
    return (
        "<dl>"
        + "".join(
            f"<dt>{record[0]} {record[1]}</dt>"
            + "".join(f"<dd><strong>{label}:</strong> {value}</dd>" for label, value in labelled(record))
            for record in records
        )
        + "</dl>"
    )


def labels_by_class(records: Sequence[Record]) -> str:
    return "".join(
        f"<article><h3>{record[0]} {record[1]}</h3>"
        + "".join(
            f'<div><span class="label">{label}</span><span class="value">{value}</span></div>'
            for label, value in labelled(record)
        )
        + "</article>"
        for record in records
    )


def labels_as_headings(records: Sequence[Record]) -> str:
    return "".join(
        f"<h3>{record[0]} {record[1]}</h3>"
        + "".join(f"<h4>{label}</h4><p>{value}</p>" for label, value in labelled(record))
        for record in records
    )


def form(records: Sequence[Record]) -> str:
    return "".join(
        f"<table><tr><th>Ref</th><td>{ref}</td><th>Timescale</th><td>{time}</td></tr>"
        f"<tr><th>Action</th><td colspan=3>{text}</td></tr>"
        f"<tr><th>Lead officer</th><td colspan=3>{'<br>'.join(owners)}</td></tr></table>"
        for ref, text, time, owners in records
    )


def upright_with_blank_rows(records: Sequence[Record]) -> str:
    parts = (
        "".join(row((f"<b>{head}:</b>", cell)) for head, cell in zip(HEADS, cells(record), strict=True))
        for record in records
    )
    return "<table>" + "<tr><td colspan=2>&nbsp;</td></tr>".join(parts) + "</table>"


def actions_as_columns(records: Sequence[Record]) -> str:
    columns = [cells(record) for record in records]
    return "<table>" + "".join(row((head, *(c[n] for c in columns))) for n, head in enumerate(HEADS)) + "</table>"


def ref_above_the_text(records: Sequence[Record]) -> str:
    body = "".join(row((f"<strong>{r[0]}</strong><br>{r[1]}", *cells(r)[2:])) for r in records)
    return f"<table>{row(HEADS[1:], 'th')}{body}</table>"


def cards_for_small_screens_too(records: Sequence[Record]) -> str:
    cards = "".join(
        f"<h3>{r[0]} {r[1]}</h3>" + "".join(f"<p><b>{label}:</b> {value}</p>" for label, value in labelled(r))
        for r in records
    )
    return f'<div class="hidden-xs">{table(records)}</div><div class="visible-xs">{cards}</div>'


SHAPES: dict[str, str] = {
    "a plain table": each(table),
    "a table within each cell of owners": each(lambda records: table(records, owners_in_a_table)),
    "a wrapper that is called no-footer": each(within_table_of_labels),
    "headers in attributes alone": each(by_attribute),
    "the header in each cell, parted by its style": each(label_in_each_cell),
    "a grid of cells without rows": each(flat_grid),
    "rows of boxes beside the headings": each(rows_beside_other_content),
    "a list a row": each(lists_as_rows),
    "actions as terms, labels in their descriptions": each(terms_that_are_actions),
    "labels that a class names": each(labels_by_class),
    "labels as headings": each(labels_as_headings),
    "a form for each action": each(form),
    "labels and values, records parted by blank rows": each(upright_with_blank_rows),
    "a column for each action": each(actions_as_columns),
    "the ref on a line of its own above the text": each(ref_above_the_text),
    "cards for small screens beside the table": each(cards_for_small_screens_too),
    "the button's word in the heading of a panel": each(
        table,
        '<h2><button aria-expanded="false"><span>Outcome: {}</span>'
        '<span class="visually-hidden">, </span><span>Show</span><span> this section</span></button></h2>',
    ),
    "the number of rows in each group's title": TITLE
    + "<table>"
    + row(HEADS, "th")
    + "".join(
        f"<tr><td colspan=4>Outcome : {title} ({len(records)})</td></tr>" + "".join(row(cells(r)) for r in records)
        for title, records in GROUPS
    )
    + "</table>",
    "tabs that name their panels": TITLE
    + "<ul>"
    + "".join(
        f'<li><a role="tab" id="t{n}" href="#p{n}">Outcome: {title}</a></li>' for n, (title, _) in enumerate(GROUPS)
    )
    + "</ul>"
    + "".join(
        f'<div role="tabpanel" id="p{n}" aria-labelledby="t{n}"{" hidden" * bool(n)}>{table(records)}</div>'
        for n, (_, records) in enumerate(GROUPS)
    ),
    "a published spreadsheet": "<table>"
    + row(("", "A", "B", "C", "D"), "th")
    + "<tr><th>1</th><td colspan=4>Delivery Plan 2024/25</td></tr>"
    + f"<tr><th>2</th>{row(HEADS)[4:]}<tr><th></th>{'<td></td>' * 4}</tr>"  # below frozen rows
    + "".join(
        f"<tr><th>{3 + 5 * n}</th><td colspan=4>Outcome: {title}</td></tr>"
        + "".join(f"<tr><th>{4 + 5 * n + m}</th>{row(cells(r))[4:]}" for m, r in enumerate(records))
        for n, (title, records) in enumerate(GROUPS)
    )
    + "</table>",
    "a column of outcomes that end a row too early": TITLE
    + "<table>"
    + row(("Outcome", *HEADS), "th")
    + "".join(
        f"<tr><td rowspan={len(records) - 1}>{title}</td>{row(cells(records[0]))[4:]}"
        + "".join(row(cells(r)) for r in records[1:])
        for title, records in GROUPS
    )
    + "</table>",
}


def plan_of(page: str) -> Plan:
    return read_plan(page.encode(), "plan.html", Settings())


@pytest.mark.parametrize("page", SHAPES.values(), ids=list(SHAPES))
def test_a_plan_in_any_shape_is_the_same_records(page: str) -> None:
    plan = plan_of(page)
    titles = {group.id: group.title for group in plan.groups}
    assert (plan.title, plan.period and plan.period.label) == ("Delivery Plan 2024/25", "2024/25")
    assert [
        (
            activity.ref,
            activity.activity,
            activity.timescale.as_published if activity.timescale else None,
            activity.lead_officers,
            titles.get(activity.group_id or ""),
            activity.extra,
        )
        for activity in plan.activities
    ] == [(*record, title, {}) for title, records in GROUPS for record in records]
    assert [issue.code for issue in plan.issues if issue.severity != "info"] == []
    assert plan.coverage.unread == ()


@pytest.mark.parametrize(
    "light",
    [
        '<i class="fa" title="On track" aria-hidden="true"></i><span class="sr-only">On track</span>',
        '<svg role="img" aria-label="On track"><circle r="4"/></svg>',
        "<svg><title>On track</title><circle r='4'/></svg>",
        '<span role="img" aria-label="On track"></span>',
        '<img src="green.png" alt="On track">',
    ],
)
def test_a_cell_without_text_says_what_its_image_is_called(light: str) -> None:
    rows = "".join(row((*cells(record), light)) for record in GROUPS[0][1])
    plan = plan_of(f"{TITLE}<table>{row((*HEADS, 'Status'), 'th')}{rows}</table>")
    assert [activity.status for activity in plan.activities] == ["On track"] * 3


@pytest.mark.parametrize(
    "page",
    [
        # The numbers of a list that counts on from one cell of refs to the next.
        f"<table>{row(HEADS, 'th')}"
        + "".join(row((f"<ol start={n}><li>&nbsp;</li></ol>", *cells(r)[1:])) for n, r in enumerate(GROUPS[0][1], 1))
        + "</table>",
        # Actions that are the items of a numbered list.
        "<ol>"
        + "".join(
            f"<li>{r[1]}" + "".join(f"<br><b>{label}:</b> {value}" for label, value in labelled(r)) + "</li>"
            for r in GROUPS[0][1]
        )
        + "</ol>",
    ],
    ids=["cells", "items"],
)
def test_the_numbers_of_a_list_are_refs_though_the_page_does_not_write_them(page: str) -> None:
    plan = plan_of(TITLE + page)
    assert [activity.ref for activity in plan.activities] == ["1", "2", "3"]
    assert [activity.activity for activity in plan.activities] == [record[1] for record in GROUPS[0][1]]


def test_an_action_labelled_so_keeps_its_list() -> None:
    cards = "".join(
        f"<div><p><b>{ref}</b></p><p><b>Action:</b> {text[:-1]}, with:</p><ul><li>one thing</li><li>another</li></ul>"
        f"<p><b>Timescale:</b> {time}</p><p><b>Lead officer:</b> {owners[0]}</p></div>"
        for ref, text, time, owners in GROUPS[0][1]
    )
    plan = plan_of(TITLE + cards)
    assert [(activity.ref, activity.items) for activity in plan.activities] == [
        (record[0], ("one thing", "another")) for record in GROUPS[0][1]
    ]


def test_rows_that_something_else_parts_from_their_header_are_left_as_they_are() -> None:
    boxes = rows_beside_other_content(GROUPS[0][1]).replace("</div></div>", "</div></div><p>Note</p>", 2)
    plan = plan_of(TITLE + boxes)
    assert "Open an advice line for tenants." not in [activity.activity for activity in plan.activities]
