"""Plans that are lists: each action ends with a bracket that says who and when, "(Lead: Head of Parks, by March 2025)".

1. One such bracket proves nothing: three items at least have one, most of their kind do, and each says who by a label.
2. The bracket is parted from its end: a time behind the last comma, a label before each value. What is left over makes
   it no such bracket, and the text stays whole.
3. A dash or a full stop before the first label opens what is said as a bracket does: "... - Lead: Clerk. When: May".
4. The actions may be the items of lists within the items of one: those are the headings over them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.document import Heading, Line, Paragraph
from extractor.issues import Doubt
from extractor.locations import span
from extractor.recognise.columns import lookup
from extractor.recognise.tables import Found
from extractor.rows import PEOPLE, PlanRow, RowCell
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.times import find_timescales, is_timescale

Part = Heading | Paragraph

_BRACKET = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]\.?$", re.DOTALL)
_LABEL = re.compile(r"(?P<label>[^\W\d][^:;,()]{0,40}?)\s*:\s*(?P<value>.*)$", re.DOTALL)
_FEWEST = 3
_SHARE = 0.6
_ABOUT: tuple[Meaning, ...] = (*PEOPLE, "timescale", "status")


def _text_of(part: Part) -> str:
    return part.text if isinstance(part, Heading) else part.line.text


class _Action(NamedTuple):
    """One action: its own text, and what its bracket says, by what it means: the label and the value."""

    text: str
    said: Mapping[Meaning, tuple[str, str]]
    extra: tuple[tuple[str, str], ...] = ()
    """The labels that the contract has no field for, and their values: "Partner: Shelter"."""
    doubts: tuple[Doubt, ...] = ()


class _Piece(NamedTuple):
    """A heading, or a paragraph or item with the action that it is, if it is one."""

    part: Part
    action: _Action | None
    above: Line | None = None
    """The item that the paragraph with the bracket stands within."""
    source: tuple[Part, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def has_bracketed_records(parts: Sequence[Part], known: Mapping[str, Meaning]) -> bool:
    """Whether most of the list items, or of the paragraphs where there are no lists, are actions that end so."""
    parts = _unnested(parts, known)
    own = [part.line for part in parts if isinstance(part, Paragraph) and _may_be_action(part.line)]
    items = [line for line in own if line.kind == "item"]
    lines = items if len(items) >= _FEWEST else own
    found = [action for line in lines if (action := _read(line.text, known))]
    return len(found) >= _FEWEST and len(found) >= _SHARE * len(lines)


def read_bracketed(parts: Sequence[Part], known: Mapping[str, Meaning], found: Found) -> None:
    """Adds a row for each part that ends with such a bracket; the items below it are its own.

    Items without one among them are rows with a doubt. Headings open groups where an action stands under them, or where
    they are the last and so stand over what follows.
    """
    pieces = _pieces(_unnested(parts, known), known)
    actions = [piece.action for piece in pieces]
    parts = [piece.part for piece in pieces]
    said: set[Meaning] = {meaning for action in actions if action for meaning in action.said}
    columns: frozenset[Meaning] = frozenset((*said, "activity"))
    titles = _titles(parts, actions)
    bare = _bare_items(parts, actions, titles)
    numbered = _are_numbered(parts, actions, bare)
    open_row: list[Line] = []
    head = 0

    def end_row() -> None:
        if not open_row:
            return
        piece = pieces[head]
        assert isinstance(piece.part, Paragraph)
        row = _row(open_row, piece, piece.part.line, columns, found)
        if numbered:
            ref = RowCell((Line(piece.part.line.marker, piece.part.line.location),), location=piece.part.line.location)
            row = replace(row, cells={"ref": ref, **row.cells}, columns=frozenset((*columns, "ref")))
        found.rows.append(row)
        open_row.clear()

    for index, (part, action, above, source, _) in enumerate(pieces):
        if isinstance(part, Heading):
            end_row()
            _open_heading(index, parts, actions, found)
        elif (action is not None and _may_be_action(part.line)) or index in bare:
            end_row()
            head = index
            text = action.text if action else part.line.text
            open_row += [] if above is None else [replace(above, kind="paragraph", marker="")]
            open_row += [replace(part.line, text=text, kind="paragraph", marker="")] if text else []
            for own in source:
                found.ledger.claim(_text_of(own), "record", part.line.location)
        elif open_row and part.line.kind == "item" and part.line.level > 0:
            open_row.append(part.line)
            found.ledger.claim(part.line.text, "record", part.line.location)
        elif index in titles or (found.labelled(part.line.text) and _is_title(part)):
            end_row()
            found.open_group(part.line.text, part.line.location, _BELOW_HEADINGS, parent_index=_outer(found))
            found.ledger.claim(part.line.text, "heading", part.line.location)
        else:
            kind = furniture_kind(part.line.text)
            for own in source:
                found.ledger.claim(_text_of(own), f"furniture: {kind}" if kind else "prose", part.line.location)
    end_row()


def _unnested(parts: Sequence[Part], known: Mapping[str, Meaning]) -> Sequence[Part]:
    """The parts; where only lists within the items of a list hold actions, those items are headings over them."""
    items = [part.line for part in parts if isinstance(part, Paragraph) and part.line.kind == "item"]
    outer = [line for line in items if line.level == 0]
    inner = [line for line in items if line.level == 1]
    told = sum(_read(line.text, known) is not None for line in inner)
    if len(outer) < 2 or told < max(_FEWEST, _SHARE * len(inner)) or any(_read(line.text, known) for line in outer):
        return parts
    return [_one_level_up(part) for part in parts]


def _one_level_up(part: Part) -> Part:
    if isinstance(part, Heading) or part.line.kind != "item":
        return part
    if not part.line.level:
        return Heading(part.line.text, _BELOW_HEADINGS, part.line.location)
    return Paragraph(replace(part.line, level=part.line.level - 1))


def _may_be_action(line: Line) -> bool:
    return line.level == 0 and len(line.text.split()) > 2


def _read(text: str, known: Mapping[str, Meaning]) -> _Action | None:
    """An action and what the bracket at its end says; None without such a bracket, or where it says something else."""
    start, inner = _what_is_said(text, known)
    if not start:
        return None
    said: dict[Meaning, tuple[str, str]] = {}
    extra: list[tuple[str, str]] = []
    for piece in _said_pieces(inner, known):
        label = _LABEL.match(piece)
        meaning = lookup(label["label"], known) if label else None
        rest = label["value"].strip() if label else piece
        head, comma, tail = rest.rpartition(",")
        if meaning != "timescale" and comma and is_timescale(tail.strip()) and "timescale" not in said:
            said["timescale"] = ("", tail.strip())
            rest = head.strip()
        if label is not None and rest and meaning in _ABOUT and meaning not in said:
            said[meaning] = (label["label"], rest)
        elif label is not None and rest and meaning in (None, "extra"):
            extra.append((label["label"], rest))
        elif label is None and (not rest or (is_timescale(rest) and "timescale" not in said)):
            said.update({"timescale": ("", rest)} if rest else {})
        else:
            return None
    if not set(said) & set(PEOPLE):
        return None
    doubts = tuple(doubt for meaning in PEOPLE if meaning in said for doubt in _mend_people(meaning, said))
    return _Action(text[:start].rstrip(), said, tuple(extra), doubts)


def _what_is_said(text: str, known: Mapping[str, Meaning]) -> tuple[int, str]:
    """Where an action's text ends, 0 where nothing is said of it, and what is: in a bracket, or from a label on."""
    if match := _BRACKET.search(text):
        return match.start(), match["inner"]
    for match in _FIRST_LABEL.finditer(text):
        if lookup(match["label"], known) in _ABOUT:
            return match.start(), text[match.start("label") :].strip().removesuffix(".")
    return 0, ""


