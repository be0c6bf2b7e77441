"""The normalised form of a plan: tables that point to each other by keys, as databases and Data Packages hold them.

1. The columns are read off the models, as those of the CSV are; a new scalar field is a new column without more ado.
2. A list within a record is a table of its own; `position` counts from 1 in the order of the source.
3. A link to a group that the plan lacks (CSV holds no group without activities) keeps its words, not its `group_id`.
4. Kept tables and coverage are no tables here. A database holds them as JSON on the plan; otherwise the JSON has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor.records import Activity, CrossLink, Group, Issue, Plan, Timescale
from extractor.write.columns import Column, column_of, columns_of

Row = dict[str, Any]
"""The row's values as JSON values, by column."""

LEAD_ROLES = {
    "officer": "lead_officers",
    "directorate": "lead_directorates",
    "cabinet_member": "lead_cabinet_members",
}
_ELSEWHERE = frozenset({"items", "timescale", "also_links_to", "notes", *LEAD_ROLES.values()})


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key of one column."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table; in a database each key also names the plan."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    indexes: tuple[str, ...] = ()
    """Columns that people search by."""


def _position(of_what: str) -> Column:
    return Column("position", ("position",), "integer", "Position", f"Place {of_what}, from 1.", required=True)


_ACTIVITY_ID = Column("activity_id", ("activity_id",), "string", "Activity", "The `id` of the activity.", required=True)
_TO_ACTIVITY = Reference("activity_id", "activities", "id")


def _text(name: str, title: str, description: str) -> Column:
    return Column(name, (name,), "string", title, description, may_be_blank=True)


def _activity_columns() -> Iterator[Column]:
    yield _position("in the document")
    for name, field in Activity.model_fields.items():
        if name == "timescale":
            yield from columns_of(Timescale, (), "timescale_", "Timescale: ", always=False)
        elif name not in _ELSEWHERE:
            yield column_of(name, (name,), field)


@cache
def tables() -> tuple[Table, ...]:
    """The tables, each after those that it points to."""
    return (
        Table(
            "groups",
            "Groups",
            "The headings under which activities stand: outcomes, priorities, themes.",
            (_position("among the headings"), *columns_of(Group, (), "", "", always=True)),
            ("id",),
            (Reference("parent_id", "groups", "id"),),
        ),
        Table(
            "activities",
            "Activities",
            "What the plan says will be done: one row an activity, in document order.",
            tuple(_activity_columns()),
            ("id",),
            (Reference("group_id", "groups", "id"),),
            ("ref", "group_id", "timescale_end", "status"),
        ),
        Table(
            "items",
            "List items",
            "The list items of an activity's text.",
            (_ACTIVITY_ID, _position("in the list"), _text("text", "Text", "The item's words.")),
            ("activity_id", "position"),
            (_TO_ACTIVITY,),
        ),
        Table(
            "leads",
            "Leads",
            "Who is responsible: officers, directorates, and Cabinet members; one row a name.",
            (
                _ACTIVITY_ID,
                Column(
                    "role",
                    ("role",),
                    "string",
                    "Role",
                    "As what the name is given: `officer`, `directorate` or `cabinet_member`.",
                    required=True,
                    choices=tuple(LEAD_ROLES),
                ),
                _position("in the cell"),
                _text("name", "Name", "The role, department or person, as published."),
            ),
            ("activity_id", "role", "position"),
            (_TO_ACTIVITY,),
            ("name",),
        ),
        Table(
            "links",
            "Links",
            "Groups that an activity also serves.",
            (_ACTIVITY_ID, _position("in the activity"), *columns_of(CrossLink, (), "", "", always=True)),
            ("activity_id", "position"),
            (_TO_ACTIVITY, Reference("group_id", "groups", "id")),
            ("group_id",),
        ),
        Table(
            "notes",
            "Notes",
            "Bracketed notes of an activity.",
            (_ACTIVITY_ID, _position("in the activity"), _text("text", "Text", "The note, without its brackets.")),
            ("activity_id", "position"),
            (_TO_ACTIVITY,),
        ),
        Table(
            "issues",
            "Issues",
            "What is doubtful or wrong, or was inherited or inferred.",
            (_position("among the issues"), *columns_of(Issue, (), "", "", always=True)),
            ("position",),
            (_TO_ACTIVITY,),
            ("activity_id", "code", "severity"),
        ),
    )


def rows(plan: Plan) -> dict[str, list[Row]]:
    """The rows of each of `tables`."""
    whole = plan.model_dump(mode="json", include={"groups", "activities", "issues"})
    found: dict[str, list[Row]] = {table.name: [] for table in tables()}
    known = {group.id for group in plan.groups}
    found["groups"] = [{"position": number, **group} for number, group in enumerate(whole["groups"], 1)]
    found["issues"] = [{"position": number, **issue} for number, issue in enumerate(whole["issues"], 1)]
    for number, activity in enumerate(whole["activities"], 1):
        scale = activity["timescale"] or dict.fromkeys(Timescale.model_fields)
        found["activities"].append(
            {"position": number}
            | {name: value for name, value in activity.items() if name not in _ELSEWHERE}
            | {f"timescale_{name}": value for name, value in scale.items()}
        )
        owner = {"activity_id": activity["id"]}
        for table, values in (("items", activity["items"]), ("notes", activity["notes"])):
            found[table] += [{**owner, "position": place, "text": text} for place, text in enumerate(values, 1)]
        for role, field in LEAD_ROLES.items():
            found["leads"] += [
                {**owner, "role": role, "position": place, "name": name}
                for place, name in enumerate(activity[field], 1)
            ]
        found["links"] += [
            {**owner, "position": place, **link, "group_id": link["group_id"] if link["group_id"] in known else None}
            for place, link in enumerate(activity["also_links_to"], 1)
        ]
    return found
