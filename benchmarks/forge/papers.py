"""A sheet as word processors and typesetters make it: .docx, PDF by reportlab, PDF by typst."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from .layouts import Block, Cell, Content, Entry, Heading, Sheet, Table, Text
from .pages import Look, look_of


def spread(table: Table) -> list[tuple[int, int, Cell]]:
    """The cells of a table with their row and column in the grid, the header's rows first."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate([*table.head, *table.rows]):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            found.append((row, column, cell))
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.cols)}
            column += cell.cols
    return found


def _as_table(entry: Entry) -> Table:
    """An upright card as the table of two columns that it is."""
    pairs = ([("Ref", (entry.ref,))] if entry.ref else []) + entry.values
    return Table([], [[Cell((label,), head=True), Cell(value)] for label, value in pairs], [20, 80])


def flat(blocks: list[Block]) -> list[Block | tuple[str, ...]]:
    """The blocks with their cards as headings, paragraphs and bullets, which is how word processors have them."""
    found: list[Block | tuple[str, ...]] = []
    for block in blocks:
        if not isinstance(block, Entry):
            found.append(block)
            continue
        if block.manner == "upright":
            found += [_as_table(block), Text("")]
            continue
        first, *rest = block.content
        words = f"{block.ref} {first}" if block.ref else str(first)
        found.append(Heading(3, words) if block.manner == "card" else Text(words))
        found += [part if isinstance(part, tuple) else Text(part) for part in rest]
        lines = tuple(f"{label}: {'; '.join(str(part) for part in value)}" for label, value in block.values)
        if block.manner == "bullets":
            found.append(lines)
        else:
            found += [Text(line) for line in lines]
    return found


# -- .docx -----------------------------------------------------------------------------------------------------------


def _fill(cell: Any, content: Content, bold: bool) -> None:
    first = True
    for part in content:
        for line in part if isinstance(part, tuple) else [part]:
            paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
            first = False
            if isinstance(part, tuple):
                paragraph.style = "List Bullet"
            paragraph.add_run(line).bold = bold or None


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour.lstrip("#"))
    cell._tc.get_or_add_tcPr().append(shade)


