"""How a cell says that it holds what another cell holds: "As above", a ditto mark, "(see 1d)"."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.text import fold, straighten

_DITTO = re.compile(
    r"\(?(?:(?:the )?same(?: as (?:above|before|previous))?|(?:as|see) (?:above|before|previous)|ditto|do|above)\)?\.?"
    r"|[\"〃″↑]|''|,,|-\"-|- \" -",
    re.IGNORECASE,
)
_SEE = re.compile(
    r"\(?(?:as |the same |same )?(?:see|as|as for|as in|as per|same as)(?: (?:action|activity|ref|no|item)\.?)? "
    r"(?P<ref>[A-Z]{0,4}[ .-]?\d[\w.\-/]{0,11}(?: ?[a-z]\)?)?)\)?\.?",
    re.IGNORECASE,
)
_LONGEST = 40


def is_ditto(text: str) -> bool:
    """Whether a cell says only that it holds what the cell above it holds.

    >>> is_ditto("As above"), is_ditto("(See Above)"), is_ditto('"'), is_ditto("As above, and the Chief Executive")
    (True, True, True, False)
    """
    return len(text) <= _LONGEST and _says_ditto(text)


@lru_cache(maxsize=4096)  # the same few people and times stand in row after row
def _says_ditto(text: str) -> bool:
    return bool(_DITTO.fullmatch(straighten(fold(text))))


def ref_meant(text: str) -> str | None:
    """The ref of the row whose cell this cell repeats: "1d" of "(see 1d)"; None of any other text.

    >>> ref_meant("(see 1d)"), ref_meant("As for action 3.2"), ref_meant("See the strategy")
    ('1d', '3.2', None)
    """
    return _ref_seen(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _ref_seen(text: str) -> str | None:
    found = _SEE.fullmatch(straighten(fold(text)))
    return found["ref"].rstrip(".)") if found else None
