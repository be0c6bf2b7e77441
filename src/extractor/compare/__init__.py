"""Two `Plan`s -> `Changes`: pair the activities, then describe what became of each."""

from __future__ import annotations

from extractor.compare.decisions import Decision, format_decisions, open_decisions, parse_decisions
from extractor.compare.history import chain
from extractor.compare.years import compare

__all__ = ["Decision", "chain", "compare", "format_decisions", "open_decisions", "parse_decisions"]
