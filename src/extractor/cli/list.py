"""`extractor list`: what is due, what is late, who owns it."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import click

from extractor.cli.options import output_options, reading_options, settings_of, talk_options

_FORMATS = ("table", "csv", "json")


def parse_date(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """The date of "2024-03-31"; None where nothing was given."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write 2024-03-31", ctx, param) from None


@click.command(epilog="Exit status: 0 done, also where nothing fits; 2 could not run.")
@click.argument("plans", metavar="PLAN...", nargs=-1, required=True, type=click.Path(readable=False))
@click.option("--due-by", callback=parse_date, metavar="DATE", help="Due on this day or earlier.")
@click.option(
    "--overdue-at",
    callback=parse_date,
    metavar="DATE",
    help="Was due before this day, and its status does not say that it is finished.",
)
@click.option("--officer", metavar="TEXT", help="Words in the name of a lead officer.")
@click.option("--directorate", metavar="TEXT", help="Words in the name of a lead directorate.")
@click.option("--member", metavar="TEXT", help="Words in the name of a lead Cabinet Member.")
@click.option("--group", metavar="TEXT", help="Words in the heading, or in one above it.")
@click.option("--status", metavar="TEXT", help="Words in the status.")
@output_options(_FORMATS, "a table")
@reading_options
@talk_options
def command(
    plans: tuple[str, ...],
    due_by: dt.date | None,
    overdue_at: dt.date | None,
    officer: str | None,
    directorate: str | None,
    member: str | None,
    group: str | None,
    status: str | None,
    output: str | None,
    format_name: str | None,
    spreadsheet_safe: bool,
    talk: int | None,
    **options: Any,
) -> int:
    """List the activities of plans that fit, the earliest due first.

    A PLAN is a document (text, web page, PDF), a directory of them, or JSON, JSON Lines or CSV that was extracted
    earlier. Words match anywhere, whatever their case. An activity without a date is never due; how many were
    left out for that is said on standard error.

    \b
    Examples:
      extractor list plan.html --due-by 2024-03-31
      extractor list plans/ --overdue-at 2024-04-01 --directorate housing
      extractor list plan.json --officer "head of streets" -f csv -o streets.csv
    """
    from pathlib import Path

    from extractor.cli import console
    from extractor.cli.plans import named_plans
    from extractor.cli.report import counted
    from extractor.questions import Question, ask
    from extractor.write import Style
    from extractor.write.answers import write_answers

    path = Path(output) if output not in (None, "-") else None
    ending = path.suffix.lower().removeprefix(".") if path else ""
    chosen = format_name or (ending if ending in _FORMATS else "table")
    question = Question(due_by, overdue_at, officer, directorate, member, group, status)
    found = [plan for _, plan in named_plans(plans, settings_of(**options), talk)]
    answers, undated = ask(found, question)
    style = Style(
        spreadsheet_safe=spreadsheet_safe, width=console.terminal_width() if sys.stdout.isatty() or not path else 100
    )
    data = write_answers(answers, chosen, style)
    if path is not None:
        console.write_files({path: data})
    elif chosen == "table":
        console.print_text(data.decode("utf-8"))
    else:
        console.print_data(data)
    total = sum(len(plan.activities) for plan in found)
    left_out = f"; {undated:,} more without a date" if undated else ""
    console.say(f"{len(answers):,} of {counted(total, 'activity')}{left_out}", talk)
    return 0
