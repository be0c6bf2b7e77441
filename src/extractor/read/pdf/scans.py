"""Pages that are images: their words by Tesseract, and their rules from the image itself.

1. The page is rendered, so that whatever images, crops and rotations make it up are seen as a reader sees them.
2. A page that lies a little askew is turned upright first, by the angle at which its lines are sharpest; `Page.place`
   turns a box back to where it stands on the page as shown.
3. Long dark runs are rules. They make the same grids as drawn ones, and are wiped out before Tesseract reads, which
   takes them for letters otherwise.
4. A word that Tesseract is unsure of is kept, and becomes a doubt of its cell.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from time import monotonic
from typing import Any

import numpy as np

from extractor.document import Block, Heading, Paragraph, Table
from extractor.errors import LimitExceeded, PartMissing
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import Box, Location, has_middle_of
from extractor.read.pdf.pages import Page, Rule
from extractor.read.typeset import Word

_DOTS_PER_INCH = 300
_SCALE = _DOTS_PER_INCH / 72
_MOST_PIXELS = 60_000_000
"""A page is rendered smaller where it would have more: an A0 poster at 300 dots an inch has twice as many."""
_MOST_SKEW = 5.0
_LEAST_SKEW = 0.05
_RULE_POINTS = 26.0
"""A straight dark run of this length is a rule; no letter of a plan is that large."""
_THICKEST_RULE = 5.0
_UNSURE = 75.0
"""Tesseract's confidence, 0 to 100, below which a word is doubted."""
_MOSTLY = 0.5
"""The share of the letters in words without a doubt, below which a page may lie on its side."""
_BOLDER = 1.25
"""How much thicker the strokes of bold type are than those of the page's words in the middle."""
_DESCENDS = frozenset("gjpqyQ,;()[]/|")
_CAPS = 0.72
"""Height of capitals, figures and ascenders as a share of the font size; and of letters without."""
_LETTERS = 0.52
_BULLETS = frozenset("•·*°¢©®«»eo@¤+-~=")


@fixed(frozen=True, slots=True)
class Unsure:
    """A word that Tesseract doubts, and its place in the page's reading coordinates."""

    text: str
    box: Box


def recognise_page(page: Any, sheet: Page, seconds: float) -> tuple[Page, list[Unsure]]:
    """The sheet with the words and rules that its image shows, and the words that are doubtful.

    `page` is pdfium's handle. Raises `PartMissing` where Tesseract or its library is not installed, and
    `LimitExceeded` where it takes longer than `seconds`.
    """
    grey, scale = _rendered(page, sheet)
    started = monotonic()
    read, unsure = _read(grey, scale, sheet, 0, seconds)
    if not _is_read(read, unsure):
        # Landscape tables are often scanned on their side.
        ways = [(read, unsure)]
        for turned in (3, 1, 2):
            ways.append(_read(grey, scale, sheet, turned, seconds - monotonic() + started))
            if _is_read(*ways[-1]):
                break
        read, unsure = max(ways, key=lambda each: _sure(*each))
    return read, unsure


def _read(grey: Any, scale: float, sheet: Page, turned: int, seconds: float) -> tuple[Page, list[Unsure]]:
    """The sheet as it is read after so many quarter turns (`Page.turned`)."""
    if turned:
        grey = np.ascontiguousarray(np.rot90(grey, turned))
    skew = _skew(grey)
    upright = _turned(grey, skew) if skew else grey
    dark = upright < _threshold(upright)
    rules, mask = _rules(dark, scale)
    upright = np.where(mask, np.uint8(255), upright)
    words, unsure = _words(_tesseract(upright, seconds), sheet.number, scale)
    if sheet.stamp and not turned:
        words = [word for word in words if not _is_stamped((word.x0, word.top, word.x1, word.bottom), sheet)]
        unsure = [each for each in unsure if not _is_stamped(each.box, sheet)]
    _set_bold(words, dark & ~mask, scale)
    read = replace(sheet, words=words, rules=rules, fills=[], skew=skew, scanned=True)
    if turned:
        width, height = (sheet.height, sheet.width) if turned % 2 else (sheet.width, sheet.height)
        read = replace(read, width=width, height=height, turned=turned, shown=(sheet.width, sheet.height))
    return read, unsure


