"""A publisher's particulars, and what the caller asks of one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person can tell the tool about one publisher's plans. Everything is optional."""

    publisher_name: str | None = None
    publisher_id: str | None = None
    year_starts_in: int = 4
    """First month of the financial year, 1 to 12."""
    period: str | None = None
    """The plan's period where the document does not say it: "2024/25"."""
    header_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per meaning (`lead_officers`, ...), the header words that mean it here."""
    role_words: tuple[str, ...] = ()
    group_words: tuple[str, ...] = ()
    note_phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller asks of one run."""

    profile: Profile = field(default_factory=Profile)
    max_bytes: int = 50_000_000
    max_pages: int = 5_000
    max_seconds: float = 300.0
    pages: tuple[int, ...] = ()
    """Pages of a PDF to read, from 1; empty: all."""
    password: str | None = None
    ocr: bool = False
    encoding: str | None = None
    """Character encoding, where the caller knows better than the document."""
    media_type: str | None = None
    """`text/html` and so on, where the caller knows better than the bytes."""
    roles_only: bool = False
    period: str | None = None
    """The plan's period, where the caller knows better than the document: "2024/25"."""
    expect: tuple[tuple[str | None, int], ...] = ()
    """How many activities there must be: in the group that the words name, or (None) in all."""
    require_coverage: bool = False
    """Words of the source that are in no record are an error."""
