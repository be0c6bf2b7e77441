"""What stands on a page of a PDF: its words, its rules and its images, through pdfium's raw interface.

1. One word costs a fixed handful of calls: only its first and last character are measured, and what belongs to
   its whole text object (font, size, marked content) is asked once an object. That is what makes a page cheap.
2. Coordinates are points with the origin at the top left of the page as it is shown: the crop box and the page's
   rotation are undone. Where most words of a page are set sideways, they are turned as well, so that what reads
   the words never meets a rotated table; `Page.place` turns a box back for its `Location`.
3. Words outside the crop box are no words of the page, nor are those that nobody sees for their colour (`inks`): they
   are told. Hidden words (text render mode 3, the text layer of a scan) count only
   where the page shows no other words. What a scanner's program puts on a page that is an image (its number, a header,
   a watermark) is a stamp and does not count as words.
4. A word's height is that of its font size, not of its glyphs: rows are told by baselines.
"""

from __future__ import annotations

import ctypes
import re
import struct
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise, repeat
from math import atan2, cos, degrees, radians, sin
from operator import attrgetter
from typing import Any

import pypdfium2.raw as pdfium

from extractor.fixed import fixed
from extractor.locations import Box, Location, span, union
from extractor.read.pdf.bullets import is_round, with_bullets
from extractor.read.pdf.codes import decoded
from extractor.read.pdf.inks import Colour, colours_of, is_faint, suspected, unseen_words
from extractor.read.pdf.letters import letters_are_lines, wide_text
from extractor.read.typeset import ASCENT, DESCENT, PRIVATE_BULLETS, UNKNOWN, Method, Place, TextLine, Word
from extractor.text import spelt_out

# pdfium writes a hyphen that ends a line as U+0002 or U+FFFE, and no line end after it.
_LINE_END_HYPHENS = "\x02\ufffe"
_TOKEN = re.compile(rf"[^\s\x00{_LINE_END_HYPHENS}]+[{_LINE_END_HYPHENS}]?|[{_LINE_END_HYPHENS}]")
# A gap narrower than this share of the font size joins two runs to one word; a blank is 0.2 to 0.35.
_GLUE = 0.12
# What stands higher or lower than this share of the font size is no part of the word: the mark of a footnote.
_RAISED = 0.08
_HALF = 0.5
_MAX_FORM_DEPTH = 6
_MAX_FORMS = 5_000
"""Forms may draw forms that draw forms: so many are looked into on one page."""
_MAX_SEGMENTS = 40
_THIN_POINTS = 3.0
_HIDDEN_MODES = (3, 7)
_WHOLE_PAGE = 0.75
"""A page is an image where images cover this share of it: scanners leave out margins."""
_RIGHT_TO_LEFT = "\u0590"
"""The first of the characters that may be written from right to left."""
_STAMP_WORDS, _STAMP_SIZE, _STAMP_EDGE = 40, 14.0, 0.12
_AT_THE_TOP = 0.01
"""What is set sideways and begins at the upper edge, or beyond it, has this as its top: 0 is no top."""


@fixed(frozen=True, slots=True)
class Rule:
    """A straight line: horizontal at y = `at` from x = `start` to `end`, or vertical at x = `at`."""

    horizontal: bool
    at: float
    start: float
    end: float
    thickness: float = 0.0


@fixed(frozen=True, slots=True)
class Page:
    """A page as it is shown; `number` from 1."""

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    fills: list[Box]
    """Filled rectangles that are no rules: shading, bands, boxes."""
    image_area: float = 0.0
    """Share of the page that images cover, 0 to 1 and beyond where they overlap."""
    turned: int = 0
    """Quarter turns, clockwise, by which the words were turned to stand upright."""
    shown: tuple[float, float] = (0.0, 0.0)
    """Width and height as shown, before `turned`."""
    skew: float = 0.0
    """Degrees, anticlockwise, by which a scanned page lies askew; its words stand as if it did not."""
    scanned: bool = False
    """The words were read from the page's image."""
    stamp: tuple[Word, ...] = ()
    """The only text that a page shows over the image which it is: no part of `words`."""
    by_codes: bool = False
    """Its fonts do not say their characters, which their codes gave."""
    unseen: tuple[Word, ...] = ()
    """What nobody sees for its colour, or beyond the edge of the page: no part of `words`."""
    cut: tuple[tuple[Word, str], ...] = ()
    """Words after which the edge of the page cuts a line off, and what is lost."""
    blots: tuple[Box, ...] = ()
    """Boxes that are drawn over text and hide it."""
    parting: list[float] = field(default_factory=list)
    """Heights of the rules and bands that part the rows of its tagged tables, once the rules are gone."""

    def place(self, box: Box, method: Method | None = None) -> Location:
        """The location of a box given in the page's reading coordinates."""
        left, top, right, bottom = _unturn(box, self.turned, self.shown) if self.turned else box
        if self.scanned:
            left, top, right, bottom = _askew((left, top, right, bottom), self.skew, self.shown)
            method = "ocr"
        shown = (_tenths(left), _tenths(top), _tenths(right), _tenths(bottom))
        return Location(self.number, shown, None, None, method)


_TENTHS: dict[float, float] = {}


@lru_cache(maxsize=4096)  # lines of print stand at the same places, page after page
def _tenths(value: float) -> float:
    """The value to one decimal; equal ones are one object, since a long document has hundreds of thousands."""
    rounded = round(value, 1)
    return _TENTHS.setdefault(rounded, rounded) if 0.0 <= rounded < 2000.0 else rounded


def _unturn(box: Box, turned: int, shown: tuple[float, float]) -> Box:
    """A box in reading coordinates, in the coordinates of the page as shown."""
    left, top, right, bottom = box
    width, height = shown
    if turned == 3:  # the text runs up the page as shown
        return (top, height - right, bottom, height - left)
    if turned == 1:  # the text runs down the page as shown
        return (width - bottom, left, width - top, right)
    if turned == 2:
        return (width - right, height - bottom, width - left, height - top)
    return box


