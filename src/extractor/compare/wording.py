"""What the words of an activity weigh when two of them are compared.

1. Function words say nothing; numbers, months and years say little, for they change from year to year; so do the
   words that every plan uses.
2. Endings are cut off roughly: "inspected" and "inspecting" are one word here.
3. "Care Quality Commission (CQC)" names one body once: an acronym in brackets after its words is dropped.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.text import key, words


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _set(
    """
    a about after again all also am among an and any are as at be because been before being between both but by
    can could did do does doing down during each every few for from further had has have having he her here hers
    him his how if in including into is it its itself just last may me might more most must my new no nor not
    now of off on once only or other our out over own per same shall she should so some such than that the their
    them then there these they this those through to too under until up upon us very was we were what when where
    whether which while who whom whose why will with within without would you your
    """
)
CALENDAR = _set(
    """
    january february march april june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec spring summer autumn winter quarter quarters q1 q2 q3 q4 year years month months
    week weeks day days annual annually quarterly monthly
    """
)
PLAN_WORDS = _set(
    """
    achieve action actions activities activity agree area areas borough carry complete continue council councils
    deliver delivered delivering delivery develop developed development district ensure establish hold identify
    implement implementation improve improvement increase launch local make new number people plan plans prepare
    produce programme project provide provision publish reduce report review scheme service services set start
    strategy support undertake update work
    """
)
"""Words that any action of any plan may hold: that two texts share them says little."""
ORDINALS = _set(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth final
    """
)
CARDINALS = _set(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half dozen
    """
)
NEGATIONS = _set(
    """
    no not never none neither nor without cannot cease stop stopped end ended withdraw withdrawn cancel
    cancelled unless except excluding fail
    """
)
OBLIGATIONS = _set(
    """
    must shall should may might can could will would need needs required aim aims intend seek seeks try ensure
    consider explore investigate
    """
)
ROMAN = _set(
    """
    ii iii iv v vi vii viii ix x
    """
)

_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&]{0,2}[A-Z]{1,6})s?\)")
_ENDINGS = (
    "ations", "ation", "ising", "izing", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es",
    "ly", "s", "e",
)  # fmt: skip
_NUMBER = re.compile(r"\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its ending, at least three letters of it.

    >>> stem("inspecting"), stem("inspected"), stem("home"), stem("homes")
    ('inspect', 'inspect', 'hom', 'hom')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def content_words(text: str) -> list[str]:
    """The words that carry meaning, folded for comparison; acronyms in brackets go.

    >>> content_words("Open the Care Quality Commission (CQC) unit in two homes.")
    ['open', 'care', 'quality', 'commission', 'unit', 'two', 'homes']
    """
    return [word for word in key(_ACRONYM.sub("", text)).split() if word not in FUNCTION_WORDS]


def is_number(word: str) -> bool:
    """True for digits and for number words, cardinal, ordinal or Roman: what tells one sibling from another."""
    return _NUMBER.search(word) is not None or word in ORDINALS or word in CARDINALS or word in ROMAN


def numbers(text: str) -> tuple[str, ...]:
    """The numbers and ordinals of a text, in order.

    >>> numbers("Open the second home for 4 children by March 2025")
    ('second', '4', '2025')
    """
    return tuple(word for word in key(text).split() if is_number(word))


def skeleton(text: str) -> frozenset[str]:
    """The stems of a text without its numbers and calendar words: what siblings have in common.

    >>> skeleton("Open the second home") == skeleton("Open a third home")
    True
    """
    return frozenset(stem(word) for word in content_words(text) if not is_number(word) and word not in CALENDAR)


def weigh(word: str) -> float:
    """How much a word counts beside its rarity: numbers, calendar words and the stock words of plans half."""
    return 0.5 if word in CALENDAR or word in PLAN_WORDS or is_number(word) else 1.0


@lru_cache(maxsize=65536)
def grams(word: str) -> tuple[str, ...]:
    """The runs of four characters of a word with its borders marked; of a short word the whole.

    >>> grams("fund")
    ('^fun', 'fund', 'und$')
    """
    marked = f"^{word}$"
    return tuple(marked[i : i + 4] for i in range(max(1, len(marked) - 3)))


def names(text: str) -> set[str]:
    """The words that are written as names: capitals that do not merely open a sentence, and acronyms.

    >>> sorted(names("Open Beck House. The NHS will help."))
    ['Beck', 'House', 'NHS']
    """
    found: set[str] = set()
    for sentence in re.split(r"(?<=[.!?:;])\s+|\n", text):
        for index, word in enumerate(words(sentence)):
            capital = word[0].isupper() and (index > 0 or (len(word) > 1 and word.isupper()))
            if capital and word.lower() not in CALENDAR:
                found.add(word)
    return found
