"""A second reading of a whole document: all borders of one kind between two columns moved by some words at once.

The vocabularies are estimated in turn with the borders, so a wrong border that all rows share vouches for itself: where
"Service Director, Waste" always stands behind "Land and Nature", "Land and Nature Service | Director, Waste" is written
down as shortly. Moved in one row alone it would be dear; moved in all of them it shows what it is worth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from extractor.recognise.flattened.blocks import Block, Cut, Segment, Value, texts_of
from extractor.recognise.flattened.judging import cost_of_value, is_remark
from extractor.recognise.flattened.scheme import Scheme
from extractor.recognise.flattened.stream import BLANK_CELL, Word
from extractor.recognise.flattened.weights import BORDER, DISCOUNT, NEXT_VALUE, REMARK, SKIP, WORD, saved_again

_MOST_WORDS = 3
_MOST_MOVES = 800
_MOST_TYPES = 240
_OFTEN = 2  # rows that have a value, so that words beside it may be another
# Nats by which the document must be shorter for all borders of a kind to be moved at once; and by how many it may be
# longer for them to be unsure, where one pair of values shows it and where several do.
_BETTER = 3.0
_AS_GOOD = 4.3
_AS_GOOD_TOGETHER = 7.0
_AS_GOOD_EMPTY = 3.4  # ... and where one of the cells would be left without words


class Border(NamedTuple):
    """A border within a line between the last value of one column and the first of another."""

    left: int
    before: Value
    right: int
    after: Value
    at_line_end: bool = False
    """In a text taken from a PDF, of which cells end at the ends of lines more often than not."""


class _Sides(NamedTuple):
    """Between which columns borders are moved, and by how many words."""

    left: int
    right: int
    size: int


class Move(NamedTuple):
    """Words taken over all borders of a kind; `gain` is how many nats the document then takes less."""

    borders: tuple[Border, ...]
    words: int
    """How many go to the column on the left; negative: to that on the right."""
    gain: float
    empties: bool
    """Some cell is left without words."""
    changes: Mapping[tuple[int, Value], int]
    """How many more times each value then stands in its column."""
    parts: bool = False
    """One value becomes two, of which one is known."""


class Seam(NamedTuple):
    """A value of one column whose first or last words may be one of the column beside it."""

    border: Border
    """The border on that side of it; without a value beyond it where the column beside it is left out."""
    column: int
    beside: int
    price: float
    """What it costs that the words are a value more in the column beside, and what is saved where it has no other."""


Prior = Callable[[int, Value], float]
"""What it costs to spell a value of a column out."""


def read_again(scheme: Scheme, cut: Cut, lacked: Mapping[int, float]) -> tuple[Move | None, frozenset[Border]]:
    """The move of all borders of a kind by which the document takes fewer words; where there is none, the borders that
    could as well stand elsewhere.

    `lacked` is what it costs to leave out the columns of people that many rows lack.
    """
    columns = frozenset(column for column, kind in scheme.values if kind != "state")
    remarks = frozenset(column + 1 for column in columns if column + 1 in scheme.whole)
    kinds = dict(scheme.values)
    values: dict[int, Counter[Value]] = {column: Counter() for column in columns | remarks}
    borders: Counter[Border] = Counter()
    seams: Counter[Seam] = Counter()
    skips = {column: lacked.get(column, SKIP[scheme.columns[column].kind]) for column in values}
    for block, segments in cut:
        for segment in segments:
            if segment.column in values and BLANK_CELL not in (value := texts_of(block, segment)):
                values[segment.column][value] += segment.column in columns or is_remark(value)
        borders.update(_borders_between(scheme, block, segments, columns, remarks))
        seams.update(_seams(block, segments, columns, skips))
    values = {column: +counts for column, counts in values.items()}

    def prior(column: int, value: Value) -> float:
        return cost_of_value(" ".join(value), kinds[column]) if column in kinds else REMARK

    def may_open(words: Value, index: int) -> bool:
        return scheme.may_part([Word(word, "blank", 0, 0, 0, 0, False) for word in words], index)

    found = list(moves(borders, values, skips, prior, may_open, WORD, DISCOUNT))
    found.extend(partings(seams, values, prior, may_open, WORD, DISCOUNT))
    best = max(found, key=_gain, default=None)
    if best is None or _gain(best) < 0.0:
        return None, frozenset(border for move in found if move.gain > -_as_good(move) for border in move.borders)
    return best, frozenset()


def _borders_between(
    scheme: Scheme, block: Block, segments: Sequence[Segment], columns: frozenset[int], remarks: frozenset[int]
) -> Iterator[Border]:
    """The borders within lines, with nothing but a blank to show them, between values of two of the columns.

    And those behind the last value of a cell where the column of `remarks` that follows is left out: nothing is
    behind them.
    """
    for before, after in pairwise([*segments, None]):
        if before is None:
            continue
        if before.column + 1 in remarks and (
            after is None
            or not before.column <= after.column <= before.column + 1
            or (after.column + 1 in scheme.whole and not is_remark(texts_of(block, after)))
        ):
            yield Border(before.column, texts_of(block, before), before.column + 1, ())
        if after is None:
            continue
        first = block.words[after.start]
        within = first.gap in ("blank", "soft") and not first.delimiters and not first.item
        if within and before.column < after.column and {before.column, after.column} <= columns:
            border = Border(
                before.column, texts_of(block, before), after.column, texts_of(block, after), first.gap == "soft"
            )
            if BLANK_CELL not in (*border.before, *border.after):
                yield border


def _seams(
    block: Block, segments: Sequence[Segment], columns: frozenset[int], skips: Mapping[int, float]
) -> Iterator[Seam]:
    """The sides of values of the `columns` on which words of the column beside may stand with nothing but a blank
    to show it."""
    for before, segment, after in zip([None, *segments], segments, [*segments[1:], None], strict=False):
        column = segment.column
        value = texts_of(block, segment)
        if column not in columns or len(value) == 1 or BLANK_CELL in value:
            continue
        for beside, other in ((column - 1, before), (column + 1, after)):
            if beside not in columns or (other is not None and other.column == column):
                continue
            on = other is not None and (other.column < column) == (beside < column)
            held = texts_of(block, other) if other is not None and on else ()
            price = BORDER["blank"]
            if other is None or other.column != beside:
                price -= skips[beside]
            else:
                gap = block.words[max(other.start, segment.start)].gap
                price += NEXT_VALUE[gap] - BORDER[gap]
            if beside > column:
                border = Border(column, value, other.column if other is not None and on else beside, held)
            elif other is None:
                continue
            else:
                border = Border(other.column, held, column, value)
            yield Seam(border, column, beside, price)


def _gain(move: Move) -> float:
    """By how many nats a move is better than it must be: where it parts a value that holds a known one, it must be
    better at all."""
    return move.gain - _BETTER * (not move.parts)


def _as_good(move: Move) -> float:
    """By how many nats the document may be longer for a move to be about as good as none."""
    return _AS_GOOD_EMPTY if move.empties else _AS_GOOD_TOGETHER if len(move.borders) > 1 else _AS_GOOD


def length_of(counts: Mapping[Value, float], column: int, prior: Prior, word: float, discount: float) -> float:
    """The nats that it takes to write a column's values down, each time but the first by pointing to it."""
    types = max(1.0, float(len(counts)))
    total = math.log(sum(counts.values()) + types)
    nats = 0.0
    for value, count in counts.items():
        spelled = prior(column, value)
        nats += count * total + spelled - math.log(types)
        if count > 1:
            again = saved_again(len(value), spelled)
            nats -= (count - 1) * (again + math.log(max(count - 1 - discount, 0.5)))
    return nats