def _sure(sheet: Page, unsure: Sequence[Unsure]) -> float:
    """How many letters stand in words that Tesseract does not doubt, less where its lines run to the left, or down: it
    reads some blocks of a page that lies on its side.
    """
    letters = sum(len(word.text) for word in sheet.words) - sum(len(each.text) for each in unsure)
    pairs = [(one, other) for one, other in pairwise(sheet.words) if one.baseline == other.baseline]
    forward = sum(other.x0 > one.x0 + _HALF * (one.x1 - one.x0) for one, other in pairs)
    return letters * (forward / len(pairs) if pairs else 1.0)


def _is_read(sheet: Page, unsure: Sequence[Unsure]) -> bool:
    """Whether Tesseract made words of a page, so that it need not be turned."""
    return not sheet.words or _sure(sheet, unsure) >= _MOSTLY * sum(len(word.text) for word in sheet.words)


_HALF = 0.5


def _is_stamped(box: Box, sheet: Page) -> bool:
    """Whether a word is one of the stamp, whose text is known."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        left - word.size < across < right + word.size and top - 1 < down < bottom + 1
        for word in sheet.stamp
        for left, top, right, bottom in [word.box]
    )


# --- the image ---------------------------------------------------------------------------------------------


def _rendered(page: Any, sheet: Page) -> tuple[Any, float]:
    """The page in grey, one byte a pixel, and pixels a point."""
    import ctypes

    import pypdfium2.raw as pdfium

    scale = min(_SCALE, (_MOST_PIXELS / max(sheet.width * sheet.height, 1.0)) ** 0.5)
    width, height = max(round(sheet.width * scale), 1), max(round(sheet.height * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.cast(pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * height)))
        pixels = np.frombuffer(buffer.contents, np.uint8).reshape(height, stride)[:, :width].copy()
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return pixels, scale


def _threshold(grey: Any) -> int:
    """The grey that parts ink from paper (Otsu's method)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(float)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return int(np.argmax(np.nan_to_num(between[:-1]))) + 1


def _skew(grey: Any) -> float:
    """By how many degrees the page is turned anticlockwise; 0 where it is upright.

    Lines of print and rules are sharpest, as sums over the rows of pixels, where they lie level.
    """
    small = grey[: grey.shape[0] // 4 * 4, : grey.shape[1] // 4 * 4]
    small = small.reshape(small.shape[0] // 4, 4, small.shape[1] // 4, 4).mean(axis=(1, 3))
    ink = small < _threshold(small.astype(np.uint8))
    rows, columns = np.nonzero(ink)
    if not len(rows):
        return 0.0
    best, step = 0.0, 1.0
    while step >= 0.02:
        reach = _MOST_SKEW if step == 1.0 else 2 * step
        tried = [best + step * turn for turn in range(-round(reach / step), round(reach / step) + 1)]
        best = max(tried, key=lambda angle: (_sharpness(rows, columns, angle), -abs(angle)))
        step /= 2
    return best if _LEAST_SKEW <= abs(best) <= _MOST_SKEW else 0.0


def _sharpness(rows: Any, columns: Any, angle: float) -> float:
    """How uneven the ink lies over the rows, if the page is turned back by the angle."""
    level = rows + columns * np.tan(np.radians(angle))
    counts = np.bincount((level - level.min()).astype(int))
    return float((counts.astype(float) ** 2).sum())


def _turned(grey: Any, skew: float) -> Any:
    """The page turned back about its middle."""
    from PIL import Image

    image = Image.fromarray(grey)
    return np.asarray(image.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=255))


def _rules(dark: Any, scale: float) -> tuple[list[Rule], Any]:
    """The straight lines of the page, and where their pixels are."""
    from scipy import ndimage

    length = round(_RULE_POINTS * scale)
    thickest = _THICKEST_RULE * scale
    rules: list[Rule] = []
    mask = np.zeros(dark.shape, bool)
    for horizontal in (True, False):
        along, across = (1, 0) if horizontal else (0, 1)
        # A line that is a trifle aslant is still one. Gaps along it are not filled: those between letters would be too.
        ink = ndimage.maximum_filter1d(dark.view(np.uint8), 3, axis=across)
        runs = ndimage.maximum_filter1d(ndimage.minimum_filter1d(ink, length, axis=along), length, axis=along)
        labels, _ = ndimage.label(runs)
        for number, found in enumerate(ndimage.find_objects(labels), 1):
            y, x = found
            thick, long = (y.stop - y.start, x.stop - x.start) if horizontal else (x.stop - x.start, y.stop - y.start)
            if thick > thickest + 0.01 * long:
                continue  # shading, a picture, a block of ink
            mask[found] |= labels[found] == number
            at = ((y.start + y.stop) if horizontal else (x.start + x.stop)) / 2 / scale
            start, end = (x.start, x.stop) if horizontal else (y.start, y.stop)
            rules.append(Rule(horizontal, at, start / scale, end / scale, max(thick - 2, 1) / scale))
    return rules, mask


# --- the words ---------------------------------------------------------------------------------------------


def _tesseract(grey: Any, seconds: float) -> dict[str, list[Any]]:
    """Tesseract's table of words."""
    try:
        import pytesseract
    except ImportError:
        raise PartMissing.of("ocr", "pytesseract", "Character recognition") from None
    from PIL import Image

    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"  # several threads of Tesseract wait for each other more than they read
    try:
        table: dict[str, list[Any]] = pytesseract.image_to_data(
            Image.fromarray(grey),
            lang="eng",
            config=f"--psm 3 --dpi {_DOTS_PER_INCH}",
            output_type=pytesseract.Output.DICT,
            timeout=max(seconds, 0.1),
        )
    except pytesseract.TesseractNotFoundError:
        raise PartMissing(
            "Character recognition needs the program tesseract, which is not installed",
            "Install it (Debian: apt-get install tesseract-ocr; macOS: brew install tesseract).",
        ) from None
    except pytesseract.TesseractError as problem:
        words = " ".join(str(problem.message).split())
        raise PartMissing(
            f"Tesseract cannot read: {words[:200]}", "Install its data for English (Debian: tesseract-ocr-eng)."
        ) from None
    except RuntimeError as problem:  # how pytesseract tells that the time is over
        raise LimitExceeded(
            f"Character recognition took longer than allowed: {problem}.", "Raise --max-seconds."
        ) from None
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before
    return table


@dataclass(slots=True)
class _Seen:
    """A word as Tesseract saw it; lengths in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def _words(table: dict[str, list[Any]], number: int, scale: float) -> tuple[list[Word], list[Unsure]]:
    """The words of a page with baseline and size, and those that are doubtful."""
    lines: dict[tuple[int, int, int], list[_Seen]] = {}
    for index, text in enumerate(table["text"]):
        text = str(text).strip()
        if not text or not any(mark.isprintable() for mark in text):
            continue
        left, top, width, height = (table[name][index] / scale for name in ("left", "top", "width", "height"))
        line = (table["block_num"][index], table["par_num"][index], table["line_num"][index])
        confidence = float(table["conf"][index])
        lines.setdefault(line, []).append(_Seen(text, left, top, left + width, top + height, confidence))
    sizes = _sizes(list(lines.values()))
    words: list[Word] = []
    unsure: list[Unsure] = []
    for seen, size in zip(lines.values(), sizes, strict=True):
        baseline = _baseline(seen, size)
        for place, each in enumerate(seen):
            text = "•" if place == 0 and len(seen) > 1 and _is_bullet(each, size, baseline) else each.text
            if text == each.text and _is_speck(each, size):
                continue
            words.append(Word(text, each.x0, each.x1, baseline, size, number, len(words)))
            if each.confidence < _UNSURE and text == each.text:
                unsure.append(Unsure(text, (each.x0, each.top, each.x1, each.bottom)))
    return words, unsure


def _line_size(seen: Sequence[_Seen]) -> float:
    """The font size of a line, from the heights of its words."""
    sizes = []
    for each in seen:
        tall = any(mark.isupper() or mark.isdigit() or mark in "bdfhijklt" for mark in each.text)
        deep = any(mark in _DESCENDS for mark in each.text)
        share = (_CAPS if tall else _LETTERS) + (0.21 if deep else 0.0)
        if any(mark.isalnum() for mark in each.text):
            sizes.append(each.height / share)
    return statistics.median(sizes) if sizes else max(each.height for each in seen)


def _sizes(lines: Sequence[Sequence[_Seen]]) -> list[float]:
    """The font size of each line. Measures of one size differ a little from line to line: near ones become one."""
    measured = [_line_size(seen) for seen in lines]
    settled = list(measured)
    left = sorted(range(len(lines)), key=lambda index: -sum(len(each.text) for each in lines[index]))
    while left:
        leader = measured[left[0]]
        near = [index for index in left if abs(measured[index] - leader) <= _slack(lines[index]) * leader]
        weights = [(measured[index], sum(len(each.text) for each in lines[index])) for index in near]
        size = sum(value * weight for value, weight in weights) / sum(weight for _, weight in weights)
        for index in near:
            settled[index] = round(size, 1)
        left = [index for index in left if index not in set(near)]
    return settled


def _slack(seen: Sequence[_Seen]) -> float:
    """How far a line's measured size may be from its true one, as a share: a short line tells little."""
    return 0.15 if sum(len(each.text) for each in seen) >= 15 else 0.35


def _baseline(seen: Sequence[_Seen], size: float) -> float:
    """Where the line stands: the foot of its words, as far as they have no tails."""
    feet = [
        each.bottom for each in seen if not any(mark in _DESCENDS for mark in each.text) and each.height > 0.3 * size
    ]
    return statistics.median(feet) if feet else max(each.bottom for each in seen) - 0.21 * size


def _set_bold(words: Sequence[Word], dark: Any, scale: float) -> None:
    """Marks the words whose strokes are thicker than those of most words of the page, for their size."""
    strokes = []
    for word in words:
        ink = dark[
            max(round(word.top * scale), 0) : round(word.bottom * scale) + 1,
            max(round(word.x0 * scale), 0) : round(word.x1 * scale) + 1,
        ]
        begins = int(np.count_nonzero(ink[:, 1:] & ~ink[:, :-1]))
        strokes.append(int(np.count_nonzero(ink)) / max(begins, 1) / scale / max(word.size, 1.0))
    usual = statistics.median(strokes) if strokes else 0.0
    for _, line in groupby(zip(words, strokes, strict=True), key=lambda pair: pair[0].baseline):
        parts = list(line)
        letters = sum(len(word.text) for word, _ in parts)
        mean = sum(stroke * len(word.text) for word, stroke in parts) / letters
        for word, stroke in parts:
            # In a short word one heavy letter counts for much: there the line must agree.
            agreed = len(word.text) > 5 or mean > (_BOLDER - 0.05) * usual
            word.bold = agreed and stroke > _BOLDER * usual and any(mark.isalnum() for mark in word.text)


def _is_bullet(each: _Seen, size: float, baseline: float) -> bool:
    """Whether the first mark of a line is a dot that Tesseract took for a letter: it is small, and stands high."""
    small = each.height <= 0.45 * size and each.x1 - each.x0 <= 0.5 * size
    return each.text in _BULLETS and small and each.bottom < baseline - 0.08 * size


def _is_speck(each: _Seen, size: float) -> bool:
    """Whether a mark is dirt or the rest of a rule, not a word."""
    return not any(mark.isalnum() or mark in "•&£%-–—" for mark in each.text) and (
        each.confidence < _UNSURE or each.height > 2.5 * size
    )


# --- doubts ------------------------------------------------------------------------------------------------


def settle_doubts(
    blocks: Sequence[Block], unsure: dict[int, list[Unsure]], pages: dict[int, Page]
) -> tuple[tuple[Block, ...], list[Doubt]]:
    """The blocks with a doubt on each cell that holds a word which Tesseract is unsure of; and a doubt for each
    heading or paragraph with such a word, which concerns no single record."""
    places = [
        (number, pages[number].place(word.box).bbox or word.box, word.text)
        for number, words in unsure.items()
        for word in words
    ]
    settled: list[Block] = []
    elsewhere: list[Doubt] = []
    for block in blocks:
        if isinstance(block, Table):
            held = {id(cell): _doubts_at(cell.location, places) for cell in block.cells()}
            block = block.doubted({cell: doubts for cell, doubts in held.items() if doubts})
        elif isinstance(block, Heading | Paragraph):
            location = block.location if isinstance(block, Heading) else block.line.location
            elsewhere.extend(_doubts_at(location, places))
        settled.append(block)
    return tuple(settled), elsewhere


def _doubts_at(location: Location, places: list[tuple[int, Box, str]]) -> list[Doubt]:
    """One doubt about the unsure words of a place; none where it has none."""
    words = _within(location, places)
    if not words:
        return []
    shown = ", ".join(repr(word) for word in words[:6])
    return [Doubt("text-uncertain", f"Character recognition is unsure of {shown}.", location=location)]


def _within(location: Location, places: list[tuple[int, Box, str]]) -> list[str]:
    """The words whose middle lies in the location."""
    found = []
    for part in (location, *location.continued):
        if part.bbox is None:
            continue
        for number, box, text in places:
            if number == part.page and has_middle_of(part.bbox, box, near=0.0):
                found.append(text)
    return found
