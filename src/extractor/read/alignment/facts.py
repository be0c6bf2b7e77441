"""What holds for the whole of a table on its page, and which of its lines go on with the one above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.fixed import fixed
from extractor.read.alignment.headers import Column
from extractor.read.alignment.kinds import LETTER, LOWER
from extractor.read.alignment.measure import Measure
from extractor.read.alignment.shapes import Level
from extractor.read.overleaf import PageCell, begins_ref, is_ref, opens_with_ref
from extractor.read.typeset import TextLine, marker_of, room_left
from extractor.rows import PEOPLE, TIMES
from extractor.text import breaks_off
from extractor.vocabulary import Meaning
from extractor.vocabulary.roles import closes_name
from extractor.vocabulary.times import is_timescale

_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|q(?:uarter )?[1-4]|spring|summer|autumn|winter)\Z",
    re.IGNORECASE,
)
_UNKNOWN = 1e9
_PADDED = 0.1
"""Rows stand further apart than the lines of a cell, by this share of the font size at least, where they are padded."""
_TORN_REF, _REST_OF_REF = re.compile(r"[A-Z]{1,6}[-.]?\d{0,2}"), re.compile(r"[A-Z]{0,2}\d{1,2}[a-z]?")


@fixed(frozen=True, slots=True)
class Facts:
    """What holds for the whole of a table on its page."""

    columns: Sequence[Column]
    measure: Measure
    limits: Sequence[float]
    """How far to the right the text of each column reaches."""
    pitch: float
    """The usual distance between lines of one paragraph, in font sizes."""
    wrapped: bool
    """Lines of print are broken by their column's width."""
    letters_alone: bool
    """Refs such as "a)" stand in rows of their own; else they are the second line of "3.5 a)"."""
    row_gap: float = 0.0
    """The least distance between lines of two rows, in font sizes; 0 where it is not known to exceed the pitch."""
    torn_refs: frozenset[str] = frozenset()
    """What stands on the first lines of refs that a narrow column of characters tore: "SC-0" over "1"."""

    def one_ref(self, texts: Sequence[str]) -> bool:
        """Whether lines of the column of refs are one ref, wrapped or not."""
        if len(texts) == 1:
            return True
        glue = "" if begins_ref(texts[0]) or texts[0] in self.torn_refs else " "
        return self.wrapped and not self.letters_alone and is_ref(glue.join(texts))


@dataclass(slots=True)
class Centred:
    """The cells of a table in print that are centred; of the `floating` ones it is known that they reach into several
    rows."""

    cells: list[list[PageCell]]
    facts: Facts
    floating: Sequence[PageCell]
    ended: bool = False
    """Something else stands below the table on its page: the end of the page cuts none of its cells."""


@dataclass(slots=True)
class Lean:
    """How much better the document's tables are read as centred vertically than as aligned at the top, so far."""

    centred: float = 0.0
    gap: float = 0.0
    """The least distance between two rows of cells that are centred, in lines; 0 where none is known."""
    margin: float = 0.0
    """The lower margin of paragraphs in such cells, in lines."""
    under_header: float = _UNKNOWN
    """The least distance of a first row from its header, in font sizes, as far as pages show it."""
    apart: float = _UNKNOWN
    """The least of the widest distances between lines from one ref or time to the next, likewise."""
    waiting: list[Centred] = field(default_factory=list)
    """The tables in print whose cells are centred: which of them are merged is told when all are known."""
    going_on: int = 0
    """Lines that go on in mid-phrase with the line above in their column."""
    pairs: int = 0
    """Lines that stand directly under another in their column."""

    def weigh(self, top: float, middle: float) -> bool:
        """Whether a table is centred, by what its rows cost either way and by the tables before."""
        centred = middle - self.centred < top
        self.centred += max(-4.0, min(4.0, 0.5 * (top - middle)))
        return centred


def _is_wrapped(levels: Sequence[Level], measure: Measure, lean: Lean) -> bool:
    """Whether lines of print are broken by their column's width; some programs widen the column instead."""
    if measure.exact_pitch:
        return True
    last: dict[int, TextLine] = {}
    for level in levels:
        for column, line in level.cells.items():
            before = last.get(column)
            if before is not None and line.baseline - line.skips - before.baseline <= 1.05:
                lean.pairs += 1
                if breaks_off(before.text) or (line.text[:1] in LOWER and marker_of(line.text) == ""):
                    lean.going_on += 1
            last[column] = line
    return lean.going_on >= 3 and lean.going_on * 25 > lean.pairs


