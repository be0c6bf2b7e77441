"""`Plan` -> bytes. Another format is another `to_x.py` and a line in `WRITERS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.records import Plan


@dataclass(frozen=True, slots=True)
class Style:
    """How the caller wants a plan written, where the format leaves a choice."""

    spreadsheet_safe: bool = False
    """CSV: cells that a spreadsheet would run as formulas are written in a safe form."""
    width: int = 100
    """Table: columns of the terminal."""
    colour: bool = False
    """Table: set headings and flags apart with ANSI colours."""


def _json(plan: Plan, style: Style) -> str:
    from extractor.write.to_json import format_json

    return format_json(plan)


def _json_lines(plan: Plan, style: Style) -> str:
    from extractor.write.to_jsonl import format_jsonl

    return format_jsonl(plan)


def _csv(plan: Plan, style: Style) -> str:
    from extractor.write.to_csv import format_csv

    return format_csv(plan, spreadsheet_safe=style.spreadsheet_safe)


def _table(plan: Plan, style: Style) -> str:
    from extractor.write.to_terminal import format_table

    return format_table(plan, width=style.width, colour=style.colour)


Writer = Callable[[Plan, Style], str]

WRITERS: dict[str, Writer] = {"json": _json, "jsonl": _json_lines, "csv": _csv, "table": _table}
ENDINGS: dict[str, str] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".txt": "table",
    ".table": "table",
}
"""The format that a file name's ending asks for."""
JOINABLE = frozenset({"jsonl", "table"})
"""The formats in which several plans may follow each other in one output."""


def write(plan: Plan, format: str, style: Style | None = None) -> bytes:
    """The plan in one of `WRITERS`, in UTF-8. Raises `KeyError` for any other format."""
    return WRITERS[format](plan, style or Style()).encode("utf-8")
