"""How fast PDFs are read, beside `pdfplumber`'s `extract_tables` over the same pages, and how much memory they take.

    python benchmarks/pdf.py [--rows 10,100,1000] [--runs 5] [--pages 1000] [--write] [--note TEXT] [files...]

PDFs of made-up plans are written for the run (ruled, without rules, tagged); files given are measured too. Times are
CPU milliseconds a page, medians of the runs, in process, without imports; "read" is the reader alone, "records" the
whole way from bytes to validated records. With `--pages` a fresh process also turns a document of some ten pages, and
one of so many, into records, and tells its time a page and the peak of its memory.
"""

from __future__ import annotations

import io
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import pdfplumber  # noqa: E402
from tables import options, publish, table  # noqa: E402

from extractor.pipeline import extract_bytes  # noqa: E402
from extractor.profile import Settings  # noqa: E402
from extractor.read.pdf import read_pdf  # noqa: E402
from pdf_writer import plan_rows, table_pdf  # noqa: E402

STYLES = {"ruled": 8, "plain": 8, "tagged": 3}
"""The makes of PDFs, each with how many times as fast as pdfplumber it should be read."""
_ROWS_A_PAGE = 12
_MEGABYTES_WANTED = 150
_LONG = """
import json, sys, time
from pathlib import Path
from extractor.pipeline import extract_bytes
import extractor.read.pdf
began = time.process_time()
pages = extract_bytes(Path(sys.argv[1]).read_bytes(), "plan.pdf").source.pages
spent = time.process_time() - began
# Not getrusage's: that one counts what the parent held when it started this process.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([pages, 1000 * spent / pages, int(peak.split()[1]) / 1024]))
"""


def by_pdfplumber(data: bytes) -> int:
    """Rows that pdfplumber's own table finder gives, page by page; pages are closed."""
    count = 0
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            count += sum(len(table) for table in page.extract_tables())
            page.close()
    return count


def milliseconds(work: Callable[[bytes], object], documents: Sequence[bytes]) -> float:
    """Median CPU time of a call; each has a document of its own, so that nothing is known from the call before."""
    times = []
    for data in documents:
        began = time.process_time()
        work(data)
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times)


def measured(name: str, documents: Sequence[bytes], wanted: float | str) -> list[str]:
    """One line for documents of one make; the first is read once to load what is imported late."""
    settings = Settings()
    pages = read_pdf(documents[0], name, settings).source.pages or 1
    extract_bytes(documents[0], name, settings)
    rest = documents[1:] or documents
    read = milliseconds(lambda data: read_pdf(data, name, settings), rest) / pages
    records = milliseconds(lambda data: extract_bytes(data, name, settings), rest) / pages
    other = milliseconds(by_pdfplumber, rest) / pages
    figures = [f"{read:.1f}", f"{records:.1f}", f"{other:.1f}", f"{other / records:.1f}", str(wanted)]
    print(name, *figures, file=sys.stderr)
    return [name, str(pages), *figures]


def long_document(path: Path, rows: int, style: str) -> tuple[int, float, float]:
    """Pages, milliseconds a page and peak megabytes of a fresh process that turns so many rows into records."""
    path.write_bytes(table_pdf(plan_rows(rows), style))
    done = subprocess.run(
        [sys.executable, "-c", _LONG, str(path)], capture_output=True, text=True, check=True, cwd=ROOT / "src"
    )
    pages, each, peak = json.loads(done.stdout)
    return pages, each, peak


def main() -> None:
    """Runs the benchmark."""
    parser = options(__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rows", default="10,100,1000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=0, help="measure also a document this long")
    chosen = parser.parse_args()
    logging.disable(logging.WARNING)
    lines = []
    for style, wanted in STYLES.items():
        for count in map(int, chosen.rows.split(",")):
            runs = chosen.runs if count <= 100 else max(1, min(chosen.runs, 3))
            documents = [table_pdf(plan_rows(count, count * run), style) for run in range(runs + 1)]
            lines.append(measured(f"{style}, {count:,} rows", documents, wanted))
    for path in chosen.files:
        lines.append(measured("/".join(path.parts[-2:]), [path.read_bytes()] * (chosen.runs + 1), ""))
    header = ["CPU, ms a page", "pages", "read", "records", "pdfplumber", "times as fast", "wanted"]
    body = table(header, lines)
    if chosen.pages:
        lines = []
        with tempfile.TemporaryDirectory() as folder:
            for style in STYLES:
                for pages in (10, chosen.pages):
                    told = long_document(Path(folder) / "plan.pdf", _ROWS_A_PAGE * pages, style)
                    lines.append([style, f"{told[0]:,}", f"{told[1]:.1f}", f"{told[2]:.0f}", str(_MEGABYTES_WANTED)])
        body += "\n\n" + table(["one document", "pages", "CPU, ms a page", "peak MB", "at most"], lines)
    publish("pdf", body, chosen)


if __name__ == "__main__":
    main()
