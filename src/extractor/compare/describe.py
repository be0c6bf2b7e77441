"""In what way an old and a new activity differ, by meaning.

1. The labels are the contract's; what differs without a label (a note, a lead-in) is among the fields all the same.
2. A change of the text is one of substance where a number, date, negation, modal word or name is other than it was;
   all else is wording. This is told from the words alone: it says where to look first, not what to think.
3. The same words a year on mean a later date: `slipped` compares dates, `retimed` words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from extractor.changes import LABELS, PIECE, Brief, FieldChange, Label, Operation, Run, Weight
from extractor.compare.items import person_key
from extractor.compare.wording import (
    CALENDAR,
    FUNCTION_WORDS,
    NEGATIONS,
    OBLIGATIONS,
    is_number,
    names,
)
from extractor.records import Activity
from extractor.text import fold, key, straighten, words

_QUOTES = re.compile("[\"']")
_DASH = re.compile(r"\s*-\s*")
_BULLET = re.compile(r"^\s*•\s*", re.MULTILINE)
_PEOPLE = ("lead_officers", "lead_directorates", "lead_cabinet_members")
_DAYS_A_QUARTER = 365.25 / 4
_ONE_SPELLING = 88.0
"""From this likeness (0 to 100) on, two names are taken for two spellings of one."""


def plain_wording(text: str) -> str:
    """The text without what does not count as rewording: white space, case, quotes, dashes and the closing stop.

    >>> plain_wording("Open the ‘one-stop’ shop – soon.") == plain_wording("open the  one—stop shop - soon")
    True
    >>> plain_wording("Open the shop, soon") == plain_wording("Open the shop soon")
    False
    """
    folded = straighten(fold(_BULLET.sub(" ", text))).casefold()
    return _DASH.sub("-", _QUOTES.sub("", folded)).rstrip(" .")


def brief(activity: Activity, group: str | None) -> Brief:
    """The activity in short, for the readers of a comparison."""
    return Brief(
        id=activity.id,
        ref=activity.ref,
        group=group,
        lead_in=activity.lead_in,
        activity=activity.activity,
        timescale=activity.timescale.as_published if activity.timescale else None,
        end=activity.timescale.end if activity.timescale else None,
        lead_officers=activity.lead_officers,
        location=activity.location,
    )


def differences(
    old: Activity, new: Activity, old_group: str | None, new_group: str | None, moved: bool
) -> tuple[set[Label], list[FieldChange]]:
    """The labels that hold for a pair of activities, and the fields that differ."""
    labels: set[Label] = set()
    fields: list[FieldChange] = []

    def note(field: str, before: str | Sequence[str] | None, after: str | Sequence[str] | None) -> None:
        fields.append(FieldChange(field=field, old_id=old.id, new_id=new.id, old=_value(before), new=_value(after)))

    if old.ref != new.ref:
        note("ref", old.ref, new.ref)
        if old.ref and new.ref:
            labels.add("renumbered")
    if moved:
        labels.add("moved")
        note("group", old_group, new_group)
    if plain_wording(old.lead_in or "") != plain_wording(new.lead_in or ""):
        fields.append(_text_change("lead_in", old, new, old.lead_in or "", new.lead_in or ""))
    if plain_wording(old.activity) != plain_wording(new.activity):
        labels.add("reworded")
        fields.append(_text_change("activity", old, new, old.activity, new.activity))
    timing_labels, timing_fields = _timing(old, new)
    labels |= timing_labels
    fields += timing_fields
    for field in _PEOPLE:
        change = _people_change(field, old, new)
        if change is not None:
            fields.append(change)
            if _roles(getattr(old, field)) != _roles(getattr(new, field)):
                labels.add("reassigned")
    if _keys(link.as_published for link in old.also_links_to) != _keys(link.as_published for link in new.also_links_to):
        note(
            "also_links_to",
            [link.as_published for link in old.also_links_to],
            [link.as_published for link in new.also_links_to],
        )
    if _keys(old.notes) != _keys(new.notes):
        note("notes", old.notes, new.notes)
    for field in ("status", "progress"):
        before, after = getattr(old, field), getattr(new, field)
        if key(before or "") != key(after or ""):
            note(field, before, after)
    for header in sorted({*old.extra, *new.extra}):
        before, after = old.extra.get(header), new.extra.get(header)
        if key(before or "") != key(after or ""):
            note(f"extra.{header}", before, after)
    return labels, fields


def in_order(labels: Iterable[Label]) -> tuple[Label, ...]:
    """The labels in the order of the contract."""
    found = set(labels)
    return tuple(label for label in LABELS if label in found)


def _value(value: str | Sequence[str] | None) -> str | tuple[str, ...] | None:
    return value if value is None or isinstance(value, str) else tuple(value)


def _keys(texts: Iterable[str]) -> Counter[str]:
    return Counter(key(text) for text in texts)


# Time


def _timing(old: Activity, new: Activity) -> tuple[set[Label], list[FieldChange]]:
    labels: set[Label] = set()
    fields: list[FieldChange] = []
    before = old.timescale.as_published if old.timescale else None
    after = new.timescale.as_published if new.timescale else None
    if fold(before or "").casefold() != fold(after or "").casefold():
        labels.add("retimed")
        fields.append(FieldChange(field="timescale", old_id=old.id, new_id=new.id, old=before, new=after))
    for field in ("start", "end"):
        day: dt.date | None = getattr(old.timescale, field) if old.timescale else None
        new_day: dt.date | None = getattr(new.timescale, field) if new.timescale else None
        if day == new_day:
            continue
        later = (new_day - day).days if day and new_day and field == "end" else None
        if later is not None and later > 0:
            labels.add("slipped")
        fields.append(
            FieldChange(
                field=field,
                old_id=old.id,
                new_id=new.id,
                old=day.isoformat() if day else None,
                new=new_day.isoformat() if new_day else None,
                days_later=later,
                quarters_later=round(later / _DAYS_A_QUARTER) if later is not None else None,
            )
        )
    return labels, fields


# People


def _roles(values: Iterable[str]) -> frozenset[str]:
    return frozenset(person_key(value) for value in values)


def _people_change(field: str, old: Activity, new: Activity) -> FieldChange | None:
    before: tuple[str, ...] = getattr(old, field)
    after: tuple[str, ...] = getattr(new, field)
    if sorted(before) == sorted(after):
        return None
    return FieldChange(
        field=field, old_id=old.id, new_id=new.id, old=before, new=after, spelling=_one_spelling(before, after)
    )


def _one_spelling(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the names that differ look like other spellings of one another."""
    ours, theirs = _roles(before), _roles(after)
    gone, come = sorted(ours - theirs), sorted(theirs - ours)
    if len(gone) != len(come):
        return False
    return all(any(fuzz.ratio(a, b) >= _ONE_SPELLING for b in come) for a in gone)


