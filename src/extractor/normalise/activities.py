"""The lines of an activity cell -> lead-in, own text, items, notes and the words of cross-links.

1. Where a line begins with the row's own letter, what stands before it is the lead-in, and the letter goes.
2. A bracket that says "Also links to" is a cross-link wherever it stands.
3. Another bracket is a note where it stands on a line of its own, behind the sentence's stop, or glued to the
   text (the form lost the line break); within or closing a sentence it belongs to the activity.
4. Items are what the source shows as a list. Only a form without bullets has them inferred, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import Line
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location
from extractor.text import fold
from extractor.vocabulary.cross_links import ALSO_LINK, is_link

_BULLET = re.compile(r"^[•·▪◦‣●○■□➢➤✓*\uf0b7\uf0a7]\s*|^[-–—]\s+")
_INLINE_BULLET = re.compile(r"\s+[•▪●◦‣\uf0b7]\s+")
_STOP = re.compile(r"[.!?…][\"'’”)]?$")
_MARKER = re.compile(r"^\(?([a-z]|[ivx]{2,4})[).]$", re.IGNORECASE)
_NUMBER = re.compile(r"^\(?\d{1,3}(?:\.\d{1,3})*[.)]?$")
_SENTENCE = re.compile(r"[A-Z£\d][a-z\d,.]*\s\S+\s\S+|[A-Z][a-z]+\s[a-z]+$")
_OPENING = {")": "(", "]": "["}


@fixed(frozen=True, slots=True)
class Form:
    """What the document's form keeps of an activity's layout."""

    bullets: bool = True
    lines: bool = True
    whole_lines: bool = False
    """Each paragraph is one line of a text, so that lines under a colon are items as they stand."""
    note_phrases: tuple[str, ...] = ()
    """Opening words that make a bracket a note for this publisher."""


@fixed(frozen=True, slots=True)
class ActivityText:
    """What an activity cell says, taken apart."""

    text: str = ""
    lead_in: str | None = None
    items: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@fixed(frozen=True, slots=True)
class _Part:
    text: str
    item: bool = False


def read_activity(
    lines: Sequence[Line], letter: str | None = None, form: Form | None = None, location: Location = NOWHERE
) -> ActivityText:
    """The parts of an activity cell; `letter` is the sub-letter of the row's ref.

    >>> cell = [Line("Provide new homes:"), Line("a) Open a home. (Subject to the grant)")]
    >>> read = read_activity(cell, "a")
    >>> read.lead_in, read.text, read.notes
    ('Provide new homes:', 'Open a home.', ('Subject to the grant',))
    """
    form = form or Form()
    lead, own = _cut_letter(_parts(lines), letter)
    kept: list[_Part] = []
    notes: list[str] = []
    links: list[str] = []
    doubts: list[Doubt] = []
    for part in own:
        alone = len(own) == 1
        text, found, guessed = _peel(part.text, form, alone or part.item)
        for content in found:
            (links if is_link(content) else notes).append(content)
        if guessed:
            message = "A bracket at the end of the text is taken for a note."
            doubts.append(Doubt("note-inferred", message, "notes", location))
        if text:
            kept.append(part if text == part.text else _Part(text, part.item))
    kept, inferred = _infer_items(kept, form)
    if inferred:
        colon = any(part.text.endswith(":") for part in kept)
        message = f"The lines under {'the colon' if colon else 'the text, in small letters,'} are taken for list items."
        sure = colon and form.whole_lines
        doubts.append(Doubt("items-inferred", message, "items", location, "info" if sure else "warning"))
    elif not (form.bullets or any(part.item for part in kept)) and len(_small_lines(kept)) > 1:
        message = "The lines that begin with small letters may be list items."
        doubts.append(Doubt("items-inferred", message, "items", location, "warning"))
    return ActivityText(
        text="\n".join(f"• {part.text}" if part.item else part.text for part in kept),
        lead_in="\n".join(f"• {part.text}" if part.item else part.text for part in lead) or None,
        items=tuple(part.text for part in kept if part.item),
        notes=tuple(notes),
        links=tuple(links),
        doubts=tuple(doubts),
    )


def _parts(lines: Sequence[Line]) -> list[_Part]:
    parts: list[_Part] = []
    numbered = [line for line in lines if line.kind == "item" and _NUMBER.match(line.marker)]
    for line in lines:
        text = fold(line.text)
        if not text:
            continue
        if numbered == [line] and line is lines[0]:
            parts.append(_Part(text))  # the number is the row's, which the word processor counts: no list of one item
            continue
        if line.kind == "item" and _MARKER.match(line.marker) and not text.startswith(line.marker):
            parts.append(_Part(f"{line.marker} {text}"))
            continue
        bullet = _BULLET.match(text)
        item = line.kind == "item" or bool(bullet)
        first, *others = _INLINE_BULLET.split(text[bullet.end() :] if bullet else text)
        if first:
            parts.append(_Part(first, item))
        parts += [_Part(other, True) for other in others if other]
    return parts


def leading_letter(text: str) -> str | None:
    """The letter that a text begins with as a list does: "b) Open a home." gives "b".

    >>> leading_letter("b)  Open a home."), leading_letter("A home")
    ('b', None)
    """
    found = re.match(r"\(?([a-z]|[ivx]{2,4})\)\s*\S", text)
    return found[1] if found else None


def _cut_letter(parts: list[_Part], letter: str | None) -> tuple[list[_Part], list[_Part]]:
    """The parts before the row's own letter, and those from it on, without the letter."""
    if not letter:
        return [], parts
    letter = re.escape(letter)
    at_start = re.compile(rf"^\(?{letter}(?:\s?\)|\.(?=\s))\s*", re.IGNORECASE)
    inside = re.compile(rf"(?:(?<=\s)|(?<=[:,;.]))\(?{letter}\)\s*", re.IGNORECASE)
    for index, part in enumerate(parts):
        found = at_start.match(part.text)
        if found:
            rest = part.text[found.end() :]
            return parts[:index], [*([_Part(rest)] if rest else []), *parts[index + 1 :]]
    for index, part in enumerate(parts):
        found = inside.search(part.text)
        if found and not part.item:
            before, rest = part.text[: found.start()].rstrip(), part.text[found.end() :]
            own = [_Part(rest)] if rest else []
            return [*parts[:index], *([_Part(before)] if before else [])], [*own, *parts[index + 1 :]]
    return [], parts


