"""What one page may cost."""

from __future__ import annotations

MAX_TAGS = 600_000
"""Tags, opening and closing, that are read of one page: some 30,000 rows."""
MAX_DEPTH = 512
"""Nesting beyond which a page is called unreasonable; browsers stop at about the same depth."""
MAX_WORK = 20_000_000
"""Steps (tokens times open elements) of html5lib over a page; an ordinary page of 10,000 rows takes 5 million."""
