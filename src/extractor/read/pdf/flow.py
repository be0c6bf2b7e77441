"""Text outside tables: headings by their size, paragraphs and list items by their spacing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from extractor.document import Block, Furniture, Heading, Line, Paragraph
from extractor.locations import span
from extractor.read.overleaf import PageTable, opens_with_ref
from extractor.read.pdf.pages import Page, placer
from extractor.read.typeset import Method, Para, TextLine, Word, as_text_line, paragraphs, text_lines, to_line
from extractor.vocabulary.headers import header_meaning

_LABELLED = re.compile(r"(?P<label>[A-Z][^:.;()]{1,40}): \S")
"""A line that begins with a label: "Risks: loss of key staff"."""
FEWEST_LABELS = 3
"""So many lines begin with a label before one within a paragraph is taken to begin another."""
_CLOSE, _SET_OFF = 1.4, 1.3
"""Lines of one block follow each other no further apart, in font sizes; another block stands so much further off."""
_SET_IN = 3.0
"""The text of a list item begins so far behind its bullet at most, in font sizes."""
_SMALL = re.compile(r"[a-z]{2,}\b(?!\))|a\s")
_FULL = 0.8
_LARGER = 1.08
_SURELY_LARGER = 1.4
_HEADING_WORDS = 16
_FEWEST_SENTENCES = 2
_QUOTES, _STOPS = frozenset("\"'“”‘’"), frozenset(".!?")
_SENTENCE_WORDS = 5
"""A sentence has more, where headings are bold and it is light."""
_SMALLEST_HEADING = 0.7
"""A heading of the lowest level may be set smaller than the body, in its size."""


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


_size_of, _text_of = attrgetter("size"), attrgetter("text")


class Sizes:
    """The document's font sizes, by how many letters are set in each: the commonest is the body's."""

    def __init__(self) -> None:
        self._letters: Counter[float] = Counter()

    def add(self, words: Iterable[Word]) -> None:
        """Counts a page's words."""
        letters: dict[float, int] = {}
        for size, alike in groupby(words, _size_of):
            letters[size] = letters.get(size, 0) + sum(map(len, map(_text_of, alike)))
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
    if not body or para.kind == "item" or _is_quotation(para):
        return False
    size = min(line.size for line in para.lines)
    if size < _SURELY_LARGER * body and _is_prose(para):
        return False
    return size >= _LARGER * body + 0.3 and len(para.lines) <= 4


def _is_quotation(para: Para) -> bool:
    """Whether a paragraph is what somebody said, set off from the text in large letters: it heads nothing."""
    text = " ".join(line.text for line in para.lines)
    ends = text[-1:] in _QUOTES and text[-2:-1] in _STOPS
    return text[:1] in _QUOTES and ends and _count_words(para) > _SENTENCE_WORDS


def _is_bold(para: Para) -> bool:
    return all(line.bold for line in para.lines)


def _count_words(para: Para) -> int:
    return sum(len(line.text.split()) for line in para.lines)


def _is_sentence(para: Para, longer: int = _SENTENCE_WORDS) -> bool:
    """Whether a paragraph ends as a sentence does and has more words than `longer`."""
    return _count_words(para) > longer and para.lines[-1].text.endswith(".")


def _is_prose(para: Para) -> bool:
    """Whether a paragraph is a sentence in plain letters: introductions are often set a little larger than tables."""
    return _is_sentence(para, _HEADING_WORDS) and not any(line.bold for line in para.lines)


def heads_table(para: Para, body: float) -> bool:
    """Whether a paragraph that stands right above a table is its heading: bold throughout, short, and no sentence."""
    if para.kind == "item" or len(para.lines) > 2 or not _is_bold(para):
        return False
    return (
        _count_words(para) <= _HEADING_WORDS
        and not para.lines[-1].text.endswith((".", ";", ","))
        and _size(para) >= _SMALLEST_HEADING * body
    )


