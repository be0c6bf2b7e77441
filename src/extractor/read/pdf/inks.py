"""Words that nobody can see though they lie on the page: of the colour of what lies below them, or without any.

1. Text is suspected for its colour: white or nearly so, transparent, or that of a filled box of the page.
2. A suspected word on a box of another colour is seen: the header of many a table is white on a dark band.
3. Of other suspected words the page itself decides: it is drawn, and where the place of the word is of one shade all
   over, nobody sees the word. What lies below may be an image, a shading or a pattern, whose colours nothing tells.
"""

from __future__ import annotations

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from extractor.locations import Box
from extractor.read.typeset import Word

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255 each."""

_WHITE, _FAINT = 250, 13
_SCALE = 2.0
"""Pixels a point."""
_MOST_PIXELS = 8_000_000
_ONE_SHADE = 8
"""Shades of grey, of 256, that differ by no more than this look alike."""


def colours_of(handles: Sequence[int], get_colour: Callable[..., int]) -> list[Colour]:
    """The colours that page objects are filled with: white, as pdfium has it, where that is a pattern.

    `get_colour` is pdfium's function, called with addresses.
    """
    count = len(handles)
    buffer = (ctypes.c_uint * (4 * count))()
    start = ctypes.addressof(buffer)
    end = start + 16 * count
    deque(map(get_colour, handles, *(range(start + part, end, 16) for part in (0, 4, 8, 12))), 0)
    raw = bytes(buffer)
    if raw == raw[:16] * count:  # as on most pages
        return [struct.unpack("4I", raw[:16])] * count if count else []
    return list(struct.iter_unpack("4I", raw))


def suspected(colours: Sequence[Colour], boxes: Sequence[Colour]) -> set[Colour]:
    """Those of the colours of texts in which nobody may see them, on a page with boxes of some colours.

    >>> suspected([(0, 0, 0, 255), (255, 255, 255, 255)], [(0, 0, 128, 255)])
    {(255, 255, 255, 255)}
    """
    filled = set(boxes)
    return {colour for colour in set(colours) if is_faint(colour) or colour in filled}


def is_faint(colour: Colour) -> bool:
    """Whether a colour is white or nearly so, or transparent.

    >>> is_faint((255, 255, 255, 255)), is_faint((0, 0, 0, 0)), is_faint((0, 0, 128, 255))
    (True, True, False)
    """
    return min(colour[:3]) >= _WHITE or colour[3] <= _FAINT


def unseen_words(
    words: Sequence[tuple[Word, Colour]], fills: Sequence[tuple[Box, Colour]], page: Any, size: tuple[float, float]
) -> set[int]:
    """Identities of those of the suspected words that nobody sees.

    `fills` are the filled boxes in the order in which they are drawn; `page` is pdfium's handle, and `size` its width
    and height as shown, in points.
    """
    doubtful = [word for word, colour in words if not _is_on_another(word, colour, fills)]
    if not doubtful:
        return set()
    width, height = size
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    pixels, stride = _drawn(page, max(round(width * scale), 1), max(round(height * scale), 1))
    unseen: set[int] = set()
    for word in doubtful:
        left, top, right, bottom = _core(word)
        low, high = max(round(left * scale), 0), min(round(right * scale), round(width * scale))
        rows = range(max(round(top * scale), 0), min(round(bottom * scale) + 1, len(pixels) // stride))
        shown = b"".join(pixels[row * stride + low : row * stride + high] for row in rows)
        if shown and max(shown) - min(shown) <= _ONE_SHADE:
            unseen.add(id(word))
    return unseen


def _is_on_another(word: Word, colour: Colour, fills: Sequence[tuple[Box, Colour]]) -> bool:
    """Whether it is plain that a word is seen: it stands on no box of its own colour, or on one of another in turn."""
    if colour[3] <= _FAINT:
        return False
    box = _core(word)
    is_pale = min(colour[:3]) >= _WHITE
    if not is_pale and not any(_holds(fill, box) for fill, filled in fills if filled == colour):
        return True
    below = [filled for fill, filled in fills if _holds(fill, box)]
    if not below or below[-1][3] < 255:
        return False
    return max(abs(one - other) for one, other in zip(colour[:3], below[-1][:3], strict=True)) > 255 - _WHITE


def _holds(fill: Box, box: Box) -> bool:
    return fill[0] <= box[0] and box[2] <= fill[2] and fill[1] <= box[1] and box[3] <= fill[3]


def _core(word: Word) -> Box:
    """The box that the ink of a word's small letters fills."""
    left, top, right, bottom = word.box
    return (left, top, right, bottom) if word.high else (left, word.baseline - 0.5 * word.size, right, word.baseline)


def _drawn(page: Any, width: int, height: int) -> tuple[bytes, int]:
    """The page in grey, row by row, and how many bytes a row has."""
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height), stride
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
