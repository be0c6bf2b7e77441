"""A table element -> its grid, by the HTML standard's table model (section 4.9.12).

1. Row groups stand in the order in which a browser shows them: the first `thead`, the others, the first `tfoot`.
2. A cell that spans is cut to its row group, and takes only places that are free: a place that two cells claim
   belongs to the one above.
3. Columns in which no cell begins, and rows in which none does, carry nothing and are left out; so
   `colspan="1000"` over a table of six columns covers six.
4. A grid is bounded: spans count up to the standard's limits, and to the number of places that memory allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bs4 import Tag
from bs4.element import NavigableString

from extractor.document import Cell, Line, Row, Table
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.read.html.colours import unread_colours
from extractor.read.html.flow import CellFlow, Context, struck_doubt
from extractor.read.html.styles import is_for_screen_readers, is_undisplayed
from extractor.read.repeated_headers import with_header
from extractor.text import count_words, fold

MAX_COLUMN_SPAN = 1_000
MAX_ROW_SPAN = 65_534
MAX_PLACES = 3_000_000
"""Places that a grid may have."""

_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_DIGITS = re.compile(r"\s*(\d{1,12})")
_FIGURE = re.compile(r"[\d.,%£$€()\s/-]+\Z")


@dataclass(slots=True)
class _Place:
    """A cell on its way into the grid."""

    tag: Tag
    number: int
    """Its number among the elements of its name in the row, from 1."""
    row_index: int
    """Its row in the grid that the source describes, from 0."""
    column: int
    column_span: int = 1
    row_span: int = 1
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _RowSource:
    """A row as the source has it."""

    tag: Tag
    group: str
    cells: list[tuple[Tag, int]]


@dataclass(slots=True)
class Grid:
    """What became of a table element."""

    table: Table
    doubts: list[Doubt] = field(default_factory=list)
    nested: list[Tag] = field(default_factory=list)
    """Tables within its cells."""
    controls: list[Tag] = field(default_factory=list)
    """Form controls within its cells."""
    strays: list[Line] = field(default_factory=list)
    """Lines that stand in no cell of the grid."""
    has_headings: bool = False


def build(context: Context, table: Tag) -> Grid:
    """The grid of a table."""
    place = Location(path=context.paths.of(table), method="table")
    result = Grid(Table((), location=place))
    groups, caption = _groups(context, table, result)
    rows: list[_RowSource] = []
    grid: list[list[_Place | None]] = []
    budget = _Budget(MAX_PLACES)
    usual = _usual_width(groups)
    for group in groups:
        rows.extend(group)
        grid.extend(_place_group(group, len(grid), budget, usual))
    width = _width(grid)
    if budget.exceeded or width * len(grid) > MAX_PLACES:
        width = min(width, max(1, MAX_PLACES // max(1, len(grid))))
        budget.exceeded = True
    if budget.exceeded:
        result.doubts.append(
            Doubt(
                "markup-limit",
                "The table claims more rows and columns than any page can hold; it was read up to the limit.",
                location=place,
            )
        )
    finished, places = _fill(context, rows, grid, width, result)
    finished = _with_bold_headers(finished)
    result.table = Table(
        tuple(finished),
        caption,
        _header_rows(finished, places),
        place,
        tuple(location for location, _ in places),
    )
    if labels := _written_labels(finished, grid, width):
        context.unwritten_words += sum(map(count_words, labels.values()))
        result.table = with_header(result.table, labels)
    return result


_LABEL_ATTRIBUTES = ("data-label", "data-th", "data-title", "data-header", "data-heading", "data-column", "data-name")
"""Where pages keep the header of a cell's column, which a style sheet shows beside it on small screens."""


def _written_labels(rows: list[Row], grid: list[list[_Place | None]], width: int) -> dict[int, str]:
    """By column, what the attributes of all its cells say that it is called, in a table that shows no header at all."""
    if any(cell is not None and cell.header for row in rows for cell in row):
        return {}
    labels: dict[int, str] = {}
    for slots in grid:
        for column, slot in enumerate(slots[:width]):
            if slot is None or slot.column != column or slot.column_span > 1:
                continue
            label = next((fold(str(slot.tag.attrs[name])) for name in _LABEL_ATTRIBUTES if name in slot.tag.attrs), "")
            if not label or labels.setdefault(column, label) != label:
                return {}
    first = {column: cell.text for column, cell in enumerate(rows[0]) if cell is not None} if rows else {}
    said = any(text and text == labels.get(column) for column, text in first.items())
    return {} if said or len(labels) < width or len(set(labels.values())) < width else labels


