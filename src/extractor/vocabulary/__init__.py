"""How plans are worded in English: general knowledge, never a list of one body's names."""

from __future__ import annotations

from typing import Literal

Meaning = Literal[
    "ref",
    "activity",
    "timescale",
    "timescale_start",
    "timescale_end",
    "lead_officers",
    "lead_directorates",
    "lead_cabinet_members",
    "status",
    "progress",
    "group",
    "extra",
]
"""What a column of a plan means; `extra` is a column that the contract has no field for."""
