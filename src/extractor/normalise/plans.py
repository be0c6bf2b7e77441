"""The whole of a plan put together: records, headings, ledger, and the checks that need them all.

1. Nothing is raised because of what a document says; oddities are issues.
2. A value that comes from elsewhere than the record's own cell says so, in `inherited` and in `provenance`.
3. A warning stands only where there is a doubt: a tool that doubts everything says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise

from extractor.document import Line
from extractor.fixed import fixed
from extractor.issues import CATALOGUE, Doubt
from extractor.locations import NOWHERE, Location
from extractor.normalise.activities import Form, opens_with
from extractor.normalise.coherence import doubt_all, incoherent, lost_columns
from extractor.normalise.drafts import Draft, cell_of, draft_rows, nearest_with_people, source_cell
from extractor.normalise.groups import make_groups, slug, unique
from extractor.normalise.ledger import cover, row_doubts, unread_doubts
from extractor.normalise.links import resolve
from extractor.normalise.people import (
    PartedLines,
    part_lines,
    part_run_together,
    split_people,
)
from extractor.normalise.periods import Calendar, Quarters, financial_year, read_period, read_quarters, stated_period
from extractor.normalise.references import base_of, check, read_reference
from extractor.normalise.ticks import Headers, Ticks, read_ticks, ticked
from extractor.normalise.timescales import read_timescale
from extractor.normalise.totals import total_doubts
from extractor.profile import Profile, Settings
from extractor.records import (
    Activity,
    CrossLink,
    Group,
    Issue,
    KeptTable,
    Known,
    Period,
    Plan,
    Provenance,
    Publisher,
    Source,
    Timescale,
)
from extractor.rows import PEOPLE, PlanRow, PlanRows, RowCell
from extractor.text import fold, fold_lines, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.dittos import is_ditto, ref_meant
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.names import roles_without_names
from extractor.vocabulary.roles import is_bare
from extractor.vocabulary.times import is_timescale

_SHORTEST_PERIOD_DAYS = 100
_NEARLY_A_YEAR_DAYS = 330
_OF_A_REPORT = re.compile(r"\b(?:progress|updates?|reports?|monitoring)\b", re.IGNORECASE)
_LONG_LINE = 120
"""A program that wraps a text's lines leaves none so long."""
_NAMES: dict[str, str] = {
    "lead_officers": "lead officer",
    "lead_directorates": "lead directorate",
    "lead_cabinet_members": "lead Cabinet Member",
}


def normalise(rows: PlanRows, settings: Settings) -> Plan:
    """The plan that the rows make, with an issue for whatever is doubtful about it.

    Never raises for what a document says: rows that make no sense become records with issues, and no rows
    at all make a plan without activities.
    """
    profile = settings.profile
    quarters = _quarters(rows)
    period = _period(rows, settings, quarters)
    groups = make_groups(rows.groups)
    calendar = Calendar(period, profile.year_starts_in, quarters)
    drafts = draft_rows(rows.rows, _form(rows, profile))
    ids = _ids(drafts, groups)
    builder = _Builder(
        rows,
        drafts,
        ids,
        groups,
        calendar,
        _known_people(rows),
        _parted_people(rows),
        _told_by(profile),
        profile.note_phrases,
        read_ticks(drafts),
        settings.roles_only,
    )
    built = [builder.build(draft) for draft in drafts if not draft.only_lead_in]
    activities = tuple(activity for activity, _ in built)
    publisher = _publisher(rows, profile)
    own = [issue for activity, doubts in built for issue in _issues(doubts, activity)]
    issues = [
        *_plan_issues(rows, period),
        *map(_issue, _profile_doubts(profile, publisher)),
        *map(_issue, total_doubts(rows.prose, activities, groups)),
        *own,
        *_incoherences(activities, groups, publisher, own, rows.document.is_text),
        *_states_unseen(rows, activities),
        *_sequence_issues(activities),
        *map(_issue, row_doubts(rows.claims, {a.ref for a in activities if a.ref})),
        *_ledger_issues(rows),
    ]
    return Plan(
        title=rows.title,
        theme=rows.theme,
        publisher=publisher,
        period=period,
        source=Source(**asdict(rows.document.source)),
        groups=groups,
        activities=activities,
        tables=tuple(
            KeptTable(caption=table.caption, header=table.header, rows=table.rows, location=table.location)
            for table in rows.tables
        ),
        coverage=cover(rows.document.words, rows.claims),
        issues=tuple(issues),
    )


