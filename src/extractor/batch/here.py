"""Documents one after the other in this process: for debuggers, profilers, and whoever may start no other process.

A deadline is kept as far as Python is heard: an alarm breaks off what waits for the system or runs Python. Native
code that hangs is ended with the whole process, some seconds later; so is the run where a document crashes it. The
next run goes on, as the caller's `begun` has noted how far this one came.
"""

from __future__ import annotations

import faulthandler
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager

from extractor.batch.documents import Outcome, Task, overdue, work
from extractor.batch.workers import GRACE_SECONDS, ORPHAN_SECONDS
from extractor.guard import interrupted_after

_STANDARD_ERROR = 2


class _Overdue(BaseException):
    """The alarm. No `Exception`, as nothing on its way may take it for an error of its own."""


def in_this_process(
    tasks: Iterable[Task], begun: Callable[[Task, str], None] = lambda task, digest: None
) -> Generator[tuple[Task, Outcome], None, None]:
    """Each task with its outcome, in their order; `begun` hears of each the source's SHA-256 when it is read."""
    for task in tasks:
        digest: str | None = None

        def note(read: str, task: Task = task) -> None:
            nonlocal digest
            digest = read
            begun(task, read)

        try:
            with _deadline(task.settings.max_seconds + GRACE_SECONDS):
                outcome = work(task, note)
        except _Overdue:
            outcome = overdue(task, digest)
        yield task, outcome


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raises `_Overdue` in the body after so many seconds, and ends the process where that is not heard."""
    with interrupted_after(seconds, _Overdue()) as interrupted:
        if interrupted:
            faulthandler.dump_traceback_later(seconds + ORPHAN_SECONDS, exit=True, file=_STANDARD_ERROR)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
