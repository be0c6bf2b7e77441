"""Databases for tests: a SQLite file, and a PostgreSQL server of our own in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_USER = "extractor"
_ACCOUNT = "postgres"
"""The account under which root runs the server, which refuses to run as root."""


def _programs() -> Path | None:
    """The directory of PostgreSQL's programs, of the newest version; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _unprivileged(folder: Path) -> list[str]:
    """The words before a command that let it run under an account that is not root; the folder is made its own."""
    if os.geteuid() != 0:
        return []
    account = None
    with suppress(KeyError):
        account = pwd.getpwnam(_ACCOUNT)
    runuser = shutil.which("runuser")
    if account is None or runuser is None:
        pytest.skip(f"PostgreSQL does not run as root, and there is no account “{_ACCOUNT}” or no runuser")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return [runuser, "-u", _ACCOUNT, "--"]


def _run(command: list[str], folder: Path) -> None:
    # The server keeps what it inherits: it is given no pipe, for nobody would ever see its end.
    with (folder / "commands.log").open("ab") as log:
        subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=120)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a server that is ours alone, without its database's name. Skips where there is no PostgreSQL."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="extractor-postgresql-"))
    account = _unprivileged(folder)
    data, port = folder / "data", _free_port()
    try:
        initdb = ["initdb", "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _run([*account, str(programs / initdb[0]), *initdb[1:]], folder)
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c lc_messages=C"
        control = [*account, str(programs / "pg_ctl"), "-D", str(data), "-l", str(data / "log")]
        _run([*control, "-w", "-o", options, "start"], folder)
        try:
            yield f"postgresql+psycopg://{_USER}@127.0.0.1:{port}"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder)
