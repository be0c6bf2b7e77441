"""Labels beside their values, without rules: each record of a plan set as a table of two columns.

1. Labels are known header words that begin at one place, line under line; their values begin further right. Such a
   page says some label again and again, and names activities. What other pages show again and again is a label too.
2. A row is one label with its value, wherever the two stand in it. Where gaps part all rows, the lines of one label
   stand between two of them.
3. Rows part where the cheapest way to cut a run of lines has it: at wide gaps, so that each label stands where the
   page's labels stand, at the first line of their values or in the middle of them; below a time or a ref
   stands hardly anything else.
4. What stands beside no label at a page's head goes on with the last value of the page before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractor.fixed import fixed
from extractor.issues import UNSURE_ITEMS
from extractor.read.alignment import NEAR_ROW, NO_EDGE, Header, Measure, without_foot
from extractor.read.overleaf import PageCell, PageTable, is_ref
from extractor.read.typeset import TextLine, Word, as_text_line, is_forced_break, join_texts, join_words
from extractor.read.unmarked import mark_items
from extractor.text import key, print_width
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import PHRASES, header_meaning
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.times import is_timescale

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
_BLANK, _BEHIND_COLON = 1.3, 1.8
"""By how much wider than most blanks one in a run of words is at most, and one behind a colon, which TeX widens."""
_APART = 1.25
"""Rows stand further apart than this, in lines, where there is a gap between them at all."""
_PARTED = 0.7
"""Gaps part rows where so many of the runs of lines between them hold one label."""
_RAGGED = 3.0
"""Values in columns of characters begin up to so far left of where others do, after a long label."""
_WITHIN = 1.4
"""Lines of one value stand no further apart than this, in font sizes."""
_TIGHT, _EMPTY, _LOST, _NARROWER = 6.0, 1.0, 3.0, 0.5
"""What it costs that no gap parts two rows, that a row has no value, that lines have no label, and per line of a gap
that another one exceeds it by."""
_MIXED, _NO_REF = 1.0, 8.0
"""What it costs that something else stands below a time, and beside the label of refs, as its value."""
_CLOSE_CALL = 0.35
"""Where rows begin is a guess where another way costs so little more."""
_GAP = 3
"""Blanks that part two values on one line of characters."""
_MOST_GAPS = 12
"""Of the gaps between two labels so many at most are looked at, the widest."""


@dataclass(slots=True)
class _Split:
    """A line of print as a label and what stands beside it; either may be empty."""

    label: list[Word]
    value: list[Word]
    meaning: Meaning | None
    unsure: bool = False
    """Whether it is a label with its value is a guess."""

    @property
    def baseline(self) -> float:
        return (self.label or self.value)[0].baseline


@dataclass(slots=True)
class _Row:
    label: list[list[Word]] = field(default_factory=list)
    values: list[list[Word]] = field(default_factory=list)
    unsure: bool = False


@fixed(frozen=True, slots=True)
class Places:
    """Where the labels of a page begin, and where values do at the earliest."""

    labels: float
    values: float
    lefts: frozenset[float] = frozenset()
    """All places where values begin beside their labels."""
    size: float = 1.0
    """The size of the labels' letters: what is larger or smaller is a heading."""

    def holds_label(self, line: Sequence[Word]) -> bool:
        """Whether a line begins where labels do, in letters of their size."""
        return abs(line[0].x0 - self.labels) <= 1.5 and abs(line[0].size - self.size) <= 0.1 * self.size


@fixed(frozen=True, slots=True)
class Limit:
    """How far to the right values of characters reach: records are tables of columns of their own."""

    right: float
    """Right edge of the page, in widths of print."""
    scale: float
    """Width of a column of characters in print."""

    def reach(self, left: float) -> float:
        """How wide a line is in print that begins in the column `left` and reaches the right edge."""
        return self.right - self.scale * left


