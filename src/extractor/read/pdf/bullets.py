"""Bullets that a program draws as discs, as characters before the lines that they stand before.

WebKit (wkhtmltopdf, Safari) draws the markers of a list so: without them its items are one paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from extractor.locations import Box
from extractor.read.typeset import Word

SMALLEST, LARGEST = 1.5, 8.0
"""Bullets are so large, in points."""
_SMALL, _LARGE = 0.2, 0.7
"""... and in font sizes of the text behind them."""
_LOW, _HIGH = 0.1, 0.65
"""How far above the baseline their middle stands, in font sizes."""
_FAR = 2.0
"""The text begins no further behind its bullet than this, in font sizes, and none ends nearer before it."""
_MOST = 2000

_baseline = attrgetter("baseline")


def is_round(box: Box) -> bool:
    """Whether a filled figure is as large as a bullet, and as wide as it is high."""
    width, height = box[2] - box[0], box[3] - box[1]
    return SMALLEST < width < LARGEST and SMALLEST < height < LARGEST and abs(width - height) < 0.15 * width


def with_bullets(words: list[Word], discs: Sequence[Box]) -> list[Word]:
    """The words, with a bullet for each disc that stands right before the first of a line or of a cell."""
    if not discs or len(discs) > _MOST:
        return words
    lines = sorted(words, key=_baseline)
    levels = list(map(_baseline, lines))
    found: list[Word] = []
    for left, top, right, bottom in discs:
        middle, diameter = (top + bottom) / 2, bottom - top
        largest = diameter / _SMALL
        near = lines[bisect_left(levels, middle) : bisect_right(levels, middle + _HIGH * largest)]
        line = [
            word
            for word in near
            if _SMALL * word.size <= diameter <= _LARGE * word.size
            and _LOW * word.size <= word.baseline - middle <= _HIGH * word.size
            and not word.angle
        ]
        behind = min((word for word in line if word.x0 >= right), key=attrgetter("x0"), default=None)
        if behind is None or behind.x0 - right > _FAR * behind.size:
            continue
        if any(word.x0 < right and word.x1 > left - _FAR * word.size for word in line):
            continue  # it stands within a line
        found.append(
            Word(
                "•", left, right, behind.baseline, behind.size, behind.page, behind.order - 1, behind.bold, behind.mcid,
                artifact=behind.artifact, form=behind.form,
            )
        )  # fmt: skip
    return [*words, *found]
