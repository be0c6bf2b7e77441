"""Broken markup is read as a browser reads it: `broken_markup.json` holds what Chromium makes of each fragment."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Furniture, Heading, Paragraph, Table
from extractor.profile import Settings
from extractor.read.from_html import read_html
from extractor.read.html.markup import parse
from extractor.text import count_words

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = json.loads((HERE / "broken_markup.json").read_text(encoding="utf-8"))


def _fragments() -> dict[str, str]:
    text = (HERE / "broken_markup.html.txt").read_text(encoding="utf-8")
    parts = [part.partition("\n") for part in text.split("\n# ")]
    return {name.removeprefix("# ").strip(): html.strip() for name, _, html in parts}


FRAGMENTS = _fragments()


def test_every_fragment_has_been_shown_to_the_browser() -> None:
    assert FRAGMENTS.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", FRAGMENTS)
def test_the_tree_is_the_browser_s(name: str) -> None:
    page = f"<!DOCTYPE html><body>{FRAGMENTS[name]}"
    soup = parse(page.encode(), name).soup
    tables = soup.find_all("table")
    assert {
        "tables": [[[_text(cell) for cell in _cells(row)] for row in _rows(table)] for table in tables],
        "captions": [_caption(table) for table in tables],
        "outside": _text(soup.body or soup),
    } == EXPECTED[name]


@pytest.mark.parametrize("name", FRAGMENTS)
def test_no_word_is_lost_or_doubled(name: str) -> None:
    document = read_html(f"<!DOCTYPE html><body>{FRAGMENTS[name]}".encode(), name, Settings())
    shown = 0
    for block in document.blocks:
        if isinstance(block, Table):
            shown += sum(count_words(cell.text) for cell in block.cells()) + count_words(block.caption or "")
        elif isinstance(block, Paragraph):
            shown += count_words(block.line.text)
        elif isinstance(block, Heading | Furniture):
            shown += count_words(block.text)
    assert shown == document.words


_TAGS = ["table", "tr", "td", "th", "tbody", "thead", "p", "b", "div", "ul", "li", "a", "form"]
_PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS]),
    st.sampled_from([f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(["word ", " ", "two words "]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_what_lxml_reads_alone_html5lib_reads_alike(markup: str) -> None:
    """Where a page's markup is called sound, the two parsers find the same tables and the same text."""
    page = f"<!DOCTYPE html><html><head></head><body><table><tr><td>{markup}"
    found = parse(page.encode(), "page")
    if found.doubts:
        return
    other = BeautifulSoup(page, "html5lib")
    ours, theirs = (
        [[[_text(cell) for cell in _cells(row)] for row in _rows(table)] for table in soup.find_all("table")]
        for soup in (found.soup, other)
    )
    assert ours == theirs


def _rows(table: Tag) -> list[Tag]:
    """The rows as a browser's `table.rows` has them: those of heads first, those of feet last."""
    heads: list[Tag] = []
    bodies: list[Tag] = []
    feet: list[Tag] = []
    for child in table.find_all(["thead", "tbody", "tfoot", "tr"], recursive=False):
        rows = [child] if child.name == "tr" else child.find_all("tr", recursive=False)
        {"thead": heads, "tfoot": feet}.get(child.name, bodies).extend(rows)
    return [*heads, *bodies, *feet]


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _caption(table: Tag) -> str | None:
    caption = table.find("caption", recursive=False)
    return None if caption is None else " ".join(caption.get_text().split())


def _text(tag: Tag) -> str:
    """The text without that of tables within it."""
    tag = copy.copy(tag)
    for inner in tag.find_all("table"):
        if inner.find_parent("table") is None or tag.name == "table":
            inner.replace_with(" ")
    return " ".join(tag.get_text().split())
