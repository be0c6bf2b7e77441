"""Which lines of a cell of people begin another value, told by all cells of the document together.

1. A line that ends in mid-phrase goes on, and so does what begins with a small letter. Of all others nothing but what
   they say, and the room that was left on the line above, tells whether the author or the column's width broke them.
2. The document's people are few and stand in many cells: each cell is parted so that all of them together need the
   fewest and likeliest names. A name is likely by its wording, and where it stands in other cells; a line begins one
   where many cells begin with its first word, and no line holds that word elsewhere.
3. Where another way to part a cell is about as good, the cell is in doubt.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from extractor.issues import Doubt
from extractor.read.overleaf import PageCell, PageTable, breaks_off, cell_text
from extractor.read.typeset import JOINER, TextLine, join_texts, marker_of, room_left
from extractor.rows import PEOPLE
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.names import is_person
from extractor.vocabulary.roles import (
    is_bare,
    names_branch,
    names_partner,
    opens_inner_value,
    value_cost,
    wording_of,
)

_UNSURE_BREAK = Doubt("border-inferred", "whether a line of this cell begins another value is a guess")
_KINDS: Mapping[Meaning, str] = {
    "lead_officers": "post",
    "lead_directorates": "body",
    "lead_cabinet_members": "member",
}
_PARTER = re.compile(r"\s*;\s*|\s+/\s*|\s*/\s+|^/|/$")
_UNLIKE_NAME = re.compile(r"[,(/]| [-–—] ")
# What opens a body or a post, and can hardly stand within another name.
_INNER_BODY = re.compile(
    r"(?<![,&/] )(?<!\bof )(?<!\band )(?<!\bfor )(?<=\s)"
    r"(?:Age (?:Concern|UK)|Citizens Advice|Healthwatch|University of|Friends of)\b"
)
_INNER_TITLE = re.compile(r"(?<![,&/:-] )(?<!\bof )(?<!\band )(?<!\bfor )(?<=\s)(?:AD|DD|SM|GM|HoS|HOS)(?=\s[A-Z(])")
# "Chief Executive, Ings Chamber of Trade" is the post of another body.
_HEAD_OF_BODY = re.compile(
    r"(?:.*, )?(?:Chief Executive|Chair\w*|Secretary|Treasurer|(?:\w+ )?Clerk|President)(?:,| of) "
)
_NOUNS = frozenset(["Directorate", "Team", "Service", "Services", "Division", "Department", "Unit", "Command"])
# In nats, as `value_cost`:
_NEW, _KNOWN = 4.5, 0.8
"""What a name costs that stands in no other cell, over its wording, and one that does."""
_TWO_BODIES, _TWO_PERSONS, _TWO_TITLES = 7.0, 4.0, 5.0
"""What it costs that a value holds a post and a body outside the council, the names of two people, the same opening or
closing words twice."""
_OPENING = 1.2
"""What a word that cells begin with tells, for each nat by which it begins cells more often than it stands in lines."""
_MOST_OPENING = 3.0
_ROOM, _MOST_ROOM, _NO_ROOM = 2.0, 5.0, 0.7
"""What room for the next word tells, for each letter's width of it, at most; and what it tells that there was none."""
_SURE_ROOM, _ROOM_SHARE = 0.7, 0.03
_ENOUGH, _MOSTLY = 4, 0.6
"""So many values, and such a share of them, are persons where all are likely to be."""
_MOST_HOLDERS = 20
"""So many other cells are asked about one value."""
_MOST_WORDS = 24
"""What has more words is no name, and none looks at its wording."""
_MOST_ENDS = 12
"""No value goes on over more ends of lines at which another might begin."""
_MOST_LINES = 40
"""Cells with more lines are left as they are."""
_ROUNDS = 4
_CLOSE_CALL, _PLAIN_CALL = 2.2, 3.0
"""So little dearer another way to part a cell leaves it in doubt; and one that is plain words in a column of posts, of
which nothing but their line ends tells whether they are the names of two bodies."""
_NEVER = 1e9


@dataclass(slots=True)
class _Break:
    """What is known of the end of a line within a cell."""

    may_part: bool
    must_part: bool
    apart: float
    """What it costs that another value begins below."""
    together: float
    """What it costs that none does."""


@dataclass(slots=True)
class _Cell:
    """The lines of cells that hold the same lines."""

    lines: Sequence[TextLine]
    text: str
    breaks: list[_Break]
    cells: list[PageCell] = field(default_factory=list)
    held: tuple[str, ...] = ()
    """The values that it holds, as it is parted so far."""
    pieces: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    def values(self, first: int, end: int) -> tuple[str, ...]:
        """The values that the lines from `first` to before `end` hold, if no line among them begins one."""
        known = self.pieces.get((first, end))
        if known is None:
            known = tuple(names_in(join_texts(self.lines[first:end]).replace(JOINER, "")))
            self.pieces[first, end] = known
        return known


