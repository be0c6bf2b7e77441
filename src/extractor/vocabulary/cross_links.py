"""How a bracket says that its activity serves another group too: "(Also links to X outcome)"."""

from __future__ import annotations

import re

LINK = re.compile(
    r"^\W*(?:this\s+)?(?:also\s+(?:directly\s+)?link(?:s|ed)?|links?\s+also|link(?:s|ed)?|see\s+also)\s*(?:in)?(?:to|with|:)\s*:?\s*",
    re.IGNORECASE,
)
ALSO_LINK = re.compile(
    r"^\W*(?:this\s+)?also\s+(?:directly\s+)?link(?:s|ed)?\s*(?:in)?(?:to|with|:)\s*:?\s*", re.IGNORECASE
)


def is_link(text: str) -> bool:
    """Whether the words of a bracket say that the activity also links to something.

    >>> is_link("Also links to X outcome"), is_link("Subject to the grant")
    (True, False)
    """
    return bool(LINK.match(text))
