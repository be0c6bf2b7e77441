"""What the caller demands of a plan: how many activities, and that nothing is unread."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.profile import Settings
from extractor.records import Issue, Plan
from extractor.text import key

_DEMAND = "count-differs"


def _groups_named(plan: Plan, words: str) -> set[str]:
    """The `id`s of the groups that the words name: by title, heading, "kind title" or id."""
    wanted = key(words)
    return {
        group.id
        for group in plan.groups
        if wanted
        in {key(name) for name in (group.id, group.title, group.as_published, f"{group.kind or ''} {group.title}")}
    }


def _with_descendants(plan: Plan, ids: set[str]) -> set[str]:
    """The groups and all groups within them; a parent stands before its children."""
    found = set(ids)
    for group in plan.groups:
        if group.parent_id in found:
            found.add(group.id)
    return found


def _count_issues(plan: Plan, settings: Settings) -> Iterator[Issue]:
    for words, expected in settings.expect:
        if words is None:
            found, where = len(plan.activities), "the plan"
        else:
            named = _groups_named(plan, words)
            if not named:
                yield Issue(
                    code=_DEMAND,
                    severity="error",
                    message=f"{expected} activities are expected under “{words}”, which is no heading here.",
                    field="groups",
                )
                continue
            within = _with_descendants(plan, named)
            found = sum(activity.group_id in within for activity in plan.activities)
            where = f"“{words}”"
        if found != expected:
            yield Issue(
                code=_DEMAND,
                severity="error",
                message=f"{expected} activities are expected in {where}, and {found} were found.",
                field="activities",
            )


def hold_to(plan: Plan, settings: Settings) -> Plan:
    """The plan, with an error for every demand of the caller that it does not meet.

    An unmet `expect` adds an issue `count-differs`; `require_coverage` makes every `text-unread` an error.
    The same plan comes back where nothing is demanded.
    """
    issues = list(plan.issues)
    if settings.require_coverage:
        issues = [
            issue.model_copy(update={"severity": "error"}) if issue.code == "text-unread" else issue for issue in issues
        ]
    issues.extend(_count_issues(plan, settings))
    return plan if tuple(issues) == plan.issues else plan.model_copy(update={"issues": tuple(issues)})
