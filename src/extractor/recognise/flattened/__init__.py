"""A text whose columns lost their delimiters -> headings, paragraphs and tables, as if it had kept them.

1. The header's words say which columns there are, refs open rows, and the lattice places the borders.
2. Every border that rests on inference alone carries a doubt where a second reading is about as good.
3. A text without a header of a plan becomes paragraphs and list items, and may still be a plan in list form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from extractor.document import Block as DocumentBlock
from extractor.document import FlatLine, Furniture, Heading
from extractor.recognise.flattened.bodies import Body, find_headers, lay_out
from extractor.recognise.flattened.closed import find_closed
from extractor.recognise.flattened.cutter import Cutter, refuse_disorder
from extractor.recognise.flattened.flow import block_of, flow, place_of, without_label_bullets
from extractor.recognise.flattened.markdown import is_markdown, read_closed, read_ruled, ruled_tables
from extractor.recognise.flattened.overleaf import headers_overleaf, repeated_header, without_headers
from extractor.recognise.flattened.paragraphs import read_paragraphs
from extractor.recognise.flattened.refs import with_whole_refs
from extractor.recognise.flattened.stream import TextLine, link_targets, read_lines, recurring_lines
from extractor.recognise.flattened.tabbed import columns_of, keeps_cells, other_table, parts_all_but_paragraphs, tabbed
from extractor.recognise.flattened.told_by_rows import headers_told_by_rows
from extractor.recognise.flattened.torn_labels import with_whole_labels
from extractor.recognise.flattened.upright import find_upright, upright_blocks
from extractor.text import fold
from extractor.vocabulary import Meaning


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
    if closed := find_closed(flat, known):
        return [*others, *read_closed(flat, closed, known), *link_targets(flat)]
    markdown = is_markdown(flat)
    lines = without_label_bullets(read_lines(flat, markdown), known)
    if not markdown:
        return [*others, *_parted(with_whole_refs(lines), known)]
    whole, heads = ruled_tables(lines, flat, known)
    return [*others, *(read_ruled(whole, heads, known) if heads else _parted(whole, known)), *link_targets(flat)]


def _parted(lines: Sequence[TextLine], known: Mapping[str, Meaning]) -> list[DocumentBlock]:
    """The blocks of a text, but for one with tables of Markdown."""
    whole = with_whole_labels(lines, known)
    if upright := find_upright(whole, known):
        return upright_blocks(whole, upright, known)
    headers = find_headers(lines, known) or headers_told_by_rows(lines, known)
    if not headers:
        return flow([line for line in lines if line.text], known)
    if over := headers_overleaf(lines, headers):
        repeated = [repeated_header(lines[header.first : header.last + 1]) for header in over]
        return [*repeated, *_parted(without_headers(lines, over), known)]
    layout = lay_out(lines, headers)
    bodies = [part for part in layout.parts if isinstance(part, Body) and part.header.plan]
    groups = _by_signature(bodies)
    recurring = recurring_lines(lines)
    certain = {signature for signature, group in groups.items() if keeps_cells(group)}
    widths = {signature: columns_of(groups[signature]) for signature in certain}
    by_paragraphs = {
        id(body): blocks
        for signature, group in groups.items()
        if signature not in certain and parts_all_but_paragraphs(group)
        for body, blocks in zip(group, read_paragraphs(group, known), strict=True)
    }
    cutters = {
        signature: Cutter(group)
        for signature, group in groups.items()
        if signature not in certain and id(group[0]) not in by_paragraphs
    }
    refuse_disorder([cutter for cutter in cutters.values() if cutter.style.narrow])
    out: list[DocumentBlock] = []
    for part in layout.parts:
        if isinstance(part, Body):
            signature = part.header.signature
            if not part.header.plan:
                out.extend(other_table(part, lines))
            elif id(part) in by_paragraphs:
                out.extend(by_paragraphs[id(part)])
            else:
                cells_kept = signature in certain
                if cells_kept:
                    out.extend(tabbed(part, lines, recurring, known, widths[signature]))
                else:
                    out.extend(cutters[signature].table(part))
        else:
            kind, line = part
            level = line.heading_level or (2 if kind == "heading" else 0)
            out.append(Heading(fold(line.text), level, place_of(line)) if level else block_of(line))
    covered = {id(table): better for cutter in cutters.values() for table, better in cutter.with_merged_cells()}
    return [covered.get(id(block), block) for block in out]


def _by_signature(bodies: Sequence[Body]) -> dict[tuple[object, ...], list[Body]]:
    groups: dict[tuple[object, ...], list[Body]] = {}
    for body in bodies:
        groups.setdefault(body.header.signature, []).append(body)
    return groups
