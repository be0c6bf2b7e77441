"""Profiles as TOML: read, written from a document, and held against next year's.

1. Everything in a profile is optional, and a word that it names only adds to what the tool knows.
2. A mistake in a profile is the caller's: it is refused with the place, and nothing is passed over in silence.
3. What a document no longer has is a doubt about the profile, never about the records.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from extractor.errors import ProfileInvalid
from extractor.issues import Doubt
from extractor.profile import Profile
from extractor.rows import PlanRows
from extractor.text import fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import header_meaning

_MEANINGS: tuple[str, ...] = get_args(Meaning)
_ID = re.compile(r"[A-Z]{2}-[A-Z0-9]+-[\w.-]+")
_LISTS = {"group-words": "group_words", "role-words": "role_words", "note-phrases": "note_phrases"}
_PLAN_KEYS = frozenset({"year-starts-in", "period", *_LISTS})


def parse_profile(text: str, name: str) -> Profile:
    """The profile that a TOML file holds, at its top or under `[tool.extractor]`; `name` is for messages.

    Raises `ProfileInvalid`, which names the place, for what is no TOML, no known key or no fitting value.

    >>> parse_profile('[headers]\\nlead_officers = ["Sponsor"]', "a.toml").header_words["lead_officers"]
    ('Sponsor',)
    """
    table = _parsed(text, name)
    inner = _tool(table)
    return _profile(table if inner is None else inner, name)


def holds_profile(text: str, name: str) -> bool:
    """Whether a `pyproject.toml` has a table `[tool.extractor]`; raises `ProfileInvalid` where it is no TOML."""
    return _tool(_parsed(text, name)) is not None


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ProfileInvalid(f"{name} is no TOML: {problem}") from None


def _tool(table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    tool = table.get("tool")
    inner = tool.get("extractor") if isinstance(tool, dict) else None
    return inner if isinstance(inner, dict) else None


def _profile(table: Mapping[str, Any], name: str) -> Profile:
    _only(table, {"publisher", "plan", "headers"}, name, "")
    publisher, plan, headers = (_section(table, part, name) for part in ("publisher", "plan", "headers"))
    _only(publisher, {"name", "id"}, name, "publisher.")
    _only(plan, _PLAN_KEYS, name, "plan.")
    _only(headers, set(_MEANINGS), name, "headers.")
    month = plan.get("year-starts-in", 4)
    if not isinstance(month, int) or isinstance(month, bool) or not 1 <= month <= 12:
        raise ProfileInvalid(f"{name}: plan.year-starts-in is {month!r}; it is a month, 1 to 12")
    identifier = _string(publisher, "id", name, "publisher.")
    if identifier is not None and not _ID.fullmatch(identifier):
        raise ProfileInvalid(f"{name}: publisher.id is {identifier!r}; it has the form of org-id.guide: GB-LAE-ABC")
    lists = {field: _strings(plan.get(word, []), f"plan.{word}", name) for word, field in _LISTS.items()}
    words = {meaning: _strings(value, f"headers.{meaning}", name) for meaning, value in headers.items()}
    _once(words, name)
    return Profile(
        publisher_name=_string(publisher, "name", name, "publisher."),
        publisher_id=identifier,
        year_starts_in=month,
        period=_string(plan, "period", name, "plan."),
        header_words=words,
        **lists,
    )


def _only(table: Mapping[str, Any], allowed: set[str] | frozenset[str], name: str, prefix: str) -> None:
    for word in table:
        if word not in allowed:
            raise ProfileInvalid(f"{name}: {prefix}{word} is no setting; there are {', '.join(sorted(allowed))}")


def _section(table: Mapping[str, Any], part: str, name: str) -> Mapping[str, Any]:
    value = table.get(part, {})
    if not isinstance(value, dict):
        raise ProfileInvalid(f"{name}: {part} is {value!r}; it is a table: [{part}]")
    return value


def _string(table: Mapping[str, Any], word: str, name: str, prefix: str) -> str | None:
    value = table.get(word)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise ProfileInvalid(f"{name}: {prefix}{word} is {value!r}; it is a text")
    return value


def _strings(value: Any, place: str, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ProfileInvalid(f"{name}: {place} is {value!r}; it is a list of texts")
    return tuple(value)


def _once(words: Mapping[str, Sequence[str]], name: str) -> None:
    seen: dict[str, str] = {}
    for meaning, phrases in words.items():
        for phrase in phrases:
            other = seen.setdefault(key(phrase), meaning)
            if other != meaning:
                raise ProfileInvalid(f"{name}: headers.{meaning} and headers.{other} both name {phrase!r}")


# From a document --------------------------------------------------------------------------------------------


def _headers(rows: PlanRows) -> dict[str, str]:
    """Every header of the plan's columns -> what it was taken for, in order of appearance."""
    headers: dict[str, str] = {}
    for row in rows.rows:
        for meaning, cell in row.cells.items():
            headers.setdefault(fold(cell.header), meaning)
        for cell in row.extra:
            headers.setdefault(fold(cell.header), "extra")
    headers.pop("", None)
    return headers