def _quarters(rows: PlanRows) -> Quarters:
    """The quarters as the plan's prose, its key (a table that is kept) or its column of times defines them."""
    keys = (" = ".join(row) for table in rows.tables for row in table.rows if len(row) == 2)
    cells = [row.cells["timescale"] for row in rows.rows if "timescale" in row.cells]
    headers = dict.fromkeys(cell.header for cell in cells)
    return read_quarters((*rows.prose, *keys, *headers), (fold(cell.text) for cell in cells))


def _period(rows: PlanRows, settings: Settings, quarters: Quarters) -> Period | None:
    """The caller's period; else that of the label or title, which a profile may give where it is none or a guess.

    A single year is the year as the document's own quarters make it: where the first is January to March, it is
    the calendar year.
    """
    starts_in = settings.profile.year_starts_in
    if settings.period and (asked := read_period(settings.period, starts_in)):
        return asked
    dated = read_period(rows.title, starts_in) if rows.title else None
    texts = (dated.label if dated and _is_dated_year(dated) else None, rows.period_label, rows.title)
    found = next((p for text in texts if text and (p := read_period(text, starts_in))), None)
    found = _whole_year(found, rows.title or "", starts_in) if found else None
    if found and found.basis == "inferred":
        found = stated_period(rows.prose, found) or found
    if found and found.basis == "inferred" and 1 in quarters and quarters[1].first_month != starts_in:
        year = read_period(found.label, quarters[1].first_month)
        found = year.model_copy(update={"basis": "stated"}) if year else found
    if (found is None or found.basis == "inferred") and settings.profile.period:
        return read_period(settings.profile.period, starts_in) or found
    return found


def _is_dated_year(period: Period) -> bool:
    """Whether a period is given in months or days and is a year or more: it says more than the years beside it, as in
    "Plan 2025/26 (July 2025 to June 2026)".
    """
    if not (period.start and period.end) or (period.end - period.start).days < _NEARLY_A_YEAR_DAYS:
        return False
    return re.search("[a-z]{3}|[/.].*[/.]", period.label, re.IGNORECASE) is not None


def _whole_year(found: Period, title: str, starts_in: int) -> Period:
    """The period; of a report on a part of the year's plan ("Progress, April to June 2025") that of the plan, which the
    title may name beside the report's: "Progress April to September, Delivery Plan 2025/26".
    """
    if not found.start or not found.end or (days := (found.end - found.start).days) >= _NEARLY_A_YEAR_DAYS:
        return found
    beside = read_period(fold(title).replace(found.label, " "), starts_in)
    is_brief = days < _SHORTEST_PERIOD_DAYS
    if (
        beside
        and (beside.start and beside.end and beside.basis == "stated")
        and (is_brief or beside.start <= found.start <= found.end <= beside.end)
    ):
        return beside
    if not is_brief and not _OF_A_REPORT.search(title):
        return found
    first, last = financial_year(found.start.year - (found.start.month < starts_in), starts_in)
    return Period(label=found.label, start=first, end=last, basis="inferred")


def _profile_doubts(profile: Profile, publisher: Publisher | None) -> Iterator[Doubt]:
    """What a profile says and the plan cannot take over."""
    if profile.period and read_period(profile.period, profile.year_starts_in) is None:
        yield Doubt(
            "profile-unfit", f"The profile's period {profile.period!r} names no year: it is left out.", "period"
        )
    if profile.publisher_id and publisher is None:
        message = (
            f"The profile's publisher {profile.publisher_id} has no name, and the document gives none: it is left out."
        )
        yield Doubt("profile-unfit", message, "publisher")


def _publisher(rows: PlanRows, profile: Profile) -> Publisher | None:
    name = profile.publisher_name or rows.publisher or rows.document.publisher
    return Publisher(name=name, id=profile.publisher_id) if name else None


def _form(rows: PlanRows, profile: Profile) -> Form:
    """What the document's form keeps: a text that never sets a bracket on its own line has lost its lines."""
    keeps = not rows.document.is_text
    cells = [cell_of(row, "activity") for row in rows.rows]
    brackets = any(line.text.startswith(("(", "[")) for cell in cells for line in cell.lines)
    return Form(
        bullets=keeps,
        lines=keeps or brackets,
        whole_lines=_keeps_lines(cells),
        note_phrases=profile.note_phrases,
    )


def _keeps_lines(cells: Sequence[RowCell]) -> bool:
    """Whether each paragraph of the activities is one line of a text, however long: none was wrapped."""
    lines = [line for cell in cells for line in cell.lines if line.location.lines is not None]
    return any(len(line.text) > _LONG_LINE for line in lines) and all(
        first == last for first, last in (line.location.lines for line in lines if line.location.lines is not None)
    )


def _told_by(profile: Profile) -> frozenset[tuple[str, str]]:
    """(comparison key of a header, meaning) of the columns whose meaning the profile alone gives."""
    words = ((key(phrase), meaning) for meaning, phrases in profile.header_words.items() for phrase in phrases)
    return frozenset((phrase, meaning) for phrase, meaning in words if header_meaning(phrase) != meaning)


