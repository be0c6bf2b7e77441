"""The tag road: trees as WeasyPrint, Word, InDesign and others write them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractor.document import Document, Furniture, Heading, Paragraph, Table
from extractor.profile import Settings
from extractor.read.pdf import read_pdf
from pdf_writer import Element, Sheet, write

LEFTS = (40.0, 110.0, 400.0, 520.0)
HEADER = ("Ref", "Activity", "Timescale", "Lead officer")


def read(data: bytes) -> Document:
    return read_pdf(data, "plan.pdf", Settings())


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def body(table: Table) -> list[tuple[str | None, ...]]:
    return [tuple(cell.text if cell else None for cell in row) for row in table.rows[table.header_rows :]]


class Tagged:
    """Sheets whose rows are drawn and tagged at once."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.y = 60.0

    def page(self) -> None:
        self.sheets.append(Sheet())
        self.y = 60.0

    def row(self, cells: Sequence[str | None], tag: str = "TD", spans: Sequence[int] = (1, 1, 1, 1)) -> Element:
        """One line of cells; None: the producer leaves the cell out of its tree."""
        found = []
        for left, text, span in zip(LEFTS, cells, spans, strict=True):
            if text is None:
                continue
            cell = Element(tag, attributes=f"/RowSpan {span}" if span > 1 else "")
            if text:
                mark = self.sheets[-1].text(left, self.y, text, 9, mark=True)
                cell.children.append(Element("P", [(len(self.sheets) - 1, mark)]))
            found.append(cell)
        self.y += 20
        return Element("TR", list(found))


def test_halves_of_a_row_in_two_tables_are_one_row_though_its_ref_went_overleaf() -> None:
    made = Tagged()
    made.page()
    first = Element("Table", [Element("THead", [made.row(HEADER, "TH")])])
    first.children += [made.row((f"1.{n}", f"Open hall {n}.", "Quarter 1", "Town Clerk")) for n in range(1, 5)]
    first.children.append(made.row(("", "Make it easier to be active:", "Quarter 2", ""), spans=(1, 1, 1, 2)))
    made.page()
    second = Element("Table", [Element("THead", [made.row(HEADER, "TH")])])
    second.children.append(made.row(("1.5 a)", "a) Tennis", None, "Head of Leisure"), spans=(1, 1, 1, 2)))
    second.children.append(made.row(("1.5 b)", "b) Swimming", "Quarter 3", None)))
    [table] = tables(read(write(made.sheets, Element("Document", [first, second]))))
    assert table.location.method == "tags"
    assert body(table)[4:] == [
        ("1.5 a)", "Make it easier to be active:\na) Tennis", "Quarter 2", "Head of Leisure"),
        ("1.5 b)", "b) Swimming", "Quarter 3", "Head of Leisure"),
    ]
    owner = table.rows[5][3]
    assert owner is table.rows[6][3]
    assert [place.page for place in (table.row_locations[5], *table.row_locations[5].continued)] == [1, 2]


def leaf(made: Tagged, left: float, text: str, tag: str = "P", more: str = "") -> Element:
    """One line of text at the current height, in an element of its own."""
    mark = made.sheets[-1].text(left, made.y, text, 9, mark=True)
    return Element(tag, [(len(made.sheets) - 1, mark)], more=more)


def test_words_habits() -> None:
    """TR without THead or TH, spans as attributes, lists as Lbl and LBody, ActualText, two tables at a page end."""
    made = Tagged()
    made.page()
    first = Element("Table", [made.row(HEADER)])
    first.children.append(made.row(("1.1", "Open the hall.", "Quarter 1", "Town Clerk"), spans=(1, 1, 1, 2)))
    first.children.append(made.row(("1.2", "Paint the hall.", "Quarter 2", None)))
    items = []
    ref = Element("TD", [leaf(made, LEFTS[0], "1.3")])
    when = Element("TD", [leaf(made, LEFTS[2], "Quarter 3")])
    who = Element("TD", [leaf(made, LEFTS[3], "Head of Parks")])
    lead = leaf(made, LEFTS[1], "Improve parks by:")
    for text in ("planting trees", "mending swings"):
        made.y += 11
        label = leaf(made, LEFTS[1], "o", "Lbl")
        items.append(Element("LI", [label, Element("LBody", [leaf(made, LEFTS[1] + 14, text)])]))
    first.children.append(Element("TR", [ref, Element("TD", [lead, Element("L", list(items))]), when, who]))
    made.page()
    second = Element("Table", [made.row(HEADER)])
    co = Element("TD", [leaf(made, LEFTS[1], "Co=design the route.", "Span", "/ActualText (Co-design the route.)")])
    row = made.row(("1.4", None, "Quarter 4", "Town Clerk"))
    row.children.insert(1, co)
    made.sheets[-1].artifact(40, 570, "Page 2")
    second.children.append(row)
    [table] = tables(read(write(made.sheets, Element("Document", [first, second]))))
    assert table.location.method == "tags"
    assert body(table) == [
        ("1.1", "Open the hall.", "Quarter 1", "Town Clerk"),
        ("1.2", "Paint the hall.", "Quarter 2", "Town Clerk"),
        ("1.3", "Improve parks by:\nplanting trees\nmending swings", "Quarter 3", "Head of Parks"),
        ("1.4", "Co-design the route.", "Quarter 4", "Town Clerk"),
    ]
    activity = table.rows[3][1]
    assert activity is not None
    assert [line.kind for line in activity.lines] == ["paragraph", "item", "item"]


