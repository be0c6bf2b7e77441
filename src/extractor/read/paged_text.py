"""What stands at the heads and feet of pages in a text that was taken out of a PDF line by line.

1. A form feed ends a page, or a line says which page it is ("Page 2 of 8"), counting up from one to the next.
2. What stands there again and again, and hardly elsewhere, is furniture; the header of a table is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.text import key
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import header_meaning, split_header

_FIGURES = re.compile(r"\d+")
# What follows may be the head of the page, which some programs put right behind: "Page 2 of 8Thornmere Council".
_PAGE = re.compile(
    r"(?:.{0,80}\s)?page (\d{1,4})(?: of \d{1,4}(?!\d).{0,80})?|(\d{1,4}) of \d{1,4}|[-–] (\d{1,4}) [-–]", re.I
)
_FEWEST_NUMBERS = 2
_MOST_LINES = 4  # that stand at one edge of a page
_FEWEST_TIMES = 3
_OFTEN = 0.4
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
    if any("\f" in line for line in lines):
        between = [(at - 1, at) for at in range(1, len(filled)) if _feeds(lines, filled[at - 1], filled[at])]
        borders = [(-1, 0), *between, (len(filled) - 1, len(filled))]
    else:
        for index in _numbered(lines, filled):
            found[index + 1] = "page number"
            borders.append((places[index] - 1, places[index] + 1))
    texts = [_pattern(lines[index]) for index in filled]
    everywhere = Counter(texts)
    at_edges: Counter[str] = Counter()
    for border in borders:
        at_edges.update({texts[at] for at in _edge(border, len(filled))})
    wanted = max(_FEWEST_TIMES, _OFTEN * len(borders))
    for border in borders:
        for side in (-1, 1):
            beside = False  # a page number
            for at in _edge(border, len(filled), side):
                text = lines[filled[at]].strip()
                times = at_edges[texts[at]]
                numbers = furniture_kind(text) == "page number" and (len(borders) > 1 or not text.isdigit())
                often = times >= (max(2, len(borders) - 1) if beside and side > 0 else wanted)
                again = often and everywhere[texts[at]] <= times + max(1, times // 4)
                if not (numbers or again) or _is_header(text):
                    break
                beside = beside or numbers
                if numbers or side < 0 or border[0] >= _HEAD:
                    found[filled[at] + 1] = "page number" if numbers else "running head" if side > 0 else "running foot"
    return found


def _feeds(lines: Sequence[str], before: int, after: int) -> bool:
    """Whether a form feed stands between two lines with words, or at the beginning of the second."""
    return any("\f" in line for line in lines[before + 1 : after]) or lines[after].lstrip(" ").startswith("\f")


def _numbered(lines: Sequence[str], filled: Sequence[int]) -> list[int]:
    """The indexes of the lines that say which page they stand on, each one more than the one before."""
    found: list[int] = []
    last = 0
    for index in filled:
        match = _PAGE.fullmatch(lines[index].strip())
        if not match:
            continue
        number = int(next(filter(None, match.groups())))
        if found and number != last + 1:
            return []
        found.append(index)
        last = number
    return found if len(found) >= _FEWEST_NUMBERS else []


def _edge(border: tuple[int, int], count: int, *sides: int) -> Iterator[int]:
    """The places of the lines next to a page's end, from it outwards: above it (-1), below it (1), or both."""
    before, after = border
    if -1 in (sides or (-1,)):
        yield from range(before, max(before - _MOST_LINES, -1), -1)
    if 1 in (sides or (1,)):
        yield from range(after, min(after + _MOST_LINES, count))


def _pattern(line: str) -> str:
    """A line's words, whatever its figures."""
    return _FIGURES.sub("#", key(line))


def _is_header(text: str) -> bool:
    """Whether a line is, or begins, the header of a table."""
    columns = split_header(text, None, plan=False) or []
    return header_meaning(text) is not None or (len(columns) > 1 and any(column.meaning for column in columns))
