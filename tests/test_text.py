"""Folding and words: what texts of ASCII take a shorter way to."""

from __future__ import annotations

import pytest

from extractor.text import fold, words

_EVERY = "".join(map(chr, range(128)))


@pytest.mark.parametrize(
    "text", [_EVERY, "".join(f"a{mark}" for mark in _EVERY), "snake_case 3.5 a) co-design", "", " "]
)
def test_words_of_ascii_are_those_of_any_text(text: str) -> None:
    """A letter beyond ASCII makes the whole text take the long way."""
    assert [*words(text), "é"] == words(f"{text} é")


@pytest.mark.parametrize("mark", _EVERY)
def test_ascii_is_folded_as_any_text_is(mark: str) -> None:
    text = f" one {mark}two{mark}{mark} three{mark} "
    assert f"{fold(text)} é" == fold(f"{text} é")
    assert fold(mark) == " ".join(mark.split())
