"""The published shape of a comparison: what became of each activity from one year's plan to the next.

The contract's section "Changes" gives the meaning. A change also carries the activities' own words, group and
people (`old`, `new`), so that a report can be written, and a decision made, without the two plans at hand.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.locations import Location

CHANGES_VERSION = "1.0"

ChangeKind = Literal["unchanged", "changed", "split", "merged", "added", "removed"]
Label = Literal["renumbered", "moved", "reworded", "retimed", "slipped", "reassigned", "dropped_unfinished"]
Evidence = Literal[
    "same text", "same ref", "same group", "same lead-in", "same people", "same neighbours", "shared words",
    "part of the text", "decision",
]  # fmt: skip
Operation = Literal["kept", "removed", "inserted"]
Weight = Literal["number", "negation", "obligation", "name", "date"]
Relation = Literal["same", "different", "removed", "added"]
DecisionState = Literal["applied", "stale", "unknown", "contradicted"]

KINDS: tuple[ChangeKind, ...] = ("unchanged", "changed", "split", "merged", "added", "removed")
LABELS: tuple[Label, ...] = (
    "renumbered", "moved", "reworded", "retimed", "slipped", "reassigned", "dropped_unfinished",
)  # fmt: skip

PIECE = re.compile(r"(?:\w+(?:[’'.,/-]\w+)*|[^\w\s])\s*")
"""What the runs of a text are made of: a word, or a sign by itself, with the white space after it."""


class Shape(BaseModel):
    """What the shapes of a comparison have in common: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Side(Shape):
    """One of the two plans, in short."""

    title: str | None = Field(None, title="Title", description="The plan's title.")
    period: str | None = Field(None, title="Period", description="The plan's period as published.")
    start: dt.date | None = Field(None, title="Start", description="First day of its period.")
    end: dt.date | None = Field(None, title="End", description="Last day of its period.")
    source: str = Field(title="Source", description="File name of the document.")
    sha256: str = Field(title="SHA-256", description="Hash of the document's bytes, in hexadecimal.")
    activities: int = Field(title="Activities", description="How many activities the plan has.")
    errors: int = Field(0, title="Errors", description="How many of the plan's issues are errors.")
    warnings: int = Field(0, title="Warnings", description="How many of the plan's issues are warnings.")


class Brief(Shape):
    """One activity as far as a reader of the comparison needs it."""

    id: str = Field(title="Identifier", description="The activity's `id` in its plan.")
    ref: str | None = Field(None, title="Ref", description="Its reference.")
    group: str | None = Field(None, title="Group", description="Title of the innermost group.")
    lead_in: str | None = Field(None, title="Lead-in", description="Text that it shares with its siblings.")
    activity: str = Field(title="Activity", description="Its own text.")
    timescale: str | None = Field(None, title="Timescale", description="The timescale as published.")
    end: dt.date | None = Field(None, title="End", description="The last day by which it is to be done.")
    lead_officers: tuple[str, ...] = Field((), title="Lead officers", description="Who is responsible.")
    location: Location | None = Field(None, title="Location", description="The place in the source.")


class Run(Shape):
    """A run of words that both texts have, or only one of them."""

    operation: Operation = Field(
        title="Operation", description="`kept`: in both; `removed`: only in the old; `inserted`: only in the new."
    )
    text: str = Field(
        title="Text",
        description="The words with the white space after them, as published (of a kept run: the new plan's); kept and "
        "inserted runs, joined, are the new text.",
    )


class FieldChange(Shape):
    """How one field differs between an old and a new activity."""

    field: str = Field(
        title="Field",
        description="Name of the field in the records; `timescale` stands for its words, `end` for its date.",
    )
    old_id: str = Field(title="Old", description="`id` of the old activity concerned.")
    new_id: str = Field(title="New", description="`id` of the new activity concerned.")
    old: str | tuple[str, ...] | None = Field(None, title="Old value", description="The value as it was.")
    new: str | tuple[str, ...] | None = Field(None, title="New value", description="The value as it is.")
    runs: tuple[Run, ...] = Field((), title="Runs", description="Of a text: the words kept, removed and inserted.")
    substance: bool | None = Field(
        None,
        title="Substance",
        description="Of a text: true where numbers, dates, negations, modal words or names differ; false where "
        "only other words do. Null for other fields.",
    )
    because: tuple[Weight, ...] = Field((), title="Because", description="What makes it a change of substance.")
    days_later: int | None = Field(
        None, title="Days later", description="Of `end`: by how many days; negative where it is earlier."
    )
    quarters_later: int | None = Field(
        None, title="Quarters later", description="Of `end`: the same in quarters of a year, to the nearest."
    )
    spelling: bool | None = Field(
        None,
        title="Spelling",
        description="Of people: true where the old and the new value look like two spellings of one.",
    )


