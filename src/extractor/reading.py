"""The first half of a document's road: read, recognise.

It knows no records: a process that does this and no more starts without the models, while another loads them.
"""

from __future__ import annotations

from dataclasses import replace

from extractor.memory import collection_paused
from extractor.profile import Profile, Settings
from extractor.read import read
from extractor.recognise import recognise
from extractor.recognise.claims import added_up
from extractor.rows import PlanRows


def read_rows(data: bytes, name: str, settings: Settings) -> PlanRows:
    """The rows of the plan that a document holds; of the document itself all but the blocks."""
    with collection_paused():
        rows = recognise(read(data, name, settings), settings.profile)
        # The blocks have become rows: a long document's would take their room beside the records.
        told = replace(rows.document, blocks=())
        read_as = replace(rows, document=told, claims=added_up(rows.claims))
        return _held_against(settings.profile, read_as) if settings.profile.header_words else read_as


def _held_against(profile: Profile, rows: PlanRows) -> PlanRows:
    """The rows, with what the profile says of columns that the document has not."""
    from extractor.profiles import unfit  # reads TOML, and most documents are read without a profile

    return replace(rows, doubts=(*rows.doubts, *unfit(profile, rows)))
