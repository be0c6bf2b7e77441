"""The headings under which rows stand -> groups with their ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from extractor.records import Group
from extractor.rows import FoundGroup
from extractor.text import key

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str, most: int = 60) -> str:
    """The text as lower-case ASCII words joined by hyphens, cut at a word's end.

    >>> slug("Children’s Services & Café: the first year")
    'childrens-services-and-cafe-the-first-year'
    """
    plain = unicodedata.normalize("NFKD", key(text)).encode("ascii", "ignore").decode()
    whole = _NOT_SLUG.sub("-", plain.lower()).strip("-")
    if len(whole) <= most:
        return whole
    return whole[: most + 1].rsplit("-", 1)[0][:most]


def unique(wanted: Iterable[str]) -> list[str]:
    """The ids, with "-2", "-3" behind those that were taken before.

    >>> unique(["a", "b", "a", "a-2"])
    ['a', 'b', 'a-2', 'a-2-2']
    """
    taken: set[str] = set()
    out: list[str] = []
    counts: dict[str, int] = {}
    for name in wanted:
        candidate = name
        while candidate in taken:
            counts[name] = counts.get(name, 1) + 1
            candidate = f"{name}-{counts[name]}"
        taken.add(candidate)
        out.append(candidate)
    return out


def make_groups(found: Sequence[FoundGroup]) -> tuple[Group, ...]:
    """The groups in document order, each with its id and its parent's."""
    ids = unique(slug(" ".join(filter(None, (group.kind, group.number, group.title)))) or "group" for group in found)
    return tuple(
        Group(
            id=name,
            kind=group.kind,
            title=group.title,
            as_published=group.as_published,
            number=group.number,
            parent_id=ids[group.parent_index] if group.parent_index is not None else None,
            location=group.location,
        )
        for name, group in zip(ids, found, strict=True)
    )
