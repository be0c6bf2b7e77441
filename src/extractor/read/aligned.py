"""Texts whose columns are aligned by blanks, such as `pdftotext -layout` and `inscriptis` write them, as blocks.

1. A character is a word's place: what tells columns and rows on a printed page tells them here, see `alignment`.
2. A form feed begins a page; what repeats at its head and foot is furniture.
3. Nothing is cut into cells unless the text shows columns: header words that are known and parted by two blanks or
   more, and text that begins below them.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.document import Block, Furniture, Heading, Paragraph
from extractor.document import Line as DocumentLine
from extractor.locations import Location
from extractor.read import overleaf
from extractor.read.alignment import (
    CHARACTERS,
    Column,
    Header,
    Lean,
    Region,
    Unnamed,
    build_table,
    find_headers,
    named,
    names_activities,
    same_header,
    settle_columns,
)
from extractor.read.beside import Labels, Places, find_places, goes_on_overleaf, read_beside, true_headers
from extractor.read.centred_labels import with_labels_left
from extractor.read.foot_groups import FootGroups, add_heading
from extractor.read.heads import is_upper_row, moved_columns, settle_heads
from extractor.read.merged_people import merge_people
from extractor.read.overleaf import PageCell, PageTable, is_ref, takes_up
from extractor.read.parting import Said, is_one_run
from extractor.read.people_lines import settle_people
from extractor.read.running import EdgeLine, Furnishing
from extractor.read.torn import mend_characters
from extractor.read.typeset import PRIVATE_BULLETS, Para, TextLine, Word, as_text_line, join_texts, paragraphs, to_line
from extractor.rows import PEOPLE
from extractor.text import JOINER, fold, key
from extractor.text import words as split_words
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import header_meaning
from extractor.vocabulary.headings import is_labelled_group, names_body, read_group_heading
from extractor.vocabulary.times import is_timescale

_WORD = re.compile(r"\S+")
_YEARS = re.compile(r"(?:19|20)\d\d(?:(?: ?[-–/] ?| to )(?:\d\d|(?:19|20)\d\d))?")
_NUMBERS = re.compile(r"\d+")
_FEWEST_REFS = 3
_EDGE_LINES = 3
_MIN_ALIGNED, _SURELY_ALIGNED = 0.6, 0.8
_FEW_LINES = 12
"""So many lines of a table overleaf tell less of its columns than the next table on their page does."""
_HEADING_LENGTH = 140

Line = list[Word]
Item = PageTable | list[TextLine] | Furniture


class Aligned(NamedTuple):
    """What a text holds whose columns are aligned by blanks, or drawn."""

    blocks: list[Block]
    parts: Counter[str]
    """The parts of words that a narrow column tore."""
    wholes: Counter[str]
    """These words."""


def read_columns(lines: list[str]) -> Aligned | None:
    """A text whose columns are aligned by blanks; None where it shows no such columns.

    `lines` are the text's lines without their ends; locations count them from 1.
    """
    if sum("\t" in line for line in lines) * 8 > len(lines):
        return None  # parted by tabs, which keep the cells themselves
    pages = [with_labels_left(page) for page in _pages(lines)]
    found = {number: find_headers(page, CHARACTERS) for number, page in enumerate(pages, 1)}
    labels = Labels()
    for page in pages:
        labels.learn(page, CHARACTERS)
    true = {number: true_headers(pages[number - 1], found[number], labels, CHARACTERS) for number in found}
    if any(map(names_activities, true.values())):
        labels = Labels()
    else:
        found = true
    if not labels and not any(found.values()):
        return None
    furniture = _running_lines(pages, found)
    for number, page in enumerate(pages, 1):
        taken = {id(word) for line, _ in furniture[number - 1] for word in line.words}
        if taken:
            pages[number - 1] = [line for line in page if id(line[0]) not in taken]
            found[number] = find_headers(pages[number - 1], CHARACTERS)
    found = settle_heads(pages, found)
    if not labels and not any(_are_columns(pages[number - 1], headers) for number, headers in found.items() if headers):
        return None
    lean, said = Lean(), Said()
    for _ in range(2):  # the first time shows how the document's tables are aligned, and what stands in their columns
        reader = _Reader(lean, said, Counter(_says(header) for headers in found.values() for header in headers), labels)
        for number, page in enumerate(pages, 1):
            following = bool(found.get(number + 1)) and found[number + 1][0].first <= 1
            reader.page(number, page, found[number], furniture[number - 1], following)
        said.asked = True
    blocks = reader.blocks(Counter(itertools.chain.from_iterable(map(split_words, lines))))
    return Aligned(blocks, reader.parts, reader.wholes)


def _running_lines(
    pages: Sequence[Sequence[Line]], found: Mapping[int, Sequence[Header]]
) -> list[list[tuple[EdgeLine, str]]]:
    """The furniture of each page; `found` are the headers of tables by page number, which are none."""
    if len(pages) < 2:
        return [[] for _ in pages]
    furnishing = Furnishing()
    edges = [_edges(number, page) for number, page in enumerate(pages, 1)]
    for lines_of_page, page in zip(edges, pages, strict=True):
        furnishing.look(lines_of_page, page)
    furniture: list[list[tuple[EdgeLine, str]]] = []
    for number, page in enumerate(pages, 1):
        own = {
            id(word)
            for header in found.get(number, ())
            for line in page[_head_of(header, page) : header.last + 1]
            for word in line
        }
        furniture.append(furnishing.strip(edges[number - 1], len(pages), own))
    return furniture


def _head_of(header: Header, page: Sequence[Line]) -> int:
    """The first line of a header, with the row of names above it."""
    above = header.first - 1
    return above if above >= 0 and is_upper_row(page[above], page[header.first]) else header.first


def _text(line: Line) -> str:
    return " ".join(word.text for word in line)


def _pages(lines: Sequence[str]) -> list[list[Line]]:
    """The words of each page, by line; lines without words are left out."""
    pages: list[list[Line]] = [[]]
    order = 0
    for number, raw in enumerate(lines, 1):
        if "\f" in raw:
            if pages[-1]:
                pages.append([])
            raw = raw.replace("\f", "")
        text = raw.expandtabs(8)
        row: Line = []
        for match in _WORD.finditer(text.replace("\u00a0", " ")):
            order += 1
            shown = "•" if match.group() in PRIVATE_BULLETS else match.group()
            row.append(Word(shown, match.start(), match.end(), float(number), 1.0, len(pages), order))
        if row:
            pages[-1].append(row)
    return pages


def _are_columns(lines: Sequence[Line], headers: Sequence[Header]) -> bool:
    """Whether text stands under the header words: most cells after a gap begin where a header word does.

    Where one blank parts most of those, almost all do, and as many as there are lines.
    """
    begun = aligned = 0
    for number, header in enumerate(headers):
        if not any(column.meaning in ("activity", "timescale") for column in header.columns):
            continue  # a table of measures in a list of activities
        gaps = [
            other.words[0].x0 - max(word.x1 for word in one.words)
            for one, other in zip(header.columns, header.columns[1:], strict=False)
        ]
        end = headers[number + 1].first if number + 1 < len(headers) else len(lines)
        below = lines[header.last + 1 : end]
        lefts = [column.left for column in header.columns]
        starts = [word.x0 for line in below for before, word in itertools.pairwise(line) if word.x0 - before.x1 >= 2]
        own = sum(any(abs(start - left) <= 2 for left in lefts) for start in starts)
        parted = sum(gap >= 2 for gap in gaps) * 2 >= len(gaps)
        if parted or (len(starts) >= len(below) and own >= _SURELY_ALIGNED * len(starts)):
            begun += len(starts)
            aligned += own
    return begun >= 4 and aligned >= _MIN_ALIGNED * begun


def _says(header: Header) -> str:
    """What the columns of a header are called, as one text."""
    return key(" | ".join(column.text for column in header.columns))


def _edges(number: int, lines: Sequence[Line]) -> list[EdgeLine]:
    """The first and last lines of a page, as far as something may repeat there."""
    upper = min(_EDGE_LINES, len(lines) // 2)
    lower = min(_EDGE_LINES, len(lines) - upper)
    head = [(index, 0.01 * (index + 1)) for index in range(upper)]
    foot = [(len(lines) - 1 - index, 1 - 0.01 * (index + 1)) for index in range(lower)]
    found = []
    for index, share in [*head, *foot]:
        inner = index + 1 if share < 0.5 else index - 1
        gap = abs(lines[inner][0].baseline - lines[index][0].baseline) if 0 <= inner < len(lines) else 9.0
        found.append(EdgeLine(number, _text(lines[index]), share, tuple(lines[index]), gap))
    return found


class _Reader:
    """Gathers the items of one page after the other."""

    def __init__(self, lean: Lean, said: Said, headers: Counter[str], labels: Labels) -> None:
        self.lean = lean
        self.said = said
        self.labels = labels
        """The labels of records that have them beside their values, where the document has such."""
        self.headers = headers
        """How often the document's headers occur, by what they say."""
        self.items: list[Item] = []
        self.limit = 0.0
        """How far to the right the text reaches."""
        self.open: tuple[PageTable, list[Column]] | None = None
        self.waiting: tuple[int, Header, list[Line]] | None = None
        """A header that ends its page, and its lines."""
        self.beside: PageTable | None = None
        """The last table of labels beside their values."""
        self.records: set[int] = set()
        """The identities of all of them."""
        self.unnamed = Unnamed()
        self.groups = FootGroups(_alike)
        self.parts: Counter[str] = Counter()
        self.wholes: Counter[str] = Counter()

    def page(
        self,
        number: int,
        lines: list[Line],
        headers: Sequence[Header],
        furniture: Sequence[tuple[EdgeLine, str]],
        header_follows: bool,
    ) -> None:
        """Adds a page's furniture, tables and paragraphs; `header_follows`: the next page begins with a header."""
        self.limit = max([self.limit, *(line[-1].x1 for line in lines)])
        for line, kind in furniture:
            where = int(line.words[0].baseline)
            self.items.append(Furniture(fold(line.text), kind, Location(lines=(where, where))))
        start = headers[0].first if headers else len(lines)
        known, self.open = self.open, None
        rest = lines[:start]
        before = goes_on_overleaf(self.beside, number)
        places = find_places(rest, CHARACTERS, self.labels, before is not None) if self.labels else None
        if places:
            self.labelled(number, rest, places, before)
            rest = []
        elif self.waiting:
            rest = self.overleaf(number, rest, bool(headers))
        elif known and start and known[0].page == number - 1:
            own = self.columns_below(lines, headers, known[1]) if len(rest) <= _FEW_LINES else []
            rest = self.carried(number, rest, known, own, bool(headers), header_follows)
        self.text(rest)
        for index, header in enumerate(headers):
            end = headers[index + 1].first if index + 1 < len(headers) else len(lines)
            goes_on = known and index == 0 and not start and same_header(named(known[1]), header)
            before_header = index + 1 < len(headers) or header_follows
            self.table(number, lines, header, end, before_header, known if goes_on else None)

    def labelled(self, number: int, lines: list[Line], places: Places, before: PageTable | None) -> None:
        """Adds labels beside their values as tables of two columns, and the text around them."""
        tables, loose = read_beside(number, lines, places, CHARACTERS, self.labels, before)
        self.beside = tables[-1] if tables else goes_on_overleaf(before, number + 1)
        self.records.update(map(id, tables))
        done = 0
        for table in tables:
            above = sum(line[0].baseline < table.top for line in loose)
            self.text(loose[done:above])
            self.items.append(table)
            done = above
        if any(furniture_kind(_text(line)) is None for line in loose[done:]):
            self.beside = None  # a heading ends the page, and its records stand overleaf
        self.text(loose[done:])

    def carried(
        self,
        number: int,
        lines: list[Line],
        known: tuple[PageTable, list[Column]],
        own: list[Column],
        before_header: bool,
        header_follows: bool,
    ) -> list[Line]:
        """The rest of a table that goes on without its header; returns the lines below it.

        `own` are its columns on this page, where they are known.
        """
        before, columns = known
        columns = own or moved_columns(columns, lines)
        region = Region(number, columns, [None] * len(columns), lines, before_header, said=self.said)
        table, rest = build_table(region, CHARACTERS, [], before, self.lean)
        if table is None:
            return lines
        if len({cell.column for row in table.rows for cell in row}) < 2 and not takes_up(before, table):
            return lines
        table.edges = list(before.edges)  # each page is set in columns of its own
        rest = rest if before_header or header_follows else self.take_group(table, rest)
        self.items.append(table)
        if not rest:
            self.open = (table, columns)
        return rest

    def columns_below(self, lines: list[Line], headers: Sequence[Header], known: Sequence[Column]) -> list[Column]:
        """The columns of the first table with a header on a page, where it is that of the table of the page before: on
        one page both have the same."""
        if not headers or not all(column.words for column in known) or not same_header(known, headers[0]):
            return []
        columns = [replace(column) for column in headers[0].columns]
        end = headers[1].first if len(headers) > 1 else len(lines)
        settle_columns(columns, lines[headers[0].last + 1 : end], CHARACTERS)
        return columns

    def overleaf(self, number: int, lines: list[Line], before_header: bool) -> list[Line]:
        """The rows of a header that ends the page before; returns the lines below them."""
        if self.waiting is None:
            return lines
        (page, header, header_lines), self.waiting = self.waiting, None
        if lines and page == number - 1:
            table, rest, columns = self.under(number, _overleaf(header, lines), lines, before_header, None)
            if table is not None and len({cell.column for row in table.rows[1:] for cell in row}) > 1:
                self.items.append(table)
                self.open = None if rest else (table, columns)
                return rest
        self.unused(header, header_lines)
        return lines

    def unused(self, header: Header, lines: list[Line]) -> None:
        """Adds the lines of a header under which nothing stands: furniture where it is repeated, else text."""
        repeated = self.headers[_says(header)] > 1
        self.furniture(lines if repeated else [], "repeated header")
        self.text([] if repeated else lines)

    def table(
        self,
        number: int,
        lines: list[Line],
        header: Header,
        end: int,
        before_header: bool,
        before: tuple[PageTable, list[Column]] | None,
    ) -> None:
        """Adds the table under a header, and the text below it."""
        body = lines[header.last + 1 : end]
        table, rest, columns = self.under(number, header, body, before_header, before)
        if table is None and not body and not before_header and lines[: header.first]:
            self.waiting = (number, header, lines[header.first :])
            return
        if table is None:
            foot = header.last + 1 if self.headers[_says(header)] > 1 else header.first
            self.furniture(lines[header.first : foot], "repeated header")  # its rows stand overleaf
            self.text(lines[foot:end])
            return
        rest = rest if before_header else self.take_group(table, rest)
        self.items.append(table)
        self.open = None if rest else (table, columns)
        self.text(rest)

    def take_group(self, table: PageTable, rest: list[Line]) -> list[Line]:
        """What stands below the last table of a page; the heading of a group as those within tables is its last row."""
        self.groups.learn(table)
        if len(rest) != 1 or not is_one_run(rest[0]):
            return rest
        line = as_text_line(rest[0])
        if not may_head(line.text) or line.text[:1].islower() or not self.groups.have_like(line):
            return rest
        add_heading(table, line)
        return []

    def under(
        self,
        number: int,
        header: Header,
        body: list[Line],
        before_header: bool,
        before: tuple[PageTable, list[Column]] | None,
    ) -> tuple[PageTable | None, list[Line], list[Column]]:
        """The table under a header, the lines below it, and its columns; `before` is the one that it goes on from."""
        settle_columns(header.columns, body, CHARACTERS)
        columns, above = self.unnamed.complete(header, body, before[1] if before else None, CHARACTERS)
        heads: list[TextLine | None] = [_header_line(column) if column.words else None for column in columns]
        over = [(each, as_text_line(each.words)) for each in above]
        region = Region(number, columns, heads, body, before_header, over, self.said)
        table, rest = build_table(region, CHARACTERS, [], before[0] if before else None, self.lean)
        if table is not None:
            for column in columns:
                self.recount(column)
        return table, rest, columns

    def recount(self, column: Column) -> None:
        """Notes the words of a header that a narrow column tore."""
        parts = Counter(word for each in column.words for word in split_words(each.text))
        wholes = Counter(split_words(column.text.replace(JOINER, " ")))
        self.parts.update(parts - wholes)
        self.wholes.update(wholes - parts)

    def furniture(self, lines: Sequence[Line], kind: str) -> None:
        """Adds lines that are no content."""
        for line in lines:
            where = int(line[0].baseline)
            self.items.append(
                Furniture(fold(" ".join(word.text for word in line)), kind, Location(lines=(where, where)))
            )

    def text(self, lines: Sequence[Line]) -> None:
        """Adds lines outside tables."""
        if lines:
            self.items.append([as_text_line(line) for line in lines])

    def blocks(self, known: Counter[str]) -> list[Block]:
        """The blocks of all pages; tables that go on overleaf are one. `known` are the words of the text."""
        self.overleaf(0, [], False)
        tables = [item for item in self.items if isinstance(item, PageTable)]
        for table in tables:
            _refs_to_their_column(table)
        _refs_of_other_pages(tables)
        parts, wholes = mend_characters(tables, known)
        self.parts.update(parts)
        self.wholes.update(wholes)
        found: list[Block | overleaf.Joined] = []
        run: list[PageTable] = []
        waiting: list[Block] = []
        for index, item in enumerate(self.items):
            if isinstance(item, Furniture):
                (waiting if run else found).append(item)
                continue
            if run and not (isinstance(item, PageTable) and overleaf.follows(run, item)):
                found.extend([overleaf.join_tables(run), *waiting])
                run, waiting = [], []
            if isinstance(item, PageTable):
                overleaf.settle_header(run, item)
                run.append(item)
            else:
                following = next((each for each in self.items[index + 1 :] if not isinstance(each, Furniture)), None)
                before_table = isinstance(following, PageTable) and (
                    bool(following.header_rows) or id(following) in self.records
                )
                found.extend(_text_blocks(item, before_table, self.limit))
        if run:
            found.append(overleaf.join_tables(run))
        joined = [each for each in found if isinstance(each, overleaf.Joined)]
        merge_people([each.parts[0] for each in joined], self.lean.centred > 0)
        settle_people([each.parts[0] for each in joined])
        blocks: list[Block] = []
        for each in [*found, *waiting]:
            blocks.extend(overleaf.to_blocks(each, _place) if isinstance(each, overleaf.Joined) else [each])
        return _with_levels(blocks)


