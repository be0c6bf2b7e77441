"""The flat form of a plan: one entry an activity, with its group and its plan; and the columns of the CSV.

1. The columns are read off the models, so that a field added there is a column here and in the Table Schema.
2. An entry is self-contained: from all entries the groups and activities of the plan come back. Groups
   without activities, kept tables, coverage and issues are in the JSON only.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from extractor.fixed import fixed
from extractor.records import Activity, Group, Period, Plan, Publisher, Source, Timescale

Kind = Literal["string", "integer", "number", "boolean", "date", "list", "object", "array"]
Entry = dict[str, Any]
"""`plan`, `group` (or None) and `activity`, each as JSON values."""

_PLAN_FIELDS = ("schema_version", "title", "theme", "publisher", "period", "source")
_NESTED: dict[str, type[BaseModel]] = {"publisher": Publisher, "period": Period, "source": Source}
_SCALARS: dict[type, Kind] = {str: "string", int: "integer", float: "number", bool: "boolean", dt.date: "date"}


@fixed(frozen=True, slots=True)
class Column:
    """One column of the CSV."""

    name: str
    path: tuple[str, ...]
    """Where its value stands in an `Entry`."""
    kind: Kind
    """`list`: texts joined with a bar; `object` and `array`: JSON text."""
    title: str
    description: str
    required: bool = False
    """Never empty: the model requires it, and an empty text makes no sense there."""
    choices: tuple[str, ...] = ()
    may_be_blank: bool = False
    """Its model requires it, but an empty text is a value: an empty cell is not null then."""


def _plain(annotation: Any) -> Any:
    """The annotation without `| None`."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return next(part for part in typing.get_args(annotation) if part is not type(None))
    return annotation


def _kind(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    plain = _plain(annotation)
    origin, arguments = typing.get_origin(plain), typing.get_args(plain)
    if origin is Literal:
        return "string", arguments
    if origin is tuple:
        return ("list" if arguments[0] is str else "array"), ()
    return _SCALARS.get(plain, "object"), ()


def column_of(name: str, path: tuple[str, ...], field: FieldInfo, within: str = "", always: bool = True) -> Column:
    """The column of a model's field; `within` stands before its title, `always`: its model is always there."""
    kind, choices = _kind(field.annotation)
    may_be_blank = field.is_required() and kind == "string" and (not always or path[-1] == "activity")
    return Column(
        name,
        path,
        kind,
        title=f"{within}{field.title}",
        description=field.description or "",
        required=field.is_required() and always and not may_be_blank,
        choices=choices,
        may_be_blank=may_be_blank,
    )


def columns_of(
    model: type[BaseModel], path: tuple[str, ...], prefix: str, within: str, always: bool
) -> Iterator[Column]:
    """The columns of a nested model; none of them is required unless the whole is always there."""
    for name, field in model.model_fields.items():
        yield column_of(prefix + name, (*path, name), field, within, always)


def _group_columns() -> Iterator[Column]:
    yield from columns_of(Group, ("group",), "group_", "Group: ", always=False)
    yield Column(
        "group_position",
        ("group", "position"),
        "integer",
        "Group: Position",
        "Place of the group among all groups of the plan, from 1.",
    )
    yield Column(
        "group_parents",
        ("group", "parents"),
        "array",
        "Group: Parents",
        "The groups that this one is part of, the outermost first.",
    )


@cache
def columns() -> tuple[Column, ...]:
    """The columns of the CSV in their order: the activity's, with its group in place of `group_id`; the plan's."""
    found: list[Column] = []
    for name, field in Activity.model_fields.items():
        if name == "group_id":
            found.extend(_group_columns())
        elif name == "timescale":
            found.extend(columns_of(Timescale, ("activity", name), "timescale_", "Timescale: ", always=False))
        else:
            found.append(column_of(name, ("activity", name), field))
    for name in _PLAN_FIELDS:
        field = Plan.model_fields[name]
        nested = _NESTED.get(name)
        if nested:
            found.extend(columns_of(nested, ("plan", name), f"{name}_", f"{name.title()}: ", always=name == "source"))
        else:
            prefix = "" if name == "schema_version" else "plan_"
            found.append(column_of(prefix + name, ("plan", name), field, within="Plan: " if prefix else ""))
    return tuple(found)


def entries(plan: Plan) -> Iterator[Entry]:
    """Each activity with its group and its plan, as JSON values."""
    head, groups = surroundings(plan)
    whole = plan.model_dump(mode="json", include={"activities"})
    for activity in whole["activities"]:
        yield {"activity": activity, "group": groups.get(activity["group_id"]), "plan": head}


def surroundings(plan: Plan) -> tuple[Entry, dict[str, Entry]]:
    """What entries have in common: the plan, and each group by its `id`, as JSON values."""
    whole = plan.model_dump(mode="json", include={*_PLAN_FIELDS, "groups"})
    groups: dict[str, Entry] = {}
    for position, group in enumerate(whole.pop("groups"), 1):
        groups.setdefault(group["id"], {**group, "position": position})
    return whole, {name: {**group, "parents": _ancestors(group, groups)} for name, group in groups.items()}


def _ancestors(group: Entry, groups: dict[str, Entry]) -> list[Entry]:
    """The groups that a group is part of, the outermost first. A circle, which no plan should have, ends it."""
    found: list[Entry] = []
    seen = {group["id"]}
    parent = groups.get(group["parent_id"])
    while parent is not None and parent["id"] not in seen:
        seen.add(parent["id"])
        found.append(parent)
        parent = groups.get(parent["parent_id"])
    return found[::-1]


def plan_of(all_entries: Iterable[Entry]) -> Entry:
    """The plan, as JSON values, that the entries were made from: its groups and activities.

    The plan's own fields are taken from the first entry. Groups stand in the order of their positions.
    """
    head: Entry = {}
    groups: dict[str, Entry] = {}
    activities = []
    for entry in all_entries:
        head = head or entry["plan"]
        group = entry["group"]
        if group is not None:
            for one in (*group.get("parents", ()), group):
                groups.setdefault(str(one.get("id")), one)
        activities.append(entry["activity"])
    ordered = sorted(groups.values(), key=lambda group: group.get("position") or 0)
    return {
        **head,
        "groups": [{k: v for k, v in g.items() if k not in ("position", "parents")} for g in ordered],
        "activities": activities,
    }
