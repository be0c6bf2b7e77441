"""Parquet, read back with DuckDB, pandas and pyarrow."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

from commands import SAMPLE, extractor
from extractor import extract
from extractor.write.columns import columns, entries
from plans import full_plan

pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")

from extractor.write.to_parquet import format_parquet  # noqa: E402 - it needs the extra


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.parquet"
    path.write_bytes(format_parquet(full_plan()))
    return path


def test_the_columns_are_those_of_the_csv_with_types_and_meaning(file: Path) -> None:
    schema = pq.read_schema(file)
    assert schema.names == [column.name for column in columns()]
    types = {name: str(schema.field(name).type) for name in schema.names}
    assert types["timescale_end"] == "date32[day]"
    assert types["timescale_ongoing"] == "bool"
    assert types["source_size"] == "int64"
    assert types["lead_officers"].startswith("list<")
    assert types["extra"].startswith("map<string, string")
    for column in columns():
        about = schema.field(column.name).metadata
        assert about[b"title"].decode() == column.title
        assert about[b"description"].decode() == column.description
    assert schema.metadata[b"schema_version"] == b"1.0"
    assert json.loads(schema.metadata[b"source"])["sha256"] == full_plan().source.sha256


def test_every_value_comes_back(file: Path) -> None:
    plan = full_plan()
    for row, entry in zip(pq.read_table(file).to_pylist(), entries(plan), strict=True):
        activity = entry["activity"]
        assert row["activity"] == activity["activity"]
        assert row["lead_officers"] == activity["lead_officers"]
        assert row["also_links_to"] == activity["also_links_to"]
        assert dict(row["extra"]) == activity["extra"]
        assert row["timescale_end"] == (
            dt.date.fromisoformat(activity["timescale"]["end"]) if activity["timescale"]["end"] else None
        )
        assert json.loads(row["location"]).get("lines") == activity["location"]["lines"]
        assert row["group_title"] == (entry["group"]["title"] if entry["group"] else None)


def test_duckdb_reads_it(file: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs the dev extra: duckdb")
    query = """
        SELECT id, timescale_end, lead_officers[2], extra['Budget'], also_links_to[1].title
        FROM read_parquet(?) WHERE timescale_end <= DATE '2024-03-31'
    """
    with duckdb.connect() as connection:
        found: list[tuple[Any, ...]] = connection.execute(query, [str(file)]).fetchall()
    assert found == [("2.1a", dt.date(2024, 3, 31), "Head of Parks | Paths", "£12,000", "Places")]


def test_pandas_reads_it(file: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="needs the extra dataframe")
    frame = pandas.read_parquet(file)
    assert frame["id"].tolist() == ["2.1a", "row-2"]
    assert frame["timescale_end"][0] == dt.date(2024, 3, 31)
    assert list(frame["lead_officers"][0]) == ["Head of Streets", "Head of Parks | Paths"]


def test_same_plan_same_bytes() -> None:
    assert format_parquet(full_plan()) == format_parquet(full_plan())


def test_a_group_id_that_names_no_group_stays() -> None:
    lost = full_plan().model_copy(update={"groups": ()})
    assert pq.read_table(io.BytesIO(format_parquet(lost)))["group_id"].to_pylist() == ["outcome-safe-streets", None]


def test_the_command_writes_it(tmp_path: Path) -> None:
    assert extractor("extract", SAMPLE, "-o", tmp_path / "plan.parquet").status == 0
    table = pq.read_table(tmp_path / "plan.parquet")
    assert table["ref"].to_pylist() == [activity.ref for activity in extract(SAMPLE).activities]
