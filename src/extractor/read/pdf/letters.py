"""Pages whose letters pdfium takes for lines of their own.

Where a program draws each letter as an object of its own, pdfium asks the page whether its text runs across or down: it
runs down where the texts together cover more of the page's height than of its width, as lists of short lines do. One
more text that covers the whole width, and is not shown, decides it (`CPDF_TextPage::FindTextlineFlowOrientation`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

_MOST_LINE_ENDS = 0.2
"""Of a page's characters; a line of print has more than three letters."""
_SIZE = 10.0
_HEIGHT = 4.0  # times the glyph's own, so that it covers a whole unit of the page's height


def letters_are_lines(text: str) -> bool:
    """Whether pdfium's text of a page ends a line after so many letters that it took them for lines."""
    return text.count("\r\n") > _MOST_LINE_ENDS * len(text)


@contextmanager
def wide_text(document: Any, page: Any) -> Iterator[int]:
    """Puts a text as wide as the page on it while it is read; gives the address of that text, one "_"."""
    made = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", _SIZE)
    underline = (ctypes.c_ushort * 2)(ord("_"), 0)
    pdfium.FPDFText_SetText(made, underline)
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(made, left, low, right, high)
    stretch = pdfium.FPDF_GetPageWidthF(page) / max(right.value - left.value, 1.0)
    pdfium.FPDFPageObj_Transform(made, stretch, 0.0, 0.0, _HEIGHT, 0.0, _SIZE)
    pdfium.FPDFPage_InsertObject(page, made)
    try:
        yield ctypes.cast(made, ctypes.c_void_p).value or 0
    finally:
        pdfium.FPDFPage_RemoveObject(page, made)
        pdfium.FPDFPageObj_Destroy(made)
