"""A text whose columns lost their delimiters -> headings, paragraphs and tables, as if it had kept them.

1. The header's words say which columns there are, refs open rows, and the lattice places the borders.
2. Every border that rests on inference alone carries a doubt where a second reading is about as good.
3. A text without a header of a plan becomes paragraphs and list items, and may still be a plan in list form.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain, groupby, pairwise, starmap

from extractor.document import Block as DocumentBlock
from extractor.document import Cell, FlatLine, Furniture, Heading, Line, Paragraph, Table
from extractor.issues import UNSURE_ITEMS, UNSURE_NOTE, Doubt
from extractor.locations import Location
from extractor.recognise.columns import ABOUT, lookup, may_head_executives
from extractor.recognise.flattened.bodies import (
    Body,
    Header,
    Reading,
    find_headers,
    is_explained,
    is_group_line,
    lay_out,
)
from extractor.recognise.flattened.delimited import cells_of_line, read_delimited
from extractor.recognise.flattened.headings import (
    NONE,
    SOME,
    UNKNOWN,
    heading_costs,
    numbered_headings,
    reads_as_heading,
)
from extractor.recognise.flattened.lattice import (
    NAMED,
    Block,
    Column,
    Kind,
    Segment,
    Segmenter,
    cost_of_value,
    ends_in_name,
    value_of,
)
from extractor.recognise.flattened.merged import cover_merged
from extractor.recognise.flattened.misfits import Part, misfits
from extractor.recognise.flattened.openings import Names, names_before_cells, with_openings
from extractor.recognise.flattened.paragraphs import read_paragraphs
from extractor.recognise.flattened.refs import (
    RowStart,
    find_row_starts,
    starts_behind_groups,
    starts_in_text,
    with_whole_refs,
)
from extractor.recognise.flattened.run_on import passage_at, run_on_records
from extractor.recognise.flattened.second import Border
from extractor.recognise.flattened.stream import (
    BLANK_CELL,
    Style,
    TextLine,
    Word,
    is_loose,
    link_targets,
    read_lines,
    words_of,
)
from extractor.recognise.flattened.upright import Record, Upright, find_upright, said_again, table_of
from extractor.recognise.flattened.values import part_people
from extractor.recognise.flattened.whole_rows import lines_again, lines_of_rows, periods_behind, ticks_behind
from extractor.recognise.labelled import read_label
from extractor.recognise.scrambled import CODE as SCRAMBLED
from extractor.recognise.scrambled import scrambled_doubts, why_scrambled
from extractor.recognise.spanners import said_twice, spanning_cost
from extractor.recognise.spans import look_of
from extractor.rows import PEOPLE
from extractor.text import fold, key
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import PHRASES, HeaderWord, heads_partners
from extractor.vocabulary.headings import KIND_WORDS
from extractor.vocabulary.roles import DANGLING, RANKS
from extractor.vocabulary.states import is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_WIDEST = 220  # characters; a text with longer lines was not broken to fit
_DOUBTFUL = 0.8
_TORN = 0.75  # how sure the two halves of a cell are that the end of a page parts
_SAMPLE = 240
_MOSTLY = 0.8
_DIVIDED = re.compile(r"[^\W\d_]-$")
_FULL = 0.84
"""A line that is broken for want of room fills so much of the widest line's width, with the next word."""
_IN_SENTENCE = 0.6
"""The same where the next line goes on in mid-sentence: what is set in, such as a card, is narrower than the page."""
_AGAIN = 3
_FEW_WORDS = 8
_AS_GOOD_A_ROW = 2.5  # nats a row by which one reading of a header must be shorter than the other to be sure
_CHUNK = 80  # lines of a table without refs that are cut at a time


