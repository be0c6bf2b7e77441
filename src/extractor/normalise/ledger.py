"""The coverage ledger: words = claimed + the words of what is unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from extractor.issues import Doubt
from extractor.records import Coverage, Passage
from extractor.rows import Claim

_UNREAD = frozenset({"unread", ""})
# Kinds that stand in the result themselves; the rest is furniture and is listed by name.
_IN_RESULT = frozenset({"record", "heading", "header", "table", "title", "group"})


def cover(words: int, claims: Iterable[Claim]) -> Coverage:
    """The coverage of a document of `words` words that the claims are made on."""
    counts: Counter[str] = Counter()
    furniture: list[Passage] = []
    unread: list[Passage] = []
    for claim in claims:
        if claim.kind in _UNREAD:
            unread.append(Passage(text=claim.text, location=claim.location))
            continue
        counts[claim.kind] += claim.words
        if claim.text and claim.kind not in _IN_RESULT:
            name = claim.kind.removeprefix("furniture: ")
            furniture.append(Passage(text=claim.text, kind=name, location=claim.location))
    return Coverage(
        words=words,
        claimed=sum(counts.values()),
        claims=dict(sorted(counts.items())),
        furniture=tuple(furniture),
        unread=tuple(unread),
    )


def unread_doubts(words: int, claims: Iterable[Claim]) -> Iterator[Doubt]:
    """A doubt for every unread passage, and one where the claims do not add up to the words."""
    counted = 0
    for claim in claims:
        counted += claim.words
        if claim.kind in _UNREAD and claim.words:
            shown = claim.text if len(claim.text) <= 80 else claim.text[:77] + "..."
            yield Doubt("text-unread", f"{claim.words} words are in no record: {shown!r}.", None, claim.location)
    if counted < words:
        yield Doubt("text-unread", f"{words - counted} words of the source are in no record.")
