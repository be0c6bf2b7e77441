"""The published schemas, generated from the models: JSON Schema of a plan, Table Schema of its CSV."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from extractor.records import SCHEMA_VERSION, Plan
from extractor.write.columns import Column, columns

PLAN_SCHEMA_ID = f"https://schemas.extractor.example/{SCHEMA_VERSION}/plan.schema.json"
_TABLE_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
# JSON objects whose keys the publisher chooses.
_KEYS = {
    "claims": "What claimed the words",
    "extra": "Header as published",
    "provenance": "Name of a field",
}

SCHEMA_FILES = {"plan": "plan.schema.json", "table": "activities.table.json"}


class _Generator(GenerateJsonSchema):
    """Names the edition of JSON Schema and the version of this one."""

    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        return {
            "$schema": self.schema_dialect,
            "$id": PLAN_SCHEMA_ID,
            **super().generate(schema, mode=mode),
        }


def plan_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the JSON output: every key is always there, and no other."""
    schema = Plan.model_json_schema(mode="serialization", schema_generator=_Generator)
    for shape in (schema, *schema["$defs"].values()):
        for key, value in shape["properties"].items():
            value.setdefault("title", key.replace("_", " ").capitalize())
            value.pop("default", None)  # nothing is ever left out, so no default is ever needed
            if key in _KEYS and "additionalProperties" in value:
                value["propertyNames"] = {"title": _KEYS[key]}
        shape["required"] = list(shape["properties"])
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "type": "string" if column.kind == "list" else column.kind,
        "description": column.description,
    }
    if column.kind == "list":
        field["separator"] = "|"
        field["escape"] = "\\"
        field["description"] += " Several values are parted by |; within a value, \\| is a bar and \\\\ a backslash."
    if column.kind in ("object", "array"):
        field["description"] += " JSON text."
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.name == "id":
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return field | ({"constraints": constraints} if constraints else {})


def table_schema() -> dict[str, Any]:
    """The Frictionless Table Schema of the CSV output."""
    return {
        "$schema": _TABLE_SCHEMA_PROFILE,
        "name": "activities",
        "title": "Activities of a plan",
        "description": "One row an activity, with its group and its plan. An empty cell is null or an empty list.",
        "version": SCHEMA_VERSION,
        "fields": [_field(column) for column in columns()],
        "missingValues": [""],
        "primaryKey": ["id"],
    }


def format_schema(which: str) -> str:
    """The schema of that name (`plan` or `table`) as JSON text, as it stands in `schemas/`."""
    schema = {"plan": plan_schema, "table": table_schema}[which]()
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