def _known_people(rows: PlanRows) -> Mapping[Meaning, Counter[str]]:
    """Per column of people, the lines of its cells; only for forms that run the values of a cell together."""
    known: dict[Meaning, Counter[str]] = {}
    # A line of print that its column's width may have broken ends no value for sure, so a PDF runs them together too.
    if not (rows.document.is_text or rows.document.source.media_type == "application/pdf"):
        return known
    for meaning in PEOPLE:
        cells = [cell_of(row, meaning) for row in rows.rows if _is_sure(row, meaning)]
        if rows.document.is_text:
            texts = (fold(line.text) for cell in cells for line in cell.lines)
            known[meaning] = Counter(text for text in texts if not is_bare(text))
        else:  # a line among others may be the rest of a wrapped one
            known[meaning] = Counter(fold(cell.lines[0].text) for cell in cells if len(cell.lines) == 1)
    return known


def _parted_people(rows: PlanRows) -> Mapping[Meaning, PartedLines]:
    """The values of all people's lines in which a line of print ends."""
    held: dict[Meaning, list[Line]] = {meaning: [] for meaning in PEOPLE}
    for meaning, lines in held.items():
        for row in rows.rows:
            sure = _is_sure(row, meaning)
            lines.extend(line for line in cell_of(row, meaning).lines if sure or line.breaks)
    alone = sum(map(bool, held.values())) == 1
    return {meaning: part_lines(lines, meaning, alone) for meaning, lines in held.items()}


def _is_sure(row: PlanRow, meaning: Meaning) -> bool:
    """Whether no line or word of a row's cell may belong to another one."""
    return not any(doubt.code == "border-inferred" and doubt.field == meaning for doubt in row.doubts)


def _ids(drafts: Sequence[Draft], groups: Sequence[Group]) -> list[str]:
    """An id for every row: its ref, behind its group where a ref occurs again; else a slug of group and words."""
    counts = Counter(draft.reference.canonical for draft in drafts if draft.reference)
    wanted: list[str] = []
    for draft in drafts:
        index = draft.row.group_index
        group = slug(groups[index].title, 40) if index is not None and index < len(groups) else ""
        if draft.reference and counts[draft.reference.canonical] == 1:
            wanted.append(draft.reference.canonical)
        elif draft.reference:
            wanted.append("-".join(filter(None, (group, draft.reference.canonical))))
        else:
            wanted.append("-".join(filter(None, (group, slug(draft.activity.text, 40)))) or "row")
    return unique(wanted)


@dataclass(slots=True)
class _Fields:
    """What one record is made of, gathered field by field."""

    inherited: list[str] = field(default_factory=list)
    provenance: dict[str, Provenance] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    unnamed: set[str] = field(default_factory=set)
    """The fields that names were left out of."""


