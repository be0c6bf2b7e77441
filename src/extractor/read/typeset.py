"""Words with their places -> lines of print -> paragraphs and list items, whatever program set them.

1. A line of print is what stands on one baseline; a smaller word raised above it is part of it.
2. Lines of one paragraph follow each other at the pitch of their type. A wider gap, a list marker, a change of
   size or a forced break begins a new paragraph.
3. A break is forced where the next word would have fitted on the line before, and both sides look like a whole:
   the line before does not stop in mid-phrase, and the next begins with a capital, a figure or a bracket.
4. A hyphen or slash that ends a line stays, and no blank follows it ("co-" + "design"), unless one was drawn. Whether
   it is the typesetter's ("Communi-" + "ties") is settled when the whole document is known (`read.hyphens`).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal

from extractor.document import Line
from extractor.locations import Box, Location
from extractor.text import BREAK, JOINER, fold, print_width
from extractor.vocabulary.states import is_state

UNKNOWN = "\ufffd"
"""Stands for a character that the font does not map to text; it is in no line of the document."""
Method = Literal["tags", "ruled", "aligned", "ocr"]
ASCENT, DESCENT = 0.78, 0.22
"""How far a line of print reaches above and below its baseline, as shares of the font size."""

SOFT_HYPHEN = "\u00ad"
_SPACE_SHARE, _DRAWN_SHARE = 0.12, 0.05
"""The least width of a blank, in font sizes: where nothing but the distance shows it, and where it is drawn."""
_SURELY_BLANK = 0.2
"""A gap wider than this, in font sizes, is a blank even where none is drawn."""
_EVEN, _EXACT = 0.012, 0.035
"""Distances of lines, in font sizes: nearer than the first they are equal; further than the second they differ."""
_LOWERED = 0.25
"""By how much, in font sizes, a raised mark lowers its line at most."""
_FEWEST_LOOSE, _LOOSE = 3, 0.04
"""So many lines that go on leave room for the next word, and this share of them, where a program breaks them early."""
_ROUNDED = 0.05
"""Of the distances of lines: so many differ by a point where a program rounds their places."""
_ENOUGH = 12
"""So many pairs of lines show how a table is set."""
_FAR = 1.5
"""Lines further apart than this, in font sizes, are one paragraph in one face only."""
_SURE_ROOM = 0.3
_FEW_DRAWN = 0.25
"""Of the ends of lines: no more blanks are drawn at these by a program that draws none but here and there."""
_MOST = 0.55
"""A line that leaves more than this share of its column empty was broken by its author, whatever follows."""
_BLANK_BEHIND = re.compile(r"\w/ \w")
_JOINING_END = re.compile(r"\w[-\u2010\u2011/]$")
_MARKER = re.compile(
    r"^(?P<marker>[•◦▪▫●○■□‣⁃∙·➢➤✓✔*\u2013-]|o(?= )|\(?(?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})[.)])"
    r"(?:\s+|$|(?<=\d[.)])(?=[A-Z][a-z]))"  # two figures may leave no room for a blank
)
PRIVATE_BULLETS = frozenset(
    "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06f\uf0a8\uf02d\uf0e0\uf071\uf06e\uf077\uf0be\uf0f0\uf0a1\uf0b0\uf06c\uf0d2"
)
"""Bullets of the Symbol and Wingdings fonts, which are encoded in the private use area."""
_SIGNS = frozenset("●○■□✓✔")
_BULLET = re.compile(r"^[•◦▪▫●○■□‣⁃∙·➢➤✓✔]")
_JOINING_WORDS = "and|or|of|the|a|an|to|for|in|on|with|by|from|at|as|our|their|its|that|which|into|per"
# "sign-in" and "follow-on" are wholes: a joining word after a hyphen joins nothing.
_OPEN_PHRASE = re.compile(rf"(?:[,;:&/–-]|(?<![\w-])(?:{_JOINING_WORDS}))$")
_OPEN_END = re.compile(
    rf"(?:[,;:&/–-]|(?<![\w-])(?:{_JOINING_WORDS}|Cabinet|Assistant|Head|Director|Member)|\b(?:Cllr|Dr|Mrs?|Ms)\.?|(?:^|[;/]\s*)Councillor)$"
)
_LONGEST_END = 13
"""What ends a line open, and what stands before it, is no longer than this: "; Councillor"."""
_NO_START = ("/", ";")
_INITIAL_END = re.compile(r"(?:^|[\s.])[A-Z]\.$")  # of a name that goes on: "J." over "Marsh"
_WHOLE_START = re.compile(r"^[A-Z0-9(\[‘“\"'•]")


@dataclass(slots=True)
class Word:
    """One word, or a part of one that another part follows without a blank (`glued`)."""

    text: str
    x0: float
    x1: float
    baseline: float
    """Distance of the baseline from the top of the page, in points."""
    size: float
    """Font size as shown, in points."""
    page: int
    order: int
    """Place in the order in which the page draws its text."""
    bold: bool = False
    mcid: int = -1
    """Marked-content identifier, -1 outside marked content."""
    glued: bool = False
    """No blank stands between this word and the one before it in drawing order."""
    wraps: bool = False
    """A line end follows a blank: the line was broken by the width of its column."""
    artifact: bool = False
    struck: bool = False
    unmapped: bool = False
    high: float = 0.0
    """Top of the box of a word that is set sideways or aslant; its `baseline` is the bottom of the box then."""
    angle: int = 0
    """Direction of its text in degrees, anticlockwise from left to right; a multiple of 90 unless it is set aslant."""
    form: int = 0
    """Which form XObject draws it (its marked-content identifiers are its own); 0 is the page."""
    lowered: bool = False
    """A footnote's mark stood behind it, which makes its line stand lower than others."""

    @property
    def top(self) -> float:
        """Top of the line that the word stands on."""
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Bottom of the line that the word stands on."""
        return self.baseline + DESCENT * self.size

    @property
    def box(self) -> Box:
        """Left, top, right and bottom of the word, however it is set."""
        if self.high:
            return self.x0, self.high, self.x1, self.baseline
        return self.x0, self.top, self.x1, self.bottom


@dataclass(slots=True)
class TextLine:
    """One line of print within a cell or column, without its words' boxes."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    page: int
    first_width: float
    """Width of the first word, in points, with a slash that stands behind it."""
    bold: bool = False
    wraps: bool = False
    """A drawn blank ends the line: its width broke it."""
    label: str = ""
    """The leading words in bold, where not the whole line is bold."""
    struck: tuple[str, ...] = ()
    order: int = 0
    node: int = 0
    """Which run of plain text of the tag tree holds it, 0 if unknown: another run on another line is a forced break."""
    begins: Literal["", "paragraph", "item", "line"] = ""
    """What the tags say that the line begins; empty where only its place can tell. `line`: its author broke the line
    before, within a paragraph."""
    last_line: float = 0.0
    """Baseline of its last line, where wrapped lines stand here as one (a header cell of a text); else 0."""
    marker: str = ""
    """The list marker that the tags part from the item's text."""
    level: int = 0
    high: float = 0.0
    """Top of a line that is set sideways; its `baseline` is the bottom of its box then."""
    torn: bool = False
    """It begins within a word that did not fit its column (`read.torn`)."""
    lowered: bool = False
    """A raised mark on it makes it stand lower than others do."""
    skips: int = 0
    """Lines of characters above it that hold other cells' text alone, which stands half a line higher or lower."""

    @property
    def top(self) -> float:
        """Top of the line."""
        return self.high or self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Bottom of the line."""
        return self.baseline if self.high else self.baseline + DESCENT * self.size

    @property
    def reach(self) -> float:
        """How far to the right the line reaches; of a line of characters, how wide it was in print."""
        return self.x1 if self.size > 1.0 else print_width(self.text)

    @property
    def box(self) -> Box:
        """Left, top, right, bottom in reading coordinates."""
        baseline = self.baseline
        if self.high:
            return self.x0, self.high, self.x1, baseline
        return self.x0, baseline - ASCENT * self.size, self.x1, baseline + DESCENT * self.size


_fields_of = attrgetter(*TextLine.__slots__)


def begun(line: TextLine, begins: Literal["paragraph", "item", "line"]) -> TextLine:
    """A copy of a line that begins something, as the tags say; `replace` takes five times as long."""
    copy = TextLine(*_fields_of(line))
    copy.begins = begins
    return copy


Place = Callable[[Iterable[TextLine]], Location]
"""Tells where lines of print stand in the source."""


@dataclass(slots=True)
class Para:
    """Consecutive lines that are one paragraph or list item."""

    lines: list[TextLine]
    marker: str = ""
    level: int = 0
    kind: str = field(default="paragraph")


_ONE_LINE, _RAISED = 0.2, 0.8
"""Baselines of one line are no further apart, in the larger font's sizes: of words of one size, and where one may be
raised or lowered."""


def same_line(one: Word, other: Word) -> bool:
    """Whether two words stand on one line of print: one baseline, or a small word raised or lowered."""
    distance = abs(one.baseline - other.baseline)
    small, large = (one, other) if one.size <= other.size else (other, one)
    if distance <= _ONE_LINE * large.size:
        return True
    return (
        small.size < 0.8 * large.size
        and large.top <= small.baseline - 0.3 * small.size
        and small.baseline <= large.bottom
    )


def text_lines(words: Iterable[Word]) -> list[list[Word]]:
    """The words by line of print, top to bottom and left to right."""
    levels: defaultdict[float, list[Word]] = defaultdict(list)
    sizes: set[float] = set()
    for word in words:
        levels[word.baseline].append(word)
        sizes.add(word.size)
    for level in levels.values():
        if len(level) > 1:
            level.sort(key=_by_x)
    if len(levels) < 2:
        return list(levels.values())
    least = _ONE_LINE * max(sizes) if len(sizes) == 1 else _RAISED * max(sizes)
    baselines = sorted(levels)
    if all(below - above > least for above, below in itertools.pairwise(baselines)):
        return list(map(levels.__getitem__, baselines))
    rows: list[list[Word]] = []
    largest: list[Word] = []
    mixed: set[int] = set()
    for baseline in baselines:
        level = levels[baseline]
        index = _row_of(level[0], largest)
        if index is None:  # most words stand exactly on their line
            rows.append(level)
            largest.append(level[0] if len(level) == 1 else max(level, key=_by_size))
            continue
        for word in level:
            place = len(rows) - 1 if rows and largest[-1].baseline == baseline else _row_of(word, largest)
            if place is None:
                rows.append([word])
                largest.append(word)
                continue
            rows[place].append(word)
            mixed.add(place)
            if word.size > largest[place].size:
                largest[place] = word
    for place in mixed:
        rows[place].sort(key=_by_x)
    order = sorted(range(len(rows)), key=lambda index: largest[index].baseline)
    return [rows[index] for index in order]


def _row_of(word: Word, largest: Sequence[Word]) -> int | None:
    """Which of the last rows, told by their largest words, a word stands on; None where it begins another."""
    for index in range(len(largest) - 1, max(len(largest) - 4, -1), -1):
        if same_line(largest[index], word):
            return index
    return None


_by_x = attrgetter("x0")
_by_size = attrgetter("size")


def blank_between(before: Word, word: Word) -> bool:
    """Whether a blank stands between two neighbours on a line, by their distance."""
    gap = word.x0 - before.x1
    if word.glued and gap < _SURELY_BLANK * word.size:
        return False
    size = before.size if before.size < word.size else word.size
    share = _SPACE_SHARE
    if (
        word.order == before.order + len(before.text) + 1
    ):  # a blank is drawn between an "f" and a "J" that lean together
        share = _DRAWN_SHARE
    return gap > share * (size if size > 1.0 else 1.0)


def _stand_apart(before: Word, word: Word) -> bool:
    """`blank_between`; most words need but one look: so wide a gap is a blank in any case."""
    size = word.size
    return (size >= 1.0 and word.x0 - before.x1 > _SURELY_BLANK * size) or blank_between(before, word)


def join_words(words: Sequence[Word]) -> str:
    """The text of words that stand on one line, in order."""
    before = words[0]
    if len(words) == 1:
        return before.text
    text = before.text
    for word in words[1:]:
        text += f" {word.text}" if _stand_apart(before, word) else word.text
        before = word
    return text


_NUMBERS: dict[float, float] = {}


def _numbers() -> dict[float, float]:
    """One object for all equal numbers: the lines of a long document stand at the same few places of its pages."""
    if len(_NUMBERS) > 50_000:
        _NUMBERS.clear()
    return _NUMBERS


def as_text_line(words: list[Word], node: int = 0) -> TextLine:
    """The line of print that the words make; they are in order from left to right."""
    first = words[0]
    if any(map(_is_lowered, words)):
        line = (_with_struck if any(map(_is_struck, words)) else _plain_line)(words, node)
        line.lowered = True
        return line
    if len(words) == 1 and not first.struck:
        x0, x1, baseline, size = first.x0, first.x1, first.baseline, first.size
        width = x1 - x0
        one = _numbers().setdefault
        return TextLine(
            fold(first.text), one(x0, x0), one(x1, x1), one(baseline, baseline), one(size, size), first.page,
            one(width, width), first.bold, first.wraps, "", (), first.order, node, "", 0.0, "", 0, first.high,
        )  # fmt: skip
    if any(map(_is_struck, words)):
        return _with_struck(words, node)
    return _plain_line(words, node)


_is_struck, _is_lowered = attrgetter("struck"), attrgetter("lowered")


def _with_struck(words: list[Word], node: int) -> TextLine:
    """The line of print that words make of which some are struck out."""
    struck = (" ".join(word.text for word in words if word.struck),)
    shown = [word for word in words if not word.struck]
    if not shown:  # the whole line is struck out
        line = _plain_line(words, node)
        line.text = ""
    else:
        line = _plain_line(shown, node)
        x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
        line.x0, line.x1 = _numbers().setdefault(x0, x0), _numbers().setdefault(x1, x1)
        line.wraps, line.order = words[-1].wraps, words[0].order
    line.struck = struck
    return line


def is_mark_of_item(text: str) -> bool:
    """Whether a word is but a bullet, or a number with its stop: either may be set larger than the text behind it.

    >>> is_mark_of_item("•"), is_mark_of_item("12."), is_mark_of_item("12")
    (True, True, False)
    """
    return bool(_BULLET.match(text)) if len(text) == 1 else text[-1:] in (".", ")") and text[:-1].isdecimal()


def _plain_line(words: list[Word], node: int) -> TextLine:
    """The line of print that words make, struck out or not."""
    first = before = largest = words[0]
    x0, x1, size = first.x0, first.x1, first.size
    bold = first.bold
    text = first.text
    if len(words) > 1 and is_mark_of_item(text):
        largest = words[1]
        size = largest.size
    lead = 1 if bold else 0  # so many of the leading words are bold
    opening, whole = first, False  # the last piece of the first word, which a program may draw in several
    for word in words[1:]:
        word_size, left = word.size, word.x0
        # So wide a gap is a blank in any case.
        if (left - before.x1 > _SURELY_BLANK * word_size and word_size >= 1.0) or blank_between(before, word):
            text += " " + word.text
            whole = True
        else:
            text += word.text
            opening = opening if whole else word
        before = word
        if left < x0:
            x0 = left
        if word.x1 > x1:
            x1 = word.x1
        if word_size > size:
            largest, size = word, word_size
        if bold:
            if word.bold:
                lead += 1
            else:
                bold = False
    one = _numbers().setdefault
    # No line begins with a slash, so what stands before one has no room without it (UAX 14, LB13).
    last = words[1] if len(words) > 1 and words[1].text in _NO_START else opening
    width = last.x1 - first.x0
    return TextLine(
        fold(text), one(x0, x0), one(x1, x1), one(largest.baseline, largest.baseline), one(size, size), largest.page,
        one(width, width), bold,
        before.wraps, fold(join_words(words[:lead])) if lead and not bold else "", (), first.order, node,
        "", 0.0, "", 0, largest.high,
    )  # fmt: skip


def join_texts(texts: Iterable[TextLine]) -> str:
    """The text of a paragraph from its lines of print."""
    result = ""
    wraps = False
    for line in texts:
        if not result or line.torn:
            result += line.text
        elif result.endswith(SOFT_HYPHEN):  # the tags say that the hyphen is no part of the word
            result = result[:-1] + line.text
        elif not wraps and _JOINING_END.search(result, max(0, len(result) - 2)) and line.text[:1].isalnum():
            # "Accept/ Part accept/" writes its slashes so.
            blank = " " if result[-1] == "/" and _BLANK_BEHIND.search(result) else ""
            result += f"{JOINER}{line.text}" if may_divide(result, line.text) else f"{blank}{line.text}"
        elif line.text[:1] in ")]" and result.count("(") + result.count("[") > result.count(")") + result.count("]"):
            result += line.text  # a narrow column broke within the word
        elif (line.text in _STOPS or line.text[:2] in _STOPS_BEFORE_WORDS) and result[-1:].isalnum():
            result += line.text  # the same: no word begins with a comma
        elif _is_torn_number(result, line.text):
            result += line.text
        else:
            result += " " + line.text
        wraps = line.wraps
    return _fold_joined(result.replace(UNKNOWN, "") if UNKNOWN in result else result)


_STOPS = frozenset(",;.")
_STOPS_BEFORE_WORDS = frozenset([", ", "; ", ". "])
_NUMBER_HEAD = re.compile(r"[A-Za-z]{0,6}\d{1,3}(?:\.\d{1,3})*\.?")
_NUMBER_REST = re.compile(r"\.?\d{1,3}(?:\.\d{1,3})*[a-z]?\.?")


def _is_torn_number(before: str, after: str) -> bool:
    """Whether a narrow column broke a number of several parts at one of its dots: "2.1.1" and ".4", "2." and "1".

    >>> _is_torn_number("2.1.1", ".4"), _is_torn_number("2.1.", "4"), _is_torn_number("2.1", "4")
    (True, True, False)
    """
    return (
        before.endswith(".") != after.startswith(".")
        and _NUMBER_REST.fullmatch(after) is not None
        and _NUMBER_HEAD.fullmatch(before) is not None
    )


def may_divide(before: str, after: str) -> bool:
    """Whether a hyphen between two lines may be one that the typesetter set to divide a word."""
    if not before.endswith("-") or len(before) < 2:
        return False
    return (before[-2].islower() and after[0].islower()) or (before[-2].isupper() and after[:2].isupper())


def _fold_joined(text: str) -> str:
    """As `fold`, but what marks the hyphens at the ends of lines stays."""
    return BREAK.join(map(fold, text.split(BREAK))) if JOINER in text else fold(text)


def marker_of(text: str) -> str:
    """The list marker that a text begins with: "•", "a)", "1."; empty where it has none, or where a sign goes with a
    state: "✔ Complete"."""
    match = _MARKER.match(text)
    if match is None or (match["marker"] in _SIGNS and is_state(text[match.end() :])):
        return ""
    return match["marker"]


def room_left(before: TextLine, line: TextLine, limit: float) -> float:
    """How much room a line of characters would have left for the first word of the next, in font sizes of print."""
    return limit - before.reach - 0.28 - print_width(line.text.split(" ", 1)[0])


def draws_blanks(cells: Iterable[Sequence[TextLine]]) -> bool:
    """Whether a program draws the blanks at which it breaks the lines of these cells: it does so at most breaks, and
    one that does not may draw one somewhere."""
    drawn = [line.wraps for lines in cells for line in lines[:-1]]
    return sum(drawn) > _FEW_DRAWN * len(drawn)


def is_forced_break(before: TextLine, line: TextLine, limit: float | None, draws: bool = False) -> bool:
    """Whether the author, not the column's width, broke the line; `limit` is the column's right edge.

    Only a break that leaves two wholes counts, since some programs balance their lines. `draws`: the program
    draws the blank at which it breaks a line, where there is room for it.
    """
    if before.wraps or limit is None:
        return False
    if _is_open(before.text) or _is_in_bracket(before.text):
        return False
    if not _WHOLE_START.match(line.text) and not _leaves_most(before, line, limit):
        return False
    if line.size <= 1.0:  # columns of characters: the width in print is an estimate
        return room_left(before, line, limit) > _SURE_ROOM + 0.03 * limit
    if draws and before.x1 + 0.5 * before.size < limit:
        return True
    return _has_room(before, line, limit)


def _has_room(before: TextLine, line: TextLine, limit: float) -> bool:
    """Whether the first word of a line of print would have fitted on the line before."""
    return before.x1 + 0.3 * line.size + line.first_width < limit - 0.35 * line.size


def leaves_room(cells: Iterable[tuple[Sequence[TextLine], float]]) -> bool:
    """Whether a program breaks lines of print though the next word had room, as TeX does where no text is justified: of
    the lines that surely go on, some do. Each cell's lines stand beside the right edge of its column; one with a colon
    may hold a list, whose items begin in lower case as well."""
    pairs = [
        _has_room(before, line, limit)
        for lines, limit in cells
        if not any(line.text.endswith(":") for line in lines)
        for before, line in itertools.pairwise(lines)
        if line.text[:1].islower() and line.text[1:2] != ")" and line.page == before.page
    ]
    return sum(pairs) >= max(_FEWEST_LOOSE, _LOOSE * len(pairs))


def _leaves_most(before: TextLine, line: TextLine, limit: float) -> bool:
    """Whether a line of print leaves so much of its column empty that no program broke it there."""
    return line.size > 1.0 and limit - before.x1 > _MOST * (limit - before.x0)


def _is_open(text: str) -> bool:
    """Whether a line stops in mid-phrase: at a joining word or sign, or at a title that a name follows."""
    return _OPEN_END.search(text, max(0, len(text) - _LONGEST_END)) is not None


def _is_in_bracket(text: str) -> bool:
    """Whether a bracket is open at the end of a line."""
    return text.count("(") > text.count(")")


def paragraphs(
    lines: Sequence[TextLine],
    limit: float | None = None,
    draws: bool = False,
    pitch: float | None = None,
) -> list[Para]:
    """Lines of one cell or column, in reading order, as paragraphs and list items.

    `limit` is how far to the right the column's text reaches; for `draws` see `draws_blanks`. `pitch` is the
    table's, where it is the same almost everywhere: any wider gap begins a paragraph then.
    """
    if any(map(_struck_texts, lines)):
        lines = _without_struck_lines(lines)
    if len(lines) < 2:
        return [_opened(line, marker_of(line.text)) for line in lines]
    draws = draws or draws_blanks([lines])
    found: list[Para] = []
    widest = _widest(_pitch(lines)) if pitch is None else pitch + _EXACT
    for line in lines:
        marker = marker_of(line.text)
        if line.begins != "item" and found and not _begins(found[-1], line, marker, widest, limit, draws):
            found[-1].lines.append(line)
        else:
            found.append(_opened(line, marker))
    if not any(line.begins for line in lines):
        _set_levels(found)
    return found


_struck_texts = attrgetter("struck")


def _opened(line: TextLine, marker: str) -> Para:
    """The paragraph or list item that a line begins, with this marker in its text."""
    if line.begins == "item":
        return Para([line], line.marker or marker, line.level, "item")
    return Para([line], marker, 0, "item" if marker and _BULLET.match(marker) else "paragraph")


def _without_struck_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines that hold more than what is struck out; what those say that hold nothing else goes to a neighbour."""
    kept: list[TextLine] = []
    waiting: tuple[str, ...] = ()
    for line in lines:
        if not line.text:
            waiting += line.struck
            continue
        kept.append(replace(line, struck=waiting + line.struck) if waiting else line)
        waiting = ()
    if waiting and kept:
        kept[-1] = replace(kept[-1], struck=kept[-1].struck + waiting)
    return kept


