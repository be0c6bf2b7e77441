"""A plan as Parquet: the columns of the CSV, one row an activity, with real types.

Dates are dates, lists are lists, `also_links_to` is a list of structures and `extra` a map. What is nested more
deeply (`provenance`, `location`, `group_parents`, `group_location`) is JSON text, as in the CSV. Each field carries its
title and description; the file carries the version of the records and the plan's source.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

from extractor.errors import PartMissing
from extractor.records import CrossLink, Plan
from extractor.write.columns import Column, Entry, columns, columns_of, entries
from extractor.write.to_csv import encode

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ModuleNotFoundError as problem:
    raise PartMissing.of("parquet", "pyarrow", "Parquet") from problem

_SIMPLE = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
}
_JSON_TEXT = pa.string()
_LINK = pa.struct([(column.name, _SIMPLE[column.kind]) for column in columns_of(CrossLink, (), "", "", always=True)])
_NESTED = {"also_links_to": pa.list_(_LINK), "extra": pa.map_(pa.string(), pa.string())}


def _type(column: Column) -> pa.DataType:
    return _NESTED.get(column.name) or _SIMPLE.get(column.kind, _JSON_TEXT)


def _field(column: Column) -> pa.Field:
    about = {"title": column.title, "description": column.description}
    if column.kind in ("object", "array") and column.name not in _NESTED:
        about["format"] = "json"
    return pa.field(column.name, _type(column), nullable=not column.required, metadata=about)


def _schema(plan: Plan) -> pa.Schema:
    about = {
        "schema_version": plan.schema_version,
        "title": plan.title or "",
        "source": json.dumps(plan.source.model_dump(mode="json"), ensure_ascii=False),
    }
    return pa.schema([_field(column) for column in columns()], metadata=about)


def _value(column: Column, entry: Entry) -> Any:
    if column.name == "group_id":  # also where it names no group of the plan
        return entry["activity"]["group_id"]
    value: Any = entry
    for name in column.path:
        value = value.get(name) if value is not None else None
    if value is None:
        return None
    if column.name == "extra":
        return list(value.items())
    if column.name not in _NESTED and column.kind in ("object", "array"):
        return encode(column, value) or None
    return dt.date.fromisoformat(value) if column.kind == "date" else value


def format_parquet(plan: Plan) -> bytes:
    """The file, compressed with Zstandard. A list that the record lacks is empty, not null."""
    schema = _schema(plan)
    found = list(entries(plan))
    arrays = [
        pa.array([_value(column, entry) for entry in found], type=field.type)
        for column, field in zip(columns(), schema, strict=True)
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()
