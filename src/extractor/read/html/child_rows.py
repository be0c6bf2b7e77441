"""Tables whose rows open to show more: what a child row says of the row above it, as columns of the table.

DataTables writes the columns that a narrow window has no room for as a list in a row below ("child row", class
`dtr-details`) and hides their cells; pages of its older kind write a table of labels and values there.

1. Cells that were hidden for want of room are shown again, and the list that repeats them is emptied.
2. Where the columns have no cells, each label becomes a header cell, and each value a cell of the row above.
3. No row is taken out, so that every row stays at its place in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from bs4 import BeautifulSoup, Tag

from extractor.text import fold, key
from extractor.vocabulary.headers import header_meaning

_UNDISPLAYED = re.compile(r"display\s*:\s*none\s*(?:!important\s*)?;?", re.IGNORECASE)
_RESPONSIVE = ("dtr-inline", "dtr-column")
_FEWEST = 2
"""Rows with a child row of labels and values, without which they are no columns."""
_MOST_LABELS = 30
_MOST_WITHIN = 1_000
"""Elements and texts within a child row of labels and values; tables within tables could be read over and over."""


def open_child_rows(soup: BeautifulSoup, text: str) -> None:
    """Puts what child rows say into columns of their tables; `text` is the page's, to see at a glance whether it may
    have any."""
    responsive = "dtr-" in text
    if not responsive and not re.search(r"<td[^>]{0,200}colspan[^>]{0,200}>\s*<table", text, re.IGNORECASE):
        return
    for table in soup.find_all("table"):
        rows = _own_rows(table)
        if not rows:
            continue
        if responsive:
            _show_cells(table, rows)
        children = {index: said for index in range(1, len(rows)) if (said := _said(rows[index]))}
        if children:
            _make_columns(soup, rows, children)


def _own_rows(table: Tag) -> list[Tag]:
    """The rows of a table, without those of tables within it."""
    groups = [table, *(child for child in table.children if isinstance(child, Tag) and child.name in _GROUPS)]
    return [row for group in groups for row in group.children if isinstance(row, Tag) and row.name == "tr"]


_GROUPS = ("thead", "tbody", "tfoot")


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.children if isinstance(cell, Tag) and cell.name in ("td", "th")]


def _show_cells(table: Tag, rows: Sequence[Tag]) -> None:
    """Shows the cells again that DataTables hid because the window was narrow."""
    classes = str(table.get("class") or "")
    if not any(name in classes for name in _RESPONSIVE):
        return
    for row in rows:
        for cell in _cells(row):
            style = str(cell.get("style") or "")
            if "display" in style:
                cell["style"] = _UNDISPLAYED.sub("", style)


def _said(row: Tag) -> Mapping[str, Tag]:
    """The labels of a child row, each with the element that holds its value; empty for any other row."""
    cells = _cells(row)
    if len(cells) != 1 or str(cells[0].get("colspan") or "1") in ("0", "1"):
        return {}
    listed = cells[0].find(class_="dtr-details")
    pairs = list(_listed(listed) if isinstance(listed, Tag) else _tabled(cells[0]))
    labels = [label for label, _ in pairs]
    return dict(pairs) if 0 < len(set(labels)) == len(labels) <= _MOST_LABELS and all(labels) else {}


def _listed(listed: Tag) -> Iterator[tuple[str, Tag]]:
    for item in listed.find_all(["li", "tr"]):
        title, data = item.find(class_="dtr-title"), item.find(class_="dtr-data")
        if isinstance(title, Tag) and isinstance(data, Tag):
            yield _label(title), data


def _tabled(cell: Tag) -> Iterator[tuple[str, Tag]]:
    """The pairs of a table of labels and values that is all that a cell holds, and whose labels are known as such."""
    tables = [child for child in cell.children if isinstance(child, Tag)]
    if len(tables) != 1 or tables[0].name != "table" or any(True for _ in islice(cell.descendants, _MOST_WITHIN, None)):
        return
    if fold(cell.get_text(" ")) != fold(tables[0].get_text(" ")):
        return
    pairs = [_cells(row) for row in _own_rows(tables[0])]
    if all(len(pair) == 2 for pair in pairs) and any(header_meaning(_label(label)) for label, _ in pairs):
        yield from ((_label(label), value) for label, value in pairs)


def _label(tag: Tag) -> str:
    return fold(tag.get_text(" ")).removesuffix(":").rstrip()


def _make_columns(soup: BeautifulSoup, rows: Sequence[Tag], children: Mapping[int, Mapping[str, Tag]]) -> None:
    """Writes what child rows say into the rows above them, under header cells that the first row gets for it."""
    header, width = rows[0], len(_cells(rows[0]))
    present = {key(_label(cell)) for cell in _cells(header)}
    parents = {index: len(_cells(rows[index - 1])) == width for index in children if index > 1}
    labels = list(dict.fromkeys(label for index in parents for label in children[index] if key(label) not in present))
    repeats = all(key(label) in present for said in children.values() for label in said)
    if not all(parents.values()) or (len(parents) < _FEWEST and not repeats):
        return
    for label in labels:
        cell = soup.new_tag("th")
        cell.string = label
        header.append(cell)
    for index in parents:
        for label in labels:
            cell = soup.new_tag("td")
            value = children[index].get(label)
            for child in list(value.contents) if value is not None else ():
                cell.append(child.extract())
            rows[index - 1].append(cell)
        _cells(rows[index])[0].clear()
