"""The parts of one plan, each a document of its own -> one plan.

1. The theme of each part stands as a group above the part's own groups; equal themes are one group.
2. Cross-links that no heading of their own document answered are looked for in the whole.
3. Every place says which document it is in.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from extractor.errors import OutputRefused
from extractor.issues import CATALOGUE, Doubt
from extractor.locations import Location
from extractor.normalise.groups import make_groups, unique
from extractor.normalise.links import resolve
from extractor.records import Activity, Coverage, CrossLink, Group, Issue, Plan, Source
from extractor.rows import FoundGroup
from extractor.text import key

Place = TypeVar("Place", Location, Location | None)


def merge_plans(plans: Sequence[Plan]) -> Plan:
    """One plan of the plans of its parts, in the order given; a single one comes back as it is.

    Raises `OutputRefused` where the parts are of different periods, for then they are no one plan.
    """
    if len(plans) == 1:
        return plans[0]
    periods = {(plan.period.start, plan.period.end) for plan in plans if plan.period}
    if len(periods) > 1:
        labels = ", ".join(dict.fromkeys(plan.period.label for plan in plans if plan.period))
        raise OutputRefused(
            f"parts of different periods are no one plan: {labels}",
            "Give --period if one of them is read wrongly, or extract them one by one.",
        )
    merger = _Merger()
    for plan in plans:
        merger.add(plan)
    themes = {key(plan.theme) for plan in plans if plan.theme}
    return Plan(
        title=_title(plans),
        theme=plans[0].theme if len(themes) == 1 and all(plan.theme for plan in plans) else None,
        publisher=next((plan.publisher for plan in plans if plan.publisher), None),
        period=next((plan.period for plan in plans if plan.period), None),
        source=_source([plan.source for plan in plans]),
        **merger.parts(),
    )


def _title(plans: Sequence[Plan]) -> str | None:
    """The title of the whole: what the parts' titles say before their themes, where that is the same."""
    titles = [plan.title for plan in plans if plan.title]
    bare = {_THEME.sub("", title) for plan in plans if (title := plan.title) and plan.theme and plan.theme in title}
    return bare.pop() if len(bare) == 1 < len(titles) else next(iter(titles), None)


_THEME = re.compile(r"\s*(?:[-–—:,]\s*)?\btheme\b.*$", re.IGNORECASE)


def _source(sources: Sequence[Source]) -> Source:
    """What stands for several documents: their names, sizes and pages together, and a hash of their hashes."""
    kinds = {source.media_type for source in sources}
    pages = [source.pages for source in sources]
    return Source(
        name=" + ".join(source.name for source in sources),
        media_type=kinds.pop() if len(kinds) == 1 else "multipart/mixed",
        sha256=hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest(),
        size=sum(source.size for source in sources),
        pages=sum(page for page in pages if page) if any(pages) else None,
    )


