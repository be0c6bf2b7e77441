"""Which words belong to which column, decided over all rows of a document at once.

The columns of a flattened table are known from its header; the borders between its cells are lost. Every way to
cut the words into cells is a path through a lattice; a path costs the nats that it takes to write the row down:

1. A value that other rows have too costs little, a new one must be spelled out: so the columns' vocabularies
   become as small as the document allows (minimum description length). How often a value occurs is not known
   before the borders are, so both are estimated in turn (expectation, maximisation), a row's own share left out.
2. What posts, bodies and portfolios look like in English is a prior on new values (`vocabulary.roles`).
3. Dates are found by their grammar, prose takes what is left, and what parts two words (a blank, a line end, a
   tab) makes a border cheaper or dearer.
4. The share of all paths that agree with the best one says how sure a border is.

docs/analysis/segmentation.md tells the whole story.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from extractor.fixed import fixed
from extractor.recognise.flattened.headings import UNKNOWN
from extractor.recognise.flattened.second import Border, Move, Seam, Value, moves, partings, saved_again
from extractor.recognise.flattened.stream import BLANK_CELL, Gap, Word
from extractor.text import key
from extractor.vocabulary.dittos import is_ditto
from extractor.vocabulary.names import is_person
from extractor.vocabulary.roles import (
    DANGLING,
    RANKS,
    STRANDED,
    Wording,
    looks_like_owner,
    names_branch,
    names_partner,
    value_cost,
    wording_of,
)
from extractor.vocabulary.states import is_money, is_state
from extractor.vocabulary.times import find_timescales, is_timescale
from extractor.vocabulary.verbs import opens_action

Kind = Literal[
    "ref", "group", "prose", "time", "post", "body", "member", "owner", "partners", "state", "money", "heading", "aside"
]
"""What a column holds: prose, money and asides run on, the others are values. `heading` (first) and `aside` (last)
are no columns of the table: lines that stand among its rows."""

Ending = Literal["stop", "colon", "capital", "plain"]
"""How a word ends or what it is, where that tells whether a sentence is over."""

_DATE_KIND: Set[Kind] = frozenset({"time"})
_STATE_KIND: Set[Kind] = frozenset({"state"})
_PROSE_KIND: Set[Kind] = frozenset({"prose"})
_RUNNING = frozenset({"prose", "money", "aside", "group"})
_ENDING = frozenset({"prose", "money"})  # whose cells end as a document shows, with a stop or without one
_PEOPLE: tuple[Kind, ...] = ("post", "body", "member", "owner")
NAMED: tuple[Kind, ...] = (*_PEOPLE, "partners")
"""Whose values are names: of posts, bodies and persons."""

_REF = re.compile(r"[A-Z]{0,5}[-.]?\d{1,3}(?:[.-]\d{1,3})*\.?(?:\s?\(?[a-z]\)?)?")

# Costs in nats. The first block is what a careful reader's eye would say of a gap; the second what a plan leaves
# out. They were set by thought and checked on the corpus; none of them is sharp (docs/analysis/segmentation.md).
_WORD = 4.0  # what it saves to point to a known word instead of spelling it
_FEWEST_TYPES = 1.0  # a column is as ready for a new value as it has had differing ones, and never quite unready
_BORDER = {"blank": 1.2, "wide": 0.2, "wrap": 3.0, "soft": 0.3, "line": 0.1, "paragraph": 0.0}
_WITHIN_PROSE = {"blank": 0.0, "wide": 2.0, "wrap": 0.05, "soft": 0.3, "line": 0.9, "paragraph": 1.0}
_WITHIN_VALUE = {"blank": 0.0, "wide": 2.5, "wrap": 0.8, "soft": 1.0, "line": 5.0, "paragraph": 7.0}
_NEXT_VALUE = {"blank": 5.5, "wide": 3.0, "wrap": 6.0, "soft": 3.0, "line": 1.0, "paragraph": 1.0}
_FOREIGN = 6.0  # a further value behind a mere blank that reads like no post, person or body
_LISTED_ON = 9.0  # a border after a semicolon or stroke, behind which another value of the same cell stands
_WANTED = 6.0  # a border behind a word that calls for another: "in", "to", "than"
_TITLE = 0.0  # what a value with a title costs at most, and one without where nearly all others have one
_UNTITLED = 4.0
_FEW = 0.2
_BROKEN_OFF = 6.0  # a sentence that begins with a small letter, within a cell
_UNFINISHED = 3.0  # a paragraph of prose that ends without a stop, and another after it in the same cell
# How the words end after which a cell of prose is over, and those after which it goes on although the next could open
# another cell; the document's own cells are added to these (`_learn_ends`).
_LAST: Mapping[Ending, float] = {"stop": 5.0, "plain": 5.0, "capital": 1.0, "colon": 0.1}
_INNER: Mapping[Ending, float] = {"stop": 1.5, "plain": 5.0, "capital": 3.0, "colon": 0.5}
_SKIP: Mapping[Kind, float] = {
    "ref": 6.0,
    "group": 0.3,
    "prose": 3.0,
    "time": 6.0,
    "post": 5.0,
    "body": 5.0,
    "member": 5.0,
    "owner": 5.0,
    "partners": 3.0,
    "state": 5.0,
    "money": 3.0,
    "heading": 0.0,
    "aside": 0.0,
}
_DATE = 2.5  # what reads as a date is more likely a cell than prose
_WEAK = 1.5  # a date that is also an ordinary word or number
_SAID_MORE = 3.5  # a date with small words after it, up to the end of the line
_DATED = 8.0
_LOWERED = 2.5  # a cell that begins with a small letter after a mere blank
_JOINING = 4.0  # and with one that joins words: "Delayed | by staff vacancies"
_VERB = 3.0  # a verb in the imperative within a group's name, and an activity behind one that begins with none
_ACTS = 3.0  # what such a verb saves where an activity begins behind its group's name
_SENTENCE_IN_NAME = 6.0  # a sentence that ends, or a date that stands, within the name of a group
_NOTED = 4.0  # a cell that begins with a bracket: what stands there is a note on the text before it
_BEHIND_EMPTY = 5.0  # words behind the mark of an empty cell, and in the same one
_ITEM = 4.0  # a list item opens a cell ...
_LISTED = 0.3  # ... unless it names a post or body: people may stand in a list too
_ASIDE = 6.0
_SKIP_ACTIVITY = 14.0
_SKIP_BELOW = 0.4  # a sub-item's empty cells, which it inherits
_SKIP_ONE_BELOW = 2.5  # ... of which another column of people has its own
_UNREFERENCED = 4.5  # a row without a ref among rows that have one
_DISCOUNT = 0.5  # what a value's count loses, so that chance recurrences die out
_SEVERAL = 3.0  # and one that reads like two must be found that much oftener
_SHORT_LINE = 3.0  # a line of an activity that is as short as a name
_NAME_OPENINGS = frozenset({"St", "Dr", "Mr", "Mrs", "Ms", "Cllr", "Councillor"})
_INITIAL = re.compile(r"[A-Z]\.")
_SMALL = 0.1  # share of a column's values that have small words, where none is known yet ...
_SMALL_WEIGHT = 2.0  # ... and how many values that is worth
_PERSON = -1.0  # what reads as a person's name is one where officers are named
_BESIDE = 2.5  # a directorate that reads as a body beside the council
_TITLED = -4.5  # and with a title behind it hardly anything else: "Jo Marsh, Head of Parks"
# Words of prose at which no cell ends.
_WANTING = frozenset(
    ("than", "least", "is", "are", "was", "were", "be", "which", "our", "their", "its", "his", "her", "every", "until")
)
# Words of prose with a figure behind them, at which no measure of success begins.
_BEFORE_FIGURES = frozenset(
    ("all", "over", "under", "below", "above", "about", "nearly", "least", "most", "than", "only", "first", "last")
)
_NO_MONEY = 2.5  # a budget that does not open as one
_COST_BAND = re.compile(r"[£€$]{1,4}")
_WHOLE_SUM = re.compile(
    r"(?:.* )?(?:[£€$]\d(?:[\d,.]*\d)? ?(?:k|m|bn|million|thousand)?(?: capital| revenue)?|nil"
    r"|(?:grant|externally)[- ]funded|existing (?:budgets?|resources))",
    re.IGNORECASE,
)
_BANDED = 4.0  # a cost band ("££") is a whole cell
_WITHIN_LINE = 5.0  # a border within a line, where the other cells have lines of their own
_TWO_ROWS = 1.8
_BEFORE_DATES = frozenset(("target", "due", "completion", "complete", "completed", "delivery", "delivered"))
_BEFORE_TIMES = DANGLING | {"after", "before", "until", "within"}  # words of a sentence with a time behind them
_DATE_OPENINGS = frozenset(("By", "From", "Before", "Until", "During", "Within"))
_MONTH_AND_YEAR = re.compile(
    r"[A-Z][a-z]{2,8}[-'’/]\d{2,4}"
)  # a day stands before the month with the same mark, or none
_LONGEST_AFTER_DATE = 8  # small words that say more of a date
_LONGEST_VALUE = 16
_PART = re.compile(r"\(?(?:a|i)[).]")
_STOPS = (".", "!", "?")
_LONGEST_ITEM = 9
_LONGEST_ABBREVIATED = 3  # letters of a word that a stop may abbreviate: "No.", "etc."
_LONGEST_REMARK = 6  # words of a cell of prose that may come again as a whole: "Loss of key staff"
_REMARK = 3.0  # one that is new
_HOPELESS = 9.5  # new values dearer than this are not looked at
_ODD = 6.5  # once the vocabularies are learnt, new values dearer than this are not looked at either
_IMPASSABLE = 60.0
_TEACHES = 0.7  # share of all readings from which on a border says how others are
_PRUNE = 1e-5
# Nats by which the document must be shorter for all borders of a kind to be moved at once; and by how many it may be
# longer for them to be unsure, where one pair of values shows it and where several do.
_BETTER = 3.0
_AS_GOOD = 4.3
_AS_GOOD_TOGETHER = 7.0
_AS_GOOD_EMPTY = 3.4  # ... and where one of the cells would be left without words
_FEW_BORDERS = 0.3  # share of the line ends within rows that part cells, up to which they hardly ever do
_NEVER_LACKED = 20.0  # nats
_SHARE = 1.3  # what it takes to say how many rows lack a column: half the logarithm of a dozen rows or so
_FEWEST_LACKING = 2
_FEWEST_ALIKE = 2
_MANY_LACKING = 0.15  # of the rows lack a value where the column's cells were merged
_FEW_STOPS = 0.25
_FEWEST_ENDS = 4
_FEW_CAPITALS = 1.2  # nats from which on hardly any of a column's remarks begin with a capital
_MOST_TIMES = 3
_ROUNDS_AGAIN = 4


@fixed(frozen=True, slots=True)
class Column:
    """One column as the lattice sees it."""

    kind: Kind
    activity: bool = False


class Segment(NamedTuple):
    """Words [start, end) of a block put into a column.

    `surety` is the share of all readings that put the same words there; `opening` and `closing` are the shares that
    have the same border before and after them, between the same two columns.
    """

    start: int
    end: int
    column: int
    surety: float
    opening: float = 1.0
    closing: float = 1.0


@fixed(frozen=True, slots=True)
class Block:
    """The words from one certain row start to the next, and what is known of them beforehand."""

    words: tuple[Word, ...]
    ref_length: int = 0
    """How many words are the row's ref; 0 where it has none."""
    below: bool = False
    """The row is a sub-item after the first, so that empty cells are no surprise."""
    ref_start: int = 0
    """Index of the ref's first word: what stands before it is of the columns before the ref's."""
    heading: float = UNKNOWN
    """What it costs to take a line for a heading over the next block."""
    opens: bool = False
    """Its first word opens a row for certain, so that no heading begins with it."""
    grouped: bool | None = None
    """Whether it begins with the name of a group and its number; None where that is not known."""


