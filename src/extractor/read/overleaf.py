"""Tables as they stand on their pages -> tables of the document: what goes on overleaf is put together.

1. A table goes on overleaf where the next page begins with one of the same columns and nothing but furniture stands
   between them. Header rows that are repeated there are furniture.
2. A row goes on overleaf where the first row of the next page is no whole row: it has no ref, leaves columns empty
   that are filled elsewhere, or takes up phrases where the last row broke off. It is joined cell by cell.
3. A merged cell that the page end cut in two is one merged cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from extractor.document import Block, Cell, Furniture, Row, Table
from extractor.issues import UNSURE_NOTE, Doubt
from extractor.locations import span
from extractor.read.typeset import (
    Method,
    Para,
    Place,
    TextLine,
    draws_blanks,
    exact_pitch,
    is_forced_break,
    leaves_room,
    marker_of,
    paragraphs,
    to_line,
)
from extractor.rows import PEOPLE
from extractor.text import breaks_off, key
from extractor.vocabulary.cross_links import ALSO_LINK
from extractor.vocabulary.headers import PHRASES, header_meaning
from extractor.vocabulary.roles import RANKS, looks_like_owner
from extractor.vocabulary.times import is_timescale

_REF = re.compile(
    r"[\[(]?(?:[A-Za-z]{0,6}[ .-]?)?\d+(?:[.\-/]\d+)*[.)]?\s*(?:\(?[a-z]{1,2}[.)]?)?[\])]?|\(?[a-z]{1,2}[.)]",
)
_BROKEN_REF = re.compile(r"[\[(]?(?:(?:[A-Z]{1,6}|[A-Z]{0,6}\d+(?:\.\d+)*)[-.]|[A-Z]{0,6}[.-]?\d+(?:\.\d+)*\()")
_REF_LABEL = (
    r"(?:Action|Activity|Ref|No|Objective|Milestone|Commitment|Priority|Task|Project|Deliverable|Recommendation)"
)
_LABEL_ALONE = re.compile(rf"{_REF_LABEL}\.?")
_INLINE_REF = re.compile(
    rf"(?:{_REF_LABEL} (?=[A-Z]*\d)|(?=[A-Z]{{1,6}}[ .-]?\d|\d{{1,3}}\.\d))"
    r"(?:[A-Z]{1,6}[ .-]?)?\d{1,3}(?:\.\d{1,3})*[a-z]?[.:)]? +(?=[A-Z])"
)
"""A ref before the text of its activity: "1.4 Recruit", "Action 3.2: Recruit"."""
_WRAPPED_LETTER = re.compile(r"[A-Za-z]{0,3}\d+(?:\.\d+)* \(?[a-z][.)]")
_LETTER = re.compile(r"\(?[a-z][.)]")
_LOWER_START = re.compile(r"^[a-z]")
_NOTE_START = re.compile(r"\([A-Z][\w’'-]+ [a-z]")
_WIDEST_PADDING, _SAME_PADDING = 2.0, 0.8
"""In font sizes: cells keep no wider distance than the first; two that differ by less than the second agree."""
_LONGEST_HEAD = 80
"""A cell of more letters whose words name no column is none of a header."""
_SAME_X = 6.0
_PITCH = 1.2
"""From one line of print to the next, in font sizes."""
_NEARLY = 0.8
"""A text overleaf is of a column whose lines are no wider and no less wide than its own by more than this share."""
_APART = 1.2
"""Lines further apart than those of one cell, by this factor, are of two."""
_TORN = 2.0
_ROOM = 1.0
"""How much speaks against it that a row goes on overleaf where none of its cells needs to."""
_USUAL = 0.6
"""A column that is filled in more rows than this is one that a whole row fills."""
_SINGLE = ("ref", "timescale", "timescale_start", "timescale_end", "status")


@dataclass(slots=True)
class PageCell:
    """A cell as it stands on one page."""

    column: int
    lines: list[TextLine] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1
    doubts: tuple[Doubt, ...] = ()
    doubts_below: tuple[Doubt, ...] = ()
    """Doubts whether it stands for the rows below its first."""
    cut: bool = False
    """It is merged, and the end of the page cuts it: it stands for the first rows overleaf too that have none."""


@dataclass(slots=True)
class PageTable:
    """A table as far as it stands on one page; `edges` are the left edges of its columns and its right edge."""

    page: int
    top: float
    bottom: float
    edges: list[float]
    rows: list[list[PageCell]]
    header_rows: int
    method: Method
    open_foot: bool = False
    """Nothing closes the table at its foot."""
    torn_foot: bool = False
    """Rules part its rows, and none closes the last: the page ends within that."""
    ruled_rows: bool = False
    """A rule stands between every two of its rows, though none parts its columns."""
    last_page: int = 0
    """The last page that it stands on, where the tags have it on several; 0: `page`."""

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.edges) - 1


@dataclass(slots=True)
class Joined:
    """Page tables that are one table, and the header rows taken off the later ones."""

    parts: list[PageTable]
    repeated: list[list[PageCell]] = field(default_factory=list)


@lru_cache(maxsize=2048)  # each step of the reading asks about what stands in a column of refs
def is_ref(text: str) -> bool:
    """Whether a text is a ref and nothing else: "3.1 a)", "P12", "a)".

    >>> is_ref("3.1 a)"), is_ref("CC-01"), is_ref("Quarter 4"), is_ref("3.1 3.2")
    (True, True, False, False)
    """
    return bool(_REF.fullmatch(text.strip()))


def is_ref_label(text: str) -> bool:
    """Whether a text is the label of a ref, whose number a narrow column left to the next line: "Action"."""
    return bool(_LABEL_ALONE.fullmatch(text))


def opens_with_ref(text: str) -> bool:
    """Whether a text begins with a ref and goes on with its activity.

    >>> opens_with_ref("Action 3.2: Recruit ten"), opens_with_ref("1.4 Recruit ten"), opens_with_ref("Recruit ten")
    (True, True, False)
    """
    return _INLINE_REF.match(text) is not None


def begins_ref(text: str) -> bool:
    """Whether a text is the first part of a ref that was broken at its hyphen, its stop or its bracket.

    >>> begins_ref("PRV-"), begins_ref("3.1-"), begins_ref("3.1("), begins_ref("PRV")
    (True, True, True, False)
    """
    return bool(_BROKEN_REF.fullmatch(text.strip()))


def row_text(row: Sequence[PageCell]) -> str:
    """Comparison key of a whole row."""
    return key(" ".join(map(cell_text, row)))


def has_bare_letter(row: Sequence[PageCell]) -> bool:
    """Whether a row's ref is a letter alone: "a)"."""
    return bool(row) and row[0].column == 0 and bool(_LETTER.fullmatch(cell_text(row[0])))


