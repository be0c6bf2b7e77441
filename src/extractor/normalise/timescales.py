"""A timescale cell's words -> start, end, ongoing, recurrence; and what is doubtful about them.

1. `end` is the last day by which it is to be done; `start` is set only where the words name a span.
2. What cannot be dated honestly stays undated, with its words kept and a doubt raised.
3. A figure that the words lack (the year of "March") comes from the plan's period or from its neighbours in
   the same cell, never from a calendar on the wall.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.normalise.periods import (
    Calendar,
    Days,
    Quarters,
    financial_year,
    month_days,
    span_of_months,
    years_days,
)
from extractor.records import Period, Recurrence, Timescale
from extractor.text import fold_lines, words
from extractor.vocabulary.times import Token, TokenKind, scan

Flag = Literal["unresolved", "ambiguous", "approximate", "inferred"]

_MESSAGES: dict[Flag, str] = {
    "unresolved": "{text!r} cannot be dated.",
    "ambiguous": "{text!r} can be read in two ways.",
    "approximate": "{text!r} names no exact days.",
    "inferred": "{text!r} names no year; the plan's period gives it.",
}
_POINTS: frozenset[str] = frozenset(
    ["date", "month", "quarter", "years", "fiscal", "year", "season", "half", "whole", "yearend"]
)
_YEARS: frozenset[str] = frozenset({"year", "years", "fiscal"})
# What makes a date depend on something that the plan does not date.
_CONDITION = re.compile(
    r"\b(?:after|following|upon|once|subject|depend\w*|if|prior|when|unless|within|pending|successful|expiry|"
    r"less than|more than)\b",
    re.IGNORECASE,
)
# A span whose end is missing: "April 2025 to".
_LEFT_OPEN = re.compile(r"(?:[–—/-]|\b(?:to|until|and))$", re.IGNORECASE)
_LONGEST_OPEN = 6
# Words beside a date that do not change it.
_PLAIN_WORDS: frozenset[str] = frozenset(
    [
        "review",
        "reviewed",
        "report",
        "reported",
        "date",
        "deadline",
        "target",
        "timescale",
        "minimally",
        "minimum",
        "at",
        "least",
        "as",
        "be",
        "will",
        "is",
        "and",
        "on",
        "completion",
        "complete",
        "launch",
        "launched",
        "phase",
        "annual",
        "report",
        "delivery",
        "delivered",
        "meeting",
        "held",
        "plan",
    ]
)


@fixed(frozen=True, slots=True)
class _Point:
    """One point of time as the words give it; `year` 0 where they do not."""

    kind: TokenKind
    values: tuple[int, ...]
    year: int = 0
    last_year: int = 0  # of "March 2024/25": the second year
    fiscal_single: bool = False  # the year is a single one, read as a financial year
    part: int = 0
    week: int | None = None
    word: str = ""


@fixed(frozen=True, slots=True)
class _Dated:
    start: dt.date | None
    end: dt.date | None
    kind: str
    flags: frozenset[Flag] = frozenset()


Node = tuple[str, Token | _Point]


def read_timescale(
    text: str,
    period: Period | None,
    year_starts_in: int = 4,
    quarters: Quarters | None = None,
    location: Location = NOWHERE,
) -> tuple[Timescale, tuple[Doubt, ...]]:
    """The timescale that a cell's text means, and the doubts about it (field `timescale`).

    `period` gives the year of what has none; `year_starts_in` is the first month of the financial year;
    `quarters` are the quarters as the document defines them. Rules: contract, section Timescale.

    >>> read_timescale("By end of March 2025", None)[0].end.isoformat()
    '2025-03-31'
    """
    published = fold_lines(text)
    reading = _Reader(Calendar(period, year_starts_in, quarters or {})).read(published)
    basis: Literal["stated", "inferred", "unresolved"] = "stated"
    if "unresolved" in reading.flags:
        basis = "unresolved"
    elif "inferred" in reading.flags:
        basis = "inferred"
    timescale = Timescale(
        as_published=published,
        start=reading.start,
        end=reading.end,
        ongoing=reading.ongoing,
        recurrence=reading.recurrence,
        basis=basis,
    )
    return timescale, tuple(_doubts(reading.flags, published, location))


def _doubts(flags: frozenset[Flag], text: str, location: Location) -> Iterable[Doubt]:
    told: tuple[Flag, ...] = ("unresolved",) if "unresolved" in flags else ("ambiguous", "approximate", "inferred")
    for flag in told:
        if flag in flags:
            yield Doubt(f"timescale-{flag}", _MESSAGES[flag].format(text=text), "timescale", location)


@fixed(frozen=True, slots=True)
class _Reading:
    start: dt.date | None = None
    end: dt.date | None = None
    ongoing: bool = False
    recurrence: Recurrence | None = None
    flags: frozenset[Flag] = frozenset()


@dataclass(slots=True)
class _State:
    """What has been understood of the cell so far, read from left to right."""

    found: list[_Dated] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)
    mode: str = ""  # by, before, from: what stands before the next point
    joint: str = ""  # to, and, "": what parts it from the point before
    bracket: bool = False
    ongoing: bool = False
    ongoing_first: bool = False
    recurrence: Recurrence | None = None
    recurs: bool = False
    vague: bool = False
    relative: bool = False


@fixed(frozen=True, slots=True)
class _Reader:
    calendar: Calendar

    def read(self, text: str) -> _Reading:
        tokens = list(scan(text))
        rest = _rest(text, tokens)
        state = _State()
        for kind, node in self._nodes(tokens):
            self._take(state, kind, node)
        if _LEFT_OPEN.search(text, max(0, len(text) - _LONGEST_OPEN)):
            state.flags.add("ambiguous")
        return self._sum_up(state, rest)

    # From tokens to points

    def _nodes(self, tokens: list[Token]) -> list[Node]:
        nodes: list[Node] = []
        part, week = 0, None
        for token in _labels_first(tokens):
            if token.kind == "filler":
                if token.word == "?":
                    nodes.append(("doubt", token))
                continue
            if token.kind == "part":
                part = token.values[0]
            elif token.kind == "week":
                week = token.values[0]
            elif token.kind in _POINTS:
                point = _point(token)
                nodes.append(("point", replace(point, part=part, week=week) if part or week is not None else point))
                part, week = 0, None
            elif token.kind == "recur" and token.values:  # "every August"
                nodes += [("recur", token), ("point", _Point("month", token.values))]
            else:
                nodes.append((token.kind, token))
        return _share_years(_join_years(nodes))

    def _take(self, state: _State, kind: str, node: Token | _Point) -> None:
        if isinstance(node, _Point):
            self._take_point(state, node)
        elif kind in {"by", "before", "from"}:
            state.mode = "before" if kind == "before" and "end" not in node.word else kind
            if kind == "before" and "end" in node.word:
                state.mode = "by"
            state.joint = "mode" if state.found else ""
        elif kind == "end":
            state.mode = "by"
        elif kind == "to":
            if state.found:
                state.joint = "to"
            elif node.word != "-":  # "Ongoing - March 2025" is no "until March 2025"
                state.mode = "by"
        elif kind == "and":
            state.joint = "," if "," in node.word else "and"
        elif kind == "onwards":
            if state.found and state.found[-1].start:
                state.found[-1] = replace(state.found[-1], end=None)
        elif kind in {"open", "close"}:
            state.bracket = kind == "open"
        else:
            self._take_word(state, kind, node)

    def _take_word(self, state: _State, kind: str, token: Token) -> None:
        if kind == "ongoing":
            state.ongoing = True
            state.ongoing_first = not state.found
            if state.found and state.found[-1].start:  # "September 2024 and ongoing"
                state.found[-1] = replace(state.found[-1], end=None)
        elif kind == "recur":
            state.recurs = True
            if token.word in get_args(Recurrence) and state.recurrence is None:
                state.recurrence = token.word  # type: ignore[assignment]
        elif kind == "unsure":
            state.flags.add("unresolved")
            state.vague = True
        elif kind == "doubt":
            state.flags.add("ambiguous")
        elif kind == "relative":
            state.relative = state.vague = True
        elif kind == "state" and token.word == "started":
            state.mode = "started"
        elif kind in {"horizon", "yearn", "state"}:
            state.vague = True

    def _take_point(self, state: _State, point: _Point) -> None:
        dated = self._date(point)
        if dated is None:
            state.flags.add("unresolved")
            state.mode, state.joint = "", ""
            return
        state.flags |= dated.flags
        mode, joint = state.mode, state.joint
        state.mode, state.joint = "", ""
        last = state.found[-1] if state.found else None
        if point.kind == "yearend" and (mode == "by" or "end" in point.word):
            mode = mode or "by"
        if mode == "started":
            state.flags.add("ambiguous")
            mode = "from"
        if last and joint != "to" and mode in {"", "by"} and _closes(dated, last):
            if mode == "":
                state.flags.add("ambiguous")
            state.found[-1] = replace(last, end=dated.end)
        elif last and joint == "to" and mode in {"", "by"}:
            if mode == "" and _within(dated, last) and dated.kind != last.kind:
                state.found[-1] = dated
            else:
                state.found[-1] = replace(last, end=dated.end)
        elif mode == "by":
            state.found.append(replace(dated, start=None))
        elif mode == "before":
            state.flags.add("approximate")
            state.found.append(replace(dated, start=None, end=(dated.start or dt.date.max) - dt.timedelta(days=1)))
        elif mode == "from":
            state.found.append(replace(dated, end=None))
        elif last and joint in {"", ","} and dated.kind != last.kind and _within(dated, last):
            state.found[-1] = replace(dated, start=dated.start if last.start else None)
        elif last and joint in {"", ","} and dated.kind != last.kind and _within(last, dated):
            pass
        else:
            if last and (state.bracket or (joint == "" and dated.kind != last.kind)):
                state.flags.add("ambiguous")
            if not last and state.ongoing_first and point.kind not in _YEARS:
                dated = replace(dated, start=None)
            state.found.append(dated)

    # From points to days

    def _date(self, point: _Point) -> _Dated | None:
        flags: set[Flag] = set()
        days = self._days(point, flags)
        if days is None:
            return None
        if point.part and point.kind != "date":
            days = _third(days, point.part) if point.kind in {*_YEARS, "whole", "yearend"} else days
            flags.add("approximate")
        if point.week is not None:
            days = _week(days, point, flags)
        return _Dated(days[0], days[1], point.kind, frozenset(flags))

    def _days(self, point: _Point, flags: set[Flag]) -> Days | None:
        starts_in = self.calendar.year_starts_in
        kind = point.kind
        if kind == "quarter":
            return self._quarter_days(point, flags)
        if kind == "half":
            if (point.fiscal_single and self.calendar.first_month != 1) or (self.calendar.unsure and not point.year):
                flags.add("ambiguous")
            return self.calendar.half(point.values[0], point.year or None)
        if kind == "date":
            return self._day(point, flags)
        if kind in {"month", "season"}:
            return self._months(point, 3 if kind == "season" else 1, flags)
        if kind == "years":
            first, last = point.values
            if last == first + 1 and point.word in {"long", "short"}:
                flags.add("ambiguous")
            return years_days(first, last, starts_in)
        if kind == "fiscal":
            flags.add("ambiguous")
            return financial_year(point.values[0], starts_in)
        if kind == "year":
            return dt.date(point.values[0], 1, 1), dt.date(point.values[0], 12, 31)
        flags.add("inferred")
        return self.calendar.bounds

    def _quarter_days(self, point: _Point, flags: set[Flag]) -> Days | None:
        if (point.fiscal_single and self.calendar.first_month != 1) or (self.calendar.unsure and not point.year):
            flags.add("ambiguous")
        each = [self.calendar.quarter(number, point.year or None) for number in point.values]
        days = [d for d in each if d is not None]
        if not days or len(days) < len(each):
            return None
        return min(d[0] for d in days), max(d[1] for d in days)

    def _day(self, point: _Point, flags: set[Flag]) -> Days | None:
        day, month = point.values[:2]
        first_day = point.values[2] if len(point.values) > 2 else day
        if point.word == "exchanged":
            flags.add("ambiguous")
        year = point.year
        if not year:
            flags.add("inferred")
            in_period = self.calendar.within(month, 1)
            if in_period is None:
                return None
            year = in_period[0].year
        try:
            days = dt.date(year, month, first_day), dt.date(year, month, day)
        except ValueError:  # 31 April
            return None
        return days

    def _months(self, point: _Point, months: int, flags: set[Flag]) -> Days | None:
        month = point.values[0]
        if months == 3:
            flags.add("approximate")
        if point.word == "short":
            flags.add("ambiguous")
        if point.last_year:  # March 2024/25
            year = point.year + (month < self.calendar.year_starts_in)
            return span_of_months(year, month, months)
        if point.year:
            return span_of_months(point.year, month, months)
        flags.add("inferred")
        return self.calendar.within(month, months) or (self.calendar.within(month, 1) if months == 3 else None)

    # The whole cell

    def _sum_up(self, state: _State, rest: str) -> _Reading:
        recurrence = state.recurrence
        flags = state.flags
        conditional = bool(_CONDITION.search(rest)) or (state.relative and bool(state.found or rest))
        said = state.ongoing or recurrence is not None
        undated = _Reading(None, None, state.ongoing, recurrence, frozenset())
        if conditional or not state.found:
            if said and "unresolved" not in flags and not (conditional and state.found):
                return undated
            return replace(undated, flags=frozenset({"unresolved"}))
        unread = [word for word in words(rest) if word.lower() not in _PLAIN_WORDS]
        if state.ongoing_first and rest and "(" in rest:
            return replace(undated, flags=frozenset({"ambiguous"}))
        if unread or (state.recurs and recurrence is None):
            flags.add("ambiguous")
        starts = [dated.start for dated in state.found]
        ends = [dated.end for dated in state.found]
        start = None if None in starts else min(s for s in starts if s)
        end = None if None in ends else max(e for e in ends if e)
        if (start and end and start > end) or not (start or end or said):
            return replace(undated, flags=frozenset({"unresolved"}))
        return _Reading(start, end, state.ongoing, recurrence, frozenset(flags))


def _labels_first(tokens: list[Token]) -> list[Token]:
    """The tokens with "(start)" and "end" that stand behind a point put before it: "April 2024 (start)"."""
    out: list[Token] = []
    skip = False
    for index, token in enumerate(tokens):
        if skip:
            skip = False
            continue
        following = tokens[index + 1].kind if index + 1 < len(tokens) else None
        label = token.kind in {"from", "end"} and following in {None, "close", "and", "to"}
        bracket = bool(out) and out[-1].kind == "open"
        place = len(out) - 1 - bracket
        if label and place >= 0 and out[place].kind in _POINTS and bracket == (following == "close"):
            if bracket:
                out.pop()
            out.insert(place, token)
            skip = bracket
        else:
            out.append(token)
    return out


def _rest(text: str, tokens: list[Token]) -> str:
    """What of the text no token covers; "(" marks words that stand in a bracket."""
    pieces: list[str] = []
    position, depth = 0, 0
    for token in [*tokens, Token("filler", len(text), len(text))]:
        piece = text[position : token.start].strip()
        if piece:
            pieces.append("(" + piece if depth else piece)
        depth += (token.kind == "open") - (token.kind == "close")
        position = token.end
    return " ".join(pieces)


def _point(token: Token) -> _Point:
    if token.kind == "date":
        return _Point("date", (*token.values[:2], *token.values[3:]), token.values[2], word=token.word)
    if token.kind == "month":
        return _Point("month", token.values[:1], token.values[1], token.values[2], word=token.word)
    if token.kind == "season":
        return _Point("season", token.values[:1], token.values[1])
    if token.kind == "quarter" and len(token.values) == 2 and token.values[0] > token.values[1]:
        return _Point("quarter", token.values)
    return _Point(token.kind, token.values, word=token.word)


def _join_years(nodes: list[Node]) -> list[Node]:
    """The nodes with every year put onto the quarter or half beside it: "Quarter 4 (2024/25)", "2025-Q3"."""
    out: list[Node] = []
    index = 0
    while index < len(nodes):
        node = nodes[index][1]
        if isinstance(node, _Point) and node.kind in {"quarter", "half"}:
            year, used = _year_at(nodes, index + 1)
            if year:
                out.append(("point", _with_year(node, year)))
                index += used + 1
                continue
        if isinstance(node, _Point) and node.kind in _YEARS and index + 1 < len(nodes):
            step = 2 if nodes[index + 1][0] in {"to", "and"} else 1
            after = nodes[index + step][1] if index + step < len(nodes) else None
            joined = isinstance(after, _Point) and after.kind in {"quarter", "half"}
            if joined and isinstance(after, _Point) and not _year_at(nodes, index + step + 1)[0]:
                out.append(("point", _with_year(after, node)))
                index += step + 1
                continue
        out.append(nodes[index])
        index += 1
    return out


def _year_at(nodes: list[Node], index: int) -> tuple[_Point | None, int]:
    """The year that stands at a place, behind a comma, dash or bracket, and how many nodes it takes up."""
    for before, after in ((0, 0), (1, 0), (1, 1)):
        place = index + before
        if place + after >= len(nodes):
            continue
        node = nodes[place][1]
        if not (isinstance(node, _Point) and node.kind in _YEARS):
            continue
        if before and after == 0 and nodes[index][0] not in {"to", "and"}:
            continue
        if after and (nodes[index][0], nodes[place + 1][0]) != ("open", "close"):
            continue
        follows = nodes[place + 1][1] if place + 1 < len(nodes) else None
        if before and isinstance(follows, _Point) and follows.kind in {"quarter", "half"}:
            continue  # "Q4, 2025 Q1": the year belongs to what follows
        return node, before + after + 1
    return None, 0


def _with_year(point: _Point, year: _Point) -> _Point:
    single = year.kind != "years"
    return replace(point, year=year.values[0], fiscal_single=single)


_LACKS_YEAR: frozenset[str] = frozenset({"date", "month", "season", "quarter", "half"})


def _share_years(nodes: list[Node]) -> list[Node]:
    """The nodes with the year of "April - June 2024" on both months; "April 2024, 2025" is two Aprils."""
    nodes = _share_months(nodes)
    if not any(isinstance(node, _Point) and node.year for _, node in nodes):
        return nodes
    out = list(nodes)
    following: _Point | None = None
    for index in range(len(out) - 1, -1, -1):
        kind, node = out[index]
        if not isinstance(node, _Point):
            if kind in {"open", "close"}:
                following = None
            continue
        if not node.year and following and _alike(node, following):
            node = _earlier(node, following)
            out[index] = ("point", node)
        following = node if node.year else following
    previous: _Point | None = None
    for index, (_, node) in enumerate(out):
        if not isinstance(node, _Point):
            continue
        if not node.year and previous and _alike(node, previous):
            node = _later(node, previous)
            out[index] = ("point", node)
        previous = node if node.year else previous
    return out


def _share_months(nodes: list[Node]) -> list[Node]:
    out: list[Node] = []
    for kind, node in nodes:
        joint = out[-1][0] if out else ""
        before = out[-2][1] if len(out) > 1 else None
        bare = isinstance(node, _Point) and node.kind == "year" and joint == "and"
        if bare and isinstance(before, _Point) and before.kind == "month" and before.year:
            node = replace(before, year=node.values[0] if isinstance(node, _Point) else 0)
        out.append((kind, node))
    return out


def _alike(one: _Point, other: _Point) -> bool:
    """Whether a year may go from one point to the other: both are quarters, or both months, days or seasons."""
    quarters = {"quarter", "half"}
    return one.kind in _LACKS_YEAR and (one.kind in quarters) == (other.kind in quarters)


def _month_of(point: _Point) -> int:
    return point.values[1] if point.kind == "date" else point.values[0]


def _earlier(point: _Point, following: _Point) -> _Point:
    if point.kind in {"quarter", "half"}:
        year = following.year - (point.kind == following.kind and point.values[0] > following.values[0])
        return replace(point, year=year, fiscal_single=following.fiscal_single)
    if following.last_year:
        return replace(point, year=following.year, last_year=following.last_year)
    return replace(point, year=following.year - (_month_of(point) > _month_of(following)))


def _later(point: _Point, previous: _Point) -> _Point:
    if point.kind in {"quarter", "half"}:
        return replace(point, year=previous.year, fiscal_single=previous.fiscal_single)
    if previous.last_year:
        return replace(point, year=previous.year, last_year=previous.last_year)
    return replace(point, year=previous.year + (_month_of(point) < _month_of(previous)))


def _closes(dated: _Dated, last: _Dated) -> bool:
    """Whether a point can be the end of "From April 2024", which has none yet."""
    return bool(last.start and not last.end and dated.end and dated.end > last.start)


def _within(inner: _Dated, outer: _Dated) -> bool:
    if inner.start is None or inner.end is None or outer.end is None:
        return False
    return inner.end <= outer.end and (outer.start is None or outer.start <= inner.start)


def _third(days: Days, part: int) -> Days:
    months = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month + 1
    each = max(months // 3, 1)
    return span_of_months(days[0].year, days[0].month + each * (part - 1), each)


def _week(days: Days, point: _Point, flags: set[Flag]) -> Days:
    """The week that begins on a day, or the numbered week of a month (days 1-7, 8-14 and so on)."""
    if point.kind == "date":
        return days[0], days[0] + dt.timedelta(days=6)
    flags.add("approximate")
    if not point.week:
        return days
    if point.week == 5:
        return month_days(days[0].year, days[0].month)[1] - dt.timedelta(days=6), days[1]
    start = days[0] + dt.timedelta(days=7 * (point.week - 1))
    return start, start + dt.timedelta(days=6)
