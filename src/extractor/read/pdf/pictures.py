"""The pages of a PDF as pictures, as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.profile import Settings
from extractor.read.pdf.opening import open_pdf

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 1.8
"""Pixels a point: about 130 dots an inch."""
_MOST_PIXELS = 25_000_000


def page_pictures(data: bytes, name: str, settings: Settings) -> Iterator[tuple[int, Image]]:
    """Number and picture of each page that the settings ask for; `info["scale"]` is its pixels a point.

    Raises what `open_pdf` raises. Pages that do not exist, or cannot be loaded, are left out.
    """
    import pypdfium2

    document = open_pdf(data, name, settings.password)
    try:
        for number in settings.pages or range(1, len(document) + 1):
            if number > len(document):
                continue
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                continue
            width, height = page.get_size()
            scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            picture: Image = page.render(scale=scale).to_pil()
            picture.info["scale"] = scale
            page.close()
            yield number, picture
    finally:
        document.close()
