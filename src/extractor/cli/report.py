"""Plans and their issues in words, for people."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable
from typing import Any

from extractor.issues import CATALOGUE, SEVERITIES
from extractor.locations import Location, describe
from extractor.records import Issue, Plan
from extractor.write.to_terminal import visible

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


_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "info": "\x1b[36m"}
_RESET = "\x1b[0m"


def _indented(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 40), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _record_title(issue: Issue, activities: dict[str, str]) -> str:
    if issue.activity_id is None:
        return "The plan as a whole"
    words = visible(activities.get(issue.activity_id, "")).split("\n")[0]
    short = words if len(words) <= 60 else words[:57] + "..."
    return f"{issue.ref or issue.activity_id}  {short}".rstrip()


def _address(path: str, place: Location) -> str:
    """The place in the source in a form that terminals and editors follow, where there are lines.

    >>> _address("plan.txt", Location(lines=(41, 45))), _address("plan.pdf", Location(page=3))
    ('plan.txt:41', 'plan.pdf, page 3')
    """
    if place.lines is not None:
        where = f" ({place.path})" if place.path else ""
        return f"{path}:{place.lines[0]}{where}"
    return f"{path}, {describe(place)}"


def as_check_text(path: str, plan: Plan, *, coverage: bool, notes: bool, width: int = 100, colour: bool = False) -> str:
    """The plan's issues, grouped by record, each with its place in the source; the remedies of each kind once.

    `notes` shows issues of level `info` too; `coverage` lists the unread words.
    """
    shown = [issue for issue in plan.issues if notes or issue.severity != "info"]
    activities = {activity.id: activity.activity for activity in plan.activities}
    by_record: dict[str | None, list[Issue]] = {}
    for issue in shown:
        by_record.setdefault(issue.activity_id, []).append(issue)
    lines: list[str] = []
    for issues in by_record.values():
        lines += ["", _record_title(issues[0], activities)]
        for issue in issues:
            level = f"{_COLOURS[issue.severity]}{issue.severity}{_RESET}" if colour else issue.severity
            field = f" in {issue.field}" if issue.field else ""
            lines.append(f"  {level}[{issue.code}]{field}")
            lines += _indented(visible(issue.message), "    ", width)
            if issue.location:
                lines.append(f"    at {_address(path, issue.location)}")
    kinds = [CATALOGUE[code] for code in dict.fromkeys(issue.code for issue in shown) if code in CATALOGUE]
    if kinds:
        lines += ["", "What to do"]
        for kind in kinds:
            lines += _indented(f"{kind.code}: {kind.remedy}", "  ", width)
    if coverage:
        lines += ["", *_coverage_lines(plan, width)]
    return "\n".join(lines[1:] if lines[:1] == [""] else lines) + "\n" if lines else ""


def _coverage_lines(plan: Plan, width: int) -> list[str]:
    ledger = plan.coverage
    lines = [f"Coverage: {ledger.claimed:,} of {counted(ledger.words, 'word')} claimed"]
    lines += [f"  {number:>7,}  {what}" for what, number in ledger.claims.items()]
    if ledger.unread:
        lines.append("Unread:")
    for passage in ledger.unread:
        place = describe(passage.location) if passage.location else "the document"
        lines += _indented(visible(f"{place}: {passage.text}"), "  ", width)
    return lines


def as_check_data(path: str, plan: Plan, coverage: bool) -> dict[str, Any]:
    """The plan's issues as JSON values, each with the meaning and remedy of its kind."""
    issues = []
    for issue in plan.issues:
        kind = CATALOGUE.get(issue.code)
        extra = {"title": kind.title, "remedy": kind.remedy} if kind else {}
        issues.append(issue.model_dump(mode="json") | extra)
    data: dict[str, Any] = {"source": path, "activities": len(plan.activities), "issues": issues}
    return data | ({"coverage": plan.coverage.model_dump(mode="json")} if coverage else {})


_ANNOTATIONS = {"error": "error", "warning": "warning", "info": "notice"}


def _escaped(text: str, in_property: bool = False) -> str:
    """The text as a workflow command takes it: https://docs.github.com/actions, "workflow commands"."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def as_github(path: str, plan: Plan) -> str:
    """The plan's issues as annotations of a pull request, one a line."""
    lines = []
    for issue in plan.issues:
        where = {"file": path}
        if issue.location and issue.location.lines:
            where |= {"line": str(issue.location.lines[0]), "endLine": str(issue.location.lines[1])}
        where["title"] = f"{issue.code} ({issue.ref or 'plan'})"
        properties = ",".join(f"{name}={_escaped(value, True)}" for name, value in where.items())
        place = f" ({describe(issue.location)})" if issue.location else ""
        lines.append(f"::{_ANNOTATIONS[issue.severity]} {properties}::{_escaped(issue.message + place)}\n")
    return "".join(lines)
