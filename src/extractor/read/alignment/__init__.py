"""Tables without rules, from where their words stand: the same for the words of a PDF and for columns of characters.

1. A table begins under header words that are known (`headers`). Its columns begin where the header words do, or, where
   those are centred, at the gutter that the fewest words cross (`gutters`); a column of refs before the first header
   word may have none (`unnamed`). Lines that run across the columns are rows
   of one cell (groups), or, at either end, no part of the table (`levels`, `bounds`).
2. A row is a band across the page: no line of print crosses its edge. Only such edges are asked about, and of
   them none within a paragraph: a line that goes on at the pitch of its type belongs to the line before (`chunks`).
3. Which of these edges part rows is one question for the whole table, settled by the cheapest way to cut it: a
   row has one ref and one timescale, columns that are filled elsewhere are filled in it, its cells begin at one
   height or are centred on one, and its texts are whole (`rows`).
4. Texts that stand for several rows are taken out before (`blocks`) and put over their rows after (`spans`).
"""

from extractor.read.alignment.drawn import RowRule
from extractor.read.alignment.facts import Lean
from extractor.read.alignment.feet import is_all_foot, without_foot
from extractor.read.alignment.gutters import crossed, settle_columns
from extractor.read.alignment.headers import (
    Column,
    Header,
    Over,
    are_header_words,
    best_columns,
    find_headers,
    header_beside,
    known_share,
    names_activities,
    same_header,
    whole_phrase,
)
from extractor.read.alignment.kinds import NEAR_ROW, UNSURE_SPAN
from extractor.read.alignment.measure import CHARACTERS, Measure, print_measure
from extractor.read.alignment.shapes import Region
from extractor.read.alignment.spans import merge_between
from extractor.read.alignment.table import NO_EDGE, build_table
from extractor.read.alignment.unnamed import Unnamed, named

__all__ = [
    "CHARACTERS",
    "NEAR_ROW",
    "NO_EDGE",
    "UNSURE_SPAN",
    "Column",
    "Header",
    "Lean",
    "Measure",
    "Over",
    "Region",
    "RowRule",
    "Unnamed",
    "are_header_words",
    "best_columns",
    "build_table",
    "crossed",
    "find_headers",
    "header_beside",
    "is_all_foot",
    "known_share",
    "merge_between",
    "named",
    "names_activities",
    "print_measure",
    "same_header",
    "settle_columns",
    "whole_phrase",
    "without_foot",
]
