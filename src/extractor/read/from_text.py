"""A text -> `Document`: plain text or Markdown in which the plan's columns may have lost their delimiters.

The lines stay raw (`FlatLine`): tabs, no-break spaces and runs of blanks tell the recogniser where cells were.
Only a text whose columns are aligned by blanks is cut into cells here, by position.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from extractor.document import Block, Document, FlatLine, Furniture, Origin, words_unplaced
from extractor.errors import SourceUnreadable
from extractor.locations import Location
from extractor.profile import Settings
from extractor.read.footnotes import with_marks_told
from extractor.read.joined_labels import with_colons
from extractor.read.typographic import with_quotes
from extractor.text import BREAK, divides_word, fold, spelt_out, visible, words

if TYPE_CHECKING:
    from extractor.read.glued import Unglued

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
LINE_END = re.compile(r"\r\n|\n|\r")
# Control characters that no text holds; form feed, tab and line ends are no such, nor what stands for a hyphen.
_CONTROL = re.compile("[\x00\x01\x03-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKDOWN = re.compile(r"^\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$", re.MULTILINE)
_TAGGED = re.compile(r"<(?:br|li|p)\b[^<>|]*>", re.IGNORECASE)
_DASHES = re.compile(r"^ *(?:\+[-=]{3,}\+|-{2,} +-{2,})", re.MULTILINE)
_PAGED = re.compile(r"\f|\d of \d|\bpage \d+\s*$", re.IGNORECASE)
_GAP = re.compile(r"\S {3,}\S")
# What browsers that show PDFs copy for a hyphen that ended a line, whose word they make whole.
_LINE_END_HYPHEN = re.compile(r"(?<=\w)[\x02\ufffe](?=\w)")
_TORN_REF = re.compile(
    r"(?<=[A-Z])[\x02\ufffe](\d{1,3}[a-z]?)(?=[A-Z][a-z]|[a-z]\))"
)  # "TH-", "01", and the cell beside it


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of the bytes and the name of its encoding.

    Byte order mark, UTF-16 without one, UTF-8, Windows-1252, ISO-8859-1, in this order, unless the caller
    names the encoding. Raises `SourceUnreadable` for bytes that are no text.
    """
    if encoding:
        try:
            text, called = data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError) as error:
            raise SourceUnreadable(
                f"{name} cannot be read as {encoding}: {error}", "Leave --encoding out, or give another."
            ) from None
    else:
        text, called = _decode_unnamed(data)
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) > len(sample) // 200:
        raise SourceUnreadable(f"{name} holds binary data, no text")
    return text, called


