"""Small tables of labels and values, one under each action -> labelled lines, as a list of descriptions has them.

The action itself is the heading or paragraph above its table, so the table alone holds no record. Its labels stand one
below the other, or as a header over the one row of values. Tables that name the action in a row of their own are turned
upright instead (`columns.upright`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.document import Block, Cell, Heading, Line, Paragraph, Table
from extractor.recognise.columns import ABOUT, cell_text, is_ref, lookup, upright
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headings import is_labelled_group

_MOST_ROWS = 15
_LONGEST_LABEL = 8  # words
_FEWEST = 2  # tables, and labels that say who or when in each


def as_labelled_lines(blocks: Sequence[Block], known: Mapping[str, Meaning]) -> list[Block]:
    """The blocks with such tables as labelled paragraphs, where two at least have a label in common."""
    places = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Table)
        and index
        and isinstance(blocks[index - 1], Heading | Paragraph)
        and _is_of_labels(block, known)
    ]
    said = Counter(name for index in places for name in _names(blocks[index]))
    chosen = {index for index in places if sum(said[name] >= _FEWEST for name in _names(blocks[index])) >= _FEWEST}
    out: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and index in chosen:
            out.extend(paragraph for label, value in _pairs(block) for paragraph in _lines(label, value))
        else:
            out.append(block)
    return out


def with_refs_above(blocks: Sequence[Block], known: Mapping[str, Meaning]) -> list[Block]:
    """The blocks with each heading that is but the ref of the one record in the table of labels below it, "Action 1.1",
    as the first row of that table."""
    out: list[Block] = []
    for block in blocks:
        above = out[-1] if out else None
        if isinstance(block, Table) and block.width == 2 and isinstance(above, Heading) and _is_ref_alone(above):
            turned, again = upright(block, known)
            meanings = [lookup(cell_text(cell), known) for cell in turned.rows[0]] if turned is not block else []
            if len(turned.rows) == 2 and not again and "activity" in meanings and "ref" not in meanings:
                out[-1] = _below_ref(block, above)
                continue
        out.append(block)
    return out


def _is_ref_alone(heading: Heading) -> bool:
    return is_ref(heading.text) and not is_labelled_group(heading.text) and any(map(str.isdigit, heading.text))


def _below_ref(table: Table, heading: Heading) -> Table:
    line = Line(heading.text, heading.location)
    top = (Cell((), 0, 0), Cell((line,), 0, 1, location=heading.location))
    below = [tuple(cell and replace(cell, row_index=cell.row_index + 1) for cell in row) for row in table.rows]
    places = (heading.location, *table.row_locations) if table.row_locations else ()
    return replace(table, rows=(top, *below), header_rows=0, row_locations=places)


def _names(block: Block) -> list[str]:
    return [key(cell_text(label)) for label, _ in _pairs(block)] if isinstance(block, Table) else []


def _pairs(table: Table) -> Sequence[tuple[Cell | None, Cell | None]]:
    """The labels of a table and their values: of two columns, or of a header and the row below it."""
    if table.width > 2 and len(table.rows) == 2:
        return list(zip(*table.rows, strict=True))
    return [(row[0], row[1]) for row in table.rows]


def _is_of_labels(table: Table, known: Mapping[str, Meaning]) -> bool:
    """Whether a table says who does something and when, label by label, and not what it is."""
    across = table.width > 2 and len(table.rows) == 2
    if not (across or table.width == 2) or not 2 <= len(table.rows) <= _MOST_ROWS or table.layout:
        return False
    labels: list[str] = []
    for number, (label, value) in enumerate(_pairs(table)):
        if label is None or value is None or label is value:
            return False
        places = (label.row_index, value.row_index), (label.column_index, value.column_index)
        if places != (((0, 1), (number, number)) if across else ((number, number), (0, 1))):
            return False
        labels.append(cell_text(label).rstrip(":").strip())
    if len(set(labels)) < len(labels) or any(not 0 < len(name.split()) <= _LONGEST_LABEL for name in labels):
        return False
    meanings = [lookup(name, known) for name in labels]
    about = [meaning for meaning in meanings if meaning in ABOUT]
    known_labels = sum(meaning is not None for meaning in meanings)
    return "activity" not in meanings and len(set(about)) >= _FEWEST and known_labels * 2 > len(labels)


def _lines(label: Cell | None, value: Cell | None) -> list[Paragraph]:
    """A label with the first line of its value, and the further lines of that."""
    assert label is not None
    assert value is not None
    name = cell_text(label)
    first, *others = value.lines or (Line("", value.location),)
    whole = replace(first, text=f"{name} {first.text}".rstrip(), label=name, kind="paragraph", marker="", bold=False)
    return [Paragraph(whole), *(Paragraph(replace(line, more=True)) for line in others)]
