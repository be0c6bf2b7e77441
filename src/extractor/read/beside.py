"""Labels beside their values, without rules: each record of a plan set as a table of two columns.

1. Labels are known header words that begin at one place, line under line; their values begin further right. Such a
   page says some label again and again, and names activities.
2. A row is one label with its value, wherever the two stand in it: rows part at the widest gap between two labels.
3. What stands beside no label at a page's head goes on with the last value of the page before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.read.alignment import NEAR_ROW, NO_EDGE, UNSURE_ITEMS, Measure
from extractor.read.overleaf import PageCell, PageTable
from extractor.read.typeset import TextLine, Word, as_text_line, join_words, print_width
from extractor.read.unmarked import mark_items
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.headings import is_labelled_group

_MOST_WORDS = 6
"""No label has more words."""
_FEWEST = 3
"""So many known labels at least make a record, each of another meaning."""
_OPEN = ("/", "&", "and", "of", "for")
"""A label whose line ends so goes on below."""
_NEAR = 2
"""A label goes on at most so many lines below."""
_INDENT = 3.0
"""By how much lists are set in at most, in font sizes."""
_APART = 1.25
"""Rows stand further apart than this, in lines, where there is a gap between them at all."""


@dataclass(slots=True)
class _Split:
    """A line of print as a label and what stands beside it; either may be empty."""

    label: list[Word]
    value: list[Word]
    meaning: Meaning | None

    @property
    def baseline(self) -> float:
        return (self.label or self.value)[0].baseline


@dataclass(slots=True)
class _Row:
    label: list[list[Word]] = field(default_factory=list)
    values: list[list[Word]] = field(default_factory=list)
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where the labels of a page begin, and where values do at the earliest."""

    labels: float
    values: float


def find_places(lines: Sequence[list[Word]], measure: Measure, goes_on: bool = False) -> Places | None:
    """Where labels and values stand on a page; None where it shows no records of labels beside their values.

    `goes_on`: the page before does, so that two labels tell enough here.
    """
    starts: Counter[int] = Counter()
    splits = [_split(line, measure) for line in lines]
    for split in splits:
        if split.meaning:
            starts[round(split.label[0].x0)] += 1
    if not starts:
        return None
    left, count = starts.most_common(1)[0]
    own = [split for split in splits if split.meaning and abs(split.label[0].x0 - left) <= 1.5]
    texts = Counter(join_words(split.label) for split in own)
    meanings = {split.meaning for split in own} - {"extra", "group"}
    whole = count > _FEWEST and len(meanings) >= _FEWEST and "activity" in meanings and max(texts.values()) > 1
    if not whole and not (goes_on and len(meanings) > 1):
        return None
    places = [split.value[0].x0 for split in own if split.value]
    for split, *others in zip(splits, [*splits[1:], None], [None, *splits[:-1]], strict=True):
        if split.meaning and not split.value and abs(split.label[0].x0 - left) <= 1.5:
            places.extend(other.value[0].x0 for other in others if other is not None and not other.label)
    places = [place for place in places if place > left + 2 * own[0].label[0].size]
    return Places(left, min(places)) if places else None


def _split(line: list[Word], measure: Measure) -> _Split:
    """A line that begins with a known label, alone or with a gap after it; any other is all value."""
    size = _first_gap(line, measure)
    if line[0].bold == line[-1].bold and is_labelled_group(join_words(line)):
        return _Split([], line, None)  # "Commitment 2 - Open to all"
    label = join_words(line[:size]).rstrip(": ")
    # "Budget: Grant-funded" is a label and its value in one run of words
    meaning = header_meaning(label) if size <= _MOST_WORDS and ":" not in label else None
    return _Split(line[:size], line[size:], meaning) if meaning else _Split([], line, None)


def _first_gap(line: list[Word], measure: Measure) -> int:
    """How many words stand before the first gap of a line."""
    for size, (before, word) in enumerate(pairwise(line), 1):
        if word.x0 - before.x1 > 1.3 * measure.blank * word.size:
            return size
    return len(line)


def read_beside(
    page: int, lines: Sequence[list[Word]], places: Places, measure: Measure, before: PageTable | None
) -> tuple[list[PageTable], list[list[Word]]]:
    """The tables of labels and values on a page, and the lines that are part of none.

    `before` is the table that ends the page before: it takes what goes on with its last value.
    """
    tables: list[PageTable] = []
    loose: list[list[Word]] = []
    run: list[_Split] = []
    at_head = before is not None
    for line in [*lines, None]:
        split = _at(line, places, measure) if line is not None else None
        if split is not None:
            run.append(split)
            continue
        if any(each.label for each in run):
            rows = _rows(run, measure)
            if not rows[0].label and at_head and before is not None:
                before.rows[-1][-1].lines.extend(as_text_line(words) for words in rows.pop(0).values)
            elif not rows[0].label:
                loose.extend(rows.pop(0).values)
            tables.append(_table(page, rows, places))
        else:
            loose.extend(each.value for each in run)
        run, at_head = [], at_head and not run
        if line is not None:
            loose.append(line)
    return tables, loose


