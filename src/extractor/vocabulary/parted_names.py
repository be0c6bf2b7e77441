"""Which lines of cells of people begin another value, told by all cells of the document together.

1. A line that ends in mid-phrase goes on, and so does what begins with a small letter. Of all others nothing but what
   they say, and what their places tell, shows whether the author or the column's width broke them.
2. The document's people are few and stand in many cells: each cell is parted so that all of them together need the
   fewest and likeliest names. A name is likely by its wording, and where it stands in other cells; a line begins one
   where many cells begin with its first word, and no line holds that word elsewhere.
3. Where another way to part a cell is about as good, the cell is in doubt.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from extractor.text import breaks_off
from extractor.vocabulary import Meaning
from extractor.vocabulary.names import is_person, is_subject
from extractor.vocabulary.roles import (
    ABBREVIATED_TITLES,
    DANGLING,
    is_bare,
    names_branch,
    names_partner,
    opens_inner_value,
    value_cost,
    wording_of,
)

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
_TWICE_JOINED = re.compile(r" (?:and|&) \w+ \w+ (?:and|&) ")
_JOINED = re.compile(r"\band\b|&|\ba\b|\bac\b")
_ABBREVIATED = re.compile(rf"(?:{ABBREVIATED_TITLES})\b")
_INNER_TITLE = re.compile(rf"(?<![,&/:-] )(?<!\bof )(?<!\band )(?<!\bfor )(?<=\s)(?:{ABBREVIATED_TITLES})(?=\s[A-Z(])")
# "Chief Executive, Ings Chamber of Trade" is the post of another body.
_HEAD_OF_BODY = re.compile(
    r"(?:.*, )?(?:Chief Executive|Chair\w*|Secretary|Treasurer|(?:\w+ )?Clerk|President)(?:,| of) "
)
_NOUNS = frozenset(["Directorate", "Team", "Service", "Services", "Division", "Department", "Unit", "Command"])
_CLOSING = frozenset(["Directorate", "Division", "Department"])
"""What nothing but the title of a post follows within the name of a part of a council."""
_BEFORE_PLACES = frozenset(
    "north northern south southern east eastern west western central new nhs city county".split()
)
"""Words that may stand before a place within its name."""
# In nats, as `value_cost`:
_NEW, _KNOWN = 4.5, 0.8
"""What a name costs that stands in no other cell, over its wording, and one that does."""
_TWO_BODIES, _TWO_PERSONS, _TWO_TITLES = 7.0, 4.0, 5.0
"""What it costs that a value holds a post and a body outside the council, the names of two people, the same opening or
closing words twice."""
_HEAD_AND_MANAGER, _HALF_A_POST = 2.5, 2.5
"""The same, of a post that opens as one and ends as another, and of a person with half a post."""
_OPENING = 1.2
"""What a word that cells begin with tells, for each nat by which it begins cells more often than it stands in lines."""
_MOST_OPENING = 3.0
_TWO_LISTS = 3.0
"""What it costs that a body's name joins two subjects, and two more behind them: "Health and Homes Growth and Skills"."""
_NO_ROOM = 0.7
_ENOUGH, _MOSTLY = 4, 0.6
"""So many values, and such a share of them, are persons where all are likely to be."""
_MOST_HOLDERS = 20
"""So many other cells are asked about one value."""
_MOST_WORDS = 24
"""What has more words is no name, and none looks at its wording."""
_MOST_ENDS = 12
"""No value goes on over more ends of lines at which another might begin."""
_ROUNDS = 4
_CLOSE_CALL, _PLAIN_CALL = 2.2, 3.0
"""So little dearer another way to part a cell leaves it in doubt; and one that is plain words in a column of posts, of
which nothing but their line ends tells whether they are the names of two bodies."""
_NEVER = 1e9


@dataclass(slots=True)
class LineEnd:
    """What is known of the end of a line within a cell, but for what the lines say."""

    may_part: bool
    must_part: bool = False
    apart: float = 0.0
    """What it costs that another value begins below."""
    together: float = 0.0
    """What it costs that none does."""


