"""Text in fonts that do not say which characters their glyphs are, where the glyphs' codes say it all the same.

1. TeX without outline fonts sets its text in bitmaps (Type 3 fonts), whose glyphs have numbers for names. A number is
   the character's place in the T1 encoding ("Cork"): for letters and figures that of ASCII.
2. A page is read so where those of its codes that no font maps make small English words. What another program numbered
   anew makes none, and stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

from extractor.read.typeset import UNKNOWN
from extractor.vocabulary.divided import SMALL_WORDS

_LETTER = re.compile("[A-Za-z]")
_WORD = re.compile("[A-Za-z]+")
_FEWEST, _SHARE = 2, 0.1
"""So many words of English text are small ones at least, and this share of them; of names and figures fewer."""
_T1 = dict(
    zip(
        chain(range(0x10, 0x17), range(0x1B, 0x20), (0x27, 0x60, 0x7F, 0x9F, 0xBF)),
        "“”„«»–—\ufb00\ufb01\ufb02\ufb03\ufb04’‘-§£",
        strict=True,
    )
)
_SYMBOLS = {0x27: "'", 0x60: "`", 0x88: "•", 0xA3: "£", 0xB0: "°", 0xBF: "€"}
"""Of the companion of that encoding (TS1), whose fonts hold no letters."""


def decoded(text: str, is_unmapped: Callable[[int], int], font_of: Callable[[int], int]) -> str | None:
    """The text of a page with the characters that its codes stand for, one for each; None where it says its characters.

    `is_unmapped` and `font_of` tell of a character's index whether its font maps it, and which font that is. A code
    that stands for nothing known gives `UNKNOWN`.
    """
    places = (_LETTER.search(text, len(text) * part // 3) for part in range(3))
    if sum(place is not None and is_unmapped(place.start()) == 1 for place in places) < 2:
        return None
    unmapped = [index for index in range(len(text)) if is_unmapped(index) == 1]
    held = set(unmapped)
    words = [each for each in _WORD.finditer(text) if each.start() in held]
    small = sum(each[0].lower() in SMALL_WORDS for each in words)
    if small < max(_FEWEST, _SHARE * len(words)):
        return None
    with_letters = {font_of(each.start()) for each in words}
    characters = list(text)
    for index in unmapped:
        code = ord(text[index])
        if not text[index].isalnum() or code > 0x7F:
            table = _T1 if font_of(index) in with_letters else _SYMBOLS
            characters[index] = table.get(code, text[index] if _is_same(code) else UNKNOWN)
    return "".join(characters)


def _is_same(code: int) -> bool:
    """Whether a code of T1 is that of Unicode, or one of those that pdfium writes for a hyphen at a line's end."""
    return code in (0x02, 0xFFFE) or 0x20 <= code < 0x7F or (0xC0 <= code < 0xFF and code not in (0xD7, 0xDF, 0xF7))
