"""The package as it is installed: its entry point, what importing it costs, and what its doors promise."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path

import pytest

import extractor
from commands import ROOT, SAMPLE, environment


def _modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment())
    return set(run.stdout.split())


def test_entry_point_and_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["extractor"].partition(":")
    assert callable(getattr(import_module(module), function))
    assert metadata.version("extractor") == extractor.__version__


def test_every_public_name_is_there() -> None:
    for name in extractor.__all__:
        assert getattr(extractor, name) is not None
    assert set(extractor.__all__) <= set(dir(extractor))
    with pytest.raises(AttributeError):
        getattr(extractor, "nonsense")  # noqa: B009


def test_importing_the_package_loads_no_library() -> None:
    loaded = _modules_after("import extractor")
    assert not loaded & {"click", "pydantic", "numpy", "bs4", "lxml", "pdfplumber", "extractor.records"}


def test_help_loads_click_alone() -> None:
    loaded = _modules_after(
        "import click\nfrom extractor.cli.commands import cli\ncli.main(['--help'], standalone_mode=False)"
    )
    assert not loaded & {"pydantic", "numpy", "bs4", "lxml", "pdfplumber", "extractor.records", "extractor.api"}


def test_a_text_loads_no_reader_of_pdf_or_html() -> None:
    loaded = _modules_after(f"import extractor\nextractor.extract({str(SAMPLE)!r})")
    assert not loaded & {"pdfplumber", "pdfminer", "pypdfium2", "PIL", "bs4", "lxml", "scipy", "click", "hypothesis"}


def test_the_wheel_holds_every_module_and_data_file() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = packages["package-data"]["extractor"]
    source = ROOT / "src" / "extractor"
    for path in source.rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            assert any(path.relative_to(source).match(pattern) for pattern in patterns), path
    for directory in {path.parent for path in source.rglob("*.py")}:
        assert (directory / "__init__.py").exists(), f"{directory} would not be installed"


def test_errors_are_caught_at_the_door_and_by_the_worker_of_many_documents_only() -> None:
    catching = sorted(
        path.relative_to(ROOT)
        for path in (ROOT / "src").rglob("*.py")
        if "except ExtractorError" in path.read_text(encoding="utf-8")
    )
    # A worker is a total function: for it, a document that is refused is a result like any other; the guard's process
    # hands the refusal on.
    assert catching == [
        Path("src/extractor/batch/documents.py"),
        Path("src/extractor/cli/__init__.py"),
        Path("src/extractor/guard.py"),
    ]


def test_the_first_half_of_the_road_loads_no_models() -> None:
    """Else the process that reads a command's first document would wait for them too."""
    code = "import sys, extractor.reading, extractor.cli.reading; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_web_page_is_read_without_the_grammar_of_css() -> None:
    read = "from extractor import extract\nextract(b'<p>1.1 Plant trees - by March 2025 - Tree Officer', name='a.html')"
    select = "import bs4\nassert bs4.BeautifulSoup('<p class=a>x</p>', 'lxml').select_one('p.a').string == 'x'"
    refused = (
        f"try:\n    exec({read!r})\nexcept Exception as refusal:\n    assert type(refusal).__name__ == 'NoPlanFound'"
    )
    assert not _modules_after(refused) & {"soupsieve", "rapidfuzz"}
    assert "soupsieve" in _modules_after(f"{refused}\n{select}")


def test_the_process_that_reads_loads_html5lib_for_broken_pages_only() -> None:
    code = """
from extractor.guard import guarded
from extractor.profile import Settings
def loaded(data, name, settings):
    from extractor.read import read
    read(data, name, settings)
    return set(sys.modules)
before = guarded(loaded, b"<p>Plant <b>trees</b></p>", "a.html", Settings())
after = guarded(loaded, b"<p>Plant <table><b>trees</b><td>here</table>", "a.html", Settings())
assert "bs4" in before and "lxml" in before
assert not before & {"html5lib", "chardet", "charset_normalizer"}, before
assert "html5lib" in after
"""
    assert "bs4" not in _modules_after(code)
