"""Pipes, progress, and parts that are not installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import SAMPLE, SAMPLES, environment, extractor

_MISSING = {
    "xlsxwriter": (("extract", SAMPLE, "-f", "xlsx"), "xlsx"),
    "pyarrow": (("extract", SAMPLE, "-f", "parquet"), "parquet"),
    "sqlalchemy": (("load", SAMPLE), "sql"),
    "psycopg": (("load", SAMPLE, "--to", "postgresql://127.0.0.1:1/plans"), "sql"),
}


@pytest.mark.parametrize("library", _MISSING)
def test_without_the_library_the_command_says_which_extra_to_install(library: str, tmp_path: Path) -> None:
    arguments, extra = _MISSING[library]
    script = f"import sys\nsys.modules[{library!r}] = None\nfrom extractor.cli import main\nmain()"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, env=environment(), cwd=tmp_path, check=False)
    assert run.returncode == 2
    assert f"pip install 'extractor[{extra}]'" in run.stderr
    assert library in run.stderr.lower()
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


def test_without_pandas_the_plan_says_which_extra_to_install() -> None:
    script = f"""
import sys
sys.modules["pandas"] = None
from extractor import ExtractorError, extract
try:
    extract({str(SAMPLE)!r}).to_dataframe()
except ExtractorError as refusal:
    print(refusal.remedy)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True)
    assert run.stdout == "pip install 'extractor[dataframe]'\n"


def test_the_other_formats_load_no_optional_library() -> None:
    script = (
        "import sys\nfrom extractor import extract\nfrom extractor.write import write\n"
        f"plan = extract({str(SAMPLE)!r})\n"
        "for format in ('json', 'jsonl', 'csv', 'table', 'datapackage'): write(plan, format)\n"
        "print(sorted({'pandas', 'pyarrow', 'sqlalchemy', 'xlsxwriter'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True)
    assert run.stdout == "[]\n"


def test_a_page_from_a_pipe_is_the_same_plan() -> None:
    page = SAMPLES / "year-ahead-2023.html"
    piped = json.loads(extractor("extract", "-", stdin=page.read_bytes()).out)
    named = json.loads(extractor("extract", page).out)
    assert piped["source"].pop("name") == "-"
    assert named["source"].pop("name") == page.name
    assert piped == named


def test_json_lines_stream_one_record_a_line() -> None:
    run = extractor("extract", SAMPLE, "-f", "jsonl")
    records = [json.loads(line) for line in run.text.splitlines()]
    assert len(records) == len(json.loads(extractor("extract", SAMPLE).out)["activities"])
    assert "activities in" in run.err, "what is for people is on the other stream"


def _in_terminal(directory: Path, *options: str, **changes: str) -> str:
    """What stands on standard error, where that is a terminal, while a directory is extracted."""
    pty = pytest.importorskip("pty")
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "extractor", "extract", str(directory), "-o", f"{directory}/out/", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=inner, stdin=subprocess.DEVNULL, env=environment(**changes)
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
    assert process.wait(timeout=60) == 0
    return b"".join(chunks).decode()


@pytest.fixture
def three(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "b.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "letter.txt").write_text("Dear all,\n\nthe plan follows soon.\n", encoding="utf-8")
    return tmp_path


def test_counts_of_read_kept_and_skipped(three: Path) -> None:
    run = extractor("extract", three, "-o", three / "out", "-f", "csv")
    assert run.status == 0, run.err
    assert run.err.splitlines()[-1] == "3 read: 2 kept, 1 skipped"
    assert "\x1b" not in run.err
    assert "#" not in run.err, "no bar where there is no terminal"


def test_a_terminal_shows_a_bar_and_leaves_none(three: Path) -> None:
    shown = _in_terminal(three, TERM="xterm")
    assert "] 1 of 3" in shown
    assert "] 3 of 3" in shown
    for line in shown.replace("\r\n", "\n").split("\n"):
        assert "of 3" not in line.rpartition("\r\x1b[K")[2], "the bar is wiped before anything else is said"
    assert "] 1 of 3" not in _in_terminal(three, "--quiet", TERM="xterm")
    assert "\x1b" not in _in_terminal(three, TERM="dumb")


def test_a_terminal_is_spared_what_is_no_text() -> None:
    pty = pytest.importorskip("pty")
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "extractor", "extract", str(SAMPLE), "-f", "datapackage"]
    run = subprocess.run(
        command, stdout=inner, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment(), check=False
    )
    os.close(inner)
    os.close(outer)
    assert run.returncode == 2
    assert b"no text that a terminal could show" in run.stderr
