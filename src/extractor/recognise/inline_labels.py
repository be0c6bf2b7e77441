"""Actions with their labels on the same line, "1.1 Open the pool Lead: Head of Sport Due: May" -> one line a label.

Only where two paragraphs at least hold the same labels behind a text of their own, and these say who or when. Where a
stop, a dash or a bracket stands before the first label, they are read as one bracket is (`bracketed`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.document import Block, Line, Paragraph
from extractor.recognise.columns import ABOUT
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import PHRASES

_COLON = re.compile(r":\s+")
_BLANKS = re.compile(r"\s+")
_MOST_WORDS = 4  # of a label
_FEWEST = 2  # labels that say who or when, paragraphs that hold them, and words before the first
_PARTING = (".", "-", "–", "—", "(", "[", ",", ";", "|", ":")


def labels_on_lines(blocks: Sequence[Block], known: Mapping[str, Meaning]) -> list[Block]:
    """The blocks, with such paragraphs as their own text and a line for each label."""
    cuts = {
        index: cut
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and ":" in block.line.text and (cut := _cuts(block.line.text, known))
    }
    names = {index: _names(blocks[index], cut) for index, cut in cuts.items()}
    counts = Counter(name for own in names.values() for name in own)
    out: list[Block] = []
    for index, block in enumerate(blocks):
        again = [name for name in names.get(index, ()) if counts[name] >= _FEWEST]
        if isinstance(block, Paragraph) and len(again) >= _FEWEST:
            out.extend(replace(block, line=line) for line in _parted(block.line, cuts[index]))
        else:
            out.append(block)
    return out


def _names(block: Block, cuts: Sequence[tuple[int, int]]) -> list[str]:
    text = block.line.text if isinstance(block, Paragraph) else ""
    return [key(text[start:end]) for start, end in cuts]


def _cuts(text: str, known: Mapping[str, Meaning]) -> list[tuple[int, int]]:
    """Where the labels within a text begin and end; none where it is no action with labels behind it."""
    cuts: list[tuple[int, int]] = []
    meanings: list[Meaning] = []
    words = [0, *(blank.end() for blank in _BLANKS.finditer(text))]
    for colon in _COLON.finditer(text):
        before_colon = bisect_right(words, colon.start())
        # The value's last words may stand before the label.
        for start in words[max(0, before_colon - _MOST_WORDS) : before_colon]:
            name = key(text[start : colon.start()])
            meaning = known.get(name) or PHRASES.get(name)
            if meaning and meaning != "group" and text[start].isupper():
                cuts.append((start, colon.start()))
                meanings.append(meaning)
                break
    if len({*meanings} & ABOUT) < _FEWEST or len(set(meanings)) < len(meanings) - meanings.count("extra"):
        return []
    before = text[: cuts[0][0]].rstrip()
    return [] if len(before.split()) < _FEWEST or before.endswith(_PARTING) else cuts


def _parted(line: Line, cuts: Sequence[tuple[int, int]]) -> list[Line]:
    starts = [0, *(start for start, _ in cuts), len(line.text)]
    pieces = [line.text[start:end].strip() for start, end in pairwise(starts)]
    own, *said = pieces
    return [
        replace(line, text=own, label="", breaks=()),
        *(replace(line, text=text, kind="paragraph", marker="", bold=False, label="", breaks=()) for text in said),
    ]