def _said_pieces(inner: str, known: Mapping[str, Meaning]) -> list[str]:
    """What a bracket says, piece by piece: ";" parts them, and "," or "." before a label that is known."""
    pieces: list[str] = []
    for piece in inner.split(";"):
        start = 0
        for match in _NEXT_LABEL.finditer(piece):
            if lookup(match["label"], known) in _ABOUT:
                pieces.append(piece[start : match.start()].strip())
                start = match.start("label")
        pieces.append(piece[start:].strip())
    return pieces


def _mend_people(meaning: Meaning, said: dict[Meaning, tuple[str, str]]) -> Iterator[Doubt]:
    """Takes the time at the end of a name away from it where the bracket says no other; doubts for what a name does not
    have: other times, figures, labels, and several names of which it is not plain where they part."""
    label, value = said[meaning]
    times = [time for time in find_timescales(value) if time.strength == "strong" or time.end == len(value)]
    if len(times) == 1 and times[0].end == len(value) and "timescale" not in said:
        name, time = value[: times[0].start].rstrip(" ,-–—"), value[times[0].start :]
        if name and (times[0].strength == "strong" or time.lower().startswith("by ")):
            said[meaning], said["timescale"] = (label, name), ("", time)
            value, times = name, []
    if times or _NO_NAME.search(value):
        yield Doubt("row-unclear", f"{value!r} holds more than a name.", meaning)
        if times or "timescale" not in said:
            yield Doubt("row-unclear", f"A time may stand in {value!r}.", "timescale")
    elif label.endswith("s") and "," in value:
        yield Doubt("people-unparted", f"{value!r} may be several values, as {label!r} says.", meaning)


