"""Libraries loaded without what nobody here asks them for, so that the command starts sooner.

1. BeautifulSoup takes more than half of its time over what it selects by CSS with, which is loaded when somebody
   selects. In a process that does nothing but read plans, it does not look for a detector of encodings either, as
   readers decode by themselves, nor load html5lib, which is needed for broken pages only.
2. pydantic looks for plugins by what is installed, and compares secrets; pipes between processes could have names in
   the file system. None of it is asked for, and what it takes is loaded only if it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_SELECTORS = "soupsieve"
_FOR_OTHERS = ("bs4.builder._html5lib", "cchardet", "chardet", "charset_normalizer")
_process = {"is ours": False}


class _Later(ModuleType):
    """A module that is loaded when it is first asked for something, but for its functions, which load it when called.

    What these are must be said, since what is imported by name may be a class as well.
    """

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        self._functions = functions

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # as the import system asks; no module here has such a thing to give
            raise AttributeError(name)
        if name in self._functions:
            return lambda *arguments, **named: self._loaded(name)(*arguments, **named)
        return self._loaded(name)

    def _loaded(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def keep_to_plans() -> None:
    """Let this process be one in which nobody else uses BeautifulSoup."""
    _process["is ours"] = True


@contextmanager
def loaded_later(name: str, *functions: str) -> Iterator[None]:
    """What is imported in the body gets this module as one that is loaded when it is asked for something.

    `functions` are those of the module that may be imported by name without loading it.
    """
    if name in sys.modules:
        yield
        return
    later = sys.modules[name] = _Later(name, functions)
    try:
        yield
    finally:
        if sys.modules.get(name) is later:
            del sys.modules[name]


def load_beautifulsoup() -> None:
    """Load BeautifulSoup, if it is not there yet; afterwards everything that was left out can be imported as ever."""
    if "bs4" in sys.modules:
        return
    left_out = [name for name in _FOR_OTHERS if _process["is ours"] and name not in sys.modules]
    absent: dict[str, Any] = dict.fromkeys(left_out)  # None: as if it were not installed
    with loaded_later(_SELECTORS):
        sys.modules.update(absent)
        try:
            import_module("bs4")
        finally:
            for name in absent:
                del sys.modules[name]
