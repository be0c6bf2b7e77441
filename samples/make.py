#!/usr/bin/env python3
"""Prints the sample plans: each `year-ahead-YEAR.toml` as a web page and as text, with what should come out.

    python samples/make.py            writes YEAR.html, YEAR.txt, YEAR.gold.json, and changes.gold.json
    python samples/make.py --check    exits 1 if a file differs from what would be written

The page is marked up as council pages are (spanned cells, blank cells, cookie banner, breadcrumb); the text is
what a crawler keeps of such a page: the cells of a row joined by blanks, save that paragraphs and lists within a
cell stand on lines of their own. Only the standard library is used, and nothing of the extractor.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HEADER = (
    "Ref",
    "Activity",
    "Timescales for completion",
    "Lead officer",
    "Lead directorate",
    "Lead Cabinet Member",
)
PEOPLE = {"officer": "lead_officers", "directorate": "lead_directorates", "member": "lead_cabinet_members"}
NBSP = "\u00a0"

Row = dict[str, Any]
Plan = dict[str, Any]
# A cell is a list of blocks: ("text", words), ("p", words), ("line", words), ("ul", items).
# None is the place of a cell that spans from the row above.
Block = tuple[str, Any]
Cell = list[Block] | None


def load(year: str) -> Plan:
    """The neutral description of one year's plan."""
    return tomllib.loads((HERE / f"year-ahead-{year}.toml").read_text(encoding="utf-8"))


def ref_as_printed(row: Row) -> str:
    """ "2.6 a)" for a sub-item, "2.6" for any other row."""
    return f"{row['ref']} {row['letter']})" if "letter" in row else str(row["ref"])


def ref(row: Row) -> str:
    """The canonical ref: "2.6a"."""
    return str(row["ref"]) + str(row.get("letter", ""))


def bracket(row: Row) -> list[str]:
    """The bracketed lines at the end of the activity's cell."""
    links = [f"{link} outcome" for link in row.get("links", [])]
    return ([f"(Also links to {' and to '.join(links)})"] if links else []) + [
        f"({note})" for note in row.get("notes", [])
    ]


def activity_cell(row: Row) -> Cell:
    """The blocks of the activity's cell."""
    if "letter" in row:
        own = f"{row['letter']}){NBSP} {row['text'][0]}"
        return [("p", row["lead_in"]), ("p", own)] if "lead_in" in row else [("text", own)]
    if row.get("set") != "paragraphs":
        return [("text", row["text"][0])]
    blocks: list[Block] = [("p", words) for words in row["text"]]
    if row.get("items"):
        # After a list, editors leave a line without a paragraph.
        return [*blocks, ("ul", row["items"]), *(("line", words) for words in bracket(row))]
    return [*blocks, *(("p", words) for words in bracket(row))]


def people_cells(plan: Plan, row: Row) -> list[Cell]:
    """The three cells of people."""
    if row.get("people") == "merged":
        return [None, None, None]
    if row.get("people") == "blank":
        return [[("text", NBSP)]] * 3
    lead = plan["leads"][row["lead"]]
    cells: list[Cell] = [[("text", lead[kind])] for kind in PEOPLE]
    if "also" in row:
        cells[2] = [("p", lead["member"]), ("p", row["also"])]
    return cells


def cells_of(plan: Plan, row: Row) -> list[Cell]:
    """The six cells of a row."""
    printed: Cell = [] if row.get("ref_lost") else [("text", ref_as_printed(row))]
    if not row.get("ref_lost") and row.get("set") == "paragraphs" and "letter" not in row:
        printed = [("p", ref_as_printed(row))]
    return [printed, activity_cell(row), [("text", row["due"])], *people_cells(plan, row)]


# --- the web page


def html_cell(blocks: list[Block], span: int = 1) -> str:
    """A `td`."""
    inner = ""
    for kind, content in blocks:
        if kind == "ul":
            inner += "<ul>" + "".join(f"<li>{escape(item, False)}</li>" for item in content) + "</ul>"
        else:
            words = escape(content, False).replace(NBSP, "&nbsp;")
            inner += {"p": f"<p>{words}</p>", "line": f"<div>{words}</div>"}.get(kind, words)
    return (f'<td rowspan="{span}">' if span > 1 else "<td>") + inner + "</td>"


