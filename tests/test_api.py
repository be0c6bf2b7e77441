"""`extract`, `check`, `validate` and `load` from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import SAMPLE
from extractor import ExtractorError, Settings, check, extract, load, validate
from extractor.api import read_source
from extractor.errors import OutputInvalid, SourceEmpty, SourceMissing, SourceTooLarge
from extractor.write import write
from plans import full_plan, with_used_groups_only


def test_a_path_a_string_and_bytes_give_the_same_plan() -> None:
    plan = extract(SAMPLE)
    assert extract(str(SAMPLE)) == plan
    assert extract(SAMPLE.read_bytes(), name=SAMPLE.name) == plan
    assert extract(SAMPLE.read_bytes()).source.name == "-"


def test_check_gives_the_issues() -> None:
    assert check(SAMPLE) == extract(SAMPLE).issues


def test_demands_become_issues() -> None:
    settings = Settings(expect=((None, 99), ("People feel safe close to home", 6)))
    [issue] = [issue for issue in check(SAMPLE, settings) if issue.code == "count-differs"]
    assert issue.severity == "error"


def test_refusals_carry_status_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    for source, settings, kind in (
        (tmp_path / "nowhere.txt", Settings(), SourceMissing),
        (tmp_path, Settings(), SourceMissing),
        (tmp_path / "empty.txt", Settings(), SourceEmpty),
        (SAMPLE, Settings(max_bytes=100), SourceTooLarge),
    ):
        with pytest.raises(kind) as refusal:
            extract(source, settings)
        assert isinstance(refusal.value, ExtractorError)
        assert refusal.value.exit_status == 2
        assert refusal.value.remedy


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_load_gives_back_what_was_written(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan.{format}"
    path.write_bytes(write(full_plan(), format))
    assert validate(path) == ()
    assert load(path) == (full_plan() if format == "json" else with_used_groups_only(full_plan()))


def test_load_refuses_what_is_not_valid(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{}", encoding="utf-8")
    assert [problem.place for problem in validate(path)] == ["source"]
    with pytest.raises(OutputInvalid, match="source: is missing"):
        load(path)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no file of unknown size here")
def test_a_file_whose_size_the_system_does_not_know_is_read_whole() -> None:
    assert read_source("/proc/self/status").endswith(b"\n")
    assert len(read_source("/proc/self/status")) > 100
    with pytest.raises(SourceTooLarge, match="more than 100 bytes"):
        read_source("/proc/self/status", 100)
