"""Tables that a page draws from other elements: by ARIA roles, by CSS, or by rows of a repeated shape.

1. Their elements get the names of a table's parts (`table`, `tr`, `td`), so that the rest of the reader knows one
   kind of table only; their selectors keep the names that the page wrote.
2. A table by roles (`role="table"`) or by CSS (`display: table-row`) is one that the page calls so. A table by shape
   is one only where its first row holds header words: rows of boxes, each with as many parts as that row.
3. What does not fit together (cells beside no cells, rows within cells) is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import takewhile

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from extractor.read.html.elements import BLOCKS
from extractor.read.html.styles import Styles
from extractor.text import fold
from extractor.vocabulary.headers import header_meaning

_ROLE = re.compile(r"role\s*=\s*[\"']?(?:table|grid|treegrid)\b", re.IGNORECASE)
_DISPLAY = re.compile(r"display\s*:\s*table-row\b", re.IGNORECASE)
_BY_ROLE = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "td",
    "caption": "caption",
}
_BY_DISPLAY = {
    "table": "table",
    "inline-table": "table",
    "table-row-group": "tbody",
    "table-header-group": "thead",
    "table-footer-group": "tfoot",
    "table-row": "tr",
    "table-cell": "td",
    "table-caption": "caption",
}
_CELLS = frozenset({"td", "th"})
_OWN = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
"""Elements that are a table's part by themselves."""
_BOXES = ("div", "section", "article", "ul", "ol")
_LEAST_COLUMNS, _MOST_COLUMNS = 3, 14
_LEAST_ROWS = 2
"""Rows under the header words that a table by shape has."""
_LONGEST_HEADER = 60
_DEEPEST = 6
"""Wrappers between a table and its rows that are looked through."""

_Kind = Callable[[Tag], str | None]


def draw_tables(soup: BeautifulSoup, text: str, styles: Styles, counts: Mapping[str, int]) -> dict[int, str]:
    """Names the parts of drawn tables as a table's; gives the name that was written, by the element's `id()`."""
    written: dict[int, str] = {}
    if _ROLE.search(text):
        found = soup.find_all(_names_a_table)
        _draw_all([tag for tag in found if isinstance(tag, Tag)], _role_kind, written)
    if _DISPLAY.search(text):

        def displayed(tag: Tag) -> str | None:
            return None if tag.name in _OWN else _BY_DISPLAY.get(styles.of(tag).get("display", ""))

        rows = [tag for tag in soup.find_all(_BOXES) if isinstance(tag, Tag) and displayed(tag) == "tr"]
        _draw_all(_around(rows, displayed), displayed, written)
    if sum(counts.get(name, 0) for name in (*_BOXES, "li")) > _LEAST_COLUMNS * (_LEAST_ROWS + 1):
        for box in [*soup.find_all(_BOXES), *soup.find_all(("main", "body", "td"))]:
            if isinstance(box, Tag) and box.name in (*_BOXES, "main", "body", "td") and id(box) not in written:
                _draw_by_shape(soup, box, written)
                _draw_flat(soup, box, written)
    return written


def _names_a_table(tag: Tag) -> bool:
    return tag.name not in _OWN and _role_kind(tag) == "table"


def _role_kind(tag: Tag) -> str | None:
    role = tag.attrs.get("role")
    return _BY_ROLE.get(role.strip().lower()) if isinstance(role, str) and tag.name not in _OWN else None


def _around(rows: list[Tag], kind: _Kind) -> list[Tag]:
    """The elements that hold the rows: those that are displayed as a table, else the rows' own parents."""
    found: dict[int, Tag] = {}
    for row in rows:
        holder = row.parent
        while holder is not None and kind(holder) in ("tbody", "thead", "tfoot"):
            holder = holder.parent
        if holder is not None and holder.name not in ("body", "html", "[document]"):
            found.setdefault(id(holder), holder)
    return list(found.values())


def _draw_all(tables: list[Tag], kind: _Kind, written: dict[int, str]) -> None:
    for table in tables:
        parts: dict[int, tuple[Tag, str]] = {}
        if id(table) not in written and _parts(table, kind, parts, 0):
            parts[id(table)] = (table, "table")
            _rename(parts, written)


