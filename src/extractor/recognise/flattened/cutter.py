"""Cuts the tables with one header into rows and cells; all their rows together teach it the columns' values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from extractor.document import Block as DocumentBlock
from extractor.document import Cell, Furniture, Heading, Line, Paragraph, Table
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.recognise.flattened.blocks import Block, Found, Piece, Segment
from extractor.recognise.flattened.bodies import Body, Reading
from extractor.recognise.flattened.cells import DOUBTFUL, cells_of, rooms_of
from extractor.recognise.flattened.doubts import may_hold_two, of_unsettled_column, replaced
from extractor.recognise.flattened.flow import block_of, place_of
from extractor.recognise.flattened.group_names import doubt_missing_groups, with_groups_parted
from extractor.recognise.flattened.header_columns import (
    table_columns,
    with_action_parted,
    with_lead_alone,
    with_status_parted,
)
from extractor.recognise.flattened.merged import cover_merged
from extractor.recognise.flattened.overleaf import with_rests
from extractor.recognise.flattened.row_blocks import CHUNK, RowBlocks
from extractor.recognise.flattened.said_below import said_below
from extractor.recognise.flattened.scheme import Column
from extractor.recognise.flattened.segmenter import Segmenter
from extractor.recognise.flattened.stream import TextLine
from extractor.recognise.scrambled import CODE as SCRAMBLED
from extractor.recognise.scrambled import scrambled_doubts
from extractor.rows import PEOPLE
from extractor.text import fold
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import HeaderWord

_AS_GOOD_A_ROW = 2.5  # nats a row by which one reading of a header must be shorter than the other to be sure
_MAY_BE_DIVIDED = ("status", "progress", "extra")
_LETTER_OF_GROUP = re.compile(r"([A-Z]) ")  # which no stop tells from a word: "A Policy for all"
_DISORDERED = "the cells do not follow one another as in a table; give the PDF itself, if the text was taken from one"


class Cutter:
    """Cuts the bodies of all tables with one header; their rows together teach it the columns' values."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        header = bodies[0].header
        self._said = said_below(bodies)
        bodies = [self._said.without(body) for body in bodies] if self._said.label else bodies
        found = table_columns(bodies)
        self.words = found.words
        self.periods = found.periods
        self.ticks = found.ticks
        self.style = header.style
        self.rows = RowBlocks(bodies, found)
        self._tables: list[Table] = []
        self.disordered = ""  # why nothing is read off any row
        sample = self.rows.sample()

        def learnt(columns: Sequence[Column]) -> Segmenter:
            scheme = self.rows.scheme(columns)
            segmenter = Segmenter(scheme)
            segmenter.learn(sample)
            if not segmenter.lacks_people:
                return segmenter
            # That rows lack people may be what the first guess made of them, which then vouches for itself.
            filled = Segmenter(scheme, filled=True)
            filled.learn(sample)
            return filled if filled.length() < segmenter.length() else segmenter

        self.segmenter = learnt(found.columns)
        self.over = header.over
        self.unsettled: frozenset[int] = frozenset()  # the columns that another reading of the header has elsewhere
        if header.others and not self.style.delimiter:
            self._choose_reading(header.others, len(sample), lambda words: learnt(found.columns_for(words)))
        if header.divided:
            self.unsettled |= {i for i, word in enumerate(self.words) if word.meaning in _MAY_BE_DIVIDED}
        self.maybe_two = 0  # the column of the lattice that may be two; 0 for none
        self.maybe: tuple[Meaning | None, ...] = ()  # what it holds then
        ways = (with_lead_alone(self.words), with_status_parted(self.words), *with_action_parted(self.words))
        for divided in () if self.style.delimiter else ways:
            if not divided:
                continue
            # The header can be read in two ways, so the rows say which of them tells them in fewer words.
            other = learnt(found.columns_for(divided))
            more = other.length() - self.segmenter.length()
            if more < 0.0:
                self.words, self.segmenter = divided, other
                break
            if more < _AS_GOOD_A_ROW * len(sample):
                at = next(i for i, (x, y) in enumerate(zip(self.words, divided, strict=False)) if x != y)
                others = (word.meaning for word in divided[at : at + 2] if word.meaning != self.words[at].meaning)
                self.maybe_two, self.maybe = at + 1, (None, *others)

    def disorder(self) -> tuple[float, int]:
        """How unlike a table's its rows are, where 1 is more than a table's ever are; and how many rows that tells.

        Rows lack their time or their action, words are put into no cell, borders are guesses, and columns come again.
        """
        rests = self.rows.pages - self.rows.start_at.keys()  # of rows that the end of a page cuts
        blocks = [block for block in self.rows.sample() if block.words[0].line not in rests]
        cuts = [self.segmenter.cut(block) for block in blocks]
        segments = list(chain.from_iterable(cuts))
        columns = self.segmenter.scheme.columns
        held = ({columns[segment.column].kind for segment in cut} for cut in cuts)
        kinds = [one for one in held if one - {"heading"}]  # what stands above the first row may head it
        if not kinds:
            return 0.0, 0
        timed = any(column.kind == "time" for column in columns)
        active = columns[self.segmenter.scheme.activity].kind
        back = sum(after.column < before.column for cut in cuts for before, after in pairwise(cut))
        shares = (
            (sum(segment.surety < DOUBTFUL for segment in segments) / len(segments), 0.12),
            (sum(columns[segment.column].kind == "aside" for segment in segments) / len(segments), 0.05),
            (timed * sum("time" not in one for one in kinds) / len(kinds), 0.4),
            (sum(active not in one for one in kinds) / len(kinds), 0.15),
            (back / len(kinds) if self.rows.start_at else 0.0, 0.4),
        )
        return sum(share / most for share, most in shares), len(kinds)

    def _choose_reading(
        self, readings: Sequence[Reading], rows: int, learnt: Callable[[Sequence[HeaderWord]], Segmenter]
    ) -> None:
        """Takes the reading of a header of two rows that tells the rows in the fewest words; where another is about as
        good, the columns that it has elsewhere are unsettled."""
        found = [(self.segmenter.length(), self.words, self.over, self.segmenter)]
        for reading in readings:
            segmenter = learnt(reading.columns)
            found.append((segmenter.length(), reading.columns, reading.over, segmenter))
        best = min(found, key=lambda way: way[0])
        length, self.words, self.over, self.segmenter = best
        self.unsettled = frozenset(
            index
            for other in found
            if other is not best and other[0] < length + _AS_GOOD_A_ROW * rows
            for index, (ours, theirs) in enumerate(zip(self.words, other[1], strict=False))
            if ours.meaning != theirs.meaning
        )

    def table(self, body: Body) -> list[DocumentBlock]:
        """The table that a body holds, and the lines among its rows that are no rows."""
        whole = body
        body = self._said.without(body)
        width = len(self.words)
        names = [*(word.text for word in self.words), *self.periods, *self._said.names]
        place = Location(
            lines=(body.lines[0].number, body.lines[-1].number) if body.lines else None, method="segmented"
        )
        rows: list[tuple[Cell | None, ...]] = [
            tuple(Cell((Line(name),) if name else (), 0, index, header=True) for index, name in enumerate(names))
        ]
        asides: list[DocumentBlock] = [Furniture(self.over, "column heading", place)] if self.over else []
        asides.extend(block_of(line) for line in body.lines if line.number in self.rows.around)
        locations: list[Location] = [place]
        found: list[Found] = []
        for part in self.rows.parts(body):
            if isinstance(part, TextLine):
                found.append(part)
            else:
                found.extend(self._rows(part))
        found = with_rests(found, self.rows.pages - self.rows.start_at.keys(), self.segmenter.scheme.columns)
        rooms = rooms_of([row for row in found if isinstance(row, list)]) if body.header.style.narrow else {}
        for row in found:
            if isinstance(row, TextLine):
                title = fold(row.text)
                if row.number in self.rows.heads and _LETTER_OF_GROUP.match(title):
                    title = f"{title[0]}. {title[2:]}"
                self._add_group(rows, locations, title, place_of(row), len(names))
            elif isinstance(row, Line):
                asides.append(Paragraph(row))
            elif isinstance(row, Heading):
                self._add_group(rows, locations, row.text, row.location, len(names))
            else:
                cells, where = cells_of(row, len(rows), width, self.segmenter, self._is_below(row), rooms)
                reason = self.disordered or self.rows.refused.get(row[0].words[0].line)
                if self.maybe_two and (cell := cells[self.maybe_two - 1]) is not None:
                    cells = replaced(cells, self.maybe_two - 1, may_hold_two(cell, self.maybe))
                for index in sorted(self.unsettled):
                    if (cell := cells[index]) is not None:
                        cells = replaced(cells, index, of_unsettled_column(cell, body.header.divided))
                cells = self._doubted(cells, reason) if reason else cells
                beside = (None,) * len(self._said.names)
                rows.append((*cells, *(self._ticked(where, len(rows)) if self.periods else ()), *beside))
                locations.append(where)
        if self._said.label:
            rows = self._with_said(rows, locations, whole, asides)
        kinds = [column.kind for column in self.segmenter.scheme.columns[1:-1]]
        rows = with_groups_parted(rows, kinds)
        if not self.style.delimiter:
            doubt_missing_groups(rows, kinds, self.segmenter.scheme.activity - 1)
        table = Table(tuple(rows), header_rows=1, location=place, row_locations=tuple(locations))
        self._tables.append(table)
        return [table, *asides]

    def _ticked(self, where: Location, number: int) -> Iterator[Cell]:
        """The cells of a row in the columns of periods: with as many ticks as columns they are known, with fewer the
        first ones are taken, with a doubt that says so."""
        first, last = where.lines or (0, -1)
        ticks = [tick for line in range(first, last + 1) for tick in self.ticks.get(line, ())]
        doubts: tuple[Doubt, ...] = ()
        if len(ticks) != len(self.periods):
            message = f"In which of the columns {', '.join(self.periods)} the row is ticked is lost."
            fields: tuple[Meaning, ...] = ("timescale", "extra")
            doubts = tuple(Doubt("column-inferred", message, field, location=where) for field in fields)
        for index in range(len(self.periods)):
            text = " ".join(ticks[index:]) if index + 1 == len(self.periods) else "".join(ticks[index : index + 1])
            lines = (Line(text, where),) if text else ()
            yield Cell(lines, number, len(self.words) + index, location=where, doubts=doubts if not index else ())

    def _with_said(
        self,
        rows: Sequence[tuple[Cell | None, ...]],
        locations: Sequence[Location],
        body: Body,
        asides: list[DocumentBlock],
    ) -> list[tuple[Cell | None, ...]]:
        """The rows with what the lines below them say; what stands below none of them is put among the asides."""
        out: list[tuple[Cell | None, ...]] = list(rows[:1])
        below = list(self._said.cells(locations, body, len(rows[0]) - 1))
        for row, cell in zip(rows[1:], below[1:], strict=True):
            heads = row[-1] is not None
            out.append(row if heads else (*row[:-1], cell))
            asides.extend(Paragraph(line) for line in cell.lines if heads)
        # The first label heads the column; it is said again below the other rows.
        labels = [line.location for cell in below for line in cell.lines][1:]
        asides.extend(Furniture(self._said.label, "column heading", place) for place in labels)
        asides.extend(map(block_of, self._said.above(locations, body)))
        return out

    def with_merged_cells(self) -> Iterator[tuple[Table, Table]]:
        """The tables so far, each with what it becomes when its merged cells cover the rows that lack them."""
        if self.segmenter.scheme.delimited:
            return
        people = {index: word.meaning for index, word in enumerate(self.words) if word.meaning in PEOPLE}
        groups = [index for index, column in enumerate(self.segmenter.scheme.columns[1:-1]) if column.kind == "group"]
        yield from zip(self._tables, cover_merged(self._tables, people, groups=groups), strict=True)

    def _add_group(
        self, rows: list[tuple[Cell | None, ...]], locations: list[Location], text: str, place: Location, width: int
    ) -> None:
        cell = Cell((Line(text, place, bold=True),), len(rows), 0, column_span=width, location=place)
        rows.append((cell,) * width)
        locations.append(place)

    def _rows(self, lines: Sequence[TextLine]) -> Iterator[list[Piece] | Line | Heading]:
        """The rows of a run of lines, each as its pieces; asides as lines and headings as such."""
        if self.rows.start_at or len(lines) <= CHUNK:
            for block in self.rows.blocks(lines):
                yield from self._read(block)
            return
        start = 0
        while start < len(lines):
            # A table without refs is cut some lines at a time; the last row of a cut is read again with the next.
            end = start + CHUNK
            found = list(self._read(self.rows.chunk(lines[start:end])))
            if end < len(lines) and len(found) > 2:
                number = _first_line(found.pop())
                later = next(index for index in range(start, end) if lines[index].number == number)
                end = later if later > start else end
            yield from found
            start = end

    def _read(self, block: Block) -> Iterator[list[Piece] | Line | Heading]:
        columns = self.segmenter.scheme.columns
        row: list[Piece] = []
        column = 0
        if (self.disordered and self.rows.start_at) or block.words[0].line in self.rows.refused:
            yield self._uncut(block)
            return
        for segment in self.segmenter.cut(block):
            words = block.words[segment.start : segment.end]
            kind = columns[segment.column].kind
            if kind in ("heading", "aside"):
                if row:
                    yield row
                    row = []
                column = 0
                place = Location(lines=(words[0].line, words[-1].line), method="segmented")
                text = " ".join(word.text for word in words)
                yield Heading(text, 3, place) if kind == "heading" else Line(text, place)
                continue
            if row and segment.column < column:
                yield row
                row = []
            row.append(Piece(words, segment))
            column = segment.column
        if row:
            yield row

    def _is_below(self, row: Sequence[Piece]) -> bool:
        """Whether a row is a sub-item, whose empty cells are no surprise."""
        start = self.rows.start_at.get(row[0].words[0].line)
        return bool(start and start.below)

    def _uncut(self, block: Block) -> list[Piece]:
        """The row of a block that is scrambled: its ref, where it has one, and all else as its activity."""
        columns = self.segmenter.scheme.columns
        activity = next(index for index, column in enumerate(columns) if column.activity)
        first, last = block.ref_start, block.ref_start + block.ref_length
        pieces = [Piece(block.words[first:last], Segment(first, last, self.segmenter.scheme.ref, 1.0))] if last else []
        rest = (*block.words[:first], *block.words[last:]) if last else block.words
        return [*pieces, *([Piece(rest, Segment(last, len(block.words), activity, 1.0))] if rest else [])]

    def _doubted(self, cells: tuple[Cell | None, ...], reason: str) -> tuple[Cell | None, ...]:
        """The cells of a row that was not cut, with the doubts that say so on the first of them."""
        meanings: list[Meaning] = [word.meaning or "extra" for word in self.words]
        if self.disordered:
            meanings.extend(PEOPLE)  # whatever the header, whose words are out of order as well
        first = next(index for index, cell in enumerate(cells) if cell is not None)
        cell = cells[first]
        if cell is None:
            return cells
        if (
            self.disordered and not self.rows.start_at
        ):  # nothing tells where a row begins, so that it was cut all the same
            message = f"What this says may be of another row or column: {reason}."
            doubts = tuple(Doubt(SCRAMBLED, message, field, cell.location) for field in dict.fromkeys(meanings))
            return replaced(cells, first, replace(cell, doubts=(*cell.doubts, *doubts)))
        doubts = tuple(replace(doubt, location=cell.location) for doubt in scrambled_doubts(reason, meanings))
        return replaced(cells, first, replace(cell, doubts=doubts))


def refuse_disorder(cutters: Sequence[Cutter]) -> None:
    """Reads nothing off the rows of a text that was taken out of a PDF in another order than its table's.

    Some programs write what stands together on the page, whatever its row or column: what comes of reading it row by
    row has cells that hardly any table has.
    """
    found = [(cutter, *cutter.disorder()) for cutter in cutters]
    rows = sum(count for _, _, count in found)
    if sum(disorder * count for _, disorder, count in found) >= max(rows, 1):
        for cutter, *_ in found:
            cutter.disordered = _DISORDERED


def _first_line(found: list[Piece] | Line | Heading) -> int:
    if isinstance(found, list):
        return found[0].words[0].line
    return found.location.lines[0] if found.location.lines else 0
