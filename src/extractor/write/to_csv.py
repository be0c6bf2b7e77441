r"""A plan as CSV, one row an activity, and back.

1. RFC 4180 with LF: a cell that holds a comma, a quote or a line break is quoted, and quotes are doubled.
2. A list is joined with "|"; within a value "\\" stands for a backslash and "\|" for a bar.
3. An empty cell is null, or an empty list.
4. What a spreadsheet would run as a formula is left as published, unless the caller asks for safe cells.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from extractor.records import Activity, Plan
from extractor.write.columns import Column, Entry, columns, plan_of, surroundings

_TOKEN = re.compile(r"\\.?|\||[^\\|]+", re.DOTALL)
# OWASP, "CSV injection": what makes a spreadsheet take a cell for a formula, also in full width.
_FORMULA = re.compile("^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_LONGEST_CELL = 100_000_000
_as_json = json.JSONEncoder(ensure_ascii=False).encode


class CellUnreadable(ValueError):
    """A cell, or the shape of the file, that cannot be read back. `place` names the row and the column."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


def join_values(values: Iterable[str]) -> str:
    r"""The values in one cell, parted by bars.

    >>> print(join_values(["Head of Roads", "a|b", "back\\slash"]))
    Head of Roads|a\|b|back\\slash
    """
    return "|".join([value.replace("\\", "\\\\").replace("|", "\\|") for value in values])


def split_values(cell: str) -> list[str]:
    r"""The values that `join_values` put into a cell; none for an empty cell.

    >>> split_values(r"Head of Roads|a\|b|back\\slash")
    ['Head of Roads', 'a|b', 'back\\slash']
    """
    values = [""] if cell else []
    for token in _TOKEN.findall(cell):
        if token == "|":
            values.append("")
        elif token == "\\":
            raise ValueError("ends in a lone backslash")
        else:
            values[-1] += token.removeprefix("\\")
    return values


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it as a formula.

    >>> safe("=1+1"), safe("1+1")
    ("'=1+1", '1+1')
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def _compact(value: Any) -> Any:
    """The JSON value without keys that hold null or an empty list: they are the models' defaults."""
    if type(value) is dict:
        return {k: _compact(v) if type(v) in (dict, list) else v for k, v in value.items() if v is not None and v != []}
    return [_compact(v) for v in value] if type(value) is list else value


def encode(column: Column, value: Any) -> str:
    """The cell that holds a JSON value."""
    if value is None:
        return ""
    if column.kind == "list":
        return join_values(value)
    if column.kind in ("object", "array"):
        empty_is_default = not value and column.path[-1] != "location"
        return "" if empty_is_default else _as_json(_compact(value))
    if column.kind == "boolean":
        return "true" if value else "false"
    return str(value)


def _decode(column: Column, cell: str) -> Any:
    """The JSON value of a cell that is not empty. Raises `ValueError` where it has none."""
    if column.kind == "list":
        return split_values(cell)
    if column.kind == "boolean":
        # Spreadsheets write TRUE.
        if cell.lower() not in ("true", "false"):
            raise ValueError("is neither true nor false")
        return cell.lower() == "true"
    if column.kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,18}", cell):
            raise ValueError("is no whole number")
        return int(cell)
    if column.kind in ("object", "array"):
        try:
            value = json.loads(cell)
        except json.JSONDecodeError as problem:
            raise ValueError(f"is no JSON: {problem.msg} at character {problem.pos + 1}") from None
        if not isinstance(value, dict if column.kind == "object" else list):
            raise ValueError(f"is JSON, and no {column.kind}")
        return value
    return cell


def _quoted(cell: str) -> str:
    # Most cells are empty, or a word; and four searches for one letter take a tenth of one for any of four.
    if not cell or cell.isalnum():
        return cell
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    if "," in cell or "\n" in cell or "\r" in cell or cell[0].isspace() or cell[-1].isspace():
        return f'"{cell}"'
    return cell


def _safely_quoted(cell: str) -> str:
    return _quoted(safe(cell))


def csv_line(cells: Iterable[str]) -> str:
    """The cells as a line of CSV, with its end."""
    return ",".join(map(_quoted, cells)) + "\n"


def _value_at(entry: Entry, path: tuple[str, ...]) -> Any:
    value: Any = entry
    for name in path:
        if value is None:
            return None
        value = value.get(name)
    return value


def csv_lines(plan: Plan, before: Sequence[str] = (), *, spreadsheet_safe: bool = False) -> Iterator[str]:
    """The line of each activity, with its end, in the order of `columns`; `before`: cells in front of all."""
    finished = _safely_quoted if spreadsheet_safe else _quoted
    head, groups = surroundings(plan)
    start = "".join(f"{finished(cell)}," for cell in before)
    # What rows have in common is made into text once.
    shared: dict[tuple[int, str | None], str] = {}
    runs = tuple(enumerate(_runs()))
    for activity in plan.activities:
        parts = []
        for number, run in runs:
            if run.holder[0] == "activity":
                parts.append(_own_cells(run, activity, finished))
                continue
            key = number, activity.group_id if run.holder[0] == "group" else None
            if key not in shared:
                # An activity may name a group that is not there; its `group_id` is kept for all that.
                group = None if activity.group_id is None else groups.get(activity.group_id, {"id": activity.group_id})
                entry = {"plan": head, "group": group}
                shared[key] = ",".join(
                    [finished(encode(column, _value_at(entry, column.path))) for column in run.columns]
                )
            parts.append(shared[key])
        yield f"{start}{','.join(parts)}\n"


