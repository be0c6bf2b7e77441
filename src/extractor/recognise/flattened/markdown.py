"""Markdown, whose rules say where its tables are: their headers, their ends, and the headings between them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extractor.document import Block as DocumentBlock
from extractor.document import FlatLine, Furniture, Heading, Table
from extractor.recognise.columns import lookup
from extractor.recognise.flattened.bodies import is_group_line
from extractor.recognise.flattened.closed import ClosedTable, table_of, with_missing_cells
from extractor.recognise.flattened.delimited import cells_of_line, read_delimited
from extractor.recognise.flattened.flow import flow, place_of, without_label_bullets
from extractor.recognise.flattened.headings import heads_records
from extractor.recognise.flattened.stream import TextLine, read_lines, recurring_lines
from extractor.recognise.flattened.values import part_people
from extractor.recognise.spanners import said_twice, spanning_cost
from extractor.recognise.spans import look_of
from extractor.text import divides_word, fold
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import HeaderWord, split_header

_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_BARE_ROW = re.compile(r"\s*\|[\s|]*")  # a row of a Markdown table without a word
_PAIR = 2  # cells of a row of a label and its value
_HARD_BREAK = "  "


def is_markdown(lines: Sequence[FlatLine]) -> bool:
    sample = [line.raw for line in lines[:2000]]
    rules = sum(1 for raw in sample if raw.count("---") >= 2 and "|" in raw)
    # "# Action Lead By when" heads a table whose rows are numbered, and nothing else.
    heads = sum(1 for raw in sample if raw.startswith(("# ", "## ", "### ", "#### ")) and not split_header(raw))
    bold = sum(1 for raw in sample if "**" in raw[:8] and raw.count("**") >= 2)
    return rules > 0 or heads > 1 or heads + bold > 2


def ruled_tables(
    lines: Sequence[TextLine], flat: Sequence[FlatLine], known: Mapping[str, Meaning]
) -> tuple[Sequence[TextLine], dict[int, bool]]:
    """The lines of a Markdown text, those put together that were broken at a fixed width, and its tables' headers: by
    index, whether pipes open and close their lines."""
    rules = _rules(flat)
    if any(rule.raw.endswith(_HARD_BREAK) for rule in rules):
        lines = _unwrapped(lines, frozenset(rule.number for rule in rules))
    bare = frozenset(line.number for line in flat if _BARE_ROW.fullmatch(line.raw))
    return lines, _heads(lines, rules, bare, known)


def _rules(lines: Sequence[FlatLine]) -> list[FlatLine]:
    """The lines that rule off the header of a Markdown table."""
    return [line for line in lines if "--" in line.raw and _TABLE_RULE.fullmatch(line.raw)]


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


def _is_group_row(line: TextLine) -> bool:
    """Whether the first of a row's several cells is all that is filled, with more than a ref or a date; of a table
    whose lines pipes open and close, so that each cell is there."""
    first, *others = cells_of_line(line, "|", framed=True)
    return len(others) >= _PAIR and " " in first and not any(others) and look_of(first) not in ("ref", "time")


def read_ruled(
    lines: Sequence[TextLine], headers: Mapping[int, bool], known: Mapping[str, Meaning]
) -> list[DocumentBlock]:
    """The blocks of a Markdown text with ruled tables."""
    out: list[DocumentBlock] = []
    heads = sorted(headers)
    unmarked = not any(line.heading_level or line.bold for line in lines)
    recurring = recurring_lines(lines)
    start = 0
    for number, index in enumerate(heads):
        limit = heads[number + 1] if number + 1 < len(heads) else len(lines)
        framed = headers[index]
        end = _end_of_ruled(lines, index + 1, limit, framed)
        before = lines[start:index]
        out.extend(_above(before, unmarked, known))
        header, body = lines[index], lines[index + 1 : end]
        if lowered := _second_header_row(header, body, framed, known):
            header, over = lowered
            out.append(Furniture(over, "column heading", place_of(lines[index])))
            body = body[1:]
        if framed:
            body = [_alone(line) if "|" in line.raw and _is_group_row(line) else line for line in body]
        out.extend(read_delimited([header], body, "|", known, framed=framed, glues=True, recurring=recurring))
        start = end
    out.extend(flow(lines[start:], known))
    return _with_people_parted(out, known)


def read_closed(
    flat: Sequence[FlatLine], tables: Sequence[ClosedTable], known: Mapping[str, Meaning]
) -> list[DocumentBlock]:
    """The blocks of a text with tables whose cells bars close."""
    markdown = any(line.raw.startswith(("#", "**")) for line in flat)
    out: list[DocumentBlock] = []
    start = 0
    grids = with_missing_cells([table_of(table, markdown) for table in tables], known)
    for table, grid in zip(tables, grids, strict=True):
        lines = without_label_bullets(read_lines(flat[start : table.first], markdown), known)
        out.extend(_above(lines, not markdown, known))
        out.append(grid)
        start = table.after
    out.extend(flow(without_label_bullets(read_lines(flat[start:], markdown), known), known))
    return _with_people_parted(out, known)


def _above(lines: Sequence[TextLine], unmarked: bool, known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks above a table; the last line is its heading where nothing marks the headings of this text."""
    if unmarked and lines and (is_group_line(lines[-1]) or heads_records(lines[-1])):
        return [*flow(lines[:-1], known), Heading(fold(lines[-1].text), 2, place_of(lines[-1]))]
    return flow(lines, known)


def _with_people_parted(blocks: Sequence[DocumentBlock], known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    tables = [block for block in blocks if isinstance(block, Table)]
    parted = dict(zip(map(id, tables), part_people(tables, known), strict=True))
    return [parted.get(id(block), block) for block in blocks]


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
            apart = "" if divides_word(begun) and rest[:1].islower() else " "
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
