"""Tables without rules, from where their words stand: the same for the words of a PDF and for columns of characters.

1. A table begins under header words that are known. Its columns begin where the header words do, or, where those
   are centred, at the gutter that the fewest words cross.
2. A row is a band across the page: no line of print crosses its edge. Only such edges are asked about, and of
   them none within a paragraph: a line that goes on at the pitch of its type belongs to the line before.
3. Which of these edges part rows is one question for the whole table, settled by the cheapest way to cut it: a
   row has one ref and one timescale, columns that are filled elsewhere are filled in it, its cells begin at one
   height or are centred on one, and its texts are whole.
4. Lines that run across the columns are rows of one cell (groups), or, at either end, no part of the table.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import attrgetter

from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.read.merged import RowPlace, covered_rows, row_places, series_of
from extractor.read.overleaf import (
    PageCell,
    PageTable,
    begins_ref,
    breaks_off,
    cell_text,
    has_bare_letter,
    is_cut_ref,
    is_ref,
    row_goes_on,
)
from extractor.read.parting import PartedLine, part_lines, runs_of, time_at_end
from extractor.read.typeset import (
    TextLine,
    Word,
    as_text_line,
    join_texts,
    join_words,
    marker_of,
    print_width,
    room_left,
)
from extractor.read.unmarked import lists_in, mark_items
from extractor.text import key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import PHRASES, HeaderWord, header_meaning, split_header
from extractor.vocabulary.headings import is_labelled_group
from extractor.vocabulary.roles import looks_like_owner
from extractor.vocabulary.times import is_timescale

_HEADER_TOKENS = frozenset(token for phrase in PHRASES for token in phrase.split() if len(token) > 1)
_ANCHORS = frozenset(
    token
    for phrase, meaning in PHRASES.items()
    if meaning in ("ref", "activity", "timescale", "group")
    for token in phrase.split()
    if len(token) > 1 and token not in ("to", "of", "the", "we", "do", "be", "will", "for", "by", "no", "it", "for")
) | {"no", "indicator", "measure", "kpi", "name", "contact"}
_MAX_HEADER_LINES = 5
_MAX_CHUNKS = 30
_FIGURE_END = re.compile(r"[A-Za-z] ?\d$")  # "Quarter 2" is a value, no header
_HEADING = 120
"""No heading of a group within a table has more characters."""
_FIGURE = re.compile(r"\d")
_ITEM_LETTER = re.compile(r"\(?[a-z]\)\s")
_LETTER = re.compile(r"\(?[a-z][.)]")
_LOWER = re.compile(r"^[a-z]")
_SINGLE: frozenset[Meaning] = frozenset(("timescale", "timescale_start", "timescale_end", "status"))
_PEOPLE: frozenset[Meaning] = frozenset(("lead_officers", "lead_directorates", "lead_cabinet_members"))
_OWN_LETTER = re.compile(r"\d\s*\(?([a-z])[.)]?$")
_LINE_LETTER = re.compile(r"\(?([a-z])\)\s")
_NEVER = 1e9
_NARROW_GAP = 0.6
"""Header words nearer to each other than this, in font sizes, may be one phrase."""
_EARLY = 0.2
"""Print across the columns is broken within this share of the table's width."""
_OFF, _ON = 0.6, 0.45
"""A merged cell is so far off the middle of any of its rows at least, and off that of all at most, in lines."""
_USUALLY = 0.6
"""A column filled in fewer rows than this has empty cells."""
_MOST_MERGED = 6
_FEWER = 0.8
"""A column of groups that holds fewer texts than this share of the rows holds merged cells."""
_STATE = 5
"""No state has more words than this."""
_INDENT = 3.0
"""By how much lists are set in at most, in font sizes."""
_CLOSE_CALL = 1.0  # a border between rows is doubtful where the next best costs so little more
_NEAR_ROW = Doubt("border-inferred", "some lines of this cell may belong to the row above or below")
_NEAR_COLUMN = Doubt("border-inferred", "some words of this cell may belong to the column beside it")
_UNSURE_GROUP = Doubt("border-inferred", "which rows belong to this group is a guess")
_UNSURE_ITEMS = Doubt("items-inferred", "where the items of this list begin is a guess", "items")
NO_EDGE = float("nan")
"""The right edge of a table without rules is not known."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What tells the words of a page from columns of characters."""

    blank: float
    """Width of a blank, in font sizes."""
    snap: float
    """Words that begin within this distance of each other, in font sizes, begin together."""
    level_gap: float
    """The least distance between the baselines of two rows, in font sizes."""
    slack: float
    """How exactly the right edge of a column is known, in font sizes."""
    exact_pitch: bool
    """Distances between lines are exact, so that those of one paragraph can be told."""


PRINT = Measure(0.28, 0.16, 0.8, 0.3, True)
CHARACTERS = Measure(1.0, 1.05, 0.9, 1.0, False)


