"""The reader for web pages: grids, lines, furniture, places, encodings and limits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from extractor.document import Cell, Document, Furniture, Heading, Line, Paragraph, Table
from extractor.errors import LimitExceeded, SourceUnreadable
from extractor.profile import Settings
from extractor.read.from_html import read_html
from extractor.read.html import markup
from extractor.read.html.counters import number_as
from extractor.text import count_words

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
PAGES = sorted(SHARED.glob("**/*.html"))
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.html"))


def read(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), "page.html", Settings())


def table(markup: str, head: str = "") -> Table:
    """The only table of a page."""
    (found,) = (block for block in read(markup, head).blocks if isinstance(block, Table))
    return found


def texts(grid: Table) -> list[list[str | None]]:
    return [[None if cell is None else cell.text for cell in row] for row in grid.rows]


def first(grid: Table) -> Cell:
    cell = grid.rows[0][0]
    assert cell is not None
    return cell


def cell_of(markup: str, head: str = "") -> Cell:
    """The one cell of a table that holds the markup."""
    return first(table(f"<table><tr><td>{markup}</td><td>x</td></tr></table>", head))


def lines(body: str, head: str = "") -> list[Line]:
    return [block.line for block in read(body, head).blocks if isinstance(block, Paragraph)]


def shown_words(document: Document) -> int:
    total = 0
    for block in document.blocks:
        if isinstance(block, Table):
            total += count_words(block.caption or "") + sum(count_words(cell.text) for cell in block.cells())
        elif isinstance(block, Paragraph):
            total += count_words(block.line.text)
        elif isinstance(block, Heading | Furniture):
            total += count_words(block.text)
    return total


# Grids


def test_a_merged_cell_is_one_object_at_every_place_it_covers() -> None:
    grid = table(
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"
        "<tr><td>e</td><td>f</td><td>g</td></tr></table>"
    )
    assert texts(grid) == [["a", "b", "b"], ["a", "c", "d"], ["e", "f", "g"]]
    assert grid.rows[0][0] is grid.rows[1][0]
    assert grid.rows[0][1] is grid.rows[0][2]
    assert first(grid).row_span == 2


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        # rowspan=0 and a span past the end go to the end of their row group, no further.
        (
            "<tbody><tr><td rowspan=0>a</td><td>1</td></tr><tr><td>2</td></tr></tbody>"
            "<tbody><tr><td>b</td><td>3</td></tr></tbody>",
            [["a", "1"], ["a", "2"], ["b", "3"]],
        ),
        ("<tr><td>1</td><td rowspan=9>a</td></tr><tr><td>2</td></tr>", [["1", "a"], ["2", "a"]]),
        # A colspan past the last column that any cell begins in is cut.
        ("<tr><td colspan=9>Group</td></tr><tr><td>1</td><td>2</td></tr>", [["Group", "Group"], ["1", "2"]]),
        # Two cells claim one place: the one from above has it.
        (
            "<tr><td>1</td><td rowspan=2>a</td><td>2</td></tr><tr><td colspan=2>b</td><td>3</td></tr>",
            [["1", "a", "2"], ["b", "a", "3"]],
        ),
        # Ragged rows: what is missing is None, not empty.
        ("<tr><td>1</td><td>2</td></tr><tr><td>3</td></tr>", [["1", "2"], ["3", None]]),
        # A row without cells of its own says nothing.
        ("<tr><td rowspan=3>a</td><td>1</td></tr><tr></tr><tr><td>2</td></tr>", [["a", "1"], ["a", "2"]]),
        # Foot and head stand where a browser shows them.
        (
            "<tfoot><tr><td>Total</td></tr></tfoot><tbody><tr><td>1</td></tr></tbody><thead><tr><th>H</th></tr></thead>",
            [["H"], ["1"], ["Total"]],
        ),
        # What is not shown takes no place; what is invisible keeps it.
        (
            "<tr hidden><td>0</td></tr><tr><td style='display: none'>x</td><td>1</td><td aria-hidden=true>y</td></tr>"
            "<tr><td>2</td><td>3</td></tr>",
            [["1", ""], ["2", "3"]],
        ),
        ("<tr><td rowspan=junk colspan=-3>1</td><td>2</td></tr>", [["1", "2"]]),
    ],
)
def test_spans(markup: str, expected: list[list[str | None]]) -> None:
    assert texts(table(f"<table>{markup}</table>")) == expected


def test_empty_blank_and_missing_cells_differ() -> None:
    grid = table("<table><tr><td>1</td><td></td><td>&nbsp;</td><td>x</td></tr><tr><td>2</td></tr></table>")
    empty, blank = grid.rows[0][1], grid.rows[0][2]
    assert empty is not None
    assert blank is not None
    assert empty.lines == blank.lines == ()
    assert grid.rows[1][1] is None


def test_headers_are_known_by_th_thead_or_bold_text() -> None:
    by_th = table("<table><tr><th>Ref</th><th>Lead</th></tr><tr><td>1</td><td>A</td></tr></table>")
    by_head = table("<table><thead><tr><td>Ref<td>Lead<tbody><tr><td>1<td>A</table>")
    by_bold = table(
        "<table><tr><td><b>Ref</b></td><td><p><strong>Lead</strong></p></td></tr><tr><td>1</td><td>A</td></tr></table>"
    )
    two = table(
        "<table><thead><tr><th rowspan=2>Ref<th colspan=2>Who<tr><th>Officer<th>Member"
        "<tbody><tr><td>1<td>A<td>B</table>"
    )
    none = table("<table><tr><td>1</td><td>A</td></tr><tr><td>2</td><td>B</td></tr></table>")
    assert [grid.header_rows for grid in (by_th, by_head, by_bold, two, none)] == [1, 1, 1, 2, 0]
    assert all(cell.header for cell in by_bold.rows[0] if cell)
    assert not any(cell.header for cell in by_bold.rows[1] if cell)


def test_a_row_heading_does_not_make_a_header_row() -> None:
    grid = table("<table><tr><th scope=row>1</th><td>A</td></tr><tr><th scope=row>2</th><td>B</td></tr></table>")
    assert grid.header_rows == 0
    assert first(grid).header


def test_caption() -> None:
    assert table("<table><caption>Our <b>measures</b></caption><tr><td>1<td>2</table>").caption == "Our measures"
    assert table("<table><tr><td>1<td>2</table>").caption is None


def test_a_nested_table_stands_after_the_one_around_it() -> None:
    document = read(
        "<table><tr><th>Ref<th>Text<tr><td>1<td>See <table><tr><td>in</td><td>ner</td></tr></table> below"
        "<tr><td>2<td>Two</table>"
    )
    outer, inner = document.blocks
    assert isinstance(outer, Table)
    assert isinstance(inner, Table)
    assert texts(outer) == [["Ref", "Text"], ["1", "See\nbelow"], ["2", "Two"]]
    assert texts(inner) == [["in", "ner"]]


def test_a_layout_table_dissolves_into_the_page() -> None:
    document = read(
        "<table role=presentation><tr><td><h1>Plan 2024</h1><p>Words</p></td></tr><tr><td>"
        "<table><tr><th>Ref<th>Activity<tr><td>1<td>Do</table></td></tr></table>"
    )
    assert [type(block) for block in document.blocks] == [Heading, Paragraph, Table]
    without_role = read("<table><tr><td><h1>Plan</h1>Words</td></tr></table>")
    assert [type(block) for block in without_role.blocks] == [Heading, Paragraph]


def test_a_plain_table_that_says_it_is_for_layout_is_kept_and_says_so() -> None:
    grid = table("<table role=presentation><tr><td>1</td><td>Do</td></tr></table>")
    assert grid.layout
    assert texts(grid) == [["1", "Do"]]


# Lines


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p>\n<p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/><br>Three", "One\nTwo\nThree"),
        ("<div>One<div>Two</div>Three</div>", "One\nTwo\nThree"),
        ("A <em>b</em><span>c</span> <abbr title='x'>ICB</abbr>", "A bc ICB"),
        ("Fish &amp; chips&nbsp;&pound;5 &#8211; so", "Fish & chips £5 – so"),
        ("<!-- no -->a<script>no</script><style>no</style><template>no</template><noscript>no</noscript>b", "ab"),
        ("<span hidden>no</span>a<span aria-hidden=true>no</span><i style='DISPLAY : none'>no</i>", "a"),
        ("<span class=visually-hidden>Opens in a new window</span>a", "a"),
        ("<pre>one\ntwo</pre>", "one\ntwo"),
        ("co\u00adoperate<wbr>d \u200bhere", "cooperated here"),
        ("<ins>Quarter 2</ins>", "Quarter 2"),
        ("10 m<sup>2</sup>, 1<sup>st</sup> and CO<sub>2</sub>", "10 m2, 1st and CO2"),
    ],
)
def test_text_of_a_cell(markup: str, expected: str) -> None:
    assert cell_of(markup).text == expected


def test_style_rules_hide() -> None:
    head = (
        "<style>.gone, p.old > b { display: none } @media print { .kept { display: none } } /* .kept{display:none} */"
        " #x .deep { visibility: hidden } .back { display: none } .back.on { display: inline }</style>"
    )
    markup = (
        "<span class='a gone'>no</span><p class=old><b>no</b>yes</p><span class=kept>kept</span>"
        "<p id=x><i><span class=deep>no</span>shown</i></p><span class='back on'>back</span>"
    )
    assert cell_of(markup, head).text == "yes\nkept\nshown\nback"


def test_list_items() -> None:
    found = lines("<ul><li>One<ul><li>Inner</ul><li><p>Two</p><p>More of two</p></ul>")
    assert [(line.text, line.kind, line.marker, line.level) for line in found] == [
        ("One", "item", "•", 0),
        ("Inner", "item", "•", 1),
        ("Two", "item", "•", 0),
        ("More of two", "paragraph", "", 0),
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ol><li>x<li>x</ol>", ["1.", "2."]),
        ("<ol start=4><li>x<li value=9>x<li>x</ol>", ["4.", "9.", "10."]),
        ("<ol type=a><li>x<li>x</ol>", ["a.", "b."]),
        ("<ol type=I reversed><li>x<li>x</ol>", ["II.", "I."]),
        ("<ol style='list-style-type: lower-roman' start=3><li>x</ol>", ["iii."]),
        ("<ul style='list-style: none'><li>x</ul>", [""]),
    ],
)
def test_markers_as_shown(markup: str, expected: list[str]) -> None:
    assert [line.marker for line in lines(markup)] == expected
    assert [line.marker for line in cell_of(markup).lines] == expected


def test_css_counters_number_items() -> None:
    head = (
        "<style>ol { counter-reset: item; list-style: none } li { counter-increment: item }"
        " li::before { content: counters(item, '.') ' ' }</style>"
    )
    found = lines("<ol><li>One<ol><li>Inner<li>Inner</ol><li>Two</ol>", head)
    assert [line.marker for line in found] == ["1", "1.1", "1.2", "2"]
    assert [line.text for line in found] == ["One", "Inner", "Inner", "Two"]


def test_css_counters_number_headings() -> None:
    head = (
        "<style>body { counter-reset: aim } h2 { counter-increment: aim }"
        " h2:before { content: 'Aim ' counter(aim, upper-roman) ': ' }</style>"
    )
    document = read("<h2>Safe homes</h2><h2>Clean streets</h2>", head)
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "Aim I: Safe homes",
        "Aim II: Clean streets",
    ]
    assert shown_words(document) == document.words


@pytest.mark.parametrize(
    ("style", "number", "shown"),
    [
        ("decimal", -2, "-2"),
        ("lower-alpha", 27, "aa"),
        ("upper-roman", 1999, "MCMXCIX"),
        ("decimal-leading-zero", 7, "07"),
    ],
)
def test_counter_styles(style: str, number: int, shown: str) -> None:
    assert number_as(style, number) == shown


def test_labels() -> None:
    found = lines(
        "<p><strong>Lead officer:</strong> Jane</p><p><b>When</b>: Q4</p><p><strong>All of it</strong></p>"
        "<p>No <b>label</b></p>"
        "<p><span style='font-weight: 700'>Lead</span> Sam</p>"
    )
    assert [(line.label, line.bold) for line in found] == [
        ("Lead officer:", False),
        ("When:", False),
        ("", True),
        ("", False),
        ("Lead", False),
    ]


def test_a_paragraph_left_open_ends_where_a_browser_ends_it() -> None:
    document = read("<p>One<section><p>Two</section><p aria-hidden=true>no<aside><p>Three</p></aside>")
    assert [block.line.text for block in document.blocks if isinstance(block, Paragraph)] == ["One", "Two", "Three"]


def test_style_rules_count_in_broken_pages_too() -> None:
    document = read("<table></tr><tr><td><b class=no>no</b>yes</td></tr></table>", "<style>.no{display:none}</style>")
    (grid,) = (block for block in document.blocks if isinstance(block, Table))
    assert texts(grid) == [["yes"]]


def test_description_lists() -> None:
    found = lines("<dl><dt>Lead<dd>Jane<dd>Sam<dt>When:<dd><p>Q4</p><p>or later</p><dt>Alone</dl><p>After</p>")
    assert [(line.label, line.text) for line in found] == [
        ("Lead", "Lead Jane"),
        ("", "Sam"),
        ("When:", "When: Q4"),
        ("", "or later"),
        ("Alone", "Alone"),
        ("", "After"),
    ]


def test_cards() -> None:
    document = read(
        "<main><h1>Plan</h1><article><h2>One</h2><p>Do</p><dl><dt>Lead<dd>A</dl></article>"
        "<article><h2>Two</h2><p>Do more</p></article><p>Between</p></main>"
    )
    sections = {block.line.text: block.section for block in document.blocks if isinstance(block, Paragraph)}
    assert sections["Do"] == sections["Lead A"] == "body > main:nth-of-type(1) > article:nth-of-type(1)"
    assert sections["Do more"] != sections["Do"]
    assert sections["Between"] == ""


def test_struck_text_is_kept_beside_the_text() -> None:
    cell = cell_of("<del>March 2024</del> <ins>June 2024</ins>")
    assert cell.text == "June 2024"
    assert cell.lines[0].struck == ("March 2024",)
    (doubt,) = cell.doubts
    assert doubt.code == "text-struck"
    assert "March 2024" in doubt.message
    assert "June 2024" in doubt.message
    wholly = cell_of("<s>March 2024</s>")
    assert wholly.lines == ()
    assert [doubt.code for doubt in wholly.doubts] == ["text-struck"]
    styled = cell_of("<span style='text-decoration: line-through'>Q1</span><br>Q2")
    assert (styled.text, styled.lines[0].struck) == ("Q2", ("Q1",))


@pytest.mark.parametrize(
    ("markup", "text", "mark"),
    [
        ("Open the hub<sup>1</sup>", "Open the hub", "1"),
        ("Open the hub.<sup><a href='#fn1'>[1]</a></sup>", "Open the hub.", "[1]"),
        ("Quarter 2<sup>*</sup>", "Quarter 2", "*"),
        ("Open 500 m<a href='#fn1'><sup>1</sup></a>", "Open 500 m", "1"),
    ],
)
def test_footnote_marks(markup: str, text: str, mark: str) -> None:
    document = read(
        f"<table><tr><td>{markup}</td><td>x</td></tr></table><p id=fn1><sup>1</sup> If the grant is given.</p>"
    )
    grid, note = document.blocks
    assert isinstance(grid, Table)
    assert isinstance(note, Paragraph)
    assert first(grid).text == text
    (doubt,) = first(grid).doubts
    assert doubt.code == "footnote-mark"
    assert f'"{mark}"' in doubt.message
    assert ("If the grant is given" in doubt.message) == (mark != "*")
    assert note.line.text == "1 If the grant is given."
    assert shown_words(document) == document.words


def test_links_are_kept_with_their_text() -> None:
    cell = cell_of("See <a href='/plan.pdf'>the plan</a>, <a href='#top'>top</a>, <a href='javascript:x()'>x</a>")
    assert cell.text == "See the plan, top, x"
    assert cell.location.links == cell.lines[0].location.links == ("/plan.pdf",)
    based = cell_of("<a href='plan.pdf'>Plan</a>", "<base href='https://council.example/plans/'>")
    assert based.location.links == ("https://council.example/plans/plan.pdf",)


def test_an_image_s_name_stands_for_a_cell_without_text() -> None:
    assert cell_of("<img src=g.png alt='Green'>").text == "Green"
    assert cell_of("<img src=g.png alt='logo'>Text").text == "Text"


# Furniture


def kinds(body: str, head: str = "") -> dict[str, str]:
    return {block.kind: block.text for block in read(body, head).blocks if isinstance(block, Furniture)}


def test_furniture_by_element_role_and_class() -> None:
    found = kinds(
        "<div class='cookie-banner'><p>We use cookies.</p><table><tr><td>Essential<td>On</table></div>"
        "<a href='#c' class='skip-link'>Skip to content</a><header><p>Hallam Borough Council</p>"
        "<nav><a href=/>Home</a></nav></header>"
        "<ol class=breadcrumb><li>Home<li>Plans</ol><div role=navigation><a href=1>One</a></div>"
        "<h1>Plan</h1><p>Real words</p><p>Last updated: 3 March 2024</p><ul class='share'><li><a href=x>Tweet</a></ul>"
        "<form action=s><label>Search</label><button>Go</button></form>"
        "<footer><table><tr><td>Contact<td>Privacy</table></footer>"
    )
    assert found == {
        "cookie notice": "We use cookies.\nEssential\nOn",
        "skip link": "Skip to content",
        "header": "Hallam Borough Council\nHome",
        "breadcrumb": "Home\nPlans",
        "navigation": "One",
        "page date": "Last updated: 3 March 2024",
        "share links": "Tweet",
        "form": "Search\nGo",
        "footer": "Contact\nPrivacy",
    }


def test_a_name_is_not_believed_of_an_element_that_holds_the_content() -> None:
    rows = "".join(f"<tr><td>{number}<td>Do thing {number}" for number in range(9))
    document = read(
        f"<form class='cookies-on nav-open'><div class=menu-page><h1>Plan</h1><table>{rows}</table></div></form>"
    )
    assert [type(block) for block in document.blocks] == [Heading, Table]


def test_a_section_is_furniture_by_its_heading() -> None:
    document = read(
        "<h1>Plan</h1><p>Words</p><h2>Was this page helpful?</h2><table><tr><td>Yes<td>No</table>"
        "<h2>Next steps</h2><p>More words</p>"
    )
    assert [type(block) for block in document.blocks] == [
        Heading,
        Paragraph,
        Furniture,
        Furniture,
        Heading,
        Paragraph,
    ]


def test_outside_main_only_tables_and_a_missing_title_are_content() -> None:
    body = "<div>Council</div><div><h1>Plan 2024</h1></div><main><p>{words}</p></main><div><p>Ask us</p></div>"
    document = read(body.format(words="word " * 40))
    assert [type(block) for block in document.blocks] == [Furniture, Heading, Paragraph, Furniture]


def test_controls_in_cells_are_no_text_of_theirs() -> None:
    document = read("<table><tr><td>Do it <button>View</button></td><td>Q4</td></tr></table>")
    grid, control = document.blocks
    assert isinstance(grid, Table)
    assert isinstance(control, Furniture)
    assert (first(grid).text, control.text, control.kind) == ("Do it", "View", "form")


@pytest.mark.parametrize(
    ("body", "head", "name"),
    [
        (
            "<p>x</p>",
            "<meta property='og:site_name' content='Hallam Council'><title>Plan | Other Council</title>",
            "Hallam Council",
        ),
        ("<p>x</p>", "<title>Plan 2023 – Hallam Borough Council</title>", "Hallam Borough Council"),
        ("<p>x</p>", "<title>Council Plan theme - People live well</title>", None),
        ("<header><a href=/><img class=logo alt='Hallam Council logo'></a></header><p>x</p>", "", "Hallam Council"),
        (
            "<p>x</p><footer>© 2024 Hallam District Council. All rights reserved.</footer>",
            "",
            "Hallam District Council",
        ),
    ],
)
def test_publisher(body: str, head: str, name: str | None) -> None:
    assert read(body, head).publisher == name


def test_title_is_the_page_s_own() -> None:
    assert read("<p>x</p>", "<title> Plan \n 2023 </title>").title == "Plan 2023"
    assert read("<p>x</p>").title is None


# Encodings


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("<meta charset=utf-8><p>People’s £5".encode(), "utf-8", "People’s £5"),
        ("<meta charset=iso-8859-1><p>People’s £5".encode("windows-1252"), "windows-1252", "People’s £5"),
        ("<p>People’s £5".encode("windows-1252"), "windows-1252", "People’s £5"),
        ("<p>People’s £5".encode(), "utf-8", "People’s £5"),
        ("<p>People’s £5".encode("utf-8-sig"), "utf-8", "People’s £5"),
        ("\ufeff<p>People’s £5".encode("utf-16-le"), "utf-16-le", "People’s £5"),
        ("<p>People and plain words".encode("utf-16-be"), "utf-16-be", "People and plain words"),
        ("<meta http-equiv=x content='text/html; charset=koi8-r'><p>план".encode("koi8-r"), "koi8-r", "план"),
        # The declaration is wrong, and the bytes show it.
        ("<meta charset=windows-1252><p>People’s £5".encode(), "utf-8", "People’s £5"),
        ("<meta charset=utf-8><p>People’s £5".encode("windows-1252"), "windows-1252", "People’s £5"),
        ("<?xml version='1.0' encoding='utf-8'?><html xmlns='x'><body><p>a<br/>’</p></body>".encode(), "utf-8", "a"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, encoding: str, text: str) -> None:
    document = read_html(data, "page.html", Settings())
    (line, *_) = (block.line for block in document.blocks if isinstance(block, Paragraph))
    assert (document.source.encoding, line.text) == (encoding, text)


def test_the_caller_s_encoding_comes_first() -> None:
    page = "<meta charset=utf-8><p>£".encode("windows-1252")
    assert read_html(page, "x", Settings(encoding="windows-1252")).source.encoding == "windows-1252"
    with pytest.raises(SourceUnreadable):
        read_html(page, "x", Settings(encoding="utf-8"))
    with pytest.raises(SourceUnreadable):
        read_html(page, "x", Settings(encoding="no-such-encoding"))


# Places


def _paths(document: Document, cells: bool = True) -> list[tuple[str, str]]:
    """Every path of a document with the text that it should find there; those of cells too, if wanted."""
    found: list[tuple[str, str]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found.extend((place.path or "", "") for place in block.row_locations)
            if cells:
                found.extend((cell.location.path or "", cell.text) for cell in block.cells())
            found.append((block.location.path or "", ""))
        elif isinstance(block, Paragraph):
            found.append((block.line.location.path or "", block.line.text))
            found.append((block.section, ""))
        elif isinstance(block, Heading | Furniture):
            found.append((block.location.path or "", block.text))
    return [(path, text) for path, text in found if path]


def _assert_found(document: Document, data: bytes, parser: str, cells: bool = True) -> None:
    soup = BeautifulSoup(data.decode(), parser)
    for path, text in _paths(document, cells):
        (element,) = soup.select(path)
        there = "".join(element.get_text().split())
        for line in text.split("\n"):
            for word in line.split():
                assert word in there, path


@pytest.mark.parametrize("page", PAGES + SAMPLES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_path_of_a_page_finds_its_row_or_block(page: Path) -> None:
    data = page.read_bytes()
    _assert_found(read_html(data, page.name, Settings()), data, "lxml", cells=False)


@pytest.mark.parametrize("parser", ["lxml", "html5lib"])
def test_every_path_finds_its_cell_in_either_tree(parser: str) -> None:
    page = SAMPLES[0]
    data = page.read_bytes()
    _assert_found(read_html(data, page.name, Settings()), data, parser)


def test_paths_hold_without_a_body_in_the_table_and_use_ids() -> None:
    page = (
        b"<!DOCTYPE html><div id=same><p>a</div><div id=same><p>b</div><section id=plan><table><thead><tr><th>Ref<th>Do"
        b"</thead><tr><td>1<td>One</tr><tr><td>2<td>Two</table></section><p id='1 odd'>c<o:p>d</o:p>"
    )
    document = read_html(page, "x", Settings())
    for parser in ("lxml", "html5lib"):
        _assert_found(document, page, parser)
    (grid,) = (block for block in document.blocks if isinstance(block, Table))
    assert grid.location.path == "#plan > table:nth-of-type(1)"
    assert len(set(_paths(document))) == len(_paths(document))


# Pages of the corpus


@pytest.mark.skipif(not PAGES, reason="the shared corpus is not here")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_word_of_a_page_is_in_one_block(page: Path) -> None:
    document = read_html(page.read_bytes(), page.name, Settings())
    assert document.words > 500
    assert shown_words(document) == document.words
    assert not document.doubts
    assert any(isinstance(block, Heading) and block.level == 1 for block in document.blocks)


# What nobody should be able to do to us


def _timed(page: str) -> tuple[Document, float]:
    start = time.process_time()
    document = read_html(page.encode(), "page.html", Settings())
    return document, time.process_time() - start


@pytest.mark.parametrize(
    "page",
    [
        "<div>word " * 10_000 + "<table><tr><td>cell</td></tr></table>" + "</div>" * 10_000 + "<p>tail",
        "<table><tr><td>" + "<span>word " * 10_000 + "</table>",
        "<table><tr><td>word " * 5_000,
        "<ul><li>word " * 5_000,
        "<table>" + "<tr><td colspan=1000000>a<td>b" * 300 + "</table>",
        "<table>" + "<tr><td rowspan=999999999>a<td>b" * 300 + "</table>",
        "<table><tr>" + "<td>a" * 5_000 + "</tr>" + "<tr><td>b</tr>" * 5_000 + "</table>",
        "<table></tr>" + "".join(f"<font size={size}>" for size in range(1_000)) + "<p>word" * 1_000,
        "<table><td>" + "<div>" * 400 + "</x>" * 200_000,
    ],
    ids=["deep", "deep cell", "deep tables", "deep lists", "colspan", "rowspan", "wide", "misnested", "stray ends"],
)
def test_markup_beyond_reason_is_read_up_to_the_limit(page: str) -> None:
    document, seconds = _timed(page)
    assert seconds < 20
    assert shown_words(document) == document.words
    assert "markup-limit" in {doubt.code for doubt in document.doubts}


def test_a_page_of_too_many_tags_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_TAGS", 1_000)
    document, _ = _timed("<p>first" + "<br>" * 1_000 + "last")
    (line,) = (block.line for block in document.blocks if isinstance(block, Paragraph))
    assert line.text == "first"
    assert [(doubt.code, doubt.severity) for doubt in document.doubts] == [("markup-limit", "error")]


def test_entities_of_the_page_s_own_are_not_expanded() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&b;&x;</p></body></html>'
    )
    text = " ".join(line.text for line in _paragraphs(page))
    assert "aaaa" not in text.replace('"aaaaaaaaaa"', "")
    assert "root:" not in text


def _paragraphs(page: str) -> list[Line]:
    document = read_html(page.encode(), "page.html", Settings())
    return [block.line for block in document.blocks if isinstance(block, Paragraph)]


def test_the_caller_s_time_limit_holds() -> None:
    with pytest.raises(LimitExceeded):
        read_html(b"<p>x" * 100, "x", Settings(max_seconds=0))


def test_pages_without_anything_are_no_error() -> None:
    for page in (b"<html></html>", b"<!DOCTYPE html>", b"plain words", b"<!-- -->"):
        document = read_html(page, "x", Settings())
        assert shown_words(document) == document.words
