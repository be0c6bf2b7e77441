"""The words of a row, put into columns, as the cells of a table, with a doubt where a border may stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby, pairwise

from extractor.document import Cell, Line
from extractor.issues import UNSURE_ITEMS, UNSURE_NOTE, Doubt
from extractor.locations import Location
from extractor.recognise.flattened.blocks import Piece, value_of
from extractor.recognise.flattened.doubts import MARKS, doubt_joined_values, short
from extractor.recognise.flattened.group_names import doubt_joined_groups
from extractor.recognise.flattened.scheme import Kind
from extractor.recognise.flattened.second import Border
from extractor.recognise.flattened.segmenter import Segmenter
from extractor.recognise.flattened.stream import BLANK_CELL, Word
from extractor.text import fold
from extractor.vocabulary.roles import DANGLING

DOUBTFUL = 0.8  # share of all readings below which a cell is in doubt
_FEWEST_BROKEN = 4  # lines that another follows
_PARAGRAPHS: frozenset[Kind] = frozenset(("prose", "money", "aside"))
_HAD_ROOM, _HAD_NONE = 0.86, 0.96
"""Shares of a line's room: letters differ in width, so that between them nothing tells whether a word had room."""
_RUNS_ON = DANGLING | {"a", "an", "by", "with", "from", "on", "at", "or", "as", "that", "which", "to"}


def rooms_of(rows: Iterable[Sequence[Piece]]) -> dict[int, int]:
    """By column (of the lattice), how many characters a line of its cells has room for: as many as its longest has that
    another follows; columns with few such lines are left out."""
    lengths: dict[int, list[int]] = {}
    for piece in chain.from_iterable(rows):
        lines = [" ".join(word.text for word in words) for _, words in groupby(piece.words, lambda word: word.line)]
        lengths.setdefault(piece.segment.column, []).extend(map(len, lines[:-1]))
    return {column: max(found) for column, found in lengths.items() if len(found) >= _FEWEST_BROKEN}


def cells_of(
    row: Sequence[Piece], number: int, width: int, segmenter: Segmenter, below: bool, rooms: Mapping[int, int]
) -> tuple[tuple[Cell | None, ...], Location]:
    """A row of the table from its pieces; columns without a piece are missing. `rooms` as `rooms_of` gives them."""
    by_column: dict[int, list[Piece]] = {}
    for piece in row:
        by_column.setdefault(piece.segment.column - 1, []).append(piece)
    sureties = {index: _surety(pieces) for index, pieces in by_column.items()}
    for before, after in pairwise(row):  # a doubtful border is a doubt about the cells on both its sides
        border = min(before.segment.closing, after.segment.opening)
        sides = (before.segment.column, value_of(before.words), after.segment.column, value_of(after.words))
        if Border(*sides, after.words[0].gap == "soft") in segmenter.unsure:
            border = 0.5
        for piece in (before, after):
            column = piece.segment.column - 1
            sureties[column] = min(sureties[column], border)
    cells: list[Cell | None] = [None] * width
    for index, pieces in by_column.items():
        lines: list[Line] = []
        guesses: list[Doubt] = []
        for piece in pieces:
            lines.extend(
                _lines_of(piece.words, segmenter.scheme.columns[index + 1].kind, rooms.get(index + 1, 0), guesses)
            )
        place = Location(lines=(pieces[0].words[0].line, pieces[-1].words[-1].line), method="segmented")
        surety = sureties[index]
        doubts = tuple(dict.fromkeys(guesses)) if index + 1 == segmenter.scheme.activity else ()
        if surety < DOUBTFUL and lines:
            text = " ".join(line.text for line in lines)
            doubts = (
                *doubts,
                Doubt(
                    "border-inferred",
                    f'where "{short(text)}" begins or ends is not certain ({surety:.0%})',
                    location=place,
                ),
            )
        cells[index] = Cell(tuple(lines), number, index, location=place, doubts=doubts)
    doubt_joined_groups(cells, segmenter)
    where = Location(lines=(row[0].words[0].line, row[-1].words[-1].line), method="segmented")
    doubt_joined_values(cells, row, segmenter, number, where)
    # Where nothing parts the cells, an empty one may be one whose words went to another.
    lost = not segmenter.scheme.delimited and not below
    for index, cell in enumerate(cells):
        beside = [next((i for i in way if i in by_column), None) for way in (range(index, -1, -1), range(index, width))]
        unsure = any(near is not None and sureties[near] < DOUBTFUL for near in beside)
        if cell is None and (unsure or (lost and segmenter.scheme.columns[index + 1].kind not in ("group", "ref"))):
            doubt = Doubt("border-inferred", "Its words may stand in the cell beside it.", location=where)
            cells[index] = Cell((), number, index, location=where, doubts=(doubt,))
    return tuple(cells), where