def settle_people(tables: Sequence[PageTable]) -> None:
    """Makes one line of each value of a document's cells of people, and doubts the cells that may part otherwise."""
    columns: dict[Meaning, list[tuple[PageCell, float]]] = {}
    for table in tables:
        meanings = _meanings(table)
        body = [cell for row in table.rows[table.header_rows :] for cell in row if cell.column_span == 1 and cell.lines]
        limits: dict[int, float] = {}
        for cell in body:
            if cell.column in meanings:
                reach = max(line.reach for line in cell.lines)
                limits[cell.column] = max(limits.get(cell.column, 0.0), reach)
        for cell in body:
            if cell.column in meanings:
                columns.setdefault(meanings[cell.column], []).append((cell, limits[cell.column]))
    for meaning, cells in columns.items():
        kind = "owner" if meaning == "lead_officers" and len(columns) == 1 else _KINDS[meaning]
        _settle_column(cells, kind)


def _meanings(table: PageTable) -> dict[int, Meaning]:
    """The columns of people, and what they hold."""
    found: dict[int, Meaning] = {}
    for row in table.rows[: table.header_rows]:
        for cell in row:
            meaning = header_meaning(cell_text(cell)) if cell.column_span == 1 else None
            if meaning in PEOPLE:
                found[cell.column] = meaning
    return found


def _settle_column(cells: Iterable[tuple[PageCell, float]], kind: str) -> None:
    kinds: dict[tuple[str, ...], _Cell] = {}
    for cell, limit in cells:
        says = tuple(line.text for line in cell.lines)
        if len(says) > _MOST_LINES:
            cell.doubts = (*cell.doubts, _UNSURE_BREAK)
            continue
        if says not in kinds:
            breaks = [_break(*pair, limit) for pair in pairwise(cell.lines)]
            kinds[says] = _Cell(list(cell.lines), " ".join(says), breaks)
        kinds[says].cells.append(cell)
    found = list(kinds.values())
    _weigh_openings(found)
    holders = _Holders()
    for each in found:
        if len(each.lines) == 1:
            _take(each, (), holders)
    if kind != "body" and _are_persons([each.text for each in found if len(each.lines) == 1]):
        kind = "person"
    several = [each for each in found if len(each.lines) > 1]
    for _ in range(_ROUNDS):
        for each in several:
            holders.remove(each)
            _take(each, _Parting(each, holders, kind).best()[0], holders)
    for each in several:
        starts, margin = _Parting(each, holders, kind).best()
        for cell in each.cells:
            cell.lines = _joined(cell.lines, starts)
            is_plain = kind in ("post", "owner") and not starts and not _UNLIKE_NAME.search(each.text)
            if margin < (_PLAIN_CALL if is_plain else _CLOSE_CALL):
                cell.doubts = (*cell.doubts, _UNSURE_BREAK)


