"""Which column of a table means what: from its header's words and from what stands below it.

1. The words come first, the content has a veto: a column headed "Action" that holds posts beside a column
   headed "Item" that holds prose is the person and the action exchanged.
2. A column without a known header is given a meaning by content only where the meaning is needed and free.
3. Every decision that rests on content alone is a `column-inferred` doubt of the plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractor.document import Cell, Row, Table
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import span
from extractor.rows import PEOPLE, TIMES
from extractor.text import fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import PHRASES, header_meaning, is_past_date, names_schemes
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.names import is_person
from extractor.vocabulary.roles import is_member, looks_like_owner, opens_value
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale
from extractor.vocabulary.verbs import opens_action

_REF = re.compile(
    r"(?:(?:action|objective|milestone|kpi|no\.?|rec(?:ommendation)?|strategy|initiative|task|project|step|deliverable|"
    r"commitment|tactic)\s*)?"
    r"[A-Z]{0,6}[ -]?\d{0,3}(?:[.\-/][A-Z]{0,4}\d{1,3}){0,5}[.:)]?\s?(?:\(?[A-Za-z](?:\)|\.|\b)|\([ivx]+\))?[.:)]?",
    re.IGNORECASE,
)
Infer = Callable[[int, Meaning, str], None]
_WORD = re.compile(r"[^\W\d_]{3}")
_BETWEEN = re.compile(r"[;\n]")
_HEADER_SEARCH = 5
_SAMPLE = 200


@lru_cache(maxsize=8192)  # a cell is asked about by every stage, and most columns hold the same few texts
def is_ref(text: str) -> bool:
    """Whether a cell's whole text reads as a reference.

    >>> [is_ref(text) for text in ("3.5 a)", "P12a", "a)", "CC-01", "1.1.1.1", "Place", "Q4")]
    [True, True, True, True, True, False, True]
    """
    words = fold(text)
    if not words or len(words) > 24 or not _REF.fullmatch(words):
        return False
    return any(c.isdigit() for c in words) or bool(re.fullmatch(r"\(?[A-Za-z][).]", words))


@dataclass(frozen=True)
class Content:
    """What stands in a column's body; which share of its texts looks like what is told when it is asked."""

    texts: Counter[str]
    """The filled cells' texts, and how often each occurs: most columns hold the same few."""
    merged: float = 0.0
    """Share of the rows whose cell began in a row above."""
    role_words: frozenset[str] = frozenset()
    """Comparison keys that a profile adds: a short text that begins or ends with one names an owner."""

    @cached_property
    def filled(self) -> int:
        """How many cells are filled."""
        return self.texts.total()

    @cached_property
    def refs(self) -> float:
        """Share of the filled cells that look like references."""
        return self._share(is_ref)

    @cached_property
    def times(self) -> float:
        """Share that looks like timescales."""
        return self._share(is_timescale)

    @cached_property
    def states(self) -> float:
        """Share that looks like states."""
        return self._share(is_state)

    @cached_property
    def owners(self) -> float:
        """Share that looks like posts, names or bodies."""
        return self._share(lambda text: all(map(self._is_owner, _BETWEEN.split(text))))

    @cached_property
    def people(self) -> float:
        """Share that is surely the names of persons."""
        return self._share(lambda text: is_person(text, True))

    @cached_property
    def members(self) -> float:
        """Share that looks like members of a cabinet."""
        return self._share(is_member)

    @cached_property
    def posts(self) -> float:
        """Share that opens with the title of a post, or of a member of a cabinet."""
        return self._share(opens_value)

    @cached_property
    def words(self) -> float:
        """Words a filled cell, on average."""
        if not self.filled:
            return 0
        return sum([times * len(text.split()) for text, times in self.texts.items()]) / self.filled

    @cached_property
    def variety(self) -> float:
        """Distinct texts a filled cell."""
        return len(self.texts) / self.filled if self.filled else 0

    @cached_property
    def actions(self) -> float:
        """Share that opens with the verb of an action and goes on for some words."""
        return self._share(_opens_action)

    @cached_property
    def marks(self) -> float:
        """Share of the texts that have no word of three letters: numbers, letters, dashes."""
        return self._share(lambda text: not _WORD.search(text))

    def _share(self, says: Callable[[str], bool]) -> float:
        if not self.filled:
            return 0
        return sum([times for text, times in self.texts.items() if says(text)]) / self.filled

    def _is_owner(self, text: str) -> bool:
        return looks_like_owner(text) or _has_role(text, self.role_words)


@fixed(frozen=True, slots=True)
class Columns:
    """The columns of a plan's table."""

    meanings: tuple[Meaning, ...]
    headers: tuple[str, ...]
    first_header_row: int
    body_row: int
    """Index of the first row below the header."""
    doubts: tuple[Doubt, ...] = ()
    caption_groups: bool = False
    """The table's caption is the heading under which its rows stand."""

    def has(self, *meanings: Meaning) -> bool:
        """Whether any column has one of these meanings."""
        return any(meaning in meanings for meaning in self.meanings)


def cell_text(cell: Cell | None) -> str:
    """A cell's text on one line; empty for a missing one."""
    if cell is None:
        return ""
    lines = cell.lines
    return lines[0].text if len(lines) == 1 else " ".join([line.text for line in lines])


def content_of(texts: Sequence[str], merged: float = 0.0, role_words: frozenset[str] = frozenset()) -> Content:
    """What stands in a column with these texts, of which a sample is looked at.

    `role_words` are comparison keys that a profile adds: a short text that begins or ends with one names an owner.
    """
    filled = Counter([text for text in texts if text][:_SAMPLE])
    return Content(filled, merged if filled else 0.0, role_words)


def _opens_action(text: str) -> bool:
    first, *others = text.split()
    return len(others) >= 2 and opens_action(first, others[0])


def _has_role(text: str, role_words: frozenset[str]) -> bool:
    if not role_words:
        return False
    words = key(text)
    return len(words.split()) <= 10 and any(words.startswith(role) or words.endswith(role) for role in role_words)