def _peel(text: str, form: Form, keep_whole: bool) -> tuple[str, list[str], bool]:
    """The text without the notes and links that close it; those, in order; whether one was a guess."""
    groups = _closing_brackets(text)
    taken: list[str] = []
    guessed = False
    end = len(text)
    for start, content in groups:
        before = text[:start]
        sure = _is_note(before, content, form, keep_whole, bool(taken))
        guess = not sure and not form.lines and _reads_as_note(before, content)
        if sure or guess:
            end = start if not taken else end
            taken.append(content)
            guessed = guessed or guess
        else:
            taken, end, guessed = [], len(text), False
    kept = text[:end].rstrip()
    kept, inner = _inner_links(kept)
    return kept, [*inner, *taken], guessed


def _closing_brackets(text: str) -> list[tuple[int, str]]:
    """Start and content of every bracket in the run of brackets that closes a text, in order."""
    groups: list[tuple[int, str]] = []
    end = len(text.rstrip())
    while end and text[end - 1] in _OPENING:
        closing, opening = text[end - 1], _OPENING[text[end - 1]]
        depth = 0
        for place in range(end - 1, -1, -1):
            depth += (text[place] == closing) - (text[place] == opening)
            if depth == 0:
                break
        if depth:
            break
        content = text[place + 1 : end - 1].strip()
        groups.append((place, content))
        end = len(text[:place].rstrip())
    # A link may have its stop behind the bracket: "(Also links to X outcome)."
    stopped = re.search(r"[(\[]([^()\[\]]*)[)\]]\.$", text) if not groups else None
    if stopped and ALSO_LINK.match(stopped[1]):
        groups.append((stopped.start(), stopped[1].strip()))
    return groups[::-1]


def opens_with(text: str, phrases: Sequence[str]) -> bool:
    """Whether a text opens with one of the phrases, whatever its case.

    >>> opens_with("Paid for by the county", ("paid for by",))
    True
    """
    return any(text.casefold().startswith(phrase.casefold()) for phrase in phrases)


def _is_note(before: str, content: str, form: Form, keep_whole: bool, follows: bool) -> bool:
    if not content:
        return False
    if ALSO_LINK.match(content) or follows:
        return True
    if opens_with(content, form.note_phrases):
        return True
    stem = before.rstrip()
    if not stem:
        return not keep_whole
    if _STOP.search(stem):
        return len(stem) < len(before) or " " in content
    glued = len(stem) == len(before)
    return glued and bool(re.match(r"[A-Z£\d]\S*\s", content))


def _reads_as_note(before: str, content: str) -> bool:
    """Whether a bracket that closes an unstopped text reads as a sentence of its own."""
    return bool(before.strip()) and bool(_SENTENCE.match(content)) and not content.split()[0].isupper()


_INNER = re.compile(r"\s*[(\[]\s*([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]")


def _inner_links(text: str) -> tuple[str, list[str]]:
    """The text without the cross-links that stand within it, and those."""
    links: list[str] = []
    pieces: list[str] = []
    position = 0
    for found in _INNER.finditer(text) if "(" in text or "[" in text else ():
        if ALSO_LINK.match(found[1]):
            links.append(found[1].strip())
            pieces.append(text[position : found.start()])
            position = found.end()
    pieces.append(text[position:])
    kept = "".join(pieces).strip()
    if not links and ALSO_LINK.match(kept) and len(kept.split()) <= 30 and not kept.startswith("•"):
        return "", [kept]
    return kept, links


def _infer_items(parts: list[_Part], form: Form) -> tuple[list[_Part], bool]:
    """The parts with the lines under a colon as items, where the form has lost its bullets."""
    if form.bullets or any(part.item for part in parts):
        return parts, False
    head = next((index for index, part in enumerate(parts) if part.text.endswith(":")), None)
    if head is None and form.whole_lines and (small := _small_lines(parts)):
        head = len(parts) - len(small) - 1
    if head is None or len(parts) - head < 3:
        return parts, False
    return [*parts[: head + 1], *(replace(part, item=True) for part in parts[head + 1 :])], True


def _small_lines(parts: Sequence[_Part]) -> Sequence[_Part]:
    """The last parts, which begin with small letters below a text without a stop: where lines are whole ones, no
    sentence goes on so."""
    head = len(parts) - 1
    while head >= 0 and parts[head].text[:1].islower() and not _LETTERED.match(parts[head].text):
        head -= 1
    return parts[head + 1 :] if head >= 0 and not parts[head].text.endswith((".", "!", "?")) else ()


_LETTERED = re.compile(r"\(?[a-z]{1,3}[).]")
