"""What holds for every comparison, whatever the plans say."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.changes import Change, Changes
from extractor.compare import compare
from extractor.locations import Location
from extractor.records import Activity, Group, Plan, Timescale
from plans import SOURCE

_WORDS = tuple(
    word
    for line in (
        "open close second third new homes school park road strategy review children residents damp",
        "mould library bridge 20 45 2024 March council deliver the of and with for flood pool",
        "tender not must",
    )
    for word in line.split()
)
_GROUPS = tuple(Group(id=f"g{n}", kind="outcome", title=f"Outcome {w}", as_published=w) for n, w in enumerate("abc"))
_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def _plans(draw: st.DrawFn) -> Plan:
    size = draw(st.integers(0, 9))
    with_refs = draw(st.booleans())
    activities = []
    for index in range(size):
        text = " ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9)))
        activities.append(
            Activity(
                id=f"a{index}",
                ref=f"1.{index + 1}" if with_refs else None,
                group_id=draw(st.sampled_from(["g0", "g1", "g2", None])),
                lead_in=draw(st.sampled_from([None, None, "Make it so:"])),
                activity=text,
                timescale=draw(st.sampled_from([None, Timescale(as_published="Q4"), Timescale(as_published="Q1")])),
                lead_officers=tuple(
                    draw(st.lists(st.sampled_from(["Head of A", "Head of B"]), max_size=2, unique=True))
                ),
                location=Location(lines=(index + 1, index + 1)),
            )
        )
    return Plan(source=SOURCE, groups=_GROUPS, activities=tuple(activities))


def _essence(change: Change) -> tuple[object, ...]:
    return (
        change.kind, frozenset(change.old_ids), frozenset(change.new_ids), change.labels, change.score,
        change.evidence, change.needs_decision, frozenset(change.nearest),
    )  # fmt: skip


def _essences(changes: Changes) -> Counter[tuple[object, ...]]:
    return Counter(map(_essence, changes.changes))


@given(_plans())
@_SETTINGS
def test_a_plan_against_itself_is_all_unchanged(plan: Plan) -> None:
    changes = compare(plan, plan)
    assert [(change.kind, change.old_ids) for change in changes.changes] == [
        ("unchanged", (activity.id,)) for activity in plan.activities
    ]
    assert all(change.old_ids == change.new_ids and not change.fields for change in changes.changes)


@given(_plans(), _plans())
@_SETTINGS
def test_every_activity_is_in_exactly_one_change(old: Plan, new: Plan) -> None:
    changes = compare(old, new)
    assert Counter(name for change in changes.changes for name in change.old_ids) == Counter(
        activity.id for activity in old.activities
    )
    assert Counter(name for change in changes.changes for name in change.new_ids) == Counter(
        activity.id for activity in new.activities
    )
    for change in changes.changes:
        sizes = (len(change.old_ids), len(change.new_ids))
        assert (
            sizes
            in {
                "unchanged": [(1, 1)],
                "changed": [(1, 1)],
                "added": [(0, 1)],
                "removed": [(1, 0)],
                "split": [(1, n) for n in range(2, 10)],
                "merged": [(n, 1) for n in range(2, 10)],
            }[change.kind]
        )
    assert Changes.model_validate_json(changes.model_dump_json()) == changes


@given(_plans(), _plans())
@_SETTINGS
def test_swapping_the_plans_swaps_the_changes(old: Plan, new: Plan) -> None:
    turned = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    there, back = compare(old, new), compare(new, old)
    swapped = Counter(
        (turned.get(c.kind, c.kind), frozenset(c.new_ids), frozenset(c.old_ids), c.score, c.needs_decision)
        for c in back.changes
    )
    assert swapped == Counter(
        (c.kind, frozenset(c.old_ids), frozenset(c.new_ids), c.score, c.needs_decision) for c in there.changes
    )


@given(_plans(), _plans(), st.randoms(use_true_random=False))
@_SETTINGS
def test_shuffling_the_rows_changes_nothing(old: Plan, new: Plan, chance: random.Random) -> None:
    def shuffled(plan: Plan) -> Plan:
        rows = list(plan.activities)
        chance.shuffle(rows)
        return plan.model_copy(update={"activities": tuple(rows)})

    assert _essences(compare(shuffled(old), shuffled(new))) == _essences(compare(old, new))
