"""List items whose bullets are lost: lines of characters that are set in under a text that ends with a colon.

1. A line goes on with the item before it where its first word would not have fitted there, or in mid-phrase.
2. Items begin alike, in lower case or with a capital, and end alike: with a semicolon, with a stop, or open.
3. Where the room left says neither, or says alone that a line goes on, the list is doubtful.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.read.typeset import TextLine, join_texts, marker_of
from extractor.text import print_width
from extractor.vocabulary.verbs import opens_action

SET_IN = 4
"""A list is set in by at least so many characters."""
_OPEN = re.compile(
    r"(?:[,&–-]|\b(?:and|or|of|the|a|an|to|for|in|on|with|by|from|at|as|our|their|its|that|which|into|per|is|are|be))$"
)
_GOES_ON = re.compile(r"(?:and|or|of|than)\b")
_CLOSED = re.compile(r"(?:[;.]|[;,] (?:and|or))$")


_SURE = 1.5
_REST = 0.6
"""The rest of an item is shorter than so much of what lines of its list are."""
_ALIKE = 2.5
"""How much likelier a line begins an item that opens with a verb in the form of the first one's."""
_BARELY = 1e-6
"""The score of a line that may begin an item, though the one above it left no room."""


def lists_in(lines: Sequence[TextLine], left: float, goes_on: bool = False) -> list[tuple[int, int]]:
    """First and last + 1 of the lines that are a list without bullets, in a cell whose text begins at `left`.

    `goes_on`: the cell may go on from the page before, so that it may begin within a list.
    """
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        above = lines[index - 1] if index else None
        begins = lines[index].x0 >= left + SET_IN and not marker_of(lines[index].text)
        if begins and (
            (above is None and goes_on) or (above is not None and above.x0 < left + SET_IN and above.text.endswith(":"))
        ):
            end = index
            while end < len(lines) and lines[end].x0 >= left + SET_IN - 1:
                end += 1
            found.append((index, end))
            index = end
        else:
            index += 1
    return found


def mark_items(
    lines: Sequence[TextLine], left: float, reach: float, goes_on: bool = False
) -> tuple[list[TextLine], bool]:
    """The lines of a cell with each unmarked item as one, and whether where they begin is doubtful.

    `reach` is how wide the widest line of such a list is in print, in font sizes.
    """
    result: list[TextLine] = []
    doubtful = False
    done = 0
    for first, end in lists_in(lines, left, goes_on):
        result.extend(lines[done:first])
        own, doubted = _items(lines[first:end], reach)
        result.extend(own)
        doubtful = doubtful or doubted
        done = end
    result.extend(lines[done:])
    return result, doubtful


def _items(lines: Sequence[TextLine], reach: float) -> tuple[list[TextLine], bool]:
    reach = max(reach, *(print_width(line.text) for line in lines))
    items = [[lines[0]]]
    in_capitals = lines[0].text[:1].isupper()
    openings = {line.text.split()[0].lower() for line in lines[:1]}
    form = _form(lines[0].text)
    closing = [line for line in lines if line.text.endswith(";")]
    doubtful = False
    scores: list[float] = []
    for before, line in itertools.pairwise(lines):
        room = reach - print_width(before.text) - 0.28 - print_width(line.text.split()[0])
        # No width breaks a line where a third of it would be left.
        most = 2.0 if room < reach / 3 else 4.5
        score = max(-2.0, min(most, (room - 0.3 - 0.02 * reach) / 1.2))
        goes_on = bool(_OPEN.search(before.text) or closing)
        if _CLOSED.search(before.text):
            score += 3.0
        elif goes_on:
            score -= 3.0
        if _GOES_ON.match(line.text) and line.text.split()[0].lower() not in openings:
            score -= 3.0
        if line.text in ("and", "or") or line.text[:1] in ")]":
            score -= 6.0
        if line.text.split()[0].lower() in openings:
            score += 1.0
        elif form and _form(line.text) == form:
            score += _ALIKE
        if line.text[:1].isalpha() and not line.text[:2].isupper():
            is_capital = line.text[:1].isupper()
            if is_capital != in_capitals:
                score -= 2.5 if in_capitals else 1.0
            elif in_capitals:
                score += 0.8
        # That a line was full tells no long item from one that goes on; its words and its letters' case do.
        may_begin = (
            not goes_on
            and not _GOES_ON.match(line.text)
            and (line.text[:1].isupper() == in_capitals or not line.text[:1].isalpha())
        )
        doubtful = doubtful or abs(score) < _SURE or (score <= 0 and may_begin)
        scores.append(score if score > 0 or not may_begin else min(score + _SURE, _BARELY))
    # One full line among short items is hardly the only item of two lines.
    alone = scores.count(_BARELY) == 1 and any(score > _BARELY for score in scores)
    usual = sorted(print_width(line.text) for line in lines)[len(lines) // 2]
    for line, score in zip(lines[1:], scores, strict=True):
        if score > _BARELY or (score == _BARELY and alone and print_width(line.text) > _REST * usual):
            items.append([line])
        else:
            items[-1].append(line)
    marked = [
        replace(
            item[0],
            text=join_texts(item),
            begins="item",
            x1=max(line.x1 for line in item),
            last_line=item[-1].baseline,
        )
        for item in items
    ]
    return marked, doubtful


def _form(text: str) -> str:
    """The form of the verb with which an item begins: "ing" of "filling grit bins", "act" of "plant trees"; else empty.

    >>> _form("filling 150 grit bins"), _form("plant trees"), _form("emotional resilience")
    ('ing', 'act', '')
    """
    first, _, rest = text.partition(" ")
    if first.endswith("ing") and len(first) > _LONGEST_ROOT:
        return "ing"
    return "act" if opens_action(first.capitalize(), rest.partition(" ")[0]) else ""


_LONGEST_ROOT = 5  # letters of "bring" and "King", which are no such form