def find_header(table: PageTable) -> int:
    """How many leading rows are header rows, by the meaning of their words.

    A row that leaves a third of the columns empty is none, whatever it says, nor is one that holds prose: the rest of
    a row that the page before began may be titles otherwise. One that begins with a ref says the names of columns word
    for word, or is one of the body: "1.1", "Action on damp homes", "Project Officer".
    """
    count = 0
    for row in table.rows[:4]:
        filled = [cell for cell in row if cell.lines]
        texts = [cell_text(cell) for cell in filled]
        exact = bool(texts) and is_ref(texts[0])
        unknown = [text for text in texts if not (key(text) in PHRASES if exact else _names_column(text))]
        known = len(texts) - len(unknown)
        if (
            known >= 2
            and max(map(len, unknown), default=0) <= _LONGEST_HEAD
            and known * 2 >= len(filled)
            and (count or 3 * sum(cell.column_span for cell in filled) >= 2 * table.width)
            and (not count or _is_below(table.rows[count - 1], filled))
        ):
            count += 1
            continue
        if count == 0 and len(filled) == 1 and len(table.rows) > 1:
            # A title or group row may stand above the header row.
            following = [cell for cell in table.rows[table.rows.index(row) + 1] if cell.lines]
            if sum(1 for cell in following if header_meaning(cell_text(cell))) >= 2:
                break
        break
    return 0 if count == 1 and _are_labels(table) else count


def _names_column(text: str) -> bool:
    """Whether a text names a column; one of refs has no figure: "Publish report number 9" is an action."""
    meaning = header_meaning(text)
    return meaning is not None and not (meaning == "ref" and any(map(str.isdigit, text)))


def _are_labels(table: PageTable) -> bool:
    """Whether the first of two columns holds nothing but labels: the first row is one of them with its value."""
    firsts = [row[0] if row else None for row in table.rows]
    return (
        table.width == 2
        and len(firsts) > 1
        and all(cell and cell.column_span == 1 and _is_label(cell) for cell in firsts)
    )


def _is_below(above: Sequence[PageCell], filled: Sequence[PageCell]) -> bool:
    """Whether a row is the second of a header: under cells that span, or under empty ones.

    A row of the body may be all titles that are header words too: "Chief Finance Officer", "Cabinet Member".
    """
    if any(cell.column_span > 1 or cell.row_span > 1 for cell in above):
        return True
    taken = {cell.column for cell in above if cell.lines}
    return 2 * sum(cell.column in taken for cell in filled) <= len(filled)


def is_cut_ref(above: str, below: str) -> bool:
    """Whether two texts in the column of refs are the halves of one: "PRT-" and "04".

    >>> is_cut_ref("PRT-", "04"), is_cut_ref("2.", "4 a)"), is_cut_ref("PRT-03", "04"), is_cut_ref("2.", "3.")
    (True, True, False, False)
    >>> is_cut_ref("Action", "3.2"), is_cut_ref("Action", "Action 3.2")
    (True, False)
    """
    if is_ref_label(above):
        return below[:1].isdigit() and is_ref(below)
    return begins_ref(above) and is_ref(above + below) and not begins_ref(below)


def cell_text(cell: PageCell) -> str:
    """The cell's lines as one text."""
    text = ""
    for line in cell.lines:
        text += line.text if line.torn or not text else f" {line.text}"
    return text


def drop_empty_rows(table: PageTable) -> None:
    """Takes rows without any text off a table: gaps between borders, or rows drawn as spacing."""
    index = 0
    while index < len(table.rows):
        row = table.rows[index]
        reached = any(
            above + cell.row_span > index for above in range(index) for cell in table.rows[above] if cell.row_span > 1
        )
        if any(cell.lines for cell in row) or (reached and not row):
            index += 1
            continue
        for above in range(index):
            for cell in table.rows[above]:
                if above + cell.row_span > index:
                    cell.row_span -= 1
        for cell in row:
            if cell.row_span > 1 and index + 1 < len(table.rows):
                cell.row_span -= 1
                table.rows[index + 1].append(cell)
                table.rows[index + 1].sort(key=lambda each: each.column)
        del table.rows[index]