def _pitches(lines: Sequence[TextLine]) -> list[float]:
    """Distances from one baseline to the next, as shares of the font size, as far as they may be within a paragraph."""
    shares = (
        (line.baseline - line.skips - before.baseline) / line.size
        for before, line in itertools.pairwise(lines)
        if line.page == before.page and line.size > 0 and abs(line.size - before.size) < 0.5
    )
    return [share for share in shares if 0.9 <= share <= 1.9]


def _pitch(lines: Sequence[TextLine]) -> float:
    return min(_pitches(lines), default=1.3)


def _widest(pitch: float) -> float:
    """The widest distance within a paragraph, where its lines may be a little uneven."""
    return min(1.22 * pitch, pitch + 0.35)


def exact_pitch(cells: Iterable[Sequence[TextLine]]) -> float | None:
    """The pitch of a table's lines, where its program sets them all alike; None where they are few or uneven.

    The cells share one style: the commonest distance is that of wrapped lines, and what is hardly wider than it is
    where a paragraph ends.
    """
    held = [lines for lines in cells if len(lines) > 1]
    shares = sorted([share for lines in held for share in _pitches(lines)])
    if len(shares) < _ENOUGH:
        return None
    counts = Counter(round(share / _EVEN) for share in shares)
    usual = max(counts, key=lambda step: (counts[step], -step)) * _EVEN
    like = sum(abs(share - usual) <= _EVEN for share in shares)
    uneven = sum(_EVEN < abs(share - usual) <= _EXACT for share in shares)
    least = sum(share < usual - _EVEN for share in shares)
    if like < 0.6 * len(shares) or uneven > 0 or least > 0.02 * len(shares) or _is_rounded(held):
        return None
    return usual


