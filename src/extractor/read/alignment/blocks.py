"""Texts of cells that reach over several rows: they stand in the way of the edges between rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.read.alignment.chunks import cut_chunks
from extractor.read.alignment.drawn import DrawnCell
from extractor.read.alignment.facts import Facts, goes_on
from extractor.read.alignment.kinds import LOWER, SINGLE
from extractor.read.alignment.shapes import Block, Chunk, Level
from extractor.read.overleaf import opens_with_ref
from extractor.read.typeset import TextLine, join_texts
from extractor.rows import PEOPLE
from extractor.text import key
from extractor.vocabulary.times import is_timescale

_ITEM_LETTER = re.compile(r"\(?[a-z]\)\s")
_SERVED = re.compile(r"(?:(?:our|key) )?(?:commitment|initiative|objective)s?")
"""What the actions of several rows serve; "Action" beside "Action taken" is not."""
_NUMBER = re.compile(r"(\d{1,2})[.)]? [A-Z]")
_FEWER = 0.8
"""A column of groups that holds fewer texts than this share of the rows holds merged cells."""


def floating_blocks(chunks: Sequence[Chunk], facts: Facts) -> list[Block]:
    """Blocks of people that reach into other rows than their own: merged cells, centred over their rows.

    They show where rows with several refs, or without refs with several timescales, cannot be parted because of them;
    and where they tie the last line of an activity to the first one of the next.
    """
    meanings = [column.meaning for column in facts.columns]
    ref = next((index for index, meaning in enumerate(meanings) if meaning == "ref"), -1)
    found: list[Block] = []
    activity = meanings.index("activity") if "activity" in meanings else -1
    above: TextLine | None = None
    for number, chunk in enumerate(chunks):
        lines = chunk.lines.get(activity, [])
        refs = chunk.lines.get(ref, [])
        ties = facts.measure.exact_pitch and (
            _ties_two(above, lines, facts)
            or (number == 0 and (_ties_rest(lines, refs, facts) or _holds_rest(chunk, refs, facts)))
            or (number + 1 < len(chunks) and _ties_list(lines, chunks[number + 1].lines.get(activity, []), facts))
        )
        above = None if chunk.across else lines[-1] if lines else above
        texts = [line.text for line in refs]
        letters = sum(
            bool(_ITEM_LETTER.match(line.text))
            for column, lines in chunk.lines.items()
            if meanings[column] == "activity"
            for line in lines
        )
        inline = sum(opens_with_ref(line.text) for line in lines) if ref < 0 else 0
        several = (len(texts) > 1 and not facts.one_ref(texts)) or max(letters, inline) > 1 or ties
        if not several and (ref >= 0 or not _has_two_times(chunk, facts)):
            continue
        edges = _core_edges(chunk, facts)
        for column, lines in chunk.lines.items():
            if meanings[column] not in PEOPLE:
                continue
            block = Block(column, [lines[0]])
            for before, line in pairwise(lines):
                close = line.baseline - line.skips - before.baseline <= (facts.pitch + 0.06) * line.size
                if close or goes_on(before, line, column, facts):
                    block.lines.append(line)
                else:
                    found.extend([block] if block.crosses(edges) else [])
                    block = Block(column, [line])
            found.extend([block] if block.crosses(edges) else [])
    return found


def torn_values(rows: Sequence[Sequence[Chunk]], facts: Facts) -> list[Block]:
    """The values of people in columns of characters that rows part, and that stand elsewhere as a whole: merged cells,
    centred over their rows. No part of them stands elsewhere, as it does of two values, one above the other."""
    found: list[Block] = []
    for column, held in enumerate(facts.columns):
        if held.meaning not in PEOPLE or facts.measure.exact_pitch:
            continue
        blocks: list[list[list[TextLine]]] = []  # each as its parts, one a row
        for row in rows:
            own = [line for chunk in row if not chunk.across for line in chunk.lines.get(column, ())]
            for index, line in enumerate(own):
                near = blocks and line.baseline - line.skips - blocks[-1][-1][-1].baseline <= 1.05
                if near and index:
                    blocks[-1][-1].append(line)
                elif near:
                    blocks[-1].append([line])
                else:
                    blocks.append([[line]])
        whole = {join_texts(parts[0]) for parts in blocks if len(parts) == 1}
        for parts in blocks:
            lines = [line for part in parts for line in part]
            if len(parts) > 1 and join_texts(lines) in whole and whole.isdisjoint(map(join_texts, parts)):
                found.append(Block(column, lines))
    return found


def _ties_two(above: TextLine | None, lines: Sequence[TextLine], facts: Facts) -> bool:
    """Whether the first line of an activity in a chunk ends the text `above` it, and the next stands apart from it."""
    if above is None or len(lines) < 2 or above.page != lines[0].page:
        return False
    close = (facts.pitch + 0.06) * lines[0].size
    return lines[0].baseline - above.baseline <= close < lines[1].baseline - lines[0].baseline


def _ties_rest(lines: Sequence[TextLine], refs: Sequence[TextLine], facts: Facts) -> bool:
    """Whether an activity at a page's head begins with the rest of one, and the next stands apart beside its ref."""
    if not lines or not refs or lines[0].text[:1] not in LOWER:
        return False
    close = (facts.pitch + 0.06) * lines[0].size
    return any(
        below.baseline - line.baseline > close and line.baseline < refs[0].baseline - 0.5 * line.size
        for line, below in pairwise(lines)
    )


