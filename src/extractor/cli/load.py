"""`extractor load`: plans into a database."""

from __future__ import annotations

from typing import Any

import click

from extractor.cli.options import reading_options, settings_of, talk_options

_DEFAULT = "sqlite:///plans.db"


@click.command(epilog="Exit status: 0 all plans are in the database; 2 could not run, and the database is as it was.")
@click.argument("plans", metavar="PLAN...", nargs=-1, required=True, type=click.Path(readable=False))
@click.option(
    "--to",
    "url",
    metavar="URL",
    envvar="EXTRACTOR_DATABASE",
    default=_DEFAULT,
    show_default=True,
    help="The database: sqlite:///FILE, or postgresql+psycopg://USER@HOST/NAME; also from EXTRACTOR_DATABASE.",
)
@click.option("--id", "plan_id", metavar="TEXT", help="The id of the plan in the database, for one PLAN.")
@reading_options
@talk_options
def command(plans: tuple[str, ...], url: str, plan_id: str | None, talk: int | None, **options: Any) -> int:
    """Put plans into a SQLite or PostgreSQL database, as tables and views.

    A PLAN is a document (text, web page, PDF), a directory of them, or JSON, JSON Lines or CSV that was extracted
    earlier. Loading the same plan again changes nothing; a corrected one replaces what was there.

    \b
    Examples:
      extractor load plan.html
      extractor load plans/ --to sqlite:///plans.db
      extractor load plan.json --to postgresql+psycopg://reader@localhost/plans
    """
    from extractor.cli import console
    from extractor.cli.plans import named_plans
    from extractor.cli.report import counted
    from extractor.write.to_sql import load_plans

    found = list(named_plans(plans, settings_of(**options), talk))
    if plan_id is not None and len(found) != 1:
        raise click.UsageError(f"--id names one plan, and there are {len(found)}.")
    results = load_plans([(plan, plan_id) for _, plan in found], url)
    for (name, plan), result in zip(found, results, strict=True):
        console.say(f"{name}: {result.outcome}, {counted(len(plan.activities), 'activity')} ({result.plan_id})", talk)
    return 0
