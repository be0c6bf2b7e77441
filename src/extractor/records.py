"""The published shape: a plan and its records, as the contract has them. Frozen and closed.

JSON Schema and Table Schema are generated from these models, so every field carries its sentence here.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.fixed import fixed
from extractor.frames import dtype_of, dtypes_of, frame, values_of
from extractor.issues import Severity
from extractor.locations import Location

if TYPE_CHECKING:
    import pandas

SCHEMA_VERSION = "1.0"

RefBasis = Literal["published", "inferred", "none"]
Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "termly", "half-yearly", "annual"]
TimescaleBasis = Literal["stated", "inferred", "unresolved"]
Known = Literal["printed", "inherited", "heading", "inferred", "profile"]


_GIVEN_FIELDS: dict[frozenset[str], set[str]] = {}


class Record(BaseModel):
    """What every published shape has in common: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, _: Any) -> None:
        """Shares the set of the given fields' names with the records that were given the same.

        pydantic keeps one in each record, which is a quarter of what a long plan takes of the memory. Nothing writes
        to it: the records are frozen, and copies have a set of their own.
        """
        given = self.model_fields_set
        if len(_GIVEN_FIELDS) < 4096:
            given = _GIVEN_FIELDS.setdefault(frozenset(given), given)
        object.__setattr__(self, "__pydantic_fields_set__", given)


class Issue(BaseModel):
    """One diagnostic about the plan or one of its records."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(title="Code", description="Names the trouble; `extractor explain CODE` tells more.")
    severity: Severity = Field(
        title="Severity",
        description="`error`: surely wrong or missing; `warning`: a doubt; `info`: for the record.",
    )
    message: str = Field(title="Message", description="What was seen, in a sentence.")
    activity_id: str | None = Field(
        None, title="Activity", description="The `id` of the record concerned; null: the plan as a whole."
    )
    ref: str | None = Field(None, title="Ref", description="The record's ref, for reading.")
    field: str | None = Field(None, title="Field", description="The field concerned, by its name in the records.")
    location: Location | None = Field(None, title="Location", description="The place in the source.")


class Publisher(Record):
    """The body that publishes the plan."""

    name: str = Field(title="Name", description="The publisher's name as the document or a profile gives it.")
    id: str | None = Field(
        None, title="Identifier", description="org-id.guide form, such as `GB-LAE-ROT`, where it is known."
    )


class Period(Record):
    """The time that the plan covers."""

    label: str = Field(title="Label", description="The period as published: `2023`, `2024/25`.")
    start: dt.date | None = Field(None, title="Start", description="First day of the period.")
    end: dt.date | None = Field(None, title="End", description="Last day of the period.")
    basis: Literal["stated", "inferred"] = Field(
        "stated",
        title="Basis",
        description="`stated`: both years or dates are given; `inferred`: a single year is read as the "
        "financial year that starts in it.",
    )


class Source(Record):
    """The document that the plan was extracted from."""

    name: str = Field(title="Name", description="File name, or `-` for standard input; never a path.")
    media_type: str = Field(
        title="Media type", description="`text/plain`, `text/markdown`, `text/html`, `application/pdf`."
    )
    sha256: str = Field(title="SHA-256", description="Hash of the bytes, in hexadecimal.")
    size: int = Field(title="Size", description="Number of bytes.")
    pages: int | None = Field(None, title="Pages", description="Number of pages of a PDF.")
    encoding: str | None = Field(None, title="Encoding", description="Character encoding of a text or web page.")


class Group(Record):
    """A heading under which activities stand."""

    id: str = Field(title="Identifier", description="Unique within the plan: a slug of kind, number and title.")
    kind: str | None = Field(
        None,
        title="Kind",
        description="The label's word, lower case, singular: `outcome`, `priority`; null without label.",
    )
    title: str = Field(title="Title", description="The heading without its label and number.")
    as_published: str = Field(title="As published", description="The heading as it stands in the source.")
    number: str | None = Field(None, title="Number", description="The heading's number where it has one.")
    parent_id: str | None = Field(None, title="Parent", description="The `id` of the group that this one is part of.")
    location: Location | None = Field(None, title="Location", description="The place in the source.")


class Timescale(Record):
    """By when, or over what time, an activity is to be done."""

    as_published: str = Field(title="As published", description="The cell's own words.")
    start: dt.date | None = Field(
        None, title="Start", description="First day where the text names a span; null for a mere deadline."
    )
    end: dt.date | None = Field(None, title="End", description="The last day by which it is to be done.")
    ongoing: bool = Field(False, title="Ongoing", description="True where the text says so.")
    recurrence: Recurrence | None = Field(None, title="Recurrence", description="How often it recurs.")
    basis: TimescaleBasis = Field(
        "stated",
        title="Basis",
        description="`stated`: the words give the dates, with the plan's period; `inferred`: the year was "
        "inferred; `unresolved`: the words cannot be dated.",
    )


class CrossLink(Record):
    """A group that the activity says it also links to."""

    as_published: str = Field(title="As published", description='The words after "Also links to".')
    title: str | None = Field(None, title="Title", description="Title of the group of this plan that is meant.")
    group_id: str | None = Field(None, title="Group", description="`id` of that group.")
    score: float | None = Field(None, title="Score", description="How well the words match its title, 0 to 1.")


@fixed(frozen=True, slots=True)
class Provenance:
    """How one field's value is known, and where it stands."""

    # No model: a long plan has a hundred thousand of these, and a model takes five times the room.
    known: Annotated[
        Known,
        Field(
            title="Known",
            description="`printed` in the record's own cell; `inherited` from another record or a merged cell; from a "
            "`heading`; `inferred` from the rest of the document; or printed, but what it means is said by the `profile`.",
        ),
    ]
    from_id: Annotated[
        str | None, Field(title="From", description="The record that an inherited value comes from.")
    ] = None
    text: Annotated[
        str | None, Field(title="Text", description="The cell's text as found, where it differs from the value.")
    ] = None
    location: Annotated[
        Location | None, Field(title="Location", description="The place of the text in the source.")
    ] = None


