"""The pages that pdfium cannot read, through pdfplumber: slower by far, and more patient with a broken file.

1. It is asked only for pages that pdfium cannot load or finds wholly empty, and for few of them: a page costs about
   twenty times what it costs otherwise.
2. The file is tried as it is, then with its index left out, so that its objects are found where they really stand.
3. A page counts only where the file has as many pages as pdfium says: else the numbers would not be the same pages.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.locations import Box
from extractor.read.pdf.pages import Page, Rule
from extractor.read.typeset import DESCENT, Word

_MOST_PAGES = 16
_MOST_BYTES = 50_000_000
_GLUE = 0.12
_THIN_POINTS = 3.0
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_INDEX = re.compile(rb"startxref\s+\d+")


class Patient:
    """Reads single pages of a file; opens it when it is first asked."""

    def __init__(self, data: bytes, page_count: int, password: str | None) -> None:
        self._data = data
        self._page_count = page_count
        self._password = password
        self._asked = 0

    def page(self, number: int) -> Page | None:
        """The page of that number, from 1; None where pdfplumber finds no words on it either."""
        self._asked += 1
        if self._asked > _MOST_PAGES or len(self._data) > _MOST_BYTES:
            return None
        for data in (self._data, _INDEX.sub(b"startxref 0", self._data)):
            found = self._read(data, number)
            if found is not None and found.words:
                return found
        return None

    def roles(self) -> dict[str, str]:
        """What the file's role maps say; empty where it has none, or none that can be read.

        A name that two namespaces map to different ones is left out, since pdfium does not tell an element's own.
        """
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser
        from pdfminer.pdftypes import dict_value, list_value, resolve1
        from pdfminer.psparser import PSLiteral

        if len(self._data) > _MOST_BYTES:
            return {}
        _hush()
        try:
            document = PDFDocument(PDFParser(io.BytesIO(self._data)), password=self._password or "")
            root = dict_value(document.catalog["StructTreeRoot"])
            maps = [dict_value(root.get("RoleMap", {}))]
            for space in list_value(root.get("Namespaces", [])):
                maps.append(dict_value(dict_value(space).get("RoleMapNS", {})))
        except _damaged():
            return {}
        roles: dict[str, set[str]] = {}
        for found in maps:
            for name, given in found.items():
                role = resolve1(given)
                role = resolve1(role[0]) if isinstance(role, list) and role else role  # with its namespace
                if isinstance(role, PSLiteral):
                    roles.setdefault(name, set()).add(str(role.name))
        return {name: next(iter(known)) for name, known in roles.items() if len(known) == 1}

    def _read(self, data: bytes, number: int) -> Page | None:
        import pdfplumber

        _hush()
        try:
            with pdfplumber.open(io.BytesIO(data), password=self._password or "") as document:
                if len(document.pages) != self._page_count:
                    return None
                return page_of(document.pages[number - 1], number)
        except _damaged():
            return None


def _hush() -> None:
    """pdfminer would write a line for each thing that is odd."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def _damaged() -> tuple[type[Exception], ...]:
    """What is raised for a damaged file: pdfminer trusts what it reads, so not only exceptions of its own."""
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    return (PDFException, PSException, PdfminerException, AttributeError, KeyError, TypeError, ValueError)


def page_of(page: Any, number: int) -> Page:
    """pdfplumber's page in the shape of pdfium's: words, rules and fills, within the crop box."""
    left, top, right, bottom = map(float, page.cropbox)
    box_left, box_top = max(left, 0.0), max(top, 0.0)
    width, height = right - left, bottom - top
    words = [word for word in _words(page, number, box_left, box_top) if -1 < word.baseline < height + 1]
    rules: list[Rule] = []
    fills: list[Box] = []
    for each in (*page.lines, *page.rects, *page.curves):
        box = (each["x0"] - box_left, each["top"] - box_top, each["x1"] - box_left, each["bottom"] - box_top)
        rules.extend(_rules(each, box))
        wide, high = box[2] - box[0], box[3] - box[1]
        whole = wide > 0.98 * width and high > 0.98 * height
        if each["object_type"] == "rect" and each.get("fill") and min(wide, high) > _THIN_POINTS and not whole:
            fills.append(box)
    images = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    area = width * height
    return Page(number, width, height, words, rules, fills, float(images / area) if area else 0.0, 0, (width, height))


def _rules(drawn: Mapping[str, Any], box: Box) -> Iterator[Rule]:
    left, top, right, bottom = box
    if drawn["object_type"] == "curve":
        return
    if bottom - top <= _THIN_POINTS and right - left > _THIN_POINTS:
        yield Rule(True, (top + bottom) / 2, left, right, bottom - top)
    elif right - left <= _THIN_POINTS and bottom - top > _THIN_POINTS:
        yield Rule(False, (left + right) / 2, top, bottom, right - left)
    elif drawn["object_type"] == "rect" and drawn.get("stroke"):
        yield from (Rule(True, at, left, right) for at in (top, bottom))
        yield from (Rule(False, at, top, bottom) for at in (left, right))


def _words(page: Any, number: int, left: float, top: float) -> Iterator[Word]:
    """The words in the order in which the page draws them; text that is set sideways is left out."""
    word: Word | None = None
    for order, char in enumerate(page.chars):
        text = _UNMAPPED.sub("\ufffd", char["text"])
        if not text.strip() or not char.get("upright", True):
            if word is not None:
                yield word
            word = None
            continue
        size = float(char["size"])
        baseline = char["bottom"] - top - DESCENT * size
        x0, x1 = char["x0"] - left, char["x1"] - left
        if (
            word is not None
            and abs(word.baseline - baseline) < 0.3 * size
            and -0.5 * size < x0 - word.x1 < _GLUE * size
        ):
            word.text += text
            word.x1 = x1
            word.unmapped = word.unmapped or "\ufffd" in text
            continue
        if word is not None:
            yield word
        bold = any(mark in str(char.get("fontname", "")).lower() for mark in ("bold", "black", "heavy", "demi"))
        mcid = char.get("mcid")
        word = Word(
            text, x0, x1, baseline, size, number, order, bold, -1 if mcid is None else int(mcid),
            artifact=char.get("tag") == "Artifact", unmapped="\ufffd" in text,
        )  # fmt: skip
    if word is not None:
        yield word