def follows(run: Sequence[PageTable], table: PageTable) -> bool:
    """Whether `table` is the last of `run` going on overleaf, by its columns."""
    before = run[-1]
    page = before.last_page or before.page
    is_next = table.page == page + 1 or (table.page == page and _stands_beside(before, table))
    if not is_next or table.width != before.width:
        return False
    if run[0].header_rows and table.header_rows:
        return repeats(run[0], table) > 0
    pairs = [
        (one, other)
        for one, other in zip(before.edges, table.edges, strict=True)
        if one == one and other == other  # a column without text has no known edge
    ]
    shift = pairs[0][1] - pairs[0][0] if pairs else 0.0  # inner and outer margins change from page to page
    return all(abs(one + shift - other) <= _SAME_X for one, other in pairs)


def _stands_beside(before: PageTable, table: PageTable) -> bool:
    """Whether a table begins in the next column of its page: right of all of another, and above its end."""
    reach = max((line.x1 for row in before.rows for cell in row for line in cell.lines), default=before.edges[0])
    return table.top < before.bottom and table.edges[0] > reach


def repeats(first: PageTable, table: PageTable) -> int:
    """How many leading rows of `table` repeat the header of `first`."""
    count = 0
    while (
        count < first.header_rows
        and count < len(table.rows)
        and row_text(first.rows[count]) == row_text(table.rows[count])
    ):
        count += 1
    return count or (table.header_rows if _is_same_header(first, table) else 0)


def _is_same_header(first: PageTable, table: PageTable) -> bool:
    """Whether two headers have the same words in the same columns, but for those that one page shows over several
    columns, and the other over one of them."""
    columns, others = _header_words(first), _header_words(table)
    if len(columns) != len(others) or _all_header_words(first) != _all_header_words(table):
        return False
    return all(
        (own - other) + (other - own) <= over + over_other
        for (own, over), (other, over_other) in zip(columns, others, strict=True)
    )


def _header_words(table: PageTable) -> list[tuple[Counter[str], Counter[str]]]:
    """By column, the words of its own cells in the header, and those of the cells that span it and others."""
    found: list[tuple[Counter[str], Counter[str]]] = [(Counter(), Counter()) for _ in range(table.width)]
    for cell in (cell for row in table.rows[: table.header_rows] for cell in row):
        words = key(cell_text(cell)).split()
        for own, over in found[cell.column : cell.column + cell.column_span]:
            (own if cell.column_span == 1 else over).update(words)
    return found


def _all_header_words(table: PageTable) -> Counter[str]:
    return Counter(word for row in table.rows[: table.header_rows] for word in row_text(row).split())


def part_header(first: PageTable, table: PageTable) -> None:
    """Makes a row of what stands in a header below all that `first` has there: the rest of a row that was cut, whose
    words could be a header's ("Lead officer" over "Manager")."""
    last = first.header_rows - 1
    if last < 0 or table.header_rows != first.header_rows or table.width != first.width:
        return
    known = {cell.column: key(cell_text(cell)) for cell in first.rows[last]}
    longer: list[tuple[PageCell, int]] = []
    for cell in table.rows[last]:
        own = _lines_saying(cell, known.pop(cell.column, ""))
        if own is None:
            return
        if own < len(cell.lines):
            longer.append((cell, own))
    if known or not longer:
        return
    table.rows.insert(last + 1, [PageCell(cell.column, cell.lines[own:]) for cell, own in longer])
    for cell, own in longer:
        cell.lines = cell.lines[:own]


def _lines_saying(cell: PageCell, text: str) -> int | None:
    """How many of the first lines of a cell say the text (a comparison key); None where none do."""
    counts = range(1, len(cell.lines) + 1)
    said = (count for count in counts if key(cell_text(PageCell(cell.column, cell.lines[:count]))) == text)
    return next(said, None) if text else None


def takes_up(before: PageTable, table: PageTable) -> bool:
    """Whether all there is of a table is the rest of a list, or of a sentence, that the page's end cut off, or the cell
    that only the last row before it lacks."""
    cells = [cell for row in table.rows for cell in row]
    above = {cell.column: cell for cell in before.rows[-1]} if before.rows else {}
    if len(cells) != 1 or cells[0].column_span > 1:
        return False
    if cells[0].column not in above:
        others = before.rows[before.header_rows : -1]
        return len(others) > 1 and all(any(each.column == cells[0].column for each in row) for row in others)
    last, first = above[cells[0].column].lines[-1:], cells[0].lines[0]
    if not last:
        return False
    if _is_item(first):
        return _is_item(last[0]) or last[0].text.endswith(":")
    column = cells[0].column
    if ALSO_LINK.match(first.text) or (column > 0 and _is_as_wide(before, cells[0])):
        return True
    if last[0].text[-1:] in ".:;!?":
        return False
    if first.text[:1].islower():
        return True
    full = first.size > 1.0 and _was_full(before, column, last[0], first)
    return column > 0 and (full or breaks_off(last[0].text))


def _is_as_wide(table: PageTable, cell: PageCell) -> bool:
    """Whether the first of the lines of a cell overleaf ends about where those of the table's column above do."""
    if len(cell.lines) < 2:
        return False
    column = [each for row in table.rows for other in row if other.column == cell.column for each in other.lines]
    reach = max(each.x1 for each in column) - min(each.x0 for each in column)
    return _NEARLY * reach <= cell.lines[0].x1 - cell.lines[0].x0 <= reach / _NEARLY


def _was_full(table: PageTable, column: int, last: TextLine, first: TextLine) -> bool:
    """Whether the first word of a line of print would not have fitted on the last line of a column."""
    reach = (line.x1 for row in table.rows for cell in row if cell.column == column for line in cell.lines)
    return last.x1 + 0.3 * first.size + first.first_width > max(reach)


def _is_item(line: TextLine) -> bool:
    """Whether a line begins an item of a list, as a column of characters says or a bullet does."""
    return line.begins == "item" or (bool(marker_of(line.text)) and not line.text[0].isalnum())