@fixed(frozen=True, slots=True)
class _Builder:
    rows: PlanRows
    drafts: Sequence[Draft]
    ids: Sequence[str]
    groups: Sequence[Group]
    calendar: Calendar
    known_people: Mapping[Meaning, Counter[str]]
    """Per column of people, the lines of its cells that no line break within them leaves in doubt."""
    parted_people: Mapping[Meaning, PartedLines]
    told_by_profile: frozenset[tuple[str, str]]
    note_phrases: tuple[str, ...]
    ticks: Mapping[Headers, Ticks]
    roles_only: bool = False
    dated: dict[str, tuple[Timescale, tuple[Doubt, ...]]] = field(default_factory=dict)
    """The timescales read so far, by their words."""
    run_together: dict[tuple[Meaning, str], tuple[str, ...] | None] = field(default_factory=dict)
    """What values of people were parted into so far, by their column and words."""

    def build(self, draft: Draft) -> tuple[Activity, list[Doubt]]:
        """The record of a row, and its doubts in the order of the fields."""
        fields = _Fields(doubts=[*draft.doubts])
        row, text = draft.row, draft.activity
        self._note_text(draft, fields)
        people = {meaning: self._people(draft, meaning, fields) for meaning in PEOPLE}
        timescale = self._timescale(draft, fields)
        status = self._plain(draft, "status", fields)
        progress = self._plain(draft, "progress", fields)
        extra = self._extra(draft, fields)
        links = self._links(draft, fields)
        fields.doubts += row.doubts
        # What a doubt quotes may be the name that was left out.
        doubts = [_unquoted(doubt) if doubt.field in fields.unnamed else doubt for doubt in fields.doubts]
        reference = draft.reference
        activity = Activity(
            id=self.ids[draft.index],
            ref=reference.canonical if reference else None,
            ref_as_published=(reference.as_published or None) if reference else None,
            ref_basis=draft.basis,
            parent_ref=draft.parent,
            group_id=self._group_id(draft, fields),
            lead_in=text.lead_in,
            activity=text.text,
            items=text.items,
            timescale=timescale,
            lead_officers=people["lead_officers"],
            lead_directorates=people["lead_directorates"],
            lead_cabinet_members=people["lead_cabinet_members"],
            inherited=tuple(fields.inherited),
            also_links_to=links,
            notes=text.notes,
            status=status,
            progress=progress,
            extra=extra,
            provenance=fields.provenance,
            location=row.location,
        )
        return activity, doubts

    def _cell(self, draft: Draft, meaning: Meaning) -> RowCell:
        return source_cell(self.rows.rows, cell_of(draft.row, meaning), meaning)

    def _id(self, index: int | None) -> str | None:
        """The id of a row's record; None where the row is none."""
        if index is None or not 0 <= index < len(self.drafts) or self.drafts[index].only_lead_in:
            return None
        return self.ids[index]

    def _note_text(self, draft: Draft, fields: _Fields) -> None:
        """Provenance of ref, lead-in, activity, items and notes, which all stand in two cells."""
        ref_cell, cell = cell_of(draft.row, "ref"), cell_of(draft.row, "activity")
        if draft.reference:
            known: Known = "inferred" if draft.basis == "inferred" else "printed"
            if ref_cell.location == NOWHERE:
                ref_cell = replace(ref_cell, location=draft.row.location)
            self._note(fields, "ref", known, ref_cell, draft.reference.canonical)
        text = draft.activity
        if cell.state in {"merged", "ditto"} and text.text:
            self._inherit(fields, "activity", cell)
        elif text.text:
            self._note(fields, "activity", "printed", cell, text.text)
        if text.lead_in and draft.lead_in_from is not None:
            source = cell_of(self.drafts[draft.lead_in_from].row, "activity")
            fields.inherited.append("lead_in")
            fields.provenance["lead_in"] = Provenance(
                known="inherited", from_id=self._id(draft.lead_in_from), location=source.location
            )
            doubts = self._doubts_of(draft.lead_in_from, "activity")
            fields.doubts += [replace(doubt, field="lead_in") for doubt in doubts]
        elif text.lead_in:
            self._note(fields, "lead_in", "printed", cell, cell.text)
        if text.items:
            guessed = any(doubt.code == "items-inferred" for doubt in text.doubts)
            self._note(fields, "items", "inferred" if guessed else "printed", cell, cell.text)
        if text.notes:
            phrased = any(opens_with(note, self.note_phrases) for note in text.notes)
            self._note(fields, "notes", "profile" if phrased else "printed", cell, cell.text)
        if not text.text:
            message = "The row has no text of an activity."
            fields.doubts.append(Doubt("activity-missing", message, "activity", draft.row.location))
        fields.doubts += text.doubts
        fields.doubts += _struck(cell, "activity")

    def _note(self, fields: _Fields, name: str, known: Known, cell: RowCell, value: str) -> None:
        found = fold_lines(cell.text)
        text = found if found and found != value else None
        if self.told_by_profile and known == "printed" and (key(cell.header), name) in self.told_by_profile:
            known = "profile"
        fields.provenance[name] = Provenance(known=known, text=text, location=cell.location)

    def _inherit(self, fields: _Fields, name: str, cell: RowCell, index: int | None = None) -> None:
        origin = cell.from_row if index is None else index
        fields.inherited.append(name)
        fields.provenance[name] = Provenance(known="inherited", from_id=self._id(origin), location=cell.location)
        fields.doubts.append(Doubt("value-inherited", f"{name} comes from another row.", name, cell.location, "info"))
        fields.doubts += self._doubts_of(origin, name)

    def _doubts_of(self, origin: int | None, name: str) -> list[Doubt]:
        """The doubts about a field of another row, for the record that inherits its value."""
        if origin is None or not 0 <= origin < len(self.drafts):
            return []
        return [doubt for doubt in self.drafts[origin].row.doubts if doubt.field == name]

    # People

    def _people(self, draft: Draft, meaning: Meaning, fields: _Fields) -> tuple[str, ...]:
        people = self._named(draft, meaning, fields)
        if not self.roles_only:
            return people
        roles = roles_without_names(people)
        if roles != people:
            place = cell_of(draft.row, meaning).location
            fields.unnamed.add(meaning)
            fields.doubts.append(Doubt("name-left-out", "A name was left out; its role stands here.", meaning, place))
            if meaning in fields.provenance:
                fields.provenance[meaning] = replace(fields.provenance[meaning], text=None)
        return roles

    def _named(self, draft: Draft, meaning: Meaning, fields: _Fields) -> tuple[str, ...]:
        """The people of a record as published."""
        own = cell_of(draft.row, meaning)
        cell = self._cell(draft, meaning)
        if own.state == "filled" and own.lines:
            above = self._repeated(draft, meaning)
            if above is not None:
                origin = cell_of(self.drafts[above].row, meaning)
                self._inherit(fields, meaning, replace(own, location=origin.location), above)
                return self._split(origin, meaning, fields)
        if cell.lines and own.state in {"merged", "ditto"}:
            self._inherit(fields, meaning, own)
            return self._split(cell, meaning, fields)
        if own.lines:
            people = self._split(own, meaning, fields)
            fields.doubts += _struck(own, meaning)
            if people:
                self._note(fields, meaning, "printed", own, "\n".join(people))
                return people
        if draft.row.columns and meaning not in draft.row.columns and meaning not in draft.row.cells:
            return ()
        above = nearest_with_people(self.drafts, draft.index, meaning)
        if above is not None:
            origin = cell_of(self.drafts[above].row, meaning)
            self._inherit(fields, meaning, origin, above)
            return self._split(self._cell(self.drafts[above], meaning), meaning, fields)
        if meaning in draft.row.columns or meaning in draft.row.cells:
            message = f"The row has no {_NAMES[meaning]}."
            place = own.location if own.location != NOWHERE else draft.row.location
            fields.doubts.append(Doubt("officer-missing", message, meaning, place))
        return ()

    def _repeated(self, draft: Draft, meaning: Meaning) -> int | None:
        """Index of the row whose cell this row's repeats: the nearest filled one above of "As above", that with the
        ref of "(see 1d)"; None where the cell has words of its own."""
        text = cell_of(draft.row, meaning).text
        ref = ref_meant(text)
        if ref is None and not is_ditto(text):
            return None
        wanted = read_reference(ref) if ref else None
        rows = self.drafts if ref else self.drafts[: draft.index]
        for other in reversed(rows):
            cell = cell_of(other.row, meaning)
            if not cell.lines or is_ditto(cell.text) or ref_meant(cell.text) or other is draft:
                continue
            if not ref or (wanted and other.reference and other.reference.canonical == wanted.canonical):
                return other.index
        return None

    def _split(self, cell: RowCell, meaning: Meaning, fields: _Fields) -> tuple[str, ...]:
        people = split_people(self._parted_lines(cell, meaning, fields))
        known = self.known_people.get(meaning)
        if not known or len(people) != 1:
            return people
        place = (meaning, people[0])
        if place not in self.run_together:  # the same few people stand in row after row
            self.run_together[place] = part_run_together(people[0], known)
        parted = self.run_together[place]
        if parted is None:
            return people
        # Where every part stands alone elsewhere in the column, hardly a doubt remains.
        severity = "info" if all(part in known for part in parted) else "warning"
        message = f"{people[0]!r} is taken for {len(parted)} values that were run together."
        fields.doubts.append(Doubt("people-parted", message, meaning, cell.location, severity))  # type: ignore[arg-type]
        return parted

    def _parted_lines(self, cell: RowCell, meaning: Meaning, fields: _Fields) -> list[str]:
        """The lines of a cell of people; one is parted where a line of print ended and another value begins."""
        texts: list[str] = []
        for line in cell.lines:
            if not line.breaks:
                texts.append(line.text)
                continue
            parted, doubtful = self.parted_people[meaning][line.text, line.breaks]
            texts.extend(parted)
            if doubtful:
                code = "people-parted" if len(parted) > 1 else "people-unparted"
                message = f"{line.text!r} is taken for {len(parted)} value{'s' * (len(parted) > 1)}: a line ends in it."
                fields.doubts.append(Doubt(code, message, meaning, cell.location))
        return texts

    # Times

    def _timescale(self, draft: Draft, fields: _Fields) -> Timescale | None:
        own = cell_of(draft.row, "timescale")
        cell = self._cell(draft, "timescale")
        text = _as_quarter(fold_lines(cell.text), cell.header)
        repeated = self._repeated(draft, "timescale") if text and own.state == "filled" else None
        if repeated is not None:
            text = fold_lines(self._cell(self.drafts[repeated], "timescale").text)
            self._inherit(fields, "timescale", own, repeated)
        elif text and own.state in {"merged", "ditto"}:
            self._inherit(fields, "timescale", own)
        elif text:
            self._note(fields, "timescale", "printed", own, text)
        fields.doubts += _struck(own, "timescale")
        if not text:
            return self._start_and_end(draft, fields)
        timescale, doubts = self._date(text, cell.location)
        published = fold_lines(cell.text)
        if text != published and published.replace(" ", "").isascii() and published and text.endswith(published):
            timescale = timescale.model_copy(update={"as_published": published})
        fields.doubts += doubts
        fields.doubts += self._outside(timescale, cell.location)
        return timescale

    def _date(self, text: str, location: Location) -> tuple[Timescale, tuple[Doubt, ...]]:
        if text not in self.dated:  # the same few timescales stand in row after row
            calendar = self.calendar
            self.dated[text] = read_timescale(text, calendar.period, calendar.year_starts_in, calendar.quarters)
        timescale, doubts = self.dated[text]
        return timescale, tuple(replace(doubt, location=location) for doubt in doubts)

    def _start_and_end(self, draft: Draft, fields: _Fields) -> Timescale | None:
        """The timescale of a table with a column for the start and one for the end."""
        first, last = self._cell(draft, "timescale_start"), self._cell(draft, "timescale_end")
        texts = [fold_lines(cell.text) for cell in (first, last)]
        if not any(texts):
            columns = draft.row.columns | set(draft.row.cells)
            if columns & {"timescale", "timescale_start", "timescale_end"}:
                own = cell_of(draft.row, "timescale").location
                place = own if own != NOWHERE else draft.row.location
                fields.doubts.append(Doubt("timescale-missing", "The row has no timescale.", "timescale", place))
                return None
            return self._ticked(draft, fields)
        start, start_doubts = self._date(texts[0], first.location) if texts[0] else (None, ())
        end, end_doubts = self._date(texts[1], last.location) if texts[1] else (None, ())
        fields.doubts += (*start_doubts, *end_doubts)
        begins = (start.start or start.end) if start else None
        ends = (end.end or end.start) if end else None
        if start and end is None and start.end and _is_span(texts[0]):
            ends = start.end  # "April 2025 to March 2026" where only a start was looked for
        if end and end.start and _is_span(texts[1]):
            # "April 2025 to March 2026" in the column of the end says its own start.
            if start is None:
                begins = end.start
            elif begins and begins != end.start:
                message = f"{texts[1]!r}, the end, has a start of its own."
                fields.doubts.append(Doubt("timescale-ambiguous", message, "timescale", last.location))
        if begins and ends and begins > ends:
            fields.doubts.append(
                Doubt("timescale-ambiguous", "The end stands before the start.", "timescale", last.location)
            )
            begins = ends = None
        merged = [cell for cell in (first, last) if cell.state in {"merged", "ditto"} and cell.lines]
        if merged:
            self._inherit(fields, "timescale", merged[0])
        else:
            self._note(fields, "timescale", "printed", last if texts[1] else first, "")
        both = [part for part in (start, end) if part]
        bases = {part.basis for part in both}
        return Timescale(
            as_published=" – ".join(filter(None, texts)),
            start=begins,
            end=ends,
            ongoing=any(part.ongoing for part in both),
            recurrence=next((part.recurrence for part in both if part.recurrence), None),
            basis="unresolved" if "unresolved" in bases else "inferred" if "inferred" in bases else "stated",
        )

    def _ticked(self, draft: Draft, fields: _Fields) -> Timescale | None:
        """The timescale of a row that is ticked in columns which are headed by quarters or months, one a column."""
        found = ticked(draft, self.ticks)
        if found is None:
            return None
        columns = [cell for cell in draft.row.extra if is_timescale(fold(cell.header))]
        dates = [self._date(fold(cell.header), cell.location)[0] for cell in columns]
        starts = [date.start for date in dates if date.start]
        if any(after <= before for before, after in pairwise(starts)):
            return None  # columns that are not in the order of time, or of which some lie in others
        headers = [fold(cell.header) for cell in found.cells]
        first, last = (self._date(headers[at], found.cells[at].location)[0] for at in (0, -1))
        if first.start is None or last.end is None or first.start > last.end:
            return None
        place = found.cells[0].location
        message = f"The row is ticked under {', '.join(headers)}"
        fields.doubts.append(Doubt("timescale-inferred", f"{message}.", "timescale", place))
        if found.doubt:
            fields.doubts.append(Doubt("timescale-ambiguous", f"{message}: {found.doubt}.", "timescale", place))
        self._note(fields, "timescale", "inferred", found.cells[0], "")
        return Timescale(as_published=", ".join(headers), start=first.start, end=last.end, basis="inferred")

    def _outside(self, timescale: Timescale, location: Location) -> Iterable[Doubt]:
        bounds = self.calendar.bounds
        if not bounds:
            return
        begins, ends = timescale.start or timescale.end, timescale.end or timescale.start
        if begins and ends and (ends < bounds[0] or begins > bounds[1]):
            message = f"{timescale.as_published!r} lies outside the plan's period."
            yield Doubt("timescale-outside-period", message, "timescale", location)

    # Other columns

    def _plain(self, draft: Draft, meaning: Meaning, fields: _Fields) -> str | None:
        own = cell_of(draft.row, meaning)
        cell = self._cell(draft, meaning)
        text = _shown(cell)
        if not text:
            return None
        if own.state in {"merged", "ditto"}:
            self._inherit(fields, meaning, own)
        else:
            self._note(fields, meaning, "printed", own, text)
        fields.doubts += _struck(own, meaning)
        return text

    def _extra(self, draft: Draft, fields: _Fields) -> dict[str, str]:
        """The other columns, each under its header; a header that occurs twice gets a number behind it."""
        row = draft.row
        cells = [*row.extra]
        if "extra" in row.cells:
            cells.append(row.cells["extra"])
        ref = cell_of(row, "ref")
        if ref.lines and draft.reference is None:
            cells.append(ref)  # what stands in the column of refs and is none
        extra: dict[str, str] = {}
        for number, cell in enumerate(cells, 1):
            text = _shown(cell)
            if not text:
                continue
            header = fold(cell.header) or f"Column {number}"
            name, again = header, 2
            while name in extra:
                name, again = f"{header} ({again})", again + 1
            extra[name] = text
            if cell.state in {"merged", "ditto"} and "extra" not in fields.inherited:
                self._inherit(fields, "extra", cell)
            elif "extra" not in fields.provenance:
                fields.provenance["extra"] = Provenance(known="printed", location=cell.location)
        return extra

    def _links(self, draft: Draft, fields: _Fields) -> tuple[CrossLink, ...]:
        cell = cell_of(draft.row, "activity")
        links: list[CrossLink] = []
        for text in draft.activity.links:
            found, doubts = resolve(text, self.groups, cell.location)
            links += found
            fields.doubts += doubts
        if links:
            self._note(fields, "also_links_to", "printed", cell, cell.text)
        return tuple(links)

    def _group_id(self, draft: Draft, fields: _Fields) -> str | None:
        index = draft.row.group_index
        if index is None or not 0 <= index < len(self.groups):
            return None
        group = self.groups[index]
        fields.provenance["group_id"] = Provenance(known="heading", location=group.location)
        return group.id


