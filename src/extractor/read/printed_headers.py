"""The header rows of printed tables whose columns nothing but white space parts.

1. A header is a block of bold lines, however its cells are centred over each other: what is bold and stands among
   its lines belongs to it.
2. A header word begins a column where the cells below it begin one, though no more than a blank parts it from the
   word before.
3. A wider gap than that of wrapped lines parts two header rows; the upper one spans columns of the lower. Where header
   cells keep to the top of their row, so does one with whose second line the next cell begins.
4. Where headers are bold, light words of which some name no column are the line of a row: "Action", "Cabinet Member".
5. A header that comes again word for word is cut as it was where most text stands below it: a page that holds a line or
   two of a table says little of its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from extractor.fixed import fixed
from extractor.read.alignment import Column, Header, Measure, Over, best_columns, crossed, find_headers, known_share
from extractor.read.typeset import Word, join_words
from extractor.text import key
from extractor.vocabulary.headers import PHRASES, header_meaning

_SAMPLE_LINES = 40
_MAX_LINES = 9
_NEAR = 2.4
"""Lines of one header follow each other within this distance, in font sizes."""
_FAR = 5.0
"""A second row of header cells does so within this one: the rows of a spreadsheet may be higher than their text."""
_WRAPPED = 1.6
"""Lines of one header cell do so within this one."""

_APART = 2.2
"""So far apart stand two rows of header cells, of which the page's end parted one from the other."""
_MOST_CUT, _MOST_RUNNING = 3, 2
"""So many lines of header cells may end a page, and so many running heads may stand above the others overleaf."""

_PARTED, _SET_APART = 1.12, 1.45
"""By how much wider than wrapped lines two header rows stand apart: where both hold known words, and elsewhere."""
_AT_TOP = 2
"""So many header cells of one line that stand as high as the highest show that header cells keep to the top."""
_FEWEST_LIGHT = 3
"""A header in light letters, where others are bold, has so many columns at least."""
_TELLING = 8
"""So many lines show where the columns begin."""


@fixed(frozen=True, slots=True)
class _Cut:
    """How a header was cut: by its words in the order of what they say and from left to right, the column or the upper
    cell (from -1 down) of each."""

    places: Sequence[int]
    columns: Sequence[Column]
    over: Sequence[Over]
    told: tuple[int, int]
    """How many of its columns have a known meaning, and how many lines of text stood below it."""


class HeadersSeen:
    """The headers of a document so far, and how each was cut where most text stands below it."""

    def __init__(self) -> None:
        self._cuts: dict[tuple[str, ...], _Cut] = {}
        self.bold = False
        """One of them was bold in all its words."""

    def settle(self, header: Header, below: int) -> None:
        """Cuts a header with `below` lines of text as one in the same words was that had more, and remembers it.

        One that has more columns of known meaning tells more, whatever stands below it: where a column is narrow, words
        of its neighbour may touch those of the header cell above both.
        """
        held = [(index, word) for index, column in enumerate(header.columns) for word in column.words]
        held += [(-1 - index, word) for index, over in enumerate(header.over) for word in over.words]
        held.sort(key=lambda each: (each[1].text, each[1].x0))  # other columns' widths wrap the same words otherwise
        self.bold = self.bold or all(word.bold for _, word in held)
        says = tuple(word.text for _, word in held)
        cut = self._cuts.get(says)
        told = sum(column.meaning is not None for column in header.columns), below
        if cut is None or told > cut.told:
            places = [place for place, _ in held]
            self._cuts[says] = _Cut(places, list(header.columns), list(header.over), told)
            return
        words: dict[int, list[Word]] = {}
        for place, (_, word) in zip(cut.places, held, strict=True):
            words.setdefault(place, []).append(word)
        for own in words.values():
            own.sort(key=lambda word: (word.baseline, word.x0))
        columns = [
            replace(column, left=min(map(_left, words[index])), words=words[index])
            for index, column in enumerate(cut.columns)
        ]
        if any(other.left <= one.left for one, other in pairwise(columns)):
            return  # the same columns in another order
        header.columns = columns
        header.over = [replace(over, words=words[-1 - index]) for index, over in enumerate(cut.over)]


