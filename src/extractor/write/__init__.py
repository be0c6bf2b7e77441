"""`Plan` -> bytes. Another format is another `to_x.py` and a line in `WRITERS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from extractor.fixed import fixed

if TYPE_CHECKING:
    from extractor.records import Plan


@fixed(frozen=True, slots=True)
class Style:
    """How the caller wants a plan written, where the format leaves a choice."""

    spreadsheet_safe: bool = False
    """CSV and Data Package: cells that a spreadsheet would run as formulas are written in a safe form."""
    width: int = 100
    """Table: columns of the terminal."""
    colour: bool = False
    """Table: set headings and flags apart with ANSI colours."""


def _json(plan: Plan, style: Style) -> bytes:
    from extractor.write.to_json import encode_json

    return encode_json(plan)


def _json_lines(plan: Plan, style: Style) -> bytes:
    from extractor.write.to_jsonl import format_jsonl

    return format_jsonl(plan).encode("utf-8")


def _csv(plan: Plan, style: Style) -> bytes:
    from extractor.write.to_csv import format_csv

    return format_csv(plan, spreadsheet_safe=style.spreadsheet_safe).encode("utf-8")


def _table(plan: Plan, style: Style) -> bytes:
    from extractor.write.to_terminal import format_table

    return format_table(plan, width=style.width, colour=style.colour).encode("utf-8")


def _datapackage(plan: Plan, style: Style) -> bytes:
    from extractor.write.to_datapackage import format_datapackage

    return format_datapackage(plan, spreadsheet_safe=style.spreadsheet_safe)


def _xlsx(plan: Plan, style: Style) -> bytes:
    from extractor.write.to_xlsx import format_xlsx

    return format_xlsx(plan)


def _parquet(plan: Plan, style: Style) -> bytes:
    from extractor.write.to_parquet import format_parquet

    return format_parquet(plan)


def _datapackage_files(plan: Plan, style: Style) -> dict[str, bytes]:
    from extractor.write.to_datapackage import datapackage_files

    return datapackage_files(plan, spreadsheet_safe=style.spreadsheet_safe)


Writer = Callable[["Plan", Style], bytes]

WRITERS: dict[str, Writer] = {
    "json": _json,
    "jsonl": _json_lines,
    "csv": _csv,
    "table": _table,
    "datapackage": _datapackage,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
FOLDER_WRITERS: dict[str, Callable[[Plan, Style], dict[str, bytes]]] = {"datapackage": _datapackage_files}
"""The formats that can also be a folder of files."""
ENDINGS: dict[str, str] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".txt": "table",
    ".table": "table",
    ".zip": "datapackage",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}
"""The format that a file name's ending asks for."""
JOINABLE = frozenset({"jsonl", "table"})
"""The formats in which several plans may follow each other in one output."""
BINARY = frozenset({"datapackage", "xlsx", "parquet"})
"""The formats that are no text."""


def write(plan: Plan, format: str, style: Style | None = None) -> bytes:
    """The plan in one of `WRITERS`; text is UTF-8. Raises `KeyError` for any other format.

    Raises `PartMissing` where the format needs a library that is not installed.
    """
    return WRITERS[format](plan, style or Style())


def write_folder(plan: Plan, format: str, style: Style | None = None) -> dict[str, bytes]:
    """The files, by name, of the plan in one of `FOLDER_WRITERS`. Raises `KeyError` for any other format."""
    return FOLDER_WRITERS[format](plan, style or Style())
