"""Rows -> the refs, lead-ins and texts of the records, before anything is inherited.

1. A row that holds only a lead-in is no record: what it says goes onto the sub-items that follow.
2. A sub-item belongs to the nearest row above with its number, never across a group heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.normalise.activities import ActivityText, Form, leading_letter, read_activity
from extractor.normalise.references import Place, Reference, complete, infer, read_reference
from extractor.records import RefBasis
from extractor.rows import PlanRow, RowCell
from extractor.text import fold
from extractor.vocabulary import Meaning

_EMPTY = RowCell(state="missing")


@fixed(frozen=True, slots=True)
class Draft:
    """One row on its way to a record."""

    row: PlanRow
    index: int
    reference: Reference | None = None
    basis: RefBasis = "none"
    only_lead_in: bool = False
    activity: ActivityText = ActivityText()
    lead_in_from: int | None = None
    """Index of the row whose lead-in this record shares; None where its own cell has it, or there is none."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def parent(self) -> str | None:
        """The ref without its letter, of a sub-item."""
        return self.reference.parent if self.reference else None

    @property
    def base(self) -> str | None:
        """The number that the row's sub-items share."""
        return (self.reference.parent or self.reference.canonical) if self.reference else None


def cell_of(row: PlanRow, meaning: Meaning) -> RowCell:
    """The row's cell of a meaning; a missing one where it has none."""
    return row.cells.get(meaning, _EMPTY)


def source_cell(rows: Sequence[PlanRow], cell: RowCell, meaning: Meaning) -> RowCell:
    """The cell that a merged or ditto cell repeats, or the cell itself."""
    if cell.state in {"merged", "ditto"} and cell.from_row is not None and 0 <= cell.from_row < len(rows):
        source = cell_of(rows[cell.from_row], meaning)
        if source.lines:
            return source
    return cell


def draft_rows(rows: Sequence[PlanRow], form: Form) -> list[Draft]:
    """One draft for every row, with ref, lead-in and text; rows that hold only a lead-in are marked."""
    drafts = _with_refs(rows)
    only_lead_in = _lead_rows(drafts)
    read: list[Draft] = []
    for draft in drafts:
        cell = cell_of(draft.row, "activity")
        letter = draft.reference.letter if draft.reference else None
        lines = source_cell(rows, cell, "activity").lines
        text = read_activity(lines, letter, form, cell.location)
        read.append(replace(draft, activity=text, only_lead_in=draft.index in only_lead_in))
    return _share_lead_ins(_with_unlettered_lead_ins(read))


# Refs


def _with_refs(rows: Sequence[PlanRow]) -> list[Draft]:
    reading = _read_refs(rows)
    any_ref = any(reference for reference in reading)
    places = [Place(reference, row.group_index, any_ref) for row, reference in zip(rows, reading, strict=True)]
    drafts: list[Draft] = []
    for index, (row, reference) in enumerate(zip(rows, infer(places), strict=True)):
        location = cell_of(row, "ref").location
        if location == NOWHERE:  # the cell itself was lost with its ref
            location = row.location
        if reference is None:
            doubts = _unread_ref(row, any_ref and "ref" in row.columns, location)
            drafts.append(Draft(row, index, doubts=doubts))
        elif reading[index] is None or not reference.as_published:
            message = f"The ref {reference.canonical} is inferred from its neighbours."
            doubt = Doubt("ref-inferred", message, "ref", location)
            drafts.append(Draft(row, index, replace(reference, as_published=""), "inferred", doubts=(doubt,)))
        else:
            drafts.append(Draft(row, index, reference, "published"))
    return drafts


def _unread_ref(row: PlanRow, expected: bool, location: Location) -> tuple[Doubt, ...]:
    text = fold(cell_of(row, "ref").text)
    if text:
        return (Doubt("ref-missing", f"{text!r} is no ref that can be read.", "ref", location),)
    if expected:
        return (Doubt("ref-missing", "The row has no ref, and its neighbours do not give it.", "ref", location),)
    return ()


def _read_refs(rows: Sequence[PlanRow]) -> list[Reference | None]:
    """The refs as published; letters alone completed with the number of the row that they belong to."""
    found: list[Reference | None] = []
    base: str | None = None
    group: int | None = None
    last: Reference | None = None
    for row in rows:
        if row.group_index != group:
            base, last, group = None, None, row.group_index
        cell = cell_of(row, "ref")
        reference = read_reference(cell.text) if cell.lines else None
        letter = leading_letter(fold(cell_of(row, "activity").text))
        if reference and reference.partial:
            reference = complete(reference, base)
        elif reference and letter and cell.state in {"merged", "ditto"} and not reference.letter:
            reference = Reference(f"{reference.canonical}{letter}", f"{letter})", reference.canonical, letter)
        elif reference is None and letter and _follows(last, letter):
            # The ref was lost, but the text begins with the next letter.
            reference = Reference(f"{base}{letter}", "", base, letter)
        if reference:
            base = reference.parent or reference.canonical
            last = reference
        found.append(reference)
    return found


