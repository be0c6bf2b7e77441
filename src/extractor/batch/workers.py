"""Worker processes, and what a supervisor does with them: give out, hear, end, replace.

Every worker has a pipe of its own. Where workers share a queue, one that is killed while it holds the queue's lock
takes the others with it: of the well-kept pools, pebble (5.2) hung on that after a single kill, and loky and the
standard library's pool give up all that is under way.
"""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import connection, forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Any, NamedTuple

from extractor.batch.documents import INTERNAL, Outcome, Task, died, overdue, work
from extractor.errors import ExtractorError
from extractor.guard import describe_end, set_alarm
from extractor.loading import keep_to_plans

GRACE_SECONDS = 0.5
"""Beyond the deadline, so that a reader that keeps it by itself can say where it stood."""
ORPHAN_SECONDS = 5.0
"""Beyond the deadline, for the alarm of a worker whose supervisor is gone."""
_MOST_STILLBORN = 3
MOST_DOCUMENTS = 500
"""So many one worker does before another takes its place: whatever a library keeps goes with the process."""
_LOADED = (
    "extractor.batch",
    "extractor.pipeline",
    "extractor.read.from_html",
    "extractor.read.from_text",
    "extractor.read.pdf",
    "extractor.recognise.flattened",
    "extractor.write.to_csv",
    "extractor.write.to_json",
)
"""What a worker needs sooner or later: loaded once for all of them, which saves each a quarter of a second."""
_FRESH = "import sys; from extractor.batch import workers; workers.serve_at(int(sys.argv[1]))"


class WorkersFail(ExtractorError):
    """Processes can be started, and end before they have done anything."""

    remedy = "Try `extractor extract` with one of the documents; it shows what is wrong."


def serve(link: connection.Connection) -> None:
    """What a worker process does: outcomes for tasks, until nobody asks any more.

    It sends None when it is ready; then, of each task, the source's hash as soon as it is known, and the outcome.
    After an error of ours it ends, as what it holds in memory cannot be relied upon (memory may be what was short).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor hears it, and ends the workers
    keep_to_plans()
    for module in _LOADED:
        __import__(module)
    try:
        link.send(None)
        while True:
            task: Task = link.recv()
            set_alarm(task.settings.max_seconds + ORPHAN_SECONDS)
            outcome = work(task, link.send)
            set_alarm(0)
            link.send(outcome)
            if outcome.cause == INTERNAL:
                return
    except (EOFError, ConnectionError):
        return


def serve_at(descriptor: int) -> None:
    """`serve`, for a process that was given its end of the pipe as a file descriptor."""
    serve(connection.Connection(descriptor))


class Started(NamedTuple):
    """A worker process that has been started."""

    link: connection.Connection
    kill: Callable[[], None]
    wait: Callable[[], int | None]
    """The exit code of the process, which is ending; negative for a signal."""


def forked() -> Started:
    """A worker made by a server that has loaded everything, where the system knows that; a child of this process."""
    context = _context()
    link, theirs = context.Pipe()
    # The classes of processes have no common type that says what they take.
    process: Any = context.Process(target=serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
    with _uninterrupted():  # a process that is half started would tell of what it was not sent
        process.start()
    theirs.close()

    def wait() -> int | None:
        process.join(timeout=10)
        code: int | None = process.exitcode
        return code

    return Started(link, process.kill, wait)


@contextmanager
def _uninterrupted() -> Generator[None, None, None]:
    """Ctrl-C, which reaches all processes of a terminal, waits so long; processes started here never hear it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def load_ahead() -> None:
    """Let what workers need be loaded, in a process of its own where the system can copy that; returns at once."""
    _context()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    # The server must not tell of Ctrl-C while it loads. The tracker comes first, as its start would let the signal
    # through again.
    resource_tracker.ensure_running()
    with _uninterrupted():
        forkserver.ensure_running()
    return context


