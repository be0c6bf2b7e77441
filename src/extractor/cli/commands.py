"""The table of commands. Another command is another file in this directory and a line in `COMMANDS`."""

from __future__ import annotations

from importlib import import_module

import click

from extractor.fixed import fixed
from extractor.version import __version__


@fixed(frozen=True, slots=True)
class Entry:
    """A command that is loaded when it is called for."""

    module: str
    """The module `extractor.cli.<module>`, which holds the click command as `command`."""
    help: str
    """One line for the list of commands; it stands here so that the list loads no command."""


COMMANDS: dict[str, Entry] = {
    "extract": Entry("extract", "Turn published plans into records."),
    "batch": Entry("batch", "Turn many plans into records, and again what has changed."),
    "check": Entry("check", "Show what is doubtful or wrong in plans."),
    "profile": Entry("profile", "Write a profile from a document, to edit."),
    "diff": Entry("diff", "Tell what became of each activity of last year's plan."),
    "history": Entry("history", "Follow each activity through several years."),
    "list": Entry("list", "Tell what is due, what is late and who owns it."),
    "load": Entry("load", "Put plans into a database."),
    "validate": Entry("validate", "Test a JSON or CSV file made earlier."),
    "schema": Entry("schema", "Show the schema of the output."),
    "explain": Entry("explain", "Explain an issue's code."),
    "completion": Entry("completion", "Show the completion script for a shell."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on demand, so that help and start are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now; None for an unknown name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = import_module(f"extractor.cli.{entry.module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done; 1 done, with problems at or above --fail-on; 2 could not run.",
)
@click.version_option(__version__, "-V", "--version", message="extractor %(version)s")
def cli() -> None:
    """Turn published plans of public bodies into validated records.

    \b
    Examples:
      extractor extract plan.html                  show the plan as a table
      extractor extract plan.pdf -o plan.json      everything, as JSON
      extractor extract plan.txt -o plan.csv       one row an activity
      extractor check plan.html                    what is doubtful, and where

    A document is a text, a web page or a PDF; "-" is standard input.
    """
