"""Values of one cell that a converter ran together by a blank, parted by what stands alone in other cells.

The lattice does it: a column of values is a table of one column, in which each cell is a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.document import Cell, Line, Table
from extractor.issues import Doubt
from extractor.recognise.columns import cell_text, lookup
from extractor.recognise.flattened.blocks import Block
from extractor.recognise.flattened.scheme import Column, Kind, Scheme
from extractor.recognise.flattened.segmenter import Segmenter
from extractor.recognise.flattened.stream import Gap, Word
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.roles import looks_like_owner

_LONGEST = 30  # words of a cell that may be values
_SUSPECT = 0.6
_JOINING = frozenset(["of", "and", "for", "the", "&", "–", "-"])
_STROKE = re.compile(r"\s+/\s+")
_TWO_PLURALS = re.compile(r"[a-z]{3}s [A-Z][a-z]{2,}s$")  # "Wardens Ramblers": no name ends so
_SURE = 0.9  # share of all readings from which on there is no doubt
_KINDS: Mapping[Meaning, Kind] = {
    "lead_officers": "post",
    "lead_directorates": "body",
    "lead_cabinet_members": "member",
}


def part_people(tables: Sequence[Table], known: Mapping[str, Meaning]) -> list[Table]:
    """Ragged tables with the values in their columns of people parted; tables with the same header teach each other."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for index, table in enumerate(tables):
        alike.setdefault(tuple(key(cell_text(cell)) for cell in table.rows[0]), []).append(index)
    parted = list(tables)
    for indexes in alike.values():
        header = tables[indexes[0]].rows[0]
        meanings = [lookup(cell_text(cell), known) if cell and cell.lines else None for cell in header]
        people = [column for column, meaning in enumerate(meanings) if meaning in _KINDS]
        for column in people if None not in header else ():
            kind: Kind = "owner" if len(people) == 1 else _KINDS[meanings[column]]  # type: ignore[index]  # one of these
            cells = [row[column] for index in indexes for row in parted[index].rows[1:] if None not in row]
            every = [text for cell in cells if cell for line in cell.lines for text in _STROKE.split(line.text)]
            texts = list(dict.fromkeys(every))
            values = dict(zip(texts, _part(texts, every, kind), strict=True))
            for index in indexes:
                parted[index] = _with_values(parted[index], column, values)
    return parted


_Values = Mapping[str, tuple[tuple[str, ...], float]]


def _with_values(table: Table, column: int, values: _Values) -> Table:
    rows = [
        tuple(
            _parted(cell, values) if place == column and cell and cell.column_span == 1 and None not in row else cell
            for place, cell in enumerate(row)
        )
        for row in table.rows[1:]
    ]
    return replace(table, rows=(table.rows[0], *rows))


def _parted(cell: Cell, values: _Values) -> Cell:
    lines: list[Line] = []
    doubts = list(cell.doubts)
    for line in cell.lines:
        parts = [values.get(text, ((text,), 1.0)) for text in _STROKE.split(line.text)]
        found, surety = [text for part, _ in parts for text in part], min(surety for _, surety in parts)
        if len(found) == len(parts):
            found = [line.text]  # nothing but strokes parts its values
        lines.extend(replace(line, text=text) for text in found)
        if surety < _SURE:
            code = "people-parted" if len(found) > 1 else "people-unparted"
            doubts.append(
                Doubt(code, f"{line.text!r} may be {len(found)} or more values run together.", location=line.location)
            )
    return replace(cell, lines=tuple(lines), doubts=tuple(doubts))


def _part(texts: Sequence[str], every: Sequence[str], kind: Kind) -> list[tuple[tuple[str, ...], float]]:
    """For each text the values that it is made of, and how sure that is."""
    segmenter = Segmenter(Scheme([Column("heading"), Column(kind, activity=True), Column("aside")], referenced=False))
    segmenter.learn([_block(text) for text in every if len(text.split()) <= _LONGEST])
    alone = frozenset(every)
    parted: list[tuple[tuple[str, ...], float]] = []
    for text in texts:
        block = _block(text)
        if not 2 <= len(block.words) <= _LONGEST:
            parted.append(((text,), 1.0))
            continue
        segments = segmenter.cut(block)
        surety = min((segment.surety for segment in segments), default=0.0)
        if any(segment.column != 1 for segment in segments):
            parted.append(((text,), 1.0))
            continue
        values = tuple(" ".join(word.text for word in block.words[s.start : s.end]) for s in segments)
        parted.append((_without_lone_words(values, alone), surety))
    known = Counter(value for values, _ in parted for value in values)
    settled: list[tuple[tuple[str, ...], float]] = []
    for values, surety in parted:
        if any(_may_go_on(value, known) for value in values):
            pieces = [piece for value in values for piece in _at_known(value, known)]
            values = _without_lone_words(pieces, alone)
            surety = min(surety, _SUSPECT)
        elif len(values) > 1 and any(known[value] == 1 and len(value.split()) > 2 for value in values):
            surety = min(surety, _SUSPECT)  # a piece that stands nowhere else may be several again
        settled.append((values, surety))
    return settled


_GOES_ON = re.compile(r"[A-Z][\w'’-]+,\s|(?:Managers?|Officers?|Leads?|Leaders?|Directors?|Co-?ordinators?)\b")


def _without_lone_words(values: Sequence[str], alone: frozenset[str]) -> tuple[str, ...]:
    """The values, with a single word that no cell holds alone put to the one beside it.

    It is a given name where a surname and a comma follow ("Ines" "Entwistle, Recovery Manager"), the beginning of a
    title whose noun follows ("Service" "Manager - Fleet"), else the end of the title before it ("Sport Team" "Leader").
    """
    joined: list[str] = []
    for value in values:
        lone = bool(joined) and " " not in joined[-1] and joined[-1] not in alone
        if lone and (len(joined) == 1 or _GOES_ON.match(value)):
            joined[-1] = f"{joined[-1]} {value}"
        else:
            joined.append(value)
    out: list[str] = []
    for value in joined:
        if out and " " not in value and value not in alone:
            out[-1] = f"{out[-1]} {value}"
        else:
            out.append(value)
    return tuple(out)


def _at_known(value: str, known: Counter[str]) -> tuple[str, ...]:
    """The value parted before or after another that is known, where the rest reads like an owner of its own."""
    words = value.split()
    for place in range(1, len(words)):
        head, tail = " ".join(words[:place]), " ".join(words[place:])
        if tail[:1].isupper() and words[place - 1] not in _JOINING:
            rest = tail if head in known else head if tail in known else ""
            if rest and looks_like_owner(rest):
                return head, tail
    return (value,)


def _may_go_on(value: str, known: Counter[str]) -> bool:
    """Whether a value that is found once begins or ends with another, and the rest could be one too."""
    words = value.split()
    if known[value] > 1:
        return False
    if _TWO_PLURALS.search(value):
        return True
    for place in range(1, len(words)):
        head, tail = words[:place], words[place:]
        if tail[0][:1].isupper() and head[-1] not in _JOINING and (" ".join(head) in known or " ".join(tail) in known):
            return True
    return False


def _block(text: str) -> Block:
    words: list[Word] = []
    for number, word in enumerate(text.split()):
        gap: Gap = "blank" if number else "line"
        words.append(Word(word, gap, 0, 0, 0, 1, False))
    return Block(tuple(words))
