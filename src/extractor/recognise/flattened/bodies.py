"""Where the tables of a flattened text are: its headers, the lines below each, and the headings between.

1. A header is a run of lines that consist of known header words; it may be broken over lines anywhere.
2. What stands directly before a header is a heading where that is so for nearly every header, or its wording says so.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractor.fixed import fixed
from extractor.recognise.columns import ABOUT, is_known_name, is_ref, lookup, may_name_actions
from extractor.recognise.flattened.stream import GLUED, Style, TextLine, delimiter_unit, is_narrow, is_wrapped, style_of
from extractor.recognise.flattened.whole_rows import periods_behind
from extractor.recognise.spanners import MOST_SPANNERS, lowest, spannings
from extractor.rows import PEOPLE
from extractor.text import fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import PHRASES, HeaderWord, header_meaning, split_header
from extractor.vocabulary.headings import is_labelled_group, names_again, names_body, numbered_label, read_group_heading
from extractor.vocabulary.roles import DANGLING, looks_like_owner, opens_value
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_MOST_LINES = 16
_OPENERS = frozenset(phrase.split()[0] for phrase in PHRASES)


class Reading(NamedTuple):
    """One way to read a header of two rows."""

    columns: tuple[HeaderWord, ...]
    over: str
    """The words that stand over several columns."""


@fixed(frozen=True, slots=True)
class Header:
    """A table's header: the lines it stands on (indexes, last included), its columns, and how it is written."""

    first: int
    last: int
    columns: tuple[HeaderWord, ...]
    style: Style
    plan: bool
    over: str = ""
    """Of a header of two rows, the words that stand over several columns."""
    others: tuple[Reading, ...] = ()
    """The other readings of a header of two rows that its words allow as well."""
    divided: bool = False
    """The second row names times, below a column that is not told."""
    explained: bool = False
    """Its lines but the first begin with brackets, which the cells of its one row hold."""

    @property
    def signature(self) -> tuple[object, ...]:
        """What two headers of the same table share."""
        return (*(key(column.text) for column in self.columns), self.style)


@fixed(frozen=True, slots=True)
class Body:
    """The lines under a header, its own and those that turned out to be headings after it taken out."""

    header: Header
    lines: tuple[TextLine, ...]
    heading_after: TextLine | None = None
    """The heading that follows at once."""


@fixed(frozen=True, slots=True)
class Layout:
    """A text cut into its parts, in order: lines around the tables, headings, and bodies."""

    parts: tuple[tuple[str, TextLine] | Body, ...]
    """("line" | "heading", the line), or a body."""


