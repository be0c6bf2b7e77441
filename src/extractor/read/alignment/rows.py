"""Which edges part the rows of a table: the cheapest way to cut it, and where another is as good."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple

from extractor.fixed import fixed
from extractor.read.alignment.facts import Facts, Lean, are_two_times, fits
from extractor.read.alignment.kinds import LOWER, SINGLE
from extractor.read.alignment.shapes import Chunk
from extractor.read.merged import NEAR_TOP, is_left_at_top
from extractor.read.overleaf import (
    PageCell,
    PageTable,
    cell_text,
    has_bare_letter,
    is_cut_ref,
    is_ref,
    row_goes_on,
)
from extractor.read.typeset import TextLine, marker_of
from extractor.rows import PEOPLE
from extractor.text import breaks_off
from extractor.vocabulary import Meaning
from extractor.vocabulary.states import is_state
from extractor.vocabulary.verbs import opens_action

_MAX_CHUNKS = 30
_baseline = attrgetter("baseline")
_OWN_LETTER = re.compile(r"\d\s*\(?([a-z])[.)]?$")
_FIRST_LETTER = re.compile(r"\(?a[.)]\s")
_LEAD_IN_CUT = 3.0
"""What it costs that "a) ..." begins a row and the lead-in right above it ends another."""
_LEAD_IN_ALONE = 1.0
"""What it costs that a sub-item "3.2 a" has a lead-in and no text of its own."""
_NEAR_LEAD_IN = 2.1
"""So near is a lead-in, in font sizes: in columns of characters another cell's line may stand between."""
_LINE_LETTER = re.compile(r"\(?([a-z])\)\s")
_NEVER = 1e9
_GOES_ON = 1.5  # how much likelier than a row of its own the rest of one of the page before is at a page's head
_OVERLEAF = 3.0
"""How much likelier an activity is missing that is taken overleaf than one that is not there."""
_WHOLE = 1.0
"""What it costs that a name goes on overleaf though another row says no more of it."""
_CLOSE_CALL = 1.0  # a border between rows is doubtful where the next best costs so little more
_LEFT_AT_TOP = 0.8
"""What it costs in a document whose cells are centred that one stands at the top of its row: LibreOffice leaves it
there where it has moved the row to another page."""
_MERGED, _OFF_AS_MERGED = 0.85, 2.5
"""Where a column of people holds fewer texts than this share of the rows, one may stand for several rows; what it costs
at most that it is off the middle of its own."""
_ACTS = 2.6
"""What it costs that an activity has another paragraph which begins as one does."""
_JUTS_OUT, _PEOPLE_JUT_OUT = 1.0, 1.8
"""What it costs that a cell stands higher than all others of its row, and that one of people does while those begin
together."""
_TOO_NEAR, _ABOUT = 3.0, 0.03
"""What it costs that two rows are nearer to each other than any are, and how exactly distances are known."""
_TWO_WHOLE, _MOSTLY_FILLED, _FEWEST_COLUMNS = 2.0, 0.9, 4
"""What it costs that a row holds another which lacks nothing, in a table of so many columns that so many rows fill."""
_LOWER = 0.3
"""What it costs in print that a cell begins somewhat lower than the first of its row."""
_BULLET_START = re.compile(r"^[•◦▪▫●○■□‣∙·➢✓*\uf0b7]")
_ITEM = re.compile(r"[a-z]\)")
_BRACKETED_ITEM = re.compile(r"\(?[a-z]\)")
_LATER_ITEM = re.compile(r"\(?[b-z][.)]")
_LATER_REF = re.compile(r"\d\s*\(?[b-z][.)]?$")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_EMPTY: dict[str, float] = {
    "ref": 3.0,
    "activity": 4.0,
    "timescale": 1.8,
    "timescale_start": 1.2,
    "timescale_end": 1.2,
    "lead_officers": 1.3,
    "lead_directorates": 1.3,
    "lead_cabinet_members": 1.3,
    "status": 1.5,
    "progress": 1.0,
    "group": 0.2,
    "extra": 0.8,
}


class _Refs(NamedTuple):
    """What lines in the column of refs say."""

    number: int
    """How many refs they are."""
    letter: str
    """That of a sub-item: "b" of "3.2 b)"; empty where there is none."""
    later: bool
    """The row is a sub-item and not the first."""


