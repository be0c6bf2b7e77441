"""A plan as a Data Package (version 2, https://datapackage.org): `datapackage.json` beside one CSV a table.

1. The tables are those of `tables`, with their keys; each field has its sentence.
2. Each file's `hash` and `bytes` stand in `datapackage.json`, and so does the SHA-256 of the source.
3. Same plan, same bytes: the archive's dates and modes are fixed.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from typing import Any

from extractor.records import Plan
from extractor.write.columns import Column
from extractor.write.licences import stated_licences
from extractor.write.tables import Row, Table, rows, tables
from extractor.write.to_csv import csv_line, encode, safe

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
_DIALECT_PROFILE = "https://datapackage.org/profiles/2.0/tabledialect.json"
_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can name; it stands for none."""
_UNIX = 3
_JSON_KINDS = ("object", "array")


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _field(column: Column, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "type": column.kind,
        "description": column.description,
    }
    if column.kind == "list":
        field |= {"delimiter": "|", "itemType": "string"}
    elif column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    elif column.kind in _JSON_KINDS:
        field["description"] += " JSON text."
    constraints: dict[str, Any] = {}
    # An empty cell is null, and most texts of the models may be empty.
    if column.required and (column.kind != "string" or column.choices or column.name in table.key):
        constraints["required"] = True
    if table.key == (column.name,):
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    return field | ({"constraints": constraints} if constraints else {})


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {
            "fields": [reference.column],
            "reference": {
                # A key into the table itself names no resource.
                "resource": "" if reference.table == table.name else reference.table,
                "fields": [reference.target],
            },
        }
        for reference in table.references
    ]
    return {
        "$schema": _SCHEMA_PROFILE,
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    } | ({"foreignKeys": keys} if keys else {})


def _csv(table: Table, found: list[Row], spreadsheet_safe: bool) -> bytes:
    lines = [csv_line(column.name for column in table.columns)]
    for row in found:
        cells = (encode(column, row[column.name]) for column in table.columns)
        lines.append(csv_line(map(safe, cells) if spreadsheet_safe else cells))
    return "".join(lines).encode("utf-8")


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": _hash(data),
        "dialect": {
            "$schema": _DIALECT_PROFILE,
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(table),
    }


def _name(plan: Plan) -> str:
    """The package's name: lower-case letters, digits and hyphens.

    The publisher's name is part of it where it is known.
    """
    words = " ".join(filter(None, (plan.publisher.name if plan.publisher else "", plan.title, plan.theme)))
    return "-".join(re.findall("[a-z0-9]+", words.lower())) or "plan"


def _descriptor(plan: Plan, resources: list[dict[str, Any]]) -> dict[str, Any]:
    source = plan.source
    document: dict[str, Any] = {
        "title": source.name,
        "hash": f"sha256:{source.sha256}",
        "bytes": source.size,
        "mediatype": source.media_type,
    }
    package: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": _name(plan),
        "title": plan.title or source.name,
        "description": "The activities of a published plan, extracted from the document under `sources`.",
        "schema_version": plan.schema_version,
    }
    if plan.theme:
        package["theme"] = plan.theme
    if plan.period:
        package["period"] = plan.period.model_dump(mode="json")
    if plan.publisher:
        package["contributors"] = [
            {"title": plan.publisher.name, "roles": ["publisher"]}
            | ({"organization_id": plan.publisher.id} if plan.publisher.id else {})
        ]
    licences = stated_licences(plan)
    if licences:
        package["licenses"] = [{"name": one.name, "title": one.title, "path": one.path} for one in licences]
    return package | {"sources": [document], "resources": resources}


def datapackage_files(plan: Plan, *, spreadsheet_safe: bool = False) -> dict[str, bytes]:
    """The files of the package by name: `datapackage.json` first, then `activities.csv` and the other tables."""
    found = rows(plan)
    data = {table.name: _csv(table, found[table.name], spreadsheet_safe) for table in tables()}
    package = _descriptor(plan, [_resource(table, data[table.name]) for table in tables()])
    descriptor = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return {"datapackage.json": descriptor.encode("utf-8")} | {f"{name}.csv": text for name, text in data.items()}


def format_datapackage(plan: Plan, *, spreadsheet_safe: bool = False) -> bytes:
    """The package as a zip archive, with `datapackage.json` at its root."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for name, data in datapackage_files(plan, spreadsheet_safe=spreadsheet_safe).items():
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data)
    return archive.getvalue()
