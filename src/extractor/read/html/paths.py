"""CSS selectors that find exactly one element of the parsed page.

1. A selector begins at the nearest ancestor whose `id` is unique in the page, else at `body`.
2. It holds in lxml's tree and in a browser's, which differ in well-formed markup by one thing only: a browser
   puts a `tbody` round rows that have none. (Within a table within a table, it is lxml's tree that counts.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, Tag

MAX_LEVELS = 200
"""Elements deeper than this have the path of their ancestor at this depth, so that paths stay short."""

_SIMPLE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_SIMPLE_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


class Paths:
    """The selectors of a page's elements, made when they are asked for."""

    def __init__(self, ids: frozenset[str], name_of: Callable[[Tag], str]) -> None:
        """`name_of` gives the name that the page wrote for an element."""
        self._name = name_of
        self._unique = {name for name in ids if _SIMPLE_ID.match(name)}
        self._paths: dict[int, tuple[str, int]] = {}
        self._numbers: dict[int, int] = {}
        self._bodiless: dict[int, bool] = {}

    def of(self, tag: Tag) -> str:
        """The selector of an element."""
        known = self._paths.get(id(tag))
        return known[0] if known else self._make(tag)

    def _make(self, tag: Tag) -> str:
        chain: list[Tag] = []
        current: Tag | None = tag
        path, level = "", 0
        while current is not None and not isinstance(current, BeautifulSoup):
            known = self._paths.get(id(current))
            if known:
                path, level = known
                break
            chain.append(current)
            if self._anchor(current):
                break
            current = current.parent
        for element in reversed(chain):
            anchor = self._anchor(element)
            if anchor:
                path, level = anchor, 1
            elif level < MAX_LEVELS:
                path, level = self._step(element, path), level + 1
            self._paths[id(element)] = (path, level)
        return path

    def _anchor(self, tag: Tag) -> str | None:
        name = tag.get("id")
        if isinstance(name, str) and name in self._unique:
            return f"#{name}"
        return tag.name if tag.name in ("html", "body") else None

    def _written_children(self, parent: Tag) -> Iterator[Tag]:
        """The children of an element as the page wrote them: elements without a written name were put around some."""
        pending = list(reversed(parent.contents))
        while pending:
            child = pending.pop()
            if isinstance(child, Tag):
                if self._name(child):
                    yield child
                else:
                    pending.extend(reversed(child.contents))

    def _step(self, tag: Tag, path: str) -> str:
        if not self._name(tag):
            return path
        parent = tag.parent
        while parent is not None and not self._name(parent):
            parent = parent.parent
        number = self._numbers.get(id(tag))
        if number is None and parent is not None:
            counts: dict[str, int] = {}
            for child in self._written_children(parent):
                name = self._name(child)
                counts[name] = counts.get(name, 0) + 1
                self._numbers[id(child)] = counts[name]
            number = self._numbers[id(tag)]
        if not path:
            return f"{_escaped(self._name(tag))}:nth-of-type({number})"
        if self._name(tag) == "tr" and parent is not None and self._is_bodiless(parent) and ":is(" not in path:
            # Once a path only: every use doubles its length.
            return f":is({path} > tr, {path} > tbody > tr):nth-of-type({number})"
        return f"{path} > {_escaped(self._name(tag))}:nth-of-type({number})"

    def _is_bodiless(self, table: Tag) -> bool:
        known = self._bodiless.get(id(table))
        if known is None:
            known = table.name == "table" and not any(
                isinstance(child, Tag) and child.name == "tbody" for child in table.contents
            )
            self._bodiless[id(table)] = known
        return known


def _escaped(name: str) -> str:
    """An element's name as a type selector; names with a colon (`o:p`) are escaped."""
    return name if _SIMPLE_NAME.match(name) else re.sub(r"([^A-Za-z0-9_-])", r"\\\1", name)
