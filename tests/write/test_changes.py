"""Every form of the report: widths, escapes, what must be in it, and that it reads back."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re

import pytest

from extractor.changes import Changes, History
from extractor.compare import chain, compare
from extractor.records import Plan
from extractor.write import Style
from extractor.write.comparisons import CHANGES_WRITERS, HISTORY_WRITERS, write_changes, write_history
from extractor.write.to_terminal import display_width
from plans import full_plan

_NASTY = '<script>alert("x")</script> & | ~~no~~ *stars* [link](http://example.org) \x1b[31mred'
_FORMULA = '=HYPERLINK("http://example.org")'


def _years() -> tuple[Plan, Plan]:
    """Two plans whose texts are full of what each form must escape."""
    old = full_plan()
    first, *rest = old.activities
    nasty = first.model_copy(update={"id": "nasty", "ref": "9.1", "activity": _NASTY, "lead_officers": (_FORMULA,)})
    gone = first.model_copy(update={"id": "gone", "ref": "9.2", "activity": "Plant marram grass along the dunes"})
    long = first.model_copy(update={"id": "long", "ref": "9.3", "activity": "Repair " + "the sea wall at Saltby " * 30})
    changed = nasty.model_copy(update={"activity": f"{_NASTY} and 3 more", "id": "nasty-new", "ref": "9.4"})
    longer = long.model_copy(update={"activity": f"{long.activity} and its 40 steps", "group_id": None})
    return (
        old.model_copy(update={"activities": (first, *rest, nasty, gone, long)}),
        old.model_copy(update={"activities": (first, *rest, changed, longer), "title": f"Next {_NASTY}"}),
    )


@pytest.fixture(scope="module")
def changes() -> Changes:
    return compare(*_years())


@pytest.fixture(scope="module")
def history() -> History:
    old, new = _years()
    return chain([old, new, old])


@pytest.mark.parametrize("format", CHANGES_WRITERS)
def test_the_same_comparison_is_the_same_bytes(changes: Changes, format: str) -> None:
    assert write_changes(changes, format) == write_changes(compare(*_years()), format)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_of_the_text_is_wider_than_the_terminal(changes: Changes, history: History, width: int) -> None:
    for data in (
        write_changes(changes, "text", Style(width=width)),
        write_history(history, "text", Style(width=width)),
    ):
        lines = data.decode().splitlines()
        assert [line for line in lines if display_width(line) > width] == []


def test_colour_adds_codes_and_nothing_else(changes: Changes) -> None:
    plain = write_changes(changes, "text", Style(width=80)).decode()
    coloured = write_changes(changes, "text", Style(width=80, colour=True)).decode()
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_the_text_names_every_change_with_its_sign(changes: Changes) -> None:
    text = write_changes(changes, "text").decode()
    for change in changes.changes:
        assert any(ref in text for ref in (*change.old_refs, *change.new_refs) if ref) or not any(
            (*change.old_refs, *change.new_refs)
        )
    assert "{+and 3 more+}" in text
    assert " - 9.2" in text


def test_json_reads_back(changes: Changes, history: History) -> None:
    assert Changes.model_validate_json(write_changes(changes, "json")) == changes
    assert History.model_validate_json(write_history(history, "json")) == history
    assert json.loads(write_changes(changes, "json"))["summary"]["kinds"]["removed"] == 1


def test_csv_has_a_row_for_every_pair_and_can_disarm_formulas(changes: Changes) -> None:
    rows = list(csv.DictReader(io.StringIO(write_changes(changes, "csv").decode())))
    assert len(rows) == sum(max(1, len(c.old)) * max(1, len(c.new)) for c in changes.changes)
    (nasty,) = [row for row in rows if row["old_id"] == "nasty"]
    assert (nasty["new_activity"], nasty["substance"], nasty["because"]) == (f"{_NASTY} and 3 more", "true", "number")
    assert nasty["old_lead_officers"] == _FORMULA
    safe = csv.DictReader(io.StringIO(write_changes(changes, "csv", Style(spreadsheet_safe=True)).decode()))
    assert {row["old_lead_officers"] for row in safe} >= {f"'{_FORMULA}"}


def test_markdown_escapes_what_would_be_markup(changes: Changes) -> None:
    text = write_changes(changes, "markdown").decode()
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "\\[link\\](http" in text
    assert "**and 3 more**" in text


class _Outline(html.parser.HTMLParser):
    """Collects what a page is made of, and checks that its elements are closed in order."""

    _VOID = frozenset(("meta", "input", "rect", "path"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("which", ["changes", "history"])
def test_the_page_is_whole_and_needs_no_other(changes: Changes, history: History, which: str) -> None:
    page = write_changes(changes, "html") if which == "changes" else write_history(history, "html")
    outline = _Outline()
    outline.feed(page.decode())
    outline.close()
    assert outline.open == []
    names = [name for name, _ in outline.elements]
    assert names.count("script") == (1 if which == "changes" else 0)
    assert not {"link", "img", "iframe", "object", "base"} & set(names)
    for name, attributes in outline.elements:
        for attribute in ("src", "href", "action", "style", "onclick"):
            value = attributes.get(attribute)
            assert value is None or (name == "a" and value.startswith("#")), (name, attribute, value)
    ids = [attributes["id"] for _, attributes in outline.elements if attributes.get("id")]
    assert len(set(ids)) == len(ids)
    assert "http://example.org" in "".join(outline.words)


def test_the_page_holds_both_texts_of_every_change(changes: Changes) -> None:
    outline = _Outline()
    outline.feed(write_changes(changes, "html").decode())
    words = " ".join("".join(outline.words).replace("[inserted: ", "").replace("]", "").split())
    for change in changes.changes:
        for brief in change.new:
            assert " ".join(brief.activity.replace("]", "").split()) in words


def test_the_history_table_has_a_ref_a_year(history: History) -> None:
    rows = list(csv.reader(io.StringIO(write_history(history, "csv").decode())))
    assert len(rows) == len(history.threads) + 1
    assert [name.split("_")[1] for name in rows[0] if name.startswith("ref_")] == ["1", "2", "3"]
    assert set(HISTORY_WRITERS) == {"text", "json", "csv", "html"}