def suggest_profile(rows: PlanRows) -> Profile:
    """The profile that describes a document as it was read, for a person to edit.

    Of a document in which no table was read as a plan's, the headers of all its tables are `extra`.
    """
    words: dict[str, tuple[str, ...]] = {}
    headers = _headers(rows) if rows.rows else dict.fromkeys(_unread_headers(rows), "extra")
    for header, meaning in headers.items():
        words[meaning] = (*words.get(meaning, ()), header)
    return Profile(publisher_name=rows.publisher or rows.document.publisher, header_words=words)


def _unread_headers(rows: PlanRows) -> Iterator[str]:
    """The words that stand over the columns of kept tables: their headers, or their first rows."""
    for table in rows.tables:
        for text in table.header or (table.rows[0] if len(table.rows) > 1 else ()):
            if words := fold(text):
                yield words


def format_profile(profile: Profile, source: str, is_plan: bool = True) -> str:
    """The profile as TOML with comments; `parse_profile` reads it back. `is_plan`: the source was read as one."""
    name = json.dumps(source, ensure_ascii=False)
    lines = [f"# How {name} was read. Correct what is wrong, and give it with", "# --profile."]
    if not is_plan:
        lines = [
            f"# No table of {name} was read as a plan. Move the words of its headers to what they mean, and give",
            "# this with --profile.",
        ]
    lines += ["", "[publisher]", *_setting("name", profile.publisher_name), *_setting("id", profile.publisher_id)]
    lines += ["", "[plan]", "# First month of the financial year.", f"year-starts-in = {profile.year_starts_in}"]
    lines += _setting("period", profile.period)
    for word, field in _LISTS.items():
        lines.append(f"{word} = {_list(getattr(profile, field))}")
    lines += [
        "",
        "# The header words of the plan's columns, by what they mean. Move a word to correct its meaning.",
        "[headers]",
    ]
    for meaning in _MEANINGS:
        words = profile.header_words.get(meaning, ())
        lines.append(f"{meaning} = {_list(words)}" if words else f"# {meaning} = []")
    return "\n".join(lines) + "\n"


def _setting(word: str, value: str | None) -> list[str]:
    return [f"{word} = {_quoted(value)}" if value else f'# {word} = ""']


def _list(words: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's too, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# Against next year's document -------------------------------------------------------------------------------


def unfit(profile: Profile, rows: PlanRows) -> Iterator[Doubt]:
    """A doubt for every column of the profile that the document has not, with those that may stand in its place, and
    for every unknown column that is new.

    Nothing where the profile names no header words, or the document has no rows to hold it against.
    """
    if not profile.header_words or not rows.rows:
        return
    headers = _headers(rows)
    there = {key(header) for header in headers}
    # Columns of groups are headings of the plan by now, and no cells of its rows.
    columns = {meaning: phrases for meaning, phrases in profile.header_words.items() if meaning != "group"}
    named = {key(phrase) for phrases in columns.values() for phrase in phrases}
    gone: list[str] = []
    lost: set[str] = set()
    for meaning, phrases in columns.items():
        absent = [phrase for phrase in phrases if key(phrase) not in there]
        # Of several words for one field, one is enough.
        if meaning == "extra" or len(absent) == len(phrases):
            gone += absent
            lost.add(meaning)
    new = [
        header
        for header, meaning in headers.items()
        if key(header) not in named and (meaning == "extra" or meaning in lost or header_meaning(header) is None)
    ]
    for phrase in gone:
        beside = f", {_quoted_list(new)} is new" if new else ""
        yield Doubt("profile-unfit", f"The profile's column {phrase!r} is gone{beside}.")
    if new and not gone:
        yield Doubt("profile-unfit", f"The column {_quoted_list(new)} is new to the profile.")


def _quoted_list(words: Sequence[str]) -> str:
    return ", ".join(map(repr, words))
