"""Words that a narrow column tore where nobody set a hyphen: "Complet" over "ed", "SA-0" over "1".

1. A word that does not fit a line of its own is torn: its first part fills the column, so that not even the next letter
   had room, and mostly stands alone on its line; behind other words only where nothing but the whole is a word.
2. A program that draws the blanks at which it breaks lines draws none there.
3. The parts of a known word are one; so are those of a ref, a word and a letter that is none, a word and an ending
   ("Environment" over "al", "Conservati" over "on"), and those of an unknown word of which no part is a word. The last
   are doubted, unless the missing blank proves them.
4. What is torn once is torn again where the page ends within it.
5. A date or a year is one where its digits fill the column and those below complete it: "Q3 2023/2" over "4".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.read.overleaf import PageCell, PageTable
from extractor.read.typeset import TextLine, draws_blanks
from extractor.text import print_width, words
from extractor.vocabulary.divided import PLAN_WORDS, SMALL_WORDS
from extractor.vocabulary.states import STATES

_PART = re.compile(r"[(\[“‘\"']?(?:[^\W\d_]+-)*([^\W\d_]{2,})")
_HALF = re.compile(r"[(\[“‘\"']?([^\W\d_]+)")
_REST = re.compile(r"([^\W\d_]+)[.,;:)\]’”\"']*")
_REF_PART = re.compile(r"[A-Z]{0,6}[-.]?\d{1,3}(?:\.\d{1,3})*\(?|[A-Z]{2,6}")
_REF_REST = re.compile(r"\d{1,3}[a-z]?|[a-z]{1,2}\)?")
_REF = re.compile(r"(?:[A-Z]{1,6}[-.]?\d{1,3}(?:\.\d{1,3})*|\d{1,3}(?:\.\d{1,3})+)(?:[a-z]{1,2}|\([a-z]{1,2}\))?")
_HYPHENED = re.compile(r"-\d{1,3}[a-z]?")
"""The rest of "WK-01" where its hyphen had no room either."""
_LETTER_PART = re.compile(r"[A-Z]{1,2}")
_LETTERED_REF = re.compile(r"[A-Z]{2,6}[-.]?\d{1,3}[a-z]?")
_LETTERED = re.compile(r"[A-Z]{1,6}(?P<blank> ?)\d{1,3}[a-z]?")
_TIME_PART = re.compile(r"(?<![\w/.–-])\d[\d/.–-]*$")
_TIME_REST = re.compile(r"(\d{1,4})[.,;)\]]*(?: |$)")
_TIME = re.compile(
    r"(?:19|20)\d\d(?:[/–-](?:(?:19|20)\d\d|\d\d))?|[01]?\d/(?:(?:19|20)\d\d|\d\d)"
    r"|[0-3]?\d([/.-])[01]?\d\1(?:(?:19|20)\d\d|\d\d)"
)
"""A year, two of them, a month's number and its year, or a date."""
_FULL_DATE = re.compile(r"[0-3]?\d([/.-])[01]?\d\1(?:19|20)\d\d")
_WORDS = PLAN_WORDS | SMALL_WORDS
_ENDINGS = frozenset(
    [
        "al",
        "ally",
        "ary",
        "ed",
        "ers",
        "es",
        "ful",
        "ial",
        "ic",
        "ies",
        "ing",
        "ings",
        "ion",
        "ions",
        "ity",
        "ive",
        "ly",
        "ment",
        "ments",
        "ness",
        "ory",
        "tion",
        "tional",
        "tions",
        "ual",
    ]
)
"""What a word may end in and is none itself: behind a word that fills the column it is the rest of a longer one."""
_LETTERS_ALONE = frozenset("aioyw")
"""Those that are a word, in English or Welsh."""
_SION = re.compile(r"[^/]{3,}[ts]i/on")
"""Two parts of a word of which the second is one: hardly a word ends as the first does ("Conservati" over "on")."""
_MOST_PARTS = 4
_LEADING = 1.7
"""Lines of one word follow each other no further apart, in font sizes."""
_PADDING = 2.75
"""What stands between the letter that has no room in a column and the next one is no wider, in font sizes."""
_LONGEST = 17
"""Hardly a word has more letters: two unknown ones that have are two words each."""
_FEWEST_TORN = 2
"""So many words are torn where a program tears any, which tells more than a single one."""
_FULL = 0.8
_REMAINDER = 0.25
_HALF_LINES = 2.0
"""Lines of a cell of characters are no further apart where it stands half a line higher than others of its row."""
_TORN_REF_REST = re.compile(r"[A-Z]{0,2}\d{1,2}[a-z]?|[a-z]")
_UNSURE = Doubt("border-inferred", "whether lines of this cell are parts of one word is a guess")


