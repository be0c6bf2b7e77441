"""Which elements of HTML part lines, show nothing, or are bold, by their default rendering."""

from __future__ import annotations

SHOWS_NOTHING = frozenset(
    {
        "area",
        "audio",
        "base",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "link",
        "map",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "param",
        "rp",
        "rt",
        "script",
        "source",
        "style",
        "svg",
        "template",
        "title",
        "track",
        "video",
    }
)
"""Elements whose content is not text of the page."""

BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "optgroup",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    }
)
"""Elements whose text stands on lines of its own."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LABELS = frozenset({*HEADINGS, "caption", "dt", "legend", "summary", "th"})
"""Elements that name what follows or stands below them."""
BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
STRUCK = frozenset({"del", "s", "strike"})
CONTROLS = frozenset({"button", "select", "textarea", "input"})
GRID_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
"""Elements in which only cells should stand; anything else in them stands on a line of its own."""
LISTS = frozenset({"ul", "ol", "menu", "dir"})
PREFORMATTED = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
