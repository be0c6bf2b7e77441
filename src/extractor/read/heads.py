"""Header rows in columns of characters, settled over the whole document.

1. A header that stands over several tables, or is repeated on every page, says the same words each time: what follows
   in the same words each time is its next line, and what differs is the first row.
2. Two header cells that only one blank parts are two where text begins under the second one, in the lines below
   and in the header's other lines.
3. How the words of one such header part into columns holds for all of them; the reading with most known words is taken.
4. A header word that stands alone over two or more others spans their columns: where an empty line parts them, where
   it is centred over them, or where each is known and nothing else begins as low as they do.
5. Two known phrases that only a blank parts are two cells where text begins near the second one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from extractor.read.alignment import Column, Header, Over, whole_phrase
from extractor.read.centred_heads import are_centred, centred_cells, centred_columns
from extractor.read.overleaf import begins_ref, is_ref, opens_with_ref
from extractor.read.parting import is_time_word, runs_of
from extractor.read.typeset import Word, join_words, may_divide
from extractor.rows import TIMES
from extractor.text import JOINER, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.headers import PHRASES, header_meaning
from extractor.vocabulary.states import STATES

Line = list[Word]
_OPEN_HEAD = re.compile(r"(?:[/&(,–-]|\b(?:and|or|of|for|to|by|the|in|with))$")
_TITLE = re.compile(r"[A-Z][A-Za-z/&'’-]*(?: [A-Za-z/&'’-]+){0,3}")

_MOST_LINES = 9
_NEXT_LINE = 2.5
"""A header's lines follow each other with one or two empty lines between them at most."""
_SAMPLE = 60
_LETTERED_REF = re.compile(r"[A-Z]{1,5}[-.]?\d+(?:\.\d+)*[a-z]?[.)]?|\d+(?:\.\d+)+[a-z]?[.)]?")
_MOST_SHIFT = 12
_MOST_PHRASED = 16
"""So many words of a header are parted into known phrases."""
_FEWEST_BEGUN = 3
"""So many cells show that a column begins below a word of a header."""
_FEWEST_NAMES = 3
"""So many names of columns beside each other are a header."""
_APART = 6
_FEW_LINES = 4
"""Of so few lines each may show where a column begins."""
_ALIKE = 0.6
_MOSTLY = 0.8
_SHARED = 0.3
"""Words that so many headers of a kind have in common are header words; a row may be the same under two."""
_MOST_STEPS = 4000
_NOT_BELOW, _UNUSED, _CENTRED = 8.0, 4.0, 0.2
"""What it costs that nothing begins below a header, that no header stands over a column, and that one is set in."""
_UNSURE = 1.0
"""What it costs that no column begins where a few lines do."""
_SHIFTED, _SHIFTED_ALONE, _NOT_LIKE, _LEAST_WIDTH = 0.5, 0.1, 5.0, 3
"""What each character costs by which a column overleaf moves against the one before it, and where few rows stand there,
whose columns are as narrow as those; what a place costs that holds timescales or states where its column does not, or
no timescales where it does; how wide a column is at least."""
_STATUS: frozenset[Meaning] = frozenset(("status",))
_AWAY = 0.001
"""What each character costs by which it moves at all: of two ways that cost the same, the nearer is taken."""
_NOT_OVER, _BLANK = 12.0, 2.0
"""What it costs that a header cell stands over no column, and that only a blank parts it from another."""


@dataclass(slots=True)
class _Place:
    """Where a header stands: its page and its lines there, and the lines below it."""

    page: int
    first: int
    lines: list[Line]
    below: list[Line]
    known: Header | None = None

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


