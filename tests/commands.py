"""Runs the real command in a process of its own, as a person would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SAMPLE = SAMPLES / "year-ahead-2023.txt"


@dataclass(frozen=True)
class Run:
    """What a run left: its exit status and what it wrote."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8")


def environment(**changes: str) -> dict[str, str]:
    """This process's variables, without those that change how the command talks."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "COLUMNS", "PYTHONIOENCODING", "FORCE_COLOR")
    }
    return kept | {"PYTHONWARNINGS": "error"} | changes


def extractor(
    *arguments: str | Path,
    stdin: bytes = b"",
    cwd: Path | None = None,
    timeout: float = 60,
    through: Sequence[str] = (),
    **changes: str,
) -> Run:
    """Run `extractor` with these arguments, started by the program `through`; `changes` are environment variables."""
    done = subprocess.run(
        [*through, sys.executable, "-m", "extractor", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**changes),
        timeout=timeout,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def names(directory: Path) -> list[str]:
    """What stands in a directory, by name, also what is hidden."""
    return sorted(path.name for path in directory.iterdir())
