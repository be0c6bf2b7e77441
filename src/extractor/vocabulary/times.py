"""How times are worded in plans: the words of a timescale cell, found and told apart, but not yet dated.

1. One lexer serves both the recogniser, which asks where a timescale begins and ends in a running text, and
   the normaliser, which dates it. What the one finds the other can read.
2. The lexer is one compiled regular expression over the lower-case text; every repetition in it is bounded or
   begins with a character that its neighbours cannot take, so that its time is linear in the text.
3. A word that is also ordinary prose ("may", "complete", "2025") makes a weak span only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.text import straighten

Strength = Literal["strong", "weak"]

TokenKind = Literal[
    "date",  # (day, month, year or 0), and the first day of "1-5 July"
    "month",  # (month, year or 0, second year of a financial year or 0)
    "quarter",  # the numbers of the quarters named
    "years",  # (first, last): "2024/25", "2022-2025"
    "fiscal",  # (year,): "FY2025"
    "year",  # (year,)
    "season",  # (first month, year or 0)
    "half",  # (1 or 2,)
    "part",  # (1, 2 or 3,): early, mid, late
    "whole",  # "throughout the year"
    "yearend",  # "the financial year", "year end"
    "week",  # (number of the week in its month, or 0: the week that begins with the date)
    "ongoing",
    "recur",  # word = the recurrence, or "" where the contract has no name for it
    "state",
    "unsure",  # "TBC"
    "relative",
    "horizon",
    "yearn",  # "Year 2"
    "by",
    "before",
    "end",
    "from",
    "onwards",
    "to",
    "and",
    "filler",
    "open",
    "close",
]


class Token(NamedTuple):
    """One word or figure of a timescale, with its place in the text."""

    kind: TokenKind
    start: int
    end: int
    values: tuple[int, ...] = ()
    word: str = ""


class TimeSpan(NamedTuple):
    """Where in a text a timescale may stand; `weak` where the words are as likely to be prose."""

    start: int
    end: int
    strength: Strength


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept(?:ember)?|sep|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
    r"(?![a-z])(?:\.(?=\s?\d))?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WELSH_MONTHS = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
_MONTH_NUMBERS = {word: number for words in (_MONTHS, _WELSH_MONTHS) for number, word in enumerate(words, 1)}
_YEAR = r"(?:19|20)\d\d(?!\w|[.,]\d)"
_SHORT = r"\d\d(?!\w|[.,/]\d|\s?%)"
_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|\d{1,3})"
_ORDINAL = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_COUNT = {"one": 1, "two": 2, "three": 3, "four": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "gwanwyn": 3, "haf": 6, "gaeaf": 12}
_PARTS = {"early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "late": 3}

# Order matters: the longer and the more exact reading stands first.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\w)"),
    ("numeric", r"\d{1,2}(?P<sep>\s?[/.-]\s?)\d{1,2}(?P=sep)(?:(?:19|20)\d\d|\d\d)(?!\w|[.,/-]\d)"),
    (
        "dayrange",
        r"\d{1,2}(?:st|nd|rd|th)?\s?(?:-|to|and|&)\s?\d{1,2}(?:st|nd|rd|th)?\s"
        + _MONTH
        + rf"(?:[\s,-]{{1,2}}{_YEAR})?",
    ),
    (
        "daymonth",
        r"\d{1,2}(?:st|nd|rd|th)?[\s-]{0,2}(?:of\s)?(?:day\sof\s)?"
        + _MONTH
        + rf"(?:[\s,-]{{1,2}}(?:{_YEAR}|'?{_SHORT}))?",
    ),
    ("monthday", _MONTH + rf"\s\d{{1,2}}(?:(?:st|nd|rd|th)(?!\w)(?:,?\s{_YEAR})?|,?\s{_YEAR})"),
    (
        "monthyear",
        _MONTH + rf"\s?[\s,/'-]?\s?(?:of\s)?(?:(?:19|20)\d\d\s?[/-]\s?{_SHORT}|{_YEAR}|'?{_SHORT})",
    ),
    ("month", _MONTH),
    (
        "quarter",
        r"(?:quarters?|qtrs?\.?|chwarter|q)[\s.-]?\s?(?:[1-5]|(?:one|two|three|four)(?![a-z]))"
        r"(?:\s?(?:-|to|and|&|,\sand|,|/|\+)\s?[1-5](?!\w|[.,/-]\d|\s?%)){0,4}(?!\w|[.,]\d)"
        r"|t[1-4](?=\s(?:19|20)\d\d)|(?<=\d\d\d\d[\s-])t[1-4](?!\w|[.,]\d)",  # trimestre
    ),
    ("nthquarter", r"(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s(?:quarter|qtr)(?![a-z])"),
    (
        "years",
        r"(?:(?:fy|financial\syear|fiscal\syear|f/y)[\s:]{0,2})?"
        rf"(?:19|20)\d\d\s?(?:/|-|to|and|&)\s?(?:{_YEAR}|{_SHORT})(?!\s?[/-]\s?\d(?!\d\d\d\s?[/-]\s?\d\d))",
    ),
    ("monthof", rf"(?:0?[1-9]|1[0-2])/{_YEAR}"),
    ("fiscal", rf"(?:fy|financial\syear|fiscal\syear|f/y)[\s:']{{0,2}}(?:{_YEAR}|\d\d\s?[/-]\s?{_SHORT}|{_SHORT})"),
    ("pair", rf"\d\d\s?[/-]\s?{_SHORT}(?!\s?[/-](?!\s?\d\d\s?/\s?\d\d(?!\d)))"),
    ("year", _YEAR),
    (
        "season",
        r"(?:spring|summer|autumn|winter|gwanwyn|haf|gaeaf)(?:\sterm)?(?![a-z-])"
        rf"(?:[\s,/-]{{1,2}}(?:of\s)?(?:(?:19|20)\d\d\s?[/-]\s?{_SHORT}|{_YEAR}|'?{_SHORT}))?",
    ),
    ("fall", rf"fall\s(?:of\s)?{_YEAR}"),
    ("half", r"(?:(?:first|second|1st|2nd)\shalf(?:\syear)?|h[12])(?!\w)"),
    (
        "week",
        r"(?:(?:the\s)?week\s(?:commencing|beginning|of|starting)|w/c|w/b"
        r"|(?:the\s)?(?:first|second|third|fourth|1st|2nd|3rd|4th|last)\sweek\s(?:of|in))(?![a-z])(?:\sthe(?!\w))?",
    ),
    ("part", r"(?:(?:early|mid|late)(?:\sin)?|(?:the\s)?(?:beginning|start|middle)\sof)(?!\w)-?"),
    (
        "yearn",  # and no day of a date behind "within a year"
        rf"years?\s(?!(?:[6-9]|[12]\d|3[01])\s{_MONTH}){_SMALL}(?:\s?(?:-|to|and|&|,)\s?{_SMALL}){{0,4}}"
        r"(?!\w|[.,]\d|/\d\d?/\d)",
    ),
    (
        "whole",
        r"(?:throughout|during|across|over)\s(?:the\s)?(?:whole\s)?(?:financial\s|plan\s)?(?:year|period|plan)(?!\w)"
        r"|all\syear(?:\sround)?(?!\w)|year[\s-]round(?!\w)|in[\s-]year(?!\w)|all\s(?:four\s)?quarters(?!\w)",
    ),
    (
        "recur",
        r"(?:daily|weekly|fortnightly|(?:yn\s)?(?:[bf]lynyddol|chwarterol|[mf]isol)|(?:three|six|3|6)[\s-]monthly|bi-?monthly|monthly"
        r"|quarterly|termly|half[\s-]?yearly|bi-?annual(?:ly)?|bi-?ennial(?:ly)?|(?:twice[\s-])?(?:annual(?:ly)?|yearly)|per\sannum|bob\sblwyddyn"
        r"|(?:once|twice|(?:two|three|four|2|3|4)\stimes)\s(?:a|per|each|every)\s(?:day|week|month|quarter|term|year)"
        r"|\d\s?[\s-]weekly|(?:every|each)\s(?:day|week|month|quarter|term|year|"
        + "|".join(_SEASONS)
        + "|"
        + _MONTH
        + ")"
        rf"|every\s(?:other\s)?{_SMALL}?\s?(?:days|weeks|months|terms|years|month|week|year))(?!\w)",
    ),
    (
        "yearend",
        r"(?:financial\s|fiscal\s)?year[\s-]end(?!\w)"
        r"|(?:(?:the|this|current|each)\s){0,2}(?:financial|fiscal|council|municipal|plan)\s(?:year|period)(?!\w)"
        r"|(?:the|this|current)\s(?:current\s)?year(?!\w)|of\syear(?!\w)",
    ),
    (
        "relative",
        r"(?:(?:within|in|over|after|for|at\sleast|minimum\sof)\s)?(?:the\s)?(?:(?:next|first|last|coming|following)\s)?"
        rf"(?:{_SMALL}\s?(?:-|to)\s?)?{_SMALL}[\s-](?:working\s|calendar\s)?(?:days?|weeks?|months?|years?)(?!\w)",
    ),
    (
        "horizon",
        r"(?:immediate|short|medium|long)(?:er)?(?:(?:\s?/\s?|\s?-\s?|\sto\s)(?:medium|long)(?:er)?)?[\s-]terms?(?!\w)",
    ),
    ("ongoing", r"on[\s-]?going(?!\w)|(?:yn\s)?[bp]arhaus(?!\w)|continuous(?:ly)?(?!\w)|rolling\sprogramme(?!\w)"),
    (
        "unsure",
        r"tb[cda](?!\w)|to\sbe\s(?:confirmed|determined|agreed|advised|decided|announced|scheduled|renegotiated)(?!\w)"
        r"|unknown(?!\w)|pending(?!\w)|(?:not\sapplicable|n/a|n\.a\.?)(?!\w)|not\s(?:due\sto\sstart|yet\sscheduled|known|set)(?!\w)",
    ),
    (
        "state",
        r"(?:completed?|closed|done|achieved|delivered|cancelled|paused|on\shold|deferred|not\sstarted|started|active"
        r"|under\s?way|in\sprogress|on\strack|superseded|immediate(?:ly)?|asap|as\ssoon\sas\spossible"
        r"|(?:as|when|where)\s(?:and\swhen\s)?(?:required|needed|necessary)|ad[\s-]hoc)(?!\w)",
    ),
    (
        "by",
        r"(?:(?:to\s)?(?:be\s)?(?:completion|complete|completed|delivered|delivery|due|target)\s)?"
        r"(?:by|erbyn(?:\sdiwedd)?|no\slater\sthan|not\slater\sthan|due|d'ici)(?:\s(?:or\s)?before)?(?:\sthe)?(?:\send(?:\sof)?)?(?:\sthe)?(?!\w)",
    ),
    ("before", r"before(?:\sthe)?(?:\send(?:\sof)?)?(?:\sthe)?(?!\w)"),
    ("end", r"(?:(?:at|to|until)\s)?(?:the\s)?(?:end(?:s|ing|\sdate)?(?:\s(?:of|in|on))?|diwedd)(?:\sthe)?(?!\w)"),
    (
        "from",
        r"(?:from|starting|starts?(?:\sdate)?|commencing|commences?|since|beginning|begins?|with\seffect\sfrom|as\sof)"
        r"(?:\s(?:from|in|on|at))?(?:\sthe)?(?!\w)",
    ),
    ("onwards", r"(?:onwards?|and\sbeyond|beyond|(?:and\s)?thereafter|(?:and\s)?then|to\sdate)(?!\w)"),
    ("to", r"(?:to|until|till|through|up\sto|extending\sto)(?!\w)"),
    ("and", r"(?:and|or|plus)(?!\w)"),
    (
        "filler",
        r"(?:in|of|for|during|throughout|on|the|between|at|circa|around|approx(?:imately)?|expected|anticipated"
        r"|provisional(?:ly)?|at\s(?:the\s)?latest|latest|calendar\syear|(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"
        r"|phase\s(?:one|two|three|four|\d))(?!\w)",
    ),
)
_SIGNS: dict[str, TokenKind] = {
    **dict.fromkeys("&,;/+\n", "and"),
    **dict.fromkeys(".:?*", "filler"),
    **dict.fromkeys("([", "open"),
    **dict.fromkeys(")]", "close"),
    "-": "to",
}

# A figure may not follow a figure, a decimal point or a currency sign; a word may not begin inside a word.
_LEXER = re.compile(
    r"(?<![\w£$€#])(?<!\d[.,/](?=\d))(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS)
    + r")|(?P<sign>[-&,;/+\n.:?*()\[\]])"
)
# Where a timescale may be near: only there is a long text lexed at all.
_HINT = re.compile(
    r"(?<!\w)(?:jan|feb|mar[c.\s'-]|apr|may|jun|jul|aug|sep[t.\s'-]|oct|nov|dec[e.\s'-]|spring|summer|autumn|winter|fall\s"
    r"|ionawr|chwefror|mawrth|ebrill|mai(?!\w)|mehefin|gorffennaf|awst|medi(?!\w)|hydref|tachwedd|rhagfyr|gwanwyn|haf|gaeaf"
    r"|chwarter|[bf]lynyddol|[mf]isol|[bp]arhaus|q\s?[1-5]|quarter|qtr|\d\d?\s?[/.-]\s?\d|(?:19|20)\d\d|on-?\s?going|continuous|rolling|fy|f/y|h[12]"
    r"|da(?:ys?(?!\w)|ily)|week|fortn|month|year|bi-?[ae]nn|half|term|annu|per\sannum|w/[bc]|first\shalf"
    r"|\d\d?(?:th|st|nd|rd)?-?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|tb[acd](?!\w)|to\sbe\s[acdrs]|n/a|n\.a|unknown|pending|not\s[adksy]|completed?(?!\w)|closed|done|achieved|delivered"
    r"|cancelled|paused|on\s(?:hold|track)|deferred|started|active|under\s?way|in\sprogress|superseded|immediate|asap"
    r"|as\s(?:and|soon|required|needed|necessary)|(?:when|where)\s(?:required|needed|necessary)|ad[\s-]hoc)"
)
_MOST_TOKENS = 40  # of one timescale; what is longer is a list of numbers
_BEFORE, _AFTER = 48, 64  # characters on either side of a hint that its words may take up
_DIGITS = re.compile(r"\d+")
_PLAIN_BLANKS = dict.fromkeys((0x09, 0xA0, 0x2007, 0x2009, 0x202F), " ")


def _plain(text: str) -> str:
    """Lower case, straight quotes and dashes, plain blanks: as long as the text, so that places agree."""
    straight = straighten(text).translate(_PLAIN_BLANKS)
    lowered = straight.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in straight)


def month_number(word: str) -> int:
    """The month that an English or Welsh month name or its abbreviation means, 1 to 12.

    >>> month_number("Sept."), month_number("december"), month_number("Mawrth")
    (9, 12, 3)
    """
    return _MONTH_NUMBERS[word[:3].lower()]


def full_year(figures: str) -> int:
    """The year that two or four figures mean; two figures are of this century.

    >>> full_year("24"), full_year("1998")
    (2024, 1998)
    """
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _month_in(text: str) -> int:
    found = re.search(r"[a-z]{3,}", text)
    while found and found.group()[:3] not in _MONTH_NUMBERS:
        found = re.compile(r"[a-z]{3,}").search(text, found.end())
    return month_number(found.group()) if found else 0


def _years(figures: list[str]) -> tuple[int, int]:
    first = full_year(figures[0])
    if len(figures[1]) == 4:
        return first, int(figures[1])
    last = first // 100 * 100 + int(figures[1])
    return first, last if last > first - 50 else last + 100


def _read(name: str, text: str, start: int, end: int) -> Token | None:
    """The token that a match of the lexer is; None where the figures are no date."""
    figures = _DIGITS.findall(text)
    reader = _READERS.get(name)
    if reader is not None:
        return reader(text, figures, start, end)
    kind: TokenKind = name  # type: ignore[assignment]
    return Token(kind, start, end, (), text)


def _read_iso(_: str, figures: list[str], start: int, end: int) -> Token | None:
    return Token("date", start, end, (int(figures[2]), int(figures[1]), int(figures[0])))


def _is_dotted_date(figures: list[str]) -> bool:
    """Whether figures between dots are a day, a month and a year of these decades, two figures each: "31.03.26"."""
    return len(figures[0]) == len(figures[1]) == 2 and _FIRST_YEAR <= figures[2] <= _LAST_YEAR


_FIRST_YEAR, _LAST_YEAR = "18", "40"


def _read_numeric(text: str, figures: list[str], start: int, end: int) -> Token | None:
    if "." in text and len(figures[2]) == 2 and not _is_dotted_date(figures):  # 1.1.12 is a ref
        return None
    day, month, year = int(figures[0]), int(figures[1]), full_year(figures[2])
    if month > 12 >= day:
        return Token("date", start, end, (month, day, year), "exchanged") if month <= 31 else None
    return Token("date", start, end, (day, month, year)) if 1 <= day <= 31 and 1 <= month <= 12 else None


def _read_day_month(text: str, figures: list[str], start: int, end: int) -> Token | None:
    year = full_year(figures[1]) if len(figures) > 1 else 0
    day = int(figures[0])
    return Token("date", start, end, (day, _month_in(text), year)) if 1 <= day <= 31 else None


def _read_day_range(text: str, figures: list[str], start: int, end: int) -> Token | None:
    first, last = int(figures[0]), int(figures[1])
    year = full_year(figures[2]) if len(figures) > 2 else 0
    return Token("date", start, end, (last, _month_in(text), year, first)) if 1 <= first < last <= 31 else None


def _read_month(text: str, figures: list[str], start: int, end: int) -> Token | None:
    month = _month_in(text)
    if not figures:
        return Token("month", start, end, (month, 0, 0))
    if len(figures) == 2:
        return Token("month", start, end, (month, *_years(figures)))
    # "Mar 25" may be a day; "Mar-25" and "Mar '25" are not.
    doubtful = len(figures[0]) == 2 and int(figures[0]) <= 31 and text[-3] in " \xa0"
    return Token("month", start, end, (month, full_year(figures[0]), 0), "short" if doubtful else "")


def _read_month_of(_: str, figures: list[str], start: int, end: int) -> Token | None:
    return Token("month", start, end, (int(figures[0]), int(figures[1]), 0))


def _read_quarter(text: str, figures: list[str], start: int, end: int) -> Token | None:
    numbers = tuple(map(int, figures)) or tuple(n for word, n in _COUNT.items() if word in text)
    if re.search(r"\d\s?(?:-|to)\s?\d", text):
        return Token("quarter", start, end, (numbers[0], numbers[-1]))
    return Token("quarter", start, end, numbers)


def _read_nth_quarter(text: str, _: list[str], start: int, end: int) -> Token | None:
    return Token("quarter", start, end, (_ORDINAL.get(text.split()[0], 4),))


def _read_years(text: str, figures: list[str], start: int, end: int) -> Token | None:
    first, last = _years(figures)
    separator = text[text.find(figures[0]) + 4 :].lstrip()[:1]
    if len(figures[1]) == 2 and last != first + 1:
        month = int(figures[1])
        if separator == "-" and 1 <= month <= 12 and len(text) == 7:
            return Token("month", start, end, (month, first, 0))
    if last <= first or last - first > 60:
        return None
    return Token("years", start, end, (first, last), "long" if len(figures[1]) == 4 else "")


def _read_pair(text: str, figures: list[str], start: int, end: int) -> Token | None:
    first, second = int(figures[0]), int(figures[1])
    if second == first + 1 and 10 <= first <= 60:
        return Token("years", start, end, (2000 + first, 2000 + second), "short" if first <= 12 else "")
    if "/" in text and 1 <= first <= 12 and 15 <= second <= 60:
        return Token("month", start, end, (first, 2000 + second, 0))
    return None


def _read_fiscal(_: str, figures: list[str], start: int, end: int) -> Token | None:
    if len(figures) == 2:
        first, last = _years(figures)
        return Token("years", start, end, (first, last)) if last == first + 1 else None
    return Token("fiscal", start, end, (full_year(figures[0]),))


def _read_year(_: str, figures: list[str], start: int, end: int) -> Token | None:
    return Token("year", start, end, (int(figures[0]),))


def _read_season(text: str, figures: list[str], start: int, end: int) -> Token | None:
    first_month = next(month for word, month in _SEASONS.items() if text.startswith(word))
    return Token("season", start, end, (first_month, full_year(figures[0]) if figures else 0))


def _read_half(text: str, _: list[str], start: int, end: int) -> Token | None:
    return Token("half", start, end, (2 if "2" in text or text.startswith("second") else 1,))


def _read_week(text: str, _: list[str], start: int, end: int) -> Token | None:
    number = next((n for word, n in _ORDINAL.items() if word in text), 5 if "last" in text else 0)
    return Token("week", start, end, (number,))


def _read_part(text: str, _: list[str], start: int, end: int) -> Token | None:
    return Token("part", start, end, (next(n for word, n in _PARTS.items() if word in text),))


_RECURRENCES: tuple[tuple[str, str], ...] = (
    (r"bi-?ennial|every other|bi-?monthly|fortnight|\d\s?[\s-]weekly", ""),
    (r"chwarterol", "quarterly"),
    (r"lynyddol|blwyddyn", "annual"),
    (r"isol", "monthly"),
    (
        r"half|bi-?annual|twice[ -](?:annual|year)|(?:twice|two times|2 times) .* year|(?:six|6)[\s-]month|every (?:six|6) months",
        "half-yearly",
    ),
    (r"quarter|(?:three|3)[\s-]monthly|every (?:three|3) months|(?:four|4) times .* year", "quarterly"),
    (r"(?:every|each) (?:\d|two|three|four|five|six)|times|twice", ""),
    (r"dai|day", "daily"),
    (r"week", "weekly"),
    (r"month", "monthly"),
    (r"term", "termly"),
    (r".", "annual"),
)
_RECURRENCE_PATTERNS = tuple((re.compile(pattern), name) for pattern, name in _RECURRENCES)


def _read_recur(text: str, _: list[str], start: int, end: int) -> Token | None:
    name = next(name for pattern, name in _RECURRENCE_PATTERNS if pattern.search(text))
    month = _month_in(text) if text.startswith(("every", "each")) else 0
    return Token("recur", start, end, (month,) if month else (), name)


_READERS = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "dayrange": _read_day_range,
    "daymonth": _read_day_month,
    "monthday": _read_day_month,
    "monthyear": _read_month,
    "month": _read_month,
    "monthof": _read_month_of,
    "quarter": _read_quarter,
    "nthquarter": _read_nth_quarter,
    "years": _read_years,
    "pair": _read_pair,
    "fiscal": _read_fiscal,
    "year": _read_year,
    "season": _read_season,
    "fall": _read_season,
    "half": _read_half,
    "week": _read_week,
    "part": _read_part,
    "recur": _read_recur,
}


def scan(text: str) -> Iterator[Token]:
    """The words and figures of the text that a timescale is made of, in order; all other words are passed over.

    >>> [(token.kind, token.values) for token in scan("By end of March 2025")]
    [('by', ()), ('month', (3, 2025, 0))]
    """
    plain = _plain(text)
    return _lex(plain, 0, len(plain))


def _lex(plain: str, position: int, stop: int) -> Iterator[Token]:
    while found := _LEXER.search(plain, position, stop):
        name = found.lastgroup or ""
        start, end = found.span()
        if name == "sign":
            position = end
            goes_on = found.group() == "+" and not plain[end:].strip()  # "2027+"
            yield Token("onwards" if goes_on else _SIGNS[found.group()], start, end, (), found.group())
            continue
        token = _read("numeric" if name == "sep" else name, found.group(), start, end)
        if token is not None:
            yield token
            position = end
        else:
            position = _after_figures(plain, start)


def _windows(plain: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a timescale can stand, widened to whole words, in order and apart."""
    start = stop = 0
    for hint in _HINT.finditer(plain):
        if hint.start() - _BEFORE > stop:
            if stop:
                yield start, stop
            start = _word_border(plain, hint.start() - _BEFORE)
        stop = max(stop, _word_border(plain, hint.end() + _AFTER))
    if stop:
        yield start, stop


