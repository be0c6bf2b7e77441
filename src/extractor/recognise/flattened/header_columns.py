"""The words of a table's header as the columns that the lattice fills, in each way that they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from extractor.recognise.columns import may_head_executives
from extractor.recognise.flattened.bodies import Body
from extractor.recognise.flattened.refs import RowStart, find_row_starts, starts_behind_groups, starts_in_text
from extractor.recognise.flattened.scheme import Column, Kind
from extractor.recognise.flattened.signs import is_figure
from extractor.recognise.flattened.stream import TextLine
from extractor.recognise.flattened.whole_rows import lines_of_rows, periods_behind, ticks_behind
from extractor.rows import PEOPLE
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import PHRASES, HeaderWord, heads_partners
from extractor.vocabulary.headings import KIND_WORDS
from extractor.vocabulary.times import find_timescales

_KINDS: Mapping[Meaning, Kind] = {
    "ref": "ref",
    "activity": "prose",
    "timescale": "time",
    "timescale_start": "time",
    "timescale_end": "time",
    "lead_officers": "post",
    "lead_directorates": "body",
    "lead_cabinet_members": "member",
    "status": "state",
    "progress": "prose",
    "group": "group",
    "extra": "prose",
}
_MONEY_WORDS = frozenset(["budget", "cost", "costs", "funding", "resource", "resources", "resourcing", "finance"])
_OUTCOMES = frozenset(["outcome", "outcomes"])
_TARGETS = frozenset(["target", "targets"])
_NUMBERED_ROWS = 0.6
_FEWEST_REFS = 3
_NAMES_FIGURES = re.compile(
    r"[%£€$]|\b(?:baseline|targets?|scores?|number|percentage|total|tco2e?|co2e?|tonnes|[km]wh|hours|days|fte|hectares)\b",
    re.IGNORECASE,
)
_FIGURED = 0.75  # of the rows
_DATED = 0.5  # lines that are or hold a date, for each that has a ref


class TableColumns(NamedTuple):
    """The columns of the tables with one header, and what told them."""

    words: tuple[HeaderWord, ...]
    columns: list[Column]
    """What they hold, one for each word."""
    periods: list[str]
    """The columns in which rows are ticked, behind all others."""
    ticks: Mapping[int, list[str]]
    """By number of a line, the ticks that end it."""
    whole: list[list[int]]
    """Per table, the indexes of the lines that open rows for certain where each line is one."""
    numbered: list[RowStart]
    """The rows that begin with a number or a ref, where no column is headed so."""
    of_groups: bool
    """Those numbers are of what several rows stand under."""
    rows: list[str]
    """The texts of the rows, where nothing parts their cells and they show where they begin."""

    def columns_for(self, words: Sequence[HeaderWord]) -> list[Column]:
        """What the columns hold if the header is read so."""
        return _with_figures(columns_for(words), words, self.rows)


def table_columns(bodies: Sequence[Body]) -> TableColumns:
    """The columns of the tables with one header, as its words and their rows have them."""
    header = bodies[0].header
    # Refs may run on from table to table, so all bodies are asked at once.
    every = [line for body in bodies for line in body.lines]
    words: Sequence[HeaderWord] = header.columns
    periods = [] if header.style.delimiter else periods_behind([word.text for word in words])
    ticks = {line.number: ticks_behind(line.text) for line in every} if periods else {}
    whole = _whole_rows(bodies, {number for number, found in ticks.items() if found})
    unnamed = not words[0].text and not header.style.delimiter
    words = words[unnamed : len(words) - len(periods)]
    referenced = any(word.meaning == "ref" for word in header.columns)
    numbered = [] if referenced else starts_in_text(every)
    # Numbers that open few of the rows are those of what some of them stand under.
    of_groups = 0 < len(numbered) < _NUMBERED_ROWS * sum(map(len, whole)) and not starts_behind_groups(every)
    if unnamed and (of_groups or not numbered):
        words = (HeaderWord("", "group"), *words)
    elif of_groups:
        words = _with_groups_first(words)
    elif not header.style.delimiter:
        words = _with_column_of_refs(words, every)
    if not header.style.delimiter and (parted := _with_action_alone(words)):
        # Rows that begin with refs have no action before these.
        words = parted if len(find_row_starts(every, "", ("group",))) >= _FEWEST_REFS else words
    rows = [] if header.style.delimiter else _row_texts(words, every, numbered, whole, bodies)
    columns = _with_figures(_with_target_dates(columns_for(words), words, every), words, rows)
    return TableColumns(tuple(words), columns, periods, ticks, whole, numbered, of_groups, rows)


def _row_texts(
    words: Sequence[HeaderWord],
    every: Sequence[TextLine],
    numbered: Sequence[RowStart],
    whole: Sequence[Sequence[int]],
    bodies: Sequence[Body],
) -> list[str]:
    """The texts of the rows that begin with refs or numbers, or else are lines of their own."""
    ref = next((index for index, word in enumerate(words) if word.meaning == "ref"), -1)
    starts = find_row_starts(every, "", [column.kind for column in columns_for(words)[:ref]]) if ref >= 0 else numbered
    firsts = [start.first_index for start in starts]
    if firsts:
        return [" ".join(line.text for line in every[a:b]) for a, b in pairwise([*firsts, len(every)])]
    return [body.lines[index].text for body, indexes in zip(bodies, whole, strict=True) for index in indexes]


def columns_for(words: Sequence[HeaderWord]) -> list[Column]:
    """What the columns of a header hold, as its words say."""
    meanings = [word.meaning for word in words]
    people = sum(m in PEOPLE for m in meanings)
    activity = _activity_index(words)
    ref = meanings.index("ref") if "ref" in meanings else 0
    columns: list[Column] = []
    for index, word in enumerate(words):
        kind = _KINDS[word.meaning] if word.meaning else "prose"
        if people == 1 and (word.meaning == "lead_officers" or may_head_executives(word.text)):
            kind = "owner"
        if word.meaning == "extra" and _MONEY_WORDS & set(key(word.text).split()):
            kind = "money"
        if word.meaning == "extra" and heads_partners(word.text):
            kind = "partners"
        if word.meaning in ("extra", None) and key(word.text).split()[-1:] == ["date"]:
            kind = "time"  # "Revised date"
        if index == activity:
            kind = "prose"
        elif word.meaning == "activity" and index < activity and _names_groups(word.text):
            kind = "group"
        elif kind == "group" and index > activity and key(word.text) in _OUTCOMES:
            kind = "prose"  # what is to come of the action
        elif kind == "prose" and index < ref < activity:
            kind = "group"  # what stands before the refs
        columns.append(Column(kind, index == activity))
    return columns


def _activity_index(words: Sequence[HeaderWord]) -> int:
    """Which column holds what is to be done; of two, the one that does not group the rows ("Commitment")."""
    claims = [index for index, word in enumerate(words) if word.meaning == "activity"]
    plain = [index for index in claims if not _names_groups(words[index].text)]
    groups = [index for index, word in enumerate(words) if word.meaning == "group"]
    others = [index for index, word in enumerate(words) if word.meaning in (None, "extra")]
    return next(iter([*plain, *claims, *groups, *others]), 0)


def _names_groups(text: str) -> bool:
    """Whether a header names what rows stand under, in the singular or the plural."""
    return key(text) in KIND_WORDS or key(text).removesuffix("s") in KIND_WORDS


def _with_target_dates(columns: list[Column], words: Sequence[HeaderWord], lines: Sequence[TextLine]) -> list[Column]:
    """The columns, of which one headed "Target" holds dates where no other does and most rows have one."""
    targets = [index for index, word in enumerate(words) if word.meaning == "extra" and key(word.text) in _TARGETS]
    if len(targets) != 1 or any(column.kind == "time" for column in columns):
        return columns
    filled = [line.text for line in lines if line.text]
    dated = sum(any(span.strength == "strong" for span in find_timescales(text)) for text in filled)
    rows = len(starts_in_text(lines)) or len(find_row_starts(lines, "", ("group",))) or len(filled)
    if dated < _DATED * rows:
        return columns
    return [*columns[: targets[0]], Column("time"), *columns[targets[0] + 1 :]]


def _with_figures(columns: list[Column], words: Sequence[HeaderWord], rows: Sequence[str]) -> list[Column]:
    """The columns, of which those whose names say so hold figures where most rows have as many by themselves: between
    words, with no small word behind them."""
    named = [
        index
        for index, (column, word) in enumerate(zip(columns, words, strict=True))
        if column.kind in ("prose", "money") and not column.activity and _NAMES_FIGURES.search(word.text)
    ]
    figured = sum(len(_lone_figures(row)) >= len(named) for row in rows) if named else 0
    if not figured or figured < _FIGURED * len(rows):
        return columns
    return [Column("figure") if index in named else column for index, column in enumerate(columns)]


def _lone_figures(text: str) -> list[str]:
    """The figures within a text that are no part of a date, and behind which no small word goes on.

    >>> _lone_figures("Mend 12 roofs Head of Homes 1,250 £45,000 3 May 2025 80%")
    ['1,250', '80%']
    """
    bare = list(text)
    for span in find_timescales(text):
        bare[span.start : span.end] = "§".ljust(span.end - span.start)
    words = "".join(bare).split()
    return [
        word
        for before, word, after in zip(words, words[1:], [*words[2:], ""], strict=False)
        if is_figure(word) and (before[-1:].isalnum() or before[-1:] in "§)%") and not after[:1].islower()
    ]


def _with_column_of_refs(words: Sequence[HeaderWord], lines: Sequence[TextLine]) -> tuple[HeaderWord, ...]:
    """The columns of a header, and that of the refs where no word says so: an empty header cell left nothing.

    It stands before all others where rows begin with refs; behind the groups where their names precede those.
    """
    if any(word.meaning == "ref" for word in words):
        return tuple(words)
    kinds = [column.kind for column in columns_for(words)]
    groups = next((index for index, kind in enumerate(kinds) if kind != "group"), 0)
    if groups and starts_behind_groups(lines):
        return (*words[:groups], HeaderWord("", "ref"), *words[groups:])
    return (HeaderWord("", "ref"), *words) if starts_in_text(lines) else tuple(words)


def _with_groups_first(words: Sequence[HeaderWord]) -> tuple[HeaderWord, ...]:
    """The columns of a header whose first one holds what several rows stand under: where it is that of the activities,
    the column of prose behind it holds these."""
    first, *others = words
    if first.meaning == "activity" and others and others[0].meaning in (None, "extra", "activity"):
        return (first._replace(meaning="group"), others[0]._replace(meaning="activity"), *others[1:])
    return tuple(words)


def with_lead_alone(words: Sequence[HeaderWord]) -> tuple[HeaderWord, ...]:
    """The columns of a header without another one of officers if a word of its column of people were one: "Lead |
    Directorate" instead of "Lead Directorate", "Lead | Partners"; empty where it has no such word."""
    for index, word in enumerate(words):
        lead, _, rest = word.text.partition(" ")
        meaning = PHRASES.get(key(rest), word.meaning)
        officers = any(other.meaning == "lead_officers" for other in (*words[:index], *words[index + 1 :]))
        if officers or word.meaning not in PEOPLE or meaning == "lead_officers" or not rest[:1].isupper():
            continue
        if PHRASES.get(key(lead)) == "lead_officers":
            parts = (HeaderWord(lead, "lead_officers"), HeaderWord(rest, meaning))
            return (*words[:index], *parts, *words[index + 1 :])
    return ()