def read_columns(
    tables: Sequence[Table], known: Mapping[str, Meaning], role_words: Sequence[str] = (), told: Sequence[bool] = ()
) -> list[Columns | None]:
    """The columns of every table of activities, in order; None for a table of anything else.

    `known` adds header words (comparison key -> meaning). Tables with the same header are read as one, so that
    a meaning that rests on content is the same in all of them; a table without a header goes on where the
    table of activities before it ended. `told` says which tables hold records whatever their
    columns are.
    """
    roles = frozenset(map(key, role_words))
    headers = [_find_header(table, known) if table.rows and not table.layout else None for table in tables]
    alike: dict[tuple[str, ...], list[int]] = {}
    for index, header in enumerate(headers):
        if header is not None:
            alike.setdefault(tuple(map(key, header.texts)), []).append(index)
    settled: dict[int, tuple[tuple[Meaning, ...], tuple[Doubt, ...]]] = {}
    contents_of: dict[int, list[Content]] = {}
    bare: dict[int, Columns] = {}  # tables that say what is to be done, and neither who does it nor when
    for indexes in alike.values():
        header = headers[indexes[0]]
        assert header is not None
        bodies = [_body(tables[index], found.body) for index in indexes if (found := headers[index])]
        contents = [_content(bodies, column, roles) for column in range(len(header.texts))]
        meanings, doubts = settle(header.texts, header.meanings, contents, known)
        for index in indexes:
            settled[index] = (meanings, doubts if index == indexes[0] else ())
            contents_of[index] = contents
    whole = any(
        not (names := headers[index]) or not names_schemes(names.texts[meanings.index("activity")])
        for index, (meanings, _) in settled.items()
        if _says_all(meanings)
    )
    planned = any(
        _says_all(meanings) and (names := headers[index]) and not _stands_aside(names.texts, meanings)
        for index, (meanings, _) in settled.items()
    )
    columns: list[Columns | None] = []
    before: Columns | None = None
    said: list[set[str]] = []
    unknown: dict[tuple[str, ...], Columns] = {}  # by the words of headers that nobody knows
    last_without = max((index for index, header in enumerate(headers) if header is None), default=-1)
    for index, (table, header) in enumerate(zip(tables, headers, strict=True)):
        read: Columns | None
        goes_on = False
        if header is None:
            read = None if table.layout or not table.rows else _continuation(table, before, said)
            goes_on = read is not None
            if read is None and not table.layout and table.rows:
                top = tuple(map(key, map(cell_text, table.rows[0])))
                if alike_above := unknown.get(top):
                    read = replace(alike_above, doubts=())
                else:
                    others = [
                        other
                        for other, names in zip(tables[index + 1 :], headers[index + 1 :], strict=True)
                        if names is None and other.rows and tuple(map(key, map(cell_text, other.rows[0]))) == top
                    ]
                    read = _by_content((table, *others), known, roles) or _by_content((table,), known, roles)
                    if read and read.body_row:
                        unknown[top] = read
        else:
            meanings, doubts = settled[index]
            read = Columns(meanings, header.texts, header.first, header.body, doubts)
            is_record = any(told[index : index + 1]) and read.has("activity")
            aside = (whole and _lists_schemes(read)) or (planned and _stands_aside(read.headers, meanings))
            if aside and not is_record:
                read = None
            elif not (is_record or is_plan(read)):
                bare.update({index: read} if _says_what(read, contents_of[index], header.meanings) else {})
                read = None
        columns.append(read)
        if read is not None or len(table.rows) > 1:
            # Only a table without a header asks what those before it say.
            said = _said(table, said if goes_on else []) if read is not None and index < last_without else []
            before = read
    if bare and not any(columns):
        columns = [bare.get(index) for index in range(len(tables))]
        first = min(bare)
        columns[first] = replace(bare[first], doubts=(*bare[first].doubts, _NEITHER_WHO_NOR_WHEN))
    return _with_captions(tables, columns)


def _says_all(meanings: Sequence[Meaning]) -> bool:
    """Whether a table says what is to be done, who does it and when."""
    return "activity" in meanings and bool({*PEOPLE} & set(meanings)) and bool({*TIMES} & set(meanings))


def _lists_schemes(columns: Columns) -> bool:
    """Whether a table is one of works that says not both who and when: beside a table of actions, no more of them."""
    meanings = columns.meanings
    if "activity" not in meanings or _says_all(meanings):
        return False
    return names_schemes(columns.headers[meanings.index("activity")])


def _stands_aside(headers: Sequence[str], meanings: Sequence[Meaning]) -> bool:
    """Whether what a table lists are no more actions beside those of another: outputs, or risks with what is done about
    each, which says how likely they are, or how grave and who owns or mitigates them, and no time."""
    if "activity" not in meanings:
        return False
    names = [key(header) for header in headers]
    activity = meanings.index("activity")
    if _OUTPUTS.fullmatch(names[activity]):
        return True
    if not any(_RISK.fullmatch(name) for name in names[:activity]):
        return False
    untimed = not {*TIMES} & set(meanings)
    return any(_LIKELIHOOD.search(name) or (untimed and _GRAVITY.search(name)) for name in names)


_RISK = re.compile(r"(?:\w+ ){0,2}risks?(?: (?:description|identified|events?|titles?|areas?|names?|to \w+))?")
_LIKELIHOOD = re.compile(r"\b(?:likelihood|probability)\b")
_GRAVITY = re.compile(r"\b(?:rag|score|rating|impact|severity|risk owner|mitigat\w+)\b")


_NEITHER_WHO_NOR_WHEN = Doubt(
    "table-unclear", "No table says who acts or when; those whose header names actions are read as such."
)
_FEWEST_ACTIONS = 3


def _says_what(columns: Columns, contents: Sequence[Content], named: Sequence[Meaning | None]) -> bool:
    """Whether a table's header names actions by the plainest of words, over prose, beside two more columns whose
    names are known."""
    if not columns.has("activity"):
        return False
    index = columns.meanings.index("activity")
    plain = bool(_PLAIN_ACTIVITY.search(key(columns.headers[index]))) and named[index] == "activity"
    told = sum(meaning is not None for meaning in named)
    content = contents[index]
    return plain and told > 2 and _prose(content) and content.filled >= _FEWEST_ACTIONS and content.variety > 0.8


_NUMBERED_TABLE = re.compile(r"(?i:table|figure|tabl)\s+(?:\d|[A-Z]\b)")


