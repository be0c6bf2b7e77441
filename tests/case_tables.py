"""Reads the case tables in tests/cases: one case a line, remarks begin with "#"."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parent / "cases"


def read_cases(name: str) -> list[str]:
    """The cases of a table, in order."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def columns(line: str) -> list[str | None]:
    """The columns of a case; "-" is none."""
    cells = [cell.strip() for cell in line.split("|")]
    return [None if cell == "-" else cell for cell in cells]
