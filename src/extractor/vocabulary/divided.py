"""Words that a typesetter divides at the ends of lines, and words that are written with a hyphen."""

from __future__ import annotations

import re

from extractor.vocabulary.headers import PHRASES

BOUND_ENDING = re.compile(
    r"(?:ment|[tscl]ion|[ct]ial|ness|hood|ship|dom|ism|ist|[ts]ive|ture|sure|gramme|(?:[a-z]?[lrndmvctsp])?ation"
    r"|ance|ence|able|ible|ple|ble|tle|gle|dle|cil|vider?|tect|duce|cess|spond|quire|rectorate|[a-z]?ate|our|ber"
    r"|er|or|ing|ar)(?:s|ed|d|ly)?|ings|(?:tor|sor|ter|ver|der|ner|ger|ker|ler)s?"
    r"|(?:ti|ni|ri|ci|li|di|si|vi|gi|mi|bi|fi)(?:ty|ties|cal|ous|ally|fied|fy)|[a-z]?(?:ty|cy|gy|ry|phy|ties|cies|gies|ries)"
    r"|(?:en|an)c(?:y|ies)|i?[a-z]?(?:al|ous|ic|ary|ory|ery)(?:ly|s)?|[a-z]?(?:ised|ising|ized|izing|ured|uring|ating)",
    re.IGNORECASE,
)
"""Ends of English words that are no words, or none that follow a hyphen, and are what hyphenation leaves."""
TAKES_HYPHEN = frozenset(
    "co non self well cross multi mid ex anti semi low high long short full part half all year day place person data"
    " evidence needs trauma under over up out off re pre post sub inter one two three four five six seven eight nine"
    " ten first second third".split()
)
"""Words and prefixes that often begin a compound with a hyphen."""
ALSO_SYLLABLES = frozenset("re pre inter sub under over out up off part place anti semi multi".split())
"""Those of them behind which a typesetter divides words as well: "re-ceived", "inter-views"."""

PLAN_WORDS = frozenset(word for phrase in PHRASES for word in phrase.split()) | frozenset(
    "january february march april may june july august september october november december quarter summer autumn winter"
    " weekly monthly quarterly yearly annual annually ongoing continuous throughout"
    " council county borough district city director directorate assistant manager service services community communities"
    " member portfolio holder cabinet committee department environment housing education development planning"
    " partnership strategy strategic corporate delivery economic economy finance transport regeneration"
    " neighbourhood neighbourhoods transformation".split()
)
"""Words that plans of public bodies have in narrow columns."""
SMALL_WORDS = frozenset(
    "and or of the a an to for in on with by from at as per over under around across about after before between during"
    " into through within without against behind below above near off out up that which who whose when where while"
    " their its our your is are was were be been has have had will would may can not no so than then if".split()
)
"""Words that join others, or stand before them, and that no column is too narrow for."""
