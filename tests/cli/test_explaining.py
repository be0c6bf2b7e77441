"""`extract --explain REF`: one record, with the text, place and reason of each of its fields."""

from __future__ import annotations

from pathlib import Path

from commands import SAMPLE, SAMPLES, extractor


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


def test_a_ref_may_be_written_in_any_way_and_is_looked_for_in_every_source() -> None:
    run = extractor("extract", SAMPLE, SAMPLES / "year-ahead-2024.html", "--explain", "2.6 B)")
    assert run.status == 0
    assert run.text.startswith("2.6b  ")
    both = extractor("extract", SAMPLE, SAMPLES / "year-ahead-2024.html", "--explain", "2.5")
    assert [line.split(",")[0] for line in both.text.splitlines() if line.startswith("2.5  ")] == [
        f"2.5  {SAMPLE}",
        f"2.5  {SAMPLES / 'year-ahead-2024.html'}",
    ]


def test_all_records_that_bear_a_ref_are_shown(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    rows = "A1\tMend the bandstand\tMay 2024\tHead of Parks\nA1\tOpen the gate\tJune 2024\tHead of Roads\n"
    plan.write_text(
        f"Ref\tAction\tBy when\tLead\n{rows}A2\tSweep the path\tMay 2024\tHead of Parks\n", encoding="utf-8"
    )
    run = extractor("extract", plan, "--explain", "a1")
    assert "Mend the bandstand" in run.text
    assert "Open the gate" in run.text
    assert "Sweep the path" not in run.text
