"""A table without rules, step by step: levels, chunks, rows, and the cells that reach over several rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.read.alignment.blocks import floating_blocks, group_blocks, settle_outer, torn_values, without
from extractor.read.alignment.characters import doubt_columns, doubt_time_leads, mark_lists, take_times
from extractor.read.alignment.chunks import cut_chunks
from extractor.read.alignment.drawn import RowRule, drawn_cells, place_drawn
from extractor.read.alignment.facts import Centred, Lean, gather_facts
from extractor.read.alignment.headers import Column
from extractor.read.alignment.kinds import NEAR_COLUMN, NEAR_ROW, UNSURE_GROUP
from extractor.read.alignment.levels import table_levels
from extractor.read.alignment.measure import Measure
from extractor.read.alignment.rows import Rows
from extractor.read.alignment.shapes import Region
from extractor.read.alignment.spans import merge_beside, merge_centred, merge_running, place_floating, place_groups
from extractor.read.overleaf import PageCell, PageTable, groups_before_refs
from extractor.read.typeset import TextLine, Word, marker_of

NO_EDGE = float("nan")
"""The right edge of a table without rules is not known."""


def build_table(
    region: Region, measure: Measure, rules: Sequence[RowRule], before: PageTable | None, lean: Lean
) -> tuple[PageTable | None, list[list[Word]]]:
    """The table of a region, and the lines at its end that are no part of it.

    `rules` are the horizontal rules, and the edges of bands, that part rows, from top to bottom; `before` is the table
    of the page before that this one may go on from; `lean` is what the tables before say of the vertical alignment.
    """
    columns = region.columns
    _settle_groups(columns)
    levels, rest = table_levels(region, measure)
    if not levels:
        return None, region.lines
    facts = settle_outer(levels, gather_facts(levels, columns, measure, lean, any(region.header)))
    drawn = drawn_cells(levels, facts, rules)
    groups = [] if drawn else group_blocks(levels, facts)
    levels = without(levels, [*drawn, *groups])
    heights = [rule.at for rule in rules]
    chunks = cut_chunks(levels, facts, heights)
    floating = [] if drawn else floating_blocks(chunks, facts)
    if floating:
        levels = without(levels, floating)
        chunks = cut_chunks(levels, facts, heights)
    ended = region.ended or region.before_header or bool(rest)
    centred = lean.centred
    found = Rows(chunks, facts, before, lean, not ended)
    rows = found.best()
    if found.centred and not drawn and (torn := torn_values(rows, facts)):
        floating = [*floating, *torn]
        levels = without(levels, torn)
        chunks = cut_chunks(levels, facts, heights)
        lean.centred = centred
        found = Rows(chunks, facts, before, lean, not ended)
        rows = found.best()
    cells: list[list[PageCell]] = []
    for row, doubted in zip(rows, found.doubtful(rows), strict=True):
        if row[0].across:
            cells.append(
                [
                    PageCell(
                        0, [level.across for chunk in row for level in chunk.levels if level.across], 1, len(columns)
                    )
                ]
            )
            continue
        by_column: dict[int, list[TextLine]] = {}
        beside = {column for chunk in row for level in chunk.levels for column in level.doubted}
        for chunk in row:
            for column, lines in chunk.lines.items():
                by_column.setdefault(column, []).extend(lines)
        cells.append(
            [
                PageCell(
                    column,
                    by_column[column],
                    doubts=(NEAR_ROW,) if column in doubted else (NEAR_COLUMN,) if column in beside else (),
                )
                for column in sorted(by_column)
            ]
        )
    if not measure.exact_pitch:
        if any(level.across and level.across.x1 <= columns[0].left - 1 for level in levels):
            _doubt_groups(cells)
        take_times(cells, columns)
        doubt_columns(cells, columns, any(region.header), {block.column for block in groups})
        doubt_time_leads(cells, columns)
    bands = [(row[0].levels[0].top, row[-1].levels[-1].bottom) for row in rows]
    place_groups(cells, rows, groups, facts, found.centred, before)
    placed = place_floating(cells, bands, floating)
    place_drawn(cells, bands, drawn)
    if not measure.exact_pitch:
        merge_running(cells, columns)
    if found.centred and not drawn:
        merge_centred(cells, bands, facts)
        merge_beside(cells, columns)
        if measure.exact_pitch:
            lean.waiting.append(Centred(cells, facts, placed, ended))
    if not facts.wrapped:
        for row_cells in cells:
            for cell in row_cells:
                for line in cell.lines:
                    line.begins = "item" if marker_of(line.text) in ("*", "•", "+", "o", "-") else "paragraph"
    if not measure.exact_pitch and facts.wrapped:
        mark_lists(cells, facts, before, any(region.header))
    header = _header_rows(region)
    edges = [*(column.left for column in columns), NO_EDGE]
    top = min(line.top for row in [*header, *cells] for cell in row for line in cell.lines)
    bottom = max(line.bottom for row in [*header, *cells] for cell in row for line in cell.lines)
    is_torn = any(chunk.must_end for chunk in chunks) and not any(height > levels[-1].baseline for height in heights)
    ruled = bool(heights) and all(any(one[1] < at < other[0] for at in heights) for one, other in pairwise(bands))
    table = PageTable(region.page, top, bottom, edges, [*header, *cells], len(header), "aligned", True, is_torn, ruled)
    return table, rest


def _doubt_groups(cells: Sequence[list[PageCell]]) -> None:
    """Doubts the group of each row: the names that are set sideways stand beside some row of theirs, not above the
    first."""
    for row in cells:
        if row and row[0].column_span == 1:
            row[0].doubts = (*row[0].doubts, UNSURE_GROUP)


def _settle_groups(columns: Sequence[Column]) -> None:
    """Sets what stands before the refs under a word for activities, such as "Commitment", as the group of those."""
    for index in groups_before_refs([column.meaning for column in columns]):
        columns[index].meaning = "group"


def _header_rows(region: Region) -> list[list[PageCell]]:
    """The header of a table as its first rows."""
    heads = [PageCell(index, [line]) for index, line in enumerate(region.header) if line is not None]
    if not heads or not region.over:
        return [heads] if heads else []
    lower = {index for over, _ in region.over for index in range(over.first, over.last + 1)}
    upper = [PageCell(over.first, [line], 1, over.last - over.first + 1) for over, line in region.over]
    for cell in heads:
        if cell.column not in lower:
            cell.row_span = 2
            upper.append(cell)
    upper.sort(key=lambda cell: cell.column)
    return [upper, [cell for cell in heads if cell.column in lower]]
