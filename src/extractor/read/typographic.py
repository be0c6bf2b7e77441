"""The quotes of Markdown that pandoc wrote, as they were given to it: its own Markdown has those of a typewriter."""

from __future__ import annotations

import re

_PANDOCS = re.compile(r"^:::|\{[#.][^{}\n]*\} *$", re.MULTILINE)
_ESCAPED = re.compile(r"\\['\"]")
_TYPOGRAPHIC = re.compile("[\u2018\u2019\u201c\u201d]")
_OPENING = re.compile(r"(?<![^\s(\[{|*_/])(?:'(?!\d)|\")")
_CLOSING = re.compile(r"(?<!\\)['\"]")


def with_quotes(text: str, drawn: bool = False) -> str:
    r"""A text with the quotes that its straight ones stand for, where pandoc wrote these: it has no others, and what
    only pandoc's own Markdown has. A quote behind a backslash is no such thing, but in a text whose tables are `drawn`.
    No place in the text changes.

    >>> with_quotes("# Plan {#plan}\nthe council\'s \"best\" 5\\\' 6 of the \'90s")
    "# Plan {#plan}\nthe council’s “best” 5\\' 6 of the ’90s"
    """
    if _TYPOGRAPHIC.search(text) or not (_PANDOCS.search(text) or (drawn and _ESCAPED.search(text))):
        return text
    text = _OPENING.sub(lambda quote: "\u2018" if quote[0] == "'" else "\u201c", text)
    return _CLOSING.sub(lambda quote: "\u2019" if quote[0] == "'" else "\u201d", text)
