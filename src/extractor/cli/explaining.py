"""One record, field by field: its value, the text that it was read from, the place, and how it is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.locations import describe
from extractor.normalise.references import read_reference
from extractor.records import Activity, Plan

_KNOWN = {
    "printed": "printed in its own cell",
    "inherited": "inherited",
    "heading": "from the heading",
    "inferred": "inferred from the rest of the document",
    "profile": "from the profile",
}
# What is told of the record as a whole, or of another field.
_NO_FIELDS = frozenset({"provenance", "location", "ref_basis", "inherited"})


def find_activities(plan: Plan, name: str) -> list[Activity]:
    """The record with this `id`; else those with this ref, which may be written in any way: "2.6 B)" is 2.6b."""
    by_id = [activity for activity in plan.activities if activity.id == name]
    read = read_reference(name)
    refs = {name, read.canonical.casefold()} if read else {name}
    return by_id or [
        activity
        for activity in plan.activities
        if activity.ref_as_published == name or (activity.ref and {activity.ref, activity.ref.casefold()} & refs)
    ]


def explain_activity(path: str, plan: Plan, activity: Activity) -> str:
    """The record as text for people: a paragraph a field that has a value or an issue."""
    lines = [f"{activity.ref or activity.id}  {path}{_at(activity.location)}"]
    for name in type(activity).model_fields:
        if name in _NO_FIELDS:
            continue
        value = getattr(activity, name)
        issues = [i for i in plan.issues if i.activity_id == activity.id and (i.field or "").split(".")[0] == name]
        if value in (None, "", (), {}) and not issues:
            continue
        lines += ["", f"{name}: {_shown(value)}", *_reason(activity, name)]
        lines += [f"  {issue.severity}[{issue.code}]: {issue.message}" for issue in issues]
    return "\n".join(lines) + "\n"


def _reason(activity: Activity, name: str) -> Iterator[str]:
    provenance = activity.provenance.get(name)
    if provenance is None:
        return
    reason = _KNOWN[provenance.known]
    if provenance.from_id:
        reason += f" from {provenance.from_id}"
    yield f"  {reason}{_at(provenance.location)}"
    if provenance.text:
        yield f"  text: {_shown(provenance.text)}"


def _at(location: Any) -> str:
    place = describe(location) if location is not None else ""
    return f", {place}" if place else ""


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\n", "\n    ")
    if isinstance(value, tuple):
        return "; ".join(map(_shown, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(text)}" for name, text in value.items())
    if hasattr(value, "model_dump"):
        parts = value.model_dump(mode="json", exclude_none=True)
        return ", ".join(f"{name} {part}" for name, part in parts.items() if part is not False)
    return str(value)
