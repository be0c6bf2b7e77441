"""`extractor explain`: what an issue's code means, and what to do about it."""

from __future__ import annotations

import textwrap

import click


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
def command(codes: tuple[str, ...]) -> int:
    """Explain the code of an issue; without a code, list all.

    \b
    Examples:
      extractor explain ref-gap
      extractor explain
    """
    import difflib

    from extractor.cli import console
    from extractor.issues import CATALOGUE

    if not codes:
        width = max(map(len, CATALOGUE))
        for kind in CATALOGUE.values():
            console.print_text(f"{kind.code:{width}}  {kind.severity:7}  {kind.title}\n")
        return 0
    for code in codes:
        if code not in CATALOGUE:
            near = difflib.get_close_matches(code, CATALOGUE, n=1)
            hint = f" Did you mean {near[0]}?" if near else " `extractor explain` lists all."
            raise click.BadParameter(f"there is no issue {code!r}.{hint}", param_hint="CODE")
    for number, code in enumerate(codes):
        kind = CATALOGUE[code]
        parts = [f"{kind.code} ({kind.severity})", kind.title + ".", kind.meaning, f"What to do: {kind.remedy}"]
        text = "\n".join(textwrap.fill(part, 78) for part in parts)
        console.print_text(("\n" if number else "") + text + "\n")
    return 0
