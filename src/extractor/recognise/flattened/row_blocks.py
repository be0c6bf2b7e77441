"""Where the rows of the tables with one header begin for certain, and the blocks of words between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.recognise.flattened.blocks import Block
from extractor.recognise.flattened.bodies import Body, is_group_line
from extractor.recognise.flattened.header_columns import TableColumns
from extractor.recognise.flattened.headings import (
    NONE,
    SOME,
    UNKNOWN,
    capital_headings,
    heading_costs,
    numbered_headings,
    reads_as_heading,
)
from extractor.recognise.flattened.openings import Names, names_before_cells, with_openings
from extractor.recognise.flattened.refs import RowStart, find_row_starts
from extractor.recognise.flattened.scheme import Column, Scheme
from extractor.recognise.flattened.stream import Style, TextLine, Word, is_loose, recurring_lines, words_of
from extractor.recognise.flattened.whole_rows import lines_again, ticks_behind
from extractor.recognise.scrambled import why_scrambled
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale

_SAMPLE = 240  # blocks are enough to learn from
_MOSTLY = 0.8
CHUNK = 80  # lines of a table without refs that are cut at a time
_DRAWN_RULE = re.compile(r"-{2,}(?: -{2,}){2,}")
_MOST_LINES = 1.35  # a cell, on average, of a table that has a line for each of them
_REFS_TOGETHER = 3
_ONE_AFTER = re.compile(r"(\d+)\D*$")


class RowBlocks:
    """The blocks of all tables with one header, and what their lines tell of its columns."""

    def __init__(self, bodies: Sequence[Body], found: TableColumns) -> None:
        self.bodies = bodies
        # Refs may run on from table to table, so all bodies are asked at once.
        every = [line for body in bodies for line in body.lines]
        columns, whole, numbered = found.columns, found.whole, found.numbered
        self.numbered = frozenset(every[start.first_index].number for start in numbered if found.of_groups)
        self._periods = bool(found.periods)
        self.style: Style = bodies[0].header.style
        self.has_refs = any(column.kind == "ref" for column in columns)
        ref = next((index for index, column in enumerate(columns) if column.kind == "ref"), 0)
        leading = tuple(column.kind for column in columns[:ref])
        if self.has_refs:
            starts = find_row_starts(every, self.style.delimiter, leading)
        else:
            starts = [] if found.of_groups else numbered
        heads = numbered_headings(every, starts)
        if not self.style.delimiter:
            heads |= capital_headings(every, bodies[0].header.columns[0].meaning)
        self.heads = frozenset(every[index].number for index in heads)
        starts = [start for start in starts if start.line_index not in heads]
        self.start_at = {every[start.first_index].number: start for start in starts}
        self.around: frozenset[int] = frozenset()
        """Where lines are rows, the numbers of those that are none."""
        # A rule of several dashes below the header: the blanks that set the columns of a drawn table are lost.
        ruled = [line.number for body in bodies for line in body.lines[:1] if _DRAWN_RULE.fullmatch(line.text)]
        self.drawn = bool(ruled) and not self.style.delimiter
        if self.drawn:
            self.around = frozenset(ruled)
        if not starts and any(whole):
            self.around |= _lines_around(bodies)
            self.start_at = {
                body.lines[index].number: RowStart(index, "", "", False)
                for body, indexes in zip(bodies, whole, strict=True)
                for index, line in enumerate(body.lines)
                if index in indexes or line.number in self.numbered
            }
        # A row that the end of a page cuts goes on there with the rest of each of its cells.
        self.pages = frozenset(line.number for line in every if line.new_page) if self.start_at else frozenset[int]()
        # Where delimiters part the cells, a line without any above the first row shows that rows stand under headings.
        headed = bool(self.style.delimiter and every) and reads_as_heading(every[0])
        self.heading_costs = _heading_costs(bodies, starts)
        above = sum(body.heading_after is not None for body in bodies)
        # Rows whose headings stand above the header, which comes again below each, have none among them.
        self.heading = SOME if headed else NONE if above and above >= len(bodies) - 1 else UNKNOWN
        # Where delimiters part the cells, no word need show where one opens.
        plain = [] if self.style.delimiter else list(self._without_ticks(words_of(every, self.style)))
        self.names: Names = names_before_cells(plain, columns)
        self.before_headings = frozenset(self._lines_before_headings(bodies))
        self.refused: dict[int, str] = {}
        """By the number of a block's first line: why nothing is read off it."""
        self._known: dict[int, list[Block]] = {}
        self._every = every
        self._starts = starts
        self._loose = is_loose(every, self.style)
        self._recurring = recurring_lines(every)

    def scheme(self, columns: Sequence[Column]) -> Scheme:
        """The scheme of the tables if they have these columns."""
        return Scheme(
            [Column("heading"), *columns, Column("aside")],
            delimited=bool(self.style.delimiter),
            loose=self._loose,
            referenced=len(self._starts) >= 2 and self.has_refs,
            recurring=self._recurring,
            lined=_is_lined(self._every, len(self._starts), columns),
        )

    def sample(self) -> list[Block]:
        """Blocks from all over the document to learn from, no more than enough."""
        blocks: list[Block] = []
        enough = _SAMPLE if self.start_at else _SAMPLE // 20
        for body in self.bodies:
            for part in self.parts(body):
                if not isinstance(part, TextLine):
                    blocks.extend(block for block in self.blocks(part) if block.words[0].line not in self.refused)
        if len(blocks) > enough:
            step = len(blocks) / enough
            blocks = [blocks[int(index * step)] for index in range(enough)]
        return blocks

    def _lines_before_headings(self, bodies: Sequence[Body]) -> Iterator[int]:
        """The numbers of the last lines with text of the rows that a heading with a label follows at once."""
        for body in bodies:
            for part, after in pairwise([*self.parts(body), body.heading_after]):
                if isinstance(after, TextLine) and is_group_line(after) and not isinstance(part, TextLine):
                    yield from [line.number for line in part or () if line.text][-1:]

    def parts(self, body: Body) -> Iterator[list[TextLine] | TextLine]:
        """A body's runs of lines, and the group headings between them."""
        run: list[TextLine] = []
        for line in body.lines:
            if line.number in self.around:
                if run:
                    yield run
                    run = []
                continue
            heads = is_group_line(line) or line.heading_level or line.number in self.heads
            if heads and line.number not in self.start_at:
                if run:
                    yield run
                    run = []
                yield line
            else:
                run.append(line)
        if run:
            yield run

    def blocks(self, lines: Sequence[TextLine]) -> list[Block]:
        """The words of some lines, cut where rows certainly begin, or, without refs, every so many lines."""
        known = self._known.get(lines[0].number)
        if known is None:
            if self.start_at:
                known = self._cut_at_refs(list(self._words(lines)))
            else:
                chunks = (lines[start : start + CHUNK] for start in range(0, len(lines), CHUNK))
                known = [self.chunk(chunk) for chunk in chunks]
            self._known[lines[0].number] = known
        return known

    def chunk(self, lines: Sequence[TextLine]) -> Block:
        """The words of some lines as one block."""
        return Block(tuple(self._words(lines)), heading=self.heading)

    def _words(self, lines: Sequence[TextLine]) -> Iterator[Word]:
        return with_openings(self._without_ticks(words_of(lines, self.style)), self.names)

    def _without_ticks(self, words: Iterator[Word]) -> Iterator[Word]:
        """The words but for the ticks in columns of periods, which no blank says the places of."""
        return (word for word in words if not ticks_behind(word.text)) if self._periods else words

    def _cut_at_refs(self, words: Sequence[Word]) -> list[Block]:
        """The words, cut where rows certainly begin; what is out of order is refused."""
        cuts: list[int] = []
        seen = 0
        for index, word in enumerate(words):
            if word.line != seen:
                seen = word.line
                if word.line in self.start_at or word.line in self.pages:
                    cuts.append(index)
        if not cuts or cuts[0] != 0:
            cuts.insert(0, 0)
        blocks: list[Block] = []
        # A heading stands over rows: where another follows, there are none.
        last = NONE if words and words[-1].line in self.before_headings else UNKNOWN
        for start, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
            chunk = words[start:end]
            if not chunk:
                continue
            row = self.start_at.get(chunk[0].line)
            before = row.words_before if row else 0
            length = _tokens_of_ref(chunk[before:], row.text) if row and row.text and self.has_refs else 0
            heading = self.heading_costs.get(words[end].line, UNKNOWN) if end < len(words) else last
            grouped = None
            if self.numbered:
                grouped, heading = chunk[0].line in self.numbered, NONE
            blocks.append(
                Block(tuple(chunk), length, bool(row and row.below), before, heading, row is not None, grouped)
            )
        self.refused.update(_scrambled_blocks(blocks))
        if self.drawn:
            several = (block.words[0].line for block in blocks if block.words[0].line < block.words[-1].line)
            self.refused.update(dict.fromkeys(several, "the lines of its cells stand one behind the other"))
        return blocks


