"""The page "The output": every field of every shape, from the models, as Markdown.

`python -m extractor.write.reference` prints it; `make schemas` puts it into `docs/output.md`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import sys
import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from extractor.changes import Changes, History
from extractor.locations import Says
from extractor.records import Plan
from extractor.write.columns import Column, columns
from extractor.write.tables import tables

_NAMES = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    dt.date: "date",
    type(None): "null",
}
_ROOTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("A plan", Plan),
    ("A comparison", Changes),
    ("A history", History),
)
_HEAD = """# The output

Every field of what the tool writes. This page is made from the models that also check the output, and so are the
JSON Schema (`extractor schema`) and the Table Schema (`extractor schema table`).

In JSON every key is always there: what has no value is null, and a list may be empty. Dates are `2024-03-31`.
"""


def _is_shape(kind: Any) -> bool:
    return isinstance(kind, type) and (issubclass(kind, BaseModel) or dataclasses.is_dataclass(kind))


def _plain(text: str) -> str:
    """The text in one line of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _type_name(kind: Any) -> str:
    """An annotation in words; a shape as a link to its section.

    >>> _type_name(str | None), _type_name(tuple[str, ...]), _type_name(dict[str, int])
    ('text or null', 'list of text', 'object of whole number by name')
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return _type_name(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in arguments)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type_name(part) for part in arguments)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return f"list of {_type_name(arguments[0])}"
        return f"{len(arguments)} × {_type_name(arguments[0])}"
    if origin is dict:
        return f"object of {_type_name(arguments[1])} by name"
    return f"[{kind.__name__}](#{kind.__name__.lower()})" if _is_shape(kind) else _NAMES[kind]


def _parts(kind: Any) -> Iterator[Any]:
    """The shapes that an annotation speaks of."""
    if _is_shape(kind):
        yield kind
    for part in typing.get_args(kind):
        yield from _parts(part)


def _described(annotated: Any) -> str:
    found = (part.description for part in typing.get_args(annotated) if isinstance(part, FieldInfo | Says))
    return next((description for description in found if description), "")


def _fields(shape: type[Any]) -> dict[str, tuple[Any, str]]:
    """The annotation and the sentence of each field of a model or dataclass."""
    hints = typing.get_type_hints(shape, include_extras=True)
    if issubclass(shape, BaseModel):
        return {name: (hints[name], field.description or "") for name, field in shape.model_fields.items()}
    return {field.name: (hints[field.name], _described(hints[field.name])) for field in dataclasses.fields(shape)}


def shapes(root: type[Any]) -> list[type[Any]]:
    """The root and every shape within it, each once, in the order in which they are met."""
    found = [root]
    for shape in found:
        for annotation, _ in _fields(shape).values():
            found.extend(part for part in _parts(annotation) if part not in found)
    return list(dict.fromkeys(found))


def _section(shape: type[Any], level: int) -> Iterator[str]:
    yield f"{'#' * level} {shape.__name__}\n"
    yield (inspect.getdoc(shape) or "").split("\n\n")[0] + "\n"
    yield "| field | type | meaning |\n| --- | --- | --- |"
    for name, (annotation, meaning) in _fields(shape).items():
        yield f"| `{name}` | {_plain(_type_name(annotation))} | {_plain(meaning)} |"
    yield ""


def _columns(found: tuple[Column, ...]) -> Iterator[str]:
    yield "| column | type | meaning |\n| --- | --- | --- |"
    for column in found:
        yield f"| `{column.name}` | {column.kind} | {_plain(column.description)} |"
    yield ""


def _flat() -> Iterator[str]:
    yield "## CSV and Parquet\n"
    yield (
        "One row an activity. In CSV a list is joined with a bar, and an object or array is JSON text; Parquet has\n"
        "real types. The frame of `plan.to_dataframe()` has the same columns, but for `group_parents`.\n"
    )
    yield from _columns(columns())


def _normalised() -> Iterator[str]:
    yield "## Data Package and databases\n"
    yield "In a database each table also has `plan_id`, which is part of every key.\n"
    for table in tables():
        yield f"### `{table.name}`\n"
        keys = [f"`{one.column}` points to `{one.target}` of `{one.table}`" for one in table.references]
        named = ", ".join(f"`{name}`" for name in table.key)
        yield f"{table.description} Key: {named}{'; ' if keys else ''}{', '.join(keys)}.\n"
        yield from _columns(table.columns)


def format_reference() -> str:
    """The page, as it stands in `docs/output.md`."""
    lines = [_HEAD]
    done: list[type[Any]] = []
    for title, root in _ROOTS:
        lines.append(f"## {title}\n")
        for shape in shapes(root):
            if shape not in done:
                done.append(shape)
                lines.extend(_section(shape, 3))
    lines.extend(_flat())
    lines.extend(_normalised())
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.stdout.write(format_reference())
