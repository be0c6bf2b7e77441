"""A comparison in words: what every form of the report says in the same way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.changes import PIECE, Change, ChangeKind, Changes, FieldChange, Label, Side, Weight

KIND_WORDS: dict[ChangeKind, str] = {
    "unchanged": "Unchanged",
    "changed": "Changed",
    "split": "Split",
    "merged": "Merged",
    "added": "Added",
    "removed": "Removed",
}
LABEL_WORDS: dict[Label, str] = {
    "renumbered": "Renumbered: the ref differs",
    "moved": "Moved to another group",
    "reworded": "Reworded",
    "retimed": "Retimed: the timescale's words differ",
    "slipped": "Slipped: due later",
    "reassigned": "Reassigned: other people",
    "dropped_unfinished": "Dropped unfinished: due after the new plan begins",
}
_WEIGHT_WORDS: dict[Weight, str] = {
    "number": "numbers",
    "date": "dates",
    "negation": "a negation",
    "obligation": "how binding it is",
    "name": "names",
}
_FIELD_WORDS = {
    "lead_officers": "Lead officers",
    "lead_directorates": "Lead directorates",
    "lead_cabinet_members": "Lead Cabinet Members",
    "also_links_to": "Also links to",
    "notes": "Notes",
    "status": "Status",
    "progress": "Progress",
    "lead_in": "Lead-in",
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
NO_GROUP = "Without a heading"


@dataclass(frozen=True, slots=True)
class Detail:
    """One difference of a change other than its text: what, as it was, as it is, and a remark."""

    what: str
    old: str
    new: str
    remark: str = ""


def day(date: dt.date | str) -> str:
    """A date for reading.

    >>> day("2024-03-31")
    '31 March 2024'
    """
    if isinstance(date, str):
        date = dt.date.fromisoformat(date)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun.

    >>> counted(1, "day"), counted(2, "activity", "activities")
    ('1 day', '2 activities')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def lateness(days: int, quarters: int | None = None) -> str:
    """How much later or earlier a deadline is.

    >>> lateness(457, 5), lateness(-31, 0)
    ('457 days later, about 5 quarters', '31 days earlier')
    """
    size = f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
    return f"{size}, about {counted(abs(quarters), 'quarter')}" if quarters else size


def plan_name(side: Side) -> str:
    """The plan's title, with its period where the title does not hold it."""
    name = side.title or side.source
    return f"{name} ({side.period})" if side.period and side.period not in name else name


def group_of(change: Change) -> str:
    """The group that a change is shown under: the new one where there is one."""
    shown = (change.new or change.old)[0]
    return shown.group or NO_GROUP


def by_group(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """The changes under their groups, in the order in which the groups first occur."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(group_of(change), []).append(change)
    return list(groups.items())


@dataclass(frozen=True, slots=True)
class Tally:
    """How many activities of a group were kept as they are, changed, dropped, or are new."""

    kept: int
    changed: int
    dropped: int
    new: int


def tally(changes: Iterable[Change]) -> Tally:
    """The counts of a group's changes, for its bar."""
    kinds = [change.kind for change in changes]
    return Tally(
        kept=kinds.count("unchanged"),
        changed=sum(kinds.count(kind) for kind in ("changed", "split", "merged")),
        dropped=kinds.count("removed"),
        new=kinds.count("added"),
    )


def refs(change: Change, arrow: str = "→") -> str:
    """The refs of a change: "3.2b → 3.1a"; the `id` where there is no ref."""
    old, new = (
        " + ".join(ref or name for ref, name in zip(some, ids, strict=True))
        for some, ids in ((change.old_refs, change.old_ids), (change.new_refs, change.new_ids))
    )
    if not old or not new or old == new:
        return old or new
    return f"{old} {arrow} {new}"


def weight_words(field: FieldChange) -> str:
    """What a change of the text touches: "numbers and names"; "wording only" where it is none of substance."""
    if not field.substance:
        return "wording only"
    return joined([_WEIGHT_WORDS[weight] for weight in field.because])


def joined(parts: Sequence[str]) -> str:
    """The parts as a list in a sentence.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def details(change: Change) -> list[Detail]:
    """The differences of a change other than the text of the activity and the ref, the weighty ones first.

    Where a change has several pairs, a difference that holds for more than one of them is told once.
    """
    found: list[Detail] = []
    for fields in _by_pair(change.fields):
        found += _details_of_pair(fields)
    return list(dict.fromkeys(found))


def _by_pair(fields: Iterable[FieldChange]) -> list[dict[str, FieldChange]]:
    pairs: dict[tuple[str, str], dict[str, FieldChange]] = {}
    for field in fields:
        pairs.setdefault((field.old_id, field.new_id), {})[field.field] = field
    return list(pairs.values())


def _details_of_pair(fields: dict[str, FieldChange]) -> list[Detail]:
    found: list[Detail] = []
    if "group" in fields:
        found.append(Detail("Group", _plain(fields["group"].old), _plain(fields["group"].new)))
    timescale, end = fields.get("timescale"), fields.get("end")
    if timescale is not None:
        found.append(Detail("Timescale", _plain(timescale.old), _plain(timescale.new)))
    if end is not None:
        remark = lateness(end.days_later, end.quarters_later) if end.days_later else ""
        if remark and timescale is None:
            remark += ", in the same words"
        found.append(Detail("Due", _date(end.old), _date(end.new), remark))
    for name, field in fields.items():
        if name in ("group", "timescale", "start", "end", "ref", "activity"):
            continue
        what = _FIELD_WORDS.get(name, name.removeprefix("extra."))
        found.append(Detail(what, _plain(field.old), _plain(field.new), "another spelling" if field.spelling else ""))
    return found


def _date(value: str | tuple[str, ...] | None) -> str:
    return day(value) if isinstance(value, str) else "no date"


def _plain(value: str | tuple[str, ...] | None) -> str:
    if value is None or value == "" or value == ():
        return "none"
    return value if isinstance(value, str) else "; ".join(value)


def text_changes(change: Change) -> list[FieldChange]:
    """The differences of the activity's own text, one per pair."""
    return [field for field in change.fields if field.field == "activity"]


def old_runs(field: FieldChange) -> list[tuple[bool, str]]:
    """The old text in runs, each with whether it was removed: joined, they are the old text.

    The runs of a change hold what was kept in the new plan's spelling; here it is in the old one's.
    """
    tokens = PIECE.findall(str(field.old or "").strip())
    result: list[tuple[bool, str]] = []
    at = 0
    for run in field.runs:
        if run.operation == "inserted":
            continue
        count = len(PIECE.findall(run.text))
        result.append((run.operation == "removed", "".join(tokens[at : at + count])))
        at += count
    return result


def new_runs(field: FieldChange) -> list[tuple[bool, str]]:
    """The new text in runs, each with whether it was inserted."""
    return [(run.operation == "inserted", run.text) for run in field.runs if run.operation != "removed"]


def warnings(changes: Changes) -> list[str]:
    """What a reader should know before trusting the comparison."""
    found = []
    for side in (changes.old, changes.new):
        if side.errors or side.warnings:
            counts = [counted(side.errors, "error")] if side.errors else []
            counts += [counted(side.warnings, "warning")] if side.warnings else []
            found.append(
                f"{plan_name(side)} was extracted with {joined(counts)}; what is lost or wrong there is "
                "lost or wrong here."
            )
    for entry in changes.decisions:
        if entry.state != "applied":
            named = joined([name for name in (entry.old, entry.new) if name])
            found.append(f"The decision “{entry.relation}” on {named} is {entry.state}. {entry.message}")
    return found
