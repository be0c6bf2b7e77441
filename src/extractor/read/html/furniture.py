"""What on a page is no content, told by its element, role, class or place; and who the page says publishes it.

1. An element is furniture by what the page calls it (`nav`, `role="navigation"`, `class="cookie-banner"`), never
   by its position alone, unless a `main` says where the content is.
2. A name is not believed where the element holds the content: the page's heading, `main`, a table of several
   rows, or many words that are no links.
"""

from __future__ import annotations

import re

from bs4 import Tag

from extractor.document import Block, FlatLine, Furniture, Heading, Paragraph, Table
from extractor.locations import Location
from extractor.text import count_words, fold, key
from extractor.vocabulary.furniture import furniture_kind

_MAX_PLAIN_WORDS = 120
"""Words beyond links that a piece of furniture may have."""
_MAX_TABLE_ROWS = 3
"""Rows beyond which a table is no furniture."""
_LEAST_HEADERS = 3
"""Header cells over its rows with which a table of fewer rows is none either."""

_BY_NAME = {"nav": "navigation", "search": "search form"}
_BY_ROLE = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "search": "search form",
    "banner": "header",
    "contentinfo": "footer",
    "alertdialog": "cookie notice",
}
_BY_CLASS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:^|[\s_-])(?<!\bno-)(?:{pattern})(?:$|[\s_-])", re.IGNORECASE))
    for kind, pattern in (
        ("cookie notice", r"cookies?|cookie-?\w*|gdpr|consent|ccc"),
        ("breadcrumb", r"bread-?crumbs?|crumbs?|you-?are-?here"),
        ("skip link", r"skip|skip-?(?:link|links|nav|to-?content|to-?main)|skiplinks?"),
        ("share links", r"share|sharing|social|social-?media|print|printbutton|addthis|addtoany"),
        ("feedback form", r"feedback|was-?this|page-?rating|rate-?this|page-?survey|page-?helpful|helpful"),
        ("page date", r"last-?updated|page-?updated|last-?modified|page-?dates?|review-?date"),
        ("navigation", r"nav|navbar|navigation|menu|sub-?nav|side-?nav|toc|table-?of-?contents|in-?this-?section"
                       r"|on-?this-?page|related-?(?:links|pages|content)?|pagination|pager|sidebar-?menu|back-?to-?top"),
        ("footer", r"(?:site|page|global)-?footer|footer"),
        ("header", r"(?:site|global)-?header|masthead|logo|site-?logo"),
    )
)  # fmt: skip
_NAMED = frozenset(
    {
        "div",
        "section",
        "aside",
        "nav",
        "header",
        "footer",
        "ul",
        "ol",
        "menu",
        "form",
        "p",
        "dialog",
        "details",
        "a",
        "span",
    }
)
_CONTENT = ("main", "article", "h1")
_WORDED_KINDS = frozenset({"skip link", "back link", "feedback form", "page date", "share links", "cookie notice"})
_AMBIGUOUS_WORDS = frozenset(
    {"yes", "no", "essential", "x", "email", "print", "share", "download", "twitter", "facebook"}
)
_SECTION_HEADINGS = frozenset(
    {
        "in this section",
        "on this page",
        "contents",
        "related pages",
        "related links",
        "related content",
        "more in this section",
    }
)


def region_kind(tag: Tag) -> str | None:
    """What kind of furniture an element is as a whole, or None."""
    kind = _named_kind(tag)
    if kind is None or _holds_content(tag, kind):
        return None
    return kind


def _named_kind(tag: Tag) -> str | None:
    name, attrs = tag.name, tag.attrs
    role = attrs.get("role")
    called = " ".join(str(attrs[part]) for part in ("class", "id", "aria-label", "itemtype") if part in attrs)
    if called and name in _NAMED:
        for kind, pattern in _BY_CLASS:
            # The class of a whole page may say that it has cookies or a menu.
            if pattern.search(called) and (name not in ("a", "span") or kind == "skip link"):
                return kind
    if name in _BY_NAME:
        return _BY_NAME[name]
    if isinstance(role, str) and role in _BY_ROLE:
        return _BY_ROLE[role]
    if name in ("header", "footer"):
        return name if not _within_content(tag) else None
    if name == "form":
        return "form"
    if name == "aside" and is_mostly_links(tag):
        return "navigation"
    return None


def _within_content(tag: Tag) -> bool:
    return any(parent.name in ("main", "article", "section") for parent in tag.parents)


def is_mostly_links(tag: Tag) -> bool:
    """Whether an element is a list of links: most of its words are, or its heading says so."""
    total = _count(tag)
    linked = sum(_count(link) for link in tag.find_all("a") if isinstance(link, Tag))
    heading = tag.find(("h2", "h3", "h4", "strong", "p"))
    opens = key(heading.get_text(" ")) if isinstance(heading, Tag) else ""
    return linked * 2 > total or opens in _SECTION_HEADINGS


def _holds_content(tag: Tag, kind: str) -> bool:
    """Whether an element that is called furniture is more than that."""
    if tag.name in ("a", "span"):
        return False
    if tag.find(_CONTENT) is not None:
        return True
    if any(isinstance(table, Tag) and _has_data(table) for table in tag.find_all("table")):
        return True
    if kind in ("navigation", "footer", "cookie notice") and tag.name in ("nav", "footer"):
        return False
    linked = sum(_count(link) for link in tag.find_all(("a", "button", "option", "label")) if isinstance(link, Tag))
    return _count(tag) - linked > _MAX_PLAIN_WORDS


def _count(tag: Tag) -> int:
    return count_words(" ".join(tag.strings))


