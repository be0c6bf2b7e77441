"""The header words of a table, and the columns that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, pairwise
from operator import attrgetter

from extractor.read.alignment.measure import Measure
from extractor.read.typeset import Word, join_words
from extractor.text import BREAK, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import PHRASES, HeaderWord, header_meaning, split_header
from extractor.vocabulary.headings import is_labelled_group

_HEADER_TOKENS = frozenset(token for phrase in PHRASES for token in phrase.split() if len(token) > 1)
_ANCHORS = frozenset(
    token
    for phrase, meaning in PHRASES.items()
    if meaning in ("ref", "activity", "timescale", "group")
    for token in phrase.split()
    if len(token) > 1 and token not in ("to", "of", "the", "we", "do", "be", "will", "for", "by", "no", "it", "for")
) | {"no", "indicator", "measure", "kpi", "name", "contact"}
_MAX_HEADER_LINES = 5
_FIGURE_END = re.compile(r"[A-Za-z] ?\d$")  # "Quarter 2" is a value, no header
_MOST_TORN = 4
"""No header cell has more ends of lines at which a word may be torn."""
_NARROW_GAP = 0.6
"""Header words nearer to each other than this, in font sizes, may be one phrase."""
_ONE_RUN = 0.8
"""Words of one heading in print stand nearer to each other than this."""


@dataclass(slots=True)
class Column:
    """A column of a table: where it begins, and what its header says."""

    left: float
    text: str
    meaning: Meaning | None
    words: list[Word]
    right: float = 0.0


@dataclass(slots=True)
class Over:
    """A cell of an upper header row, over the columns `first` to `last`."""

    first: int
    last: int
    words: list[Word]


@dataclass(slots=True)
class Header:
    """Header words found on lines `first` to `last` (counted from 0) of a page."""

    first: int
    last: int
    columns: list[Column]
    over: list[Over] = field(default_factory=list)
    """The upper row of a header of two rows."""


def find_headers(lines: Sequence[list[Word]], measure: Measure, end: int | None = None) -> list[Header]:
    """The header rows on a page, top to bottom; they may be wrapped over several lines.

    `end`: only those are wanted that begin above this line.
    """
    kinds = [_kinds(line) for line in lines]
    anchored = [_ANCHOR in each or _ANCHOR | _TOKEN in each for each in kinds]
    if not any(anchored):
        return []
    shares = list(map(_share, kinds))
    found: list[Header] = []
    index = 0
    while index < (len(lines) if end is None else min(end, len(lines))):
        scored = _header_at(lines, index, measure) if _may_begin(lines, index, shares, anchored) else None
        if scored is None:
            index += 1
            continue
        while scored[1].first < scored[1].last and not _all_phrases(scored[1].columns):
            # What stands above may be a heading.
            later = _header_at(lines, scored[1].first + 1, measure)
            if later is None or later[0] < scored[0] + 0.4:
                break
            scored = later
        found.append(scored[1])
        index = scored[1].last + 1
    return found


def header_beside(lines: Sequence[list[Word]], measure: Measure, first: Sequence[Column]) -> Header | None:
    """The header on a page that goes on with the columns of the facing page before; None where there is none.

    All its words are known, none of them names what those columns hold, and neither is a ref or an activity.
    """
    held = {column.meaning for column in first} | {"ref", "activity"}
    if not held.intersection(column.meaning for column in first):
        return None
    for index in range(min(len(lines), _MAX_HEADER_LINES)):
        words: list[Word] = []
        for last in range(index, min(index + _MAX_HEADER_LINES, len(lines))):
            words = [*words, *lines[last]]
            scored = best_columns(words, measure) if known_share(lines[last]) == 1.0 else None
            if scored is None:
                break
            columns = scored[1]
            meanings = [column.meaning for column in columns]
            if None not in meanings and len(set(meanings)) == len(meanings) and held.isdisjoint(meanings):
                return Header(index, last, columns)
    return None


def same_header(columns: Sequence[Column], header: Header) -> bool:
    """Whether a header says the same as the columns of another table.

    A word over two columns that one page shows to span them may be read as the first of one on another.
    """
    pairs = zip((key(column.text) for column in columns), (key(column.text) for column in header.columns), strict=False)
    return len(columns) == len(header.columns) and all(
        one == other or (one and other and (one.endswith(f" {other}") or other.endswith(f" {one}")))
        for one, other in pairs
    )


def names_activities(headers: Sequence[Header]) -> bool:
    """Whether one of the headers has a column of activities, as that of a plan's records has."""
    return any(column.meaning == "activity" for header in headers for column in header.columns)


