"""The tag tree of a tagged PDF, document-wide: which words are a heading, a paragraph, a cell of which row.

1. pdfium gives a tree a page, in which a row that goes on overleaf is two elements. But each element keeps the
   places of all its children, those of other pages too, so the path of indices from the root is the same on every
   page: elements are joined by it. That is as good as reading the tree document-wide, and much faster.
2. A tree is believed only as far as it agrees with the page: words that it repeats or loses speak against it.
3. A row whose words repeat on each page that it stands on is a repeated header: its later copies are furniture.
4. Within a leaf words are spaced by geometry, since producers tag by line, by run or by paragraph.
"""

from __future__ import annotations

import ctypes
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from extractor.document import Block, Furniture, Heading, Paragraph
from extractor.fixed import fixed
from extractor.read.overleaf import PageCell, PageTable, find_header
from extractor.read.pdf.flow import FEWEST_LABELS, label_of
from extractor.read.pdf.pages import Page, placer, plain
from extractor.read.pdf.places import by_place, share_columns
from extractor.read.typeset import (
    SOFT_HYPHEN,
    TextLine,
    Word,
    as_text_line,
    begun,
    is_forced_break,
    is_mark_of_item,
    join_texts,
    marker_of,
    paragraphs,
    text_lines,
    to_line,
)
from extractor.text import fold, key

_MAX_DEPTH = 60
_MAX_SPAN = 200
_INLINE = frozenset(
    [
        "Span",
        "Strong",
        "Em",
        "NonStruct",
        "Link",
        "Annot",
        "Reference",
        "Quote",
        "Code",
        "Private",
        "Sub",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "BibEntry",
        "Note",
    ]
)
_HEADINGS = {f"H{level}": level for level in range(1, 7)} | {"H": 2, "Title": 1}
_SECTIONS = frozenset(["THead", "TBody", "TFoot"])
_STANDARD = frozenset(
    ("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "P", "L", "LI", "Lbl",
     "LBody", "Table", "TR", "TH", "TD", "Form", "Figure", "Formula", "DocumentFragment", "Aside", "FENote", "Artifact")
).union(_INLINE, _HEADINGS, _SECTIONS)  # fmt: skip
_MAX_ROLES = 8
# After this many empty places the rest of a long element's children is taken to stand on other pages.
_PATIENCE = 64


@dataclass(slots=True)
class Leaf:
    """The lines of print of the pieces of marked content that stand side by side in an element, on one page."""

    page: int
    lines: list[TextLine]
    end: int
    """Place of the last piece in the element."""


@dataclass(slots=True)
class Node:
    """One structure element, and its children by their place in the element.

    Most elements have one child, for which a dictionary would take more room than all the rest of them.
    """

    tag: str
    only: Node | Leaf | None = None
    """The child of an element that has one, and its place."""
    only_at: int = 0
    several: dict[int, Node | Leaf] | None = None
    """The children of one that has several."""
    row_span: int = 1
    column_span: int = 1
    actual_text: str = ""
    last_seen: int = 0
    last_leaf: Leaf | None = None
    number: int = 0
    """Of a run of plain text within a line (`NonStruct`), from 1."""

    def child(self, index: int) -> Node | Leaf | None:
        """The child at a place."""
        if self.several is not None:
            return self.several.get(index)
        return self.only if self.only_at == index else None

    def put(self, index: int, child: Node | Leaf) -> None:
        """Sets the child at a place."""
        if self.several is not None:
            self.several[index] = child
        elif self.only is None or self.only_at == index:
            self.only, self.only_at = child, index
        else:
            self.several = {self.only_at: self.only, index: child}
            self.only = None

    def keep(self, children: dict[int, Node | Leaf]) -> None:
        """Lets go of all children but these."""
        self.only, self.several = None, children or None

    def placed(self) -> dict[int, Node | Leaf]:
        """The children by their place."""
        if self.several is not None:
            return self.several
        return {} if self.only is None else {self.only_at: self.only}

    def ordered(self) -> list[Node | Leaf]:
        """The children in the order of the tree."""
        if self.several is None:
            return [] if self.only is None else [self.only]
        return [self.several[index] for index in sorted(self.several)]


