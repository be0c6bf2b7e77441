"""The heading of a group that stands below the last table of a page, and belongs to what follows overleaf."""

from __future__ import annotations

from collections.abc import Callable

from extractor.read.overleaf import PageCell, PageTable
from extractor.read.typeset import TextLine

_MOST = 20
"""So many of the last headings are kept."""


class FootGroups:
    """The last headings of groups that stand within a document's tables; one at a page's foot looks as they do."""

    def __init__(self, alike: Callable[[TextLine, TextLine], bool]) -> None:
        self._alike = alike
        self._lines: list[TextLine] = []

    def learn(self, table: PageTable) -> None:
        """Takes in the headings of groups within a table: its rows of one cell across."""
        rows = (row for row in table.rows if len(row) == 1 and row[0].column_span == table.width)
        self._lines.extend(row[0].lines[0] for row in rows if row[0].lines)
        del self._lines[:-_MOST]

    def have_like(self, line: TextLine) -> bool:
        """Whether a line looks as one of the headings does."""
        return any(self._alike(line, group) for group in self._lines)


def add_heading(table: PageTable, line: TextLine) -> None:
    """Makes a heading that stands below a table its last row."""
    table.rows.append([PageCell(0, [line], 1, table.width)])
    table.bottom = line.bottom
