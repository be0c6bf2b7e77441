"""What fictional public bodies plan to do: subjects with their areas of work, headings and the prose of their actions.

The words are in `subjects.txt`, which says at its head what each of its lines is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass
class Subject:
    """One field of work: everything that a plan's group about it is made of."""

    name: str
    areas: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    portfolio: str = ""
    actions: list[str] = field(default_factory=list)
    sets: list[tuple[str, list[str]]] = field(default_factory=list)
    bullets: list[tuple[str, list[str]]] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """The lines of the file, each as its mark and its text; the head of the file left out."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    lines = text[text.index("\n%") :].split("\n")
    return tuple((line[0], line[2:].strip()) for line in lines if line)


def phrases(mark: str) -> list[str]:
    """The phrases of one mark that no subject owns: clauses, sentences, notes, words of progress."""
    return [text.replace(" / ", "\n") for found, text in _lines() if found == mark]


CLAUSES, SENTENCES, NOTES, PROGRESS = (phrases(mark) for mark in "&.(!")


def subjects(family: str) -> list[Subject]:
    """The subjects of a family of bodies, in the order of the file.

    >>> subjects("fire")[0].areas[0]
    'Prevention'
    """
    found: list[Subject] = []
    inside = False
    for mark, text in _lines():
        if mark == "%":
            inside = text == family
        elif not inside or mark in "&.(!":
            continue
        elif mark == "#":
            found.append(Subject(text))
        elif mark in "@=?":
            kept = {"@": found[-1].areas, "=": found[-1].headings, "?": found[-1].measures}[mark]
            kept += [part.strip() for part in text.split(";")]
        elif mark == "~":
            found[-1].portfolio = text
        elif mark == "+":
            found[-1].actions.append(text)
        else:
            lead, *parts = (part.strip() for part in text.split("|"))
            (found[-1].sets if mark == ">" else found[-1].bullets).append((lead, parts))
    return found