def _shown(cell: RowCell) -> str:
    """A cell's text, its list items as lines that begin with "• "."""
    lines = (f"• {fold(line.text)}" if line.kind == "item" else fold(line.text) for line in cell.lines)
    return "\n".join(line for line in lines if line.strip("• "))


def _unquoted(doubt: Doubt) -> Doubt:
    """The doubt with the title of its kind for a message."""
    return replace(doubt, message=f"{CATALOGUE[doubt.code].title}.")


def _struck(cell: RowCell, name: str) -> list[Doubt]:
    texts = [text for line in cell.lines for text in line.struck]
    if not texts:
        return []
    return [Doubt("text-struck", f"Struck out here: {'; '.join(texts)!r}.", name, cell.location)]


def _as_quarter(text: str, header: str) -> str:
    """ "2" or "1-4" under a header that says "Qtr" are quarters."""
    bare = all(c in "1234-–, &" for c in text) and any(c.isdigit() for c in text)
    return f"Q{text}" if bare and fold(header).casefold().startswith(("qtr", "quarter")) else text


_TO = re.compile(r"\s+(?:to|until)\s+|\s*[-–—]\s*")


def _is_span(text: str) -> bool:
    """Whether a text says from when to when, each of them a time by itself."""
    parts = _TO.split(text)
    return len(parts) == 2 and all(map(is_timescale, parts))