def _is_rounded(cells: Iterable[Sequence[TextLine]]) -> bool:
    """Whether lines stand at whole points, some of them a point further apart than most: at the nearest to their place,
    so that nothing tells such a distance from one of a single point between paragraphs."""
    gaps: Counter[float] = Counter()
    for before, line in itertools.chain.from_iterable(map(itertools.pairwise, cells)):
        if line.size <= 1.0:
            return False  # columns of characters have no points
        gap = round(line.baseline - before.baseline, 2)
        if line.page == before.page and 0.9 * line.size <= gap <= 1.9 * line.size:
            if gap % 1:
                return False
            gaps[gap] += 1
    usual = max(gaps, key=lambda gap: gaps[gap], default=0.0)  # of cells that skip a line, none may be so near
    return gaps[usual + 1] + gaps[usual - 1] > _ROUNDED * gaps.total()


def _begins(para: Para, line: TextLine, marker: str, widest: float, limit: float | None, draws: bool) -> bool:
    before = para.lines[-1]
    if line.torn:
        return False
    if _BULLET.match(line.text) or (marker and marker not in "*-–" and _is_next_item(para, line, marker)):
        return True
    if line.page != before.page or (line.x0 > before.x1 and line.baseline < before.baseline - line.size):
        return _begins_overleaf(before, line, limit)  # on another page, or in the next column of it
    if line.begins:
        return True
    if abs(line.size - before.size) > 0.12 * before.size:
        return True
    distance = (line.baseline - line.skips - before.baseline) / max(line.size, 1.0)
    if distance > widest + _LOWERED * line.lowered or distance < 0:
        return True
    if distance > _FAR and before.bold is not line.bold and all(each.bold is before.bold for each in para.lines):
        return True  # no line is wrapped there, and the least distance is that of paragraphs
    if para.kind == "item" and line.x0 < para.lines[0].x0 - 1:
        return True
    if line.node and before.node and line.node != before.node:
        return True
    return is_forced_break(before, line, limit, draws)