def _follows(last: Reference | None, letter: str) -> bool:
    if last is None or not last.parent or not last.letter:
        return False
    return len(letter) == 1 and len(last.letter) == 1 and ord(letter) == ord(last.letter.lower()) + 1


# Lead-ins


_OTHER: tuple[Meaning, ...] = ("timescale", "timescale_start", "timescale_end", "status", "progress")


def _lead_rows(drafts: Sequence[Draft]) -> set[int]:
    """Indexes of the rows that hold only the lead-in of the sub-items behind them."""
    out: set[int] = set()
    for draft, following in pairwise(drafts):
        reference, after = draft.reference, following.reference
        if reference is None or reference.letter or after is None or after.parent != reference.canonical:
            continue
        if following.row.group_index != draft.row.group_index:
            continue
        row = draft.row
        filled = any(cell.lines for cell in (*(cell_of(row, meaning) for meaning in _OTHER), *row.extra))
        text = fold(cell_of(row, "activity").text)
        times = any(meaning.startswith("timescale") for meaning in row.columns | set(row.cells))
        if text and not filled and (times or text.endswith(":")):
            out.add(draft.index)
    return out


def _with_unlettered_lead_ins(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the lead-ins that stand over the first sub-item of a set whose letters are in the refs alone."""
    out: list[Draft] = []
    for draft, following in pairwise([*drafts, None]):
        assert draft is not None
        before = out[-1] if out else None
        opens = draft.parent and not draft.activity.lead_in and (before is None or before.base != draft.base)
        siblings = following is not None and following.parent is not None and following.parent == draft.parent
        if opens and siblings and following is not None and following.row.group_index == draft.row.group_index:
            draft = _parted_at_lead_in(draft, following.activity.text)
        out.append(draft)
    return out


_INNER_COLON = re.compile(r":\s+(?=\S)")


def _parted_at_lead_in(draft: Draft, sibling: str) -> Draft:
    """The draft with what its text says for the whole set taken off as its lead-in; as it was where nothing does.

    A paragraph that ends in a colon is a lead-in. One without a stop, and the words before a colon within the
    paragraph, are taken for one with a doubt.
    """
    first, *others = draft.activity.text.split("\n")
    if first.startswith("• "):
        return draft
    sure = first.endswith(":")
    if others and not others[0].startswith("• ") and (sure or not first.endswith((".", "!", "?"))):
        lead, rest = first, others
    else:
        colon = None if others or ":" in sibling else _INNER_COLON.search(first)
        if colon is None or first[colon.end()].isupper() != sibling[:1].isupper():
            return draft
        lead, rest, sure = first[: colon.start() + 1], [first[colon.end() :]], False
    doubts = draft.activity.doubts
    if not sure:
        message = f"{lead!r} is taken for the lead-in of {draft.parent}."
        doubts = (*doubts, Doubt("lead-in-inferred", message, "lead_in", cell_of(draft.row, "activity").location))
    return replace(draft, activity=replace(draft.activity, lead_in=lead, text="\n".join(rest), doubts=doubts))


def _share_lead_ins(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the lead-in of their set on every sub-item."""
    out: list[Draft] = []
    lead: str | None = None
    lead_from = 0
    base: str | None = None
    group: int | None = None
    for draft in drafts:
        if draft.base != base or draft.row.group_index != group:
            lead, base, group = None, draft.base, draft.row.group_index
        if draft.only_lead_in:
            lead, lead_from = _lead_text(draft), draft.index
        elif draft.activity.lead_in:
            lead, lead_from = draft.activity.lead_in, draft.index
        elif lead and draft.parent:
            shared = replace(draft.activity, lead_in=lead)
            draft = replace(draft, activity=shared, lead_in_from=lead_from)
        out.append(draft)
    return out


def _lead_text(draft: Draft) -> str:
    """The lead-in that a row of its own holds: all its words, so that nothing of them is lost."""
    return "\n".join(line for line in map(fold, cell_of(draft.row, "activity").text.splitlines()) if line)


def nearest_with_people(drafts: Sequence[Draft], index: int, meaning: Meaning) -> int | None:
    """Index of the row above, of the same number and group, whose people a sub-item without any has; or None.

    It is the row that holds the lead-in alone, as its people are the whole set's, else the nearest with people.
    """
    draft = drafts[index]
    if draft.parent is None:
        return None
    nearest: int | None = None
    for other in range(index - 1, -1, -1):
        above = drafts[other]
        if above.row.group_index != draft.row.group_index or above.base != draft.parent:
            break
        if cell_of(above.row, meaning).lines and (nearest is None or above.only_lead_in):
            nearest = other
    return nearest
