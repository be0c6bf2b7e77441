"""`Document` -> `PlanRows`: titles and groups, header words -> meanings, rows and what is around them.

1. A table is one of activities when its columns say so; every other table is kept as it is.
2. A heading is a group when rows stand under it; the plan's title and theme are no groups.
3. What is neither row nor heading nor kept table is named (furniture, prose) or left unread, never dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from extractor.document import (
    Block,
    Cell,
    Document,
    FlatLine,
    Furniture,
    Heading,
    Paragraph,
    Table,
    block_texts,
    words_unplaced,
)
from extractor.fixed import fixed
from extractor.issues import Doubt
from extractor.locations import NOWHERE, Location, relocated
from extractor.profile import Profile
from extractor.recognise.boxes import boxes_as_headings
from extractor.recognise.bracketed import has_bracketed_records, read_bracketed
from extractor.recognise.columns import (
    ABOUT,
    Columns,
    cell_text,
    is_header_row,
    is_numbered_table,
    lookup,
    read_columns,
    upright,
)
from extractor.recognise.contents_lists import without_contents_lists
from extractor.recognise.copies import without_copies
from extractor.recognise.heading_labels import headings_as_labels
from extractor.recognise.inline_labels import labels_on_lines
from extractor.recognise.label_tables import as_labelled_lines, with_refs_above
from extractor.recognise.labelled import Part, has_labelled_records, learn_labels, read_labelled
from extractor.recognise.located import give_to_rows, with_words_told
from extractor.recognise.reshaped import reshape
from extractor.recognise.scrambled import refuse_scrambled, text_doubts
from extractor.recognise.spans import mend_spans
from extractor.recognise.tables import Found, read_rows, split_leading_refs
from extractor.rows import PEOPLE, FoundGroup, FoundTable, PlanRow, PlanRows
from extractor.text import count_words, key, words
from extractor.vocabulary import Meaning
from extractor.vocabulary.furniture import furniture_kind
from extractor.vocabulary.headers import PHRASES, header_meaning
from extractor.vocabulary.headings import (
    after_table_number,
    find_year,
    is_labelled_group,
    names_body,
    names_the_plan,
    numbered_label,
    read_group_heading,
    read_theme,
    title_score,
)
from extractor.vocabulary.names import is_person
from extractor.vocabulary.roles import looks_like_owner, opens_value
from extractor.vocabulary.states import is_money, is_state
from extractor.vocabulary.times import is_timescale

_MOST_TOLD = 4000  # blocks of a document without rows that are looked at for the reason


def recognise(document: Document, profile: Profile) -> PlanRows:
    """The rows of the plan that a document holds, and everything around them."""
    rows = _recognise(document, profile)
    true = {block.number: block.line for block in document.blocks if isinstance(block, FlatLine) and block.line}
    if not true:
        return rows

    def place(old: Location) -> Location:
        first, last = old.lines or (0, 0)
        return replace(old, lines=(true.get(first, first), true.get(last, last))) if old.lines else old

    parts = {name: getattr(rows, name) for name in ("rows", "groups", "tables", "claims", "doubts")}
    return replace(rows, **relocated(parts, place))


def _recognise(document: Document, profile: Profile) -> PlanRows:
    known = _known_words(profile)
    blocks: Sequence[Block] = document.blocks
    if any(isinstance(block, FlatLine) for block in blocks):
        from extractor.recognise.flattened import unflatten

        blocks = unflatten(blocks, known)
        document = _recounted(document, blocks)
    blocks = boxes_as_headings(without_contents_lists(blocks))
    blocks = as_labelled_lines(reshape(mend_spans(blocks, known), known), known)
    blocks = headings_as_labels(labels_on_lines(blocks, known), known)
    blocks, labels, told = _turned(with_refs_above(blocks, known), known)
    columns = _plan_tables(blocks, known, profile.role_words, told)
    titles = _find_titles(blocks, columns, document)
    headed = _paragraphs_as_headings(blocks, columns, titles.claimed)
    found = Found(group_words=(*profile.group_words, *_labels_of_headings(blocks, columns)))
    tables: list[FoundTable] = []
    prose: list[str] = []
    run: list[tuple[int, Part]] = []
    flowing = [block for block in blocks if isinstance(block, Heading | Paragraph)]
    labelling = learn_labels(flowing, known, profile.role_words)
    labelled = has_labelled_records(flowing, labelling.known)
    heading: Heading | None = None
    goes_on = 0  # width of the table of activities that a table without a header may go on

    def end_run() -> None:
        parts = [part for _, part in run]
        if labelled and parts and has_labelled_records(parts, labelling.known):
            read_labelled(parts, labelling, found)
        elif (bracketed := bool(parts) and has_bracketed_records(parts, known)) and not columns:
            read_bracketed(parts, known, found)
        else:
            if bracketed:
                message = "A list whose items end with who and when in brackets was not read as actions: tables are."
                place = next(part.line.location for part in parts if isinstance(part, Paragraph))
                found.doubts.append(Doubt("row-unread", message, location=place))
            for index, part in run:
                if isinstance(part, Heading):
                    _open_heading(index, part, blocks, columns, found)
                elif index in headed:
                    title, place = part.line.text, part.line.location
                    if found.group_index is None or not found.names_again(title, found.group_index):
                        found.open_group(title, place, _BELOW_HEADINGS, parent_index=_outer(found))
                    found.ledger.claim(part.line.text, "heading", part.line.location)
                else:
                    _place(part, found, profile.group_words)
        run.clear()

    for index, block in enumerate(blocks):
        if index in titles.claimed:
            end_run()
            found.ledger.claim(_text_of(block), titles.claimed[index], _place_of(block))
        elif isinstance(block, Furniture):
            found.ledger.claim(block.text, f"furniture: {block.kind}", block.location)
        elif isinstance(block, Table):
            end_run()
            for cell in labels.get(index, ()):
                found.ledger.claim(cell.text, "header", cell.location)
            if index in columns:
                read_rows(block, columns[index], found, known)
                goes_on = block.width
            else:
                kept = _keep(block, heading, found, tables, known)
                why = ""
                if kept is not None and not kept.header and block.width == goes_on > 1:
                    why = "may go on the one above."
                elif kept is not None and block.location.method == "segmented" and _holds_times(kept, known):
                    why = "has names of columns that are not known, and times; none was read from it."
                elif kept is not None and _speaks_of_actions(kept, known):
                    why = "has the labels of actions, and none was read from it."
                if kept is not None and why:
                    rows_kept = f"{len(kept.rows)} row" + "s" * (len(kept.rows) != 1)
                    found.doubts.append(
                        Doubt("table-unclear", f"A table of {rows_kept} {why}", location=block.location)
                    )
                goes_on = 0 if kept is None or kept.header else goes_on
        elif not isinstance(block, FlatLine):
            run.append((index, block))
            if isinstance(block, Heading):
                heading = block
            else:
                prose.append(block.line.text)
    end_run()
    found.ledger.unread(" ".join(document.unplaced), NOWHERE)
    rows = refuse_scrambled(without_copies(split_leading_refs(found.rows)))
    if not rows:
        texts = [text for block in document.blocks[:_MOST_TOLD] for text in block_texts(block)]
        found.doubts.extend(text_doubts(texts, known))
    groups, rows = _drop_empty_groups(_without_counts(found.groups, rows), rows)
    found.doubts.extend(_groups_without_rows(groups, rows))
    found.doubts.extend(_tables_with_refs(tables, rows))
    rows, doubts = give_to_rows(with_words_told(rows, document.run_together), document.doubts)
    return PlanRows(
        document=document,
        rows=tuple(rows),
        groups=tuple(groups),
        title=titles.title,
        theme=titles.theme,
        publisher=document.publisher,
        period_label=titles.period_label,
        tables=tuple(tables),
        claims=tuple(found.ledger.claims),
        doubts=(*doubts, *found.doubts),
        prose=tuple(prose),
    )


def _recounted(document: Document, blocks: Sequence[Block]) -> Document:
    """The document with the count of its words after its columns were found: those that were run together are two
    now, and those that got lost are named."""
    source = Counter(word for block in document.blocks for text in block_texts(block) for word in words(text))
    held = sum(count_words(text) for block in blocks for text in block_texts(block))
    unplaced = (*document.unplaced, *words_unplaced(source, blocks))
    return replace(document, words=max(document.words, held), unplaced=unplaced)


def _known_words(profile: Profile) -> dict[str, Meaning]:
    known: dict[str, Meaning] = {}
    for meaning, phrases in profile.header_words.items():
        for phrase in phrases:
            known[key(phrase)] = meaning  # type: ignore[assignment]  # the profile's keys are checked when it is read
    return known


def _turned(
    blocks: Sequence[Block], known: Mapping[str, Meaning]
) -> tuple[list[Block], dict[int, tuple[Cell, ...]], set[int]]:
    """The blocks with tables of labels and values turned upright, and the labels that each of them said again.

    Then which of them say too little to be known as records but for the labels of others.
    """
    turned = list(blocks)
    labels: dict[int, tuple[Cell, ...]] = {}
    told: set[int] = set()
    names: set[str] = set()
    tables = {index: block for index, block in enumerate(blocks) if isinstance(block, Table)}
    for index, table in tables.items():
        found, labels[index] = upright(table, known)
        turned[index] = found
        if found is not table:
            own = [cell_text(cell).rstrip(":").strip() for cell in found.rows[0]]
            names.update(own if any(lookup(name, known) in ABOUT for name in own) else ())
    for index, table in tables.items() if names else ():
        if turned[index] is table:
            found, labels[index] = upright(table, known, names)
            turned[index] = found
            told.update([index] if found is not table else ())
    return turned, labels, told


def _plan_tables(
    blocks: Sequence[Block], known: Mapping[str, Meaning], role_words: Sequence[str], told: Container[int]
) -> dict[int, Columns]:
    """The columns of the tables of activities, by their indexes; `told` are known to be such."""
    tables = {index: block for index, block in enumerate(blocks) if isinstance(block, Table)}
    read = read_columns(list(tables.values()), known, role_words, [index in told for index in tables])
    found = {index: columns for index, columns in zip(tables, read, strict=True) if columns is not None}
    outer = any(not tables[index].inner for index in found)
    # A table of steps within a record's cell is no table of further records.
    return {index: columns for index, columns in found.items() if not (outer and tables[index].inner)}


def _text_of(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.line.text
    return block.text if isinstance(block, Heading) else ""


def _place_of(block: Block) -> Location:
    if isinstance(block, Paragraph):
        return block.line.location
    if isinstance(block, FlatLine):
        return Location(lines=(block.number, block.number))
    return block.location


# Titles -----------------------------------------------------------------------------------------------------


@fixed(frozen=True, slots=True)
class _Titles:
    title: str | None
    theme: str | None
    period_label: str | None
    claimed: Mapping[int, str]
    """Index of a block -> what it was taken for."""


def _find_titles(blocks: Sequence[Block], columns: Mapping[int, Columns], document: Document) -> _Titles:
    """The plan's title, theme and years, wherever they stand before the first rows."""
    first_table = min(columns, default=len(blocks))
    candidates: list[tuple[float, int, str]] = []
    claimed: dict[int, str] = {}
    theme: str | None = None
    over = _headings_over_rows(blocks, columns)
    # Several themes are groups; a document is about one.
    themes = sum(1 for b in blocks if isinstance(b, Heading | Paragraph) and read_theme(_text_of(b)))
    cover = next((index for index, block in enumerate(blocks) if isinstance(block, Heading)), 0)
    years = {
        find_year(block.text)
        for block in blocks[:first_table]
        if isinstance(block, Heading) and title_score(block.text) >= _A_TITLE
    }
    for index, block in enumerate(blocks):
        if (
            not isinstance(block, Heading)
            and index < first_table
            and (told := _title_in_form(block))
            and years <= {find_year(told)}
        ):
            candidates.append((title_score(told) + 1.0, index, told))
            continue
        if isinstance(block, Heading):
            text, level = block.text, block.level
        elif isinstance(block, Paragraph) and index < first_table and len(block.line.text.split()) <= 20:
            text, level = block.line.text, 5
        else:
            continue
        named = read_theme(text)
        if named and themes == 1 and index < first_table:
            theme = named
            claimed[index] = "heading"
            continue
        if index > first_table or is_labelled_group(text) or furniture_kind(text) or is_timescale(text):
            continue
        score = title_score(text) + (3 - level) * 0.5 - 0.02 * len(candidates)
        if index < min(cover, _COVER_BLOCKS) and _is_on_cover(text, years):
            score = title_score(text) + _COVER - 0.02 * len(candidates)  # on the cover, a heading but for its name
        elif isinstance(block, Paragraph):
            score -= 1.0 + 1.5 * text.rstrip().endswith((".", ";", ","))
        elif names_the_plan(text) and index > cover:
            score -= 1.5
        if (
            isinstance(block, Heading)
            and index in over
            and not (block.level == 1 or (find_year(text) and over[index] < 2))
        ):
            score -= 3.0  # it stands right over rows, so it is a group
        candidates.append((score, index, text))
    title: str | None = None
    title_index = 0
    if candidates:
        score, index, text = max(candidates, key=lambda candidate: (candidate[0], -candidate[1]))
        if score <= 0.5 and (only := _only_heading(blocks, over)) is not None:
            score, index, text = title_score(_text_of(blocks[only])), only, _text_of(blocks[only])
        if score > 0.5:
            title, title_index = text, index
            if not isinstance(blocks[index], Table):
                claimed[index] = "heading"
            for other, block in enumerate(blocks):
                if other < first_table and isinstance(block, Heading | Paragraph) and other not in claimed:
                    same = block.text if isinstance(block, Heading) else block.line.text
                    if key(same) == key(text):
                        claimed[other] = "heading"
    if title is None and document.title and title_score(document.title) >= 2:
        title = document.title
    for other, block in enumerate(blocks[:title_index]):
        # What stands over the title names the site or the body, and heads no rows.
        if isinstance(block, Heading) and not is_labelled_group(block.text):
            claimed.setdefault(other, "heading")
    below = next((i for i in range(title_index + 1, len(blocks)) if not isinstance(blocks[i], Furniture)), None)
    if title and below is not None and _is_publisher(below, blocks, over):
        claimed[below] = "heading"
    if theme is None:
        theme = next(
            (t for b in blocks if isinstance(b, Furniture) and b.kind == "breadcrumb" and (t := read_theme(b.text))),
            None,
        )
    return _Titles(title, theme, _period_label(title, blocks, document), claimed)


