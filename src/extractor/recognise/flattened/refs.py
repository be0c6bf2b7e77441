"""Which of the numbers that open lines are the rows' refs: those that make up the longest orderly chain."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractor.recognise.flattened.stream import TextLine
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_NUMBERED = re.compile(
    r"(?P<prefix>(?:(?:Action|Objective|Milestone|Recommendation|Commitment|KPI|No\.?)\s+)?"
    r"(?:[A-Z]{0,5}[-. ]?|[A-Z]{1,5}/))"
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
    halves: dict[tuple[str, int], list[_Candidate]] = defaultdict(list)
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
            or (not match["prefix"] and is_timescale(text))  # "1 August 2023"
            or (delimiter and text[match.end() :].strip(" ")[:1] not in (delimiter, ""))
        ):
            continue
        number = tuple(int(part) for part in re.split(r"[.\-]", match["number"]))
        make = (match["prefix"].strip(), len(number))
        letter = (match["letter"] or "").strip(" ()").lower()
        above = 0 if skipped else _leading_lines(lines, index, kinds)
        words = skipped + sum(len(other.text.split()) for other in lines[index - above : index])
        timed = bool(match["prefix"]) and is_timescale(match.group())  # "Q1"
        found = _Candidate(index, match.group().strip(), make, number, letter, words, above)
        (halves if timed else candidates)[make].append(found)
    for make in halves.keys() & candidates.keys():
        # Where "H3" is a ref, "H1" is one, and no half of a year.
        candidates[make] = sorted([*halves[make], *candidates[make]], key=lambda one: one.line_index)
    late = 2 if "group" in leading else 1  # the first row of a group may begin with its name
    chosen: list[_Candidate] = []
    single: list[_Candidate] = []
    for make, every in candidates.items():
        chain = _longest_chain(every, late)
        plain = make == ("", 1)
        if len(chain) >= (3 if plain else 2) or (len(chain) == 1 and not plain and len(candidates) == 1):
            chosen.extend(chain)
        elif len(chain) == 1:
            single.extend(chain)
    lettered = [one for one in single if one.number[-1] <= late and _is_lettered_among(one, chosen)]
    chosen.extend(lettered)
    if chosen and all(_names_scheme(one) for one in chosen):
        alone = [one for one in _dated_like(single, chosen, lines) if one not in lettered]
        lettered.extend(alone)
        chosen.extend(alone)
    if not chosen and "group" in leading and not delimiter:
        within = _refs_within(lines)
        chosen = [one for one in single if one.number == (2,) and f"{one.make[0]}1" in within]
        chosen = chosen if len(chosen) >= _FEWEST_LONE else []
    if not chosen:
        return []
    # A second scheme is believed only where it is about as common as the first ("P1" beside "KPI 1").
    counts = Counter(candidate.make for candidate in chosen)
    most = max(counts.values())
    chosen = [
        candidate
        for candidate in chosen
        if (counts[candidate.make] * 6 >= most or candidate in lettered)
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


def with_whole_refs(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, with the refs whole that a narrow column broke: "3.1", then "b) Buy homes"; "Action", then "1.1"."""
    return _with_torn_letters(_with_torn_names(lines))