def _surety(pieces: Sequence[Piece]) -> float:
    """How sure a cell's words are, whatever a mark between its values parts."""
    if not any(word.text.endswith(MARKS) for piece in pieces for word in piece.words):
        return min(piece.segment.surety for piece in pieces)
    within = [after.segment.opening for before, after in pairwise(pieces) if not before.words[-1].text.endswith(MARKS)]
    return min(pieces[0].segment.opening, pieces[-1].segment.closing, *within)


def _lines_of(words: Sequence[Word], kind: Kind, room: int, unsure: list[Doubt]) -> list[Line]:
    """The words as lines: a line end parts paragraphs of prose, and a bullet opens an item.

    Where cells have `room` for so many characters a line, a line end parts paragraphs only if the next word had room
    before it, or behind a colon; where that is a guess, `unsure` gets a doubt.
    """
    lines: list[Line] = []
    current: list[Word] = []
    opener = ""  # the first word of a list's items

    def end() -> None:
        text = fold(" ".join(word.text for word in current))
        if text and text != BLANK_CELL:
            place = Location(lines=(current[0].line, current[-1].line), method="segmented")
            item = current[0].item
            lines.append(Line(text, place, kind="item" if item else "paragraph", marker="•" if item else ""))
        current.clear()

    for place, word in enumerate(words):
        if current and (word.item or (word.gap in ("line", "paragraph") and kind in _PARAGRAPHS)):
            end()
        elif current and room and kind in _PARAGRAPHS and word.gap in ("soft", "wrap"):
            if not opener and current[-1].text.endswith(":"):
                opener = word.text
            ends, sure = _ends_paragraph(current, words[place:], room, opener)
            if not sure:
                unsure.append(UNSURE_ITEMS if opener else UNSURE_NOTE)
            if ends:
                end()
        current.append(word)
    if current:
        end()
    return lines


def _ends_paragraph(before: Sequence[Word], after: Sequence[Word], room: int, opener: str) -> tuple[bool, bool]:
    """Whether a paragraph ends between two lines of a cell, and whether that is sure.

    Between the items of a list, of which the first begins with `opener`, and before a bracket that may be a note;
    elsewhere the lines of a cell are one text.
    """
    last, first = before[-1].text, after[0].text
    bracket = first.startswith("(")
    line = [word.text for word in before if word.line == before[-1].line]
    share = (len(" ".join(line)) + 1 + len(first)) / room
    if last.endswith(":"):
        return True, share <= _HAD_NONE  # a line without room for more may end so in mid-sentence
    if not opener and not bracket:
        return False, True
    if last.lower() in _RUNS_ON or last.endswith(","):
        return False, True
    if opener and not bracket:
        if last.endswith(";"):
            return True, True
        stops = any(word.text.endswith(";") for word in after)
        if stops or opener[:1].isupper() is not first[:1].isupper():
            return False, True
    if share <= _HAD_ROOM or last.endswith("."):
        return True, True
    if bracket and after[-1].text.endswith(")") and sum(word.text.count("(") for word in after) == 1:
        return True, False  # few brackets that close a text begin a line by chance
    return share < _HAD_NONE, share > _HAD_NONE
