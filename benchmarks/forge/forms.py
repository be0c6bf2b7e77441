"""The forms of a sheet: a name and the function that makes it. A form whose tool is not there is skipped."""

from __future__ import annotations

import functools
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from . import papers
from .layouts import Sheet
from .pages import page_of

_LIMIT = 180  # seconds that a program may take


class Missing(Exception):
    """A program or package that a form needs is not installed."""


def _run(*command: str) -> bytes:
    if shutil.which(command[0]) is None:
        raise Missing(command[0])
    return subprocess.run(command, check=True, capture_output=True, timeout=_LIMIT).stdout


def _chromium(*options: str) -> bytes:
    with tempfile.TemporaryDirectory() as profile:
        return _run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", *options)


def _html(sheet: Sheet, folder: Path) -> bytes:
    return page_of(sheet).encode()


def _md(sheet: Sheet, folder: Path) -> bytes:
    import html2text

    converter = html2text.HTML2Text()
    converter.body_width = 0
    return converter.handle(page_of(sheet)).encode()


def _inscriptis(sheet: Sheet, folder: Path) -> bytes:
    from inscriptis import get_text

    return str(get_text(page_of(sheet))).encode()


def _resiliparse(sheet: Sheet, folder: Path) -> bytes:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(page_of(sheet)).encode()


def _squeezed(sheet: Sheet, folder: Path) -> bytes:
    """What a crawler stored that made one blank of the tabs between cells, and kept the lines."""
    text = re.sub(r"[ \t]*\t[ \t]*", " ", _resiliparse(sheet, folder).decode())
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)^ (?! )| +$", "", text)).encode()


def _trafilatura(sheet: Sheet, folder: Path) -> bytes:
    """What trafilatura makes of a page whose cells hold paragraphs on lines of their own, as a word processor's do."""
    from trafilatura import extract

    page = re.sub(r"(<t[dh]\b[^>]*>)(.*?)(</t[dh]>)", _with_paragraph, page_of(sheet), flags=re.DOTALL)
    return (extract(page, include_tables=True, favor_recall=True) or "").encode()


def _with_paragraph(cell: re.Match[str]) -> str:
    begin, body, end = cell.groups()
    if body.strip() and not re.search(r"<(?:p|ul|ol|div|table|br)\b", body):
        body = f"<p>{body}</p>"
    lines = re.sub(r"(?=<(?:p|ul|li|div)\b)", "\n", body)
    return f"{begin}\n{lines}\n{end}"


def _innertext(sheet: Sheet, folder: Path) -> bytes:
    script = (
        "<script>{const t=document.body.innerText,p=document.createElement('pre');"
        "p.id='taken';p.textContent=t;document.body.replaceChildren(p)}</script></body>"
    )
    page = folder / "taken.html"
    page.write_text(page_of(sheet).replace("</body>", script), encoding="utf-8")
    dom = _chromium("--dump-dom", page.as_uri()).decode()
    page.unlink()
    found = re.search(r"<pre id=\"taken\">(.*?)</pre>", dom, re.DOTALL)
    return html.unescape(found[1] if found else "").encode()


def _chromium_pdf(sheet: Sheet, folder: Path) -> bytes:
    page, target = folder / "printed.html", folder / "printed.pdf"
    page.write_text(page_of(sheet), encoding="utf-8")
    _chromium("--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={target}", page.as_uri())
    page.unlink()
    return _take(target)


def _take(path: Path) -> bytes:
    data = path.read_bytes()
    path.unlink()
    return data


def _weasy(sheet: Sheet, folder: Path, variant: str | None = None) -> bytes:
    from weasyprint import HTML

    data = HTML(string=page_of(sheet)).write_pdf(pdf_variant=variant)
    assert isinstance(data, bytes)
    return data


def _weasy_tagged(sheet: Sheet, folder: Path) -> bytes:
    return _weasy(sheet, folder, "pdf/ua-1")


@functools.cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile of LibreOffice's that lasts as long as the run."""
    return tempfile.TemporaryDirectory()


def convert(form: str, sheets: Sequence[Sheet], folders: Sequence[Path]) -> None:
    """Puts the PDFs that LibreOffice exports into the sheets' folders: one start of the program for all of them."""
    ending, source, options = OFFICE[form]
    with tempfile.TemporaryDirectory() as made:
        paths = [Path(made) / f"{number}.{ending}" for number in range(len(sheets))]
        for path, sheet in zip(paths, sheets, strict=True):
            path.write_bytes(source(sheet))
        where = f"-env:UserInstallation=file://{_profile().name}"
        _run("soffice", where, "--headless", *options, "--outdir", made, *map(str, paths))
        for path, folder in zip(paths, folders, strict=True):
            shutil.move(path.with_suffix(".pdf"), folder / f"source.{form}")


def _reportlab(sheet: Sheet, folder: Path) -> bytes:
    return papers.reportlab_of(sheet)


def _layout(sheet: Sheet, folder: Path) -> bytes:
    """The columns of characters that pdftotext makes of the printed page."""
    return _text_of_print(folder, "-layout")


def _raw(sheet: Sheet, folder: Path) -> bytes:
    """The lines of the printed page as pdftotext finds them in the file, one after the other."""
    return _text_of_print(folder, "-raw")


def _text_of_print(folder: Path, *options: str) -> bytes:
    source = folder / "source.chromium.pdf"
    if not source.exists():
        raise Missing("source.chromium.pdf")
    return _run("pdftotext", *options, str(source), "-")


Maker = Callable[[Sheet, Path], bytes]
FORMS: dict[str, Maker] = {
    "html": _html,
    "md": _md,
    "inscriptis.txt": _inscriptis,
    "resiliparse.txt": _resiliparse,
    "squeezed.txt": _squeezed,
    "trafilatura.txt": _trafilatura,
    "innertext.txt": _innertext,
    "chromium.pdf": _chromium_pdf,
    "weasy.pdf": _weasy,
    "weasytagged.pdf": _weasy_tagged,
    "reportlab.pdf": _reportlab,
    "typst.pdf": papers.typst_of,
    "layout.txt": _layout,
    "raw.txt": _raw,
}

# Forms by LibreOffice: the source's ending, what makes it, and how it is exported. From Word's form with its tags.
_TAGGED = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
OFFICE: dict[str, tuple[str, Callable[[Sheet], bytes], tuple[str, ...]]] = {
    "office.pdf": (
        "html",
        lambda sheet: page_of(sheet).encode(),
        ("--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"),
    ),
    "word.pdf": ("docx", papers.docx_of, ("--convert-to", f"pdf:writer_pdf_Export:{_TAGGED}")),
}


def make(form: str, sheets: Sequence[Sheet], folders: Sequence[Path]) -> None:
    """Puts one form of some sheets into their folders."""
    if form in OFFICE:
        convert(form, sheets, folders)
        return
    for sheet, folder in zip(sheets, folders, strict=True):
        (folder / f"source.{form}").write_bytes(FORMS[form](sheet, folder))
