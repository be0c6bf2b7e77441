"""Text without tables: its headings, paragraphs and list items, put together again where lines were broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, starmap

from extractor.document import Block as DocumentBlock
from extractor.document import Furniture, Heading, Line, Paragraph
from extractor.locations import Location
from extractor.recognise.columns import ABOUT, lookup
from extractor.recognise.flattened.bodies import is_group_line
from extractor.recognise.flattened.run_on import passage_at, run_on_records
from extractor.recognise.flattened.stream import TextLine
from extractor.recognise.labelled import read_label
from extractor.text import divides_word, fold
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.states import is_state

_WIDEST = 220  # characters; a text with longer lines was not broken to fit
_FULL = 0.84
"""A line that is broken for want of room fills so much of the widest line's width, with the next word."""
_IN_SENTENCE = 0.6
"""The same where the next line goes on in mid-sentence: what is set in, such as a card, is narrower than the page."""
_FEWEST_BROKEN, _NEARLY_ALL = 4, 0.85
_NARROWEST, _WRAPPED = 50, 130  # characters between which a text is set
_MARKED = 4  # characters of marks that may have been taken off a line: those of a bold ref
_AGAIN = 3
_FEW_WORDS = 8
_FEWEST_LABELS = 3
# "(Lead: Head of Planning, by May 2025)" ends an action.
_LABELLED_BRACKET = re.compile(r"[(\[][A-Z][^()\[\]:]{1,40}:[^()\[\]]+[)\]]$")
_OPEN_BRACKET = re.compile(r"\([^()]{0,80}$")


def place_of(line: TextLine) -> Location:
    return Location(lines=(line.number, line.number), method="segmented")


def block_of(line: TextLine) -> Heading | Paragraph:
    text = fold(line.text)
    if line.heading_level:
        return Heading(text, line.heading_level, place_of(line))
    if line.item:
        return Paragraph(Line(text, place_of(line), kind="item", marker="•", bold=line.bold))
    return Paragraph(Line(text, place_of(line), bold=line.bold))


