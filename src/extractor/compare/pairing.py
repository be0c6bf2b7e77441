"""Which old activity is which new one.

1. A ref is a hint, never an identity. Identical texts are paired first, then alike ones, then parts of texts.
2. What remains is an assignment problem: the sum of what all pairs gain over staying alone is made as large as can be.
   Sure pairs are made first, so that the neighbours of a doubtful one can speak for it.
3. Siblings that differ by a number or an ordinal ("second home", "third home") are not exchanged for one another.
4. The row order of a plan and which plan is called old make no difference: both are put in one order first.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import connected_components

from extractor.changes import Evidence
from extractor.compare.items import Item
from extractor.compare.likeness import Floats, Indices, Stems, best_products, candidates, chance_levels, gram_matrices
from extractor.compare.wording import ORDINALS

ALONE = 0.36
"""What staying alone is worth: a pair that scores less is none."""
_SURE_FIRST = 0.55
"""Pairs from this score on are made before the rest, and are the neighbours that the rest is judged by."""
DOUBT_BELOW = 0.5
"""A pair under this score needs a person's decision."""
DOUBT_ABOVE = 0.33
"""Two activities that stayed alone at this score or more need one, too."""

_GROUP, _PEOPLE, _LEAD, _REF, _NEIGHBOURS = 0.04, 0.08, 0.04, 0.03, 0.10
"""What each hint can add to the likeness of the texts."""
_ALIKE_AT_MOST = 0.99
"""Only identical texts and decisions are certain."""
_SIBLINGS = 0.75
"""Two texts that share this part of their words (numbers apart) are siblings."""
_BEYOND_CHANCE = 1.2
"""So many times more alike than chance makes two texts a pair must be."""
_SINGLE_WORD = 0.45
"""What a pair that rests on a single word must score before its neighbours are asked."""
_OTHER_LEAD = 0.6
"""What the likeness of short texts is worth where their lead-ins have nothing in common."""
_TIE_CELLS = 160_000
"""Identical texts are told apart by assignment up to so many pairs of them, by order beyond."""

_PART_FITS = 0.43
"""The geometric mean of two shares is at least this: how much of a part is in the whole, and how much it covers of what
the other parts leave open."""
_PART_LEAST = 0.25
"""Neither of the two is less."""
_PART_OPEN = 0.2
"""At least this share of the whole must be open before another part is looked for."""
_PART_WORDS = 3
"""A part has so many words of the whole,"""
_PART_OWN_WORDS = 2
"""and so many that no other part has."""
_WHOLES = 4
"""For each part, so many wholes are looked at."""
_PARTS_COVER = 0.6
"""Parts without a main one must together cover this share of the whole."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person has decided, by index in the two plans."""

    same: frozenset[tuple[int, int]] = frozenset()
    different: frozenset[tuple[int, int]] = frozenset()
    removed: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """Old and new activities that are one, by index; one side may be empty."""

    olds: tuple[int, ...]
    news: tuple[int, ...]
    score: float | None = None
    evidence: tuple[Evidence, ...] = ()
    doubtful: bool = False
    nearest: tuple[int, ...] = ()
    """Of one that stayed alone: those of the other plan that came nearest, best first."""


class _Link(NamedTuple):
    score: float
    evidence: frozenset[Evidence]
    doubtful: bool = False


@dataclass(slots=True)
class _Board:
    """The state of one pairing: items in canonical order, and the links made so far."""

    left: list[Item]
    right: list[Item]
    links: dict[tuple[int, int], _Link] = field(default_factory=dict)
    of_left: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_right: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    near: dict[tuple[int, int], float] = field(default_factory=dict)
    alone_left: set[int] = field(default_factory=set)
    alone_right: set[int] = field(default_factory=set)
    apart: frozenset[tuple[int, int]] = frozenset()

    def link(self, i: int, j: int, score: float, evidence: Iterable[Evidence], doubtful: bool = False) -> None:
        self.links[i, j] = _Link(min(1.0, score), frozenset(evidence), doubtful)
        self.of_left[i].append(j)
        self.of_right[j].append(i)

    def free_left(self) -> list[int]:
        return [i for i in range(len(self.left)) if i not in self.of_left and i not in self.alone_left]

    def free_right(self) -> list[int]:
        return [j for j in range(len(self.right)) if j not in self.of_right and j not in self.alone_right]


