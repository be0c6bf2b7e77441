"""The licence of a source, where the source itself states one.

Only what stands around the records (footers, introductions) speaks of the document; and only a licence that is
named with its version can be given an address, so the others are left to the reader. Nothing is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.records import Plan

_OPEN_GOVERNMENT = re.compile(
    r"\bopen\s+government\s+licen[cs]e\s*,?\s*\(?(?:version|v)?\.?\s*([123])\.0", re.IGNORECASE
)
_CREATIVE_COMMONS = re.compile(
    r"\bcc[ -](by(?:-(?:sa|nd|nc(?:-(?:sa|nd))?))?)[ -](?:v\.?\s*)?([1-4]\.[05])\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its identifier (SPDX), its title, and where it can be read."""

    name: str
    title: str
    path: str


def licences_in(text: str) -> Iterator[Licence]:
    """The licences that a text names with their version.

    >>> [licence.name for licence in licences_in("available under the Open Government Licence v3.0")]
    ['OGL-UK-3.0']
    >>> [licence.path for licence in licences_in("Licensed CC BY-SA 4.0")]
    ['https://creativecommons.org/licenses/by-sa/4.0/']
    >>> list(licences_in("© Example Council, all rights reserved"))
    []
    """
    for match in _OPEN_GOVERNMENT.finditer(text):
        version = match[1]
        yield Licence(
            f"OGL-UK-{version}.0",
            f"Open Government Licence v{version}.0",
            f"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/{version}/",
        )
    for match in _CREATIVE_COMMONS.finditer(text):
        kind, version = match[1].lower(), match[2]
        yield Licence(
            f"CC-{kind.upper()}-{version}",
            f"Creative Commons {kind.upper()} {version}",
            f"https://creativecommons.org/licenses/{kind}/{version}/",
        )


def stated_licences(plan: Plan) -> list[Licence]:
    """The licences that the plan's source states, each once, in the order of the source."""
    passages = (*plan.coverage.furniture, *plan.coverage.unread)
    return list(dict.fromkeys(licence for passage in passages for licence in licences_in(passage.text)))
