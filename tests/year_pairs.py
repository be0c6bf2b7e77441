"""Makes a second year of a plan, with the truth of what became of each activity.

The texts are those of hand-made plans, so the vocabulary is that of real ones. A part of the plan is held out and comes
in as new, which is the hard case: an added activity speaks of the same things as its group.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.migrations import migrate
from extractor.records import Activity, Period, Plan

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
BASES = {
    "calderholme": "diff/calderholme/old.gold.json",
    "thornmere": "forged/thornmere-2024-25.ruled/plan.gold.json",
    "aldermarsh": "forged/aldermarsh-progress-2024-25.ruled/plan.gold.json",
    "stokenbridge": "forged/stokenbridge-climate-2024-25.kv/plan.gold.json",
    "rotherham": "rotherham-2023-children/plan.gold.json",
}
KINDS = ("kept", "reworded", "rewritten", "split", "merged", "moved", "removed", "added")

_SYNONYMS = {
    "complete": "finish",
    "deliver": "carry out",
    "develop": "draw up",
    "implement": "put in place",
    "review": "look again at",
    "improve": "raise",
    "increase": "grow",
    "launch": "start",
    "open": "bring into use",
    "publish": "issue",
    "support": "help",
    "provide": "offer",
    "residents": "local people",
    "children": "young people",
    "homes": "dwellings",
    "council": "authority",
    "new": "further",
    "agree": "settle",
    "refresh": "renew",
    "fund": "pay for",
    "train": "teach",
    "people": "residents",
    "plan": "programme",
    "services": "provision",
    "work": "effort",
    "build": "construct",
}
_TAILS = (
    "and report on the result to members before the end of the year",
    "with the first changes seen by users in the autumn",
    "in line with what users told us last spring",
    "so that costs stay within the agreed budget",
    "together with our neighbours and the voluntary sector",
)
_OPENINGS = (
    "Continue to",
    "Following last year's start,",
    "Take the next step and",
    "As promised,",
    "Working with partners,",
)
_NUMBER = re.compile(r"\b\d[\d,.]*\b")


@dataclass(slots=True)
class Truth:
    """What became of each activity, by `id`."""

    pairs: set[tuple[str, str]] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    kind: dict[tuple[str, str], str] = field(default_factory=dict)
    """Per pair, how it was made: one of `KINDS`."""


def load_gold(path: Path) -> Plan:
    """The plan of a hand-made file, which is in the draft shape though it bears another version."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Plan.model_validate(migrate({**data, "schema_version": "0.9"}))


def base_plan(name: str) -> Plan:
    """One of the plans that years are made from."""
    return load_gold(CORPUS / BASES[name])


