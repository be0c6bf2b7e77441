"""Which of the numbers that open lines are the rows' refs: those that make up the longest orderly chain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.recognise.flattened.stream import TextLine
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_NUMBERED = re.compile(
    r"(?P<prefix>(?:(?:Action|Objective|Milestone|Recommendation|Commitment|KPI|No\.?)\s+)?[A-Z]{0,5}[-. ]?)"
    r"(?P<number>\d{1,3}(?:[.\-]\d{1,3}){0,5})"
    r"(?P<letter>\s?\(?[a-z]\)|\([a-z]\)|[a-zA-Z](?![\w']))?(?P<stop>[.:)]{0,2})(?=\s|$|\|)"
)
_LETTERED = re.compile(r"\(?(?P<letter>[a-z])\)\.?(?=\s|$|\|)")
_GROUP_LABELS = frozenset({"Objective", "Commitment"})
_REACH = 40


class RowStart(NamedTuple):
    """A line that opens a row with a ref."""

    line_index: int
    text: str
    """The ref as published."""
    letter: str
    below: bool
    """A sub-item after the first of its set, or under a lead-in of its own row."""
    words_before: int = 0
    """How many words of the row stand before its ref ..."""
    lines_before: int = 0
    """... and on how many lines of their own."""

    @property
    def first_index(self) -> int:
        """Index of the row's first line."""
        return self.line_index - self.lines_before


class _Candidate(NamedTuple):
    line_index: int
    text: str
    make: tuple[str, int]  # prefix and number of dots: refs of one scheme share it
    number: tuple[int, ...]
    letter: str
    words_before: int
    lines_before: int


_VALUES: Mapping[str, Callable[[str], bool]] = {"state": is_state, "time": is_timescale}
_LONGEST_LEADING = 4  # words


def _leading_words(text: str, kinds: Sequence[str]) -> int:
    """How many words that open a text are values of these kinds, one after the other; 0 where one is not."""
    words = text.split()
    start = 0
    for kind in kinds:
        for length in range(min(_LONGEST_LEADING, len(words) - start), 0, -1):
            if _VALUES[kind](" ".join(words[start : start + length])):
                start += length
                break
        else:
            return 0
    return start


def _leading_lines(lines: Sequence[TextLine], index: int, kinds: Sequence[str]) -> int:
    """How many lines before a line hold values of these kinds, one each, with what parts them; 0 where one does not."""
    first = index
    for kind in reversed(kinds):
        first -= 1
        while first > 0 and not lines[first].text:
            first -= 1
        if first < 0 or not _VALUES[kind](lines[first].text):
            return 0
    return index - first


