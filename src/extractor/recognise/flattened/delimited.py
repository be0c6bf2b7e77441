"""Tables whose cells are certain: parted by pipes (Markdown) or by tabs (what a browser copies), as ragged grids.

1. A delimiter is a border, always; no header word is needed to tell the columns. What is not certain is where a row
   ends, since a cell may hold lines of its own, and which columns a short row lacks (see `spans`).
2. A row ends at a line end. Of all ways to cut the lines into rows the best explains most rows as whole ones, keeps
   the lines of one cell together, and puts into every column what its other cells look like.
3. A converter that trims lines leaves out the empty cells at a row's end. They are put back, unless they are people's
   and people's cells were merged.
4. Markdown made from HTML glues the paragraphs of a cell ("CoordinatorHead of ..."); they are parted again.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from extractor.document import Cell, Line, Paragraph, Row, Table
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.recognise.columns import is_known_name, lookup
from extractor.recognise.flattened.headings import EXPECTED, heading_costs
from extractor.recognise.flattened.merged import is_merged
from extractor.recognise.flattened.refs import find_row_starts
from extractor.recognise.flattened.stream import TextLine
from extractor.recognise.spanners import lowest, second_row, spanning
from extractor.recognise.spans import ColumnLook, Placing, expected_meanings, look_of, place
from extractor.rows import PEOPLE
from extractor.text import CELL_BREAK, fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import PHRASES, HeaderWord
from extractor.vocabulary.headings import is_labelled_group, numbered_headings, read_group_heading
from extractor.vocabulary.names import names_somebody, role_without_name
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale

_Gap = tuple[int, bool]
"""How many line ends stand before a line, three at most, and whether a delimiter ends the line above."""

_ROUNDS = 3
_MOST_CHUNKS = 120  # of one row

# What speaks against a cut, in nats.
_SHORT_ROW = 3.0  # a row that lacks cells
_LINE = 1.0  # a line more in a cell
_USUAL = 1.5  # what a fitting text costs its column
_INTO_EMPTY = 2.5  # a line that would fill an empty cell that the line above has closed
_TORN = 5.0  # a row that begins with a list item
_SMALL = 3.0  # a row that begins with a small letter
_ITEM = 0.1  # a list item more
_AFTER_COLON = 0.3  # the line after one that ends with a colon
_GROUP = 0.3  # a line of its own that is labelled as a group's heading, or bold
_HEADING = 2.0  # one that reads like a heading
_HEADED = 0.3  # ... in a table that begins with one
_FEWEST_HEADINGS = 3  # without a label or bold type, that show that there are more of them
_GROUPED = 3.0  # ... beside a column of groups
_NAME = 2.5  # ... and like a name of those who do the work
_ASIDE = 6.0  # any other
_BEGINS_EMPTY = 3.0  # ... after a row that lacks cells
_HEADS_WITHIN = 4.0  # a line in a cell that heads a group for certain
_REF_WITHIN = 9.0  # a ref that is all there is on a line before a delimiter, and does not begin its row
_NUMBER_WITHIN = 3.0  # a title with a number of its own there: "2. Warm homes"
_FIRST_EMPTY = 1.0  # a row whose first cell is empty
_LABEL_WITHIN = 4.0  # a label of a table of labels and values that does not begin its row
_RECURS = 3.0  # a row whose text of several lines begins with a sentence that other rows hold, too
_SENTENCE_FIRST = 3.0  # a row that begins with a sentence and, on the line below, a name: it ended the row above
_BELOW_TIME = 4.0  # a row that ends with a time, and below it what may be a heading and is none
_BEHIND_TIME = 3.0  # a time, and below it a sentence that begins no row
_LONGEST_NAME = 8  # words
_IMPOSSIBLE = 1e9

_MOST_ENDS = 3  # line ends before a line that are told apart
# Of the line ends of a kind, those that end a row, and all: a browser writes one after a row, one more before and after
# a cell of paragraphs, and no blank line after a tab but before a paragraph.
_EXPECTED_ENDS: Mapping[_Gap, tuple[float, float]] = {
    (1, False): (1.0, 2.0),
    (2, False): (1.0, 2.0),
    (3, False): (1.9, 2.0),
    (1, True): (1.0, 2.0),
    (2, True): (0.2, 2.0),
    (3, True): (1.9, 2.0),
}
_SURE = 3.0  # nats above which a placing of a short row teaches
_CLOSE = 1.0  # another cut that is dearer by less is as good

_STOP_GLUED = re.compile(
    r"(?<=[a-z\d)\]’'][.;:?!])(?=[A-Z(“‘][\w‘“’ ])|(?<=[a-z\d)]{2}:)(?=[a-z]{2})|(?<=[.;:a-z]\))(?=[A-Z(])"
    r"|(?<=[a-z]{2})(?=a\) )|(?<=\bwe will)(?=(?!ing)[a-z])"
)
_WORD_GLUED = re.compile(
    r"(?<=[a-z’)]{2})(?=[A-Z][a-z’]|[A-Z]{2,}\b|[A-Z]\. [A-Z][a-z])|(?<=[A-Z]{3})(?=[A-Z][a-z]+ [A-Z][a-z])"
)
_NAMES = frozenset(["linkedin", "youtube", "whatsapp", "tiktok", "sharepoint", "powerpoint", "jobcentre", "paypal"])
_ADDRESS = re.compile(r"://|www\.|@")


@fixed(frozen=True, slots=True)
class _Chunk:
    """Text between two delimiters or line ends."""

    text: str
    border: bool
    """A delimiter stands before it."""
    opens: bool
    """It is the first of its line, so that a row may begin with it."""
    line: TextLine
    gap: _Gap = (0, False)
    listed: bool = False
    """It stands in a list that has lost its bullets, below a text that ends with a colon."""


def cells_of_line(line: TextLine, delimiter: str, framed: bool) -> list[str]:
    """The texts between the delimiters of a line."""
    return [fold(text) for text in _raw_cells(line, delimiter, framed)]


def _raw_cells(line: TextLine, delimiter: str, framed: bool) -> list[str]:
    raw = line.raw.strip(" ")
    if framed:
        raw = raw.strip().removeprefix("|").removesuffix("|")
    return raw.split(delimiter)


def read_delimited(
    header: Sequence[TextLine],
    lines: Sequence[TextLine],
    delimiter: str,
    known: Mapping[str, Meaning],
    framed: bool = False,
    glues: bool = False,
    trimmed: bool = False,
    recurring: Set[str] = frozenset(),
    fewest: int = 0,
) -> list[Table | Paragraph]:
    """The ragged table under a header, and the lines after its last row as paragraphs.

    `delimiter` parts two cells; `framed`: it also opens and closes each line; `glues`: paragraphs of a cell may be run
    together; `trimmed`: the delimiters before empty cells at a row's end are left out; `recurring`: lines that stand
    more than once in the document; `fewest`: columns that the tables with this header have at least.
    """
    head = [fold(text) for text in _header_cells(header, delimiter, framed)]
    caption, head = _without_caption(head, known)
    best: tuple[float, _Reading, list[_Row], _Learnt] | None = None
    for reading in _readings(head, lines, delimiter, framed, known, fewest):
        body = lines[reading.second :]
        # Markdown sets headings in bold, if anything: others stand where the refs begin to count anew.
        bold = glues and any(line.bold for line in body)
        headings = {} if bold else heading_costs(body, find_row_starts(body, delimiter))
        if glues:
            headings = {number: cost for number, cost in headings.items() if cost == EXPECTED}
        cost, rows, learnt = _read(_chunks(body, delimiter, framed), reading.names, known, glues, headings, recurring)
        if best is None or cost + reading.cost < best[0]:
            best = (cost + reading.cost, reading, rows, learnt)
    assert best is not None
    _, reading, rows, learnt = best
    width = len(reading.names)
    if reading.second:
        rows = [_Row(_chunks(lines[:1], delimiter, framed)), *rows]
    after: list[_Chunk] = []
    while rows and rows[-1].single and rows[-1].chunks[0].line.after_blank:
        after = [*rows.pop().chunks, *after]
    place_of_head = Location(lines=(header[0].number, header[-1].number), method="segmented")
    heads: list[Cell | None] = [
        # In a table of labels and values the first row is no header, and holds a value like any other.
        Cell(
            tuple(Line(part, place_of_head) for part in _head_lines(text, glues and width == column + 1 == 2)),
            0,
            column,
            header=True,
            location=place_of_head,
        )
        for column, text in enumerate(head)
    ]
    grid = [(*heads, *[None] * (width - len(heads)))]
    places = [place_of_head]
    meanings = expected_meanings(reading.names, known)
    ends = _empty_ends(rows, learnt, meanings) if trimmed else {}
    numbered = bool(meanings) and meanings[0] == "ref" and not trimmed
    headed = set(map(id, _numbered_headings(rows, width))) if numbered else set[int]()
    for row in rows:
        cells, where = _cells(row, len(grid), glues)
        if end := ends.get(id(row)):
            cells[-1] = _with_doubts(cells[-1], end.guessed)
            cells.extend(Cell((), len(grid), len(cells) + more, location=where) for more in range(end.empty))
        if reading.second and len(grid) == 1:
            cells = [replace(cell, header=True) for cell in cells]
        if id(row) in headed:
            ref, title = cells
            grid.append((ref, *[replace(title, column_span=width - 1)] * (width - 1)))
        else:
            grid.append((*cells, *[None] * (width - len(cells))))
        places.append(where)
    if not framed and len(grid) > _FEWEST_BEFORE:
        grid[-1] = _with_lines_below(grid[-1], grid[1:-1])
    last = places[-1].lines or (0, 0)
    whole = Location(lines=(header[0].number, last[1]), method="segmented")
    table = Table(tuple(grid), caption=caption, location=whole, row_locations=tuple(places), ragged=True)
    return [table, *(_aside(chunk) for chunk in after)]


def _with_lines_below(last: Row, others: Sequence[Row]) -> Row:
    """The last row of a table, with a doubt where its last cell goes on below it as that of no other row does: with the
    table's caption, or what stands below."""
    cell = last[-1]
    if cell is None or len(cell.lines) < 2 or any(row[-1] and len(row[-1].lines) > 1 for row in others):
        return last
    doubt = Doubt("row-unclear", "The lines below the last row may be no part of it.", location=cell.location)
    return (*last[:-1], replace(cell, doubts=(*cell.doubts, doubt)))


