"""Lines at the end of a table that are the foot of its page, by their wording or their number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractor.read.alignment.measure import Measure
from extractor.read.typeset import Word, join_words
from extractor.vocabulary.furniture import furniture_kind

_COPYRIGHT = re.compile(r"©|\(c\) |copyright ", re.IGNORECASE)
_ASKED = re.compile(r"(?:was|is|did you find) this (?:page|information|content)\b", re.IGNORECASE)
_FOOT_KINDS = frozenset(("footer", "navigation", "cookie notice", "feedback form", "share links", "back link"))
_FOOT_GAP = 2.5
"""Nothing in the line of a page's foot is further from the next, in font sizes: a bullet from its text."""
_FAR, _SMALLER = 4.0, 0.97
"""So far, in font sizes, a page's foot stands below its text and its number behind its words; and how much smaller."""
_SET_IN = 20
"""No line of a page's foot begins so many font sizes to the right of its last one."""


def is_foot(lines: Sequence[list[Word]], end: int, measure: Measure) -> bool:
    """Whether the line before `end` is a page's foot by its wording, set apart from the table above it.

    In print: an item of a list of links ("• Site map") above a line that is no part of the table either.
    """
    if end < 2:
        return False
    line = lines[end - 1]
    kind = furniture_kind(join_words(line))
    if measure.exact_pitch:
        is_item = len(line) > 1 and line[0].text == "•"
        return end < len(lines) and is_item and kind in ("footer", "navigation", "cookie notice")
    apart = end < len(lines) or line[0].baseline - lines[end - 2][0].baseline > 1.5
    return apart and line[0].x0 <= lines[0][0].x0 + 3 and kind == "footer"


def is_numbered_foot(lines: Sequence[list[Word]], end: int, page: int) -> bool:
    """Whether the printed line before `end` is the foot of its page: in smaller letters than the line above, far below
    it, with nothing but the number of the page at its end."""
    if end < 2 or len(lines[end - 1]) < 2:
        return False
    line, above = lines[end - 1], lines[end - 2]
    return (
        line[-1].text == str(page)
        and line[-1].x0 - line[-2].x1 > _FAR * line[-1].size
        and 1.0 < line[0].size < _SMALLER * above[0].size
        and line[0].baseline - above[0].baseline > _FAR * line[0].size
    )


def without_foot(lines: Sequence[list[Word]], goes_on: bool = False) -> int:
    """How many lines are left without the foot of a web page that was printed, which ends with its copyright.

    Each line of it is furniture by its wording, and runs on without a gap. Where the copyright stands overleaf, the
    question whether the page was helpful, or two links in a list, show the foot; or it is known that it `goes_on`.
    """
    found = end = len(lines)
    links: list[str] = []
    while end > 1 and _runs_on(lines[end - 1]):
        text = join_words(lines[end - 1])
        kind = furniture_kind(text)
        if kind not in _FOOT_KINDS and not (kind == "page date" and text[-1:].isdigit()):
            break
        if lines[end - 1][0].x0 > lines[-1][0].x0 + _SET_IN * lines[-1][0].size:
            break  # it stands in a column
        end -= 1
        links = [*links, kind] if kind and lines[end][0].text == "•" else []
        shown = _COPYRIGHT.match(text) or _ASKED.match(text) or (len(links) > 1 and "footer" in links)
        found = end if shown or (goes_on and links) or found < len(lines) else found
    return found


def is_all_foot(lines: Sequence[list[Word]]) -> bool:
    """Whether a page holds nothing but the rest of the foot of a web page that was printed."""
    return bool(lines) and without_foot(lines) < 2 and furniture_kind(join_words(lines[0])) in _FOOT_KINDS


def _runs_on(line: Sequence[Word]) -> bool:
    """Whether nothing in a line is far from the next; in columns of characters a bullet may be far from its text."""
    return all(
        word.x0 - before.x1 < _FOOT_GAP * word.size or (before is line[0] and before.text == "•" and word.size <= 1.0)
        for before, word in pairwise(line)
    )
