"""One document read for a command: in a process of its own, and with its password asked for at a terminal.

That process reads and recognises, and needs no models; meanwhile this one loads them, and makes the records. So the
first document of a command does not wait for one thing after the other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from extractor.errors import PasswordNeeded
from extractor.guard import Job, guarded, in_time
from extractor.loading import loaded_later
from extractor.profile import Settings

if TYPE_CHECKING:
    from extractor.records import Plan
    from extractor.rows import PlanRows

Answer = TypeVar("Answer")

_TRIES = 3


def plan_in(data: bytes, name: str, settings: Settings) -> Plan:
    """The plan that a document holds, which may have no activity at all. Raises what `guarded` raises."""
    _load_shared()
    rows = read_document(_rows_in, data, name, settings, _load)
    from extractor.recording import plan_of

    with in_time(name, settings):
        return plan_of(rows, settings)


def _rows_in(data: bytes, name: str, settings: Settings) -> PlanRows:
    from extractor.reading import read_rows  # loaded where it is called, which is not here

    return read_rows(data, name, settings)


def _load_shared() -> None:
    """Load what both halves of the road need, before the process that reads becomes a copy of this one."""
    import extractor.rows
    import extractor.vocabulary.dittos
    import extractor.vocabulary.headers
    import extractor.vocabulary.headings
    import extractor.vocabulary.names
    import extractor.vocabulary.roles
    import extractor.vocabulary.times  # noqa: F401


def _load() -> None:
    """Load what makes records of rows."""
    with loaded_later("importlib.metadata", "entry_points"), loaded_later("secrets"):
        import extractor.recording  # noqa: F401


def read_document(
    job: Job[Answer], data: bytes, name: str, settings: Settings, meanwhile: Callable[[], None] = lambda: None
) -> Answer:
    """What the job makes of a document; see `guarded`. A missing password is asked for where there is a terminal."""
    for _ in range(_TRIES if _can_ask() and settings.password is None else 0):
        try:
            return guarded(job, data, name, settings, meanwhile)
        except PasswordNeeded as refusal:
            settings = replace(settings, password=_ask(refusal))
    return guarded(job, data, name, settings, meanwhile)


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(refusal: PasswordNeeded) -> str:
    click.echo(refusal.message, err=True)
    password: str = click.prompt("Password", hide_input=True, err=True)
    return password