def _with_action_alone(words: Sequence[HeaderWord]) -> tuple[HeaderWord, ...]:
    """The columns of a header whose word for activities before the refs names their groups, if a word of its column of
    officers were the activities': "Commitment | Ref | Action | Lead"; empty where it has no such word."""
    ref = next((index for index, word in enumerate(words) if word.meaning == "ref"), 0)
    if not any(word.meaning == "activity" for word in words[:ref]):
        return ()
    for index, word in enumerate(words[ref + 1 :], ref + 1):
        action, _, rest = word.text.partition(" ")
        meanings = PHRASES.get(key(action)), PHRASES.get(key(rest))
        if word.meaning == "lead_officers" and meanings == ("activity", "lead_officers"):
            parts = (HeaderWord(action, "activity"), HeaderWord(rest, "lead_officers"))
            return (*words[:index], *parts, *words[index + 1 :])
    return ()


def with_action_parted(words: Sequence[HeaderWord]) -> Iterator[tuple[HeaderWord, ...]]:
    """The columns of a header of which one name is that of the activities and another one: "Action | Owner" instead of
    "Action Owner", "Action | Measure"."""
    for index, word in enumerate(words):
        action, _, rest = word.text.partition(" ")
        meaning = PHRASES.get(key(rest))
        if rest[:1].isupper() and PHRASES.get(key(action)) == "activity" and meaning and meaning != "activity":
            yield (*words[:index], HeaderWord(action, "activity"), HeaderWord(rest, meaning), *words[index + 1 :])


