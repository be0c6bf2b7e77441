"""The workbook, read back with another library: sheets, dates, filters, and text that stays text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from commands import SAMPLE, extractor
from extractor import extract
from extractor.records import Activity, Plan, Timescale
from plans import full_plan

openpyxl = pytest.importorskip("openpyxl", reason="needs the dev extra: openpyxl")
pytest.importorskip("xlsxwriter", reason="needs the extra xlsx")

from extractor.write.to_xlsx import format_xlsx  # noqa: E402 - it needs the extra


def _book(plan: Plan) -> Any:
    return openpyxl.load_workbook(io.BytesIO(format_xlsx(plan)))


def _column(sheet: Any, header: str) -> list[Any]:
    headers = [cell.value for cell in sheet[1]]
    return [row[headers.index(header)] for row in sheet.iter_rows(min_row=2)]


def _with_text(text: str) -> Plan:
    plan = full_plan()
    activities = (plan.activities[0].model_copy(update={"activity": text, "status": text}),)
    return plan.model_copy(update={"activities": activities, "issues": ()})


def test_sheets_with_frozen_headers_filters_and_widths() -> None:
    book = _book(full_plan())
    assert book.sheetnames == ["Activities", "Issues", "Links", "About"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert len(set(widths)) > 1
        for row in sheet.iter_rows(min_row=2):
            assert all(cell.alignment.wrap_text for cell in row if cell.value is not None)


def test_dates_are_dates_and_lists_are_lines() -> None:
    sheet = _book(full_plan())["Activities"]
    [end, none] = _column(sheet, "End")
    assert end.value == dt.datetime(2024, 3, 31)
    assert end.is_date
    assert none.value is None
    assert _column(sheet, "Lead officers")[0].value == "Head of Streets\nHead of Parks | Paths"
    assert _column(sheet, "Budget")[0].value == "£12,000"
    assert _column(sheet, "Group")[0].value == "Safe streets"


def test_every_activity_issue_and_link_is_there() -> None:
    plan = extract(SAMPLE)
    book = _book(plan)
    assert [cell.value for cell in _column(book["Activities"], "Activity")] == [a.activity for a in plan.activities]
    assert [cell.value for cell in _column(book["Issues"], "Message")] == [issue.message for issue in plan.issues]
    links = [link.as_published for activity in plan.activities for link in activity.also_links_to]
    assert [cell.value for cell in _column(book["Links"], "Link as published")] == links
    about = dict(row for row in book["About"].iter_rows(min_row=2, values_only=True))
    assert about["Source's SHA-256"] == plan.source.sha256
    assert about["Activities"] == len(plan.activities)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "http://a.b"])
def test_text_is_text_and_stays_so_when_edited(text: str) -> None:
    sheet = _book(_with_text(text))["Activities"]
    cell = _column(sheet, "Activity")[0]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.hyperlink is None
    assert bool(cell.quotePrefix) is (text[0] in "=+-@\t")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        # The escape of ECMA-376, 22.9.2.19; Excel shows the letter, openpyxl the escape.
        ("a\x00b", "a_x0000_b"),
        ("bell\x07", "bell_x0007_"),
        ("\ufffe", "\ufffd"),
        ("_x0041_", "_x0041_"),
        ("😀😀", "😀😀"),
        (" two  blanks ", " two  blanks "),
    ],
)
def test_odd_letters_do_not_break_the_file(text: str, stored: str) -> None:
    assert _column(_book(_with_text(text))["Activities"], "Activity")[0].value == stored


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    for letter in ("x", "😀"):
        value = _column(_book(_with_text(letter * 40_000))["Activities"], "Activity")[0].value
        assert "the whole text is in the JSON" in value
        assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_a_day_before_excels_calendar_is_text() -> None:
    plan = full_plan()
    old = Timescale(as_published="1850", start=dt.date(1850, 1, 1), end=dt.date(1900, 3, 1))
    activity: Activity = plan.activities[0].model_copy(update={"timescale": old})
    sheet = _book(plan.model_copy(update={"activities": (activity,)}))["Activities"]
    assert _column(sheet, "Start")[0].value == "1850-01-01"
    assert _column(sheet, "End")[0].value == dt.datetime(1900, 3, 1)


def test_same_plan_same_bytes() -> None:
    data = format_xlsx(full_plan())
    assert format_xlsx(full_plan()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_command_writes_it(tmp_path: Path) -> None:
    assert extractor("extract", SAMPLE, "-o", tmp_path / "plan.xlsx").status == 0
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book["Activities"].max_row == len(extract(SAMPLE).activities) + 1
