"""Plans without tables: an action, then its labelled lines ("Lead: ...", "By when?: ...", "year - ongoing").

1. A label counts when its words are known header words; one label proves nothing, a run of different ones does.
2. What stands between two runs is the next record's own text: a ref alone on its line, its paragraphs, its items.
3. A heading opens a record where every heading of its level is followed by at most one run; else it is a group.
4. A label may stand alone on its line, without a colon, where two such labels at least occur again and again.
5. The labels of a document are the header of a table that was never drawn: one whose words are unknown is a label
   where it recurs as the known ones do, and what it means is settled by the same reasoning as a column's header.
6. Labels stand in one order in all records: text before a label that belongs further up is the next record's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from extractor.document import Heading, Line, Paragraph
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import span
from extractor.recognise.columns import ABOUT, content_of, is_ref, lookup, settle
from extractor.recognise.tables import MOST_COUNTED, Found, leading_number, leading_ref, ref_shape
from extractor.rows import PEOPLE, PlanRow, RowCell
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import PHRASES
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.roles import is_member, looks_like_owner
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale

_LABEL = re.compile(
    r"(?P<label>[^\s:–—][^:–—]{1,60}?)\s*(?::\s*[-–]?|\s[-–—]{1,2}(?=\s|$))\s*(?P<value>.*)$", re.DOTALL
)
_NUMBERED_ACTION = re.compile(
    r"(?:action|activity|task|milestone|deliverable|recommendation|commitment)\s+(?:no\.?\s*)?[A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*\s?[a-z]?\)?",
    re.IGNORECASE,
)
_NUMBER_IN_LABEL = re.compile(r"\s([A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*[a-z]?)$")
_CORE: frozenset[Meaning] = ABOUT | {"activity", "ref"}


@fixed(frozen=True, slots=True)
class Labelled:
    """One labelled line: the label as published, what it means, and the value on the same line."""

    label: str
    meaning: Meaning
    value: str

    @property
    def number(self) -> str:
        """The number within the label of an activity: "Action 3" is the third."""
        found = _NUMBER_IN_LABEL.search(self.label) if self.meaning == "activity" else None
        return found[1] if found else ""

    ref: str = ""
    """The label itself, where it is the ref of the action that it opens: "Action 1.1:"."""


def _labels_alone(parts: Sequence[Part], known: Mapping[str, Meaning], fewest_core: int = 2) -> dict[str, Meaning]:
    """The labels that stand alone on their lines, by their keys: two different ones at least, each twice, of which
    `fewest_core` say who, when or what."""
    counts: dict[str, int] = {}
    found: dict[str, Meaning] = {}
    for part in parts:
        if isinstance(part, Heading) or part.line.kind == "item" or len(part.line.text) > 50:
            continue
        words = key(part.line.text)
        meaning = known.get(words) or PHRASES.get(words)
        if meaning and meaning != "group" and part.line.text[:1].isupper() and not is_state(part.line.text):
            counts[words] = counts.get(words, 0) + 1
            found[words] = meaning
    kept = {words: meaning for words, meaning in found.items() if counts[words] >= 2}
    return kept if len(kept) >= 2 and len(set(kept.values()) & _CORE) >= fewest_core else {}


def read_label(line: Line, known: Mapping[str, Meaning], alone: Mapping[str, Meaning] | None = None) -> Labelled | None:
    """The label that opens a line and its value, or None where no known label does.

    `alone` are the labels (comparison key -> meaning) that may make up a whole line.
    """
    if alone and (meaning := alone.get(key(line.text))):
        return Labelled(_bare(line.text), meaning, "")
    if line.label and line.text.startswith(line.label):
        label = line.label.strip().rstrip(":–—- ").strip()
        meaning = lookup(label, known) if label else None
        if meaning and meaning != "group":
            value = line.text[len(line.label) :].lstrip(":–—- ").strip()
            return Labelled(label, meaning, value)
    match = _LABEL.match(line.text)
    if not match:
        return None
    label = match["label"].strip()
    if len(label.split()) > 8 or not (label[0].isupper() or ":" not in line.text) or _leaves_open(label):
        return None
    numbered = _NUMBERED_ACTION.match(label)
    if numbered and numbered.end() == len(label):
        return Labelled(label, "activity", match["value"].strip(), label)
    if numbered or _is_lead_in(label, match["value"], known):
        return None
    meaning = lookup(label, known)
    if meaning is None or meaning == "group":
        return None
    return Labelled(label, meaning, match["value"].strip())


def _leaves_open(label: str) -> bool:
    """Whether a bracket opens in what would be a label, which is an action's text then: "Open the pool (Lead"."""
    return label.rfind("(") > label.rfind(")")


_LONGEST_WITHOUT_VALUE = 3  # words


def _is_lead_in(label: str, value: str, known: Mapping[str, Meaning]) -> bool:
    """Whether what a colon ends is a sentence over its list, and no label: "Update the progress statement, with:"."""
    words = key(label)
    return not value.strip() and len(label.split()) > _LONGEST_WITHOUT_VALUE and words not in {*known, *PHRASES}


_WHO_AND_WHEN = frozenset(("timescale", *PEOPLE))
_LONGEST_LABEL = 8  # words
_LEAST_SHARE = 0.3
"""A label with unknown words recurs at least so often, beside the most frequent known one."""
_LEAST_SHARE_ALONE = 0.4
_LEAST_COUNT_ALONE = 3


@fixed(frozen=True, slots=True)
class Labels:
    """The labels of a document: comparison key -> meaning, and the doubts about those that content decided."""

    known: Mapping[str, Meaning]
    doubts: tuple[Doubt, ...] = ()


