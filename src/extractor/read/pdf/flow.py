"""Text outside tables: headings by their size, paragraphs and list items by their spacing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.document import Block, Heading, Paragraph
from extractor.read.pdf.pages import Page, placer
from extractor.read.typeset import Method, Para, Word, as_text_line, paragraphs, text_lines, to_line

_LARGER = 1.08


@dataclass(slots=True)
class FlowText:
    """Paragraphs that stand together on one page; `top` places them among the page's tables."""

    page: int
    top: float
    paras: list[Para]
    method: Method


def flow_of(words: Iterable[Word], method: Method, limit: float) -> list[FlowText]:
    """The paragraphs of words outside tables, one `FlowText` each, top to bottom.

    `limit` is how far to the right the text of the page reaches.
    """
    lines = [as_text_line(row) for row in text_lines(words)]
    return [FlowText(para.lines[0].page, para.lines[0].top, [para], method) for para in paragraphs(lines, limit)]


class Sizes:
    """The document's font sizes, by how many letters are set in each: the commonest is the body's."""

    def __init__(self) -> None:
        self._letters: Counter[float] = Counter()

    def add(self, words: Iterable[Word]) -> None:
        """Counts a page's words."""
        letters: dict[float, int] = {}
        for word in words:
            letters[word.size] = letters.get(word.size, 0) + len(word.text)
        for size, count in letters.items():
            self._letters[round(size * 2) / 2] += count

    def body(self) -> float:
        """The size of most letters; 0 without any."""
        return max(self._letters, key=lambda size: (self._letters[size], -size), default=0.0)

    def levels(self, headings: Iterable[float]) -> dict[float, int]:
        """Level of each heading size, the largest first."""
        sizes = sorted({round(size * 2) / 2 for size in headings}, reverse=True)
        return {size: min(level, 6) for level, size in enumerate(sizes, 1)}


def is_heading(para: Para, body: float) -> bool:
    """Whether a paragraph is set as a heading: larger than the body, and short."""
    if not body or para.kind == "item":
        return False
    size = min(line.size for line in para.lines)
    return size >= _LARGER * body + 0.3 and len(para.lines) <= 4


def to_blocks(texts: Sequence[FlowText], sizes: Sizes, pages: dict[int, Page]) -> list[list[Block]]:
    """The blocks of each text; heading levels count over the whole document."""
    body = sizes.body()
    headed = [_size(para) for text in texts for para in text.paras if is_heading(para, body)]
    levels = sizes.levels(headed)
    result: list[list[Block]] = []
    for text in texts:
        blocks: list[Block] = []
        for para in text.paras:
            line = to_line(para, placer(pages, text.method))
            if not line.text:
                continue  # nothing but characters that are not mapped to text
            if is_heading(para, body):
                blocks.append(Heading(line.text, levels[_size(para)], line.location))
            else:
                blocks.append(Paragraph(line))
        result.append(blocks)
    return result


def _size(para: Para) -> float:
    return round(max(line.size for line in para.lines) * 2) / 2
