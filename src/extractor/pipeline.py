"""The road of one document: read, recognise, normalise; then held to what the caller demands."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from extractor.demands import hold_to
from extractor.errors import NoPlanFound
from extractor.issues import CATALOGUE
from extractor.normalise import normalise
from extractor.profile import Settings
from extractor.profiles import format_profile, suggest_profile, unfit
from extractor.read import read
from extractor.recognise import recognise
from extractor.records import Plan


def read_plan(data: bytes, name: str, settings: Settings) -> Plan:
    """The plan that a document holds, which may have no activity at all."""
    with _collection_paused():
        rows = recognise(read(data, name, settings), settings.profile)
        # The blocks have become rows: a long document's would take their room beside the records.
        told = replace(rows.document, blocks=())
        rows = replace(rows, document=told, doubts=(*rows.doubts, *unfit(settings.profile, rows)))
        return hold_to(normalise(rows, settings), settings)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: a document is one large structure in which nothing dies young, and
    each search would walk through all of it again, which made long documents cost more a row than short ones."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def profile_of(data: bytes, name: str, settings: Settings) -> str:
    """The profile (TOML) that describes how a document is read, for a person to edit.

    Raises an `ExtractorError` where the bytes cannot be read or hold no plan.
    """
    rows = recognise(read(data, name, settings), settings.profile)
    if not rows.rows:
        raise NoPlanFound(f"{name} holds no rows of a plan")
    return format_profile(suggest_profile(rows), name)


def extract_bytes(data: bytes, name: str, settings: Settings | None = None) -> Plan:
    """The plan that a document holds.

    `name` is the file name: it goes into the plan's `source` and helps to tell the format.
    Raises an `ExtractorError` where the bytes cannot be read or hold no plan; what is odd in the
    document is in the plan's `issues`.
    """
    plan = read_plan(data, name, settings or Settings())
    if not plan.activities:
        raise no_plan(plan, name)
    return plan


def no_plan(plan: Plan, name: str) -> NoPlanFound:
    """The refusal for a document without activities, with the remedy of what may be the reason."""
    reasons = [issue for issue in plan.issues if issue.severity == "error" and issue.code != "count-differs"]
    if not reasons:
        return NoPlanFound(f"{name} holds no rows of a plan")
    reason = reasons[0]
    kind = CATALOGUE.get(reason.code)
    return NoPlanFound(f"{name} holds no rows of a plan: {reason.message}", kind.remedy if kind else "")
