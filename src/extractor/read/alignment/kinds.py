"""Kinds of columns, beginnings of lines and doubts that the steps of the reading share."""

from __future__ import annotations

import re
from string import ascii_lowercase

from extractor.issues import Doubt
from extractor.vocabulary import Meaning

LETTER = re.compile(r"\(?[a-z][.)]")
LOWER = frozenset(ascii_lowercase)
"""What a text begins with that goes on from above."""
SINGLE: frozenset[Meaning] = frozenset(("timescale", "timescale_start", "timescale_end", "status"))
NEAR_ROW = Doubt("border-inferred", "some lines of this cell may belong to the row above or below")
UNSURE_SPAN = Doubt("border-inferred", "which rows this cell stands for is a guess")
UNSURE_GROUP = Doubt("border-inferred", "which rows the name beside them groups is a guess", "group_id")
NEAR_COLUMN = Doubt("border-inferred", "some words of this cell may belong to the column beside it")
