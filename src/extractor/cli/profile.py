"""`extractor profile`: a publisher's particulars, written from one document, for a person to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from extractor.cli.options import reading_options, settings_of


@click.command(epilog="Exit status: 0 the profile was written; 2 could not run, and nothing was written.")
@click.argument("source", metavar="SOURCE", type=click.Path(readable=False))
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(readable=False), help="File to write; default: standard output."
)
@reading_options
def command(source: str, output: str | None, **options: Any) -> int:
    """Write a profile that says how a document's columns are read.

    Edit it, and give it with --profile: a header word under the right meaning is then read so in every plan of the
    publisher, and a plan that no longer has the profile's columns is reported.

    \b
    Examples:
      extractor profile plan-2024.html -o council.toml
      extractor extract plan-2025.html --profile council.toml -o plan.json
    """
    from extractor.api import STANDARD_STREAM, read_source, source_name
    from extractor.cli import console
    from extractor.cli.reading import read_document
    from extractor.pipeline import profile_of

    settings = settings_of(**options)
    text = read_document(profile_of, read_source(source, settings.max_bytes), source_name(source), settings)
    if output is None or output == STANDARD_STREAM:
        console.print_data(text.encode())
    else:
        console.write_files({Path(output): text.encode()})
    return 0