# The published shape is closed: pydantic reads this from the class, and refuses unknown keys.
setattr(Provenance, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010


class Activity(Record):
    """One thing that the plan says will be done."""

    id: str = Field(title="Identifier", description="Unique within the plan and stable for the same source.")
    ref: str | None = Field(
        None, title="Ref", description="Canonical reference: `3.5a`, `P1`, `CC-01`; null where there is none."
    )
    ref_as_published: str | None = Field(
        None, title="Ref as published", description="The reference as printed: `3.5 a)`."
    )
    ref_basis: RefBasis = Field(
        "none", title="Ref basis", description="`published`, `inferred` (its neighbours give it) or `none`."
    )
    parent_ref: str | None = Field(
        None, title="Parent ref", description="Of a sub-item, the ref without its letter: `3.5`."
    )
    group_id: str | None = Field(None, title="Group", description="`id` of the innermost group.")
    lead_in: str | None = Field(None, title="Lead-in", description="Text that a set of sub-items shares.")
    activity: str = Field(
        title="Activity",
        description="The record's own text, without letter, cross-links and notes; paragraphs are lines, list items "
        'are lines that begin with "• ".',
    )
    items: tuple[str, ...] = Field((), title="Items", description="The list items alone.")
    timescale: Timescale | None = Field(None, title="Timescale", description="By when it is to be done.")
    lead_officers: tuple[str, ...] = Field((), title="Lead officers", description="Who is responsible, as published.")
    lead_directorates: tuple[str, ...] = Field(
        (), title="Lead directorates", description="The departments or services responsible."
    )
    lead_cabinet_members: tuple[str, ...] = Field(
        (),
        title="Lead Cabinet Members",
        description="The politicians responsible: Cabinet Members, Portfolio Holders.",
    )
    inherited: tuple[str, ...] = Field(
        (), title="Inherited", description="Names of the fields whose values came from another row."
    )
    also_links_to: tuple[CrossLink, ...] = Field(
        (), title="Also links to", description="Groups that the activity also serves."
    )
    notes: tuple[str, ...] = Field((), title="Notes", description="Other bracketed notes, without the brackets.")
    status: str | None = Field(None, title="Status", description="RAG or status, as published.")
    progress: str | None = Field(None, title="Progress", description="The text under Progress, Update or Commentary.")
    extra: dict[str, str] = Field(
        default_factory=dict,
        title="Extra",
        description="Header as published to text, for every other column.",
    )
    provenance: dict[str, Provenance] = Field(
        default_factory=dict,
        title="Provenance",
        description="Per filled field, how it is known and where it stands.",
    )
    location: Location = Field(title="Location", description="The place of the whole row in the source.")


class KeptTable(Record):
    """A table that is no table of activities, kept as it is."""

    caption: str | None = Field(None, title="Caption", description="Its caption, or the heading above it.")
    header: tuple[str, ...] = Field((), title="Header", description="The header's cells.")
    rows: tuple[tuple[str, ...], ...] = Field((), title="Rows", description="The body's cells, row by row.")
    location: Location | None = Field(None, title="Location", description="The place in the source.")


class Passage(Record):
    """A piece of the source that is in no record."""

    text: str = Field(title="Text", description="The words.")
    kind: str | None = Field(
        None, title="Kind", description="What it was taken for (`navigation`, `introduction`); null: unread."
    )
    location: Location | None = Field(None, title="Location", description="The place in the source.")


class Coverage(Record):
    """The ledger that proves that nothing is lost: words = claimed + the words of unread."""

    words: int = Field(0, title="Words", description="Words (runs of letters and digits) in the source's content.")
    claimed: int = Field(
        0, title="Claimed", description="Words in a record, a heading, a kept table or named furniture."
    )
    claims: dict[str, int] = Field(default_factory=dict, title="Claims", description="Words by what claimed them.")
    furniture: tuple[Passage, ...] = Field(
        (),
        title="Furniture",
        description="What stands around the records, by name: navigation, introduction, footers.",
    )
    unread: tuple[Passage, ...] = Field((), title="Unread", description="What nothing claimed.")


class Plan(Record):
    """A published plan as data."""

    schema_version: str = Field(SCHEMA_VERSION, title="Schema version", description="Version of this shape.")
    title: str | None = Field(None, title="Title", description="The plan's title: `Year Ahead Delivery Plan 2023`.")
    theme: str | None = Field(None, title="Theme", description="The theme that the whole document is about.")
    publisher: Publisher | None = Field(None, title="Publisher", description="The body that publishes the plan.")
    period: Period | None = Field(None, title="Period", description="The time that the plan covers.")
    source: Source = Field(title="Source", description="The document.")
    groups: tuple[Group, ...] = Field((), title="Groups", description="The headings, in document order.")
    activities: tuple[Activity, ...] = Field((), title="Activities", description="The records, in document order.")
    tables: tuple[KeptTable, ...] = Field((), title="Tables", description="Tables that are no activities.")
    coverage: Coverage = Field(
        default_factory=lambda: Coverage(), title="Coverage", description="What was read and what not."
    )
    issues: tuple[Issue, ...] = Field((), title="Issues", description="The diagnostics.")

    def to_dataframe(self) -> pandas.DataFrame:
        """The activities as a pandas frame, one row each, with the columns of the CSV.

        Dates are `datetime64`; texts, whole numbers and truths are of pandas' nullable types; lists and objects are
        Python's own. Raises `PartMissing` where pandas is not installed.
        """
        groups: dict[str, dict[str, Any]] = {}
        for position, group in enumerate(self.groups, 1):
            groups.setdefault(group.id, values_of(group, "group_") | {"group_position": position})
        head = {"schema_version": self.schema_version, "plan_title": self.title, "plan_theme": self.theme}
        head |= values_of(self.publisher, "publisher_") | values_of(self.period, "period_")
        head |= values_of(self.source, "source_")
        rows = [
            groups.get(activity.group_id or "", {})
            | values_of(activity)
            | values_of(activity.timescale, "timescale_")
            | head
            for activity in self.activities
        ]
        return frame(_frame_dtypes(), rows)


def _frame_dtypes() -> dict[str, str]:
    """The columns of a plan's frame and their types: those of the CSV, but for the groups above a group."""
    found: dict[str, str] = {}
    for name, field in Activity.model_fields.items():
        if name == "group_id":
            found |= dtypes_of(Group, "group_") | {"group_position": "Int64"}
        elif name == "timescale":
            found |= dtypes_of(Timescale, "timescale_")
        else:
            found[name] = dtype_of(field.annotation)
    found |= dict.fromkeys(("schema_version", "plan_title", "plan_theme"), "string")
    for prefix, model in (("publisher_", Publisher), ("period_", Period), ("source_", Source)):
        found |= dtypes_of(model, prefix)
    return found
