"""What `load` and `list` share: the plans that the caller names, as documents or as records made earlier."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.api import STANDARD_STREAM, read_source
from extractor.cli.comparing import load_plan
from extractor.cli.console import Reading
from extractor.cli.sources import gather, read_plans
from extractor.errors import OutputInvalid, SourceUnreadable
from extractor.profile import Settings
from extractor.records import Plan
from extractor.write.reading_back import inconsistencies, read_back

_LINES = frozenset({".jsonl", ".ndjson"})


def named_plans(names: Sequence[str], settings: Settings, talk: int | None) -> Iterator[tuple[str, Plan]]:
    """The plans of documents, of JSON, JSON Lines or CSV made earlier, or of all documents in a directory.

    JSON Lines may hold several plans. Raises an `ExtractorError` where a file holds no plan, and `OutputInvalid` where
    the records contradict themselves.
    """
    for name in dict.fromkeys(names):
        path = Path(name)
        if name != STANDARD_STREAM and path.is_dir():
            found = [(document.path, plan) for document, plan in read_plans(gather([name]), settings, talk)]
        elif path.suffix.lower() in _LINES:
            with Reading(name):
                found = [(name, plan) for plan in _plans_of_lines(read_source(name, settings.max_bytes), path.name)]
        else:
            found = [(name, load_plan(name, settings))]
        for source, plan in found:
            _refuse_contradictions(source, plan)
            yield source, plan


def _plans_of_lines(data: bytes, name: str) -> Iterator[Plan]:
    """The plans of JSON Lines, told apart by what each line says of its plan."""
    lines: dict[str, list[bytes]] = {}
    for line in data.split(b"\n"):
        if line.strip():
            try:
                head = json.loads(line)["plan"]
            except (ValueError, KeyError, TypeError):
                remedy = "Give a file that `extractor extract` wrote."
                raise SourceUnreadable(f"{name} has a line that is no activity with its plan", remedy) from None
            lines.setdefault(json.dumps(head, sort_keys=True), []).append(line)
    if not lines:
        raise SourceUnreadable(f"{name} holds no activity", "Give a file that `extractor extract` wrote.")
    for chunk in lines.values():
        plan, problems = read_back(b"\n".join(chunk), "jsonl", name)
        if plan is None:
            raise OutputInvalid(f"{name} is no valid plan: {problems[0]}")
        yield plan


def _refuse_contradictions(name: str, plan: Plan) -> None:
    for problem in inconsistencies(plan):
        # A publisher may turn two dates round, and CSV lacks the groups without activities: neither is a contradiction.
        if ".timescale" not in problem.place and ".also_links_to[" not in problem.place:
            raise OutputInvalid(f"{name} contradicts itself: {problem}")
