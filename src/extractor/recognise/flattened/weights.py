"""What a reading of a row costs, in nats, as far as several rooms must agree on it.

Costs that one room alone knows stand at its head. They were set by thought and checked on the corpus; none of them is
sharp (docs/analysis/segmentation.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from extractor.recognise.flattened.scheme import Kind

WORD = 4.0  # what it saves to point to a known word instead of spelling it
DISCOUNT = 0.5  # what a value's count loses, so that chance recurrences die out
# What a careful reader's eye would say of a gap: a border there, and one between two values of a cell.
BORDER = {"blank": 1.2, "wide": 0.2, "wrap": 3.0, "soft": 0.3, "line": 0.1, "paragraph": 0.0}
NEXT_VALUE = {"blank": 5.5, "wide": 3.0, "wrap": 6.0, "soft": 3.0, "line": 1.0, "paragraph": 1.0}
# What a plan leaves out.
SKIP: Mapping[Kind, float] = {
    "ref": 6.0,
    "group": 0.3,
    "prose": 3.0,
    "time": 6.0,
    "post": 5.0,
    "body": 5.0,
    "member": 5.0,
    "owner": 5.0,
    "partners": 3.0,
    "state": 5.0,
    "money": 3.0,
    "figure": 3.0,
    "heading": 0.0,
    "aside": 0.0,
}
NEVER_LACKED = 20.0  # a column of people, where learning begins as if no row lacked one
DATED = 8.0  # words that hold a date, and are none
SENTENCE_IN_NAME = 6.0  # a sentence that ends, or a date that stands, within the name of a group
VERB = 3.0  # a verb in the imperative within a group's name, and an activity behind one that begins with none
REMARK = 3.0  # a whole cell of prose that may come again, and is new
WITHIN_LINE = 5.0  # a border within a line, where the other cells have lines of their own
IMPASSABLE = 60.0  # what costs so much is not looked at
_AGAINST = 4.0  # nats of spelling from which on a wording speaks against a column


def saved_again(length: int, spelled: float) -> float:
    """The nats that it saves to point to a value of so many words instead of spelling it.

    What its wording says for or against the column counts a little each time, and fully where it speaks against it.
    """
    return WORD * min(length, 12) - (1.0 if spelled >= _AGAINST else 0.3) * max(spelled, -4.0)
