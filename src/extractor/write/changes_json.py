"""A comparison as JSON: the full form, which holds everything."""

from __future__ import annotations

import json

from extractor.changes import Changes, History


def format_changes_json(changes: Changes | History) -> str:
    """The comparison or history as JSON, indented by two, with a newline at the end."""
    return json.dumps(changes.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
