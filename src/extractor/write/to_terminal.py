"""A plan as a table for people, at the width of their terminal.

Only plain letters draw the table, so that every console shows it. A record with a warning or error is
marked "!" beside its ref; what the matter is, `extractor check` says.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.records import Activity, Group, Plan, Timescale

_GAP = "  "
_WIDE_ENOUGH_FOR_MEMBERS = 160
_BOLD, _DIM, _YELLOW, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[33m", "\x1b[0m"
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table on the terminal: its header, and its width in letters."""

    header: str
    width: int


def display_width(text: str) -> int:
    """How many cells of a terminal the text takes: two for wide letters, none for combining marks.

    >>> display_width("naïve"), display_width("計画"), display_width("e\\u0301")
    (5, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def visible(text: str) -> str:
    """The text without control characters, which could play tricks on a terminal."""
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cc")


def _wrap(text: str, width: int) -> list[str]:
    """The text's lines, wrapped; list items hang under their bullet."""
    lines: list[str] = []
    for line in visible(text).split("\n"):
        hang = "  " if line.startswith("• ") else ""
        narrowed = width - (display_width(line) - len(line) > 0) * (width // 2)
        lines.extend(textwrap.wrap(line, narrowed, subsequent_indent=hang) or [""])
    return lines


def _day(scale: Timescale) -> str:
    dates = [date for date in (scale.start, scale.end) if date]
    shown = [f"{date.day} {_SHORT_MONTHS[date.month - 1]} {date.year}" for date in dates]
    if not shown:
        return ""
    return f"to {shown[-1]}" if scale.end else f"from {shown[0]}"


def _when(activity: Activity) -> str:
    scale = activity.timescale
    if scale is None:
        return "-"
    return "\n".join(part for part in (scale.as_published, _day(scale)) if part)


def _layout(width: int) -> tuple[TableColumn, ...]:
    """The columns for a width: one for the lead where there is little room, three where there is much."""
    ref, when = 8, 16
    if width < _WIDE_ENOUGH_FOR_MEMBERS:
        who = max(16, width // 4)
        rest = width - ref - when - who - 3 * len(_GAP)
        return (
            TableColumn("Ref", ref),
            TableColumn("Activity", max(12, rest)),
            TableColumn("When", when),
            TableColumn("Lead", who),
        )
    who = min(32, width // 6)
    rest = width - ref - when - 3 * who - 5 * len(_GAP)
    return (
        TableColumn("Ref", ref),
        TableColumn("Activity", min(rest, 90)),
        TableColumn("When", when),
        TableColumn("Lead officer", who),
        TableColumn("Directorate", who),
        TableColumn("Cabinet member", who),
    )


def _people(activity: Activity, columns: int) -> list[str]:
    """Who leads: in three columns, or in one the officers or, where the plan names none, whom else it names."""
    three = [
        "\n".join(values) or "-"
        for values in (activity.lead_officers, activity.lead_directorates, activity.lead_cabinet_members)
    ]
    return three if columns == 3 else [next((names for names in three if names != "-"), "-")]


def table_lines(cells: Sequence[str], columns: Sequence[TableColumn]) -> Iterator[str]:
    """The lines that one row takes, each cell wrapped to its column."""
    wrapped = [_wrap(cell, column.width) for cell, column in zip(cells, columns, strict=True)]
    for index in range(max(map(len, wrapped))):
        line = ""
        for column, lines in zip(columns, wrapped, strict=True):
            text = lines[index] if index < len(lines) else ""
            line += text + " " * (column.width - display_width(text)) + _GAP
        yield line.rstrip()


def _heading(plan: Plan) -> Iterator[str]:
    yield visible(plan.title or plan.source.name)
    facts = []
    if plan.publisher:
        facts.append(plan.publisher.name)
    if plan.theme:
        facts.append(plan.theme)
    if plan.period and plan.period.start and plan.period.end:
        facts.append(f"{plan.period.start} to {plan.period.end}")
    if facts:
        yield visible("; ".join(facts))


def _lineage(group: Group | None, groups: dict[str, Group]) -> str:
    """The group's heading, after those that it is part of."""
    names: list[str] = []
    seen: set[str] = set()
    while group is not None and group.id not in seen:
        seen.add(group.id)
        names.append(" ".join(group.as_published.split()) or group.title)
        group = groups.get(group.parent_id or "")
    return visible(" > ".join(reversed(names)))


def format_table(plan: Plan, *, width: int = 100, colour: bool = False) -> str:
    """The plan's activities under their headings, in lines of at most `width` letters (no fewer than 60).

    With `colour`, headings and marks carry ANSI codes; without, the text is the same otherwise.
    """

    def paint(text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if colour and text else text

    width = max(60, width)
    columns = _layout(width)
    ruler = paint("-" * min(width, sum(c.width + len(_GAP) for c in columns) - len(_GAP)), _DIM)
    flagged = {issue.activity_id for issue in plan.issues if issue.severity != "info"} - {None}
    groups = {group.id: group for group in plan.groups}

    title, *facts = _heading(plan)
    lines = [paint(line, _BOLD) for line in _wrap(title, width)]
    lines += [line for fact in facts for line in _wrap(fact, width)]
    lines.append("")
    lines += [paint(line, _DIM) for line in table_lines([c.header for c in columns], columns)]
    lines.append(ruler)
    shown_group: str | None = None
    shown_lead_in: str | None = None
    for activity in plan.activities:
        if activity.group_id != shown_group:
            shown_group = activity.group_id
            heading = _lineage(groups.get(shown_group or ""), groups)
            lines += ["", *(paint(line, _BOLD) for line in _wrap(heading, width) if line)]
        if activity.lead_in != shown_lead_in:
            shown_lead_in = activity.lead_in
            if shown_lead_in:
                cells = [activity.parent_ref or "", shown_lead_in, *[""] * (len(columns) - 2)]
                lines += [paint(line, _DIM) for line in table_lines(cells, columns)]
        is_flagged = activity.id in flagged
        mark = "! " if is_flagged else ""
        cells = [
            mark + (activity.ref or "-"),
            activity.activity,
            _when(activity),
            *_people(activity, len(columns) - 3),
        ]
        first, *others = table_lines(cells, columns)
        lines += [first.replace("! ", paint("!", _YELLOW) + " ", 1) if is_flagged else first, *others]
    lines.append(ruler)
    if flagged:
        lines.append(f"! {len(flagged)} with warnings or errors: see `extractor check`")
    return "\n".join(lines) + "\n"