def mend(tables: Sequence[PageTable], known: Mapping[str, int]) -> tuple[Counter[str], Counter[str]]:
    """Marks the lines that begin within a word (`TextLine.torn`); gives the parts of such words, and the whole words.

    `known` is how often each word stands in the document, the parts among them.
    """
    parts: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    everything = [each for table in tables for each in _full_lines(table)]
    if not everything:
        return parts, wholes
    pairs: set[tuple[str, str]] = set()
    tears_times = False
    for _, lines, _, _ in everything:
        part, rest = _time_of(lines)
        if part:
            lines[1].torn = tears_times = True
            parts.update(words(f"{part} {rest}"))
            wholes.update(words(part + rest))
    found = [(cell, lines, drawn) for cell, lines, drawn, _ in everything if " " not in lines[0].text]
    spelt: dict[str, int] = {}
    for word, count in known.items():
        lower = word.lower()
        spelt[lower] = spelt.get(lower, 0) + count
    counts = Counter(spelt)
    for _, lines, _ in found:
        counts.subtract(word.lower() for line in lines for word in words(line.text)[:1])
    behind = [(cell, lines[1], *_halves(lines, reach)) for cell, lines, _, reach in everything if " " in lines[0].text]
    counts.subtract(half.lower() for _, _, *halves in behind for half in halves)
    for cell, below, part, rest in behind:
        if not part or _is_known(part, counts) or _is_known(rest, counts):
            continue
        is_word = _is_known(part + rest, counts)
        is_letter = len(part) == 1 and part.islower() and part not in _LETTERS_ALONE
        if is_word or is_letter or (part[0].isupper() and len(part) > 1):  # a name's next word would have a capital too
            below.torn = True
            parts.update((part, rest))
            wholes.update((part + rest,))
            if not is_word and not is_letter:
                cell.doubts = (*cell.doubts, _UNSURE)
    blanks = _blanks_in_refs(tables)
    # Where no ref on one line shows whether a blank belongs there, "NR" over "1" is "NR1", as its canonical form is.
    unshown = not blanks and any(_LETTERED.fullmatch(f"{lines[0].text} {lines[1].text}") for _, lines, _ in found)
    close = unshown or blanks == {""} or any(_ref_of(lines, close=False) > 1 for _, lines, _ in found)
    overleaf = [*_over_page_ends(tables)]
    for cell, lines, drawn in found:
        if lines[0].page != lines[1].page:
            overleaf.append((lines[0], lines[1]))
            continue
        whole = _whole_of(lines, counts, drawn, close)
        if whole is None or lines[0].torn:
            continue
        torn, is_sure = whole
        for line in lines[1 : torn + 1]:
            line.torn = True
        if not is_sure:
            cell.doubts = (*cell.doubts, _UNSURE)
        pieces = [*(line.text for line in lines[:torn]), lines[torn].text.split(" ", 1)[0]]
        parts.update(word for piece in pieces for word in words(piece))
        wholes.update(words("".join(pieces)))
        if torn == 1:
            pairs.add((pieces[0], pieces[1]))
    for line, below in overleaf:
        part, rest = _time_of([line, below]) if tears_times else ("", "")
        if not part:
            part, rest = line.text, below.text.split(" ", 1)[0]
            if (part, rest) not in pairs:
                continue
        below.torn = True
        parts.update(words(f"{part} {rest}"))
        wholes.update(words(part + rest))
    return parts, wholes


