"""What the line below each row says behind a label of its own: "Update: Letters sent."

A web page has it as a row of one cell across all columns; in a text whose cells nothing parts, it would go on with the
row's last cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractor.document import Cell, Line
from extractor.locations import Location
from extractor.recognise.columns import is_ref
from extractor.recognise.flattened.bodies import Body
from extractor.recognise.flattened.stream import TextLine
from extractor.text import fold
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.roles import DANGLING

_FEWEST = 3


class Said(NamedTuple):
    """What one of these lines says, with the lines that go on with it."""

    text: str
    first: int
    """The number of its line ..."""
    last: int
    """... and that of the last that goes on with it."""

    @property
    def line(self) -> Line:
        """What it says, without its label."""
        return Line(fold(self.text), Location(lines=(self.first, self.last), method="segmented"))


class SaidBelow(NamedTuple):
    """The lines below the rows of the tables with one header; without any, the tables have none."""

    label: str = ""
    """What each opens with, which heads a column of its own."""
    values: Sequence[Said] = ()
    """What they say, in order."""
    numbers: frozenset[int] = frozenset()
    """Those of all their lines."""

    @property
    def names(self) -> list[str]:
        """The column of these lines, where there are any."""
        return [self.label] if self.label else []

    def without(self, body: Body) -> Body:
        """The body without these lines."""
        return replace(body, lines=tuple(line for line in body.lines if line.number not in self.numbers))

    def cells(self, places: Sequence[Location], body: Body, column: int) -> Iterator[Cell]:
        """For each row of a body's table, its header included, the cell of what is said below it."""
        firsts = [place.lines[0] if place.lines else 0 for place in places]
        end = body.lines[-1].number + 1 if body.lines else 0
        begins = [said.first for said in self.values]
        for number, (first, after) in enumerate(pairwise([*firsts, end])):
            said = self.values[bisect_right(begins, first) : bisect_left(begins, after)] if number else ()
            lines = tuple(one.line for one in said)
            yield Cell(lines, number, column, location=lines[0].location if lines else places[number])

    def above(self, places: Sequence[Location], body: Body) -> list[TextLine]:
        """The lines of a body that stand above all of its rows."""
        firsts = [place.lines[0] for place in places[1:] if place.lines]
        first = min(firsts, default=body.lines[-1].number + 1 if body.lines else 0)
        return [line for line in body.lines if line.number in self.numbers and line.number < first]


def said_below(bodies: Sequence[Body]) -> SaidBelow:
    """The lines below the rows that say, behind the same label, how far these are; none where the header has a column
    for it, delimiters part the cells, or several such lines stand together, as in cards."""
    header = bodies[0].header
    if header.style.delimiter or any(column.meaning == "progress" for column in header.columns):
        return SaidBelow()
    referenced = any(column.meaning == "ref" for column in header.columns)
    found: dict[str, list[Said]] = {}
    for lines in (body.lines for body in bodies):
        for index, line in enumerate(lines):
            label, colon, value = line.text.partition(": ")
            if colon and not line.item and label[:1].isupper() and header_meaning(label) == "progress":
                after = lines[index + 1 : _end(lines, index, referenced)]
                text = " ".join([value, *(other.text for other in after)])
                found.setdefault(label, []).append(Said(text, line.number, (after or [line])[-1].number))
    label, values = max(found.items(), key=lambda one: len(one[1]), default=("", []))
    apart = all(after.first - before.last > 1 for before, after in pairwise(values))
    if len(values) < _FEWEST or not apart:
        return SaidBelow()
    return SaidBelow(label, values, frozenset(n for said in values for n in range(said.first, said.last + 1)))


def _end(lines: Sequence[TextLine], index: int, referenced: bool) -> int:
    """Index after the last of the lines that go on with a line: they begin with a small letter or stand behind a word
    that leads on, or end with a stop where every row begins with a ref, and this one does not."""
    end = index + 1
    for at in range(index + 1, len(lines)):
        line, words = lines[at], lines[at - 1].text.split()
        if line.after_blank or line.item or line.heading_level or not line.text or _labelled(line.text):
            break
        if referenced and is_ref(line.text.split()[0]):
            break
        leads_on = line.text[0].islower() or words[-1].lower() in DANGLING or words[-1].endswith(",")
        if (leads_on and end == at) or (referenced and line.text.endswith((".", "!", "?"))):
            end = at + 1
        elif not referenced:
            break
    return end


def _labelled(text: str) -> bool:
    label, colon, _ = text.partition(": ")
    return bool(colon and header_meaning(label))
