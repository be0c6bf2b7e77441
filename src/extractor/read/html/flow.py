"""Text of an element -> lines, as a browser would break them.

1. Block elements, `br` and list items part lines; inline elements do not.
2. What is struck out or is a footnote mark is taken out of the text and kept beside it.
3. The walk has a stack of its own, so that nesting of any depth costs no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urljoin

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from extractor.document import Line
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.read.html.counters import BULLET, ListState
from extractor.read.html.elements import (
    BLOCKS,
    BOLD,
    CONTROLS,
    GRID_PARTS,
    HEADINGS,
    LABELS,
    LISTS,
    PREFORMATTED,
    SHOWS_NOTHING,
    STRUCK,
)
from extractor.read.html.folded import Folds
from extractor.read.html.notes import Notes
from extractor.read.html.paths import Paths
from extractor.read.html.styles import NO_PROPERTIES, Styles, is_bold, is_struck
from extractor.text import count_words, fold
from extractor.vocabulary.headers import header_meaning

_MAX_ADDRESS_LENGTH = 2_000
_LABEL_DEPTH = 4
"""Elements around a button that are looked at for the heading or header cell that it stands in."""


@dataclass(slots=True)
class Context:
    """What the parts of the reader know about the page as a whole."""

    styles: Styles
    notes: Notes
    paths: Paths
    generated: dict[int, str]
    """Text that counters put before an element, by its `id()`."""
    base: str = ""
    """The address that links are relative to (`<base href>`)."""
    folds: Folds = field(default_factory=Folds)
    unwritten_words: int = 0
    """Words that stand in lines though they are no text of the source: numbers of headings, names of images."""
    deepest: int = 0
    """How many elements stood within each other, at most."""
    hidden_words: int = 0
    """Words that are in the source and are not shown."""


@dataclass(slots=True)
class Frame:
    """An element that is being walked through."""

    tag: Tag
    children: Iterator[PageElement]
    block: bool = False
    bold: bool = False
    label: bool = False
    """The page calls what stands here a label, by its class."""
    preformatted: bool = False
    list_state: ListState | None = None
    level: int = 0
    """Nesting of the list item that lines here belong to."""
    home: Tag | None = None
    """The nearest block element: where a line stands."""
    inside_main: bool = True
    card: Tag | None = None
    described: bool = False
    """Lines here are of a description (`dd`)."""


@dataclass(slots=True)
class _Pending:
    """The line that is being put together."""

    parts: list[str] = field(default_factory=list)
    lead: int | None = None
    """Index of the first part that is neither bold nor called a label; None: all of it is one of these so far."""
    bold: bool = True
    """All of it is bold so far."""
    links: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    anchored: bool = False
    """A link stands in it, even one that leads nowhere."""


class Flow:
    """Walks an element and makes the lines of its text; what it makes of them is for the subclass."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.doubts: list[Doubt] = []
        self.line_is_link = False
        """The line that is being taken has a link in it."""
        self._pending = _Pending()
        self._marker: str | None = None
        self._term = ""
        self._styled = context.styles.names
        self._styles_all = "*" in self._styled

    # What a subclass decides

    def take_line(self, line: Line, frame: Frame) -> None:
        """A finished line."""
        raise NotImplementedError

    def take_element(self, tag: Tag, frame: Frame) -> bool:
        """A block element or control; True where the subclass has dealt with it."""
        raise NotImplementedError

    def place(self, frame: Frame) -> Location:
        """Where the lines of a frame stand."""
        raise NotImplementedError

    def opened(self, inner: Frame, frame: Frame) -> None:
        """A new frame is about to be walked; a subclass may add to it."""

    def empty_item(self, marker: str) -> None:
        """A list item without a text of its own, whose marker alone is shown."""

    # The walk

    def walk_from(self, start: Frame) -> None:
        """Walks through the content of a frame's element."""
        stack = [start]
        deepest = 1
        while stack:
            frame = stack[-1]
            for child in frame.children:
                kind = type(child)
                if kind is NavigableString:
                    self._text(str(child), frame)
                elif kind is Tag:
                    inner = self._enter(child, frame)  # type: ignore[arg-type]
                    if inner is not None:
                        stack.append(inner)
                        deepest = max(deepest, len(stack))
                        break
            else:
                stack.pop()
                self._leave(frame)
        self.context.deepest = max(self.context.deepest, deepest)

    def _enter(self, tag: Tag, frame: Frame) -> Frame | None:
        name = tag.name
        if name in SHOWS_NOTHING:
            return None
        properties = NO_PROPERTIES
        if tag.attrs or name in self._styled or self._styles_all:
            properties = self.context.styles.of(tag)
            if self.context.styles.hides(tag, properties):
                self.context.hidden_words += count_words(" ".join(tag.strings))
                return None
        if name == "br":
            self.flush(frame)
            return None
        if name in STRUCK or (properties and is_struck(properties)):
            self._strike(tag)
            return None
        if name == "sup" and self._is_mark(tag, frame):
            return None
        if name == "a":
            self._link(tag)
        block = name in BLOCKS or frame.tag.name in GRID_PARTS
        if name in CONTROLS:
            # A control parts words, and a line only where it is read as text.
            self._pending.parts.append(" ")
            if not (name == "button" and _is_in_label(tag)):
                if self.take_element(tag, frame):
                    return None
                block = True
        if block:
            self.flush(frame)
            if name == "dd" or name == "dt":
                if name == "dt":
                    self._flush_term(frame)
            elif self._term and name not in ("div", "p"):
                self._flush_term(frame)
            if name not in CONTROLS and self.take_element(tag, frame):
                return None
        inner = Frame(
            tag,
            iter(tag.contents),
            block,
            frame.bold or name in BOLD or bool(properties and is_bold(properties)),
            frame.label or (not block and is_called_label(tag)),
            frame.preformatted or name in PREFORMATTED,
            frame.list_state,
            frame.level,
            tag if block else frame.home,
            frame.inside_main,
            frame.card,
            frame.described or name == "dd",
        )
        if name in LISTS:
            outer = frame.list_state
            inner.list_state = ListState(tag, properties, 0 if outer is None else outer.level + 1)
        elif name == "li":
            self._item(tag, frame, inner)
        elif id(tag) in self.context.generated:
            self._generate(self.context.generated[id(tag)], inner)
        self.opened(inner, frame)
        return inner

    def _leave(self, frame: Frame) -> None:
        if not frame.block:
            if frame.tag.name == "button":
                self._pending.parts.append(" ")
            elif (
                frame.label
                and type(frame.tag.next_sibling) is Tag
                and self._pending.parts
                and _is_glued(self._pending.parts[-1], frame.tag.next_sibling)
            ):
                # A page sets a label off by its style where it writes no blank after it.
                self.context.unwritten_words += 1
                self._pending.parts.append(" ")
            return
        self.flush(frame)
        if frame.tag.name == "li":
            if self._marker:
                self.empty_item(self._marker)
            self._marker = None
        elif frame.tag.name == "dl":
            self._flush_term(frame)

    # Pieces of a line

    def _text(self, text: str, frame: Frame) -> None:
        if frame.tag.name in GRID_PARTS:
            self.flush(frame)
            self._piece(text, frame)
            self.flush(frame)
            return
        if frame.preformatted and "\n" in text:
            first, *rest = text.split("\n")
            self._piece(first, frame)
            for piece in rest:
                self.flush(frame)
                self._piece(piece, frame)
            return
        self._piece(text, frame)

    def _piece(self, text: str, frame: Frame) -> None:
        pending = self._pending
        if not (frame.bold or text.isspace()):
            pending.bold = False
            if pending.lead is None and not frame.label:
                pending.lead = len(pending.parts)
        pending.parts.append(text)

    def _generate(self, text: str, frame: Frame) -> None:
        self.context.unwritten_words += count_words(text)
        self._piece(f"{text} ", frame)

    def _item(self, tag: Tag, frame: Frame, inner: Frame) -> None:
        state = frame.list_state
        inner.level = state.level if state else 0
        generated = self.context.generated.get(id(tag))
        if state is None:
            self._marker = generated or ""
            return
        marker = state.marker(tag, self.context.styles.of(tag))
        self._marker = generated or marker

    def _strike(self, tag: Tag) -> None:
        text = fold(" ".join(string for string in tag.strings if type(string) is NavigableString))
        if text:
            self._pending.struck.append(text)

    def _is_mark(self, tag: Tag, frame: Frame) -> bool:
        notes = self.context.notes
        mark = notes.mark(tag, self._pending.parts)
        if mark is None:
            return False
        note = notes.note(tag)
        self.doubts.append(
            Doubt(
                "footnote-mark",
                f'Footnote mark "{mark}" was taken out of the text' + (f'; the note says: "{note}"' if note else "."),
                location=self.place(frame),
            )
        )
        return True

    def _link(self, tag: Tag) -> None:
        self._pending.anchored = True
        address = tag.attrs.get("href")
        if not isinstance(address, str):
            return
        address = "".join(address.split())
        if address and address[0] != "#" and len(address) <= _MAX_ADDRESS_LENGTH and _is_address(address):
            self._pending.links.append(_joined(self.context.base, address))

    # Lines

    def flush(self, frame: Frame) -> None:
        """Ends the line."""
        pending = self._pending
        if not pending.parts:
            return
        text = fold("".join(pending.parts))
        if not text:
            # Blanks between blocks; what was struck out waits for the line that follows.
            pending.parts.clear()
            pending.lead, pending.bold = None, True
            pending.anchored = False
            return
        self._pending = _Pending()
        label = ""
        if pending.lead:
            label = _label(text, fold("".join(pending.parts[: pending.lead])))
        self._finish(text, label, pending.bold, pending, frame)

    def flush_struck(self, frame: Frame) -> tuple[str, ...]:
        """What was struck out after the last line; it is forgotten here."""
        struck = tuple(self._pending.struck)
        self._pending.struck.clear()
        return struck

    def flush_term(self, frame: Frame) -> None:
        """Ends a term that no description followed."""
        self._flush_term(frame)

    def take_marker(self) -> str:
        """The marker of the list item that has begun and has no line yet."""
        marker, self._marker = self._marker or "", None
        return marker

    def _flush_term(self, frame: Frame) -> None:
        if self._term:
            term, self._term = self._term, ""
            self.take_line(Line(term, self.place(frame), label=term), frame)

    def _finish(self, text: str, label: str, bold: bool, pending: _Pending, frame: Frame) -> None:
        if frame.tag.name == "dt" or (frame.home is not None and frame.home.name == "dt"):
            self._flush_term(frame)
            self._term = text
            return
        if self._term and (label or _opens_with_label(text)):
            self._flush_term(frame)  # the description names itself, so the term is a line of its own
        more = frame.described and not self._term and not label
        if self._term:
            label, self._term = self._term, ""
            text, bold = f"{label} {text}", False
        kind: Literal["paragraph", "item"] = "paragraph"
        marker = ""
        if self._marker is not None:
            kind, marker, self._marker = "item", self._marker, None
        self.line_is_link = pending.anchored
        place = self.place(frame)
        if pending.links:
            place = Location(path=place.path, method=place.method, links=tuple(dict.fromkeys(pending.links)))
        struck = tuple(pending.struck)
        self.take_line(Line(text, place, kind, marker, frame.level, bold, struck, label, more=more), frame)