@dataclass(slots=True)
class _Merger:
    """What has been put together so far; ids are given when all is there."""

    found: list[FoundGroup] = field(default_factory=list)
    activities: list[tuple[Plan, Activity, int | None]] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)

    def add(self, plan: Plan) -> None:
        """Adds a part: its theme, its groups and its records."""
        self.plans.append(plan)
        # A plan does not keep where its theme stands, but that it does.
        whole = Location(document=plan.source.name)
        theme = self._group(plan.theme, "theme", None, plan.theme, None, whole) if plan.theme else None
        index_of: dict[str, int] = {}
        for group in plan.groups:
            parent = index_of[group.parent_id] if group.parent_id else theme
            place = _in(group.location, plan) or Location()
            index_of[group.id] = self._group(group.as_published, group.kind, group.number, group.title, parent, place)
        for activity in plan.activities:
            self.activities.append((plan, activity, index_of[activity.group_id] if activity.group_id else theme))

    def _group(
        self, text: str, kind: str | None, number: str | None, title: str | None, parent: int | None, place: Location
    ) -> int:
        found = FoundGroup(text, kind, number, title or text, parent, place)
        for index, other in enumerate(self.found):
            if (other.kind, key(other.title), other.parent_index) == (kind, key(found.title), parent):
                return index
        self.found.append(found)
        return len(self.found) - 1

    def parts(self) -> Mapping[str, object]:
        """What the merged plan holds, but for what names it."""
        groups = make_groups(self.found)
        names = self._ids(groups)
        activities: list[Activity] = []
        issues: list[Issue] = []
        for plan, activity, index in self.activities:
            links, linked = _linked(activity, groups)
            activities.append(
                activity.model_copy(
                    update={
                        "id": names[id(plan), activity.id],
                        "group_id": groups[index].id if index is not None else None,
                        "also_links_to": links,
                        "location": _in(activity.location, plan),
                        "provenance": {
                            name: replace(
                                held,
                                location=_in(held.location, plan),
                                from_id=names[id(plan), held.from_id] if held.from_id else None,
                            )
                            for name, held in activity.provenance.items()
                        },
                    }
                )
            )
            own = [issue for issue in plan.issues if issue.activity_id == activity.id]
            issues += [
                _issue(issue, plan, names[id(plan), activity.id])
                for issue in own
                if linked is None or not issue.code.startswith("link-")
            ]
            place = next((issue.location for issue in own if issue.code.startswith("link-")), activity.location)
            for doubt in linked or ():
                issues.append(
                    Issue(
                        code=doubt.code,
                        severity=doubt.severity or CATALOGUE[doubt.code].severity,
                        message=doubt.message,
                        activity_id=names[id(plan), activity.id],
                        ref=activity.ref,
                        field=doubt.field,
                        location=_in(place, plan),
                    )
                )
        general = [_issue(issue, plan, None) for plan in self.plans for issue in plan.issues if not issue.activity_id]
        return {
            "groups": groups,
            "activities": tuple(activities),
            "tables": tuple(
                table.model_copy(update={"location": _in(table.location, plan)})
                for plan in self.plans
                for table in plan.tables
            ),
            "coverage": _coverage(self.plans),
            "issues": (*general, *issues, *_repeated(activities, self.activities)),
        }

    def _ids(self, groups: Sequence[Group]) -> dict[tuple[int, str], str]:
        """The new id of every record: its own, behind its group's where it occurs in several parts."""
        counts = Counter(activity.id for _, activity, _ in self.activities)
        wanted = [
            f"{groups[index].id}-{activity.id}" if counts[activity.id] > 1 and index is not None else activity.id
            for _, activity, index in self.activities
        ]
        return {
            (id(plan), activity.id): name
            for (plan, activity, _), name in zip(self.activities, unique(wanted), strict=True)
        }


def _repeated(merged: Sequence[Activity], held: Sequence[tuple[Plan, Activity, int | None]]) -> list[Issue]:
    """An error for every ref that another part bears already."""
    first: dict[str, int] = {}
    issues: list[Issue] = []
    for activity, (plan, _, _) in zip(merged, held, strict=True):
        if activity.ref and first.setdefault(activity.ref, id(plan)) != id(plan):
            issues.append(
                Issue(
                    code="ref-duplicate",
                    severity="error",  # the parts of one plan count their activities on, so one of them is none
                    message=f"{activity.ref} occurs in another part of the plan as well.",
                    activity_id=activity.id,
                    ref=activity.ref,
                    field="ref",
                    location=activity.location,
                )
            )
    return issues


def _linked(activity: Activity, groups: Sequence[Group]) -> tuple[tuple[CrossLink, ...], list[Doubt] | None]:
    """The cross-links with those resolved that name a group of another part, and the doubts about them; None instead
    where the parts' own hold.
    """
    links: list[CrossLink] = []
    doubts: list[Doubt] = []
    for link in activity.also_links_to:
        found, doubtful = resolve(f"Also links to {link.as_published}", groups)
        if len(found) != 1 or link.as_published != found[0].as_published:
            return activity.also_links_to, None
        links += found
        doubts += doubtful
    return tuple(links), doubts


def _issue(issue: Issue, plan: Plan, name: str | None) -> Issue:
    return issue.model_copy(update={"activity_id": name, "location": _in(issue.location, plan)})


def _in(place: Place, plan: Plan) -> Place:
    """The place with the name of its document."""
    return replace(place, document=plan.source.name) if place is not None else place


def _coverage(plans: Sequence[Plan]) -> Coverage:
    claims: Counter[str] = Counter()
    for plan in plans:
        claims.update(plan.coverage.claims)
    furniture, unread = (
        tuple(
            passage.model_copy(update={"location": _in(passage.location, plan)})
            for plan in plans
            for passage in getattr(plan.coverage, name)
        )
        for name in ("furniture", "unread")
    )
    return Coverage(
        words=sum(plan.coverage.words for plan in plans),
        claimed=sum(plan.coverage.claimed for plan in plans),
        claims=dict(sorted(claims.items())),
        furniture=furniture,
        unread=unread,
    )
