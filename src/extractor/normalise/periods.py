"""The plan's period, and what its years, quarters and months mean in days.

1. The financial year begins on 1 April unless the plan, a profile or the caller says otherwise.
2. A document may define its own quarters in its prose ("Quarter 1 is January to March"); its word counts.
3. Where a quarter or month falls twice into the period, it is not dated: nothing is guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from typing import Literal

from extractor.fixed import fixed
from extractor.records import Period
from extractor.text import fold, straighten
from extractor.vocabulary.times import Token, month_number, scan

Days = tuple[dt.date, dt.date]


@lru_cache(maxsize=1024)  # the first and the last month of the plan's period are asked about with every timescale
def month_days(year: int, month: int) -> Days:
    """First and last day of a month; `month` may run past 12 into the following years.

    >>> month_days(2023, 14)[1]
    datetime.date(2024, 2, 29)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def span_of_months(year: int, month: int, months: int) -> Days:
    """First and last day of some months on end."""
    return month_days(year, month)[0], month_days(year, month + months - 1)[1]


def financial_year(year: int, year_starts_in: int) -> Days:
    """First and last day of the financial year that starts in a year.

    >>> financial_year(2023, 4)[1]
    datetime.date(2024, 3, 31)
    """
    return span_of_months(year, year_starts_in, 12)


def years_days(first: int, last: int, year_starts_in: int) -> Days:
    """The days of "2024/25" (the financial year) and of "2022-2025" (calendar years, first to last)."""
    if last == first + 1 and year_starts_in != 1:
        return financial_year(first, year_starts_in)
    return dt.date(first, 1, 1), dt.date(last, 12, 31)


@fixed(frozen=True, slots=True)
class StatedQuarter:
    """A quarter as the document defines it: first and last month, and their years where it gives them."""

    first_month: int
    last_month: int
    first_year: int | None = None
    last_year: int | None = None
    sure: bool = True
    """Not where a single cell alone says it of all."""

    @property
    def months(self) -> int:
        """How many months it has."""
        if self.first_year and self.last_year:
            return (self.last_year - self.first_year) * 12 + self.last_month - self.first_month + 1
        return (self.last_month - self.first_month) % 12 + 1


Quarters = Mapping[int, StatedQuarter]


@fixed(frozen=True, slots=True)
class Calendar:
    """What the words "Quarter 2" and "March" mean in one plan."""

    period: Period | None = None
    year_starts_in: int = 4
    quarters: Quarters = field(default_factory=dict)

    @property
    def bounds(self) -> Days | None:
        """First and last day of the plan's period, where both are known."""
        if self.period and self.period.start and self.period.end:
            return self.period.start, self.period.end
        return None

    @property
    def year(self) -> Days | None:
        """The period where it is one year long."""
        bounds = self.bounds
        if bounds and bounds[1] == month_days(bounds[0].year, bounds[0].month + 11)[1] and bounds[0].day == 1:
            return bounds
        return None

    @property
    def first_month(self) -> int:
        """The month in which a year of quarters begins: as the document defines it, else as its period does."""
        if 1 in self.quarters:
            return self.quarters[1].first_month
        return self.year[0].month if self.year else self.year_starts_in

    @property
    def unsure(self) -> bool:
        """Whether a quarter without a year may be one of the period or of the financial year: fifteen months on end
        begin with a first quarter of their own. And where one cell's quarter is not that of the plan's own year.
        """
        if 1 in self.quarters and not self.quarters[1].sure:
            return bool(self.year and self.year[0].month != self.first_month)
        bounds = self.bounds
        return bool(bounds and not self.year and not self.quarters and bounds[0].month != self.year_starts_in)

    def within(self, month: int, months: int) -> Days | None:
        """The one time within the period at which these months fall; None where there is none or more."""
        bounds = self.bounds
        if not bounds:
            return None
        found = [
            days
            for year in range(bounds[0].year - 1, bounds[1].year + 1)
            if (days := span_of_months(year, month, months)) and days[0] >= bounds[0] and days[1] <= bounds[1]
        ]
        return found[0] if len(found) == 1 else None

    def quarter(self, number: int, year: int | None = None) -> Days | None:
        """The days of a quarter: of the year of quarters that starts in `year`, or of the plan's period."""
        stated = self.quarters.get(number)
        if stated and stated.first_year and year is None:
            return span_of_months(stated.first_year, stated.first_month, stated.months)
        if stated:
            month, months = stated.first_month, stated.months
        elif 1 <= number <= 4:
            month, months = (self.first_month + 3 * (number - 1) - 1) % 12 + 1, 3
        else:
            return None
        if year is not None:
            return span_of_months(year + (month < self.first_month), month, months)
        return self.within(month, months)

    def half(self, number: int, year: int | None = None) -> Days | None:
        """The days of the first or second half of a year of quarters, or of the plan's period."""
        month = self.first_month + 6 * (number - 1)
        if year is not None:
            return span_of_months(year, month, 6)
        return self.within((month - 1) % 12 + 1, 6)


