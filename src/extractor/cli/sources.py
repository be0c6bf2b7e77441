"""What the caller names -> the documents to read, and where each one's output goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from extractor.api import STANDARD_STREAM, read_source, source_name
from extractor.cli.console import Reading, say
from extractor.cli.reading import plan_in
from extractor.errors import NoPlanFound, OutputRefused, SourceMissing
from extractor.fixed import fixed
from extractor.places import is_remote, within
from extractor.profile import Settings

if TYPE_CHECKING:
    from extractor.records import Plan

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"})
"""The endings of the files that are read when a directory is named."""


@fixed(frozen=True, slots=True)
class Named:
    """One document to read."""

    path: str
    """Path or address as the caller gave it or as found in a directory; "-" for standard input."""
    output: PurePath
    """Its path below an output directory, with its own ending still."""
    directory: str | None = None
    """The directory that it was found in; None where the caller named it."""

    @property
    def name(self) -> str:
        """What the plan's `source` calls it: the file's name, never a path."""
        return source_name(self.path)


def _within(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(directory).parts)
        if path.suffix.lower() in SUFFIXES and not hidden and path.is_file():
            yield path


def gather(names: Sequence[str]) -> list[Named]:
    """The documents that the names stand for: files as they are, directories with all plans within them.

    Raises `SourceMissing` for a directory that holds no document.
    """
    found: list[Named] = []
    for name in dict.fromkeys(names):
        path = Path(name)
        if name == STANDARD_STREAM:
            found.append(Named(name, PurePath("stdin.txt")))
            continue
        inside = _in_directory(name)
        if inside is None:
            found.append(Named(name, PurePath(source_name(name)) if is_remote(name) else PurePath(path.name)))
        elif inside:
            found.extend(inside)
        else:
            raise SourceMissing(
                f"{name} holds no plan: it has no file that ends in {', '.join(sorted(SUFFIXES))}",
                "Name the directory or the file that holds the plans.",
            )
    return found


def _in_directory(name: str) -> list[Named] | None:
    """The documents in a directory; None where the name is of no directory.

    An address that ends as a document does is taken for one unasked: each question goes over the network.
    """
    if not is_remote(name):
        path = Path(name)
        return [Named(str(p), p.relative_to(path), directory=name) for p in _within(path)] if path.is_dir() else None
    if PurePath(source_name(name)).suffix.lower() in SUFFIXES:
        return None
    inside = within(name, SUFFIXES)
    return None if inside is None else [Named(address, PurePath(path), directory=name) for address, path in inside]


def read_plans(documents: Iterable[Named], settings: Settings, talk: int | None) -> Iterator[tuple[Named, Plan]]:
    """Each document and its plan.

    A document that holds no plan is refused with `NoPlanFound` where the caller named it, and passed
    over with a word where a directory was named; unless that directory holds no plan at all.
    """
    without: dict[str, int] = {}
    held: set[str] = set()
    for document in documents:
        with Reading(document.path):
            data = read_source(document.path, settings.max_bytes)
            plan = plan_in(data, document.name, settings)
            if plan.activities:
                held.add(document.directory or "")
                yield document, plan
            elif document.directory is None:
                from extractor.recording import no_plan

                raise no_plan(plan, document.name)
            else:
                without[document.directory] = without.get(document.directory, 0) + 1
                say(f"{document.path}: no plan in it, passed over", talk)
    for directory, count in without.items():
        if directory not in held:
            raise NoPlanFound(f"{directory} holds no plan, in {count} document{'s' * (count != 1)}")


def output_paths(documents: Sequence[Named], directory: Path, ending: str) -> dict[Named, Path]:
    """Where each document's output goes: its own path below the directory, with another ending.

    Two documents that differ in their ending only keep it (`plan.html.json`).
    Raises `OutputRefused` where two would still share one file.
    """
    plain = [document.output.with_suffix(ending) for document in documents]
    paths: dict[Named, Path] = {}
    for document, path in zip(documents, plain, strict=True):
        if plain.count(path) > 1:
            path = document.output.with_name(document.output.name + ending)
        paths[document] = directory / path
    if len(set(paths.values())) < len(paths):
        twice = next(path for path in paths.values() if list(paths.values()).count(path) > 1)
        raise OutputRefused(
            f"two sources would both be written to {twice}",
            "Name the directory that holds them instead of the files, or extract them one by one.",
        )
    return paths
