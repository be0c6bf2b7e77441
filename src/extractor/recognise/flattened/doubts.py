"""Doubts of the cells of a row that was cut: values that may be of the cell beside them, columns that may be others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from extractor.document import Cell
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.recognise.flattened.blocks import Piece, value_of
from extractor.recognise.flattened.judging import cost_of_value
from extractor.recognise.flattened.misfits import Part, misfits
from extractor.recognise.flattened.scheme import NAMED, Kind
from extractor.recognise.flattened.segmenter import Segmenter
from extractor.recognise.flattened.signs import ends_in_name
from extractor.recognise.flattened.stream import BLANK_CELL
from extractor.vocabulary import Meaning
from extractor.vocabulary.roles import DANGLING, RANKS

MARKS = (";", "/")  # what parts the values of a cell, so that it does not matter whether the cut did
_VALUES: frozenset[Kind] = frozenset((*NAMED, "state"))
_LONGEST_KNOWN = 12  # words of a value that another cell may hold
_TOLD = 2.0  # nats by which the wording of a value has to speak for its column and against the one beside it


def doubt_joined_values(
    cells: list[Cell | None], row: Sequence[Piece], segmenter: Segmenter, number: int, where: Location
) -> None:
    """Doubts cells that begin or end with what other rows hold as the whole value of the same column or another:
    "Head of Growth Finance and Governance", where "Finance and Governance" is a directorate in other rows.

    Such a cell and the one that the words could belong to are doubted, and a date that is two run together with what
    stands before it.
    """
    if segmenter.scheme.delimited and not segmenter.scheme.loose:
        return
    columns = segmenter.scheme.columns
    doubtful: dict[int, str] = {}
    for place, piece in enumerate(row):
        column = piece.segment.column
        words = [word.text for word in piece.words]
        kind = columns[column].kind
        if kind == "time" and place and row[place - 1].segment.column == column and piece.words[0].gap == "blank":
            doubtful.update(dict.fromkeys((column, column - 1), " ".join(words)))
        for other, what in enumerate(columns):
            if what.kind not in _VALUES:
                continue
            same = other == column
            for size in range(1, min(len(words), _LONGEST_KNOWN + 1)):
                if size == 1 and (kind not in _VALUES or what.kind == "state"):
                    continue
                before = other < column or same
                known = words[:size] if before else words[-size:]
                rest = words[size:] if before else words[:-size]
                opens = rest[0] if before else known[0]
                if opens[:1].isupper() and not _runs_on(known, rest, before) and segmenter.has_value(other, known):
                    doubtful.update(dict.fromkeys((column, other), " ".join(known)))
    parts = [
        Part(piece.segment.column, value_of(piece.words), piece.words[0].gap != "blank")
        for piece in row
        if piece.words[0].text != BLANK_CELL
    ]
    kinds = [column.kind for column in columns]
    odd = misfits(
        parts,
        kinds,
        segmenter.scheme.activity,
        segmenter.has_value,
        segmenter.remark_columns,
        segmenter.scheme.whole.keys(),
    )
    beside = iter(()) if segmenter.scheme.delimited else _values_beside_borders(row, segmenter)
    for one, other, text in chain(odd, beside):
        doubtful.update(dict.fromkeys((one, other), text))
    for column, text in doubtful.items():
        if not 0 < column <= len(cells):
            continue
        cell = cells[column - 1] or Cell((), number, column - 1, location=where)
        if not any(doubt.code == "border-inferred" for doubt in cell.doubts):
            doubt = Doubt("border-inferred", f'"{short(text)}" may be a value of its own', location=cell.location)
            cells[column - 1] = replace(cell, doubts=(*cell.doubts, doubt))


def _values_beside_borders(row: Sequence[Piece], segmenter: Segmenter) -> Iterator[tuple[int, int, str]]:
    """The columns on both sides of the borders that a value or a remark may stand on the wrong side of, and its text.

    One of several values of a cell, next to another column of names, that is never the first or last of such a cell in
    any row; and a remark with a capital behind an owner, where hardly any begins with one.
    """
    columns = segmenter.scheme.columns
    for before, after in pairwise(row):
        left, right = before.segment.column, after.segment.column
        if left == right and not before.words[-1].text.endswith(MARKS):
            for last, piece, beside in ((False, after, left + 1), (True, before, left - 1)):
                named = 0 < beside < len(columns) and columns[left].kind in NAMED and columns[beside].kind in NAMED
                value = value_of(piece.words)
                if not named or BLANK_CELL in value or not _is_at_border(row, piece, last):
                    continue
                if segmenter.stands_at(left, last, value):
                    continue
                text = " ".join(value)
                if cost_of_value(text, columns[beside].kind) < cost_of_value(text, columns[left].kind) + _TOLD:
                    yield left, beside, text
        elif value_of(after.words) == (BLANK_CELL,):
            continue
        elif left == segmenter.scheme.activity and columns[right].kind in NAMED and after.words[0].gap == "blank":
            texts = [word.text for word in before.words]
            if ends_in_name(texts) and segmenter.may_lack_its_head(right, value_of(after.words)):
                yield left, right, texts[-1]
        elif left < right and columns[left].kind in NAMED and segmenter.lacks_title(right, value_of(after.words)):
            yield left, right, " ".join(value_of(after.words))
        elif segmenter.hardly_begins_so(left, right):
            first = after.words[0]
            if first.text[:1].isupper() and first.gap == "blank":
                yield left, right, first.text
        elif columns[right].kind == "prose" and right == left + 1 and segmenter.hardly_stops(left):
            last_word = before.words[-1].text
            if last_word.endswith(".") and after.words[0].gap != "blank":
                yield left, right, last_word


def _is_at_border(row: Sequence[Piece], piece: Piece, first: bool) -> bool:
    """Whether a piece is the first or the last of its cell."""
    place = next(index for index, other in enumerate(row) if other is piece) + (-1 if first else 1)
    return not 0 <= place < len(row) or row[place].segment.column != piece.segment.column


def _runs_on(known: Sequence[str], rest: Sequence[str], before: bool) -> bool:
    """Whether the words next to a known value go on with it: "Head of Housing and Homes"."""
    last, first = (known[-1], rest[0]) if before else (rest[-1], known[0])
    return last.lower() in DANGLING or first.lower() in DANGLING or last.endswith((",", "/")) or last in RANKS


def may_hold_two(cell: Cell, fields: Sequence[Meaning | None]) -> Cell:
    """A cell with the doubt that it holds what stands in another column too, which its header may name as well."""
    message = f'"{short(cell.text)}" may be of two columns, whose names the header runs together.'
    doubts = [Doubt("border-inferred", message, field, location=cell.location) for field in fields]
    return replace(cell, doubts=(*cell.doubts, *doubts))


def of_unsettled_column(cell: Cell, divided: bool) -> Cell:
    """A cell with the doubt that its header stands over another column; where some column is `divided`, that another
    one's words are among its own as well."""
    message = "The header has two rows, and its words may stand over the columns in another order."
    doubts = [Doubt("column-inferred", message, location=cell.location)] if not cell.doubts else []
    if divided:
        doubts.append(Doubt("column-inferred", message, "extra", location=cell.location))
    return replace(cell, doubts=(*cell.doubts, *doubts))


def replaced(cells: tuple[Cell | None, ...], index: int, cell: Cell) -> tuple[Cell | None, ...]:
    return (*cells[:index], cell, *cells[index + 1 :])


def short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
