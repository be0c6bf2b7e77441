"""What a page's own style sheets and attributes say about an element: shown, bold, struck out, numbered.

1. Only what changes the text that a reader sees is looked at: `display`, `visibility`, `font-weight`,
   `text-decoration`, `list-style`, counters and generated `content`.
2. Style sheets are those in `<style>`; nothing is fetched. Rules for other media than the screen, and selectors
   with pseudo-classes, do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain

from bs4 import BeautifulSoup, Tag

from extractor.fixed import fixed
from extractor.read.html.elements import LABELS

Properties = Mapping[str, str]
NO_PROPERTIES: Properties = {}

_MAX_STYLE_LENGTH = 1_000_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RELEVANT = frozenset(
    {
        "display",
        "visibility",
        "font-weight",
        "text-decoration",
        "text-decoration-line",
        "list-style",
        "list-style-type",
        "counter-reset",
        "counter-increment",
        "content",
    }
)
_PAINT = frozenset({"background", "background-color", "color", "fill"})
_PLACING = frozenset({"position", "left", "right", "top", "bottom"})
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*\Z", re.IGNORECASE)
_PSEUDO_ELEMENT = re.compile(r"::?(before|marker)\Z", re.IGNORECASE)
_COMPOUND = re.compile(
    r"(\*|[A-Za-z][\w-]*)|\.([\w-]+)|#([\w-]+)|\[\s*([\w-]+)\s*(?:=\s*[\"']?([^\"'\]]*)[\"']?\s*)?\]"
)
_COMBINATOR = re.compile(r"\s*(>)\s*|\s+")
_BOLD = re.compile(r"bold|bolder|[6-9]00\Z")
_HIDDEN_LABELS = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "govuk-visually-hidden"}
)


@fixed(frozen=True, slots=True)
class _Compound:
    """One part of a selector between combinators."""

    tag: str | None
    identifier: str | None
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]
    child: bool
    """Joined to the part on its left by ">"."""


@fixed(frozen=True, slots=True)
class _Rule:
    parts: tuple[_Compound, ...]
    pseudo: str
    rank: tuple[int, int, int, int]
    """Specificity (ids, classes and attributes, tags) and order: the highest wins."""
    properties: Properties


class Styles:
    """The rules of a page, ready to be asked about an element."""

    def __init__(self, soup: BeautifulSoup, text: str) -> None:
        self.written: dict[int, str] = {}
        """Names that the page wrote for elements that go by another, by their `id()`."""
        self.panels: set[int] = set()
        """Elements that are hidden until the page's reader opens them, by their `id()`: they count as shown."""
        self._sheet = ""
        if "<style" in text or "<STYLE" in text:
            self._sheet = "\n".join("".join(map(str, tag.contents)) for tag in soup.find_all("style"))
            self._sheet = self._sheet[:_MAX_STYLE_LENGTH]
        self._rules = _indexed(self._sheet, _RELEVANT)
        self._seldom: dict[Set[str], _Seldom] = {}
        self.has_counters = any("counter-increment" in rule.properties for rule in chain(*self._rules.values()))
        self.names = frozenset(key for key in self._rules if key[0] not in ".#")
        """Names of elements that rules without class or id apply to; "*" means all."""

    def of(self, tag: Tag, pseudo: str = "") -> Properties:
        """The relevant properties that rules and the `style` attribute give to an element."""
        given = self._given(tag, pseudo, self._rules) if self._rules else NO_PROPERTIES
        return given if pseudo else _with_inline(given, tag, _RELEVANT)

    def paint_of(self, tag: Tag) -> Properties:
        """The colours that rules and the `style` attribute give to an element; asked of few."""
        return self._of_others(tag, _PAINT)

    def placing_of(self, tag: Tag) -> Properties:
        """The place of its own that rules and the `style` attribute give to an element; asked of few pages."""
        return self._of_others(tag, _PLACING)

    def _of_others(self, tag: Tag, wanted: frozenset[str]) -> Properties:
        seldom = self._seldom.get(wanted)
        if seldom is None:
            seldom = self._seldom[wanted] = _Seldom(_indexed(self._sheet, wanted))
        given = NO_PROPERTIES
        if seldom.rules:
            kin = seldom.kin_of(tag, self)
            if kin not in seldom.given:
                seldom.given[kin] = self._given(tag, "", seldom.rules)
            given = seldom.given[kin]
        return _with_inline(given, tag, wanted)

    def _given(self, tag: Tag, pseudo: str, rules: Mapping[str, Sequence[_Rule]]) -> Properties:
        found: list[_Rule] = []
        for key in _keys(tag, self.name_of(tag)):
            found.extend(
                rule for rule in rules.get(key, ()) if rule.pseudo == pseudo and self._matches(rule.parts, tag)
            )
        if not found:
            return NO_PROPERTIES
        properties: dict[str, str] = {}
        for rule in sorted(found, key=lambda rule: rule.rank):
            properties.update(rule.properties)
        return properties

    def hides(self, tag: Tag, properties: Properties) -> bool:
        """Whether the page does not show an element, now or when its reader opens it."""
        return is_hidden(tag, properties) and id(tag) not in self.panels

    def name_of(self, tag: Tag) -> str:
        """The name that the page wrote for an element."""
        return self.written.get(id(tag), tag.name) if self.written else tag.name

    def _matches(self, parts: tuple[_Compound, ...], tag: Tag) -> bool:
        """Whether the selector fits; the leftmost fitting ancestor is taken, which decides all but freak selectors."""
        if not self._fits(parts[-1], tag):
            return False
        current: Tag | None = tag
        for left, right in zip(reversed(parts[:-1]), reversed(parts), strict=False):
            current = current.parent if current is not None else None
            if right.child:
                if current is None or not self._fits(left, current):
                    return False
                continue
            while current is not None and not self._fits(left, current):
                current = current.parent
            if current is None:
                return False
        return True

    def _fits(self, part: _Compound, tag: Tag) -> bool:
        if part.tag is not None and self.name_of(tag) != part.tag:
            return False
        attrs = tag.attrs
        if part.identifier is not None and attrs.get("id") != part.identifier:
            return False
        if part.classes:
            classes = attrs.get("class")
            if not isinstance(classes, str) or not set(part.classes) <= set(classes.split()):
                return False
        return all(name in attrs and (value is None or attrs[name] == value) for name, value in part.attributes)


