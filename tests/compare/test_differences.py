"""In what way two activities differ, by meaning: labels, dates, people, words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.changes import Change
from extractor.compare import compare
from extractor.compare.describe import plain_wording, text_runs
from extractor.locations import NOWHERE
from extractor.records import Activity, Group, Period, Plan, Timescale
from extractor.write.changes_words import new_runs, old_runs, text_changes
from plans import SOURCE

_GROUPS = (
    Group(id="homes", kind="outcome", title="Homes are safe, warm and affordable", as_published="Homes"),
    Group(id="streets", kind="outcome", title="Streets are clean", as_published="Streets"),
)
_TEXT = "Put a damp and mould response team in place, with every report inspected within ten working days"


def _change(old: dict[str, Any], new: dict[str, Any], *, groups: tuple[Group, ...] = _GROUPS) -> Change:
    """What became of an activity with these fields in a plan of the next year."""
    common = {"id": "x", "ref": "3.1", "group_id": "homes", "activity": _TEXT, "location": NOWHERE}
    before = Plan(source=SOURCE, groups=_GROUPS, period=_period(2022), activities=(Activity(**{**common, **old}),))
    after = Plan(source=SOURCE, groups=groups, period=_period(2023), activities=(Activity(**{**common, **new}),))
    (change,) = compare(before, after).changes
    return change


def _period(year: int) -> Period:
    return Period(label=str(year), start=dt.date(year, 4, 1), end=dt.date(year + 1, 3, 31))


def _when(words: str, end: str | None) -> dict[str, Any]:
    return {"timescale": Timescale(as_published=words, end=dt.date.fromisoformat(end) if end else None)}


@pytest.mark.parametrize(
    ("old", "new", "labels"),
    [
        ({}, {}, ()),
        ({}, {"ref": "3.2"}, ("renumbered",)),
        ({"ref": None}, {"ref": "3.2"}, ()),
        ({}, {"group_id": "streets"}, ("moved",)),
        ({}, {"activity": _TEXT.upper() + "."}, ()),
        ({}, {"activity": _TEXT.replace(",", "")}, ("reworded",)),
        ({}, {"activity": _TEXT.replace("ten", "five")}, ("reworded",)),
        (_when("Quarter 4", "2023-03-31"), _when("Quarter 4", "2024-03-31"), ("slipped",)),
        (_when("Quarter 4", "2023-03-31"), _when("quarter  4", "2023-03-31"), ()),
        (_when("Q3", "2022-12-31"), _when("Quarter 1", "2023-06-30"), ("retimed", "slipped")),
        (_when("Quarter 4", "2023-03-31"), _when("Quarter 3", "2022-12-31"), ("retimed",)),
        (_when("Ongoing", None), _when("Quarter 3", "2023-12-31"), ("retimed",)),
        ({}, _when("Quarter 3", "2023-12-31"), ("retimed",)),
        (
            {"lead_officers": ("Assistant Director, Housing & Communities",)},
            {"lead_officers": ("assistant director of housing and communities",)},
            (),
        ),
        ({"lead_officers": ("Head of A", "Head of B")}, {"lead_officers": ("Head of B", "Head of A")}, ()),
        ({"lead_officers": ()}, {"lead_officers": ("Head of A",)}, ("reassigned",)),
        ({"lead_directorates": ("Place",)}, {"lead_directorates": ("People",)}, ("reassigned",)),
        ({"lead_cabinet_members": ("Cllr A",)}, {"lead_cabinet_members": ("Cllr B",)}, ("reassigned",)),
        ({"notes": ("Subject to grant",)}, {}, ()),
        ({"lead_in": "Build homes:"}, {"lead_in": "Build more homes:"}, ()),
    ],
)
def test_labels(old: dict[str, Any], new: dict[str, Any], labels: tuple[str, ...]) -> None:
    change = _change(old, new)
    assert change.labels == labels
    assert change.kind == ("changed" if labels else "unchanged")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ({"notes": ("Subject to grant",)}, {}, "notes"),
        ({"lead_in": "Build homes:"}, {"lead_in": "Build 40 homes:"}, "lead_in"),
        ({"status": "Green"}, {"status": "Red"}, "status"),
        ({"progress": "Half done"}, {"progress": "Done"}, "progress"),
        ({"extra": {"Risk": "Low"}}, {"extra": {"Risk": "High"}}, "extra.Risk"),
    ],
)
def test_what_bears_no_label_is_among_the_fields(old: dict[str, Any], new: dict[str, Any], field: str) -> None:
    change = _change(old, new)
    assert (change.labels, [entry.field for entry in change.fields]) == ((), [field])


def test_a_later_deadline_is_told_in_days_and_quarters() -> None:
    change = _change(_when("Quarter 2", "2022-09-30"), _when("Quarter 4", "2023-03-31"))
    (end,) = [entry for entry in change.fields if entry.field == "end"]
    assert (end.old, end.new, end.days_later, end.quarters_later) == ("2022-09-30", "2023-03-31", 182, 2)


def test_a_misspelt_officer_is_reassigned_and_marked_as_spelling() -> None:
    change = _change(
        {"lead_officers": ("Assistant Director, Planing and Transport",)},
        {"lead_officers": ("Assistant Director, Planning and Transport",)},
    )
    assert change.labels == ("reassigned",)
    assert [entry.spelling for entry in change.fields] == [True]


def test_a_group_with_a_misprint_in_its_title_is_the_same_group() -> None:
    misprinted = (_GROUPS[0].model_copy(update={"title": "Homes are safe, warm and afordable"}), _GROUPS[1])
    assert _change({}, {}, groups=misprinted).labels == ()


@pytest.mark.parametrize(
    ("new", "because"),
    [
        (_TEXT.replace("Put", "Get").replace("in place", "to work"), ()),
        (_TEXT.replace("ten", "five"), ("number",)),
        (_TEXT + " by March", ("date",)),
        (_TEXT.replace("with every", "with not every"), ("negation",)),
        (_TEXT.replace("Put", "We may put"), ("obligation",)),
        (_TEXT + " at Beck House", ("name",)),
    ],
)
def test_substance_is_told_from_wording(new: str, because: tuple[str, ...]) -> None:
    (text,) = _change({}, {"activity": new}).fields
    assert (text.substance, text.because) == (bool(because), because)


@pytest.mark.parametrize(("end", "labels"), [("2023-03-31", ()), ("2023-04-01", ("dropped_unfinished",)), (None, ())])
def test_dropped_though_due_after_the_new_plan_begins(end: str | None, labels: tuple[str, ...]) -> None:
    timescale = Timescale(as_published="then", end=dt.date.fromisoformat(end) if end else None)
    activity = Activity(id="x", activity=_TEXT, timescale=timescale, location=NOWHERE)
    old = Plan(source=SOURCE, period=_period(2022), activities=(activity,))
    (change,) = compare(old, Plan(source=SOURCE, period=_period(2023))).changes
    assert (change.kind, change.labels) == ("removed", labels)


_TEXTS = st.lists(
    st.sampled_from(["the", "of", "homes", "20", "(six)", "£4.1m", "“safe”", "and", "Beck", "House.", "\n• one", "–"]),
    max_size=14,
).map(" ".join)


@given(_TEXTS, _TEXTS)
def test_runs_joined_are_the_texts(old: str, new: str) -> None:
    runs = text_runs(old, new)
    assert "".join(run.text for run in runs if run.operation != "removed") == new.strip()
    if plain_wording(old) != plain_wording(new):
        change = _change({"activity": f"{_TEXT} {old}"}, {"activity": f"{_TEXT} {new}"})
        for field in text_changes(change):
            assert "".join(text for _, text in old_runs(field)) == str(field.old).strip()
            assert "".join(text for _, text in new_runs(field)) == str(field.new).strip()