def begins_with(text: FlowText, table: PageTable) -> bool:
    """Whether a text stands right above a table and begins at its left edge; no word of its header does."""
    last = text.paras[-1].lines
    return (
        text.page == table.page
        and table.header_rows > 0
        and table.top - last[-1].bottom > (0.3 * last[0].size if table.method == "aligned" else -1)
        and min(line.x0 for line in last) < table.edges[0] + 2 * last[0].size
    )


def to_blocks(
    texts: Sequence[FlowText], sizes: Sizes, pages: dict[int, Page], above_tables: Container[int] = ()
) -> list[list[Block]]:
    """The blocks of each text; heading levels count over the whole document.

    `above_tables` are the identities of the texts that stand right above a table.
    """
    body = sizes.body()
    styles = {_size(text.paras[-1]) for text in texts if id(text) in above_tables and heads_table(text.paras[-1], body)}
    labels = _labels([para for text in texts for para in text.paras])
    refs = sum(opens_with_ref(para.lines[0].text) for text in texts for para in text.paras) >= FEWEST_LABELS
    parted = [[part for whole in text.paras for part in _parted(whole, labels, refs)] for text in texts]
    more = _more_of_labels([para for paras in parted for para in paras], labels)
    headings = [para for paras in parted for para in paras if is_heading(para, body)]
    prose = _prose_size([para for paras in parted for para in paras])
    headings = [para for para in headings if _is_bold(para) or _size(para) > prose]
    if any(_is_bold(para) for para in headings):
        headings = [para for para in headings if _is_bold(para) or not _is_sentence(para)]
    levels = sizes.levels(map(_size, headings))
    headed = set(map(id, headings))
    lowest = min(max(levels.values(), default=0) + 1, 6)
    result: list[list[Block]] = []
    for text, paras in zip(texts, parted, strict=True):
        blocks: list[Block] = []
        for para in paras:
            line = to_line(para, placer(pages, text.method))
            if id(para) in more:
                line = replace(line, more=True)
            if not line.text:
                continue  # nothing but characters that are not mapped to text
            if id(para) in headed:
                blocks.append(Heading(line.text, levels[_size(para)], line.location))
            elif _size(para) in styles and heads_table(para, body):
                blocks.append(Heading(line.text, lowest, line.location))
            else:
                blocks.append(Paragraph(line))
        result.append(blocks)
    return result


def _prose_size(paras: Iterable[Para]) -> float:
    """The size that most sentences in plain letters are set in: tables in smaller print may hold most of the letters.
    0 where there are hardly any."""
    sizes = Counter(_size(para) for para in paras if para.kind != "item" and _is_prose(para))
    size, count = max(sizes.items(), key=lambda each: (each[1], -each[0]), default=(0.0, 0))
    return size if count >= _FEWEST_SENTENCES else 0.0


def _more_of_labels(paras: Sequence[Para], labels: Container[str]) -> set[int]:
    """Identities of paragraphs that are more of the labelled value right above them.

    They stand close below it, and further from what follows; or closer than it stands to what is above it. Below a
    list item they are set in as its text is.
    """
    found: set[int] = set()
    for index in range(1, len(paras)):
        before, para = paras[index - 1], paras[index]
        line, last = para.lines[0], before.lines[-1]
        opening = before.lines[0].text
        if before.kind == "item":
            labelled = _LABELLED.match(opening.removeprefix(before.marker).lstrip()) is not None
        else:
            labelled = label_of(before.lines[0]) in labels or id(before) in found
        if not labelled or para.kind != "paragraph" or label_of(line) or line.bold:
            continue
        above = _distance(before, para)
        if before.kind == "item":
            if 0 < above <= _CLOSE * line.size and 0 < line.x0 - before.lines[0].x0 < _SET_IN * line.size:
                found.add(id(para))
            continue
        below = _distance(para, paras[index + 1]) if index + 1 < len(paras) else 0.0
        higher = _distance(paras[index - 2], before) if index > 1 else 0.0
        if 0 < above <= _CLOSE * line.size and abs(line.x0 - last.x0) < 1 and max(below, higher) > _SET_OFF * above:
            found.add(id(para))
    return found


