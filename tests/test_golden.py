"""What each floor makes of the samples is what it made when somebody last looked; README shows what happens."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

from commands import ROOT
from golden import README, SOURCES, golden_files, readme


@pytest.mark.parametrize("name", SOURCES)
def test_golden_files(name: str) -> None:
    for path, text in golden_files(name).items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} moved; see `make golden`"


def test_readme_commands_print_what_it_shows(tmp_path: Path) -> None:
    assert readme(tmp_path) == README.read_text(encoding="utf-8"), "see `make golden`"
    shown = json.loads(re.search(r"```json\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[1])
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    [activity] = [activity for activity in plan["activities"] if activity["id"] == shown["id"]]
    assert {key: activity[key] for key in shown} == shown


def test_readme_python_does_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failures, count = doctest.testfile(str(README), module_relative=False)
    assert count > 0
    assert failures == 0
