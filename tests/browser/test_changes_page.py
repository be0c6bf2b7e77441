"""The comparison's page in a real browser: it filters, reads, prints, fits a phone, and axe-core finds no violation.

Needs Playwright for Python, Debian's chromium, and axe-core (`npm ci` in this directory); skips
with a reason otherwise.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.changes import Changes, History
from extractor.compare import chain, compare
from extractor.write.comparisons import write_changes, write_history
from year_pairs import CORPUS, load_gold

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (pip install playwright)")
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
_PAIR = CORPUS / "diff" / "calderholme"

pytestmark = [
    pytest.mark.skipif(_CHROMIUM is None, reason="chromium is not installed (apt-get install chromium)"),
    pytest.mark.skipif(not _PAIR.is_dir(), reason="the shared corpus (../shared) is not there"),
]
_SIZES = {"desktop": (1280, 900), "phone": (360, 740)}
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def changes() -> Changes:
    return compare(load_gold(_PAIR / "old.gold.json"), load_gold(_PAIR / "new.gold.json"))


@pytest.fixture(scope="module")
def history() -> History:
    old, new = load_gold(_PAIR / "old.gold.json"), load_gold(_PAIR / "new.gold.json")
    return chain([old, new, old])


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(params=_SIZES)
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page without a network: whatever it asks for beyond its own file makes the test fail."""
    width, height = _SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    opened = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    opened.on("request", lambda wanted: asked.append(wanted.url))
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert faults == []


def _open(page: Any, tmp_path: Path, data: bytes) -> Any:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    page.goto(path.as_uri())
    return page


def _shown(page: Any) -> int:
    return int(page.locator("article:visible").count())


def test_filters_by_kind_label_doubt_and_words(page: Any, tmp_path: Path, changes: Changes) -> None:
    _open(page, tmp_path, write_changes(changes, "html"))
    total = len(changes.changes)
    assert _shown(page) == total
    for kind in ("changed", "split", "merged", "removed"):
        page.locator(f"input[name=kind][value={kind}]").uncheck()
    assert _shown(page) == changes.summary.kinds["added"]
    assert page.get_by_role("status").inner_text() == f"Showing {changes.summary.kinds['added']} of {total} changes."
    page.get_by_role("button", name="Show all").click()
    sync_api.expect(page.get_by_role("status")).to_have_text(f"Showing {total} of {total} changes.")
    page.get_by_label("reassigned").check()
    assert _shown(page) == changes.summary.labels["reassigned"]
    page.get_by_label("moved", exact=True).check()
    either = [c for c in changes.changes if {"reassigned", "moved"} & set(c.labels)]
    assert _shown(page) == len(either)
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("in need of a decision").check()
    assert _shown(page) == changes.summary.needs_decision
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Containing").fill("Household SUPPORT fund")
    assert _shown(page) == 1
    assert page.locator("section[data-group]:visible").count() == 1


def test_works_by_keyboard_alone(page: Any, tmp_path: Path, changes: Changes) -> None:
    _open(page, tmp_path, write_changes(changes, "html"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.type || ''"))
        if reached[-1] == "kind":
            break
    assert reached[-1] == "kind"
    before = _shown(page)
    page.keyboard.press("Space")
    assert _shown(page) == before - changes.summary.kinds["changed"]


def test_a_screen_reader_hears_what_was_removed_and_inserted(page: Any, tmp_path: Path, changes: Changes) -> None:
    _open(page, tmp_path, write_changes(changes, "html"))
    article = page.locator("article", has=page.get_by_role("heading", name="Changed: 3.4 → 3.3"))
    assert article.locator("del").first.text_content() == "[removed: 240]"
    assert article.locator("ins").first.text_content() == "[inserted: 310]"
    assert article.get_by_role("deletion").count() == article.locator("del").count()


def test_nothing_sticks_out_and_targets_are_large_enough(page: Any, tmp_path: Path, changes: Changes) -> None:
    _open(page, tmp_path, write_changes(changes, "html"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.choice, button, input[type=search]')].map(e => e.getBoundingClientRect())"
        ".map(r => Math.min(r.width, r.height))"
    )
    assert min(sizes) >= 24


def test_it_prints_without_the_filters_and_reads_without_the_script(
    browser: Any, page: Any, tmp_path: Path, changes: Changes
) -> None:
    _open(page, tmp_path, write_changes(changes, "html"))
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible()
    assert _shown(page) == len(changes.changes)
    bare = browser.new_context(java_script_enabled=False, offline=True)
    plain = bare.new_page()
    plain.goto((tmp_path / "page.html").as_uri())
    assert not plain.locator("form").is_visible()
    assert plain.locator("article").count() == len(changes.changes)
    bare.close()


@pytest.mark.skipif(not _AXE.is_file(), reason="axe-core is not installed (npm ci in tests/browser)")
@pytest.mark.parametrize("which", ["changes", "history"])
def test_axe_finds_no_violation(page: Any, tmp_path: Path, changes: Changes, history: History, which: str) -> None:
    _open(page, tmp_path, write_changes(changes, "html") if which == "changes" else write_history(history, "html"))
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", _WCAG)
    told = [(entry["id"], [node["html"][:120] for node in entry["nodes"]][:3]) for entry in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 10


def test_the_flow_is_named_and_has_its_numbers_beside_it(page: Any, tmp_path: Path, history: History) -> None:
    _open(page, tmp_path, write_history(history, "html"))
    assert page.get_by_role("img").count() == 1
    assert "carried over" in (page.locator("svg title").text_content() or "")
    assert page.locator("tbody tr[id]").count() == len(history.threads)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
