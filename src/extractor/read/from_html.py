"""A web page -> `Document`.

1. The page is read as a browser reads it (`html.markup`): BeautifulSoup over lxml, and over html5lib where the
   markup is broken so that the two could differ.
2. What is not shown is not read; what is shown is in exactly one block, furniture included, so that the words
   of the blocks are the words of the page.
3. What tables, lists and headings mean is not decided here: the reader hands on grids, lines and levels.
"""

from __future__ import annotations

import hashlib

from extractor.document import Document, Origin
from extractor.errors import SourceUnreadable
from extractor.issues import Doubt
from extractor.profile import Settings
from extractor.read.html.child_rows import open_child_rows
from extractor.read.html.counters import generated_texts
from extractor.read.html.drawn import draw_tables
from extractor.read.html.flow import Context
from extractor.read.html.folded import find_folds
from extractor.read.html.furniture import publisher, without_furniture_sections
from extractor.read.html.limits import MAX_DEPTH
from extractor.read.html.markup import parse
from extractor.read.html.notes import Notes
from extractor.read.html.page import PageFlow
from extractor.read.html.paths import Paths
from extractor.read.html.positioned import is_positioned
from extractor.read.html.styles import Styles
from extractor.read.html.wording import words_shown
from extractor.text import fold

_FEW_WORDS = 25
"""Words up to which a page with scripts is one that a browser would have to fill."""
_MAIN_SHARE = 0.3
"""Part of a page's words that `main` must hold to be believed."""


def read_html(data: bytes, name: str, settings: Settings) -> Document:
    """The blocks of a web page in reading order: headings, lines, tables as grids, and furniture by its kind.

    Every location's `path` is a CSS selector that finds exactly its row or block in the parsed page. Broken
    markup, markup beyond the limits, and text that was struck out or hidden are told in `doubts`.
    Raises `SourceUnreadable` where the caller names an encoding that does not fit, or the page is the picture of a
    PDF's pages, and `LimitExceeded` where reading takes longer than the caller allows.
    """
    markup = parse(data, name, settings.encoding)
    soup = markup.soup
    open_child_rows(soup, markup.text)
    body = soup.body or soup
    styles = Styles(soup, markup.text)
    styles.written.update(draw_tables(soup, markup.text, styles, markup.survey.counts))
    folds = find_folds(body, markup.text, styles, markup.survey.ids)
    styles.panels.update(folds.panels)
    context = Context(
        styles,
        Notes(soup, markup.text),
        Paths(markup.survey.ids, styles.name_of),
        generated_texts(body, styles),
        markup.base,
        folds,
    )
    main = markup.main
    words, words_in_main = words_shown(context, body, main)
    if main is not None and words_in_main < _MAIN_SHARE * words:
        main = None
    if is_positioned(body, words, styles, markup.text):
        raise SourceUnreadable(
            f"{name} sets each line of its text at a place of its own, as a PDF does that was turned into a web page: "
            "which lines make up a cell is not told",
            "Give the PDF itself, or the text that pdftotext -layout makes of it.",
        )
    typed = None
    if "pre" in markup.survey.counts:
        from extractor.read.html.preformatted import TypedTexts  # most pages do without

        typed = TypedTexts(body, markup.text, words)
    flow = PageFlow(context, main, settings.max_seconds, typed)
    blocks = without_furniture_sections(flow.read(body))
    title = fold(soup.title.get_text()) if soup.title is not None else ""
    doubts = [*markup.doubts, *flow.doubts, *_page_doubts(context)]
    if words <= _FEW_WORDS and "script" in markup.survey.counts:
        doubts.append(Doubt("page-scripted", "hardly a word is in the page itself; a script would fetch it."))
    return Document(
        source=Origin(
            name=name,
            media_type="text/html",
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            pages=None,
            encoding=markup.encoding,
        ),
        blocks=tuple(blocks),
        title=title or None,
        publisher=publisher(soup, markup.text, title or None, blocks),
        words=words + context.unwritten_words,
        doubts=tuple(doubts),
        unplaced=tuple(flow.unplaced),
        typed=flow.typed_words * 2 > words,
    )


def _page_doubts(context: Context) -> list[Doubt]:
    doubts: list[Doubt] = []
    if context.hidden_words:
        doubts.append(
            Doubt("text-hidden", f"{context.hidden_words} words of the page are not shown and were left out.")
        )
    if context.deepest > MAX_DEPTH:
        doubts.append(
            Doubt(
                "markup-limit", f"Elements are nested more than {MAX_DEPTH} deep; their paths are those of an ancestor."
            )
        )
    return doubts
