"""The lines of print of a table by baseline and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from operator import attrgetter

from extractor.read.alignment.bounds import (
    bold_groups,
    centred_groups,
    end_of_table,
    extent,
    is_centred,
    is_last_figure,
    is_lone,
    lone_groups,
    numbered_groups,
    opening_numbers,
    set_below,
)
from extractor.read.alignment.feet import is_foot, is_numbered_foot, without_foot
from extractor.read.alignment.gutters import cells_of, is_across, ref_words
from extractor.read.alignment.headers import Column
from extractor.read.alignment.kinds import LETTER
from extractor.read.alignment.measure import Measure
from extractor.read.alignment.shapes import Level, Region
from extractor.read.overleaf import is_ref, is_ref_label
from extractor.read.parting import PartedLine, part_lines
from extractor.read.typeset import TextLine, Word, as_text_line, join_words
from extractor.vocabulary.headings import is_labelled_group

_size, _text = attrgetter("size"), attrgetter("text")
_NUMBER = re.compile(r"\d+")


def _own_size(line: list[Word]) -> float:
    """The size of a line's longest word: a bullet may be larger than its text."""
    if len(set(map(_size, line))) == 1:
        return line[0].size
    letters = list(map(len, map(_text, line)))
    return line[letters.index(max(letters))].size


