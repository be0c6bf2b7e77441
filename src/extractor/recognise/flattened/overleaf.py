"""What the ends of pages break in a printed text: a header that comes again, a row that goes on overleaf."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extractor.document import Furniture
from extractor.locations import Location
from extractor.recognise.flattened.blocks import Found, Piece
from extractor.recognise.flattened.bodies import Header
from extractor.recognise.flattened.scheme import NAMED, Column
from extractor.recognise.flattened.stream import TextLine
from extractor.text import key
from extractor.vocabulary.roles import DANGLING

_TORN = 0.75  # how sure the two halves of a cell are that the end of a page parts


def headers_overleaf(lines: Sequence[TextLine], headers: Sequence[Header]) -> list[Header]:
    """The headers with which a page of a printed text begins, over columns of the table that the page before ends."""
    return [
        header
        for before, header in pairwise(headers)
        if lines[header.first].new_page and header.plan and _names(header) == _names(before)
    ]


def without_headers(lines: Sequence[TextLine], headers: Sequence[Header]) -> list[TextLine]:
    """The lines without those headers, below which pages begin."""
    taken = {index for header in headers for index in range(header.first, header.last + 1)}
    below = {header.last + 1 for header in headers}
    return [
        replace(line, new_page=True, after_blank=False) if index in below else line
        for index, line in enumerate(lines)
        if index not in taken
    ]


def repeated_header(lines: Sequence[TextLine]) -> Furniture:
    """The lines of a header that the one on the page before says already."""
    where = Location(lines=(lines[0].number, lines[-1].number), method="segmented")
    return Furniture(" ".join(line.text for line in lines), "repeated header", where)


def _names(header: Header) -> list[str]:
    return [key(column.text) for column in header.columns]


def with_rests(found: Sequence[Found], overleaf: Set[int], columns: Sequence[Column]) -> list[Found]:
    """What stands in a body, each row that goes on overleaf with what stands there; `overleaf` are the numbers of the
    lines with which pages begin, and no rows."""
    out: list[Found] = []
    for row in found:
        above = out[-1] if out else None
        cut = isinstance(row, list) and row[0].words[0].line in overleaf
        if cut and isinstance(row, list) and isinstance(above, list) and not _is_whole(above, row, columns):
            for piece in row:
                _put_below(above, piece, columns)
        else:
            out.append(row)
    return out


def _is_whole(above: Sequence[Piece], row: Sequence[Piece], columns: Sequence[Column]) -> bool:
    """Whether a row without a ref with which a page begins is one of its own: it has the time, which has but one,
    and an owner, as the one above has."""
    kinds = [{columns[piece.segment.column].kind for piece in each} for each in (above, row)]
    both = kinds[0] & kinds[1]
    return "time" in both and not both.isdisjoint(NAMED)


def _put_below(row: list[Piece], rest: Piece, columns: Sequence[Column]) -> None:
    """Adds what stands overleaf to a row: to the value that the page's end cut, or as one of its own."""
    column = rest.segment.column
    last = next((index for index in range(len(row) - 1, -1, -1) if row[index].segment.column == column), None)
    if last is None:
        row.append(rest)
        return
    cut, word = row[last], rest.words[0].text
    named = columns[column].kind in NAMED
    if not named or cut.words[-1].text.lower() in DANGLING or word[:1].islower():
        row[last] = Piece((*cut.words, *rest.words), cut.segment._replace(surety=_TORN))
    else:
        row.insert(last + 1, Piece(rest.words, rest.segment._replace(opening=_TORN)))
