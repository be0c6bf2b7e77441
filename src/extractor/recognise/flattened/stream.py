"""A flattened text as a stream of words with the strength of what parts them.

1. Nothing is thrown away that may tell a border: tabs, pipes, line ends, blank lines, no-break spaces.
2. A line is not a row and not a cell; it only parts words more strongly than a blank does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from extractor.document import FlatLine, Furniture
from extractor.fixed import fixed
from extractor.locations import Location
from extractor.text import count_words
from extractor.vocabulary.roles import DANGLING

Gap = Literal["blank", "wide", "wrap", "soft", "line", "paragraph", "delimiter"]
"""What parts a word from the one before it, from weak to strong. `wrap` is a line end in mid-sentence, `soft` one that
may be no more than the edge of its cell."""

LINE_ENDS = ("soft", "line", "paragraph")
"""The gaps at which another cell, row or heading may begin at a line's first word."""

BLANK_CELL = "\xa0"
"""A no-break space that stands alone is an empty cell."""

_BULLET = re.compile(
    r"\s*(?:[•·▪●○◦‣⁃■□➢➤►✓✔*§\uf0b7\uf0a7\uf0d8\uf076\uf02d]|[-–—o](?=\s{1,6}\S))\s+(?=\S)|\s*[•▪●◦‣■➢➤\uf0b7\uf0a7](?=\w)"
)
_TOKENS = {
    "|": re.compile(r"\xa0+(?=\s|\||$)(?<![^\s|]\xa0)|[^\s|]+|\|"),
    "\t": re.compile(r"[^\s]+|(?<=\s)\xa0(?=\s|$)|\t"),
    "": re.compile(r"[^\s]+|(?<=\s)\xa0(?=\s|$)"),
}
GLUED = re.compile(r"(?<=[a-z)\d])(?=[A-Z][a-z])")
_MARK = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# "**Start date:** April **End date:** June": each bold label opens a line of its own.
_BOLD_LABEL = re.compile(r"(?<=[\w.,;)])\s+(?=\*\*[^*|]{2,40}:\*\*|__[^_|]{2,40}:__)")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=\S)([^*_]+?)(?<=\S)[*_](?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~'\"])")
_LINK = re.compile(r"!?\[([^\]]*)\]\(((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?)\)")


class Word(NamedTuple):
    """One word, or one empty cell (`BLANK_CELL`)."""

    text: str
    gap: Gap
    before: int
    """Tabs or pipes between the word before and the line end that follows it."""
    middle: int
    """Tabs or pipes on lines of their own between the two words."""
    after: int
    """Tabs or pipes between that line end (or, without one, the word before) and this word."""
    line: int
    """Number of its line, from 1."""
    item: bool
    """It opens a list item, its bullet taken off."""
    opens: bool = False
    """A cell may begin with it although it has no capital and but a blank stands before it (`openings.py`)."""

    @property
    def delimiters(self) -> int:
        """How many borders tabs or pipes make between the two words."""
        return self.before + self.middle + self.after


@fixed(frozen=True, slots=True)
class Style:
    """How the table under one header is written."""

    delimiter: Literal["", "|", "\t"] = ""
    unit: int = 1
    """How many delimiters make one border: some converters write two tabs."""
    framed: bool = False
    """Pipes open and close each line."""
    wrapped: bool = False
    """Lines are broken at a fixed width, so that a line end may stand in mid-sentence."""
    narrow: bool = False
    """Lines are broken at the width of each cell, as in a text that was taken from a PDF."""
    glued: bool = False
    """Cells stand without anything between them: "On TrackSome Delay"."""


@fixed(frozen=True, slots=True)
class TextLine:
    """One line with words: its raw text, number, whether a blank line stands before it, and its bullet."""

    raw: str
    number: int
    after_blank: bool
    item: bool = False
    heading_level: int = 0
    """Of a Markdown heading; 0 for any other line."""
    bold: bool = False
    """The whole line is bold."""
    bullet: str = ""
    """What was taken off an item."""
    new_page: bool = False
    """A page of the printed text begins with it."""

    @property
    def text(self) -> str:
        """The line without its bullet and surrounding white space."""
        return self.raw.strip()

    @property
    def has_text(self) -> bool:
        """Whether the line holds more than delimiters."""
        return bool(self.raw.strip(" |\t\xa0"))


_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})\s*$")  # the line that underlines a heading
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)(?:(?!\1).)+\1\s*")
_DEFINITION = re.compile(r"^\s{0,3}:\s{1,4}(?=\S)")  # of a term on the line above: Markdown's definition lists
_RULE = re.compile(r"^[\s|:+=-]*$")
_RAW = re.compile(r"(?:```\s*|<!--\s*-->\s*)$")  # the rest of what pandoc writes between two lists
_FENCE = re.compile(r":{3,}(?:$|\s)")  # around a division, as pandoc writes it ...
_DASHES = re.compile(r"(?<=\w)--(?=\w)|(?<=\S )---?(?= \S)")  # ... who spells dashes with hyphens
_HARD_BREAK = re.compile(r"(?<=[^\s\\|])\\$")  # a line that the page itself breaks (CommonMark 6.7)


