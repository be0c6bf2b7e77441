"""Folds white space, invisible characters, quotes and dashes.

1. The publisher's words are never changed: `fold` settles only white space, invisible characters and
   Unicode form (contract, principle 1).
2. Comparison has its own form, `key`, which is never shown to anybody.
3. A word, for the coverage ledger, is a run of letters and digits, so that the count does not depend on
   how a line is cut at punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Soft hyphen, zero-width space, non-joiner, joiner, word joiner, byte order mark, and the directional marks.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SWAPPED = {ord(letter) << 8: letter for letter in "bcfhijklpstT"} | {
    (ord("f") + ord(x)) << 8: f"f{x}" for x in "bhijkl"
}
"""The letters of ligatures as they come out of a font's map that has the two bytes of each swapped: "f" as U+6600; of
three letters the last two as their sum."""
_SWAPPED_RUN = re.compile(f"[{''.join(map(chr, _SWAPPED))}]{{2,}}")
CELL_BREAK = "\x1f"
"""Where a line ended within a cell of a text whose rows are lines: white space, to whatever knows nothing of it."""
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
"""Each ASCII character, or a blank for what is in no word: a table for `str.translate`."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SINGLE_QUOTES = re.compile("[\u2018\u2019\u201a\u201b`\u00b4]")
_DOUBLE_QUOTES = re.compile("[\u201c\u201d\u201e\u201f]")
_NOT_WORD = re.compile(r"[^\w]+")
_OPEN_END = re.compile(
    r"(?:[,&–-]|\band/or|(?<![\w/-])(?:and|or|of|the|a|an|to|for|in|on|with|by|from|at|as|our|their|its|that|which|into|per))$"
)
_DIVIDED = re.compile(r"[^\W\d_]-\s*$")
_LONGEST_TAIL = 200  # characters: blanks behind the last word, and that hyphen
JOINER = "\u2060"
BREAK = f"-{JOINER}"
"""A hyphen that ended a line of print, and may be the typesetter's: the mark is invisible; folding takes it away."""
_NARROW, _SLIM, _WIDE, _CAPITAL, _USUAL = 0.25, 0.32, 0.85, 0.68, 0.53
"""About how wide a letter of each kind is in print, in font sizes."""
_LONGEST_END = 8
"""What ends a phrase open, and the letter before it, are no longer than this."""


def visible(text: str) -> str:
    """The text in NFC and without invisible characters; white space stays as it is.

    >>> visible("Quarter\\u00a04 20\\u00ad25")
    'Quarter\\xa04 2025'
    """
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def spelt_out(text: str) -> str:
    """The text with those ligatures as letters that came out of a PDF as Chinese characters.

    Ghostscript writes the letters of a ligature into the font's map with the bytes of each swapped: what Word set as
    "first" and "office" is copied as "昀椀rst" and "o昀케ce" then. No two of them stand together in Chinese.

    >>> spelt_out("o昀昀-road, the 昀椀rst o昀케ce"), spelt_out("昀")
    ('off-road, the first office', '昀')
    """
    return text if text.isascii() else _SWAPPED_RUN.sub(lambda match: match[0].translate(_SWAPPED), text)


def divides_word(text: str) -> bool:
    """Whether a text ends within a word, at a hyphen.

    >>> divides_word("the Energy Co-"), divides_word("2024-"), divides_word("Parks -")
    (True, False, False)
    """
    end = text[-_LONGEST_TAIL:].rstrip()  # a paragraph of many lines is asked at each of them
    return end.endswith("-") and _DIVIDED.search(end) is not None


def fold(text: str) -> str:
    """The text on one line: NFC, no invisible characters, every run of white space one blank.

    >>> fold("Quarter\\u00a04 \\n 20\\u00ad25")
    'Quarter 4 2025'
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # as almost all is: nothing but blanks at its ends
        return text.strip(" ")
    return " ".join(visible(text).split())


def fold_lines(text: str) -> str:
    """As `fold`, line by line; empty lines go.

    >>> fold_lines(" Head of  Housing\\n\\n Chief Executive ")
    'Head of Housing\\nChief Executive'
    """
    if text.isprintable():  # it is one line, as most cells are
        return fold(text)
    return "\n".join(line for line in map(fold, text.splitlines()) if line)


def straighten(text: str) -> str:
    """Typographic quotes and dashes as their ASCII kin, for matching; the length may not change.

    >>> straighten("‘Couch to 5k’ – people’s")
    "'Couch to 5k' - people's"
    """
    if text.isascii():
        return text
    return _DASHES.sub("-", _DOUBLE_QUOTES.sub('"', _SINGLE_QUOTES.sub("'", text)))


@lru_cache(maxsize=8192)  # headers, refs and people stand in row after row, and on page after page
def key(text: str) -> str:
    """The form in which two spellings of one thing compare equal: case, punctuation and "&" do not count.

    >>> key("Homes are safe, warm & affordable.") == key("homes are safe warm and affordable")
    True
    """
    plain = straighten(fold(text)).casefold().replace("&", " and ").replace("'", "")
    return _NOT_WORD.sub(" ", plain).strip()


def words(text: str) -> list[str]:
    """The words of a text: its runs of letters and digits.

    >>> words("3.5 a) co-design")
    ['3', '5', 'a', 'co', 'design']
    """
    if text.isascii():  # as almost all is; five times as fast as the expression
        return text.translate(_ASCII_WORDS).split()
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words a text has, as `words` counts them."""
    return len(words(text))


@lru_cache(maxsize=1024)  # asked about a line with each line that may follow it
def breaks_off(text: str) -> bool:
    """Whether a text breaks off: at a comma or a dash, or at a word that joins it to what follows.

    >>> breaks_off("Housing and"), breaks_off("for sale,"), breaks_off("Thailand"), breaks_off("with one sign-in")
    (True, True, False, False)
    >>> breaks_off("n/a"), breaks_off("parks and/or")
    (False, True)
    """
    return _OPEN_END.search(text, max(0, len(text) - _LONGEST_END)) is not None


@lru_cache(maxsize=16384)
def print_width(text: str) -> float:
    """About how wide a text is in print, in font sizes, by the usual proportions of letters.

    >>> print_width("illicit") < print_width("mammoth")
    True
    """
    width = 0.0
    for letter in text:
        if letter in " .,:;!|'’‘ijl":
            width += _NARROW
        elif letter in 'ftrI()[]/-“”"':
            width += _SLIM
        elif letter in "mMwW%@—&":
            width += _WIDE
        elif letter.isupper():
            width += _CAPITAL
        else:
            width += _USUAL
    return width