def find_row_starts(lines: Sequence[TextLine], delimiter: str, leading: Sequence[str] = ()) -> list[RowStart]:
    """The lines at which rows with a ref begin, in order; empty where no scheme shows.

    `leading` are the kinds of the columns before the ref's: where all are of closed values, such as a status, they
    may stand before the ref on its line, or on lines of their own above it. Where a column of groups is among them, a
    ref that its neighbours call for is found within a line too, behind the group's name. None are found where the
    activity stands before the ref.
    """
    kinds = tuple(kind for kind in leading if kind != "group")
    if "prose" in kinds:
        return []  # a ref in the middle of its row opens none
    kinds = kinds if all(kind in _VALUES for kind in kinds) else ()
    candidates: dict[tuple[str, int], list[_Candidate]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.item:
            continue
        text = line.text.removeprefix("|").lstrip() if delimiter == "|" else line.text
        skipped = _leading_words(text, kinds)
        if skipped:
            text = text.split(None, skipped)[-1] if len(text.split()) > skipped else ""
        match = _NUMBERED.match(text)
        if (
            not match
            or (match["prefix"] and is_timescale(match.group()))
            or (delimiter and text[match.end() :].strip(" ")[:1] not in (delimiter, ""))
        ):
            continue
        number = tuple(int(part) for part in re.split(r"[.\-]", match["number"]))
        make = (match["prefix"].strip(), len(number))
        letter = (match["letter"] or "").strip(" ()").lower()
        above = 0 if skipped else _leading_lines(lines, index, kinds)
        words = skipped + sum(len(other.text.split()) for other in lines[index - above : index])
        candidates[make].append(_Candidate(index, match.group().strip(), make, number, letter, words, above))
    chosen: list[_Candidate] = []
    for make, found in candidates.items():
        chain = _longest_chain(found)
        plain = make == ("", 1)
        if len(chain) >= (3 if plain else 2) or (len(chain) == 1 and not plain and len(candidates) == 1):
            chosen.extend(chain)
    if not chosen:
        return []
    # A second scheme is believed only where it is about as common as the first ("P1" beside "KPI 1").
    counts = Counter(candidate.make for candidate in chosen)
    most = max(counts.values())
    chosen = [
        candidate
        for candidate in chosen
        if counts[candidate.make] * 6 >= most
        and not (candidate.make[0] in _GROUP_LABELS and counts[candidate.make] < most)  # headings over the rows
    ]
    chosen.sort(key=lambda candidate: candidate.line_index)
    starts = [
        RowStart(c.line_index, c.text, c.letter, bool(c.letter) and c.letter != "a", c.words_before, c.lines_before)
        for c in chosen
    ]
    if "group" in leading:
        starts = _with_expected(lines, starts)
    return _with_letters(lines, starts, delimiter)


_LAST_NUMBER = re.compile(r"(\d+)(?=\D*$)")
_MOST_BEFORE = 24  # words


def _with_expected(lines: Sequence[TextLine], starts: Sequence[RowStart]) -> list[RowStart]:
    """Adds the rows whose refs stand within a line, because the first row of a group begins with the group's name.

    Such a ref is the one that the row after it calls for: "2.2.2" without a "2.2.1" before it.
    """
    out: list[RowStart] = []
    last = -1
    for start in starts:
        wanted = _one_before(start.text)
        if wanted and (not out or _plain(out[-1].text) != wanted):
            for index in range(last + 1, start.first_index):
                words = lines[index].text.split()
                at = next((place for place, word in enumerate(words) if _plain(word) == wanted), 0)
                if 0 < at <= _MOST_BEFORE and words[0][:1].isupper() and not lines[index].item:
                    out.append(RowStart(index, words[at], "", False, at))
                    break
        out.append(start)
        last = start.line_index
    return out


def _plain(ref: str) -> str:
    return ref.rstrip(".:)")


def _one_before(ref: str) -> str:
    """The ref before one, as it is written: "PRT-02" gives "PRT-01"; empty for the first of its count."""
    plain = _plain(ref)
    found = _LAST_NUMBER.search(plain)
    if not found or int(found[1]) <= 1 or found.end() != len(plain):
        return ""
    return f"{plain[: found.start()]}{int(found[1]) - 1:0{len(found[1])}d}"


def _longest_chain(found: Sequence[_Candidate]) -> list[_Candidate]:
    """The longest sequence in which every ref follows orderly on the one before it."""
    length = [1.0] * len(found)
    before = [-1] * len(found)
    for index, candidate in enumerate(found):
        for other in range(max(0, index - _REACH), index):
            if length[other] + 1.1 > length[index] and _follows(found[other], candidate):
                # of two chains equally long, the one without gaps
                longer = length[other] + (1.1 if _is_next(found[other], candidate) else 1.0)
                if longer > length[index]:
                    length[index] = longer
                    before[index] = other
    if not found:
        return []
    index = max(range(len(found)), key=lambda i: (length[i], -i))
    chain: list[_Candidate] = []
    while index >= 0:
        chain.append(found[index])
        index = before[index]
    return chain[::-1]


def _is_next(one: _Candidate, other: _Candidate) -> bool:
    if one.number == other.number:
        return True
    return one.number[:-1] == other.number[:-1] and other.number[-1] == one.number[-1] + 1


def _follows(one: _Candidate, other: _Candidate) -> bool:
    if other.number == one.number:
        return bool(other.letter) and other.letter > one.letter
    if len(one.number) == 1 and not one.make[0]:
        return 1 <= other.number[0] - one.number[0] <= 3 or other.number[0] == 1
    if other.number > one.number:
        return True
    return other.number[-1] <= 1  # a new group starts its own count


def _with_letters(lines: Sequence[TextLine], starts: list[RowStart], delimiter: str) -> list[RowStart]:
    """Adds the rows that bear only a letter ("a)") under a row that holds what they share."""
    out: list[RowStart] = []
    for number, start in enumerate(starts):
        out.append(start)
        if start.letter:
            continue
        end = starts[number + 1].line_index if number + 1 < len(starts) else len(lines)
        expected = "a"
        letters: list[RowStart] = []
        for index in range(start.line_index + 1, end):
            text = lines[index].text.removeprefix("|").lstrip() if delimiter == "|" else lines[index].text
            match = _LETTERED.match(text)
            if match and match["letter"] == expected and not lines[index].item:
                letters.append(RowStart(index, match.group(), expected, True))
                expected = chr(ord(expected) + 1)
        if len(letters) < 2:
            continue
        borders = [*(letter.line_index for letter in letters), end]
        dated = sum(
            1 for first, last in pairwise(borders) if any(find_timescales(line.text) for line in lines[first:last])
        )
        if dated * 2 >= len(letters):
            out.extend(letters)
    return out


def starts_in_text(lines: Sequence[TextLine]) -> list[RowStart]:
    """The lines at which rows begin where the refs have no column but open the text: "Action 3: Sell ..."."""
    starts = find_row_starts(lines, "")
    told = [
        start
        for start in starts
        if start.text[:1].isalpha() or start.text.endswith((".", ":", ")")) or "." in start.text
    ]
    return told if len(told) == len(starts) and len(starts) >= 3 else []
