"""Tables of a text whose columns are drawn with dashes, as pandoc and others write them, as blocks.

    +-----+-----------+        -------------------
    | Ref | Action    |        Ref   Action
    +=====+===========+        ----- -------------
    | 1   | Mend the  |        1     Mend the
    |     | roof      |              roof
    +-----+-----------+        -------------------

1. The dashes are the columns, always: no header word is needed, and nothing is guessed of where a cell ends.
2. A row is what stands between two borders; without such, between two blank lines; in a table whose header has no line
   of dashes above it, a line (pandoc's manual, "Tables": simple, multiline and grid tables).
3. A line that ends although the next word had room was meant to end; any other goes on in the next one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import NamedTuple

from extractor.document import Block, Cell, Furniture, Heading, Line, Paragraph, Table
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.read.aligned import Aligned, may_head
from extractor.read.chopped import Known, rejoined
from extractor.text import breaks_off, fold, key, words
from extractor.vocabulary.headers import PHRASES, header_meaning
from extractor.vocabulary.roles import names_partner, opens_value
from extractor.vocabulary.times import is_timescale

_BORDER = re.compile(r" *\+(?:[-=:]{3,}\+)+ *")
_RULER = re.compile(r" *-{2,}(?: +-{2,})+ *")
_FULL = re.compile(r" *-{10,} *")
_ITEM = re.compile(r" *(?P<marker>[-*+\u2022]|\d{1,2}[.)]) +(?=\S)")
_HEADING = re.compile(r"(#{1,6}) +(?=\S)")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)(?:\{[^{}]*\})?")
_DASHES = re.compile(r"(?<=\w)--(?=\w)|(?<= )--(?= )")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_DIVISIONS = (":::", "<div", "</div")
_BLOCKS = ("<div>", "</div>")
_TAG = re.compile("</?div>")
_NARROW = 12
"""Characters of a column whose longer words pandoc breaks without a hyphen, so that none is known to be whole."""
_UNWRAPPED = 110
"""Characters of a table or text that is wider than any was set to be: there lines end where they were meant to."""
_CLEAR = 0.95
_LONGEST = 5000
_MOST_HEADER_LINES = 12


class _Drawn(NamedTuple):
    """A table: its lines (indexes, last included), its columns (start and end of each), and the lines of its rows."""

    first: int
    last: int
    columns: Sequence[tuple[int, int]]
    rows: Sequence[Sequence[int]]
    header_rows: int


def read_drawn(lines: Sequence[str]) -> Aligned | None:
    """A text with tables that dashes draw; None for any other text.

    `lines` are the text's lines without their ends; locations count them from 1.
    """
    tables = list(_tables(lines))
    if not tables:
        return None
    marked = any(_HEADING.match(line) for line in lines)
    known = Known(_texts(lines, tables))
    parts = Counter(word for line in lines for word in _unshown(line)) if marked else Counter()
    wholes: Counter[str] = Counter()
    blocks: list[Block] = []
    start = 0
    for table in tables:
        blocks.extend(_between(lines, start, table.first, True, marked))
        blocks.extend(_table(lines, table, marked, known, parts, wholes))
        start = table.last + 1
    blocks.extend(_between(lines, start, len(lines), False, marked))
    return Aligned(blocks, parts, wholes)


def _unshown(line: str) -> Iterator[str]:
    """The words of a line of Markdown that are no text of the document: addresses of links, attributes, tags."""
    if line.startswith(_DIVISIONS):
        yield from words(line)
        return
    for link in _LINK.finditer(line):
        yield from words(line[link.end(1) : link.end()])
    for found in (*_ATTRIBUTES.finditer(line), *_TAG.finditer(line)):
        yield from words(found[0])


def _texts(lines: Sequence[str], tables: Sequence[_Drawn]) -> Iterator[str]:
    """Every line, those of tables cell by cell."""
    start = 0
    for table in tables:
        yield from lines[start : table.first]
        yield from (lines[index][left:right] for row in table.rows for index in row for left, right in table.columns)
        start = table.last + 1
    yield from lines[start:]


def _tables(lines: Sequence[str]) -> Iterator[_Drawn]:
    index = done = 0
    while index < len(lines):
        table = None
        if "--" in lines[index]:
            if _BORDER.fullmatch(lines[index]):
                table = _bordered(lines, index)
            elif _RULER.fullmatch(lines[index]):
                table = _ruled(lines, index, done)
        if table is not None:
            yield table
            index = done = table.last + 1
            continue
        drawn = lines[index].startswith("+")
        index += 1
        while drawn and index < len(lines) and lines[index].startswith(("|", "+")):
            index += 1  # no table, nor is any that begins within it


def _bordered(lines: Sequence[str], first: int) -> _Drawn | None:
    """The table whose upper border this is."""
    marks = [match.start() for match in re.finditer(r"\+", lines[first])]
    columns = [(left + 1, right) for left, right in pairwise(marks)]
    rows: list[list[int]] = []
    header_rows = 0
    row: list[int] = []
    last = first
    for index in range(first + 1, len(lines)):
        line = lines[index].rstrip()
        if _BORDER.fullmatch(line):
            last = index
            if row:
                rows.append(row)
                row = []
            if "=" in line:
                header_rows = len(rows)
        elif len(line) > marks[-1] and all(line[mark] == "|" for mark in (marks[0], marks[-1])):
            row.append(index)
        else:
            break
    clear = all(lines[index][mark] == "|" for row in rows for index in row for mark in marks)
    return _Drawn(first, last, columns, rows, header_rows) if rows and len(columns) > 1 and clear else None


def _ruled(lines: Sequence[str], ruler: int, done: int) -> _Drawn | None:
    """The table whose columns this line of dashes shows; `done` is the first line that is in no table yet."""
    starts = [match.start() for match in re.finditer(r"-+", lines[ruler])]
    columns = list(zip(starts, [*starts[1:], 10_000], strict=True))
    head: list[int] = []
    for index in range(ruler - 1, max(done, ruler - _MOST_HEADER_LINES) - 1, -1):
        if not lines[index].strip() or _FULL.fullmatch(lines[index]):
            break
        head.insert(0, index)
    above = (head[0] if head else ruler) - 1
    framed = bool(head) and above >= done and bool(_FULL.fullmatch(lines[above]))
    if not framed:
        head = head[-1:]
    body, end, last, several = _rows_below(lines, ruler, framed, bool(head))
    if not body:
        return None
    if last == ruler:  # no line of dashes closes it: what keeps to no column stands below
        body[-1] = _without_prose(lines, body[-1], starts)
        end = body[-1][-1]
    rows = [*([head] if head else []), *body]
    if not _is_clear(lines, rows, starts):
        return None
    # Where a closing line of dashes shows that cells go over lines, a blank line ends each row, and no line end does.
    if not several and not framed:
        rows = _lines_as_rows(lines, [index for row in rows for index in row], columns)
    first = above if framed else rows[0][0] if head else ruler
    return _Drawn(first, max(last, end), columns, rows, len(head[:1]))


def _without_prose(lines: Sequence[str], row: list[int], starts: Sequence[int]) -> list[int]:
    """The lines of a table without the last ones that are prose: one run of words that keeps to no column, below a
    first column of numbers. Where any other of the last ones keeps to no column, it may be a row, and all stay."""
    end = len(row)
    while end > 1 and not _is_clear(lines, [row[end - 1 : end]], starts):
        end -= 1
    table, below = row[:end], [lines[index] for index in row[end:]]
    firsts = [first for index in table if (first := lines[index][: starts[1]].strip())]
    numbered = bool(firsts) and all(any(map(str.isdigit, first)) for first in firsts)
    prose = all(
        "  " not in line.strip()
        and not any(map(str.isdigit, line.split()[0]))
        and not any(line[start - 1 : start] == " " and line[start : start + 1].strip() for start in starts[1:])
        for line in below
    )
    return table if numbered and prose else row


def _lines_as_rows(lines: Sequence[str], numbers: Sequence[int], columns: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The rows of a table with a line each; a line goes on with the row above where its first column is blank, the
    first word of each of its cells had no room in the widest line of that column, and its first text shows it.

    A text shows that it goes on with the one above by that one's open end, or by a small letter in a column where no
    row begins with one. A line with all of several other columns filled, or a timescale under another, is a row.
    """
    held = [[lines[index][slice(*column)].strip() for column in columns] for index in numbers]
    widest = [max(map(len, texts)) for texts in zip(*held, strict=True)]
    small = [any(texts[0] and texts[at][:1].islower() for texts in held) for at in range(len(columns))]
    rows: list[list[int]] = []
    for at, (index, texts) in enumerate(zip(numbers, held, strict=True)):
        full = len(texts) > 2 and all(texts[1:])
        if len(rows) > 1 and not texts[0] and not full and _is_rest(texts, held[at - 1], widest, small):
            rows[-1].append(index)
        else:
            rows.append([index])
    return rows


