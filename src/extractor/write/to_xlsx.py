"""A plan as an Excel workbook: sheets Activities, Issues, Links and About.

1. For people: a list is lines of one cell, a date is a date, and JSON stands nowhere.
2. Text is text: no cell is a formula or a link, nor becomes one when somebody edits it.
3. Same plan, same bytes: the workbook names no time of its making.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.errors import PartMissing
from extractor.issues import CATALOGUE
from extractor.locations import Location, describe
from extractor.records import Activity, CrossLink, Issue, Plan
from extractor.write.to_csv import safe

try:
    import xlsxwriter
except ModuleNotFoundError as problem:
    raise PartMissing.of("xlsx", "XlsxWriter", "A spreadsheet") from problem

_LONGEST_CELL = 32_767
"""Excel's limit, in UTF-16 units."""
_CUT = " [...] (cut: a cell of a spreadsheet holds no more; the whole text is in the JSON)"
_NOT_XML = re.compile("[\ufffe\uffff]")
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it Excel's calendar is wrong (it has a 29 February 1900) or has no days at all."""
_NO_TIME = dt.datetime(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    width: float


Cell = str | dt.date | float | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    columns: Sequence[_Column]
    rows: Iterable[Sequence[Cell]]


def _fitting(text: str) -> str:
    """The text as far as a cell holds it; what was cut says so."""
    text = _NOT_XML.sub("\ufffd", text)
    if len(text) * 2 <= _LONGEST_CELL or len(text.encode("utf-16-le")) // 2 <= _LONGEST_CELL:
        return text
    room = (_LONGEST_CELL - len(_CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT


def _lines(values: Iterable[str]) -> str:
    return "\n".join(values)


def _place(location: Location | None) -> str:
    return describe(location) if location else ""


_ACTIVITY_COLUMNS = (
    _Column("Ref", 8),
    _Column("Group", 28),
    _Column("Lead-in", 28),
    _Column("Activity", 60),
    _Column("Timescale", 16),
    _Column("Start", 11),
    _Column("End", 11),
    _Column("Ongoing", 9),
    _Column("Recurrence", 11),
    _Column("Lead officers", 28),
    _Column("Lead directorates", 28),
    _Column("Lead Cabinet Members", 28),
    _Column("Also links to", 28),
    _Column("Notes", 28),
    _Column("Status", 12),
    _Column("Progress", 40),
)
_LAST_COLUMNS = (_Column("Inherited", 18), _Column("Warnings", 10), _Column("Place", 16), _Column("Id", 10))


def _activity_row(activity: Activity, group: str, headers: Sequence[str], warnings: int) -> list[Cell]:
    scale = activity.timescale
    return [
        activity.ref,
        group,
        activity.lead_in,
        activity.activity,
        scale.as_published if scale else None,
        scale.start if scale else None,
        scale.end if scale else None,
        "yes" if scale and scale.ongoing else None,
        scale.recurrence if scale else None,
        _lines(activity.lead_officers),
        _lines(activity.lead_directorates),
        _lines(activity.lead_cabinet_members),
        _lines(link.title or link.as_published for link in activity.also_links_to),
        _lines(activity.notes),
        activity.status,
        activity.progress,
        *(activity.extra.get(header) for header in headers),
        _lines(activity.inherited),
        warnings or None,
        _place(activity.location),
        activity.id,
    ]


def _activities(plan: Plan) -> _Sheet:
    headers = list(dict.fromkeys(header for activity in plan.activities for header in activity.extra))
    groups = {group.id: group.title for group in plan.groups}
    warnings: dict[str | None, int] = {}
    for issue in plan.issues:
        warnings[issue.activity_id] = warnings.get(issue.activity_id, 0) + (issue.severity != "info")
    return _Sheet(
        "Activities",
        (*_ACTIVITY_COLUMNS, *(_Column(header, 24) for header in headers), *_LAST_COLUMNS),
        [
            _activity_row(activity, groups.get(activity.group_id or "", ""), headers, warnings.get(activity.id, 0))
            for activity in plan.activities
        ],
    )


def _issue_row(issue: Issue) -> list[Cell]:
    kind = CATALOGUE.get(issue.code)
    return [
        issue.severity,
        issue.code,
        issue.ref,
        issue.field,
        issue.message,
        kind.remedy if kind else None,
        _place(issue.location),
        issue.activity_id,
    ]


def _issues(plan: Plan) -> _Sheet:
    columns = (
        _Column("Severity", 10),
        _Column("Code", 22),
        _Column("Ref", 8),
        _Column("Field", 20),
        _Column("Message", 60),
        _Column("What to do", 50),
        _Column("Place", 16),
        _Column("Activity id", 12),
    )
    return _Sheet("Issues", columns, [_issue_row(issue) for issue in plan.issues])


def _link_row(activity: Activity, link: CrossLink) -> list[Cell]:
    return [activity.ref, activity.activity, link.as_published, link.title, link.score, link.group_id, activity.id]


def _links(plan: Plan) -> _Sheet:
    columns = (
        _Column("Ref", 8),
        _Column("Activity", 60),
        _Column("Link as published", 36),
        _Column("Group", 36),
        _Column("Score", 8),
        _Column("Group id", 28),
        _Column("Activity id", 12),
    )
    found = [_link_row(activity, link) for activity in plan.activities for link in activity.also_links_to]
    return _Sheet("Links", columns, found)


def _about(plan: Plan) -> _Sheet:
    period, source = plan.period, plan.source
    facts: list[tuple[str, Cell]] = [
        ("Title", plan.title),
        ("Theme", plan.theme),
        ("Publisher", plan.publisher.name if plan.publisher else None),
        ("Publisher's identifier", plan.publisher.id if plan.publisher else None),
        ("Period", period.label if period else None),
        ("Period starts", period.start if period else None),
        ("Period ends", period.end if period else None),
        ("Source", source.name),
        ("Source's media type", source.media_type),
        ("Source's SHA-256", source.sha256),
        ("Source's size in bytes", source.size),
        ("Activities", len(plan.activities)),
        ("Groups", len(plan.groups)),
        ("Warnings and errors", sum(issue.severity != "info" for issue in plan.issues)),
        ("Words of the source", plan.coverage.words),
        ("Words that nothing claimed", plan.coverage.words - plan.coverage.claimed),
        ("Tables kept aside", len(plan.tables)),
        ("Version of the records", plan.schema_version),
        ("Dates", "Start and End are read from the words under Timescale; an empty End has no date there."),
        ("Not in this workbook", "Kept tables, and how each value is known: they are in the JSON."),
    ]
    return _Sheet("About", (_Column("What", 28), _Column("Value", 80)), facts)


class _Pen:
    """Writes values into the cells of one workbook, in its formats."""

    def __init__(self, book: Any) -> None:
        cell = {"text_wrap": True, "valign": "top"}
        self.header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EEF4"}
        )
        self.text = book.add_format(cell)
        # An apostrophe that is part of the format, not of the text: it stays text when somebody edits the cell.
        self.quoted = book.add_format({**cell, "quote_prefix": True})
        self.date = book.add_format({**cell, "num_format": "yyyy-mm-dd"})

    def write(self, sheet: Any, row: int, column: int, value: Cell) -> None:
        if value is None or value == "":
            return
        if isinstance(value, dt.date) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), self.date)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.text)
        else:
            text = _fitting(str(value))
            sheet.write_string(row, column, text, self.text if safe(text) == text else self.quoted)

    def draw(self, sheet: Any, content: _Sheet) -> None:
        for index, column in enumerate(content.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, _fitting(column.header), self.header)
        last = 0
        for last, row in enumerate(content.rows, 1):
            for index, value in enumerate(row):
                self.write(sheet, last, index, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(content.columns) - 1)


def format_xlsx(plan: Plan) -> bytes:
    """The workbook. A text that is longer than a cell can hold is cut, and says so."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": (plan.title or plan.source.name)[:255], "created": _NO_TIME})
        pen = _Pen(book)
        for content in (_activities(plan), _issues(plan), _links(plan), _about(plan)):
            pen.draw(book.add_worksheet(content.name), content)
    return out.getvalue()
