"""The options that every command which reads documents has in common, and the settings that they make."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from extractor.profile import Profile, Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_PAGE_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_MOST_PAGES = 100_000


def parse_pages(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, ...]:
    """Page numbers from 1 in ascending order, of "3-7,12"; none where nothing was given."""
    numbers: set[int] = set()
    for part in value.split(",") if value is not None else ():
        match = _PAGE_RANGE.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= _MOST_PAGES:
            raise click.BadParameter(f"{part.strip()!r} is no page or range of pages; write 3-7,12", ctx, param)
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))


def parse_expectations(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str | None, int], ...]:
    """Of each "17" or "Outcome: Safe streets=4", the words that name a group (or None) and the number."""
    found: list[tuple[str | None, int]] = []
    for value in values:
        words, _, number = value.rpartition("=")
        if not number.strip().isdecimal():
            raise click.BadParameter(f"{value!r} is no number; write 17, or 'Safe streets=4'", ctx, param)
        found.append((words.strip() or None, int(number)))
    return tuple(found)


def parse_period(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The period as given; raises `BadParameter` for one that names no year."""
    if value is not None:
        from extractor.normalise.periods import read_period  # most runs give none

        if read_period(value) is None:
            raise click.BadParameter(f"{value!r} names no year; write 2024/25", ctx, param)
    return value


_OPTIONS = (
    click.option(
        "--profile",
        "profile_path",
        metavar="FILE",
        type=click.Path(readable=False),
        help="A publisher's particulars. Default: the nearest extractor.toml, or [tool.extractor] in pyproject.toml.",
    ),
    click.option("--period", callback=parse_period, metavar="PERIOD", help="The plan's period, such as 2024/25."),
    click.option("--encoding", metavar="NAME", help="Character encoding of the sources, such as cp1252."),
    click.option("--pages", callback=parse_pages, metavar="3-7,12", help="Pages of a PDF to read."),
    click.option("--password", metavar="TEXT", help="Password of an encrypted PDF."),
    click.option("--ocr", is_flag=True, help="Read PDF pages that are images by character recognition."),
    click.option(
        "--expect",
        callback=parse_expectations,
        multiple=True,
        metavar="[GROUP=]N",
        help="Error unless there are N activities (in that group). May be repeated.",
    ),
    click.option("--require-coverage", is_flag=True, help="Error where words of the source are in no record."),
    click.option(
        "--max-bytes",
        type=click.IntRange(min=1),
        default=Settings().max_bytes,
        show_default=True,
        metavar="N",
        help="Refuse larger sources.",
    ),
    click.option(
        "--max-pages",
        type=click.IntRange(min=1),
        default=Settings().max_pages,
        show_default=True,
        metavar="N",
        help="Refuse longer PDFs.",
    ),
    click.option(
        "--max-seconds",
        type=click.FloatRange(min=0, min_open=True),
        default=Settings().max_seconds,
        show_default=True,
        metavar="N",
        help="Give up reading one source after so long.",
    ),
)


def reading_options(command: Command) -> Command:
    """The command with the options of `Settings`; give its keyword arguments to `settings_of`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def output_options(
    formats: Sequence[str],
    otherwise: str,
    where: str = "File to write, or - for standard output.",
    cells: str = "CSV",
) -> Callable[[Command], Command]:
    """What gives a command `--output`, `--format` and `--spreadsheet-safe`.

    `otherwise` says in which format is written where the output's ending says none; `cells`, which formats have
    cells to disarm.
    """

    def add(command: Command) -> Command:
        for option in (
            click.option(
                "--spreadsheet-safe", is_flag=True, help=f"{cells}: disarm cells that a spreadsheet would run."
            ),
            click.option(
                "-f",
                "--format",
                "format_name",
                type=click.Choice(formats),
                help=f"Default: what the output's ending says; else {otherwise}.",
            ),
            click.option("-o", "--output", metavar="FILE", type=click.Path(readable=False), help=where),
        ):
            command = option(command)
        return command

    return add


def settings_of(profile_path: str | None = None, **options: Any) -> Settings:
    """The settings that the options of `reading_options` ask for, with the profile named or the nearest one.

    Raises `ProfileInvalid` where a profile cannot be used.
    """
    from extractor.api import nearest_profile, read_profile

    profile = read_profile(profile_path) if profile_path is not None else nearest_profile(Path.cwd())
    return Settings(profile=profile or Profile(), **options)


def talk_options(command: Command) -> Command:
    """The command with `--quiet` and `--verbose`, as the argument `talk`: 0, 1 or 2."""
    command = click.option("-v", "--verbose", "talk", flag_value=2, help="Say more on standard error.")(command)
    return click.option("-q", "--quiet", "talk", flag_value=0, help="Say nothing but errors on standard error.")(
        command
    )
