"""Documents on a Dask cluster: the workers of the cluster call the same `work`, each in a child process.

1. The child keeps the deadline and bears what kills it; the Dask worker lives, and tells. So whatever ends a Dask
   worker is no document's fault (a machine that goes, a job whose time is over), and Dask gives what it had to
   another, as often as the scheduler's `allowed-failures` says; then the document is a failure.
2. Workers read the sources themselves: all must see the same files, or the addresses are remote ones.
3. Only so many tasks are with the scheduler as keep the cluster busy: a run may have more documents than it can hold.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator, Iterable
from contextlib import closing, suppress
from itertools import islice
from typing import Any

from extractor.batch.documents import Outcome, Task, died
from extractor.batch.workers import Worker, WorkersFail, fresh, news_of, with_news
from extractor.errors import ExtractorError, PartMissing
from extractor.version import __version__

_TASKS_A_THREAD = 3
_FEWEST_TASKS = 32
"""While the cluster has no worker yet, or few."""
_CONNECT_SECONDS = 30
_ASK_SECONDS = 2.0
_idle: list[Worker] = []
"""Children of this Dask worker that have nothing to do; `append` and `pop` are safe among threads."""


class ClusterLost(ExtractorError):
    """The scheduler cannot be reached, or is gone."""

    remedy = "See that the scheduler runs and listens there; run again, and what is done is not done again."


def in_a_child(task: Task, version: str) -> Outcome:
    """What becomes of a document, done in a child process of this one, which outlives whatever the document does."""
    if version != __version__:
        raise WorkersFail(
            f"a Dask worker has version {__version__} of the extractor, and this is {version}",
            "Install the same version on all machines.",
        )
    child = _idle.pop() if _idle else Worker(fresh)
    while not child.ready or not child.give(task):
        if not child.ready:
            _, alive = _news(child)
            if not alive:
                raise WorkersFail("A child process of a Dask worker ends before it has begun")
        else:
            child.bury()
            child = Worker(fresh)
    while True:
        outcome, alive = _news(child)
        if outcome is not None:
            if alive:
                _idle.append(child)
            return outcome


def _news(child: Worker) -> tuple[Outcome | None, bool]:
    with_news([child])
    done, alive = news_of(child)
    return (done[1] if done else None), alive


def on_cluster(tasks: Iterable[Task], address: str) -> Generator[tuple[Task, Outcome], None, None]:
    """Each task with its outcome, as they are done, by the Dask cluster whose scheduler has this address.

    Raises `ClusterLost` where there is no scheduler, `WorkersFail` where its workers cannot do this.
    """
    try:
        import distributed
    except ImportError as missing:
        raise PartMissing.of("dask", "distributed", "A Dask cluster") from missing
    try:
        connect: Any = distributed.Client
        client = connect(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as problem:
        raise ClusterLost(f"no Dask scheduler answers at {address}: {problem}") from problem
    with closing(client):
        yield from _through(client, distributed, tasks)


def _through(client: Any, distributed: Any, tasks: Iterable[Task]) -> Generator[tuple[Task, Outcome], None, None]:
    waiting = iter(tasks)
    under_way: dict[Any, Task] = {}
    done = distributed.as_completed(loop=client.loop)
    run = uuid.uuid4().hex

    room = _Room(client)

    def submit() -> None:
        for task in islice(waiting, max(0, room.tasks() - len(under_way))):
            key = f"extractor-{run}-{task.document}"
            # `pure` off: the outcome is of no use to another run, whose sources may have changed.
            future = client.submit(in_a_child, task, __version__, key=key, pure=False)
            under_way[future] = task
            done.add(future)

    try:
        submit()
        for future in done:
            task = under_way.pop(future)
            yield task, _outcome(future, distributed)
            future.release()
            submit()
    finally:
        with suppress(OSError, distributed.comm.CommClosedError):
            client.cancel(list(under_way), force=True)


class _Room:
    """How many tasks keep the cluster busy, by the number of threads that it has now; it may grow and shrink."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._most = 0
        self._asked_at = float("-inf")

    def tasks(self) -> int:
        """So many; the scheduler is asked now and then."""
        now = time.monotonic()
        if now - self._asked_at > _ASK_SECONDS:
            self._most = max(_FEWEST_TASKS, _TASKS_A_THREAD * sum(self._client.nthreads().values()))
            self._asked_at = now
        return self._most


def _outcome(future: Any, distributed: Any) -> Outcome:
    if future.status == "finished":
        outcome: Outcome = future.result()
        return outcome
    if future.status == "cancelled":
        raise ClusterLost("the Dask scheduler is gone, or has cancelled what it had")
    problem = future.exception()
    if isinstance(problem, distributed.KilledWorker):
        return died(f"{problem.allowed_failures + 1} Dask workers were lost over it", None)
    if isinstance(problem, ExtractorError):
        raise problem
    raise WorkersFail(
        f"a Dask worker cannot do it: {type(problem).__name__}: {problem}",
        "Install the same version of the extractor on all machines.",
    )
