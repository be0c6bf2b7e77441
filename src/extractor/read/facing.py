"""A table that runs over facing pages: the left page has its first columns, the right page the others. Both may be one
page of the file.

1. The headers of the right page go on with those of the left: no ref, no activity, and no meaning twice; or the right
   page has none.
2. The rows of both stand at the same heights, one to one, or all of them as much higher as the header does; only a row
   that runs over the whole left page, such as the heading of a group, may have none beside it.
3. This holds for every pair of pages of the table, or nothing is joined, and a doubt says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.issues import Doubt
from extractor.locations import Location
from extractor.read.overleaf import PageCell, PageTable, cell_text, is_ref
from extractor.vocabulary.headers import header_meaning

_SAME_HEIGHT = 4.0
"""Rows whose text begins, ends or has its middle this near to each other stand beside each other, in points."""
_SAME_EDGE = 3.0
"""Edges of columns on two pages that differ by no more than this, in points, are one."""
_LEAST_ROWS = 2
_LEAST_BARE = 3
"""So many rows of a page without a header at least go on with as many on the left page."""
_MOST_BESIDE = 0.8
_BESIDE = 0.5
"""Tables of which so many rows stand beside each other face each other, though they cannot be joined."""
_OPENING = ("ref", "activity")


@dataclass(slots=True)
class _Pair:
    left: PageTable
    right: PageTable
    places: list[int] | None
    """The row of the left table beside each of the right one's; None where they do not match."""


def facing(
    tables: Sequence[PageTable], text_on: Mapping[int, Sequence[float]]
) -> tuple[dict[int, PageTable | None], list[Doubt]]:
    """What becomes of tables that face each other: the left one's identity -> the whole, the right one's -> None.

    `tables` stand in reading order; `text_on` tells the heights of the other text of a page. The doubts are of tables
    that face each other and whose rows do not match.
    """
    by_page: dict[int, list[PageTable]] = {}
    for table in tables:
        by_page.setdefault(table.page, []).append(table)
    made: dict[int, PageTable | None] = {}
    doubts: list[Doubt] = []
    for pair in _within_pages(by_page):
        made[id(pair.left)] = _joined(pair.left, pair.right, pair.places or [])
        made[id(pair.right)] = None
    if made:
        return made, doubts
    done = 0
    for page in sorted(by_page):
        if page <= done:
            continue
        spreads = _spreads(by_page, page, text_on)
        if not spreads:
            if page + 1 not in by_page and _text_beside(by_page[page], text_on.get(page + 1, ())):
                doubts.append(_not_joined(page, page + 1, "it has no header there"))
            continue
        done = max(pair.right.last_page or pair.right.page for pair in spreads)
        if sum(len(pair.places or ()) - pair.right.header_rows for pair in spreads) < _LEAST_ROWS:
            matched = sum(_beside(pair) for pair in spreads)
            total = sum(len(pair.right.rows) for pair in spreads)
            if matched < _LEAST_ROWS or matched < _BESIDE * total:
                continue
        unlike = [pair for pair in spreads if pair.places is None]
        if unlike:
            reason = "the rows do not match one to one"
            doubts.append(_not_joined(unlike[0].left.page, unlike[0].right.page, reason))
            continue
        for pair in spreads:
            made[id(pair.left)] = _joined(pair.left, pair.right, pair.places or [])
            made[id(pair.right)] = None
    return made, doubts


def _not_joined(left: int, right: int, reason: str) -> Doubt:
    message = f"The table of page {left} seems to go on beside it, on page {right}, but {reason}: they were not joined."
    return Doubt("pages-facing", message, location=Location(page=left))


def _text_beside(tables: Sequence[PageTable], heights: Sequence[float]) -> bool:
    """Whether the text of a page without a table stands at the heights of the rows of those on the page before."""
    if not heights:
        return False
    rows = [stretch for table in tables for row in table.rows[table.header_rows :] if (stretch := _stretch(row))]
    near = sum(any(abs(height - top) <= _SAME_HEIGHT for height in heights) for _, top, _ in rows)
    return near >= max(_LEAST_BARE, _MOST_BESIDE * max(len(rows), len(heights)))


def _within_pages(by_page: Mapping[int, Sequence[PageTable]]) -> list[_Pair]:
    """The pairs of tables that stand side by side on one page each, if the first is a left and a right page's."""
    pairs: list[_Pair] = []
    first: tuple[int, int] | None = None
    for tables in by_page.values():
        for one, other in pairwise(tables):
            left, right = sorted((one, other), key=lambda table: table.edges[0])
            if left.edges[-1] > right.edges[0] or left.top > right.bottom or right.top > left.bottom:
                continue
            widths = (left.width, right.width)
            goes_on = first == widths and not left.header_rows and not right.header_rows
            pair = _Pair(left, right, _places(left, right, 0))
            if (
                pair.places is None
                or len(pair.places) < _LEAST_ROWS
                or not (goes_on or _heads_on(left, right, pair.places))
            ):
                continue
            first = first or widths
            pairs.append(pair)
    return pairs


def _spreads(by_page: dict[int, list[PageTable]], page: int, text_on: Mapping[int, Sequence[float]]) -> list[_Pair]:
    """The pairs of tables of two pages, and of those that follow, as long as their columns are the same."""
    spreads: list[_Pair] = []
    first: tuple[int, int] | None = None
    while True:
        lefts, rights = by_page.get(page, []), by_page.get(page + 1, [])
        if not lefts or len(lefts) != len(rights) or _parts(rights, text_on.get(page + 1, ())):
            return spreads
        for left, right in zip(lefts, rights, strict=True):
            widths = (left.width, right.width)
            goes_on = first == widths and not left.header_rows and not right.header_rows
            if not goes_on and not _heads_on(left, right, None if right.header_rows else _places(left, right)):
                return spreads
            first = first or widths
        spreads.extend(_Pair(left, right, _places(left, right)) for left, right in zip(lefts, rights, strict=True))
        page += 2


