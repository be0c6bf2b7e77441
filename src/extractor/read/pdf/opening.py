"""The bytes of a PDF -> pdfium's document, or why it cannot be opened; and what had to be repaired to open it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from extractor.errors import PasswordNeeded, SourceUnreadable
from extractor.issues import Doubt

_TAIL_BYTES = 2_048
"""The end mark of a whole file stands within its last kilobyte (ISO 32000-2, Annex I); some mailers add more."""


def open_pdf(data: bytes, name: str, password: str | None = None) -> Any:
    """pypdfium2's document; the caller closes it.

    Raises `PasswordNeeded` where the password is missing or wrong, and `SourceUnreadable` for what is no PDF, is
    damaged beyond repair, or is protected by something other than a password.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise _refusal(getattr(error, "err_code", None), data, name, password, pdfium) from error
    if not len(document):
        document.close()
        raise SourceUnreadable(f"{name} is a PDF without pages.", "Download the file again.")
    return document


def _refusal(code: int | None, data: bytes, name: str, password: str | None, pdfium: Any) -> Exception:
    if code == pdfium.FPDF_ERR_PASSWORD:
        if password is None:
            return PasswordNeeded(f"{name} is encrypted, and can be read with its password only.")
        return PasswordNeeded(f"{name} is encrypted, and the password that was given is not its own.")
    if code == pdfium.FPDF_ERR_SECURITY:
        return SourceUnreadable(
            f"{name} is protected by a certificate or by a program of its own, which cannot be opened here.",
            "Ask the publisher for an open copy; no password opens this one.",
        )
    if not _is_whole(data):
        return SourceUnreadable(f"{name} is cut off: its end is missing.", "Download the file again.")
    return SourceUnreadable(f"{name} is damaged: its pages cannot be found.", "Download the file again.")


def _is_whole(data: bytes) -> bool:
    return b"%%EOF" in data[-_TAIL_BYTES:]


def release_unused() -> None:
    """Gives the memory that pdfium has freed back to the system, where the C library can (glibc); else it is kept."""
    trim = getattr(ctypes.pythonapi, "malloc_trim", None)
    if trim is not None:
        trim(0)


def repairs(document: Any, data: bytes) -> Iterator[Doubt]:
    """A doubt where the file is damaged and could be opened all the same."""
    import pypdfium2.raw as pdfium

    if not _is_whole(data):
        yield Doubt("pdf-repaired", "The file is cut off: its end is missing, and pages may be as well.")
    elif not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document.raw):
        yield Doubt("pdf-repaired", "The file's index is broken and was rebuilt; pages may be missing.")
