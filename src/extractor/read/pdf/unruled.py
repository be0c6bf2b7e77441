"""Tables without rules."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.locations import Box
from extractor.read.overleaf import PageTable
from extractor.read.pdf.pages import Page
from extractor.read.typeset import Word


def is_header_text(words: Sequence[Word]) -> bool:
    return False


def has_header(words: Sequence[Word]) -> bool:
    return False


class Unruled:
    def find(self, sheet: Page, words: list[Word], taken: list[Box]) -> tuple[list[PageTable], list[Word]]:
        return [], words
