"""Tables in text whose cells tabs part, all of them or all but paragraphs, and tables that are none of activities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from extractor.document import Block as DocumentBlock
from extractor.document import Cell, Furniture, Line, Table
from extractor.locations import Location
from extractor.recognise.flattened.bodies import Body, is_explained
from extractor.recognise.flattened.delimited import read_delimited
from extractor.recognise.flattened.flow import place_of
from extractor.recognise.flattened.stream import TextLine, is_loose
from extractor.recognise.spans import look_of
from extractor.text import fold
from extractor.vocabulary import Meaning

_MOSTLY = 0.8
_CERTAIN_LOOKS = ("time", "state", "money")
_MOST_PARTED = 0.7
_FEW_PARAGRAPHS = 0.05
_LONE = 0.8
_MOST_COLUMNS = 20  # of wider tables there are too many ways to place a line


def keeps_cells(bodies: Sequence[Body]) -> bool:
    """Whether tabs part all cells of the tables with one header.

    A browser writes each tab once, whatever stands in the cells: one tab is always a border. A converter that writes
    two of them writes none before a cell that is a paragraph: most rows have to stand on one line there.
    """
    style = bodies[0].header.style
    if style.delimiter != "\t":
        return False
    if style.unit == 1 or _has_no_paragraphs(bodies):
        return True
    every = [line for body in bodies for line in body.lines]
    if is_loose(every, style):
        return False
    tabbed = [line for line in every if "\t" in line.raw]
    cells = [len(line.raw.strip(" ").split("\t" * style.unit)) for line in tabbed]
    whole = sum(count * 2 > len(bodies[0].header.columns) for count in cells)
    return max(cells, default=0) > 2 and all(line.has_text for line in tabbed) and whole >= _MOSTLY * len(tabbed)


def _has_no_paragraphs(bodies: Sequence[Body]) -> bool:
    """Whether no cell of the tables with one header is a paragraph, where a converter writes two tabs before each cell
    but one that is: then tabs part all cells, and other line ends are breaks, or stand around lists.

    A paragraph stands after a blank line, or at least on a line of its own, as dates, states and sums then do, too.
    """
    style = bodies[0].header.style
    width = len(bodies[0].header.columns)
    every = [line for body in bodies for line in body.lines if not line.item]
    cells = [[fold(text) for text in line.raw.strip(" ").split("\t" * style.unit)] for line in every]
    blank = sum(1 for body in bodies for line in body.lines[1:] if line.after_blank)
    short = [texts[0] for texts in cells if len(texts) < width and not texts[0].startswith("(")]
    lone = sum(1 for text in short if look_of(text) in _CERTAIN_LOOKS)
    parted = sum(1 for texts in cells if len(texts) > 1)
    return (
        parted >= _MOST_PARTED * len(every)
        and max(map(len, cells), default=0) >= width - 1 > 1
        and blank + lone <= _FEW_PARAGRAPHS * parted
    )


def parts_all_but_paragraphs(bodies: Sequence[Body]) -> bool:
    """Whether the tables with one header are of a converter that writes two tabs before each cell but one that is a
    paragraph; not where nearly every cell stands on a line of its own, whatever it is."""
    style = bodies[0].header.style
    every = [line for body in bodies for line in body.lines]
    lone = sum(1 for line in every if not line.after_blank and "\t" not in line.raw)
    narrow = len(bodies[0].header.columns) <= _MOST_COLUMNS
    return style.delimiter == "\t" and style.unit > 1 and narrow and lone < _LONE * len(every)


def columns_of(bodies: Sequence[Body]) -> int:
    """How many columns the tables with one header have at least, of which each tab parts two: more than one line of
    theirs has so many cells."""
    if bodies[0].header.style.unit > 1:
        return 0
    counts = sorted((line.raw.count("\t") + 1 for body in bodies for line in body.lines), reverse=True)
    return counts[1] if len(counts) > 1 else 0


def tabbed(
    body: Body, lines: Sequence[TextLine], recurring: Set[str], known: Mapping[str, Meaning], fewest: int = 0
) -> list[DocumentBlock]:
    """The table of a body whose cells tabs part; a second row of header words is one of its rows. `fewest`: columns
    that it has at least."""
    header = body.header
    first = header.first
    delimiter = "\t" * header.style.unit
    trimmed = header.style.unit > 1
    # Where each tab is a border, the rows below tell how many columns the two rows of a header have.
    told = not trimmed and all(delimiter in lines[index].raw.strip() for index in (first, header.last))
    if header.over and not told:
        names = delimiter.join(column.text for column in header.columns)
        over = Furniture(header.over, "column heading", span_of(lines[first : header.last + 1]))
        return [
            *read_delimited([replace(lines[first], raw=names)], body.lines, delimiter, known, trimmed=trimmed),
            over,
        ]
    if is_explained(lines[first : header.last + 1]):
        whole = replace(lines[first], raw=delimiter.join(column.text for column in header.columns))
        return list(read_delimited([whole], body.lines, delimiter, known, trimmed=trimmed, recurring=recurring))
    tabs = [index for index in range(header.first, header.last + 1) if "\t" in lines[index].raw.strip()]
    below = header.last + 1
    if len(tabs) > 1:
        below = tabs[1]
    rest = [*lines[below : header.last + 1], *body.lines]
    read = read_delimited(
        lines[first:below], rest, delimiter, known, trimmed=trimmed, recurring=recurring, fewest=fewest
    )
    return list(read)


def other_table(body: Body, lines: Sequence[TextLine]) -> list[DocumentBlock]:
    """A table that is no table of activities: its lines, cut at delimiters where it has them."""
    header = body.header
    width = len(header.columns)
    head = tuple(
        Cell((Line(column.text),), 0, index, header=True, location=span_of(lines[header.first : header.last + 1]))
        for index, column in enumerate(header.columns)
    )
    rows: list[tuple[Cell | None, ...]] = [head]
    for texts in _texts_of_rows(body, width):
        cells: list[Cell | None] = [
            Cell((Line(fold(text), place_of(line)),) if fold(text) else (), len(rows), index, location=place_of(line))
            for index, (text, line) in enumerate(texts)
        ]
        rows.append((*cells, *[None] * (width - len(cells))))
    place = span_of([*lines[header.first : header.last + 1], *body.lines])
    return [Table(tuple(rows), header_rows=1, location=place)]


def _texts_of_rows(body: Body, width: int) -> Iterator[list[tuple[str, TextLine]]]:
    """What stands in the cells of each row, with its line."""
    header, style = body.header, body.header.style
    lined = not style.delimiter and header.last - header.first + 1 == width
    if lined and len(body.lines) % width == 0:  # each cell has a line, as each name has
        for at in range(0, len(body.lines), width):
            yield [(line.text, line) for line in body.lines[at : at + width]]
        return
    for line in body.lines:
        texts = [line.text]
        if style.delimiter:
            raw = line.text.removeprefix("|").removesuffix("|") if style.framed else line.text
            texts = [fold(text) for text in raw.split(style.delimiter * style.unit)]
            texts = [*texts[: width - 1], " ".join(texts[width - 1 :])] if len(texts) > width else texts
        yield [(text, line) for text in texts]


def span_of(lines: Sequence[TextLine]) -> Location:
    return Location(lines=(lines[0].number, lines[-1].number), method="segmented")
