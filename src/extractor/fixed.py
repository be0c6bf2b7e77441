"""`fixed`: a dataclass whose fields are set once, quick to define and as quick to make as one whose fields are not.

Python's own frozen dataclasses take several times as long to make, since each field is set by a call, and there are
hundreds a page; and each method of a dataclass is compiled when its module is loaded, which for all of ours took a
tenth of the start. So type checkers hold everybody to `frozen`, nothing does at run time, and all share their methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as fixed
else:
    from dataclasses import dataclass, fields
    from operator import attrgetter

    def fixed(*, frozen, slots):
        """A dataclass that compares, and has a hash, as a frozen one does."""

        def define(plain):
            made = dataclass(eq=False, repr=False, slots=slots)(plain)
            names = [field.name for field in fields(made)]
            values = attrgetter(*names)

            def equal(self, other):
                return values(self) == values(other) if other.__class__ is made else NotImplemented

            def hashed(self):
                return hash(values(self))

            def shown(self):
                return f"{made.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

            made.__eq__, made.__hash__, made.__repr__ = equal, hashed, shown
            return made

        return define


__all__ = ["fixed"]