def learn_labels(parts: Sequence[Part], known: Mapping[str, Meaning], role_words: Sequence[str] = ()) -> Labels:
    """The labels by which a document parts its records, with those whose words are in no list.

    `known` is what header words mean beyond the vocabulary, such as a profile's; `role_words` are a profile's too.
    """
    marked: dict[str, list[str]] = {}
    alone: dict[str, list[int]] = {}
    for index, part in enumerate(parts):
        if isinstance(part, Heading):
            continue
        following = parts[index + 1] if index + 1 < len(parts) else None
        if isinstance(following, Heading) and part.line.text.endswith(":"):
            continue  # "By 2030 we will:" over the headings of actions
        if label := _marked_label(part.line):
            marked.setdefault(key(label), []).append(label)
        elif _may_stand_alone(part.line):
            alone.setdefault(key(part.line.text), []).append(index)
    names = {words: labels[0] for words, labels in marked.items()}
    often = max((len(found) for words, found in marked.items() if _core(names[words], known)), default=0)
    for words, indexes in alone.items():
        if (
            words not in names
            and _core(_bare(_text_of(parts[indexes[0]])), known)
            and len(indexes) >= _LEAST_COUNT_ALONE
        ):
            often = max(often, len(indexes))
    if often < 2:
        return Labels(known)
    taken = {
        words: label
        for words, label in names.items()
        if len(marked[words]) >= max(2, _LEAST_SHARE * often)
        or (lookup(label, known) and not (len(marked[words]) == 1 and _is_lead_in(label, "", known)))
    }
    taken.update(_labels_by_recurrence(parts, alone, taken, often))
    trial: dict[str, Meaning] = {**known, **{words: lookup(label, known) or "extra" for words, label in taken.items()}}
    order: dict[str, list[str]] = {}
    own: list[str] = []
    # One label of known words is enough to look at what stands below the others.
    for run in _runs(parts, trial, _labels_alone(parts, trial, 1)):
        if len(run.labelled) >= 2:
            own.append(" ".join(map(_text_of, run.own)))
            for one, lines in run.labelled:
                order.setdefault(key(one.label), []).append(" ".join(line.text for line in lines))
    texts = {words: values for words, values in order.items() if words in taken and trial[words] != "group"}
    headers = [taken[words] for words in texts]
    contents = [content_of(values, role_words=frozenset(map(key, role_words))) for values in texts.values()]
    meanings = [lookup(header, known) for header in headers]
    if "activity" not in meanings:  # the record's own text is the action
        headers, contents, meanings = [*headers, ""], [*contents, content_of(own)], [*meanings, "activity"]
    settled, doubts = settle(tuple(headers), meanings, contents)
    return Labels({**trial, **dict(zip(texts, settled, strict=False))}, doubts)


def _core(label: str, known: Mapping[str, Meaning]) -> bool:
    return lookup(label, known) in ABOUT


def _bare(label: str) -> str:
    """A label that stands alone on its line, without its colon."""
    return label.strip().rstrip(":").strip()


def _text_of(part: Part) -> str:
    return part.text if isinstance(part, Heading) else part.line.text


def _marked_label(line: Line) -> str:
    """The label that a line's make shows, in bold, as a term or before a colon; empty where there is none."""
    if line.label and line.text.startswith(line.label):
        label = line.label.strip().rstrip(":–—- ").strip()
    else:
        match = _LABEL.match(line.text)
        label = match["label"].strip() if match and ":" in line.text[: match.start("value")] else ""
    fits = label and label[0].isupper() and len(label.split()) <= _LONGEST_LABEL and not _leaves_open(label)
    return label if fits and not is_ref(label) and not is_labelled_group(label) else ""


_WANTING = frozenset(["of", "for", "and", "the", "&"])
"""What a title that a narrow column breaks ends with, and no label: "Assistant Director of"."""


def _may_stand_alone(line: Line) -> bool:
    text = line.text.strip()
    return (
        line.kind == "paragraph"
        and len(text) <= 50
        and len(text.split()) <= _LONGEST_LABEL
        and text[:1].isupper()
        and text[-1:] not in ".;,"
        and text.rpartition(" ")[2] not in _WANTING
        and not is_ref(text)
        and not is_state(text)
        and not is_timescale(text)
    )


def _labels_by_recurrence(
    parts: Sequence[Part], alone: Mapping[str, list[int]], taken: Mapping[str, str], often: int
) -> dict[str, str]:
    """Labels alone on their lines: they recur, and unlike values that recur they follow no other label."""
    places = {
        words: indexes
        for words, indexes in alone.items()
        if words not in taken and len(indexes) >= max(_LEAST_COUNT_ALONE, _LEAST_SHARE_ALONE * often)
    }
    found: dict[str, str] = {}
    # The surest first: whether a line follows a label is known when the labels before it are.
    for words in sorted(places, key=lambda words: (lookup(words, {}) is None, looks_like_owner(words))):
        after_label = sum(
            1
            for index in places[words]
            if index and (before := key(_text_of(parts[index - 1]))) and (before in found or before in taken)
        )
        if after_label < 0.2 * len(places[words]) and not is_labelled_group(_text_of(parts[places[words][0]])):
            found[words] = _bare(_text_of(parts[places[words][0]]))
    return found


_INNER_LABEL = re.compile(r"(?:^|(?<=\s))(?P<label>[A-Z][a-z]*(?: [A-Za-z]+){0,3})\s?:\s+")


def _cut(label: Labelled, known: Mapping[str, Meaning]) -> list[Labelled]:
    """The label, and those that follow it on the same line: "Start date: June 2024 End date: March 2025"."""
    found = [label]
    for match in _INNER_LABEL.finditer(label.value):
        words = match["label"].split()
        for start in range(len(words)):  # the value's last words may stand before the label: "June End date: May"
            name = " ".join(words[start:])
            meaning = known.get(key(name)) or PHRASES.get(key(name))
            if meaning in _CORE and name[0].isupper() and meaning != found[-1].meaning:
                begin = match.end("label") - len(name)
                last = found.pop()
                offset = len(label.value) - len(last.value)
                found.append(replace(last, value=last.value[: begin - offset].rstrip(" |;,·•-–")))
                found.append(Labelled(name, meaning, label.value[match.end() :]))
                break
    return found


