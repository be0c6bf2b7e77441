"""Text of a page whose pieces follow one another without anything between them, as `textContent` and `get_text()` give
it: "1.1Open two nurseries.Quarter 2Head of Early YearsPlace".

1. A border stands where no writer leaves out a blank: before a capital behind a small letter, a figure or a stop,
   before a figure behind a word, and before the last capital of several that a word follows ("SENDHead of").
2. One such place is a misprint or a name ("LinkedIn"); a text counts as glued where they are many, and where the names
   of three columns, or labels, are glued to what stands beside them.
3. A cell that begins with a small letter cannot be told from the word before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from extractor.document import FlatLine
from extractor.text import key
from extractor.vocabulary.headers import header_meaning

_BORDER = re.compile(
    r"(?<=[a-z\d.!?;:,)\]%”\"])(?=[A-Z](?:[a-z]|\d|[A-Z]{2}))"  # "estate.Quarter", "1.1Open", "officerSEND"
    r"|(?<=[a-z]’)(?=[A-Z][a-z])|(?<=[a-z]{2}[.!?;)]|[a-z]{3})(?=[A-Z](?:\.| |[A-Z]\b))"  # "rent.J. Okonkwo"
    r"|(?<=20\d\d)(?=[A-Z]\. )"
    r"|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})"  # "SENDHead"
    r"|(?<=[A-Za-z][a-z]{2})(?=\d)|(?<=[a-z][.;:)])(?=\d)"  # "Clerk31 March"
    r"|(?<=[\w.)])(?=[£•])"
    r"|(?<=[\w)][:;])(?=[a-z])"  # "parks by:replacing"
    r"|(?<=[\w.;:!?])(?=\([A-Z£])"  # "every quarter.(Also links to"
    r"|(?<=\w\))(?=[‘“])|(?<=\))(?=[a-z]\)\s)|(?<=\d\))(?=[a-z])|(?<=\d)([a-z])(?=\1\)\s)"  # "3.2 b)b)  Start"
    # A time, and a figure behind it: "Winter 202460 loans", "Q411,500 kWh", "Nov-242,000 sessions".
    r"|(?<=[a-z] 20\d\d)(?=\d)|(?<=Q[1-4])(?=\d)|(?<=Quarter [1-4])(?=\d)|(?<=[A-Z][a-z]{2}-\d\d)(?=\d|[A-Z] )"
    r"|(?<=[a-z]{3})(?=by (?:the )?end )|(?<=; and)(?=[a-z]{3})"
)
# Words with a capital within them, and what stands before the second capital of a name.
_ONE_WORD = re.compile(
    r"\b(?:Mc|Mac|Fitz|De|Le|La|Van|Di|O’)[A-Z][a-z]+|\b[a-z][A-Z][a-z]+|https?://[a-z\d./:_-]+"
    r"|\b(?:LinkedIn|YouTube|GitHub|PowerPoint|PowerBI|WhatsApp|TikTok|SharePoint|OneDrive|SurveyMonkey|JavaScript|TechUK"
    r"|HomeSwapper|OpenStreetMap)(?![a-z])"
)
_FEWEST = 12
_FIGURE = re.compile(r"(?<=[a-z])(?=\d)")
_SHARE = 0.02  # of the words of a text that is glued are so
_FEWEST_NAMES = 3
_WORD = re.compile(r"[^\W\d_]+")
_TWO_HALVES = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
_SHORTEST = 3  # letters of a word of two that are run together ...
_SHORTEST_OF_TWO = 9  # ... and of both: "outdoor" is one word
_SHORTEST_BEFORE_A = 4  # and of one before an article: "sitesa"


class Unglued(NamedTuple):
    """A glued text whose pieces are parted."""

    pieces: list[FlatLine]
    run_together: tuple[str, ...]
    """Words that may be the last of one piece and the first of another, which begins with a small letter; and those
    that were parted and may be one name, with a blank between them: "My Home" of "MyHome"."""


def unglue(lines: Sequence[str]) -> Unglued | None:
    """The pieces of a glued text, each as a line; None for any other text."""
    parted = [_pieces(line) for line in lines]
    borders = sum(len(pieces) - 1 for pieces in parted)
    if borders < max(_FEWEST, _SHARE * sum(line.count(" ") + 1 for line in lines)):
        return None
    named = [(len(pieces) - 1, len(line)) for pieces, line in zip(parted, lines, strict=True) if _are_names(pieces)]
    # A menu that is glued may hold such names too: its line is not most of the text, and no other is glued.
    within, length = map(sum, zip(*named, strict=True)) if named else (0, 0)
    alone = len(named) < _FEWEST_NAMES and 2 * (borders - within) < within and 2 * length < sum(map(len, lines))
    if not named or alone:
        return None
    again = Counter(piece for of_line in parted for piece in of_line)
    pieces = [
        (part, number) for number, of_line in enumerate(parted, 1) for piece in of_line for part in _parts(piece, again)
    ]
    return Unglued(
        [FlatLine(piece, at, number) for at, (piece, number) in enumerate(pieces, 1)],
        (*_run_together(piece for piece, _ in pieces), *_maybe_names(parted)),
    )


def _maybe_names(parted: Iterable[Sequence[str]]) -> Iterator[str]:
    """The last word of a piece and the first of the next, where both are written as the halves of a name."""
    pairs = (f"{before.split()[-1]} {after.split()[0]}" for pieces in parted for before, after in pairwise(pieces))
    return (pair for pair in dict.fromkeys(pairs) if _TWO_HALVES.fullmatch(pair))


def _run_together(pieces: Iterable[str]) -> tuple[str, ...]:
    """The words that stand once in a text and are two others of it without a blank: "weekrepairs"."""
    counts = Counter(word for piece in pieces for word in _WORD.findall(piece))
    known = {word.lower() for word in counts}
    return tuple(word for word, count in counts.items() if count == 1 and _may_be_two(word, known))


def _may_be_two(word: str, known: Set[str]) -> bool:
    if word[-1:] == "a" and len(word) > _SHORTEST_BEFORE_A and word[:-1].lower() in known:
        return True
    cuts = range(_SHORTEST, len(word) - _SHORTEST + 1) if len(word) >= _SHORTEST_OF_TWO else ()
    return any(word[:at].lower() in known and word[at:] in known for at in cuts)


def _pieces(line: str) -> list[str]:
    whole = [word.span() for word in _ONE_WORD.finditer(line)]
    found = [border.end() for border in _BORDER.finditer(line)]
    cuts = [at for at in found if not any(first < at < last for first, last in whole)]
    pieces = (line[first:last].strip() for first, last in zip([0, *cuts], [*cuts, len(line)], strict=True))
    return [piece for piece in pieces if piece]


def _parts(piece: str, again: Mapping[str, int]) -> Sequence[str]:
    """A piece; or the label that opens it, which comes again alone, and the figure behind: "How we measure it95%"."""
    figure = _FIGURE.search(piece)
    if figure and again.get(piece[: figure.start()], 0) >= _FEWEST_NAMES:
        return piece[: figure.start()], piece[figure.start() :]
    return (piece,)


def _are_names(pieces: Sequence[str]) -> bool:
    """Whether the pieces of a line hold the names of three columns, or as many labels of values."""
    names = {key(piece.partition(":")[0]) for piece in pieces}
    return len({meaning for name in names if (meaning := header_meaning(name))}) >= _FEWEST_NAMES
