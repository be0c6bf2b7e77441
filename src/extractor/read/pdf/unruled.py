"""Tables without a full grid of rules on the pages of a PDF, by `alignment`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from extractor.locations import Box
from extractor.read.alignment import (
    NO_EDGE,
    Column,
    Header,
    Lean,
    Measure,
    Region,
    RowRule,
    Unnamed,
    best_columns,
    build_table,
    header_beside,
    is_all_foot,
    merge_between,
    named,
    names_activities,
    print_measure,
    same_header,
    settle_columns,
    without_foot,
)
from extractor.read.beside import Labels, find_places, goes_on_overleaf, read_beside, true_headers
from extractor.read.foot_groups import FootGroups, add_heading
from extractor.read.overleaf import PageCell, PageTable, takes_up
from extractor.read.pdf.pages import Page
from extractor.read.printed_headers import (
    HeadersSeen,
    cut_header,
    header_rows,
    joined_header,
    named_cells,
    printed_headers,
)
from extractor.read.typeset import TextLine, Word, as_text_line, text_lines
from extractor.text import words as words_in


def header_words(lines: Sequence[list[Word]], measure: Measure | None, count: int) -> set[int]:
    """Identities of the words that are the header of a table and stand on the first `count` lines of a page, or below
    these in the same header; the page's `measure` is known or not."""
    return {
        id(word)
        for first, last in header_rows(lines, measure or print_measure(lines), count)
        for line in lines[first : last + 1]
        for word in line
    }


def has_header(lines: Sequence[list[Word]]) -> bool:
    """Whether header words of a table stand on the lines of a page."""
    measure = print_measure(lines)
    return bool(header_rows(lines, measure)) or find_places(lines, measure) is not None


_HEADER_LINES = 4
_SAME_PLACE = 2.0
_SAME_HEIGHT = 0.7
"""Rules that differ by no more than this, in points, are drawn along one line."""


