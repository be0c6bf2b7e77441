"""The published schemas: they are those of the models, say what everything means, and fit the output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from extractor.records import SCHEMA_VERSION
from extractor.write import write
from extractor.write.schemas import SCHEMA_FILES, format_schema, plan_schema, table_schema
from extractor.write.to_csv import format_csv
from plans import full_plan

_DIRECTORY = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("which", SCHEMA_FILES)
def test_committed_schemas_are_those_of_the_models(which: str) -> None:
    committed = (_DIRECTORY / SCHEMA_FILES[which]).read_text(encoding="utf-8")
    assert committed == format_schema(which), "run: extractor schema --directory schemas"


def test_plan_schema_is_draft_2020_12_with_a_versioned_id() -> None:
    schema = plan_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert f"/{SCHEMA_VERSION}/" in schema["$id"]
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_property_has_a_title_and_a_description() -> None:
    schema = plan_schema()
    shapes: list[tuple[str, dict[str, Any]]] = [("Plan", schema), *schema["$defs"].items()]
    assert {"Activity", "Location", "Issue", "Provenance"} <= {name for name, _ in shapes}
    for name, shape in shapes:
        assert shape["additionalProperties"] is False, name
        assert shape["description"], name
        for key, value in shape["properties"].items():
            assert value.get("title"), f"{name}.{key} has no title"
            assert value.get("description"), f"{name}.{key} has no description"
            assert key in shape["required"], f"{name}.{key} is always written"


def test_output_fits_the_plan_schema_and_a_wrong_one_does_not() -> None:
    validator = jsonschema.Draft202012Validator(
        plan_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    good = json.loads(write(full_plan(), "json"))
    assert list(validator.iter_errors(good)) == []
    wrong = json.loads(write(full_plan(), "json"))
    wrong["activities"][0]["timescale"]["end"] = "soon"
    wrong["activities"][1]["colour"] = "red"
    assert len(list(validator.iter_errors(wrong))) == 2


def test_table_schema_names_every_column_of_the_csv() -> None:
    fields = {field["name"]: field for field in table_schema()["fields"]}
    header = next(csv.reader(io.StringIO(format_csv(full_plan()))))
    assert header == list(fields)
    assert all(field["title"] and field["type"] and field["description"] for field in fields.values())
    assert fields["lead_officers"]["separator"] == "|"
    assert fields["timescale_end"]["type"] == "date"
    assert fields["extra"]["type"] == "object"
    assert fields["also_links_to"]["type"] == "array"
    assert fields["timescale_basis"]["constraints"]["enum"] == ["stated", "inferred", "unresolved"]
