"""How fast many documents are read: by one worker and by two, what the run adds to each, and what a worker keeps.

    python benchmarks/batch.py [--runs 3] [--documents 300] [--memory 2000] [--write] [--note TEXT] [FILES...]

The documents are those given, or the plans in `samples/`, repeated with another title each. All runs go through the
real command. CPU time is that of all its processes (Linux only: this process adopts those that outlive the command).
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from tables import environment, options, publish, step, table  # noqa: E402

_PR_SET_CHILD_SUBREAPER = 36
_SUFFIXES = (".html", ".txt", ".pdf")
_LOOP = """
import re, time
seen = {}
for number in range(400_000):
    text = f"row {number}"
    seen[text] = re.sub("[0-9]+", "x", text)
    if len(seen) > 20_000:
        seen.clear()
print(time.process_time())
"""
_CLUSTERS = (2, 8, 40, 400)
"""Processors."""


def documents(files: list[Path], count: int, directory: Path) -> list[Path]:
    """So many documents in a directory: the files, in turn, those that are text with a line of their own."""
    made = []
    for number, path in enumerate(islice(cycle(files), count)):
        data = path.read_bytes()
        if path.suffix in (".html", ".txt"):
            data += f"\n<!-- {number} -->\n".encode() if path.suffix == ".html" else b"\n" * (number % 7 + 1)
        target = directory / f"{number:05}{path.suffix}"
        target.write_bytes(data)
        made.append(target)
    return made


def adopt_orphans() -> None:
    """Let processes whose parent has ended become children of this one, so that their time can be had."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children_seconds() -> float:
    """CPU time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def one_run(source: Path, jobs: int) -> tuple[float, float]:
    """Seconds by the clock and CPU seconds of one run of the command."""
    out = output_beside(source)
    command = [sys.executable, "-m", "extractor", "batch", source, "--out", out, "--jobs", str(jobs), "-q"]
    before, started = children_seconds(), time.perf_counter()
    subprocess.run(command, check=True, env=environment(PYTHONPATH=str(ROOT / "src")))
    wall = time.perf_counter() - started
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    return wall, children_seconds() - before


def loop_seconds(count: int) -> float:
    """CPU seconds of a fixed loop of Python in each of so many processes at once, each for itself; their mean.

    They share nothing but the machine, so that what two take more than one is the machine's doing.
    """
    running = [subprocess.Popen([sys.executable, "-c", _LOOP], stdout=subprocess.PIPE, text=True) for _ in range(count)]
    return statistics.mean(float(process.communicate()[0]) for process in running)


def output_beside(source: Path) -> Path:
    """A new directory for what a run writes. It is deleted with the source, after all runs: for some seconds ext4 does
    not use the inodes of deleted files again, and each new file has to look past them, for up to 2 ms."""
    return Path(tempfile.mkdtemp(dir=source.parent))


def inside(source: Path) -> dict[str, float]:
    """CPU seconds of a run in this process: of the extractions, from bytes to plan; of making JSON and CSV of the
    plans; of freeing the plans and searching for garbage, which whoever extracts has to do; and of all else."""
    from extractor import pipeline
    from extractor.batch import documents as one
    from extractor.cli.commands import cli
    from extractor.write import to_json

    spent = dict.fromkeys(("plan", "json", "rows", "counts", "document", "collector"), 0.0)

    def timed(name: str, plain: Any) -> Any:
        def call(*arguments: Any) -> Any:
            started = time.process_time()
            try:
                return plain(*arguments)
            finally:
                spent[name] += time.process_time() - started

        return call

    def collecting(phase: str, _: dict[str, int]) -> None:
        spent["collector"] += time.process_time() * (-1 if phase == "start" else 1)

    plain = pipeline.read_plan, to_json.encode_json, one._rows, one.counts_of, one._extracted
    pipeline.read_plan = timed("plan", plain[0])
    to_json.encode_json, one._rows = timed("json", plain[1]), timed("rows", plain[2])
    one.counts_of, one._extracted = timed("counts", plain[3]), timed("document", plain[4])
    gc.callbacks.append(collecting)
    try:
        out = output_beside(source)
        started = time.process_time()
        cli.main(["batch", str(source), "--out", str(out), "--jobs", "1", "-q"], standalone_mode=False)
        whole = time.process_time() - started
    finally:
        gc.callbacks.remove(collecting)
        pipeline.read_plan, to_json.encode_json, one._rows, one.counts_of, one._extracted = plain
    outputs = spent["json"] + spent["rows"] + spent["counts"]
    freeing = spent["document"] - spent["plan"] - outputs + spent["collector"]
    return {
        "plan": spent["plan"],
        "outputs": outputs,
        "freeing": freeing,
        "run": whole - spent["document"] - spent["collector"],
    }


def throughput(files: list[Path], count: int, runs: int) -> tuple[str, float]:
    """The table of one worker and two, and the CPU seconds of a document."""
    with tempfile.TemporaryDirectory() as folder:
        whole, few = Path(folder) / "all", Path(folder) / "few"
        whole.mkdir()
        few.mkdir()
        documents(files, count, whole)
        documents(files, len(files), few)
        walls: dict[int, list[float]] = {1: [], 2: []}
        cpus: dict[int, list[float]] = {1: [], 2: []}
        loops: dict[int, list[float]] = {1: [], 2: []}
        parts = []
        one_run(few, 2)  # not measured: modules are compiled, the disk is warm
        inside(few)
        for number in range(1, runs + 1):  # in turn, so that what else the machine does falls on all
            for jobs in (1, 2):
                step(f"run {number} of {runs}: {count} documents, --jobs {jobs}")
                wall, spent = one_run(whole, jobs)
                walls[jobs].append(wall)
                cpus[jobs].append(spent)
                loops[jobs].append(loop_seconds(jobs))
            step(f"run {number} of {runs}: {count} documents, in this process")
            parts.append(inside(whole))
    medians = {jobs: statistics.median(walls[jobs]) for jobs in walls}
    cpu = {jobs: statistics.median(cpus[jobs]) / count for jobs in cpus}
    loop = {jobs: statistics.median(loops[jobs]) for jobs in loops}
    swing = max(loops[1]) / min(loops[1])
    part = {name: statistics.median(one[name] for one in parts) / count for name in parts[0]}
    overhead = statistics.median(one["outputs"] + one["run"] for one in parts) / count

    def told(seconds: float) -> str:
        return f"{1000 * seconds:.2f} ms"

    rows = [
        ["documents a second, `--jobs 1`", f"{count / medians[1]:.1f}", ""],
        ["documents a second, `--jobs 2`", f"{count / medians[2]:.1f}", ""],
        ["times as many with two", f"{medians[1] / medians[2]:.2f}", "at least 1.6"],
        ["CPU a document, `--jobs 1`", f"{1000 * cpu[1]:.1f} ms", ""],
        ["CPU a document, `--jobs 2`", f"{1000 * cpu[2]:.1f} ms", "within 10 %"],
        ["more CPU with two", f"{100 * (cpu[2] / cpu[1] - 1):+.1f} %", "within 10 %"],
        ["more CPU with two, of a plain loop in each", f"{100 * (loop[2] / loop[1] - 1):+.1f} %", "the machine's own"],
        ["longest run of the loop alone, of the shortest", f"{swing:.2f} times", "1, on a machine of one's own"],
        ["extraction alone, from bytes to plan", told(part["plan"]), ""],
        ["freeing the plan again", told(part["freeing"]), ""],
        ["the plan as JSON and as rows of CSV", told(part["outputs"]), ""],
        ["hashes, files, journal, the start of the run", told(part["run"]), ""],
        ["the last two: overhead of the run", told(overhead), "under 5 ms"],
    ]
    kinds = ", ".join(sorted({path.suffix[1:] for path in files}))
    head = f"{count} documents ({kinds}), medians of {runs} runs\n\n"
    return head + table(["", "measured", "wanted"], rows), cpu[2]


def memory(files: list[Path], count: int) -> str:
    """The table of a worker's memory, one that is never replaced, as documents go by."""
    from extractor.batch import Task, in_workers, workers
    from extractor.profile import Settings

    workers.MOST_DOCUMENTS = count + 1
    marks = sorted({min(count, mark) for mark in (100, 500, 1000, 1500, 2000, count)})
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        made = documents(files, count, Path(folder))
        tasks = [Task(str(path), Settings(), path.stem) for path in made]
        for number, _ in enumerate(in_workers(tasks, 1), 1):
            step(f"memory: {number:,} of {count:,} documents")
            if number in marks:
                (process,) = multiprocessing.active_children()
                status = Path("/proc", str(process.pid), "status").read_text().splitlines()
                sizes = dict(line.split(":\t", 1) for line in status if line.startswith(("VmRSS", "VmHWM")))
                rows.append([f"{number:,}", *(f"{int(sizes[name].split()[0]) / 1024:.0f} MB" for name in sizes)])
    return table(["documents done", "most so far", "resident"], rows)


def arithmetic(cpu: float) -> str:
    """How long 40,000 such documents take on clusters of several sizes."""
    minutes = {processors: 40_000 * cpu / processors / 60 for processors in _CLUSTERS}
    rows = [[str(processors), f"{spent:.1f} min"] for processors, spent in minutes.items()]
    return f"40,000 documents at {1000 * cpu:.0f} ms of CPU each\n\n" + table(["processors", "time"], rows)


def main() -> None:
    """Measures, prints, and writes if asked."""
    parser = options(__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--memory", type=int, default=2000)
    chosen = parser.parse_args()
    files = chosen.files or sorted(
        path for path in (ROOT / "samples").glob("year-ahead-*.*") if path.suffix in _SUFFIXES
    )
    adopt_orphans()
    speed, cpu = throughput(files, chosen.documents, chosen.runs)
    kept = memory(files, chosen.memory)
    publish("batch", "\n\n".join([speed, kept, arithmetic(cpu)]), chosen)


if __name__ == "__main__":
    main()
