"""A PDF as a `Document`: by its tag tree, by its ruled lines, or by the alignment of its words, in this order.

1. Each page takes the surest road that agrees with what is drawn on it, and every location names the road.
2. Pages are read one by one and closed at once; their words are kept for a few pages only, so that memory does not
   grow with the length of the document.
3. A page without text is never passed over in silence.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from extractor.document import Block, Document, Furniture, Line, Origin, Paragraph, Table, words_unplaced
from extractor.errors import LimitExceeded, PageMissing
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.profile import Settings
from extractor.read import hyphens, overleaf, torn
from extractor.read.alignment import Measure
from extractor.read.facing import facing
from extractor.read.overleaf import PageCell, PageTable
from extractor.read.pdf import flow, ruled, tags, unruled
from extractor.read.pdf.abreast import asides, beside_tables, side_by_side
from extractor.read.pdf.by_pdfplumber import Patient
from extractor.read.pdf.ligatures import spell_out
from extractor.read.pdf.marks import box_of, in_cells, take_marks
from extractor.read.pdf.nested import outer_grids
from extractor.read.pdf.opening import open_pdf, release_unused, repairs
from extractor.read.pdf.pages import Page, placer, read_page
from extractor.read.pdf.places import join_header, take_columns
from extractor.read.pdf.sideways import cell_lines
from extractor.read.running import EdgeLine, Furnishing, continuation_notes, edge_lines
from extractor.read.typeset import Word, as_text_line, text_lines
from extractor.text import fold
from extractor.text import words as words_in

if TYPE_CHECKING:
    from extractor.read.pdf.scans import Unsure

_CHUNK_PAGES = 16
"""So many pages are held at once, to see what repeats from page to page."""
_OPEN_PAGES = 96
"""After so many pages the document is opened anew."""
_LOST_SHARE = 0.04
_HEAD_LINES = 10
_MOST_PARTED = 16
"""What stands side by side on one page is parted no more often than this."""
_IMAGE_PAGE = 0.3
_QUOTED = 120
"""So many characters of what nobody sees are told."""

Item = flow.FlowText | PageTable | Furniture


def read_pdf(data: bytes, name: str, settings: Settings) -> Document:
    """The document that a PDF holds; `name` is its file name.

    Raises `PasswordNeeded`, `SourceUnreadable` (no PDF, or damaged beyond repair), `PageMissing` and `LimitExceeded`.
    Pages without text, and tags that contradict their page, are doubts of the document.
    """
    reader = _Reader(data, name, settings)
    try:
        return reader.read()
    finally:
        reader.document.close()


@dataclass(slots=True)
class _Held:
    """A page that waits until its neighbours are known."""

    sheet: Page
    tagged: tags.Tagged | None
    furniture: list[tuple[str, list[Word]]] = field(default_factory=list)
    """What stands over or beside the text: kind and words."""
    doubts: list[Doubt] = field(default_factory=list)
    """Doubts that belong to the cell or paragraph that they stand in."""
    lines: list[list[Word]] = field(default_factory=list)
    edges: list[EdgeLine] = field(default_factory=list)
    measure: Measure | None = None
    """What tells the words of `lines` from columns of characters, where that was asked."""


class _Reader:
    """Reads one document page by page."""

    def __init__(self, data: bytes, name: str, settings: Settings) -> None:
        self.document = open_pdf(data, name, settings.password)
        self.data = data
        self.name = name
        self.settings = settings
        self.page_count = len(self.document)
        self.patient = Patient(data, self.page_count, settings.password)
        self.tree = tags.Tree(roles=self.patient.roles)
        self.sheets: dict[int, Page] = {}
        self.trusted: set[int] = set()
        self.distrusted: list[int] = []
        self.items: list[Item] = []
        self.sizes = flow.Sizes()
        self.furnishing = Furnishing()
        self.unruled = unruled.Unruled()
        self.words: Counter[str] = Counter()
        self.without_text: list[int] = []
        self.deadline = float("inf")
        self.scanned: list[int] = []
        self.unseen: dict[int, str] = {}
        """By page, the words that nobody sees."""
        self.by_codes: list[int] = []
        """The pages whose fonts do not say their characters."""
        self.unsure: dict[int, list[Unsure]] = {}
        """Words that character recognition doubts, by page."""
        self.doubts: list[Doubt] = []
        self.repaired: list[Doubt] = []
        self.ligatures = False
        """The document has ligatures that came out as other letters."""
        self.local: list[Doubt] = []
        """Doubts that belong to the cell or paragraph that they stand in."""

    def read(self) -> Document:
        """The whole document."""
        numbers = self.page_numbers()
        self.deadline = time.monotonic() + self.settings.max_seconds
        import pypdfium2.raw as pdfium

        tagged = bool(pdfium.FPDFCatalog_IsTagged(self.document.raw))
        held: list[_Held] = []
        for number in numbers:
            if time.monotonic() > self.deadline:
                raise LimitExceeded(
                    f"{self.name}: reading took longer than {self.settings.max_seconds:g} seconds; page {number} of "
                    f"{self.page_count} was reached."
                )
            held.append(self.read_one(number, tagged))
            if len(held) >= _CHUNK_PAGES:
                self.flush(held)
                held = []
                if number // _OPEN_PAGES > (number - _CHUNK_PAGES) // _OPEN_PAGES:
                    self.reopen()
        self.flush(held)
        title = self.title()
        self.repaired = list(repairs(self.document, self.data))
        self.document.close()  # what it holds takes no room beside the blocks
        if len(numbers) > _OPEN_PAGES:
            release_unused()
        blocks, elsewhere = in_cells(self.blocks(), self.local)
        self.doubts.extend(elsewhere)
        if self.unsure:
            from extractor.read.pdf import scans

            blocks, elsewhere = scans.settle_doubts(blocks, self.unsure, self.sheets)
            self.doubts.extend(elsewhere)
        blocks, halves, wholes = hyphens.settle(blocks)
        self.recount(halves, wholes)
        self.words -= _numbers_of_items(blocks)
        return Document(
            source=self.source(),
            blocks=blocks,
            title=title,
            words=self.words.total(),
            doubts=tuple(self.all_doubts()),
            unplaced=words_unplaced(self.words, blocks),
        )

    def reopen(self) -> None:
        """Lets pdfium forget what it has parsed of the pages read so far: of a tagged document all its elements."""
        self.document.close()
        self.document = open_pdf(self.data, self.name, self.settings.password)

    def page_numbers(self) -> list[int]:
        """The numbers of the pages to read, from 1."""
        wanted = self.settings.pages
        missing = [number for number in wanted if not 1 <= number <= self.page_count]
        if missing:
            pages = f"{self.page_count} page{'s' * (self.page_count != 1)}"
            raise PageMissing(f"{self.name} has {pages}, and no page {missing[0]}.")
        count = len(wanted) or self.page_count
        if count > self.settings.max_pages:
            raise LimitExceeded(f"{self.name} has {count:,} pages to read; the limit is {self.settings.max_pages:,}.")
        return sorted(set(wanted)) or list(range(1, count + 1))

    def read_one(self, number: int, tagged: bool) -> _Held:
        """One page's words, rules and tags; the page is closed again."""
        import pypdfium2.raw as pdfium

        page = pdfium.FPDF_LoadPage(self.document.raw, number - 1)
        if not page:
            return _Held(self.read_damaged(number) or Page(number, 0.0, 0.0, [], [], []), None)
        try:
            sheet = read_page(self.document.raw, page, number)
            if sheet.by_codes:
                self.by_codes.append(number)
            if sheet.unseen:
                self.unseen[number] = " ".join(map(_text, sheet.unseen))
            self.local.extend(_cut_doubts(sheet))
            marks = take_marks(sheet)
            found = tags.read_tags(page, sheet, self.tree) if tagged and sheet.words else None
            if self.settings.ocr and not sheet.words and sheet.image_area > _IMAGE_PAGE:
                sheet = self.read_scan(page, sheet)
        finally:
            pdfium.FPDF_ClosePage(page)
        if not (sheet.words or sheet.rules or sheet.fills or sheet.image_area or marks.furniture):
            rescued = self.patient.page(number)
            if rescued is not None:
                self.doubt_page(number, "was read by slower means")
                return _Held(rescued, None)
        furniture = [*marks.furniture, *(("stamp", line) for line in text_lines(sheet.stamp))]
        return _Held(sheet, found, furniture, marks.doubts)

    def read_scan(self, page: Any, sheet: Page) -> Page:
        """The words and rules of a page that is an image."""
        from extractor.read.pdf import scans

        read, unsure = scans.recognise_page(page, sheet, self.deadline - time.monotonic())
        self.scanned.append(sheet.number)
        if unsure:
            self.unsure[sheet.number] = unsure
        return read

    def read_damaged(self, number: int) -> Page | None:
        """A page that pdfium cannot load, as pdfplumber reads it."""
        rescued = self.patient.page(number)
        self.doubt_page(number, "was read by slower means" if rescued else "could not be read")
        return rescued

    def doubt_page(self, number: int, outcome: str) -> None:
        message = f"Page {number} is damaged and {outcome}."
        self.doubts.append(Doubt("pdf-repaired", message, location=Location(page=number)))

    # From words to items

    def flush(self, held: list[_Held]) -> None:
        """Turns the held pages into items, and lets go of their words."""
        pieces = ([each.sheet.words, *(words for _, words in each.furniture)] for each in held)
        self.ligatures = spell_out(chain.from_iterable(chain.from_iterable(pieces)), self.ligatures)
        for each in held:
            each.lines = text_lines(each.sheet.words)
            if each.tagged is None:
                _set_asides_apart(each)
            each.edges = edge_lines(each.sheet.number, each.sheet.height, each.lines)
            self.furnishing.look(each.edges, each.lines)
            if each.tagged is None:
                each.measure = self.unruled.learn(each.lines)
        for each, after in zip_longest(held, held[1:]):
            self.take(each, after.lines if after is not None else ())
            if each.tagged is not None and each.tagged.tables:
                each.sheet.parting.extend(rule.at for rule in unruled.row_rules(each.sheet))
            each.sheet.words.clear()
            each.sheet.rules.clear()
            each.sheet.fills.clear()

    def take(self, held: _Held, following: Sequence[list[Word]]) -> None:
        """One page's items, by the surest road; `following` are the lines of the next page."""
        sheet = held.sheet
        self.sheets[sheet.number] = sheet
        self.words.update(_words_of(sheet.words))
        self.sizes.add(sheet.words)
        self.local.extend(held.doubts)
        for kind, beside in held.furniture:
            self.words.update(_words_of(beside))
            text = fold(" ".join(word.text for word in beside))
            self.items.append(Furniture(text, kind, sheet.place(box_of(beside))))
        if not sheet.words:
            if sheet.image_area > _IMAGE_PAGE:
                self.without_text.append(sheet.number)
            return
        own = self.tagged_words(held)
        grids: list[ruled.Grid] = []
        if not own:
            grids = outer_grids(sheet, sheet.words, self.columns_before(sheet.number))
            own = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
        furniture = self.furnishing.strip(held.edges, self.page_count, own)
        heads = sum(line.height_share < 0.5 for line, _ in furniture)
        if held.tagged is None and heads:
            # A repeated header is no running head: it is the table's.
            headers = unruled.header_words(held.lines[:_HEAD_LINES], held.measure, heads + 1)
            furniture = self.furnishing.strip(held.edges, self.page_count, own | headers) if headers else furniture
        taken = {id(word) for line in furniture for word in line[0].words}
        if held.tagged is None:
            notes = [note for note in continuation_notes(sheet.number, held.lines) if id(note[0].words[0]) not in taken]
            furniture = [*furniture, *notes]
            taken.update(id(word) for note, _ in notes for word in note.words)
        for line, kind in furniture:
            boxed = as_text_line(list(line.words))
            self.items.append(Furniture(line.text, kind, sheet.place(boxed.box)))
        lines = [
            kept
            for line in held.lines
            if (kept := line if taken.isdisjoint(map(id, line)) else [word for word in line if id(word) not in taken])
        ]
        words = [word for line in lines for word in line]
        if held.tagged is None or not self.by_tags(sheet, held.tagged, words, lines):
            self.by_lines(sheet, words, lines, grids, None if taken else held.measure, following)

    def columns_before(self, number: int) -> Sequence[float]:
        """The edges of the columns of the ruled table that ends the page before `number`; none where none does."""
        above = next((item for item in reversed(self.items) if not isinstance(item, Furniture)), None)
        is_table = isinstance(above, PageTable) and above.method == "ruled" and above.page == number - 1
        return above.edges if isinstance(above, PageTable) and is_table else ()

    def tagged_words(self, held: _Held) -> set[int]:
        """Identities of the words that the page's tag tree holds: what it calls content is no furniture."""
        if held.tagged is None:
            return set()
        reached = held.tagged.reached
        return {id(word) for word in held.sheet.words if word.mcid in reached and not word.form}

    def by_tags(self, sheet: Page, tagged: tags.Tagged, words: list[Word], lines: list[list[Word]]) -> bool:
        """Whether the page's tags are believed; the words that they leave out become items then."""
        lost = [word for word in words if word.mcid not in tagged.reached or word.form]
        stray = [word for word in lost if not word.artifact]
        if len(stray) > max(3, _LOST_SHARE * len(words)) or tagged.repeated:
            self.distrusted.append(sheet.number)
            return False
        if not tagged.tables and self.has_table(sheet, words, lines):
            self.distrusted.append(sheet.number)
            return False
        self.trusted.add(sheet.number)
        for row in text_lines(lost):
            line = as_text_line(row)
            if row[0].artifact:
                # The words of two cells of a header that comes again may touch, and are two all the same.
                self.items.append(Furniture(_as_drawn(row).strip(), "artifact", sheet.place(line.box)))
            else:
                self.items.extend(flow.flow_of(row, "tags", sheet.width))
        return True

    def has_table(self, sheet: Page, words: list[Word], lines: list[list[Word]]) -> bool:
        """Whether lines or recognised header words show a table on the page."""
        grids = outer_grids(sheet, words)
        return any(len(grid.ys) > 2 for grid in grids) or unruled.has_header(lines)

    def by_lines(
        self,
        sheet: Page,
        words: list[Word],
        lines: list[list[Word]],
        grids: list[ruled.Grid],
        measure: Measure | None,
        following: Sequence[list[Word]],
        parted: int = 0,
    ) -> None:
        """A page without believable tags: its ruled tables, then its unruled ones, then the rest.

        Two pages side by side are read one after the other; `parted`: so often what is read was parted from others.
        """
        count = len(words)
        grids = grids or outer_grids(sheet, words, self.columns_before(sheet.number))
        pieces = side_by_side(lines) if parted < _MOST_PARTED else []
        if pieces and not any(grid.box[0] < piece.left < grid.box[2] for grid in grids for piece in pieces):
            halves = [text_lines(piece.words) for piece in pieces]
            for piece, half, after in zip(pieces, halves, [*halves[1:], following], strict=True):
                side = _side_of(sheet, piece.left, piece.right)
                own = [grid for grid in grids if any(_stands_in(word, grid) for word in piece.words)]
                self.by_lines(side, piece.words, half, own, None, after, parted + 1)
            return
        inside = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
        placed: list[tuple[float, Item]] = []
        for top, name in beside_tables(sheet.fills, sheet.width, words):
            if inside.isdisjoint(map(id, name)):
                inside.update(map(id, name))
                texts = flow.flow_of(name, "aligned", max(map(_right, name)))
                placed.extend((top, replace(text, top=top)) for text in texts)
        loose = [word for word in words if id(word) not in inside] if inside else words
        for grid in grids:
            table = _page_table(grid, sheet.number)
            placed.append((table.top, table))
        if len(loose) < count:
            lines, measure = text_lines(loose), None
        tables, loose = self.unruled.find(sheet, lines, [grid.box for grid in grids], measure, following)
        placed.extend((table.top, table) for table in tables)
        # Text between tables must not run together across them.
        cuts = sorted(top for top, _ in placed)
        bands: dict[int, list[Word]] = {}
        for word in loose:
            bands.setdefault(sum(cut < word.baseline for cut in cuts), []).append(word)
        limit = max(map(_right, words), default=0.0)
        for band in bands.values():
            placed.extend((text.top, text) for text in flow.flow_of(band, "aligned", limit))
        placed.sort(key=lambda pair: pair[0])
        self.items.extend(item for _, item in placed)

    # From items to blocks

    def blocks(self) -> list[Block]:
        """All blocks in reading order; tables that go on overleaf are one."""
        self.unruled.settle()
        self.recount(self.unruled.parts, self.unruled.wholes)
        texts = [item for item in self.items if isinstance(item, flow.FlowText)]
        content = [item for item in self.items if not isinstance(item, Furniture)]
        above = {
            id(one)
            for one, other in pairwise(content)
            if isinstance(one, flow.FlowText) and isinstance(other, PageTable) and flow.begins_with(one, other)
        }
        flowing = iter(flow.to_blocks(texts, self.sizes, self.sheets, above))
        blocks: list[Block] = []
        run: list[PageTable] = []
        waiting: list[Block] = []
        for item in self.whole(self.sequence()):
            if isinstance(item, Furniture):
                (waiting if run else blocks).append(item)
                continue
            if run and isinstance(item, flow.FlowText) and self.is_footnote(item):
                waiting.extend(next(flowing))  # the table may go on overleaf
                continue
            if run and isinstance(item, PageTable):
                if len(run) == 1 and join_header(run[0], item):
                    run = []
                else:
                    overleaf.part_header(run[0], item)
                    take_columns(run, item)
            if run and not (isinstance(item, PageTable) and overleaf.follows(run, item)):
                blocks.extend(self.table_blocks(run))
                blocks.extend(waiting)
                run, waiting = [], []
            if isinstance(item, PageTable):
                if item.method == "tags":
                    item.torn_foot = _is_torn(item, self.sheets[item.last_page].parting)
                overleaf.settle_header(run, item)
                run.append(item)
            elif isinstance(item, flow.FlowText):
                blocks.extend(next(flowing))
            else:
                blocks.append(item)
        if run:
            blocks.extend(self.table_blocks(run))
        return flow.join_pages([*blocks, *waiting])

    def is_footnote(self, text: flow.FlowText) -> bool:
        """Whether a text is a sentence behind a mark that was taken out of its page: the note of that."""
        mark, _, note = text.paras[0].lines[0].text.partition(" ")
        return text.paras[-1].lines[-1].text.endswith(".") and any(
            doubt.code == "footnote-mark" and doubt.location.page == text.page and f'mark "{mark}"' in doubt.message
            for doubt in self.local
            if note
        )

    def sequence(self) -> Iterator[Item | tags.TreeItem]:
        """The items of the tree and those of the pages, in reading order."""
        tree = tags.items_of(self.tree, self.sheets, frozenset(self.trusted)) if self.trusted else []
        position = 0
        for item in tree:
            where = _where(item)
            while position < len(self.items) and _where(self.items[position]) < where:
                yield self.items[position]
                position += 1
            yield item
        yield from self.items[position:]

    def whole(self, items: Iterable[Item | tags.TreeItem]) -> Iterator[Item | tags.TreeItem]:
        """The items, tables that run over facing pages put together."""
        sequence = list(items)
        text_on: dict[int, list[float]] = {}
        for item in sequence:
            if not isinstance(item, PageTable | Furniture):
                page, top = _where(item)
                text_on.setdefault(page, []).append(top)
        tables = [item for item in sequence if isinstance(item, PageTable)]
        parts, wholes = torn.mend(tables, self.words)
        self.recount(parts, wholes)
        made, doubts = facing(tables, text_on)
        self.doubts.extend(doubts)
        for item in sequence:
            found = made.get(id(item), item)
            if found is not None:
                yield found

    def recount(self, parts: Counter[str], wholes: Counter[str]) -> None:
        """Counts words for the parts that they were torn into."""
        if parts or wholes:
            self.words = self.words - parts + wholes

    def table_blocks(self, run: list[PageTable]) -> list[Block]:
        return overleaf.to_blocks(overleaf.join_tables(run), placer(self.sheets, run[0].method))

    # What the document says of itself

    def source(self) -> Origin:
        return Origin(
            name=self.name,
            media_type="application/pdf",
            sha256=hashlib.sha256(self.data).hexdigest(),
            size=len(self.data),
            pages=self.page_count,
            encoding=None,
        )

    def title(self) -> str | None:
        """The title of the metadata, if it is one and no file name."""
        title = fold(self.document.get_metadata_value("Title"))
        if not title or title.lower().endswith((".doc", ".docx", ".indd", ".pdf", ".xlsx")):
            return None
        return title.removeprefix("Microsoft Word - ") or None

    def all_doubts(self) -> Iterator[Doubt]:
        yield from self.doubts
        yield from self.repaired
        if self.settings.pages and len(self.settings.pages) < self.page_count:
            yield Doubt(
                "pages-left-out",
                f"{_ranges(self.settings.pages)} of {self.page_count} {_were(self.settings.pages)} read, as asked.",
                location=Location(page=self.settings.pages[0]),
            )
        if self.without_text:
            pages = _ranges(self.without_text)
            yield Doubt(
                "pdf-no-text",
                f"{pages} hold{'s' if len(self.without_text) == 1 else ''} only images: nothing was read there.",
                location=Location(page=self.without_text[0]),
            )
        if self.by_codes:
            yield Doubt(
                "text-unmapped",
                f"The fonts of {_ranges(self.by_codes)} do not say their characters: their codes were read instead.",
                location=Location(page=self.by_codes[0]),
            )
        if self.unseen:
            count = sum(len(words_in(text)) for text in self.unseen.values())
            number, first = next(iter(self.unseen.items()))
            words = f"{count} words of" if count > 1 else "A word of"
            yield Doubt(
                "text-hidden",
                f"{words} {_ranges(list(self.unseen)).lower()} {'are' if count > 1 else 'is'} not seen, by colour or "
                f'beyond the edge, and left out: "{fold(first)[:_QUOTED]}".',
                location=Location(page=number),
            )
        if self.scanned:
            yield Doubt(
                "text-from-ocr",
                f"{_ranges(self.scanned)} {_were(self.scanned)} read by character recognition.",
                location=Location(page=self.scanned[0]),
            )
        if self.distrusted:
            yield Doubt(
                "pdf-tags-distrusted",
                f"The tags of {_ranges(self.distrusted)} contradict what is drawn, and were not used.",
                location=Location(page=self.distrusted[0]),
            )


