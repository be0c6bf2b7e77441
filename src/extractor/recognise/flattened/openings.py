"""Where cells that begin with a small letter or a figure open, behind a name: "... Parks Manager 12 new trees".

A capital tells where a cell may begin; without one, the name before it does, because it comes again before other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractor.recognise.flattened.scheme import NAMED, Column, Kind
from extractor.recognise.flattened.stream import Word
from extractor.text import key
from extractor.vocabulary.roles import DANGLING, PROSE_WORDS

_RUNNING: frozenset[Kind] = frozenset({"prose", "money"})
_LINE_END = "\n"

Names = frozenset[tuple[str, str]]
"""The last two words of names (the first empty where the name has but one) behind which cells open."""


def names_before_cells(words: Sequence[Word], columns: Sequence[Column]) -> Names:
    """The ends of the names that come again before differing words; none where no column that runs on follows one of
    names."""
    kinds = [column.kind for column in columns]
    if not any(one in NAMED and other in _RUNNING for one, other in pairwise(kinds)):
        return frozenset()
    followers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for end, word in _ends(words):
        followers[end].add(_LINE_END if word is None else key(word.text) or word.text)
    return frozenset(end for end, words_after in followers.items() if len(words_after) > 1)


def with_openings(words: Iterable[Word], names: Names) -> Iterator[Word]:
    """The words, with those marked that may open a cell behind a name."""
    if not names:
        yield from words
        return
    before: list[Word] = []
    for word in words:
        opens = bool(before) and word.gap == "blank" and _may_open(word.text) and _end_of(before) in names
        yield word._replace(opens=True) if opens else word
        before = [*before[-1:], word]


def _ends(words: Sequence[Word]) -> Iterator[tuple[tuple[str, str], Word | None]]:
    """The last two words of what may be names, each with the word that follows it on its line."""
    for index in range(1, len(words) + 1):
        word = words[index] if index < len(words) else None
        end = _end_of(words[max(0, index - 2) : index])
        if end is not None:
            yield end, word if word is not None and word.gap in ("blank", "wide") else None


def _end_of(before: Sequence[Word]) -> tuple[str, str] | None:
    """The last two words of a name that ends with these words."""
    last = before[-1].text
    if not last[:1].isupper() or not (last[-1].isalpha() or last[-1] == ")"):
        return None
    first = before[0].text if len(before) > 1 and before[-1].gap == "blank" and not before[-1].delimiters else ""
    return (first if first[:1].isupper() or first.lower() in DANGLING else "", last)


def _may_open(text: str) -> bool:
    """Whether a word without a capital can be the first of a cell: a figure, or a small word that joins nothing."""
    plain = text.lstrip("(‘'“\"£€$")
    return plain[:1].isdigit() or (plain[:1].islower() and not {plain, plain.rstrip(".,;:")} & (DANGLING | PROSE_WORDS))
