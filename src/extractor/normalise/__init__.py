"""`PlanRows` -> `Plan`: what the rows say, as validated records, and every doubt about them."""

from __future__ import annotations

from extractor.normalise.plans import normalise

__all__ = ["normalise"]
