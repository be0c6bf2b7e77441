"""`Document`: what every reader returns, whatever the form that the plan came in.

1. Text never travels without its location.
2. A cell that spans rows or columns is one object that stands at every place of the grid it covers, so that
   "merged" is told from "empty" (a cell without lines) and from "missing" (None).
3. A text whose columns lost their delimiters arrives as `FlatLine`s, raw; the recogniser finds the cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice
from typing import Literal

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.text import words

_TEXTS_AT_ONCE = 512


@fixed(frozen=True, slots=True)
class Line:
    """One paragraph or list item, folded to one line of text."""

    text: str
    location: Location = NOWHERE
    kind: Literal["paragraph", "item"] = "paragraph"
    marker: str = ""
    """List marker as shown: "•", "a)", "1."; empty for paragraphs."""
    level: int = 0
    """Nesting of a list item, from 0."""
    bold: bool = False
    """The whole line is bold, so it may be a heading or a label."""
    struck: tuple[str, ...] = ()
    """Texts that were struck out within the line; not part of `text`."""
    label: str = ""
    """The leading run of the line that is set apart in bold or as `dt`, such as "Lead officer:"; part of `text`."""
    breaks: tuple[int, ...] = ()
    """Where in the text of a cell of people a line of print ended that the column's width may have broken, or the
    author: a second value may begin there."""
    more: bool = False
    """It belongs to the label of a line before: a further paragraph or item of the same description (`dd`)."""


@fixed(frozen=True, slots=True)
class Cell:
    """One cell of a table. `lines` is empty for an empty cell."""

    lines: tuple[Line, ...] = ()
    row_index: int = 0
    column_index: int = 0
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    location: Location = NOWHERE
    doubts: tuple[Doubt, ...] = ()
    """Doubts about this cell's borders or text; `Doubt.field` is None and is set by the column's meaning."""
    doubts_below: tuple[Doubt, ...] = ()
    """Doubts whether the cell stands for the rows below its first; they say nothing of that one."""

    @property
    def text(self) -> str:
        """The cell's paragraphs as lines."""
        lines = self.lines
        return lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])


Row = tuple[Cell | None, ...]


@fixed(frozen=True, slots=True)
class Table:
    """A grid of cells: every row has as many places as the table has columns; None is a missing cell."""

    rows: tuple[Row, ...]
    caption: str | None = None
    header_rows: int = 0
    """How many leading rows the source itself marks as header; 0 where it does not say."""
    location: Location = NOWHERE
    row_locations: tuple[Location, ...] = ()
    """One location a row; empty where the cells' own locations are all there is."""
    layout: bool = False
    """The source says that the table is there for layout only (`role="presentation"`)."""
    inner: bool = False
    """It stands within a cell of another table, beside other cells of a row."""
    ragged: bool = False
    """The source leaves out what spans: a row's cells stand at its left, in order, and None fills it up at its right."""

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def cells(self) -> Iterator[Cell]:
        """Every cell once, in reading order."""
        for row_index, row in enumerate(self.rows):
            for column_index, cell in enumerate(row):
                if cell and cell.row_index == row_index and cell.column_index == column_index:
                    yield cell

    def doubted(self, doubts: Mapping[int, Sequence[Doubt]]) -> Table:
        """The table with more doubts about some of its cells, which are named by their identities."""
        if not doubts:
            return self
        made = {
            id(cell): replace(cell, doubts=(*cell.doubts, *doubts[id(cell)]))
            for cell in self.cells()
            if id(cell) in doubts
        }
        return self.with_cells(made)

    def with_cells(self, made: Mapping[int, Cell]) -> Table:
        """The table with other cells in the place of some, which are named by their identities."""
        return replace(self, rows=tuple(tuple(made.get(id(cell), cell) for cell in row) for row in self.rows))


@fixed(frozen=True, slots=True)
class Heading:
    """A heading of the document; `level` from 1."""

    text: str
    level: int
    location: Location = NOWHERE


@fixed(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list item outside any table."""

    line: Line
    section: str = ""
    """Path of the card (`section`, `article`, `li`, `dl`) that holds it, where the source groups blocks so."""


@fixed(frozen=True, slots=True)
class Furniture:
    """Text that the reader itself knows to be no content: navigation, running heads, page numbers."""

    text: str
    kind: str
    location: Location = NOWHERE


@fixed(frozen=True, slots=True)
class FlatLine:
    """One raw line of a text, with its tabs, NBSPs and blanks; `number` from 1."""

    raw: str
    number: int
    line: int | None = None
    """The line of the source, where several of these stand on one."""


Block = Heading | Paragraph | Table | Furniture | FlatLine


def block_texts(block: Block) -> Iterator[str]:
    """Every text of a block."""
    if isinstance(block, Table):
        yield block.caption or ""
        yield from (cell.text for cell in block.cells())
    elif isinstance(block, Paragraph):
        yield block.line.text
    else:
        yield block.raw if isinstance(block, FlatLine) else block.text


def words_unplaced(source: Mapping[str, int], blocks: Iterable[Block]) -> tuple[str, ...]:
    """The words of the source, given how often each occurs, that the blocks do not hold."""
    held: Counter[str] = Counter()
    texts = (text for block in blocks for text in block_texts(block))
    while some := list(islice(texts, _TEXTS_AT_ONCE)):
        held.update(words("\n".join(some)))
    missing = sum(source.values()) - sum(held.values())
    if missing <= 0:
        return ()
    # A word that was run together with its neighbour is missing, and the two are one more: no more than are lost.
    return tuple((Counter(source) - held).elements())[:missing]


@fixed(frozen=True, slots=True)
class Origin:
    """The bytes that a document was read from; what the plan says under `source`."""

    name: str
    media_type: str
    sha256: str
    size: int
    pages: int | None = None
    encoding: str | None = None


@fixed(frozen=True, slots=True)
class Document:
    """A document as its reader found it."""

    source: Origin
    blocks: tuple[Block, ...]
    title: str | None = None
    """The document's own title (`<title>`, PDF metadata), where it has one; not part of its content."""
    publisher: str | None = None
    """Who the document's metadata or page header says publishes it."""
    words: int = 0
    """Words of the source's content, counted by the reader independently of the blocks it made."""
    doubts: tuple[Doubt, ...] = field(default=())
    unplaced: tuple[str, ...] = ()
    """Words of the source that the reader lost on the way to its blocks: there should be none."""
    run_together: tuple[str, ...] = ()
    """Words that may be two, in a text in which nothing parts the cells, and, with a blank, two that may be one name: each
    makes the value that holds it doubtful."""
    typed: bool = False
    """It is a text within a document of another kind, so that its cells have lost what those of a text lose."""

    @property
    def is_text(self) -> bool:
        """Whether its cells were made of the lines of a text, which keeps no bullets and breaks lines for want of room."""
        return self.typed or self.source.media_type in ("text/plain", "text/markdown")
