"""Words that are set sideways or aslant, as in the header cells of narrow columns, in the order in which they are read.

1. Text reads along its own direction, and its lines follow each other across it, whatever the order of drawing.
2. What is set aslant belongs where its foot stands: it leans over the columns beside its own.
3. A header whose cells lean with their text has no ruled cells: its words stand over the columns that they head.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import cos, radians, sin
from operator import attrgetter

from extractor.read.pdf.pages import Page, Rule
from extractor.read.typeset import TextLine, Word, as_text_line, text_lines
from extractor.vocabulary.headers import header_meaning

_ON_ONE_LINE = 0.4
_SAME_CELL = 1.2
"""Words of one line are no further apart than this, in font sizes."""
_NEXT_LINE = 1.4
_ABOVE = 2.5
"""A leaning header ends no further above its column than this, in font sizes."""
_FOOT = 0.4
_FEWEST_LABELS = 2
_LEVEL = 3.0


def joined(sheet: Page) -> list[Word]:
    """The words of a page; those set sideways, or aslant, that follow each other are one word."""
    turned = [word for word in sheet.words if word.high]
    if len(turned) < 2:
        return sheet.words
    made: list[Word] = []
    for run in _runs(turned, sheet.rules):
        last = made[-1] if made else None
        if last is not None and _is_next_line(last, run, sheet.rules):
            made[-1] = _one_word([last, run])
        else:
            made.append(run)
    upright = [word for word in sheet.words if not word.high]
    _set_beside(made, upright)
    return sorted([*upright, *made], key=lambda word: word.order)


def _set_beside(turned: Sequence[Word], upright: Sequence[Word]) -> None:
    """Sets the one line of a header that stands beside labels set sideways, at their heads or in their middle, on the
    line at which the longest ends, and so the labels."""
    labels = [word for word in turned if word.angle % 180 == 90 and header_meaning(word.text)]
    if len(labels) < _FEWEST_LABELS:
        return
    bottom, top = max(word.baseline for word in labels), min(word.high for word in labels)
    at_foot = [word for word in labels if bottom - word.baseline < _LEVEL]
    labels = max(at_foot, [word for word in labels if word.high - top < _LEVEL], key=len)
    bottom, top = max(word.baseline for word in labels), min(word.high for word in labels)
    beside = [word for word in upright if top - word.size <= word.baseline <= bottom]
    lines = text_lines(beside)
    if len(labels) < _FEWEST_LABELS or len(lines) != 1:
        return
    runs = [[lines[0][0]]]
    for before, word in pairwise(lines[0]):
        if word.x0 - before.x1 > word.size:
            runs.append([])
        runs[-1].append(word)
    if not all(header_meaning(as_text_line(run).text) for run in runs):
        return
    for word in (*lines[0], *labels):
        word.baseline = bottom


def _runs(turned: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """The words that follow each other on one line, as one."""
    runs: list[Word] = []
    for line in _lines(turned):
        run = [line[0]]
        for before, word in pairwise(line):
            near = _start(word) - _end(before) < _SAME_CELL * word.size
            if near and _alike(before, word) and not _parted(before, word, rules, True):
                run.append(word)
            else:
                runs.append(_one_word(run))
                run = [word]
        runs.append(_one_word(run))
    return runs


def _is_next_line(above: Word, below: Word, rules: Sequence[Rule]) -> bool:
    """Whether the second is the next line of the cell that the first is set sideways in."""
    return (
        _alike(above, below)
        and above.angle in (90, 270)
        and abs(above.x0 - below.x0) < _NEXT_LINE * below.size
        and max(below.high - above.baseline, above.high - below.baseline) < 0.0
        and not _parted(above, below, rules, False)
    )


def cell_lines(words: Sequence[Word]) -> list[TextLine]:
    """The lines of a cell, top to bottom; what is set sideways or aslant in it is one line."""
    turned = [word for word in words if word.high]
    if not turned:
        return [as_text_line(line) for line in text_lines(words)]
    angles = dict.fromkeys(word.angle for word in turned)
    whole = [
        _one_word([word for line in _lines(word for word in turned if word.angle == angle) for word in line])
        for angle in angles
    ]
    lines = [as_text_line([word]) for word in whole]
    lines += [as_text_line(line) for line in text_lines(word for word in words if not word.high)]
    return sorted(lines, key=lambda line: line.top)


def foot(word: Word) -> float:
    """Where along the page the text of a word stands: its middle, or the lower end of what is set aslant."""
    if not word.angle % 90:
        return (word.x0 + word.x1) / 2
    leans_right = word.angle % 180 < 90
    return word.x0 + _FOOT * word.size if leans_right else word.x1 - _FOOT * word.size


_angle = attrgetter("angle")


def leaning_header(xs: Sequence[float], top: float, words: Iterable[Word]) -> dict[int, list[Word]]:
    """By column, the words set aslant that stand over a table's columns; empty where fewer than two columns have any.

    `xs` are the edges of the columns, `top` is the upper edge of the table.
    """
    found: dict[int, list[Word]] = {}
    for word in filter(_angle, words):
        stands = top - _ABOVE * word.size < word.baseline < top + _FOOT * word.size
        if word.angle % 90 and stands and xs[0] < foot(word) < xs[-1]:
            found.setdefault(bisect_right(xs, foot(word)) - 1, []).append(word)
    return found if len(found) > 1 else {}


# --- along and across the text -----------------------------------------------------------------------------


def _across(word: Word) -> float:
    """How far the word's line stands down its block of text."""
    angle = radians(word.angle)
    return (word.x0 + word.x1) / 2 * sin(angle) + (word.high + word.baseline) / 2 * cos(angle)