def is_data_table(tag: Tag) -> bool:
    """Whether an element is or holds a table of more rows than furniture has, or of several columns under a header."""
    tables = [tag] if tag.name == "table" else [found for found in tag.find_all("table") if isinstance(found, Tag)]
    return any(map(_has_data, tables))


def _has_data(table: Tag) -> bool:
    rows = [row for row in table.find_all("tr", limit=_MAX_TABLE_ROWS + 1) if isinstance(row, Tag)]
    if len(rows) > _MAX_TABLE_ROWS:
        return True
    headers = rows[0].find_all("th", limit=_LEAST_HEADERS, recursive=False) if len(rows) > 1 else []
    return len(headers) == _LEAST_HEADERS


def worded_kind(text: str, linked: bool) -> str | None:
    """What kind of furniture a line of the content is by its wording alone; None for anything that could be content.

    >>> worded_kind("Last updated: 3 March 2024", linked=False), worded_kind("Back to Council Plan", linked=True)
    ('page date', 'back link')
    >>> worded_kind("Back to work support for 200 people", linked=False) is None
    True
    """
    if len(text) > 100:
        return None
    kind = furniture_kind(text)
    if kind not in _WORDED_KINDS or text.casefold().strip(" .") in _AMBIGUOUS_WORDS:
        return None
    if kind == "back link" and not linked:
        return None
    if kind == "cookie notice" and not text.casefold().startswith(("we use", "this site", "this website", "accept")):
        return None
    return kind


def without_furniture_sections(blocks: list[Block]) -> list[Block]:
    """The blocks, with sections that their heading shows to be furniture ("Was this page helpful?") named so."""
    finished: list[Block] = []
    kind: str | None = None
    left = 0
    for block in blocks:
        if isinstance(block, Heading):
            kind = _heading_kind(block.text)
            left = 60
        if kind is None or isinstance(block, (Furniture, FlatLine)):
            finished.append(block)
            continue
        text = _section_text(block, kind)
        left -= count_words(text or "")
        if text is None or left < 0:
            kind = None
            finished.append(block)
        else:
            finished.append(Furniture(text, kind, _location(block)))
    return finished


def _heading_kind(text: str) -> str | None:
    if key(text) in _SECTION_HEADINGS:
        return "navigation"
    kind = furniture_kind(text)
    return kind if kind in ("feedback form", "cookie notice", "share links") else None


def _section_text(block: Heading | Table | Paragraph, kind: str) -> str | None:
    """The text of a block that belongs to a section of furniture; None where it does not."""
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Table):
        if kind == "navigation" or len(block.rows) > _MAX_TABLE_ROWS:
            return None
        return "\n".join(cell.text for cell in block.cells() if cell.lines)
    line = block.line
    if kind == "navigation" and not line.location.links and not line.text.startswith("You are here"):
        return None
    return line.text


def _location(block: Heading | Table | Paragraph) -> Location:
    return block.line.location if isinstance(block, Paragraph) else block.location


_ORGANISATION = re.compile(
    r"\b(?:council|borough|authority|authorities|trust|nhs|board|government|parliament|assembly|commission|department"
    r"|ministry|office|agency|service|police|university|college|corporation|partnership"
    r"|county|city of|shire|district)\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright|©)?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,.:]*(?P<name>[^|\n©]{3,80}?)"
    r"\s*(?:[,.]?\s*\d{4}(?:\s*[-–]\s*\d{4})?)?[\s.,]*(?:all rights reserved.*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_LOGO_WORDS = re.compile(r"\s*(?:[-–|:,]?\s*(?:logo|home ?page|home|website|go to|link to))+\s*$", re.IGNORECASE)
_JOINT = re.compile(r"\s+[–—|·:-]\s+|\s*\|\s*")


def publisher(root: Tag, text: str, title: str | None, blocks: list[Block]) -> str | None:
    """Who the page says publishes it: its site name, logo or header, copyright line, or the end of its title.

    The end of a title ("Plan 2023 – Some Council") counts only where it names an organisation.
    """
    if "og:site_name" in text:
        meta = root.find("meta", attrs={"property": "og:site_name"})
        name = fold(str(meta.get("content") or "")) if isinstance(meta, Tag) else ""
        if name:
            return name
    headers = [block for block in blocks if isinstance(block, Furniture) and block.kind == "header"]
    for candidate in (*_logos(root, text), *(line for block in headers for line in block.text.split("\n")[:2])):
        name = _LOGO_WORDS.sub("", candidate)
        if _ORGANISATION.search(name) and count_words(name) <= 10:
            return name
    for block in blocks:
        match = _COPYRIGHT.search(block.text) if isinstance(block, Furniture) else None
        if match and _ORGANISATION.search(match["name"]):
            return fold(match["name"])
    parts = _JOINT.split(title) if title else []
    if len(parts) > 1 and _ORGANISATION.search(parts[-1]) and count_words(parts[-1]) <= 8:
        return parts[-1]
    return None


def _logos(root: Tag, text: str) -> list[str]:
    """Names of images and links that are called logo."""
    if not any(word in text for word in ("logo", "Logo", "LOGO")):
        return []
    found: list[str] = []
    for tag in root.find_all(("img", "a", "div", "span", "p")):
        if isinstance(tag, Tag) and re.search(
            r"logo", f"{tag.get('class')} {tag.get('id')} {tag.get('alt')}", re.IGNORECASE
        ):
            shown = fold(str(tag.get("alt") or "") if tag.name == "img" else tag.get_text(" "))
            if shown and shown.casefold() != "logo":
                found.append(shown)
    return found[:5]
