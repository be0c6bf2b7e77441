"""A sheet as a web page, with the furniture that such pages carry and the looks that its printed form takes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random

from .layouts import Cell, Content, Entry, Heading, Sheet, Table, Text


@dataclass(frozen=True)
class Look:
    """How a printed form looks: paper, letters and what stands at its head and foot."""

    landscape: bool
    font: str
    size: float  # points
    margin: int  # millimetres
    head: str
    foot: str
    numbered: bool
    repeats_head: bool
    shade: str
    centred: bool  # cells stand in the middle of their rows


def look_of(sheet: Sheet) -> Look:
    """The look of a sheet's printed forms, from its seed and style."""
    random = Random(f"look {sheet.plan.seed} {sheet.style.name}")
    many = len(sheet.plan.columns) > 5 and not sheet.style.entries
    return Look(
        landscape=many or random.random() < 0.4,
        font=random.choice(["Arial, sans-serif", "Georgia, serif", "Verdana, sans-serif", "Times New Roman, serif"]),
        size=random.choice([8, 9, 9.5, 10] if many else [9, 10, 11, 12]),
        margin=random.choice([10, 14, 18, 22]),
        head=random.choice(["", sheet.plan.body, sheet.plan.title]),
        foot=random.choice(["", sheet.plan.body, sheet.plan.title]),
        numbered=random.random() < 0.8,
        repeats_head=random.random() < 0.6,
        shade=random.choice(["", "#d9e2f3", "#1f3864", "#e7e6e6"]),
        centred=random.random() < 0.2,
    )


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _inner(content: Content, manner: str, random: Random) -> str:
    """The inside of a cell: bare text and line breaks, or an element for each paragraph."""
    if manner == "mixed":
        manner = random.choice(["plain", "p"])
    if not content:
        return random.choice(["", "&nbsp;"])
    out, bare = "", False
    for part in content:
        if isinstance(part, tuple):
            out += "<ul>" + "".join(f"<li>{_lines(item)}</li>" for item in part) + "</ul>"
            bare = False
        elif manner == "plain":
            out += ("<br>" if bare else "") + _lines(part)
            bare = True
        else:
            out += f"<{manner}>{_lines(part)}</{manner}>"
    return out


def _cell(cell: Cell, manner: str, random: Random) -> str:
    tag = "th" if cell.head and manner != "strong" else "td"
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")
    if manner == "strong":
        inner = f"<strong>{_inner(cell.content, 'plain', random)}</strong>"
    else:
        inner = _inner(cell.content, manner, random)
    return f"<{tag}{spans}>{inner}</{tag}>"


def _table(table: Table, manner: str, random: Random) -> str:
    heading = random.choice(["plain", "strong"])  # how the rows of groups are marked up: <th>, or <td> with <strong>

    def rows(cells: list[list[Cell]], manner: str, heading: str) -> str:
        return "\n".join(
            "<tr>" + "".join(_cell(cell, heading if cell.head else manner, random) for cell in row) + "</tr>"
            for row in cells
        )

    widths = "".join(f'<col style="width:{100 * width / sum(table.widths):.1f}%">' for width in table.widths)
    return (
        f"<table><colgroup>{widths}</colgroup>\n<thead>\n{rows(table.head, 'plain', 'plain')}\n</thead>\n"
        f"<tbody>\n{rows(table.rows, manner, heading)}\n</tbody></table>"
    )


def _entry(entry: Entry, random: Random, heading: str) -> str:
    if entry.manner == "upright":
        rows = ([("Ref", (entry.ref,))] if entry.ref else []) + entry.values
        cells = "\n".join(
            f"<tr><th>{escape(label)}</th><td>{_inner(value, 'p', random)}</td></tr>" for label, value in rows
        )
        return f"<table><tbody>\n{cells}\n</tbody></table>"
    first, *rest = entry.content
    if entry.manner == "card":
        body = _inner(tuple(rest), "p", random) if rest else ""
        values = "".join(f"<dt>{escape(label)}</dt><dd>{_inner(v, 'p', random)}</dd>" for label, v in entry.values)
        title = f"<{heading}>{f'{entry.ref} ' if entry.ref else ''}{_lines(str(first))}</{heading}>"
        return f"<section class='card'>{title}{body}\n<dl>{values}</dl></section>"
    number = f"<strong>{escape(entry.ref)}</strong> " if entry.ref else ""
    body = f"<p>{number}{_lines(str(first))}</p>" + (_inner(tuple(rest), "p", random) if rest else "")
    pairs = [(escape(label), _lines("\n".join(str(part) for part in value))) for label, value in entry.values]
    if entry.manner == "bullets":
        return (
            body + "\n<ul>" + "".join(f"<li><strong>{label}:</strong> {value}</li>" for label, value in pairs) + "</ul>"
        )
    return body + "\n<p>" + "<br>\n".join(f"{label}: {value}" for label, value in pairs) + "</p>"


