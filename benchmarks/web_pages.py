#!/usr/bin/env python3
"""Prints what reading web pages costs, beside BeautifulSoup over lxml taking the bare cells from the same pages.

    python benchmarks/web_pages.py [--rows 100 1000 10000] [--runs 5]

For each number of rows: microseconds a row for the bare cells, for the reader (page -> Document) and for the
whole extraction (page -> records), and their ratios to the bare cells. Processor time, best of the runs; the
three take turns, so that a busy machine slows all of them. Exit status 1 where the whole extraction of the
second page takes more than 3 times the bare cells, or a row of the last page costs twice a row of the first.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable
from functools import partial

from bs4 import BeautifulSoup

from extractor.pipeline import extract_bytes
from extractor.profile import Settings
from extractor.read.from_html import read_html

_HEADERS = ("Ref", "Activity", "Timescales for completion", "Lead officer", "Lead directorate", "Lead Cabinet Member")
_WORDS = [
    "deliver",
    "open",
    "refresh",
    "publish",
    "agree",
    "the",
    "a",
    "new",
    "second",
    "plan",
    "strategy",
    "home",
    "centre",
    "programme",
    "review",
    "survey",
    "of",
    "for",
    "with",
    "residents",
    "tenants",
    "young",
    "people",
    "schools",
    "partners",
    "across",
    "every",
    "neighbourhood",
    "borough",
    "by",
    "working",
    "together",
    "on",
    "health",
    "housing",
    "jobs",
    "skills",
    "roads",
    "parks",
    "culture",
    "safety",
]
_LIMIT = 3.0


def page(rows: int) -> bytes:
    """A page with one table of so many actions, in outcomes of twenty; always the same."""
    chance = random.Random(rows)
    parts = ["<!DOCTYPE html><html><head><meta charset=utf-8><title>Delivery Plan 2024/25</title></head><body>"]
    parts.append("<main><h1>Delivery Plan 2024/25</h1>")
    header = "".join(f"<th><strong>{word}</strong></th>" for word in _HEADERS)
    for number in range(rows):
        group, item = divmod(number, 20)
        if item == 0:
            parts.append("</tbody></table>" if group else "")
            parts.append(f"<h2>Outcome: Number {group + 1}</h2><table><thead><tr>{header}</tr></thead><tbody>")
        text = " ".join(chance.choices(_WORDS, k=28)).capitalize() + "."
        shape = number % 3
        if shape == 0:
            text = f"<p>{text}</p>\n<p><em>(Also links to Number 1 outcome)</em></p>"
        elif shape == 1:
            text = f"<p>{text}</p><ul><li>{text[:40]}</li><li>{text[40:90]}</li></ul>"
        cells = (
            f"{group + 1}.{item + 1}",
            text,
            f"Quarter {number % 4 + 1}",
            f"Assistant Director, Service {number % 17}",
            "Children and Young People’s Services",
            f"Cabinet Member for Portfolio {number % 7}",
        )
        parts.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n")
    parts.append("</tbody></table></main></body></html>")
    return "".join(parts).encode()


def bare_cells(data: bytes) -> int:
    """What the least program does: every cell's text, and nothing known about it."""
    soup = BeautifulSoup(data, "lxml")
    return len([[cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in soup.find_all("tr")])


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run, beginning with no garbage about."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    """Print the table; exit 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    settings = Settings()
    per_row: list[float] = []
    ratios: list[float] = []
    print(f"{'rows':>7} {'bare':>8} {'reader':>8} {'whole':>8}   microseconds a row; ratio to bare: reader, whole")
    for rows in options.rows:
        data = page(rows)
        works: list[Callable[[], object]] = [
            partial(bare_cells, data),
            partial(read_html, data, "plan.html", settings),
            partial(extract_bytes, data, "plan.html", settings),
        ]
        runs = options.runs if rows < 5_000 else 1
        best = [min(times) for times in zip(*([seconds(work) for work in works] for _ in range(runs)), strict=True)]
        bare, reader, whole = (1e6 * figure / rows for figure in best)
        per_row.append(whole)
        ratios.append(whole / bare)
        print(f"{rows:>7} {bare:>8.1f} {reader:>8.1f} {whole:>8.1f}   {reader / bare:.2f}, {whole / bare:.2f}")
    wanted = ratios[min(1, len(ratios) - 1)]
    return 0 if wanted <= _LIMIT and per_row[-1] <= 2 * per_row[0] else 1


if __name__ == "__main__":
    sys.exit(main())