Part = Heading | Paragraph


@dataclass
class _Run:
    """One record in the making: what stands before its labelled lines, and those lines."""

    own: list[Part] = field(default_factory=list)
    labelled: list[tuple[Labelled, list[Line]]] = field(default_factory=list)
    bare: bool = False
    """A record of which nothing is said."""
    doubts: list[Doubt] = field(default_factory=list)

    def is_record(self) -> bool:
        """Whether it is a record: something is said of it that plans say of actions, or its text is one."""
        return self.bare or bool(self.meanings() & _CORE)

    def meanings(self) -> set[Meaning]:
        return {label.meaning for label, _ in self.labelled}


def has_labelled_records(parts: Sequence[Part], known: Mapping[str, Meaning]) -> bool:
    """Whether labelled lines make up records here: two runs of labels, or one of three different ones."""
    runs = [run for run in _runs(parts, known) if len(run.meanings() & _CORE) >= 1 and len(run.labelled) >= 2]
    strong = [run for run in runs if len(run.meanings() & _CORE) >= 2]
    return (
        len(strong) >= 2 or (len(runs) >= 3 and bool(strong)) or any(len(run.meanings() & _CORE) >= 3 for run in runs)
    )


def _runs(
    parts: Sequence[Part], known: Mapping[str, Meaning], alone: Mapping[str, Meaning] | None = None
) -> list[_Run]:
    """The parts cut into runs: a new one begins where text without a label follows labelled lines.

    Text after a label without a value on its line belongs to the label ("Lead" and then a list of leads).
    """
    alone = _labels_alone(parts, known) if alone is None else alone
    labels = [None if isinstance(part, Heading) else read_label(part.line, known, alone) for part in parts]
    labels = [
        None if label and label.ref and _heads_others(parts, labels, index) else label
        for index, label in enumerate(labels)
    ]
    order = _order_of(labels)
    runs: list[_Run] = []
    run = _Run()
    for index, part in enumerate(parts):
        if isinstance(part, Heading):
            if run.labelled:
                runs.append(run)
                run = _Run()
            run.own.append(part)
            continue
        label = labels[index]
        if label is not None and run.labelled and _is_value(part, label, alone, *run.labelled[-1]):
            run.labelled[-1][1].append(part.line)
            continue
        if label is not None:
            again = label.meaning in ("activity", "ref") and label.meaning in run.meanings()
            starts_over = run.labelled and (again or (label.ref and run.own))
            if starts_over:
                runs.append(run)
                run = _Run()
            for one in _cut(label, known):
                breaks = _breaks_in(part.line, one.value)
                plain = replace(part.line, text=one.value, label="", kind="paragraph", marker="", breaks=breaks)
                run.labelled.append((one, [plain] if one.value else []))
            continue
        if run.labelled:
            last, lines = run.labelled[-1]
            nested = part.line.kind == "item" and part.line.level > 0
            opens = not last.value and (not lines or (part.line.kind == "item" and not _is_frame(part.line.text)))
            place = part.line.location
            same = bool(lines) and bool(place.path or place.lines) and place == lines[-1].location
            if (
                opens
                or nested
                or same
                or part.line.more
                or _is_more_text(part, run)
                or (
                    (key(last.label) in alone or _may_be_more(part.line, last, parts, labels, index, order))
                    and _goes_on(parts, labels, index, run, order)
                )
            ):
                lines.append(part.line)
                continue
            runs.append(run)
            run = _Run()
        run.own.append(part)
    if run.own or run.labelled:
        runs.append(run)
    return runs


def _give_back(runs: Sequence[_Run], refs: _Refs, levels: Collection[int]) -> None:
    """Gives the paragraphs that stand before a record's ref, or its text where there are no refs, to the last value of
    the record before.

    Only where the paragraphs are what such values are: dates, prose, or a further owner. `levels`: those of the
    headings that records open with.
    """
    records = [run for run in runs if run.labelled or run.bare]
    if not refs:
        _give_back_sentences(runs)
    places = [refs.place_in(run) if refs else _place_of_text(run, levels) for run in records]
    first = bool(refs) and places.count(0) * 2 > len(records)
    said: dict[str, set[str]] = {}
    for run in records:
        for label, lines in run.labelled:
            said.setdefault(label.label, set()).update(line.text for line in lines)
    opening = Counter(_text_of(run.own[0]) for run, place in zip(records, places, strict=True) if place)
    headed = sum(any(map(_is_group, run.own[:place])) for run, place in zip(records, places, strict=True) if place)
    marked = headed >= _FEWEST_HEADED
    for before, run, place in zip(records, records[1:], places[1:], strict=False):
        if not place or not before.labelled or not before.labelled[-1][1]:
            continue
        label, lines = before.labelled[-1]
        if label.meaning in PEOPLE:
            is_more = _may_be_owner if marked else _is_owner
        elif label.meaning in ("progress", "extra") and first:
            is_more = _is_sentence
        elif label.meaning == "timescale":
            is_more = _is_time
        else:
            continue
        given = _first_lines(run.own[:place], is_more, said[label.label])
        if len(given) == place or _is_group(run.own[len(given)]) or all(opening[line.text] > 1 for line in given):
            for line in given if label.meaning in PEOPLE else ():
                sure = _is_owner(line) and (marked or bool(refs))
                if not (sure or line.text in said[label.label] or opening[line.text] > 1):
                    message = f'"{line.text}" may be another of those named above it, or a heading of what is below.'
                    _doubt_border(message, line, (before, label.meaning), (run, "group_id"))
            lines.extend(given)
            said[label.label].update(line.text for line in given)
            del run.own[: len(given)]
    _give_back_behind_last(runs, said)


