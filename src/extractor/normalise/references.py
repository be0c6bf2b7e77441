"""Refs: read, completed, inferred where they were lost, and checked against their neighbours.

1. A ref is text: 3.10 is not 3.1, and it comes after 3.9.
2. The canonical form has no blanks, brackets, closing punctuation or label word; a sub-letter is lower case.
3. A lost ref is inferred only where the numbers on both sides leave room for exactly the rows that have none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.fixed import fixed
from extractor.text import fold, straighten

_LABEL = re.compile(
    r"^(?:action|activity|objective|ref(?:erence)?|no|number|milestone|commitment|recommendation|priority|outcome|"
    r"deliverable|item|task|aim|goal|step|strategy|initiative|project|tactic)s?\b[\s.:#]*(?=[A-Za-z]{0,3}[\s.-]?\d)",
    re.IGNORECASE,
)
_LETTER_ALONE = re.compile(r"^\(?([A-Za-z]|[ivx]{2,4})\s?[).:]+$|^\(([A-Za-z]|[ivx]{2,4})\)$|^([a-z])$")
_REF = re.compile(
    r"^\(?(?P<stem>(?:[A-Za-z]{1,6}[\s./:-]{0,2})?\d{1,4}(?:\s?[./-]\s?[A-Za-z]{0,4}\d{1,4}){0,6})"
    r"\s?\.?\s?(?:\(?(?P<letter>[A-Za-z]|[ivx]{2,4})\)?)?[).:;]*$"
)
_PARTS = re.compile(r"\d+|[A-Za-z]+")
_LAST_NUMBER = re.compile(r"^(.*?)(\d+)$")
_LETTERED = re.compile(r"^(.*\d)([a-z])$")
_COUNTED_ANEW = re.compile(r"\d+[a-z]?|[A-Za-z]")


@fixed(frozen=True, slots=True)
class Reference:
    """A ref as read. `canonical` is the letter alone, and `partial` true, where the number stands in another row."""

    canonical: str
    as_published: str
    parent: str | None = None
    letter: str | None = None
    partial: bool = False


def read_reference(text: str) -> Reference | None:
    """The ref that a cell's text is; None where it is none.

    >>> read_reference("3.5 a)")
    Reference(canonical='3.5a', as_published='3.5 a)', parent='3.5', letter='a', partial=False)
    >>> read_reference("Action 1.1.1:").canonical, read_reference("P6 33 adults")
    ('1.1.1', None)
    """
    published = fold(text)
    label = _LABEL.match(published)
    if label:
        published = published[label.end() :].rstrip(" :;")
    plain = straighten(published)
    alone = _LETTER_ALONE.match(plain)
    if alone:
        letter = next(group for group in alone.groups() if group)
        return Reference(letter.lower(), published, None, letter, partial=True)
    found = _REF.match(plain)
    if not found:
        return None
    stem = re.sub(r"\s", "", found["stem"])
    letter = found["letter"]
    if not letter:
        return Reference(stem, published)
    return Reference(f"{stem}{letter.lower()}", published, stem, letter.lower())


def complete(reference: Reference, base: str | None) -> Reference:
    """The ref "a)" with the number of the row that it belongs to; by its own letter where there is none.

    >>> complete(read_reference("b)"), "3.2").canonical
    '3.2b'
    """
    if not reference.partial or reference.letter is None:
        return reference
    if base is None:
        return replace(reference, canonical=reference.letter, letter=None, partial=False)
    letter = reference.letter.lower()
    return replace(reference, canonical=f"{base}{letter}", parent=base, letter=letter, partial=False)


@fixed(frozen=True, slots=True)
class Place:
    """What the inference of lost refs has to know of one row."""

    reference: Reference | None
    group_index: int | None = None
    expected: bool = True
    """Whether the row can have had a ref that was lost."""


def sort_key(canonical: str) -> tuple[tuple[int, int, str], ...]:
    """The key by which refs sort as people count: 3.9 < 3.10 < 3.10a.

    >>> sorted(["3.10", "3.9", "3.10a"], key=sort_key)
    ['3.9', '3.10', '3.10a']
    """
    parts = _PARTS.findall(canonical)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


@lru_cache(maxsize=1024)  # a ref is asked about beside the one before it and the one behind it
def _split(base: str) -> tuple[str, int, int] | None:
    """("3.", 5, 0) of "3.5": what goes before the last number, the number, and to how many figures zeros fill it."""
    found = _LAST_NUMBER.match(base)
    return (found[1], int(found[2]), len(found[2]) * found[2].startswith("0")) if found else None


def _base(reference: Reference) -> str:
    return reference.parent or reference.canonical


def _number(stem: str, number: int, figures: int) -> str:
    return f"{stem}{number:0{figures}d}"


def infer(places: Sequence[Place]) -> list[Reference | None]:
    """The refs of the rows, those lost filled in where their neighbours give them.

    An inferred ref has an empty `as_published`.
    """
    out = [place.reference for place in places]
    index = 0
    while index < len(places):
        if places[index].reference or not places[index].expected:
            index += 1
            continue
        first = index
        while index < len(places) and not places[index].reference and places[index].expected:
            index += 1
        for offset, canonical in enumerate(_lost(places, first, index)):
            parent, letter = _sub_item(canonical)
            out[first + offset] = Reference(canonical, "", parent, letter)
    return out


def base_of(canonical: str) -> str:
    """The ref without its sub-letter.

    >>> base_of("3.5a"), base_of("3.5")
    ('3.5', '3.5')
    """
    return _sub_item(canonical)[0] or canonical


@lru_cache(maxsize=1024)
def _sub_item(canonical: str) -> tuple[str | None, str | None]:
    found = _LETTERED.match(canonical)
    return (found[1], found[2]) if found else (None, None)


def _lost(places: Sequence[Place], first: int, stop: int) -> list[str]:
    """The refs of the rows from `first` up to `stop`, which have none; empty where they cannot be known."""
    before = places[first - 1].reference if first else None
    after = places[stop].reference if stop < len(places) else None
    count = stop - first
    if after is None:
        return []
    if before and before.letter and after.letter and before.parent == after.parent:  # a, _, c
        low, high = ord(before.letter[0]), ord(after.letter[0])
        if high - low == count + 1:
            return [f"{before.parent}{chr(low + n)}" for n in range(1, count + 1)]
        return []
    end = _split(_base(after))
    if not end:
        return []
    begin = _split(_base(before)) if before else None
    if begin and begin[0] == end[0]:
        if end[1] - begin[1] == count + 1 and after.letter in {None, "a"}:
            figures = max(begin[2], end[2])
            return [_number(end[0], begin[1] + n, figures) for n in range(1, count + 1)]
        return []
    group = places[stop].group_index
    alike = all(place.group_index == group for place in places[first:stop])
    starts = before is None or places[first - 1].group_index != group
    if alike and starts and end[1] == count + 1 and after.letter in {None, "a"}:
        return [_number(end[0], n, end[2]) for n in range(1, count + 1)]
    return []


@fixed(frozen=True, slots=True)
class Oddity:
    """Something odd in the sequence of refs: `gap`, `duplicate` or `order`, at the row with this index."""

    kind: str
    index: int
    message: str


def check(refs: Sequence[str | None], groups: Sequence[int | None]) -> Iterator[Oddity]:
    """Gaps, repeats and steps back in the refs of the rows; numbering that restarts under a heading is none.

    >>> [o.message for o in check(["3.1", "3.2", "3.4"], [0, 0, 0])]
    ['3.3 is missing between 3.2 and 3.4.']
    >>> [o.kind for o in check(["R1", "R2", "R1", "R2"], [0, 0, 1, 1])]
    ['order']
    """
    seen: dict[tuple[str, int | None], int] = {}
    known = {ref for ref in refs if ref}
    bases = known.union(map(base_of, known))
    late = _late_starts(refs)
    anew = _counted_anew(refs, groups)
    previous: str | None = None
    previous_group: int | None = None
    for index, (ref, group) in enumerate(zip(refs, groups, strict=True)):
        if ref is None:
            previous = None
            continue
        scope = group if _restarts(ref) or _letters(ref) in anew else None
        if (ref, scope) in seen:
            yield Oddity("duplicate", index, f"{ref} occurs more than once.")
        if index in late:
            yield Oddity("gap", index, _missing(late[index], f"before {ref}"))
        seen.setdefault((ref, scope), index)
        if previous is not None and previous != ref:
            yield from _step(previous, ref, previous_group == group, index, bases)
        previous, previous_group = ref, group


def _late_starts(refs: Sequence[str | None]) -> dict[int, list[str]]:
    """By index, the first ref of a series that does not begin with 1, where others do: the refs missing before it."""
    first: dict[str, tuple[int, tuple[str, int, int]]] = {}
    for index, ref in enumerate(refs):
        parts = _split(base_of(ref)) if ref and not _restarts(ref) else None
        if parts:
            first.setdefault(parts[0], (index, parts))
    if not any(number == 1 for _, (_, number, _) in first.values()):
        return {}
    return {
        index: [_number(stem, n, figures) for n in range(1, number)]
        for index, (stem, number, figures) in first.values()
        if number > 1
    }


def _missing(refs: Sequence[str], where: str) -> str:
    shown = [refs[0], "...", refs[-1]] if len(refs) > 50 else refs
    return f"{', '.join(shown)} {'is' if len(shown) == 1 else 'are'} missing {where}."


def _restarts(ref: str) -> bool:
    """Whether such a ref is of the kind that each group counts anew: a plain number, or a letter."""
    return _COUNTED_ANEW.fullmatch(ref) is not None


_LETTERS_AND_NUMBER = re.compile(r"([A-Z]{1,4})[ -]?(\d{1,2})")


def _letters(ref: str) -> str:
    """The letters before the number of a ref that is nothing else: "R" of "R1"; empty for any other."""
    match = _LETTERS_AND_NUMBER.fullmatch(ref)
    return match[1] if match else ""


def _counted_anew(refs: Sequence[str | None], groups: Sequence[int | None]) -> frozenset[str]:
    """The letters of refs that groups count anew from 1 on without a gap: "R1", "R2" under each audit.

    Only letters that are the only ones of the plan, or those of every group with refs.
    """
    counts: dict[tuple[str, int | None], list[int]] = {}
    for ref, group in zip(refs, groups, strict=True):
        match = _LETTERS_AND_NUMBER.fullmatch(ref) if ref else None
        if match:
            counts.setdefault((match[1], group), []).append(int(match[2]))
    letters = Counter(letter for letter, _ in counts)
    within = {group for ref, group in zip(refs, groups, strict=True) if ref}
    broken = {letter for (letter, _), numbers in counts.items() if numbers != list(range(1, len(numbers) + 1))}
    return frozenset(
        letter
        for letter, count in letters.items()
        if count > 1 and letter not in broken and (len(letters) == 1 or count == len(within))
    )


def _step(previous: str, ref: str, same_group: bool, index: int, known: set[str]) -> Iterator[Oddity]:
    one, other = _sub_item(previous), _sub_item(ref)
    if one[0] and one[0] == other[0] and one[1] and other[1]:
        missing = [f"{one[0]}{chr(n)}" for n in range(ord(one[1]) + 1, ord(other[1]))]
        back = other[1] < one[1]
    else:
        begin, end = _split(one[0] or previous), _split(other[0] or ref)
        if not begin or not end or begin[0] != end[0]:
            return
        missing = [_number(end[0], n, max(begin[2], end[2])) for n in range(begin[1] + 1, end[1])]
        back = end[1] < begin[1] and (same_group or not _restarts(ref))
    missing = [name for name in missing if name not in known]
    if missing:
        yield Oddity("gap", index, _missing(missing, f"between {previous} and {ref}"))
    if back:
        yield Oddity("order", index, f"{ref} comes after {previous}.")
