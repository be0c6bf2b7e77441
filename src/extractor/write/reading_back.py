"""What was written, read back and tested: against the models, and for what no model can say of itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from extractor.errors import SourceUnreadable
from extractor.records import SCHEMA_VERSION, Plan
from extractor.write.columns import Entry
from extractor.write.to_csv import CellUnreadable, parse_csv
from extractor.write.to_jsonl import parse_jsonl

_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file made earlier."""

    place: str
    """Path of the wrong value: `activities[3].timescale.end`, with the record's ref or id where it has one."""
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def _from_json(text: str) -> Entry:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise CellUnreadable("the file", f"is JSON, but a {type(value).__name__} and no plan")
    return value


def _from_jsonl(text: str) -> Entry:
    try:
        return parse_jsonl(text)
    except (KeyError, TypeError, AttributeError):
        raise CellUnreadable("the file", "has a line that is no activity with its group and plan") from None


PARSERS: dict[str, Callable[[str], Entry]] = {"json": _from_json, "jsonl": _from_jsonl, "csv": parse_csv}


def _path(place: Iterable[int | str]) -> str:
    """A path as people write it.

    >>> _path(("activities", 3, "timescale", "end"))
    'activities[3].timescale.end'
    """
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the plan"


def _record_of(place: tuple[int | str, ...], value: Entry) -> str:
    """The ref or id of the record that a path leads into, for reading; empty for the rest of the plan."""
    if len(place) < 2 or place[0] not in ("activities", "groups") or not isinstance(place[1], int):
        return ""
    records = value.get(str(place[0]))
    record = records[place[1]] if isinstance(records, list) and place[1] < len(records) else None
    if not isinstance(record, dict):
        return ""
    name = record.get("ref") or record.get("id")
    return f" ({name})" if name else ""


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 3] + "..."


def problems_of(error: ValidationError, value: Entry) -> Iterator[Problem]:
    """What pydantic found, with the path of each wrong value and the value itself."""
    for detail in error.errors(include_url=False):
        place = detail["loc"]
        if detail["type"] == "missing":
            message = "is missing"
        elif detail["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
            message = "is no field of this shape"
        else:
            message = f"{detail['msg'][0].lower()}{detail['msg'][1:]}; found {_shown(detail['input'])}"
        yield Problem(_path(place) + _record_of(place, value), message)


def _repeats(ids: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(ids).items() if count > 1]


def inconsistencies(plan: Plan) -> Iterator[Problem]:
    """What contradicts itself in a plan though every value is of the right kind."""
    if plan.schema_version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        yield Problem("schema_version", f"{plan.schema_version} is not {SCHEMA_VERSION}, which this version reads")
    groups = {group.id for group in plan.groups}
    activities = {activity.id for activity in plan.activities}
    for name in _repeats(activity.id for activity in plan.activities):
        yield Problem("activities", f"the id “{name}” occurs more than once")
    for name in _repeats(group.id for group in plan.groups):
        yield Problem("groups", f"the id “{name}” occurs more than once")
    for index, group in enumerate(plan.groups):
        if group.parent_id is not None and group.parent_id not in groups:
            yield Problem(f"groups[{index}].parent_id", f"there is no group “{group.parent_id}”")
    for index, activity in enumerate(plan.activities):
        place = f"activities[{index}]"
        name = f" ({activity.ref or activity.id})"
        if activity.group_id is not None and activity.group_id not in groups:
            yield Problem(f"{place}.group_id{name}", f"there is no group “{activity.group_id}”")
        for number, link in enumerate(activity.also_links_to):
            if link.group_id is not None and link.group_id not in groups:
                yield Problem(f"{place}.also_links_to[{number}].group_id{name}", f"there is no group “{link.group_id}”")
        scale = activity.timescale
        if scale and scale.start and scale.end and scale.start > scale.end:
            yield Problem(f"{place}.timescale{name}", f"it ends ({scale.end}) before it starts ({scale.start})")
    for index, issue in enumerate(plan.issues):
        if issue.activity_id is not None and issue.activity_id not in activities:
            yield Problem(f"issues[{index}].activity_id", f"there is no activity “{issue.activity_id}”")


def read_back(data: bytes, format: str, name: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan that a file made earlier holds, and what is wrong with it; no plan where it cannot be one.

    `format` is a key of `PARSERS`. Raises `SourceUnreadable` for a file that is no such format at all.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceUnreadable(
            f"{name} is not UTF-8 (byte {problem.start + 1})", "Save it as UTF-8, or extract the plan again."
        ) from None
    try:
        value = PARSERS[format](text)
    except json.JSONDecodeError as problem:
        raise SourceUnreadable(
            f"{name} is no JSON: {problem.msg} in line {problem.lineno}, column {problem.colno}",
            "Give a file that `extractor extract` wrote.",
        ) from None
    except CellUnreadable as problem:
        return None, (Problem(problem.place, problem.message),)
    try:
        plan = Plan.model_validate(value)
    except ValidationError as error:
        return None, tuple(problems_of(error, value))
    found = inconsistencies(plan)
    if format != "json":  # links may lead to groups without activities, which only the JSON holds
        found = (problem for problem in found if ".also_links_to[" not in problem.place)
    return plan, tuple(found)
