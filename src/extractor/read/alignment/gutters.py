"""Where the columns of a table begin, and which lines run across them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise, takewhile
from operator import attrgetter

from extractor.read.alignment.feet import without_foot
from extractor.read.alignment.headers import Column
from extractor.read.alignment.measure import Measure
from extractor.read.overleaf import is_ref, is_ref_label
from extractor.read.parting import is_one_run, runs_of
from extractor.read.typeset import Word, join_words
from extractor.vocabulary.headings import is_labelled_group

_left_of, _right_of = attrgetter("x0"), attrgetter("x1")
_RUN = 1.0
"""No gap within a run of print is wider than this, in font sizes."""
_FEW_LINES = 12
"""So few lines of print say little of where the columns of a table begin."""
_SAME_MIDDLE = 2.0
"""The middle of a centred cell is no further from that of its header, in points."""
_NARROWEST = 3.0
"""No gap between two columns is narrower than this, in points."""
_FEWEST_LINES = 4
"""Fewer lines of characters say nothing of it."""


def settle_columns(
    columns: list[Column], body: Sequence[list[Word]], measure: Measure, overleaf: Sequence[Column] = ()
) -> None:
    """Sets where each column begins: at its header, or at the gutter before it where body words say otherwise.

    `overleaf` are the columns of the page before under the same header words: where those stand at the same places, a
    page that holds less than a few rows says less than that one.
    """
    sample = body[: min(120, without_foot(body))]
    if len(sample) < _FEW_LINES and _stand_alike(columns, overleaf):
        for column, known in zip(columns, overleaf, strict=True):
            column.left = known.left
        _settle_rights(columns, sample)
        return
    if not measure.exact_pitch and len(sample) < _FEWEST_LINES:
        _settle_rights(columns, sample)
        return
    at_headers = crossed(sample, [column.left for column in columns[1:]], measure)
    for before, column, edge in zip(columns, columns[1:], at_headers, strict=False):
        # A header stands within its column, so that the column begins between the two header words; where the text of
        # the one before begins to the right of its own, behind that.
        low = max(before.left, *(word.x1 for word in before.words))
        column.left = _gutter(sample, column.left, edge, low, measure)
    if measure.exact_pitch:
        _move_off_words(columns, sample)
    _settle_rights(columns, sample)


def _move_off_words(columns: Sequence[Column], sample: Sequence[list[Word]]) -> None:
    """Moves the edges that run through words of rows into the widest gap between the middles of the two header cells:
    where cells are centred no column begins at its header."""
    cells = list(map(cells_of, sample))
    rows = [each for each in cells if len(each) > 1]
    starts = Counter(round(cell[0].x0) for each in cells for cell in each)
    for one, other in pairwise(columns):
        if not one.words or not other.words:
            continue
        low, high = (_middle(column.words) for column in (one, other))
        on_edge = [
            cell for row in rows for cell in row if any(_stands_on(word.x0, word.x1, other.left) for word in cell)
        ]
        centred = any(abs(_middle(cell) - middle) < _SAME_MIDDLE for cell in on_edge for middle in (low, high))
        if not centred and all(starts[round(cell[0].x0)] == 1 for cell in on_edge):
            continue  # the foot of a page
        words = chain.from_iterable(chain.from_iterable(rows))
        within = sorted((word.x0, word.x1) for word in words if word.x1 > low and word.x0 < high)
        best, reach = _NARROWEST, low
        for start, end in within:
            if start - reach > best:
                best, other.left = start - reach, start
            reach = max(reach, end)


def _stands_on(start: float, end: float, edge: float) -> bool:
    return start < edge - 1 and edge + 1 < end


def _middle(words: Sequence[Word]) -> float:
    return (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2


def _settle_rights(columns: Sequence[Column], sample: Sequence[list[Word]]) -> None:
    """Sets where each column ends: where the next begins, or where the text of the last does."""
    for one, other in pairwise(columns):
        one.right = other.left
    columns[-1].right = max([columns[-1].left + 1, *map(_right_of, chain.from_iterable(sample))])


def _stand_alike(columns: Sequence[Column], before: Sequence[Column]) -> bool:
    """Whether the header words of two tables stand at the same places."""
    return len(columns) == len(before) and all(
        abs(one.words[0].x0 - other.words[0].x0) < 0.2 * one.words[0].size
        for one, other in zip(columns, before, strict=True)
    )


def _gutter(
    lines: Sequence[list[Word]], header_left: float, at_header: tuple[float, int], low: float, measure: Measure
) -> float:
    """Where a column begins; `at_header` is what `crossed` tells of its header's left edge, `low` the least place."""
    cost, starts = at_header
    if starts and (cost <= 0.5 * starts or (starts >= 3 and not measure.exact_pitch)):
        return header_left
    candidates = {header_left}
    for line in lines:
        for before, word in zip([None, *line], line, strict=False):
            if low < word.x0 < header_left and (
                before is None or word.x0 - before.x1 > 1.6 * measure.blank * word.size
            ):
                candidates.add(word.x0)
    best = (cost - 0.5 * starts, 0.0, header_left)
    lefts = sorted(candidates)
    for left, (cost, starts) in zip(lefts, crossed(lines, lefts, measure), strict=True):
        best = min(best, (cost - 0.5 * starts, abs(left - header_left), left))
    return best[2]