def is_numbered_table(text: str) -> bool:
    """Whether a text is what stands over a numbered table, and names no group.

    >>> is_numbered_table("Table 5.1 – Measures"), is_numbered_table("Table tennis")
    (True, False)
    """
    return bool(_NUMBERED_TABLE.match(text))


def _with_captions(tables: Sequence[Table], columns: Sequence[Columns | None]) -> list[Columns | None]:
    """The columns, with the captions that are headings marked: labelled as such, or different over every table."""
    captions = [table.caption or "" for table, read in zip(tables, columns, strict=True) if read]
    several = len(captions) > 1 and len({key(caption) for caption in captions}) == len(captions) and all(captions)
    several = several and not any(map(is_numbered_table, captions))
    return [
        replace(read, caption_groups=True) if read and caption and (several or is_labelled_group(caption)) else read
        for read, caption in ((read, table.caption) for table, read in zip(tables, columns, strict=True))
    ]


_FEWEST_LABELS = 3


def upright(table: Table, known: Mapping[str, Meaning], others: Collection[str] = ()) -> tuple[Table, tuple[Cell, ...]]:
    """A table of two columns that holds labels and values, one record after the other, as one row a record.

    Also the cells of labels that are in no row any more, because they had been said before. Any other table comes
    back as it is. A row that spans both columns above the first label is the record's text. `others` are the labels of
    such tables in the same plan: where a table has no others, two are enough.
    """
    fewest = 2 if others else _FEWEST_LABELS
    if table.width != 2 or len(table.rows) < fewest or table.layout:
        return table, ()
    if is_header_row(table.rows[0], known) and not _labels_its_rows(table, known):
        return table, ()
    said: list[Cell] = []
    records: list[dict[str, Cell]] = []
    headers: dict[str, Cell | None] = {}
    record: dict[str, Cell] = {}
    first = next((_number_alone(row) for row in table.rows if any(cell and cell.lines for cell in row)), "")
    for (label, value), (below, _) in pairwise([*table.rows, (None, None)]):
        if label is None or value is None:
            return table, ()
        if below is not None and _only_numbers(label, value, below):  # "Action" and "1.1", over "Action" and its text
            if record:
                records.append(record)
            record = {_NUMBER_OF: value}
            said.append(label)
            headers.setdefault(_NUMBER_OF, replace(label, lines=()))
            continue
        if not label.lines and not value.lines:  # a row that only parts two records
            if record:
                records.append(record)
            record = {}
            continue
        # "Action 1" heads its record, though the table does not show that the cell goes over both columns
        heads = label is value or (first != "" and _number_alone((label, value)) == first)
        if not heads and value.lines and (numbered := _numbered_action(label)):
            if record:
                records.append(record)
            word, ref = numbered
            record = {_NUMBER_OF: ref, word.text: value}
            if word.text in headers:
                said.append(word)
            headers.setdefault(_NUMBER_OF, replace(ref, lines=()))
            headers.setdefault(word.text, word)
            continue
        name = "" if heads else cell_text(label).rstrip(":").strip()
        if record and (name in record or (heads and len(record) > 1)):
            records.append(record)
            record = {}
        record[name] = label if heads else value
        if name in headers and not heads:
            said.append(label)
        headers.setdefault(name, None if heads else label)
    if record:
        records.append(record)
    meanings = [meaning for name in headers if name and (meaning := lookup(name, known))]
    core = set(meanings) - {"extra", "group"}
    labels = [name for name in headers if name]
    whole = "activity" in meanings or "" in headers
    if not whole or len(core) < 2 or len(meanings) < max(fewest - ("" in headers), 0.6 * len(labels)):
        return table, ()
    if others and not headers.keys() <= set(others):
        return table, ()
    if any(len(name.split()) > 8 for name in labels) or any("" not in record for record in records if "" in headers):
        return table, ()
    rows: list[tuple[Cell, ...]] = [tuple(_moved(cell, 0, n) for n, cell in enumerate(headers.values()))]
    for number, held in enumerate(records, 1):
        rows.append(tuple(_moved(held.get(name), number, n) for n, name in enumerate(headers)))
    places = (table.location, *(span(cell.location for cell in held.values()) for held in records))
    return replace(table, rows=tuple(rows), header_rows=1, row_locations=places), tuple(said)


def _labels_its_rows(table: Table, known: Mapping[str, Meaning]) -> bool:
    """Whether the first cells below the topmost say who and when, as labels do: the words beside that are a value,
    though they read like the name of a column ("Train all officers")."""
    return len({lookup(cell_text(row[0]), known) for row in table.rows[1:]} & ABOUT) >= 2


_NUMBER_OF = "#"
"""What the column is called in which the numbers of the labels stand."""
_LONGEST_NUMBERED = 60
_NUMBERED_ACTION = re.compile(r"(?P<word>[^\W\d]+(?: [^\W\d]+)?) (?P<number>(?:no\.? ?)?\S*\d\S*?)[.:]?", re.IGNORECASE)


def _numbered_action(label: Cell) -> tuple[Cell, Cell] | None:
    """The word and the number of a label that says both, as two cells: "Action 1.1" beside what is to be done."""
    text = cell_text(label)
    match = _NUMBERED_ACTION.fullmatch(text) if len(label.lines) == 1 and len(text) <= _LONGEST_NUMBERED else None
    if match is None or header_meaning(match["word"]) != "activity" or not is_ref(match["number"]):
        return None
    line = label.lines[0]
    word, number = (replace(label, lines=(replace(line, text=match[name], label=""),)) for name in ("word", "number"))
    return word, number


def _only_numbers(label: Cell, value: Cell, below: Cell) -> bool:
    """Whether a label's value only numbers the record whose text stands behind the same label in the row below."""
    text = cell_text(label)
    return (
        bool(text)
        and _is_numbered(cell_text(value))
        and text == cell_text(below)
        and header_meaning(text) == "activity"
    )


def _number_alone(row: Row) -> str:
    """How the number of a record is written that stands beside an empty cell, its figures aside; "" for another row."""
    label, value = row
    text = "" if label is None or value is None or value.lines else cell_text(label)
    return re.sub(r"\d+", "0", text) if _is_numbered(text) else ""


