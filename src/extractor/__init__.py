"""Published plans of public bodies, as validated records.

    >>> from extractor import extract
    >>> plan = extract("plan.html")                                   # doctest: +SKIP
    >>> [activity.ref for activity in plan.activities]                # doctest: +SKIP
    ['1.1', '1.2']

The names below are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extractor.version import __version__

if TYPE_CHECKING:
    from extractor.api import check as check
    from extractor.api import extract as extract
    from extractor.api import load as load
    from extractor.api import validate as validate
    from extractor.errors import ExtractorError as ExtractorError
    from extractor.locations import Location as Location
    from extractor.profile import Profile as Profile
    from extractor.profile import Settings as Settings
    from extractor.records import Activity as Activity
    from extractor.records import Group as Group
    from extractor.records import Issue as Issue
    from extractor.records import Plan as Plan
    from extractor.write.reading_back import Problem as Problem

_HOMES = {
    "Activity": "records",
    "ExtractorError": "errors",
    "Group": "records",
    "Issue": "records",
    "Location": "locations",
    "Plan": "records",
    "Problem": "write.reading_back",
    "Profile": "profile",
    "Settings": "profile",
    "check": "api",
    "extract": "api",
    "load": "api",
    "validate": "api",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
