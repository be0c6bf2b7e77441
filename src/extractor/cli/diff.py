"""`extractor diff`: two years of a plan in, what became of each activity out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.options import output_options, reading_options, settings_of, talk_options

if TYPE_CHECKING:
    from extractor.changes import Changes

_FORMATS = ("text", "json", "csv", "markdown", "html")


@click.command(
    epilog="Exit status: 0 no difference, or --exit-code was not given; 1 differences, with --exit-code; "
    "2 could not run, and nothing was written."
)
@click.argument("old", type=click.Path(readable=False))
@click.argument("new", type=click.Path(readable=False))
@output_options(_FORMATS, "text on a terminal, and JSON elsewhere")
@click.option(
    "--decisions",
    "decisions_file",
    metavar="FILE",
    type=click.Path(readable=False),
    help="TOML or CSV file with a person's decisions on doubtful pairs.",
)
@click.option(
    "--write-decisions",
    "open_file",
    metavar="FILE",
    type=click.Path(readable=False),
    help="Write the pairs that need a decision, for a person to fill in; earlier decisions are kept in it.",
)
@click.option("--exit-code", is_flag=True, help="Exit 1 if there is any difference.")
@reading_options
@talk_options
def command(
    old: str,
    new: str,
    output: str | None,
    format_name: str | None,
    decisions_file: str | None,
    open_file: str | None,
    exit_code: bool,
    spreadsheet_safe: bool,
    talk: int | None,
    **options: Any,
) -> int:
    """Tell what became of each activity of the plan OLD in the plan NEW.

    OLD and NEW are documents (text, web page, PDF), or JSON, JSON Lines or CSV that was extracted earlier.

    \b
    Examples:
      extractor diff plan-2023.html plan-2024.html
      extractor diff plan-2023.json plan-2024.pdf -o changes.html
      extractor diff old.json new.json --write-decisions open.toml
      extractor diff old.json new.json --decisions decided.toml -f json
    """
    from extractor.cli import console
    from extractor.cli.comparing import choose_report, load_plan, read_text, refuse_two_standard_inputs
    from extractor.compare import compare, format_decisions, open_decisions, parse_decisions
    from extractor.write.comparisons import write_changes

    refuse_two_standard_inputs((old, new))
    report = choose_report(output, format_name, _FORMATS, spreadsheet_safe)
    decisions = parse_decisions(read_text(decisions_file), decisions_file) if decisions_file else []
    _check_overwriting(open_file, decisions_file)
    settings = settings_of(**options)
    changes = compare(load_plan(old, settings), load_plan(new, settings), decisions)
    others = {}
    if open_file:
        entries = [entry for entry in decisions if entry.relation is not None] + open_decisions(changes)
        others[Path(open_file)] = format_decisions(entries, open_file).encode("utf-8")
    report.put(write_changes(changes, report.format, report.style), others)
    for line in _remarks(changes):
        console.say(line, talk)
    return int(exit_code and _differs(changes))


def _check_overwriting(open_file: str | None, decisions_file: str | None) -> None:
    """Refuse to write over a file with decisions that were not read in this run: a person's work would be lost."""
    from extractor.errors import OutputRefused

    if open_file is None or not Path(open_file).exists():
        return
    if decisions_file is None or not Path(decisions_file).samefile(open_file):
        raise OutputRefused(
            f"{open_file} exists, and may hold decisions",
            f"Give --decisions {open_file} as well, and they are kept; or choose another name.",
        )


def _remarks(changes: Changes) -> list[str]:
    """What a person should hear besides the report."""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in changes.summary.kinds.items() if count)
    lines = [f"{changes.old.source} -> {changes.new.source}: {kinds or 'no activities'}"]
    if changes.summary.needs_decision:
        lines.append(f"  {changes.summary.needs_decision:,} need a decision (--write-decisions)")
    lines += [
        f"  decision on {entry.old or '-'} and {entry.new or '-'} is {entry.state}: {entry.message}"
        for entry in changes.decisions
        if entry.state != "applied"
    ]
    lines += [
        f"  {side.source} has {side.errors:,} errors and {side.warnings:,} warnings: see `extractor check`"
        for side in (changes.old, changes.new)
        if side.errors or side.warnings
    ]
    return lines


def _differs(changes: Changes) -> bool:
    """Whether anything differs: an activity, or a field of one that bears no label."""
    return any(change.kind != "unchanged" or change.fields for change in changes.changes)
