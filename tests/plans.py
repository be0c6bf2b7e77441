"""Plans for tests: one made by hand that uses every field, and a strategy for odd ones."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from extractor.locations import Location
from extractor.records import (
    Activity,
    Coverage,
    CrossLink,
    Group,
    Issue,
    KeptTable,
    Passage,
    Period,
    Plan,
    Provenance,
    Publisher,
    Source,
    Timescale,
)

SOURCE = Source(name="plan.txt", media_type="text/plain", sha256="0" * 64, size=1234, pages=None, encoding="utf-8")


def full_plan() -> Plan:
    """A plan that uses every field of every model."""
    safe = Group(
        id="outcome-safe-streets",
        kind="outcome",
        title="Safe streets",
        as_published="Outcome: Safe streets",
        number=None,
        parent_id="theme-places",
        location=Location(lines=(7, 7)),
    )
    places = Group(id="theme-places", kind="theme", title="Places", as_published="Theme 2 – Places", number="2")
    unused = Group(id="outcome-unused", kind="outcome", title="Unused", as_published="Outcome: Unused")
    first = Activity(
        id="2.1a",
        ref="2.1a",
        ref_as_published="2.1 a)",
        ref_basis="published",
        parent_ref="2.1",
        group_id=safe.id,
        lead_in="Light the paths, including:",
        activity="the towpath:\n• from the lock\n• to the mill",
        items=("from the lock", "to the mill"),
        timescale=Timescale(
            as_published="Quarter 4", start=dt.date(2024, 1, 1), end=dt.date(2024, 3, 31), ongoing=False
        ),
        lead_officers=("Head of Streets", "Head of Parks | Paths"),
        lead_directorates=("Places & Growth",),
        lead_cabinet_members=("Cabinet Member for Safe Streets",),
        inherited=("lead_officers",),
        also_links_to=(
            CrossLink(as_published="places theme", title="Places", group_id="theme-places", score=0.95),
            CrossLink(as_published="nowhere"),
        ),
        notes=("joint with the canal trust",),
        status="Amber",
        progress="Lamps ordered.",
        extra={"Budget": "£12,000", "Risk": "-5%"},
        provenance={
            "activity": Provenance(known="printed", location=Location(lines=(9, 11))),
            "lead_officers": Provenance(known="inherited", from_id="2.1", text="Head of Streets", location=None),
        },
        location=Location(lines=(9, 12), method="segmented", links=("https://example.org/a",)),
    )
    second = Activity(
        id="row-2",
        ref_basis="none",
        activity="=SUM(A1) is no formula here",
        timescale=Timescale(as_published="Ongoing", ongoing=True, recurrence="annual", basis="inferred"),
        location=Location(page=2, bbox=(1.0, 2.5, 3.0, 4.0), continued=(Location(page=3, bbox=(1, 2, 3, 4)),)),
    )
    return Plan(
        title="Delivery Plan 2023",
        theme="Places",
        publisher=Publisher(name="Example Council", id="GB-LAE-XXX"),
        period=Period(label="2023", start=dt.date(2023, 4, 1), end=dt.date(2024, 3, 31), basis="inferred"),
        source=SOURCE,
        groups=(places, safe, unused),
        activities=(first, second),
        tables=(KeptTable(caption="Measures", header=("Ref", "Target"), rows=(("KPI 1", "5"),)),),
        coverage=Coverage(
            words=100,
            claimed=98,
            claims={"record": 90, "heading": 8},
            furniture=(Passage(text="Back to top", kind="navigation", location=Location(lines=(1, 1))),),
            unread=(Passage(text="stray words", location=Location(lines=(30, 30))),),
        ),
        issues=(
            Issue(
                code="border-inferred",
                severity="warning",
                message="The border after “Streets” is a guess.",
                activity_id="2.1a",
                ref="2.1a",
                field="lead_officers",
                location=Location(lines=(12, 12)),
            ),
            Issue(code="period-inferred", severity="info", message="2023 is read as 2023/24.", field="period"),
        ),
    )


# What breaks CSV, lists in cells, terminals and JSON; no lone surrogates, which no UTF-8 file can hold.
_LETTERS = st.one_of(
    st.sampled_from(list("|\\\",;'\n\r\t =+-@•–’\u00a0\u200b\u2028\x00é計")),
    st.characters(codec="utf-8", max_codepoint=0x2FFFF),
)
TEXTS = st.text(_LETTERS, max_size=12)
FILLED = st.text(_LETTERS, min_size=1, max_size=12)
OPTIONAL = st.none() | FILLED
LISTS = st.lists(FILLED, max_size=3).map(tuple)
DATES = st.none() | st.dates()
NUMBERS = st.floats(0, 1e4, allow_nan=False).map(lambda number: round(number, 2))

LOCATIONS = st.builds(
    Location,
    page=st.none() | st.integers(1, 999),
    bbox=st.none() | st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    lines=st.none() | st.tuples(st.integers(1, 9999), st.integers(1, 9999)),
    path=OPTIONAL,
    method=OPTIONAL,
    links=LISTS,
)
TIMESCALES = st.builds(
    Timescale,
    as_published=TEXTS,
    start=DATES,
    end=DATES,
    ongoing=st.booleans(),
    recurrence=st.none() | st.sampled_from(["daily", "half-yearly", "annual"]),
    basis=st.sampled_from(["stated", "inferred", "unresolved"]),
)
LINKS = st.builds(CrossLink, as_published=TEXTS, title=OPTIONAL, group_id=OPTIONAL, score=st.none() | st.just(0.5))
PROVENANCES = st.builds(
    Provenance,
    known=st.sampled_from(["printed", "inherited", "inferred"]),
    from_id=OPTIONAL,
    text=OPTIONAL,
    location=st.none() | LOCATIONS,
)


def _activities(group_ids: list[str]) -> st.SearchStrategy[Activity]:
    return st.builds(
        Activity,
        id=FILLED,
        ref=OPTIONAL,
        ref_as_published=OPTIONAL,
        ref_basis=st.sampled_from(["published", "inferred", "none"]),
        parent_ref=OPTIONAL,
        group_id=st.sampled_from([None, *group_ids]),
        lead_in=OPTIONAL,
        activity=TEXTS,
        items=LISTS,
        timescale=st.none() | TIMESCALES,
        lead_officers=LISTS,
        lead_directorates=LISTS,
        lead_cabinet_members=LISTS,
        inherited=LISTS,
        also_links_to=st.lists(LINKS, max_size=2).map(tuple),
        notes=LISTS,
        status=OPTIONAL,
        progress=OPTIONAL,
        extra=st.dictionaries(TEXTS, TEXTS, max_size=2),
        provenance=st.dictionaries(FILLED, PROVENANCES, max_size=2),
        location=LOCATIONS,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans whose texts are as odd as can be, with groups within groups, some of them empty."""
    ids = draw(st.lists(FILLED, max_size=4, unique=True))
    groups = []
    for index, group_id in enumerate(ids):
        groups.append(
            Group(
                id=group_id,
                kind=draw(OPTIONAL),
                title=draw(TEXTS),
                as_published=draw(TEXTS),
                number=draw(OPTIONAL),
                parent_id=draw(st.sampled_from([None, *ids[:index]])),
                location=draw(st.none() | LOCATIONS),
            )
        )
    return Plan(
        title=draw(OPTIONAL),
        theme=draw(OPTIONAL),
        publisher=draw(st.none() | st.builds(Publisher, name=FILLED, id=OPTIONAL)),
        period=draw(st.none() | st.builds(Period, label=TEXTS, start=DATES, end=DATES)),
        source=SOURCE,
        groups=tuple(groups),
        activities=tuple(draw(st.lists(_activities(ids), min_size=1, max_size=4, unique_by=lambda a: a.id))),
    )


def with_used_groups_only(plan: Plan) -> Plan:
    """The plan as CSV and JSON Lines hold it: its groups that hold activities, directly or below; no more."""
    parents = {group.id: group.parent_id for group in plan.groups}
    used: set[str | None] = {activity.group_id for activity in plan.activities}
    for _ in parents:
        used |= {parents[name] for name in used if name in parents}
    return plan.model_copy(
        update={
            "groups": tuple(group for group in plan.groups if group.id in used),
            "tables": (),
            "coverage": Coverage(),
            "issues": (),
        }
    )
