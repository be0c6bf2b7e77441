"""How alike two texts are, for many of them at once.

1. A text is the runs of four characters of its content words, weighted by how rare they are in both plans. So
   "advice" is near "adviser", a shared name counts, and "deliver the plan" does not. The cosine of two such vectors is
   their likeness. Ratios that forgive whatever one text has more (`WRatio`, `partial_*`) rate unrelated actions high.
2. Only pairs that can still match are looked at: per text the best few of the other plan, found by products of
   sparse matrices, a block of rows at a time, so that memory stays bounded.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from extractor.compare.items import Item
from extractor.compare.wording import grams, stem, weigh

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

FLOOR = 0.16
"""Below this likeness no context makes two texts one activity."""
_CANDIDATES = 20
"""Per text, the best few of the other plan."""
_WITNESSES = 1_500
"""So many of a plan's texts at most show how alike different activities are by chance."""
_CELLS = 4_000_000
"""Cells of a block of the likeness matrix that are held at once."""


def gram_matrices(left: Sequence[Item], right: Sequence[Item]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """A row of unit length per item and a column per run of characters, for each side."""
    documents = [_gram_counts(item) for side in (left, right) for item in side]
    rarity = _rarity(documents)
    matrix = _rows(documents, rarity)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    matrix = sparse.csr_matrix(sparse.diags(1.0 / lengths) @ matrix)
    return matrix[: len(left)], matrix[len(left) :]


def _gram_counts(item: Item) -> dict[str, float]:
    """Per run of characters, how often it occurs, numbers counting half."""
    counts: dict[str, float] = {}
    for word in item.content:
        weight = weigh(word)
        for gram in grams(word):
            counts[gram] = counts.get(gram, 0.0) + weight
    return {gram: math.log1p(count) for gram, count in counts.items()}


def _rarity(documents: Iterable[dict[str, float]]) -> dict[str, float]:
    frequency: Counter[str] = Counter()
    total = 0
    for document in documents:
        frequency.update(document.keys())
        total += 1
    return {term: math.log1p(total / count) for term, count in sorted(frequency.items())}


def _rows(documents: Sequence[dict[str, float]], rarity: dict[str, float]) -> sparse.csr_matrix:
    columns = {term: index for index, term in enumerate(rarity)}
    weights = list(rarity.values())
    indptr, indices, data = [0], [], []
    for document in documents:
        for term, count in document.items():
            column = columns[term]
            indices.append(column)
            data.append(count * weights[column])
        indptr.append(len(indices))
    return sparse.csr_matrix((data, indices, indptr), shape=(len(documents), len(columns)))


def candidates(left: sparse.csr_matrix, right: sparse.csr_matrix) -> tuple[Indices, Indices, Floats]:
    """Row, column and likeness of every pair worth a look: the best few of each row and of each column.

    The likeness of a pair is at least `FLOOR`. Sorted by row, then column; the same with the sides exchanged.
    """
    width = right.shape[0]
    rows, columns, values = _best(left, right)
    back_columns, back_rows, back_values = _best(right, left)
    codes = np.concatenate([rows * width + columns, back_rows * width + back_columns])
    codes, first = np.unique(codes, return_index=True)
    return codes // width, codes % width, np.concatenate([values, back_values])[first]


def _best(left: sparse.csr_matrix, right: sparse.csr_matrix) -> tuple[Indices, Indices, Floats]:
    height, width = left.shape[0], right.shape[0]
    found: list[tuple[Indices, Indices, Floats]] = []
    if height and width:
        turned = right.T.tocsr()
        step = max(1, _CELLS // width)
        for start in range(0, height, step):
            block = (left[start : start + step] @ turned).toarray()
            found.append(_best_of_block(block, start, height))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64)
    return (
        np.concatenate([part[0] for part in found]),
        np.concatenate([part[1] for part in found]),
        np.concatenate([part[2] for part in found]),
    )


def _best_of_block(block: Floats, start: int, height: int) -> tuple[Indices, Indices, Floats]:
    """The best few of each row of a block of the likeness matrix that begins at row `start` of `height` rows.

    Where more are equally good than can be kept (a text that stands hundreds of times), those that stand at the same
    point of their plan are.
    """
    width = block.shape[1]
    if width <= _CANDIDATES:
        rows, columns = np.nonzero(block >= FLOOR)
        return rows + start, columns.astype(np.int64), np.minimum(block[rows, columns], 1.0)
    cut = -np.partition(-block, _CANDIDATES - 1, axis=1)[:, _CANDIDATES - 1]
    worth = block >= np.maximum(cut, FLOOR)[:, None]
    for row in np.nonzero(worth.sum(axis=1) > 2 * _CANDIDATES)[0].tolist():
        columns = np.nonzero(worth[row])[0]
        away = np.abs(columns / width - (start + row) / height)
        best = np.lexsort((away, -np.round(block[row, columns], 9)))[: 2 * _CANDIDATES]
        worth[row] = False
        worth[row, columns[best]] = True
    rows, columns = np.nonzero(worth)
    return rows + start, columns.astype(np.int64), np.minimum(block[rows, columns], 1.0)


def chance_levels(
    matrix: sparse.csr_matrix, texts: Sequence[str], wanted: Sequence[int], others: int
) -> dict[int, float]:
    """For each wanted row, the likeness that the best of so many other, unrelated texts has by mere chance.

    A plan's own texts are known to be different activities, so they show it: in a plan whose texts are all made of the
    same phrases, half of the words in common mean nothing. Rows with the very same text do not count. Of a large plan
    a part is looked at, evenly spread.
    """
    stride = -(-matrix.shape[0] // _WITNESSES)
    witnesses = list(range(0, matrix.shape[0], stride))
    same: dict[str, list[int]] = {}
    for at, index in enumerate(witnesses):
        same.setdefault(texts[index], []).append(at)
    rank = min(len(witnesses), max(1, round(len(witnesses) / max(1, others))))
    levels: dict[int, float] = {}
    turned = matrix[witnesses].T.tocsr()
    step = max(1, _CELLS // max(1, len(witnesses)))
    for start in range(0, len(wanted), step):
        rows = list(wanted[start : start + step])
        block = (matrix[rows] @ turned).toarray()
        for at, row in enumerate(rows):
            block[at, same.get(texts[row], [])] = 0.0
        levels.update(zip(rows, (-np.partition(-block, rank - 1, axis=1)[:, rank - 1]).tolist(), strict=True))
    return levels


class Stems:
    """The stems of both sides with their weights: how much of one text another one holds."""

    def __init__(self, left: Sequence[Item], right: Sequence[Item]) -> None:
        self.left = [self._weights(item) for item in left]
        self.right = [self._weights(item) for item in right]
        self.rarity = _rarity([*self.left, *self.right])
        self.left_mass = [self.mass(terms) for terms in self.left]
        self.right_mass = [self.mass(terms) for terms in self.right]
        self.left_rows, self.right_rows = self._matrices()

    @staticmethod
    def _weights(item: Item) -> dict[str, float]:
        return {stem(word): weigh(word) for word in item.content}

    def mass(self, terms: dict[str, float]) -> float:
        """The weight of some stems together."""
        rarity = self.rarity
        return sum(weight * rarity[term] for term, weight in terms.items())

    def _matrices(self) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        matrix = self.rows((*self.left, *self.right))
        return matrix[: len(self.left)], matrix[len(self.left) :]

    def rows(self, texts: Sequence[dict[str, float]]) -> sparse.csr_matrix:
        """A row per text and a column per stem: the root of the stem's weight, so that products are what is shared."""
        return _rows([{t: math.sqrt(w / self.rarity[t]) for t, w in terms.items()} for terms in texts], self.rarity)


def best_products(
    first: sparse.csr_matrix, second: sparse.csr_matrix, parts: sparse.csr_matrix, few: int
) -> Iterator[tuple[int, int, float, float]]:
    """Per row of `parts` the few rows of `first` and `second` with the largest product of its products with both.

    Yields the row of `parts`, the row of the other two, and its product with either. Worked out a block at a time.
    """
    turned = first.T.tocsr(), second.T.tocsr()
    step = max(1, _CELLS // max(1, first.shape[0]))
    for start in range(0, parts.shape[0], step):
        block = parts[start : start + step]
        one, other = (block @ turned[0]).tocsr(), (block @ turned[1]).tocsr()
        one.sort_indices()
        both = one.multiply(other).tocsr()
        for row in range(block.shape[0]):
            span = slice(both.indptr[row], both.indptr[row + 1])
            values, columns = both.data[span], both.indices[span]
            best = np.lexsort((columns, -np.round(values, 9)))[:few]
            own = slice(one.indptr[row], one.indptr[row + 1])
            shares = one.data[own][np.searchsorted(one.indices[own], columns[best])]
            for column, value, share in zip(
                columns[best].tolist(), values[best].tolist(), shares.tolist(), strict=True
            ):
                yield start + row, column, share, value / share
