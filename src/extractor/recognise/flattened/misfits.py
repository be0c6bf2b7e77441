"""Cells of a row whose words their column does not have: what shows, after the cut, that a border may be wrong.

Each finding names the cells on both sides of the border, since the words of one are missing in the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from extractor.recognise.flattened.scheme import NAMED, Kind
from extractor.vocabulary.dittos import is_ditto
from extractor.vocabulary.roles import (
    DANGLING,
    is_abbreviation,
    is_bare,
    looks_like_owner,
    names_branch,
    names_partner,
    opens_inner_value,
    value_cost,
)
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_LONGEST = 9  # words of an owner at the head of a cell of prose
_JOINING = frozenset(("of", "and", "for", "&", "-", "–"))
_SENTENCE_WITHIN = re.compile(r"\b[a-z]{4,}[.!?] [A-Z]")
_ODD = 5.0  # nats from which on the wording of a value speaks against it


class Part(NamedTuple):
    """Some words in a column; `apart` where a line end or more stands before them."""

    column: int
    words: tuple[str, ...]
    apart: bool


Known = Callable[[int, Sequence[str]], bool]
"""Whether words are a value of a column in other rows too."""


def misfits(
    row: Sequence[Part],
    kinds: Sequence[Kind],
    activity: int,
    known: Known,
    remarks: Set[int] = frozenset(),
    prose: Set[int] = frozenset(),
) -> Iterator[tuple[int, int, str]]:
    """Pairs of columns, and the words that may stand in the wrong one of them; what columns of `remarks` hold, other
    rows hold as well, and those of `prose` hold some such cells."""
    for place, part in enumerate(row):
        text = " ".join(part.words).rstrip(";")
        kind = kinds[part.column]
        runs_on = part.column == activity and activity + 1 not in remarks and place + 1 < len(row)
        if runs_on and _runs_into(part, row[place + 1], kinds):
            yield activity, activity + 1, text
        left = _left_out_of(remarks, row)
        for lacking in sorted((remarks | prose) - {other.column for other in row}):
            if _is_before(row, place, lacking) and (remark := _remark_at_end(part, lacking, known)):
                yield part.column, lacking, remark
        if part.column == activity and (time := _left_out("time", row, kinds)) is not None and _ends_in_date(text):
            yield activity, time, text
        if kind in NAMED and not is_ditto(text):
            if _is_odd(part, text, kind, known):
                yield part.column, _other(row, place), text
            if _runs_into_prose(row, place, kinds):
                yield part.column, part.column + 1, text
            before = row[place - 1] if place else None
            if before and kinds[before.column] in NAMED and _is_unsupported(before, part, known):
                yield before.column, part.column, text
        elif kind in ("prose", "money") and part.column != activity:
            yield from _at_head(row, part, text, kinds, known)
            if left is not None and known(left, part.words):
                yield left, part.column, text
            if remark := _remark_at_head(part, kinds, known):
                yield part.column, part.column + 1, remark
            before = row[place - 1] if place else None
            if before and kinds[before.column] in NAMED:
                if _may_be_of_names(before, part, kind, known):
                    yield before.column, part.column, text
                elif remark := _remark_at_end(part, part.column, known):
                    yield before.column, part.column, text.removesuffix(remark).rstrip()
        elif kind == "state" and not is_state(text):
            yield part.column, _other(row, place), text
        elif kind == "time" and _holds_state(part.words) and (state := _left_out("state", row, kinds)) is not None:
            yield part.column, state, text


def _may_be_of_names(before: Part, part: Part, kind: Kind, known: Known) -> bool:
    """Whether a cell that runs on, behind one of names, may be its rest or one more of them: a value of that column in
    other rows, or, in a column of prose, words with capitals behind a mere blank that no other row has."""
    if known(part.column, part.words):
        return False
    named = all(word[:1].isupper() or word.lower() in _JOINING for word in part.words)
    rest = kind == "prose" and named and not part.apart and part.words[-1][-1:].isalpha()
    return rest or known(before.column, part.words)


def _runs_into(activity: Part, after: Part, kinds: Sequence[Kind]) -> bool:
    """Whether an activity without a stop may hold the words of the column of prose behind it, which the row lacks."""
    lacks = kinds[activity.column + 1] == "prose" and after.column > activity.column + 1
    return lacks and not after.apart and not activity.words[-1].endswith((".", ")", "!", "?", ";"))


def _is_odd(part: Part, text: str, kind: Kind, known: Known) -> bool:
    """Whether a value is no owner by its wording: a status, a sentence, a title's last word, a directorate that is a
    body beside the council."""
    if kind == "body" and not known(part.column, part.words) and (names_partner(text) or names_branch(text)):
        return True
    if (
        is_state(text)
        or (kind != "body" and is_bare(text))
        or _SENTENCE_WITHIN.search(text)
        or (bool(text.strip()) and value_cost(text, kind) >= _ODD)
    ):
        return True
    lone = len(part.words) == 1 and kind != "body" and not _may_be_alone(text)
    return lone and not known(part.column, part.words)


def _is_unsupported(before: Part, after: Part, known: Known) -> bool:
    """Whether nothing but a blank parts two values that no other row has, and the second does not open as a title."""
    return (
        before.column < after.column
        and not after.apart
        and not opens_inner_value(" ".join(after.words))
        and not known(after.column, after.words)
        and not known(before.column, before.words)
    )


def _at_head(
    row: Sequence[Part], part: Part, text: str, kinds: Sequence[Kind], known: Known
) -> Iterator[tuple[int, int, str]]:
    """The owner, or the date that the row lacks, with which a cell of prose begins, or which is all of it."""
    people = [column for column in range(part.column) if kinds[column] in NAMED]
    owner = _owner_at_head(part.words) or _rest_of_owner(row, part, kinds)
    if not owner and not known(part.column, part.words) and is_owner(part.words):
        owner = text
    if owner and people:
        yield people[-1], part.column, owner
    span = next(iter(find_timescales(text)), None)
    time = _left_out("time", row, kinds)
    if span and time is not None and span.start == 0 and span.strength == "strong":
        yield time, part.column, text[: span.end]


def _remark_at_head(part: Part, kinds: Sequence[Kind], known: Known) -> str:
    """The words with which a cell begins that are all of it in other rows, where another column of prose follows."""
    words = part.words
    if kinds[part.column] != "prose" or kinds[part.column + 1] != "prose":
        return ""
    ends = (end for end in range(min(_LONGEST, len(words) - 1), 0, -1) if words[end][:1].isupper())
    return next((" ".join(words[:end]) for end in ends if known(part.column, words[:end])), "")


def _runs_into_prose(row: Sequence[Part], place: int, kinds: Sequence[Kind]) -> bool:
    """Whether a name has small words that join nothing, where the column of prose behind it is left out: "Cllr Moss
    rents down by a tenth"."""
    part = row[place]
    lacks = kinds[part.column + 1] == "prose" and _is_before(row, place, part.column + 1)
    return lacks and any(word[:1].islower() and word not in DANGLING for word in part.words)


