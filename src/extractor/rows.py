"""`PlanRow`: the texts of one row, keyed by what their column means, and what was not understood.

The lenient shape between the document and the records. What a person looks at when a record is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from extractor.document import Document, Line
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.vocabulary import Meaning

TIMES: tuple[Meaning, ...] = ("timescale", "timescale_start", "timescale_end")
PEOPLE: tuple[Meaning, ...] = ("lead_officers", "lead_directorates", "lead_cabinet_members")

CellState = Literal["filled", "empty", "missing", "merged", "ditto"]


@fixed(frozen=True, slots=True)
class RowCell:
    """What one column holds in one row."""

    lines: tuple[Line, ...] = ()
    header: str = ""
    """The column's header as published."""
    state: CellState = "filled"
    """`merged`: the cell began in a row above; `ditto`: it says "As above"; `missing`: the row has no such cell."""
    from_row: int | None = None
    """Index of the row that a merged or ditto cell's text comes from."""
    location: Location = NOWHERE

    @property
    def text(self) -> str:
        """The cell's paragraphs as lines."""
        lines = self.lines
        return lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])


@fixed(frozen=True, slots=True)
class FoundGroup:
    """A heading under which rows stand."""

    as_published: str
    kind: str | None
    number: str | None
    title: str
    parent_index: int | None
    location: Location = NOWHERE
    level: int = 0


@fixed(frozen=True, slots=True)
class PlanRow:
    """One row of the plan, as found."""

    cells: Mapping[Meaning, RowCell]
    extra: tuple[RowCell, ...] = ()
    """The columns without a meaning of their own, each under its header."""
    group_index: int | None = None
    location: Location = NOWHERE
    doubts: tuple[Doubt, ...] = ()
    columns: frozenset[Meaning] = frozenset()
    """The meanings that the row's table has a column for."""


@fixed(frozen=True, slots=True)
class Claim:
    """A piece of the source, and what took it: `record`, `heading`, `header`, `table`, `furniture`, ... or None."""

    words: int
    kind: str
    text: str = ""
    """Kept for furniture, prose and unread text only."""
    location: Location = NOWHERE


@fixed(frozen=True, slots=True)
class FoundTable:
    """A table that is no table of activities, as it stands."""

    caption: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    location: Location


@fixed(frozen=True, slots=True)
class PlanRows:
    """What the recogniser found in a document."""

    document: Document
    rows: tuple[PlanRow, ...]
    groups: tuple[FoundGroup, ...] = ()
    title: str | None = None
    theme: str | None = None
    publisher: str | None = None
    period_label: str | None = None
    tables: tuple[FoundTable, ...] = ()
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    prose: tuple[str, ...] = field(default=())
    """Paragraphs around the tables, which may say what the quarters are or how many activities there are."""
