"""What a person has decided about doubtful pairs: read, checked against the plans, and written for filling in.

1. A decision holds for the two texts that it was made for; their hashes say so. Where a text has changed since, the
   decision is reported as stale: neither used nor dropped in silence.
2. An entry without a relation is open, and is ignored.
3. The same entries stand in TOML (`[[decision]]` tables) or CSV (one row each).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from extractor.changes import Brief, Changes, DecisionState, Relation, Settled
from extractor.compare.pairing import Settlement
from extractor.errors import ProfileInvalid
from extractor.records import Activity, Plan
from extractor.text import fold

FIELDS = (
    "old", "new", "relation", "suggestion", "reason", "who", "when", "old_hash", "new_hash", "old_text", "new_text",
)  # fmt: skip
_RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of a decisions file. `old` and `new` are `id`s, or refs where no `id` is meant."""

    old: str = ""
    new: str = ""
    relation: Relation | None = None
    """None: still open."""
    suggestion: str = ""
    reason: str = ""
    who: str = ""
    when: str = ""
    old_hash: str = ""
    new_hash: str = ""
    old_text: str = ""
    """For the reader; what counts is the hash."""
    new_text: str = ""


def text_hash(activity: Activity | Brief) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of lead-in and text, white space aside."""
    text = fold(f"{activity.lead_in or ''}\n{activity.activity}")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# Reading


def parse_decisions(text: str, name: str) -> list[Decision]:
    """The entries of a decisions file; a name that ends in `.csv` says CSV, any other TOML.

    Raises `ProfileInvalid` where the file cannot be read; the message names the entry.
    """
    rows = _csv_rows(text, name) if name.lower().endswith(".csv") else _toml_rows(text, name)
    return [_decision(row, f"{name}, entry {number}") for number, row in enumerate(rows, 1)]


def _csv_rows(text: str, name: str) -> list[Mapping[str, object]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    unknown = set(reader.fieldnames or ()) - set(FIELDS)
    if unknown or not {"old", "new", "relation"} <= set(reader.fieldnames or ()):
        raise ProfileInvalid(
            f"{name}: the header must hold old, new and relation, and no column but {', '.join(FIELDS)}."
        )
    rows: list[Mapping[str, object]] = []
    for row in reader:
        if None in row:
            raise ProfileInvalid(f"{name}, line {reader.line_num}: more cells than the header has.")
        rows.append({field: value or "" for field, value in row.items()})
    return rows


def _toml_rows(text: str, name: str) -> list[Mapping[str, object]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileInvalid(f"{name} is no TOML: {error}.") from error
    entries = data.pop("decision", [])
    if data or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ProfileInvalid(f"{name}: expected [[decision]] tables and nothing else.")
    return entries


def _decision(row: Mapping[str, object], place: str) -> Decision:
    unknown = sorted(set(row) - set(FIELDS))
    if unknown:
        raise ProfileInvalid(f"{place}: {unknown[0]!r} is not a field of a decision.")
    values = {field: str(value).strip() for field, value in row.items()}
    wanted = values.pop("relation", "").lower()
    relation = next((known for known in _RELATIONS if known == wanted), None)
    if wanted and relation is None:
        raise ProfileInvalid(f"{place}: relation is {wanted!r}; known are {', '.join(_RELATIONS)}.")
    decision = Decision(relation=relation, **values)
    needs_old, needs_new = relation != "added", relation != "removed"
    if relation and ((needs_old and not decision.old) or (needs_new and not decision.new)):
        raise ProfileInvalid(f"{place}: {relation!r} needs {'old' if needs_old else ''} {'new' if needs_new else ''}.")
    return decision


# Checking


def settle(decisions: Iterable[Decision], old: Plan, new: Plan) -> tuple[Settlement, list[Settled]]:
    """What the decisions come to for two plans, and what became of each that is not open."""
    finders = _Finder(old.activities), _Finder(new.activities)
    same: set[tuple[int, int]] = set()
    different: set[tuple[int, int]] = set()
    removed: set[int] = set()
    added: set[int] = set()
    report: list[Settled] = []
    for decision in decisions:
        if decision.relation is None:
            continue
        state, message, i, j = _look_up(decision, *finders)
        if state == "applied":
            problem = _contradiction(decision.relation, i, j, same, different, removed, added)
            if problem:
                state, message = "contradicted", problem
            elif decision.relation == "removed":
                removed.add(i)
            elif decision.relation == "added":
                added.add(j)
            else:
                (same if decision.relation == "same" else different).add((i, j))
        report.append(
            Settled(
                old=decision.old or None,
                new=decision.new or None,
                relation=decision.relation,
                state=state,
                message=message,
            )
        )
    return Settlement(frozenset(same), frozenset(different), frozenset(removed), frozenset(added)), report


class _Finder:
    """Finds an activity by `id`, by hash where the `id` has changed, or by ref where only one has it."""

    def __init__(self, activities: Sequence[Activity]) -> None:
        self.hashes = [text_hash(activity) for activity in activities]
        self.by_id = {activity.id: index for index, activity in enumerate(activities)}
        self.by_hash: dict[str, list[int]] = {}
        self.by_ref: dict[str, list[int]] = {}
        for index, activity in enumerate(activities):
            self.by_hash.setdefault(self.hashes[index], []).append(index)
            if activity.ref:
                self.by_ref.setdefault(activity.ref, []).append(index)

    def find(self, name: str, text: str) -> tuple[int | None, bool]:
        """The index, and whether its text is still the one that was decided on."""
        index = self.by_id.get(name)
        if index is None and len(self.by_ref.get(name, ())) == 1:
            index = self.by_ref[name][0]
        if index is not None and (not text or self.hashes[index] == text):
            return index, True
        moved = self.by_hash.get(text, ())
        if len(moved) == 1:
            return moved[0], True
        return index, False


def _look_up(decision: Decision, old: _Finder, new: _Finder) -> tuple[DecisionState, str, int, int]:
    places = [-1, -1]
    for side, (finder, name, text) in enumerate(
        ((old, decision.old, decision.old_hash), (new, decision.new, decision.new_hash))
    ):
        which = "new" if side else "old"
        if not name or decision.relation == ("removed" if side else "added"):
            continue
        index, current = finder.find(name, text)
        if index is None:
            return "unknown", f"The {which} plan has no activity {name}: remove the entry, or correct it.", -1, -1
        if not current:
            return (
                "stale",
                f"The text of {name} in the {which} plan has changed since: decide again, then correct {which}_hash.",
                -1,
                -1,
            )
        places[side] = index
    return "applied", "", places[0], places[1]


def _contradiction(
    relation: Relation,
    i: int,
    j: int,
    same: set[tuple[int, int]],
    different: set[tuple[int, int]],
    removed: set[int],
    added: set[int],
) -> str:
    """Why a decision cannot stand beside the earlier ones; empty where it can."""
    if relation == "same":
        if (i, j) in different or i in removed or j in added:
            return "An earlier entry parts the two."
        partners_of_new = {a for a, b in same if b == j and a != i}
        partners_of_old = {b for a, b in same if a == i and b != j}
        busy = any(a in partners_of_new and b != j for a, b in same) or any(
            b in partners_of_old and a != i for a, b in same
        )
        if busy or (partners_of_new and partners_of_old):
            return "Together with earlier entries it would join several old activities with several new ones."
    elif relation == "different" and (i, j) in same:
        return "An earlier entry joins the two."
    elif (relation == "removed" and any(a == i for a, _ in same)) or (
        relation == "added" and any(b == j for _, b in same)
    ):
        return "An earlier entry pairs it."
    return ""


# Writing


def open_decisions(changes: Changes) -> list[Decision]:
    """An entry for every pair that a person should say something about."""
    by_id = {brief.id: brief for change in changes.changes for brief in change.new}
    result: list[Decision] = []
    for change in changes.changes:
        if change.needs_decision:
            result += [_open(a, b, "same") for a in change.old for b in change.new]
            if change.kind == "removed":
                result += [_open(change.old[0], by_id[near], "different") for near in change.nearest]
    return result


def _open(old: Brief, new: Brief, suggestion: str) -> Decision:
    return Decision(
        old=old.id,
        new=new.id,
        suggestion=suggestion,
        old_hash=text_hash(old),
        new_hash=text_hash(new),
        old_text=fold(f"{old.lead_in or ''} {old.activity}"),
        new_text=fold(f"{new.lead_in or ''} {new.activity}"),
    )


def format_decisions(decisions: Iterable[Decision], name: str) -> str:
    """A decisions file with these entries; CSV where the name ends in `.csv`, else TOML."""
    rows = [{field: getattr(entry, field) or "" for field in FIELDS} for entry in decisions]
    if name.lower().endswith(".csv"):
        out = io.StringIO()
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
    lines = [
        "# For every entry, put a relation: same, different, removed (old only) or added (new only);",
        "# then reason, who and when. Entries without a relation stay open. Several entries with one",
        "# old activity make a split, several with one new activity a merge.",
    ]
    for row in rows:
        lines += ["", "[[decision]]"]
        # A JSON string without \\/ and with non-ASCII as it is, is a TOML basic string; DEL alone must be escaped.
        lines += [
            f"{field} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
            for field, value in row.items()
        ]
    return "\n".join(lines) + "\n"
