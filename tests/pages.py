"""The examples in docs/: `make golden` writes what their commands print and what their Python shows."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from commands import ROOT, SAMPLES, environment
from extractor.write.reference import format_reference

DOCS = ROOT / "docs"
PAGES = (
    "pdf.md",
    "streams.md",
    "data-package.md",
    "databases.md",
    "spreadsheet.md",
    "parquet.md",
    "questions.md",
    "python.md",
    "batch.md",
    "data-protection.md",
    "checking.md",
)
OUTPUT = DOCS / "output.md"
_CONSOLE = re.compile(r"(?<=```console\n)(.*?)(?=```\n)", re.DOTALL)
_PYTHON = re.compile(r"(?<=```python\n)(.*?)(?=```\n)", re.DOTALL)
_PROGRAMS = ("jq", "sqlite3", "datasette", "frictionless")


def missing_programs(text: str) -> list[str]:
    """The programs besides our own that a page's commands call, and that are not here."""
    commands = [line for line in text.splitlines() if line.startswith("$ ")]
    path = _path()
    called = [name for name in _PROGRAMS if any(re.search(rf"\b{name} ", command) for command in commands)]
    return [name for name in called if shutil.which(name, path=path) is None]


def _path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def _console(block: str, directory: Path) -> str:
    """The block with what each command prints now: standard output, then standard error."""
    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            run = subprocess.run(
                ["bash", "-c", line.removeprefix("$ ")],
                capture_output=True,
                text=True,
                cwd=directory,
                env=environment(PATH=_path(), COLUMNS="100", PYTHONWARNINGS="ignore", LC_ALL="C.UTF-8"),
                timeout=120,
                check=False,
            )
            lines += [line, *(run.stdout + run.stderr).splitlines()]
    return "\n".join(lines) + "\n"


def _python(text: str) -> str:
    """The page with what its examples show now; they run one after the other, in the working directory."""
    names: dict[str, object] = {}

    def shown(match: re.Match[str]) -> str:
        lines = []
        for example in doctest.DocTestParser().get_examples(match[1]):
            source = example.source.rstrip("\n").split("\n")
            lines += [f">>> {source[0]}", *(f"... {line}".rstrip() for line in source[1:])]
            lines += _run(example.source, names)
        return "\n".join(lines) + "\n\n"

    return _PYTHON.sub(shown, text)


def _run(source: str, names: dict[str, object]) -> list[str]:
    captured: list[str] = []

    class Out:
        def write(self, text: str) -> None:
            captured.append(text)

        def flush(self) -> None:
            pass

    before, sys.stdout = sys.stdout, Out()  # type: ignore[assignment]
    try:
        exec(compile(source, "page", "single"), names)
    finally:
        sys.stdout = before
    return "".join(captured).splitlines()


def page(name: str, directory: Path) -> str:
    """The page with its examples as they are now; they run in the directory, in their order."""
    (directory / "samples").symlink_to(SAMPLES)
    before = Path.cwd()
    os.chdir(directory)
    try:
        text = _CONSOLE.sub(lambda found: _console(found[1], directory), (DOCS / name).read_text(encoding="utf-8"))
        return _python(text)
    finally:
        os.chdir(before)


def main() -> int:
    """Rewrite the examples of all pages, and the page of the output."""
    OUTPUT.write_text(format_reference(), encoding="utf-8", newline="\n")
    for name in PAGES:
        missing = missing_programs((DOCS / name).read_text(encoding="utf-8"))
        if missing:
            print(f"{name} is left as it is, for {', '.join(missing)} is missing", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as directory:
            text = page(name, Path(directory))
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
