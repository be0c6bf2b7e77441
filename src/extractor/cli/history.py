"""`extractor history`: the plans of several years in, the threads that run through them out."""

from __future__ import annotations

from typing import Any

import click

from extractor.cli.options import output_options, reading_options, settings_of, talk_options

_FORMATS = ("text", "json", "csv", "html")


@click.command(epilog="Exit status: 0 the output was written; 2 could not run, and nothing was written.")
@click.argument("plans", metavar="PLAN PLAN...", nargs=-1, required=True, type=click.Path(readable=False))
@output_options(_FORMATS, "text on a terminal, and JSON elsewhere")
@reading_options
@talk_options
def command(
    plans: tuple[str, ...],
    output: str | None,
    format_name: str | None,
    spreadsheet_safe: bool,
    talk: int | None,
    **options: Any,
) -> int:
    """Follow each activity through the plans of several years, given earliest first.

    A PLAN is a document (text, web page, PDF), or JSON, JSON Lines or CSV that was extracted earlier.

    \b
    Examples:
      extractor history plan-2022.json plan-2023.json plan-2024.html
      extractor history plans/*.json -o history.html
    """
    from extractor.cli import console
    from extractor.cli.comparing import choose_report, load_plan, refuse_two_standard_inputs
    from extractor.compare import chain
    from extractor.write.comparisons import write_history

    if len(plans) < 2:
        raise click.UsageError("Give at least two plans, the earliest first.")
    refuse_two_standard_inputs(plans)
    report = choose_report(output, format_name, _FORMATS, spreadsheet_safe)
    settings = settings_of(**options)
    history = chain([load_plan(plan, settings) for plan in plans])
    report.put(write_history(history, report.format, report.style), {})
    current = sum(thread.fate == "current" for thread in history.threads)
    console.say(f"{len(plans)} plans: {len(history.threads):,} threads, {current:,} of them in the last plan", talk)
    starts = [side.start for side in history.plans if side.start]
    if starts != sorted(starts):
        console.say("  the plans are not in the order of their periods: is the earliest first?", talk)
    return 0
