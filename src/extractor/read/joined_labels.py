"""Cards whose labels have lost what parted them from their values: "Lead officerHead of Housing", "Status    Ongoing".

1. A browser writes two pieces of a line without anything between them, however far apart they are shown; a converter
   that draws the page puts blanks there. Both keep the label at the beginning of a line of its own.
2. A label counts where its words are known, it opens three lines at least, and another such label stands on the line
   above or below of most of these. What stands behind it is its value, and not a further name of a header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractor.read.overleaf import is_ref
from extractor.rows import PEOPLE, TIMES
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import PHRASES
from extractor.vocabulary.times import is_timescale

_FEWEST = 3
_BESIDE = 0.8
_LONGEST = 40  # characters of a label
_MOST_PARTED = 0.1
_OPENING: frozenset[Meaning] = frozenset(("ref", "activity"))
"""Where records open with such labels, they are tables of labels and values, which others read."""
_SURE: frozenset[Meaning] = frozenset((*TIMES, "status", *PEOPLE))
# Where a label may end: before a capital or figure that nothing parts from it, or before a wide gap.
_END = re.compile(r"(?<=[a-z])(?=[A-Z£\d])|(?<=\S)(?=\s{2,}\S)")


def with_colons(lines: Sequence[str]) -> list[str] | None:
    """The lines with a colon behind the labels that open them; None for a text that has no such labels."""
    if sum("\t" in line or "|" in line for line in lines) > _MOST_PARTED * len(lines):
        return None
    found = {number: cut for number, line in enumerate(lines) if (cut := _cut(line.strip()))}
    counts = Counter(key(label) for label, _ in found.values())
    found = {number: cut for number, cut in found.items() if counts[key(cut[0])] >= _FEWEST}
    if any(PHRASES[key(label)] in _OPENING for label, _ in found.values()):
        return None
    if sum(map(_opens_record, lines)) >= _FEWEST:
        return None
    labels = {key(label) for label, _ in found.values()}
    if len({PHRASES[label] for label in labels} & _SURE) < 2 or any(key(line) in labels for line in lines):
        return None  # one that stands alone has its value around it
    filled = [number for number, line in enumerate(lines) if line.strip()]
    places = {number: place for place, number in enumerate(filled)}
    beside = 0
    for number, (label, _) in found.items():
        place = places[number]
        near = [found.get(other) for other in (*filled[max(place - 1, 0) : place], *filled[place + 1 : place + 2])]
        beside += any(other is not None and key(other[0]) != key(label) for other in near)
    if beside < _BESIDE * len(found):
        return None
    out = list(lines)
    for number, (label, value) in found.items():
        out[number] = f"{label}: {value}"
    return out


def _opens_record(line: str) -> bool:
    """Whether a line opens with such a label and the record's number, and what stands beside them: "Action 1.1    Mend
    the weir"."""
    label, _, value = line.strip().partition("  ")
    name, _, number = label.rpartition(" ")
    return bool(value) and PHRASES.get(key(name)) in _OPENING and is_ref(number)


def _cut(line: str) -> tuple[str, str] | None:
    """The label that opens a line, and its value; None where none does."""
    if not line[:1].isupper() or is_timescale(line):
        return None
    for end in _END.finditer(line, 0, _LONGEST):
        label, value = line[: end.start()], line[end.end() :].strip()
        meaning = PHRASES.get(key(label))
        if meaning and meaning != "group" and key(value) not in PHRASES and "  " not in value:
            return label, value
    return None
