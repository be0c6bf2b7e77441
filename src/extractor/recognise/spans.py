"""Tables whose converter left out what spans: the cells put back under their columns.

Many converters do not know `rowspan` and `colspan`. They print the cells that a row has of its own, one after the
other, so that all of them stand too far to the left where a cell from above or beside should have been. Reader and
recogniser mark such tables as `ragged`; how many cells a row has is certain, which of its columns they are is not.

1. Rows that have all cells show what each column holds; the header's words say it too.
2. A short row's cells keep their order. Which columns it lacks is the choice that suits its cells best, and that
   other rows made as well; a column that a row lacks is covered by the cell above.
3. Where a second choice is about as good, the cells that would move are in doubt.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Literal, get_args

from extractor.document import Block, Cell, Row, Table
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.recognise.columns import cell_text, is_ref, lookup
from extractor.recognise.spanners import said_twice, second_row, spanning, spanning_cost
from extractor.rows import PEOPLE
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import HeaderWord, heads_partners
from extractor.vocabulary.names import is_person
from extractor.vocabulary.roles import is_member, looks_like_owner, names_partner, value_cost
from extractor.vocabulary.states import is_money, is_state
from extractor.vocabulary.times import is_timescale

Look = Literal["empty", "ref", "time", "state", "money", "member", "person", "body", "owner", "prose", "short"]
"""What a text looks like, seen alone."""

_LOOKS: tuple[Look, ...] = get_args(Look)
_EXPECTED: Mapping[Meaning, Mapping[Look, float]] = {
    "ref": {"ref": 2.0},
    "timescale": {"time": 2.0},
    "timescale_start": {"time": 2.0},
    "timescale_end": {"time": 2.0},
    "status": {"state": 2.0},
    "lead_officers": {"owner": 1.2, "person": 0.2, "body": 0.4, "short": 0.2},
    "lead_directorates": {"body": 1.4, "short": 0.4, "owner": 0.2},
    "lead_cabinet_members": {"member": 1.6, "owner": 0.2, "short": 0.2},
    "activity": {"prose": 2.0},
    "progress": {"prose": 1.4, "empty": 0.6},
    "group": {"short": 1.0, "prose": 1.0},
}
_OF_PARTNERS: Mapping[Look, float] = {"body": 0.7, "owner": 0.5, "empty": 0.4}
_RATHER_TIMES = frozenset(["ongoing", "on going", "tbc", "business as usual", "bau"])
"""States that stand under "Timescale" more often than "Complete" or "On track" do."""
_UNSEEN = 0.15  # what a look that a column never had still counts
_DOUBTFUL = 2.5  # nats between the best and the second choice below which a cell, and one from above, is in doubt
_SURE = 4.0  # nats above which a placing teaches what the columns hold
_NOTHING_ABOVE = 6.0
_LONGEST_NAME = 120
_PARTNER = 3.0  # what speaks for a partner's name under "Key partners"
# How seldom a column is covered by a cell above: every record has an activity of its own.
_OWN: Mapping[Meaning, float] = {
    "activity": 8.0,
    "ref": 3.0,
    "timescale": 1.5,
    "status": 1.5,
    "lead_officers": 0.7,
    "extra": 0.7,
    "progress": 1.0,
    "group": -0.5,
}
_NAMED: tuple[Look, ...] = ("person", "body", "owner", "member")
_MOST_COLUMNS = 14  # wider tables are not repaired: too many choices


@lru_cache(maxsize=16384)
def look_of(text: str) -> Look:
    """What a cell's text looks like.

    >>> [look_of(text) for text in ("3.5", "By March 2025", "Head of Housing", "")]
    ['ref', 'time', 'owner', 'empty']
    """
    if not text:
        return "empty"
    state = is_state(text)
    if is_timescale(text) and (not state or key(text) in _RATHER_TIMES):
        return "time"
    if is_ref(text):
        return "ref"
    if state:
        return "state"
    if is_money(text):
        return "money"
    if is_member(text):
        return "member"
    if len(text) < _LONGEST_NAME and is_person(text):
        return "person"
    if len(text) < _LONGEST_NAME and value_cost(text, "body") <= 0.0:
        return "body"
    if looks_like_owner(text):
        return "owner"
    names = text.split("; ")
    if len(names) > 1 and all(look_of(name) in _NAMED for name in names):
        return look_of(names[0])
    return "prose" if len(text.split()) > 5 else "short"


def _noun(text: str) -> str:
    """The last word of a text, of several values that of the first."""
    return key(text.split(";")[0].split()[-1]) if text.split(";")[0].strip() else ""


@dataclass
class ColumnLook:
    """What one column holds, learnt from cells that stand in it for certain."""

    looks: Counter[str] = field(default_factory=Counter)
    total: float = 0.0
    values: Counter[str] = field(default_factory=Counter)
    nouns: Counter[str] = field(default_factory=Counter)
    """The last words of short texts: "Division" and "Directorate", where another column's are "Team" and "Service"."""
    words: float = 0.0
    """Sum of the logarithms of the filled cells' numbers of words ..."""
    squares: float = 0.0
    """... and of their squares."""
    filled: int = 0
    own: float = 0.0
    """What speaks against a row's lacking this column."""
    partners: bool = False
    """Its header says that it holds bodies which work with the council."""

    def expect(self, meaning: Meaning | None, header: str = "") -> None:
        """Takes the header's word for some cells."""
        self.partners = meaning == "extra" and heads_partners(header)
        self.own = _OWN.get(meaning, 0.0) if meaning else 0.0
        expected = _OF_PARTNERS if self.partners else _EXPECTED.get(meaning, {}) if meaning else {}
        for look, weight in expected.items():
            self.looks[look] += weight  # type: ignore[assignment]  # weights are no whole numbers
            self.total += weight

    def learn(self, text: str) -> None:
        """Counts one more cell of this column."""
        self.looks[look_of(text)] += 1
        self.total += 1.0
        if text:
            self.values[key(text)] += 1
            self.nouns[_noun(text)] += 1
            length = math.log(len(text.split()))
            self.words += length
            self.squares += length * length
            self.filled += 1

    def cost(self, text: str) -> float:
        """The nats that it takes to find this text in this column."""
        look = look_of(text)
        cost = -math.log((self.looks[look] + _UNSEEN) / (self.total + _UNSEEN * len(_LOOKS)))
        if text and self.filled:
            mean = self.words / self.filled
            spread = max(0.5, math.sqrt(max(0.0, self.squares / self.filled - mean * mean)))
            off = (math.log(len(text.split())) - mean) / spread
            cost += min(4.0, 0.5 * off * off)
            if self.values[key(text)]:
                cost -= min(1.5, 0.5 + 0.25 * self.values[key(text)])
            if look in _NAMED and self.nouns[_noun(text)]:
                cost -= min(2.0, 0.5 + 0.5 * self.nouns[_noun(text)])
        return cost - _PARTNER if self.partners and names_partner(text) else cost


