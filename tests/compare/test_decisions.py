"""A person's decisions: read first, reported when stale, written for filling in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.changes import Changes, Relation
from extractor.compare import Decision, compare, format_decisions, open_decisions, parse_decisions
from extractor.compare.decisions import text_hash
from extractor.errors import ProfileInvalid
from extractor.locations import NOWHERE
from extractor.records import Activity, Plan
from plans import SOURCE


def _plan(**texts: str) -> Plan:
    return Plan(
        source=SOURCE,
        activities=tuple(Activity(id=name, ref=name, activity=text, location=NOWHERE) for name, text in texts.items()),
    )


OLD = _plan(
    a="Grit all main roads in winter",
    b="Plant oak trees in Mill Park",
    c="Deliver the second phase of Wharf Mill repairs",
)
NEW = _plan(
    x="Grit all main roads in winter", y="Write to every pensioner", z="Deliver the third phase of Wharf Mill repairs"
)


def _pairs(changes: Changes) -> set[tuple[str, str]]:
    return {(old, new) for change in changes.changes for old in change.old_ids for new in change.new_ids}


def _decision(old: str, new: str, relation: str) -> Decision:
    (decision,) = parse_decisions(f"old,new,relation\n{old},{new},{relation}\n", "d.csv")
    return decision


def test_the_doubtful_pair_is_open_and_a_decision_closes_it() -> None:
    (entry,) = open_decisions(compare(OLD, NEW))
    assert (entry.old, entry.new, entry.relation, entry.suggestion) == ("c", "z", None, "same")
    answers: tuple[tuple[Relation, bool], ...] = (("same", True), ("different", False))
    for relation, paired in answers:
        changes = compare(OLD, NEW, [replace(entry, relation=relation)])
        assert (("c", "z") in _pairs(changes)) is paired
        assert changes.summary.needs_decision == 0
        assert [(d.state, d.relation) for d in changes.decisions] == [("applied", relation)]


def test_decisions_pair_and_part_against_the_texts() -> None:
    same = compare(OLD, NEW, [_decision("b", "y", "same")])
    assert ("b", "y") in _pairs(same)
    (change,) = [change for change in same.changes if change.old_ids == ("b",)]
    assert (change.evidence[0], change.score) == ("decision", 1.0)
    apart = compare(OLD, NEW, [_decision("a", "x", "different")])
    assert ("a", "x") not in _pairs(apart)
    removed = compare(OLD, NEW, [_decision("a", "", "removed")])
    assert not any(old == "a" for old, _ in _pairs(removed))


def test_several_decisions_make_a_split() -> None:
    changes = compare(OLD, NEW, [_decision("b", "y", "same"), _decision("b", "z", "same")])
    (change,) = [change for change in changes.changes if "b" in change.old_ids]
    assert (change.kind, set(change.new_ids)) == ("split", {"y", "z"})


def test_a_stale_decision_is_reported_and_not_used() -> None:
    (entry,) = open_decisions(compare(OLD, NEW))
    reworded = _plan(**{a.id: a.activity for a in NEW.activities} | {"z": "Deliver the third phase of Wharf Mill"})
    changes = compare(OLD, reworded, [replace(entry, relation="different")])
    assert [d.state for d in changes.decisions] == ["stale"]
    assert "decide again" in changes.decisions[0].message
    assert ("c", "z") in _pairs(changes)


def test_a_decision_survives_a_changed_id() -> None:
    entry = Decision(old="c", new="z", relation="different", old_hash=text_hash(OLD.activities[2]))
    renamed = _plan(a="Plant oak trees in Mill Park", q=OLD.activities[2].activity)
    changes = compare(renamed, NEW, [entry])
    assert [d.state for d in changes.decisions] == ["applied"]
    assert _pairs(changes) == set()


@pytest.mark.parametrize(
    ("entries", "states"),
    [
        ([("a", "nowhere", "same")], ["unknown"]),
        ([("a", "x", "same"), ("a", "x", "different")], ["applied", "contradicted"]),
        ([("a", "x", "different"), ("a", "x", "same")], ["applied", "contradicted"]),
        ([("a", "x", "same"), ("a", "", "removed")], ["applied", "contradicted"]),
        ([("a", "", "removed"), ("a", "x", "same")], ["applied", "contradicted"]),
        ([("a", "x", "same"), ("a", "y", "same"), ("b", "y", "same")], ["applied", "applied", "contradicted"]),
        ([("a", "x", "same"), ("b", "y", "same"), ("a", "y", "same")], ["applied", "applied", "contradicted"]),
    ],
)
def test_what_cannot_be_applied_says_why(entries: list[tuple[str, str, str]], states: list[str]) -> None:
    changes = compare(OLD, NEW, [_decision(*entry) for entry in entries])
    assert [decision.state for decision in changes.decisions] == states
    assert all(decision.message for decision in changes.decisions if decision.state != "applied")


@pytest.mark.parametrize("name", ["d.toml", "d.csv"])
def test_what_is_written_reads_back(name: str) -> None:
    odd = 'He said "so\\it", £5 – “yes”;\nline\ttab, \x7f'
    entries = [
        Decision(old="a", new="x", relation="same", reason=odd, who="Ann", when="2026-01-31"),
        *open_decisions(compare(OLD, NEW)),
    ]
    assert parse_decisions(format_decisions(entries, name), name) == entries


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("old,new\na,b\n", "d.csv", "header"),
        ("old,new,relation,colour\na,b,same,red\n", "d.csv", "header"),
        ("old,new,relation\na,b,same,red\n", "d.csv", "line 2"),
        ("old,new,relation\na,b,maybe\n", "d.csv", "'maybe'"),
        ("old,new,relation\n,b,same\n", "d.csv", "needs old"),
        ("[[decision]\n", "d.toml", "no TOML"),
        ("decision = 3\n", "d.toml", "expected"),
        ("[[decision]]\nold = 'a'\ncolour = 'red'\n", "d.toml", "'colour'"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(text: str, name: str, told: str) -> None:
    with pytest.raises(ProfileInvalid, match=told):
        parse_decisions(text, name)