def pair(old: Sequence[Item], new: Sequence[Item], settled: Settlement | None = None) -> list[Match]:
    """Every old and every new activity in exactly one match, in the order of the old, then of what is added."""
    settled = settled or Settlement()
    old_order = sorted(range(len(old)), key=lambda index: old[index].order)
    new_order = sorted(range(len(new)), key=lambda index: new[index].order)
    left = [old[index] for index in old_order]
    right = [new[index] for index in new_order]
    swap = _signature(left) > _signature(right)
    if swap:
        left, right = right, left
        old_order, new_order = new_order, old_order
        settled = Settlement(
            frozenset((j, i) for i, j in settled.same),
            frozenset((j, i) for i, j in settled.different),
            settled.added,
            settled.removed,
        )
    board = _Board(left, right)
    _apply(board, settled, _inverse(old_order), _inverse(new_order))
    _pair_identical(board)
    _pair_alike(board)
    _join_parts(board)
    matches = [_renumbered(match, old_order, new_order) for match in _matches(board)]
    if swap:
        matches = [_turned(match) for match in matches]
    return sorted(matches, key=lambda match: (match.olds or (len(old),), match.news))


def _signature(items: Sequence[Item]) -> list[tuple[str, ...]]:
    return [(item.text_key, item.ref, item.lead_key, item.timescale, *sorted(item.people)) for item in items]


def _inverse(order: Sequence[int]) -> dict[int, int]:
    return {index: rank for rank, index in enumerate(order)}


def _renumbered(match: Match, left_order: Sequence[int], right_order: Sequence[int]) -> Match:
    near_order = right_order if match.olds else left_order
    return Match(
        tuple(left_order[i] for i in match.olds),
        tuple(right_order[j] for j in match.news),
        match.score,
        match.evidence,
        match.doubtful,
        tuple(near_order[index] for index in match.nearest),
    )


def _turned(match: Match) -> Match:
    return Match(match.news, match.olds, match.score, match.evidence, match.doubtful, match.nearest)


def _apply(board: _Board, settled: Settlement, left: Mapping[int, int], right: Mapping[int, int]) -> None:
    """Put what a person has decided on the board."""
    for i, j in sorted(settled.same):
        board.link(left[i], right[j], 1.0, ("decision",))
    board.apart = frozenset((left[i], right[j]) for i, j in settled.different)
    board.alone_left = {left[i] for i in settled.removed}
    board.alone_right = {right[j] for j in settled.added}


# Identical texts


def _pair_identical(board: _Board) -> None:
    """Pair the texts that are the same but for case, punctuation and white space.

    Where a text stands more than once, its group, lead-in, people and time tell which is which; then the neighbours
    that are settled by then; then the order.
    """
    lefts, rights = defaultdict(list), defaultdict(list)
    for i in board.free_left():
        lefts[board.left[i].text_key].append(i)
    for j in board.free_right():
        rights[board.right[j].text_key].append(j)
    repeated: list[tuple[list[int], list[int]]] = []
    for text, ours in lefts.items():
        theirs = rights.get(text)
        if not text or not theirs:
            continue
        if len(ours) == 1 and len(theirs) == 1:
            if _same_thing(board, ours[0], theirs[0]):
                _link_identical(board, ours[0], theirs[0])
        else:
            repeated.append((ours, theirs))
    for ours, theirs in repeated:
        _pair_by_circumstance(board, ours, theirs)
    places = _Places(board)
    for ours, theirs in repeated:
        _pair_repeated(board, places, ours, theirs)


def _same_thing(board: _Board, i: int, j: int) -> bool:
    """Whether equal texts are one activity: they hang under one lead-in, or are long enough to say so."""
    a, b = board.left[i], board.right[j]
    return (i, j) not in board.apart and (a.lead_key == b.lead_key or not a.short)


def _link_identical(board: _Board, i: int, j: int) -> None:
    board.link(i, j, 1.0, {"same text", *_circumstances(board.left[i], board.right[j])})


def _circumstances(a: Item, b: Item) -> set[Evidence]:
    found: set[Evidence] = set()
    if a.ref and a.ref == b.ref:
        found.add("same ref")
    if a.group >= 0 and a.group == b.group:
        found.add("same group")
    if a.lead_key and a.lead_key == b.lead_key:
        found.add("same lead-in")
    if a.people and a.people == b.people:
        found.add("same people")
    return found