def _with_levels(blocks: list[Block]) -> list[Block]:
    """The blocks, with the headings that come again below those that have labels one level lower: "Actions"."""
    plain = [block for block in blocks if isinstance(block, Heading) and not is_labelled_group(block.text)]
    counts = Counter(block.text for block in plain)
    again = {id(block) for block in plain if counts[block.text] > 1}
    if not any(isinstance(block, Heading) and id(block) not in again for block in blocks):
        return blocks
    return [replace(block, level=3) if isinstance(block, Heading) and id(block) in again else block for block in blocks]


def _refs_to_their_column(table: PageTable) -> None:
    """Moves refs to the column of refs that stand one blank behind the names of groups before it.

    Where characters are placed, a name in wide letters may reach as far as the next column.
    """
    filled = [[cell for cell in row if cell.lines and cell.column_span == 1] for row in table.rows[table.header_rows :]]
    refs: dict[int, list[str]] = {}
    for cell in _refs_in(table):
        refs.setdefault(cell.column, []).append(overleaf.cell_text(cell))
    column = max(refs, key=lambda each: len(refs[each]), default=0)
    if not column or len(refs[column]) < _FEWEST_REFS:
        return
    shapes = {_NUMBERS.sub("0", text) for text in refs[column]}
    for row, cells in zip(table.rows[table.header_rows :], filled, strict=True):
        before = next((cell for cell in cells if cell.column == column - 1), None)
        if before is None or any(cell.column == column for cell in cells):
            continue
        for index, line in enumerate(before.lines):
            name, _, ref = line.text.rpartition(" ")
            if name and is_ref(ref) and _NUMBERS.sub("0", ref) in shapes:
                start = line.x1 - len(ref)
                before.lines[index] = replace(line, text=name, x1=start - 1)
                moved = replace(line, text=ref, x0=start, first_width=len(ref), bold=False, label="")
                row[:] = [cell for cell in row if cell.column != column or cell.lines]
                row.insert(row.index(before) + 1, PageCell(column, [moved]))
                break