@fixed(frozen=True, slots=True)
class Placing:
    """Which columns a row's cells stand in, what that costs, and how far behind the next choice is."""

    columns: tuple[int, ...]
    cost: float
    margin: float
    runner_up: tuple[int, ...] = ()


def place(
    texts: Sequence[str],
    looks: Sequence[ColumnLook],
    above: Sequence[bool] | None = None,
    habits: Counter[tuple[int, ...]] | None = None,
) -> Placing:
    """The columns that suit a row's cells best, in their order.

    `above` says which columns have a cell above that may cover them; `habits` how often rows lacked which columns.
    """
    width, count = len(looks), len(texts)
    costs = [[look.cost(text) for look in looks] for text in texts]
    total = sum(habits.values()) if habits else 0
    found: list[tuple[float, tuple[int, ...]]] = []
    for columns in combinations(range(width), count):
        cost = sum(costs[index][column] for index, column in enumerate(columns))
        missing = tuple(column for column in range(width) if column not in columns)
        if missing:
            usual = 1.0 if missing[-1] == len(missing) - 1 else 0.4 if _is_run(missing) else 0.1
            seen = habits[missing] if habits else 0
            cost -= math.log((seen + usual) / (total + 3.0))
            cost += sum(looks[column].own for column in missing)
            if above is not None:
                cost += sum(_NOTHING_ABOVE for column in missing if not above[column])
        found.append((cost, columns))
    found.sort()
    best = found[0]
    if len(found) == 1:
        return Placing(best[1], best[0], math.inf)
    return Placing(best[1], best[0], found[1][0] - best[0], found[1][1])


def _is_run(numbers: Sequence[int]) -> bool:
    return numbers[-1] - numbers[0] == len(numbers) - 1


def mend_spans(blocks: Sequence[Block], known: Mapping[str, Meaning]) -> list[Block]:
    """The blocks with the cells of every ragged table put under their columns."""
    ragged = [block for block in blocks if isinstance(block, Table) and block.ragged and block.rows]
    if not ragged:
        return list(blocks)
    alike: dict[tuple[object, ...], list[int]] = {}
    headed = [_Ragged(table, known) for table in ragged]
    for index, own in enumerate(headed):
        alike.setdefault(own.signature, []).append(index)
    mended: dict[int, Table] = {}
    for indexes in alike.values():
        for index, table in zip(indexes, _mend([headed[index] for index in indexes], known), strict=True):
            mended[id(ragged[index])] = table
    return [mended.get(id(block), block) for block in blocks]


