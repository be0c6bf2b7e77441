"""Bytes -> `Document`."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import Document
from extractor.issues import Doubt
from extractor.profile import Settings


def read(data: bytes, name: str, settings: Settings) -> Document:
    """The document that the bytes hold; see `sniff` for how its kind is told."""
    from extractor.read.footnotes import without_marks
    from extractor.read.sniff import READERS, sniff

    kind = sniff(data, name, settings)
    document = without_marks(READERS[kind](data, name, settings))
    if settings.pages and kind != "pdf":
        ignored = Doubt("pages-ignored", "Some pages were asked for, but only a PDF has pages: all of it was read.")
        document = replace(document, doubts=(*document.doubts, ignored))
    return document
