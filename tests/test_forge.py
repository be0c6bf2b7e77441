"""The forge of fictional plans: a seed always gives the same pages and gold, and its gold is what the page says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from commands import ROOT, environment
from extractor.pipeline import read_plan
from extractor.profile import Settings


def _forge(out: Path, seeds: str, hashes: str = "0") -> dict[str, bytes]:
    """What a run of the forge wrote: names and bytes."""
    command = [sys.executable, "-m", "benchmarks.forge", "--out", str(out), "--seeds", seeds, "--forms", "html"]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(PYTHONHASHSEED=hashes), capture_output=True)
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.*")) if path.is_file()}


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of two seeds."""
    out = tmp_path_factory.mktemp("forged")
    _forge(out, "1,6")
    return out


def test_a_seed_gives_the_same_pages_and_gold(tmp_path: Path) -> None:
    first = _forge(tmp_path / "a", "3-4", hashes="1")
    assert first == _forge(tmp_path / "b", "3-4", hashes="2")
    assert sum(name.endswith("plan.gold.json") for name in first) == 6


def test_another_seed_is_another_plan(forged: Path) -> None:
    golds = [json.loads(path.read_text("utf-8")) for path in sorted(forged.glob("*/plan.gold.json"))]
    texts = [{activity["activity"] for activity in gold["activities"]} for gold in golds]
    assert not texts[0] & texts[-1]
    assert all(len(gold["activities"]) >= 8 for gold in golds)


def test_every_word_of_the_gold_is_on_the_page(forged: Path) -> None:
    for path in forged.glob("*/plan.gold.json"):
        page = path.with_name("source.html").read_text("utf-8").replace("&amp;", "&").replace("<br>", "\n")
        for activity in json.loads(path.read_text("utf-8"))["activities"]:
            people = [name for key in ("lead_officers", "lead_directorates") for name in activity[key]]
            for text in [*activity["activity"].replace("• ", "").split("\n"), *people, *activity["notes"]]:
                assert text in page


def test_the_pages_of_two_seeds_are_read_as_their_gold_says(forged: Path, scorer: ModuleType) -> None:
    for source in sorted(forged.glob("*/source.html")):
        plan = json.loads(read_plan(source.read_bytes(), source.name, Settings()).model_dump_json())
        gold = json.loads(source.with_name("plan.gold.json").read_text("utf-8"))
        assert scorer.score(plan, gold)["wrong"] == [], source.parent.name
