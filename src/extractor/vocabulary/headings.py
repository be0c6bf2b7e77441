"""The wording of headings: groups ("Outcome 2: ..."), themes, plan titles, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.text import fold, key
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale

_KINDS = (
    "outcome|priority|theme|objective|aim|commitment|goal|ambition|pillar|strand|workstream|mission|promise|pledge|"
    "challenge|focus area|area of focus|key area|strategic direction|strategic aim|domain|principle|"
    "work area|focus|programme|chapter|section|area|topic|canlyniad|blaenoriaeth|amcan|thema"
)
_PLURALS = {"priorities": "priority", "strategies": "strategy"}
_NUMBER = (
    r"(?:[A-Z]{0,3}\d+(?:\.\d+)*[a-z]?|[IVX]{1,4}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)


@lru_cache(maxsize=16)
def _labelled(words: tuple[str, ...] = ()) -> re.Pattern[str]:
    """The pattern of a labelled heading; `words` are a profile's own group words."""
    kinds = "|".join([*(re.escape(word) for word in sorted(words, key=len, reverse=True)), _KINDS])
    return re.compile(
        rf"(?P<label>(?:(?:Our|Key|Strategic|Corporate|Council|Plan|Delivery|Well-?being|Headline|High[- ]level|Overarching|"
        rf"Shared|Cross[- ]cutting)\s+)*(?P<kind>{kinds})(?:\s+outcome)?)"
        rf"(?:\s+(?:no\.?\s*)?(?P<number>{_NUMBER}))?\s*(?:(?P<stop>[:.–—-]|\s[-–—]\s)\s*|$)(?P<title>.*)$",
        re.IGNORECASE | re.DOTALL,
    )


_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,2}|[A-Z]|[IVX]{1,4})[.):]?\s+(?P<title>\D.*)$", re.DOTALL)
_THEME = re.compile(
    r"(?:.*\b)?(?:council|corporate|strategic|plan|borough|city|county|community)?\s*(?:plan\s+)?theme"
    r"(?:\s+(?P<number>\d+))?\s*(?:[-–—:]|\s[-–—]\s)\s*(?P<theme>\S.*)$",
    re.IGNORECASE,
)
_PLAN_WORDS = re.compile(
    r"\b(?:plan|plans|strategy|programme|framework|roadmap|road map|blueprint|report|update|action plan|delivery plan|"
    r"cynllun|charter|improvement|priorities|tracker|schedule)\b",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:(?:{_MONTHS})|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_OWN_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_RUNS_TO = r"\s*(?:[-/–—]|to|until|through to)\s*"
_DATES = (
    rf"(?:{_DAY}\s+)?{_MONTH}(?:\s+{_OWN_YEAR})?{_RUNS_TO}(?:{_DAY}\s+)?{_MONTH}\s+{_OWN_YEAR}(?!\s?[/-]\s?\d)"
    rf"|{_MONTH}\s+{_DAY},?(?:\s+{_OWN_YEAR})?{_RUNS_TO}{_MONTH}\s+{_DAY},?\s+{_OWN_YEAR}"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.]{_OWN_YEAR}{_RUNS_TO}\d{{1,2}}[/.]\d{{1,2}}[/.]{_OWN_YEAR}"
    rf"|{_OWN_YEAR}\s*\(\s*(?:{_DAY}\s+)?{_MONTH}{_RUNS_TO}(?:{_DAY}\s+)?{_MONTH}\s*\)"
    rf"|calendar year\s+{_OWN_YEAR}(?![/-]\d)"
    rf"|year\s+(?:end(?:ing|ed)|to)\s+(?:{_DAY}\s+)?{_MONTH}\s+{_OWN_YEAR}"
)
_YEAR = re.compile(
    rf"(?<![\d/.])(?P<dates>(?i:{_DATES}))(?!\d)"
    r"|(?<!\d)(?P<label>(?:19|20)\d\d\s?[/-]\s?(?:(?:19|20)\d\d|\d\d)\s*(?:-|–|—|to|until)\s*"
    r"(?:19|20)\d\d\s?[/-]\s?(?:(?:19|20)\d\d|\d\d)"
    rf"|(?:(?:{_MONTHS})\s+)?"
    rf"(?:19|20)\d\d(?:\s*(?:/|-|–|—|to)\s*(?:(?:{_MONTHS})\s+)?"
    rf"(?:(?:19|20)\d\d|\d\d(?!(?:st|nd|rd|th)?\s+{_MONTH}))(?!\d|/))?)(?![\d,.]\d|\d)",
)


