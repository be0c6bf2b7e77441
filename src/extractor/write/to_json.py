"""A plan as JSON, and back: the full form, which holds everything.

Keys stand in the order of the models, so that the same plan is the same bytes.
"""

from __future__ import annotations

from extractor.records import Plan


def format_json(plan: Plan) -> str:
    """The plan as JSON, indented by two, non-ASCII letters as they are, with a newline at the end."""
    return plan.model_dump_json(indent=2) + "\n"


def parse_json(text: str | bytes) -> Plan:
    """The plan that `format_json` wrote. Raises `pydantic.ValidationError` where it is no such plan."""
    return Plan.model_validate_json(text)
