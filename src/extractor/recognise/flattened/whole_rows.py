"""Which lines hold a whole row each, in a text whose rows have no refs of their own.

1. A browser writes a row of a table on one line, whatever parts its cells afterwards: where the header stands on one
   line and nearly every line below it holds a date among other words, these lines are rows.
2. A line without a date may go on with the row above it or begin the one below: it says nothing, and neither does the
   line behind it.
3. Lines that come again in the same words, one below the other, are no rows: they are another table, or a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise, takewhile

from extractor.recognise.flattened.headings import capital_headings
from extractor.recognise.flattened.stream import TextLine
from extractor.vocabulary import Meaning
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales

_FEWEST = 3
_MOSTLY = 0.75
_FEWEST_WORDS = 3  # of a row beside its date


_PERIOD = re.compile(r"Q[1-4]|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)")
_FEWEST_PERIODS = 3
_TICK = re.compile(r"[✓✔√☑✅✗✘●■▪◆★✱–—-]|Yes|No|Y|N")


def periods_behind(words: Sequence[str]) -> list[str]:
    """The words that end a header and each head the column of a quarter or a month, in which rows are ticked; empty
    where these are few.

    >>> periods_behind("Action Lead Q1 Q2 Q3 Q4".split()), periods_behind("Action Lead May".split())
    (['Q1', 'Q2', 'Q3', 'Q4'], [])
    """
    found = list(takewhile(_PERIOD.fullmatch, reversed(words)))[::-1]
    return found if len(set(found)) == len(found) >= _FEWEST_PERIODS else []


def ticks_behind(text: str) -> list[str]:
    """The ticks that end a line, and the words that say whether something is ticked.

    >>> ticks_behind("Open the hub Manager Yes No"), ticks_behind("● Open the hub")
    (['Yes', 'No'], [])
    """
    return list(takewhile(_TICK.fullmatch, reversed(text.split())))[::-1]


def lines_of_rows(
    tables: Sequence[Sequence[TextLine]],
    ticked: Container[int] = (),
    states: bool = False,
    first_column: Meaning | None = "activity",
) -> list[list[int]]:
    """For the lines of each table with one header, the indexes of those that open rows for certain.

    Empty lists where lines are no rows. The tables' header has a column of dates, or several in which the lines with
    the numbers `ticked` have ticks, and stands on one line. Where they have a column of `states` too, "Complete" is no
    date.
    """
    found: list[list[int]] = []
    dated = filled = 0
    again = lines_again(tables)
    for lines in tables:
        opens: list[int] = []
        heads = capital_headings(lines, first_column)
        over = True  # what stands above a line is no row that could go on
        for index, line in enumerate(lines):
            marked = line.heading_level or is_labelled_group(line.text) or index in heads
            if not line.text or marked or line.number in again:
                over = over or bool(line.text)
                continue
            filled += 1
            whole = not line.item and (line.number in ticked or _is_whole(line.text, states))
            dated += whole
            if whole and over:
                opens.append(index)
            over = whole
        found.append(opens)
    return found if dated >= _FEWEST and dated >= _MOSTLY * filled else [[] for _ in tables]


def lines_again(tables: Sequence[Sequence[TextLine]]) -> frozenset[int]:
    """The numbers of the lines that stand in several places in the same words, with one that does so beside them."""
    counts = Counter(line.text for lines in tables for line in lines if line.text)
    found: set[int] = set()
    for lines in tables:
        filled = [line for line in lines if line.text]
        for one, other in pairwise(filled):
            if counts[one.text] > 1 < counts[other.text]:
                found.update((one.number, other.number))
    return frozenset(found)


def _is_whole(text: str, states: bool) -> bool:
    """Whether a line may be a whole row: words with a date among or behind them."""
    for span in find_timescales(text):
        if states and span.strength == "weak" and is_state(text[span.start : span.end]):
            continue
        before, after = text[: span.start].split(), text[span.end :].split()
        apart = not after or after[0][:1].isupper() or not after[0][:1].isalpha()
        if before and len(before) + len(after) >= _FEWEST_WORDS and (span.strength == "strong" or apart):
            return True
    return False
