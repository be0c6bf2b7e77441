"""Cross-links: "(Also links to X outcome)" -> the group of this plan that is meant.

1. The words after "Also links to" stay as published; only for matching is the kind word at their end taken off, where
   no title ends with it.
2. "X and to Y" is two links. A plain "and" parts only where both sides name a heading and the whole does not.
3. What names no heading of this plan stays unresolved: it may name a page that this document does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.records import CrossLink, Group
from extractor.text import fold, key
from extractor.vocabulary.cross_links import LINK
from extractor.vocabulary.headings import read_group_heading

_KIND = re.compile(
    r"\s+(?:outcome|priorit(?:y|ie)|theme|objective|aim|goal|commitment|ambition|pillar|strand|section|chapter)s?$",
    re.IGNORECASE,
)
_AND_TO = re.compile(r"\s*(?:,|;)?\s*\band\s+(?:also\s+)?(?:to|with)\s+(?:the\s+)?|\s*;\s*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&)\s+|\s*,\s+(?:and\s+)?", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:themes?|page|plan|strategy|chapter|section)$", re.IGNORECASE)
_ENOUGH = 0.8


@fixed(frozen=True, slots=True)
class _Match:
    group: Group | None
    score: float


def resolve(
    text: str, groups: Sequence[Group], location: Location = NOWHERE
) -> tuple[tuple[CrossLink, ...], tuple[Doubt, ...]]:
    """The cross-links that a note's words make, and the doubts about them (field `also_links_to`)."""
    named = LINK.sub("", fold(text), count=1).rstrip(" .")
    links: list[CrossLink] = []
    doubts: list[Doubt] = []
    for words in _targets(named, groups):
        match = _best(words, groups)
        if match.group is None:
            # The words say themselves that they name something else than a heading of this page.
            severity = "info" if _ELSEWHERE.search(words) else None
            message = f"{words!r} is no heading of this plan."
            doubts.append(Doubt("link-unresolved", message, "also_links_to", location, severity))  # type: ignore[arg-type]
            links.append(CrossLink(as_published=words))
            continue
        if match.score < 1.0:
            message = f"{words!r} is taken for {match.group.title!r}."
            doubts.append(Doubt("link-approximate", message, "also_links_to", location))
        elif (several := _same_title(match.group, groups)) > 1 and not read_group_heading(words).number:
            message = f"{words!r} names {several} headings of this plan; the first is taken."
            doubts.append(Doubt("link-approximate", message, "also_links_to", location, "warning"))
        links.append(
            CrossLink(
                as_published=words,
                title=match.group.title,
                group_id=match.group.id,
                score=round(match.score, 3),
            )
        )
    return tuple(links), tuple(doubts)


def _same_title(group: Group, groups: Sequence[Group]) -> int:
    """How many groups bear the title of one."""
    title = key(group.title)
    return sum(key(other.title) == title for other in groups)


def _bare(words: str) -> str:
    """The words without the kind word that closes them."""
    return _KIND.sub("", words)


def _targets(named: str, groups: Sequence[Group]) -> list[str]:
    if not _titles(groups).keys().isdisjoint((key(named), key(_bare(named)))):
        return [named]
    parts = [part for part in _AND_TO.split(named) if part]
    return [target for part in parts for target in _part_at_and(part, groups)]


def _part_at_and(part: str, groups: Sequence[Group]) -> list[str]:
    """The two names that a plain "and" or comma joins, where both are headings and better than the whole."""
    if _named(part, groups) is not None:
        return [part]
    halves = [(part[: joint.start()], part[joint.end() :]) for joint in _AND.finditer(part)]
    halves = [(left, right) for left, right in halves if left and right]
    # Names that are word for word those of headings need no comparison.
    exact = [half for half in halves if _are_named(*half, groups)]
    whole = 0.0 if exact else _best(part, groups).score
    best: tuple[float, str, str] | None = None
    for left, right in exact[:1] or halves:
        one, other = _best(left, groups), _best(right, groups)
        if one.group is None or other.group is None or one.group.id == other.group.id:
            continue
        score = min(one.score, other.score)
        if score > max(whole, 0.85) and (best is None or score > best[0]):
            best = (score, left, right)
    if best is None:
        return [part]
    return [*_part_at_and(best[1], groups), *_part_at_and(best[2], groups)]


def _are_named(left: str, right: str, groups: Sequence[Group]) -> bool:
    one, other = _named(left, groups), _named(right, groups)
    return one is not None and other is not None and one != other


def _wanted(words: str) -> str:
    """The words as they are compared with titles."""
    return key(_bare(words)).removeprefix("the ")


def _named(words: str, groups: Sequence[Group]) -> int | None:
    """The number of the group that words name by its kind and number, or by its very title."""
    heading = read_group_heading(words)  # "Priority 5", or "Priority 5: Homes"
    if heading.kind and heading.number:
        for number, group in enumerate(groups):
            if (group.kind, (group.number or "").lower()) == (heading.kind, heading.number.lower()):
                return number
    titles = _titles(groups)  # of which one may end with such a word: "Fairer outcomes"
    return titles.get(key(words), titles.get(_wanted(words)))


def _best(words: str, groups: Sequence[Group]) -> _Match:
    named = _named(words, groups)
    if named is not None:
        return _Match(groups[named], 1.0)
    wanted = _wanted(words)
    best: Group | None = None
    score = 0.0
    for title, number in _titles(groups).items():
        alike = _alike(wanted, title)
        if alike > score:
            best, score = groups[number], alike
    return _Match(best if score >= _ENOUGH else None, score)


def _titles(groups: Sequence[Group]) -> dict[str, int]:
    """Comparison key of each group's title -> the number of the first group that bears it."""
    return _index(tuple([group.title for group in groups]))


@lru_cache(maxsize=8)
def _index(titles: tuple[str, ...]) -> dict[str, int]:
    """Comparison key of each title -> the number of the first group that bears it."""
    index: dict[str, int] = {}
    for number, title in enumerate(titles):
        index.setdefault(key(title), number)
    return index


@lru_cache(maxsize=4096)
def _alike(wanted: str, title: str) -> float:
    """How well words name a title, 0 to 1: as a whole, or as its opening or a subset of its words."""
    from rapidfuzz import fuzz

    whole = fuzz.ratio(wanted, title) / 100
    tokens = wanted.split()
    if len(tokens) < 3:
        return whole
    shortened = 0.95 if title.startswith(wanted + " ") else 0.0
    subset = 0.9 * fuzz.token_set_ratio(wanted, title) / 100
    return max(whole, shortened, subset)
