"""Many documents: the outcome of each, whatever it does to the process that reads it.

1. `work` is a total function: a task in, an outcome out. Everything that concerns one document happens in it, also
   reading its bytes: a source may hang before its first byte has come.
2. A worker is a process that calls `work`. Whatever ends it (the memory, a fault in a library, a person) ends one
   document, which is told as a failure; another worker takes the next. No task is given out twice.
3. A deadline is kept by ending the process, as native code hears nothing else. Where the supervisor itself is gone,
   the system's alarm ends the worker.
4. Outcomes come in any order; nothing in them but `seconds` depends on which worker did what, or when.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import re
import signal
import time
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Literal

from extractor.api import read_source, source_name
from extractor.errors import ExtractorError
from extractor.guard import describe_end, set_alarm
from extractor.profile import Settings
from extractor.records import Plan

Status = Literal["success", "partial", "failure", "skipped"]

UNCHANGED = "unchanged"
NO_PLAN = "no-plan-found"
DEADLINE = "deadline"
DIED = "died"
INTERNAL = "internal-error"

_GRACE_SECONDS = 0.5
"""Beyond the deadline, so that a reader that keeps it by itself can say where it stood."""
_ORPHAN_SECONDS = 5.0
"""Beyond the deadline, for the alarm of a worker whose supervisor is gone."""
_MOST_STILLBORN = 3
MOST_DOCUMENTS = 500
"""So many one worker does before another takes its place: whatever a library keeps goes with the process."""
_LOADED = ("extractor.batch", "extractor.pipeline", "extractor.write.to_csv", "extractor.write.to_json")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


class WorkersFail(ExtractorError):
    """Processes can be started, and end before they have done anything."""

    remedy = "Try `extractor extract` with one of the documents; it shows what is wrong."


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier run with the same settings made of a source: it need not be made again if all is as it was."""

    sha256: str
    """Of the source's bytes."""
    files: Mapping[str, str]
    """The files that were written, by path, with the SHA-256 of each; none where the document had failed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document to do."""

    source: str
    settings: Settings
    document: str
    """What its rows in the combined table call it."""
    found: bool = False
    """It was found in a directory; the caller did not name it, so that it need not hold a plan."""
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    status: Status
    """`success`; `partial`: a plan with errors; `failure`; `skipped`: found in a directory and no plan, or unchanged
    since an earlier run."""
    cause: str | None
    """Why it is no success, in one word for programs: `no-plan-found`, `deadline`, `died`, `source-missing`..."""
    reason: str
    remedy: str = ""
    sha256: str | None = None
    """Of the source's bytes; None where they could not be read."""
    size: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    """How long it took, by the clock."""
    json: bytes = b""
    """The plan; empty where there is none."""
    rows: bytes = b""
    """The plan's lines of the combined table, without a header."""
    trace: str = ""
    """The traceback of an error of ours."""


def work(task: Task) -> Outcome:
    """What becomes of a document: a total function, which raises for no document."""
    started = time.perf_counter()
    data: bytes | None = None
    try:
        data = read_source(task.source, task.settings.max_bytes)
        outcome = _unchanged(task, data) or _extracted(task, data)
    except ExtractorError as refusal:
        cause = _CAPITAL.sub("-", type(refusal).__name__).lower()
        outcome = Outcome("failure", cause, refusal.message, refusal.remedy)
    except Exception as problem:  # noqa: BLE001 - an error of ours costs one document of the run; it is told, never hidden
        outcome = _our_error(problem)
    size, digest = (None, None) if data is None else (len(data), hashlib.sha256(data).hexdigest())
    return replace(outcome, size=size, sha256=digest, seconds=round(time.perf_counter() - started, 3))


def _unchanged(task: Task, data: bytes) -> Outcome | None:
    """The outcome where the source and all that was made of it are as they were; else None."""
    if task.known is None or task.known.sha256 != hashlib.sha256(data).hexdigest():
        return None
    for path, digest in task.known.files.items():
        try:
            written = Path(path).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(written).hexdigest() != digest:
            return None
    return Outcome("skipped", UNCHANGED, "done before: same source, same settings, same version")


