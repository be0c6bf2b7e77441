"""Where a table ends, and which of its lines are headings of groups, where no column edge is crossed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from extractor.read.alignment.gutters import ref_words
from extractor.read.alignment.headers import Column
from extractor.read.alignment.measure import Measure
from extractor.read.alignment.shapes import Region
from extractor.read.overleaf import begins_ref, is_ref, is_ref_label, opens_with_ref
from extractor.read.parting import is_one_run, runs_of
from extractor.read.typeset import Word, join_words
from extractor.rows import PEOPLE
from extractor.text import breaks_off, print_width
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.roles import looks_like_owner
from extractor.vocabulary.times import is_timescale
from extractor.vocabulary.verbs import opens_action

_is_bold = attrgetter("bold")
_NAMED = re.compile(r"[A-Z0-9‘“'\"]")
"""A heading has a name; a bracket or a small letter goes on from above."""
_OPENING_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.:)]?")
_FEWEST_NUMBERS = 3
"""So many rows show that activities begin with their refs."""
_FILLS = 0.8
_HEADING = 120
"""No heading of a group within a table has more characters."""


def lone_groups(region: Region, across: Sequence[bool]) -> list[int]:
    """The lines of characters that are headings of groups, though they do not run across the columns.

    Such a line stands alone where the first column begins. The next one begins a row, or is such a heading too; and
    the cell above it has ended, since no width broke the line there.
    """
    columns, lines = region.columns, region.lines
    if len(columns) < 3:
        return []
    own = Counter(
        join_words(words)
        for line, flag in zip(lines, across, strict=True)
        if not flag and (words := _in_first_column(line, columns)) and len(words) < len(line)
    )
    limit = max([0.4 * (columns[1].left - columns[0].left - 1), *map(print_width, own)])
    refs_within = columns[0].meaning == "activity" and any(
        opens_with_ref(join_words(line)) and _goes_on_in_lower_case(lines, index) for index, line in enumerate(lines)
    )
    found: list[int] = []
    for index in range(len(lines) - 2, -1, -1):
        if across[index] or not _names_group(lines[index], lines[index + 1], columns):
            continue
        if columns[0].meaning == "ref" and own[join_words(lines[index])]:
            continue  # "Action" over "1.1", as in other rows
        if refs_within and opens_with_ref(join_words(lines[index])):
            continue  # "Action 1.2: Mend the weir", as the texts of other rows begin
        if columns[0].meaning == "activity" and is_last_figure(lines[index + 1], lines[index]):
            continue
        if columns[0].meaning == "activity" and _fills_as_action(lines[index], lines[index + 1], limit):
            continue
        if columns[0].meaning == "activity" and index and across[index - 1] and _has_label_above(lines, index):
            continue
        following = across[index + 1] or index + 1 in found or _begins_row(lines[index + 1], columns)
        following = following or _stands_apart(lines, index)
        if following and _ended_above(region, across, index, limit):
            found.append(index)
    return found


_LAST_FIGURE = re.compile(r"[£\d][\d,.%m]*\.")


def is_last_figure(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Whether a line begins with the figure that ends the sentence right above it: "3." below "Grant-aid the first"."""
    near = line[0].baseline - above[0].baseline <= 1.05 and abs(line[0].x0 - above[0].x0) <= 1.05
    return near and above[-1].text[-1:].isalnum() and bool(_LAST_FIGURE.fullmatch(line[0].text))