def moves(
    borders: Mapping[Border, int],
    values: Mapping[int, Counter[Value]],
    skips: Mapping[int, float],
    prior: Prior,
    may_open: Callable[[Value, int], bool],
    word: float,
    discount: float,
) -> Iterator[Move]:
    """What it would gain to move all borders of one kind by some words, for all kinds that may be moved.

    `values` are the columns' values, `skips` what it costs to leave one of them out of a row; `may_open` says whether a
    cell may begin with the nth of some words.
    """
    lengths = {column: length_of(counts, column, prior, word, discount) for column, counts in values.items()}
    tried: set[tuple[tuple[Border, ...], int]] = set()
    for (left, right, size), found in _kinds(borders):
        if len(tried) >= _MOST_MOVES or max(len(values[left]), len(values[right])) > _MOST_TYPES:
            return
        found = tuple(border for border in found if _may_move(border, size, may_open))
        if not found or (found, size) in tried:
            continue
        tried.add((found, size))
        before, after, skipped = Counter(values[left]), Counter(values[right]), 0.0
        changes: Counter[tuple[int, Value]] = Counter()
        for border in found:
            times = borders[border]
            whole = (*border.before, *border.after)
            cut = len(border.before) + size
            skipped += times * (0.0 if 0 < cut < len(whole) else skips[right if cut else left])
            skipped -= times * (0.0 if border.after else skips[right])
            sides = ((left, before, border.before, whole[:cut]), (right, after, border.after, whole[cut:]))
            for column, counts, old, new in sides:
                counts[old] -= times
                changes[column, old] -= times
                if new:
                    counts[new] += times
                    changes[column, new] += times
        fresh = (
            skipped + length_of(+before, left, prior, word, discount) + length_of(+after, right, prior, word, discount)
        )
        yield Move(found, size, lengths[left] + lengths[right] - fresh, skipped > 0.0, changes)


