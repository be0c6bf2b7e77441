"""Tables that a page draws from other elements, folds away, or labels again in each cell."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from extractor.document import Document, Furniture, Heading, Paragraph, Table, block_texts
from extractor.errors import NoPlanFound
from extractor.pipeline import extract_bytes
from extractor.profile import Settings
from extractor.read.from_html import read_html
from extractor.text import count_words

ROWS = (
    ("Ref", "Activity", "Timescale", "Lead officer"),
    ("1.1", "Open two new nurseries in the north of the borough", "Quarter 2", "Head of Early Years"),
    ("1.2", "Train forty foster carers and pay them a fair fee", "Quarter 4", "Head of Fostering"),
    ("1.3", "Mend the roof of the swimming pool before winter", "Quarter 3", "Head of Leisure"),
)


def read(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), "page.html", Settings())


def only_table(document: Document) -> Table:
    (found,) = (block for block in document.blocks if isinstance(block, Table))
    return found


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple("" if cell is None else cell.text for cell in row) for row in table.rows]


def drawn(row: str, cell: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    """The rows in elements; `row` and `cell` are opening tags without their brackets."""

    def element(opening: str, content: str) -> str:
        return f"<{opening}>{content}</{opening.split()[0]}>"

    return "".join(element(row, "".join(element(cell, text) for text in texts)) for texts in rows)


def written_table(labels: bool = False, rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{f'<b>{h}:</b> ' if labels else ''}{c}" for h, c in zip(rows[0], row, strict=True))
        for row in rows[1:]
    )
    return "<table><thead><tr>" + "".join(f"<th>{h}" for h in rows[0]) + f"<tbody>{body}</table>"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<div role=table>" + drawn("div role=row", "span role=cell") + "</div>", ""),
        (
            "<div role=grid><div role=rowgroup>"
            + drawn("div role=row", "div role=columnheader", ROWS[:1])
            + "</div><section>"
            + drawn("div role=row", "div role=gridcell", ROWS[1:])
            + "</section></div>",
            "",
        ),
        (
            "<div class=t>" + drawn("div class=r", "div class=c") + "</div>",
            "<style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style>",
        ),
        ("<div>" + drawn("div class=row", "div class=col-md-3") + "</div>", ""),
        ("<section>" + drawn("ul", "li") + "</section>", ""),
    ],
    ids=["roles", "roles in wrappers", "css", "boxes", "lists"],
)
def test_a_drawn_table_is_a_table_with_places_in_the_page_as_written(body: str, head: str) -> None:
    document = read(f"<h1>Plan 2024/25</h1>{body}", head)
    table = only_table(document)
    assert texts(table) == list(ROWS)
    page = BeautifulSoup(f"<html><body><h1>Plan 2024/25</h1>{body}</body></html>", "lxml")
    for number, location in enumerate(table.row_locations):
        (element,) = page.select(location.path or "")
        assert " ".join(element.stripped_strings) == " ".join(ROWS[number])
    for row in table.rows:
        for cell in row:
            assert cell is not None
            (element,) = page.select(cell.location.path or "")
            assert element.get_text() == cell.text
    assert document.words == sum(count_words(text) for block in document.blocks for text in block_texts(block))


def test_a_line_over_drawn_rows_is_their_caption_and_a_single_cell_spans_them() -> None:
    rows = (ROWS[0], ("Outcome: A good start",), *ROWS[1:])
    document = read(
        "<div role=table><div>What we will do</div>" + drawn("div role=row", "div role=cell", rows) + "</div>"
    )
    table = only_table(document)
    assert table.caption == "What we will do"
    assert table.rows[1][0] is not None
    assert table.rows[1][0].column_span == 4


@pytest.mark.parametrize(
    "body",
    [
        # Neither the first row nor any other holds header words.
        "<div>"
        + drawn("div class=row", "div class=col", tuple((f"a{n}", f"b{n}", f"c{n}") for n in range(6)))
        + "</div>",
        # Something else stands between the rows.
        "<div>" + drawn("div", "div", ROWS[:2]) + "<p>Note</p>" + drawn("div", "div", ROWS[2:]) + "</div>",
        # Cells within cells are no row of cells.
        "<div role=table><div role=row><div><p role=cell>1<p role=cell>2</div><div role=cell>3</div></div></div>",
    ],
)
def test_what_does_not_fit_together_is_left_as_it_is(body: str) -> None:
    document = read(body)
    assert not any(isinstance(block, Table) for block in document.blocks)
    assert any(isinstance(block, Paragraph) for block in document.blocks)


def test_a_button_in_a_header_cell_is_the_header_and_what_it_says_to_screen_readers_is_not() -> None:
    sorter = '<button>{}<span class="visually-hidden">: activate to sort</span><svg><title>sort</title></svg></button>'
    table = written_table()
    for name in ROWS[0]:
        table = table.replace(f"<th>{name}", "<th>" + sorter.format(name))
    document = read(table)
    assert texts(only_table(document)) == list(ROWS)
    assert "form" not in [block.kind for block in document.blocks if isinstance(block, Furniture)]


@pytest.mark.parametrize(
    ("closed", "opener"),
    [
        ("hidden", "<h2><button aria-expanded=false aria-controls=p1>Safer streets<i>+</i></button></h2>"),
        ("style='display:none'", "<button class=accordion aria-expanded=false>Safer streets</button>"),
        ("aria-hidden=true", "<ul role=tablist><li><a role=tab aria-controls=p1>Safer streets</a></ul>"),
        ("hidden", "<details><summary>Safer streets</summary>Two hundred words about it.</details>"),
    ],
    ids=["heading", "button", "tab", "nothing that opens it"],
)
def test_a_folded_table_is_read_under_what_opens_it(closed: str, opener: str) -> None:
    document = read(f"<h1>Plan 2024/25</h1>{opener}<div id=p1 {closed}>{written_table()}</div>")
    assert texts(only_table(document)) == list(ROWS)
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings[:2] == ["Plan 2024/25", "Safer streets"]
    assert document.words == sum(count_words(text) for block in document.blocks for text in block_texts(block))


def test_a_tab_names_no_panel_that_has_a_heading_of_its_own() -> None:
    tab = "<ul role=tablist><li><a role=tab aria-controls=p1>Streets</a></ul>"
    panel = f"<div id=p1 role=tabpanel hidden><h2>Safer streets</h2>{written_table()}</div>"
    document = read(f"<h1>Plan</h1>{tab}{panel}")
    assert texts(only_table(document)) == list(ROWS)
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["Plan", "Safer streets"]


def test_panels_of_one_kind_have_headings_of_one_level() -> None:
    panels = "".join(
        f"<button aria-expanded=false>Outcome {number}</button><div hidden>{written_table()}</div>" for number in "123"
    )
    levels = [block.level for block in read(f"<h1>Plan</h1>{panels}").blocks if isinstance(block, Heading)]
    assert levels == [1, 2, 2, 2]


def test_a_second_copy_and_a_menu_stay_hidden() -> None:
    copy = "".join(f"<p>{' – '.join(row)}</p>" for row in ROWS[1:])
    menu = (
        "<button aria-expanded=false aria-controls=m>Menu</button><nav id=m hidden><a href=/a>Bins</a> and parks</nav>"
    )
    document = read(f"{menu}<h1>Plan</h1>{written_table()}<div hidden>{written_table()}</div><div hidden>{copy}</div>")
    assert texts(only_table(document)) == list(ROWS)
    assert "Menu" not in [block.text for block in document.blocks if isinstance(block, Heading)]
    assert "text-hidden" in [doubt.code for doubt in document.doubts]


def test_header_words_in_each_cell_are_no_part_of_the_values() -> None:
    document = read(written_table(labels=True))
    assert texts(only_table(document)) == list(ROWS)
    (repeated,) = (block for block in document.blocks if isinstance(block, Furniture))
    assert repeated.kind == "repeated header"
    assert repeated.text.split("\n") == [name for name in ROWS[0] for _ in ROWS[1:]]
    assert document.words == sum(count_words(text) for block in document.blocks for text in block_texts(block))


def test_labels_of_the_cells_are_the_header_where_the_page_hides_it() -> None:
    document = read(written_table(labels=True).replace("<thead>", "<thead style='display: none'>"))
    table = only_table(document)
    assert texts(table) == [tuple(f"{name}" for name in ROWS[0]), *ROWS[1:]]
    assert table.header_rows == 1
    plan = extract_bytes(
        f"<h1>Plan 2024/25</h1>{written_table(labels=True).replace('<thead>', '<thead hidden>')}".encode(),
        "page.html",
        Settings(),
    )
    assert [activity.lead_officers for activity in plan.activities] == [(row[3],) for row in ROWS[1:]]


def test_one_column_that_begins_with_its_header_keeps_its_words() -> None:
    rows = (("Action", "What", "When"), ("Action 1", "Open a nursery", "May"), ("Action 2", "Mend a roof", "June"))
    assert texts(only_table(read(written_table(rows=rows)))) == list(rows)


def test_a_cell_that_holds_the_page_is_no_cell() -> None:
    card = "<section class=card><h4>{0} {1}</h4><dl><dt>Lead officer<dd>{3}<dt>Timescale<dd>{2}</dl></section>"
    cards = "".join(card.format(*row) for row in ROWS[1:])
    page = f"<table><tr><td><a href=/>Home</a><td><h1>Plan 2024/25</h1>{cards}<tr><td colspan=2>Copyright</table>"
    plan = extract_bytes(page.encode(), "page.html", Settings())
    assert [(activity.ref, activity.activity) for activity in plan.activities] == [row[:2] for row in ROWS[1:]]


def test_a_row_in_a_table_of_its_own_goes_on_by_what_it_says_again_and_is_named_where_that_is_unclear() -> None:
    goes_on = ("1.4", "Answer each letter within ten days", "When asked", "Head of Leisure")
    alien = ("–", "Nil return", "x", "y")
    tables = [f"<table><tr>{''.join(f'<td>{c}' for c in row)}</table>" for row in (goes_on, alien)]
    plan = extract_bytes(f"<h1>Plan 2024/25</h1>{written_table()}{''.join(tables)}".encode(), "page.html", Settings())
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2", "1.3", "1.4"]
    assert [table.rows for table in plan.tables] == [(alien,)]
    assert [issue.message for issue in plan.issues if issue.code == "table-unclear"] == [
        "A table of 1 row may go on the one above."
    ]


def test_a_page_that_a_script_would_fill_says_so() -> None:
    page = b"<title>Delivery plan</title><div id=root></div><script src=app.js></script><noscript>No script</noscript>"
    with pytest.raises(NoPlanFound, match=r"a script would fetch it") as refusal:
        extract_bytes(page, "page.html", Settings())
    assert "print it to PDF" in refusal.value.remedy


def test_the_words_of_a_body_that_is_hidden_while_it_loads_are_counted() -> None:
    page = f"<html><body style='display: none'><h1>Plan 2024/25</h1>{written_table()}</body></html>"
    plan = extract_bytes(page.encode(), "page.html", Settings())
    assert len(plan.activities) == len(ROWS) - 1
    assert plan.coverage.words == plan.coverage.claimed > 0