class _Ragged:
    """A ragged table: its rows without the places that they lack."""

    def __init__(self, table: Table, known: Mapping[str, Meaning]) -> None:
        self.table = table
        self.rows = [list({id(cell): cell for cell in row if cell is not None}.values()) for row in table.rows]
        self.width = max(map(len, self.rows))
        self._span_titles()
        self.titles = 0
        while self.titles < len(self.rows) - 1 and len(self.rows[self.titles]) == 1 < self.width:
            self.titles += 1
        self.header_rows = self._header_rows(known)
        self.first = self.titles + self.header_rows
        """Index of the first row below the header."""

    def _span_titles(self) -> None:
        """Lets a title beside nothing but an empty first cell go over all other columns, where whole rows fill it."""
        if self.width < _FEWEST_SPANNED or not all(row[0].lines for row in self.rows if len(row) == self.width):
            return
        for number, row in enumerate(self.rows):
            if len(row) == 2 and not row[0].lines and _is_title(cell_text(row[1])):
                self.rows[number] = [row[0], replace(row[1], column_index=1, column_span=self.width - 1)]

    def texts(self, number: int) -> list[str]:
        """The texts of a row's own cells."""
        return [_text_seen(cell) for cell in self.rows[number]]

    @property
    def signature(self) -> tuple[object, ...]:
        """What tables share whose columns are the same."""
        heads = [tuple(map(key, self.texts(number))) for number in range(self.titles, self.first)]
        return (self.width, *heads)

    def _header_rows(self, known: Mapping[str, Meaning]) -> int:
        """How many rows are header: one; two where a second row of labels stands under cells of the first."""
        first = self.titles
        if first + 1 >= len(self.rows):
            return 1
        above, below = self.texts(first), self.texts(first + 1)
        over = len(above) + len(below) - self.width
        under = second_row(below, known)
        labels = sum(1 for word in under if word.text and word.meaning)
        if not 1 <= over <= min(len(above), len(below)) or labels * 2 < len(below):
            return 1
        if any(look_of(word.text) in ("time", "ref") and not word.meaning for word in under):
            return 1
        if over == len(below):  # each of its cells stands under one, so that the first row lacks none
            upper = [HeaderWord(text, lookup(text, known)) for text in above]
            return 2 if 1 < over == labels and spanning(upper, under, known, self.width) else 1
        return 2


_FEWEST_SPANNED = 4  # columns of a table whose titles go over all but the first
_MOST_TITLE_WORDS = 10


def _is_title(text: str) -> bool:
    short = 0 < len(text.split()) <= _MOST_TITLE_WORDS and text[:1].isupper() and text[-1:] not in ".:;,"
    return short and look_of(text) not in ("time", "ref")


def _text_seen(cell: Cell) -> str:
    """A cell's text on one line, with semicolons between the names that stand on lines of their own."""
    texts = [line.text for line in cell.lines]
    named = len(texts) > 1 and all(look_of(text) in _NAMED for text in texts)
    return "; ".join(texts) if named else cell_text(cell)


def _mend(tables: Sequence[_Ragged], known: Mapping[str, Meaning]) -> list[Table]:
    """Tables with the same header, mended; their rows together show what the columns hold."""
    width = tables[0].width
    if width > _MOST_COLUMNS:
        return [replace(table.table, ragged=False) for table in tables]
    looks = [ColumnLook() for _ in range(width)]
    for table in tables:
        for number in range(table.first, len(table.rows)):
            if len(table.rows[number]) == width:
                for look, text in zip(looks, table.texts(number), strict=True):
                    look.learn(text)
    heads = _heads(tables[0], looks, known)
    lowest_heads = [text for text, _ in _column_heads(tables[0], heads)]
    meanings = expected_meanings(lowest_heads, known)
    for look, meaning, text in zip(looks, meanings, lowest_heads, strict=True):
        look.expect(meaning, text)
    habits: Counter[tuple[int, ...]] = Counter()
    placed = [_placings(table, looks, habits) for table in tables]
    for most in (1, width):  # rows that lack one cell alone tell where those of shorter ones stand
        sure = [
            (table.texts(number), placing)
            for table, placings in zip(tables, placed, strict=True)
            for number, placing in enumerate(placings)
            if placing and placing.margin >= _SURE and len(placing.columns) >= width - most
        ]
        known_looks = deepcopy(looks)
        for texts, placing in sure:
            for column, text in zip(placing.columns, texts, strict=True):
                known_looks[column].learn(text)
        habits = Counter(
            tuple(column for column in range(width) if column not in placing.columns)
            for placings in placed
            for placing in placings
            if placing is not None
        )
        placed = [_placings(table, known_looks, habits) for table in tables]
    fields = ["group_id" if meaning == "group" else meaning or "extra" for meaning in meanings]
    return [_grid(table, heads, placings, fields) for table, placings in zip(tables, placed, strict=True)]


