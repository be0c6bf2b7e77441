"""Hyphens at the ends of lines of print: the author's ("co-" + "design") or the typesetter's ("Communi-" + "ties").

1. The reader that joins the lines leaves a mark after each hyphen that may be either (`BREAK`), which every folding of
   the text takes away again: a hyphen that nobody settles stays.
2. The document's own words decide: a compound that it prints within a line keeps its hyphen, a word that it prints
   whole loses it. Next come endings that are no words ("ment", "ties") and beginnings that take a hyphen ("self").
3. What neither tells follows the document's habit: where it divides words at all, the hyphen goes, with a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractor.document import Block, Cell, FlatLine, Heading, Line, Paragraph, Table, block_texts
from extractor.issues import Doubt
from extractor.text import BREAK
from extractor.vocabulary.divided import ALSO_SYLLABLES, BOUND_ENDING, PLAN_WORDS, TAKES_HYPHEN

_BROKEN = re.compile(rf"([^\W\d_]+){BREAK}(?=([^\W\d_]+))")
_HALVES = re.compile(rf"[^\W\d_]+(?:{BREAK}[^\W\d_]+)+")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Hyphens:
    """What a document shows of its words and of its typesetter."""

    whole: Counter[str] = field(default_factory=Counter)
    """Its words, but for halves at a line's end, by their lower-case form."""
    compounds: set[str] = field(default_factory=set)
    """Words with a hyphen that it prints within a line."""
    divides: bool = False
    """It divides words at the ends of lines: at least one is proven, and can be no compound."""

    def is_known(self, word: str) -> bool:
        """Whether the document, or the language of plans, has the word."""
        return word in self.whole or word in PLAN_WORDS

    def judge(self, first: str, second: str) -> tuple[bool, bool]:
        """Whether the hyphen between two halves belongs to the word, and whether that is sure."""
        first, second = first.lower(), second.lower()
        if f"{first}-{second}" in self.compounds:
            return True, True
        free = self.is_known(second)
        may_be_two = first in TAKES_HYPHEN or (free and self.is_known(first))
        if self.is_known(first + second) and (self.divides or not may_be_two):
            return False, True
        if BOUND_ENDING.fullmatch(second) and not free:
            return False, True
        if self.divides and first in ALSO_SYLLABLES:
            return free, False
        if may_be_two and (first in TAKES_HYPHEN or not self.divides):
            return True, True
        return not self.divides, not self.divides


def settle(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], Counter[str], Counter[str]]:
    """The blocks without marks; the halves of words that are whole now, and these words.

    A hyphen of which nothing tells whose it is gives its cell a doubt (`hyphen-unsure`).
    """
    if not any(BREAK in text for block in blocks for text in block_texts(block)):
        return tuple(blocks), Counter(), Counter()
    shown = _look(blocks)
    halves: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    made = tuple(_settled(block, shown, halves, wholes) for block in blocks)
    return made, halves, wholes


def _look(blocks: Iterable[Block]) -> Hyphens:
    """What the document shows."""
    shown = Hyphens()
    broken: list[tuple[str, str]] = []
    for block in blocks:
        for text in block_texts(block):
            plain = text.lower()
            if BREAK in plain:
                broken.extend(match.groups() for match in _BROKEN.finditer(plain))  # type: ignore[misc]
                plain = _HALVES.sub(" ", plain)
            shown.whole.update(_LETTERS.findall(plain))
            if "-" in plain:
                shown.compounds.update(_COMPOUND.findall(plain))
    shown.divides = any(not keep and sure for keep, sure in (shown.judge(*pair) for pair in broken))
    return shown


def _settled(block: Block, shown: Hyphens, halves: Counter[str], wholes: Counter[str]) -> Block:
    """One block without marks."""
    if isinstance(block, Table):
        made: dict[int, Cell] = {}
        for cell in block.cells():
            if any(BREAK in line.text for line in cell.lines):
                unsure: list[str] = []
                lines = tuple(_line(line, shown, halves, wholes, unsure) for line in cell.lines)
                doubts = tuple(_doubt(word) for word in unsure)
                made[id(cell)] = replace(cell, lines=lines, doubts=(*cell.doubts, *doubts))
        return block.with_cells(made) if made else block
    if isinstance(block, Paragraph) and BREAK in block.line.text:
        return replace(block, line=_line(block.line, shown, halves, wholes, []))
    if isinstance(block, FlatLine) and BREAK in block.raw:
        return replace(block, raw=_line(Line(block.raw), shown, halves, wholes, []).text)
    if isinstance(block, Heading) and BREAK in block.text:
        line = _line(Line(block.text), shown, halves, wholes, [])
        return replace(block, text=line.text)
    return block


def _line(line: Line, shown: Hyphens, halves: Counter[str], wholes: Counter[str], unsure: list[str]) -> Line:
    """A line without marks; its breaks move with the characters that go."""
    gone: list[tuple[int, int]] = []
    """Up to which place in the old text how many characters are dropped."""

    def settled(match: re.Match[str]) -> str:
        before, after = match.groups()
        keep, sure = shown.judge(before, after)
        if not keep:
            halves.update((before, after))
            wholes[before + after] += 1
        if not sure:
            unsure.append(f"{before}-{after}")
        gone.append((match.end(), len(BREAK) - keep))
        return f"{before}-" if keep else before

    text = _BROKEN.sub(settled, line.text)
    breaks = tuple(at - sum(count for end, count in gone if end <= at) for at in line.breaks)
    label = line.label
    if BREAK in label:
        label = _line(Line(label), shown, Counter(), Counter(), []).text
    return replace(line, text=text, breaks=breaks, label=label)


def _doubt(word: str) -> Doubt:
    return Doubt(
        "hyphen-unsure", f"“{word}” stands at a line's end: its hyphen may be the typesetter's or the author's."
    )
