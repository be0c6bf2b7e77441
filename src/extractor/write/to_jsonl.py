"""A plan as JSON Lines: one activity a line, self-contained, with its group and its plan; and back."""

from __future__ import annotations

import json

from extractor.records import Plan
from extractor.write.columns import Entry, entries, plan_of


def format_jsonl(plan: Plan) -> str:
    """One line an activity: its own fields, then `group` (or null) and `plan`."""
    return "".join(
        json.dumps({**entry["activity"], "group": entry["group"], "plan": entry["plan"]}, ensure_ascii=False) + "\n"
        for entry in entries(plan)
    )


def parse_jsonl(text: str) -> Entry:
    """The groups and activities that `format_jsonl` wrote, as the JSON values of a plan, not yet validated.

    Raises `json.JSONDecodeError` where a line is no JSON, and `KeyError` or `TypeError` where it is no
    object with `group` and `plan`. Several plans in one file are read as the first one's.
    """
    found = []
    for line in text.split("\n"):
        if line.strip():
            activity = json.loads(line)
            group, plan = activity.pop("group"), activity.pop("plan")
            found.append({"activity": activity, "group": group, "plan": plan})
    return plan_of(found)