def _is_on_cover(text: str, years: Set[str | None]) -> bool:
    """Whether a line above all headings reads as the name of a plan, each word with a capital, and of the same year as
    the headings that do: others speak of another plan ("This replaces the Delivery Plan 2024/25")."""
    if title_score(text) < _A_TITLE or text.endswith((".", ";", ",")) or (years and find_year(text) not in years):
        return False
    return not any(word[0].islower() and len(word) > _SHORT_WORD for word in text.split())


def _is_publisher(index: int, blocks: Sequence[Block], over: Mapping[int, int]) -> bool:
    """Whether the heading below the title names the body whose plan it is, and not the first of several over rows."""
    block = blocks[index]
    if not isinstance(block, Heading) or not names_body(block.text) or is_labelled_group(block.text):
        return False
    levels = {other.level for at in over if at != index and isinstance(other := blocks[at], Heading)}
    return index not in over or block.level not in levels


def _title_in_form(block: Block) -> str | None:
    """What the form over a report, a table of labels and values or lines of them, gives as its title, where that reads
    as a plan's."""
    pairs: Iterable[tuple[str, str]] = ()
    if isinstance(block, Table) and block.width == 2:
        pairs = ((cell_text(label), cell_text(value)) for label, value in block.rows)
    elif isinstance(block, Paragraph) and ":" in block.line.text:
        label, _, value = block.line.text.partition(":")
        pairs = ((label, value.strip()),)
    for label, value in pairs:
        if key(label) in _TITLE_LABELS and title_score(value) >= _TITLED:
            return value
    return None