_FEWEST_BEFORE = 3  # rows, the header's among them


def _numbered_headings(rows: Sequence[_Row], width: int) -> list[_Row]:
    """The rows of a number and a title alone, over rows whose refs begin with that number: "B" over "B1"."""
    texts = [[" ".join(chunk.text for chunk in cell) for cell in row.cells()] for row in rows]
    titles = [held[1] if len(held) == 2 < width else "" for held in texts]
    return [rows[index] for index in numbered_headings([held[0] for held in texts], titles)]


_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]\s+[A-Z]")


def _is_numbered_title(chunk: _Chunk, chunks: Sequence[_Chunk]) -> bool:
    """Whether a chunk opens a line with a number and a capital, and no other of its row does, as items of a list do."""
    return bool(_NUMBERED.match(chunk.text)) and sum(bool(_NUMBERED.match(other.text)) for other in chunks) == 1


def _head_lines(text: str, value: bool) -> list[str]:
    if not text:
        return []
    return part_glued(text) if value else [text]


def _aside(chunk: _Chunk) -> Paragraph:
    place_of = Location(lines=(chunk.line.number, chunk.line.number), method="segmented")
    item = chunk.line.item
    return Paragraph(Line(chunk.text, place_of, kind="item" if item else "paragraph", marker="•" if item else ""))


