"""What fits a question, as a table for people, as CSV or as JSON. Another format is another function and a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from extractor.questions import Answer
from extractor.write import Style
from extractor.write.to_csv import csv_line, join_values, safe
from extractor.write.to_terminal import TableColumn, table_lines

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _timescale(answer: Answer) -> str | None:
    return answer.activity.timescale.as_published if answer.activity.timescale else None


_FIELDS: dict[str, Callable[[Answer], Any]] = {
    "due": lambda answer: answer.due.isoformat() if answer.due else None,
    "days_late": lambda answer: answer.days_late,
    "timescale": _timescale,
    "ref": lambda answer: answer.activity.ref,
    "lead_in": lambda answer: answer.activity.lead_in,
    "activity": lambda answer: answer.activity.activity,
    "lead_officers": lambda answer: list(answer.activity.lead_officers),
    "lead_directorates": lambda answer: list(answer.activity.lead_directorates),
    "lead_cabinet_members": lambda answer: list(answer.activity.lead_cabinet_members),
    "status": lambda answer: answer.activity.status,
    "group": lambda answer: answer.group.title if answer.group else None,
    "plan": lambda answer: answer.plan.title,
    "publisher": lambda answer: answer.plan.publisher.name if answer.plan.publisher else None,
    "source": lambda answer: answer.plan.source.name,
    "id": lambda answer: answer.activity.id,
}
"""The fields of an answer, under the names of the records where they are the same."""


def _record(answer: Answer) -> dict[str, Any]:
    return {name: value(answer) for name, value in _FIELDS.items()}


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return join_values(value)
    return "" if value is None else str(value)


def _as_csv(answers: Sequence[Answer], style: Style) -> str:
    lines = [csv_line(_FIELDS)]
    for answer in answers:
        cells = map(_cell, _record(answer).values())
        lines.append(csv_line(map(safe, cells) if style.spreadsheet_safe else cells))
    return "".join(lines)


def _as_json(answers: Sequence[Answer], style: Style) -> str:
    return json.dumps([_record(answer) for answer in answers], ensure_ascii=False, indent=2) + "\n"


def _when(answer: Answer) -> str:
    day = answer.due
    if day is None:
        return _timescale(answer) or "-"
    date = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return date if not answer.days_late else f"{date}\n{answer.days_late:,} days late"


def _who(answer: Answer) -> str:
    activity = answer.activity
    people = (activity.lead_officers, activity.lead_directorates, activity.lead_cabinet_members)
    return next(("\n".join(names) for names in people if names), "-")


def _as_table(answers: Sequence[Answer], style: Style) -> str:
    several = len({id(answer.plan) for answer in answers}) > 1
    width = max(60, style.width)
    who = max(16, width // 4)
    columns = (
        TableColumn("Due", 14),
        TableColumn("Ref", 8),
        TableColumn("Activity", width - 14 - 8 - who - 6),
        TableColumn("Lead", who),
    )
    lines = [*table_lines([column.header for column in columns], columns), "-" * width]
    for answer in answers:
        activity = answer.activity
        text = [activity.lead_in or "", activity.activity]
        text.append(f"Status: {activity.status}" if activity.status else "")
        text.append(f"[{answer.plan.title or answer.plan.source.name}]" if several else "")
        cells = [_when(answer), activity.ref or "-", "\n".join(filter(None, text)), _who(answer)]
        lines += table_lines(cells, columns)
    return "\n".join(lines) + "\n"


ANSWER_WRITERS: dict[str, Callable[[Sequence[Answer], Style], str]] = {
    "table": _as_table,
    "csv": _as_csv,
    "json": _as_json,
}


def write_answers(answers: Sequence[Answer], format: str, style: Style | None = None) -> bytes:
    """The answers in one of `ANSWER_WRITERS`, in UTF-8. Raises `KeyError` for any other format."""
    return ANSWER_WRITERS[format](answers, style or Style()).encode("utf-8")