def _refs_of_other_pages(tables: Sequence[PageTable]) -> None:
    """Moves the refs of pages that have none in the column of refs out of the one before it, where the names of groups
    are: the header names only that one, and a page on which no group begins shows no text below it.
    """
    found = [_refs_in(table) for table in tables]
    held: dict[int, Counter[int]] = {}
    for table, own in zip(tables, found, strict=True):
        held.setdefault(table.width, Counter()).update(cell.column for cell in own)
    for table, own in zip(tables, found, strict=True):
        column, count = max(held[table.width].items(), key=lambda each: (each[1], -each[0]), default=(0, 0))
        if column and count >= _FEWEST_REFS and 0 < len(own) < count and all(cell.column == column - 1 for cell in own):
            moved = set(map(id, own))
            for row in table.rows[table.header_rows :]:
                if any(id(cell) in moved for cell in row):
                    row[:] = [cell for cell in row if cell.column != column or cell.lines]
                for cell in row:
                    cell.column = column if id(cell) in moved else cell.column


def _refs_in(table: PageTable) -> list[PageCell]:
    """The cells of a table's body that hold a ref and nothing else."""
    return [
        cell
        for row in table.rows[table.header_rows :]
        for cell in row
        if cell.lines and cell.column_span == 1 and is_ref(text := overleaf.cell_text(cell)) and not is_timescale(text)
    ]