def _word_border(plain: str, position: int) -> int:
    """The place of the next blank at or after a position (a long word without one is cut)."""
    if position <= 0:
        return 0
    for place in range(position, min(position + 32, len(plain))):
        if plain[place].isspace():
            return place
    return min(position + 32, len(plain))


def _after_figures(plain: str, position: int) -> int:
    """Where to go on after figures that are no date: behind the first run of word characters."""
    while position < len(plain) and plain[position].isalnum():
        position += 1
    return position + 1


_CORE: frozenset[str] = frozenset(
    "date month quarter years fiscal year season half whole yearend ongoing recur state unsure relative horizon yearn".split()
)
_POINTS: frozenset[str] = frozenset("date month quarter years fiscal year season half".split())
_MAY_OPEN: frozenset[str] = _CORE | {"by", "before", "end", "from", "part", "week"}
_MAY_CLOSE: frozenset[str] = _CORE | {"onwards"}


def find_timescales(text: str) -> list[TimeSpan]:
    """The longest spans of the text that could each be the whole content of a timescale cell, in order.

    Two timescales that only a blank parts are two spans ("in 2023/24 Quarter 4"): which of them is the
    cell's is for the reader of columns to say. The time is linear in the text.

    >>> text = "Open a hub in May Quarter 4 Head of Housing"
    >>> [(text[span.start:span.end], span.strength) for span in find_timescales(text)]
    [('May', 'weak'), ('Quarter 4', 'strong')]
    """
    plain = _plain(text)
    spans: list[TimeSpan] = []
    run: list[Token] = []
    for start, stop in _windows(plain):
        for token in _lex(plain, start, stop):
            apart = run and (plain[run[-1].end : token.start].strip() or _parts(run, token, plain))
            if apart or len(run) == _MOST_TOKENS:
                spans.extend(_span(run, text))
                run = []
            run.append(token)
    spans.extend(_span(run, text))
    return spans