def read_lines(blocks: Sequence[FlatLine], markdown: bool) -> list[TextLine]:
    """The lines that hold words; Markdown's own marks are read and taken off."""
    lines: list[TextLine] = []
    before = 0
    levels = _underlined(blocks) if markdown else {}
    dashes = markdown and any(_FENCE.match(block.raw) for block in blocks)
    blanks = sum(block.number > other.number + 1 for other, block in pairwise(blocks) if "\f" not in block.raw)
    for block in blocks:
        after_blank = before == 0 or block.number > before + 1
        new_page = "\f" in block.raw
        if after_blank and new_page and (block.raw.strip()[:1].islower() or blanks < _FEW_BLANKS * len(blocks)):
            after_blank = False  # the blank lines are the page's end, in mid-sentence
        for raw in _BOLD_LABEL.split(block.raw) if markdown else (block.raw,):
            raw = _DASHES.sub(lambda found: "–—"[len(found[0]) - 2], raw) if dashes else raw
            line = _read_line(raw.replace("\f", " "), block.number, after_blank, markdown)
            if line is not None:
                level = levels.get(block.number, line.heading_level)
                lines.append(replace(line, heading_level=level, new_page=new_page))
                after_blank, before, new_page = False, block.number, False
    return lines if markdown else _with_dashes(lines)


def _with_dashes(lines: list[TextLine]) -> list[TextLine]:
    """The lines, of which one that begins with a dash goes on with the one above ("November 2025", then "– Completed"),
    in a text that shows no list with such bullets: none stands below another or a colon. Where more than a few lines
    begin so, one whose words do in mid-sentence."""
    at = {index for index, line in enumerate(lines) if line.item and line.bullet.strip() in _DASH_BULLETS}
    if any(index and (index - 1 in at or lines[index - 1].text.endswith(":")) for index in at):
        return lines
    few = len(at) <= max(_FEW_DASHES, _RARELY_DASHES * len(lines))
    kept = list(lines)
    for index in at - {0}:
        line, above = lines[index], lines[index - 1]
        within = line.text[:1].islower() and not above.text.endswith((".", ";", "!", "?"))
        if (few or within) and not line.after_blank:
            kept[index] = replace(line, raw=f"{line.bullet.strip()} {line.raw}", item=False, bullet="")
    return kept


_DASH_BULLETS = ("–", "—")
_FEW_DASHES, _RARELY_DASHES = 2, 0.02


_FEW_BLANKS = 0.1  # of the lines: in a text with fewer, the end of a page is none


def _underlined(blocks: Sequence[FlatLine]) -> dict[int, int]:
    """The levels of Markdown's headings that are underlined by the line below, by the numbers of their lines."""
    levels: dict[int, int] = {}
    for line, following in pairwise(blocks):
        rule = _SETEXT.match(following.raw) if following.number == line.number + 1 else None
        words = "|" not in line.raw and not _RULE.match(line.raw) and not _BULLET.match(line.raw)
        if rule and words:
            levels[line.number] = 1 if rule[1].startswith("=") else 2
    return levels


def link_targets(blocks: Sequence[FlatLine]) -> list[Furniture]:
    """Where the links of a Markdown text lead: no content, and not lost."""
    return [
        Furniture(match[2], "link target", Location(lines=(block.number, block.number), method="segmented"))
        for block in blocks
        for match in _LINK.finditer(block.raw)
        if count_words(match[2])
    ]


def _read_line(raw: str, number: int, after_blank: bool, markdown: bool) -> TextLine | None:
    level = 0
    bold = False
    if markdown:
        if _RULE.match(raw) or _RAW.match(raw):
            return None  # a rule under a header or between parts; it is no blank line either
        if match := _HEADING.match(raw):
            level, raw = len(match[1]), match[2]
        raw = _DEFINITION.sub("", raw, count=1)
        bold = bool(_BOLD.fullmatch(raw))
        raw = _MARK.sub(r"\2", _LINK.sub(r"\1", raw))
        raw = _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\1", _HARD_BREAK.sub("", raw)))
        if not raw.strip():
            return None
    bullet = _BULLET.match(raw)
    item = bullet is not None and bool(raw[bullet.end() :].strip())
    if bullet and item:
        return TextLine(raw[bullet.end() :], number, after_blank, True, level, bold, bullet[0])
    return TextLine(raw, number, after_blank, False, level, bold)


