"""One document read for a command: in a process of its own, and with its password asked for at a terminal."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TypeVar

import click

from extractor.errors import PasswordNeeded
from extractor.guard import Job, guarded
from extractor.profile import Settings

Answer = TypeVar("Answer")

_TRIES = 3


def read_document(job: Job[Answer], data: bytes, name: str, settings: Settings) -> Answer:
    """What the job makes of a document; see `guarded`. A missing password is asked for where there is a terminal."""
    for _ in range(_TRIES if _can_ask() and settings.password is None else 0):
        try:
            return guarded(job, data, name, settings)
        except PasswordNeeded as refusal:
            settings = replace(settings, password=_ask(refusal))
    return guarded(job, data, name, settings)


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(refusal: PasswordNeeded) -> str:
    click.echo(refusal.message, err=True)
    password: str = click.prompt("Password", hide_input=True, err=True)
    return password