_MONTH_WORD = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?\b"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
_AMERICAN_DAY = rf"{_MONTH_WORD}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d),?"
_RUNS_TO = r"\s*(?:[-/]|to|until|through to|and)\s*"
_RANGE = re.compile(
    rf"({_DAY}{_MONTH_WORD}\.?(?:\s+(?:19|20)\d\d)?){_RUNS_TO}"
    rf"({_DAY}{_MONTH_WORD}\.?\s+(?:19|20)\d\d)(?!\s?[/-]\s?\d)"
    rf"|({_AMERICAN_DAY}(?:\s+(?:19|20)\d\d)?){_RUNS_TO}({_AMERICAN_DAY}\s+(?:19|20)\d\d)",
    re.IGNORECASE,
)
_FIGURES = r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)"
_FIGURES_RANGE = re.compile(rf"(?<![\d/.]){_FIGURES}{_RUNS_TO}{_FIGURES}(?!\d)")
_WITHIN_YEAR = re.compile(
    rf"((?:19|20)\d\d)\s*\(\s*({_DAY}{_MONTH_WORD})\.?{_RUNS_TO}({_DAY}{_MONTH_WORD})\.?\s*\)", re.IGNORECASE
)
_YEAR_TO = re.compile(rf"\byear\s+(?:end(?:ing|ed)|to)\s+({_DAY}{_MONTH_WORD}\.?\s+(?:19|20)\d\d)", re.IGNORECASE)
_CALENDAR_YEAR = re.compile(r"\bcalendar year\s+((?:19|20)\d\d)(?![/-]\d)", re.IGNORECASE)
_SPAN = re.compile(
    r"(?<![\d/.-])((?:19|20)\d\d)\s?[/-]\s?((?:19|20)\d\d|\d\d)\s*(?:to|-|until|through to)\s*"
    r"((?:19|20)\d\d)\s?[/-]\s?((?:19|20)\d\d|\d\d)(?![\d/-])",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?<![\d/.-])((?:19|20)\d\d)\s?(?:/|-|to)\s?((?:19|20)\d\d|\d\d(?!(?:st|nd|rd|th)?\s+{_MONTH_WORD}))(?![\d/-])"
    r"|(?<![\d/.-])(\d\d)\s?[/-]\s?(\d\d)(?![\d/-])"
    r"|(?<![\d£$€.,/-])((?:19|20)\d\d)(?![\d/]|[.,]\d|-\d)",
    re.IGNORECASE,
)


def read_period(text: str, year_starts_in: int = 4) -> Period | None:
    """The period that a label or title names; None where it names none.

    Dates and months count before years, and two years before one. A single year is the financial year
    that starts in it (contract), with the basis `inferred`.

    >>> read_period("Year Ahead Delivery Plan 2023").end.isoformat()
    '2024-03-31'
    >>> read_period("1 January 2022 to 31 March 2023").start.isoformat()
    '2022-01-01'
    >>> read_period("Plan 2025 (January to December)").end.isoformat()
    '2025-12-31'
    """
    whole = fold(text)
    plain = straighten(whole)
    for pattern, days_of in _DATED:
        found = pattern.search(plain)
        days = days_of(found) if found else None
        if found and days:
            return Period(label=whole[found.start() : found.end()], start=days[0], end=days[1])
    span = _SPAN.search(plain)
    if span:  # "2024/25 to 2026/27"
        first, last = financial_year(int(span[1]), year_starts_in), financial_year(int(span[3]), year_starts_in)
        if first[0] < last[0]:
            return Period(label=whole[span.start() : span.end()], start=first[0], end=last[1])
    matches = list(_YEARS.finditer(plain))
    for match in sorted(matches, key=lambda m: m.group(5) is not None):
        days = _years_match(match, year_starts_in)
        if days:
            basis: Literal["stated", "inferred"] = "inferred" if match.group(5) and year_starts_in != 1 else "stated"
            label = whole[match.start() : match.end()]
            return Period(label=label, start=days[0], end=days[1], basis=basis)
    return None


