"""Plans in real databases: SQLite and PostgreSQL hold the same, and half a load leaves no trace."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from commands import SAMPLE, SAMPLES, environment, extractor
from databases import postgresql_server
from extractor import extract
from extractor.errors import OutputRefused
from extractor.records import Period, Plan, Timescale
from extractor.write import write
from plans import full_plan

sa = pytest.importorskip("sqlalchemy", reason="needs the extra sql")

from extractor.write.to_sql import VIEWS, Loaded, identity, load_plans, metadata  # noqa: E402 - it needs the extra

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as address:
        yield address


@pytest.fixture
def postgresql(server: str) -> str:
    """The address of a new database."""
    name = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'plans.db'}"
    address: str = request.getfixturevalue("postgresql")
    return address


def query(url: str, statement: str) -> Rows:
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(statement))]
    finally:
        engine.dispose()


def everything(url: str) -> dict[str, Rows]:
    """All rows of all tables."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            there = sa.inspect(connection).get_table_names()
            return {
                table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
                for table in metadata().sorted_tables
                if table.name in there
            }
    finally:
        engine.dispose()


def corrected(plan: Plan) -> Plan:
    """The plan as its publisher put it right: other bytes, one activity reworded, the last one gone."""
    first = plan.activities[0].model_copy(update={"activity": "Put right."})
    source = plan.source.model_copy(update={"sha256": "f" * 64})
    return plan.model_copy(update={"activities": (first, *plan.activities[1:-1]), "source": source})


# --- what is in the database


def test_every_table_is_filled_from_every_field(url: str) -> None:
    plan = full_plan()
    load_plans([(plan, None)], url)
    rows = everything(url)
    counts = {"plans": 1, "sources": 1, "groups": 3, "activities": 2, "items": 2, "leads": 4, "links": 2, "notes": 1}
    assert {name: len(found) for name, found in rows.items()} == counts | {"issues": 2}
    assert query(url, "SELECT name FROM leads WHERE role = 'officer' ORDER BY position") == [
        ("Head of Streets",),
        ("Head of Parks | Paths",),
    ]
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        tables = metadata().tables
        activity = connection.execute(sa.select(tables["activities"]).where(tables["activities"].c.id == "2.1a")).one()
        assert activity.timescale_end == dt.date(2024, 3, 31)
        assert activity.timescale_ongoing is False
        assert activity.extra == {"Budget": "£12,000", "Risk": "-5%"}
        assert activity.inherited == ["lead_officers"]
        assert activity.location["lines"] == [9, 12]
        head = connection.execute(sa.select(tables["plans"])).one()
        assert (head.title, head.period_start) == ("Delivery Plan 2023", dt.date(2023, 4, 1))
        assert head.kept_tables[0]["rows"] == [["KPI 1", "5"]]
        assert head.coverage["unread"][0]["text"] == "stray words"
    engine.dispose()


def test_keys_are_kept_and_indexes_are_there(url: str) -> None:
    load_plans([(full_plan(), None)], url)
    engine = sa.create_engine(url)
    inspector = sa.inspect(engine)
    assert inspector.get_pk_constraint("activities")["constrained_columns"] == ["plan_id", "id"]
    targets = {key["referred_table"] for key in inspector.get_foreign_keys("activities")}
    assert targets == {"plans", "groups"}
    indexed = {tuple(index["column_names"]) for index in inspector.get_indexes("activities")}
    assert {("timescale_end",), ("ref",), ("plan_id", "group_id")} <= indexed
    engine.dispose()


def test_postgresql_keeps_a_comment_on_every_column(postgresql: str) -> None:
    load_plans([(full_plan(), None)], postgresql)
    engine = sa.create_engine(postgresql)
    inspector = sa.inspect(engine)
    for table in metadata().sorted_tables:
        assert inspector.get_table_comment(table.name)["text"]
        assert [column["name"] for column in inspector.get_columns(table.name) if not column["comment"]] == []
    engine.dispose()


def test_sqlite_shows_the_comments_in_its_schema(tmp_path: Path) -> None:
    load_plans([(full_plan(), None)], f"sqlite:///{tmp_path / 'plans.db'}")
    connection = sqlite3.connect(tmp_path / "plans.db")
    [(text,)] = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'activities'").fetchall()
    connection.close()
    assert "/* The last day by which it is to be done. */" in text


# --- views