def _is_rest(texts: Sequence[str], above: Sequence[str], widest: Sequence[int], small: Sequence[bool]) -> bool:
    """Whether the cells of a line are the rests of those above; `small` are the columns whose rows may begin small."""
    filled = [at for at, text in enumerate(texts) if text]
    if not filled or not all(above[at] and len(f"{above[at]} {texts[at].split()[0]}") > widest[at] for at in filled):
        return False
    if any(is_timescale(texts[at]) and is_timescale(above[at]) for at in filled):
        return False
    first = filled[0]
    return breaks_off(above[first]) or (texts[first][:1].islower() and not small[first])


def _rows_below(lines: Sequence[str], ruler: int, framed: bool, headed: bool) -> tuple[list[list[int]], int, int, bool]:
    """The rows under a line of dashes, parted by blank lines; the last line of them, that of the closing line of
    dashes, and whether cells go over lines."""
    closes = _FULL if framed else _RULER
    rows: list[list[int]] = []
    row: list[int] = []
    blank = False
    for index in range(ruler + 1, len(lines)):
        line = lines[index]
        if "--" in line and closes.fullmatch(line):
            return [*rows, row] if row else rows, index - 1, index, framed or (blank and not headed)
        if line.strip():
            row.append(index)
            continue
        if headed and not framed:
            break  # a table without a frame ends at a blank line
        blank = True
        if row:
            rows.append(row)
            row = []
    if framed or not headed:
        return [], ruler, ruler, False
    return ([row] if row else []), row[-1] if row else ruler, ruler, False