def _moved(cell: Cell | None, row_index: int, column_index: int) -> Cell:
    """A cell at another place of the grid; one that was not there is empty."""
    if cell is None:
        return Cell((), row_index, column_index, header=row_index == 0)
    return replace(
        cell, row_index=row_index, column_index=column_index, row_span=1, column_span=1, header=row_index == 0
    )


_Body = tuple[int, list[tuple[int, Row]]]
"""The number of the first row below a table's header, and those of its rows that say something of the columns."""


def _body(table: Table, first: int) -> _Body:
    return first, [(number, row) for number, row in enumerate(table.rows[first:], first) if not _stands_alone(row)]


def _content(bodies: Sequence[_Body], column: int, role_words: frozenset[str]) -> Content:
    """What stands in a column of several tables, below their headers; a merged cell counts once."""
    texts: list[str] = []
    rows = merged = 0
    for first, body in bodies:
        rows += len(body)
        for number, row in body:
            cell = row[column]
            if cell is not None and first <= cell.row_index < number:
                merged += 1
            else:
                texts.append(cell_text(cell))
    return content_of(texts, merged / rows if rows else 0.0, role_words)


def _stands_alone(row: Row) -> bool:
    """Whether a row of several cells has but one that is filled: a heading, or a lead-in, that says nothing of the
    columns."""
    return len(row) > 2 and len({id(cell) for cell in row if cell is not None and cell.lines}) == 1


ABOUT: frozenset[Meaning] = frozenset(("timescale", "timescale_start", "timescale_end", *PEOPLE, "status", "progress"))
"""What is said of an action."""


def is_plan(columns: Columns) -> bool:
    """Whether columns of these meanings make a table of activities rather than of measures or contacts."""
    if not columns.has("activity"):
        return False
    return columns.has(*ABOUT)


def lookup(text: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """What a header's text means, a profile's words first."""
    return (known.get(key(text)) if known else None) or header_meaning(text)


def is_known_name(text: str, known: Mapping[str, Meaning]) -> bool:
    """Whether a header's text is known word for word, as one of the profile's names or of the vocabulary's phrases."""
    name = key(text)
    return name in known or name in PHRASES


def is_header_row(row: Row, known: Mapping[str, Meaning]) -> bool:
    """Whether a row consists of header words: at least two known, most known, none long."""
    cells = _distinct(row)
    texts = [text for text in map(cell_text, cells) if text]
    if len(texts) < 2 or any(len(text.split()) > 14 for text in texts):
        return False
    if any(_is_numbered(text) and not is_timescale(text) for text in texts):
        return False  # the row of a record, told sooner than by the meanings of all its texts
    found = [meaning for text in texts if (meaning := lookup(text, known))]
    core = {meaning for meaning in found if meaning != "extra"}
    if len({key(text) for text in texts if lookup(text, known)}) < 2:
        return False  # "No", "No" and "Yes" under three quarters
    times = [text for text in texts if is_timescale(text) and not lookup(text, known)]
    if len(times) >= 3 or (times and all(cell.header for cell in cells if cell.lines)):
        texts = [text for text in texts if text not in times]  # one column a quarter
    most = len(found) * 2 >= len(texts) and len(core) >= 1
    # What is to be done, and who does it or when, are named as nowhere but in a header: the others may be unknown.
    exact = {known.get(key(text)) or PHRASES.get(key(text)) for text in texts}
    most = most or ("activity" in exact and not exact.isdisjoint((*PEOPLE, *TIMES)))
    return most and not _looks_like_body(texts)


def _only_times(cells: Sequence[Cell]) -> bool:
    """Whether all cells are times, as those of a header with a column a quarter are."""
    texts = [cell_text(cell) for cell in cells]
    return len(set(texts)) == len(texts) > 1 and all(map(is_timescale, texts))


def _looks_like_body(texts: Sequence[str]) -> bool:
    # "Complete by" heads times, though "Complete" is one.
    return any((is_timescale(text) and key(text) not in PHRASES) or _is_numbered(text) for text in texts)


def _is_numbered(text: str) -> bool:
    """Whether a text is a ref with a figure in it."""
    return is_ref(text) and any(map(str.isdigit, text))


def _distinct(row: Row) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None}.values())


class _Header(NamedTuple):
    first: int
    body: int
    texts: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]


def _find_header(table: Table, known: Mapping[str, Meaning]) -> _Header | None:
    """The header of a table: its rows, texts and what the words mean; None without one."""
    for first in range(min(_HEADER_SEARCH, len(table.rows))):
        if is_header_row(table.rows[first], known):
            break
    else:
        return None
    last = first
    # A header of two rows: cells of the first row that span both, or a second row of header words.
    while last + 1 < len(table.rows) and last - first < 2:
        below = table.rows[last + 1]
        spans = any(cell and cell.row_index <= last for cell in below)
        fresh = [cell for cell in _distinct(below) if cell.row_index == last + 1 and cell.lines]
        wide = any(cell.column_span > 1 for cell in _distinct(table.rows[last]))
        marked = last + 1 < table.header_rows or (bool(fresh) and all(cell.header for cell in fresh))
        # What stands over all columns, or all but that of its number, says nothing of any.
        heading = len(_distinct(below)) <= 2 < table.width and any(
            cell.column_span >= table.width - 1 for cell in _distinct(below)
        )
        if (
            fresh
            and not heading
            and (spans or wide or marked)
            and (marked or is_header_row(below, known))
            and (not _looks_like_body([cell_text(cell) for cell in fresh]) or (marked and _only_times(fresh)))
        ):
            last += 1
        else:
            break
    headers: list[str] = []
    meanings: list[Meaning | None] = []
    for index in range(table.width):
        parts: list[str] = []
        for row in table.rows[first : last + 1]:
            text = cell_text(row[index])
            if text and text not in parts:
                parts.append(text)
        whole = " ".join(parts)
        headers.append(whole)
        meanings.append(_meaning_of(parts, known))
    return _Header(first, last + 1, tuple(headers), tuple(_below_spanning_names(headers, meanings, known)))