class CellFlow(Flow):
    """The lines of one cell, heading or piece of furniture.

    Tables and form controls within it are set aside; with `whole`, everything is text.
    """

    def __init__(self, context: Context, place: Location, whole: bool = False) -> None:
        super().__init__(context)
        self.lines: list[Line] = []
        self.tables: list[Tag] = []
        self.controls: list[Tag] = []
        self.has_headings = False
        self.struck: tuple[str, ...] = ()
        self.numbers: list[str] = []
        """The numbers of list items that hold nothing else: a list that an editor made of a column of numbers."""
        self._place = place
        self._whole = whole

    def read(self, root: Tag) -> list[Line]:
        """The lines of an element's content."""
        return self.read_from(Frame(root, iter(root.contents), block=True, home=root))

    def read_whole(self, element: Tag) -> list[Line]:
        """The lines of an element, which may itself be hidden or struck out."""
        home = element.parent if element.parent is not None else element
        return self.read_from(Frame(home, iter((element,)), block=True, home=home))

    def read_from(self, start: Frame) -> list[Line]:
        """The lines of a frame's children."""
        root = start.tag
        self.walk_from(start)
        frame = Frame(root, iter(()), home=root)
        self.flush_term(frame)
        self.struck = self.flush_struck(frame)
        return self.lines

    def take_line(self, line: Line, frame: Frame) -> None:
        """Keeps the line."""
        self.lines.append(line)

    def take_element(self, tag: Tag, frame: Frame) -> bool:
        """Sets tables and controls aside."""
        name = tag.name
        if name in ("h1", "h2", "h3"):
            self.has_headings = True
        if self._whole:
            return False
        if name == "table" and not is_list_of_lines(tag):
            self.tables.append(tag)
            return True
        if name in CONTROLS:
            self.controls.append(tag)
            return True
        return False

    def empty_item(self, marker: str) -> None:
        """Keeps the number."""
        if marker != BULLET:
            self.numbers.append(marker)

    def place(self, frame: Frame) -> Location:
        """The cell's own place."""
        return self._place