def _tokens_of_ref(words: Sequence[Word], ref: str) -> int:
    """How many words a ref is."""
    wanted = len(ref.replace(" ", "").replace("\xa0", ""))
    length = 0
    for count, word in enumerate(words, 1):
        length += len(word.text.replace("\xa0", ""))
        if length >= wanted:
            return count
    return 1


def _heading_costs(bodies: Sequence[Body], starts: Sequence[RowStart]) -> dict[int, float]:
    """What a heading right above each row costs, by the number of the row's first line, table by table."""
    costs: dict[int, float] = {}
    offset = 0
    place = 0
    for body in bodies:
        end = offset + len(body.lines)
        own: list[RowStart] = []
        while place < len(starts) and starts[place].line_index < end:
            own.append(starts[place]._replace(line_index=starts[place].line_index - offset))
            place += 1
        costs.update(heading_costs(body.lines, own))
        offset = end
    return costs


def _lines_around(bodies: Sequence[Body]) -> frozenset[int]:
    """The numbers of the lines of tables, each of whose rows is a line, that are none of a row: those that come again,
    and the sentences below the last heading of a table."""
    found = set(lines_again([body.lines for body in bodies]))
    for body in bodies:
        for line in reversed(body.lines):
            if line.text and not line.text.endswith("."):
                if is_group_line(line):
                    found.update(below.number for below in body.lines if below.number > line.number)
                break
    return frozenset(found)