def centred_groups(region: Region, across: Sequence[bool]) -> list[int]:
    """The lines of characters that are headings of groups since they are centred over all columns.

    Such a line stands alone and begins where no column does. Two of different lengths have one middle, near that of
    the table; a single one has that of the table. One that begins where a column does has the middle of others.
    """
    columns, lines = region.columns, region.lines
    if len(columns) < 3:
        return []
    words = [word for line in (*lines, *(column.words for column in columns)) for word in line]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    middles = {
        index: (line[0].x0 + line[-1].x1) / 2
        for index, line in enumerate(lines)
        if not across[index] and line[0].x0 > columns[0].left + 3
        if _may_be_centred(line) and all(abs(line[0].x0 - column.left) > _OFF_MIDDLE for column in columns)
        if not _goes_on_cell(lines, index)
    }
    found: list[int] = []
    for index, middle in middles.items():
        off = middle - (left + right) / 2  # the last column may be wider than its texts, so that the table is, too
        alike = any(
            abs(middle - other) <= _OFF_MIDDLE and lines[index][0].x0 != lines[at][0].x0
            for at, other in middles.items()
        )
        if abs(off) <= _OFF_MIDDLE or (alike and 0 < off <= _NEAR_MIDDLE * (right - left)):
            found.append(index)
    within = sum(_has_centred_cell(line, columns, [middles[index] for index in found]) for line in lines)
    if within > len(found):
        return []
    own = {middles[index] for index in found}
    also = (
        index
        for index, line in enumerate(lines)
        if index not in middles and not across[index] and line[0].x0 > columns[0].left + 3 and _may_be_centred(line)
        if any(abs((line[0].x0 + line[-1].x1) / 2 - middle) <= 0.55 for middle in own)
    )
    return [*found, *also]


def _has_centred_cell(line: list[Word], columns: Sequence[Column], middles: Sequence[float]) -> bool:
    """Whether one of several cells on a line begins where no column does, and has one of these middles."""
    runs = runs_of(line)
    return len(runs) > 1 and any(
        any(abs((run[0].x0 + run[-1].x1) / 2 - middle) <= _OFF_MIDDLE for middle in middles)
        and all(abs(run[0].x0 - column.left) > _OFF_MIDDLE for column in columns)
        for run in runs
    )


_OFF_MIDDLE, _NEAR_MIDDLE = 1.05, 0.1
_NEAR_LINES = 2


def _goes_on_cell(lines: Sequence[list[Word]], index: int) -> bool:
    """Whether a line is the rest of a cell: it begins where one of several cells on a line near it does, or where a
    line of another length does, or one that a line parts from it."""
    line, first = lines[index], max(index - _NEAR_LINES, 0)
    return any(
        line[0].x0 in [run[0].x0 for run in runs]
        and (len(runs) > 1 or runs[0][-1].x1 != line[-1].x1 or abs(at - index) > 1)
        for at, runs in enumerate(map(runs_of, lines[first : index + _NEAR_LINES + 1]), first)
        if at != index
    )


def _may_be_centred(line: list[Word]) -> bool:
    """Whether a line of characters reads as a name."""
    text = join_words(line)
    named = len(text) <= _HEADING and bool(_NAMED.match(text)) and text[-1:] not in ".,;:"
    return named and len(runs_of(line)) == 1 and not is_timescale(text)