def mend_characters(tables: Sequence[PageTable], known: Mapping[str, int]) -> tuple[Counter[str], Counter[str]]:
    """As `mend`, for columns of characters, which do not show how wide a line was.

    So the words alone tell: the whole is a known word, and what its parts would be are none, or two halves of several
    dates stand over each other, or parts of refs that begin alike. Where the first is so more than once, any ref is
    torn too, and a word that fills the widest line of its column, of which no part is known, is doubted.
    """
    parts: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    ends = [each for table in tables for each in _ends_of_lines(table)]
    spelt: Counter[str] = Counter()
    for word, count in known.items():
        spelt[word.lower()] += count
    spelt.update(word for state in STATES for word in state.split())
    counts = Counter(spelt)
    for end in ends:
        counts.subtract((end.part.lower(), end.rest.lower()))
    for word in {word.lower() for end in ends for word in (end.part, end.rest)}:
        if counts[word] <= _REMAINDER * spelt[word]:
            counts[word] = 0  # those that are left may be parts too, of words that a page's end tore
    torn = [end for end in ends if end.part and end.is_torn(counts)]
    dates = [end for end in ends if end.is_alone and _is_torn_date(end.line.text, end.below.text)]
    dates = dates if len(dates) >= _FEWEST_TORN else []
    refs = [end for end in ends if end.is_ref]
    begun = Counter(end.line.text for end in refs if not end.below.text.isalpha())
    if len(torn) < _FEWEST_TORN:
        torn, ends = [], []
        refs = [end for end in refs if end.below.text.isalpha() or begun[end.line.text] >= _FEWEST_TORN]
        lettered = any(end.below.text[-1].isalpha() and not end.below.text.isalpha() for end in refs)
        refs = [end for end in refs if lettered or not end.below.text.isalpha()]  # no two refs are the same
    torn.extend((*dates, *refs))
    for end in ends:
        if end.is_ref:
            continue
        if end.part and end.is_alone and end.is_full and not end.is_torn(counts) and end.is_unknown(counts):
            end.cell.doubts = (*end.cell.doubts, _UNSURE)
    lines = [(end.line, end.below) for end in torn]
    seen = {_around(*each) for each in lines}
    for line, below in (*lines, *(each for each in _over_page_ends(tables) if _around(*each) in seen)):
        below.torn = True
        one, other = _around(line, below)
        parts.update(words(f"{one} {other}"))
        wholes.update(words(one + other))
    return parts, wholes


def _is_torn_date(text: str, below: str) -> bool:
    """Whether the figures alone on a line complete the year of a date above them: "28/08/20" over "23"."""
    return below.isdigit() and _FULL_DATE.fullmatch(text + below) is not None


def _around(line: TextLine, below: TextLine) -> tuple[str, str]:
    """The last word of a line, and the first one of the line below."""
    return line.text.rsplit(" ", 1)[-1], below.text.split(" ", 1)[0]


@fixed(frozen=True, slots=True)
class _End:
    """The end of a line of characters within a cell."""

    cell: PageCell
    line: TextLine
    below: TextLine
    part: str
    """The last word of the line, where a word in small letters begins the line below; else empty."""
    rest: str
    is_full: bool
    """Hardly any line of the column was wider in print."""

    @property
    def is_alone(self) -> bool:
        """The line holds nothing but one word."""
        return " " not in self.line.text

    @property
    def is_ref(self) -> bool:
        """The two lines may be the parts of a ref."""
        is_begun = self.is_alone and _REF_PART.fullmatch(self.line.text) and _TORN_REF_REST.fullmatch(self.below.text)
        return bool(is_begun and _REF.fullmatch(self.line.text + self.below.text))

    def is_torn(self, counts: Mapping[str, int]) -> bool:
        """Whether the two words are sure to be one."""
        if len(self.rest) == 1 and self.rest not in _LETTERS_ALONE and self.is_alone:
            return True
        if not _is_known(self.part + self.rest, counts) or _is_known(self.rest, counts):
            return False
        return self.is_alone or not _is_known(self.part, counts)

    def is_unknown(self, counts: Mapping[str, int]) -> bool:
        """Whether neither of the two words is known but as an ending."""
        return not _is_known(self.part, counts) and (not _is_known(self.rest, counts) or self.rest in _ENDINGS)


