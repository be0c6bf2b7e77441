"""`merge_plans`: a plan that stands in several documents becomes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import extractor
from extractor.api import load
from extractor.errors import OutputRefused
from extractor.merging import merge_plans
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

HOMES = (
    "Homes",
    "Warm homes",
    (("1.1", "Mend all boilers (Also links to Smooth roads outcome)"), ("1.2", "Fit windows")),
)
ROADS = (
    "Roads",
    "Smooth roads",
    (("1.1", "Fill the holes"), ("2.1 a)", "a) Paint the lines"), ("2.1 b)", "b) Wash signs")),
)


def page(theme: str, outcome: str, rows: tuple[tuple[str, str], ...], year: str = "2024/25") -> bytes:
    body = "".join(
        f"<tr><td>{ref}</td><td>{text}</td><td>{'' if ref.endswith('b)') else 'Town Clerk'}</td><td>Q1</td></tr>"
        for ref, text in rows
    )
    return (
        f"<h1>Delivery Plan {year}</h1><p>Council Plan theme - {theme}</p><h2>Outcome: {outcome}</h2><table>"
        f"<tr><th>Ref</th><th>Action</th><th>Lead</th><th>By when</th></tr>{body}</table>"
    ).encode()


def parts() -> list[Plan]:
    sources = {"homes.html": page(*HOMES), "roads.html": page(*ROADS)}
    return [read_plan(data, name, Settings()) for name, data in sources.items()]


def test_themes_are_groups_above_the_outcomes() -> None:
    plan = merge_plans(parts())
    assert plan.title == "Delivery Plan 2024/25"
    assert plan.theme is None
    assert [(group.kind, group.title, group.parent_id) for group in plan.groups] == [
        ("theme", "Homes", None),
        ("outcome", "Warm homes", "theme-homes"),
        ("theme", "Roads", None),
        ("outcome", "Smooth roads", "theme-roads"),
    ]
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2", "1.1", "2.1a", "2.1b"]
    assert len({activity.id for activity in plan.activities}) == 5


def test_links_are_resolved_over_the_whole() -> None:
    before, after = parts()[0], merge_plans(parts())
    assert [link.group_id for link in before.activities[0].also_links_to] == [None]
    assert [link.group_id for link in after.activities[0].also_links_to] == ["outcome-smooth-roads"]
    assert "link-unresolved" in {issue.code for issue in before.issues}
    assert "link-unresolved" not in {issue.code for issue in after.issues}


def test_a_link_that_two_headings_of_the_whole_answer_is_doubted() -> None:
    other = read_plan(page("Streets", "Smooth roads", (("3.1", "Sweep the streets"),)), "streets.html", Settings())
    merged = merge_plans([*parts(), other])
    doubts = [issue for issue in merged.issues if issue.code.startswith("link-")]
    assert [(issue.severity, issue.ref, issue.field) for issue in doubts] == [("warning", "1.1", "also_links_to")]
    assert "names 2 headings" in doubts[0].message
    assert doubts[0].location is not None
    assert doubts[0].location.document == "homes.html"


def test_a_link_that_is_taken_for_a_heading_of_another_part_says_so() -> None:
    homes = page(*HOMES).replace(b"links to Smooth roads outcome", b"links to Smoother roads outcome")
    merged = merge_plans([read_plan(homes, "homes.html", Settings()), parts()[1]])
    assert merged.activities[0].also_links_to[0].group_id == "outcome-smooth-roads"
    assert "link-approximate" in {issue.code for issue in merged.issues if issue.ref == "1.1"}


def test_the_whole_has_the_title_without_the_themes_of_its_parts() -> None:
    sources = []
    for each in (HOMES, ROADS):
        whole = f"Council Plan 2024/25 theme - {each[0]}"
        data = page(*each).replace(f"<p>Council Plan theme - {each[0]}</p>".encode(), b"")
        sources.append(f"<title>{whole}</title>".encode() + data.replace(b"Delivery Plan 2024/25", whole.encode()))
    merged = merge_plans([read_plan(data, f"{n}.html", Settings()) for n, data in enumerate(sources)])
    assert merged.title == "Council Plan 2024/25"


def test_a_ref_of_two_parts_is_an_error() -> None:
    issues = [issue for issue in merge_plans(parts()).issues if issue.code == "ref-duplicate"]
    assert [(issue.ref, issue.severity) for issue in issues] == [("1.1", "error")]


def test_every_place_names_its_document_and_inheritance_follows_the_new_ids() -> None:
    plan = merge_plans(parts())
    assert [activity.location.document for activity in plan.activities] == ["homes.html"] * 2 + ["roads.html"] * 3
    last = plan.activities[-1]
    assert last.provenance["lead_officers"].from_id == plan.activities[-2].id
    assert plan.coverage.words == sum(part.coverage.words for part in parts())
    ids = {activity.id for activity in plan.activities}
    assert {issue.activity_id for issue in plan.issues} <= ids | {None}
    assert [group.location.document for group in plan.groups if group.location] == [
        "homes.html",
        "homes.html",
        "roads.html",
        "roads.html",
    ]


def test_one_part_is_the_plan() -> None:
    (part, _) = parts()
    assert merge_plans([part]) is part


def test_parts_of_different_years_are_refused() -> None:
    old = read_plan(page(*ROADS, year="2023/24"), "old.html", Settings())
    with pytest.raises(OutputRefused, match="2024/25, 2023/24"):
        merge_plans([parts()[0], old])


def test_the_command_merges_and_holds_the_whole_to_what_is_expected(tmp_path: Path) -> None:
    roads = page(*ROADS).replace(b"<td>1.1</td>", b"<td>2.0</td>")
    for name, data in (("homes.html", page(*HOMES)), ("roads.html", roads)):
        (tmp_path / name).write_bytes(data)
    out = tmp_path / "plan.json"
    sources = (tmp_path / "homes.html", tmp_path / "roads.html")
    run = extractor("extract", *sources, "--merge", "--expect", "5", "--expect", "Roads=3", "-o", out)
    assert run.status == 0
    assert f"{len(sources)} parts merged: 5 activities in " in run.err
    assert len(load(out).activities) == 5
    assert extractor("extract", *sources, "--merge", "--expect", "4", "-o", out).status == 1