@dataclass(slots=True)
class _Edge:
    """Words that may be in a column. What does not change from round to round is computed once."""

    start: int  # node
    end: int  # node
    column: int  # or the one of whole remarks that stands for it
    plain: float  # weight without the lexicon's share
    value: str = ""  # comparison key for closed kinds, "" for others
    fresh: float = 0.0  # weight of the value as one that is new
    again: float = 0.0  # weight of each occurrence elsewhere
    doubtful: float = 0.0  # occurrences that do not count, as it may be several run together
    small: bool = False  # it has small words as no name has, but where a plan writes its names so


def _edge(start: int, end: int, column: int, cost: float) -> _Edge:
    """Words in a column that has no vocabulary."""
    return _Edge(start, end, column, math.exp(-cost) if cost else 1.0)


class _Lattice(NamedTuple):
    block: Block
    nodes: tuple[int, ...]  # word index of each node; the last is the end
    edges: Sequence[Sequence[_Edge]]  # by start node
    measures: Mapping[int, bool] = {}
    """Nodes at which nothing but a measure behind a whole remark may begin, or (true) behind a person as well."""
    before_dates: Set[int] = frozenset()
    """Nodes from which on words with capitals lead up to a date."""


Own = dict[tuple[int, int, str], float]
"""(node, column or that of its whole remarks, value) -> the share of all readings of a block that find it there."""


class _Masses(NamedTuple):
    """What the two sweeps over a lattice give; `share` puts them together."""

    reach: list[list[float]]
    forward: list[list[float]]
    backward: list[list[float]]
    onward: list[list[float]]
    weights: list[list[float]]
    scales: list[float]
    back_scales: list[float]
    onward_scales: list[float]
    log_total: float

    def share(self, node: int, edge: _Edge, weight: float) -> float:
        """The share of all readings that take this edge."""
        column, end = edge.column, edge.end
        mass = self.forward[node][column] * weight * self.backward[end][column]
        if mass <= 0.0:
            return 0.0
        power = self.scales[node] + self.back_scales[end] - self.log_total
        return mass * math.exp(power if -700.0 < power < 700.0 else max(-700.0, min(700.0, power)))

    def border(
        self, node: int, before: Sequence[int], columns: Sequence[int], steps: Sequence[Sequence[float]]
    ) -> float:
        """The share of all readings in which a column ends and another begins at a node; each is told as itself and, of
        a column of remarks, as that of whole ones."""
        reach, onward = self.reach[node], self.onward[node]
        mass = sum(reach[one] * steps[one][other] * onward[other] for one in before for other in columns)
        if mass <= 0.0:
            return 0.0
        power = self.scales[node] + self.onward_scales[node] - self.log_total
        return min(1.0, mass * math.exp(max(-700.0, min(700.0, power))))


class _Known(NamedTuple):
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


class _Steps(NamedTuple):
    """Per column p, the columns that can be entered after it at a node and what that costs; the same as weights of all
    columns, 0 for those that cannot."""

    costs: list[list[tuple[int, float]]]
    weights: list[list[float]]