# What a strategy runs for, and the one year of it that a plan is about.
_SPAN_OF_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)\s*(?:/|-|–|—|to)\s*(?P<last>(?:19|20)\d\d)")
_ONE_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)\s?[/–-]\s?(?P<last>\d\d)(?![\d/])")
_WRITTEN = re.compile(r"\b[a-z]{3,}ed(?: (?:in|for|during))?[ :,]*$", re.IGNORECASE)  # "approved 2024/25": of no year


# A label and its number in one language, before the same in another: "Amcan 1 / Objective 1: ...".
_LANGUAGES = re.compile(r"([A-Z][^\d/:]{2,40} (\d{1,2})) / (?=[^/:]+ \2\b)")
_WELSH = frozenset(["canlyniad", "blaenoriaeth", "amcan", "thema"])


def _is_welsh(kind: str) -> bool:
    return kind.lower() in _WELSH


class GroupHeading(NamedTuple):
    """A heading read as a group's: its kind (None without a label), number and title."""

    kind: str | None
    number: str | None
    title: str


def read_group_heading(text: str, group_words: tuple[str, ...] = ()) -> GroupHeading:
    """The parts of a group's heading; `group_words` are labels that a profile adds.

    >>> read_group_heading("Objective 1:  Bring life back")
    GroupHeading(kind='objective', number='1', title='Bring life back')
    >>> read_group_heading("Objective 1 Bring life back").number, read_group_heading("The 2 Bridges").number
    ('1', None)
    >>> read_group_heading("2. Theme 1: Homes")
    GroupHeading(kind='theme', number='1', title='Homes')
    >>> read_group_heading("1.1 Priority - homes").number
    '1.1'
    >>> read_group_heading("Getting about")
    GroupHeading(kind=None, number=None, title='Getting about')
    >>> read_group_heading("Amcan Llesiant 1 / Well-being Objective 1: Homes").title
    'Homes'
    >>> read_group_heading("Cornerstone 2 - Homes", ("cornerstone",)).kind
    'cornerstone'
    """
    words = _without_outer_number(fold(text), group_words)
    words = after_table_number(words) or words
    languages = _LANGUAGES.match(words)
    if languages and is_labelled_group(words[languages.end() :], group_words):
        first = _labelled(group_words).match(f"{languages[1]}:")
        second = _labelled(group_words).match(words[languages.end() :])
        # "Theme 1 / Priority 1: ..." are two levels, and not one in two languages
        if first is None or second is None or _is_welsh(first["kind"]) != _is_welsh(second["kind"]):
            words = words[languages.end() :]
    match = _labelled(group_words).match(words)
    bare = re.match(r"((?:\S+ ){1,4}\d{1,2}(?:\.\d{1,2})*) (?=[A-Z])(.+)", words) if match is None else None
    if bare:  # "Objective 1" and the title on the line below it
        match = _labelled(group_words).match(f"{bare[1]}: {bare[2]}")
    if match and (match["stop"] or match["number"] or not match["title"]):
        kind = match["kind"].lower()
        title = match["title"].strip()
        number = match["number"]
        if not match["stop"] and title and not number:
            return GroupHeading(None, None, words)
        return GroupHeading(_PLURALS.get(kind, kind), number, title or words)
    match = _NUMBERED.match(words)
    if match and not (match["number"].isalpha() and not re.match(r"[A-Z]+[.):]", words)):
        return GroupHeading(None, match["number"], match["title"].strip())
    return GroupHeading(None, None, words)


_BEFORE_LABEL = "Tt0123456789"


def names_again(text: str, heading: GroupHeading) -> bool:
    """Whether what stands over a table only names the group again that a heading above it names.

    >>> names_again("Actions for outcome 1", GroupHeading("outcome", "1", "Homes")), names_again("Boats", GroupHeading(None, None, "Homes"))
    (True, False)
    >>> names_again("Homes and gardens", GroupHeading(None, None, "Homes"))
    False
    """
    words = f" {key(text)} "
    named = f" {heading.kind} {key(heading.number)} " if heading.kind and heading.number else ""
    for name in filter(None, (named, f" {key(heading.title)} ")):
        before, found, after = words.partition(name)
        if found and _OF_TABLES.issuperset(f"{before} {after}".split()):
            return True
    return False