def table_levels(region: Region, measure: Measure) -> tuple[list[Level], list[list[Word]]]:
    """The table's lines by column; what runs across at the end of the region is not its own."""
    if any(map(_is_drawn_rule, region.lines)):
        region = replace(region, lines=[line for line in region.lines if not _is_drawn_rule(line)])
    columns = region.columns
    lefts = [column.left for column in columns]
    edges = lefts[1:]
    across = [is_across(line, columns, edges, measure) for line in region.lines]
    over: set[int] = set()
    """The lines of print that are cells of a row, though words of theirs stand on the edges of columns."""
    if measure.exact_pitch:
        over = _centred_rows(region, across, lefts)
        if not any(region.header) and len(over) > _FEW_OVER * len(across):
            over.clear()  # overleaf, of another table's columns
        across = [flag and index not in over for index, flag in enumerate(across)]
    if not measure.exact_pitch:
        across = [
            flag and not _goes_on(region, index) and not _ends_activity(region, index)
            for index, flag in enumerate(across)
        ]
    own = list(map(_own_size, region.lines))
    sizes = [size for size, flag in zip(own, across, strict=True) if not flag]
    of_rows = [
        size
        for line, size, flag in zip(region.lines, own, across, strict=True)
        if measure.exact_pitch and not flag and len(cells_of(line)) > 1
    ]
    # A table of one row under a heading is no larger than its header, which may be smaller than rows that are known.
    sizes = sorted(of_rows or [*sizes, *(line.size for line in region.header if line is not None)])
    usual = region.size or (sizes[(len(sizes) - 1) // 2] if sizes else 0.0)
    for index, size in enumerate(own):
        if usual and size > 1.12 * usual and not _is_large_ref(region.lines[index], columns):
            across[index] = True
    if not measure.exact_pitch:
        opening, named = opening_numbers(region)
        for index in opening:
            across[index] = False
        for index in (*centred_groups(region, across), *numbered_groups(region, across), *named, *labels_left(region)):
            across[index] = True
    for index in bold_groups(region, across) if measure.exact_pitch else lone_groups(region, across):
        across[index] = True
    for index, line in enumerate(region.lines):
        across[index] = across[index] and not _closes_bracket(line)
    end = min(end_of_table(region, across, lefts, measure), without_foot(region.lines))
    end -= is_numbered_foot(region.lines, end, region.page)
    end -= set_below(region, end, measure)
    while end and (across[end - 1] or is_lone(region, end, measure) or is_foot(region.lines, end, measure)):
        end -= 1
    parted: Sequence[PartedLine] = ()
    if not measure.exact_pitch:
        rows = [None if flag else line for line, flag in zip(region.lines[:end], across[:end], strict=True)]
        labels = [column.text or str(index) for index, column in enumerate(columns)]
        parted = part_lines(rows, lefts, [column.meaning for column in columns], labels, region.said)
        _take_refs(parted, columns)
    levels: list[Level] = []
    snap = measure.snap
    for index, (line, flag) in enumerate(zip(region.lines[:end], across[:end], strict=True)):
        level = Level(line[0].baseline, line[0].size, {})
        if flag:
            level.across = as_text_line(line)
        else:
            parts: dict[int, list[Word]] = {}
            if measure.exact_pitch and index in over:
                for run in cells_of(line):
                    column = _column_at(_middle(run), lefts)
                    parts.setdefault(column, []).extend(run)
                    if run[0].x0 < lefts[column] - snap * run[0].size:
                        level.doubted |= {column}
            elif measure.exact_pitch:
                for word in line:
                    column = bisect_right(lefts, word.x0 + snap * word.size) - 1
                    parts.setdefault(column if column > 0 else 0, []).append(word)
            else:
                parts, level.doubted = parted[index].parts, parted[index].doubted
            level.cells = {column: as_text_line(words) for column, words in sorted(parts.items())}
            if len(parts) == 1 and _is_group_in_refs(level.cells, columns):
                level.across, level.cells = level.cells[0], {}
        levels.append(level)
    if not measure.exact_pitch:
        if columns[0].meaning == "ref" and len(columns) > 1:
            _settle_letters(levels)
        _mark_half_lines(levels)
    return levels, region.lines[end:]


def _is_large_ref(line: list[Word], columns: Sequence[Column]) -> bool:
    """Whether a line is a ref, or its label, alone in its column, which may be set larger than the rows."""
    text = join_words(line)
    within = columns[0].meaning == "ref" and len(columns) > 1 and line[-1].x1 <= columns[1].left
    return within and (is_ref(text) or is_ref_label(text))


_FEW_OVER = 0.3


def _is_of_row(region: Region, line: list[Word]) -> bool:
    """Whether a line of print that a column's edge crosses is of cells, which may be centred: several stand side by
    side, or it begins right of the first columns and has not the table's middle."""
    if len(cells_of(line)) > 2:
        return True
    columns = region.columns
    return len(columns) > 2 and line[0].x0 > columns[2].left and not is_centred(line, columns, *extent(region))


def _centred_rows(region: Region, across: Sequence[bool], lefts: Sequence[float]) -> set[int]:
    """The lines of cells that run over the edges of columns since these are those of a centred header: such a cell
    begins where another in its column does, or has its middle, and all keep clear of what stands in the columns beside
    theirs. The foot of a page does neither."""
    over = {index for index, flag in enumerate(across) if flag and _is_of_row(region, region.lines[index])}
    if not over:
        return over
    cells = list(map(cells_of, region.lines))
    headers = [[column.words] if column.words else [] for column in region.columns]
    starts, middles = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    reach = [(inf, -inf)] * len(lefts)
    for index, line in enumerate([*cells, *headers]):
        for run in line:
            column = _column_at(_middle(run), lefts)
            starts[column, round(run[0].x0 / _SAME_MIDDLE)] += 1
            middles[column, round(_middle(run) / _SAME_MIDDLE)] += 1
            if index >= len(across) or not across[index]:
                left, right = reach[column]
                reach[column] = min(left, run[0].x0), max(right, run[-1].x1)

    def keeps(run: list[Word]) -> bool:
        start, end = run[0].x0, run[-1].x1
        own = _column_at(_middle(run), lefts)
        if any(start < right - 1 and left + 1 < end for at, (left, right) in enumerate(reach) if at != own):
            return False
        if not any(start < left - 1 and left + 1 < end for left in lefts[1:]):
            return True
        return _is_shared(starts, own, start) or _is_shared(middles, own, _middle(run))

    return {index for index in over if all(map(keeps, cells[index]))}


def _is_shared(places: Counter[tuple[int, int]], column: int, place: float) -> bool:
    """Whether more than one cell of a column is counted at a place or close to it."""
    at = round(place / _SAME_MIDDLE)
    return sum(places[column, near] for near in (at - 1, at, at + 1)) > 1


def _column_at(place: float, lefts: Sequence[float]) -> int:
    return max(bisect_right(lefts, place) - 1, 0)


def _middle(words: Sequence[Word]) -> float:
    return (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2


_SAME_MIDDLE = 1.0


def _take_refs(parted: Sequence[PartedLine], columns: Sequence[Column]) -> None:
    """Gives to the column of refs those that stand one blank behind a group's name that fills its column: they have
    the form of the others, and are none of them."""
    ref = next((index for index, column in enumerate(columns) if column.meaning == "ref"), 0)
    if not ref or columns[ref - 1].meaning != "group":
        return
    refs = {join_words(line.parts[ref]) for line in parted if ref in line.parts}
    forms = Counter(_NUMBER.sub("0", text) for text in refs if not text.isdigit())
    for line in parted:
        words = line.parts.get(ref - 1, [])
        last = words[-1].text if len(words) > 1 and ref not in line.parts else ""
        if last and is_ref(last) and last not in refs and forms[_NUMBER.sub("0", last)] > 1:
            line.parts[ref - 1], line.parts[ref] = words[:-1], words[-1:]


def _closes_bracket(line: Sequence[Word]) -> bool:
    """Whether a line ends a bracket that another opens: it heads nothing."""
    return line[-1].text[-1] == ")" and sum(word.text.count("(") - word.text.count(")") for word in line) < 0


def labels_left(region: Region) -> list[int]:
    """The lines of characters that hold nothing but a name left of all columns: groups that are set sideways beside
    their rows. None where other words stand there."""
    edge = region.columns[0].left - 1
    left = [index for index, line in enumerate(region.lines) if line[0].x0 < edge]
    alone = [index for index in left if region.lines[index][-1].x1 <= edge]
    names = [join_words(region.lines[index]) for index in alone]
    return (
        alone if len(alone) == len(left) > 1 and len(set(names)) == len(names) and not any(map(is_ref, names)) else []
    )


def _is_drawn_rule(line: Sequence[Word]) -> bool:
    """Whether a line is nothing but dashes below each name of a header."""
    return line[0].text[:2] in ("--", "==") and len(line) > 1 and all(_DASHES.fullmatch(word.text) for word in line)


_DASHES = re.compile(r"-{2,}|={2,}")


def _goes_on(region: Region, index: int) -> bool:
    """Whether what a line of characters begins with goes on right below it, in lower case, as a ref below its label, or
    with the figure that ends a sentence: it heads nothing. Between the two another cell's line may stand."""
    lines, line = region.lines, region.lines[index]
    below = next((each for each in lines[index + 1 : index + 3] if abs(each[0].x0 - line[0].x0) <= 1.05), None)
    if below is None or below[0].baseline - line[0].baseline > (1.05 if below is lines[index + 1] else 2.05):
        return False
    rest = below[0].text[:1].islower() or (is_ref_label(line[0].text) and is_ref(below[0].text))
    rest = rest or (region.columns[0].meaning != "ref" and is_last_figure(below, line))
    return rest and not is_labelled_group(join_words(line))


def _ends_activity(region: Region, index: int) -> bool:
    """Whether what stands one blank behind a ref begins where a line right above does, right of the refs: it goes on
    with that. Between the two another cell's line may stand."""
    line = region.lines[index]
    size = ref_words(line) if region.columns[0].meaning == "ref" else 0
    if not size:
        return False
    return any(
        line[0].baseline - above[0].baseline <= index - at + 0.05
        and above[0].x0 > region.columns[0].left + 3
        and abs(above[0].x0 - line[size].x0) < 0.5
        for at, above in enumerate(region.lines[max(index - 2, 0) : index], max(index - 2, 0))
    )


def _mark_half_lines(levels: Sequence[Level]) -> None:
    """Marks the lines of characters between which a line stands that holds other cells' text alone.

    Cells that are centred stand half a line higher or lower than others of their row. A converter writes each height on
    a line of its own, so that two lines of one cell stand one apart though nothing is between them.
    """
    for above, level, below in zip(levels, levels[1:], levels[2:], strict=False):
        if level.across or below.baseline - above.baseline > 2.0:
            continue
        held = level.cells.keys()
        if held and held.isdisjoint(above.cells) and held.isdisjoint(below.cells):
            for column in above.cells.keys() & below.cells.keys():
                below.cells[column].skips = 1


def _settle_letters(levels: Sequence[Level]) -> None:
    """Gives back to the activity the letter that stands beside a ref, where the ref's own is on the next line."""
    for level, following in pairwise(levels):
        ref, own = level.cells.get(0), following.cells.get(0)
        if ref is None or own is None or " " not in ref.text or following.baseline - level.baseline > 1.05:
            continue
        number, letter = ref.text.rsplit(" ", 1)
        if letter == own.text and LETTER.fullmatch(letter):
            ref.text = number
            activity = level.cells.get(1)
            if activity is not None:
                activity.text = f"{letter} {activity.text}"


def _is_group_in_refs(cells: dict[int, TextLine], columns: Sequence[Column]) -> bool:
    """Whether a line that holds nothing but a text in the column of refs is the heading of a group."""
    line = cells.get(0)
    if line is None or columns[0].meaning != "ref" or is_ref(line.text):
        return False
    return len(line.text.split()) >= 3 and bool(re.match(r"[A-Z0-9]", line.text))
