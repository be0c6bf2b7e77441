"""The case tables: what the words of one cell mean."""

from __future__ import annotations

from collections import Counter

import pytest

from case_tables import columns, read_cases
from extractor.document import Line
from extractor.normalise.activities import read_activity
from extractor.normalise.links import resolve
from extractor.normalise.people import part_lines, part_run_together, split_people
from extractor.normalise.periods import read_period
from extractor.normalise.references import complete, read_reference
from extractor.normalise.timescales import read_timescale
from extractor.records import Group
from extractor.vocabulary.cross_links import is_link
from extractor.vocabulary.names import roles_without_names
from extractor.vocabulary.times import is_timescale

DOUBTS = {"unresolved", "ambiguous", "approximate", "inferred"}


@pytest.mark.parametrize("case", read_cases("timescales.txt"))
def test_timescale(case: str) -> None:
    published, period, start, end, other = columns(case)
    assert published is not None
    words = set(filter(None, (other or "").split(", ")))
    timescale, doubts = read_timescale(published, read_period(period) if period else None)
    assert timescale.as_published == published
    assert (timescale.start and timescale.start.isoformat()) == start
    assert (timescale.end and timescale.end.isoformat()) == end
    assert timescale.ongoing == ("ongoing" in words)
    assert {timescale.recurrence} - {None} == words - DOUBTS - {"ongoing"}
    assert {doubt.code.removeprefix("timescale-") for doubt in doubts} == words & DOUBTS
    assert (timescale.basis == "unresolved") == ("unresolved" in words)


# Cases with words that are no part of a time, and so no sign of one.
PROSE = (
    *(
        "award",
        "expiry",
        "Following",
        "Review",
        "review",
        "Plan",
        "Meeting",
        "Launch",
        "Target for",
        "Draft",
        "at least",
    ),
    *("Minimally", "budget", "Upon", "subject", "funding", "launch", "(revised"),
)


@pytest.mark.parametrize("case", [c for c in read_cases("timescales.txt") if not any(w in c for w in PROSE)])
def test_the_recogniser_sees_every_timescale(case: str) -> None:
    published = columns(case)[0]
    assert published is not None
    assert is_timescale(published)


@pytest.mark.parametrize("case", read_cases("periods.txt"))
def test_period(case: str) -> None:
    text, month, start, end, basis = columns(case)
    assert text is not None
    assert month is not None
    period = read_period(text, int(month))
    if start is None:
        assert period is None
        return
    assert period is not None
    assert (str(period.start), str(period.end), period.basis) == (start, end, basis)


@pytest.mark.parametrize("case", read_cases("references.txt"))
def test_reference(case: str) -> None:
    published, canonical, parent = columns(case)
    assert published is not None
    reference = read_reference(published)
    if canonical == "?":
        assert reference is None
        return
    assert reference is not None
    reference = complete(reference, "3.2")
    assert (reference.canonical, reference.parent, reference.as_published) == (canonical, parent, published)


@pytest.mark.parametrize("case", read_cases("people.txt"))
def test_people(case: str) -> None:
    cell, _, people = case.partition("->")
    wanted = tuple(filter(None, (person.strip() for person in people.split("|"))))
    assert split_people(cell.strip().split("\\n")) == wanted


@pytest.mark.parametrize("case", read_cases("names.txt"))
def test_roles_without_names(case: str) -> None:
    values, kept = (tuple(value.strip() for value in side.split("|")) for side in case.split("->"))
    assert roles_without_names(values) == kept


HEADINGS = (
    "Homes are safe, warm and affordable",
    "People can live independently for longer",
    "Roads and paths",
    "Fairer outcomes",
    "Work as one, and report openly",
)


@pytest.mark.parametrize("case", read_cases("links.txt"))
def test_links(case: str) -> None:
    words, *targets = (part.strip() for part in case.split("|"))
    groups = [Group(id=title, title=title, as_published=title) for title in HEADINGS]
    links, doubts = resolve(words, groups)
    wanted = [tuple(part.strip() for part in target.split("->")) for target in targets]
    assert [(link.as_published, link.title or "-") for link in links] == wanted
    assert [d.code for d in doubts].count("link-unresolved") == sum(title == "-" for _, title in wanted)


