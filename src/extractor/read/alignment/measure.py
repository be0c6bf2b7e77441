"""What tells the words of a page from columns of characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.fixed import fixed
from extractor.read.typeset import Word


@fixed(frozen=True, slots=True)
class Measure:
    """What tells the words of a page from columns of characters."""

    blank: float
    """Width of a blank, in font sizes."""
    snap: float
    """Words that begin within this distance of each other, in font sizes, begin together."""
    level_gap: float
    """The least distance between the baselines of two rows, in font sizes."""
    slack: float
    """How exactly the right edge of a column is known, in font sizes."""
    exact_pitch: bool
    """Distances between lines are exact, so that those of one paragraph can be told."""


PRINT = Measure(0.28, 0.16, 0.8, 0.3, True)


CHARACTERS = Measure(1.0, 1.05, 0.9, 1.0, False)


def print_measure(lines: Sequence[Sequence[Word]]) -> Measure:
    """The measure of a printed page: with the blank that most of its words keep between them."""
    shares = sorted(
        [
            gap / size
            for line in lines
            for before, word in pairwise(line)
            if 0.12 * (size := word.size) < (gap := word.x0 - before.x1) < 0.9 * size
        ]
    )
    if len(shares) < 8:
        return PRINT
    return replace(PRINT, blank=min(max(shares[len(shares) // 2], 0.2), 0.7))
