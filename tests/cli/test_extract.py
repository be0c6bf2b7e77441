"""`extractor extract` through the real command: formats, targets, pipes, demands, exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from commands import SAMPLE, SAMPLES, environment, extractor, names
from extractor.write.schemas import plan_schema

_COUNT = len(json.loads(SAMPLE.with_suffix(".gold.json").read_text(encoding="utf-8"))["activities"])


def _plan(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_json_to_a_file_fits_the_schema(tmp_path: Path) -> None:
    target = tmp_path / "new" / "plan.json"
    run = extractor("extract", SAMPLE, "-o", target)
    assert (run.status, run.out) == (0, b"")
    assert f"{_COUNT} activities" in run.err
    jsonschema.Draft202012Validator(plan_schema()).validate(_plan(target))
    assert _plan(target)["source"]["name"] == SAMPLE.name
    assert names(target.parent) == ["plan.json"], "nothing is left beside the output"


def test_json_is_the_default_where_there_is_no_terminal() -> None:
    run = extractor("extract", SAMPLE)
    assert run.status == 0
    assert len(json.loads(run.out)["activities"]) == _COUNT
    assert run.out.endswith(b"}\n")


def test_same_input_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / SAMPLE.name
    copy.write_bytes(SAMPLE.read_bytes())
    first = extractor("extract", SAMPLE, PYTHONHASHSEED="1")
    second = extractor("extract", copy.name, cwd=tmp_path, PYTHONHASHSEED="2")
    assert first.out == second.out


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "txt", "table"])
def test_the_ending_chooses_the_format(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"plan.{ending}"
    assert extractor("extract", SAMPLE, "-o", target).status == 0
    text = target.read_text(encoding="utf-8")
    if ending == "json":
        assert json.loads(text)["activities"]
    elif ending == "jsonl":
        assert [json.loads(line)["plan"]["title"] for line in text.splitlines()].count(None) == 0
        assert len(text.splitlines()) == _COUNT
    elif ending == "csv":
        assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == _COUNT
    else:
        assert text.startswith("Year Ahead Delivery Plan 2023\n")
        assert "\x1b[" not in text
        assert max(map(len, text.splitlines())) <= 100


def test_format_wins_over_the_ending(tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"
    assert extractor("extract", SAMPLE, "-o", target, "-f", "json").status == 0
    assert _plan(target)["activities"]


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, "-o", tmp_path / "plan.xyz")
    assert run.status == 2
    assert "--format" in run.err
    assert names(tmp_path) == []


def test_standard_input_and_output() -> None:
    run = extractor("extract", "-", "-o", "-", "-f", "json", stdin=SAMPLE.read_bytes())
    assert run.status == 0
    plan = json.loads(run.out)
    assert plan["source"]["name"] == "-"
    assert len(plan["activities"]) == _COUNT


def test_several_sources_go_into_a_directory(tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, SAMPLES / "year-ahead-2024.txt", "-o", tmp_path / "out")
    assert run.status == 0, run.err
    assert names(tmp_path / "out") == ["year-ahead-2023.json", "year-ahead-2024.json"]


def test_a_directory_of_plans_keeps_its_layout(tmp_path: Path) -> None:
    for folder in ("a", "b/c"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "plan.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "in" / "letter.txt").write_text("Dear all,\n\nthe plan follows soon.\n", encoding="utf-8")
    (tmp_path / "in" / ".hidden.txt").write_text("nothing", encoding="utf-8")
    run = extractor("extract", tmp_path / "in", "-o", tmp_path / "out", "-f", "csv")
    assert run.status == 0, run.err
    written = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*"))
    assert written == ["a/plan.csv", "b/c/plan.csv"]
    assert "letter.txt: no plan in it" in run.err


def test_sources_that_differ_in_their_ending_only_keep_it(tmp_path: Path) -> None:
    for name in ("plan.txt", "plan.md"):
        (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    run = extractor("extract", tmp_path / "plan.txt", tmp_path / "plan.md", "-o", f"{tmp_path}/out/")
    assert run.status == 0, run.err
    assert names(tmp_path / "out") == ["plan.md.json", "plan.txt.json"]


def test_two_sources_never_share_one_output(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_bytes(SAMPLE.read_bytes())
    run = extractor("extract", tmp_path / "a/plan.txt", tmp_path / "b/plan.txt", "-o", tmp_path / "out")
    assert run.status == 2
    assert not (tmp_path / "out").exists()


def test_several_plans_to_standard_output() -> None:
    sources = (SAMPLE, SAMPLES / "year-ahead-2024.txt")
    refused = extractor("extract", *sources)
    assert refused.status == 2
    assert "jsonl" in refused.err
    run = extractor("extract", *sources, "-f", "jsonl")
    assert run.status == 0
    titles = [json.loads(line)["plan"]["title"] for line in run.text.splitlines()]
    assert set(titles) == {"Year Ahead Delivery Plan 2023", "Year Ahead Delivery Plan 2024"}


def test_quiet_says_nothing_and_verbose_names_each_issue() -> None:
    assert extractor("extract", SAMPLE, "--quiet").err == ""
    loud = extractor("extract", SAMPLE, "--verbose")
    assert "[period-inferred]" in loud.err
    assert loud.out == extractor("extract", SAMPLE, "-q").out


def test_fail_on_sets_the_exit_status_and_the_output_is_written(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    run = extractor("extract", SAMPLE, "-o", target, "--fail-on", "info")
    assert run.status == 1, "the period is inferred, so there is a note at least"
    assert _plan(target)["activities"]


def test_expected_counts() -> None:
    good = extractor("extract", SAMPLE, "--expect", str(_COUNT), "--expect", "Outcome People feel safe close to home=6")
    assert good.status == 0, good.err
    plan = json.loads(good.out)
    assert "count-differs" not in {issue["code"] for issue in plan["issues"]}
    bad = extractor("extract", SAMPLE, "--expect", "99")
    assert bad.status == 1
    [issue] = [issue for issue in json.loads(bad.out)["issues"] if issue["code"] == "count-differs"]
    assert issue["severity"] == "error"
    assert "99" in issue["message"]
    nowhere = extractor("extract", SAMPLE, "--expect", "No such heading=3", "--fail-on", "error")
    assert nowhere.status == 1
    assert extractor("extract", SAMPLE, "--expect", "many").status == 2


def test_options_that_make_no_sense_are_refused() -> None:
    assert extractor("extract", SAMPLE, "--pages", "7-3").status == 2
    assert extractor("extract", SAMPLE, "--pages", "0").status == 2
    assert extractor("extract", SAMPLE, "--max-bytes", "0").status == 2
    assert extractor("extract").status == 2


def test_an_output_that_stood_there_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    assert extractor("extract", SAMPLE, "-o", target).status == 0
    assert target.stat().st_mode & 0o777 == 0o640
    assert _plan(target)["activities"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    assert extractor("extract", SAMPLE, "-o", link).status == 0
    assert link.is_symlink()
    assert _plan(real)["activities"]


@pytest.mark.parametrize("arguments", [("extract", SAMPLE, "-f", "table"), ("extract", "--help"), ("explain",)])
def test_a_console_that_is_not_utf8_is_no_reason_to_stop(arguments: tuple[str | Path, ...]) -> None:
    for encoding in ("cp1252", "ascii", "cp437"):
        run = extractor(*arguments, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert run.status == 0, run.err
        assert run.out.decode(encoding)


def test_data_is_utf8_whatever_the_console() -> None:
    run = extractor("extract", SAMPLE, "-f", "json", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert "Tanner’s Row" in run.out.decode("utf-8")


@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_a_broken_pipe_ends_quietly(format: str, tmp_path: Path) -> None:
    # Enough plans that the output does not fit into the pipe's buffer.
    sources = []
    for number in range(12):
        sources.append(tmp_path / f"plan-{number}.txt")
        sources[-1].write_bytes(SAMPLE.read_bytes())
    chosen = sources if format == "table" else sources[:1]
    command = [sys.executable, "-m", "extractor", "extract", "-q", "-f", format, *map(str, chosen)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def _in_terminal(*arguments: str | Path, **changes: str) -> tuple[int, str]:
    """Run the command with a terminal as its standard output; its exit status, and what stood there."""
    pty = pytest.importorskip("pty")
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", *map(str, arguments)],
        stdout=inner,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env=environment(TERM="xterm", **changes),
    )
    os.close(inner)
    chunks = []
    while True:
        try:
            chunk = os.read(outer, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(outer)
    return process.wait(timeout=60), b"".join(chunks).decode("utf-8")


def test_a_terminal_gets_a_coloured_table_of_its_width() -> None:
    status, text = _in_terminal("extract", SAMPLE, COLUMNS="80")
    assert status == 0
    assert "\x1b[1mYear Ahead Delivery Plan 2023\x1b[0m" in text
    plain = _in_terminal("extract", SAMPLE, COLUMNS="80", NO_COLOR="1")[1]
    assert "\x1b[" not in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    source = os.fsdecode(os.fsencode(tmp_path) + b"/pl\xe4n.txt")
    try:
        Path(source).write_bytes(SAMPLE.read_bytes())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for command in (("extract", "-f", "json"), ("extract", "-f", "csv"), ("check",), ("check", "-f", "json")):
        run = extractor(*command, source)
        assert run.status == 0, run.err
    assert json.loads(extractor("extract", source).out)["source"]["name"] == "pl\ufffdn.txt"