def settle_header(run: Sequence[PageTable], table: PageTable) -> None:
    """Sets the number of header rows of a table that goes on: only those that repeat the first one's."""
    if run:
        table.header_rows = repeats(run[0], table) or _repeats_below_title(run[0], table)


def _repeats_below_title(first: PageTable, table: PageTable) -> int:
    """How many leading rows of `table` repeat the header of `first` that stands below a title in its first row."""
    if first.header_rows or not first.rows or sum(bool(cell.lines) for cell in first.rows[0]) != 1:
        return 0
    header = [row_text(row) for row in first.rows[1 : 1 + table.header_rows]]
    return len(header) if header == [row_text(row) for row in table.rows[: table.header_rows]] else 0


def _column_facts(rows: Sequence[Sequence[PageCell]], width: int) -> list[float]:
    """Share of the rows in which each column is filled."""
    filled = [0] * width
    for row in rows:
        for cell in row:
            if cell.lines and cell.column < width:
                filled[cell.column] += 1
    return [count / len(rows) if rows else 0.0 for count in filled]


def row_goes_on(
    before: Sequence[PageCell],
    row: Sequence[PageCell],
    filled: Sequence[float],
    meanings: Sequence[str | None],
    limits: Sequence[float],
    open_foot: bool,
    letters_alone: bool = False,
    torn_foot: bool = False,
) -> bool:
    """Whether `row`, first of its page, is the rest of `before`, last of the page before.

    For `open_foot` and `torn_foot` see `PageTable`. `letters_alone`: rows of the table have refs such as "a)", so that
    one is no rest of a ref "3.5 a)".
    """
    score = _TORN if torn_foot else 0.5 if open_foot else 0.0
    above = {cell.column: cell for cell in before if cell.lines}
    here = {cell.column: cell for cell in row if cell.lines}
    if not here:
        return True
    items = 0  # lists that go on with an item of their own
    flows = False  # a line of print goes on in another cell
    if len(here) == 1 and next(iter(here.values())).column_span > 1:
        return False
    if len(above) == 1 and next(iter(above.values())).column_span > 1:
        return False
    if _are_halves(above, here, filled, meanings) or _is_ref_of(above, here, filled, meanings):
        return True
    if _is_label(above.get(0)) and _is_label(here.get(0)):
        return False  # labels beside their values
    for column, cell in here.items():
        meaning = meanings[column] if column < len(meanings) else None
        other = above.get(column)
        first = cell.lines[0]
        if meaning == "ref" or (column == 0 and meaning is None and is_ref(first.text)):
            if other is not None and is_cut_ref(cell_text(other), cell_text(cell)):
                score += 2
                continue
            if is_ref(cell_text(cell)):
                both = f"{cell_text(other)} {cell_text(cell)}" if other else ""
                if (other or not torn_foot) and (letters_alone or not _WRAPPED_LETTER.fullmatch(both)):
                    return False
            score += 1
            continue
        if other is None:
            # The cell went overleaf as a whole, or the row before has none.
            score += 0.7 if column < len(filled) and filled[column] > 0.6 else -0.5
            continue
        if opens_with_ref(first.text) and opens_with_ref(other.lines[0].text):
            return False
        if cell_text(cell) == cell_text(other) or (meaning in PEOPLE and _begins_alike(other, cell)):
            return False  # no cell says the same twice
        last = other.lines[-1]
        if first.begins == "item" and first.size <= 1.0:
            score += 2  # set in like a list, without a text that it belongs to
            continue
        if meaning in _SINGLE and meaning != "ref":
            if not _continues_value(cell_text(other), cell_text(cell)):
                return False  # a row has one
            score += 1.0
            continue
        if _LOWER_START.match(first.text) or breaks_off(last.text):
            score += 2
        elif last.text[-1:] in ".;:)" and meaning == "activity":
            score -= 0.5
        limit = limits[column] if column < len(limits) else None
        if not is_forced_break(last, first, limit):
            flows = flows or (first.size > 1.0 and last.text[-1:] not in ".;:)")
        elif first.size > 1.0 and _is_item(first) and _is_item(other.lines[0]):
            items += 1
        else:
            # A cell may well have another paragraph overleaf; a value that is alone in its cell may not.
            score -= 0.4 if meaning == "activity" or meaning in PEOPLE else 1.5
    for column, share in enumerate(filled):
        if column in here or share < 0.5:
            continue
        weight = 2.0 if column < len(meanings) and meanings[column] == "ref" else 1.0
        score += weight * share if column in above else 0.2
    score -= 0.0 if flows else 1.5 * items
    if not torn_foot and _had_room(above, here):
        score -= _ROOM
    return score > 0


def _begins_alike(above: PageCell, cell: PageCell) -> bool:
    """Whether one of two cells of people names those of the other, and more; a longer title is another's: "Director of
    Housing, Repairs" below "Director of Housing"."""
    one, other = sorted((cell_text(above), cell_text(cell)), key=len)
    return len(one) > _SHORTEST_NAME and other.startswith(one) and other[len(one)] in " \n;/"


_SHORTEST_NAME = 8


def _had_room(above: Mapping[int, PageCell], here: Mapping[int, PageCell]) -> bool:
    """Whether each cell of a printed row that would go on overleaf was lower than the row by a line: nothing cut it."""
    heights: dict[int, float] = {}
    for column, cell in above.items():
        last = cell.lines[-1]
        first = next(line for line in cell.lines if line.page == last.page)
        heights[column] = (last.baseline - first.baseline) / last.size if last.size > 1.0 else 0.0
    going_on = [heights[column] for column in here if column in heights]
    return bool(going_on) and max(going_on) < max(heights.values()) - 1.0


