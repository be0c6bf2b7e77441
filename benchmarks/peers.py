"""How right and how fast the tool reads the tables of PDFs, beside pdfplumber, camelot, tabula and PyMuPDF.

    python benchmarks/peers.py [--runs 3] [--venv DIR] [--write] [--note TEXT] [PDF=GOLD.json...]

The others are installed on demand into a virtual environment of their own (`.cache/peers` by default), and run there in
processes of their own, as does the tool in its own environment; nothing of the project imports them. tabula needs Java;
what cannot be run is left out, with a word. Files: those given with their truth, or the PDFs in `samples/`.

A row of the truth counts as recovered when one row of a table holds all its texts (ref, activity, timescale, leads)
and not many words more; white space, bullets and quotes aside. Cells that stand for several rows may be repeated or
not. Times are CPU milliseconds a page (with Java's, where it is used), the median of the runs, with the imports done
before.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

from tables import options, publish, table  # noqa: E402

PACKAGES = {"pdfplumber": "pdfplumber", "camelot": "camelot-py", "tabula": "tabula-py", "PyMuPDF": "pymupdf"}
ENGINES = {
    "pdfplumber": "pdfplumber",
    "camelot, lattice": "camelot",
    "camelot, stream": "camelot",
    "tabula, lattice": "tabula",
    "tabula, stream": "tabula",
    "PyMuPDF": "PyMuPDF",
}
LACKS = {
    "pdfplumber": "joins no rows over pages, finds no table without lines; no meaning of columns",
    "camelot": "the caller says which of its two ways fits the document; rows end at the page; no meaning of columns",
    "tabula": "needs Java; the caller says which way fits; rows end at the page; no meaning of columns",
    "PyMuPDF": "finds no table without lines unless told; rows end at the page; AGPL or paid",
}

CHILD = r"""
import json, resource, sys, time, warnings, logging
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
engine, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
way, _, flavour = engine.partition(", ")
def used():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)
if way == "pdfplumber":
    import pdfplumber
    def read():
        with pdfplumber.open(path) as document:
            return [row for page in document.pages for found in page.extract_tables() for row in found]
elif way == "camelot":
    import camelot
    def read():
        found = camelot.read_pdf(path, pages="all", flavor=flavour)
        return [row for one in found for row in one.df.values.tolist()]
elif way == "tabula":
    import tabula
    def read():
        found = tabula.read_pdf(path, pages="all", multiple_tables=True, silent=True, pandas_options={"header": None},
                                force_subprocess=True, **{flavour: True})
        return [row for one in found for row in one.astype(object).where(one.notna(), None).values.tolist()]
elif way == "PyMuPDF":
    import pymupdf
    def read():
        with pymupdf.open(path) as document:
            return [row for page in document for found in page.find_tables().tables for row in found.extract()]
else:
    from pathlib import Path
    from extractor.pipeline import extract_bytes
    def read():
        plan = extract_bytes(Path(path).read_bytes(), "plan.pdf")
        return [[one.ref, one.lead_in, one.activity, one.timescale and one.timescale.as_published,
                 *one.lead_officers, *one.lead_directorates, *one.lead_cabinet_members, *one.notes, one.status,
                 one.progress, *one.extra.values(), *(link.as_published for link in one.also_links_to)]
                for one in plan.activities]
rows, times = read(), []
for _ in range(runs):
    before = used(); read(); times.append(used() - before)
texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
json.dump({"rows": texts, "seconds": times}, sys.stdout)
"""


def squashed(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return re.sub(r"[\W_]+", "", text).casefold()


def expected(activity: dict[str, Any]) -> list[str]:
    """The texts that a row of the truth must have, squashed; those that another row lends it may be absent."""
    texts = [activity["ref"], activity["activity"]]
    timescale = activity["timescale"]
    if timescale and "timescale" not in activity["inherited"]:
        texts.append(timescale["as_published"])
    for name in ("lead_officers", "lead_directorates", "lead_cabinet_members"):
        if name not in activity["inherited"]:
            texts.extend(activity[name])
    return [squashed(text) for text in texts if text]


def may_hold(activity: dict[str, Any]) -> int:
    """How many letters a row may have at most and still be this row."""
    parts = json.dumps([value for name, value in activity.items() if name not in ("group", "inherited", "items")])
    return len(squashed(parts)) + 200


def recovered(truth: list[dict[str, Any]], rows: list[list[str | None]]) -> int:
    """How many rows of the truth one row of the tables gives."""
    given = [squashed(" ".join(cell for cell in row if cell)) for row in rows]
    return sum(
        any(len(row) <= may_hold(one) and all(text in row for text in expected(one)) for row in given) for one in truth
    )


def environment(directory: Path) -> tuple[Path, dict[str, str]]:
    """The Python of an environment with the others, made now if need be; and the version of each."""
    python = directory / "bin" / "python"
    if not python.exists():
        venv.create(directory, with_pip=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES.values()]
    subprocess.run(install, check=True)
    ask = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]))"
    told = subprocess.run([python, "-c", ask, *PACKAGES.values()], capture_output=True, text=True, check=True)
    return python, dict(zip(PACKAGES, told.stdout.split(), strict=True))


def run(python: Path | str, engine: str, path: Path, runs: int) -> dict[str, Any] | str:
    """What an engine makes of a file; or, where it fails, the last line of what it says."""
    done = subprocess.run(
        [python, "-c", CHILD, engine, path, str(runs)],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")} if engine == "extractor" else None,
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it failed"])[-1]
    answer: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"rows"') :])
    return answer


def main() -> None:
    """Measures, prints, and writes if asked."""
    parser = options(__doc__)
    parser.add_argument("files", nargs="*", metavar="PDF=GOLD.json")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--venv", type=Path, default=ROOT / ".cache" / "peers")
    chosen = parser.parse_args()
    pairs = [tuple(map(Path, one.split("=", 1))) for one in chosen.files] or [
        (path, path.with_suffix(".gold.json")) for path in sorted((ROOT / "samples").glob("*.pdf"))
    ]
    theirs, versions = environment(chosen.venv)
    sys.path.insert(0, str(ROOT / "src"))
    import pypdfium2

    from extractor import __version__

    engines = {"extractor": (Path(sys.executable), __version__)}
    engines |= {name: (theirs, versions[package]) for name, package in ENGINES.items()}
    right: dict[str, list[str]] = {}
    speed: dict[str, list[float]] = {}
    failed: dict[str, str] = {}
    header = []
    for path, gold in pairs:
        truth = json.loads(gold.read_text(encoding="utf-8"))["activities"]
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        document.close()
        header.append(f"{path.parent.name}/{path.name} ({pages} p., {len(truth)} rows)")
        for engine, (python, _) in engines.items():
            answer = run(python, engine, path, chosen.runs)
            if isinstance(answer, str):
                failed[engine] = answer
                right.setdefault(engine, []).append("–")
                continue
            share = recovered(truth, answer["rows"]) / len(truth)
            milliseconds = 1000 * statistics.median(answer["seconds"]) / pages
            right.setdefault(engine, []).append(f"{100 * share:.0f} %, {milliseconds:.1f} ms")
            speed.setdefault(engine, []).append(milliseconds)
    rows = [
        [f"{engine} {engines[engine][1]}", *right[engine], f"{statistics.median(speed[engine]):.1f} ms"]
        for engine in engines
        if engine in speed
    ]
    body = "Rows recovered, and CPU a page\n\n" + table(["", *header, "median"], rows)
    body += "\n\n" + table(["", "what it cannot do"], list(LACKS.items()), numbers=False)
    body += "".join(f"\n\n{engine} could not be run on some: {why}" for engine, why in failed.items())
    publish("peers", body, chosen)


if __name__ == "__main__":
    main()