def gather_facts(
    levels: Sequence[Level], columns: Sequence[Column], measure: Measure, lean: Lean, headed: bool = False
) -> Facts:
    """What holds for a table; what it shows of the document's goes to `lean`. `headed`: its header stands above it."""
    limits = [0.0] * len(columns)
    for level in levels:
        for column, line in level.cells.items():
            limits[column] = max(limits[column], line.reach)
    ref = next((index for index, column in enumerate(columns) if column.meaning == "ref"), None)
    refs = [level.cells[ref].text for level in levels if ref is not None and ref in level.cells]
    letters = any(LETTER.fullmatch(one) and LETTER.fullmatch(other) for one, other in pairwise(refs))
    pitch = _pitch(levels, columns, measure, ref if letters else None)
    gap = _row_gap(levels, columns, pitch, lean, headed) if measure.exact_pitch else 0.0
    return Facts(
        columns,
        measure,
        limits,
        pitch,
        _is_wrapped(levels, measure, lean),
        letters,
        gap if gap > pitch + _PADDED else 0.0,
        _torn_refs(levels, ref) if ref is not None and not measure.exact_pitch else frozenset(),
    )


def _torn_refs(levels: Sequence[Level], column: int) -> frozenset[str]:
    """What stands again and again in a column of refs, with the rest of one right below: no two refs are the same."""
    lines = [level.cells[column] for level in levels if column in level.cells]
    counts = Counter(line.text for line in lines)
    torn = {line.text for line in lines if counts[line.text] > 1 and _TORN_REF.fullmatch(line.text)}
    for line, below in pairwise(lines):
        near = below.baseline - below.skips - line.baseline <= 1.05
        if line.text in torn and not (near and _REST_OF_REF.fullmatch(below.text)):
            torn.remove(line.text)
    return frozenset(torn)


def _row_gap(levels: Sequence[Level], columns: Sequence[Column], pitch: float, lean: Lean, headed: bool) -> float:
    """The least distance between lines of two rows of print, in font sizes; 0 where it is not told twice.

    A header tells it, above the first row, unless it is padded wider; and between two refs or times some row ends so
    far above the next at most.
    """
    size = levels[0].size
    words = [word for column in columns for word in column.words] if headed else []
    if words and abs(words[0].size - size) < 0.05 * size:
        first = levels[0].baseline - max(word.baseline for word in words)
        lean.under_header = min(lean.under_header, first / size)
    meanings = [column.meaning for column in columns]
    merged = {index for index, meaning in enumerate(meanings) if meaning == "group" or meaning in PEOPLE}
    held = [level for level in levels if level.across is not None or not merged.issuperset(level.cells)]
    column, begins = _beginnings(held, meanings)
    last = 0.0
    widest: float | None = None
    for above, level in pairwise([*held[:1], *held]):
        if level.across is not None or above.across is not None:
            widest = None
        elif widest is not None:
            widest = max(widest, level.baseline - above.baseline)
        line = level.cells.get(column)
        if line is None:
            continue
        is_apart = line.baseline - last > (pitch + _PADDED) * size
        last = line.baseline
        if is_apart and begins(line.text):
            lean.apart = min(lean.apart, _UNKNOWN if widest is None else widest / size)
            widest = 0.0
    gap = min(lean.under_header, lean.apart)
    return gap if max(lean.under_header, lean.apart) < _UNKNOWN else 0.0


def _beginnings(levels: Sequence[Level], meanings: Sequence[Meaning | None]) -> tuple[int, Callable[[str], bool]]:
    """The column that tells rows from each other (-1: none), and what shows the beginning of one: a ref, or a time."""
    if "ref" in meanings:
        return meanings.index("ref"), is_ref
    activity = meanings.index("activity") if "activity" in meanings else -1
    if sum(opens_with_ref(level.cells[activity].text) for level in levels if activity in level.cells) > 1:
        return activity, opens_with_ref
    return (meanings.index("timescale") if "timescale" in meanings else -1), is_timescale