def _below_spanning_names(
    headers: Sequence[str], meanings: Sequence[Meaning | None], known: Mapping[str, Meaning]
) -> list[Meaning | None]:
    """The meanings, where two columns of people mean the same and one bears the name that spans both before its own.

    In print a name centred over two columns may stand right over the first: "Accountability Lead service" beside "Who".
    """
    found = list(meanings)
    for index, (text, meaning) in enumerate(zip(headers, meanings, strict=True)):
        if meaning not in PEOPLE or found.count(meaning) < 2:
            continue
        words = text.split()
        for place in range(1, len(words)):
            own = lookup(" ".join(words[place:]), known)
            if own in PEOPLE and own not in found and lookup(" ".join(words[:place]), known) == meaning:
                found[index] = own
                break
    return found


def _meaning_of(parts: Sequence[str], known: Mapping[str, Meaning]) -> Meaning | None:
    """What the texts over a column mean, from the topmost down: "Timescale" over "End date" is the end."""
    if len(parts) > 1 and (own := lookup(parts[-1], known)) not in (None, "extra"):
        return own
    if len(parts) > 1 and is_timescale(parts[-1]):
        return "extra"  # one column a quarter, under "When"
    return lookup(" ".join(parts), known) or next((m for part in reversed(parts) if (m := lookup(part, known))), None)


def settle(
    headers: tuple[str, ...],
    meanings: Sequence[Meaning | None],
    contents: list[Content],
    known: Mapping[str, Meaning] | None = None,
) -> tuple[tuple[Meaning, ...], tuple[Doubt, ...]]:
    """One meaning a column, each field at most once, after the content has had its say.

    `meanings` is what the words of `headers` say. Each meaning that rests on content alone is a doubt. What the
    profile's words, `known`, put aside as `extra` stays there.
    """
    found = list(meanings)
    doubts: list[Doubt] = []

    def infer(index: int, meaning: Meaning, why: str) -> None:
        if known and known.get(key(headers[index])) == "extra":
            return
        found[index] = meaning
        doubts.append(_inferred(headers[index], index, meaning, why))

    for index, header in enumerate(headers):
        if found[index] is None and is_timescale(header):
            found[index] = "extra"  # one column a quarter, with what is to be done or a state in it
        if index and found[index] == "ref" and not key(header):
            found[index] = None  # "#" behind another column may count what is to be done
    _part_numbers(found, headers, contents)
    _put_what_was_done_behind(found, headers)
    _exchange_false_friends(found, headers, contents, infer)
    _fill_needs(found, headers, contents, infer)
    _once_each(found, headers, contents)
    if "timescale_start" in found and "timescale_end" not in found and "timescale" in found:
        index = found.index("timescale")
        if _END.search(key(headers[index])):
            found[index] = "timescale_end"  # "Estimated completion", beside "Estimated start"
    return tuple(meaning or "extra" for meaning in found), tuple(doubts)


_END = re.compile(r"\b(?:complet\w+|due|deadlines?|target|delivery|end)\b")


_ACTED = re.compile(r"actions? (?:already )?(?:taken|completed|to date)\b")


def _put_what_was_done_behind(found: list[Meaning | None], headers: tuple[str, ...]) -> None:
    """What was done is progress beside what was to be done: "Recommendation", and "Action taken"."""
    actions = [index for index, meaning in enumerate(found) if meaning == "activity"]
    taken = [index for index in actions if _ACTED.match(key(headers[index]))]
    planned = [index for index in actions if PHRASES.get(key(headers[index])) == "activity"]
    if len(taken) == 1 and planned and "progress" not in found:
        found[taken[0]] = "progress"


def _part_numbers(found: list[Meaning | None], headers: tuple[str, ...], contents: list[Content]) -> None:
    """Where one header stands over a number and a text, the number is the ref, or the group's own number."""
    for index, (meaning, after) in enumerate(pairwise(list(found))):
        same = not headers[index + 1] or headers[index + 1] == headers[index]
        numbers = contents[index].refs >= 0.8 and contents[index + 1].refs < 0.5 and contents[index + 1].marks < 0.5
        if not (same and numbers and after in (None, meaning)):
            continue
        if meaning == "activity" and "ref" not in found:
            found[index], found[index + 1] = "ref", "activity"
        elif meaning == "group":
            found[index + 1] = "group"


def _prose(content: Content) -> bool:
    return content.filled > 0 and content.words >= 5 and content.owners < 0.5 and content.times < 0.5


def _exchange_false_friends(
    found: list[Meaning | None], headers: tuple[str, ...], contents: list[Content], infer: Infer
) -> None:
    """Columns whose content contradicts their words, where another column is what they claim to be."""
    _exchange_contents(found, contents, infer)
    for index, meaning in enumerate(found):
        content = contents[index]
        if meaning == "activity" and content.filled and (content.marks >= 0.8 or content.refs >= 0.8):
            numbers = index == 0 and content.refs >= 0.8 and content.variety == 1 and "ref" not in found
            if numbers and found.count("activity") > 1:
                infer(index, "ref", "it holds references")  # "Item" over the numbers, beside a column of actions
            else:
                found[index] = "extra"  # "Activities" may be how many there are
            continue
        if content.filled < 3:
            continue
        if meaning == "ref" and content.refs < 0.2 and _prose(content):
            found[index] = None  # "Rec" over what is recommended
        elif (
            meaning == "activity"
            and content.times >= 0.8
            and found.count("activity") > 1
            and not set(TIMES) & set(found)
        ):
            infer(index, "timescale", "it holds dates")  # "Milestone", beside a column of actions
        elif meaning == "activity" and content.words < 6 and content.owners >= 0.6:
            others = [
                other
                for other, what in enumerate(found)
                if other != index and what in (None, "extra", "group", "activity", "ref") and _prose(contents[other])
            ]
            if others:
                best = max(others, key=lambda other: contents[other].words)
                if found[best] != "activity":
                    infer(best, "activity", "it holds what is to be done")
                infer(index, "lead_officers", "it holds posts or names")
        elif (
            meaning == "lead_cabinet_members"
            and may_head_executives(headers[index])
            and content.members < 0.2
            and content.owners >= 0.8
            and ("lead_officers" not in found or content.posts >= _MOSTLY_POSTS)
        ):
            found[index] = "lead_officers"  # the directors of a trust are its executives
        elif meaning in PEOPLE and content.times >= 0.8 and "timescale" not in found:
            infer(index, "timescale", "it holds dates")
        elif meaning == "timescale" and content.times < 0.2 and content.owners >= 0.7:
            infer(index, "lead_officers" if "lead_officers" not in found else "extra", "it holds posts or names")
        elif meaning == "timescale" and content.times < 0.2 and content.states >= 0.7 and "status" not in found:
            infer(index, "status", "it holds status words")
        elif meaning == "status" and content.states < 0.2 and content.words > 8 and "progress" not in found:
            infer(index, "progress", "it holds prose")
        elif meaning == "progress" and content.states >= 0.8 and "status" not in found:
            infer(index, "status", "it holds status words")
        elif (
            meaning == "extra"
            and content.times >= 0.8
            and "timescale" not in found
            and not is_past_date(headers[index])
        ):
            infer(index, "timescale", "it holds dates")


