"""What `batch` says on standard error while it runs: to people, or to machines."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from contextlib import nullcontext
from types import TracebackType
from typing import Any

import click

from extractor.cli.console import draws, say
from extractor.cli.report import counted

_STATUSES = ("success", "partial", "failure", "skipped")


class Talk:
    """One line for each problem and a summary; on a terminal also a bar that tells how far the run is.

    With `as_json` instead a JSON object for each document, and one for the summary.
    """

    def __init__(self, total: int, talk: int | None, as_json: bool) -> None:
        self.total = total
        self.talk = talk
        self.as_json = as_json
        self.started = time.monotonic()
        self.counts: Counter[str] = Counter()
        self.unchanged = 0
        self.bar = _bar(total) if not as_json and talk != 0 and draws(sys.stderr) else None

    def __enter__(self) -> Talk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.close()

    @property
    def failed(self) -> bool:
        """True where a document has failed, now or in the earlier run that did it."""
        return self.counts["failure"] > 0

    def document(self, entry: dict[str, Any], unchanged: bool, trace: str) -> None:
        """Tell what became of a document: `entry` is its line of the manifest."""
        self.counts[entry["status"]] += 1
        self.unchanged += unchanged
        if self.as_json:
            event = {"event": "document", **entry, "unchanged": unchanged} | ({"trace": trace} if trace else {})
            click.echo(json.dumps(event), err=True)
            return
        if entry["status"] != "success":
            before = " (as before)" if unchanged else ""
            level = 0 if entry["status"] == "failure" else 1
            with nullcontext() if self.bar is None else self.bar.external_write_mode(file=sys.stderr):
                # A file name may have line breaks.
                line = " ".join(f"{entry['status']}: {entry['source']}: {entry['reason']}{before}".splitlines())
                say(line, self.talk, level)
                for line in trace.splitlines():
                    say(f"  {line}", self.talk, level=2)
        if self.bar is not None:
            problems = self.counts["failure"] + self.counts["partial"]
            self.bar.set_postfix_str(counted(problems, "problem"), refresh=False)
            self.bar.update()

    def summary(self, directory: str) -> None:
        """Tell how many documents there were of each status, and where their records are."""
        if self.bar is not None:
            self.bar.close()
        seconds = time.monotonic() - self.started
        if self.as_json:
            counts = {status: self.counts[status] for status in _STATUSES}
            event = {"event": "summary", "documents": self.total, **counts, "unchanged": self.unchanged}
            click.echo(json.dumps(event | {"seconds": round(seconds, 3), "directory": directory}), err=True)
            return
        counts_told = ", ".join(f"{self.counts[status]:,} {status}" for status in _STATUSES if self.counts[status])
        before = f"; {self.unchanged:,} of them done before" if self.unchanged else ""
        # How long it took is for people who wait, not for those who keep what is said.
        took = f"; {_span(seconds)}" if self.bar is not None else ""
        say(f"{counted(self.total, 'document')}: {counts_told or 'none'}{before}{took}", self.talk)


def _bar(total: int) -> Any:
    """tqdm's bar; loaded here, as most runs have no terminal."""
    import tqdm

    tqdm.tqdm.monitor_interval = 0  # no thread of its own
    return tqdm.tqdm(
        total=total,
        file=sys.stderr,
        unit=" documents",
        leave=False,
        smoothing=0.1,
        dynamic_ncols=True,
        # tqdm's own, but the rate is one of documents a second also where it is below one.
        bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}, {rate_noinv_fmt}{postfix}]",
    )


def _span(seconds: float) -> str:
    """A time in words of a clock.

    >>> _span(7.4), _span(75), _span(7384)
    ('7 s', '1:15 min', '2:03 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02} h"
