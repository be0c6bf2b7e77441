"""Plans in a database: SQLite or PostgreSQL, through SQLAlchemy.

1. The tables are those of `tables`; each row also names its plan. `plans` and `sources` have one row a plan.
2. A plan is known again by its source's bytes, or by publisher, title, theme, period and the source's name. One that is
   there already with the same content is left alone; one with other content is replaced.
3. Everything happens in one transaction, tables and views included: all plans are in, or nothing has changed.
4. A plan's text is always a parameter, never part of a statement.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from extractor.errors import OutputRefused, PartMissing
from extractor.records import Plan, Source
from extractor.write.columns import Column, columns, columns_of
from extractor.write.tables import Row, Table, rows, tables

try:
    import sqlalchemy as sa
    from sqlalchemy.dialects.postgresql import JSONB
    from sqlalchemy.ext.compiler import compiles
    from sqlalchemy.schema import CreateColumn
except ModuleNotFoundError as problem:
    raise PartMissing.of("sql", "SQLAlchemy", "A database") from problem

Outcome = Literal["added", "replaced", "unchanged"]

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "string": sa.Text(),
    "integer": sa.Integer(),
    "number": sa.Float(),
    "boolean": sa.Boolean(),
    "date": sa.Date(),
}
_LOCK = 0x706C616E73
"""The key of PostgreSQL's advisory lock, under which only one load runs at a time: "plans" in ASCII."""
_WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one plan."""

    plan_id: str
    outcome: Outcome


@compiles(CreateColumn, "sqlite")
def _with_comment(element: CreateColumn, compiler: Any, **options: Any) -> str:
    """SQLite keeps no comments on columns, but it keeps the text of the statement that made the table."""
    text: str = compiler.visit_create_column(element, **options)
    comment = element.element.comment
    return f"{text} /* {comment.replace('*/', '* /')} */" if text and comment else text


def _sql_column(column: Column, key: tuple[str, ...] = ()) -> sa.Column[Any]:
    return sa.Column(
        column.name,
        _TYPES.get(column.kind, _JSON),
        nullable=not (column.required or column.name in key),
        comment=column.description,
    )


def _plan_key(primary: bool) -> sa.Column[str]:
    return sa.Column(
        "plan_id",
        sa.Text(),
        sa.ForeignKey("plans.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
        comment="The `id` of the plan.",
    )


def _plans_table(metadata: sa.MetaData) -> None:
    own = [column for column in columns() if column.path[0] == "plan" and column.path[1] != "source"]
    sa.Table(
        "plans",
        metadata,
        sa.Column("id", sa.Text(), primary_key=True, comment="Names the plan in this database."),
        sa.Column(
            "content_sha256",
            sa.Text(),
            nullable=False,
            comment="Hash of everything that was extracted; it tells whether a plan has changed.",
        ),
        *(
            sa.Column(
                column.name.removeprefix("plan_"),
                _TYPES[column.kind],
                nullable=not column.required,
                comment=column.description,
            )
            for column in own
        ),
        sa.Column("kept_tables", _JSON, comment="The source's tables that are no activities."),
        sa.Column("coverage", _JSON, comment="How many words the source has, and which of them are unread."),
        comment="Published plans; one row a plan.",
    )


def _sources_table(metadata: sa.MetaData) -> None:
    sa.Table(
        "sources",
        metadata,
        _plan_key(primary=True),
        *(_sql_column(column) for column in columns_of(Source, (), "", "", always=True)),
        sa.Index("sources_sha256", "sha256"),
        comment="The documents that the plans were extracted from; one row a plan.",
    )


def _sql_table(table: Table, metadata: sa.MetaData) -> None:
    keys = []
    for reference in table.references:
        deferred = reference.table == table.name  # rows of one table may come in any order
        keys.append(
            sa.ForeignKeyConstraint(
                ["plan_id", reference.column],
                [f"{reference.table}.plan_id", f"{reference.table}.{reference.target}"],
                deferrable=deferred or None,
                initially="DEFERRED" if deferred else None,
            )
        )
    made = sa.Table(
        table.name,
        metadata,
        _plan_key(primary=False),
        *(_sql_column(column, table.key) for column in table.columns),
        sa.PrimaryKeyConstraint("plan_id", *table.key),
        *keys,
        comment=table.description,
    )
    for name in table.indexes:
        plan = ("plan_id",) if any(reference.column == name for reference in table.references) else ()
        sa.Index(f"{table.name}_{name}", *(made.c[part] for part in (*plan, name)))


@cache
def metadata() -> sa.MetaData:
    """The tables of the database, with their keys, indexes and comments."""
    found = sa.MetaData()
    _plans_table(found)
    _sources_table(found)
    for table in tables():
        _sql_table(table, found)
    return found


# The views are fixed text, which both databases understand but for the words in braces.
_NAMES = (
    "(SELECT {join}(n.name, '; ') FROM (SELECT l.name FROM leads AS l WHERE l.plan_id = a.plan_id"
    " AND l.activity_id = a.id AND l.role = '{role}' ORDER BY l.position) AS n) AS {alias}"
)
_FLAT = """
SELECT a.plan_id, p.title AS plan_title, p.theme AS plan_theme, p.publisher_name, p.period_label, p.period_start,
  p.period_end, s.name AS source_name, g.kind AS group_kind, g.number AS group_number, g.title AS group_title,
  a.position, a.id, a.ref, a.parent_ref, a.lead_in, a.activity, a.timescale_as_published, a.timescale_start,
  a.timescale_end, a.timescale_ongoing, a.timescale_recurrence, a.timescale_basis,
  {leads},
  (SELECT {{join}}(n.title, '; ') FROM (SELECT COALESCE(l.title, l.as_published) AS title FROM links AS l
    WHERE l.plan_id = a.plan_id AND l.activity_id = a.id ORDER BY l.position) AS n) AS also_links_to,
  (SELECT {{join}}(n.text, '; ') FROM (SELECT o.text FROM notes AS o
    WHERE o.plan_id = a.plan_id AND o.activity_id = a.id ORDER BY o.position) AS n) AS notes,
  a.status, a.progress,
  (SELECT COUNT(*) FROM issues AS i WHERE i.plan_id = a.plan_id AND i.activity_id = a.id
    AND i.severity <> 'info') AS open_issues
