"""How the rows of a document are built, as they show it themselves once they are cut: what they leave out, where their
lines break, how their cells begin and end."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from extractor.recognise.flattened.blocks import Block, Cut, Segment, Value, texts_of
from extractor.recognise.flattened.judging import TITLE, judge, lacks_title
from extractor.recognise.flattened.lexicon import Lexicon
from extractor.recognise.flattened.scheme import ENDING, NAMED, Scheme
from extractor.recognise.flattened.signs import Ending, ending_of, ends_in_name, is_break, opening_of, opens_with_verb
from extractor.recognise.flattened.stream import BLANK_CELL, Gap
from extractor.recognise.flattened.weights import NEVER_LACKED, VERB, WITHIN_LINE
from extractor.text import key, print_width
from extractor.vocabulary.roles import looks_like_owner
from extractor.vocabulary.times import find_timescales

# How the words end after which a cell of prose is over, and those after which it goes on although the next could open
# another cell; the document's own cells are added to these (`with_ends`).
_LAST: Mapping[Ending, float] = {"stop": 5.0, "plain": 5.0, "capital": 1.0, "colon": 0.1}
_INNER: Mapping[Ending, float] = {"stop": 1.5, "plain": 5.0, "capital": 3.0, "colon": 0.5}
_TEACHES = 0.7  # share of all readings from which on a border says how others are
_FEW = 0.2
_FEW_BORDERS = 0.3  # share of the line ends within rows that part cells, up to which they hardly ever do
_FEWEST_ROWS = 4
_MOSTLY_WHOLE = 0.6
_UNLIKELY = 2.0  # nats beyond what the number of rows with several lines says
_FEWEST_LACKING = 2
_FEWEST_ALIKE = 2
_MANY_LACKING = 0.15  # of the rows lack a value where the column's cells were merged
_FEWEST_ENDS = 4
_FEWEST_BROKEN = 4
_USUALLY_FILLED = 1.05  # by this, of a line, which another follows: the median, since some hold words of other cells


class Habits(NamedTuple):
    """What the rows have shown; at first, next to nothing."""

    ends: Mapping[int, Mapping[Ending, float]]
    """By column of prose: what a border after a word that ends so costs, less what it costs to go on."""
    lacked: Mapping[int, float] = {}
    """What it costs to leave out a column of people that many rows lack."""
    titled: frozenset[int] = frozenset()
    """The columns of people nearly all of whose values have a title."""
    free: Mapping[int, float] = {}
    """What it costs a column of prose, most of whose cells are remarks that come again, to hold another text."""
    openings: frozenset[tuple[str, ...]] = frozenset()
    """Words in small letters with which several cells of remarks begin."""
    within_line: float = WITHIN_LINE
    """What a border within a line costs, where cells have lines of their own."""
    on_lines: float = 0.0
    """What a border at a line end costs because most rows stand on one line each, so that their cells have none."""
    broken: Mapping[Gap, float] = {}
    """What a border costs at a line end, a blank line apart, where these hardly ever part cells."""
    line_ends: Mapping[tuple[int, Gap], float] = {}
    """What a line end within a cell of prose costs, by column, where no refs open rows."""
    inactive: float = 0.0
    """What it costs a row to begin without a verb in the imperative, where most begin with one."""
    capitals: Mapping[int, float] = {}
    """What it costs a column of prose to begin with a capital behind an owner."""
    headless: Mapping[tuple[int, str], Counter[bool]] = {}
    """By column and value of an owner behind the activity: whether capitals precede it, and how often."""
    stops: Mapping[int, float] = {}
    """The share of a column's cells of prose that end with a stop."""
    rooms: Mapping[int, float] = {}
    """How wide the lines of a column's cells are at most, in font sizes, in a text taken from a PDF."""
    at_ends: frozenset[tuple[int, bool, str]] = frozenset()
    """Column, whether at the end of its cells, and value, of the first and last values of cells of names."""


def first_habits(scheme: Scheme, filled: bool) -> Habits:
    """What is known before any row is cut; if `filled`, as if every row named somebody in each column of people."""
    lacked = {column: NEVER_LACKED for column, kind in scheme.values if kind != "state" and filled}
    return Habits(_weigh_ends(scheme, {}, {}), lacked)


