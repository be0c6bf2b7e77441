"""What it costs to go from a cell to the next one before a word: to leave columns out, to stay, to open another row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from extractor.recognise.flattened.blocks import Block
from extractor.recognise.flattened.habits import Habits
from extractor.recognise.flattened.lattice import Lattice, Steps
from extractor.recognise.flattened.scheme import ENDING, NAMED, PEOPLE, RUNNING, Scheme
from extractor.recognise.flattened.signs import (
    COST_BAND,
    Ending,
    columns_with_room,
    ending_of,
    is_behind_note,
    is_behind_sum,
    is_break,
    is_owner_line,
    opens_with_verb,
)
from extractor.recognise.flattened.stream import BLANK_CELL, LINE_ENDS, Word
from extractor.recognise.flattened.weights import BORDER, DATED, IMPASSABLE, NEXT_VALUE, SENTENCE_IN_NAME, SKIP, VERB
from extractor.vocabulary.roles import DANGLING, looks_like_owner
from extractor.vocabulary.states import is_money

_WITHIN_PROSE = {"blank": 0.0, "wide": 2.0, "wrap": 0.05, "soft": 0.3, "line": 0.9, "paragraph": 1.0}
_FOREIGN = 6.0  # a further value behind a mere blank that reads like no post, person or body
_LISTED_ON = 9.0  # a border after a semicolon or stroke, behind which another value of the same cell stands
_WANTED = 6.0  # a border behind a word that calls for another: "in", "to", "than"
_BROKEN_OFF = 6.0  # a sentence that begins with a small letter, within a cell
_ENDED_EARLY = 2.0  # a line of prose that ends without a stop although the next word had room on it
_UNFINISHED = 3.0  # a paragraph of prose that ends without a stop, and another after it in the same cell
_ACTS_AGAIN = 3.0  # ... which begins as an activity does, in a text that shows no other way where rows begin
_LOWERED = 2.5  # a cell that begins with a small letter after a mere blank
_JOINING = 4.0  # and with one that joins words: "Delayed | by staff vacancies"
_ACTS = 3.0  # what such a verb saves where an activity begins behind its group's name
_NOTED = 4.0  # a cell that begins with a bracket: what stands there is a note on the text before it
_BEHIND_EMPTY = 5.0  # words behind the mark of an empty cell, and in the same one
_ITEM = 4.0  # a list item opens a cell ...
_LISTED = 0.3  # ... unless it names a post or body: people may stand in a list too
_ASIDE = 6.0
_HALF = 0.5
_SKIP_ACTIVITY = 14.0
_SKIP_BELOW = 0.4  # a sub-item's empty cells, which it inherits
_SKIP_ONE_BELOW = 2.5  # ... of which another column of people has its own
_UNREFERENCED = 4.5  # a row without a ref among rows that have one
# Words of prose at which no cell ends.
_WANTING = frozenset(
    ("than", "least", "is", "are", "was", "were", "be", "which", "our", "their", "its", "his", "her", "every", "until")
)
_NO_MONEY = 2.5  # a budget that does not open as one
_BANDED = 4.0  # a cost band ("££") is a whole cell
_PART = re.compile(r"\(?(?:a|i)[).]")
_LONGEST_ITEM = 9


class StepCosts:
    """The costs of the steps in all lattices of a document, as its columns and its rows' habits have them."""

    def __init__(self, scheme: Scheme, habits: Habits) -> None:
        self._scheme = scheme
        self._habits = habits
        self._skips = {below: self._skip_table(below) for below in (False, True)}
        self._found: dict[tuple[object, ...], Steps] = {}

    def of(self, lattice: Lattice) -> list[Steps]:
        """The steps at each node but the last."""
        return [self._steps(lattice, node) for node in range(len(lattice.nodes) - 1)]

    def _steps(self, lattice: Lattice, node: int) -> Steps:
        """The costs of entering each column at a node; `p` = number of columns stands for the block's start."""
        scheme, habits = self._scheme, self._habits
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
        dangling = dangling and not scheme.is_behind_name(block.words, index)
        bracketed = word.text.startswith(("(", "[")) or word.text.endswith(")")
        noted = word.text.startswith("(") and not word.delimiters
        owned = bool(scheme.grouping) and is_owner_line(block.words, index)
        acts = opens_with_verb(block.words, index)
        banded = bool(COST_BAND.fullmatch(last)) or (scheme.money and capital and is_behind_sum(block.words, index))
        moneyed = scheme.money and is_money(" ".join(one.text for one in block.words[index : index + 3]))
        # After a semicolon or stroke another value of the same cell opens, and hardly ever another cell.
        listed = (word.item and self._opens_owner(block, index)) or last.endswith((";", "/"))
        foreign = word.gap == "blank" and scheme.prose_beside and not self._opens_owner(block, index)
        measure = lattice.measures.get(node)
        broken = bool(habits.broken.get(word.gap)) and index > 0 and is_break(block.words, index)
        dated = node in lattice.before_dates
        after_note = last.endswith(")") and not bracketed and is_behind_note(block.words, index)
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
            self._roomy(block, index) if word.gap == "soft" and not ends_sentence and not bracketed else frozenset(),
        )
        blank = word.text == BLANK_CELL
        place = (node == 0, bool(block.ref_length), block.below)
        name = (measure, *told, *place, word.gap, blank, word.before, word.middle, word.after, word.item)
        found = self._found.get(name)
        if found is None:
            costs = self._step_costs(block, word, node == 0, *told)
            if measure is not None:
                costs = self._of_measure(costs, measure)
            ways = [[(column, cost) for column, cost in enumerate(row) if cost < IMPASSABLE] for row in costs]
            weights = [[math.exp(-cost) if cost < IMPASSABLE else 0.0 for cost in row] for row in costs]
            found = self._found[name] = Steps(ways, weights)
        return found

    def _roomy(self, block: Block, index: int) -> frozenset[int]:
        """The columns of prose of which the line before had room for a word that begins another."""
        if not self._habits.rooms:
            return frozenset()
        start = block.ref_start + block.ref_length
        return columns_with_room(self._habits.rooms, block.words, min(start, index - 1), index)

    def _opens_owner(self, block: Block, index: int) -> bool:
        """Whether the first words of an item name a post, portfolio or body as a whole."""
        if not self._scheme.values:
            return False
        words = block.words
        for end in range(index + 1, min(len(words), index + _LONGEST_ITEM) + 1):
            whole = end == len(words) or words[end].gap in ("line", "paragraph") or words[end].delimiters
            if (whole or self._scheme.may_part(words, end)) and looks_like_owner(
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
        roomy: frozenset[int],
    ) -> list[list[float]]:
        """The costs per column before, and of the block's start, of entering each column before a word."""
        scheme, habits = self._scheme, self._habits
        width = len(scheme.columns)
        table = self._skips[block.below]
        fresh = self._skips[False]
        if opens:
            start = table[0] if block.ref_length else fresh[0]
            first = [start[column] + VERB * (acts and column in scheme.grouping) for column in scheme.column_of]
            return [[math.inf] * len(first) for _ in first] + [first]
        gap = word.gap
        delimiters = word.delimiters
        costs: list[list[float]] = []
        new_row = math.inf
        if gap in LINE_ENDS and not lowered and not word.item:
            new_row = (_UNREFERENCED if scheme.referenced else 0.0) + _NOTED * (noted or owned)
        for state, before in enumerate(scheme.column_of):
            row = [math.inf] * width
            what = scheme.columns[before]
            whole = state >= width  # a remark is over, and its cell with it
            border = 0.0 if word.text == BLANK_CELL else BORDER[gap]
            if scheme.lined and gap == "blank":
                border += habits.within_line
            if scheme.delimited and not delimiters and not (scheme.loose and gap in ("line", "paragraph")):
                border = 12.0
            elif delimiters:
                border = 0.0
            elif what.kind in ENDING and gap in ("blank", "wide") and not whole:
                border += habits.ends[before][ending]
            if word.item:
                border += _LISTED if listed else _ITEM
            if dangling or (listed and not word.item):
                border += _LISTED_ON if listed else _WANTED
            if lowered and gap == "blank" and not delimiters:
                border += _LOWERED
            for column in range(before + 1, width):
                cost = border + table[before + 1][column]
                if broken:
                    # What is of no cell may stand below a row as well as the last line of one.
                    cost += habits.broken[gap] * (_HALF if scheme.columns[column].kind == "aside" else 1.0)
                if scheme.columns[column].kind == "aside":
                    apart = gap in ("line", "paragraph") and not delimiters
                    row[column] = cost + _ASIDE + VERB * acts if apart else math.inf
                    continue
                if what.kind == "heading":
                    # What stands in brackets is a note on the text before it, and begins no row.
                    below = fresh[1][column] + 2 * _NOTED * noted
                    row[column] = below if gap in LINE_ENDS and not delimiters else math.inf
                    continue
                if delimiters:
                    shift = column - before - delimiters
                    cost = 0.0 if shift == 0 else 3.0 * shift if shift > 0 else math.inf
                    if shift > 0 and scheme.loose:
                        cost = table[before + 1][column]
                if scheme.columns[column].activity and lowered and not delimiters:
                    cost += 1.0
                if column == scheme.activity and before in scheme.grouping:
                    cost += -_ACTS if acts else VERB
                if capital and gap == "blank" and scheme.is_remark_behind_owner(before, column):
                    cost += habits.capitals.get(column, 0.0)
                if scheme.columns[column].kind == "money":
                    cost += _NO_MONEY * (not delimiters) * (1 + lowered) - _NO_MONEY * moneyed
                if scheme.columns[column].kind == "prose" and not delimiters:
                    cost += 2.0 * lowered + _JOINING * joins
                    cost += _NO_MONEY * (moneyed and column != scheme.activity)
                if noted:
                    cost += _NOTED
                if dated and scheme.columns[column].kind == "prose":
                    cost += DATED * any(before < time < column for time in scheme.times)
                if lowered and gap == "blank" and not delimiters and scheme.columns[column].kind == "state":
                    cost += _LOWERED
                row[column] = cost
            if not delimiters and word.text != BLANK_CELL and not whole:
                if what.kind in RUNNING:
                    stay = _WITHIN_PROSE[gap]
                    if not bracketed:
                        stay = max(stay, habits.line_ends.get((before, gap), 0.0))
                    if gap in ("line", "paragraph") and not ends_sentence and not bracketed:
                        stay += _UNFINISHED
                        stay += _ACTS_AGAIN * (acts and what.activity and not scheme.referenced and not delimiters)
                    stay += _NOTED * after_note + _ENDED_EARLY * (before in roomy)
                    if lowered and gap == "blank" and ending == "stop":
                        stay += _BROKEN_OFF
                    if what.kind == "aside":
                        stay = 0.3
                    elif banded and what.kind == "money":
                        stay += _BANDED
                    elif before in scheme.grouping:
                        stay += VERB * acts + SENTENCE_IN_NAME * (ending == "stop")
                    row[before] = (_ITEM if listed else 0.0) if word.item else stay + _BEHIND_EMPTY * after_empty
                elif what.kind != "ref":
                    together = 9.0 if scheme.delimited and gap == "blank" else NEXT_VALUE[gap]
                    together = min(together, _LISTED) if listed else together + _FOREIGN * foreign
                    single = what.kind in ("state", "figure") or (what.kind == "time" and gap != "line")
                    row[before] = together + (2.5 if single else 0.0)
            if new_row < math.inf:
                for column, cost in self._new_row(before, word, new_row, table, fresh[0]):
                    cost += VERB * (acts and column in scheme.grouping)
                    cost += habits.inactive * (column == scheme.activity and not acts)
                    row[column] = min(row[column], cost)
            remarks = [math.inf if column == before else row[column] for column in scheme.doubled]
            for column, cost in habits.free.items():
                row[column] += cost * (column != before)
            costs.append([*row, *remarks])
        costs.append([math.inf] * len(scheme.column_of))
        return costs

    def _of_measure(self, costs: Sequence[Sequence[float]], named: bool) -> list[list[float]]:
        """The steps at a number, at which prose may begin behind a whole remark, or people where it is `named`, and
        nothing else in another column."""
        columns, kinds = self._scheme.column_of, [column.kind for column in self._scheme.columns]
        return [
            [
                cost
                if (column == before and kinds[column] in RUNNING)
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
        scheme = self._scheme
        if scheme.columns[before].kind == "heading":
            return
        for ending in {word.before, word.before + word.middle}:
            leading = word.before + word.middle + word.after - ending
            closing = table[before + 1][len(scheme.columns)]
            if ending or leading:
                if before + ending > scheme.last:
                    continue
                closing = 0.3 * (scheme.last - before - ending)
            for column, there in enumerate(scheme.columns):
                if there.kind == "heading":
                    if not leading:
                        yield column, closing
                elif leading:
                    if column == scheme.first + leading:
                        yield column, closing + price + 1.0
                elif there.kind != "aside":
                    skipped = opening[column] - opening[scheme.first]
                    if scheme.ref_before(column):
                        skipped = max(0.0, skipped - SKIP["ref"])
                    yield column, closing + price + skipped

    def _skip_table(self, below: bool) -> list[list[float]]:
        """Cost of leaving out the columns between two: [from + 1][to]; from -1 is the row's start."""
        scheme, habits = self._scheme, self._habits
        width = len(scheme.columns)
        skips: list[float] = []
        for index, column in enumerate(scheme.columns):
            cost = _SKIP_ACTIVITY if column.activity else habits.lacked.get(index, SKIP[column.kind])
            if scheme.delimited and not scheme.loose and not column.activity:
                cost = min(cost, 1.5)
            elif below and not column.activity and column.kind in ("prose", "money", "state"):
                cost = min(cost, 2.0)
            elif below and column.kind in PEOPLE:
                cost = min(cost, _SKIP_ONE_BELOW)
            skips.append(cost)
        people = {index for index, column in enumerate(scheme.columns) if column.kind in PEOPLE}
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

    def at_end(self, block: Block) -> list[float]:
        """What it costs to end the block in each column, and in those of whole remarks."""
        scheme, habits = self._scheme, self._habits
        table = self._skips[block.below]
        width = len(scheme.columns)
        ending = ending_of(block.words[-1].text)
        return [
            0.0
            if (what := scheme.columns[column]).kind == "heading"
            else table[column + 1][width]
            + (habits.ends[column][ending] if what.kind in ENDING and state < width else 0.0)
            for state, column in enumerate(scheme.column_of)
        ]