class Labels:
    """What stands again and again where a document's labels do: whole labels, and the lines of wrapped ones."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._centred = 0.0
        """How much better the document's records are read with labels in the middle of their values, so far."""

        self._right = 0.0

    def learn(self, lines: Sequence[list[Word]], measure: Measure) -> None:
        """Takes in the labels of a page, where it shows records of its own or labels known by then."""
        places = find_places(lines, measure, self)
        if places is None:
            return
        for line in lines:
            size = _first_gap(line[: _MOST_WORDS + 2], measure)
            if abs(line[0].x0 - places.labels) <= 1.5 and size <= _MOST_WORDS:
                self._counts[key(join_words(line[:size]))] += 1

    def __bool__(self) -> bool:
        return bool(self._counts)

    def leans_to_top(self, centred: float) -> bool:
        """Whether labels stand at the top of their values; `centred` is how much better a page is read otherwise."""
        self._centred += max(-3.0, min(3.0, centred))
        return self._centred < 0

    def widest(self, limit: Limit) -> Limit:
        """How far the values of a page reach, where those of others reach as far or further."""
        self._right = max(self._right, limit.right)
        return replace(limit, right=self._right)

    def holds(self, words: Sequence[Word], times: int = 2) -> bool:
        """Whether words are a label, or a line of one, that the pages show so many times."""
        return self.knows(join_words(words), times)

    def knows(self, text: str, times: int = 2) -> bool:
        """The same of the words as one text."""
        return self._counts[key(text)] >= times