def find_headers(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> list[Header]:
    """The headers of a text, in order: of plan tables, and after the first of those of other tables too."""
    headers: list[Header] = []
    wrapped = is_wrapped(lines)
    narrow = not wrapped and is_narrow(lines)
    keys: dict[tuple[str, ...], Header] = {}
    labels = _labels_alone(lines, known)
    labelled = _labelled(lines, known)
    times_said = Counter(line.raw for line in lines)
    index = 0
    while index < len(lines):
        again = _again_at(lines, index, keys)
        if not again and (lines[index].number in labelled or (narrow and headers and lines[index].text[:1].islower())):
            index += 1
            continue
        header = again or _header_at(lines, index, known, bool(headers), keys, labels, labelled, torn=wrapped or narrow)
        if header is None and headers:
            header = _unnamed_header(lines, index, next(other for other in reversed(headers) if other.plan), times_said)
        if header is None:
            index += 1
            continue
        header = replace(
            header, style=replace(header.style, wrapped=wrapped, narrow=narrow and not header.style.delimiter)
        )
        if header.style.narrow and header.plan and header.first > (headers[-1].last if headers else -1) + 1:
            header = _with_first_name_above(header, lines[header.first - 1], known)
        header = replace(header, explained=is_explained(lines[header.first : header.last + 1]))
        header = _with_times_below(_with_unnamed(header, lines), lines)
        headers.append(header)
        if header.plan:
            keys.setdefault(tuple(key(line.text) for line in lines[header.first : header.last + 1]), header)
        index = header.last + 1
    return _without_rows(headers, lines) if any(header.plan for header in headers) else []


def _with_first_name_above(header: Header, above: TextLine, known: Mapping[str, Meaning]) -> Header:
    """The header, with the line above it where the name of its first column begins there: "Action", then "ref"."""
    first, *others = header.columns
    name = f"{above.text} {first.text}"
    if first.meaning is None or above.item or "\t" in above.raw:
        return header
    bilingual = above.text.endswith(" /") and lookup(above.text[:-2], known) in (None, first.meaning)
    if not (is_known_name(name, known) or (bilingual and len(above.text.split()) <= _MOST_NAME_WORDS)):
        return header
    return replace(
        header, first=header.first - 1, columns=(HeaderWord(name, lookup(name, known) or first.meaning), *others)
    )


def _with_unnamed(header: Header, lines: Sequence[TextLine]) -> Header:
    """The header, with a column that has no name before all others where its line alone is set in, by the blank that
    stood behind that name."""
    set_in = sum(line.raw[:1] == " " for line in lines) if lines[header.first].raw[:1] == " " else 0
    alone = set_in and set_in <= sum(line.raw == lines[header.first].raw for line in lines)
    if not alone or header.style.delimiter or not header.plan or header.over or header.others:
        return header
    return replace(header, columns=(HeaderWord("", None), *header.columns))


def _with_times_below(header: Header, lines: Sequence[TextLine]) -> Header:
    """The header, with the line below it where that is nothing but several times: a second row, which divides one of
    its columns."""
    below = lines[header.last + 1].text if header.last + 1 < len(lines) else ""
    if header.style.delimiter or not header.plan or header.over or not below[-4:].isdigit():
        return header
    spans = find_timescales(below)
    rest = "".join(below[one.end : other.start] for one, other in pairwise(spans))
    if len(spans) < 2 or rest.strip() or spans[0].start or spans[-1].end < len(below):
        return header
    return replace(header, last=header.last + 1, over=below, divided=True)


_AGAIN = 3
_SIDE_BY_SIDE = 0.3


def _labels_alone(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> frozenset[str]:
    """The known labels (comparison keys) that stand alone on their lines again and again, each over its value: those of
    cards, which are no header. The labels of a header that is repeated stand one below the other."""
    names = [key(line.text) if _may_be_label(line) else "" for line in lines]
    told = {name for line, name in zip(lines, names, strict=True) if name and _is_told(line.text, known)}
    counts = Counter(name for name in names if name in told)
    labels = frozenset(name for name, count in counts.items() if count >= _AGAIN)
    among = [following in labels for name, following in pairwise([*names, ""]) if name in labels]
    return labels if len(labels) > 1 and sum(among) < _SIDE_BY_SIDE * len(among) else frozenset()


def _is_told(label: str, known: Mapping[str, Meaning]) -> bool:
    """Whether a label is known word for word, in two languages in one of them: "Statws / Status"."""
    languages = label.split(" / ")
    # More strokes are those of several header cells on a line.
    return len(languages) <= 2 and any(is_known_name(name, known) for name in (label, *languages))


def _labelled(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> frozenset[int]:
    """The numbers of the lines that open with a label and its colon ("When: December 2022"), of labels that do so again
    and again, most of them beside another such line: those of cards, however many header words they hold."""
    names = [_label_of(line) for line in lines]
    counts = Counter(name for name in names if name)
    labels = {name for name, count in counts.items() if count >= _AGAIN and lookup(name, known)}
    if len(labels) < _FEWEST_LABELS:
        return frozenset()
    found = [index for index, name in enumerate(names) if name in labels]
    beside = sum(after - before == 1 and names[before] != names[after] for before, after in pairwise(found))
    return frozenset(lines[index].number for index in found) if 2 * beside > len(found) else frozenset()


_FEWEST_LABELS = 3


def _label_of(line: TextLine) -> str:
    """The comparison key of what a line opens with, if that may be a label with its value behind a colon; else ""."""
    name, colon, value = line.text.partition(":")
    return key(name) if colon and value.strip() and name[:1].isupper() and len(name) <= 50 else ""


def _may_be_label(line: TextLine) -> bool:
    return not line.item and not line.heading_level and line.text[:1].isupper() and len(line.text) <= 50


def _again_at(lines: Sequence[TextLine], first: int, seen: Mapping[tuple[str, ...], Header]) -> Header | None:
    """The header that was seen before and comes again, word for word, on these lines."""
    for texts, header in seen.items():
        last = first + len(texts) - 1
        if key(lines[first].text) == texts[0] and tuple(key(line.text) for line in lines[first : last + 1]) == texts:
            return replace(header, first=first, last=last)
    return None


def _header_at(
    lines: Sequence[TextLine],
    first: int,
    known: Mapping[str, Meaning],
    others: bool,
    seen: Mapping[tuple[str, ...], Header],
    labels: frozenset[str],
    labelled: frozenset[int],
    torn: bool,
) -> Header | None:
    """The header that begins on a line, if one does; in a text whose lines were broken for want of room, `torn`, one
    may end within a name."""
    line = lines[first]
    if key(line.text) in labels:
        return None
    if line.text[:1].isdigit():
        return None  # the usual row, seen at a glance
    words = key(line.text).split()
    if not words or line.item or line.heading_level or is_group_line(line):
        return None
    if pair := _pair_of(lines, first, known):
        return Header(first, first, tuple(pair), style_of([line]), True)
    if paragraphs := _of_paragraphs(lines, first, known):
        return paragraphs
    told = _told_by_kinds(line.text, known)
    opens = bool(told) or words[0] in _OPENERS or any(entry.startswith(words[0]) for entry in known)
    if "\t" in line.raw.strip():
        opens = opens or (not line.text[0].islower() and lookup(fold(line.text.split("\t")[0]), known) is not None)
        opens = opens or _names_columns(line.raw, known) or bool(_parted_rows(lines, first, known))
    glued = not opens and GLUED.search(line.text) and key(GLUED.split(line.text)[0]).split()[0] in _OPENERS
    if not (opens or glued or line.text.startswith("|")):
        return None
    best: Header | None = None
    unknown_before = 99
    for last in range(first, min(first + _MOST_LINES, len(lines))):
        here = lines[last]
        if last > first and (
            here.item
            or here.heading_level
            or len(here.text.split()) > 24
            or (_reads_as_body(here.text) and not (torn and _names_several(here.text, known)))
            or key(here.text) in labels
            or here.number in labelled
            or _again_at(lines, last, seen)
            or (best is not None and key(here.text) == key(best.columns[0].text))
        ):
            break
        chunk = lines[first : last + 1]
        columns = _columns_of(chunk, known, True, bool(glued)) or (told if last == first else None)
        if (
            columns
            and not here.raw.count("\t")
            and any(column.text.endswith(("-", "–", "—", ",")) for column in columns)
        ):
            break  # "Portfolio Holder – Climate Action and Biodiversity" is a value
        if columns:
            unknown = sum(1 for column in columns if column.meaning is None)
            more = best is None or len(columns) > len(best.columns)
            cut = best is not None and len(columns) > len(best.columns) + 1 and columns[-1].meaning is None
            if best is not None and cut and unknown == unknown_before + 1 and last == best.last + 1:
                continue  # the line ends within a name: "Aelod", then "Cabinet / Cabinet Member"
            if best is not None and not more and is_explained(chunk) and here.text[-1:] == ")":
                more = unknown <= unknown_before
            if torn and best is not None and unknown < unknown_before and "\t" not in here.raw:
                more = True  # the line before ended within a name: "Timescales for", then "completion"
            if best is not None and (unknown > unknown_before or not more):
                break
            best = Header(first, last, tuple(columns), style_of(chunk, bool(glued)), True)
            unknown_before = unknown
    if torn and best is not None and not best.style.delimiter:
        best = _with_torn_names(lines, best, known)
        unknown_before = sum(column.meaning is None for column in best.columns)
    is_value = (others and opens_value(line.text)) or (first > 0 and key(lines[first - 1].text) in labels)
    if best is not None and unknown_before and not best.style.delimiter and is_value:
        return None  # "Portfolio Holder – Climate Action and Biodiversity"
    if stacked := _stacked(lines, first, known):
        return stacked
    if alone_in_rows := _nested_alone(lines, first, known):
        return alone_in_rows
    if nested := _nested(lines, first, known):
        (below, over), *readings = nested
        if (
            best is not None
            and best.last == first + 1
            and not _columns_of(lines[first + 1 : first + 2], known, False, False)
        ):
            readings.append(Reading(best.columns, ""))  # or the line goes on with the header's last name or one more
        return Header(first, first + 1, below, style_of(lines[first : first + 2]), True, over, tuple(readings))
    if best is not None and not best.style.delimiter:
        # A heading right above a header may begin with a header word too ("Working with our community"), and is none of
        # its columns where the refs stand behind it ("Our actions").
        for later in range(first + 1, best.last + 1):
            clean = split_header(" ".join(x.text for x in lines[later : best.last + 1]), known)
            if clean and all(column.meaning for column in clean) and (unknown_before or clean[0].meaning == "ref"):
                return None
            unknown = sum(column.meaning is None for column in clean or ())
            if clean and clean[0].meaning == "ref" and torn and unknown < unknown_before:
                return None  # "Strategic Action Plan", the title
            alone = _told_by_kinds(lines[later].text, known) if later == best.last else []
            if alone and alone[0].meaning == "ref":
                return None
            if unknown_before and later + 1 == best.last and _nested(lines, later, known):
                return None  # a header of two rows below the title: "Strategic Action Plan 2024/25"
    explained = best is not None and is_explained(lines[first : best.last + 1])
    if best is not None and best.style.delimiter == "\t" and "\t" not in line.raw.strip() and not explained:
        # The last words of the row above, and what stands between it and a header whose line has all cells.
        for later in range(first + 1, best.last + 1):
            clean = _columns_of(lines[later : best.last + 1], known, True, False) if "\t" in lines[later].raw else None
            if clean and all(column.meaning for column in clean):
                return None
    if best is not None or not others:
        return best
    return _other_header(lines, first, known)


def _pair_of(lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]) -> list[HeaderWord]:
    """The columns of a line that names what is to be done and who does it, or when, and nothing else; empty for any
    other, or where the line below does not end as such a row does."""
    words = lines[first].text.split()
    if not 2 <= len(words) <= _LONGEST_PAIR or "|" in lines[first].raw or "\t" in lines[first].raw.strip():
        return []
    for cut in range(1, len(words)):
        what, who = (
            HeaderWord(text, PHRASES.get(key(text))) for text in (" ".join(words[:cut]), " ".join(words[cut:]))
        )
        if what.meaning in _DONE and who.meaning in (*PEOPLE, "timescale") and who.text[:1].isupper():
            below = [line for line in lines[first + 1 : first + 2] if not line.after_blank]
            return [what, who] if below and _ends_as(below[0].text, who.meaning) else []
    return []


_PAIR = 2  # columns
_DONE = ("activity", "group", "extra")  # "Target" and "Objective" may say what is to be done
_LONGEST_PAIR = 6  # words
_SENTENCE_AND_MORE = re.compile(r"[.)]\s+(?=[^.]+$)")


def _ends_as(text: str, meaning: Meaning) -> bool:
    """Whether a sentence is followed by a time, or by somebody."""
    *above, value = _SENTENCE_AND_MORE.split(text)
    return bool(above) and (is_timescale(value) if meaning == "timescale" else looks_like_owner(value))


def _of_paragraphs(lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]) -> Header | None:
    """A header whose names are paragraphs, as all cells of a table are that a word processor saved as a page: between
    two of them a browser writes a tab on a line of its own."""
    last = first
    while last + 2 < len(lines) and _is_tab(lines[last + 1]) and _may_be_name(lines[last + 2]):
        last += 2
        if last > first + 2 * _MOST_PARAGRAPHS:
            return None
    names = [HeaderWord(fold(line.text), lookup(line.text, known)) for line in lines[first : last + 1 : 2]]
    told = [name.meaning for name in names if name.meaning]
    enough = len(names) >= _FEWEST_LABELS and _may_be_name(lines[first]) and 2 * len(told) > len(names)
    if not enough or not set(told) & ABOUT or len({key(name.text) for name in names}) < len(names):
        return None
    return Header(first, last, tuple(names), Style("\t"), True)


_MOST_PARAGRAPHS = 30  # names


def _is_tab(line: TextLine) -> bool:
    """Whether a line holds a tab, and nothing else."""
    return line.raw.strip(" ") == "\t"


def _told_by_kinds(text: str, known: Mapping[str, Meaning]) -> list[HeaderWord]:
    """The columns of a line that names who and when, and what is to be done or something unknown before them, each with
    a capital; empty for any other. So many names tell a header, whatever else it holds."""
    words = text.split()
    if not 3 <= len(words) <= _LONGEST_LINE or "\t" in text or "|" in text or text[-1] in ".,;:" or ": " in text:
        return []
    if sum(key(word) in _OPENERS and word[:1].isupper() for word in words) < _FEWEST_OPENERS:
        return []
    for plan in (True, False):
        columns = split_header(text, known, plan, spared=_MOST_STRANGE if plan else 0) or []
        meanings = [column.meaning for column in columns]
        who = next((index for index, meaning in enumerate(meanings) if meaning in PEOPLE), 0)
        when = next((index for index, meaning in enumerate(meanings) if meaning == "timescale"), 0)
        what = "activity" in meanings or any(meaning in (None, "extra") for meaning in meanings[: min(who, when)])
        capitals = all(column.text[:1].isupper() or not column.text[:1].isalpha() for column in columns)
        if who and when and what and capitals and 2 * sum(meaning is None for meaning in meanings) <= len(meanings):
            return columns
    return []


_LONGEST_LINE = 24  # words
_FEWEST_OPENERS = 2
_MOST_STRANGE = 4


def _with_torn_names(lines: Sequence[TextLine], header: Header, known: Mapping[str, Meaning]) -> Header:
    """The header with the lines that go on with it where a line may end within a name ("Lead officer Lead", then
    "directorate"), as in the text of a printed page: together they are known names throughout."""
    last = header.last
    while True:
        unknown = sum(column.meaning is None for column in header.columns)
        for end in range(last + 1, min(last + 1 + _MOST_TORN, header.first + _MOST_LINES, len(lines))):
            line = lines[end]
            if line.item or line.heading_level or not line.text or "\t" in line.raw:
                return header
            again = key(line.text) == key(header.columns[0].text)
            if again or (_reads_as_body(line.text) and not _names_several(line.text, known)):
                return header
            columns = _columns_of(lines[header.first : end + 1], known, True, False)
            left = sum(column.meaning is None for column in columns or ())
            in_two_languages = line.text[0] == "/" or lines[end - 1].text[-1:] == "/"
            if not columns or left > (unknown if in_two_languages else 0):
                continue
            if len(columns) > len(header.columns) or unknown > left or in_two_languages:
                style = style_of(lines[header.first : end + 1])
                header, last = replace(header, last=end, columns=tuple(columns), style=style), end
                break
        else:
            return header


_MOST_TORN = 3  # lines over which a name of a header is broken


def _unnamed_header(lines: Sequence[TextLine], at: int, plan: Header, times_said: Mapping[str, int]) -> Header | None:
    """The header, in words that are not known, of a table that tabs part and that is none of activities: short names
    right below a heading, over rows with as many cells, where the plan's table has another number, or the line comes
    again, and none of its rows follow (see `_without_rows`)."""
    above, line, below = lines[at - 1 : at + 2] if 0 < at < len(lines) - 1 else (None, None, None)
    if line is None or above is None or below is None or plan.style.delimiter != "\t" or plan.style.unit > 1:
        return None
    if "\t" not in line.raw.strip() or "\t" not in below.raw or not _reads_as_heading(above) or is_group_line(above):
        return None
    names, held = ([fold(cell) for cell in text.raw.split("\t")] for text in (line, below))
    short = all(
        0 < len(name.split()) <= _MOST_NAME_WORDS
        and name[:1].isupper()
        and name[-1:] not in ".;,:"
        and not ((is_timescale(name) and not is_state(name)) or is_ref(name) or opens_value(name))
        for name in names[:1] + [name for name in names[1:] if not _YEAR.fullmatch(name)]
    )
    times = [index for index, column in enumerate(plan.columns) if column.meaning == "timescale"]
    alike = len(names) == len(plan.columns)
    if not short or len(names) != len(held) or not times:
        return None
    if alike and (is_timescale(held[times[0]]) or times_said[line.raw] < _AGAIN - 1):
        return None  # no row of a plan comes again word for word, as a header does
    if len(names) + 1 == len(plan.columns) and any(is_timescale(text) and not is_state(text) for text in held):
        return None  # rows of the plan that lack a merged cell
    return Header(at, at, tuple(HeaderWord(name, None) for name in names), style_of([line]), False)


def _without_rows(headers: Sequence[Header], lines: Sequence[TextLine]) -> list[Header]:
    """The headers without those in unknown words that have rows of the plan's table below them, before the next one:
    they are such rows themselves."""
    plans: list[Header] = []
    for header in headers:
        plans.append(header if header.plan or not plans else plans[-1])
    kept: list[Header] = []
    end, rows_below = len(lines), False
    for header, plan in zip(reversed(headers), reversed(plans), strict=True):
        if not header.plan and not any(column.meaning for column in header.columns):
            rows_below = rows_below or any(_is_row_of(plan, line) for line in lines[header.last + 1 : end])
            end = header.first
            if rows_below:
                continue
        kept.append(header)
        end, rows_below = header.first, False
    return kept[::-1]


def _is_row_of(plan: Header, line: TextLine) -> bool:
    """Whether a line has as many cells as a table's header, parted by tabs, and a time in its column."""
    cells = line.raw.split("\t")
    return len(cells) == len(plan.columns) and any(
        column.meaning == "timescale" and is_timescale(fold(cell))
        for column, cell in zip(plan.columns, cells, strict=True)
    )


_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?")  # heads the figures of a year
_MOST_NAME_WORDS = 5
_LONGEST_NAME = 8
_LEAST_SHARE = 0.25


def _stacked(lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]) -> Header | None:
    """The header of a text with one cell on each line whose rows have fewer cells than it has names, or one more.

    How many lines there are from one ref to the next says how many columns there are. Where there are fewer than names,
    some of these span the last ones; where there is one more, the column of refs has none.
    """
    last = first
    while last < len(lines) and last - first < _MOST_LINES and _may_be_name(lines[last]):
        last += 1
    names = [HeaderWord(line.text, lookup(line.text, known)) for line in lines[first:last]]
    opens = len(names) >= _FEWEST_LABELS and names[0].meaning in ("ref", "activity", "group")
    if (
        not opens
        or any(_holds_several(word.text, known) for word in names)
        or sum(word.meaning is not None for word in names) < _FEWEST_LABELS
    ):
        return None
    below = range(last, min(len(lines), last + _MOST_ROWS))
    refs = [at for at in below if is_ref(lines[at].text) and not is_timescale(lines[at].text)]
    gaps = Counter(after - before for before, after in pairwise(refs))
    widths = [gap for gap, count in gaps.most_common() if count >= 2 and count >= _LEAST_SHARE * gaps.total()]
    if not widths or len(names) in widths:
        return None
    style = style_of(lines[first:last])
    if style.delimiter:
        return None
    core = {word.meaning for word in names}
    if len(names) + 1 == widths[0] and "ref" not in core and "activity" in core:
        return Header(first, last - 1, (HeaderWord("", "ref"), *names), style, True)
    for width in (width for width in widths if width < len(names)):
        ways: list[tuple[float, Reading]] = []
        for split in range(2, len(names) - 1):
            upper, lower = names[:split], names[split:]
            for cost, counts in spannings(upper, lower, known, width) if all(word.meaning for word in lower) else ():
                over = " ".join(word.text for word, count in zip(upper, counts, strict=True) if count)
                ways.append((cost, Reading(tuple(lowest(upper, lower, counts)), over)))
        if readings := _likeliest(ways):
            (columns, over), *others = readings
            return Header(first, last - 1, columns, style, True, over, tuple(others))
    return None


