"""Which reader a document needs, told from its bytes; its name decides only where the bytes do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from extractor.document import Document
from extractor.errors import SourceEmpty, SourceTooLarge, SourceUnreadable
from extractor.profile import Settings

Reader = Callable[[bytes, str, Settings], Document]


def _read_text(data: bytes, name: str, settings: Settings) -> Document:
    from extractor.read.from_text import read_text

    return read_text(data, name, settings)


def _read_html(data: bytes, name: str, settings: Settings) -> Document:
    from extractor.read.from_html import read_html

    return read_html(data, name, settings)


def _read_pdf(data: bytes, name: str, settings: Settings) -> Document:
    from extractor.read.pdf import read_pdf

    return read_pdf(data, name, settings)


def _read_tagged_markdown(data: bytes, name: str, settings: Settings) -> Document:
    from extractor.read.tagged_markdown import read_tagged_markdown

    return read_tagged_markdown(data, name, settings)


READERS: dict[str, Reader] = {
    "text": _read_text,
    "html": _read_html,
    "pdf": _read_pdf,
    "markdown with tables in HTML": _read_tagged_markdown,
}
"""Kind of document -> its reader. Each imports its libraries when it is first called."""

_MEDIA_TYPES = {
    "text/plain": "text",
    "text/markdown": "text",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
}
_SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".txt": "text", ".md": "text"}
# What a page opens with, after a byte order mark, white space, an XML declaration and comments.
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|table|thead|tbody|div|main|section|article|h[1-6]|p|ul|ol|dl)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
# Markdown with tables in HTML, as pandoc writes those that span or hold paragraphs: marked lines, no page around them.
_PAGE = re.compile(rb"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)
_TAGGED_TABLE = re.compile(rb"^<table[\s>]", re.IGNORECASE | re.MULTILINE)
_TAGGED_PART = re.compile(rb"^(?:<div[^<>\n]*>|<!-- -->)\s*$", re.IGNORECASE | re.MULTILINE)
# ... but for those whose tables dashes draw, as pandoc's own Markdown does.
_DRAWN = re.compile(rb"^(?: *\+[-=]{3,}\+| *-{2,} +-{2,}|:::|```\{=)", re.MULTILINE)
_MARKED = re.compile(rb"^(?:#{1,6} \S|\*\*\S[^\n]*\*\*\s*$|[-*] {1,3}\S|\|[^\n]*\|\s*$)", re.MULTILINE)
_TITLED = re.compile(rb"^#{1,6} \S", re.MULTILINE)  # and what pandoc writes of a page that is parted into `div`s
_ZIP_KINDS = (
    (b"word/", "a Word document", "Save it as PDF or as a web page, and give that."),
    (b"xl/", "a spreadsheet", "Save it as a web page, or paste its cells into a text file."),
    (b"ppt/", "a presentation", "Save it as PDF, and give that."),
)


def sniff(data: bytes, name: str, settings: Settings) -> str:
    """The kind of a document, a key of `READERS`.

    Raises `SourceEmpty`, `SourceTooLarge`, or `SourceUnreadable` for bytes that are of no such kind.
    """
    if len(data) > settings.max_bytes:
        raise SourceTooLarge(f"{name} is larger than {settings.max_bytes:,} bytes")
    if not data.strip(b" \t\r\n\f\0\xa0"):
        raise SourceEmpty(f"{name} is empty")
    if settings.media_type in _MEDIA_TYPES:
        return _MEDIA_TYPES[settings.media_type]
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        for mark, what, remedy in _ZIP_KINDS:
            if mark in data[:200_000] or mark in data[-200_000:]:
                raise SourceUnreadable(f"{name} is {what}", remedy)
        raise SourceUnreadable(f"{name} is a ZIP archive", "Unpack it and give the plan inside.")
    if head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise SourceUnreadable(f"{name} is an Office document", "Save it as PDF, and give that.")
    if not _PAGE.search(data) and (
        (_TAGGED_TABLE.search(data) and _MARKED.search(data)) or (_has_parts(data) and _TITLED.search(data))
    ):
        return "markdown with tables in HTML"
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if _HTML.match(head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff") if wide else head):
        return "html"
    kind = _SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    if kind == "pdf":
        raise SourceUnreadable(f"{name} is not a PDF, whatever its name says", "Download the file again.")
    return kind


def _has_parts(data: bytes) -> bool:
    """Whether a text holds the tags of the parts that a page is divided into, and no tables that dashes draw."""
    return data.startswith(b"<div") or bool(_TAGGED_PART.search(data) and not _DRAWN.search(data))
