"""A plan laid out on a sheet in a style, and the gold that a careful reader takes from that sheet.

What is inherited depends on the layout: a merged cell gives its value to each of its rows, an empty cell of a part of
a set inherits people, a value that is printed on every row is inherited by none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .plans import PEOPLE, Column, Group, Plan, Record

# The content of a cell: paragraphs, whose lines are parted by "\n", and lists of bullets.
Content = tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table, with the rows and columns that it spans."""

    content: Content
    rows: int = 1
    cols: int = 1
    head: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells; a cell that another covers is not there. `head` rows are repeated where the look says so."""

    head: list[list[Cell]]
    rows: list[list[Cell]]
    widths: list[int]


@dataclass(frozen=True)
class Entry:
    """An action as a card or an entry of a list: its reference, its content, and its labelled values."""

    ref: str
    content: Content
    values: list[tuple[str, Content]]
    manner: str  # "card", "bullets", "lines", "upright"


Block = Heading | Text | Table | Entry


@dataclass(frozen=True)
class Style:
    """How a sheet is laid out."""

    name: str
    tables: str  # "group": one under each heading; "one": group rows; "column": a column of groups; "": a list
    repeats: str = "span"  # what stands for the value of the row above: "span", "blank", "ditto", "again"
    lead_row: bool = False
    rules: str = "grid"  # "grid", "rows", "none", "zebra"
    entries: str = ""
    cells: str = "plain"  # how cells are marked up: "plain", "p", "div", "mixed"


STYLES = [
    Style("ruled", "group", "span", cells="mixed"),
    Style("onetable", "one", "blank", cells="p"),
    Style("cards", "", entries="card"),
    Style("blank", "group", "blank", cells="p"),
    Style("leadrow", "group", "blank", lead_row=True, rules="rows", cells="div"),
    Style("groupcolumn", "column", "span"),
    Style("borderless", "group", "blank", rules="none"),
    Style("zebra", "one", "ditto", rules="zebra", cells="plain"),
    Style("bullets", "", entries="bullets"),
    Style("hrules", "group", "span", rules="rows", cells="mixed"),
    Style("again", "group", "again", rules="zebra"),
    Style("lines", "", entries="lines"),
    Style("onespan", "one", "span", cells="mixed"),
    Style("upright", "", entries="upright"),
]

WIDTHS = {"ref": 6, "activity": 34, "timescale": 13, "status": 10, "progress": 24, "extra": 17, "group": 14}


@dataclass
class Sheet:
    """What is printed, block by block, and the gold of it."""

    plan: Plan
    style: Style
    blocks: list[Block] = field(default_factory=list)
    gold: dict[str, object] = field(default_factory=dict)


def lay_out(plan: Plan, style: Style) -> Sheet:
    """The plan in a style, with its gold."""
    sheet = Sheet(plan, style)
    sheet.blocks += [Heading(1, plan.title), *(Text(text) for text in plan.intro)]
    groups = [(group, _as_list(group) if style.entries else group.records) for group in plan.groups]
    titled = [(_in_column(group) if style.tables == "column" else group, records) for group, records in groups]
    golds: list[dict[str, object]] = []
    if style.entries:
        for group, records in titled:
            sheet.blocks.append(Heading(2, group.printed))
            sheet.blocks += [_entry(plan, style, record) for record in records]
            golds += [_gold(plan, group, record, []) for record in records]
    else:
        grids = [(group, *_grid(plan, style, records)) for group, records in titled]
        golds = [_gold(plan, group, *pair) for group, _, pairs in grids for pair in pairs]
        sheet.blocks += _tables(plan, style, [(group, rows) for group, rows, _ in grids])
    if plan.measures:
        head = [Cell((word,), head=True) for word in ("Performance measure", "Baseline", "Target")]
        rows = [
            [Cell((text,)), Cell((f"{31 + 7 * place}",)), Cell((f"{44 + 6 * place}",))]
            for place, text in enumerate(plan.measures)
        ]
        sheet.blocks += [Heading(2, "How we will know that it has worked"), Table([head], rows, [60, 20, 20])]
    sheet.gold = {
        "schema_version": "1.0",
        "title": plan.title,
        "theme": None,
        "period": {"start": plan.period[0], "end": plan.period[1]},
        "groups": [{"kind": group.kind, "title": group.title} for group, _ in titled],
        "activities": golds,
    }
    return sheet


def _in_column(group: Group) -> Group:
    """The group as a column of groups tells it: the header is the label."""
    return replace(group, kind=group.kind or "theme")


def _as_list(group: Group) -> list[Record]:
    """The group's records for a list, which has no sets: the parts of a set are the bullets of one record."""
    records: list[Record] = []
    for record in group.records:
        if not record.letter:
            records.append(record)
        elif record.letter == "a":
            text = record.lead_in or ""
            records.append(replace(record, text=text, items=[record.text], lead_in=None, parent=None, letter=""))
            records[-1].ref = records[-1].shown = record.parent
        else:
            records[-1].items = [*records[-1].items, record.text]
    return records