def make_years(base: Plan, seed: int) -> tuple[Plan, Plan, Truth]:
    """An old plan, the new one, and the truth."""
    chance = random.Random(seed)
    activities = list(base.activities)
    held_out = set(chance.sample(range(len(activities)), len(activities) // 6))
    old = [activity for index, activity in enumerate(activities) if index not in held_out]
    fresh = [activity for index, activity in enumerate(activities) if index in held_out]
    truth = Truth()
    new: list[Activity] = []
    index = 0
    while index < len(old):
        index += _carry_over(old, index, base, chance, truth, new)
    for activity in fresh:
        added = activity.model_copy(update={"id": f"new-{len(new)}"})
        truth.added.add(added.id)
        same_group = [at for at, other in enumerate(new) if other.group_id == activity.group_id]
        new.insert(chance.choice(same_group) if same_group else len(new), added)
    old_plan = _numbered(base, old, year=0, old=True)
    return old_plan, _numbered(base, new, year=1, old=False), truth


def _carry_over(
    old: list[Activity], index: int, base: Plan, chance: random.Random, truth: Truth, new: list[Activity]
) -> int:
    """Put what becomes of one old activity into the new plan; the number of old ones that it took."""
    activity = old[index]
    after = old[index + 1] if index + 1 < len(old) else None
    draw = chance.random()
    text = activity.activity

    def put(words: str, kind: str, **changes: Any) -> None:
        made = activity.model_copy(update={"id": f"new-{len(new)}", "activity": words, "items": (), **changes})
        new.append(made)
        truth.pairs.add((activity.id, made.id))
        truth.kind[activity.id, made.id] = kind

    if draw < 0.15:
        truth.removed.add(activity.id)
    elif draw < 0.25 and (halves := _halves(text)) is not None:
        put(halves[0], "split")
        put(halves[1], "split")
    elif draw < 0.35 and after is not None and after.group_id == activity.group_id and _mergeable(activity, after):
        put(f"{text.rstrip('.')} and {after.activity[0].lower()}{after.activity[1:]}", "merged")
        truth.pairs.add((after.id, new[-1].id))
        truth.kind[after.id, new[-1].id] = "merged"
        return 2
    elif draw < 0.43 and len(base.groups) > 1:
        others = [group.id for group in base.groups if group.id != activity.group_id]
        put(_reworded(text, chance), "moved", group_id=chance.choice(others), lead_in=None, parent_ref=None)
    elif draw < 0.60:
        put(_reworded(text, chance), "reworded")
    elif draw < 0.75 and len(text.split()) > 10:
        put(_rewritten(text, chance), "rewritten")
    else:
        put(text, "kept")
    return 1


def _halves(text: str) -> tuple[str, str] | None:
    """The text in two at a conjunction or stop near the middle, if each half has some words."""
    cuts = [match for match in re.finditer(r"[;,]? and |; |\. |, including ", text) if "\n" not in text]
    cuts = [cut for cut in cuts if len(text[: cut.start()].split()) >= 6 and len(text[cut.end() :].split()) >= 6]
    if not cuts:
        return None
    middle = min(cuts, key=lambda cut: abs(cut.start() - len(text) / 2))
    first, second = text[: middle.start()], text[middle.end() :]
    return first + ".", second[0].upper() + second[1:]


def _mergeable(a: Activity, b: Activity) -> bool:
    return all(5 <= len(x.activity.split()) <= 40 and "\n" not in x.activity for x in (a, b))


def _reworded(text: str, chance: random.Random) -> str:
    """Numbers changed and a word or two exchanged."""
    text = _NUMBER.sub(
        lambda found: _other_number(found.group(), chance) if chance.random() < 0.6 else found.group(), text
    )
    words = text.split(" ")
    places = [index for index, word in enumerate(words) if word.lower().strip(".,;") in _SYNONYMS]
    for index in chance.sample(places, min(2, len(places))):
        words[index] = _synonym(words[index])
    return " ".join(words)


def _rewritten(text: str, chance: random.Random) -> str:
    """Half of the words gone, the clauses turned round, all stock words exchanged, and new words at the ends."""
    clauses = [clause.strip() for clause in re.split(r"[,;–:]|\n•|\band\b", text) if clause.strip()]
    chance.shuffle(clauses)
    words = [word for clause in clauses for word in clause.split()]
    kept = [word for word in words if chance.random() < 0.6]
    exchanged = [_synonym(word) if word.lower().strip(".,;") in _SYNONYMS else word for word in kept]
    return f"{chance.choice(_OPENINGS)} {' '.join(exchanged).strip('.')} {chance.choice(_TAILS)}."


def _synonym(word: str) -> str:
    bare = word.strip(".,;")
    found = _SYNONYMS[bare.lower()]
    return word.replace(bare, found.capitalize() if bare[:1].isupper() else found)


def _other_number(number: str, chance: random.Random) -> str:
    digits = number.replace(",", "").rstrip(".")
    return str(int(digits) + chance.randint(1, 9)) if digits.isdecimal() else number


def _numbered(base: Plan, activities: list[Activity], *, year: int, old: bool) -> Plan:
    """The activities in the order of their groups with refs counted anew; sub-items keep together under letters."""
    order = {group.id: index for index, group in enumerate(base.groups)}
    activities = sorted(activities, key=lambda activity: order.get(activity.group_id or "", -1))
    counted: list[Activity] = []
    number = 0
    letters: dict[str, int] = defaultdict(int)
    family: tuple[str | None, str | None] | None = None
    for activity in activities:
        own = (activity.group_id, activity.lead_in)
        if not activity.lead_in or own != family:
            number += 1
        family = own if activity.lead_in else None
        ref = f"1.{number}"
        if activity.lead_in:
            letters[ref] += 1
            ref += "abcdefghijklmnopqrstuvwxyz"[letters[ref] - 1]
        counted.append(activity.model_copy(update={"ref": ref, "ref_as_published": ref}))
    period = base.period
    if period is not None and period.start is not None and period.end is not None and year:
        period = Period(
            label=f"{period.start.year + year}",
            start=period.start.replace(year=period.start.year + year),
            end=period.end.replace(year=period.end.year + year),
        )
    return base.model_copy(update={"activities": tuple(counted), "period": period, "title": "Old" if old else "New"})


def written_years(name: str) -> tuple[Plan, Plan, Truth]:
    """The old plan and its next year as written by hand in `compare/years/next_year.toml`, and the truth."""
    old = base_plan(name)
    by_name = {activity.ref or str(number): activity for number, activity in enumerate(old.activities, 1)}
    file = Path(__file__).parent / "compare" / "years" / "next_year.toml"
    rows = tomllib.loads(file.read_text(encoding="utf-8"))[name]["rows"]
    truth = Truth()
    new: list[Activity] = []
    before = old.activities[0]
    for number, row in enumerate(rows, 1):
        sources = [by_name[source] for source in row["from"]]
        before = sources[0] if sources else before
        changes = {"id": f"new-{number}", "activity": row["text"], "items": ()}
        if before.ref:
            changes["ref"] = f"{before.ref.split('.')[0] if '.' in before.ref else 'P'}.{number}"
        if not sources:
            changes["lead_in"] = None
        new.append(before.model_copy(update=changes))
        for source in sources:
            truth.pairs.add((source.id, new[-1].id))
            truth.kind[source.id, new[-1].id] = "rewritten"
        if not sources:
            truth.added.add(new[-1].id)
    truth.removed = {activity.id for activity in old.activities} - {source for source, _ in truth.pairs}
    return old, old.model_copy(update={"activities": tuple(new)}), truth


def scores(
    truth: Truth, got: set[tuple[str, str]], added: set[str], removed: set[str]
) -> dict[str, tuple[int, int, int]]:
    """Per kind of change: right, wrongly found, missed. A wrong pair counts with the kind of its old activity."""
    kind_of_old = {old: kind for (old, _), kind in truth.kind.items()} | dict.fromkeys(truth.removed, "removed")
    result = {kind: [0, 0, 0] for kind in KINDS}
    for pair in got | truth.pairs:
        kind = truth.kind.get(pair) or kind_of_old.get(pair[0], "kept")
        if kind == "removed":
            continue  # counted below
        result[kind][0 if pair in got & truth.pairs else 1 if pair in got else 2] += 1
    for name, found, want in (("added", added, truth.added), ("removed", removed, truth.removed)):
        result[name] = [len(found & want), len(found - want), len(want - found)]
    return {kind: (right, wrong, missed) for kind, (right, wrong, missed) in result.items()}


def f1(right: int, wrong: int, missed: int) -> float:
    """The harmonic mean of precision and recall; 1 where there was nothing to find."""
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0