FROM activities AS a
JOIN plans AS p ON p.id = a.plan_id
JOIN sources AS s ON s.plan_id = a.plan_id
LEFT JOIN groups AS g ON g.plan_id = a.plan_id AND g.id = a.group_id
""".format(
    leads=",\n  ".join(
        _NAMES.format(join="{join}", role=role, alias=alias)
        for role, alias in (
            ("officer", "lead_officers"),
            ("directorate", "lead_directorates"),
            ("cabinet_member", "lead_cabinet_members"),
        )
    )
)
# The financial year begins in the month in which the plan's period begins, or in April.
_DUE = """
SELECT plan_id, plan_title,
  CASE WHEN first_month = 1 THEN CAST(first_year AS TEXT)
    ELSE CAST(first_year AS TEXT) || '/' || SUBSTR(CAST(first_year + 1 AS TEXT), 3) END AS year,
  'Q' || CAST((month - first_month + 12) % 12 / 3 + 1 AS TEXT) AS quarter,
  MIN(due) AS first_due, MAX(due) AS last_due, COUNT(*) AS activities
FROM (
  SELECT plan_id, plan_title, due, month, first_month,
    CASE WHEN month < first_month THEN year - 1 ELSE year END AS first_year
  FROM (
    SELECT a.plan_id, p.title AS plan_title, a.timescale_end AS due, {year_of_end} AS year, {month_of_end} AS month,
      COALESCE({month_of_period}, 4) AS first_month
    FROM activities AS a JOIN plans AS p ON p.id = a.plan_id
  ) AS dated
) AS placed
GROUP BY plan_id, plan_title, first_year, first_month, (month - first_month + 12) % 12 / 3
"""
_OPEN = """
SELECT i.plan_id, p.title AS plan_title, s.name AS source_name, i.severity, i.code, i.message, i.activity_id, i.ref,
  i.field, a.activity, i.location
