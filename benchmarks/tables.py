"""Markdown tables of measurements, printed and, if asked for, put in their place in `benchmarks/README.md`."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Sequence
from pathlib import Path

README = Path(__file__).with_name("README.md")


def environment(**changes: str) -> dict[str, str]:
    """This process's variables, for a command that finds its modules compiled, as an installed one does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(README.parents[1] / ".cache" / "bytecode")} | changes


def options(about: str | None) -> argparse.ArgumentParser:
    """A parser with `--write` and `--note`, which every benchmark has."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the result in its section of benchmarks/README.md")
    parser.add_argument("--note", default="", help="what is to be known of the run, such as: busy machine")
    return parser


def table(header: Sequence[str], rows: Sequence[Sequence[object]], numbers: bool = True) -> str:
    """A Markdown table; columns of numbers, which are all but the first, stand to the right."""
    lines = [header, ["---", *["---:" if numbers else "---"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def machine(note: str) -> str:
    """On what it was measured, in a line."""
    words = f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}"
    return words + (f"; {note}" if note else "")


def step(text: str = "") -> None:
    """Tell on a terminal, in one line that is drawn anew, what is being measured; without a text the line goes."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def publish(section: str, body: str, chosen: argparse.Namespace) -> None:
    """Print a section, and write it between its marks in the README where the caller wants that."""
    text = f"{body}\n\n{machine(chosen.note)}"
    step()
    print(text)
    if chosen.write:
        page = README.read_text(encoding="utf-8")
        marked = re.compile(rf"(<!-- {section} -->\n).*?(<!-- /{section} -->)", re.DOTALL)
        if not marked.search(page):
            sys.exit(f"{README} has no section {section}")
        README.write_text(marked.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page), encoding="utf-8")
