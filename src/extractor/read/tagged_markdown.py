"""Markdown in which some tables are HTML -> the page that it makes, for the reader of web pages.

Pandoc writes a table as HTML where Markdown has no words for it: cells that span others, or that hold paragraphs.

1. What is HTML stays as it is; Markdown's headings, lists, pipe tables and paragraphs become elements.
2. No word is added or lost but the addresses of links.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.document import Document
from extractor.profile import Settings
from extractor.read.from_html import read_html
from extractor.read.from_text import decode

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"\s{0,3}[-*+]\s+(?=\S)")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_BLOCK_TAG = re.compile(r"\s*(?:</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--[^<>]*-->)\s*$", re.IGNORECASE)
_BREAK = re.compile(r"(?: {2,}|\\)\n")  # a line that is meant to end there
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_STRONG = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~<'\"$@^])")
_LOOSE_SIGN = re.compile(r"<(?![a-z/!])", re.IGNORECASE)


def read_tagged_markdown(data: bytes, name: str, settings: Settings) -> Document:
    """The blocks of Markdown with tables in HTML; every location's `path` is one of the page that it makes."""
    text, encoding = decode(data, name, settings.encoding)
    page = "\n".join(_elements(text.splitlines()))
    whole = f'<meta charset="utf-8"><body>\n{page}\n</body>'.encode()
    document = read_html(whole, name, replace(settings, encoding="utf-8"))
    digest = hashlib.sha256(data).hexdigest()
    source = replace(document.source, media_type="text/markdown", sha256=digest, size=len(data), encoding=encoding)
    return replace(document, source=source)


def _elements(lines: Sequence[str]) -> Iterator[str]:
    """The lines of the page."""
    depth = index = 0
    while index < len(lines):
        line = lines[index]
        start = index
        index += 1
        if depth or "<table" in line.lower():
            depth += line.lower().count("<table") - line.lower().count("</table")
            yield line
        elif not line.strip() or _BLOCK_TAG.match(line):
            yield line
        elif heading := _HEADING.match(line):
            yield f"<h{len(heading[1])}>{_inline(heading[2])}</h{len(heading[1])}>"
        elif _ROW.match(line):
            while index < len(lines) and _ROW.match(lines[index]):
                index += 1
            yield from _pipe_table(lines[start:index])
        else:
            while index < len(lines) and _goes_on(lines[index]):
                index += 1
            item = _ITEM.match(line)
            first = line[item.end() :] if item else line
            text = _inline(_BREAK.sub("<br>", "\n".join((first, *lines[start + 1 : index])).strip()))
            yield f"<ul><li>{text}</li></ul>" if item else f"<p>{text}</p>"


def _goes_on(line: str) -> bool:
    """Whether a line goes on with the paragraph or item above it."""
    return bool(line.strip()) and not (
        _BLOCK_TAG.match(line)
        or _HEADING.match(line)
        or _ITEM.match(line)
        or _ROW.match(line)
        or "<table" in line.lower()
    )


def _pipe_table(rows: Sequence[str]) -> Iterator[str]:
    """The rows of a pipe table; its header has a second row where that names columns that the first leaves unnamed."""
    cells = [[cell.strip() for cell in _BAR.split(row.strip()[1:-1])] for row in rows if not _RULE.match(row)]
    headed = len(rows) > 1 and bool(_RULE.match(rows[1]))
    yield "<table>"
    for number, texts in enumerate(cells):
        below = (
            number == 1
            and not texts[0]
            and any(text and not above for above, text in zip(cells[0], texts, strict=False))
        )
        tag = "th" if headed and (number == 0 or below) else "td"
        yield "<tr>" + "".join(f"<{tag}>{_inline(text)}</{tag}>" for text in texts) + "</tr>"
    yield "</table>"


def _inline(text: str) -> str:
    text = _STRONG.sub(r"<strong>\1</strong>", _LINK.sub(r"\1", text))
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"<em>\1</em>", text))
    return _LOOSE_SIGN.sub("&lt;", text)