def crossed(lines: Sequence[list[Word]], lefts: Sequence[float], measure: Measure) -> list[tuple[float, int]]:
    """How much each column's left edge is crossed by words and by running text, and how many lines begin at it."""
    costs, starts = [0.0] * len(lefts), [0] * len(lefts)
    snap, gap = measure.snap, (1.6 if measure.exact_pitch else 1.1) * measure.blank
    numbered = list(enumerate(lefts))
    for line in lines:
        places = list(map(_left_of, line))
        slack = 2 * snap * line[0].size
        reached = line[-1].x1 + slack
        for number, left in numbered:
            if left > reached:
                continue
            # Of the words that stand to the left of the edge only the last can cross it.
            near = bisect_left(places, left - slack) - 1
            before = line[near - 1] if near > 0 else None
            for word in line[near:] if near > 0 else line:
                size = word.size
                reach = snap * size
                distance = word.x0 - left
                if -reach <= distance <= reach:
                    if before is None or word.x0 - before.x1 > gap * size:
                        starts[number] += 1
                    break
                if distance > 0:
                    if before is not None and before.x1 <= left + reach and word.x0 - before.x1 < gap * size:
                        costs[number] += 1.0  # running text goes across
                    break
                if word.x1 > left + reach:
                    costs[number] += 3.0
                    break
                before = word
    return list(zip(costs, starts, strict=True))


def _is_run_in_print(line: Sequence[Word], first: Column) -> bool:
    """Whether a line in print is one run of text that begins in a column of refs, where no group can be named."""
    return first.meaning == "ref" and all(word.x0 - before.x1 <= _RUN * word.size for before, word in pairwise(line))


def cells_of(line: list[Word]) -> list[list[Word]]:
    """The words of a line of print, parted where the distance of two is that of two cells."""
    cells = [[line[0]]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > _RUN * word.size:
            cells.append([])
        cells[-1].append(word)
    return cells


def is_across(line: list[Word], columns: list[Column], lefts: Sequence[float], measure: Measure) -> bool:
    """Whether a line runs across the columns: a word, or a blank of running text, stands on an edge.

    A line that its label makes a group's heading does so however short it is. `lefts` are the left edges of all columns
    but the first.
    """
    if line[0].x0 <= columns[0].left + 3:
        is_run = _is_run_in_print(line, columns[0]) if measure.exact_pitch else is_one_run(line)
        if is_run and is_labelled_group(join_words(line)):
            return True
    if not measure.exact_pitch:
        run = runs_of(line)[0]
        if len(run) < len(line) or run[0].x0 >= lefts[0] - 1.05:
            return False
        # What names a group among refs leaves no gap before the next column where it ends there.
        names = columns[0].meaning == "ref" and len(run) > 1 and not any(is_ref(word.text) for word in run)
        within = run[-1].x1 <= lefts[0] + (-0.05 if names else 1.05)
        if within and not (columns[0].meaning == "ref" and 0 < ref_words(run) < len(run) - 1):
            return False  # "2. Visible policing" is no ref either
        if run[0].x0 > columns[0].left + (2.05 if columns[0].meaning == "ref" else 3):
            return False
        if not re.match(r"[A-Z0-9‘“'\"]", run[0].text):
            return False  # a group has a name; this goes on from above
        if columns[0].meaning == "ref":
            if len(run) > 1 and is_ref_label(run[0].text) and abs(run[1].x0 - lefts[0]) <= 1.05:
                return False  # "Action", with its number on the next line, and the text beside it
            count = ref_words(run)
            # "2. Visible local policing" runs on where a row's activity would begin at its column.
            return not count or run[count].x0 < lefts[0] - 3
        return not any(abs(word.x0 - lefts[0]) <= 1.05 for word in run)
    snap = measure.snap
    count = len(lefts)
    before = line[0]
    near = 1.29 * measure.blank
    at = -1  # so many of the columns' edges stand to the left of the word before
    runs_over = False
    reach = snap * before.size
    place = bisect_right(lefts, before.x0 + reach)
    in_one_column = place == count or line[-1].x1 <= lefts[place] + reach
    for word in [] if in_one_column else line:
        size, left = word.size, word.x0
        reach = snap * size
        place = bisect_right(lefts, left + reach)
        is_over = place < count and word.x1 > lefts[place] + reach
        # A word too long for its column is drawn over the first one of the next.
        if is_over and not any(abs(other.x0 - lefts[place]) <= reach for other in line):
            return True
        if at >= 0:
            one = at if before.size == size else bisect_right(lefts, before.x0 + reach)
            if place > one and left - before.x1 < near * size and abs(left - lefts[place - 1]) > reach:
                runs_over = True
        before, at = word, place
    return runs_over or (columns[0].meaning == "ref" and _passes_refs(line, lefts[0], measure))


def _passes_refs(line: list[Word], left: float, measure: Measure) -> bool:
    """Whether running text begins in the column of refs and goes on beyond it, though a word stands on the edge."""
    own = list(takewhile(lambda word: word.x0 < left - measure.snap * word.size, line))
    if not own or len(own) == len(line) or is_ref(" ".join(word.text for word in own)):
        return False
    following = line[len(own)]
    return following.x0 - own[-1].x1 < 1.29 * measure.blank * following.size and own[-1].text[:1].isalpha()


def ref_words(run: Sequence[Word]) -> int:
    """How many of the first words of a run are a ref; 0 where none or all are."""
    if is_ref(" ".join(word.text for word in run)):
        return 0
    for size in (3, 2, 1):
        if size < len(run) and is_ref(" ".join(word.text for word in run[:size])):
            return size
    return 0