_Finish = Callable[[str], str]
"""Makes a cell fit to stand in a line of CSV."""
_Make = Callable[[Any, _Finish], str]
"""Makes a finished cell of a value of a record."""


class _Run(NamedTuple):
    """Neighbouring columns whose values one record holds."""

    holder: tuple[str, ...]
    columns: tuple[Column, ...]
    values: Callable[[Any], tuple[Any, ...]]
    """Those of the record."""
    makers: tuple[_Make, ...]
    """What makes the cells of its own columns, where it is an activity's."""
    empty: str
    """The cells of a record that is not there."""


@cache
def _runs() -> tuple[_Run, ...]:
    by_holder = groupby(columns(), lambda column: column.path[:-1])
    listed = [(holder, tuple(run)) for holder, run in by_holder]
    return tuple(
        _Run(
            holder,
            run,
            _getter([column.path[-1] for column in run]),
            tuple(map(_maker, run)) if holder[0] == "activity" else (),
            "," * (len(run) - 1),
        )
        for holder, run in listed
    )


def _getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: (getattr(record, names[0]),)


def _own_cells(run: _Run, activity: Activity, finished: _Finish) -> str:
    """An activity's own columns: what `encode` makes of values as JSON, without making that first."""
    record: Any = activity
    for name in run.holder[1:]:
        record = getattr(record, name)
    if record is None:
        return run.empty
    return ",".join(
        [
            (value and finished(value)) if type(value) is str else "" if value is None else make(value, finished)
            for value, make in zip(run.values(record), run.makers, strict=True)
        ]
    )


def _maker(column: Column) -> _Make:
    """What makes the column's cells of values that are neither null nor text."""
    name = column.path[-1]
    if column.kind == "list":
        return lambda value, finished: finished(join_values(value)) if value else ""
    if column.kind in ("object", "array"):
        nothing = "{}" if name == "location" else ""
        adapter = _adapter(name)
        # It begins with a bracket, which no spreadsheet takes for a formula.
        return lambda value, _: _quoted(_json_of(adapter, value)) if value else nothing
    if column.kind == "date":
        return lambda value, _: str(value.isoformat())
    return lambda value, finished: finished(encode(column, value))


def _json_of(adapter: TypeAdapter[Any], value: Any) -> str:
    """The value of an activity's field as JSON on one line, without keys that hold null or an empty list.

    pydantic has no blanks in its JSON, but for the form that is indented; there, a line break can only be its own.
    """
    text = adapter.dump_json(value, exclude_defaults=True, indent=0).decode()
    return text.replace(",\n", ", ").replace("\n", "")


def _adapter(name: str) -> TypeAdapter[Any]:
    annotation: Any = Activity.model_fields[name].annotation
    return TypeAdapter(annotation)


def format_csv(plan: Plan, *, spreadsheet_safe: bool = False) -> str:
    """The plan's activities, one a row, under a header row; see `columns` for what the columns are."""
    header = csv_line(column.name for column in columns())
    return header + "".join(csv_lines(plan, spreadsheet_safe=spreadsheet_safe))


def _put(entry: Entry, path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        if entry.get(name) is None:
            entry[name] = {}
        entry = entry[name]
    entry[path[-1]] = value


def _entry(cells: dict[str, str], row_number: int) -> Entry:
    entry: Entry = {"activity": {}, "group": None, "plan": {}}
    for column in columns():
        cell = cells.get(column.name, "")
        if cell == "":
            continue
        try:
            value = _decode(column, cell)
        except ValueError as problem:
            raise CellUnreadable(f"row {row_number}, {column.name}", str(problem)) from None
        _put(entry, column.path, value)
    for column in columns():
        holder = _value_at(entry, column.path[:-1])
        if column.may_be_blank and holder is not None:
            holder.setdefault(column.path[-1], "")
    group = entry["group"]
    if group is not None:
        entry["activity"]["group_id"] = group.get("id")
        if "position" not in group:
            entry["group"] = None
    return entry


def _rows(text: str) -> Iterator[list[str]]:
    """The rows of the file. The csv module's limit on a cell's length is a global; it is put back."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    finally:
        csv.field_size_limit(before)


def parse_csv(text: str) -> Entry:
    """The groups and activities that `format_csv` wrote, as the JSON values of a plan, not yet validated.

    CRLF and a byte order mark are taken, as spreadsheets write them. Raises `CellUnreadable`.
    """
    try:
        rows = [row for row in _rows(text.removeprefix("\ufeff")) if row]
    except csv.Error as problem:
        raise CellUnreadable("the file", f"is no CSV: {problem}") from None
    if not rows:
        raise CellUnreadable("the header", "is missing")
    header, body = rows[0], rows[1:]
    known = {column.name for column in columns()}
    for name in header:
        if name not in known or header.count(name) > 1:
            trouble = "stands there twice" if name in known else "is no column of this shape"
            raise CellUnreadable("the header", f"“{name}” {trouble}")
    for column in columns():
        if column.name not in header and (column.required or column.name == "activity"):
            raise CellUnreadable("the header", f"the column “{column.name}” is missing")
    found = []
    for number, row in enumerate(body, 1):
        if len(row) != len(header):
            raise CellUnreadable(f"row {number}", f"has {len(row)} cells, and the header has {len(header)}")
        found.append(_entry(dict(zip(header, row, strict=True)), number))
    return plan_of(found)
