"""Profiles: read from TOML, refused with the place, written from a document, and held against next year's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from commands import SAMPLES, extractor
from extractor.api import nearest_profile, read_profile
from extractor.errors import ProfileInvalid
from extractor.pipeline import profile_of, read_plan
from extractor.profile import Profile, Settings
from extractor.profiles import format_profile, parse_profile
from extractor.records import Issue
from pdf_writer import table_pdf

WHOLE = """
[publisher]
name = "Wold Council"
id = "GB-LAE-WOL"
[plan]
year-starts-in = 1
period = "2025"
group-words = ["Cornerstone"]
role-words = ["Reeve"]
note-phrases = ["Paid for by"]
[headers]
lead_officers = ["Driver"]
timescale = ["Ready"]
"""


def page(*headers: str) -> bytes:
    """A plan of two rows under four headers."""
    head = "".join(f"<th>{header}</th>" for header in headers)
    cells = (
        ("1", "Mend all the boilers of the hall (Paid for by the county)", "Town Reeve", "Q1"),
        ("2", "Fit all the windows of the school", "Port Reeve", "Q2"),
    )
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    return f"<h1>Delivery Plan</h1><h2>Cornerstone 2 - Homes</h2><table><tr>{head}</tr>{rows}</table>".encode()


def test_a_profile_is_read_with_all_that_it_can_say() -> None:
    assert parse_profile(WHOLE, "wold.toml") == Profile(
        publisher_name="Wold Council",
        publisher_id="GB-LAE-WOL",
        year_starts_in=1,
        period="2025",
        header_words={"lead_officers": ("Driver",), "timescale": ("Ready",)},
        role_words=("Reeve",),
        group_words=("Cornerstone",),
        note_phrases=("Paid for by",),
    )


def test_what_a_profile_says_is_done() -> None:
    settings = Settings(profile=parse_profile(WHOLE, "wold.toml"))
    plan = read_plan(page("Ref", "Action", "Driver", "Ready"), "plan.html", settings)
    first = plan.activities[0]
    assert plan.publisher is not None
    assert (plan.publisher.name, plan.publisher.id) == ("Wold Council", "GB-LAE-WOL")
    assert [(group.kind, group.number, group.title) for group in plan.groups] == [("cornerstone", "2", "Homes")]
    assert (first.lead_officers, first.notes) == (("Town Reeve",), ("Paid for by the county",))
    assert first.timescale is not None
    assert (str(first.timescale.start), str(first.timescale.end)) == ("2025-01-01", "2025-03-31")
    assert [issue.code for issue in plan.issues if issue.severity != "info"] == ["title-missing"] * (not plan.title)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[headers\n", "line 1"),
        ("[header]\nref = ['No']", "header is no setting"),
        ("[headers]\nofficer = ['Driver']", "headers.officer"),
        ("[headers]\nref = 'No'", "headers.ref"),
        ("[headers]\nref = ['No']\nactivity = ['no']", "'no'"),
        ("[plan]\nyear-starts-in = 13", "plan.year-starts-in"),
        ("[plan]\nyear-starts-in = true", "plan.year-starts-in"),
        ("[publisher]\nid = 'Wold'", "publisher.id"),
        ("[publisher]\nname = ''", "publisher.name"),
        ("plan = 4", "plan is 4"),
    ],
)
def test_a_mistake_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(ProfileInvalid) as refusal:
        parse_profile(text, "wold.toml")
    assert refusal.value.message.startswith("wold.toml")
    assert place in refusal.value.message


def test_a_profile_that_was_written_is_read_back() -> None:
    profile = Profile('A "quoted" name\\', "GB-LAE-WOL", 4, None, {"ref": ("Nº\t1",), "extra": ("a\u007fb",)})
    assert parse_profile(format_profile(profile, "a\nplan.html"), "wold.toml") == profile


@pytest.mark.parametrize(
    "path", [SAMPLES / f"year-ahead-2023.{form}" for form in ("html", "txt")], ids=lambda path: path.name
)
def test_a_document_fits_the_profile_that_was_written_from_it(path: Path) -> None:
    data = path.read_bytes()
    profile = parse_profile(profile_of(data, path.name, Settings()), "sample.toml")
    assert profile.header_words["lead_officers"] == ("Lead officer",)
    with_profile, without = (read_plan(data, path.name, Settings(profile=p)) for p in (profile, Profile()))
    assert with_profile.issues == without.issues
    assert with_profile.activities == without.activities


def unfit(profile: Profile, *headers: str) -> list[Issue]:
    plan = read_plan(page(*headers), "plan.html", Settings(profile=profile))
    return [issue for issue in plan.issues if issue.code == "profile-unfit"]


@pytest.mark.parametrize("new", ["Chief Driver", "Executive Director"])
def test_a_profile_that_no_longer_fits_is_reported(new: str) -> None:
    """Whether the new word is one that the tool does not know, or one that it does."""
    written = profile_of(page("Ref", "Action", "Lead directorate", "When"), "plan.html", Settings())
    (issue,) = unfit(parse_profile(written, "wold.toml"), "Ref", "Action", new, "When")
    assert issue.message == f"The profile's column 'Lead directorate' is gone, '{new}' is new."
    assert issue.severity == "warning"


def test_of_several_words_for_one_field_one_is_enough() -> None:
    profile = Profile(header_words={"lead_officers": ("Driver", "Lead directorate")})
    assert unfit(profile, "Ref", "Action", "Lead directorate", "When") == []


FORMS = ("html", "tabs", "blanks", "cells", "md", "pdf")


def in_form(form: str) -> tuple[bytes, str]:
    """A plan of three rows in one form, and a file name for it."""
    heading, header = "Cornerstone 2 - Homes", ("Ref", "Action", "Driver", "Ready")
    rows = (
        ("1", "Mend all the boilers of the hall (Paid for by the county)", "Town Reeve", "Q1"),
        ("2", "Fit all the windows of the school", "Port Reeve", "Q2"),
        ("3", "Paint the doors of every school in the town", "Town Reeve", "Q3"),
    )
    if form == "html":
        return page(*header), "plan.html"
    if form == "pdf":
        grouped = ((heading, "", "", ""), *rows)
        return table_pdf(grouped, header=header, widths=(160, 340, 180, 80), heading="Delivery Plan"), "plan.pdf"
    table = [header, *rows]
    if form == "md":
        text = "\n".join(f"| {' | '.join(row)} |" for row in [header, ("---",) * 4, *rows])
        return f"# Delivery Plan\n\n## {heading}\n\n{text}\n".encode(), "plan.md"
    parter, end = {"tabs": ("\t", "\n"), "blanks": (" ", "\n"), "cells": ("\n\n", "\n\n")}[form]
    return f"{heading}\n\n{end.join(parter.join(row) for row in table)}\n".encode(), "plan.txt"


@pytest.mark.parametrize("form", FORMS)
def test_every_setting_counts_in_every_form(form: str) -> None:
    data, name = in_form(form)
    plan = read_plan(data, name, Settings(profile=parse_profile(WHOLE, "wold.toml")))
    assert plan.publisher is not None
    assert (plan.publisher.name, plan.publisher.id) == ("Wold Council", "GB-LAE-WOL")
    assert [(group.kind, group.number, group.title) for group in plan.groups] == [("cornerstone", "2", "Homes")]
    first = plan.activities[0]
    assert (first.lead_officers, first.notes) == (("Town Reeve",), ("Paid for by the county",))
    assert first.timescale is not None
    assert (str(first.timescale.start), str(first.timescale.end)) == ("2025-01-01", "2025-03-31")
    known = {name: first.provenance[name].known for name in ("lead_officers", "timescale", "notes", "activity")}
    assert known == {"lead_officers": "profile", "timescale": "profile", "notes": "profile", "activity": "printed"}


@pytest.mark.parametrize("form", FORMS)
def test_role_words_tell_a_column_of_owners_in_every_form(form: str) -> None:
    data, name = in_form(form)
    ready = Profile(header_words={"timescale": ("Ready",)}, group_words=("Cornerstone",))
    profiles = (replace(ready, role_words=("Reeve",)), ready)
    plan, without = (read_plan(data, name, Settings(profile=profile)) for profile in profiles)
    assert plan.activities[0].lead_officers == ("Town Reeve",)
    assert without.activities[0].lead_officers == ()
    assert "column-inferred" in [issue.code for issue in plan.issues]


def test_the_nearest_settings_file_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.extractor.publisher]\nname = "Far"\n', encoding="utf-8")
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    found = nearest_profile(inner)
    assert found is not None
    assert found.publisher_name == "Far"
    (inner / "extractor.toml").write_text('[tool.extractor.publisher]\nname = "Near"\n', encoding="utf-8")
    found = nearest_profile(inner)
    assert found is not None
    assert found.publisher_name == "Near"
    assert read_profile(inner / "extractor.toml") == found


def test_the_command_writes_a_profile_that_extract_takes(tmp_path: Path) -> None:
    source, profile = tmp_path / "plan.html", tmp_path / "wold.toml"
    source.write_bytes(page("Ref", "Action", "Chief Driver", "When"))
    assert extractor("profile", str(source), "-o", str(profile)).status == 0
    text = profile.read_text(encoding="utf-8")
    assert '"Chief Driver"' in text
    text = text.replace('extra = ["Chief Driver"]', 'lead_officers = ["Chief Driver"]').replace(
        "# lead_officers = []", ""
    )
    profile.write_text(text, encoding="utf-8")
    done = extractor("extract", str(source), "--profile", str(profile), "-f", "json")
    assert done.status == 0
    assert "Town Reeve" in done.text
    profile.write_text("[headers]\nofficer = []\n", encoding="utf-8")
    refused = extractor("extract", str(source), "--profile", str(profile))
    assert refused.status == 2
    assert "headers.officer" in refused.err


def test_a_document_that_nobody_knows_gives_a_profile_to_fill_in(tmp_path: Path) -> None:
    rows = (
        ("Strand", "Undertaking", "Ready", "Agent"),
        ("Bridges", "Mend the bridge at Low Ford", "Sep 2025", "A Smith"),
        ("Paths", "Gravel the path", "Nov 2025", "B Jones"),
    )
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    (tmp_path / "plan.html").write_text(f"<h1>Works 2025</h1><table>{body}</table>", encoding="utf-8")
    assert extractor("extract", tmp_path / "plan.html").status == 2
    run = extractor("profile", tmp_path / "plan.html")
    assert run.status == 0
    text = run.out.decode()
    assert 'extra = ["Strand", "Undertaking", "Ready", "Agent"]' in text
    filled = text.replace('extra = ["Strand", "Undertaking", "Ready", "Agent"]', 'group = ["Strand"]')
    for meaning, word in (("activity", "Undertaking"), ("timescale", "Ready"), ("lead_officers", "Agent")):
        filled = filled.replace(f"# {meaning} = []", f'{meaning} = ["{word}"]')
    filled = filled.replace("# group = []\n", "")
    (tmp_path / "works.toml").write_text(filled, encoding="utf-8")
    made = extractor("extract", tmp_path / "plan.html", "--profile", tmp_path / "works.toml", "-f", "json")
    assert [a["lead_officers"] for a in json.loads(made.out)["activities"]] == [["A Smith"], ["B Jones"]]
