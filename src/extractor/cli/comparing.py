"""What `diff` and `history` share: plans from sources or from JSON made earlier, and where the report goes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from pydantic import ValidationError

from extractor.api import STANDARD_STREAM, read_source
from extractor.cli.console import Reading, colour_wanted, print_data, print_text, terminal_width, write_files
from extractor.errors import OutputRefused, SourceUnreadable
from extractor.migrations import migrate
from extractor.profile import Settings
from extractor.records import Plan
from extractor.write import Style
from extractor.write.comparisons import COMPARISON_ENDINGS
from extractor.write.reading_back import PARSERS, problems_of

_NARROW = 80
"""Columns of the report where there is no terminal."""


def load_plan(path: str, settings: Settings) -> Plan:
    """The plan of a document, or of JSON, JSON Lines or CSV that was extracted earlier, by an older version perhaps.

    Raises an `ExtractorError` where the file holds no plan.
    """
    with Reading(path):
        data = read_source(path, settings.max_bytes)
        name = path if path == STANDARD_STREAM else Path(path).name
        format = _format_of(name, data)
        if format is not None:
            return _read_extracted(data, name, format)
        from extractor.cli.reading import read_document
        from extractor.pipeline import extract_bytes  # loads the stages; what was extracted earlier needs none

        return read_document(extract_bytes, data, name, settings)


def _format_of(name: str, data: bytes) -> str | None:
    """The format of data made earlier, by the name's ending or the first letter; None for a document."""
    ending = Path(name).suffix.lower().removeprefix(".")
    if ending in PARSERS:
        return ending
    return "json" if not ending and data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else None


def _read_extracted(data: bytes, name: str, format: str) -> Plan:
    remedy = "Give a file that `extractor extract` wrote, or the document itself."
    try:
        value = PARSERS[format](data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as problem:
        raise SourceUnreadable(f"{name} cannot be read as {format.upper()}: {problem}", remedy) from problem
    if format == "json":
        value = migrate(value)
    try:
        return Plan.model_validate(value)
    except ValidationError as error:
        first = next(problems_of(error, value))
        raise SourceUnreadable(f"{name} is no plan: {first}", remedy) from error


@dataclass(frozen=True, slots=True)
class Report:
    """Where a report goes, and in which form."""

    format: str
    path: Path | None
    style: Style

    def put(self, data: bytes, others: Mapping[Path, bytes]) -> None:
        """Write the report and the other files: all of them, or none."""
        if self.path is not None:
            write_files({**others, self.path: data})
            return
        write_files(others)
        if self.format == "text":
            print_text(data.decode("utf-8"))
        else:
            print_data(data)


def choose_report(output: str | None, format: str | None, formats: Sequence[str], safe: bool) -> Report:
    """The report that the caller asks for: `--format`, else the output's ending, else text on a terminal and JSON
    elsewhere.

    Raises `OutputRefused` where the format cannot be told.
    """
    path = None if output is None or output == STANDARD_STREAM else Path(output)
    if format is None and path is not None:
        format = COMPARISON_ENDINGS.get(path.suffix.lower())
        if format not in formats:
            endings = ", ".join(ending for ending, name in COMPARISON_ENDINGS.items() if name in formats)
            raise OutputRefused(
                f"{output} does not say which format is wanted", f"Give --format, or a name that ends in {endings}."
            )
    on_terminal = path is None and sys.stdout.isatty()
    chosen = format or ("text" if on_terminal else "json")
    style = Style(
        spreadsheet_safe=safe,
        width=terminal_width() if on_terminal else _NARROW,
        colour=on_terminal and chosen == "text" and colour_wanted(sys.stdout),
    )
    return Report(chosen, path, style)


def read_text(path: str) -> str:
    """The text of a settings file. Raises `SourceMissing` or `SourceUnreadable`."""
    data = read_source(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceUnreadable(f"{path} is not UTF-8 (byte {problem.start + 1})", "Save it as UTF-8.") from problem


def refuse_two_standard_inputs(names: Sequence[str]) -> None:
    """Raise `UsageError` where standard input is to be read twice."""
    if list(names).count(STANDARD_STREAM) > 1:
        raise click.UsageError("Only one of the plans can come from standard input.")