@dataclass
class Segmenter:
    """Cuts the rows of one document into cells.

    `columns` in the order of the header. Call `learn` with a sample of the blocks, then `cut` with each.
    """

    columns: Sequence[Column]
    delimited: bool = False
    """Cells are parted by tabs or pipes ..."""
    loose: bool = False
    """... but some of them by a line end alone."""
    referenced: bool = True
    """Rows open with refs, so that one without is dear."""
    lined: bool = False
    """Nearly every cell stands on a line of its own, so that hardly any border is within one."""
    recurring: frozenset[str] = frozenset()
    """Lines that come again in the same words, so that they head nothing."""
    filled: bool = False
    """Learning begins as if every row named somebody in each of the columns of people."""

    def __post_init__(self) -> None:
        self._remarks = [i for i, c in enumerate(self.columns) if c.kind == "prose" and not c.activity]
        # A cell of prose that is a whole remark ("Low") is over where it ends, so each column of such prose is there
        # twice: a reading is in the second one where its cell is a remark. So is a column of budgets ("Grant-funded").
        self._budgets = [] if self.delimited else [i for i, c in enumerate(self.columns) if c.kind == "money"]
        self._doubled = [*self._remarks, *self._budgets]
        self._column_of = [*range(len(self.columns)), *self._doubled]
        self._whole = {column: len(self.columns) + index for index, column in enumerate(self._doubled)}
        self._known = [_Known()] * len(self._column_of)
        self._hopeless = _HOPELESS
        self._ref = next((i for i, column in enumerate(self.columns) if column.kind == "ref"), 0)
        self._activity = next((i for i, column in enumerate(self.columns) if column.activity), 0)
        self._values = [(i, c.kind) for i, c in enumerate(self.columns) if c.kind in (*NAMED, "state")]
        kinds = [column.kind for column in self.columns]
        self._measured = not self.delimited and any(
            (kind in NAMED or index in self._whole) and after == "prose"
            for index, (kind, after) in enumerate(pairwise(kinds))
        )
        self._prose_together = not self.delimited and any(pair == ("prose", "prose") for pair in pairwise(kinds))
        self._remarks_together = any(column + 1 in self._whole for column in self._whole)
        self._partnered = not self.delimited and any(
            kind == "partners" or (kind in _PEOPLE and after == "prose") for kind, after in pairwise(kinds)
        )
        self._has_states = "state" in kinds
        self._money = any(column.kind == "money" for column in self.columns)
        self._kinds = tuple(kind for _, kind in self._values)
        # Sentences stand in a column of prose, where there is one beside that of what is to be done.
        self._sentences_apart = not self.delimited and bool(self._remarks)
        self._one_date = not self.delimited and kinds.count("time") == 1
        groups = self._activity > 0 and self.columns[self._activity - 1].kind == "group"
        # The columns of groups with nothing but their wording to part them from the activity behind them.
        self._grouping = (
            [] if self.delimited or not groups else [i for i, c in enumerate(self.columns) if c.kind == "group"]
        )
        self._prose_beside = not self.delimited and any(column.kind == "prose" for column in self.columns)
        times = self._times = [i for i, column in enumerate(self.columns) if column.kind == "time"]
        self._behind = [frozenset(kinds[column + 1 :]) for column in range(len(kinds))]
        self._before_dates = [column for column in self._remarks if column < min(times, default=0)]
        self._dates_first = bool(times) and all(column > times[0] for column, _ in self._values)
        self._discount = 0.0
        self._first = next(i for i, column in enumerate(self.columns) if column.kind != "heading")
        self._last = max(i for i, column in enumerate(self.columns) if column.kind != "aside")
        self._line_ends: dict[tuple[int, Gap], float] = {}
        self._ends: dict[int, dict[Ending, float]] = {}
        self._weigh_ends({}, {})
        self._capitals: dict[int, float] = {}  # what it costs a column of prose to begin with a capital behind an owner
        self._headless: dict[tuple[int, str], Counter[bool]] = {}  # by value of an owner: whether capitals precede it
        self._stops: dict[int, float] = {}  # the share of a column's cells of prose that end with a stop
        self._at_ends: set[tuple[int, bool, str]] = set()  # column, whether at the end of cells, value
        self._lattices: dict[int, _Lattice] = {}  # by the identity of the blocks learnt from, which they keep alive
        self._own: dict[tuple[object, ...], Own] = {}
        self.unsure: frozenset[Border] = frozenset()
        self._step_cache: dict[tuple[object, ...], _Steps] = {}
        self._steps_of: dict[int, list[_Steps]] = {}  # by the identity of the blocks learnt from
        self._cuts: dict[int, list[Segment]] = {}  # likewise, as long as nothing more is learnt
        self._lacked = {column: _NEVER_LACKED for column, kind in self._values if kind != "state" and self.filled}
        self._titled: frozenset[int] = frozenset()
        self._free: dict[int, float] = {}  # what it costs a column of prose to hold no remark that comes again
        self._openings: frozenset[tuple[str, ...]] = frozenset()  # with small letters, of the columns of remarks
        self._small_words: set[str] = set()  # the values that have some
        self._within_line = _WITHIN_LINE
        self._inactive = 0.0  # what it costs a row to begin without a verb in the imperative, where most begin with one
        self._broken = 0.0  # what a border costs at a line end, where these hardly ever part cells
        self._skips: dict[bool, list[list[float]]] = {below: self._skip_table(below) for below in (False, True)}

    @property
    def ref_column(self) -> int:
        """Index of the column of refs."""
        return self._ref

    @property
    def lacks_people(self) -> bool:
        """Whether many of the rows learnt from lack a value in some column of people."""
        return bool(self._lacked)

    @property
    def activity_column(self) -> int:
        """Index of the column of activities."""
        return self._activity

    def has_value(self, column: int, words: Sequence[str]) -> bool:
        """Whether these words are a value of a column in two of the rows at least, as far as the borders are known."""
        known = self._known[self._whole.get(column, column)]
        return known.counts.get(self._key(column, words), 0.0) >= _TWO_ROWS

    def _key(self, column: int, words: Sequence[str]) -> str:
        """The key of a value in the vocabulary of a column."""
        text = " ".join(words)
        return _remark_key(text) if column in self._whole else key(text)

    @property
    def remark_columns(self) -> Set[int]:
        """The columns of prose most of whose cells are remarks that come again in other rows."""
        return self._free.keys()

    @property
    def doubled(self) -> Set[int]:
        """The columns whose cells may be remarks that come again in other rows."""
        return self._whole.keys()

    def stands_at(self, column: int, last: bool, words: Sequence[str]) -> bool:
        """Whether these words are the first value of a cell of a column, or the last one, in some row learnt from."""
        return (column, last, key(" ".join(words))) in self._at_ends

    def lacks_title(self, column: int, words: Sequence[str]) -> bool:
        """Whether these words have no title in a column of people where nearly all others have one."""
        kind = self.columns[column].kind
        return column in self._titled and _lacks_title(_judge(" ".join(words), (kind,)), kind)

    def may_lack_its_head(self, column: int, words: Sequence[str]) -> bool:
        """Whether an owner behind the activity may begin further left: a capital ends that wherever it stands, or it is
        a single word. "For housing officers Policy | Sub-group Chair"."""
        counts = self._headless.get((column, key(" ".join(words))), Counter())
        return counts[True] > 0 and (len(words) == 1 or (counts[True] > 1 and not counts[False]))

    def hardly_begins_so(self, before: int, column: int) -> bool:
        """Whether a column of prose that stands behind one of owners hardly ever begins with a capital."""
        return self._is_remark_behind_owner(before, column) and self._capitals.get(column, 0.0) > _FEW_CAPITALS

    def hardly_stops(self, column: int) -> bool:
        """Whether the cells of a column of prose hardly ever end with a stop."""
        return self._stops.get(column, 1.0) < _FEW_STOPS

    # Learning -----------------------------------------------------------------------------------------------

    def learn(self, blocks: Sequence[Block], rounds: int = 6) -> None:
        """Estimates the columns' vocabularies from a sample of the document's blocks."""
        if not any(column.kind not in _RUNNING and column.kind not in ("ref", "time") for column in self.columns):
            return
        distinct = {_tail_print(block): block for block in blocks}  # rows alike say no more than one of them
        own = self._estimate(list(distinct.values()), rounds)
        if self.filled:
            self._lacked = {}
            self._skips = {below: self._skip_table(below) for below in (False, True)}
            self._step_cache.clear()
            own = self._estimate(list(distinct.values()), rounds)
        self._own = dict(zip(distinct, own, strict=True))
        learnt = [lattice.block for lattice in self._lattices.values()]
        if not self.delimited and self._learn_rows(learnt):
            own = self._estimate(learnt, _ROUNDS_AGAIN)
            self._own = dict(zip(distinct, own, strict=True))
        for _ in range(_MOST_TIMES if self._may_be_moved() else 0):
            if not self._read_again(learnt):
                break
            own = self._estimate(learnt, _ROUNDS_AGAIN)
            self._own = dict(zip(distinct, own, strict=True))
        self._hopeless = _ODD
        if not self.delimited:
            self._learn_ends(learnt)
        if not self.referenced:
            self._learn_line_ends(learnt)

    def _estimate(self, blocks: Sequence[Block], rounds: int) -> list[Own]:
        """Estimates borders and vocabularies in turn, from the vocabularies known so far."""
        self._cuts.clear()
        lattices = [self._lattice(block) for block in blocks]
        self._lattices = {id(lattice.block): lattice for lattice in lattices}
        shares: list[Own] = [{} for _ in lattices]
        self._steps_of = {id(lattice.block): self._all_steps(lattice) for lattice in lattices}
        for round_number in range(rounds):
            for index, lattice in enumerate(lattices):
                shares[index], lattices[index] = self._expect(lattice, shares[index], prune=round_number > 0)
            self._count(shares)
            self._discount = 0.0 if round_number < 2 else _DISCOUNT
        return shares

    def _learn_rows(self, blocks: Sequence[Block]) -> bool:
        """Whether the rows show something of how they are built: columns of people that many of them lack, or line ends
        that part no cells."""
        cut = [(block, self.cut(block)) for block in blocks]
        skips, breaks, titles = self._learn_skips(cut), self._learn_breaks(cut), self._learn_titles(cut)
        others = self._learn_within_lines(cut), self._learn_remarks(cut), self._learn_openings(cut)
        return any([skips, breaks, titles, *others])

    def _learn_titles(self, cut: Sequence[tuple[Block, Sequence[Segment]]]) -> bool:
        """Whether nearly all values of some column of members have a title ("Portfolio Holder", "Cllr"), or of officers
        a title or a person's name, and some have none; what has none is then hardly one of them, and the vocabulary is
        as if it were not there. Bodies have none and may stand among officers."""
        titled = {column: kind for column, kind in self._values if kind in ("member", "post")}
        values: dict[int, Counter[Value]] = {column: Counter() for column in titled}
        for block, segments in cut if titled else ():
            for segment in segments:
                if segment.column in values and BLANK_CELL not in (value := _texts(block, segment)):
                    values[segment.column][value] += 1
        for column, counts in values.items():
            judged = {value: _judge(" ".join(value), (titled[column],)) for value in counts}
            untitled = {value: counts[value] for value, one in judged.items() if _lacks_title(one, titled[column])}
            told = sum(counts[value] for value, one in judged.items() if one.priors[0] <= _TITLE)
            if untitled and sum(untitled.values()) <= _FEW * (told + sum(untitled.values())):
                self._titled |= {column}
                known = self._known[column]
                keys = {key(" ".join(value)) for value in untitled}
                left = {value: count for value, count in known.counts.items() if value not in keys}
                self._known[column] = known._replace(counts=left)
        return bool(self._titled)

    def _learn_remarks(self, cut: Sequence[tuple[Block, Sequence[Segment]]]) -> bool:
        """Whether most cells of some column of prose are remarks that come again in other rows; any other text is then
        dear there."""
        if not self._remarks:
            return False
        cells: dict[int, Counter[bool]] = {column: Counter() for column in self._remarks}
        for block, segments in cut:
            for segment in segments:
                if segment.column in cells:
                    cells[segment.column][self.has_value(segment.column, _texts(block, segment))] += 1
        self._free = {
            column: -math.log((counts[False] + 0.5) / (counts.total() + 1.0))
            for column, counts in cells.items()
            if counts[True] > counts[False]
        }
        self._step_cache.clear()
        return bool(self._free)

    def _learn_openings(self, cut: Sequence[tuple[Block, Sequence[Segment]]]) -> bool:
        """Whether several cells of some column of measures begin with the same words in small letters, as they then may
        wherever a name ends before these."""
        if not self._measured:
            return False
        counts = Counter(
            _opening(block.words, segment.start)
            for block, segments in cut
            for before, segment in pairwise(segments)
            if segment.column in self._whole and before.column < segment.column and segment.opening >= _TEACHES
            if block.words[segment.start].text[:1].islower()
        )
        self._openings = frozenset(opening for opening, count in counts.items() if count >= _FEWEST_ALIKE)
        return bool(self._openings)

    def _learn_within_lines(self, cut: Sequence[tuple[Block, Sequence[Segment]]]) -> bool:
        """Whether more borders stand within lines than a table has whose cells have lines of their own."""
        if not self.lined:
            return False
        borders: Counter[bool] = Counter()
        for block, segments in cut:
            for before, after in pairwise(segments):
                word = block.words[after.start]
                if (
                    after.column > before.column
                    and word.text != BLANK_CELL
                    and not block.ref_start <= after.start <= block.ref_start + block.ref_length
                ):
                    borders[word.gap == "blank"] += 1
        share = (borders[True] + 0.5) / (borders.total() + 1.0)
        within = self._within_line
        self._within_line = min(_WITHIN_LINE, -math.log(share))
        self._step_cache.clear()
        return self._within_line < within

    def _learn_breaks(self, cut: Sequence[tuple[Block, Sequence[Segment]]]) -> bool:
        """Whether line ends hardly ever part two cells of a row, since they stand between the lines of one: a border at
        one is then dear."""
        borders: Counter[bool] = Counter()
        for block, segments in cut:
            opened = {segment.start: segment.column - before.column for before, segment in pairwise(segments)}
            for index in range(1, len(block.words)):
                on = opened.get(index, 0)
                if on >= 0 and _is_break(block.words, index):
                    borders[on > 0] += 1
        share = (borders[True] + 0.5) / (borders.total() + 1.0)
        self._broken = -math.log(share) if share < _FEW_BORDERS else 0.0
        self._step_cache.clear()
        return self._broken > 0.0

    def _learn_skips(self, cut: Sequence[tuple[Block, Sequence[Segment]]]) -> bool:
        """Whether many rows lack a value in some column of people, as where merged cells were left out; it is then
        cheaper to leave the column out."""
        lacking: Counter[int] = Counter()
        rows = 0
        people = [column for column, kind in self._values if kind != "state"]
        for block, segments in cut:
            for taken in self._rows_of(segments) if not block.below else ():
                if self._activity in taken and (block.ref_length or not self.referenced):
                    rows += 1
                    lacking.update(column for column in people if column not in taken)
        self._lacked = {
            column: -math.log(count / rows)
            for column, count in lacking.items()
            if count >= _FEWEST_LACKING and count >= _MANY_LACKING * rows
        }
        if self._lacked:
            self._skips = {below: self._skip_table(below) for below in (False, True)}
            self._step_cache.clear()
        return bool(self._lacked)

    def _rows_of(self, segments: Sequence[Segment]) -> Iterator[frozenset[int]]:
        """The columns that each row of a block fills."""
        row: set[int] = set()
        last = 0
        for segment in segments:
            if row and segment.column < last:
                yield frozenset(row)
                row = set()
            row.add(segment.column)
            last = segment.column
        if row:
            yield frozenset(row)

    def _may_be_moved(self) -> bool:
        """Whether two columns of values or remarks stand side by side, with nothing to part them."""
        values = {column for column, kind in self._values if kind != "state"}
        beside = {*values, *self._whole}
        return not self.delimited and any(column + 1 in beside for column in values)

    def _read_again(self, blocks: Sequence[Block]) -> bool:
        """Whether all borders of a kind would better stand some words off; the vocabularies are then as if they did.

        If not, the borders that could as well stand elsewhere are kept as unsure.
        """
        columns = frozenset(column for column, kind in self._values if kind != "state")
        remarks = frozenset(column + 1 for column in columns if column + 1 in self._whole)
        kinds = dict(self._values)
        values: dict[int, Counter[Value]] = {column: Counter() for column in columns | remarks}
        borders: Counter[Border] = Counter()
        seams: Counter[Seam] = Counter()
        skips = {column: self._lacked.get(column, _SKIP[self.columns[column].kind]) for column in values}
        for block in blocks:
            segments = self.cut(block)
            for segment in segments:
                if segment.column in values and BLANK_CELL not in (value := _texts(block, segment)):
                    values[segment.column][value] += segment.column in columns or self._is_remark(value)
            borders.update(border for border in self._borders_between(block, segments, columns, remarks))
            seams.update(self._seams(block, segments, columns, skips))
        values = {column: +counts for column, counts in values.items()}

        def prior(column: int, value: Value) -> float:
            return cost_of_value(" ".join(value), kinds[column]) if column in kinds else _REMARK

        def may_open(words: Value, index: int) -> bool:
            return self._may_part([Word(word, "blank", 0, 0, 0, 0, False) for word in words], index)

        found = list(moves(borders, values, skips, prior, may_open, _WORD, _DISCOUNT))
        found.extend(partings(seams, values, prior, may_open, _WORD, _DISCOUNT))
        best = max(found, key=_gain, default=None)
        if best is None or _gain(best) < 0.0:
            self.unsure = frozenset(border for move in found if move.gain > -_as_good(move) for border in move.borders)
            return False
        counts = {column: Counter(known.counts) for column, known in enumerate(self._known)}
        for (column, value), more in best.changes.items():
            counts[self._whole.get(column, column)][self._key(column, value)] += more
        self._known = [known._replace(counts=+counts[column]) for column, known in enumerate(self._known)]
        return True

    def _borders_between(
        self, block: Block, segments: Sequence[Segment], columns: frozenset[int], remarks: frozenset[int]
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
                or (after.column + 1 in self._whole and not self._is_remark(_texts(block, after)))
            ):
                yield Border(before.column, _texts(block, before), before.column + 1, ())
            if after is None:
                continue
            first = block.words[after.start]
            within = first.gap == "blank" and not first.delimiters and not first.item
            if within and before.column < after.column and {before.column, after.column} <= columns:
                border = Border(before.column, _texts(block, before), after.column, _texts(block, after))
                if BLANK_CELL not in (*border.before, *border.after):
                    yield border

    def _seams(
        self, block: Block, segments: Sequence[Segment], columns: frozenset[int], skips: Mapping[int, float]
    ) -> Iterator[Seam]:
        """The sides of values of the `columns` on which words of the column beside may stand with nothing but a blank
        to show it."""
        for before, segment, after in zip([None, *segments], segments, [*segments[1:], None], strict=False):
            column = segment.column
            value = _texts(block, segment)
            if column not in columns or len(value) == 1 or BLANK_CELL in value:
                continue
            for beside, other in ((column - 1, before), (column + 1, after)):
                if beside not in columns or (other is not None and other.column == column):
                    continue
                on = other is not None and (other.column < column) == (beside < column)
                held = _texts(block, other) if other is not None and on else ()
                price = _BORDER["blank"]
                if other is None or other.column != beside:
                    price -= skips[beside]
                else:
                    gap = block.words[max(other.start, segment.start)].gap
                    price += _NEXT_VALUE[gap] - _BORDER[gap]
                if beside > column:
                    border = Border(column, value, other.column if other is not None and on else beside, held)
                elif other is None:
                    continue
                else:
                    border = Border(other.column, held, column, value)
                yield Seam(border, column, beside, price)

    def _is_remark(self, value: Value) -> bool:
        """Whether a cell of prose may be a whole remark."""
        return len(value) <= _LONGEST_REMARK and not value[-1].endswith((".", ",", ":", ";"))

    def _learn_ends(self, blocks: Sequence[Block]) -> None:
        """How cells of prose end in this document: with a stop or without one, and hardly ever within a name.

        And how many of those behind an owner begin with a capital, as the rest of a title would.
        """
        last: dict[int, dict[Ending, float]] = defaultdict(lambda: defaultdict(float))
        inner: dict[Ending, float] = defaultdict(float)
        openings: dict[int, Counter[bool]] = defaultdict(Counter)
        for block in blocks:
            segments = self.cut(block)
            self._at_ends.update(self._values_at_ends(block, segments))
            for owner, remark in pairwise(segments):
                if self._is_remark_behind_owner(owner.column, remark.column) and remark.opening >= _TEACHES:
                    openings[remark.column][block.words[remark.start].text[:1].isupper()] += 1
                if owner.column == self._activity and self.columns[remark.column].kind in NAMED:
                    value = key(" ".join(_texts(block, remark)))
                    counts = self._headless.setdefault((remark.column, value), Counter())
                    counts[ends_in_name(_texts(block, owner)) and block.words[remark.start].gap == "blank"] += 1
            for segment, after in pairwise([*segments, None]):
                if segment is None or self.columns[segment.column].kind not in _ENDING:
                    continue
                if after is None or after.column > segment.column or self.columns[after.column].kind == "heading":
                    last[segment.column][ending_of(block.words[segment.end - 1].text)] += segment.closing >= _TEACHES
                for index in range(segment.start + 1, segment.end):
                    if block.words[index].gap in ("blank", "wide") and self._may_part(block.words, index):
                        inner[ending_of(block.words[index - 1].text)] += 1.0
        self._weigh_ends(last, inner)
        self._stops = {
            column: counts["stop"] / sum(counts.values())
            for column, counts in last.items()
            if sum(counts.values()) >= _FEWEST_ENDS
        }
        self._capitals = {
            column: -math.log((counts[True] + 0.5) / (counts.total() + 1.0)) for column, counts in openings.items()
        }
        self._step_cache.clear()
        self._steps_of.clear()
        self._cuts.clear()

    def _values_at_ends(self, block: Block, segments: Sequence[Segment]) -> Iterator[tuple[int, bool, str]]:
        """The first and last values of the cells of names: their column, whether they are the last, and their words."""
        for before, segment, after in zip([None, *segments], segments, [*segments[1:], None], strict=False):
            if self.columns[segment.column].kind in NAMED:
                value = key(" ".join(_texts(block, segment)))
                for last, beside in ((False, before), (True, after)):
                    if beside is None or beside.column != segment.column:
                        yield segment.column, last, value

    def _is_remark_behind_owner(self, before: int, column: int) -> bool:
        """Whether a border stands between people and prose that is no activity."""
        kinds = self.columns[before].kind, self.columns[column].kind
        return before < column and kinds[0] in _PEOPLE and kinds[1] == "prose" and column != self._activity

    def _weigh_ends(self, last: Mapping[int, Mapping[Ending, float]], inner: Mapping[Ending, float]) -> None:
        """Turns counts into what a border after a word costs, and what it costs to go on."""
        within = _shares(_INNER, inner)
        for column, what in enumerate(self.columns):
            if what.kind in _ENDING:
                over = _shares(_LAST, last.get(column, {}))
                self._ends[column] = {ending: math.log(within[ending] / share) for ending, share in over.items()}

    def _learn_line_ends(self, blocks: Sequence[Block]) -> None:
        """How often a line ends within a cell of prose, as against a row: rows are built alike.

        Where refs do not say it, a plan whose rows each begin a line and whose cells hardly ever go on over one
        shows it by most of its rows. And whether most rows begin with a verb in the imperative.
        """
        stays: dict[tuple[int, Gap], float] = defaultdict(float)
        rows: dict[Gap, float] = defaultdict(float)
        openings: Counter[bool] = Counter()
        for block in blocks:
            before: Segment | None = None
            for segment in self.cut(block):
                if segment.column == self._activity and (before is None or segment.column < before.column):
                    openings[_acts(block.words, segment.start)] += 1
                for index in range(segment.start, segment.end):
                    word = block.words[index]
                    if word.gap not in ("line", "paragraph") or word.item or word.delimiters:
                        continue
                    if index > segment.start:
                        stays[segment.column, word.gap] += word.text[:1].isupper()
                    elif before is not None and segment.column < before.column:
                        rows[word.gap] += 1.0
                before = segment
        for column, what in enumerate(self.columns):
            if what.kind in ("prose", "money"):
                for gap, count in rows.items():
                    share = (stays[column, gap] + 0.5) / (stays[column, gap] + count + 1.0)
                    self._line_ends[column, gap] = -math.log(share)
        self._inactive = _VERB * (openings[True] > openings[False])
        self._step_cache.clear()
        self._steps_of.clear()
        self._cuts.clear()

    def _count(self, shares: Sequence[Own]) -> None:
        lexicon: list[dict[str, float]] = [{} for _ in self._column_of]
        for share in shares:
            for (_, column, value), mass in share.items():
                counts = lexicon[column]
                counts[value] = counts.get(value, 0.0) + mass
        for column, counts in enumerate(lexicon):
            masses = counts.values()
            rare, common = sum(mass for mass in masses if mass < 1.0), sum(1 for mass in masses if mass >= 1.0)
            types = max(_FEWEST_TYPES, rare * 0.5 + common)
            small = sum(min(mass, 1.0) for value, mass in counts.items() if value in self._small_words)
            self._known[column] = _Known(counts, types, sum(masses) + types, small)

    def _expect(self, lattice: _Lattice, own: Own, prune: bool) -> tuple[Own, _Lattice]:
        """Expected occurrences of each value at each place of one block, each place's own left out of the lexicon."""
        masses = self._sweep(lattice, self._steps_of[id(lattice.block)], own)
        share: Own = {}
        kept: list[list[_Edge]] = []
        for node, edges in enumerate(lattice.edges):
            alive: list[_Edge] = []
            for edge, weight in zip(edges, masses.weights[node] or [0.0] * len(edges), strict=True):
                if not prune and not edge.value:
                    continue
                mass = masses.share(node, edge, weight)
                if mass > _PRUNE:
                    alive.append(edge)
                if edge.value and mass > 1e-4:
                    share[node, edge.column, edge.value] = min(mass, 1.0)
            kept.append(alive)
        return share, lattice._replace(edges=kept) if prune else lattice

    def length(self) -> float:
        """The nats that it takes to write down the blocks learnt from, with the vocabularies learnt from them, and how
        many rows lack a column where that was learnt too."""
        return _SHARE * len(self._lacked) - sum(
            self._sweep(
                lattice,
                self._steps_of.get(key) or self._all_steps(lattice),
                self._own.get(_tail_print(lattice.block), {}),
            ).log_total
            for key, lattice in self._lattices.items()
        )

    # Cutting ------------------------------------------------------------------------------------------------

    def cut(self, block: Block) -> list[Segment]:
        """The best reading of a block: its segments in order, each with its surety.

        A segment in a column before its predecessor's opens another row.
        """
        learnt = self._lattices.get(id(block))
        if learnt is None:
            return self._best_path(self._lattice(block))
        if id(block) not in self._cuts:
            self._cuts[id(block)] = self._best_path(learnt)
        return self._cuts[id(block)]

    def _best_path(self, lattice: _Lattice) -> list[Segment]:
        block = lattice.block
        size = len(lattice.nodes)
        if size < 2:
            return []
        # A block that was learnt from is part of the lexicon; what it put there says nothing for it.
        steps = self._steps_of.get(id(block)) or self._all_steps(lattice)
        masses = self._sweep(lattice, steps, self._own.get(_tail_print(block), {}))
        width = len(self._column_of)
        best: list[list[float]] = [[math.inf] * (width + 1) for _ in range(size)]
        back: list[list[tuple[int, int, int] | None]] = [[None] * (width + 1) for _ in range(size)]
        best[0][width] = 0.0
        for node in range(size - 1):
            entry, origin = self._enter(best[node], steps[node].costs)
            for edge, weight in zip(lattice.edges[node], masses.weights[node], strict=False):
                price = entry[edge.column]
                if price == math.inf or weight <= 0.0:
                    continue
                price -= math.log(weight)
                if price < best[edge.end][edge.column]:
                    best[edge.end][edge.column] = price
                    back[edge.end][edge.column] = (node, origin[edge.column], edge.column)
        ends = self._end_costs(block)
        last = min(range(width), key=lambda column: best[-1][column] + ends[column])
        if best[size - 1][last] == math.inf:  # no reading at all: the words stay together, and in doubt
            start, end = block.ref_start, block.ref_start + block.ref_length
            leading = [Segment(0, start, self._first, 0.0)] if start else []
            ref = [Segment(start, end, self._ref, 1.0)] if end > start else []
            return [*leading, *ref, Segment(end, len(block.words), self._activity, 0.0)]
        path: list[Segment] = []
        closing = 1.0
        every = tuple(range(width))
        node, state = size - 1, last
        while node > 0:
            way = back[node][state]
            if way is None:
                break
            start, before, _ = way
            column = self._column_of[state]
            there, before_it = self._both(state), self._both(before) if start else ()
            if block.below:
                # In which column a sub-item's empty cell stands makes no difference: it inherits the others as well.
                there = every if block.words[lattice.nodes[start]].text == BLANK_CELL else there
                before_it = every if start and block.words[lattice.nodes[start] - 1].text == BLANK_CELL else before_it
            surety = 0.0
            for edge, weight in zip(lattice.edges[start], masses.weights[start], strict=True):
                if edge.end == node and edge.column in there:
                    surety += masses.share(start, edge, weight)
            surety = min(1.0, surety)
            opening = 1.0
            if start:
                opening = masses.border(start, before_it, there, steps[start].weights)
            path.append(Segment(lattice.nodes[start], lattice.nodes[node], column, surety, opening, closing))
            node, state, closing = start, before, opening
        return self._merge(path[::-1], block)

    def _both(self, column: int) -> tuple[int, ...]:
        """A column, and that of its whole remarks."""
        column = self._column_of[column]
        return (column, self._whole[column]) if column in self._whole else (column,)

    def _merge(self, path: list[Segment], block: Block) -> list[Segment]:
        """Pieces of one run of prose become one segment, as sure as its two ends are."""
        merged: list[Segment] = []
        for segment in path:
            if (
                merged
                and merged[-1].column == segment.column
                and self.columns[segment.column].kind in _RUNNING
                and merged[-1].end == segment.start
            ):
                before = merged[-1]
                surety = min(before.surety, segment.surety)
                merged[-1] = before._replace(end=segment.end, surety=surety, closing=segment.closing)
            else:
                merged.append(segment)
        return merged

    # The lattice --------------------------------------------------------------------------------------------

    def _lattice(self, block: Block) -> _Lattice:
        words = block.words
        texts = [word.text for word in words]
        offsets, running = [], 0
        for text in texts:
            offsets.append(running)
            running += len(text) + 1
        line = " ".join("¶" if text == BLANK_CELL else text for text in texts)
        starts_at = {offset: index for index, offset in enumerate(offsets)}
        ends_at = {offset + len(texts[index]): index + 1 for index, offset in enumerate(offsets)}
        spans: dict[int, list[tuple[int, float]]] = defaultdict(list)
        edges_of_spans: set[int] = set()
        for span in find_timescales(line):
            start, end = starts_at.get(span.start), ends_at.get(span.end)
            if self.delimited and start and not self._parted(words[start]):
                continue
            if start is None or end is None:
                start, end = _snap(offsets, texts, span.start, span.end)
            if start and span.strength == "weak" and texts[start].islower() and texts[start - 1] in DANGLING:
                continue  # "8% of immediate incidents"
            if end > start + 1 and texts[start][:1].islower() and texts[start + 1] in _DATE_OPENINGS:
                start += 1  # "where it comes from | By 30 September"
            if end > start:
                within = self._date_within(texts, start, end)
                if within > start and texts[start][:1].islower() and texts[start - 1] in _BEFORE_TIMES:
                    start = within  # "trees alive after year three | By July 2026"
                counted = within > start and texts[start].isdigit()  # "the first 5 | Apr-22"
                spans[start].append((end, 0.0 if span.strength == "strong" and not counted else _WEAK))
                edges_of_spans.update((start, end))
                if end > start + 1 and texts[start][:1].isupper() and texts[start].lower() in _BEFORE_DATES:
                    spans[start + 1].append((end, 0.0))  # "Service Delivery | By June 2025"
                    edges_of_spans.add(start + 1)
                if within > start:
                    spans[within].append((end, 0.0))
                    edges_of_spans.add(within)
                if span.strength == "strong" and not texts[start][:1].islower() and (on := _goes_on(words, end)):
                    spans[start].append((on, _SAID_MORE))
        if self._has_states:
            edges_of_spans.update(index for state in _states_in(texts) for index in state)
        within_dates = (
            self._within_dates(spans) - edges_of_spans - {block.ref_start, block.ref_start + block.ref_length}
        )
        nodes = [0]
        measures: dict[int, bool] = {}
        ref_end = block.ref_start + block.ref_length
        for index in range(1, len(words)):
            if block.ref_start < index < ref_end or index in within_dates:
                continue
            if block.grouped and index == 1:
                continue  # behind the number of the group
            if index in (block.ref_start, ref_end) or index in edges_of_spans or self._may_part(words, index):
                nodes.append(index)
            elif self._may_open_measure(words, index):
                measures[len(nodes)] = _may_end_name(words[index - 1].text)
                nodes.append(index)
        nodes.append(len(words))
        node_of = {word_index: node for node, word_index in enumerate(nodes)}
        edges: list[list[_Edge]] = [[] for _ in nodes]
        dated = [(first, last) for first, ends in spans.items() for last, cost in ends if cost == 0.0]
        # Where a date or a status begins, by what it may be.
        sure: dict[int, Set[Kind]] = dict.fromkeys(spans, _DATE_KIND)
        for start in [start for start, _ in _states_in(texts)] if self._has_states else ():
            sure[start] = sure.get(start, frozenset()) | _STATE_KIND
        # Where all values come after a date, none begins before the first words that surely are one.
        firm = [start for start, ends in spans.items() if any(cost == 0.0 for _, cost in ends)]
        # Of several rows, the first may have one that is ordinary words too: "Annual", and no other.
        first_dates = firm if block.opens else spans
        earliest = min(first_dates, default=0) if self._dates_first else 0
        for node, start in enumerate(nodes[:-1]):
            if start == block.ref_start and block.ref_length:
                edges[node].append(_edge(node, node_of[ref_end], self._ref, 0.0))
                continue
            heading = _IMPASSABLE if block.opens and not node else block.heading
            found = self._edges_from(node, start, nodes, words, texts, spans.get(start, []), heading)
            edges[node].extend(found)
            if self._values and texts[start] != BLANK_CELL:
                remarks = self._doubled if start >= earliest else self._before_dates
                edges[node].extend(self._remark_edges(node, nodes, words, sure, measures, remarks))
            if self._values and start >= earliest and texts[start] != BLANK_CELL:
                date_ends = min((last for first, last in dated if first >= start), default=len(words) + 1)
                edges[node].extend(self._value_edges(node, start, nodes, words, texts, date_ends))
            if not node and block.grouped is not None:
                edges[node] = [
                    edge
                    for edge in edges[node]
                    if (self.columns[self._column_of[edge.column]].kind == "group") == block.grouped
                ]
            if start < block.ref_start:
                until = node_of[block.ref_start]
                edges[node] = [
                    edge for edge in edges[node] if edge.end <= until and self._column_of[edge.column] < self._ref
                ]
        names = {
            node
            for node in nodes
            if any(_leads_up(texts[node:date]) for date in firm if node < date <= node + _LONGEST_VALUE)
        }
        before = {node for node, index in enumerate(nodes) if index in names}
        return _Lattice(block, tuple(nodes), edges, measures, before)

    def _within_dates(self, spans: Mapping[int, Sequence[tuple[int, float]]]) -> set[int]:
        """The words before which no cell begins, since they stand within what surely is one date: "Quarter 4 2025"."""
        if not self._one_date:
            return set()
        return {
            index for start, ends in spans.items() for end, cost in ends if not cost for index in range(start + 1, end)
        }

    def _may_open_measure(self, words: Sequence[Word], index: int) -> bool:
        """Whether a number stands behind what may be the end of a name or remark, or a small word behind a name.

        A measure of success may begin with it: "Head of Housing 38% of repairs done first time".
        """
        last, word = words[index - 1].text, words[index]
        if not self._measured or last.lower() in _BEFORE_FIGURES:
            return False
        if word.text[:1].islower():  # "Cabinet Member for Homes all 150 premises rated", not "Cllr Moss Residual waste"
            named = last[:1].isupper() and last[-1:].isalpha()
            named = named and (_opening(words, index) in self._openings or not self._may_part(words, index - 1))
            return named and word.text not in DANGLING and word.gap == "blank"
        ends = last[-1:].isalpha() or (self._money and last[:1] in "£€$")
        if not word.text[:1].isdigit() or not ends or last.lower() in DANGLING:
            return False
        small = index + 1 < len(words) and words[index + 1].text[:1].islower()
        return small and (self._remarks_together or _may_end_name(last))

    def _date_within(self, texts: Sequence[str], start: int, end: int) -> int:
        """Where a date may begin within words that read as one: behind a status ("Completed End of May 2024"), or
        behind the last words of a sentence ("within two days May 2024", "the first 5 Apr-22"); else 0."""
        if self.delimited:
            return 0
        states = self._has_states
        for middle in range(start + 1, end):
            head, rest = " ".join(texts[start:middle]), " ".join(texts[middle:end])
            of_date = is_timescale(head) or texts[middle - 1] in _BEFORE_DATES
            opens = rest[0].isupper() or texts[start - 1] in _BEFORE_TIMES
            sentence = head[0].islower() and opens and of_date
            day = head.isdigit() and texts[start - 1][:1].islower() and bool(_MONTH_AND_YEAR.fullmatch(rest))
            of_year = head == "of year"  # "panels with heads of year | 2023/24"
            if (sentence or day or of_year or (states and is_state(head))) and is_timescale(rest):
                return middle
        return 0

    def _parted(self, word: Word) -> bool:
        """Whether a delimiter stands before a word, or the line end that takes its place in a loose table."""
        return bool(word.delimiters) or (self.loose and word.gap in ("line", "paragraph"))

    def _may_part(self, words: Sequence[Word], index: int) -> bool:
        """Whether a border may stand before a word."""
        word = words[index]
        if word.delimiters or word.opens:
            return True
        if word.gap in ("soft", "line", "paragraph"):
            return True
        if word.gap == "wide" or word.text == BLANK_CELL or words[index - 1].text == BLANK_CELL:
            return True
        last = words[index - 1].text
        if index > 1 and last.islower() and is_ditto(f"{words[index - 2].text} {last}"):
            return True
        if self._is_behind_name(words, index):
            return True
        if word.text == "/" or (last.endswith((",", "(")) or last.lower() in DANGLING - {"/"} or last in RANKS):
            return False
        if last in _NAME_OPENINGS or _INITIAL.fullmatch(last):
            return False
        if _is_letter_of_noun(words, index):
            return False
        first = word.text.lstrip("(‘'“\"")[:1]
        if first.islower() and self._prose_together:
            # "Clear the old weir. | visits up by a tenth"
            noted = last.endswith(")") and _is_behind_note(words, index)
            return noted or _ends_sentence(last)
        if self._partnered and word.text == "the" and index + 1 < len(words) and words[index + 1].text[:1].isupper():
            opens = last[:1].isupper() or last.endswith((".", "!", "?"))  # "the Ashby Partnership"
            return opens or _names_partner_at(words, index + 1)
        if self._money and (first in "£€$" or _COST_BAND.fullmatch(last)):
            return True
        return first.isupper() or (first.isdigit() and last.endswith((".", ")")))

    def _is_behind_name(self, words: Sequence[Word], index: int) -> bool:
        """Whether a verb that may open an activity stands behind the last word of a group's name that ends as a heading
        may: "Good jobs, close by"."""
        return bool(self._grouping) and words[index - 1].text in STRANDED and _acts(words, index)

    def _edges_from(
        self,
        node: int,
        start: int,
        nodes: Sequence[int],
        words: Sequence[Word],
        texts: Sequence[str],
        spans: Sequence[tuple[int, float]],
        heading: float,
    ) -> list[_Edge]:
        """The words that may begin at a node, in each column that has no vocabulary."""
        edges: list[_Edge] = []
        first = texts[start]
        following = nodes[node + 1]
        if first == BLANK_CELL:
            return [
                _edge(node, node + 1, column, 0.0)
                for column, what in enumerate(self.columns)
                if not what.activity and what.kind not in ("ref", "heading", "aside")
            ]
        for column, what in enumerate(self.columns):
            kind = what.kind
            if kind == "prose":
                short = what.activity and node > 0 and self._short_line(node, nodes, words)
                edges.append(_edge(node, node + 1, column, _SHORT_LINE if short else 0.0))
            elif kind == "time":
                taken = set()
                for end, cost in spans:
                    taken.add(end)
                    target = _index(nodes, end, node)
                    if target:
                        edges.append(_edge(node, target, column, cost - _DATE))
                if self.delimited or words[start].gap in ("line", "paragraph"):
                    target = self._cell_end(node, nodes, words)
                    length = nodes[target] - start
                    if nodes[target] not in taken and length <= 12:
                        # Words that are no date may still be all there is: "after the election".
                        odd = 4.0 if self.delimited else 7.0
                        odd += 3.0 * looks_like_owner(" ".join(texts[start : nodes[target]]))
                        edges.append(_edge(node, target, column, odd + 0.3 * length))
            elif kind == "heading":
                target = self._whole_line(node, nodes, words)
                # A heading stands over rows: where refs cut the blocks, over those of the next.
                if target and (target < len(nodes) - 1 or self.referenced):
                    edges.append(_edge(node, target, column, heading))
            elif kind == "group":
                dated = not self.delimited and any(not cost for _, cost in spans)
                edges.append(_edge(node, node + 1, column, _SENTENCE_IN_NAME if dated else 0.0))
            elif kind in ("aside", "money"):
                edges.append(_edge(node, node + 1, column, 0.0))
            elif kind == "ref" and self.referenced:
                if following - start <= 2 and _REF.fullmatch(" ".join(texts[start:following])):
                    edges.append(_edge(node, node + 1, column, 0.0))
            elif kind == "ref":
                edges.append(_edge(node, node + 1, column, 0.0 if following - start <= 2 else 9.0))
        return edges

    def _short_line(self, node: int, nodes: Sequence[int], words: Sequence[Word]) -> bool:
        """Whether a line begins here that holds no more words than a name, without a stop or bracket."""
        start = nodes[node]
        first = words[start]
        if first.gap not in ("line", "paragraph") or first.item or first.delimiters or not first.text[:1].isupper():
            return False
        end = nodes[self._cell_end(node, nodes, words)]
        return end - start <= 3 and not words[end - 1].text.endswith((".", ":", ";", ")", ","))

    def _whole_line(self, node: int, nodes: Sequence[int], words: Sequence[Word]) -> int:
        """The node at the end of a line that could be a heading: short, alone, without a stop; 0 for any other."""
        start = nodes[node]
        if words[start].gap not in ("line", "paragraph") or words[start].item or words[start].after:
            return 0
        for target in range(node + 1, len(nodes)):
            end = nodes[target]
            over = end == len(words) or words[end].gap in ("line", "paragraph")
            if end < len(words) and (words[end].delimiters or (over and words[end].text.startswith("("))):
                return 0  # a cell goes on, or a note on it stands below
            if over:
                text = words[end - 1].text
                fits = end - start <= 12 and not text.endswith((".", ",", ";", ":", "!", "?"))
                stranded = text.lower() in STRANDED and (end == len(words) or words[start].gap == "paragraph")
                fits = fits and (text.lower() not in DANGLING or stranded)
                if not fits or not words[start].text[:1].isupper():
                    return 0
                line = " ".join(word.text for word in words[start:end])
                return 0 if line in self.recurring or is_timescale(line) or looks_like_owner(line) else target
        return 0

    def _cell_end(self, node: int, nodes: Sequence[int], words: Sequence[Word]) -> int:
        """The node at which the stretch without any delimiter or line end is over."""
        for target in range(node + 1, len(nodes) - 1):
            word = words[nodes[target]]
            if word.delimiters or word.gap in ("line", "paragraph"):
                return target
        return len(nodes) - 1

    def _value_edges(
        self,
        node: int,
        start: int,
        nodes: Sequence[int],
        words: Sequence[Word],
        texts: Sequence[str],
        date_ends: int,
    ) -> list[_Edge]:
        """The values that may begin at a node, for all columns of values at once.

        `date_ends` is the index after the nearest date from there on: what holds a date is hardly a name.
        """
        edges: list[_Edge] = []
        if texts[start].startswith("(") and not self.delimited:
            return edges  # a note on the text before it, however often it comes again
        within = 0.0
        for target in range(node + 1, len(nodes)):
            end = nodes[target]
            length = end - start
            if length > _LONGEST_VALUE and not self.delimited:
                break
            judged = _judge(_without_mark(texts[start:end]), self._kinds)
            plain = math.exp(-within - _DATED * (end >= date_ends))
            stopped = self._sentences_apart and length > 1 and texts[end - 1].endswith(_STOPS)
            sentence = stopped and texts[end - 1][:1].islower()
            for (column, kind), prior in zip(self._values, judged.priors, strict=True):
                if stopped if kind == "state" else sentence:
                    continue
                if column in self._titled and _lacks_title(judged, kind, prior):
                    prior += _UNTITLED
                if prior < self._hopeless or (prior < _HOPELESS and judged.key in self._known[column].counts):
                    doubtful = _SEVERAL if judged.several and kind != "state" else 0.0
                elif self.delimited:
                    prior, doubtful = _HOPELESS, 0.0
                else:
                    continue
                again = math.exp(saved_again(length, prior, _WORD))
                small = judged.small and kind in _PEOPLE
                edges.append(_Edge(node, target, column, plain, judged.key, math.exp(-prior), again, doubtful, small))
                if small:
                    self._small_words.add(judged.key)
            if target < len(nodes) - 1:
                word = words[end]
                if word.delimiters or word.text == BLANK_CELL or texts[end - 1] == "/" or texts[end - 1].endswith(";"):
                    break
                within += _WITHIN_VALUE[word.gap]
                if within > 9.0 or (judged.stopped and not self.delimited):
                    break
        return edges

    def _remark_edges(
        self,
        node: int,
        nodes: Sequence[int],
        words: Sequence[Word],
        dates: Mapping[int, Set[Kind]],
        measures: Mapping[int, bool],
        remarks: Sequence[int],
    ) -> Iterator[_Edge]:
        """The short cells of prose or of budgets in columns of `remarks` that begin at a node and may end: at a line's
        end, before a date or status, or before the capital or the figure of another column of prose.

        Short remarks recur as values do ("Low", "Loss of key staff"). Were that seen in the columns of values alone,
        these would draw them in.
        """
        start = nodes[node]
        if self._money and words[start].text[:1] in "£€$":
            remarks = [column for column in remarks if column in self._budgets]
        if not remarks or "time" in dates.get(start, ()):
            return
        for target in range(node + 1, len(nodes)):
            end = nodes[target]
            if end - start > _LONGEST_REMARK or words[end - 1].text == BLANK_CELL:
                return
            over = end == len(words) or words[end].delimiters or words[end].gap in ("line", "paragraph")
            over = over or words[end].text == BLANK_CELL
            last = words[end - 1].text
            begins = target in measures or (end < len(words) and words[end].text[:1].isupper())
            opens = dates.get(end) or (_PROSE_KIND if begins else frozenset())
            if (over or opens) and not last.endswith((".", ",", ":", ";")) and last.lower() not in DANGLING:
                text = " ".join(word.text for word in words[start:end])
                value = _remark_key(text)
                again = math.exp(_WORD * (end - start))
                of_money = self._money and is_money(text)
                # "Within existing resources" is one by its wording, "Grant-funded Work paused" is not.
                worded = of_money and not any(word.text[:1].isupper() for word in words[start + 1 : end])
                fresh = 1.0 if worded else math.exp(-_REMARK)
                for column in remarks:
                    if of_money and column not in self._budgets:
                        continue
                    if not over and not opens & self._behind[column]:
                        continue  # what opens behind it is of another row, which begins a line
                    yield _Edge(node, target, self._whole[column], 1.0, value, fresh, again)
            if over or _ends_sentence(last) or _COST_BAND.fullmatch(words[start].text):
                return

    # Costs --------------------------------------------------------------------------------------------------

    def _weights(self, edges: Sequence[_Edge], own: Own) -> list[float]:
        """The probability weights of edges, with what is known of the vocabularies."""
        weights: list[float] = []
        known = self._known
        discount = self._discount
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

    def _skip_table(self, below: bool) -> list[list[float]]:
        """Cost of leaving out the columns between two: [from + 1][to]; from -1 is the row's start."""
        width = len(self.columns)
        skips: list[float] = []
        for index, column in enumerate(self.columns):
            cost = _SKIP_ACTIVITY if column.activity else self._lacked.get(index, _SKIP[column.kind])
            if self.delimited and not self.loose and not column.activity:
                cost = min(cost, 1.5)
            elif below and not column.activity and column.kind in ("prose", "money", "state"):
                cost = min(cost, 2.0)
            elif below and column.kind in _PEOPLE:
                cost = min(cost, _SKIP_ONE_BELOW)
            skips.append(cost)
        people = {index for index, column in enumerate(self.columns) if column.kind in _PEOPLE}
        table = [[0.0] * (width + 1) for _ in range(width + 1)]
        for start in range(-1, width):
            for end in range(start + 1, width + 1):
                left_out = set(range(start + 1, end))
                costs = [skips[index] for index in left_out]
                if below and people and people <= left_out:
                    # a sub-item inherits its people all together, and then nothing stands in their place
                    costs = [_SKIP_BELOW if index in people else skips[index] for index in left_out]
                table[start + 1][end] = sum(costs)
        return table

    def _end_costs(self, block: Block) -> list[float]:
        """What it costs to end the block in each column, and in those of whole remarks."""
        table = self._skips[block.below]
        width = len(self.columns)
        ending = ending_of(block.words[-1].text)
        return [
            0.0
            if (what := self.columns[column]).kind == "heading"
            else table[column + 1][width]
            + (self._ends[column][ending] if what.kind in _ENDING and state < width else 0.0)
            for state, column in enumerate(self._column_of)
        ]

    def _steps(self, lattice: _Lattice, node: int) -> _Steps:
        """The costs of entering each column at a node; `p` = number of columns stands for the block's start."""
        block = lattice.block
        index = lattice.nodes[node]
        word = block.words[index]
        last = block.words[index - 1].text if index else ""
        ends_sentence = last.endswith((".", "!", "?", ")", ":", ";"))
        ending = ending_of(last)
        lowered = word.text[:1].islower()
        capital = word.text[:1].isupper()
        dangling = (last.lower() in DANGLING and last != "/") or last in _WANTING
        # "Recycle more:" calls for the first of its parts: "a) survey every store".
        dangling = dangling or (last.endswith(":") and bool(_PART.fullmatch(word.text)))
        dangling = dangling and not self._is_behind_name(block.words, index)
        bracketed = word.text.startswith(("(", "[")) or word.text.endswith(")")
        noted = word.text.startswith("(") and not word.delimiters
        owned = bool(self._grouping) and self._is_owner_line(block.words, index)
        acts = _acts(block.words, index)
        banded = bool(_COST_BAND.fullmatch(last)) or (
            self._money and capital and self._is_behind_sum(block.words, index)
        )
        moneyed = self._money and is_money(" ".join(one.text for one in block.words[index : index + 3]))
        # After a semicolon or stroke another value of the same cell opens, and hardly ever another cell.
        listed = (word.item and self._opens_owner(block, index)) or last.endswith((";", "/"))
        foreign = word.gap == "blank" and self._prose_beside and not self._opens_owner(block, index)
        measure = lattice.measures.get(node)
        broken = self._broken > 0.0 and index > 0 and _is_break(block.words, index)
        dated = node in lattice.before_dates
        after_note = last.endswith(")") and not bracketed and _is_behind_note(block.words, index)
        told = (
            ends_sentence,
            ending,
            lowered,
            lowered and word.gap == "blank" and word.text in DANGLING,
            capital,
            dangling,
            bracketed,
            noted,
            owned,
            acts,
            banded,
            moneyed,
            listed,
            foreign,
            broken,
            dated,
            after_note,
            last == BLANK_CELL,
        )
        blank = word.text == BLANK_CELL
        place = (node == 0, bool(block.ref_length), block.below)
        name = (measure, *told, *place, word.gap, blank, word.before, word.middle, word.after, word.item)
        found = self._step_cache.get(name)
        if found is None:
            costs = self._step_costs(block, word, node == 0, *told)
            if measure is not None:
                costs = self._of_measure(costs, measure)
            ways = [[(column, cost) for column, cost in enumerate(row) if cost < _IMPASSABLE] for row in costs]
            weights = [[math.exp(-cost) if cost < _IMPASSABLE else 0.0 for cost in row] for row in costs]
            found = self._step_cache[name] = _Steps(ways, weights)
        return found

    def _is_owner_line(self, words: Sequence[Word], index: int) -> bool:
        """Whether a line begins here that is an owner and nothing else: no group begins a row with it."""
        if words[index].gap not in ("line", "paragraph"):
            return False
        end = index + 1
        while end < len(words) and end - index <= _LONGEST_VALUE and words[end].gap in ("blank", "wide"):
            end += 1
        over = end == len(words) or words[end].gap in ("line", "paragraph")
        return over and looks_like_owner(" ".join(word.text for word in words[index:end]))

    def _is_behind_sum(self, words: Sequence[Word], index: int) -> bool:
        """Whether a word follows a sum that may be a whole cell: "£3.75 million", "Nil"."""
        return bool(_WHOLE_SUM.fullmatch(" ".join(word.text for word in words[max(0, index - 2) : index])))

    def _opens_owner(self, block: Block, index: int) -> bool:
        """Whether the first words of an item name a post, portfolio or body as a whole."""
        if not self._values:
            return False
        words = block.words
        for end in range(index + 1, min(len(words), index + _LONGEST_ITEM) + 1):
            whole = end == len(words) or words[end].gap in ("line", "paragraph") or words[end].delimiters
            if (whole or self._may_part(words, end)) and looks_like_owner(
                " ".join(word.text for word in words[index:end])
            ):
                return True
            if whole:
                break
        return False

    def _step_costs(
        self,
        block: Block,
        word: Word,
        opens: bool,
        ends_sentence: bool,
        ending: Ending,
        lowered: bool,
        joins: bool,
        capital: bool,
        dangling: bool,
        bracketed: bool,
        noted: bool,
        owned: bool,
        acts: bool,
        banded: bool,
        moneyed: bool,
        listed: bool,
        foreign: bool,
        broken: bool,
        dated: bool,
        after_note: bool,
        after_empty: bool,
    ) -> list[list[float]]:
        width = len(self.columns)
        table = self._skips[block.below]
        fresh = self._skips[False]
        if opens:
            start = table[0] if block.ref_length else fresh[0]
            first = [start[column] + _VERB * (acts and column in self._grouping) for column in self._column_of]
            return [[math.inf] * len(first) for _ in first] + [first]
        gap = word.gap
        delimiters = word.delimiters
        costs: list[list[float]] = []
        new_row = math.inf
        if gap in ("soft", "line", "paragraph") and not lowered and not word.item:
            new_row = (_UNREFERENCED if self.referenced else 0.0) + _NOTED * (noted or owned)
        for state, before in enumerate(self._column_of):
            row = [math.inf] * width
            what = self.columns[before]
            whole = state >= width  # a remark is over, and its cell with it
            border = 0.0 if word.text == BLANK_CELL else _BORDER[gap]
            if self.lined and gap == "blank":
                border += self._within_line
            if self.delimited and not delimiters and not (self.loose and gap in ("line", "paragraph")):
                border = 12.0
            elif delimiters:
                border = 0.0
            elif what.kind in _ENDING and gap in ("blank", "wide") and not whole:
                border += self._ends[before][ending]
            if word.item:
                border += _LISTED if listed else _ITEM
            if broken:
                border += self._broken
            if dangling or (listed and not word.item):
                border += _LISTED_ON if listed else _WANTED
            if lowered and gap == "blank" and not delimiters:
                border += _LOWERED
            for column in range(before + 1, width):
                cost = border + table[before + 1][column]
                if self.columns[column].kind == "aside":
                    apart = gap in ("line", "paragraph") and not delimiters
                    row[column] = cost + _ASIDE + _VERB * acts if apart else math.inf
                    continue
                if what.kind == "heading":
                    # What stands in brackets is a note on the text before it, and begins no row.
                    below = fresh[1][column] + 2 * _NOTED * noted
                    row[column] = below if gap in ("line", "paragraph") and not delimiters else math.inf
                    continue
                if delimiters:
                    shift = column - before - delimiters
                    cost = 0.0 if shift == 0 else 3.0 * shift if shift > 0 else math.inf
                    if shift > 0 and self.loose:
                        cost = table[before + 1][column]
                if self.columns[column].activity and lowered and not delimiters:
                    cost += 1.0
                if column == self._activity and before in self._grouping:
                    cost += -_ACTS if acts else _VERB
                if capital and gap == "blank" and self._is_remark_behind_owner(before, column):
                    cost += self._capitals.get(column, 0.0)
                if self.columns[column].kind == "money":
                    cost += _NO_MONEY * (not delimiters) * (1 + lowered) - _NO_MONEY * moneyed
                if self.columns[column].kind == "prose" and not delimiters:
                    cost += 2.0 * lowered + _JOINING * joins
                    cost += _NO_MONEY * (moneyed and column != self._activity)
                if noted:
                    cost += _NOTED
                if dated and self.columns[column].kind == "prose":
                    cost += _DATED * any(before < time < column for time in self._times)
                if lowered and gap == "blank" and not delimiters and self.columns[column].kind == "state":
                    cost += _LOWERED
                row[column] = cost
            if not delimiters and word.text != BLANK_CELL and not whole:
                if what.kind in _RUNNING:
                    stay = _WITHIN_PROSE[gap]
                    if not bracketed:
                        stay = max(stay, self._line_ends.get((before, gap), 0.0))
                    if gap in ("line", "paragraph") and not ends_sentence and not bracketed:
                        stay += _UNFINISHED
                    stay += _NOTED * after_note
                    if lowered and gap == "blank" and ending == "stop":
                        stay += _BROKEN_OFF
                    if what.kind == "aside":
                        stay = 0.3
                    elif banded and what.kind == "money":
                        stay += _BANDED
                    elif before in self._grouping:
                        stay += _VERB * acts + _SENTENCE_IN_NAME * (ending == "stop")
                    row[before] = (_ITEM if listed else 0.0) if word.item else stay + _BEHIND_EMPTY * after_empty
                elif what.kind != "ref":
                    together = 9.0 if self.delimited and gap == "blank" else _NEXT_VALUE[gap]
                    together = min(together, _LISTED) if listed else together + _FOREIGN * foreign
                    single = what.kind == "state" or (what.kind == "time" and gap != "line")
                    row[before] = together + (2.5 if single else 0.0)
            if new_row < math.inf:
                for column, cost in self._new_row(before, word, new_row, table, fresh[0]):
                    cost += _VERB * (acts and column in self._grouping)
                    cost += self._inactive * (column == self._activity and not acts)
                    row[column] = min(row[column], cost)
            remarks = [math.inf if column == before else row[column] for column in self._doubled]
            for column, cost in self._free.items():
                row[column] += cost * (column != before)
            costs.append([*row, *remarks])
        costs.append([math.inf] * len(self._column_of))
        return costs

    def _of_measure(self, costs: Sequence[Sequence[float]], named: bool) -> list[list[float]]:
        """The steps at a number, at which prose may begin behind a whole remark, or people where it is `named`, and
        nothing else in another column."""
        columns, kinds = self._column_of, [column.kind for column in self.columns]
        return [
            [
                cost
                if (column == before and kinds[column] in _RUNNING)
                or (
                    column > before
                    and kinds[column] == "prose"
                    and (state >= len(kinds) or (named and kinds[before] in NAMED))
                )
                else math.inf
                for column, cost in zip(columns, row, strict=True)
            ]
            for (state, before), row in zip(enumerate(columns), costs, strict=False)
        ] + [list(costs[-1])]

    def _new_row(
        self, before: int, word: Word, price: float, table: Sequence[Sequence[float]], opening: Sequence[float]
    ) -> Iterator[tuple[int, float]]:
        """The columns in which a row can begin at a line's first word after a row that ended in `before`.

        Delimiters on lines of their own are the last of the old row or the first of the new one.
        """
        if self.columns[before].kind == "heading":
            return
        for ending in {word.before, word.before + word.middle}:
            leading = word.before + word.middle + word.after - ending
            closing = table[before + 1][len(self.columns)]
            if ending or leading:
                if before + ending > self._last:
                    continue
                closing = 0.3 * (self._last - before - ending)
            for column, there in enumerate(self.columns):
                if there.kind == "heading":
                    if not leading:
                        yield column, closing
                elif leading:
                    if column == self._first + leading:
                        yield column, closing + price + 1.0
                elif there.kind != "aside":
                    skipped = opening[column] - opening[self._first]
                    if self._ref_before(column):
                        skipped = max(0.0, skipped - _SKIP["ref"])
                    yield column, closing + price + skipped

    def _ref_before(self, column: int) -> bool:
        return any(what.kind == "ref" for what in self.columns[:column])

    def _all_steps(self, lattice: _Lattice) -> list[_Steps]:
        """The steps at each node but the last."""
        return [self._steps(lattice, node) for node in range(len(lattice.nodes) - 1)]

    def _enter(
        self, best: Sequence[float], steps: Sequence[Sequence[tuple[int, float]]]
    ) -> tuple[list[float], list[int]]:
        """Cheapest way into each column at a node, and from which column it comes."""
        width = len(self._column_of)
        entry = [math.inf] * width
        origin = [0] * width
        for before in range(width + 1):
            price = best[before]
            if price == math.inf:
                continue
            for column, step in steps[before]:
                cost = price + step
                if cost < entry[column]:
                    entry[column] = cost
                    origin[column] = before
        return entry, origin

    def _sweep(self, lattice: _Lattice, steps: Sequence[_Steps], own: Own) -> _Masses:
        """Forward and backward masses of every node and column, and the edges' weights.

        Each node has a scale of its own (a logarithm), so that no mass over- or underflows however long the block.
        """
        size = len(lattice.nodes)
        width = len(self._column_of)
        reach = [[0.0] * (width + 1) for _ in range(size)]
        scales: list[float | None] = [None] * size
        reach[0][width] = 1.0
        scales[0] = 0.0
        forward: list[list[float]] = [[0.0] * width for _ in range(size)]
        weights: list[list[float]] = [[] for _ in range(size)]
        tables = [step.weights for step in steps]
        for node in range(size - 1):
            scale = scales[node]
            if scale is None:
                continue
            peak = max(reach[node])
            if peak <= 0.0:
                continue
            scale += math.log(peak)
            scales[node] = scale
            reached = [mass / peak for mass in reach[node]]
            reach[node] = reached
            entry = forward[node]
            sources = [(row, mass) for row, mass in zip(tables[node], reached, strict=True) if mass]
            for column in {edge.column for edge in lattice.edges[node]}:
                entry[column] = sum([row[column] * mass for row, mass in sources])
            weights[node] = masses = self._weights(lattice.edges[node], own)
            for edge, weight in zip(lattice.edges[node], masses, strict=True):
                end, column = edge.end, edge.column
                mass = entry[column] * weight
                there = scales[end]
                if there is None:
                    scales[end] = scale
                elif there != scale:
                    mass *= math.exp(min(scale - there, 600.0))
                reach[end][column] += mass
        ends = self._end_costs(lattice.block)
        backward: list[list[float]] = [[0.0] * (width + 1) for _ in range(size)]
        back_scales = [0.0] * size
        onwards: list[list[float]] = [[] for _ in range(size)]
        onward_scales = [0.0] * size
        backward[size - 1][:width] = [math.exp(-min(cost, 60.0)) for cost in ends]
        total = sum(reach[size - 1][column] * backward[size - 1][column] for column in range(width))
        log_total = (math.log(total) if total > 0.0 else -700.0) + (scales[size - 1] or 0.0)
        for node in range(size - 2, -1, -1):
            if not weights[node]:
                back_scales[node] = back_scales[node + 1]
                continue
            base = max([back_scales[edge.end] for edge in lattice.edges[node]])
            onward = [0.0] * width
            for edge, weight in zip(lattice.edges[node], weights[node], strict=True):
                end, column = edge.end, edge.column
                mass = weight * backward[end][column]
                if back_scales[end] != base:
                    mass *= math.exp(max(back_scales[end] - base, -700.0))
                onward[column] += mass
            onwards[node] = onward
            onward_scales[node] = base
            live = [(column, mass) for column, mass in enumerate(onward) if mass]
            masses = [sum([row[column] * mass for column, mass in live]) for row in tables[node]]
            peak = max(masses)
            if peak > 0.0:
                backward[node] = [mass / peak for mass in masses]
                back_scales[node] = base + math.log(peak)
            else:
                back_scales[node] = base
        return _Masses(
            reach,
            forward,
            backward,
            onwards,
            weights,
            [scale or 0.0 for scale in scales],
            back_scales,
            onward_scales,
            log_total,
        )


