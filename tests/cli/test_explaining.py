"""`extract --explain REF`: one record, with the text, place and reason of each of its fields."""

from __future__ import annotations

from commands import SAMPLE, extractor


def test_a_record_is_explained_field_by_field() -> None:
    run = extractor("extract", SAMPLE, "--explain", "2.5")
    assert run.status == 0
    assert run.text.startswith("2.5  ")
    assert "ref: 2.5\n  inferred from the rest of the document, lines 30-32\n  warning[ref-inferred]:" in run.text
    assert "lead_officers: " in run.text
    assert "  printed in its own cell, line" in run.text


def test_what_was_inherited_says_from_where() -> None:
    run = extractor("extract", SAMPLE, "--explain", "2.6b")
    assert "\n  inherited from 2.6a, line" in run.text


def test_a_record_that_is_not_there_is_refused() -> None:
    run = extractor("extract", SAMPLE, "--explain", "9.9")
    assert run.status == 2
    assert "9.9" in run.err
    assert run.out == b""