def expected_meanings(heads: Sequence[str], known: Mapping[str, Meaning]) -> list[Meaning | None]:
    """What the columns under these texts hold; one of activities before another stands over several of its cells.

    >>> expected_meanings(["Commitment", "Ref", "Key action"], {})
    ['group', 'ref', 'activity']
    """
    meanings = [lookup(text, known) if text else None for text in heads]
    last = max((index for index, meaning in enumerate(meanings) if meaning == "activity"), default=0)
    return ["group" if meaning == "activity" and index < last else meaning for index, meaning in enumerate(meanings)]


def _placings(table: _Ragged, looks: Sequence[ColumnLook], habits: Counter[tuple[int, ...]]) -> list[Placing | None]:
    """For each row that lacks cells, where its cells stand; None for whole rows, headers and rows of one cell."""
    width = len(looks)
    placings: list[Placing | None] = []
    above = [False] * width
    for number in range(len(table.rows)):
        texts = table.texts(number)
        if number < table.first or len(texts) == 1 or len(texts) >= width or _is_spanned(table.rows[number]):
            placings.append(None)
            above = [number >= table.first and len(texts) >= width] * width
            continue
        placing = place(texts, looks, above, habits)
        placings.append(placing)
        above = [have or column in placing.columns for column, have in enumerate(above)]
    return placings


Heads = list[list[tuple[int, int, int]]]
"""Per header row, for each of its cells: first column, columns spanned, rows spanned."""


def _heads(table: _Ragged, looks: Sequence[ColumnLook], known: Mapping[str, Meaning]) -> Heads:
    """Where the cells of the header stand."""
    width = table.width
    upper = table.texts(table.titles)
    lower = table.texts(table.titles + 1) if table.header_rows == 2 else []
    under = second_row(lower, known)
    if len(upper) >= width and not lower:
        return [[(column, 1, 1) for column in range(width)]]
    best: tuple[float, Heads] | None = None
    twice = said_twice(upper)
    choices = (
        _two_rows(len(upper), len(lower), len(upper) + len(lower) - width) if lower else _one_row(len(upper), width)
    )
    for spans in choices:
        heads: Heads = [[], []] if lower else [[]]
        cost, column = 0.0, 0
        for index, span in enumerate(spans):
            wide = span > 0
            heads[0].append((column, max(1, span), 1 if wide or not lower else 2))
            for _ in range(max(1, span)):
                text = upper[index]
                if wide and lower:
                    word = under[len(heads[1])]
                    # Under times stands what the cell above names.
                    text = word.text if lookup(word.text, known) or word.meaning != "timescale" else upper[index]
                    heads[1].append((column, 1, 1))
                cost += _head_cost(text, looks[column], known)
                column += 1
            if lower:
                below = frozenset(word.meaning for word in under[len(heads[1]) - span : len(heads[1])])
                own = lookup(upper[index], known) if upper[index] else None
                cost += spanning_cost(
                    upper[index], own, below if wide else frozenset(), span, upper[index] in twice, known
                )
        if best is None or cost < best[0] - 1e-9:
            best = (cost, heads)
    assert best is not None
    return best[1]


def _two_rows(upper: int, lower: int, spanning: int) -> list[list[int]]:
    """Every way in which `spanning` of the upper cells cover all lower ones: per upper cell its span, 0 for none."""
    found: list[list[int]] = []
    for chosen in combinations(range(upper), spanning):
        for cuts in combinations(range(1, lower), spanning - 1):
            parts = [b - a for a, b in zip((0, *cuts), (*cuts, lower), strict=True)]
            spans = [0] * upper
            for index, part in zip(chosen, parts, strict=True):
                spans[index] = part
            found.append(spans)
        if len(found) > 5000:
            break
    return found


def _one_row(count: int, width: int) -> list[list[int]]:
    """Every way in which `count` cells cover `width` columns, one after the other."""
    return [
        [b - a for a, b in zip((0, *cuts), (*cuts, width), strict=True)]
        for cuts in combinations(range(1, width), count - 1)
    ]


