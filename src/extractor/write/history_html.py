"""The threads of several years as one web page: a picture of the flow, and every thread in a table.

The picture has a column a plan, its groups one below the other, and a band from group to group for the activities
that went on; where no band arrives at a bar they are new, where none leaves they were dropped. The numbers and every
thread stand in tables below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from extractor.changes import KINDS, History, Step, Thread
from extractor.write.changes_html import page
from extractor.write.changes_words import NO_GROUP, counted, lateness, plan_name

_COLUMN_POINTS = 310
_BAR_POINTS = 12
_STEP_POINTS = 320
_UNIT_POINTS = 7
_GAP_POINTS = 22
_TOP_POINTS = 34
_SHADES = ("#1d4f91", "#17693a", "#8a4500", "#6b2f8a", "#8c1c4a", "#256b74", "#5f5b12", "#4d5863")
_LONGEST_NAME = 44


@dataclass(frozen=True, slots=True)
class _Node:
    """A group in one of the plans: how many activities, and where its bar stands."""

    top: float
    height: float


def format_history_html(history: History) -> str:
    """The page with the flow, its numbers, and the threads."""
    names = [plan_name(side) for side in history.plans]
    title = f"{names[0]} to {names[-1]}: what became of each activity"
    lead = "; ".join(
        f"{escape(name)}: {counted(side.activities, 'activity', 'activities')}"
        for name, side in zip(names, history.plans, strict=True)
    )
    body = ['<main id="main">', *_flow_section(history), *_years(history), *_threads(history), "</main>"]
    return page(title, lead, body)


def _group(step: Step) -> str:
    return step.group or NO_GROUP


def _flows(history: History) -> tuple[list[Counter[str]], list[Counter[tuple[str, str]]]]:
    """Per plan the activities in each group; per neighbouring pair of plans how many went from group to group."""
    sizes: list[Counter[str]] = [Counter() for _ in history.plans]
    bands: list[Counter[tuple[str, str]]] = [Counter() for _ in history.plans[1:]]
    for thread in history.threads:
        for step in thread.steps:
            sizes[step.plan][_group(step)] += 1
        for before, after in zip(thread.steps, thread.steps[1:], strict=False):
            bands[before.plan][_group(before), _group(after)] += 1
    return sizes, bands


def _flow_section(history: History) -> Iterator[str]:
    sizes, bands = _flows(history)
    shades = {name: _SHADES[at % len(_SHADES)] for at, name in enumerate(dict.fromkeys(n for c in sizes for n in c))}
    nodes = [_stack(counts, shades) for counts in sizes]
    height = max((node.top + node.height for column in nodes for node in column.values()), default=100.0) + 20
    width = _STEP_POINTS * (len(history.plans) - 1) + _BAR_POINTS + _COLUMN_POINTS
    yield '<section aria-labelledby="flow"><h2 id="flow">The flow</h2>'
    yield "<p>A bar stands for a group in one year, a band for the activities that were carried over."
    yield "Where no band arrives at a bar, its activities are new; where none leaves, they were dropped.</p>"
    yield '<div class="scroll" role="region" aria-label="Picture of the flow" tabindex="0">'
    yield (
        f'<svg class="flow" role="img" aria-labelledby="flow-title" width="{width}" height="{height:.0f}" '
        f'viewBox="0 0 {width} {height:.0f}"><title id="flow-title">{escape(_told(history))}</title>'
    )
    for at, between in enumerate(bands):
        yield from _bands(between, nodes[at], nodes[at + 1], at * _STEP_POINTS, shades)
    for at, (counts, column) in enumerate(zip(sizes, nodes, strict=True)):
        side = history.plans[at]
        left = at * _STEP_POINTS
        yield f'<text x="{left}" y="16" font-weight="bold">{escape(side.period or plan_name(side))}</text>'
        for name, node in column.items():
            yield (
                f'<rect x="{left}" y="{node.top:.1f}" width="{_BAR_POINTS}" height="{node.height:.1f}" '
                f'fill="{shades[name]}"/>'
            )
            short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
            yield f'<text x="{left}" y="{node.top - 5:.1f}">{escape(short)} ({counts[name]})</text>'
    yield "</svg></div></section>"


def _told(history: History) -> str:
    """The picture in a sentence; the tables below hold the rest."""
    parts = []
    for number, summary in enumerate(history.summaries):
        gone, come = summary.kinds.get("removed", 0), summary.kinds.get("added", 0)
        kept = history.plans[number].activities - gone
        after = plan_name(history.plans[number + 1])
        parts.append(f"into {after} {kept} were carried over, {gone} dropped, and {come} are new")
    return f"Activities from plan to plan: {'; '.join(parts)}."


def _stack(counts: Counter[str], order: Iterable[str]) -> dict[str, _Node]:
    """The groups of one plan from top to bottom, in the same order in every plan."""
    nodes: dict[str, _Node] = {}
    top = float(_TOP_POINTS + _GAP_POINTS / 2)
    for name in order:
        if name not in counts:
            continue
        height = max(4.0, float(counts[name] * _UNIT_POINTS))
        nodes[name] = _Node(top, height)
        top += height + _GAP_POINTS
    return nodes


def _bands(
    between: Counter[tuple[str, str]],
    left: dict[str, _Node],
    right: dict[str, _Node],
    x: int,
    shades: dict[str, str],
) -> Iterator[str]:
    """The bands between two columns; each takes its share of both bars, in the order of the bars."""
    out = {name: node.top for name, node in left.items()}
    into = {name: node.top for name, node in right.items()}
    order_left, order_right = list(left), list(right)
    start, end = x + _BAR_POINTS, x + _STEP_POINTS
    middle = (start + end) / 2
    for source, target in sorted(between, key=lambda band: (order_left.index(band[0]), order_right.index(band[1]))):
        thick = between[source, target] * _UNIT_POINTS
        y, z = out[source], into[target]
        out[source] += thick
        into[target] += thick
        yield (
            f'<path d="M{start},{y:.1f} C{middle},{y:.1f} {middle},{z:.1f} {end},{z:.1f} L{end},{z + thick:.1f} '
            f'C{middle},{z + thick:.1f} {middle},{y + thick:.1f} {start},{y + thick:.1f} Z" '
            f'fill="{shades[source]}" fill-opacity="0.35"/>'
        )


def _years(history: History) -> Iterator[str]:
    yield '<section aria-labelledby="years"><h2 id="years">From year to year</h2>'
    yield '<div class="scroll" role="region" aria-label="Table of the years" tabindex="0"><table>'
    yield '<thead><tr><th scope="col">From, to</th>'
    yield from (f'<th scope="col" class="n">{kind.capitalize()}</th>' for kind in KINDS)
    yield "</tr></thead><tbody>"
    for number, summary in enumerate(history.summaries):
        name = f"{plan_name(history.plans[number])} → {plan_name(history.plans[number + 1])}"
        cells = "".join(f'<td class="n">{summary.kinds.get(kind, 0):,}</td>' for kind in KINDS)
        yield f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
    yield "</tbody></table></div></section>"


def _threads(history: History) -> Iterator[str]:
    yield '<section aria-labelledby="threads"><h2 id="threads">The threads</h2>'
    yield '<div class="scroll" role="region" aria-label="Table of the threads" tabindex="0"><table>'
    yield "<caption>Each activity through the years: its ref in each plan, and where it stands now.</caption>"
    yield '<thead><tr><th scope="col">Thread</th>'
    yield from (f'<th scope="col">{escape(side.period or plan_name(side))}</th>' for side in history.plans)
    yield '<th scope="col" class="n">Carried over</th><th scope="col">Slip</th><th scope="col">Activity</th>'
    yield "</tr></thead><tbody>"
    yield from (_thread(thread) for thread in history.threads)
    yield "</tbody></table></div></section>"


def _thread(thread: Thread) -> str:
    present = {step.plan: step for step in thread.steps}
    cells = "".join(_cell(present.get(at)) for at in range(len(thread.refs)))
    slip = lateness(thread.total_slip_days) if thread.total_slip_days else "none"
    return (
        f'<tr id="{thread.id}"><th scope="row">{thread.id}</th>{cells}<td class="n">{thread.carried_over}</td>'
        f'<td>{slip}</td><td class="wide">{escape(_fate(thread))}{escape(thread.steps[-1].activity)}</td></tr>'
    )


def _cell(step: Step | None) -> str:
    if step is None:
        return '<td><span aria-hidden="true">–</span><span class="unseen">not in this plan</span></td>'
    doubt = (
        ' <span class="unseen">needs a decision</span><span aria-hidden="true">?</span>' if step.needs_decision else ""
    )
    return f"<td>{escape(step.ref or step.id)}{doubt}</td>"


def _fate(thread: Thread) -> str:
    """What to know of a thread before its text."""
    parts = []
    if thread.from_thread:
        parts.append(f"Split from {thread.from_thread}.")
    if thread.into_thread:
        parts.append(f"Merged into {thread.into_thread}.")
    elif thread.fate == "removed":
        parts.append("Dropped unfinished." if thread.dropped_unfinished else "Removed.")
    return "".join(f"{part} " for part in parts)
