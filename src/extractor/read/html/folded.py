"""What a page folds away until its reader opens it: panels of accordions and tabs, and what they are called.

1. A panel is what a control opens (`aria-controls`, `data-target`, the next element after an `aria-expanded` button),
   a `tabpanel`, or anything hidden that holds a table. It counts as shown, for the reader of the page
   can see it.
2. Furniture stays hidden: menus and what is mostly links. So does what the page shows elsewhere too, as a second
   copy of a table for small screens.
3. A button that opens a panel of content is that panel's heading; so is the tab of a panel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString

from extractor.read.html.elements import HEADINGS, SHOWS_NOTHING
from extractor.read.html.furniture import is_data_table, is_mostly_links, region_kind
from extractor.read.html.styles import NO_PROPERTIES, Styles, is_hidden
from extractor.text import count_words, key

_SIGNS = ("aria-controls", "aria-expanded", "tabpanel", "data-target", "data-bs-target", "hidden", "display")
"""Words without one of which a page folds nothing away."""
_TARGETS = ("aria-controls", "data-target", "data-bs-target")
_LEAST_WORDS = 8
"""Words of a panel without a table."""
_SAMPLE_LENGTH = 25
"""Characters of a string that tells whether it stands on the page a second time."""


@dataclass(slots=True)
class Folds:
    """The panels of a page and the controls that open them."""

    panels: set[int] = field(default_factory=set)
    """Elements that are hidden until they are opened, by their `id()`."""
    buttons: set[int] = field(default_factory=set)
    """Buttons that are the heading of the panel that they open, by their `id()`."""
    tabs: dict[int, Tag] = field(default_factory=dict)
    """By the `id()` of a panel without a heading of its own, the tab that names it."""


def find_folds(body: Tag, text: str, styles: Styles, ids: frozenset[str]) -> Folds:
    """The panels below `body`; `ids` are the values of `id` that occur once."""
    folds = Folds()
    if not any(sign in text for sign in _SIGNS):
        return folds
    by_id = {str(tag["id"]): tag for tag in body.find_all(id=True) if isinstance(tag, Tag) and str(tag["id"]) in ids}
    openers = list(_openers(body, text, by_id))
    candidates = [panel for _, panel in openers]
    candidates += [tag for tag in body.find_all(role="tabpanel") if isinstance(tag, Tag)]
    candidates += [tag for tag in body.find_all("table") if isinstance(tag, Tag)]
    _unfold(body, candidates, styles, folds)
    for control, panel in openers:
        if not _holds_content(panel):
            continue
        if _is_tab(control):
            if panel.find(tuple(HEADINGS)) is None:
                folds.tabs.setdefault(id(panel), control)
        elif control.name == "button" and _heading_around(control) is None:
            folds.buttons.add(id(control))
    return folds


def _openers(body: Tag, text: str, by_id: Mapping[str, Tag]) -> Iterator[tuple[Tag, Tag]]:
    """Every control with the panel that it opens."""
    for name in _TARGETS:
        if name in text:
            for control in body.select(f"[{name}]"):
                panel = by_id.get(str(control[name]).strip().lstrip("#"))
                if panel is not None and not any(parent is panel for parent in control.parents):
                    yield control, panel
    if "tabpanel" in text or "tab-pane" in text:
        for tab in body.find_all(_is_tab):
            panel = by_id.get(str(tab.get("href", "")).strip().lstrip("#")) if isinstance(tab, Tag) else None
            if panel is not None:
                yield tab, panel
        for panel in body.find_all(role="tabpanel"):
            named = by_id.get(str(panel.get("aria-labelledby", ""))) if isinstance(panel, Tag) else None
            if named is not None and _is_tab(named):
                yield named, panel
    if "aria-expanded" in text:
        for control in body.select("button[aria-expanded]"):
            if not any(name in control.attrs for name in _TARGETS):
                heading = _heading_around(control)
                panel = (heading or control).find_next_sibling()
                if isinstance(panel, Tag):
                    yield control, panel


def _is_tab(tag: Tag) -> bool:
    """Whether an element opens one of several panels that stand in one place, by its role or as Bootstrap has it."""
    attrs = tag.attrs
    return attrs.get("role") == "tab" or not _TOGGLES.isdisjoint(
        (attrs.get("data-toggle"), attrs.get("data-bs-toggle"))
    )


_TOGGLES = frozenset({"tab", "pill"})


def _heading_around(control: Tag) -> Tag | None:
    for parent in control.parents:
        if parent.name in HEADINGS:
            return parent
    return None


def _unfold(body: Tag, candidates: list[Tag], styles: Styles, folds: Folds) -> None:
    known: dict[int, bool] = {}

    def hidden(tag: Tag) -> bool:
        found = known.get(id(tag))
        if found is None:
            properties = styles.of(tag) if tag.attrs or styles.names else NO_PROPERTIES
            found = known[id(tag)] = is_hidden(tag, properties)
        return found

    around = {
        id(tag): [step for step in (tag, *tag.parents) if isinstance(step, Tag) and step is not body and hidden(step)]
        for tag in candidates
    }
    folded = [tag for tag in candidates if around[id(tag)]]
    if not folded:
        return
    shown = _samples_shown(body, hidden)
    for tag in folded:
        if _holds_content(tag) and not _is_copy(tag, shown):
            folds.panels.update(id(step) for step in around[id(tag)])
            shown |= set(_samples(tag))


def _holds_content(panel: Tag) -> bool:
    if is_data_table(panel):
        return True
    if region_kind(panel) is not None or is_mostly_links(panel):
        return False
    return count_words(" ".join(panel.strings)) >= _LEAST_WORDS


def _samples_shown(body: Tag, hidden: Callable[[Tag], bool]) -> set[str]:
    """The samples of everything that stands in no hidden element."""
    shown: set[str] = set()
    pending = [body]
    while pending:
        tag = pending.pop()
        for child in tag.contents:
            if type(child) is NavigableString and len(child) >= _SAMPLE_LENGTH:
                shown.add(key(child))
            elif type(child) is Tag and child.name not in SHOWS_NOTHING and not hidden(child):
                pending.append(child)
    return shown


def _samples(panel: Tag) -> list[str]:
    return [key(string) for string in panel.strings if len(string) >= _SAMPLE_LENGTH]


def _is_copy(panel: Tag, shown: set[str]) -> bool:
    samples = _samples(panel)
    return bool(samples) and 2 * sum(1 for sample in samples if sample in shown) >= len(samples)
