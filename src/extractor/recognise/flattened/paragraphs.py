"""Tables of a converter that writes tabs before a cell, but not before one that holds a paragraph.

    Relet the covered market
                                  (a blank line: that cell was a paragraph, or the next one is)
    <tab><tab>Complete            (a plain cell)

    Ongoing

    <tab><tab>Head of Town Centres

1. Borders stand before tabs, and may stand at line ends; never within a line. So a row is a way through its lines that
   tells for each whether it goes on with a cell, opens a later column, or a row.
2. What a line end was shows what it can be: a plain cell is opened by tabs, unless it is its row's first; a blank line
   stands before and after a paragraph, and nowhere else. So a paragraph after a plain cell is no part of it, and a row
   whose first cell is plain comes right below a plain one.
3. What a column holds is learnt from the cells that earlier rounds put there (`ColumnLook`); of all ways through a
   table the one with the best cells is taken. Where another puts a line elsewhere and is about as good, that is said.
4. Tabs that show no cell show an empty one. A cell that is missing without them was merged with the one above, or is
   an empty paragraph.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from extractor.document import Block as DocumentBlock
from extractor.document import Cell, Furniture, Heading, Line, Paragraph, Table
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.recognise.flattened.bodies import Body, is_group_line
from extractor.recognise.flattened.merged import cover_merged
from extractor.recognise.flattened.misfits import is_owner
from extractor.recognise.flattened.refs import RowStart, find_row_starts, starts_in_text
from extractor.recognise.flattened.stream import TextLine
from extractor.recognise.spans import ColumnLook, expected_meanings, look_of
from extractor.rows import PEOPLE
from extractor.text import fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import heads_partners
from extractor.vocabulary.headings import is_labelled_group, read_group_heading
from extractor.vocabulary.names import is_person, names_somebody, role_without_name
from extractor.vocabulary.roles import value_cost
from extractor.vocabulary.states import is_state

_Gap = Literal["tab", "line", "blank"]
_Event = Literal["on", "next", "row", "heading", "aside"]

_ROUNDS = 4

# What speaks against a step, in nats.
_LINE = 1.0  # a line more in a cell
_MOST_LINE = 3.0  # ... of a column whose cells hardly ever have one
_USUAL = 1.5  # what a fitting text costs its column
_ITEM = 0.1  # a list item more
_AFTER_COLON = 0.3  # the line after one that ends with a colon
_LISTED = 0.3  # ... of what it costs its column beyond the usual
_SPLIT = 4.0  # a paragraph after a plain cell's text, and in the same cell
_UNPARTED = 4.5  # a cell at a line end without a blank line
_PARAGRAPH_ROW = 3.0  # a row right below a paragraph
_BEGINS_EMPTY = 2.0  # a row that begins with tabs
_TORN = 5.0  # a row that begins with a list item
_SMALL = 3.0  # ... or with a small letter
_GROUP = 0.3  # a line of its own that is labelled as a group's heading
_HEADING = 3.0  # one that reads like a heading
_HEADED = 0.3  # ... in a table that begins with one
_UNLABELLED = 6.0  # ... where the others are labelled, or each of several tables begins with a row
_NAME = 2.5  # ... and like a name of those who do the work
_ASIDE = 6.0  # any other
_ASIDE_MORE = 1.0  # ... behind another
_VALUE = 3.0  # ... that reads like a value
_AMONG = 8.0  # ... with rows below it
_OVER = 9.0  # a cell behind the last column
_LACKS = 2.5  # a column without a cell of its own
_NEXT_LACKS = 0.7  # ... behind another such column
_HEADS_WITHIN = 4.0  # a line in a cell that heads a group for certain
_NOTED = 4.0  # a cell that begins with a bracket: what stands there is a note on the text before it
_UNREFERENCED = 4.5  # a row without a ref among rows that have one
_MISPLACED = 8.0  # a ref elsewhere than at its row's head
_FEWEST_REFS = 2
_LONGEST_LIST = 20
_SPANNED = 2  # rows that lack a cell which they would show if it were empty
_ROWS_OF_GROUPS = 1.5  # dates for each labelled line, where these head groups and are no rows
_PROSE: tuple[Meaning | None, ...] = (None, "extra", "progress", "activity")
_DOUBTFUL = 2.0  # another way that is dearer by less is about as good


class _Chunk(NamedTuple):
    """Text between two tabs or line ends, and what stands before it."""

    text: str
    gap: _Gap
    borders: int
    """How many borders its tabs make."""
    opens: bool
    """It is the first of its line, so that a row may begin with it."""
    line: TextLine
    weighed: str
    """The text that shows which column it stands in."""


class _State(NamedTuple):
    """Where a chunk stands: a column, or none (-1: a heading, -2: an aside), and whether that cell is a paragraph."""

    column: int
    paragraph: bool | None


class _Step(NamedTuple):
    state: _State
    event: _Event
    cost: float


_VALUES = ("time", "state", "money", "person", "owner", "member", "body", "ref")
_Place = tuple[_State, _Event]
_START = _State(-1, False)


@fixed(frozen=True, slots=True)
class _Placed:
    """A chunk, where the best way puts it, and the columns where another that is about as good does."""

    chunk: _Chunk
    state: _State
    event: _Event
    others: tuple[int, ...]
    unsure: bool
    """Another way, about as good, puts it into another row, or differs in whether a row begins."""


def read_paragraphs(bodies: Sequence[Body], known: Mapping[str, Meaning]) -> list[list[DocumentBlock]]:
    """The table under each of some equal headers, and the lines after its last row as paragraphs."""
    header = bodies[0].header
    names = [column.text for column in header.columns]
    meanings = expected_meanings(names, known)
    runs = [_chunks(body.lines, header.style.unit) for body in bodies]
    every = [line for body in bodies for line in body.lines]
    starts = _row_starts(every, meanings)
    if len(starts) < _FEWEST_REFS:
        starts = []
    told = frozenset(every[start.line_index].number for start in starts)
    below = frozenset(every[start.line_index].number for start in starts if start.below)
    learnt = _Learnt(names, meanings)
    placed: list[list[_Placed]] = []
    recurring = Counter(chunk.text for run in runs for chunk in run)
    for last in range(_ROUNDS):
        reader = _Reader(learnt, recurring, told)
        placed = [reader.read(run, doubts=last == _ROUNDS - 1) for run in runs]
        learnt = learnt.again(placed)
    columns = _Columns(names, meanings, _columns_of_texts(placed))
    tables: list[Table] = []
    after: list[list[DocumentBlock]] = []
    for body, run in zip(bodies, placed, strict=True):
        rest: list[_Placed] = []
        while run and run[-1].state.column < 0 and run[-1].chunk.gap == "blank":
            rest.insert(0, run.pop())
        asides = [each for each in run if each.event == "aside"]
        after.append([_aside(each) for each in (*asides, *rest)])
        if body.header.over:
            after[-1].append(Furniture(body.header.over, "column heading", _span_of(body)))
        tables.append(_table(body, [each for each in run if each.event != "aside"], columns, below))
    people = {index: meaning for index, meaning in enumerate(meanings) if meaning in PEOPLE}
    covered = cover_merged(tables, people, _proven(placed))
    return [[_without_missing(table), *rest] for table, rest in zip(covered, after, strict=True)]


def _without_missing(table: Table) -> Table:
    """The table without the cells that no row above goes on to, and that nothing else speaks for."""
    rows = tuple(
        tuple(None if cell and not cell.lines and cell.doubts == (_missing(cell.location),) else cell for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _missing(where: Location) -> Doubt:
    return Doubt("border-inferred", "The row has no words for this column.", location=where)


def _row_starts(lines: Sequence[TextLine], meanings: Sequence[Meaning | None]) -> list[RowStart]:
    """The lines that open rows with a ref, in a column of its own or in the text."""
    if "ref" in meanings:
        return find_row_starts(lines, "\t")
    starts = starts_in_text(lines)
    groups = [start for start in starts if is_group_line(lines[start.line_index])]
    dates = sum(1 for line in lines for text in line.raw.split("\t") if look_of(fold(text)) == "time")
    return [] if groups and dates > _ROWS_OF_GROUPS * len(groups) else starts


def _chunks(lines: Sequence[TextLine], unit: int) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for line in lines:
        tabs = 0
        opens = True
        for piece in line.raw.strip(" ").split("\t"):
            text = fold(piece)
            if text or (piece and "\xa0" in piece):
                gap: _Gap = "tab" if tabs else "blank" if line.after_blank else "line"
                chunks.append(_Chunk(text, gap, -(-tabs // unit), opens, line, text))
                tabs, opens = 0, False
            tabs += 1
    return [_with_list(chunks, index) for index in range(len(chunks))]


def _with_list(chunks: Sequence[_Chunk], index: int) -> _Chunk:
    """A chunk that calls for a list, to be weighed with the list: "Work with young people to:" is no short text."""
    chunk = chunks[index]
    if not chunk.text.endswith(":"):
        return chunk
    end = index + 1
    while end < min(len(chunks), index + _LONGEST_LIST) and chunks[end].gap != "tab":
        if not chunks[end].line.item and not chunks[end].text[:1].islower():
            break
        end += 1
    return chunk._replace(weighed=" ".join(each.text for each in chunks[index:end]))


def _shown_empty(each: _Placed, last: int) -> range:
    """The columns that the tabs before a chunk show to be empty; `last` is that of the chunk before it in its row."""
    if each.event == "on" or each.chunk.gap != "tab":
        return range(0)
    return range(last + 1, min(last + each.chunk.borders, each.state.column))


class _Learnt:
    """What earlier rounds showed: what the columns hold, and which of them rows lack."""

    def __init__(self, names: Sequence[str], meanings: Sequence[Meaning | None]) -> None:
        self.looks = looks = [ColumnLook() for _ in names]
        self.names = names
        self.meanings = meanings
        self.heading = _HEADING
        self.unparted = _UNPARTED
        for look, meaning, name in zip(looks, meanings, names, strict=True):
            look.expect(meaning, name)
        self.lacks = [_LACKS] * len(looks)
        self.lines = [_LINE] * len(looks)  # what it costs that a cell has a line more

    def again(self, runs: Sequence[Sequence[_Placed]]) -> _Learnt:
        """What these rows show."""
        width = len(self.looks)
        fresh = _Learnt(self.names, self.meanings)
        filled, rows = [0] * width, 0
        ends = parted = 0
        further: list[tuple[int, str]] = []
        longer: list[set[int]] = [set() for _ in range(width)]
        for run in runs:
            last = -1
            for each in run:
                if each.chunk.gap == "line":
                    ends += 1
                    parted += each.event == "next"
                last = -1 if each.event == "row" else last
                rows += each.event == "row"
                column = each.state.column
                if each.event == "on" and column >= 0 and not each.chunk.line.item:
                    longer[column].add(rows)
                if each.event == "on" and column >= 0 and self.meanings[column] in PEOPLE:
                    further.append((column, each.chunk.text))
                if each.event in ("row", "next"):
                    fresh.looks[column].learn(each.chunk.weighed)
                    filled[column] += 1
                    for between in _shown_empty(each, last):
                        fresh.looks[between].learn("")
                        filled[between] += 1
                last = column
        for column, text in further:  # one that stands nowhere as a cell's first would vouch for itself
            if fresh.looks[column].values[key(text)]:
                fresh.looks[column].learn(text)
        fresh.lacks = [min(_LACKS, -math.log((rows - count + 0.3) / (rows + 1.0))) for count in filled]
        fresh.lines = [
            min(_MOST_LINE, max(_LINE, -math.log((len(more) + 0.5) / (count + 1.0)))) if look.partners else _LINE
            for look, more, count in zip(fresh.looks, longer, filled, strict=True)
        ]
        fresh.unparted = min(_UNPARTED, -math.log((parted + 0.05) / (ends + 1.0)))
        headed = [run[0].event == "heading" for run in runs if run]
        labelled = [is_labelled_group(each.chunk.text) for run in runs for each in run if each.event == "heading"]
        fresh.heading = _HEADED if headed and all(headed) else _HEADING
        if (labelled and sum(labelled) * 2 > len(labelled)) or (len(headed) > 1 and not any(headed)):
            fresh.heading = _UNLABELLED
        return fresh


class _Reader:
    """Finds the best way through the chunks of a table."""

    def __init__(self, learnt: _Learnt, recurring: Counter[str], starts: frozenset[int]) -> None:
        self.learnt = learnt
        self.recurring = recurring
        self.starts = starts
        self.ref = learnt.meanings.index("ref") if "ref" in learnt.meanings else 0
        self.width = len(learnt.looks)
        self._costs: dict[str, list[float]] = {}
        # What it costs to lack the columns from one to another, that one not included.
        self.lacking = [[0.0] * (self.width + 1) for _ in range(self.width + 1)]
        for first in range(self.width):
            total = 0.0
            for last in range(first, self.width):
                own = learnt.looks[last].own + learnt.lacks[last]
                total += own if last == first else min(own, _NEXT_LACKS + max(0.0, learnt.looks[last].own))
                self.lacking[first][last + 1] = total
        # What it costs that all columns before one are empty.
        self.empty = [0.0]
        for look, cost in zip(learnt.looks, self.costs(""), strict=True):
            self.empty.append(self.empty[-1] + cost + max(0.0, look.own))

    def costs(self, text: str) -> list[float]:
        """What it takes to find a text in each column."""
        found = self._costs.get(text)
        if found is None:
            pairs = zip(self.learnt.looks, self.learnt.meanings, strict=True)
            found = self._costs[text] = [look.cost(text) + _wording(text, meaning) for look, meaning in pairs]
        return found

    def read(self, chunks: Sequence[_Chunk], doubts: bool) -> list[_Placed]:
        """The best way through the chunks; with the places that another, about as good, gives them where asked for."""
        best: list[dict[_Place, float]] = []
        back: list[dict[_Place, _Place]] = []
        before: dict[_Place, float] = {(_START, "heading"): 0.0}
        for index in range(len(chunks)):
            here: dict[_Place, float] = {}
            origin: dict[_Place, _Place] = {}
            for state, (paid, place) in _cheapest(before).items():
                for step in self._steps(chunks, index, state):
                    name = (step.state, step.event)
                    cost = paid + step.cost
                    if cost < here.get(name, math.inf):
                        here[name], origin[name] = cost, place
            best.append(here)
            back.append(origin)
            before = here
        if not chunks:
            return []
        ends = {place: cost + self._end(place[0]) for place, cost in before.items()}
        last = min(ends, key=lambda place: ends[place])
        path = [last]
        for origin in reversed(back[1:]):
            path.append(origin[path[-1]])
        path.reverse()
        others = self._others(chunks, best, ends, path) if doubts else [((), False)] * len(chunks)
        return [
            _Placed(chunk, state, event, *near)
            for chunk, (state, event), near in zip(chunks, path, others, strict=True)
        ]

    def _others(
        self,
        chunks: Sequence[_Chunk],
        best: Sequence[Mapping[_Place, float]],
        ends: Mapping[_Place, float],
        path: Sequence[_Place],
    ) -> list[tuple[tuple[int, ...], bool]]:
        """For each chunk the other columns to which a way that is about as good puts it, and whether one differs in
        whether a row begins."""
        onward: dict[_State, float] = {state: self._end(state) for state, _ in best[-1]}
        least = min(ends.values())
        found: list[tuple[tuple[int, ...], bool]] = []
        for index in range(len(chunks) - 1, -1, -1):
            column, event = path[index][0].column, path[index][1]
            near = [
                (state.column, other)
                for (state, other), cost in best[index].items()
                if cost + onward.get(state, math.inf) < least + _DOUBTFUL
            ]
            begins = any(
                (other in ("row", "heading", "aside")) != (event in ("row", "heading", "aside")) for _, other in near
            )
            found.append((tuple(sorted({other for other, _ in near if other != column})), begins))
            if index:
                states = {state for state, _ in best[index - 1]}
                onward = {
                    state: min(
                        (
                            step.cost + onward[step.state]
                            for step in self._steps(chunks, index, state)
                            if step.state in onward
                        ),
                        default=math.inf,
                    )
                    for state in states
                }
        return found[::-1]

    def _end(self, state: _State) -> float:
        """What it costs to end a row here."""
        return self.lacking[state.column + 1][self.width] if state.column >= 0 else 0.0

    def _steps(self, chunks: Sequence[_Chunk], index: int, state: _State) -> Iterator[_Step]:
        """Every way to go on from a state with a chunk."""
        chunk = chunks[index]
        width = self.width
        column, paragraph = state
        gap = chunk.gap
        costs = self.costs(chunk.weighed)
        told = chunk.opens and chunk.line.number in self.starts
        within = _MISPLACED * told
        if column >= 0:
            if gap == "tab":
                shown = column + chunk.borders
                for there in range(shown, width):
                    lacks = self.lacking[shown][there]
                    blank = self.empty[shown] - self.empty[column + 1]
                    yield _Step(_State(there, False), "next", within + costs[there] + lacks + blank)
                if shown >= width:  # more cells than columns: what is over stands in the last
                    yield _Step(_State(width - 1, False), "on", within + _OVER + costs[-1])
            else:
                yield _Step(state, "on", within + self._goes_on(chunks[index - 1], chunk, state))
                price = within + (self.learnt.unparted if gap == "line" else 0.0) + _TORN * chunk.line.item
                price += _NOTED * chunk.text.startswith("(") + _HEADS_WITHIN * is_labelled_group(chunk.text)
                for there in range(column + 1, width):
                    lacks = self.lacking[column + 1][there] - within * (there == self.ref)
                    yield _Step(_State(there, True if gap == "blank" else None), "next", price + costs[there] + lacks)
        elif gap != "tab" and column == -2:
            yield _Step(state, "aside", within + _ASIDE_MORE + _VALUE * (look_of(chunk.text) in _VALUES))
        elif gap == "line" and index and _label_and_title(chunks[index - 1], chunk):
            yield _Step(state, "on", _LINE)
        if not chunk.opens:
            return
        price = self._end(state) + _AMONG * (column == -2)
        if gap == "line":
            price += _PARAGRAPH_ROW * (paragraph is True)
            opening: bool | None = False
        else:
            opening = True if paragraph is False and index else None
        if gap == "tab":
            opening = False
        start = price + _TORN * chunk.line.item + _SMALL * (chunk.text[:1].islower() and look_of(chunk.text) != "ref")
        alone = gap != "tab" and not (index + 1 < len(chunks) and chunks[index + 1].gap == "tab")
        start += _HEADS_WITHIN * (alone and is_labelled_group(chunk.text))
        first = chunk.borders if gap == "tab" else 0
        start += (_BEGINS_EMPTY + self.empty[min(first, width)]) * (gap == "tab")
        start += _NOTED * chunk.text.startswith("(")
        start += _UNREFERENCED * bool(self.starts and self.ref == 0 and not told)
        for there in range(first, width):
            misplaced = within * (there != self.ref)
            yield _Step(_State(there, opening), "row", start + misplaced + costs[there] + self.lacking[first][there])
        if alone:
            heading = self._heading(chunk)
            yield _Step(_State(-1, opening), "heading", within + price + heading)
            yield _Step(_State(-2, opening), "aside", within + price + _ASIDE)

    def _goes_on(self, before: _Chunk, chunk: _Chunk, state: _State) -> float:
        """What it costs that a line goes on with the cell of the one before it."""
        split = _SPLIT if chunk.gap == "blank" and state.paragraph is False else 0.0
        if chunk.line.item:
            return split + _ITEM
        odd = self.costs(chunk.weighed)[state.column]
        if before.text.endswith(":"):
            return split + _AFTER_COLON + _LISTED * max(0.0, odd - _USUAL)
        heads = _HEADS_WITHIN if is_labelled_group(chunk.text) else 0.0
        line = self.learnt.lines[state.column]
        if self.learnt.meanings[state.column] in PEOPLE:
            return split + heads + line + odd  # a further value is weighed like the first
        return split + heads + line + max(0.0, odd - _USUAL)

    def _heading(self, chunk: _Chunk) -> float:
        text = chunk.text
        if chunk.line.item or not text:
            return _ASIDE
        if is_labelled_group(text) or furniture_kind(text):
            return _GROUP
        if not _may_head(text) or self.recurring[text] > 1 or role_without_name(text):
            return _ASIDE
        return self.learnt.heading + _NAME * names_somebody(text)


_KINDS: Mapping[Meaning, str] = {
    "lead_officers": "owner",
    "lead_directorates": "body",
    "lead_cabinet_members": "member",
}
_ODD = 3.0  # what an unusual wording of an owner costs
_STRANGE = 4.0


def _wording(text: str, meaning: Meaning | None) -> float:
    """What speaks against a text that reads like no owner in a column of people."""
    kind = _KINDS.get(meaning) if meaning else None
    return min(_STRANGE, max(0.0, 0.6 * (value_cost(text, kind) - _ODD))) if kind and text else 0.0


def _cheapest(places: Mapping[_Place, float]) -> dict[_State, tuple[float, _Place]]:
    """For each state the cheapest way to it."""
    found: dict[_State, tuple[float, _Place]] = {}
    for place, cost in places.items():
        if place[0] not in found or cost < found[place[0]][0]:
            found[place[0]] = (cost, place)
    return found


def _label_and_title(label: _Chunk, title: _Chunk) -> bool:
    """Whether two lines are a heading of two: "Objective 1", and what it is called below."""
    if label.line.item or title.line.item or not _may_head(title.text):
        return False
    return is_labelled_group(label.text) and read_group_heading(label.text).title == label.text


def _may_head(text: str) -> bool:
    long = len(text.split()) > 16 or text.endswith((".", ";", ",", ":"))
    return (
        not long
        and not text[:1].islower()
        and look_of(text) not in ("time", "ref", "state", "person", "owner", "member")
    )


# The table --------------------------------------------------------------------------------------------------


def _proven(runs: Sequence[Sequence[_Placed]]) -> frozenset[int]:
    """The columns that some rows lack before their first cell, or between a cell and the tabs of the next: an empty
    cell would have left some of its own, or, if it was a paragraph, a blank line."""
    counts: Counter[int] = Counter()
    for run in runs:
        for row in _rows(run):
            counts.update(range(row[0].state.column if row[0].chunk.gap != "tab" else 0))
            for before, each in pairwise(row):
                if each.chunk.gap == "tab" and each.chunk.borders == 1 and not _follows_blank(each.chunk):
                    counts.update(range(before.state.column + 1, each.state.column))
    return frozenset(column for column, count in counts.items() if count >= _SPANNED)


def _follows_blank(chunk: _Chunk) -> bool:
    """Whether a chunk is the first of its line, behind a blank one."""
    return chunk.opens and chunk.line.after_blank


class _Columns(NamedTuple):
    """What is known of a table's columns."""

    names: Sequence[str]
    meanings: Sequence[Meaning | None]
    held: Mapping[str, Counter[int]]
    """By comparison key, in how many cells of each column a text is the first line."""