_MOST_ROWS = 400  # lines below a header that are looked at for refs


def _holds_several(text: str, known: Mapping[str, Meaning]) -> bool:
    """Whether a line of a header holds the names of several columns: "Ref Activity"."""
    if is_known_name(text, known):
        return False
    columns = split_header(text, known, plan=False) or []
    return len(columns) > 1 and all(column.meaning for column in columns)


def _names_several(text: str, known: Mapping[str, Meaning]) -> bool:
    """Whether a line has the names of two columns at least, whatever else: "Lead Officer Lead Directorate Lead"."""
    if is_labelled_group(text):
        return False
    columns = split_header(text, known, plan=False) or []
    return sum(column.meaning is not None for column in columns) > 1


def _may_be_name(line: TextLine) -> bool:
    """Whether a line may be the name of a column, and nothing else."""
    return (
        bool(line.text)
        and not line.item
        and not line.heading_level
        and line.text[:1].isupper()
        and len(line.text.split()) <= _LONGEST_NAME
        and not line.text.endswith(("-", "–", "—", ",", ";"))
        and not _reads_as_body(line.text)
    )


def _nested(lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]) -> list[Reading]:
    """The readings of a header of two rows, of which the second names what cells of the first span: the likeliest, and
    those with its columns in another order that are not much less likely; empty where it is no such header.

    Flattened, the second row follows the whole first one: "Ref | Action | Delivery | Update", then "Owner | Date".
    """
    if first + 1 >= len(lines) or lines[first + 1].item:
        return []
    upper = _columns_of(lines[first : first + 1], known, True, False, MOST_SPANNERS)
    if not upper:
        two = _parted_rows(lines, first, known)
        return _readings_of_two(*two, known) if two else []
    parted = any(mark in lines[first].raw.strip() for mark in "\t|")
    lower = _columns_of(lines[first + 1 : first + 2], known, False, False)
    if lower and parted and not all(column.meaning for column in lower) and (two := _parted_rows(lines, first, known)):
        return _readings_of_two(*two, known)
    if not lower and not parted and (meaning := lookup(lines[first + 1].text, known)):
        lower = [HeaderWord(lines[first + 1].text, meaning)]  # which may be two: "Lead Executive Member"
    if not lower or not all(column.meaning for column in lower):
        return []
    width = _usual_cells(lines[first].raw, lines[first + 2 :])
    found: dict[tuple[str, ...], tuple[float, Reading]] = {}
    for over_cost, over in _readings(upper, known, parted):
        for under_cost, under in _readings(lower, known, parted):
            meanings = {column.meaning for column in under}
            if len(meanings) < max(len(under), 2) or meanings <= {"extra"}:
                continue
            for spanned, counts in spannings(over, under, known, width) or spannings(over, under, known):
                above = " ".join(column.text for column, count in zip(over, counts, strict=True) if count)
                reading = Reading(tuple(lowest(over, under, counts)), above)
                cost = over_cost + under_cost + spanned
                texts = tuple(column.text for column in reading.columns)
                if cost < found.get(texts, (math.inf, reading))[0]:
                    found[texts] = cost, reading
    return _likeliest(found.values())


