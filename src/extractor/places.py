"""Where sources stand that are no local files: addresses such as `s3://bucket/plans/a.pdf`, as fsspec knows them.

1. An address is told by its form alone, and nothing is loaded or asked for before it must be.
2. A chain such as `zip://plans/a.html::s3://bucket/plans.zip` is one address; the path in it is what stands first.
3. What goes wrong there is the world's: a refusal, whatever class of exception the back end has for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from extractor.errors import PartMissing, SourceMissing

_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs"}
"""The extra of this package that brings the back end of a scheme along, where it is not `remote`."""
_TALKERS = ("gcsfs",)
"""Loggers of back ends that tell of every request what they fall back to; whoever sets up logging still hears them."""
_MAGIC = re.compile(r"[*?\[]")


def is_remote(name: str) -> bool:
    """True for an address, false for a path.

    >>> is_remote("s3://bucket/plan.pdf"), is_remote("plans/plan.pdf"), is_remote("C:/plan.pdf")
    (True, False, False)
    """
    return _ADDRESS.match(name) is not None


def _parts(address: str) -> tuple[str, str, str]:
    """Scheme, path and the rest of a chain.

    >>> _parts("zip://plans/a.html::file:///tmp/plans.zip")
    ('zip', 'plans/a.html', '::file:///tmp/plans.zip')
    """
    head, link, chain = address.partition("::")
    scheme, _, path = head.partition("://")
    return scheme.lower(), path, link + chain


def name_in(address: str) -> str:
    """The file name in an address.

    >>> name_in("zip://plans/a.html::file:///tmp/plans.zip"), name_in("https://example.org/plan.html?page=2")
    ('a.html', 'plan.html')
    """
    scheme, path, _ = _parts(address)
    if scheme in ("http", "https"):
        path = re.split(r"[?#]", path, maxsplit=1)[0]
    return PurePosixPath(path).name or scheme


def as_path(address: str) -> str:
    """An absolute path that no other address has, to tell addresses apart by their directories.

    >>> as_path("zip://plans/a.html::file:///tmp/plans.zip")
    '/file/tmp/plans.zip/zip/plans/a.html'
    """
    links = reversed(address.split("::"))
    return "/" + "/".join(part.strip("/") for link in links for part in link.split("://"))


def beside(address: str, path: str) -> str:
    """The address of what stands at a path that starts where the address's file stands.

    >>> beside("s3://bucket/plans/list.csv", "2024/a.pdf")
    's3://bucket/plans/2024/a.pdf'
    """
    scheme, own, chain = _parts(address)
    parent = own.rpartition("/")[0]
    return f"{scheme}://{parent}{'/' * bool(parent)}{path}{chain}"


def has_pattern(address: str) -> bool:
    """True where the path is a glob pattern; "?" in a web address begins a query."""
    scheme, path, _ = _parts(address)
    return scheme not in ("http", "https") and _MAGIC.search(path) is not None


def matching(pattern: str) -> list[str]:
    """The addresses of the files that a glob pattern matches, sorted."""
    scheme, path, chain = _parts(pattern)
    parts = path.split("/")
    fixed = next(index for index, part in enumerate(parts) if _MAGIC.search(part))
    start = _place(f"{scheme}://{'/'.join(parts[:fixed])}{chain}")
    with _refusals(pattern):
        return sorted(str(found) for found in start.glob("/".join(parts[fixed:])) if found.is_file())


def within(address: str, suffixes: frozenset[str]) -> list[tuple[str, PurePosixPath]] | None:
    """The files with these endings in a directory and below, without what is hidden: address, and path in it.

    Sorted; None where the address is no directory.
    """
    start = _place(address)
    with _refusals(address):
        if not start.is_dir():
            return None
        root = PurePosixPath(start.path)
        found = [(str(one), PurePosixPath(one.path).relative_to(root)) for one in start.rglob("*") if one.is_file()]
    return sorted(
        (one, path)
        for one, path in found
        if path.suffix.lower() in suffixes and not any(part.startswith(".") for part in path.parts)
    )


def read_at_most(address: str, limit: int) -> bytes:
    """The first so many bytes of what stands at an address. Raises `SourceMissing` where it cannot be read."""
    place = _place(address)
    data = bytearray()
    with _refusals(address), place.open("rb") as stream:
        # A back end may give less at once than was asked for.
        while len(data) < limit and (chunk := stream.read(limit - len(data))):
            data += chunk
    return bytes(data)


def _place(address: str) -> Any:
    """The address as a path object of universal-pathlib."""
    try:
        from upath import UPath
    except ImportError as missing:
        raise PartMissing.of("remote", "universal-pathlib", address) from missing
    import logging  # loaded by the back ends anyway, and by nothing else

    for name in _TALKERS:
        if not logging.getLogger(name).handlers:
            logging.getLogger(name).addHandler(logging.NullHandler())
    scheme, path, chain = _parts(address)
    if scheme == "zip" and not chain:
        if not Path(path).is_file():
            raise SourceMissing(f"{path} does not exist", "Name the archive: zip://2024/plan.html::plans.zip.")
        address = f"zip://::{path}"  # the archive alone: all that is in it
    try:
        return UPath(address)
    except ImportError as missing:
        extra = _EXTRAS.get(scheme)
        if extra is None:
            raise SourceMissing(f"{address} cannot be read: {missing}", "Install what the message names.") from missing
        raise PartMissing.of(extra, missing.name or scheme, f"{scheme}://") from missing
    except ValueError as problem:
        raise SourceMissing(
            f"{address} cannot be read: {problem}", "See the addresses that fsspec knows: s3://, gs://, zip://..."
        ) from problem


@contextmanager
def _refusals(address: str) -> Iterator[None]:
    """Turns what a back end raises into a refusal: the classes of botocore, aiohttp, zipfile... have none in common."""
    try:
        yield
    except FileNotFoundError:
        raise SourceMissing(f"{address} does not exist") from None
    except ImportError as missing:
        extra = _EXTRAS.get(_parts(address)[0], "remote")
        raise PartMissing.of(extra, missing.name or "its back end", address) from missing
    except IsADirectoryError:
        raise SourceMissing(f"{address} is a directory", "Name the file in it.") from None
    except Exception as problem:
        words = " ".join(str(problem).split()) or type(problem).__name__
        raise SourceMissing(f"{address} cannot be read: {words}") from problem