def _pair_by_circumstance(board: _Board, ours: list[int], theirs: list[int]) -> None:
    """Pair repeated texts in order wherever the same number of them shares group, lead-in, people and time."""
    for width in (4, 3, 2):
        buckets: dict[tuple[object, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in ours:
            if i not in board.of_left:
                buckets[_circumstance_key(board.left[i])[:width]][0].append(i)
        for j in theirs:
            if j not in board.of_right:
                buckets[_circumstance_key(board.right[j])[:width]][1].append(j)
        for mine, yours in buckets.values():
            if len(mine) == len(yours):
                for i, j in zip(mine, yours, strict=True):
                    if _same_thing(board, i, j):
                        _link_identical(board, i, j)


def _circumstance_key(item: Item) -> tuple[object, ...]:
    return (item.lead_key, item.group, item.people, item.timescale)


def _pair_repeated(board: _Board, places: _Places, ours: list[int], theirs: list[int]) -> None:
    """Pair what is left of a repeated text: best circumstances first, as one assignment."""
    ours = [i for i in ours if i not in board.of_left]
    theirs = [j for j in theirs if j not in board.of_right]
    if not ours or not theirs:
        return
    if len(ours) * len(theirs) > _TIE_CELLS:
        pairs = list(zip(ours, theirs, strict=False))
    else:
        worth = np.array([[_tie_worth(board, places, i, j) for j in theirs] for i in ours])
        rows, columns = linear_sum_assignment(worth, maximize=True)
        pairs = [(ours[r], theirs[c]) for r, c in zip(rows.tolist(), columns.tolist(), strict=True)]
    for i, j in pairs:
        if _same_thing(board, i, j):
            _link_identical(board, i, j)


def _tie_worth(board: _Board, places: _Places, i: int, j: int) -> float:
    a, b = board.left[i], board.right[j]
    near = places.agreement(i, j)
    return (
        ((i, j) not in board.apart)
        + 4 * (a.lead_key == b.lead_key)
        + 4 * (a.group == b.group)
        + 3 * near
        + 1.5 * (a.people == b.people)
        + (a.timescale == b.timescale)
        + 0.5 * bool(a.ref and a.ref == b.ref)
    )


# Neighbours


class _Places:
    """For every item, the nearest paired item before and after it in its group."""

    def __init__(self, board: _Board) -> None:
        staying = {(i, j) for (i, j) in board.links if board.left[i].group == board.right[j].group}
        self.left = _neighbours(board.left, {i: (i, j) for i, j in sorted(staying)})
        self.right = _neighbours(board.right, {j: (i, j) for i, j in sorted(staying)})
        self.groups = ([item.group for item in board.left], [item.group for item in board.right])

    def agreement(self, i: int, j: int) -> float:
        """1: the two stand between the same neighbours; part of it: after or before the same one; 0: elsewhere."""
        if self.groups[0][i] != self.groups[1][j]:
            return 0.0
        before, after = self.left[i]
        before_too, after_too = self.right[j]
        total = 0.0
        for ours, theirs in ((before, before_too), (after, after_too)):
            if ours == theirs:
                total += 0.5 if ours is not None else 0.2
        return total


_Anchor = tuple[int, int] | None


def _neighbours(items: Sequence[Item], anchors: Mapping[int, tuple[int, int]]) -> list[tuple[_Anchor, _Anchor]]:
    before: list[_Anchor] = []
    last: dict[int, _Anchor] = {}
    for index, item in enumerate(items):
        before.append(last.get(item.group))
        if index in anchors:
            last[item.group] = anchors[index]
    after: list[_Anchor] = [None] * len(items)
    last = {}
    for index in range(len(items) - 1, -1, -1):
        group = items[index].group
        after[index] = last.get(group)
        if index in anchors:
            last[group] = anchors[index]
    return list(zip(before, after, strict=True))


# Alike texts


def _pair_alike(board: _Board) -> None:
    """Pair what is left by likeness of text and circumstances, the sure ones first."""
    lefts, rights = board.free_left(), board.free_right()
    if not lefts or not rights:
        return
    # Rarity is judged by all texts; only those left over are compared.
    left_grams, right_grams = gram_matrices(board.left, board.right)
    rows, columns, likeness = candidates(left_grams[lefts], right_grams[rights])
    if not len(rows):
        return
    ours, theirs = np.array(lefts)[rows], np.array(rights)[columns]
    alike = likeness
    allowed = _allowed(board, ours, theirs)
    likeness = likeness + _spelling(board, ours, theirs, likeness)
    base = likeness * _lead_ins(board, ours, theirs) + _context(board, ours, theirs)
    allowed &= _enough(board, ours, theirs, base)
    fits = allowed.copy()
    worth = np.nonzero(fits & (base + _NEIGHBOURS > DOUBT_ABOVE))[0]
    allowed[worth] = _credible(board, ours[worth], theirs[worth], alike[worth], (left_grams, right_grams))
    _assign(board, ours, theirs, np.where(allowed, base, 0.0), _SURE_FIRST)
    places = _Places(board)
    near = np.array([places.agreement(i, j) for i, j in zip(ours.tolist(), theirs.tolist(), strict=True)])
    score = base + _NEIGHBOURS * near
    open_ = _open(board, ours, theirs)
    _assign(board, ours[open_], theirs[open_], np.where(allowed, score, 0.0)[open_], ALONE)
    _remember_near(board, ours, theirs, score, fits)


def _spelling(board: _Board, ours: Indices, theirs: Indices, likeness: Floats) -> Floats:
    """A little more for texts that are nearly the same letter by letter: a number or a word was changed."""
    ratio = process.cpdist(
        [board.left[i].text_key for i in ours.tolist()],
        [board.right[j].text_key for j in theirs.tolist()],
        scorer=fuzz.ratio,
        dtype=np.float64,
    )
    return np.asarray((1.0 - likeness) * np.clip((ratio - 75.0) / 25.0, 0.0, 1.0) * 0.5)


def _lead_ins(board: _Board, ours: Indices, theirs: Indices) -> Floats:
    """What the likeness of each pair is worth: less where short texts hang under different lead-ins."""
    factors = np.ones(len(ours))
    for index, (i, j) in enumerate(zip(ours.tolist(), theirs.tolist(), strict=True)):
        a, b = board.left[i], board.right[j]
        if (a.short or b.short) and a.lead_key != b.lead_key:
            factors[index] = _OTHER_LEAD + (1.0 - _OTHER_LEAD) * fuzz.token_sort_ratio(a.lead_key, b.lead_key) / 100
    return factors


def _credible(
    board: _Board, ours: Indices, theirs: Indices, likeness: Floats, grams: tuple[sparse.csr_matrix, sparse.csr_matrix]
) -> NDArrayBool:
    """Whether each pair is more alike than different activities of either plan are by chance.

    Siblings are alike beyond chance, and are told apart by their numbers.
    """
    lefts, rights = np.unique(ours).tolist(), np.unique(theirs).tolist()
    left = chance_levels(grams[0], [item.text_key for item in board.left], lefts, len(board.free_right()))
    right = chance_levels(grams[1], [item.text_key for item in board.right], rights, len(board.free_left()))
    level = np.array([min(left[i], right[j]) for i, j in zip(ours.tolist(), theirs.tolist(), strict=True)])
    credible = likeness >= _BEYOND_CHANCE * level
    for index in np.nonzero(~credible)[0].tolist():
        credible[index] = _alike(board.left[int(ours[index])].skeleton, board.right[int(theirs[index])].skeleton)
    return credible


def _enough(board: _Board, ours: Indices, theirs: Indices, base: Floats) -> NDArrayBool:
    """Whether the words that each pair shares can carry it: two telling ones, or one that no other text has.

    A single word must be helped by everything else.
    """
    counts = _word_counts(board.left), _word_counts(board.right)
    enough = np.ones(len(ours), dtype=bool)
    for index, (i, j) in enumerate(zip(ours.tolist(), theirs.tolist(), strict=True)):
        a, b = board.left[i], board.right[j]
        if not _share_enough(a, b):
            single = not (a.short or b.short) and any(
                counts[0][word] == counts[1][word] == 1 for word in a.telling & b.telling
            )
            enough[index] = single and base[index] >= _SINGLE_WORD
    return enough


def _context(board: _Board, ours: Indices, theirs: Indices) -> Floats:
    """What group, lead-in, ref and people add to the likeness of each pair."""
    rarity = _people_rarity(board)
    total = np.empty(len(ours))
    for index, (i, j) in enumerate(zip(ours.tolist(), theirs.tolist(), strict=True)):
        a, b = board.left[i], board.right[j]
        worth = 0.0
        if a.group >= 0 and a.group == b.group:
            worth += _GROUP
        if a.lead_key and a.lead_key == b.lead_key:
            worth += _LEAD
        if a.ref and a.ref == b.ref:
            worth += _REF
        if a.people and b.people:
            worth += _PEOPLE * _people_likeness(a.people, b.people, rarity)
        total[index] = worth
    return total


def _people_rarity(board: _Board) -> dict[str, float]:
    """Per role, 1 for one who stands on a single row, near 0 for one who stands on all."""
    counts: dict[str, int] = defaultdict(int)
    for items in (board.left, board.right):
        for item in items:
            for person in item.people:
                counts[person] += 1
    total = max(2, len(board.left) + len(board.right))
    return {person: 1.0 - np.log(count) / np.log(total) for person, count in counts.items()}


def _people_likeness(a: frozenset[str], b: frozenset[str], rarity: Mapping[str, float]) -> float:
    """How much two sets of roles share, 0 to 1: a rare role says more than one who stands everywhere."""
    shared = a & b
    if not shared:
        return 0.0
    return len(shared) / len(a | b) * (0.3 + 0.7 * max(rarity[person] for person in shared))


def _open(board: _Board, ours: Indices, theirs: Indices) -> NDArrayBool:
    return np.array(
        [
            i not in board.of_left and j not in board.of_right
            for i, j in zip(ours.tolist(), theirs.tolist(), strict=True)
        ],
        dtype=bool,
    )


NDArrayBool = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def _assign(board: _Board, ours: Indices, theirs: Indices, score: Floats, alone: float) -> None:
    """Link the pairs that together gain most over staying alone."""
    worth = score > alone
    ours, theirs, score = ours[worth], theirs[worth], score[worth]
    for rows in _components(ours, theirs, len(board.left), len(board.right)):
        for index in _best_assignment(ours[rows], theirs[rows], score[rows] - alone):
            at = rows[index]
            i, j = int(ours[at]), int(theirs[at])
            evidence: set[Evidence] = {"shared words", *_circumstances(board.left[i], board.right[j])}
            doubtful = bool(score[at] < DOUBT_BELOW) or _next_in_line(board.left[i], board.right[j])
            board.link(i, j, min(_ALIKE_AT_MOST, float(score[at])), evidence, doubtful)


def _components(ours: Indices, theirs: Indices, height: int, width: int) -> list[Indices]:
    """The pairs, by index, in sets that have no activity in common."""
    if not len(ours):
        return []
    graph = sparse.coo_matrix((np.ones(len(ours)), (ours, theirs + height)), shape=(height + width, height + width))
    _, label = connected_components(graph, directed=False)
    labels = label[ours]
    order = np.argsort(labels, kind="stable")
    cuts = np.nonzero(np.diff(labels[order]))[0] + 1
    return [np.asarray(part) for part in np.split(order, cuts)]


def _best_assignment(ours: Indices, theirs: Indices, gain: Floats) -> list[int]:
    """Which of the pairs to make, by index: no activity twice, and the sum of the gains as large as can be."""
    if len(ours) == 1:
        return [0]
    rows, row_of = np.unique(ours, return_inverse=True)
    columns, column_of = np.unique(theirs, return_inverse=True)
    matrix = np.zeros((len(rows), len(columns)))
    matrix[row_of, column_of] = gain
    at = {(int(r), int(c)): index for index, (r, c) in enumerate(zip(row_of, column_of, strict=True))}
    chosen = zip(*(part.tolist() for part in linear_sum_assignment(matrix, maximize=True)), strict=True)
    # A cell that is no pair gains nothing: whoever is assigned to it stays alone.
    return [at[cell] for cell in chosen if cell in at]


def _remember_near(board: _Board, ours: Indices, theirs: Indices, score: Floats, allowed: NDArrayBool) -> None:
    """Keep for those that stayed alone who came nearest, if near enough to ask a person."""
    for i, j, worth, fits in zip(ours.tolist(), theirs.tolist(), score.tolist(), allowed.tolist(), strict=True):
        alone = i not in board.of_left and j not in board.of_right
        if alone and worth >= DOUBT_ABOVE and fits and (i, j) not in board.apart:
            board.near[i, j] = worth


# Siblings


def _next_in_line(a: Item, b: Item) -> bool:
    """Whether two texts differ by an ordinal and little else: "open a third home" may follow "open a second"."""
    ordinals = ORDINALS.intersection(a.numbers), ORDINALS.intersection(b.numbers)
    return ordinals[0] != ordinals[1] and _alike(a.skeleton, b.skeleton)


def _allowed(board: _Board, ours: Indices, theirs: Indices) -> NDArrayBool:
    """False for pairs that a person parted, and for those that would exchange one sibling for another."""
    allowed = np.array(
        [(i, j) not in board.apart for i, j in zip(ours.tolist(), theirs.tolist(), strict=True)], dtype=bool
    )
    suspects = [
        index
        for index, (i, j) in enumerate(zip(ours.tolist(), theirs.tolist(), strict=True))
        if allowed[index]
        and board.left[i].numbers != board.right[j].numbers
        and _alike(board.left[i].skeleton, board.right[j].skeleton)
    ]
    if suspects:
        left_kin = _kin(board.left, {int(ours[index]) for index in suspects})
        right_kin = _kin(board.right, {int(theirs[index]) for index in suspects})
        for index in suspects:
            i, j = int(ours[index]), int(theirs[index])
            allowed[index] = not _exchanged(board, i, j, left_kin[i], right_kin[j])
    return allowed


def _share_enough(a: Item, b: Item) -> bool:
    """Whether two texts share more than one telling word, or all of a very short one."""
    return len(a.telling & b.telling) >= min(2, len(a.telling), len(b.telling))


def _word_counts(items: Iterable[Item]) -> Counter[str]:
    return Counter(word for item in items for word in item.telling)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and len(a & b) >= _SIBLINGS * len(a | b)


def _kin(items: Sequence[Item], wanted: set[int]) -> dict[int, list[int]]:
    """For each wanted item its siblings in its own plan: nearly the same words, other numbers."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        for term in item.skeleton:
            holders[term].append(index)
    result: dict[int, list[int]] = {}
    known: dict[frozenset[str], list[int]] = {}
    for index in sorted(wanted):
        terms = items[index].skeleton
        if terms not in known:
            known[terms] = _holding(items, terms, holders)
        result[index] = [other for other in known[terms] if items[other].numbers != items[index].numbers]
    return result


def _holding(items: Sequence[Item], terms: frozenset[str], holders: Mapping[str, list[int]]) -> list[int]:
    """The items that share most of these words. Looked up by the rarest: siblings must have one of those."""
    by_rarity = sorted(terms, key=lambda term: (len(holders[term]), term))
    enough = by_rarity[: len(terms) - int(_SIBLINGS * len(terms)) + 1]
    found = {index for term in enough for index in holders[term]}
    return [index for index in sorted(found) if _alike(terms, items[index].skeleton)]


def _exchanged(board: _Board, i: int, j: int, left_kin: list[int], right_kin: list[int]) -> bool:
    """Whether a sibling of either fits the other's numbers better, or nothing shows that they are the same sibling."""
    if not left_kin and not right_kin:
        return False
    kin = [*(board.left[k].numbers for k in left_kin), *(board.right[k].numbers for k in right_kin)]
    a, b = frozenset(board.left[i].numbers), frozenset(board.right[j].numbers)
    common = a.intersection(b, *kin)
    a, b = a - common, b - common
    shared = len(a & b)
    if not shared:
        return True
    better_left = any(len(b.intersection(board.left[k].numbers)) > shared for k in left_kin)
    better_right = any(len(a.intersection(board.right[k].numbers)) > shared for k in right_kin)
    return better_left or better_right


# Parts


class _Part(NamedTuple):
    """A free activity that could be a part of one of the other plan."""

    fill: float
    inside: float
    whole: int
    part: int
    left_is_whole: bool


def _join_parts(board: _Board) -> None:
    """Join to a pair what is contained in the words that the pair leaves open: splits and merges."""
    stems = Stems(board.left, board.right)
    grams = gram_matrices(board.left, board.right)
    tried: set[tuple[bool, int, int]] = set()
    for _ in range(3):  # three parts beyond the main one are the most that plans show
        found = _parts(board, stems)
        found = [part for part in found if (part.left_is_whole, part.whole, part.part) not in tried]
        found = _credible_parts(board, found, grams)
        if not found:
            break
        grown: set[tuple[bool, int]] = set()
        for part in sorted(found, key=lambda p: (-p.fill, -p.inside, p.left_is_whole, p.whole, p.part)):
            if (part.left_is_whole, part.whole) in grown or not _may_join(board, part):
                continue
            grown.add((part.left_is_whole, part.whole))
            tried.add((part.left_is_whole, part.whole, part.part))
            _join(board, part)
    _split_without_main(board, stems)


def _credible_parts(
    board: _Board, parts: list[_Part], grams: tuple[sparse.csr_matrix, sparse.csr_matrix]
) -> list[_Part]:
    """The parts that are more alike to their whole than to the best of their own plan by chance."""
    result: list[_Part] = []
    for left_is_whole in (True, False):
        side = [part for part in parts if part.left_is_whole is left_is_whole]
        if not side:
            continue
        wholes, own = grams if left_is_whole else (grams[1], grams[0])
        items, others = (board.right, board.left) if left_is_whole else (board.left, board.right)
        wanted = sorted({part.part for part in side})
        levels = chance_levels(own, [item.text_key for item in items], wanted, len(others))
        alike = own[[part.part for part in side]].multiply(wholes[[part.whole for part in side]]).sum(axis=1)
        result += [
            part
            for part, likeness in zip(side, np.asarray(alike).ravel().tolist(), strict=True)
            if likeness >= levels[part.part]
        ]
    return result


def _may_join(board: _Board, part: _Part) -> bool:
    """The part is still free, and the whole's partners are not themselves wholes: no pair is many to many."""
    if part.left_is_whole:
        pair_, links, back = (part.whole, part.part), board.of_left, board.of_right
        alone = board.alone_right
    else:
        pair_, links, back = (part.part, part.whole), board.of_right, board.of_left
        alone = board.alone_left
    return (
        part.part not in back
        and part.part not in alone
        and pair_ not in board.apart
        and all(len(back[partner]) == 1 for partner in links.get(part.whole, ()))
        and not _is_sibling(board, part)
    )


def _is_sibling(board: _Board, part: _Part) -> bool:
    """Whether the part is a sibling of the whole or its partner: another home, not a part of one.

    It is none where the whole has the very number that tells the part from the partner.
    """
    if part.left_is_whole:
        items, wholes, links = board.right, board.left, board.of_left
    else:
        items, wholes, links = board.left, board.right, board.of_right
    own, whole = items[part.part], wholes[part.whole]
    for other in (whole, *(items[partner] for partner in links.get(part.whole, ()))):
        if _alike(own.skeleton, other.skeleton) and own.numbers != other.numbers:
            partners = links.get(part.whole, ())
            telling = set(own.numbers) - {number for partner in partners for number in items[partner].numbers}
            if not partners or not telling or not telling <= set(whole.numbers):
                return True
    return False


def _join(board: _Board, part: _Part) -> None:
    i, j = (part.whole, part.part) if part.left_is_whole else (part.part, part.whole)
    score = math.sqrt(part.fill * part.inside)
    evidence: set[Evidence] = {"part of the text", *_circumstances(board.left[i], board.right[j])}
    board.link(i, j, score, evidence, score < 0.6)


class _View(NamedTuple):
    """One direction of looking for parts: what the wholes and the parts are."""

    left_is_whole: bool
    links: Mapping[int, list[int]]
    free_wholes: list[int]
    free_parts: list[int]
    whole_rows: sparse.csr_matrix
    part_rows: sparse.csr_matrix
    whole_terms: Sequence[dict[str, float]]
    part_terms: Sequence[dict[str, float]]
    whole_mass: Sequence[float]
    part_mass: Sequence[float]


def _views(board: _Board, stems: Stems) -> tuple[_View, _View]:
    free_left, free_right = board.free_left(), board.free_right()
    left = (stems.left_rows, stems.left, stems.left_mass)
    right = (stems.right_rows, stems.right, stems.right_mass)
    return (
        _View(True, board.of_left, free_left, free_right, left[0], right[0], left[1], right[1], left[2], right[2]),
        _View(False, board.of_right, free_right, free_left, right[0], left[0], right[1], left[1], right[2], left[2]),
    )


def _parts(board: _Board, stems: Stems) -> list[_Part]:
    return [part for view in _views(board, stems) for part in _parts_one_way(view, stems)]


def _parts_one_way(view: _View, stems: Stems) -> list[_Part]:
    """The free ones whose words stand in a whole that is paired, where its partners leave them open."""
    openings: dict[int, tuple[dict[str, float], float]] = {}
    for whole, partners in view.links.items():
        terms = view.whole_terms[whole]
        covered = {term for partner in partners for term in view.part_terms[partner]}
        rest = {term: weight for term, weight in terms.items() if term not in covered}
        mass = stems.mass(rest)
        if rest and mass >= _PART_OPEN * view.whole_mass[whole]:
            openings[whole] = (rest, mass)
    if not openings or not view.free_parts:
        return []
    paired = sorted(openings)
    # Each row of openings is divided by its weight, so that a product with it is the share that is filled.
    open_mass = sparse.diags([1.0 / openings[whole][1] for whole in paired])
    found = best_products(
        view.whole_rows[paired],
        sparse.csr_matrix(open_mass @ stems.rows([openings[whole][0] for whole in paired])),
        view.part_rows[view.free_parts],
        _WHOLES,
    )
    result: list[_Part] = []
    for row, column, overlap, fill in found:
        part, whole = view.free_parts[row], paired[column]
        inside = min(1.0, overlap / (view.part_mass[part] or math.inf))
        fits = min(fill, inside) >= _PART_LEAST and math.sqrt(fill * inside) >= _PART_FITS
        if fits and _enough_words(view, part, whole, openings[whole][0]):
            result.append(_Part(fill, inside, whole, part, view.left_is_whole))
    return result


def _enough_words(view: _View, part: int, whole: int, rest: Mapping[str, float]) -> bool:
    """Whether a part shares enough words with its whole, and with what its other parts leave open."""
    own = view.part_terms[part]
    filled = sum(term in rest for term in own)
    shared = sum(term in view.whole_terms[whole] for term in own)
    return filled >= min(_PART_OWN_WORDS, len(own)) and shared >= min(_PART_WORDS, len(own))


def _split_without_main(board: _Board, stems: Stems) -> None:
    """Join a free activity with two or more free ones that lie within it and together make up most of it."""
    for side in (0, 1):
        view = _views(board, stems)[side]
        if not view.free_wholes or not view.free_parts:
            continue
        shared = (view.whole_rows[view.free_wholes] @ view.part_rows[view.free_parts].T).tocsr()
        taken: set[int] = set()
        for row, whole in enumerate(view.free_wholes):
            chosen = [entry for entry in _inside(view, shared, row) if entry[0] not in taken]
            covered = {term for part, _ in chosen for term in view.part_terms[part]}
            terms = view.whole_terms[whole]
            cover = stems.mass({t: w for t, w in terms.items() if t in covered}) / (view.whole_mass[whole] or 1.0)
            if len(chosen) < 2 or cover < _PARTS_COVER:
                continue
            parts = [_Part(cover, share, whole, part, view.left_is_whole) for part, share in chosen]
            fitting = [part for part in parts if _may_join(board, part)]
            if len(fitting) < 2:
                continue
            for part in fitting:
                taken.add(part.part)
                _join(board, part)


def _inside(view: _View, shared: sparse.csr_matrix, row: int) -> list[tuple[int, float]]:
    """The parts that lie mostly within the whole of this row, with the share that does."""
    found: list[tuple[int, float]] = []
    span = slice(shared.indptr[row], shared.indptr[row + 1])
    for column, overlap in zip(shared.indices[span].tolist(), shared.data[span].tolist(), strict=True):
        part = view.free_parts[column]
        own = view.part_mass[part]
        if own and len(view.part_terms[part]) >= _PART_WORDS and overlap >= _PARTS_COVER * own:
            found.append((part, min(1.0, overlap / own)))
    return sorted(found)


# The result


def _matches(board: _Board) -> list[Match]:
    result: list[Match] = []
    by_left: dict[int, list[tuple[float, int]]] = defaultdict(list)
    by_right: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, j), worth in board.near.items():
        if not board.of_left.get(i) and not board.of_right.get(j):
            by_left[i].append((worth, j))
            by_right[j].append((worth, i))
    for i in range(len(board.left)):
        partners = board.of_left.get(i)
        if not partners:
            near = _nearest(by_left.get(i, ()))
            result.append(Match((i,), (), doubtful=bool(near), nearest=near))
        elif len(partners) > 1:
            result.append(_joined(board, [i], sorted(partners)))
        elif min(board.of_right[partners[0]]) == i:
            result.append(_joined(board, sorted(board.of_right[partners[0]]), partners))
    for j in range(len(board.right)):
        if not board.of_right.get(j):
            near = _nearest(by_right.get(j, ()))
            result.append(Match((), (j,), doubtful=bool(near), nearest=near))
    return result


def _nearest(found: Iterable[tuple[float, int]]) -> tuple[int, ...]:
    return tuple(index for _, index in sorted(found, key=lambda entry: (-entry[0], entry[1]))[:3])


def _joined(board: _Board, lefts: list[int], rights: list[int]) -> Match:
    links = [board.links[i, j] for i in lefts for j in rights if (i, j) in board.links]
    evidence: set[Evidence] = set().union(*(link.evidence for link in links))
    return Match(
        tuple(lefts),
        tuple(rights),
        round(sum(link.score for link in links) / len(links), 3),
        tuple(sorted(evidence)),
        any(link.doubtful for link in links),
    )
