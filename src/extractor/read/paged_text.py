"""What stands at the heads and feet of pages in a text that was taken out of a PDF line by line.

1. A form feed ends a page, or a line says which page it is ("Page 2 of 8"), counting up from one to the next.
2. What stands there again and again, and hardly elsewhere, is furniture; the header of a table is not.
3. A figure alone is a page's number where it counts as the pages do; of others, lines that come again differ in one at
   most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractor.text import key
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import header_meaning, split_header
from extractor.vocabulary.headings import numbered_label
from extractor.vocabulary.states import is_state

_FIGURES = re.compile(r"\d+")
# What follows may be the head of the page, which some programs put right behind: "Page 2 of 8Thornmere Council".
_PAGE = re.compile(
    r"(?:.{0,80}\s)?page (\d{1,4})(?: of \d{1,4}(?!\d).{0,80})?|(\d{1,4}) of \d{1,4}|[-–] (\d{1,4}) [-–]", re.I
)
_FEWEST_NUMBERS = 2
_FEWEST_ON_PAGE = 10  # lines, where a number does not say that it is a page's
_MOST_LINES = 4  # that stand at one edge of a page
_FEWEST_TIMES = 3
_OFTEN = 0.4
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TITLE = re.compile(r"\w\W+(?:plan|report|strategy|programme|update|review)\b", re.IGNORECASE)
_HEAD = 3  # lines above which a text's first page begins


def find_page_furniture(lines: Sequence[str]) -> dict[int, str]:
    """What repeats where pages meet: number of the line, from 1 -> kind of furniture.

    What stands above the text of the first page is left, since it may be the only place where the title stands.
    """
    filled = [index for index, line in enumerate(lines) if line.strip()]
    places = {index: at for at, index in enumerate(filled)}
    found: dict[int, str] = {}
    borders: list[tuple[int, int]] = []
    """Of each page's end, the places (in `filled`) of the last line before it and of the first one after it."""
    pages: Sequence[int]
    """The number of the page that each of them ends."""
    if any("\f" in line for line in lines):
        between = [(at - 1, at) for at in range(1, len(filled)) if _feeds(lines, filled[at - 1], filled[at])]
        borders = [(-1, 0), *between, (len(filled) - 1, len(filled))]
        pages = range(len(borders))
    else:
        numbered = _numbered(lines, filled)
        for index in numbered:
            found[index + 1] = "page number"
            borders.append((places[index] - 1, places[index] + 1))
        pages = list(numbered.values())
    texts = [lines[index].strip() for index in filled]
    patterns = [_FIGURES.sub("#", key(text)) for text in texts]
    everywhere = Counter(patterns)
    edges = {at for border in borders for at in _edge(border, len(filled))}
    near = Counter(patterns[at] for at in edges)
    times = _times_at_edges(borders, patterns, near)
    varying = _varying(edges, texts, patterns)
    numbers = _page_numbers(borders, pages, texts)
    wanted = max(_FEWEST_TIMES, _OFTEN * len(borders))
    # What begins the text, above that of its first page, is of the head of any page where it stands again.
    first = {texts[at] for at in _edge(borders[0], len(texts))} if borders and borders[0][0] < _HEAD - 1 else set()
    for border in borders:
        for side in (-1, 1):
            beside = False  # a page number
            for at in _edge(border, len(filled), side):
                count = times[patterns[at]]
                often = count >= (max(2, len(borders) - 1) if beside and side > 0 else wanted)
                often = often or (texts[at] in first and count > 1)
                # What is always the same may stand at the head and the foot of each page.
                known = count if varying[patterns[at]] else near[patterns[at]]
                again = often and everywhere[patterns[at]] <= known + max(1, count // 4)
                again = again and varying[patterns[at]] <= 1 and _may_recur(texts[at])
                if not (at in numbers or again) or _is_header(texts[at]):
                    break
                beside = beside or at in numbers
                if at in numbers or side < 0 or border[0] >= _HEAD:
                    kind = "running head" if side > 0 else "running foot"
                    found[filled[at] + 1] = "page number" if at in numbers else kind
    return found


def find_titles_again(lines: Sequence[str]) -> dict[int, str]:
    """Where the title with which a text begins, told by what it calls itself and by its year, comes again and again, as
    the head of pages of whose ends nothing else is left: number of the line, from 1 -> kind of furniture."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    first = {lines[index].strip() for index in filled[:_HEAD]}
    titles = {
        text
        for text in first
        if _YEAR.search(text) and _TITLE.search(text) and not _is_header(text.partition(":")[0])  # no label of a record
    }
    again = [index for index in filled[_HEAD:] if lines[index].strip() in titles]
    times = Counter(lines[index].strip() for index in again)
    return {index + 1: "running head" for index in again if times[lines[index].strip()] >= _FEWEST_TIMES - 1}


def _times_at_edges(
    borders: Sequence[tuple[int, int]], patterns: Sequence[str], near: Mapping[str, int]
) -> Counter[str]:
    """At how many ends of pages a line stands, each by a line of its own: one of a short page is near two. `near` is
    how many such lines there are."""
    ends: Counter[str] = Counter()
    for border in borders:
        ends.update({patterns[at] for at in _edge(border, len(patterns))})
    return Counter({pattern: min(count, near[pattern]) for pattern, count in ends.items()})


def _varying(places: Iterable[int], texts: Sequence[str], patterns: Sequence[str]) -> dict[str, int]:
    """In how many figures the lines of each pattern differ: rows in more than one, and so not in the page's alone."""
    figures: dict[str, list[set[str]]] = {}
    for at in places:
        own = _FIGURES.findall(key(texts[at]))
        for seen, figure in zip(figures.setdefault(patterns[at], [set() for _ in own]), own, strict=True):
            seen.add(figure)
    return {pattern: sum(len(each) > 1 for each in seen) for pattern, seen in figures.items()}


def _page_numbers(borders: Sequence[tuple[int, int]], pages: Sequence[int], texts: Sequence[str]) -> set[int]:
    """The places of the lines that are numbers of pages: those that say so, and the figures that count as pages do, for
    a ref or a sum may stand there as well."""
    found: set[int] = set()
    bare: dict[tuple[int, int, int], list[int]] = {}
    """By how much it is more than the page's own number, and where it stands: at which end, and which line of it."""
    for border, page in zip(borders, pages, strict=True):
        for side in (-1, 1):
            for line, at in enumerate(_edge(border, len(texts), side)):
                if furniture_kind(texts[at]) != "page number":
                    continue
                figure = _FIGURES.match(texts[at])
                if figure is None or "page" in texts[at].lower():
                    found.add(at)
                elif len(borders) > 1:
                    bare.setdefault((int(figure[0]) - page - (side > 0), side, line), []).append(at)
    often = max(2, _OFTEN * (len(borders) - 1))
    for (more, side, line), places in bare.items():
        if len(places) >= often or (not more and side < 0 and not line):
            found.update(places)
    return found


def _feeds(lines: Sequence[str], before: int, after: int) -> bool:
    """Whether a form feed stands between two lines with words, or at the beginning of the second."""
    return any("\f" in line for line in lines[before + 1 : after]) or lines[after].lstrip(" ").startswith("\f")


def _numbered(lines: Sequence[str], filled: Sequence[int]) -> dict[int, int]:
    """The indexes of the lines that say which page they stand on, each one more than the one before, and the pages."""
    found: dict[int, int] = {}
    bare = False
    last = 0
    for index in filled:
        match = _PAGE.fullmatch(lines[index].strip())
        if not match:
            continue
        number = int(next(filter(None, match.groups())))
        if found and number != last + 1:
            return {}
        bare = bare or match[2] is not None
        found[index] = last = number
    if len(found) < _FEWEST_NUMBERS or (bare and len(filled) < _FEWEST_ON_PAGE * len(found)):
        return {}  # "3 of 8" may be how far an action is
    return found


def _edge(border: tuple[int, int], count: int, *sides: int) -> Iterator[int]:
    """The places of the lines next to a page's end, from it outwards: above it (-1), below it (1), or both."""
    before, after = border
    if -1 in (sides or (-1,)):
        yield from range(before, max(before - _MOST_LINES, -1), -1)
    if 1 in (sides or (1,)):
        yield from range(after, min(after + _MOST_LINES, count))


def _may_recur(text: str) -> bool:
    """Whether a line may be a page's head or foot: no numbered heading, and no state of an action."""
    return numbered_label(text) is None and not is_state(text)


def _is_header(text: str) -> bool:
    """Whether a line is, or begins, the header of a table."""
    columns = split_header(text, None, plan=False) or []
    return header_meaning(text) is not None or (len(columns) > 1 and any(column.meaning for column in columns))