def _is_label(cell: PageCell | None) -> bool:
    return cell is not None and header_meaning(cell_text(cell)) is not None


def _are_halves(
    above: Mapping[int, PageCell], here: Mapping[int, PageCell], filled: Sequence[float], meanings: Sequence[str | None]
) -> bool:
    """Whether each of two rows has just those single values (a ref, a timescale) that the other lacks.

    Some programs take a cell overleaf as a whole rather than leave one line of it behind.
    """
    single = [
        column
        for column, share in enumerate(filled)
        if share > _USUAL and column < len(meanings) and meanings[column] in _SINGLE
    ]
    people = [column for column, meaning in enumerate(meanings) if meaning in PEOPLE and filled[column] > _USUAL]
    if people and all(column in above and column in here for column in people):
        return False  # each of them is a row of its own that lacks a value
    held = [column in above for column in single]
    return (
        any(held)
        and not all(held)
        and all((column in here) is not has for column, has in zip(single, held, strict=True))
    )


def _is_ref_of(
    above: Mapping[int, PageCell], here: Mapping[int, PageCell], filled: Sequence[float], meanings: Sequence[str | None]
) -> bool:
    """Whether a row is nothing but the ref that the one above lacks, and nearly all others have; or that one lacks ref
    and activity, and the row has nothing else that it has."""
    column = meanings.index("ref") if "ref" in meanings else 0
    if column >= len(filled) or filled[column] <= _USUAL or column in above or column not in here:
        return False
    if not is_ref(cell_text(here[column])):
        return False
    activity = meanings.index("activity") if "activity" in meanings else column
    return len(here) == 1 or (activity in here and not above.keys() & here.keys())


_OTHER_TIME = re.compile(r"(?:by|before|from|during|early|mid|late)\b.*\d")
"""A timescale in small letters that goes on with none: "by 31/03/2024" under "May 2023"."""
_LAST_DIGITS = re.compile(r"\d{1,3}")
"""What a narrow column tears off the end of a date is no timescale itself: "24" under "15/02/20"."""


def _continues_value(before: str, text: str) -> bool:
    """Whether a value that stands alone in its cell goes on: "Quarter 2 (September", "2024)"; "By 31", "March 2025"."""
    if before.count("(") > before.count(")") or breaks_off(before):
        return True
    if _LAST_DIGITS.fullmatch(text) and before[-1:].isdigit() and is_timescale(before + text):
        return True
    # "Ongoing" goes on: "from April 2024".
    if is_timescale(before) and is_timescale(text) and _OTHER_TIME.match(text) and re.search(r"\d", before):
        return False
    if _LOWER_START.match(text) or re.match(r"\(|[–—-] |(?:19|20)\d\d\b", text):
        return True
    if is_timescale(before):
        return False
    return is_timescale(f"{before} {text}") or (before[-1:].isdigit() and is_timescale(before + text))


def groups_before_refs(meanings: Sequence[str | None]) -> list[int]:
    """The columns under a word for activities, such as "Commitment", that stand before the refs of the activities: they
    name the groups of those.

    >>> groups_before_refs(["activity", "ref", "activity"]), groups_before_refs(["activity", "ref", "timescale"])
    ([0], [])
    """
    ref = meanings.index("ref") if "ref" in meanings else 0
    return [at for at in range(ref) if meanings[at] == "activity"] if "activity" in meanings[ref:] else []


def join_tables(parts: list[PageTable]) -> Joined:
    """The page tables of one table put together: repeated headers off, cut rows joined."""
    first = parts[0]
    joined = Joined([first])
    width = first.width
    body: list[list[PageCell]] = list(first.rows[first.header_rows :])
    if len(parts) == 1 and first.method != "aligned":
        return joined
    meanings: list[str | None] = [None] * width
    for row in first.rows[: first.header_rows]:
        for cell in row:  # of two header rows the lower one says it more exactly
            if cell.column_span == 1 and cell.column < width:
                meanings[cell.column] = header_meaning(cell_text(cell)) or meanings[cell.column]
    for index in groups_before_refs(meanings):
        meanings[index] = "group"
    below_rules = {id(row) for part in parts if part.ruled_rows for row in part.rows[part.header_rows + 1 :]}
    if len(parts) > 1:
        _join_parts(joined, body, parts, meanings)
    if first.method == "aligned":
        _join_halves(body, meanings, below_rules)
    first.rows = [*first.rows[: first.header_rows], *body]
    return joined


def _join_parts(
    joined: Joined, body: list[list[PageCell]], parts: Sequence[PageTable], meanings: Sequence[str | None]
) -> None:
    """Adds the rows of the later parts of a table to its body, and their headers to those that come again."""
    first = parts[0]
    width = first.width
    everything = [*body, *(row for part in parts[1:] for row in part.rows[part.header_rows :])]
    filled = _column_facts(everything, width)
    limits = column_limits([*first.rows, *everything], width, first.edges)
    letters_alone = sum(1 for row in everything if has_bare_letter(row)) > 1
    texts = _Texts(everything)
    above = first
    tallest = _tallest(body)
    for part in parts[1:]:
        joined.repeated.extend(part.rows[: part.header_rows])
        rows = list(part.rows[part.header_rows :])
        feet = above.open_foot, letters_alone, above.torn_foot
        if body and rows and row_goes_on(body[-1], rows[0], filled, meanings, limits, *feet):
            _append(body, rows.pop(0), tallest)
        elif body and rows:
            _join_merged(body, rows, tallest)
        if body and rows:
            _join_torn(body, rows[0], meanings, texts, tallest, above)
        if body:
            _carry_over(body, rows, tallest)
        tallest = max(tallest, _tallest(body[-tallest:]), _tallest(rows))
        body.extend(rows)
        above = part