def test_a_hyphen_that_the_tags_call_soft_is_no_part_of_the_word() -> None:
    made = Tagged()
    made.page()
    table = Element("Table", [made.row(HEADER, "TH")])
    row = made.row(("1.1", None, "Quarter 1", "Town Clerk"))
    made.y -= 20
    start = leaf(made, LEFTS[1], "Open the neigh", "Span")
    mark = made.sheets[-1].text(LEFTS[1] + 14 * 5.4, made.y, "-", 9, mark=True)
    hyphen = Element("Span", [(0, mark)], more="/ActualText <FEFF00AD>")
    made.y += 10
    rest = leaf(made, LEFTS[1], "bourhood office.", "Span")
    row.children.insert(1, Element("TD", [Element("P", [start, hyphen, rest])]))
    table.children.append(row)
    [found] = tables(read(write(made.sheets, Element("Document", [table]))))
    assert body(found) == [("1.1", "Open the neighbourhood office.", "Quarter 1", "Town Clerk")]


def test_a_row_of_titles_is_no_second_header() -> None:
    made = Tagged()
    made.page()
    rows = [made.row(("Ref", "Activity", "Lead officer", "Lead member"))]
    rows.append(made.row(("1.1", "Publish the accounts.", "Chief Finance Officer", "Cabinet Member for Finance")))
    rows.append(made.row(("", "Sell the annexe.", "Chief Finance Officer", "Cabinet Member for Finance")))
    [table] = tables(read(write(made.sheets, Element("Document", [Element("Table", list(rows))]))))
    assert table.header_rows == 1


def test_a_header_cell_alone_under_a_header_is_the_heading_of_a_group() -> None:
    made = Tagged()
    made.page()
    rows = [made.row(HEADER, "TH"), made.row(("Ambition 1: Open to all", None, None, None), "TH", (1, 1, 1, 1))]
    rows[1].children[0] = Element("TH", rows[1].children[0].children, attributes="/ColSpan 4")
    rows.append(made.row(("1.1", "Publish the accounts.", "Quarter 1", "Town Clerk")))
    [table] = tables(read(write(made.sheets, Element("Document", [Element("Table", list(rows))]))))
    assert table.header_rows == 1
    assert table.rows[1][0] is not None
    assert table.rows[1][0].text == "Ambition 1: Open to all"


def test_indesigns_habits() -> None:
    """Names of its own in a role map of several steps, stories in articles, identifiers, a table a page."""
    made = Tagged()
    parts = []
    for page in range(2):
        made.page()
        rows = [made.row(HEADER, "Cell_Head")]
        merged = made.row((f"{page}.1", "Open the hall.", "Quarter 1", "Town Clerk"), "Cell", (1, 1, 1, 2))
        merged.more = "/C /Ruled /ID (row-1)"
        rows += [merged, made.row((f"{page}.2", "Paint the hall.", "Quarter 2", None), "Cell")]
        for row in rows:
            row.tag = "Table_Row"
        parts.append(Element("Story", [Element("Table_Body", list(rows))], more=f"/ID (story-{page})"))
    roles = "/Story /Sect /Article_1 /Art /Table_Body /Grid /Grid /Table /Table_Row /TR /Cell /Box /Box /TD"
    roles += " /Cell_Head /Heading_Cell /Heading_Cell /TH"
    tree = f"/RoleMap <<{roles}>> /ClassMap <</Ruled <</O /Layout /BorderThickness 1>>>>"
    [table] = tables(read(write(made.sheets, Element("Document", [Element("Article_1", list(parts))]), tree=tree)))
    assert table.location.method == "tags"
    assert body(table) == [
        (f"{page}.{row}", f"{verb} the hall.", f"Quarter {row}", "Town Clerk")
        for page in range(2)
        for row, verb in ((1, "Open"), (2, "Paint"))
    ]