class _Seldom:
    """Rules that hold for few elements of many pages, and what they give to elements that no rule can tell apart.

    A large page has thousands of cells, all within elements of the same names and classes: each is looked up once.
    """

    def __init__(self, rules: Mapping[str, Sequence[_Rule]]) -> None:
        self.rules = rules
        self.given: dict[int, Properties] = {}
        """By the number of elements that are alike, and so are all those around them, what the rules give to each."""
        parts = [part for rule in chain(*rules.values()) for part in rule.parts]
        self._classes = {name for part in parts for name in part.classes}
        self._identifiers = {part.identifier for part in parts}
        self._attributes = {name for part in parts for name, _ in part.attributes}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._around: dict[int, tuple[Tag, int]] = {}

    def kin_of(self, tag: Tag, styles: Styles) -> int:
        """The number of the elements that are as this one is to the rules."""
        within: list[Tag] = []
        above: Tag | None = tag
        while above is not None and id(above) not in self._around:
            within.append(above)
            above = above.parent
        kin = 0 if above is None else self._around[id(above)][1]
        for each in reversed(within):
            attrs = each.attrs
            classes = tuple(name for name in str(attrs.get("class", "")).split() if name in self._classes)
            identifier = attrs.get("id") if attrs.get("id") in self._identifiers else None
            said = tuple((name, str(attrs[name])) for name in self._attributes if name in attrs)
            own = (kin, styles.name_of(each), classes, identifier, said)
            kin = self._numbers.setdefault(own, len(self._numbers) + 1)
            if each is not tag:
                self._around[id(each)] = each, kin
        return kin


def _with_inline(properties: Properties, tag: Tag, wanted: Set[str]) -> Properties:
    inline = tag.attrs.get("style")
    return {**properties, **_declarations(inline, wanted)} if inline and isinstance(inline, str) else properties


def is_hidden(tag: Tag, properties: Properties) -> bool:
    """Whether an element is not shown: `hidden`, `aria-hidden`, `display: none`, `visibility: hidden`, a closed
    dialogue, or a label that is for screen readers only.

    Such a label is shown where it is all the name that a column, caption or heading has.
    """
    attrs = tag.attrs
    if "hidden" in attrs and attrs["hidden"] != "until-found":
        return True
    if attrs.get("aria-hidden") == "true" or (tag.name == "dialog" and "open" not in attrs):
        return True
    if properties and is_undisplayed(properties):
        return True
    if properties and properties.get("visibility") in ("hidden", "collapse"):
        return True
    return (
        tag.name in ("span", "em", "small", "i", "b", "strong", "abbr")
        and is_for_screen_readers(tag)
        and not _is_only_label(tag)
    )


def is_for_screen_readers(tag: Tag) -> bool:
    """Whether an element's class says that its words are for those who hear the page."""
    classes = tag.attrs.get("class")
    return isinstance(classes, str) and not _HIDDEN_LABELS.isdisjoint(classes.split())


