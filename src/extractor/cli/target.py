"""Where the output goes and in which format, told from what the caller said."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.console import print_data, print_text, write_files
from extractor.cli.sources import Named, output_paths
from extractor.errors import OutputRefused
from extractor.fixed import fixed
from extractor.write import BINARY, ENDINGS, FOLDER_WRITERS, JOINABLE, Style, write, write_folder

if TYPE_CHECKING:
    from extractor.records import Plan

_ENDING_OF = {
    "json": ".json",
    "jsonl": ".jsonl",
    "csv": ".csv",
    "table": ".txt",
    "datapackage": "",
    "xlsx": ".xlsx",
    "parquet": ".parquet",
}
Rendered = Mapping[str, bytes]
"""What was made of a plan: one file without a name, or the files of a folder by their names."""


@fixed(frozen=True, slots=True)
class Target:
    """An output: standard output (no path), one file, or a directory with one file a source."""

    format: str
    path: Path | None = None
    is_directory: bool = False
    as_folder: bool = False
    """Each plan is a folder of files, not a file."""

    @property
    def for_people(self) -> bool:
        """The output is a table that goes to a terminal or a pipe, not data."""
        return self.path is None and self.format == "table"

    def render(self, plan: Plan, style: Style) -> Rendered:
        """The plan in the target's format."""
        return write_folder(plan, self.format, style) if self.as_folder else {"": write(plan, self.format, style)}

    def put(self, rendered: Sequence[tuple[Named, Rendered]]) -> None:
        """Write what was made of each document: all of it or, to files, nothing."""
        if self.path is None:
            for _, files in rendered:
                if self.for_people:
                    print_text(files[""].decode("utf-8"))
                else:
                    print_data(files[""])
        elif self.is_directory:
            paths = output_paths([document for document, _ in rendered], self.path, _ENDING_OF[self.format])
            write_files({paths[document] / name: data for document, files in rendered for name, data in files.items()})
        elif self.as_folder:
            write_files({self.path / name: data for _, files in rendered for name, data in files.items()})
        else:
            write_files({self.path: b"".join(files[""] for _, files in rendered)})


def choose(output: str | None, format_name: str | None, *, several: bool, from_directory: bool) -> Target:
    """The target for what the caller said: `--output`, `--format`, several sources, a directory of them.

    Raises `OutputRefused` where the format cannot be told, or cannot hold several plans.
    """
    if output is None or output == "-":
        default = "table" if output is None and sys.stdout.isatty() else "json"
        target = Target(format_name or default)
        if target.format in BINARY and sys.stdout.isatty():
            raise OutputRefused(
                f"{target.format} is no text that a terminal could show", "Name a file with --output, or use a pipe."
            )
    else:
        path = Path(output)
        ending = path.suffix.lower()
        directory = (
            path.is_dir() or output.endswith((os.sep, "/")) or ((several or from_directory) and ending not in ENDINGS)
        )
        as_folder = format_name in FOLDER_WRITERS and ENDINGS.get(ending) != format_name
        if as_folder:
            directory = several or from_directory  # a single plan's files go into the folder itself
        if not directory and format_name is None and ending not in ENDINGS:
            raise OutputRefused(
                f"{output} does not say which format is wanted",
                f"Give --format, or a name that ends in {', '.join(ENDINGS)}.",
            )
        target = Target(format_name or ("json" if directory else ENDINGS[ending]), path, directory, as_folder)
    if several and not target.is_directory and target.format not in JOINABLE:
        raise OutputRefused(
            f"several plans do not fit into one {target.format.upper()} output",
            "Name a directory (--output records/), or choose --format jsonl.",
        )
    return target