_TITLE_LABELS = frozenset(["title", "report title", "title of report", "subject", "subject of report", "report"])
_COVER_BLOCKS = 12
_SHORT_WORD = 3  # letters: "of", "and", "the"
_COVER = 0.5
_A_TITLE = 4.0  # words of a plan, and a year


def _only_heading(blocks: Sequence[Block], over: Mapping[int, int]) -> int | None:
    """Index of the one heading over all the rows, with nothing but short lines above it, such as those of a menu: it is
    the plan's title, if its words are, and no group's."""
    if len(over) != 1:
        return None
    (index,) = over
    above = [block for block in blocks[:index] if not isinstance(block, Furniture)]
    short = all(
        isinstance(block, Paragraph) and len(block.line.text.split()) <= _MENU_WORDS and block.line.text[-1:] != "."
        for block in above
    )
    text = _text_of(blocks[index])
    named = len(text.split()) >= _FEWEST_TITLE_WORDS and title_score(text) >= _TITLED and not is_labelled_group(text)
    return index if named and short else None


_MENU_WORDS = 6
_FEWEST_TITLE_WORDS = 4
_TITLED = 2.0


def _headings_over_rows(blocks: Sequence[Block], columns: Mapping[int, Columns]) -> dict[int, int]:
    """Index of a heading right over rows -> how many such headings of its level stand below one of a higher level."""
    found = {
        index: block.level
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and any(index < table < _next_heading(blocks, index) for table in columns)
    }
    highest = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    counts = Counter(level for level in found.values() if level > highest)
    return {index: counts[level] for index, level in found.items()}