def _columns_of_texts(runs: Sequence[Sequence[_Placed]]) -> dict[str, Counter[int]]:
    held: dict[str, Counter[int]] = {}
    for run in runs:
        for each in run:
            if each.chunk.text and each.event in ("row", "next"):
                held.setdefault(key(each.chunk.text), Counter())[each.state.column] += 1
    return held


def _aside(each: _Placed) -> Paragraph | Heading:
    chunk = each.chunk
    place = _at(chunk, chunk)
    if each.event == "heading":
        return Heading(chunk.text, 3, place)
    item = chunk.line.item
    return Paragraph(Line(chunk.text, place, kind="item" if item else "paragraph", marker="•" if item else ""))


def _at(first: _Chunk, last: _Chunk) -> Location:
    return Location(lines=(first.line.number, last.line.number), method="segmented")


def _span_of(body: Body) -> Location:
    return Location(lines=(body.lines[0].number, body.lines[-1].number) if body.lines else None, method="segmented")


def _table(body: Body, placed: Sequence[_Placed], columns: _Columns, below: frozenset[int]) -> Table:
    header = body.header
    width = len(header.columns)
    lines = [each.chunk.line.number for each in placed] or [0]
    whole = Location(lines=(lines[0], lines[-1]), method="segmented")
    heads: tuple[Cell | None, ...] = tuple(
        Cell((Line(column.text),) if column.text else (), 0, index, header=True)
        for index, column in enumerate(header.columns)
    )
    rows = [heads]
    places = [whole]
    for row in _rows(placed):
        where = _at(row[0].chunk, row[-1].chunk)
        if row[0].state.column < 0:
            text = " – ".join(each.chunk.text for each in row) if len(row) > 1 else row[0].chunk.text
            cell = Cell((Line(text, where, bold=True),), len(rows), 0, column_span=width, location=where)
            rows.append((cell,) * width)
        else:
            sub_item = any(each.chunk.line.number in below for each in row)
            rows.append(_cells(row, len(rows), where, columns, sub_item))
        places.append(where)
    return Table(tuple(rows), header_rows=1, location=whole, row_locations=tuple(places))


