"""PDFs that cannot be read, or should not be: a refusal of its own for each, in bounded time and memory."""

from __future__ import annotations

import json
import os
import pty
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import ROOT, SAMPLES, environment, extractor, names
from pdf_bombs import BOMBS, forms_within_forms, gigabyte_of_text
from pdf_writer import Sheet, assemble, plan_rows, table_pdf, write

LOCKED = ROOT / "tests" / "read" / "pdf_files" / "locked.pdf"
SAMPLE = SAMPLES / "year-ahead-2024.pdf"
MEMORY = 1_500_000_000
"""Address space that the command gets, in bytes: Python, its libraries, and what a plan may need."""


def within_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run_within_memory(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment(OPENBLAS_NUM_THREADS="1"),
        timeout=120,
        check=False,
        preexec_fn=within_memory,
    )


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_and_memory_with_a_word(name: str, tmp_path: Path) -> None:
    source = tmp_path / f"{name}.pdf"
    source.write_bytes(BOMBS[name]())
    began = time.monotonic()
    run = run_within_memory("extract", source, "--max-seconds", "3", "-o", tmp_path / "plan.json")
    assert time.monotonic() - began < 60, "the limit is 3 seconds; the rest is for starting on a busy machine"
    assert run.returncode == 2
    lines = run.stderr.splitlines()
    assert lines[0].startswith("error: ")
    assert lines[-1].startswith(" help: ")
    assert "Traceback" not in run.stderr
    assert names(tmp_path) == [f"{name}.pdf"]


def test_a_document_that_hangs_in_native_code_is_ended_at_the_limit(tmp_path: Path) -> None:
    source = tmp_path / "forms.pdf"
    source.write_bytes(forms_within_forms())
    run = extractor("extract", source, "--max-seconds", "1", "-o", tmp_path / "plan.json")
    assert run.status == 2
    assert "forms.pdf: reading took longer than 1 seconds, and was ended" in run.err
    assert "--max-seconds" in run.err


def test_a_document_that_crashes_what_reads_it_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "large.pdf"
    source.write_bytes(gigabyte_of_text())
    run = run_within_memory("extract", source, "-o", tmp_path / "plan.json")
    assert run.returncode == 2
    assert "large.pdf" in run.stderr
    assert "memory" in run.stderr