def _is_clear(lines: Sequence[str], rows: Sequence[Sequence[int]], starts: Sequence[int]) -> bool:
    """Whether what stands under the dashes keeps to the columns: a blank stands before each."""
    places = [lines[index][start - 1 : start] for row in rows for index in row for start in starts[1:]]
    return sum(place in ("", " ") for place in places) >= _CLEAR * len(places)


def _table(
    lines: Sequence[str],
    drawn: _Drawn,
    marked: bool,
    known: Known,
    parts: Counter[str],
    wholes: Counter[str],
) -> Iterator[Table | Furniture]:
    """The table; of a header of two rows, the lower labels stand in the upper row, and those above are furniture."""
    rows: list[tuple[Cell | None, ...]] = []
    places: list[Location] = []
    wide = max(len(lines[index]) for row in drawn.rows for index in row) > _UNWRAPPED and not _is_wrapped(lines, drawn)
    torn = False  # the heading that the rows stand under
    for numbers in drawn.rows:
        place = Location(lines=(numbers[0] + 1, numbers[-1] + 1), method="table")
        header = len(rows) < drawn.header_rows
        cells = [
            _cell(lines, numbers, column, (len(rows), at), marked, wide, header, known)
            for at, column in enumerate(drawn.columns)
        ]
        for column, cell in zip(drawn.columns, cells, strict=True):
            _count_joined(words(" ".join(lines[index][slice(*column)] for index in numbers)), cell, parts, wholes)
        if not header and cells[0].lines and not any(cell.lines for cell in cells[1:]):
            whole = Cell(cells[0].lines, len(rows), 0, column_span=len(cells), location=place, doubts=cells[0].doubts)
            cells = [whole] * len(cells)
            torn = not wide and len(numbers) > 1 and drawn.columns[0][1] - drawn.columns[0][0] <= _NARROW
        elif torn and not header:
            message = "The heading above stands in a narrow column, and its words may have been broken."
            doubt = Doubt("border-inferred", message, "group_id", location=place)
            cells[0] = replace(cells[0], doubts=(*cells[0].doubts, doubt))
        rows.append(tuple(cells))
        places.append(place)
    where = Location(lines=(drawn.first + 1, drawn.last + 1), method="table")
    body, at, over = under_one_header(rows, places)
    yield from over
    yield Table(tuple(body), location=where, row_locations=tuple(at))