class Unruled:
    """Finds tables page by page, and remembers the one that may go on overleaf."""

    def __init__(self) -> None:
        self.open: tuple[PageTable, list[Column]] | None = None
        """The last table of the page before, where nothing stands below it."""
        self.ended = False
        """The foot of a web page stands below the tables of the page."""
        self.lean = Lean()
        self.unnamed = Unnamed()
        self.seen = HeadersSeen()
        self.labels = Labels()
        self.beside: PageTable | None = None
        """The last table of labels beside their values."""
        self.header: Header | None = None
        """The header of `open`, where it is all that its page holds of the table."""
        self.groups = FootGroups(_looks_alike)
        self.parts: Counter[str] = Counter()
        """The parts of words that narrow columns tore in headers."""
        self.wholes: Counter[str] = Counter()
        self.counted: dict[int, Word] = {}
        """The first words of the headers that these are from: one may head a table on several pages."""

    def find(
        self,
        sheet: Page,
        lines: list[list[Word]],
        taken: Sequence[Box],
        measure: Measure | None = None,
        following: Sequence[list[Word]] = (),
    ) -> tuple[list[PageTable], list[Word]]:
        """The tables of a page, and the words that are part of none.

        `lines` are the words by line of print, and `measure` is theirs, where it is known; `taken` are the boxes of
        ruled tables; `following` are the lines of the next page, which may hold nothing but the rest of a page's foot.
        """
        if is_all_foot(lines):
            self.open = None
            return [], [word for line in lines for word in line]
        self.ended = False
        foot = lines[without_foot(lines, is_all_foot(following)) :]
        if not foot:
            return self._find(sheet, lines, taken, measure or print_measure(lines), following)
        rest = lines[: -len(foot)]
        self.ended = True
        tables, loose = self._find(sheet, rest, taken, print_measure(rest))
        self.open = None
        return tables, [*loose, *(word for line in foot for word in line)]

    def settle(self) -> None:
        """Puts merged cells over their rows, once all pages are read: what is centred in one tells of the others."""
        merge_between(self.lean)

    def _find(
        self,
        sheet: Page,
        lines: list[list[Word]],
        taken: Sequence[Box],
        measure: Measure,
        following: Sequence[list[Word]] = (),
    ) -> tuple[list[PageTable], list[Word]]:
        """The same without the foot of a web page."""
        headers = true_headers(lines, printed_headers(lines, measure, self.seen.bold), self.labels, measure)
        if not headers and self.open and self.open[0].page == sheet.number - 1:
            beside = header_beside(lines, measure, self.open[1])
            headers = [beside] if beside else []
        if following and (cut := _cut_header(lines, headers, taken, measure, following)):
            headers = [*headers, cut]
        tables: list[PageTable] = []
        loose: list[list[Word]] = []
        if not taken and not self.open and not names_activities(headers):
            tables, loose, lines, headers = self._beside(sheet, lines, headers, measure)
            if not lines:
                return tables, [word for line in loose for word in line]
        rules = row_rules(sheet)
        start = headers[0].first if headers else len(lines)
        known, self.open = self.open, None
        last: tuple[PageTable, list[Column]] | None = None
        alone, self.header = self.header, None
        top = min((box[1] for box in taken), default=sheet.height)
        end = sum(line[0].baseline < top for line in lines[:start])
        if known and known[0].page == sheet.number - 1 and end:
            is_last = end == len(lines) and not taken
            if alone is not None:
                table, rest, columns = self._under(sheet, lines[:end], known[0], alone, not is_last, rules, measure)
            else:
                table, rest, columns = self._carried(sheet, lines[:end], known, not is_last, rules, measure)
            if table:
                rest = self._take_group(table, rest) if is_last else rest
                tables.append(table)
                last = (table, columns) if is_last and not rest else None
            loose.extend(rest)
            loose.extend(lines[end:start])
        else:
            loose.extend(lines[:start])
        whole: Header | None = None
        if alone is not None and known and known[0].page == sheet.number - 1 and headers and not headers[0].first:
            whole = joined_header(alone, headers[0], lines, measure)
            headers = [whole or headers[0], *headers[1:]]
        for number, header in enumerate(headers):
            end = headers[number + 1].first if number + 1 < len(headers) else len(lines)
            self.seen.settle(header, end - header.last - 1)
            goes_on = known is not None and header.first == 0 and same_header(named(known[1]), header)
            before = known if goes_on and alone is None else None
            table, rest, columns = self._table(
                sheet, lines, header, end, number + 1 < len(headers), rules, before, measure
            )
            if table is not None and known and header is whole:
                _move_header(known[0], table)
            elif table is not None and known and goes_on and alone is not None:
                _take_columns(known[0], table, columns)
            if table is None and lines[: header.first] and header.last + 1 == len(lines):
                table, rest, columns = self._header_alone(sheet, header), [], header.columns
                self.header = header
            if table is None:
                loose.extend(lines[header.first : end])
                continue
            rest = rest if end < len(lines) else self._take_group(table, rest)
            tables.append(table)
            loose.extend(rest)
            last = (table, columns) if not rest else None
        self.open = last
        return tables, [word for line in loose for word in line]

    def learn(self, lines: list[list[Word]]) -> Measure:
        """Takes in what labels stand beside their values on a page, before pages are read; gives its measure."""
        measure = print_measure(lines)
        self.labels.learn(lines, measure)
        return measure

    def _beside(
        self, sheet: Page, lines: list[list[Word]], headers: list[Header], measure: Measure
    ) -> tuple[list[PageTable], list[list[Word]], list[list[Word]], list[Header]]:
        """The tables of labels beside their values above the first header of a page, and the lines between them.

        Then the lines that are left, and the headers by their places in them: all where there are no such tables.
        """
        start = headers[0].first if headers else len(lines)
        above = goes_on_overleaf(self.beside, sheet.number)
        places = find_places(lines[:start], measure, self.labels, above is not None)
        if places is None:
            return [], [], lines, headers
        tables, loose = read_beside(sheet.number, lines[:start], places, measure, self.labels, above)
        self.beside = tables[-1] if tables else goes_on_overleaf(above, sheet.number + 1)
        if tables and loose and loose[-1][0].baseline > tables[-1].bottom:
            self.beside = None  # a heading ends the page, and its records stand overleaf
        moved = [replace(header, first=header.first - start, last=header.last - start) for header in headers]
        return tables, loose, lines[start:], moved

    def _table(
        self,
        sheet: Page,
        lines: list[list[Word]],
        header: Header,
        end: int,
        before_header: bool,
        rules: Sequence[RowRule],
        before: tuple[PageTable, list[Column]] | None,
        measure: Measure,
    ) -> tuple[PageTable | None, list[list[Word]], list[Column]]:
        """One table, the lines below it, and its columns; `before` is the table that it goes on from."""
        body = lines[header.last + 1 : end]
        settle_columns(header.columns, body, measure, named(before[1]) if before else ())
        columns, above = self.unnamed.complete(header, body, before[1] if before else None, measure)
        heads = self._heads(columns)
        over = [(each, _header_line(each.words, " ".join(word.text for word in each.words))) for each in above]
        region = Region(sheet.number, columns, heads, body, before_header, over, ended=self.ended)
        return *build_table(region, measure, rules, before[0] if before else None, self.lean), columns

    def _heads(self, columns: Sequence[Column]) -> list[TextLine | None]:
        """The header cells as lines; None where a column has none."""
        heads: list[TextLine | None] = []
        for column in columns:
            heads.append(_header_line(column.words, column.text) if column.words else None)
            drawn = " ".join(word.text for word in column.words)
            if column.words and drawn != column.text and id(column.words[0]) not in self.counted:
                self.counted[id(column.words[0])] = column.words[0]
                self.parts.update(words_in(drawn))
                self.wholes.update(words_in(column.text))
        return heads

    def _header_alone(self, sheet: Page, header: Header) -> PageTable:
        """A table of which its page holds nothing but the header."""
        cells = [PageCell(index, [line]) for index, line in enumerate(self._heads(header.columns)) if line is not None]
        lines = [line for cell in cells for line in cell.lines]
        edges = [*(column.left for column in header.columns), NO_EDGE]
        top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
        return PageTable(sheet.number, top, bottom, edges, [cells], 1, "aligned", True)

    def _under(
        self,
        sheet: Page,
        lines: list[list[Word]],
        head: PageTable,
        header: Header,
        before_header: bool,
        rules: Sequence[RowRule],
        measure: Measure,
    ) -> tuple[PageTable | None, list[list[Word]], list[Column]]:
        """The rows of a header that ends the page before; `head` is its table there, and gets the columns of theirs."""
        whole, count = _with_rest(header, lines, measure)
        table, rest, columns = self._table(
            sheet, lines, replace(whole, last=count - 1), len(lines), before_header, rules, None, measure
        )
        if table is None or 2 * len({cell.column for row in table.rows[table.header_rows :] for cell in row}) <= len(
            columns
        ):
            return None, lines, columns
        _move_header(head, table)
        return table, rest, columns

    def _take_group(self, table: PageTable, rest: list[list[Word]]) -> list[list[Word]]:
        """What stands below the last table of a page; the heading of a group as those within tables is its last row."""
        self.groups.learn(table)
        self._part_last_row(table)
        if len(rest) != 1:
            return rest
        line = as_text_line(rest[0])
        if not self.groups.have_like(line):
            return rest
        add_heading(table, line)
        return []

    def _part_last_row(self, table: PageTable) -> None:
        """Makes a row of a group's heading that ends the text of a page's last row, in bold under light letters."""
        row = table.rows[-1]
        lines = row[0].lines if len(row) > 1 else []
        if len(lines) < 2 or not lines[-1].bold or lines[-2].bold:
            return
        foot = max((line.baseline for cell in row[1:] for line in cell.lines), default=0.0)
        if lines[-1].baseline > foot and self.groups.have_like(lines[-1]):
            table.rows.append([PageCell(0, [lines.pop()], 1, table.width)])

    def _carried(
        self,
        sheet: Page,
        lines: list[list[Word]],
        known: tuple[PageTable, list[Column]],
        before_header: bool,
        rules: Sequence[RowRule],
        measure: Measure,
    ) -> tuple[PageTable | None, list[list[Word]], list[Column]]:
        """The rest of a table that goes on overleaf without its header."""
        before, columns = known
        sizes = sorted(line.size for row in before.rows[before.header_rows :] for cell in row for line in cell.lines)
        size = sizes[len(sizes) // 2] if sizes else 0.0
        region = Region(sheet.number, columns, [None] * len(columns), lines, before_header, ended=self.ended, size=size)
        table, rest = build_table(region, measure, rules, before, self.lean)
        if table is None:
            return None, lines, columns
        if len({cell.column for row in table.rows for cell in row}) < 2 and not takes_up(before, table):
            return None, lines, columns
        return table, rest, columns


def _cut_header(
    lines: list[list[Word]],
    headers: Sequence[Header],
    taken: Sequence[Box],
    measure: Measure,
    following: Sequence[list[Word]],
) -> Header | None:
    """What ends a page of a header whose other cells begin the next; None where its last lines are none."""
    floor = headers[-1].last + 1 if headers else 0
    if floor == len(lines) or any(box[3] > lines[-1][0].baseline for box in taken):
        return None
    return cut_header(lines, floor, following, measure)


def _move_header(head: PageTable, table: PageTable) -> None:
    """Makes the header of a table that of the one on the page before, which is no more than a part of it."""
    head.rows, table.rows = table.rows[: table.header_rows], table.rows[table.header_rows :]
    head.header_rows, table.header_rows = len(head.rows), 0
    head.edges = list(table.edges)


def _take_columns(head: PageTable, table: PageTable, columns: Sequence[Column]) -> None:
    """Gives a header that ends its page the columns without a word in it, which only its table overleaf shows."""
    for index, column in enumerate(columns):
        if not column.words:
            for cell in head.rows[0]:
                cell.column += cell.column >= index
    head.edges = list(table.edges)


def _with_rest(header: Header, lines: Sequence[list[Word]], measure: Measure) -> tuple[Header, int]:
    """A header with what the end of its page cut off it, and how many lines of the next page that is.

    Only bold lines are, and only such that name further columns, or go on with what stands above them.
    """
    words = [word for column in header.columns for word in column.words]
    count = 0
    while count < min(_HEADER_LINES, len(lines)) and all(word.bold for word in lines[count]):
        count += 1
    if not count or header.over or not all(word.bold for word in words):
        return header, 0
    rest = named_cells(lines[:count])
    whole = joined_header(header, Header(0, count - 1, rest), lines, measure) if rest else None
    if whole is not None:
        return whole, count
    first = min(word.baseline for word in words)
    moved = [
        replace(word, baseline=first + 1.2 * number * word.size)
        for number, line in enumerate(lines[:count])
        for word in line
    ]
    scored = best_columns([*words, *moved], measure)
    if scored is None or len(scored[1]) < len(header.columns):
        return header, 0
    return replace(header, columns=scored[1]), count


def _looks_alike(line: TextLine, group: TextLine) -> bool:
    """Whether a line is set as the heading of a group is, in bold or with the same word at its beginning."""
    return (
        line.bold == group.bold
        and abs(line.size - group.size) < 0.2
        and abs(line.x0 - group.x0) < _SAME_PLACE
        and (line.bold or line.text.split()[:1] == group.text.split()[:1])
    )


def _header_line(words: Sequence[Word], text: str) -> TextLine:
    """A header cell as one line, wherever its words were wrapped."""
    lines = [as_text_line(line) for line in text_lines(words)]
    first = lines[0]
    first.text = text
    first.x0, first.x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return first


def row_rules(sheet: Page) -> list[RowRule]:
    """The horizontal rules, and the edges of bands, that are wide enough to part rows, from top to bottom."""
    found = list(_wide(((rule.at, rule.start, rule.end) for rule in sheet.rules if rule.horizontal), sheet.width))
    bands: dict[tuple[int, int], list[Box]] = {}
    """The boxes that have the same top and bottom: a row may be shaded cell by cell."""
    edges: dict[int, list[tuple[float, float]]] = {}
    """Where boxes begin and end at one height: that of a merged cell ends with the last of its rows."""
    for box in sheet.fills:
        ends = round(box[1]), round(box[3])
        bands.setdefault(ends, []).append(box)
        for end in ends:
            edges.setdefault(end, []).append((box[0], box[2]))
    for boxes in bands.values():
        _, top, _, bottom = boxes[0]
        if sum(box[2] - box[0] for box in boxes) > 0.4 * sheet.width and bottom - top < 0.5 * sheet.height:
            found += [RowRule(at, _joined(edges[round(at)])) for at in (top, bottom)]
    return sorted(found, key=attrgetter("at"))


def _wide(rules: Iterable[tuple[float, float, float]], width: float) -> Iterator[RowRule]:
    """The rules, given by height, start and end, that cover much of a page; they may be drawn cell by cell."""
    level: list[tuple[float, float, float]] = []
    for rule in chain(sorted(rules), [(float("inf"), 0.0, 0.0)]):
        if level and rule[0] - level[-1][0] > _SAME_HEIGHT:
            parts = _joined((start, end) for _, start, end in level)
            if sum(end - start for start, end in parts) > 0.3 * width:
                yield RowRule(level[0][0], parts)
            level = []
        level.append(rule)


def _joined(parts: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of one line, those that touch or overlap as one."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(parts):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