def _header_cells(header: Sequence[TextLine], delimiter: str, framed: bool) -> list[str]:
    cells: list[str] = []
    for line in header:
        texts = cells_of_line(line, delimiter, framed)
        if cells:
            cells[-1] = f"{cells[-1]} {texts.pop(0)}"
        cells.extend(texts)
    return cells


def _without_caption(head: list[str], known: Mapping[str, Meaning]) -> tuple[str | None, list[str]]:
    """The caption that a converter wrote before the first header word on the same line, taken off that word."""
    words = head[0].split() if head else []
    for count in range(min(4, len(words) - 2), 0, -1):
        label, caption = " ".join(words[-count:]), " ".join(words[:-count])
        told = all(is_known_name(part, known) for part in label.split(" / "))
        if told and (is_labelled_group(caption) or len(words) > 6):
            return caption, [label, *head[1:]]
    if len(words) > 2 and is_labelled_group(head[0]) and not lookup(head[0], known):
        return head[0], ["", *head[1:]]
    return None, head


def _chunks(lines: Sequence[TextLine], delimiter: str, framed: bool) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    pending = False
    last: _Chunk | None = None
    for line in lines:
        opens = True
        gap = (min(_MOST_ENDS, line.number - last.line.number), last.border and not last.text) if last else (0, False)
        for number, cell in enumerate(_raw_cells(line, delimiter, framed)):
            text, *below = map(fold, cell.split(CELL_BREAK))
            if number == 0 and not cell.strip() and not framed:
                continue
            border = number > 0
            border = border or pending
            listed = opens and not border and last is not None and _goes_on_in_list(last, text)
            last = _Chunk(text, border, opens, line, gap if opens else (0, False), listed)
            chunks.append(last)
            chunks.extend(_Chunk(part, False, False, line) for part in below if part)
            last = chunks[-1]
            opens = pending = False
    return chunks