def _text_blocks(lines: Sequence[TextLine], before_table: bool, limit: float) -> list[Block]:
    """Paragraphs; the last one before a table is a heading if it is short and no sentence, or the one above what is
    said of the whole table."""
    paras = _with_years(paragraphs(lines, limit))
    last = len(paras) - (before_table and len(paras) > 1 and _is_said_below(*paras[-2:]))
    blocks: list[Block] = []
    for index, para in enumerate(paras, 1):
        line = to_line(para, _place)
        if index == last and before_table and para.kind == "paragraph" and may_head(join_texts(para.lines)):
            above = blocks[-1] if blocks else None
            if isinstance(above, Paragraph) and _heads_heading(
                above.line, line
            ):  # "Priority 1 - Homes" over "Measures"
                blocks[-1] = Heading(above.line.text, 2, above.line.location)
            blocks.append(Heading(line.text, 2, line.location))
        else:
            blocks.append(Paragraph(line))
    return blocks


def _heads_heading(above: DocumentLine, line: DocumentLine) -> bool:
    """Whether the paragraph above a heading without a label is one with a label and a number."""
    group = read_group_heading(above.text)
    labelled = above.kind == "paragraph" and group.kind is not None and group.number is not None
    return labelled and may_head(above.text) and not is_labelled_group(line.text)