def _docx_table(document: Any, table: Table, look: Look, rules: str) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.oxml import OxmlElement

    count = sum(cell.cols for cell in (table.head or table.rows)[0])
    made = document.add_table(rows=len(table.head) + len(table.rows), cols=count)
    made.style = {"grid": "Table Grid", "none": "Normal Table", "zebra": "Light List"}.get(rules, "Light Shading")
    made.autofit = False
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = int(room * width / sum(table.widths))
    grid = [list(row.cells) for row in made.rows]
    for row, cells in enumerate(grid):
        for cell, width in zip(cells, table.widths, strict=True):
            cell.width = int(room * width / sum(table.widths))
        if row < len(table.head) and look.repeats_head:
            made.rows[row]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, column, cell in spread(table):
        target = grid[row][column]
        if cell.rows * cell.cols > 1:
            target = target.merge(grid[row + cell.rows - 1][column + cell.cols - 1])
        _fill(target, cell.content, cell.head)
        if cell.head and look.shade and not look.shade.startswith("#1"):
            _shade(target, look.shade)
        if look.centred:
            target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("\tPage ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)


def docx_of(sheet: Sheet) -> bytes:
    """The sheet as a document of Word."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    look = look_of(sheet)
    document = docx.Document()
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if look.landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if look.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(look.margin + 4)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = look.font.split(",")[0], Pt(look.size)
    normal.paragraph_format.space_after = Pt(2)
    section.header.paragraphs[0].text = look.head
    section.footer.paragraphs[0].text = look.foot
    if look.numbered:
        _page_number(section.footer.paragraphs[0])
    for block in flat(sheet.blocks):
        if isinstance(block, Table):
            _docx_table(document, block, look, sheet.style.rules)
        elif isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        elif isinstance(block, tuple):
            for item in block:
                document.add_paragraph(item, style="List Bullet")
        elif isinstance(block, Text):
            document.add_paragraph(block.text)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


# -- reportlab -------------------------------------------------------------------------------------------------------


def reportlab_of(sheet: Sheet) -> bytes:
    """The sheet as reportlab sets it."""
    from reportlab.lib import colors, pagesizes
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
    from reportlab.platypus import Table as Ruled
    from reportlab.platypus.doctemplate import LayoutError

    look = look_of(sheet)
    page = pagesizes.landscape(pagesizes.A4) if look.landscape else pagesizes.A4
    font = "Times-Roman" if "serif" in look.font.split(", ")[1:] else "Helvetica"
    bold = {"Times-Roman": "Times-Bold", "Helvetica": "Helvetica-Bold"}[font]
    plain = ParagraphStyle("plain", fontName=font, fontSize=look.size, leading=look.size * 1.2)
    strong = ParagraphStyle("strong", parent=plain, fontName=bold)
    bullet = ParagraphStyle("bullet", parent=plain, leftIndent=10, bulletIndent=2)

    def words(content: Content, style: Any) -> list[Any]:
        made = []
        for part in content:
            if isinstance(part, tuple):
                made += [Paragraph(escape(item), bullet, bulletText="•") for item in part]
            else:
                made.append(Paragraph(escape(part).replace("\n", "<br/>"), style))
        return made

    def table(found: Table) -> Any:
        cells: list[list[Any]] = [
            ["" for _ in range(len(found.widths))] for _ in range(len(found.head) + len(found.rows))
        ]
        drawn: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if look.centred else "TOP")]
        for row, column, cell in spread(found):
            cells[row][column] = words(cell.content, strong if cell.head else plain)
            if cell.rows * cell.cols > 1:
                drawn.append(("SPAN", (column, row), (column + cell.cols - 1, row + cell.rows - 1)))
        if sheet.style.rules == "grid":
            drawn.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        elif sheet.style.rules == "rows":
            drawn.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey))
        elif sheet.style.rules == "zebra":
            drawn.append(("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.whitesmoke]))
        room = page[0] - 2 * look.margin * mm - 12
        widths = [room * width / sum(found.widths) for width in found.widths]
        heads = len(found.head) if look.repeats_head else 0
        return Ruled(cells, colWidths=widths, repeatRows=heads, style=drawn)

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 7.5)
        canvas.drawString(look.margin * mm, page[1] - 8 * mm, look.head)
        canvas.drawString(look.margin * mm, 6 * mm, look.foot)
        if look.numbered:
            canvas.drawRightString(page[0] - look.margin * mm, 6 * mm, f"{document.page}")

    story: list[Any] = []
    for block in flat(sheet.blocks):
        if isinstance(block, Table):
            story += [table(block), Spacer(1, 6)]
        elif isinstance(block, Heading):
            size = look.size + {1: 9, 2: 5}.get(block.level, 1)
            style = ParagraphStyle("heading", fontName=bold, fontSize=size, leading=size * 1.25, spaceAfter=4)
            story.append(Paragraph(escape(block.text), style))
        else:
            content: Content = (block,) if isinstance(block, tuple) else (block.text,)  # type: ignore[union-attr]
            story += [*words(content, plain), Spacer(1, 4)]
    made = BytesIO()
    margins = {f"{side}Margin": look.margin * mm for side in ("left", "right")}
    document = SimpleDocTemplate(made, pagesize=page, topMargin=14 * mm, bottomMargin=14 * mm, invariant=1, **margins)
    try:
        document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    except (LayoutError, TypeError) as error:  # a TypeError comes of the writing of its message
        raise ValueError("merged cells are taller than a page") from error
    return made.getvalue()


# -- typst -----------------------------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return '#"' + inner.replace("\n", '"#linebreak()#"') + '"'


def _typst_content(content: Content, bold: bool = False) -> str:
    parts = []
    for part in content:
        if isinstance(part, tuple):
            parts.append("#list(" + ", ".join(f"[{_quoted(item)}]" for item in part) + ")")
        else:
            parts.append(f"#strong[{_quoted(part)}]" if bold else _quoted(part))
    return "\n\n".join(parts)


def _typst_table(table: Table, look: Look, rules: str) -> str:
    def cells(rows: list[list[Cell]]) -> str:
        return ",\n".join(
            f"table.cell(rowspan: {cell.rows}, colspan: {cell.cols})[{_typst_content(cell.content, cell.head)}]"
            for row in rows
            for cell in row
        )

    stroke = {"grid": "0.5pt", "rows": "(bottom: 0.4pt + gray)", "zebra": "none", "none": "none"}[rules]
    fill = "(_, y) => if calc.even(y) { rgb(235, 235, 235) }" if rules == "zebra" else "none"
    columns = ", ".join(f"{width}fr" for width in table.widths)
    place = "horizon + left" if look.centred else "top + left"
    head = f"table.header(repeat: {str(look.repeats_head).lower()}, {cells(table.head)})," if table.head else ""
    return (
        f"#table(columns: ({columns}), stroke: {stroke}, fill: {fill}, align: {place},\n{head}\n{cells(table.rows)})\n"
    )


def typst_of(sheet: Sheet, folder: Path) -> bytes:
    """The sheet as typst sets it."""
    import typst

    look = look_of(sheet)
    number = "#h(1fr) #context counter(page).display()" if look.numbered else ""
    font = "New Computer Modern" if "Georgia" in look.font else "Libertinus Serif"
    parts = [
        f'#set page(paper: "a4", flipped: {str(look.landscape).lower()}, margin: {look.margin + 4}mm, '
        f"header: [{_quoted(look.head)}], footer: [{_quoted(look.foot)} {number}])",
        f'#set text(font: "{font}", size: {look.size}pt, lang: "en", region: "gb")',
        f"#set document(title: [{_quoted(sheet.plan.title)}])",
    ]
    for block in flat(sheet.blocks):
        if isinstance(block, Table):
            parts.append(_typst_table(block, look, sheet.style.rules))
        elif isinstance(block, Heading):
            parts.append(f"#heading(level: {block.level})[{_quoted(block.text)}]")
        elif isinstance(block, tuple):
            parts.append(_typst_content((block,)))
        elif isinstance(block, Text):
            parts.append(_quoted(block.text))
    source = folder / "typeset.typ"
    source.write_text("\n\n".join(parts), encoding="utf-8")
    data = typst.compile(str(source))
    source.unlink()
    assert isinstance(data, bytes)
    return data