def _parted_rows(
    lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]
) -> tuple[list[HeaderWord], list[HeaderWord], list[list[str]]] | None:
    """The cells of two header rows that tabs part, whatever their words, and those of the whole rows below; None where
    it is not by their number that the second stands under cells of the first: together they have as many more than the
    rows as there are cells that stand over others, two columns at least under each."""
    if first + 2 >= len(lines) or any("\t" not in line.raw.strip() for line in lines[first : first + 2]):
        return None
    if lines[first + 1].text.startswith("(") or not _names_columns(lines[first + 1].raw, known):
        return None
    below = lines[first + 2 : first + 2 + _MOST_ROWS]
    width = _usual_cells(lines[first].raw, below)
    mark = "\t" * delimiter_unit(lines[first].raw)
    upper, lower = (
        [HeaderWord(text, lookup(text, known) if text else None) for text in map(fold, line.raw.split(mark))]
        for line in lines[first : first + 2]
    )
    cells = [word.text for word in (*upper, *lower) if word.text]
    if width is None or any(
        len(text.split()) > _MOST_WORDS or is_timescale(text) or _reads_as_body(text) for text in cells
    ):
        return None
    over = len(upper) + len(lower) - width
    named = sum(word.meaning is not None for word in (*upper, *lower))
    if not (over > 0 and 2 * over <= len(lower) and 2 * named >= width):
        return None
    return upper, lower, [list(map(fold, line.raw.split(mark))) for line in below if line.raw.count(mark) == width - 1]