@pytest.mark.parametrize("case", read_cases("notes.txt"))
def test_notes(case: str) -> None:
    cell, _, result = case.partition("->")
    text, *others = (part.strip() for part in result.split("|"))
    read = read_activity([Line(line) for line in cell.strip().split("\\n")])
    assert read.text.replace("\n", "\\n") == text
    assert [f"note:{note}" for note in read.notes] == [other for other in others if other.startswith("note:")]
    assert [f"link:{link}" for link in read.links] == [other for other in others if other.startswith("link:")]
    assert all(map(is_link, read.links))


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["Community Safety and Licensing", "Team"], ("Community Safety and Licensing Team",)),
        (["Housing", "Senior Manager", "Town Clerk"], ("Housing Senior Manager", "Town Clerk")),
        (["Manager", "Director"], ("Manager", "Director")),
        (["Town Clerk", "Council"], ("Town Clerk", "Council")),
    ],
)
def test_a_rank_or_a_part_of_a_body_alone_ends_the_line_above(lines: list[str], people: tuple[str, ...]) -> None:
    assert split_people(lines) == people


def test_a_name_that_one_cell_has_cut_is_whole_in_the_others() -> None:
    known = Counter({"Member for Streets and Street Scene": 5, "Member for Streets and Street": 2, "Scene": 1})
    assert part_run_together("Member for Streets and Street Scene", known) is None
    assert part_run_together("Scene Member for Streets and Street", known) == ("Scene", "Member for Streets and Street")


KNOWN = ["Communications", "Democratic Services", "Director of Growth Saltmarsh Trust"]


@pytest.mark.parametrize(
    ("lines", "wanted", "doubtful"),
    [
        (["Housing Strategy Team", "Head of Estates"], 2, False),  # a post opens
        (["Communications", "Democratic Services"], 2, False),  # both stand alone elsewhere
        (["Housing and Health", "Communications"], 2, True),  # one of them does
        (["Area Safety Team", "Harbour Station Manager"], 1, True),  # both read as a whole
        (["Director of Growth", "Saltmarsh Partnership"], 2, False),  # a post, and the whole name of another body
        (["Director of Growth", "Housing Trust"], 1, True),  # a post, and what may be the end of its remit
        (["Head of Domestic", "Abuse Services"], 1, False),
        (["Director of Growth", "Age Concern Saltmarsh"], 2, False),  # a charity with the name of its place
        (["J. Hargreave", "University of Thrusleigh"], 2, False),  # a person, and another body
        (["J. Hargreave", "Sam Castellan"], 2, True),  # two persons
        (["Corporate Core Directorate", "Housing Directorate"], 2, False),  # two parts of a council
        (["Corporate Core Directorate", "Directorate"], 1, False),
        (["J.", "Hargreave / Saltmarsh Trust"], 1, False),  # what the slash parts is another value
        (["Director of Growth", "Saltmarsh Trust"], 1, False),  # the same two stand in another cell
        (["Director of Growth;", "Saltmarsh Partnership"], 1, False),  # the semicolon parts them
        (["Fleet and Equipment", "Manager"], 1, False),
        (["Assistant", "Head of Housing"], 1, False),
        (["Town Clerk", "Harbour Engineer", "Head of Estates"], 2, True),
        (["J. Hargreave, Adult", "Safeguarding, Reablement and Carers Manager"], 1, False),  # half a post
        (["Growth, Town Centre", "Recovery, Inward Investment and Jobs Team"], 1, False),  # no "and" closes the list
        (["Head of Immunisation", "Health Inequalities Manager"], 2, True),  # opens and ends as a post
        (["Parks Manager", "Saltmarsh Housing Trust"], 2, False),
        (["Chief Executive, Saltmarsh", "Housing Trust"], 1, False),
        (["Community Transport", "Lydthorpe Housing Trust"], 2, True),  # subjects, and a body named for its place
        (["New North", "Lydthorpe Housing Trust"], 1, False),
    ],
)
def test_values_end_with_a_line_only_where_words_or_other_rows_say_so(
    lines: list[str], wanted: int, doubtful: bool
) -> None:
    text = " ".join(lines)
    breaks = tuple(len(" ".join(lines[: index + 1])) for index in range(len(lines) - 1))
    column = [Line(text, breaks=breaks), *map(Line, KNOWN)]
    values, doubted = part_lines(column, "lead_officers", False)[text, breaks]
    assert (len(values), doubted) == (wanted, doubtful)
    assert " ".join(values) == text


def test_a_body_behind_a_known_one_is_a_second_though_both_are_no_more_than_subjects() -> None:
    cell = Line("Children and Learning Growth and Environment", breaks=(12, 21, 32))
    column = [cell, Line("Children and Learning")]
    values, doubted = part_lines(column, "lead_directorates", False)[cell.text, cell.breaks]
    assert (values, doubted) == (("Children and Learning", "Growth and Environment"), False)
