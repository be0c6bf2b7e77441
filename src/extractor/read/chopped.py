"""Words that pandoc cut at the width of the column that it drew, whole again.

1. A word that is longer than its column is wide stands on lines of its own: the first holds what the others leave over,
   and each other one fills the column ("Fai", "rbairn" where six characters have room). So a line that does not fill it
   is no further part of a word, and a line that fills it may be one.
2. Lines are filled: where the first part of a word would have had room on the line above, it is no word.
3. Where both may be, words decide: those of plans, and those that stand whole elsewhere in the text. A number is no
   part of a word, and no part begins with a capital behind a small letter. Where these say little, the cell is doubted.
4. How long words are only chooses. A whole that is not known is sure where no two words may meet at any of its joints:
   by rule 2, or by what stands before or behind the joint, which no word is or begins with. Two lines of which neither
   is known are never surely two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractor.text import fold, words
from extractor.vocabulary.divided import BOUND_ENDING, PLAN_WORDS, SMALL_WORDS
from extractor.vocabulary.roles import DANGLING
from extractor.vocabulary.states import STATES

_MOST_PARTS = 24
_LONGEST_WHOLE = 40  # characters
_DASH = re.compile(r" [-\u2010-\u2015]\Z")  # pandoc begins no line with a dash: it would be an item's
_JOINTS = frozenset(("-", "--", "\u2013", "\u2014", "/", "&"))
_TAGS = ("<div>", "</div>")
_FIGURES = re.compile(r"[\W\d_]*\Z")
_EDGES = re.compile(r"^\W+|\W+$")

_Texts = list[tuple[int, str]]


class Known:
    """Words that are whole: those of plans, and those of lines on which several stand, none of which is a part."""

    def __init__(self, lines: Iterable[str]) -> None:
        found = set(_COMMON)
        for line in lines:
            if " " in line.strip():
                found.update(word.lower() for word in words(line))
        self._words = {word for word in found if len(word) > 1}
        self._starts = {word[:_START] for word in found if len(word) > _START + 1}

    def holds(self, text: str) -> bool:
        """Whether a text is made of whole words: "technology-enabled"."""
        if text in _TAGS:
            return True
        found = [word.lower() for word in words(_DASH.sub("", text))]
        return bool(found) and all(word in self._words for word in found)

    def may_begin(self, text: str) -> bool:
        """Whether some word begins as a text does."""
        return _EDGES.sub("", text)[:_START].lower() in self._starts


_COMMON = PLAN_WORDS.union(
    SMALL_WORDS,
    fold(
        """
        all along also among any because being both but could did does down each every everyone everybody how more
        most must never new one only other own should since some such them there these they this those together
        towards until upon using very well wellbeing what whole why you
        """
    ).split(),
    *(state.split() for state in STATES),
)
_START = 3


def rejoined(texts: Sequence[tuple[int, str]], room: int, known: Known, inset: int = 0) -> tuple[_Texts, bool]:
    """The lines of a cell, by number, with the words whole that are longer than its room, and whether some may be other
    words. A word stands on the line of its first part. What is set in has less room, but for further parts of words.

    >>> rejoined([(1, "Cllr"), (2, "Fai"), (3, "rbairn")], 6, Known([]))
    ([(1, 'Cllr'), (2, 'Fairbairn')], False)
    >>> rejoined([(1, "repair"), (2, "bridge")], 6, Known([]))
    ([(1, 'repairbridge')], True)
    """
    bare = [text.strip() for _, text in texts]
    if not any(len(text) == room for text in bare[1:]):
        return list(texts), False
    each = _A_WORD if room < _TWO_LETTERS else 0.0
    costs: list[float] = [0.0]
    starts: list[int] = [0]
    for end in range(1, len(bare) + 1):
        ways = [(costs[end - 1] + each + _alone(bare, end - 1, room, known, inset), end - 1)]
        first = end - 1
        while first > 0 and end - first < _MOST_PARTS and _fills(bare[first], room, last=first == end - 1):
            first -= 1
            if (
                not bare[first]
                or " " in bare[first]
                or (end - first - 1) * room + len(bare[first]) > _LONGEST_WHOLE
                or len(bare[first]) > room - (0 if _fills(bare[first], room, last=False) else inset)
            ):
                break
            ways.append((costs[first] + each + _joined(bare[first:end], known), first))
        cost, start = min(ways)
        costs.append(cost)
        starts.append(start)
    found: _Texts = []
    unsure = False
    end = len(bare)
    while end:
        start = starts[end]
        number, text = texts[start]
        if end - start > 1:
            apart = sum(_alone(bare, index, room, known, inset) for index in range(start, end))
            unsure = unsure or apart - (costs[end] - costs[start] - each) < _SURE
            unsure = unsure or _may_be_several(bare[start:end], known, _had_room(bare, start, room, inset))
            text = text.rstrip() + "".join(bare[start + 1 : end])
        elif (
            start and starts[start] == start - 1 and _fills(bare[start], room, last=True) and " " not in bare[start - 1]
        ):
            apart = _alone(bare, start - 1, room, known, inset) + _alone(bare, start, room, known, inset)
            unsure = unsure or (bool(bare[start - 1]) and _joined(bare[start - 1 : end], known) - apart < _SURE)
            unsure = unsure or _may_be_one(bare[start - 1], bare[start], known)
        found.append((number, text))
        end = start
    return found[::-1], unsure


_SURE = 0.9
_TWO_LETTERS, _A_WORD = 3, 0.6  # where nearly every line is full, short words are found in long ones
_A_LETTER = 0.04  # what each letter of an unknown word speaks against it
_LONG, _A_FURTHER_LETTER = 12, 0.4  # ... and each beyond those that few words have


def _fills(text: str, room: int, last: bool) -> bool:
    """Whether a line may be a further part of a word; only the last of them may have a dash behind it."""
    return len(text) == room and " " not in (_DASH.sub("", text) if last else text)


def _had_room(bare: Sequence[str], index: int, room: int, inset: int) -> bool:
    """Whether what a line begins with would have had room on the line above."""
    above = bare[index - 1] if index else ""
    return bool(above) and inset + len(above) + 1 + len(bare[index].split(" ", 1)[0]) <= room


def _may_be_several(parts: Sequence[str], known: Known, had_room: bool) -> bool:
    """Whether some joint of a word that is not known may part two words. `had_room`: the first part is no word."""
    word = "".join(parts)
    if known.holds(word) or _FIGURES.match(word):
        return False
    no_word = had_room or (_SHORT.fullmatch(parts[0]) and not known.holds(parts[0]))
    for left, right in pairwise(parts[1:] if no_word else parts):
        bound = right is parts[-1] and BOUND_ENDING.fullmatch(_EDGES.sub("", right))
        if not (left.endswith(("-", "/")) or _NO_BEGINNING.match(right) or bound):
            return True
    return False


def _may_be_one(left: str, right: str, known: Known) -> bool:
    """Whether two lines that no word is known of may be parts of one."""
    apart = len(left) < _START or not left[-1:].isalpha() or not right[:1].islower()
    return not (apart or known.holds(left) or known.holds(right))


_SHORT = re.compile(r"\W*(?:[^\W\d_]|[^\W\d_][a-z])")  # "IT" may be a word
_NO_BEGINNING = re.compile(
    r"""[-/\u2019',;:.)]|(?!(?:[bcfgp][lr]|[cgprtsw]h|[dtw]r|[dst]w|gn|k[nlr]|ps|s[cklmnpqt]|chr|phr|thr|shr|scr|spr|str
    |spl|sch)[aeiouy])[bcdfghj-np-tvwxz]{2,}[aeiouy]""",
    re.VERBOSE,
)
"""What no English word in small letters begins with."""


def _alone(bare: Sequence[str], index: int, room: int, known: Known, inset: int) -> float:
    """What speaks against a line's being whole, where it may be a part."""
    text = bare[index]
    above = bare[index - 1] if index else ""
    behind = _fills(text, room, last=True) and bool(above) and " " not in above
    before = index + 1 < len(bare) and _fills(bare[index + 1], room, last=True) and " " not in text
    if not (behind or before) or not text:
        return 0.0
    against = 1.0 if _had_room(bare, index, room, inset) else 0.0
    if _FIGURES.match(text):
        return against + (1.0 if behind and above[-1:].isdigit() else 0.0)
    if known.holds(text):
        return against
    if text in ("a", "A"):
        return against + 0.8
    if behind and not before and text[:1].isupper():
        return against + 0.7
    size = 1.5 if len(text) <= 4 else 1.0 if len(text) <= 6 else 0.7
    if behind and len(_EDGES.sub("", text)) >= _START:
        size += -0.4 if text[:1].islower() and known.may_begin(text) else 1.0 if text[:1].islower() else 0.0
        size += 1.0 if BOUND_ENDING.fullmatch(_EDGES.sub("", text)) else 0.0
    return against + size


def _joined(parts: Sequence[str], known: Known) -> float:
    """What speaks against some lines' being parts of one word."""
    word = "".join(parts)
    against = 0.0
    for left, right in pairwise(parts):
        if (
            left in _JOINTS
            or (left[-1:] in ",;:)" and right[:1].isalnum())
            or (left[-1:] == "." and right[:1].isalpha())
        ):
            against += 3.0
        elif right[:1].isupper() and (left[-1:].islower() or (left[-1:].isupper() and right[1:2].islower())):
            against += 2.5
        elif left[-1:].isalpha() and right[:1].isdigit() and not left[-1:].isupper():
            against += 3.0
        elif left[-1:].isdigit() and right[:1].isalpha() and len(right) > 2:
            against += 2.0
    if _FIGURES.match(word):
        return against + 0.2
    if known.holds(word):
        return against
    size = len(_EDGES.sub("", word))
    likely = 1.8 if parts[0].lower() in DANGLING else 1.0
    return against + likely + _A_LETTER * size + _A_FURTHER_LETTER * max(0, size - _LONG)