_NEXT_LABEL = re.compile(r"(?:[,.]|\s[|–—-])\s+(?P<label>[^\W\d][^:;,.()|–—]{0,40}?)\s*:")
_FIRST_LABEL = re.compile(r"(?:\s[|–—-]|(?<=[\w)][.;]))\s+(?P<label>[^\W\d][^:;,.()|–—]{0,40}?)\s*:(?=\s)")
_NO_NAME = re.compile(r"[\d:]")


def _pieces(parts: Sequence[Part], known: Mapping[str, Meaning]) -> list[_Piece]:
    """The parts with their actions; an item and the rest of it, which ends with the bracket, are one."""
    marked = _with_markers(parts, known)
    actions = [_read(part.line.text, known) if isinstance(part, Paragraph) else None for part in marked]
    kinds = [
        part.line.kind for part, action in zip(marked, actions, strict=True) if action and isinstance(part, Paragraph)
    ]
    listed = kinds.count("item") > len(kinds) / 2
    pieces: list[_Piece] = []
    for part, action, own in zip(marked, actions, parts, strict=True):
        before = pieces[-1] if pieces and listed else None
        if (
            before is not None
            and before.action is None
            and isinstance(item := before.part, Paragraph)
            and (item.line.kind, item.line.level) == ("item", 0)
            and isinstance(part, Paragraph)
            and part.line.kind == "paragraph"
            and action is not None
        ):
            place = span((item.line.location, part.line.location))
            text = f"{item.line.text} {part.line.text}"
            whole = _read(text, known)
            if _wraps(item.line, part.line) and whole is not None:
                pieces[-1] = _Piece(
                    Paragraph(replace(item.line, text=text, location=place)), whole, None, (*before.source, own)
                )
                continue
            if _holds(item.line, part.line):
                line = replace(part.line, kind="item", marker=item.line.marker, location=place)
                pieces[-1] = _Piece(Paragraph(line), action, item.line, (*before.source, own))
                continue
            doubt = Doubt("row-unclear", "The item above has no bracket: this may be the rest of it.", "activity")
            pieces.append(_Piece(part, action, None, (own,), (doubt,)))
            continue
        pieces.append(_Piece(part, action, None, (own,)))
    return pieces


def _wraps(item: Line, rest: Line) -> bool:
    """Whether a text's next line goes on with an item."""
    above, below = item.location.lines, rest.location.lines
    adjacent = above is not None and below is not None and above[1] + 1 == below[0]
    return adjacent and _may_be_action(item) and not item.text.endswith((".", ":", ";", "!", "?"))


def _holds(item: Line, paragraph: Line) -> bool:
    """Whether a paragraph stands within the same element of a list as the first line of it."""
    one, other = (_ELEMENT.match(line.location.path or "") for line in (item, paragraph))
    return one is not None and other is not None and one[0] == other[0]


_ELEMENT = re.compile(r".*\bli\b[^>]*?(?=\s>|$)")


def _bare_items(parts: Sequence[Part], actions: Sequence[_Action | None], titles: Container[int]) -> frozenset[int]:
    """Indexes of the items that stand among actions and have no such bracket, where the actions are items."""
    listed = [
        part.line.kind == "item"
        for part, action in zip(parts, actions, strict=True)
        if action and isinstance(part, Paragraph)
    ]
    if sum(listed) * 2 <= len(listed):
        return frozenset()
    found: set[int] = set()
    near: list[int] = []  # those since the last action, or at the head of the list
    joined = False  # no paragraph parts them from an action
    seen = False  # an action stands above them in their section
    for index, (part, action) in enumerate(zip(parts, actions, strict=True)):
        if not isinstance(part, Paragraph) or index in titles:
            found.update(near if joined else ())
            near, joined, seen = [], False, False
        elif action is not None and part.line.level == 0:
            found.update(near)
            near, joined, seen = [], True, True
        elif part.line.kind == "item":
            if part.line.level == 0 and not furniture_kind(part.line.text):
                near.append(index)
        elif joined:
            found.update(near)
            near, joined = [], False
        elif not seen:
            near = []
    found.update(near if joined else ())
    return frozenset(found)


