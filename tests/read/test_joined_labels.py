"""Cards whose labels have lost what parted them from their values."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.read.joined_labels import with_colons

_CARDS = (
    ("Set up a helpline for landlords", "Housing Options Manager", "June 2024", "Ongoing"),
    ("Offer mediation to every family", "Youth Lead", "May 2024", "Complete"),
    ("Lease forty homes from owners", "Lettings Officer", "March 2025", "Ongoing"),
)


def _text(gap: str) -> str:
    cards = (
        f"{action}\nLead officer{gap}{lead}\nTarget date{gap}{date}\nStatus{gap}{state}"
        for action, lead, date, state in _CARDS
    )
    return "Delivery Plan 2024/25\n\n" + "\n\n".join(cards) + "\n"


@pytest.mark.parametrize("gap", ["", "        "], ids=["glued", "wide"])
def test_a_label_that_comes_again_is_parted_from_its_value(gap: str) -> None:
    plan = read_plan(_text(gap).encode(), "plan.txt", Settings())
    assert [activity.activity for activity in plan.activities] == [action for action, *_ in _CARDS]
    assert [activity.lead_officers for activity in plan.activities] == [(lead,) for _, lead, *_ in _CARDS]
    assert [activity.status for activity in plan.activities] == ["Ongoing", "Complete", "Ongoing"]
    assert plan.coverage.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "Lead officer        Target date\n" * 3,  # a header that comes again
        "Service Manager\nQuarter 4\n" * 3,  # values
        "Action        Mend the roof\nLead officer        Clerk\nStatus        Ongoing\n"
        * 3,  # with labels of their own
        "Action 1.1    Mend the roof\nLead officer        Clerk\nStatus        Ongoing\n" * 3,
        "StatusOngoing\n" * 3,
        "Owner        Clerk\nStatus       Ongoing\n" * 3 + "             Clerk\nOwner\n             Warden\n",
    ],
)
def test_other_lines_are_left_as_they_are(text: str) -> None:
    assert with_colons(text.split("\n")) is None
