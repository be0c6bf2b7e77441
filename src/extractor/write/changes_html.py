"""A comparison as one web page that needs nothing else: no network, no other file.

1. The page reads without its script and style; the script adds the filters.
2. It is made to meet WCAG 2.2 AA: nothing is told by colour alone, removed and inserted words are announced to screen
   readers, everything works by keyboard, and it prints without the filters.
3. Whatever comes from a plan is escaped; nothing of it is ever markup or script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from extractor.changes import KINDS, LABELS, Brief, Change, Changes, FieldChange, Side
from extractor.write.changes_words import (
    KIND_WORDS,
    LABEL_WORDS,
    Tally,
    by_group,
    counted,
    day,
    details,
    new_runs,
    old_runs,
    plan_name,
    refs,
    tally,
    text_changes,
    warnings,
    weight_words,
)

_PARTS = (("kept", "Kept"), ("changed", "Changed"), ("dropped", "Dropped"), ("new", "New"))


def format_changes_html(changes: Changes) -> str:
    """The page: summary, a bar a group, filters, and the changes with old and new side by side."""
    title = f"What became of {plan_name(changes.old)} in {plan_name(changes.new)}"
    groups = by_group(changes.changes)
    body = [
        '<main id="main">',
        *_summary(changes),
        *_group_table(groups),
        *_filters(changes),
        *(line for number, (name, some) in enumerate(groups, 1) for line in _group(number, name, some)),
        "</main>",
    ]
    return page(title, _lead(changes), body, script="changes_page.js")


def page(title: str, lead: str, body: Iterable[str], script: str = "") -> str:
    """A whole page with its style and script within."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_asset('changes_page.css')}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#main">Skip to the content</a>',
        f"<header><h1>{escape(title)}</h1>\n<p>{lead}</p></header>",
        *body,
        "<footer><p>Made with extractor from the published plans. The pairing was made by a program; "
        "look at the plans themselves before you quote it.</p></footer>",
    ]
    if script:
        parts.append(f"<script>\n{_asset(script)}</script>")
    return "\n".join([*parts, "</body>", "</html>", ""])


def _asset(name: str) -> str:
    return (files("extractor.write") / name).read_text(encoding="utf-8")


def _lead(changes: Changes) -> str:
    return (
        f"{_side(changes.old)} has {counted(changes.old.activities, 'activity', 'activities')}, "
        f"{_side(changes.new)} has {changes.new.activities:,}."
    )


def _side(side: Side) -> str:
    period = f", {day(side.start)} to {day(side.end)}" if side.start and side.end else ""
    return f"{escape(plan_name(side))} (<code>{escape(side.source)}</code>{period})"


def _summary(changes: Changes) -> Iterator[str]:
    yield '<section aria-labelledby="summary"><h2 id="summary">Summary</h2>'
    for warning in warnings(changes):
        yield f'<p class="warn"><strong>Note:</strong> {escape(warning)}</p>'
    yield '<ul class="counts">'
    for kind in KINDS:
        yield f"<li><strong>{changes.summary.kinds.get(kind, 0):,}</strong>{KIND_WORDS[kind].lower()}</li>"
    yield "</ul>"
    told = [label for label in LABELS if changes.summary.labels.get(label)]
    if told:
        yield "<p>In what way:</p><ul>"
        yield from (f"<li>{escape(LABEL_WORDS[label])} – {changes.summary.labels[label]:,}</li>" for label in told)
        yield "</ul>"
    if changes.summary.needs_decision:
        verb = "needs" if changes.summary.needs_decision == 1 else "need"
        yield f"<p>{counted(changes.summary.needs_decision, 'change')} {verb} a person’s decision.</p>"
    yield "</section>"


def _group_table(groups: list[tuple[str, list[Change]]]) -> Iterator[str]:
    counts = [tally(some) for _, some in groups]
    most = max((sum(_numbers(entry)) for entry in counts), default=1)
    yield '<section aria-labelledby="groups"><h2 id="groups">By group</h2>'
    yield '<div class="scroll" role="region" aria-label="Table of the groups" tabindex="0"><table>'
    yield "<caption>Changes under each heading; the bar’s length shows how many there are.</caption>"
    yield '<thead><tr><th scope="col">Group</th>'
    yield from (
        f'<th scope="col" class="n"><span class="key {name}" aria-hidden="true"></span>{word}</th>'
        for name, word in _PARTS
    )
    yield "</tr></thead><tbody>"
    for number, ((title, _), entry) in enumerate(zip(groups, counts, strict=True), 1):
        cells = "".join(f'<td class="n">{value}</td>' for value in _numbers(entry))
        yield (f'<tr><th scope="row"><a href="#group-{number}">{escape(title)}</a>{_bar(entry, most)}</th>{cells}</tr>')
    yield "</tbody></table></div></section>"


def _numbers(entry: Tally) -> tuple[int, int, int, int]:
    return entry.kept, entry.changed, entry.dropped, entry.new


def _bar(entry: Tally, most: int) -> str:
    """The counts as one bar. The numbers stand beside it, so it is hidden from screen readers."""
    at = 0.0
    pieces = []
    for value, (name, _) in zip(_numbers(entry), _PARTS, strict=True):
        width = 100 * value / most
        if value:
            # A gap between the pieces, so that neighbours are told apart without their colours.
            pieces.append(f'<rect class="{name}" x="{at:.2f}" y="0" width="{max(width - 0.6, 0.4):.2f}" height="10"/>')
        at += width
    return (
        f'<svg class="bar" aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">{"".join(pieces)}</svg>'
    )


