"""How many activities a document says that it has, where it says so beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extractor.issues import Doubt
from extractor.records import Activity, Group
from extractor.text import fold

_SMALL = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ANY_TEN, _ANY_SMALL = "|".join(_TENS), "|".join(sorted(_SMALL, key=len, reverse=True))
_NUMBER = rf"(?P<number>\d{{1,4}}|(?:(?:{_ANY_TEN})[\s-])?(?:{_ANY_SMALL}|{_ANY_TEN}))"
_THINGS = r"(?:\w+\s+){0,2}(?:actions|activities|commitments|deliverables|milestones)\b"
_NEAR = re.compile(rf"{_NUMBER}\s+{_THINGS}|\bof\s+(?:actions|activities)\b", re.IGNORECASE)
"""What each pattern has in it. Most documents have nothing of the kind, and then no other pattern is compiled."""
_WHOLE = r"(?:this|the|our)\s+(?:[\w-]+\s+){0,4}?(?:plan|page|document)\b"
_STATED = (
    rf"\b{_WHOLE}\s+(?:has|holds|contains|includes|sets\s+out|lists|comprises|consists\s+of|is\s+made\s+up\s+of)\s+"
    rf"(?:a\s+total\s+of\s+)?{_NUMBER}\s+{_THINGS}",
    rf"\bthere\s+are\s+{_NUMBER}\s+{_THINGS}\s+in\s+{_WHOLE}",
    rf"\b(?:the|all|our)\s+{_NUMBER}\s+{_THINGS}\s+(?:with)?in\s+{_WHOLE}",
    rf"\b{_NUMBER}\s+{_THINGS}\s+in\s+(?:total|all)\b",
)
_ENDS = r"(?=\s*(?:[.;:,)]|$|(?:with)?in\b|under\b|across\b|to\b|that\b|which\b))"
# A number that nothing says to be that of some alone, such as those that are new or complete.
_ALL = rf"{_NUMBER}\s+(?:(?:key|main|priority|headline)\s+)?(?:actions|activities)"
_TOTAL = rf"^(?:grand\s+)?total\s*[:=–-]?\s*{_ALL}[.)]*$"
# What may be said of a group as well, whose heading is not told by these words.
_OF_A_PART = (
    rf"^\(?{_NUMBER}\s+{_THINGS}[.)]*$",
    rf"\btotal\s+(?:number\s+)?of\s+(?:actions|activities)\s*[:=]?\s+(?:is\s+)?{_NUMBER}(?![\w%/]|[.,]\d)",
    rf"^number\s+of\s+(?:actions|activities)\s*[:=]?\s+(?:is\s+)?{_NUMBER}\.?$",
    rf"\bthere\s+are\s+(?:a\s+total\s+of\s+)?{_NUMBER}\s+{_THINGS}{_ENDS}",
    rf"\ba\s+total\s+of\s+{_NUMBER}\s+{_THINGS}{_ENDS}",
    _TOTAL,
    rf"\bin\s+total,?\s+{_NUMBER}\s+{_THINGS}",
    rf"\bof\s+(?:the|our|all)\s+{_NUMBER}\s+{_THINGS},",
)

# Beside the number of the whole, others are often those of a state: "There are 2 actions in the red category."
_OF_A_GROUP = (
    _TOTAL,
    rf"\bthere\s+are\s+{_ALL}\s+(?:(?:with)?in|under)\s+(?:this|the)\s+(?:\w+\s+)?"
    r"(?:outcome|priority|theme|objective|aim|goal|commitment|section|group|heading|area)[.;:,)]*$",
)
_IN_BRACKETS = (rf"[(\[]\s*{_ALL}\s*[)\]]\s*$",)


def stated_totals(prose: Iterable[str]) -> list[int]:
    """The numbers of activities that the prose states for the plan as a whole.

    >>> stated_totals(["This plan sets out 98 activities.", "Ten actions are complete.", "Six activities in all."])
    [98, 6]
    """
    return _numbers(_STATED, prose)


def stated_counts(prose: Iterable[str]) -> list[int]:
    """The numbers of activities that the prose states for the plan or for one of its groups.

    >>> stated_counts(["98 activities", "There are five actions in this group.", "There are 5 actions overdue."])
    [98, 5]
    """
    return _numbers(_OF_A_PART, prose)


def _numbers(patterns: tuple[str, ...], prose: Iterable[str]) -> list[int]:
    texts = [text for paragraph in prose if _NEAR.search(text := fold(paragraph))]
    compiled = _compiled(patterns) if texts else ()
    return [_value(match["number"]) for text in texts for pattern in compiled for match in pattern.finditer(text)]


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _value(words: str) -> int:
    if words.isdecimal():
        return int(words)
    tens, _, ones = words.lower().replace("-", " ").rpartition(" ")
    return _TENS.get(tens, 0) + (_SMALL.index(ones) + 1 if ones in _SMALL else _TENS[ones])


def total_doubts(prose: Sequence[str], activities: Sequence[Activity], groups: Sequence[Group]) -> list[Doubt]:
    """A doubt where the document states another number of activities than were found.

    Sub-items may be counted one by one or as the one activity that they are parts of. A number that no words say to
    be the whole's may be that of a group, with the groups within it.
    """
    whole = _counts(activities)
    wrong = [] if (totals := stated_totals(prose)) and whole & set(totals) else totals
    stated = _numbers(_OF_A_GROUP, prose) if totals else stated_counts(prose)
    if stated:
        known = whole.union(totals, *(_counts(_within(group, groups, activities)) for group in groups))
        wrong = [*wrong, *(number for number in stated if number not in known)]
    messages = [
        f"The document speaks of {number} activities, and {len(activities)} were found." for number in wrong[:1]
    ]
    if len(set(wrong)) > 1:
        others = ", ".join(map(str, dict.fromkeys(number for number in wrong if number != wrong[0])))
        messages.append(f"The document speaks of {others} activities in a part, and no part has so many.")
    for group in groups:
        held = _counts(own := _within(group, groups, activities))
        for number in _numbers(_IN_BRACKETS, [group.as_published]):
            if number not in held:
                messages.append(f"“{group.title}” is to have {number} activities, and {len(own)} were found.")
    return [Doubt("count-differs", message, "activities", severity="warning") for message in messages]


def _counts(activities: Sequence[Activity]) -> set[int]:
    return {len(activities), len({activity.parent_ref or activity.id for activity in activities})}


def _within(group: Group, groups: Sequence[Group], activities: Sequence[Activity]) -> list[Activity]:
    """The activities of a group and of those below it; a parent stands before its children."""
    ids = {group.id}
    for other in groups:
        if other.parent_id in ids:
            ids.add(other.id)
    return [activity for activity in activities if activity.group_id in ids]
