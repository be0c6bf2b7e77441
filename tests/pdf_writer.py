"""Writes small PDFs for tests and benchmarks: text in Courier, rules, images, tags; nothing but the standard library.

Coordinates are points from the top left, as the reader gives them.
"""

from __future__ import annotations

import struct
import textwrap
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ADVANCE = 0.6
"""Width of every Courier character, in font sizes."""


@dataclass
class Element:
    """A structure element: its tag, its children (elements, or pairs of page index and marked content), its spans."""

    tag: str
    children: list[Element | tuple[int, int]] = field(default_factory=list)
    attributes: str = ""
    more: str = ""
    """Further entries of its dictionary, such as `/ActualText` or `/C`."""


@dataclass
class Sheet:
    """A page under construction."""

    width: float = 842.0
    height: float = 595.0
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    parts: list[str] = field(default_factory=list)
    marks: int = 0
    in_form: str = ""
    """A form XObject draws all of it: its marked content is named by the tree (`own`), or it is one piece (`whole`)."""
    inherits: bool = False
    """Its media box is that of the page tree's root, which takes it from the first sheet."""

    def text(
        self, x: float, y: float, text: str, size: float = 10.0, bold: bool = False, mark: bool = False, mode: int = 0
    ) -> int:
        """Draws one line with its baseline at `y`; returns its marked-content identifier, or -1."""
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown = f"BT /{'B' if bold else 'F'} {size:g} Tf {mode} Tr {x:.2f} {self.height - y:.2f} Td ({escaped}) Tj ET"
        if not mark:
            self.parts.append(shown)
            return -1
        identifier = self.marks
        self.marks += 1
        self.parts.append(f"/P <</MCID {identifier}>> BDC {shown} EMC")
        return identifier

    def sideways(self, x: float, y: float, text: str, size: float = 10.0) -> None:
        """Draws one line that runs up the page from (x, y)."""
        self.parts.append(f"BT /F {size:g} Tf 0 1 -1 0 {x:.2f} {self.height - y:.2f} Tm ({text}) Tj ET")

    def aslant(self, x: float, y: float, text: str, size: float) -> None:
        """Draws one light line that rises to the right at half a right angle."""
        turn = "0.7071 0.7071 -0.7071 0.7071"
        self.parts.append(f"q 0.8 g BT /B {size:g} Tf {turn} {x:.2f} {self.height - y:.2f} Tm ({text}) Tj ET Q")

    def glyphs(self, x: float, y: float, codes: str, font: str = "U", size: float = 10.0) -> None:
        """Draws glyphs by their codes, in hexadecimal: of a font without a map to text (U), of bullets (S), or
        of bitmaps (T)."""
        self.parts.append(f"BT /{font} {size:g} Tf {x:.2f} {self.height - y:.2f} Td <{codes}> Tj ET")

    def artifact(self, x: float, y: float, text: str, size: float = 8.0) -> None:
        """Draws one line that is marked as no content."""
        self.parts.append("/Artifact BMC")
        self.text(x, y, text, size)
        self.parts.append("EMC")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Strokes a straight line."""
        self.parts.append(f"0.5 w {x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S")

    def shade(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.9) -> None:
        """Fills a box."""
        box = f"{x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f}"
        self.parts.insert(0, f"q {grey:g} g {box} re f Q")

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draws a grey image over the box."""
        self.parts.append(f"q {x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0:.2f} {self.height - y1:.2f} cm /Im Do Q")

    def lying(self, rotate: int) -> Sheet:
        """The same page, shown the same, but drawn on a sheet that its viewer turns by so many degrees."""
        width, height = (self.height, self.width) if rotate in (90, 270) else (self.width, self.height)
        matrix = {
            90: f"0 1 -1 0 {width:g} 0",
            180: f"-1 0 0 -1 {width:g} {height:g}",
            270: f"0 -1 1 0 0 {height:g}",
        }[rotate]
        return Sheet(width, height, rotate, None, [f"{matrix} cm", *self.parts], self.marks)