def flow(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks of a text without tables; lines that were broken for want of room are put together again."""
    width = max((len(line.raw.rstrip()) for line in lines if not furniture_kind(line.text)), default=0)
    wrapped = width <= _WIDEST and any(starmap(_is_torn, pairwise(lines)))
    room = _room(lines)
    labels = _lines_again(lines)
    out: list[DocumentBlock] = []
    last: TextLine | None = None
    listed = False  # within a list, whose lines may have lost their bullets
    records = run_on_records(lines, known)
    until = 0
    for index, line in enumerate(lines):
        if index in records:
            out.extend(records[index])
            until = index + len(passage_at(lines, index))
            last = None
        if index < until:
            continue
        text = fold(line.text)
        if furniture_kind(text) == "page number" and not text.isdigit():
            out.append(Furniture(text, "page number", place_of(line)))  # it may stand in mid-paragraph
            continue
        before = out[-1] if out else None
        listed = (last is not None and last.text.endswith(":")) or (
            line.text[:1].islower() if line.after_blank else listed
        )
        full = 1.0 - _MARKED / room if room else _FULL if listed else _IN_SENTENCE
        fits = last is not None and len(last.raw.rstrip()) <= room if room else wrapped
        if fits and last and isinstance(before, Paragraph) and _goes_on(last, line, room or width, full, known, labels):
            place = before.line.location.lines or (line.number, line.number)
            where = Location(lines=(place[0], line.number), method="segmented")
            apart = "" if divides_word(before.line.text) and text[:1].islower() else " "
            out[-1] = Paragraph(replace(before.line, text=f"{before.line.text}{apart}{text}", location=where))
        elif last and isinstance(before, Paragraph) and _within_item(before.line, last, line):
            out.append(Paragraph(Line(text, place_of(line), more=True)))
        else:
            out.append(block_of(line))
        last = line
    return out


def _is_torn(last: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the one before in mid-sentence, or is set in below its list item: where lines are
    broken for want of room, one at least does."""
    ends = last.text.endswith((".", ":", ";", "!", "?"))
    set_in = last.item and line.raw.startswith("  ")
    if _closes_bracket(last, line):
        return True
    return not (line.after_blank or line.item or ends) and (line.text[:1].islower() or set_in)


def _closes_bracket(last: TextLine, line: TextLine) -> bool:
    """Whether a line ends the bracket in which the line above it breaks off: "(Lead: Head of", "Parks; When: May)"."""
    opens, closes = last.text.rfind("("), line.text.find(")")
    if opens <= last.text.rfind(")") or closes < 0 or line.after_blank or line.item:
        return False
    return "(" not in line.text[:closes] and len(last.text) - opens + closes <= _LONGEST_BRACKET


_LONGEST_BRACKET = 200


def _room(lines: Sequence[TextLine]) -> int:
    """The width at which the lines of a text are broken that has some longer ones, which its converter left whole; 0
    where none shows: no line of some length that another follows at once had room for the first word of that."""
    lengths = [len(line.raw.rstrip()) for line in lines]
    broken = [
        (length, length + 1 + len(following.text.split()[0]))
        for length, (line, following) in zip(lengths, pairwise(lines), strict=False)
        if not (following.after_blank or following.item or line.heading_level) and following.text and line.text
    ]
    width = max((length for length, _ in broken), default=0)
    if not _NARROWEST <= width <= _WRAPPED or max(lengths) <= width:
        return 0
    needed = [need for length, need in broken if length * 2 > width]
    full = sum(need > width - _MARKED for need in needed)
    return width if len(needed) >= _FEWEST_BROKEN and full >= _NEARLY_ALL * len(needed) else 0


def _within_item(before: Line, last: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the list item before it: indented below it, or after a line break of Markdown's."""
    if line.after_blank or line.item or line.heading_level or not (before.kind == "item" or before.more):
        return False
    broken = last.raw.endswith("  ") and not before.more
    return line.raw.startswith("   ") or (broken and not is_group_line(line))


def _lines_again(lines: Sequence[TextLine]) -> frozenset[str]:
    """The texts of lines that come again and again, each time with nothing else on the line: labels that stand alone,
    or values; the rest of a broken sentence hardly ever does."""
    counts = Counter(text for line in lines if not line.item and (text := fold(line.text))[:1].isupper())
    return frozenset(text for text, count in counts.items() if count >= _AGAIN and len(text.split()) <= _FEW_WORDS)


def _goes_on(
    last: TextLine, line: TextLine, width: int, full: float, known: Mapping[str, Meaning], labels: frozenset[str]
) -> bool:
    """Whether a line goes on with the paragraph of the one before it: there was no room for its first word.

    `full` is how much of the width a line fills that is broken in mid-sentence; `labels` are the lines that stand
    alone again and again.
    """
    if line.after_blank or line.item or line.heading_level or last.heading_level:
        return False
    if _closes_bracket(last, line):
        return True
    if fold(line.text) in labels and not (last.item and line.raw.startswith("  ")):
        return False
    length = len(last.raw.rstrip())
    first = line.text.split()[0]
    small = first[:1].islower()
    ends = last.text.endswith((".", ":", ";", "!", "?")) and not _OPEN_BRACKET.search(last.text)
    ends = ends or bool(_LABELLED_BRACKET.search(last.text))
    full = full if small and not ends else _FULL
    if length + 1 + len(first) <= full * width or is_group_line(line) or is_group_line(last):
        return False
    return (small or not ends) and read_label(Line(fold(line.text)), known) is None


def without_label_bullets(lines: list[TextLine], known: Mapping[str, Meaning]) -> list[TextLine]:
    """The lines, of which the terms and descriptions of a list of descriptions are no items: trafilatura writes each
    as one, or the terms alone, a label and below it what it says."""
    meanings = [_may_be_term(line) and lookup(line.text, known) for line in lines]
    if not any(meaning in ABOUT for meaning in meanings):
        return lines
    counts = Counter(line.text for line, meaning in zip(lines, meanings, strict=True) if meaning)
    labels = [counts[line.text] >= _AGAIN and line.item and not is_state(line.text) for line in lines]
    out = list(lines)
    pairs = index = 0
    while index + 1 < len(lines):
        below = lines[index + 1]
        pair = labels[index] and (below.item or bool(below.text))
        if pair:
            out[index : index + 2] = (replace(line, item=False) for line in lines[index : index + 2])
            pairs += 1
        index += 1 + pair
    return out if pairs >= _FEWEST_LABELS and 2 * pairs > sum(labels) else lines


def _may_be_term(line: TextLine) -> bool:
    """Whether a list item may be a label and nothing else: "who will call and when" and "Due date: May" are none."""
    text = line.text
    return line.item and text[:1].isupper() and ":" not in text[:-1] and len(text.split()) <= _FEW_WORDS
