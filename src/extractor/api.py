"""The verbs of the command line, for Python: `extract`, `check`, `validate`, and `load`.

Here, and in the commands, files are touched; nothing below reads or writes any.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import OutputInvalid, ProfileInvalid, SourceMissing, SourceTooLarge, SourceUnreadable
from extractor.places import is_remote, name_in, read_at_most
from extractor.profile import Profile, Settings
from extractor.write import ENDINGS

if TYPE_CHECKING:
    from extractor.records import Issue, Plan
    from extractor.write.reading_back import Problem

STANDARD_STREAM = "-"
_MAX_BYTES = Settings().max_bytes
_MAX_OUTPUT_BYTES = 1_000_000_000
_MAX_PROFILE_BYTES = 1_000_000


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"


def _read_at_most(stream: BinaryIO, limit: int, name: str) -> bytes:
    """All bytes of the stream. Reads one byte beyond the limit at most, and refuses then."""
    status = os.fstat(stream.fileno())
    # Python takes as much memory as is asked for before it reads: 50 MB, where the limit were asked for.
    asked = min(status.st_size, limit) + 1 if stat.S_ISREG(status.st_mode) else limit + 1
    if stat.S_ISREG(status.st_mode) and status.st_size > limit:
        raise SourceTooLarge(f"{name} has {_size(status.st_size)}, and {_size(limit)} is the limit")
    data = stream.read(asked)
    if len(data) == asked <= limit:  # it has grown meanwhile, or is one of those whose size the system does not know
        data += stream.read(limit + 1 - asked)
    return _within_limit(data, limit, name)


def _within_limit(data: bytes, limit: int, name: str) -> bytes:
    if len(data) > limit:
        raise SourceTooLarge(f"{name} has more than {_size(limit)}, which is the limit")
    return data


def read_source(source: str | os.PathLike[str], max_bytes: int = _MAX_BYTES) -> bytes:
    """The bytes of a file, of standard input for "-", or of what stands at an address such as `s3://bucket/plan.pdf`.

    Raises `SourceMissing`, or `SourceTooLarge` before a larger file is read whole.
    """
    name = os.fspath(source)
    if is_remote(name):
        return _within_limit(read_at_most(name, max_bytes + 1), max_bytes, name)
    try:
        if name == STANDARD_STREAM:
            return _read_at_most(sys.stdin.buffer, max_bytes, "standard input")
        with Path(name).open("rb") as stream:
            return _read_at_most(stream, max_bytes, name)
    except FileNotFoundError:
        raise SourceMissing(f"{name} does not exist") from None
    except IsADirectoryError:
        raise SourceMissing(f"{name} is a directory", "Name the file in it.") from None
    except OSError as problem:
        raise SourceMissing(f"{name} cannot be read: {problem.strerror or problem}") from problem


def source_name(source: str | os.PathLike[str]) -> str:
    """What a plan's `source` calls a file: its name, never its path; "-" for standard input.

    A file name is bytes to the system; those that are no UTF-8 become U+FFFD, as no output could hold them.

    >>> source_name("plans/2024/plan.html"), source_name("-")
    ('plan.html', '-')
    """
    if isinstance(source, str) and is_remote(source):
        return name_in(source)
    return os.fsencode(Path(source).name).decode("utf-8", "replace")


def read_profile(path: str | os.PathLike[str]) -> Profile:
    """The profile that a TOML file holds. Raises `SourceMissing`, or `ProfileInvalid`, which names the place."""
    from extractor.profiles import parse_profile  # loads the reader of TOML, which most runs have no use for

    return parse_profile(_profile_text(path), os.fspath(path))


def nearest_profile(directory: str | os.PathLike[str]) -> Profile | None:
    """The profile of the nearest `extractor.toml`, or `pyproject.toml` with `[tool.extractor]`; else None.

    The directory and those above it are searched; of the two files in one directory `extractor.toml` wins.
    """
    start = Path(directory).resolve()
    for place in (start, *start.parents):
        for name in ("extractor.toml", "pyproject.toml"):
            path = place / name
            if not path.is_file():
                continue
            from extractor.profiles import holds_profile, parse_profile

            text = _profile_text(path)
            if name == "extractor.toml" or holds_profile(text, str(path)):
                return parse_profile(text, str(path))
    return None


def _profile_text(path: str | os.PathLike[str]) -> str:
    try:
        return read_source(path, _MAX_PROFILE_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ProfileInvalid(f"{os.fspath(path)} is no UTF-8: byte {problem.start} cannot be read") from None


def extract(
    source: str | os.PathLike[str] | bytes, settings: Settings | None = None, *, name: str | None = None
) -> Plan:
    """The plan that a document holds: a text, web page or PDF, by path, "-" (standard input) or bytes.

    `name` is what the plan's `source` calls the document; it need be given for bytes only.
    Raises an `ExtractorError` where the document cannot be read or holds no plan; whatever is odd in
    the document is in the plan's `issues`.
    """
    from extractor.pipeline import extract_bytes  # loads the stages; `validate` needs none of them

    settings = settings or Settings()
    if isinstance(source, bytes):
        return extract_bytes(source, name or STANDARD_STREAM, settings)
    return extract_bytes(read_source(source, settings.max_bytes), name or source_name(source), settings)


def check(
    source: str | os.PathLike[str] | bytes, settings: Settings | None = None, *, name: str | None = None
) -> tuple[Issue, ...]:
    """What is odd, doubtful or wrong in a document: the issues of its plan, in document order."""
    return extract(source, settings, name=name).issues


def read_output(path: str | os.PathLike[str], format: str | None = None) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan that a JSON, JSON Lines or CSV file made earlier holds, and what is wrong with it.

    Raises an `ExtractorError` where the file cannot be read or is of another format altogether.
    """
    from extractor.write.reading_back import PARSERS, read_back  # loads the models, which nothing else here needs

    name = os.fspath(path)
    chosen = format or ENDINGS.get(Path(name).suffix.lower(), "")
    if chosen not in PARSERS:
        raise SourceUnreadable(f"{name} does not say which format it has", "Give --format json, jsonl or csv.")
    return read_back(read_source(path, _MAX_OUTPUT_BYTES), chosen, name)


def validate(path: str | os.PathLike[str], format: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with a JSON, JSON Lines or CSV file made earlier; nothing, where it is a valid plan."""
    return read_output(path, format)[1]


def load(path: str | os.PathLike[str], format: str | None = None) -> Plan:
    """The plan that a JSON, JSON Lines or CSV file made earlier holds.

    From JSON it is the same plan; from the others its groups and activities. Raises an `ExtractorError`
    where the file cannot be read, and `OutputInvalid` where it is no valid plan.
    """
    plan, problems = read_output(path, format)
    if plan is None or problems:
        raise OutputInvalid(f"{os.fspath(path)} is no valid plan: {problems[0]}")
    return plan
