"""Small pages of plans, made by hand, and the plans that are read from them."""

from __future__ import annotations

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

HEADER = "<tr><th>Ref</th><th>Action</th><th>Lead</th><th>By when</th></tr>"


def plan_of(body: str) -> Plan:
    """The plan of a page, whose every word must be claimed."""
    plan = read_plan(f"<html><body>{body}</body></html>".encode(), "page.html", Settings())
    assert plan.coverage.unread == ()
    assert plan.coverage.claimed == plan.coverage.words
    return plan
