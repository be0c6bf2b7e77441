"""The parts of the reader for web pages; `extractor.read.from_html.read_html` puts them together.

`markup` (bytes -> tree), `styles` (what is shown), `paths` (where it stands), `flow` (text -> lines),
`grids` (tables), `furniture` (what is no content), `page` (tree -> blocks), `wording` (words shown).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """A module that is loaded when it is first asked for something."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def _load_without_selectors() -> None:
    """Load BeautifulSoup, but not yet what it selects by CSS with.

    No reader selects anything, and the grammar of CSS compiled is a seventh of the start of a command that reads a web
    page. Whoever calls `select` in the same program gets the real thing.
    """
    selectors = "soupsieve"
    if "bs4" in sys.modules or selectors in sys.modules:
        return
    sys.modules[selectors] = _Later(selectors)
    try:
        import_module("bs4")
    finally:
        del sys.modules[selectors]


_load_without_selectors()