def _head_cost(text: str, look: ColumnLook, known: Mapping[str, Meaning]) -> float:
    """How badly a header suits what its column holds."""
    meaning = lookup(text, known) if text else None
    expected = _EXPECTED.get(meaning) if meaning else None
    total = look.total - look.looks["empty"]
    if not expected or total <= 0:
        return 1.0
    most = max(expected.values())
    agree = sum(look.looks[kind] * weight / most for kind, weight in expected.items() if kind != "empty") / total
    if meaning in ("activity", "progress", "group"):
        agree = (look.looks["prose"] + 0.5 * look.looks["short"]) / total
        agree *= min(1.0, 0.4 + look.words / max(1, look.filled) / 4.0)
    return 2.0 * (1.0 - agree)


def _column_heads(table: _Ragged, heads: Heads) -> list[tuple[str, int]]:
    """The lowest header text over each column, and how many columns it spans."""
    found: list[tuple[str, int]] = [("", 1)] * table.width
    for offset, row in enumerate(heads):
        texts = table.texts(table.titles + offset)
        for text, (column, span, _) in zip(texts, row, strict=False):
            for covered in range(column, min(column + span, table.width)):
                found[covered] = (text, span)
    return found


def _grid(table: _Ragged, heads: Heads, placings: Sequence[Placing | None], fields: Sequence[str]) -> Table:
    """The whole grid: every place holds the cell that covers it; `fields` are what the columns hold."""
    width = table.width
    rows: list[list[Cell | None]] = []
    for number, cells in enumerate(table.rows):
        row: list[Cell | None] = [None] * width
        if number < table.titles or (number >= table.first and len(cells) == 1 < width):
            whole = replace(cells[0], row_index=number, column_index=0, column_span=width) if cells else None
            rows.append([whole] * width)
            continue
        if number < table.first:
            for cell, (column, span, deep) in zip(cells, heads[number - table.titles], strict=False):
                held = replace(cell, row_index=number, column_index=column, column_span=span, row_span=deep)
                for covered in range(column, min(column + span, width)):
                    row[covered] = held
            if rows and number > table.titles:
                row = [cell or rows[-1][column] for column, cell in enumerate(row)]
            rows.append(row)
            continue
        if _is_spanned(cells):
            spanned = [replace(cell, row_index=number) for cell in cells]
            rows.append([*[cell for cell in spanned for _ in range(cell.column_span)][:width]])
            continue
        placing = placings[number]
        columns = placing.columns if placing else tuple(range(len(cells)))
        unsure = _unsure(placing)
        for cell, column in zip(cells, columns, strict=False):
            doubts = cell.doubts
            if column in unsure:
                doubts = (*doubts, _doubt(cell))
                if unsure[column] not in columns:  # its value is not the one above
                    other = fields[unsure[column]]
                    doubts = (*doubts, _doubt(cell, other), *([] if other in PEOPLE else [_doubt(cell, "inherited")]))
            row[column] = replace(cell, row_index=number, column_index=column, doubts=doubts)
        rows.append(row)
        if placing:
            for column in range(width):
                if column not in columns:
                    _cover(rows, number, column, table.first)
    done: list[Row] = [tuple(row) for row in rows]
    return replace(table.table, rows=tuple(done), ragged=False, header_rows=table.first)


def _is_spanned(cells: Sequence[Cell]) -> bool:
    """Whether it is known which columns the cells of a row stand over."""
    return any(cell.column_span > 1 for cell in cells)


def _cover(rows: list[list[Cell | None]], number: int, column: int, first: int) -> None:
    """Lets the cell above go on to this row."""
    above = rows[number - 1][column] if number > first else None
    if above is None or above.column_span > 1:
        return
    longer = replace(above, row_span=number + 1 - above.row_index)
    for covered in range(above.row_index, number + 1):
        rows[covered][column] = longer


def _unsure(placing: Placing | None) -> Mapping[int, int]:
    """The columns whose cells another choice, about as good, would put elsewhere, and where."""
    if placing is None or placing.margin >= _DOUBTFUL:
        return {}
    pairs = zip(placing.columns, placing.runner_up, strict=True)
    return {column: other for column, other in pairs if column != other}


def _doubt(cell: Cell, field: str | None = None) -> Doubt:
    text = cell_text(cell)
    short = text if len(text) <= 60 else text[:57] + "..."
    where = "in this column" if field is None else "in the column beside this one"
    return Doubt(
        "border-inferred",
        f'the row has fewer cells than the table; that "{short}" stands {where} is not certain',
        field,
        location=cell.location,
    )