_LETTERED = re.compile(r"\(?[a-z]{1,3}[).]")


def _goes_on_in_list(before: _Chunk, text: str) -> bool:
    """Whether a line is an item of a list without bullets: it begins with a small letter, right below a text that ends
    with a colon, or below another item; and is no part of a set ("a) ...")."""
    within = before.text.endswith(":") or before.listed
    return within and text[:1].islower() and not _LETTERED.match(text)


_VALUES = ("ref", "time", "money")
_LONGEST_HEADER = 12  # words
_LONGEST_STOPPED = 4


def _is_long(text: str) -> bool:
    """Whether a text is too long for the name of a column, or is a sentence."""
    length = len(text.split())
    return length > _LONGEST_HEADER or (length > _LONGEST_STOPPED and text.endswith("."))


class _Reading(NamedTuple):
    """One way to read a table's header."""

    cost: float
    second: bool
    """The line below the first one is a second row of header words."""
    names: Sequence[str]
    """What stands lowest over each column; empty texts where that is not known."""


def _readings(
    head: Sequence[str],
    lines: Sequence[TextLine],
    delimiter: str,
    framed: bool,
    known: Mapping[str, Meaning],
    fewest: int,
) -> Iterator[_Reading]:
    """The header as one row, over as many columns as the longest lines have cells; or, where the line below consists
    of header words, as two, whose cells stand under some of the first."""
    counts = sorted((len(cells_of_line(line, delimiter, framed)) for line in lines), reverse=True)
    usual = max(fewest, counts[min(1, len(counts) - 1)] if counts else 1)
    below = cells_of_line(lines[0], delimiter, framed) if lines else []
    upper = [HeaderWord(text, lookup(text, known)) for text in head]
    lower = second_row(below, known)
    found = False
    names = not any(look_of(text) in _VALUES or _is_long(text) for text in head)
    if names and len(lower) > 1 and all(word.meaning and not is_state(word.text) for word in lower):
        for width in range(max(usual, len(head)), len(head) + len(lower)):
            if spans := spanning(upper, lower, known, width):
                found = True
                yield _Reading(spans[0], True, [column.text for column in lowest(upper, lower, spans[1])])
    if not found:
        yield _Reading(0.0, False, list(head) if len(head) >= usual else [""] * usual)


@fixed(frozen=True, slots=True)
class _Row:
    chunks: Sequence[_Chunk]
    unsure: bool = False
    """Another cut into rows is about as good."""
    single: bool = False
    """It is a line of its own in a table of several columns."""

    def cells(self) -> list[list[_Chunk]]:
        """The chunks of each cell."""
        cells: list[list[_Chunk]] = [[]]
        for chunk in self.chunks:
            if chunk.border:
                cells.append([])
            if chunk.text:
                cells[-1].append(chunk)
        return cells


@dataclass
class _Learnt:
    """What earlier rounds showed: what the columns hold, and how rows that lack cells are built."""

    looks: list[ColumnLook]
    headings: Mapping[int, float]
    """What speaks against a heading right above a row with a ref, by the number of its first line."""
    recurring: Set[str]
    """Lines that stand more than once in the document."""
    expected: Mapping[_Gap, tuple[float, float]]
    """Of the line ends of each kind, those that end a row, and all, before any row is known."""
    habits: Counter[tuple[int, ...]] = field(default_factory=Counter)
    short: float = _SHORT_ROW
    """What speaks against a row that lacks cells."""
    heading: float = _HEADING
    """What speaks against a line that reads like a heading."""
    ends: dict[_Gap, list[float]] = field(default_factory=dict)
    """How many of the line ends of each kind end a row, and how many there are."""
    placed: dict[tuple[str, ...], Placing] = field(default_factory=dict)

    def count_ends(self, rows: Sequence[_Row]) -> None:
        """Counts which line ends part the rows, and which stand within."""
        for row in rows:
            for chunk in row.chunks:
                if chunk.gap[0]:
                    count = self.ends.setdefault(chunk.gap, [*self.expected[chunk.gap]])
                    count[0] += chunk is row.chunks[0]
                    count[1] += 1.0

    def end_costs(self, gap: _Gap) -> tuple[float, float]:
        """What it costs to begin a row at a line end, and to go on with one."""
        if not gap[0]:
            return 0.0, 0.0
        ended, every = self.ends.get(gap, self.expected[gap])
        return -math.log(ended / every), -math.log(1.0 - ended / every)

    def place(self, texts: tuple[str, ...]) -> Placing:
        """Where the cells of a short row stand."""
        if texts not in self.placed:
            self.placed[texts] = place(texts, self.looks, None, self.habits)
        return self.placed[texts]


