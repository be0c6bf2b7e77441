"""The Data Package: Frictionless finds it valid, it names its source, and it is the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from commands import SAMPLE, SAMPLES, extractor, names
from extractor.records import Passage, Plan
from extractor.write.tables import tables
from extractor.write.to_datapackage import datapackage_files, format_datapackage
from plans import full_plan

frictionless = pytest.importorskip("frictionless", reason="needs the dev extra: frictionless")

_FILES = {"datapackage.json", *(f"{table.name}.csv" for table in tables())}


def _written(files: dict[str, bytes], directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (directory / name).write_bytes(data)
    return directory / "datapackage.json"


def _descriptor(plan: Plan) -> Any:
    return json.loads(datapackage_files(plan)["datapackage.json"])


def _errors(path: Path) -> list[tuple[str, str]]:
    report = frictionless.validate(str(path))
    found = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return [(error.type, error.message) for error in found]


def test_the_tables_are_those_that_are_promised() -> None:
    assert {"activities", "groups", "items", "links", "leads", "notes", "issues"} == {table.name for table in tables()}


def test_frictionless_finds_the_full_plan_valid(tmp_path: Path) -> None:
    path = _written(datapackage_files(full_plan()), tmp_path)
    assert _errors(path) == []
    package = frictionless.Package(str(path))
    rows = {resource.name: resource.read_rows() for resource in package.resources}
    assert [row["id"] for row in rows["activities"]] == ["2.1a", "row-2"]
    first = rows["activities"][0]
    assert str(first["timescale_end"]) == "2024-03-31"
    assert first["inherited"] == ["lead_officers"]
    assert first["extra"] == {"Budget": "£12,000", "Risk": "-5%"}
    assert first["timescale_ongoing"] is False
    assert [row["name"] for row in rows["leads"]][:2] == ["Head of Streets", "Head of Parks | Paths"]
    assert rows["links"][0]["group_id"] == "theme-places"


@pytest.mark.parametrize("source", [SAMPLE, SAMPLES / "year-ahead-2024.html"], ids=lambda path: path.name)
def test_the_command_writes_a_valid_folder_and_a_valid_archive(source: Path, tmp_path: Path) -> None:
    run = extractor("extract", source, "-f", "datapackage", "-o", tmp_path / "package")
    assert run.status == 0, run.err
    assert set(names(tmp_path / "package")) == _FILES
    assert _errors(tmp_path / "package" / "datapackage.json") == []
    assert extractor("extract", source, "-o", tmp_path / "package.zip").status == 0
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "package" / name).read_bytes()
        assert set(archive.namelist()) == _FILES
    again = extractor("extract", source, "-f", "datapackage", "-o", tmp_path / "package")
    assert again.status == 0
    assert set(names(tmp_path / "package")) == _FILES, "the folder is filled again, not nested"


def test_several_plans_are_several_folders(tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, SAMPLES / "year-ahead-2024.txt", "-f", "datapackage", "-o", tmp_path / "out")
    assert run.status == 0, run.err
    assert names(tmp_path / "out") == ["year-ahead-2023", "year-ahead-2024"]
    assert set(names(tmp_path / "out" / "year-ahead-2024")) == _FILES


def test_a_broken_key_would_be_found(tmp_path: Path) -> None:
    files = datapackage_files(full_plan())
    files["leads.csv"] = files["leads.csv"].replace(b"2.1a", b"9.9z")
    found = {kind for kind, _ in _errors(_written(files, tmp_path))}
    assert found & {"foreign-key", "hash-count"}


def test_hash_and_bytes_are_those_of_the_files() -> None:
    files = datapackage_files(full_plan())
    for resource in json.loads(files["datapackage.json"])["resources"]:
        data = files[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert resource["schema"]["fields"]
        assert all(field["description"].strip() for field in resource["schema"]["fields"])
        header = next(csv.reader(io.StringIO(data.decode())))
        assert header == [field["name"] for field in resource["schema"]["fields"]]


def test_the_source_is_named_with_its_hash() -> None:
    plan = full_plan()
    [source] = _descriptor(plan)["sources"]
    assert source["hash"] == f"sha256:{plan.source.sha256}"
    assert source["bytes"] == plan.source.size
    assert _descriptor(plan)["contributors"][0]["title"] == "Example Council"


def _with_footer(text: str) -> Plan:
    plan = full_plan()
    coverage = plan.coverage.model_copy(update={"furniture": (Passage(text=text, kind="footer"),)})
    return plan.model_copy(update={"coverage": coverage})


def test_a_licence_is_there_only_where_the_source_states_one() -> None:
    assert "licenses" not in _descriptor(full_plan())
    assert "licenses" not in _descriptor(_with_footer("© Example Council 2024. All rights reserved."))
    stated = _with_footer("All content is available under the Open Government Licence v3.0, except where stated")
    assert [licence["name"] for licence in _descriptor(stated)["licenses"]] == ["OGL-UK-3.0"]


def test_same_plan_same_bytes_whatever_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    before = format_datapackage(full_plan())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert format_datapackage(full_plan()) == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_safe_cells_are_an_option() -> None:
    plain, safe = (
        datapackage_files(full_plan(), spreadsheet_safe=wanted)["activities.csv"] for wanted in (False, True)
    )
    assert b",=SUM(A1)" in plain
    assert b",'=SUM(A1)" in safe


def test_a_pipe_gets_the_archive() -> None:
    run = extractor("extract", SAMPLE, "-f", "datapackage")
    with zipfile.ZipFile(io.BytesIO(run.out)) as archive:
        assert set(archive.namelist()) == _FILES
