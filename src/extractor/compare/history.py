"""Three and more years: neighbouring plans compared, and the pairs chained into threads.

1. A thread goes on where its activity does. Of a split it goes on in the part that is most like it, and the other
   parts are threads of their own that know where they come from; of a merge the activity most like the result goes on,
   and the others end in it.
2. A thread's slip is the sum of the days by which each plan moved its deadline; earlier counts as negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from extractor.changes import Brief, Change, Changes, History, Step, Thread
from extractor.compare.years import compare, side
from extractor.records import Plan
from extractor.text import key


@dataclass(slots=True)
class _Open:
    """A thread while it is spun."""

    id: str
    steps: list[Step]
    from_thread: str | None = None
    into_thread: str | None = None
    dropped_unfinished: bool = False
    ended: bool = field(default=False)


def chain(plans: Sequence[Plan]) -> History:
    """The threads that run through the plans, which must be given earliest first; at least two of them."""
    compared = [compare(a, b) for a, b in pairwise(plans)]
    threads: list[_Open] = []
    running: dict[str, _Open] = {}
    titles = {group.id: group.title for group in plans[0].groups}
    for activity in plans[0].activities:
        step = Step(
            plan=0,
            id=activity.id,
            ref=activity.ref,
            group=titles.get(activity.group_id or ""),
            activity=activity.activity,
            end=activity.timescale.end if activity.timescale else None,
            kind="added",
        )
        running[activity.id] = _spin(threads, step)
    for number, changes in enumerate(compared, 1):
        running = _next_year(threads, running, changes, number)
    return History(
        plans=tuple(side(plan) for plan in plans),
        summaries=tuple(changes.summary for changes in compared),
        threads=tuple(_closed(thread, len(plans)) for thread in threads),
    )


def _spin(threads: list[_Open], step: Step, from_thread: str | None = None) -> _Open:
    thread = _Open(id=f"t{len(threads) + 1:04d}", steps=[step], from_thread=from_thread)
    threads.append(thread)
    return thread


def _next_year(threads: list[_Open], running: dict[str, _Open], changes: Changes, plan: int) -> dict[str, _Open]:
    """The threads that run on in this plan, by the `id` of their activity in it."""
    following: dict[str, _Open] = {}
    for change in changes.changes:
        if change.kind == "added":
            following[change.new_ids[0]] = _spin(threads, _step(change, change.new[0], None, plan))
        elif change.kind == "removed":
            ending = running[change.old_ids[0]]
            ending.ended = True
            ending.dropped_unfinished = "dropped_unfinished" in change.labels
        else:
            _carry(threads, running, following, change, plan)
    return following


def _carry(
    threads: list[_Open], running: dict[str, _Open], following: dict[str, _Open], change: Change, plan: int
) -> None:
    old, new = _main_pair(change)
    thread = running[old.id]
    thread.steps.append(_step(change, new, old, plan))
    following[new.id] = thread
    for part in change.new:
        if part.id != new.id:
            following[part.id] = _spin(threads, _step(change, part, old, plan), thread.id)
    for other in change.old:
        if other.id != old.id:
            ending = running[other.id]
            ending.ended = True
            ending.into_thread = thread.id


def _main_pair(change: Change) -> tuple[Brief, Brief]:
    """The old and the new activity that the thread goes through: the two that are most alike."""
    pairs = [(a, b) for a in change.old for b in change.new]
    return max(pairs, key=lambda pair: fuzz.token_sort_ratio(key(pair[0].activity), key(pair[1].activity)))


def _step(change: Change, new: Brief, old: Brief | None, plan: int) -> Step:
    days = None
    if old is not None and old.end and new.end:
        days = (new.end - old.end).days
    return Step(
        plan=plan,
        id=new.id,
        ref=new.ref,
        group=new.group,
        activity=new.activity,
        end=new.end,
        kind=change.kind,
        labels=change.labels,
        days_later=days,
        needs_decision=change.needs_decision,
    )


def _closed(thread: _Open, plans: int) -> Thread:
    refs: list[str | None] = [None] * plans
    for step in thread.steps:
        refs[step.plan] = step.ref
    own = thread.steps[1:]
    return Thread(
        id=thread.id,
        refs=tuple(refs),
        steps=tuple(thread.steps),
        carried_over=len(own),
        total_slip_days=sum(step.days_later or 0 for step in own),
        from_thread=thread.from_thread,
        into_thread=thread.into_thread,
        fate="merged" if thread.into_thread else "removed" if thread.ended else "current",
        dropped_unfinished=thread.dropped_unfinished,
    )