def _read(
    chunks: Sequence[_Chunk],
    heads: Sequence[str],
    known: Mapping[str, Meaning],
    glues: bool,
    headings: Mapping[int, float],
    recurring: Set[str],
) -> tuple[float, list[_Row], _Learnt]:
    """The best cut into rows, what it costs, and what the columns hold, learnt from one round to the next."""
    width = len(heads)
    opens = not glues and _opens_with_heading(chunks, width)
    # A column of groups leaves no need for a line between the rows that heads them; where people come first, such a
    # line is rather one more of them.
    first = next(iter(expected_meanings(heads, known)), None)
    people = first in PEOPLE and sum(chunk.border for chunk in chunks) >= _FEWEST_ROWS * (width - 1)
    grouped = _GROUPED * ((first == "group" or people) and not opens)
    headings = {number: price + grouped for number, price in headings.items()}
    expected = _expected_ends(chunks, width)
    learnt = _Learnt(_expected(heads, known), headings, recurring, expected)
    learnt.heading = (_HEADED if opens else _HEADING) + grouped
    cost, rows = 0.0, list[_Row]()
    for _ in range(_ROUNDS):
        cost, rows = _cut(chunks, learnt, width)
        fresh = _Learnt(_expected(heads, known), headings, recurring, expected)
        whole = short = 0
        for row in rows:
            texts = tuple(cell[0].text if cell else "" for cell in row.cells())
            if row.single or len(texts) > width:
                continue
            columns: Sequence[int] = range(width)
            if len(texts) < width:
                placing = learnt.place(texts)
                short += 1
                if placing.margin < _SURE:
                    continue
                columns = placing.columns
                fresh.habits[tuple(column for column in range(width) if column not in columns)] += 1
            else:
                whole += 1
            for column, text in zip(columns, texts, strict=True):
                fresh.looks[column].learn(text)
        if not glues:
            fresh.count_ends(rows)
        fresh.short = min(_SHORT_ROW, max(0.5, -math.log((short + 0.5) / (whole + short + 1.0))))
        plain = [row for row in rows if row.single and _may_head(row.chunks[0].text) and not _heads(row.chunks[0])]
        headed = bool(rows) and (opens or rows[0] in plain or len(plain) >= _FEWEST_HEADINGS)
        fresh.heading = (_HEADED if headed else _HEADING) + grouped
        learnt = fresh
    return cost, rows, learnt


def _expected_ends(chunks: Sequence[_Chunk], width: int) -> Mapping[_Gap, tuple[float, float]]:
    """Of the line ends of each kind, those that are thought to end a row, and all.

    Where there are about as many wide gaps as rows, of so many borders, all rows end so: their first and last cells
    hold paragraphs and lists.

    Where cells stand on the next line behind a tab, and hardly ever below a blank one, a blank line behind a tab stands
    below a row whose last cell is empty.
    """
    gaps = Counter(chunk.gap for chunk in chunks)
    rows = sum(chunk.border for chunk in chunks) / max(width - 1, 1)
    if rows >= _FEWEST_ROWS and abs(gaps[_MOST_ENDS, False] + gaps[_MOST_ENDS, True] - rows) <= 1:
        return {gap: _EXPECTED_ENDS[gap] if gap[0] == _MOST_ENDS else (0.1, 2.0) for gap in _EXPECTED_ENDS}
    if gaps[1, True] < _FEWEST_BELOW or gaps[2, True] > _RARELY * gaps[1, True]:
        return _EXPECTED_ENDS
    return {**_EXPECTED_ENDS, (2, True): (1.8, 2.0)}


_FEWEST_ROWS = 3
_FEWEST_BELOW, _RARELY = 8, 0.1


def _opens_with_heading(chunks: Sequence[_Chunk], width: int) -> bool:
    """Whether a table begins with a line of its own that reads as a heading, over a row that one line holds whole, as
    few of the other rows do: no first cell has two lines in the first of the rows and in hardly any other."""
    lines: list[list[_Chunk]] = []
    for chunk in chunks:
        if chunk.opens:
            lines.append([])
        if lines:
            lines[-1].append(chunk)
    above = [
        before
        for before, after in pairwise(lines)
        if len(before) == 1 and len(after) == width and not before[0].border and _may_head(before[0].text)
    ]
    whole = sum(len(line) == width for line in lines)
    # Where a label marks the first heading, others have one as well.
    return bool(above) and above[0] is lines[0] and not _heads(above[0][0]) and len(above) <= _SELDOM * whole