def _years_match(match: re.Match[str], year_starts_in: int) -> Days | None:
    one, two, short_one, short_two, single = match.groups()
    if single:
        return financial_year(int(single), year_starts_in)
    first = int(one) if one else 2000 + int(short_one)
    figures = two or short_two
    last = int(figures) if len(figures) == 4 else first // 100 * 100 + int(figures)
    if not first < last <= first + 40 or (short_one and last != first + 1):
        return None
    return years_days(first, last, year_starts_in)


def _range_days(match: re.Match[str]) -> Days | None:
    return _days_between(_loose_date(match[1] or match[3]), _loose_date(match[2] or match[4]))


def _days_between(start: tuple[int, int, int] | None, end: tuple[int, int, int] | None) -> Days | None:
    """From one date to the other, whose first may lack its year; None for what is no span of days."""
    if not start or not end:
        return None
    last_year = end[0]
    first_year = start[0] or (last_year if start[1] <= end[1] else last_year - 1)
    try:
        first = dt.date(first_year, start[1], start[2] or 1)
        last = dt.date(last_year, end[1], end[2]) if end[2] else month_days(last_year, end[1])[1]
    except ValueError:  # 31 April
        return None
    return (first, last) if first <= last else None


def _figures_days(match: re.Match[str]) -> Days | None:
    """Day first, as in a timescale."""
    day, month, year, last_day, last_month, last_year = map(int, match.groups())
    return _days_between((year, month, day), (last_year, last_month, last_day))


def _within_year_days(match: re.Match[str]) -> Days | None:
    """A range of months in brackets behind the year in which it begins."""
    year, start, end = int(match[1]), _loose_date(match[2]), _loose_date(match[3])
    if not start or not end:
        return None
    return _days_between((year, *start[1:]), (year + (end[1] < start[1]), *end[1:]))


def _calendar_year_days(match: re.Match[str]) -> Days | None:
    return dt.date(int(match[1]), 1, 1), dt.date(int(match[1]), 12, 31)


def _year_to_days(match: re.Match[str]) -> Days | None:
    """The twelve months that end with a day, or with a month."""
    end = _loose_date(match[1])
    days = _days_between(end, end)
    if not days:
        return None
    last = days[1]
    if last == month_days(last.year, last.month)[1]:
        return month_days(last.year - 1, last.month + 1)[0], last
    return last.replace(year=last.year - 1) + _ONE_DAY, last


_ONE_DAY = dt.timedelta(days=1)
_DATED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days | None]], ...] = (
    (_RANGE, _range_days),
    (_FIGURES_RANGE, _figures_days),
    (_WITHIN_YEAR, _within_year_days),
    (_CALENDAR_YEAR, _calendar_year_days),
    (_YEAR_TO, _year_to_days),
)


def _loose_date(text: str) -> tuple[int, int, int] | None:
    """(year or 0, month, day or 0) of "1 January 2022", "January 2022", "January"."""
    word = re.search(r"[a-z]{3,}", text, re.IGNORECASE)
    if not word:
        return None
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text)
    year = re.search(r"\d{4}", text)
    return int(year.group()) if year else 0, month_number(word.group()), int(day.group()) if day else 0


_COVERS = re.compile(
    r"\b(?:cover(?:s|ing)?|runs?|running|period|months|years?|from)\b[^.;]{0,60}?(?=\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]|[A-Z][a-z]{2,8}\s+20)"
)


def stated_period(prose: Iterable[str], period: Period) -> Period | None:
    """The period that the prose gives in dates, where the title has but a single year and they begin in it.

    A plan called "2022" may run fifteen months; only its prose says so.
    """
    for paragraph in prose:
        plain = straighten(fold(paragraph))
        for lead in _COVERS.finditer(plain):
            match = _RANGE.match(plain, lead.end())
            days = _range_days(match) if match else None
            if match and days and str(days[0].year) in period.label and (days[1] - days[0]).days >= 300:
                return Period(label=period.label, start=days[0], end=days[1], basis="stated")
    return None


def read_quarters(prose: Iterable[str], cells: Iterable[str] = ()) -> dict[int, StatedQuarter]:
    """The quarters as the document defines them, in its prose or in its `cells`; empty where it does not.

    >>> read_quarters(["Quarter 1 is January to March, and Quarter 2 is April to June."])[2].first_month
    4
    >>> read_quarters([], ["Q2 and Q3", "Quarter 4 (October to December)"])[1].first_month
    1
    """
    quarters: dict[int, StatedQuarter] = {}
    by_calendar = False
    for paragraph in prose:
        if not _QUARTER_WORD.search(paragraph):
            continue
        by_calendar = by_calendar or bool(_BY_CALENDAR.search(paragraph))
        for number, stated in _definitions(list(scan(paragraph)), paragraph):
            quarters.setdefault(number, stated)
    # One definition in passing ("Quarter 1 report, April to June") is no calendar.
    if len(quarters) > 1:
        return quarters
    return _quarters_from(1) if by_calendar else _quarters_of_cells(cells)


