"""Markdown's tables with tags in their cells: a row is one line there, so that "<br>" alone breaks a cell's lines."""

from __future__ import annotations

import re

from extractor.text import CELL_BREAK

_BLANKS = r"(?:(?<!\s)\s+)?"  # tried once a run of blanks, however long
_ITEM = re.compile(rf"{_BLANKS}<li\b[^<>|]*>\s*", re.IGNORECASE)
_LINE_END = re.compile(rf"{_BLANKS}</?(?:br|p|ul|ol)\b[^<>|]*>\s*", re.IGNORECASE)
_DROPPED = re.compile(r"</li>", re.IGNORECASE)


def with_breaks_told(text: str, rule: re.Pattern[str]) -> str:
    """The text with a mark (`CELL_BREAK`) for each tag that ends a line in a row of a table, and with blanks for those
    that stand elsewhere, as in a header.

    `rule` finds the line below a header; the rows are the lines with a bar right below.
    """
    lines = text.split("\n")
    tabled = False
    for index, line in enumerate(lines):
        tabled = bool(rule.match(line)) or (tabled and "|" in line)
        if "<" in line:
            lines[index] = _told(line) if tabled else _LINE_END.sub(" ", line)
    return "\n".join(lines)


def _told(row: str) -> str:
    """
    >>> _told("| Plant:<ul><li>oaks</li><li>elms</li></ul> | A<br/>B |").replace(CELL_BREAK, "/")
    '| Plant:/• oaks/• elms| A/B |'
    """
    marked = _LINE_END.sub(CELL_BREAK, _ITEM.sub(f"{CELL_BREAK}• ", _DROPPED.sub("", row)))
    return re.sub(
        rf"{_BLANKS}{CELL_BREAK}(?:\s*{CELL_BREAK})*", CELL_BREAK, re.sub(rf"{CELL_BREAK}(?=\s*(?:\||$))", "", marked)
    )