def _at(line: list[Word], places: Places, measure: Measure) -> _Split | None:
    """A line as label and value by where they stand; None where it is neither."""
    if line[0].x0 >= places.values - 0.5 * line[0].size:
        return _Split([], line, None)
    if abs(line[0].x0 - places.labels) > 1.5:
        return None
    split = _split(line, measure)
    if split.meaning:
        return split
    if is_labelled_group(join_words(line)):
        return None
    size = _first_gap(line, measure)
    if size > _MOST_WORDS:
        return None
    if size == len(line) and not line[0].text[:1].islower() and line[-1].text not in _OPEN:
        return None  # a lower-case line alone goes on with a label
    return _Split(line[:size], line[size:], None)


def _rows(run: Sequence[_Split], measure: Measure) -> list[_Row]:
    """The rows of a run of lines: each has one label; the first may have none, where the run begins above it."""
    labels = [
        index
        for index, split in enumerate(run)
        if split.label and not _goes_on(run[max(index - _NEAR, 0) : index], split)
    ]
    starts: list[tuple[int, bool]] = []
    for before, index in pairwise([-1, *labels]):
        starts.append(_start(run, before, index, measure))
    rows = [_Row()] if starts[0][0] else []
    first = dict(starts)
    for index, split in enumerate(run):
        if index in first:
            rows.append(_Row(unsure=first[index]))
        if split.label:
            rows[-1].label.append(split.label)
        if split.value:
            rows[-1].values.append(split.value)
    for one, other in pairwise(rows):
        one.unsure = one.unsure or other.unsure
    return rows


def _goes_on(above: Sequence[_Split], split: _Split) -> bool:
    """Whether a label goes on with one on the lines just above, which its column's width broke: "Lead", "officer"."""
    near = next((each for each in reversed(above) if each.label), None)
    if near is None:
        return False
    is_open = near.label[-1].text in _OPEN
    if not is_open and (not split.label[0].text[:1].islower() or near.label[0].text[:1].islower()):
        return False
    return split.baseline - near.baseline <= _NEAR * 1.3 * split.label[0].size


def _start(run: Sequence[_Split], before: int, index: int, measure: Measure) -> tuple[int, bool]:
    """Where the row of the label at `index` begins, after the label at `before`; and whether that is a guess."""
    if index == before + 1:
        return index, False
    gaps = [
        (run[at].baseline - run[at - 1].baseline, at) for at in range(max(before + 1, 1), index + 1)
    ]  # the lines after the label before, and this label's own
    widest = max(gap for gap, _ in gaps) if gaps else 0.0
    size = (run[index].label or run[index].value)[0].size
    pitch = size * (1.2 if measure.exact_pitch else 1.0)
    if widest > _APART * pitch or (measure.exact_pitch and widest > 1.3 * min(gap for gap, _ in gaps)):
        return max(at for gap, at in gaps if gap >= widest - 0.1), False
    if before < 0:
        return 0, False
    return index, not run[index].value


def _table(page: int, rows: Sequence[_Row], places: Places) -> PageTable:
    reach = max((print_width(join_words(words)) for row in rows for words in row.values), default=0.0)
    cells = [
        [
            PageCell(0, [as_text_line(words) for words in row.label]),
            _value_cell(row, reach),
        ]
        for row in rows
    ]
    lines: list[TextLine] = [line for row in cells for cell in row for line in cell.lines]
    edges = [places.labels, places.values, NO_EDGE]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return PageTable(page, top, bottom, edges, cells, 0, "aligned", True)


def _value_cell(row: _Row, reach: float) -> PageCell:
    """The value of a row; items of a list of characters that lost its bullets are told by how far they are set in."""
    lines = [as_text_line(words) for words in row.values]
    doubts = (NEAR_ROW,) if row.unsure else ()
    if lines and lines[0].size <= 1.0:
        left = min(line.x0 for line in lines)
        lines, unsure = mark_items(lines, left, reach - _INDENT)
        doubts = (*doubts, UNSURE_ITEMS) if unsure else doubts
    return PageCell(1, lines, doubts=doubts)
