"""Headings that are labels of what stands below them ("Lead officer", and a name) -> labels alone on their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extractor.document import Block, Heading, Line, Paragraph
from extractor.recognise.columns import ABOUT, lookup
from extractor.text import key
from extractor.vocabulary import Meaning

_AGAIN = 2  # times that a heading recurs that is a label
_SHARE = 0.3
"""How often a heading of unknown words recurs, beside the most frequent known one."""
_LONGEST_LABEL = 8  # words


def headings_as_labels(blocks: Sequence[Block], known: Mapping[str, Meaning]) -> list[Block]:
    """The blocks, with the headings of a level as paragraphs where most of them are known labels that recur.

    Two labels at least say who or when. A heading of the level that does not recur stays a heading.
    """
    levels = {block.level for block in blocks if isinstance(block, Heading)}
    labels = {level: _labels(blocks, level, known) for level in levels}
    if not any(labels.values()):
        return list(blocks)
    return [
        Paragraph(Line(block.text, block.location, bold=True))
        if isinstance(block, Heading) and key(block.text) in labels[block.level]
        else block
        for block in blocks
    ]


def _labels(blocks: Sequence[Block], level: int, known: Mapping[str, Meaning]) -> frozenset[str]:
    """The keys of the headings of a level that are labels."""
    texts = [
        block.text
        for index, block in enumerate(blocks)
        if isinstance(block, Heading)
        and block.level == level
        and len(block.text.split()) <= _LONGEST_LABEL
        and isinstance(blocks[index + 1] if index + 1 < len(blocks) else None, Paragraph | Heading)
    ]
    counts = Counter(map(key, texts))
    meanings = {
        words: meaning for text in texts if (meaning := lookup(text, known)) and counts[words := key(text)] >= _AGAIN
    }
    said = sum(counts[words] for words in meanings)
    every = sum(1 for block in blocks if isinstance(block, Heading) and block.level == level)
    if len({*meanings.values()} & ABOUT) < _AGAIN or 2 * said <= every:
        return frozenset()
    often = max(counts[words] for words in meanings)
    return frozenset(words for words, count in counts.items() if count >= max(_AGAIN, _SHARE * often))
