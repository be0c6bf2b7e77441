"""A process of its own that reads the documents of one command, so that whatever a document does to it is a refusal.

1. Readers call libraries in native code, which may hang, crash or eat all memory over a document that was made to do
   so. Native code hears no exception: only the end of its process ends it.
2. The process is made when the first document is read, and is the same for all of a command. Nothing is read a second
   time: a document that ended the process ends the command, with a word that says how.
3. An error of ours is shown where it was raised, and ends the command as it would without a process between.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from extractor.errors import ExtractorError, LimitExceeded, SourceUnreadable
from extractor.loading import keep_to_plans, loaded_later
from extractor.profile import Settings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Answer = TypeVar("Answer")
Job = Callable[[bytes, str, Settings], Answer]
"""What is done with a document: its bytes, its name and the settings of the run. It must be a module's function."""

MOST_MEMORY = 6_000_000_000
"""So much address space a process that reads may have, in bytes, where the system keeps such a limit (Linux)."""
_GRACE_SECONDS = 0.5
"""Beyond the deadline, so that a reader that keeps it by itself can say where it stood."""
_ORPHAN_SECONDS = 5.0
"""Beyond the deadline, for the alarm of a process whose command is gone."""
_NO_MEMORY = 77
"""Exit status of a process for which the memory did not suffice."""
_OUR_ERROR = 1
"""Exit status of a process that an exception ended, as Python has it."""


def guarded(
    job: Job[Answer],
    data: bytes,
    name: str,
    settings: Settings,
    meanwhile: Callable[[], None] = lambda: None,
) -> Answer:
    """What the job makes of a document, in the process that reads; `meanwhile` is called while that is at work.

    Raises what the job raises; `LimitExceeded` where it takes longer than `max_seconds` or more memory than there is;
    `SourceUnreadable` where the document crashes the process.
    """
    reader = _reader()
    try:
        begun = time.monotonic()
        reader.link.send((job, data, name, settings))
        meanwhile()
        left = begun + settings.max_seconds + _GRACE_SECONDS - time.monotonic()
        in_time = reader.link.poll(max(0.0, left))
        answer: Any = reader.link.recv() if in_time else None
    except (EOFError, OSError):
        _reader.cache_clear()
        raise _death(reader.bury(), name) from None
    if not in_time:
        _reader.cache_clear()
        reader.end()
        raise _too_long(name, settings)
    if isinstance(answer, ExtractorError):
        raise answer
    result: Answer = answer
    return result


def describe_end(code: int | None) -> str:
    """How a process ended, in words: "signal 11, SIGSEGV", "exit status 3".

    >>> describe_end(-11), describe_end(3)
    ('signal 11, SIGSEGV', 'exit status 3')
    """
    if code is None or code >= 0:
        return f"exit status {code}"
    known = -code in set(signal.Signals)
    return f"signal {-code}" + (f", {signal.Signals(-code).name}" if known else "")


def set_alarm(seconds: float) -> None:
    """Let the system end this process in so many seconds; 0: let it live. Windows has no such thing."""
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextmanager
def interrupted_after(seconds: float, problem: BaseException) -> Iterator[bool]:
    """Raises the problem in the body after so many seconds, which Python code hears, and native code does not.

    The body is told whether it will: Windows, and threads other than the main one, have no such alarm.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield False
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise problem

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def in_time(name: str, settings: Settings) -> Iterator[None]:
    """For what is done with a document in this process: raises `LimitExceeded` after `max_seconds`."""
    with interrupted_after(settings.max_seconds, _too_long(name, settings)):
        yield


def _too_long(name: str, settings: Settings) -> LimitExceeded:
    return LimitExceeded(
        f"{name}: reading took longer than {settings.max_seconds:g} seconds, and was ended.",
        "Raise --max-seconds if the document really is that long.",
    )


def _death(code: int | None, name: str) -> Exception:
    """The refusal of a document that ended the process, or the error of ours that did."""
    if code == _OUR_ERROR:
        return RuntimeError(f"reading {name} failed with the error that is shown above")
    if code == _NO_MEMORY:
        return LimitExceeded(
            f"{name}: reading needs more memory than there is.", "Read some pages only, with --pages, or split it."
        )
    return SourceUnreadable(
        f"{name} ended the process that read it ({describe_end(code)}): it is damaged, or needs too much memory.",
        "Print it to a new PDF with a PDF viewer and give that, or read some pages only with --pages.",
    )


class _Reader:
    """The process that reads, as the command sees it."""

    def __init__(self, context: BaseContext) -> None:
        with loaded_later("tempfile"):
            self.link, theirs = context.Pipe()
        # The classes of processes have no common type that says what they take.
        self.process: Any = context.Process(target=_serve, args=(theirs, self.link), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.bury()

    def bury(self) -> int | None:
        """Wait for a process that is ending, and free what it held; its exit code."""
        self.process.join(timeout=10)
        code: int | None = self.process.exitcode
        self.link.close()
        return code


@functools.cache
def _reader() -> _Reader:
    """The process that reads for this command."""
    # A command has one thread, so that a copy of it is safe, and costs a few milliseconds; elsewhere it starts anew.
    methods = multiprocessing.get_all_start_methods()
    return _Reader(multiprocessing.get_context("fork" if "fork" in methods and sys.platform == "linux" else "spawn"))


def _serve(link: Connection, theirs: Connection) -> None:
    """What the process does: answers for documents, until nobody asks any more."""
    theirs.close()  # else this process would keep its own line open when the command is gone
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command hears it, and ends this process
    _limit_memory()
    keep_to_plans()
    while True:
        try:
            job, data, name, settings = link.recv()
        except EOFError:
            return
        set_alarm(settings.max_seconds + _ORPHAN_SECONDS)
        try:
            answer = job(data, name, settings)
        except ExtractorError as refusal:
            answer = refusal
        except MemoryError:
            os._exit(_NO_MEMORY)
        set_alarm(0)
        try:
            link.send(answer)
        except BrokenPipeError:
            return


def _limit_memory() -> None:
    """Keeps this process within `MOST_MEMORY`, or what the system allows already if that is less."""
    if sys.platform != "linux":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = [limit for limit in (soft, hard, MOST_MEMORY) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