def _with_torn_names(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines, without those that are one word, always the same, above the number that it is part of: "Action" over
    "1.1". Where it stands above other lines as often, it is a label."""
    above: dict[str, list[int]] = defaultdict(list)
    times = Counter(line.text for line in lines if line.text.isalpha())
    for index, (line, below) in enumerate(pairwise(lines)):
        if line.text in times and not (line.item or below.item or below.after_blank):
            first = below.text.split(" ", 1)[0]
            if first[:1].isdigit() and _NUMBERED.fullmatch(f"{line.text} {first}"):
                above[line.text].append(index)
    broken = {
        index
        for name, found in above.items()
        if len(found) >= _FEWEST_BROKEN and len(found) > _MOSTLY_ABOVE * times[name]
        for index in found
    }
    if not broken:
        return lines
    return [
        replace(line, raw=f"{lines[index - 1].text} {line.text}") if index - 1 in broken else line
        for index, line in enumerate(lines)
        if index not in broken
    ]


_FEWEST_BROKEN = 3
_MOSTLY_ABOVE = 0.6


def _with_torn_letters(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, of which a number alone has the letter that opens the next line.

    A narrow column tears refs so in the text of a printed page. One does where a number stands there again, with the
    next letter below it.
    """
    torn: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, (line, below) in enumerate(pairwise(lines)):
        letter = _LETTERED.match(below.text)
        if (
            letter
            and not (line.item or below.item)
            and (found := _NUMBERED.fullmatch(line.text))
            and not found["letter"]
        ):
            torn[line.text].append((index, letter["letter"]))
    cut = {
        index
        for found in torn.values()
        if len(found) > 1 and all(ord(after) - ord(before) == 1 for (_, before), (_, after) in pairwise(found))
        for index, _ in found
    }
    out: list[TextLine] = []
    for index, line in enumerate(lines):
        if index in cut:
            out.append(replace(line, raw=f"{line.text} {lines[index + 1].text.split()[0]}"))
        elif index - 1 in cut:
            if rest := line.text.partition(" ")[2]:
                out.append(replace(line, raw=rest))
        else:
            out.append(line)
    return out


_FEWEST_DATED = 3


def _names_scheme(one: _Candidate) -> bool:
    """Whether a ref has letters, and no dots among its numbers."""
    return one.make[0].isalpha() and one.make[0].isupper() and one.make[1] == 1


def _dated_like(
    single: Sequence[_Candidate], chosen: Sequence[_Candidate], lines: Sequence[TextLine]
) -> list[_Candidate]:
    """The refs that are the only ones with their letters ("PCDR4") on lines that hold a date among other words, where
    those of nearly all other rows do."""
    dated = sum(_holds_date(lines[one.line_index]) for one in chosen)
    if dated < _FEWEST_DATED or dated < _NEARLY_ALL * len(chosen):
        return []
    return [one for one in single if _names_scheme(one) and _holds_date(lines[one.line_index])]


_NEARLY_ALL = 0.8


def _holds_date(line: TextLine) -> bool:
    return any(span.strength == "strong" for span in find_timescales(line.text))


def _is_lettered_among(one: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether the only ref of a group with a letter stands where its letter does among those of other groups."""
    letter = one.make[0]
    if len(letter) != 1:
        return False
    others = [other for other in chosen if len(other.make[0]) == 1 and other.make[1] == one.make[1]]
    return bool(others) and all((x.line_index < one.line_index) == (x.make[0] < letter) for x in others)


_PARTS = re.compile(r"(?P<stem>.*?)(?P<number>\d+)(?P<letter>\s?\(?[a-zA-Z]\)?)?[.:)]*")
_GROUP = re.compile(r"(?P<before>(?:.*[^A-Za-z\d])?)(?P<name>\d+|[A-Z])(?P<after>[.-]?)")
_MOST_BEFORE = 24  # words
_LONGEST_NAME = 10  # words before a ref that no row of its own group calls for
_FEWEST_LONE = 2  # groups of two rows, of which the first begins with the group's name
_LONGEST_REF = 2  # words: "Action 1.1"


class _Ref(NamedTuple):
    """A ref in its parts: what stands before its last number, that number as written, and its letter with its marks."""

    stem: str
    number: str
    letter: str = ""

    @property
    def text(self) -> str:
        """The whole ref, without a stop."""
        return f"{self.stem}{self.number}{self.letter}"

    def counted(self, step: int) -> _Ref:
        """The ref so many after this one in its group."""
        return _Ref(self.stem, f"{int(self.number) + step:0{len(self.number)}d}")

    def first_beside(self, step: int) -> _Ref | None:
        """The first ref of the group so many after its own: "4.1" after "3.5", "E1" after "D2"; None where that is not
        told."""
        group = _GROUP.fullmatch(self.stem)
        if not group:
            return None
        name = group["name"]
        other = str(int(name) + step) if name.isdigit() else chr(ord(name) + step)
        if other < "1" or not other.isalnum():
            return None
        return _Ref(f"{group['before']}{other}{group['after']}", f"{1:0{len(self.number)}d}")


def _ref_of(text: str) -> _Ref | None:
    found = _PARTS.fullmatch(text)
    return _Ref(found["stem"], found["number"], found["letter"] or "") if found else None


def _with_expected(lines: Sequence[TextLine], starts: Sequence[RowStart]) -> list[RowStart]:
    """Adds the rows whose refs stand within a line, because the first row of a group begins with the group's name.

    Such a ref is the one that the row after it calls for: "2.2.2" without a "2.2.1" before it, "P6b" without "P6a". The
    first of a group, "4.1", calls for "3.1" where the row before it is of no such group; the last of one for the next.
    """
    within = _refs_within(lines)
    out: list[RowStart] = []  # from the last to the first
    between: list[RowStart] = []
    for number in range(len(starts) - 1, -1, -1):
        start = starts[number]
        before = starts[number - 1] if number else None
        first = before.line_index if before else -1
        if not out:
            while found := _found_of(_refs_after(start), within, start.line_index, len(lines)):
                start = found
                out.insert(0, start)
            start = starts[number]
        out.append(start)
        while found := _found_of(_refs_before(start, before), within, first, start.first_index):
            start = found
            out.append(start)
        while before and (found := _found_of(_refs_between(before, start), within, first, start.first_index)):
            before = found
            between.append(found)
            first = found.line_index
    return sorted([*out, *between])


_Places = Mapping[str, Sequence[tuple[int, int]]]
"""By ref, where it stands within lines: of which line, and behind how many words."""


def _refs_within(lines: Sequence[TextLine]) -> _Places:
    """What may be refs behind a group's name."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        words = line.text.split()
        if line.item or not words or not words[0][:1].isupper():
            continue
        for at in range(1, min(len(words), _MOST_BEFORE + 1)):
            for end in range(at + 1, at + 1 + _LONGEST_REF):
                text = " ".join(words[at:end])
                if _NUMBERED.fullmatch(text) and (ref := _ref_of(text)):
                    places[ref.text].append((index, at))
    return places


def _found_of(wanted: Sequence[tuple[_Ref, int]], within: _Places, first: int, end: int) -> RowStart | None:
    """The row that begins behind a group's name between two lines, with one of the refs; the first such place. With
    each ref, how many words the name may have."""
    for ref, longest in wanted:
        places = within.get(ref.text, ())
        found = bisect_right(places, first, key=lambda place: place[0])
        if found < len(places) and places[found][0] < end and places[found][1] <= longest:
            line, at = places[found]
            return RowStart(line, ref.text, ref.letter.strip(" ()").lower(), False, at)
    return None


def _refs_before(start: RowStart, before: RowStart | None) -> list[tuple[_Ref, int]]:
    """The ref that a row calls for before it; none where the row before has it, or where it is the first of all."""
    ref, other = _ref_of(start.text), _ref_of(before.text) if before else None
    if not ref:
        return []
    if ref.letter:
        letter = next(letter for letter in ref.letter if letter.isalpha())
        if letter.lower() > "a":
            wanted = ref._replace(letter=ref.letter.replace(letter, chr(ord(letter) - 1)))
            return [] if other and other.text == wanted.text else [(wanted, _MOST_BEFORE)]
    if int(ref.number) > 1:
        padded = ref.counted(-1)
        ways = [padded, padded._replace(number=str(int(padded.number)))]  # "09" before "10", and "9"
        return [] if other and other._replace(letter="") in ways else [(way, _MOST_BEFORE) for way in ways]
    group = ref.first_beside(-1)
    return [] if not group or (other and other.stem == group.stem) else [(group, _LONGEST_NAME)]


def _refs_between(before: RowStart, start: RowStart) -> list[tuple[_Ref, int]]:
    """The ref that may follow on the last row of a group, before the first of another: "G3" between "G2" and "L1"."""
    ref, other = _ref_of(before.text), _ref_of(start.text)
    return [(ref.counted(1), _LONGEST_NAME)] if ref and other and ref.stem != other.stem else []


def _refs_after(start: RowStart) -> list[tuple[_Ref, int]]:
    """The refs that may open a row after the last: the next of its group, and the first of the next group."""
    ref = _ref_of(start.text)
    found = [ref.counted(1), ref.first_beside(1)] if ref else []
    return [(after, _LONGEST_NAME) for after in found if after]


def _longest_chain(found: Sequence[_Candidate], first: int) -> list[_Candidate]:
    """The longest sequence in which every ref follows orderly on the one before it; that of a group's first row that is
    looked for is up to `first`."""
    length = [1.0] * len(found)
    before = [-1] * len(found)
    for index, candidate in enumerate(found):
        for other in range(max(0, index - _REACH), index):
            if length[other] + 1.1 > length[index] and _follows(found[other], candidate, first):
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


def _follows(one: _Candidate, other: _Candidate, first: int) -> bool:
    if other.number == one.number and not 1 < other.number[-1] <= first:
        return bool(other.letter) and other.letter > one.letter
    if len(one.number) == 1 and not one.make[0]:
        return 1 <= other.number[0] - one.number[0] <= 3 or other.number[0] == 1
    if other.number > one.number:
        return True
    return other.number[-1] <= first  # a new group starts its own count


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
    if any(is_labelled_group(lines[start.line_index].text) for start in starts):
        return []  # "Commitment 1 – A warm welcome" and those that follow are headings
    told = all(_is_told(start.text) for start in starts) or _count_all([start.text for start in starts])
    return starts if len(starts) >= 3 and told else []


def starts_behind_groups(lines: Sequence[TextLine]) -> bool:
    """Whether the rows' refs stand behind the names of their groups, which come first in the rows that have them."""
    starts = find_row_starts(lines, "", ("group",))
    return len(starts) >= 3 and any(start.words_before for start in starts) and all(_is_told(s.text) for s in starts)


_FEWEST_COUNTED = 5
_COUNTED = re.compile(r"(?P<number>\d+)(?:\s?\(?[a-z]\)?)?")


def _count_all(refs: Sequence[str]) -> bool:
    """Whether bare numbers count so many rows one by one, from the first on, that they can be nothing else; the parts
    of a row have its number and a letter."""
    counted = [found["number"] for ref in refs if (found := _COUNTED.fullmatch(ref))]
    numbers = list(dict.fromkeys(counted))
    wanted = [str(number) for number in range(1, len(numbers) + 1)]
    return len(counted) == len(refs) and len(numbers) >= _FEWEST_COUNTED and numbers == wanted


def _is_told(ref: str) -> bool:
    """Whether a number at a row's beginning can be nothing but its ref."""
    return ref[:1].isalpha() or ref.endswith((".", ":", ")")) or "." in ref
