"""Accuracy is a ratchet: no change lowers a figure of the corpus until its pin is moved by hand."""

from __future__ import annotations

import json

import pytest

from accuracy.corpus import CORPUS, PINS, digest, forms, measure

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/corpus is not beside the project")

PINNED = json.loads(PINS.read_text("utf-8"))


def test_the_pins_are_of_this_corpus() -> None:
    assert PINNED["digest"] == digest(), "the corpus has changed: measure anew, look at each figure, move the pins"
    assert sorted(PINNED["forms"]) == forms()


@pytest.mark.parametrize("form", sorted(PINNED["forms"]))
def test_no_figure_is_worse_than_its_pin(form: str) -> None:
    pinned, now = PINNED["forms"][form], measure(form)
    assert now["exact"] >= pinned["exact"]
    assert now["silent"] <= pinned["silent"]
    assert now["predicted"] - now["exact"] <= pinned["predicted"] - pinned["exact"]
    assert now["unread"] <= pinned["unread"]
    assert now["plans"] >= pinned["plans"]
    assert now["alarms"] / now["right"] <= pinned["alarms"] / pinned["right"] + 0.002
