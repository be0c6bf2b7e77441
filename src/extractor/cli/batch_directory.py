"""The directory that a batch fills: a file a document, a manifest and a combined table.

1. Every file is written beside and renamed, so that at any moment each is whole, old or new.
2. A document is done when its line stands in the journal, after its files. The journal is only added to; a line that
   was cut off by a `kill` counts for nothing. At the end it becomes the manifest.
3. The disk is not waited for after each document: what is done is believed only where the hashes say so.
4. A run that does documents in its own process notes in the journal what it begins, since a document may end the run.
   One at which three runs have ended counts as one that did.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from extractor.api import source_name
from extractor.batch import DEADLINE, DIED, INTERNAL, NO_PLAN, UNCHANGED, Outcome, died, table_header
from extractor.cli.batch_inputs import Document
from extractor.errors import OutputRefused
from extractor.profile import Settings
from extractor.version import __version__

if sys.platform != "win32":
    import fcntl

Entry = dict[str, Any]
"""A line of the manifest."""

MANIFEST = "manifest.jsonl"
TABLE = "activities.csv"
_STATE = ".batch"
_BEGUN = "begun"
_MOST_BEGUN = 3
_LIMITS = ("max_bytes", "max_pages", "max_seconds")
_FINAL = (NO_PLAN, DEADLINE, DIED, INTERNAL, "source-empty", "source-unreadable", "limit-exceeded")
"""The causes of failure that another run with the same source, settings and limits would meet again."""


def settings_of_record(settings: Settings) -> Entry:
    """The settings that are not the default, as JSON values, without the limits and the password.

    The password is a secret; and neither it nor the limits make a difference to a plan that was extracted.
    """
    default = Settings()
    changed = [
        field.name
        for field in fields(settings)
        if field.name not in (*_LIMITS, "password") and getattr(settings, field.name) != getattr(default, field.name)
    ]
    values = asdict(settings) if changed else {}
    return {name: json.loads(json.dumps(values[name])) for name in changed}


def _canonical_hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _hash_or_none(data: bytes) -> str | None:
    return hashlib.sha256(data).hexdigest() if data else None


def _hash_of_file(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


class OutputDirectory:
    """The output directory, held by this run alone: use it in a `with` statement.

    Raises `OutputRefused` where it cannot be written, or another run holds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.state = path / _STATE
        self.journal: BinaryIO | None = None
        self._lock: BinaryIO | None = None
        self.earlier: dict[str, Entry] = {}
        self._begun: list[Entry] = []
        """What earlier runs have begun and not done."""
        self.done: dict[str, Entry] = {}

    def __enter__(self) -> OutputDirectory:
        with self._refusals():
            self.state.mkdir(parents=True, exist_ok=True)
            self._take()
            for path in (self.path / MANIFEST, self.state / "journal.jsonl"):
                self._recall(_entries(path))
            # Anew, so that no half line stands before what will be added.
            kept = b"".join(map(_line, [*self.earlier.values(), *self._begun]))
            self._replace(self.state / "journal.jsonl", kept)
            self.journal = (self.state / "journal.jsonl").open("ab")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in (self.journal, self._lock):
            if stream is not None:
                stream.close()

    def _recall(self, entries: Iterator[Entry]) -> None:
        """Take in what earlier runs have written down, line by line."""
        for entry in entries:
            name, begun = entry["name"], entry.pop(_BEGUN, False)
            earlier = [one for one in self._begun if one["name"] == name and begun and one["sha256"] == entry["sha256"]]
            if begun and len(earlier) < _MOST_BEGUN - 1:
                self._begun.append(entry | {_BEGUN: True})
                continue
            self._begun = [one for one in self._begun if one["name"] != name]
            self.earlier[name] = entry

    def _take(self) -> None:
        self._lock = (self.state / "lock").open("ab")
        if sys.platform != "win32":
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._lock.close()
                raise OutputRefused(
                    f"another run is writing to {self.path}", "Wait until it is done, or name another directory."
                ) from None

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            where = problem.filename or self.path
            raise OutputRefused(f"{where} cannot be written: {problem.strerror or problem}") from problem

    def output_of(self, document: Document) -> Path:
        """Where the document's plan goes."""
        return self.path / f"{document.name}.json"

    def _rows_of(self, name: str) -> Path:
        return self.state / "rows" / f"{name}.csv"

    def known(self, document: Document, retry_failed: bool) -> str | None:
        """The SHA-256 of the source of which an earlier run with these settings made what still stands here.

        None where the document is to be done in any case.
        """
        entry = self.earlier.get(document.name)
        if (
            entry is None
            or entry["sha256"] is None
            or entry["tool_version"] != __version__
            or entry["settings_sha256"] != _canonical_hash(settings_of_record(document.settings))
            # The plan names its source.
            or source_name(entry["source"]) != source_name(document.shown)
        ):
            return None
        if entry["output"] is None:
            same = entry["limits"] == _limits(document.settings)
            same_part = (entry["status"] == "skipped") == document.found or entry["cause"] != NO_PLAN
            if not same or not same_part or entry["cause"] not in _FINAL:
                return None
            return None if retry_failed and entry["status"] == "failure" else str(entry["sha256"])
        files = {self.output_of(document): entry["output_sha256"], self._rows_of(document.name): entry["rows_sha256"]}
        if any(_hash_of_file(path) != digest for path, digest in files.items()):
            return None
        return str(entry["sha256"])

    def begin(self, document: Document, sha256: str) -> None:
        """Note that a document with these bytes is begun, in the process that writes here."""
        how = f"{_MOST_BEGUN} runs have ended while it was read"
        self._write_down(_entry(document, died(how, sha256)) | {_BEGUN: True})

    def put(self, document: Document, outcome: Outcome) -> Entry:
        """The document's line of the manifest, now that its files are written; they are gone where it has failed."""
        if outcome.cause == UNCHANGED:
            entry = self.earlier[document.name] | {"source": document.shown}
            self.done[document.name] = entry
            return entry
        entry = _entry(document, outcome)
        with self._refusals():
            for path, data in ((self.output_of(document), outcome.json), (self._rows_of(document.name), outcome.rows)):
                if data:
                    try:
                        self._replace(path, data)
                    except FileNotFoundError:  # the first of its directory
                        path.parent.mkdir(parents=True, exist_ok=True)
                        self._replace(path, data)
                else:
                    path.unlink(missing_ok=True)
        self._write_down(entry)
        self.done[document.name] = entry
        return entry

    def _write_down(self, entry: Entry) -> None:
        assert self.journal is not None, "the directory is used in a `with` statement"
        with self._refusals():
            self.journal.write(_line(entry))
            self.journal.flush()

    def finish(self, documents: Sequence[Document]) -> None:
        """Write the combined table and the manifest of these documents, in the order of their names."""
        entries = [self.done[name] for name in sorted(document.name for document in documents)]
        with self._refusals():
            with self._beside(self.path / TABLE) as stream:
                stream.write(table_header())
                for entry in entries:
                    if entry["output"] is not None:
                        stream.write(self._rows_of(entry["name"]).read_bytes())
            self._replace(self.path / MANIFEST, b"".join(map(_line, entries)), safely=True)
            (self.state / "journal.jsonl").unlink()

    def _replace(self, target: Path, data: bytes, safely: bool = False) -> None:
        with self._beside(target, safely) as stream:
            stream.write(data)

    @contextmanager
    def _beside(self, target: Path, safely: bool = True) -> Iterator[BinaryIO]:
        """A stream into a file that takes the target's place when it is complete; `safely`: on the disk by then."""
        written = self.state / "writing"
        with written.open("wb") as stream:
            yield stream
            if safely:
                stream.flush()
                os.fsync(stream.fileno())
        written.replace(target)


def _limits(settings: Settings) -> Entry:
    return {name: getattr(settings, name) for name in _LIMITS}


def _entry(document: Document, outcome: Outcome) -> Entry:
    settings = settings_of_record(document.settings)
    return {
        "name": document.name,
        "source": document.shown,
        "sha256": outcome.sha256,
        "size": outcome.size,
        "tool_version": __version__,
        "settings": settings,
        "settings_sha256": _canonical_hash(settings),
        "limits": _limits(document.settings),
        "status": outcome.status,
        "cause": outcome.cause,
        "reason": outcome.reason,
        "remedy": outcome.remedy,
        "counts": dict(outcome.counts),
        "seconds": outcome.seconds,
        "output": f"{document.name}.json" if outcome.json else None,
        "output_sha256": _hash_or_none(outcome.json),
        "rows_sha256": _hash_or_none(outcome.rows),
    }


def _line(entry: Mapping[str, Any]) -> bytes:
    return (json.dumps(entry, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _entries(path: Path) -> Iterator[Entry]:
    """The lines of a manifest or a journal that are whole; what is not, is done again."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return
    expected = {"name", "source", "sha256", "tool_version", "settings_sha256", "limits", "status", "cause", "output"}
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and expected <= entry.keys():
            yield entry
