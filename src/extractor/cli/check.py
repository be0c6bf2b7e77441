"""`extractor check`: what is doubtful or wrong, with its place and its remedy."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from extractor.cli.options import reading_options, settings_of, talk_options


@click.command(epilog="Exit status: 0 no issue at or above --fail-on; 1 there is one; 2 could not run.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(readable=False))
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(("text", "json", "github")),
    default="text",
    show_default=True,
    help="text for people; json for programs; github for annotations in a pull request.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "info", "never")),
    default="error",
    show_default=True,
    help="Exit 1 if there are issues at or above this level.",
)
@click.option("--coverage", is_flag=True, help="List the words of the source that are in no record.")
@reading_options
@talk_options
def command(
    sources: tuple[str, ...],
    format_name: str,
    fail_on: str,
    coverage: bool,
    talk: int | None,
    **options: Any,
) -> int:
    """Show what is doubtful or wrong in published plans, record by record.

    Values that were inherited or inferred without any doubt are notes; --verbose shows them too.

    \b
    Examples:
      extractor check plan.html
      extractor check plan.txt --expect 17 --require-coverage --coverage
      extractor check plans/ --format github --fail-on warning
    """
    from extractor.cli import console
    from extractor.cli.report import (
        any_at_or_above,
        as_check_data,
        as_check_text,
        as_github,
        summary,
    )
    from extractor.cli.sources import gather, read_plans

    plans = list(read_plans(gather(sources), settings_of(**options), talk))
    if format_name == "json":
        data = [as_check_data(document.path, plan, coverage) for document, plan in plans]
        console.print_data((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"))
    elif format_name == "github":
        console.print_data(
            "".join(as_github(document.path, plan) for document, plan in plans).encode("utf-8", "replace")
        )
    else:
        for document, plan in plans:
            console.print_text(
                as_check_text(
                    document.path,
                    plan,
                    coverage=coverage,
                    notes=talk == 2 or fail_on == "info",
                    width=console.terminal_width(),
                    colour=console.colour_wanted(sys.stdout),
                )
            )
    for document, plan in plans:
        console.say(f"{document.path}: {summary(plan)}", talk)
    level = None if fail_on == "never" else fail_on
    return int(any(any_at_or_above(plan.issues, level) for _, plan in plans))