@dataclass(slots=True)
class Tree:
    """The tags of a document, as far as its pages were read."""

    root: Node = field(default_factory=lambda: Node("Root"))
    runs: int = 0
    """How many runs of plain text were numbered."""
    roles: Callable[[], Mapping[str, str]] = dict
    """Tells what a producer's own names of elements stand for; asked when one is met that pdfium did not resolve."""
    _known: Mapping[str, str] | None = None

    def standard(self, tag: str) -> str:
        """The standard name of a tag; pdfium follows one step of the role map, and a map may have several."""
        if tag in _STANDARD:
            return tag
        if self._known is None:
            self._known = self.roles()
        for _ in range(_MAX_ROLES):
            if tag in _STANDARD or tag not in self._known:
                break
            tag = self._known[tag]
        return tag


@fixed(frozen=True, slots=True)
class Tagged:
    """How a page's tags agree with its words."""

    reached: frozenset[int]
    """Marked-content identifiers that the tree holds."""
    repeated: int
    """Marked content that the tree holds more than once."""
    tables: bool = False
    """Some of the page's words stand in a table of the tree."""


def read_tags(page: Any, sheet: Page, tree: Tree) -> Tagged:
    """Adds a page's tags and words to the tree, and tells which marked content was reached."""
    handle = pdfium.FPDF_StructTree_GetForPage(page)
    if not handle:
        return Tagged(frozenset(), 0)
    _adopt_forms(sheet)
    try:
        walk = _Walk(sheet, tree)
        for index in range(pdfium.FPDF_StructTree_CountChildren(handle)):
            child = _get_root_child(handle, index)
            if child:
                walk.enter(child, tree.root, index, 0)
        return Tagged(frozenset(walk.reached), walk.repeated, walk.tables)
    finally:
        pdfium.FPDF_StructTree_Close(handle)


def _adopt_forms(sheet: Page) -> None:
    """Lets the marked content of a form XObject count as the page's, where its identifiers are used only once.

    The tree says in which stream a piece of marked content lies (`Stm`), and pdfium does not pass that on.
    """
    users: dict[int, set[int]] = {}
    for word in sheet.words:
        if word.mcid >= 0:
            users.setdefault(word.mcid, set()).add(word.form)
    for word in sheet.words:
        if word.form and word.mcid >= 0 and len(users[word.mcid]) == 1:
            word.form = 0


class _Walk:
    """One page's walk through its tree."""

    def __init__(self, sheet: Page, tree: Tree) -> None:
        self.sheet = sheet
        self.tree = tree
        self.reached: set[int] = set()
        self.repeated = 0
        self.tables = False
        self.words: dict[int, list[Word]] = {}
        for word in sheet.words:
            if word.mcid >= 0:
                self.words.setdefault(word.mcid, []).append(word)

    def enter(self, element: int, parent: Node, index: int, depth: int) -> None:
        """Joins an element to the node at the same place, and goes on to its children on this page."""
        known = parent.child(index)
        if isinstance(known, Node):
            node = known
        else:
            node = _new_node(element, self.tree)
            parent.put(index, node)
        if depth >= _MAX_DEPTH:
            return
        if node.tag in ("TD", "TH"):
            self.tables = True
        count = _count_children(element)
        start = max(0, node.last_seen - 1) if count > _PATIENCE else 0
        missed = 0
        for place_index in range(start, count):
            child = _get_child(element, place_index)
            if child:
                self.enter(child, node, place_index, depth + 1)
            else:
                mcid = _get_content(element, place_index)
                if mcid < 0:
                    missed += 1
                    if missed > _PATIENCE and node.last_seen > start:
                        break
                    continue
                self.take(mcid, node, place_index)
            missed = 0
            node.last_seen = place_index

    def take(self, mcid: int, node: Node, index: int) -> None:
        """Puts a piece of marked content where the tree has it."""
        if mcid in self.reached:
            self.repeated += 1
            return
        self.reached.add(mcid)
        words = self.words.get(mcid)
        if not words:
            return
        if not node.number and node.tag == "NonStruct":
            self.tree.runs += 1
            node.number = self.tree.runs
        lines = [as_text_line(row, node.number) for row in text_lines(words)]
        last = node.last_leaf
        if last is not None and last.page == self.sheet.number and last.end == index - 1:
            last.lines.extend(lines)  # many producers tag each line of print by itself
            last.end = index
        else:
            node.last_leaf = Leaf(self.sheet.number, lines, index)
            node.put(index, node.last_leaf)