class _Budget:
    """How many places may still be filled."""

    __slots__ = ("exceeded", "left")

    def __init__(self, left: int) -> None:
        self.left = left
        self.exceeded = False

    def take(self, wanted: int) -> int:
        """As many of the wanted places as are left, but at least one."""
        if wanted <= self.left:
            self.left -= wanted
            return wanted
        self.exceeded = True
        granted, self.left = max(1, self.left), 0
        return granted


def _groups(context: Context, table: Tag, result: Grid) -> tuple[list[list[_RowSource]], str | None]:
    """The table's row groups in the order in which they are shown, and its caption."""
    head: list[_RowSource] | None = None
    foot: list[_RowSource] | None = None
    bodies: list[list[_RowSource]] = []
    implied: list[_RowSource] | None = None
    caption: str | None = None
    for child in table.contents:
        if not isinstance(child, Tag):
            _stray_text(child, result)
            continue
        name = child.name
        if name == "tr":
            if not _is_out(context, child, table):
                if implied is None:
                    implied = []
                    bodies.append(implied)
                implied.append(_row(context, child, "tbody", result))
            continue
        if name in _ROW_GROUPS:
            implied = None
            if _is_out(context, child, table):
                continue
            rows = _group_rows(context, child, result)
            if name == "thead" and head is None:
                head = rows
            elif name == "tfoot" and foot is None:
                foot = rows
            else:
                bodies.append(rows)
        elif name in ("td", "th"):
            bodies.append([_RowSource(child, "tbody", [(child, 1)])])
        elif name == "caption" and caption is None:
            if not _is_out(context, child, table):
                caption = " ".join(line.text for line in _stray_lines(context, child, result, keep=False)) or None
        elif name not in ("colgroup", "col"):
            _stray_lines(context, child, result)
    return [group for group in (head, *bodies, foot) if group], caption


def _group_rows(context: Context, group: Tag, result: Grid) -> list[_RowSource]:
    rows: list[_RowSource] = []
    for child in group.contents:
        if not isinstance(child, Tag):
            _stray_text(child, result)
        elif child.name == "tr":
            if not _is_out(context, child, group):
                rows.append(_row(context, child, group.name, result))
        elif child.name in ("td", "th"):
            rows.append(_RowSource(child, group.name, [(child, 1)]))
        else:
            _stray_lines(context, child, result)
    return rows


def _row(context: Context, row: Tag, group: str, result: Grid) -> _RowSource:
    cells: list[tuple[Tag, int]] = []
    numbers = {"td": 0, "th": 0}
    styled = context.styles.names
    for child in row.contents:
        if isinstance(child, Tag):
            name = child.name
            if name in numbers:
                numbers[name] += 1
                if (child.attrs or name in styled) and _is_out(context, child, row, displayed=False):
                    continue
                cells.append((child, numbers[name]))
            else:
                _stray_lines(context, child, result)
        else:
            _stray_text(child, result)
    return _RowSource(row, group, cells)


def _is_out(context: Context, tag: Tag, parent: Tag, displayed: bool = True) -> bool:
    """Whether a part of a table is not shown; a cell that is merely invisible keeps its place (`displayed=False`)."""
    styles = context.styles
    if not tag.attrs and tag.name not in styles.names and "*" not in styles.names:
        return False
    properties = styles.of(tag)
    if displayed:
        hidden = styles.hides(tag, properties)
    else:
        hidden = is_undisplayed(properties) or tag.attrs.get("hidden", "until-found") != "until-found"
    if hidden:
        context.hidden_words += count_words(" ".join(tag.strings))
    return hidden


def _stray_text(node: object, result: Grid) -> None:
    if type(node) is NavigableString and not node.isspace():
        text = fold(str(node))
        if text:
            result.strays.append(Line(text, result.table.location))


def _stray_lines(context: Context, tag: Tag, result: Grid, keep: bool = True) -> list[Line]:
    """The lines of something in a table that is no cell."""
    flow = CellFlow(context, Location(path=context.paths.of(tag), method="table"), whole=True)
    lines = flow.read_whole(tag)
    result.doubts.extend(flow.doubts)
    if keep:
        result.strays.extend(lines)
    return lines