def numbered_groups(region: Region, across: Sequence[bool]) -> list[int]:
    """The lines of characters that are headings of groups since their numbers begin those of the rows below them.

    "1. Safe streets" stands alone over the row 1.1, where refs and then a name or the text of that row begin.
    """
    columns, lines = region.columns, region.lines
    if len(columns) < 3 or columns[0].meaning != "ref":
        return []
    found: list[int] = []
    below = ""
    """The next ref."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        ref = _ref_at_left(line, columns)
        runs = runs_of(line)
        alone = len(runs) == 1 or (len(runs) == 2 and join_words(runs[0]) == ref)
        alone = alone and bool(ref) and below.startswith(ref.rstrip(".") + ".") and not across[index]
        if alone and len(text := join_words(line)) <= _HEADING and text[-1:] not in ".,;:":
            following = next((word for word in lines[index + 1] if word.x0 > columns[1].left - 1.05), None)
            name = line[len(ref.split())]
            if name.text[:1].isupper() and (following is None or not following.text[:1].islower()):
                found.append(index)
        below = ref or below
    return found


def opening_numbers(region: Region) -> tuple[list[int], list[int]]:
    """The lines of characters that begin rows with the ref of an activity, and those that name their groups by number.

    Where no column holds refs, "1. Safe streets" stands alone over "1.1 Mend", or over the first of all "2.1.n".
    """
    columns, lines = region.columns, region.lines
    if len(columns) < 3 or columns[0].meaning != "activity":
        return [], []
    opened = [
        (index, tuple(match[1].split(".")))
        for index, line in enumerate(lines)
        if abs(line[0].x0 - columns[0].left) <= 1.05 and len(line) > 1 and line[1].text[:1].isupper()
        if (match := _OPENING_NUMBER.fullmatch(line[0].text))
    ]
    beside = Counter(len(parts) for index, parts in opened if len(runs_of(lines[index])) > 1)
    size, count = max(beside.items(), default=(0, 0), key=lambda each: (each[1], each[0]))
    if size < 2 or count < _FEWEST_NUMBERS:
        return [], []
    groups: list[int] = []
    above: tuple[str, ...] = ()
    for (index, parts), (_, below) in pairwise(opened):
        series = below[:-1]
        heads = len(parts) < size == len(below) and parts in (series, series[-len(parts) :])
        text = join_words(lines[index])
        if heads and series != above and is_one_run(lines[index]) and text[-1:] not in ".,;:" and len(text) <= _HEADING:
            groups.append(index)
        above = parts[:-1] if len(parts) == size else above
    return [index for index, parts in opened if len(parts) == size], groups


def _ref_at_left(line: list[Word], columns: Sequence[Column]) -> str:
    """The ref that a line of characters begins with, and goes on after; empty where there is none."""
    if abs(line[0].x0 - columns[0].left) > 2.05:
        return ""
    size = ref_words(line)
    return join_words(line[:size]) if size else ""


def bold_groups(region: Region, across: Sequence[bool]) -> list[int]:
    """The lines of print that are headings of groups since they are bold and alone where rows are light.

    Such a line begins in the first column, or is centred over several; at the very end it is one of what follows
    overleaf.
    """
    columns, lines = region.columns, region.lines
    if len(columns) < 3:
        return []
    bold = [all(map(_is_bold, line)) for line in lines]
    if not any(bold):
        return []
    runs = [all(word.x0 - before.x1 < 1.2 * word.size for before, word in pairwise(line)) for line in lines]
    rows = [flag for flag, run in zip(bold, runs, strict=True) if not run]
    if not rows or any(rows):
        return []
    left, right = extent(region)
    return [
        index
        for index, line in enumerate(lines)
        if bold[index]
        and not across[index]
        and runs[index]
        and (line[0].x0 < columns[1].left - 1 or is_centred(line, columns, left, right))
        and not is_ref(join_words(line))
    ]


def extent(region: Region) -> tuple[float, float]:
    """How far to the left and to the right the words of a table reach, those of its header too."""
    words = [word for line in (*region.lines, *(column.words for column in region.columns)) for word in line]
    return min(word.x0 for word in words), max(word.x1 for word in words)


def is_centred(line: Sequence[Word], columns: Sequence[Column], left: float, right: float) -> bool:
    """Whether a line of print is centred between two places, and runs over the edge of a column or has a group's
    label."""
    start, end = line[0].x0, line[-1].x1
    is_over = any(start < column.left - 1 and column.left + 1 < end for column in columns[1:])
    return (is_over or is_labelled_group(join_words(line))) and abs(start + end - left - right) < 2 * _OFF_CENTRE * (
        right - left
    )


_OFF_CENTRE = 0.02


def _fills_as_action(line: Sequence[Word], following: Sequence[Word], limit: float) -> bool:
    """Whether a line fills its column and begins with a verb, and the next goes on below: the text of a centred row."""
    if len(line) < 2 or not opens_action(line[0].text, line[1].text) or print_width(join_words(line)) < _FILLS * limit:
        return False
    return following[0].baseline - line[0].baseline <= 1.05 and abs(following[0].x0 - line[0].x0) <= 1.05


def _has_label_above(lines: Sequence[list[Word]], index: int) -> bool:
    """Whether the line above has a group's label and this one has none, so that it is the text of the first row."""
    return is_labelled_group(join_words(lines[index - 1])) and not is_labelled_group(join_words(lines[index]))


def _in_first_column(line: Sequence[Word], columns: Sequence[Column]) -> list[Word]:
    return [word for word in line if word.x1 < columns[1].left + 0.5]


def _begins_row(line: list[Word], columns: Sequence[Column]) -> bool:
    """Whether a line of characters begins a row at the left edge of its table, and has other cells beside it."""
    runs = runs_of(line)
    return (
        len(runs) > 1
        and abs(line[0].x0 - columns[0].left) <= 1.05
        and not line[0].text[:1].islower()
        and line[0].text[:1] not in "(•"
    )


