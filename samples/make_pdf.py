#!/usr/bin/env python3
"""Prints the sample plans as PDF: 2023 tagged and ruled, 2024 as many publishers do it, without tags and without rules.

    pip install 'weasyprint==70.0'
    python samples/make_pdf.py            writes year-ahead-2023.pdf and year-ahead-2024.pdf
    python samples/make_pdf.py --check    exits 1 if a page has changed since its PDF was printed (needs no WeasyPrint)

The PDFs are printed from the web pages that `make.py` writes. They are committed as they are: WeasyPrint writes no
date, but its bytes depend on the fonts of the machine (here Liberation Sans). A PDF's identifier is the hash of what it
was printed from, so that `--check` can tell.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).parent

# What a screen shows and a printed plan does not have; and the look of a page that is printed.
PRINT = """
@page { size: A4 landscape; margin: 16mm 14mm 18mm;
        font: 8pt "Liberation Sans"; color: #555;
        @bottom-left { content: "Ashcombe Vale Borough Council" }
        @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
.cookie-banner, .skip, header, nav, footer, main > p { display: none }
body { font: 9.5pt/1.3 "Liberation Sans"; hyphens: none }
h1 { font-size: 18pt; margin: 0 0 4pt } h2 { font-size: 15pt } h3 { font-size: 12pt }
h1, h2, h3 { break-after: avoid }
table { width: 100%; table-layout: fixed; margin-bottom: 12pt }
td, th { padding: 4pt 5pt; text-align: left; vertical-align: top }
th:nth-child(1) { width: 7% } th:nth-child(2) { width: 39% } th:nth-child(3) { width: 12% }
td p, th p { margin: 0 0 4pt } td ul { margin: 2pt 0; padding-left: 12pt }
"""
LOOKS = {
    "2023": "th { background: #dfe8ef } td, th { border: 0.6pt solid #555 } table { border-collapse: collapse }",
    "2024": "td, th { border: none !important } th { font-weight: bold; color: #234 }",
}
TAGGED = {"2023"}


def page_of(year: str) -> str:
    """The web page with the look of print."""
    page = (HERE / f"year-ahead-{year}.html").read_text(encoding="utf-8")
    return page.replace("</head>", f"<style>{PRINT}{LOOKS[year]}</style></head>")


def identifier_of(year: str) -> bytes:
    """The identifier of the PDF: what it is printed from, as a hash."""
    return hashlib.sha256(page_of(year).encode()).hexdigest().encode()


def print_pdf(year: str) -> bytes:
    """The PDF of one year's page."""
    import weasyprint  # type: ignore[import-untyped]

    written = weasyprint.HTML(string=page_of(year)).write_pdf(
        pdf_tags=year in TAGGED, pdf_identifier=identifier_of(year), pdf_version="1.7"
    )
    return bytes(written)


def main() -> int:
    """Write the files, or say which of them are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    check = parser.parse_args().check
    stale = 0
    for year in LOOKS:
        path = HERE / f"year-ahead-{year}.pdf"
        if path.exists() and identifier_of(year) in path.read_bytes():
            continue
        stale += 1
        if not check:
            path.write_bytes(print_pdf(year))
        print(f"{path.name} {'is out of date' if check else 'written'}")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