def _parts(holder: Tag, kind: _Kind, parts: dict[int, tuple[Tag, str]], depth: int) -> bool:
    """Collects what the children of a table, or of a group of its rows, are; False where they are no rows."""
    rows = 0
    for child in _children(holder):
        called = kind(child)
        if called == "tr":
            rows += 1
            if not _row_parts(child, kind, parts):
                return False
        elif called in ("tbody", "thead", "tfoot") or (called is None and _holds(child, kind, ("tr",))):
            if depth or not _parts(child, kind, parts, depth + 1):
                return False
            parts[id(child)] = (child, called or "tbody")
            rows += 1
        elif called == "caption" or (not rows and not depth and fold(child.get_text())):
            # A line above the rows is what a caption is.
            parts[id(child)] = (child, "caption")
    return rows > 0


def _row_parts(row: Tag, kind: _Kind, parts: dict[int, tuple[Tag, str]]) -> bool:
    parts[id(row)] = (row, "tr")
    cells = 0
    for child in _children(row):
        called = kind(child)
        if called not in _CELLS:
            inner = _holds(child, kind, ("td", "th"))
            if inner != 1:
                # A box without cells beside cells is a stray text; one with several is no cell.
                if inner:
                    return False
                continue
            called = "td"
        parts[id(child)] = (child, str(called))
        cells += 1
    return cells > 0


def _holds(tag: Tag, kind: _Kind, called: tuple[str, ...]) -> int:
    """How many elements within a wrapper are called so, at most two."""
    count = 0
    pending = [(child, 0) for child in _children(tag)]
    while pending and count < 2:
        child, depth = pending.pop()
        if kind(child) in called:
            count += 1
        elif depth < _DEEPEST:
            pending.extend((inner, depth + 1) for inner in _children(child))
    return count


def _draw_by_shape(soup: BeautifulSoup, box: Tag, written: dict[int, str]) -> None:
    """Names the rows of a box whose first row holds header words, and whose next ones have as many parts.

    Where other content stands beside the rows, they get a table around them; where the parts of all rows are the box's
    own, each row gets an element around it. What was put around has no written name.
    """
    rows = _children(box)
    if len(rows) <= _LEAST_ROWS or box.name in _OWN:
        return
    start = 0
    while start < len(rows) - 1:
        columns = _header_columns(rows[start])
        if not columns:
            start += 1
            continue
        end = start + 1
        full = 0
        while end < len(rows) and not _header_columns(rows[end]):
            width = _row_width(rows[end], rows[start])
            if width == columns:
                full += 1
            elif width != 1:
                break
            end += 1
        while end > start + 1 and _row_width(rows[end - 1], rows[start]) != columns:
            end -= 1
        if full:
            beside = any(fold(tag.get_text()) for tag in (*rows[:start], *rows[end:]))
            if (not beside and full < _LEAST_ROWS) or _goes_on(rows[end:], rows[start], columns):
                return
            table = _put_around(soup, rows[start:end], "table", written) if beside else box
            parts: dict[int, tuple[Tag, str]] = {id(table): (table, "table")}
            for number, row in enumerate(rows[start:end]):
                parts[id(row)] = (row, "tr")
                for cell in _children(row):
                    parts[id(cell)] = (cell, "td" if number else "th")
            _rename(parts, written)
            if not beside:
                return
        start = end


def _goes_on(rows: list[Tag], header: Tag, columns: int) -> bool:
    """Whether more rows follow, behind something else, before another header does."""
    others = takewhile(lambda row: not _header_columns(row), rows)
    return any(_row_width(row, header) == columns for row in others)


