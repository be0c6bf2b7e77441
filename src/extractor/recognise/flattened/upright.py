"""Tables that stood upright, a label and its value a row, one table a record: flattened, the labels open lines.

1. The labels of one record come again in the same order for the next: a cycle. Its first label opens a record.
2. A label is told by a tab after it or by standing alone on its line; where no tabs are left, by its words.
3. What stands between two labels of a record is the value of the former.
4. Records may stand side by side, each in a column behind the labels: where no tabs part them, nothing does.
5. A line whose words are not known is a label too where it recurs as the known ones do, below a value and over one:
   values that recur stand below labels.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractor.document import Block as DocumentBlock
from extractor.document import Cell, Furniture, Heading, Line, Table
from extractor.fixed import fixed
from extractor.locations import Location
from extractor.recognise.columns import is_known_name, is_ref, lookup
from extractor.recognise.flattened.bodies import is_group_line
from extractor.recognise.flattened.flow import block_of, flow, place_of
from extractor.recognise.flattened.headings import heads_records
from extractor.recognise.flattened.stream import TextLine
from extractor.recognise.spanners import MOST_SPANNERS
from extractor.rows import PEOPLE
from extractor.text import fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import HeaderWord, split_header
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.roles import is_member, looks_like_owner
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_LONGEST_LABEL = 8  # words
_FEWEST_LABELS = 3
_FEWEST_RECORDS = 3
_ALIKE = 0.3  # share of the records that have the same labels in the same order
_RECURS = 0.6  # share of the records that hold a label whose words are not known
_FILLED = 0.6  # share of the labels that a value follows; those of a header's cells stand together
_ABOUT_AS_GOOD = 0.7
_VARIES = 0.25  # share of the records whose values of a label differ
_MOST_LABELS = 24
_MOST_CANDIDATES = 200
_LEAST_SHARE = 0.5  # a label with unknown words recurs at least so often, beside the most frequent known one
_SELDOM = 0.2
_MOSTLY = 0.8
_FEWEST_WORDS = 4  # of an action
_DASHES = ("-", "–", "—", ":", "/")


@fixed(frozen=True, slots=True)
class _Label:
    """A label at the start of a line."""

    index: int
    key: str
    text: str
    value: str
    """What stands after it on its line."""


@fixed(frozen=True, slots=True)
class Record:
    """The lines of one record: index of the first, the index after the last, and the lines of each label's value."""

    first: int
    end: int
    values: Mapping[str, tuple[Line, ...]]


@fixed(frozen=True, slots=True)
class Upright:
    """The records of a text of upright tables, in order, and their labels by their comparison keys."""

    labels: Mapping[str, str]
    records: tuple[Record, ...]