def _new_node(element: int, tree: Tree) -> Node:
    tag = sys.intern(tree.standard(_string(_get_type, element)))
    node = Node(tag)
    if tag in ("TD", "TH"):
        node.row_span, node.column_span = _spans(element)
    elif tag in _INLINE or tag == "P":
        given = _string(_get_actual_text, element)
        node.actual_text = given if given == SOFT_HYPHEN else fold(given)
    return node


# pdfium's functions, which take elements as addresses: a page has hundreds of elements.
_ADDRESS, _INT, _SIZE = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
_get_root_child = plain(pdfium.FPDF_StructTree_GetChildAtIndex, _ADDRESS, _ADDRESS, _INT)
_count_children = plain(pdfium.FPDF_StructElement_CountChildren, _INT, _ADDRESS)
_get_child = plain(pdfium.FPDF_StructElement_GetChildAtIndex, _ADDRESS, _ADDRESS, _INT)
_get_content = plain(pdfium.FPDF_StructElement_GetChildMarkedContentID, _INT, _ADDRESS, _INT)
_get_type = plain(pdfium.FPDF_StructElement_GetType, _SIZE, _ADDRESS, _ADDRESS, _SIZE)
_get_actual_text = plain(pdfium.FPDF_StructElement_GetActualText, _SIZE, _ADDRESS, _ADDRESS, _SIZE)
_count_attributes = plain(pdfium.FPDF_StructElement_GetAttributeCount, _INT, _ADDRESS)
_get_attribute = plain(pdfium.FPDF_StructElement_GetAttributeAtIndex, _ADDRESS, _ADDRESS, _INT)
_get_value = plain(pdfium.FPDF_StructElement_Attr_GetValue, _ADDRESS, _ADDRESS, ctypes.c_char_p)
_get_number = plain(pdfium.FPDF_StructElement_Attr_GetNumberValue, _INT, _ADDRESS, _ADDRESS)
_SHORT = 256


