"""How fast PDFs are read, beside `pdfplumber`'s `extract_tables` over the same pages, and how much memory they take.

    python benchmarks/pdf.py [--rows 10,100,1000] [--runs 5] [--pages 1000] [files...]

PDFs of made-up plans are written for the run (ruled, without rules, tagged); files given are measured too. Times are
CPU milliseconds a page, medians of the runs, in process, without imports; "read" is the reader alone, "records" the
whole way from bytes to validated records. The memory is the peak of a fresh process that reads a long document.
"""

from __future__ import annotations

import argparse
import io
import logging
import resource
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

from extractor.pipeline import extract_bytes  # noqa: E402
from extractor.profile import Settings  # noqa: E402
from extractor.read.pdf import read_pdf  # noqa: E402
from pdf_writer import plan_rows, table_pdf  # noqa: E402

STYLES = ("ruled", "plain", "tagged")


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


def measure(name: str, documents: Sequence[bytes]) -> None:
    """Prints one line for documents of one make; the first is read once to load what is imported late."""
    settings = Settings()
    pages = read_pdf(documents[0], name, settings).source.pages or 1
    extract_bytes(documents[0], name, settings)
    rest = documents[1:] or documents
    read = milliseconds(lambda data: read_pdf(data, name, settings), rest) / pages
    records = milliseconds(lambda data: extract_bytes(data, name, settings), rest) / pages
    other = milliseconds(by_pdfplumber, rest) / pages
    print(
        f"{name:34s} {pages:5d} pages  read {read:6.2f}  records {records:6.2f}  pdfplumber {other:7.2f} ms/page"
        f"  {other / read:5.1f}x  {other / records:5.1f}x"
    )


def peak_megabytes(path: Path) -> float:
    """Peak memory of a fresh process that turns a file into records."""
    code = (
        "import sys, resource; from pathlib import Path; from extractor.pipeline import extract_bytes\n"
        "extract_bytes(Path(sys.argv[1]).read_bytes(), 'plan.pdf')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, cwd=ROOT / "src"
    )
    return float(done.stdout)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rows", default="10,100,1000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=0, help="measure the memory of a document this long")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    for style in STYLES:
        for count in map(int, arguments.rows.split(",")):
            runs = arguments.runs if count <= 100 else max(1, min(arguments.runs, 3))
            documents = [table_pdf(plan_rows(count, count * run), style) for run in range(runs + 1)]
            measure(f"{style}, {count} rows", documents)
    for path in arguments.files:
        measure("/".join(path.parts[-2:])[-34:], [path.read_bytes()] * (arguments.runs + 1))
    if arguments.pages:
        with tempfile.TemporaryDirectory() as folder:
            for style in STYLES:
                path = Path(folder) / f"{style}.pdf"
                path.write_bytes(table_pdf(plan_rows(12 * arguments.pages), style))
                print(f"{style}, about {arguments.pages} pages: peak {peak_megabytes(path):.0f} MB")
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
