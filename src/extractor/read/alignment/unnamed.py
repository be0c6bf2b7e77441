"""The column of refs that stands before the first header word, and has none itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.read.alignment.headers import Column, Header, Over
from extractor.read.alignment.measure import Measure
from extractor.read.overleaf import begins_ref, is_ref
from extractor.read.typeset import Word, join_words
from extractor.text import key

_END_OF_REF = re.compile(r"\d{1,3}[a-z]?")  # a narrow column breaks "SA-01" at its hyphen


class Unnamed:
    """Finds such columns table by table: one that was found is looked for under the same header words again."""

    def __init__(self) -> None:
        self.lacking: set[tuple[str, ...]] = set()
        """The words of headers before which such a column stands."""

    def complete(
        self, header: Header, body: Sequence[list[Word]], before: Sequence[Column] | None, measure: Measure
    ) -> tuple[list[Column], list[Over]]:
        """The columns of a table, and what spans them; `before` are those of the table that this one goes on from."""
        if before is None:
            says = tuple(key(column.text) for column in header.columns)
            refs = _column_before(header.columns[0], body, says in self.lacking, measure)
            found = [refs] if refs else []
            self.lacking.update([says] if refs else [])
        else:
            found = [column for column in before if not column.words]
        count = len(found)
        over = [replace(each, first=each.first + count, last=each.last + count) for each in header.over]
        return [*found, *header.columns], over


def named(columns: Sequence[Column]) -> list[Column]:
    """The columns that have header words."""
    return [column for column in columns if column.words]


def _column_before(first: Column, body: Sequence[list[Word]], again: bool, measure: Measure) -> Column | None:
    """The column of refs that stands before the first header word; None where there is none.

    `again`: a table with the same header words had one. Text that runs on across the columns is none of a column, and
    what stands below the last ref may be none of the table.
    """
    lefts: list[float] = []
    refs = others = waiting = 0
    for line in body:
        own = [word for word in line if word.x1 <= first.left - 1]
        if not own:
            continue
        text = join_words(own)
        if is_ref(text) or begins_ref(text) or _END_OF_REF.fullmatch(text):
            refs += 1
            others, waiting = others + waiting, 0
            lefts.append(own[0].x0)
        elif len(own) == len(line) or line[len(own)].x0 - own[-1].x1 >= 1.2 * measure.blank * own[-1].size:
            waiting += 1
    enough = refs >= 0.8 * max(refs + others, 4) if others else refs >= (1 if again else 2)
    return Column(min(lefts), "", "ref", [], first.left) if enough else None
