"""The pages in docs/ show what the tool does: their commands and their Python run, and every field is described."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from extractor.changes import Changes
from extractor.locations import Location
from extractor.records import Plan
from extractor.write.reference import format_reference, shapes
from pages import DOCS, OUTPUT, PAGES, missing_programs, page

_LIBRARIES = {
    "parquet.md": ("pyarrow", "duckdb"),
    "spreadsheet.md": ("xlsxwriter", "openpyxl"),
    "databases.md": ("sqlalchemy",),
    "python.md": ("pandas", "sqlalchemy"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_do_what_the_page_shows(name: str, tmp_path: Path) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    for library in _LIBRARIES.get(name, ()):
        pytest.importorskip(library, reason=f"the examples of {name} need {library}")
    missing = missing_programs(text)
    if missing:
        pytest.skip(f"the examples of {name} call {', '.join(missing)}, which is not installed")
    assert page(name, tmp_path) == text, "see `make golden`"


def test_the_output_page_is_what_the_models_say() -> None:
    assert OUTPUT.read_text(encoding="utf-8") == format_reference(), "see `make schemas`"


def test_every_field_of_every_shape_has_a_sentence() -> None:
    text = format_reference()
    for root in (Plan, Changes):
        for shape in shapes(root):
            assert inspect.getdoc(shape)
            assert f"### {shape.__name__}\n" in text
    assert Location in shapes(Plan)
    empty = [line for line in text.splitlines() if line.startswith("| `") and line.endswith("|  |")]
    assert empty == []


def test_there_is_a_page_for_each_destination_and_the_first_page_names_them() -> None:
    start = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if f"({name})" not in start] == []