_MOSTLY_POSTS = 0.5
_HOLDS = {
    "activity": "it holds what is to be done",
    "timescale": "it holds dates",
    **dict.fromkeys(PEOPLE, "it holds posts or names"),
}


def _exchange_contents(found: list[Meaning | None], contents: list[Content], infer: Infer) -> None:
    """Columns that hold what others of them are headed with, all round: cells in another order than their headers."""
    wrong: dict[int, str] = {}
    for index, meaning in enumerate(found):
        if meaning in _HOLDS and contents[index].filled >= 3:
            holds = _held(contents[index])
            if holds and holds != _HOLDS[meaning]:
                wrong[index] = holds
    claimed = {index: _HOLDS[meaning] for index in wrong if (meaning := found[index])}
    if len(wrong) < 2 or sorted(claimed.values()) != sorted(wrong.values()) or len(set(wrong.values())) < len(wrong):
        return
    meanings = {text: found[index] for index, text in claimed.items()}
    for index, holds in wrong.items():
        if meaning := meanings[holds]:
            infer(index, meaning, holds)


def _held(content: Content) -> str:
    """What a column holds, for certain; empty where that is not."""
    if content.times >= 0.8:
        return _HOLDS["timescale"]
    if content.times < 0.2 and content.owners >= 0.6 and content.words < 6:
        return _HOLDS["lead_officers"]
    return _HOLDS["activity"] if content.times < 0.2 and _prose(content) else ""


def may_head_executives(header: str) -> bool:
    """Whether a header names the executive who leads: of a council a member, of a trust one of its officers."""
    return _EXECUTIVE_LEAD.fullmatch(key(header)) is not None


_EXECUTIVE_LEAD = re.compile(r"(?:lead )?exec(?:utive)?(?: (?:lead|leads|sponsor|owner|director))?")

# What makes a table one of measures or of counts, where it has no column of activities.
_MEASURES = re.compile(
    r"\b(?:measures?|indicators?|kpis?|baselines?|targets?|actual|good is|numbers?|counts?|totals?)\b"
)


_DONE = re.compile(r"what (?:we|has|have|was)\b")


def _fill_needs(found: list[Meaning | None], headers: tuple[str, ...], contents: list[Content], infer: Infer) -> None:
    """Meanings for columns without a known header, and an activity where no header says so."""
    if "activity" not in found:
        timed = any(meaning in found for meaning in ("timescale", "timescale_start", "timescale_end"))
        owned = any(meaning in found for meaning in PEOPLE)
        measured = any(_MEASURES.search(key(header)) for header in headers)
        groups = [index for index, meaning in enumerate(found) if meaning == "group" and contents[index].filled]
        unknown = [index for index, meaning in enumerate(found) if meaning is None and _prose(contents[index])]
        if (timed or (owned and not _is_gauged(headers))) and (
            numbered := _numbered_measures(found, headers, contents)
        ) is not None:
            found[numbered] = "activity"
        elif groups and not unknown and (timed or (owned and not measured)):
            # "Objective | Lead | Timescale": what would be a group beside an activity is the activity itself
            best = max(groups, key=lambda index: contents[index].variety * contents[index].words)
            if contents[best].words >= 2:
                found[best] = "activity"
        elif timed and owned and (actions := _measures_taken(found, headers, contents)) is not None:
            infer(actions, "activity", "it holds what is to be done")
        elif unknown and timed + owned + ("ref" in found) + bool({"status", "progress"} & set(found)) >= 2:
            # A date alone makes no plan of a table: those of a document's versions have one.
            longest = max(unknown, key=lambda index: contents[index].words)
            infer(longest, "activity", "it holds what is to be done")
        elif timed and owned and found.count("progress") == 1:
            # "What we have done" is progress beside what was to be done, and all that is said of it without.
            index = found.index("progress")
            if _DONE.match(key(headers[index])) and _prose(contents[index]):
                infer(index, "activity", "no other column says what is to be done")
        elif timed and len(found) == 2 and key(headers[0]) in ("target", "targets") and _prose(contents[0]):
            infer(0, "activity", "no other column says what is to be done")  # "Target | Target date"
    if "activity" in found and "group" not in found:
        activity = found.index("activity")
        for index in range(activity):
            spans = contents[index].filled <= 0.5 * contents[activity].filled
            spans = spans or _spans_as_title(headers[index : index + 1], contents[index : index + 1])
            if found[index] == "extra" and _OUTCOME.search(key(headers[index])) and spans:
                found[index] = "group"  # "Desired outcome", over the rows of several actions
                break
    if "activity" in found and not set(PEOPLE) & set(found):
        # "Committee", "Forum": the one column of bodies, in a plan that names no other owner
        bodies = [
            index for index, meaning in enumerate(found) if meaning is None and _BODIES.fullmatch(key(headers[index]))
        ]
        if len(bodies) == 1 and contents[bodies[0]].words <= _MOST_BODY_WORDS and contents[bodies[0]].marks < 0.5:
            infer(bodies[0], "lead_officers", "it names the only bodies")
    for index, meaning in enumerate(found):
        content = contents[index]
        if meaning is not None or not content.filled:
            continue
        if content.refs >= 0.8 and "ref" not in found and index <= 1:
            if headers[index]:
                infer(index, "ref", "it holds references")
            else:
                found[index] = "ref"
        elif content.times >= 0.8 and content.filled >= 2 and "timescale" not in found:
            infer(index, "timescale", "it holds dates")
        elif content.members >= 0.8 and content.filled >= 2 and "lead_cabinet_members" not in found:
            infer(index, "lead_cabinet_members", "it holds portfolios")
        elif content.states >= 0.8 and content.filled >= 2 and "status" not in found:
            infer(index, "status", "it holds status words")
        elif content.owners >= 0.8 and content.filled >= 2 and "lead_officers" not in found:
            infer(index, "lead_officers", "it holds posts or names")
        elif index == 0 and _spans_as_title(headers, contents):
            infer(index, "group", "its cells span the rows of several actions")


