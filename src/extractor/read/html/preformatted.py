"""Text that a page shows as it was typed (`<pre>`) -> blocks, as those of a text file.

1. A plan that was typed, or that another program printed, keeps its columns by blanks or by dashes; a browser keeps
   these, so the text is read by the rules for texts.
2. Locations are lines of the page's source; where these cannot be told, only the element is.
3. What shows no columns is left to the flow of the page, unless it is the page.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from bs4 import Tag
from bs4.element import NavigableString

from extractor.document import Block, FlatLine, Table, words_unplaced
from extractor.fixed import fixed
from extractor.locations import Location, relocated
from extractor.read.from_text import LINE_END, text_blocks
from extractor.read.html.elements import STRUCK
from extractor.read.html.flow import Context
from extractor.read.html.styles import is_struck
from extractor.read.html.wording import words_shown
from extractor.text import count_words, spelt_out, visible

_OPENING = re.compile(r"<pre(?:\s[^<>]*)?>", re.IGNORECASE)
_FEWEST_LINES = 4
_IS_THE_PAGE = 0.7
"""Part of the page's words that one such text holds where it is all that the page is there to show."""


@fixed(frozen=True, slots=True)
class Typed:
    """What stands in one `<pre>`."""

    blocks: Sequence[Block]
    words: int
    more_words: int
    """By how many the words of the blocks are more than those of the page: parts of words that a column tore count
    less than nothing."""
    unplaced: tuple[str, ...]


class TypedTexts:
    """The `<pre>`s of a page, `shown` being the words that it shows as a whole."""

    def __init__(self, root: Tag, source: str, shown: int) -> None:
        self._shown = shown
        found = root.find_all("pre")
        openings = [opening.end() for opening in _OPENING.finditer(source)]
        # A comment or a script may hold the tag, too.
        self._starts = dict(zip(map(id, found), openings, strict=True)) if len(found) == len(openings) else {}
        self._source = source

    def read(self, tag: Tag, context: Context) -> Typed | None:
        """The blocks of an element; None where it is to be read as any other."""
        raw = "".join(_pieces(tag))
        text = spelt_out(visible(raw))
        if text.count("\n") < _FEWEST_LINES:
            return None
        before = count_words(text)
        if _hides_some(tag, context) or before != words_shown(context, tag)[0]:
            return None
        blocks, counts, *_ = text_blocks(text)
        flat = any(isinstance(block, FlatLine) for block in blocks)
        tables = any(isinstance(block, Table) for block in blocks)
        if not (before >= _IS_THE_PAGE * self._shown if flat else tables):
            return None
        first = self._first_line(tag, raw)
        if flat and first is None:
            return None
        path = context.paths.of(tag)
        moved = [_moved(block, first, path) for block in blocks]
        return Typed(moved, before, counts.total() - before, words_unplaced(counts, blocks))

    def _first_line(self, tag: Tag, raw: str) -> int | None:
        """The line of the source, from 1, on which the text begins."""
        start = self._starts.get(id(tag))
        if start is None:
            return None
        line = bisect(self._line_ends, start) + 1
        # A browser leaves out a line end right after the tag, and the tree may do so.
        return line + (self._source[start : start + 1] in ("\n", "\r") and raw[:1] != "\n")

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.end() for found in LINE_END.finditer(self._source)]


def _pieces(tag: Tag) -> Iterator[str]:
    for node in tag.descendants:
        if type(node) is NavigableString:
            yield node
        elif isinstance(node, Tag) and node.name == "br":
            yield "\n"


def _hides_some(tag: Tag, context: Context) -> bool:
    """Whether some of a text is hidden or struck out."""
    within = [node for node in tag.descendants if isinstance(node, Tag)]
    styles = context.styles
    looks = [(node, styles.of(node)) for node in within]
    return any(node.name in STRUCK or styles.hides(node, look) or is_struck(look) for node, look in looks)


def _moved(block: Block, first: int | None, path: str) -> Block:
    """A block with its places in the page, whose line `first` is the text's first one."""

    def place(old: Location) -> Location:
        if old.lines is None or first is None:
            return replace(old, lines=None, path=path)
        above = first - 1
        return replace(old, lines=(old.lines[0] + above, old.lines[1] + above), path=path)

    if isinstance(block, FlatLine):
        above = (first or 1) - 1
        return replace(block, number=block.number + above, line=None if block.line is None else block.line + above)
    return relocated(block, place)
