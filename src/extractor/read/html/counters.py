"""Numbers that a page shows without writing them: list markers and CSS counters."""

from __future__ import annotations

import re

from bs4 import Tag

from extractor.read.html.styles import Properties, Styles

BULLET = "•"
_STYLE_OF_TYPE = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_NUMBERED = frozenset(
    {
        "decimal",
        "decimal-leading-zero",
        "lower-alpha",
        "lower-latin",
        "upper-alpha",
        "upper-latin",
        "lower-roman",
        "upper-roman",
    }
)
_BULLETS = frozenset({"disc", "circle", "square"})
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_CONTENT = re.compile(
    r"\"([^\"]*)\"|'([^']*)'|counter\(\s*([\w-]+)\s*(?:,\s*([\w-]+)\s*)?\)"
    r"|counters\(\s*([\w-]+)\s*,\s*[\"']([^\"']*)[\"']\s*(?:,\s*([\w-]+)\s*)?\)",
    re.IGNORECASE,
)
_CSS_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})\s?|\\(.)")
_COUNTER = re.compile(r"([A-Za-z_][\w-]*)\s*(-?\d+)?")


def number_as(style: str, number: int) -> str:
    """A number in a CSS counter style; what a style cannot show is shown in digits, as in a browser.

    >>> number_as("lower-alpha", 28), number_as("upper-roman", 14), number_as("lower-alpha", 0)
    ('ab', 'XIV', '0')
    """
    if style.endswith(("alpha", "latin")) and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters.upper() if style.startswith("upper") else letters
    if style.endswith("roman") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            roman += sign * times
        return roman.upper() if style.startswith("upper") else roman
    if style == "decimal-leading-zero" and 0 <= number < 10:
        return f"0{number}"
    return str(number)


class ListState:
    """The numbering of one list while its items are read."""

    __slots__ = ("_next", "_step", "level", "ordered", "style")

    def __init__(self, tag: Tag, properties: Properties, level: int) -> None:
        self.level = level
        self.ordered = tag.name == "ol"
        self.style = _list_style(tag, properties) or ("decimal" if self.ordered else "disc")
        self._step = -1 if self.ordered and "reversed" in tag.attrs else 1
        self._next = _integer(tag.attrs.get("start"))
        if self._next is None:
            self._next = 1
            if self._step == -1:
                self._next = sum(1 for child in tag.contents if isinstance(child, Tag) and child.name == "li")

    def marker(self, item: Tag, properties: Properties) -> str:
        """The next item's marker as shown ("3.", "a.", "•"); empty where the list shows none."""
        value = _integer(item.attrs.get("value"))
        number = self._next if value is None else value
        assert number is not None
        self._next = number + self._step
        style = _list_style(item, properties) or self.style
        if style in _NUMBERED:
            return f"{number_as(style, number)}."
        return BULLET if style in _BULLETS else ""


def _list_style(tag: Tag, properties: Properties) -> str | None:
    """The style that properties or the `type` attribute name; "none" for no marker."""
    words = [*properties.get("list-style-type", "").split(), *properties.get("list-style", "").split()]
    for word in words:
        if word in _NUMBERED or word in _BULLETS or word == "none":
            return word
    kind = tag.attrs.get("type")
    if not isinstance(kind, str):
        return None
    return _STYLE_OF_TYPE.get(kind) or (kind.lower() if kind.lower() in _BULLETS else None)


def _integer(value: object) -> int | None:
    match = re.match(r"\s*(-?\d{1,9})", value) if isinstance(value, str) else None
    return int(match[1]) if match else None


def generated_texts(body: Tag, styles: Styles) -> dict[int, str]:
    """Per `id()` of an element, the text that counters put before it.

    Follows CSS Lists 3 as far as plans use it: a counter belongs to the element that resets it and its later
    siblings; an increment without a reset makes a counter for the whole page.
    """
    if not styles.has_counters:
        return {}
    texts: dict[int, str] = {}
    # Counter name -> its nested instances as [number, element whose children share it].
    counters: dict[str, list[tuple[int, Tag | None]]] = {}
    node = body.next_element
    while node is not None:
        if isinstance(node, Tag):
            properties = styles.of(node)
            _leave_scopes(counters, node)
            _apply(counters, properties, node)
            for pseudo in ("before", "marker"):
                shown = styles.of(node, pseudo)
                if shown:
                    _apply(counters, shown, node)
                    text = _content(shown.get("content", ""), counters)
                    if text:
                        texts[id(node)] = text
        node = node.next_element
    return texts


def _leave_scopes(counters: dict[str, list[tuple[int, Tag | None]]], node: Tag) -> None:
    if not any(len(instances) > 1 for instances in counters.values()):
        return
    ancestors = {id(parent) for parent in node.parents}
    for instances in counters.values():
        while len(instances) > 1 and instances[-1][1] is not None and id(instances[-1][1]) not in ancestors:
            instances.pop()


def _apply(counters: dict[str, list[tuple[int, Tag | None]]], properties: Properties, node: Tag) -> None:
    for name, value in _COUNTER.findall(properties.get("counter-reset", "")):
        if name == "none":
            continue
        instances = counters.setdefault(name, [])
        if instances and instances[-1][1] is node.parent:
            instances.pop()
        instances.append((int(value or 0), node.parent))
    for name, value in _COUNTER.findall(properties.get("counter-increment", "")):
        if name == "none":
            continue
        instances = counters.setdefault(name, [(0, None)])
        number, owner = instances[-1]
        instances[-1] = (number + int(value or 1), owner)


def _content(content: str, counters: dict[str, list[tuple[int, Tag | None]]]) -> str:
    """The text of a `content` value that shows a counter; other generated text is decoration."""
    if "counter" not in content:
        return ""
    shown = ""
    for double, single, name, style, names, joint, nested_style in _CONTENT.findall(content):
        if name:
            shown += number_as(style.lower() or "decimal", counters.get(name, [(0, None)])[-1][0])
        elif names:
            shown += joint.join(
                number_as(nested_style.lower() or "decimal", number) for number, _ in counters.get(names, [(0, None)])
            )
        else:
            shown += _CSS_ESCAPE.sub(_unescaped, double or single)
    return " ".join(shown.split())


def _unescaped(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    code = int(match[1], 16)
    return "\ufffd" if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)