_text, _right, _glued, _struck = map(attrgetter, ("text", "x1", "glued", "struck"))


def _words_of(page_words: list[Word]) -> list[str]:
    """The words of a page as the ledger counts them; parts without a blank between them are one."""
    if not any(map(_glued, page_words)) and not any(map(_struck, page_words)):
        return words_in(" ".join(map(_text, page_words)))
    return words_in(_as_drawn(word for word in page_words if not word.struck))


def _numbers_of_items(blocks: Iterable[Block]) -> Counter[str]:
    """The numbers and letters that were taken off list items as their markers: they number what is read, and are no
    words of it."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.line)
        elif isinstance(block, Table):
            lines.extend(line for cell in block.cells() for line in cell.lines)
    return Counter(word for line in lines if line.kind == "item" for word in words_in(line.marker))


def _set_asides_apart(held: _Held) -> None:
    """Makes furniture of the asides of a page, and takes the boxes around them off what is drawn."""
    sheet = held.sheet
    for box, aside in asides(sheet.fills, sheet.width, held.lines):
        held.furniture.append(("aside", aside))
        gone = set(map(id, aside))
        sheet.words[:] = [word for word in sheet.words if id(word) not in gone]
        held.lines = text_lines(sheet.words)
        sheet.fills.remove(box)


def _cut_doubts(sheet: Page) -> Iterator[Doubt]:
    """Tells the lines that the edge of a page cuts off, and what boxes hide."""
    for word, rest in sheet.cut:
        yield Doubt(
            "text-hidden",
            f'The edge of the page cuts off the text after "{word.text}": "{fold(rest)[:_QUOTED]}" is not shown.',
            location=sheet.place(box_of([word])),
            severity="warning",
        )
    for blot in sheet.blots:
        yield Doubt(
            "text-hidden",
            "A box hides text here, which was left out.",
            location=sheet.place(blot),
            severity="warning",
        )


def _as_drawn(page_words: Iterable[Word]) -> str:
    """The text of words, a blank before each that is no part of the one before."""
    return "".join([word.text if word.glued else f" {word.text}" for word in page_words])


def _is_torn(table: PageTable, rules: Sequence[float]) -> bool:
    """Whether rules part the rows of a table on its last page, and none stands below them."""
    lines = [line for row in table.rows for cell in row for line in cell.lines if line.page == table.last_page]
    top, foot = min(line.baseline for line in lines), max(line.baseline for line in lines)
    return sum(top < rule < foot for rule in rules) > 1 and not any(rule >= foot for rule in rules)


def _page_table(grid: ruled.Grid, number: int) -> PageTable:
    """A ruled grid as a table of its page."""
    rows: list[list[PageCell]] = [[] for _ in range(len(grid.ys) - 1)]
    for cell in grid.cells:
        rows[cell.row].append(PageCell(cell.column, cell_lines(cell.words), cell.row_span, cell.column_span))
    is_open = not grid.closed_foot
    table = PageTable(number, grid.box[1], grid.box[3], list(grid.xs), rows, 0, "ruled", is_open, is_open)
    overleaf.drop_empty_rows(table)
    table.header_rows = overleaf.find_header(table)
    return table


def _side_of(sheet: Page, left: float, right: float) -> Page:
    """A page with what is drawn between two places of its width: the rules of one side part no rows on the other."""
    rules = [rule for rule in sheet.rules if not rule.horizontal or (rule.start < right and rule.end > left)]
    return replace(sheet, rules=rules, fills=[box for box in sheet.fills if box[0] < right and box[2] > left])


def _stands_in(word: Word, grid: ruled.Grid) -> bool:
    return any(word is other for cell in grid.cells for other in cell.words)


def _where(item: Item | tags.TreeItem) -> tuple[int, float]:
    """Page and top of an item, to order those of the tree and those of the pages."""
    if isinstance(item, PageTable | flow.FlowText):
        return (item.page, item.top)
    location = item.line.location if isinstance(item, Paragraph) else getattr(item, "location", NOWHERE)
    return (location.page or 0, location.bbox[1] if location.bbox else 0.0)


def _were(numbers: Sequence[int]) -> str:
    return "was" if len(numbers) == 1 else "were"


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers for a person: "Pages 1-3, 7"."""
    parts: list[str] = []
    start = last = numbers[0]
    for number in [*numbers[1:], -1]:
        if number == last + 1:
            last = number
            continue
        parts.append(str(start) if start == last else f"{start}-{last}")
        start = last = number
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {', '.join(parts)}"
