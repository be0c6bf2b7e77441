"""Runs of `extractor batch` to test: small plans, the command left to itself, and what it wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from commands import environment


def page(number: int, rows: int = 3) -> bytes:
    """A plan, another for each number."""
    cells = "".join(
        f"<tr><td>{number}.{row}</td><td>Open library {row} of area {number} to all.</td>"
        f"<td>Quarter {row % 4 or 4}</td><td>Head of Libraries</td></tr>"
        for row in range(1, rows + 1)
    )
    return (
        f"<html><head><title>Delivery Plan 2024/25</title></head><body><h1>Delivery Plan 2024/25</h1>"
        f"<h2>Outcome: Area {number}</h2><table><tr><th>Ref</th><th>Action</th><th>Timescale</th>"
        f"<th>Lead officer</th></tr>{cells}</table></body></html>"
    ).encode()


def pages(directory: Path, count: int) -> Path:
    """A directory with so many small plans."""
    directory.mkdir()
    for number in range(1, count + 1):
        (directory / f"plan-{number:03}.html").write_bytes(page(number))
    return directory


def manifest(directory: Path) -> dict[str, dict[str, Any]]:
    """The lines of the manifest, by name."""
    lines = (directory / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["name"] for entry in entries] == sorted(entry["name"] for entry in entries)
    return {entry["name"]: entry for entry in entries}


def contents(directory: Path) -> dict[str, bytes]:
    """All files of an output directory, by path; of the manifest's lines all but the seconds, which a clock tells."""
    found = {
        str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()
    }
    entries = [json.loads(line) for line in found["manifest.jsonl"].splitlines()]
    assert all(entry.pop("seconds") >= 0 for entry in entries)
    return found | {"manifest.jsonl": json.dumps(entries).encode()}


def start(*arguments: str | Path, **changes: str) -> subprocess.Popen[bytes]:
    """The command, started and left to itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "extractor", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(**changes),
    )


def readers(path: Path) -> Iterator[int]:
    """The processes that have a file open, without this one."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                if any(link.readlink() == path for link in (entry / "fd").iterdir()):
                    yield int(entry.name)
            except OSError:
                continue


def reader_of(path: Path, seconds: float = 30, but: Container[int] = ()) -> int:
    """The process that has a file open, waited for; none of the process groups `but`, which may still be ending."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for pid in readers(path):
            with suppress(ProcessLookupError):
                if os.getpgid(pid) not in but:
                    return pid
        time.sleep(0.02)
    raise AssertionError(f"nobody reads {path}")


@contextmanager
def held(pipe: Path, seconds: float = 60) -> Iterator[BinaryIO]:
    """The writing end of a named pipe, as soon as somebody reads it."""
    until = time.monotonic() + seconds
    while True:
        try:
            descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            assert time.monotonic() < until, f"nobody reads {pipe}"
            time.sleep(0.02)
    with open(descriptor, "wb", buffering=0) as stream:  # noqa: PTH123 - a descriptor has no path
        yield stream


def done_in(journal: Path) -> int:
    """How many documents a journal says are done."""
    return sum(
        b'"begun"' not in line for line in journal.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")
    )


def wait_for_entry(journal: Path, name: str, seconds: float = 60) -> None:
    """Return when a journal says that a document is done."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        lines = journal.read_bytes().splitlines(keepends=True) if journal.exists() else []
        if any(json.loads(line)["name"] == name for line in lines if line.endswith(b"\n") and b'"begun"' not in line):
            return
        time.sleep(0.05)
    raise AssertionError(f"{name} is not done")
