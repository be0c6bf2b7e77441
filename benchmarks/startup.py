"""How long the command takes from a cold start, beside an empty Python: help, and one extract; and where the time goes.

    python benchmarks/startup.py [--runs 7] [--write] [--note TEXT] [SOURCE]

Each command runs in a new process; the median and the best of the runs are shown, in seconds by the clock, with the
limits that the project sets itself (for the median). The second table is that of Python's own `-X importtime`, by
package, which makes each import somewhat slower. Exit status 1: a limit is not kept.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tables import environment, options, publish, table

_SAMPLE = Path(__file__).parents[1] / "samples" / "year-ahead-2023.txt"
_IMPORTED = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
_SHOWN = 12


def seconds(command: list[str]) -> float:
    """How long one run of the command takes, by the clock on the wall."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    return time.perf_counter() - start


def imports(command: list[str]) -> Counter[str]:
    """Milliseconds that the imports of each package take, itself alone."""
    told = subprocess.run(
        [command[0], "-X", "importtime", *command[1:]], capture_output=True, text=True, check=True, env=environment()
    )
    spent: Counter[str] = Counter()
    for microseconds, module in _IMPORTED.findall(told.stderr):
        name = module.split(".")[0]
        spent["Python's own library" if name.lstrip("_") in _STANDARD or name in _STANDARD else name] += int(
            microseconds
        )
    return spent


_STANDARD = sys.stdlib_module_names

_WHERE = """Where the time of `extractor extract` goes: its imports. One process loads the readers and reads, while the
other loads the models, so that all imports, and the document, take less than they add up to."""


def main() -> int:
    """Print the tables; exit 1 if a limit is not kept."""
    parser = options(__doc__)
    parser.add_argument("source", nargs="?", default=str(_SAMPLE), help="the document to extract")
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    python = sys.executable
    commands: list[tuple[str, list[str], float | None]] = [
        ("python -c pass", [python, "-c", "pass"], None),
        ("extractor --help", [python, "-m", "extractor", "--help"], 0.25),
        ("extractor extract", [python, "-m", "extractor", "extract", chosen.source, "-f", "json"], 0.6),
    ]
    times: dict[str, list[float]] = {name: [] for name, _, _ in commands}
    for run in range(chosen.runs + 1):
        for name, command, _ in commands:
            spent = seconds(command)
            if run:  # the first is not measured, so that the disk's cache is the same for all
                times[name].append(spent)
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    rows = [
        [f"`{name}`", f"{medians[name]:.3f}", f"{min(times[name]):.3f}", limit or ""] for name, _, limit in commands
    ]
    spent = imports(commands[2][1])
    total = sum(spent.values()) / 1e6
    parts = [[name, f"{one / 1000:.0f} ms"] for name, one in spent.most_common(_SHOWN)]
    parts.append(["other packages", f"{sum(one for _, one in spent.most_common()[_SHOWN:]) / 1000:.0f} ms"])
    parts.append(["all imports", f"{1000 * total:.0f} ms"])
    parts.append(["interpreter", f"{1000 * medians['python -c pass']:.0f} ms"])
    body = table(["command", "median", "best", "limit"], rows) + "\n\n" + _WHERE + "\n\n"
    publish("startup", body + table(["", "time"], parts), chosen)
    return int(any(limit is not None and medians[name] > limit for name, _, limit in commands))


if __name__ == "__main__":
    sys.exit(main())
