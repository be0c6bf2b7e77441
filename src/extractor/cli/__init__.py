"""The command line. `main` is the one place where a refusal becomes a message and an exit status.

0: done. 1: done, and there are problems at or above what the caller allows. 2: could not run.
"""

from __future__ import annotations

import gc
import io
import os
import sys

from extractor.errors import ExtractorError
from extractor.loading import loaded_later

with loaded_later("uuid"):  # for parameters that are one; we have none
    import click

    from extractor.cli.commands import cli
    from extractor.cli.console import ReaderGone

INTERRUPTED = 130
_FEW_COLLECTIONS = 50_000
"""So many new objects between two searches for garbage: what a command makes lives until it ends, by and large."""


def main() -> None:
    """Run the command line, and leave with its exit status."""
    # A start without what it does not need: pydantic's search for plugins in every installed package, garbage looked
    # for among modules that are just being imported and, at the end, among all that goes with the process anyway.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(_FEW_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a letter shows "?"; it is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(prog_name="extractor", standalone_mode=False)
        sys.stdout.flush()
    except ExtractorError as refusal:
        status = refusal.exit_status
        click.echo(f"error: {refusal.message}", err=True)
        for note in getattr(refusal, "__notes__", ()):
            click.echo(f"  in: {note}", err=True)
        if refusal.remedy:
            click.echo(f" help: {refusal.remedy}", err=True)
    except click.ClickException as misuse:
        status = misuse.exit_code
        misuse.show()
    except (ReaderGone, BrokenPipeError):
        # No failure. Python would complain when it flushes the stream at the end, so that is pointed elsewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except (click.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    gc.freeze()
    sys.exit(status if isinstance(status, int) else 0)