def with_rows(habits: Habits, scheme: Scheme, lexicon: Lexicon, cut: Cut) -> Habits:
    """The habits, and what the rows show of how they are built: columns of people that many of them lack, line ends
    that part no cells, titles, remarks.

    Values without a title leave the lexicon where nearly all others of their column have one.
    """
    lacked, broken, titled = _lacked(scheme, cut), _broken(cut, habits.on_lines), _titled(scheme, lexicon, cut)
    return habits._replace(
        lacked=lacked,
        broken=broken,
        titled=titled,
        within_line=min(habits.within_line, _within_line(scheme, cut)),
        free=_free(scheme, lexicon, cut),
        openings=_openings(scheme, cut),
        rooms=_rooms(cut),
    )


def _rooms(cut: Cut) -> dict[int, float]:
    """By column, how wide lines usually are that others follow in a cell; columns with few such lines are left out."""
    widths: dict[int, list[float]] = defaultdict(list)
    for block, segments in cut:
        for segment in segments:
            lines = [list(own) for _, own in groupby(block.words[segment.start : segment.end], lambda word: word.line)]
            for line, below in pairwise(lines):
                if below[0].gap in ("soft", "wrap"):
                    widths[segment.column].append(print_width(" ".join(word.text for word in line)))
    return {column: _USUALLY_FILLED * median(found) for column, found in widths.items() if len(found) >= _FEWEST_BROKEN}


def _lacked(scheme: Scheme, cut: Cut) -> dict[int, float]:
    """What it costs to leave out the columns of people in which many rows lack a value, as where merged cells were
    left out."""
    lacking: Counter[int] = Counter()
    rows = 0
    people = [column for column, kind in scheme.values if kind != "state"]
    for block, segments in cut:
        for taken in _rows_of(segments) if not block.below else ():
            if scheme.activity in taken and (block.ref_length or not scheme.referenced):
                rows += 1
                lacking.update(column for column in people if column not in taken)
    return {
        column: -math.log(count / rows)
        for column, count in lacking.items()
        if count >= _FEWEST_LACKING and count >= _MANY_LACKING * rows
    }


def _rows_of(segments: Sequence[Segment]) -> Iterator[frozenset[int]]:
    """The columns that each row of a block fills."""
    row: set[int] = set()
    last = 0
    for segment in segments:
        if row and segment.column < last:
            yield frozenset(row)
            row = set()
        row.add(segment.column)
        last = segment.column
    if row:
        yield frozenset(row)


def with_whole_rows(habits: Habits, scheme: Scheme, blocks: Sequence[Block]) -> Habits:
    """The habits, and whether most rows stand on one line each: where one has several, they are those of a cell."""
    rows = [block for block in blocks if block.opens]
    whole = sum(not any(is_break(block.words, at) for at in range(1, _end_of_row(block))) for block in rows)
    if scheme.delimited or len(rows) < _FEWEST_ROWS or whole < _MOSTLY_WHOLE * len(rows):
        return habits
    price = _UNLIKELY - math.log((len(rows) - whole + 0.5) / (len(rows) + 1.0))
    return habits._replace(on_lines=price, broken={"line": price, "paragraph": price})


def _end_of_row(block: Block) -> int:
    """Index after the last word of a block that may be its row's, before a line that may be a heading."""
    words = block.words
    start = len(words) - 1
    while start > 0 and words[start].line == words[start - 1].line:
        start -= 1
    if not start:
        return len(words)
    line = " ".join(word.text for word in words[start:])
    heads = line[:1].isupper() and not line.endswith((".", ",", ";", ":")) and not looks_like_owner(line)
    return start if heads and not find_timescales(line) else len(words)


def _broken(cut: Cut, least: float) -> dict[Gap, float]:
    """What a border at a line end costs, where line ends of a kind hardly ever part two cells of a row, since they
    stand between the lines of one; at `least` so much everywhere."""
    borders: dict[Gap, Counter[bool]] = defaultdict(Counter)
    for block, segments in cut:
        opened = {segment.start: segment.column - before.column for before, segment in pairwise(segments)}
        for index in range(1, len(block.words)):
            on = opened.get(index, 0)
            if on >= 0 and is_break(block.words, index):
                borders[block.words[index].gap][on > 0] += 1
    shares = {gap: (counts[True] + 0.5) / (counts.total() + 1.0) for gap, counts in borders.items()}
    return {gap: max(least, -math.log(share) if share < _FEW_BORDERS else 0.0) for gap, share in shares.items()}


