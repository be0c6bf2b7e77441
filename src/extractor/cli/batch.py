"""`extractor batch`: many documents, whatever single ones do."""

from __future__ import annotations

from typing import Any

import click

from extractor.cli.options import reading_options, settings_of, talk_options


@click.command(
    epilog="Exit status: 0 every document was done; 1 there are failures, which the manifest names; 2 could not run."
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path())
@click.option("--out", "directory", required=True, metavar="DIR", type=click.Path(), help="Directory to fill.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0, max=256),
    metavar="N",
    help="Worker processes; default: one a processor. 0: none, everything in one process that nothing guards.",
)
@click.option("--retry-failed", is_flag=True, help="Do again what failed in an earlier run.")
@click.option("--log-json", is_flag=True, help="On standard error, a JSON object for each document and a summary.")
@click.option("--roles-only", is_flag=True, help="Leave names of persons out where a role stands beside them.")
@reading_options
@talk_options
def command(
    inputs: tuple[str, ...],
    directory: str,
    jobs: int | None,
    retry_failed: bool,
    log_json: bool,
    roles_only: bool,
    talk: int | None,
    **options: Any,
) -> int:
    """Turn many published plans into records; run it again to do what is new, changed or unfinished.

    An INPUT is a document, a directory, a glob pattern in quotes, a CSV manifest (columns name, path, publisher, year,
    profile), or "-" for paths on standard input. DIR gets NAME.json of each document, manifest.jsonl with what became
    of each, and activities.csv with all activities.

    \b
    Examples:
      extractor batch plans/ --out records/
      extractor batch 'plans/*/2024/*.pdf' --out records/ --jobs 4 --max-seconds 60
      extractor batch councils.csv --out records/ --log-json 2> log.jsonl
      find plans -name '*.html' | extractor batch - --out records/
    """
    from contextlib import closing
    from pathlib import Path

    from extractor.batch import UNCHANGED, Task, outcomes
    from extractor.cli.batch_directory import OutputDirectory
    from extractor.cli.batch_inputs import documents_of
    from extractor.cli.batch_talk import Talk

    documents = documents_of(inputs, settings_of(roles_only=roles_only, **options))
    by_name = {document.name: document for document in documents}
    with OutputDirectory(Path(directory)) as output:
        tasks = [
            Task(one.source, one.settings, one.name, one.found, output.known(one, retry_failed)) for one in documents
        ]
        with Talk(len(tasks), talk, log_json) as told, closing(outcomes(tasks, _jobs(jobs))) as done:
            for task, outcome in done:
                entry = output.put(by_name[task.document], outcome)
                told.document(entry, unchanged=outcome.cause == UNCHANGED, trace=outcome.trace)
            output.finish(documents)
            told.summary(directory)
    return int(told.failed)


def _jobs(wanted: int | None) -> int:
    """The number of worker processes: as many as this process may use processors."""
    import os

    if wanted is not None:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