def is_wrapped(lines: Sequence[TextLine]) -> bool:
    """Whether a text's lines are broken at a fixed width: none is long, and many are about as long as the longest."""
    lengths = [len(line.raw.rstrip()) for line in lines]
    longest = max(lengths, default=0)
    return 40 <= longest <= 130 and sum(length > 0.75 * longest for length in lengths) >= 0.3 * len(lengths)


_FEWEST_TORN, _TORN_LINES = 6, 0.08  # so many lines, and such a share of all, begin in mid-sentence


def is_narrow(lines: Sequence[TextLine]) -> bool:
    """Whether a text's lines are broken at the widths of its cells: many go on in mid-sentence with the one before."""
    torn = sum(
        1
        for before, line in pairwise(lines)
        if not (line.after_blank or line.item) and "\t" not in line.raw
        if _wraps(before.text, line.text) or (before.text and _wants_more(before.text.split()[-1]))
    )
    return torn >= max(_FEWEST_TORN, _TORN_LINES * len(lines))


def style_of(header: Sequence[TextLine], glued: bool = False) -> Style:
    """How the table under a header is written, from the header's own lines."""
    text = "\n".join(line.raw for line in header)
    delimiter: Literal["", "|", "\t"] = "|" if "|" in text else "\t" if "\t" in text.strip() else ""
    return Style(
        delimiter,
        unit=delimiter_unit(text) if delimiter == "\t" else 1,
        framed=delimiter == "|" and text.lstrip().startswith("|"),
        glued=glued,
    )


def delimiter_unit(text: str) -> int:
    """How many tabs part two cells of a header.

    >>> delimiter_unit("Ref\\t\\tActivity\\t\\tLead"), delimiter_unit("Ref\\tActivity")
    (2, 1)
    """
    return min((len(run) for run in re.findall(r"\t+", text.strip())), default=1)


def is_loose(lines: Sequence[TextLine], style: Style) -> bool:
    """Whether some cells are parted by a line end alone although others are parted by tabs.

    A converter that writes every tab ends the line before a cell's paragraph with one.
    """
    if style.delimiter != "\t":
        return False
    tabbed = [line.raw for line in lines if "\t" in line.raw]
    if any(raw.strip(" ").endswith("\t") for raw in tabbed):
        return False
    leading = sum(1 for raw in tabbed if raw.startswith("\t"))
    return leading > 0 or len(tabbed) < 0.7 * len(lines)


def words_of(lines: Sequence[TextLine], style: Style) -> Iterator[Word]:
    """The words of some lines, each with what parts it from the one before."""
    pattern = _TOKENS[style.delimiter]
    unit = style.unit
    before = middle = 0
    last = ""
    for line in lines:
        raw = line.raw
        if style.framed:
            raw = raw.strip().removeprefix("|").removesuffix("|")
        after = 0
        end = 0
        opens = True
        for match in pattern.finditer(raw):
            token = match.group()
            if token == style.delimiter:
                after += 1
                continue
            gap: Gap = "wide" if match.start() - end > 2 and after == 0 else "blank"
            if opens:
                gap = "paragraph" if line.after_blank else "line"
                if gap == "line" and not line.item and (style.wrapped or style.narrow):
                    if _wraps(last, token) or (style.narrow and _wants_more(last)):
                        gap = "wrap"
                    elif style.narrow:
                        gap = "soft"
            item = line.item and opens
            for piece in GLUED.split(token) if style.glued else (token,):
                text = BLANK_CELL if piece.isspace() else piece
                yield Word(
                    text,
                    gap,
                    -(-before // unit) if opens else 0,
                    -(-middle // unit) if opens else 0,
                    -(-after // unit),
                    line.number,
                    item,
                )
                gap, item, opens, after = "wide", False, False, 0
            end = match.end()
            last = token
        if opens:
            middle += after
        else:
            before, middle = after, 0


def _wants_more(last: str) -> bool:
    """Whether no cell ends in a word: "Head of", "Service Manager -", "Fleet,"."""
    return last.lower() in DANGLING or last.endswith((",", "-", "–", "&"))


def _wraps(last: str, word: str) -> bool:
    """Whether a line end between two words stands in mid-sentence."""
    return bool(last) and word[:1].islower() and not last.endswith((".", ":", ";", "!", "?", ")"))


def recurring_lines(lines: Sequence[TextLine]) -> frozenset[str]:
    """The lines that stand more than once in the same words."""
    counts = Counter(" ".join(line.text.split()) for line in lines if line.text)
    return frozenset(text for text, count in counts.items() if count > 1)
