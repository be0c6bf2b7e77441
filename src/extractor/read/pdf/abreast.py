"""What stands side by side on a page and is read one after the other: two pages on one, and cards in columns.

1. Nothing is parted for a gap alone, which any table has: the same labels have to stand on both sides of it.
2. Cards whose tops are level are read row by row; others, and tables, column by column.
3. What runs across the gap, or stands between two rows of cards, is read between them.
4. A shaded strip left of a whole table names it. A shaded box of text beside it and what stands above it, beyond its
   header, is an aside, and no part of what stands on its lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple

from extractor.locations import Box
from extractor.read.overleaf import is_ref
from extractor.read.typeset import Word, as_text_line, join_words, text_lines
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.states import is_state

_GUTTER = 12.0
_FEWEST_LABELS = 3
_OPENING = ("ref", "activity")
_SAME_PLACE = 2.0
_LEVEL = 3.0
"""Tops of cards in one row differ by no more than this, in points."""
_MOST_LEVEL = 0.8
_ROOM = 1.15
_NEAR = 3.0
"""A column begins so far left of its words, in points."""
_LONGEST_LABEL = 8
"""No label has more words."""
_ENDLESS = float("inf")

_baseline = attrgetter("baseline")


class Piece(NamedTuple):
    """Words of a page that are read together, and between which places of its width they stand."""

    words: list[Word]
    left: float
    right: float


class _Label(NamedTuple):
    """A known label that begins a run of words."""

    text: str
    x0: float
    baseline: float


def side_by_side(lines: Sequence[list[Word]]) -> list[Piece]:
    """The parts of a page in the order in which they are read; none where nothing stands side by side."""
    runs = list(map(_runs, lines))
    gap = _between_headers(runs)
    if gap:
        return _halves([word for line in lines for word in line], sum(gap) / 2)
    end = _table_below(runs)
    pieces = _cards(lines[:end], list(chain.from_iterable(runs[:end])))
    below = list(chain.from_iterable(lines[end:]))
    return [*pieces, Piece(below, -_ENDLESS, _ENDLESS)] if pieces and below else pieces


def _halves(words: Sequence[Word], middle: float) -> list[Piece]:
    return [
        Piece([word for word in words if word.x0 < middle], -_ENDLESS, middle),
        Piece([word for word in words if word.x0 >= middle], middle, _ENDLESS),
    ]


# --- names beside their tables ---------------------------------------------------------------------------


def beside_tables(boxes: Sequence[Box], width: float, words: Sequence[Word]) -> list[tuple[float, list[Word]]]:
    """The words of each shaded strip that stands left of a whole table, header and all, with the top of the strip: the
    name of what the table is about. `width` is that of the page, `boxes` are its shaded ones."""
    found: list[tuple[float, list[Word]]] = []
    for box in boxes:
        left, top, right, bottom = box
        if right - left > _STRIP * width or bottom - top < _LOWEST_STRIP * (right - left):
            continue
        level = [word for word in words if top < word.baseline - 0.3 * word.size < bottom]
        own = [word for word in level if left < word.x0 and word.x1 < right]
        others = [word for word in level if not left < (word.x0 + word.x1) / 2 < right]
        if not own or len(own) > _LONGEST_NAME or len(own) + len(others) < len(level):
            continue
        if any(word.high for word in own) or any(word.x0 < right for word in others):
            continue
        if any(abs(box[1] - other[1]) < 1 and abs(box[3] - other[3]) < 1 and other is not box for other in boxes):
            continue  # a cell of a shaded row
        beside = text_lines(others)
        lines = text_lines(own)
        if is_labelled_group(" ".join(map(join_words, lines))) and len(lines) > 1:
            pass  # "Outcome: Warm homes" is a name, however low its strip
        elif bottom - top < right - left or _is_column(lines, beside):
            continue
        labels = (run for line in beside[:_HEADER_LINES] for run in _runs(line))
        if sum(header_meaning(as_text_line(run).text) is not None for run in labels) >= _FEWEST_LABELS:
            found.append((top, own))
    return found


def _is_column(lines: Sequence[list[Word]], beside: Sequence[list[Word]]) -> bool:
    """Whether the lines of a strip are cells of the table beside it, whose first column is shaded: refs, lines that are
    set apart or one for each row, as those of a name are not, or a label of the header."""
    if any(is_ref(join_words(line)) for line in lines):
        return True
    if any(below[0].baseline - line[0].baseline > _ONE_NAME * line[0].size for line, below in pairwise(lines)):
        return True
    levels = {round(line[0].baseline) for line in beside}
    if len(lines) >= max(len(beside) - 1, 3) and all(round(line[0].baseline) in levels for line in lines):
        return True
    in_header = len(beside) <= _HEADER_LINES or round(lines[0][0].baseline) == min(levels)
    return in_header and header_meaning(join_words(lines[0])) is not None


_STRIP = 0.25
_LOWEST_STRIP = 0.4
"""No strip is lower than so much of its width."""
_ONE_NAME = 2.0
"""The lines of a name are no further apart, in font sizes."""
_LONGEST_NAME = 20
_HEADER_LINES = 3


# --- asides ----------------------------------------------------------------------------------------------


def asides(boxes: Sequence[Box], width: float, lines: Sequence[list[Word]]) -> list[tuple[Box, list[Word]]]:
    """The shaded boxes that hold asides, with their words: several lines of text in a box that no other touches, beside
    which all text is on one side, as are all the labels of a table's header. The name of a table is none, nor is a box
    of labelled values."""
    found: list[tuple[Box, list[Word]]] = []
    for box in boxes:
        left, top, right, bottom = box
        if bottom - top < _ASIDE_HEIGHT or any(_touch(box, other) for other in boxes if other is not box):
            continue
        level = [word for line in lines for word in line if top < word.baseline - 0.3 * word.size < bottom]
        own = [word for word in level if left < word.x0 and word.x1 < right]
        own_lines = text_lines(own)
        others = [word for word in level if word.x1 <= left - _NEAR or right + _NEAR <= word.x0]
        if len(own_lines) < _ASIDE_LINES or not others or len(own) + len(others) < len(level):
            continue
        if len({word.x0 < left for word in others}) > 1 or any(len(_runs(line)) > 1 for line in own_lines):
            continue
        if any(header_meaning(as_text_line(line).text.partition(":")[0]) for line in own_lines):
            continue  # "Lead officer: Town Clerk" is data of what stands beside it
        levels = {round(word.baseline) for word in others}
        if sum(round(line[0].baseline) in levels for line in own_lines) > _LINED_UP * len(own_lines):
            continue  # a column of cells
        held = set(map(id, own))
        rest = ([word for word in line if id(word) not in held] for line in lines)
        headers = [line for line in rest if line and any(_label_runs(_runs(line)))]
        if headers and not any(word.x0 < right and left < word.x1 for line in headers for word in line):
            found.append((box, own))
    named = beside_tables(boxes, width, list(chain.from_iterable(lines))) if found else []
    names = {id(word) for _, name in named for word in name}
    return [(box, own) for box, own in found if id(own[0]) not in names and not is_labelled_group(join_words(own))]


def _touch(box: Box, other: Box) -> bool:
    return (
        box[0] - _NEAR < other[2]
        and other[0] < box[2] + _NEAR
        and box[1] - _NEAR < other[3]
        and other[1] < box[3] + _NEAR
    )


_ASIDE_HEIGHT = 30.0
_ASIDE_LINES = 3
_LINED_UP = 0.75


# --- two pages on one ------------------------------------------------------------------------------------


def _between_headers(lines: Sequence[list[list[Word]]]) -> tuple[float, float] | None:
    """Where a page may be parted that shows two pages side by side: between two headers of the same labels, where no
    word stands; None for any other page. `lines` are its lines by their runs.
    """
    seen: dict[str, tuple[float, float]] = {}
    for runs in lines:
        for labels, left, right in _label_runs(runs):
            before = seen.setdefault(labels, (left, right))
            if before[1] < left or right < before[0]:
                first, second = sorted((before, (left, right)))
                return _widest_gap(first[1], second[0], [word for line in lines for run in line for word in run])
    return None


def _label_runs(runs: Sequence[list[Word]]) -> Iterator[tuple[str, float, float]]:
    """The known labels that stand side by side as runs of a line, three or more, none twice and one that heads refs or
    activities: other columns may be repeated in one table. With their left and right edge.
    """
    if len(runs) < _FEWEST_LABELS or not any(header_meaning(join_words(run)) for run in (runs[-1], runs[0])):
        return  # of two pages side by side, each has an end of the line
    labels: list[str] = []
    starts: list[float] = []
    end = 0.0
    for run in [*runs, []]:
        text = as_text_line(run).text if run else ""
        if labels and (not text or text in labels or not header_meaning(text)):
            last = max((at for at, label in enumerate(labels) if header_meaning(label) in _OPENING), default=-1)
            # A heading of the other page may stand before them.
            for first in range(min(len(labels) - _FEWEST_LABELS, last) + 1):
                yield " | ".join(labels[first:]), starts[first], end
            labels, starts = [], []
        if text and header_meaning(text):
            end = run[-1].x1
            labels.append(text)
            starts.append(run[0].x0)


def _runs(line: list[Word]) -> list[list[Word]]:
    """The words of a line, parted where more than a blank stands between two."""
    gaps = [at for at, (before, word) in enumerate(pairwise(line), 1) if word.x0 - before.x1 > word.size]
    return [line[start:end] for start, end in pairwise([0, *gaps, len(line)])] if gaps else [line]


def _widest_gap(left: float, right: float, words: Sequence[Word]) -> tuple[float, float] | None:
    """The widest stretch between two places in which no word stands, if it is as wide as a gutter."""
    best, at = _GUTTER, None
    reach = left
    inside = sorted((word for word in words if word.x1 > left and word.x0 < right), key=attrgetter("x0"))
    for start, end in [*((word.x0, word.x1) for word in inside), (right, right)]:
        if start - reach > best:
            best, at = start - reach, (reach, start)
        reach = max(reach, end)
    return at


# --- cards in columns ------------------------------------------------------------------------------------


def _cards(lines: Sequence[list[Word]], runs: Sequence[list[Word]]) -> list[Piece]:
    """The cards of a page that has them in columns, and what stands around them; none on another page.

    `runs` are those of the lines.
    """
    columns = _label_columns(_labels(runs))
    if not columns or _are_of_table(columns, lines, runs):
        return []
    first, last = (pick(label.baseline for column in columns for label in column) for pick in (min, max))
    lefts = [-_ENDLESS]
    crossing: set[int] = set()
    for one, other in pairwise(columns):
        start, end = one[0].x0, other[0].x0
        across = [run for run in runs if run[0].x0 < start + _GUTTER and run[-1].x1 > end]
        crossing.update(id(word) for run in across for word in run)
        beside = [word for run in runs for word in run if first <= word.baseline <= last and id(word) not in crossing]
        gap = _widest_gap(start + 1, end + 1, beside)
        if gap is None:
            return []
        lefts.append(gap[1] - _NEAR)
    words = [word for line in lines for word in line]
    on_gaps = [word.baseline for word in words if word.baseline < first if any(word.x0 < x < word.x1 for x in lefts)]
    floor = max(on_gaps, default=0.0)
    head, words = [w for w in words if w.baseline <= floor], [w for w in words if w.baseline > floor]
    sides = [
        [word for word in words if id(word) not in crossing and left <= word.x0 < right]
        for left, right in pairwise([*lefts, _ENDLESS])
    ]
    tops = [_tops(side, labels) for side, labels in zip(sides, columns, strict=True)]
    step = _step(sides, columns)
    begun = _begun(sides[0], step)
    level = [top for top in tops[1] if any(abs(top - other) < _LEVEL for other in begun)]
    if len(level) < _MOST_LEVEL * len(tops[1]):
        cuts = sorted({word.baseline - word.size for word in words if id(word) in crossing})
        foots = [max(label.baseline for label in chain.from_iterable(columns))]
    else:
        cuts = _level_tops(tops)
        foots = [
            max((one.baseline for one in chain.from_iterable(columns) if one.baseline < below), default=0.0)
            for below in [*cuts[1:], _ENDLESS]
        ]
    above = [Piece(head, -_ENDLESS, _ENDLESS)] if head else []
    return [*above, *_pieces(words, crossing, lefts, cuts, foots, step)]


def _table_below(lines: Sequence[list[list[Word]]]) -> int:
    """The first line that is the header of a table below cards in columns, by its runs; their number, if there is none.
    Some of its labels stand where no labels of cards do."""
    for at, runs in enumerate(lines):
        if any(_label_runs(runs)):
            columns = _label_columns(_labels(chain.from_iterable(lines[:at])))
            places = [column[0].x0 for column in columns]
            if columns and any(all(abs(label.x0 - x) > _SAME_PLACE for x in places) for label in _labels(runs)):
                return at
    return len(lines)


def _are_of_table(columns: Sequence[Sequence[_Label]], lines: Sequence[list[Word]], runs: Sequence[list[Word]]) -> bool:
    """Whether columns of labels are those of a table: its header stands over more than one of them, or most of the
    labels in one are values themselves, since none stands behind or below them."""
    for line in lines:
        for _, left, right in _label_runs(_runs(line)):
            if sum(left - _SAME_PLACE < column[0].x0 < right for column in columns) > 1:
                return True
    bounds = [*(column[0].x0 - _SAME_PLACE for column in columns), _ENDLESS]
    for left, right in pairwise(bounds):
        own = sorted((run for run in runs if left <= run[0].x0 < right), key=lambda run: (run[0].baseline, run[0].x0))
        known = {id(run) for run in own if _label_of(run)}
        behind = {id(run): id(following) not in known for run, following in pairwise(own)}
        below = [run for run in own if run[0].x0 < left + 2 * _SAME_PLACE]
        valued = [
            behind[id(run)] or id(following) not in known or any(word.text[-1] == ":" for word in run)
            for run, following in pairwise(below)
            if id(run) in known
        ]
        if 2 * sum(valued) < len(valued):
            return True
    return False


def _labels(runs: Iterable[list[Word]]) -> list[_Label]:
    return [label for run in runs if (label := _label_of(run))]


def _pieces(
    words: Sequence[Word],
    crossing: set[int],
    lefts: Sequence[float],
    cuts: Sequence[float],
    foots: Sequence[float],
    step: float,
) -> Iterator[Piece]:
    """Words by band and column; `cuts` are the tops of the bands, `foots` where the last label of some stands.

    What stands below that, further from a line than `step`, is read behind the columns of the band.
    """
    bounds = [-_ENDLESS, *cuts, _ENDLESS]
    rows = [[word for word in words if top <= word.baseline < below] for top, below in pairwise(bounds)]
    for row in rows:
        foot = max((each for each in foots if row and each <= max(map(_baseline, row))), default=_ENDLESS)
        tail = _set_off(row, foot, step)
        held = {id(word) for word in tail}
        for index, (left, right) in enumerate(pairwise([*lefts, _ENDLESS])):
            own = [
                word
                for word in row
                if id(word) not in held and (index == 0 if id(word) in crossing else left <= word.x0 < right)
            ]
            if own:
                yield Piece(own, left, right)
        if tail:
            yield Piece(tail, -_ENDLESS, _ENDLESS)


def _set_off(row: Sequence[Word], foot: float, step: float) -> list[Word]:
    """The words of a band below its last label that stand apart from the text of that."""
    below = sorted((word for word in row if word.baseline >= foot), key=_baseline)
    for before, word in pairwise(below):
        if word.baseline - before.baseline > step:
            return [each for each in below if each.baseline >= word.baseline]
    return []


def _label_of(run: list[Word]) -> _Label | None:
    if not run[0].text[0].isupper() or (len(run) > _LONGEST_LABEL and not any(word.text[-1] == ":" for word in run)):
        return None
    if not header_meaning(join_words(run).partition(":")[0].strip()):
        return None
    text = as_text_line(run).text
    label = text.partition(":")[0].strip()
    is_value = is_state(text) or any(map(str.isdigit, label))  # "Quarter 1" heads columns elsewhere
    is_label = not is_value and header_meaning(label) and not is_labelled_group(text)
    return _Label(label, run[0].x0, run[0].baseline) if is_label else None


def _label_columns(labels: Sequence[_Label]) -> list[list[_Label]]:
    """The labels that stand over each other, by column from left to right; in each two follow each other that do so in
    the one with the most. One that follows itself is the name of a column, in a header that comes again."""
    columns: list[list[_Label]] = []
    for label in sorted(labels, key=lambda each: each.x0):
        if columns and label.x0 - columns[-1][0].x0 < _SAME_PLACE:
            columns[-1].append(label)
        else:
            columns.append([label])
    follow = (pairwise(label.text for label in sorted(column, key=_baseline)) for column in columns)
    pairs = [{(label, below) for label, below in each if label != below} for each in follow]
    known = max(pairs, key=len, default=set())
    columns = [column for column, own in zip(columns, pairs, strict=True) if own & known]
    tops, foots = ([pick(label.baseline for label in column) for column in columns] for pick in (min, max))
    return columns if len(columns) > 1 and max(tops) < min(foots) else []


def _tops(side: Sequence[Word], labels: Sequence[_Label]) -> list[float]:
    """Where each card of a column but the first begins: a label that a card has had is another's, which begins behind
    the widest gap between the two."""
    tops: list[float] = []
    own: dict[str, float] = {}
    lines = [(line[0].baseline, line[0].size) for line in text_lines(side)]
    for label in sorted(labels, key=_baseline):
        if label.text in own:
            span = [line for line in lines if own[label.text] <= line[0] <= label.baseline + 1]
            gaps = [(below[0] - line[0], below[0] - below[1]) for line, below in pairwise(span)]
            top = max(gaps, key=lambda gap: gap[0], default=(0.0, label.baseline))[1]
            tops.append(top)
            own = {text: baseline for text, baseline in own.items() if baseline > top}
        own[label.text] = label.baseline
    return tops


def _step(sides: Sequence[Sequence[Word]], columns: Sequence[Sequence[_Label]]) -> float:
    """How far below its label a value begins in most cards, with some room."""
    steps: list[float] = []
    for side, labels in zip(sides, columns, strict=True):
        heights = sorted({word.baseline for word in side})
        below = [bisect_right(heights, label.baseline + 1) for label in labels]
        steps += [heights[at] - label.baseline for at, label in zip(below, labels, strict=True) if at < len(heights)]
    return _ROOM * sorted(steps)[len(steps) // 2] if steps else 0.0


def _begun(side: Sequence[Word], step: float) -> list[float]:
    """The tops of the lines of a column that stand further from those above than a value from its label."""
    return [
        line[0].baseline - line[0].size
        for above, line in pairwise(text_lines(side))
        if line[0].baseline - above[0].baseline > step
    ]


def _level_tops(tops: Sequence[Sequence[float]]) -> list[float]:
    """The tops of all rows of cards."""
    found: list[float] = []
    for top in sorted(chain.from_iterable(tops)):
        if not found or top - found[-1] > _LEVEL:
            found.append(top)
    return found
