"""Which old activity is which new one: against the truth of known pairs, made pairs, and siblings."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from extractor.changes import Changes
from extractor.compare import compare
from extractor.records import Activity, Plan
from plans import full_plan
from year_pairs import BASES, CORPUS, KINDS, base_plan, f1, load_gold, make_years, scores, written_years

PAIR = CORPUS / "diff" / "calderholme"
needs_corpus = pytest.mark.skipif(not PAIR.is_dir(), reason="the shared corpus (../shared) is not there")
_SEEDS = range(6)
# What is reached, rounded down; a change may raise a floor, never lower it unnoticed.
_FLOORS = {
    "kept": 1.0,
    "reworded": 0.99,
    "rewritten": 0.97,
    "split": 0.97,
    "merged": 0.98,
    "moved": 0.99,
    "removed": 0.96,
    "added": 0.98,
}


def pairs_of(changes: Changes) -> set[tuple[str, str]]:
    return {(old, new) for change in changes.changes for old in change.old_ids for new in change.new_ids}


def alone(changes: Changes, kind: str) -> set[str]:
    return {name for change in changes.changes if change.kind == kind for name in (*change.old_ids, *change.new_ids)}


def plan_of(base: Plan, *activities: Activity) -> Plan:
    return base.model_copy(update={"activities": activities})


@needs_corpus
def test_the_known_pair_of_years_is_paired_without_a_mistake(tmp_path: Path) -> None:
    changes = compare(load_gold(PAIR / "old.gold.json"), load_gold(PAIR / "new.gold.json"))
    (tmp_path / "changes.json").write_text(changes.model_dump_json(), encoding="utf-8")
    score = subprocess.run(
        [sys.executable, CORPUS.parent / "tools" / "score_diff.py", tmp_path / "changes.json", PAIR / "truth.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert score.returncode == 0, score.stdout


@needs_corpus
def test_made_years_keep_their_floors_for_every_kind_of_change(capsys: pytest.CaptureFixture[str]) -> None:
    totals = {kind: Counter[int]() for kind in KINDS}
    for name in BASES:
        for seed in _SEEDS:
            old, new, truth = make_years(base_plan(name), seed)
            changes = compare(old, new)
            found = scores(truth, pairs_of(changes), alone(changes, "added"), alone(changes, "removed"))
            for kind, numbers in found.items():
                totals[kind].update(dict(enumerate(numbers)))
    reached = {kind: f1(*(count[at] for at in range(3))) for kind, count in totals.items()}
    with capsys.disabled():
        print("\n" + "  ".join(f"{kind} {value:.3f}" for kind, value in reached.items()))
    assert {kind: value for kind, value in reached.items() if value < _FLOORS[kind]} == {}


@needs_corpus
@pytest.mark.parametrize("name", ["thornmere", "aldermarsh", "stokenbridge"])
def test_years_written_by_hand_are_paired(name: str) -> None:
    old, new, truth = written_years(name)
    changes = compare(old, new)
    found = pairs_of(changes)
    assert found - truth.pairs == set()
    assert f1(len(found & truth.pairs), len(found - truth.pairs), len(truth.pairs - found)) >= 0.98


@needs_corpus
@pytest.mark.parametrize("name", BASES)
def test_different_activities_of_one_plan_are_not_married(name: str) -> None:
    plan = base_plan(name)
    odd = plan_of(plan, *plan.activities[::2])
    even = plan_of(plan, *plan.activities[1::2])
    assert pairs_of(compare(odd, even)) == set()


@needs_corpus
def test_plans_of_different_bodies_share_next_to_nothing() -> None:
    plans = [base_plan(name) for name in BASES]
    invented = [pair for at, old in enumerate(plans) for new in plans[at + 1 :] for pair in pairs_of(compare(old, new))]
    assert len(invented) <= 1, invented


def _homes(plan: Plan, *texts: str) -> Plan:
    first = plan.activities[0]
    return plan_of(
        plan,
        *(
            first.model_copy(update={"id": text, "ref": f"1.{number}", "activity": text, "items": ()})
            for number, text in enumerate(texts, 1)
        ),
    )


@pytest.fixture
def plan() -> Plan:
    return full_plan()


def test_siblings_that_differ_by_an_ordinal_are_not_exchanged(plan: Plan) -> None:
    old = _homes(plan, "Open the second children’s home.", "Open the third children’s home.")
    new = _homes(plan, "Open the third children’s home.", "Open the fourth children’s home.")
    changes = compare(old, new)
    assert pairs_of(changes) == {("Open the third children’s home.", "Open the third children’s home.")}
    assert changes.summary.kinds["added"] == changes.summary.kinds["removed"] == 1


def test_siblings_keep_their_number_though_every_one_is_reworded(plan: Plan) -> None:
    names = ("first", "second", "third")
    old = _homes(plan, *(f"Open the {name} of our new children’s homes by March" for name in names))
    new = _homes(plan, *(f"Open and register the {name} of our new children’s homes" for name in reversed(names)))
    changes = compare(old, new)
    assert {(a.split()[2], b.split()[4]) for a, b in pairs_of(changes)} == {(name, name) for name in names}


def test_one_that_differs_by_an_ordinal_alone_is_paired_but_asked_about(plan: Plan) -> None:
    old = _homes(plan, "Deliver round three: the second phase of repairs to Wharf Mill")
    new = _homes(plan, "Deliver round three: the third phase of repairs to Wharf Mill")
    (change,) = compare(old, new).changes
    assert (change.kind, change.needs_decision) == ("changed", True)


def test_a_ref_is_a_hint_and_no_identity(plan: Plan) -> None:
    texts = ["Grit all main roads in winter", "Plant oak trees in Mill Park", "Repair the swimming bath's roof"]
    old, new = _homes(plan, *texts), _homes(plan, "Write to every pensioner about heating", *texts)
    changes = compare(old, new)
    assert pairs_of(changes) == {(text, text) for text in texts}
    assert changes.summary.labels["renumbered"] == 3


def test_repeated_texts_are_told_apart_by_their_circumstances(plan: Plan) -> None:
    text = "Carry out the yearly review of fees and charges"
    first = plan.activities[0]

    def rows(*people: str) -> Plan:
        return plan_of(
            plan,
            *(
                first.model_copy(
                    update={"id": who, "ref": f"2.{n}", "activity": text, "items": (), "lead_officers": (who,)}
                )
                for n, who in enumerate(people, 1)
            ),
        )

    changes = compare(rows("Head of Parks", "Head of Roads", "Head of Baths"), rows("Head of Baths", "Head of Parks"))
    assert pairs_of(changes) == {("Head of Parks", "Head of Parks"), ("Head of Baths", "Head of Baths")}
    assert alone(changes, "removed") == {"Head of Roads"}


def test_a_short_text_under_another_lead_in_is_another_thing(plan: Plan) -> None:
    first = plan.activities[0]

    def under(lead: str, ref: str) -> Activity:
        return first.model_copy(
            update={"id": lead, "ref": ref, "lead_in": lead, "activity": "in Eastwick", "items": ()}
        )

    schools, drains = "Open a school:", "Renew the sewers:"
    changes = compare(
        plan_of(plan, under(schools, "1.1a")), plan_of(plan, under(schools, "1.1a"), under(drains, "1.2a"))
    )
    assert pairs_of(changes) == {(schools, schools)}


def test_a_split_without_a_main_part_is_found(plan: Plan) -> None:
    whole = (
        "Rebuild the sea wall at Saltby between the harbour and the lighthouse, plant marram grass along the northern "
        "dunes, and move the lifeboat station to the old customs quay"
    )
    parts = [
        "Rebuild the sea wall at Saltby between the harbour and the lighthouse",
        "Plant marram grass along the northern dunes",
        "Move the lifeboat station to the old customs quay",
    ]
    changes = compare(_homes(plan, whole), _homes(plan, *parts))
    (change,) = changes.changes
    assert (change.kind, set(change.new_ids)) == ("split", set(parts))


def test_an_empty_plan_compares(plan: Plan) -> None:
    empty = plan_of(plan)
    assert compare(empty, empty).changes == ()
    assert {change.kind for change in compare(empty, plan).changes} == {"added"}
    assert {change.kind for change in compare(plan, empty).changes} == {"removed"}


def test_the_truth_file_and_the_generator_agree_on_what_a_pair_is() -> None:
    if not PAIR.is_dir():
        pytest.skip("the shared corpus (../shared) is not there")
    truth = json.loads((PAIR / "truth.json").read_text(encoding="utf-8"))
    old = {activity.ref for activity in load_gold(PAIR / "old.gold.json").activities}
    assert {pair[0] for pair in truth["pairs"]} | set(truth["removed"]) == old
