"""A plan drawn onto the pictures of its pages: what was understood, for a person to see at a glance.

1. Each meaning has a colour; the legend above the page names those that occur on it.
2. A row is framed, with its ref at its left; a value that came from elsewhere is drawn where it stands.
3. What a warning or an error points at has a red edge, and its code beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from extractor.locations import Box, Location
from extractor.records import Activity, Plan

Colour = tuple[int, int, int]

_COLOURS: dict[str, Colour] = {
    "ref": (118, 42, 131),
    "activity": (33, 102, 172),
    "timescale": (27, 120, 55),
    "lead_officers": (217, 95, 2),
    "lead_directorates": (140, 81, 10),
    "lead_cabinet_members": (197, 27, 125),
    "status": (1, 133, 113),
    "progress": (1, 133, 113),
    "extra": (90, 90, 160),
    "group": (178, 140, 0),
    "kept table": (110, 110, 110),
    "furniture": (150, 150, 150),
    "unread": (215, 25, 28),
}
_ROW: Colour = (40, 40, 40)
_TABLE: Colour = (0, 0, 0)
_FLAG: Colour = (215, 25, 28)
_PAPER: Colour = (255, 255, 255)
# Parts of the activity's cell: they would only be drawn over it again.
_WITHIN = frozenset({"lead_in", "items", "notes", "also_links_to", "group_id"})
_FILL = 38
_HEAD = 34


@dataclass(frozen=True, slots=True)
class _Mark:
    """One thing to draw."""

    meaning: str
    box: Box
    label: str = ""


def draw_page(picture: Image.Image, plan: Plan, number: int) -> bytes:
    """A PNG of page `number` with all that the plan has of it; `picture` is the page as shown.

    The picture's size decides the scale: its width is the width of the page in points, or any multiple of it that
    `picture.info["scale"]` names.
    """
    scale = float(picture.info.get("scale", 1.0))
    sheet = picture.convert("RGB")
    canvas = Image.new("RGB", (sheet.width, sheet.height + _HEAD), _PAPER)
    canvas.paste(sheet, (0, _HEAD))
    pen = _Pen(canvas, scale)
    marks = list(_marks(plan, number))
    for mark in marks:
        pen.fill(mark.box, _COLOURS[mark.meaning])
    for box, method in _tables(plan, number):
        pen.frame(box, _TABLE, 2, 5)
        pen.chip((box[0], box[1] - 1), method, _TABLE, above=True)
    rows = list(_rows(plan, number))
    for box, label in rows:
        pen.frame(box, _ROW, 1, 2)
        pen.chip((box[0] - 3, box[1]), label, _ROW, left=True)
    for mark in marks:
        pen.frame(mark.box, _COLOURS[mark.meaning], 1, 0)
    flags = list(_flags(plan, number))
    for box, code in flags:
        pen.frame(box, _FLAG, 2, 1)
        pen.chip((box[2], box[1]), code, _FLAG, above=True, right=True)
    title = f"{plan.source.name}, page {number}: {_count(len(rows), 'row')}, {_count(len(flags), 'flag')}"
    pen.legend(title, list(dict.fromkeys(mark.meaning for mark in marks)))
    out = io.BytesIO()
    canvas.save(out, "PNG", optimize=False)
    return out.getvalue()


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


# --- what stands on a page ---------------------------------------------------------------------------------


def _parts(place: Location | None, number: int) -> Iterator[Box]:
    for part in (place, *place.continued) if place is not None else ():
        if part.page == number and part.bbox is not None:
            yield part.bbox


def _marks(plan: Plan, number: int) -> Iterator[_Mark]:
    """Each value, heading, kept table and leftover of the page, once."""
    seen: set[tuple[str, Box]] = set()
    for meaning, place in _places(plan):
        for box in _parts(place, number):
            if (meaning, box) not in seen:
                seen.add((meaning, box))
                yield _Mark(meaning, box)


def _places(plan: Plan) -> Iterator[tuple[str, Location | None]]:
    for group in plan.groups:
        yield "group", group.location
    for table in plan.tables:
        yield "kept table", table.location
    for activity in plan.activities:
        for field, provenance in activity.provenance.items():
            if field not in _WITHIN and provenance.known != "inferred":
                yield field if field in _COLOURS else "extra", provenance.location
    for passage in plan.coverage.furniture:
        yield "furniture", passage.location
    for passage in plan.coverage.unread:
        yield "unread", passage.location


def _rows(plan: Plan, number: int) -> Iterator[tuple[Box, str]]:
    for activity in plan.activities:
        for box in _parts(activity.location, number):
            yield box, activity.ref or activity.id[:12]


def _tables(plan: Plan, number: int) -> Iterator[tuple[Box, str]]:
    """The rows that stand together, under one heading and found by one road, as one box."""
    run: list[Box] = []
    known: tuple[str | None, str] = (None, "")
    for activity in plan.activities:
        boxes = list(_parts(activity.location, number))
        key = (activity.group_id, _method(activity, number))
        if run and boxes and key != known:
            yield _union(run), known[1]
            run = []
        if boxes:
            run += boxes
            known = key
    if run:
        yield _union(run), known[1]


def _method(activity: Activity, number: int) -> str:
    place = activity.location
    return next((part.method or "" for part in (place, *place.continued) if part.page == number), "")


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _flags(plan: Plan, number: int) -> Iterator[tuple[Box, str]]:
    """What warnings and errors point at, several codes at one place together."""
    codes: dict[Box, list[str]] = {}
    for issue in plan.issues:
        if issue.severity != "info":
            for box in _parts(issue.location, number):
                codes.setdefault(box, []).append(issue.code)
    for box, found in codes.items():
        yield box, ", ".join(dict.fromkeys(found))


# --- the pen -----------------------------------------------------------------------------------------------


class _Pen:
    """Draws boxes given in points of the page."""

    def __init__(self, canvas: Image.Image, scale: float) -> None:
        self.canvas = canvas
        self.scale = scale
        self.draw = ImageDraw.Draw(canvas, "RGBA")
        self.small: Any = ImageFont.load_default(11)
        self.large: Any = ImageFont.load_default(14)

    def pixels(self, box: Box, wider: float = 0.0) -> tuple[float, float, float, float]:
        left, top, right, bottom = (value * self.scale for value in box)
        return (left - wider, top - wider + _HEAD, max(right, left) + wider, max(bottom, top) + wider + _HEAD)

    def fill(self, box: Box, colour: Colour) -> None:
        self.draw.rectangle(self.pixels(box, 1), fill=(*colour, _FILL))

    def frame(self, box: Box, colour: Colour, width: int, wider: float) -> None:
        self.draw.rectangle(self.pixels(box, 1 + wider), outline=colour, width=width)

    def chip(
        self, at: tuple[float, float], text: str, colour: Colour, above: bool = False, left: bool = False,
        right: bool = False,
    ) -> None:  # fmt: skip
        """A label: to the right of the point and below it, unless told otherwise; never off the page."""
        if not text:
            return
        wide = self.draw.textlength(text, font=self.small) + 6
        x, y = at[0] * self.scale, at[1] * self.scale + _HEAD
        x -= wide if left or right else 0
        y -= 19 if above else 0
        x = min(max(x, 0), self.canvas.width - wide)
        y = min(max(y, _HEAD), self.canvas.height - 15)
        self.draw.rectangle((x, y, x + wide, y + 14), fill=(*colour, 235))
        self.draw.text((x + 3, y + 1), text, fill=_PAPER, font=self.small)

    def legend(self, title: str, meanings: Iterable[str]) -> None:
        """The title of the page's picture, and the colours that stand on it."""
        self.draw.text((8, 1), title, fill=_TABLE, font=self.large)
        x = 8.0
        for meaning in [name for name in _COLOURS if name in set(meanings)]:
            name = meaning.replace("_", " ")
            self.draw.rectangle((x, 20, x + 11, 31), fill=_COLOURS[meaning])
            self.draw.text((x + 15, 19), name, fill=_TABLE, font=self.small)
            x += 15 + self.draw.textlength(name, font=self.small) + 12
