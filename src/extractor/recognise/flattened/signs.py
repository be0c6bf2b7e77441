"""What single words show of the borders beside them, whatever the columns: ends of sentences, of names and of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from extractor.recognise.flattened.stream import BLANK_CELL, Word
from extractor.text import print_width
from extractor.vocabulary.roles import DANGLING, RANKS, looks_like_owner, names_partner
from extractor.vocabulary.states import is_state
from extractor.vocabulary.verbs import opens_action

Ending = Literal["stop", "colon", "capital", "plain"]
"""How a word ends or what it is, where that tells whether a sentence is over."""

COST_BAND = re.compile(r"[£€$]{1,4}")
_WHOLE_SUM = re.compile(
    r"(?:.* )?(?:[£€$]\d(?:[\d,.]*\d)? ?(?:k|m|bn|million|thousand)?(?: capital| revenue)?|nil"
    r"|(?:grant|externally)[- ]funded|existing (?:budgets?|resources))",
    re.IGNORECASE,
)
_NAME_OPENINGS = frozenset({"St", "Dr", "Mr", "Mrs", "Ms", "Cllr", "Councillor"})
_INITIAL = re.compile(r"[A-Z]\.")
LONGEST_VALUE = 16
_LONGEST_AFTER_DATE = 8  # small words that say more of a date
_LONGEST_ABBREVIATED = 3  # letters of a word that a stop may abbreviate: "No.", "etc."
_LONGEST_PARTNER = 5
_FITS = 0.92  # of a line, for fonts are not alike


def ending_of(word: str) -> Ending:
    """How a word ends.

    >>> ending_of("weeks."), ending_of("Safety"), ending_of("advice"), ending_of("recruiting:")
    ('stop', 'capital', 'plain', 'colon')
    """
    plain = word.rstrip("’'”\"")
    if plain.endswith((".", "!", "?")):
        return "stop"
    if plain.endswith((":", ",", ";", "/")):
        return "colon"
    return "capital" if word[:1].isupper() and word[-1:].isalpha() else "plain"


def ends_sentence(word: str) -> bool:
    """Whether a word with a stop is no abbreviation, but the last one of a sentence."""
    plain = word.rstrip("’'”\").!?")
    return word.endswith((".", "!", "?")) and len(plain) > _LONGEST_ABBREVIATED and "." not in plain


_FIGURE = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?%?|n/a|N/A|TBC|tbc")


def is_figure(word: str) -> bool:
    """Whether a word is a number whose unit its column's name tells, or says that there is none.

    >>> [is_figure(word) for word in ("1,250,000", "11.2%", "n/a", "2,3", "3.")]
    [True, True, True, False, False]
    """
    return _FIGURE.fullmatch(word) is not None


def ends_in_name(words: Sequence[str]) -> bool:
    """Whether the last word of a text has a capital, and may be the first of a name behind it."""
    return len(words) > 2 and words[-1].isalpha() and words[-1].istitle()


def may_end_name(word: str) -> bool:
    """Whether a word may be the last one of a name."""
    return word[:1].isupper() and word not in RANKS


def opens_name(word: str) -> bool:
    """Whether another word of a name follows a word for certain: "Cllr", "St", an initial."""
    return word in _NAME_OPENINGS or bool(_INITIAL.fullmatch(word))


def is_letter_of_noun(words: Sequence[Word], index: int) -> bool:
    """Whether a capital by itself says which one the noun before it is: "band C or better", not "M Ransome"."""
    letter = words[index].text
    after = words[index + 1].text if index + 1 < len(words) else ""
    return len(letter) == 1 and letter.isupper() and letter not in "AI" and after[:1].islower()


def leads_up(texts: Sequence[str]) -> bool:
    """Whether words are those of a name, so that the date behind them is a cell and no part of a sentence."""
    named = all(text[:1].isupper() or text in DANGLING for text in texts)
    return named and texts[-1][-1].isalpha() and texts[-1] not in DANGLING


def opening_of(words: Sequence[Word], index: int) -> tuple[str, ...]:
    """The two words with which a cell would begin."""
    return tuple(word.text for word in words[index : index + 2])


def opens_with_verb(words: Sequence[Word], index: int) -> bool:
    """Whether a verb in the imperative begins here."""
    return opens_action(words[index].text, words[index + 1].text if index + 1 < len(words) else "")


def names_partner_at(words: Sequence[Word], index: int) -> bool:
    """Whether words with capitals are the name of a body that works with a council: "Ashby Partnership"."""
    end = index
    while end < len(words) and end - index < _LONGEST_PARTNER and words[end].text[:1].isupper():
        end += 1
        if names_partner(" ".join(word.text for word in words[index:end])):
            return True
    return False


def is_owner_line(words: Sequence[Word], index: int) -> bool:
    """Whether a line begins here that is an owner and nothing else: no group begins a row with it."""
    if words[index].gap not in ("line", "paragraph"):
        return False
    end = index + 1
    while end < len(words) and end - index <= LONGEST_VALUE and words[end].gap in ("blank", "wide"):
        end += 1
    over = end == len(words) or words[end].gap in ("line", "paragraph")
    return over and looks_like_owner(" ".join(word.text for word in words[index:end]))


def is_behind_sum(words: Sequence[Word], index: int) -> bool:
    """Whether a word follows a sum that may be a whole cell: "£3.75 million", "Nil"."""
    return bool(_WHOLE_SUM.fullmatch(" ".join(word.text for word in words[max(0, index - 2) : index])))


def is_behind_note(words: Sequence[Word], index: int) -> bool:
    """Whether a word follows a note in brackets that opens its line."""
    first = index - 1
    while first and not words[first].text.startswith("("):
        first -= 1
    return first > 0 and words[first].gap in ("line", "paragraph")


def is_break(words: Sequence[Word], index: int) -> bool:
    """Whether a line ends before a word, that of no list item."""
    word = words[index]
    if word.gap not in ("line", "paragraph") or word.item or word.delimiters:
        return False
    number = words[index - 1].line
    while index and words[index - 1].line == number:
        index -= 1
    return not words[index].item


def states_in(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where status words begin and end."""
    for start, text in enumerate(texts):
        if text[:1].isupper() or not text[:1].isalnum():
            for end in range(min(len(texts), start + 4), start, -1):
                if is_state(" ".join(texts[start:end])):
                    yield start, end
                    break