def _with_markers(parts: Sequence[Part], known: Mapping[str, Meaning]) -> list[Part]:
    """The parts with the numbers that actions begin with as the markers of items, where most of them have one: a text
    writes out what a page counts. What is no action has its number taken only where it counts on, and none begins anew
    below it."""
    texts = ["" if isinstance(part, Heading) else part.line.text for part in parts]
    are = [bool(text and _read(text, known)) for text in texts]
    matches = [_WRITTEN_NUMBER.match(text) for text in texts]
    if sum(bool(match) for match, is_action in zip(matches, are, strict=True) if is_action) < _SHARE * sum(are):
        return list(parts)
    out: list[Part] = []
    last = 0
    for index, (part, match) in enumerate(zip(parts, matches, strict=True)):
        number = int(match[1][:-1]) if match else 0
        below = matches[index + 1] if index + 1 < len(parts) and are[index + 1] else None
        anew = below is not None and int(below[1][:-1]) <= number
        if match and isinstance(part, Paragraph) and (are[index] or (last and number == last + 1 and not anew)):
            line = replace(part.line, text=part.line.text[match.end() :], kind="item", marker=match[1])
            out.append(Paragraph(line))
            last = number
        else:
            out.append(part)
            last = 0 if isinstance(part, Heading) else last
    return out


_WRITTEN_NUMBER = re.compile(r"(\d{1,2}[.)])\s+(?=\S)")
_LIST_NUMBER = re.compile(r"\d{1,3}[.)]")


def _are_numbered(parts: Sequence[Part], actions: Sequence[_Action | None], bare: Container[int]) -> bool:
    """Whether the actions are the items of a numbered list that counts all of them on, so that its numbers are refs."""
    lines = [
        part.line
        for index, (part, action) in enumerate(zip(parts, actions, strict=True))
        if isinstance(part, Paragraph) and (action or index in bare)
    ]
    markers = [line.marker for line in lines if _LIST_NUMBER.fullmatch(line.marker)]
    return len(set(markers)) == len(markers) == len(lines)


_BELOW_HEADINGS = 9
"""Level of a paragraph that is a heading."""


def _is_title(part: Part) -> bool:
    if isinstance(part, Heading):
        return False
    text = part.line.text
    number = _WRITTEN_NUMBER.match(text)
    short = (
        part.line.kind == "paragraph"
        and len(text.split()) <= 14
        and text[number.end() if number else 0 :][:1].isupper()
    )
    return short and not text.endswith((".", ":", ";", ",", "?", "!")) and not furniture_kind(text)


def _titles(parts: Sequence[Part], actions: Sequence[_Action | None]) -> frozenset[int]:
    """Indexes of the short lines that head actions in a text that has lost its headings: each stands right above an
    action, and there are two at least."""
    found = [
        index
        for index, part in enumerate(parts[:-1])
        if actions[index] is None and actions[index + 1] is not None and _is_title(part)
    ]
    return frozenset(found if len(found) > 1 else ())


def _outer(found: Found) -> int | None:
    index = found.group_index
    while index is not None and found.groups[index].level >= _BELOW_HEADINGS:
        index = found.groups[index].parent_index
    return index


def _row(lines: Sequence[Line], piece: _Piece, line: Line, columns: frozenset[Meaning], found: Found) -> PlanRow:
    place = span(line.location for line in lines)
    cells: dict[Meaning, RowCell] = {"activity": RowCell(tuple(lines), location=place)}
    said = piece.action.said if piece.action else {}
    for meaning, (label, value) in said.items():
        cells[meaning] = RowCell((Line(value, line.location),), label, location=line.location)
    extra = piece.action.extra if piece.action else ()
    doubts = (*piece.doubts, *(piece.action.doubts if piece.action else (_UNTOLD,)))
    return PlanRow(
        cells=cells,
        extra=tuple(RowCell((Line(value, line.location),), label, location=line.location) for label, value in extra),
        group_index=found.group_index,
        location=replace(line.location, method="labelled"),
        doubts=tuple(replace(doubt, location=line.location) for doubt in doubts),
        columns=columns,
    )


_UNTOLD = Doubt("row-unclear", "The item does not end with who and when in brackets, as the others do.", "activity")


def _open_heading(index: int, parts: Sequence[Part], actions: Sequence[_Action | None], found: Found) -> None:
    """Opens the group of a heading that actions stand under, or what follows the parts; any other is claimed as one."""
    heading = parts[index]
    assert isinstance(heading, Heading)
    end = index + 1
    while end < len(parts):
        part = parts[end]
        if isinstance(part, Heading) and part.level <= heading.level:
            break
        end += 1
    if any(actions[index + 1 : end]) or end == len(parts) or found.labelled(heading.text):
        parent = found.group_index
        while parent is not None and found.groups[parent].level >= heading.level:
            parent = found.groups[parent].parent_index
        found.open_group(heading.text, heading.location, heading.level, parent_index=parent)
    found.ledger.claim(heading.text, "heading", heading.location)