def _titled(scheme: Scheme, lexicon: Lexicon, cut: Cut) -> frozenset[int]:
    """The columns of members nearly all of whose values have a title ("Portfolio Holder", "Cllr"), or of officers a
    title or a person's name, while some have none; what has none is then hardly one of them, and the vocabulary is
    as if it were not there. Bodies have none and may stand among officers."""
    found: set[int] = set()
    titled = {column: kind for column, kind in scheme.values if kind in ("member", "post")}
    values: dict[int, Counter[Value]] = {column: Counter() for column in titled}
    for block, segments in cut if titled else ():
        for segment in segments:
            if segment.column in values and BLANK_CELL not in (value := texts_of(block, segment)):
                values[segment.column][value] += 1
    for column, counts in values.items():
        judged = {value: judge(" ".join(value), (titled[column],)) for value in counts}
        untitled = {value: counts[value] for value, one in judged.items() if lacks_title(one, titled[column])}
        told = sum(counts[value] for value, one in judged.items() if one.priors[0] <= TITLE)
        if untitled and sum(untitled.values()) <= _FEW * (told + sum(untitled.values())):
            found.add(column)
            lexicon.forget(column, {key(" ".join(value)) for value in untitled})
    return frozenset(found)


def _within_line(scheme: Scheme, cut: Cut) -> float:
    """What a border within a line costs, where more stand there than in a table whose cells have lines of their own."""
    if not scheme.lined:
        return WITHIN_LINE
    borders: Counter[bool] = Counter()
    for block, segments in cut:
        for before, after in pairwise(segments):
            word = block.words[after.start]
            if (
                after.column > before.column
                and word.text != BLANK_CELL
                and not block.ref_start <= after.start <= block.ref_start + block.ref_length
            ):
                borders[word.gap == "blank"] += 1
    return -math.log((borders[True] + 0.5) / (borders.total() + 1.0))


def _free(scheme: Scheme, lexicon: Lexicon, cut: Cut) -> dict[int, float]:
    """What other texts cost in the columns of prose most of whose cells are remarks that come again in other rows."""
    cells: dict[int, Counter[bool]] = {column: Counter() for column in scheme.remarks}
    for block, segments in cut:
        for segment in segments:
            if segment.column in cells:
                cells[segment.column][lexicon.has_value(segment.column, texts_of(block, segment))] += 1
    return {
        column: -math.log((counts[False] + 0.5) / (counts.total() + 1.0))
        for column, counts in cells.items()
        if counts[True] > counts[False]
    }


def _openings(scheme: Scheme, cut: Cut) -> frozenset[tuple[str, ...]]:
    """The words in small letters with which several cells of some column of measures begin, as they then may wherever
    a name ends before these."""
    if not scheme.measured:
        return frozenset()
    counts = Counter(
        opening_of(block.words, segment.start)
        for block, segments in cut
        for before, segment in pairwise(segments)
        if segment.column in scheme.whole and before.column < segment.column and segment.opening >= _TEACHES
        if block.words[segment.start].text[:1].islower()
    )
    return frozenset(opening for opening, count in counts.items() if count >= _FEWEST_ALIKE)