_SELDOM = 0.5


def _empty_ends(rows: Sequence[_Row], learnt: _Learnt, meanings: Sequence[Meaning | None]) -> dict[int, _End]:
    """How each row that lacks its last cells ends, by the row's identity.

    Those of people may be covered by a merged cell above: where some rows lack such a cell between others, which no
    converter leaves out unless it was merged; or where many lack it, and two rows in a row hardly ever have the same.
    """
    width = len(meanings)
    ends: dict[int, int] = {}
    lacking, within, filled, same = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    above = [""] * width
    for row in rows:
        if row.single:
            above = [""] * width
            continue
        texts = tuple(cell[0].text if cell else "" for cell in row.cells())
        placing = learnt.place(texts) if len(texts) < width else None
        columns = placing.columns if placing else tuple(range(width))
        ends[id(row)] = width - 1 - columns[-1]
        lacking.update(range(columns[-1] + 1, width))
        if placing and placing.margin >= _SURE:
            within.update(column for column in range(columns[-1]) if column not in columns)
        for column, text in zip(columns, texts, strict=False):
            filled[column] += bool(text)
            same[column] += bool(text) and text == above[column]
            above[column] = text
    people = [column for column, meaning in enumerate(meanings) if meaning in PEOPLE]
    sure = [
        column
        for column in people
        if within[column] >= _SPANNED or is_merged(lacking[column], filled[column], same[column])
    ]
    spanned = any(within[column] >= _SPANNED for column in people)
    # An action's own words are never missing: they stand below, on lines of their own.
    named = [column for column, meaning in enumerate(meanings) if meaning in ("ref", "activity")]
    own = width - 1 - max([*(people if spanned else sure), *named], default=-1)

    def end(count: int) -> _End:
        guessed = (column for column in range(width - count, width - own) if column not in (*sure, *named))
        return _End(min(count, own), tuple(meanings[column] or "extra" for column in guessed))

    return {number: end(count) for number, count in ends.items()}


class _End(NamedTuple):
    """How a row ends that lacks its last cells."""

    empty: int
    """How many empty cells it ends with."""
    guessed: tuple[Meaning, ...]
    """What the columns before those hold that it lacks as well: that cells above go on there is a guess."""


def _with_doubts(cell: Cell, fields: Sequence[Meaning]) -> Cell:
    """The last cell of a row's own, which bears the doubts about the columns behind it."""
    doubts = (
        Doubt(
            "border-inferred",
            "The row has no words of its own in this column; that the cell above goes on to it is a guess.",
            "group_id" if meaning == "group" else meaning,
            location=cell.location,
        )
        for meaning in fields
    )
    return replace(cell, doubts=(*cell.doubts, *doubts))


_SPANNED = 2  # rows that lack a cell between others


def _expected(heads: Sequence[str], known: Mapping[str, Meaning]) -> list[ColumnLook]:
    looks = [ColumnLook() for _ in heads]
    for look, meaning, head in zip(looks, expected_meanings(heads, known), heads, strict=True):
        look.expect(meaning, head)
    return looks


def _cut(chunks: Sequence[_Chunk], learnt: _Learnt, width: int) -> tuple[float, list[_Row]]:
    size = len(chunks)
    best = [0.0, *[_IMPOSSIBLE] * size]
    second = [_IMPOSSIBLE] * (size + 1)
    back = [0] * (size + 1)
    ends = {gap: learnt.end_costs(gap) for gap in {chunk.gap for chunk in chunks}}
    for start in range(size):
        if best[start] >= _IMPOSSIBLE or not chunks[start].opens:
            continue
        borders = int(chunks[start].border)
        within = 0.0
        for end in range(start + 1, min(size, start + _MOST_CHUNKS) + 1):
            if end > start + 1:
                borders += chunks[end - 1].border
                within += ends[chunks[end - 1].gap][1]
            if borders >= width:
                break
            if end < size and not chunks[end].opens:
                continue
            whole = borders + 1 == width
            strange = 0.0
            if end < size and chunks[end].border and not whole and not (borders == 0 and _heads(chunks[start])):
                # A line that begins with a delimiter goes on with the row before it, unless that is a short one.
                if not chunks[end].line.has_text:
                    continue
                strange = _BEGINS_EMPTY
            following = chunks[end].line.number if end < size else 0
            cost = strange + within + best[start] + _row_cost(chunks[start:end], learnt, whole, following)
            cost += ends[chunks[end].gap][0] if end < size else 0.0
            if cost < best[end]:
                best[end], second[end], back[end] = cost, best[end], start
            elif cost < second[end]:
                second[end] = cost
    if best[size] >= _IMPOSSIBLE:  # more cells than columns: each line is a row
        return _IMPOSSIBLE, _line_rows(chunks, width)
    rows: list[_Row] = []
    end = size
    while end:
        start = back[end]
        held = chunks[start:end]
        single = width > 1 and not any(chunk.border for chunk in held)
        rows.append(_Row(held, second[end] - best[end] < _CLOSE and not single, single))
        end = start
    return best[size], rows[::-1]


