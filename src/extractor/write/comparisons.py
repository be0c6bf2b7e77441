"""`Changes` and `History` -> bytes. Another format is another function and a line in a table."""

from __future__ import annotations

from collections.abc import Callable

from extractor.changes import Changes, History
from extractor.write import Style


def _changes_text(changes: Changes, style: Style) -> str:
    from extractor.write.changes_text import format_changes_text

    return format_changes_text(changes, width=style.width, colour=style.colour)


def _changes_json(changes: Changes, style: Style) -> str:
    from extractor.write.changes_json import format_changes_json

    return format_changes_json(changes)


def _changes_csv(changes: Changes, style: Style) -> str:
    from extractor.write.changes_csv import format_changes_csv

    return format_changes_csv(changes, spreadsheet_safe=style.spreadsheet_safe)


def _changes_markdown(changes: Changes, style: Style) -> str:
    from extractor.write.changes_markdown import format_changes_markdown

    return format_changes_markdown(changes)


def _changes_html(changes: Changes, style: Style) -> str:
    from extractor.write.changes_html import format_changes_html

    return format_changes_html(changes)


def _history_text(history: History, style: Style) -> str:
    from extractor.write.changes_text import format_history_text

    return format_history_text(history, width=style.width, colour=style.colour)


def _history_json(history: History, style: Style) -> str:
    from extractor.write.changes_json import format_changes_json

    return format_changes_json(history)


def _history_csv(history: History, style: Style) -> str:
    from extractor.write.changes_csv import format_history_csv

    return format_history_csv(history, spreadsheet_safe=style.spreadsheet_safe)


def _history_html(history: History, style: Style) -> str:
    from extractor.write.history_html import format_history_html

    return format_history_html(history)


CHANGES_WRITERS: dict[str, Callable[[Changes, Style], str]] = {
    "text": _changes_text,
    "json": _changes_json,
    "csv": _changes_csv,
    "markdown": _changes_markdown,
    "html": _changes_html,
}
HISTORY_WRITERS: dict[str, Callable[[History, Style], str]] = {
    "text": _history_text,
    "json": _history_json,
    "csv": _history_csv,
    "html": _history_html,
}
COMPARISON_ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
"""The format that a file name's ending asks for."""


def write_changes(changes: Changes, format: str, style: Style | None = None) -> bytes:
    """The comparison in one of `CHANGES_WRITERS`, in UTF-8. Raises `KeyError` for any other format."""
    return CHANGES_WRITERS[format](changes, style or Style(width=80)).encode("utf-8")


def write_history(history: History, format: str, style: Style | None = None) -> bytes:
    """The history in one of `HISTORY_WRITERS`, in UTF-8. Raises `KeyError` for any other format."""
    return HISTORY_WRITERS[format](history, style or Style(width=80)).encode("utf-8")