def _leads_up(texts: Sequence[str]) -> bool:
    """Whether words are those of a name, so that the date behind them is a cell and no part of a sentence."""
    named = all(text[:1].isupper() or text in DANGLING for text in texts)
    return named and texts[-1][-1].isalpha() and texts[-1] not in DANGLING


def _opening(words: Sequence[Word], index: int) -> tuple[str, ...]:
    """The two words with which a cell would begin."""
    return tuple(word.text for word in words[index : index + 2])


def _is_letter_of_noun(words: Sequence[Word], index: int) -> bool:
    """Whether a capital by itself says which one the noun before it is: "band C or better", not "M Ransome"."""
    letter = words[index].text
    after = words[index + 1].text if index + 1 < len(words) else ""
    return len(letter) == 1 and letter.isupper() and letter not in "AI" and after[:1].islower()


def _ends_sentence(word: str) -> bool:
    """Whether a word with a stop is no abbreviation, but the last one of a sentence."""
    plain = word.rstrip("’'”\").!?")
    return word.endswith((".", "!", "?")) and len(plain) > _LONGEST_ABBREVIATED and "." not in plain


def _may_end_name(word: str) -> bool:
    """Whether a word may be the last one of a name."""
    return word[:1].isupper() and word not in RANKS


def value_of(words: Sequence[Word]) -> Value:
    """The texts of a value's words, without the semicolon or stroke before a cell's next value."""
    return tuple(_without_mark([word.text for word in words]).split(" "))


