"""`extractor completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> int:
    """Show the completion script for a shell.

    \b
    Examples:
      eval "$(extractor completion bash)"                                in ~/.bashrc
      eval "$(extractor completion zsh)"                                 in ~/.zshrc
      extractor completion fish > ~/.config/fish/completions/extractor.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class

    from extractor.cli import console
    from extractor.cli.commands import cli

    kind = get_completion_class(shell)
    assert kind is not None, "click completes these three shells"
    # Not `kind.source`: for bash that would run bash, only to learn its version.
    script = ShellComplete.source(kind(cli, {}, "extractor", "_EXTRACTOR_COMPLETE"))
    console.print_text(script + "\n")
    return 0