def fresh() -> Started:
    """A worker that is a program of its own: also a daemon of `multiprocessing`, such as a Dask worker, may have it."""
    link, theirs = multiprocessing.Pipe()
    number = theirs.fileno()
    process = subprocess.Popen([sys.executable, "-c", _FRESH, str(number)], stdin=subprocess.DEVNULL, pass_fds=[number])
    theirs.close()
    return Started(link, process.kill, lambda: process.wait(timeout=10))


class Worker:
    """A worker process, as its supervisor sees it."""

    def __init__(self, start: Callable[[], Started]) -> None:
        self.link, self._kill, self._wait = start()
        self.ready = False
        self.task: Task | None = None
        self.digest: str | None = None
        """Of the source that it is at."""
        self.given_at = 0.0
        self.documents = 0

    @property
    def ends_at(self) -> float:
        """When the process is to be ended, by the monotonic clock; never while it has nothing to do."""
        if self.task is None:
            return float("inf")
        return self.given_at + self.task.settings.max_seconds + GRACE_SECONDS

    def give(self, task: Task) -> bool:
        """Set it to work; False where it turns out to be dead."""
        try:
            self.link.send(task)
        except OSError:
            return False
        self.task, self.digest, self.given_at = task, None, time.monotonic()
        self.documents += 1
        return True

    def end(self) -> None:
        """End the process, whatever it does."""
        self._kill()
        self.bury()

    def bury(self) -> int | None:
        """Wait for a process that is ending, and free what it held; its exit code, negative for a signal."""
        code = self._wait()
        self.link.close()
        return code


def in_workers(tasks: Iterable[Task], jobs: int) -> Generator[tuple[Task, Outcome], None, None]:
    """Each task with its outcome, as they are done, by so many worker processes.

    Raises `WorkersFail` where processes end before they have begun.
    """
    waiting = iter(tasks)
    crew: list[Worker] = []
    stillborn = 0
    try:
        crew.extend(Worker(forked) for _ in range(jobs))
        held = next(waiting, None)
        while held or any(worker.task for worker in crew):
            held = _give_out(held, waiting, crew)
            for worker in with_news(crew):
                done, alive = news_of(worker)
                if done is not None:
                    yield done
                if alive:
                    stillborn = 0
                    continue
                stillborn += not worker.ready
                if stillborn > _MOST_STILLBORN:
                    raise WorkersFail("The processes that should read documents end before they have begun")
                crew.remove(worker)
                crew.extend(Worker(forked) for _ in range(held is not None))
    finally:
        for worker in crew:
            worker.end()


def _give_out(held: Task | None, waiting: Iterator[Task], crew: Sequence[Worker]) -> Task | None:
    """The next task that nobody has, when all who are free have one."""
    for worker in crew:
        if held and worker.ready and worker.task is None and worker.give(held):
            held = next(waiting, None)
    return held


def with_news(crew: Sequence[Worker]) -> list[Worker]:
    """The workers that have said something, have ended, or are to be ended; waits for the first of them."""
    until = min(worker.ends_at for worker in crew)
    timeout = None if until == float("inf") else max(0.0, until - time.monotonic())
    heard = connection.wait([worker.link for worker in crew], timeout)
    now = time.monotonic()
    return [worker for worker in crew if worker.link in heard or worker.ends_at <= now]


def news_of(worker: Worker) -> tuple[tuple[Task, Outcome] | None, bool]:
    """What a worker with news has done, if anything; and whether it is still of use."""
    task = worker.task
    try:
        heard: Outcome | str | None = worker.link.recv() if worker.link.poll() else None
    except (EOFError, OSError):
        code = worker.bury()
        return (None if task is None else (task, died(describe_end(code), worker.digest))), False
    if task is None:
        worker.ready = True
        return None, True
    if isinstance(heard, str):
        worker.digest = heard
        return None, True
    worker.task = None
    if heard is None:
        worker.end()
        return (task, overdue(task, worker.digest)), False
    if heard.cause == INTERNAL or worker.documents >= MOST_DOCUMENTS:
        worker.end()
        return (task, heard), False
    return (task, heard), True