def body_of(sheet: Sheet) -> str:
    """The sheet's blocks as HTML."""
    random = Random(f"page {sheet.plan.seed} {sheet.style.name}")
    parts = []
    tag = random.choice(["h2", "h3"] if sheet.style.entries else ["h2", "h2", "h3", "h4", "strong"])
    for block in sheet.blocks:
        if isinstance(block, Heading):
            text, name = escape(block.text, quote=False), "h1" if block.level == 1 else tag
            parts.append(f"<p><strong>{text}</strong></p>" if name == "strong" else f"<{name}>{text}</{name}>")
        elif isinstance(block, Text):
            parts.append(f"<p>{_lines(block.text)}</p>")
        elif isinstance(block, Table):
            parts.append(_table(block, sheet.style.cells, random))
        else:
            parts.append(_entry(block, random, "h4" if tag == "h3" else "h3"))
    return "\n".join(parts)


_RULES = {
    "grid": "td,th{border:1px solid #444}",
    "rows": "td,th{border-bottom:1px solid #888}",
    "none": "",
    "zebra": "tbody tr:nth-child(even){background:#eee} thead th{border-bottom:2px solid #333}",
}


def _style(sheet: Sheet) -> str:
    look = look_of(sheet)
    place = ["top-left", "bottom-left", "bottom-right"]
    texts = [look.head, look.foot, ""]
    boxes = "".join(f'@{p}{{content:"{t}";font-size:8pt}}' for p, t in zip(place, texts, strict=True) if t)
    if look.numbered:
        boxes += '@bottom-right{content:"Page " counter(page) " of " counter(pages);font-size:8pt}'
    dark = look.shade.startswith("#1")
    return (
        f"body{{font-family:{look.font};font-size:{look.size}pt}} table{{width:100%;border-collapse:collapse}} "
        f"td,th{{padding:4px;text-align:left;vertical-align:{'middle' if look.centred else 'top'}}} "
        f"{_RULES[sheet.style.rules]} "
        + (f"thead th{{background:{look.shade};color:{'#fff' if dark else '#000'}}} " if look.shade else "")
        + ("" if look.repeats_head else "thead{display:table-row-group} ")
        + "@media print{.cookies,nav,footer,.skip,form{display:none}} "
        + f"@page{{size:A4 {'landscape' if look.landscape else 'portrait'};margin:{look.margin}mm;{boxes}}}"
    )


def page_of(sheet: Sheet) -> str:
    """The sheet as a whole page: notice of cookies, navigation, the plan, a footer."""
    random = Random(f"furniture {sheet.plan.seed}")
    links = random.sample(["Home", "Pay", "Report", "Apply", "News", "About us", "Jobs", "Contact"], k=5)
    nav = "".join(f"<li><a href='/{n}'>{link}</a></li>" for n, link in enumerate(links))
    notice = "<p>We use cookies to make this site work.</p><button>Accept</button><button>Reject</button>"
    cookies = random.choice([f"<div class='cookies'>{notice}</div>", ""])
    ends = random.choice(["Privacy and cookies", "Accessibility statement", "Freedom of information"])
    last = random.choice(["<p>Was this page helpful? <a href='/y'>Yes</a> <a href='/n'>No</a></p>", ""])
    body = escape(sheet.plan.body)
    return f"""<!DOCTYPE html>
<html lang='en-GB'><head><meta charset='utf-8'><title>{escape(sheet.plan.title)} | {body}</title>
<style>{_style(sheet)}</style></head>
<body>
{cookies}<a class='skip' href='#content'>Skip to main content</a>
<header><p>{body}</p><nav><ul>{nav}</ul></nav></header>
<main id='content'>
{body_of(sheet)}
</main>
<footer>{last}<ul><li><a href='/e'>{ends}</a></li><li><a href='/s'>Site map</a></li></ul><p>© {body}</p></footer>
</body></html>
"""
