"""What the words of an activity weigh when two of them are compared.

1. Function words say nothing; numbers, months and years say little, for they change from year to year; so do the
   words that every plan uses.
2. Endings are cut off roughly: "inspected" and "inspecting" are one word here.
3. "Care Quality Commission (CQC)" names one body once: an acronym in brackets after its words is dropped. Where
   one stands alone it is read as its words, if either plan explains it and it is a thing to be done and no body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

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
BODIES = _set(
    """
    agency association authority board college commission commissioner committee company council department england
    forum group network office ofsted panel partnership police service services team trust union university
    """
)
"""Words that a body's name ends in. That two actions name one body says little: its name is not spelt out."""
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

NOTHING_EXPLAINED: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&]{0,2}[A-Z]{1,6})s?\)")
_ENDINGS = (
    "ations", "ation", "ising", "izing", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es",
    "ly", "s", "e",
)  # fmt: skip
_NUMBER = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"(?!20[0-3]\d$)\d{3,}")
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


def _signs_within_numbers(text: str) -> str:
    """The text with "1,900" as one word and "12.4" as another."""
    return _POINT.sub("p", _THOUSANDS.sub("", text))


def acronyms(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The acronyms that the texts explain, and their words; those of bodies are left out.

    >>> acronyms(["Complete Education, Health and Care Plans (EHCPs) within 20 weeks"])
    {'ehcp': ('education', 'health', 'care', 'plans')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for match in _ACRONYM.finditer(text):
            letters = match.group(1).casefold()
            before = key(text[: match.start()]).split()[-2 * len(letters) :]
            for size in range(len(before), 0, -1):
                wanted = [word for word in before[-size:] if word not in FUNCTION_WORDS]
                initials = "".join(word[0] for word in wanted)
                if letters in (initials, "".join(word[0] for word in before[-size:])):
                    if wanted and wanted[-1] not in BODIES:
                        found.setdefault(letters, tuple(wanted))
                    break
    return found


def content_words(text: str, explained: Mapping[str, tuple[str, ...]] = NOTHING_EXPLAINED) -> list[str]:
    """The words that carry meaning, folded for comparison; acronyms in brackets go, explained ones are spelt out.

    >>> content_words("Open the Care Quality Commission (CQC) unit in two homes.")
    ['open', 'care', 'quality', 'commission', 'unit', 'two', 'homes']
    """
    result: list[str] = []
    for word in key(_signs_within_numbers(_ACRONYM.sub("", text))).split():
        if word in FUNCTION_WORDS:
            continue
        result += explained.get(word) or explained.get(word.removesuffix("s")) or (word,)
    return result


def is_number(word: str) -> bool:
    """True for digits and for number words, cardinal, ordinal or Roman: what tells one sibling from another."""
    return _NUMBER.search(word) is not None or word in ORDINALS or word in CARDINALS or word in ROMAN


def numbers(text: str) -> tuple[str, ...]:
    """The numbers and ordinals of a text, in order.

    >>> numbers("Open the second home for 4 children by March 2025")
    ('second', '4', '2025')
    """
    return tuple(word for word in key(_signs_within_numbers(text)).split() if is_number(word))


def skeleton(content: Iterable[str]) -> frozenset[str]:
    """The stems of content words without numbers and calendar words: what siblings have in common.

    >>> skeleton(content_words("Open the second home")) == skeleton(content_words("Open a third home"))
    True
    """
    return frozenset(stem(word) for word in content if not is_number(word) and word not in CALENDAR)


def telling_stems(content: Iterable[str]) -> frozenset[str]:
    """The stems that no other action of a plan need hold: no stock words, and of the numbers the long ones only.

    Years of our time are no such numbers: every action may name one.

    >>> sorted(telling_stems(content_words("Deliver the Local Plan to 2041 with 12 parishes")))
    ['2041', 'parish']
    """
    return frozenset(stem(word) for word in content if weigh(word) == 1.0 or _LONG_NUMBER.fullmatch(word))


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
