"""Nothing is lost (contract, principle 2), in any form of any document that is here.

1. The ledger is exact: words claimed and words unread are the words of the source.
2. Every filled cell of a table of activities is in a record, a heading, a kept table, named furniture or an issue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import SAMPLES
from extractor.document import Cell, Document, FlatLine, Line, Origin, Paragraph, Table, words_unplaced
from extractor.normalise import normalise
from extractor.profile import Profile, Settings
from extractor.read import read
from extractor.recognise import recognise
from extractor.recognise.columns import is_header_row, read_columns, upright
from extractor.recognise.flattened import unflatten
from extractor.records import Activity, Plan
from extractor.text import count_words, words
from extractor.vocabulary.dittos import is_ditto

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
OWN = [
    *sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html", ".pdf"}),
    *sorted((ROOT / "tests" / "plans").glob("*/source.*")),
]
# The label word of a ref is no part of it in any field: "Action 1:" is 1.
LABEL = re.compile(r"^(?:Action|Objective|Milestone|Commitment|Strategy)(?= \d)")
# A cross-link's own words ("Also links to X, and to Y") stand for the field that holds its targets.
LINKING_WORDS = "this also directly see link links linked in into with to to to to and and and and the the the"
LINKING = Counter(LINKING_WORDS.split())


def names(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def tables(document: Document) -> list[Table]:
    """The tables that the document shows, whatever its form."""
    blocks = document.blocks
    if any(isinstance(block, FlatLine) for block in blocks):
        blocks = tuple(unflatten(blocks, {}))
    return [upright(block, {})[0] for block in blocks if isinstance(block, Table)]


def filled_cells(document: Document) -> Iterator[Cell]:
    """The filled cells below the headers of the tables of activities."""
    found = tables(document)
    for table, columns in zip(found, read_columns(found, {}), strict=True):
        if columns is None:
            continue
        for number, row in enumerate(table.rows):
            if number < columns.body_row or is_header_row(row, {}):
                continue
            for cell in row:
                if cell is not None and cell.row_index == number and cell.lines:
                    yield cell


def bag(*texts: str | None) -> Counter[str]:
    return Counter(word.casefold() for text in texts if text for word in words(text))


def record_words(activity: Activity) -> Counter[str]:
    scale = activity.timescale
    letter = re.search(r"\d([a-z]+)$", activity.ref or "")
    return bag(
        *(activity.parent_ref, letter[1] if letter else None),  # "3.5 a) a) Open a home."
        *(activity.ref, activity.ref_as_published, activity.lead_in, activity.activity, activity.status),
        *(scale.as_published if scale else None, activity.progress),
        *(*activity.lead_officers, *activity.lead_directorates, *activity.lead_cabinet_members, *activity.notes),
        *(link.as_published for link in activity.also_links_to),
        *(text for pair in activity.extra.items() for text in pair),
    )


def elsewhere(plan: Plan) -> Iterator[Counter[str]]:
    """The words of all that is no record: headings, kept tables, furniture, unread passages, issues."""
    yield from (bag(group.as_published) for group in plan.groups)
    yield from (
        bag(table.caption, *table.header, *(text for row in table.rows for text in row)) for table in plan.tables
    )
    yield from (bag(passage.text) for passage in (*plan.coverage.furniture, *plan.coverage.unread))
    yield from (bag(issue.message) for issue in plan.issues)


def lost(document: Document, plan: Plan) -> list[str]:
    """The texts of the filled cells that are nowhere."""
    records = [record_words(activity) for activity in plan.activities]
    others = list(elsewhere(plan))
    missing: list[str] = []
    for text in dict.fromkeys(cell.text for cell in filled_cells(document)):
        if is_ditto(text):
            continue
        wanted = bag(LABEL.sub("", text))
        if any(wanted - held <= LINKING for held in records) or any(wanted <= held for held in others):
            continue
        missing.append(text)
    return missing


def check(path: Path) -> None:
    settings = Settings()
    document = read(path.read_bytes(), path.name, settings)
    plan = normalise(recognise(document, settings.profile), settings)
    unread = sum(count_words(passage.text) for passage in plan.coverage.unread)
    assert plan.coverage.claimed + unread == plan.coverage.words
    assert sum(plan.coverage.claims.values()) == plan.coverage.claimed
    assert lost(document, plan) == []


@pytest.mark.parametrize("path", OWN, ids=names)
def test_nothing_of_our_own_documents_is_lost(path: Path) -> None:
    check(path)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/corpus is not beside the project")
@pytest.mark.parametrize("path", sorted(CORPUS.rglob("source.*")), ids=names)
def test_nothing_of_the_corpus_is_lost(path: Path) -> None:
    check(path)


def test_words_that_a_reader_loses_are_unread() -> None:
    """Twice in the source and once in the blocks is lost once; what was only run together is not lost."""
    source = bag("Open a home and a hall")
    assert words_unplaced(source, (Paragraph(Line("open a home")),)) == ("a", "and", "hall")
    assert words_unplaced(source, (Paragraph(Line("open a home anda hall")),)) == ("a",)
    assert words_unplaced(source, (Paragraph(Line("open a home and a hall")),)) == ()
    origin = Origin(name="a", media_type="text/plain", sha256="0" * 64, size=1)
    document = Document(origin, (), words=2, unplaced=("a", "b"))
    plan = normalise(recognise(document, Profile()), Settings(require_coverage=True))
    assert [passage.text for passage in plan.coverage.unread] == ["a b"]
    assert "text-unread" in [issue.code for issue in plan.issues]