def _parts(run: Sequence[Token], after: Token, plain: str) -> bool:
    """Whether a token begins another timescale than the run before it: both are whole, and nothing joins them."""
    before = run[-1]
    if before.kind == "filler" and before.word in ".:?*":
        return True
    if after.kind in {"by", "before", "from"} and before.kind in _POINTS:
        return True
    if after.kind not in _CORE:
        return False
    if before.kind == "close" and plain[before.end : after.start]:
        return after.kind in _POINTS
    if before.kind not in _CORE:
        return False
    if before.kind in {"quarter", "half", "yearend"} and after.kind in {"year", "years", "fiscal"}:
        return False
    return not (before.kind in {"ongoing", "recur", "yearn"} and after.kind in {"ongoing", "recur"})


def _span(run: list[Token], text: str) -> Iterator[TimeSpan]:
    """The span of a run of tokens without the joining words at its ends; none where no time is left."""
    first = 0
    while first < len(run):
        while first < len(run) and not _opens(run, first):
            first += 1
        end = _closing(run, first)
        tokens = run[first:end]
        if any(token.kind in _CORE for token in tokens):
            yield TimeSpan(tokens[0].start, tokens[-1].end, _strength(tokens, text))
        first = max(end, first + 1)


def _opens(run: Sequence[Token], index: int) -> bool:
    kind = run[index].kind
    if kind in {"end", "part"} and (index + 1 == len(run) or run[index + 1].kind not in _CORE):
        return False
    return kind in _MAY_OPEN


