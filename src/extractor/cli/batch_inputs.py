"""What the caller of `batch` names -> the documents to do, each with its settings and the name of its output.

No document is refused here: one that is missing is told by the worker that should read it. What is refused is what the
caller says of documents: a list that cannot be read, or two outputs of one name.
"""

from __future__ import annotations

import csv
import glob
import hashlib
import io
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePath

from extractor.api import STANDARD_STREAM, read_source, source_name
from extractor.cli.sources import SUFFIXES, gather
from extractor.errors import OutputRefused, ProfileInvalid, SourceMissing
from extractor.places import as_path, beside, has_pattern, is_remote, matching
from extractor.profile import Profile, Settings

COLUMNS = ("name", "path", "publisher", "year", "profile")
"""The columns that a CSV manifest may have."""
_MAGIC = re.compile(r"[*?\[]")
_LONGEST_NAME_BYTES = 200


@dataclass(frozen=True, slots=True)
class Document:
    """One document to do."""

    source: str
    """Its path or address, as the caller gave it or as found in a directory."""
    name: str
    """Of its output below the output directory, without `.json`; unique in the run, parted by `/`."""
    settings: Settings
    found: bool
    """It was found in a directory."""

    @property
    def shown(self) -> str:
        """The source's path as text; a path is bytes to the system, and those that are no UTF-8 become U+FFFD."""
        return _text(self.source)


@dataclass(frozen=True, slots=True)
class _Given:
    source: str
    output: PurePath
    """The output's name, with the source's ending still."""
    settings: Settings
    found: bool = False
    named: bool = False
    """The caller chose the output's name."""


def documents_of(inputs: Sequence[str], settings: Settings) -> list[Document]:
    """The documents that files, directories, glob patterns, CSV manifests and "-" stand for, sorted by name.

    "-" reads paths from standard input, one a line (or parted by NUL, as `find -print0` writes them). A document that
    is named twice is done once. Raises an `ExtractorError` where a manifest cannot be used.
    """
    given: dict[str, _Given] = {}
    for one in _expanded(inputs, settings):
        given.setdefault(one.source, one)
    names = _names(list(given.values()))
    found = [Document(one.source, names[one.source], one.settings, one.found) for one in given.values()]
    return sorted(found, key=lambda document: document.name)


def _expanded(inputs: Iterable[str], settings: Settings) -> Iterator[_Given]:
    for name in inputs:
        if name == STANDARD_STREAM:
            yield from _expanded(_listed_paths(), settings)
        elif is_remote(name):
            yield from _at_address(name, settings)
        elif Path(name).is_dir():
            yield from _within(name, settings)
        elif _MAGIC.search(name) and not Path(name).exists():
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
            yield from _expanded(matches, settings) if matches else [_named(name, settings)]
        elif Path(name).suffix.lower() == ".csv":
            yield from _manifest(name, settings)
        else:
            yield _named(name, settings)


def _at_address(address: str, settings: Settings) -> Iterator[_Given]:
    if has_pattern(address):
        matches = matching(address)
        yield from _expanded(matches, settings) if matches else [_named(address, settings)]
    elif source_name(address).lower().endswith(".csv"):
        yield from _manifest(address, settings)
    else:
        yield from _within(address, settings)


def _named(name: str, settings: Settings) -> _Given:
    return _Given(name, PurePath(source_name(name)), settings)


def _within(directory: str, settings: Settings) -> Iterator[_Given]:
    try:
        found = gather([directory])
    except SourceMissing:  # an empty directory: the worker tells that it is no document
        yield _named(directory, settings)
        return
    for one in found:
        within = one.directory is not None
        yield _Given(one.path, PurePath(_text(str(one.output))), settings, found=within)


def _listed_paths() -> list[str]:
    data = sys.stdin.buffer.read()
    lines = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(line) for line in lines if line.strip() and line != STANDARD_STREAM.encode()]


