"""Labels and values without anything between them, as a converter leaves a list of definitions."""

from __future__ import annotations

from extractor.pipeline import extract_bytes
from extractor.records import Plan

PLAN = """Climate Plan 2024/25

Outcome 1: Waste

1.1 Collect food waste from every flat

Lead officerWaste Strategy OfficerPartnersFriends of the ParkTimescaleQ2SavingEnablingStatusOn track

1.2 Open two repair shops with charities

Lead officerWaste Strategy Officer
Head of PlacePartnersYMCATimescaleFrom October 2024Saving14StatusNot started

1.3 Sort what the shops throw away into:

  * cloth
  * metal
Lead officerHead of PlacePartnersTimescaleSummer 2024Saving£40,000StatusOn track
Privacy notice
"""


def plan_of(text: str) -> Plan:
    return extract_bytes(text.encode(), "plan.txt")


def test_labels_are_told_from_values_by_their_recurrence() -> None:
    plan = plan_of(PLAN)
    assert [a.ref for a in plan.activities] == ["1.1", "1.2", "1.3"]
    assert [a.lead_officers for a in plan.activities] == [
        ("Waste Strategy Officer",),
        ("Waste Strategy Officer", "Head of Place"),
        ("Head of Place",),
    ]
    times = [a.timescale.as_published for a in plan.activities if a.timescale]
    assert times == ["Q2", "From October 2024", "Summer 2024"]
    assert [a.status for a in plan.activities] == ["On track", "Not started", "On track"]
    assert [a.extra.get("Saving") for a in plan.activities] == ["Enabling", "14", "£40,000"]
    assert [a.extra.get("Partners") for a in plan.activities] == ["Friends of the Park", "YMCA", None]
    assert plan.activities[2].items == ("cloth", "metal")


def test_every_word_is_accounted_for() -> None:
    coverage = plan_of(PLAN).coverage
    assert coverage.unread == ()
    assert coverage.words == coverage.claimed