_QUARTER_WORD = re.compile(r"\b(?:quarters?|qtr|q[1-5])", re.IGNORECASE)
_CALENDAR_QUARTER = r"calendar(?:[ -]year)? quarters?\b"
# What quarters are, and no "Reported each calendar quarter."
_BY_CALENDAR = re.compile(
    r"\b(?:quarters?|q[1-4]|timescales?|dates|times|deadlines)(?:(?!\bnot\b|\bthan\b)[^.;])*?"
    rf"(?:\b(?:is|are|means?|refers? to|in|by|as|follow|these are)|=)\s+(?:all\s+|the\s+)?{_CALENDAR_QUARTER}(?!\s*\d)"
    rf"|\buses?\s+(?:the\s+)?{_CALENDAR_QUARTER}|\b{_CALENDAR_QUARTER}\s+(?:are\s+used|apply|shown|stated|given)\b"
    rf"|^(?:\w+\s+){{1,3}}[(\[]{_CALENDAR_QUARTER}[)\]]$|^(?:due\s+)?(?:by\s+)?{_CALENDAR_QUARTER}$",  # a header
    re.IGNORECASE,
)

_SPAN_WORD = re.compile(r"[a-z]\s*(?:-|–|to)\s*[a-z]", re.IGNORECASE)


def _quarters_of_cells(cells: Iterable[str]) -> dict[int, StatedQuarter]:
    """The quarters of the year that all cells such as "Quarter 1 (January to March)" agree on."""
    first_months: set[int] = set()
    numbers: set[int] = set()
    for text in set(cells):
        if _QUARTER_WORD.search(text) and _SPAN_WORD.search(text):
            for number, stated in _definitions(list(scan(text)), text):
                if number > 4 or stated.months != 3:
                    return {}
                numbers.add(number)
                first_months.add((stated.first_month - 3 * (number - 1) - 1) % 12 + 1)
    return _quarters_from(first_months.pop(), len(numbers) > 1) if len(first_months) == 1 else {}


def _quarters_from(month: int, sure: bool = True) -> dict[int, StatedQuarter]:
    """The four quarters of a year that begins in a month."""
    firsts = [(month + 3 * index - 1) % 12 + 1 for index in range(4)]
    return {number: StatedQuarter(first, (first + 1) % 12 + 1, sure=sure) for number, first in enumerate(firsts, 1)}


def _definitions(tokens: list[Token], text: str) -> Iterator[tuple[int, StatedQuarter]]:
    """Every "Quarter N ... month to month" and "month to month (Quarter N)"."""
    for index, token in enumerate(tokens):
        if token.kind != "quarter" or len(token.values) != 1:
            continue
        for first, between, last in (
            _triple(tokens, index, +1),
            _triple(tokens, index, -1),
        ):
            if not (first and between and last):
                continue
            near = text[token.end : first.start] if first.start > token.start else text[last.end : token.start]
            if not re.fullmatch(r"\s*(?:\(|:|=|-|–|,|is|runs|means|covers|from|\s){0,4}\s*(?:from\s*)?", near):
                continue
            yield (
                token.values[0],
                StatedQuarter(
                    first.values[0],
                    last.values[0],
                    first.values[1] or (_year_before(first, last)),
                    last.values[1] or None,
                ),
            )
            break


def _triple(tokens: list[Token], index: int, step: int) -> tuple[Token | None, Token | None, Token | None]:
    """The nearest "month to month" after (or before) a token, skipping signs."""
    place = index + step
    while 0 <= place < len(tokens) and tokens[place].kind in {"filler", "open", "to", "from", "and"}:
        place += step
    trio = tokens[place : place + 3] if step > 0 else tokens[max(place - 2, 0) : place + 1]
    if [t.kind for t in trio] == ["month", "to", "month"]:
        return trio[0], trio[1], trio[2]
    return None, None, None


def _year_before(first: Token, last: Token) -> int | None:
    """The year of the first month of a range whose last month alone has one."""
    if not last.values[1]:
        return None
    return last.values[1] - (first.values[0] > last.values[0])