def _next_heading(blocks: Sequence[Block], index: int) -> int:
    for other in range(index + 1, len(blocks)):
        if isinstance(blocks[other], Heading):
            return other
    return len(blocks)


def _period_label(title: str | None, blocks: Sequence[Block], document: Document) -> str | None:
    for text in (title, document.title, *(b.text for b in blocks if isinstance(b, Heading)), document.source.name):
        label = find_year(text.replace("_", " ")) if text else None
        if label:
            return label
    return None


# Headings, paragraphs and tables around the rows ------------------------------------------------------------


def _labels_of_headings(blocks: Sequence[Block], columns: Mapping[int, Columns]) -> list[str]:
    """The labels that this plan numbers the headings over its tables of activities with, beside those that all plans
    have: "Intervention strategy" of "Intervention strategy 1: ..." and "Intervention strategy 2: ...".
    """
    numbers: dict[str, set[str]] = {}
    over: list[tuple[int, str]] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            over = [(level, text) for level, text in over if level < block.level]
            over.append((block.level, block.text))
        elif index in columns:
            above = blocks[index - 1] if index else None
            titles = [above.line.text] if isinstance(above, Paragraph) and above.line.bold else []
            if isinstance(block, Table):
                titles += [
                    cell_text(cell)
                    for row in block.rows
                    for cell in row[:1]
                    if cell and cell.column_span == block.width
                ]
            for text in (*(text for _, text in over), *titles):
                if (label := numbered_label(text)) and not is_labelled_group(text):
                    numbers.setdefault(label[0], set()).add(label[1])
    return [word for word, held in numbers.items() if len(held) > 1]


