"""Running heads and feet, page numbers and watermarks: what repeats from page to page at one place.

1. A line is furniture where its words stand at the same height near the edge of several pages, and its figures are
   the same there or count up with the pages.
2. A page number stands alone near the edge and counts up with the pages, in Roman numerals on two of them at least.
   Also of a document of one page, a line ends with it that says of how many pages this is which, or what another line
   says: the title.
3. What the tag tree leaves out, or calls an artifact, is furniture where it stands near an edge or repeats.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from extractor.fixed import fixed
from extractor.read.typeset import Word, join_words
from extractor.text import fold, key
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headings import is_labelled_group

_FIGURES = re.compile(r"\d{1,9}")
_REMEMBERED = 64
_FEW_WORDS = 8  # of a line that is compared with those amid pages
_OFTEN = 3
"""What stands so often amid pages, and half as often as near their edges, is no furniture."""
_EDGE_SHARE = 0.13
_COLUMNS = 1.5
"""The words of a header that comes again stand so far apart, in font sizes, where two of its cells meet."""
_SHORT = 6
"""A document of so many pages may show the head of its left or right pages once or twice."""
_OUTER, _LONGEST_NOTE = 4, 12
"""So many lines from an edge a note stands that the table goes on, and so many words it has at most."""
_APART = 4.0
"""A page number at the other side of the page keeps this distance from the text beside it, in font sizes."""
_GAP = 1.75
"""Furniture keeps this distance from the text, in font sizes; a line of a cell does not."""
# A year, which may be the last value of a page: "2027/28".
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*(?:\d\d|(?:19|20)\d\d))?$")
_PAGE_NUMBER = re.compile(r"^(?:page|p\.?)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$|^[-–|]\s*\d{1,4}\s*[-–|]$", re.I)
_ROMAN = re.compile(r"(?P<tens>x[cl]|l?x{0,3})(?P<ones>i[xv]|v?i{0,3})")
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_PAGE_OF_PAGES = re.compile(r"\bpage # of #$")
"""What the pattern of a line ends with that says which page of how many this is."""


@fixed(frozen=True, slots=True)
class EdgeLine:
    """A line of print near the edge of a page."""

    page: int
    text: str
    height_share: float
    """Its baseline, as a share of the page's height."""
    words: tuple[Word, ...]
    gap: float = 9.0
    """Distance to the next line inwards, in font sizes."""
    inner: tuple[Word, ...] = ()
    """The words of that line."""
    page_height: float = 0.0
    """In points; 0 where it is not known, as in a text."""


def edge_lines(number: int, height: float, lines: Sequence[list[Word]]) -> list[EdgeLine]:
    """The lines of a page that stand near its upper or lower edge; all `lines`, from top to bottom."""
    found = []
    for index, words in enumerate(lines):
        share = words[0].baseline / height if height else 0.5
        if _EDGE_SHARE <= share <= 1 - _EDGE_SHARE:
            continue
        inner = index + 1 if share < 0.5 else index - 1
        gap = 9.0
        following: tuple[Word, ...] = ()
        if 0 <= inner < len(lines):
            following = tuple(lines[inner])
            size = max(words[0].size, following[0].size, 0.1)
            gap = abs(following[0].baseline - words[0].baseline) / size
        found.append(EdgeLine(number, fold(join_words(words)), share, tuple(words), gap, following, height))
    return found


@lru_cache(maxsize=512)  # the same few lines stand on page after page, and are asked about several times on each
def _pattern(text: str) -> tuple[str, tuple[int, ...]]:
    """A line's words without its figures, and the figures."""
    folded = key(text)
    return _FIGURES.sub("#", folded), tuple(int(figure) for figure in _FIGURES.findall(folded))


def _roman(text: str) -> int:
    """What a Roman numeral below a hundred says, in letters of one case; 0 for any other text.

    >>> _roman("iv"), _roman("XIX"), _roman("lead"), _roman("iiii")
    (4, 19, 0, 0)
    """
    found = _ROMAN.fullmatch(text.lower()) if text.islower() or text.isupper() else None
    if found is None:
        return 0
    return 10 * _TENS.index(found["tens"]) + _ONES.index(found["ones"])


