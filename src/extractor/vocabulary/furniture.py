"""What stands on a page and is no content: by its wording, for forms in which nothing else tells it."""

from __future__ import annotations

import re

from extractor.text import fold

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "cookie notice",
        r"cookies?\b.*|(?:we|this (?:site|website)) uses? (?:cookies|small files|essential).*|accept (?:all )?cookies"
        r"|(?:accept|reject|manage|allow|decline)(?: all| additional| analytics)?(?: cookies| preferences)?"
        r"|.*\bremember your choices.*|essential|analytics|always on|essential (?:always )?on|analytics allow|.*cookie (?:policy|settings).*",
    ),
    ("skip link", r"(?:skip|jump) to (?:main |the )?(?:content|navigation|main|footer).*"),
    (
        "navigation",
        r"(?:home|menu|main menu|close|search|search this site|site search|your council|residents|business|council"
        r"|about (?:us|the council)|contact(?: us)?|a to z|a-z|news|my account|sign in|log in|login|register|services"
        r"|apply|pay|report|plans and performance|strategies,? plans and policies|council and democracy|next(?: page)?"
        r"|previous(?: page)?|back|contents|in this section|on this page|you are here.*|breadcrumb|related (?:pages|links|content)"
        r"|more in this section|show more|read more|view|open menu|close menu|toggle .*|sitemap|site map|languages?|cymraeg|english)[:.]?",
    ),
    ("back link", r"(?:back|return|go back) to (?:the )?.{1,60}|top of (?:the )?page|back to top"),
    (
        "feedback form",
        r"(?:was|is|did you find) this (?:page|information|content).*|(?:help us )?improve this page.*|rate this page.*"
        r"|yes|no|yes no|yes, this page is .*|give (?:us )?feedback.*|report a problem.*|(?:thank you|thanks) for your feedback.*"
        r"|comments? on this page.*|do you need .{1,30}help\??",
    ),
    ("page date", r"(?:(?:page )?last (?:updated|modified|reviewed|published)|(?:published|updated|created|publication date)(?: on)?|date published|last review(?:ed)?)\b\s*:?.{0,40}"),
    ("share links", r"(?:share(?: this(?: page)?)?|print(?: this(?: page)?)?|email(?: this(?: page)?)?|tweet|facebook|twitter|x|linkedin|whatsapp|instagram|youtube|follow us.*|copy link|download(?: this page)?(?: as)?(?: pdf)?|print this page.*)"),
    (
        "footer",
        r"(?:©|\(c\)|copyright).*|all rights reserved.*|(?:contact us|accessibility(?: statement)?|privacy(?: policy| notice| and cookies)?|terms(?: and conditions)?"
        r"|disclaimer|cookies|legal(?: notices?)?|sitemap|jobs|careers|freedom of information|website feedback)"
        r"(?:\s*[|·•/,]?\s*(?:contact us|accessibility(?: statement)?|privacy(?: policy| notice| and cookies)?|terms(?: and conditions)?|disclaimer|cookies"
        r"|legal(?: notices?)?|sitemap|jobs|careers|freedom of information|website feedback))*|powered by .*|made with .*|designed by .*",
    ),
    ("page number", r"(?:.{0,80}\s)?page \d+(?: of \d+)?|\d{1,3}|\d+ of \d+|page \d+:.{0,80}|- \d+ -"),
    (
        "continuation note",
        r"(?:(?:table|schedule|appendix)\b.{0,60}?)?\W*(?:continue[ds]?|cont['’]?d?\.?) (?:on|from|to) (?:the )?(?:next|previous|last|following"
        r"|page) ?(?:page|\d+)\W*|\W*(?:continue[ds]?|cont['’]?d?\.?) overleaf\W*|\((?:continued|cont['’]?d?\.?)\)"
        r"|\(?table ?[\d.]*\W*(?:continued|cont['’]?d?\.?)\W*",
    ),
    ("document sharing", r"transcript|upload(?:ed)?:? .*|top banner|powered by docstoc|\d+ (?:views|downloads).*|made with flippingbook.*"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"(?:{pattern})\Z", re.IGNORECASE)) for kind, pattern in _KINDS)


def furniture_kind(text: str) -> str | None:
    """What kind of page furniture a line is by its whole wording, or None.

    >>> furniture_kind("Back to Council Plan homepage"), furniture_kind("Skip to main content")
    ('back link', 'skip link')
    >>> furniture_kind("Deliver 20mph limits in eight neighbourhoods") is None
    True
    """
    words = fold(text).lstrip("•*-· ").strip()
    if not words:
        return "blank"
    if len(words) > 300:
        return None
    for kind, pattern in _PATTERNS:
        if pattern.match(words):
            return kind
    return None


_TOTAL = re.compile(
    r"(?:grand |sub-?\s?|overall )?totals?(?: (?:number )?(?:of )?(?:actions|activities))?\s*[:=-]?\s*(?:\d.*)?",
    re.IGNORECASE,
)


def is_total(text: str) -> bool:
    """Whether a text says that its row adds up those above it, with the sum or without.

    >>> [is_total(text) for text in ("Total actions: 12", "Sub-total", "Total the costs")]
    [True, True, False]
    """
    return _TOTAL.fullmatch(text) is not None
