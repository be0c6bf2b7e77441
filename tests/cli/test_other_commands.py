"""`check`, `validate`, `schema`, `explain`, `completion`, help and version, through the real command."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import click
import pytest

from commands import ROOT, SAMPLE, extractor
from extractor.cli.commands import COMMANDS, cli
from extractor.issues import CATALOGUE
from extractor.write import write
from plans import full_plan


def test_help_names_every_command_and_shows_examples() -> None:
    run = extractor("--help")
    assert run.status == 0
    assert run.err == ""
    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry.help)}$", run.text, re.MULTILINE)
    assert "Examples:" in run.text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help is not None
    assert "Examples:" in command.help
    assert f"extractor {name}" in command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"extractor {name}" not in readme] == []


def test_version() -> None:
    run = extractor("--version")
    assert run.status == 0
    assert re.fullmatch(r"extractor \d+\.\d+\.\d+\S*\n", run.text)


def test_unknown_commands_and_options_exit_2() -> None:
    for arguments in (("nonsense",), ("extract", "--nonsense"), ("explain", "no-such-code")):
        run = extractor(*arguments)
        assert run.status == 2
        assert "Traceback" not in run.err


def test_explain_tells_meaning_and_remedy() -> None:
    run = extractor("explain", "ref-gap")
    assert run.status == 0
    kind = CATALOGUE["ref-gap"]
    flat = " ".join(run.text.split())
    assert kind.title in flat
    assert kind.meaning in flat
    assert kind.remedy in flat
    assert "Did you mean ref-gap?" in extractor("explain", "ref-gpa").err


def test_explain_lists_all_codes() -> None:
    run = extractor("explain")
    assert [line.split()[0] for line in run.text.splitlines()] == list(CATALOGUE)


def test_schema_prints_and_writes(tmp_path: Path) -> None:
    assert json.loads(extractor("schema").out)["title"] == "Plan"
    assert json.loads(extractor("schema", "table").out)["primaryKey"] == ["id"]
    assert extractor("schema", "--directory", tmp_path).status == 0
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (ROOT / "schemas" / path.name).read_bytes()


@pytest.mark.parametrize(
    ("shell", "start"), [("bash", "_extractor_completion"), ("zsh", "#compdef"), ("fish", "function")]
)
def test_completion_scripts(shell: str, start: str) -> None:
    run = extractor("completion", shell)
    assert run.status == 0
    assert run.text.startswith(start)
    assert "_EXTRACTOR_COMPLETE" in run.text


def test_bash_is_offered_the_commands() -> None:
    run = extractor(_EXTRACTOR_COMPLETE="bash_complete", COMP_WORDS="extractor ex", COMP_CWORD="1")
    assert run.text.split() == ["plain,extract", "plain,explain"]


# --- validate


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_what_was_written_is_valid(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan.{format}"
    path.write_bytes(write(full_plan(), format))
    run = extractor("validate", path)
    assert (run.status, run.out) == (0, b"")
    assert "valid" in run.err


def test_validate_names_the_path_of_each_wrong_value(tmp_path: Path) -> None:
    value = json.loads(write(full_plan(), "json"))
    value["activities"][0]["timescale"]["end"] = "soon"
    value["activities"][1]["colour"] = "red"
    del value["activities"][1]["activity"]
    del value["source"]["sha256"]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    run = extractor("validate", path)
    assert run.status == 1
    told = run.text
    assert "activities[0].timescale.end (2.1a): " in told
    assert 'found "soon"' in told
    assert "activities[1].colour (row-2): is no field of this shape" in told
    assert "activities[1].activity (row-2): is missing" in told
    assert "source.sha256: is missing" in told
    assert len(told.splitlines()) == 4


def test_validate_finds_what_contradicts_itself(tmp_path: Path) -> None:
    value = json.loads(write(full_plan(), "json"))
    value["activities"][1]["id"] = "2.1a"
    value["activities"][0]["group_id"] = "gone"
    value["issues"][0]["activity_id"] = "lost"
    value["activities"][0]["timescale"]["start"] = "2024-04-01"
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    run = extractor("validate", path, "-q")
    assert run.status == 1
    assert run.err == ""
    for words in ("“2.1a” occurs more than once", "no group “gone”", "no activity “lost”", "before it starts"):
        assert words in run.text


def test_validate_names_row_and_column_of_csv(tmp_path: Path) -> None:
    text = write(full_plan(), "csv").decode()
    path = tmp_path / "plan.csv"
    for old, new, words in (
        (",false,", ",maybe,", "row 1, timescale_ongoing: is neither true nor false"),
        ("2024-03-31", "31/03/24", "activities[0].timescale.end (2.1a)"),
        ("ref_basis", "ref_bassi", "the header: “ref_bassi” is no column"),
        (",1234,", ",12x34,", "source_size: is no whole number"),
    ):
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        run = extractor("validate", path)
        assert run.status == 1
        assert words in run.text


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"not json at all"])
def test_what_is_no_json_could_not_be_validated(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    run = extractor("validate", path)
    assert run.status == 2
    assert run.err.startswith("error: ")


def test_json_that_is_no_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("[1, 2]", encoding="utf-8")
    assert extractor("validate", path).status == 1
    assert extractor("validate", tmp_path / "nowhere.json").status == 2
    assert extractor("validate", SAMPLE).status == 2


# --- check


def test_check_groups_by_record_with_place_and_remedy() -> None:
    run = extractor("check", SAMPLE, "--verbose")
    assert run.status == 0, run.text
    assert "2.5  Publish the results of the parks survey" in run.text
    assert "[ref-inferred]" in run.text
    assert re.search(rf"^    at {re.escape(str(SAMPLE))}:\d+$", run.text, re.MULTILINE)
    assert "What to do" in run.text


def test_check_leaves_notes_out_unless_asked() -> None:
    assert "info[" not in extractor("check", SAMPLE).text
    assert "info[" in extractor("check", SAMPLE, "-v").text


def test_check_exit_status_follows_fail_on() -> None:
    assert extractor("check", SAMPLE).status == 0
    assert extractor("check", SAMPLE, "--fail-on", "warning").status == 1, "the lost ref is a warning"
    assert extractor("check", SAMPLE, "--expect", "99").status == 1
    assert extractor("check", SAMPLE, "--expect", "99", "--fail-on", "never").status == 0
    assert extractor("check", SAMPLE.with_name("nowhere.txt")).status == 2


def test_check_as_json() -> None:
    run = extractor("check", SAMPLE, "--format", "json", "--coverage")
    [result] = json.loads(run.out)
    assert result["source"] == str(SAMPLE)
    codes = {issue["code"]: issue for issue in result["issues"]}
    assert codes["ref-inferred"]["ref"] == "2.5"
    assert codes["ref-inferred"]["remedy"] == CATALOGUE["ref-inferred"].remedy
    assert result["coverage"]["words"] >= result["coverage"]["claimed"] > 0


def test_check_as_annotations_for_github() -> None:
    run = extractor("check", SAMPLE, "--format", "github")
    lines = run.text.splitlines()
    assert lines
    assert all(re.match(r"::(error|warning|notice) file=[^,]+(,\w+=[^,:]+)*::\S", line) for line in lines)
    assert any("title=ref-inferred (2.5)" in line for line in lines)


def test_check_lists_what_is_unread() -> None:
    run = extractor("check", SAMPLE, "--coverage")
    assert re.search(r"Coverage: [\d,]+ of [\d,]+ words claimed", run.text)


def test_python_minus_m_and_the_command_are_the_same() -> None:
    command = Path(__import__("sys").executable).with_name("extractor")
    if not command.exists():
        pytest.skip("the package is not installed in this environment")
    out = subprocess.run([command, "--version"], capture_output=True, check=True).stdout
    assert out == extractor("--version").out