def _is_said_below(heading: Para, para: Para) -> bool:
    """Whether a paragraph says below a heading who answers for all of its table ("Sponsor: Director of Place"), or, in
    a sentence, what follows under a heading with a label and a number."""
    text = join_texts(para.lines)
    label, colon, value = text.partition(":")
    if colon and value.strip() and not is_labelled_group(text) and header_meaning(label) in PEOPLE:
        return True
    above = read_group_heading(join_texts(heading.lines))
    return text.endswith((".", ":")) and above.kind is not None and above.number is not None


def _with_years(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs, with the years of a title that stand alone on the line below it in that."""
    found: list[Para] = []
    for para in paras:
        if found and found[-1].kind == para.kind == "paragraph" and _are_its_years(found[-1].lines[-1], para.lines):
            found[-1].lines.extend(para.lines)
        else:
            found.append(para)
    return found


def _are_its_years(before: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether lines are the years that a title on the line before them is for."""
    line = lines[0]
    near = line.baseline - before.baseline <= 1.05 and abs(line.x0 - before.x0) <= 1.05
    return len(lines) == 1 and near and before.text[-1:].isalpha() and _YEARS.fullmatch(line.text) is not None


def may_head(text: str) -> bool:
    """Whether a paragraph right above a table may be its heading: it is short and no sentence."""
    if len(text) > _HEADING_LENGTH or text.endswith((".", ";", ",", ":")):
        return False
    if names_body(text) and not is_labelled_group(text):
        return False
    return furniture_kind(text) is None


def _alike(line: TextLine, group: TextLine) -> bool:
    """Whether a line is set and labelled as the heading of a group is."""
    return (
        abs(line.x0 - group.x0) <= 1.05
        and is_labelled_group(line.text) == is_labelled_group(group.text)
        and line.text[:1].isdigit() == group.text[:1].isdigit()
    )


def _overleaf(header: Header, lines: Sequence[Line]) -> Header:
    """A header with its words where its columns stand on the page after its own."""
    moved = moved_columns(header.columns, lines)
    for before, column in zip(header.columns, moved, strict=True):
        shift = column.left - before.left
        column.words = [replace(word, x0=word.x0 + shift, x1=word.x1 + shift) for word in column.words]
    return replace(header, columns=moved)


def _header_line(column: Column) -> TextLine:
    line = as_text_line(sorted(column.words, key=lambda word: (word.baseline, word.x0)))
    first = min(word.baseline for word in column.words)
    return replace(line, text=column.text, baseline=first, last_line=max(word.baseline for word in column.words))


def _place(lines: Iterable[TextLine]) -> Location:
    """The range of lines that lines of print stand on."""
    numbers = [number for line in lines for number in (line.baseline, line.last_line or line.baseline)]
    return Location(lines=(int(min(numbers)), int(max(numbers))), method="aligned")