class Change(Shape):
    """What became of an activity: of one old one, of several, or where a new one came from."""

    kind: ChangeKind = Field(title="Kind", description="What happened, as a whole.")
    old_ids: tuple[str, ...] = Field((), title="Old identifiers", description="The old activities concerned.")
    new_ids: tuple[str, ...] = Field((), title="New identifiers", description="The new activities concerned.")
    old_refs: tuple[str | None, ...] = Field((), title="Old refs", description="Their refs, in the same order.")
    new_refs: tuple[str | None, ...] = Field((), title="New refs", description="Their refs, in the same order.")
    labels: tuple[Label, ...] = Field((), title="Labels", description="In what way it differs.")
    fields: tuple[FieldChange, ...] = Field((), title="Fields", description="The fields that differ.")
    score: float | None = Field(
        None, ge=0, le=1, title="Score", description="How sure the pairing is, 0 to 1; null where there is no pair."
    )
    evidence: tuple[Evidence, ...] = Field((), title="Evidence", description="What the pairing rests on.")
    needs_decision: bool = Field(
        False, title="Needs a decision", description="True where a person should say whether this is right."
    )
    nearest: tuple[str, ...] = Field(
        (),
        title="Nearest",
        description="Of an added or removed activity: `id`s of those of the other plan that came nearest to it.",
    )
    old: tuple[Brief, ...] = Field((), title="Old activities", description="What they said.")
    new: tuple[Brief, ...] = Field((), title="New activities", description="What they say.")


class Settled(Shape):
    """What became of one entry of the decisions file."""

    old: str | None = Field(None, title="Old", description="`id` or ref of the old activity, as the file has it.")
    new: str | None = Field(None, title="New", description="`id` or ref of the new activity, as the file has it.")
    relation: Relation = Field(title="Relation", description="What the person decided.")
    state: DecisionState = Field(
        title="State",
        description="`applied`; `stale`: a text has changed since, so it was not used; `unknown`: no such "
        "activity; `contradicted`: an earlier entry says otherwise.",
    )
    message: str = Field("", title="Message", description="What to do about it, in a sentence.")


class Summary(Shape):
    """The counts."""

    kinds: dict[ChangeKind, int] = Field(title="Kinds", description="Changes by kind.")
    labels: dict[Label, int] = Field(title="Labels", description="Changes by label.")
    needs_decision: int = Field(0, title="Needs a decision", description="Changes that a person should look at.")


class Changes(Shape):
    """What became of one year's plan in the next."""

    changes_version: str = Field(CHANGES_VERSION, title="Version", description="Version of this shape.")
    old: Side = Field(title="Old plan", description="The earlier plan.")
    new: Side = Field(title="New plan", description="The later plan.")
    summary: Summary = Field(title="Summary", description="A count per kind and per label.")
    changes: tuple[Change, ...] = Field(
        (), title="Changes", description="In the order of the new plan; what was removed follows its old neighbour."
    )
    decisions: tuple[Settled, ...] = Field(
        (), title="Decisions", description="What became of each entry of the decisions file."
    )


class Step(Shape):
    """A thread in one of the plans."""

    plan: Annotated[int, Field(ge=0, title="Plan", description="Index of the plan in `plans`, from 0.")]
    id: str = Field(title="Identifier", description="The activity's `id` in that plan.")
    ref: str | None = Field(None, title="Ref", description="Its ref in that plan.")
    group: str | None = Field(None, title="Group", description="Its group in that plan.")
    activity: str = Field(title="Activity", description="Its text in that plan.")
    end: dt.date | None = Field(None, title="End", description="The deadline that this plan gives it.")
    kind: ChangeKind = Field(title="Kind", description="How it came here from the plan before; `added`: it is new.")
    labels: tuple[Label, ...] = Field((), title="Labels", description="In what way it differs from the year before.")
    days_later: int | None = Field(
        None, title="Days later", description="By how many days the deadline moved since the year before."
    )
    needs_decision: bool = Field(False, title="Needs a decision", description="True where the link is in doubt.")


class Thread(Shape):
    """One activity through the years."""

    id: str = Field(title="Identifier", description="Unique among the threads, in order of first appearance.")
    refs: tuple[str | None, ...] = Field(
        title="Refs", description="Its ref in each plan; null where it is absent or has none."
    )
    steps: tuple[Step, ...] = Field(title="Steps", description="The plans that it occurs in, in order.")
    carried_over: int = Field(title="Carried over", description="How often it was carried into the next plan.")
    total_slip_days: int = Field(
        title="Total slip", description="The days by which its deadline moved, added up; earlier counts as negative."
    )
    from_thread: str | None = Field(None, title="From", description="The thread that it was split from.")
    into_thread: str | None = Field(None, title="Into", description="The thread that it was merged into.")
    fate: Literal["current", "removed", "merged"] = Field(
        title="Fate", description="`current`: still in the last plan; `removed`; `merged` into another."
    )
    dropped_unfinished: bool = Field(
        False, title="Dropped unfinished", description="True where it was removed though due after the next plan began."
    )


class History(Shape):
    """Three or more years: the threads that run through the plans."""

    history_version: str = Field(CHANGES_VERSION, title="Version", description="Version of this shape.")
    plans: tuple[Side, ...] = Field(title="Plans", description="The plans, earliest first.")
    summaries: tuple[Summary, ...] = Field(title="Summaries", description="Per neighbouring pair, the counts.")
    threads: tuple[Thread, ...] = Field(title="Threads", description="In order of first appearance.")