def unflatten(blocks: Sequence[DocumentBlock], known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks with every run of raw lines replaced by headings, paragraphs, items and tables.

    Furniture, such as the running heads of a text, parts no run.
    """
    out: list[DocumentBlock] = []
    for _, run in groupby(blocks, lambda block: isinstance(block, FlatLine | Furniture)):
        out.extend(_unflattened(list(run), known))
    return out


def _unflattened(run: Sequence[DocumentBlock], known: Mapping[str, Meaning]) -> Sequence[DocumentBlock]:
    """The same of one run, or of the blocks between two; furniture comes first."""
    flat = [block for block in run if isinstance(block, FlatLine)]
    if not flat:
        return run
    others = [block for block in run if not isinstance(block, FlatLine)]
    markdown = _is_markdown(flat)
    lines = _without_label_bullets(read_lines(flat, markdown), known)
    if not markdown:
        return [*others, *_parted(with_whole_refs(lines), {}, known)]
    rules = _rules(flat)
    if any(rule.raw.endswith(_HARD_BREAK) for rule in rules):
        lines = _unwrapped(lines, frozenset(rule.number for rule in rules))
    bare = frozenset(line.number for line in flat if _BARE_ROW.fullmatch(line.raw))
    return [*others, *_parted(lines, _heads(lines, rules, bare, known), known), *link_targets(flat)]


def _parted(lines: list[TextLine], heads: Mapping[int, bool], known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks of a text; `heads` are the headers of its Markdown tables, as `_heads` gives them."""
    if heads:
        return _ruled(lines, heads, known)
    if upright := find_upright(lines, known):
        return _upright_tables(lines, upright, known)
    headers = find_headers(lines, known)
    if not headers:
        return _flow([line for line in lines if line.text], known)
    if over := _headers_overleaf(lines, headers):
        repeated = [_repeated(lines[header.first : header.last + 1]) for header in over]
        return [*repeated, *_parted(_without(lines, over), {}, known)]
    layout = lay_out(lines, headers)
    bodies = [part for part in layout.parts if isinstance(part, Body) and part.header.plan]
    groups = _by_signature(bodies)
    recurring = _recurring(lines)
    certain = {signature for signature, group in groups.items() if _keeps_cells(group)}
    by_paragraphs = {
        id(body): blocks
        for signature, group in groups.items()
        if signature not in certain and _parts_all_but_paragraphs(group)
        for body, blocks in zip(group, read_paragraphs(group, known), strict=True)
    }
    cutters = {
        signature: _Cutter(group)
        for signature, group in groups.items()
        if signature not in certain and id(group[0]) not in by_paragraphs
    }
    _refuse_disorder([cutter for cutter in cutters.values() if cutter.style.narrow])
    out: list[DocumentBlock] = []
    for part in layout.parts:
        if isinstance(part, Body):
            signature = part.header.signature
            if not part.header.plan:
                out.extend(_other_table(part, lines))
            elif id(part) in by_paragraphs:
                out.extend(by_paragraphs[id(part)])
            else:
                cells_kept = signature in certain
                out.extend(_tabbed(part, lines, recurring, known) if cells_kept else cutters[signature].table(part))
        else:
            kind, line = part
            level = line.heading_level or (2 if kind == "heading" else 0)
            out.append(Heading(fold(line.text), level, _at(line)) if level else _plain(line))
    covered = {id(table): better for cutter in cutters.values() for table, better in cutter.with_merged_cells()}
    return [covered.get(id(block), block) for block in out]


def _refuse_disorder(cutters: Sequence[_Cutter]) -> None:
    """Reads nothing off the rows of a text that was taken out of a PDF in another order than its table's.

    Some programs write what stands together on the page, whatever its row or column: what comes of reading it row by
    row has cells that hardly any table has.
    """
    found = [(cutter, *cutter.disorder()) for cutter in cutters]
    rows = sum(count for _, _, count in found)
    if sum(disorder * count for _, disorder, count in found) >= max(rows, 1):
        for cutter, *_ in found:
            cutter.disordered = _DISORDERED


_DISORDERED = "the cells do not follow one another as in a table; give the PDF itself, if the text was taken from one"


def _headers_overleaf(lines: Sequence[TextLine], headers: Sequence[Header]) -> list[Header]:
    """The headers with which a page of a printed text begins, over columns of the table that the page before ends."""
    return [
        header
        for before, header in pairwise(headers)
        if lines[header.first].new_page and header.plan and _names(header) == _names(before)
    ]


def _without(lines: Sequence[TextLine], headers: Sequence[Header]) -> list[TextLine]:
    """The lines without those headers, below which pages begin."""
    taken = {index for header in headers for index in range(header.first, header.last + 1)}
    below = {header.last + 1 for header in headers}
    return [
        replace(line, new_page=True, after_blank=False) if index in below else line
        for index, line in enumerate(lines)
        if index not in taken
    ]


def _names(header: Header) -> list[str]:
    return [key(column.text) for column in header.columns]


def _repeated(lines: Sequence[TextLine]) -> Furniture:
    where = Location(lines=(lines[0].number, lines[-1].number), method="segmented")
    return Furniture(" ".join(line.text for line in lines), "repeated header", where)


def _upright_tables(lines: Sequence[TextLine], upright: Upright, known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks of a text of upright tables: their records as rows, parted by the headings among them."""
    out: list[DocumentBlock] = []
    together: list[Record] = []
    start = 0
    labelled = _have_labels(lines, upright)
    for record in upright.records:
        between = [line for line in lines[start : record.first] if line.text]
        if between:
            if together:
                out.extend([table_of(together, upright, lines), *said_again(together, upright, lines)])
                together = []
            at = len(between) - 1
            while at and between[at].text.endswith(":"):
                at -= 1  # "By 2030 we will:", below the heading
            last = between[at]
            out.extend(_flow(between[:at], known))
            heads = not last.heading_level and (is_group_line(last) or (not labelled and _heads_records(last)))
            out.append(Heading(fold(last.text), 2, _at(last)) if heads else _plain(last))
            out.extend(map(_plain, between[at + 1 :]))
        together.append(record)
        start = record.end
    out.extend([table_of(together, upright, lines), *said_again(together, upright, lines)])
    out.extend(_flow([line for line in lines[start:] if line.text], known))
    return out


def _have_labels(lines: Sequence[TextLine], upright: Upright) -> bool:
    """Whether most headings over upright tables have a label ("Theme 2: ..."), so that other lines head nothing."""
    ends = [0, *(record.end for record in upright.records)]
    above = [
        next((line for line in reversed(lines[end : record.first]) if line.text), None)
        for end, record in zip(ends, upright.records, strict=False)
    ]
    heads = [line for line in above if line and (line.heading_level or is_group_line(line) or _heads_records(line))]
    return sum(map(is_group_line, heads)) * 2 > max(len(heads), 2)


_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+(?=[A-Z])")


def _heads_records(line: TextLine) -> bool:
    """Whether the line right above upright tables reads as their heading, which may have a number: "1. Homes"."""
    # Since a table follows, its last word is not gone on with: "A service to be proud of".
    return reads_as_heading(replace(line, raw=_NUMBER.sub("", line.text, count=1), after_blank=True))


_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")


def _rules(lines: Sequence[FlatLine]) -> list[FlatLine]:
    """The lines that rule off the header of a Markdown table."""
    return [line for line in lines if "--" in line.raw and _TABLE_RULE.fullmatch(line.raw)]


_FEWEST_LABELS = 3


def _without_label_bullets(lines: list[TextLine], known: Mapping[str, Meaning]) -> list[TextLine]:
    """The lines, of which the terms and descriptions of a list of descriptions are no items: trafilatura writes each
    as one, a label and below it what it says."""
    meanings = [_may_be_term(line) and lookup(line.text, known) for line in lines]
    if not any(meaning in ABOUT for meaning in meanings):
        return lines
    counts = Counter(line.text for line, meaning in zip(lines, meanings, strict=True) if meaning)
    labels = [counts[line.text] >= _AGAIN and line.item and not is_state(line.text) for line in lines]
    out = list(lines)
    pairs = index = 0
    while index + 1 < len(lines):
        pair = labels[index] and lines[index + 1].item
        if pair:
            out[index : index + 2] = (replace(line, item=False) for line in lines[index : index + 2])
            pairs += 1
        index += 1 + pair
    return out if pairs >= _FEWEST_LABELS and 2 * pairs > sum(labels) else lines


def _may_be_term(line: TextLine) -> bool:
    """Whether a list item may be a label and nothing else: "who will call and when" and "Due date: May" are none."""
    text = line.text
    return line.item and text[:1].isupper() and ":" not in text[:-1] and len(text.split()) <= _FEW_WORDS


_BARE_ROW = re.compile(r"\s*\|[\s|]*")  # a row of a Markdown table without a word


def _heads(
    lines: Sequence[TextLine], rules: Sequence[FlatLine], bare: Set[int], known: Mapping[str, Meaning]
) -> dict[int, bool]:
    """The indexes of the lines that are headers of Markdown tables, and whether pipes open and close their lines.

    A converter that finds no header cells writes a row without a word (`bare`, by number) over the rule: the first row
    below is the header. One that finds such cells within the table rules off the heading of a group as well.
    """
    heads: dict[int, bool] = {}
    numbers = [line.number for line in lines]
    ruled_off = frozenset(rule.number + 1 for rule in rules)
    for rule in rules:
        framed = rule.raw.lstrip().startswith("|")
        index = bisect_left(numbers, rule.number) - 1
        if rule.number - 1 in bare:
            index += 1
        elif framed and index >= 0 and "|" in lines[index].raw and _is_group_row(lines[index]):
            goes_on = not lines[index].after_blank or lines[index].number in ruled_off
            if heads and index and "|" in lines[index - 1].raw and goes_on:
                continue
            below = cells_of_line(lines[index + 1], "|", framed) if index + 1 < len(lines) else []
            index += len(below) > _PAIR and all(lookup(text, known) for text in below if text)
        if 0 <= index < len(lines) and "|" in lines[index].raw:
            heads[index] = framed
    return heads


_PAIR = 2  # cells of a row of a label and its value


def _is_group_row(line: TextLine) -> bool:
    """Whether the first of a row's several cells is all that is filled, with more than a ref or a date; of a table
    whose lines pipes open and close, so that each cell is there."""
    first, *others = cells_of_line(line, "|", framed=True)
    return len(others) >= _PAIR and " " in first and not any(others) and look_of(first) not in ("ref", "time")


def _ruled(lines: Sequence[TextLine], headers: Mapping[int, bool], known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks of a Markdown text with ruled tables."""
    out: list[DocumentBlock] = []
    heads = sorted(headers)
    unmarked = not any(line.heading_level or line.bold for line in lines)
    recurring = _recurring(lines)
    start = 0
    for number, index in enumerate(heads):
        limit = heads[number + 1] if number + 1 < len(heads) else len(lines)
        framed = headers[index]
        end = _end_of_ruled(lines, index + 1, limit, framed)
        before = lines[start:index]
        if unmarked and before and (is_group_line(before[-1]) or _heads_records(before[-1])):
            # Nothing marks the headings of this text, so what stands right above a table is its heading.
            out.extend([*_flow(before[:-1], known), Heading(fold(before[-1].text), 2, _at(before[-1]))])
        else:
            out.extend(_flow(before, known))
        header, body = lines[index], lines[index + 1 : end]
        if lowered := _second_header_row(header, body, framed, known):
            header, over = lowered
            out.append(Furniture(over, "column heading", _at(lines[index])))
            body = body[1:]
        if framed:
            body = [_alone(line) if "|" in line.raw and _is_group_row(line) else line for line in body]
        out.extend(read_delimited([header], body, "|", known, framed=framed, glues=True, recurring=recurring))
        start = end
    out.extend(_flow(lines[start:], known))
    tables = [block for block in out if isinstance(block, Table)]
    parted = dict(zip(map(id, tables), part_people(tables, known), strict=True))
    return [parted.get(id(block), block) for block in out]


def _alone(line: TextLine) -> TextLine:
    """The line of a row that heads a group, without its empty cells."""
    return replace(line, raw=line.text.strip("| "), bold=True)


def _second_header_row(
    header: TextLine, body: Sequence[TextLine], framed: bool, known: Mapping[str, Meaning]
) -> tuple[TextLine, str] | None:
    """A header with the cells of a second row of labels in the place of those that stand over them, and the words of
    these, where the converter wrote a cell for each column that the upper ones span; else None.

    The second row is as wide (trafilatura), empty below the labels of the first, or has its own cells alone
    (markdownify), which stand below the upper ones that empty cells follow.
    """
    if not body:
        return None
    upper, lower = cells_of_line(header, "|", framed), cells_of_line(body[0], "|", framed)
    labels = [text for text in lower if text]
    if not 1 < len(labels) < len(upper) or all(upper) or not all(lookup(text, known) for text in labels):
        return None
    if len(lower) == len(upper):
        below = lower
    else:
        below = _below_spanners(upper, labels, known) if framed and labels == lower else []
    if not below:
        return None
    over = " ".join(above for above, under in zip(upper, below, strict=True) if above and under)
    names = " | ".join(under or above for above, under in zip(upper, below, strict=True))
    return replace(header, raw=f"| {names} |" if framed else names), over


def _below_spanners(upper: Sequence[str], labels: Sequence[str], known: Mapping[str, Meaning]) -> list[str]:
    """The labels of a second header row, each in its column: below the cells of the first that empty ones follow.

    Of several such cells those stand over the labels that cost least to believe it of (`spanning`); empty where the
    labels do not fit.
    """
    starts = [index for index, text in enumerate(upper) if text]
    spans = [after - before for before, after in pairwise([*starts, len(upper)])]
    words = [HeaderWord(upper[index], lookup(upper[index], known)) for index in starts]
    twice = said_twice([word.text for word in words])
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}  # labels placed -> cost, indexes of the spanners
    for index, span, word in zip(starts, spans, words, strict=True):
        for taken, (cost, chosen) in sorted(best.items(), reverse=True) if span > 1 else ():
            if taken + span > len(labels):
                continue
            meanings = {lookup(text, known) for text in labels[taken : taken + span]}
            price = cost + spanning_cost(word.text, word.meaning, meanings, span, word.text in twice, known)
            if price < best.get(taken + span, (math.inf, ()))[0]:
                best[taken + span] = (price, (*chosen, index))
    _, chosen = best.get(len(labels), (0.0, ()))
    below = [""] * len(upper)
    taken = 0
    for index, span in zip(starts, spans, strict=True):
        if index in chosen:
            below[index : index + span] = labels[taken : taken + span]
            taken += span
    return below if chosen else []


_HARD_BREAK = "  "


def _unwrapped(lines: Sequence[TextLine], rules: frozenset[int]) -> list[TextLine]:
    """The lines of a Markdown text, with those put together that its converter broke at a fixed width.

    html2text ends a row, and a line that the page itself breaks, with two blanks; a line of a table without them goes
    on in the next one. `rules` are the numbers of the lines that rule off headers.
    """
    out: list[TextLine] = []
    tabled = ended = False
    for line, following in pairwise([*lines, None]):
        assert line is not None
        # A dash within a table is that of "Portfolio Holder – Parks": items have stars.
        dash = tabled and line.bullet.strip() in ("-", "\u2013", "\u2014")
        free = dash or not (line.item or line.heading_level)
        goes_on = bool(out) and free and not ended and not line.after_blank and (tabled or "|" in line.raw)
        if goes_on and not (out[-1].item or out[-1].heading_level) and line.number - 1 not in rules:
            begun, rest = out[-1].raw.rstrip(), f"{line.bullet}{line.raw}".lstrip()
            apart = "" if _DIVIDED.search(begun) and rest[:1].islower() else " "
            out[-1] = replace(out[-1], raw=f"{begun}{apart}{rest}")
        else:
            out.append(line)
        tabled = "|" in line.raw or (tabled and not line.after_blank)
        ended = line.raw.endswith(_HARD_BREAK) or (following is not None and line.number + 1 in rules)
    return out


def _end_of_ruled(lines: Sequence[TextLine], first: int, limit: int, framed: bool) -> int:
    """Where a Markdown table ends: at a heading, or at a blank line after which neither an item nor a pipe follows."""
    last = first - 1
    for index in range(first, limit):
        if lines[index].heading_level:
            break
        if "|" in lines[index].raw:
            last = index
    end = last + 1
    # An item goes on with the last cell only where that calls for a list.
    cell = lines[last].text if last >= first else ""
    listed = cell.removesuffix("|").rstrip().endswith(":") if framed else cell.endswith((":", "|"))
    while end < limit and not lines[end].heading_level:
        goes_on = not (lines[end].after_blank or framed)
        if not goes_on and not (lines[end].item and listed and not furniture_kind(lines[end].text)):
            break
        end += 1
    return end


def _is_markdown(lines: Sequence[FlatLine]) -> bool:
    sample = [line.raw for line in lines[:2000]]
    rules = sum(1 for raw in sample if raw.count("---") >= 2 and "|" in raw)
    heads = sum(1 for raw in sample if raw.startswith(("# ", "## ", "### ", "#### ")))
    bold = sum(1 for raw in sample if "**" in raw[:8] and raw.count("**") >= 2)
    return rules > 0 or heads > 1 or heads + bold > 2


def _at(line: TextLine) -> Location:
    return Location(lines=(line.number, line.number), method="segmented")


def _plain(line: TextLine) -> Heading | Paragraph:
    text = fold(line.text)
    if line.heading_level:
        return Heading(text, line.heading_level, _at(line))
    if line.item:
        return Paragraph(Line(text, _at(line), kind="item", marker="•", bold=line.bold))
    return Paragraph(Line(text, _at(line), bold=line.bold))


def _flow(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks of a text without tables; lines that were broken for want of room are put together again."""
    width = max((len(line.raw.rstrip()) for line in lines if not furniture_kind(line.text)), default=0)
    wrapped = width <= _WIDEST and any(starmap(_is_torn, pairwise(lines)))
    room = _room(lines)
    labels = _lines_again(lines)
    out: list[DocumentBlock] = []
    last: TextLine | None = None
    listed = False  # within a list, whose lines may have lost their bullets
    records = run_on_records(lines, known)
    until = 0
    for index, line in enumerate(lines):
        if index in records:
            out.extend(records[index])
            until = index + len(passage_at(lines, index))
            last = None
        if index < until:
            continue
        text = fold(line.text)
        if furniture_kind(text) == "page number" and not text.isdigit():
            out.append(Furniture(text, "page number", _at(line)))  # it may stand in mid-paragraph
            continue
        before = out[-1] if out else None
        listed = (last is not None and last.text.endswith(":")) or (
            line.text[:1].islower() if line.after_blank else listed
        )
        full = 1.0 - _MARKED / room if room else _FULL if listed else _IN_SENTENCE
        fits = last is not None and len(last.raw.rstrip()) <= room if room else wrapped
        if fits and last and isinstance(before, Paragraph) and _goes_on(last, line, room or width, full, known, labels):
            place = before.line.location.lines or (line.number, line.number)
            where = Location(lines=(place[0], line.number), method="segmented")
            apart = "" if _DIVIDED.search(before.line.text) and text[:1].islower() else " "
            out[-1] = Paragraph(replace(before.line, text=f"{before.line.text}{apart}{text}", location=where))
        elif last and isinstance(before, Paragraph) and _within_item(before.line, last, line):
            out.append(Paragraph(Line(text, _at(line), more=True)))
        else:
            out.append(_plain(line))
        last = line
    return out


def _is_torn(last: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the one before in mid-sentence, or is set in below its list item: where lines are
    broken for want of room, one at least does."""
    ends = last.text.endswith((".", ":", ";", "!", "?"))
    set_in = last.item and line.raw.startswith("  ")
    return not (line.after_blank or line.item or ends) and (line.text[:1].islower() or set_in)


def _room(lines: Sequence[TextLine]) -> int:
    """The width at which the lines of a text are broken that has some longer ones, which its converter left whole; 0
    where none shows: no line of some length that another follows at once had room for the first word of that."""
    lengths = [len(line.raw.rstrip()) for line in lines]
    broken = [
        (length, length + 1 + len(following.text.split()[0]))
        for length, (line, following) in zip(lengths, pairwise(lines), strict=False)
        if not (following.after_blank or following.item or line.heading_level) and following.text and line.text
    ]
    width = max((length for length, _ in broken), default=0)
    if not _NARROWEST <= width <= _WRAPPED or max(lengths) <= width:
        return 0
    needed = [need for length, need in broken if length * 2 > width]
    full = sum(need > width - _MARKED for need in needed)
    return width if len(needed) >= _FEWEST_BROKEN and full >= _NEARLY_ALL * len(needed) else 0


_FEWEST_BROKEN, _NEARLY_ALL = 4, 0.85
_NARROWEST, _WRAPPED = 50, 130  # characters between which a text is set
_MARKED = 4  # characters of marks that may have been taken off a line: those of a bold ref


def _within_item(before: Line, last: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the list item before it: indented below it, or after a line break of Markdown's."""
    if line.after_blank or line.item or line.heading_level or not (before.kind == "item" or before.more):
        return False
    broken = last.raw.endswith("  ") and not before.more
    return line.raw.startswith("   ") or (broken and not is_group_line(line))


def _lines_again(lines: Sequence[TextLine]) -> frozenset[str]:
    """The texts of lines that come again and again, each time with nothing else on the line: labels that stand alone,
    or values; the rest of a broken sentence hardly ever does."""
    counts = Counter(text for line in lines if not line.item and (text := fold(line.text))[:1].isupper())
    return frozenset(text for text, count in counts.items() if count >= _AGAIN and len(text.split()) <= _FEW_WORDS)


# "(Lead: Head of Planning, by May 2025)" ends an action.
_LABELLED_BRACKET = re.compile(r"[(\[][A-Z][^()\[\]:]{1,40}:[^()\[\]]+[)\]]$")


_OPEN_BRACKET = re.compile(r"\([^()]{0,80}$")


def _goes_on(
    last: TextLine, line: TextLine, width: int, full: float, known: Mapping[str, Meaning], labels: frozenset[str]
) -> bool:
    """Whether a line goes on with the paragraph of the one before it: there was no room for its first word.

    `full` is how much of the width a line fills that is broken in mid-sentence; `labels` are the lines that stand
    alone again and again.
    """
    if line.after_blank or line.item or line.heading_level or last.heading_level:
        return False
    if fold(line.text) in labels and not (last.item and line.raw.startswith("  ")):
        return False
    length = len(last.raw.rstrip())
    first = line.text.split()[0]
    small = first[:1].islower()
    ends = last.text.endswith((".", ":", ";", "!", "?")) and not _OPEN_BRACKET.search(last.text)
    ends = ends or bool(_LABELLED_BRACKET.search(last.text))
    full = full if small and not ends else _FULL
    if length + 1 + len(first) <= full * width or is_group_line(line) or is_group_line(last):
        return False
    return (small or not ends) and read_label(Line(fold(line.text)), known) is None


def _by_signature(bodies: Sequence[Body]) -> dict[tuple[object, ...], list[Body]]:
    groups: dict[tuple[object, ...], list[Body]] = {}
    for body in bodies:
        groups.setdefault(body.header.signature, []).append(body)
    return groups


def _keeps_cells(bodies: Sequence[Body]) -> bool:
    """Whether tabs part all cells of the tables with one header.

    A browser writes each tab once, whatever stands in the cells: one tab is always a border. A converter that writes
    two of them writes none before a cell that is a paragraph: most rows have to stand on one line there.
    """
    style = bodies[0].header.style
    if style.delimiter != "\t":
        return False
    if style.unit == 1 or _has_no_paragraphs(bodies):
        return True
    every = [line for body in bodies for line in body.lines]
    if is_loose(every, style):
        return False
    tabbed = [line for line in every if "\t" in line.raw]
    cells = [len(line.raw.strip(" ").split("\t" * style.unit)) for line in tabbed]
    whole = sum(count * 2 > len(bodies[0].header.columns) for count in cells)
    return max(cells, default=0) > 2 and all(line.has_text for line in tabbed) and whole >= _MOSTLY * len(tabbed)


def _has_no_paragraphs(bodies: Sequence[Body]) -> bool:
    """Whether no cell of the tables with one header is a paragraph, where a converter writes two tabs before each cell
    but one that is: then tabs part all cells, and other line ends are breaks, or stand around lists.

    A paragraph stands after a blank line, or at least on a line of its own, as dates, states and sums then do, too.
    """
    style = bodies[0].header.style
    width = len(bodies[0].header.columns)
    every = [line for body in bodies for line in body.lines if not line.item]
    cells = [[fold(text) for text in line.raw.strip(" ").split("\t" * style.unit)] for line in every]
    blank = sum(1 for body in bodies for line in body.lines[1:] if line.after_blank)
    short = [texts[0] for texts in cells if len(texts) < width and not texts[0].startswith("(")]
    lone = sum(1 for text in short if look_of(text) in _CERTAIN_LOOKS)
    parted = sum(1 for texts in cells if len(texts) > 1)
    return (
        parted >= _MOST_PARTED * len(every)
        and max(map(len, cells), default=0) >= width - 1 > 1
        and blank + lone <= _FEW_PARAGRAPHS * parted
    )


_CERTAIN_LOOKS = ("time", "state", "money")
_MOST_PARTED = 0.7
_FEW_PARAGRAPHS = 0.05


def _parts_all_but_paragraphs(bodies: Sequence[Body]) -> bool:
    """Whether the tables with one header are of a converter that writes two tabs before each cell but one that is a
    paragraph; not where nearly every cell stands on a line of its own, whatever it is."""
    style = bodies[0].header.style
    every = [line for body in bodies for line in body.lines]
    lone = sum(1 for line in every if not line.after_blank and "\t" not in line.raw)
    narrow = len(bodies[0].header.columns) <= _MOST_COLUMNS
    return style.delimiter == "\t" and style.unit > 1 and narrow and lone < _LONE * len(every)


_LONE = 0.8
_MOST_COLUMNS = 20  # of wider tables there are too many ways to place a line


def _tabbed(
    body: Body, lines: Sequence[TextLine], recurring: Set[str], known: Mapping[str, Meaning]
) -> list[DocumentBlock]:
    """The table of a body whose cells tabs part; a second row of header words is one of its rows."""
    header = body.header
    first = header.first
    delimiter = "\t" * header.style.unit
    trimmed = header.style.unit > 1
    # Where each tab is a border, the rows below tell how many columns the two rows of a header have.
    told = not trimmed and all(delimiter in lines[index].raw.strip() for index in (first, header.last))
    if header.over and not told:
        names = delimiter.join(column.text for column in header.columns)
        over = Furniture(header.over, "column heading", _span(lines[first : header.last + 1]))
        return [
            *read_delimited([replace(lines[first], raw=names)], body.lines, delimiter, known, trimmed=trimmed),
            over,
        ]
    if is_explained(lines[first : header.last + 1]):
        whole = replace(lines[first], raw=delimiter.join(column.text for column in header.columns))
        return list(read_delimited([whole], body.lines, delimiter, known, trimmed=trimmed, recurring=recurring))
    tabs = [index for index in range(header.first, header.last + 1) if "\t" in lines[index].raw.strip()]
    below = header.last + 1
    if len(tabs) > 1:
        below = tabs[1]
    rest = [*lines[below : header.last + 1], *body.lines]
    return list(read_delimited(lines[first:below], rest, delimiter, known, trimmed=trimmed, recurring=recurring))


def _other_table(body: Body, lines: Sequence[TextLine]) -> list[DocumentBlock]:
    """A table that is no table of activities: its lines, cut at delimiters where it has them."""
    header = body.header
    style = header.style
    width = len(header.columns)
    head = tuple(
        Cell((Line(column.text),), 0, index, header=True, location=_span(lines[header.first : header.last + 1]))
        for index, column in enumerate(header.columns)
    )
    rows: list[tuple[Cell | None, ...]] = [head]
    for line in body.lines:
        texts = [line.text]
        if style.delimiter:
            raw = line.text.removeprefix("|").removesuffix("|") if style.framed else line.text
            texts = [fold(text) for text in raw.split(style.delimiter * style.unit)]
            texts = [*texts[: width - 1], " ".join(texts[width - 1 :])] if len(texts) > width else texts
        cells: list[Cell | None] = [
            Cell((Line(fold(text), _at(line)),) if fold(text) else (), len(rows), index, location=_at(line))
            for index, text in enumerate(texts)
        ]
        rows.append((*cells, *[None] * (width - len(cells))))
    place = _span([*lines[header.first : header.last + 1], *body.lines])
    return [Table(tuple(rows), header_rows=1, location=place)]


def _span(lines: Sequence[TextLine]) -> Location:
    return Location(lines=(lines[0].number, lines[-1].number), method="segmented")


# The columns ------------------------------------------------------------------------------------------------

_KINDS: Mapping[Meaning, Kind] = {
    "ref": "ref",
    "activity": "prose",
    "timescale": "time",
    "timescale_start": "time",
    "timescale_end": "time",
    "lead_officers": "post",
    "lead_directorates": "body",
    "lead_cabinet_members": "member",
    "status": "state",
    "progress": "prose",
    "group": "group",
    "extra": "prose",
}
_MONEY_WORDS = frozenset(["budget", "cost", "costs", "funding", "resource", "resources", "resourcing", "finance"])


def _columns_for(words: Sequence[HeaderWord]) -> list[Column]:
    meanings = [word.meaning for word in words]
    people = sum(m in PEOPLE for m in meanings)
    activity = _activity_index(words)
    columns: list[Column] = []
    for index, word in enumerate(words):
        kind = _KINDS[word.meaning] if word.meaning else "prose"
        if people == 1 and (word.meaning == "lead_officers" or may_head_executives(word.text)):
            kind = "owner"
        if word.meaning == "extra" and _MONEY_WORDS & set(key(word.text).split()):
            kind = "money"
        if word.meaning == "extra" and heads_partners(word.text):
            kind = "partners"
        if word.meaning in ("extra", None) and key(word.text).split()[-1:] == ["date"]:
            kind = "time"  # "Revised date"
        if index == activity:
            kind = "prose"
        elif word.meaning == "activity" and index < activity and _names_groups(word.text):
            kind = "group"
        elif kind == "group" and index > activity and key(word.text) in _OUTCOMES:
            kind = "prose"  # what is to come of the action
        columns.append(Column(kind, index == activity))
    return columns


_OUTCOMES = frozenset(["outcome", "outcomes"])
_TARGETS = frozenset(["target", "targets"])
_DATED = 0.5  # lines that are or hold a date, for each that has a ref


def _with_target_dates(columns: list[Column], words: Sequence[HeaderWord], lines: Sequence[TextLine]) -> list[Column]:
    """The columns, of which one headed "Target" holds dates where no other does and most rows have one."""
    targets = [index for index, word in enumerate(words) if word.meaning == "extra" and key(word.text) in _TARGETS]
    if len(targets) != 1 or any(column.kind == "time" for column in columns):
        return columns
    filled = [line.text for line in lines if line.text]
    dated = sum(any(span.strength == "strong" for span in find_timescales(text)) for text in filled)
    rows = len(starts_in_text(lines)) or len(find_row_starts(lines, "", ("group",))) or len(filled)
    if dated < _DATED * rows:
        return columns
    return [*columns[: targets[0]], Column("time"), *columns[targets[0] + 1 :]]


def _activity_index(words: Sequence[HeaderWord]) -> int:
    """Which column holds what is to be done; of two, the one that does not group the rows ("Commitment")."""
    claims = [index for index, word in enumerate(words) if word.meaning == "activity"]
    plain = [index for index in claims if not _names_groups(words[index].text)]
    groups = [index for index, word in enumerate(words) if word.meaning == "group"]
    return next(iter([*plain, *claims, *groups]), 0)


def _names_groups(text: str) -> bool:
    """Whether a header names what rows stand under, in the singular or the plural."""
    return key(text) in KIND_WORDS or key(text).removesuffix("s") in KIND_WORDS


class _Cutter:
    """Cuts the bodies of all tables with one header; their rows together teach it the columns' values."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        header = bodies[0].header
        self.bodies = bodies
        # Refs may run on from table to table, so all bodies are asked at once.
        every = [line for body in bodies for line in body.lines]
        self.words = header.columns
        self.periods = [] if header.style.delimiter else periods_behind([word.text for word in self.words])
        """The columns in which rows are ticked, behind all others."""
        self.ticks = {line.number: ticks_behind(line.text) for line in every} if self.periods else {}
        whole = _whole_rows(bodies, {number for number, ticks in self.ticks.items() if ticks})
        unnamed = not self.words[0].text and not header.style.delimiter
        self.words = self.words[unnamed : len(self.words) - len(self.periods)]
        referenced = any(word.meaning == "ref" for word in header.columns)
        numbered = [] if referenced else starts_in_text(every)
        # Numbers that open few of the rows are those of what some of them stand under.
        of_groups = 0 < len(numbered) < _NUMBERED_ROWS * sum(map(len, whole)) and not starts_behind_groups(every)
        self.numbered = frozenset(every[start.first_index].number for start in numbered) if of_groups else frozenset()
        if unnamed and (of_groups or not numbered):
            self.words = (HeaderWord("", "group"), *self.words)
        elif of_groups:
            self.words = _with_groups_first(self.words)
        elif not header.style.delimiter:
            self.words = _with_column_of_refs(self.words, every)
        if not header.style.delimiter and (parted := _with_action_alone(self.words)):
            # Rows that begin with refs have no action before these.
            self.words = parted if len(find_row_starts(every, "", ("group",))) >= _FEWEST_REFS else self.words
        columns = _with_target_dates(_columns_for(self.words), self.words, every)
        self.style: Style = header.style
        self.has_refs = any(column.kind == "ref" for column in columns)
        ref = next((index for index, column in enumerate(columns) if column.kind == "ref"), 0)
        loose = is_loose(every, self.style)
        leading = tuple(column.kind for column in columns[:ref])
        if self.has_refs:
            starts = find_row_starts(every, self.style.delimiter, leading)
        else:
            starts = [] if of_groups else numbered
        heads = numbered_headings(every, starts)
        self.heads = frozenset(every[index].number for index in heads)
        starts = [start for start in starts if start.line_index not in heads]
        self.start_at = {every[start.first_index].number: start for start in starts}
        self.around: frozenset[int] = frozenset()
        """Where lines are rows, the numbers of those that are none."""
        # A rule of several dashes below the header: the blanks that set the columns of a drawn table are lost.
        ruled = [line.number for body in bodies for line in body.lines[:1] if _DRAWN_RULE.fullmatch(line.text)]
        self.drawn = bool(ruled) and not self.style.delimiter
        if self.drawn:
            self.around = frozenset(ruled)
        if not starts and any(whole):
            self.around |= _lines_around(bodies)
            self.start_at = {
                body.lines[index].number: RowStart(index, "", "", False)
                for body, indexes in zip(bodies, whole, strict=True)
                for index, line in enumerate(body.lines)
                if index in indexes or line.number in self.numbered
            }
        # A row that the end of a page cuts goes on there with the rest of each of its cells.
        self.pages = frozenset(line.number for line in every if line.new_page) if self.start_at else frozenset[int]()
        # Where delimiters part the cells, a line without any above the first row shows that rows stand under headings.
        self.headed = bool(self.style.delimiter and every) and reads_as_heading(every[0])
        self.heading_costs = _heading_costs(bodies, starts)
        above = sum(body.heading_after is not None for body in bodies)
        # Rows whose headings stand above the header, which comes again below each, have none among them.
        self.heading = SOME if self.headed else NONE if above and above >= len(bodies) - 1 else UNKNOWN
        # Where delimiters part the cells, no word need show where one opens.
        plain = [] if self.style.delimiter else list(self._without_ticks(words_of(every, self.style)))
        self.names: Names = names_before_cells(plain, columns)
        self.before_headings = frozenset(self._lines_before_headings(bodies))
        self._tables: list[Table] = []
        self._known_blocks: dict[int, list[Block]] = {}
        self._refused: dict[int, str] = {}  # by the number of a block's first line: why nothing is read off it
        self.disordered = ""  # why nothing is read off any row
        sample = self._sample(bodies)
        recurring = _recurring(every)

        def learnt(columns: Sequence[Column]) -> Segmenter:
            segmenter = Segmenter(
                [Column("heading"), *columns, Column("aside")],
                delimited=bool(self.style.delimiter),
                loose=loose,
                referenced=len(starts) >= 2 and self.has_refs,
                recurring=recurring,
                lined=_is_lined(every, len(starts), columns),
            )
            filled = replace(segmenter, filled=True)
            segmenter.learn(sample)
            if not segmenter.lacks_people:
                return segmenter
            # That rows lack people may be what the first guess made of them, which then vouches for itself.
            filled.learn(sample)
            return filled if filled.length() < segmenter.length() else segmenter

        self.segmenter = learnt(columns)
        self.over = header.over
        self.unsettled: frozenset[int] = frozenset()  # the columns that another reading of the header has elsewhere
        if header.others and not self.style.delimiter:
            self._choose_reading(header.others, len(sample), learnt)
        if header.divided:
            self.unsettled |= {i for i, word in enumerate(self.words) if word.meaning in _MAY_BE_DIVIDED}
        self.maybe_two = 0  # the column of the lattice that may be two; 0 for none
        self.maybe: tuple[Meaning | None, ...] = ()  # what it holds then
        for divided in () if self.style.delimiter else (_with_lead_alone(self.words), *_with_action_parted(self.words)):
            if not divided:
                continue
            # The header can be read in two ways, so the rows say which of them tells them in fewer words.
            other = learnt(_columns_for(divided))
            more = other.length() - self.segmenter.length()
            if more < 0.0:
                self.words, self.segmenter = divided, other
                break
            if more < _AS_GOOD_A_ROW * len(sample):
                at = next(i for i, (x, y) in enumerate(zip(self.words, divided, strict=False)) if x != y)
                others = (word.meaning for word in divided[at : at + 2] if word.meaning != self.words[at].meaning)
                self.maybe_two, self.maybe = at + 1, (None, *others)

    def disorder(self) -> tuple[float, int]:
        """How unlike a table's its rows are, where 1 is more than a table's ever are; and how many rows that tells.

        Rows lack their time or their action, words are put into no cell, borders are guesses, and columns come again.
        """
        rests = self.pages - self.start_at.keys()  # of rows that the end of a page cuts
        blocks = [block for block in self._sample(self.bodies) if block.words[0].line not in rests]
        cuts = [self.segmenter.cut(block) for block in blocks]
        segments = list(chain.from_iterable(cuts))
        if not segments:
            return 0.0, 0
        columns = self.segmenter.columns
        kinds = [{columns[segment.column].kind for segment in cut} for cut in cuts]
        timed = any(column.kind == "time" for column in columns)
        active = columns[self.segmenter.activity_column].kind
        back = sum(after.column < before.column for cut in cuts for before, after in pairwise(cut))
        shares = (
            (sum(segment.surety < _DOUBTFUL for segment in segments) / len(segments), 0.12),
            (sum(columns[segment.column].kind == "aside" for segment in segments) / len(segments), 0.05),
            (timed * sum("time" not in held for held in kinds) / len(kinds), 0.4),
            (sum(active not in held for held in kinds) / len(kinds), 0.15),
            (back / len(kinds) if self.start_at else 0.0, 0.4),
        )
        return sum(share / most for share, most in shares), len(kinds)

    def _choose_reading(
        self, readings: Sequence[Reading], rows: int, learnt: Callable[[Sequence[Column]], Segmenter]
    ) -> None:
        """Takes the reading of a header of two rows that tells the rows in the fewest words; where another is about as
        good, the columns that it has elsewhere are unsettled."""
        found = [(self.segmenter.length(), self.words, self.over, self.segmenter)]
        for reading in readings:
            segmenter = learnt(_columns_for(reading.columns))
            found.append((segmenter.length(), reading.columns, reading.over, segmenter))
        best = min(found, key=lambda way: way[0])
        length, self.words, self.over, self.segmenter = best
        self.unsettled = frozenset(
            index
            for other in found
            if other is not best and other[0] < length + _AS_GOOD_A_ROW * rows
            for index, (ours, theirs) in enumerate(zip(self.words, other[1], strict=False))
            if ours.meaning != theirs.meaning
        )

    def _sample(self, bodies: Sequence[Body]) -> list[Block]:
        """Blocks from all over the document to learn from, no more than enough."""
        blocks: list[Block] = []
        enough = _SAMPLE if self.start_at else _SAMPLE // 20
        for body in bodies:
            for part in self._parts(body):
                if not isinstance(part, TextLine):
                    blocks.extend(block for block in self._blocks(part) if block.words[0].line not in self._refused)
        if len(blocks) > enough:
            step = len(blocks) / enough
            blocks = [blocks[int(index * step)] for index in range(enough)]
        return blocks

    def _lines_before_headings(self, bodies: Sequence[Body]) -> Iterator[int]:
        """The numbers of the last lines with text of the rows that a heading with a label follows at once."""
        for body in bodies:
            for part, after in pairwise([*self._parts(body), body.heading_after]):
                if isinstance(after, TextLine) and is_group_line(after) and not isinstance(part, TextLine):
                    yield from [line.number for line in part or () if line.text][-1:]

    def _parts(self, body: Body) -> Iterator[list[TextLine] | TextLine]:
        """A body's runs of lines, and the group headings between them."""
        run: list[TextLine] = []
        for line in body.lines:
            if line.number in self.around:
                if run:
                    yield run
                    run = []
                continue
            heads = is_group_line(line) or line.heading_level or line.number in self.heads
            if heads and line.number not in self.start_at:
                if run:
                    yield run
                    run = []
                yield line
            else:
                run.append(line)
        if run:
            yield run

    def _blocks(self, lines: Sequence[TextLine]) -> list[Block]:
        """The words of some lines, cut where rows certainly begin, or, without refs, every so many lines."""
        known = self._known_blocks.get(lines[0].number)
        if known is None:
            if self.start_at:
                known = self._cut_at_refs(list(self._words(lines)))
            else:
                chunks = (lines[start : start + _CHUNK] for start in range(0, len(lines), _CHUNK))
                known = [self._chunk(chunk) for chunk in chunks]
            self._known_blocks[lines[0].number] = known
        return known

    def _chunk(self, lines: Sequence[TextLine]) -> Block:
        return Block(tuple(self._words(lines)), heading=self.heading)

    def _words(self, lines: Sequence[TextLine]) -> Iterator[Word]:
        return with_openings(self._without_ticks(words_of(lines, self.style)), self.names)

    def _without_ticks(self, words: Iterator[Word]) -> Iterator[Word]:
        """The words but for the ticks in columns of periods, which no blank says the places of."""
        return (word for word in words if not ticks_behind(word.text)) if self.periods else words

    def _cut_at_refs(self, words: Sequence[Word]) -> list[Block]:
        cuts: list[int] = []
        seen = 0
        for index, word in enumerate(words):
            if word.line != seen:
                seen = word.line
                if word.line in self.start_at or word.line in self.pages:
                    cuts.append(index)
        if not cuts or cuts[0] != 0:
            cuts.insert(0, 0)
        blocks: list[Block] = []
        # A heading stands over rows: where another follows, there are none.
        last = NONE if words and words[-1].line in self.before_headings else UNKNOWN
        for start, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
            chunk = words[start:end]
            if not chunk:
                continue
            row = self.start_at.get(chunk[0].line)
            before = row.words_before if row else 0
            length = _tokens_of_ref(chunk[before:], row.text) if row and row.text and self.has_refs else 0
            heading = self.heading_costs.get(words[end].line, UNKNOWN) if end < len(words) else last
            grouped = None
            if self.numbered:
                grouped, heading = chunk[0].line in self.numbered, NONE
            blocks.append(
                Block(tuple(chunk), length, bool(row and row.below), before, heading, row is not None, grouped)
            )
        self._refused.update(_scrambled_blocks(blocks))
        if self.drawn:
            several = (block.words[0].line for block in blocks if block.words[0].line < block.words[-1].line)
            self._refused.update(dict.fromkeys(several, "the lines of its cells stand one behind the other"))
        return blocks

    def table(self, body: Body) -> list[DocumentBlock]:
        """The table that a body holds, and the lines among its rows that are no rows."""
        width = len(self.words)
        names = [*(word.text for word in self.words), *self.periods]
        place = Location(
            lines=(body.lines[0].number, body.lines[-1].number) if body.lines else None, method="segmented"
        )
        rows: list[tuple[Cell | None, ...]] = [
            tuple(Cell((Line(name),) if name else (), 0, index, header=True) for index, name in enumerate(names))
        ]
        asides: list[DocumentBlock] = [Furniture(self.over, "column heading", place)] if self.over else []
        asides.extend(_plain(line) for line in body.lines if line.number in self.around)
        locations: list[Location] = [place]
        found: list[TextLine | list[_Piece] | Line | Heading] = []
        for part in self._parts(body):
            if isinstance(part, TextLine):
                found.append(part)
            else:
                found.extend(self._rows(part))
        found = self._with_rests(found)
        rooms = _rooms([row for row in found if isinstance(row, list)]) if body.header.style.narrow else {}
        for row in found:
            if isinstance(row, TextLine):
                title = fold(row.text)
                if row.number in self.heads and _LETTER_OF_GROUP.match(title):
                    title = f"{title[0]}. {title[2:]}"
                self._add_group(rows, locations, title, _at(row), len(names))
            elif isinstance(row, Line):
                asides.append(Paragraph(row))
            elif isinstance(row, Heading):
                self._add_group(rows, locations, row.text, row.location, len(names))
            else:
                cells, where = _cells(row, len(rows), width, self.segmenter, self._is_below(row), rooms)
                reason = self.disordered or self._refused.get(row[0].words[0].line)
                if self.maybe_two and (cell := cells[self.maybe_two - 1]) is not None:
                    cells = _replaced(cells, self.maybe_two - 1, _may_hold_two(cell, self.maybe))
                for index in sorted(self.unsettled):
                    if (cell := cells[index]) is not None:
                        cells = _replaced(cells, index, _of_unsettled_column(cell, body.header.divided))
                cells = self._doubted(cells, reason) if reason else cells
                rows.append((*cells, *self._ticked(where, len(rows))) if self.periods else cells)
                locations.append(where)
        kinds = [column.kind for column in self.segmenter.columns[1:-1]]
        rows = _with_groups_parted(rows, kinds)
        if not self.style.delimiter:
            _doubt_missing_groups(rows, kinds, self.segmenter.activity_column - 1)
        table = Table(tuple(rows), header_rows=1, location=place, row_locations=tuple(locations))
        self._tables.append(table)
        return [table, *asides]

    def _ticked(self, where: Location, number: int) -> Iterator[Cell]:
        """The cells of a row in the columns of periods: with as many ticks as columns they are known, with fewer the
        first ones are taken, with a doubt that says so."""
        first, last = where.lines or (0, -1)
        ticks = [tick for line in range(first, last + 1) for tick in self.ticks.get(line, ())]
        doubts: tuple[Doubt, ...] = ()
        if len(ticks) != len(self.periods):
            message = f"In which of the columns {', '.join(self.periods)} the row is ticked is lost."
            fields: tuple[Meaning, ...] = ("timescale", "extra")
            doubts = tuple(Doubt("column-inferred", message, field, location=where) for field in fields)
        for index in range(len(self.periods)):
            text = " ".join(ticks[index:]) if index + 1 == len(self.periods) else "".join(ticks[index : index + 1])
            lines = (Line(text, where),) if text else ()
            yield Cell(lines, number, len(self.words) + index, location=where, doubts=doubts if not index else ())

    def _with_rests(
        self, found: Sequence[TextLine | list[_Piece] | Line | Heading]
    ) -> list[TextLine | list[_Piece] | Line | Heading]:
        """The rows, those that go on overleaf with what stands there."""
        out: list[TextLine | list[_Piece] | Line | Heading] = []
        for row in found:
            above = out[-1] if out else None
            cut = isinstance(row, list) and row[0].words[0].line in self.pages - self.start_at.keys()
            if cut and isinstance(row, list) and isinstance(above, list) and not self._is_whole(above, row):
                for piece in row:
                    self._put_below(above, piece)
            else:
                out.append(row)
        return out

    def _is_whole(self, above: Sequence[_Piece], row: Sequence[_Piece]) -> bool:
        """Whether a row without a ref with which a page begins is one of its own: it has the time, which has but one,
        and an owner, as the one above has."""
        kinds = [{self.segmenter.columns[piece.segment.column].kind for piece in each} for each in (above, row)]
        both = kinds[0] & kinds[1]
        return "time" in both and not both.isdisjoint(NAMED)

    def _put_below(self, row: list[_Piece], rest: _Piece) -> None:
        """Adds what stands overleaf to a row: to the value that the page's end cut, or as one of its own."""
        column = rest.segment.column
        last = next((index for index in range(len(row) - 1, -1, -1) if row[index].segment.column == column), None)
        if last is None:
            row.append(rest)
            return
        cut, word = row[last], rest.words[0].text
        named = self.segmenter.columns[column].kind in NAMED
        if not named or cut.words[-1].text.lower() in DANGLING or word[:1].islower():
            row[last] = _Piece((*cut.words, *rest.words), cut.segment._replace(surety=_TORN))
        else:
            row.insert(last + 1, _Piece(rest.words, rest.segment._replace(opening=_TORN)))

    def with_merged_cells(self) -> Iterator[tuple[Table, Table]]:
        """The tables so far, each with what it becomes when its merged cells cover the rows that lack them."""
        if self.segmenter.delimited:
            return
        people = {index: word.meaning for index, word in enumerate(self.words) if word.meaning in PEOPLE}
        groups = [index for index, column in enumerate(self.segmenter.columns[1:-1]) if column.kind == "group"]
        yield from zip(self._tables, cover_merged(self._tables, people, groups=groups), strict=True)

    def _add_group(
        self, rows: list[tuple[Cell | None, ...]], locations: list[Location], text: str, place: Location, width: int
    ) -> None:
        cell = Cell((Line(text, place, bold=True),), len(rows), 0, column_span=width, location=place)
        rows.append((cell,) * width)
        locations.append(place)

    def _rows(self, lines: Sequence[TextLine]) -> Iterator[list[_Piece] | Line | Heading]:
        """The rows of a run of lines, each as its pieces; asides as lines and headings as such."""
        if self.start_at or len(lines) <= _CHUNK:
            for block in self._blocks(lines):
                yield from self._read(block)
            return
        start = 0
        while start < len(lines):
            # A table without refs is cut some lines at a time; the last row of a cut is read again with the next.
            end = start + _CHUNK
            found = list(self._read(self._chunk(lines[start:end])))
            if end < len(lines) and len(found) > 2:
                number = _first_line(found.pop())
                later = next(index for index in range(start, end) if lines[index].number == number)
                end = later if later > start else end
            yield from found
            start = end

    def _read(self, block: Block) -> Iterator[list[_Piece] | Line | Heading]:
        columns = self.segmenter.columns
        row: list[_Piece] = []
        column = 0
        if (self.disordered and self.start_at) or block.words[0].line in self._refused:
            yield self._uncut(block)
            return
        for segment in self.segmenter.cut(block):
            words = block.words[segment.start : segment.end]
            kind = columns[segment.column].kind
            if kind in ("heading", "aside"):
                if row:
                    yield row
                    row = []
                column = 0
                place = Location(lines=(words[0].line, words[-1].line), method="segmented")
                text = " ".join(word.text for word in words)
                yield Heading(text, 3, place) if kind == "heading" else Line(text, place)
                continue
            if row and segment.column < column:
                yield row
                row = []
            row.append(_Piece(words, segment))
            column = segment.column
        if row:
            yield row

    def _is_below(self, row: Sequence[_Piece]) -> bool:
        """Whether a row is a sub-item, whose empty cells are no surprise."""
        start = self.start_at.get(row[0].words[0].line)
        return bool(start and start.below)

    def _uncut(self, block: Block) -> list[_Piece]:
        """The row of a block that is scrambled: its ref, where it has one, and all else as its activity."""
        columns = self.segmenter.columns
        activity = next(index for index, column in enumerate(columns) if column.activity)
        first, last = block.ref_start, block.ref_start + block.ref_length
        pieces = [_Piece(block.words[first:last], Segment(first, last, self.segmenter.ref_column, 1.0))] if last else []
        rest = (*block.words[:first], *block.words[last:]) if last else block.words
        return [*pieces, *([_Piece(rest, Segment(last, len(block.words), activity, 1.0))] if rest else [])]

    def _doubted(self, cells: tuple[Cell | None, ...], reason: str) -> tuple[Cell | None, ...]:
        """The cells of a row that was not cut, with the doubts that say so on the first of them."""
        meanings: list[Meaning] = [word.meaning or "extra" for word in self.words]
        if self.disordered:
            meanings.extend(PEOPLE)  # whatever the header, whose words are out of order as well
        first = next(index for index, cell in enumerate(cells) if cell is not None)
        cell = cells[first]
        if cell is None:
            return cells
        if self.disordered and not self.start_at:  # nothing tells where a row begins, so that it was cut all the same
            message = f"What this says may be of another row or column: {reason}."
            doubts = tuple(Doubt(SCRAMBLED, message, field, cell.location) for field in dict.fromkeys(meanings))
            return _replaced(cells, first, replace(cell, doubts=(*cell.doubts, *doubts)))
        doubts = tuple(replace(doubt, location=cell.location) for doubt in scrambled_doubts(reason, meanings))
        return _replaced(cells, first, replace(cell, doubts=doubts))


_DRAWN_RULE = re.compile(r"-{2,}(?: -{2,}){2,}")
_LETTER_OF_GROUP = re.compile(r"([A-Z]) ")  # which no stop tells from a word: "A Policy for all"
_OF_GROUP = re.compile(r"(?P<prefix>[A-Za-z]*)[-. ]?(?:(?P<first>\d+)[.-](?=\d))?")


def _with_groups_parted(rows: list[tuple[Cell | None, ...]], kinds: Sequence[Kind]) -> list[tuple[Cell | None, ...]]:
    """The rows, with the names of two groups parted that one cell holds, where two columns of groups stand side by side
    and the refs tell which rows begin a group of both: "Travel Walking and cycling" where their first number changes,
    "Our own fleet" where it does not. Where a capital within a name says otherwise of any row, all stay as they are."""
    outer = next((index for index, pair in enumerate(pairwise(kinds)) if pair == ("group", "group")), -1)
    ref = next((index for index, kind in enumerate(kinds) if kind == "ref"), -1)
    if outer < 0 or ref < 0:
        return rows
    parted = list(rows)
    major: tuple[str | None, ...] | None = None
    several = 0
    for number, row in enumerate(rows[1:], 1):
        told = row[ref]
        match = _OF_GROUP.match(told.text) if told is not None and told.lines else None
        if not match:
            continue
        before, major = major, (match["prefix"], match["first"])
        names = [cell for cell in row[outer : outer + 2] if cell is not None and cell.lines and cell.column_span == 1]
        if not names:
            continue
        capitals = [found.end() - 1 for found in _INNER_CAPITAL.finditer(names[0].text)]
        if len(names) > 1 or len(capitals) != (before != major):
            return rows
        if capitals:
            several += 1
            text, at = names[0].text, names[0].location
            pair = (text[: capitals[0]].rstrip(), text[capitals[0] :])
            cells = (Cell((Line(name, at),), number, outer + i, location=at) for i, name in enumerate(pair))
            parted[number] = (*row[:outer], *cells, *row[outer + 2 :])
    return parted if several >= _FEWEST_PARTED else rows


_FEWEST_PARTED = 2


def _doubt_missing_groups(rows: list[tuple[Cell | None, ...]], kinds: Sequence[Kind], activity: int) -> None:
    """Doubts the group of the rows above the first that begins with the name of one, where the header has a column for
    it: the name may be the first words of an activity, which is doubted where a capital within it says so."""
    groups = [index for index, kind in enumerate(kinds[:activity]) if kind == "group"]
    if not groups or any(kind == "ref" for kind in kinds):
        return
    message = "The name of its group may be the first words of this activity, or of one above."
    for number, row in enumerate(rows[1:], 1):
        named = any((cell := row[index]) is not None and cell.lines for index in groups)
        cell = row[activity]
        if named or cell is None or cell.row_index != number:
            return
        doubts = [Doubt("border-inferred", message, "group_id", location=cell.location)]
        if _INNER_CAPITAL.search(cell.text):
            doubts.append(Doubt("border-inferred", message, "activity", location=cell.location))
        rows[number] = _replaced(row, activity, replace(cell, doubts=(*cell.doubts, *doubts)))


def _heading_costs(bodies: Sequence[Body], starts: Sequence[RowStart]) -> dict[int, float]:
    """What a heading right above each row costs, by the number of the row's first line, table by table."""
    costs: dict[int, float] = {}
    offset = 0
    place = 0
    for body in bodies:
        end = offset + len(body.lines)
        own: list[RowStart] = []
        while place < len(starts) and starts[place].line_index < end:
            own.append(starts[place]._replace(line_index=starts[place].line_index - offset))
            place += 1
        costs.update(heading_costs(body.lines, own))
        offset = end
    return costs


def _recurring(lines: Sequence[TextLine]) -> frozenset[str]:
    """The lines that stand more than once in the same words."""
    counts = Counter(" ".join(line.text.split()) for line in lines if line.text)
    return frozenset(text for text, count in counts.items() if count > 1)


def _is_lined(lines: Sequence[TextLine], rows: int, columns: Sequence[Column]) -> bool:
    """Whether nearly every cell stands on a line of its own: the dates do, and there are as many lines as cells.

    `rows` is how many rows have a ref; where none has, as many are taken to be there as lines that are dates.
    """
    dates = sum(1 for line in lines if line.text and is_timescale(line.text) and not is_state(line.text))
    filled = sum(1 for line in lines if line.raw.strip(" "))
    cells = (rows or dates) * len(columns)
    return dates >= max(3.0, _MOSTLY * rows) and _MOSTLY * cells < filled and (rows > 0 or filled < _MOST_LINES * cells)


_MOST_LINES = 1.35  # a cell, on average, of a table that has a line for each of them
_REFS_TOGETHER = 3
_ONE_AFTER = re.compile(r"(\d+)\D*$")


def _scrambled_blocks(blocks: Sequence[Block]) -> dict[int, str]:
    """The blocks whose words are out of order, by the numbers of their first lines, and what shows it."""
    refused: dict[int, str] = {}
    bare: list[Block] = []  # blocks of a ref alone, one after the other
    for block in blocks:
        number = block.words[0].line
        if block.ref_length and len(block.words) == block.ref_length:
            bare.append(block)
            continue
        together = len(bare) + 1
        lines = len({word.line for word in block.words})
        run = _refs_in_a_row(block)
        if bare and together >= _REFS_TOGETHER and lines > 2 * together:
            reason = f"{together} refs stand together, and the text of their rows after them"
            refused.update({other.words[0].line: reason for other in (*bare, block)})
        elif run >= _REFS_TOGETHER:
            refused[number] = f"{run} refs stand together, and the text of their rows after them"
        elif block.ref_length and (reason := why_scrambled(" ".join(word.text for word in block.words))):
            refused[number] = reason
        bare = []
    return refused


def _refs_in_a_row(block: Block) -> int:
    """How many refs open a block, each the one after that before it: "1.1 1.2 1.3"."""
    if not block.ref_length or block.ref_start:
        return 0
    ref = block.words[block.ref_length - 1].text
    count = 1
    for word in block.words[block.ref_length :]:
        found = _ONE_AFTER.search(ref)
        if (
            not found
            or word.text != f"{ref[: found.start(1)]}{int(found[1]) + 1:0{len(found[1])}d}{ref[found.end(1) :]}"
        ):
            break
        ref = word.text
        count += 1
    return count if not ref.isdigit() else 0


def _with_column_of_refs(words: Sequence[HeaderWord], lines: Sequence[TextLine]) -> tuple[HeaderWord, ...]:
    """The columns of a header, and that of the refs where no word says so: an empty header cell left nothing.

    It stands before all others where rows begin with refs; behind the groups where their names precede those.
    """
    if any(word.meaning == "ref" for word in words):
        return tuple(words)
    kinds = [column.kind for column in _columns_for(words)]
    groups = next((index for index, kind in enumerate(kinds) if kind != "group"), 0)
    if groups and starts_behind_groups(lines):
        return (*words[:groups], HeaderWord("", "ref"), *words[groups:])
    return (HeaderWord("", "ref"), *words) if starts_in_text(lines) else tuple(words)


def _whole_rows(bodies: Sequence[Body], ticked: Set[int]) -> list[list[int]]:
    """Per table, the indexes of the lines that open rows for certain where each line is one; `ticked` are the numbers
    of those that end in ticks."""
    header = bodies[0].header
    dates = bool(ticked) or any(word.meaning and _KINDS[word.meaning] == "time" for word in header.columns)
    if header.style.delimiter or not dates or any(body.header.first != body.header.last for body in bodies):
        return [[] for _ in bodies]
    return lines_of_rows([body.lines for body in bodies], ticked)


def _lines_around(bodies: Sequence[Body]) -> frozenset[int]:
    """The numbers of the lines of tables, each of whose rows is a line, that are none of a row: those that come again,
    and the sentences below the last heading of a table."""
    found = set(lines_again([body.lines for body in bodies]))
    for body in bodies:
        for line in reversed(body.lines):
            if line.text and not line.text.endswith("."):
                if is_group_line(line):
                    found.update(below.number for below in body.lines if below.number > line.number)
                break
    return frozenset(found)


_NUMBERED_ROWS = 0.6


def _with_groups_first(words: Sequence[HeaderWord]) -> tuple[HeaderWord, ...]:
    """The columns of a header whose first one holds what several rows stand under: where it is that of the activities,
    the column of prose behind it holds these."""
    first, *others = words
    if first.meaning == "activity" and others and others[0].meaning in (None, "extra", "activity"):
        return (first._replace(meaning="group"), others[0]._replace(meaning="activity"), *others[1:])
    return tuple(words)


def _with_lead_alone(words: Sequence[HeaderWord]) -> tuple[HeaderWord, ...]:
    """The columns of a header without another one of officers if a word of its column of people were one: "Lead |
    Directorate" instead of "Lead Directorate", "Lead | Partners"; empty where it has no such word."""
    for index, word in enumerate(words):
        lead, _, rest = word.text.partition(" ")
        meaning = PHRASES.get(key(rest), word.meaning)
        officers = any(other.meaning == "lead_officers" for other in (*words[:index], *words[index + 1 :]))
        if officers or word.meaning not in PEOPLE or meaning == "lead_officers" or not rest[:1].isupper():
            continue
        if PHRASES.get(key(lead)) == "lead_officers":
            parts = (HeaderWord(lead, "lead_officers"), HeaderWord(rest, meaning))
            return (*words[:index], *parts, *words[index + 1 :])
    return ()


_FEWEST_REFS = 3


def _with_action_alone(words: Sequence[HeaderWord]) -> tuple[HeaderWord, ...]:
    """The columns of a header whose word for activities before the refs names their groups, if a word of its column of
    officers were the activities': "Commitment | Ref | Action | Lead"; empty where it has no such word."""
    ref = next((index for index, word in enumerate(words) if word.meaning == "ref"), 0)
    if not any(word.meaning == "activity" for word in words[:ref]):
        return ()
    for index, word in enumerate(words[ref + 1 :], ref + 1):
        action, _, rest = word.text.partition(" ")
        meanings = PHRASES.get(key(action)), PHRASES.get(key(rest))
        if word.meaning == "lead_officers" and meanings == ("activity", "lead_officers"):
            parts = (HeaderWord(action, "activity"), HeaderWord(rest, "lead_officers"))
            return (*words[:index], *parts, *words[index + 1 :])
    return ()


def _with_action_parted(words: Sequence[HeaderWord]) -> Iterator[tuple[HeaderWord, ...]]:
    """The columns of a header of which one name is that of the activities and another one: "Action | Owner" instead of
    "Action Owner", "Action | Measure"."""
    for index, word in enumerate(words):
        action, _, rest = word.text.partition(" ")
        meaning = PHRASES.get(key(rest))
        if rest[:1].isupper() and PHRASES.get(key(action)) == "activity" and meaning and meaning != "activity":
            yield (*words[:index], HeaderWord(action, "activity"), HeaderWord(rest, meaning), *words[index + 1 :])


def _may_hold_two(cell: Cell, fields: Sequence[Meaning | None]) -> Cell:
    """A cell with the doubt that it holds what stands in another column too, which its header may name as well."""
    message = f'"{_short(cell.text)}" may be of two columns, whose names the header runs together.'
    doubts = [Doubt("border-inferred", message, field, location=cell.location) for field in fields]
    return replace(cell, doubts=(*cell.doubts, *doubts))


def _of_unsettled_column(cell: Cell, divided: bool) -> Cell:
    """A cell with the doubt that its header stands over another column; where some column is `divided`, that another
    one's words are among its own as well."""
    message = "The header has two rows, and its words may stand over the columns in another order."
    doubts = [Doubt("column-inferred", message, location=cell.location)] if not cell.doubts else []
    if divided:
        doubts.append(Doubt("column-inferred", message, "extra", location=cell.location))
    return replace(cell, doubts=(*cell.doubts, *doubts))


_MAY_BE_DIVIDED = ("status", "progress", "extra")


def _replaced(cells: tuple[Cell | None, ...], index: int, cell: Cell) -> tuple[Cell | None, ...]:
    return (*cells[:index], cell, *cells[index + 1 :])


class _Piece:
    """Some words of a row and the segment that puts them into a column."""

    __slots__ = ("segment", "words")

    def __init__(self, words: tuple[Word, ...], segment: Segment) -> None:
        self.words = words
        self.segment = segment


def _first_line(found: list[_Piece] | Line | Heading) -> int:
    if isinstance(found, list):
        return found[0].words[0].line
    return found.location.lines[0] if found.location.lines else 0


def _tokens_of_ref(words: Sequence[Word], ref: str) -> int:
    wanted = len(ref.replace(" ", "").replace("\xa0", ""))
    length = 0
    for count, word in enumerate(words, 1):
        length += len(word.text.replace("\xa0", ""))
        if length >= wanted:
            return count
    return 1


def _rooms(rows: Iterable[Sequence[_Piece]]) -> dict[int, int]:
    """By column (of the lattice), how many characters a line of its cells has room for: as many as its longest has that
    another follows; columns with few such lines are left out."""
    lengths: dict[int, list[int]] = {}
    for piece in chain.from_iterable(rows):
        lines = [" ".join(word.text for word in words) for _, words in groupby(piece.words, lambda word: word.line)]
        lengths.setdefault(piece.segment.column, []).extend(map(len, lines[:-1]))
    return {column: max(found) for column, found in lengths.items() if len(found) >= _FEWEST_BROKEN}


def _cells(
    row: Sequence[_Piece], number: int, width: int, segmenter: Segmenter, below: bool, rooms: Mapping[int, int]
) -> tuple[tuple[Cell | None, ...], Location]:
    """A row of the table from its pieces; columns without a piece are missing. `rooms` as `_rooms` gives them."""
    by_column: dict[int, list[_Piece]] = {}
    for piece in row:
        by_column.setdefault(piece.segment.column - 1, []).append(piece)
    sureties = {index: _surety(pieces) for index, pieces in by_column.items()}
    for before, after in pairwise(row):  # a doubtful border is a doubt about the cells on both its sides
        border = min(before.segment.closing, after.segment.opening)
        sides = (before.segment.column, value_of(before.words), after.segment.column, value_of(after.words))
        if Border(*sides) in segmenter.unsure:
            border = 0.5
        for piece in (before, after):
            column = piece.segment.column - 1
            sureties[column] = min(sureties[column], border)
    cells: list[Cell | None] = [None] * width
    for index, pieces in by_column.items():
        lines: list[Line] = []
        guesses: list[Doubt] = []
        for piece in pieces:
            lines.extend(_lines_of(piece.words, segmenter.columns[index + 1].kind, rooms.get(index + 1, 0), guesses))
        place = Location(lines=(pieces[0].words[0].line, pieces[-1].words[-1].line), method="segmented")
        surety = sureties[index]
        doubts = tuple(dict.fromkeys(guesses)) if index + 1 == segmenter.activity_column else ()
        if surety < _DOUBTFUL and lines:
            text = " ".join(line.text for line in lines)
            doubts = (
                *doubts,
                Doubt(
                    "border-inferred",
                    f'where "{_short(text)}" begins or ends is not certain ({surety:.0%})',
                    location=place,
                ),
            )
        cells[index] = Cell(tuple(lines), number, index, location=place, doubts=doubts)
    _doubt_joined_groups(cells, segmenter)
    where = Location(lines=(row[0].words[0].line, row[-1].words[-1].line), method="segmented")
    _doubt_joined_values(cells, row, segmenter, number, where)
    # Where nothing parts the cells, an empty one may be one whose words went to another.
    lost = not segmenter.delimited and not below
    for index, cell in enumerate(cells):
        beside = [next((i for i in way if i in by_column), None) for way in (range(index, -1, -1), range(index, width))]
        unsure = any(near is not None and sureties[near] < _DOUBTFUL for near in beside)
        if cell is None and (unsure or (lost and segmenter.columns[index + 1].kind not in ("group", "ref"))):
            doubt = Doubt("border-inferred", "Its words may stand in the cell beside it.", location=where)
            cells[index] = Cell((), number, index, location=where, doubts=(doubt,))
    return tuple(cells), where


_MARKS = (";", "/")  # what parts the values of a cell, so that it does not matter whether the cut did


def _surety(pieces: Sequence[_Piece]) -> float:
    """How sure a cell's words are, whatever a mark between its values parts."""
    if not any(word.text.endswith(_MARKS) for piece in pieces for word in piece.words):
        return min(piece.segment.surety for piece in pieces)
    within = [after.segment.opening for before, after in pairwise(pieces) if not before.words[-1].text.endswith(_MARKS)]
    return min(pieces[0].segment.opening, pieces[-1].segment.closing, *within)


_INNER_CAPITAL = re.compile(r"[a-z,] [A-Z]")


def _doubt_joined_groups(cells: list[Cell | None], segmenter: Segmenter) -> None:
    """Doubts the name of a group that may be two, of columns that nothing parts: "Travel Walking, cycling"."""
    if segmenter.delimited:
        return
    groups = [index for index in range(len(cells)) if segmenter.columns[index + 1].kind == "group"]
    filled = [index for index in groups if (cell := cells[index]) is not None and cell.lines]
    if len(filled) != 1:
        return
    cell = cells[filled[0]]
    text = cell.text if cell is not None else ""
    if cell is not None and _INNER_CAPITAL.search(text):
        doubt = Doubt("border-inferred", f'"{_short(text)}" may be the names of two groups', location=cell.location)
        cells[filled[0]] = replace(cell, doubts=(*cell.doubts, doubt))


_VALUES: frozenset[Kind] = frozenset((*NAMED, "state"))
_LONGEST_KNOWN = 12  # words of a value that another cell may hold


def _doubt_joined_values(
    cells: list[Cell | None], row: Sequence[_Piece], segmenter: Segmenter, number: int, where: Location
) -> None:
    """Doubts cells that begin or end with what other rows hold as the whole value of the same column or another:
    "Head of Growth Finance and Governance", where "Finance and Governance" is a directorate in other rows.

    Such a cell and the one that the words could belong to are doubted, and a date that is two run together with what
    stands before it.
    """
    if segmenter.delimited and not segmenter.loose:
        return
    columns = segmenter.columns
    doubtful: dict[int, str] = {}
    for place, piece in enumerate(row):
        column = piece.segment.column
        words = [word.text for word in piece.words]
        kind = columns[column].kind
        if kind == "time" and place and row[place - 1].segment.column == column and piece.words[0].gap == "blank":
            doubtful.update(dict.fromkeys((column, column - 1), " ".join(words)))
        for other, what in enumerate(columns):
            if what.kind not in _VALUES:
                continue
            same = other == column
            for size in range(1, min(len(words), _LONGEST_KNOWN + 1)):
                if size == 1 and (kind not in _VALUES or what.kind == "state"):
                    continue
                before = other < column or same
                known = words[:size] if before else words[-size:]
                rest = words[size:] if before else words[:-size]
                opens = rest[0] if before else known[0]
                if opens[:1].isupper() and not _runs_on(known, rest, before) and segmenter.has_value(other, known):
                    doubtful.update(dict.fromkeys((column, other), " ".join(known)))
    parts = [
        Part(piece.segment.column, value_of(piece.words), piece.words[0].gap != "blank")
        for piece in row
        if piece.words[0].text != BLANK_CELL
    ]
    kinds = [column.kind for column in columns]
    odd = misfits(
        parts, kinds, segmenter.activity_column, segmenter.has_value, segmenter.remark_columns, segmenter.doubled
    )
    beside = iter(()) if segmenter.delimited else _values_beside_borders(row, segmenter)
    for one, other, text in chain(odd, beside):
        doubtful.update(dict.fromkeys((one, other), text))
    for column, text in doubtful.items():
        if not 0 < column <= len(cells):
            continue
        cell = cells[column - 1] or Cell((), number, column - 1, location=where)
        if not any(doubt.code == "border-inferred" for doubt in cell.doubts):
            doubt = Doubt("border-inferred", f'"{_short(text)}" may be a value of its own', location=cell.location)
            cells[column - 1] = replace(cell, doubts=(*cell.doubts, doubt))


def _values_beside_borders(row: Sequence[_Piece], segmenter: Segmenter) -> Iterator[tuple[int, int, str]]:
    """The columns on both sides of the borders that a value or a remark may stand on the wrong side of, and its text.

    One of several values of a cell, next to another column of names, that is never the first or last of such a cell in
    any row; and a remark with a capital behind an owner, where hardly any begins with one.
    """
    columns = segmenter.columns
    for before, after in pairwise(row):
        left, right = before.segment.column, after.segment.column
        if left == right and not before.words[-1].text.endswith(_MARKS):
            for last, piece, beside in ((False, after, left + 1), (True, before, left - 1)):
                named = 0 < beside < len(columns) and columns[left].kind in NAMED and columns[beside].kind in NAMED
                value = value_of(piece.words)
                if not named or BLANK_CELL in value or not _is_at_border(row, piece, last):
                    continue
                if segmenter.stands_at(left, last, value):
                    continue
                text = " ".join(value)
                if cost_of_value(text, columns[beside].kind) < cost_of_value(text, columns[left].kind) + _TOLD:
                    yield left, beside, text
        elif value_of(after.words) == (BLANK_CELL,):
            continue
        elif left == segmenter.activity_column and columns[right].kind in NAMED and after.words[0].gap == "blank":
            texts = [word.text for word in before.words]
            if ends_in_name(texts) and segmenter.may_lack_its_head(right, value_of(after.words)):
                yield left, right, texts[-1]
        elif left < right and columns[left].kind in NAMED and segmenter.lacks_title(right, value_of(after.words)):
            yield left, right, " ".join(value_of(after.words))
        elif segmenter.hardly_begins_so(left, right):
            first = after.words[0]
            if first.text[:1].isupper() and first.gap == "blank":
                yield left, right, first.text
        elif columns[right].kind == "prose" and right == left + 1 and segmenter.hardly_stops(left):
            last_word = before.words[-1].text
            if last_word.endswith(".") and after.words[0].gap != "blank":
                yield left, right, last_word


_TOLD = 2.0  # nats by which the wording of a value has to speak for its column and against the one beside it


def _is_at_border(row: Sequence[_Piece], piece: _Piece, first: bool) -> bool:
    """Whether a piece is the first or the last of its cell."""
    place = next(index for index, other in enumerate(row) if other is piece) + (-1 if first else 1)
    return not 0 <= place < len(row) or row[place].segment.column != piece.segment.column


def _runs_on(known: Sequence[str], rest: Sequence[str], before: bool) -> bool:
    """Whether the words next to a known value go on with it: "Head of Housing and Homes"."""
    last, first = (known[-1], rest[0]) if before else (rest[-1], known[0])
    return last.lower() in DANGLING or first.lower() in DANGLING or last.endswith((",", "/")) or last in RANKS


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _lines_of(words: Sequence[Word], kind: Kind, room: int, unsure: list[Doubt]) -> list[Line]:
    """The words as lines: a line end parts paragraphs of prose, and a bullet opens an item.

    Where cells have `room` for so many characters a line, a line end parts paragraphs only if the next word had room
    before it, or behind a colon; where that is a guess, `unsure` gets a doubt.
    """
    lines: list[Line] = []
    current: list[Word] = []
    opener = ""  # the first word of a list's items

    def end() -> None:
        text = fold(" ".join(word.text for word in current))
        if text and text != BLANK_CELL:
            place = Location(lines=(current[0].line, current[-1].line), method="segmented")
            item = current[0].item
            lines.append(Line(text, place, kind="item" if item else "paragraph", marker="•" if item else ""))
        current.clear()

    for place, word in enumerate(words):
        if current and (word.item or (word.gap in ("line", "paragraph") and kind in _PARAGRAPHS)):
            end()
        elif current and room and kind in _PARAGRAPHS and word.gap in ("soft", "wrap"):
            if not opener and current[-1].text.endswith(":"):
                opener = word.text
            ends, sure = _ends_paragraph(current, words[place:], room, opener)
            if not sure:
                unsure.append(UNSURE_ITEMS if opener else UNSURE_NOTE)
            if ends:
                end()
        current.append(word)
    if current:
        end()
    return lines


_PARAGRAPHS: frozenset[Kind] = frozenset(("prose", "money", "aside"))
_HAD_ROOM, _HAD_NONE = 0.86, 0.96
"""Shares of a line's room: letters differ in width, so that between them nothing tells whether a word had room."""


def _ends_paragraph(before: Sequence[Word], after: Sequence[Word], room: int, opener: str) -> tuple[bool, bool]:
    """Whether a paragraph ends between two lines of a cell, and whether that is sure.

    Between the items of a list, of which the first begins with `opener`, and before a bracket that may be a note;
    elsewhere the lines of a cell are one text.
    """
    last, first = before[-1].text, after[0].text
    bracket = first.startswith("(")
    line = [word.text for word in before if word.line == before[-1].line]
    share = (len(" ".join(line)) + 1 + len(first)) / room
    if last.endswith(":"):
        return True, share <= _HAD_NONE  # a line without room for more may end so in mid-sentence
    if not opener and not bracket:
        return False, True
    if last.lower() in _RUNS_ON or last.endswith(","):
        return False, True
    if opener and not bracket:
        if last.endswith(";"):
            return True, True
        stops = any(word.text.endswith(";") for word in after)
        if stops or opener[:1].isupper() is not first[:1].isupper():
            return False, True
    if share <= _HAD_ROOM or last.endswith("."):
        return True, True
    if bracket and after[-1].text.endswith(")") and sum(word.text.count("(") for word in after) == 1:
        return True, False  # few brackets that close a text begin a line by chance
    return share < _HAD_NONE, share > _HAD_NONE


_RUNS_ON = DANGLING | {"a", "an", "by", "with", "from", "on", "at", "or", "as", "that", "which", "to"}
