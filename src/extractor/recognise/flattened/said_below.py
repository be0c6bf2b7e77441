"""What the line below each row says behind a label of its own: "Update: Letters sent."

A web page has it as a row of one cell across all columns; in a text whose cells nothing parts, it would go on with the
row's last cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractor.document import Cell, Line
from extractor.locations import Location
from extractor.recognise.flattened.bodies import Body
from extractor.recognise.flattened.stream import TextLine
from extractor.text import fold
from extractor.vocabulary.headers import header_meaning

_FEWEST = 3


class SaidBelow(NamedTuple):
    """The lines below the rows of the tables with one header; without any, the tables have none."""

    label: str = ""
    """What each opens with, which heads a column of its own."""
    values: Mapping[int, str] = {}
    """What they say, by their numbers."""

    @property
    def names(self) -> list[str]:
        """The column of these lines, where there are any."""
        return [self.label] if self.label else []

    def without(self, body: Body) -> Body:
        """The body without these lines."""
        return replace(body, lines=tuple(line for line in body.lines if line.number not in self.values))

    def cells(self, places: Sequence[Location], body: Body, column: int) -> Iterator[Cell]:
        """For each row of a body's table, its header included, the cell of what is said below it."""
        firsts = [place.lines[0] if place.lines else 0 for place in places]
        end = body.lines[-1].number + 1 if body.lines else 0
        for number, (first, after) in enumerate(pairwise([*firsts, end])):
            said = [line for line in self.values if number and first < line < after]
            lines = tuple(
                Line(fold(self.values[line]), Location(lines=(line, line), method="segmented")) for line in said
            )
            yield Cell(lines, number, column, location=lines[0].location if lines else places[number])

    def above(self, places: Sequence[Location], body: Body) -> list[TextLine]:
        """The lines of a body that stand above all of its rows."""
        firsts = [place.lines[0] for place in places[1:] if place.lines]
        first = min(firsts, default=body.lines[-1].number + 1 if body.lines else 0)
        return [line for line in body.lines if line.number in self.values and line.number < first]


def said_below(bodies: Sequence[Body]) -> SaidBelow:
    """The lines below the rows that say, behind the same label, how far these are; none where the header has a column
    for it, delimiters part the cells, or several such lines stand together, as in cards."""
    header = bodies[0].header
    if header.style.delimiter or any(column.meaning == "progress" for column in header.columns):
        return SaidBelow()
    found: dict[str, dict[int, str]] = {}
    for line in (line for body in bodies for line in body.lines):
        label, colon, value = line.text.partition(": ")
        if colon and not line.item and label[:1].isupper() and header_meaning(label) == "progress":
            found.setdefault(label, {})[line.number] = value
    label, values = max(found.items(), key=lambda one: len(one[1]), default=("", {}))
    apart = all(after - before > 1 for before, after in pairwise(values))
    return SaidBelow(label, values) if len(values) >= _FEWEST and apart else SaidBelow()
