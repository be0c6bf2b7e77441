"""The second half of a document's road: rows become records, which are held to what the caller demands.

It knows neither readers nor recognisers: they may have worked in another process.
"""

from __future__ import annotations

from extractor.demands import hold_to
from extractor.errors import NoPlanFound
from extractor.issues import CATALOGUE
from extractor.memory import collection_paused
from extractor.normalise import normalise
from extractor.profile import Settings
from extractor.records import Plan
from extractor.rows import PlanRows


def plan_of(rows: PlanRows, settings: Settings) -> Plan:
    """The plan that was read as these rows: the second half of the road."""
    with collection_paused():
        return hold_to(normalise(rows, settings), settings)


def no_plan(plan: Plan, name: str) -> NoPlanFound:
    """The refusal for a document without activities, with the remedy of what may be the reason."""
    reasons = [issue for issue in plan.issues if issue.severity == "error" and issue.code != "count-differs"]
    if not reasons:
        return NoPlanFound(f"{name} holds no rows of a plan")
    reason = reasons[0]
    kind = CATALOGUE.get(reason.code)
    return NoPlanFound(f"{name} holds no rows of a plan: {reason.message}", kind.remedy if kind else "")
