"""Input and output that cannot be used: a message of its own, exit 2, and no output file; through the real command."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from commands import SAMPLE, Run, extractor, names

_AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def _refused(run: Run, *words: str) -> None:
    assert run.status == 2, run.err
    assert run.out == b""
    lines = run.err.splitlines()
    assert lines[0].startswith("error: ")
    assert any(line.startswith(" help: ") for line in lines), "a refusal says what to do next"
    assert "Traceback" not in run.err
    for word in words:
        assert word in run.err


def _extract(source: Path, tmp_path: Path, *more: str) -> Run:
    """Extract to a file; that file must not be there afterwards unless it was before."""
    target = tmp_path / "output.json"
    run = extractor("extract", source, "-o", target, *more)
    assert target.exists() == (run.status < 2)
    return run


def test_missing_file(tmp_path: Path) -> None:
    _refused(_extract(tmp_path / "nowhere.txt", tmp_path), "nowhere.txt does not exist")


def test_directory_without_plans(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _refused(extractor("extract", tmp_path / "empty", "-o", tmp_path / "out"), "holds no plan")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear all,\n\nwe met on Monday.\n", encoding="utf-8")
    _refused(extractor("extract", tmp_path / "letters", "-q", "-o", tmp_path / "out"), "letters holds no plan")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"\n", b" \t\r\n\n", b"\xef\xbb\xbf", "\u00a0\n".encode()])
def test_empty_file(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "empty.txt"
    source.write_bytes(content)
    _refused(_extract(source, tmp_path), "empty")


def test_empty_standard_input() -> None:
    _refused(extractor("extract", "-"), "empty")


@pytest.mark.parametrize("name", ["junk.txt", "junk.html", "junk.pdf", "junk"])
def test_binary_junk(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(random.Random(7).randbytes(20_000))
    _refused(_extract(source, tmp_path), name)


def test_a_picture_named_as_text(tmp_path: Path) -> None:
    source = tmp_path / "scan.txt"
    source.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20)
    _refused(_extract(source, tmp_path), "scan.txt")


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", {"utf-8"}),
        ("utf-8-sig", {"utf-8", "utf-8-sig"}),
        ("utf-16", {"utf-16", "utf-16-le"}),
        ("utf-16-le", {"utf-16", "utf-16-le"}),
        ("utf-16-be", {"utf-16", "utf-16-be"}),
        ("cp1252", {"cp1252", "windows-1252"}),
    ],
)
def test_encodings_are_detected_and_named(codec: str, named: set[str], tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    source = tmp_path / "plan.txt"
    source.write_bytes(text.encode(codec))
    run = _extract(source, tmp_path)
    assert run.status == 0, run.err
    plan = json.loads((tmp_path / "output.json").read_text(encoding="utf-8"))
    assert plan["source"]["encoding"].lower() in named
    reference = json.loads(extractor("extract", SAMPLE).out)
    assert plan["activities"] == reference["activities"]


def test_latin1_is_read_and_named(tmp_path: Path) -> None:
    # A byte that Windows-1252 has no letter for, in a text whose quotes are straight.
    text = SAMPLE.read_text(encoding="utf-8")
    plain = text.replace("’", "'").replace("‘", "'").replace("•", "-").replace("café", "café \u0081")
    source = tmp_path / "plan.txt"
    source.write_bytes(plain.encode("latin-1"))
    assert _extract(source, tmp_path).status == 0
    plan = json.loads((tmp_path / "output.json").read_text(encoding="utf-8"))
    assert plan["source"]["encoding"].lower() in {"latin-1", "iso-8859-1"}
    assert any("café" in activity["activity"] for activity in plan["activities"])


def test_an_encoding_that_does_not_exist(tmp_path: Path) -> None:
    _refused(_extract(SAMPLE, tmp_path, "--encoding", "klingon"), "klingon")


def test_a_period_without_a_year(tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, "--period", "soon", "-o", tmp_path / "plan.json")
    assert run.status == 2
    assert "'soon' names no year" in run.err


def test_a_text_that_holds_no_plan(tmp_path: Path) -> None:
    source = tmp_path / "minutes.txt"
    source.write_text(
        "Minutes of the meeting\n\nThe committee met on Monday. Apologies were received.\n\n"
        "The chair thanked everybody for coming, and closed the meeting.\n",
        encoding="utf-8",
    )
    _refused(_extract(source, tmp_path), "minutes.txt", "no rows of a plan")


def test_100_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    source = tmp_path / "huge.txt"
    with source.open("wb") as stream:
        stream.truncate(100_000_000)
    _refused(_extract(source, tmp_path), "huge.txt", "--max-bytes")


def test_a_source_without_end_is_read_to_the_limit_only(tmp_path: Path) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no /dev/zero on this system")
    _refused(_extract(Path("/dev/zero"), tmp_path, "--max-bytes", "1000000"), "limit")


def test_a_stream_is_read_to_the_limit_only() -> None:
    run = extractor("extract", "-", "--max-bytes", "1000", stdin=SAMPLE.read_bytes())
    _refused(run, "limit")


def test_unwritable_output(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    _refused(extractor("extract", SAMPLE, "-o", blocked / "plan.json"), "cannot be written")
    assert blocked.read_text(encoding="utf-8") == "in the way"
    _refused(extractor("extract", SAMPLE, "-o", "/proc/plan.json"), "cannot be written")


def test_output_where_a_directory_stands(tmp_path: Path) -> None:
    run = extractor("extract", SAMPLE, "-o", tmp_path)
    assert run.status == 0, "a directory takes the output under the source's name"
    assert names(tmp_path) == ["year-ahead-2023.json"]


def test_a_full_disk_leaves_nothing_half_written() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this system")
    _refused(extractor("extract", SAMPLE, "-o", "/dev/full", "-f", "json"), "cannot be written", "space")


def test_existing_output_is_untouched_by_a_failure(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("precious", encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    for source in (tmp_path / "nowhere.txt", empty):
        assert extractor("extract", source, "-o", target).status == 2
        assert target.read_text(encoding="utf-8") == "precious"
    assert extractor("extract", SAMPLE, empty, "-o", tmp_path / "out").status == 2
    assert not (tmp_path / "out").exists(), "one bad source, and none is written"


def test_all_outputs_are_written_or_none(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(SAMPLE.read_bytes())
    out = tmp_path / "out"
    (out / "b.json").mkdir(parents=True)
    run = extractor("extract", tmp_path / "a.txt", tmp_path / "b.txt", "-o", out)
    _refused(run, "is a directory")
    assert names(out) == ["b.json"]


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    # Root may read everything, unless it gives that right away.
    through = _AS_ANYBODY if os.geteuid() == 0 else []
    if through and shutil.which(through[0]) is None:
        pytest.skip("root may read everything, and there is no setpriv (util-linux)")
    source = tmp_path / "secret.txt"
    source.write_bytes(SAMPLE.read_bytes())
    source.chmod(0)
    target = tmp_path / "output.json"
    _refused(extractor("extract", source, "-o", target, through=through), "cannot be read")
    assert not target.exists()