def _names_group(line: list[Word], following: list[Word], columns: Sequence[Column]) -> bool:
    """Whether a line of characters reads as the heading of a group that stands in the first column."""
    text = join_words(line)
    if len(runs_of(line)) > 1 or abs(line[0].x0 - columns[0].left) > 1.05 or len(text) > _HEADING:
        return False
    if not _NAMED.match(text) or text[-1:] in ".,;:" or breaks_off(text) or is_timescale(text):
        return False
    lefts = [column.left for column in columns[1:]]
    if any(abs(word.x0 - left) <= 1.05 and not word.text[:1].islower() for word in line for left in lefts):
        return False
    if columns[0].meaning in PEOPLE:
        return not looks_like_owner(text)
    if columns[0].meaning != "ref":
        return True
    size = ref_words(line)
    if size:  # "1.1 Walking" is the heading over 1.1.1
        return following[0].text.startswith(join_words(line[:size]).rstrip(".") + ".")
    if is_ref(text) or begins_ref(line[0].text) or (is_ref_label(line[0].text) and is_ref(following[0].text)):
        return False
    return len(line[0].text) > 2 and line[0].text.isalpha()


def _goes_on_in_lower_case(lines: Sequence[list[Word]], index: int) -> bool:
    """Whether the text at the left of a line of characters goes on in lower case on one of the next two."""
    below = (line[0] for line in lines[index + 1 : index + 3] if abs(line[0].x0 - lines[index][0].x0) <= 1.05)
    return next((word.text[:1].islower() for word in below), False)


def _stands_apart(lines: Sequence[list[Word]], index: int) -> bool:
    """Whether empty lines part a line of characters from the next, and from the one above if there is one.

    In a table whose cells are centred the next row may begin with any of its cells.
    """
    around = pairwise(lines[max(index - 1, 0) : index + 2])
    return all(below[0].baseline - above[0].baseline > 1.5 for above, below in around)


def _ended_above(region: Region, across: Sequence[bool], index: int, limit: float) -> bool:
    """Whether the cell of the first column above a line of characters has surely ended."""
    if not index:
        return any(region.header)
    line, above = region.lines[index], region.lines[index - 1]
    if across[index - 1] or line[0].baseline - above[0].baseline > 1.5:
        return True
    before = _in_first_column(above, region.columns)
    if not before or region.columns[0].meaning == "ref":
        return True
    text = join_words(before)
    if breaks_off(text):
        return False
    return limit - print_width(text) - 0.28 - print_width(line[0].text) > 1.0 + 0.05 * limit


def end_of_table(region: Region, across: Sequence[bool], lefts: Sequence[float], measure: Measure) -> int:
    """How many lines belong to the table: none after a heading or a gap under which nothing stands in its columns."""
    for index in range(len(region.lines) - 1):
        if not index and any(region.header):
            continue
        if not measure.exact_pitch and _heads_other_table(region, index, lefts, measure):
            return index
        heading = bool(index) and across[index] and not across[index + 1]
        if heading and _goes_on_below(region, index, measure):
            continue
        if heading or _is_set_apart(region.lines, index, measure):
            rest = [line for line, flag in zip(region.lines[index:], across[index:], strict=True) if not flag]
            above = [*(column.words for column in region.columns if column.words), *region.lines[:index]]
            centred = heading and measure.exact_pitch and _keeps_middles(rest, above)
            if not centred and _stands_elsewhere(rest, region.lines[:index], lefts, measure, heading):
                return index
    return len(region.lines)


def _heads_other_table(region: Region, index: int, lefts: Sequence[float], measure: Measure) -> bool:
    """Whether a line of characters that stands apart is the heading of a table of other columns: below it, or below a
    few lines that say what the table shows, stands a row of names of which two are known to be a header's, or one is
    and two begin where no column does."""
    if not _is_set_apart(region.lines, index, measure) or not is_one_run(region.lines[index]):
        return False
    below = region.lines[index + 1 : index + 2 + _MOST_SAID]
    runs = next((runs for line in below if len(runs := runs_of(line)) > 1), [])
    names = list(map(join_words, runs))
    if len(runs) < _FEWEST_NAMES or not all(map(_may_be_header, names)):
        return False
    known = sum(header_meaning(name) is not None for name in names)
    return known > 1 or (known > 0 and sum(all(abs(run[0].x0 - left) > 2.05 for left in lefts) for run in runs) > 1)


