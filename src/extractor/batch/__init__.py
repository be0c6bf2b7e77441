"""Many documents: the outcome of each, whatever it does to the process that reads it.

1. `work` is a total function: a task in, an outcome out. Everything that concerns one document happens in it, also
   reading its bytes: a source may hang before its first byte has come.
2. The function is the same wherever it runs: in this process (`here`), in worker processes of this machine
   (`workers`), or on a Dask cluster (`cluster`). Nothing in an outcome but `seconds` depends on where, by whom or when.
3. A worker is a process that calls `work`. Whatever ends it (the memory, a fault in a library, a person) ends one
   document, which is told as a failure; another worker takes the next. No task is given to two.
4. A deadline is kept by ending the process, as native code hears nothing else. Where the supervisor itself is gone,
   the system's alarm ends the worker.
"""

from __future__ import annotations

from extractor.batch.documents import (
    DEADLINE,
    DIED,
    INTERNAL,
    NO_PLAN,
    UNCHANGED,
    Outcome,
    Status,
    Task,
    counts_of,
    died,
    table_header,
    work,
)
from extractor.batch.here import in_this_process
from extractor.batch.workers import WorkersFail, in_workers, load_ahead

__all__ = [
    "DEADLINE",
    "DIED",
    "INTERNAL",
    "NO_PLAN",
    "UNCHANGED",
    "Outcome",
    "Status",
    "Task",
    "WorkersFail",
    "counts_of",
    "died",
    "in_this_process",
    "in_workers",
    "load_ahead",
    "table_header",
    "work",
]