def _extracted(task: Task, data: bytes) -> Outcome:
    from extractor.pipeline import no_plan, read_plan  # loads the stages; the supervisor needs none of them
    from extractor.write.to_json import format_json

    name = source_name(task.source)
    plan = read_plan(data, name, task.settings)
    counts = counts_of(plan)
    if not plan.activities:
        if task.found and not counts["errors"]:
            return Outcome("skipped", NO_PLAN, f"{name} holds no rows of a plan", counts=counts)
        refusal = no_plan(plan, name)
        return Outcome("failure", NO_PLAN, refusal.message, refusal.remedy, counts=counts)
    errors = sorted({issue.code for issue in plan.issues if issue.severity == "error"})
    made = Outcome(
        "partial" if errors else "success",
        "errors" if errors else None,
        f"with errors: {', '.join(errors)}" if errors else "every check passed",
        counts=counts,
    )
    return replace(made, json=format_json(plan).encode("utf-8"), rows=_rows(task.document, plan))


def counts_of(plan: Plan) -> dict[str, int]:
    """How many activities, groups, issues of each level and unread words a plan has."""
    levels = [issue.severity for issue in plan.issues]
    return {
        "activities": len(plan.activities),
        "groups": len(plan.groups),
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "notes": levels.count("info"),
        "unread_words": plan.coverage.words - plan.coverage.claimed,
    }


def _rows(document: str, plan: Plan) -> bytes:
    from extractor.write.to_csv import csv_cells, csv_line

    return "".join(csv_line([document, *cells]) for cells in csv_cells(plan)).encode("utf-8")


def table_header() -> bytes:
    """The header of the combined table: `document`, and the columns of the CSV of one plan."""
    from extractor.write.columns import columns
    from extractor.write.to_csv import csv_line

    return csv_line(["document", *(column.name for column in columns())]).encode("utf-8")