_left, _reading_order = attrgetter("x0"), attrgetter("baseline", "x0")


def printed_headers(lines: Sequence[list[Word]], measure: Measure, bold: bool = False) -> list[Header]:
    """The header rows on a printed page, top to bottom, with all their lines and cut as the text below them is.

    `bold`: those of the pages before are.
    """
    found: list[Header] = []
    for header in _found(lines, measure, cut_all=True):
        if not bold or not _is_light_row(header):
            found.append(header)
        bold = bold or all(word.bold for column in header.columns for word in column.words)
    return found


def _is_light_row(header: Header) -> bool:
    """Whether no word of what reads as a header is bold, and some name no column, as the first line of a row may.

    Two words that each name one may be the first lines of two cells: "Action" over "3.3", "Quarter" over "4"; and what
    begins in lower case beside others goes on with a text.
    """
    tells_little = len(header.columns) < _FEWEST_LIGHT or any(
        column.meaning is None or column.text[:1].islower() for column in header.columns
    )
    return tells_little and not any(word.bold for column in header.columns for word in column.words)


def cut_header(
    lines: Sequence[list[Word]], floor: int, following: Sequence[list[Word]], measure: Measure
) -> Header | None:
    """The cells of a header that end a page, too few to be known as one by themselves, where the next page begins with
    the others; None where there are none.

    They stand on no line above `floor`; `following` are the lines of the next page.
    """
    if known_share(lines[-1]) < 0.5:
        return None
    size = lines[-1][0].size
    columns: list[Column] = []
    first = len(lines)
    for count in range(1, min(_MOST_CUT, len(lines) - floor) + 1):
        foot = lines[-count:]
        line = foot[0]
        if not all(word.bold and abs(word.size - size) <= 0.1 * size for word in line):
            break
        if count > 1 and foot[1][0].baseline - line[0].baseline > _NEAR * size:
            break
        named = named_cells(foot)
        if named:
            columns, first = named, len(lines) - count
    if not columns:
        return None
    header = Header(first, len(lines) - 1, columns)
    below = next(iter(printed_headers(following, measure)), None)
    if below is None or below.first > _MOST_RUNNING:
        return None
    whole = joined_header(header, below, following, measure)
    return header if whole is not None and len(whole.over) == len(below.over) else None


def named_cells(lines: Sequence[list[Word]]) -> list[Column]:
    """The cells that stand on lines of a header, from left to right; none where one of them names no column."""
    cells = _stacked([run for line in lines for run in _runs(line, line[0].size)])
    columns: list[Column] = []
    for cell in cells:
        words = [word for run in cell for word in run]
        text = join_words(words)
        columns.append(Column(min(map(_left, words)), text, header_meaning(text), words))
    return columns if all(column.meaning for column in columns) else []


def joined_header(upper: Header, lower: Header, lines: Sequence[list[Word]], measure: Measure) -> Header | None:
    """The header whose first cells, `upper`, end the page before that on whose `lines` the others, `lower`, stand; None
    where they are not two parts of one, of which none stands over another but as the upper row of two."""
    words, others = _words(upper), _words(lower)
    size = others[0].size
    if not all(word.bold and abs(word.size - size) <= 0.1 * size for word in (*words, *others)):
        return None
    shift = min(word.baseline for word in others) - _APART * size - max(word.baseline for word in words)
    moved: dict[float, list[Word]] = {}
    for word in sorted(words, key=_reading_order):
        moved.setdefault(word.baseline, []).append(replace(word, baseline=word.baseline + shift))
    block = [*moved.values(), *lines[lower.first : lower.last + 1]]
    whole = _cut(block, lower, lower.first, lower.last, _body(lines, lower.last, len(lines)), measure)
    count = sum(len(part.columns) + len(part.over) for part in (upper, lower))
    is_whole = len(whole.columns) + len(whole.over) == count and all(over.first < over.last for over in whole.over)
    return whole if is_whole else None