def _draw_flat(soup: BeautifulSoup, box: Tag, written: dict[int, str]) -> None:
    """Names the parts of a box that holds the cells of all rows one after the other, as the grids of CSS do."""
    cells = _children(box)
    if len(cells) < _LEAST_COLUMNS * (_LEAST_ROWS + 1) or box.name in _OWN or _has_text(box):
        return
    if len({cell.name for cell in cells}) > 1 or any(cell.name in _OWN for cell in cells):
        return
    width = _width_of_flat(cells)
    if not width:
        return
    parts: dict[int, tuple[Tag, str]] = {id(box): (box, "table")}
    for first in range(0, len(cells), width):
        row = _put_around(soup, cells[first : first + width], "tr", written)
        parts[id(row)] = (row, "tr")
        for cell in cells[first : first + width]:
            parts[id(cell)] = (cell, "td" if first else "th")
    _rename(parts, written)


def _width_of_flat(cells: list[Tag]) -> int:
    """How many of a box's parts are the header words over the rest, which are whole rows of as many; 0 for none."""
    widths = [
        width
        for width in range(_LEAST_COLUMNS, _MOST_COLUMNS + 1)
        if len(cells) % width == 0 and len(cells) >= width * (_LEAST_ROWS + 1)
    ]
    found = [(unknown, -width) for width in widths if (unknown := _unknown(cells[:width])) is not None]
    width = -min(found)[1] if found else 0
    return width if width and _unknown(cells[width : 2 * width]) is None else 0


def _put_around(soup: BeautifulSoup, tags: list[Tag], name: str, written: dict[int, str]) -> Tag:
    """A new element around some neighbours, which the page did not write."""
    around = soup.new_tag(name)
    tags[0].insert_before(around)
    for tag in tags:
        around.append(tag)
    written[id(around)] = ""
    return around


def _header_columns(row: Tag) -> int:
    """How many columns the parts of a row name; 0 where they are no header words."""
    parts = _children(row)
    if not _LEAST_COLUMNS <= len(parts) <= _MOST_COLUMNS or row.name in _OWN or _has_text(row):
        return 0
    return len(parts) if _unknown(parts) is not None else 0


def _unknown(parts: list[Tag]) -> int | None:
    """How many of some elements hold no known header words; None where they are not the header of a plan's columns."""
    meanings = []
    for part in parts:
        text = fold(part.get_text(" "))
        if len(text) > _LONGEST_HEADER or part.name in _OWN or ":" in text[:-1] or _holds_several(part):
            return None
        meanings.append(header_meaning(text) if text else None)
    known = {meaning for meaning in meanings if meaning}
    unknown = sum(1 for meaning in meanings if meaning is None)
    return unknown if "activity" in known and len(known) >= _LEAST_COLUMNS and unknown * 3 <= len(parts) else None


def _holds_several(part: Tag) -> bool:
    """Whether an element holds several texts that stand below each other, as a label and its value do."""
    blocks = [tag for tag in (part, *part.find_all(BLOCKS)) if isinstance(tag, Tag) and _has_text(tag)]
    spans = sum(1 for tag in part.find_all("span") if not any(parent in blocks for parent in tag.parents))
    return len(blocks) > 1 or (len(blocks) == 1 and blocks[0] is not part and spans > 0)


def _row_width(row: Tag, first: Tag) -> int:
    if row.name != first.name or _has_text(row):
        return 0
    return len(_children(row))


def _has_text(tag: Tag) -> bool:
    return any(type(child) is NavigableString and not child.isspace() for child in tag.contents)


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.contents if type(child) is Tag and child.name not in ("br", "hr", "script", "style")]


def _rename(parts: Mapping[int, tuple[Tag, str]], written: dict[int, str]) -> None:
    width = max((len(_cells_of(tag, parts)) for tag, name in parts.values() if name == "tr"), default=0)
    for number, (tag, name) in parts.items():
        if written.get(number):
            continue
        if name == "tr":
            cells = _cells_of(tag, parts)
            if len(cells) == 1 and width > 1:
                cells[0].attrs.setdefault("colspan", cells[0].attrs.get("aria-colspan", str(width)))
        for span in ("colspan", "rowspan"):
            if name in _CELLS and f"aria-{span}" in tag.attrs:
                tag.attrs.setdefault(span, tag.attrs[f"aria-{span}"])
        written.setdefault(number, tag.name)
        tag.name = name


def _cells_of(row: Tag, parts: Mapping[int, tuple[Tag, str]]) -> list[Tag]:
    return [child for child in _children(row) if id(child) in parts]
