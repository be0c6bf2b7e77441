"""The comparison of two plans as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.changes import KINDS, LABELS, Change, ChangeKind, Changes, Evidence, Label, Side, Summary
from extractor.compare.decisions import Decision, settle
from extractor.compare.describe import brief, differences, in_order
from extractor.compare.items import make_items, number_groups
from extractor.compare.pairing import Match, pair
from extractor.records import Activity, Plan

_EVIDENCE: tuple[Evidence, ...] = (
    "decision", "same text", "part of the text", "shared words", "same ref", "same group", "same lead-in",
    "same people", "same neighbours",
)  # fmt: skip


def compare(old: Plan, new: Plan, decisions: Sequence[Decision] = ()) -> Changes:
    """What became of each activity of the old plan, and which ones are new.

    Every activity of either plan is in exactly one change. Neither the order of the rows nor issues of a plan matter to
    the pairing. `decisions` are a person's, and come first; what became of each stands in `decisions` of the result.
    """
    settlement, report = settle(decisions, old, new)
    numbers = number_groups(old, new)
    matches = pair(*make_items(old, new, numbers), settlement)
    view = _View(old, new, numbers)
    changes = _in_reading_order(
        [(match, view.change(match)) for match in matches], len(old.activities), len(new.activities)
    )
    return Changes(
        old=side(old), new=side(new), summary=summarise(changes), changes=tuple(changes), decisions=tuple(report)
    )


def side(plan: Plan) -> Side:
    """The plan in short."""
    severities = [issue.severity for issue in plan.issues]
    return Side(
        title=plan.title,
        period=plan.period.label if plan.period else None,
        start=plan.period.start if plan.period else None,
        end=plan.period.end if plan.period else None,
        source=plan.source.name,
        sha256=plan.source.sha256,
        activities=len(plan.activities),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
    )


def summarise(changes: Sequence[Change]) -> Summary:
    """The counts per kind and per label; every kind and label is there, also with 0."""
    kinds: dict[ChangeKind, int] = dict.fromkeys(KINDS, 0)
    labels: dict[Label, int] = dict.fromkeys(LABELS, 0)
    for change in changes:
        kinds[change.kind] += 1
        for label in change.labels:
            labels[label] += 1
    return Summary(kinds=kinds, labels=labels, needs_decision=sum(change.needs_decision for change in changes))


class _View:
    """The two plans with their groups' titles, for describing matches."""

    def __init__(self, old: Plan, new: Plan, numbers: tuple[dict[str, int], dict[str, int]]) -> None:
        self.old, self.new = old, new
        self.numbers = numbers
        self.titles = tuple({group.id: group.title for group in plan.groups} for plan in (old, new))
        self.grouped = bool(old.groups) and bool(new.groups)

    def title(self, which: int, activity: Activity) -> str | None:
        return self.titles[which].get(activity.group_id or "")

    def moved(self, old: Activity, new: Activity) -> bool:
        """Whether the group differs; a plan without any groups says nothing about that."""
        numbers = [self.numbers[at].get(activity.group_id or "", -1) for at, activity in enumerate((old, new))]
        return self.grouped and numbers[0] != numbers[1]

    def change(self, match: Match) -> Change:
        """The change that a match stands for."""
        olds = [self.old.activities[index] for index in match.olds]
        news = [self.new.activities[index] for index in match.news]
        labels: set[Label] = set()
        fields = []
        for a in olds:
            for b in news:
                found, differing = differences(a, b, self.title(0, a), self.title(1, b), self.moved(a, b))
                labels |= found
                fields += differing
        if not news and self._unfinished(olds[0]):
            labels.add("dropped_unfinished")
        others = self.old.activities if match.news else self.new.activities
        return Change(
            kind=_kind(len(olds), len(news), bool(labels)),
            old_ids=tuple(a.id for a in olds),
            new_ids=tuple(b.id for b in news),
            old_refs=tuple(a.ref for a in olds),
            new_refs=tuple(b.ref for b in news),
            labels=in_order(labels),
            fields=tuple(fields),
            score=match.score,
            evidence=tuple(entry for entry in _EVIDENCE if entry in match.evidence),
            needs_decision=match.doubtful,
            nearest=tuple(others[index].id for index in match.nearest),
            old=tuple(brief(a, self.title(0, a)) for a in olds),
            new=tuple(brief(b, self.title(1, b)) for b in news),
        )

    def _unfinished(self, activity: Activity) -> bool:
        """Whether the activity was due when the new plan had begun."""
        due = activity.timescale.end if activity.timescale else None
        begins = self.new.period.start if self.new.period else None
        return due is not None and begins is not None and due >= begins


def _kind(olds: int, news: int, differs: bool) -> ChangeKind:
    if not olds:
        return "added"
    if not news:
        return "removed"
    if news > 1:
        return "split"
    if olds > 1:
        return "merged"
    return "changed" if differs else "unchanged"


def _in_reading_order(found: Sequence[tuple[Match, Change]], olds: int, news: int) -> list[Change]:
    """The order of the new plan; what was removed follows what stood before it in the old one."""
    place_of_old: dict[int, tuple[int, int]] = {}
    for match, _ in found:
        for index in match.olds if match.news else ():
            place_of_old[index] = (min(match.news), 0)
    previous = (-1, 0)
    for index in range(olds):
        if index in place_of_old:
            previous = (place_of_old[index][0], index + 1)
        else:
            place_of_old[index] = (previous[0], index + 1)
    places = [
        ((min(match.news), 0) if match.news else place_of_old[match.olds[0]], number)
        for number, (match, _) in enumerate(found)
    ]
    return [found[number][1] for _, number in sorted(places)]