def _words(header: Header) -> list[Word]:
    return [
        word for words in (cell.words for cells in (header.columns, header.over) for cell in cells) for word in words
    ]


def header_rows(lines: Sequence[list[Word]], measure: Measure, count: int | None = None) -> list[tuple[int, int]]:
    """The first and last line of each of these headers, without cutting them into columns.

    `count`: only those are wanted that stand on one of so many lines from the top.
    """
    end = count
    while end is not None and 0 < end < len(lines) and all(word.bold for word in lines[end - 1]):
        end += 1  # of bold lines, the first may belong to a header that is known by its last
    return [(header.first, header.last) for header in _found(lines, measure, cut_all=False, end=end)]


def _found(lines: Sequence[list[Word]], measure: Measure, cut_all: bool, end: int | None = None) -> Iterator[Header]:
    """The headers, or those that begin above the line `end`; unless `cut_all`, only those are cut that might have other
    lines then."""
    floor = 0
    seeds = find_headers(lines, measure, end)
    for number, seed in enumerate(seeds):
        if seed.first < floor:
            continue  # the second row of the header before
        header = seed
        first, last = _block(lines, seed, floor)
        if cut_all or (first, last) != (seed.first, seed.last):
            below = next((other.first for other in seeds[number + 1 :] if other.first > last), len(lines))
            header = _cut(lines[first : last + 1], seed, first, last, _body(lines, last, below), measure)
        floor = header.last + 1
        yield header


def _block(lines: Sequence[list[Word]], seed: Header, floor: int) -> tuple[int, int]:
    """The first and last of the bold lines around header words that belong to them."""
    first, last = seed.first, seed.last
    if not all(word.bold for line in lines[first : last + 1] for word in line):
        return first, last
    size = lines[first][0].size
    left = min(column.left for column in seed.columns)

    def alike(line: Sequence[Word]) -> bool:
        return all(word.bold and abs(word.size - size) <= 0.1 * size for word in line)

    while first > floor and last - first < _MAX_LINES:
        line = lines[first - 1]
        gap = lines[first][0].baseline - line[0].baseline
        is_heading = line[0].x0 < left + size and gap > 0.95 * size and len(_runs(line, size)) == 1
        if not alike(line) or gap > _NEAR * size or is_heading:
            break
        first -= 1
    while last + 1 < len(lines) and last - first < _MAX_LINES:
        line = lines[last + 1]
        gap = line[0].baseline - lines[last][0].baseline
        is_wrapped = gap <= _WRAPPED * size and any(_hangs(line, above) for above in lines[first : last + 1])
        known = is_wrapped and known_share(line) >= 0.5
        is_rest = is_wrapped and any(_is_rest(line, above) for above in lines[first : last + 1])
        is_second_line = is_rest or (
            known and (len(_runs(line, size)) > 1 or _is_wanted(line, lines[first : last + 1]))
        )
        if not alike(line) or (line[0].x0 < left + size and not is_second_line):
            break
        if gap > (_FAR if _are_header_cells(_runs(line, size)) else _NEAR) * size:
            break
        if not (is_wrapped or known_share(line) >= 0.5):
            break
        last += 1
    return first, last


def _runs(line: Sequence[Word], size: float) -> list[list[Word]]:
    """Words of a line that stand no further apart than running text."""
    runs = [[line[0]]]
    for before, word in pairwise(line):
        if word.x0 - before.x1 > 0.8 * size:
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def _are_header_cells(runs: Sequence[Sequence[Word]]) -> bool:
    """Whether two or more runs of words each name a column."""
    return len(runs) > 1 and all(header_meaning(" ".join(word.text for word in run)) for run in runs)


