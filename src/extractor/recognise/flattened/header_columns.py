"""The words of a table's header as the columns that the lattice fills, in each way that they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from extractor.recognise.columns import may_head_executives
from extractor.recognise.flattened.bodies import Body
from extractor.recognise.flattened.refs import RowStart, find_row_starts, starts_behind_groups, starts_in_text
from extractor.recognise.flattened.scheme import Column, Kind
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
    columns = _with_target_dates(columns_for(words), words, every)
    return TableColumns(tuple(words), columns, periods, ticks, whole, numbered, of_groups)


def columns_for(words: Sequence[HeaderWord]) -> list[Column]:
    """What the columns of a header hold, as its words say."""
    meanings = [word.meaning for word in words]
    people = sum(m in PEOPLE for m in meanings)
    activity = _activity_index(words)
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
        columns.append(Column(kind, index == activity))
    return columns


def _activity_index(words: Sequence[HeaderWord]) -> int:
    """Which column holds what is to be done; of two, the one that does not group the rows ("Commitment")."""
    claims = [index for index, word in enumerate(words) if word.meaning == "activity"]
    plain = [index for index in claims if not _names_groups(words[index].text)]
    groups = [index for index, word in enumerate(words) if word.meaning == "group"]
    return next(iter([*plain, *claims, *groups]), 0)


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


def _whole_rows(bodies: Sequence[Body], ticked: Set[int]) -> list[list[int]]:
    """Per table, the indexes of the lines that open rows for certain where each line is one; `ticked` are the numbers
    of those that end in ticks."""
    header = bodies[0].header
    dates = bool(ticked) or any(word.meaning and _KINDS[word.meaning] == "time" for word in header.columns)
    if header.style.delimiter or not dates or any(body.header.first != body.header.last for body in bodies):
        return [[] for _ in bodies]
    return lines_of_rows([body.lines for body in bodies], ticked)
