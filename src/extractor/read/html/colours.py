"""Cells of a page that say something by a colour alone, such as a traffic light: each gets a doubt, for none is read.

1. A cell counts where it holds no word and no tick, and it or an element in it has a colour of its own, or a class that
   is called after one ("rag-amber") or after what such a colour means ("bg-danger").
2. The colour of a text counts where a mark ("●") shows it, or an icon that its class draws.
3. White, black and greys set nothing apart but an empty cell; a colour that words of the same row or column have too
   is a stripe or the column's own, and so is a class that the column's header has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bs4 import Tag

from extractor.document import Cell
from extractor.issues import Doubt
from extractor.read.html.styles import Styles
from extractor.text import words

_SPEAKING_CLASS = re.compile(
    r"(?:^|[-_])(?:red|amber|green|yellow|orange|blue|danger|warning|success)(?:$|[-_])", re.IGNORECASE
)
_OF_TEXT = re.compile(r"text[-_]", re.IGNORECASE)
_MARKS = re.compile(r"[\s\u2022\u25a0-\u25ff\u26aa\u26ab\u2b1b\u2b1c\u2b24\u2b25\ufe0f]+")
_TICKS = frozenset("✓✔√☑✅✗✘☒❌×")
_ICONS = ("i", "span", "svg")
_DEEPEST = 20  # elements looked at within an empty cell
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:dark|light|lime|forest|sea|medium|orange|yellow|sky|royal|indian)?"
    r"(?:red|green|amber|orange|yellow|gold|blue|lime|crimson|tomato|firebrick|salmon)\Z",
    re.IGNORECASE,
)
_LEAST_CHROMA = 60  # of 255, between a colour's strongest part and its weakest; pale tints of tables have less


def unread_colours(styles: Styles, places: Sequence[tuple[Tag, Cell]]) -> Mapping[int, Doubt]:
    """By the identity of a cell of a table, the doubt about the colour that is all it says."""
    found = {
        id(cell): colour
        for tag, cell in places
        if not cell.header
        and not words(cell.text)
        and _TICKS.isdisjoint(cell.text)
        and (colour := _colour(styles, tag, cell.text))
    }
    if not found:
        return {}
    worded = {
        (axis(cell), colour)
        for tag, cell in places
        if words(cell.text)
        and (colour := _colour(styles, tag, cell.text))
        and (not cell.header or colour.startswith(_CLASS))
        for axis in (_row, _column)
    }
    return {
        id(cell): Doubt(
            "colour-unread",
            f"The cell says {f'only {cell.text!r}' if cell.lines else 'nothing'}, "
            f"and has a colour ({found[id(cell)]}) that may say more.",
            location=cell.location,
        )
        for _, cell in places
        if id(cell) in found and worded.isdisjoint((axis(cell), found[id(cell)]) for axis in (_row, _column))
    }


def _row(cell: Cell) -> tuple[str, int]:
    return "row", cell.row_index


def _column(cell: Cell) -> tuple[str, int]:
    return "column", cell.column_index


def _colour(styles: Styles, tag: Tag, text: str) -> str:
    """The colour of a cell, or of the first element within it that has one; "" where that sets nothing apart."""
    inked = bool(words(text) or _MARKS.fullmatch(text))
    return next(filter(None, (_own_colour(styles, each, inked or _is_icon(each)) for each in _within(tag))), "")


def _is_icon(tag: Tag) -> bool:
    """Whether an element's class draws what it shows, in the colour of a text."""
    return tag.name in _ICONS and not tag.contents and "class" in tag.attrs


def _within(tag: Tag) -> Iterator[Tag]:
    yield tag
    for number, inner in enumerate(tag.find_all(True)):
        if number == _DEEPEST or not isinstance(inner, Tag):
            return
        yield inner


_CLASS = "class "


def _own_colour(styles: Styles, tag: Tag, inked: bool) -> str:
    properties = styles.paint_of(tag)
    stated = (
        properties.get("background-color"),
        properties.get("background"),
        properties.get("color") if inked else None,
        tag.attrs.get("bgcolor"),
        tag.attrs.get("fill"),
    )
    for value in stated:
        if isinstance(value, str) and _sets_apart(value):
            return value
    classes = tag.attrs.get("class")
    called = classes.split() if isinstance(classes, str) else []
    speaking = (name for name in called if _SPEAKING_CLASS.search(name) and (inked or not _OF_TEXT.match(name)))
    return next((_CLASS + name for name in speaking), "")


def _sets_apart(value: str) -> bool:
    """Whether a colour, as style sheets write it, is neither white, black, grey nor a pale tint."""
    if match := _HEX.search(value):
        digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    elif match := _RGB.search(value):
        parts = [int(part[:4]) for part in match.groups()]
    else:
        return any(_NAMED.match(word) for word in value.split())
    return max(parts) - min(parts) >= _LEAST_CHROMA
