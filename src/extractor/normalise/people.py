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
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from extractor.text import fold
from extractor.vocabulary.dittos import is_ditto
from extractor.vocabulary.names import is_person, is_subject
from extractor.vocabulary.roles import (
    is_bare,
    looks_like_owner,
    names_branch,
    names_partner,
    opens_inner_value,
    wording_of,
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

# What posts are mostly of: "Head of Domestic" over "Abuse Services" is one.
_REMIT = re.compile(r"\b(?:Services?|Schools?|Groups?|Offices?|Teams?|Units?|Cent(?:re|er)s?|Networks?|Residents)$")


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


_ODD = 3.0
_BODY_END = re.compile(r"\b(?:Directorate|Division|Department)$")
"""What nothing follows within the name of a part of a council."""
_ENOUGH, _MOSTLY = 4, 0.6
"""So many values, and such a share of them, are persons where all are likely to be."""
_ABBREVIATION = re.compile(r"[A-Z]{2,4}|[A-Z][a-z]?[A-Z]")
"""Of a title: "AD", "HoS"."""


def abbreviated_titles(known: Iterable[str]) -> frozenset[str]:
    """The abbreviations that two values or more begin with: titles of posts that this publisher has no words for.

    >>> sorted(abbreviated_titles(["AD Nursing", "AD Estates", "SM Pay", "HoS (Waste)", "HoS (Parks)", "NHS"]))
    ['AD', 'HoS']
    """
    firsts = Counter(value.split(" ", 1)[0] for value in known if " " in value)
    return frozenset(word for word, count in firsts.items() if count > 1 and _ABBREVIATION.fullmatch(word))


def halves_beside(broken: Iterable[tuple[str, Sequence[int]]], known: Collection[str]) -> Counter[str]:
    """The texts that stand above one known value, and below another, with nothing else in their cells: values as well.

    So are two that stand in either order. `broken` are texts with the places at which lines of print ended in each.

    >>> cells = [("Corporate Core Place", (9, 14)), ("People Corporate Core", (6,)), ("Head of Legal Services", (13,))]
    >>> halves_beside(cells, {"Place", "People", "Head of Legal"})
    Counter({'Corporate Core': 2})
    """
    pairs = [(text[:place].strip(), text[place:].strip()) for text, breaks in broken for place in breaks]
    seen = set(pairs)
    turned = {half for pair in seen if pair[::-1] in seen for half in pair}
    lefts: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    for left, right in pairs:
        if right in known or right in turned:
            lefts[left] += 1
        if left in known or left in turned:
            rights[right] += 1
    return Counter({half: lefts[half] + rights[half] for half in lefts if half in rights})


def part_at_breaks(
    text: str, breaks: Sequence[int], known: Counter[str], titles: Collection[str] = ()
) -> tuple[tuple[str, ...], bool]:
    """The values of a text of which lines of print ended at `breaks`, and whether it is doubtful where they part.

    `known` counts the values of the same column that no such break leaves in doubt, and those that come again; `titles`
    are abbreviations that begin them.

    >>> part_at_breaks("On-Call Support Team Head of Estates", (20,), Counter())
    (('On-Call Support Team', 'Head of Estates'), False)
    >>> part_at_breaks("Head of Service (Waste) Melden Youth Alliance", (23,), Counter())
    (('Head of Service (Waste)', 'Melden Youth Alliance'), True)
    >>> part_at_breaks("AD Workforce SM Medical Staffing", (12,), Counter(), {"AD", "SM"})
    (('AD Workforce', 'SM Medical Staffing'), False)
    >>> part_at_breaks("Ann Yarwood, Head of On-Call D. Hill, Watch Manager", (28,), Counter())
    (('Ann Yarwood, Head of On-Call', 'D. Hill, Watch Manager'), True)
    >>> part_at_breaks("Director of Housing Services", (19,), Counter())
    (('Director of Housing Services',), False)
    >>> known = Counter({"People and Assets": 8, "People and Assets Local Policing": 3, "Local Policing": 1})
    >>> part_at_breaks("People and Assets Local Policing", (17,), known)
    (('People and Assets', 'Local Policing'), False)
    """
    values: list[str] = []
    doubtful = False
    start = 0
    for place in breaks:
        left, right = text[start:place].strip(), text[place:].strip()
        ends = [end for end in (*breaks, len(text)) if end > place]
        openings = [text[place:end].strip() for end in ends]
        parter = _PARTER.search(right)
        if parter:
            right = right[: parter.start()]
            openings = [*(opening for opening in openings if len(opening) < len(right)), right]
        left = _PARTER.split(left)[-1] or left
        whole = f"{left} {right}"
        parts, doubted = _parts_at(left, right, openings, known, titles)
        # The same two people in the same order are rarer than one with a long name, unless each stands alone as well.
        if parts and known[whole] > min(known[left], known[right]) and not looks_like_owner(right):
            parts = left in known and right in known
            doubted = parts and not (" " in left and " " in right)
        doubtful = doubtful or (doubted and (parts or left in known or text not in known))
        if parts:
            values.append(text[start:place].strip())
            start = place
    values.append(text[start:].strip())
    return tuple(values), doubtful


def _parts_at(
    left: str, right: str, openings: Sequence[str], known: Counter[str], titles: Collection[str]
) -> tuple[bool, bool]:
    """Whether a value ends between two texts, and whether that is doubtful.

    `openings` are the right one's first line, its first two lines, and so on.
    """
    one = wording_of(left)
    if left.endswith((";", "/")):
        return False, False
    if one.oddness >= _ODD:  # a post of many services, or no whole name
        return False, one.ends_post and any(map(_names_other_body, openings))
    is_titled = one.post or one.ends_post or one.member or one.body or one.name or left in known
    if opens_inner_value(right):
        return True, not is_titled
    if right.split(" ", 1)[0] in titles:
        return True, left not in known and left.split(" ", 1)[0] not in titles
    ends = right in known or openings[0] in known
    if ends and left in known:
        return True, False
    if ends:
        return True, True
    if f"{left} {right}" not in known:
        told = _told_apart(left, right, openings, known, titles)
        if told is not None:
            return True, told
    whole = [opening for opening in openings if _reads_whole(opening)]
    if not one.ends_post and not one.body:
        whole = [opening for opening in whole if not _REMIT.search(opening)]
    if whole and one.post and left.endswith(")"):
        return True, left not in known  # a remit in brackets closes a post: "Head of Service (Waste)"
    return False, left in known or (bool(is_titled) and bool(whole))


def _told_apart(
    left: str, right: str, openings: Sequence[str], known: Counter[str], titles: Collection[str]
) -> bool | None:
    """Whether it is doubtful that a value ends between two texts that read as two names; None where they do not.

    The names of two persons, of two parts of the council, or of a person, a post or a body and one outside the council.
    """
    if left.split(" ", 1)[0] not in titles and (
        _is_another_person(left, right, known) or (is_person(left, True) and any(map(_names_other_body, openings)))
    ):
        return left not in known and not _are_persons(known)
    if (
        _BODY_END.search(left)
        and not is_bare(left)
        and any(_BODY_END.search(each) and " " in each for each in openings)
    ):
        return False
    wording = wording_of(left)
    if (wording.post or wording.ends_post or wording.body or left in known) and any(map(_names_other_body, openings)):
        return left not in known
    return None


def _is_another_person(left: str, right: str, known: Collection[str]) -> bool:
    """Whether two texts are the names of two persons: told by themselves, or as all are in a column of persons."""
    one, other = left.partition(", ")[0], right.partition(", ")[0]  # "D. Threlfall, Operational Assurance Manager"
    sure = is_person(one, True) or is_person(other, True)
    return is_person(one) and is_person(other) and (sure or _are_persons(known))


def _are_persons(known: Collection[str]) -> bool:
    """Whether most values of a column are the names of persons."""
    return len(known) >= _ENOUGH and sum(map(is_person, known)) >= _MOSTLY * len(known)


def _names_other_body(text: str) -> bool:
    """Whether a text is the whole name of a body outside the council, which opens with a name of its own.

    >>> _names_other_body("Fenmere Chamber of Commerce"), _names_other_body("University of Kesden")
    (True, True)
    >>> _names_other_body("Housing Trust"), _names_other_body("Trust"), _names_other_body("Partnership")
    (False, False, False)
    """
    first = text.split(" ", 1)[0]
    if not first[:1].isupper() or wording_of(text).oddness >= _ODD:
        return False
    if names_branch(text):
        return text[-1:] != ")" and not text.endswith((" of", " for", " and"))
    return (
        names_partner(text) and " " in text and not is_subject(first) and not names_partner(" ".join(text.split()[:1]))
    )


def _reads_whole(text: str) -> bool:
    """Whether a text ends as a post or a body does, and may be one."""
    wording = wording_of(text)
    return wording.oddness < _ODD and (wording.ends_post or wording.body or names_branch(text))


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