def test_a_plan_is_read_within_the_same_memory() -> None:
    run = run_within_memory("extract", SAMPLE, "-f", "json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["activities"]


def test_nothing_is_left_running_when_the_command_is_killed(tmp_path: Path) -> None:
    source = tmp_path / "forms.pdf"
    source.write_bytes(forms_within_forms())
    command = [sys.executable, "-m", "extractor", "extract", str(source), "--max-seconds", "4", "-f", "json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), start_new_session=True
    ) as process:
        assert process.stdout is not None
        time.sleep(3)  # by now it reads
        process.kill()
        # Whoever still runs holds the other end of the pipe: the end of the file comes when all are gone.
        ready, _, _ = select.select([process.stdout], [], [], 45)
        assert ready, "the process that reads outlives its command"
        assert process.stdout.read() == b""


def test_a_limit_of_pages(tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, "--max-pages", "2", "-o", tmp_path / "plan.json")
    assert run.status == 2
    assert "year-ahead-2024.pdf has 3 pages to read; the limit is 2" in run.err


# What was asked ------------------------------------------------------------------------------------------------


def test_pages_are_chosen_and_keep_their_numbers() -> None:
    plan = json.loads(extractor("extract", SAMPLE, "--pages", "2-3", "-f", "json").out)
    assert {activity["location"]["page"] for activity in plan["activities"]} == {2, 3}
    assert plan["source"]["pages"] == 3
    [left_out] = [issue for issue in plan["issues"] if issue["code"] == "pages-left-out"]
    assert left_out["message"] == "Pages 2-3 of 3 were read, as asked."


def test_pages_asked_for_of_a_web_page_are_told_to_be_ignored() -> None:
    page = SAMPLE.with_suffix(".html")
    asked, whole = (json.loads(extractor("extract", page, *more, "-f", "json").out) for more in (("--pages", "2"), ()))
    assert asked["activities"] == whole["activities"]
    [ignored] = [issue for issue in asked["issues"] if issue not in whole["issues"]]
    assert (ignored["code"], ignored["severity"]) == ("pages-ignored", "warning")


@pytest.mark.parametrize(
    ("pages", "word"),
    [
        ("0", "is no page"),
        ("3-2", "is no page"),
        ("two", "is no page"),
        ("", "is no page"),
        ("1,,2", "is no page"),
        ("-3", "is no page"),
        ("1-2000000000", "is no page"),
        ("4", "has 3 pages, and no page 4"),
        ("2-9", "has 3 pages, and no page 4"),
    ],
)
def test_pages_that_there_are_not(pages: str, word: str, tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, f"--pages={pages}", "-o", tmp_path / "plan.json")
    assert run.status == 2
    assert word in run.err
    assert names(tmp_path) == []


# What cannot be read -------------------------------------------------------------------------------------------


def test_a_password_opens_a_locked_document() -> None:
    run = extractor("extract", LOCKED, "--password", "letmein", "-f", "json")
    assert run.status == 0, run.err
    assert len(json.loads(run.out)["activities"]) == 3


@pytest.mark.parametrize(
    ("options", "word"), [((), "can be read with its password only"), (("--password", "guess"), "is not its own")]
)
def test_without_the_password_a_locked_document_is_refused(options: tuple[str, ...], word: str) -> None:
    run = extractor("extract", LOCKED, "-f", "json", *options)
    assert run.status == 2
    assert word in run.err
    assert "--password" in run.err
    assert run.out == b""


def converse(arguments: list[str], answers: list[bytes]) -> tuple[int, str, str]:
    """Run the command on a terminal of its own and type an answer at each prompt: status, terminal, standard output."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", *arguments],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
        env=environment(TERM="dumb"),
        start_new_session=True,
        preexec_fn=lambda: os.close(os.open(os.ttyname(slave), os.O_RDWR)),  # it becomes the session's terminal
    )
    os.close(slave)
    shown, given = b"", 0
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([master], [], [], 0.2)[0]:
            try:
                piece = os.read(master, 4096)
            except OSError:  # the other side is closed
                break
            shown += piece
            if given < len(answers) and shown.count(b"Password: ") > given:
                os.write(master, answers[given] + b"\n")
                given += 1
        elif process.poll() is not None:
            break
    assert process.stdout is not None
    out = process.stdout.read().decode()
    status = process.wait(timeout=30)
    process.stdout.close()
    os.close(master)
    return status, shown.decode(), out


def test_a_terminal_is_asked_for_the_password() -> None:
    status, shown, out = converse(["extract", str(LOCKED), "-f", "json"], [b"guess", b"letmein"])
    assert status == 0, shown
    assert "locked.pdf is encrypted, and can be read with its password only." in shown
    assert "the password that was given is not its own" in shown
    assert "letmein" not in shown, "what is typed is not shown"
    assert len(json.loads(out)["activities"]) == 3


def test_a_terminal_is_not_asked_for_ever() -> None:
    status, shown, out = converse(["extract", str(LOCKED), "-f", "json"], [b"1", b"2", b"3", b"4"])
    assert (status, out) == (2, "")
    assert shown.count("Password: ") == 3
    assert "error: locked.pdf is encrypted, and the password that was given is not its own." in shown


def refused(data: bytes, tmp_path: Path, name: str = "plan.pdf") -> str:
    (tmp_path / name).write_bytes(data)
    run = extractor("extract", tmp_path / name, "-o", tmp_path / "plan.json")
    assert run.status == 2, run.err
    assert names(tmp_path) == [name]
    assert "Traceback" not in run.err
    return run.err


def test_a_document_under_another_protection_is_refused(tmp_path: Path) -> None:
    data = assemble(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Count 1 /Kids [3 0 R]>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 842 595]>>",
            b"<</Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s4 /V 4 /Recipients [<00>]>>",
        ],
        "/Encrypt 4 0 R /ID [<00><00>]",
    )
    words = refused(data, tmp_path)
    assert "protected by a certificate or by a program of its own" in words
    assert "no password opens this one" in words


def test_a_document_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    data = SAMPLE.read_bytes()
    words = refused(data[: len(data) // 2], tmp_path)
    assert "plan.pdf is cut off: its end is missing" in words
    assert "Download the file again" in words


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    assert "is not a PDF, whatever its name says" in refused(b"Dear all, this is a letter.\n", tmp_path)


def test_a_broken_index_is_an_issue(tmp_path: Path) -> None:
    data = table_pdf(plan_rows(3))
    source = tmp_path / "plan.pdf"
    source.write_bytes(data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n")
    run = extractor("extract", source, "-f", "json")
    assert run.status == 0, run.err
    plan = json.loads(run.out)
    assert len(plan["activities"]) == 3
    [repaired] = [issue for issue in plan["issues"] if issue["code"] == "pdf-repaired"]
    assert repaired["severity"] == "warning"


def test_a_document_of_images_says_which_pages_and_what_to_do(tmp_path: Path) -> None:
    sheets = [Sheet(), Sheet()]
    for sheet in sheets:
        sheet.picture(0, 0, 842, 595)
    words = refused(write(sheets), tmp_path)
    assert "Pages 1-2 hold only images" in words
    assert "--ocr" in words


def test_the_command_itself_can_be_interrupted(tmp_path: Path) -> None:
    source = tmp_path / "forms.pdf"
    source.write_bytes(forms_within_forms())
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "extract", str(source), "-o", str(tmp_path / "plan.json")],
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    time.sleep(3)
    os.killpg(process.pid, signal.SIGINT)
    _, shown = process.communicate(timeout=30)
    assert process.returncode == 130, shown
    assert names(tmp_path) == ["forms.pdf"]
