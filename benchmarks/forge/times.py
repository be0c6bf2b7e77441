"""Timescales as publishers write them, each with the days that it means (`contract`: section Timescale)."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from random import Random

MONTHS = list(calendar.month_name)
SHORT = list(calendar.month_abbr)
_SEASONS = {"Spring": (3, 5), "Summer": (6, 8), "Autumn": (9, 11), "Winter": (12, 2)}


@dataclass(frozen=True)
class Time:
    """A timescale: the words as printed and what they mean; days as ISO dates."""

    words: str
    start: str | None = None
    end: str | None = None
    ongoing: bool = False
    recurrence: str | None = None

    def gold(self) -> dict[str, object]:
        """The timescale as a gold file has it."""
        return {
            "as_published": self.words,
            "start": self.start,
            "end": self.end,
            "ongoing": self.ongoing,
            "recurrence": self.recurrence,
        }


def _first(year: int, month: int) -> str:
    return dt.date(year, month, 1).isoformat()


def _last(year: int, month: int) -> str:
    return dt.date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _fiscal(year: int, month: int) -> int:
    """The calendar year of a month of the financial year that starts in `year`."""
    return year if month >= 4 else year + 1


@dataclass
class Clock:
    """Draws timescales in a plan's own manner: one way of writing most, others between."""

    random: Random
    first_year: int  # in whose April the plan begins
    years: int
    manner: str

    def draw(self) -> Time:
        """The next timescale."""
        others = ["month", "deadline", "ongoing", "recurring", "range", "odd"]
        weights = [3, 4, 4, 3, 3, 3]
        manner = self.manner if self.random.random() < 0.62 else self.random.choices(others, weights)[0]
        return {
            "quarter": self._quarter,
            "dated quarter": self._dated_quarter,
            "month": self._month,
            "deadline": self._deadline,
            "date": self._date,
            "season": self._season,
            "year": self._year,
            "ongoing": self._ongoing,
            "recurring": self._recurring,
            "range": self._range,
            "odd": self._odd,
        }[manner]()

    def _a_month(self) -> tuple[int, int]:
        year = self.first_year + self.random.randrange(self.years)
        month = self.random.randint(1, 12)
        return _fiscal(year, month), month

    def _quarter_days(self, year: int, quarter: int) -> tuple[str, str]:
        month = (quarter * 3) % 12 + 1
        return _first(_fiscal(year, month), month), _last(_fiscal(year, month), month + 2)

    def _quarter(self) -> Time:
        if self.years > 1:
            return self._dated_quarter()
        quarter = self.random.randint(1, 4)
        start, end = self._quarter_days(self.first_year, quarter)
        roll = self.random.random()
        if roll < 0.1 and quarter < 4:
            later = self.random.randint(quarter + 1, 4)
            words = self.random.choice(["Q{}-Q{}", "Q{} to Q{}", "Quarter {} - Quarter {}", "Quarters {} and {}"])
            return Time(words.format(quarter, later), start, self._quarter_days(self.first_year, later)[1])
        if roll < 0.2:
            return Time(f"By end of Q{quarter}", None, end)
        return Time(f"{'Q' if self.first_year % 2 else 'Quarter '}{quarter}", start, end)

    def _dated_quarter(self) -> Time:
        year = self.first_year + self.random.randrange(self.years)
        quarter = self.random.randint(1, 4)
        words = "Q{} {}/{:02}" if self.first_year % 2 else "Quarter {} {}-{:02}"
        return Time(words.format(quarter, year, (year + 1) % 100), *self._quarter_days(year, quarter))

    def _month(self) -> Time:
        year, month = self._a_month()
        words = [f"{MONTHS[month]} {year}", f"{SHORT[month]}-{year % 100:02}", f"{SHORT[month]} {year}"]
        chosen = words[0] if self.random.random() < 0.6 else self.random.choice(words)
        return Time(chosen, _first(year, month), _last(year, month))

    def _deadline(self) -> Time:
        year, month = self._a_month()
        day = calendar.monthrange(year, month)[1]
        words = self.random.choice(
            [
                f"By {MONTHS[month]} {year}",
                f"By end of {MONTHS[month]} {year}",
                f"By the end of {MONTHS[month]} {year}",
                f"End {MONTHS[month]} {year}",
                f"End of {MONTHS[month]} {year}",
                f"By {day} {MONTHS[month]} {year}",
                f"by {day}/{month:02}/{year}",
            ]
        )
        return Time(words, None, _last(year, month))

    def _date(self) -> Time:
        year, month = self._a_month()
        day = self.random.choice([1, 15, 28])
        date = dt.date(year, month, day).isoformat()
        if self.first_year % 2:
            return Time(f"{day:02}/{month:02}/{year}", date, date)
        ending = "st" if day == 1 else "th"
        return Time(f"{day}{self.random.choice(['', ending])} {MONTHS[month]} {year}", date, date)

    def _season(self) -> Time:
        year = self.first_year + self.random.randrange(self.years)
        name = self.random.choice(list(_SEASONS))
        first, last = _SEASONS[name]
        year += name == "Spring"
        return Time(f"{name} {year}", _first(year, first), _last(year + (last < first), last))

    def _year(self) -> Time:
        year = self.first_year + self.random.randrange(self.years)
        words = f"{year}/{(year + 1) % 100:02}" if self.first_year % 2 else f"{year}-{(year + 1) % 100:02}"
        return Time(words, _first(year, 4), _last(year + 1, 3))

    def _ongoing(self) -> Time:
        year, month = self._a_month()
        name = f"{MONTHS[month]} {year}"
        return self.random.choice(
            [
                Time("Ongoing", ongoing=True),
                Time("Ongoing", ongoing=True),
                Time("On-going", ongoing=True),
                Time(f"Ongoing from {name}", _first(year, month), None, ongoing=True),
                Time(f"Ongoing to {name}", None, _last(year, month), ongoing=True),
                Time(f"{name} and ongoing", _first(year, month), None, ongoing=True),
                Time(f"From {name}", _first(year, month), None),
                Time(f"{name} onwards", _first(year, month), None),
            ]
        )

    def _recurring(self) -> Time:
        words = {
            "Quarterly": "quarterly", "Monthly": "monthly", "Annually": "annual", "Annual": "annual",
            "Six-monthly": "half-yearly", "Every month": "monthly", "Every quarter": "quarterly", "Weekly": "weekly",
            "Termly": "termly",
        }  # fmt: skip
        chosen = self.random.choice(list(words))
        return Time(chosen, recurrence=words[chosen])

    def _range(self) -> Time:
        year, month = self._a_month()
        later = month + self.random.randint(2, 9)
        last_year, last_month = year + (later - 1) // 12, (later - 1) % 12 + 1
        if last_year == year and self.random.random() < 0.5:
            words = f"{MONTHS[month]} {self.random.choice(['-', '–', 'to'])} {MONTHS[last_month]} {year}"
        else:
            between = self.random.choice([" - ", " – ", " to "])
            words = f"{MONTHS[month]} {year}{between}{MONTHS[last_month]} {last_year}"
        return Time(words, _first(year, month), _last(last_year, last_month))

    def _odd(self) -> Time:
        year, month = self._a_month()
        name = f"{MONTHS[month]} {year}"
        after = dt.date(year + (month > 6), (month + 5) % 12 + 1, 1)
        several = f"{name}{self.random.choice([chr(10), '; '])}{MONTHS[after.month]} {after.year}"
        return self.random.choice(
            [
                Time("TBC"),
                Time("To be confirmed"),
                Time("Short term"),
                Time("Completed"),
                Time(f"{name} – Completed", _first(year, month), _last(year, month)),
                Time(several, _first(year, month), _last(after.year, after.month)),
                Time("Within 6 months of approval"),
                self._season(),
                self._year(),
            ]
        )
