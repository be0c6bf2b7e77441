"""Plans that an older version wrote, brought to today's shape.

Each step takes the JSON of one `schema_version` to the next; a plan is carried through as many as it needs.
0.9 is the draft that the project's hand-made plans are written in: activities name their group by its title, and
have no `id` and no `location`; there is no `source`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from extractor.errors import ExtractorError

CURRENT = "1.0"
"""The `schema_version` that the last step leads to."""

JsonObject = dict[str, Any]


class PlanVersionUnknown(ExtractorError):
    """The JSON is no plan, or was written by a newer version of the tool."""

    remedy = "Update the tool, or extract the plan again from its source."


def migrate(data: JsonObject) -> JsonObject:
    """The plan's JSON in today's shape; the argument is left as it is.

    Raises `PlanVersionUnknown` where `schema_version` is missing or is none that this version knows.

    >>> migrate({"schema_version": "1.0", "title": "A plan"})["title"]
    'A plan'
    """
    version = data.get("schema_version")
    if version != CURRENT and version not in STEPS:
        known = ", ".join([*STEPS, CURRENT])
        raise PlanVersionUnknown(f"A plan of schema version {version!r} cannot be read; known are {known}.")
    while version != CURRENT:
        data = STEPS[version](data)
        version = data["schema_version"]
    return data


def _from_0_9(draft: JsonObject) -> JsonObject:
    """1.0: groups and activities have an `id`, activities point to their group by it, and there is a `source`."""
    plan = copy.deepcopy(draft)
    plan["schema_version"] = "1.0"
    plan.setdefault("source", {"name": "unknown", "media_type": "application/json", "sha256": "", "size": 0})
    by_title: dict[str, str] = {}
    for group in plan.get("groups", ()):
        group.setdefault("id", _unused(_slug(group["title"]), set(by_title.values())))
        group.setdefault("as_published", group["title"])
        by_title.setdefault(group["title"], group["id"])
    used: set[str] = set()
    for activity in plan.get("activities", ()):
        group_title = activity.pop("group", None)
        activity.setdefault("group_id", by_title.get(group_title))
        activity.setdefault("id", _unused(activity.get("ref") or _slug(activity["activity"]), used))
        activity.setdefault("location", {})
        used.add(activity["id"])
    return plan


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:6]) or "unnamed"


def _unused(name: str, used: set[str]) -> str:
    """The name, with a number where it is taken."""
    candidate, number = name, 1
    while candidate in used:
        number += 1
        candidate = f"{name}-{number}"
    return candidate


STEPS: dict[str, Callable[[JsonObject], JsonObject]] = {"0.9": _from_0_9}
"""Per older version the step to the next, oldest first."""