def _decode_unnamed(data: bytes) -> tuple[str, str]:
    for mark, codec, called in _BOMS:
        if data.startswith(mark):
            return data.decode(codec, errors="replace"), called
    for codec, zeros in (("utf-16-le", data[1:400:2]), ("utf-16-be", data[0:400:2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) * 0.6:
            return data.decode(codec, errors="replace"), codec
    for codec in ("utf-8", "windows-1252"):
        # A text without bytes from 0x80 to 0x9f is the same in Windows-1252 and in ISO-8859-1.
        called = codec
        if codec == "windows-1252" and not any(0x80 <= byte <= 0x9F for byte in data):
            called = "iso-8859-1"
        try:
            return data.decode(codec), called
        except UnicodeDecodeError:
            continue
    return data.decode("iso-8859-1"), "iso-8859-1"


def read_text(data: bytes, name: str, settings: Settings) -> Document:
    """The lines of a text, raw; or, where its columns are aligned by blanks, its tables and paragraphs."""
    raw, encoding = decode(data, name, settings.encoding)
    text, notes, doubts = with_marks_told(spelt_out(visible(raw)))
    text = _TORN_REF.sub(r"-\1 ", text)
    found = text_blocks(_LINE_END_HYPHEN.sub(BREAK, text))
    counts, blocks = found.counts, (*found.blocks, *notes)
    counts.update(word for note in notes for word in words(note.text))
    markdown = name.lower().endswith((".md", ".markdown")) or found.ruled
    return Document(
        source=Origin(
            name=name,
            media_type="text/markdown" if markdown else "text/plain",
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            encoding=encoding,
        ),
        blocks=blocks,
        words=counts.total(),
        unplaced=words_unplaced(counts, blocks),
        doubts=tuple(doubts),
        run_together=found.run_together,
    )


class TextBlocks(NamedTuple):
    """What a text holds."""

    blocks: Sequence[Block]
    counts: Counter[str]
    """Its words, those whole that a column tore."""
    ruled: bool
    """It has tables as Markdown's."""
    run_together: tuple[str, ...] = ()
    """Words that may be two, in a text whose pieces nothing parts."""


def text_blocks(text: str) -> TextBlocks:
    """The blocks of a text, by the first of the ways of writing it that fits."""
    ruled = bool(_MARKDOWN.search(text))  # blanks that fill up the cells of Markdown's tables align no columns
    if ruled and _TAGGED.search(text):
        from extractor.read.tagged_cells import with_breaks_told

        text = with_breaks_told(text, _MARKDOWN)
    if '\t"' in text or '\n"' in text:  # before any quote is another
        from extractor.read.quoted import read_quoted

        if (quoted := read_quoted(LINE_END.split(text))) is not None:
            return TextBlocks(quoted, Counter(words(text)), ruled)
    dashes = bool(_DASHES.search(text))
    text = with_quotes(text, drawn=dashes)
    lines = LINE_END.split(text)
    if not ruled and (labelled := with_colons(lines)) is not None:
        return TextBlocks(_flat_lines(labelled), Counter(words("\n".join(labelled))), ruled)
    counts = Counter(words(text))
    if ("\n\t\n" in text or "\n\n \n\n" in text) and not ruled:
        from extractor.read.paragraph_cells import read_paragraph_cells

        if (parted := read_paragraph_cells(lines)) is not None:
            return TextBlocks(parted, counts, ruled)
    blocks: Sequence[Block] | None = None
    if not ruled and (pieces := _barred(lines)) is not None:
        return TextBlocks(pieces, counts, ruled)
    if not ruled and (unglued := _unglued(lines)) is not None:
        counts = Counter(word for piece in unglued.pieces for word in words(piece.raw))
        return TextBlocks(unglued.pieces, counts, ruled, unglued.run_together)
    if not ruled and dashes:
        from extractor.read.drawn_text import read_drawn

        if (drawn := read_drawn(lines)) is not None:
            blocks = drawn.blocks
            counts = counts - drawn.parts + drawn.wholes
    if blocks is None and not ruled and sum(1 for line in lines if _GAP.search(line)) >= 4:
        from extractor.read.aligned import read_columns
        from extractor.read.gridded import read_grids

        blocks = read_grids(lines)
        if blocks is None and (aligned := read_columns(lines)) is not None:
            blocks = aligned.blocks
            counts = counts - aligned.parts + aligned.wholes
    torn = blocks is not None or BREAK in text
    if blocks is None:
        blocks = _flat_lines(lines)
        if not ruled and any(map(divides_word, lines)):
            blocks, torn = _with_whole_words(blocks), True
    if torn:
        from extractor.read.hyphens import settle

        blocks, halves, wholes = settle(blocks)
        counts = counts - halves + wholes
    return TextBlocks(blocks, counts, ruled)


def _with_whole_words(blocks: Sequence[Block]) -> list[Block]:
    """The lines, of which one that ends in a hyphen holds the rest of the word too: "Energy Co-", then "operative"."""
    out: list[Block] = []
    begun: int | None = None  # the place in `out` of the line whose last word goes on
    for block in blocks:
        if not isinstance(block, FlatLine):
            out.append(block)
            continue
        raw = block.raw
        above = out[begun] if begun is not None else None
        rest, _, others = raw.lstrip(" \f").partition(" ")
        goes_on = rest[:1].islower() and rest not in ("and", "or", "to")  # "short-", then "and long-term"
        if isinstance(above, FlatLine) and begun is not None and goes_on:
            page = "\f" if "\f" in block.raw else ""
            out[begun] = replace(above, raw=f"{above.raw.rstrip()[:-1]}{BREAK}{rest}")
            raw = page + others if others else ""
        begun = None
        if raw:
            out.append(replace(block, raw=raw))
            begun = len(out) - 1 if divides_word(raw) else None
    return out


def _barred(lines: Sequence[str]) -> list[Block] | None:
    """The pieces of a text in which bars or tabs stand for all that parts the texts of a page, as BeautifulSoup's
    `get_text("|")` writes it; None for any other text, such as one whose bars part cells alone.

    Either few lines hold it all, or the blanks between the page's tags are pieces too, so that nearly every line begins
    or ends with a bar, and some hold nothing else.
    """
    filled = [line for line in lines if line.strip()]
    bars, tabs = (sum(line.count(mark) for line in filled) for mark in "|\t")
    mark = "\t" if tabs > bars else "|"
    if max(bars, tabs) < _FEWEST_BARS:
        return None
    edged = sum(line.startswith("|") or line.endswith("|") for line in filled)
    stripped = max(bars, tabs) > _MOST_COLUMNS * len(filled)
    kept = edged >= _NEARLY_ALL * len(filled) and "|" in filled and mark == "|"
    if any(line.startswith("| ") or line.endswith(" |") for line in filled):
        kept = False  # written to be read
    if not (stripped or kept):
        return None
    pieces = [(piece, number) for number, line in enumerate(lines, 1) for piece in line.split(mark)]
    return [
        FlatLine(piece.strip(" ") if stripped else piece, at, number)
        for at, (piece, number) in enumerate(pieces, 1)
        if piece.strip()
    ]


def _unglued(lines: Sequence[str]) -> Unglued | None:
    """The pieces of a text whose pieces nothing parts; None for any other."""
    if sum(len(_GLUED.findall(line)) for line in lines[:_SAMPLE]) < _FEWEST_GLUED:
        return None
    from extractor.read.glued import unglue

    return unglue(lines)


_GLUED = re.compile(r"[a-z][.:;)]?[A-Z][a-z]")
_FEWEST_GLUED = 4
_SAMPLE = 200  # lines
_FEW_LINES = 40  # of a text that has no pages
_FEWEST_BARS = 12
_MOST_COLUMNS = 25  # bars of one line beyond which it is no row
_NEARLY_ALL = 0.9


def _flat_lines(lines: Sequence[str]) -> list[Block]:
    """The lines that hold something, raw; what repeats at the heads and feet of pages is furniture."""
    running: Mapping[int, str] = {}
    if any(_PAGED.search(line) for line in lines):
        from extractor.read.paged_text import find_page_furniture

        running = find_page_furniture(lines)
    elif len(lines) > _FEW_LINES:
        from extractor.read.paged_text import find_titles_again

        running = find_titles_again(lines)
    blocks: list[Block] = []
    page = ""  # the form feed of a page whose first line is taken out
    for number, line in enumerate(lines, 1):
        if number in running:
            page = "\f"
            blocks.append(Furniture(fold(line), running[number], Location(lines=(number, number))))
        elif line.startswith("```{="):  # what pandoc opens a comment of HTML with
            blocks.append(Furniture(fold(line), "markup", Location(lines=(number, number))))
        elif line.strip() or "\t" in line:
            blocks.append(FlatLine(page + line, number))
            page = ""
    return blocks
