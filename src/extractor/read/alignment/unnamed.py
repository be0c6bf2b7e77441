"""The column of refs that has no header word: before the first one, or between a group's and the activities'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.read.alignment.headers import Column, Header, Over
from extractor.read.alignment.measure import Measure
from extractor.read.overleaf import begins_ref, is_ref, is_ref_label
from extractor.read.typeset import Word, join_words
from extractor.text import key

_END_OF_REF = re.compile(r"\d{1,3}[a-z]?")  # a narrow column breaks "SA-01" at its hyphen
_LETTER = re.compile(r"[a-z]")
_FEWEST_REFS = 4
_BLANK = 0.6
_OWN_LETTER = re.compile(r"\(?[a-z]\)")
_SAME_PLACE = 1.0
"""Columns that begin within this distance, in points or characters, begin at one place."""


class Unnamed:
    """Finds such columns table by table: one that was found is looked for under the same header words again."""

    def __init__(self) -> None:
        self.lacking: dict[tuple[str, ...], tuple[int, Column, float]] = {}
        """By the words of the headers among which such a column stands, its place among their columns, the column, and
        where the one behind it begins."""

    def complete(
        self, header: Header, body: Sequence[list[Word]], before: Sequence[Column] | None, measure: Measure
    ) -> tuple[list[Column], list[Over]]:
        """The columns of a table, and what spans them; `before` are those of the table that this one goes on from."""
        columns = header.columns
        found: list[tuple[int, Column]] = []
        if before is None:
            says = tuple(key(column.text) for column in columns)
            found = _refs_among(columns, body, says in self.lacking, measure)
            if found:
                ((at, refs),) = found
                self.lacking[says] = (at, refs, columns[at].left)
            elif says in self.lacking:
                found = _empty_among(columns, body, *self.lacking[says])
        else:
            found = [(index, column) for index, column in enumerate(before) if not column.words]
        over = list(header.over)
        for at, refs in found:
            columns = [*columns[:at], refs, *columns[at:]]
            if at:
                columns[at - 1] = replace(columns[at - 1], right=refs.left)
            over = [
                replace(each, first=each.first + (each.first >= at), last=each.last + (each.last >= at))
                for each in over
            ]
        return columns, over


def named(columns: Sequence[Column]) -> list[Column]:
    """The columns that have header words."""
    return [column for column in columns if column.words]


def _refs_among(
    columns: Sequence[Column], body: Sequence[list[Word]], again: bool, measure: Measure
) -> list[tuple[int, Column]]:
    """The column of refs without a header word, after its place among the columns; none where there is none.

    `again`: a table with the same header words had one.
    """
    if any(column.meaning == "ref" for column in columns):
        refs = _column_before(columns[0], body, again, measure, None)
        return [(0, refs)] if refs is not None else []
    for at, column in enumerate(columns):
        low = _beside_names(columns[at - 1], column, body, measure) if at else None
        if at and (low is None or column.meaning != "activity"):
            continue
        refs = _left_of_all(column, body) if not at and measure.exact_pitch else None
        refs = refs or _column_before(column, body, again, measure, low)
        if refs is not None:
            return [(at, refs)]
    return []


def _left_of_all(following: Column, body: Sequence[list[Word]]) -> Column | None:
    """The column of refs of a printed table whose header cells are centred, so that the text of the next column begins
    left of its header word: refs begin lines, and nothing else stands as far left. That column is moved to its text."""
    refs: list[Word] = []
    for line in body:
        if is_ref(line[0].text) and any(map(str.isdigit, line[0].text)) and line[0].x0 < following.left:
            own = len(line) > 1 and line[1].x0 - line[0].x1 < _BLANK * line[0].size
            refs += line[: 2 if own and _OWN_LETTER.fullmatch(line[1].text) else 1]
    if len(refs) < _FEWEST_REFS:
        return None
    first, edge, held = min(word.x0 for word in refs), max(word.x1 for word in refs), set(map(id, refs))
    rows = [line for line in body if line[0].x0 >= first]  # what stands further left is a heading below
    left = min((word.x0 for line in rows for word in line if id(word) not in held), default=0.0)
    least = _BLANK * refs[0].size if all(word.text.isdigit() for word in refs) else 1  # "20 trees" has no ref
    if not edge + least < left < following.left - 1:
        return None
    following.left = left
    return Column(first, "", "ref", [], left)


def _empty_among(
    columns: Sequence[Column], body: Sequence[list[Word]], at: int, refs: Column, left: float
) -> list[tuple[int, Column]]:
    """The column that a table in the same words has at this place, if nothing stands there in this one: of the first
    row of a page's last table, the page's end may take the ref overleaf."""
    same_place = abs(columns[at].left - left) <= _SAME_PLACE
    is_empty = not any(word.x0 < left - 1 and word.x1 > refs.left - 1 for line in body for word in line)
    return [(at, replace(refs))] if same_place and is_empty and body else []


def _beside_names(names: Column, column: Column, body: Sequence[list[Word]], measure: Measure) -> float | None:
    """Where refs begin that stand alone at the right of a column's texts, under no word of its header; None elsewhere.

    Groups that have no numbers of their own are named there: "Ageing well" with "P7", "P8"... beside it.
    """
    end = max((word.x1 for word in names.words), default=column.left)
    lefts: list[float] = []
    for line in body:
        own = [word for word in line if names.left - 1 <= word.x0 and word.x1 <= column.left - 1]
        if own and own[-1].x0 > end and any(map(str.isdigit, own[-1].text)) and is_ref(own[-1].text):
            near = len(own) > 1 and own[-1].x0 - own[-2].x1 < 1.2 * measure.blank * own[-1].size
            lefts.extend([] if near else [own[-1].x0])
    return min(lefts, default=None)


def _reaches_text(word: Word, following: Column) -> bool:
    """Whether the first word of a line of characters is a ref with dots that ends where its column's header, or its
    text, begins."""
    is_long = word.x0 <= following.left - 3 and word.x1 <= following.left + 1.05
    return is_long and not word.text.isalpha() and is_ref(word.text)


def _column_before(
    following: Column, body: Sequence[list[Word]], again: bool, measure: Measure, low: float | None
) -> Column | None:
    """The column of refs that stands before a column with a header word, from `low` on; None where there is none.

    `again`: a table with the same header words had one. Text that runs on across the columns is none of a column, and
    what stands below the last ref may be none of the table.
    """
    lefts: list[float] = []
    refs = others = waiting = 0
    above = False
    for line in body:
        before = [word for word in line if word.x1 <= following.left - 1]
        if not before and not measure.exact_pitch and _reaches_text(line[0], following):
            before = line[:1]
        own = [word for word in before if low is None or word.x1 > low]
        if not own:
            continue
        text = join_words(own)
        if above and (text == ")" or _LETTER.fullmatch(text)):
            above = False  # the rest of the ref above, which its column tore
        elif is_ref_label(text):
            lefts.append(own[0].x0)  # "Action" over "1.1"
        elif is_ref(text) or begins_ref(text) or _END_OF_REF.fullmatch(text):
            refs += 1
            above = True
            others, waiting = others + waiting, 0
            lefts.append(own[0].x0)
        elif len(before) == len(line) or line[len(before)].x0 - own[-1].x1 >= 1.2 * measure.blank * own[-1].size:
            waiting += 1
            above = False
    enough = refs >= 0.8 * max(refs + others, 4) if others else refs >= (1 if again else 2)
    return Column(min(lefts), "", "ref", [], following.left) if enough else None
