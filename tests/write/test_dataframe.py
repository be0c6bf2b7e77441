"""`plan.to_dataframe()`: the columns of the CSV with pandas' types."""

from __future__ import annotations

import pytest

from commands import SAMPLE
from extractor import extract
from extractor.records import Plan
from extractor.write.columns import columns
from plans import full_plan

pandas = pytest.importorskip("pandas", reason="needs the extra dataframe")


def test_the_columns_are_those_of_the_csv_but_for_the_groups_above() -> None:
    frame = full_plan().to_dataframe()
    assert list(frame.columns) == [column.name for column in columns() if column.name != "group_parents"]


def test_values_and_types() -> None:
    frame = full_plan().to_dataframe()
    assert frame["timescale_end"].dtype.kind == "M"
    assert frame["timescale_end"][0] == pandas.Timestamp("2024-03-31")
    assert pandas.isna(frame["timescale_end"][1])
    assert frame["timescale_ongoing"].tolist() == [False, True]
    assert frame["group_title"][0] == "Safe streets"
    assert frame["group_position"][0] == 2
    assert pandas.isna(frame["group_title"][1])
    assert frame["lead_officers"].explode().dropna().tolist() == ["Head of Streets", "Head of Parks | Paths"]
    assert frame["extra"][0] == {"Budget": "£12,000", "Risk": "-5%"}
    assert set(frame["plan_title"]) == {"Delivery Plan 2023"}


def test_every_activity_is_a_row() -> None:
    plan = extract(SAMPLE)
    frame = plan.to_dataframe()
    assert frame["ref"].tolist() == [activity.ref for activity in plan.activities]
    ends = [None if pandas.isna(end) else end.date() for end in frame["timescale_end"]]
    assert ends == [activity.timescale.end if activity.timescale else None for activity in plan.activities]


def test_a_plan_without_activities_has_the_columns() -> None:
    frame = Plan(source=full_plan().source).to_dataframe()
    assert len(frame) == 0
    assert frame["timescale_end"].dtype.kind == "M"


def test_json_gives_the_same_plan_and_the_same_frame() -> None:
    plan = extract(SAMPLE)
    back = Plan.model_validate_json(plan.model_dump_json())
    assert back == plan
    pandas.testing.assert_frame_equal(back.to_dataframe(), plan.to_dataframe())
