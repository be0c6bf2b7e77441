"""Ligatures that Ghostscript wrote into a font's map as letters with accents: "ürst" for "first", "staû" for "staff".

Of U+FB00 and those that follow it keeps one byte, and counts on from there. A document that has such letters where they
make an English word of plans has them everywhere; in any other they are what they are: "Müller".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import attrgetter

from extractor.read.typeset import Word

_LETTERS = str.maketrans({"\u00fb": "ff", "\u00fc": "fi", "\u00fd": "fl", "\u00fe": "ffi", "\u00ff": "ffl"})
_text = attrgetter("text")
_ODD = re.compile("[\u00fb-\u00ff]")
_PROOF = (  # compiled where it is wanted, which is hardly ever
    r"(?:staff|off|effect|effici|differen|difficul|affordab|traffic|suffici|cliff"
    r"|first|five|fift|final|financ|find|fire|firm|fit|field|file|figure|finish|benefi|confirm|defin|identif|specifi|scientif"
    r"|certific|qualif|notif|profile|signific|modif|verif"
    r"|flood|fleet|floor|flat|flow|flexib|influen|reflect|conflict|leaflet|inflation)"
)


def spell_out(words: Iterable[Word], proven: bool) -> bool:
    """Makes letters of the ligatures among the words, if the document has them: as `proven`, or as one of the words
    proves. Whether it has."""
    words = list(words)
    if "".join(map(_text, words)).isascii():  # as almost all pages are
        return proven
    odd = [word for word in words if _ODD.search(word.text)]
    proven = proven or any(map(_is_proof, odd))
    for word in odd if proven else ():
        word.text = word.text.translate(_LETTERS)
    return proven


def _is_proof(word: Word) -> bool:
    """Whether a word begins as one of plans does, with a ligature in what it begins with."""
    text = word.text.lstrip("(‘“'\"[")
    ligature, found = _ODD.search(text), re.match(_PROOF, text.translate(_LETTERS), re.IGNORECASE)
    return ligature is not None and found is not None and found.end() > ligature.start()
