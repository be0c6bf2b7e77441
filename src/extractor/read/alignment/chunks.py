"""The lines of a table between those edges at which a row may end."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from extractor.read.alignment.facts import Facts, goes_on
from extractor.read.alignment.kinds import LOWER
from extractor.read.alignment.shapes import Chunk, Level
from extractor.read.typeset import TextLine
from extractor.text import breaks_off

_EARLY = 0.2
"""Print across the columns is broken within this share of the table's width."""

_APART = 1.8
"""Two refs stand so far apart at least, in font sizes; the halves of a torn one follow each other."""


def cut_chunks(levels: Sequence[Level], facts: Facts, rules: Sequence[float]) -> list[Chunk]:
    """The levels between those edges at which a row may end."""
    bound = _bound_levels(levels, facts)
    if not facts.measure.exact_pitch:
        _part_sub_items(bound, levels, facts)
    drawn = _drawn_edges(levels, rules)
    if drawn and not _part_all(levels, drawn, facts):
        for index in drawn:
            bound[index] = False
    elif drawn:
        for index in range(1, len(levels)):
            bound[index] = index not in drawn and levels[index].across is None and levels[index - 1].across is None
    chunks: list[Chunk] = []
    for index, level in enumerate(levels):
        before_across = bool(chunks) and chunks[-1].across
        joins_across = (
            before_across
            and level.across is not None
            and index not in drawn
            and _is_one_heading(levels[index - 1], level, facts)
        )
        if chunks and (bound[index] if not (level.across or before_across) else joins_across):
            chunks[-1].levels.append(level)
        else:
            if chunks and index in drawn:
                chunks[-1].must_end = True
            chunks.append(Chunk([level]))
    for chunk in chunks:
        for level in chunk.levels:
            for column, line in level.cells.items():
                chunk.lines.setdefault(column, []).append(line)
    return chunks


def _bound_levels(levels: Sequence[Level], facts: Facts, lower: bool = True) -> list[bool]:
    """By level, whether no row may begin there, since what stands there goes on; for `lower` see `goes_on`."""
    bound = [False] * len(levels)  # bound[i]: no row may begin at level i
    last: dict[int, tuple[int, TextLine]] = {}
    heads: dict[int, str] = {}  # by column, the line with which its cell begins
    for index, level in enumerate(levels):
        if index:
            gap = level.baseline - levels[index - 1].baseline
            if gap < facts.measure.level_gap * min(level.size, levels[index - 1].size):
                bound[index] = True
        for column, line in level.cells.items():
            known = last.get(column)
            if known is not None and facts.wrapped:
                at, before = known
                # A cell that begins as the one above it is the same value again, also in small letters.
                again = not facts.measure.exact_pitch and line.text == heads.get(column)
                if goes_on(before, line, column, facts, lower and not again):
                    for between in range(at + 1, index + 1):
                        bound[between] = True
                else:
                    heads[column] = line.text
            else:
                heads[column] = line.text
            last[column] = (index, line)
        if level.across is not None:
            last.clear()
            heads.clear()
    return bound


def _part_sub_items(bound: list[bool], levels: Sequence[Level], facts: Facts) -> None:
    """Lets rows with several refs be parted where an activity begins with a small letter, as those of sub-items do.

    In columns of characters the lines of two rows may stand as close as those of one.
    """
    ref = _column_of_refs(facts)
    loose: list[bool] | None = None
    start = 0
    for end in range(1, len(levels) + 1):
        if end < len(levels) and bound[end]:
            continue
        refs = [level.cells[ref].text for level in levels[start:end] if ref is not None and ref in level.cells]
        if len(refs) > 1 and not facts.one_ref(refs):
            loose = loose or _bound_levels(levels, facts, lower=False)
            bound[start + 1 : end] = loose[start + 1 : end]
        start = end


def _is_one_heading(before: Level, level: Level, facts: Facts) -> bool:
    """Whether a line across the columns goes on with the one above it: where only the table's width broke it."""
    if before.across is None or level.across is None:
        return True
    text = level.across.text
    if text[:1] in LOWER or breaks_off(before.across.text):
        return True
    if facts.measure.exact_pitch:
        right, left = max(facts.limits), before.across.x0
        return before.across.x1 + level.across.first_width > right - _EARLY * (right - left)
    right = max(column.right for column in facts.columns)
    return before.across.x1 + 1 + level.across.first_width > right


def _drawn_edges(levels: Sequence[Level], rules: Sequence[float]) -> set[int]:
    """Levels before which a rule is drawn; empty where rules are too few to part the rows."""
    edges: set[int] = set()
    for rule in rules:
        for index in range(1, len(levels)):
            above, below = levels[index - 1], levels[index]
            if above.baseline - 0.1 * above.size <= rule <= below.baseline - 0.5 * below.size:
                edges.add(index)
                break
    return edges if len(edges) >= 2 or (edges and len(levels) <= 6) else set()


def _column_of_refs(facts: Facts) -> int | None:
    return next((index for index, column in enumerate(facts.columns) if column.meaning == "ref"), None)


def _part_all(levels: Sequence[Level], drawn: Set[int], facts: Facts) -> bool:
    """Whether rules part all rows: some stand between rows, not only around headings, and no two
    refs stand between the same rules."""
    if not any(levels[index].across is None and levels[index - 1].across is None for index in drawn):
        return False
    ref = _column_of_refs(facts)
    if ref is None:
        return True
    for start, end in pairwise([0, *sorted(drawn), len(levels)]):
        refs = [level.cells[ref] for level in levels[start:end] if ref in level.cells]
        apart = any(below.baseline - line.baseline > _APART * line.size for line, below in pairwise(refs))
        if apart and not facts.one_ref([line.text for line in refs]):
            return False
    return True