_MOST_WORDS = 8  # of a name in a header


def _readings_of_two(
    upper: Sequence[HeaderWord],
    lower: Sequence[HeaderWord],
    rows: Sequence[Sequence[str]],
    known: Mapping[str, Meaning],
) -> list[Reading]:
    """The likeliest reading of two rows of a header that tabs part, by its words and by where the whole rows below have
    their times; empty where there is none."""
    ways: list[tuple[float, Reading]] = []
    for cost, counts in spannings(upper, lower, known, len(rows[0]), _MOST_WAYS, math.inf):
        columns = tuple(lowest(upper, lower, counts))
        times = [index for index, column in enumerate(columns) if column.meaning == "timescale"]
        wrong = [sum(not is_timescale(row[index]) for row in rows if row[index]) for index in times]
        if all(count != 1 for count in counts) and wrong and 2 * sum(wrong) < len(rows):
            over = " ".join(word.text for word, count in zip(upper, counts, strict=True) if count)
            ways.append((cost + sum(wrong), Reading(columns, over)))
    return [min(ways, key=lambda way: way[0])[1]] if ways else []


_MOST_WAYS = 12


def _nested_alone(lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]) -> Header | None:
    """Such a header with a line for each of its names, of which two mean the same: "Task", "Accountability", "Risks",
    then "Led by", "Service area"."""
    names: list[HeaderWord] = []
    for line in lines[first : first + _MOST_LINES]:
        meaning = lookup(line.text, known)
        if meaning is None or line.item or line.heading_level or _NO_NAME.search(line.raw) or _is_torn_name(line.text):
            break
        names.append(HeaderWord(line.text, meaning))
    core = [name.meaning for name in names if name.meaning != "extra"]
    if len(names) < _FEWEST_NESTED or len(set(core)) == len(core):
        return None
    found: list[tuple[float, Reading]] = []
    for cut in range(2, len(names) - 1):
        upper, under = names[:cut], names[cut:]
        for cost, counts in spannings(upper, under, known):
            columns = tuple(lowest(upper, under, counts))
            meanings = [column.meaning for column in columns if column.meaning != "extra"]
            if len(set(meanings)) == len(meanings):
                above = " ".join(column.text for column, count in zip(upper, counts, strict=True) if count)
                found.append((cost, Reading(columns, above)))
    if not found:
        return None
    found.sort(key=lambda way: (len(way[1].columns), way[0]))
    (columns, over), *others = (reading for _, reading in found[:_MOST_READINGS])
    last = first + len(names) - 1
    return Header(first, last, columns, style_of(lines[first : last + 1]), True, over, tuple(others))


def _is_torn_name(text: str) -> bool:
    """Whether a line of names was broken within one: "Lead officer Lead", "directorate Lead Cabinet"."""
    if text[:1].islower():
        return True
    for name in map(key, re.split(r" / | \(", text)):
        words = name.split()
        if name not in PHRASES and any(" ".join(words[:at]) in PHRASES for at in range(1, len(words))):
            return True
    return False


_FEWEST_NESTED = 5
_NO_NAME = re.compile(r"[\t|:\d]")


def _likeliest(found: Collection[tuple[float, Reading]]) -> list[Reading]:
    """The likeliest reading, and those with its columns in another order that are not much less likely."""
    ways = sorted(found, key=lambda way: way[0])
    return [
        reading
        for cost, reading in ways
        if cost < ways[0][0] + _NO_LESS_LIKELY and _meanings(reading) == _meanings(ways[0][1])
    ][:_MOST_READINGS]