def column_limits(rows: Sequence[Sequence[PageCell]], width: int, edges: Sequence[float] = ()) -> list[float]:
    """How far to the right the text of each column reaches; text that runs into the next column does not count.

    Nor do header cells that were wrapped and stand here as one line.
    """
    limits = [0.0] * width
    following = [*edges[1:width], *[float("inf")] * width]
    cut = {id(cell) for row in rows for cell in row if cell.doubts and _is_cut_in_doubt(cell)}
    sure = {cell.column for row in rows for cell in row if id(cell) not in cut} if cut else set()
    for row in rows:
        for cell in row:
            column = cell.column
            if cell.column_span != 1 or column >= width or (cut and id(cell) in cut and column in sure):
                continue
            limit, edge = limits[column], following[column]
            for line in cell.lines:
                if not line.x1 > edge and line.last_line <= line.baseline:
                    reach = line.x1 if line.size > 1.0 else line.reach
                    if reach > limit:
                        limit = reach
            limits[column] = limit
    sizes = [line.size for row in rows[-1:] for cell in row for line in cell.lines]
    return _with_padding(limits, edges[1 : width + 1], max(sizes)) if sizes and min(sizes) > 1.0 else limits


def _with_padding(limits: list[float], following: Sequence[float], size: float) -> list[float]:
    """How far to the right the text of each column may reach: as near to the next as that of other columns does.

    Cells of one table have one padding, which is that of the fullest columns where two agree on it; the widest text of
    others is far from filling them.
    """
    gaps = sorted(edge - limit for limit, edge in zip(limits, following, strict=False) if 0.0 < limit < edge)
    if len(gaps) < 3 or gaps[1] > _WIDEST_PADDING * size or gaps[1] - gaps[0] > _SAME_PADDING * size:
        return limits
    # Of a column without text, and of one whose right edge is not known, nothing is known.
    reach = [
        edge - gaps[0] if limit and edge == edge else limit for limit, edge in zip(limits, following, strict=False)
    ]
    return [*map(max, limits, reach), *limits[len(reach) :]]


def _between_rules(table: PageTable, limits: Sequence[float]) -> list[float]:
    """How far to the right text may reach that keeps the same distance from the rules on both sides of its column."""
    lefts = [float("inf")] * table.width
    for row in table.rows:
        for cell in row:
            if cell.column_span == 1 and cell.lines:
                lefts[cell.column] = min(lefts[cell.column], *(line.x0 for line in cell.lines))
    edges = zip(limits, lefts, table.edges[:-1], table.edges[1:], strict=True)
    return [
        max(limit, right - (left - start)) if start <= left < right else limit for limit, left, start, right in edges
    ]


def _is_cut_in_doubt(cell: PageCell) -> bool:
    """Whether words of a cell of characters may belong to another one."""
    return (
        bool(cell.lines) and cell.lines[0].size <= 1.0 and any(doubt.code == "border-inferred" for doubt in cell.doubts)
    )


def _append(body: list[list[PageCell]], rest: Sequence[PageCell], tallest: int) -> None:
    """Joins the rest of a row to the last one, cell by cell; a merged cell that reaches it goes on too."""
    last = len(body) - 1
    reaching = _reaching(body, tallest)
    for cell in rest:
        index, known = reaching.get(cell.column, (last, None))
        if known is None:
            body[last].append(cell)
        else:
            known.lines.extend(cell.lines)
            known.row_span = last - index + cell.row_span
            known.cut = cell.cut or (known.cut and cell.row_span == 1)  # one that spans rows says where it ends
            known.doubts = tuple(dict.fromkeys((*known.doubts, *cell.doubts)))
    body[last].sort(key=lambda cell: cell.column)


def _reaching(body: Sequence[Sequence[PageCell]], tallest: int) -> dict[int, tuple[int, PageCell]]:
    """By column, the cell that stands in the last row or reaches it, and the row in which it begins.

    No cell spans more rows than `tallest`, so that of a long table only the end is looked at.
    """
    last = len(body) - 1
    return {
        cell.column: (index, cell)
        for index in range(max(0, last - tallest + 1), last + 1)
        for cell in body[index]
        if index + cell.row_span - 1 >= last
    }


def _tallest(rows: Iterable[Sequence[PageCell]]) -> int:
    """The most rows that a cell spans."""
    return max((cell.row_span for row in rows for cell in row), default=1)


def _join_merged(body: list[list[PageCell]], rows: list[list[PageCell]], tallest: int) -> None:
    """Lets a merged cell of the page before reach over the page end, where an empty cell takes it up."""
    last = len(body) - 1
    above = _reaching(body, tallest)
    for cell in list(rows[0]):
        if cell.lines or cell.column not in above:
            continue
        index, other = above[cell.column]
        if (cell.row_span > 1 or other.row_span > 1) and other.column_span == cell.column_span:
            other.row_span, other.cut = last - index + 1 + cell.row_span, cell.cut
            rows[0].remove(cell)


def _carry_over(body: Sequence[Sequence[PageCell]], rows: Sequence[Sequence[PageCell]], tallest: int) -> None:
    """Lets a merged cell that the page end cuts stand for the first rows overleaf that have none in its column.

    One that was joined to a cell there reaches over its rows already.
    """
    for column, (index, cell) in _reaching(body, tallest).items():
        if not cell.cut or index + cell.row_span > len(body):
            continue
        held = (any(each.column == column or each.column_span > 1 for each in row) for row in rows)
        count = next((index for index, holds in enumerate(held) if holds), len(rows))
        cell.row_span += count
        cell.cut = count == len(rows)


