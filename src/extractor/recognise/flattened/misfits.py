"""Cells of a row whose words their column does not have: what shows, after the cut, that a border may be wrong.

Each finding names the cells on both sides of the border, since the words of one are missing in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from extractor.recognise.flattened.lattice import Kind
from extractor.vocabulary.roles import is_abbreviation, looks_like_owner, value_cost
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_PEOPLE = ("post", "body", "member", "owner")
_LONGEST = 9  # words of an owner at the head of a cell of prose
_ODD = 5.0  # nats from which on the wording of a value speaks against it


class Part(NamedTuple):
    """Some words in a column; `apart` where a line end or more stands before them."""

    column: int
    words: tuple[str, ...]
    apart: bool


def misfits(
    row: Sequence[Part], kinds: Sequence[Kind], activity: int, known: Callable[[int, Sequence[str]], bool]
) -> Iterator[tuple[int, int, str]]:
    """Pairs of columns, and the words that may stand in the wrong one of them.

    `known` says whether words are a value of a column in other rows too.
    """
    for place, part in enumerate(row):
        before = row[place - 1] if place else None
        kind = kinds[part.column]
        text = " ".join(part.words).rstrip(";")
        if kind in _PEOPLE:
            odd = value_cost(text, kind) if text.strip() else 0.0
            lone = len(part.words) == 1 and kind in ("post", "member", "owner")
            if (
                is_state(text)
                or odd >= _ODD
                or (lone and not _may_be_alone(text) and not known(part.column, part.words))
            ):
                yield part.column, _other(row, place), text
            if before and before.column < part.column and kinds[before.column] in _PEOPLE and not part.apart:
                if not known(part.column, part.words) and not known(before.column, before.words):
                    yield before.column, part.column, text
        elif kind in ("prose", "money") and part.column != activity:
            if owner := _owner_at_head(part.words):
                people = [column for column in range(part.column) if kinds[column] in _PEOPLE]
                if people:
                    yield people[-1], part.column, owner
            times = [column for column, other in enumerate(kinds) if other == "time"]
            span = next(iter(find_timescales(text)), None)
            if times and span and span.start == 0 and span.strength == "strong" and span.end < len(text):
                if all(other.column not in times for other in row):
                    yield times[0], part.column, text[: span.end]
        elif kind == "state" and not is_state(text):
            yield part.column, _other(row, place), text
        elif kind == "time":
            for start in range(1, len(part.words)):
                head, rest = " ".join(part.words[:start]), " ".join(part.words[start:])
                if (is_state(rest) and is_timescale(head)) or (is_state(head) and is_timescale(rest)):
                    states = [column for column, other in enumerate(kinds) if other == "state"]
                    if states and all(other.column not in states for other in row):
                        yield part.column, states[0], text


def _other(row: Sequence[Part], place: int) -> int:
    """The column of the cell before, or of the one after the first."""
    return row[place - 1].column if place else row[min(1, len(row) - 1)].column


def _may_be_alone(text: str) -> bool:
    return is_abbreviation(text) or text.endswith("s") or not text[:1].isalpha() or looks_like_owner(text)


def _owner_at_head(words: Sequence[str]) -> str:
    """The owner that the first words of a cell of prose name, where others follow it."""
    for end in range(min(_LONGEST, len(words) - 1), 1, -1):
        head, first = " ".join(words[:end]).rstrip(";/ "), words[end]
        if (first[:1].isupper() or not first[:1].isalpha()) and words[end - 1][-1:].isalpha():
            if all(word[:1].isupper() or word.lower() in ("of", "and", "for", "&", "-", "–") for word in words[:end]):
                if value_cost(head, "owner") <= -1.0:
                    return head
    return ""