def _count_joined(drawn: Sequence[str], cell: Cell, parts: Counter[str], wholes: Counter[str]) -> None:
    """Counts the parts of words that are drawn and those that a cell made of them."""
    made = [word for line in cell.lines for word in words(f"{line.marker} {line.text}")]
    if len(made) != len(drawn) and "".join(made) == "".join(drawn):
        parts.update(Counter(drawn) - Counter(made))
        wholes.update(Counter(made) - Counter(drawn))


def _is_wrapped(lines: Sequence[str], drawn: _Drawn) -> bool:
    """Whether the widths of its columns break the lines of a table: the next word hardly ever had room on a line."""
    breaks = full = 0
    for row in drawn.rows:
        for start, end in drawn.columns:
            for above, below in pairwise(lines[index][start:end].rstrip() for index in row):
                if above.strip() and below.strip():
                    breaks += 1
                    full += _goes_on(above, below.strip(), end - start - 1)
    return breaks >= _FEWEST_BREAKS and full >= _FULL_LINES * breaks


_FEWEST_BREAKS, _FULL_LINES = 8, 0.75

_Rows = Sequence[tuple[Cell | None, ...]]


def under_one_header(rows: _Rows, places: Sequence[Location]) -> tuple[_Rows, Sequence[Location], Sequence[Furniture]]:
    """The rows of a table and their places; of a header of two rows, the lower labels stand in the upper row, and what
    stands over them is furniture."""
    if len(rows) < 2 or not _is_second_header(rows[0], rows[1]):
        return rows, places, ()
    pairs = list(zip(rows[0], rows[1], strict=True))
    over = " ".join(upper.text for upper, lower in pairs if upper and lower and lower.lines)
    lowest = (_labelled(lower) if lower and lower.lines else upper for upper, lower in pairs)
    head = tuple(replace(cell, row_index=0) if cell else None for cell in lowest)
    return [head, *map(_one_up, rows[2:])], [places[0], *places[2:]], (Furniture(over, "column heading", places[0]),)


def _is_second_header(upper: Sequence[Cell | None], lower: Sequence[Cell | None]) -> bool:
    """Whether a row holds labels alone, some below cells of the first that span others, which are empty then."""
    labels = [_label(cell.text.split()) for cell in lower if cell and cell.lines]
    gaps = any(cell and not cell.lines for cell in upper)
    return gaps and 1 < len(labels) < len(upper) and all(header_meaning(text) for text in labels)


def _labelled(cell: Cell) -> Cell:
    return replace(cell, lines=(Line(_label(cell.text.split()), cell.location),))


def _one_up(row: Sequence[Cell | None]) -> tuple[Cell | None, ...]:
    """The cells of a row that stands one row higher; one that spans the row stays one."""
    moved = {id(cell): replace(cell, row_index=cell.row_index - 1) for cell in row if cell}
    return tuple(moved[id(cell)] if cell else None for cell in row)


