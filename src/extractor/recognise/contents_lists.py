"""The list of contents that a report opens with: its lines repeat the headings and are none."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Block, Furniture, Heading, Paragraph
from extractor.text import key

_FIGURES = "0123456789"
_LEADERS = " \t\n\xa0.…·_"
"""What stands between the words of an entry and the number of its page."""
_MOST_FIGURES = 3
_OVER = frozenset(["contents", "table of contents", "contents page", "list of contents", "index"])
_FEWEST = 3


def without_contents_lists(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the lines of a list of contents as furniture: three or more that end with the numbers of pages,
    under "Contents" or with headings of the same words further down."""
    out = list(blocks)
    index = 0
    while index < len(blocks):
        end, last, titles = index, 0, list[str]()
        while end < len(blocks) and (entry := _entry(blocks[end])) and entry[1] >= last:
            last = entry[1]
            titles.append(key(entry[0]))
            end += 1
        if len(titles) >= _FEWEST:
            above = blocks[index - 1] if index else None
            named = isinstance(above, Heading | Paragraph) and key(_text(above)) in _OVER
            if named or _repeats(titles, blocks[end:]):
                first = index - 1 if named else index
                out[first:end] = [_as_furniture(block) for block in blocks[first:end]]
        index = max(end, index + 1)
    return out


def _text(block: Heading | Paragraph) -> str:
    return block.text if isinstance(block, Heading) else block.line.text


def _entry(block: Block) -> tuple[str, int] | None:
    if not isinstance(block, Heading | Paragraph) or not (text := _text(block))[-1:].isdigit():
        return None
    words = text.rstrip(_FIGURES)
    title, page = words.rstrip(_LEADERS), text[len(words) :]
    if title == words or not 1 <= len(page) <= _MOST_FIGURES or not any(map(str.isalpha, title)):
        return None
    return title, int(page)


def _repeats(titles: Sequence[str], below: Sequence[Block]) -> bool:
    headings = {key(block.text) for block in below if isinstance(block, Heading)}
    return sum(title in headings for title in titles) * 2 >= len(titles)


def _as_furniture(block: Block) -> Block:
    if isinstance(block, Heading):
        return Furniture(block.text, "contents list", block.location)
    if isinstance(block, Paragraph):
        return Furniture(block.line.text, "contents list", block.line.location)
    return block