def _is_only_label(tag: Tag) -> bool:
    """Whether an element is all the name that a column, caption or heading has."""
    parent = tag.parent
    if parent is None or parent.name not in LABELS:
        return False
    own = sum(1 for string in tag.strings if not string.isspace())
    return sum(1 for string in parent.strings if not string.isspace()) == own


def is_undisplayed(properties: Properties) -> bool:
    """Whether the element takes no place at all, so that a cell's neighbours move up."""
    return properties.get("display") == "none"


def is_bold(properties: Properties) -> bool:
    """Whether the properties make text bold."""
    return bool(_BOLD.match(properties.get("font-weight", "")))


def is_struck(properties: Properties) -> bool:
    """Whether the properties strike text out."""
    return "line-through" in properties.get("text-decoration-line", properties.get("text-decoration", ""))


def _index_key(part: _Compound) -> str:
    if part.identifier:
        return f"#{part.identifier}"
    if part.classes:
        return f".{part.classes[0]}"
    return part.tag or "*"


def _keys(tag: Tag, name: str) -> Iterator[str]:
    yield "*"
    yield name
    classes = tag.attrs.get("class")
    if isinstance(classes, str):
        for called in dict.fromkeys(classes.split()):
            yield f".{called}"
    identifier = tag.attrs.get("id")
    if isinstance(identifier, str):
        yield f"#{identifier}"


def _indexed(sheet: str, wanted: Set[str]) -> dict[str, list[_Rule]]:
    """The rules with a property that is wanted, by what the last part of their selectors asks for."""
    rules: dict[str, list[_Rule]] = {}
    for rule in _rules(sheet, wanted):
        rules.setdefault(_index_key(rule.parts[-1]), []).append(rule)
    return rules


def _rules(sheet: str, wanted: Set[str]) -> Iterator[_Rule]:
    order = 0
    for selectors, body in _blocks(_COMMENT.sub(" ", sheet)):
        properties = _declarations(body, wanted)
        if not properties:
            continue
        for selector in selectors.split(","):
            parsed = _selector(selector.strip())
            if parsed is None:
                continue
            parts, pseudo = parsed
            order += 1
            yield _Rule(parts, pseudo, (*_specificity(parts), order), properties)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Every `selectors { declarations }` that applies on a screen."""
    position = 0
    skipping_depth = 0
    while True:
        opening = sheet.find("{", position)
        closing = sheet.find("}", position)
        if opening == -1 or (closing != -1 and closing < opening):
            if closing == -1:
                return
            skipping_depth = max(0, skipping_depth - 1)
            position = closing + 1
            continue
        prelude = sheet[position:opening].rpartition(";")[2].strip()
        position = opening + 1
        if skipping_depth or (prelude.startswith("@") and not _SCREEN.match(prelude)):
            skipping_depth += 1
        elif not prelude.startswith("@"):
            end = sheet.find("}", position)
            end = len(sheet) if end == -1 else end
            yield prelude, sheet[position:end]
            position = end + 1


def _declarations(body: str, wanted: Set[str]) -> dict[str, str]:
    """The declarations of what is wanted, as lower-case names and values.

    `!important` is taken off, and quoted text keeps its case.
    """
    found: dict[str, str] = {}
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in wanted:
            value = value.replace("!important", "").strip()
            found[name] = value if name == "content" else value.lower()
    return found


def _selector(text: str) -> tuple[tuple[_Compound, ...], str] | None:
    """The parts of a selector and its pseudo-element; None for what is not understood."""
    pseudo = ""
    match = _PSEUDO_ELEMENT.search(text)
    if match:
        pseudo = match[1].lower()
        text = text[: match.start()]
    parts: list[_Compound] = []
    position, child = 0, False
    while position < len(text):
        tag = identifier = None
        classes: list[str] = []
        attributes: list[tuple[str, str | None]] = []
        start = position
        while piece := _COMPOUND.match(text, position):
            if piece[1]:
                if position != start:
                    return None
                tag = None if piece[1] == "*" else piece[1].lower()
            elif piece[2]:
                classes.append(piece[2])
            elif piece[3]:
                identifier = piece[3]
            else:
                attributes.append((piece[4].lower(), piece[5]))
            position = piece.end()
        if position == start:
            return None
        parts.append(_Compound(tag, identifier, tuple(classes), tuple(attributes), child))
        if position < len(text):
            joint = _COMBINATOR.match(text, position)
            if joint is None:
                return None
            child = joint[1] == ">"
            position = joint.end()
    return (tuple(parts), pseudo) if parts else None


def _specificity(parts: tuple[_Compound, ...]) -> tuple[int, int, int]:
    return (
        sum(1 for part in parts if part.identifier),
        sum(len(part.classes) + len(part.attributes) for part in parts),
        sum(1 for part in parts if part.tag),
    )
