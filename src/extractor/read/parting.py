"""Lines of characters -> the cells that stand on them: which words belong to which column.

1. A program that sets a page in columns of characters lets what stands at one place of the page begin at one
   character, so that where cells begin in the lines around counts for more than where their header does.
2. What only one blank parts was set close together: the text before it fills its column. How wide it was in print
   is estimated, since a line of narrow letters holds more of them.
3. Every way to cut a line has a price; the cheapest is taken. Where another costs hardly more, the words that it
   gives to another column are doubtful, and so are both cells.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from extractor.fixed import fixed
from extractor.read.overleaf import begins_ref, is_ref
from extractor.read.typeset import Word, marker_of
from extractor.rows import PEOPLE, TIMES
from extractor.text import key, print_width
from extractor.vocabulary import Meaning
from extractor.vocabulary.states import STATES
from extractor.vocabulary.times import is_timescale

_NEAR_LINES = 8
"""How many lines above and below show where cells begin."""
_BESIDE = 3
"""So many lines above and below a line tell how far the text of a column reaches there, and where the next begins."""
_MOVED, _NARROWED = 6, 1.0
"""Where cells begin so far to the left of their column, the one before them is narrower than elsewhere: what it costs
at most that its text leaves room."""
_WIDE_GAP = 4
"""No words of one cell stand so far apart."""
_RECURS, _MOST_WORDS = 2, 5
"""A column's line that occurs so often, and has no more words, is looked for at the end of the cell before it."""
_HOLDS_VALUE = 2.0
"""What it costs that a cell ends in such a line of an empty column after it; names of people may well."""
_MAX_CUTS = 60
"""No line of a table has more places at which a cell may begin."""
_CLOSE_CALL = 1.0
"""A word is doubtful where another reading of its line costs so little more."""
_TIME_WORD = re.compile(
    r"\(?(?:by|before|end|of|the|from|to|until|and|onwards|since|early|mid|late|start|quarters?|qtr|q[1-4].*|ongoing|year|month"
    r"|annual(?:ly)?|monthly|quarterly|weekly|daily|termly|half|spring|summer|autumn|winter|tbc|confirmed|be|completed?"
    r"|closed|financial|every|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
    r"|[-–&/]|\W*\d[\d/.,–-]*(?:st|nd|rd|th)?\W*)[).,;:]*",
    re.IGNORECASE,
)
_LEADS_TO_TIME = re.compile(
    r"in|by|from|of|to|until|till|before|after|for|since|during|or|on|between|than|at", re.IGNORECASE
)
_LEADING_TIME = re.compile(
    r"by|end|from|to|qtr|quarters?|spring|summer|autumn|winter|year|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*"
    r"|sep\w*|oct\w*|nov\w*|dec\w*",
    re.IGNORECASE,
)
_JOINING = re.compile(r"[-–&/]|and|of|the|to", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}")
_LETTER = re.compile(r"\(?[a-z][.)]")
_INITIAL = re.compile(r"[A-Z]\.?")
_STATE_WORDS = frozenset(word for state in STATES for word in state.split())
_AGAIN, _MANY_TIMES, _OFTEN = 1.0, 4, 2.0
"""What it spares that a cell's line is another's of its column too, and that so many are."""
_NO_STATE = 1.5
"""What it costs that a column of states holds words that no state has, and none of its other cells."""
_NO_TIME = 1.5
"""What it costs that a timescale is a bare number, and that none of its column is, over its being no timescale."""
_NEVER = 1e9
_USUAL = 0.53
"""About how wide a letter is in print, in font sizes."""


@fixed(frozen=True, slots=True)
class PartedLine:
    """The words of a line by column, and the columns of which some words may belong to another."""

    parts: dict[int, list[Word]]
    doubted: frozenset[int] = frozenset()


def is_time_word(word: Word) -> bool:
    """Whether a word stands in timescales: "By", "2025", "September"."""
    return bool(_TIME_WORD.fullmatch(word.text))