def test_a_column_that_is_empty_in_all_rows_is_where_its_header_stands() -> None:
    made = Tagged()
    made.page()
    over = made.row(("Ref", "Action", "RAG", None), "TH", (2, 2, 1, 1))
    rag = over.children[2]
    assert isinstance(rag, Element)
    rag.attributes = "/ColSpan 2"
    under = made.row((None, None, "Autumn", "Spring"), "TH")
    rows = [made.row((f"1.{n}", "Open the hall", None, "Green")) for n in (1, 2)]
    data = write(made.sheets, Element("Document", [Element("Table", [over, under, *rows])]))
    [table] = tables(read(data))
    assert body(table) == [(f"1.{n}", "Open the hall", None, "Green") for n in (1, 2)]


def test_the_number_of_a_list_item_is_no_word_that_is_left_over() -> None:
    made = Tagged()
    made.page()
    items = []
    for number, text in ((1, "Open the hall"), (2, "Paint the hall")):
        items.append(Element("LI", [leaf(made, 40, f"{number}.", "Lbl"), leaf(made, 60, text, "LBody")]))
        made.y += 20
    found = read(write(made.sheets, Element("Document", [Element("L", [*items])])))
    assert [block.line.marker for block in found.blocks if isinstance(block, Paragraph)] == ["1.", "2."]
    assert (found.words, found.unplaced) == (6, ())


def test_turned_letters_that_the_tags_count_to_the_header_head_the_rows_beside_them() -> None:
    made = Tagged()
    made.page()
    header = made.row(("", "Action", "By when", "Lead"), "TH")
    empty = header.children[0]
    assert isinstance(empty, Element)
    sheet = made.sheets[0]
    sheet.text(40, 30, "Delivery Plan 2024/25")
    shown = []
    for foot, name in ((100, "TOWN"), (140, "PARK")):
        for at, letter in enumerate(name):
            sheet.sideways(90, foot - 6 * at, letter)
            shown.append(sheet.parts.pop())
    empty.children.append((0, sheet.marks))
    sheet.parts.append(f"/P <</MCID {sheet.marks}>> BDC {' '.join(shown)} EMC")
    sheet.marks += 1
    rows = []
    for name in ("hall", "pool", "wood", "pond"):
        row = made.row((None, f"Open the {name}", "May 2025", "Town Clerk"))
        if name in ("hall", "wood"):
            sheet.parts.append(f"/P <</MCID {sheet.marks}>> BDC EMC")
            row.children.insert(0, Element("TD", [(0, sheet.marks)], "/RowSpan 2"))
            sheet.marks += 1
        rows.append(row)
    data = write(made.sheets, Element("Document", [Element("Table", [header, *rows])]))
    [table] = tables(read(data))
    assert [row[0] for row in body(table)] == ["TOWN", "TOWN", "PARK", "PARK"]


# Streams and namespaces ---------------------------------------------------------------------------------------


def tagged_table(sheet: Sheet, row: str = "TR", cell: str = "TD") -> Element:
    """A table of three rows, drawn without rules."""
    rows = []
    for y, texts in ((74, ("Ref", "Action", "Lead officer")), (94, ("1.1", "Open the hall", "Town Clerk")),
                     (114, ("1.2", "Paint the hall", "Mayor"))):  # fmt: skip
        marks = [sheet.text(x, y, text, mark=True) for x, text in zip((60, 120, 400), texts, strict=True)]
        rows.append(Element(row, [Element(cell, [(0, mark)]) for mark in marks]))
    return Element("Table", [*rows])


def rows_by_tags(data: bytes) -> list[tuple[str, ...]]:
    document = read_pdf(data, "plan.pdf", Settings())
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.location.method == "tags"
    assert not document.doubts
    assert not document.unplaced
    return [tuple(cell.text if cell else "" for cell in row) for row in table.rows]


ROWS = [("Ref", "Action", "Lead officer"), ("1.1", "Open the hall", "Town Clerk"), ("1.2", "Paint the hall", "Mayor")]