FROM issues AS i
JOIN plans AS p ON p.id = i.plan_id
JOIN sources AS s ON s.plan_id = i.plan_id
LEFT JOIN activities AS a ON a.plan_id = i.plan_id AND a.id = i.activity_id
WHERE i.severity IN ('warning', 'error')
"""
VIEWS = {"activity_flat": _FLAT, "due_by_quarter": _DUE, "open_issues": _OPEN}
_WORDS = {
    "sqlite": {
        "join": "GROUP_CONCAT",
        "year_of_end": "CAST(STRFTIME('%Y', a.timescale_end) AS INTEGER)",
        "month_of_end": "CAST(STRFTIME('%m', a.timescale_end) AS INTEGER)",
        "month_of_period": "CAST(STRFTIME('%m', p.period_start) AS INTEGER)",
    },
    "postgresql": {
        "join": "STRING_AGG",
        "year_of_end": "CAST(EXTRACT(YEAR FROM a.timescale_end) AS INTEGER)",
        "month_of_end": "CAST(EXTRACT(MONTH FROM a.timescale_end) AS INTEGER)",
        "month_of_period": "CAST(EXTRACT(MONTH FROM p.period_start) AS INTEGER)",
    },
}


def _prepare(connection: sa.Connection) -> None:
    """Make what is missing of tables and views. Raises `OutputRefused` where a table has another shape."""
    seen = sa.inspect(connection)
    there = set(seen.get_table_names())
    for table in metadata().sorted_tables:
        if table.name in there:
            missing = set(table.columns.keys()) - {column["name"] for column in seen.get_columns(table.name)}
            if missing:
                raise OutputRefused(
                    f"the database has a table “{table.name}” of another shape: it lacks {', '.join(sorted(missing))}",
                    "Load into another database, or drop that table if an older version of this tool made it.",
                )
    metadata().create_all(connection)
    views = set(seen.get_view_names())
    for name, query in VIEWS.items():
        if name not in views:
            connection.execute(sa.text(f"CREATE VIEW {name} AS {query.format(**_WORDS[connection.dialect.name])}"))


def _slug(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", text.lower())[:8])


def identity(plan: Plan) -> str:
    """The `id` of a plan in a database, from publisher, title, theme, period and the source's name.

    The same for a corrected document of the same name, whatever its bytes; another for another form of the plan.
    """
    parts = [
        plan.publisher.name if plan.publisher else "",
        plan.title or "",
        plan.theme or "",
        plan.period.label if plan.period else "",
        plan.source.name,
    ]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]
    words = _slug(" ".join(parts[:2])) or _slug(plan.source.name) or "plan"
    return f"{words}-{digest}"


def _content_hash(plan: Plan) -> str:
    """A hash of everything but the name that the source happens to have."""
    value = plan.model_dump(mode="json")
    value["source"].pop("name")
    return hashlib.sha256(json.dumps(value, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _clean(value: Any) -> Any:
    """The JSON value without NUL, which PostgreSQL's texts cannot hold: U+FFFD stands for it."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, Mapping):
        return {_clean(name): _clean(one) for name, one in value.items()}
    return value


def _as_stored(row: Row, table: sa.Table) -> Row:
    """The row with dates for the dates that JSON values write as text."""
    dates = {column.name for column in table.columns if isinstance(column.type, sa.Date)}
    return {
        name: dt.date.fromisoformat(value) if name in dates and value is not None else _clean(value)
        for name, value in row.items()
    }