def _span(tag: Tag, name: str, limit: int, budget: _Budget) -> int:
    """The span that an attribute claims, from 0; 1 where it is missing or no number."""
    value = tag.attrs.get(name)
    match = _DIGITS.match(value) if isinstance(value, str) else None
    if match is None:
        return 1
    number = int(match[1])
    if number > limit:
        budget.exceeded = True
        return limit
    return number


_HEADER_SEARCH = 3


def _usual_width(groups: list[list[_RowSource]]) -> int:
    """How many columns the first row of several cells claims: that of the header; 0 where there is none."""
    first = [row for group in groups[:_HEADER_SEARCH] for row in group[:_HEADER_SEARCH]][:_HEADER_SEARCH]
    header = next((row for row in first if len(row.cells) > _HEADER_SEARCH - 1), None)
    if header is None or any("rowspan" in tag.attrs for tag, _ in header.cells):
        return 0
    return _claimed(header)


def _claimed(row: _RowSource) -> int:
    return sum(max(1, _span(tag, "colspan", MAX_COLUMN_SPAN, _Budget(0))) for tag, _ in row.cells)


def _without_overlong(
    running: list[tuple[_Place, int]], row: _RowSource, index: int, first_row: int, usual: int
) -> list[tuple[_Place, int]]:
    """The cells from above that go on into a row: the first ends before it, where the row has one column too many with
    it and as many as the header without it."""
    carried = sum(cell.column_span for cell, _ in running)
    cell = running[0][0]
    if not usual or carried + _claimed(row) <= usual or carried + _claimed(row) - cell.column_span != usual:
        return running
    cell.row_span = first_row + index - cell.row_index
    return running[1:]


_ABOVE = Doubt(
    "value-inherited", "The row has no cell for its group; it is the row's above.", "group_id", severity="info"
)


def _ended_too_early(running: list[tuple[_Place, int]], row: _RowSource, index: int, usual: int) -> _Place | None:
    """The cell at the left, such as a group's, that ends a row too early by a slip of the author's: it ended above
    a row that has as few cells as those beside it, and no cell for its columns."""
    ended = [cell for cell, last in running if last == index - 1]
    if not usual or len(ended) != 1 or len(running) > 1 or ended[0].column:
        return None
    return ended[0] if _claimed(row) == usual - ended[0].column_span else None