def _along(word: Word) -> float:
    angle = radians(word.angle)
    return (word.x0 + word.x1) / 2 * cos(angle) - (word.high + word.baseline) / 2 * sin(angle)


def _length(word: Word) -> float:
    """How long the word is along its text: its box is that of a strip as high as its font."""
    angle = radians(word.angle)
    c, s = abs(cos(angle)), abs(sin(angle))
    return max((word.x1 - word.x0) * c + (word.baseline - word.high) * s - 2 * word.size * s * c, 0.0)


def _start(word: Word) -> float:
    return _along(word) - _length(word) / 2


def _end(word: Word) -> float:
    return _along(word) + _length(word) / 2


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words by their lines, and in each in the order in which they are read; lines of one direction together."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.angle, _across(word))):
        last = lines[-1][0] if lines else None
        if last is not None and last.angle == word.angle and _across(word) - _across(last) < _ON_ONE_LINE * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=_along)
    return lines


def _alike(one: Word, other: Word) -> bool:
    return one.angle == other.angle and one.mcid == other.mcid and abs(one.size - other.size) < 0.1 * other.size


def _parted(one: Word, other: Word, rules: Sequence[Rule], along: bool) -> bool:
    """Whether a rule runs between two words that stand one after another `along` their text, or side by side."""
    if one.angle % 90:
        return False
    if along:
        upper, lower = (one, other) if one.high < other.high else (other, one)
        at, low, high = (one.x0 + one.x1) / 2, upper.baseline - 1, lower.high + 1
    else:
        left, right = (one, other) if one.x0 < other.x0 else (other, one)
        at, low, high = max(one.high, other.high), left.x1 - 1, right.x0 + 1
    return any(rule.horizontal is along and rule.start <= at <= rule.end and low <= rule.at <= high for rule in rules)


def _touches(before: Word, word: Word) -> bool:
    """Whether a letter stands right behind another, as browsers draw those of turned text one by one."""
    return len(before.text) == len(word.text) == 1 and abs(_start(word) - _end(before)) < _LETTER_GAP * word.size


_LETTER_GAP = 0.1


def _one_word(words: Sequence[Word]) -> Word:
    """Words that are read one after another, as one."""
    text = words[0].text
    for before, word in pairwise(words):
        on_line = abs(_across(word) - _across(before)) < _ON_ONE_LINE * word.size
        glued = on_line and (word.glued or _touches(before, word))
        hyphened = len(text) > 1 and text[-1] == "-" and text[-2].isalnum() and word.text[:1].islower()
        text += word.text if glued or hyphened else f" {word.text}"
    return replace(
        words[0],
        text=text,
        x0=min(word.x0 for word in words),
        x1=max(word.x1 for word in words),
        high=min(word.high for word in words),
        baseline=max(word.baseline for word in words),
        order=min(word.order for word in words),
        bold=all(word.bold for word in words),
        unmapped=any(word.unmapped for word in words),
    )