def _ends_of_lines(table: PageTable) -> Iterator[_End]:
    """The ends of lines within the cells of a table."""
    reach: dict[int, float] = {}
    for row in table.rows[table.header_rows :]:
        for cell in row:
            if cell.column_span == 1:
                reach[cell.column] = max([reach.get(cell.column, 0.0), *(line.reach for line in cell.lines)])
    for row in table.rows[table.header_rows :]:
        for cell in row:
            for line, below in pairwise(cell.lines if cell.column_span == 1 else ()):
                if below.baseline - line.baseline > _HALF_LINES or below.begins == "item":
                    continue
                part = _PART.fullmatch(line.text.rpartition(" ")[2])
                rest = _REST.fullmatch(below.text.split(" ", 1)[0])
                is_word = part is not None and rest is not None and rest[1].islower()
                full = line.reach >= _FULL * reach[cell.column]
                yield _End(
                    cell, line, below, part[1] if part and is_word else "", rest[1] if rest and is_word else "", full
                )


def _over_page_ends(tables: Sequence[PageTable]) -> Iterator[tuple[TextLine, TextLine]]:
    """The last line of each cell at the foot of a page, with the first one of its column overleaf."""
    for before, table in pairwise(tables):
        if table.page != (before.last_page or before.page) + 1 or table.width != before.width or not before.rows:
            continue
        feet = {cell.column: cell.lines[-1] for cell in before.rows[-1] if cell.lines}
        for row in table.rows[table.header_rows :][:1]:
            for cell in row:
                if cell.lines and cell.column in feet:
                    yield feet[cell.column], cell.lines[0]


def _blanks_in_refs(tables: Sequence[PageTable]) -> set[str]:
    """What stands between letters and number in the refs that stand on one line: nothing in "HP1", so in "TUC" over "1"
    too."""
    lines = (cell.lines[0].text for table in tables for row in table.rows for cell in row if len(cell.lines) == 1)
    return {match["blank"] for match in map(_LETTERED.fullmatch, lines) if match}


def _full_lines(table: PageTable) -> Iterator[tuple[PageCell, list[TextLine], bool, float]]:
    """The lines of cells that fill their column, each with those below it; whether the program draws blanks there, and
    how far to the right the column's text reaches."""
    draws = draws_blanks(cell.lines for row in table.rows for cell in row)
    reach: dict[int, float] = {}
    for row in table.rows:
        for cell in row:
            furthest = reach.get(cell.column, 0.0)
            for line in cell.lines:
                if line.x1 > furthest:
                    furthest = line.x1
            if cell.column_span == 1:
                reach[cell.column] = furthest
    for row in table.rows:
        for cell in row:
            if cell.column_span > 1 or len(cell.lines) < 2:
                continue
            right = min((edge for edge in table.edges[cell.column + 1 :][:1] if edge == edge), default=float("inf"))
            for index, line in enumerate(cell.lines[:-1]):
                below = cell.lines[index : index + _MOST_PARTS]
                if _is_torn_here(line, below[1], reach[cell.column], right):
                    yield cell, below, draws, reach[cell.column]


def _is_torn_here(line: TextLine, below: TextLine, reach: float, right: float) -> bool:
    """Whether a line holds a part of a word that fills its column, and the line below may go on with it."""
    if line.size <= 1.0 or line.wraps or below.begins == "item":
        return False
    if (
        not (line.text[-1:].isalnum() or line.text.endswith("("))
        or not (below.text[:1].isalnum() or _HYPHENED.fullmatch(below.text))
        or (below.text[:1].isupper() and not _LETTER_PART.fullmatch(line.text))
    ):
        return False
    if line.page == below.page and not 0 < below.baseline - line.baseline <= _LEADING * line.size:
        return False
    letter = 1.15 * print_width(below.text[0]) * line.size
    return line.x1 + letter >= reach and (right == float("inf") or right - line.x1 - letter <= _PADDING * line.size)