def struck_doubt(struck: tuple[str, ...], text: str, place: Location) -> Doubt:
    """The doubt about words that were struck out beside a text."""
    words = "; ".join(f'"{piece}"' for piece in struck)
    beside = f'; beside it stands "{text}".' if text else ", and nothing stands beside it."
    return Doubt("text-struck", f"{words} is struck out{beside}", location=place)


def _label(text: str, label: str) -> str:
    """The label as the beginning of the text, with the colon that follows it; empty where it is none."""
    if not text.startswith(label) or not any(character.isalnum() for character in label):
        return ""
    return text[: len(label) + 1] if text[len(label) : len(label) + 1] == ":" else label


_CALLED_LABEL = re.compile(r"(?:^|[\s_-])(?:labels?|keys?|terms?)(?:$|\s)", re.IGNORECASE)
_BADGE = re.compile(r"\blabel-\w|\bbadge\b", re.IGNORECASE)  # a coloured word, as Bootstrap calls it


def is_called_label(tag: Tag) -> bool:
    """Whether an element within a line is the label of what follows it: `<label>`, or `class="field-label"`.

    One that holds the whole line, or that stands behind other words, is none.
    """
    called = tag.attrs.get("class")
    if tag.name == "label":
        return True
    return isinstance(called, str) and bool(_CALLED_LABEL.search(called)) and not _BADGE.search(called)