def _cell(
    lines: Sequence[str],
    numbers: Sequence[int],
    column: tuple[int, int],
    place: tuple[int, int],
    marked: bool,
    wide: bool,
    header: bool,
    known: Known,
) -> Cell:
    start, end = column
    texts = [(number, lines[number][start:end].rstrip()) for number in numbers]
    width = min(end, max(len(lines[number]) for number in numbers)) - start
    numbered = [number for number, text in texts if text.strip()] or list(numbers)
    where = Location(lines=(numbered[0] + 1, numbered[-1] + 1), method="table")
    broken = width <= _NARROW and len(numbered) > 1
    framed = lines[numbered[0]][start - 1 : start] == "|"
    pieces = [fold(text) for _, text in texts if text.strip()]
    short = width <= (_LETTER if place[1] else _SHORTEST) and not (framed and _WORD.search("".join(pieces)))
    if broken and (header or short) and lines[numbered[0]][start:end].strip():
        text = "".join(pieces)
        text = _label(pieces) if header else _FIGURE.sub(" ", _ESCAPE.sub("", _TAG.sub("", text)) if marked else text)
        return Cell((Line(text, where),), *place, location=where)
    unsure = broken
    if framed and len(numbered) > 1:
        texts, unsure = _whole_words(texts, width - 2, known)
    found = _paragraphs(texts, 0 if wide else width - 1, marked)
    message = ""
    if unsure and not wide:
        message = "The column is narrow, and words may have been broken at its lines' ends."
    elif len(found) < len(numbered) and not marked and any(_opens(text) for _, text in texts[1:]):
        message = "A line within reads like a value of its own, and the next may go on with it."
    doubts = (Doubt("border-inferred", message, location=where),) if message else ()
    return Cell(tuple(found), *place, location=where, doubts=doubts)


def _whole_words(texts: Sequence[tuple[int, str]], room: int, known: Known) -> tuple[list[tuple[int, str]], bool]:
    """The lines of a cell with the words whole that are longer than its room, and whether some may be other words.

    Pandoc counts what an item is set in by as part of the word that it cuts: the first part may be nothing but blanks.
    """
    out: list[tuple[int, str]] = []
    unsure = blank = False
    run: list[tuple[int, str]] = []
    inset = 0

    def end_run() -> None:
        nonlocal unsure
        if run:
            found, doubtful = rejoined(run, room, known, inset)
            out.extend((number, f" {leads.get(number, ' ' * inset)}{text}") for number, text in found)
            unsure = unsure or doubtful
            run.clear()

    leads: dict[int, str] = {}
    for number, raw in texts:
        text = raw[1:]
        if not text.strip():
            blank = True
            continue
        item = _ITEM.match(text)
        own = item.end() if item else len(text) - len(text.lstrip())
        cut = bool(run) and not item and own < inset and len(text) == room
        if item or (not cut and (blank or own != inset)):
            end_run()
            if blank:
                out.append((number, ""))
            inset = own
        run.append((number, text[own:]))
        leads[number] = text[:own] if item else " " * inset
        blank = False
    end_run()
    return out, unsure


_FIGURE = re.compile(r"(?<=[a-z])(?=\d)")  # "Action 1.1"
_WORD = re.compile(r"[^\W\d_]{7}")  # ... where no more letters than this show that it does
_SHORTEST = 5  # characters of a first column that holds nothing but refs, a piece on each line
_LETTER = 3  # ... of any that has room for one
_MOST_PIECES = 10


def _opens(text: str) -> bool:
    """Whether a line names a post or a body as a whole, which the width may not have broken off from the one above."""
    return opens_value(text.strip()) or names_partner(text.strip())


def _label(pieces: Sequence[str]) -> str:
    """The label that pieces of words make, which a narrow column broke: the first of all ways that makes a known one.

    >>> _label(["T", "imes", "cale"]), _label(["Exec", "utive", "M", "ember"]), _label(["Lead", "officer"])
    ('Timescale', 'Executive Member', 'Lead officer')
    """
    ways = product((" ", ""), repeat=len(pieces) - 1) if 1 < len(pieces) <= _MOST_PIECES else ()
    texts = ["".join(map("".join, zip(pieces, (*joints, ""), strict=True))) for joints in ways]
    known = next((text for text in texts if key(text) in PHRASES), None)
    if known or (known := next(filter(header_meaning, texts), None)):
        return known
    return " ".join(pieces)