def test_activity_flat_has_one_row_an_activity(url: str) -> None:
    plan = extract(SAMPLE)
    load_plans([(plan, None), (full_plan(), None)], url)
    found = query(
        url,
        "SELECT ref, group_title, lead_officers, lead_cabinet_members, also_links_to FROM activity_flat "
        "WHERE source_name = 'year-ahead-2023.txt' ORDER BY position",
    )
    titles = {group.id: group.title for group in plan.groups}
    assert found == [
        (
            activity.ref,
            titles[activity.group_id or ""],
            "; ".join(activity.lead_officers) or None,
            "; ".join(activity.lead_cabinet_members) or None,
            "; ".join(link.title or link.as_published for link in activity.also_links_to) or None,
        )
        for activity in plan.activities
    ]


def _due(end: dt.date | None, period: Period | None) -> Plan:
    plan = full_plan()
    scale = Timescale(as_published="then", end=end)
    activity = plan.activities[1].model_copy(update={"timescale": scale, "group_id": None})
    return plan.model_copy(update={"activities": (activity,), "period": period, "issues": ()})


@pytest.mark.parametrize(
    ("end", "period_start", "expected"),
    [
        ("2024-03-31", "2023-04-01", ("2023/24", "Q4")),
        ("2024-04-01", "2023-04-01", ("2024/25", "Q1")),
        ("2023-12-31", None, ("2023/24", "Q3")),
        ("2024-05-31", "2024-01-01", ("2024", "Q2")),
        ("2024-08-31", "2023-09-01", ("2023/24", "Q4")),
        ("1999-12-31", "1999-04-01", ("1999/00", "Q3")),
        (None, "2023-04-01", (None, None)),
    ],
)
def test_quarters_are_those_of_the_plans_financial_year(
    url: str, end: str | None, period_start: str | None, expected: tuple[str | None, str | None]
) -> None:
    period = Period(label="then", start=dt.date.fromisoformat(period_start)) if period_start else None
    load_plans([(_due(dt.date.fromisoformat(end) if end else None, period), None)], url)
    assert query(url, "SELECT year, quarter, activities FROM due_by_quarter") == [(*expected, 1)]


def test_due_by_quarter_counts_every_activity_once(url: str) -> None:
    plan = extract(SAMPLE)
    load_plans([(plan, None)], url)
    assert query(url, "SELECT SUM(activities) FROM due_by_quarter")[0][0] == len(plan.activities)
    ends = [activity.timescale.end for activity in plan.activities if activity.timescale]
    first_quarter = sum(dt.date(2023, 4, 1) <= end <= dt.date(2023, 6, 30) for end in ends if end)
    found = query(url, "SELECT activities FROM due_by_quarter WHERE year = '2023/24' AND quarter = 'Q1'")
    assert found == [(first_quarter,)]


def test_open_issues_are_warnings_and_errors(url: str) -> None:
    plan = extract(SAMPLE)
    load_plans([(plan, None)], url)
    expected = sorted((issue.code, issue.ref) for issue in plan.issues if issue.severity != "info")
    assert expected
    assert sorted(query(url, "SELECT code, ref FROM open_issues")) == expected


# --- again, and corrected


def test_the_same_again_changes_nothing(url: str) -> None:
    plan = full_plan()
    [first] = load_plans([(plan, None)], url)
    before = everything(url)
    assert first == Loaded(identity(plan), "added")
    assert load_plans([(plan, None)], url) == [Loaded(first.plan_id, "unchanged")]
    renamed = plan.model_copy(update={"source": plan.source.model_copy(update={"name": "copy.txt"})})
    assert load_plans([(renamed, None)], url) == [Loaded(first.plan_id, "unchanged")], "the same bytes, another name"
    assert everything(url) == before


def test_a_corrected_plan_replaces_the_one_before(url: str, tmp_path: Path) -> None:
    other = extract(SAMPLE)
    load_plans([(full_plan(), None), (other, None)], url)
    [loaded] = load_plans([(corrected(full_plan()), None)], url)
    assert loaded == Loaded(identity(full_plan()), "replaced")
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    load_plans([(corrected(full_plan()), None), (other, None)], fresh)
    assert {name: len(rows) for name, rows in everything(url).items()} == {
        name: len(rows) for name, rows in everything(fresh).items()
    }
    assert query(url, "SELECT activity FROM activities WHERE activity = 'Put right.'") == [("Put right.",)]
    assert query(url, "SELECT COUNT(*) FROM activities WHERE id = 'row-2'") == [(0,)]


def test_the_same_source_read_better_replaces_the_one_before(url: str) -> None:
    """A profile that names the publisher gives the plan another identity, but its source's bytes are known."""
    plan = full_plan().model_copy(update={"publisher": None})
    [first] = load_plans([(plan, None)], url)
    assert load_plans([(full_plan(), None)], url) == [Loaded(first.plan_id, "replaced")]
    assert query(url, "SELECT publisher_name FROM plans") == [("Example Council",)]


