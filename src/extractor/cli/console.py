"""What commands share: talk on standard error, data on standard output, files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TextIO, TypeVar

import click

from extractor.errors import ExtractorError, OutputRefused

Item = TypeVar("Item")


class ReaderGone(Exception):
    """Whoever read our standard output (`| head`) has seen enough. Click would make a failure of the system's error."""


class Reading:
    """Names the source that was being read when a refusal passes through, where the message does not."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(problem, ExtractorError) and self.source not in problem.message:
            problem.add_note(self.source)


_CLEAR = "\r\x1b[K"
"""Back to the start of the terminal's line, and nothing left on it."""
_BAR = 24


def draws(stream: TextIO) -> bool:
    """True for a terminal on which a line can be drawn anew."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class Progress:
    """A bar on standard error while many documents are read; nothing at all where that is no terminal."""

    def __init__(self, total: int, talk: int | None = 1) -> None:
        self.total = total
        self.shown = total > 1 and talk != 0 and draws(sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            click.echo(_CLEAR, nl=False, err=True)

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with the bar moved on before each."""
        for number, item in enumerate(items):
            if self.shown:
                done = _BAR * number // self.total
                bar = f"{_CLEAR}[{'#' * done}{'-' * (_BAR - done)}] {number + 1:,} of {self.total:,}"
                click.echo(bar, nl=False, err=True)
            yield item


def say(message: str, talk: int | None = 1, level: int = 1) -> None:
    """Tell a person something on standard error, if they want to hear at this level."""
    if (1 if talk is None else talk) >= level:
        click.echo((_CLEAR if draws(sys.stderr) else "") + message, err=True)


def colour_wanted(stream: TextIO) -> bool:
    """True for a terminal, unless NO_COLOR is set (https://no-color.org) or the terminal is a dumb one."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Columns of the terminal, or of COLUMNS; 100 where there is none."""
    import shutil  # here and below: loaded by the commands that need it, since every start waits for this module

    return max(40, shutil.get_terminal_size((100, 24)).columns)


def print_data(data: bytes) -> None:
    """Write data to standard output as it is: UTF-8, whatever the console's encoding."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def print_text(text: str) -> None:
    """Write text for people to standard output, in the console's own encoding."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def _permissions(target: Path) -> int:
    """The mode of the file that is replaced, or what a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _write_beside(target: Path, data: bytes) -> Path:
    """A new file in the target's directory that holds the data, safely on disk."""
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:60]}.", suffix=".part", dir=target.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        written.chmod(_permissions(target))
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    return written


def write_files(outputs: Mapping[Path, bytes]) -> None:
    """Write all files, or none: each is written beside its target, and renamed when all are complete.

    Missing directories are made. A target that is no ordinary file (`/dev/stdout`, a pipe) is written
    to directly. Raises `OutputRefused` where the disk or the directory does not allow it; what stood
    there before is then untouched.
    """
    staged: dict[Path, Path] = {}
    target = Path()
    try:
        for target, data in outputs.items():
            if target.is_dir():
                raise OutputRefused(f"{target} is a directory")
            if target.exists() and not target.is_file():
                target.write_bytes(data)
                continue
            real = Path(os.path.realpath(target))  # a link stays a link
            real.parent.mkdir(parents=True, exist_ok=True)
            staged[real] = _write_beside(real, data)
        for target, written in list(staged.items()):
            written.replace(target)
            del staged[target]
    except OSError as problem:
        raise OutputRefused(f"{target} cannot be written: {problem.strerror or problem}") from problem
    finally:
        for written in staged.values():  # what is left after a failure; a second one changes nothing
            with contextlib.suppress(OSError):
                written.unlink()
