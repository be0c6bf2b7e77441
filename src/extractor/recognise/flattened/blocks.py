"""What the lattice is given, and what it gives: words from one certain row start to the next, put into columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Heading, Line
from extractor.fixed import fixed
from extractor.recognise.flattened.headings import UNKNOWN
from extractor.recognise.flattened.stream import TextLine, Word

Value = tuple[str, ...]
"""A value's words."""


class Segment(NamedTuple):
    """Words [start, end) of a block put into a column.

    `surety` is the share of all readings that put the same words there; `opening` and `closing` are the shares that
    have the same border before and after them, between the same two columns.
    """

    start: int
    end: int
    column: int
    surety: float
    opening: float = 1.0
    closing: float = 1.0


@fixed(frozen=True, slots=True)
class Block:
    """The words from one certain row start to the next, and what is known of them beforehand."""

    words: tuple[Word, ...]
    ref_length: int = 0
    """How many words are the row's ref; 0 where it has none."""
    below: bool = False
    """The row is a sub-item after the first, so that empty cells are no surprise."""
    ref_start: int = 0
    """Index of the ref's first word: what stands before it is of the columns before the ref's."""
    heading: float = UNKNOWN
    """What it costs to take a line for a heading over the next block."""
    opens: bool = False
    """Its first word opens a row for certain, so that no heading begins with it."""
    grouped: bool | None = None
    """Whether it begins with the name of a group and its number; None where that is not known."""


Cut = Sequence[tuple[Block, Sequence[Segment]]]
"""Blocks, each with the best reading of it."""


class Piece:
    """Some words of a row and the segment that puts them into a column."""

    __slots__ = ("segment", "words")

    def __init__(self, words: tuple[Word, ...], segment: Segment) -> None:
        self.words = words
        self.segment = segment


Found = TextLine | list[Piece] | Line | Heading
"""What stands in a table's body: a heading, a row, a line that is none, or a heading among the rows."""


def value_of(words: Sequence[Word]) -> Value:
    """The texts of a value's words, without the semicolon or stroke before a cell's next value."""
    return tuple(without_mark([word.text for word in words]).split(" "))


def without_mark(texts: Sequence[str]) -> str:
    """Words without what parts them from a cell's next value."""
    text = " ".join(texts)
    return text.rstrip(";/ ") or text if text.endswith((";", "/")) else text


def texts_of(block: Block, segment: Segment) -> Value:
    """The value that a segment of a block holds."""
    return value_of(block.words[segment.start : segment.end])


def tail_print(block: Block) -> tuple[object, ...]:
    """What two rows share that say the same about the columns' vocabularies: their last words."""
    words = block.words[-24:]
    return tuple((word.text, word.gap, word.delimiters) for word in words)
