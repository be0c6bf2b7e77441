"""The golden files: what each floor makes of the samples, and what README shows. `make golden` rewrites them.

The lowest floor whose file moved names the room that moved it: document, rows, table (records), check (issues).
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from commands import ROOT, SAMPLES, extractor
from extractor.document import Document, FlatLine, Furniture, Heading, Paragraph, Table
from extractor.locations import describe
from extractor.profile import Settings
from extractor.read import read
from extractor.recognise import recognise
from extractor.rows import PlanRows

GOLDEN = ROOT / "tests" / "golden"
README = ROOT / "README.md"
SOURCES = ("year-ahead-2023.txt", "year-ahead-2023.html")
_CONSOLE = re.compile(r"(?<=```console\n)(.*?)(?=```\n)", re.DOTALL)


def document_lines(document: Document) -> Iterator[str]:
    """The blocks of a document, one a line, the cells of a table indented below it."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield f"{describe(block.location)}: heading {block.level}: {block.text}"
        elif isinstance(block, Paragraph):
            yield f"{describe(block.line.location)}: {block.line.kind}: {block.line.text}"
        elif isinstance(block, Furniture):
            yield f"{describe(block.location)}: furniture, {block.kind}: {block.text!r}"
        elif isinstance(block, FlatLine):
            yield f"line {block.number}: {block.raw!r}"
        elif isinstance(block, Table):
            yield f"{describe(block.location)}: table of {len(block.rows)} rows, {block.header_rows} of them header"
            for cell in block.cells():
                span = (
                    f" over {cell.row_span}x{cell.column_span}" if (cell.row_span, cell.column_span) != (1, 1) else ""
                )
                yield f"  row {cell.row_index}, column {cell.column_index}{span}: {cell.text!r}"


def row_lines(rows: PlanRows) -> Iterator[str]:
    """The rows as recognised: their group, and each cell by its meaning and state."""
    yield f"title: {rows.title}; theme: {rows.theme}; period: {rows.period_label}; publisher: {rows.publisher}"
    for index, group in enumerate(rows.groups):
        yield f"group {index}: {group.kind} / {group.number} / {group.title} / in {group.parent_index}"
    for index, row in enumerate(rows.rows):
        yield f"row {index} in group {row.group_index}, {describe(row.location)}"
        for meaning, cell in row.cells.items():
            state = "" if cell.state == "filled" else f" ({cell.state})"
            yield f"  {meaning}{state}: {cell.text!r}"
        yield from (f"  {cell.header}: {cell.text!r}" for cell in row.extra)
        yield from (f"  ? {doubt.code} in {doubt.field}: {doubt.message}" for doubt in row.doubts)
    yield from (f"table: {table.caption}: {len(table.rows)} rows" for table in rows.tables)
    yield from (f"? {doubt.code} in {doubt.field}: {doubt.message}" for doubt in rows.doubts)


def _floors(name: str) -> Iterator[tuple[str, str]]:
    source = SAMPLES / name
    document = read(source.read_bytes(), name, Settings())
    yield "document", "\n".join(document_lines(document)) + "\n"
    yield "rows", "\n".join(row_lines(recognise(document, Settings().profile))) + "\n"
    yield "table", extractor("extract", name, "-f", "table", cwd=SAMPLES, COLUMNS="120").text
    yield "check", extractor("check", name, "-v", "--coverage", cwd=SAMPLES, COLUMNS="120").text


def _console(block: str, directory: Path) -> str:
    """The console block with each command's output as it is now: standard output, then standard error."""
    lines = []
    for line in block.splitlines():
        if line.startswith("$ extractor "):
            run = extractor(*shlex.split(line.removeprefix("$ extractor ")), cwd=directory, COLUMNS="100")
            lines += [line, *(run.text + run.err).splitlines()]
    return "\n".join(lines) + "\n"


def readme(directory: Path) -> str:
    """README with the outputs of its console blocks as they are now; commands run in the directory, in order."""
    (directory / "samples").symlink_to(SAMPLES)
    return _CONSOLE.sub(lambda found: _console(found[1], directory), README.read_text(encoding="utf-8"))


def golden_files(name: str) -> dict[Path, str]:
    """The golden files of one sample as they would be written now."""
    return {GOLDEN / f"{name}.{floor}.txt": text for floor, text in _floors(name)}


def main() -> int:
    """Rewrite all golden files."""
    import tempfile

    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        files = {README: readme(Path(directory))}
    for name in SOURCES:
        files |= golden_files(name)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
