"""`extractor extract`: documents in, records out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.options import output_options, reading_options, settings_of, talk_options

if TYPE_CHECKING:
    from extractor.cli.sources import Named
    from extractor.records import Plan

_FORMATS = ("json", "jsonl", "csv", "table", "datapackage", "xlsx", "parquet")


@click.command(
    epilog="Exit status: 0 the output was written; 1 it was, and there are issues at or above --fail-on; "
    "2 could not run, and nothing was written."
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(readable=False))
@output_options(
    _FORMATS,
    "a table on a terminal, and JSON elsewhere",
    where="File to write, a directory for several sources, or - for standard output.",
    cells="CSV, Data Package",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "info")),
    help="Exit 1 if there are issues at or above this level. --expect and --require-coverage imply error.",
)
@click.option(
    "--explain", "explained", metavar="REF", help="Show one record only: each field's text, place and reason."
)
@click.option(
    "--draw",
    "pictures",
    metavar="DIR",
    type=click.Path(readable=False),
    help="Also write PNGs of a PDF's pages into DIR, with tables, rows and fields drawn onto them.",
)
@click.option("--merge", is_flag=True, help="Make one plan of all sources, with their themes as groups.")
@click.option("--roles-only", is_flag=True, help="Leave names of persons out where a role stands beside them.")
@reading_options
@talk_options
def command(
    sources: tuple[str, ...],
    output: str | None,
    format_name: str | None,
    fail_on: str | None,
    explained: str | None,
    pictures: str | None,
    merge: bool,
    roles_only: bool,
    spreadsheet_safe: bool,
    talk: int | None,
    **options: Any,
) -> int:
    """Turn published plans into records.

    A SOURCE is a text, a web page or a PDF, a directory of them, or "-" for standard input.

    \b
    Examples:
      extractor extract plan.html -o plan.json
      extractor extract plan.pdf -o plan.csv --spreadsheet-safe
      extractor extract plans/ -o records/ -f json
      extractor extract plan.pdf --pages 3-7,12 --draw seen/ -o plan.json
      extractor extract plan.html -f datapackage -o package/
      extractor extract plan.txt --expect 17 --require-coverage -o plan.json
      curl -s https://example.org/plan | extractor extract - -f jsonl
    """
    from extractor.cli import console
    from extractor.cli.sources import gather, read_plans
    from extractor.cli.target import choose
    from extractor.write import Style

    documents = gather(sources)
    target = choose(
        output,
        format_name,
        several=len(documents) > 1 and not merge and explained is None,
        from_directory=any(document.directory for document in documents),
    )
    settings = settings_of(roles_only=roles_only, **options)
    style = Style(spreadsheet_safe=spreadsheet_safe)
    if target.format == "table":
        colour = target.for_people and console.colour_wanted(sys.stdout)
        style = replace(style, width=console.terminal_width(), colour=colour)
    with console.Progress(len(documents), talk) as progress:
        # What is demanded of a plan in parts is demanded of the whole.
        each = replace(settings, expect=()) if merge else settings
        plans = list(read_plans(progress.over(documents), each, talk))
    from extractor.cli.report import any_at_or_above, counted, issue_line, summary  # loads the models, as plans did

    kept = len(plans)
    drawn: dict[Path, bytes] = {}
    if pictures is not None:
        from extractor.cli.drawing import drawings

        drawn = drawings(plans, Path(pictures), settings)
    if merge and plans:
        from extractor.demands import hold_to
        from extractor.merging import merge_plans

        plans = [(plans[0][0], hold_to(merge_plans([plan for _, plan in plans]), settings))]
    if explained is not None:
        return _explain(plans, explained)
    console.write_files(drawn)
    target.put([(document, target.render(plan, style)) for document, plan in plans])
    for document, plan in plans:
        name = f"{counted(kept, 'part')} merged" if merge else document.path
        console.say(f"{name}: {summary(plan)}", talk)
        for issue in plan.issues:
            console.say(f"  {issue_line(issue)}", talk, level=2)
    if len(documents) > 1:
        read = len(documents)
        console.say(f"{read:,} read: {kept:,} kept, {read - kept:,} skipped", talk)
    if fail_on is None and (settings.expect or settings.require_coverage):
        fail_on = "error"
    return int(any(any_at_or_above(plan.issues, fail_on) for _, plan in plans))


def _explain(plans: Sequence[tuple[Named, Plan]], name: str) -> int:
    """Show the records of that ref or id, of every plan that has one. Raises `BadParameter` where none has."""
    from extractor.cli import console
    from extractor.cli.explaining import explain_activity, find_activities

    found = [(document, plan, activity) for document, plan in plans for activity in find_activities(plan, name)]
    if not found:
        raise click.BadParameter(f"no record has the ref or id {name!r}", param_hint="--explain")
    for number, (document, plan, activity) in enumerate(found):
        console.print_text("\n" * bool(number) + explain_activity(document.path, plan, activity))
    return 0
