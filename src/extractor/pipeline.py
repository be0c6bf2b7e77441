"""The road of one document: read, recognise, normalise; then held to what the caller demands."""

from __future__ import annotations

from extractor.errors import NoPlanFound
from extractor.memory import collection_paused
from extractor.profile import Settings
from extractor.profiles import format_profile, suggest_profile
from extractor.read import read
from extractor.reading import read_rows
from extractor.recognise import recognise
from extractor.recording import no_plan, plan_of
from extractor.records import Plan


def read_plan(data: bytes, name: str, settings: Settings) -> Plan:
    """The plan that a document holds, which may have no activity at all."""
    with collection_paused():
        return plan_of(read_rows(data, name, settings), settings)


def profile_of(data: bytes, name: str, settings: Settings) -> str:
    """The profile (TOML) that describes how a document is read, for a person to edit.

    Raises an `ExtractorError` where the bytes cannot be read or hold neither a plan nor a table with a header.
    """
    rows = recognise(read(data, name, settings), settings.profile)
    profile = suggest_profile(rows)
    if not rows.rows and not profile.header_words:
        raise NoPlanFound(f"{name} holds no rows of a plan")
    return format_profile(profile, name, is_plan=bool(rows.rows))


def extract_bytes(data: bytes, name: str, settings: Settings | None = None) -> Plan:
    """The plan that a document holds.

    `name` is the file name: it goes into the plan's `source` and helps to tell the format.
    Raises an `ExtractorError` where the bytes cannot be read or hold no plan; what is odd in the
    document is in the plan's `issues`.
    """
    settings = settings or Settings()
    with collection_paused():
        rows = read_rows(data, name, settings)
        del data  # which may be as large as all that is made of it
        plan = plan_of(rows, settings)
    if not plan.activities:
        raise no_plan(plan, name)
    return plan
