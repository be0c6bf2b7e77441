"""Header cells that are centred over columns of characters whose text begins at their left edges.

Browsers of text alone (w3m, elinks) draw tables so. Where the edges are exact, each line of a header says by its middle
which column a word is of, though one blank parts it from the next; a word over an edge spans the columns beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fixed import fixed
from extractor.read.alignment import Over
from extractor.read.typeset import Word

_OFF_CENTRE = 1.05


@fixed(frozen=True, slots=True)
class Centred:
    """Words of one line of a header, centred over the columns from `first` to `last`."""

    first: int
    last: int
    words: list[Word]
    set_in: bool
    """They begin where none of the columns does."""


def are_centred(line: Sequence[Word], lefts: Sequence[float], right: float) -> bool:
    """Whether a line holds nothing but centred header cells, one of which at least is set in; none spans the table.

    The columns begin at `lefts`; the last one ends at `right`.
    """
    cells = centred_cells(line, lefts, right)
    whole = cells is not None and any(cell.last - cell.first + 1 == len(lefts) for cell in cells)
    return cells is not None and not whole and any(cell.set_in for cell in cells)


def centred_cells(line: Sequence[Word], lefts: Sequence[float], right: float) -> list[Centred] | None:
    """The words of a line by the columns that they are centred over; None where some are not."""
    ends = [*(left - 1 for left in lefts[1:]), right]
    groups: list[tuple[int, int, list[Word]]] = []
    for word in line:
        first = max((index for index, left in enumerate(lefts) if left <= word.x0 + 0.05), default=0)
        last = max((index for index, left in enumerate(lefts) if left < word.x1), default=0)
        before = groups[-1] if groups else None
        close = before is not None and word.x0 - before[2][-1].x1 <= 1.1
        if before is not None and close and (first == last == before[0] == before[1] or first <= before[1] > before[0]):
            groups[-1] = (before[0], max(last, before[1]), [*before[2], word])
        else:
            groups.append((first, last, [word]))
    cells: list[Centred] = []
    for first, last, words in groups:
        middle = (words[0].x0 + words[-1].x1) / 2
        ways = [
            (b - a, a, b)
            for a in range(first + 1)
            for b in range(last, len(lefts))
            if (a, b) == (first, last) or first < last
            if abs(middle - (lefts[a] + ends[b]) / 2) <= _OFF_CENTRE or (a == b == len(lefts) - 1)
        ]
        if not ways:
            return None
        _, a, b = min(ways)
        cells.append(Centred(a, b, words, words[0].x0 > lefts[a] + 0.5))
    return cells


def centred_columns(
    lines: Sequence[Sequence[Word]], lefts: Sequence[float], right: float
) -> tuple[list[list[Word]], list[Over]] | None:
    """The words of a header's lines by column, and those that span several; None where some are not centred."""
    columns: list[list[Word]] = [[] for _ in lefts]
    over: list[Over] = []
    for line in lines:
        cells = centred_cells(line, lefts, right)
        if cells is None:
            return None
        for cell in cells:
            if cell.first == cell.last:
                columns[cell.first].extend(cell.words)
            elif any(columns[cell.first : cell.last + 1]):
                return None
            else:
                over.append(Over(cell.first, cell.last, cell.words))
    return (columns, over) if all(columns) else None