def with_ends(habits: Habits, scheme: Scheme, cut: Cut) -> Habits:
    """The habits, and how cells of prose end: with a stop or without one, and hardly ever within a name.

    And how many of those behind an owner begin with a capital, as the rest of a title would.
    """
    last: dict[int, dict[Ending, float]] = defaultdict(lambda: defaultdict(float))
    inner: dict[Ending, float] = defaultdict(float)
    openings: dict[int, Counter[bool]] = defaultdict(Counter)
    headless: dict[tuple[int, str], Counter[bool]] = {}
    at_ends: set[tuple[int, bool, str]] = set()
    for block, segments in cut:
        at_ends.update(_values_at_ends(scheme, block, segments))
        for owner, remark in pairwise(segments):
            if scheme.is_remark_behind_owner(owner.column, remark.column) and remark.opening >= _TEACHES:
                openings[remark.column][block.words[remark.start].text[:1].isupper()] += 1
            if owner.column == scheme.activity and scheme.columns[remark.column].kind in NAMED:
                value = key(" ".join(texts_of(block, remark)))
                counts = headless.setdefault((remark.column, value), Counter())
                counts[ends_in_name(texts_of(block, owner)) and block.words[remark.start].gap == "blank"] += 1
        for segment, after in pairwise([*segments, None]):
            if segment is None or scheme.columns[segment.column].kind not in ENDING:
                continue
            if after is None or after.column > segment.column or scheme.columns[after.column].kind == "heading":
                last[segment.column][ending_of(block.words[segment.end - 1].text)] += segment.closing >= _TEACHES
            for index in range(segment.start + 1, segment.end):
                if block.words[index].gap in ("blank", "wide") and scheme.may_part(block.words, index):
                    inner[ending_of(block.words[index - 1].text)] += 1.0
    return habits._replace(
        ends=_weigh_ends(scheme, last, inner),
        stops={
            column: counts["stop"] / sum(counts.values())
            for column, counts in last.items()
            if sum(counts.values()) >= _FEWEST_ENDS
        },
        capitals={
            column: -math.log((counts[True] + 0.5) / (counts.total() + 1.0)) for column, counts in openings.items()
        },
        headless=headless,
        at_ends=frozenset(at_ends),
    )


def _values_at_ends(scheme: Scheme, block: Block, segments: Sequence[Segment]) -> Iterator[tuple[int, bool, str]]:
    """The first and last values of the cells of names: their column, whether they are the last, and their words."""
    for before, segment, after in zip([None, *segments], segments, [*segments[1:], None], strict=False):
        if scheme.columns[segment.column].kind in NAMED:
            value = key(" ".join(texts_of(block, segment)))
            for last, beside in ((False, before), (True, after)):
                if beside is None or beside.column != segment.column:
                    yield segment.column, last, value


def _weigh_ends(
    scheme: Scheme, last: Mapping[int, Mapping[Ending, float]], inner: Mapping[Ending, float]
) -> dict[int, dict[Ending, float]]:
    """By column of prose, what a border after a word that ends so costs, less what it costs to go on."""
    ends: dict[int, dict[Ending, float]] = {}
    within = _shares(_INNER, inner)
    for column, what in enumerate(scheme.columns):
        if what.kind in ENDING:
            over = _shares(_LAST, last.get(column, {}))
            ends[column] = {ending: math.log(within[ending] / share) for ending, share in over.items()}
    return ends


def with_line_ends(habits: Habits, scheme: Scheme, cut: Cut) -> Habits:
    """The habits, and how often a line ends within a cell of prose, as against a row: rows are built alike.

    Where refs do not say it, a plan whose rows each begin a line and whose cells hardly ever go on over one
    shows it by most of its rows. And whether most rows begin with a verb in the imperative.
    """
    stays: dict[tuple[int, Gap], float] = defaultdict(float)
    rows: dict[Gap, float] = defaultdict(float)
    openings: Counter[bool] = Counter()
    for block, segments in cut:
        before: Segment | None = None
        for segment in segments:
            if segment.column == scheme.activity and (before is None or segment.column < before.column):
                openings[opens_with_verb(block.words, segment.start)] += 1
            for index in range(segment.start, segment.end):
                word = block.words[index]
                if word.gap not in ("line", "paragraph") or word.item or word.delimiters:
                    continue
                if index > segment.start:
                    stays[segment.column, word.gap] += word.text[:1].isupper()
                elif before is not None and segment.column < before.column:
                    rows[word.gap] += 1.0
            before = segment
    line_ends: dict[tuple[int, Gap], float] = {}
    for column, what in enumerate(scheme.columns):
        if what.kind in ("prose", "money"):
            for gap, count in rows.items():
                share = (stays[column, gap] + 0.5) / (stays[column, gap] + count + 1.0)
                line_ends[column, gap] = -math.log(share)
    return habits._replace(line_ends=line_ends, inactive=VERB * (openings[True] > openings[False]))


def _shares(expected: Mapping[Ending, float], counts: Mapping[Ending, float]) -> dict[Ending, float]:
    total = sum(expected.values()) + sum(counts.values())
    return {ending: (share + counts.get(ending, 0.0)) / total for ending, share in expected.items()}