def _rows(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    row: list[_Placed] = []
    for each in placed:
        if row and each.event not in ("on", "next"):
            yield row
            row = []
        row.append(each)
    if row:
        yield row


def _cells(
    row: Sequence[_Placed], number: int, where: Location, columns: _Columns, below: bool
) -> tuple[Cell | None, ...]:
    """A row's cells. One that tabs show to be empty is so; one that is missing without them is in doubt."""
    held: dict[int, list[_Placed]] = {}
    shown: set[int] = set()
    last = -1
    for each in row:
        shown.update(_shown_empty(each, last))
        last = each.state.column
        held.setdefault(last, []).append(each)
    meanings = columns.meanings
    width = len(meanings)
    cells: list[Cell | None] = [None] * width
    # The empty cells of a sub-item are no surprise where it lacks all of its people.
    bare = below and not any(meanings[column] in PEOPLE for column in held)
    unsure = {column for each in row for column in each.others if column >= 0}
    odd = set(_misplaced(row, columns))
    for column in range(width):
        pieces = held.get(column, [])
        if not pieces:
            doubts: tuple[Doubt, ...] = ()
            if column in unsure or column in odd:
                doubts = (Doubt("border-inferred", "Its words may stand in the cell beside it.", location=where),)
            elif column not in shown and meanings[column] in PEOPLE and not bare:
                doubts = (_missing(where),)
            if column in shown or doubts:
                cells[column] = Cell((), number, column, location=where, doubts=doubts)
            continue
        place = _at(pieces[0].chunk, pieces[-1].chunk)
        texts = [piece for piece in pieces if piece.chunk.text]
        lines = tuple(
            Line(
                piece.chunk.text,
                _at(piece.chunk, piece.chunk),
                kind="item" if piece.chunk.line.item and piece.chunk.opens else "paragraph",
                marker="•" if piece.chunk.line.item and piece.chunk.opens else "",
            )
            for piece in texts
        )
        doubts = ()
        if lines and (column in unsure or column in odd or any(piece.others or piece.unsure for piece in pieces)):
            text = lines[0].text if len(lines[0].text) <= 60 else lines[0].text[:57] + "..."
            doubts = (Doubt("border-inferred", f'where "{text}" begins or ends is not certain', location=place),)
        cells[column] = Cell(lines, number, column, location=place, doubts=doubts)
    return tuple(cells)


def _misplaced(row: Sequence[_Placed], columns: _Columns) -> Iterator[int]:
    """The columns of a row that hold an owner among prose, and those of people beside them that may lack it; and those
    that hold what as many rows have in another column, and that other one: a risk among owners, an owner among
    partners."""
    names, meanings, held = columns
    for each in row:
        column, text = each.state.column, each.chunk.text
        if column < 0 or not text or each.chunk.line.item:
            continue
        meaning, partners = meanings[column], heads_partners(names[column])
        if meaning in _PROSE and not partners and _reads_as_owner(text):
            yield column
            beside = (other for other in (column - 1, column + 1) if 0 <= other < len(names))
            yield from (other for other in beside if meanings[other] in PEOPLE)
        counts = held.get(key(text), Counter())
        for other, count in counts.items():
            people = meanings[other] in PEOPLE
            odd = partners if people else meaning in PEOPLE or (meaning == "status" and not is_state(text))
            if odd and other != column and count >= counts[column]:
                yield from (column, other)


def _reads_as_owner(text: str) -> bool:
    """Whether a text is the name of those who do the work and nothing else: a post, a body, a person with a title."""
    name, comma, _ = text.partition(", ")
    return is_owner(text.split()) or bool(comma and is_person(name) and not text.endswith("."))
