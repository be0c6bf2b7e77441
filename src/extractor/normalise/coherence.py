"""Whether the records of a plan make sense beside each other.

A reading that went wrong as a whole is regular: refs stay at the head of every activity, a column of headings is taken
for the owners, a label nobody knew is taken for text. No value of it is odd by itself, and the other records show it.

1. Nothing is changed here: the values stand as read, and a doubt names each record and field concerned.
2. A rule holds for what right readings of other plans do not show; it is no place for what is merely rare.
3. A value that is doubted already is not doubted again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.normalise.references import read_reference
from extractor.records import Activity, Group
from extractor.rows import PEOPLE
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import header_meaning, heads_partners, names_manager
from extractor.vocabulary.names import is_person
from extractor.vocabulary.roles import (
    DANGLING,
    is_member,
    looks_like_owner,
    names_branch,
    names_partner,
    opens_value,
)
from extractor.vocabulary.times import is_timescale


@fixed(frozen=True, slots=True)
class Oddity:
    """A field of the record at `index` that does not make sense beside the others."""

    index: int
    field: str
    message: str
    code: str = "value-incoherent"


def _odd(index: int, message: str, *fields: str) -> Iterator[Oddity]:
    """The same oddity of several fields of a record."""
    return (Oddity(index, field, message) for field in fields)


class _Records(NamedTuple):
    """The records of a plan, with what several rules ask of them."""

    activities: Sequence[Activity]
    titles: Sequence[str]
    """Per record, the title of its group; empty where it has none."""
    people: Mapping[Meaning, Counter[str]]
    """Per column of people, how many records hold each value."""
    publisher: str


# A ref at the head of a text: it has a letter, a dot or a bracket, or else the numbers go up one by one.
_HEAD = re.compile(r"\(?(?P<ref>[A-Z]{0,5}[ ./-]?\d{1,3}(?:\.\d{1,3})*(?:\s?[a-z](?![a-z]))?)(?P<mark>[.):]*)(?=\s)")
_FIGURES = re.compile(r"\d+")
_KINDS_OF_LETTERS = str.maketrans(ascii_lowercase + ascii_uppercase, "a" * 26 + "A" * 26)
_MONEY = re.compile(r"[£€]\s?\d")
_MEMBER = re.compile(r"(?:Cllr|Councillor)\b")
# Names of councils in full: "A Modern Council" may well be a heading.
_COUNCIL = re.compile(r"\b(?:District|Borough|County|City|Metropolitan) Council$|^(?:\w+ )?(?:Borough|County|City) of ")
_UNNAMED = re.compile(r"Column \d+(?: \(\d+\))?$")
_OWN_FIELDS_IN_ORDER: tuple[Meaning, ...] = ("timescale", *PEOPLE, "status", "progress")
_OWN_FIELDS = frozenset(_OWN_FIELDS_IN_ORDER)
_CELLS = ("activity", "group_id", *_OWN_FIELDS_IN_ORDER, "extra", "also_links_to", "notes")


def incoherent(
    activities: Sequence[Activity], groups: Sequence[Group], publisher: str | None, doubted: set[tuple[str, str]]
) -> Iterator[tuple[Activity, Doubt]]:
    """The records with a field that the other records speak against, each with the doubt, in the records' order.

    `doubted` holds the (record's id, field) that bear a doubt already.
    """
    titles = {group.id: group.title for group in groups}
    records = _Records(
        activities,
        [titles.get(activity.group_id or "", "") for activity in activities],
        {name: Counter(value for a in activities for value in dict.fromkeys(_people(a, name))) for name in PEOPLE},
        key(publisher or ""),
    )
    found: dict[tuple[int, str], Oddity] = {}
    for rule in _RULES:
        for oddity in rule(records):
            found.setdefault((oddity.index, oddity.field), oddity)
    for (index, name), oddity in sorted(found.items()):
        activity = activities[index]
        if (activity.id, name) not in doubted:
            yield activity, Doubt(oddity.code, oddity.message, name, _place(activity, name), "warning")


_FEWEST_TOLD = 5  # records of a plan of which shares are told
_TORN_RECORDS = 0.1  # of all: hardly any cell of a text that was read as it is meant begins or ends in mid-sentence
_FEWEST_DOUBTED = 10
_DOUBTED_RECORDS = 0.65
_DOUBTED_CELLS = 0.3  # where a record has one such border among many, the others are as good as in any text
_FEWEST_PIECES = 3  # that differ: the same piece again and again is one value that was misread
_IN_SMALL_LETTERS = 0.7  # of a field's values: this publisher begins them so
_OPEN_ENDS = (",", "-", "–")


def lost_columns(activities: Sequence[Activity], doubted: Container[tuple[str, str]]) -> tuple[str, Sequence[str]]:
    """What shows that columns of a text were not told, in words for a message, and the fields concerned; none where
    nothing shows it, or where delimiters told them.

    `doubted` holds the (record's id, field) at a border that is a guess. Values that begin or end in mid-sentence, in
    one record of ten, are pieces of cells: where positions told the columns, of those they stand in, else of any. And
    where nothing but guesses told the borders of most records, the others are no better.
    """
    if len(activities) < _FEWEST_TOLD or all(activity.location.method == "table" for activity in activities):
        return "", ()
    flat = all(activity.location.method == "segmented" for activity in activities)
    values: dict[str, list[tuple[int, str]]] = {}
    cells: dict[tuple[str, str], None] = {}
    for index, activity in enumerate(activities):
        cells[activity.id, "timescale"] = None
        for name, text in _texts(activity):
            values.setdefault(name, []).append((index, text))
            cells[activity.id, name] = None
    pieces = {name: _pieces(held) for name, held in values.items()}
    torn = {index for found in pieces.values() for index, _ in found}
    if len(torn) > _TORN_RECORDS * len(activities):
        reason = f"{len(torn)} of {len(activities)} records have values that begin or end in mid-sentence."
        if flat and len({text for found in pieces.values() for _, text in found}) >= _FEWEST_PIECES:
            return reason, _CELLS
        if fields := [name for name, found in pieces.items() if len({text for _, text in found}) > 1]:
            return reason, fields
    guessed = [cell for cell in cells if cell in doubted]
    unsure = len({one for one, _ in guessed})
    mostly = unsure >= max(_FEWEST_DOUBTED, _DOUBTED_RECORDS * len(activities))
    if flat and mostly and len(guessed) >= _DOUBTED_CELLS * len(cells):
        return f"{unsure} of {len(activities)} records have borders that are a guess.", _CELLS
    return "", ()


def _pieces(values: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The values of a field that begin or end in mid-sentence, unless nearly all begin with a small letter."""
    small = [(index, text) for index, text in values if text[:1].islower()]
    if len(small) >= _IN_SMALL_LETTERS * len(values):
        small = []
    return [*small, *((index, text) for index, text in values if _ends_open(text))]


def _ends_open(text: str) -> bool:
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    return last in DANGLING or last.endswith(_OPEN_ENDS)


def _texts(activity: Activity) -> Iterator[tuple[str, str]]:
    """The fields of a record that are filled, each with its values that should begin and end as cells do."""
    if activity.activity and not (activity.lead_in and activity.activity[:1].islower()):
        yield "activity", activity.activity
    for name in PEOPLE:
        yield from ((name, value) for value in _people(activity, name))
    if activity.progress:
        yield "progress", activity.progress
    if activity.status:
        yield "status", activity.status


def doubt_all(
    activities: Sequence[Activity], reason: str, fields: Sequence[str], doubted: Container[tuple[str, str]]
) -> Iterator[tuple[Activity, Doubt]]:
    """A doubt about each of the fields of each record that is not doubted yet."""
    message = f"The columns of this text cannot be told: {reason}"
    for activity in activities:
        for name in fields:
            if (activity.id, name) not in doubted:
                yield activity, Doubt("border-inferred", message, name, _place(activity, name), "warning")


def _place(activity: Activity, name: str) -> Location:
    known = activity.provenance.get(name)
    place = known.location if known else None
    return activity.location if place in (None, NOWHERE) else place


def _people(activity: Activity, name: str) -> tuple[str, ...]:
    values: tuple[str, ...] = getattr(activity, name)
    return values


def _refs_in_text(records: _Records) -> Iterator[Oddity]:
    """Refs at the head of the activities of records that have none."""
    heads: dict[int, str] = {}
    without = 0
    plain: list[int] = []
    for index, activity in enumerate(records.activities):
        if activity.ref is not None:
            continue
        without += 1
        head = _HEAD.match(activity.activity)
        if head is None or read_reference(head["ref"]) is None:
            continue
        heads[index] = head["ref"]
        if head["ref"].isdecimal() and not head["mark"]:
            plain.append(int(head["ref"]))
    if len(set(heads.values())) < 2 or 2 * len(heads) < without:
        return
    if len(plain) == len(heads) and any(after != before + 1 for before, after in pairwise(plain)):
        return
    for index, ref in heads.items():
        message = f"{ref!r} stands in the activity and may be the ref."
        yield from _odd(index, message, "ref", "activity")


def _refs_within(records: _Records) -> Iterator[Oddity]:
    """Refs at the head of a line within an activity, shaped as the plan's refs are: two records may be one."""
    shapes = Counter(_shape(a.ref_as_published or a.ref) for a in records.activities if a.ref)
    known = {shape for shape, count in shapes.items() if count >= 3 and len(shape) > 1 and shape != "9a"}
    for index, activity in enumerate(records.activities if known else ()):
        for line in activity.activity.split("\n"):
            head = _HEAD.match(line)
            if head and _shape(head["ref"]) in known and read_reference(head["ref"]):
                message = f"{head['ref']!r} stands within the activity and is shaped as the refs are."
                yield from _odd(index, message, "ref", "activity")


def _shape(ref: str) -> str:
    return _FIGURES.sub("9", ref.translate(_KINDS_OF_LETTERS)).strip(".):( ")


def _lines_that_recur(records: _Records) -> Iterator[Oddity]:
    """A line that stands within the activity of record after record is a label, and what follows it another field."""
    lines = [activity.activity.split("\n") for activity in records.activities]
    counts = Counter(line for each in lines if len(each) > 1 for line in dict.fromkeys(each))
    labels = {
        line for line, n in counts.items() if n >= 3 and 3 * n >= len(lines) and line.strip() and line[0].isalpha()
    }
    for index, each in enumerate(lines):
        label = next((line for line in each if line in labels), None)
        if label is not None:
            message = f"{label!r} stands within many activities and may be a label: what follows is another field's."
            yield from _odd(index, message, "activity", "extra")


def _headings_in_columns(records: _Records) -> Iterator[Oddity]:
    """Headings may be in a column of no owners whose values fill one run of rows each, where the plan has no others."""
    activities = records.activities
    if len(activities) < 6 or any(records.titles):
        return
    columns: list[tuple[str, list[str]]] = [
        (name, ["\n".join(_people(activity, name)) for activity in activities]) for name in PEOPLE
    ]
    for header in dict.fromkeys(header for activity in activities for header in activity.extra):
        if not is_timescale(header):  # "Yes" and "No" under the quarters
            columns.append(("extra", [activity.extra.get(header, "") for activity in activities]))
    for name, values in columns:
        runs = [value for value, _ in groupby(values) if value]
        filled = sum(map(bool, values))
        if len(runs) < 2 or len(set(runs)) < len(runs) or len(values) < 2 * len(runs) or 5 * filled < 4 * len(values):
            continue
        if 2 * sum(looks_like_owner(value) or is_person(value) or is_timescale(value) for value in runs) > len(runs):
            continue
        for index, value in enumerate(values):
            message = f"{value!r} fills a run of rows, as headings do, and the plan has no other headings."
            yield from _odd(index, message, name, "group_id")


def _headings_that_are_none(records: _Records) -> Iterator[Oddity]:
    """A heading that names the publisher, a council or a person's post is a running head or a cell's value."""
    odd = {
        title
        for title in set(records.titles)
        if title and (key(title) == records.publisher or _COUNCIL.search(title) or opens_value(title))
    }
    for index, title in enumerate(records.titles):
        if title in odd:
            yield Oddity(index, "group_id", f"{title!r} stands as the heading and names a body or an owner.")


def _rows_without_heading(records: _Records) -> Iterator[Oddity]:
    if not any(records.titles):
        return
    for index, title in enumerate(records.titles):
        if not title:
            yield Oddity(index, "group_id", "The record stands under no heading, and others do.", "group-missing")


def _owners_that_are_none(records: _Records) -> Iterator[Oddity]:
    """Values of people that are headings or the publisher's name, hold money, end in the middle, or are members."""
    officers = records.people["lead_officers"]
    members = (
        officers.total() > 3 and 2 * sum(n for value, n in officers.items() if is_member(value)) > officers.total()
    )
    titles = set(filter(None, records.titles))
    odd = {
        value: why
        for value in set().union(*records.people.values())
        if (why := _oddness(value, titles, records.publisher)) is not None
    }
    for index, activity in enumerate(records.activities if odd or members else ()):
        for name in PEOPLE:
            values = _people(activity, name)
            for value in values:
                why = odd.get(value)
                if why is None or (why == _RUNNING_HEAD and len(values) == 1):
                    continue
                yield Oddity(index, name, f"{value!r} {why}.")
                if why == _SUM:
                    yield Oddity(index, "extra", f"{value!r} {why}.")
            if members and values:
                yield Oddity(index, name, "Most lead officers bear a politician's title: columns may be exchanged.")


_RUNNING_HEAD = "is the publisher's name and may be a running head"
_SUM = "holds a sum of money"


def _oddness(value: str, titles: set[str], publisher: str) -> str | None:
    """Why a value of a column of people may be none; None where nothing speaks against it."""
    if value in titles and not looks_like_owner(value):
        return "is a heading of the plan as well"
    if key(value) == publisher:
        return _RUNNING_HEAD
    if _MONEY.search(value):
        return _SUM
    if _names_two(value):
        return "names a member, and a service or post behind them"
    return "ends or begins in the middle" if _is_torn(value) else None


_SET_APART = re.compile(r",\s|\s[-–—]\s|\s*\(")


def _names_two(value: str) -> bool:
    """Whether a value is a councillor's name and, behind it, a service or a post: "Cllr Al Reed Audit Team"."""
    if not _MEMBER.match(value):
        return False
    name, *apart = _SET_APART.split(value, maxsplit=1)
    if apart and is_person(name, True):
        return False  # "Cllr Al Reed, Adult Services" says what the councillor answers for
    words = value.split()
    end = next((end for end in (3, 2) if end < len(words) and is_person(" ".join(words[:end]), True)), len(words))
    rest = " ".join(words[end:])
    return bool(rest) and looks_like_owner(rest) and not is_member(rest)


def _is_torn(value: str) -> bool:
    words = value.split()
    return (
        words[-1].lower() in DANGLING
        or words[-1].endswith((",", "("))
        or words[0] in DANGLING
        or value.count("(") != value.count(")")
        or value.startswith("(")  # what is said of the value before it
        or value == "Cabinet"  # the first line of "Cabinet Member for Housing"
    )


_SHORTEST_SENTENCE = 4  # words


def _sentences_among_people(records: _Records) -> Iterator[Oddity]:
    """Sentences in a column of people: what is told of the action, or a note on it, of a column that is empty here."""
    odd = {value for counts in records.people.values() for value in counts if _is_sentence(value)}
    for index, activity in enumerate(records.activities if odd else ()):
        for name in PEOPLE:
            if value := next((value for value in _people(activity, name) if value in odd), None):
                empty = [other for other in ("progress", "status") if not getattr(activity, other)]
                yield from _odd(index, f"{value!r} reads like a sentence.", name, *empty, "extra")


def _is_sentence(value: str) -> bool:
    words = value.split()
    small = sum(word[:1].islower() for word in words)
    return value.endswith(".") and len(words) >= _SHORTEST_SENTENCE and 2 * small > len(words)


def _partners_elsewhere(records: _Records) -> Iterator[Oddity]:
    """Bodies that work with the council in another column than that of the partners, which the plan has and which is
    empty here, in a text that kept no cells; and the sub-items that take such an owner from the record above."""
    headers = {header for activity in records.activities for header in activity.extra}
    partners = set(filter(heads_partners, headers))
    odd: set[tuple[str, str]] = set()
    for index, activity in enumerate(records.activities if partners else ()):
        if activity.location.method not in _GUESSED:
            continue
        empty = not any(text for header, text in activity.extra.items() if header in partners)
        for name, value in _texts(activity):
            taken = name in activity.inherited
            if name == "activity" or not (taken or empty) or (taken and (name, value) not in odd):
                continue
            if taken or all(map(_is_partner, value.split(", "))):
                odd.add((name, value))
                fields = (name, "inherited") if taken else (name, "extra")
                yield from _odd(index, f"{value!r} may be a partner, and there is a column of partners.", *fields)


_GUESSED = ("segmented", "aligned")  # how records are located whose cells were not marked


def _is_partner(value: str) -> bool:
    return names_partner(value) or names_branch(value)


def _partners_among_members(records: _Records) -> Iterator[Oddity]:
    """Bodies that work with the council among its Cabinet members, nearly all of whom have a title, in a text that kept
    no cells: they may be of the officers'."""
    members = records.people["lead_cabinet_members"]
    if sum(count for value, count in members.items() if is_member(value)) < _TITLED * members.total():
        return
    for index, activity in enumerate(records.activities):
        value = next((value for value in activity.lead_cabinet_members if _is_partner(value)), None)
        if value and activity.location.method in _GUESSED and not is_member(value):
            fields = ("lead_cabinet_members", "lead_officers", "inherited")
            yield from _odd(index, f"{value!r} may be a partner, and stands among the Cabinet members.", *fields)


_TITLED = 0.5


def _directorates_among_officers(records: _Records) -> Iterator[Oddity]:
    """A directorate beside an officer, in a plan that has no column of directorates: one column held both."""
    if records.people["lead_directorates"]:
        return
    owned = [activity.lead_officers for activity in records.activities if activity.lead_officers]
    beside = [_beside_officer(values) for values in owned]
    # Where a bracket or a second value follows every post and comes again, it is no person's.
    usual = (
        len(owned) > 1
        and sum(map(bool, beside)) > _NEARLY_ALL * len(owned)
        and len(set(beside)) < len(owned)
        and len({values[0] for values in owned}) > len(set(beside))
    )
    for index, activity in enumerate(records.activities):
        values = activity.lead_officers
        body = next((value for value in values if _DIRECTORATE.search(value) and len(values) > 1), None)
        body = body or next((found[1] for value in values if (found := _BEHIND_OFFICER.search(value))), None)
        if body := body or (_beside_officer(values) if usual else ""):
            message = f"{body!r} stands among the officers and may be their directorate."
            yield from _odd(index, message, "lead_officers", "lead_directorates")


_DIRECTORATE = re.compile(r"\b(?:Directorate|Department)$")
_BEHIND_OFFICER = re.compile(r"(?:, | [-–—] |\()([^,()]*\b(?:Directorate|Department))\)?$")
_IN_BRACKET = re.compile(r" \(([A-Z][^()]*)\)$")
_NEARLY_ALL = 0.8


def _beside_officer(values: Sequence[str]) -> str:
    """What stands behind the only post of a record, in a bracket or as a value that names no post; empty where nothing
    does."""
    if len(values) == 1 and (bracket := _IN_BRACKET.search(values[0])):
        return bracket[1]
    several = len(values) == 2 and looks_like_owner(values[0]) and not looks_like_owner(values[1])
    return values[1] if several and not is_person(values[1], True) else ""


def _owners_closing_activities(records: _Records) -> Iterator[Oddity]:
    """Posts in brackets that close the activities of a plan without any owners: "Publish the plan (Head of Policy)"."""
    if any(records.people.values()):
        return
    closing = {
        index: post
        for index, activity in enumerate(records.activities)
        if (post := _post_in_bracket(activity)) and looks_like_owner(post)
    }
    if 2 * len(closing) > len(records.activities):
        for index, post in closing.items():
            yield Oddity(index, "lead_officers", f"{post!r} closes the activity in brackets and may be its owner.")


def _post_in_bracket(activity: Activity) -> str:
    closed = _IN_BRACKET.search(activity.activity.rstrip("."))
    return closed[1] if closed else activity.notes[-1] if activity.notes else ""


def _persons_in_other_columns(records: _Records) -> Iterator[Oddity]:
    """Names of persons that stand among the officers as often or more often, in a column that holds bodies as well; and
    persons with their posts there, wherever they stand elsewhere."""
    officers = records.people["lead_officers"]
    others = records.people["lead_directorates"]
    odd = {
        value
        for value, count in others.items()
        if (officers[value] >= count and is_person(value, True)) or _is_person_with_post(value)
    }
    if not odd or len(odd) == len(others):
        return
    for index, activity in enumerate(records.activities):
        if value := next((value for value in activity.lead_directorates if value in odd), None):
            message = f"{value!r} reads as an officer: columns may be exchanged."
            yield from _odd(index, message, "lead_directorates", "lead_officers", "inherited")


def _owners_below_activities(records: _Records) -> Iterator[Oddity]:
    """The last line of an activity may be its first owner: it names one of the plan's, or a person with a post."""
    known = {value for counts in records.people.values() for value in counts if looks_like_owner(value)}
    for index, activity in enumerate(records.activities):
        above, _, last = activity.activity.rpartition("\n")
        if not above or last[-1:] in ".:;?!":
            continue
        if last in known or _is_person_with_post(last):
            yield from _odd(index, f"{last!r} may be an owner.", "activity", "lead_officers", "inherited")


def _is_person_with_post(value: str) -> bool:
    """Whether a value is a person's name and a post: "Jo Marsh, Head of Policy"."""
    person, _, post = value.partition(", ")
    return bool(post) and is_person(person, True) and looks_like_owner(post)


def _ticks_under_times(records: _Records) -> Iterator[Oddity]:
    """Ticks in columns that are headed by times, of a plan whose records have no other timescale."""
    if any(activity.timescale for activity in records.activities):
        return
    for index, activity in enumerate(records.activities):
        ticked = [header for header, text in activity.extra.items() if len(text) <= 2 and is_timescale(header)]
        if ticked:
            message = f"The record is ticked under {', '.join(map(repr, ticked))}, which may be its timescale."
            yield Oddity(index, "timescale", message)


def _notes_before_values(records: _Records) -> Iterator[Oddity]:
    """Values of other columns, of several lines, that begin with a bracket: it may close the activity."""
    for index, activity in enumerate(records.activities):
        for text in (activity.progress or "", *activity.extra.values()):
            first, _, rest = text.partition("\n")
            if rest and first.startswith("(") and first.endswith(")"):
                field = "progress" if text == activity.progress else "extra"
                yield from _odd(index, f"{first!r} may be a note on the activity.", field, "notes", "activity")


def _long_states(records: _Records) -> Iterator[Oddity]:
    """A long state that stands once among others may be another column's text."""
    states = Counter(activity.status for activity in records.activities if activity.status)
    if states.total() >= 4:
        for index, activity in enumerate(records.activities):
            if activity.status and states[activity.status] == 1 and len(activity.status.split()) > 6:
                yield Oddity(index, "status", f"{activity.status!r} is long for a state.")


def _values_cut(records: _Records) -> Iterator[Oddity]:
    """Owners that go on in another record with the words at the head of the field beside them here, and portfolios that
    go on in several: no two members have one of which the other is a part."""
    for name, counts in records.people.items():
        rests: dict[str, list[str]] = {}
        for value in counts:
            words = value.split(" ")
            for cut in range(1, len(words)):
                start = " ".join(words[:cut])
                if start in counts:
                    rests.setdefault(start, []).append(" ".join(words[cut:]))
        for index, activity in enumerate(records.activities):
            values = _people(activity, name)
            portfolios = [value for value in values if name == "lead_cabinet_members" and " " in value]
            for value in portfolios:
                if any(counts[f"{value} {rest}"] > counts[value] for rest in rests.get(value, ())):
                    yield Oddity(index, name, f"{value!r} goes on in other records.")
            if not values or values[-1] not in rests:
                continue
            for field, text in _texts_beside(activity, name):
                if any(text == rest or text.startswith(f"{rest} ") for rest in rests[values[-1]]):
                    message = f"{values[-1]!r} goes on in another record as {text!r} begins here."
                    yield from _odd(index, message, name, field)


def _texts_beside(activity: Activity, name: str) -> Iterator[tuple[str, str]]:
    """(field, text) of what may stand in the column beside a column of people."""
    yield "progress", activity.progress or ""
    yield "status", activity.status or ""
    yield from (("extra", text) for text in activity.extra.values())
    yield from ((other, value) for other in PEOPLE if other != name for value in _people(activity, other)[:1])


def _values_in_two(records: _Records) -> Iterator[Oddity]:
    """Two values of a record that are one in another, and values that hold another column's, whose cell is empty."""
    columns: dict[str, Counter[str]] = {name: records.people[name] for name in PEOPLE}
    columns["status"] = Counter(activity.status for activity in records.activities if activity.status)
    for activity in records.activities:
        for header, value in activity.extra.items():
            columns.setdefault(f"extra.{header}", Counter())[value] += 1
    homes: dict[tuple[str, ...], list[str]] = {}
    for column, counts in columns.items():
        for value, count in counts.items():
            if count >= 2 and 5 <= len(value) <= 60 and value[0].isupper():
                homes.setdefault(tuple(value.split()), []).append(column)
    heads = {words[0] for words in homes}
    within = {
        value: places
        for name in PEOPLE
        for value, count in records.people[name].items()
        if count == 1 and (places := set(_columns_within(value, homes, heads)))
    }
    for index, activity in enumerate(records.activities):
        for name in PEOPLE:
            values = _people(activity, name)
            for before, after in pairwise(values):
                if records.people[name][f"{before} {after}"] or records.people[name][f"{before}, {after}"]:
                    yield Oddity(index, name, f"{before!r} and {after!r} are one value in another record.")
            for value in values:
                for column in sorted(within.get(value, ())):
                    if column != name and not _filled(activity, column):
                        message = f"{value!r} holds a value of another column, which is empty here."
                        yield from _odd(index, message, name, column.partition(".")[0])


def _values_of_others(records: _Records) -> Iterator[Oddity]:
    """Values that stand once in their column and several times in another one, which is empty here or does not hold
    people; and owners with a date among their words. What stands close to a column may have been taken for its own."""
    rows = [dict(_held(activity)) for activity in records.activities]
    texts: dict[str, list[str]] = {}
    for held in rows:
        for column, values in held.items():
            texts.setdefault(column, []).extend(values)
    columns = {column: Counter(values) for column, values in texts.items()}
    homes: dict[str, list[str]] = {}
    for column, counts in columns.items():
        for value, count in counts.items():
            if count >= 2:
                homes.setdefault(value, []).append(column)
    people = set().union(*records.people.values())
    dated = {value for value in people if any(map(_is_date, value.split()))}
    for index, held in enumerate(rows):
        for column, values in held.items():
            for value in values:
                for home in homes.get(value, ()) if columns[column][value] == 1 else ():
                    if (home in PEOPLE and column in PEOPLE) or (
                        home.startswith("extra") and column.startswith("extra")
                    ):
                        continue  # columns of one kind, such as those of the quarters, hold the same words
                    if home not in held:
                        message = f"{value!r} stands in another column elsewhere, which is empty here."
                        yield from _odd(index, message, column.partition(".")[0], home.partition(".")[0])
                    elif column in PEOPLE and not looks_like_owner(value):
                        yield Oddity(index, column, f"{value!r} stands in another column elsewhere.")
                if value in dated and column in PEOPLE:
                    yield from _odd(index, f"{value!r} holds a timescale.", column, "timescale")


def _held(activity: Activity) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The columns that a record fills but those of its text and time, and their values."""
    for name in PEOPLE:
        if values := tuple(dict.fromkeys(_people(activity, name))):
            yield name, values
    if activity.status:
        yield "status", (activity.status,)
    if activity.progress:
        yield "progress", (activity.progress,)
    yield from ((f"extra.{header}", (text,)) for header, text in activity.extra.items() if text)


def _is_date(word: str) -> bool:
    """Whether a word is a date by itself: "Sep-25", "31/03/2025"."""
    return word[-1:].isdigit() and not word.isdigit() and is_timescale(word)


def _columns_within(value: str, homes: Mapping[tuple[str, ...], list[str]], heads: Container[str]) -> Iterator[str]:
    """The columns that hold a part of a value, of up to eight words, as a value of their own."""
    words = value.split()
    for start in range(min(len(words), 40)):
        if words[start] not in heads:
            continue
        for stop in range(start + 1, min(start + 8, len(words)) + 1):
            if stop - start < len(words):
                yield from homes.get(tuple(words[start:stop]), ())


def _filled(activity: Activity, column: str) -> bool:
    name, _, header = column.partition(".")
    return bool(activity.extra.get(header) if header else getattr(activity, name))


def _lists_lost(records: _Records) -> Iterator[Oddity]:
    """Activities that end with a colon: some converters leave out the list that a cell of a table goes on with."""
    for index, activity in enumerate(records.activities):
        if activity.activity.endswith(":") and not activity.items:
            yield from _odd(index, "The activity calls for a list that is not there.", "activity", "items")
            yield from _led_in(records.activities, index)


def _led_in(activities: Sequence[Activity], first: int) -> Iterator[Oddity]:
    """The sub-items of which the first holds nothing but what leads in to all of them: its text stands in the next."""
    parent = activities[first].parent_ref
    if not parent:
        return
    for index in range(first + 1, len(activities)):
        if activities[index].parent_ref != parent:
            return
        message = "The first of these sub-items holds nothing but a text that leads in to them."
        yield from _odd(index, message, "lead_in", "inherited")
        if index == first + 1:
            yield Oddity(index, "activity", "The text of the sub-item before may stand in this one.")


def _columns_of_others(records: _Records) -> Iterator[Oddity]:
    """Other columns whose header names a field that the record lacks, or which have no header at all."""
    counts = Counter(header for activity in records.activities for header in activity.extra)
    meanings = {header: header_meaning(header) for header in counts}
    # One column a term, such as "RAG Autumn 2024", is none that the record lacks.
    timed = {header for header in counts if _names_time(header)}
    several = {name for name, count in Counter(meanings[header] for header in timed).items() if count > 1}
    for index, activity in enumerate(records.activities):
        for header in activity.extra:
            name = meanings[header]
            if header in timed and name in several:
                continue
            if name in _OWN_FIELDS and not getattr(activity, name):
                message = f"{header!r} names a field that is empty here."
                yield from _odd(index, message, "extra", name)
            elif name in PEOPLE and not _names_other(header):
                yield from _odd(index, f"{header!r} names what another column is taken for.", "extra", name)
            elif counts[header] >= 3 and _UNNAMED.match(header):
                yield Oddity(index, "extra", f"Nothing says what {activity.extra[header]!r} is.")


def _names_other(header: str) -> bool:
    """Whether a header names people or bodies that stand beside those who are responsible."""
    return names_manager(header) or header_meaning(header.split()[-1]) == "extra" or bool(_BODY.search(key(header)))


_BODY = re.compile(r"\b(?:committee|team|group|body|organisation|board|forum)$")


def _names_time(header: str) -> bool:
    """Whether a header says what its column holds, and for which time: "RAG Autumn 2024", "Q1 progress"."""
    words = header.split()
    return any(is_timescale(" ".join(words[at:])) or is_timescale(" ".join(words[:at])) for at in range(1, len(words)))


def _columns_of_few(records: _Records) -> Iterator[Oddity]:
    """Other columns that few records have, where one of these lacks what most others hold: two columns may be one."""
    activities = records.activities
    headers = Counter(header for activity in activities for header in activity.extra)
    few = {header for header, count in headers.items() if 4 * count <= len(activities)}
    if not few:
        return
    usual = [
        name
        for name in ("timescale", "status", "progress")
        if 4 * sum(bool(getattr(activity, name)) for activity in activities) >= 3 * len(activities)
    ]
    for index, activity in enumerate(activities):
        lacking = [name for name in usual if not getattr(activity, name)]
        if lacking and (header := next((header for header in activity.extra if header in few), None)):
            message = f"Few records have {header!r}, and what most of the others have is missing here."
            yield from _odd(index, message, "extra", *lacking)


def _fields_left_out(records: _Records) -> Iterator[Oddity]:
    """Fields that a third of the records have and this one has not."""
    activities = records.activities
    for name, code, message in (
        ("lead_officers", "officer-missing", "The record has no lead officer, and others have."),
        ("lead_directorates", "officer-missing", "The record has no lead directorate, and others have."),
        ("lead_cabinet_members", "officer-missing", "The record has no lead Cabinet Member, and others have."),
        ("timescale", "timescale-missing", "The record has no timescale, and others have."),
    ):
        lacking = [index for index, activity in enumerate(activities) if not getattr(activity, name)]
        if 3 * (len(activities) - len(lacking)) >= len(activities):
            yield from (Oddity(index, name, message, code) for index in lacking)


_RULES: tuple[Callable[[_Records], Iterator[Oddity]], ...] = (
    _refs_in_text,
    _refs_within,
    _lines_that_recur,
    _headings_in_columns,
    _headings_that_are_none,
    _rows_without_heading,
    _owners_that_are_none,
    _sentences_among_people,
    _partners_elsewhere,
    _partners_among_members,
    _directorates_among_officers,
    _owners_closing_activities,
    _persons_in_other_columns,
    _owners_below_activities,
    _ticks_under_times,
    _notes_before_values,
    _long_states,
    _values_cut,
    _values_in_two,
    _values_of_others,
    _lists_lost,
    _columns_of_others,
    _columns_of_few,
    _fields_left_out,
)