# Issues


def _issue(doubt: Doubt, activity: Activity | None = None) -> Issue:
    return Issue(
        code=doubt.code,
        severity=doubt.severity or CATALOGUE[doubt.code].severity,
        message=doubt.message,
        activity_id=activity.id if activity else None,
        ref=activity.ref if activity else None,
        field=doubt.field,
        location=None if doubt.location == NOWHERE else doubt.location,
    )


def _issues(doubts: Iterable[Doubt], activity: Activity) -> list[Issue]:
    return [_issue(doubt, activity) for doubt in dict.fromkeys(doubts)]


def _plan_issues(rows: PlanRows, period: Period | None) -> list[Issue]:
    doubts = [*rows.doubts]
    codes = {doubt.code for doubt in doubts}
    if rows.title is None and "title-missing" not in codes:
        doubts.append(Doubt("title-missing", "No heading names the plan.", "title"))
    if period is None and "period-missing" not in codes:
        doubts.append(Doubt("period-missing", "No year was found in the title or text.", "period"))
    elif period and period.basis == "inferred":
        message = f"{period.label} is read as {period.start} to {period.end}."
        doubts.append(Doubt("period-inferred", message, "period"))
    if rows.groups and any(row.group_index is None for row in rows.rows):
        where = next(row.location for row in rows.rows if row.group_index is None)
        doubts.append(Doubt("group-missing", "Rows stand before the first heading.", "group_id", where))
    return [_issue(doubt) for doubt in dict.fromkeys(doubts)]