# What the caption of a table of actions says beside the name of their group.
_OF_TABLES = frozenset("actions action activities plan table of for under to the our what we will do key".split())


# A table's number among those of the document, before what it is called.
_TABLE_NUMBER = re.compile(r"(?:table|tabl)\s+\d+(?:\.\d+)*[a-z]?\s*[:.–—-]\s*", re.IGNORECASE)
_PART_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[^\W\d])")


def _without_outer_number(words: str, group_words: tuple[str, ...]) -> str:
    """The words without the number of a table, or of a part of the document, before the label of a group."""
    number = _TABLE_NUMBER.match(words) or _PART_NUMBER.match(words)
    return words[number.end() :] if number and is_labelled_group(words, group_words) else words


def after_table_number(text: str) -> str:
    """What a table is called behind its number among those of the document; empty for a text without such a number.

    >>> after_table_number("Table 2: Starting well"), after_table_number("Table tennis"), after_table_number("Table 4")
    ('Starting well', '', '')
    """
    number = _TABLE_NUMBER.match(text)
    return text[number.end() :] if number else ""


def names_the_plan(text: str) -> bool:
    """Whether a heading only says that the plan follows, as that of a chapter or an appendix does: it names no group,
    and not the document.

    >>> [names_the_plan(text) for text in ("4. Our action plan", "Appendix A: Action Plan", "Climate action plan")]
    [True, True, False]
    """
    return bool(_THE_PLAN.fullmatch(key(text)))


_THE_PLAN = re.compile(
    r"(?:(?:appendix|annexe?|section|part|chapter|schedule) )?(?:(?:\d{1,2}|[a-h]|[ivx]{1,4}) )?"
    r"(?:(?:our|the|this|a|detailed|full|summary|joint|draft|final|high level) )*"
    r"(?:(?:action|delivery|implementation|improvement|work|activity) )?(?:plans?|programme)(?: (?:tables?|actions?))?"
)


def is_labelled_group(text: str, group_words: tuple[str, ...] = ()) -> bool:
    """Whether a line reads as a group's heading because of its label: "Outcome: ...", "Priority 3 - ...".

    >>> is_labelled_group("Outcome: Homes are warm"), is_labelled_group("Priority areas were agreed in May.")
    (True, False)
    >>> is_labelled_group("Table 2: Priority 1 - Starting well"), is_labelled_group("Table 2: Starting well")
    (True, False)
    >>> is_labelled_group("3. Theme 1: Homes"), is_labelled_group("3.1 Focus - on homes first")
    (True, False)
    """
    words = fold(text)
    part = None
    if words[:1] in _BEFORE_LABEL:
        part = _PART_NUMBER.match(words)
        number = part or _TABLE_NUMBER.match(words)
        words = words[number.end() :] if number else words
    match = _labelled(group_words).match(words)
    if not match or len(words.split()) > 30 or (part and not match["number"]):
        return False
    if match["stop"] in (".", None) and not match["number"]:
        return False
    return bool(match["stop"] or match["number"]) and bool(match["title"] or match["number"])


def numbered_label(text: str) -> tuple[str, str] | None:
    """The words and the number that a heading opens with before its title, whatever the words; not those of a time, or
    of a part of the document.

    >>> numbered_label("Intervention strategy 2: Access"), numbered_label("Year 1: Start"), numbered_label("Table 2 - Homes")
    (('Intervention strategy', '2'), None, None)
    """
    match = _NUMBERED_LABEL.match(fold(text))
    if match is None or _PART.search(match["label"]) or is_timescale(f"{match['label']} {match['number']}"):
        return None
    return match["label"], match["number"]


_PART = re.compile(
    r"\b(?:tables?|figures?|appendix|annex|sections?|parts?|pages?|notes?|steps?|charts?|box)$", re.IGNORECASE
)
_NUMBERED_LABEL = re.compile(rf"(?P<label>[A-Z][^\W\d]+(?: [^\W\d]+){{0,3}}) (?P<number>{_NUMBER})\s*[:–—-]\s*\S")