def test_marked_content_of_a_form_is_found_by_the_tree() -> None:
    sheet = Sheet(in_form="own")
    assert rows_by_tags(write([sheet], Element("Document", [tagged_table(sheet)]))) == ROWS


def test_a_form_that_is_one_piece_of_marked_content_belongs_to_its_element() -> None:
    sheet = Sheet(in_form="whole")
    sheet.text(60, 100, "Drawn by a form")
    sheet.marks = 1
    document = read_pdf(write([sheet], Element("Document", [Element("H2", [(0, 0)])])), "plan.pdf", Settings())
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == ["Drawn by a form"]
    assert not document.doubts


@pytest.mark.parametrize("role", ["/{0} /{1}", "/{0} [/{1} null]", "/{0} [/Step{1} null] /Step{1} /{1}"])
def test_names_of_a_namespace_stand_for_what_its_role_map_says(role: str) -> None:
    sheet = Sheet()
    roles = " ".join(role.format(own, standard) for own, standard in (("PlanRow", "TR"), ("PlanCell", "TD")))
    space = f"/Namespaces [<</Type /Namespace /NS (https://example.org/plan) /RoleMapNS <<{roles}>>>>]"
    root = Element("Document", [tagged_table(sheet, "PlanRow", "PlanCell")])
    assert rows_by_tags(write([sheet], root, tree=space)) == ROWS


def test_lines_with_labels_of_their_own_are_paragraphs_where_no_width_broke_them() -> None:
    made = Tagged()
    made.page()
    texts = ("Responsibility: Head of Museums", "Risks: Loss of key staff", "Completion date: Spring 2025")
    lines = []
    for text in texts:
        lines.append(leaf(made, 40.0, text, "Span"))
        made.y += 11
    made.y += 30
    wide = leaf(made, 40.0, "Wide " * 18)
    found = read(write(made.sheets, Element("Document", [Element("P", list(lines)), wide])))
    assert [block.line.text for block in found.blocks if isinstance(block, Paragraph)][:3] == list(texts)


def test_a_label_that_begins_lines_enough_begins_a_paragraph_though_the_line_above_is_full() -> None:
    made = Tagged()
    made.page()
    records = []
    texts = []
    for owner in ("Clerk", "Head of Parks, Gardens and Play", "Head of Harbours, Piers and Ferries"):
        texts.append((f"Responsible: {owner}", "Risks: Loss of key staff to the north"))
        records.append(lines_of(made, 40.0, *texts[-1]))
        made.y += 20
    found = read(write(made.sheets, Element("Document", list(records))))
    assert [text for text, _ in paragraphs(found)] == [line for pair in texts for line in pair]


def paragraphs(found: Document) -> list[tuple[str, str]]:
    return [(block.line.text, block.line.marker) for block in found.blocks if isinstance(block, Paragraph)]


def lines_of(made: Tagged, left: float, *texts: str) -> Element:
    """A paragraph whose lines its author broke."""
    spans = []
    for text in texts:
        spans.append(leaf(made, left, text, "Span"))
        made.y += 11
    return Element("P", list(spans))


def test_lines_that_their_author_broke_are_values_of_their_own() -> None:
    made = Tagged()
    made.page()
    people = lines_of(made, 80.0, "Head of Street Scene", "Saltmarsh Trust")
    prose = lines_of(made, 80.0, "Wide " * 18 + "and", "short")
    elsewhere = lines_of(made, 300.0, "A column of its own, with", "lines that are as long")
    found = read(write(made.sheets, Element("Document", [people, prose, elsewhere])))
    assert [text for text, _ in paragraphs(found)] == [
        "Head of Street Scene",
        "Saltmarsh Trust",
        "Wide " * 18 + "and short",
        "A column of its own, with lines that are as long",
    ]


def test_items_that_begin_with_labels_are_items_on_both_sides_of_a_page_s_end() -> None:
    made = Tagged()
    made.page()
    texts = ("When: May 2024", "Lead: Head of Parks", "Risks: None", "Status: On track")
    items = []
    for number, text in enumerate(texts):
        if number == 2:
            made.page()
        items.append(Element("LI", [Element("LBody", [leaf(made, 40.0, text)])]))
        made.y += 15
    made.y += 30
    wide = leaf(made, 40.0, "Wide " * 18)
    found = read(write(made.sheets, Element("Document", [Element("L", list(items)), wide])))
    assert paragraphs(found)[:4] == [(text, "•") for text in texts]


