"""The columns of a flattened table, and what their kinds and order say of any of its rows.

Where a border may stand before a word depends on them, too: prose begins with a small letter only behind other prose,
a sum opens a column of money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extractor.fixed import fixed
from extractor.recognise.flattened.signs import (
    COST_BAND,
    ends_sentence,
    is_behind_note,
    is_letter_of_noun,
    names_partner_at,
    opens_name,
    opens_with_verb,
)
from extractor.recognise.flattened.stream import BLANK_CELL, LINE_ENDS, Word
from extractor.vocabulary.dittos import is_ditto
from extractor.vocabulary.roles import DANGLING, RANKS, STRANDED

Kind = Literal[
    "ref",
    "group",
    "prose",
    "time",
    "post",
    "body",
    "member",
    "owner",
    "partners",
    "state",
    "money",
    "figure",
    "heading",
    "aside",
]
"""What a column holds: prose, money and asides run on, the others are values. `heading` (first) and `aside` (last)
are no columns of the table: lines that stand among its rows."""

PEOPLE: tuple[Kind, ...] = ("post", "body", "member", "owner")
NAMED: tuple[Kind, ...] = (*PEOPLE, "partners")
"""Whose values are names: of posts, bodies and persons."""
RUNNING = frozenset({"prose", "money", "aside", "group"})
ENDING = frozenset({"prose", "money"})  # whose cells end as a document shows, with a stop or without one


@fixed(frozen=True, slots=True)
class Column:
    """One column as the lattice sees it."""

    kind: Kind
    activity: bool = False


@dataclass
class Scheme:
    """The columns in the order of the header, and how the text keeps them apart."""

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

    def __post_init__(self) -> None:
        self.remarks = [i for i, c in enumerate(self.columns) if c.kind == "prose" and not c.activity]
        # A cell of prose that is a whole remark ("Low") is over where it ends, so each column of such prose is there
        # twice: a reading is in the second one where its cell is a remark. So is a column of budgets ("Grant-funded").
        self.budgets = [] if self.delimited else [i for i, c in enumerate(self.columns) if c.kind == "money"]
        self.doubled = [*self.remarks, *self.budgets]
        self.column_of = [*range(len(self.columns)), *self.doubled]
        self.whole = {column: len(self.columns) + index for index, column in enumerate(self.doubled)}
        self.ref = next((i for i, column in enumerate(self.columns) if column.kind == "ref"), 0)
        self.activity = next((i for i, column in enumerate(self.columns) if column.activity), 0)
        self.values = [(i, c.kind) for i, c in enumerate(self.columns) if c.kind in (*NAMED, "state")]
        kinds = self.kinds = [column.kind for column in self.columns]
        self.measured = not self.delimited and any(
            (kind in NAMED or index in self.whole) and after == "prose"
            for index, (kind, after) in enumerate(pairwise(kinds))
        )
        self.prose_together = not self.delimited and any(pair == ("prose", "prose") for pair in pairwise(kinds))
        self.remarks_together = any(column + 1 in self.whole for column in self.whole)
        self.partnered = not self.delimited and any(
            kind == "partners" or (kind in PEOPLE and after == "prose") for kind, after in pairwise(kinds)
        )
        self.has_states = "state" in kinds
        self.figures = not self.delimited and "figure" in kinds
        self.money = any(column.kind == "money" for column in self.columns)
        self.kinds_of_values = tuple(kind for _, kind in self.values)
        # Sentences stand in a column of prose, where there is one beside that of what is to be done.
        self.sentences_apart = not self.delimited and bool(self.remarks)
        self.one_date = not self.delimited and kinds.count("time") == 1
        groups = self.activity > 0 and self.columns[self.activity - 1].kind == "group"
        # The columns of groups with nothing but their wording to part them from the activity behind them.
        self.grouping = (
            [] if self.delimited or not groups else [i for i, c in enumerate(self.columns) if c.kind == "group"]
        )
        self.prose_beside = not self.delimited and any(column.kind == "prose" for column in self.columns)
        times = self.times = [i for i, column in enumerate(self.columns) if column.kind == "time"]
        self.behind = [frozenset(kinds[column + 1 :]) for column in range(len(kinds))]
        self.before_dates = [column for column in self.remarks if column < min(times, default=0)]
        self.dates_first = bool(times) and all(column > times[0] for column, _ in self.values)
        self.first = next(i for i, column in enumerate(self.columns) if column.kind != "heading")
        self.last = max(i for i, column in enumerate(self.columns) if column.kind != "aside")

    def both(self, column: int) -> tuple[int, ...]:
        """A column, and that of its whole remarks."""
        column = self.column_of[column]
        return (column, self.whole[column]) if column in self.whole else (column,)

    def ref_before(self, column: int) -> bool:
        """Whether the refs stand in a column before this one."""
        return any(what.kind == "ref" for what in self.columns[:column])

    def is_remark_behind_owner(self, before: int, column: int) -> bool:
        """Whether a border stands between people and prose that is no activity."""
        kinds = self.columns[before].kind, self.columns[column].kind
        return before < column and kinds[0] in PEOPLE and kinds[1] == "prose" and column != self.activity

    def parted(self, word: Word) -> bool:
        """Whether a delimiter stands before a word, or the line end that takes its place in a loose table."""
        return bool(word.delimiters) or (self.loose and word.gap in ("line", "paragraph"))

    def may_part(self, words: Sequence[Word], index: int) -> bool:
        """Whether a border may stand before a word."""
        word = words[index]
        if word.delimiters or word.opens:
            return True
        if word.gap in LINE_ENDS:
            return True
        if word.gap == "wide" or word.text == BLANK_CELL or words[index - 1].text == BLANK_CELL:
            return True
        last = words[index - 1].text
        if index > 1 and last.islower() and is_ditto(f"{words[index - 2].text} {last}"):
            return True
        if self.is_behind_name(words, index):
            return True
        if word.text == "/" or (last.endswith((",", "(")) or last.lower() in DANGLING - {"/"} or last in RANKS):
            return False
        if opens_name(last):
            return False
        if is_letter_of_noun(words, index):
            return False
        first = word.text.lstrip("(‘'“\"")[:1]
        if first.islower() and self.prose_together:
            # "Clear the old weir. | visits up by a tenth"
            noted = last.endswith(")") and is_behind_note(words, index)
            return noted or ends_sentence(last)
        if self.partnered and word.text == "the" and index + 1 < len(words) and words[index + 1].text[:1].isupper():
            opens = last[:1].isupper() or last.endswith((".", "!", "?"))  # "the Ashby Partnership"
            return opens or names_partner_at(words, index + 1)
        if self.money and (first in "£€$" or COST_BAND.fullmatch(last)):
            return True
        return first.isupper() or (first.isdigit() and last.endswith((".", ")")))

    def is_behind_name(self, words: Sequence[Word], index: int) -> bool:
        """Whether a verb that may open an activity stands behind the last word of a group's name that ends as a heading
        may: "Good jobs, close by"."""
        return bool(self.grouping) and words[index - 1].text in STRANDED and opens_with_verb(words, index)
