"""Headers in words of which many are not known, told by the rows below them, which begin with refs and hold dates.

Nothing but blanks parts the cells, so that no position tells the columns: what begins with a capital is one, and the
rows say which reading of the words tells them best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.recognise.columns import is_ref
from extractor.recognise.flattened.bodies import Header, Reading, is_group_line
from extractor.recognise.flattened.refs import find_row_starts
from extractor.recognise.flattened.stream import TextLine, style_of
from extractor.rows import PEOPLE
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import HeaderWord, split_header
from extractor.vocabulary.times import find_timescales

_FEWEST_WORDS, _MOST_WORDS = 4, 30
_FEWEST_ROWS = 4
_MOST_BETWEEN = 3  # lines, between a header and the first ref below it
_DATED = 0.6  # of the rows
_MOST_UNKNOWN = 0.5  # of the columns


def headers_told_by_rows(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> list[Header]:
    """The headers of a text in which no words alone tell one: the line that names the refs and who or when, over rows
    that begin with refs and mostly hold dates, and the lines that say the same."""
    starts = [start.first_index for start in find_row_starts(lines, "")]
    if len(starts) < _FEWEST_ROWS:
        return []
    ends = [*starts[1:], len(lines)]
    texts = [" ".join(line.text for line in lines[a:b]) for a, b in zip(starts, ends, strict=True)]
    dated = sum(any(span.strength == "strong" for span in find_timescales(text)) for text in texts)
    if dated < _DATED * len(texts):
        return []
    first = starts[0]
    for index in range(first - 1, max(-1, first - 1 - _MOST_BETWEEN), -1):
        columns = _columns_of(lines[index], known)
        if columns:
            same = [at for at, line in enumerate(lines) if key(line.text) == key(lines[index].text)]
            others = tuple(Reading(other, "") for other in _dated_readings(columns))
            return [Header(at, at, columns, style_of(lines[at : at + 1]), True, others=others) for at in same]
    return []


def _columns_of(line: TextLine, known: Mapping[str, Meaning]) -> tuple[HeaderWord, ...]:
    """The columns of a line that names the refs before all others, and who or when; empty for any other."""
    words = line.text.split()
    plain = not (line.item or line.heading_level or is_group_line(line) or {"\t", "|"} & set(line.raw.strip()))
    if not plain or not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or line.text[-1] in ".,;:" or is_ref(line.text):
        return ()
    columns = tuple(split_header(line.text, known, spared=len(words), certain=True) or ())
    meanings = [column.meaning for column in columns]
    told = meanings[:1] == ["ref"] and not {*PEOPLE, "timescale"}.isdisjoint(meanings)
    return columns if told and meanings.count(None) <= _MOST_UNKNOWN * len(columns) else ()


def _dated_readings(columns: Sequence[HeaderWord]) -> Iterator[tuple[HeaderWord, ...]]:
    """The columns of a header that names none of dates, as if each one in unknown words did."""
    if all(column.meaning != "timescale" for column in columns):
        for index, column in enumerate(columns):
            if column.meaning is None:
                yield (*columns[:index], column._replace(meaning="timescale"), *columns[index + 1 :])