def _line_rows(chunks: Sequence[_Chunk], width: int) -> list[_Row]:
    rows: list[list[_Chunk]] = []
    for chunk in chunks:
        if chunk.opens or not rows:
            rows.append([])
        rows[-1].append(chunk)
    return [_Row(row[: width - int(row[0].border)], True, len(row) == 1) for row in rows]


def _row_cost(chunks: Sequence[_Chunk], learnt: _Learnt, whole: bool, following: int) -> float:
    """What it takes to believe that these chunks are one row; `following` is the number of the line after them."""
    looks = learnt.looks
    if len(looks) > 1 and not any(chunk.border for chunk in chunks):
        return _line_cost(chunks, learnt.headings.get(following, learnt.heading))
    cells = _Row(chunks).cells()
    first = chunks[0].text
    cost = _TORN * (chunks[0].line.item or chunks[0].listed) + _SMALL * (
        first[:1].islower() and look_of(first) != "ref"
    )
    if not chunks[0].border and len(cells[0]) > 1:
        cost += _HEADS_WITHIN * _heads(chunks[0])
        cost += _RECURS * (first in learnt.recurring and first.endswith((".", "!", "?")))
    for column, cell in enumerate(cells):
        for before, chunk in pairwise(cell):
            if chunk.line.item or (chunk.listed and chunk.opens):
                cost += _ITEM
            elif before.text.endswith(":"):
                cost += _AFTER_COLON
            else:
                odd = looks[column].cost(chunk.text) if whole else min(look.cost(chunk.text) for look in looks)
                cost += _LINE + max(0.0, odd - _USUAL)
                ends = chunk is chunks[-1] and is_timescale(before.text) and _may_head(chunk.text)
                cost += _BELOW_TIME * (ends and not chunk.text[-1].isdigit())
                # The last cell of a row of its own, over the first of the next.
                over = look_of(before.text) == "time" and look_of(chunk.text) == "prose"
                cost += _BEHIND_TIME * (chunk.opens and over)
    for before, chunk in pairwise(chunks):
        if not before.text and chunk.gap == (1, True) and not chunk.border and not chunk.line.item:
            cost += _INTO_EMPTY * before.line.has_text
        if chunk.opens and not chunk.border and _heads(chunk):
            cost += _HEADS_WITHIN
        if chunk.border and before.opens and before is not chunks[0] and not before.border:
            cost += _REF_WITHIN * (look_of(before.text) == "ref")
            cost += _NUMBER_WITHIN * _is_numbered_title(before, chunks)
    if len(looks) == 2 and any(key(chunk.text) in PHRASES for chunk in cells[0][1:]):
        cost += _LABEL_WITHIN
    if len(cells[0]) > 1 and first.endswith(".") and _is_short_name(cells[0][1]):
        cost += _SENTENCE_FIRST
    texts = tuple(cell[0].text if cell else "" for cell in cells)
    if whole:
        return (
            cost + sum(look.cost(text) for look, text in zip(looks, texts, strict=True)) + _FIRST_EMPTY * (not texts[0])
        )
    return cost + learnt.short + learnt.place(texts).cost


def _is_short_name(chunk: _Chunk) -> bool:
    text = chunk.text
    return not chunk.line.item and text[:1].isupper() and text[-1:].isalnum() and len(text.split()) <= _LONGEST_NAME


def _heads(chunk: _Chunk) -> bool:
    """Whether a line is a group's heading for certain: labelled, or bold."""
    return not chunk.line.item and (chunk.line.bold or is_labelled_group(chunk.text))


