"""`fixed`: a dataclass whose fields are set once, and that is as quick to make as one whose fields are not.

Python's own frozen dataclasses take several times as long to make, since each field is set by a call, and there are
hundreds a page. So type checkers hold everybody to `frozen`, and nothing does at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as fixed
else:
    from dataclasses import dataclass

    def fixed(*, frozen, slots):
        """A dataclass that compares, and has a hash, as a frozen one does."""
        return dataclass(unsafe_hash=frozen, slots=slots)


__all__ = ["fixed"]
