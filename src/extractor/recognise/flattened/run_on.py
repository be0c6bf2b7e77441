"""Labels and values that a converter ran together: "Lead officerEnergy ManagerTimescaleQ2StatusOn track".

1. Where two pieces meet a capital, a figure or a sign of money stands directly behind a small letter, a figure or a
   sign: a seam. What stands between two seams is a label or a value.
2. A label stands in nearly every passage of its kind; two of them at least must be known words. Values vary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from extractor.document import Line, Paragraph
from extractor.locations import Location
from extractor.recognise.columns import ABOUT, lookup
from extractor.recognise.flattened.stream import TextLine
from extractor.text import fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import PHRASES
from extractor.vocabulary.roles import looks_like_owner
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import is_timescale

_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z\d£€$(])|(?<=[\d)?.%£€$])(?=[A-Z])|(?<=[a-z\d)])(?=[£€$])")
_LONGEST_LABEL = 8  # words
_LEAST_SHARE = 0.6  # of the passages hold a label whose words are unknown

Passage = tuple[TextLine, ...]


def run_on_records(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> dict[int, list[Paragraph]]:
    """The passages of labels and values run together, each as paragraphs of one label and its value, by the index of
    the passage's first line; `passage_at` gives the lines that it takes. Empty where the text holds none."""
    passages = {index: passage_at(lines, index) for index in range(len(lines)) if _opens(lines, index)}
    pieces = {index: _pieces(_text_of(passage)) for index, passage in passages.items()}
    labels = _labels(list(pieces.values()), known)
    if not labels:
        return {}
    found: dict[int, list[Paragraph]] = {}
    for index, passage in passages.items():
        cuts = _cuts(_text_of(passage), labels)
        if len(cuts) >= 2 and cuts[0][0] == 0:
            found[index] = list(_paragraphs(passage, cuts))
    return found


def passage_at(lines: Sequence[TextLine], first: int) -> Passage:
    """The lines from one on to the next blank line, or to what the page itself says after its plan."""
    last = first + 1
    while last < len(lines) and not lines[last].after_blank and not furniture_kind(lines[last].text):
        last += 1
    return tuple(lines[first:last])


def _opens(lines: Sequence[TextLine], index: int) -> bool:
    line = lines[index]
    opens = index == 0 or line.after_blank or lines[index - 1].item
    return opens and not line.item and not line.heading_level and "\t" not in line.text and "|" not in line.text


def _text_of(passage: Passage) -> str:
    return "\n".join(line.text for line in passage)


def _pieces(text: str) -> list[str]:
    """What stands between the seams of a passage, line by line; nothing where it has fewer than three."""
    pieces = [piece for line in text.split("\n") for piece in _SEAM.split(line) if piece]
    return pieces if len(pieces) - text.count("\n") > 3 else []


def _labels(passages: Sequence[Sequence[str]], known: Mapping[str, Meaning]) -> tuple[str, ...]:
    """The labels by which passages are built alike, the longest first; none where fewer than two known ones are."""
    first = Counter(pieces[0] for pieces in passages if pieces)
    alike = [pieces for pieces in passages if pieces and first[pieces[0]] >= 2]
    counts = Counter(piece for pieces in alike for piece in dict.fromkeys(pieces) if _may_be_label(piece))
    meanings = {piece: _meaning(piece, known) for piece in counts}
    labels = {piece for piece, meaning in meanings.items() if meaning and counts[piece] * 4 >= max(len(alike), 8)}
    if len({meanings[label] for label in labels} & ABOUT) < 2:
        return ()
    for piece, count in counts.most_common():
        # A value recurs too, but right behind a label.
        after = sum(pieces[index - 1] in labels for pieces in alike for index in _places(piece, pieces) if index)
        if piece not in labels and count >= max(2.0, _LEAST_SHARE * len(alike)) and after * 2 < count:
            labels.add(piece)
    return tuple(sorted(labels, key=lambda label: (-len(label), label)))


def _places(piece: str, pieces: Sequence[str]) -> list[int]:
    return [index for index, other in enumerate(pieces) if other == piece]


def _meaning(piece: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """What a known label means; a post that a label's words would fit ("Strategy Officer") is none."""
    exact = known.get(key(piece)) or PHRASES.get(key(piece))
    return exact or (None if looks_like_owner(piece) else lookup(piece, known))


def _may_be_label(piece: str) -> bool:
    return (
        piece[0].isupper() and len(piece.split()) <= _LONGEST_LABEL and not is_state(piece) and not is_timescale(piece)
    )


def _cuts(text: str, labels: Sequence[str]) -> list[tuple[int, int]]:
    """Where the labels of a passage begin and end, each once, in order."""
    cuts: list[tuple[int, int]] = []
    taken: set[str] = set()
    seams = {match.start() for match in _SEAM.finditer(text)}
    starts = (index for index, char in enumerate(text) if char.isupper() and not text[max(0, index - 1)].isspace())
    for start in chain([0], starts):
        if cuts and start < cuts[-1][1]:
            continue
        label = next((label for label in labels if label not in taken and text.startswith(label, start)), "")
        end = start + len(label)
        if label and (end in seams or text[end : end + 1] in ("", "\n")):
            taken.add(label)
            cuts.append((start, end))
    return cuts


def _paragraphs(passage: Passage, cuts: Sequence[tuple[int, int]]) -> Iterator[Paragraph]:
    """A paragraph for each label, with its value; further lines of the value are paragraphs at the same place."""
    text = _text_of(passage)
    for (start, middle), (end, _) in pairwise([*cuts, (len(text), len(text))]):
        label = text[start:middle]
        values = [fold(value) for value in text[middle:end].split("\n")]
        values = [value for value in values if value] or [""]
        first = passage[0].number + text.count("\n", 0, start)
        place = Location(lines=(first, first + text.count("\n", start, end)), method="segmented")
        yield Paragraph(Line(f"{label} {values[0]}".strip(), place, label=label))
        for value in values[1:]:
            yield Paragraph(Line(value, place))