def _pitch(levels: Sequence[Level], columns: Sequence[Column], measure: Measure, lettered: int | None) -> float:
    """The usual distance between lines of one paragraph, in font sizes.

    "by 31 August" goes on with no "July" above it: they are two times, of two rows. So does no text beside "b)" in
    the column of `lettered` refs, if such stand in rows of their own.
    """
    if not measure.exact_pitch:
        return 1.0
    shares: list[float] = []
    last: dict[int, TextLine] = {}
    for level in levels:
        beside = level.cells.get(lettered) if lettered is not None else None
        sub_item = beside is not None and LETTER.fullmatch(beside.text)
        for column, line in level.cells.items():
            before = last.get(column)
            two_times = columns[column].meaning == "timescale" and before and are_two_times(before.text, line.text)
            apart = sub_item or two_times
            if before is not None and not apart and abs(before.size - line.size) < 0.3:
                share = (line.baseline - before.baseline) / line.size
                if 0.9 <= share <= 1.7 and (_is_lower(line.text) or breaks_off(before.text)):
                    shares.append(share)
            last[column] = line
    shares.sort()
    return shares[(len(shares) - 1) // 2] if shares else 1.15


def goes_on(
    before: TextLine, line: TextLine, column: int, facts: Facts, lower: bool = True, again: bool = False
) -> bool:
    """Whether a line surely belongs to the same cell as the line before it in its column.

    `lower`: what begins with a small letter does; else it may be the text of another sub-item. `again`: other cells
    begin with the same words, so that neither a small letter nor the last word of a name ties it.
    """
    measure = facts.measure
    year_alone = not measure.exact_pitch and ends_date(before.text, line.text)
    if facts.columns[column].meaning == "timescale" and not year_alone and are_two_times(before.text, line.text):
        return False
    distance = (line.baseline - line.skips - before.baseline) / max(line.size, 0.1)
    if facts.columns[column].meaning == "ref":
        return distance <= 1.04 * facts.pitch and facts.one_ref((before.text, line.text))
    if distance > facts.pitch + (0.06 if measure.exact_pitch else 0.05):
        return False
    if before.wraps or (lower and not again and _is_lower(line.text)) or breaks_off(before.text):
        return True
    if not measure.exact_pitch:
        # Where a line was full is known too roughly; but "Division" names nobody by itself, and "2025" ends a date.
        meaning = facts.columns[column].meaning
        return closes_name(line.text) and not again if meaning in PEOPLE else meaning in TIMES and year_alone
    # Lines of one cell follow at the pitch; rows have at least a little padding, or a line that was not full.
    return not fits(before, line, column, facts) or (distance <= facts.pitch + 0.02 and not _is_whole(before, line))


def fits(before: TextLine, line: TextLine, column: int, facts: Facts) -> bool:
    """Whether the first word of a line would have fitted on the line before."""
    if not facts.measure.exact_pitch:
        return room_left(before, line, facts.limits[column]) > 0.5 * facts.measure.slack
    blank = facts.measure.blank * line.size
    return before.x1 + blank + line.first_width <= facts.limits[column] - facts.measure.slack * line.size


def _is_lower(text: str) -> bool:
    """Whether a text goes on in lower case, and is no item "b)" and not the "n/a" that fills a cell."""
    return text[:1] in LOWER and text[1:2] != ")" and text != "n/a"


def _is_whole(before: TextLine, line: TextLine) -> bool:
    return not breaks_off(before.text) and not _is_lower(line.text)


def ends_date(one: str, other: str) -> bool:
    """Whether the second of two lines is the year of the date that the first begins.

    >>> ends_date("End of October", "2024"), ends_date("Ongoing", "2024"), ends_date("By March 2023", "2024")
    (True, False, False)
    """
    return bool(_YEAR.fullmatch(other)) and not _YEAR.search(one) and bool(_MONTH.search(one))


def are_two_times(one: str, other: str) -> bool:
    """Whether two lines are a timescale each: "To be confirmed" over "by end of March 2025"."""
    return not other.startswith(("and ", "to ", "onwards")) and is_timescale(one) and is_timescale(other)