def find_places(
    lines: Sequence[list[Word]], measure: Measure, labels: Labels | None = None, goes_on: bool = False
) -> Places | None:
    """Where labels and values stand on a page; None where it shows no records of labels beside their values.

    `labels` are those of the document, of which two tell enough; where the page before ends with such a record
    (`goes_on`), one does.
    """
    starts: dict[int, tuple[int, int]] = {}
    """How many labels begin at a place, and how many of these the document's other pages have."""
    splits = [_split(line, measure) for line in lines]
    for split in splits:
        if split.meaning:
            place = round(split.label[0].x0)
            count, known = starts.get(place, (0, 0))
            starts[place] = count + 1, known + (labels is not None and labels.holds(split.label, 1))
    if not starts:
        return None
    left = max(starts, key=starts.__getitem__)
    count, _ = starts[left]
    own = [split for split in splits if split.meaning and abs(split.label[0].x0 - left) <= 1.5]
    texts = Counter(join_words(split.label) for split in own)
    meanings = {split.meaning for split in own} - {"extra", "group"}
    whole = count > _FEWEST and len(meanings) >= _FEWEST and "activity" in meanings and max(texts.values()) > 1
    if 2 * sum(_stands_beside(splits, index, left) for index in range(len(splits))) < len(own):
        return None  # labels over their values
    if not measure.exact_pitch and 2 * sum(_are_several(split.value) for split in own) > len(own):
        return None  # the values of several records, side by side
    if not whole:
        seen = {split.meaning for split in own if labels is not None and labels.holds(split.label, 1)}
        if len(seen) < 2 and not (goes_on and (seen or len(meanings) > 1)):
            return None
    places = [split.value[0].x0 for split in own if split.value]
    for split, *others in zip(splits, [*splits[1:], None], [None, *splits[:-1]], strict=True):
        if split.meaning and not split.value and abs(split.label[0].x0 - left) <= 1.5:
            starts_of = [(other.label or other.value)[0].x0 for other in others if other is not None]
            places.extend(start for start in starts_of if abs(start - left) > 1.5)
    places = [place for place in places if place > left + 2 * own[0].label[0].size]
    sizes = sorted(split.label[0].size for split in own)
    return Places(left, min(places), frozenset(places), sizes[len(sizes) // 2]) if places else None


def _are_several(value: Sequence[Word]) -> bool:
    """Whether gaps part the words of a line of characters into several values."""
    return any(word.x0 - before.x1 >= _GAP for before, word in pairwise(value))


def _stands_beside(splits: Sequence[_Split], index: int, left: float) -> bool:
    """Whether a line is a label at `left` that has a value on it, or less than a line above or below."""
    split = splits[index]
    if not split.meaning or abs(split.label[0].x0 - left) > 1.5:
        return False
    if split.value:
        return True
    return any(
        abs(other.baseline - split.baseline) <= 1.05 * split.label[0].size
        and (other.label or other.value)[0].x0 > left + 2 * split.label[0].size
        for other in (*splits[max(index - 1, 0) : index], *splits[index + 1 : index + 2])
    )


def true_headers(
    lines: Sequence[list[Word]], headers: Sequence[Header], labels: Labels, measure: Measure
) -> list[Header]:
    """The headers of a page, without what are labels beside their values where the document's records have labels."""
    if not labels or not headers or find_places(lines, measure, labels) is None:
        return list(headers)
    return [header for header in headers if sum(column.meaning is not None for column in header.columns) > 2]


def _split(line: list[Word], measure: Measure) -> _Split:
    """A line that begins with a known label, alone or with a gap after it; any other is all value."""
    size = _first_gap(line[: _MOST_WORDS + 2], measure)
    label = join_words(line[:size]).rstrip(": ") if size <= _MOST_WORDS else ""
    # "Budget: Grant-funded" is a label and its value in one run of words
    meaning = header_meaning(label) if label and ":" not in label else None
    if meaning is None or (line[0].bold == line[-1].bold and is_labelled_group(join_words(line))):
        return _Split([], line, None)  # "Commitment 2 - Open to all" is no label
    return _Split(line[:size], line[size:], meaning)


def _first_gap(line: list[Word], measure: Measure) -> int:
    """How many words stand before the first gap of a line."""
    for size, (before, word) in enumerate(pairwise(line), 1):
        widest = _BEHIND_COLON if before.text[-1] == ":" and measure.exact_pitch else _BLANK
        if word.x0 - before.x1 > widest * measure.blank * word.size:
            return size
    return len(line)


def read_beside(
    page: int,
    lines: Sequence[list[Word]],
    places: Places,
    measure: Measure,
    labels: Labels,
    before: PageTable | None,
) -> tuple[list[PageTable], list[list[Word]]]:
    """The tables of labels and values on a page, and the lines that are part of none.

    `labels` are those of the document; `before` is the table that ends the page before: it takes what goes on with its
    last value, and the rows that begin the page.
    """
    tables: list[PageTable] = []
    loose: list[list[Word]] = []
    end = without_foot(lines)
    lines, foot = lines[:end], lines[end:]
    splits = _splits(lines, places, measure, labels)
    runs = _runs(splits)
    style = _style(runs, measure)
    costs = [
        sum(_cut(each, _labels_in(each, measure, labels, style), measure, one, at_head)[0] for each, at_head in runs)
        for one in (style, replace(style, top=True))
    ]
    style = replace(style, top=labels.leans_to_top(costs[1] - costs[0]))
    limit = labels.widest(_limit(splits))
    at_head = before is not None
    run: list[_Split] = []
    for line, split in zip([*lines, None], [*splits, None], strict=True):
        if split is not None:
            run.append(split)
            continue
        if any(each.label for each in run):
            rows = _rows(run, measure, labels, style, at_head)
            if not rows[0].label and at_head and before is not None:
                _go_on(before.rows[-1][-1], rows.pop(0).values, places, limit)
            elif not rows[0].label:
                loose.extend(rows.pop(0).values)
            table = _table(page, rows, places, limit)
            if before is not None and at_head and not loose:
                _extend(before, table, labels)
                before.last_page = page
            else:
                tables.append(table)
        elif run and at_head and before is not None:
            _go_on(before.rows[-1][-1], [each.value for each in run], places, limit)
            before.last_page = page
        else:
            loose.extend(each.value for each in run)
        run, at_head = [], at_head and not run
        if line is not None:
            loose.append(line)
    return tables, [*loose, *foot]


def _extend(before: PageTable, table: PageTable, labels: Labels) -> None:
    """Puts the rows that begin a page to those of the page before, with the rest of a label that its end cut.

    The rest of its value stands beside that, where the document has such a label whole.
    """
    (label, value), first = before.rows[-1], table.rows[0]
    alone = " ".join(line.text for line in first[0].lines)
    is_known = labels.knows(" ".join(line.text for line in [*label.lines, *first[0].lines]))
    is_open = bool(label.lines) and label.lines[-1].text.rsplit(" ", 1)[-1] in _OPEN
    is_rest = alone[:1].islower() or is_open or (is_known and not header_meaning(alone))
    if is_rest and (is_known or not first[1].lines):
        label.lines.extend(first[0].lines)
        value.lines.extend(first[1].lines)
        value.doubts = tuple(dict.fromkeys((*value.doubts, *first[1].doubts)))
        del table.rows[0]
    before.rows.extend(table.rows)


def _go_on(cell: PageCell, values: Sequence[list[Word]], places: Places, limit: Limit) -> None:
    """Puts what begins a page to a value of the page before, which may end before or within a list of characters."""
    lines = [as_text_line(words) for words in values]
    last = cell.lines[-1] if cell.lines else None
    if last is not None and last.size <= 1.0 and (last.begins == "item" or last.text.endswith(":")):
        lines, unsure = mark_items(lines, places.values, limit.reach(places.values) - _INDENT, goes_on=True)
        cell.doubts = (*cell.doubts, UNSURE_ITEMS) if unsure or last.begins == "item" else cell.doubts
    cell.lines.extend(lines)


def goes_on_overleaf(table: PageTable | None, page: int) -> PageTable | None:
    """A table of labels and values, where it ends the page before `page`."""
    return table if table is not None and (table.last_page or table.page) == page - 1 else None


def _splits(lines: Sequence[list[Word]], places: Places, measure: Measure, labels: Labels) -> list[_Split | None]:
    """Each line as label and value; None where it is neither, as where it only looks like the rest of a label."""
    found: list[_Split | None] = []
    for above, line, below in zip([[], *lines], lines, [*lines[1:], []], strict=False):
        goes_on = bool(found) and _is_beside_value(found[-1], line, places)
        found.append(_Split([], line, None) if goes_on else _at(line, (above, below), places, measure, labels))
    for index in range(len(lines) - 2, -1, -1):  # lines of a value above that of its label
        if found[index] is None and _is_beside_value(found[index + 1], lines[index], places):
            found[index] = _Split([], lines[index], None)
    for index, line in enumerate(lines):
        split = found[index]
        if split is not None and (not split.label or split.value or split.meaning or labels.holds(line)):
            continue
        if not _is_lone(line, places):
            found[index] = None
            continue
        near = [other for other in found[max(index - _NEAR, 0) : index] if other is None or other.label][-1:]
        before = near[0] if near and None not in found[max(index - _NEAR, 0) : index] else None
        if before is not None and (split is not None or _is_one_label(before.label, line, labels)):
            found[index] = _Split(line, [], None)
        else:
            found[index] = _begun(lines, index, found, places, labels)
    return found


def _is_beside_value(other: _Split | None, line: Sequence[Word], places: Places) -> bool:
    """Whether a line begins right above or below a value, where that begins, well to the right of the labels."""
    size = line[0].size
    return (
        other is not None
        and bool(other.value)
        and abs(other.value[0].x0 - line[0].x0) < 0.2 * size
        and abs(line[0].baseline - other.baseline) <= _WITHIN * size
        and line[0].x0 > places.labels + 2 * size
    )


def _is_lone(line: Sequence[Word], places: Places) -> bool:
    """Whether a line is short, and stands where labels do."""
    return places.holds_label(line) and len(line) <= _MOST_WORDS


def _begun(
    lines: Sequence[list[Word]], index: int, found: Sequence[_Split | None], places: Places, labels: Labels
) -> _Split | None:
    """The first line of a label that is known from elsewhere, and goes on with the next label: "Cabinet", "Lead"."""
    line = lines[index]
    for at in range(index + 1, min(index + 1 + _NEAR, len(lines))):
        other = found[at]
        if lines[at][0].baseline - line[0].baseline > _NEAR * 1.3 * line[0].size:
            return None
        below = other.label if other is not None else lines[at] if _is_lone(lines[at], places) else None
        if below is None:
            return None
        if below:
            return _Split(line, [], None) if _is_one_label(line, below, labels) else None
    return None


def _is_one_label(above: Sequence[Word], below: Sequence[Word], labels: Labels) -> bool:
    """Whether two lines are a label that is known, or that the document has on one line elsewhere.

    Of one in two languages ("Aelod Cabinet / Cabinet" over "Member") the second tells.
    """
    whole = f"{join_words(above)} {join_words(below)}"
    return labels.knows(whole) or key(whole) in PHRASES or (" / " not in join_words(below) and _is_phrase(whole))


_Beside = tuple[Sequence[Word], Sequence[Word]]
"""The lines above and below one; empty where there is none."""


def _at(line: list[Word], beside: _Beside, places: Places, measure: Measure, labels: Labels) -> _Split | None:
    """A line as label and value by where they stand; None where it is neither."""
    if line[0].x0 >= places.values - 0.5 * line[0].size:
        return _Split([], line, None)
    if not places.holds_label(line):
        return None
    narrow = _narrow(line, beside, places, measure, labels)
    if narrow is not None:
        return narrow
    split = _split(line, measure)
    # In columns of characters, what one word alone would make a label is a heading where it stands but once.
    sure = measure.exact_pitch or bool(split.value) or _is_phrase(join_words(line)) or labels.holds(line)
    if split.meaning and sure:
        return split
    if is_labelled_group(join_words(line)):
        return None
    size = _first_gap(line, measure)
    if size > _MOST_WORDS:
        return None
    if size == len(line) and not (line[0].text[:1].islower() or line[-1].text in _OPEN or labels.holds(line)):
        return None  # a line alone goes on with a label in lower case, or is a label that occurs elsewhere
    return _Split(line[:size], line[size:], None)


def _is_under(value: Sequence[Word], beside: _Beside) -> bool:
    """Whether what may be a line of a value begins where the line right above or below it does, with no label there."""
    return any(
        bool(line) and line[0].x0 == value[0].x0 and abs(line[0].baseline - value[0].baseline) <= value[0].size
        for line in beside
    )


def _is_first_line(
    label: Sequence[Word], below: Sequence[Word], places: Places, measure: Measure, labels: Labels
) -> bool:
    """Whether words are the first line of a label that the document has whole elsewhere, and that goes on below."""
    if not below or not places.holds_label(below):
        return False
    size = _first_gap(list(below), measure)
    return size <= _MOST_WORDS and labels.knows(f"{join_words(label)} {join_words(below[:size])}")


def _goes_on_below(label: Sequence[Word], below: Sequence[Word], places: Places, labels: Labels) -> bool:
    """Whether a slash ends the first line of a label, and the line below is the rest of it."""
    return label[-1].text == "/" and bool(below) and _is_lone(below, places) and _is_one_label(label, below, labels)


def _is_phrase(text: str) -> bool:
    """Whether a text is a known label, or in two languages of which the second is: "Cyfarwyddiaeth / Directorate"."""
    return key(text) in PHRASES or key(text.rpartition(" / ")[2]) in PHRASES


def _narrow(line: list[Word], beside: _Beside, places: Places, measure: Measure, labels: Labels) -> _Split | None:
    """A line in which no more than a blank parts a label, known from elsewhere, from its value.

    The label may be the first line of one in two languages that goes on below. In print the value begins where others
    do; in columns of characters it is a guess where it begins far from there.
    """
    text = join_words(line)
    if _first_gap(line, measure) < len(line) or _is_phrase(text) or is_labelled_group(text):
        return None
    for size in range(min(len(line) - 1, _MOST_WORDS), 0, -1):
        label, value = line[:size], line[size:]
        meaning = header_meaning(join_words(label))
        held = labels.holds(label)
        known = held or _is_phrase(join_words(label))
        if measure.exact_pitch:
            if header_meaning(text) and labels.holds(value):
                return None  # both are lines of a label that is wrapped elsewhere
            if known and any(abs(value[0].x0 - left) < 0.2 * value[0].size for left in places.lefts):
                return _Split(label, value, meaning)
            continue
        if _is_first_line(label, beside[1], places, measure, labels):
            return _Split(label, value, None)
        if value[0].text[:1].islower() and not _is_under(value, beside):
            continue
        if not known and not _goes_on_below(label, beside[1], places, labels):
            continue
        if value[0].x0 >= places.values - _RAGGED:
            return _Split(label, value, meaning)
        if held and meaning and label[-1].text not in _OPEN and value[0].text != "/":  # behind which the label goes on
            return _Split(label, value, meaning, unsure=not _is_under(value, beside))
    return None


@fixed(frozen=True, slots=True)
class _Style:
    """How the rows of a page are set."""

    parted: bool
    """A gap parts any two of them."""
    offset: float
    """How much lower a label stands than a value of one line."""
    top: bool = False
    """Labels stand at the first line of their values; else in the middle."""
    capital: bool = False
    """Labels begin with capitals: what begins in lower case goes on with one."""


def _runs(splits: Sequence[_Split | None]) -> list[tuple[list[_Split], bool]]:
    """The lines of labels and values that follow each other, and whether they begin the page; all hold a label."""
    runs: list[tuple[list[_Split], bool]] = [([], True)]
    for split in splits:
        if split is not None:
            runs[-1][0].append(split)
        elif runs[-1][0]:
            runs.append(([], False))
    return [(run, at_head) for run, at_head in runs if any(split.label for split in run)]


def _pitch(split: _Split, measure: Measure) -> float:
    """The distance of two lines of one paragraph."""
    return (split.label or split.value)[0].size * (1.2 if measure.exact_pitch else 1.0)


def _style(runs: Sequence[tuple[Sequence[_Split], bool]], measure: Measure) -> _Style:
    """How rows are set, by what stands between gaps."""
    parts: list[list[_Split]] = []
    offsets: list[float] = []
    plain: list[float] = []
    for run, _ in runs:
        parts.append([])
        for index, split in enumerate(run):
            if index and split.baseline - run[index - 1].baseline > _APART * _pitch(split, measure):
                parts.append([])
            parts[-1].append(split)
            if split.label:
                near = [each.baseline for each in run[max(index - 1, 0) : index + 2] if each.value]
                offsets.extend([min((split.baseline - each for each in near), key=abs)] if near else [])
                plain.extend(_plain_offset(run, index, measure))
    held = [count for part in parts if (count := sum(1 for split in part if split.label))]
    offsets = sorted(plain if len(plain) > 1 else offsets)  # of a label and a value of a line each, where there are any
    offset = offsets[len(offsets) // 2] if offsets else 0.0
    parted = len(held) >= 4 and sum(count == 1 for count in held) >= _PARTED * len(held)
    firsts = [split.label[0].text[0] for run, _ in runs for split in run if split.label]
    return _Style(parted, offset, capital=2 * sum(map(str.isupper, firsts)) > len(firsts))


def _plain_offset(run: Sequence[_Split], index: int, measure: Measure) -> list[float]:
    """How much lower a label of one line stands than its value of one line; empty where either may have more."""
    split = run[index]
    reach = _APART * _pitch(split, measure)
    near = [each for each in run[max(index - 2, 0) : index + 3] if abs(each.baseline - split.baseline) <= reach]
    values = [each for each in near if each.value]
    if len(values) != 1 or any(each.label for each in near if each is not split):
        return []
    (value,) = values
    around = run[max(index - 3, 0) : index + 4]
    if any(each.value and each is not value and abs(each.baseline - value.baseline) <= reach for each in around):
        return []
    return [split.baseline - value.baseline]


def _labels_in(run: Sequence[_Split], measure: Measure, known: Labels, style: _Style) -> list[int]:
    """Where the labels of a run begin."""
    return [
        index
        for index, split in enumerate(run)
        if split.label and not _goes_on(run[max(index - 2 * _NEAR, 0) : index], split, measure, known, style)
    ]


def _rows(run: Sequence[_Split], measure: Measure, known: Labels, style: _Style, at_head: bool) -> list[_Row]:
    """The rows of a run of lines: each has one label; the first may have none, where the run begins above it."""
    _, starts = _cut(run, _labels_in(run, measure, known, style), measure, style, at_head)
    rows = [_Row()] if starts[0][0] else []
    first = dict(starts)
    for index, split in enumerate(run):
        if index in first:
            rows.append(_Row(unsure=first[index]))
        if split.label:
            rows[-1].label.append(split.label)
        if split.value:
            rows[-1].values.append(split.value)
        rows[-1].unsure = rows[-1].unsure or split.unsure
    return rows


def _goes_on(above: Sequence[_Split], split: _Split, measure: Measure, labels: Labels, style: _Style) -> bool:
    """Whether a label goes on with one on the two lines above, which its column's width broke: "Lead", "officer"."""
    place = next((at for at in range(len(above) - 1, max(len(above) - _NEAR, 0) - 1, -1) if above[at].label), None)
    if place is None:
        return False
    near = above[place]
    if split.baseline - near.baseline > _NEAR * 1.3 * split.label[0].size:
        return False
    is_lower = split.label[0].text[:1].islower()
    if (
        near.label[-1].text in _OPEN
        or split.label[0].text == "/"
        or (is_lower and (style.capital or not near.label[0].text[:1].islower()))
    ):
        return True
    before = above[place - 1].label if place else []
    if before and split.meaning and labels.holds(split.label) and _is_one_label(before, near.label, labels):
        return False  # "Current" over "status" is whole, and "Update" another label
    lines = [*above[place:], split]
    if any(other.baseline - one.baseline > _APART * _pitch(other, measure) for one, other in pairwise(lines)):
        return False
    is_known = _is_one_label(near.label, split.label, labels)
    if not style.parted:
        # "Aelod Cabinet / Cabinet" over "Member": the name in the second language is not over.
        in_two = " / " in join_words(near.label)
        return is_known and (in_two or not (near.meaning and split.meaning))
    return is_known or not (near.meaning or split.meaning)


def _cut(
    run: Sequence[_Split], labels: Sequence[int], measure: Measure, style: _Style, at_head: bool
) -> tuple[float, list[tuple[int, bool]]]:
    """What the cheapest way to cut a run into rows costs; where each row begins, and whether that is a guess.

    `at_head`: the run begins its page, and what stands above the first label may go on from the page before.
    """
    places = [_borders(run, before, index, measure) for before, index in pairwise([-1, *labels])]
    places.append([(len(run), 0.0)])
    last = len(labels) - 1
    # forward[i][at]: the least cost of what stands above row i where it begins at `at`; backward: of what follows.
    lost = 0.0 if at_head else _LOST
    forward = [{at: cost + (lost if at else 0.0) for at, cost in places[0]}]
    costs: list[dict[tuple[int, int], float]] = []
    for number, index in enumerate(labels):
        costs.append(
            {
                (at, end): _row_cost(run, at, end, index, measure, style, number == last) + border
                for at, _ in places[number]
                for end, border in places[number + 1]
            }
        )
        forward.append(
            {
                end: min(forward[number][at] + costs[number][at, end] for at, _ in places[number])
                for end, _ in places[number + 1]
            }
        )
    backward: list[dict[int, float]] = [{len(run): 0.0}]
    for number in range(last, -1, -1):
        backward.append(
            {
                at: min(costs[number][at, end] + backward[-1][end] for end, _ in places[number + 1])
                for at, _ in places[number]
            }
        )
    backward.reverse()
    best = forward[-1][len(run)]
    starts: list[tuple[int, bool]] = []
    for number in range(last + 1):
        whole = sorted((forward[number][at] + backward[number][at], -at) for at, _ in places[number])
        unsure = len(whole) > 1 and whole[1][0] - whole[0][0] < _CLOSE_CALL
        starts.append((-whole[0][1], unsure))
    unsure_at = [unsure for _, unsure in starts] + [False]
    rows = [(at, unsure_at[number] or unsure_at[number + 1]) for number, (at, _) in enumerate(starts)]
    return best, rows


def _borders(run: Sequence[_Split], before: int, index: int, measure: Measure) -> list[tuple[int, float]]:
    """Where the row of the label at `index` may begin, after the label at `before` with all its lines, and what each
    place costs."""
    pitch = _pitch(run[index], measure)
    before = max((at for at in range(max(before, 0), index) if run[at].label), default=before)
    gaps = [(run[at].baseline - run[at - 1].baseline if at else 9.0 * pitch, at) for at in range(before + 1, index + 1)]
    gaps = sorted(gaps, reverse=True)[:_MOST_GAPS]
    widest = max(gap for gap, at in gaps if at or len(gaps) == 1) / pitch
    return sorted(
        (at, _NARROWER * max(0.0, widest - gap / pitch) + _TIGHT * (gap <= _APART * pitch < widest * pitch))
        for gap, at in gaps
    )


def _row_cost(
    run: Sequence[_Split], at: int, end: int, index: int, measure: Measure, style: _Style, cut: bool
) -> float:
    """What it costs that a row begins at `at` and ends before `end`; `cut`: it may have another part overleaf."""
    values = [split.baseline for split in run[at:end] if split.value]
    if not values:
        return _EMPTY
    own = [split.baseline for split in run[index:end] if split.label]
    label = (own[0] + own[-1]) / 2 - style.offset
    anchor = values[0] if style.top else (values[0] + values[-1]) / 2
    off = abs(anchor - label) / _pitch(run[index], measure)
    sure, slope = (0.15, 3.0) if measure.exact_pitch else (0.6, 1.0)
    mixed = _MIXED * (run[index].meaning == "timescale" and _says_more_than_a_time(run[at:end]))
    mixed += _NO_REF * (run[index].meaning == "ref" and _is_no_ref(run[at:end], run))
    return min(3.0, slope * max(0.0, off - sure)) * (0.3 if cut else 1.0) + mixed


def _says_more_than_a_time(splits: Sequence[_Split]) -> bool:
    """Whether the values of lines are a time, and something else below it."""
    texts = [join_words(split.value) for split in splits if split.value]
    return len(texts) > 1 and is_timescale(texts[0]) and not is_timescale(" ".join(texts))


def _is_no_ref(splits: Sequence[_Split], run: Sequence[_Split]) -> bool:
    """Whether the values of lines are no ref, though some line of a run is one."""
    whole = " ".join(join_words(split.value) for split in splits if split.value)
    return not is_ref(whole) and any(is_ref(join_words(split.value)) for split in run if split.value)


def _table(page: int, rows: Sequence[_Row], places: Places, limit: Limit) -> PageTable:
    cells = [
        [
            PageCell(0, _label_lines(row)),
            _value_cell(row, limit),
        ]
        for row in rows
    ]
    lines: list[TextLine] = [line for row in cells for cell in row for line in cell.lines]
    edges = [places.labels, places.values, NO_EDGE]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return PageTable(page, top, bottom, edges, cells, 0, "aligned", True)


def _label_lines(row: _Row) -> list[TextLine]:
    """The label of a row; only its column's width breaks its lines."""
    lines = [as_text_line(words) for words in row.label]
    if len(lines) < 2 or lines[0].size > 1.0:
        return lines
    return [replace(lines[0], text=join_texts(lines), last_line=lines[-1].baseline)]


def _limit(splits: Sequence[_Split | None]) -> Limit:
    """The limit of a page, by its widest value."""
    lines = [split.value for split in splits if split is not None and split.value]
    widths = [print_width(join_words(line)) for line in lines]
    columns = sum(line[-1].x1 - line[0].x0 for line in lines)
    scale = sum(widths) / columns if columns else 1.0
    return Limit(
        max((width + scale * line[0].x0 for width, line in zip(widths, lines, strict=True)), default=0.0), scale
    )


def _skip_labels(lines: Sequence[TextLine], labels: Sequence[float]) -> None:
    """Notes where a line of the label, centred between two lines of its value, stands on a line of its own there."""
    for before, line in pairwise(lines):
        between = sum(before.baseline < at < line.baseline for at in labels)
        if between == 1 and line.baseline - before.baseline == 2 and line.text[:1].islower():
            line.skips = 1


def _value_cell(row: _Row, limit: Limit) -> PageCell:
    """The value of a row; items of a list of characters that lost its bullets are told by how far they are set in."""
    lines = [as_text_line(words) for words in row.values]
    doubts = (NEAR_ROW,) if row.unsure else ()
    if lines and lines[0].size <= 1.0:
        left = min(line.x0 for line in lines)
        reach = limit.reach(left)
        _skip_labels(lines, [words[0].baseline for words in row.label])
        lines, unsure = mark_items(lines, left, reach - _INDENT)
        doubts = (*doubts, UNSURE_ITEMS) if unsure else doubts
        for line, following in pairwise(lines):
            close = following.baseline - (line.last_line or line.baseline) <= 1.05
            whole = line.text[-1:] != "-"
            if close and whole and not following.begins and not is_forced_break(line, following, reach):
                line.wraps = True
    return PageCell(1, lines, doubts=doubts)
