"""What is known of the values that the columns of a document hold, and what an edge weighs with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from extractor.recognise.flattened.blocks import Value
from extractor.recognise.flattened.judging import remark_key
from extractor.recognise.flattened.lattice import Edge, Own
from extractor.recognise.flattened.scheme import Scheme
from extractor.text import key

_FEWEST_TYPES = 1.0  # a column is as ready for a new value as it has had differing ones, and never quite unready
_SMALL = 0.1  # share of a column's values that have small words, where none is known yet ...
_SMALL_WEIGHT = 2.0  # ... and how many values that is worth
HOPELESS = 9.5  # new values dearer than this are not looked at
_TWO_ROWS = 1.8


class Known(NamedTuple):
    """What is known of a column's vocabulary."""

    counts: Mapping[str, float] = {}
    """How often each value occurs, as far as the borders are known."""
    types: float = _FEWEST_TYPES
    """How many differing ones it has had."""
    total: float = _FEWEST_TYPES
    """All occurrences, and those that a new value is worth."""
    small: float = 0.0
    """How many of its differing values have small words."""

    def fit(self, small: bool, known: bool) -> float:
        """How much likelier a new value is here for having small words or none; one that is `known` here is none of
        those that show it."""
        types = max(0.0, self.types - _FEWEST_TYPES * known)
        share = (max(0.0, self.small - (small and known)) + _SMALL * _SMALL_WEIGHT) / (types + _SMALL_WEIGHT)
        share = min(share, 1.0)
        return share / _SMALL if small else (1.0 - share) / (1.0 - _SMALL)


class Lexicon:
    """The vocabularies of a document's columns, as far as its borders are known."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self.known = [Known()] * len(scheme.column_of)
        """By column, those of whole remarks behind all others."""
        self.small_words: set[str] = set()
        """The values that have words in small letters, as no name has, but where a plan writes its names so."""
        self.discount = 0.0
        """What a value's count loses, so that chance recurrences die out."""
        self.dearest = HOPELESS
        """New values that cost more are not looked at."""

    def has_value(self, column: int, words: Sequence[str]) -> bool:
        """Whether these words are a value of a column in two of the rows at least, as far as the borders are known."""
        known = self.known[self._scheme.whole.get(column, column)]
        return known.counts.get(self.key_of(column, words), 0.0) >= _TWO_ROWS

    def key_of(self, column: int, words: Sequence[str]) -> str:
        """The key of a value in the vocabulary of a column."""
        text = " ".join(words)
        return remark_key(text) if column in self._scheme.whole else key(text)

    def count(self, shares: Sequence[Own]) -> None:
        """Takes the vocabularies from the shares of all blocks."""
        lexicon: list[dict[str, float]] = [{} for _ in self._scheme.column_of]
        for share in shares:
            for (_, column, value), mass in share.items():
                counts = lexicon[column]
                counts[value] = counts.get(value, 0.0) + mass
        for column, counts in enumerate(lexicon):
            masses = counts.values()
            rare, common = sum(mass for mass in masses if mass < 1.0), sum(1 for mass in masses if mass >= 1.0)
            types = max(_FEWEST_TYPES, rare * 0.5 + common)
            small = sum(min(mass, 1.0) for value, mass in counts.items() if value in self.small_words)
            self.known[column] = Known(counts, types, sum(masses) + types, small)

    def weights(self, edges: Sequence[Edge], own: Own) -> list[float]:
        """The probability weights of edges, with what is known of the vocabularies."""
        weights: list[float] = []
        known = self.known
        discount = self.discount
        for edge in edges:
            value = edge.value
            if not value:
                weights.append(edge.plain)
                continue
            column = edge.column
            counts, types, total, _ = known[column]
            seen = counts.get(value, 0.0)
            likely = types * edge.fresh * (known[column].fit(True, seen > 0.5) if edge.small else 1.0)
            if seen:
                if own:
                    seen -= own.get((edge.start, column, value), 0.0)
                if seen > 0.0:
                    seen -= discount + edge.doubtful
                    if seen > 0.0:
                        likely += seen * edge.again
            weights.append(edge.plain * likely / total)
        return weights

    def forget(self, column: int, values: Set[str]) -> None:
        """Makes the vocabulary of a column be as if these values were not there."""
        known = self.known[column]
        left = {value: count for value, count in known.counts.items() if value not in values}
        self.known[column] = known._replace(counts=left)

    def add(self, changes: Mapping[tuple[int, Value], int]) -> None:
        """Makes the vocabularies be as if each value stood so many more times in its column."""
        whole = self._scheme.whole
        counts = {column: Counter(known.counts) for column, known in enumerate(self.known)}
        for (column, value), more in changes.items():
            counts[whole.get(column, column)][self.key_of(column, value)] += more
        self.known = [known._replace(counts=+counts[column]) for column, known in enumerate(self.known)]
