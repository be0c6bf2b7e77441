"""Footnote marks: which raised figures and signs are one, by their wording.

1. Marks that are raised by their setting are the readers' to find; those that are characters of the text ("Head of
   Housing¹", "Town Clerk*") are taken out of any document alike.
2. A sign is a mark only where a note at the foot begins with it; a figure in superscript also behind a word. What it
   makes a power of ("m²") keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from operator import itemgetter

from extractor.document import Block, Cell, Document, Furniture, Heading, Line, Paragraph, Table
from extractor.issues import Doubt
from extractor.locations import Location
from extractor.text import fold

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,4})[\])]?(?:\s*,\s*\d{1,3})*\Z")
_SIGN = re.compile(r"[*†‡§¶#]")
# What a superscript figure makes a power of: "m2", "km3", "tCO2", "10^6".
_POWER = re.compile(r"(?:(?<![^\W\d_])(?:[munkcd]?m|ft|yd|mi|in|t?CO|x|y)|(?<!\d)\d{1,3}|\))\Z")
# What a figure never makes a power of, though it ends in one: a year, "2024/25", a quarter.
_TIME_BEFORE = re.compile(r"(?<!\d)(?:(?:19|20)\d\d(?:\s?[/–-]\s?\d\d)?|\bQ(?:uarter|tr)?\s?[1-4])\s*\Z", re.IGNORECASE)
_REF_BEFORE = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+\Z")
_NAME_BEFORE = re.compile(r"[a-z]{3}\Z")
_WORD_BEFORE = re.compile(r"[^\W\d_]{2,}[.,;:!?)\]’'\"”]*\s*\Z|[.,;:!?’'\"”]\s*\Z")


def looks_like_mark(shown: str) -> bool:
    """Whether a raised text may be a mark: a figure, a letter, signs.

    >>> looks_like_mark("1"), looks_like_mark("*"), looks_like_mark("st")
    (True, True, False)
    """
    return bool(_MARK.match(shown))


def is_mark(shown: str, before: str, notes: Container[str], linked: bool = False) -> bool:
    """Whether a raised text is a footnote's mark and no part of the text ("m2", "1st").

    `before` is the text of its line before it; `notes` are the marks that begin a note; `linked`: it leads to one.

    >>> is_mark("1", "the hall", ()), is_mark("2", "500 m", ()), is_mark("2", "500 m", ("2",))
    (True, False, False)
    >>> is_mark("1", "March 2025", ()), is_mark("2", "Quarter 2", ()), is_mark("6", "10", ())
    (True, True, False)
    >>> is_mark("1", "1.1", ()), is_mark("a", "Housing", ()), is_mark("st", "21", ())
    (True, True, False)
    """
    if not before.strip() or not looks_like_mark(shown):
        return False
    if linked or _SIGN.search(shown):
        return True
    if shown.isdigit() and (_TIME_BEFORE.search(before) or _REF_BEFORE.match(before)):
        return True
    if len(shown) == 1 and _NAME_BEFORE.search(before):
        return True
    if shown in notes and not _POWER.search(before):
        return True
    return shown.isdigit() and bool(_WORD_BEFORE.search(before)) and not _POWER.search(before.rstrip())


# --- marks that are characters of the text ---------------------------------------------------------------------

_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_FIGURES, "0123456789")
_CHARACTERS = re.compile(rf"[{_FIGURES}*†‡]")
_MARK_IN_TEXT = re.compile(rf"(?<=\S)(?:(?P<figure>[{_FIGURES}]{{1,2}})| ?(?P<sign>[*†‡]{{1,3}}))(?=[\s.,;:!?)\]]|$)")
_BEGINS_NOTE = re.compile(rf"(?:[{_FIGURES}]{{1,2}}|[*†‡]{{1,3}})\s*(?=[\w(])")
_NEXT_NOTE = re.compile(rf"(?:^|\s)([{_FIGURES}]{{1,2}}|[*†‡]{{1,3}})\s*(?=[\w(])")
_NOTE_LENGTH = 300


def without_marks(document: Document) -> Document:
    """The document without footnote marks in its tables and headings; where one was, a doubt tells the note."""
    if not any(_CHARACTERS.search(text) for block in document.blocks for text in _texts(block)):
        return document
    notes = {mark: note for block in document.blocks for mark, note in _notes_in(block)}
    doubts: list[Doubt] = []
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            blocks.append(_table_without_marks(block, notes))
        elif isinstance(block, Heading):
            text, marks = _stripped(block.text, notes)
            doubts.extend(_told(mark, notes, block) for mark in marks)
            blocks.append(replace(block, text=text) if marks else block)
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks), doubts=(*document.doubts, *doubts))


# --- marks that a text without raised letters keeps as figures ----------------------------------------------------

_NOTE_LINE = re.compile(r"\s*(?P<mark>\d)[.)]?\s+(?P<note>[A-Z(].*)")
_LOWERED_MARK = r"(?<=[a-z]{{3}}){mark}(?=\s|$)"


def with_marks_told(text: str) -> tuple[str, list[Furniture], list[Doubt]]:
    """A text without the marks of its footnotes where they became plain figures: "all schools1", and "1. The pledge was
    written by pupils" below all else. With the notes, which are furniture, and the doubts that tell them.

    The notes count from 1, one below the other, and each has one mark in the lines above, in the same order. Others are
    in brackets, as a word processor's pages have them: "Timetable[iv]", and "[iv] Insert the date" below all else.
    """
    if _FIRST_MARK.search(text) and _FIRST_NOTE.search(text):
        return _without_bracketed(text)
    if not _GLUED_FIGURE.search(text):
        return text, [], []
    lines = text.split("\n")
    notes: list[tuple[int, str]] = []
    for index in range(len(lines) - 1, -1, -1):
        found = _NOTE_LINE.fullmatch(lines[index])
        if found and (not notes or int(found["mark"]) + 1 == int(notes[0][1])):
            notes.insert(0, (index, found["mark"]))
        elif notes and lines[index].strip():
            break
    if not notes or notes[0][1] != "1":
        return text, [], []
    places: list[tuple[int, re.Match[str]]] = []
    for _, mark in notes:
        pattern = re.compile(_LOWERED_MARK.format(mark=mark))
        own = [(index, match) for index in range(notes[0][0]) for match in pattern.finditer(lines[index])]
        if len(own) != 1:
            return text, [], []
        places.extend(own)
    if places != sorted(places, key=lambda place: (place[0], place[1].start())):
        return text, [], []
    doubts = []
    for (index, match), (at, mark) in zip(places, notes, strict=True):
        lines[index] = f"{lines[index][: match.start()]} {lines[index][match.end() :]}"
        note = {mark: lines[at].strip()[:_NOTE_LENGTH]}
        doubts.append(_told(mark, note, Line("", Location(lines=(index + 1, index + 1)))))
    furniture = [Furniture(fold(lines[at]), "footnote", Location(lines=(at + 1, at + 1))) for at, _ in notes]
    for at, _ in notes:
        lines[at] = ""
    return "\n".join(lines), furniture, doubts


_FIRST_MARK = re.compile(r"\w\[(?:1|i)\](?=\s)")
_FIRST_NOTE = re.compile(r"^[ \t]*\[(?:1|i)\]\s+\w", re.MULTILINE)
_BRACKETED_MARK = re.compile(r"(?<=\w)\[(\d{1,2}|[ivx]{1,5})\](?!\S)")
_BRACKETED_NOTE = re.compile(r"\s*\[(\d{1,2}|[ivx]{1,5})\]\s+(\S.*)")


def _without_bracketed(text: str) -> tuple[str, list[Furniture], list[Doubt]]:
    """The same of marks in brackets, each taken out where it stands first; notes of several lines keep the others.

    Where a line that looks like a note has no mark above it, they are rows, "[2]  Mend the weir", and all stays.
    """
    lines = text.split("\n")
    notes = [(index, match) for index, line in enumerate(lines) if (match := _BRACKETED_NOTE.fullmatch(line))]
    wanted = {match[1] for _, match in notes}
    marks: dict[str, list[tuple[int, int]]] = {}
    for index in range(notes[-1][0], -1, -1):
        found = [match for match in _BRACKETED_MARK.finditer(lines[index]) if match[1] in wanted]
        for match in reversed(found):
            marks.setdefault(match[1], []).append((index, match.start()))
    places: list[tuple[int, int]] = []
    for at, match in notes:
        own = marks.get(match[1])
        if not own or own[-1][0] >= at:
            return text, [], []
        places.append(own.pop())
    furniture: list[Furniture] = []
    doubts: list[Doubt] = []
    for (index, start), (at, match) in sorted(zip(places, notes, strict=True), key=itemgetter(0), reverse=True):
        shown = f"[{match[1]}]"
        lines[index] = lines[index][:start] + lines[index][start + len(shown) :]
        doubts.append(_told(shown, {shown: match[2][:_NOTE_LENGTH]}, Line("", Location(lines=(index + 1, index + 1)))))
        furniture.append(Furniture(fold(f"{lines[at]} {shown}"), "footnote", Location(lines=(at + 1, at + 1))))
        lines[at] = ""
    return "\n".join(lines), furniture[::-1], doubts[::-1]


_GLUED_FIGURE = re.compile(_LOWERED_MARK.format(mark="1"))


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (line.text for cell in block.cells() for line in cell.lines)
    elif isinstance(block, Heading):
        yield block.text


def _notes_in(block: Block) -> Iterator[tuple[str, str]]:
    """Marks and texts of the notes that a paragraph, or a row that runs over a whole table, begins with."""
    if isinstance(block, Paragraph):
        lines = [block.line]
    elif isinstance(block, Table):
        lines = [line for cell in block.cells() if cell.column_span == block.width > 1 for line in cell.lines]
    else:
        return
    for line in lines:
        marked = line.marker and _BEGINS_NOTE.match(f"{line.marker}x") and not line.text.startswith(line.marker)
        text = f"{line.marker} {line.text}" if marked else line.text
        if _BEGINS_NOTE.match(text):
            parts = _NEXT_NOTE.split(text)
            for mark, note in zip(parts[1::2], parts[2::2], strict=True):
                yield mark, note.strip()[:_NOTE_LENGTH]


def _stripped(text: str, notes: Mapping[str, str]) -> tuple[str, list[str]]:
    """A text without its marks, and the marks.

    >>> _stripped("Head of Housing¹, Town Clerk*", {"¹": "Post vacant", "*": "From May"})
    ('Head of Housing, Town Clerk', ['¹', '*'])
    >>> _stripped("Plant 500 m² of trees; rated 4*", {"¹": "Post vacant"})
    ('Plant 500 m² of trees; rated 4*', [])
    """
    marks: list[str] = []
    known = {mark.translate(_PLAIN) for mark in notes if mark[0] in _FIGURES}

    def strip(found: re.Match[str]) -> str:
        shown = found["figure"] or found["sign"]
        before = text[: found.start()]
        is_one = is_mark(shown.translate(_PLAIN), before, known) if found["figure"] else shown in notes
        if not is_one:
            return found[0]
        marks.append(shown)
        return ""

    return (_MARK_IN_TEXT.sub(strip, text), marks) if _CHARACTERS.search(text) else (text, marks)


def _told(mark: str, notes: Mapping[str, str], place: Line | Heading) -> Doubt:
    note = notes.get(mark, "")
    message = f'Footnote mark "{mark}" was taken out of the text' + (f'; the note says: "{note}"' if note else ".")
    return Doubt("footnote-mark", message, location=place.location)


def _table_without_marks(table: Table, notes: Mapping[str, str]) -> Table:
    made: dict[int, Cell] = {}
    for cell in table.cells():
        if cell.column_span == table.width > 1 and any(_BEGINS_NOTE.match(line.text) for line in cell.lines):
            continue
        doubts: list[Doubt] = []
        lines: list[Line] = []
        for line in cell.lines:
            text, marks = _stripped(line.text, notes)
            doubts.extend(_told(mark, notes, line) for mark in marks)
            if marks:
                breaks = tuple(at for at in line.breaks if text[:at] == line.text[:at])
                line = replace(line, text=text, label=_stripped(line.label, notes)[0], breaks=breaks)
            lines.append(line)
        if doubts:
            made[id(cell)] = replace(cell, lines=tuple(lines), doubts=(*cell.doubts, *doubts))
    return table.with_cells(made) if made else table