def _closing(run: Sequence[Token], first: int) -> int:
    """Behind the last token at which a timescale that opens at `first` may end, its brackets closed."""
    depth, end = 0, first
    for index in range(first, len(run)):
        kind = run[index].kind
        depth += (kind == "open") - (kind == "close")
        if depth < 0:
            break
        if depth == 0 and (kind in _MAY_CLOSE or (kind == "close" and run[index - 1].kind in _MAY_CLOSE)):
            end = index + 1
    return end


def _strength(tokens: Sequence[Token], text: str) -> Strength:
    capital = text[tokens[0].start].isupper()
    for token in tokens:
        kind, values = token.kind, token.values
        if kind == "quarter" or (kind == "date" and values[2]) or (kind in {"month", "season"} and values[1]):
            return "strong"
        if kind == "unsure" and text[token.start].isupper():
            return "strong"
    cores = [token for token in tokens if token.kind in _CORE]
    if capital and (len(tokens) > len(cores) or len(cores) > 1):
        return "strong"
    first = cores[0]
    written = text[first.start : first.end]
    if capital and (
        first.kind in {"ongoing", "horizon", "whole", "season"}
        or (first.kind == "recur" and written.endswith("ly"))
        or (first.kind == "relative" and " " in written)
    ):
        return "strong"
    return "weak"


# Words that are a timescale only where nothing else stands in the cell.
_ALONE: frozenset[str] = frozenset(
    "short medium long immediate now complete completed start active open various continuing permanent".split()
)


@lru_cache(maxsize=8192)  # the same few timescales stand in row after row, and each is asked for by every stage
def is_timescale(text: str) -> bool:
    """Whether the whole text is a timescale, or several parted by blanks, ";" or line breaks.

    >>> is_timescale("Quarter 2 (September 2024)"), is_timescale("By March 2025; annually"), is_timescale("Head of May")
    (True, True, False)
    """
    plain = _plain(text)
    if plain.strip(" .*\n") in _ALONE:
        return True
    if not _LEXER.match(plain, len(plain) - len(plain.lstrip(" \n"))):
        return False  # most texts begin with a word that is none of a timescale
    position, core = 0, False
    for token in _lex(plain, 0, len(plain)):
        if plain[position : token.start].strip(" \n"):
            return False
        position = token.end
        core = core or token.kind in _CORE
    return core and not plain[position:].strip(" \n")
