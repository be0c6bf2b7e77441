"""`extractor schema`: the schemas of the output, generated from the models."""

from __future__ import annotations

import click


@click.command()
@click.argument("which", type=click.Choice(("plan", "table")), default="plan")
@click.option(
    "-d", "--directory", type=click.Path(readable=False), metavar="DIRECTORY", help="Write all schemas there instead."
)
def command(which: str, directory: str | None) -> int:
    """Show the JSON Schema of a plan (plan), or the Table Schema of its CSV (table).

    \b
    Examples:
      extractor schema > plan.schema.json
      extractor schema table
      extractor schema --directory schemas/
    """
    from pathlib import Path

    from extractor.cli import console
    from extractor.write.schemas import SCHEMA_FILES, format_schema

    if directory is None:
        console.print_data(format_schema(which).encode())
    else:
        console.write_files(
            {Path(directory, file): format_schema(name).encode() for name, file in SCHEMA_FILES.items()}
        )
    return 0
