"""Seeded tables of random posts, bodies and portfolios, joined by blanks as a flattened page has them."""

from __future__ import annotations

import random
from dataclasses import dataclass

_TOPICS = (
    "Housing|Highways|Planning|Education|Skills|Public Health|Adult Social Care|Children|Leisure|Culture|Parks|Waste|"
    "Finance|Legal|Property|Digital|Customer Services|Regeneration|Transport|Licensing|Community Safety|Early Help|"
    "Commissioning|Libraries|Tourism|Employment|Climate Change|Procurement|Human Resources|Revenues|Benefits|Policy|"
    "Performance|Democratic Services|Environmental Health|Street Scene|Town Centres|Economic Growth|Safeguarding"
).split("|")
_POSTS = (
    "Assistant Director {a}|Assistant Director, {a} and {b}|Head of {a}|Head of {a} and {b}|Director of {a}|"
    "Strategic Director, {a}|{a} Manager|Service Manager {a}|Chief {a} Officer|{a} Lead|Principal {a} Officer|"
    "Executive Director of {a} and {b}|Deputy Director {a}"
).split("|")
_BODIES = (
    "{a} Services|{a} and {b}|{a}, {b} and {c}|{a} Directorate|Corporate {a}|{a} Department|{a} & {b}|Place|People|"
    "Resources|{a} and {b} Services|Chief Executive’s Office"
).split("|")
_MEMBERS = (
    "Cabinet Member for {a}|Cabinet Member for {a} and {b}|Portfolio Holder for {a}|Leader of the Council|"
    "Deputy Leader and Cabinet Member for {a}|Executive Member for {a}, {b} and {c}|Cabinet Member for {a} & {b}"
).split("|")
_VERBS = "Deliver|Review|Launch|Complete|Publish|Agree|Extend|Improve|Open|Refresh".split("|")
_THINGS = (
    "the new strategy for residents|a plan for every ward|the programme agreed in March|our offer to local people|"
    "the first phase of the scheme|a report to members on progress made so far|the service for those who need it most"
).split("|")


@dataclass(frozen=True)
class MadeTable:
    """A made table: its text, and the people of each row."""

    text: str
    rows: tuple[tuple[str, str, str], ...]


def _values(rng: random.Random, patterns: list[str], count: int) -> list[str]:
    values: list[str] = []
    while len(values) < count:
        a, b, c = rng.sample(_TOPICS, 3)
        value = rng.choice(patterns).format(a=a, b=b, c=c)
        if value not in values:
            values.append(value)
    return values


def make_table(seed: int) -> MadeTable:
    """A table of 12 to 30 rows; every value occurs at least twice, and not always in the same company."""
    rng = random.Random(seed)
    while True:
        posts = _values(rng, _POSTS, rng.randint(3, 6))
        bodies = _values(rng, _BODIES, rng.randint(2, 4))
        members = _values(rng, _MEMBERS, rng.randint(2, 5))
        count = rng.randint(12, 30)
        rows = tuple((rng.choice(posts), rng.choice(bodies), rng.choice(members)) for _ in range(count))
        if all(
            len({row[:column] + row[column + 1 :] for row in rows if row[column] == value}) >= 2
            for column in range(3)
            for value in {row[column] for row in rows}
        ):
            break
    lines = ["Delivery Plan 2024/25", "", "Ref Activity Timescale Lead officer Lead directorate Lead Cabinet Member"]
    for number, row in enumerate(rows, 1):
        activity = f"{rng.choice(_VERBS)} {rng.choice(_THINGS)}{rng.choice(['.', ''])}"
        lines.append(f"{number // 9 + 1}.{number} {activity} Quarter {rng.randint(1, 4)} {' '.join(row)}")
    return MadeTable("\n".join(lines) + "\n", rows)
