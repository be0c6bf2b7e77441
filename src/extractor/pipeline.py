"""The road of one document: read, recognise, normalise."""

from __future__ import annotations

from extractor.normalise import normalise
from extractor.profile import Settings
from extractor.read import read
from extractor.recognise import recognise
from extractor.records import Plan


def extract_bytes(data: bytes, name: str, settings: Settings | None = None) -> Plan:
    """The plan that a document holds.

    `name` is the file name: it goes into the plan's `source` and helps to tell the format.
    Raises an `ExtractorError` where the bytes cannot be read or hold no plan; what is odd in the
    document is in the plan's `issues`.
    """
    settings = settings or Settings()
    document = read(data, name, settings)
    rows = recognise(document, settings.profile)
    return normalise(rows, settings)
