"""What `batch` says on standard error while it runs: to people, or to machines."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from types import TracebackType
from typing import Any

import click

from extractor.cli.console import say
from extractor.cli.report import counted

_CLEAR = "\r\x1b[K"
_STATUSES = ("success", "partial", "failure", "skipped")
_REDRAW_SECONDS = 0.1


class Talk:
    """One line for each problem and a summary; on a terminal also a line that tells how far the run is.

    With `as_json` instead a JSON object for each document, and one for the summary.
    """

    def __init__(self, total: int, talk: int | None, as_json: bool) -> None:
        self.total = total
        self.talk = talk
        self.as_json = as_json
        self.started = self.drawn = time.monotonic()
        self.counts: Counter[str] = Counter()
        self.unchanged = 0
        self.draws = not as_json and talk != 0 and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> Talk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.draws:
            click.echo(_CLEAR, nl=False, err=True)

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
            say(f"{entry['status']}: {entry['source']}: {entry['reason']}{before}", self.talk, level)
            for line in trace.splitlines():
                say(f"  {line}", self.talk, level=2)
        if self.draws:
            self._draw()

    def _draw(self) -> None:
        now = time.monotonic()
        done = sum(self.counts.values())
        if now - self.drawn < _REDRAW_SECONDS and done < self.total:
            return
        self.drawn = now
        rate = done / max(now - self.started, 1e-9)
        problems = self.counts["failure"] + self.counts["partial"]
        line = f"{done:,} of {self.total:,}, {rate:.1f} a second, {_span((self.total - done) / rate)} left"
        click.echo(f"{_CLEAR}{line}, {counted(problems, 'problem')}", nl=False, err=True)

    def summary(self, directory: str) -> None:
        """Tell how many documents there were of each status, and where their records are."""
        seconds = time.monotonic() - self.started
        if self.as_json:
            counts = {status: self.counts[status] for status in _STATUSES}
            event = {"event": "summary", "documents": self.total, **counts, "unchanged": self.unchanged}
            click.echo(json.dumps(event | {"seconds": round(seconds, 3), "directory": directory}), err=True)
            return
        counts_told = ", ".join(f"{self.counts[status]:,} {status}" for status in _STATUSES if self.counts[status])
        before = f"; {self.unchanged:,} of them done before" if self.unchanged else ""
        # How long it took is for people who wait, not for those who keep what is said.
        took = f"; {_span(seconds)}" if self.draws else ""
        say(f"{counted(self.total, 'document')}: {counts_told or 'none'}{before}{took}", self.talk)


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
