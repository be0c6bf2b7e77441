"""`extractor batch --dask`: a real scheduler, two real workers, and what is killed under them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from batches import contents, held, manifest, page, pages, reader_of, start, wait_for_entry
from commands import environment, extractor

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")


def dask(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A program of Dask, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(PYTHONWARNINGS="ignore"),
        start_new_session=True,
    )


def end(*processes: subprocess.Popen[bytes]) -> None:
    """End programs with all that they have started."""
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def is_written(path: Path) -> bool:
    """Whether a JSON file is there whole: the scheduler makes it before it writes to it."""
    return path.exists() and path.read_text("utf-8").rstrip().endswith("}")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers of two threads each."""
    port_file = tmp_path / "scheduler.json"
    run = dask(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(port_file)
    )
    workers: list[subprocess.Popen[bytes]] = []
    try:
        until = time.monotonic() + 60
        while not is_written(port_file) and time.monotonic() < until:
            time.sleep(0.05)
        address = json.loads(port_file.read_text())["address"]
        for _ in range(2):
            where = tmp_path / f"worker-{len(workers)}"
            where.mkdir()
            workers.append(
                dask(
                    "dask_worker", address, "--nthreads", "2", "--no-dashboard", "--host", "127.0.0.1",
                    "--local-directory", str(where),
                )
            )  # fmt: skip
        yield address
    finally:
        end(run, *workers)


def told(run: subprocess.Popen[bytes]) -> str:
    """What a run says, now that it has ended."""
    _, err = run.communicate(timeout=180)
    return err.decode()


def test_a_cluster_loses_a_worker_and_nothing_else(tmp_path: Path, scheduler: str) -> None:
    source = pages(tmp_path / "in", 30)
    (source / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    lost, _, dead = pipes = [source / f"a-{name}.html" for name in ("lost", "hung", "dead")]
    for pipe in pipes:
        os.mkfifo(pipe)
    out, limit = tmp_path / "out", ("--max-seconds", "12")
    run = start("batch", *pipes, source, "--out", out, "--dask", scheduler, *limit, PYTHONWARNINGS="ignore")
    with held(dead):
        os.kill(reader_of(dead, 60), signal.SIGSEGV)
    # Told, before the worker goes that has to tell it: else another worker would read the pipe again.
    wait_for_entry(out / ".batch" / "journal.jsonl", "a-dead")
    # The worker that has the first pipe goes, with all that it has started: another takes what it had.
    with held(lost) as stream:
        group = os.getpgid(reader_of(lost, 60))
        os.killpg(group, signal.SIGKILL)
        reader_of(lost, 60, but=[group])
        stream.write(page(999))
    err = told(run)
    assert run.returncode == 1, err
    assert "Traceback" not in err
    entries: dict[str, dict[str, Any]] = manifest(out)
    assert {name: entry["cause"] for name, entry in entries.items() if entry["status"] == "failure"} == {
        "a-dead": "died",
        "a-hung": "deadline",
        "broken": "source-unreadable",
    }
    assert entries["a-lost"]["counts"]["activities"] == 3
    # The same documents here, now that nothing disturbs them: the same bytes on all three ways.
    for pipe in pipes:
        pipe.unlink()
        pipe.write_bytes(page(999))
    again = ("--dask", scheduler, "--retry-failed", *limit)
    assert extractor("batch", source, "--out", out, *again, timeout=180, PYTHONWARNINGS="ignore").status == 1
    for jobs in ("1", "2"):
        assert extractor("batch", source, "--out", tmp_path / jobs, "--jobs", jobs, *limit, timeout=180).status == 1
    assert contents(out) == contents(tmp_path / "1") == contents(tmp_path / "2")


def test_a_scheduler_that_is_not_there_is_named(tmp_path: Path) -> None:
    source = pages(tmp_path / "in", 1)
    run = extractor(
        "batch", source, "--out", tmp_path / "out", "--dask", "tcp://127.0.0.1:9", timeout=120, PYTHONWARNINGS="ignore"
    )
    assert run.status == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in run.err
    assert "Traceback" not in run.err
    assert (
        extractor("batch", source, "--out", tmp_path / "out", "--dask", "tcp://127.0.0.1:9", "--jobs", "2").status == 2
    )