def _hangs(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Whether every run of a line stands under a run of a line above it, at the pitch of wrapped text."""
    size = line[0].size
    if not 0.9 * size <= line[0].baseline - above[0].baseline <= _WRAPPED * size:
        return False
    uppers = _runs(above, size)
    return all(any(_overlap(run, upper) > 0 for upper in uppers) for run in _runs(line, size))


def _is_rest(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Whether a line is one word that completes the one above it to a known name: "Refer" over "ence"."""
    over = [word for word in above if abs(word.x0 - line[0].x0) <= 1.0]
    return (
        len(line) == 1 and line[0].text[:1].islower() and len(over) == 1 and key(over[0].text + line[0].text) in PHRASES
    )


def _is_wanted(line: Sequence[Word], block: Sequence[list[Word]]) -> bool:
    """Whether a line goes on with a name in two languages of which the first stands above it: "Cyf. /" over "Ref."."""
    above = [run for upper in block if _hangs(line, upper) for run in _runs(upper, line[0].size)]
    return any(run[-1].text == "/" and _overlap(line, run) > 0 for run in above)


def _overlap(one: Sequence[Word], other: Sequence[Word]) -> float:
    return min(one[-1].x1, other[-1].x1) - max(one[0].x0, other[0].x0)


def _body(lines: Sequence[list[Word]], last: int, end: int) -> list[list[Word]]:
    """Lines below a header that show where its columns begin; none after a heading in larger letters."""
    size = lines[last][0].size
    body: list[list[Word]] = []
    for line in lines[last + 1 : min(end, last + 1 + _SAMPLE_LINES)]:
        if line[0].size > 1.12 * size:
            break
        body.append(line)
    return body


def _cut(
    block: Sequence[list[Word]], seed: Header, first: int, last: int, body: Sequence[list[Word]], measure: Measure
) -> Header:
    """The header of the lines, cut into columns where the body's begin; as it was found where that tells nothing."""
    begun = _begun(block, body, measure)
    if not begun and (first, last) == (seed.first, seed.last):
        return seed
    cells = _cells(block, begun, measure)
    stacked = any(len(cell) > 1 for cell in cells)
    uppers = _uppers(cells, _pitch([*block, *body])) if stacked else []
    above = {id(word) for upper in uppers for word in upper}
    words = [word for line in block for word in line if id(word) not in above]
    scored = best_columns(words, measure, begun, len(body) < _TELLING)
    if scored is None:
        return seed
    header = Header(first, last, scored[1])
    header.over = [over for upper in uppers if (over := _over(upper, uppers, header))]
    if len(header.over) < len(uppers):
        return seed
    return header


def _begun(block: Sequence[list[Word]], body: Sequence[list[Word]], measure: Measure) -> frozenset[int]:
    """Identities of the header words at which cells of the body begin and that none of its lines runs across."""
    words = [word for line in block for word in line[1:]]
    edges = crossed(body, [word.x0 for word in words], measure)
    return frozenset(
        id(word) for word, (cost, starts) in zip(words, edges, strict=True) if starts >= 2 and cost <= 0.5 * starts
    )


def _cells(block: Sequence[list[Word]], begun: frozenset[int], measure: Measure) -> list[list[list[Word]]]:
    """Header cells as the runs of words in them, from the top: runs that stand over each other are one cell."""
    runs: list[list[Word]] = []
    for line in block:
        runs.append([line[0]])
        for before, word in pairwise(line):
            if id(word) in begun or word.x0 - before.x1 > 2.1 * measure.blank * word.size:
                runs.append([word])
            else:
                runs[-1].append(word)
    return _stacked(runs)


def _stacked(runs: Sequence[list[Word]]) -> list[list[list[Word]]]:
    """Runs of words from left to right, those that stand over each other together, from the top."""
    cells: list[list[list[Word]]] = []
    for run in sorted(runs, key=lambda each: each[0].x0):
        if cells and run[0].x0 < max(other[-1].x1 for other in cells[-1]) - 0.2 * run[0].size:
            cells[-1].append(run)
        else:
            cells.append([run])
    for cell in cells:
        cell.sort(key=lambda run: (run[0].baseline, run[0].x0))
    return cells


def _pitch(lines: Sequence[list[Word]]) -> float:
    """The least distance of two lines that begin at one place, in font sizes: that of wrapped text."""
    last: dict[int, Word] = {}
    pitch = 1.35
    for line in lines:
        for word in line:
            place = round(word.x0)
            above = last.get(place)
            if above is not None and abs(above.size - word.size) < 0.3:
                gap = (word.baseline - above.baseline) / word.size
                if gap >= 0.95:
                    pitch = min(pitch, gap)
            last[place] = word
    return pitch


def _uppers(cells: Sequence[list[list[Word]]], pitch: float) -> list[list[Word]]:
    """The words of those header cells that stand over others: parted from them by more than a wrapped line is.

    `pitch` is the distance of wrapped lines, in font sizes.
    """
    uppers: list[list[Word]] = []
    top = min(cell[0][0].baseline for cell in cells)
    at_top = sum(cell[0][0].baseline == top for cell in cells if len(cell) == 1) >= _AT_TOP
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        for index, (one, other) in enumerate(pairwise(cell)):
            gap = (other[0].baseline - one[0].baseline) / one[0].size
            texts = [
                " ".join(word.text for run in part for word in run) for part in (cell[: index + 1], cell[index + 1 :])
            ]
            apart = _PARTED if all(map(header_meaning, texts)) else _SET_APART
            spans = at_top and following is not None and following[0][0].baseline == other[0].baseline
            if (
                gap > apart * pitch
                or (spans and header_meaning(texts[1]) and key(" ".join(texts)) not in PHRASES)
                or _are_columns(cell[index + 1 :])
            ):
                uppers.append([word for run in cell[: index + 1] for word in run])
                break
    return uppers


def _are_columns(runs: Sequence[list[Word]]) -> bool:
    """Whether runs of words stand side by side, each with what stands under it the known name of a column."""
    columns = _stacked(runs)
    return len(columns) > 1 and all(
        key(" ".join(word.text for run in column for word in run)) in PHRASES for column in columns
    )


def _over(upper: Sequence[Word], uppers: Sequence[Sequence[Word]], header: Header) -> Over | None:
    """Which columns an upper header cell spans: those that begin below it and keep to the height of the first.

    They end where another of the `uppers` begins.
    """
    size = upper[0].size
    foot = max(word.baseline for word in upper)
    right = max(word.x1 for word in upper)
    left = min(word.x0 for word in upper)
    heights = [
        (min(word.baseline for word in column.words), max(word.baseline for word in column.words))
        for column in header.columns
    ]
    under = [
        index
        for index, column in enumerate(header.columns)
        if column.left < right and max(word.x1 for word in column.words) > left and heights[index][0] > foot
    ]
    if not under:
        return None
    low, high = heights[under[0]]
    middle = (min(word.baseline for word in upper) + max(bottom for _, bottom in heights)) / 2
    """Where a header cell of both rows stands, if cells are centred vertically."""

    def beside(index: int) -> bool:
        top, bottom = heights[index]
        if low != high and abs((top + bottom) / 2 - middle) < 0.12 * size < abs((top + bottom) - (low + high)) / 2:
            return False
        same = abs(top - low) < 0.3 * size or abs((top + bottom) - (low + high)) < 0.6 * size
        return top > foot and same

    first, last = under[0], under[-1]
    lefts = [min(word.x0 for word in other) for other in uppers]
    end = min((other for other in lefts if other > left), default=float("inf")) - 0.5 * size
    while last + 1 < len(header.columns) and header.columns[last + 1].left < end and beside(last + 1):
        last += 1
    while first > 0 and beside(first - 1) and header.columns[first].left > left + size:
        first -= 1
    return Over(first, last, list(upper))
