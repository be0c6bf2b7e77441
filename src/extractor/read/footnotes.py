"""Footnote marks: which raised figures and signs are one, by their wording."""

from __future__ import annotations

import re
from collections.abc import Container

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,4})[\])]?(?:\s*,\s*\d{1,3})*\Z")
_SIGN = re.compile(r"[*†‡§¶#]")
# What a superscript figure makes a power of: "m2", "km3", "tCO2", "10^6".
_POWER = re.compile(r"(?:(?<![^\W\d_])(?:[munkcd]?m|ft|yd|mi|in|t?CO|x|y)|(?<!\d)\d{1,3}|\))\Z")
_WORD_BEFORE = re.compile(r"[^\W\d_]{2,}[.,;:!?)\]’'\"”]*\s*\Z|[.,;:!?’'\"”]\s*\Z")


def looks_like_mark(shown: str) -> bool:
    """Whether a raised text may be a mark: a figure, a letter, signs.

    >>> looks_like_mark("1"), looks_like_mark("*"), looks_like_mark("st")
    (True, True, False)
    """
    return bool(_MARK.match(shown))


def is_mark(shown: str, before: str, notes: Container[str], linked: bool = False) -> bool:
    """Whether a raised text is a footnote's mark and no part of the text ("m2", "1st").

    `before` is the text of its line before it; `notes` are the marks that begin a note; `linked`: it leads to one.

    >>> is_mark("1", "the hall", ()), is_mark("2", "500 m", ()), is_mark("2", "500 m", ("2",))
    (True, False, False)
    >>> is_mark("1", "March 2025", ("1",))
    True
    """
    if not before.strip() or not looks_like_mark(shown):
        return False
    if linked or _SIGN.search(shown):
        return True
    if shown in notes and not _POWER.search(before):
        return True
    return shown.isdigit() and bool(_WORD_BEFORE.search(before)) and not _POWER.search(before.rstrip())