def _string(function: Callable[..., int], element: int) -> str:
    """A text of an element; pdfium writes it where there is room for it, and tells its size."""
    buffer = ctypes.create_string_buffer(_SHORT)
    size = function(element, buffer, _SHORT)
    if size <= 2:
        return ""
    if size > _SHORT:
        buffer = ctypes.create_string_buffer(size)
        function(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _spans(element: int) -> tuple[int, int]:
    """RowSpan and ColSpan of a cell (ISO 32000-1, table 349); 1 where they are absent."""
    rows = columns = 1
    value = ctypes.c_float()
    for index in range(_count_attributes(element)):
        attribute = _get_attribute(element, index)
        for name in (b"RowSpan", b"ColSpan"):
            found = _get_value(attribute, name)
            if found and _get_number(found, ctypes.byref(value)):
                number = min(max(int(value.value), 1), _MAX_SPAN)
                if name == b"RowSpan":
                    rows = number
                else:
                    columns = number
    return rows, columns


# --- what the tree says, as blocks -------------------------------------------------------------------------

TreeItem = Block | PageTable
_VALUE_LINES = 4
"""A paragraph of no more lines may be the people that a label stands before."""


def items_of(tree: Tree, pages: dict[int, Page], only: frozenset[int]) -> list[TreeItem]:
    """The blocks and tables of the tree in its order, as far as they stand on the pages of `only`."""
    items = _Items(pages, only)
    for leaf in items.leaves(tree.root):
        for line in leaf.lines:
            left = round(line.x0)
            items.reach[left] = max(items.reach.get(left, 0.0), line.x1)
            items.labels[label_of(line)] += 1
    items.furthest = max(items.reach.values(), default=0.0)
    found = list(items.of(tree.root))
    share_columns([item for item in found if isinstance(item, PageTable)])
    return found


class _Items:
    """Turns nodes into blocks and tables; knows the pages, to place them."""

    def __init__(self, pages: dict[int, Page], only: frozenset[int]) -> None:
        self.place = placer(pages, "tags")
        self.only = only
        self.furthest = 0.0
        """How far to the right the print reaches."""
        self.reach: dict[int, float] = {}
        """The same for lines that begin at one place, in whole points: other columns may be wider."""
        self.labels: Counter[str] = Counter()
        """How many lines begin with each label."""
        self.set_in: set[int] = set()
        """Where descriptions of glossaries stood, in whole points."""

    def leaves(self, node: Node) -> Iterator[Leaf]:
        """All leaves below a node, in order."""
        for child in node.ordered():
            if isinstance(child, Leaf):
                if child.page in self.only:
                    yield child
            elif child.actual_text and child.tag in _INLINE:
                lines = _lines(self.leaves(replace(child, actual_text="")))
                if lines:
                    yield Leaf(lines[0].page, [replace(_merged(lines), text=child.actual_text)], 0)
            else:
                yield from self.leaves(child)

    def of(self, node: Node) -> Iterator[TreeItem]:
        """The items of a node's children; inline content between blocks is a paragraph of its own."""
        loose: list[Leaf] = []
        for child in node.ordered():
            if isinstance(child, Leaf):
                if child.page in self.only:
                    loose.append(child)
            elif _is_inline(child):
                loose.extend(self.leaves(_around(child)))
            else:
                yield from self.paragraphs(_lines(loose))
                loose = []
                yield from self.block(child)
        yield from self.paragraphs(_lines(loose))

    def block(self, node: Node) -> Iterator[TreeItem]:
        """The items of one block-level node."""
        tag = node.tag
        if tag in _HEADINGS:
            lines = _lines(self.leaves(node))
            if lines:
                text = node.actual_text or join_texts(lines)
                yield Heading(text, _HEADINGS[tag], self.place(lines))
        elif tag == "Table":
            yield from self.table(node)
        elif tag == "L" or (tag in ("P", "Caption") and not _has_blocks(node)):
            yield from self.paragraphs(list(self.content(node)))
        elif tag == "Artifact":
            for leaf in self.leaves(node):
                yield Furniture(join_texts(leaf.lines), "artifact", self.place(leaf.lines))
        else:
            yield from self.of(node)

    def paragraphs(self, lines: list[TextLine]) -> Iterator[Block]:
        """The paragraphs of lines outside tables."""
        for part in self.labelled_apart(lines):
            for para in paragraphs(self.broken_apart(part)):
                line = to_line(para, self.place, len(para.lines) <= _VALUE_LINES)
                yield Paragraph(replace(line, more=para.lines[0].begins == "line"))

    def labelled_apart(self, lines: list[TextLine]) -> list[list[TextLine]]:
        """The lines of a paragraph, those from each that begins with a label ("Risks: ...") apart from those above.

        That is one where no width broke the line before, which had room left, or that begins lines enough.
        """
        if not lines or not label_of(lines[0]):
            return [lines]
        parts = [lines[:1]]
        for before, line in pairwise(lines):
            if (
                not line.begins
                and (label := label_of(line))
                and (is_forced_break(before, line, self.furthest) or self.labels[label] >= FEWEST_LABELS)
            ):
                parts.append([line])
            else:
                parts[-1].append(line)
        return parts

    def broken_apart(self, lines: list[TextLine]) -> list[TextLine]:
        """The lines of a paragraph as one each, where its author broke them all: others from there run further."""
        reach = self.reach.get(round(lines[0].x0), 0.0) if lines else 0.0
        if any(line.begins for line in lines[1:]) or not all(
            is_forced_break(before, line, reach) and round(line.x0) == round(before.x0)
            for before, line in pairwise(lines)
        ):
            return lines
        return [*lines[:1], *(begun(line, "line") for line in lines[1:])]

    def content(self, node: Node, level: int = 0) -> Iterator[TextLine]:
        """The lines of print below a node, those marked that begin a paragraph or list item."""
        if node.tag == "LI":
            yield from self.item(node, level)
            return
        if node.tag == "L" and self.is_glossary(node):
            for item in node.ordered():
                lines = _lines(self.leaves(item)) if isinstance(item, Node) else _lines([item])
                yield from _begun(self.broken_apart(lines))
            return
        if node.tag == "TR":  # of a table within a cell
            lines = _lines(self.leaves(node))
            if lines:
                yield replace(_merged(lines), text=join_texts(lines), begins="paragraph")
            return
        if node.actual_text and node.tag in ("P", "Span"):
            lines = _lines(self.leaves(node))
            if lines:
                yield replace(_merged(lines), text=node.actual_text, begins="paragraph")
            return
        loose: list[Leaf] = []
        for child in node.ordered():
            if isinstance(child, Leaf):
                if child.page in self.only:
                    loose.append(child)
            elif _is_inline(child):
                loose.extend(self.leaves(_around(child)))
            else:
                yield from _begun(_lines(loose))
                loose = []
                yield from self.content(child, level + (node.tag == "L" and child.tag == "L"))
        yield from _begun(_lines(loose))

    def is_glossary(self, node: Node) -> bool:
        """Whether a list is one of terms and their descriptions: no item has a marker, and some are set in.

        Of what a page's end cut off, there is one item that stands where descriptions stood.
        """
        items = node.ordered()
        first = [next(self.leaves(item), None) for item in items if isinstance(item, Node) and not _has_label(item)]
        lines = [leaf.lines[0] for leaf in first if leaf is not None and leaf.lines]
        marked = sum(1 for line in lines if marker_of(line.text))  # an initial reads as one: "G. Ransome"
        if not lines or len(lines) < len(items) or 2 * marked > len(lines):
            return False
        inner, outer = max(line.x0 for line in lines), min(line.x0 for line in lines)
        if inner <= outer + lines[0].size:
            return len(lines) == 1 and round(inner) in self.set_in
        self.set_in.add(round(inner))
        return True

    def item(self, node: Node, level: int) -> Iterator[TextLine]:
        """The lines of a list item: its label is the marker of the first; nested lists follow."""
        label: list[Leaf] = []
        body: list[Leaf] = []
        nested: list[Node] = []

        def gather(part: Node) -> None:
            for child in part.ordered():
                if isinstance(child, Leaf):
                    if child.page in self.only:
                        body.append(child)
                elif child.tag == "Lbl":
                    label.extend(self.leaves(child))
                elif child.tag == "L":
                    nested.append(child)
                else:
                    gather(child)

        gather(node)
        lines = _lines(body)
        if lines:
            marker = join_texts(_lines(label)) or marker_of(lines[0].text) or "•"
            yield replace(lines[0], begins="item", marker=marker, level=level)
            yield from lines[1:]
        for inner in nested:
            yield from self.content(inner, level + 1)

    # Tables

    def table(self, node: Node) -> Iterator[TreeItem]:
        """A `Table`, its caption, and the copies of its header as furniture."""
        rows: list[Node] = []
        captions: list[TextLine] = []
        header_rows = 0
        for row, in_head in _rows(node):
            if row.tag == "Caption":
                captions.extend(_lines(self.leaves(row)))
                continue
            if any(isinstance(child, Node) for child in row.ordered()) and any(True for _ in self.leaves(row)):
                rows.append(row)
                heads = in_head or (_all_headers(row) and not (header_rows and _cells(row) == 1))
                if heads and header_rows == len(rows) - 1:
                    header_rows = len(rows)  # but one cell under a header is the heading of a group
        copies = [copy for row in rows for copy in self.without_copies(row)]
        rows = [row for row in rows if any(True for _ in self.leaves(row))]
        if not rows:
            yield from self.of(node)
            return
        yield from self.paragraphs(captions)
        if all(_cells(row) == 1 for row in rows) and any(map(_holds_table, rows)):
            for row in rows:  # it only arranges what stands in it
                for cell in row.ordered():
                    if isinstance(cell, Node):
                        yield from self.of(cell)
            yield from copies
            return
        cells = self.cells(rows)
        width = max((cell.column + cell.column_span for row in cells for cell in row), default=0)
        _sideways_to_rows(cells, header_rows)
        lines = [line for row in cells for cell in row for line in cell.lines]
        if lines:
            pages = [line.page for line in lines]
            first = min(pages)
            edges = _edges(cells, width, min(header_rows, len(cells)))
            by_place(cells, edges)
            table = PageTable(
                first, min(line.top for line in lines if line.page == first), 0.0, edges, cells,
                min(header_rows, len(cells)), "tags", last_page=max(pages),
            )  # fmt: skip
            table.header_rows = table.header_rows or find_header(table)  # many trees call every cell TD
            yield table
        yield from copies

    def without_copies(self, row: Node) -> Iterator[Furniture]:
        """Takes a row's repeated words off it: those of a header that the producer repeats on each page."""
        by_page: dict[int, list[Leaf]] = {}
        for leaf in self.leaves(row):
            by_page.setdefault(leaf.page, []).append(leaf)
        if len(by_page) < 2:
            return
        texts = {
            number: key(" ".join(line.text for leaf in leaves for line in leaf.lines))
            for number, leaves in by_page.items()
        }
        first = min(texts)
        doubled = {number for number, text in texts.items() if number != first and text == texts[first]}
        for number in sorted(doubled):
            lines = [line for leaf in by_page[number] for line in leaf.lines]
            text = " ".join(line.text for line in lines)
            yield Furniture(text, "repeated header", self.place(lines))
        if doubled:
            _drop(row, doubled)

    def cells(self, rows: list[Node]) -> list[list[PageCell]]:
        """The cells of each row, at the columns that the cells above leave free."""
        found: list[list[PageCell]] = []
        taken: dict[int, int] = {}
        """Column -> last row that a cell from above covers."""
        for index, row in enumerate(rows):
            cells: list[PageCell] = []
            column = 0
            for child in row.ordered():
                if not isinstance(child, Node):
                    continue
                while taken.get(column, -1) >= index:
                    column += 1
                row_span = min(child.row_span, len(rows) - index)
                cells.append(PageCell(column, list(self.content(child)), row_span, child.column_span))
                for across in range(column, column + child.column_span):
                    taken[across] = index + row_span - 1
                column += child.column_span
            found.append(cells)
            row.keep({})  # a long table's nodes and cells would take room side by side
        return found


def _has_label(item: Node) -> bool:
    return any(isinstance(part, Node) and part.tag == "Lbl" for part in item.ordered())


def _lines(leaves: Iterable[Leaf]) -> list[TextLine]:
    return _flow([line for leaf in leaves for line in leaf.lines])


def _begun(lines: list[TextLine]) -> Iterator[TextLine]:
    """Lines of which the first begins a paragraph, as the tags say."""
    for index, line in enumerate(lines):
        yield line if index else begun(line, "paragraph")


def _merged(lines: list[TextLine]) -> TextLine:
    first = lines[0]
    last_page = [line for line in lines if line.page == first.page]
    return replace(first, x0=min(line.x0 for line in last_page), x1=max(line.x1 for line in last_page))


def _around(node: Node) -> Node:
    """An element that holds the node, whose own `ActualText` then counts."""
    return Node("NonStruct", node)


def _has_blocks(node: Node) -> bool:
    return any(isinstance(child, Node) and not _is_inline(child) for child in node.placed().values())


def _sideways_to_rows(cells: list[list[PageCell]], header_rows: int) -> None:
    """Puts turned text that the tags count to a header cell into the empty cells below that it stands beside.

    Browsers draw turned text before the page, under one tag for all of it.
    """
    for head in (cell for row in cells[:header_rows] for cell in row):
        turned = [line for line in head.lines if line.high]
        empty = [
            (cell, [line for row in cells[at : at + cell.row_span] for other in row for line in other.lines])
            for at, row in enumerate(cells[header_rows:], header_rows)
            for cell in row
            if cell.column == head.column and not cell.lines
        ]
        if len(turned) < len(head.lines) or not 0 < len(empty) == len(turned):
            continue
        pairs = list(zip(sorted(turned, key=lambda line: line.high), empty, strict=True))
        if all(_stands_beside(line, beside) for line, (_, beside) in pairs):
            for line, (cell, _) in pairs:
                cell.lines = [line]
            head.lines = []


def _stands_beside(line: TextLine, others: Sequence[TextLine]) -> bool:
    """Whether the middle of turned text stands between the first and the last of some lines."""
    middle = (line.high + line.baseline) / 2
    return bool(others) and min(one.top for one in others) < middle < max(one.baseline for one in others)


def _edges(cells: list[list[PageCell]], width: int, header_rows: int) -> list[float]:
    """Where the columns' text begins, and the right end of the last; NaN where a column has none.

    Rows with all their cells tell it; of columns that are empty in each row, the header does.
    """
    edges = [float("nan")] * (width + 1)
    for row in cells:
        for cell in row:
            if cell.lines and cell.column_span == 1 and len(row) == width:
                left = min(line.x0 for line in cell.lines)
                edges[cell.column] = min(edges[cell.column], left) if edges[cell.column] == edges[cell.column] else left
    if header_rows and not all(edge == edge for edge in edges[:-1]):
        _take_from_header(edges, cells, header_rows)
    return edges


def _take_from_header(edges: list[float], cells: list[list[PageCell]], header_rows: int) -> None:
    """Gives the columns without a place that of their header, where what stands below the first begins as its does.

    A column whose header is empty as well begins nowhere before the next one.
    """
    width = len(edges) - 1
    heads = {cell.column: cell for row in cells[:header_rows] for cell in row if cell.column_span == 1}
    lefts = {column: min(line.x0 for line in cell.lines) for column, cell in heads.items() if cell.lines}
    below = [line.x0 for row in cells[header_rows:] for cell in row if cell.column == 0 for line in cell.lines[:1]]
    if len(heads) < width or 0 not in lefts or not below or abs(min(below) - lefts[0]) > _ALIGNED:
        return
    for column in range(width - 1, -1, -1):
        if edges[column] != edges[column]:
            edges[column] = lefts.get(column, edges[column + 1] - _ALIGNED)


_ALIGNED = 1.0


def _is_inline(node: Node) -> bool:
    """Whether a node is part of a line of text: inline by its tag, and without a block inside."""
    if node.tag not in _INLINE:
        return False
    return all(isinstance(child, Leaf) or _is_inline(child) for child in node.placed().values())


def _flow(lines: list[TextLine]) -> list[TextLine]:
    """Pieces of one line of print, tagged apart (a bold word, a link), put together again."""
    merged: list[TextLine] = []
    for line in lines:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.page == line.page
            and abs(last.baseline - line.baseline) < 0.35 * max(last.size, line.size)
            and line.x0 > last.x1 - 0.5 * line.size
        ):
            gap = line.x0 - last.x1
            blank = " " if gap > 0.12 * min(last.size, line.size) and last.text and line.text else ""
            if (last.bold and not line.bold) or (not last.bold and last.label == last.text):
                last.label = last.text
            size = line.size if is_mark_of_item(last.text) else max(last.size, line.size)
            merged[-1] = TextLine(
                last.text + blank + line.text, last.x0, line.x1,
                last.baseline if last.size >= line.size else line.baseline, size,
                last.page, last.first_width, last.bold and line.bold, line.wraps,
                "" if last.bold and line.bold else last.label, last.struck + line.struck, last.order, line.node,
            )  # fmt: skip
        else:
            merged.append(line)
    return merged


