"""What is written comes back: the whole plan from JSON, its groups and activities from CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings

from extractor.records import Plan
from extractor.write import WRITERS, Style, write
from extractor.write.columns import columns
from extractor.write.reading_back import read_back
from extractor.write.to_csv import format_csv, join_values, parse_csv, safe, split_values
from extractor.write.to_json import format_json, parse_json
from extractor.write.to_jsonl import format_jsonl, parse_jsonl
from plans import full_plan, plans, with_used_groups_only

_MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_MANY
@given(plans())
def test_json_holds_the_whole_plan(plan: Plan) -> None:
    text = format_json(plan)
    assert parse_json(text) == plan
    assert format_json(parse_json(text)) == text


@_MANY
@given(plans())
def test_csv_holds_the_groups_and_activities(plan: Plan) -> None:
    text = format_csv(plan)
    back = Plan.model_validate(parse_csv(text))
    assert back == with_used_groups_only(plan)
    assert format_csv(back).count("\n") == text.count("\n")


@_MANY
@given(plans())
def test_json_lines_hold_the_groups_and_activities(plan: Plan) -> None:
    text = format_jsonl(plan)
    assert Plan.model_validate(parse_jsonl(text)) == with_used_groups_only(plan)
    # One line an activity, also for readers that part lines at U+2028 or a carriage return.
    assert len(text.split("\n")) == len(plan.activities) + 1
    assert "\r" not in text


def test_the_full_plan_survives_every_format() -> None:
    plan = full_plan()
    assert parse_json(format_json(plan)) == plan
    reduced = with_used_groups_only(plan)
    assert [group.id for group in reduced.groups] == ["theme-places", "outcome-safe-streets"]
    assert Plan.model_validate(parse_csv(format_csv(plan))) == reduced
    assert Plan.model_validate(parse_jsonl(format_jsonl(plan))) == reduced
    for format in ("json", "jsonl", "csv"):
        back, problems = read_back(write(plan, format), format, f"plan.{format}")
        assert (back, problems) == (plan if format == "json" else reduced, ())


def test_an_activity_keeps_a_group_id_that_names_no_group() -> None:
    plan = full_plan()
    lost = plan.model_copy(update={"groups": ()})
    back = Plan.model_validate(parse_csv(format_csv(lost)))
    assert back.activities[0].group_id == "outcome-safe-streets"
    assert back.groups == ()


def test_csv_is_rfc_4180_with_line_feeds_and_one_row_an_activity() -> None:
    text = format_csv(full_plan())
    assert "\r" not in text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["ref"] for row in rows] == ["2.1a", ""]
    first = rows[0]
    assert first["lead_officers"] == r"Head of Streets|Head of Parks \| Paths"
    assert first["activity"] == "the towpath:\n• from the lock\n• to the mill"
    assert (first["timescale_start"], first["timescale_end"]) == ("2024-01-01", "2024-03-31")
    assert json.loads(first["extra"]) == {"Budget": "£12,000", "Risk": "-5%"}
    assert json.loads(first["location"])["lines"] == [9, 12]
    assert first["group_title"] == "Safe streets"
    assert first["plan_title"] == rows[1]["plan_title"] == "Delivery Plan 2023"
    assert rows[1]["activity"] == "=SUM(A1) is no formula here"


def test_a_spreadsheet_runs_no_cell_of_safe_csv() -> None:
    text = format_csv(full_plan(), spreadsheet_safe=True)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[1]["activity"] == "'=SUM(A1) is no formula here"
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row.values() if cell)


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_each_formula_sign_is_disarmed(start: str) -> None:
    assert safe(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a|b"),
        (["a|b"], r"a\|b"),
        (["\\"], r"\\"),
        (["a\\", "b"], r"a\\|b"),
        (["|", "\\|"], r"\||\\\|"),
        (["line\nbreak", "x"], "line\nbreak|x"),
    ],
)
def test_lists_in_cells(values: list[str], cell: str) -> None:
    assert join_values(values) == cell
    assert split_values(cell) == values


def test_a_lone_backslash_is_refused() -> None:
    with pytest.raises(ValueError, match="lone backslash"):
        split_values("a\\")


def test_csv_as_a_spreadsheet_saves_it_is_taken() -> None:
    plan = full_plan()
    text = format_csv(plan)
    # Excel: a byte order mark, CRLF between rows but LF within cells, TRUE and FALSE.
    rows = list(csv.reader(io.StringIO(text, newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(
        [{"true": "TRUE", "false": "FALSE"}.get(cell, cell) for cell in row] for row in rows
    )
    back, problems = read_back(("\ufeff" + out.getvalue()).encode(), "csv", "plan.csv")
    assert problems == ()
    assert back == with_used_groups_only(plan)


def test_a_cell_longer_than_the_csv_modules_limit_comes_back() -> None:
    plan = full_plan()
    long = plan.activities[0].model_copy(update={"activity": "word " * 40_000})
    plan = plan.model_copy(update={"activities": (long,)})
    limit = csv.field_size_limit()
    assert Plan.model_validate(parse_csv(format_csv(plan))).activities[0] == long
    assert csv.field_size_limit() == limit


def test_column_names_are_unique_and_told() -> None:
    names = [column.name for column in columns()]
    assert len(set(names)) == len(names)
    assert all(column.title and column.description for column in columns())


def test_same_plan_same_bytes() -> None:
    for format in WRITERS:
        assert write(full_plan(), format, Style()) == write(full_plan(), format, Style())


def test_json_is_utf8_in_the_models_order_with_a_newline_at_the_end() -> None:
    data = write(full_plan(), "json")
    assert data.endswith(b"}\n")
    assert "Theme 2 – Places".encode() in data
    assert list(json.loads(data)) == list(Plan.model_fields)