def _without_mark(texts: Sequence[str]) -> str:
    """Words without what parts them from a cell's next value."""
    text = " ".join(texts)
    return text.rstrip(";/ ") or text if text.endswith((";", "/")) else text


def _texts(block: Block, segment: Segment) -> Value:
    return value_of(block.words[segment.start : segment.end])


_FIGURES = re.compile(r"\d[\d.,]*")


def _remark_key(text: str) -> str:
    """The comparison key of a remark, which is the same one whatever its figures, if it is more than figures.

    >>> _remark_key("38 homes let") == _remark_key("1,200 homes let"), _remark_key("38") == _remark_key("44")
    (True, False)
    """
    plain = _FIGURES.sub("0", text)
    return key(plain if any(map(str.isalpha, plain)) else text)


class _Judged(NamedTuple):
    key: str
    priors: tuple[float, ...]
    several: bool
    stopped: bool
    """A sentence ended within, so that no longer text is a value either."""
    small: bool
    """It has small words other than those that join."""
    body: bool
    """It reads as a body, of the council or beside it."""


def _lacks_title(judged: _Judged, kind: Kind, prior: float | None = None) -> bool:
    """Whether the wording of a value does not speak for a member, or for an officer: a post, a person or a body."""
    return (judged.priors[0] if prior is None else prior) > _TITLE and not (kind == "post" and judged.body)