_text, _left, _right = attrgetter("text"), attrgetter("x0"), attrgetter("x1")
_reading_order = attrgetter("baseline", "x0")


@lru_cache(maxsize=16384)
def are_header_words(text: str) -> bool | None:
    """Whether all words of a text occur in header phrases; None where it holds no letter or figure."""
    parts = key(text).split()
    if not parts:
        return None
    return all(part in _HEADER_TOKENS for part in parts)


_UNRATED, _OTHER, _TOKEN, _ANCHOR, _TIME = 0, 1, 3, 5, 8


@lru_cache(maxsize=16384)
def _kind(text: str) -> int:
    """`_UNRATED` where a word holds no letter or figure; else `_OTHER`, `_TOKEN` where it occurs in header phrases,
    `_ANCHOR` where it names what a table of a plan has at least one column for, or both of these joined; and `_TIME`
    with it where it is a year, or may begin a quarter, a month or a term."""
    time = _TIME * (text in _PERIOD_OPENS or (text[:2] in _CENTURIES and _YEAR.fullmatch(text) is not None))
    token = are_header_words(text)
    if token is None:
        return _UNRATED | time
    if not token and len(text) > 3 and text[-1] == "-":  # a word that its column divides
        token = any(each.startswith(key(text[:-1])) for each in _HEADER_TOKENS)
    return (_TOKEN if token else _OTHER) | (_ANCHOR if key(text) in _ANCHORS else _OTHER) | time


def _kinds(line: Sequence[Word]) -> list[int]:
    """The kinds of a line's words: of several years none is rated, which head one column each, and quarters, months and
    terms that do are header words."""
    kinds = list(map(_kind, map(_text, line)))
    if max(kinds) < _TIME:
        return kinds
    if sum(kind >= _TIME for kind in kinds) == 1:
        return [kind & ~_TIME for kind in kinds]
    times = {word.text for word, kind in zip(line, kinds, strict=True) if kind & _TIME}
    years = {text for text in times if text not in _PERIOD_OPENS}
    periods = {id(word) for words in _periods(line) for word in words}
    return [
        _UNRATED if len(years) > 1 and word.text in years else _TOKEN if id(word) in periods else kind & ~_TIME
        for word, kind in zip(line, kinds, strict=True)
    ]


_CENTURIES = ("19", "20")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-](?:20)?\d\d)?")


def _share(kinds: list[int]) -> float:
    """Share of a line's words that occur in header phrases, by their kinds."""
    rated = len(kinds) - kinds.count(_UNRATED)
    return (kinds.count(_TOKEN) + kinds.count(_TOKEN | _ANCHOR)) / rated if rated else 0.0


def known_share(line: Sequence[Word]) -> float:
    """Share of a line's words that occur in header phrases."""
    return _share(_kinds(line))


