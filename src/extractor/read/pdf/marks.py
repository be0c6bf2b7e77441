"""What a page draws over, beside and above its text: watermarks, marginal tabs, strokes, footnote marks.

1. A watermark is type much larger than the text, set aslant, or over words of the text. A marginal tab is type set
   sideways beyond the text, near the edge of the page. Both are furniture.
2. Type set sideways within the text (the header cell of a narrow column) is read as it runs.
3. A capital letter as high as several lines begins the word beside its head.
4. Letters set apart ("O U T C O M E") are a word.
5. A line through the middle of words strikes them out.
6. A raised figure or sign behind a word is a footnote's mark: no part of the value.
7. A sign without a text of its own that stands before lines again and again is a bullet.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from extractor.document import Block, Table
from extractor.issues import Doubt, take_within
from extractor.locations import Box
from extractor.read.footnotes import is_mark, looks_like_mark
from extractor.read.pdf import sideways
from extractor.read.pdf.pages import Page, Rule
from extractor.read.typeset import UNKNOWN, Word, join_words, text_lines
from extractor.text import fold

_size, _high, _text, _unmapped = map(attrgetter, ("size", "high", "text", "unmapped"))
_LARGE = 2.2
_EDGE_SHARE = 0.07
_NOTE_SIZE = 0.95
_FEWEST_LETTERS = 3
"""Figures and signs are set letter by letter only behind so many letters that are."""
_POWER_LENGTH = 3  # letters of what is raised or lowered within a text
_POWER_GAP = 0.12  # to the word that it belongs to, in font sizes
_LINE_END = 2  # characters that pdfium may put between the two
_RAISED_FIGURES = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALL = 0.86  # browsers set a raised figure at five sixths
_FEWEST_BULLETS = 2
_BULLET_GAP = 2.5
"""Most white space between a bullet and its text, in font sizes."""
_MOST_LETTERS = 40
_NOTE_LENGTH = 300


@dataclass(slots=True)
class Marks:
    """What was taken off the text of a page, and what was noted of it."""

    furniture: list[tuple[str, list[Word]]] = field(default_factory=list)
    """Kind and words."""
    doubts: list[Doubt] = field(default_factory=list)


def take_marks(sheet: Page) -> Marks:
    """Takes off a page's words what is no text of it, marks those struck out, and joins what was set apart."""
    marks = Marks()
    words = sheet.words
    if not words:
        return marks
    sizes = sorted(map(_size, words))
    usual = sizes[len(sizes) // 2]
    if sizes[-1] > _LARGE * usual:
        _take_watermarks(sheet, usual, marks)
        _join_initials(sheet, usual)
    if any(map(_high, words)):
        _take_tabs(sheet, marks)
        words[:] = sideways.joined(sheet)
    words[:] = _letters_joined(words)
    _name_bullets(words)
    _strike(sheet)
    if sizes[0] < _SMALL * usual:
        _take_footnote_marks(sheet, marks)
        _set_level(sheet.words)
    marks.doubts.extend(
        Doubt(
            "text-unmapped",
            f"Characters that the font does not map to text were left out: {word.text!r}.",
            location=sheet.place(box_of([word])),
        )
        for word in filter(_unmapped, words)
    )
    return marks


def box_of(words: list[Word]) -> Box:
    """The box of words in reading coordinates."""
    return (
        min(word.x0 for word in words),
        min(word.box[1] for word in words),
        max(word.x1 for word in words),
        max(word.box[3] for word in words),
    )


# --- furniture -------------------------------------------------------------------------------------------


def _take_watermarks(sheet: Page, usual: float, marks: Marks) -> None:
    large = [word for word in sheet.words if word.size > _LARGE * usual]
    small = [word for word in sheet.words if word.size <= _LARGE * usual]
    found = [word for word in large if word.angle % 90 or _stands_on(word, small)]
    if found:
        marks.furniture.append(("watermark", found))
        _without(sheet, found)


def _stands_on(large: Word, words: list[Word]) -> bool:
    """Whether the type of a word covers others, which no heading and no initial does."""
    left, top, right, bottom = box_of([large])
    covered = 0
    for word in words:
        if top < word.baseline - 0.3 * word.size < bottom and left < (word.x0 + word.x1) / 2 < right:
            covered += 1
    return covered >= 2


def _join_initials(sheet: Page, usual: float) -> None:
    """Puts the letters that begin paragraphs, as high as several lines, before the rest of their words."""
    for initial in [word for word in sheet.words if word.size > _LARGE * usual and len(word.text) == 1]:
        if not initial.text.isupper() or initial.high:
            continue
        top, floor = initial.baseline - initial.size, initial.baseline
        beside = [
            word
            for word in sheet.words
            if word.size < initial.size / 2
            and top < word.baseline - 0.3 * word.size
            and word.baseline < floor + 0.5 * word.size
            and 0.0 < word.x0 - initial.x1 + _OVERLAP * word.size < word.size
        ]
        lines = text_lines(beside)
        if len(lines) < _FEWEST_BESIDE or not lines[0][0].text[:1].islower():
            continue
        first = lines[0][0]
        known = {word.text.lower() for word in sheet.words if word is not first}
        whole = f"{initial.text}{first.text}"
        is_word = initial.text in _WORDS and first.text in known and whole.lower() not in known
        first.text = f"{initial.text} {first.text}" if is_word else whole
        first.x0 = initial.x0
        _without(sheet, [initial])


_WORDS = ("A", "I")
_OVERLAP = 0.3
_FEWEST_BESIDE = 2
_FEWEST_CELLS = 2
"""An initial stands beside so many lines at least."""


def _take_tabs(sheet: Page, marks: Marks) -> None:
    upright = [word for word in sheet.words if not word.high]
    if not upright:
        return
    left = min(word.x0 for word in upright)
    margin = _EDGE_SHARE * sheet.width
    found = [
        word
        for word in sheet.words
        if word.high
        and not word.angle % 90
        and (
            (word.x1 < left - 0.3 * word.size and word.x0 < margin)
            or (word.x1 > sheet.width - margin and word.x0 > _reach(upright, word))
        )
        and not _within_rules(word, sheet)
        and not _heads_cells(upright, word)
    ]
    if found:
        marks.furniture.append(("marginal tab", found))
        _without(sheet, found)


def _reach(upright: Sequence[Word], turned: Word) -> float:
    """How far to the right the text beside a word that is set sideways may reach, with some room; without text beside
    it, how far any other does."""
    beside = [word.x1 for word in upright if turned.high < word.baseline and word.box[1] < turned.baseline]
    return max(beside) + 0.3 * turned.size if beside else max(word.x1 for word in upright)


def _heads_cells(upright: Sequence[Word], turned: Word) -> bool:
    """Whether cells stand in one column right below a word that is set sideways, apart from what is left of
    them."""
    left, _, right, floor = turned.box
    cells = [
        word
        for word in upright
        if word.baseline > floor
        and word.x0 < right
        and left < word.x1
        and not any(
            abs(other.baseline - word.baseline) < 1 and 0 <= word.x0 - other.x1 < word.size for other in upright
        )
    ]
    return len(cells) >= _FEWEST_CELLS


def _within_rules(word: Word, sheet: Page) -> bool:
    """Whether lines or bands on both sides make a cell of the place of a word."""
    middle = (word.high + word.baseline) / 2
    edges = [rule.at for rule in sheet.rules if not rule.horizontal and rule.start <= middle <= rule.end]
    return any(edge <= word.x0 + 1 for edge in edges) and any(edge >= word.x1 - 1 for edge in edges)


def _without(sheet: Page, taken: list[Word]) -> None:
    gone = set(map(id, taken))
    sheet.words[:] = [word for word in sheet.words if id(word) not in gone]


# --- bullets ---------------------------------------------------------------------------------------------


def _name_bullets(words: Sequence[Word]) -> None:
    """Makes bullets of signs that no font maps to text, where such a sign stands alone before text again and again."""
    if UNKNOWN not in map(_text, words):
        return
    found = [
        sign
        for before, sign, after in zip((None, *words), words, words[1:], strict=False)
        if sign.text == UNKNOWN and _stands_before(sign, after) and not (before and _stands_before(before, sign))
    ]
    if len(found) >= _FEWEST_BULLETS:
        for sign in found:
            sign.text, sign.unmapped = "•", False


def _stands_before(word: Word, after: Word) -> bool:
    """Whether a word stands right after another on its line, as text after its bullet."""
    size = after.size
    level = abs(word.baseline - after.baseline) < 0.3 * size and not (word.high or after.high)
    return level and 0.0 <= after.x0 - word.x1 < _BULLET_GAP * size


# --- words set apart -------------------------------------------------------------------------------------


def _letters_joined(words: list[Word]) -> list[Word]:
    """The words with letters that stand apart, at equal distances, as words."""
    alone = bytes([length == 1 for length in map(len, map(_text, words))])
    if b"\1\1\1\1" not in alone:
        return words
    joined: list[Word] = []
    index = 0
    while index < len(words):
        end = _end_of_letters(words, index)
        if end - index < 4:
            joined.append(words[index])
            index += 1
            continue
        joined.extend(_words_of_letters(words[index:end]))
        index = end
    return joined


def _end_of_letters(words: list[Word], start: int) -> int:
    end, last = start, 0.0
    while end < len(words) and end - start < _MOST_LETTERS:
        word = words[end]
        if len(word.text) != 1 or word.high or not (word.text.isalpha() or end - start >= _FEWEST_LETTERS):
            break
        if end > start:
            before = words[end - 1]
            gap = word.x0 - before.x1
            if abs(word.baseline - before.baseline) > 0.05 * word.size or not 0 < gap < 2.0 * word.size:
                break
            if word.size != before.size:
                break
            if word.text.isupper() and before.text.islower() and gap < 1.5 * last:
                break  # no word goes on so
            last = gap
        end += 1
    return end


def _words_of_letters(letters: list[Word]) -> list[Word]:
    """Letters as words: a gap much wider than the usual one parts two. Unequal gaps part all: they are no word."""
    gaps = [word.x0 - before.x1 for before, word in pairwise(letters)]
    usual = sorted(gaps)[len(gaps) // 2]
    if usual > 0.9 * letters[0].size or min(gaps) < 0.5 * usual:
        return letters
    made = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > 1.6 * usual:
            made.append(letter)
        else:
            made[-1].text += letter.text
            made[-1].x1 = letter.x1
            made[-1].wraps = letter.wraps
    return made


# --- strokes ---------------------------------------------------------------------------------------------


def _strike(sheet: Page) -> None:
    """Marks the words that a line runs through, and takes those lines off the rules of the page."""
    strokes = [rule for rule in sheet.rules if rule.horizontal and rule.end - rule.start < 0.7 * sheet.width]
    if not strokes:
        return
    strokes.sort(key=lambda rule: rule.at)
    # Most rules run between lines of print: lines are made only where one does not.
    heights = [rule.at for rule in strokes]
    places = {(word.baseline, word.size) for word in sheet.words}
    if not any(
        bisect_left(heights, baseline - 0.5 * size) < bisect_right(heights, baseline - 0.12 * size)
        for baseline, size in places
    ):
        return
    lines = text_lines(word for word in sheet.words if not word.high)
    used: set[int] = set()
    position = 0
    for line in lines:
        low, high = line[0].baseline - 0.5 * line[0].size, line[0].baseline - 0.12 * line[0].size
        while position < len(strokes) and strokes[position].at < low:
            position += 1
        number = position
        while number < len(strokes) and strokes[number].at <= high:
            struck = _struck_by(strokes[number], line)
            for word in struck:
                word.struck = True
            if struck:
                used.add(id(strokes[number]))
            number += 1
    if used:
        sheet.rules[:] = [rule for rule in sheet.rules if id(rule) not in used]


def _struck_by(stroke: Rule, line: list[Word]) -> list[Word]:
    """The words of a line that a stroke runs through; none where it goes on beyond them, as a table's rule does."""
    crossed = [
        word for word in line if min(stroke.end, word.x1) - max(stroke.start, word.x0) > 0.6 * (word.x1 - word.x0)
    ]
    if not crossed:
        return []
    slack = 0.6 * crossed[0].size
    if stroke.start < crossed[0].x0 - slack or stroke.end > crossed[-1].x1 + slack:
        return []
    return crossed


# --- footnotes -------------------------------------------------------------------------------------------


def _take_footnote_marks(sheet: Page, marks: Marks) -> None:
    lines = text_lines(word for word in sheet.words if not word.high)
    notes = _notes(lines)
    taken: list[Word] = []
    for line in lines:
        for index, word in enumerate(line):
            before, text, after = _host(line, index, lines)
            if before is None:
                continue
            plain = "" if word.text in notes else _plain_note(word, before, lines)
            if not is_mark(word.text, text, (word.text,) if plain else notes):
                continue
            taken.append(word)
            before.lowered = True
            note = notes.get(word.text, plain)
            marks.doubts.append(
                Doubt(
                    "footnote-mark",
                    f'Footnote mark "{word.text}" was taken out of the text'
                    + (f'; the note says: "{note}"' if note else "."),
                    location=sheet.place(box_of([before])),
                )
            )
            if after is not None and after.glued:
                # The stop behind the mark belongs to the word.
                before.text, before.x1, before.wraps = before.text + after.text, after.x1, after.wraps
                taken.append(after)
    if taken:
        _without(sheet, taken)


def _host(line: list[Word], index: int, lines: list[list[Word]]) -> tuple[Word | None, str, Word | None]:
    """The word that a raised one touches, the text of its line up to it, and the word behind the raised one; no word
    where there is none.

    A raised figure makes its line stand lower than the other cells of the row, whose baseline it may share.
    """
    word = line[index]
    if index and _touches(word, line[index - 1]):
        after = line[index + 1] if index + 1 < len(line) else None
        return line[index - 1], join_words(line[max(0, index - 3) : index]), after
    if looks_like_mark(word.text) and not any(_beside(word, other) for other in line):
        for other in lines:
            if abs(other[0].baseline - word.baseline) > 2 * max(word.size, other[0].size):
                continue
            for at, host in enumerate(other):
                if other is not line and _touches(word, host) and host.baseline - word.baseline < word.size:
                    return host, join_words(other[max(0, at - 2) : at + 1]), None
    return None, "", None


def _touches(word: Word, host: Word) -> bool:
    return _is_raised(word, host) and -host.size < word.x0 - host.x1 <= 0.3 * host.size


def _beside(word: Word, other: Word) -> bool:
    """Whether another word of the same line is of the same size, and close by: both are text."""
    return (
        other is not word
        and other.size <= word.size
        and min(abs(word.x0 - other.x1), abs(other.x0 - word.x1)) < word.size
    )


def _is_raised(word: Word, beside: Word) -> bool:
    return word.size < _SMALL * beside.size and beside.baseline - word.baseline > 0.15 * beside.size


def _notes(lines: list[list[Word]]) -> dict[str, str]:
    """The notes of a page by their marks: lines that a raised mark begins."""
    notes: dict[str, str] = {}
    for line in lines:
        if len(line) < 2 or not _is_raised(line[0], line[1]) or not looks_like_mark(line[0].text):
            continue
        line[1].glued = False
        if line[1].x0 - line[0].x1 < 0.2 * line[1].size:
            line[0].text += " "  # the mark stands close before its note
        notes.setdefault(line[0].text.strip(), fold(join_words(line[1:]))[:_NOTE_LENGTH])
    return notes


def _plain_note(mark: Word, host: Word, lines: list[list[Word]]) -> str:
    """The note of a mark that is set as its note is: a line in smaller print below the text that begins with it."""
    for line in reversed(lines):
        first = line[0]
        if first.text != mark.text or len(line) < 2 or first.baseline <= host.baseline + 2 * host.size:
            continue
        if first.size == line[1].size < _NOTE_SIZE * host.size:
            return fold(join_words(line[1:]))[:_NOTE_LENGTH]
    return ""


def _set_level(words: list[Word]) -> None:
    """Sets what is raised or lowered behind its word, and is no mark, on the line of the word: "m2", "CO2", "1st".

    What is raised behind a figure is a power, and stays one: "10⁶".
    """
    for host, word in pairwise(words):
        if word.size >= _SMALL * host.size or word.high or host.high or len(word.text) > _POWER_LENGTH:
            continue
        rise, gap = host.baseline - word.baseline, word.x0 - host.x1
        if not 0.05 * host.size < abs(rise) < host.size or not -0.1 * host.size < gap < _POWER_GAP * host.size:
            continue
        if word.order > host.order + len(host.text) + _LINE_END:
            continue
        word.baseline, word.glued = host.baseline, True
        if rise > 0 and host.text[-1:].isdigit() and word.text.isdigit():
            word.text = word.text.translate(_RAISED_FIGURES)


# --- doubts and the cells that they stand in ---------------------------------------------------------------


def in_cells(blocks: Iterable[Block], doubts: Sequence[Doubt]) -> tuple[tuple[Block, ...], list[Doubt]]:
    """The blocks, each cell with the doubts that stand in it; and the doubts that stand in no cell."""
    by_page: dict[int | None, list[Doubt]] = {}
    for doubt in doubts:
        by_page.setdefault(doubt.location.page, []).append(doubt)
    if not by_page:
        return tuple(blocks), []
    settled = tuple(_settled(block, by_page) if isinstance(block, Table) else block for block in blocks)
    return settled, [doubt for waiting in by_page.values() for doubt in waiting]


def _settled(table: Table, by_page: dict[int | None, list[Doubt]]) -> Table:
    """The table with the doubts of `by_page` that stand in its cells, which are taken off there."""
    settled: dict[int, list[Doubt]] = {}
    for cell in table.cells():
        places = (cell.location, *cell.location.continued)
        found = [doubt for place in places for doubt in take_within(place, by_page)]
        if found:
            settled[id(cell)] = list({(doubt.code, doubt.message): doubt for doubt in found}.values())
    return table.doubted(settled)