def _is_before(row: Sequence[Part], place: int, column: int) -> bool:
    """Whether a part is the last one before a column."""
    return row[place].column < column and (place + 1 == len(row) or row[place + 1].column > column)


def _remark_at_end(part: Part, column: int, known: Known) -> str:
    """The last words of a cell that are all of a cell of remarks in other rows, where more words stand before them."""
    words = part.words
    starts = (len(words) - size for size in range(min(_LONGEST, len(words) - 1), 1, -1))
    return next((" ".join(words[start:]) for start in starts if known(column, words[start:])), "")


def _rest_of_owner(row: Sequence[Part], part: Part, kinds: Sequence[Kind]) -> str:
    """The noun of a post or body with which a cell of prose begins right behind an owner: "Museums | Team Nil"."""
    place = next(index for index, other in enumerate(row) if other is part)
    behind = place > 0 and not part.apart and kinds[row[place - 1].column] in NAMED
    word = part.words[0]
    return word if behind and word[:1].isupper() and is_bare(word) else ""


def _left_out(kind: Kind, row: Sequence[Part], kinds: Sequence[Kind]) -> int | None:
    """The first column of a kind where a row has no cell in any of them."""
    columns = [column for column, other in enumerate(kinds) if other == kind]
    return columns[0] if columns and all(part.column not in columns for part in row) else None


def _left_out_of(columns: Set[int], row: Sequence[Part]) -> int | None:
    """The first of some columns in which a row has no cell."""
    return min(columns - {part.column for part in row}, default=None)


def _ends_in_date(text: str) -> bool:
    """Whether the last words of a text are a date."""
    return any(span.strength == "strong" and span.end == len(text) for span in find_timescales(text))


def _holds_state(words: Sequence[str]) -> bool:
    """Whether words are a date and a status."""
    for start in range(1, len(words)):
        head, rest = " ".join(words[:start]), " ".join(words[start:])
        if (is_state(rest) and is_timescale(head)) or (is_state(head) and is_timescale(rest)):
            return True
    return False


def _other(row: Sequence[Part], place: int) -> int:
    """The column of the cell before, or of the one after the first."""
    return row[place - 1].column if place else row[min(1, len(row) - 1)].column


def _may_be_alone(text: str) -> bool:
    return is_abbreviation(text) or text.endswith("s") or not text[:1].isalpha() or looks_like_owner(text)


def is_owner(words: Sequence[str]) -> bool:
    """Whether a cell of prose is a name and nothing else, worded as an owner's or a partner's."""
    named = 1 < len(words) <= _LONGEST and all(word[:1].isupper() or word.lower() in _JOINING for word in words)
    text = " ".join(words)
    return named and (value_cost(text, "owner") <= -1.0 or names_partner(text))


def _owner_at_head(words: Sequence[str]) -> str:
    """The owner that the first words of a cell of prose name, where others follow it."""
    longest = 0
    while longest < min(_LONGEST, len(words)) and (words[longest][:1].isupper() or words[longest].lower() in _JOINING):
        longest += 1
    for end in range(min(longest, len(words) - 1), 1, -1):
        head, first = " ".join(words[:end]), words[end]
        opens = first[:1].isupper() or not first[:1].isalpha()
        if opens and head[-1].isalpha() and value_cost(head, "owner") <= -1.0:
            return head
    return ""
