"""The corpus that lies beside the project, its digest, and the scores of each form.

Run as a script it prints the figures as `pins.json` has them, for a person to move the pins by hand:

    python tests/accuracy/corpus.py > tests/accuracy/pins.json
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
SCORER = SHARED / "tools" / "score_plan.py"
PINS = Path(__file__).with_name("pins.json")


def scorer() -> ModuleType:
    """The scoring tool that lies beside the project."""
    spec = importlib.util.spec_from_file_location("score_plan", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources(form: str | None = None) -> list[Path]:
    """The documents of the corpus that have a gold plan, of one form ("html", "squeezed.txt") or of all."""
    found = []
    for gold in sorted(CORPUS.rglob("plan.gold.json")):
        for source in sorted(gold.parent.glob("source.*")):
            if form is None or form_of(source) == form:
                found.append(source)
    return found


def form_of(source: Path) -> str:
    """The form of a document: "html", "squeezed.txt"; the real text is "txt"."""
    return source.name.removeprefix("source.")


def forms() -> list[str]:
    """All forms of the corpus."""
    return sorted({form_of(source) for source in sources()})


def digest() -> str:
    """One hash over all documents and gold plans: figures of another corpus cannot be compared."""
    whole = hashlib.sha256()
    for source in sources():
        for path in (source, source.parent / "plan.gold.json"):
            whole.update(path.relative_to(CORPUS).as_posix().encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def measure(form: str) -> dict[str, Any]:
    """The figures of one form: exact records, gold records, invented or lost ones, silent errors, false alarms."""
    from extractor.pipeline import read_plan
    from extractor.profile import Settings
    from extractor.text import count_words

    score = scorer().score
    figures = {"records": 0, "exact": 0, "predicted": 0, "silent": 0, "alarms": 0, "right": 0, "unread": 0, "plans": 0}
    for source in sources(form):
        plan = json.loads(read_plan(source.read_bytes(), source.name, Settings()).model_dump_json())
        gold = json.loads((source.parent / "plan.gold.json").read_text("utf-8"))
        result = score(plan, gold)
        figures["records"] += result["records_gold"]
        figures["exact"] += result["records_exact"]
        figures["predicted"] += result["records_predicted"]
        figures["silent"] += result["silent_errors"]
        figures["alarms"] += result["false_alarms"]
        figures["right"] += sum(right for right, _ in result["fields"].values())
        figures["unread"] += len(plan["coverage"]["unread"])
        unread = sum(count_words(passage["text"]) for passage in plan["coverage"]["unread"])
        assert plan["coverage"]["words"] == plan["coverage"]["claimed"] + unread, (
            f"{source}: the ledger does not add up"
        )
        figures["plans"] += all(result["plan"].values()) and result["groups"] and result["order"]
    return figures


if __name__ == "__main__":
    table = {"digest": digest(), "forms": {form: measure(form) for form in forms()}}
    json.dump(table, sys.stdout, indent=1)
    print()