@dataclass(slots=True)
class BrokenCell:
    """The lines of a cell of people, and what `part_people` finds."""

    lines: Sequence[str]
    ends: Sequence[LineEnd]
    """Of each line but the last."""
    joined: Callable[[int, int], str]
    """The text of the lines from the first to before the second."""
    starts: tuple[int, ...] = ()
    """The lines after the first that begin a value."""
    doubtful: bool = False
    """Another way to part it is about as good."""
    held: tuple[str, ...] = ()
    """The values that it holds, as it is parted so far."""
    text: str = field(init=False)
    _pieces: dict[tuple[int, int], tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.text = " ".join(self.lines)

    def values(self, first: int, end: int) -> tuple[str, ...]:
        """The values that the lines from `first` to before `end` hold, if no line among them begins one."""
        known = self._pieces.get((first, end))
        if known is None:
            known = self._pieces[first, end] = tuple(names_in(self.joined(first, end)))
        return known


def part_people(cells: Collection[BrokenCell], meaning: Meaning, alone: bool) -> None:
    """Finds which lines begin a value in the cells of a meaning, each of another text or broken elsewhere.

    `alone`: the document has no other column of people, so that it may hold any of them.
    """
    kind = "owner" if meaning == "lead_officers" and alone else _KINDS[meaning]
    _weigh_openings(cells)
    holders = _Holders()
    for each in cells:
        if len(each.lines) == 1:
            holders.take(each, ())
    if kind != "body" and _are_persons([each.text for each in cells if len(each.lines) == 1]):
        kind = "person"
    several = [each for each in cells if len(each.lines) > 1]
    for _ in range(_ROUNDS):
        before = [each.held for each in several]
        for each in several:
            holders.remove(each)
            holders.take(each, _Parting(each, holders, kind).best()[0])
        if [each.held for each in several] == before:
            break
    for each in several:
        each.starts, margin = _Parting(each, holders, kind).best()
        is_plain = kind in ("post", "owner") and not each.starts and not _UNLIKE_NAME.search(each.text)
        each.doubtful = margin < (_PLAIN_CALL if is_plain else _CLOSE_CALL)


class _Holders:
    """The cells that hold each value, as they are parted so far."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, int]] = {}
        """By value, the texts of the cells that hold it, and how many of them are broken into lines in so many ways."""

        self.whole: set[str] = set()
        """The values that are all that a line of one cell holds."""

    def take(self, cell: BrokenCell, starts: Sequence[int]) -> None:
        """Notes that the cell holds the values that begin at these lines."""
        bounds = (0, *starts, len(cell.lines))
        cell.held = tuple(value for pair in pairwise(bounds) for value in cell.values(*pair))
        if len(cell.lines) == len(cell.held) == 1:
            self.whole.update(cell.held)
        for value in cell.held:
            texts = self._texts.setdefault(value, {})
            texts[cell.text] = texts.get(cell.text, 0) + 1

    def remove(self, cell: BrokenCell) -> None:
        """Forgets what the cell holds."""
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


def _are_persons(texts: Sequence[str]) -> bool:
    """Whether most cells of one line are names of persons."""
    values = {value for text in texts for value in names_in(text)}
    return len(values) >= _ENOUGH and sum(is_person(value) for value in values) >= _MOSTLY * len(values)


def names_in(text: str) -> list[str]:
    """The people of a text between the signs that part them.

    >>> names_in("Town Clerk / Head of Parks;")
    ['Town Clerk', 'Head of Parks']
    """
    return [part.strip(" ;") for part in _PARTER.split(text) if part and part.strip(" ;")]


def may_begin(before: str, text: str) -> bool:
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


def _weigh_openings(cells: Collection[BrokenCell]) -> None:
    """Makes it cheaper that a value begins with a word with which cells begin, and dearer with one within lines."""
    begun: dict[str, set[str]] = defaultdict(set)
    within: Counter[str] = Counter()
    for cell in cells:
        for value in names_in(cell.text):
            begun[value.split()[0]].add(cell.text)
        for line in cell.lines:
            words = line.split()
            within.update(word for before, word in pairwise(words) if not before.endswith((";", "/")))
    for cell in cells:
        for found, line in zip(cell.ends, cell.lines[1:], strict=True):
            word = line.split(" ", 1)[0]
            count = len(begun.get(word, ())) - (cell.text in begun.get(word, ()))
            if found.may_part and not is_bare(line):
                told = math.log((count + 0.5) / (within[word] + 0.5))
                found.apart -= _OPENING * min(_MOST_OPENING, max(0.0, told))


class _Parting:
    """The cheapest way to part a cell, and how much dearer the next best one is."""

    def __init__(self, cell: BrokenCell, holders: _Holders, kind: str) -> None:
        self.cell = cell
        self.holders = holders
        self.kind = kind
        size = len(cell.lines)
        self.costs: dict[tuple[int, int], float] = {}
        for first in range(size):
            inner, ends = 0.0, 0
            for end in range(first + 1, size + 1):
                if end - first > 1:
                    found = cell.ends[end - 2]
                    if found.must_part:
                        break
                    inner += found.together if found.may_part else 0.0
                    ends += found.may_part
                    if ends > _MOST_ENDS:
                        break
                if first and not cell.ends[first - 1].may_part:
                    continue
                if end < size and not cell.ends[end - 1].may_part:
                    continue
                self.costs[first, end] = inner + self._price(first, end)

    def _price(self, first: int, end: int) -> float:
        """What the values cost of which these lines are all: little each that stands in other cells too."""
        lines, values = self.cell.lines, self.cell.values(first, end)
        cost = self.cell.ends[first - 1].apart if first else 0.0
        for number, value in enumerate(values):
            before = lines[first - 1].rsplit(" ", 1)[-1] if first and not number else ""
            after = lines[end].split(" ", 1)[0] if end < len(lines) and number + 1 == len(values) else ""
            wording = _wording_cost(value, self.kind)
            if value in self.holders.whole:
                cost += _KNOWN
            elif self.holders.stands_elsewhere(value, self.cell.text, before, after):
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
        for at, found in enumerate(self.cell.ends, 1):
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
        if wording.ends_post and not wording.several and is_person(value.split(", ")[0], True):
            cost = min(cost, -2.5)  # however many services the post is that of
        if _names_half_a_post(value) or _is_half_a_list(value):
            cost += _HALF_A_POST
    if len(words) > 3:
        if _INNER_BODY.search(value) or (partner and _NOUNS.intersection(words[1:-2])):
            cost += _TWO_BODIES
        if _INNER_TITLE.search(value):
            cost += _TWO_TITLES
        if words[-1] in _NOUNS and words[-1] in words[1:-1]:
            cost += _TWO_TITLES
        if _CLOSING.intersection(words[1:-2]):
            cost += _TWO_TITLES
        elif kind != "body" and "Team" in words[1:-2]:
            cost += _HEAD_AND_MANAGER
        if kind != "body" and f" {words[0]} {words[1]} " in value[1:]:
            cost += _TWO_TITLES
        if kind != "body" and person and _may_be_two_persons(words, kind != "person"):
            cost += _TWO_PERSONS
        if kind != "body" and _names_two_with_roles(value):
            cost += _TWO_PERSONS
    if kind == "body" and "," not in value and _TWICE_JOINED.search(value):
        cost += _TWO_LISTS
    if kind != "body":
        if partner and (titled or _ends_a_post_within(words)) and not _HEAD_OF_BODY.match(value):
            cost += _TWO_BODIES if _ends_in_named_body(words) else _HEAD_AND_MANAGER
        elif wording.post and wording.ends_post and " of " in value and len(words) > 4:
            cost += _HEAD_AND_MANAGER
        elif wording.name and not person and not _UNLIKE_NAME.search(value):
            cost += _TWO_PERSONS
        elif partner and (_is_subject_with_body(words) or (kind == "person" and _is_person_with_body(words))):
            cost += _TWO_BODIES
    return cost


def _ends_in_named_body(words: Sequence[str]) -> bool:
    """Whether a body with a name of its own closes the words: "Director of Growth Melden Trust", not "... Housing Trust"."""
    return any(
        words[place][:1].isupper() and not is_subject(words[place]) and words[place - 1].lower() not in DANGLING
        for place in _body_starts(words)
    )


def _body_starts(words: Sequence[str]) -> Iterator[int]:
    """The places within words from which the rest, of two words at least, may be the name of a body."""
    return (place for place in range(1, len(words) - 1) if names_partner(" ".join(words[place:])))


def _names_half_a_post(value: str) -> bool:
    """Whether what stands behind a person's name and a comma is no whole post: "A. Ransome, Adult"."""
    person, comma, rest = value.partition(", ")
    return bool(comma) and is_person(person) and not (wording_of(rest).post or wording_of(rest).ends_post)


def _is_half_a_list(value: str) -> bool:
    """Whether subjects are listed and no "and" closes the list: "Economic Growth, Town Centre"."""
    first, *rest = value.split(", ")
    if rest and is_person(first):
        first, *rest = rest
    if not rest or _JOINED.search(rest[-1]):
        return False
    last, whole = wording_of(rest[-1]), wording_of(first)
    return not (last.post or last.ends_post or last.name or whole.ends_post or whole.name)


def _ends_a_post_within(words: Sequence[str]) -> bool:
    """Whether a post ends where the name of a body begins: "Parks Manager Melden Housing Trust"."""
    return any(
        _ABBREVIATED.match(words[0]) or wording_of(" ".join(words[:place])).ends_post for place in _body_starts(words)
    )


def _names_two_with_roles(value: str) -> bool:
    """Whether persons stand before two commas: "A. Ransome, Benefits Manager Jo Marsh, Head of Digital"."""
    first, *rest = value.split(", ")
    inner = (part.split() for part in rest[:-1])
    return bool(rest) and is_person(first) and any(len(part) > 2 and is_person(" ".join(part[-2:])) for part in inner)


def _is_person_with_body(words: Sequence[str]) -> bool:
    """Whether the name of a person stands before that of a body: "Owain Kowal Lydthorpe Housing Trust"."""
    return any(place in (2, 3) and is_person(" ".join(words[:place])) for place in _body_starts(words))


def _is_subject_with_body(words: Sequence[str]) -> bool:
    """Whether two subjects at least stand before a body that a place names: "Town Centre Lydthorpe Housing Trust"."""
    place = next((at for at, word in enumerate(words) if word.isalpha() and not is_subject(word)), 0)
    if place < 2 or words[place - 1].lower() in _BEFORE_PLACES:
        return False
    return words[place][:1].isupper() and place in _body_starts(words)


def _may_be_two_persons(words: Sequence[str], sure: bool) -> bool:
    """Whether one half of what may be a long name is the name of a person; `sure`: by itself."""
    return any(
        is_person(" ".join(words[:place]), sure) or is_person(" ".join(words[place:]), sure)
        for place in range(2, len(words) - 1)
    )