def runs_of(line: Sequence[Word]) -> list[list[Word]]:
    """Words of a line of characters that only one blank parts."""
    runs = [[line[0]]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > 1.1:
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def is_one_run(line: Sequence[Word]) -> bool:
    """Whether no more than one blank of a line of characters parts any two words."""
    return all(word.x0 - before.x1 <= 1.1 for before, word in pairwise(line))


@dataclass(slots=True)
class _Seen:
    """What stands in a column where nothing makes that doubtful."""

    words: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    widths: list[float] = field(default_factory=list)
    total: int = 0
    """How many words they are."""

    def add(self, other: _Seen) -> None:
        """Takes what stands in another column too."""
        self.words.update(other.words)
        self.lines.update(other.lines)
        self.total += other.total


@dataclass(slots=True)
class Said:
    """What stands in the columns of a document's tables, by what their headers say.

    It is gathered as the document is read for the first time, and asked when it is read again.
    """

    asked: bool = False
    columns: dict[str, _Seen] = field(default_factory=dict)
    own: dict[tuple[int, float], list[_Seen]] = field(default_factory=dict)
    """What each table itself holds, by its page and the baseline of its first line."""

    def hold(self, place: tuple[int, float], labels: Sequence[str]) -> list[tuple[_Seen, _Seen]]:
        """What all of the document, and a table itself, hold in each of its columns; nothing where it is not known."""
        own = self.own.get(place, ()) if self.asked else ()
        if len(own) != len(labels) or not self.columns.keys() >= set(labels):
            return []
        return [(self.columns[label], each) for label, each in zip(labels, own, strict=True)]

    def take(self, place: tuple[int, float], labels: Sequence[str], seen: Sequence[_Seen]) -> None:
        """Notes what a table's columns hold, once."""
        if place in self.own:
            return
        self.own[place] = list(seen)
        for label, each in zip(labels, seen, strict=True):
            self.columns.setdefault(label, _Seen()).add(each)


def part_lines(
    lines: Sequence[list[Word] | None],
    lefts: Sequence[float],
    meanings: Sequence[Meaning | None],
    labels: Sequence[str] = (),
    said: Said | None = None,
) -> list[PartedLine]:
    """Each line's words by column; None stands for a line that has no columns.

    `lefts` are the left edges of the columns, about; `meanings` what their headers mean, `labels` what they say.
    """
    parter = _Parter(lines, lefts, meanings)
    place = next(((line[0].page, line[0].baseline) for line in lines if line), None)
    if said is not None and place is not None:
        parter.hear(said.hold(place, labels))
    found = [parter.part(index) for index in range(len(lines))]
    if parter.asked:
        parter.learn(found)
        parter.look_again(found)
        found = [parter.part(index) for index in range(len(lines))]
    if said is not None and not said.asked and place is not None:
        parter.learn(found)
        said.take(place, labels, parter.seen)
    return found


@fixed(frozen=True, slots=True)
class _Piece:
    """Words of a line between two places where a cell surely begins."""

    words: list[Word]
    low: int
    """The first column that they may stand in."""
    high: int
    """The first column that they cannot stand in."""
    anchored: bool
    """The first word surely begins the cell of `low`."""


class _Parter:
    def __init__(
        self, lines: Sequence[list[Word] | None], lefts: Sequence[float], meanings: Sequence[Meaning | None]
    ) -> None:
        self.lines = lines
        self.lefts = list(lefts)
        self.meanings = list(meanings)
        self.width = len(lefts)
        self.asked = False
        """A line could not be parted by its gaps alone."""
        self.starts: list[dict[int, float]] = [
            self._starts_of(index, line) if line else {} for index, line in enumerate(lines)
        ]
        self._settle_starts()
        self.usual = [self._usual(column) for column in range(self.width)]
        self.places = [self._places(index) if line else [] for index, line in enumerate(lines)]
        self.seen = [_Seen() for _ in lefts]
        self.others: Sequence[tuple[_Seen, _Seen]] = ()
        """What stands in columns of the same names in all of the document, and in those of this table."""
        self.values: dict[str, frozenset[int]] = {}
        """The columns in which a text is a line more than once, as far as that was asked."""
        plain = [self._plain(line, self.places[index]) if line else None for index, line in enumerate(lines)]
        self.learn([PartedLine(parts or {}) for parts in plain])

    # --- what the table shows -----------------------------------------------------------------------

    def _starts_of(self, index: int, line: Sequence[Word]) -> dict[int, float]:
        """Where cells begin on a line that a gap parts from the one before, by the nearest column."""
        starts: dict[int, float] = {}
        before: Word | None = None
        last, begun = -1, -1.0
        for run in runs_of(line):
            column = self._nearest(run[0].x0)
            set_in = column + 1 < self.width and run[0].x0 > self.lefts[column] + 1.05
            if set_in and self.meanings[column] == "ref" and not _begins_with_ref(run):
                column += 1  # further to the left than its column elsewhere
            elif set_in and self._stands_behind(index, run, column):
                column += 1
            is_same_cell = before is not None and column <= last and run[0].x0 - before.x1 < 2.5
            if before is not None and starts.get(column) == begun and run[0].x0 - before.x1 >= _WIDE_GAP:
                column += self._in_second_half(run, column)  # set closer to the one before than elsewhere
            if not is_same_cell and column > last:
                starts[column] = run[0].x0
                last = column
            before, begun = run[-1], run[0].x0
        return starts

    def _settle_starts(self) -> None:
        """Gives to the next column what begins where a gap shows on a line nearby that this one does."""
        for index, starts in enumerate(self.starts):
            near = self.starts[max(0, index - _BESIDE) : index + 1 + _BESIDE]
            for column, start in sorted(starts.items(), reverse=True):
                moved = start > self.lefts[column] + 1.05 and column + 1 not in starts
                if moved and any(len(each) > 1 and each.get(column + 1) == start for each in near):
                    starts[column + 1] = starts.pop(column)

    def _in_second_half(self, run: Sequence[Word], column: int) -> bool:
        """Whether words begin nearer to the next column than to the left edge of this one."""
        ends = self.lefts[column + 1 : column + 2]
        return bool(ends) and 2 * run[0].x0 > self.lefts[column] + ends[0]

    def _stands_behind(self, index: int, run: Sequence[Word], column: int) -> bool:
        """Whether words begin in the second half of a column, to the right of all text of it on the lines around.

        A program may set the cells of a row closer together than those of other rows.
        """
        start, left = run[0].x0, self.lefts[column]
        if not self._in_second_half(run, column):
            return False
        around = [*self.lines[max(0, index - _BESIDE) : index], *self.lines[index + 1 : index + 1 + _BESIDE]]
        own = [each for line in around if line for each in runs_of(line) if abs(each[0].x0 - left) <= 1.05]
        return len(own) >= _BESIDE and all(each[-1].x1 < start for each in own)

    def _nearest(self, start: float) -> int:
        column = max(bisect_right(self.lefts, start + 1.05) - 1, 0)
        if column + 1 < self.width:
            short = self.lefts[column + 1] - start
            if short <= 8 and short < start - self.lefts[column]:
                return column + 1
        return column

    def _usual(self, column: int) -> frozenset[float]:
        """Where many cells of a column begin."""
        counts = Counter(starts[column] for starts in self.starts if column in starts)
        total = sum(counts.values())
        return frozenset(start for start, count in counts.items() if count >= 3 and count >= 0.2 * total)

    def _places(self, index: int) -> list[list[float]]:
        """Where cells of each column may begin on a line, by the lines around."""
        first, last = max(0, index - _NEAR_LINES), index + _NEAR_LINES + 1
        near: list[set[float]] = [set() for _ in self.lefts]
        for other, starts in enumerate(self.starts[first:last], first):
            if other != index:
                for column, start in starts.items():
                    near[column].add(start)
        return [sorted(near[column] or self.usual[column] or {self.lefts[column]}) for column in range(self.width)]

    def hear(self, others: Sequence[tuple[_Seen, _Seen]]) -> None:
        """Takes what stands in columns of the same names in all of the document, and in this table's own."""
        self.others = others
        self._sum_up()

    def _sum_up(self) -> None:
        others = [document.total - own.total for document, own in self.others] or [0] * self.width
        self.totals = [seen.total + other + 10 for seen, other in zip(self.seen, others, strict=True)]
        self.values = {}
        self.prices: dict[str, list[float]] = {}

    def look_again(self, found: Sequence[PartedLine]) -> None:
        """Takes where cells begin from lines that are parted beyond doubt, also where only a blank parts them."""
        for starts, line in zip(self.starts, found, strict=True):
            starts.update({column: words[0].x0 for column, words in line.parts.items() if column not in line.doubted})
        self.places = [self._places(index) if line else [] for index, line in enumerate(self.lines)]

    def learn(self, found: Sequence[PartedLine]) -> None:
        """Takes what stands in the columns from lines that are parted beyond doubt."""
        self.seen = [_Seen() for _ in self.lefts]
        self.found = found
        for line in found:
            for column, words in line.parts.items():
                if column in line.doubted:
                    continue
                text = " ".join(word.text for word in words)
                seen = self.seen[column]
                own = {word.text for word in words}
                seen.words.update(own)
                seen.total += len(own)
                seen.lines[text] += 1
                seen.widths.append(print_width(text))
        self.limits = [self._limit(column) for column in range(self.width)]
        self._sum_up()
        self.own: dict[int, str] = {}
        self.above: Mapping[int, Sequence[Word]] = {}

    def _limit(self, column: int) -> float:
        """How wide the text of a column may be in print."""
        if column + 1 == self.width:
            return _NEVER
        widths = sorted(self.seen[column].widths, reverse=True)
        # The very widest may be one that was parted wrongly.
        widest = widths[min(2, len(widths) // 8)] if widths else 0.0
        return max(0.4 * (self.lefts[column + 1] - self.lefts[column] - 1), widest)

    # --- one line -----------------------------------------------------------------------------------

    def _plain(self, line: Sequence[Word], places: Sequence[Sequence[float]]) -> dict[int, list[Word]] | None:
        """The words by column where every run begins where a column does and ends before the next; else None."""
        parts: dict[int, list[Word]] = {}
        last = -1
        for run in runs_of(line):
            column = self._exact(run[0].x0, last + 1, places)
            if column is None or (column + 1 < self.width and run[-1].x1 > min(places[column + 1]) - 0.5):
                return None
            if (
                column + 1 < self.width
                and self.meanings[column + 1] in TIMES
                and self._ends_near_time(run, column, places)
            ):
                return None
            if self.meanings[column] == "ref" and not _may_be_ref(_text(run)):
                return None
            parts[column] = run
            last = column
        filled = [*sorted(parts), self.width]
        if any(self._ends_in_value(parts[column], column, end) for column, end in pairwise(filled)):
            return None
        return parts

    def _ends_in_value(self, run: Sequence[Word], column: int, end: int) -> bool:
        """Whether words taken for a cell end in what stands alone in an empty column after it: "bins on On track"."""
        for start in range(max(1, len(run) - _MOST_WORDS), len(run)):
            if any(column < other < end for other in self._columns_of(_text(run[start:]))):
                return True
        return False

    def _exact(self, start: float, first: int, places: Sequence[Sequence[float]]) -> int | None:
        """The only column from `first` on of which a cell may begin exactly here."""
        found = [
            column for column in range(first, self.width) if any(abs(start - place) < 0.5 for place in places[column])
        ]
        return found[0] if len(found) == 1 else None

    def part(self, index: int) -> PartedLine:
        """The cells of a line."""
        line = self.lines[index]
        if not line:
            return PartedLine({})
        places = self.places[index]
        plain = self._plain(line, places)
        if plain is not None:
            return PartedLine(plain)
        self.asked = True
        learnt = self.found[index]
        self.above = self.found[index - 1].parts if index else {}
        self.own = {
            column: " ".join(word.text for word in words)
            for column, words in learnt.parts.items()
            if column not in learnt.doubted
        }
        parts: dict[int, list[Word]] = {}
        doubted: frozenset[int] = frozenset()
        for piece in self._pieces(line, places):
            found = self._cheapest(piece, max(parts, default=-1) + 1, places)
            parts.update(found.parts)
            doubted |= found.doubted
        return PartedLine(parts, doubted)

    def _pieces(self, line: Sequence[Word], places: Sequence[Sequence[float]]) -> list[_Piece]:
        """The line, cut where a cell surely begins: after a gap, exactly where those of one column do."""
        begun: list[tuple[list[Word], int | None]] = []
        last = -1
        for number, run in enumerate(runs_of(line)):
            column = self._exact(run[0].x0, last + 1, places)
            if number and column is not None:
                before = begun[-1][0][-1]
                if before.text[-1:] in ".:;?!" and run[0].x0 - before.x1 < 2.5:
                    column = None
                if len(begun[-1][0]) == 1 and marker_of(before.text + " "):
                    column = None
            if begun and column is None:
                begun[-1][0].extend(run)
                continue
            begun.append((list(run), column))
            last = column if column is not None else last
        pieces = []
        for number, (words, column) in enumerate(begun):
            following = begun[number + 1][1] if number + 1 < len(begun) else None
            high = self.width if following is None else max(following, 1)
            pieces.append(_Piece(words, column or 0, high, column is not None))
        return pieces

    def _values_at(self, words: Sequence[Word], position: int) -> frozenset[int]:
        """The columns of which values end a line or are parted from what follows, and begin at a word."""
        found: set[int] = set()
        for end in range(position + 1, min(position + _MOST_WORDS, len(words)) + 1):
            if end == len(words) or words[end].x0 - words[end - 1].x1 > 1.1:
                found.update(self._columns_of(_text(words[position:end])))
        return frozenset(found)

    def _columns_of(self, text: str) -> frozenset[int]:
        """The columns in which a text is a line more than once."""
        known = self.values.get(text)
        if known is None:
            columns = () if text[:1].islower() else range(self.width)
            known = frozenset(column for column in columns if self._count(column, "lines", text) >= _RECURS)
            self.values[text] = known
        return known

    def _count(self, column: int, kind: Literal["words", "lines"], text: str) -> int:
        """How often a column holds a word or a line, on this page and on others."""
        count: int = getattr(self.seen[column], kind)[text]
        if self.others:
            document, own = self.others[column]
            count += getattr(document, kind)[text] - getattr(own, kind)[text]
        return count

    def _cuts(self, words: Sequence[Word], places: Sequence[Sequence[float]]) -> list[int]:
        """The words at which a cell may begin, and the end."""
        cuts = [0]
        every = [place for column in places[1:] for place in column]
        times = any(meaning in TIMES for meaning in self.meanings)
        for position in range(1, len(words)):
            start = words[position].x0
            gap = start - words[position - 1].x1
            first_ref = position <= 3 and self.meanings[0] == "ref"
            near = gap > 1.1 or first_ref or any(-9 <= start - place <= 9 for place in every)
            if near or self._values_at(words, position) or (times and _begins_times(words, position)):
                cuts.append(position)
        return [*cuts, len(words)]

    def _cheapest(self, piece: _Piece, low: int, places: Sequence[Sequence[float]]) -> PartedLine:
        words = piece.words
        low, high = max(low, piece.low), piece.high
        if low + 1 >= high:
            return PartedLine({min(low, self.width - 1): words})
        cuts = self._cuts(words, places)
        count = len(cuts)
        if count > _MAX_CUTS:
            return self._roughly(words, low, high)
        columns = range(low, high)
        first_columns = range(low, low + 1) if piece.anchored else columns
        price: dict[tuple[int, int, int], float] = {}
        for start in range(count - 1):
            x0 = words[cuts[start]].x0
            known = self._values_at(words, cuts[start])
            for column in first_columns if start == 0 else columns:
                is_time = self.meanings[column] in TIMES and is_time_word(words[cuts[start]])
                far = is_time or column in known or (start and x0 - words[cuts[start] - 1].x1 > 2.5)
                reach = 16 if far else 10
                if start and x0 < places[column][0] - reach:
                    continue
                for end in range(start + 1, count):
                    price[start, end, column] = self._price(words, cuts[start], cuts[end], column, places)
        steps = {
            (cut, one, other): self._step(words, cuts[cut], one, other)
            for cut in range(1, count - 1)
            for one in columns
            for other in range(one + 1, high)
        }
        # before[cut, column]: the cheapest way to part the words before the cut, where a cell of the column follows.
        before: dict[tuple[int, int], float] = {(0, column): 0.0 for column in first_columns}
        forward: dict[tuple[int, int], float] = {}
        came: dict[tuple[int, int], int] = {}
        for end in range(1, count):
            for column in columns:
                best, at = _NEVER, -1
                for start in range(end):
                    cost = before.get((start, column), _NEVER) + price.get((start, end, column), _NEVER)
                    if cost < best:
                        best, at = cost, start
                forward[end, column], came[end, column] = best, at
            if end < count - 1:
                for column in columns:
                    before[end, column] = min(
                        (forward[end, one] + steps[end, one, column] for one in range(low, column)), default=_NEVER
                    )
        after: dict[tuple[int, int], float] = {(count - 1, column): 0.0 for column in columns}
        for end in range(count - 2, 0, -1):
            onward = {
                column: min(
                    (price.get((end, stop, column), _NEVER) + after[stop, column] for stop in range(end + 1, count)),
                    default=_NEVER,
                )
                for column in columns
            }
            for column in columns:
                after[end, column] = min(
                    (steps[end, column, other] + onward[other] for other in range(column + 1, high)), default=_NEVER
                )
        cheapest: list[dict[int, float]] = [{} for _ in words]
        for (start, end, column), cost in price.items():
            total = before.get((start, column), _NEVER) + cost + after[end, column]
            for position in range(cuts[start], cuts[end]):
                cheapest[position][column] = min(cheapest[position].get(column, _NEVER), total)
        parts: dict[int, list[Word]] = {}
        end, column = count - 1, min(columns, key=lambda each: forward[count - 1, each])
        best = forward[end, column]
        while True:
            start = max(came[end, column], 0)
            parts[column] = list(words[cuts[start] : cuts[end]])
            if not start:
                break
            end, follower = start, column
            column = min(range(low, follower), key=lambda each: forward[end, each] + steps[end, each, follower])
        owners = {id(word): own for own, owned in parts.items() for word in owned}
        doubted: set[int] = set()
        for word, costs in zip(words, cheapest, strict=True):
            own = owners[id(word)]
            doubted.update(
                each
                for other, cost in costs.items()
                if other != own and cost < best + _CLOSE_CALL
                for each in (own, other)
            )
        return PartedLine(dict(sorted(parts.items())), frozenset(doubted))

    def _roughly(self, words: Sequence[Word], low: int, high: int) -> PartedLine:
        """The words by the left edges of the columns, all of them in doubt."""
        parts: dict[int, list[Word]] = {}
        for word in words:
            column = min(max(bisect_right(self.lefts, word.x0 + 1.05) - 1, low), high - 1)
            parts.setdefault(column, []).append(word)
        return PartedLine(parts, frozenset(parts))

    # --- prices -------------------------------------------------------------------------------------

    def _step(self, words: Sequence[Word], position: int, column: int, other: int) -> float:
        """What it costs that the cell of `column` ends, and one of `other` begins, at a word."""
        before, word = words[position - 1], words[position]
        if word.x0 - before.x1 > 1.1:
            return 0.0
        cost = 0.8 + 2.5 * (other - column - 1)
        if self.meanings[other] in TIMES and word.text[:1].isdigit() and _leads_on(words[:position]):
            cost += 2.0
        if self.meanings[other] in TIMES and self._leaves_time(words[:position], other):
            cost += 3.5
        if self.meanings[column] == "ref":
            return cost - 0.5 + (1.0 if _LETTER.fullmatch(word.text) else 0.0)  # "3.2 a)" is one ref
        if word.text[:1].islower():
            cost += 0.8
        elif before.text[:1].islower():
            cost -= 0.3
        if _INITIAL.fullmatch(before.text):
            cost += 1.5
        return cost

    def _price(
        self, words: Sequence[Word], start: int, end: int, column: int, places: Sequence[Sequence[float]]
    ) -> float:
        """What it costs that the words are the cell of a column."""
        own = words[start:end]
        text = " ".join(word.text for word in own)
        after_gap = start == 0 or own[0].x0 - words[start - 1].x1 > 1.1
        cost = self._place_cost(own[0].x0, column, places, after_gap)
        for before, word in pairwise(own):
            gap = word.x0 - before.x1
            if gap > 1.1:
                if before is own[0] and marker_of(before.text + " "):
                    continue
                after_stop = gap < 2.5 and before.text[-1:] in ".:;?!"
                cost += 0.6 if after_stop else 2.5 + min(1.5 * max(0.0, gap - 2), 3.0)
        if column + 1 < self.width:
            over = own[-1].x1 - min(places[column + 1])
            if over > -0.5 and (end == len(words) or words[end].x0 - own[-1].x1 > 1.1):
                cost += 1.0 + 0.25 * min(over, 12)
            closed_up = end < len(words) and words[end].x0 - own[-1].x1 <= 1.1
            width = self._width_cost(text, column, closed_up)
            moved = closed_up and self._is_moved(words[end].x0, column + 1, places)
            cost += min(width, _NARROWED) if moved else width
            if self.meanings[column + 1] in TIMES and not closed_up:
                cost += 1.5 if self._ends_near_time(own, column, places) else 0.0
        cost += self._content_cost(text, own, column)
        if self.meanings[column] not in PEOPLE and self._ends_in_value(own, column, self.width):
            cost += _HOLDS_VALUE
        return cost

    def _is_moved(self, start: float, column: int, places: Sequence[Sequence[float]]) -> bool:
        """Whether cells of a column begin at a place nearby, far to the left of where they do elsewhere."""
        return start < self.lefts[column] - _MOVED and start in places[column]

    def _ends_near_time(self, words: Sequence[Word], column: int, places: Sequence[Sequence[float]]) -> bool:
        """Whether words that are taken for a cell end in a timescale, near where the column of timescales begins."""
        return words[-1].x1 > min(places[column + 1]) - 6 and _ends_in_time([word.text for word in words])

    def _place_cost(self, start: float, column: int, places: Sequence[Sequence[float]], after_gap: bool) -> float:
        """What it costs that a cell of the column begins at a place."""
        away = min((start - place for place in places[column]), key=abs)
        if abs(away) < 0.5:
            return 0.0
        if not after_gap:
            return 0.6 + 0.06 * abs(away)  # it stands where the text before it ends
        if away > 0:
            # A list is set in.
            return min(0.5 + (0.06 if self.meanings[column] == "activity" else 0.15) * away, 6.0)
        return min(0.6 + 0.35 * -away, 6.0)

    def _width_cost(self, text: str, column: int, closed_up: bool) -> float:
        """What it costs that a text is wider than its column, or leaves room before what stands close to it."""
        if self.meanings[column] == "ref":
            return 0.0
        limit = self.limits[column]
        room = (limit - print_width(text)) / _USUAL
        if room < 0:
            return min(4.0, 0.4 * max(0.0, -room - 1.0 - 0.03 * limit))
        if closed_up:
            return min(4.0, 0.4 * max(0.0, room - 1.0 - 0.05 * limit))
        return 0.0

    def _content_cost(self, text: str, words: Sequence[Word], column: int) -> float:
        """What it costs that a text stands in a column, by what else stands there."""
        meaning = self.meanings[column]
        cost = 0.0
        if meaning == "ref":
            cost += -0.5 if _may_be_ref(text) else 3.0
        if meaning in TIMES:
            foreign = sum(not is_time_word(word) for word in words)
            strange = self._is_strange_number(text, column)
            if (strange or all(_JOINING.fullmatch(word.text) for word in words)) and not self._is_open_time(column):
                foreign = len(words)  # the rest of a name, or of "Phase 2"
                cost += _NO_TIME if strange else 0.0
            cost += 0.2 + 1.5 * foreign / len(words) if foreign else -0.6
            if len(words) > 1 and not is_time_word(words[0]) and _is_time(_text(words[1:])):
                cost += _FOREIGN_FIRST
        elif self._count(column, "lines", text) > (self.own.get(column) == text):
            cost -= _AGAIN if self._count(column, "lines", text) < _MANY_TIMES else _OFTEN
        elif meaning == "status" and not any(
            key(word.text) in _STATE_WORDS or self._count(column, "words", word.text) for word in words
        ):
            cost += _NO_STATE
        for word in words:
            cost += self._word_costs(word.text)[column]
        return cost

    def _is_strange_number(self, text: str, column: int) -> bool:
        """Whether a text is a bare number that no other line of a column is."""
        return bool(_NUMBER.fullmatch(text)) and self._count(column, "lines", text) <= (self.own.get(column) == text)

    def _leaves_time(self, words: Sequence[Word], column: int) -> bool:
        """Whether words end with the first of a timescale: "By" behind a small letter, "to" below "January 2025"."""
        last = words[-1].text
        if last[:1].isupper():
            return len(words) > 1 and words[-2].text[-1:].islower() and bool(_LEADING_TIME.fullmatch(last))
        return last in ("to", "until") and bool(self.above.get(column)) and not self._is_open_time(column)

    def _is_open_time(self, column: int) -> bool:
        """Whether the line above holds the first words of a timescale in a column, such as "By the end"."""
        above = _text(self.above.get(column, ()))
        return bool(above) and not _is_time(above)

    def _word_costs(self, text: str) -> list[float]:
        """How unusual a word is in each column, where it occurs in others; the line's own do not count."""
        own = [column for column, line in self.own.items() if text in line.split()]
        costs = None if own else self.prices.get(text)
        if costs is None:
            counts = [self._count(column, "words", text) - (column in own) for column in range(self.width)]
            costs = [0.0] * self.width
            if any(counts):
                rates = [(count + 0.05) / total for count, total in zip(counts, self.totals, strict=True)]
                best = max(rates)
                costs = [min(1.2, 0.4 * math.log(best / rate)) for rate in rates]
            if not own:
                self.prices[text] = costs
        return costs


_FOREIGN_FIRST = 1.5  # what it costs that a whole timescale stands behind a word that none has: "Homes Quarter 2"


def _begins_times(words: Sequence[Word], position: int) -> bool:
    """Whether the words of a timescale begin behind others."""
    return is_time_word(words[position]) and not is_time_word(words[position - 1])


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _may_be_ref(text: str) -> bool:
    """Whether a text is a ref, or what of one its column's width leaves on a line: "PRV-"."""
    return is_ref(text) or begins_ref(text)


def _begins_with_ref(run: Sequence[Word]) -> bool:
    """Whether the first words of a run may be a ref, or a part of one."""
    return any(_may_be_ref(_text(run[:size])) for size in range(1, min(len(run), 3) + 1))


def _leads_on(words: Sequence[Word]) -> bool:
    """Whether a figure goes on with the timescale that the words end with: "Quarter", "Quarter 2"."""
    last = words[-1].text
    if len(words) > 1 and re.fullmatch(r"\d{1,2}", last):
        last = words[-2].text
    return bool(_LEADING_TIME.fullmatch(last))


def _ends_in_time(words: Sequence[str]) -> bool:
    """Whether a timescale follows a text that does not lead to one: "... a bistro and Quarter 3"."""
    return time_at_end(words) is not None


def time_at_end(words: Sequence[str]) -> int | None:
    """The word at which a timescale begins that ends a text and that nothing before it leads to; None where none does.

    >>> time_at_end("a new bistro and Quarter 3".split()), time_at_end("due in Quarter 3".split())
    (4, None)
    """
    for count in (1, 2, 3, 4):
        start = len(words) - count
        if start < 1:
            return None
        if _is_time(" ".join(words[start:])) and not words[start][:1].islower():
            longer = _is_time(" ".join(words[start - 1 :])) and not words[start - 1][:1].islower()
            if not longer:
                return None if _LEADS_TO_TIME.fullmatch(words[start - 1]) else start
    return None


@lru_cache(maxsize=4096)
def _is_time(text: str) -> bool:
    return is_timescale(text)
