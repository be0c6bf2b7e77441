"""Which words belong to which column, decided over all rows of a document at once.

The columns of a flattened table are known from its header; the borders between its cells are lost. Every way to
cut the words into cells is a path through a lattice; a path costs the nats that it takes to write the row down:

1. A value that other rows have too costs little, a new one must be spelled out: so the columns' vocabularies
   become as small as the document allows (minimum description length). How often a value occurs is not known
   before the borders are, so both are estimated in turn (expectation, maximisation), a row's own share left out.
2. What posts, bodies and portfolios look like in English is a prior on new values (`vocabulary.roles`).
3. Dates are found by their grammar, prose takes what is left, and what parts two words (a blank, a line end, a
   tab) makes a border cheaper or dearer.
4. The share of all paths that agree with the best one says how sure a border is.

docs/analysis/segmentation.md tells the whole story. Here are the lattice and the ways through it; `edges` makes it,
`lexicon` and `steps` say what its parts cost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from extractor.recognise.flattened.blocks import Block, Segment
from extractor.recognise.flattened.scheme import RUNNING, Scheme
from extractor.recognise.flattened.stream import BLANK_CELL

_PRUNE = 1e-5


@dataclass(slots=True)
class Edge:
    """Words that may be in a column. What does not change from round to round is computed once."""

    start: int  # node
    end: int  # node
    column: int  # or the one of whole remarks that stands for it
    plain: float  # weight without the lexicon's share
    value: str = ""  # comparison key for closed kinds, "" for others
    fresh: float = 0.0  # weight of the value as one that is new
    again: float = 0.0  # weight of each occurrence elsewhere
    doubtful: float = 0.0  # occurrences that do not count, as it may be several run together
    small: bool = False  # it has small words as no name has, but where a plan writes its names so


def edge_of(start: int, end: int, column: int, cost: float) -> Edge:
    """Words in a column that has no vocabulary."""
    return Edge(start, end, column, math.exp(-cost) if cost else 1.0)


class Lattice(NamedTuple):
    block: Block
    nodes: tuple[int, ...]  # word index of each node; the last is the end
    edges: Sequence[Sequence[Edge]]  # by start node
    measures: Mapping[int, bool] = {}
    """Nodes at which nothing but a measure behind a whole remark may begin, or (true) behind a person as well."""
    before_dates: Set[int] = frozenset()
    """Nodes from which on words with capitals lead up to a date."""


Own = dict[tuple[int, int, str], float]
"""(node, column or that of its whole remarks, value) -> the share of all readings of a block that find it there."""


class Steps(NamedTuple):
    """Per column p, the columns that can be entered after it at a node and what that costs; the same as weights of all
    columns, 0 for those that cannot."""

    costs: list[list[tuple[int, float]]]
    weights: list[list[float]]


Weigh = Callable[[Sequence[Edge], Own], list[float]]
"""The weights of edges, the occurrences of values at some places left out."""


class Masses(NamedTuple):
    """What the two sweeps over a lattice give; `share` puts them together."""

    reach: list[list[float]]
    forward: list[list[float]]
    backward: list[list[float]]
    onward: list[list[float]]
    weights: list[list[float]]
    scales: list[float]
    back_scales: list[float]
    onward_scales: list[float]
    log_total: float

    def share(self, node: int, edge: Edge, weight: float) -> float:
        """The share of all readings that take this edge."""
        column, end = edge.column, edge.end
        mass = self.forward[node][column] * weight * self.backward[end][column]
        if mass <= 0.0:
            return 0.0
        power = self.scales[node] + self.back_scales[end] - self.log_total
        return mass * math.exp(power if -700.0 < power < 700.0 else max(-700.0, min(700.0, power)))

    def border(
        self, node: int, before: Sequence[int], columns: Sequence[int], steps: Sequence[Sequence[float]]
    ) -> float:
        """The share of all readings in which a column ends and another begins at a node; each is told as itself and, of
        a column of remarks, as that of whole ones."""
        reach, onward = self.reach[node], self.onward[node]
        mass = sum(reach[one] * steps[one][other] * onward[other] for one in before for other in columns)
        if mass <= 0.0:
            return 0.0
        power = self.scales[node] + self.onward_scales[node] - self.log_total
        return min(1.0, mass * math.exp(max(-700.0, min(700.0, power))))


def sweep(lattice: Lattice, steps: Sequence[Steps], ends: Sequence[float], weigh: Weigh, own: Own) -> Masses:
    """Forward and backward masses of every node and column, and the edges' weights; `ends` is what it costs to end the
    block in each column.

    Each node has a scale of its own (a logarithm), so that no mass over- or underflows however long the block.
    """
    size = len(lattice.nodes)
    width = len(ends)
    reach = [[0.0] * (width + 1) for _ in range(size)]
    scales: list[float | None] = [None] * size
    reach[0][width] = 1.0
    scales[0] = 0.0
    forward: list[list[float]] = [[0.0] * width for _ in range(size)]
    weights: list[list[float]] = [[] for _ in range(size)]
    tables = [step.weights for step in steps]
    for node in range(size - 1):
        scale = scales[node]
        if scale is None:
            continue
        peak = max(reach[node])
        if peak <= 0.0:
            continue
        scale += math.log(peak)
        scales[node] = scale
        reached = [mass / peak for mass in reach[node]]
        reach[node] = reached
        entry = forward[node]
        sources = [(row, mass) for row, mass in zip(tables[node], reached, strict=True) if mass]
        for column in {edge.column for edge in lattice.edges[node]}:
            entry[column] = sum([row[column] * mass for row, mass in sources])
        weights[node] = masses = weigh(lattice.edges[node], own)
        for edge, weight in zip(lattice.edges[node], masses, strict=True):
            end, column = edge.end, edge.column
            mass = entry[column] * weight
            there = scales[end]
            if there is None:
                scales[end] = scale
            elif there != scale:
                mass *= math.exp(min(scale - there, 600.0))
            reach[end][column] += mass
    backward: list[list[float]] = [[0.0] * (width + 1) for _ in range(size)]
    back_scales = [0.0] * size
    onwards: list[list[float]] = [[] for _ in range(size)]
    onward_scales = [0.0] * size
    backward[size - 1][:width] = [math.exp(-min(cost, 60.0)) for cost in ends]
    total = sum(reach[size - 1][column] * backward[size - 1][column] for column in range(width))
    log_total = (math.log(total) if total > 0.0 else -700.0) + (scales[size - 1] or 0.0)
    for node in range(size - 2, -1, -1):
        if not weights[node]:
            back_scales[node] = back_scales[node + 1]
            continue
        base = max([back_scales[edge.end] for edge in lattice.edges[node]])
        onward = [0.0] * width
        for edge, weight in zip(lattice.edges[node], weights[node], strict=True):
            end, column = edge.end, edge.column
            mass = weight * backward[end][column]
            if back_scales[end] != base:
                mass *= math.exp(max(back_scales[end] - base, -700.0))
            onward[column] += mass
        onwards[node] = onward
        onward_scales[node] = base
        live = [(column, mass) for column, mass in enumerate(onward) if mass]
        masses = [sum([row[column] * mass for column, mass in live]) for row in tables[node]]
        peak = max(masses)
        if peak > 0.0:
            backward[node] = [mass / peak for mass in masses]
            back_scales[node] = base + math.log(peak)
        else:
            back_scales[node] = base
    return Masses(
        reach,
        forward,
        backward,
        onwards,
        weights,
        [scale or 0.0 for scale in scales],
        back_scales,
        onward_scales,
        log_total,
    )


def expect(lattice: Lattice, masses: Masses, prune: bool) -> tuple[Own, Lattice]:
    """Expected occurrences of each value at each place of one block, and its lattice, of which hopeless edges may be
    pruned."""
    share: Own = {}
    kept: list[list[Edge]] = []
    for node, edges in enumerate(lattice.edges):
        alive: list[Edge] = []
        for edge, weight in zip(edges, masses.weights[node] or [0.0] * len(edges), strict=True):
            if not prune and not edge.value:
                continue
            mass = masses.share(node, edge, weight)
            if mass > _PRUNE:
                alive.append(edge)
            if edge.value and mass > 1e-4:
                share[node, edge.column, edge.value] = min(mass, 1.0)
        kept.append(alive)
    return share, lattice._replace(edges=kept) if prune else lattice


def best_path(
    lattice: Lattice, steps: Sequence[Steps], ends: Sequence[float], masses: Masses, scheme: Scheme
) -> list[Segment]:
    """The segments of the cheapest way through a lattice, each as sure as the other ways make it."""
    block = lattice.block
    size = len(lattice.nodes)
    width = len(ends)
    best: list[list[float]] = [[math.inf] * (width + 1) for _ in range(size)]
    back: list[list[tuple[int, int, int] | None]] = [[None] * (width + 1) for _ in range(size)]
    best[0][width] = 0.0
    for node in range(size - 1):
        entry, origin = _enter(best[node], steps[node].costs)
        for edge, weight in zip(lattice.edges[node], masses.weights[node], strict=False):
            price = entry[edge.column]
            if price == math.inf or weight <= 0.0:
                continue
            price -= math.log(weight)
            if price < best[edge.end][edge.column]:
                best[edge.end][edge.column] = price
                back[edge.end][edge.column] = (node, origin[edge.column], edge.column)
    last = min(range(width), key=lambda column: best[-1][column] + ends[column])
    if best[size - 1][last] == math.inf:  # no reading at all: the words stay together, and in doubt
        start, end = block.ref_start, block.ref_start + block.ref_length
        leading = [Segment(0, start, scheme.first, 0.0)] if start else []
        ref = [Segment(start, end, scheme.ref, 1.0)] if end > start else []
        return [*leading, *ref, Segment(end, len(block.words), scheme.activity, 0.0)]
    path: list[Segment] = []
    closing = 1.0
    every = tuple(range(width))
    node, state = size - 1, last
    while node > 0:
        way = back[node][state]
        if way is None:
            break
        start, before, _ = way
        column = scheme.column_of[state]
        there, before_it = scheme.both(state), scheme.both(before) if start else ()
        if block.below:
            # In which column a sub-item's empty cell stands makes no difference: it inherits the others as well.
            there = every if block.words[lattice.nodes[start]].text == BLANK_CELL else there
            before_it = every if start and block.words[lattice.nodes[start] - 1].text == BLANK_CELL else before_it
        surety = 0.0
        for edge, weight in zip(lattice.edges[start], masses.weights[start], strict=True):
            if edge.end == node and edge.column in there:
                surety += masses.share(start, edge, weight)
        surety = min(1.0, surety)
        opening = 1.0
        if start:
            opening = masses.border(start, before_it, there, steps[start].weights)
        path.append(Segment(lattice.nodes[start], lattice.nodes[node], column, surety, opening, closing))
        node, state, closing = start, before, opening
    return _merge(path[::-1], scheme)


def _enter(best: Sequence[float], steps: Sequence[Sequence[tuple[int, float]]]) -> tuple[list[float], list[int]]:
    """Cheapest way into each column at a node, and from which column it comes."""
    width = len(best) - 1
    entry = [math.inf] * width
    origin = [0] * width
    for before in range(width + 1):
        price = best[before]
        if price == math.inf:
            continue
        for column, step in steps[before]:
            cost = price + step
            if cost < entry[column]:
                entry[column] = cost
                origin[column] = before
    return entry, origin


def _merge(path: list[Segment], scheme: Scheme) -> list[Segment]:
    """Pieces of one run of prose become one segment, as sure as its two ends are."""
    merged: list[Segment] = []
    for segment in path:
        if (
            merged
            and merged[-1].column == segment.column
            and scheme.columns[segment.column].kind in RUNNING
            and merged[-1].end == segment.start
        ):
            before = merged[-1]
            surety = min(before.surety, segment.surety)
            merged[-1] = before._replace(end=segment.end, surety=surety, closing=segment.closing)
        else:
            merged.append(segment)
    return merged
