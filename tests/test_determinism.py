"""Same input, same bytes: whatever the order in which Python keeps its sets (contract, principle 5)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
PROGRAM = """
import hashlib, sys
from pathlib import Path
from extractor.pipeline import read_plan
from extractor.profile import Settings
for name in sys.argv[1:]:
    path = Path(name)
    plan = read_plan(path.read_bytes(), path.name, Settings())
    print(hashlib.sha256(plan.model_dump_json().encode()).hexdigest(), path.parent.name, path.name)
"""


def digests(paths: list[Path], seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, paths)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_samples_give_the_same_bytes_under_any_hash_seed() -> None:
    paths = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".html", ".pdf"))
    assert paths
    assert digests(paths, "1") == digests(paths, "4711")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/corpus is not beside the project")
def test_every_document_of_the_corpus_gives_the_same_bytes_twice() -> None:
    paths = sorted(CORPUS.glob("*/source.*")) + sorted(CORPUS.glob("forged/*/source.*"))
    assert len(paths) > 100
    assert digests(paths, "1") == digests(paths, "4711")
