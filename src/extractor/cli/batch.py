"""`extractor batch`: many documents, whatever single ones do."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.options import reading_options, settings_of, talk_options

if TYPE_CHECKING:
    from extractor.batch import Outcome, Task
    from extractor.cli.batch_directory import OutputDirectory
    from extractor.cli.batch_inputs import Document


@click.command(
    epilog="Exit status: 0 every document was done; 1 there are failures, which the manifest names; 2 could not run."
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(readable=False))
@click.option(
    "--out", "directory", required=True, metavar="DIR", type=click.Path(readable=False), help="Directory to fill."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1, max=256),
    metavar="N",
    help="Worker processes; default: one a processor. 1: none, all in this process, which a crash then ends.",
)
@click.option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster that does it: tcp://scheduler:8786.")
@click.option("--retry-failed", is_flag=True, help="Do again what failed in an earlier run.")
@click.option("--log-json", is_flag=True, help="On standard error, a JSON object for each document and a summary.")
@click.option("--roles-only", is_flag=True, help="Leave names of persons out where a role stands beside them.")
@reading_options
@talk_options
def command(
    inputs: tuple[str, ...],
    directory: str,
    jobs: int | None,
    dask: str | None,
    retry_failed: bool,
    log_json: bool,
    roles_only: bool,
    talk: int | None,
    **options: Any,
) -> int:
    """Turn many published plans into records; run it again to do what is new, changed or unfinished.

    An INPUT is a document, a directory, a glob pattern in quotes, a CSV manifest (columns name, path, publisher, year,
    profile), or "-" for paths on standard input. All may stand elsewhere: s3://bucket/plans, gs://, zip://... DIR gets
    NAME.json of each document, manifest.jsonl with what became of each, and activities.csv with all activities.

    \b
    Examples:
      extractor batch plans/ --out records/
      extractor batch 'plans/*/2024/*.pdf' --out records/ --jobs 4 --max-seconds 60
      extractor batch councils.csv --out records/ --log-json 2> log.jsonl
      find plans -name '*.html' | extractor batch - --out records/
      extractor batch s3://bucket/plans --out records/ --dask tcp://scheduler:8786
    """
    from contextlib import closing
    from pathlib import Path

    from extractor.batch import UNCHANGED, Task
    from extractor.cli.batch_directory import OutputDirectory
    from extractor.cli.batch_inputs import documents_of
    from extractor.cli.batch_talk import Talk

    if dask is not None and jobs is not None:
        raise click.UsageError("--jobs is for this machine; a Dask cluster has workers of its own.")
    documents = {one.name: one for one in documents_of(inputs, settings_of(roles_only=roles_only, **options))}
    with OutputDirectory(Path(directory)) as output:
        tasks = (
            Task(one.source, one.settings, one.name, one.found, output.known(one, retry_failed))
            for one in documents.values()
        )
        done = _outcomes(tasks, documents, output, jobs, dask)
        with Talk(len(documents), talk, log_json) as told, closing(done):
            for task, outcome in done:
                entry = output.put(documents[task.document], outcome)
                told.document(entry, unchanged=outcome.cause == UNCHANGED, trace=outcome.trace)
            output.finish(list(documents.values()))
            told.summary(directory)
    return int(told.failed)


def _outcomes(
    tasks: Iterable[Task],
    documents: dict[str, Document],
    output: OutputDirectory,
    jobs: int | None,
    dask: str | None,
) -> Generator[tuple[Task, Outcome], None, None]:
    """What becomes of the tasks where the caller wants them done: on a cluster, in this process, or in workers."""
    from extractor.batch import in_this_process, in_workers, load_ahead

    if dask is not None:
        from extractor.batch.cluster import on_cluster

        return on_cluster(tasks, dask)
    if jobs == 1:
        return in_this_process(tasks, lambda task, sha256: output.begin(documents[task.document], sha256))
    load_ahead()
    import extractor.write.columns  # noqa: F401 - for the table in the end; now, while this process has to wait anyway

    return in_workers(tasks, min(jobs or _processors(), len(documents)))


def _processors() -> int:
    """How many processors this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
