"""The lines of a table between those edges at which a row may end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from extractor.read.alignment.facts import Facts, goes_on
from extractor.read.alignment.kinds import LOWER
from extractor.read.alignment.shapes import Chunk, Level
from extractor.read.overleaf import is_ref, is_ref_label, opens_with_ref
from extractor.read.typeset import TextLine
from extractor.rows import PEOPLE
from extractor.text import breaks_off
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import is_total

_SUB_ITEM = re.compile(r"\d\s*\(?[a-z][.)]?$")
_EARLY = 0.2
"""Print across the columns is broken within this share of the table's width."""

_FEWEST_REFS, _MOST_REFS = 2, 0.85
"""Where fewer of a table's refs stand beside the beginnings of all cells of their rows, its cells are not aligned at
the top, or merged."""
_FEW = 1
"""So many cells of a row may begin with a small letter ("by 31 March"), or below a line that seems to break off; never
its activity."""
_FEW_LEVELS = 6
"""One rule alone parts so many lines of print into two rows."""
_APART = 1.8
"""Two refs stand so far apart at least, in font sizes; the halves of a torn one follow each other."""


def cut_chunks(levels: Sequence[Level], facts: Facts, rules: Sequence[float]) -> list[Chunk]:
    """The levels between those edges at which a row may end."""
    bound = _bound_levels(levels, facts)
    if facts.measure.exact_pitch and not facts.row_gap:
        _part_at_refs(bound, levels, facts)
    elif not facts.measure.exact_pitch:
        _part_sub_items(bound, levels, facts)
    drawn = _drawn_edges(levels, rules, facts)
    if drawn and not _part_all(levels, drawn, facts):
        for index in drawn:
            bound[index] = False
    elif drawn:
        for index in range(1, len(levels)):
            bound[index] = index not in drawn and levels[index].across is None and levels[index - 1].across is None
    if len(levels) > 1 and _adds_up(levels[-1], levels[-2]):
        bound[-1] = False
        drawn.add(len(levels) - 1)
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
    begun = _begun_beside_refs(levels, facts)
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
                if goes_on(before, line, column, facts, lower, again or begun[column, line.text] > 1):
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


def _begun_beside_refs(levels: Sequence[Level], facts: Facts) -> Counter[tuple[int, str]]:
    """How often a column of people has a line beside a ref and the first words of an activity, in columns of
    characters: "Service" over "Manager - Parks" begins a cell there."""
    ref, activity = _column_of_refs(facts), _column_of(facts, "activity")
    if facts.measure.exact_pitch or ref is None or activity is None:
        return Counter()
    return Counter(
        (column, line.text)
        for level in levels
        if ref in level.cells and activity in level.cells and level.cells[activity].text[:1].isupper()
        for column, line in level.cells.items()
        if facts.columns[column].meaning in PEOPLE
    )


def _part_at_refs(bound: list[bool], levels: Sequence[Level], facts: Facts) -> None:
    """Lets a row of print begin at each ref beside which all cells begin, where nearly all refs stand so.

    Programs that set no room between rows (LaTeX, tbl) leave the lines of two as close as those of one.
    """
    ref, activity = _column_of_refs(facts), _column_of(facts, "activity")
    if activity is None:
        return
    last: dict[int, TextLine] = {}
    above: TextLine | None = None
    found: list[tuple[int, bool]] = []
    told: list[bool] = []
    """The same of those beside which a third cell stands."""
    for index, level in enumerate(levels):
        if level.across is not None:
            last.clear()
            above = None
            continue
        own = level.cells.get(activity if ref is None else ref)
        if own is not None and _begins_ref(own, above, ref is None):
            near = above is not None and own.baseline - above.baseline <= 1.06 * facts.pitch * own.size
            apart = ref is None or above is None or not near or not facts.one_ref((above.text, own.text))
            is_item = ref is None or _SUB_ITEM.search(own.text) is not None
            going_on = [
                column
                for column, line in level.cells.items()
                if not _begins(line, last.get(column), is_item and column == activity)
            ]
            text = level.cells[activity].text if activity in level.cells else ""
            begins = apart and bool(text) and activity not in going_on and len(going_on) <= _FEW
            found.append((index, begins))
            told += [begins] * (not begins or len(level.cells) > (1 if ref is None else 2))
        above = own or above
        last.update(level.cells)
    if sum(told) < max(_FEWEST_REFS, _MOST_REFS * len(told)):
        return
    for index, begins in found:
        if begins and index:
            gap = levels[index].baseline - levels[index - 1].baseline
            size = min(levels[index].size, levels[index - 1].size)
            bound[index] = bound[index] and gap < facts.measure.level_gap * size


def _begins_ref(line: TextLine, above: TextLine | None, inline: bool) -> bool:
    """Whether a line is a ref, or the label of one whose number stands below it ("Action" over "1.1"); or, of a column
    of activities (`inline`), begins with a ref."""
    if inline:
        return opens_with_ref(line.text)
    return is_ref_label(line.text) or (is_ref(line.text) and not (above is not None and is_ref_label(above.text)))


def _begins(line: TextLine, above: TextLine | None, is_item: bool) -> bool:
    """Whether a line may be the first of its cell: no small letter goes on there, and the one above does not break off.

    The text of a sub-item begins with a small letter.
    """
    if above is not None and breaks_off(above.text):
        return False
    return is_item or line.text[:1] not in LOWER


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


def _drawn_edges(levels: Sequence[Level], rules: Sequence[float], facts: Facts) -> set[int]:
    """Levels before which a rule is drawn; empty where rules are too few to part the rows.

    One is enough where few lines, or one ref, stand on each side of it.
    """
    edges: set[int] = set()
    for rule in rules:
        for index in range(1, len(levels)):
            above, below = levels[index - 1], levels[index]
            if above.baseline - 0.1 * above.size <= rule <= below.baseline - 0.5 * below.size:
                edges.add(index)
                break
    if (
        len(edges) == 1
        and len(levels) > _FEW_LEVELS
        and (_column_of_refs(facts) is None or not _part_all(levels, edges, facts))
    ):
        return set()
    return edges


def _adds_up(level: Level, before: Level) -> bool:
    """Whether a line is a row that adds up those above it: "Total", and figures at most, below no text that breaks
    off: "each officer's share of the", "Total"."""
    columns = sorted(level.cells)
    first, *others = [level.cells[column].text for column in columns] or [""]
    above = before.cells.get(columns[0]) if columns else None
    if above is not None and breaks_off(above.text):
        return False
    return first[:1].isupper() and is_total(first) and not any(map(str.isalpha, "".join(others)))


def _column_of(facts: Facts, meaning: Meaning) -> int | None:
    return next((index for index, column in enumerate(facts.columns) if column.meaning == meaning), None)


def _column_of_refs(facts: Facts) -> int | None:
    return _column_of(facts, "ref")


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
