"""What a caller demands of a plan becomes an error where the plan does not meet it, and nothing where it does."""

from __future__ import annotations

import pytest

from extractor.demands import hold_to
from extractor.profile import Settings
from extractor.records import Issue
from plans import full_plan


def _messages(*expect: tuple[str | None, int]) -> list[str]:
    plan = hold_to(full_plan(), Settings(expect=expect))
    return [issue.message for issue in plan.issues if issue.code == "count-differs" and issue.severity == "error"]


def test_nothing_demanded_nothing_changed() -> None:
    plan = full_plan()
    assert hold_to(plan, Settings()) is plan
    assert hold_to(plan, Settings(expect=((None, 2),))) is plan


@pytest.mark.parametrize(
    "words",
    ["Safe streets", "safe streets", "Outcome: Safe streets", "outcome safe streets", "outcome-safe-streets", "Places"],
)
def test_a_group_is_named_in_several_ways_and_holds_its_subgroups(words: str) -> None:
    assert _messages((words, 1)) == []
    [message] = _messages((words, 5))
    assert "5 activities are expected" in message
    assert "1 were found" in message


def test_an_empty_group_may_be_expected_to_be_empty() -> None:
    assert _messages(("Unused", 0)) == []


def test_a_group_that_is_not_there_is_an_error() -> None:
    [message] = _messages(("Warm homes", 0))
    assert "no heading" in message


def test_required_coverage_makes_unread_words_an_error() -> None:
    unread = Issue(code="text-unread", severity="warning", message="stray words")
    plan = full_plan()
    plan = plan.model_copy(update={"issues": (*plan.issues, unread)})
    assert hold_to(plan, Settings()).issues[-1].severity == "warning"
    held = hold_to(plan, Settings(require_coverage=True))
    assert held.issues[-1].severity == "error"
    assert held.issues[:-1] == plan.issues[:-1]
