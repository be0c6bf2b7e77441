"""Boxes that hold the heading of the table below them, as reports draw them: a table of one cell."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Block, Furniture, Heading, Paragraph, Table
from extractor.vocabulary.headings import is_labelled_group

_LEVEL = 7
"""Of the headings in boxes: below all that are no paragraphs."""
_MOST_WORDS = 20


def boxes_as_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a box as a heading and paragraphs, where its first line is labelled as a group's heading is, and
    a table follows."""
    out: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and _is_box(block) and _stands_over_table(blocks, index):
            cell = block.rows[0][0]
            assert cell is not None
            first, *others = cell.lines
            out.append(Heading(first.text, _LEVEL, first.location))
            out.extend(map(Paragraph, others))
        else:
            out.append(block)
    return out


def _is_box(table: Table) -> bool:
    if len(table.rows) != 1 or table.inner or len({id(cell) for cell in table.rows[0]}) != 1:
        return False
    cell = table.rows[0][0]
    if cell is None or not cell.lines:
        return False
    text = cell.lines[0].text
    return is_labelled_group(text) and len(text.split()) <= _MOST_WORDS and text[-1:] not in ".:;"


def _stands_over_table(blocks: Sequence[Block], index: int) -> bool:
    below = next((block for block in blocks[index + 1 :] if not isinstance(block, Furniture | Paragraph)), None)
    return isinstance(below, Table) and below.width > 1