def _scrambled_blocks(blocks: Sequence[Block]) -> dict[int, str]:
    """The blocks whose words are out of order, by the numbers of their first lines, and what shows it."""
    refused: dict[int, str] = {}
    bare: list[Block] = []  # blocks of a ref alone, one after the other
    for block in blocks:
        number = block.words[0].line
        if block.ref_length and len(block.words) == block.ref_length:
            bare.append(block)
            continue
        together = len(bare) + 1
        lines = len({word.line for word in block.words})
        run = _refs_in_a_row(block)
        if bare and together >= _REFS_TOGETHER and lines > 2 * together:
            reason = f"{together} refs stand together, and the text of their rows after them"
            refused.update({other.words[0].line: reason for other in (*bare, block)})
        elif run >= _REFS_TOGETHER:
            refused[number] = f"{run} refs stand together, and the text of their rows after them"
        elif block.ref_length and (reason := why_scrambled(" ".join(word.text for word in block.words))):
            refused[number] = reason
        bare = []
    return refused


def _refs_in_a_row(block: Block) -> int:
    """How many refs open a block, each the one after that before it: "1.1 1.2 1.3"."""
    if not block.ref_length or block.ref_start:
        return 0
    ref = block.words[block.ref_length - 1].text
    count = 1
    for word in block.words[block.ref_length :]:
        found = _ONE_AFTER.search(ref)
        if (
            not found
            or word.text != f"{ref[: found.start(1)]}{int(found[1]) + 1:0{len(found[1])}d}{ref[found.end(1) :]}"
        ):
            break
        ref = word.text
        count += 1
    return count if not ref.isdigit() else 0


def _is_lined(lines: Sequence[TextLine], rows: int, columns: Sequence[Column]) -> bool:
    """Whether nearly every cell stands on a line of its own: the dates do, and there are as many lines as cells.

    `rows` is how many rows have a ref; where none has, as many are taken to be there as lines that are dates.
    """
    dates = sum(1 for line in lines if line.text and is_timescale(line.text) and not is_state(line.text))
    filled = sum(1 for line in lines if line.raw.strip(" "))
    cells = (rows or dates) * len(columns)
    return dates >= max(3.0, _MOSTLY * rows) and _MOSTLY * cells < filled and (rows > 0 or filled < _MOST_LINES * cells)
