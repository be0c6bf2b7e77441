"""Pages that set each line of their text at a place of its own, as programs do that turn a PDF into a web page.

Which words make up a cell can be seen on such a page, and is told by nothing in it: the order of its elements is not
that of a table's cells. It is refused, for the PDF that it was made from tells more.
"""

from __future__ import annotations

from bs4 import Tag
from bs4.element import NavigableString

from extractor.read.html.elements import SHOWS_NOTHING
from extractor.read.html.styles import Properties, Styles
from extractor.text import count_words

_FEWEST_PLACED = 20
_MOST_FLOWING = 0.2  # of a page's words, furniture and all
_FLOWING = ("relative", "static", "sticky")  # such elements are where the text before them ends
_CELLS = ("td", "th")  # which stand where their table has them
_INLINE = frozenset(("a", "b", "strong", "i", "em", "u", "span", "font", "sub", "sup"))


def is_positioned(root: Tag, shown: int, styles: Styles, source: str) -> bool:
    """Whether nearly all the words that a page shows stand in elements that have places of their own."""
    if "absolute" not in source and "left:" not in source:
        return False
    flowing = placed = 0
    for node in root.descendants:
        if type(node) is not NavigableString or node.isspace():
            continue
        tag = node.parent
        if tag is None or tag.name in SHOWS_NOTHING:
            continue
        if styles.name_of(tag) not in _CELLS and _has_place(tag, styles):
            placed += 1
        else:
            flowing += count_words(node)
            if flowing > _MOST_FLOWING * shown:
                return False
    return placed >= _FEWEST_PLACED


def _has_place(tag: Tag | None, styles: Styles) -> bool:
    """Whether an element, or the one that it is a piece of, is set at a place other than its table's."""
    while tag is not None:
        if _is_placed(styles.placing_of(tag)):
            return tag.parent is None or styles.name_of(tag.parent) not in _CELLS
        if tag.name not in _INLINE:
            return False
        tag = tag.parent
    return False


def _is_placed(properties: Properties) -> bool:
    position = properties.get("position")
    if position == "absolute" or position in _FLOWING:
        return position == "absolute"
    across, down = ("left", "right"), ("top", "bottom")
    return any(name in properties for name in across) and any(name in properties for name in down)