@fixed(frozen=True, slots=True)
class _PossibleRow:
    """Consecutive chunks, from `start` to `end`, taken for one row."""

    start: int
    end: int
    cells: dict[int, list[TextLine]]
    refs: _Refs


_NO_REFS = _Refs(0, "", False)


class Rows:
    """Finds the cheapest way to cut chunks into rows."""

    def __init__(
        self, chunks: list[Chunk], facts: Facts, before: PageTable | None, lean: Lean, open_foot: bool = False
    ) -> None:
        self.lean = lean
        self.open_foot = open_foot and facts.measure.exact_pitch
        """The table ends where its page of print does, which may cut its last row."""
        self.chunks = chunks
        self.facts = facts
        self.columns = facts.columns
        self.limits = facts.limits
        self.measure = facts.measure
        self.before = before
        self.meanings = [column.meaning for column in facts.columns]
        self.ref = self.meanings.index("ref") if "ref" in self.meanings else None
        self.activity = self.meanings.index("activity") if "activity" in self.meanings else None
        self.pitch = facts.pitch
        self.letters_before = before is not None and any(map(has_bare_letter, before.rows))
        self.filled = self._filled()
        self.merged = {
            column
            for column, share in enumerate(self.filled)
            if self.meanings[column] in PEOPLE and share < _MERGED and not self.measure.exact_pitch
        }
        """The columns of people in which cells may stand for several rows."""
        self.full = list(map(self._is_full, chunks))
        """By chunk, whether its lines alone could be a row that lacks nothing."""
        self.torn = self._torn()
        self.led = self._led()
        self.whole = self._whole_before()
        self.possible: dict[tuple[int, int], _PossibleRow] = {}
        self.costs: dict[tuple[int, int], tuple[float, float]] = {}
        """What these cost, but for how their cells keep to one height, and how much that weighs; told when asked for,
        since of many the refs alone say that they are no row."""
        self.begun: dict[tuple[int, bool], list[tuple[float, int]]] = {}
        """By the identity of a cell's first line, and whether its row goes on from the page before: what the cell
        costs with so many lines, and how many paragraphs follow its first."""
        self.refs: dict[tuple[int, int], _Refs] = {}
        """By the identity of the first line in the column of refs, and the number of lines."""
        self.centred = False
        """The cells of the table are centred vertically."""

    def _filled(self) -> list[float]:
        """How often each column is filled, as far as that can be told before the rows are known.

        The rows of the page before count too: few rows of a page say little.
        """
        width = len(self.columns)
        counts = [0] * width
        for chunk in self.chunks:
            for column, lines in chunk.lines.items():
                if column == self.ref:
                    texts = [line.text for line in lines]
                    is_one = bool(self.facts.torn_refs) and self.facts.one_ref(texts)
                    counts[column] += 1 if is_one else sum(1 for text in texts if is_ref(text)) or 1
                else:
                    counts[column] += 1
        if self.ref is not None and counts[self.ref]:
            total = counts[self.ref]
        else:
            single = [counts[index] for index, meaning in enumerate(self.meanings) if meaning in SINGLE]
            total = max(single, default=0) or max(counts, default=1)
        before = self.before.rows[self.before.header_rows :] if self.before is not None else []
        for row in before:
            if all(cell.column_span == 1 for cell in row):
                total += 1
                for cell in row:
                    counts[cell.column] += 1
        ticks = {column for chunk in self.chunks for column in chunk.lines}
        for chunk in self.chunks:
            ticks -= {column for column, lines in chunk.lines.items() if not all(_is_mark(line.text) for line in lines)}
        # A column of ticks is as well empty in a row as not.
        return [0.0 if column in ticks else min(1.0, count / max(total, 1)) for column, count in enumerate(counts)]

    def _torn(self) -> list[float]:
        """What it costs that a row begins with each chunk: lines that look like one paragraph would be torn."""
        costs = [0.0] * len(self.chunks)
        last: dict[int, TextLine] = {}
        heads = Counter(
            (column, lines[0].text)
            for chunk in self.chunks
            for column, lines in chunk.lines.items()
            if self.meanings[column] in PEOPLE and self._begins_row(chunk)
        )
        for index, chunk in enumerate(self.chunks):
            if chunk.across:
                last.clear()
                continue
            for column, lines in chunk.lines.items():
                before = last.get(column)
                is_value = heads[column, lines[0].text] > 1  # "Corporate Core" goes on with nothing above
                if before is not None and self.meanings[column] == "timescale" and not self.measure.exact_pitch:
                    is_value = are_two_times(before.text, lines[0].text)
                if before is not None and self.facts.wrapped and not is_value:
                    distance = (lines[0].baseline - lines[0].skips - before.baseline) / max(lines[0].size, 0.1)
                    if distance <= self.pitch + 0.06 and not fits(before, lines[0], column, self.facts):
                        costs[index] += 0.5
                last[column] = lines[-1]
        if self.facts.row_gap:
            self._add_near(costs)
        return costs

    def _begins_row(self, chunk: Chunk) -> bool:
        """Whether lines of characters hold a ref and the first words of an activity, as far as the table has such."""
        if self.measure.exact_pitch or self.activity not in chunk.lines:
            return False
        has_ref = self.ref is None or self.ref in chunk.lines
        return has_ref and chunk.lines[self.activity][0].text[:1].isupper()

    def _is_full(self, chunk: Chunk) -> bool:
        """Whether lines of characters hold a text in each column that most rows fill, and none goes on from above."""
        needed = [column for column, share in enumerate(self.filled) if share >= _MOSTLY_FILLED]
        if self.measure.exact_pitch or len(needed) < _FEWEST_COLUMNS or self.activity not in needed:
            return False
        return all(column in chunk.lines and chunk.lines[column][0].text[:1] not in LOWER for column in needed)

    def _opens(self, chunk: Chunk) -> bool:
        """Whether lines of characters hold the first words of an activity."""
        return self.activity in chunk.lines and self._acts(chunk.lines[self.activity][0])

    def _add_near(self, costs: list[float]) -> None:
        """Adds what it costs that rows would part nearer to each other than the rows of the document are."""
        merged = {index for index, meaning in enumerate(self.meanings) if meaning in PEOPLE or meaning == "group"}
        lines = [
            [line for column, lines in chunk.lines.items() if column not in merged for line in lines]
            for chunk in self.chunks
        ]
        below: TextLine | None = None
        for index in range(len(lines) - 1, 0, -1):
            if self.chunks[index].across:
                below = None
            elif lines[index]:
                below = min(lines[index], key=_baseline)
            above = max(lines[index - 1], key=_baseline, default=None)
            if above is None or below is None or self.chunks[index - 1].across:
                continue
            if below.baseline - above.baseline < (self.facts.row_gap - _ABOUT) * below.size:
                costs[index] += _TOO_NEAR

    def _led(self) -> frozenset[int]:
        """The identities of the lines of activities that begin with "a)" right below their lead-in."""
        lines = [
            line
            for chunk in self.chunks
            for line in chunk.lines.get(-1 if self.activity is None else self.activity, ())
        ]
        return frozenset(
            id(line)
            for above, line in pairwise(lines)
            if above.text.endswith(":") and _FIRST_LETTER.match(line.text)
            if line.baseline - above.baseline <= _NEAR_LEAD_IN * line.size
        )

    def _whole_before(self) -> frozenset[int]:
        """The columns of people in which the last row of the page before says what another row says too."""
        if self.before is None or not self.before.rows:
            return frozenset()
        rows = self.before.rows[self.before.header_rows :]
        said = Counter((cell.column, cell_text(cell)) for row in rows for cell in row if cell.column_span == 1)
        own = {(cell.column, cell_text(cell)) for cell in rows[-1]} if rows else set()
        return frozenset(column for column, text in own if said[column, text] > 1 and self.meanings[column] in PEOPLE)

    def best(self) -> list[list[Chunk]]:
        """The chunks by row."""
        cost, rows = self._cut("top")
        other_cost, other_rows = self._cut("middle")
        self.centred = self.lean.weigh(cost, other_cost)
        return other_rows if self.centred else rows

    def _cut(self, alignment: str) -> tuple[float, list[list[Chunk]]]:
        count = len(self.chunks)
        best = [0.0] + [_NEVER] * count
        back = [0] * (count + 1)
        for start in range(count):
            if best[start] >= _NEVER:
                continue
            if self.chunks[start].across:
                if best[start] < best[start + 1]:
                    best[start + 1], back[start + 1] = best[start], start
                continue
            for end in range(start + 1, min(start + _MAX_CHUNKS, count) + 1):
                chunk = self.chunks[end - 1]
                if chunk.across:
                    break
                row = self._row(start, end)
                if row.refs.number > 1 and end > start + 1:
                    break
                cost = best[start] + self._price(row, alignment)
                if cost < best[end]:
                    best[end], back[end] = cost, start
                if chunk.must_end:
                    break
        rows: list[list[Chunk]] = []
        end = count
        while end > 0:
            rows.append(self.chunks[back[end] : end])
            end = back[end]
        rows.reverse()
        return best[count], rows

    def doubtful(self, rows: Sequence[list[Chunk]]) -> list[set[int]]:
        """Per row, the columns of which some lines might as well belong to the row above or below."""
        alignment = "middle" if self.centred else "top"
        doubts: list[set[int]] = [set() for _ in rows]
        starts = list(accumulate((len(row) for row in rows), initial=0))

        def price(start: int, end: int) -> float:
            return self._price(self._row(start, end), alignment)

        for number, row in enumerate(rows):
            first, end = starts[number], starts[number + 1]
            for other in range(first + 1, end if self.activity is not None and not row[0].across else first):
                if self._opens(self.chunks[other]) and price(first, other) + price(other, end) - price(first, end) < (
                    _CLOSE_CALL
                ):
                    doubts[number].update(*(chunk.lines for chunk in self.chunks[first:end]))
        for number in range(len(rows) - 1):
            above, below_it = rows[number], rows[number + 1]
            if above[0].across or below_it[0].across:
                continue
            first, border, end = starts[number], starts[number + 1], starts[number + 2]
            now = price(first, border) + price(border, end)
            for other in (border - 1, border + 1):
                if not first < other < end or (other < border and self.chunks[other].must_end):
                    continue
                if price(first, other) + price(other, end) - now < _CLOSE_CALL:
                    moved = self.chunks[min(other, border)]
                    doubts[number].update(moved.lines)
                    doubts[number + 1].update(moved.lines)
            if not number and self._may_go_on(self._row(first, border).cells) and price(first, end) - now < _GOES_ON:
                for each in doubts[:2]:
                    each.update(self._row(first, border).cells)
        return doubts

    def _refs(self, cells: dict[int, list[TextLine]]) -> _Refs:
        lines = cells.get(self.ref) if self.ref is not None else None
        if lines is None:
            return _NO_REFS
        place = (id(lines[0]), len(lines))
        known = self.refs.get(place)
        if known is None:
            texts = [line.text for line in lines]
            is_one = self.facts.one_ref(texts) and self._follow(lines)
            count = 1 if is_one else sum(1 for text in texts if is_ref(text)) or 1
            # "A" of the group's own row over "A1"
            count += not is_one and any(
                len(one) == 1 and is_ref(other) and other.startswith(one) for one, other in pairwise(texts)
            )
            whole = " ".join(texts)
            letter = _OWN_LETTER.search(whole)
            later = _LATER_ITEM.match(texts[0]) is not None or _LATER_REF.search(whole) is not None
            known = self.refs[place] = _Refs(count, letter[1] if letter else "", later)
        return known

    def _follow(self, lines: Sequence[TextLine]) -> bool:
        """Whether lines follow each other as those of one text do; of lines of characters that is not known."""
        return not self.measure.exact_pitch or all(
            line.baseline - above.baseline <= 1.04 * self.pitch * line.size for above, line in pairwise(lines)
        )

    def _row(self, start: int, end: int) -> _PossibleRow:
        """The row that the chunks from `start` to `end` would make; each is looked at once for both alignments."""
        known = self.possible.get((start, end))
        if known is not None:
            return known
        shorter = self.possible.get((start, end - 1))
        cells = dict(shorter.cells) if shorter else {}
        for chunk in self.chunks[end - 1 if shorter else start : end]:
            for column, lines in chunk.lines.items():
                cells[column] = [*cells[column], *lines] if column in cells else lines
        row = self.possible[start, end] = _PossibleRow(start, end, cells, self._refs(cells))
        return row

    def _weighed(self, row: _PossibleRow) -> tuple[float, float]:
        """What a row costs, but for how its cells keep to one height, and how much that weighs."""
        at_foot = row.end == len(self.chunks)
        goes_on = row.start == 0 and self._may_go_on(row.cells)
        cost = self.torn[row.start] + self._cost(row.cells, goes_on, row.refs)
        if at_foot and not goes_on and self._went_overleaf(row.cells):
            cost -= _OVERLEAF
        cost += _TWO_WHOLE * max(0, sum(self.full[row.start : row.end]) - 1)
        known = self.costs[row.start, row.end] = cost, 0.3 if goes_on or at_foot else 1.0
        return known

    def _went_overleaf(self, cells: dict[int, list[TextLine]]) -> bool:
        """Whether a row is cut after its first line by the end of its page, and has a ref but no activity: of longer
        text no line may be left alone, so that all of it stands overleaf."""
        if not self.open_foot or self.ref not in cells or self.activity is None or self.activity in cells:
            return False
        return len({line.baseline for lines in cells.values() for line in lines}) == 1

    def _price(self, row: _PossibleRow, alignment: str) -> float:
        cost, weight = self.costs.get((row.start, row.end)) or self._weighed(row)
        below = None if row.end == len(self.chunks) else self.chunks[row.end].levels[0].baseline
        return cost + weight * self._spread(row.cells, alignment, below)

    def _cost(self, cells: dict[int, list[TextLine]], goes_on: bool, refs: _Refs) -> float:
        """What a row of these cells costs, wherever they stand in it."""
        cost = 0.6
        opens = self.activity in cells and cells[self.activity][-1].text.endswith(":")
        for column, meaning in enumerate(self.meanings):
            lines = cells.get(column)
            if lines:
                cost += self._cell_cost(lines, meaning, goes_on, column)
            elif not goes_on:
                weight = _EMPTY.get(meaning or "extra", 0.8)
                if (meaning in PEOPLE or meaning in SINGLE) and self._is_sub_item(cells, refs):
                    weight *= 0.3
                elif opens and meaning not in (*PEOPLE, "activity", "ref"):
                    weight = 0.0  # its sub-items have their own
                cost += weight * self.filled[column]
        if opens and refs.letter:
            cost += _LEAD_IN_ALONE
        cost += self._foreign_letters(cells, refs.letter)
        if self.led and self.activity in cells and id(cells[self.activity][0]) in self.led:
            cost += _LEAD_IN_CUT
        if goes_on:
            cost -= _GOES_ON - _WHOLE * len(self.whole.intersection(cells))
            if refs.number and self.ref is not None and not self._ends_ref(cells[self.ref]):
                cost += 6.0
        return cost

    def _ends_ref(self, lines: list[TextLine]) -> bool:
        """Whether what stands in the column of refs may be the rest of one of the page before: "a)", or "04"."""
        cell = PageCell(0, lines)
        above = self.before.rows[-1] if self.before is not None else []
        return has_bare_letter([cell]) or any(
            is_cut_ref(cell_text(other), cell_text(cell)) for other in above if other.column == self.ref
        )

    def _foreign_letters(self, cells: dict[int, list[TextLine]], own: str) -> float:
        """What it costs that an activity holds the line of another sub-item than its ref's: "a) ..." under 3.2 b)."""
        if not own or self.activity is None or self.activity not in cells:
            return 0.0
        letters = [match[1] for line in cells[self.activity] if (match := _LINE_LETTER.match(line.text))]
        return 4.0 * float(sum(letter != own for letter in letters))

    def _is_sub_item(self, cells: dict[int, list[TextLine]], refs: _Refs) -> bool:
        if refs.later:
            return True
        lines = cells.get(self.activity) if self.activity is not None else None
        return lines is not None and _LATER_ITEM.match(lines[0].text) is not None

    def _may_go_on(self, cells: dict[int, list[TextLine]]) -> bool:
        if self.before is None or not self.before.rows:
            return False
        row = [PageCell(column, lines) for column, lines in sorted(cells.items())]
        return row_goes_on(
            self.before.rows[-1], row, self.filled, self.meanings, self.limits, True, self.letters_before
        )

    def _cell_cost(self, lines: list[TextLine], meaning: Meaning | None, goes_on: bool, column: int) -> float:
        cost = 0.0
        if meaning == "ref":
            if len(lines) > 1 and (lines[1].baseline - lines[0].baseline) > 1.06 * self.pitch * lines[1].size:
                cost += 4.0
            return cost
        place = (id(lines[0]), goes_on)
        known = self.begun.get(place)
        if known is None:
            known = self.begun[place] = [(self._first_cost(lines[0].text, meaning, goes_on), 0)]
        for index in range(len(known), len(lines)):
            known.append(self._longer(*known[-1], lines[index - 1], lines[index], meaning, column))
        cost = known[len(lines) - 1][0]
        return cost + 1.5 if breaks_off(lines[-1].text) else cost

    def _first_cost(self, text: str, meaning: Meaning | None, goes_on: bool) -> float:
        """What it costs that a cell begins with a line."""
        cost = 0.0
        if goes_on:
            return cost
        if text[:1] in LOWER and not marker_of(text):
            cost += 2.5
        if meaning == "activity" and (text[:1] in "(•*" or _BULLET_START.match(text)):
            cost += 2.5
        return cost

    def _longer(
        self, cost: float, more: int, before: TextLine, line: TextLine, meaning: Meaning | None, column: int
    ) -> tuple[float, int]:
        """What a cell costs with another line, and how many paragraphs follow its first; both are given without it."""
        distance = (line.baseline - line.skips - before.baseline) / max(line.size, 0.1)
        close = distance <= self.pitch + (0.06 if self.measure.exact_pitch else 0.05)
        going_on = line.text[:1] in LOWER and not _ITEM.match(line.text)
        open_end = breaks_off(before.text)
        if meaning in SINGLE and not open_end and (going_on or not self.measure.exact_pitch):
            more_of_date = line.text[:1] in "(&" or _YEAR.match(line.text)
            of_times = meaning != "status" and not more_of_date and are_two_times(before.text, line.text)
            if of_times or (meaning == "status" and is_state(before.text) and is_state(line.text)):
                return cost + 4.0, more
        if _is_mark(line.text) and _is_mark(before.text):
            return cost + 4.0, more  # the tick of another row
        if meaning in PEOPLE and line.text == before.text:
            return cost + 4.0, more  # nobody is named twice
        if going_on or open_end:
            return (cost if close else cost + 0.4), more
        if close and self.facts.wrapped and not fits(before, line, column, self.facts):
            return cost, more
        extra = self._paragraph_cost(before, line, meaning, close)
        return cost + (extra + (0.15 * more if extra > 0.2 else 0.0)), more + 1

    def _acts(self, line: TextLine) -> bool:
        """Whether a line of characters begins as an activity does, and is no item that is set in."""
        if self.measure.exact_pitch or self.activity is None or line.x0 > self.columns[self.activity].left + 1.05:
            return False
        words = line.text.split(" ", 2)
        return len(words) > 1 and opens_action(words[0], words[1])

    def _paragraph_cost(self, before: TextLine, line: TextLine, meaning: Meaning | None, close: bool) -> float:
        """What it costs that a cell has another paragraph."""
        text = line.text
        if meaning in SINGLE:
            return 0.5 if text[:1] in "(&" or _YEAR.match(text) else 4.0
        if meaning == "activity":
            if text[:1] in "(•*" or _BULLET_START.match(text):
                return -0.3
            if before.text.endswith(":"):
                return -0.3
            if _BRACKETED_ITEM.match(text):
                return 1.0
            return _ACTS if self._acts(line) else 1.6
        if meaning in PEOPLE:
            return 0.7 if close else 0.9
        if text[:1] in "(•*" or _BULLET_START.match(text):
            return 0.0
        return 0.8

    def _spread(self, cells: dict[int, list[TextLine]], alignment: str, below: float | None) -> float:
        """How badly the cells of a row keep to one height."""
        if len(cells) < 2:
            return 0.0
        size = next(iter(cells.values()))[0].size
        unit = self.pitch * size
        even = 0.12 if self.measure.exact_pitch else 0.55
        if alignment == "middle" and not self.facts.wrapped:
            return _spread_of_lines(cells, below)
        cost = 0.0
        if alignment == "top":
            heights = [lines[0].baseline for lines in cells.values()]
            base = min(heights)
            distances = [(height - base) / unit for height in heights]
            for distance in distances:
                if distance > 1.3:
                    cost += min(3.0, 1.5 * (distance - 1.3))
                elif distance > even and self.measure.exact_pitch:
                    cost += _LOWER
            if not self.measure.exact_pitch:
                cost += self._juts_out(cells, base)
        else:
            heights = [(lines[0].baseline + lines[-1].baseline) / 2 for lines in cells.values()]
            own = {column: lines for column, lines in cells.items() if column not in self.merged}
            base = self._row_middle(own or cells, unit)
            distances = [(base - height) / unit for height in heights]
            # A paragraph keeps its lower margin in the cell, so that its text stands a little too high.
            offs = [
                min(3.0, 1.5 * max(0.0, distance - 0.7 - even))
                if distance > 0
                else min(4.0, 4.0 * max(0.0, -distance - even))
                for distance in distances
            ]
            if self.merged:
                offs = [
                    min(off, _OFF_AS_MERGED) if column in self.merged else off
                    for column, off in zip(cells, offs, strict=True)
                ]
            if max(offs) > _LEFT_AT_TOP and self._is_left(cells, unit):
                top = min(lines[0].baseline for lines in cells.values())
                offs = [
                    min(off, _LEFT_AT_TOP) if lines[0].baseline - top < NEAR_TOP * unit else off
                    for off, lines in zip(offs, cells.values(), strict=True)
                ]
            cost = sum(offs)
        together = len([distance for distance in distances if -0.12 < distance < 0.12])
        if together < 2:
            middle = sorted(distances)[len(distances) // 2]
            together = len([distance for distance in distances if abs(distance - middle) < 0.12])
        return cost - 0.4 * (together - 1)

    def _is_left(self, cells: dict[int, list[TextLine]], unit: float) -> bool:
        """Whether the cells of a row are left at its top, people apart, who may be merged."""
        own = (lines for column, lines in cells.items() if self.meanings[column] not in PEOPLE)
        return is_left_at_top([(lines[0].baseline, lines[-1].baseline) for lines in own], unit)

    def _juts_out(self, cells: dict[int, list[TextLine]], top: float) -> float:
        """What it costs that one cell alone stands higher than all others of its row: the end of the row above.

        One of people does so wherever the others begin, one of anything but the activity where they begin together.
        """
        high = [column for column, lines in cells.items() if lines[0].baseline == top]
        if len(high) != 1 or len(cells) < 4:
            return 0.0
        others = {lines[0].baseline for column, lines in cells.items() if column != high[0]}
        together = len(others) == 1 and high[0] not in (self.activity, self.ref)
        if self.meanings[high[0]] in PEOPLE:
            return _PEOPLE_JUT_OUT if together else _JUTS_OUT
        return _JUTS_OUT if together else 0.0

    def _row_middle(self, cells: dict[int, list[TextLine]], unit: float) -> float:
        """The middle of a row: the lowest of the middles of its cells, those of one plain block before others."""
        middles = [
            (lines[0].baseline + lines[-1].baseline) / 2
            for lines in cells.values()
            if lines[-1].baseline - lines[0].baseline < (len(lines) - 0.8) * unit
        ]
        return max(middles or [(lines[0].baseline + lines[-1].baseline) / 2 for lines in cells.values()])


def _is_mark(text: str) -> bool:
    """Whether a cell's line is a tick or another sign alone."""
    return len(text) == 1 and not text.isalnum()


def _spread_of_lines(cells: dict[int, list[TextLine]], below: float | None) -> float:
    """How badly cells keep to the middle of their row, in whole lines of characters.

    Rows follow each other without a gap: a row reaches down to the line before `below`, where the next one begins.
    A cell of n lines in a row of h begins (h - n) // 2 lines below its top; a paragraph keeps an empty line below it.
    """
    extents = [(int(lines[0].baseline), int(lines[-1].baseline)) for lines in cells.values()]
    top = min(first for first, _ in extents)
    height = max(last for _, last in extents) - top + 1
    whole = int(below) - top if below is not None else height
    if whole > height + 2:
        whole = height + 1
    cost = 0.0
    for first, last in extents:
        room = whole - (last - first + 1)
        if first == top + room // 2:
            cost -= 0.4
        elif first == top + (room - 1) // 2:
            cost -= 0.1
        else:
            cost += 2.0
    return cost + 0.4