def _gold(plan: Plan, group: Group, record: Record, inherited: list[str]) -> dict[str, object]:
    shown = record.shown.removeprefix("Action ") if record.shown else None
    return {
        "ref": record.ref,
        "ref_as_published": shown,
        "parent_ref": record.parent,
        "group": group.title,
        "lead_in": record.lead_in,
        "activity": "\n".join([record.text, *(f"• {item}" for item in record.items)]),
        "items": record.items,
        "timescale": record.time.gold() if record.time else None,
        **{key: record.people.get(key, []) for key in PEOPLE},
        "inherited": inherited,
        "also_links_to": [{"as_published": words, "title": title} for words, title in record.links],
        "notes": record.notes,
        "status": record.status,
        "progress": record.progress,
        "extra": record.extra,
    }


def _activity(plan: Plan, record: Record, ref: str = "") -> Content:
    """The words of the activity's cell: lead-in, letter, text, bullets, cross-links and notes."""
    text = record.text
    if record.letter and plan.letter_in_text:
        text = f"{record.letter}) {text}"
    if ref:
        text = f"{ref}: {text}" if ref.startswith("Action") else f"{ref} {text}"
    content: list[str | tuple[str, ...]] = [text]
    if record.letter == "a" and record.lead_in:
        content = [record.lead_in, text]
    if record.items:
        content.append(tuple(record.items))
    brackets = [f"(Also links to {words})" for words, _ in record.links] + [f"({note})" for note in record.notes]
    if brackets and not plan.notes_on_lines and text.endswith("."):
        return (" ".join([text, *brackets]),)
    return (*content, *brackets)


def _value(plan: Plan, record: Record, column: Column, joiner: str) -> Content:
    if column.key == "timescale":
        return (record.time.words,) if record.time else ()
    if column.key in PEOPLE:
        people = record.people.get(column.key, [])
        return tuple(people) if not joiner else (joiner.join(people),) if people else ()
    if column.key == "ref":
        return (record.shown,) if record.shown else ()
    text = record.extra.get(column.header) if column.key == "extra" else getattr(record, column.key)
    return (text,) if text else ()


def _entry(plan: Plan, style: Style, record: Record) -> Entry:
    joiner = plan.joiner if style.entries in ("card", "upright") else "; "
    values = [
        (column.header, _value(plan, record, column, joiner))
        for column in plan.columns
        if column.key not in ("ref", "activity")
    ]
    header = next((column.header for column in plan.columns if column.key == "activity"), "")
    content = _activity(plan, record)
    if style.entries == "upright":
        values.insert(0, (header, content))
    return Entry(record.shown or "", content, [(label, value) for label, value in values if value], style.entries)


def _shown_columns(plan: Plan) -> list[Column]:
    return [column for column in plan.columns if not (plan.ref_in_text and column.key == "ref" and not _sets(plan))]


def _sets(plan: Plan) -> bool:
    return any(record.letter for group in plan.groups for record in group.records)


Grid = list[list[Cell]]


def _grid(plan: Plan, style: Style, records: list[Record]) -> tuple[Grid, list[tuple[Record, list[str]]]]:
    """A group's rows of cells, and each record as printed with the names of the fields that it inherits."""
    rows: Grid = []
    pairs: list[tuple[Record, list[str]]] = []
    for bunch in _bunches(style, records):
        shared = _shared(bunch)
        lead = style.lead_row and bool(bunch[0].letter)
        if lead:
            rows.append([_lead_cell(plan, bunch[0], column, column.key in shared) for column in _shown_columns(plan)])
        for place, record in enumerate(bunch):
            shown = replace(record, shown=f"{record.letter})") if lead else record
            inherited = ["lead_in"] if record.letter and (place or lead) else []
            if place or lead:
                inherited += [
                    column.key for column in plan.columns if column.key in shared and style.repeats != "again"
                ]
            rows.append(
                _row(plan, style, shown, inherited, len(bunch) if style.repeats == "span" and not lead else 1, shared)
            )
            pairs.append((shown, inherited))
    return rows, pairs