def test_an_id_of_the_callers_own(url: str) -> None:
    assert load_plans([(full_plan(), "mine")], url) == [Loaded("mine", "added")]
    assert load_plans([(corrected(full_plan()), "mine")], url) == [Loaded("mine", "replaced")]
    assert load_plans([(full_plan(), "another")], url) == [Loaded("another", "added")]


def test_a_plans_text_is_never_part_of_a_statement(url: str) -> None:
    nasty = "'); DROP TABLE plans; -- \" %s :name ? {x} \\ \x00"
    plan = full_plan()
    activity = plan.activities[0].model_copy(update={"activity": nasty, "extra": {nasty: nasty}, "notes": (nasty,)})
    plan = plan.model_copy(update={"title": nasty, "activities": (activity, plan.activities[1])})
    load_plans([(plan, None)], url)
    kept = nasty.replace("\0", "\ufffd")
    assert query(url, "SELECT title FROM plans") == [(kept,)]
    assert query(url, "SELECT activity, notes FROM activity_flat WHERE id = '2.1a'") == [(kept, kept)]
    assert load_plans([(plan, None)], url)[0].outcome == "unchanged"


def test_one_bad_plan_leaves_the_database_as_it_was(url: str) -> None:
    load_plans([(full_plan(), None)], url)
    before = everything(url)
    twice = corrected(full_plan())
    twice = twice.model_copy(update={"activities": twice.activities * 2})
    with pytest.raises(OutputRefused, match="is as it was") as refusal:
        load_plans([(extract(SAMPLE), None), (twice, None)], url)
    assert "Put right." not in refusal.value.message
    assert everything(url) == before


