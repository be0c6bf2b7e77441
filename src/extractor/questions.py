"""What people ask of plans: what is due, what is late, who owns it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.records import Activity, Group, Plan
from extractor.text import key
from extractor.vocabulary.states import is_finished


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; every part that is given must hold. Words match anywhere in a value, whatever their case."""

    due_by: dt.date | None = None
    """Due on this day or earlier."""
    overdue_at: dt.date | None = None
    """Was due before this day, and its status does not say that it is finished."""
    officer: str | None = None
    directorate: str | None = None
    member: str | None = None
    group: str | None = None
    """In the title or heading of the activity's group, or of a group that this one is part of."""
    status: str | None = None

    @property
    def about_dates(self) -> bool:
        """The question leaves out whatever has no date."""
        return self.due_by is not None or self.overdue_at is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """An activity that fits the question."""

    plan: Plan
    activity: Activity
    group: Group | None
    days_late: int | None = None
    """Days from its last day to the day of the question about overdue activities."""

    @property
    def due(self) -> dt.date | None:
        """The last day by which it is to be done."""
        return self.activity.timescale.end if self.activity.timescale else None


def _says(wanted: str | None, values: Iterable[str | None]) -> bool:
    """True where nothing is wanted, or its words stand in one of the values.

    >>> _says("head of", ["Head of Streets"]), _says("head of", [None])
    (True, False)
    """
    if wanted is None:
        return True
    words = key(wanted)
    return any(words in key(value) for value in values if value)


def _lineage(group_id: str | None, groups: dict[str, Group]) -> Iterator[Group]:
    """The group and those that it is part of. A circle, which no plan should have, ends it."""
    seen: set[str] = set()
    while group_id is not None and group_id in groups and group_id not in seen:
        seen.add(group_id)
        yield groups[group_id]
        group_id = groups[group_id].parent_id


def _fits_words(activity: Activity, lineage: Iterable[Group], question: Question) -> bool:
    return (
        _says(question.officer, activity.lead_officers)
        and _says(question.directorate, activity.lead_directorates)
        and _says(question.member, activity.lead_cabinet_members)
        and _says(question.status, [activity.status])
        and _says(question.group, [name for group in lineage for name in (group.title, group.as_published)])
    )


def _is_finished(activity: Activity) -> bool:
    stated = (activity.status, activity.timescale.as_published if activity.timescale else None)
    return any(is_finished(text) for text in stated if text)


def _fits_dates(answer: Answer, question: Question) -> bool:
    due = answer.due
    if not question.about_dates:
        return True
    if due is None or (question.due_by and due > question.due_by):
        return False
    return not question.overdue_at or (due < question.overdue_at and not _is_finished(answer.activity))


def ask(plans: Iterable[Plan], question: Question) -> tuple[list[Answer], int]:
    """The activities that fit, by their last day, those without one last; and how many fit but for having no date."""
    found: list[Answer] = []
    undated = 0
    for plan in plans:
        groups = {group.id: group for group in plan.groups}
        for activity in plan.activities:
            lineage = list(_lineage(activity.group_id, groups))
            if not _fits_words(activity, lineage, question):
                continue
            due = activity.timescale.end if activity.timescale else None
            late = (question.overdue_at - due).days if question.overdue_at and due else None
            answer = Answer(plan, activity, lineage[0] if lineage else None, late)
            if _fits_dates(answer, question):
                found.append(answer)
            elif due is None and not _is_finished(activity):
                undated += 1
    return sorted(found, key=lambda answer: answer.due or dt.date.max), undated
