"""Footnote marks: which superscripts are one, and what the note says."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from extractor.read.footnotes import is_mark
from extractor.text import fold

_NOTE_BLOCKS = frozenset({"p", "li", "div", "td", "dd", "aside", "footer", "section"})
_MAX_NOTE_LENGTH = 300
_MAX_CONTEXT = 40
"""Characters before a mark that are looked at."""


class Notes:
    """The footnotes of a page."""

    def __init__(self, soup: BeautifulSoup, text: str) -> None:
        self._notes: dict[str, str] = {}
        self._targets: dict[str, Tag] = {}
        if "<sup" not in text and "<SUP" not in text:
            return
        for tag in soup.find_all(id=True):
            self._targets.setdefault(str(tag["id"]), tag)
        for sup in soup.find_all("sup"):
            if isinstance(sup, Tag) and _opens_its_block(sup):
                self._notes.setdefault(_plain(sup), _note_text(sup))

    def mark(self, sup: Tag, parts: Sequence[str]) -> str | None:
        """The mark that a superscript is, such as "1" or "*"; None where it is part of the text ("m2", "1st").

        `parts` are the pieces of text before it; a piece that is a line end parts it from lines before. A
        superscript that begins a line is the note's own number.
        """
        shown = _plain(sup)
        before = _end_of_line(parts)
        return shown if is_mark(shown, before, self._notes, _target(sup) is not None) else None

    def note(self, sup: Tag) -> str:
        """The text of the note that a mark belongs to; empty where the page has none."""
        target = self._targets.get(_target(sup) or "")
        if target is not None:
            return _note_text(target)
        return self._notes.get(_plain(sup), "")


def _end_of_line(parts: Sequence[str]) -> str:
    """The last characters of the line that the pieces of text make up."""
    line = ""
    for part in reversed(parts):
        if part == "\n" or len(line) > _MAX_CONTEXT:
            break
        line = part[-_MAX_CONTEXT:] + line
    return line


def _plain(tag: Tag) -> str:
    return fold("".join(tag.strings))


def _target(sup: Tag) -> str | None:
    link = sup.find("a") or (sup.parent if sup.parent is not None and sup.parent.name == "a" else None)
    address = link.get("href") if isinstance(link, Tag) else None
    return address[1:] if isinstance(address, str) and len(address) > 1 and address[0] == "#" else None


def _opens_its_block(sup: Tag) -> bool:
    node = sup.previous_element
    while node is not None:
        if isinstance(node, Tag) and node.name in _NOTE_BLOCKS:
            return True
        if isinstance(node, NavigableString) and node.strip():
            return False
        node = node.previous_element
    return False


def _note_text(tag: Tag) -> str:
    block: Tag = tag
    while block.name not in _NOTE_BLOCKS and block.parent is not None:
        block = block.parent
    return fold(" ".join("".join(block.strings).split())[: 2 * _MAX_NOTE_LENGTH])[:_MAX_NOTE_LENGTH]
