"""One document: `work`, and the outcomes of those that it could not finish."""

from __future__ import annotations

import hashlib
import re
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extractor.api import read_source, source_name
from extractor.errors import ExtractorError
from extractor.memory import collection_paused
from extractor.profile import Settings

if TYPE_CHECKING:
    from extractor.records import Plan

Status = Literal["success", "partial", "failure", "skipped"]

UNCHANGED = "unchanged"
NO_PLAN = "no-plan-found"
DEADLINE = "deadline"
DIED = "died"
INTERNAL = "internal-error"

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Task:
    """One document to do."""

    source: str
    settings: Settings
    document: str
    """What its rows in the combined table call it."""
    found: bool = False
    """It was found in a directory; the caller did not name it, so that it need not hold a plan."""
    known: str | None = None
    """The SHA-256 of the source's bytes in an earlier run, where all that was made of them is still as it was."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    status: Status
    """`success`; `partial`: a plan with errors; `failure`; `skipped`: found in a directory and no plan, or unchanged
    since an earlier run."""
    cause: str | None
    """Why it is no success, in one word for programs: `no-plan-found`, `deadline`, `died`, `source-missing`..."""
    reason: str
    remedy: str = ""
    sha256: str | None = None
    """Of the source's bytes; None where they could not be read."""
    size: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    """How long it took, by the clock."""
    json: bytes = b""
    """The plan; empty where there is none."""
    rows: bytes = b""
    """The plan's lines of the combined table, without a header."""
    trace: str = ""
    """The traceback of an error of ours."""


def work(task: Task, begun: Callable[[str], None] = lambda digest: None) -> Outcome:
    """What becomes of a document: a total function, which raises for no document.

    `begun` hears the SHA-256 of the source as soon as it is read, for those who will not hear the rest if it goes
    wrong altogether.
    """
    started = time.perf_counter()
    size: int | None = None
    digest: str | None = None
    try:
        data = read_source(task.source, task.settings.max_bytes)
        size, digest = len(data), hashlib.sha256(data).hexdigest()
        if digest == task.known:
            outcome = Outcome("skipped", UNCHANGED, "done before: same source, same settings, same version")
        else:
            begun(digest)
            # Until the plan is gone again, a search for garbage would find all of it in use.
            with collection_paused():
                outcome = _extracted(task, data)
    except ExtractorError as refusal:
        cause = _CAPITAL.sub("-", type(refusal).__name__).lower()
        outcome = Outcome("failure", cause, refusal.message, refusal.remedy)
    except Exception as problem:  # noqa: BLE001 - an error of ours costs one document of the run; it is told, never hidden
        outcome = _our_error(problem)
    return replace(outcome, size=size, sha256=digest, seconds=round(time.perf_counter() - started, 3))


def _extracted(task: Task, data: bytes) -> Outcome:
    from extractor.pipeline import read_plan  # loads the stages; the supervisor needs none of them
    from extractor.recording import no_plan
    from extractor.write.to_json import encode_json

    name = source_name(task.source)
    plan = read_plan(data, name, task.settings)
    counts = counts_of(plan)
    if not plan.activities:
        if task.found and not counts["errors"]:
            return Outcome("skipped", NO_PLAN, f"{name} holds no rows of a plan", counts=counts)
        refusal = no_plan(plan, name)
        return Outcome("failure", NO_PLAN, refusal.message, refusal.remedy, counts=counts)
    errors = sorted({issue.code for issue in plan.issues if issue.severity == "error"})
    made = Outcome(
        "partial" if errors else "success",
        "errors" if errors else None,
        f"with errors: {', '.join(errors)}" if errors else "every check passed",
        counts=counts,
    )
    return replace(made, json=encode_json(plan), rows=_rows(task.document, plan))


def counts_of(plan: Plan) -> dict[str, int]:
    """How many activities, groups, issues of each level and unread words a plan has."""
    levels = [issue.severity for issue in plan.issues]
    return {
        "activities": len(plan.activities),
        "groups": len(plan.groups),
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "notes": levels.count("info"),
        "unread_words": plan.coverage.words - plan.coverage.claimed,
    }


def _rows(document: str, plan: Plan) -> bytes:
    from extractor.write.to_csv import csv_lines

    return "".join(csv_lines(plan, [document])).encode("utf-8")


def table_header() -> bytes:
    """The header of the combined table: `document`, and the columns of the CSV of one plan."""
    from extractor.write.columns import columns
    from extractor.write.to_csv import csv_line

    return csv_line(["document", *(column.name for column in columns())]).encode("utf-8")


def _our_error(problem: Exception) -> Outcome:
    """The outcome of an error of ours: what it is, and the line that raised it; no machine's path."""
    frames = traceback.extract_tb(problem.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    words = " ".join(f"{type(problem).__name__}: {problem}".split())
    return Outcome(
        "failure",
        INTERNAL,
        f"an error of the extractor, {words}{place}",
        "Report it, with the document if it is public.",
        trace="".join(traceback.format_exception(problem)),
    )


def died(how: str, sha256: str | None) -> Outcome:
    """The outcome of a document whose process has ended; `sha256` as far as the process had told it."""
    remedy = "It may need more memory than there is: try fewer --jobs, and then --retry-failed."
    return Outcome("failure", DIED, f"the process that read it was ended ({how})", remedy, sha256=sha256)


def overdue(task: Task, sha256: str | None) -> Outcome:
    """The outcome of a document that was given up at its deadline."""
    limit = task.settings.max_seconds
    reason = f"it took longer than {limit:g} seconds, and was ended"
    return Outcome("failure", DEADLINE, reason, "Raise --max-seconds.", sha256=sha256, seconds=limit)