def _incoherences(
    activities: Sequence[Activity],
    groups: Sequence[Group],
    publisher: Publisher | None,
    known: Sequence[Issue],
    from_text: bool,
) -> list[Issue]:
    """The doubts that a record bears only beside the others."""
    name = publisher.name if publisher else None
    issues = [_issue(doubt, activity) for activity, doubt in incoherent(activities, groups, name, _doubted(known))]
    guessed = _doubted(issue for issue in known if issue.code in _GUESSED_BORDERS)
    if from_text:
        reason, fields = lost_columns(activities, guessed)
        every = _doubted([*known, *issues])
        issues.extend(_issue(doubt, activity) for activity, doubt in doubt_all(activities, reason, fields, every))
    return issues


def _states_unseen(rows: PlanRows, activities: Sequence[Activity]) -> list[Issue]:
    """The doubts of records in a text or a PDF whose column of states is there, and empty from the first to the last,
    or holds a mere mark: what it says may be a colour or a picture, of which such a form keeps nothing."""
    if rows.document.source.media_type == "text/html":
        return []
    marked = [activity for activity in activities if activity.status and _MARK_OF_STATE.fullmatch(activity.status)]
    if marked:
        message = "The state is a mere mark, which may mean something by a colour that is lost here."
        return [_issue(Doubt("value-incoherent", message, "status", a.location), a) for a in marked]
    headed = [cell for row in rows.rows if (cell := cell_of(row, "status")).header]
    if len(headed) < max(_FEWEST_STATES, len(activities)):
        return []
    if any(activity.status for activity in activities):
        return []
    message = f"The column {headed[0].header!r} is empty in every row: what it says may be a colour or a picture."
    return [_issue(Doubt("value-incoherent", message, "status", a.location), a) for a in activities]


