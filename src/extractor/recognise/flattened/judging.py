"""What the wording of a text says of its being a value of a kind of column, in nats."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from extractor.recognise.flattened.blocks import Value
from extractor.recognise.flattened.scheme import Kind
from extractor.text import key
from extractor.vocabulary.names import is_person
from extractor.vocabulary.roles import DANGLING, Wording, names_branch, names_partner, value_cost, wording_of
from extractor.vocabulary.states import is_state

TITLE = 0.0  # what a value with a title costs at most, and one without where nearly all others have one
_PERSON = -1.0  # what reads as a person's name is one where officers are named
_TITLED = -4.5  # and with a title behind it hardly anything else: "Jo Marsh, Head of Parks"
_BESIDE = 2.5  # a directorate that reads as a body beside the council
LONGEST_REMARK = 6  # words of a cell of prose that may come again as a whole: "Loss of key staff"
_FIGURES = re.compile(r"\d[\d.,]*")


class Judged(NamedTuple):
    key: str
    priors: tuple[float, ...]
    several: bool
    stopped: bool
    """A sentence ended within, so that no longer text is a value either."""
    small: bool
    """It has small words other than those that join."""
    body: bool
    """It reads as a body, of the council or beside it."""


@lru_cache(maxsize=65536)
def judge(value: str, kinds: tuple[Kind, ...]) -> Judged:
    """What the wording of a text says of its being a value of each of these kinds."""
    wording = wording_of(value)
    person = _person_cost(value, wording)
    priors = tuple(
        _state_cost(value)
        if kind == "state"
        else min(value_cost(value, kind), person)
        if kind in ("post", "owner")
        else cost_of_value(value, kind)
        for kind in kinds
    )
    small = any(word[:1].islower() and word not in DANGLING for word in value.split(" "))
    return Judged(
        key(value) or value, priors, wording.several, wording.oddness > 25.0, small, wording.body or _is_beside(value)
    )


def lacks_title(judged: Judged, kind: Kind, prior: float | None = None) -> bool:
    """Whether the wording of a value does not speak for a member, or for an officer: a post, a person or a body."""
    return (judged.priors[0] if prior is None else prior) > TITLE and not (kind == "post" and judged.body)


def cost_of_value(text: str, kind: Kind) -> float:
    """What it costs to believe that a text is a value of a kind of column beside others, in nats: a column of
    directorates hardly holds a body beside the council, which works with officers of theirs."""
    return value_cost(text, kind) + _BESIDE * (kind == "body" and _is_beside(text))


def _is_beside(text: str) -> bool:
    """Whether a text reads as a body that works with a council and is no part of it."""
    return names_partner(text) or names_branch(text)


def _person_cost(value: str, wording: Wording) -> float:
    """What it costs to believe that a value is a person's name, or one with a title behind it; infinite where the
    wording does not say so."""
    if value.count(" ") in (1, 2) and not wording.body and is_person(value):
        return wording.oddness + _PERSON
    name, comma, title = value.partition(", ")
    if comma and title and name.count(" ") in (1, 2) and is_person(name):
        of_title = wording_of(title)
        if of_title.post or of_title.ends_post:
            return of_title.oddness + _TITLED
    return math.inf


def _state_cost(value: str) -> float:
    return -2.5 if is_state(value) else 3.7 + 0.7 * value.count(" ")


def is_remark(value: Value) -> bool:
    """Whether a cell of prose may be a whole remark."""
    return len(value) <= LONGEST_REMARK and not value[-1].endswith((".", ",", ":", ";"))


def remark_key(text: str) -> str:
    """The comparison key of a remark, which is the same one whatever its figures, if it is more than figures.

    >>> remark_key("38 homes let") == remark_key("1,200 homes let"), remark_key("38") == remark_key("44")
    (True, False)
    """
    plain = _FIGURES.sub("0", text)
    return key(plain if any(map(str.isalpha, plain)) else text)