def _filters(changes: Changes) -> Iterator[str]:
    yield '<form id="filters" aria-labelledby="filter-title" hidden><h2 id="filter-title">Show</h2>'
    yield "<fieldset><legend>Kinds of change</legend>"
    for kind in KINDS:
        if changes.summary.kinds.get(kind):
            yield _choice("kind", kind, KIND_WORDS[kind], checked=True)
    yield "</fieldset><fieldset><legend>Only those that are</legend>"
    for label in LABELS:
        if changes.summary.labels.get(label):
            yield _choice("label", label, label.replace("_", " "), checked=False)
    yield _choice("doubt", "yes", "in need of a decision", checked=False)
    yield "</fieldset>"
    yield '<div class="line"><label for="words">Containing</label><input type="search" id="words" name="words">'
    yield '<button type="reset">Show all</button></div>'
    yield '<p id="shown" role="status"></p></form>'


def _choice(name: str, value: str, word: str, *, checked: bool) -> str:
    state = " checked" if checked else ""
    return f'<label class="choice"><input type="checkbox" name="{name}" value="{value}"{state}>{escape(word)}</label>'


def _group(number: int, title: str, changes: list[Change]) -> Iterator[str]:
    yield f'<section data-group aria-labelledby="group-{number}"><h2 id="group-{number}">{escape(title)}</h2>'
    for change in changes:
        yield from _change(change)
    yield "</section>"


def _change(change: Change) -> Iterator[str]:
    doubt = "yes" if change.needs_decision else "no"
    yield f'<article data-kind="{change.kind}" data-labels="{" ".join(change.labels)}" data-doubt="{doubt}">'
    yield f"<h3>{KIND_WORDS[change.kind]}: {escape(refs(change))}</h3>"
    tags = [f"<li>{label.replace('_', ' ')}</li>" for label in change.labels]
    if change.needs_decision:
        tags.append('<li class="ask">needs a decision</li>')
    if tags:
        yield f'<ul class="tags">{"".join(tags)}</ul>'
    yield from _texts(change)
    yield from _details(change)
    yield "</article>"


def _texts(change: Change) -> Iterator[str]:
    """The old and the new texts side by side; one alone where nothing differs or there is no other."""
    edits = {(field.old_id, field.new_id): field for field in text_changes(change)}
    several = change.kind in ("split", "merged")
    yield '<div class="sides">'
    if change.old and change.new and not edits:
        yield f"<div>{_lead_in(change.new[0])}<p class=text>{escape(change.new[0].activity)}</p></div></div>"
        return
    for briefs, word, which in ((change.old, "Old", 0), (change.new, "New", 1)):
        if not briefs:
            continue
        yield f"<div><h4>{word} plan</h4>"
        for brief in briefs:
            field = _edit_of(brief, edits, which)
            name = f"<strong>{escape(brief.ref or brief.id)}</strong> " if several else ""
            text = escape(brief.activity) if field is None else _marked(field, which)
            yield f"{_lead_in(brief)}<p class=text>{name}{text}</p>"
        yield "</div>"
    yield "</div>"


def _edit_of(brief: Brief, edits: dict[tuple[str, str], FieldChange], which: int) -> FieldChange | None:
    """The edit to mark in a text: its only one. The whole of a split or merge is shown plain."""
    own = [field for ids, field in edits.items() if ids[which] == brief.id]
    return own[0] if len(own) == 1 else None


def _marked(field: FieldChange, which: int) -> str:
    runs, tag, told = (old_runs(field), "del", "removed") if which == 0 else (new_runs(field), "ins", "inserted")
    pieces = []
    for marked, text in runs:
        bare = text.rstrip()
        if marked and bare:
            pieces.append(
                f'<{tag}><span class="unseen">[{told}: </span>{escape(bare)}<span class="unseen">]</span></{tag}>'
                + text[len(bare) :]
            )
        else:
            pieces.append(escape(text))
    return "".join(pieces)


def _lead_in(brief: Brief) -> str:
    return f'<p class="lead">{escape(brief.lead_in)}</p>' if brief.lead_in else ""


def _details(change: Change) -> Iterator[str]:
    rows = []
    edits = text_changes(change)
    if edits and change.kind == "changed":
        rows.append(("Text", escape(weight_words(edits[0]))))
    for detail in details(change):
        remark = f" ({escape(detail.remark)})" if detail.remark else ""
        rows.append(
            (escape(detail.what), f"{escape(detail.old)} <span aria-hidden=true>→</span>"
             f'<span class="unseen">, now </span> {escape(detail.new)}{remark}')
        )  # fmt: skip
    if change.kind == "removed" and change.old[0].end:
        rows.append(("Was due", day(change.old[0].end)))
    if change.kind == "added" and change.new[0].end:
        rows.append(("Due", day(change.new[0].end)))
    if change.evidence:
        sure = f", score {change.score:.2f}" if change.score is not None else ""
        rows.append(("Paired by", escape(", ".join(change.evidence)) + sure))
    if change.nearest:
        rows.append(("Nearest in the other plan", escape(", ".join(change.nearest))))
    if rows:
        yield "<dl>" + "".join(f"<dt>{what}</dt><dd>{value}</dd>" for what, value in rows) + "</dl>"
