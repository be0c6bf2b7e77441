"""How many words a page shows, counted from its tree without regard to the blocks that are made of it."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import NavigableString

from extractor.read.html.elements import BLOCKS, CONTROLS, GRID_PARTS, SHOWS_NOTHING, STRUCK
from extractor.read.html.flow import Context
from extractor.read.html.styles import NO_PROPERTIES, is_struck
from extractor.text import count_words, visible


def words_shown(context: Context, root: Tag, main: Tag | None = None) -> tuple[int, int]:
    """The number of words that an element shows, and how many of them stand in `main`.

    What is struck out, and footnote marks, do not count: they are no part of any value.
    """
    parts: list[str] = []
    spans: list[int] = []
    names, styles = context.styles.names, context.styles
    # Nodes still to come, last first; a None closes a block, an int marks where main begins or ends.
    pending: list[object] = [root]
    while pending:
        node = pending.pop()
        if type(node) is NavigableString:
            parts.append(node)
        elif node is None:
            parts.append("\n")
        elif isinstance(node, int):
            spans.append(len(parts))
        elif isinstance(node, Tag):
            name = node.name
            if name in SHOWS_NOTHING or name in STRUCK:
                continue
            properties = NO_PROPERTIES
            # The element itself is read, whatever it says: a script shows a body that is hidden while it loads.
            if node is not root and (node.attrs or name in names or "*" in names):
                properties = styles.of(node)
                if styles.hides(node, properties) or is_struck(properties):
                    continue
            if name == "sup" and context.notes.mark(node, parts):
                continue
            if node is main:
                pending.append(0)
            contents = node.contents
            if len(contents) == 1 and name in BLOCKS and type(contents[0]) is NavigableString and node is not main:
                parts.extend(("\n", contents[0], "\n"))
                continue
            if name in BLOCKS or name in CONTROLS or name == "br":
                parts.append("\n")
                pending.append(None)
            if name in GRID_PARTS:
                for child in reversed(contents):
                    pending.append(child)
                    pending.append(None)
            else:
                pending.extend(reversed(contents))
            if node is main:
                pending.append(0)
    # Main is a block, so that no word runs over its borders.
    first, last = spans if len(spans) == 2 else (0, 0)
    before, inside, after = (
        count_words(visible("".join(piece))) for piece in (parts[:first], parts[first:last], parts[last:])
    )
    return before + inside + after, inside