def _is_beside(text: str) -> bool:
    """Whether a text reads as a body that works with a council and is no part of it."""
    return names_partner(text) or names_branch(text)


def cost_of_value(text: str, kind: Kind) -> float:
    """What it costs to believe that a text is a value of a kind of column beside others, in nats: a column of
    directorates hardly holds a body beside the council, which works with officers of theirs."""
    return value_cost(text, kind) + _BESIDE * (kind == "body" and _is_beside(text))


@lru_cache(maxsize=65536)
def _judge(value: str, kinds: tuple[Kind, ...]) -> _Judged:
    """What the wording of a text says of its being a value of each of these kinds."""
    wording = wording_of(value)
    person = _person_cost(value, wording)
    priors = tuple(
        _state_cost(value)
        if kind == "state"
        else min(value_cost(value, kind), person)
        if kind in ("post", "owner")
        else cost_of_value(value, kind)
        for kind in kinds
    )
    small = any(word[:1].islower() and word not in DANGLING for word in value.split(" "))
    return _Judged(
        key(value) or value, priors, wording.several, wording.oddness > 25.0, small, wording.body or _is_beside(value)
    )


def _person_cost(value: str, wording: Wording) -> float:
    """What it costs to believe that a value is a person's name, or one with a title behind it; infinite where the
    wording does not say so."""
    if value.count(" ") in (1, 2) and not wording.body and is_person(value):
        return wording.oddness + _PERSON
    name, comma, title = value.partition(", ")
    if comma and title and name.count(" ") in (1, 2) and is_person(name):
        of_title = wording_of(title)
        if of_title.post or of_title.ends_post:
            return of_title.oddness + _TITLED
    return math.inf