def with_status_parted(words: Sequence[HeaderWord]) -> tuple[HeaderWord, ...]:
    """The columns of a header without a status if the name of its progress were that of both: "Status | Update" instead
    of "Status Update"; empty where it has no such name."""
    for index, word in enumerate(words):
        status, _, rest = word.text.partition(" ")
        names = PHRASES.get(key(status)), PHRASES.get(key(rest))
        if word.meaning == "progress" and names == ("status", "progress") and rest[:1].isupper():
            parts = (HeaderWord(status, "status"), HeaderWord(rest, "progress"))
            return (*words[:index], *parts, *words[index + 1 :]) if all(w.meaning != "status" for w in words) else ()
    return ()


def _whole_rows(bodies: Sequence[Body], ticked: Set[int]) -> list[list[int]]:
    """Per table, the indexes of the lines that open rows for certain where each line is one; `ticked` are the numbers
    of those that end in ticks."""
    header = bodies[0].header
    dates = bool(ticked) or any(word.meaning and _KINDS[word.meaning] == "time" for word in header.columns)
    broken = any(body.header.first != body.header.last and not body.header.explained for body in bodies)
    if header.style.delimiter or not dates or broken:
        return [[] for _ in bodies]
    states = any(word.meaning == "status" for word in header.columns)
    return lines_of_rows([body.lines for body in bodies], ticked, states, header.columns[0].meaning)
