"""A plan as JSON, and back: the full form, which holds everything.

Keys stand in the order of the models, so that the same plan is the same bytes.
"""

from __future__ import annotations

from pydantic_core import to_json

from extractor.records import Plan


def encode_json(plan: Plan) -> bytes:
    """The plan as JSON in UTF-8, indented by two, non-ASCII letters as they are, with a newline at the end."""
    return to_json(plan, indent=2) + b"\n"


def format_json(plan: Plan) -> str:
    """What `encode_json` gives, as text."""
    return encode_json(plan).decode("utf-8")


def parse_json(text: str | bytes) -> Plan:
    """The plan that `format_json` wrote. Raises `pydantic.ValidationError` where it is no such plan."""
    return Plan.model_validate_json(text)
