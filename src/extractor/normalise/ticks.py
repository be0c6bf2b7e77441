"""Timescales of rows that are ticked in columns headed by quarters or months, one a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.normalise.drafts import Draft
from extractor.rows import RowCell
from extractor.text import fold, key
from extractor.vocabulary.times import is_timescale

_TICKS = frozenset("✓✔√☑✅")
_YES = frozenset(["yes", "y"])
_MARKS = frozenset("●•■▪◆★✱*x")
"""Marks that may be ticks, and may as well be states in colours, or say "no" beside ticks."""
_NO = frozenset(["no", "n", "n a", "na"])
_NOTHING = re.compile(r"[-–—✗✘❌\s]*")
_VARIANT = re.compile("[\ufe0e\ufe0f]")  # what asks for a picture of the mark, or for none
_FEWEST_TIMES = 3
_FEWEST_ROWS = 3
_NEARLY_ALL = 0.9

Headers = tuple[str, ...]


class Ticked(NamedTuple):
    """The cells of a row that are ticked, and why they may not say when; None where nothing speaks against it."""

    cells: tuple[RowCell, ...]
    doubt: str | None


class Ticks(NamedTuple):
    """How the rows of a plan are marked that share their columns of times."""

    rows: tuple[tuple[str, ...], ...]
    """By row, what its cells say: "" for nothing or no, "✓" for a tick, any other mark or text as it is."""

    @property
    def kinds(self) -> frozenset[str]:
        """The different marks and texts."""
        return frozenset(mark for row in self.rows for mark in row if mark)

    def doubt(self, mark: str) -> str | None:
        """Why this mark may tell states in all these rows, and not times."""
        patterns = [tuple(other == mark for other in row) for row in self.rows]
        if len(patterns) < _FEWEST_ROWS:
            return None
        if sum(map(sum, patterns)) >= _NEARLY_ALL * sum(map(len, patterns)):
            return "nearly every cell is marked"
        return "all rows are marked alike" if mark in _MARKS and len(set(patterns)) == 1 else None


def read_ticks(drafts: Sequence[Draft]) -> Mapping[Headers, Ticks]:
    """By the headers of columns of times, how the rows are marked that have these columns."""
    rows: dict[Headers, list[tuple[str, ...]]] = {}
    for draft in drafts:
        columns = _columns(draft)
        if len(columns) >= _FEWEST_TIMES and not draft.only_lead_in:
            rows.setdefault(_headers(columns), []).append(tuple(map(_mark, columns)))
    return {headers: Ticks(tuple(marks)) for headers, marks in rows.items()}


def ticked(draft: Draft, ticks: Mapping[Headers, Ticks]) -> Ticked | None:
    """What a row's ticks say, beside those of the rows with the same columns; None where it has none that surely are.

    "x" or a dot is a tick only where nothing else is marked in these columns.
    """
    columns = _columns(draft)
    table = ticks.get(_headers(columns))
    if table is None:
        return None
    marks = [_mark(cell) for cell in columns]
    at = [index for index, mark in enumerate(marks) if mark]
    kinds = {marks[index] for index in at}
    if not at or not (kinds == {"✓"} or (kinds <= _MARKS and len(table.kinds) == 1)):
        return None
    apart = any(after - before > 1 for before, after in pairwise(at))
    doubt = "the columns do not adjoin" if apart else table.doubt(marks[at[0]])
    return Ticked(tuple(columns[index] for index in at), doubt)


def _columns(draft: Draft) -> list[RowCell]:
    return [cell for cell in draft.row.extra if is_timescale(fold(cell.header))]


def _headers(columns: Sequence[RowCell]) -> Headers:
    return tuple(fold(cell.header) for cell in columns)


def _mark(cell: RowCell) -> str:
    text = _VARIANT.sub("", cell.text).strip()
    words = key(text)
    if _NOTHING.fullmatch(text) or words in _NO:
        return ""
    return "✓" if text in _TICKS or words in _YES else text.lower() if len(text) == 1 else text
