"""`extractor validate`: files made earlier, against the models."""

from __future__ import annotations

import click

from extractor.cli.options import talk_options


@click.command(epilog="Exit status: 0 valid; 1 not valid; 2 could not run.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(readable=False))
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(("json", "jsonl", "csv")),
    help="Default: what the file's ending says.",
)
@talk_options
def command(files: tuple[str, ...], format_name: str | None, talk: int | None) -> int:
    """Test JSON, JSON Lines or CSV files that were made earlier, and perhaps edited since.

    Each problem is one line on standard output: the path of the wrong value, and what is wrong with it.

    \b
    Examples:
      extractor validate plan.json
      extractor validate records/*.csv
    """
    from extractor.api import validate
    from extractor.cli import console
    from extractor.cli.report import counted

    status = 0
    for file in files:
        problems = validate(file, format_name)
        for problem in problems:
            console.print_text(f"{file}: {problem}\n")
        console.say(f"{file}: {counted(len(problems), 'problem') if problems else 'valid'}", talk)
        status = 1 if problems else status
    return status
