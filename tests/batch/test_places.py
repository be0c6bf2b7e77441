"""Sources that are no local files: addresses of fsspec."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import boto3
import fsspec
import pytest
from moto.server import ThreadedMotoServer

from batches import contents, manifest, page
from commands import extractor
from extractor.api import load, read_source
from extractor.cli.commands import cli
from extractor.errors import PartMissing, SourceMissing, SourceTooLarge


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with three plans in directories, a hidden file and a list."""
    path = tmp_path / "plans.zip"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("2023/one.html", page(1))
        written.writestr("2024/one.html", page(2))
        written.writestr("2024/two.html", page(3))
        written.writestr("2024/.hidden.html", page(4))
        written.writestr("2024/list.csv", "name,year\none.html,2031/32\n")
    return path


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("zip://::{}", ["2023/one", "2024/one", "2024/two"]),
        ("zip://{}", ["2023/one", "2024/one", "2024/two"]),
        ("zip://2024::{}", ["one", "two"]),
        ("zip://2024/two.html::{}", ["two"]),
        ("zip://*/one.html::{}", ["2023/one.html", "2024/one.html"]),
        ("zip://2024/list.csv::{}", ["one"]),
    ],
)
def test_plans_in_an_archive(tmp_path: Path, archive: Path, address: str, expected: list[str]) -> None:
    run = extractor("batch", address.format(archive), "--out", tmp_path / "out", "--jobs", "2")
    assert run.status == 0, run.err
    entries = manifest(tmp_path / "out")
    assert sorted(entries) == expected
    plan = load(tmp_path / "out" / f"{expected[-1]}.json")
    assert plan.source.name.endswith(".html")
    assert "/" not in plan.source.name
    if address.startswith("zip://2024/list"):
        assert entries["one"]["settings"]["period"] == "2031/32"


def test_addresses_come_on_standard_input(tmp_path: Path, archive: Path) -> None:
    listed = f"zip://2024/one.html::{archive}\nzip://2024/missing.html::{archive}\n".encode()
    run = extractor("batch", "-", "--out", tmp_path / "out", stdin=listed)
    assert run.status == 1
    entries = manifest(tmp_path / "out")
    assert entries["one"]["status"] == "success"
    assert entries["missing"]["cause"] == "source-missing"


def test_other_commands_take_addresses_too(archive: Path) -> None:
    run = extractor("extract", f"zip://2024/two.html::{archive}", "-f", "csv")
    assert run.status == 0, run.err
    assert "3.1" in run.text


def test_what_is_no_archive_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "plans.zip").write_bytes(b"no archive")
    run = extractor("batch", f"zip://one.html::{tmp_path / 'plans.zip'}", "--out", tmp_path / "out")
    assert run.status == 1
    assert "Traceback" not in run.err
    assert "cannot be read" in run.err


def test_an_archive_that_is_not_there_is_missing(tmp_path: Path) -> None:
    run = extractor("batch", f"zip://{tmp_path}/none.zip", "--out", tmp_path / "out")
    assert run.status == 1
    assert f"{tmp_path}/none.zip does not exist" in run.err