def _open_heading(
    index: int, block: Heading, blocks: Sequence[Block], columns: Mapping[int, Columns], found: Found
) -> None:
    """Opens the group of a heading that rows stand under; any other heading is prose."""
    end = next(
        (
            other
            for other in range(index + 1, len(blocks))
            if isinstance(other_block := blocks[other], Heading) and other_block.level <= block.level
        ),
        len(blocks),
    )
    over_rows = any(index < table < end for table in columns)
    over_rows = over_rows and not (found.group_index is not None and found.names_again(block.text, found.group_index))
    if (not over_rows or _names_its_table(index, block, blocks, found)) and not found.labelled(block.text):
        found.ledger.claim(block.text, "heading", block.location)
        return
    parent = found.group_index
    while parent is not None and (found.groups[parent].level >= block.level):
        parent = found.groups[parent].parent_index
    found.open_group(block.text, block.location, block.level, parent_index=parent)
    found.ledger.claim(block.text, "heading", block.location)


def _names_its_table(index: int, block: Heading, blocks: Sequence[Block], found: Found) -> bool:
    """Whether a heading only says that actions follow, under one that groups them ("Actions", under every priority) or
    over those that do; or names the one numbered table; or a legend."""
    if _LEGEND.fullmatch(key(block.text)):
        return True
    inner = found.group_index is None or found.groups[found.group_index].level < block.level
    if is_numbered_table(block.text):
        beside = [
            other
            for other, below in pairwise(blocks)
            if isinstance(other, Heading) and (is_numbered_table(other.text) or isinstance(below, Table))
            if other.level == block.level
        ]
        return inner and beside == [block]
    if header_meaning(block.text) != "activity":
        return False
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if inner and isinstance(below, Heading) and below.level > block.level and key(block.text) in PHRASES:
        level = [other.text for other in blocks if isinstance(other, Heading) and other.level == block.level]
        if all(header_meaning(text) != "activity" or key(text) == key(block.text) for text in level):
            return True
    if found.group_index is None:
        return False
    above = _above(blocks, index)
    over = blocks[above] if above is not None else None
    beneath = isinstance(over, Heading) or (isinstance(over, Paragraph) and found.labelled(over.line.text))
    again = sum(isinstance(other, Heading) and key(other.text) == key(block.text) for other in blocks)
    return again > 1 and (beneath or inner)