def _gain(move: Move) -> float:
    """By how many nats a move is better than it must be: where it parts a value that holds a known one, it must be
    better at all."""
    return move.gain - _BETTER * (not move.parts)


def _as_good(move: Move) -> float:
    """By how many nats the document may be longer for a move to be about as good as none."""
    return _AS_GOOD_EMPTY if move.empties else _AS_GOOD_TOGETHER if len(move.borders) > 1 else _AS_GOOD


def ends_in_name(words: Sequence[str]) -> bool:
    """Whether the last word of a text has a capital, and may be the first of a name behind it."""
    return len(words) > 2 and words[-1].isalpha() and words[-1].istitle()


def ending_of(word: str) -> Ending:
    """How a word ends.

    >>> ending_of("weeks."), ending_of("Safety"), ending_of("advice"), ending_of("recruiting:")
    ('stop', 'capital', 'plain', 'colon')
    """
    plain = word.rstrip("’'”\"")
    if plain.endswith((".", "!", "?")):
        return "stop"
    if plain.endswith((":", ",", ";", "/")):
        return "colon"
    return "capital" if word[:1].isupper() and word[-1:].isalpha() else "plain"


def _shares(expected: Mapping[Ending, float], counts: Mapping[Ending, float]) -> dict[Ending, float]:
    total = sum(expected.values()) + sum(counts.values())
    return {ending: (share + counts.get(ending, 0.0)) / total for ending, share in expected.items()}