def _manifest(path: str, settings: Settings) -> Iterator[_Given]:
    """The documents of a CSV manifest; its paths start from where it stands."""
    try:
        text = read_source(path).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise ProfileInvalid(f"{path} cannot be read as CSV in UTF-8: {problem}") from problem
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    unknown = [name for name in header if name not in COLUMNS]
    if "name" not in header or unknown or len(set(header)) < len(header):
        trouble = f"has a column “{unknown[0]}”" if unknown else "lacks the column “name”, or has a column twice"
        raise ProfileInvalid(f"{path} {trouble}", f"Its columns are {', '.join(COLUMNS)}; only name is needed.")
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise ProfileInvalid(f"{path}, row {number}, has {len(cells)} cells, and the header has {len(header)}")
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        yield _row(path, number, row, settings)


def _row(manifest: str, number: int, row: dict[str, str], settings: Settings) -> _Given:
    name, path = row["name"], row.get("path", "")
    if not name or any("\0" in cell for cell in row.values()):
        raise ProfileInvalid(f"{manifest}, row {number}, has {'a NUL character' if name else 'no name'}")
    profile = settings.profile
    if row.get("profile"):
        profile = _profile(_beside(manifest, row["profile"]))
    if row.get("publisher"):
        profile = replace(profile, publisher_name=row["publisher"])
    own = replace(settings, profile=profile, period=row.get("year") or settings.period)
    output = PurePath(name) if path else PurePath(source_name(name))
    if output.is_absolute() or ".." in output.parts or not output.name or output.parts[0].startswith("."):
        raise ProfileInvalid(f"{manifest}, row {number}: “{name}” is no name for an output")
    return _Given(_beside(manifest, path or name), output, own, named=bool(path))


def _beside(manifest: str, path: str) -> str:
    """A path or an address of a manifest; a relative path starts where the manifest stands."""
    if is_remote(path) or Path(path).is_absolute():
        return path
    return beside(manifest, path) if is_remote(manifest) else str(Path(manifest).parent / path)


@cache
def _profile(path: str) -> Profile:
    from extractor.api import read_profile

    return read_profile(path)


def _names(given: Sequence[_Given]) -> dict[str, str]:
    """The output's name of each source: without the source's ending where that is enough to tell them apart, else with
    it, else with as many directories as it needs. What the caller chose is never changed."""
    chosen = {one.source for one in given if one.named}
    names = {one.source: one.output if one.named else _without_ending(one.output) for one in given}
    for shared in _shared(names):
        names |= {one.source: one.output for one in given if one.source in shared - chosen}
    for shared in _shared(names):
        # "./" and links aside, two sources differ in their path.
        paths = {
            source: as_path(source) if is_remote(source) else os.path.normpath(Path(source).absolute())
            for source in shared
        }
        common = os.path.commonpath([os.path.dirname(path) for path in paths.values()])  # noqa: PTH120
        names |= {
            source: PurePath(_text(os.path.relpath(path, common)))
            for source, path in paths.items()
            if source not in chosen
        }
    for shared in _shared(names):
        first, second = sorted(shared)[:2]
        raise OutputRefused(
            f"{_text(first)} and {_text(second)} would be written to one file, {names[first]}.json",
            "Give one of them another name, with the columns name and path of a CSV manifest.",
        )
    return {source: _short(name).as_posix() for source, name in names.items()}


def _shared(names: dict[str, PurePath]) -> list[set[str]]:
    """The sources that share a name, also where the file system does not tell capitals from small letters."""
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for source, name in names.items():
        by_name[name.as_posix().casefold()].add(source)
    return [sources for sources in by_name.values() if len(sources) > 1]


def _without_ending(path: PurePath) -> PurePath:
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def _short(path: PurePath) -> PurePath:
    """The path with a last part that leaves room for an ending in the 255 bytes that file systems allow."""
    encoded = path.name.encode()
    if len(encoded) <= _LONGEST_NAME_BYTES:
        return path
    kept = encoded[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore")
    return path.with_name(f"{kept}-{hashlib.sha256(encoded).hexdigest()[:12]}")


def _text(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
