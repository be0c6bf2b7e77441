"""A cell of owners -> the people, teams or members in it, each as published.

1. A line break, ";" and a "/" with a blank beside it part; a comma and "and" never do, for
   "Assistant Director, Planning, Regeneration and Transport" is one person.
2. A line that ends in a comma or joining word goes on in the next, unless that begins with a title; so does one above a
   rank or a kind of body alone ("Team").
3. "As above" is no name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise, starmap

from extractor.document import Line
from extractor.text import fold
from extractor.vocabulary import Meaning
from extractor.vocabulary.dittos import is_ditto
from extractor.vocabulary.roles import (
    is_bare,
    looks_like_owner,
)

_PARTER = re.compile(r"\s*;\s*|\s+/\s*|\s*/\s+")
_BULLET = re.compile(r"^[•·▪◦‣●○*–-]\s+")
_GOES_ON = re.compile(r"(?:,|&|\b(?:and|of|for|the|with|to))$", re.IGNORECASE)
_TITLE = re.compile(
    r"^(?:(?:assistant|deputy|strategic|executive|interim|acting|senior|joint|corporate|service|chief|lead|group)\s+)*"
    r"(?:heads?|directors?|managers?|leaders?|cabinet|councillors?|cllrs?|portfolio|officers?|executive|chief|mayor|"
    r"clerk|principal|service|programme|project|partnership)\b",
    re.IGNORECASE,
)


def split_people(lines: Iterable[str]) -> tuple[str, ...]:
    """The people of a cell, given its lines.

    >>> split_people(["Head of Housing; Head of Planning", "Councillor X/ The Leader"])
    ('Head of Housing', 'Head of Planning', 'Councillor X', 'The Leader')
    >>> split_people(["Assistant Director, Planning,", "Regeneration and Transport"])
    ('Assistant Director, Planning, Regeneration and Transport',)
    """
    return _split(tuple(lines))


@lru_cache(maxsize=4096)  # the same few people stand in row after row
def _split(lines: tuple[str, ...]) -> tuple[str, ...]:
    joined: list[str] = []
    for raw in lines:
        line = _BULLET.sub("", fold(raw))
        if not line:
            continue
        if joined and _continues(joined[-1], line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    parts = (part.strip(" ;") for line in joined for part in _PARTER.split(line))
    return tuple(_closed(part) for part in parts if part and not is_ditto(part))


def _continues(before: str, line: str) -> bool:
    if _GOES_ON.search(before):
        return not _TITLE.match(line) or not before.endswith(",")
    if is_bare(line) and not is_bare(before):
        return True
    return bool(re.match(r"(?:and|&|of)\s", line)) and not _PARTER.search(before)


def _closed(part: str) -> str:
    """The value without a comma that parted it from the next line's."""
    return part.rstrip(",").rstrip() or part


def part_run_together(value: str, known: Counter[str]) -> tuple[str, ...] | None:
    """The two or more known values that a value is made of, run together by a blank; None where it is none.

    `known` counts the values of the same column elsewhere in the document. Titles that occur twice
    ("Cabinet Member for X Cabinet Member for Y") part too, where at least one side is known.

    >>> part_run_together("Town Clerk Mayor", Counter({"Town Clerk": 2, "Mayor": 1}))
    ('Town Clerk', 'Mayor')
    """
    words = value.split(" ")
    if len(words) < 2:
        return None
    whole = _cover(words, known)
    if whole and known[value] > min(known[part] for part in whole) and not all(map(looks_like_owner, whole)):
        return None  # it stands in several cells, and a part of it is none: a name that another cell has cut
    if whole:
        return whole
    return _by_titles(words, known)


PartedLines = Mapping[tuple[str, tuple[int, ...]], tuple[tuple[str, ...], bool]]
"""By text and breaks of a line, the values that it holds, and whether it is doubtful where they part."""


def part_lines(lines: Iterable[Line], meaning: Meaning, alone: bool) -> PartedLines:
    """The values of those of a column's lines that an author or the column's width may have broken.

    `lines` are all of the column's, each of which may hold what another one does. `alone`: the document has no other
    column of people.

    >>> lines = [Line("On-Call Team Head of Estates", breaks=(12,)), Line("Director of Housing Services", breaks=(19,))]
    >>> for values, doubtful in part_lines(lines, "lead_officers", False).values():
    ...     print(values, doubtful)
    ('Director of Housing Services',) False
    ('On-Call Team', 'Head of Estates') False
    """
    found = {(line.text, line.breaks) for line in lines}
    if not any(breaks for _, breaks in found):
        return {}
    from extractor.vocabulary.parted_names import BrokenCell, LineEnd, may_begin, part_people

    cells: dict[tuple[str, tuple[int, ...]], BrokenCell] = {}
    for text, breaks in sorted(found):
        bounds = (0, *breaks, len(text))
        pieces = [text[start:end].strip() for start, end in pairwise(bounds)]
        ends = [LineEnd(may_begin(*pair)) for pair in pairwise(pieces)]
        cells[text, breaks] = BrokenCell(pieces, ends, partial(_between, text, bounds))
    part_people(cells.values(), meaning, alone)
    return {
        place: (tuple(starmap(cell.joined, pairwise((0, *cell.starts, len(cell.lines))))), cell.doubtful)
        for place, cell in cells.items()
        if place[1]
    }


def _between(text: str, bounds: Sequence[int], first: int, end: int) -> str:
    return text[bounds[first] : bounds[end]].strip()


def _cover(words: Sequence[str], known: Counter[str]) -> tuple[str, ...] | None:
    """The cover of the words by known values, with the fewest values; None where there is none."""
    best: list[tuple[str, ...] | None] = [None] * (len(words) + 1)
    best[0] = ()
    for stop in range(1, len(words) + 1):
        for start in range(stop):
            head = best[start]
            if head is None or stop - start == len(words) or (piece := " ".join(words[start:stop])) not in known:
                continue
            current = best[stop]
            if current is None or len(head) + 1 < len(current):
                best[stop] = (*head, piece)
    found = best[len(words)]
    return found if found and len(found) > 1 else None


def _by_titles(words: Sequence[str], known: Counter[str]) -> tuple[str, ...] | None:
    for place in range(1, len(words)):
        left, right = " ".join(words[:place]), " ".join(words[place:])
        if (left in known and _TITLE.match(right)) or (right in known and _TITLE.match(left)):
            return left, right
    opening = words[:2]
    for place in range(2, len(words) - 1):
        if list(words[place : place + 2]) == list(opening) and _TITLE.match(" ".join(opening)):
            left, right = " ".join(words[:place]), " ".join(words[place:])
            return left, *(_by_titles(words[place:], known) or (right,))
    return None
