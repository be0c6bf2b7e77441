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
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from extractor.document import Block, Cell, Furniture, Heading, Line, Paragraph, Row, Table
from extractor.locations import NOWHERE, Location, span
from extractor.read.pdf.lines import (
    Para,
    TextLine,
    as_text_line,
    join_texts,
    marker_of,
    paragraphs,
    place,
    text_lines,
    to_line,
)
from extractor.read.pdf.pages import Page, Word
from extractor.text import count_words, fold, key

_MAX_DEPTH = 60
_MAX_SPAN = 200
_INLINE = frozenset(
    "Span Strong Em NonStruct Link Annot Reference Quote Code Private Sub Ruby RB RT RP Warichu WT WP BibEntry Note".split()
)
_HEADINGS = {f"H{level}": level for level in range(1, 7)} | {"H": 2, "Title": 1}
_SECTIONS = frozenset(["THead", "TBody", "TFoot"])
# After this many empty places the rest of a long element's children is taken to stand on other pages.
_PATIENCE = 64


@dataclass(slots=True)
class Leaf:
    """The lines of print of one piece of marked content."""

    page: int
    lines: list[TextLine]
    number: int


@dataclass(slots=True)
class Node:
    """One structure element; `children` by their place in the element."""

    tag: str
    children: dict[int, Node | Leaf] = field(default_factory=dict)
    row_span: int = 1
    column_span: int = 1
    actual_text: str = ""
    last_seen: int = 0

    def ordered(self) -> list[Node | Leaf]:
        """The children in the order of the tree."""
        return [self.children[index] for index in sorted(self.children)]


@dataclass(slots=True)
class Tree:
    """The tags of a document, as far as its pages were read."""

    root: Node = field(default_factory=lambda: Node("Root"))
    leaves: int = 0