def _is_glued(text: str, following: object) -> bool:
    """Whether a text runs on without a blank in the element that follows it on the same line."""
    while type(following) is Tag and following.name not in BLOCKS and following.contents:
        following = following.contents[0]
    return type(following) is NavigableString and text[-1:].isalnum() and following[:1].isalnum()


def _opens_with_label(text: str) -> bool:
    """Whether a description begins with a label of its own: "Lead officer: Head of Housing" below an action."""
    label, colon, value = text.partition(":")
    return bool(colon and value.strip()) and len(label) <= _LONGEST_LABEL and header_meaning(label) is not None


_LONGEST_LABEL = 60
_MOST_NODES = 150


def is_list_of_lines(table: Tag) -> bool:
    """Whether a table within a cell has one short column without a header, so that it only sets values below each
    other."""
    pending: list[PageElement] = list(table.contents)
    nodes = 0
    while pending:
        node = pending.pop()
        nodes += 1
        if not isinstance(node, Tag):
            continue
        several = node.name == "tr" and sum(1 for child in node.contents if isinstance(child, Tag)) > 1
        if several or node.name in _NOT_IN_LINES or nodes + len(node.contents) > _MOST_NODES:
            return False
        pending.extend(node.contents)
    return nodes > 0


_NOT_IN_LINES = frozenset({"table", "th", "caption", *HEADINGS})


def _is_in_label(button: Tag) -> bool:
    """Whether a button is (part of) the name of a column, section or panel, which it sorts or opens."""
    for parent, _ in zip(button.parents, range(_LABEL_DEPTH), strict=False):
        if parent.name in LABELS or parent.attrs.get("role") == "heading":
            return True
        if parent.name == "td":
            row = parent.parent
            return row is not None and row.parent is not None and row.parent.name == "thead"
    return False


def _is_address(address: str) -> bool:
    scheme, colon, _ = address.partition(":")
    return not colon or "/" in scheme or scheme.lower() in ("http", "https", "mailto", "tel", "ftp", "file")


def _joined(base: str, address: str) -> str:
    if not base:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address