def _meanings(reading: Reading) -> Counter[Meaning | None]:
    return Counter(column.meaning for column in reading.columns)


def _usual_cells(header: str, below: Sequence[TextLine]) -> int | None:
    """The most cells that several lines below a header have, where tabs part them and it; None elsewhere.

    Rows may lack cells, merged ones or the last; none has more than there are columns. A header that comes again is no
    row.
    """
    if "\t" not in header.strip():
        return None
    delimiter = "\t" * delimiter_unit(header)
    rows = (line.raw for line in below if line.raw.strip() != header.strip())
    counts = Counter(cells for raw in rows if (cells := raw.count(delimiter) + 1) > 1)
    return max((cells for cells, times in counts.items() if times > 1 and 20 * times >= counts.total()), default=None)


_NO_LESS_LIKELY = 1.1
_MOST_READINGS = 4
_PARTED = 0.2
_LOWERED = 0.7  # what a column with a small letter among others costs


def _readings(
    columns: Sequence[HeaderWord], known: Mapping[str, Meaning], parted: bool
) -> Iterator[tuple[float, Sequence[HeaderWord]]]:
    """The cells of a header row, and, where nothing parts them, how else they can be read: a cell of two words is two
    where each has a meaning of its own ("Lead Directorate"), or neither has one; with what it costs to think so."""
    yield 0.0, columns
    for index, column in enumerate(columns if not parted else ()):
        words = column.text.split()
        meanings = [lookup(word, known) for word in words]
        several = len(set(meanings)) > 1 and None not in meanings
        unknown = column.meaning is None and all(word[:1].isupper() for word in words)
        # "Delivery | Partners", of which the first may stand over others as well as before the second.
        spanning = column.meaning == meanings[-1] and meanings[0] is None and all(word[:1].isupper() for word in words)
        if len(words) == 2 and (several or unknown or spanning):
            pieces = [HeaderWord(word, meaning) for word, meaning in zip(words, meanings, strict=True)]
            yield _PARTED, [*columns[:index], *pieces, *columns[index + 1 :]]
        for length in range(1, len(words) - 1):
            pieces = _parted_behind(words, length, known)
            if pieces:
                yield _PARTED, [*columns[:index], *pieces, *columns[index + 1 :]]
    for index, (column, after) in enumerate(pairwise(columns) if not parted else ()):
        # A word that another cell is stands before one that goes on in small letters: "Delivery | Lead directorate".
        word, _, rest = column.text.partition(" ")
        meaning = lookup(f"{rest} {after.text}", known)
        again = any(other.text == word for other in columns)
        if again and rest and meaning and after.text[:1].islower() and rest[:1].isupper():
            whole = (HeaderWord(word, lookup(word, known)), HeaderWord(f"{rest} {after.text}", meaning))
            yield -_LOWERED, [*columns[:index], *whole, *columns[index + 2 :]]


def _parted_behind(words: Sequence[str], length: int, known: Mapping[str, Meaning]) -> list[HeaderWord]:
    """The columns of a header cell of which the first words are a known name: "Lead | Executive Member", "Led by |
    Delivery | Progress update"; empty where what stands behind is none, or means the same."""
    opening, rest = " ".join(words[:length]), " ".join(words[length:])
    meaning = known.get(key(opening)) or PHRASES.get(key(opening))
    if not meaning or not words[length][:1].isupper():
        return []
    if (one := known.get(key(rest)) or PHRASES.get(key(rest))) and one != meaning:
        return [HeaderWord(opening, meaning), HeaderWord(rest, one)]
    behind = split_header(rest, known, plan=False, spared=1) or []
    fits = behind and behind[-1].meaning and meaning not in {column.meaning for column in behind}
    return [HeaderWord(opening, meaning), *behind] if fits else []


def _other_header(lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]) -> Header | None:
    """The header of a table of measures, a legend or the like, after the first plan table of a text."""
    line = lines[first]
    if header := _other_header_of_lines(lines, first, known):
        return header
    columns = _columns_of([line], known, False, False)
    if not columns or first + 1 >= len(lines) or _reads_as_body(line.text):
        return None
    style = style_of([line])
    if style.delimiter and line.raw.startswith(style.delimiter) and style.delimiter not in lines[first + 1].raw:
        return None  # the last cells of a row, below which the next one begins
    if not style.delimiter:
        loose = (
            any(column.meaning is None or column.text.lower() in DANGLING for column in columns)
            or opens_value(line.text)
            or is_timescale(line.text)
        )
        alone = first > 0 and _reads_as_heading(lines[first - 1])
        if any(one.after_blank for one in lines[1:]):
            alone = alone and line.after_blank and lines[first - 1].after_blank
        else:  # as in the text of a printed page
            exact = sum(is_known_name(column.text, known) for column in columns)
            again = any(one.text == line.text for one in lines[:first])
            alone = (alone or again) and len(columns) >= _FEWEST_NAMES and exact >= _FEWEST_EXACT
        if loose or not alone or is_ref(lines[first - 1].text):
            return None
    return Header(first, first, tuple(columns), style, False)


def _other_header_of_lines(lines: Sequence[TextLine], first: int, known: Mapping[str, Meaning]) -> Header | None:
    """Such a header with a line for each of its names, none of which is one of activities or of people."""
    columns: list[HeaderWord] = []
    for line in lines[first : first + _MOST_NAMES]:
        meaning = lookup(line.text, known)
        if meaning not in _OF_OTHERS or "\t" in line.raw or "|" in line.raw:
            break
        columns.append(HeaderWord(line.text, meaning))
    if any(column.meaning == "ref" for column in columns[1:]):
        return None  # the heading above it, of a word that names a column elsewhere
    exact = {key(column.text) for column in columns if is_known_name(column.text, known)}
    measured = sum(column.meaning == "extra" for column in columns)
    if len(columns) < _FEWEST_NAMES or len(exact) < _FEWEST_EXACT or measured < _FEWEST_EXACT:
        return None
    last = first + len(columns) - 1
    return Header(first, last, tuple(columns), style_of(lines[first : last + 1]), False)


_OF_OTHERS = ("ref", "extra")
_FEWEST_NAMES = 3
_FEWEST_EXACT = 2
_MOST_NAMES = 8


def _reads_as_body(text: str) -> bool:
    return (
        is_ref(text.split("\t")[0].split("|")[0])
        or is_labelled_group(text)
        or is_timescale(text)
        or (opens_value(text) and len(text.split()) > 3)
    )


_FEWEST_TIMES = 3


