"""What the steps hand on: regions, levels, chunks and blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.read.alignment.headers import Column, Over
from extractor.read.parting import Said
from extractor.read.typeset import TextLine, Word


@dataclass(slots=True)
class Level:
    """The lines of print on one baseline, by column; or one line that runs across."""

    baseline: float
    size: float
    cells: dict[int, TextLine]
    across: TextLine | None = None
    doubted: frozenset[int] = frozenset()
    """The columns whose words here may belong to another column."""

    @property
    def top(self) -> float:
        """Top of the lines on this baseline."""
        return self.baseline - 0.78 * self.size

    @property
    def bottom(self) -> float:
        """Bottom of the lines on this baseline."""
        return self.baseline + 0.22 * self.size


@dataclass(slots=True)
class Block:
    """Lines of one cell of a column that reaches over several rows."""

    column: int
    lines: list[TextLine]

    def crosses(self, edges: Sequence[float]) -> bool:
        """Whether one of the edges runs through the block."""
        top, bottom = self.lines[0].top, self.lines[-1].bottom
        margin = 0.15 * self.lines[0].size
        return any(top + margin < edge < bottom - margin for edge in edges)


@dataclass(slots=True)
class Chunk:
    """Levels that no row edge can part."""

    levels: list[Level]
    lines: dict[int, list[TextLine]] = field(default_factory=dict)
    must_end: bool = False
    """A rule is drawn below."""

    @property
    def across(self) -> bool:
        return self.levels[0].across is not None


@dataclass(slots=True)
class Region:
    """The lines of print of one table on one page."""

    page: int
    columns: list[Column]
    header: list[TextLine | None]
    lines: list[list[Word]]
    before_header: bool = False
    """Another header follows on the page, so a lone line at the end is a heading."""
    over: Sequence[tuple[Over, TextLine]] = ()
    """The cells of an upper header row."""
    said: Said | None = None
    """What stands in the columns of the document's tables; None where columns are not of characters."""
    ended: bool = False
    """Something else stands below it on its page."""
    size: float = 0.0
    """The font size of the table's rows on the page before; 0 where it does not go on from there."""
