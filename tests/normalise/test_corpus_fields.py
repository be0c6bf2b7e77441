"""Every gold record of the corpus as an oracle, field by field: what is published must give what is expected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.normalise.links import resolve
from extractor.normalise.people import split_people
from extractor.normalise.periods import read_period
from extractor.normalise.references import Place, check, complete, infer, read_reference
from extractor.normalise.timescales import read_timescale
from extractor.records import Group
from extractor.vocabulary.times import find_timescales

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
GOLD = sorted(CORPUS.rglob("*.gold.json"))
pytestmark = pytest.mark.skipif(not GOLD, reason="the corpus (../shared/corpus) is not here")


@pytest.fixture(params=GOLD, ids=lambda path: f"{path.parent.name}/{path.name}")
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return plan


def test_periods(gold: dict[str, Any]) -> None:
    for text in (gold["period"]["label"], gold["title"]):
        period = read_period(text)
        assert period is not None
        assert [str(period.start), str(period.end)] == [gold["period"]["start"], gold["period"]["end"]]


def test_timescales(gold: dict[str, Any]) -> None:
    period = read_period(gold["period"]["label"])
    for wanted in (activity["timescale"] for activity in gold["activities"] if activity["timescale"]):
        timescale, _ = read_timescale(wanted["as_published"], period)
        got = json.loads(timescale.model_dump_json())
        assert {name: got[name] for name in wanted} == wanted
        assert [(s.start, s.end) for s in find_timescales(wanted["as_published"])] == [(0, len(wanted["as_published"]))]


def test_references(gold: dict[str, Any]) -> None:
    titles = [group["title"] for group in gold["groups"]]
    places = []
    for activity in gold["activities"]:
        reference = read_reference(activity["ref_as_published"]) if activity["ref_as_published"] else None
        if reference:
            reference = complete(reference, activity["parent_ref"])
            assert (reference.canonical, reference.parent) == (activity["ref"], activity["parent_ref"])
        places.append(Place(reference, titles.index(activity["group"])))
    if any(place.reference for place in places):
        refs = [reference.canonical if reference else None for reference in infer(places)]
        assert refs == [activity["ref"] for activity in gold["activities"]]
        assert list(check(refs, [place.group_index for place in places])) == []


def test_links(gold: dict[str, Any]) -> None:
    groups = [Group(id=g["title"], kind=g["kind"], title=g["title"], as_published=g["title"]) for g in gold["groups"]]
    for wanted in (activity["also_links_to"] for activity in gold["activities"] if activity["also_links_to"]):
        words = " and to ".join(link["as_published"] for link in wanted)
        links, doubts = resolve(f"Also links to {words}", groups)
        assert [(link.as_published, link.title) for link in links] == [(w["as_published"], w["title"]) for w in wanted]
        assert not [d for d in doubts if d.code == "link-unresolved" and d.severity != "info"]


def test_people(gold: dict[str, Any]) -> None:
    for activity in gold["activities"]:
        for name in ("lead_officers", "lead_directorates", "lead_cabinet_members"):
            people = tuple(activity.get(name) or ())
            assert split_people(people) == people
            assert split_people(["; ".join(people)]) == people