def _names_columns(raw: str, known: Mapping[str, Meaning]) -> bool:
    """Whether half of the cells that tabs part are header words to the letter, and two of them say what, who or when,
    so that the first may be of any words."""
    cells = [words for cell in raw.split("\t") if (words := key(cell))]
    found = [meaning for words in cells if (meaning := known.get(words) or PHRASES.get(words))]
    return 2 * len(found) >= len(cells) and len({*found} - {"extra", "group", "ref"}) > 1


def is_explained(lines: Sequence[TextLine]) -> bool:
    """Whether each line of a header but the first goes on with a bracket below a name: "Lead", "(job title)"."""
    return len(lines) > 1 and all(line.text[:1] == "(" for line in lines[1:])


def _columns_of(
    chunk: Sequence[TextLine], known: Mapping[str, Meaning], plan: bool, glued: bool, spared: int = 0
) -> list[HeaderWord] | None:
    text = "\n".join(line.raw.strip(" ") for line in chunk)
    delimiter = "|" if "|" in text else "\t" if "\t" in text.strip() else ""
    if delimiter and delimiter not in chunk[0].raw and not (is_explained(chunk) and key(chunk[0].text) in PHRASES):
        return None
    if not delimiter:
        text = " ".join(GLUED.sub(" ", line.text) if glued else line.text for line in chunk)
        if plan and (periods := periods_behind(text.split())):
            rest = " ".join(text.split()[: -len(periods)])
            named = split_header(rest, known) or split_header(rest, known, False)
            core = {column.meaning for column in named or ()} - {"extra"}
            if named and None not in core and core & {"activity", "group"} and len(core) > 1:
                return [*named, *(HeaderWord(period, "extra") for period in periods)]
        # A bracket that is open at the end goes on in the next line: "Timescale (Quarter", "and month)".
        return split_header(text, known, plan, spared) if text.count("(") == text.count(")") else None
    if delimiter == "|":
        text = text.strip().removeprefix("|").removesuffix("|")
    unit = delimiter_unit(text) if delimiter == "\t" else 1
    cells = [" ".join(cell.split()) for cell in text.split(delimiter * unit)]
    if len(cells) < (3 if plan else 2) or any(len(cell.split()) > 14 for cell in cells):
        return None
    columns = [HeaderWord(cell, lookup(cell, known) if cell else None) for cell in cells]
    core = {column.meaning for column in columns if column.meaning and column.meaning != "extra"}
    times = [cell for cell in cells if cell and key(cell) not in PHRASES and is_timescale(cell)]
    if times:
        # Fewer years may stand beside the names of a table of measures: "Ref | Indicator | 2022/23 | 2023/24 | Target".
        others = sum(bool(column.meaning) for column in columns if column.text not in times)
        fewest = _FEWEST_TIMES if plan or others < _FEWEST_TIMES or not columns[0].meaning else 1
        if len(set(times)) < max(len(times), fewest) or any(map(is_state, times)):
            return None
        # One column a quarter.
        columns = [column._replace(meaning="extra") if column.text in times else column for column in columns]
    known_cells = sum(1 for column in columns if column.meaning)
    if any(opens_value(cell) for cell in cells if cell and key(cell) not in PHRASES and cell not in times):
        return None
    if cells[0][-1:].isdigit() and is_ref(cells[0]):
        return None  # "Action 5.2"
    if not plan:
        return columns if known_cells >= 2 and known_cells * 2 >= len([cell for cell in cells if cell]) else None
    # Who and when beside words that nobody knows: what stands below tells whether they name what is to be done.
    told = delimiter == "\t" and len(chunk) == 1 and "timescale" in core and not core.isdisjoint(PEOPLE)
    unnamed = told and any(
        column.text and (column.meaning is None or may_name_actions(column.text)) for column in columns
    )
    if known_cells * 2 < len(cells) or len(core) < 2 or not (unnamed or core & {"activity", "group"}):
        return None
    return columns


def lay_out(lines: Sequence[TextLine], headers: Sequence[Header]) -> Layout:
    """The text cut at its headers into lines around the tables, headings and bodies."""
    asides = _said_again_above(lines, headers)
    headed = _heading_lines(lines, headers, asides)
    apart = headed | asides
    parts: list[tuple[str, TextLine] | Body] = []
    start = 0
    for number, header in enumerate(headers):
        if number == 0:
            parts.extend(_around(lines, range(header.first), headed))
        end = headers[number + 1].first if number + 1 < len(headers) else len(lines)
        start = header.last + 1
        stop = _end_of_body(lines, start, end, header)
        if number + 1 == len(headers):
            stop = _before_text_below(lines, start, _before_contacts(lines, start, stop), header.style)
        while stop > start and (stop - 1 in apart or (number + 1 == len(headers) and _trails(lines[stop - 1]))):
            stop -= 1
        parts.append(Body(header, tuple(lines[start:stop]), lines[stop] if stop in headed else None))
        parts.extend(_around(lines, range(stop, end), headed))
    return Layout(tuple(parts))


def _end_of_body(lines: Sequence[TextLine], start: int, end: int, header: Header) -> int:
    """Where a body ends: at a Markdown heading that is no group's, else where the next header begins; one of no
    activities at the heading of a group too, and one of two columns where a blank line parts it from what follows and
    is no row."""
    pair = _is_pair(header)
    for index in range(start, end):
        if not header.plan and is_group_line(lines[index]):
            return index
        if pair and index > start and lines[index].after_blank and not _is_row_at(lines, index, end, header):
            return index
        if lines[index].heading_level and not is_labelled_group(lines[index].text):
            return index
    return end


def _is_row_at(lines: Sequence[TextLine], first: int, end: int, header: Header) -> bool:
    """Whether one of the lines up to the next blank one ends as a row of a table with two columns does."""
    meaning = header.columns[1].meaning
    stop = next((index for index in range(first + 1, end) if lines[index].after_blank), end)
    return meaning is not None and any(_ends_as(line.text, meaning) for line in lines[first:stop])