@dataclass(slots=True)
class _Parted:
    """Header words by column, and those that span several."""

    columns: list[list[Word]]
    over: list[Over] = field(default_factory=list)

    @property
    def texts(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(_text(words) for words in self.columns)


def settle_heads(pages: Sequence[Sequence[Line]], found: Mapping[int, Sequence[Header]]) -> dict[int, list[Header]]:
    """The headers of each page, by its number from 1; `found` are those that show by themselves."""
    places = [
        _without_title(_Place(number, header.first, list(lines[header.first : header.last + 1]), [], header))
        for number, lines in enumerate(pages, 1)
        for header in _whole(found.get(number, ()), lines)
    ]
    settled: dict[int, list[Header]] = {number: [] for number in range(1, len(pages) + 1)}
    for kind in _kinds(places):
        kind = [_with_upper(place, pages[place.page - 1]) for place in _agreed(kind, pages)]
        kind = [_with_first_words(place, pages[place.page - 1]) for place in kind]
        for place in kind:
            place.below = _below(pages[place.page - 1], place, found.get(place.page, ()))
        kind = _with_centred(kind, pages)
        for place in kind:
            place.below = _below(pages[place.page - 1], place, found.get(place.page, ()))
        for place, parted in zip(kind, _parted(kind), strict=True):
            settled[place.page].append(_header(place, parted))
    repeated = Counter(_texts_of(header) for headers in settled.values() for header in headers)
    return {number: _without_rows(_apart(headers), repeated) for number, headers in settled.items()}


def _whole(headers: Sequence[Header], lines: Sequence[Line]) -> list[Header]:
    """The headers of a page, of two that follow each other line upon line the one that both are."""
    whole: list[Header] = []
    for header in headers:
        before = whole[-1] if whole else None
        if (
            before
            and header.first == before.last + 1
            and lines[header.first][0].baseline - lines[before.last][0].baseline <= 1.05
        ):
            whole[-1] = Header(before.first, header.last, [*before.columns, *header.columns])
        else:
            whole.append(header)
    return whole


def _without_title(place: _Place) -> _Place:
    """A header without a title right above it, that runs on over its first columns and is none of their words."""
    title, rest = place.lines[0], place.lines[1:]
    cells = _cells(run for line in rest for run in runs_of(line))
    if len(cells) < 3 or len(runs_of(title)) > 1 or title[0].x0 > cells[0][0].x0 + 1.05:
        return place
    if title[-1].x1 <= min(word.x0 for word in cells[1]) or _reads(rest) < _reads(place.lines):
        return place
    return _Place(place.page, place.first + 1, list(rest), [])


def _without_rows(headers: Sequence[Header], counts: Mapping[tuple[str, ...], int]) -> list[Header]:
    """The headers without those that are lines of rows: a few known words in columns of the header above.

    "Action" over "1.2" is a ref and "Strategic Lead -" a post, however their words are known; no other page says them.
    No row says the names of three columns and nothing else.
    """
    kept: list[Header] = []
    for header in headers:
        above = kept[-1].columns if kept else []
        is_row = (
            counts[_texts_of(header)] == 1
            and header.first == header.last
            and 2 * len(header.columns) <= len(above)
            and not (len(header.columns) >= _FEWEST_NAMES and all(map(_is_phrase, _texts_of(header))))
            and all(any(abs(each.words[0].x0 - one.left) <= 1.05 for one in above) for each in header.columns)
        )
        if not is_row:
            kept.append(header)
    return kept


def _apart(headers: Sequence[Header]) -> list[Header]:
    """The headers top to bottom, of those that share a line the longer one."""
    kept: list[Header] = []
    for header in sorted(headers, key=lambda each: (each.first, -each.last)):
        if not kept or header.first > kept[-1].last:
            kept.append(header)
    return kept


def _header(place: _Place, parted: _Parted) -> Header:
    lefts = _below_headers(place, parted)
    known = place.known
    if (
        known is not None
        and (known.first, known.last) == (place.first, place.last)
        and not parted.over
        and _score(_texts_of(known)) >= _score(parted.texts)
    ):
        _stand_below(known.columns, lefts)
        return known
    columns = [
        Column(min(word.x0 for word in words), text, header_meaning(text), words)
        for words, text in zip(parted.columns, parted.texts, strict=True)
    ]
    _stand_below(columns, lefts)
    return Header(place.first, place.last, columns, list(parted.over))


def _below_headers(place: _Place, parted: _Parted) -> list[float]:
    """Where the columns below a header begin, but for one of refs before its first word, which has no header."""
    lefts = columns_below(place.below)
    if not lefts or header_meaning(parted.texts[0]) == "ref":
        return lefts
    head = parted.columns[0][0].x0
    own = [runs_of(line) for line in place.below if abs(line[0].x0 - lefts[0]) <= 1.05]
    begun = [runs[0][0].text for runs in own if len(runs) > 1 or runs[0][-1].x1 <= head]  # others head a group
    are_refs = sum(is_ref(text) or begins_ref(text) for text in begun) >= max(2, _MOSTLY * len(begun))
    return lefts[1:] if are_refs and head > lefts[0] + 2 else lefts


def _stand_below(columns: Sequence[Column], lefts: Sequence[float]) -> None:
    """Lets the columns begin where text below their headers does; the headers may be centred over it."""
    if len(lefts) < max(2, 0.6 * len(columns)):
        return  # too little stands below to tell columns from lists that are set in
    chosen = min(_placed(columns, lefts, centred) for centred in (False, True))[1]
    for index, (column, at) in enumerate(zip(columns, chosen, strict=True)):
        if at >= 0:
            column.left = lefts[at]
        elif index:
            column.left = max(column.left, columns[index - 1].left + 1)


def moved_columns(columns: Sequence[Column], lines: Sequence[Line]) -> list[Column]:
    """The columns of a table where they stand on another page: there each may begin at another character.

    One under which nothing surely begins stands where most begins between those beside it, or moves as they do.
    """
    sample = lines[:_SAMPLE]
    sure = columns_below(sample)
    runs = [run for line in sample for run in runs_of(line)]
    heads = [join_words(runs_of(line)[0]) for line in sample]
    few = len(sample) <= _FEW_LINES or sum(is_ref(head) or opens_with_ref(head) for head in heads) == 1
    lefts = sorted([*sure, *_begun_again(runs, sure, 1 if few else 2)])
    unused = [_UNUSED if left in sure else _UNSURE for left in lefts]
    has_states = any(column.meaning == "status" for column in columns)
    held = [_held(left, runs, has_states) for left in lefts]
    chosen = _followed(columns, lefts, held, unused, _SHIFTED_ALONE if len(sample) <= _FEW_LINES else _SHIFTED)
    if 2 * sum(at >= 0 for at in chosen) <= len(columns):
        return list(columns)
    shifts = [lefts[at] - column.left if at >= 0 else None for column, at in zip(columns, chosen, strict=True)]
    begun = Counter(run[0].x0 for run in runs)
    moved: list[float] = []
    for index, (column, at) in enumerate(zip(columns, chosen, strict=True)):
        before = [shift for shift in shifts[: index + 1] if shift is not None][-1:]
        after = [shift for shift in shifts[index:] if shift is not None][:1]
        near = [*before, *after] or [0.0]
        left = column.left + sum(near) / len(near)
        if at < 0:
            end = next((lefts[other] for other in chosen[index + 1 :] if other >= 0), float("inf"))
            low = max(column.left + min(near) - _LEAST_WIDTH, moved[-1] + _LEAST_WIDTH if moved else 0.0)
            high = min(column.left + max(near) + _LEAST_WIDTH, end - _LEAST_WIDTH)
            between = [start for start, count in begun.items() if count > 1 and low <= start <= high]
            left = max(between, key=lambda start: (begun[start], -abs(start - left)), default=left)
        moved.append(left)
    ends = [*moved[1:], max(columns[-1].right, moved[-1] + 1)]
    return [replace(column, left=left, right=end) for column, left, end in zip(columns, moved, ends, strict=True)]


def _held(left: float, runs: Sequence[Line], has_states: bool) -> frozenset[Meaning]:
    """What most of what begins at a place means: times, and states where the table has such; empty if neither."""
    own = [run for run in runs if run[0].x0 == left]
    if 2 * sum(all(map(is_time_word, run)) for run in own) > len(own):
        return frozenset(TIMES)
    states = sum(key(join_words(run)) in STATES for run in own)
    return _STATUS if has_states and 2 * states > len(own) else frozenset()


def _begun_again(runs: Sequence[Line], sure: Sequence[float], least: int) -> list[float]:
    """Where else columns may begin: where text begins on the `least` lines, and hardly runs across, far from where
    they are `sure` to begin; of places near each other that at which most begins."""
    begun = Counter(run[0].x0 for run in runs)
    found: list[float] = []
    for start in sorted(begun, key=lambda start: (-begun[start], start)):
        crossed = sum(run[0].x0 < start < run[-1].x1 for run in runs)
        if (
            begun[start] >= least
            and 2 * begun[start] >= crossed
            and all(abs(start - at) >= (_APART if least > 1 else _LEAST_WIDTH) for at in (*sure, *found))
        ):
            found.append(start)
    return found


def _followed(
    columns: Sequence[Column],
    lefts: Sequence[float],
    held: Sequence[frozenset[Meaning]],
    unused: Sequence[float],
    shifted: float,
) -> Sequence[int]:
    """The cheapest way to find a table's columns among those of another page, as the index of each one's, -1 for none.

    `held` is what those mean by what they hold, `unused` what it costs that one is no column, `shifted` what each
    character costs by which a column moves against the one before.

    What stands before a column and is wider there moves all that follow, so that a column costs by how much its shift
    differs from that of the one before.
    """
    skipped = [0.0, *accumulate(unused)]
    # best[at, shift]: the cheapest way that puts the last column found at that place, moved by so much.
    best: dict[tuple[int, float], tuple[float, tuple[int, ...]]] = {(-1, 0.0): (0.0, ())}
    for column in columns:
        fresh: dict[tuple[int, float], tuple[float, tuple[int, ...]]] = {}
        for (at, shift), (known, way) in best.items():
            options = [(known + _NOT_BELOW, at, shift, -1)]
            for other in range(at + 1, len(lefts)):
                own = lefts[other] - column.left
                cost = known + shifted * abs(own - shift) + _AWAY * abs(own) + skipped[other] - skipped[at + 1]
                is_like = column.meaning in held[other] if held[other] else column.meaning not in TIMES
                cost += 0.0 if is_like else _NOT_LIKE
                options.append((cost, other, own, other))
            for cost, place, moved, taken in options:
                if (place, moved) not in fresh or cost < fresh[place, moved][0]:
                    fresh[place, moved] = (cost, (*way, taken))
        best = fresh
    return min((cost + skipped[-1] - skipped[at + 1], way) for (at, _), (cost, way) in best.items())[1]


def _placed(columns: Sequence[Column], lefts: Sequence[float], centred: bool) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to place headers over columns, as the index of each one's, -1 for none; and what it costs."""

    def cost(index: int, at: int) -> float:
        column = columns[index]
        away = abs(column.left - lefts[at])
        if index and lefts[at] <= columns[index - 1].left:
            return float("inf")  # there the header before stands
        if not centred:
            return away if away <= _MOST_SHIFT else float("inf")
        if column.left < lefts[at] - _MOST_SHIFT or at + 1 == len(lefts):
            return min(away, _NOT_BELOW - 1) if column.left >= lefts[at] else float("inf")
        middle = (column.left + max(word.x1 for word in column.words)) / 2
        return 1.0 + abs(middle - (lefts[at] + lefts[at + 1] - 2) / 2)

    # best[at]: the cheapest way to place the columns so far over the first `at` lefts.
    best: list[tuple[float, tuple[int, ...]]] = [(_UNUSED * at, ()) for at in range(len(lefts) + 1)]
    for index in range(len(columns)):
        fresh: list[tuple[float, tuple[int, ...]]] = []
        for at, (known, way) in enumerate(best):
            options = [(known + _NOT_BELOW, (*way, -1))]
            if at:
                before, way_before = best[at - 1]
                options.append((before + cost(index, at - 1), (*way_before, at - 1)))
                after, way_after = fresh[at - 1]
                options.append((after + _UNUSED, way_after))
            fresh.append(min(options))
        best = fresh
    return best[-1]


def _texts_of(header: Header) -> tuple[str, ...]:
    return tuple(column.text for column in header.columns)


def _text(words: Sequence[Word]) -> str:
    """A column's header over one or several lines; a hyphen at a line's end may be the typesetter's.

    What a narrow column tore is whole again where that makes it a known phrase: "Refer" over "ence".
    """
    ordered = _in_order(words)
    texts = [word.text for word in ordered]
    ends = [index for index, (one, other) in enumerate(pairwise(ordered), 1) if one.baseline < other.baseline]
    closed = [index for index in ends if may_divide(texts[index - 1], texts[index])]
    text = "".join(f"{(JOINER if index in closed else ' ') if index else ''}{text}" for index, text in enumerate(texts))
    return text if key(text) in PHRASES else whole_phrase(texts, ends, _is_phrase) or text


def _in_order(words: Sequence[Word]) -> list[Word]:
    return sorted(words, key=lambda word: (word.baseline, word.x0))


def _bag(lines: Sequence[Line]) -> Counter[str]:
    return Counter(word.text for line in lines for word in line)


def _kinds(places: Sequence[_Place]) -> list[list[_Place]]:
    """Headers that say about the same, together."""
    kinds: list[list[_Place]] = []
    for place in places:
        bag = _bag(place.lines)
        for kind in kinds:
            other = _bag(kind[0].lines)
            if (bag & other).total() >= _ALIKE * max(min(bag.total(), other.total()), 1):
                kind.append(place)
                break
        else:
            kinds.append([place])
    return kinds


def _agreed(kind: Sequence[_Place], pages: Sequence[Sequence[Line]]) -> list[_Place]:
    """The places of a kind of header with the lines that all of them have in the same words, and more such places."""
    counts: Counter[frozenset[tuple[str, int]]] = Counter()
    stretches: dict[frozenset[tuple[str, int]], list[Line]] = {}
    for place in kind:
        lines = pages[place.page - 1]
        # Known words may begin on the second line of a header.
        above = place.first - 1
        is_above = above >= 0 and lines[above + 1][0].baseline - lines[above][0].baseline <= 1.05
        starts = [above, place.first] if is_above and len(runs_of(lines[above])) > 1 else [place.first]
        own = {
            frozenset(bag.items()): list(lines[start : start + size])
            for start in starts
            for size, bag in enumerate(_growing(lines, start), 1)
            if not _is_first_row(lines[start : start + size])
        }
        counts.update(own.keys())
        stretches = own | stretches
    words = _shared_words(counts, stretches, max(2, _SHARED * len(kind)))
    if words is None:
        return [_extended(place, pages[place.page - 1]) for place in kind]
    places: list[_Place] = []
    for number, lines in enumerate(pages, 1):
        index = 0
        while index < len(lines):
            size = next((n for n, bag in enumerate(_growing(lines, index, words), 1) if bag == words), 0)
            if size:
                known = next((each.known for each in kind if (each.page, each.first) == (number, index)), None)
                places.append(_Place(number, index, list(lines[index : index + size]), [], known))
            index += size or 1
    taken = {(place.page, line) for place in places for line in range(place.first, place.last + 1)}
    rest = [place for place in kind if not any((place.page, n) in taken for n in range(place.first, place.last + 1))]
    return sorted([*places, *rest], key=lambda place: (place.page, place.first))


def _is_first_row(lines: Sequence[Line]) -> bool:
    """Whether the last of a header's lines is one run of words below a blank line, while none parts the others: two
    tables whose first rows begin with one owner. A second row of names has several."""
    gaps = [below[0].baseline - line[0].baseline for line, below in pairwise(lines)]
    return len(gaps) > 1 and gaps[-1] > 1.05 >= max(gaps[:-1]) and len(runs_of(lines[-1])) == 1


def _shared_words(
    counts: Mapping[frozenset[tuple[str, int]], int],
    stretches: Mapping[frozenset[tuple[str, int]], list[Line]],
    least: float,
) -> Counter[str] | None:
    """The words of the longest header that so many places at least share; None where they share none.

    Words that fewer places have, and that read worse for them, are of first rows: two tables begin with one owner.
    """
    shared = [items for items, count in counts.items() if count >= least]
    merit = {items: _reads(stretches[items]) for items in shared}
    for items in sorted(shared, key=lambda items: (-sum(count for _, count in items), sorted(items))):
        words = Counter(dict(items))
        shorter = [other for other in shared if counts[other] > counts[items] and Counter(dict(other)) < words]
        if all(merit[other] <= merit[items] for other in shorter):
            return words
    return None


def _reads(lines: Sequence[Line]) -> float:
    """How well lines read as a header: `_score` of the best way to part them."""
    return max(_score(parted.texts) for parted in _ways(_Place(0, 0, list(lines), [])))


def _extended(place: _Place, lines: Sequence[Line]) -> _Place:
    """A header with the next lines, as far as all that stands on them goes on with what stands above it.

    A line of several header cells, most of them known, right above or below it is its other row.
    """
    own = list(place.lines)
    first = place.first
    while len(own) < _MOST_LINES and first + len(own) < len(lines):
        line = lines[first + len(own)]
        gap = line[0].baseline - own[-1][0].baseline
        if not (gap <= 1.05 and all(_goes_on(run, own) for run in runs_of(line))) and not _is_other_row(line, gap):
            break
        own.append(line)
    if first and _is_other_row(lines[first - 1], own[0][0].baseline - lines[first - 1][0].baseline):
        first -= 1
        own.insert(0, lines[first])
    return replace(place, first=first, lines=own)


def is_upper_row(line: Line, header: Line) -> bool:
    """Whether a line above that of a header holds the names of its columns and of several of them together.

    Each begins where a header cell below it does, the names of single columns are known and have none below.
    """
    runs, below = runs_of(line), runs_of(header)
    if not 0 < header[0].baseline - line[0].baseline <= _NEXT_LINE or len(runs) < 2:
        return False
    spans = 0
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        end = following[0].x0 if following is not None else float("inf")
        under = [other for other in below if run[0].x0 - 1.05 <= other[0].x0 < end - 1.05]
        if not _TITLE.fullmatch(_text(run)) or (under and abs(under[0][0].x0 - run[0].x0) > 1.05):
            return False
        if not under and header_meaning(_text(run)) is None:
            return False
        spans += len(under) > 1
    return spans > 0 and below[0][0].x0 > runs[0][-1].x1


def _is_other_row(line: Line, gap: float) -> bool:
    """Whether a line near a header reads as another row of it: several short titles, most of them known phrases."""
    runs = runs_of(line)
    if gap > _NEXT_LINE or len(runs) < 2 or not all(_TITLE.fullmatch(_text(run)) for run in runs):
        return False
    texts = [_text(run) for run in runs]
    phrases, known = sum(map(_is_phrase, texts)), sum(header_meaning(text) is not None for text in texts)
    return phrases == len(runs) or (phrases > 1 and 3 * known > 2 * len(runs))


def _with_upper(place: _Place, lines: Sequence[Line]) -> _Place:
    """A header with the line above it that holds the names of several of its columns together, where there is one."""
    above = lines[place.first - 1] if place.first else None
    if above is None:
        return place
    close = place.lines[0][0].baseline - above[0].baseline <= 1.05
    if not (close and _is_spanner(above, place.lines)) and not is_upper_row(above, place.lines[0]):
        return place
    return replace(place, first=place.first - 1, lines=[above, *place.lines])


def _with_first_words(place: _Place, lines: Sequence[Line]) -> _Place:
    """A header with the line right above it, where that holds but the first words of cells that go on in lower case."""
    above = lines[place.first - 1] if place.first else None
    if above is None or place.lines[0][0].baseline - above[0].baseline > 1.05:
        return place
    for run in runs_of(above):
        under = (word for line in place.lines for word in line if abs(word.x0 - run[0].x0) <= 1.05)
        word = next(under, None)
        if word is None or not word.text[:1].islower() or not _TITLE.fullmatch(_text(run)):
            return place
    return replace(place, first=place.first - 1, lines=[above, *place.lines])


def _is_spanner(line: Line, header: Sequence[Line]) -> bool:
    """Whether a line right above a header is the name of several of its columns, over others that are centred."""
    runs = [run for other in header for run in runs_of(other)]
    return (
        len(runs_of(line)) == 1
        and bool(_TITLE.fullmatch(_text(line)))
        and line[0].x0 > min(runs, key=lambda run: run[0].x0)[-1].x1 + 1
        and _centred_span(line, runs) is not None
    )


def _goes_on(run: Sequence[Word], above: Sequence[Line]) -> bool:
    """Whether words go on with the header cell above them: in lower case, or where it broke off."""
    for line in reversed(above):
        for other in runs_of(line):
            for index, word in enumerate(other):
                if abs(word.x0 - run[0].x0) <= 1:
                    if run[0].text[:1].islower():
                        return True
                    return index == 0 and (bool(_OPEN_HEAD.search(other[-1].text)) or _is_phrase(_text([*other, *run])))
    return False


def _growing(lines: Sequence[Line], first: int, within: Counter[str] | None = None) -> list[Counter[str]]:
    """The words of a line, of it and the next, and so on, as long as they are among those `within` and say more."""
    end = first + 1
    while end < min(first + _MOST_LINES, len(lines)):
        if lines[end][0].baseline - lines[end - 1][0].baseline > _NEXT_LINE:
            break
        if _says_again(lines[end], lines[first:end]) or any(map(_is_amount, lines[end])):
            break
        end += 1
    bags: list[Counter[str]] = []
    for bag in accumulate((_bag([line]) for line in lines[first:end]), lambda one, other: one + other):
        if within is not None and not bag <= within:
            break
        bags.append(bag)
    return bags


def _is_amount(word: Word) -> bool:
    """Whether a word is a share or a sum: tables of measures may begin with one row, and no header has such a name."""
    return _AMOUNT.fullmatch(word.text) is not None


_AMOUNT = re.compile(r"\d[\d.,]*%|[£€][1-9][\d.,]*[kKm]?")


def _says_again(line: Line, above: Sequence[Line]) -> bool:
    """Whether a line says nothing but what stands above it in the same cells: no header says a word twice."""
    return all(
        any(word.text == other.text and abs(word.x0 - other.x0) <= 1.05 for each in above for other in each)
        for word in line
    )


def _below(lines: Sequence[Line], place: _Place, others: Sequence[Header]) -> list[Line]:
    """The lines under a header, as far as the next one."""
    end = min([header.first for header in others if header.first > place.last], default=len(lines))
    leftmost = min(place.lines, key=_place_of)
    left = leftmost[0].x0
    beside = [run[0].x0 for run in runs_of(leftmost)[1:2]]
    found: list[Line] = []
    for index in range(place.last + 1, min(end, place.last + 1 + _SAMPLE)):
        line = lines[index]
        alone = found and len(runs_of(line)) == 1 and line[0].baseline - found[-1][0].baseline > 1.5
        if alone and line[0].x0 <= left and not is_ref(line[0].text):
            begun = any(len(runs_of(other)) > 1 and other[0].x0 == line[0].x0 for other in found)
            if not (begun and line[0].x0 < left - 1.05 and beside and line[-1].x1 < beside[0]):
                break  # a heading, or text below the table; else the first line of a row, below a centred header
        found.append(line)
    return found


def _starts(line: Line) -> list[float]:
    """Where cells may begin on a line: after a gap, or after a ref but for a numbered heading's."""
    starts: list[float] = []
    runs = runs_of(line)
    for run in runs:
        starts.append(run[0].x0)
        if (
            len(run) > 1
            and len(runs) > 1
            and (is_ref(run[0].text) if len(starts) == 1 else _LETTERED_REF.fullmatch(run[0].text))
            and not (is_time_word(run[0]) and is_time_word(run[1]))  # "Q4 2025/26"
            and not is_ref(f"{run[0].text} {run[1].text}")  # "3.2 b)"
        ):
            starts.append(run[1].x0)
    return starts


# --- header cells that are centred over columns whose text begins at their left edges ---------------------


def _with_centred(kind: Sequence[_Place], pages: Sequence[Sequence[Line]]) -> list[_Place]:
    """Headers of one kind with the lines right above and below them that hold nothing but centred header cells.

    Browsers of text alone centre them, and the text below begins at the left edges of the columns. Below headers that
    say the same nothing is taken that some of them lack.
    """
    taken = [_and_centred(place, pages[place.page - 1]) for place in kind]
    before, after = [_bag(place.lines) for place in kind], [_bag(place.lines) for place in taken]
    said: dict[frozenset[tuple[str, int]], set[frozenset[tuple[str, int]]]] = {}
    for one, other in zip(before, after, strict=True):
        said.setdefault(frozenset(one.items()), set()).add(frozenset(other.items()))
    return [
        whole if len(said[frozenset(bag.items())]) == 1 else place
        for place, whole, bag in zip(kind, taken, before, strict=True)
    ]


def _and_centred(place: _Place, lines: Sequence[Line]) -> _Place:
    """A header with such lines around it."""
    lefts, right = _exact_columns(place)
    if not lefts:
        return place
    found = replace(place, lines=list(place.lines))
    while found.first and len(found.lines) < _MOST_LINES:
        above = lines[found.first - 1]
        if found.lines[0][0].baseline - above[0].baseline > 1.05 or not are_centred(above, lefts, right):
            break
        found.first -= 1
        found.lines.insert(0, above)
    while found.last + 1 < len(lines) and len(found.lines) < _MOST_LINES:
        below = lines[found.last + 1]
        cells = centred_cells(below, lefts, right)
        one = all(cell.first == cell.last for cell in cells or ())
        if below[0].baseline - found.lines[-1][0].baseline > 1.05 or not one or not are_centred(below, lefts, right):
            break
        found.lines.append(below)
    return found


def _exact_columns(place: _Place) -> tuple[list[float], float]:
    """Where the columns below a header begin, if almost all text does so there, and where the last one ends."""
    lefts = columns_below(place.below)
    starts = [start for line in place.below for start in _starts(line)]
    if len(lefts) < 3 or sum(start in lefts for start in starts) < _EXACT * len(starts):
        return [], 0.0
    return lefts, max(line[-1].x1 for line in (*place.below, *place.lines))


_EXACT = 0.9


def _centred_way(place: _Place) -> _Parted | None:
    """The words of a header as centred cells by column, with those that span several; None where they are no such."""
    lefts, right = _exact_columns(place)
    found = centred_columns(place.lines, lefts, right) if lefts else None
    return _Parted(*found) if found else None


# --- columns ---------------------------------------------------------------------------------------------


def _parted(kind: Sequence[_Place]) -> list[_Parted]:
    """The words of headers of one kind by column: as the best of them parts, where the others can follow."""
    ways = [_ways(place) for place in kind]
    votes = Counter(parted.texts for each in ways for parted in each)

    def merit(parted: _Parted) -> tuple[float, int, int]:
        return round(_score(parted.texts), 2), votes[parted.texts], -len(parted.texts)

    own = [max(each, key=merit) for each in ways]
    best = max(own, key=merit)
    return [
        parted if parted.texts == best.texts else _part_like(place, best) or parted
        for place, parted in zip(kind, own, strict=True)
    ]


def _score(texts: Sequence[str]) -> float:
    """How well header cells read: the words of known phrases, cells known by a word, and unknown ones.

    Two cells are no better than the phrase that they would be together.
    """
    score = 0.0
    for text in texts:
        count = sum(any(letter.isalnum() for letter in word) for word in text.split())
        score += 1.5 * count if _is_phrase(text) else 0.8 + 0.2 * count if header_meaning(text) else 0.4
    meanings = Counter(filter(None, map(header_meaning, texts)))
    return score - 2.0 * sum(count - 1 for meaning, count in meanings.items() if meaning not in ("extra", "group"))


def _is_phrase(text: str) -> bool:
    """Whether a header is known word for word, in one language or in two that say the same: "Cyf. / Ref."."""
    if key(text) in PHRASES:
        return True
    meanings = {PHRASES.get(key(part)) for part in text.split(" / ")}
    return len(meanings) == 1 and None not in meanings


def _ways(place: _Place) -> list[_Parted]:
    """The ways to part the words of a header into columns."""
    ways = [_part(place, [part for line in place.lines for run in runs_of(line) for part in _cut(run, place)])]
    runs = [part for line in place.lines for run in runs_of(line) for part in _cut(run, place)]
    if any(len(_after_state(run)) > 1 for run in runs):
        ways.append(_part(place, [part for run in runs for part in _after_state(run)]))
    if centred := _centred_way(place):
        ways.append(centred)
    lefts = columns_below(place.below)
    if len(lefts) > 1:
        begun: set[float] = set()
        over: list[list[Word]] = []
        for line in place.lines:
            over += _over(line, lefts, begun)
            begun.update(word.x0 for word in line)
        ways.append(_part(place, over))
    phrases = _under_each_other([part for run in runs for part in _by_phrases(run, runs, place)])
    if len(phrases) > len(runs):
        ways.append(_part(place, phrases))
    if place.known is not None and place.known.last == place.last and place.known.first == place.first:
        ways.append(_Parted([column.words for column in place.known.columns]))
    return [_without_strokes(parted) for parted in ways]


def _without_strokes(parted: _Parted) -> _Parted:
    """The columns with the strokes between two names where they belong: none holds a stroke alone, and none ends with
    that which begins the second line of the next."""
    columns = [_in_order(words) for words in parted.columns]
    for one, other in pairwise(columns):
        joined = _in_order([*one[-1:], *other])
        if len(one) > 1 and one[-1].text == "/" and _is_phrase(_text(one[:-1])) and _is_phrase(_text(joined)):
            other[:] = joined
            del one[-1]
    for at, words in enumerate(columns):
        goes_on = at > 0 and words[0].text == "/" and _is_right_behind(words[0], columns[at - 1])
        if len(columns) < 2 or (any(word.text != "/" for word in words) and not goes_on):
            continue
        places = (at - 1,) if goes_on else (at + 1, at - 1)
        beside = [columns[index] for index in places if 0 <= index < len(columns)]
        home = next((each for each in beside if _is_phrase(_text([*each, *words]))), beside[0])
        home[:] = _in_order([*home, *words])
        del columns[at]
        over = [
            replace(each, first=each.first - (each.first > at), last=each.last - (each.last >= at))
            for each in parted.over
        ]
        return _without_strokes(_Parted(columns, over))
    return replace(parted, columns=columns)


def _is_right_behind(word: Word, words: Sequence[Word]) -> bool:
    """Whether one blank parts a word from the last of others on its line."""
    return any(other.baseline == word.baseline and 0 < word.x0 - other.x1 <= 1.05 for other in words)


def _after_state(run: list[Word]) -> list[list[Word]]:
    """Header words cut after the name of a column of states, where those of another known column follow it."""
    if len(run) < 2 or _is_phrase(_text(run)) or header_meaning(run[0].text) != "status" or not _is_phrase(run[0].text):
        return [run]
    following = header_meaning(_text(run[1:]))
    return [run[:1], run[1:]] if following not in (None, "status") and run[1].text[:1].isupper() else [run]


def _by_phrases(run: list[Word], runs: Sequence[list[Word]], place: _Place) -> list[list[Word]]:
    """Header words as the fewest known phrases, with what stands below each, where text begins near all but the first.

    They are left together where they are no such phrases, or one.
    """
    if len(run) > _MOST_PHRASED:
        return [run]
    below = [
        word
        for other in runs
        if other[0].baseline > run[0].baseline and run[0].x0 - 0.5 < other[0].x0 < run[-1].x1
        for word in other
    ]
    if _is_phrase(_text([*run, *below])) or _is_phrase(_text(run)):
        return [run]
    limit = _right_end(run, runs)
    edges = [word.x0 - 0.5 for word in run] + [float("inf")]
    begun = Counter(word.x0 for line in place.below for word in line)
    usual = [start for start, count in begun.items() if count > 1]
    # By the words that are parted so far: the fewest phrases that they are, as the words at which those begin.
    fewest: dict[int, tuple[int, ...]] = {0: ()}
    for end in range(1, len(run) + 1):
        for start in range(end):
            edge, reach = edges[start], min(edges[end], edges[start] + _MOST_SHIFT, limit)
            if start not in fewest or (start and not any(edge - 2 <= left <= reach for left in usual)):
                continue
            under = [word for word in below if (not start or word.x0 > edge) and word.x0 < min(edges[end], limit)]
            way = (*fewest[start], start)
            if (end not in fewest or len(way) < len(fewest[end])) and _is_phrase(_text([*run[start:end], *under])):
                fewest[end] = way
    way = fewest.get(len(run), (0,))
    if len(way) == 1:
        way = next(((0, at) for at in range(1, len(run)) if _begins_known(run[at:], place)), way)
    return [run[start:end] for start, end in pairwise((*way, len(run)))]


def _begins_known(rest: Sequence[Word], place: _Place) -> bool:
    """Whether the last of the words of a header are a known phrase, under which a column of text begins."""
    if not rest[0].text[:1].isupper() or not _is_phrase(_text(rest)):
        return False
    runs = [run for line in place.below for run in runs_of(line)]
    near = [run[0].x0 for run in runs if rest[0].x0 - 1 <= run[0].x0 <= rest[0].x0 + _MOST_SHIFT]
    left, starts = max(Counter(near).items(), key=lambda each: (each[1], -each[0]), default=(0.0, 0))
    crossed = sum(run[0].x0 < left < run[-1].x1 for run in runs)
    return starts >= _FEWEST_BEGUN and starts >= 3 * crossed


def _under_each_other(runs: Sequence[list[Word]]) -> list[list[Word]]:
    """The runs of header words, those of the lower lines cut where a run of the first line begins."""
    top = min((run[0].baseline for run in runs), default=0.0)
    lefts = [run[0].x0 for run in runs if run[0].baseline == top]
    cut: list[list[Word]] = []
    for run in runs:
        cut.append(run[:1])
        for word in run[1:]:
            if word.baseline > top and any(abs(word.x0 - left) <= 1 for left in lefts):
                cut.append([word])
            else:
                cut[-1].append(word)
    return cut


def _part(place: _Place, runs: Sequence[list[Word]]) -> _Parted:
    """The words of a header by column, those of one run together."""
    top = min(runs, key=lambda run: (run[0].baseline, run[0].x0), default=[])
    span = _centred_span(top, [run for run in runs if run is not top]) if top else None
    spanning = [top] if span else _spanning(runs)
    taken = {id(run[0]) for run in spanning}
    cells = _cells(run for run in runs if id(run[0]) not in taken)
    lefts = [min(word.x0 for word in cell) for cell in cells]
    spans = [Over(*(span or _covered(run, runs, lefts)), run) for run in spanning]
    return _Parted(cells, spans)


def _cells(runs: Iterable[list[Word]]) -> list[list[Word]]:
    """The runs of a header that stand over or under each other, together, from left to right."""
    cells: list[list[Word]] = []
    for run in sorted(runs, key=_place_of):
        reach = max((word.x1 for word in cells[-1]), default=0) if cells else 0
        if cells and run[0].x0 < reach - 0.2:
            cells[-1].extend(run)
        else:
            cells.append(list(run))
    return cells


def _centred_span(top: Sequence[Word], runs: Sequence[list[Word]]) -> tuple[int, int] | None:
    """First and last column that a run alone above all others of its header spans, where header cells are centred.

    The cells that it spans are centred on what is below it, the others on the whole header. None where it spans
    no two.
    """
    if len(runs) < 3 or any(run[0].baseline <= top[0].baseline for run in runs):
        return None
    cells = _cells(runs)
    last = max(run[0].baseline for run in runs)
    middles = [(min(word.baseline for word in cell) + max(word.baseline for word in cell)) / 2 for cell in cells]
    lower = [middle > (top[0].baseline + last) / 2 + 0.2 for middle in middles]
    if all(lower):
        return None
    for first, cell in enumerate(cells):
        if lower[first] and (not first or not lower[first - 1]):
            end = next((index for index in range(first, len(cells)) if not lower[index]), len(cells))
            left, right = min(word.x0 for word in cell), max(word.x1 for word in cells[end - 1])
            if end - first > 1 and left - 1.05 <= top[0].x0 and top[-1].x1 <= right + 1.05:
                return first, end - 1
    return None


def columns_below(lines: Sequence[Line]) -> list[float]:
    """Where the columns below a header begin: where text begins on many lines, beside that of the column before."""
    starts = [_starts(line) for line in lines]
    counts = Counter(start for line in starts for start in line)
    crossed: Counter[float] = Counter()
    begun: Counter[float] = Counter()
    for line, own in zip(lines, starts, strict=True):
        for run in runs_of(line):
            over = [start for start in counts if start not in own and run[0].x0 < start < run[-1].x1]
            crossed.update(over)
            begun.update({word.x0 for word in run}.intersection(over))
    for start, count in begun.items():
        # Where a word begins on every line, the text is two cells that only a blank parts.
        if count == crossed[start]:
            crossed[start] = 0
    kept: list[float] = []
    for start in sorted(counts):
        if counts[start] < 2 or counts[start] < 2 * crossed[start]:
            continue
        beside = sum(start in line and any(other <= start - 3 for other in line) for line in starts)
        free = counts[start] >= 3 and counts[start] >= 4 * crossed[start]
        if not kept or sum(start in line and kept[-1] in line for line in starts) >= 2:
            kept.append(start)
        elif free and start - kept[-1] >= _APART:
            kept.append(start)  # rows of several lines may begin in each column on another one
        elif counts[start] > counts[kept[-1]] and beside >= 2:
            kept[-1] = start  # what begins further to the left is set out, or another table's
    return kept


def _over(line: Line, lefts: Sequence[float], begun: Collection[float] = ()) -> list[list[Word]]:
    """The words of a header line by the columns below that they stand over most nearly.

    After a gap a cell begins that may stand over no column; where only a blank parts, it stands over one. With a stroke
    begins but the rest of a cell, at one of the places where those above have `begun`.
    """
    ends = [*lefts[1:], float("inf")]
    # By the last column that a cell stands over: the cheapest way so far, as the words at which cells begin.
    best: dict[int, tuple[float, tuple[int, ...]]] = {-1: (_NOT_OVER, (0,))}
    best.update({column: (_away(line[0], left, True), (0,)) for column, left in enumerate(lefts)})
    for index, (before, word) in enumerate(pairwise(line), 1):
        parted = word.x0 - before.x1 > 1.1
        fresh: dict[int, tuple[float, tuple[int, ...]]] = {}
        for column in range(-1, len(lefts)):
            options = []
            if column in best:
                cost, way = best[column]
                past = max(0.0, min(word.x1 - ends[column], word.x1 - word.x0)) if column >= 0 and not parted else 0.0
                options.append((cost + _NOT_OVER, (*way, index)) if parted else (cost + past, way))
            if column >= 0 and (parted or word.text[:1].isupper() or (word.text == "/" and word.x0 in begun)):
                cost, way = min(known for other, known in best.items() if other < column)
                cost += _away(word, lefts[column], parted)
                if not parted:
                    cost += _BLANK * (2 if before.text.endswith("/") else 1)
                options.append((cost, (*way, index)))
            if options:
                fresh[column] = min(options)
        best = fresh
    _, begins = min(best.values())
    return [line[start:end] for start, end in zip(begins, [*begins[1:], len(line)], strict=True)]


def _away(word: Word, left: float, parted: bool) -> float:
    """How far the first word of a header cell stands from where its column begins; it may be centred."""
    if parted and word.x0 > left:
        return _CENTRED * (word.x0 - left)
    return abs(word.x0 - left)


def _cut(run: list[Word], place: _Place) -> list[list[Word]]:
    """Words that one blank parts, cut where text begins under the second one and none runs across."""
    parts = [[run[0]]]
    for word in run[1:]:
        starts = crossed = 0
        for line in (*place.lines, *place.below):
            if line[0].baseline == word.baseline:
                continue
            for other in runs_of(line):
                if other[0].x0 == word.x0:
                    starts += 1
                elif other[0].x0 < word.x0 < other[-1].x1:
                    crossed += 1
        if starts >= 2 and starts >= 3 * crossed and word.text[:1].isupper():
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _spanning(runs: Sequence[list[Word]]) -> list[list[Word]]:
    """The runs that stand alone over two or more others: an empty line, or a known phrase each, tells them apart."""
    found: list[list[Word]] = []
    first_column = min(runs, key=lambda each: each[0].x0, default=[])
    for run in runs:
        baseline = run[0].baseline
        limit = _right_end(run, runs)
        under = [each for each in runs if each[0].baseline > baseline and _left_end(run, runs) <= each[0].x0 < limit]
        first = min((each[0].baseline for each in under), default=0.0)
        next_to_it = [each for each in under if each[0].baseline == first]
        apart = first - baseline > 1.5
        if len(next_to_it) < 2 or not _reaches(run, next_to_it) or _OPEN_HEAD.search(run[-1].text):
            continue
        centred = all(abs(each[0].x0 - run[0].x0) > 1 for each in next_to_it)
        # Of wrapped cells that keep to one foot, the others would begin as low as what goes on with this one.
        lower = centred or (
            first_column[0].baseline <= baseline and not _is_phrase(_text([*run, *min(next_to_it, key=_place_of)]))
        )
        if apart or (lower and all(_is_phrase(_with_below(each, runs)) for each in next_to_it)):
            found.append(run)
    return found


def _with_below(run: Sequence[Word], runs: Sequence[list[Word]]) -> str:
    """What a run says with those that begin right below it, or alone where that is a known phrase."""
    alone = _text(run)
    if _is_phrase(alone):
        return alone
    lower = [each for each in runs if each[0].baseline > run[0].baseline and abs(each[0].x0 - run[0].x0) <= 1]
    return _text([*run, *(word for each in lower for word in each)])


def _place_of(run: Sequence[Word]) -> float:
    return run[0].x0


def _reaches(run: Sequence[Word], under: Sequence[list[Word]]) -> bool:
    """Whether a run stands over the stretch of those under it, and not beside them."""
    return min(each[0].x0 for each in under) < run[-1].x1 and max(each[-1].x1 for each in under) > run[0].x0


def _left_end(run: Sequence[Word], runs: Sequence[list[Word]]) -> float:
    """How far to the left a header word may be centred over others: to the end of what stands before it.

    It is not centred where one of them begins below it.
    """
    if any(other[0].baseline > run[0].baseline and abs(other[0].x0 - run[0].x0) <= 1 for other in runs):
        return run[0].x0 - 1
    before = [
        other[-1].x1 + 1
        for other in runs
        if other[0].baseline <= run[0].baseline + 1 and other[0].x0 < run[0].x0 and other is not run
    ]
    return max(before, default=0.0)


def _right_end(run: Sequence[Word], runs: Sequence[list[Word]]) -> float:
    """How far to the right a header word may span others: to what stands beside it."""
    beside = (other[0].x0 for other in runs if other[0].baseline == run[0].baseline and other[0].x0 > run[0].x0)
    return min(beside, default=float("inf"))


def _covered(run: Sequence[Word], runs: Sequence[list[Word]], lefts: Sequence[float]) -> tuple[int, int]:
    """First and last column that a header word spans."""
    limit, low = _right_end(run, runs), _left_end(run, runs)
    columns = [index for index, left in enumerate(lefts) if low <= left < limit]
    return (columns[0], columns[-1]) if columns else (0, 0)


def _part_like(place: _Place, model: _Parted) -> _Parted | None:
    """The words of a header parted into the same columns as another one; None where they do not stand so."""
    names = {_text(each.words): each for each in model.over}
    spans: list[Over] = []
    lines: list[Line] = []
    for line in place.lines:
        rest: Line = []
        for run in runs_of(line):
            name = next((name for name in names if f" {name} " in f" {_text(run)} "), None)
            if name is None:
                rest.extend(run)
                continue
            size = len(name.split())
            at = next(at for at in range(len(run)) if _text(run[at : at + size]) == name)
            spans.append(replace(names.pop(name), words=run[at : at + size]))
            rest.extend([*run[:at], *run[at + size :]])
        if rest:
            lines.append(rest)
    wanted = [[word.text for word in _in_order(words)] for words in model.columns]
    places = _follow(lines, wanted)
    if names or places is None:
        return None
    columns: list[list[Word]] = [[] for _ in wanted]
    for word, column in zip((word for line in lines for word in line), places, strict=True):
        columns[column].append(word)
    return _Parted(columns, spans)


def _follow(lines: Sequence[Line], wanted: Sequence[Sequence[str]]) -> list[int] | None:
    """The column of each word, if each line goes through the columns from left to right and each takes up its text."""
    words = [(word, number) for number, line in enumerate(lines) for word in line]
    if len(words) != sum(map(len, wanted)):
        return None
    steps = 0
    done = [0] * len(wanted)
    chosen: list[int] = []

    def place(index: int) -> bool:
        nonlocal steps
        steps += 1
        if index == len(words):
            return True
        if steps > _MOST_STEPS:
            return False
        word, line = words[index]
        fresh = not index or words[index - 1][1] != line
        first = 0 if fresh else chosen[-1]
        if not fresh and word.x0 - words[index - 1][0].x1 > 1.1:
            first += 1
        for column in range(first, len(wanted)):
            if done[column] < len(wanted[column]) and wanted[column][done[column]] == word.text:
                done[column] += 1
                chosen.append(column)
                if place(index + 1):
                    return True
                chosen.pop()
                done[column] -= 1
        return False

    return chosen if place(0) else None