_OUTCOME = re.compile(r"\b(?:outcomes?|results?)$")
_BODIES = re.compile(
    r"(?:(?!(?:by|to|for|of|from|with|in|at|on|scrutiny|overview)\b)\w+ ){0,2}"
    r"(?:committees?|teams?|working (?:group|party|parties)|task groups?|forums?|boards?)"
)  # and not "Approved by board"
_MOST_BODY_WORDS = 6


def _measures_taken(found: Sequence[Meaning | None], headers: Sequence[str], contents: Sequence[Content]) -> int | None:
    """The column of measures that are to be taken, not of what is measured: most begin with the verb of an action."""
    named = [
        index
        for index, meaning in enumerate(found)
        if meaning == "extra" and names_measures(headers[index]) and contents[index].actions >= _MOSTLY_ACTIONS
    ]
    if not named and not _is_gauged(headers):
        # What a body is to bring out, by when and by whom, is what it is to do.
        named = [
            index
            for index, meaning in enumerate(found)
            if meaning == "extra" and _OUTPUTS.fullmatch(key(headers[index])) and _prose(contents[index])
        ]
    return max(named, key=lambda index: contents[index].words, default=None)


def _numbered_measures(
    found: Sequence[Meaning | None], headers: Sequence[str], contents: Sequence[Content]
) -> int | None:
    """The column of measures behind the one that numbers them, "Measure No." before "Measure": they are what the plan
    lists, and not what one of its actions is measured by."""
    if any(_GAUGES.search(key(header)) for header in headers):
        return None
    for index, (meaning, after) in enumerate(pairwise(found)):
        words = key(headers[index]).split()
        if (
            meaning == "ref"
            and after == "extra"
            and words[:1] == ["measure"]
            and names_measures(headers[index + 1])
            and contents[index + 1].words >= 3
        ):
            return index + 1
    return None


def _is_gauged(headers: Sequence[str]) -> bool:
    """Whether a header other than that of measures and their numbers says what something is measured by."""
    return any(_MEASURES.search(key(header)) for header in headers if not key(header).startswith("measure"))


_GAUGES = re.compile(r"\b(?:baselines?|actual|outturn|good is)\b")


def names_measures(header: str) -> bool:
    """Whether a header names measures that may be those which are to be taken.

    >>> names_measures("Measures"), names_measures("Measure taken or planned"), names_measures("Measure of success")
    (True, True, False)
    """
    return bool(_TAKEN.match(key(header)))


_TAKEN = re.compile(
    r"(?:(?:proposed|planned|specific|corrective|remedial|policy|key|our) )?measures?"
    r"(?: (?:to be )?(?:taken|planned|adopted|proposed)\b.*)?$"
)


def may_name_actions(header: str) -> bool:
    """Whether a header names measures that may be to be taken, or outputs, which are what a plan lists where no other
    column says it."""
    return names_measures(header) or _OUTPUTS.fullmatch(key(header)) is not None


_OUTPUTS = re.compile(r"(?:(?:expected|planned|main|key|our|project|specific) )?outputs?")
_MOSTLY_ACTIONS = 0.6


def _spans_as_title(headers: Sequence[str], contents: Sequence[Content]) -> bool:
    """Whether the cells of the first column stand over several rows and may be titles: no dates, and nobody's names.

    Where none is merged, they are blank in most rows, and the column has no name, or the refs beside it count anew.
    """
    content, *others = contents
    anew = bool(others) and others[0].refs >= 0.8 and others[0].variety < 1
    rows = max((other.filled for other in others), default=0)
    blank = (anew or not headers[0]) and content.variety == 1 and 1 < content.filled <= _FEW_FILLED * rows
    if (content.merged < _SPANS and not blank) or content.words > _MOST_TITLE_WORDS or content.marks >= 0.5:
        return False
    return content.times < 0.2 and content.states < 0.5 and content.owners < 0.5 and content.people < 0.5


_SPANS = 0.3  # share of the rows of a first column that go on with the cell above
_MOST_TITLE_WORDS = 15


def _once_each(found: list[Meaning | None], headers: tuple[str, ...], contents: list[Content]) -> None:
    """Where several columns claim one field, the best keeps it and the others are `extra`, or group the rows."""
    for meaning in sorted(set(found) - {None, "extra", "group"}, key=str):
        claimants = [index for index, other in enumerate(found) if other == meaning]
        if len(claimants) < 2:
            continue
        ranks = {index: _claim(str(meaning), headers[index], contents[index], index) for index in claimants}
        if meaning == "activity":
            # Of two columns of prose the one whose cells stand over several rows of the other holds no single actions.
            prose = [index for index in claimants if ranks[index][1]]
            over = [i for i, j in pairwise(prose) if contents[i].filled <= _FEW_FILLED * contents[j].filled]
            ranks = {index: rank for index, rank in ranks.items() if index not in over}
        keeper = max(ranks, key=ranks.__getitem__)
        for index in claimants:
            if index != keeper:
                groups = meaning == "activity" and index < keeper and _spans_rows(contents[index], contents[keeper])
                found[index] = "group" if groups else "extra"
    activity = found.index("activity") if "activity" in found else None
    for index, meaning in enumerate(found):
        content = contents[index]
        if meaning != "group" or activity is None or not content.filled:
            continue
        # A "priority" that is high, medium or low, or a number, groups nothing; nor does the "outcome" that an
        # activity is to have, which stands behind it.
        number = index + 1 < len(found) and found[index + 1] == "group" and content.refs >= 0.8
        level = (content.states >= 0.5 or content.marks >= 0.5) and not number
        effect = index > activity and not content.merged
        if level or effect:
            found[index] = "extra"