def test_a_description_whose_term_stands_on_the_page_before_is_no_list_item() -> None:
    made = Tagged()
    made.page()
    terms = []
    for term, said in (("Lead", "Head of Parks"), ("Progress", "")):
        terms.append(Element("LI", [Element("LBody", [leaf(made, 40.0, term)])]))
        made.y += 15
        if said:
            terms.append(Element("LI", [Element("LBody", [leaf(made, 70.0, said)])]))
            made.y += 15
    made.page()
    rest = Element("L", [Element("LI", [Element("LBody", [leaf(made, 70.0, "All gates are mended.")])])])
    made.y += 30
    items = Element("L", [Element("LI", [Element("LBody", [leaf(made, 90.0, "An item.")])])])
    found = read(write(made.sheets, Element("Document", [Element("L", list(terms)), rest, items])))
    assert paragraphs(found)[-2:] == [("All gates are mended.", ""), ("An item.", "•")]


def test_an_initial_is_no_marker_of_a_list() -> None:
    made = Tagged()
    made.page()
    terms = []
    for left, text in ((40.0, "Lead"), (70.0, "G. Ransome"), (40.0, "Status"), (70.0, "Off track")):
        terms.append(Element("LI", [Element("LBody", [leaf(made, left, text)])]))
        made.y += 15
    found = read(write(made.sheets, Element("Document", [Element("L", list(terms))])))
    assert paragraphs(found) == [("Lead", ""), ("G. Ransome", ""), ("Status", ""), ("Off track", "")]


def test_a_row_that_begins_with_a_label_of_its_own_is_no_rest_of_the_row_before() -> None:
    made = Tagged()
    halves = []
    for pairs in ((("Action", "Mend the gates, and"), ("Due date", "June")), (("Lead officer", "to be named"),)):
        made.page()
        rows = []
        for label, value in pairs:
            cells = [Element("TH", [leaf(made, 40.0, label)]), Element("TD", [leaf(made, 200.0, value)])]
            rows.append(Element("TR", list(cells)))
            made.y += 20
        halves.append(Element("Table", list(rows)))
    found = read(write(made.sheets, Element("Document", list(halves))))
    cells = [tuple(cell.text if cell else "" for cell in row) for table in tables(found) for row in table.rows]
    assert cells == [("Action", "Mend the gates, and"), ("Due date", "June"), ("Lead officer", "to be named")]


def test_a_label_right_below_the_end_of_a_page_begins_a_line_of_its_own() -> None:
    """A paragraph of labelled lines, each with a break behind it: no width broke the last line of the page."""
    made = Tagged()
    made.page()
    paragraphs = []
    for number in range(1, 5):
        element = Element("P")
        for text in (f"Lead: Team {number}", f"By when: Quarter {number}", "Status: Green"):
            made.y += 12
            if number == 3 and text.startswith("Status"):
                made.page()
            mark = made.sheets[-1].text(LEFTS[0], made.y, text, 9, mark=True)
            element.children.append((len(made.sheets) - 1, mark))
        paragraphs.append(element)
    found = read(write(made.sheets, Element("Document", list(paragraphs)))).blocks
    texts = [block.line.text for block in found if isinstance(block, Paragraph)]
    assert texts[6:9] == ["Lead: Team 3", "By when: Quarter 3", "Status: Green"]


def test_words_of_an_artifact_that_touch_are_two() -> None:
    made = Tagged()
    made.page()
    rows = [
        made.row(HEADER, "TH"),
        *(made.row((f"1.{n}", "Open the hall.", "Quarter 1", "Town Clerk")) for n in (1, 2, 3)),
    ]
    made.sheets[-1].artifact(40, 560, "Reference ")
    made.sheets[-1].artifact(40 + 9 * 0.6 * 8 + 0.3, 560, "Activity")
    document = read(write(made.sheets, Element("Document", [Element("Table", rows)])))
    assert document.unplaced == ()
    assert "Reference Activity" in [block.text for block in document.blocks if isinstance(block, Furniture)]


def test_tables_within_a_table_of_one_column_are_tables_of_the_page() -> None:
    made = Sheet()
    inner = tagged_table(made)
    title = Element("TD", [(0, made.text(60, 54, "Finding 1: Cold halls", mark=True))])
    outer = Element("Table", [Element("TR", [title]), Element("TR", [Element("TD", [inner])])])
    document = read_pdf(write([made], Element("Document", [outer])), "plan.pdf", Settings())
    assert [type(block) for block in document.blocks] == [Paragraph, Table]
    assert [len(block.rows) for block in document.blocks if isinstance(block, Table)] == [3]
