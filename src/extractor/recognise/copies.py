"""Records that stand on a page twice: as rows of a table, and as cards for small screens.

Which of the two a reader sees is for a style sheet to say, which a saved page may lack.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.recognise.tables import leading_ref
from extractor.rows import PlanRow
from extractor.text import key

_FEWEST = 2
_MOSTLY = 0.8


def without_copies(rows: Sequence[PlanRow]) -> list[PlanRow]:
    """The rows, without those of a list that nearly all say what the rows of a table say as well."""
    listed = [row for row in rows if row.location.method == "labelled"]
    tabled = {words: row for row in rows if row.location.method != "labelled" and (words := _words(row))}
    if not listed or not tabled:
        return list(rows)
    copies = {id(row) for row in listed if (other := tabled.get(_words(row))) and _says_no_more(row, other)}
    if len(copies) < max(_FEWEST, _MOSTLY * len(listed)):
        return list(rows)
    return [row for row in rows if id(row) not in copies]


def _words(row: PlanRow) -> str:
    """The first line of what a row is about, without its ref."""
    activity = row.cells.get("activity")
    if activity is None or not activity.lines:
        return ""
    text = activity.lines[0].text
    return key(text.removeprefix(leading_ref(text)))


def _says_no_more(row: PlanRow, other: PlanRow) -> bool:
    """Whether all that is said of the one action is said of the other in the same words, but for what parts them."""
    said = {
        meaning: {word for line in cell.lines for word in key(line.text).split()}
        for meaning, cell in other.cells.items()
    }
    return all(
        {word for line in cell.lines for word in key(line.text).split()} <= said.get(meaning, set())
        for meaning, cell in row.cells.items()
        if meaning not in ("activity", "ref")
    )
