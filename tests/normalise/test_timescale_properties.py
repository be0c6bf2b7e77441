"""What holds for every text, whatever it says: parsing never fails, spans lie within, time is linear."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.normalise.people import split_people
from extractor.normalise.periods import read_period, read_quarters
from extractor.normalise.references import Place, infer, read_reference, sort_key
from extractor.normalise.timescales import read_timescale
from extractor.records import Period
from extractor.vocabulary.times import find_timescales, is_timescale

YEAR = Period(label="2024/25", start=dt.date(2024, 4, 1), end=dt.date(2025, 3, 31))
PIECES = [
    "Quarter 1",
    "Q2-3",
    "2024/25",
    "2025",
    "March",
    "May 2024",
    "31 March 2025",
    "By",
    "by the end of",
    "from",
    "to",
    "-",
    "and",
    ",",
    ";",
    "(",
    ")",
    "Ongoing",
    "Annually",
    "TBC",
    "onwards",
    "Spring",
    "early",
    "w/c",
    "99/99/9999",
    "31/02/2024",
    "1-5 July",
    "within 6 months",
    "½",
    "Ⅳ",
    "٣",
    "İ",
    "\n",
    "H1",
    "FY24",
    "0",
    "first week in",
    "every August",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join))


@given(texts)
def test_a_timescale_is_read_whatever_it_says(text: str) -> None:
    for period in (YEAR, None):
        timescale, doubts = read_timescale(text, period)
        if timescale.start and timescale.end:
            assert timescale.start <= timescale.end
        assert all(doubt.field == "timescale" for doubt in doubts)
        nothing = not (timescale.start or timescale.end or timescale.ongoing or timescale.recurrence)
        assert not nothing or timescale.basis == "unresolved"


@given(texts)
def test_spans_lie_within_the_text_in_order(text: str) -> None:
    end = 0
    for span in find_timescales(text):
        assert end <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        end = span.end
    is_timescale(text)
    read_period(text)
    read_quarters([text])


def test_a_year_before_a_date_has_not_its_day_for_a_number() -> None:
    for date in ("28/01/2028", "28 September 2028"):
        text = f"to reach 90 people in the first year {date}"
        assert [text[span.start : span.end] for span in find_timescales(text)] == [date]


@given(
    st.one_of(
        st.text(max_size=20), st.from_regex(r"\(?[A-Z]{0,3}[ -]?\d{1,3}(\.\d{1,2}){0,3}[a-d]?\)?\.?", fullmatch=True)
    )
)
def test_a_canonical_ref_is_stable(text: str) -> None:
    reference = read_reference(text)
    if reference is None or reference.partial:
        return
    again = read_reference(reference.canonical)
    assert again is not None
    assert (again.canonical, again.parent) == (reference.canonical, reference.parent)
    sort_key(reference.canonical)


@given(
    st.lists(st.one_of(st.none(), st.sampled_from(["1", "2", "3.1", "3.2a", "3.2b", "P7", "P09", "a)"])), max_size=8)
)
def test_inference_keeps_what_is_published(refs: list[str | None]) -> None:
    places = [Place(read_reference(ref) if ref else None) for ref in refs]
    out = infer(places)
    assert len(out) == len(places)
    for place, reference in zip(places, out, strict=True):
        assert place.reference is None or place.reference == reference


@given(st.lists(st.text(max_size=40), max_size=5))
def test_no_person_is_empty(lines: list[str]) -> None:
    assert all(person.strip() == person and person for person in split_people(lines))


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "may ", "q1-", "2024-", "(", "quarter 1, 2, ", "may ((", "1/2", "by the end of "]
)
def test_finding_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        began = time.process_time()
        find_timescales(text)
        return time.process_time() - began

    # Another process may get in the way of one measurement, and hardly of three.
    assert any(seconds(1_000_000) < 20 * max(seconds(100_000), 0.05) for _ in range(3))
