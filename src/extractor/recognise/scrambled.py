"""Text whose order is lost, so that no reading of a row is safe: it is kept as it stands, and nothing is read off it.

1. Words set letter by letter, or turned on their side: most of what stands between blanks is a single letter.
2. Columns woven into one another word by word: expressions that are never parted have a foreign word within, as in
   "Quarter homes 3" or "Head river of", and small words meet that never do ("the of"). One may be chance, two in a text
   are not; beside a row with two, one is none either.
   The same line by line: a time and an owner stand amid the text of a row that has no owner of its own.
3. A table pasted column by column: the refs all together, and then everything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.document import Line
from extractor.issues import Doubt
from extractor.recognise.columns import is_ref, lookup
from extractor.rows import PEOPLE, PlanRow, RowCell
from extractor.vocabulary import Meaning

CODE = "layout-scrambled"
_FEWEST_LETTERS = 6
_MOST_LETTERS = 0.6  # of the words of a text: more single letters than that are no words
_FEWEST_BROKEN = 2
_FEWEST_PIECES = 4  # two broken expressions have two words each at least
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A small word within an expression that joins two of its kind: "Heads and Directors of", "March or April 2025".
_JOINING = r"(?:and|or|to|until|till|of|by|from|for|in|with|the|at|on|through|teachers?|this|next|last|each|end)"
_FOREIGN = rf"(?!{_JOINING}\b)[a-z][a-z’'-]*[.,;:]?"
_ARTICLE = r"(?:the|an?)"
_BROKEN = re.compile(
    rf"\b(?:Heads?|Directors?|Leader)\s+{_FOREIGN}(?:\s+\S+)?\s+of\b"
    rf"|\bQ(?:uarter|tr)\s+(?:{_FOREIGN}|{_ARTICLE}|\d{{2,}}|[5-9])(?:\s+[a-z]\S*)?\s+[1-4]\b(?!\s*(?:%|per\b))"
    rf"|\b(?:{_MONTHS})\s+(?:{_FOREIGN}|{_ARTICLE})(?:\s+[a-z]\S*)?\s+20\d\d\b"
    rf"|\b(?:Cabinet|Executive)\s+{_FOREIGN}(?:\s+\S+)?\s+Members?\b"
    rf"|\bPortfolio\s+{_FOREIGN}(?:\s+\S+)?\s+Holders?\b"
    rf"|\b(?:Chief|Deputy|Assistant|Strategic|Corporate|Senior|Principal|Interim|Acting)\s+{_FOREIGN}(?:\s+\S+)?\s+"
    r"(?:Executive|Officer|Director|Manager|Head|Chief)\b"
    r"|\bof\s+(?:by|for|in|at|on|with)\b(?!-)"
    r"|\b(?:for|in|by|with|at|from|to)\s+of\b"
    rf"|\b{_ARTICLE}(?=\s+(?:the|of|and|for|to|at|by|in|with|from|on)\b(?![-’']))"
    r"|\band\s+and\b"
    rf"|\b(?:Councillor|Cllr)\s+{_ARTICLE}\b"
    r"|\b(?:20\d\d|[1-4])\s+of\s+[A-Z]\w*"
)

# Two columns that follow one another within a third, as where a line of each cell stands after the other.
_TWO_IN_ONE = re.compile(
    rf"\b(?:Q(?:uarter|tr)?\s?[1-4]|(?:{_MONTHS})\s+20\d\d)\s+"
    r"(?:(?:Assistant|Deputy|Strategic|Corporate|Executive)\s+)*(?:Head|Director|Chief|Manager)\s+(?:of|Executive|Officer)\b"
)


@lru_cache(maxsize=1024)  # most columns hold the same few texts
def why_scrambled(text: str) -> str:
    """What shows that the order of a text is lost, in words for a message; empty where nothing does.

    >>> why_scrambled("Build Quarter 90 3 new Head homes of by Leisure")
    'the words of two columns are woven into one another ("Quarter 90 3", "Head homes of")'
    >>> why_scrambled("Head of Leisure, by Quarter 3")
    ''
    """
    pieces = text.split()
    if len(pieces) < _FEWEST_PIECES:
        return ""
    stripped = [piece.strip(".,;:()") for piece in pieces]
    letters = len([piece for piece in stripped if len(piece) == 1 and piece.isalpha()])
    if letters >= _FEWEST_LETTERS:
        short = sum(1 for piece in pieces if len(piece) == 1)
        if max(short, letters) >= _MOST_LETTERS * len(pieces):
            return f"{short} of its {len(pieces)} words are single letters"
    return _woven(text) if len(_broken(text)) >= _FEWEST_BROKEN else ""


def _broken(text: str) -> list[str]:
    """The pieces of a text that say that columns are woven into one another."""
    whole = " ".join(text.split())
    found = []
    for match in _BROKEN.finditer(whole):
        after = whole[match.end() :].split(" ")[1:2] if " " not in match.group() else []
        found.append(" ".join([match.group(), *after]))
    return found


def _woven(text: str) -> str:
    quoted = ", ".join(f'"{piece}"' for piece in _broken(text)[:_FEWEST_BROKEN])
    return f"the words of two columns are woven into one another ({quoted})" if quoted else ""


def scrambled_doubts(reason: str, columns: Sequence[Meaning]) -> tuple[Doubt, ...]:
    """The doubts about a row that was kept as it stands: one for its text, and one for each column, which is empty; a
    time that is missing is told anyway."""
    message = f"Nothing was read off this row: {reason}."
    fields = dict.fromkeys(["activity", *(name for name in columns if name not in _TOLD_ANYWAY)])
    return tuple(Doubt(CODE, message, field=name) for name in fields)


_TOLD_ANYWAY = frozenset(("ref", "group", "timescale"))
_FEWEST_REFS = 3


def text_doubts(lines: Sequence[str], known: Mapping[str, Meaning]) -> tuple[Doubt, ...]:
    """What explains that a text holds no rows: its words are set letter by letter, or its columns follow one another
    whole, each under its header word."""
    lines = [line.strip() for line in lines if line.strip()]
    reason = why_scrambled(" ".join(lines))
    if not reason or "letters" not in reason:
        heads = {meaning for line in lines if len(line.split()) <= 3 and (meaning := lookup(line, known))}
        together = most = 0
        for line in lines:
            together = together + 1 if is_ref(line) else 0
            most = max(most, together)
        if len(heads & {"activity", "timescale", *PEOPLE}) < 2 or most < _FEWEST_REFS:
            return ()
        reason = f"{most} refs stand together, and each column after the other"
    return (Doubt(CODE, f"No row was read: {reason}."),)


def refuse_scrambled(rows: Sequence[PlanRow]) -> list[PlanRow]:
    """The rows, of which those with a cell whose order is lost have all their text under the activity, with a doubt.

    Beside a row whose columns are woven into one another, less shows that those of another one are.
    """
    reasons = [_reason(row, why_scrambled) or _two_in_one(row) for row in rows]
    if any("woven" in reason for reason in reasons):
        reasons = [reason or _reason(row, _woven) for reason, row in zip(reasons, rows, strict=True)]
    return [_refused(row, reason) for row, reason in zip(rows, reasons, strict=True)]


def _reason(row: PlanRow, why: Callable[[str], str]) -> str:
    return next((reason for cell in _own_cells(row) if (reason := why(cell.text))), "")


def _two_in_one(row: PlanRow) -> str:
    """Whether lines of other cells stand within the activity, whose own column of owners holds nothing."""
    cell = row.cells.get("activity")
    if cell is None or cell.location.method != "segmented" or "lead_officers" not in row.cells:
        return ""
    if row.cells["lead_officers"].state == "filled" and row.cells["lead_officers"].lines:
        return ""
    found = _TWO_IN_ONE.search(" ".join(cell.text.split()))
    return f'lines of several columns are woven into one another ("{found.group()}")' if found else ""


def _refused(row: PlanRow, reason: str) -> PlanRow:
    if any(doubt.code == CODE for doubt in row.doubts):
        # What it has from another row is a guess as well.
        own = {name: cell if cell.state == "filled" else _emptied(cell) for name, cell in row.cells.items()}
        return replace(row, cells=own)
    if not reason:
        return row
    ordered = sorted(row.cells.items(), key=lambda item: item[0] != "activity")
    lines: list[Line] = []
    for name, cell in [*ordered, *(("extra", cell) for cell in row.extra)]:
        if name != "ref" and cell.state == "filled":
            lines.extend(cell.lines)
    cells: dict[Meaning, RowCell] = {name: _emptied(cell) for name, cell in row.cells.items() if name != "ref"}
    if "ref" in row.cells:
        cells["ref"] = row.cells["ref"]
    before = row.cells.get("activity", RowCell())
    cells["activity"] = replace(before, lines=tuple(lines), state="filled", from_row=None)
    extra = tuple(map(_emptied, row.extra))
    columns: list[Meaning] = [*cells, *(["extra"] if extra else [])]  # type: ignore[list-item]  # "extra" is a meaning
    kept = tuple(doubt for doubt in row.doubts if doubt.field == "ref")
    doubts = (replace(doubt, location=row.location) for doubt in scrambled_doubts(reason, columns))
    return replace(row, cells=cells, extra=extra, doubts=(*kept, *doubts))


def _own_cells(row: PlanRow) -> Iterator[RowCell]:
    cells: Mapping[Meaning, RowCell] = row.cells
    yield from (cell for name, cell in cells.items() if name != "ref" and cell.state == "filled")
    yield from (cell for cell in row.extra if cell.state == "filled")


def _emptied(cell: RowCell) -> RowCell:
    return RowCell(header=cell.header, state="empty", location=cell.location)