# Text


def _text_change(field: str, old: Activity, new: Activity, before: str, after: str) -> FieldChange:
    runs = text_runs(before, after)
    because = _substance(runs, before, after)
    return FieldChange(
        field=field,
        old_id=old.id,
        new_id=new.id,
        old=before or None,
        new=after or None,
        runs=runs,
        substance=bool(because),
        because=because,
    )


def text_runs(before: str, after: str) -> tuple[Run, ...]:
    """The words kept, removed and inserted, in reading order.

    >>> [(run.operation, run.text) for run in text_runs("Open six homes", "Open ten new homes.")]
    [('kept', 'Open '), ('removed', 'six '), ('inserted', 'ten new '), ('kept', 'homes'), ('inserted', '.')]
    """
    ours, theirs = PIECE.findall(before.strip()), PIECE.findall(after.strip())
    pieces: list[tuple[Operation, list[str], list[str]]] = []
    opcodes = Indel.opcodes([_piece_key(t) for t in ours], [_piece_key(t) for t in theirs])
    for opcode in opcodes:
        tag, first, last = opcode.tag, opcode.src_start, opcode.src_end
        new_first, new_last = opcode.dest_start, opcode.dest_end
        if tag == "equal" and _worth_keeping(theirs[new_first:new_last], len(theirs)):
            pieces.append(("kept", [], theirs[new_first:new_last]))
        else:
            pieces.append(("removed", ours[first:last], theirs[new_first:new_last]))
    return tuple(_merged_runs(pieces))


def _piece_key(piece: str) -> str:
    return straighten(fold(piece)).casefold()


def _worth_keeping(tokens: Sequence[str], total: int) -> bool:
    """A function word alone between changes is no island: whoever reads it must read the whole passage anew."""
    return len(tokens) > 2 or total <= 2 or any(key(token) not in FUNCTION_WORDS and key(token) for token in tokens)


def _merged_runs(pieces: Iterable[tuple[Operation, list[str], list[str]]]) -> Iterable[Run]:
    gone: list[str] = []
    come: list[str] = []
    for operation, ours, theirs in [*pieces, ("kept", [], [])]:
        if operation != "kept":
            gone += ours
            come += theirs
            continue
        if gone:
            yield Run(operation="removed", text="".join(gone))
        if come:
            yield Run(operation="inserted", text="".join(come))
        gone, come = [], []
        if theirs:
            yield Run(operation="kept", text="".join(theirs))


def _substance(runs: Iterable[Run], before: str, after: str) -> tuple[Weight, ...]:
    """What makes the difference one of substance; nothing where it is one of wording."""
    gone = Counter(word for run in runs if run.operation == "removed" for word in key(run.text).split())
    come = Counter(word for run in runs if run.operation == "inserted" for word in key(run.text).split())
    other = (gone - come) + (come - gone)
    found: list[Weight] = []
    if any(is_number(word) for word in other):
        found.append("number")
    if any(word in CALENDAR for word in other):
        found.append("date")
    if any(word in NEGATIONS for word in other):
        found.append("negation")
    if any(word in OBLIGATIONS for word in other):
        found.append("obligation")
    ours, theirs = ({word.casefold() for word in words(text)} for text in (before, after))
    lost = {name for name in names(before) if name.casefold() not in theirs}
    gained = {name for name in names(after) if name.casefold() not in ours}
    if any(not is_number(name.casefold()) for name in lost | gained):
        found.append("name")
    return tuple(found)