def _give_back_behind_last(runs: Sequence[_Run], said: Mapping[str, Collection[str]]) -> None:
    """Gives the last of all records what stands right behind its last value and is said of others too, under that
    label; and a sentence of progress on the very next line."""
    if len(runs) < 2 or runs[-1].labelled or not runs[-2].labelled:
        return
    label, lines = runs[-2].labelled[-1]
    if not lines or label.meaning not in (*PEOPLE, "progress", "extra"):
        return
    ends = (lines[-1].location.lines or (0, 0))[1]

    def goes_on(line: Line) -> bool:
        begins = (line.location.lines or (0, 0))[0]
        return label.meaning not in PEOPLE and _is_sentence(line) and begins == ends + 1

    given = _first_lines(runs[-1].own, goes_on, said[label.label])
    lines.extend(given)
    del runs[-1].own[: len(given)]


_FEWEST_HEADED = 2
"""So many headings with a label, or that the source marks, show that a plan has such headings and no others."""

_UNSTOPPED = 0.8
"""Of the actions, where the full stop at the end of a sentence shows that it is none."""


def _give_back_sentences(runs: Sequence[_Run]) -> None:
    """The same where records open with no refs: a sentence that comes again before the texts of several is no action,
    nor is it after the last; nor is one with a full stop above an action without, where actions have none, or above a
    heading, or a label that the action stands behind."""
    opening = Counter(_text_of(run.own[0]) for run in runs if len(run.own) > bool(run.labelled))
    actions = [_text_of(run.own[-1]) for run in runs if run.own and run.labelled]
    usual = _usual_paragraphs(runs)
    unstopped = sum(not text.endswith(".") for text in actions) > _UNSTOPPED * len(actions)
    for before, run in pairwise(runs):
        behind = bool(run.labelled) and run.labelled[0][0].meaning in ("ref", "activity")
        if not before.labelled or len(run.own) <= (bool(run.labelled) and not behind):
            continue
        label, lines = before.labelled[-1]
        part = run.own[0]
        if not isinstance(part, Paragraph) or not lines or label.meaning not in ("progress", "extra"):
            continue
        stopped = part.line.text.endswith(".") and not _text_of(run.own[-1]).endswith(".")
        if not _is_sentence(part.line):
            continue
        above_heading = len(run.own) > 1 and isinstance(run.own[1], Heading)
        if behind or above_heading or opening[part.line.text] > 1 or (unstopped and stopped):
            lines.append(part.line)
            del run.own[0]
        elif sum(map(_is_own_paragraph, run.own)) > usual:
            message = f'"{part.line.text}" may belong to what is said above it, or to the action below.'
            _doubt_border(message, part.line, (before, label.meaning), (run, "activity"))


def _doubt_border(message: str, line: Line, *fields: tuple[_Run, str]) -> None:
    """Doubts the fields of records between which a line may be on either side."""
    for run, name in fields:
        run.doubts.append(Doubt("border-inferred", message, name, line.location))


def _first_lines(parts: Sequence[Part], is_more: Callable[[Line], bool], said: Collection[str]) -> list[Line]:
    """The lines of the paragraphs that some parts begin with, as far as they go on with a value.

    `said` are values of the same label, which others of its values may be.
    """
    lines = [part.line if isinstance(part, Paragraph) else None for part in parts]
    flowing = takewhile(lambda line: line is not None and (line.text in said or is_more(line)), lines)
    return [line for line in flowing if line is not None]


def _is_group(part: Part) -> bool:
    return isinstance(part, Heading) or is_labelled_group(part.line.text)


def _is_owner(line: Line) -> bool:
    """Whether a paragraph names one more owner, and is no heading by its label."""
    return line.kind == "paragraph" and _names_owner(line.text) and not is_labelled_group(line.text)


def _may_be_owner(line: Line) -> bool:
    """Whether a paragraph is one more owner by its wording, or could be where headings are marked as such."""
    text = line.text
    short = text[:1].isupper() and text[-1:] not in ".:;,!?" and len(text.split()) <= _LONGEST_LABEL
    return _is_owner(line) or (
        line.kind == "paragraph"
        and short
        and not (is_labelled_group(text) or leading_ref(text) or is_timescale(text) or furniture_kind(text))
    )


def _is_time(line: Line) -> bool:
    """Whether a paragraph is a time of completion and nothing else."""
    return line.kind == "paragraph" and is_timescale(line.text)


def _names_owner(text: str) -> bool:
    return looks_like_owner(text) or (is_member(text) and len(text.split()) <= _LONGEST_LABEL)


@fixed(frozen=True, slots=True)
class _Refs:
    """The refs that records open with: their usual shape, or bare numbers that count the records on."""

    shape: str = ""
    counted: Mapping[str, str] = field(default_factory=dict)
    """The texts that such numbers open, and the numbers."""

    def __bool__(self) -> bool:
        return bool(self.shape)

    def of(self, part: Part) -> str:
        """The ref that a part opens with; empty where it opens with none."""
        text = _text_of(part)
        ref = self.counted.get(text) or leading_ref(text)
        return ref if ref and ref_shape(ref) == self.shape else ""

    def place_in(self, run: _Run) -> int | None:
        """Which of a record's own parts opens with its ref; None where none does."""
        places = [index for index, part in enumerate(run.own) if _may_open(part) and self.of(part)]
        return places[-1] if places else None


def _may_open(part: Part) -> bool:
    """Whether a part may open a record: list items do not."""
    return isinstance(part, Heading) or part.line.kind == "paragraph"