_LEGEND = re.compile(
    r"(?:(?:rag|brag|status|colour|rating) )?(?:key|legend)"
    r"(?: (?:to|for) (?:\w+ )*(?:rag|brag|colours?|status(?:es)?|ratings?|symbols?|codes?|marks|tables?))?"
)  # and not "Key to growth"

_BELOW_HEADINGS = 8
"""Level of a paragraph that is a heading."""
_MOST_HEADING_WORDS = 14


def _paragraphs_as_headings(
    blocks: Sequence[Block], columns: Mapping[int, Columns], claimed: Container[int]
) -> frozenset[int]:
    """Indexes of the paragraphs that are headings of the tables of activities right below them: short and no
    sentence, and each with words of its own; bold ones, and others where every such table has one and none
    stands right below a heading that is not the title. No more than the furniture of a page's end stands between the
    two, or a sentence that says the same above other such tables."""
    lines = {index: _text_of(blocks[above]) for index in columns if (above := _above(blocks, index)) is not None}
    again = {text for text, count in Counter(lines.values()).items() if count > 1 and text.endswith((".", ":"))}
    found = [
        above
        for index in columns
        if (first := _above(blocks, index)) is not None
        and (above := _above(blocks, first) if lines[index] in again else first) is not None
        and isinstance(before := blocks[above], Paragraph)
        and before.line.kind == "paragraph"
        and len(before.line.text.split()) <= _MOST_HEADING_WORDS
        and (before.line.bold or (_may_head(before.line.text) and not _below_heading(blocks, above, claimed)))
        and not before.line.text.endswith((".", ":", ";", ",", "?", "!"))
        and not furniture_kind(before.line.text)
    ]
    # Captions with numbers are headings where every such table has one of its own.
    titles = {index: after_table_number(_text_of(blocks[index])) for index in found}
    if len(set(map(key, titles.values()))) < max(_FEWEST_CAPTIONS, len(columns)) or not all(titles.values()):
        found = [index for index in found if not titles[index]]
    if len(found) < max(_FEWEST_PLAIN, len(columns)):
        found = [index for index in found if isinstance(part := blocks[index], Paragraph) and part.line.bold]
    texts = Counter(key(_text_of(blocks[index])) for index in found)
    return frozenset(index for index in found if texts[key(_text_of(blocks[index]))] == 1)


