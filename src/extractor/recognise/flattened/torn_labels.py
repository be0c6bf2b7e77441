"""Labels of upright tables that a narrow column broke over lines: "Amserlen /", then "Timescale March 2025".

In the text of a printed page the value follows on the label's last line, or on the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.recognise.columns import is_known_name
from extractor.recognise.flattened.stream import TextLine
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale

_LONGEST = 8  # words of a label
_LONGEST_FIRST = 5  # and of its first line
_MOST_LINES = 3
_FEWEST = 3  # times that a label comes
_MOSTLY = 0.6


class _Torn(NamedTuple):
    """What may be a label, from the beginning of a line."""

    words: tuple[str, ...]
    name: str
    """Its comparison key."""
    last: int
    """Index of the line with its last word."""
    used: int
    """How many words of that line are its."""


def with_whole_labels(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> Sequence[TextLine]:
    """The lines, with each label on a line of its own that was broken over some, if it comes often; the very same lines
    where there is none."""
    alone = Counter(key(line.text) for line in lines if len(line.text.split()) <= _LONGEST)
    torn = {at: found for at in range(len(lines)) if (found := list(_torn_at(lines, at, known, alone)))}
    often = Counter(one.name for found in torn.values() for one in found)
    often.update({name: alone[name] for name in often})
    chosen: dict[int, _Torn] = {}
    for at, found in torn.items():
        best = max(found, key=lambda one: (often[one.name], len(one.words)))
        if often[best.name] >= _FEWEST:
            chosen[at] = best
    begun = Counter(key(lines[at].text) for at in chosen)
    chosen = {
        at: one
        for at, one in chosen.items()
        if begun[name := key(lines[at].text)] >= _MOSTLY * alone[name] or not _is_label(lines[at].text, known)
    }
    return list(_mended(lines, chosen)) if chosen else lines


def _torn_at(
    lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning], alone: Mapping[str, int]
) -> Iterator[_Torn]:
    """The labels that may begin with a whole line and go on with the next."""
    words = lines[first].text.split()
    if not words or len(words) > _LONGEST_FIRST or not _may_be_of_label(lines[first]) or words[-1][-1] in ".,;:":
        return
    whole = words[-1] != "/" and _is_label(lines[first].text, known)
    for last in range(first + 1, min(first + _MOST_LINES, len(lines))):
        line = lines[last]
        if line.after_blank or not _may_be_of_label(line):
            return
        if whole and not (line.text[:1].islower() or line.text[:1] in "/("):
            return  # a value below its label: "Directorate", "Service Delivery"
        own = line.text.split()
        if (
            words[-1] != "/"
            and own[0][:1].isupper()
            and any(_is_label(" ".join(own[:length]), known) for length in range(1, min(len(own), _LONGEST) + 1))
        ):
            return  # a label of its own, below a value
        for used, word in enumerate(own, 1):
            words.append(word)
            if len(words) > _LONGEST:
                return
            text = " ".join(words)
            if word[-1] != "/" and (alone[key(text)] >= _FEWEST or _is_label(text, known)):
                yield _Torn(tuple(words), key(text), last, used)


def _may_be_of_label(line: TextLine) -> bool:
    return not (line.item or line.heading_level or "\t" in line.raw or "|" in line.raw or line.text[:1].isdigit())


def _is_label(text: str, known: Mapping[str, Meaning]) -> bool:
    """Whether a text is a label in known words, in two languages perhaps."""
    if is_known_name(text, known):
        return not is_state(text)
    return " / " in text and is_known_name(text.rpartition(" / ")[2], known) and not is_timescale(text)


def _mended(lines: Sequence[TextLine], chosen: Mapping[int, _Torn]) -> Iterator[TextLine]:
    at = 0
    while at < len(lines):
        torn = chosen.get(at)
        if torn is None:
            yield lines[at]
            at += 1
            continue
        yield replace(lines[at], raw=" ".join(torn.words))
        rest = lines[torn.last].text.split()[torn.used :]
        if rest:
            yield replace(lines[torn.last], raw=" ".join(rest))
        at = torn.last + 1