def _askew(box: Box, skew: float, shown: tuple[float, float]) -> Box:
    """The box about a box that is turned anticlockwise about the middle of the page."""
    if not skew:
        return box
    cosine, sine = cos(radians(skew)), sin(radians(skew))
    middle_x, middle_y = shown[0] / 2, shown[1] / 2
    corners = [(x - middle_x, y - middle_y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [middle_x + x * cosine + y * sine for x, y in corners]
    ys = [middle_y - x * sine + y * cosine for x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class _Run:
    """What all characters of one text object share."""

    size: float
    bold: bool
    mcid: int
    artifact: bool
    hidden: bool
    quarter: int
    """Direction of the text on the page as shown, in quarter turns clockwise."""
    form: int
    unmapped: bool
    """The font does not say which characters its glyphs are."""
    angle: int
    """Direction of the text on the page as shown, in degrees anticlockwise; a multiple of 90 unless it is aslant."""
    upright: bool
    """The text runs from left to right on the page as shown."""
    baseline: float
    """Distance of the baseline from the top of the page as shown, where the text does not run up or down it."""
    line: float
    """The same across the direction of the text, whichever that is."""


def _line(point: tuple[float, float], angle: int) -> float:
    """How far down the text, across its direction, the line stands on which the point lies."""
    if not angle:
        return point[1]
    return point[0] * sin(radians(angle)) + point[1] * cos(radians(angle))


class _Frame:
    """Turns points of the page's user space (origin at the bottom left) to those of the page as shown."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = _shown_box(page)
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        self.page = page
        self.rotation = pdfium.FPDFPage_GetRotation(page)
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if self.rotation % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 1:
            return y - self.bottom, x - self.left
        if self.rotation == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.rotation == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _shown_box(page: Any) -> Box:
    """Left, bottom, right, top of what is shown, in user space: of the crop box what lies within the media box.

    Both may be those of a node of the page tree above (ISO 32000-1, 7.7.3.4); of the functions that give a box this is
    the one that looks there.
    """
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        return (0.0, 0.0, 612.0, 792.0)
    return (box.left, box.bottom, box.right, box.top)


def read_page(document: Any, page: Any, number: int) -> Page:
    """The words, rules and images of a page; it and its document are pdfium's handles, `number` counts from 1."""
    frame = _Frame(page)
    drawn = _Drawn()
    _collect(page, frame, drawn)
    words, hidden, quarters = _words(document, page, frame, number, drawn)
    size = (frame.width, frame.height)
    area = frame.width * frame.height
    images = drawn.image_area / area if area else 0.0
    stamp: list[Word] = []
    if words and images >= _WHOLE_PAGE and is_stamp(words, size):
        words, stamp = [], words
    words = with_bullets(_without_doubles(words or hidden), drawn.discs)
    turned = _main_turn(words, quarters)
    rules, fills = drawn.rules, drawn.fills
    if drawn.blots:  # they shade nothing, and part no cells
        fills = [box for box in fills if box not in drawn.blots]
    if turned:
        stamp, _, _ = _upright(stamp, [], [], turned, size)
        words, rules, fills = _upright(words, rules, fills, turned, size)
        width, height = (size[1], size[0]) if turned % 2 else size
    else:
        width, height = size
    return Page(
        number, width, height, words, rules, fills, images, turned, size,
        stamp=tuple(stamp), by_codes=drawn.by_codes, unseen=tuple(drawn.unseen), cut=tuple(drawn.cut),
        blots=tuple(_turn(place, turned, size) for place in drawn.blots.values()),
    )  # fmt: skip


def is_stamp(words: Sequence[Word], size: tuple[float, float]) -> bool:
    """Whether the words of a page are only what is put on scanned pages: little, small, and near an edge, or aslant.

    What a tag tree may hold is no stamp.
    """
    width, height = size
    return len(words) <= _STAMP_WORDS and all(
        (word.mcid < 0 or word.artifact)
        and (
            word.angle % 90 != 0
            or (
                word.size <= _STAMP_SIZE
                and (
                    word.baseline < _STAMP_EDGE * height
                    or word.box[1] > (1 - _STAMP_EDGE) * height
                    or (word.high > 0 and (word.x1 < _STAMP_EDGE * width or word.x0 > (1 - _STAMP_EDGE) * width))
                )
            )
        )
        for word in words
    )


# --- pdfium's functions, called in the cheapest way: a page takes thousands of calls ------------------------


def plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pdfium that gives addresses as numbers, without an object for each, and takes them so.

    Without `arguments` it takes references (`_reference`) and C integers: nothing is converted then, which makes a
    call three times as fast.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]  # the function is loaded


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
_get_text_object = plain(pdfium.FPDFText_GetTextObject, _ADDRESS)
_get_box = plain(pdfium.FPDFText_GetLooseCharBox, _INT)
_get_matrix = plain(pdfium.FPDFText_GetMatrix, _INT)
_get_font_size = plain(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_is_unmapped = plain(pdfium.FPDFText_HasUnicodeMapError, _INT)
_get_font = plain(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
_get_render_mode = plain(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
_marked_content = plain(pdfium.FPDFPageObj_GetMarkedContentID, _INT, _ADDRESS)
_count_marks = plain(pdfium.FPDFPageObj_CountMarks, _INT, _ADDRESS)
_get_page_object = plain(pdfium.FPDFPage_GetObject, _ADDRESS)
_get_form_object = plain(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
_get_type = plain(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
_get_bounds = plain(pdfium.FPDFPageObj_GetBounds, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
_get_colour = plain(pdfium.FPDFPageObj_GetFillColor, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
_get_clip = plain(pdfium.FPDFPageObj_GetClipPath, _ADDRESS, _ADDRESS)
_count_clips = plain(pdfium.FPDFClipPath_CountPaths, _INT, _ADDRESS)


def _reference(handle: Any) -> Any:
    """What a handle of pdfium points at, as an argument that needs no conversion."""
    return ctypes.byref(handle.contents)


def _parts(buffer: Any, count: int, size: int) -> Iterator[Any]:
    """References to the `count` parts of a buffer, of `size` bytes each."""
    return map(ctypes.byref, repeat(buffer), range(0, count * size, size))


# --- words -----------------------------------------------------------------------------------------------


def _words(
    document: Any, page: Any, frame: _Frame, number: int, drawn: _Drawn
) -> tuple[list[Word], list[Word], dict[int, int]]:
    """The visible words, the hidden ones, and the direction of those that do not run from left to right."""
    with _text_page(page) as text_page:
        text = _text(text_page)
        if not letters_are_lines(text):
            return _text_page_words(text_page, text, frame, number, drawn)
        with wide_text(document, page) as added, _text_page(page) as other:
            parts = [" " if char == "_" and _get_text_object(_reference(other), index) == added else char
                     for index, char in enumerate(_text(other))]  # fmt: skip
            if not letters_are_lines(levelled := "".join(parts)):
                return _text_page_words(other, levelled, frame, number, drawn)
        return _text_page_words(text_page, text, frame, number, drawn)


@contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    """pdfium's reading of a page's text, none where it has none; it is closed again."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        yield text_page
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)


def _text(text_page: Any) -> str:
    """The page's characters, one for each of pdfium's."""
    count = pdfium.FPDFText_CountChars(text_page) if text_page else 0
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    if written == count:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    get = pdfium.FPDFText_GetUnicode
    return "".join(_character(get(text_page, index)) for index in range(count))


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _text_page_words(
    text_page: Any, text: str, frame: _Frame, number: int, drawn: _Drawn
) -> tuple[list[Word], list[Word], dict[int, int]]:
    if not text:
        return [], [], {}
    reference = _reference(text_page)
    by_codes = decoded(text, partial(_is_unmapped, reference), partial(_font_at, reference))
    if by_codes:
        text, drawn.by_codes = by_codes, True
    runs = _Runs(reference, frame, drawn)
    pieces = _pieces(reference, text, runs)
    runs.get_all(pieces[0], pieces[2])
    runs.settle_weights(pieces[2])
    runs.suspect()
    laid, set_apart = _laid(reference, text, pieces, runs, number, drawn.by_codes)
    if set_apart:
        pieces = _parted(reference, set_apart, *pieces, runs)
        laid, _ = _laid(reference, text, pieces, runs, number, drawn.by_codes)
    return laid


_Pieces = tuple[list[int], list[int], list[int]]


def _laid(
    reference: Any, text: str, pieces: _Pieces, runs: _Runs, number: int, by_codes: bool
) -> tuple[tuple[list[Word], list[Word], dict[int, int]], set[int]]:
    """The words that the pieces of a page's text are, and how they lie; then the first characters of those pieces that
    end before they begin, or are wider than their letters would be: texts of two cells that were drawn one after the
    other, as Ghostscript sorts them."""
    firsts, lasts, handles = pieces
    frame = runs.frame
    visible: list[Word] = []
    hidden: list[Word] = []
    quarters: dict[int, int] = {}
    set_apart: set[int] = set()
    before: Word | None = None
    before_end = -1
    before_handle = 0
    goes_back = False
    left_edge, width, height = frame.left, frame.width, frame.height
    rotated = bool(frame.rotation)
    unseen = runs.unseen()
    suspects: list[tuple[Word, Colour]] = []
    beyond: list[Word] = []
    over_edge: list[Word] = []
    heads, tails = _boxes(reference, firsts), _boxes(reference, lasts)
    lacks_text = map(_is_unmapped, repeat(reference), firsts)
    is_plain = text.isascii() and "\x02" not in text
    for first, last, handle, (left, high, right, low), tail, lacks in zip(
        firsts, lasts, handles, heads, tails, lacks_text, strict=True
    ):
        if handle != before_handle:
            run, before_handle = runs.get(handle, first), handle
            size, bold, mcid, artifact = run.size, run.bold, run.mcid, run.artifact
            angle, form, baseline, upright = run.angle, run.form, run.baseline, run.upright
            kept = hidden if run.hidden else visible
            flat = upright and not rotated
            is_off = handle in unseen or (flat and not (baseline + 0.25 * size >= 0 and baseline - size <= height))
            is_usual = not (artifact or angle or form)
            suspect = runs.suspected.get(handle)
        # pdfium's order is left, top, right, bottom.
        if tail[0] < left or right > tail[2]:  # from right to left, or up the page
            if flat and tail[0] < left and last > first:
                set_apart.add(first)
            left, right = min(left, tail[0]), max(right, tail[2])
        else:
            right = tail[2]
        if flat:
            x0, x1 = left - left_edge, right - left_edge
            if right - left > (last - first + 2) * size and last > first:
                set_apart.add(first)
        else:
            x0, y0, x1, y1 = frame.box(left, min(low, tail[3]), right, max(high, tail[1]))
            if y1 < 0 or y0 > height:
                continue
        if is_off or x1 < 0 or x0 > width:
            if upright and handle not in unseen and not run.hidden:
                beyond.append(Word(text[first : last + 1], x0, x1, baseline, size, number, first))
            continue
        end = last + 1
        shown = text[first:end]
        unmapped = False
        if (run.unmapped or lacks == 1) and not by_codes:
            shown = _with_unknown(reference, shown, first)
        if is_plain and shown.isascii():
            pass
        elif not shown.isascii():
            shown, unmapped = _readable(shown)
            if not shown:
                continue
        elif shown[-1] == "\x02":
            shown = shown[:-1] + "-"
        word = Word(shown, x0, x1, baseline, size, number, first, bold, mcid)
        if not is_usual:
            word.artifact, word.angle, word.form = artifact, angle, form
        if unmapped:
            word.unmapped = True
        if not upright:
            quarters[first] = run.quarter
            if angle % 180:  # its box is turned with the page, if most words are set so
                word.baseline, word.size, word.high = y1, max(size, 1.0), max(y0, _AT_THE_TOP)
            elif angle:  # upside down: it reaches down from its baseline
                word.baseline += (ASCENT - DESCENT) * size
        kept.append(word)
        if suspect and kept is visible:
            suspects.append((word, suspect))
        if x1 > width:
            over_edge.append(word)
        if before is not None:
            between = first - before_end  # characters
            if between == 1:
                if x0 < before.x0:
                    goes_back = True
                elif x0 - before.x1 > size > 0.0:
                    # The next cell stands on the same line: the blank is pdfium's own, or was drawn at the end of this.
                    before.wraps = pdfium.FPDFText_IsGenerated(reference, before_end) == 0
            elif between > 2:
                before.wraps = before.wraps or _ends_line(text, before_end, first)
            elif not between:
                word.glued = _touches(before, word) or (word.high > 0 and word.angle == before.angle)
        before, before_end = word, end
    if late := runs.drawn.drawn_late():
        suspects += _covered(visible, late, runs.drawn, dict(zip(firsts, handles, strict=True)))
    if suspects or beyond:
        visible = _seen(visible, suspects, beyond, runs)
    for word in over_edge:
        word.x1 = width  # so that its middle is in the last column
    if goes_back:
        visible = _rejoined(visible)
    if runs.meeting:
        _part_meeting(visible, runs.meeting)
    return (_merge(visible), _merge(hidden), quarters), set_apart


def _seen(visible: list[Word], suspects: list[tuple[Word, Colour]], beyond: list[Word], runs: _Runs) -> list[Word]:
    """The words that are seen, of which some are suspected for their colours; the rest is noted, and so is what lies
    beyond the edge of the page: where it goes on a line of print, that is cut off."""
    drawn, frame = runs.drawn, runs.frame
    fills = list(zip(drawn.fills, drawn.inks(), strict=True))
    gone = unseen_words(suspects, fills, frame.page, (frame.width, frame.height)) if suspects else set()
    # Where a page has no crop box, what lies above or below it is a program's: the rest of a row that it cut.
    beside = beyond if _has_crop_box(frame.page) else [w for w in beyond if not (w.x1 >= 0 and w.x0 <= frame.width)]
    hidden = [word for word in visible if id(word) in gone]
    seen = [word for word in visible if id(word) not in gone]
    dark = {id(word) for word, colour in suspects if not is_faint(colour)}
    drawn.unseen = [*(word for word in hidden if id(word) not in drawn.below | dark), *beside]
    covering = [box for box, _ in drawn.drawn_late()] if drawn.below else []
    drawn.blots = {}
    for word in (each for each in hidden if id(each) in drawn.below | dark):
        blot = next((box for box in covering if _holds_middle(box, word)), word.box)
        near = (other for other in seen if _stands_beside(other, word, blot))
        drawn.blots.setdefault(blot, next((other.box for other in near), blot))
    drawn.cut = _cut_off(seen, beyond, frame.width)
    return seen


def _covered(
    words: Sequence[Word], late: Sequence[tuple[Box, int]], drawn: _Drawn, texts: Mapping[int, int]
) -> list[tuple[Word, Colour]]:
    """The words that lie below boxes drawn after them, as of no colour; `texts` are the text objects of words by their
    first characters, and with each of the `late` boxes stands how far down the page's objects it is drawn."""
    places = {handle: place for place, handle in enumerate(drawn.handles)}
    ordered = sorted((word for word in words if not word.high), key=_baseline)
    heights = list(map(_baseline, ordered))
    found: list[tuple[Word, Colour]] = []
    for box, level in late:
        for word in ordered[bisect_left(heights, box[1]) : bisect_right(heights, box[3] + 0.3 * _MOST_SIZE)]:
            if _holds_middle(box, word) and places.get(texts.get(word.order, 0), level) < level:
                found.append((word, (0, 0, 0, 0)))
                drawn.below.add(id(word))
    return found


_MOST_SIZE = 20.0


def _holds_middle(box: Box, word: Word) -> bool:
    """Whether a box reaches over all of a word, and the middle of its letters."""
    return box[0] < word.x0 + 1 and word.x1 < box[2] + 1 and box[1] < word.baseline - 0.3 * word.size < box[3]


def _stands_beside(word: Word, hidden: Word, box: Box) -> bool:
    """Whether a word stands on the line of one that a box hides, right before the box or behind it."""
    gap = max(box[0] - word.x1, word.x0 - box[2])
    return abs(word.baseline - hidden.baseline) < 1 and gap < _BETWEEN * word.size


def _has_crop_box(page: Any) -> bool:
    return bool(pdfium.FPDFPage_GetCropBox(page, *(ctypes.byref(ctypes.c_float()) for _ in range(4))))


def _cut_off(words: Sequence[Word], beyond: Sequence[Word], width: float) -> list[tuple[Word, str]]:
    """The words after which the right edge of the page cuts a line off, each with the rest of the line."""
    ends = {(round(word.baseline, 1), word.order): word for word in words if width - word.x1 < _EDGE * word.size}
    found: dict[int, tuple[Word, list[str]]] = {}
    last: tuple[Word, Word] | None = None
    for word in sorted(beyond, key=lambda each: each.order):
        if word.x0 <= width:
            continue
        line = round(word.baseline, 1)
        if last and round(last[1].baseline, 1) == line and 0 <= word.x0 - last[1].x1 < _EDGE * word.size:
            host = last[0]
        else:
            near = [
                end
                for (at, order), end in ends.items()
                if at == line and order < word.order and -0.5 <= word.x0 - end.x1 < _BETWEEN * word.size
            ]
            if not near:
                last = None
                continue
            host = max(near, key=lambda end: end.x1)
        found.setdefault(id(host), (host, []))[1].append(word.text)
        last = host, word
    return [(host, " ".join(texts)) for host, texts in found.values()]


_BETWEEN = 0.8
"""Words of one line stand no further apart than this, in font sizes."""
_EDGE = 2.0


def _font_at(text_page: Any, index: int) -> int:
    """The address of the font of a character."""
    return _get_font(_get_text_object(text_page, index)) or 0


_Rectangle = tuple[float, float, float, float]


def _boxes(text_page: Any, indices: Sequence[int]) -> Iterator[_Rectangle]:
    """Left, top, right, bottom of characters in user space, as high as their font; zeros where there is none."""
    buffer = (ctypes.c_float * (4 * len(indices)))()
    deque(map(_get_box, repeat(text_page), indices, _parts(buffer, len(indices), 16)), 0)
    return struct.iter_unpack("4f", buffer)


def _pieces(text_page: Any, text: str, runs: _Runs) -> _Pieces:
    """First and last character, and text object, of each run of characters without a blank.

    A run is cut where another text object begins that has another marked content or stands on another height:
    a word of another cell, or the mark of a footnote. Some producers draw every glyph as an object of its own.
    """
    tokens = list(_TOKEN.finditer(text))
    starts = list(map(re.Match.start, tokens))
    lasts = [end - 1 for end in map(re.Match.end, tokens)]
    heads = list(map(_get_text_object, repeat(text_page), starts))
    tails = _tails(text_page, text, lasts, heads)
    if heads == tails and None not in heads:
        return starts, lasts, heads
    pieces: list[tuple[int, int, int]] = []
    for start, last, head, tail in zip(starts, lasts, heads, tails, strict=True):
        if head == tail:
            pieces.append((start, last, head))
            continue
        if head and tail and runs.alike(head, start, tail, last):
            meets = _meeting(text_page, text, start, last, head, tail)
            if meets:
                pieces += [(start, meets - 1, head), (meets, last, tail)]
                runs.meeting.add(meets)
                continue
            middle = (start + last) // 2
            within = _get_text_object(text_page, middle)
            if within in (head, tail) or (within and runs.alike(head, start, within, middle)):
                pieces.append((start, last, head))
                continue
        first, current = start, head
        for index in range(start + 1, last + 1):
            handle = tail if index == last else _get_text_object(text_page, index)
            if handle != current and not (handle and current and runs.alike(current, first, handle, index)):
                pieces.append((first, index - 1, current))
                first, current = index, handle
        pieces.append((first, last, current))
    found = [piece for piece in pieces if piece[2]]
    return [piece[0] for piece in found], [piece[1] for piece in found], [piece[2] for piece in found]


_MEETING = re.compile(r"(?<=[a-z.,;:)%\d])(?=[A-Z£(])|(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z]{2})|(?<=\d[a-z])(?=[a-z])")
"""Where the text of a cell may meet that of the next one: "CompleteTender", "3aTackle"."""
_FEWEST_BELOW = 3
"""A column begins where so many other words do."""


def _meeting(text_page: Any, text: str, start: int, last: int, head: int, tail: int) -> int:
    """The character at which the first text object of a run ends, and the last begins, if the texts of two cells may
    meet there; else 0."""
    for found in _MEETING.finditer(text, start + 1, last + 1):
        at = found.start()
        if _get_text_object(text_page, at) == tail and _get_text_object(text_page, at - 1) == head:
            return at
    return 0


def _part_meeting(words: Sequence[Word], meeting: Set[int]) -> None:
    """Parts the words of two cells of which the first runs up to the second, or into it: a column begins there."""
    if not meeting:
        return
    lefts = sorted(word.x0 for word in words if not word.glued)
    for word in words:
        if word.glued and word.order in meeting:
            near = _SAME_LEFT * word.size
            word.glued = bisect_left(lefts, word.x0 + near) - bisect_right(lefts, word.x0 - near) < _FEWEST_BELOW


_SAME_LEFT = 0.05
"""Words that begin so near to one place, in font sizes, begin at it."""
_BACK = 1.5
"""A letter stands elsewhere that stands so far left of the one before it, in font sizes; in Arabic it is less."""


def _parted(
    text_page: Any, set_apart: Set[int], firsts: list[int], lasts: list[int], handles: list[int], runs: _Runs
) -> _Pieces:
    """The pieces, those that are `set_apart`, by their first characters, cut where their text goes on elsewhere."""
    cut: dict[int, list[int]] = {}
    for piece, first in enumerate(firsts):
        if first not in set_apart:
            continue
        indices = range(firsts[piece], lasts[piece] + 1)
        size = runs.known[handles[piece]].size
        boxes = [(index, box) for index, box in zip(indices, _boxes(text_page, indices), strict=True) if any(box)]
        cut[piece] = [
            index
            for (_, before), (index, box) in pairwise(boxes)
            if box[0] - before[2] > size or before[0] - box[0] > _BACK * size
        ]
    begun = [index for piece, first in enumerate(firsts) for index in (first, *cut.get(piece, ()))]
    ended = [index for piece, last in enumerate(lasts) for index in (*(at - 1 for at in cut.get(piece, ())), last)]
    of = [handle for piece, handle in enumerate(handles) for _ in range(1 + len(cut.get(piece, ())))]
    return begun, ended, of


def _tails(text_page: Any, text: str, lasts: Sequence[int], heads: Sequence[int]) -> list[int]:
    """The text object of each run's last character; `heads` are those of the first characters.

    The characters of an object follow each other, unless pdfium has put text in order that reads from right to left:
    between two of one object there is no other.
    """
    if max(text) >= _RIGHT_TO_LEFT:
        return list(map(_get_text_object, repeat(text_page), lasts))
    following = [*heads[1:], 0]
    return [
        head if head == after else _get_text_object(text_page, last)
        for head, after, last in zip(heads, following, lasts, strict=True)
    ]


def _ends_line(text: str, end: int, start: int) -> bool:
    """Whether a drawn blank and a line end stand between two words."""
    return text[end] in " \u00a0" and "\n" in text[end:start]


def _touches(before: Word, word: Word) -> bool:
    return (
        abs(before.baseline - word.baseline) < 0.5 * max(before.size, word.size)
        and _HALF * before.size < word.size < before.size / _HALF
        and -0.5 * word.size < word.x0 - before.x1 < _GLUE * word.size
    )


_is_glued, _baseline, _size, _text_of = map(attrgetter, ("glued", "baseline", "size", "text"))


def _merge(words: list[Word]) -> list[Word]:
    """Glued parts of equal style and marked content as one word."""
    if not any(map(_is_glued, words)):
        return words
    merged: list[Word] = []
    for word in words:
        last = merged[-1] if merged else None
        if (
            last is not None
            and word.glued
            and not word.high  # it goes on along its own direction
            and word.mcid == last.mcid
            and word.form == last.form
            and word.artifact == last.artifact
            and abs(word.baseline - last.baseline) < 0.05 * word.size
            and abs(word.size - last.size) < 0.1 * word.size
        ):
            last.text += word.text
            last.x1 = max(last.x1, word.x1)
            last.wraps = word.wraps
            last.bold = last.bold and word.bold
            last.unmapped = last.unmapped or word.unmapped
        else:
            merged.append(word)
    return merged


def _rejoined(words: list[Word]) -> list[Word]:
    """The words, those put together between whose letters pdfium has put a text further right: where a word is drawn in
    parts, it takes what stands a little higher beside it for the next."""
    ends: dict[tuple[int, int, int, int], Word] = {}
    kept: list[Word] = []
    for word in words:
        line = word.mcid, word.form, round(word.baseline)
        near = round(word.x0)
        before = next((found for at in (near, near - 1, near + 1) if (found := ends.get((*line, at)))), None)
        if (
            before is not None
            and before is not kept[-1]
            and abs(word.x0 - before.x1) < _JOINT * word.size
            and before.size == word.size
            and not (word.high or before.high)
        ):
            before.text += word.text
            before.x1, before.wraps = word.x1, word.wraps
            word = before
        else:
            kept.append(word)
        ends[(*line, round(word.x1))] = word
    return kept


_JOINT = 0.05
"""The letters of a word meet as nearly as this, in font sizes."""


_DOUBLE = 0.12
"""What is drawn again over itself stands no further off than this, in font sizes."""


def _without_doubles(words: list[Word]) -> list[Word]:
    """The words without those that are drawn again over themselves, to look bold or to cast a shadow."""
    if not words:
        return words
    lines = sorted(set(map(_baseline, words)))
    least = _DOUBLE * max(map(_size, words))
    suspects = words
    if all(below - above >= least for above, below in pairwise(lines)):
        places = Counter(zip(map(_baseline, words), map(_text_of, words), strict=True))
        again = {place for place, count in places.items() if count > 1}
        suspects = [word for word in words if (word.baseline, word.text) in again] if again else []
    seen: dict[str, list[tuple[float, float]]] = {}
    doubles: set[int] = set()
    for word in suspects:
        x0, baseline, near = word.x0, word.baseline, _DOUBLE * word.size
        same = seen.setdefault(word.text, [])
        if any(-near < left - x0 < near and -near < line - baseline < near for left, line in same):
            doubles.add(id(word))
        else:
            same.append((x0, baseline))
    return [word for word in words if id(word) not in doubles] if doubles else words


def _with_unknown(text_page: Any, text: str, first: int) -> str:
    """A word whose characters that the font does not map to text are unknown: pdfium gives their codes instead.

    Some fonts lack one character of many: the pound sign, as Ghostscript writes them. LaTeX takes it from a font of
    symbols alone, in which its code is that of Latin-1: such a code before a figure is it.
    """
    flags = map(_is_unmapped, repeat(text_page), range(first, first + len(text)))
    return "".join(
        UNKNOWN if flag == 1 and not (mark == "£" and following.isdigit()) else mark
        for mark, following, flag in zip(text, f"{text[1:]} ", flags, strict=True)
    )


_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st",
              "\ufb06": "st"}  # fmt: skip


def _readable(text: str) -> tuple[str, bool]:
    """A word with its ligatures, hyphens and private bullets as text, and whether a character has none."""
    if text[-1] in _LINE_END_HYPHENS:
        text = text[:-1] + "-"
    for ligature, letters in _LIGATURES.items():
        if ligature in text:
            text = text.replace(ligature, letters)
    text = spelt_out(text)
    if any(mark in text for mark in PRIVATE_BULLETS):
        text = "".join("•" if mark in PRIVATE_BULLETS else mark for mark in text)
    if any(_is_unknown(mark) for mark in text):
        return "".join(UNKNOWN if _is_unknown(mark) else mark for mark in text), True
    return text, False


def _is_unknown(mark: str) -> bool:
    return mark == UNKNOWN or "\ue000" <= mark <= "\uf8ff"


class _Runs:
    """The text objects of one page, each asked once for what its characters share."""

    def __init__(self, text_page: Any, frame: _Frame, drawn: _Drawn) -> None:
        self.text_page = text_page
        self.frame = frame
        self.forms = drawn.forms
        self.form_mcids = drawn.form_mcids
        self.known: dict[int, _Run] = {}
        self.fonts: dict[int | None, bool] = {}
        """By the address of a font: whether it is bold."""
        self.meeting: set[int] = set()
        """The characters at which the text of one cell may meet that of the next."""
        self.by_weight: set[int | None] = set()
        """The fonts whose names do not say so: their weight does."""
        self.heavy: dict[int, _Run] = {}
        """The text objects that are set in them."""
        self.drawn = drawn
        self.suspected: dict[int, Colour] = {}
        """The text objects that nobody may see for their colours."""
        self.matrix = (ctypes.c_float * 6)()
        self.matrix_at = ctypes.byref(self.matrix)

    def get(self, handle: int, index: int) -> _Run:
        """The run of a text object that character `index` is one of."""
        run = self.known.get(handle)
        if run is None:
            self.get_all([index], [handle])
            run = self.known[handle]
        return run

    def get_all(self, indices: Sequence[int], handles: Sequence[int]) -> None:
        """Asks what is not known yet of many text objects, all at once; each stands beside one of its characters."""
        new = dict(zip(reversed(handles), reversed(indices), strict=True))  # the first character of each
        if self.known:
            new = {handle: index for handle, index in new.items() if handle not in self.known}
        asked = list(new.values())
        buffer = (ctypes.c_float * (6 * len(asked)))()
        page = repeat(self.text_page)
        placed = list(map(_get_matrix, page, asked, _parts(buffer, len(asked), 24)))
        self.known.update(
            zip(
                new,
                map(
                    self._run,
                    new,
                    placed,
                    struct.iter_unpack("6f", buffer),
                    map(_get_font_size, page, asked),
                    map(_marked_content, new),
                    map(_get_render_mode, new),
                    map(_is_unmapped, page, asked),
                    map(_get_font, new),
                ),
                strict=True,
            )
        )

    def alike(self, one: int, one_index: int, other: int, other_index: int) -> bool:
        """Whether two text objects have one marked content and stand on one line."""
        run = self.get(one, one_index)
        if _marked_content(other) != run.mcid:
            return False
        if not _get_matrix(self.text_page, other_index, self.matrix_at):
            return True
        _, _, c, d, x, y = self.matrix
        size = _shown_size(_get_font_size(self.text_page, other_index), c, d)
        if not _HALF * run.size < size < run.size / _HALF:
            return False  # a watermark that runs into the text, or an initial
        line = _line(self.frame.point(x, y), run.angle)
        return abs(run.line - line) < _RAISED * max(run.size, 1.0)

    def _run(
        self,
        handle: int,
        placed: int,
        matrix: Matrix,
        font_size: float,
        mcid: int,
        mode: int,
        unmapped: int,
        font: int | None,
    ) -> _Run:
        """What is known of a text object; `matrix` is that of its text, if it is `placed` at all."""
        frame = self.frame
        form = self.forms.get(handle, 0) if self.forms else 0
        if mcid < 0 and form in self.form_mcids:
            mcid, form = self.form_mcids[form], 0
        bold = self.fonts.get(font)
        if bold is None:
            bold = self.fonts[font] = font is not None and self._has_bold_face(font)
        artifact, hidden = mcid < 0 and _is_artifact(handle), mode in _HIDDEN_MODES
        size = 1.0
        quarter = frame.rotation
        origin = (0.0, 0.0)
        aslant: int | None = None
        if placed:
            a, b, c, d, x, y = matrix
            size = _shown_size(font_size, c, d)
            origin = frame.point(x, y)
            if b or a < 0:
                if abs(b) > abs(a):
                    quarter += 3 if b > 0 else 1
                elif a < 0 and d < 0:
                    quarter += 2
                if min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b)):
                    aslant = round(degrees(atan2(b, a))) - 90 * frame.rotation
        if not quarter and aslant is None:  # as almost all text is
            baseline = origin[1]
            run = _Run(size, bold, mcid, artifact, hidden, 0, form, unmapped == 1, 0, True, baseline, baseline)
        else:
            angle = (-90 * quarter if aslant is None else aslant) % 360
            run = _Run(
                size, bold, mcid, artifact, hidden, quarter % 4, form,
                unmapped == 1, angle, angle == 0, origin[1],
                _line(origin, angle),
            )  # fmt: skip
        if font in self.by_weight:
            self.heavy[handle] = run
        return run

    def _has_bold_face(self, font: int) -> bool:
        face = ctypes.cast(font, pdfium.FPDF_FONT)
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(face, name, 128)
        if is_bold_name(name.value.lower()):
            return True
        if pdfium.FPDFFont_GetWeight(face) >= _BOLD_WEIGHT:
            self.by_weight.add(font)
            return True
        return pdfium.FPDFFont_GetIsEmbedded(face) == 1 and is_bold_program(_program(face))

    def suspect(self) -> None:
        """Finds the text objects that nobody may see for their colours."""
        handles = list(self.known)
        colours = colours_of(handles, _get_colour)
        wanted = suspected(colours, self.drawn.inks())
        if wanted:
            self.suspected = {
                handle: colour for handle, colour in zip(handles, colours, strict=True) if colour in wanted
            }

    def settle_weights(self, handles: Sequence[int]) -> None:
        """Where most words of a page, by their text objects, are bold by the weight of their fonts, that weight says
        nothing: Ghostscript gives all fonts a heavy one."""
        if self.heavy and sum(handle in self.heavy for handle in handles) > _MOST_HEAVY * len(handles):
            for run in self.heavy.values():
                run.bold = False

    def unseen(self) -> set[int]:
        """The text objects that lie wholly outside their clips: a spreadsheet's cell that a page's end cuts
        is drawn on both pages, and each shows its part.

        Where nearly all are clipped, that is how the producer draws, and none is looked at.
        """
        clips = [(handle, clip) for handle in self.known if _count_clips(clip := _get_clip(handle) or 0) > 0]
        if len(clips) > _MOST_CLIPPED * len(self.known):
            return set()
        bounds = _Bounds(self.frame, None)
        return {
            handle
            for handle, clip in clips
            if handle not in self.forms
            and _count_clips(clip) <= _MOST_PATHS
            and (box := bounds.of(handle))
            and not _meet(box, _clip_box(clip, self.frame))
        }


_MOST_CLIPPED = 0.9
_MOST_PATHS = 4
"""A clip of more paths is not looked at: each is read again for every text object that it holds."""


def _meet(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _clip_box(clip: int, frame: _Frame) -> Box:
    """The box that all paths of a clip have in common, on the page as shown; it is upside down where they have none."""
    path = ctypes.cast(clip, pdfium.FPDF_CLIPPATH)
    x, y = ctypes.c_float(), ctypes.c_float()
    shown = (0.0, 0.0, frame.width, frame.height)
    for index in range(pdfium.FPDFClipPath_CountPaths(path)):
        xs, ys = [], []
        count = pdfium.FPDFClipPath_CountPathSegments(path, index)
        for part in range(count if count <= _MAX_SEGMENTS else 0):
            segment = pdfium.FPDFClipPath_GetPathSegment(path, index, part)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            left, top, right, bottom = frame.box(min(xs), min(ys), max(xs), max(ys))
            shown = (max(shown[0], left), max(shown[1], top), min(shown[2], right), min(shown[3], bottom))
    return shown


def _shown_size(font_size: float, c: float, d: float) -> float:
    """A font size as shown, under a matrix with these entries."""
    return font_size * (d if not c and d > 0 else (c * c + d * d) ** 0.5 or 1.0)


def _is_artifact(handle: int) -> bool:
    count = _count_marks(handle)
    if count <= 0:
        return False
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 32)()
    page_object = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    for index in range(count):
        mark = pdfium.FPDFPageObj_GetMark(page_object, index)
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, 64, ctypes.byref(length)):
            name = bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0")
            if name == "Artifact":
                return True
    return False


_BOLD_NAME = re.compile(rb"bold|black|heavy|demi|[-,](?:bd|hv|blk)(?![a-z])|^(?:[a-z]{6}\+)?(?:cm|ec|sf)[a-z]*bx")
"""What the names of bold faces have in them: "HelveticaNeueLTStd-Bd", and TeX's "CMBX10"."""
_BOLD_WEIGHT = 600
_SFNT = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_MOST_BYTES = 2_000_000
"""No larger font program is looked at."""
_MOST_HEAVY = 0.5


def is_bold_name(name: bytes) -> bool:
    """Whether the name of a face, in small letters, says that it is bold.

    >>> [is_bold_name(name) for name in (b"abcdef+cmbx10", b"helveticaneueltstd-bd", b"cmr10", b"bodoni-bdroman")]
    [True, True, False, False]
    """
    return _BOLD_NAME.search(name) is not None


def _program(face: Any) -> bytes:
    """The font program that a document embeds; none where it is too large to be looked at on every page."""
    length = ctypes.c_size_t()
    if not pdfium.FPDFFont_GetFontData(face, None, 0, ctypes.byref(length)) or length.value > _MOST_BYTES:
        return b""
    buffer = (ctypes.c_ubyte * length.value)()
    pdfium.FPDFFont_GetFontData(face, buffer, length.value, ctypes.byref(length))
    return bytes(buffer)


def is_bold_program(program: bytes) -> bool:
    """Whether a TrueType or OpenType font program says in its table `head` (`macStyle`, bit 0) that it is bold.

    Programs that make PDFs in a browser may name all faces of a family alike.
    """
    if program[:4] not in _SFNT:
        return False
    for at in range(12, min(12 + 16 * int.from_bytes(program[4:6]), len(program)), 16):
        if program[at : at + 4] == b"head":
            style = int.from_bytes(program[at + 8 : at + 12]) + 44
            return bool(int.from_bytes(program[style : style + 2]) & 1)
    return False


# --- turned text -----------------------------------------------------------------------------------------


def _main_turn(words: list[Word], quarters: dict[int, int]) -> int:
    """The direction of most of the page's letters, in quarter turns clockwise; 0 is upright."""
    if not quarters:
        return 0
    letters = [0, 0, 0, 0]
    for word in words:
        letters[quarters.get(word.order, 0)] += len(word.text)
    return max(range(4), key=lambda quarter: (letters[quarter], -quarter))


def _upright(
    words: list[Word], rules: list[Rule], fills: list[Box], turned: int, shown: tuple[float, float]
) -> tuple[list[Word], list[Rule], list[Box]]:
    """The page's content turned back by `turned` quarter turns, so that most words run from left to right."""
    turned_words = []
    for word in words:
        left, top, right, bottom = _turn(word.box, turned, shown)
        word.x0, word.x1, word.angle = left, right, (word.angle + 90 * turned) % 360
        if word.angle % 180:
            word.baseline, word.high = bottom, max(top, _AT_THE_TOP)
        else:
            word.baseline, word.high = bottom - DESCENT * word.size, 0.0
        turned_words.append(word)
    turned_rules = []
    for rule in rules:
        ends = (rule.start, rule.at, rule.end, rule.at) if rule.horizontal else (rule.at, rule.start, rule.at, rule.end)
        left, top, right, bottom = _turn(ends, turned, shown)
        flat = rule.horizontal if turned % 2 == 0 else not rule.horizontal
        turned_rules.append(
            Rule(True, top, left, right, rule.thickness) if flat else Rule(False, left, top, bottom, rule.thickness)
        )
    return turned_words, turned_rules, [_turn(fill, turned, shown) for fill in fills]


def _turn(box: Box, turned: int, shown: tuple[float, float]) -> Box:
    """The inverse of `_unturn`."""
    left, top, right, bottom = box
    width, height = shown
    if turned == 3:
        return (height - bottom, left, height - top, right)
    if turned == 1:
        return (top, width - right, bottom, width - left)
    if turned == 2:
        return (width - right, height - bottom, width - left, height - top)
    return box


# --- rules, fills and images -----------------------------------------------------------------------------


class _Drawn:
    """What a page draws besides text, gathered object by object."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.fills: list[Box] = []
        self.filled: list[int] = []
        """The objects that draw them, one a box."""
        self.colours: list[Colour] | None = None
        self.levels: list[int] = []
        """How far down the page's objects each of the boxes is drawn."""
        self.handles: list[int] = []
        """The page's objects."""
        self.first_text = 0
        """Where the first text stands among them."""
        self.below: set[int] = set()
        """Identities of the words that boxes are drawn over."""
        self.blots: dict[Box, Box] = {}
        """The boxes that hide text, each with the place at which it is told: that of a word beside it."""
        self.unseen: list[Word] = []
        self.cut: list[tuple[Word, str]] = []
        self.discs: list[Box] = []
        """Filled figures with round edges, as small as a bullet."""
        self.image_area = 0.0
        self.forms: dict[int, int] = {}
        """Address of a text object inside a form XObject -> number of the form."""
        self.form_mcids: dict[int, int] = {}
        """Number of a form XObject -> marked content of the page that draws it."""
        self.form_count = 0
        self.by_codes = False
        """The fonts of the page do not say their characters, which their codes gave."""

    def drawn_late(self) -> list[tuple[Box, int]]:
        """The filled boxes that are drawn after some text, each with its level."""
        if not self.levels or self.levels[-1] < self.first_text:
            return []
        return [(box, level) for box, level in zip(self.fills, self.levels, strict=True) if level > self.first_text]

    def inks(self) -> list[Colour]:
        """The colours of the filled boxes."""
        if self.colours is None:
            self.colours = colours_of(self.filled, _get_colour)
        return self.colours


def _collect(page: Any, frame: _Frame, drawn: _Drawn) -> None:
    count = pdfium.FPDFPage_CountObjects(page)
    handles = list(map(_get_page_object, repeat(_reference(page)), range(count)))
    bounds = _Bounds(frame, None)
    kinds = list(map(_get_type, handles))
    drawn.handles = handles
    drawn.first_text = kinds.index(pdfium.FPDF_PAGEOBJ_TEXT) if pdfium.FPDF_PAGEOBJ_TEXT in kinds else count
    for place, (handle, kind) in enumerate(zip(handles, kinds, strict=True)):
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            _add(handle, kind, bounds, drawn, 1)
            if len(drawn.fills) > len(drawn.levels):
                drawn.levels += [place] * (len(drawn.fills) - len(drawn.levels))


def _add(handle: int, kind: int, bounds: _Bounds, drawn: _Drawn, depth: int) -> None:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _add_path(handle, bounds, drawn)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        box = bounds.of(handle)
        if box:
            drawn.image_area += (box[2] - box[0]) * (box[3] - box[1])
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth <= _MAX_FORM_DEPTH and drawn.form_count < _MAX_FORMS:
        _add_form(handle, bounds, drawn, depth)


def _add_form(handle: int, outer: _Bounds, drawn: _Drawn, depth: int) -> None:
    """What a form XObject draws, in the page's coordinates."""
    drawn.form_count += 1
    number = drawn.form_count
    mcid = _marked_content(handle)
    if mcid >= 0 and depth == 1:  # marked content within a form is of the form
        drawn.form_mcids[number] = mcid
    form = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    inner = _Bounds(outer.frame, _matrix_of(form, outer.matrix))
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        part = _get_form_object(handle, index)
        kind = _get_type(part)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawn.forms[part] = number
        else:
            _add(part, kind, inner, drawn, depth + 1)


def _matrix_of(handle: Any, outer: Matrix | None) -> Matrix | None:
    """The matrix of a page object, within that of the form that draws it."""
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(raw)):
        return outer
    return _product((raw.a, raw.b, raw.c, raw.d, raw.e, raw.f), outer)


def _product(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _apply(matrix: Matrix | None, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class _Bounds:
    """Tells the boxes of page objects as shown; `matrix` is that of the form XObject which draws them."""

    def __init__(self, frame: _Frame, matrix: Matrix | None) -> None:
        self.frame = frame
        self.matrix = matrix
        self.buffer = (ctypes.c_float * 4)()
        start = ctypes.addressof(self.buffer)
        self.places = range(start, start + 16, 4)

    def of(self, handle: int) -> Box | None:
        """The box of an object; None where it has none."""
        if not _get_bounds(handle, *self.places):
            return None
        left, bottom, right, top = self.buffer
        if self.matrix is not None:
            corners = [_apply(self.matrix, x, y) for x in (left, right) for y in (bottom, top)]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        return self.frame.box(left, bottom, right, top)


def _add_path(handle: int, bounds: _Bounds, drawn: _Drawn) -> None:
    box = bounds.of(handle)
    if box is None:
        return
    frame, matrix = bounds.frame, bounds.matrix
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if is_round(box) and _is_curved(handle):
        drawn.discs.append(box)
        return
    if width <= _THIN_POINTS and height <= _THIN_POINTS:
        if max(width, height) > 0.6:  # the corner where two borders meet
            drawn.rules.append(Rule(True, (top + bottom) / 2, left, right, height))
            drawn.rules.append(Rule(False, (left + right) / 2, top, bottom, width))
        return
    if height <= _THIN_POINTS:
        drawn.rules.append(Rule(True, (top + bottom) / 2, left, right, height))
        return
    if width <= _THIN_POINTS:
        drawn.rules.append(Rule(False, (left + right) / 2, top, bottom, width))
        return
    path = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if stroke.value:
        _add_segments(path, frame, drawn, matrix)
    elif fill.value:
        count = pdfium.FPDFPath_CountSegments(path)
        if count > 6:
            _add_rectangles(path, frame, drawn, matrix, count)
            drawn.filled += [handle] * (len(drawn.fills) - len(drawn.filled))
        elif not _is_ground(path, width / frame.width, height / frame.height):
            parts = _parts_of_clip(handle, bounds) if len(drawn.fills) < _MOST_PARTED else []
            drawn.fills += [shown for part in parts if (shown := _common(box, part))] if parts else [box]
            drawn.filled += [handle] * (len(drawn.fills) - len(drawn.filled))


def _parts_of_clip(handle: int, bounds: _Bounds) -> list[Box]:
    """The boxes through which a filled one is seen; none where it is not seen through several.

    WeasyPrint draws the ground of a row as one box, and clips it to the cells that begin there.
    """
    clip = _get_clip(handle) or 0
    count = _count_clips(clip)
    if count <= 0:
        return []
    path = ctypes.cast(clip, pdfium.FPDF_CLIPPATH)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(count, _MOST_PATHS)):
        segments = pdfium.FPDFClipPath_CountPathSegments(path, index)
        if segments % _CORNERS or not _CORNERS < segments <= _MOST_CELLS * _CORNERS:
            continue
        points = []
        for part in range(segments):
            segment = pdfium.FPDFClipPath_GetPathSegment(path, index, part)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append(bounds.frame.point(*_apply(bounds.matrix, x.value, y.value)))
        figures = [points[start : start + _CORNERS] for start in range(0, segments, _CORNERS)]
        if all(len({round(point[axis], 1) for point in figure}) == 2 for figure in figures for axis in (0, 1)):
            return [(*map(min, zip(*figure, strict=True)), *map(max, zip(*figure, strict=True))) for figure in figures]
    return []


_CORNERS = 5  # of a box, the first of which comes again
_MOST_CELLS = 100
_MOST_PARTED = 4000
"""With so many filled boxes on a page, those to come are taken whole."""


def _common(box: Box, other: Box) -> Box | None:
    """What two boxes have in common; None where that is nothing, or a line."""
    left, top, right, bottom = (
        max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])
    )  # fmt: skip
    return (left, top, right, bottom) if right - left > _THIN_POINTS and bottom - top > _THIN_POINTS else None


_GROUND = 0.9
"""A white box is the page's ground where it takes more than this share of its width: no edge of it is seen."""
_WHITE = 250


def _is_ground(path: Any, width: float, height: float) -> bool:
    """Whether a filled box is what the page stands on: all of it, or white and about as wide.

    `width` and `height` are the shares of the page that it takes. The ground of a last page may end with its text.
    """
    if width >= 0.98 and height >= 0.98:
        return True
    if width < _GROUND:
        return False
    shade = [ctypes.c_uint() for _ in range(4)]
    found = pdfium.FPDFPageObj_GetFillColor(path, *shade)
    return bool(found) and all(part.value >= _WHITE for part in shade[:3])


def _is_curved(handle: int) -> bool:
    """Whether a path is filled, and no corner but curves make it."""
    path = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value:
        return False
    kind = pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(path, 1))
    return bool(kind == pdfium.FPDF_SEGMENT_BEZIERTO)


def _points(handle: Any, frame: _Frame, matrix: Matrix | None, count: int) -> list[tuple[int, float, float, bool]]:
    """The path's segments: kind, end point as shown, and whether it closes its figure."""
    points = []
    x, y = ctypes.c_float(), ctypes.c_float()
    inner = _matrix_of(handle, matrix)
    for index in range(min(count, 10 * _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        shown = frame.point(*_apply(inner, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        points.append((kind, shown[0], shown[1], bool(pdfium.FPDFPathSegment_GetClose(segment))))
    return points


def _add_segments(handle: Any, frame: _Frame, drawn: _Drawn, matrix: Matrix | None) -> None:
    """The straight strokes of a path as rules; curves are left."""
    count = pdfium.FPDFPath_CountSegments(handle)
    start = before = (0.0, 0.0)
    for kind, x, y, close in _points(handle, frame, matrix, count):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = before = (x, y)
            continue
        if kind == pdfium.FPDF_SEGMENT_LINETO:
            _add_stroke(drawn, before, (x, y))
        before = (x, y)
        if close:
            _add_stroke(drawn, before, start)


def _add_stroke(drawn: _Drawn, one: tuple[float, float], other: tuple[float, float]) -> None:
    width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
    if height <= 1 and width > 1:
        drawn.rules.append(Rule(True, (one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
    elif width <= 1 and height > 1:
        drawn.rules.append(Rule(False, (one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def _add_rectangles(handle: Any, frame: _Frame, drawn: _Drawn, matrix: Matrix | None, count: int) -> None:
    """The figures of a filled path: thin ones are rules, as where one path draws all borders of a cell."""
    figure: list[tuple[float, float]] = []
    curved = False
    for kind, x, y, _ in [*_points(handle, frame, matrix, count), (pdfium.FPDF_SEGMENT_MOVETO, 0.0, 0.0, False)]:
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(figure) >= 2 and not curved:
                _add_figure(drawn, figure)
            figure, curved = [(x, y)], False
            continue
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        figure.append((x, y))


def _add_figure(drawn: _Drawn, figure: list[tuple[float, float]]) -> None:
    left, right = min(x for x, _ in figure), max(x for x, _ in figure)
    top, bottom = min(y for _, y in figure), max(y for _, y in figure)
    if bottom - top <= _THIN_POINTS < right - left:
        drawn.rules.append(Rule(True, (top + bottom) / 2, left, right, bottom - top))
    elif right - left <= _THIN_POINTS < bottom - top:
        drawn.rules.append(Rule(False, (left + right) / 2, top, bottom, right - left))
    elif right - left > _THIN_POINTS and bottom - top > _THIN_POINTS:
        drawn.fills.append((left, top, right, bottom))


# --- places ----------------------------------------------------------------------------------------------


def placer(sheets: dict[int, Page], method: Method) -> Place:
    """Tells the location of lines of print: a box a page, found by the given road."""

    def place(lines: Iterable[TextLine]) -> Location:
        lines = lines if isinstance(lines, list) else list(lines)
        if len(lines) == 1:
            return sheets[lines[0].page].place(lines[0].box, method)
        boxes: dict[int, Box] = {}
        for line in lines:
            known = boxes.get(line.page)
            boxes[line.page] = line.box if known is None else union(known, line.box)
        if len(boxes) == 1:
            ((number, box),) = boxes.items()
            return sheets[number].place(box, method)
        return span(sheets[number].place(box, method) for number, box in sorted(boxes.items()))

    return place
