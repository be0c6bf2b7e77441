#!/usr/bin/env python3
"""Prints how long the command takes from a cold start, beside an empty Python: help, and one extract.

    python benchmarks/startup.py [--runs 7] [SOURCE]

Each command runs in a new process; the median and the best of the runs are shown, in seconds, with the
limits that the project sets itself (for the median).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

_SAMPLE = Path(__file__).parents[1] / "samples" / "year-ahead-2023.txt"


def seconds(command: list[str]) -> float:
    """How long one run of the command takes, by the clock on the wall."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    """Print the table; exit 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", default=str(_SAMPLE), help="the document to extract")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    python = sys.executable
    commands: list[tuple[str, list[str], float | None]] = [
        ("python -c pass", [python, "-c", "pass"], None),
        ("extractor --help", [python, "-m", "extractor", "--help"], 0.25),
        ("extractor extract", [python, "-m", "extractor", "extract", options.source, "-f", "json"], 0.6),
    ]
    print(f"{'command':20} {'median':>7} {'best':>7} {'limit':>7}")
    kept = True
    for name, command, limit in commands:
        seconds(command)  # once unmeasured, so that the disk's cache is the same for all
        times = [seconds(command) for _ in range(options.runs)]
        median = statistics.median(times)
        kept = kept and (limit is None or median <= limit)
        print(f"{name:20} {median:7.3f} {min(times):7.3f} {limit if limit is not None else '':>7}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