def _shared(bunch: list[Record]) -> set[str]:
    """The columns of people whose values are the same in all rows of a bunch."""
    if len(bunch) == 1:
        return set()
    first = bunch[0].people.items()
    return {key for key, people in first if people and all(record.people[key] == people for record in bunch)}


def _row(plan: Plan, style: Style, record: Record, inherited: list[str], span: int, shared: set[str]) -> list[Cell]:
    """A record's cells; `span` is how many rows the cells that it shares with those below reach down."""
    columns = _shown_columns(plan)
    row: list[Cell] = []
    for column in columns:
        if column.key == "activity":
            bare = replace(record, lead_in=None, letter="") if (record.shown or "") == f"{record.letter})" else record
            row.append(Cell(_activity(plan, bare, "" if len(columns) == len(plan.columns) else record.shown or "")))
        elif column.key not in inherited:
            value = _value(plan, record, column, plan.joiner)
            row.append(Cell(value, rows=span if column.key in shared else 1))
        elif span == 1:
            row.append(Cell(("As above",) if style.repeats == "ditto" else ()))
    return row


def _bunches(style: Style, records: list[Record]) -> Iterator[list[Record]]:
    """The records in runs whose cells may be merged: the parts of a set; neighbours with the same people."""
    bunch: list[Record] = []
    for record in records:
        same_set = bunch and record.letter and record.letter != "a"
        alike = bunch and style.repeats == "span" and not (record.letter or bunch[0].letter) and len(bunch) < 3
        alike = alike and any(people and people == bunch[0].people[key] for key, people in record.people.items())
        if same_set or (alike and style.name in ("groupcolumn", "onespan")):
            bunch.append(record)
            continue
        if bunch:
            yield bunch
        bunch = [record]
    yield bunch


def _lead_cell(plan: Plan, record: Record, column: Column, shared: bool) -> Cell:
    if column.key == "ref":
        return Cell((record.parent or "",))
    if column.key == "activity":
        return Cell((record.lead_in or "",))
    return Cell(_value(plan, record, column, plan.joiner) if shared else ())


def _head(columns: list[Column]) -> list[list[Cell]]:
    """The rows of the header: two where some columns stand under common words."""
    if not any(column.over for column in columns):
        return [[Cell((column.header,), head=True) for column in columns]]
    upper: list[Cell] = []
    lower: list[Cell] = []
    before = ""
    for column in columns:
        if not column.over:
            upper.append(Cell((column.header,), rows=2, head=True))
        else:
            lower.append(Cell((column.header,), head=True))
            if column.over == before:
                upper[-1] = replace(upper[-1], cols=upper[-1].cols + 1)
            else:
                upper.append(Cell((column.over,), head=True))
        before = column.over
    return [upper, lower]


def _tables(plan: Plan, style: Style, grids: list[tuple[Group, Grid]]) -> list[Block]:
    columns = _shown_columns(plan)
    deep = any((record.ref or "").count(".") > 1 for group in plan.groups for record in group.records)
    widths = [9 if column.key == "ref" and deep else WIDTHS.get(column.key, 15) for column in columns]
    if style.tables == "group":
        blocks: list[Block] = []
        for group, rows in grids:
            blocks += [Heading(2, group.printed), Table(_head(columns), rows, widths)]
        return blocks
    whole: Grid = []
    if style.tables == "column":
        label = Column("group", (grids[0][0].kind or "theme").capitalize())
        for group, own in grids:
            own[0].insert(0, Cell((group.title,), rows=len(own)))
            whole += own
        return [Table(_head([label, *columns]), whole, [WIDTHS["group"], *widths])]
    for group, own in grids:
        whole += [[Cell((group.printed,), cols=len(columns), head=True)], *own]
    return [Table(_head(columns), whole, widths)]


def styles_of(seed: int, count: int) -> list[Style]:
    """The styles in which the plan of a seed is laid out: in turn, so that a run of seeds shows each of them."""
    return [STYLES[(seed * count + turn) % len(STYLES)] for turn in range(count)]