def goes_on(words: Sequence[Word], end: int) -> int:
    """Index after the small words that end the line of a date, "of the grant award" after "Within 6 months"; else 0.

    What is said with "of" is over before a capital too.
    """
    last = end
    while last < len(words) and words[last].gap == "blank" and words[last].text[:1].islower():
        if words[last].delimiters or last - end == _LONGEST_AFTER_DATE:
            return 0
        last += 1
    over = (
        last == len(words)
        or bool(words[last].delimiters)
        or words[last].gap in ("line", "paragraph")
        or words[last].text == BLANK_CELL
    )
    named = last > end + 1 and words[end].text == "of" and words[last - 1].text not in DANGLING
    return last if last > end and (over or (named and words[last].text[:1].isupper())) else 0


def snap(offsets: Sequence[int], texts: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The words that a span of characters covers; empty where it cuts into a word that is more than punctuation."""
    first = last = 0
    for index, offset in enumerate(offsets):
        if offset <= start:
            first = index
        if offset < end:
            last = index + 1
    head = texts[first][: start - offsets[first]]
    tail = texts[last - 1][end - offsets[last - 1] :]
    if any(c.isalnum() for c in head) or any(c.isalnum() for c in tail) or tail.strip(".,;"):
        return 0, 0
    return first, last


def columns_with_room(rooms: Mapping[int, float], words: Sequence[Word], start: int, index: int) -> frozenset[int]:
    """The columns of which a line would have had room for the word that begins the next one, so that it ends there with
    its cell; `rooms` is how wide their lines are, and the cell begins with the word at `start`."""
    first = index - 1
    while first > start and words[first].line == words[first - 1].line:
        first -= 1
    width = print_width(" ".join(word.text for word in words[first : index + 1]))
    return frozenset(column for column, room in rooms.items() if width <= _FITS * room)
