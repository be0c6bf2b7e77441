"""Cuts the rows of a document into cells, with what all of them show together of its columns.

In turn, borders and vocabularies are estimated; then the rows, cut so, show their habits, and all is estimated again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from extractor.recognise.flattened.blocks import Block, Cut, Segment, tail_print
from extractor.recognise.flattened.edges import LatticeMaker
from extractor.recognise.flattened.habits import (
    Habits,
    first_habits,
    with_ends,
    with_line_ends,
    with_rows,
    with_whole_rows,
)
from extractor.recognise.flattened.judging import judge, lacks_title
from extractor.recognise.flattened.lattice import Lattice, Masses, Own, Steps, best_path, expect, sweep
from extractor.recognise.flattened.lexicon import Lexicon
from extractor.recognise.flattened.scheme import RUNNING, Scheme
from extractor.recognise.flattened.second import Border, read_again
from extractor.recognise.flattened.steps import StepCosts
from extractor.recognise.flattened.weights import DISCOUNT
from extractor.text import key

_ODD = 6.5  # once the vocabularies are learnt, new values dearer than this are not looked at either
_MOST_TIMES = 3
_ROUNDS_AGAIN = 4
_SHARE = 1.3  # what it takes to say how many rows lack a column: half the logarithm of a dozen rows or so
_FEW_STOPS = 0.25
_FEW_CAPITALS = 1.2  # nats from which on hardly any of a column's remarks begin with a capital


class Segmenter:
    """Cuts the rows of one document into cells: call `learn` with a sample of the blocks, then `cut` with each.

    `filled`: learning begins as if every row named somebody in each of the columns of people.
    """

    def __init__(self, scheme: Scheme, filled: bool = False) -> None:
        self.scheme = scheme
        self.unsure: frozenset[Border] = frozenset()
        """The borders that could as well stand elsewhere."""
        self._filled = filled
        self._lexicon = Lexicon(scheme)
        self._lattices: dict[int, Lattice] = {}  # by the identity of the blocks learnt from, which they keep alive
        self._own: dict[tuple[object, ...], Own] = {}
        self._adopt(first_habits(scheme, filled))

    def _adopt(self, habits: Habits) -> None:
        """Takes the rows to be built so from here on."""
        self._habits = habits
        self._costs = StepCosts(self.scheme, habits)
        self._maker = LatticeMaker(self.scheme, self._lexicon, habits)
        self._steps_of: dict[int, list[Steps]] = {}  # by the identity of the blocks learnt from
        self._cuts: dict[int, list[Segment]] = {}  # likewise, as long as nothing more is learnt

    # Learning -----------------------------------------------------------------------------------------------

    def learn(self, blocks: Sequence[Block], rounds: int = 6) -> None:
        """Estimates the columns' vocabularies from a sample of the document's blocks."""
        scheme = self.scheme
        if not any(column.kind not in RUNNING and column.kind not in ("ref", "time") for column in scheme.columns):
            return
        self._adopt(with_whole_rows(self._habits, scheme, blocks))
        distinct = {tail_print(block): block for block in blocks}  # rows alike say no more than one of them
        own = self._estimate(list(distinct.values()), rounds)
        if self._filled:
            self._adopt(self._habits._replace(lacked={}))
            own = self._estimate(list(distinct.values()), rounds)
        self._own = dict(zip(distinct, own, strict=True))
        learnt = [lattice.block for lattice in self._lattices.values()]
        if not scheme.delimited:
            habits = with_rows(self._habits, scheme, self._lexicon, self._cut_all(learnt))
            if habits != self._habits:
                self._adopt(habits)
                own = self._estimate(learnt, _ROUNDS_AGAIN)
                self._own = dict(zip(distinct, own, strict=True))
        for _ in range(_MOST_TIMES if self._may_be_moved() else 0):
            move, unsure = read_again(scheme, self._cut_all(learnt), self._habits.lacked)
            if move is None:
                self.unsure = unsure
                break
            self._lexicon.add(move.changes)
            own = self._estimate(learnt, _ROUNDS_AGAIN)
            self._own = dict(zip(distinct, own, strict=True))
        self._lexicon.dearest = _ODD
        if not scheme.delimited:
            self._adopt(with_ends(self._habits, scheme, self._cut_all(learnt)))
        if not scheme.referenced:
            self._adopt(with_line_ends(self._habits, scheme, self._cut_all(learnt)))

    def _estimate(self, blocks: Sequence[Block], rounds: int) -> list[Own]:
        """Estimates borders and vocabularies in turn, from the vocabularies known so far."""
        self._cuts.clear()
        lattices = [self._maker.lattice_of(block) for block in blocks]
        self._lattices = {id(lattice.block): lattice for lattice in lattices}
        shares: list[Own] = [{} for _ in lattices]
        self._steps_of = {id(lattice.block): self._costs.of(lattice) for lattice in lattices}
        for round_number in range(rounds):
            for index, lattice in enumerate(lattices):
                # What a block itself put into the lexicon says nothing for it.
                masses = self._sweep(lattice, shares[index])
                shares[index], lattices[index] = expect(lattice, masses, prune=round_number > 0)
            self._lexicon.count(shares)
            self._lexicon.discount = 0.0 if round_number < 2 else DISCOUNT
        return shares

    def _may_be_moved(self) -> bool:
        """Whether two columns of values or remarks stand side by side, with nothing to part them."""
        values = {column for column, kind in self.scheme.values if kind != "state"}
        beside = {*values, *self.scheme.whole}
        return not self.scheme.delimited and any(column + 1 in beside for column in values)

    def length(self) -> float:
        """The nats that it takes to write down the blocks learnt from, with the vocabularies learnt from them, and how
        many rows lack a column where that was learnt too."""
        lattices = self._lattices.values()
        nats = sum(self._sweep(lattice, self._own_of(lattice.block)).log_total for lattice in lattices)
        return _SHARE * len(self._habits.lacked) - nats

    # Cutting ------------------------------------------------------------------------------------------------

    def cut(self, block: Block) -> list[Segment]:
        """The best reading of a block: its segments in order, each with its surety.

        A segment in a column before its predecessor's opens another row.
        """
        learnt = self._lattices.get(id(block))
        if learnt is None:
            return self._best_path(self._maker.lattice_of(block))
        if id(block) not in self._cuts:
            self._cuts[id(block)] = self._best_path(learnt)
        return self._cuts[id(block)]

    def _cut_all(self, blocks: Sequence[Block]) -> Cut:
        return [(block, self.cut(block)) for block in blocks]

    def _best_path(self, lattice: Lattice) -> list[Segment]:
        if len(lattice.nodes) < 2:
            return []
        steps, ends = self._steps(lattice), self._costs.at_end(lattice.block)
        masses = sweep(lattice, steps, ends, self._lexicon.weights, self._own_of(lattice.block))
        return best_path(lattice, steps, ends, masses, self.scheme)

    def _sweep(self, lattice: Lattice, own: Own) -> Masses:
        ends = self._costs.at_end(lattice.block)
        return sweep(lattice, self._steps(lattice), ends, self._lexicon.weights, own)

    def _steps(self, lattice: Lattice) -> list[Steps]:
        return self._steps_of.get(id(lattice.block)) or self._costs.of(lattice)

    def _own_of(self, block: Block) -> Own:
        """What a block that was learnt from put into the lexicon, which says nothing for it."""
        return self._own.get(tail_print(block), {})

    # What the rows have shown -------------------------------------------------------------------------------

    @property
    def lacks_people(self) -> bool:
        """Whether many of the rows learnt from lack a value in some column of people."""
        return bool(self._habits.lacked)

    @property
    def remark_columns(self) -> Set[int]:
        """The columns of prose most of whose cells are remarks that come again in other rows."""
        return self._habits.free.keys()

    def has_value(self, column: int, words: Sequence[str]) -> bool:
        """Whether these words are a value of a column in two of the rows at least, as far as the borders are known."""
        return self._lexicon.has_value(column, words)

    def stands_at(self, column: int, last: bool, words: Sequence[str]) -> bool:
        """Whether these words are the first value of a cell of a column, or the last one, in some row learnt from."""
        return (column, last, key(" ".join(words))) in self._habits.at_ends

    def lacks_title(self, column: int, words: Sequence[str]) -> bool:
        """Whether these words have no title in a column of people where nearly all others have one."""
        kind = self.scheme.columns[column].kind
        return column in self._habits.titled and lacks_title(judge(" ".join(words), (kind,)), kind)

    def may_lack_its_head(self, column: int, words: Sequence[str]) -> bool:
        """Whether an owner behind the activity may begin further left: a capital ends that wherever it stands, or it is
        a single word. "For housing officers Policy | Sub-group Chair"."""
        counts = self._habits.headless.get((column, key(" ".join(words))), Counter())
        return counts[True] > 0 and (len(words) == 1 or (counts[True] > 1 and not counts[False]))

    def hardly_begins_so(self, before: int, column: int) -> bool:
        """Whether a column of prose that stands behind one of owners hardly ever begins with a capital."""
        return (
            self.scheme.is_remark_behind_owner(before, column)
            and self._habits.capitals.get(column, 0.0) > _FEW_CAPITALS
        )

    def hardly_stops(self, column: int) -> bool:
        """Whether the cells of a column of prose hardly ever end with a stop."""
        return self._habits.stops.get(column, 1.0) < _FEW_STOPS
