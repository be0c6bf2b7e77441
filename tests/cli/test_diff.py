"""`extractor diff` and `extractor history` through the real command: inputs, outputs, decisions, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import extractor
from extractor.records import Plan
from extractor.write.to_json import format_json
from plans import full_plan


def _years(folder: Path) -> tuple[Path, Path]:
    """Two years as JSON files: one reworded past certainty, one dropped, one added."""
    plan = full_plan()
    first = plan.activities[0]

    def row(name: str, text: str) -> object:
        return first.model_copy(update={"id": name, "ref": name, "activity": text, "items": ()})

    def put(name: str, *rows: object) -> Path:
        path = folder / name
        path.write_text(format_json(Plan.model_validate({**dict(plan), "activities": rows})), encoding="utf-8")
        return path

    kept = "Grit all main roads in winter"
    return (
        put("old.json", row("1", kept), row("2", "Repair the second pier of Wharf Bridge"), row("3", "Plant oaks")),
        put(
            "new.json",
            row("1", "Write to pensioners"),
            row("2", kept),
            row("3", "Repair the third pier of Wharf Bridge"),
        ),
    )


def test_json_is_the_default_and_the_ending_names_the_format(tmp_path: Path) -> None:
    old, new = _years(tmp_path)
    run = extractor("diff", old, new)
    assert (run.status, json.loads(run.out)["summary"]["kinds"]["changed"]) == (0, 2)
    assert "need a decision" in run.err
    for name, start in (
        ("c.html", b"<!DOCTYPE html>"),
        ("c.md", b"# What became"),
        ("c.csv", b"change,kind"),
        ("c.txt", b"What"),
    ):
        run = extractor("diff", old, new, "-o", tmp_path / name, "-q")
        assert (run.status, run.out, run.err) == (0, b"", "")
        assert (tmp_path / name).read_bytes().startswith(start)


def test_exit_status(tmp_path: Path) -> None:
    old, new = _years(tmp_path)
    assert extractor("diff", old, old, "--exit-code").status == 0
    assert extractor("diff", old, new).status == 0
    assert extractor("diff", old, new, "--exit-code").status == 1
    assert extractor("diff", old, tmp_path / "none.json").status == 2
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert extractor("diff", old, tmp_path / "bad.json", "--exit-code").status == 2
    assert extractor("diff", "-", "-").status == 2


def test_a_plan_with_issues_compares_and_the_report_says_so(tmp_path: Path) -> None:
    old, _ = _years(tmp_path)
    run = extractor("diff", old, old, "-f", "text")
    assert run.status == 0
    assert "was extracted with" in run.text


def test_decisions_are_written_filled_in_and_read(tmp_path: Path) -> None:
    old, new = _years(tmp_path)
    decisions = tmp_path / "open.toml"
    run = extractor("diff", old, new, "--write-decisions", decisions)
    assert (run.status, json.loads(run.out)["summary"]["needs_decision"]) == (0, 1)
    filled = decisions.read_text(encoding="utf-8").replace('relation = ""', 'relation = "different"')
    decisions.write_text(filled, encoding="utf-8")
    changes = json.loads(extractor("diff", old, new, "--decisions", decisions).out)
    assert (changes["summary"]["needs_decision"], changes["decisions"][0]["state"]) == (0, "applied")
    # A person's work is not written over, but carried along where it was read.
    assert extractor("diff", old, new, "--write-decisions", decisions).status == 2
    assert decisions.read_text(encoding="utf-8") == filled
    again = extractor("diff", old, new, "--decisions", decisions, "--write-decisions", decisions)
    assert (again.status, 'relation = "different"' in decisions.read_text(encoding="utf-8")) == (0, True)


def test_a_stale_decision_is_told(tmp_path: Path) -> None:
    old, new = _years(tmp_path)
    (tmp_path / "d.csv").write_text("old,new,relation,old_hash\n2,3,same,0123\n", encoding="utf-8")
    run = extractor("diff", old, new, "--decisions", tmp_path / "d.csv")
    assert (run.status, json.loads(run.out)["decisions"][0]["state"]) == (0, "stale")
    assert "is stale" in run.err


@pytest.mark.parametrize("data", ["{}", "[]", '{"schema_version": "1.0"}', '{"schema_version": "9.0"}', "null"])
def test_json_that_is_no_plan_is_refused_with_a_remedy(tmp_path: Path, data: str) -> None:
    (tmp_path / "x.json").write_text(data, encoding="utf-8")
    run = extractor("diff", tmp_path / "x.json", tmp_path / "x.json")
    assert (run.status, run.out) == (2, b"")
    assert run.err.startswith("error: ")
    assert " help: " in run.err


def test_a_plan_of_an_older_version_still_loads(tmp_path: Path) -> None:
    draft = Path(__file__).parents[1] / "compare" / "versions" / "plan-0.9.json"
    run = extractor("diff", draft, draft, "--exit-code")
    assert run.status == 0


def test_history_of_three_years(tmp_path: Path) -> None:
    old, new = _years(tmp_path)
    run = extractor("history", old, new, old)
    threads = json.loads(run.out)["threads"]
    assert run.status == 0
    assert max(thread["carried_over"] for thread in threads) == 2
    assert extractor("history", old).status == 2
    assert extractor("history", old, new, "-o", tmp_path / "h.html").status == 0
    assert b"<svg" in (tmp_path / "h.html").read_bytes()


def test_standard_input_is_one_of_the_plans(tmp_path: Path) -> None:
    old, new = _years(tmp_path)
    run = extractor("diff", "-", new, stdin=old.read_bytes())
    assert (run.status, json.loads(run.out)["old"]["activities"]) == (0, 3)