def _join_torn(
    body: Sequence[list[PageCell]],
    following: list[PageCell],
    meanings: Sequence[str | None],
    texts: _Texts,
    tallest: int,
    page: PageTable,
) -> None:
    """Joins a merged cell whose text the page end tore: "Cabinet Member for Adult Care and", "Wellbeing".

    `texts` are those of the whole table: a name stands whole in another row of it. The name of a group goes on in lower
    case, or where it breaks off and its cell had no room for the rest on its `page`.
    """
    last = len(body) - 1
    reaching = _reaching(body, tallest)
    for cell in list(following):
        index, above = reaching.get(cell.column, (last, None))
        meaning = meanings[cell.column] if cell.column < len(meanings) else None
        if meaning not in (*PEOPLE, "group") or above is None or not above.lines or not cell.lines:
            continue
        if meaning == "group":
            cut = breaks_off(above.lines[-1].text) and not _has_room(above, cell, page)
            is_rest = cut or bool(_LOWER_START.match(cell.lines[0].text))
        else:
            is_part = cell.row_span > 1 or (cell.lines[0].size > 1.0 and not looks_like_owner(cell_text(cell)))
            is_rest = index == last and (
                breaks_off(above.lines[-1].text) or (is_part and texts.have_whole(above, cell))
            )
        if is_rest:
            above.lines.extend(cell.lines)
            above.doubts = tuple(dict.fromkeys((*above.doubts, *cell.doubts)))
            above.row_span, above.cut = last - index + 1 + cell.row_span, cell.cut
            following.remove(cell)


class _Texts:
    """What the cells of a table say, by column: put together once, since a long table meets many page ends."""

    def __init__(self, rows: Iterable[Sequence[PageCell]]) -> None:
        self._rows = rows
        self._counts: dict[int, Counter[str]] = {}
        self._all: dict[int, str] = {}

    def have_whole(self, above: PageCell, cell: PageCell) -> bool:
        """Whether another cell of the column says what the last line of one says with the text of the next, which no
        other cell begins with."""
        column, rest = cell.column, cell_text(cell)
        if not self._counts:
            for each in (each for row in self._rows for each in row):
                self._counts.setdefault(each.column, Counter())[cell_text(each)] += 1
            self._all = {index: "\n".join(["", *counts]) for index, counts in self._counts.items()}
        said = self._all[column]
        if f"{above.lines[-1].text} {rest}" not in said or self._counts[column][rest] > 1:
            return False
        return said.count(f"\n{rest}") == (rest in self._counts[column])


def _has_room(above: PageCell, cell: PageCell, page: PageTable) -> bool:
    """Whether the lines of a cell overleaf, and one more, would have stood below those of the printed one above, on the
    last page of the table that this is part of."""
    last = above.lines[-1]
    number = page.last_page or page.page
    lines = (line.baseline for row in page.rows for each in row for line in each.lines if line.page == number)
    room = max(lines, default=0.0) - last.baseline if last.page == number else float("inf")
    return last.size > 1.0 and room > (len(cell.lines) + 1) * _PITCH * last.size


def _join_halves(body: Sequence[list[PageCell]], meanings: Sequence[str | None], below_rules: Container[int]) -> None:
    """Joins a cell of people to the one below it where both are the halves of a value that stands whole elsewhere.

    In print only: in columns of characters all cells of people together tell (`people_lines`). Neither half stands in
    another row of its column; a border between rows that is told by their words went through it. What reads as a post
    of its own is the second of two in the other cell. `below_rules` are the identities of rows that a rule parts from
    those above.
    """
    for column, meaning in enumerate(meanings):
        if meaning not in PEOPLE:
            continue
        cells = [next((cell for cell in row if cell.column == column and cell.lines), None) for row in body]
        texts = [cell_text(cell) if cell is not None else "" for cell in cells]
        counts = Counter(texts)
        first = {cell.lines[0].text for cell in cells if cell is not None and len(cell.lines) > 1}
        for row, (one, other) in enumerate(pairwise(cells)):
            above, below = texts[row], texts[row + 1]
            if one is None or other is None or one.lines[0].size <= 1.0 or id(body[row + 1]) in below_rules:
                continue
            if not counts[f"{above} {below}"] or not counts[above] == counts[below] == 1 or below in first:
                continue
            is_post = looks_like_owner(below) and above.rpartition(" ")[2] not in RANKS
            if not is_post and not _stand_apart(one, other, cells):
                one.lines.extend(other.lines)
                one.doubts = tuple(dict.fromkeys((*one.doubts, *other.doubts)))
                body[row + 1].remove(other)


def _stand_apart(above: PageCell, cell: PageCell, cells: Iterable[PageCell | None]) -> bool:
    """Whether a cell begins further below another one of its page than the lines of a cell of their column follow."""
    last, first = above.lines[-1], cell.lines[0]
    lines = (pair for each in cells if each is not None for pair in pairwise(each.lines))
    pitch = min((below.baseline - line.baseline for line, below in lines if line.page == below.page), default=0.0)
    return last.page == first.page and first.baseline - last.baseline > _APART * pitch > 0.0


def _note_in(para: Para) -> int:
    """Which line begins a bracket that ends the paragraph, as a note of its own does; 0 where there is none."""
    starts = [index for index, line in enumerate(para.lines) if line.text.startswith("(")]
    if not starts or not starts[-1] or not para.lines[-1].text.endswith(")"):
        return 0
    rest = "".join(line.text for line in para.lines[starts[-1] :])
    return starts[-1] if rest.count("(") == rest.count(")") and not breaks_off(para.lines[starts[-1] - 1].text) else 0


