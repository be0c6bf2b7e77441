"""BeautifulSoup loaded without what no reader asks it for: that is more than half of what loading it takes.

1. Everywhere, what it selects by CSS with is loaded when somebody selects.
2. In a process that does nothing but read plans, it does not look for a detector of encodings either, as readers decode
   by themselves, nor load html5lib, which is needed for broken pages only.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_SELECTORS = "soupsieve"
_FOR_OTHERS = ("bs4.builder._html5lib", "cchardet", "chardet", "charset_normalizer")
_process = {"is ours": False}


class _Later(ModuleType):
    """A module that is loaded when it is first asked for something."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def keep_to_plans() -> None:
    """Let this process be one in which nobody else uses BeautifulSoup."""
    _process["is ours"] = True


def load_beautifulsoup() -> None:
    """Load BeautifulSoup, if it is not there yet; afterwards everything that was left out can be imported as ever."""
    if "bs4" in sys.modules:
        return
    stand_ins: dict[str, Any] = {_SELECTORS: _Later(_SELECTORS)}
    if _process["is ours"]:
        stand_ins |= dict.fromkeys(_FOR_OTHERS)  # None: as if it were not installed
    stand_ins = {name: module for name, module in stand_ins.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        import_module("bs4")
    finally:
        for name in stand_ins:
            del sys.modules[name]