def find_upright(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> Upright | None:
    """The records of upright tables among some lines; None where their labels make no cycle."""
    if beside := _side_by_side(lines, known):
        return beside
    tabbed = _is_tabbed(lines)
    if not tabbed:
        known = {**known, **_labels_told(lines, known)}
    if not tabbed and any(_is_header(line, after, known) for line, after in pairwise([*lines, None]) if line):
        return None
    alone = frozenset() if tabbed else _labels_alone(lines, known)
    found = [label for index, line in enumerate(lines) if (label := _label_of(line, index, tabbed, known, alone))]
    found = _without_numbers(found, known)
    if not tabbed and sum(not label.value for label in found) * 2 >= len(found):
        found = [label for label in found if not label.value]  # the labels of a text stand in one way
    counts = Counter(label.key for label in found)
    found = [label for label in found if counts[label.key] >= _FEWEST_RECORDS]
    if len({label.key for label in found}) < _FEWEST_LABELS:
        return None
    cycle = _cycle([label.key for label in found], known)
    meanings = {name: _meaning(name, known) for name in cycle}
    told = {meaning for meaning in meanings.values() if meaning and meaning != "extra"}
    if len(told) < 2:
        return None
    runs = _runs(found, cycle)
    kept = _kept(runs, meanings)
    runs = [[label for label in run if label.key in kept] for run in runs]
    refs = _refs_above(runs, lines) if "ref" not in told else {}
    starts = [refs.get(number, run[0].index) for number, run in enumerate(runs)]
    above = next((line for line in reversed(lines[: starts[0]]) if line.text), None)
    headed = above is not None and heads_records(above)
    records = tuple(
        _record(lines, run, end, meanings, refs.get(number), headed)
        for number, (run, end) in enumerate(zip(runs, [*starts[1:], len(lines)], strict=True))
    )
    filled = sum(bool(value) for record in records for value in record.values.values())
    if filled < _FILLED * sum(map(len, runs)) or not _varies(records, cycle[:-1]):
        return None
    if not told & {"activity", "ref"} and not (
        meanings[cycle[0]] is None and _are_actions(records, cycle[0]) and not _stand_below(runs, lines)
    ):
        return None
    if _run_together(records):
        return None
    labels = {label.key: label.text for run in reversed(runs) for label in run}
    labels.update({_REF: ""} if refs else {})
    ordered = [_REF, *cycle, *(name for name in labels if name not in cycle)]
    return Upright({name: labels[name] for name in ordered if name in labels}, records)


def _without_numbers(found: Sequence[_Label], known: Mapping[str, Meaning]) -> list[_Label]:
    """The labels without those that only number a record, "Action 1.1" above "Action Mend the roof"."""
    numbers = {
        label.index
        for label in found
        if is_ref(label.value)
        and any(map(str.isdigit, label.value))
        and not is_timescale(label.value)
        and _meaning(label.key, known) == "activity"
    }
    said = Counter(label.key for label in found if label.index not in numbers and label.value)
    return [label for label in found if label.index not in numbers or said[label.key] < _FEWEST_RECORDS]


def _labels_told(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """What the openings of lines mean that are in no list, are worded as labels of people or times, and stand before
    differing values nearly as often as the most frequent label does: "Accountable manager"."""
    often: Counter[str] = Counter()
    values: dict[str, set[str]] = {}
    for line in lines:
        words = line.text.split()
        if line.item or line.heading_level or "|" in line.raw or not line.text[:1].isupper():
            continue
        if length := _prefix(words, known):
            often[key(" ".join(words[:length]))] += 1
            continue
        for length in range(2, min(_LONGEST_TOLD + 1, len(words))):
            if ":" in words[length - 1]:
                break  # others read labels that are marked as such
            if words[length - 1][-1].isalnum() and not words[length][:1].islower():
                values.setdefault(" ".join(words[:length]), set()).add(" ".join(words[length:]))
    least = max(_FEWEST_RECORDS, _MOSTLY * max(often.values(), default=0))
    found: dict[str, Meaning] = {}
    for opening, differing in sorted(values.items(), key=lambda each: -len(each[0])):
        meaning = lookup(opening, known) if len(differing) >= least else None
        if meaning and meaning in _TOLD and not any(name.startswith(key(opening)) for name in found):
            found[key(opening)] = meaning
    return found


_LONGEST_TOLD = 4
_TOLD: frozenset[Meaning] = frozenset((*PEOPLE, "timescale"))


def _side_by_side(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> Upright | None:
    """The records of tables that have each record in a column, behind known labels that tabs part from these; None
    where the lines hold no such table."""
    labels: dict[str, str] = {}
    records: list[Record] = []
    tabbed = sum("\t" in line.raw.strip() for line in lines)
    held = start = 0
    while start < len(lines):
        run: dict[str, list[Line]] = {}
        width = lines[start].raw.count("\t")
        end = start
        while end < len(lines) and width > 1 and lines[end].raw.count("\t") == width:
            name, *texts = map(fold, lines[end].raw.split("\t"))
            if key(name) in run or not _known(name.split(), known) or any(_known(x.split(), known) for x in texts if x):
                break
            run[key(name)] = [_line(text, lines[end]) for text in texts]
            labels.setdefault(key(name), name)
            end += 1
        told = {_meaning(name, known) for name in run}
        several = all(sum(bool(value.text) for value in values) > 1 for values in run.values())
        if len(run) >= _FEWEST_LABELS and several and "activity" in told and len(told - {"extra", None}) > 1:
            held += end - start
            records.extend(
                Record(start, end, {name: (values[at],) for name, values in run.items() if values[at].text})
                for at in range(width)
            )
        start = max(end, start + 1)
    return Upright(labels, tuple(records)) if 2 * held > tabbed else None


def _run_together(records: Sequence[Record]) -> bool:
    """Whether most records have a line of several times with a mere blank between them: they are several, side by
    side."""
    several = 0
    for record in records:
        texts = [line.text for value in record.values.values() for line in value]
        several += any(
            text[before.end : after.start].isspace()
            for text in texts
            for before, after in pairwise(find_timescales(text))
            if before.strength == after.strength == "strong"
        )
    return 2 * several > len(records)


_REF = ""
"""Key of the column of refs that stand without a label above those of their records."""


def _refs_above(runs: Sequence[Sequence[_Label]], lines: Sequence[TextLine]) -> dict[int, int]:
    """Number of a record -> index of the line right above its first label that is nothing but its ref: "Action 1.1";
    empty where a record has none, or two have the same."""
    found: dict[int, int] = {}
    for number, run in enumerate(runs):
        above = next((at for at in range(run[0].index - 1, -1, -1) if lines[at].text), None)
        if above is not None and is_ref(lines[above].text) and not is_timescale(lines[above].text):
            found[number] = above
    texts = {lines[index].text for index in found.values()}
    return found if len(found) == len(texts) == len(runs) else {}


def said_again(records: Sequence[Record], upright: Upright, lines: Sequence[TextLine]) -> list[Furniture]:
    """The labels of all records but the first of each table, which the table's header does not hold."""
    return [
        Furniture(upright.labels[name], "column heading", Location(lines=(line, line), method="segmented"))
        for before, record in pairwise(records)
        if before.first != record.first
        for name in record.values
        if name != _REF
        for line in (lines[record.first].number,)
    ]


def table_of(records: Sequence[Record], upright: Upright, lines: Sequence[TextLine]) -> Table:
    """The table of some records, a row each, under their labels."""
    names = [name for name in upright.labels if any(name in record.values for record in records)]
    place = Location(lines=(lines[records[0].first].number, lines[records[-1].end - 1].number), method="segmented")
    header = tuple(
        Cell((Line(text, place),), 0, column, header=True, location=place)
        for column, text in enumerate(map(upright.labels.__getitem__, names))
    )
    rows: list[tuple[Cell | None, ...]] = [header]
    places = [place]
    for number, record in enumerate(records, 1):
        where = Location(lines=(lines[record.first].number, lines[record.end - 1].number), method="segmented")
        rows.append(
            tuple(
                Cell(record.values.get(name, ()), number, column, location=where) for column, name in enumerate(names)
            )
        )
        places.append(where)
    return Table(tuple(rows), header_rows=1, location=place, row_locations=tuple(places))


def _is_tabbed(lines: Sequence[TextLine]) -> bool:
    """Whether tabs part labels from values: the same words stand before a tab again and again."""
    firsts = Counter(line.text.split("\t", 1)[0] for line in lines if "\t" in line.text)
    return max(firsts.values(), default=0) >= _FEWEST_RECORDS


def _labels_alone(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> frozenset[str]:
    """The comparison keys of the labels that make up whole lines.

    The known ones come first: where one stands right above a line, that is a value, however often it comes again.
    """
    names = [key(line.text) if _may_stand_alone(line) else "" for line in lines]
    counts = Counter(name for name in names if name)
    often = [name for name, count in counts.most_common(_MOST_CANDIDATES) if count >= _FEWEST_RECORDS]
    texts = dict(zip(names, (fold(line.text) for line in lines), strict=True))
    found = {name for name in often if _is_known_label(texts[name], known)}
    least = _LEAST_SHARE * max((counts[name] for name in found), default=math.inf)
    before: dict[str, Counter[str]] = {name: Counter() for name in often}
    after: dict[str, Counter[str]] = {name: Counter() for name in often}
    filled = [name for name, line in zip(names, lines, strict=True) if line.text]
    for one, other in pairwise(filled):
        if other in before:
            before[other][one] += 1
        if one in after:
            after[one][other] += 1
    for name in often:  # the most frequent first
        if name in found or counts[name] < least or is_state(name) or is_timescale(name):
            continue
        below = sum(count for other, count in before[name].items() if other in found)
        above = sum(count for other, count in after[name].items() if other in found)
        if max(below, above) <= _SELDOM * counts[name]:
            found.add(name)
    return frozenset(found)


def _may_stand_alone(line: TextLine) -> bool:
    text = line.text
    return (
        not line.item
        and not line.heading_level
        and text[:1].isalpha()
        and not any(mark in text for mark in ("|", "\t"))
        and len(text.split()) <= _LONGEST_LABEL
        and not text.endswith((".", ",", ";"))
        and not is_labelled_group(text)
        and not is_ref(text)
    )


def _is_known_label(text: str, known: Mapping[str, Meaning]) -> bool:
    """Whether a line is a label in known words, in two languages perhaps: "Cam gweithredu / Action"."""
    if _known(text.split(), known):
        return not is_state(text)
    return "/" in text and not is_timescale(text) and lookup(text, known) is not None


# The plan's own title, which begins as a label does: "Action Plan 2025/26".
_TITLE = re.compile(r"Actions? Plan(?: \(?20\d\d(?:[\s\d()/–-]|to)*)?", re.IGNORECASE)


def _label_of(
    line: TextLine, index: int, tabbed: bool, known: Mapping[str, Meaning], labels: frozenset[str]
) -> _Label | None:
    """The label that opens a line; `labels` are those that make up whole lines."""
    if line.item or line.heading_level or not line.text[:1].isalpha() or "|" in line.text:
        return None
    cells = [fold(cell) for cell in line.text.split("\t")]
    cells = [cell for cell in cells if cell]
    if len(cells) > 2:
        return None
    words = cells[0].split()
    length = 0 if len(cells) == 2 or tabbed else _prefix(words, known)
    if length == len(words) and labels and key(cells[0]) not in labels:
        return None  # a value that is a label's words elsewhere: "On track"
    if not length:
        alone = len(cells) == 1
        if len(cells) == 2 and cells[1].startswith(_DASHES):
            return None
        if (
            len(words) > _LONGEST_LABEL
            or words[-1].endswith((":", ".", ",", ";"))
            or (alone and key(cells[0]) not in labels and not _known(words, known))
        ):
            return None
        return _Label(index, key(cells[0]), cells[0], cells[1] if len(cells) == 2 else "")
    text, value = " ".join(words[:length]), " ".join(words[length:])
    if value and is_timescale(cells[0]) and not is_timescale(value):
        return None  # "Quarter 3 2024-25" is a value
    if _TITLE.fullmatch(line.text):
        return None
    return _Label(index, key(text), text, value)


def _is_header(line: TextLine, after: TextLine | None, known: Mapping[str, Meaning]) -> bool:
    """Whether the words of a line are a table's header: two known ones at least, one after the other.

    Some may be unknown where they stand over the columns that the line below names.
    """
    words = line.text.split()
    if "/" in words[: _LONGEST_LABEL + 1] and _known(words[: words.index("/")], known):
        return _is_whole(split_header(line.text, known))  # "Gweithred / Action", in two languages
    length = _prefix(words, known)
    opens = length or _known(words[:1], known)  # "Actions we will take" is a label whose first word is one
    if not opens or length == len(words):
        return False
    columns = split_header(line.text, known)
    if _is_whole(columns):
        return True  # "Action No | Actions we will take | Target date"
    if columns and _prefix(words[length:], known):
        return True
    below = split_header(after.text, known, plan=False) if after else None
    return _is_whole(below) and split_header(line.text, known, spared=MOST_SPANNERS) is not None


def _is_whole(columns: Sequence[HeaderWord] | None) -> bool:
    """Whether a text is a header of which every name is known."""
    return columns is not None and all(column.meaning for column in columns)


def _known(words: Sequence[str], known: Mapping[str, Meaning]) -> bool:
    return is_known_name(" ".join(words), known)


def _prefix(words: Sequence[str], known: Mapping[str, Meaning]) -> int:
    """How many words that open a line are a known label: the longest."""
    for length in range(min(_LONGEST_LABEL, len(words)), 0, -1):
        if not _known(words[:length], known):
            continue
        if words[length - 1].endswith(":"):
            return 0  # "Portfolio Holder: ..." is no "Portfolio" with its value
        if words[length - 1][-1].isalnum():
            after = words[length][0] if length < len(words) else ""
            return 0 if after in _DASHES or after.islower() else length
    return 0


def _meaning(name: str, known: Mapping[str, Meaning]) -> Meaning | None:
    return known.get(name) or lookup(name, known)


def _cycle(names: Sequence[str], known: Mapping[str, Meaning]) -> tuple[str, ...]:
    """The labels of one record in their order: of all ways to cut, the one in which most records are alike.

    Where labels are left out now and then, several cuts are about as good; a ref or an action opens a record then.
    """
    found: list[tuple[int, tuple[str, ...]]] = []
    for opening in list(dict.fromkeys(names))[:_MOST_LABELS]:
        starts = [index for index, name in enumerate(names) if name == opening]
        made = Counter(tuple(dict.fromkeys(names[start:end])) for start, end in pairwise([*starts, len(names)]))
        for signature, count in made.items():
            if len(signature) >= _FEWEST_LABELS and count >= max(_FEWEST_RECORDS, _ALIKE * len(starts)):
                found.append((count * len(signature), signature))
    if not found:
        return ()
    best = max(score for score, _ in found)
    whole = [signature for score, signature in found if score == len(names) and signature[0] == names[0]]
    if whole:
        return whole[0]  # all records have the same labels
    near = [(score, signature) for score, signature in found if score >= _ABOUT_AS_GOOD * best]
    opens: dict[Meaning | None, int] = {"ref": 2, "activity": 1}
    return max(near, key=lambda one: (opens.get(_meaning(one[1][0], known), 0), one[0]))[1]


def _runs(found: Sequence[_Label], cycle: Sequence[str]) -> list[list[_Label]]:
    """The labels of each record, each once; a label that comes again within a record is text of its value."""
    runs: list[list[_Label]] = []
    for label in found:
        if label.key == cycle[0]:
            runs.append([label])
        elif runs and all(label.key != other.key for other in runs[-1]):
            runs[-1].append(label)
    return runs


def _kept(runs: Sequence[Sequence[_Label]], meanings: Mapping[str, Meaning | None]) -> frozenset[str]:
    """The labels that are believed: those of the cycle, and others that most records hold."""
    counts = Counter(label.key for run in runs for label in run)
    return frozenset(name for name, count in counts.items() if name in meanings or count >= _RECURS * len(runs))


def _varies(records: Sequence[Record], names: Sequence[str]) -> bool:
    """Whether two labels at least have values that differ from record to record: a header that is repeated over each
    table has the next header word behind each of its own."""
    differing = 0
    for name in names:
        values = [" ".join(line.text for line in record.values.get(name, ())) for record in records]
        differing += len({value for value in values if value}) >= max(3, _VARIES * len(records))
    return differing >= 2


def _are_actions(records: Sequence[Record], name: str) -> bool:
    """Whether the values of a label with unknown words are what the records are about: prose, and each another."""
    values = [" ".join(line.text for line in record.values.get(name, ())) for record in records]
    prose = sum(len(value.split()) >= _FEWEST_WORDS for value in values)
    return prose > _MOSTLY * len(values) and len(set(values)) > _MOSTLY * len(values)


def _stand_below(runs: Sequence[Sequence[_Label]], lines: Sequence[TextLine]) -> bool:
    """Whether the labels of most records stand below a text of the record's own, as those of cards do: it parts them
    from the last value of the record before."""
    own = 0
    for run, after in pairwise(runs):
        last = run[-1]
        between = sum(bool(line.text) for line in lines[last.index + 1 : after[0].index])
        own += between + bool(last.value) > 1
    return 2 * own > len(runs) - 1


def _record(
    lines: Sequence[TextLine],
    run: Sequence[_Label],
    limit: int,
    meanings: Mapping[str, Meaning | None],
    ref: int | None,
    headed: bool,
) -> Record:
    """The record of a run of labels that ends at a limit; `ref` is the index of the line above that is its ref, and
    `headed` says that a heading without a label stands above the first of all."""
    values: dict[str, tuple[Line, ...]] = {}
    if ref is not None:
        values[_REF] = (_line(fold(lines[ref].text), lines[ref]),)
    end = run[-1].index + 1
    for number, label in enumerate(run):
        last = number + 1 == len(run)
        stop = limit if last else run[number + 1].index
        if last:
            stop = end = _end_of_last(lines, label, stop, meanings.get(label.key))
            if headed and stop == limit < len(lines) and meanings.get(label.key) not in PEOPLE:
                below = (at for at in range(label.index + 1, stop) if lines[at].text)
                first = label.index + 1 if label.value else next(below, stop - 1) + 1
                stop = end = _before_heading(lines, first, stop)
        held = [_line(label.value, lines[label.index])] if label.value else []
        held.extend(_line(fold(line.text), line) for line in lines[label.index + 1 : stop] if line.text)
        values[label.key] = tuple(held)
    return Record(run[0].index if ref is None else ref, end, values)


def _end_of_last(lines: Sequence[TextLine], label: _Label, limit: int, meaning: Meaning | None) -> int:
    """Where the value of a record's last label ends: at the next paragraph, its own first one taken in.

    Further owners are of the value too, and sentences that another record follows; neither is a heading of it.
    """
    index = label.index + 1
    filled = bool(label.value)
    more = limit < len(lines)
    last = label.value
    listed = False
    while index < limit:
        line = lines[index]
        if filled and line.text:
            goes_on = _is_owner(line.text) if meaning in PEOPLE else more and _is_prose(line.text)
            in_list = line.item and (listed or last.endswith(":"))
            if is_labelled_group(line.text) or furniture_kind(line.text):
                break
            if meaning == "timescale" and is_timescale(last) and _reads_as_title(line.text):
                break
            if line.after_blank and not goes_on and not in_list:
                break
        listed, last = line.item, line.text or last
        filled = filled or line.has_text
        index += 1
    return index


def _before_heading(lines: Sequence[TextLine], first: int, limit: int) -> int:
    """Where a value ends whose last line, right above the next record, heads that: the others are headed, too."""
    filled = [index for index in range(first, limit) if lines[index].text]
    if len(filled) != 1 or len(lines[filled[0]].text.split()) > _LONGEST_LABEL or not heads_records(lines[filled[0]]):
        return limit
    return filled[0]


def _reads_as_title(text: str) -> bool:
    """Whether a line below a time may be the heading of what follows, and no further time."""
    return (
        len(text.split()) >= _FEWEST_TITLE_WORDS
        and text[:1].isupper()
        and not is_timescale(text)
        and text[-1:] not in ".;,:"
    )


_FEWEST_TITLE_WORDS = 2


def _is_owner(text: str) -> bool:
    return looks_like_owner(text) or is_member(text)


def _is_prose(text: str) -> bool:
    return text.endswith((".", "!", "?"))


def _line(text: str, line: TextLine) -> Line:
    place = Location(lines=(line.number, line.number), method="segmented")
    item = line.item
    return Line(text, place, kind="item" if item else "paragraph", marker="•" if item else "")


def upright_blocks(lines: Sequence[TextLine], upright: Upright, known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks of a text of upright tables: their records as rows, parted by the headings among them."""
    out: list[DocumentBlock] = []
    together: list[Record] = []
    start = 0
    labelled = _have_labels(lines, upright)
    for record in upright.records:
        between = [line for line in lines[start : record.first] if line.text]
        if between:
            if together:
                out.extend([table_of(together, upright, lines), *said_again(together, upright, lines)])
                together = []
            at = len(between) - 1
            while at and between[at].text.endswith(":"):
                at -= 1  # "By 2030 we will:", below the heading
            last = between[at]
            out.extend(flow(between[:at], known))
            heads = not last.heading_level and (is_group_line(last) or (not labelled and heads_records(last)))
            out.append(Heading(fold(last.text), 2, place_of(last)) if heads else block_of(last))
            out.extend(map(block_of, between[at + 1 :]))
        together.append(record)
        start = record.end
    out.extend([table_of(together, upright, lines), *said_again(together, upright, lines)])
    out.extend(flow([line for line in lines[start:] if line.text], known))
    return out


def _have_labels(lines: Sequence[TextLine], upright: Upright) -> bool:
    """Whether most headings over upright tables have a label ("Theme 2: ..."), so that other lines head nothing."""
    ends = [0, *(record.end for record in upright.records)]
    above = [
        next((line for line in reversed(lines[end : record.first]) if line.text), None)
        for end, record in zip(ends, upright.records, strict=False)
    ]
    heads = [line for line in above if line and (line.heading_level or is_group_line(line) or heads_records(line))]
    return sum(map(is_group_line, heads)) * 2 > max(len(heads), 2)