def _label(text: str) -> str:
    """What a line begins with up to its colon: "• Status:"."""
    return text[: text.index(":") + 1]


def _same(one: tuple[int, tuple[int, ...]], other: tuple[int, tuple[int, ...]]) -> bool:
    """Whether the figures of two lines are equal, or count up with their pages; each is (page, figures)."""
    (page, figures), (other_page, others) = one, other
    return len(figures) == len(others) and all(
        value == another or value - page == another - other_page for value, another in zip(figures, others, strict=True)
    )


def continuation_notes(page: int, lines: Sequence[list[Word]]) -> list[tuple[EdgeLine, str]]:
    """The lines at the head and the foot of a page that say no more than that its table goes on: LaTeX's tables have
    such rows of their own ("Continued on next page"), which stand as near to the text as its lines to each other."""
    found: list[tuple[EdgeLine, str]] = []
    for words in (*lines[:_OUTER], *lines[max(_OUTER, len(lines) - _OUTER) :]):
        if len(words) > _LONGEST_NOTE or not any("cont" in word.text.lower() for word in words):
            continue
        text = fold(join_words(words))
        if furniture_kind(text) == "continuation note":
            found.append((EdgeLine(page, text, 0.5, tuple(words)), "continuation note"))
    return found


class Furnishing:
    """What repeats near the edges of the pages seen so far; asked page by page."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
        self._heads: dict[tuple[float, float], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        """By height and font size, what stands alone near an edge, and on which pages."""
        self._parted: set[tuple[str, int]] = set()
        """What stood apart from the text on one page at least."""
        self._amid: Counter[str] = Counter()
        """How often short lines occur, wherever they stand, and how often near an edge."""
        self._near: Counter[str] = Counter()
        self._romans: dict[int, set[int]] = defaultdict(set)
        """On which pages a Roman numeral stands alone near an edge, by how much less than the page's number it is."""
        self._page_height = 0.0
        """Of the first page, which the distances from the edges of those that lie on their side are compared on."""
        self._kinds: dict[int, tuple[EdgeLine, str | None]] = {}
        """Lines asked about since lines were last looked at, by their identities, and what they are."""

    def look(self, lines: Iterable[EdgeLine], page: Iterable[Sequence[Word]] = ()) -> None:
        """Takes note of a page's edge lines; `page` are all its lines."""
        self._kinds.clear()
        for words_of_line in page:
            if len(words_of_line) <= _FEW_WORDS:
                text = fold(join_words(words_of_line))
                self._amid[_pattern(text)[0]] += 1
                if ":" in text:
                    self._amid[_label(text)] += 1
        for line in lines:
            words, figures = _pattern(line.text)
            if roman := _roman(line.text):
                self._romans[line.page - roman].add(line.page)
            self._near[words] += 1
            if ":" in line.text:
                self._near[_label(line.text)] += 1
            self._page_height = self._page_height or line.page_height
            self._seen[words, self._band(line)].append((line.page, figures))
            if line.gap >= _GAP:
                self._parted.add((words, self._band(line)))
                if sum(word.x0 - before.x1 > _COLUMNS * word.size for before, word in pairwise(line.words)) < 2:
                    self._heads[_place(line)][words].add(line.page)

    def kind(self, line: EdgeLine, page_count: int) -> str | None:
        """What kind of furniture a line is, or None where it is content."""
        known = self._kinds.get(id(line))
        if known is None:
            known = self._kinds[id(line)] = line, self._kind(line, page_count)
        return known[1]

    def _kind(self, line: EdgeLine, page_count: int) -> str | None:
        words, figures = _pattern(line.text)
        is_number = bool(_PAGE_NUMBER.match(line.text.strip())) and not _YEAR.match(line.text.strip())
        if (not is_number or any(map(str.isalpha, words))) and self._is_by_chance(words):
            return None
        if ":" in line.text and self._is_by_chance(_label(line.text)):
            return None
        if is_number or len(self._romans.get(line.page - _roman(line.text), ())) > 1:
            return "page number"
        band = self._band(line)
        own = (line.page, figures)
        pages = {
            page
            for near in (band - 1, band, band + 1)
            for page, others in self._seen.get((words, near), [])[-_REMEMBERED:]
            if _same(own, (page, others))
        }
        if self._ends_in_number(line, page_count) or (
            words and len(pages | {line.page}) >= (2 if page_count <= 4 else 3)
        ):
            return "running head" if line.height_share < 0.5 else "running foot"
        if self._stands_as_another(line, words, page_count):
            return "running head" if line.height_share < 0.5 else "running foot"
        return None

    def _stands_as_another(self, line: EdgeLine, words: str, page_count: int) -> bool:
        """Whether a line of a short document stands alone where the running head of other pages does, in type as large:
        left and right pages have heads of their own. Columns of characters show no height on the page."""
        if (
            page_count > _SHORT
            or line.gap < _GAP
            or line.words[0].size <= 1.0
            or is_labelled_group(join_words(line.words))
        ):
            return False
        side = line.page % 2
        return line.page > 1 and any(
            other and other != words and len(pages) > 1 and all(page % 2 != side for page in pages)
            for other, pages in self._heads.get(_place(line), {}).items()
        )

    def _ends_in_number(self, line: EdgeLine, page_count: int) -> bool:
        """Whether a line ends with the number of its page: "Page 2 of 9", or apart from what another line says too."""
        words, figures = _pattern(line.text)
        if _PAGE_OF_PAGES.search(words):
            return figures[-2:] == (line.page, page_count)
        *others, last = line.words
        if not others or last.text != str(line.page) or last.x0 - others[-1].x1 < _APART * last.size:
            return False
        return self._amid[_pattern(fold(join_words(others)))[0]] > 0

    def _is_by_chance(self, words: str) -> bool:
        """Whether a line stands amid pages so often, as labels, values and refs ("P9") do: at an edge it is content
        too."""
        near = self._near[words]
        return self._amid[words] >= near + min(near, max(_OFTEN, near // 2)) > 0

    def _band(self, line: EdgeLine) -> int:
        """Where a line stands, in hundredths of the first page's height: as far from the edge as on its own page."""
        share = line.height_share
        if line.page_height and line.page_height != self._page_height:
            scale = line.page_height / self._page_height
            share = share * scale if share < 0.5 else 1 - (1 - share) * scale
        return round(share * 100)

    def strip(self, lines: Iterable[EdgeLine], page_count: int, own: set[int]) -> list[tuple[EdgeLine, str]]:
        """A page's furniture: from each edge inwards, up to the first line that is none, and parted by a gap.

        `own` are the identities of words that are surely content: what stands close to those is furniture all the
        same, since a rule or the tags part them.
        """
        edge = list(lines)
        top = sorted((line for line in edge if line.height_share < 0.5), key=lambda line: line.height_share)
        foot = sorted((line for line in edge if line.height_share >= 0.5), key=lambda line: -line.height_share)
        found: list[tuple[EdgeLine, str]] = []
        for side in (top, foot):
            outer: list[tuple[EdgeLine, str]] = []
            for line in side:
                kind = self.kind(line, page_count)
                if kind is None or own.intersection(map(id, line.words)):
                    break
                outer.append((line, kind))
            while outer and not self._is_parted(outer[-1][0], own):
                outer.pop()
            found.extend(outer)
        return found

    def _is_parted(self, line: EdgeLine, own: set[int]) -> bool:
        """Whether a line stands apart from the text, here or on another page."""
        place = (_pattern(line.text)[0], self._band(line))
        if line.gap >= _GAP or place in self._parted:
            return True
        if own.isdisjoint(map(id, line.inner)):
            return False
        self._parted.add(place)
        return True


def _place(line: EdgeLine) -> tuple[float, float]:
    """The height of a line, as a share of its page's, and its font size."""
    return round(line.height_share, 3), round(line.words[0].size, 1)
