"""The edges of a block's lattice: the words that may be in a cell of each column, as the columns' kinds have it.

Dates and statuses are found by their grammar, names by their wording; prose takes what is left.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from extractor.recognise.flattened.blocks import Block, without_mark
from extractor.recognise.flattened.habits import Habits
from extractor.recognise.flattened.judging import LONGEST_REMARK, judge, lacks_title, remark_key
from extractor.recognise.flattened.lattice import Edge, Lattice, edge_of
from extractor.recognise.flattened.lexicon import HOPELESS, Lexicon
from extractor.recognise.flattened.scheme import PEOPLE, Kind, Scheme
from extractor.recognise.flattened.signs import (
    COST_BAND,
    LONGEST_VALUE,
    columns_with_room,
    ends_sentence,
    goes_on,
    is_figure,
    leads_up,
    may_end_name,
    opening_of,
    opens_with_verb,
    snap,
    states_in,
)
from extractor.recognise.flattened.stream import BLANK_CELL, LINE_ENDS, Word
from extractor.recognise.flattened.weights import DATED, IMPASSABLE, REMARK, SENTENCE_IN_NAME, WORD, saved_again
from extractor.vocabulary.roles import DANGLING, STRANDED, looks_like_owner
from extractor.vocabulary.states import is_money, is_state
from extractor.vocabulary.times import find_timescales, is_timescale

_DATE_KIND: Set[Kind] = frozenset({"time"})
_STATE_KIND: Set[Kind] = frozenset({"state"})
_PROSE_KIND: Set[Kind] = frozenset({"prose"})
_REF = re.compile(r"(?:[A-Z]{0,5}[-.]?|[A-Z]{1,5}/)\d{1,3}(?:[.-]\d{1,3})*\.?(?:\s?\(?[a-z]\)?)?")
_DATE = 2.5  # what reads as a date is more likely a cell than prose
_NO_FIGURE = 4.0  # anything else in a column of figures
_LONGEST_FIGURE = 2  # words
_DATED_ASIDE = 2.0  # a date in a line that is none of a row
_WEAK = 1.5  # a date that is also an ordinary word or number
_CLOSING = 5.0  # one that ends a line of an activity, above a line that begins as an activity does
_SAID_MORE = 3.5  # a date with small words after it, up to the end of the line
_SHORT_LINE = 3.0  # a line of an activity that is as short as a name
_UNTITLED = 4.0
_SEVERAL = 3.0  # and one that reads like two must be found that much oftener
_WITHIN_VALUE = {"blank": 0.0, "wide": 2.5, "wrap": 0.8, "soft": 1.0, "line": 5.0, "paragraph": 7.0}
_GOING_ON = 3.0  # where nothing tells that the line before ended early
_ENDED_EARLY = 3.0  # a line of a value that ends although the next word had room on it
# Words of prose with a figure behind them, at which no measure of success begins.
_BEFORE_FIGURES = frozenset(
    ("all", "over", "under", "below", "above", "about", "nearly", "least", "most", "than", "only", "first", "last")
)
_BEFORE_DATES = frozenset(("target", "due", "completion", "complete", "completed", "delivery", "delivered"))
_BEFORE_TIMES = DANGLING | {"after", "before", "until", "within"}  # words of a sentence with a time behind them
_DATE_OPENINGS = frozenset(("By", "From", "Before", "Until", "During", "Within"))
_MONTH_AND_YEAR = re.compile(
    r"[A-Z][a-z]{2,8}[-'’/]\d{2,4}"
)  # a day stands before the month with the same mark, or none
_STOPS = (".", "!", "?")


class LatticeMaker:
    """Makes the lattices of blocks, from what is known of the columns and of their vocabularies."""

    def __init__(self, scheme: Scheme, lexicon: Lexicon, habits: Habits) -> None:
        self._scheme = scheme
        self._lexicon = lexicon
        self._habits = habits

    def lattice_of(self, block: Block) -> Lattice:
        """The lattice of a block."""
        scheme = self._scheme
        words = block.words
        texts = [word.text for word in words]
        offsets, running = [], 0
        for text in texts:
            offsets.append(running)
            running += len(text) + 1
        line = " ".join("¶" if text == BLANK_CELL else text for text in texts)
        starts_at = {offset: index for index, offset in enumerate(offsets)}
        ends_at = {offset + len(texts[index]): index + 1 for index, offset in enumerate(offsets)}
        spans: dict[int, list[tuple[int, float]]] = defaultdict(list)
        edges_of_spans: set[int] = set()
        for span in find_timescales(line):
            start, end = starts_at.get(span.start), ends_at.get(span.end)
            if scheme.delimited and start and not scheme.parted(words[start]):
                continue
            if start is None or end is None:
                start, end = snap(offsets, texts, span.start, span.end)
            if start and span.strength == "weak" and texts[start].islower() and texts[start - 1] in DANGLING:
                continue  # "8% of immediate incidents"
            if end > start + 1 and texts[start][:1].islower() and texts[start + 1] in _DATE_OPENINGS:
                start += 1  # "where it comes from | By 30 September"
            if end > start:
                within = self._date_within(texts, start, end)
                if within > start and texts[start][:1].islower() and texts[start - 1] in _BEFORE_TIMES:
                    start = within  # "trees alive after year three | By July 2026"
                counted = within > start and texts[start].isdigit()  # "the first 5 | Apr-22"
                spans[start].append((end, 0.0 if span.strength == "strong" and not counted else _WEAK))
                edges_of_spans.update((start, end))
                if end > start + 1 and texts[start][:1].isupper() and texts[start].lower() in _BEFORE_DATES:
                    spans[start + 1].append((end, 0.0))  # "Service Delivery | By June 2025"
                    edges_of_spans.add(start + 1)
                if within > start:
                    spans[within].append((end, 0.0))
                    edges_of_spans.add(within)
                if span.strength == "strong" and not texts[start][:1].islower() and (on := goes_on(words, end)):
                    spans[start].append((on, _SAID_MORE))
        if scheme.has_states:
            edges_of_spans.update(index for state in states_in(texts) for index in state)
        within_dates = (
            self._within_dates(spans) - edges_of_spans - {block.ref_start, block.ref_start + block.ref_length}
        )
        nodes = [0]
        measures: dict[int, bool] = {}
        ref_end = block.ref_start + block.ref_length
        for index in range(1, len(words)):
            if block.ref_start < index < ref_end or index in within_dates:
                continue
            if block.grouped and index == 1:
                continue  # behind the number of the group
            figured = scheme.figures and (is_figure(texts[index]) or is_figure(texts[index - 1]))
            certain = index in (block.ref_start, ref_end) or index in edges_of_spans
            if certain or figured or scheme.may_part(words, index):
                nodes.append(index)
            elif self._may_open_measure(words, index):
                measures[len(nodes)] = may_end_name(words[index - 1].text)
                nodes.append(index)
        nodes.append(len(words))
        node_of = {word_index: node for node, word_index in enumerate(nodes)}
        edges: list[list[Edge]] = [[] for _ in nodes]
        dated = [(first, last) for first, ends in spans.items() for last, cost in ends if cost == 0.0]
        # Where a date or a status begins, by what it may be.
        sure: dict[int, Set[Kind]] = dict.fromkeys(spans, _DATE_KIND)
        for start in [start for start, _ in states_in(texts)] if scheme.has_states else ():
            sure[start] = sure.get(start, frozenset()) | _STATE_KIND
        # Where all values come after a date, none begins before the first words that surely are one.
        firm = [start for start, ends in spans.items() if any(cost == 0.0 for _, cost in ends)]
        # Of several rows, the first may have one that is ordinary words too: "Annual", and no other.
        first_dates = firm if block.opens else spans
        earliest = min(first_dates, default=0) if scheme.dates_first else 0
        for node, start in enumerate(nodes[:-1]):
            if start == block.ref_start and block.ref_length:
                edges[node].append(edge_of(node, node_of[ref_end], scheme.ref, 0.0))
                continue
            heading = IMPASSABLE if block.opens and not node else block.heading
            found = self._edges_from(node, start, nodes, words, texts, spans.get(start, []), heading)
            edges[node].extend(found)
            if scheme.values and texts[start] != BLANK_CELL:
                remarks = scheme.doubled if start >= earliest else scheme.before_dates
                edges[node].extend(self._remark_edges(node, nodes, words, sure, measures, remarks))
            if scheme.values and start >= earliest and texts[start] != BLANK_CELL:
                date_ends = min((last for first, last in dated if first >= start), default=len(words) + 1)
                edges[node].extend(self._value_edges(node, start, nodes, words, texts, date_ends))
            if not node and block.grouped is not None:
                edges[node] = [
                    edge
                    for edge in edges[node]
                    if (scheme.columns[scheme.column_of[edge.column]].kind == "group") == block.grouped
                ]
            if start < block.ref_start:
                until = node_of[block.ref_start]
                edges[node] = [
                    edge for edge in edges[node] if edge.end <= until and scheme.column_of[edge.column] < scheme.ref
                ]
        names = {
            node
            for node in nodes
            if any(leads_up(texts[node:date]) for date in firm if node < date <= node + LONGEST_VALUE)
        }
        before = {node for node, index in enumerate(nodes) if index in names}
        return Lattice(block, tuple(nodes), edges, measures, before)

    def _within_dates(self, spans: Mapping[int, Sequence[tuple[int, float]]]) -> set[int]:
        """The words before which no cell begins, since they stand within what surely is one date: "Quarter 4 2025"."""
        if not self._scheme.one_date:
            return set()
        return {
            index for start, ends in spans.items() for end, cost in ends if not cost for index in range(start + 1, end)
        }

    def _may_open_measure(self, words: Sequence[Word], index: int) -> bool:
        """Whether a number stands behind what may be the end of a name or remark, or a small word behind a name.

        A measure of success may begin with it: "Head of Housing 38% of repairs done first time".
        """
        scheme = self._scheme
        last, word = words[index - 1].text, words[index]
        if not scheme.measured or last.lower() in _BEFORE_FIGURES:
            return False
        if word.text[:1].islower():  # "Cabinet Member for Homes all 150 premises rated", not "Cllr Moss Residual waste"
            named = last[:1].isupper() and last[-1:].isalpha()
            named = named and (
                opening_of(words, index) in self._habits.openings or not scheme.may_part(words, index - 1)
            )
            return named and word.text not in DANGLING and word.gap == "blank"
        ends = last[-1:].isalpha() or (scheme.money and last[:1] in "£€$")
        if not word.text[:1].isdigit() or not ends or last.lower() in DANGLING:
            return False
        small = index + 1 < len(words) and words[index + 1].text[:1].islower()
        return small and (scheme.remarks_together or may_end_name(last))

    def _date_within(self, texts: Sequence[str], start: int, end: int) -> int:
        """Where a date may begin within words that read as one: behind a status ("Completed End of May 2024"), or
        behind the last words of a sentence ("within two days May 2024", "the first 5 Apr-22"); else 0."""
        if self._scheme.delimited:
            return 0
        states = self._scheme.has_states
        for middle in range(start + 1, end):
            head, rest = " ".join(texts[start:middle]), " ".join(texts[middle:end])
            of_date = is_timescale(head) or texts[middle - 1] in _BEFORE_DATES
            opens = rest[0].isupper() or texts[start - 1] in _BEFORE_TIMES
            sentence = head[0].islower() and opens and of_date
            day = head.isdigit() and texts[start - 1][:1].islower() and bool(_MONTH_AND_YEAR.fullmatch(rest))
            of_year = head == "of year"  # "panels with heads of year | 2023/24"
            if (sentence or day or of_year or (states and is_state(head))) and is_timescale(rest):
                return middle
        return 0

    def _closes_row(self, words: Sequence[Word], end: int) -> bool:
        """Whether what ends here is the last of its line, and the next one begins as an activity does, in a text that
        shows no other way where rows begin."""
        ends = end < len(words) and words[end].gap in ("line", "paragraph") and not words[end].item
        certain = self._scheme.delimited or self._scheme.referenced
        return ends and not certain and opens_with_verb(words, end)

    def _edges_from(
        self,
        node: int,
        start: int,
        nodes: Sequence[int],
        words: Sequence[Word],
        texts: Sequence[str],
        spans: Sequence[tuple[int, float]],
        heading: float,
    ) -> list[Edge]:
        """The words that may begin at a node, in each column that has no vocabulary."""
        scheme = self._scheme
        edges: list[Edge] = []
        first = texts[start]
        following = nodes[node + 1]
        dated = not scheme.delimited and any(not cost for _, cost in spans)
        if first == BLANK_CELL:
            return [
                edge_of(node, node + 1, column, 0.0)
                for column, what in enumerate(scheme.columns)
                if not what.activity and what.kind not in ("ref", "heading", "aside")
            ]
        for column, what in enumerate(scheme.columns):
            kind = what.kind
            if kind == "prose":
                short = what.activity and node > 0 and self._short_line(node, nodes, words)
                closing = what.activity and start > 0 and any(self._closes_row(words, end) for end, _ in spans)
                edges.append(edge_of(node, node + 1, column, _SHORT_LINE * short + _CLOSING * closing))
            elif kind == "time":
                taken = set()
                for end, cost in spans:
                    taken.add(end)
                    target = _index(nodes, end, node)
                    if target:
                        edges.append(edge_of(node, target, column, cost - _DATE))
                if scheme.delimited or words[start].gap in ("line", "paragraph"):
                    target = self._cell_end(node, nodes, words)
                    length = nodes[target] - start
                    if nodes[target] not in taken and length <= 12:
                        # Words that are no date may still be all there is: "after the election".
                        odd = 4.0 if scheme.delimited else 7.0
                        odd += 3.0 * looks_like_owner(" ".join(texts[start : nodes[target]]))
                        edges.append(edge_of(node, target, column, odd + 0.3 * length))
            elif kind == "heading":
                target = self._whole_line(node, nodes, words)
                # A heading stands over rows: where refs cut the blocks, over those of the next.
                if target and (target < len(nodes) - 1 or scheme.referenced):
                    edges.append(edge_of(node, target, column, heading + self._going_on(start, words)))
            elif kind == "group":
                edges.append(edge_of(node, node + 1, column, SENTENCE_IN_NAME if dated else 0.0))
            elif kind == "aside":
                edges.append(edge_of(node, node + 1, column, _DATED_ASIDE if dated else 0.0))
            elif kind == "money":
                edges.append(edge_of(node, node + 1, column, 0.0))
            elif kind == "figure" and following - start <= _LONGEST_FIGURE:
                edges.append(edge_of(node, node + 1, column, -_DATE if is_figure(first) else _NO_FIGURE))
            elif kind == "ref" and scheme.referenced:
                if following - start <= 2 and _REF.fullmatch(" ".join(texts[start:following])):
                    edges.append(edge_of(node, node + 1, column, 0.0))
            elif kind == "ref":
                edges.append(edge_of(node, node + 1, column, 0.0 if following - start <= 2 else 9.0))
        return edges

    def _short_line(self, node: int, nodes: Sequence[int], words: Sequence[Word]) -> bool:
        """Whether a line begins here that holds no more words than a name, without a stop or bracket."""
        start = nodes[node]
        first = words[start]
        if first.gap not in ("line", "paragraph") or first.item or first.delimiters or not first.text[:1].isupper():
            return False
        end = nodes[self._cell_end(node, nodes, words)]
        return end - start <= 3 and not words[end - 1].text.endswith((".", ":", ";", ")", ","))

    def _whole_line(self, node: int, nodes: Sequence[int], words: Sequence[Word]) -> int:
        """The node at the end of a line that could be a heading: short, alone, without a stop; 0 for any other."""
        start = nodes[node]
        if words[start].gap not in LINE_ENDS or words[start].item or words[start].after:
            return 0
        for target in range(node + 1, len(nodes)):
            end = nodes[target]
            over = end == len(words) or words[end].gap in LINE_ENDS
            if end < len(words) and (words[end].delimiters or (over and words[end].text.startswith("("))):
                return 0  # a cell goes on, or a note on it stands below
            if over:
                text = words[end - 1].text
                fits = end - start <= 12 and not text.endswith((".", ",", ";", ":", "!", "?"))
                stranded = text.lower() in STRANDED and (end == len(words) or words[start].gap == "paragraph")
                fits = fits and (text.lower() not in DANGLING or stranded)
                fits = fits and not any(ends_sentence(word.text) for word in words[start : end - 1])
                if not fits or not words[start].text[:1].isupper():
                    return 0
                line = " ".join(word.text for word in words[start:end])
                return 0 if line in self._scheme.recurring or is_timescale(line) or looks_like_owner(line) else target
        return 0

    def _going_on(self, start: int, words: Sequence[Word]) -> float:
        """What it costs to take a line of a text taken from a PDF for a heading, where it may go on with the last cell
        of the row above: the line before had no room for its first word."""
        if words[start].gap != "soft" or not start:
            return 0.0
        above = start - 1
        while above > 0 and words[above].line == words[above - 1].line:
            above -= 1
        rooms = self._habits.rooms
        return 0.0 if self._scheme.last in columns_with_room(rooms, words, above, start) else _GOING_ON

    def _cell_end(self, node: int, nodes: Sequence[int], words: Sequence[Word]) -> int:
        """The node at which the stretch without any delimiter or line end is over."""
        for target in range(node + 1, len(nodes) - 1):
            word = words[nodes[target]]
            if word.delimiters or word.gap in ("line", "paragraph"):
                return target
        return len(nodes) - 1

    def _value_edges(
        self,
        node: int,
        start: int,
        nodes: Sequence[int],
        words: Sequence[Word],
        texts: Sequence[str],
        date_ends: int,
    ) -> list[Edge]:
        """The values that may begin at a node, for all columns of values at once.

        `date_ends` is the index after the nearest date from there on: what holds a date is hardly a name.
        """
        edges: list[Edge] = []
        scheme, lexicon, titled = self._scheme, self._lexicon, self._habits.titled
        known, dearest = lexicon.known, lexicon.dearest
        if texts[start].startswith("(") and not scheme.delimited:
            return edges  # a note on the text before it, however often it comes again
        within = 0.0
        early: Counter[int] = Counter()  # by column, how many lines end although the next word had room on them
        for target in range(node + 1, len(nodes)):
            end = nodes[target]
            length = end - start
            if length > LONGEST_VALUE and not scheme.delimited:
                break
            judged = judge(without_mark(texts[start:end]), scheme.kinds_of_values)
            plain = math.exp(-within - DATED * (end >= date_ends))
            stopped = scheme.sentences_apart and length > 1 and texts[end - 1].endswith(_STOPS)
            sentence = stopped and texts[end - 1][:1].islower()
            for (column, kind), prior in zip(scheme.values, judged.priors, strict=True):
                if stopped if kind == "state" else sentence:
                    continue
                if column in titled and lacks_title(judged, kind, prior):
                    prior += _UNTITLED
                if prior < dearest or (prior < HOPELESS and judged.key in known[column].counts):
                    doubtful = _SEVERAL if judged.several and kind != "state" else 0.0
                elif scheme.delimited:
                    prior, doubtful = HOPELESS, 0.0
                else:
                    continue
                again = math.exp(saved_again(length, prior))
                small = judged.small and kind in PEOPLE
                whole = plain * math.exp(-_ENDED_EARLY * early[column]) if early else plain
                edges.append(Edge(node, target, column, whole, judged.key, math.exp(-prior), again, doubtful, small))
                if small:
                    lexicon.small_words.add(judged.key)
            if target < len(nodes) - 1:
                word = words[end]
                if word.delimiters or word.text == BLANK_CELL or texts[end - 1] == "/" or texts[end - 1].endswith(";"):
                    break
                within += _WITHIN_VALUE[word.gap]
                if word.gap == "soft" and self._habits.rooms:
                    early.update(columns_with_room(self._habits.rooms, words, start, end))
                if within > 9.0 or (judged.stopped and not scheme.delimited):
                    break
        return edges

    def _remark_edges(
        self,
        node: int,
        nodes: Sequence[int],
        words: Sequence[Word],
        dates: Mapping[int, Set[Kind]],
        measures: Mapping[int, bool],
        remarks: Sequence[int],
    ) -> Iterator[Edge]:
        """The short cells of prose or of budgets in columns of `remarks` that begin at a node and may end: at a line's
        end, before a date or status, or before the capital or the figure of another column of prose.

        Short remarks recur as values do ("Low", "Loss of key staff"). Were that seen in the columns of values alone,
        these would draw them in.
        """
        start = nodes[node]
        if self._scheme.money and words[start].text[:1] in "£€$":
            remarks = [column for column in remarks if column in self._scheme.budgets]
        if not remarks or "time" in dates.get(start, ()):
            return
        for target in range(node + 1, len(nodes)):
            end = nodes[target]
            if end - start > LONGEST_REMARK or words[end - 1].text == BLANK_CELL:
                return
            over = end == len(words) or words[end].delimiters or words[end].gap in ("line", "paragraph")
            over = over or words[end].text == BLANK_CELL
            last = words[end - 1].text
            begins = target in measures or (end < len(words) and words[end].text[:1].isupper())
            opens = dates.get(end) or (_PROSE_KIND if begins else frozenset())
            if (over or opens) and not last.endswith((".", ",", ":", ";")) and last.lower() not in DANGLING:
                text = " ".join(word.text for word in words[start:end])
                value = remark_key(text)
                again = math.exp(WORD * (end - start))
                of_money = self._scheme.money and is_money(text)
                # "Within existing resources" is one by its wording, "Grant-funded Work paused" is not.
                worded = of_money and not any(word.text[:1].isupper() for word in words[start + 1 : end])
                fresh = 1.0 if worded else math.exp(-REMARK)
                for column in remarks:
                    if of_money and column not in self._scheme.budgets:
                        continue
                    if not over and not opens & self._scheme.behind[column]:
                        continue  # what opens behind it is of another row, which begins a line
                    yield Edge(node, target, self._scheme.whole[column], 1.0, value, fresh, again)
            if over or ends_sentence(last) or COST_BAND.fullmatch(words[start].text):
                return


def _index(nodes: Sequence[int], word: int, after: int) -> int:
    """The node at a word after a node, or 0."""
    for target in range(after + 1, len(nodes)):
        if nodes[target] == word:
            return target
        if nodes[target] > word:
            return 0
    return 0
