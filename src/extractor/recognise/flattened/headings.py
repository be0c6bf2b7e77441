"""Which lines among a table's rows head the rows below them: what the lines above the first row and the refs say.

1. A table whose rows stand under headings has one above its first row; one that begins with a row has none below it.
2. Where the refs count anew at every group ("PRT-01" after "PRV-06", "2.1" after "1.4"), a heading stands there and
   nowhere else.
3. A number that the refs of the rows below it begin with is their group's: "1.2 Our own fleet" over "1.2.1".
4. Lines in capitals alone head the rows below them where the first line of the table is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.recognise.columns import is_ref
from extractor.recognise.flattened.refs import RowStart
from extractor.recognise.flattened.stream import TextLine
from extractor.vocabulary import Meaning
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.roles import DANGLING, STRANDED, looks_like_owner
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale

UNKNOWN = 2.0  # nats that a heading costs where nothing tells of any
NONE = 6.0  # ... in a table that begins with a row, and where the refs go on counting
SOME = -1.0  # ... in one that begins with a heading
EXPECTED = -2.0  # ... where the refs count anew too
_LEAD_IN = 0.3  # ... above the first of some sub-items, where no colon shows that it is their lead-in
_LONGEST = 14

_FIRST = re.compile(r"(?:0?1\.){0,2}0?1(?:\s?\(?a\)?)?[.:)]?")  # the first row of a group, or its first sub-item
_DOT = re.compile(r"\.")
_NUMBERED_HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z])\.?\s+(?=[A-Z])")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+(?=[A-Z])")
_MAJOR = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z ]*)?[-. ]?(?P<numbers>\d+(?:[.-]\d+)*)")


def reads_as_heading(line: TextLine) -> bool:
    """Whether a line among rows could be a heading by its wording alone."""
    text = line.text
    last = text.split()[-1].lower() if text else ""
    return (
        text[:1].isupper()
        and not line.item
        and "\t" not in text
        and "|" not in text
        and len(text.split()) <= _LONGEST
        and not text.endswith((".", ",", ";", ":", "!", "?"))
        and (last not in DANGLING or (last in STRANDED and line.after_blank))
        and not is_ref(text)
        and not is_timescale(text)
        and not looks_like_owner(text)
    )


def heads_records(line: TextLine) -> bool:
    """Whether the line right above upright tables reads as their heading, which may have a number: "1. Homes"."""
    # Since a table follows, its last word is not gone on with: "A service to be proud of".
    return reads_as_heading(replace(line, raw=_NUMBER.sub("", line.text, count=1), after_blank=True))


def heading_costs(lines: Sequence[TextLine], starts: Sequence[RowStart]) -> dict[int, float]:
    """For each row with a ref, by the number of its first line: what a heading right above it costs, in nats.

    `lines` are those of one table.
    """
    costs: dict[int, float] = {}
    if not starts:
        return costs
    above = [index for index, line in enumerate(lines[: starts[0].first_index]) if line.text][-1:]
    labelled = any(is_labelled_group(lines[index].text) for index in above)
    numbered = numbered_headings(lines, starts) if above else frozenset()
    headed = labelled or any(index in numbered or reads_as_heading(lines[index]) for index in above)
    # Where headings have a label, what has none heads nothing.
    marked = labelled and sum(is_labelled_group(line.text) for line in lines) > 1
    majors = _majors([start.text for start in starts])
    known = None not in majors and 1 < len(set(majors)) == 1 + sum(one != other for one, other in pairwise(majors))
    costs[lines[starts[0].first_index].number] = UNKNOWN
    for before, (start, major) in zip(majors, list(zip(starts, majors, strict=True))[1:], strict=False):
        cost = SOME if headed and not marked else NONE
        if known:
            cost = NONE if before == major else EXPECTED if headed else UNKNOWN
        if start.letter == "a" and cost != EXPECTED:
            cost = max(cost, _LEAD_IN)  # what stands above may be what its sub-items share
        costs[lines[start.first_index].number] = cost
    return costs


def _majors(refs: Sequence[str]) -> list[tuple[str, ...] | None]:
    """What the refs of one group share: "2" of "2.3", "PRV" of "PRV-01", "2.1.1" of "2.1.1.4" where all begin with
    "2.1"; None of a bare number. The first numbers that differ tell the groups."""
    split = [_MAJOR.match(ref) for ref in refs]
    numbers = [re.split(r"[.-]", match["numbers"]) if match else [] for match in split]
    for depth in range(1, max(map(len, numbers), default=1)):
        if len({tuple(number[:depth]) for number in numbers}) > 1:
            break
    else:
        depth = 1
    return [
        (match["prefix"] or "", *number[: min(depth, len(number) - 1)])
        if match and (match["prefix"] or len(number) > 1)
        else None
        for match, number in zip(split, numbers, strict=True)
    ]


def numbered_headings(lines: Sequence[TextLine], starts: Sequence[RowStart]) -> frozenset[int]:
    """Indexes of the lines whose number the refs of the rows below them begin with: "1.2 Our own fleet".

    None where some rows have refs of as many numbers: there such a line is the lead-in of the rows below it.
    """
    found: set[int] = set()
    opens = {start.line_index: start.text for start in starts}
    for index, line in enumerate(lines):
        match = _NUMBERED_HEADING.match(line.text)
        if not match or line.item or "\t" in line.text or "|" in line.text or len(line.text.split()) > _LONGEST:
            continue
        following = next((i for i in range(index + 1, min(index + 3, len(lines))) if i in opens), None)
        last = line.text.split()[-1].lower()
        goes_on = last in DANGLING and not (last in STRANDED and following == index + 1)
        if following is None or line.text.endswith((".", ";", ",", ":")) or goes_on:
            continue
        if all(not lines[i].text or _NUMBERED_HEADING.match(lines[i].text) for i in range(index + 1, following)):
            ref, wanted = opens[following], match["number"] + "."
            at = [0, *(dot.end() for dot in _DOT.finditer(ref))]  # "2. Policing" heads "2.1.1", and "1.2.1" as well
            lettered = match["number"].isalpha() and _FIRST.fullmatch(ref.removeprefix(match["number"]).lstrip(".-"))
            if lettered and ref.startswith(match["number"]):
                found.add(index)  # "B Fire and water" over "B1"
            elif any(ref.startswith(wanted, start) and _FIRST.fullmatch(ref, start + len(wanted)) for start in at):
                found.add(index)
    numbers = {lines[index].text.split()[0].rstrip(".") for index in found}
    depths = {number.count(".") for number in numbers}
    rows = {text.rstrip(".:)") for index, text in opens.items() if index not in found and text[:1].isdigit()}
    # A number that a heading has as well is no ref: "1" of "1st August".
    return frozenset() if any(text.count(".") in depths for text in rows - numbers) else frozenset(found)


def capital_headings(lines: Sequence[TextLine], first_column: Meaning | None) -> frozenset[int]:
    """Indexes of the lines in capitals alone, of which several that differ stand among a table's rows, the first above
    all of them: "VILLAGE HALL". Where rows do not begin with what is to be done or its ref, they may be cells."""
    if first_column not in ("ref", "activity"):
        return frozenset()
    found = [
        index
        for index, line in enumerate(lines[:-1])
        if line.text.isupper() and _CAPITALS.search(line.text) and reads_as_heading(line) and not is_state(line.text)
    ]
    texts = [lines[index].text for index in found]
    first = next((index for index, line in enumerate(lines) if line.text), -1)
    together = any(after - before == 1 for before, after in pairwise(found))
    several = len(found) >= _FEWEST_CAPITALS and len(set(texts)) == len(texts) and not together
    return frozenset(found) if several and found[0] == first else frozenset()


_CAPITALS = re.compile(r"[A-Z]{4}")
_FEWEST_CAPITALS = 2