def _holds_rest(chunk: Chunk, refs: Sequence[TextLine], facts: Facts) -> bool:
    """Whether what stands above the first ref of a page in a column of remarks is apart from what stands beside it."""
    if not refs:
        return False
    kept = (lines for at, lines in chunk.lines.items() if facts.columns[at].meaning in ("progress", "extra", None))
    return any(
        below.baseline - line.baseline > (facts.pitch + 0.06) * line.size
        and line.baseline < refs[0].baseline - 0.5 * line.size
        for lines in kept
        for line, below in pairwise(lines)
    )


def _ties_list(lines: Sequence[TextLine], below: Sequence[TextLine], facts: Facts) -> bool:
    """Whether the last line of an activity in a chunk stands apart from those above and opens the list below."""
    if len(lines) < 2 or not below or not lines[-1].text.endswith(":") or below[0].text[:1].isalnum():
        return False
    return lines[-1].baseline - lines[-2].baseline > (facts.pitch + 0.06) * lines[-1].size


def _has_two_times(chunk: Chunk, facts: Facts) -> bool:
    """Whether lines of a chunk, further apart than those of one value, are a timescale each."""
    lines = next((chunk.lines[at] for at in chunk.lines if facts.columns[at].meaning == "timescale"), [])
    values: list[list[str]] = []
    for index, line in enumerate(lines):
        if index and line.baseline - lines[index - 1].baseline <= (facts.pitch + 0.06) * line.size:
            values[-1].append(line.text)
        else:
            values.append([line.text])
    return sum(is_timescale(" ".join(value)) for value in values) > 1


def without(levels: list[Level], blocks: Sequence[Block | DrawnCell]) -> list[Level]:
    """The levels without the lines of some blocks."""
    if not blocks:
        return levels
    taken = {id(line) for block in blocks for line in block.lines}
    for level in levels:
        level.cells = {column: line for column, line in level.cells.items() if id(line) not in taken}
    return [level for level in levels if level.cells or level.across]


def settle_outer(levels: Sequence[Level], facts: Facts) -> Facts:
    """The facts with the first column of print as the groups of the activities beside it ("Commitment" of "Actions"):
    where it holds fewer texts than there are times, and no column has refs."""
    meanings = [column.meaning for column in facts.columns]
    if meanings[:2] != ["activity", "activity"] or "ref" in meanings or not facts.measure.exact_pitch:
        return facts
    first, *others = facts.columns
    times = [len(_blocks_in(levels, index, facts)) for index, meaning in enumerate(meanings) if meaning in SINGLE]
    if not _SERVED.fullmatch(key(first.text)) or len(_blocks_in(levels, 0, facts)) >= _FEWER * max(times, default=0):
        return facts
    return replace(facts, columns=[replace(first, meaning="group"), *others])


def group_blocks(levels: Sequence[Level], facts: Facts) -> list[Block]:
    """The texts of those columns of groups that hold fewer than the table has rows: each stands for several rows.

    In columns of characters only where the first one stands lower than the first row, since it is centred over its own,
    or where each has a number of its own.
    """
    meanings = [column.meaning for column in facts.columns]
    counts = [len(_blocks_in(levels, column, facts)) for column in range(len(meanings))]
    rows = max(
        (count for count, meaning in zip(counts, meanings, strict=True) if meaning == "ref" or meaning in SINGLE),
        default=0,
    )
    return [
        block
        for column, meaning in enumerate(meanings)
        if meaning == "group" and 0 < counts[column] < _FEWER * rows
        if facts.measure.exact_pitch or column not in levels[0].cells or _are_numbered(levels, column, facts)
        for block in _blocks_in(levels, column, facts)
    ]


def _are_numbered(levels: Sequence[Level], column: int, facts: Facts) -> bool:
    """Whether each text of a column of groups has a number, and each a higher one than that before it."""
    texts = [block.lines[0].text for block in _blocks_in(levels, column, facts)]
    numbers = [int(match[1]) for text in texts if (match := _NUMBER.match(text))]
    return len(numbers) == len(texts) > 1 and all(one < other for one, other in pairwise(numbers))


def _blocks_in(levels: Sequence[Level], column: int, facts: Facts) -> list[Block]:
    """The texts of a column: lines that follow each other at the pitch of their type."""
    blocks: list[Block] = []
    for level in levels:
        line = level.cells.get(column)
        if line is None:
            continue
        before = blocks[-1].lines[-1] if blocks else None
        close = before is not None and line.baseline - line.skips - before.baseline <= (facts.pitch + 0.06) * line.size
        if close and facts.columns[column].meaning not in SINGLE and facts.columns[column].meaning != "ref":
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block(column, [line]))
    return blocks


def _core_edges(chunk: Chunk, facts: Facts) -> list[float]:
    """Where rows could part a chunk if its people did not stand in the way."""
    core = [
        Level(level.baseline, level.size, cells)
        for level in chunk.levels
        if (cells := {index: line for index, line in level.cells.items() if facts.columns[index].meaning not in PEOPLE})
    ]
    parts = cut_chunks(core, facts, [])
    return [(one.levels[-1].bottom + other.levels[0].top) / 2 for one, other in pairwise(parts)]