def _our_error(problem: Exception) -> Outcome:
    """The outcome of an error of ours: what it is, and the line that raised it; no machine's path."""
    frames = traceback.extract_tb(problem.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    words = " ".join(f"{type(problem).__name__}: {problem}".split())
    return Outcome(
        "failure",
        INTERNAL,
        f"an error of the extractor, {words}{place}",
        "Report it, with the document if it is public.",
        trace="".join(traceback.format_exception(problem)),
    )


def _serve(link: connection.Connection) -> None:
    """What a worker process does: outcomes for tasks, until nobody asks any more.

    After an error of ours it ends, as what it holds in memory cannot be relied upon (memory may be what was short).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor hears it, and ends the workers
    for module in _LOADED:
        __import__(module)
    link.send(None)
    while True:
        try:
            task: Task = link.recv()
        except EOFError:
            return
        set_alarm(task.settings.max_seconds + _ORPHAN_SECONDS)
        outcome = work(task)
        set_alarm(0)
        try:
            link.send(outcome)
        except BrokenPipeError:
            return
        if outcome.cause == INTERNAL:
            return


class _Worker:
    """A worker process, as its supervisor sees it."""

    def __init__(self, context: BaseContext) -> None:
        self.link, theirs = context.Pipe()
        # The classes of processes have no common type that says what they take.
        self.process: Any = context.Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.ready = False
        self.task: Task | None = None
        self.given_at = 0.0
        self.documents = 0

    @property
    def ends_at(self) -> float:
        """When the process is to be ended, by the monotonic clock; never while it has nothing to do."""
        if self.task is None:
            return float("inf")
        return self.given_at + self.task.settings.max_seconds + _GRACE_SECONDS

    def give(self, task: Task) -> bool:
        """Set it to work; False where it turns out to be dead."""
        try:
            self.link.send(task)
        except OSError:
            return False
        self.task, self.given_at = task, time.monotonic()
        self.documents += 1
        return True

    def end(self) -> int | None:
        """End the process, whatever it does; its exit code, negative for a signal."""
        self.process.kill()
        return self.bury()

    def bury(self) -> int | None:
        """Wait for a process that is ending, and free what it held; its exit code."""
        self.process.join(timeout=10)
        code: int | None = self.process.exitcode
        self.link.close()
        return code


def _context() -> BaseContext:
    """How processes are made: by a server that has loaded everything, where the system knows that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    return context


def outcomes(tasks: Iterable[Task], jobs: int) -> Generator[tuple[Task, Outcome], None, None]:
    """Each task with its outcome, as they are done, by so many worker processes.

    With no jobs (0) everything is done in this process: then nothing guards against a document that hangs or crashes
    it. Raises `WorkersFail` where processes end before they have begun.
    """
    if jobs == 0:
        for task in tasks:
            yield task, work(task)
        return
    waiting = deque(tasks)
    context = _context()
    crew = [_Worker(context) for _ in range(min(jobs, len(waiting)))]
    stillborn = 0
    try:
        while waiting or any(worker.task for worker in crew):
            _give_out(waiting, crew)
            for worker in _with_news(crew):
                done, alive = _news_of(worker)
                if done is not None:
                    yield done
                if alive:
                    stillborn = 0
                    continue
                stillborn += not worker.ready
                if stillborn > _MOST_STILLBORN:
                    raise WorkersFail("The processes that should read documents end before they have begun")
                crew.remove(worker)
                crew.extend(_Worker(context) for _ in range(bool(waiting)))
    finally:
        for worker in crew:
            worker.end()


def _give_out(waiting: deque[Task], crew: Sequence[_Worker]) -> None:
    for worker in crew:
        if waiting and worker.ready and worker.task is None and worker.give(waiting[0]):
            waiting.popleft()


def _with_news(crew: Sequence[_Worker]) -> list[_Worker]:
    """The workers that have said something, have ended, or are to be ended; waits for the first of them."""
    until = min(worker.ends_at for worker in crew)
    timeout = None if until == float("inf") else max(0.0, until - time.monotonic())
    heard = connection.wait([worker.link for worker in crew], timeout)
    now = time.monotonic()
    return [worker for worker in crew if worker.link in heard or worker.ends_at <= now]


def _news_of(worker: _Worker) -> tuple[tuple[Task, Outcome] | None, bool]:
    """What a worker with news has done, if anything; and whether it is still of use."""
    task = worker.task
    try:
        heard = worker.link.poll()
        outcome: Outcome | None = worker.link.recv() if heard else None
    except (EOFError, OSError):
        code = worker.bury()
        return (None if task is None else (task, _died(code, task))), False
    worker.task = None
    if heard and outcome is None:
        worker.ready = True
        return None, True
    assert task is not None, "only a worker with a task has anything to say, or a deadline"
    if outcome is None:
        worker.end()
        return (task, _overdue(task)), False
    if outcome.cause == INTERNAL or worker.documents >= MOST_DOCUMENTS:
        worker.end()
        return (task, outcome), False
    return (task, outcome), True


def _died(code: int | None, task: Task) -> Outcome:
    remedy = "It may need more memory than there is: try fewer --jobs, and then --retry-failed."
    reason = f"the process that read it was ended ({describe_end(code)})"
    return Outcome("failure", DIED, reason, remedy, sha256=_digest(task))


def _overdue(task: Task) -> Outcome:
    limit = task.settings.max_seconds
    reason = f"it took longer than {limit:g} seconds, and its process was ended"
    return Outcome("failure", DEADLINE, reason, "Raise --max-seconds.", sha256=_digest(task), seconds=limit)


def _digest(task: Task) -> str | None:
    """The hash of a source whose worker could not tell it; None for what is no ordinary file, which could hang us."""
    path = Path(task.source)
    try:
        if not path.is_file() or path.stat().st_size > task.settings.max_bytes:
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
