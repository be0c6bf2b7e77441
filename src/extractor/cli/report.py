"""Plans and their issues in words, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from extractor.issues import SEVERITIES, Issue
from extractor.locations import describe
from extractor.records import Plan

_NOUNS = {"error": "error", "warning": "warning", "info": "note"}


def counted(number: int, noun: str) -> str:
    """A number and its noun in the right number.

    >>> counted(1, "activity"), counted(2, "activity"), counted(0, "group")
    ('1 activity', '2 activities', '0 groups')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"


def tally(issues: Iterable[Issue]) -> str:
    """How many issues there are of each level: "2 warnings, 14 notes"; "no issues" where there are none."""
    counts = Counter(issue.severity for issue in issues)
    parts = [counted(counts[level], _NOUNS[level]) for level in SEVERITIES if counts[level]]
    return ", ".join(parts) or "no issues"


def summary(plan: Plan) -> str:
    """A plan in one line: "17 activities in 4 groups; 2 warnings, 14 notes; nothing unread"."""
    unread = plan.coverage.words - plan.coverage.claimed
    groups = f" in {counted(len(plan.groups), 'group')}" if plan.groups else ""
    return (
        f"{counted(len(plan.activities), 'activity')}{groups}; {tally(plan.issues)}; "
        f"{counted(unread, 'word') if unread else 'nothing'} unread"
    )


def any_at_or_above(issues: Iterable[Issue], level: str | None) -> bool:
    """True where an issue is at least as severe as the level; never for None."""
    if level is None:
        return False
    allowed = SEVERITIES[: SEVERITIES.index(level) + 1] if level in SEVERITIES else ()
    return any(issue.severity in allowed for issue in issues)


def issue_line(issue: Issue) -> str:
    """An issue in one line: severity, record, place, message, code."""
    place = f" ({describe(issue.location)})" if issue.location else ""
    record = issue.ref or issue.activity_id or "the plan"
    return f"{issue.severity}: {record}{place}: {issue.message} [{issue.code}]"
