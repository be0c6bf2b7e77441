"""Bytes -> `Document`."""

from __future__ import annotations

from extractor.document import Document
from extractor.profile import Settings


def read(data: bytes, name: str, settings: Settings) -> Document:
    """The document that the bytes hold; see `sniff` for how its kind is told."""
    from extractor.read.footnotes import without_marks
    from extractor.read.sniff import READERS, sniff

    return without_marks(READERS[sniff(data, name, settings)](data, name, settings))