def test_a_table_of_another_shape_is_refused(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE groups (id TEXT PRIMARY KEY)"))
    engine.dispose()
    with pytest.raises(OutputRefused, match="“groups” of another shape"):
        load_plans([(full_plan(), None)], url)
    assert set(everything_names(url)) == {"groups"}


def everything_names(url: str) -> list[str]:
    engine = sa.create_engine(url)
    names: list[str] = sa.inspect(engine).get_table_names()
    engine.dispose()
    return names


# --- a process that is killed half-way


def _loading(url: str, *paths: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "extractor",
        "load",
        "-q",
        "--to",
        url,
        "--max-bytes",
        "500000000",
        *map(str, paths),
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())


def _wait_until(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < end
        time.sleep(0.002)


@contextmanager
def _watching(url: str) -> Iterator[Callable[[str], Any]]:
    """A function that asks the server for one value; each time anew, for a transaction would keep seeing the first."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(sa.text(statement)).scalar_one()
    engine.dispose()


def _killed(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


def test_killed_half_way_in_sqlite(tmp_path: Path) -> None:
    database = tmp_path / "plans.db"
    url, journal = f"sqlite:///{database}", tmp_path / "plans.db-journal"
    load_plans([(full_plan(), None)], url)
    before = everything(url)
    large = corrected(full_plan())
    activities = (
        large.activities[0].model_copy(update={"id": f"n{n}", "activity": "Task. " * 300}) for n in range(3000)
    )
    large = large.model_copy(update={"activities": tuple(activities), "issues": ()})
    (tmp_path / "plan.json").write_bytes(write(large, "json"))
    untouched = database.read_bytes()
    process = _loading(url, tmp_path / "plan.json")
    # Once the cache is full, pages of the file itself are overwritten; only the journal can undo that.
    _wait_until(lambda: journal.exists() and database.stat().st_size > len(untouched), process)
    _killed(process)
    assert journal.exists()
    assert database.read_bytes() != untouched, "it was killed half-way, not before"
    assert everything(url) == before
    assert load_plans([(corrected(full_plan()), None)], url)[0].outcome == "replaced", "and it can be used again"


def test_killed_half_way_in_postgresql(postgresql: str, tmp_path: Path) -> None:
    load_plans([(full_plan(), None)], postgresql)
    before = everything(postgresql)
    path = tmp_path / "plan.json"
    path.write_bytes(write(corrected(full_plan()), "json"))
    engine = sa.create_engine(postgresql)
    with engine.connect() as connection:
        # Whoever replaces the plan deletes what belongs to it first, and then waits for this lock.
        connection.execute(sa.text("SELECT id FROM plans FOR UPDATE"))
        process = _loading(postgresql, path)
        waiting = (
            "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE FROM plans%'"
        )
        with _watching(postgresql) as holds:
            _wait_until(lambda: holds(waiting) == 1, process)
            _killed(process)
        connection.rollback()
    engine.dispose()
    assert everything(postgresql) == before
    assert load_plans([(corrected(full_plan()), None)], postgresql)[0].outcome == "replaced"


def test_killed_while_the_tables_are_made(postgresql: str) -> None:
    """The tables themselves belong to the transaction."""
    engine = sa.create_engine(postgresql)
    with engine.connect() as connection:
        # Whoever makes this table too waits for what becomes of ours; it is the last one.
        assert metadata().sorted_tables[-1].name != "plans"
        connection.execute(sa.text(f"CREATE TABLE {metadata().sorted_tables[-1].name} (nothing INTEGER)"))
        process = _loading(postgresql, SAMPLE)
        waiting = (
            "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%CREATE TABLE%' "
            "AND pid <> pg_backend_pid()"
        )
        with _watching(postgresql) as holds:
            _wait_until(lambda: holds(waiting) == 1, process)
            _killed(process)
        connection.rollback()
    engine.dispose()
    assert everything_names(postgresql) == []


# --- the command


def test_the_command_loads_documents_and_records(url: str, tmp_path: Path) -> None:
    lines = extractor("extract", SAMPLE, SAMPLES / "year-ahead-2024.txt", "-f", "jsonl")
    (tmp_path / "both.jsonl").write_bytes(lines.out)
    run = extractor("load", tmp_path / "both.jsonl", SAMPLES / "year-ahead-2023.html", "--to", url)
    assert run.status == 0, run.err
    assert run.err.count("added") == 3
    assert query(url, "SELECT COUNT(*) FROM plans") == [(3,)]
    again = extractor("load", tmp_path / "both.jsonl", SAMPLES / "year-ahead-2023.html", "--to", url)
    assert again.err.count("unchanged") == 3
    whole = extractor("load", SAMPLE, "--to", url)
    assert "replaced" in whole.err, "the document has more than JSON Lines held: its issues"


def test_a_corrected_document_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(SAMPLE.read_bytes())
    assert "added" in extractor("load", path, cwd=tmp_path).err
    path.write_bytes(SAMPLE.read_bytes().replace(b"Mill Meadow", b"Mill Lane"))
    assert "replaced" in extractor("load", path, cwd=tmp_path).err
    url = f"sqlite:///{tmp_path / 'plans.db'}"
    assert query(url, "SELECT COUNT(*) FROM plans") == [(1,)]
    assert query(url, "SELECT COUNT(*) FROM activities WHERE activity LIKE '%Mill Meadow%'") == [(0,)]
    assert query(url, "SELECT COUNT(*) FROM activities WHERE activity LIKE '%Mill Lane%'")[0][0] > 0


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "sqlite:////no/such/folder/plans.db", "postgresql://me:secret@127.0.0.1:1/plans"]
)
def test_what_cannot_be_loaded_is_refused_without_telling_the_password(url: str) -> None:
    run = extractor("load", SAMPLE, "--to", url)
    assert run.status == 2
    assert run.err.startswith("error: ")
    assert "Traceback" not in run.err
    assert "secret" not in run.err


def test_a_plan_that_contradicts_itself_is_not_loaded(tmp_path: Path) -> None:
    value = json.loads(write(full_plan(), "json"))
    value["activities"][1]["id"] = value["activities"][0]["id"]
    (tmp_path / "plan.json").write_text(json.dumps(value), encoding="utf-8")
    run = extractor("load", "plan.json", cwd=tmp_path)
    assert run.status == 1
    assert "occurs more than once" in run.err
    assert not (tmp_path / "plans.db").exists()


def test_an_id_names_one_plan(tmp_path: Path) -> None:
    run = extractor("load", SAMPLE, SAMPLES / "year-ahead-2024.txt", "--id", "x", cwd=tmp_path)
    assert run.status == 2
    assert "--id names one plan" in run.err


# --- Datasette


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_datasette_opens_it(tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="needs the dev extra: datasette")
    plan = extract(SAMPLE)
    load_plans([(plan, None)], f"sqlite:///{tmp_path / 'plans.db'}")

    async def answers() -> dict[str, Any]:
        client = app.Datasette([str(tmp_path / "plans.db")]).client
        found: dict[str, Any] = {}
        for name in [*(table.name for table in metadata().sorted_tables), *VIEWS]:
            page = await client.get(f"/plans/{name}")
            assert page.status_code == 200, name
            data = await client.get(f"/plans/{name}.json?_shape=array&_size=1000")
            found[name] = data.json()
        return found

    found = asyncio.run(answers())
    assert [row["ref"] for row in found["activities"]] == sorted(activity.ref or "" for activity in plan.activities)
    assert len(found["activity_flat"]) == len(plan.activities)
    assert found["due_by_quarter"]
    assert {row["severity"] for row in found["open_issues"]} <= {"warning", "error"}