def _all_rows(plan: Plan, plan_id: str) -> dict[str, list[Row]]:
    whole = plan.model_dump(mode="json", include={"publisher", "period", "source", "tables", "coverage"})
    head: Row = {"id": plan_id, "content_sha256": _content_hash(plan)}
    head |= {"schema_version": plan.schema_version, "title": plan.title, "theme": plan.theme}
    for column in columns():
        if column.path[:2] in (("plan", "publisher"), ("plan", "period")):
            head[column.name] = (whole[column.path[1]] or {}).get(column.path[2])
    head |= {"kept_tables": whole["tables"], "coverage": whole["coverage"]}
    found = {"plans": [head], "sources": [{"plan_id": plan_id, **whole["source"]}]}
    for name, values in rows(plan).items():
        found[name] = [{"plan_id": plan_id, **value} for value in values]
    return found


def _known_as(connection: sa.Connection, plan: Plan, plan_id: str | None) -> str:
    """The id under which the plan stands in the database, or will stand."""
    plans, sources = metadata().tables["plans"], metadata().tables["sources"]
    own = plan_id or identity(plan)
    there = connection.execute(sa.select(plans.c.id).where(plans.c.id == own)).scalar_one_or_none()
    if plan_id or there or not plan.source.sha256:
        return own
    same_bytes = sa.select(sources.c.plan_id).where(sources.c.sha256 == plan.source.sha256).order_by(sources.c.plan_id)
    return connection.execute(same_bytes.limit(1)).scalar_one_or_none() or own


def _put(connection: sa.Connection, plan: Plan, plan_id: str | None) -> Loaded:
    known = metadata()
    name = _known_as(connection, plan, plan_id)
    plans = known.tables["plans"]
    before = connection.execute(sa.select(plans.c.content_sha256).where(plans.c.id == name)).scalar_one_or_none()
    if before == _content_hash(plan):
        return Loaded(name, "unchanged")
    if before is not None:
        for table in reversed(known.sorted_tables):
            column = table.c.id if table is plans else table.c.plan_id
            connection.execute(sa.delete(table).where(column == name))
    found = _all_rows(plan, name)
    for table in known.sorted_tables:
        if found[table.name]:
            connection.execute(sa.insert(table), [_as_stored(row, table) for row in found[table.name]])
    return Loaded(name, "added" if before is None else "replaced")


def _engine(url: str) -> sa.Engine:
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise OutputRefused(f"“{url}” is no address of a database", _ADDRESSES) from None
    family = address.get_backend_name()
    if family not in _DRIVERS:
        raise OutputRefused(f"“{family}” is no database that can be loaded", _ADDRESSES)
    if address.drivername in _DRIVERS:
        address = address.set(drivername=_DRIVERS[address.drivername])
    try:
        engine = sa.create_engine(
            address, hide_parameters=True, connect_args={"timeout": _WAIT_SECONDS} if family == "sqlite" else {}
        )
    except ModuleNotFoundError as problem:
        raise PartMissing.of("sql", problem.name or "a driver", f"A database of the kind {family}") from problem
    if family == "sqlite":
        _prepare_sqlite(engine)
    return engine


_ADDRESSES = "Give sqlite:///plans.db, or postgresql+psycopg://user:password@host/database."


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Let SQLite hold its foreign keys, and let the transaction hold the making of tables too.

    Python's driver would begin a transaction only before the first row, so it is told to leave that to us.
    """

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _first_line(problem: sa.exc.SQLAlchemyError) -> str:
    cause = getattr(problem, "orig", None) or problem
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]


def load_plans(plans: Iterable[tuple[Plan, str | None]], url: str) -> list[Loaded]:
    """Put plans into a database, each under the given id or its own; what became of each, in their order.

    All of them are in when this returns; where it raises, the database is as it was. Raises `OutputRefused` where the
    database cannot be reached or does not take the plans.
    """
    engine = _engine(url)
    shown = engine.url.render_as_string(hide_password=True)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            _prepare(connection)
            return [_put(connection, plan, plan_id) for plan, plan_id in plans]
    except sa.exc.SQLAlchemyError as problem:
        raise OutputRefused(
            f"{shown} does not take the plans, and is as it was: {_first_line(problem)}",
            "Check the address and the permissions.",
        ) from problem
    finally:
        engine.dispose()