def _line_cost(chunks: Sequence[_Chunk], heading: float) -> float:
    """What it takes to believe that these chunks, without any delimiter, are a heading or an aside among the rows."""
    if len(chunks) > 1:
        return _GROUP + _LINE if len(chunks) == 2 and _label_and_title(*chunks) else _IMPOSSIBLE
    text, line = chunks[0].text, chunks[0].line
    if line.item:
        return _ASIDE
    if _heads(chunks[0]) or furniture_kind(text):
        return _GROUP
    if not _may_head(text) or role_without_name(text):
        return _ASIDE
    return heading + _NAME * names_somebody(text)


def _label_and_title(label: _Chunk, title: _Chunk) -> bool:
    """Whether two lines are a heading of two: "Objective 1", and what it is called below."""
    if label.line.item or title.line.item or title.line.after_blank or not _may_head(title.text):
        return False
    return is_labelled_group(label.text) and read_group_heading(label.text).title == label.text


def _may_head(text: str) -> bool:
    """Whether a line reads like a heading."""
    long = len(text.split()) > 16 or text.endswith((".", ";", ",", ":"))
    return not long and not text[:1].islower() and look_of(text) not in ("time", "ref")


def _cells(row: _Row, number: int, glues: bool) -> tuple[list[Cell], Location]:
    """A row's cells, and where it stands."""
    where = Location(lines=(row.chunks[0].line.number, row.chunks[-1].line.number), method="segmented")
    cells: list[Cell] = []
    for column, held in enumerate(row.cells()):
        lines: list[Line] = []
        for chunk in held:
            at = Location(lines=(chunk.line.number, chunk.line.number), method="segmented")
            item = chunk.line.item and chunk.opens
            said = chunk.text
            if not (chunk.opens or chunk.border) and (bullet := _BULLET.match(said)):
                item, said = True, said[bullet.end() :]
            texts, listed = _without_list(said) if glues else ([said], ())
            parts = [(part, False) for text in texts for part in (part_glued(text) if glues else [text])]
            parts.extend((text, True) for text in listed)
            for index, (text, in_list) in enumerate(parts):
                kind = in_list or (item and index == 0)
                lines.append(Line(text, at, kind="item" if kind else "paragraph", marker="•" if kind else ""))
        at = where
        if held:
            at = Location(lines=(held[0].line.number, held[-1].line.number), method="segmented")
        doubts: tuple[Doubt, ...] = ()
        if (row.unsure and len(held) > 1) or (row.unsure and column in (0, len(row.cells()) - 1)):
            doubts = (Doubt("row-unclear", "where this row begins or ends is not certain", location=at),)
        cells.append(Cell(tuple(lines), number, column, location=at, doubts=doubts))
    return cells, where


_BULLET = re.compile(r"[-–•*·]\s+(?=\S)")  # on a line of a cell that a tag broke
_LIST = re.compile(r":\s([*•])\s(?=\S)")


def _without_list(text: str) -> tuple[list[str], Sequence[str]]:
    """A cell's text, and the items of the list that closes it, which a converter wrote on the same line.

    >>> _without_list("Publish: * the names * the dates")
    (['Publish:'], ['the names', 'the dates'])
    """
    opening = _LIST.search(text)
    if not opening:
        return [text], ()
    items = [item.strip() for item in text[opening.end() :].split(f" {opening[1]} ")]
    return [text[: opening.start() + 1]], [item for item in items if item]


def part_glued(text: str) -> list[str]:
    """The paragraphs that a converter ran together without a blank.

    >>> part_glued("Head of HousingRough Sleeping Coordinator")
    ['Head of Housing', 'Rough Sleeping Coordinator']
    >>> part_glued("Head of DigitalA. Ransome, Benefits Manager")
    ['Head of Digital', 'A. Ransome, Benefits Manager']
    >>> part_glued("Both were above the budget of £85k.A second competition opened.(Funded)")
    ['Both were above the budget of £85k.', 'A second competition opened.', '(Funded)']
    """
    if _ADDRESS.search(text):
        return [text]
    parts: list[str] = []
    for piece in _STOP_GLUED.split(text):
        short = len(piece.split()) <= 16 and not piece.endswith(".")
        start = 0
        for match in _WORD_GLUED.finditer(piece):
            place_of = match.start()
            word = re.findall(r"\S+$", piece[:place_of])[0] + re.match(r"\S*", piece[place_of:])[0]  # type: ignore[index]
            if key(word) in _NAMES or word.startswith(("Mac", "Mc")) or (not short and word[0].isupper()):
                continue
            parts.append(piece[start:place_of])
            start = place_of
        parts.append(piece[start:])
    return [fold(part) for part in parts if part.strip()]