def numbered_headings(numbers: Sequence[str], titles: Sequence[str]) -> set[int]:
    """Which rows of a table, of their first cells and the titles that stand alone beside these ("" of other rows), are
    headings: their number begins the ref below, which goes on in figures, and no other row has one of its make.

    >>> numbered_headings(["B", "B1", "1.2", "1.2a", "1.4", "1.40", "2.", "2.1"], ["Fire", "", "Roofs", "", "", "", "Parks", ""])
    {0, 6}
    """
    plain = {_make(number) for number, title in zip(numbers, titles, strict=True) if number and not title}
    below = ""
    found: set[int] = set()
    for index in range(len(numbers) - 1, -1, -1):
        number, title = numbers[index].rstrip(".:)"), titles[index]
        between = "[ ./-]?" if number.isalpha() else "[./-]"
        # A text that its parts follow, or that says what became of an action, is a row's.
        said = title.endswith(":") or is_state(title) or is_timescale(title)
        if number and title and not said and re.match(rf"{re.escape(number)}{between}\d", below):
            found.update([index] if _make(number) not in plain else [])
        below = numbers[index] or below
    return found


def _make(number: str) -> str:
    return re.sub(r"[A-Z]", "A", re.sub(r"\d+", "0", number.rstrip(".:)")))


def read_theme(text: str) -> str | None:
    """The theme that a heading names for the whole document: "Council Plan theme - X" gives X.

    >>> read_theme("Council Plan theme - Every child able to fulfil their potential")
    'Every child able to fulfil their potential'
    >>> read_theme("Theme 4: Clean streets")
    'Clean streets'
    """
    match = _THEME.match(fold(text))
    return match["theme"].strip() if match else None


def find_year(text: str) -> str | None:
    """The year or years that a title names, as published; of a span and one year within it the year.

    >>> find_year("Delivery Plan 2024/25: Progress Report"), find_year("Plan 2022 to 2025"), find_year("Top 100")
    ('2024/25', '2022 to 2025', None)
    >>> find_year("Plan 2024/25 to 2026/27")
    '2024/25 to 2026/27'
    >>> find_year("Plan January to December 2025"), find_year("Plan, 1 July 2025 - 30 June 2026")
    ('January to December 2025', '1 July 2025 - 30 June 2026')
    >>> find_year("Green Plan 2025-2028: actions for 2026/27"), find_year("Plan 2025-2028 (refreshed 2026/27)")
    ('2026/27', '2025-2028')
    >>> find_year("PLAN, APRIL 2025 TO MARCH 2026")
    'APRIL 2025 TO MARCH 2026'
    """
    match = _YEAR.search(text)
    if match is None:
        return None
    label: str = match["dates"] or match["label"]
    if match["label"] and (span := _SPAN_OF_YEARS.fullmatch(label)):
        for one in _ONE_YEAR.finditer(text, match.end()):
            first = int(one["first"])
            if _WRITTEN.search(text, max(0, one.start() - 30), one.start()):
                continue
            if int(one["last"]) == (first + 1) % 100 and int(span["first"]) <= first < int(span["last"]):
                return one[0]
    return label


def title_score(text: str) -> float:
    """How much a heading reads like the title of a plan: plan words, a year, a moderate length.

    >>> title_score("Year Ahead Delivery Plan 2023") > title_score("About the council")
    True
    """
    words = len(text.split())
    score = 2.0 * bool(_PLAN_WORDS.search(text)) + 2.0 * bool(find_year(text))
    if words > 18:
        score -= 2.0
    if re.search(r"[.!?]$", text.strip()) and words > 8:
        score -= 2.0
    return score


KIND_WORDS = frozenset(kind for kind in _KINDS.split("|"))


_BODY = re.compile(
    r"\b(?:Council|Trust|Constabulary|Authority|Police|Partnership|Board|University|College|Cyngor|Service|Association"
    r"|Agency)$"
)


def names_body(text: str) -> bool:
    """Whether a line above a table is its publisher's name rather than a group's.

    >>> names_body("Saltersby District Council"), names_body("Warm homes")
    (True, False)
    """
    return bool(_BODY.search(text))