def test_plans_in_memory(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/councils/2024/plan.html": page(1), "/councils/2025/plan.html": page(2)})
    try:
        # Another process would have another memory: all is done in this one.
        status = cli.main(
            ["batch", "memory://councils", "--out", str(tmp_path / "out"), "--jobs", "1", "-q"], standalone_mode=False
        )
        assert status == 0
        assert sorted(manifest(tmp_path / "out")) == ["2024/plan", "2025/plan"]
        assert read_source("memory://councils/2024/plan.html") == page(1)
        with pytest.raises(SourceTooLarge):
            read_source("memory://councils/2024/plan.html", 100)
        with pytest.raises(SourceMissing):
            read_source("memory://councils/2026/plan.html")
    finally:
        memory.rm("/councils", recursive=True)


def test_a_scheme_that_nobody_knows_is_refused() -> None:
    with pytest.raises((SourceMissing, PartMissing), match="nowhere"):
        read_source("nowhere://plan.html")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bucket `councils` with two plans, on a server of this machine that speaks S3."""
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    store = boto3.client("s3")
    store.create_bucket(Bucket="councils")
    for number, key in enumerate(["2023/plan.html", "2024/plan.html"], 1):
        store.put_object(Bucket="councils", Key=key, Body=page(number))
    store.put_object(Bucket="councils", Key="lists/all.csv", Body=b"name,path\nlast,s3://councils/2024/plan.html\n")
    yield
    server.stop()


@pytest.mark.usefixtures("bucket")
def test_plans_in_a_bucket(tmp_path: Path) -> None:
    # botocore warns of itself; what is ours to warn about is tested elsewhere.
    quiet = {"PYTHONWARNINGS": "ignore"}
    for name, address in {"tree": "s3://councils", "glob": "s3://councils/*/plan.html"}.items():
        run = extractor("batch", address, "--out", tmp_path / name, "--jobs", "2", timeout=120, **quiet)
        assert run.status == 0, run.err
    assert sorted(manifest(tmp_path / "tree")) == ["2023/plan", "2024/plan"]
    assert manifest(tmp_path / "glob").keys() == {"2023/plan.html", "2024/plan.html"}
    again = extractor("batch", "s3://councils", "--out", tmp_path / "tree", timeout=120, **quiet)
    assert again.err.endswith("; 2 of them done before\n")
    listed = extractor("batch", "s3://councils/lists/all.csv", "--out", tmp_path / "list", timeout=120, **quiet)
    assert listed.status == 0, listed.err
    assert sorted(contents(tmp_path / "list")) == [
        ".batch/lock",
        ".batch/rows/last.csv",
        "activities.csv",
        "last.json",
        "manifest.jsonl",
    ]
    missing = extractor("batch", "s3://councils/none.html", "s3://no-such/x.html", "--out", tmp_path / "m", **quiet)
    assert missing.status == 1
    assert "Traceback" not in missing.err
    assert {entry["cause"] for entry in manifest(tmp_path / "m").values()} == {"source-missing"}


@pytest.fixture
def google_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same bucket on a server of this machine that speaks Google's protocol."""
    from gcp_storage_emulator.server import RequestHandler
    from gcp_storage_emulator.storage import Storage

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(RequestHandler, Storage(use_memory_fs=True)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"

    def post(path: str, body: bytes, kind: str) -> None:
        with urlopen(Request(address + path, body, {"Content-Type": kind})) as answer:
            assert answer.status == 200

    try:
        post("/storage/v1/b?project=none", json.dumps({"name": "councils"}).encode(), "application/json")
        for name, data in {
            "2023/plan.html": page(1),
            "2024/plan.html": page(2),
            "lists/all.csv": b"name,path\nlast,gs://councils/2024/plan.html\n",
        }.items():
            post(f"/upload/storage/v1/b/councils/o?uploadType=media&name={name}", data, "application/octet-stream")
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.usefixtures("google_bucket")
def test_plans_in_a_bucket_of_google(tmp_path: Path) -> None:
    for name, address in {"tree": "gs://councils", "glob": "gs://councils/*/plan.html"}.items():
        run = extractor("batch", address, "--out", tmp_path / name, "--jobs", "2", timeout=120)
        # Nothing but the summary: what the back end says to itself is for no reader of `--log-json`.
        assert (run.status, run.err) == (0, "2 documents: 2 success\n")
    assert sorted(manifest(tmp_path / "tree")) == ["2023/plan", "2024/plan"]
    assert manifest(tmp_path / "glob").keys() == {"2023/plan.html", "2024/plan.html"}
    assert load(tmp_path / "tree" / "2024" / "plan.json").activities[0].ref == "2.1"
    again = extractor("batch", "gs://councils", "--out", tmp_path / "tree", timeout=120)
    assert again.err.endswith("; 2 of them done before\n")
    listed = extractor("batch", "gs://councils/lists/all.csv", "--out", tmp_path / "list", timeout=120)
    assert listed.status == 0, listed.err
    assert sorted(manifest(tmp_path / "list")) == ["last"]
    one = extractor("extract", "gs://councils/2024/plan.html", "-f", "json", timeout=120)
    assert one.out == (tmp_path / "tree" / "2024" / "plan.json").read_bytes()
    missing = extractor("batch", "gs://councils/none.html", "gs://no-such/x.html", "--out", tmp_path / "m", timeout=120)
    assert missing.status == 1
    assert len(missing.err.splitlines()) == 3
    assert {entry["cause"] for entry in manifest(tmp_path / "m").values()} == {"source-missing"}
