"""`--draw`: the pages of PDFs with what was understood drawn onto them, as PNG files in a directory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.api import STANDARD_STREAM, read_source
from extractor.cli.console import Reading
from extractor.cli.sources import Named, output_paths
from extractor.errors import OutputRefused
from extractor.guard import guarded
from extractor.profile import Settings
from extractor.records import Plan


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The job of drawing one plan; it is done where documents are read, as the page is rendered in native code."""

    plan: Plan

    def __call__(self, data: bytes, name: str, settings: Settings) -> list[tuple[int, bytes]]:
        from extractor.read.pdf.pictures import page_pictures
        from extractor.write.to_drawings import draw_page

        return [
            (number, draw_page(picture, self.plan, number)) for number, picture in page_pictures(data, name, settings)
        ]


def drawings(plans: Sequence[tuple[Named, Plan]], directory: Path, settings: Settings) -> dict[Path, bytes]:
    """The files to write: `NAME-page-2.png` of each page that was read, one set a source.

    Raises `OutputRefused` where no source is a PDF, or where one came by standard input and cannot be read twice.
    """
    wanted = [(document, plan) for document, plan in plans if plan.source.media_type == "application/pdf"]
    if not wanted:
        raise OutputRefused("--draw needs a PDF: no other source has pages", "Leave --draw away, or give the PDF.")
    if any(document.path == STANDARD_STREAM for document, _ in wanted):
        raise OutputRefused("--draw cannot draw what came by standard input", "Name the file.")
    names = output_paths([document for document, _ in wanted], directory, "")
    files: dict[Path, bytes] = {}
    for document, plan in wanted:
        with Reading(document.path):
            data = read_source(document.path, settings.max_bytes)
            for number, picture in guarded(_Drawing(plan), data, document.name, settings):
                files[names[document].with_name(f"{names[document].name}-page-{number}.png")] = picture
    return files
