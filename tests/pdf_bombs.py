"""Small PDFs that take all time or memory of a program that reads them without care."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from pdf_writer import assemble

_FLATE = b"/Filter /FlateDecode"
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 842 595]"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d %s>> stream\n" % (len(data), entries) + data + b"\nendstream"


def deflated(block: bytes, times: int) -> bytes:
    """What deflates to so many times the block, made without ever holding it."""
    packer = zlib.compressobj(9)
    head = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, wbits=-15)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(times):
        checksum = zlib.adler32(block, checksum)
    return head + again * (times - 1) + b"\x03\x00" + checksum.to_bytes(4, "big")


def one_page(contents: bytes, objects: Sequence[bytes] = (), resources: bytes = b"") -> bytes:
    """A page with this content stream; the further objects are numbered from 6."""
    return assemble(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Count 1 /Kids [3 0 R]>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R"
            b" /Resources <</Font <</F 5 0 R>> %s>>>>" % resources,
            contents,
            b"<</Type /Font /Subtype /Type1 /BaseFont /Courier>>",
            *objects,
        ]
    )


def gigabyte_of_text() -> bytes:
    """One page whose content stream of some kilobytes becomes a gigabyte of words."""
    block = b"BT /F 9 Tf 40 500 Td (word) Tj ET\n" * 32_768
    return one_page(stream(deflated(block, 1_000), _FLATE))


def forms_within_forms(twice: int = 30) -> bytes:
    """Forms that draw the next one twice, so that a line is drawn 2**30 times."""
    forms = [
        stream(b"/X Do /X Do", _FORM + b" /Resources <</XObject <</X %d 0 R>>>>" % (7 + index))
        for index in range(twice)
    ]
    return one_page(stream(b"/X Do"), [*forms, stream(b"0 0 m 9 9 l S", _FORM)], b"/XObject <</X 6 0 R>>")


def form_within_itself() -> bytes:
    """A form that draws itself, twice."""
    form = stream(b"/X Do /X Do", _FORM + b" /Resources <</XObject <</X 6 0 R>>>>")
    return one_page(stream(b"/X Do"), [form], b"/XObject <</X 6 0 R>>")


def hundred_thousand_pages() -> bytes:
    """A flat page tree with 100,000 pages, all of them one object."""
    return assemble(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Count 100000 /Kids [%s]>>" % b" ".join([b"3 0 R"] * 100_000),
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>",
        ]
    )


def pages_within_themselves() -> bytes:
    """A page tree that is its own branch."""
    return assemble([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 100 /Kids [2 0 R 2 0 R 2 0 R]>>"])


def deep_page_tree() -> bytes:
    """A page tree of 50,000 levels."""
    levels = [b"<</Type /Pages /Count 1 /Kids [%d 0 R]>>" % (3 + index) for index in range(50_000)]
    return assemble([b"<</Type /Catalog /Pages 2 0 R>>", *levels, b"<</Type /Page /MediaBox [0 0 9 9]>>"])


def deep_brackets() -> bytes:
    """An object of a million opening brackets."""
    return assemble([b"<</Type /Catalog /Pages 2 0 R /X %s>>" % (b"[" * 1_000_000)])


def object_stream_bomb() -> bytes:
    """An object stream of a gigabyte that claims to hold the page."""
    return one_page(stream(deflated(b"1 0 " * 262_144, 1_000), _FLATE + b" /Type /ObjStm /N 100000 /First 10"))


BOMBS = {
    made.__name__: made
    for made in (
        gigabyte_of_text,
        forms_within_forms,
        form_within_itself,
        hundred_thousand_pages,
        pages_within_themselves,
        deep_page_tree,
        deep_brackets,
        object_stream_bomb,
    )
}
