"""The ledger: which piece of the source was taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.document import Table
from extractor.locations import Location
from extractor.rows import Claim
from extractor.text import count_words

KEPT = frozenset({"record", "heading", "header", "table"})
"""Claims whose text stands elsewhere in the plan, so that the ledger need only count them."""


def added_up(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, those that need but be counted as one a kind: a long table has several for each row.

    >>> where = Location(lines=(3, 3))
    >>> added = added_up([Claim(2, "record"), Claim(1, "prose", "Draft", where), Claim(3, "record")])
    >>> [(claim.words, claim.kind) for claim in added]
    [(1, 'prose'), (5, 'record')]
    """
    counted: Counter[str] = Counter()
    told: list[Claim] = []
    for claim in claims:
        if claim.kind in KEPT:
            counted[claim.kind] += claim.words
        else:
            told.append(claim)
    return (*told, *(Claim(words, kind) for kind, words in counted.items()))


@dataclass
class Ledger:
    """Gathers the claims of one run, in document order."""

    claims: list[Claim] = field(default_factory=list)

    def claim(self, text: str, kind: str, location: Location) -> None:
        """Notes that `text` was taken for `kind`; texts without words are not noted."""
        words = count_words(text)
        if words:
            self.claims.append(Claim(words, kind, "" if kind in KEPT else text, location))

    def unread(self, text: str, location: Location) -> None:
        """Notes that nothing took `text`."""
        self.claim(text, "unread", location)

    def table(self, table: Table, kind: str) -> None:
        """Claims every cell of a table and its caption."""
        if table.caption:
            self.claim(table.caption, kind, table.location)
        for cell in table.cells():
            self.claim(cell.text, kind, cell.location)