def _distance(para: Para, below: Para) -> float:
    """How far below a paragraph another begins; 0 on another page."""
    last, first = para.lines[-1], below.lines[0]
    return first.baseline - last.baseline if first.page == last.page else 0.0


def _labels(paras: Sequence[Para]) -> set[str]:
    """The labels that begin lines enough, and a paragraph, where they are not known: each value above one that is may
    fill its line."""
    opening = {label_of(para.lines[0]) for para in paras}
    lines = Counter(label_of(line) for para in paras for line in para.lines)
    bold = Counter(line.label for para in paras for line in para.lines if line.label and not line.bold)
    return {
        label
        for label, count in lines.items()
        if label and count >= FEWEST_LABELS and (label in opening or header_meaning(label))
    } | {label for label, count in bold.items() if count >= FEWEST_LABELS}


def label_of(line: TextLine) -> str:
    """The label that a line begins with; empty where it begins with none."""
    found = _LABELLED.match(line.text)
    return found["label"] if found else ""


_BREAKS_OFF = re.compile(r"\([^()]*$")


def _parted(para: Para, labels: Container[str], refs: bool) -> Iterator[Para]:
    """A paragraph, parted before lines that begin with a label: no gap need stand above one.

    So it is, where others begin with `refs`, before one that begins so behind a sentence: "Action 4.3 Give ...".
    """
    start = 0
    for index, line in enumerate(para.lines):
        opens = refs and index and para.lines[index - 1].text.endswith(".") and opens_with_ref(line.text)
        within = index and _BREAKS_OFF.search(para.lines[index - 1].text)  # "(Lead: Head of Parks;", "When: May)"
        labelled = label_of(line) in labels or (line.label in labels and not line.bold)
        if opens or (index and not within and labelled):
            yield replace(para, lines=para.lines[start:index])
            para = replace(para, marker="", level=0, kind="paragraph")
            start = index
    yield replace(para, lines=para.lines[start:]) if start else para


def join_pages(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a paragraph that a page's end cut put together: overleaf it goes on in small letters.

    Only where it runs almost as far to the right as any other: what is shorter was ended by its author.
    """
    ends = [place.bbox[2] for block in blocks if isinstance(block, Paragraph) if (place := block.line.location).bbox]
    reach = _FULL * max(ends, default=0.0)
    joined: list[Block] = []
    last = -1
    """Where the last block that is no furniture stands."""
    for block in blocks:
        before = joined[last] if last >= 0 else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _goes_on(before.line, block.line, reach):
            glue = "" if before.line.text.endswith("-") else " "
            joined[last] = replace(
                before,
                line=replace(
                    before.line,
                    text=f"{before.line.text}{glue}{block.line.text}",
                    location=span([before.line.location, block.line.location]),
                    struck=before.line.struck + block.line.struck,
                ),
            )
            continue
        joined.append(block)
        if not isinstance(block, Furniture):
            last = len(joined) - 1
    return joined


def _goes_on(before: Line, line: Line, reach: float) -> bool:
    """Whether a paragraph is the rest of the one before it, which the end of its page cut."""
    place = (before.location, *before.location.continued)[-1]
    if line.location.page is None or place.page != line.location.page - 1:
        return False
    if place.bbox is None or place.bbox[2] < reach:
        return False
    if line.kind != "paragraph" or line.marker or line.bold != before.bold:
        return False
    return _SMALL.match(line.text) is not None and before.text[-1:] not in (".", "!", "?", ":", ";")


def _size(para: Para) -> float:
    return round(max(line.size for line in para.lines) * 2) / 2