@dataclass(frozen=True, slots=True)
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
    try:
        walk = _Walk(sheet, tree)
        for index in range(pdfium.FPDF_StructTree_CountChildren(handle)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(handle, index)
            if child:
                walk.enter(child, tree.root, index, 0)
        return Tagged(frozenset(walk.reached), walk.repeated, walk.tables)
    finally:
        pdfium.FPDF_StructTree_Close(handle)


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

    def enter(self, element: Any, parent: Node, index: int, depth: int) -> None:
        """Joins an element to the node at the same place, and goes on to its children on this page."""
        known = parent.children.get(index)
        if isinstance(known, Node):
            node = known
        else:
            node = _new_node(element)
            parent.children[index] = node
        if depth >= _MAX_DEPTH:
            return
        if node.tag in ("TD", "TH"):
            self.tables = True
        get_child = pdfium.FPDF_StructElement_GetChildAtIndex
        get_content = pdfium.FPDF_StructElement_GetChildMarkedContentID
        count = pdfium.FPDF_StructElement_CountChildren(element)
        start = max(0, node.last_seen - 1) if count > _PATIENCE else 0
        missed = 0
        for place_index in range(start, count):
            child = get_child(element, place_index)
            if child:
                self.enter(child, node, place_index, depth + 1)
            else:
                mcid = get_content(element, place_index)
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
        self.tree.leaves += 1
        number = self.tree.leaves
        lines = [as_text_line(row, number) for row in text_lines(words)]
        node.children[index] = Leaf(self.sheet.number, lines, number)


def _new_node(element: Any) -> Node:
    tag = _string(pdfium.FPDF_StructElement_GetType, element)
    node = Node(tag)
    if tag in ("TD", "TH"):
        node.row_span, node.column_span = _spans(element)
    elif tag in _INLINE or tag == "P":
        node.actual_text = fold(_string(pdfium.FPDF_StructElement_GetActualText, element))
    return node


def _string(function: Any, element: Any) -> str:
    size = function(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _spans(element: Any) -> tuple[int, int]:
    """RowSpan and ColSpan of a cell (ISO 32000-1, table 349); 1 where they are absent."""
    rows = columns = 1
    value = ctypes.c_float()
    for index in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, index)
        for name in (b"RowSpan", b"ColSpan"):
            found = pdfium.FPDF_StructElement_Attr_GetValue(attribute, name)
            if found and pdfium.FPDF_StructElement_Attr_GetNumberValue(found, ctypes.byref(value)):
                number = min(max(int(value.value), 1), _MAX_SPAN)
                if name == b"RowSpan":
                    rows = number
                else:
                    columns = number
    return rows, columns


# --- what the tree says, as blocks -------------------------------------------------------------------------


def blocks_of(tree: Tree, pages: dict[int, Page], only: frozenset[int] | None = None) -> list[Block]:
    """The blocks of the tree in its order; `only` limits them to pages whose tags are believed."""
    return list(_Blocks(pages, only).of(tree.root))


class _Blocks:
    """Turns nodes into blocks; knows the pages, to place them."""

    def __init__(self, pages: dict[int, Page], only: frozenset[int] | None) -> None:
        self.pages = pages
        self.only = only

    def leaves(self, node: Node) -> Iterator[Leaf]:
        for child in node.ordered():
            if isinstance(child, Leaf):
                if self.only is None or child.page in self.only:
                    yield child
            else:
                yield from self.leaves(child)

    def of(self, node: Node) -> Iterator[Block]:
        """The blocks of a node's children; inline content between them is a paragraph of its own."""
        loose: list[Leaf] = []
        for child in node.ordered():
            if isinstance(child, Leaf):
                if self.only is None or child.page in self.only:
                    loose.append(child)
                continue
            if _is_inline(child):
                loose.extend(self.leaves(child))
                continue
            yield from self.paragraphs(loose)
            loose = []
            yield from self.block(child)
        yield from self.paragraphs(loose)

    def block(self, node: Node) -> Iterator[Block]:
        tag = node.tag
        if tag in _HEADINGS:
            yield from self.heading(node, _HEADINGS[tag])
        elif tag == "Table":
            yield from self.table(node)
        elif tag == "L":
            for line in self.list_items(node, 0):
                yield Paragraph(line)
        elif tag == "P" or tag == "Caption":
            inner = [child for child in node.ordered() if isinstance(child, Node) and not _is_inline(child)]
            if inner:
                yield from self.of(node)
            else:
                yield from self.paragraphs(list(self.leaves(node)))
        elif tag == "Artifact":
            for leaf in self.leaves(node):
                yield Furniture(join_texts(leaf.lines), "artifact", self.place(leaf.lines))
        else:
            yield from self.of(node)

    def heading(self, node: Node, level: int) -> Iterator[Block]:
        lines = [line for leaf in self.leaves(node) for line in leaf.lines]
        if lines:
            yield Heading(node.actual_text or join_texts(_flow(lines)), level, self.place(lines))

    def paragraphs(self, leaves: list[Leaf]) -> Iterator[Block]:
        for line in self.lines(leaves, None):
            yield Paragraph(line)

    def lines(self, leaves: list[Leaf], limit: float | None) -> list[Line]:
        flow = _flow([line for leaf in leaves for line in leaf.lines])
        return [to_line(para, self.pages, "tags") for para in paragraphs(flow, limit)]

    def place(self, lines: list[TextLine]) -> Location:
        return place(lines, self.pages, "tags")

    def list_items(self, node: Node, level: int) -> Iterator[Line]:
        """The items of an `L`: label (`Lbl`) and body (`LBody`), nested lists one level deeper."""
        for child in node.ordered():
            if isinstance(child, Leaf):
                continue
            if child.tag in ("L", "LI"):
                if child.tag == "L":
                    yield from self.list_items(child, level + 1)
                else:
                    yield from self.item(child, level)
            else:
                yield from self.cell_lines(child, None)

    def item(self, node: Node, level: int) -> Iterator[Line]:
        label: list[Leaf] = []
        body: list[Leaf] = []
        nested: list[Node] = []

        def gather(part: Node) -> None:
            for child in part.ordered():
                if isinstance(child, Leaf):
                    if self.only is None or child.page in self.only:
                        body.append(child)
                elif child.tag == "Lbl":
                    label.extend(self.leaves(child))
                elif child.tag == "L":
                    nested.append(child)
                else:
                    gather(child)

        gather(node)
        lines = _flow([line for leaf in body for line in leaf.lines])
        marker = join_texts([line for leaf in label for line in leaf.lines])
        if lines:
            if not marker:
                marker = marker_of(lines[0].text)
            elif lines[0].text.startswith(marker):
                marker = ""
            para = Para(lines, marker, level, "item")
            line = to_line(para, self.pages, "tags")
            where = [line.location]
            if label:
                where.insert(0, self.place([text for leaf in label for text in leaf.lines]))
            yield Line(
                line.text, span(where), "item", line.marker or marker_of(line.text), level, line.bold,
                line.struck, line.label,
            )  # fmt: skip
        for inner in nested:
            yield from self.list_items(inner, level + 1)

    # Tables

    def table(self, node: Node) -> Iterator[Block]:
        """A `Table` as one grid, its caption, and the copies of its header as furniture."""
        rows: list[Node] = []
        caption: str | None = None
        header_rows = 0
        for row, in_head in _rows(node):
            if row.tag == "Caption":
                caption = join_texts([line for leaf in self.leaves(row) for line in leaf.lines]) or None
                continue
            if in_head or (header_rows == len(rows) and _all_headers(row)):
                header_rows = len(rows) + 1 if header_rows == len(rows) else header_rows
            rows.append(row)
        copies: list[Furniture] = []
        for row in rows:
            copies.extend(self.without_copies(row))
        grid = self.grid(rows)
        if grid is None:
            yield from self.of(node)
            return
        cells, header_rows = grid, min(header_rows, len(grid))
        where = span(cell.location for row in cells for cell in row if cell and cell.lines)
        if len(cells) and any(cell and cell.lines for row in cells for cell in row):
            yield Table(
                tuple(cells), caption, header_rows, where, tuple(_row_location(row) for row in cells)
            )
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
            yield Furniture(" ".join(line.text for line in lines), "repeated header", self.place(lines))
        if doubled:
            _drop(row, doubled)

    def grid(self, rows: list[Node]) -> list[Row] | None:
        """The rows as a grid in which spanning cells stand at every place that they cover."""
        kept = [row for row in rows if any(isinstance(child, Node) for child in row.ordered())]
        if self.only is not None:
            kept = [row for row in kept if any(True for _ in self.leaves(row)) or not _pages_of(row)]
        if not kept:
            return None
        limits = self.limits(kept)
        placed: list[dict[int, Cell]] = [{} for _ in kept]
        width = 0
        for row_index, row in enumerate(kept):
            column = 0
            for child in row.ordered():
                if not isinstance(child, Node):
                    continue
                while column in placed[row_index]:
                    column += 1
                last = column + child.column_span - 1
                limit = limits.get((column, last))
                lines = tuple(self.cell_lines(child, limit))
                cell = Cell(
                    lines, row_index, column, min(child.row_span, len(kept) - row_index), child.column_span,
                    child.tag == "TH", span(line.location for line in lines),
                )  # fmt: skip
                for below in range(row_index, row_index + cell.row_span):
                    for across in range(column, last + 1):
                        placed[below].setdefault(across, cell)
                column = last + 1
            width = max(width, max(placed[row_index], default=-1) + 1)
        return [tuple(row.get(column) for column in range(width)) for row in placed]

    def limits(self, rows: list[Node]) -> dict[tuple[int, int], float]:
        """The right edge that text reaches in each column (first, last of its span)."""
        limits: dict[tuple[int, int], float] = {}
        taken: dict[int, int] = {}
        for row_index, row in enumerate(rows):
            column = 0
            for child in row.ordered():
                if not isinstance(child, Node):
                    continue
                while taken.get(column, -1) >= row_index:
                    column += 1
                last = column + child.column_span - 1
                for leaf in self.leaves(child):
                    for line in leaf.lines:
                        limits[column, last] = max(limits.get((column, last), 0.0), line.x1)
                for across in range(column, last + 1):
                    taken[across] = max(taken.get(across, -1), row_index + child.row_span - 1)
                column = last + 1
        return limits

    def cell_lines(self, node: Node, limit: float | None) -> Iterator[Line]:
        """The paragraphs and list items of a cell or other block container."""
        if node.tag == "L":
            yield from self.list_items(node, 0)
            return
        if node.actual_text and node.tag == "P":
            lines = [line for leaf in self.leaves(node) for line in leaf.lines]
            yield Line(node.actual_text, self.place(lines) if lines else NOWHERE)
            return
        loose: list[Leaf] = []
        for child in node.ordered():
            if isinstance(child, Leaf):
                if self.only is None or child.page in self.only:
                    loose.append(child)
            elif _is_inline(child):
                loose.extend(self.leaves(child))
            else:
                yield from self.lines(loose, limit)
                loose = []
                yield from self.cell_lines(child, limit)
        yield from self.lines(loose, limit)


def _is_inline(node: Node) -> bool:
    """Whether a node is part of a line of text: inline by its tag, and without a block inside."""
    if node.tag not in _INLINE:
        return False
    return all(isinstance(child, Leaf) or _is_inline(child) for child in node.children.values())


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
            blank = " " if gap > 0.12 * min(last.size, line.size) else ""
            if last.bold and not line.bold:
                last.label = last.text
            elif not last.bold and last.label == last.text:
                last.label = last.text
            merged[-1] = TextLine(
                last.text + blank + line.text, last.x0, line.x1,
                last.baseline if last.size >= line.size else line.baseline, max(last.size, line.size),
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
    return any(isinstance(child, Node) and child.tag == "TR" for child in node.children.values())


def _all_headers(row: Node) -> bool:
    cells = [child for child in row.ordered() if isinstance(child, Node)]
    return bool(cells) and all(cell.tag == "TH" for cell in cells)


def _pages_of(node: Node) -> set[int]:
    pages: set[int] = set()
    for child in node.children.values():
        pages |= {child.page} if isinstance(child, Leaf) else _pages_of(child)
    return pages


def _drop(node: Node, pages: set[int]) -> None:
    for index, child in list(node.children.items()):
        if isinstance(child, Leaf):
            if child.page in pages:
                del node.children[index]
        else:
            _drop(child, pages)


def _row_location(row: Row) -> Location:
    own = {id(cell): cell for cell in row if cell is not None and cell.lines}
    return span(cell.location for cell in own.values())


def word_count(tree: Tree) -> int:
    """Words of all leaves, as `text.count_words` counts them."""

    def count(node: Node) -> int:
        return sum(
            sum(count_words(line.text) for line in child.lines) if isinstance(child, Leaf) else count(child)
            for child in node.children.values()
        )

    return count(tree.root)