def _may_be_header(text: str) -> bool:
    """Whether a cell may be a header's: a name without a figure or a stop, no time, and nothing that is to be done."""
    first, *others = text.split()
    return (
        len(others) < _MOST_IN_HEADER
        and first[0].isupper()
        and text[-1] not in ".,;:"
        and not any(map(str.isdigit, text))
        and not is_timescale(text)
        and not (len(others) > 1 and opens_action(first, others[0]))
    )


_FEWEST_NAMES, _MOST_IN_HEADER = 3, 6
_MOST_SAID = 3
"""No more lines stand between the heading of a table and its header."""


def _keeps_middles(lines: Sequence[Sequence[Word]], above: Sequence[Sequence[Word]]) -> bool:
    """Whether most cells on the lines of a printed page have the middle of a cell above, and more than one on a line
    do: columns whose cells are centred begin nowhere."""
    known = {middle for line in above for middle in _middles(line)}
    own = [middle for line in lines if len(found := _middles(line)) > 1 for middle in found]
    kept = sum(1 for middle in own if any(abs(middle - other) < _SAME_MIDDLE for other in known))
    return bool(own) and kept >= _MOST_MIDDLES * len(own)


def _middles(line: Sequence[Word]) -> list[float]:
    """The middles of the runs of a line of print."""
    runs = [[line[0].x0, line[0].x1]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > _CELLS_APART * word.size:
            runs.append([word.x0, word.x1])
        runs[-1][1] = word.x1
    return [(start + end) / 2 for start, end in runs]


_SAME_MIDDLE = 1.5
_MOST_MIDDLES = 0.6
_CELLS_APART = 0.8


def _goes_on_below(region: Region, index: int, measure: Measure) -> bool:
    """Whether a row with a ref begins under a heading in columns of characters, where the refs of the table stand."""
    line = region.lines[index + 1]
    if measure.exact_pitch or region.columns[0].meaning != "ref" or not _begins_row(line, region.columns):
        return False
    return is_ref(join_words(runs_of(line)[0])) or is_ref(line[0].text)


def _is_set_apart(lines: Sequence[list[Word]], index: int, measure: Measure) -> bool:
    """Whether empty lines part a line of characters from the one before; so do they the first line."""
    if measure.exact_pitch:
        return False
    return not index or lines[index][0].baseline - lines[index - 1][0].baseline > 1.5


def _stands_elsewhere(
    lines: Sequence[list[Word]],
    above: Sequence[list[Word]],
    lefts: Sequence[float],
    measure: Measure,
    heading: bool,
) -> bool:
    """Whether most of what stands after a gap on the lines begins where no column of the table does."""
    seen = Counter(
        word.x0
        for line in above
        for before, word in pairwise(line)
        if word.x0 - before.x1 > 1.1 * measure.blank * word.size
    )
    begun = aligned = 0
    columns: set[int] = set()
    starts: Counter[int] = Counter()
    for line in lines:
        before: Word | None = None
        for word in line:
            wide = (2.1 if measure.exact_pitch else 1.1) * measure.blank * word.size
            if before is None or word.x0 - before.x1 > wide:
                begun += 1
                reach = max(measure.snap, 0.4 if measure.exact_pitch else 3.0) * word.size
                places = [number for number, left in enumerate(lefts) if abs(word.x0 - left) <= reach]
                aligned += bool(places) or (not measure.exact_pitch and seen[word.x0] >= 2)
                columns.update(places)
                if before is not None:
                    starts[round(word.x0)] += 1
            before = word
    if heading and begun and (aligned < 0.6 * begun or len(columns) < min(3, len(lefts))):
        return True
    if measure.exact_pitch or len(lines) < 2 or not starts:
        return False
    elsewhere = [start for start in starts if all(abs(start - left) > 3 for left in lefts) and seen[start] < 2]
    if sum(starts[start] for start in elsewhere) < 2 or len(starts) + 1 >= len(lefts):
        return False
    alone = len(runs_of(lines[0])) == 1 and lines[1][0].baseline - lines[0][0].baseline > 1.5
    return len(elsewhere) == len(starts) or (alone and 2 * len(elsewhere) >= len(starts))


def _stands_out(line: Sequence[Word], lines: Sequence[list[Word]]) -> bool:
    """Whether a line is in bold or large print, and none of the others is."""
    bold = all(word.bold for word in line)
    return any(
        shows and not any(also(each) for each in lines)
        for shows, also in (
            (bold, lambda each: all(word.bold for word in each)),
            (line[0].size > 1.0, lambda each: each[0].size > 0.93 * line[0].size),
        )
    )


def _heads_next(line: list[Word], columns: Sequence[Column]) -> bool:
    """Whether a line of characters before the next header runs on over the column of groups: it is the heading of the
    next table."""
    if not is_one_run(line) or abs(line[0].x0 - columns[0].left) > 1.05 or not _NAMED.match(line[0].text):
        return False
    edge = columns[1].left - 1.05
    behind = next((word for word in line if word.x0 >= edge), None)
    return behind is not None and line[-1].x1 > edge + 5 and line[-1].text[-1:] not in ".,;:"


def _is_set_in(region: Region, end: int, measure: Measure) -> bool:
    """Whether the line of characters before `end` begins a little to the right of the first column, where no other line
    does."""
    left, own = region.columns[0].left, region.lines[end - 1][0].x0
    return (
        not measure.exact_pitch and own <= left + _SET_IN and all(line[0].x0 != own for line in region.lines[: end - 1])
    )


_SET_IN = 4


def set_below(region: Region, end: int, measure: Measure) -> int:
    """How many lines of characters before `end`, and so before the next header, stand below a gap that is wider than
    any above it: a heading, and what is said under it. Each is one run that begins where the table does."""
    lines = region.lines
    if measure.exact_pitch or not region.before_header:
        return 0
    size = 0
    while size < min(_MOST_SET_BELOW, end - _FEWEST_ABOVE):
        line = lines[end - size - 1]
        if not is_one_run(line) or abs(line[0].x0 - region.columns[0].left) > 1.05:
            return 0
        size += 1
        above = [below[0].baseline - other[0].baseline for other, below in pairwise(lines[: end - size + 1])]
        if above[-1] > 1.5 and above[-1] > max(above[:-1]):
            is_name = _NAMED.match(join_words(line)) and not is_ref(line[0].text)
            return size if is_name else 0
    return 0


_MOST_SET_BELOW, _FEWEST_ABOVE = 4, 2


def is_lone(region: Region, end: int, measure: Measure) -> bool:
    """Whether the line before `end` is a heading that belongs to the next table, though it is short."""
    columns = region.columns
    # At a page's head, what begins where refs do is no rest of a row.
    alone = end == 1 and not measure.exact_pitch and not any(region.header) and columns[0].meaning == "ref"
    alone = alone and len(region.lines[0]) > 1
    if not region.before_header or (end < 2 and not alone):
        return False
    line = region.lines[end - 1]
    if columns[0].meaning not in ("ref", "activity", None, "group") and not _stands_out(line, region.lines[: end - 1]):
        return False
    reach = measure.snap * line[0].size
    if not measure.exact_pitch and columns[0].meaning == "group" and _heads_next(line, columns):
        return True
    distance = line[0].baseline - region.lines[end - 2][-1].baseline if end > 1 else float("inf")
    if distance < 1.6 * line[0].size or (line[0].x0 > columns[0].left + reach and not _is_set_in(region, end, measure)):
        return False
    if not measure.exact_pitch and not _NAMED.match(line[0].text):
        return False
    if not measure.exact_pitch and len(columns) > 3 and len(runs_of(line)) == 1:
        # A row would hold more than a ref and a few words, but for one that goes on overleaf.
        return not (columns[0].meaning == "ref" and is_ref(join_words(line)) and any(map(str.isdigit, line[0].text)))
    if columns[0].meaning == "ref":
        own = [word for word in line if word.x0 < columns[1].left - reach]
        if is_ref(join_words(own)) or is_ref(line[0].text):
            return False
        return all(word.x0 - before.x1 < 2.5 * word.size for before, word in pairwise(line))
    return all(word.x0 < columns[1].left - reach for word in line)