def _begins_overleaf(before: TextLine, line: TextLine, limit: float | None) -> bool:
    """The same, where the page ends between the lines: a blank that was drawn there is not to be seen."""
    if before.text[-1:] in ".:;" and _WHOLE_START.match(line.text) and not _INITIAL_END.search(before.text):
        return True
    return (before.text.endswith(")") and line.text.startswith("(")) or is_forced_break(before, line, limit)


def _is_next_item(para: Para, line: TextLine, marker: str) -> bool:
    """Whether a letter or figure with a stop or bracket begins an item, not a wrapped line ("... in\\n2. ...")."""
    before = para.lines[-1]
    if re.search(r"\s", line.text) is None:
        return False
    if _is_open(before.text) and not before.text.endswith((",", ";", ":", "and", "or")):
        return False
    return bool(re.match(r"\(?[a-z\divx]+[.)]$", marker))


def _set_levels(found: list[Para]) -> None:
    """Nesting of list items by their indent."""
    items = [para for para in found if para.kind == "item"]
    indents = sorted({round(para.lines[0].x0 / 6) for para in items})
    for para in items:
        para.level = indents.index(round(para.lines[0].x0 / 6))


def to_line(para: Para, place: Place, breaks: bool = False, alone: bool = False) -> Line:
    """The neutral line of a paragraph; its marker is taken off where it is a bullet.

    `alone`: it is all that its cell holds, where what looks like a bullet is a tick if nothing follows it.

    `breaks`: it is told where it may be several values that the author parted by a line break.
    """
    lines = para.lines
    first = lines[0]
    text = join_texts(lines)
    if len(lines) == 1:
        bold, label, struck = first.bold, "" if first.bold else first.label, first.struck
    else:
        bold = all(line.bold for line in lines)
        label = "" if bold else first.text if first.bold else first.label
        struck = tuple(text for line in lines for text in line.struck)
    if para.kind != "item":
        parts = _possible_breaks(para) if breaks and len(lines) > 1 else ()
        return Line(text, place(lines), "paragraph", "", para.level, bold, struck, label, parts)
    marker = para.marker
    if text == marker and alone:
        return Line(text, place(lines), "paragraph", "", para.level, bold, struck, label)
    if marker and text.startswith(marker):
        text = _fold_joined(text[len(marker) :])
    if label and label.startswith(marker):
        label = fold(label[len(marker) :])
    return Line(text, place(lines), "item", marker, para.level, bold, struck, label)


def _possible_breaks(para: Para) -> tuple[int, ...]:
    """Where in the paragraph's text a line ends that leaves two wholes."""
    return tuple(
        len(join_texts(para.lines[: index + 1]))
        for index, (before, line) in enumerate(itertools.pairwise(para.lines))
        if not before.wraps
        and not _OPEN_PHRASE.search(before.text)
        and not _JOINING_END.search(before.text)
        and _WHOLE_START.match(line.text)
        and not _is_in_bracket(before.text)
    )
