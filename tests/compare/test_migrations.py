"""Plans that an older version wrote still load: a file of each version is kept beside this test."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from extractor.migrations import CURRENT, STEPS, PlanVersionUnknown, migrate
from extractor.records import SCHEMA_VERSION, Plan

VERSIONS = Path(__file__).parent / "versions"


def test_the_last_step_leads_to_todays_shape() -> None:
    assert CURRENT == SCHEMA_VERSION


def test_a_file_of_every_version_is_kept() -> None:
    assert {path.stem.removeprefix("plan-") for path in VERSIONS.glob("plan-*.json")} == {*STEPS, CURRENT}


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("plan-*.json")), ids=lambda path: path.stem)
def test_it_loads_and_the_file_is_left_alone(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    before = copy.deepcopy(data)
    plan = Plan.model_validate(migrate(data))
    assert data == before
    assert plan.schema_version == CURRENT
    assert [activity.activity for activity in plan.activities] == [entry["activity"] for entry in data["activities"]]


def test_the_draft_gains_ids_and_keeps_its_groups() -> None:
    data = json.loads((VERSIONS / "plan-0.9.json").read_text(encoding="utf-8"))
    plan = Plan.model_validate(migrate(data))
    titles = {group.id: group.title for group in plan.groups}
    assert [titles[activity.group_id or ""] for activity in plan.activities] == [a["group"] for a in data["activities"]]
    assert len({activity.id for activity in plan.activities}) == len(plan.activities)


@pytest.mark.parametrize("version", ["99.0", None, 1.0])
def test_an_unknown_version_is_refused(version: object) -> None:
    with pytest.raises(PlanVersionUnknown, match=r"known are 0\.9, 1\.0"):
        migrate({"schema_version": version})