class _Holders:
    """The cells that hold each value, as they are parted so far."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, int]] = {}
        """By value, the texts of the cells that hold it, and how many of them are broken into lines in so many ways."""

    def add(self, cell: _Cell) -> None:
        for value in cell.held:
            texts = self._texts.setdefault(value, {})
            texts[cell.text] = texts.get(cell.text, 0) + 1

    def remove(self, cell: _Cell) -> None:
        for value in cell.held:
            texts = self._texts[value]
            texts[cell.text] -= 1
            if not texts[cell.text]:
                del texts[cell.text]

    def stands_elsewhere(self, value: str, text: str, before: str, after: str) -> bool:
        """Whether a value of a cell stands in one of other text, and not between the same words there.

        Two halves of one name always stand together. `before` and `after` are the words beside the value, or empty.
        """
        for count, other in enumerate(self._texts.get(value, ())):
            if count > _MOST_HOLDERS:
                break
            if (
                other != text
                and not (after and f"{value} {after}" in other)
                and not (before and f"{before} {value}" in other)
            ):
                return True
        return False


def _take(cell: _Cell, starts: tuple[int, ...], holders: _Holders) -> None:
    """Notes that the cell holds the values that begin at these lines."""
    bounds = (0, *starts, len(cell.lines))
    cell.held = tuple(value for pair in pairwise(bounds) for value in cell.values(*pair))
    holders.add(cell)


def _are_persons(texts: Sequence[str]) -> bool:
    """Whether most cells of one line are names of persons."""
    values = {value for text in texts for value in names_in(text)}
    return len(values) >= _ENOUGH and sum(is_person(value) for value in values) >= _MOSTLY * len(values)


def _joined(lines: Sequence[TextLine], starts: Sequence[int]) -> list[TextLine]:
    """The lines of each value as one."""
    found: list[TextLine] = []
    for first, end in pairwise((0, *starts, len(lines))):
        own = lines[first:end]
        line = replace(
            own[0],
            text=join_texts(own),
            x0=min(each.x0 for each in own),
            x1=max(each.x1 for each in own),
            bold=all(each.bold for each in own),
            struck=tuple(text for each in own for text in each.struck),
            last_line=own[-1].last_line or own[-1].baseline,
        )
        if first and not line.begins:
            line.begins = "paragraph"
        found.append(line)
    return found


def names_in(text: str) -> list[str]:
    """The people of a text between the signs that part them.

    >>> names_in("Town Clerk / Head of Parks;")
    ['Town Clerk', 'Head of Parks']
    """
    return [part.strip(" ;") for part in _PARTER.split(text) if part and part.strip(" ;")]


def _break(before: TextLine, line: TextLine, limit: float) -> _Break:
    """What is known of the end of a line of characters before any names are."""
    if line.begins or marker_of(line.text) in ("•", "*", "+"):
        return _Break(True, True, 0.0, 0.0)
    if not _may_begin(before.text, line.text) or line.torn:
        return _Break(False, False, 0.0, 0.0)
    if line.page == before.page and line.baseline - line.skips - before.baseline > 1.5:
        return _Break(True, False, 0.0, _MOST_ROOM)
    room = _ROOM * (room_left(before, line, limit) - _SURE_ROOM - _ROOM_SHARE * limit)
    return _Break(True, False, min(_NO_ROOM, max(0.0, -room)), min(_MOST_ROOM, max(0.0, room)))


def _may_begin(before: str, text: str) -> bool:
    """Whether a line may begin another value than the one before it."""
    if before.count("(") > before.count(")") or before.endswith(("/", ";")):
        return False
    if not text[:1].isalnum() or text[:1].islower():
        return False
    if not breaks_off(before):
        return True
    head = before.rstrip(",")
    whole = wording_of(head) if head else None
    return (
        before.endswith(",")
        and opens_inner_value(text)
        and whole is not None
        and (whole.ends_post or whole.body)
        and not is_bare(head)
    )


def _weigh_openings(cells: Sequence[_Cell]) -> None:
    """Makes it cheaper that a value begins with a word with which cells begin, and dearer with one within lines."""
    begun: dict[str, set[str]] = defaultdict(set)
    within: Counter[str] = Counter()
    for cell in cells:
        for value in names_in(cell.text):
            begun[value.split()[0]].add(cell.text)
        for line in cell.lines:
            words = line.text.split()
            within.update(word for before, word in pairwise(words) if not before.endswith((";", "/")))
    for cell in cells:
        for found, line in zip(cell.breaks, cell.lines[1:], strict=True):
            word = line.text.split(" ", 1)[0]
            count = len(begun.get(word, ())) - (cell.text in begun.get(word, ()))
            if found.may_part and not is_bare(line.text):
                told = math.log((count + 0.5) / (within[word] + 0.5))
                found.apart -= _OPENING * min(_MOST_OPENING, max(0.0, told))


class _Parting:
    """The cheapest way to part a cell, and how much dearer the next best one is."""

    def __init__(self, cell: _Cell, holders: _Holders, kind: str) -> None:
        self.cell = cell
        self.holders = holders
        self.kind = kind
        size = len(cell.lines)
        self.costs: dict[tuple[int, int], float] = {}
        for first in range(size):
            inner, ends = 0.0, 0
            for end in range(first + 1, size + 1):
                if end - first > 1:
                    found = cell.breaks[end - 2]
                    if found.must_part:
                        break
                    inner += found.together if found.may_part else 0.0
                    ends += found.may_part
                    if ends > _MOST_ENDS:
                        break
                if first and not cell.breaks[first - 1].may_part:
                    continue
                if end < size and not cell.breaks[end - 1].may_part:
                    continue
                self.costs[first, end] = inner + self._price(first, end)

    def _price(self, first: int, end: int) -> float:
        """What the values cost of which these lines are all: little each that stands in other cells too."""
        lines, values = self.cell.lines, self.cell.values(first, end)
        cost = self.cell.breaks[first - 1].apart if first else 0.0
        for number, value in enumerate(values):
            before = lines[first - 1].text.rsplit(" ", 1)[-1] if first and not number else ""
            after = lines[end].text.split(" ", 1)[0] if end < len(lines) and number + 1 == len(values) else ""
            wording = _wording_cost(value, self.kind)
            if self.holders.stands_elsewhere(value, self.cell.text, before, after):
                cost += min(_NEW + wording, _KNOWN + 0.7 * max(0.0, wording))
            else:
                cost += _NEW + wording
        return cost

    def best(self) -> tuple[tuple[int, ...], float]:
        """The lines after the first that begin a value, and by how much any other way is dearer."""
        size = len(self.cell.lines)
        forward, back = [0.0] + [_NEVER] * size, [0] * (size + 1)
        backward = [_NEVER] * size + [0.0]
        for (first, end), cost in sorted(self.costs.items(), key=lambda each: each[0][1]):
            if forward[first] + cost < forward[end]:
                forward[end], back[end] = forward[first] + cost, first
        for (first, end), cost in sorted(self.costs.items(), key=lambda each: -each[0][0]):
            backward[first] = min(backward[first], cost + backward[end])
        starts: list[int] = []
        end = size
        while back[end]:
            end = back[end]
            starts.append(end)
        spanning = [_NEVER] * (size + 1)
        for (first, end), cost in self.costs.items():
            total = forward[first] + cost + backward[end]
            for at in range(first + 1, end):
                spanning[at] = min(spanning[at], total)
        margin = _NEVER
        for at, found in enumerate(self.cell.breaks, 1):
            if found.may_part and not found.must_part:
                other = spanning[at] if at in starts else forward[at] + backward[at]
                margin = min(margin, other - forward[size])
        return tuple(reversed(starts)), margin


@lru_cache(maxsize=65536)
def _wording_cost(value: str, kind: str) -> float:
    """What speaks against a text's being one name, in nats: `value_cost`, and what shows that two lines were joined.

    The kinds are those of that, and `person`: of a column of persons.
    """
    words = value.split()
    if len(words) > _MOST_WORDS:
        return 0.5 * len(words)
    cost = value_cost(value, "post" if kind == "person" else kind)
    wording = wording_of(value)
    titled = wording.post or wording.ends_post or wording.member or wording.name
    partner = names_partner(value)
    person = is_person(value, kind != "person")
    if kind in ("post", "owner", "person"):
        if person:
            cost = min(cost, -2.5)
        if names_branch(value) or (partner and not titled and len(words) < 6):
            cost = min(cost, -1.0)
    if len(words) > 3:
        if _INNER_BODY.search(value) or (partner and _NOUNS.intersection(words[1:-2])):
            cost += _TWO_BODIES
        if _INNER_TITLE.search(value):
            cost += _TWO_TITLES
        if words[-1] in _NOUNS and words[-1] in words[1:-1]:
            cost += _TWO_TITLES
        if kind != "body" and f" {words[0]} {words[1]} " in value[1:]:
            cost += _TWO_TITLES
        if kind != "body" and person and _may_be_two_persons(words, kind != "person"):
            cost += _TWO_PERSONS
        if kind != "body" and _names_two_with_roles(value):
            cost += _TWO_PERSONS
    if kind != "body":
        if titled and partner and not _HEAD_OF_BODY.match(value):
            cost += _TWO_BODIES
        elif wording.name and not person and not _UNLIKE_NAME.search(value):
            cost += _TWO_PERSONS
        elif kind == "person" and partner and _is_person_with_body(words):
            cost += _TWO_BODIES
    return cost


def _names_two_with_roles(value: str) -> bool:
    """Whether persons stand before two commas: "A. Ransome, Benefits Manager Jo Marsh, Head of Digital"."""
    first, *rest = value.split(", ")
    inner = (part.split() for part in rest[:-1])
    return bool(rest) and is_person(first) and any(len(part) > 2 and is_person(" ".join(part[-2:])) for part in inner)


def _is_person_with_body(words: Sequence[str]) -> bool:
    """Whether the name of a person stands before that of a body: "Owain Kowal Lydthorpe Housing Trust"."""
    return any(
        is_person(" ".join(words[:place])) and names_partner(" ".join(words[place:]))
        for place in (2, 3)
        if place + 1 < len(words)
    )


def _may_be_two_persons(words: Sequence[str], sure: bool) -> bool:
    """Whether one half of what may be a long name is the name of a person; `sure`: by itself."""
    return any(
        is_person(" ".join(words[:place]), sure) or is_person(" ".join(words[place:]), sure)
        for place in range(2, len(words) - 1)
    )
