"""Which cells of a header's first row stand over cells of its second: "Accountability" over "Lead" and "Directorate".

1. Such a cell has no meaning of its own, or one that all below it are kin to, or names all that stand below it.
2. It stands over two cells at least; hardly any publisher puts a second row under one.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from extractor.recognise.columns import lookup
from extractor.rows import PEOPLE
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import HeaderWord
from extractor.vocabulary.times import is_timescale

_KNOWN = 5.0  # a cell with a meaning of its own that stands over others
_NONE = 2.0  # a cell without one that stands over none
_OTHER_KIN = 0.5
_ONE = 0.5  # a cell over a single one
_SAID_BELOW = 2.0  # a column whose meaning the second row has as well
_OF_ANOTHER = 0.1  # a column under a cell without a meaning that is kin to another cell of its row
_DEAREST_SPANS = 4.0
_MOST_BELOW = 6
MOST_SPANNERS = 2  # unknown words of a header that runs together that may stand over a second row

_TIMED: frozenset[Meaning] = frozenset(("status", "progress", "extra"))
"""What is said of several times, one a column."""

_FAMILIES: tuple[frozenset[Meaning], ...] = (
    frozenset(PEOPLE),
    frozenset({"timescale", "timescale_start", "timescale_end"}),
    frozenset({"status", "progress"}),
)


def spanning(
    upper: Sequence[HeaderWord], lower: Sequence[HeaderWord], known: Mapping[str, Meaning], width: int | None = None
) -> tuple[float, tuple[int, ...]] | None:
    """How many columns of a second row each cell of the first stands over, 0 where it heads one alone, and what that
    costs; None where nothing fits.

    A cell that stands over others has no meaning of its own, or one that all of theirs are kin to, or the same words as
    another. `width` is how many columns there are, where that is known.
    """
    return next(iter(spannings(upper, lower, known, width, 1)), None)


def spannings(
    upper: Sequence[HeaderWord],
    lower: Sequence[HeaderWord],
    known: Mapping[str, Meaning],
    width: int | None = None,
    most: int = 4,
    dearest: float = _DEAREST_SPANS,
) -> list[tuple[float, tuple[int, ...]]]:
    """The ways in which the cells of a header's first row may stand over those of the second, the cheapest first, as
    `spanning` tells them; no more than `most`, none that costs `dearest`."""
    if len(lower) > _MOST_BELOW * len(upper):
        return []
    over = None if width is None else len(upper) + len(lower) - width
    said = {word.meaning for word in lower} - {"extra"}
    twice = said_twice([column.text for column in upper])
    named = {meaning for family in _FAMILIES if any(word.meaning in family for word in upper) for meaning in family}
    best: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = {(0, 0): [(0.0, ())]}
    for column in upper:
        going: dict[tuple[int, int], list[tuple[float, tuple[int, ...]]]] = defaultdict(list)
        for (taken, spanners), ways in best.items():
            for count in range(min(_MOST_BELOW, len(lower) - taken) + 1):
                below = {word.meaning for word in lower[taken : taken + count]}
                price = spanning_cost(column.text, column.meaning, below, count, column.text in twice, known)
                price += _SAID_BELOW * (not count and column.meaning in said)
                price += _OF_ANOTHER * len(below & named) * (column.meaning is None)
                state = (taken + count, spanners + (count > 0) if over is not None else 0)
                going[state].extend((cost + price, (*counts, count)) for cost, counts in ways if cost + price < dearest)
        best = {state: sorted(ways, key=lambda way: way[0])[:most] for state, ways in going.items() if ways}
    return best.get((len(lower), over or 0), [])


def second_row(texts: Sequence[str], known: Mapping[str, Meaning]) -> list[HeaderWord]:
    """The cells of a header's second row; times, one a column, stand under what they are the times of: "RAG"."""
    times = len(set(texts)) == len(texts) > 1 and all(map(is_timescale, texts))
    return [HeaderWord(text, "timescale" if times else lookup(text, known)) for text in texts]


def said_twice(texts: Sequence[str]) -> frozenset[str]:
    """The texts of a header row's cells that another of its cells has too, so that their words tell nothing."""
    counts = Counter(map(key, texts))
    return frozenset(text for text in texts if text and counts[key(text)] > 1)


def lowest(upper: Sequence[HeaderWord], lower: Sequence[HeaderWord], spans: Sequence[int]) -> list[HeaderWord]:
    """The lowest header cell over each column; `spans` as `spanning` gives them."""
    columns: list[HeaderWord] = []
    taken = 0
    for column, count in zip(upper, spans, strict=True):
        columns.extend(lower[taken : taken + count] if count else [column])
        taken += count
    return columns


def spanning_cost(
    text: str,
    meaning: Meaning | None,
    below: Set[Meaning | None],
    count: int,
    twice: bool,
    known: Mapping[str, Meaning],
) -> float:
    """What it costs to take a header cell for one over `count` columns of these meanings, or over none.

    `twice`: another cell of its row says the same, so that its words tell nothing.
    """
    own = meaning is None or twice
    if not count:
        return _NONE * (own and bool(text))
    if not text:
        return math.inf
    family = next((family for family in _FAMILIES if meaning in family), frozenset[Meaning]())
    timed = count > 1 and below == {"timescale"} and meaning in _TIMED
    fits = own or timed or below <= family or _names_all(text, below, known)
    kin = below <= family if family else len(below) == 1 or any(below <= other for other in _FAMILIES)
    return (_OTHER_KIN * (not kin) if fits else _KNOWN) + _ONE * (count == 1)


def _names_all(text: str, meanings: Set[Meaning | None], known: Mapping[str, Meaning]) -> bool:
    """Whether a header's words name several columns together: "Who and when" stands over an owner and a date."""
    parts = re.split(r"\s+(?:and|&)\s+|\s*[/,]\s*", text)
    return len(parts) > 1 and {lookup(part, known) for part in parts} == set(meanings)
