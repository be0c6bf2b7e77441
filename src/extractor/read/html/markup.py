"""Bytes of a web page -> the tree that a browser would make of them.

1. The encoding is what a browser would take, unless the bytes contradict it: byte order mark, `meta charset`
   (or the XML declaration), content.
2. BeautifulSoup reads over lxml, which is fast and right where markup is in order. Where markup is broken so
   that lxml and a browser could differ, html5lib, which follows the HTML standard to the letter, reads the page
   again.
3. A page is not trusted: nothing is fetched, no entity is defined, and both the number of tags and the work
   that html5lib may spend are bounded by counts, never by a clock, so that the result is always the same.
"""

from __future__ import annotations

import codecs
import re
import warnings
from collections import Counter
from collections.abc import Mapping
from typing import Any

import webencodings  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.dammit import EncodingDetector
from bs4.element import CData, Comment, NavigableString

from extractor.errors import SourceUnreadable
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.read.html.limits import MAX_TAGS

_STRINGS: set[type[NavigableString]] = {NavigableString, CData}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TAG = re.compile(r"</?[A-Za-z]")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# Stretches of a page in which "<" begins no tag.
_NOT_MARKUP = (
    ("<!--", "-->"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("<textarea", "</textarea"),
    ("<title", "</title"),
)
_END_TAG = re.compile(
    r"</(t(?:able|body|foot|head|[dhr])|caption|p|h[1-6]|div|section|article|main|header|footer|nav|aside)(?=[\s>/])"
)
_ROW_GROUP_TAG = re.compile(r"<(/?)(t(?:body|foot|head))(?=[\s>/])")
# Elements whose end may not be left out.
_BALANCED = ("table", "div", "section", "article", "main", "header", "footer", "nav", "aside")
_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_ALLOWED = {
    "table": frozenset({*_ROW_GROUPS, "tr", "caption", "colgroup", "col"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
}
_PARENTS = {
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
    "tr": frozenset({"table", *_ROW_GROUPS}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
}
# What ends an open paragraph in a browser; lxml does not know all of them.
_ENDS_PARAGRAPH = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "ul",
        "li",
        "dd",
        "dt",
    }
)
# What may stand anywhere in a table's markup without being moved out of it.
_ANYWHERE = frozenset({"script", "style", "template"})


@fixed(frozen=True, slots=True)
class Survey:
    """What one look at every element of a tree tells."""

    misplaced: bool
    """A part of a table, or a block in a paragraph, stands where the HTML standard would not leave it."""
    ids: frozenset[str]
    """Values of `id` that occur once."""
    counts: Mapping[str, int]
    """How many elements of each name there are."""


@fixed(frozen=True, slots=True)
class Markup:
    """A page as a tree."""

    soup: BeautifulSoup
    text: str
    encoding: str
    survey: Survey
    doubts: tuple[Doubt, ...]

    @property
    def base(self) -> str:
        """The address that the page's links are relative to, where it names one; else nothing."""
        if "<base" not in self.text and "<BASE" not in self.text:
            return ""
        base = self.soup.find("base", href=True)
        return str(base["href"]).strip() if isinstance(base, Tag) else ""

    @property
    def main(self) -> Tag | None:
        """The element that the page says holds its content."""
        found = self.soup.find("main") if "main" in self.survey.counts else None
        if found is None and "role" in self.text:
            found = self.soup.find(role="main")
        return found if isinstance(found, Tag) else None


class _LeanBuilder(LXMLTreeBuilder):
    """BeautifulSoup's builder over lxml, without what only printing a tree again or searching XML needs.

    The same elements, strings, comments and links between them in less than half the time, which is most of what
    reading a sound page costs. Blanks are kept as they stand.
    """

    def start(self, tag: Any, attrib: Any, nsmap: Any = None) -> None:
        """An element begins."""
        soup: Any = self.soup
        if soup.current_data:
            self._place_string(NavigableString)
        parent = soup.currentTag
        element = Tag(
            name=tag,
            attrs=attrib or None,
            parent=parent,
            previous=soup._most_recent_element,
            interesting_string_types=_STRINGS,
        )
        parent.contents.append(element)
        soup._most_recent_element = element
        soup.tagStack.append(element)
        soup.currentTag = element

    def end(self, tag: Any) -> None:
        """An element ends; lxml ends every element that it began, the innermost first."""
        soup: Any = self.soup
        if soup.current_data:
            self._place_string(NavigableString)
        soup.tagStack.pop()
        soup.currentTag = soup.tagStack[-1]

    def comment(self, text: Any) -> None:
        """A comment."""
        soup: Any = self.soup
        if soup.current_data:
            self._place_string(NavigableString)
        soup.current_data = [text]
        self._place_string(Comment)

    def _place_string(self, kind: type[NavigableString]) -> None:
        soup: Any = self.soup
        pieces = soup.current_data
        string = kind(pieces[0] if len(pieces) == 1 else "".join(pieces))
        soup.current_data = []
        string.setup(soup.currentTag, soup._most_recent_element)
        soup._most_recent_element = string
        soup.currentTag.contents.append(string)


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str, tuple[Doubt, ...]]:
    """The page's text, the name of its encoding, and a note where that is not the one it declares.

    Raises `SourceUnreadable` where the caller names an encoding that does not fit.
    """
    if encoding:
        try:
            return data.decode(encoding), encoding, ()
        except (UnicodeDecodeError, LookupError) as error:
            raise SourceUnreadable(
                f"{name} cannot be read as {encoding}: {error}", "Leave --encoding out, or give another."
            ) from None
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, errors="replace"), codec, ()
    for codec, zeros in (("utf-16-le", data[1:400:2]), ("utf-16-be", data[0:400:2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) * 0.6:
            return data.decode(codec, errors="replace"), codec, ()
    declared = _declared(data)
    for candidate in dict.fromkeys((declared, "utf-8", "windows-1252")):
        if candidate is None:
            continue
        text = _decoded(data, candidate)
        if text is None:
            continue
        if candidate == "windows-1252" and declared == candidate and _is_utf8(data):
            continue
        return text, candidate, _encoding_doubts(declared, candidate)
    return data.decode("utf-8", errors="replace"), "utf-8", _encoding_doubts(declared, "utf-8")


def _declared(data: bytes) -> str | None:
    """The encoding that the page names, as the Encoding Standard understands the label."""
    label = EncodingDetector.find_declared_encoding(data[:4096], is_html=True, search_entire_document=True)
    found = webencodings.lookup(label) if label else None
    if found is None:
        return None
    # A page whose declaration could be read as ASCII is not in UTF-16, whatever it says.
    return "utf-8" if found.name.startswith("utf-16") else str(found.name)


def _decoded(data: bytes, encoding: str) -> str | None:
    found = webencodings.lookup(encoding)
    if found is None:
        return None
    try:
        return str(found.codec_info.decode(data, "strict")[0])
    except UnicodeDecodeError:
        return None


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes hold characters beyond ASCII, all of them well-formed UTF-8; no other encoding looks so."""
    return not data.isascii() and _decoded(data, "utf-8") is not None


def _encoding_doubts(declared: str | None, used: str) -> tuple[Doubt, ...]:
    if declared is None or declared == used:
        return ()
    return (Doubt("text-repaired", f"The page says that it is in {declared}, and is in {used}."),)


def parse(data: bytes, name: str, encoding: str | None = None) -> Markup:
    """The tree of a page, and what was odd about its markup."""
    text, encoding_name, doubts = decode(data, name, encoding)
    text = _XML_DECLARATION.sub("", text.replace("\0", ""))
    text, cut = _limited(text)
    if cut:
        doubts += (
            Doubt(
                "markup-limit",
                f"The page has more than {MAX_TAGS:,} tags; what follows the first {MAX_TAGS:,} was not read.",
                severity="error",
            ),
        )
    with warnings.catch_warnings():
        # The declaration of XML is gone; what is left of XHTML is for the HTML parser, as in a browser.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", UserWarning)
        soup = BeautifulSoup(text, builder=_LeanBuilder(multi_valued_attributes={}))
        found = survey(soup)
        if not cut and (found.misplaced or is_unbalanced(text, found.counts)):
            from extractor.read.html.standard import TooMuchWork, standard_tree  # most pages do without

            try:
                soup = standard_tree(text)
                found = survey(soup)
                doubts += (Doubt("text-repaired", "The page's markup is broken; it was read as a browser reads it."),)
            except TooMuchWork:
                doubts += (
                    Doubt(
                        "markup-limit",
                        "The page's markup is broken beyond all reason; it was read without the repairs of a browser.",
                    ),
                )
    return Markup(soup, text, encoding_name, found, doubts)


def _limited(text: str) -> tuple[str, bool]:
    """The text up to its last allowed tag, and whether that cuts it."""
    if text.count("<") <= MAX_TAGS:
        return text, False
    for number, match in enumerate(_TAG.finditer(text)):
        if number == MAX_TAGS:
            return text[: match.start()], True
    return text, False


def survey(soup: BeautifulSoup) -> Survey:
    """Looks at every element once."""
    misplaced = False
    counts: dict[str, int] = {}
    seen: set[str] = set()
    repeated: set[str] = set()
    node: Any = soup.contents[0] if soup.contents else None
    while node is not None:
        if type(node) is Tag:
            name = node.name
            counts[name] = counts.get(name, 0) + 1
            parents = _PARENTS.get(name)
            if name in _ENDS_PARAGRAPH and node.parent is not None and node.parent.name == "p":
                misplaced = True
            if parents is not None and (node.parent is None or node.parent.name not in parents):
                misplaced = True
            allowed = _ALLOWED.get(name)
            if allowed is not None and not misplaced:
                misplaced = not _holds_only(node, allowed)
            if "id" in node.attrs:
                value = str(node.attrs["id"])
                (repeated if value in seen else seen).add(value)
        node = node.next_element
    return Survey(misplaced, frozenset(seen - repeated), counts)


def _holds_only(tag: Tag, allowed: frozenset[str]) -> bool:
    for child in tag.contents:
        if type(child) is Tag:
            if child.name not in allowed and child.name not in _ANYWHERE:
                return False
        elif type(child) is NavigableString and not child.isspace():
            return False
    return True


def is_unbalanced(text: str, opened: Mapping[str, int]) -> bool:
    """Whether tags do not balance in a way that lxml and a browser could read differently.

    `opened` says how many elements of each name the tree has. Legal omissions (`</td>`, `</tr>`) are no breakage.
    A stray `</p>` is an empty paragraph, which parts lines; a stray `</h2>` ends any heading.

    >>> is_unbalanced("<table><tr><td>a<td>b</table>", {"table": 1, "tr": 1, "td": 2})
    False
    >>> is_unbalanced("<table><tr><td>a</td></tr></tr></table>", {"table": 1, "tr": 1, "td": 1})
    True
    >>> is_unbalanced("<table><tr><td>a</tbody><tbody><tr><td>b</table>", {"table": 1, "tbody": 1, "tr": 2, "td": 2})
    True
    """
    lowered = text.lower()
    if not _has_stray_ends(lowered, opened):
        return False
    for opening, closing in _NOT_MARKUP:
        lowered = _without(lowered, opening, closing)
    return _has_stray_ends(lowered, opened)


def _has_stray_ends(lowered: str, opened: Mapping[str, int]) -> bool:
    closed = Counter(_END_TAG.findall(lowered))
    return any(closed[tag] != opened.get(tag, 0) for tag in _BALANCED) or any(
        count > opened.get(tag, 0) or (tag in _ROW_GROUPS and _ends_before_it_begins(lowered, tag))
        for tag, count in closed.items()
    )


def _ends_before_it_begins(lowered: str, group: str) -> bool:
    """Whether a group of rows ends that no tag began: in a browser, the one that a table has without any."""
    depth = 0
    for end, tag in _ROW_GROUP_TAG.findall(lowered):
        if tag == group:
            depth += -1 if end else 1
            if depth < 0:
                return True
    return False


def _without(text: str, opening: str, closing: str) -> str:
    """The text without the runs between two marks; a run that does not end goes to the end."""
    start = text.find(opening)
    if start == -1:
        return text
    parts: list[str] = []
    position = 0
    while start != -1:
        parts.append(text[position:start])
        end = text.find(closing, start + len(opening))
        position = len(text) if end == -1 else end + len(closing)
        start = text.find(opening, position)
    parts.append(text[position:])
    return "".join(parts)