_PERIOD = re.compile(
    r"Q[1-4]|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)|Quarter [1-4]|(?:Autumn|Spring|Summer) term"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "June", "Jul", "July", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec")
_PERIOD_OPENS = frozenset(("Q1", "Q2", "Q3", "Q4", "Quarter", "Autumn", "Spring", "Summer", *_MONTHS))
"""The first words of such; most lines hold none, and the pattern is slow."""
_FEWEST_PERIODS = 3


def _periods(line: Sequence[Word]) -> list[list[Word]]:
    """The words of a line that each head the column of a quarter, a month or a term: several different ones, one after
    the other; empty where there are none."""
    if sum(word.text in _PERIOD_OPENS for word in line) < _FEWEST_PERIODS:
        return []
    found: list[list[Word]] = []
    index = 0
    while index < len(line):
        size = next((n for n in (1, 2) if _PERIOD.fullmatch(" ".join(map(_text, line[index : index + n])))), 0)
        if size:
            found.append(list(line[index : index + size]))
        elif found and len(found) < _FEWEST_PERIODS:
            found.clear()
        elif found:
            break
        index += size or 1
    return found if len({join_words(words) for words in found}) == len(found) >= _FEWEST_PERIODS else []


def _may_begin(lines: Sequence[list[Word]], index: int, shares: Sequence[float], anchored: Sequence[bool]) -> bool:
    """A cheap look: header words on this line, and on it or one of the next a word that plans have a column for.

    `shares` says how many of each line's words are header words, `anchored` whether one of them is such a word.
    """
    if shares[index] < 0.5:
        return False
    first = lines[index][0]
    for other in range(index, min(index + _MAX_HEADER_LINES, len(lines))):
        if lines[other][0].baseline - first.baseline > 4 * first.size:
            return False
        if anchored[other] and shares[other] >= 0.6:
            return True
    return False


def _header_at(lines: Sequence[list[Word]], first: int, measure: Measure) -> tuple[float, Header] | None:
    best: tuple[float, Header] | None = None
    words: list[Word] = []
    one_run = all(word.x0 - before.x1 <= 1.3 * measure.blank * word.size for before, word in pairwise(lines[first]))
    if one_run and is_labelled_group(" ".join(map(_text, lines[first]))):
        return None  # "Outcome: Heritage cared for", right above the header
    is_bold = all(word.bold for word in lines[first])
    for last in range(first, min(first + _MAX_HEADER_LINES, len(lines))):
        line = lines[last]
        if last > first:
            distance = line[0].baseline - lines[last - 1][0].baseline
            # A second row of header cells stands further below than a wrapped line: the padding of two cells.
            second = is_bold and known_share(line) == 1.0 and all(word.bold for word in line)
            if (
                distance > (2.4 if second else 1.7) * line[0].size
                or abs(line[0].size - lines[first][0].size) > 0.1 * line[0].size
            ):
                break
            is_open = sum(word.text.count("(") - word.text.count(")") for word in words) > 0
            is_divided = any(word.text[-1] == "-" for word in lines[last - 1])
            if known_share(line) < 0.5 and not (line[0].bold and line[-1].bold) and not is_open and not is_divided:
                break
            if is_bold and not line[0].bold and line[0].text[:1].isupper():
                break  # the first row, though its words are header words too: "Cabinet Member for"
            if is_labelled_group(" ".join(map(_text, line))) or (
                measure.exact_pitch and not is_open and _is_group_below(line, words)
            ):
                break  # "Outcome: Answering the call"
        words = [*words, *line]
        scored = best_columns(words, measure)
        if scored is None:
            continue
        score, columns = scored
        if all(word.bold for word in words) and last > first:
            score += 0.5
        if best is None or score > best[0] or _adds_to_header(line, lines[first], best[1], best[0] - score):
            best = (score, Header(first, last, columns))
    return best if best is not None and best[0] >= 3.0 else None


def _is_group_below(line: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a line under header words is one run of other words that begins at their left edge or further left, and
    reaches further than the first of them: the heading of a group."""
    left = min(words, key=_left)
    if line[0].x0 > left.x0 + _NARROW_GAP * line[0].size or line[-1].x1 < left.x1 or known_share(line) >= 0.5:
        return False
    return all(word.x0 - before.x1 < _ONE_RUN * word.size for before, word in pairwise(line))


def _adds_to_header(line: list[Word], first: list[Word], header: Header, loss: float) -> bool:
    """Whether a line under header words goes on with them: as bold as they, in lower case, or in brackets.

    `loss` is how much worse the header reads with the line.
    """
    if all(word.bold for word in first):
        return loss < 0.01 and all(word.bold for word in line)
    if loss > 0.6:
        return False
    is_open = any(column.text.count("(") > column.text.count(")") for column in header.columns)
    if is_open and any(")" in word.text for word in line):
        return True
    if line[0].text[:1].islower():
        return loss < 0.01 or len(line) <= 4
    return line[0].text[:1] == "(" and len(line) <= 4


def best_columns(
    words: list[Word], measure: Measure, begun: frozenset[int] = frozenset(), by_words: bool = True
) -> tuple[float, list[Column]] | None:
    """Header words as columns, and how well they read as a header; None where they are less than two.

    `begun` are the identities of words that surely begin a column; `by_words`: header words that are known part
    columns that only a blank stands between.
    """
    best: tuple[float, list[Column]] | None = None
    rows: dict[float, list[Word]] = {}
    for word in words:
        rows.setdefault(word.baseline, []).append(word)
    lines = [sorted(row, key=_left) for row in rows.values()]
    gaps = [(word.x0 - before.x1, word.size) for line in lines for before, word in pairwise(line)]
    begun = begun.union(id(words[0]) for line in lines for words in _periods(line))
    parted = -1
    for share in (3.6, 2.1, 1.45, 1.08) if measure.exact_pitch else (1.5,):
        gap = measure.blank * share
        wide = len([distance for distance, size in gaps if distance > gap * size])
        if wide == parted:
            continue  # the words part as they did by the wider gap
        parted = wide
        columns = _columns_of(lines, gap, begun, by_words)
        if columns is None:
            continue
        score = _header_score(columns)
        if best is None or score > best[0] + 0.01:
            best = (score, columns)
        if _all_phrases(columns):
            break  # a smaller gap would cut known phrases
    return best


def _columns_of(lines: Sequence[list[Word]], gap: float, begun: frozenset[int], by_words: bool) -> list[Column] | None:
    """Words of header lines as header cells: runs of a line that stand over each other are one cell."""
    runs: list[list[Word]] = []
    for row in lines:
        runs.append([row[0]])
        for before, word in pairwise(row):
            if word.x0 - before.x1 > gap * word.size or id(word) in begun:
                runs.append([word])
            else:
                runs[-1].append(word)
    cells: list[list[Word]] = []
    for run in sorted(runs, key=lambda each: each[0].x0):
        if cells:
            reach = max(map(_right, cells[-1]))
            if run[0].x0 < reach - 0.2 * run[0].size or _fills_line(run, cells[-1], runs):
                cells[-1].extend(run)
                continue
        cells.append(list(run))
    columns: list[Column] = []
    for cell in cells:
        cell.sort(key=_reading_order)
        text = _text_of(cell)
        meaning = header_meaning(text) if len(cell) <= 9 and not _FIGURE_END.search(text) else None
        if id(cell[0]) in begun and _PERIOD.fullmatch(text):
            meaning = "extra"
        one_line = cell[0].baseline == cell[-1].baseline
        parts = (_split_cell(cell, text) if one_line else _split_wrapped(cell, text)) if by_words else None
        if parts and (meaning is None or len(cell) > 3 or parts[0].meaning == "ref"):
            columns.extend(parts)
        else:
            columns.append(Column(min(map(_left, cell)), text, meaning, cell))
    return columns if len(columns) >= 2 else None


def _fills_line(run: Sequence[Word], before: Sequence[Word], runs: Sequence[Sequence[Word]]) -> bool:
    """Whether a run of print ends a line of the cell before it, whose blanks were widened to fill the column.

    It is a stroke alone, which names nothing; half a word, or a small word, where the next line of that cell goes on
    and none stands under it. `runs` are all of the header.
    """
    if run[0].size <= 1.0:
        return False
    if all(word.text == "/" for word in run):  # alone on its line of a cell, it goes on with the words around it
        return any(word.baseline == run[0].baseline for word in before)
    below = next((word for word in sorted(before, key=_reading_order) if word.baseline > run[0].baseline), None)
    if below is None:
        return False
    is_small = run[0].text[:1].islower() and before[0].text[:1].isupper() and header_meaning(join_words(run)) is None
    return (is_small or _is_divided(run[-1].text, below.text)) and not any(
        other[0].baseline > run[0].baseline and other[0].x0 < run[-1].x1 and other[-1].x1 > run[0].x0 for other in runs
    )


def _text_of(cell: Sequence[Word]) -> str:
    """What a header cell says; a word that its column tore is whole where that makes it a known phrase."""
    texts = [word.text for word in cell]
    text = " ".join(texts)
    if cell[0].baseline == cell[-1].baseline or key(text) in PHRASES:
        return text
    ends = [index for index, (one, other) in enumerate(pairwise(cell), 1) if one.baseline < other.baseline]
    divided = [index for index in ends if _is_divided(texts[index - 1], texts[index])]
    if divided:
        parts = [text[:-1] if index + 1 in divided else text for index, text in enumerate(texts)]
        whole = joined_words(parts, divided)
        return whole if _is_phrase(whole) else joined_words(texts, divided, BREAK.removeprefix("-"))
    return whole_phrase(texts, ends, _is_phrase) or text


def _is_divided(one: str, other: str) -> bool:
    """Whether a hyphen ends a line within a word: "Execu-" over "tive"."""
    return len(one) > 2 and one[-1] == "-" and one[-2].isalpha() and other[:1].islower()


def _is_phrase(text: str) -> bool:
    return key(text) in PHRASES


def whole_phrase(texts: Sequence[str], ends: Sequence[int], is_phrase: Callable[[str], bool]) -> str:
    """Words of a header cell with what a narrow column tore whole again, where that is a phrase: "Refer" over "ence".

    `ends` are the indices of the words that begin a line; empty where nothing is torn.
    """
    torn = [index for index in ends if texts[index][:1].islower() and texts[index - 1].isalpha()]
    if not torn or len(torn) > _MOST_TORN or is_phrase(" ".join(texts)):
        return ""
    for count in range(len(torn), 0, -1):
        for chosen in combinations(torn, count):
            whole = joined_words(texts, chosen)
            if is_phrase(whole):
                return whole
    return ""


def joined_words(texts: Sequence[str], within: Sequence[int], mark: str = "") -> str:
    """Words with a blank between them, but for those `within` a word by their indices, which `mark` joins to the one
    before."""
    parts = (f"{(mark if index in within else ' ') if index else ''}{text}" for index, text in enumerate(texts))
    return "".join(parts)


@lru_cache(maxsize=4096)
def _split_text(text: str) -> tuple[HeaderWord, ...] | None:
    found = split_header(text, plan=False)
    return tuple(found) if found else None


def _split_cell(cell: list[Word], text: str) -> list[Column] | None:
    """Header words that only a blank parts, as columns."""
    if len(cell) > 20 or key(text) in PHRASES or not all(are_header_words(word.text) in (True, None) for word in cell):
        return None
    found = _split_text(text)
    if not found or any(part.meaning is None for part in found):
        return None
    if found[0].text[-1] == ":" and found[1].text[:1].islower():
        return None  # "Actions: what will we do?"
    columns: list[Column] = []
    position = 0
    for part in found:
        size = len(part.text.split())
        words = cell[position : position + size]
        if not words:
            return None
        columns.append(Column(words[0].x0, part.text, part.meaning, words))
        position += size
    return columns if position == len(cell) else None


def _split_wrapped(cell: list[Word], text: str) -> list[Column] | None:
    """Two wrapped header cells that only a blank parts in their first line, as columns."""
    if (
        len(cell) > 20
        or "/" in text
        or key(text) in PHRASES
        or not all(are_header_words(word.text) in (True, None) for word in cell)
    ):
        return None
    first = [word for word in cell if word.baseline == cell[0].baseline]
    for start in range(1, len(first)):
        left = first[start].x0
        if first[start].text[:1].islower() and cell[0].text[:1].isupper():
            continue  # "Revised due" over "date"
        sides: tuple[list[Word], list[Word]] = ([], [])
        for word in cell:
            sides[word.x0 >= left - 0.5 * word.size].append(word)
        texts = [" ".join(word.text for word in side) for side in sides]
        if all(key(each) in PHRASES for each in texts):
            return [
                Column(side[0].x0, each, header_meaning(each), side) for side, each in zip(sides, texts, strict=True)
            ]
    return None


def _all_phrases(columns: Sequence[Column]) -> bool:
    """Whether every column's header is a known phrase, word for word, or one in two languages."""
    return all(column.meaning and _is_named(column) for column in columns)


def _is_named(column: Column) -> bool:
    """Whether a header is a known phrase, two with a colon between them ("Actions: what will we do?"), or, in print,
    one in two languages: "Cyf / Ref"."""
    text = column.text
    if _is_phrase(text) or (": " in text and all(map(_is_phrase, text.split(": ")))):
        return True
    return column.words[0].size > 1.0 and all(map(_is_phrase, text.split(" / ")))


def _header_score(columns: list[Column]) -> float:
    score = 0.0
    seen: set[Meaning] = set()
    years = {column.text for column in columns if column.meaning is None and _YEAR.fullmatch(column.text)}
    for column in columns:
        if column.meaning is None:
            score -= 1.0 * (len(years) < 2 or column.text not in years)
            continue
        strong = _is_named(column)
        if column.meaning in seen and column.meaning != "extra":
            score -= 0.5 if column.meaning in ("ref", "activity", "timescale") else 0.0
            continue
        seen.add(column.meaning)
        score += 1.5 if strong else 1.0
    score -= 1.5 * sum(_is_cut_phrase(one, other) for one, other in pairwise(columns))
    if any(column.text[:1].isupper() for column in columns):
        score -= sum(_goes_on(column.text) for column in columns)
    core = seen & {"activity", "timescale", "lead_officers", "lead_directorates", "ref", "group", "status"}
    known = all(column.meaning and all(word.bold or word.size <= 1.0 for word in column.words) for column in columns)
    if not (len(core) >= 2 and core & {"activity", "group", "ref"}) and not (len(columns) >= 3 and known):
        return 0.0
    return score


def _goes_on(text: str) -> bool:
    """Whether a text among others with capitals is the rest of one: "and Carbon", "theme)"."""
    return text[:1].islower() or text.count(")") > text.count("(")


def _is_cut_phrase(one: Column, other: Column) -> bool:
    """Whether two columns are one phrase, parted by no more than a blank: "Lead", "service"; "Cam", "/ Action"."""
    before, word = one.words[-1], other.words[0]
    if before.baseline != word.baseline or word.x0 - before.x1 >= _NARROW_GAP * word.size:
        return False
    in_mid_phrase = before.text == "/" or word.text == "/"
    return in_mid_phrase or _is_phrase(f"{one.text} {other.text}")
