"""A comparison as CSV: one row a pair of activities, or one of them where it stands alone.

A split or merge takes several rows of the same `change` number. Lists are joined with "|" as in a plan's CSV.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from extractor.changes import Brief, Change, Changes, History
from extractor.write.to_csv import join_values, safe

_SIDE = ("id", "ref", "group", "lead_in", "activity", "timescale", "end", "lead_officers")
COLUMNS = (
    "change",
    "kind",
    "labels",
    *(f"old_{name}" for name in _SIDE),
    *(f"new_{name}" for name in _SIDE),
    "days_later",
    "substance",
    "because",
    "score",
    "evidence",
    "needs_decision",
    "nearest",
)


def format_changes_csv(changes: Changes, *, spreadsheet_safe: bool = False) -> str:
    """The pairs under a header row; UTF-8, RFC 4180, LF. `spreadsheet_safe` disarms what would run as a formula."""
    rows = (row for number, change in enumerate(changes.changes, 1) for row in _rows(number, change))
    return as_csv(COLUMNS, rows, spreadsheet_safe=spreadsheet_safe)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]], *, spreadsheet_safe: bool) -> str:
    """Rows of text as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe(cell) for cell in row] if spreadsheet_safe else row)
    return out.getvalue()


def _rows(number: int, change: Change) -> Iterator[list[str]]:
    for old in change.old or (None,):
        for new in change.new or (None,):
            fields = {
                field.field: field
                for field in change.fields
                if old and new and (field.old_id, field.new_id) == (old.id, new.id)
            }
            text, end = fields.get("activity"), fields.get("end")
            yield [
                str(number),
                change.kind,
                join_values(change.labels),
                *_side(old),
                *_side(new),
                "" if end is None or end.days_later is None else str(end.days_later),
                "" if text is None or text.substance is None else str(text.substance).lower(),
                join_values(text.because) if text else "",
                "" if change.score is None else f"{change.score:g}",
                join_values(change.evidence),
                str(change.needs_decision).lower(),
                join_values(change.nearest),
            ]


def _side(brief: Brief | None) -> list[str]:
    if brief is None:
        return [""] * len(_SIDE)
    return [
        brief.id,
        brief.ref or "",
        brief.group or "",
        brief.lead_in or "",
        brief.activity,
        brief.timescale or "",
        brief.end.isoformat() if brief.end else "",
        join_values(brief.lead_officers),
    ]


def format_history_csv(history: History, *, spreadsheet_safe: bool = False) -> str:
    """The threads, one a row: its ref in each plan, how often it was carried over, slip, fate and last text."""
    names = [side.period or side.title or side.source for side in history.plans]
    labels = [f"ref_{number}_{name}" for number, name in enumerate(names, 1)]
    header = [
        "thread",
        *labels,
        "carried_over",
        "total_slip_days",
        "fate",
        "dropped_unfinished",
        "from_thread",
        "into_thread",
        "group",
        "activity",
        "end",
    ]
    rows = (
        [
            thread.id,
            *(ref or "" for ref in thread.refs),
            str(thread.carried_over),
            str(thread.total_slip_days),
            thread.fate,
            str(thread.dropped_unfinished).lower(),
            thread.from_thread or "",
            thread.into_thread or "",
            thread.steps[-1].group or "",
            thread.steps[-1].activity,
            thread.steps[-1].end.isoformat() if thread.steps[-1].end else "",
        ]
        for thread in history.threads
    )
    return as_csv(header, rows, spreadsheet_safe=spreadsheet_safe)