def _is_sure_note(para: Para, note: int) -> bool:
    """Whether a bracket at the end of a paragraph is a note wherever its line was broken: behind a sentence or another
    bracket, or a cross-link; also where there is none."""
    if not note:
        return True
    return para.lines[note - 1].text[-1:] in ".!?)" or bool(ALSO_LINK.match(para.lines[note].text))


def _parted_at_note(para: Para, note: int) -> list[Para]:
    """The paragraph, and the note that its line `note` begins, if that reads as a phrase: "(Dependent on ...)"."""
    if not note or not _NOTE_START.match(para.lines[note].text):
        return [para]
    return [replace(para, lines=para.lines[:note]), Para(para.lines[note:])]


def _label_meaning(row: Sequence[PageCell]) -> str | None:
    """What the first cell of a row says that the second holds."""
    return header_meaning(cell_text(row[0])) if row and row[0].column == 0 else None


_text, _location = attrgetter("text"), attrgetter("location")


def _join_overlapping(table: PageTable) -> None:
    """Puts a cell that begins in a row over which another of its column reaches to that one: a merged cell whose lines
    were taken for two, neither of which may be lost."""
    reaching: dict[int, tuple[int, PageCell]] = {}
    for index, row in enumerate(table.rows):
        for cell in list(row):
            first, above = reaching.get(cell.column, (0, cell))
            overlaps = (
                above is not cell and index < first + above.row_span and cell.column_span == above.column_span == 1
            )
            if overlaps and cell.lines and above.lines:
                above.lines = [*above.lines, *cell.lines]
                above.row_span = max(above.row_span, index + cell.row_span - first)
                above.doubts = (*above.doubts, *cell.doubts, _OVERLAP)
                row.remove(cell)
            elif cell.row_span > 1:
                reaching[cell.column] = (index, cell)


_OVERLAP = Doubt("border-inferred", "whether this is one merged cell or two is a guess")


def to_blocks(joined: Joined, place: Place) -> list[Block]:
    """The table, and its repeated headers as furniture; the page tables are used up, so that they take no room."""
    table = joined.parts[0]
    width = table.width
    _join_overlapping(table)
    limits = column_limits(table.rows, width, table.edges)
    if table.method == "ruled" and width == 2:
        limits = _between_rules(table, limits)
    # The lines of a timescale are one value, wherever they were broken.
    heads = [(cell.column, header_meaning(cell_text(cell))) for row in table.rows[: table.header_rows] for cell in row]
    single, people, activities = (
        {column for column, meaning in heads if meaning in meanings} for meanings in (_SINGLE, PEOPLE, ("activity",))
    )
    if width == 2 and not table.header_rows:  # labels beside their values
        labelled = {index for index, row in enumerate(table.rows) if _label_meaning(row) == "activity"}
    else:
        labelled = set()
    headless = not any(meaning for _, meaning in heads)  # its columns are those of the table before, or of labels
    draws = draws_blanks(cell.lines for row in table.rows for cell in row)
    pitch = exact_pitch(cell.lines for row in table.rows[table.header_rows :] for cell in row)
    body = [cell for row in table.rows[table.header_rows :] for cell in row if cell.column_span == 1 and cell.lines]
    # Then how full a line is says nothing of where a name ends.
    is_loose = bool(people) and leaves_room((cell.lines, limits[cell.column]) for cell in body)
    placed: list[dict[int, Cell]] = [{} for _ in table.rows]
    for index, row in enumerate(table.rows):
        told = headless or (width == 2 and bool(row) and header_meaning(cell_text(row[0])) in PEOPLE)
        for cell in row:
            is_one = cell.column in single or (is_loose and cell.column in people)
            limit = None if is_one or cell.column_span > 1 else limits[cell.column]
            found_paras = paragraphs(cell.lines, limit, draws, pitch)
            doubts = cell.doubts
            is_activity = cell.column in activities or (cell.column == 1 and index in labelled)
            if is_activity and any(notes := [_note_in(para) for para in found_paras]):
                unsure = not all(map(_is_sure_note, found_paras, notes))
                found_paras = [part for pair in zip(found_paras, notes, strict=True) for part in _parted_at_note(*pair)]
                doubts = (*doubts, UNSURE_NOTE) if unsure else doubts
            alone = len(found_paras) == 1
            lines = tuple([to_line(para, place, told or cell.column in people, alone) for para in found_paras])
            if not lines and cell.lines:
                struck = "; ".join(f'"{text}"' for line in cell.lines for text in line.struck)
                doubts += (Doubt("text-struck", f"{struck} is struck out", location=place(cell.lines)),)
            elif not all(map(_text, lines)):
                lines = tuple(line for line in lines if line.text)
            found = Cell(
                lines, index, cell.column, min(cell.row_span, len(table.rows) - index), cell.column_span,
                index < table.header_rows, span(map(_location, lines)), doubts, cell.doubts_below,
            )  # fmt: skip
            cell.lines = []
            for below in placed[index : index + found.row_span]:
                for column in range(cell.column, min(cell.column + cell.column_span, width)):
                    below.setdefault(column, found)
    rows: list[Row] = [tuple(map(row.get, range(width))) for row in placed]
    where = tuple(span([cell.location for cell in row if cell is not None and cell.lines]) for row in rows)
    blocks: list[Block] = [Table(tuple(rows), None, table.header_rows, span(where), where)]
    for repeated in joined.repeated:
        lines_of = [line for cell in repeated for line in cell.lines]
        if lines_of:
            text = " ".join(line.text for line in lines_of)
            blocks.append(Furniture(text, "repeated header", place(lines_of)))
    return blocks