def partings(
    seams: Mapping[Seam, int],
    values: Mapping[int, Counter[Value]],
    prior: Prior,
    may_open: Callable[[Value, int], bool],
    word: float,
    discount: float,
) -> Iterator[Move]:
    """What it would gain to read a value, wherever it stands, as another one of its column and one of that beside it:
    "Parks and Roads Registration Service" where "Parks and Roads" is a directorate of other rows."""
    lengths = {column: length_of(counts, column, prior, word, discount) for column, counts in values.items()}
    found: dict[tuple[int, int, Value], list[Seam]] = {}
    for seam in seams:
        whole = seam.border.before if seam.beside > seam.column else seam.border.after
        found.setdefault((seam.column, seam.beside, whole), []).append(seam)
    for (column, beside, whole), alike in islice(found.items(), _MOST_MOVES):
        if max(len(values[column]), len(values[beside])) > _MOST_TYPES:
            continue
        times = sum(seams[seam] for seam in alike)
        price = sum(seams[seam] * seam.price for seam in alike)
        for cut in range(1, len(whole)):
            kept, given = (whole[:cut], whole[cut:]) if beside > column else (whole[cut:], whole[:cut])
            if values[column][kept] < _OFTEN or not may_open(whole, cut):
                continue
            changes = Counter({(column, kept): times, (beside, given): times, (column, whole): -times})
            fresh = price
            for place in (column, beside):
                counts = Counter(values[place])
                counts.update({value: count for (other, value), count in changes.items() if other == place})
                fresh += length_of(+counts, place, prior, word, discount)
            borders = tuple(seam.border for seam in alike)
            yield Move(borders, cut, lengths[column] + lengths[beside] - fresh, False, changes, True)


def _may_move(border: Border, size: int, may_open: Callable[[Value, int], bool]) -> bool:
    """Whether a cell may begin where a border would stand. It may stand at the end of the words as well, unless a line
    ends where it is."""
    whole, cut = (*border.before, *border.after), len(border.before) + size
    if cut in (0, len(whole)):
        return not border.at_line_end
    return 0 < cut < len(whole) and may_open(whole, cut)


def _kinds(borders: Mapping[Border, int]) -> Iterator[tuple[_Sides, tuple[Border, ...]]]:
    """The borders that can be moved together: those behind the same value or before the same one, and those behind or
    before the same words."""
    kinds: dict[tuple[_Sides, str, Value], list[Border]] = {}
    for border in borders:
        left, before, right, after, _ = border
        for size in range(1, _MOST_WORDS + 1):
            if size <= len(before):
                back = _Sides(left, right, -size)
                kinds.setdefault((back, "whole", before), []).append(border)
                kinds.setdefault((back, "words", before[-size:]), []).append(border)
            if size <= len(after):
                on = _Sides(left, right, size)
                kinds.setdefault((on, "whole", after), []).append(border)
                kinds.setdefault((on, "words", after[:size]), []).append(border)
    for (sides, _, _), found in kinds.items():
        yield sides, tuple(found)