def _place_group(rows: list[_RowSource], first_row: int, budget: _Budget, usual: int = 0) -> list[list[_Place | None]]:
    """The places of a row group's cells; cells that span rows end with the group.

    A cell that spans a row too many, by a slip of the author's, ends before the row that has its columns without it;
    `usual` is how many columns the header has.
    """
    grid: list[list[_Place | None]] = []
    running: list[tuple[_Place, int]] = []  # Cells from rows above and the index of their last row.
    for index, row in enumerate(rows):
        slots: list[_Place | None] = []
        too_short = _ended_too_early(running, row, index, usual)
        if too_short is not None:
            too_short.row_span += 1
            running = [(too_short, index)]
        if running:
            running = [(cell, last) for cell, last in running if last >= index]
            if running:
                running = _without_overlong(running, row, index, first_row, usual)
            for cell, _ in running:
                _cover(slots, cell)
        column = 0
        for tag, number in row.cells:
            while column < len(slots) and slots[column] is not None:
                column += 1
            cell = _Place(tag, number, first_row + index, column)
            if too_short is not None and column == too_short.column_span:
                cell.doubts = (_ABOVE,)
            attrs = tag.attrs
            if not attrs and column == len(slots):
                slots.append(cell)
                column += 1
                continue
            if "colspan" in attrs:
                wanted = max(1, _span(tag, "colspan", MAX_COLUMN_SPAN, budget))
                free = 1
                while free < wanted and (column + free >= len(slots) or slots[column + free] is None):
                    free += 1
                cell.column_span = budget.take(free)
            _cover(slots, cell)
            if "rowspan" in attrs:
                claimed = _span(tag, "rowspan", MAX_ROW_SPAN, budget)
                below = len(rows) - index
                tall = below if claimed == 0 else min(claimed, below)
                if tall > 1:
                    tall = max(1, budget.take(tall * cell.column_span) // cell.column_span)
                cell.row_span = tall
                if tall > 1:
                    running.append((cell, index + tall - 1))
            column += cell.column_span
        grid.append(slots)
    return grid


def _cover(slots: list[_Place | None], cell: _Place) -> None:
    end = cell.column + cell.column_span
    if len(slots) < end:
        slots.extend([None] * (end - len(slots)))
    for column in range(cell.column, end):
        slots[column] = cell


def _width(grid: list[list[_Place | None]]) -> int:
    """How many columns a cell begins in, at most."""
    return max((cell.column + 1 for row in grid for cell in row if cell is not None), default=0)


def _fill(
    context: Context,
    rows: list[_RowSource],
    grid: list[list[_Place | None]],
    width: int,
    result: Grid,
) -> tuple[list[Row], list[tuple[Location, str]]]:
    """The rows of cells, and for each its place and row group; rows in which no cell begins are left out."""
    kept = [
        index for index, slots in enumerate(grid) if any(cell is not None and cell.row_index == index for cell in slots)
    ]
    finished: list[Row] = []
    places: list[tuple[Location, str]] = []
    cells: dict[int, Cell] = {}
    last_of = _row_ends(kept, len(grid))
    for new_index, index in enumerate(kept):
        source, slots = rows[index], grid[index]
        path = context.paths.of(source.tag)
        places.append((Location(path=path, method="table"), source.group))
        row: list[Cell | None] = []
        for slot in slots[:width]:
            if slot is None:
                row.append(None)
                continue
            cell = cells.get(id(slot))
            if cell is None:
                row_span = 1 if slot.row_span == 1 else last_of[index + slot.row_span - 1] - new_index + 1
                span = min(slot.column_span, width - slot.column)
                cell = _cell(context, slot, new_index, row_span, span, source, path, result)
                cells[id(slot)] = cell
            row.append(cell)
        row.extend([None] * (width - len(row)))
        finished.append(tuple(row))
        for overflowing in slots[width:]:
            if overflowing is not None and id(overflowing) not in cells:
                cell = _cell(context, overflowing, 0, 1, 1, source, path, result)
                cells[id(overflowing)] = cell
                result.strays.extend(cell.lines)
    doubts = unread_colours(context.styles, [(slot.tag, cells[id(slot)]) for slot in _each(grid) if id(slot) in cells])
    if doubts:
        made = {
            each: replace(cell, doubts=(*cell.doubts, doubts[each]))
            for cell in cells.values()
            if (each := id(cell)) in doubts
        }
        finished = [tuple(made.get(id(cell), cell) for cell in row) for row in finished]
    return finished, places


def _each(grid: list[list[_Place | None]]) -> Iterator[_Place]:
    """Every cell once, where it begins."""
    for index, slots in enumerate(grid):
        for column, slot in enumerate(slots):
            if slot is not None and (slot.row_index, slot.column) == (index, column):
                yield slot


def _row_ends(kept: list[int], length: int) -> list[int]:
    """Per row of the source the new index of the last row that is kept up to there."""
    ends = [0] * length
    new_index, position = -1, 0
    for index in range(length):
        if position < len(kept) and kept[position] == index:
            new_index += 1
            position += 1
        ends[index] = new_index
    return ends


def _cell(
    context: Context,
    slot: _Place,
    row_index: int,
    row_span: int,
    column_span: int,
    source: _RowSource,
    row_path: str,
    result: Grid,
) -> Cell:
    tag = slot.tag
    if tag is source.tag:
        path = row_path
    elif id(tag) in context.styles.written:
        path = context.paths.of(tag)
    else:
        path = f"{row_path} > {tag.name}:nth-of-type({slot.number})"
    place = Location(path=path, method="table")
    header = tag.name == "th" or source.group == "thead"
    bare = None if tag.attrs or context.generated or context.styles.names else _bare_text(tag)
    cell = Cell((), row_index, slot.column, row_span, column_span, header, place, slot.doubts)
    if bare is not None:
        text = fold(bare)
        return replace(cell, lines=(Line(text, place),)) if text else cell
    return _rich_cell(context, tag, cell, result)


def _bare_text(tag: Tag) -> str | None:
    """The text of an element that holds nothing but text, or one paragraph of it, as by far the most cells do."""
    contents = tag.contents
    if not contents:
        return ""
    if len(contents) > 1:
        return None
    child = contents[0]
    if type(child) is NavigableString:
        return child
    if type(child) is Tag and child.name in ("p", "div", "span") and not child.attrs and len(child.contents) == 1:
        text = child.contents[0]
        if type(text) is NavigableString:
            return text
    return None


def _rich_cell(context: Context, tag: Tag, cell: Cell, result: Grid) -> Cell:
    """The cell with the lines of its content."""
    if tag.attrs and context.styles.hides(tag, context.styles.of(tag)):
        context.hidden_words += count_words(" ".join(tag.strings))
        return cell
    flow = CellFlow(context, cell.location)
    generated = context.generated.get(id(tag))
    if generated:
        flow.lines.append(Line(generated, cell.location))
        context.unwritten_words += count_words(generated)
    lines = flow.read(tag)
    result.nested.extend(flow.tables)
    result.controls.extend(flow.controls)
    result.has_headings |= flow.has_headings
    if not lines and not flow.struck and not flow.tables:
        lines = _unwritten_lines(context, tag, flow.numbers, cell.location)
    doubts = [*cell.doubts, *flow.doubts]
    if any(shares_row(inner) and inner.get_text(strip=True) for inner in flow.tables):
        message = "A table stands within this cell; it is kept beside the records."
        doubts.append(Doubt("table-unclear", message, location=cell.location))
    text = "\n".join(line.text for line in lines)
    struck = (*(piece for line in lines for piece in line.struck), *flow.struck)
    if struck:
        doubts.append(struck_doubt(struck, text, cell.location))
    place = cell.location
    links = tuple(dict.fromkeys(link for line in lines for link in line.location.links))
    if links:
        place = replace(place, links=links)
    return replace(cell, lines=tuple(lines), location=place, doubts=tuple(doubts))


def shares_row(inner: Tag) -> bool:
    """Whether a table within a cell of another stands beside further cells, as a part of what their row says."""
    cell = inner.find_parent(["td", "th"])
    row = cell.parent if cell is not None else None
    return row is not None and len(row.find_all(["td", "th"], recursive=False, limit=2)) > 1


def _unwritten_lines(context: Context, tag: Tag, numbers: list[str], place: Location) -> list[Line]:
    """What a cell without text shows: the numbers of a list of empty items, or the names of its images."""
    texts = numbers or list(dict.fromkeys(name for name in map(_name_of_image, tag.find_all(True)) if name))
    context.unwritten_words += sum(map(count_words, texts))
    return [Line(text, place) for text in texts]


def _name_of_image(tag: object) -> str:
    """What an image, or an icon or coloured box that stands for one, is called: a traffic light's "On track".

    The name is an attribute, a drawing's own title, or words that are hidden from those who see the image.
    """
    if not isinstance(tag, Tag):
        return ""
    if tag.name == "img":
        return fold(str(tag.get("alt") or ""))
    if tag.name == "svg":
        title = tag.find("title")
        return fold(str(tag.get("aria-label") or "")) or (fold(title.get_text(" ")) if isinstance(title, Tag) else "")
    if is_for_screen_readers(tag):
        return fold(tag.get_text(" "))
    if tag.get("role") == "img" or tag.name in ("i", "span", "em"):
        return fold(str(tag.get("aria-label") or tag.get("title") or ""))
    return ""


def _with_bold_headers(rows: list[Row]) -> list[Row]:
    """The rows, with the cells of those that are wholly bold marked as header."""
    finished: list[Row] = []
    for index, row in enumerate(rows):
        first = next((cell for cell in row if cell is not None and cell.lines), None)
        if first is None or not first.lines[0].bold:
            finished.append(row)
            continue
        own = {id(cell): cell for cell in row if cell is not None and cell.row_index == index}
        filled = [cell for cell in own.values() if cell.lines]
        if (
            len(filled) >= 2
            and all(line.bold for cell in filled for line in cell.lines)
            and not all(cell.header for cell in filled)
            and all(cell.row_span == 1 for cell in own.values())
            and not any(_FIGURE.match(cell.text) for cell in filled)
        ):
            marked = {key: replace(cell, header=True) for key, cell in own.items()}
            row = tuple(marked.get(id(cell), cell) if cell is not None else None for cell in row)
        finished.append(row)
    return finished


def _header_rows(rows: list[Row], places: list[tuple[Location, str]]) -> int:
    """How many leading rows the source marks as header: those of `thead`, or those of header cells only."""
    in_head = 0
    while in_head < len(places) and places[in_head][1] == "thead":
        in_head += 1
    if 0 < in_head < len(rows):
        return in_head
    count = 0
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        if in_head:
            # The whole table is in a thead, which tells nothing.
            cells = [cell for cell in cells if cell.lines]
            if not all(line.bold for cell in cells for line in cell.lines):
                break
        elif not all(cell.header for cell in cells):
            break
        count += 1
    if count == len(rows):
        return 1 if len(rows) > 1 else 0
    return count