def _whole_of(
    lines: Sequence[TextLine], counts: Mapping[str, int], draws: bool, close: bool
) -> tuple[int, bool] | None:
    """How many of the lines after the first go on with its word, and whether that is sure; None where none does."""
    ref = _ref_of(lines, close)
    if ref:
        return ref, True
    first = _PART.fullmatch(lines[0].text)
    if not first:
        return None
    texts = [first[1]]
    best: int | None = None
    for index, line in enumerate(lines[1:], 1):
        rest = _REST.fullmatch(line.text.split(" ", 1)[0])
        if not rest:
            break
        texts.append(rest[1])
        if index == 1 and len(rest[1]) == 1 and rest[1] not in _LETTERS_ALONE:
            return 1, True
        whole = "".join(texts).lower()
        if _is_known(whole, counts):
            best = index
        if rest[1] != line.text:
            break
    if best is not None:
        return best, True
    if len(texts) > 1 and _SION.fullmatch("/".join(texts[:2])) and not _is_known(texts[0], counts):
        return 1, True
    if len(texts) < 2 or _is_known(texts[1], counts):
        return None
    if _is_known(texts[0], counts):
        return (1, True) if texts[1] in _ENDINGS else None
    if not draws and len(whole) > _LONGEST and texts[1] not in _ENDINGS:
        return 0, False
    return 1, draws


def _halves(lines: Sequence[TextLine], reach: float) -> tuple[str, str]:
    """The last word of the first line, and the word that the second begins with, both without punctuation; empty where
    they would fit one line of the column together, so that no program tears them."""
    line, below = lines[:2]
    end = line.text.rpartition(" ")[2]
    part = _HALF.fullmatch(end)
    rest = _REST.fullmatch(below.text.split(" ", 1)[0])
    if not part or not rest:
        return "", ""
    drawn = (line.x1 - line.x0) / print_width(line.text)  # letters of some fonts are wider than those of others
    width = drawn * print_width(end) + below.first_width
    return (part[1], rest[1]) if width > reach - min(line.x0, below.x0) else ("", "")


def _time_of(lines: Sequence[TextLine]) -> tuple[str, str]:
    """The digits that the first line ends with, and those that complete its date or year below; else empty."""
    part, rest = _TIME_PART.search(lines[0].text), _TIME_REST.match(lines[1].text)
    if not part or not rest or not _TIME.fullmatch(part[0] + rest[1]):
        return "", ""
    return part[0], rest[1]


def _is_known(word: str, counts: Mapping[str, int]) -> bool:
    return counts.get(word.lower(), 0) > 0 or word.lower() in _WORDS


def _ref_of(lines: Sequence[TextLine], close: bool) -> int:
    """How many of the lines after the first are the rest of a ref: "SA-0" and "7b"; 0 where it is none.

    `close`: letters alone are the first part of one, for no blank stands between them and the number. Where a ref is
    torn twice ("M", "W", "M1"), its letters are.
    """
    texts = [line.text for line in lines]
    if _HYPHENED.fullmatch(texts[1]):
        return int(_REF.fullmatch(texts[0] + texts[1]) is not None)
    for count in range(len(texts) - 1, 0 if close else 1, -1):
        if all(map(_LETTER_PART.fullmatch, texts[:count])) and _LETTERED_REF.fullmatch("".join(texts[: count + 1])):
            return count
    if not close and texts[0].isalpha():
        return 0
    if not _REF_PART.fullmatch(texts[0]) or not _REF_REST.fullmatch(texts[1]):
        return 0
    return int(_REF.fullmatch(texts[0] + texts[1]) is not None)
