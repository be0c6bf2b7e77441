"""The tree of a page -> the blocks of a `Document`, in reading order."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import NavigableString

from extractor.document import Block, Furniture, Heading, Line, Paragraph
from extractor.errors import LimitExceeded
from extractor.locations import Location
from extractor.read.html import grids
from extractor.read.html.elements import CONTROLS, HEADINGS
from extractor.read.html.flow import CellFlow, Context, Flow, Frame, struck_doubt
from extractor.read.html.furniture import is_data_table, region_kind, worded_kind
from extractor.read.repeated_headers import without_repeated_headers
from extractor.text import count_words, fold

if TYPE_CHECKING:
    from extractor.read.html.preformatted import TypedTexts

METHOD = "labelled"
"""How lines outside tables were found."""

_CARDS = frozenset({"article", "section", "li", "dl", "details", "fieldset"})
_CARD_CONTENT = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "ul", "ol", "table", "section", "strong", "b"}
)
_LAYOUT_ROLES = frozenset({"presentation", "none"})
_REGIONS = frozenset(
    {
        "div",
        "section",
        "aside",
        "nav",
        "header",
        "footer",
        "ul",
        "ol",
        "menu",
        "form",
        "p",
        "dialog",
        "details",
        "search",
        "a",
        "span",
    }
)
_MAX_LAYOUT_TABLES = 1_000
"""Tables that may be taken for mere layout; to tell one is to read all that stands in it."""
_OPENING_SIGNS = " +-–−×<>‹›«»▲△▴▼▽▾▶▸►◀◂⌃⌄˄˅↑↓→⊕⊖"
"""What the button of a panel shows to say that it opens."""
_TOGGLE = re.compile(
    r"[,\s]*(?:show|hide|open|close|expand|collapse|toggle|view)(?: (?:this|the))?"
    r"(?: (?:section|content|panel|more|all))?$",
    re.IGNORECASE,
)
"""What the button of a panel says that it does."""
_MOST_TOGGLE_STRINGS = 3
_MAX_CELL_LINES = 40
"""Lines beyond which a cell is no cell, where it is also nearly all of its table."""
_PAGE_SHARE = 0.75
_LEVEL = re.compile(r"[1-9]\Z")


class PageFlow(Flow):
    """Makes blocks of a page's body."""

    def __init__(self, context: Context, main: Tag | None, seconds: float, typed: TypedTexts | None = None) -> None:
        super().__init__(context)
        self.blocks: list[Block] = []
        self.unplaced: list[str] = []
        """Words of typed texts that are in none of their blocks."""
        self.typed_words = 0
        """Words of the texts that were read by the rules for texts."""
        self._typed = typed
        self._main = main
        self._around_main = {id(parent) for parent in main.parents} if main is not None else set()
        self._main_has_title = main is not None and main.find("h1") is not None
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._level = 1
        self._levels: dict[str, int] = {}
        self._layout: set[int] = set()

    def read(self, body: Tag) -> list[Block]:
        """The blocks of the body."""
        start = Frame(body, iter(body.contents), block=True, home=body, inside_main=self._main is None)
        self.walk_from(start)
        frame = Frame(body, iter(()), home=body)
        self.flush_term(frame)
        self._note_struck((), self.flush_struck(frame), "", self.place(frame))
        return self.blocks

    # What the flow asks

    def place(self, frame: Frame) -> Location:
        """The block element that a line stands in."""
        home = frame.home if frame.home is not None else frame.tag
        return Location(path=self.context.paths.of(home), method=METHOD)

    def take_line(self, line: Line, frame: Frame) -> None:
        """A line of the page: a paragraph, or furniture."""
        self._note_struck(line.struck, (), line.text, line.location)
        kind = worded_kind(line.text, self.line_is_link)
        if not frame.inside_main:
            kind = kind or "page frame"
        if kind is not None:
            self.blocks.append(Furniture(line.text, kind, line.location))
            return
        section = self.context.paths.of(frame.card) if frame.card is not None else ""
        self.blocks.append(Paragraph(line, section))

    def take_element(self, tag: Tag, frame: Frame) -> bool:
        """Takes headings, tables, controls and furniture as wholes."""
        if time.monotonic() > self._deadline:
            raise LimitExceeded(f"The page took more than {self._seconds:g} seconds to read.")
        name = tag.name
        if name in HEADINGS or name == "summary" or tag.attrs.get("role") == "heading":
            return self._take_heading(tag, frame)
        if name == "table":
            return self._take_table(tag, frame)
        if name == "pre" and frame.inside_main and self._take_typed(tag):
            return True
        if name in CONTROLS:
            if id(tag) in self.context.folds.buttons:
                return self._take_heading(tag, frame)
            self._take_furniture(tag, "form")
            return True
        if tag is self._main or id(tag) in self._around_main:
            return False
        if name in _REGIONS or "role" in tag.attrs:
            kind = region_kind(tag)
            if kind is not None:
                self._take_furniture(tag, kind)
                return True
        if not frame.inside_main and name in _REGIONS and not self._is_worth_reading(tag):
            self._take_furniture(tag, "page frame")
            return True
        return False

    def opened(self, inner: Frame, frame: Frame) -> None:
        """Notes where main begins, and which card the lines belong to."""
        tag = inner.tag
        if tag is self._main:
            inner.inside_main = True
        tab = self.context.folds.tabs.get(id(tag))
        if tab is not None:
            self._take_tab(tab, inner)
        if inner.block and _is_card(tag):
            outer = frame.card
            if outer is None or _is_repeated(tag) or not _is_repeated(outer):
                inner.card = tag

    # Blocks

    def _take_heading(self, tag: Tag, frame: Frame) -> bool:
        if tag.name == "summary" and tag.find(tuple(HEADINGS)) is not None:
            return False
        place = Location(path=self.context.paths.of(tag), method=METHOD)
        flow = CellFlow(self.context, place)
        marker = self.take_marker()
        lines = flow.read(tag)
        self.doubts.extend(flow.doubts)
        text = " ".join(line.text for line in lines)
        if tag.name == "button" or tag.find("button") is not None:
            text = text.rstrip(_OPENING_SIGNS)
            if (toggle := _TOGGLE.search(text)) and _is_apart(tag, toggle[0]):
                text = text[: toggle.start()].rstrip(_OPENING_SIGNS)
                self.blocks.append(Furniture(toggle[0], "form", place))
        numbered = f"{self.context.generated.get(id(tag)) or marker.strip('•')} {text}".strip()
        links = tuple(dict.fromkeys(link for line in lines for link in line.location.links))
        self._note_struck([piece for line in lines for piece in line.struck], flow.struck, text, place)
        if text:
            self.context.unwritten_words += count_words(numbered) - count_words(text)
            self._level = self._heading_level(tag)
            heading_place = Location(path=place.path, method=METHOD, links=links)
            if frame.inside_main or not self._main_has_title:
                self.blocks.append(Heading(numbered, self._level, heading_place))
            else:
                self.blocks.append(Furniture(numbered, "page frame", heading_place))
        self._emit_aside(flow.tables, flow.controls, frame)
        return True

    def _take_tab(self, tab: Tag, panel: Frame) -> None:
        """The heading of a panel that has none but its tab, which stands elsewhere."""
        text = fold(tab.get_text(" "))
        if text:
            self.context.unwritten_words += count_words(text)
            place = Location(path=self.context.paths.of(tab), method=METHOD)
            self._level = self._level_of("tab")
            self.blocks.append(Heading(text, self._level, place))

    def _heading_level(self, tag: Tag) -> int:
        level = str(tag.attrs.get("aria-level", ""))
        if tag.attrs.get("role") == "heading" and _LEVEL.match(level):
            return int(level)
        if tag.name in HEADINGS:
            return HEADINGS[tag.name]
        depth = sum(1 for parent in tag.parents if parent.name == "details")
        return self._level_of(f"{tag.name} {tag.attrs.get('class', '')} {depth}")

    def _level_of(self, style: str) -> int:
        """The level of a heading that does not say it: below the first one that stood above one of its style."""
        return self._levels.setdefault(style, min(self._level + 1, 6))

    def _take_table(self, tag: Tag, frame: Frame) -> bool:
        if id(tag) in self._layout or id(tag) in self._around_main:
            return False
        if not frame.inside_main and not is_data_table(tag):
            self._take_furniture(tag, "page frame")
            return True
        context = self.context
        counted = context.unwritten_words, context.hidden_words
        first = grids.build(context, tag)
        if len(self._layout) < _MAX_LAYOUT_TABLES and _is_layout(tag, first):
            # Its cells are read again, as parts of the page.
            context.unwritten_words, context.hidden_words = counted
            self._layout.add(id(tag))
            return False
        queue = [(tag, first)]
        within: set[int] = set()
        while queue:
            element, grid = queue.pop(0)
            if id(element) in within:
                grid.table = replace(grid.table, inner=True)
            self._emit_grid(element, grid, frame)
            queue[:0] = [(inner, grids.build(self.context, inner)) for inner in grid.nested]
            within.update(id(inner) for inner in grid.nested if grids.shares_row(inner))
        return True

    def _take_typed(self, tag: Tag) -> bool:
        typed = self._typed.read(tag, self.context) if self._typed is not None else None
        if typed is None:
            return False
        self.blocks.extend(typed.blocks)
        self.context.unwritten_words += typed.more_words
        self.typed_words += typed.words
        self.unplaced.extend(typed.unplaced)
        return True

    def _emit_grid(self, element: Tag, grid: grids.Grid, frame: Frame) -> None:
        table = grid.table
        self.doubts.extend(grid.doubts)
        if table.rows or table.caption:
            if element.attrs.get("role") in _LAYOUT_ROLES:
                table = replace(table, layout=True)
            table, repeated = without_repeated_headers(table)
            self.blocks.append(table)
            if repeated:
                self.blocks.append(Furniture("\n".join(repeated), "repeated header", table.location))
        for line in grid.strays:
            self.take_line(line, frame)
        self._emit_aside([], grid.controls, frame)

    def _emit_aside(self, tables: Sequence[Tag], controls: Sequence[Tag], frame: Frame) -> None:
        for control in controls:
            self._take_furniture(control, "form")
        for table in tables:
            self._take_table(table, frame)

    def _take_furniture(self, tag: Tag, kind: str) -> None:
        flow = CellFlow(self.context, Location(path=self.context.paths.of(tag), method=METHOD), whole=True)
        lines = flow.read(tag)
        self.doubts.extend(flow.doubts)
        text = "\n".join(line.text for line in lines)
        if text:
            place = Location(
                path=self.context.paths.of(tag),
                method=METHOD,
                links=tuple(dict.fromkeys(link for line in lines for link in line.location.links)),
            )
            self.blocks.append(Furniture(text, kind, place))

    def _is_worth_reading(self, tag: Tag) -> bool:
        """Whether an element outside `main` may hold content: a table, or the title where main has none."""
        if is_data_table(tag):
            return True
        return not self._main_has_title and tag.find("h1") is not None

    def _note_struck(self, struck: Sequence[str], after: Sequence[str], text: str, place: Location) -> None:
        if struck or after:
            self.doubts.append(struck_doubt((*struck, *after), text, place))


