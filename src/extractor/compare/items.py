"""Activities in the form in which two plans are compared, and groups under one number for both.

The order of the rows never counts: an item stands where its group, its ref and its place in the source put it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractor.compare.wording import acronyms, content_words, numbers, skeleton, telling_stems
from extractor.locations import Location
from extractor.records import Activity, Group, Plan
from extractor.text import key

OrderKey = tuple[object, ...]

_PIECES = re.compile(r"\d+|[^\W\d_]+")
_LITTLE_WORDS = frozenset(("and", "of"))
_SHORT_TEXT_WORDS = 4
"""A text of fewer content words may mean another thing under another lead-in."""
_RENAMED_GROUP = 88.0
"""From this likeness (0 to 100) on, two titles that each stand in one plan only are one group's."""


@dataclass(frozen=True, slots=True)
class Item:
    """One activity, as the pairing sees it."""

    id: str
    ref: str
    """Lower case; empty where there is none."""
    text_key: str
    lead_key: str
    group: int
    """Number of the group, the same for both plans; -1: no group."""
    people: frozenset[str]
    timescale: str
    content: tuple[str, ...]
    """The content words of its own text."""
    short: bool
    numbers: tuple[str, ...]
    skeleton: frozenset[str]
    telling: frozenset[str]
    """Its stems that are no stock words of plans; its skeleton where there are no others."""
    order: OrderKey


def natural_key(ref: str | None) -> tuple[tuple[int, int, str], ...]:
    """A ref so that 3.2 stands before 3.10, and letters after numbers.

    >>> sorted(["3.10", "3.2b", "3.2", "P1"], key=natural_key)
    ['3.2', '3.2b', '3.10', 'P1']
    """
    return tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.lower()) for piece in _PIECES.findall(ref or "")
    )


def person_key(name: str) -> str:
    """The form in which two spellings of one role are equal: `&`, "and", "of", punctuation and case do not count.

    >>> person_key("Director, Housing & Communities") == person_key("director of housing and communities")
    True
    """
    return " ".join(word for word in key(name).split() if word not in _LITTLE_WORDS)


def group_titles(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Per group `id` the comparable path of its titles, outermost first."""
    by_id = {group.id: group for group in plan.groups}
    return {group.id: _path(group, by_id) for group in plan.groups}


def _path(group: Group, by_id: dict[str, Group]) -> tuple[str, ...]:
    path: list[str] = []
    seen: set[str] = set()
    current: Group | None = group
    while current is not None and current.id not in seen:
        seen.add(current.id)
        path.append(key(current.title))
        current = by_id.get(current.parent_id) if current.parent_id else None
    return tuple(reversed(path))


def number_groups(old: Plan, new: Plan) -> tuple[dict[str, int], dict[str, int]]:
    """For each plan its groups' numbers; the same number means the same group.

    Groups are the same where their titles are, but for case and punctuation; a title that stands twice in a plan is
    told by the titles above it. Titles left over on both sides that differ by a misprint are the same, too.
    """
    paths = (group_titles(old), group_titles(new))
    own = [Counter(path[-1] for path in titles.values()) for titles in paths]
    ambiguous = {title for counts in own for title, count in counts.items() if count > 1}
    labels = tuple(
        {gid: " / ".join(path) if path[-1] in ambiguous else path[-1] for gid, path in titles.items()}
        for titles in paths
    )
    renamed = _renamed(set(labels[0].values()), set(labels[1].values()))
    numbers_of: dict[str, int] = {}
    result: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for label in sorted({*labels[0].values(), *labels[1].values()}):
        numbers_of[label] = numbers_of.get(renamed.get(label, ""), len(numbers_of))
    for side, named in enumerate(labels):
        for gid, label in named.items():
            result[side][gid] = numbers_of[renamed.get(label, label)] if label in renamed else numbers_of[label]
    return result


def _renamed(old: set[str], new: set[str]) -> dict[str, str]:
    """Titles of either plan that stand for another of the other plan, as the alphabetically first of the two."""
    likely = sorted((-fuzz.token_sort_ratio(a, b), min(a, b), max(a, b)) for a in old - new for b in new - old)
    taken: set[str] = set()
    result: dict[str, str] = {}
    for likeness, first, second in likely:
        if -likeness < _RENAMED_GROUP:
            break
        if first not in taken and second not in taken:
            taken |= {first, second}
            result[second] = first
    return result


def _place(location: Location) -> tuple[object, ...]:
    """The place in the source as something to sort by; what is missing sorts first."""
    top = location.bbox[1] if location.bbox else 0.0
    line = location.lines[0] if location.lines else 0
    return (location.page or 0, top, line, natural_key(location.path))


def make_items(
    old: Plan, new: Plan, group_numbers: tuple[dict[str, int], dict[str, int]]
) -> tuple[list[Item], list[Item]]:
    """The activities of both plans as items, in their own row order; what either plan explains holds for both."""
    explained = _explained(old, new)
    sides = []
    for plan, numbered in zip((old, new), group_numbers, strict=True):
        position = {group.id: index for index, group in enumerate(plan.groups)}
        sides.append([_item(activity, numbered, position, explained) for activity in plan.activities])
    return sides[0], sides[1]


def _explained(old: Plan, new: Plan) -> dict[str, tuple[str, ...]]:
    """The acronyms of both plans, but for those that they explain differently."""
    ours, theirs = (acronyms(activity.activity for activity in plan.activities) for plan in (old, new))
    return {name: words for name, words in {**ours, **theirs}.items() if ours.get(name, words) == words}


def _item(
    activity: Activity,
    group_numbers: dict[str, int],
    position: dict[str, int],
    explained: dict[str, tuple[str, ...]],
) -> Item:
    text_key = key(activity.activity)
    lead_key = key(activity.lead_in or "")
    words = content_words(activity.activity, explained)
    people = _people(activity)
    group_id = activity.group_id or ""
    return Item(
        id=activity.id,
        ref=(activity.ref or "").lower(),
        text_key=text_key,
        lead_key=lead_key,
        group=group_numbers.get(group_id, -1),
        people=people,
        timescale=key(activity.timescale.as_published) if activity.timescale else "",
        content=tuple(words),
        short=len(words) < _SHORT_TEXT_WORDS,
        numbers=numbers(activity.activity),
        skeleton=skeleton(words),
        telling=telling_stems(words) or skeleton(words),
        order=(
            position.get(group_id, -1),
            natural_key(activity.ref),
            _place(activity.location),
            lead_key,
            text_key,
            sorted(people),
            activity.id,
        ),
    )


def _people(activity: Activity) -> frozenset[str]:
    fields: Iterable[Sequence[str]] = (
        activity.lead_officers,
        activity.lead_directorates,
        activity.lead_cabinet_members,
    )
    return frozenset(person_key(name) for names in fields for name in names)
