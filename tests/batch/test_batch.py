"""`extractor batch` through the real command: real processes, really killed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from batches import contents, done_in, manifest, page, pages, reader_of, start
from commands import SAMPLES, environment, extractor, names
from extractor.api import load
from extractor.batch import Task, in_this_process, in_workers
from extractor.profile import Settings

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")


def test_each_document_gets_its_plan_and_all_a_manifest_and_a_table(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = extractor("batch", SAMPLES, "--out", out, "--jobs", "2")
    assert run.status == 0, run.err
    assert run.out == b""
    assert run.err.splitlines()[-1] == "6 documents: 6 success"
    assert names(out) == [
        ".batch",
        "activities.csv",
        "manifest.jsonl",
        *(f"year-ahead-{year}.{form}.json" for year in (2023, 2024) for form in ("html", "pdf", "txt")),
    ]
    entries = manifest(out)
    for name, entry in entries.items():
        assert entry["status"] == "success"
        assert entry["output"] == f"{name}.json"
        assert entry["output_sha256"] == hashlib.sha256((out / entry["output"]).read_bytes()).hexdigest()
        assert entry["sha256"] == hashlib.sha256(Path(entry["source"]).read_bytes()).hexdigest()
        plan = load(out / entry["output"])
        assert entry["counts"]["activities"] == len(plan.activities)
        assert plan.source.sha256 == entry["sha256"]
    alone = extractor("extract", SAMPLES / "year-ahead-2023.txt", "-f", "json")
    assert (out / "year-ahead-2023.txt.json").read_bytes() == alone.out
    rows = list(csv.reader(io.StringIO((out / "activities.csv").read_text(encoding="utf-8"), newline="")))
    assert rows[0][0] == "document"
    assert len(rows) - 1 == sum(entry["counts"]["activities"] for entry in entries.values())
    one = extractor("extract", SAMPLES / "year-ahead-2023.txt", "-f", "csv")
    expected = list(csv.reader(io.StringIO(one.text, newline="")))
    assert rows[0][1:] == expected[0]
    assert [row[1:] for row in rows if row[0] == "year-ahead-2023.txt"] == expected[1:]


def test_the_number_of_workers_makes_no_difference(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 12)
    (source / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    found = []
    for jobs in ("1", "2", "3"):
        assert extractor("batch", source, "--out", tmp_path / jobs, "--jobs", jobs).status == 1
        found.append(contents(tmp_path / jobs))
    assert found[0] == found[1] == found[2]


def test_bad_documents_are_told_and_stop_nothing(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 3)
    (source / "empty.html").write_bytes(b"")
    (source / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (source / "noise.txt").write_bytes(random.Random(1).randbytes(20_000))
    (source / "letter.txt").write_text("Dear resident,\n\nthank you for your letter of last week.\n", encoding="utf-8")
    out = tmp_path / "out"
    run = extractor("batch", source, tmp_path / "missing.html", tmp_path / "*.xyz", "--out", out, "--jobs", "2")
    assert run.status == 1
    entries = manifest(out)
    assert {name: entry["status"] for name, entry in entries.items()} == {
        "*.xyz": "failure",
        "broken": "failure",
        "empty": "failure",
        "letter": "skipped",
        "missing": "failure",
        "noise": "failure",
        "plan-001": "success",
        "plan-002": "success",
        "plan-003": "success",
    }
    assert entries["missing"]["cause"] == "source-missing"
    assert entries["letter"]["cause"] == "no-plan-found"
    assert all(entry["reason"] for entry in entries.values())
    problems = [line for line in run.err.splitlines() if line.startswith(("failure: ", "skipped: "))]
    assert len(problems) == 6
    assert run.err.splitlines()[-1] == "9 documents: 3 success, 5 failure, 1 skipped"
    assert "Traceback" not in run.err


def test_a_plan_with_errors_is_partial(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 1)
    run = extractor("batch", source, "--out", tmp_path / "out", "--expect", "17")
    assert run.status == 0
    entry = manifest(tmp_path / "out")["plan-001"]
    assert (entry["status"], entry["cause"]) == ("partial", "errors")
    assert "count-differs" in entry["reason"]
    assert entry["output"] == "plan-001.json"


def test_what_is_done_is_not_done_again_and_what_has_changed_is(tmp_path: Path) -> None:
    source, out = pages(tmp_path / "in", 4), tmp_path / "out"
    arguments = ("batch", source, "--out", out, "--jobs", "1")
    assert extractor(*arguments).status == 0
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.json")}
    whole = contents(out)
    run = extractor(*arguments)
    assert run.err == "4 documents: 4 success; 4 of them done before\n"
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("*.json")} == before
    assert contents(out) == whole

    (source / "plan-002.html").write_bytes(page(77))  # changed
    (out / "plan-003.json").write_text("{}")  # spoilt
    (out / ".batch" / "rows" / "plan-004.csv").unlink()
    assert extractor(*arguments).err == "4 documents: 4 success; 1 of them done before\n"
    assert load(out / "plan-002.json").activities[0].ref == "77.1"
    assert (out / "plan-003.json").read_bytes() == whole["plan-003.json"]
    assert b"77.1" in (out / "activities.csv").read_bytes()

    assert extractor(*arguments, "--period", "2030/31").err == "4 documents: 4 success\n"
    assert extractor(*arguments, "--period", "2030/31", "--max-seconds", "99").err.endswith("4 of them done before\n")


def test_a_document_that_fails_now_leaves_no_plan_of_earlier(tmp_path: Path) -> None:
    source, out = pages(tmp_path / "in", 2), tmp_path / "out"
    assert extractor("batch", source, "--out", out, "--jobs", "1").status == 0
    (source / "plan-001.html").write_bytes(b"")
    assert extractor("batch", source, "--out", out, "--jobs", "1").status == 1
    assert sorted(path.name for path in out.glob("*.json")) == ["plan-002.json"]
    assert b"Area 1 " not in (out / "activities.csv").read_bytes()


@linux_only
def test_a_document_that_hangs_is_ended_at_its_deadline(tmp_path: Path) -> None:
    source, out = pages(tmp_path / "in", 3), tmp_path / "out"
    os.mkfifo(source / "a-hanging.html")
    # Nothing is ever written to the pipe: whoever opens it waits in the system, and hears nothing of Python.
    started = time.monotonic()
    run = extractor(
        "batch", source, source / "a-hanging.html", "--out", out, "--max-seconds", "2", "--jobs", "2", timeout=120
    )
    assert run.status == 1
    assert time.monotonic() - started < 60
    entries = manifest(out)
    assert entries["a-hanging"]["cause"] == "deadline"
    assert {entry["status"] for name, entry in entries.items() if name != "a-hanging"} == {"success"}
    assert f"failure: {source / 'a-hanging.html'}: it took longer than 2 seconds, and was ended" in run.err


@linux_only
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_loses_its_own_document_only(tmp_path: Path, number: signal.Signals) -> None:
    source, out = pages(tmp_path / "in", 8), tmp_path / "out"
    pipe = tmp_path / "a-waiting.html"
    os.mkfifo(pipe)
    run = start("batch", pipe, source, "--out", out, "--jobs", "2")
    # The worker waits for bytes once somebody holds the other end.
    with pipe.open("wb", buffering=0):
        os.kill(reader_of(pipe), number)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 1
    entries = manifest(out)
    assert entries.pop("a-waiting")["cause"] == "died"
    assert len(entries) == 8
    assert {entry["status"] for entry in entries.values()} == {"success"}
    assert f"signal {number.value}, {number.name}" in err.decode()


@linux_only
def test_what_had_ended_its_process_is_retried_only_when_asked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    document = pages(tmp_path / "in", 1) / "plan-001.html"
    whole = extractor("batch", document, "--out", out, "--jobs", "1")
    assert whole.status == 0
    entry = manifest(out)["plan-001"]
    dead = entry | {"status": "failure", "cause": "died", "reason": "ended", "output": None, "output_sha256": None}
    (out / "manifest.jsonl").write_text(json.dumps(dead) + "\n", encoding="utf-8")
    again = extractor("batch", document, "--out", out, "--jobs", "1")
    assert again.status == 1
    assert again.err.startswith(f"failure: {document}: ended (as before)\n")
    assert extractor("batch", document, "--out", out, "--jobs", "1", "--retry-failed").status == 0


@linux_only
def test_killed_at_random_moments_and_run_again_it_makes_the_same(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 299)
    (source / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    assert extractor("batch", source, "--out", undisturbed, "--jobs", "2", timeout=120).status == 1
    chance = random.Random(20240401)
    done_at = 0
    for number, target in enumerate(sorted(chance.sample(range(1, 300), 10))):
        # In worker processes and in the run's own, in turn: the journal is the same.
        run = start("batch", source, "--out", out, "--jobs", "12"[number % 2])
        journal = out / ".batch" / "journal.jsonl"
        until = time.monotonic() + 60
        while time.monotonic() < until and run.poll() is None:
            if journal.exists() and done_in(journal) >= target:
                break
            time.sleep(0.005)
        time.sleep(chance.random() / 50)
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=60)
        assert run.returncode == -signal.SIGKILL
        assert done_in(journal) >= max(target, done_at)
        done_at = done_in(journal)
        for path in out.glob("*.json"):
            assert path.read_bytes() == (undisturbed / path.name).read_bytes()
    whole = journal.read_bytes().splitlines(keepends=True)
    cut = [line for line in whole if b'"begun"' not in line]
    journal.write_bytes(b"".join(cut)[:-20])  # a line that a kill cut off
    last = extractor("batch", source, "--out", out, "--jobs", "2", timeout=120)
    assert last.status == 1
    assert f"; {done_at - 1} of them done before" in last.err
    assert contents(out) == contents(undisturbed)


def test_a_manifest_names_publisher_year_and_outputs(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 2)
    listed = tmp_path / "in" / "councils.csv"
    listed.write_text(
        "name,path,publisher,year\ncalder/2026,plan-001.html,Calderholme Council,2026/27\nplan-two,plan-002.html,,\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    assert extractor("batch", listed, "--out", out).status == 0
    assert sorted(manifest(out)) == ["calder/2026", "plan-two"]
    plan = load(out / "calder" / "2026.json")
    assert plan.publisher is not None
    assert plan.publisher.name == "Calderholme Council"
    assert plan.period is not None
    assert plan.period.start is not None
    assert plan.period.start.year == 2026
    assert manifest(out)["calder/2026"]["settings"]["period"] == "2026/27"
    # By name alone, a document stands beside the manifest.
    listed.write_text("name\nplan-001.html\n", encoding="utf-8")
    assert extractor("batch", listed, "--out", tmp_path / "plain").status == 0
    assert sorted(manifest(tmp_path / "plain")) == ["plan-001"]
    assert source.is_dir()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title\nx\n", "has a column “title”"),
        ("publisher\nx\n", "lacks the column “name”"),
        ("name,path\n../../outside,plan-001.html\n", "is no name for an output"),
        ("name,path\n/tmp/outside,plan-001.html\n", "is no name for an output"),
        ("name,path\n.batch/lock,plan-001.html\n", "is no name for an output"),
        ("name,year\nplan-001.html\n", "row 2, has 1 cells"),
        ("name,year\n,2024\n", "row 2, has no name"),
        ("name\nplan\0.html\n", "row 2, has a NUL character"),
        ('name\n"plan', "cannot be read as CSV"),
        ("name\n\nplan-001.html\nplan-001.html\n\n", ""),
        ("name,path\none,plan-001.html\nONE,plan-002.html\n", "would be written to one file"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_before_anything_is_done(
    tmp_path: Path, text: str, complaint: str
) -> None:
    source = pages(tmp_path / "in", 2)
    (source / "list.csv").write_text(text, encoding="utf-8")
    run = extractor("batch", source / "list.csv", "--out", tmp_path / "out")
    assert run.status == (2 if complaint else 0)
    assert complaint in run.err
    assert (tmp_path / "out").exists() == (not complaint)


def test_paths_come_from_standard_input_and_patterns(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        pages(tmp_path / year, 2)
    listed = "\n".join(str(tmp_path / year / "plan-001.html") for year in ("2024", "2023")).encode() + b"\n"
    assert extractor("batch", "-", "--out", tmp_path / "a", stdin=listed).status == 0
    assert sorted(manifest(tmp_path / "a")) == ["2023/plan-001.html", "2024/plan-001.html"]
    nul = listed.replace(b"\n", b"\0")
    assert extractor("batch", "-", "--out", tmp_path / "b", stdin=nul).status == 0
    assert extractor("batch", tmp_path / "*" / "plan-001.html", "--out", tmp_path / "c").status == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b") == contents(tmp_path / "c")


def test_the_log_for_machines_is_one_object_a_line(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 2)
    (source / "empty.html").write_bytes(b"")
    run = extractor("batch", source, "--out", tmp_path / "out", "--log-json")
    events = [json.loads(line) for line in run.err.splitlines()]
    assert [event["event"] for event in events] == ["document"] * 3 + ["summary"]
    assert {event["name"]: event["status"] for event in events[:-1]} == {
        "empty": "failure",
        "plan-001": "success",
        "plan-002": "success",
    }
    assert {name: events[-1][name] for name in ("documents", "success", "failure", "unchanged")} == {
        "documents": 3,
        "success": 2,
        "failure": 1,
        "unchanged": 0,
    }


def test_the_password_is_kept_out_of_the_manifest(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 1)
    assert extractor("batch", source, "--out", tmp_path / "out", "--password", "hunter2").status == 0
    assert b"hunter2" not in (tmp_path / "out" / "manifest.jsonl").read_bytes()


@linux_only
def test_two_runs_do_not_share_a_directory(tmp_path: Path) -> None:
    pipe = tmp_path / "waiting.html"
    os.mkfifo(pipe)
    run = start("batch", pipe, "--out", tmp_path / "out", "--jobs", "1")
    with pipe.open("wb", buffering=0) as stream:
        second = extractor("batch", SAMPLES, "--out", tmp_path / "out")
        assert second.status == 2
        assert "another run is writing" in second.err
        stream.write(page(1))
    run.communicate(timeout=60)
    assert run.returncode == 0
    assert sorted(manifest(tmp_path / "out")) == ["waiting"]


def test_names_that_leave_no_room_for_an_ending_are_cut(tmp_path: Path) -> None:
    long = tmp_path / ("é" * 125 + ".html")
    long.write_bytes(page(1))
    assert extractor("batch", long, "--out", tmp_path / "out").status == 0
    (output,) = (tmp_path / "out").glob("*.json")
    assert load(output).activities[0].ref == "1.1"


def test_a_manifest_names_the_profile_of_each_document(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 2)
    (source / "wold.toml").write_text(
        '[publisher]\nname = "Wold Council"\n[headers]\nlead_officers = ["Driver"]\n', encoding="utf-8"
    )
    (source / "list.csv").write_text("Name,Profile\nplan-001.html,wold.toml\nplan-002.html,\n", encoding="utf-8")
    out = tmp_path / "out"
    assert extractor("batch", source / "list.csv", "--out", out).status == 0
    first, second = (load(out / f"plan-00{number}.json") for number in (1, 2))
    assert first.publisher is not None
    assert first.publisher.name == "Wold Council"
    assert second.publisher is None
    (source / "wold.toml").write_text('[publisher]\nname = "Fell Council"\n', encoding="utf-8")
    assert extractor("batch", source / "list.csv", "--out", out).err.endswith("; 1 of them done before\n")
    (source / "wold.toml").write_text("[publisher\n", encoding="utf-8")
    assert extractor("batch", source / "list.csv", "--out", out).status == 2


@linux_only
def test_a_worker_does_not_outlive_its_supervisor(tmp_path: Path) -> None:
    pipe = tmp_path / "waiting.html"
    os.mkfifo(pipe)
    run = start("batch", pipe, "--out", tmp_path / "out", "--jobs", "1", "--max-seconds", "1")
    with pipe.open("wb", buffering=0):
        worker = Path("/proc", str(reader_of(pipe)))
        run.kill()
        run.communicate(timeout=60)
        until = time.monotonic() + 30
        while worker.exists() and time.monotonic() < until:
            time.sleep(0.1)
        assert not worker.exists()


@linux_only
def test_an_interrupted_run_ends_its_workers_and_goes_on_later(tmp_path: Path) -> None:
    source, out = pages(tmp_path / "in", 3), tmp_path / "out"
    pipe = tmp_path / "z-waiting.html"
    os.mkfifo(pipe)
    # The signal may come between the opening of the pipe and the block that closes it: a warning, not a fault.
    run = start("batch", source, pipe, "--out", out, "--jobs", "1", PYTHONWARNINGS="ignore")
    with pipe.open("wb", buffering=0):
        worker = Path("/proc", str(reader_of(pipe)))
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"Traceback" not in err
    assert not worker.exists()
    assert extractor("batch", source, "--out", out).err == "3 documents: 3 success; 3 of them done before\n"


@linux_only
def test_whoever_types_control_c_at_once_hears_of_no_process(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 3)
    # What was cut off between opening and closing may be told as left open, where such warnings are asked for.
    python = [sys.executable, "-W", "ignore::ResourceWarning", "-m", "extractor"]
    run = subprocess.Popen(
        [*python, "batch", source, "--out", tmp_path / "out", "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    children = Path("/proc", str(run.pid), "task", str(run.pid), "children")
    until = time.monotonic() + 30
    while not any(b"forkserver" in Path("/proc", pid, "cmdline").read_bytes() for pid in children.read_text().split()):
        assert time.monotonic() < until
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"Traceback" not in err


@linux_only
def test_a_name_that_is_no_text_is_shown_as_far_as_it_is(tmp_path: Path) -> None:
    document = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html"))
    document.write_bytes(page(1))
    assert extractor("batch", document, "--out", tmp_path / "out").status == 0
    assert sorted(manifest(tmp_path / "out")) == ["caf\ufffd"]


@linux_only
def test_a_problem_is_one_line_whatever_the_name(tmp_path: Path) -> None:
    bad = tmp_path / "two\nlines.html"
    bad.write_bytes(b"")
    run = extractor("batch", bad, "--out", tmp_path / "out")
    first, last = run.err.splitlines()
    assert first.startswith(f"failure: {tmp_path}/two lines.html: ")
    assert last == "1 document: 1 failure"
    assert manifest(tmp_path / "out")["two\nlines"]["source"] == str(bad)


@linux_only
def test_on_a_terminal_a_line_tells_how_far_the_run_is(tmp_path: Path) -> None:
    import pty
    import termios

    source = pages(tmp_path / "in", 3)
    (source / "empty.html").write_bytes(b"")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    run = subprocess.Popen(
        [sys.executable, "-m", "extractor", "batch", source, "--out", tmp_path / "out", "--jobs", "1"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(TERM="xterm"),
    )
    os.close(theirs)
    assert run.wait(timeout=60) == 1
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    drawn = re.findall(r"\d+/4 \[[0-9:]+<[0-9:?]+, +[0-9.?]+ documents/s, 1 problem\]", shown)
    assert drawn, shown
    lines = shown.replace("\r\n", "\n").split("\n")
    assert f"failure: {source / 'empty.html'}: " in shown
    assert re.search(r"4 documents: 3 success, 1 failure; \d+ s", lines[-2])


def test_an_error_of_ours_costs_one_document(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 2)
    wrong = Settings(max_bytes="many")  # type: ignore[arg-type] - no option can say this
    tasks = [Task(str(path), Settings(), path.stem) for path in sorted(source.iterdir())]
    tasks.insert(0, replace(tasks[0], settings=wrong, document="wrong"))
    for done_by in (in_this_process, partial(in_workers, jobs=1)):
        done = {task.document: outcome for task, outcome in done_by(tasks)}
        assert {name: outcome.status for name, outcome in done.items()} == {
            "wrong": "failure",
            "plan-001": "success",
            "plan-002": "success",
        }
        assert done["wrong"].cause == "internal-error"
        assert "TypeError" in done["wrong"].reason
        assert "Traceback" in done["wrong"].trace


@linux_only
def test_in_its_own_process_a_run_breaks_off_what_takes_too_long(tmp_path: Path) -> None:
    source, out = pages(tmp_path / "in", 2), tmp_path / "out"
    pipe = tmp_path / "a-hanging.html"
    os.mkfifo(pipe)
    run = extractor("batch", pipe, source, "--out", out, "--jobs", "1", "--max-seconds", "6")
    assert run.status == 1
    entries = manifest(out)
    assert entries.pop("a-hanging")["cause"] == "deadline"
    assert [entry["status"] for entry in entries.values()] == ["success", "success"]


@linux_only
def test_a_document_that_ends_the_runs_own_process_is_not_tried_for_ever(tmp_path: Path) -> None:
    source, out = pages(tmp_path / "in", 3), tmp_path / "out"
    # A document that takes long enough to be met in the middle.
    (source / "plan-002.html").write_bytes(page(2, rows=20_000))
    for tried in range(3):
        run = start("batch", source, "--out", out, "--jobs", "1")
        journal = out / ".batch" / "journal.jsonl"
        until = time.monotonic() + 60
        while not journal.exists() or len(re.findall(rb'"plan-002".*"begun": true', journal.read_bytes())) <= tried:
            assert time.monotonic() < until
            time.sleep(0.005)
        run.send_signal(signal.SIGSEGV)
        run.communicate(timeout=60)
        assert run.returncode == -signal.SIGSEGV
    assert extractor("batch", source, "--out", out, "--jobs", "1").status == 1
    entries = manifest(out)
    assert (entries["plan-002"]["status"], entries["plan-002"]["cause"]) == ("failure", "died")
    assert "3 runs have ended while it was read" in entries["plan-002"]["reason"]
    assert entries["plan-001"]["status"] == entries["plan-003"]["status"] == "success"


@linux_only
def test_workers_are_replaced_before_they_grow_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.batch.workers.MOST_DOCUMENTS", 3)
    tasks = [Task(str(path), Settings(), path.stem) for path in sorted(pages(tmp_path / "in", 10).iterdir())]
    workers: set[int | None] = set()
    done = []
    for task, outcome in in_workers(tasks, 1):
        workers |= {process.pid for process in multiprocessing.active_children()}
        assert outcome.status == "success"
        done.append(task.document)
    assert done == [task.document for task in tasks]
    assert len(workers) >= 3
    assert multiprocessing.active_children() == []