def _parts(tables: Sequence[PageTable], heights: Sequence[float]) -> bool:
    """Whether text stands between the tables of a page: a right page has none."""
    return any(one.top < height < other.top for one, other in pairwise(tables) for height in heights)


def _meanings(table: PageTable, header_rows: int) -> tuple[list[str], int]:
    """The known meanings of a header, and how many cells it fills."""
    filled = [cell for row in table.rows[:header_rows] for cell in row if cell.lines]
    return [meaning for cell in filled if (meaning := header_meaning(cell_text(cell)))], len(filled)


def _heads_on(left: PageTable, right: PageTable, places: Sequence[int] | None) -> bool:
    """Whether the header of the right table goes on with that of the left, or, without one, its rows with those below
    it, beside which they stand at these `places`."""
    if not left.header_rows:
        return False
    own, _ = _meanings(left, left.header_rows)
    if not right.header_rows and places and places[0] >= left.header_rows:
        body = len(left.rows) - left.header_rows
        refs = sum(is_ref(cell_text(row[0])) for row in right.rows if row)
        return (
            len(places) >= max(_LEAST_BARE, body)
            and not refs
            and not _goes_on_below(left, right)
            and any(meaning in own for meaning in _OPENING)
        )
    known, filled = _meanings(right, right.header_rows or left.header_rows)
    return (
        any(meaning in own for meaning in _OPENING)
        and not any(meaning in own or meaning in _OPENING for meaning in known)
        and bool(known)
        and 2 * len(known) >= filled
    )


# --- rows ----------------------------------------------------------------------------------------------------


def _goes_on_below(left: PageTable, right: PageTable) -> bool:
    """Whether a table has the columns of the one on the page before, and so its next rows."""
    apart = [abs(edge - other) for edge, other in zip(left.edges, right.edges, strict=False)]
    return left.width == right.width and not any(distance > _SAME_EDGE for distance in apart)  # the last may be unknown


def _stretch(row: Sequence[PageCell]) -> tuple[int, float, float] | None:
    """Page, top and bottom of a row's text, on the page that it begins on."""
    lines = [line for cell in row if cell.row_span == 1 for line in cell.lines]
    lines = lines or [line for cell in row for line in cell.lines]
    if not lines:
        return None
    page = min(line.page for line in lines)
    here = [line for line in lines if line.page == page]
    return page, min(line.top for line in here), max(line.bottom for line in here)


def _stand_beside(left: Sequence[PageCell], right: Sequence[PageCell], pages: int = 1, lower: float = 0.0) -> bool:
    """Whether two rows stand beside each other, of which the right one's page follows after so many `pages` and is
    set so much `lower`."""
    one, other = _stretch(left), _stretch(right)
    if one is None or other is None:
        return one is other
    page, top, bottom = one
    beside, its_top, its_bottom = other
    its_top, its_bottom = its_top - lower, its_bottom - lower
    if beside != page + pages or its_bottom < top or its_top > bottom:
        return False
    apart = (abs(top - its_top), abs(bottom - its_bottom), abs(top + bottom - its_top - its_bottom) / 2)
    return min(apart) <= _SAME_HEIGHT


def _runs_over(row: Sequence[PageCell]) -> bool:
    return sum(bool(cell.lines) for cell in row) <= 1


def _places(left: PageTable, right: PageTable, pages: int = 1) -> list[int] | None:
    """By row of the right table, the row of the left one that it stands beside; None where any has none."""
    level = _places_at(left, right, pages, 0.0)
    if level is not None or not (pages and left.header_rows and right.header_rows):
        return level
    heads = _stretch(left.rows[0]), _stretch(right.rows[0])
    return _places_at(left, right, pages, heads[1][1] - heads[0][1]) if heads[0] and heads[1] else None


def _places_at(left: PageTable, right: PageTable, pages: int, lower: float) -> list[int] | None:
    places: list[int] = []
    for index, row in enumerate(left.rows):
        if len(places) < len(right.rows) and _stand_beside(row, right.rows[len(places)], pages, lower):
            places.append(index)
        elif not _runs_over(row) and (right.header_rows or index >= left.header_rows):
            return None
    return places if len(places) == len(right.rows) else None


def _beside(pair: _Pair) -> int:
    """How many rows of the right table stand beside one of the left."""
    return sum(any(_stand_beside(row, other) for row in pair.left.rows) for other in pair.right.rows)


def _joined(left: PageTable, right: PageTable, places: Sequence[int]) -> PageTable:
    """Both as one table, the columns of the right one after those of the left."""
    width = left.width
    rows = [list(row) for row in left.rows]
    for number, row in enumerate(right.rows):
        for cell in row:
            last = places[min(number + cell.row_span, len(places)) - 1]
            rows[places[number]].append(replace(cell, column=cell.column + width, row_span=last - places[number] + 1))
    beside = set(places)
    if not right.header_rows:
        for index in range(left.header_rows):
            beside.add(index)
            rows[index].extend(PageCell(width + column) for column in range(right.width) if index not in places)
    for index, row in enumerate(rows):
        if index not in beside and len(row) == 1 and row[0].column_span == width:
            row[0].column_span += right.width
    return replace(
        left,
        edges=[*left.edges[:-1], float("nan"), *right.edges[1:]],
        rows=rows,
        open_foot=left.open_foot or right.open_foot,
        torn_foot=left.torn_foot or right.torn_foot,
        last_page=max(left.last_page or left.page, right.last_page or right.page),
    )
