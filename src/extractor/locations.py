"""Where a text stands in its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Annotated, Any, TypeVar

from extractor.fixed import fixed

Box = tuple[float, float, float, float]


class Says:
    """A field's sentence, for the published schema; this module is loaded where no model is, and knows none."""

    def __init__(self, description: str) -> None:
        self.description = description

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return handler(schema) | {"description": self.description}


@fixed(frozen=True, slots=True)
class Location:
    """Where a text stands in its source: page and box (PDF), lines (text), element path (HTML)."""

    page: Annotated[int | None, Says("Page of a PDF, from 1.")] = None
    bbox: Annotated[
        Box | None,
        Says("Left, top, right, bottom on that page in points; the origin is the top left."),
    ] = None
    lines: Annotated[
        tuple[int, int] | None,
        Says("First and last line of a text, or of the page's HTML source, from 1."),
    ] = None
    path: Annotated[str | None, Says("CSS selector that finds the row or block in the parsed page.")] = None
    method: Annotated[
        str | None,
        Says(
            "How the cells were found: `tags`, `ruled`, `aligned` (PDF and column text), "
            "`table`, `labelled` (list form), `segmented` (text without delimiters), `ocr`."
        ),
    ] = None
    links: Annotated[tuple[str, ...], Says("Addresses of the links that stand in the text.")] = ()
    continued: Annotated[
        tuple[Location, ...],
        Says("The further places of a text that goes on elsewhere, such as overleaf."),
    ] = ()
    document: Annotated[
        str | None,
        Says("Name of the document, where a plan was merged from several; else null."),
    ] = None


# The published shape is closed: pydantic reads this from the class, and refuses unknown keys.
setattr(Location, "__pydantic_config__", {"extra": "forbid"})  # noqa: B010

NOWHERE = Location()


def union(one: Box, other: Box) -> Box:
    """The box about two boxes."""
    left, top, right, bottom = one
    x0, y0, x1, y1 = other
    return (
        x0 if x0 < left else left,
        y0 if y0 < top else top,
        x1 if x1 > right else right,
        y1 if y1 > bottom else bottom,
    )


def span(places: Iterable[Location]) -> Location:
    """The one location that covers several: a box a page (later pages under `continued`), a range of lines.

    >>> span([Location(lines=(3, 3)), Location(lines=(5, 6))]).lines
    (3, 6)
    >>> where = span([Location(page=1, bbox=(0, 9, 5, 10)), Location(page=2, bbox=(0, 1, 5, 2))])
    >>> where.page, where.continued[0].page
    (1, 2)
    """
    flat = list(places)
    if not flat:
        return NOWHERE
    first = flat[0]
    if len(flat) == 1 and not first.continued:
        return first
    if (box := _on_one_page(flat)) is not None:
        return Location(first.page, box, None, first.path, first.method)
    flat = [
        part
        for place in flat
        for part in ((replace(place, continued=()), *place.continued) if place.continued else (place,))
    ]
    first = flat[0]
    lines: tuple[int, int] | None = None
    links: dict[str, None] = {}
    pages: dict[int | None, Box | None] = {}
    for place in flat:
        if place.lines:
            lines = (min(lines[0], place.lines[0]), max(lines[1], place.lines[1])) if lines else place.lines
        if place.links:
            links.update(dict.fromkeys(place.links))
        known = pages.get(place.page)
        pages[place.page] = union(known, place.bbox) if known and place.bbox else known or place.bbox
    if len(pages) == 1:
        [(page, box)] = pages.items()
        return Location(page, box, lines, first.path, first.method, tuple(links))
    # In the order of the pages: the first cell of a row may have gone overleaf as a whole.
    (page, box), *later = sorted(pages.items(), key=lambda each: each[0] or 0)
    further = tuple(Location(page=p, bbox=b, method=first.method) for p, b in later)
    return Location(page, box, lines, first.path, first.method, tuple(links), further)


def _on_one_page(places: list[Location]) -> Box | None:
    """The box of places that are nothing but boxes on one page, as most are; else None."""
    first = places[0]
    if first.bbox is None:
        return None
    whole = first.bbox
    for place in places:
        box = place.bbox
        if box is None or place.page != first.page or place.continued or place.lines or place.links:
            return None
        whole = union(whole, box)
    return whole


_Thing = TypeVar("_Thing")


def relocated(thing: _Thing, place: Callable[[Location], Location]) -> _Thing:
    """A shape, or a tuple or mapping of shapes, all of whose places are others; what stands in it twice still does.

    >>> relocated((Location(lines=(2, 3)), "weir"), lambda old: Location(lines=(7, 7)))[0].lines
    (7, 7)
    """
    made: dict[int, Any] = {}

    def move(old: Any) -> Any:
        if isinstance(old, Location):
            return place(old)
        if isinstance(old, tuple):
            return tuple(map(move, old))
        if isinstance(old, Mapping):
            return {name: move(value) for name, value in old.items()}
        if not is_dataclass(old) or isinstance(old, type):
            return old
        if id(old) not in made:
            values = {field.name: getattr(old, field.name) for field in fields(old)}
            made[id(old)] = type(old)(**{name: move(value) for name, value in values.items()})
        return made[id(old)]

    moved: _Thing = move(thing)
    return moved


def describe(place: Location) -> str:
    """The place in words for a person: "page 3", "lines 41-45", or the element path.

    >>> describe(Location(lines=(41, 45)))
    'lines 41-45'
    """
    if place.document is not None:
        return f"{place.document}, {describe(replace(place, document=None))}"
    if place.page is not None:
        pages = [place.page, *(p.page for p in place.continued if p.page is not None)]
        return f"page {pages[0]}" if len(set(pages)) == 1 else f"pages {min(pages)}-{max(pages)}"
    if place.lines is not None:
        first, last = place.lines
        return f"line {first}" if first == last else f"lines {first}-{last}"
    return place.path or "the document"


def has_middle_of(outer: Box, inner: Box | None, near: float = 1.0) -> bool:
    """Whether the middle of a box lies in another, or within `near` points of it.

    >>> has_middle_of((0, 0, 10, 10), (8, 8, 12, 12)), has_middle_of((0, 0, 10, 10), (8, 8, 16, 12))
    (True, False)
    """
    if inner is None:
        return False
    across, down = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - near <= across <= outer[2] + near and outer[1] - near <= down <= outer[3] + near