def _paragraphs(texts: Sequence[tuple[int, str]], width: int, marked: bool) -> list[Line]:
    """The paragraphs and items of some lines, those put together that only the width broke; where that is 0, those
    that begin with a small letter."""
    found: list[Line] = []
    before = ""  # the line above, where its paragraph may go on
    for number, raw in texts:
        if not raw.strip():
            before = ""
            continue
        place = Location(lines=(number + 1, number + 1), method="table")
        item = _ITEM.match(raw)
        text = fold(raw[item.end() :] if item else raw)
        if marked:
            text = text.removesuffix("\\").removeprefix(": ")
            if text in _BLOCKS:
                before = ""
                continue
        if item:
            found.append(Line(text, place, kind="item", marker="\u2022" if len(item["marker"]) < 2 else item["marker"]))
        elif before and found and (not before.endswith("\\") if marked else _goes_on(before, text, width)):
            last = found[-1]
            where = Location(lines=(last.location.lines[0] if last.location.lines else number + 1, number + 1))
            apart = "" if last.text.endswith("-") and text[:1].islower() else " "
            found[-1] = Line(f"{last.text}{apart}{text}", where, last.kind, last.marker)
        else:
            found.append(Line(text, place))
        before = raw.rstrip()
    return [_plain(line) for line in found] if marked else found


def _goes_on(before: str, text: str, width: int) -> bool:
    if not width:
        return text[:1].islower() and not _LETTERED.match(text)
    return len(before) + 1 + len(text.split(" ", 1)[0]) > width


_LETTERED = re.compile(r"[a-z]{1,3}\)")


def _plain(line: Line) -> Line:
    """A line without the marks of Markdown; one of great length, which no table holds, as it is."""
    if len(line.text) > _LONGEST:
        return line
    text = _STRONG.sub(r"\2", _LINK.sub(r"\1", line.text))
    text = _ESCAPE.sub("", _DASHES.sub("\u2013", text.replace(" --- ", " \u2014 ")))
    return Line(text, line.location, line.kind, line.marker, bold=bool(_STRONG.fullmatch(line.text)))


def _between(lines: Sequence[str], first: int, end: int, before_table: bool, marked: bool) -> list[Block]:
    """What stands on the lines [first, end): headings that are marked, paragraphs and items; the last paragraph before
    a table is a heading if it is short and no sentence, and nothing marks headings."""
    blocks: list[Block] = []
    texts: list[tuple[int, str]] = []
    width = max((len(lines[index]) for index in range(first, end)), default=0)
    width = 0 if width > _UNWRAPPED else width

    def end_run() -> None:
        blocks.extend(Paragraph(line) for line in _paragraphs(texts, width, marked))
        texts.clear()

    for index in range(first, end):
        heading = _HEADING.match(lines[index])
        if heading:
            end_run()
            text = _ATTRIBUTES.sub("", fold(lines[index][heading.end() :])).rstrip()
            place = Location(lines=(index + 1, index + 1), method="table")
            blocks.append(Heading(_plain(Line(text, place)).text, len(heading[1]), place))
        elif not (marked and lines[index].startswith(_DIVISIONS)):
            texts.append((index, lines[index]))
    end_run()
    if before_table and not marked and blocks and isinstance(last := blocks[-1], Paragraph):
        line = last.line
        listed = len(blocks) > 1 and isinstance(above := blocks[-2], Paragraph) and above.line.kind == "item"
        numbered = line.kind == "item" and line.marker[:1].isdigit() and not listed  # "1. Homes" over its table
        text = f"{line.marker} {line.text}" if numbered else line.text
        if (numbered or line.kind == "paragraph") and may_head(text):
            blocks[-1] = Heading(text, 2, line.location)
    return blocks