def print_measure(lines: Sequence[Sequence[Word]]) -> Measure:
    """The measure of a printed page: with the blank that most of its words keep between them."""
    shares: list[float] = []
    for line in lines:
        for before, word in pairwise(line):
            gap, size = word.x0 - before.x1, word.size
            if 0.12 * size < gap < 0.9 * size:
                shares.append(gap / size)
    shares.sort()
    if len(shares) < 8:
        return PRINT
    return replace(PRINT, blank=min(max(shares[len(shares) // 2], 0.2), 0.7))


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


# --- header words ----------------------------------------------------------------------------------------


def find_headers(lines: Sequence[list[Word]], measure: Measure) -> list[Header]:
    """The header rows on a page, top to bottom; they may be wrapped over several lines."""
    if not any(_is_anchor(word.text) for line in lines for word in line):
        return []
    found: list[Header] = []
    index = 0
    while index < len(lines):
        scored = _header_at(lines, index, measure) if _may_begin(lines, index) else None
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
    """Whether a header says the same as the columns of another table."""
    return [key(column.text) for column in columns] == [key(column.text) for column in header.columns]


@lru_cache(maxsize=16384)
def _is_token(text: str) -> bool | None:
    """Whether a word occurs in header phrases; None where it holds no letter or figure."""
    parts = key(text).split()
    if not parts:
        return None
    return all(part in _HEADER_TOKENS for part in parts)


@lru_cache(maxsize=16384)
def _is_anchor(text: str) -> bool:
    """Whether a word names what a table of a plan has at least one column for."""
    return key(text) in _ANCHORS


def known_share(line: Sequence[Word]) -> float:
    """Share of a line's words that occur in header phrases."""
    flags = [flag for word in line if (flag := _is_token(word.text)) is not None]
    return sum(flags) / len(flags) if flags else 0.0


def _may_begin(lines: Sequence[list[Word]], index: int) -> bool:
    """A cheap look: header words on this line, and on it or one of the next a word that plans have a column for."""
    if known_share(lines[index]) < 0.5:
        return False
    first = lines[index][0]
    for line in lines[index : index + _MAX_HEADER_LINES]:
        if line[0].baseline - first.baseline > 4 * first.size:
            return False
        if any(_is_anchor(word.text) for word in line) and known_share(line) >= 0.6:
            return True
    return False


def _header_at(lines: Sequence[list[Word]], first: int, measure: Measure) -> tuple[float, Header] | None:
    best: tuple[float, Header] | None = None
    words: list[Word] = []
    is_bold = all(word.bold for word in lines[first])
    for last in range(first, min(first + _MAX_HEADER_LINES, len(lines))):
        line = lines[last]
        if last > first:
            distance = line[0].baseline - lines[last - 1][0].baseline
            if distance > 1.7 * line[0].size or abs(line[0].size - lines[first][0].size) > 0.1 * line[0].size:
                break
            is_open = sum(word.text.count("(") - word.text.count(")") for word in words) > 0
            if known_share(line) < 0.5 and not (line[0].bold and line[-1].bold) and not is_open:
                break
            if is_bold and not line[0].bold and line[0].text[:1].isupper():
                break  # the first row, though its words are header words too: "Cabinet Member for"
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
    lines = [sorted(row, key=lambda each: each.x0) for row in rows.values()]
    gaps = [(word.x0 - before.x1, word.size) for line in lines for before, word in pairwise(line)]
    parted = -1
    for share in (3.6, 2.1, 1.45, 1.08) if measure.exact_pitch else (1.5,):
        gap = measure.blank * share
        wide = sum(distance > gap * size for distance, size in gaps)
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
            reach = max(word.x1 for word in cells[-1])
            if run[0].x0 < reach - 0.2 * run[0].size:
                cells[-1].extend(run)
                continue
        cells.append(list(run))
    columns: list[Column] = []
    for cell in cells:
        cell.sort(key=lambda word: (word.baseline, word.x0))
        text = " ".join(word.text for word in cell)
        meaning = header_meaning(text) if len(cell) <= 9 and not _FIGURE_END.search(text) else None
        one_line = len({word.baseline for word in cell}) == 1
        parts = (_split_cell(cell, text) if one_line else _split_wrapped(cell, text)) if by_words else None
        if parts and (meaning is None or len(cell) > 3 or parts[0].meaning == "ref"):
            columns.extend(parts)
        else:
            columns.append(Column(min(word.x0 for word in cell), text, meaning, cell))
    return columns if len(columns) >= 2 else None


@lru_cache(maxsize=4096)
def _split_text(text: str) -> tuple[HeaderWord, ...] | None:
    found = split_header(text, plan=False)
    return tuple(found) if found else None


def _split_cell(cell: list[Word], text: str) -> list[Column] | None:
    """Header words that only a blank parts, as columns."""
    if len(cell) > 20 or key(text) in PHRASES or not all(_is_token(word.text) in (True, None) for word in cell):
        return None
    found = _split_text(text)
    if not found or any(part.meaning is None for part in found):
        return None
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
        or not all(_is_token(word.text) in (True, None) for word in cell)
    ):
        return None
    first = [word for word in cell if word.baseline == cell[0].baseline]
    for start in range(1, len(first)):
        left = first[start].x0
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
    """Whether every column's header is a known phrase, word for word."""
    return all(column.meaning and key(column.text) in PHRASES for column in columns)


def _header_score(columns: list[Column]) -> float:
    score = 0.0
    seen: set[Meaning] = set()
    for column in columns:
        if column.meaning is None:
            score -= 1.0
            continue
        strong = key(column.text) in PHRASES
        if column.meaning in seen and column.meaning != "extra":
            score -= 0.5 if column.meaning in ("ref", "activity", "timescale") else 0.0
            continue
        seen.add(column.meaning)
        score += 1.5 if strong else 1.0
    score -= 1.5 * sum(_is_cut_phrase(one, other) for one, other in pairwise(columns))
    core = seen & {"activity", "timescale", "lead_officers", "lead_directorates", "ref", "group", "status"}
    known = all(column.meaning and all(word.bold or word.size <= 1.0 for word in column.words) for column in columns)
    if not (len(core) >= 2 and core & {"activity", "group", "ref"}) and not (len(columns) >= 3 and known):
        return 0.0
    return score


def _is_cut_phrase(one: Column, other: Column) -> bool:
    """Whether two columns are one known phrase, parted where no more than a blank stands: "Lead", "service"."""
    if key(f"{one.text} {other.text}") not in PHRASES:
        return False
    before, word = one.words[-1], other.words[0]
    return before.baseline == word.baseline and word.x0 - before.x1 < _NARROW_GAP * word.size


# --- columns ---------------------------------------------------------------------------------------------


def settle_columns(columns: list[Column], body: Sequence[list[Word]], measure: Measure) -> None:
    """Sets where each column begins: at its header, or at the gutter before it where body words say otherwise."""
    sample = body[:120]
    for before, column in pairwise(columns):
        # A header stands within its column, so that the column begins between the two header words.
        low = max(word.x1 for word in before.words)
        column.left = _gutter(sample, column.left, low, measure)
    for one, other in pairwise(columns):
        one.right = other.left
    columns[-1].right = max([word.x1 for line in sample for word in line] + [columns[-1].left + 1])


def _gutter(lines: Sequence[list[Word]], header_left: float, low: float, measure: Measure) -> float:
    cost, starts = crossed(lines, header_left, measure)
    if starts and (cost <= 0.5 * starts or (starts >= 3 and not measure.exact_pitch)):
        return header_left
    candidates = {header_left}
    for line in lines:
        for before, word in zip([None, *line], line, strict=False):
            if low < word.x0 < header_left and (
                before is None or word.x0 - before.x1 > 1.6 * measure.blank * word.size
            ):
                candidates.add(word.x0)
    best = (cost - 0.5 * starts, 0.0, header_left)
    for left in sorted(candidates):
        cost, starts = crossed(lines, left, measure)
        best = min(best, (cost - 0.5 * starts, abs(left - header_left), left))
    return best[2]


def crossed(lines: Sequence[list[Word]], left: float, measure: Measure) -> tuple[float, int]:
    """How much a column's left edge is crossed by words and by running text, and how many lines begin at it."""
    cost, starts = 0.0, 0
    for line in lines:
        # Of the words that stand to the left of the edge only the last can cross it.
        near = max(bisect_left(line, left - 2 * measure.snap * line[0].size, key=_left_of) - 1, 0)
        before = line[near - 1] if near else None
        for word in line[near:] if near else line:
            reach = measure.snap * word.size
            blank = (1.6 if measure.exact_pitch else 1.1) * measure.blank * word.size
            if abs(word.x0 - left) <= reach:
                if before is None or word.x0 - before.x1 > blank:
                    starts += 1
                break
            if word.x0 > left:
                if before is not None and before.x1 <= left + reach and word.x0 - before.x1 < blank:
                    cost += 1.0  # running text goes across
                break
            if word.x1 > left + reach:
                cost += 3.0
                break
            before = word
    return cost, starts


_left_of = attrgetter("x0")


def _is_across(line: list[Word], columns: list[Column], measure: Measure) -> bool:
    """Whether a line runs across the columns: a word, or a blank of running text, stands on an edge.

    A line that its label makes a group's heading does so however short it is.
    """
    lefts = [column.left for column in columns[1:]]
    if line[0].x0 <= columns[0].left + 3 and len(runs_of(line)) == 1 and is_labelled_group(join_words(line)):
        return True
    if not measure.exact_pitch:
        run = runs_of(line)[0]
        if len(run) < len(line) or run[0].x0 >= lefts[0] - 1.05 or run[-1].x1 <= lefts[0] + 1.05:
            return False
        if run[0].x0 > columns[0].left + 3:
            return False
        if not re.match(r"[A-Z0-9‘“'\"]", run[0].text):
            return False  # a group has a name; this goes on from above
        if columns[0].meaning == "ref":
            return _ref_words(run) == 0
        return not any(abs(word.x0 - lefts[0]) <= 1.05 for word in run)
    for word in line:
        reach = measure.snap * word.size
        position = bisect_right(lefts, word.x0 + reach)
        if position < len(lefts) and word.x1 > lefts[position] + reach:
            return True
    if columns[0].meaning == "ref" and _passes_refs(line, lefts[0], measure):
        return True
    for before, word in pairwise(line):
        reach = measure.snap * word.size
        blank = (1.29 if measure.exact_pitch else 1.1) * measure.blank * word.size
        one = bisect_right(lefts, before.x0 + reach)
        other = bisect_right(lefts, word.x0 + reach)
        if other > one and word.x0 - before.x1 < blank and abs(word.x0 - lefts[other - 1]) > reach:
            return True
    return False


def _passes_refs(line: list[Word], left: float, measure: Measure) -> bool:
    """Whether running text begins in the column of refs and goes on beyond it, though a word stands on the edge."""
    own = [word for word in line if word.x0 < left - measure.snap * word.size]
    if not own or len(own) == len(line) or is_ref(" ".join(word.text for word in own)):
        return False
    following = line[len(own)]
    return following.x0 - own[-1].x1 < 1.29 * measure.blank * following.size and own[-1].text[:1].isalpha()


# --- rows ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Level:
    """The lines of print on one baseline, by column; or one line that runs across."""

    baseline: float
    size: float
    cells: dict[int, TextLine]
    across: TextLine | None = None
    doubted: frozenset[int] = frozenset()
    """The columns whose words here may belong to another column."""

    @property
    def top(self) -> float:
        """Top of the lines on this baseline."""
        return self.baseline - 0.78 * self.size

    @property
    def bottom(self) -> float:
        """Bottom of the lines on this baseline."""
        return self.baseline + 0.22 * self.size


@dataclass(slots=True)
class _Block:
    """Lines of one cell of a column that reaches over several rows."""

    column: int
    lines: list[TextLine]

    def crosses(self, edges: Sequence[float]) -> bool:
        """Whether one of the edges runs through the block."""
        top, bottom = self.lines[0].top, self.lines[-1].bottom
        margin = 0.15 * self.lines[0].size
        return any(top + margin < edge < bottom - margin for edge in edges)


@dataclass(slots=True)
class _Chunk:
    """Levels that no row edge can part."""

    levels: list[_Level]
    lines: dict[int, list[TextLine]] = field(default_factory=dict)
    must_end: bool = False
    """A rule is drawn below."""

    @property
    def across(self) -> bool:
        return self.levels[0].across is not None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What holds for the whole of a table on its page."""

    columns: Sequence[Column]
    measure: Measure
    limits: Sequence[float]
    """How far to the right the text of each column reaches."""
    pitch: float
    """The usual distance between lines of one paragraph, in font sizes."""
    wrapped: bool
    """Lines of print are broken by their column's width."""
    letters_alone: bool
    """Refs such as "a)" stand in rows of their own; else they are the second line of "3.5 a)"."""

    def one_ref(self, texts: Sequence[str]) -> bool:
        """Whether lines of the column of refs are one ref, wrapped or not."""
        if len(texts) == 1:
            return True
        return self.wrapped and not self.letters_alone and is_ref(" ".join(texts))


@dataclass(slots=True)
class Lean:
    """How much better the document's tables are read as centred vertically than as aligned at the top, so far."""

    centred: float = 0.0
    going_on: int = 0
    """Lines that go on in mid-phrase with the line above in their column."""
    pairs: int = 0
    """Lines that stand directly under another in their column."""

    def weigh(self, top: float, middle: float) -> bool:
        """Whether a table is centred, by what its rows cost either way and by the tables before."""
        centred = middle - self.centred < top
        self.centred += max(-4.0, min(4.0, 0.5 * (top - middle)))
        return centred


@dataclass(slots=True)
class Region:
    """The lines of print of one table on one page."""

    page: int
    columns: list[Column]
    header: list[TextLine | None]
    lines: list[list[Word]]
    before_header: bool = False
    """Another header follows on the page, so a lone line at the end is a heading."""
    over: Sequence[tuple[Over, TextLine]] = ()
    """The cells of an upper header row."""


def build_table(
    region: Region, measure: Measure, rules: Sequence[float], before: PageTable | None, lean: Lean
) -> tuple[PageTable | None, list[list[Word]]]:
    """The table of a region, and the lines at its end that are no part of it.

    `rules` are the heights of the horizontal rules and bands that part rows; `before` is the table of the page
    before that this one may go on from; `lean` is what the tables before say of the vertical alignment.
    """
    columns = region.columns
    levels, rest = _levels(region, measure)
    if not levels:
        return None, region.lines
    facts = _facts(levels, columns, measure, lean)
    groups = _group_blocks(levels, facts)
    levels = _without(levels, groups)
    chunks = _chunks(levels, facts, rules)
    floating = _floating(chunks, facts)
    if floating:
        levels = _without(levels, floating)
        chunks = _chunks(levels, facts, rules)
    found = _Rows(chunks, facts, before, lean)
    rows = found.best()
    cells: list[list[PageCell]] = []
    for row, doubted in zip(rows, found.doubtful(rows), strict=True):
        if row[0].across:
            cells.append(
                [
                    PageCell(
                        0, [level.across for chunk in row for level in chunk.levels if level.across], 1, len(columns)
                    )
                ]
            )
            continue
        by_column: dict[int, list[TextLine]] = {}
        beside = {column for chunk in row for level in chunk.levels for column in level.doubted}
        for chunk in row:
            for column, lines in chunk.lines.items():
                by_column.setdefault(column, []).extend(lines)
        cells.append(
            [
                PageCell(
                    column,
                    by_column[column],
                    doubts=(_NEAR_ROW,) if column in doubted else (_NEAR_COLUMN,) if column in beside else (),
                )
                for column in sorted(by_column)
            ]
        )
    if not measure.exact_pitch:
        _take_times(cells, columns)
        _doubt_columns(cells, columns)
    bands = [(row[0].levels[0].top, row[-1].levels[-1].bottom) for row in rows]
    _place_groups(cells, rows, groups, facts, found.centred, before)
    _place_floating(cells, bands, floating)
    if found.centred:
        _merge_centred(cells, bands, facts)
        if measure.exact_pitch:
            _merge_between(cells, bands, facts)
        _merge_beside(cells, columns)
    if not facts.wrapped:
        for row_cells in cells:
            for cell in row_cells:
                for line in cell.lines:
                    line.begins = "item" if marker_of(line.text) in ("*", "•", "+", "o", "-") else "paragraph"
    if not measure.exact_pitch and facts.wrapped:
        _mark_lists(cells, facts, before is not None)
    header = _header_rows(region)
    edges = [*(column.left for column in columns), NO_EDGE]
    top = min(line.top for row in [*header, *cells] for cell in row for line in cell.lines)
    bottom = max(line.bottom for row in [*header, *cells] for cell in row for line in cell.lines)
    table = PageTable(region.page, top, bottom, edges, [*header, *cells], len(header), "aligned", True)
    return table, rest


def _take_times(cells: Sequence[list[PageCell]], columns: Sequence[Column]) -> None:
    """Gives rows without a timescale the one that a line of the column before it ends with; both are in doubt."""
    for column, facts in enumerate(columns):
        rows = [row for row in cells if len(row) > 1]
        filled = [row for row in rows if any(cell.column == column for cell in row)]
        if not column or facts.meaning != "timescale" or 2 * len(filled) < len(rows):
            continue
        for row in (row for row in rows if row not in filled):
            beside = next((cell for cell in row if cell.column == column - 1), None)
            if beside is None or beside.lines[-1].text.endswith(":"):
                continue  # what follows a lead-in has timescales of its own
            ends = [
                (line, start)
                for line in beside.lines
                if (start := time_at_end(words := line.text.split())) is not None
                and _FIGURE.search(" ".join(words[start:]))
            ]
            if len(ends) != 1:
                continue
            line, start = ends[0]
            words = line.text.split()
            text, time = " ".join(words[:start]), " ".join(words[start:])
            taken = replace(line, text=time, x0=line.x1 - len(time), first_width=float(len(words[start])))
            line.text, line.x1 = text, line.x0 + len(text)
            beside.doubts = (*beside.doubts, _NEAR_COLUMN)
            row.append(PageCell(column, [taken], doubts=(_NEAR_COLUMN,)))
            row.sort(key=lambda cell: cell.column)


def _doubt_columns(cells: Sequence[Sequence[PageCell]], columns: Sequence[Column]) -> None:
    """Doubts the cells of rows that hold two refs, those beside a column in which nothing stands, and long states."""
    rows = [row for row in cells if len(row) > 1 or (row and row[0].column_span == 1)]
    filled = Counter(cell.column for row in rows for cell in row)
    empty = [column for column in range(len(columns)) if not filled[column]] if len(rows) >= 3 else []
    for row in rows:
        refs = [
            line
            for cell in row
            if columns[cell.column].meaning == "ref"
            for line in cell.lines
            if is_ref(line.text) and not _LETTER.fullmatch(line.text)
        ]
        strange = [
            cell.column
            for cell in row
            if columns[cell.column].meaning == "status" and sum(len(line.text.split()) for line in cell.lines) > _STATE
        ]
        for cell in row:
            beside = columns[cell.column].meaning in ("status", "progress", "extra", None)
            if beside and any(abs(cell.column - column) <= 1 for column in strange):
                cell.doubts = (*cell.doubts, _NEAR_COLUMN)
            if len(refs) > 1:
                cell.doubts = (*cell.doubts, _NEAR_ROW)
            elif any(abs(cell.column - column) == 1 for column in empty) and columns[cell.column].meaning != "ref":
                cell.doubts = (*cell.doubts, _NEAR_COLUMN)


def _header_rows(region: Region) -> list[list[PageCell]]:
    """The header of a table as its first rows."""
    heads = [PageCell(index, [line]) for index, line in enumerate(region.header) if line is not None]
    if not heads or not region.over:
        return [heads] if heads else []
    lower = {index for over, _ in region.over for index in range(over.first, over.last + 1)}
    upper = [PageCell(over.first, [line], 1, over.last - over.first + 1) for over, line in region.over]
    for cell in heads:
        if cell.column not in lower:
            cell.row_span = 2
            upper.append(cell)
    upper.sort(key=lambda cell: cell.column)
    return [upper, [cell for cell in heads if cell.column in lower]]


def _mark_lists(cells: Sequence[Sequence[PageCell]], facts: _Facts, goes_on: bool) -> None:
    """Tells the items of lists whose bullets are lost, by how far they are set in."""
    for column, limit in enumerate(facts.limits):
        if facts.columns[column].meaning in (*_SINGLE, *_PEOPLE, "ref"):
            continue
        own = [cell for row in cells for cell in row if cell.column == column and cell.column_span == 1]
        lines = [line for cell in own for line in cell.lines]
        left = min((line.x0 for line in lines), default=0.0)
        width = max((line.x1 for line in lines), default=0.0) - left
        for cell in own:
            may_go_on = goes_on and any(cell is each for each in cells[0])
            lists = lists_in(cell.lines, left, may_go_on)
            if not lists:
                continue
            indent = min(_INDENT, (cell.lines[lists[0][0]].x0 - left) * limit / max(width, 1.0))
            cell.lines, doubtful = mark_items(cell.lines, left, limit - indent, may_go_on)
            if doubtful:
                cell.doubts = (*cell.doubts, _UNSURE_ITEMS)


def _letters(word: Word) -> int:
    return len(word.text)


def _levels(region: Region, measure: Measure) -> tuple[list[_Level], list[list[Word]]]:
    """The table's lines by column; what runs across at the end of the region is not its own."""
    columns = region.columns
    lefts = [column.left for column in columns]
    across = [_is_across(line, columns, measure) for line in region.lines]
    own = [max(line, key=_letters).size for line in region.lines]  # a bullet may be larger than its text
    sizes = [size for size, flag in zip(own, across, strict=True) if not flag]
    # A table of one row under a heading is no larger than its header.
    sizes = sorted([*sizes, *(line.size for line in region.header if line is not None)])
    usual = sizes[(len(sizes) - 1) // 2] if sizes else 0.0
    for index, size in enumerate(own):
        if usual and size > 1.12 * usual:
            across[index] = True
    if not measure.exact_pitch:
        for index in _lone_groups(region, across):
            across[index] = True
    end = _end_of_table(region, across, lefts, measure)
    while end and (across[end - 1] or _is_lone(region, end, measure) or _is_foot(region.lines, end, measure)):
        end -= 1
    parted: Sequence[PartedLine] = ()
    if not measure.exact_pitch:
        rows = [None if flag else line for line, flag in zip(region.lines[:end], across[:end], strict=True)]
        parted = part_lines(rows, lefts, [column.meaning for column in columns])
    levels: list[_Level] = []
    for index, (line, flag) in enumerate(zip(region.lines[:end], across[:end], strict=True)):
        level = _Level(line[0].baseline, line[0].size, {})
        if flag:
            level.across = as_text_line(line)
        else:
            parts: dict[int, list[Word]] = {}
            if measure.exact_pitch:
                for word in line:
                    column = max(bisect_right(lefts, word.x0 + measure.snap * word.size) - 1, 0)
                    parts.setdefault(column, []).append(word)
            else:
                parts, level.doubted = parted[index].parts, parted[index].doubted
            level.cells = {column: as_text_line(words) for column, words in sorted(parts.items())}
            if len(parts) == 1 and _is_group_in_refs(level.cells, columns):
                level.across, level.cells = level.cells[0], {}
        levels.append(level)
    if not measure.exact_pitch and columns[0].meaning == "ref" and len(columns) > 1:
        _settle_letters(levels)
    return levels, region.lines[end:]


def _lone_groups(region: Region, across: Sequence[bool]) -> list[int]:
    """The lines of characters that are headings of groups, though they do not run across the columns.

    Such a line stands alone where the first column begins. The next one begins a row, or is such a heading too; and
    the cell above it has ended, since no width broke the line there.
    """
    columns, lines = region.columns, region.lines
    if len(columns) < 3:
        return []
    own = [
        print_width(join_words(words))
        for line, flag in zip(lines, across, strict=True)
        if not flag and (words := _in_first_column(line, columns)) and len(words) < len(line)
    ]
    limit = max([0.4 * (columns[1].left - columns[0].left - 1), *own])
    found: list[int] = []
    for index in range(len(lines) - 2, -1, -1):
        if across[index] or not _names_group(lines[index], lines[index + 1], columns):
            continue
        following = across[index + 1] or index + 1 in found or _begins_row(lines[index + 1], columns)
        if following and _ended_above(region, across, index, limit):
            found.append(index)
    return found


def _in_first_column(line: Sequence[Word], columns: Sequence[Column]) -> list[Word]:
    return [word for word in line if word.x1 < columns[1].left + 0.5]


def _begins_row(line: list[Word], columns: Sequence[Column]) -> bool:
    """Whether a line of characters begins a row at the left edge of its table, and has other cells beside it."""
    runs = runs_of(line)
    return (
        len(runs) > 1
        and abs(line[0].x0 - columns[0].left) <= 1.05
        and not line[0].text[:1].islower()
        and line[0].text[:1] not in "(•"
    )


def _names_group(line: list[Word], following: list[Word], columns: Sequence[Column]) -> bool:
    """Whether a line of characters reads as the heading of a group that stands in the first column."""
    text = join_words(line)
    if len(runs_of(line)) > 1 or abs(line[0].x0 - columns[0].left) > 1.05 or len(text) > _HEADING:
        return False
    if not re.match(r"[A-Z0-9‘“'\"]", text) or text[-1:] in ".,;:" or breaks_off(text) or is_timescale(text):
        return False
    lefts = [column.left for column in columns[1:]]
    if any(abs(word.x0 - left) <= 1.05 and not word.text[:1].islower() for word in line for left in lefts):
        return False
    if columns[0].meaning in _PEOPLE:
        return not looks_like_owner(text)
    if columns[0].meaning != "ref":
        return True
    if is_ref(text) or begins_ref(line[0].text):
        return False
    size = _ref_words(line)
    if size:  # "1.1 Walking" is the heading over 1.1.1
        return following[0].text.startswith(join_words(line[:size]).rstrip(".") + ".")
    return len(line[0].text) > 2 and line[0].text.isalpha()


def _ended_above(region: Region, across: Sequence[bool], index: int, limit: float) -> bool:
    """Whether the cell of the first column above a line of characters has surely ended."""
    if not index:
        return any(region.header)
    line, above = region.lines[index], region.lines[index - 1]
    if across[index - 1] or line[0].baseline - above[0].baseline > 1.5:
        return True
    before = _in_first_column(above, region.columns)
    if not before or region.columns[0].meaning == "ref":
        return True
    text = join_words(before)
    if breaks_off(text):
        return False
    return limit - print_width(text) - 0.28 - print_width(line[0].text) > 1.0 + 0.05 * limit


def _end_of_table(region: Region, across: Sequence[bool], lefts: Sequence[float], measure: Measure) -> int:
    """How many lines belong to the table: none after a heading or a gap under which nothing stands in its columns."""
    for index in range(len(region.lines) - 1):
        if not index and any(region.header):
            continue
        heading = bool(index) and across[index] and not across[index + 1]
        if heading or _is_set_apart(region.lines, index, measure):
            rest = [line for line, flag in zip(region.lines[index:], across[index:], strict=True) if not flag]
            if _stands_elsewhere(rest, region.lines[:index], lefts, measure, heading):
                return index
    return len(region.lines)


def _is_set_apart(lines: Sequence[list[Word]], index: int, measure: Measure) -> bool:
    """Whether empty lines part a line of characters from the one before; so do they the first line."""
    if measure.exact_pitch:
        return False
    return not index or lines[index][0].baseline - lines[index - 1][0].baseline > 1.5


def _stands_elsewhere(
    lines: Sequence[list[Word]],
    above: Sequence[list[Word]],
    lefts: Sequence[float],
    measure: Measure,
    heading: bool,
) -> bool:
    """Whether most of what stands after a gap on the lines begins where no column of the table does."""
    seen = Counter(
        word.x0
        for line in above
        for before, word in pairwise(line)
        if word.x0 - before.x1 > 1.1 * measure.blank * word.size
    )
    begun = aligned = 0
    columns: set[int] = set()
    starts: Counter[int] = Counter()
    for line in lines:
        before: Word | None = None
        for word in line:
            wide = (2.1 if measure.exact_pitch else 1.1) * measure.blank * word.size
            if before is None or word.x0 - before.x1 > wide:
                begun += 1
                reach = max(measure.snap, 0.4 if measure.exact_pitch else 3.0) * word.size
                places = [number for number, left in enumerate(lefts) if abs(word.x0 - left) <= reach]
                aligned += bool(places) or (not measure.exact_pitch and seen[word.x0] >= 2)
                columns.update(places)
                if before is not None:
                    starts[round(word.x0)] += 1
            before = word
    if heading and begun and (aligned < 0.6 * begun or len(columns) < min(3, len(lefts))):
        return True
    if measure.exact_pitch or len(lines) < 2 or not starts:
        return False
    elsewhere = [start for start in starts if all(abs(start - left) > 3 for left in lefts) and seen[start] < 2]
    if sum(starts[start] for start in elsewhere) < 2 or len(starts) + 1 >= len(lefts):
        return False
    alone = len(runs_of(lines[0])) == 1 and lines[1][0].baseline - lines[0][0].baseline > 1.5
    return len(elsewhere) == len(starts) or (alone and 2 * len(elsewhere) >= len(starts))


def _is_foot(lines: Sequence[list[Word]], end: int, measure: Measure) -> bool:
    """Whether the line before `end` is a page's foot by its wording, set apart from the table above it."""
    if measure.exact_pitch or end < 2:
        return False
    line = lines[end - 1]
    apart = end < len(lines) or line[0].baseline - lines[end - 2][0].baseline > 1.5
    return apart and line[0].x0 <= lines[0][0].x0 + 3 and furniture_kind(join_words(line)) == "footer"


def _settle_letters(levels: Sequence[_Level]) -> None:
    """Gives back to the activity the letter that stands beside a ref, where the ref's own is on the next line."""
    for level, following in pairwise(levels):
        ref, own = level.cells.get(0), following.cells.get(0)
        if ref is None or own is None or " " not in ref.text or following.baseline - level.baseline > 1.05:
            continue
        number, letter = ref.text.rsplit(" ", 1)
        if letter == own.text and _LETTER.fullmatch(letter):
            ref.text = number
            activity = level.cells.get(1)
            if activity is not None:
                activity.text = f"{letter} {activity.text}"


def _is_group_in_refs(cells: dict[int, TextLine], columns: Sequence[Column]) -> bool:
    """Whether a line that holds nothing but a text in the column of refs is the heading of a group."""
    line = cells.get(0)
    if line is None or columns[0].meaning != "ref" or is_ref(line.text):
        return False
    return len(line.text.split()) >= 3 and bool(re.match(r"[A-Z0-9]", line.text))


def _ref_words(run: Sequence[Word]) -> int:
    """How many of the first words of a run are a ref; 0 where none or all are."""
    if is_ref(" ".join(word.text for word in run)):
        return 0
    for size in (3, 2, 1):
        if size < len(run) and is_ref(" ".join(word.text for word in run[:size])):
            return size
    return 0


def _is_lone(region: Region, end: int, measure: Measure) -> bool:
    """Whether the line before `end` is a heading that belongs to the next table, though it is short."""
    columns = region.columns
    if not region.before_header or end < 2 or columns[0].meaning not in ("ref", "activity", None, "group"):
        return False
    line = region.lines[end - 1]
    reach = measure.snap * line[0].size
    distance = line[0].baseline - region.lines[end - 2][-1].baseline
    if distance < 1.6 * line[0].size or line[0].x0 > columns[0].left + reach:
        return False
    if not measure.exact_pitch and len(columns) > 3 and len(runs_of(line)) == 1:
        return True  # a row would hold more than a ref and a few words
    if columns[0].meaning == "ref":
        own = [word for word in line if word.x0 < columns[1].left - reach]
        if is_ref(join_words(own)) or is_ref(line[0].text):
            return False
        return all(word.x0 - before.x1 < 2.5 * word.size for before, word in pairwise(line))
    return all(word.x0 < columns[1].left - reach for word in line)


def _is_wrapped(levels: Sequence[_Level], measure: Measure, lean: Lean) -> bool:
    """Whether lines of print are broken by their column's width; some programs widen the column instead."""
    if measure.exact_pitch:
        return True
    last: dict[int, TextLine] = {}
    for level in levels:
        for column, line in level.cells.items():
            before = last.get(column)
            if before is not None and line.baseline - before.baseline <= 1.05:
                lean.pairs += 1
                if breaks_off(before.text) or (_LOWER.match(line.text) and marker_of(line.text) == ""):
                    lean.going_on += 1
            last[column] = line
    return lean.going_on >= 3 and lean.going_on * 25 > lean.pairs


def _facts(levels: Sequence[_Level], columns: Sequence[Column], measure: Measure, lean: Lean) -> _Facts:
    limits = [0.0] * len(columns)
    for level in levels:
        for column, line in level.cells.items():
            limits[column] = max(limits[column], line.reach)
    ref = next((index for index, column in enumerate(columns) if column.meaning == "ref"), None)
    refs = [level.cells[ref].text for level in levels if ref is not None and ref in level.cells]
    letters = any(_LETTER.fullmatch(one) and _LETTER.fullmatch(other) for one, other in pairwise(refs))
    return _Facts(columns, measure, limits, _pitch(levels, measure), _is_wrapped(levels, measure, lean), letters)


def _pitch(levels: Sequence[_Level], measure: Measure) -> float:
    """The usual distance between lines of one paragraph, in font sizes."""
    if not measure.exact_pitch:
        return 1.0
    shares: list[float] = []
    last: dict[int, TextLine] = {}
    for level in levels:
        for column, line in level.cells.items():
            before = last.get(column)
            if before is not None and abs(before.size - line.size) < 0.3:
                share = (line.baseline - before.baseline) / line.size
                if 0.9 <= share <= 1.7 and (_LOWER.match(line.text) or breaks_off(before.text)):
                    shares.append(share)
            last[column] = line
    shares.sort()
    return shares[len(shares) // 2] if shares else 1.15


def _chunks(levels: Sequence[_Level], facts: _Facts, rules: Sequence[float]) -> list[_Chunk]:
    """The levels between those edges at which a row may end."""
    bound = [False] * len(levels)  # bound[i]: no row may begin at level i
    last: dict[int, tuple[int, TextLine]] = {}
    for index, level in enumerate(levels):
        if index:
            gap = level.baseline - levels[index - 1].baseline
            if gap < facts.measure.level_gap * min(level.size, levels[index - 1].size):
                bound[index] = True
        for column, line in level.cells.items():
            known = last.get(column)
            if known is not None and facts.wrapped:
                at, before = known
                if _goes_on(before, line, column, facts):
                    for between in range(at + 1, index + 1):
                        bound[between] = True
            last[column] = (index, line)
        if level.across is not None:
            last.clear()
    drawn = _drawn_edges(levels, rules)
    if drawn:
        for index in range(1, len(levels)):
            bound[index] = index not in drawn and levels[index].across is None and levels[index - 1].across is None
    chunks: list[_Chunk] = []
    for index, level in enumerate(levels):
        before_across = bool(chunks) and chunks[-1].across
        joins_across = (
            before_across
            and level.across is not None
            and index not in drawn
            and _is_one_heading(levels[index - 1], level, facts)
        )
        if chunks and (bound[index] if not (level.across or before_across) else joins_across):
            chunks[-1].levels.append(level)
        else:
            if chunks and index in drawn:
                chunks[-1].must_end = True
            chunks.append(_Chunk([level]))
    for chunk in chunks:
        for level in chunk.levels:
            for column, line in level.cells.items():
                chunk.lines.setdefault(column, []).append(line)
    return chunks


def _is_one_heading(before: _Level, level: _Level, facts: _Facts) -> bool:
    """Whether a line across the columns goes on with the one above it: where only the table's width broke it."""
    if before.across is None or level.across is None:
        return True
    text = level.across.text
    if _LOWER.match(text) or breaks_off(before.across.text):
        return True
    if facts.measure.exact_pitch:
        right, left = max(facts.limits), before.across.x0
        return before.across.x1 + level.across.first_width > right - _EARLY * (right - left)
    right = max(column.right for column in facts.columns)
    return before.across.x1 + 1 + level.across.first_width > right


def _floating(chunks: Sequence[_Chunk], facts: _Facts) -> list[_Block]:
    """Blocks of people that reach into other rows than their own: merged cells, centred over their rows.

    They show where rows with several refs cannot be parted because of them.
    """
    meanings = [column.meaning for column in facts.columns]
    if "ref" not in meanings:
        return []
    ref = meanings.index("ref")
    found: list[_Block] = []
    for chunk in chunks:
        texts = [line.text for line in chunk.lines.get(ref, [])]
        letters = sum(
            bool(_ITEM_LETTER.match(line.text))
            for column, lines in chunk.lines.items()
            if meanings[column] == "activity"
            for line in lines
        )
        if (len(texts) < 2 or facts.one_ref(texts)) and letters < 2:
            continue
        edges = _core_edges(chunk, facts)
        for column, lines in chunk.lines.items():
            if meanings[column] not in _PEOPLE:
                continue
            block = _Block(column, [lines[0]])
            for before, line in pairwise(lines):
                close = line.baseline - before.baseline <= (facts.pitch + 0.06) * line.size
                if close or _goes_on(before, line, column, facts):
                    block.lines.append(line)
                else:
                    found.extend([block] if block.crosses(edges) else [])
                    block = _Block(column, [line])
            found.extend([block] if block.crosses(edges) else [])
    return found


def _without(levels: list[_Level], blocks: Sequence[_Block]) -> list[_Level]:
    """The levels without the lines of some blocks."""
    if not blocks:
        return levels
    taken = {id(line) for block in blocks for line in block.lines}
    for level in levels:
        level.cells = {column: line for column, line in level.cells.items() if id(line) not in taken}
    return [level for level in levels if level.cells or level.across]


def _group_blocks(levels: Sequence[_Level], facts: _Facts) -> list[_Block]:
    """The texts of those columns of groups that hold fewer than the table has rows: each stands for several rows."""
    if not facts.measure.exact_pitch:
        return []
    meanings = [column.meaning for column in facts.columns]
    counts = [len(_blocks_in(levels, column, facts)) for column in range(len(meanings))]
    rows = max(
        (count for count, meaning in zip(counts, meanings, strict=True) if meaning == "ref" or meaning in _SINGLE),
        default=0,
    )
    return [
        block
        for column, meaning in enumerate(meanings)
        if meaning == "group" and 0 < counts[column] < _FEWER * rows
        for block in _blocks_in(levels, column, facts)
    ]


def _blocks_in(levels: Sequence[_Level], column: int, facts: _Facts) -> list[_Block]:
    """The texts of a column: lines that follow each other at the pitch of their type."""
    blocks: list[_Block] = []
    for level in levels:
        line = level.cells.get(column)
        if line is None:
            continue
        before = blocks[-1].lines[-1] if blocks else None
        close = before is not None and line.baseline - before.baseline <= (facts.pitch + 0.06) * line.size
        if close and facts.columns[column].meaning not in _SINGLE and facts.columns[column].meaning != "ref":
            blocks[-1].lines.append(line)
        else:
            blocks.append(_Block(column, [line]))
    return blocks


def _place_groups(
    cells: list[list[PageCell]],
    rows: Sequence[Sequence[_Chunk]],
    groups: Sequence[_Block],
    facts: _Facts,
    centred: bool,
    before: PageTable | None,
) -> None:
    """Puts the names of groups over the rows that they stand for, from the inner column to the outer."""
    last = None
    if before is not None and before.rows:
        last = RowPlace(0.0, 0.0, 0.0, series_of(_ref_in(before.rows[-1], facts)))
    start = 0
    for end in range(len(rows) + 1):
        if end < len(rows) and not rows[end][0].across:
            continue
        if end > start and groups:
            last = _place_in_part(cells[start:end], rows[start:end], groups, facts, centred, last)
        start = end + 1


def _ref_in(row: Sequence[PageCell], facts: _Facts) -> str:
    """The text in a row's column of refs."""
    for cell in row:
        if facts.columns[cell.column].meaning == "ref":
            return join_texts(cell.lines)
    return ""


def _place_in_part(
    cells: Sequence[list[PageCell]],
    rows: Sequence[Sequence[_Chunk]],
    groups: Sequence[_Block],
    facts: _Facts,
    centred: bool,
    before: RowPlace | None,
) -> RowPlace:
    """The same for rows that no line across parts; gives the last of them."""
    bands = [(row[0].levels[0].top, row[-1].levels[-1].bottom) for row in rows]
    places = row_places(bands, [row[0].levels[0].baseline for row in rows], [_ref_in(row, facts) for row in cells])
    unit = facts.pitch * rows[0][0].levels[0].size
    inner: set[int] | None = None
    for column in sorted({block.column for block in groups}, reverse=True):
        own = [
            block
            for block in groups
            if block.column == column and places[0].top <= block.lines[0].baseline <= places[-1].bottom + unit
        ]
        covered = covered_rows([block.lines for block in own], places, centred, unit, before, inner)
        for block, each in zip(own, covered, strict=False):
            doubts = (_UNSURE_GROUP,) if each.unsure else ()
            cells[each.first].append(PageCell(column, block.lines, each.last - each.first + 1, doubts=doubts))
            cells[each.first].sort(key=lambda cell: cell.column)
        if not covered:
            _place_floating(list(cells), bands, own)
        elif inner is None:
            inner = {each.first for each in covered}
    return places[-1]


def _core_edges(chunk: _Chunk, facts: _Facts) -> list[float]:
    """Where rows could part a chunk if its people did not stand in the way."""
    core = [
        _Level(level.baseline, level.size, cells)
        for level in chunk.levels
        if (
            cells := {index: line for index, line in level.cells.items() if facts.columns[index].meaning not in _PEOPLE}
        )
    ]
    parts = _chunks(core, facts, [])
    return [(one.levels[-1].bottom + other.levels[0].top) / 2 for one, other in pairwise(parts)]


_SUB_REF = re.compile(r"^(.*\d)\s*\(?[a-z][.)]?\)?$")


def _place_floating(
    cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], floating: Sequence[_Block]
) -> None:
    """Puts merged cells over the rows that they are centred on."""
    for block in floating:
        top, bottom = block.lines[0].top, block.lines[-1].bottom
        reached = [
            index
            for index, band in enumerate(bands)
            if min(band[1], bottom) - max(band[0], top) > 0.2 * (bottom - top) / len(block.lines)
        ]
        if not reached:
            middle = (top + bottom) / 2
            reached = [min(range(len(bands)), key=lambda index: abs(sum(bands[index]) / 2 - middle))]
        first, last = _siblings(cells, reached[0], reached[-1], block.column)
        row = cells[first]
        row.append(PageCell(block.column, block.lines, last - first + 1))
        row.sort(key=lambda cell: cell.column)


def _parent_ref(row: Sequence[PageCell]) -> str | None:
    """The ref that the row's own is a letter of: "3.5" of "3.5 a)"."""
    if not row or row[0].column != 0 or row[0].column_span > 1:
        return None
    match = _SUB_REF.match(join_texts(row[0].lines))
    return match[1] if match else None


def _siblings(cells: Sequence[Sequence[PageCell]], first: int, last: int, column: int) -> tuple[int, int]:
    """The rows from `first` to `last` and their neighbours under the same ref whose cell in the column is empty."""

    def free(index: int) -> bool:
        return all(cell.column != column for cell in cells[index])

    parent = _parent_ref(cells[first])
    while first > 0 and parent and free(first - 1) and _parent_ref(cells[first - 1]) == parent:
        first -= 1
    while last + 1 < len(cells) and parent and free(last + 1) and _parent_ref(cells[last + 1]) == parent:
        last += 1
    return first, last


def _merge_centred(cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], facts: _Facts) -> None:
    """Finds merged cells in tables that are centred vertically: they stand in the middle of rows of one ref."""
    for column, each in enumerate(facts.columns):
        if each.meaning in ("ref", "activity"):
            continue
        for index, row in enumerate(cells):
            cell = next((cell for cell in row if cell.column == column), None)
            parent = _parent_ref(row)
            if cell is None or cell.row_span > 1 or parent is None or not cell.lines:
                continue
            first, last = _siblings(cells, index, index, column)
            if first == last:
                continue
            middle = (cell.lines[0].top + cell.lines[-1].bottom) / 2
            own = abs(middle - sum(bands[index]) / 2)
            whole = abs(middle - (bands[first][0] + bands[last][1]) / 2)
            # One in the middle row of three hardly leaves out the two around it.
            between = first < index < last and whole < facts.pitch * cell.lines[0].size
            if whole < own or between:
                row.remove(cell)
                cell.row_span = last - first + 1
                cells[first].append(cell)
                cells[first].sort(key=lambda each: each.column)


def _merge_between(cells: list[list[PageCell]], bands: Sequence[tuple[float, float]], facts: _Facts) -> None:
    """Finds merged cells over rows of any refs: they stand off the middle of their row, and in that of several.

    The others of these rows have no cell of their own there, though most rows of the table do.
    """
    for column, share in enumerate(_filled_shares(cells, len(facts.columns))):
        if facts.columns[column].meaning in ("ref", "activity", "group", *_SINGLE) or share < _USUALLY:
            continue
        taken = _taken(cells, column)
        for index in range(len(cells)):
            cell = next((cell for cell in cells[index] if cell.column == column and cell.column_span == 1), None)
            if cell is None or cell.row_span > 1 or not cell.lines:
                continue
            unit = facts.pitch * cell.lines[0].size
            middle = (cell.lines[0].top + cell.lines[-1].bottom) / 2
            if abs(middle - sum(bands[index]) / 2) < _OFF * unit:
                continue
            first, last = _best_reach(index, middle, bands, taken)
            if first < last and abs(middle - (bands[first][0] + bands[last][1]) / 2) < _ON * unit:
                cells[index].remove(cell)
                cell.row_span = last - first + 1
                cells[first].append(cell)
                cells[first].sort(key=lambda each: each.column)
                taken.update(range(first, last + 1))


def _filled_shares(cells: Sequence[Sequence[PageCell]], width: int) -> list[float]:
    """In how large a share of the rows each column is filled; rows across the columns do not count."""
    rows = [row for row in cells if not any(cell.column_span > 1 for cell in row)]
    filled = Counter(cell.column for row in rows for cell in row if cell.lines)
    return [filled[column] / max(len(rows), 1) for column in range(width)]


def _taken(cells: Sequence[Sequence[PageCell]], column: int) -> set[int]:
    """The rows that have a cell in the column, or are covered by one or by a line across."""
    return {
        covered
        for index, row in enumerate(cells)
        for cell in row
        if cell.column <= column < cell.column + cell.column_span
        for covered in range(index, index + cell.row_span)
    }


def _best_reach(
    index: int, middle: float, bands: Sequence[tuple[float, float]], taken: Container[int]
) -> tuple[int, int]:
    """The rows around one, none of them taken, the middle of which is nearest to a height."""
    low = high = index
    while low > 0 and index - low < _MOST_MERGED and low - 1 not in taken:
        low -= 1
    while high + 1 < len(bands) and high - index < _MOST_MERGED and high + 1 not in taken:
        high += 1
    return min(
        ((first, last) for first in range(low, index + 1) for last in range(index, high + 1)),
        key=lambda span: (abs(middle - (bands[span[0]][0] + bands[span[1]][1]) / 2), span[1] - span[0]),
    )


def _merge_beside(cells: list[list[PageCell]], columns: Sequence[Column]) -> None:
    """Puts the paragraphs of a merged cell together, where the cells beside it are merged over the same rows."""
    people = [index for index, column in enumerate(columns) if column.meaning in _PEOPLE]
    for first, row in enumerate(cells):
        spans = [cell.row_span for cell in row if cell.column in people and cell.row_span > 1]
        if not spans:
            continue
        rows = cells[first : first + max(spans)]
        for column in people:
            parts = [cell for each in rows for cell in each if cell.column == column and cell.lines]
            if any(cell.row_span > 1 for cell in parts) or not 1 < len(parts) < len(rows):
                continue
            whole = PageCell(column, [line for cell in parts for line in cell.lines], len(rows))
            for each in rows:
                each[:] = [cell for cell in each if cell.column != column]
            row.append(whole)
            row.sort(key=lambda cell: cell.column)


def _drawn_edges(levels: Sequence[_Level], rules: Sequence[float]) -> set[int]:
    """Levels before which a rule is drawn; empty where rules are too few to part the rows."""
    edges: set[int] = set()
    for rule in rules:
        for index in range(1, len(levels)):
            above, below = levels[index - 1], levels[index]
            if above.baseline - 0.1 * above.size <= rule <= below.baseline - 0.5 * below.size:
                edges.add(index)
                break
    return edges if len(edges) >= 2 or (edges and len(levels) <= 6) else set()


def _goes_on(before: TextLine, line: TextLine, column: int, facts: _Facts) -> bool:
    """Whether a line surely belongs to the same cell as the line before it in its column."""
    if facts.columns[column].meaning == "timescale" and _are_two_times(before.text, line.text):
        return False
    measure = facts.measure
    distance = (line.baseline - before.baseline) / max(line.size, 0.1)
    if facts.columns[column].meaning == "ref":
        return distance <= 1.04 * facts.pitch and facts.one_ref((before.text, line.text))
    if distance > facts.pitch + (0.06 if measure.exact_pitch else 0.05):
        return False
    if before.wraps or _is_lower(line.text) or breaks_off(before.text):
        return True
    if not measure.exact_pitch:
        return False  # where a line was full is known too roughly
    # Lines of one cell follow at the pitch; rows have at least a little padding, or a line that was not full.
    return not _fits(before, line, column, facts) or (distance <= facts.pitch + 0.02 and not _is_whole(before, line))


def _fits(before: TextLine, line: TextLine, column: int, facts: _Facts) -> bool:
    """Whether the first word of a line would have fitted on the line before."""
    if not facts.measure.exact_pitch:
        return room_left(before, line, facts.limits[column]) > 0.5 * facts.measure.slack
    blank = facts.measure.blank * line.size
    return before.x1 + blank + line.first_width <= facts.limits[column] - facts.measure.slack * line.size


def _is_lower(text: str) -> bool:
    """Whether a text goes on in lower case, and is no item "b)"."""
    return bool(_LOWER.match(text)) and not re.match(r"[a-z]\)", text)


def _is_whole(before: TextLine, line: TextLine) -> bool:
    return not breaks_off(before.text) and not _LOWER.match(line.text)


@fixed(frozen=True, slots=True)
class _PossibleRow:
    """Consecutive chunks taken for one row; `cost` leaves out how its cells keep to one height."""

    cells: dict[int, list[TextLine]]
    refs: int
    cost: float
    spread_weight: float
    below: float | None
    """Baseline of the line that follows."""


class _Rows:
    """Finds the cheapest way to cut chunks into rows."""

    def __init__(self, chunks: list[_Chunk], facts: _Facts, before: PageTable | None, lean: Lean) -> None:
        self.lean = lean
        self.chunks = chunks
        self.facts = facts
        self.columns = facts.columns
        self.limits = facts.limits
        self.measure = facts.measure
        self.before = before
        self.meanings = [column.meaning for column in facts.columns]
        self.ref = self.meanings.index("ref") if "ref" in self.meanings else None
        self.activity = self.meanings.index("activity") if "activity" in self.meanings else None
        self.pitch = facts.pitch
        self.filled = self._filled()
        self.torn = self._torn()
        self.possible: dict[tuple[int, int], _PossibleRow] = {}
        self.centred = False
        """The cells of the table are centred vertically."""

    def _filled(self) -> list[float]:
        """How often each column is filled, as far as that can be told before the rows are known."""
        width = len(self.columns)
        counts = [0] * width
        for chunk in self.chunks:
            for column, lines in chunk.lines.items():
                if column == self.ref:
                    counts[column] += sum(1 for line in lines if is_ref(line.text)) or 1
                else:
                    counts[column] += 1
        if self.ref is not None and counts[self.ref]:
            total = counts[self.ref]
        else:
            single = [counts[index] for index, meaning in enumerate(self.meanings) if meaning in _SINGLE]
            total = max(single, default=0) or max(counts, default=1)
        return [min(1.0, count / max(total, 1)) for count in counts]

    def _torn(self) -> list[float]:
        """What it costs that a row begins with each chunk: lines that look like one paragraph would be torn."""
        costs = [0.0] * len(self.chunks)
        last: dict[int, TextLine] = {}
        for index, chunk in enumerate(self.chunks):
            if chunk.across:
                last.clear()
                continue
            for column, lines in chunk.lines.items():
                before = last.get(column)
                if before is not None and self.facts.wrapped:
                    distance = (lines[0].baseline - before.baseline) / max(lines[0].size, 0.1)
                    if distance <= self.pitch + 0.06 and not _fits(before, lines[0], column, self.facts):
                        costs[index] += 0.5
                last[column] = lines[-1]
        return costs

    def best(self) -> list[list[_Chunk]]:
        """The chunks by row."""
        cost, rows = self._cut("top")
        other_cost, other_rows = self._cut("middle")
        self.centred = self.lean.weigh(cost, other_cost)
        return other_rows if self.centred else rows

    def _cut(self, alignment: str) -> tuple[float, list[list[_Chunk]]]:
        count = len(self.chunks)
        best = [0.0] + [_NEVER] * count
        back = [0] * (count + 1)
        for start in range(count):
            if best[start] >= _NEVER:
                continue
            if self.chunks[start].across:
                if best[start] < best[start + 1]:
                    best[start + 1], back[start + 1] = best[start], start
                continue
            for end in range(start + 1, min(start + _MAX_CHUNKS, count) + 1):
                chunk = self.chunks[end - 1]
                if chunk.across:
                    break
                row = self._row(start, end)
                if row.refs > 1 and end > start + 1:
                    break
                cost = best[start] + self._price(row, alignment)
                if cost < best[end]:
                    best[end], back[end] = cost, start
                if chunk.must_end:
                    break
        rows: list[list[_Chunk]] = []
        end = count
        while end > 0:
            rows.append(self.chunks[back[end] : end])
            end = back[end]
        rows.reverse()
        return best[count], rows

    def doubtful(self, rows: Sequence[list[_Chunk]]) -> list[set[int]]:
        """Per row, the columns of which some lines might as well belong to the row above or below."""
        alignment = "middle" if self.centred else "top"
        doubts: list[set[int]] = [set() for _ in rows]
        starts = list(accumulate((len(row) for row in rows), initial=0))

        def price(start: int, end: int) -> float:
            return self._price(self._row(start, end), alignment)

        for number in range(len(rows) - 1):
            above, below_it = rows[number], rows[number + 1]
            if above[0].across or below_it[0].across:
                continue
            first, border, end = starts[number], starts[number + 1], starts[number + 2]
            now = price(first, border) + price(border, end)
            for other in (border - 1, border + 1):
                if not first < other < end or (other < border and self.chunks[other].must_end):
                    continue
                if price(first, other) + price(other, end) - now < _CLOSE_CALL:
                    moved = self.chunks[min(other, border)]
                    doubts[number].update(moved.lines)
                    doubts[number + 1].update(moved.lines)
        return doubts

    def _refs(self, cells: dict[int, list[TextLine]]) -> int:
        if self.ref is None or self.ref not in cells:
            return 0
        lines = cells[self.ref]
        if self.facts.one_ref([line.text for line in lines]):
            return 1
        return sum(1 for line in lines if is_ref(line.text)) or 1

    def _row(self, start: int, end: int) -> _PossibleRow:
        """The row that the chunks from `start` to `end` would make; each is looked at once for both alignments."""
        known = self.possible.get((start, end))
        if known is not None:
            return known
        shorter = self.possible.get((start, end - 1))
        cells = dict(shorter.cells) if shorter else {}
        for chunk in self.chunks[end - 1 if shorter else start : end]:
            for column, lines in chunk.lines.items():
                cells[column] = [*cells[column], *lines] if column in cells else lines
        below = None if end == len(self.chunks) else self.chunks[end].levels[0].baseline
        refs = self._refs(cells)
        goes_on = start == 0 and self._may_go_on(cells)
        weight = 0.3 if goes_on or end == len(self.chunks) else 1.0
        row = _PossibleRow(cells, refs, self.torn[start] + self._cost(cells, goes_on, refs), weight, below)
        self.possible[start, end] = row
        return row

    def _price(self, row: _PossibleRow, alignment: str) -> float:
        return row.cost + row.spread_weight * self._spread(row.cells, alignment, row.below)

    def _cost(self, cells: dict[int, list[TextLine]], goes_on: bool, refs: int) -> float:
        """What a row of these cells costs, wherever they stand in it."""
        cost = 0.6
        sub_item = self._is_sub_item(cells)
        for column, meaning in enumerate(self.meanings):
            lines = cells.get(column)
            share = self.filled[column]
            if not lines:
                if goes_on:
                    continue
                weight = _EMPTY.get(meaning or "extra", 0.8)
                if sub_item and (meaning in _PEOPLE or meaning in _SINGLE):
                    weight *= 0.3
                cost += weight * share
                continue
            cost += self._cell_cost(lines, meaning, goes_on, column)
        cost += self._foreign_letters(cells)
        if goes_on:
            cost -= 1.5
            if refs and self.ref is not None and not self._ends_ref(cells[self.ref]):
                cost += 6.0
        return cost

    def _ends_ref(self, lines: list[TextLine]) -> bool:
        """Whether what stands in the column of refs may be the rest of one of the page before: "a)", or "04"."""
        cell = PageCell(0, lines)
        above = self.before.rows[-1] if self.before is not None else []
        return has_bare_letter([cell]) or any(
            is_cut_ref(cell_text(other), cell_text(cell)) for other in above if other.column == self.ref
        )

    def _foreign_letters(self, cells: dict[int, list[TextLine]]) -> float:
        """What it costs that an activity holds the line of another sub-item than its ref's: "a) ..." under 3.2 b)."""
        if self.ref is None or self.activity is None or self.ref not in cells or self.activity not in cells:
            return 0.0
        own = _OWN_LETTER.search(" ".join(line.text for line in cells[self.ref]))
        if own is None:
            return 0.0
        letters = [match[1] for line in cells[self.activity] if (match := _LINE_LETTER.match(line.text))]
        return 4.0 * float(sum(letter != own[1] for letter in letters))

    def _is_sub_item(self, cells: dict[int, list[TextLine]]) -> bool:
        for column in (self.ref, self.activity):
            if column is not None and column in cells and re.match(r"\(?[b-z][.)]", cells[column][0].text):
                return True
        return (
            self.ref is not None
            and self.ref in cells
            and bool(re.search(r"\d\s*\(?[b-z][.)]?$", " ".join(line.text for line in cells[self.ref])))
        )

    def _may_go_on(self, cells: dict[int, list[TextLine]]) -> bool:
        if self.before is None or not self.before.rows:
            return False
        row = [PageCell(column, lines) for column, lines in sorted(cells.items())]
        letters = sum(1 for each in self.before.rows if has_bare_letter(each)) > 0
        return row_goes_on(self.before.rows[-1], row, self.filled, self.meanings, self.limits, True, letters)

    def _cell_cost(self, lines: list[TextLine], meaning: Meaning | None, goes_on: bool, column: int) -> float:
        cost = 0.0
        if meaning == "ref":
            if len(lines) > 1 and (lines[1].baseline - lines[0].baseline) > 1.06 * self.pitch * lines[1].size:
                cost += 4.0
            return cost
        first = lines[0].text
        if not goes_on and (_LOWER.match(first) and not marker_of(first)):
            cost += 2.5
        if meaning == "activity" and not goes_on and (first[:1] in "(•*" or _BULLET_START.match(first)):
            cost += 2.5
        more = 0
        for before, line in pairwise(lines):
            distance = (line.baseline - before.baseline) / max(line.size, 0.1)
            close = distance <= self.pitch + (0.06 if self.measure.exact_pitch else 0.05)
            going_on = bool(_LOWER.match(line.text)) and not re.match(r"[a-z]\)", line.text)
            open_end = breaks_off(before.text)
            if meaning == "timescale" and going_on and not open_end and _are_two_times(before.text, line.text):
                cost += 4.0
                continue
            if going_on or open_end:
                cost += 0.0 if close else 0.4
                continue
            if close and self.facts.wrapped and not _fits(before, line, column, self.facts):
                continue
            extra = self._paragraph_cost(before, line, meaning, close)
            cost += extra + (0.15 * more if extra > 0.2 else 0.0)
            more += 1
        if breaks_off(lines[-1].text):
            cost += 1.5
        return cost

    def _paragraph_cost(self, before: TextLine, line: TextLine, meaning: Meaning | None, close: bool) -> float:
        """What it costs that a cell has another paragraph."""
        text = line.text
        if meaning in _SINGLE:
            return 0.5 if text[:1] in "(&" or re.match(r"(?:19|20)\d\d\b", text) else 4.0
        if meaning == "activity":
            if text[:1] in "(•*" or _BULLET_START.match(text):
                return -0.3
            if before.text.endswith(":"):
                return -0.3
            return 1.0 if re.match(r"\(?[a-z]\)", text) else 1.6
        if meaning in _PEOPLE:
            return 0.7 if close else 0.9
        if text[:1] in "(•*" or _BULLET_START.match(text):
            return 0.0
        return 0.8

    def _spread(self, cells: dict[int, list[TextLine]], alignment: str, below: float | None) -> float:
        """How badly the cells of a row keep to one height."""
        if len(cells) < 2:
            return 0.0
        size = next(iter(cells.values()))[0].size
        unit = self.pitch * size
        even = 0.12 if self.measure.exact_pitch else 0.55
        if alignment == "middle" and not self.facts.wrapped:
            return _spread_of_lines(cells, below)
        if alignment == "top":
            heights = [lines[0].baseline for lines in cells.values()]
            base = min(heights)
            distances = [(height - base) / unit for height in heights]
            cost = sum(min(3.0, 1.5 * max(0.0, distance - 1.3)) for distance in distances)
            if not self.measure.exact_pitch and self._juts_out(cells, base):
                cost += 1.0
        else:
            heights = [(lines[0].baseline + lines[-1].baseline) / 2 for lines in cells.values()]
            base = self._row_middle(cells, unit)
            distances = [(base - height) / unit for height in heights]
            # A paragraph keeps its lower margin in the cell, so that its text stands a little too high.
            cost = sum(
                min(3.0, 1.5 * max(0.0, distance - 0.7 - even))
                if distance > 0
                else min(4.0, 4.0 * max(0.0, -distance - even))
                for distance in distances
            )
        together = sum(1 for distance in distances if abs(distance) < 0.12)
        if together < 2:
            middle = sorted(distances)[len(distances) // 2]
            together = sum(1 for distance in distances if abs(distance - middle) < 0.12)
        return cost - 0.4 * (together - 1)

    def _juts_out(self, cells: dict[int, list[TextLine]], top: float) -> bool:
        """Whether a cell of people alone stands higher than all others of its row: the end of the row above."""
        high = [column for column, lines in cells.items() if lines[0].baseline == top]
        return len(high) == 1 and len(cells) > 3 and self.meanings[high[0]] in _PEOPLE

    def _row_middle(self, cells: dict[int, list[TextLine]], unit: float) -> float:
        """The middle of a row: the lowest of the middles of its cells, those of one plain block before others."""
        middles = [
            (lines[0].baseline + lines[-1].baseline) / 2
            for lines in cells.values()
            if lines[-1].baseline - lines[0].baseline < (len(lines) - 0.8) * unit
        ]
        return max(middles or [(lines[0].baseline + lines[-1].baseline) / 2 for lines in cells.values()])


def _are_two_times(one: str, other: str) -> bool:
    """Whether two lines are a timescale each: "To be confirmed" over "by end of March 2025"."""
    return not other.startswith(("and ", "to ", "onwards")) and is_timescale(one) and is_timescale(other)


def _spread_of_lines(cells: dict[int, list[TextLine]], below: float | None) -> float:
    """How badly cells keep to the middle of their row, in whole lines of characters.

    Rows follow each other without a gap: a row reaches down to the line before `below`, where the next one begins.
    A cell of n lines in a row of h begins (h - n) // 2 lines below its top; a paragraph keeps an empty line below it.
    """
    extents = [(int(lines[0].baseline), int(lines[-1].baseline)) for lines in cells.values()]
    top = min(first for first, _ in extents)
    height = max(last for _, last in extents) - top + 1
    whole = int(below) - top if below is not None else height
    if whole > height + 2:
        whole = height + 1
    cost = 0.0
    for first, last in extents:
        room = whole - (last - first + 1)
        if first == top + room // 2:
            cost -= 0.4
        elif first == top + (room - 1) // 2:
            cost -= 0.1
        else:
            cost += 2.0
    return cost + 0.4


_BULLET_START = re.compile(r"^[•◦▪▫●○■□‣∙·➢✓*\uf0b7]")
_EMPTY: dict[str, float] = {
    "ref": 3.0,
    "activity": 4.0,
    "timescale": 1.8,
    "timescale_start": 1.2,
    "timescale_end": 1.2,
    "lead_officers": 1.3,
    "lead_directorates": 1.3,
    "lead_cabinet_members": 1.3,
    "status": 1.5,
    "progress": 1.0,
    "group": 0.2,
    "extra": 0.8,
}
