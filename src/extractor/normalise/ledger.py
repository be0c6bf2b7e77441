"""The coverage ledger: words = claimed + the words of what is unread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from extractor.issues import Doubt
from extractor.normalise.references import base_of
from extractor.records import Coverage, Passage
from extractor.rows import Claim

_UNREAD = frozenset({"unread", ""})
_FEWEST_REFS = 3
_ROW = re.compile(r"(?P<ref>(?P<stem>[A-Za-z]{0,3}[-.]?(?:\d{1,3}\.){0,4})\d{1,3})(?:[.:)]|\s?\(?[a-z]\))?\s+\S+\s\S+")
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


def row_doubts(claims: Iterable[Claim], refs: Collection[str]) -> Iterator[Doubt]:
    """A doubt for every paragraph that begins with a ref of the kind that the records bear, and that none bears.

    Not where paragraphs have numbers of their own, some of which are refs as well, as those of committee papers.
    """
    stems = Counter(found["stem"] for ref in refs if (found := _ROW.match(f"{ref} a b")))
    if stems.total() < _FEWEST_REFS:
        return
    known = {*map(base_of, refs)}
    like_rows: list[tuple[str, Claim]] = []
    for claim in claims:
        found = _ROW.match(claim.text) if claim.kind == "prose" else None
        if found and found["stem"] and any(found["stem"] in near for near in map(_near, stems)):
            if found["ref"] in known:
                return
            like_rows.append((found["ref"], claim))
    for ref, claim in like_rows:
        message = f"The paragraph begins with {ref}, as an activity does; no record bears that ref."
        yield Doubt("row-unread", message, None, claim.location)


def _near(stem: str) -> set[str]:
    """The stem of a series of refs ("3." of "3.5"), and those of the series before and after it."""
    found = re.fullmatch(r"(.*?)(\d+)(\D*)", stem)
    if not found:
        return {stem}
    return {stem, *(f"{found[1]}{int(found[2]) + step}{found[3]}" for step in (-1, 1))}