_FEWEST_PLAIN = 3
_FEWEST_CAPTIONS = 2
_CAPITAL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?[A-Z]")  # behind a number: "1. Net zero"


_ASIDE = re.compile(
    r"(?:see|note|notes|source|key|legend|(?:figure|chart|box|appendix|annex|page)\s+\w{1,3}\b)\b|.*[£€$]\s?\d",
    re.IGNORECASE,
)


def _may_head(text: str) -> bool:
    """Whether a plain paragraph may be a heading by its wording: it names no one, no sum and no part of the document,
    and says nothing about the state of things."""
    return (
        bool(_CAPITAL.match(text))
        and not _ASIDE.match(text)
        and not (is_money(text) or is_state(text) or opens_value(text))
        and not (looks_like_owner(text) or is_person(text))
        and header_meaning(text) not in ("status", "progress", *PEOPLE)
    )


def _below_heading(blocks: Sequence[Block], index: int, titles: Container[int]) -> bool:
    """Whether a block stands right below a heading that is not the document's title."""
    above = _above(blocks, index)
    if above is None or above in titles or not isinstance(over := blocks[above], Heading):
        return False
    return not names_the_plan(over.text)


def _above(blocks: Sequence[Block], index: int) -> int | None:
    """Index of the block above another, furniture aside."""
    return next((other for other in range(index - 1, -1, -1) if not isinstance(blocks[other], Furniture)), None)


def _outer(found: Found) -> int | None:
    """The group of the nearest true heading: no paragraph stands under another."""
    index = found.group_index
    while index is not None and found.groups[index].level >= _BELOW_HEADINGS:
        index = found.groups[index].parent_index
    return index


def _place(part: Paragraph, found: Found, group_words: tuple[str, ...]) -> None:
    """Names a paragraph around the rows: furniture by its wording, else prose; a labelled one is a heading."""
    text = part.line.text
    if is_labelled_group(text, group_words) and part.line.kind == "paragraph" and not text.endswith("."):
        found.open_group(text, part.line.location, 9, parent_index=None)
        found.ledger.claim(text, "heading", part.line.location)
        return
    kind = furniture_kind(text)
    found.ledger.claim(text, f"furniture: {kind}" if kind else "prose", part.line.location)


def _keep(
    table: Table, heading: Heading | None, found: Found, tables: list[FoundTable], known: Mapping[str, Meaning]
) -> FoundTable | None:
    """Keeps a table that is no table of activities; a table of site furniture is named as such, and None."""
    texts = [cell_text(cell) for cell in table.cells() if cell.lines]
    if table.layout or (texts and all(furniture_kind(text) for text in texts)):
        found.ledger.table(table, "furniture: layout table")
        return None
    if not texts:
        return None
    header_rows = table.header_rows or int(is_header_row(table.rows[0], known))
    header = tuple(cell_text(cell) for cell in table.rows[header_rows - 1]) if header_rows else ()
    body = table.rows[header_rows:]
    kept = FoundTable(
        caption=table.caption or (heading.text if heading else None),
        header=header,
        rows=tuple(tuple(cell.text if cell else "" for cell in row) for row in body),
        location=table.location,
    )
    tables.append(kept)
    found.ledger.table(table, "table")
    return kept


def _speaks_of_actions(kept: FoundTable, known: Mapping[str, Meaning]) -> bool:
    """Whether a table's first column holds the labels of actions: a text or a ref, and two things said of them."""
    meanings = {meaning for row in kept.rows if row and (meaning := lookup(row[0], known))}
    return bool(meanings & {"activity", "ref"}) and len(meanings & ABOUT) >= 2


