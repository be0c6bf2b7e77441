"""Labels that are centred beside their values in columns of characters, set to the left as others stand.

Browsers of text alone (w3m, elinks) centre the header cells of a table of labels and values, and put its values behind
the longest one. Labels of different lengths with one middle show it; only where words stand is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.read.typeset import Word, join_words
from extractor.text import key
from extractor.vocabulary.headers import PHRASES, header_meaning

_MOST_WORDS = 6
_NEAR = 12
"""Lines of one record, about."""
_OFF_MIDDLE = 1.05
_FEWEST = 3
"""So many lines begin with labels of other lengths around one middle."""
_GAP = 3


def with_labels_left(lines: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines of a page with centred labels at its left edge, and all values at one place behind them."""
    found = [_labelled(line) for line in lines]
    edges: list[float] = [0.0] * len(lines)
    for index, place in enumerate(found):
        if place and _is_centred(lines, found, index, place):
            edges[index] = place
    if not any(edges):
        return list(lines)
    values = max(edges) + _GAP
    left = min(line[0].x0 for line, edge in zip(lines, edges, strict=True) if edge)
    out: list[list[Word]] = []
    for index, line in enumerate(lines):
        edge = edges[index] or _edge_near(lines, edges, index)
        parts = _at(line, edge) if edge else None
        if parts is None or (parts[0] and not edges[index] and _is_apart(lines, index)):
            out.append(line)
            continue
        label, value = parts
        out.append([*_moved(label, left), *_moved(value, values + (value[0].x0 - edge if value else 0.0))])
    return out


def _labelled(line: Sequence[Word]) -> float:
    """Where the value behind a known label begins; 0 where the line begins with none."""
    for size in range(1, min(_MOST_WORDS, len(line) - 1) + 1):
        if line[size].x0 - line[size - 1].x1 > 1.1:
            return line[size].x0 if header_meaning(join_words(line[:size])) else 0.0
    sizes = range(min(_MOST_WORDS, len(line) - 1), 0, -1)
    return next((line[size].x0 for size in sizes if key(join_words(line[:size])) in PHRASES), 0.0)


def _is_centred(lines: Sequence[list[Word]], found: Sequence[float], index: int, place: float) -> bool:
    """Whether the labels before values at a place have one middle, and different lengths."""
    near = range(max(0, index - _NEAR), min(len(lines), index + _NEAR + 1))
    labels = [[word for word in lines[at] if word.x1 < place] for at in near if found[at] == place]
    middles = [(label[0].x0 + label[-1].x1) / 2 for label in labels if label]
    own = [word for word in lines[index] if word.x1 < place]
    middle = (own[0].x0 + own[-1].x1) / 2 if own else 0.0
    alike = [label for label, at in zip(labels, middles, strict=False) if abs(at - middle) <= _OFF_MIDDLE]
    return bool(own) and len({label[0].x0 for label in alike}) >= _FEWEST


def _edge_near(lines: Sequence[list[Word]], edges: Sequence[float], index: int) -> float:
    """The place of values nearest to a line, within a record."""
    for distance in range(1, _NEAR):
        for at in (index - distance, index + distance):
            if 0 <= at < len(lines) and edges[at] and abs(lines[at][0].baseline - lines[index][0].baseline) <= _NEAR:
                return edges[at]
    return 0.0


def _at(line: Sequence[Word], edge: float) -> tuple[list[Word], list[Word]] | None:
    """A line as label and value; None where words stand across the edge, or too many before it."""
    label, value = [word for word in line if word.x1 < edge], [word for word in line if word.x0 >= edge]
    if len(label) + len(value) < len(line) or len(label) > _MOST_WORDS:
        return None
    return label, value


def _is_apart(lines: Sequence[list[Word]], index: int) -> bool:
    """Whether empty lines stand above and below a line, so that it is a heading and no part of a label."""
    near = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    return all(abs(line[0].baseline - lines[index][0].baseline) > 1.05 for line in near)


def _moved(words: Sequence[Word], place: float) -> list[Word]:
    by = place - words[0].x0 if words else 0.0
    return [replace(word, x0=word.x0 + by, x1=word.x1 + by) for word in words]