def _is_apart(tag: Tag, words: str) -> bool:
    """Whether words at the end of a panel's heading are elements of their own, as "Show" is, and not its title's."""
    strings = ["".join(str(string).split()) for string in tag.strings if type(string) is NavigableString]
    wanted = "".join(words.split()).strip(",")
    return any("".join(strings[-count:]).strip(",") == wanted for count in range(1, _MOST_TOGGLE_STRINGS + 1))


def _is_layout(tag: Tag, grid: grids.Grid) -> bool:
    """Whether a table only arranges other content, so that its cells are to be read as parts of the page."""
    if tag.attrs.get("role") in _LAYOUT_ROLES:
        return bool(grid.nested) or grid.has_headings
    table = grid.table
    if table.caption or any(cell.header for row in table.rows for cell in row if cell is not None):
        return False
    if table.width == 1 or len(table.rows) == 1:
        return grid.has_headings or bool(grid.nested)
    if _holds_the_page(grid):
        return True
    if not grid.nested:
        return False
    inner = sum(count_words(" ".join(nested.strings)) for nested in grid.nested)
    return inner * 2 > sum(count_words(cell.text) for cell in table.cells()) + inner


def _holds_the_page(grid: grids.Grid) -> bool:
    """Whether nearly all that a table says stands in one cell, as sections of their own."""
    cells = list(grid.table.cells())
    largest = max(cells, key=lambda cell: len(cell.text), default=None)
    if largest is None or not (grid.has_headings or len(largest.lines) > _MAX_CELL_LINES):
        return False
    return len(largest.text) > _PAGE_SHARE * sum(len(cell.text) for cell in cells)


def _is_card(tag: Tag) -> bool:
    name = tag.name
    if name == "div":
        return "class" in tag.attrs and _is_repeated(tag)
    if name == "li":
        return _is_repeated(tag) and any(
            isinstance(child, Tag) and child.name in _CARD_CONTENT - {"strong", "b"} for child in tag.contents
        )
    return name in _CARDS


def _is_repeated(tag: Tag) -> bool:
    """Whether a neighbour has the same name and class."""
    for neighbour in (tag.find_next_sibling(), tag.find_previous_sibling()):
        if (
            isinstance(neighbour, Tag)
            and neighbour.name == tag.name
            and neighbour.attrs.get("class") == tag.attrs.get("class")
        ):
            return True
    return False