def _state_cost(value: str) -> float:
    return -2.5 if is_state(value) else 3.7 + 0.7 * value.count(" ")


def _index(nodes: Sequence[int], word: int, after: int) -> int:
    """The node at a word after a node, or 0."""
    for target in range(after + 1, len(nodes)):
        if nodes[target] == word:
            return target
        if nodes[target] > word:
            return 0
    return 0


def _goes_on(words: Sequence[Word], end: int) -> int:
    """Index after the small words that end the line of a date, "of the grant award" after "Within 6 months"; else 0.

    What is said with "of" is over before a capital too.
    """
    last = end
    while last < len(words) and words[last].gap == "blank" and words[last].text[:1].islower():
        if words[last].delimiters or last - end == _LONGEST_AFTER_DATE:
            return 0
        last += 1
    over = (
        last == len(words)
        or bool(words[last].delimiters)
        or words[last].gap in ("line", "paragraph")
        or words[last].text == BLANK_CELL
    )
    named = last > end + 1 and words[end].text == "of" and words[last - 1].text not in DANGLING
    return last if last > end and (over or (named and words[last].text[:1].isupper())) else 0


def _states_in(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where status words begin and end."""
    for start, text in enumerate(texts):
        if text[:1].isupper() or not text[:1].isalnum():
            for end in range(min(len(texts), start + 4), start, -1):
                if is_state(" ".join(texts[start:end])):
                    yield start, end
                    break


def _snap(offsets: Sequence[int], texts: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The words that a span of characters covers; empty where it cuts into a word that is more than punctuation."""
    first = last = 0
    for index, offset in enumerate(offsets):
        if offset <= start:
            first = index
        if offset < end:
            last = index + 1
    head = texts[first][: start - offsets[first]]
    tail = texts[last - 1][end - offsets[last - 1] :]
    if any(c.isalnum() for c in head) or any(c.isalnum() for c in tail) or tail.strip(".,;"):
        return 0, 0
    return first, last


_LONGEST_PARTNER = 5


def _names_partner_at(words: Sequence[Word], index: int) -> bool:
    """Whether words with capitals are the name of a body that works with a council: "Ashby Partnership"."""
    end = index
    while end < len(words) and end - index < _LONGEST_PARTNER and words[end].text[:1].isupper():
        end += 1
        if names_partner(" ".join(word.text for word in words[index:end])):
            return True
    return False


def _acts(words: Sequence[Word], index: int) -> bool:
    """Whether a verb in the imperative begins here."""
    return opens_action(words[index].text, words[index + 1].text if index + 1 < len(words) else "")


def _is_behind_note(words: Sequence[Word], index: int) -> bool:
    """Whether a word follows a note in brackets that opens its line."""
    first = index - 1
    while first and not words[first].text.startswith("("):
        first -= 1
    return first > 0 and words[first].gap in ("line", "paragraph")


def _is_break(words: Sequence[Word], index: int) -> bool:
    """Whether a line ends before a word, that of no list item."""
    word = words[index]
    if word.gap not in ("line", "paragraph") or word.item or word.delimiters:
        return False
    number = words[index - 1].line
    while index and words[index - 1].line == number:
        index -= 1
    return not words[index].item


def _tail_print(block: Block) -> tuple[object, ...]:
    """What two rows share that say the same about the columns' vocabularies: their last words."""
    words = block.words[-24:]
    return tuple((word.text, word.gap, word.delimiters) for word in words)
