"""How many activities a document says that it has, where it says so beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor.issues import Doubt
from extractor.records import Activity
from extractor.text import fold

_SMALL = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ANY_TEN, _ANY_SMALL = "|".join(_TENS), "|".join(sorted(_SMALL, key=len, reverse=True))
_NUMBER = rf"(?P<number>\d{{1,4}}|(?:(?:{_ANY_TEN})[\s-])?(?:{_ANY_SMALL}|{_ANY_TEN}))"
_THINGS = r"(?:\w+\s+){0,2}(?:actions|activities|commitments|deliverables|milestones)\b"
_STATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:this|the|our)\s+(?:[\w-]+\s+){{0,4}}?(?:plan|page|document)\s+(?:has|holds|contains|includes|sets\s+out|"
        rf"lists|comprises|consists\s+of|is\s+made\s+up\s+of)\s+(?:a\s+total\s+of\s+)?{_NUMBER}\s+{_THINGS}",
        rf"\bthere\s+are\s+{_NUMBER}\s+{_THINGS}\s+in\s+(?:this|the)\s+(?:plan|page|document)\b",
        rf"\btotal\s+(?:number\s+)?of\s+(?:actions|activities)\s*[:=]?\s+(?:is\s+)?{_NUMBER}(?![\w%/]|[.,]\d)",
        rf"\b{_NUMBER}\s+{_THINGS}\s+in\s+(?:total|all)\b",
    )
)


def stated_totals(prose: Iterable[str]) -> list[int]:
    """The numbers of activities that the prose states for the plan as a whole.

    >>> stated_totals(["This plan sets out 98 activities.", "Ten actions are complete.", "Six activities in all."])
    [98, 6]
    """
    found: list[int] = []
    for paragraph in prose:
        text = fold(paragraph)
        for pattern in _STATED:
            found += [_value(match["number"]) for match in pattern.finditer(text)]
    return found


def _value(words: str) -> int:
    if words.isdecimal():
        return int(words)
    tens, _, ones = words.lower().replace("-", " ").rpartition(" ")
    return _TENS.get(tens, 0) + (_SMALL.index(ones) + 1 if ones in _SMALL else _TENS[ones])


def total_doubts(prose: Iterable[str], activities: Sequence[Activity]) -> list[Doubt]:
    """A doubt where the document states another number of activities than were found.

    Sub-items may be counted one by one or as the one activity that they are parts of.
    """
    totals = stated_totals(prose)
    counts = {len(activities), len({activity.parent_ref or activity.id for activity in activities})}
    if not totals or counts & set(totals):
        return []
    message = f"The document speaks of {totals[0]} activities, and {len(activities)} were found."
    return [Doubt("count-differs", message, "activities", severity="warning")]