def _usual_refs(runs: Sequence[_Run]) -> _Refs:
    """The refs that the texts of most records open with."""
    records = [run for run in runs if run.labelled]
    shapes = Counter(
        shape for run in records for shape in {ref_shape(leading_ref(_text_of(part))) for part in run.own} if shape
    )
    shape, count = max(shapes.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return _Refs(shape) if 2 * count > len(records) else _counted_refs(records)


def _counted_refs(records: Sequence[_Run]) -> _Refs:
    """The bare numbers that open nearly all records, counting them on from the first: "1 Open the pool"."""
    counted: dict[str, str] = {}
    for run in records:
        for part in run.own:
            number = leading_number(_text_of(part))
            if _may_open(part) and number == str(len(counted) + 1):
                counted[_text_of(part)] = number
    opened = sum(any(_text_of(part) in counted for part in run.own) for run in records)
    return _Refs("0", counted) if len(records) > 1 and opened >= MOST_COUNTED * len(records) else _Refs()


def _place_of_text(run: _Run, levels: Collection[int]) -> int | None:
    """Which of the own parts of a record without a ref its text begins with: a heading of one of the `levels` of
    records, else its last paragraph; None where a label has it."""
    if not run.labelled or "activity" in run.meanings():
        return None
    opening = [index for index, part in enumerate(run.own) if isinstance(part, Heading) and part.level in levels]
    paragraphs = [index for index, part in enumerate(run.own) if _is_own_paragraph(part)]
    return max(opening or paragraphs, default=None)


def _is_sentence(line: Line) -> bool:
    """Whether a paragraph is a whole sentence, and no furniture of a page."""
    return line.kind == "paragraph" and line.text.endswith((".", "!", "?")) and not furniture_kind(line.text)


def _heads_others(parts: Sequence[Part], labels: Sequence[Labelled | None], index: int) -> bool:
    """Whether "Commitment 1 – Homes" is a heading: what follows is the text of an action, and nothing said of it."""
    part, after = parts[index], parts[index + 1] if index + 1 < len(parts) else None
    if not isinstance(part, Paragraph) or not is_labelled_group(part.line.text) or after is None:
        return False
    return labels[index + 1] is None and (isinstance(after, Heading) or _is_own_paragraph(after))


def _breaks_in(line: Line, value: str) -> tuple[int, ...]:
    """Where lines of print end in a value that the text of a line holds behind its label."""
    start = line.text.rfind(value) if line.breaks and value else -1
    return tuple(at - start for at in line.breaks if start < at < start + len(value)) if start >= 0 else ()


def _is_value(
    part: Paragraph, label: Labelled, alone: Mapping[str, Meaning], last: Labelled, lines: Sequence[Line]
) -> bool:
    """Whether what reads as a label opens the value of the label on the line before.

    "Portfolio Holder" is followed by "Portfolio Holder – Finance"; where labels stand alone on their lines, all that a
    dash parts below one is its value: "Led by", and then "Strategic Lead - Road Safety", once more for other people.
    """
    if last.value or not label.value or (lines and last.meaning not in PEOPLE):
        return False
    if not lines and key(label.label) == key(last.label):
        return True
    dash = part.line.text[len(label.label) :].lstrip()[:1]
    return key(last.label) in alone and not part.line.label and dash in _DASHES


_DASHES = ("-", "–", "—")


def _is_more_text(part: Paragraph, run: _Run) -> bool:
    """Whether a part goes on with the text of a labelled action of which nothing else has been said yet: a list item,
    or a note or link in brackets."""
    bracket = part.line.kind == "paragraph" and bool(_BRACKET.fullmatch(part.line.text))
    alone = not run.own or is_ref(_text_of(run.own[-1]))
    return run.meanings() <= {"activity", "ref"} and (bracket or (part.line.kind == "item" and alone))


def _is_frame(text: str) -> bool:
    """Whether an item is a link of the page around the plan, as the last value is often followed by the footer."""
    return furniture_kind(text) in ("navigation", "footer", "share links", "back link")


_MOST_GOING_ON = 3  # paragraphs of a value after its first
_MOST_LABELS = 24  # of one record


def _goes_on(parts: Sequence[Part], labels: Sequence[Labelled | None], index: int, run: _Run, order: _Order) -> bool:
    """Whether a paragraph belongs to the label before it: the next label is near, and the run lacks it still."""
    for other in range(index, min(index + _MOST_GOING_ON + 1, len(parts))):
        part = parts[other]
        if isinstance(part, Heading):
            return False
        label = labels[other]
        if label is not None:
            held = {key(one.label) for one, _ in run.labelled}
            return (
                label.meaning not in ("activity", "ref")
                and key(label.label) not in held
                and not order.precedes(key(label.label), key(run.labelled[-1][0].label))
            )
        if is_labelled_group(part.line.text):
            return False
    return False


def _may_be_more(
    line: Line, last: Labelled, parts: Sequence[Part], labels: Sequence[Labelled | None], index: int, order: _Order
) -> bool:
    """Whether a paragraph may be one more value of the label before it, a person, a time or a sentence of progress: it
    has no ref of its own, and the next label is one that stands below that label in other records."""
    text = line.text
    if line.kind != "paragraph" or leading_ref(text):
        return False
    if last.meaning in PEOPLE:
        fits = text[:1].isupper() and text[-1:] not in ".:" and len(text.split()) <= _LONGEST_LABEL
    elif last.meaning == "timescale":
        fits = is_timescale(text)
    else:
        fits = last.meaning in ("progress", "extra") and _is_sentence(line)
    after = next((label for label in labels[index : index + _MOST_GOING_ON + 1] if label is not None), None)
    return fits and after is not None and order.precedes(key(last.label), key(after.label))


_FEWEST_IN_ORDER = 2
"""So many records at least show which of two labels stands first."""


@fixed(frozen=True, slots=True)
class _Order:
    """How often one label (comparison key) stands before another in a record."""

    counts: Mapping[tuple[str, str], int]

    def precedes(self, one: str, other: str) -> bool:
        """Whether the first label stands above the second in a record, by what most records show."""
        before, after = self.counts.get((one, other), 0), self.counts.get((other, one), 0)
        return before >= _FEWEST_IN_ORDER and before > 2 * after


def _order_of(labels: Sequence[Labelled | None]) -> _Order:
    """The order of labels in a record: that of each two with nothing but short values between them, one paragraph a
    label, so that no record's own text can stand there."""
    counts: Counter[tuple[str, str]] = Counter()
    held: list[str] = []
    between = 0
    for label in labels:
        if label is None:
            between += 1
            continue
        name = key(label.label)
        if name in held or between > 1:
            held = []
        counts.update((before, name) for before in held)
        held = [*held, name][-_MOST_LABELS:]
        between = int(bool(label.value))
    return _Order(counts)


def read_labelled(parts: Sequence[Part], labels: Labels, found: Found) -> None:
    """Adds the records of a plan in list form to what was found; headings among them open groups."""
    runs = _runs(parts, labels.known)
    refs = _usual_refs(runs)
    record_levels = _record_levels(runs)
    _take_states(runs, found)
    runs = _with_bare_records(runs, record_levels, refs, found)
    _give_back(runs, refs, record_levels)
    found.doubts.extend(doubt for doubt in labels.doubts if doubt not in found.doubts)
    paragraphs = _usual_paragraphs(runs)
    columns = _usual_columns(runs)
    numbered = not refs and _are_numbered(runs)
    _part_from_prose(runs, found)
    _pass_on_headings(runs, record_levels)
    for run in runs:
        if not run.is_record():
            for part in run.own:
                _claim_around(part, found)
            for label, lines in run.labelled:
                found.ledger.claim(label.label, "prose", span(line.location for line in lines))
                for line in lines:
                    found.ledger.claim(line.text, "prose", line.location)
            continue
        own = _open_groups(run, record_levels, paragraphs, refs, found)
        _add_row(own, run, columns, numbered, found)


_MOSTLY = 0.6
"""Of the records, where a state alone on a line is the status of each."""


def _take_states(runs: Sequence[_Run], found: Found) -> None:
    """Makes the states that stand alone above or below the titles of most cards, as badges do, their status."""
    records = [run for run in runs if run.labelled]
    badges = [[part for part in run.own if isinstance(part, Paragraph) and is_state(part.line.text)] for run in records]
    held = sum(len(own) == 1 for own in badges)
    if held < 2 or held < _MOSTLY * len(records) or any("status" in run.meanings() for run in records):
        return
    for run, own in zip(records, badges, strict=True):
        if len(own) == 1:
            run.own = [part for part in run.own if part is not own[0]]
            run.labelled.append((Labelled("", "status", own[0].line.text), [replace(own[0].line, label="")]))
    message = "The states that stand alone at the titles of the actions are read as their status."
    found.doubts.append(Doubt("column-inferred", message, "status"))


_LIST_NUMBER = re.compile(r"\d{1,3}[.)]")


def _are_numbered(runs: Sequence[_Run]) -> bool:
    """Whether the records are the items of a numbered list that counts all of them on, so that its numbers, which a
    page shows without writing them, are their refs."""
    first = [part.line for run in runs if run.is_record() and (part := _first_item(run)) is not None]
    numbers = [line.marker for line in first if _LIST_NUMBER.fullmatch(line.marker)]
    return len(numbers) > 1 and len(set(numbers)) == len(numbers) == sum(run.is_record() for run in runs)


def _part_from_prose(runs: Sequence[_Run], found: Found) -> None:
    """Takes away the paragraphs above the list whose items are the records: they stand above the first of them only."""
    records = [run for run in runs if run.is_record() and _first_item(run) is not None]
    above = [next(index for index, part in enumerate(run.own) if part is _first_item(run)) for run in records]
    bare = sum(
        all(isinstance(part, Heading) for part in run.own[:count]) for run, count in zip(records, above, strict=True)
    )
    if len(records) < sum(run.is_record() for run in runs) or 2 * bare <= len(records):
        return
    for run, count in zip(records, above, strict=True):
        prose = [part for part in run.own[:count] if isinstance(part, Paragraph)]
        if not any(found.labelled(part.line.text) for part in prose):
            for part in prose:
                _claim_around(part, found)
            run.own = [part for part in run.own if not any(part is other for other in prose)]


def _pass_on_headings(runs: Sequence[_Run], levels: Collection[int]) -> None:
    """Gives the heading over prose that reads as labelled, such as "Barrier: ...", to the record below that opens with
    a heading or a ref of its own: it stands over that, too."""
    pairs = [(prose, run) for prose, run in pairwise(runs) if not prose.is_record() and run.is_record()]
    pairs = [(prose, run) for prose, run in pairs if prose.own and prose.labelled and run.own]
    labels = Counter(key(prose.labelled[0][0].label) for prose, _ in pairs if _reads_as_title(prose.own[-1]))
    for prose, run in pairs:
        over, opening = prose.own[-1], run.own[0]
        if isinstance(over, Heading) and isinstance(opening, Heading):
            passes = opening.level in levels and 1 < over.level < opening.level
        else:  # a text that has lost its headings
            again = labels[key(prose.labelled[0][0].label)] >= _FEWEST_HEADED
            passes = again and is_ref(_text_of(opening)) and _reads_as_title(over)
        if passes:
            run.own.insert(0, prose.own.pop())


def _first_item(run: _Run) -> Paragraph | None:
    return next((part for part in run.own if isinstance(part, Paragraph) and part.line.kind == "item"), None)


def _with_bare_records(runs: Sequence[_Run], levels: Collection[int], usual: _Refs, found: Found) -> list[_Run]:
    """The runs, and one for each action of which nothing is said: the next begins right behind its text.

    Where records open with their `usual` refs, by a ref that the sequence lacks; else by a heading of one of the
    `levels` of records that is a sentence.
    """
    places = [usual.place_in(run) for run in runs]
    refs = ["" if place is None else usual.of(run.own[place]) for run, place in zip(runs, places, strict=True)]
    used = frozenset(refs)
    last, parted = "", []
    for run, place, ref in zip(runs, places, refs, strict=True):
        begun = 0
        for index in range(len(run.own) - 1 if run.labelled else 0):
            part, following = run.own[index], run.own[index + 1]
            if isinstance(part, Heading) and (part.level not in levels or found.labelled(part.text)):
                continue
            if usual:
                mine = usual.of(part) if place is not None and index < place else ""
                bare = bool(mine) and mine not in used and _lies_between(last, mine, ref)
                last = mine if bare else last
            else:
                alike = isinstance(part, Heading) and isinstance(following, Heading) and following.level == part.level
                bare = alike and not _reads_as_title(part)
            if bare:
                parted.append(_Run(run.own[begun : index + 1], bare=True))
                begun = index + 1
        parted.append(replace(run, own=run.own[begun:]))
        last = ref or last
    return parted


def _lies_between(before: str, ref: str, after: str) -> bool:
    """Whether a ref is the next after one, or the last before another, of the same parent.

    >>> _lies_between("1.1", "1.2", "1.3"), _lies_between("1.7", "2.1", "2.2"), _lies_between("7", "2", "8")
    (True, True, False)
    """
    (one, this), (two, last), (three, following) = (_counted(text) for text in (ref, before, after))
    return (one == two and this == last + 1) or (one == three and this == following - 1)


def _counted(ref: str) -> tuple[str, int]:
    """What a ref begins with, and the number that it ends with; -9 without one."""
    match = re.fullmatch(r"(.*?)(\d+)\W*", ref)
    return (match[1], int(match[2])) if match else (ref, -9)


def _usual_columns(runs: Sequence[_Run]) -> frozenset[Meaning]:
    """What most records say of whom and when: a record that lacks such a label has an empty cell there."""
    records = [meanings for run in runs if (meanings := run.meanings()) & _CORE]
    counts = Counter(meaning for meanings in records for meaning in meanings & _WHO_AND_WHEN)
    return frozenset(meaning for meaning, count in counts.items() if count > 0.5 * len(records))


def _claim_around(part: Part, found: Found) -> None:
    if isinstance(part, Heading):
        kind = "heading" if found.labelled(part.text) else "prose"
        if kind == "heading":
            found.open_group(part.text, part.location, part.level)
        found.ledger.claim(part.text, kind, part.location)
        return
    text = part.line.text
    found.ledger.claim(
        text, f"furniture: {furniture}" if (furniture := furniture_kind(text)) else "prose", part.line.location
    )


def _record_levels(runs: Sequence[_Run]) -> set[int]:
    """Heading levels whose headings open records: each is followed by one run at the most.

    A long text may be too long for a heading, and is a bold paragraph: what opens with that has no heading.
    """
    bold = {id(run) for run in runs if run.labelled and run.own and _is_bold(run.own[0])}
    if 2 * len(bold) > sum(bool(run.labelled) for run in runs):
        bold = set()
    followed: dict[int, list[int]] = {}
    current: dict[int, int] = {}
    for run in runs:
        for part in run.own:
            if isinstance(part, Heading):
                for level in [level for level in current if level >= part.level]:
                    followed.setdefault(level, []).append(current.pop(level))
                current[part.level] = 0
        if run.labelled and id(run) not in bold:
            for level in current:
                current[level] += 1
    for level, count in current.items():
        followed.setdefault(level, []).append(count)
    deepest = max(followed, default=0)
    return {
        level
        for level, counts in followed.items()
        if level == deepest and sum(counts) >= 2 and max(counts) <= 1 and (len(counts) >= 3 or level > 2)
    }


def _is_bold(part: Part) -> bool:
    return isinstance(part, Paragraph) and part.line.bold and _is_own_paragraph(part)


def _is_own_paragraph(part: Part) -> bool:
    """Whether a part is a paragraph of an action's own text: neither its ref nor a note or link in brackets."""
    if not isinstance(part, Paragraph) or part.line.kind != "paragraph":
        return False
    text = part.line.text
    return not is_ref(text) and not _BRACKET.fullmatch(text)


_BRACKET = re.compile(r"[(\[].*[)\]]\.?", re.DOTALL)


def _usual_paragraphs(runs: Sequence[_Run]) -> int:
    """How many paragraphs a record's own text has in most runs: tells a heading that is a mere paragraph."""
    counts = [sum(map(_is_own_paragraph, run.own)) for run in runs if run.labelled]
    return max(set(counts), key=lambda count: (counts.count(count), -count)) if counts else 1


def _open_groups(run: _Run, record_levels: set[int], usual: int, refs: _Refs, found: Found) -> list[Line]:
    """Opens the groups among a run's own parts; returns the record's own lines.

    `refs`: those that records open with, before which nothing is the record's own.
    """
    own = run.own
    whole = "activity" not in run.meanings()  # the last of its own parts is the action itself
    last_title = -1  # index of the last part that cannot be the record's own
    last_heading = max((index for index, part in enumerate(own) if isinstance(part, Heading)), default=-1)
    furniture: set[int] = set()
    for index, part in enumerate(own):
        if isinstance(part, Heading):
            opens_record = part.level in record_levels and index == last_heading and not found.labelled(part.text)
            if not (opens_record or is_ref(part.text)):
                last_title = index
        elif found.labelled(part.line.text) and (index < len(own) - 1 or not whole):
            last_title = index
        elif (kind := furniture_kind(part.line.text)) and not is_ref(part.line.text) and kind != "page number":
            furniture.add(index)
    paragraphs = [
        index
        for index, part in enumerate(own)
        if index > last_title and _is_own_paragraph(part) and index not in furniture
    ]
    usual = max(int(whole), usual)
    if len(paragraphs) > usual and _reads_as_title(own[paragraphs[-usual - 1]]):
        last_title = max(last_title, paragraphs[-usual - 1])
    ref_index = refs.place_in(run)
    if ref_index is not None:
        last_title = ref_index - 1
        while last_title > last_heading and _is_sentence_part(own[last_title], found):
            last_title -= 1  # what a heading says of the actions below it
    elif whole and last_title == last_heading >= 0 and _is_action(own, last_heading, found):
        last_title -= 1
    lines: list[Line] = []
    for index, part in enumerate(own):
        if index in furniture or (ref_index is not None and last_title < index < ref_index):
            _claim_around(part, found)
        elif index <= last_title:
            title = part.text if isinstance(part, Heading) else part.line.text
            place = part.location if isinstance(part, Heading) else part.line.location
            stands_last = index == last_title and (ref_index is None or _reads_as_title(part))
            is_title = isinstance(part, Heading) or stands_last or found.labelled(title)
            if is_title and not (isinstance(part, Heading) and _superseded(own, index, last_title)):
                parent = _parent_of(part, found)
                found.open_group(title, place, part.level if isinstance(part, Heading) else 9, parent_index=parent)
                found.ledger.claim(title, "heading", place)
            else:
                _claim_around(part, found)
        elif isinstance(part, Heading):
            lines.append(Line(part.text, part.location, bold=True))
        else:
            lines.append(part.line)
    return lines


def _is_sentence_part(part: Part, found: Found) -> bool:
    """Whether a part is a sentence, and no group's heading that ends like one ("Priority 1: Homes for all.")."""
    if not isinstance(part, Paragraph) or part.line.kind != "paragraph":
        return False
    text = part.line.text
    return text.endswith((".", "!", "?")) and not found.labelled(text)


def _is_action(own: Sequence[Part], index: int, found: Found) -> bool:
    """Whether a heading is the text of the action: there is no other, notes in brackets apart, or what follows is the
    list that it leads in."""
    text = _text_of(own[index])
    after = [part for part in own[index + 1 :] if not _BRACKET.fullmatch(_text_of(part))]
    if found.labelled(text):
        return False
    return not after or (
        text.endswith(":") and all(isinstance(part, Paragraph) and part.line.kind == "item" for part in after)
    )


def _superseded(own: Sequence[Part], index: int, last_title: int) -> bool:
    """A heading directly followed by another of its own or a higher level stands over nothing."""
    part = own[index]
    following = own[index + 1] if index < last_title else None
    return (
        isinstance(part, Heading)
        and isinstance(following, Heading)
        and following.level <= part.level
        and not is_labelled_group(part.text)
    )


def _parent_of(part: Part, found: Found) -> int | None:
    level = part.level if isinstance(part, Heading) else 9
    index = found.group_index
    while index is not None and found.groups[index].level >= level:
        index = found.groups[index].parent_index
    return index


def _reads_as_title(part: Part) -> bool:
    text = part.text if isinstance(part, Heading) else part.line.text
    words = text.split()
    return len(words) <= 10 and not re.search(r"[.:;,!?]$", text) and (text[:1].isupper() or text[:1].isdigit())


def _add_row(own: list[Line], run: _Run, columns: frozenset[Meaning], numbered: bool, found: Found) -> None:
    cells: dict[Meaning, RowCell] = {}
    extra: list[RowCell] = []
    if own and is_ref(own[0].text):
        cells["ref"] = RowCell((own[0],), "", location=own[0].location)
        own = own[1:]
    number = own[0].marker if numbered and own and own[0].kind == "item" else ""
    if own and own[0].kind == "item" and all(line.level > own[0].level for line in own[1:] if line.kind == "item"):
        own = [replace(own[0], kind="paragraph", marker=""), *own[1:]]  # the record is the item
    for line in [*([cells["ref"].lines[0]] if "ref" in cells else []), *own]:
        found.ledger.claim(line.text, "record", line.location)
    if number and "ref" not in cells:
        cells["ref"] = RowCell((Line(number, own[0].location),), "", location=own[0].location)
    for label, lines in run.labelled:
        place = span(line.location for line in lines)
        found.ledger.claim(label.label, "record" if label.ref else "header", place)
        if label.ref and "ref" not in cells:
            cells["ref"] = RowCell((Line(label.ref, place),), "", location=place)
        for line in lines:
            found.ledger.claim(line.text, "record", line.location)
        if label.number and "ref" not in cells:
            cells["ref"] = RowCell((Line(label.number, place),), "", location=place)
        if label.meaning == "extra" or label.meaning in cells:
            extra.append(RowCell(tuple(lines), label.label, "filled" if lines else "empty", location=place))
        else:
            cells[label.meaning] = RowCell(tuple(lines), label.label, "filled" if lines else "empty", location=place)
    if own:
        labelled_activity = cells.get("activity")
        if labelled_activity is not None and labelled_activity.lines:
            extra.append(RowCell(tuple(own), "Text", location=span(line.location for line in own)))
        else:
            cells["activity"] = RowCell(tuple(own), "", location=span(line.location for line in own))
    located = [line.location for line in own] + [line.location for _, lines in run.labelled for line in lines]
    found.rows.append(
        PlanRow(
            cells=cells,
            extra=tuple(extra),
            group_index=found.group_index,
            location=replace(span(located), method="labelled"),
            doubts=tuple(run.doubts),
            columns=columns | set(cells),
        )
    )
