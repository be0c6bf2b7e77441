"""Threads through three years: carried over, slipped, split, merged, dropped."""

from __future__ import annotations

import datetime as dt

from extractor.changes import Thread
from extractor.compare import chain
from extractor.locations import NOWHERE
from extractor.records import Activity, Period, Plan, Timescale
from plans import SOURCE

_BATHS = "Rebuild the swimming baths at Saltby with a warm pool for learners"
_TREES = "Plant 400 oak trees in Mill Park"
_WALL = "Repair the sea wall between the harbour and the lighthouse"
_QUAY = "move the lifeboat station to the customs quay"


def _plan(year: int, *rows: tuple[str, str, int]) -> Plan:
    """A plan of rows of ref, text and the month (of the financial year's first calendar year) that it is due in."""
    return Plan(
        source=SOURCE,
        period=Period(label=str(year), start=dt.date(year, 4, 1), end=dt.date(year + 1, 3, 31)),
        activities=tuple(
            Activity(
                id=ref,
                ref=ref,
                activity=text,
                timescale=Timescale(as_published="then", end=dt.date(year, month, 28)),
                location=NOWHERE,
            )
            for ref, text, month in rows
        ),
    )


PLANS = (
    _plan(2022, ("1", _BATHS, 6), ("2", f"{_WALL} and {_QUAY}", 6), ("3", _TREES, 12)),
    _plan(2023, ("1", _WALL, 6), ("2", _QUAY.capitalize(), 6), ("3", _BATHS, 7)),
    _plan(2024, ("1", _BATHS, 8), ("2", "Open a museum of rope making", 5)),
)


def _by_text(text: str) -> Thread:
    (thread,) = [thread for thread in chain(PLANS).threads if thread.steps[-1].activity == text]
    return thread


def test_a_thread_is_carried_over_and_its_slip_adds_up() -> None:
    baths = _by_text(_BATHS)
    assert (baths.refs, baths.carried_over, baths.fate) == (("1", "3", "1"), 2, "current")
    assert baths.total_slip_days == (dt.date(2024, 8, 28) - dt.date(2022, 6, 28)).days
    assert [step.days_later for step in baths.steps] == [None, 395, 397]


def test_a_split_goes_on_in_the_likest_part_and_the_other_knows_where_it_comes_from() -> None:
    wall, quay = _by_text(_WALL), _by_text(_QUAY.capitalize())
    assert wall.refs == ("2", "1", None)
    assert (quay.refs, quay.from_thread) == ((None, "2", None), wall.id)
    assert wall.fate == quay.fate == "removed"


def test_what_was_dropped_unfinished_says_so() -> None:
    assert not _by_text(_TREES).dropped_unfinished
    late = _plan(2022, ("1", _TREES, 12)).model_copy(update={"period": None})
    early = _plan(2022, ("1", _BATHS, 6))
    (trees, baths) = chain([late, early]).threads
    assert (trees.dropped_unfinished, trees.fate, baths.refs) == (True, "removed", (None, "1"))


def test_a_merge_ends_one_thread_in_the_other() -> None:
    history = chain([PLANS[1], _plan(2024, ("9", f"{_WALL} and {_QUAY}", 6))])
    merged = [thread for thread in history.threads if thread.into_thread]
    (survivor,) = [thread for thread in history.threads if thread.refs[1] == "9"]
    assert [(thread.fate, thread.into_thread) for thread in merged] == [("merged", survivor.id)]


def test_every_activity_of_every_plan_is_in_exactly_one_thread() -> None:
    steps = [(step.plan, step.id) for thread in chain(PLANS).threads for step in thread.steps]
    assert sorted(steps) == sorted((at, activity.id) for at, plan in enumerate(PLANS) for activity in plan.activities)
    ids = [thread.id for thread in chain(PLANS).threads]
    assert len(set(ids)) == len(ids)