# What "Date" alone does not say: it may be when the row was written.
_DUE = re.compile(r"\b(?:time\w*|when|complet\w+|due|deadlines?|target|delivery|end|year|quarters?)\b")
_PLAIN_ACTIVITY = re.compile(r"\b(?:actions?|activit(?:y|ies)|tasks?|deliverables?)\b")


def _claim(meaning: str, header: str, content: Content, index: int) -> tuple[float, ...]:
    """How good a column's claim to a field is, beside other columns with the same meaning."""
    words = set(key(header).split())
    if meaning == "activity":
        prose = content.filled > 0 and content.owners < 0.5 and content.words >= 3
        plain = bool(_PLAIN_ACTIVITY.search(key(header)))
        return (prose and not content.merged, prose, prose and plain, content.words * prose, -index)
    if meaning == "ref":
        return (bool(words), content.refs, -index)  # "#" numbers the rows beside a column of refs
    if meaning == "timescale":
        return (content.times >= 0.8, bool(_DUE.search(key(header))), content.times, -index)
    return (float(content.filled > 0) + bool(words & {"lead", "responsible", "accountable"}), -index)


def _spans_rows(outer: Content, inner: Content) -> bool:
    """Whether a column's cells stand over several of another's: merged, or blank under the first."""
    return outer.merged > inner.merged or outer.filled <= _FEW_FILLED * inner.filled


_FEW_FILLED = 0.7


# What stands over the versions of a document, or its meetings, which have dates and posts as well.
_CONTROL = re.compile(
    r"\b(?:versions?|revisions?|authors?|amend\w+|meetings?|committees?|minutes?|published)\b", re.IGNORECASE
)


def _by_content(tables: Sequence[Table], known: Mapping[str, Meaning], role_words: frozenset[str]) -> Columns | None:
    """The columns of a table whose header is missing, or of words that nobody knows, told by what stands in them; and
    in the tables behind it that begin with the same row.

    Only where one column holds what is to be done, one behind it dates, and one owners, in nearly every row.
    """
    table, *_ = tables
    top = [cell_text(cell) for cell in table.rows[0]]
    marked = all(cell.header for cell in _distinct(table.rows[0])) and table.rows[0] != table.rows[-1]
    named = len(set(top)) == table.width or (marked and any(top))
    body = int(named and not any(is_timescale(text) or is_ref(text) for text in top))
    if table.width < 3 or sum(len(each.rows) - body for each in tables) + body < 3:
        return None
    if any(_CONTROL.search(text) for text in (*top[: table.width * body], table.caption or "")):
        return None
    below = [_body(each, body) for each in tables]
    contents = [_content(below, column, role_words) for column in range(table.width)]
    most = 0.8 * max(content.filled for content in contents)
    dates = [index for index, content in enumerate(contents) if content.times >= 0.8 and content.filled >= most]
    prose = [index for index, content in enumerate(contents) if _prose(content) and content.variety >= 0.8]
    owners = [index for index, content in enumerate(contents) if content.owners >= 0.6 and content.filled >= most]
    longest = max(prose, key=lambda index: contents[index].words, default=table.width)
    if len(dates) != 1 or not owners or longest > dates[0] or contents[longest].filled < most or most < 2:
        return None
    headers = tuple(top) if body else ("",) * table.width
    meanings: list[Meaning | None] = [lookup(text, known) if text else None for text in headers]
    wanted: dict[int, tuple[Meaning, str]] = {
        longest: ("activity", "it holds what is to be done"),
        dates[0]: ("timescale", "it holds dates"),
    }
    owner = max(owners, key=lambda index: (contents[index].owners, -index))
    if meanings[owner] is None and contents[owner].members < 0.8:
        wanted[owner] = ("lead_officers", "it holds posts or names")
    if any(meanings[index] not in (None, meaning) for index, (meaning, _) in wanted.items()):
        return None
    told: list[Doubt] = []
    for index, (meaning, why) in wanted.items():
        if meanings[index] is None:
            meanings[index] = meaning
            told.append(_inferred(headers[index], index, meaning, why))
    settled, doubts = settle(headers, meanings, contents, known)
    read = Columns(settled, headers, 0, body, (*told, *doubts))
    return read if is_plan(read) else None


def _inferred(header: str, index: int, meaning: Meaning, why: str) -> Doubt:
    name = header or f"column {index + 1}"
    return Doubt("column-inferred", f'"{name}" is read as {meaning.replace("_", " ")}: {why}', meaning)


def _said(table: Table, before: Sequence[set[str]]) -> list[set[str]]:
    """By column, the comparison keys of what its cells say, here and in the tables that this one goes on from."""
    said = [set(texts) for texts in before] or [set() for _ in range(table.width)]
    for row in table.rows:
        for texts, cell in zip(said, row, strict=True):
            texts.add(key(cell_text(cell)))
    return said


def _continuation(table: Table, before: Columns | None, said: Sequence[set[str]]) -> Columns | None:
    """The columns of a table without a header that goes on where the one before it ended.

    A column goes on where its cells are of its kind, or say what its cells have said before.
    """
    if before is None or table.width != len(before.meanings):
        return None
    top = [cell for cell in _distinct(table.rows[0]) if cell.lines]
    if len(top) > 1 and all(cell.header for cell in top):
        return None  # it has a header of its own, whose words are not those of a plan
    agree = 0
    for index, meaning in enumerate(before.meanings):
        texts = [text for row in table.rows if (text := cell_text(row[index]))]
        content = content_of(texts)
        again = bool(texts) and sum(key(text) in said[index] for text in texts) >= 0.6 * len(texts)
        if meaning == "ref":
            agree += content.refs >= 0.6
        elif meaning == "timescale":
            agree += content.times >= 0.6 or again
        elif meaning == "activity":
            if content.times >= 0.5 or content.marks >= 0.5:
                return None
            agree += content.words >= 4
        elif meaning in PEOPLE:
            agree += content.owners >= 0.6 or again
        elif meaning == "status":
            agree += again
    return Columns(before.meanings, before.headers, 0, 0) if agree >= 2 else None