_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|(?:https?://|www\.)\S+")


_ASKING = re.compile(
    r"\b(?:contacts?|enquir\w+|questions?|information|in touch|who to|feedback|help|tell us|write to)\b", re.IGNORECASE
)


def _before_contacts(lines: Sequence[TextLine], start: int, end: int) -> int:
    """Where the lines with addresses and telephone numbers begin that close a text, their heading among them."""
    stop = end
    while stop > start and (_trails(lines[stop - 1]) or _CONTACT.search(lines[stop - 1].text)):
        stop -= 1
    if all(not _CONTACT.search(line.text) for line in lines[stop:end]):
        return end
    if stop > start and stop < end and _reads_as_heading(lines[stop - 1]) and _ASKING.search(lines[stop - 1].text):
        stop -= 1
    return stop


def _before_text_below(lines: Sequence[TextLine], start: int, end: int, style: Style) -> int:
    """Where the lines begin that stand below the last table, behind a blank line, where tabs part all cells and none of
    the lines above stands so: those of the page's foot. A sentence may be one more of the last cell's."""
    if style.delimiter != "\t" or style.unit > 1:
        return end
    tabs = [index for index in range(start, end) if "\t" in lines[index].raw]
    below = next((index for index in range(tabs[-1] + 1 if tabs else end, end) if lines[index].after_blank), end)
    if len(tabs) < _FEWEST_TABBED or below == end or any(line.after_blank for line in lines[start + 1 : below]):
        return end
    sentences = lines[below].text.endswith((".", "!", "?")) and lines[below - 1].text.endswith((".", "!", "?"))
    return end if sentences else below


_FEWEST_TABBED = 2  # lines


def _around(lines: Sequence[TextLine], indexes: range, headed: frozenset[int]) -> list[tuple[str, TextLine]]:
    return [
        (
            "heading" if index in headed or lines[index].heading_level or is_group_line(lines[index]) else "line",
            lines[index],
        )
        for index in indexes
        if lines[index].text
    ]


def is_group_line(line: TextLine) -> bool:
    """Whether a whole line is a group's heading because of its label."""
    text = line.text
    return (
        text[:1].isalpha()
        and not line.item
        and is_labelled_group(text)
        and not text.endswith((".", ";", ","))
        and "\t" not in text
        and "|" not in text
    )


def _trails(line: TextLine) -> bool:
    """Whether a line at the very end of a text is page furniture; a sentence about a date is a row's last cell, and a
    tab alone stands before one that is empty."""
    kind = furniture_kind(line.text) if line.text or "\t" not in line.raw else None
    return bool(kind) and not is_ref(line.text) and not (kind == "page date" and line.text.endswith("."))


def _said_again_above(lines: Sequence[TextLine], headers: Sequence[Header]) -> frozenset[int]:
    """Indexes of the lines directly before headers that say the same of each table, below its heading: a sentence that
    comes again ("We will do the following:"), what the table is ("Actions"; "Actions for outcome 1", below that), or
    who answers for all of it ("Sponsor: Director of Place")."""
    said: dict[int, str] = {}
    for header in headers:
        index = header.first - 1
        if index > 0 and (line := lines[index]).text and "\t" not in line.text and not line.item:
            label, colon, value = line.text.partition(":")
            named = colon and value.strip() and not is_group_line(line) and lookup(label, {}) in PEOPLE
            headed = is_group_line(lines[index - 1]) and not is_group_line(line)
            above = next(filter(is_group_line, reversed(lines[max(0, index - _NEAR) : index])), None)
            again = above is not None and names_again(line.text, read_group_heading(above.text))
            again = again and not is_group_line(line)
            actions = header_meaning(line.text) == "activity" and key(line.text) in PHRASES
            sure = headed or (header.plan and (named or again or actions))
            if sure or (header.plan and line.text.endswith((".", ":"))):
                said[index] = _NAMED_AGAIN if again and header.plan else key(label if named else line.text)
    counts = Counter(said.values())
    return frozenset(index for index, text in said.items() if counts[text] > 1)


_NEAR = 4  # lines above one that may name their heading again
_NAMED_AGAIN = "the heading above, named again"


def _heading_lines(lines: Sequence[TextLine], headers: Sequence[Header], asides: frozenset[int]) -> frozenset[int]:
    """Indexes of the lines before headers that are headings: directly, or above one of the `asides`."""
    found: set[int] = set()
    plain: list[int] = []
    taken = {index for header in headers for index in range(header.first, header.last + 1)}
    for header in headers:
        first = header.first - 1 - (header.first - 1 in asides)
        index = first
        while index >= 0 and index not in taken and (lines[index].heading_level or is_group_line(lines[index])):
            found.add(index)
            index -= 1
        if index != first or index < 0 or index in taken:
            continue
        if first < header.first - 1 and not (header.style.delimiter or lines[index].after_blank):
            continue  # the last line of something else, above what is said of each table
        if (
            _is_pair(header)
            and lines[index].after_blank
            and lines[header.first].after_blank
            and _may_name(lines[index])
        ):
            found.add(index)  # a line between blank ones
            continue
        plain.append(index)
    labels = {index: label[0] for index in plain if (label := numbered_label(lines[index].text))}
    counted = Counter(labels.values())
    likely = [index for index in plain if _reads_as_heading(lines[index]) or counted[labels.get(index, "")] > 1]
    times = {key(lines[index].text) for index in plain if is_timescale(lines[index].text)}
    tabbed = all(header.style.delimiter for header in headers)
    alike = len({time.split()[0] for time in times}) == 1
    if (tabbed or alike) and len(times) == len(plain) > 1 and len(plain) == len(headers):
        likely = plain  # "Quarter 1 (April to June 2025)" over the first table, and so on
    if len(likely) >= 0.7 * len(plain) or not any(header.plan for header in headers):
        found.update(likely)
    else:
        others = {header.first - 1 for header in headers if not header.plan}
        found.update(index for index in likely if index in others)
    return frozenset(found)


def _is_pair(header: Header) -> bool:
    """Whether a header has two columns, which a blank parts."""
    return header.plan and len(header.columns) == _PAIR and not header.style.delimiter


def _may_name(line: TextLine) -> bool:
    """Whether a line reads as a heading, or is the time that a table is about."""
    return _reads_as_heading(line) or is_timescale(line.text)


def _reads_as_heading(line: TextLine) -> bool:
    text = line.text
    return (
        bool(text)
        and not line.item
        and len(text.split()) <= 14
        and not text.endswith((".", ",", ";", ":"))
        and "\t" not in text
        and "|" not in text
        and not is_ref(text)
        and not is_timescale(text)
        and not opens_value(text)
        and not names_body(text)
        and " = " not in text  # a legend
        and not _holds_row(text)
    )


def _holds_row(text: str) -> bool:
    """Whether a line begins with a ref and ends with a date: "A2 Mend the roof Head of Property 31 May 2025"."""
    first = text.split()[0]
    dated = any(span.strength == "strong" and span.end == len(text) for span in find_timescales(text))
    return dated and is_ref(first) and any(map(str.isdigit, first))
