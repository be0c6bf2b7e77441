"""A broken page -> the tree that a browser makes of it, by html5lib, within bounds.

Loaded for such pages only: loading html5lib takes as long as reading a page of a hundred rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder._html5lib import HTML5TreeBuilder
from html5lib._tokenizer import HTMLTokenizer

from extractor.read.html.limits import MAX_DEPTH, MAX_TAGS, MAX_WORK


class TooMuchWork(Exception):
    """The page costs html5lib more than it may."""


class _BoundedTokenizer(HTMLTokenizer):  # type: ignore[misc]
    """html5lib's tokens, until the parser has to look through more open elements than it may."""

    def __iter__(self) -> Iterator[Any]:
        """The tokens; each is charged with the open elements that it may have to look through."""
        work = 0
        for token in super().__iter__():
            depth = len(self.parser.tree.openElements)
            work += 1 + depth
            if work > MAX_WORK or depth > MAX_DEPTH:
                raise TooMuchWork
            yield token


class _BoundedParser(html5lib.HTMLParser):  # type: ignore[misc]
    """html5lib's parser over bounded tokens."""

    def _parse(self, stream: str, *args: Any, **kwargs: Any) -> None:
        self.innerHTMLMode = False
        self.container = "div"
        self.scripting = False
        self.tokenizer = _BoundedTokenizer(stream, parser=self)
        self.reset()
        self.mainLoop()


class _BoundedBuilder(HTML5TreeBuilder):
    """BeautifulSoup's builder over html5lib, with bounded work and a bounded number of elements."""

    def feed(self, markup: Any) -> None:
        """Builds the tree of `markup`."""
        parser = _BoundedParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        document = parser.parse(markup)
        document.original_encoding = None
        self.underlying_builder.parser = None


class _BoundedSoup(BeautifulSoup):
    """A soup that refuses to grow beyond the tags that a page may have: misnested formatting multiplies."""

    tags_made = 0

    def new_tag(self, *args: Any, **kwargs: Any) -> Tag:
        """One more element."""
        self.tags_made += 1
        if self.tags_made > MAX_TAGS:
            raise TooMuchWork
        return super().new_tag(*args, **kwargs)


def standard_tree(text: str) -> BeautifulSoup:
    """The tree of a page, as the HTML standard has it. Raises `TooMuchWork`."""
    soup = _BoundedSoup(text, builder=_BoundedBuilder(multi_valued_attributes={}))
    _link(soup)
    return soup


def _link(soup: BeautifulSoup) -> None:
    """Links every element to the one before and after it in the document.

    BeautifulSoup over html5lib leaves wrong links where elements were moved, as text out of a table.
    """
    last: Any = soup
    pending: list[Any] = list(reversed(soup.contents))
    while pending:
        node = pending.pop()
        node.previous_element, last.next_element = last, node
        last = node
        if isinstance(node, Tag):
            before: Any = None
            for child in node.contents:
                child.previous_sibling = before
                if before is not None:
                    before.next_sibling = child
                before = child
            if before is not None:
                before.next_sibling = None
            pending.extend(reversed(node.contents))
    last.next_element = None
