"""Plans whose texts are as odd as can be arrive whole in every destination."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.records import Plan
from extractor.write.to_datapackage import datapackage_files
from plans import plans

_SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@_SOME
@given(plans())
def test_data_package(plan: Plan) -> None:
    files = datapackage_files(plan)
    rows = list(csv.DictReader(io.StringIO(files["activities.csv"].decode(), newline="")))
    assert [row["activity"] for row in rows] == [activity.activity for activity in plan.activities]
    names = [row["name"] for row in csv.DictReader(io.StringIO(files["leads.csv"].decode(), newline=""))]
    assert len(names) == sum(
        len(a.lead_officers) + len(a.lead_directorates) + len(a.lead_cabinet_members) for a in plan.activities
    )


@_SOME
@given(plans())
def test_parquet(plan: Plan) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    from extractor.write.to_parquet import format_parquet

    found = parquet.read_table(io.BytesIO(format_parquet(plan))).to_pylist()
    assert [row["activity"] for row in found] == [activity.activity for activity in plan.activities]
    assert [tuple(row["notes"]) for row in found] == [activity.notes for activity in plan.activities]
    assert [row["timescale_end"] for row in found] == [a.timescale and a.timescale.end for a in plan.activities]


@_SOME
@given(plans())
def test_spreadsheet(plan: Plan) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs the dev extra: openpyxl")
    pytest.importorskip("xlsxwriter", reason="needs the extra xlsx")
    from extractor.write.to_xlsx import format_xlsx

    book = openpyxl.load_workbook(io.BytesIO(format_xlsx(plan)))
    assert book["Activities"].max_row == len(plan.activities) + 1
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


@_SOME
@given(plans())
def test_frame(plan: Plan) -> None:
    pytest.importorskip("pandas", reason="needs the extra dataframe")
    frame = plan.to_dataframe()
    assert frame["activity"].tolist() == [activity.activity for activity in plan.activities]
    assert frame["extra"].tolist() == [activity.extra for activity in plan.activities]


@_SOME
@given(plans())
def test_database(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy", reason="needs the extra sql")
    from extractor.write.to_sql import load_plans

    path: Path = tmp_path_factory.mktemp("odd") / "plans.db"
    url = f"sqlite:///{path}"
    load_plans([(plan, None)], url)
    assert load_plans([(plan, None)], url)[0].outcome == "unchanged"
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(sqlalchemy.text("SELECT activity, extra FROM activities ORDER BY position")).all()
    engine.dispose()
    assert [row[0] for row in found] == [activity.activity.replace("\0", "\ufffd") for activity in plan.activities]
    assert [json.loads(row[1]) for row in found] == [
        {name.replace("\0", "\ufffd"): text.replace("\0", "\ufffd") for name, text in activity.extra.items()}
        for activity in plan.activities
    ]