def _holds_times(kept: FoundTable, known: Mapping[str, Meaning]) -> bool:
    """Whether a table that was found in a text by the looks of its lines holds times, more than years, under names of
    columns of which none is known."""
    unnamed = bool(kept.header) and not any(lookup(name, known) for name in kept.header)
    cells = (cell for row in kept.rows for cell in row) if unnamed else ()
    return any(is_timescale(cell) and not _YEARS.fullmatch(cell) for cell in cells)


_YEARS = re.compile(r"(?:19|20)\d\d(?: ?[/–-] ?(?:\d\d){1,2})?")
_FEWEST_REFS = 2


def _tables_with_refs(tables: Sequence[FoundTable], rows: Sequence[PlanRow]) -> Iterator[Doubt]:
    """A doubt for each table that was kept though its first column holds refs as records have, and none of theirs."""
    borne = {cell.text for row in rows if (cell := row.cells.get("ref")) is not None}
    makes = {_NUMBER.sub("0", ref) for ref in borne} - {"", "0"}
    for table in tables:
        own = {row[0] for row in table.rows if row and _NUMBER.sub("0", row[0]) in makes}
        if len(own) >= _FEWEST_REFS and not own & borne:
            message = (
                f"A table whose rows have refs as the plan's ({', '.join(sorted(own)[:3])}) was not read as actions."
            )
            yield Doubt("table-unclear", message, location=table.location)


_NUMBER = re.compile(r"\d+")
_COUNT = re.compile(r"\s*\((\d{1,3})\)$")


def _without_counts(groups: Sequence[FoundGroup], rows: Sequence[PlanRow]) -> list[FoundGroup]:
    """The groups without the number of their rows, which lists that are grouped by a column write behind each title:
    "Homes that last (4)"; only where every group has one, and it is right."""
    counts = Counter(row.group_index for row in rows)
    matches = [_COUNT.search(group.title) for group in groups]
    filled = [(match, counts[index]) for index, match in enumerate(matches) if counts[index]]
    if len(filled) < 2 or any(match is None or int(match[1]) != count for match, count in filled):
        return list(groups)
    return [
        replace(group, title=group.title[: match.start()]) if match else group
        for group, match in zip(groups, matches, strict=True)
    ]


def _groups_without_rows(groups: Sequence[FoundGroup], rows: Sequence[PlanRow]) -> Iterator[Doubt]:
    """A doubt for each group that holds no row though it is labelled as those that do."""
    used: set[int] = set()
    for index in {row.group_index for row in rows}:
        while index is not None and index not in used:
            used.add(index)
            index = groups[index].parent_index
    kinds = {groups[index].kind for index in used} - {None}
    titles = {key(groups[index].title) for index in used}
    for index, group in enumerate(groups):
        if index not in used and group.kind in kinds and key(group.title) not in titles:
            yield Doubt("group-empty", f'"{group.title}" stands over no action.', location=group.location)


def _drop_empty_groups(groups: Sequence[FoundGroup], rows: Sequence[PlanRow]) -> tuple[list[FoundGroup], list[PlanRow]]:
    """The groups that hold rows, or hold groups that do, or are labelled as groups; indexes follow."""
    used: set[int] = set()
    for row in rows:
        index = row.group_index
        while index is not None and index not in used:
            used.add(index)
            index = groups[index].parent_index
    kept = [i for i, group in enumerate(groups) if i in used or (group.kind and read_group_heading(group.title).title)]
    new_index = {old: new for new, old in enumerate(kept)}

    def moved(index: int | None) -> int | None:
        return new_index.get(index) if index is not None else None

    return (
        [replace(groups[i], parent_index=moved(groups[i].parent_index)) for i in kept],
        list(rows) if len(kept) == len(groups) else [replace(row, group_index=moved(row.group_index)) for row in rows],
    )