def _rows(table: Node) -> Iterator[tuple[Node, bool]]:
    """Each `TR` or `Caption` of a table, and whether it stands in its head."""
    for child in table.ordered():
        if isinstance(child, Leaf):
            continue
        if child.tag in _SECTIONS or (child.tag not in ("TR", "Caption") and _has_row(child)):
            for row, _ in _rows(child):
                yield row, child.tag == "THead"
        elif child.tag in ("TR", "Caption"):
            yield child, False


def _has_row(node: Node) -> bool:
    return any(isinstance(child, Node) and child.tag == "TR" for child in node.placed().values())


def _cells(row: Node) -> int:
    """How many cells a row has."""
    return sum(isinstance(child, Node) for child in row.ordered())


def _holds_table(node: Node) -> bool:
    """Whether a table stands somewhere within a node."""
    children = [child for child in node.placed().values() if isinstance(child, Node)]
    return any(child.tag == "Table" or _holds_table(child) for child in children)


def _all_headers(row: Node) -> bool:
    cells = [child for child in row.ordered() if isinstance(child, Node)]
    return bool(cells) and all(cell.tag == "TH" for cell in cells)


def _drop(node: Node, pages: set[int]) -> None:
    kept: dict[int, Node | Leaf] = {}
    for index, child in node.placed().items():
        if isinstance(child, Leaf) and child.page in pages:
            continue
        if isinstance(child, Node):
            _drop(child, pages)
        kept[index] = child
    node.keep(kept)