def html_rows(plan: Plan, rows: list[Row]) -> Iterator[str]:
    """The `tr`s of one table."""
    grid = [cells_of(plan, row) for row in rows]
    for index, cells in enumerate(grid):
        out = ""
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            span = 1
            while index + span < len(grid) and grid[index + span][column] is None:
                span += 1
            out += html_cell(cell, span)
        yield f"<tr>{out}</tr>"


def html_page(plan: Plan) -> str:
    """The whole web page."""
    theme, publisher = plan["theme"], plan["publisher"]
    head = "".join(
        f'<th scope="col"><p>{name}</p></th>' if name.startswith("Times") else f'<th scope="col">{name}</th>'
        for name in HEADER
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        f'<head><meta charset="utf-8"><title>{plan["title"]} – {publisher}</title>',
        "<style>table{border-collapse:collapse}td,th{border:1px solid #555;vertical-align:top}</style></head>",
        "<body>",
        '<div class="cookie-banner" role="region" aria-label="Cookies"><p>We use cookies to see how this site '
        "is used.</p><button>Accept</button> <button>Reject</button></div>",
        '<a class="skip" href="#main">Skip to main content</a>',
        f'<header><div class="logo">{publisher}</div><nav aria-label="Main"><ul><li><a href="/">Home</a></li>'
        '<li><a href="/bins">Bins and recycling</a></li><li><a href="/council">Your council</a></li>'
        "</ul></nav></header>",
        '<nav aria-label="Breadcrumb"><ol class="breadcrumb"><li><a href="/">Home</a></li>'
        f'<li><a href="/plan">Council Plan</a></li><li>{escape(theme, False)}</li></ol></nav>',
        '<main id="main">',
        f"<h1>Council Plan theme - {escape(theme, False)}</h1>",
        f"<h2>{plan['title']}</h2>",
    ]
    for number, group in enumerate(plan["groups"]):
        blank = "&nbsp; " if number % 2 == 0 else " "
        parts += [
            f"<h3>Outcome:{blank}{escape(group['title'], False)}</h3>",
            f"<table><thead><tr>{head}</tr></thead>",
            "<tbody>",
            *html_rows(plan, group["rows"]),
            "</tbody></table>",
        ]
    measures = plan["measures"]
    parts += [
        f"<h2>{measures['caption']}</h2>",
        "<table><thead><tr>" + "".join(f'<th scope="col">{name}</th>' for name in measures["header"]) + "</tr></thead>",
        "<tbody>",
        *("<tr>" + "".join(html_cell([("text", cell)]) for cell in row) + "</tr>" for row in measures["rows"]),
        "</tbody></table>",
        '<p><a href="/plan">Back to Council Plan homepage</a></p>',
        "</main>",
        f'<footer><p>Page last updated: {plan["updated"]}</p><ul><li><a href="/contact">Contact us</a></li>'
        '<li><a href="/accessibility">Accessibility statement</a></li></ul>'
        f"<p>© {publisher}</p></footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


# --- the text


class Crawler:
    """Lays blocks out as text: bare words go on in the line, paragraphs and lists stand apart."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""

    def end_line(self) -> None:
        """Finish the line that is being written, if any."""
        if self.line:
            self.lines.append(self.line)
            self.line = ""

    def gap(self) -> None:
        """Leave one empty line."""
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def put(self, blocks: list[Block]) -> None:
        """Write the blocks of one cell or heading."""
        for kind, content in blocks:
            if kind == "text":
                self.line += (" " if self.line else "") + content
            elif kind == "p":
                self.gap()
                self.lines += [content, ""]
            elif kind == "line":
                self.end_line()
                self.lines.append(content)
            else:
                self.end_line()
                self.lines += [f"  • {item}" for item in content]


def text_page(plan: Plan) -> str:
    """What a crawler keeps of the page's main part."""
    out = Crawler()
    out.put([("p", f"Council Plan theme - {plan['theme']}"), ("p", plan["title"])])
    for number, group in enumerate(plan["groups"]):
        blank = f"{NBSP} " if number % 2 == 0 else " "
        out.put([("p", f"Outcome:{blank}{group['title']}")])
        out.put([("p" if name.startswith("Times") else "text", name) for name in HEADER])
        out.end_line()
        for row in group["rows"]:
            for index, cell in enumerate(cells_of(plan, row)):
                if index == 0 and cell and cell[0][0] == "p":
                    cell = [("text", cell[0][1])]
                out.put(cell or [])
            out.end_line()
    measures = plan["measures"]
    out.put([("p", measures["caption"])])
    for cells in (measures["header"], *measures["rows"]):
        out.put([("text", cell) for cell in cells])
        out.end_line()
    out.put([("p", "Back to Council Plan homepage"), ("p", f"Page last updated: {plan['updated']}")])
    return "\n".join(out.lines).rstrip("\n") + "\n"


# --- what should come out


def gold_activity(plan: Plan, group: Plan, row: Row, first: Row) -> Row:
    """One record, as the contract has it; `first` is the row with the lead-in and people of a set of sub-items."""
    titles = {other["title"].lower(): other["title"] for other in plan["groups"]}
    is_sub, is_first = "letter" in row, row is first
    lead = plan["leads"][first["lead"]]
    members = [lead["member"], *([first["also"]] if "also" in first else [])]
    inherited = [] if is_first else ["lead_in", *PEOPLE.values()]
    text = [*row["text"], *(f"• {item}" for item in row.get("items", []))]
    return {
        "ref": ref(row),
        "ref_as_published": None if row.get("ref_lost") else ref_as_printed(row),
        "ref_basis": "inferred" if row.get("ref_lost") else "published",
        "parent_ref": row["ref"] if is_sub else None,
        "group": group["title"],
        "lead_in": first["lead_in"] if is_sub else None,
        "activity": "\n".join(text),
        "items": row.get("items", []),
        "timescale": {
            "as_published": row["due"],
            "start": row.get("from"),
            "end": row.get("to"),
            "ongoing": row.get("ongoing", False),
        },
        "lead_officers": [lead["officer"]],
        "lead_directorates": [lead["directorate"]],
        "lead_cabinet_members": members,
        "inherited": inherited,
        "also_links_to": [
            {"as_published": f"{link} outcome", "title": titles[link.lower()]} for link in row.get("links", [])
        ],
        "notes": row.get("notes", []),
        "status": None,
        "progress": None,
        "extra": {},
    }


def gold(plan: Plan) -> Plan:
    """What a careful reader takes from the plan, in the contract's scored fields."""
    activities = []
    first: Row = {}
    for group in plan["groups"]:
        for row in group["rows"]:
            if "letter" not in row or row["ref"] != first.get("ref"):
                first = row
            activities.append(gold_activity(plan, group, row, first))
    return {
        "schema_version": "1.0",
        "title": plan["title"],
        "theme": plan["theme"],
        "publisher": None,
        "period": plan["period"],
        "groups": [{"kind": "outcome", "title": group["title"]} for group in plan["groups"]],
        "activities": activities,
        "tables": [{name: plan["measures"][name] for name in ("caption", "header", "rows")}],
    }


def changes(old: Plan, new: Plan) -> list[dict[str, list[str]]]:
    """Which rows of the new plan continue which of the old one: connected rows, in document order."""
    was = {ref(row): row.get("was", []) for group in new["groups"] for row in group["rows"]}
    found: list[tuple[set[str], set[str]]] = []
    for name, before in was.items():
        olds, news = set(before), {name}
        for other in [pair for pair in found if pair[0] & olds]:
            found.remove(other)
            olds |= other[0]
            news |= other[1]
        found.append((olds, news))
    kept = {name for olds, _ in found for name in olds}
    order = [ref(row) for plan in (old, new) for group in plan["groups"] for row in group["rows"]]
    gone: list[tuple[set[str], set[str]]] = [
        ({name}, set()) for name in order[: len(order) - len(was)] if name not in kept
    ]
    return [
        {"old_refs": sorted(olds, key=order.index), "new_refs": sorted(news, key=order.index)}
        for olds, news in [*found, *gone]
    ]


def dump(value: Any) -> str:
    """JSON as it is committed."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def outputs() -> dict[Path, str]:
    """Every file that this script writes."""
    plans = {year: load(year) for year in ("2023", "2024")}
    files = {HERE / "changes.gold.json": dump(changes(plans["2023"], plans["2024"]))}
    for year, plan in plans.items():
        stem = HERE / f"year-ahead-{year}"
        files[stem.with_suffix(".html")] = html_page(plan)
        files[stem.with_suffix(".txt")] = text_page(plan)
        files[stem.with_suffix(".gold.json")] = dump(gold(plan))
    return files


def main() -> int:
    """Write the files, or say which of them are out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    check = parser.parse_args().check
    stale = [path for path, text in outputs().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{path.name} {'is out of date' if check else 'written'}")
        if not check:
            path.write_text(outputs()[path], encoding="utf-8", newline="\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