def write(
    sheets: Sequence[Sheet],
    root: Element | None = None,
    title: str = "",
    tree: str = "",
    stems: tuple[int, int] = (0, 0),
    embed: bool = False,
) -> bytes:
    """The PDF of the sheets; with `root` it is tagged. `tree`: further entries of its tree, such as `/RoleMap`.

    `stems`: how thick the stems of the two fonts, plain and bold, are said to be; 0 where that is not said. `embed`:
    both are embedded, under one name, as programs do that make PDFs in a browser.
    """
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    def stream(data: bytes, extra: str = "") -> bytes:
        packed = zlib.compress(data)
        head = f"<</Length {len(packed)} /Filter /FlateDecode {extra}>> stream\n".encode()
        return head + packed + b"\nendstream"

    catalog, pages = add(""), add("")

    def font(name: str, stem: int) -> int:
        described = ""
        if embed:
            program = add(stream(truetype(name.endswith("Bold"))))
            widths = f"/FirstChar 32 /LastChar 255 /Widths [{' '.join(['600'] * 224)}]"
            descriptor = add(f"<</Type /FontDescriptor /FontName /Plan /Flags 32 /FontFile2 {program} 0 R>>")
            described = f"{widths} /FontDescriptor {descriptor} 0 R"
            return add(f"<</Type /Font /Subtype /TrueType /BaseFont /Plan /Encoding /WinAnsiEncoding {described}>>")
        if stem:
            descriptor = add(f"<</Type /FontDescriptor /FontName /{name} /Flags 32 /StemV {stem}>>")
            described = f" /FontDescriptor {descriptor} 0 R"
        return add(f"<</Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding{described}>>")

    plain, heavy = font("Courier", stems[0]), font("Courier-Bold", stems[1])
    image = add(
        stream(b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    )
    more = (
        _add_odd_fonts(add, stream)
        if any(" Tf " in part and "> Tj" in part for s in sheets for part in s.parts)
        else ""
    )
    kids = []
    forms: dict[int, int] = {}
    for index, sheet in enumerate(sheets):
        drawn = "\n".join(sheet.parts).encode("cp1252", "replace")
        form = ""
        if sheet.in_form:
            fonts = f"/Resources <</Font <</F {plain} 0 R /B {heavy} 0 R>>>>"
            box = f"/BBox [0 0 {sheet.width:g} {sheet.height:g}]"
            forms[index] = add(stream(drawn, f"/Type /XObject /Subtype /Form {box} {fonts}"))
            form = f"/Fm {forms[index]} 0 R"
            drawn = b"/Fm Do" if sheet.in_form == "own" else b"/P <</MCID 0>> BDC /Fm Do EMC"
        content = add(stream(drawn))
        crop = "/CropBox [{:g} {:g} {:g} {:g}]".format(*sheet.crop) if sheet.crop else ""
        media = "" if sheet.inherits else f"/MediaBox [0 0 {sheet.width:g} {sheet.height:g}]"
        kids.append(
            add(
                f"<</Type /Page /Parent {pages} 0 R {media} {crop}"
                f" /Rotate {sheet.rotate} /Contents {content} 0 R /StructParents {index}"
                f" /Resources <</Font <</F {plain} 0 R /B {heavy} 0 R{more}>> /XObject <</Im {image} 0 R {form}>>>>>>"
            )
        )
    whole = f"/MediaBox [0 0 {sheets[0].width:g} {sheets[0].height:g}]" if sheets and sheets[0].inherits else ""
    objects[pages - 1] = (
        f"<</Type /Pages {whole} /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    )
    tagged = _add_tags(root, kids, forms, sheets, add, objects, tree) if root else ""
    info = add(f"<</Title ({title})>>") if title else 0
    objects[catalog - 1] = f"<</Type /Catalog /Pages {pages} 0 R {tagged}>>".encode()
    return assemble(objects, f"/Info {info} 0 R" if info else "", catalog)


def truetype(bold: bool) -> bytes:
    """A font program of one empty glyph, whose table `head` says whether it is bold."""
    tables = {
        b"glyf": bytes(4),
        b"head": struct.pack(
            ">4I2H2Q4hHH3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, -200, 600, 800, int(bold), 6, 2, 0, 0
        ),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, 800, -200, 0, 600, *(0,) * 11, 1),
        b"hmtx": struct.pack(">Hh", 600, 0),
        b"loca": bytes(4),
        b"maxp": struct.pack(">I14H", 0x10000, 1, *(0,) * 13),
    }
    directory, body = b"", b""
    for tag, table in tables.items():
        directory += tag + struct.pack(">3I", 0, 12 + 16 * len(tables) + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return struct.pack(">I4H", 0x10000, len(tables), 0, 0, 0) + directory + body


def assemble(objects: Sequence[bytes], entries: str = "", catalog: int = 1) -> bytes:
    """A PDF of these objects, of which the catalogue has this number; `entries` are more of the trailer's."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += f"trailer <</Size {len(objects) + 1} /Root {catalog} 0 R {entries}>>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _add_odd_fonts(add, stream) -> str:  # type: ignore[no-untyped-def]
    """A composite font without a map to text, a font with bullets of the private use area, and one of bitmaps whose
    glyphs have numbers for names."""
    wide = add(
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Unknown /DW 600"
        " /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>>"
    )
    unmapped = add(
        f"<</Type /Font /Subtype /Type0 /BaseFont /Unknown /Encoding /Identity-H /DescendantFonts [{wide} 0 R]>>"
    )
    to_unicode = add(
        stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
            b"1 begincodespacerange <00> <ff> endcodespacerange\n"
            b"4 beginbfchar\n<41> <f0b7>\n<42> <fb01>\n<43> <f0a7>\n<44> <66006900>\nendbfchar\n\nendcmap end end"
        )
    )
    symbols = add(
        f"<</Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /ToUnicode {to_unicode} 0 R>>"
    )
    glyph = add(stream(b"600 0 0 0 600 700 d1 0 0 600 700 re f"))
    numbered = " ".join(f"/a{code} {glyph} 0 R" for code in range(256))
    names = " ".join(f"/a{code}" for code in range(256))
    bitmap = add(
        "<</Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 600 700] /FirstChar 0"
        f" /LastChar 255 /Widths [{'600 ' * 256}] /Encoding <</Type /Encoding /Differences [0 {names}]>>"
        f" /CharProcs <<{numbered}>> /Resources <<>>>>"
    )
    return f" /U {unmapped} 0 R /S {symbols} 0 R /T {bitmap} 0 R"


def _add_tags(
    root: Element, kids: list[int], forms: dict[int, int], sheets: Sequence[Sheet], add, objects: list[bytes], more: str
) -> str:  # type: ignore[no-untyped-def]
    top = add("")
    owners: dict[tuple[int, int], int] = {}

    def put(element: Element, parent: int) -> int:
        own = add("")
        children = []
        for child in element.children:
            if isinstance(child, Element):
                children.append(f"{put(child, own)} 0 R")
            else:
                page, mark = child
                owners[page, mark] = own
                stream = f"/Stm {forms[page]} 0 R" if sheets[page].in_form == "own" else ""
                children.append(f"<</Type /MCR /Pg {kids[page]} 0 R {stream} /MCID {mark}>>")
        attributes = f"/A <</O /Table {element.attributes}>>" if element.attributes else ""
        entries = f"{attributes} {element.more} /K [{' '.join(children)}]"
        objects[own - 1] = f"<</Type /StructElem /S /{element.tag} /P {parent} 0 R {entries}>>".encode()
        return own

    first = put(root, top)
    numbers = []
    for index, sheet in enumerate(sheets):
        marks = " ".join(
            f"{owners[index, mark]} 0 R" if (index, mark) in owners else "null" for mark in range(sheet.marks)
        )
        numbers.append(f"{index} [{marks}]")
    tree = add(f"<</Nums [{' '.join(numbers)}]>>")
    objects[top - 1] = f"<</Type /StructTreeRoot /K {first} 0 R /ParentTree {tree} 0 R {more}>>".encode()
    return f"/MarkInfo <</Marked true>> /StructTreeRoot {top} 0 R"


# --- tables ------------------------------------------------------------------------------------------------

WIDTHS = (60.0, 330.0, 100.0, 130.0, 130.0)
LEFT, TOP, FOOT = 40.0, 60.0, 545.0
SIZE, PITCH, PAD = 9.0, 11.0, 5.0
HEADER = ("Ref", "Activity", "Timescale", "Lead officer", "Lead directorate")


def wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """The lines of a text in a column."""
    return textwrap.wrap(text, max(int((width - 2 * PAD) / (ADVANCE * size)), 4)) or [""]


def table_pdf(
    rows: Iterable[Sequence[str]],
    style: str = "ruled",
    header: Sequence[str] = HEADER,
    widths: Sequence[float] = WIDTHS,
    repeat: bool = True,
    heading: str = "Delivery Plan 2024/25",
    foot: str = "Northmoor Council",
    rotate: int = 0,
    shown: int = 0,
) -> bytes:
    """A plan of one table: `ruled`, `plain` (no lines, no tags) or `tagged` (no lines); rows break over pages.

    `rotate`: the viewer turns its sheets by so many degrees, on which it is drawn lying. `shown`: it turns them, though
    they are drawn upright.
    """
    writer = _Table(style, header, widths, repeat, foot)
    writer.start(heading)
    for row in rows:
        writer.row(row)
    writer.finish()
    root = Element("Document", [*writer.before, writer.table]) if style == "tagged" else None
    for sheet in writer.sheets:
        sheet.rotate = shown
    return write([sheet.lying(rotate) if rotate else sheet for sheet in writer.sheets], root, heading)


class _Table:
    def __init__(self, style: str, header: Sequence[str], widths: Sequence[float], repeat: bool, foot: str) -> None:
        self.style, self.header, self.widths, self.repeat, self.foot = style, header, widths, repeat, foot
        self.sheets: list[Sheet] = []
        self.before: list[Element] = []
        self.table = Element("Table")
        self.y = 0.0
        self.top = 0.0
        self.edges = [LEFT + sum(widths[:index]) for index in range(len(widths) + 1)]

    @property
    def tagged(self) -> bool:
        return self.style == "tagged"

    def page(self) -> None:
        self.sheets.append(Sheet())
        number = len(self.sheets)
        self.sheets[-1].artifact(LEFT, 575, f"{self.foot} - page {number}")
        self.y = self.top = TOP

    def start(self, heading: str) -> None:
        self.page()
        mark = self.sheets[0].text(LEFT, 40, heading, 16, True, self.tagged)
        self.before.append(Element("H1", [(0, mark)]))
        self.row(self.header, True)

    def row(self, cells: Sequence[str], header: bool = False) -> None:
        lines = [wrap(text, width) for text, width in zip(cells, self.widths, strict=True)]
        height = max(map(len, lines))
        tags = [Element("TH" if header else "TD") for _ in cells]
        done = 0
        self.y += PAD
        while done < height:
            room = int((FOOT - self.y - PAD) / PITCH)
            if room < 1:
                self.turn()
                continue
            sheet = self.sheets[-1]
            for column, texts in enumerate(lines):
                for offset, text in enumerate(texts[done : done + room]):
                    if text:
                        baseline = self.y + offset * PITCH + 8
                        mark = sheet.text(self.edges[column] + PAD, baseline, text, SIZE, header, self.tagged)
                        tags[column].children.append((len(self.sheets) - 1, mark))
            self.y += min(room, height - done) * PITCH
            done += room
        self.y += PAD
        self.rule(self.y)
        self.table.children.append(Element("TR", list(tags)))

    def rule(self, y: float) -> None:
        if self.style == "ruled":
            self.sheets[-1].line(self.edges[0], y, self.edges[-1], y)

    def turn(self) -> None:
        self.finish()
        self.page()
        if self.repeat:
            tagged, self.style = self.style, "plain" if self.tagged else self.style
            table, self.table = self.table, Element("Table")
            self.row(self.header, True)
            self.table, self.style = table, tagged
        self.y += PAD

    def finish(self) -> None:
        if self.style == "ruled":
            self.rule(self.top)
            for x in self.edges:
                self.sheets[-1].line(x, self.top, x, self.y)


def plan_rows(count: int, first: int = 0) -> list[tuple[str, ...]]:
    """Rows of a made-up plan: refs, activities of one to six lines, timescales, officers, directorates.

    `first` is the number in the first activity: with another one no activity has the same text.
    """
    verbs = ("Open", "Review", "Publish", "Repair", "Extend", "Agree")
    things = ("the market hall", "a walking route", "the housing strategy", "four play areas", "the depot roof")
    tails = (
        "with residents and partners, so that more people can use it by the end of the year",
        "and report to committee on what it costs",
        "including the sites that were surveyed last year, the two that were added in spring, and any that the "
        "consultation names, subject to funding from the county and to consent from the landowners",
        "in every ward",
    )
    officers = (
        "Head of Housing",
        "Assistant Director Highways and Transport",
        "Town Clerk",
        "Director of Public Health",
    )
    directorates = ("Place", "Adult Care and Housing", "Corporate Services")
    return [
        (
            f"{1 + index // 20}.{1 + index % 20}",
            f"{verbs[index % 6]} {things[index % 5]} number {first + index} {tails[index % 4]}.",
            f"Quarter {1 + index % 4}",
            officers[index % 4],
            directorates[index % 3],
        )
        for index in range(count)
    ]