_FEWEST_STATES = 3
_MARK_OF_STATE = re.compile(r"[●•■▪◆⬤◼⚫⚪○◯▲▼►]\ufe0f?")
_GUESSED_BORDERS = frozenset(
    ("border-inferred", "row-unclear", "row-incomplete", "layout-scrambled", "activity-missing", "people-unparted")
)


def _doubted(issues: Iterable[Issue]) -> set[tuple[str, str]]:
    """The (record's id, field) that a warning or an error of these names."""
    return {(i.activity_id, i.field) for i in issues if i.severity != "info" and i.activity_id and i.field}


def _sequence_issues(activities: Sequence[Activity]) -> list[Issue]:
    """Gaps and steps back concern the plan, for no record is wrong because of them; a repeat concerns its record."""
    numbers = {name: n for n, name in enumerate(dict.fromkeys(a.group_id for a in activities))}
    groups = [None if a.group_id is None else numbers[a.group_id] for a in activities]
    issues: list[Issue] = []
    for oddity in check([a.ref for a in activities], groups):
        activity = activities[oddity.index]
        doubt = Doubt(f"ref-{oddity.kind}", oddity.message, "ref", activity.location)
        issues.append(_issue(doubt, activity if oddity.kind == "duplicate" else None))
    return [*issues, *_misread_refs(activities)]


def _misread_refs(activities: Sequence[Activity]) -> Iterator[Issue]:
    """Refs of scanned pages that are not built as nearly all others are: "41" among "3.6" and "4.2"."""
    scanned = [a for a in activities if a.ref and a.location.method == "ocr"]
    built = {a.id: _FIGURES.sub("0", base_of(a.ref or "")) for a in scanned}
    if len(scanned) < _FEWEST_SCANNED:
        return
    usual, count = Counter(built.values()).most_common(1)[0]
    if count < _MOST_SCANNED * len(scanned):
        return
    for activity in scanned:
        if built[activity.id] != usual:
            message = f"{activity.ref!r} is not built as the other refs are, and was read by character recognition."
            yield _issue(Doubt("text-uncertain", message, "ref", activity.location), activity)


_FIGURES = re.compile(r"\d+")
_FEWEST_SCANNED = 5
_MOST_SCANNED = 0.8


def _ledger_issues(rows: PlanRows) -> list[Issue]:
    known = {doubt.code for doubt in rows.doubts}
    if "text-unread" in known:
        return []
    return [_issue(doubt) for doubt in unread_doubts(rows.document.words, rows.claims)]
