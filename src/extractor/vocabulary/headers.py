"""What the header words of plans mean: "Timescales for completion", "By whom", "Portfolio Holder".

1. Words alone decide nothing for good: the recogniser checks them against the column's content.
2. A phrase is looked up whole; a few patterns catch its longer relatives ("Timescale & Review Date").
3. Headers that are known and mean no field of the contract ("Budget", "Measure of success") are here too, as
   `extra`, because a header whose words run together can be parted only when all of them are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.text import key
from extractor.vocabulary import Meaning

_PHRASES: dict[Meaning, str] = {
    "ref": """
        ref | refs | ref no | ref number | reference | reference no | reference number | no | nos | number | id | item no
        | action no | action number | measure no | measure number | measure id | measure ref | measure code | action ref | action reference | action id | serial no | code | action code
        | rec | rec no | recommendation no | priority number | plan ref | unique ref | line | row | objective no | task no
        | cyf | rhif
        """,
    "activity": """
        activity | activities | action | actions | key action | key actions | our actions | planned actions
        | action required | actions required | required action | action measure | task | tasks | key task | key tasks
        | what | we will | what we will do | what will we do | what we are going to do | what will be done | what we will deliver
        | item | commitment | commitments | our commitment | our commitments | recommendation | recommendations
        | recommendation made | deliverable | deliverables | key deliverables | milestone | milestones | key milestones
        | implementation | actions and outputs | actions priorities | action description | description of action
        | description | improvement action | improvement actions | proposed action | proposed actions | agreed action
        | agreed actions | project | projects | initiative | initiatives | delivery action | delivery actions
        | key area of action | corresponding departmental action s | steps | steps to be taken | activity description
        | step | what steps will we take | what are we going to do | what are we doing | key activity | key activities | planned activity | what do we need to do | what needs to be done
        | intervention | scheme | schemes | scheme name | scheme description | gweithred | cam gweithredu | camau gweithredu | accion | actuaciones
        """,
    "timescale": """
        timescale | timescales | time scale | time scales | timescale for completion | timescales for completion
        | timeline | timelines | timeframe | timeframes | time frame | timetable | by when | when | deadline | deadlines
        | due | due date | due by | date due | target date | target dates | target completion date
        | target completion | completion date | expected completion | expected completion date | planned completion
        | date | dates | delivery date | delivery dates | delivery by | date for completion | completion | complete by
        | completed by | to be completed by | end by | year | years | qtr | quarter | quarters | relevant fy
        | year to action | when by | when will we do it | when will it be done | delivery timescale | delivery timescales
        | implementation date | implementation timescale | timing | timings | schedule | milestone date | period
        | start and finish | start and end | start and end date | start and end dates
        | target timescale | delivered by | to be delivered by | completion due | due for completion | delivery window | implementation window | amserlen | erbyn pryd | plazo
        """,
    "timescale_start": "start date | start | from | date started | starts | commencement date | start by",
    "timescale_end": "end date | end | to | finish | finish date | ends",
    "lead_officers": """
        lead officer | lead officers | officer | officers | lead | leads | who | by whom | responsible officer
        | responsible officers | responsibility | responsibilities | responsible | responsible person
        | person responsible | persons responsible | person s responsible | owner | owners | action owner | action owners
        | lead owner | accountable | accountable officer | accountable person | accountable people team | sro
        | senior responsible officer | senior responsible owner | sponsor | project sponsor | executive sponsor | lead responsibility
        | lead person | project lead | delivery lead | assigned to | allocated to | led by | who is responsible
        | who will lead | who will do it | who will be responsible | officer responsible | lead name | action lead
        | lead contact | responsible owner | responsible lead | responsible party | responsible body
        | responsible organisation | lead organisation | lead body | roles areas responsible | role s areas responsible
        | who is responsible for action | officer lead | lead manager | service lead | council lead | strategic lead
        | operational lead | responsible team | lead team | lead agency | lead agencies | lead partner | lead partners
        | delivery owner | delivery team | delivery body | delivery organisation | lead committee | responsible committee
        | lead group | responsible group | office of primary interest | opi | named officer | project manager | programme manager | post responsible | swyddog arweiniol | swyddog cyfrifol | pwy | responsable
        """,
    "lead_directorates": """
        lead directorate | lead directorates | directorate | directorates | department | departments | lead department
        | lead departments | service | services | lead service | lead services | service area | service areas
        | lead service area | lead service areas | responsible service | responsible services | responsible directorate
        | responsible department | division | lead division | branch | key support unit | executive director
        | lead section | responsible section
        | section responsible | organismo implicado | cyfarwyddiaeth | gwasanaeth | directorate service | service directorate
        """,
    "lead_cabinet_members": """
        lead cabinet member | lead cabinet members | cabinet member | cabinet members | cabinet lead | portfolio holder
        | portfolio holders | lead portfolio holder | executive member | executive members | lead executive member
        | lead member | lead members | lead councillor | councillor | cabinet portfolio | portfolio | member lead
        | political lead | executive lead member | cabinet member lead | responsible cabinet member
        | responsible member | executive portfolio holder | chief officer cabinet | aelod cabinet | aelod arweiniol
        """,
    "status": """
        status | rag | rag status | rag rating | current status | progress status | delivery status | progress rag
        | current rag | progress rating | delivery rating | overall rating | overall status | overall rag | action status | rating | brag | brag status | brag rating
        | status rag | completion status | on track | state of play | state of implementation | statws
        """,
    "progress": """
        progress | progress update | progress updates | update | updates | latest update | commentary | comments
        | comment | current position | current progress | progress to date | position statement | latest position
        | what we have done | what we have done so far | what has been done | done so far | what we have achieved
        | progress commentary | progress comments | update on progress | progress made | status update
        | how we are doing | how are we doing | quarterly update | achievements | progress report | progress and impact | diweddariad | cynnydd
        """,
    "group": """
        outcome | outcomes | priority | priorities | theme | themes | objective | objectives | aim | aims | goal | goals
        | strategic objective | strategic priority | key priority | corporate priority | workstream | strand | pillar
        | ambition | area | topic | category | section | programme | work area | key theme
        """,
    "extra": """
        budget | cost | costs | resources | resource | resourcing | resource implications | funding | funding source
        | resources required | estimated cost | financial implications | finance | measure | measures
        | measure of success | measures of success | success measure | success measures | success criteria
        | how will we measure success | how we will measure success | how will we know | how we will know
        | measuring success | measurement | measurements | reporting mechanism | measure target | outcome measure | outcome measures | output measure | performance measure
        | performance measures | performance indicator | performance indicators | key performance indicator
        | key performance indicators | kpi | kpis | indicator | indicators | target | targets | baseline
        | performance target | expected outcome | expected outcomes | intended outcome | desired outcome
        | desired results | expected impact | impact | impacts | outcomes impact | output | outputs | expected output
        | evidence | evidence of completion | what does success look like | what success looks like
        | what residents will see | success looks like | partners | key partners | key partner s | partner | supporting partners
        | working with | support | supported by | delivery partners | other partners | notes | note | remarks
        | rationale | you said | what you said | what you told us | further details | details | detail | why | background | risk | risks | dependencies
        | dependency | link | links | links to | linked to | link to strategy | revised date | revised timescale
        | revised qtr | level | priority level | importance | high medium low | benefits | good is | actual
        | target 2022 23 | milestones with dates | sdg | meta | indicador | mesur llwyddiant | cyllideb | response
        | number of actions | number of activities | count | total | totals | consultee | meaning | definition | explanation | description of rating | contact | email | telephone | phone | name | location | ward | wards
        """,
}


def _table() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    for meaning, phrases in _PHRASES.items():
        for phrase in phrases.split("|"):
            table.setdefault(" ".join(phrase.split()), meaning)
    return table


# As people write it: "What we'll do", "Who's responsible".
_SHORT = re.compile(r"\b(we|who|what)['’](ll|re|ve|s)\b", re.IGNORECASE)
_FULL = {"ll": " will", "re": " are", "ve": " have", "s": " is"}


PHRASES: dict[str, Meaning] = _table()
"""Comparison key of a header phrase -> what it means."""

# Dates of what was done to the record itself, and not of what it asks for.
_PAST_DATE = (
    r"\bdates? (?:was |of )?(?:raised|added|logged|opened|received|agreed|adopted|approved|issued|created|updated|reviewed|"
    r"recorded|reported|identified|modified|published|posted|meeting|issue|entry|decision)\b|^(?:last )?(?:raised|opened|logged|updated|reviewed)(?: on)?$"
    r"|^(?:meeting|decision|issue|entry) date\b"
)

_PLANNED = r"(?:planned|target|expected|estimated|anticipated|proposed|indicative|forecast)"

# The longer relatives of known phrases, tried in order on the comparison key.
_RELATIVES: tuple[tuple[str, Meaning], ...] = (
    (r"^(?:(?:total )?(?:number|no|count)|total|percentage|proportion|share) of\b", "extra"),
    (r"\bresponses?$", "extra"),  # "Officer response", "Cabinet Member's response"
    (r"\b(?:officers?|members?|managers?) comments?$", "progress"),
    (r"^action (?:log|plan|tracker|list) (?:ref|reference|no|number|id)$", "ref"),
    (r"^(?:lead )?(?:cabinet|executive|portfolio|political)\b.*\b(?:members?|holders?|leads?)\b", "lead_cabinet_members"),
    (r"\b(?:cabinet|executive) members?\b|\bportfolio holders?\b", "lead_cabinet_members"),
    (r"^(?:revised|original|actual|previous)\b", "extra"),
    (_PAST_DATE, "extra"),
    (rf"^(?:{_PLANNED} )?start (?:date|by|month|quarter)\b|^{_PLANNED} start$", "timescale_start"),
    (rf"^(?:{_PLANNED} )?(?:end|finish) (?:date|by|month|quarter)\b|^{_PLANNED} (?:end|finish)$", "timescale_end"),
    (rf"^{_PLANNED} (?:completion|delivery)$", "timescale"),
    (r"^(?:delivery |target |expected |planned |indicative )?(?:time ?scales?|time ?frames?|time ?lines?|timings?|deadlines?)\b", "timescale"),
    (r"^(?:by )?when\b|\b(?:due|target|completion|delivery|implementation|milestone) dates?\b|\b(?:due|target|completion|delivery|implementation) (?:quarters?|months?|years?)$|^date\b", "timescale"),
    (r"^(?:rag|brag)\b|\b(?:rag|status)(?: rating)?$", "status"),
    (
        r"^(?:progress|updates?|commentary|latest (?:update|position|progress))\b|\b(?:progress|updates?|commentary|position statement)$",
        "progress",
    ),
    (r"\b(?:directorates?|departments?)\b|\bservice areas?$", "lead_directorates"),
    (r"\b(?:responsib(?!ly\b)\w+|accountab(?!ly\b)\w+|owners?|officers?|by whom)\b|^(?:project|programme|scheme) managers?$|^who\b|^led by\b|^leads?\b|\bleads?$|\bsro\b", "lead_officers"),
    (r"^how\b.*\b(?:know|measured?|judged?|success)\b", "extra"),
    (r"^(?:measures?|success|outcomes?|outputs?|impacts?|targets?|kpis?|performance|evidence|budget|costs?|funding|resourc\w+|partners?|links?|risks?)\b", "extra"),
    (r"\b(?:measures?|success|outcomes?|outputs?|indicators?|impact|budget|costs?|funding|resources|partners?)$", "extra"),
    (r"^(?:key |planned |our |proposed |agreed |specific |delivery )?(?:actions?|activit(?:y|ies)|tasks?|deliverables?|commitments?)\b", "activity"),
    (r"\b(?:actions?|activit(?:y|ies)|tasks?|deliverables?)$|^what (?:we|will|needs)\b", "activity"),
    (r"^(?:ref|reference)\b|\b(?:ref|no|number|id)$", "ref"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), meaning) for pattern, meaning in _RELATIVES)

_NUMBER_SIGNS = frozenset("#№")
_MOST_UNKNOWN = 2  # words beside a known name in a header of two halves
_DIVIDED = re.compile(r"(?<=[^\W\d_])-\s*(?=[a-z])")
_SIGNS, _AND = re.compile(r"\s*[/|;\n]\s*"), re.compile(r"\s+(?:and|or|&)\s+")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]|[*†‡¹²³]+|\d+$")


def is_past_date(text: str) -> bool:
    """Whether a header names the day on which the record was made, and not one by which anything is to be done.

    >>> is_past_date("Date raised"), is_past_date("Due date")
    (True, False)
    """
    return bool(re.search(_PAST_DATE, key(text)))


@lru_cache(maxsize=4096)  # every cell of a row is asked whether it is a header, by several stages
def header_meaning(text: str) -> Meaning | None:
    """What a header cell's text means, or None where the words are not known.

    >>> header_meaning("Timescales for completion (Quarter and month)")
    'timescale'
    >>> header_meaning("Who is responsible for action?")
    'lead_officers'
    >>> header_meaning("Measure of success")
    'extra'
    >>> header_meaning("Lead Di- rectorate")
    'lead_directorates'
    """
    words = key(text)
    if not words:
        return "ref" if text.strip() in _NUMBER_SIGNS else None
    if words in PHRASES:
        return PHRASES[words]
    bare = key(_BRACKETS.sub(" ", text))
    if bare in PHRASES:
        return PHRASES[bare]
    if (full := _SHORT.sub(lambda found: found[1] + _FULL[found[2].lower()], text)) != text:
        return header_meaning(full)
    undivided = _DIVIDED.sub("", text)
    if undivided != text and (meaning := header_meaning(undivided)):
        return meaning
    if len(words.split()) > 9:
        return None
    if _START_AND_END.fullmatch(text.strip()):
        return "timescale"
    for parter in (_SIGNS, _AND):
        # "Llwybr / Action", "Timescale & Review Date": a header in two languages or of two halves
        parts = parter.split(text)
        if len(parts) == 1:
            continue
        meanings = [PHRASES.get(key(part)) for part in parts]
        if any(
            meaning is None and len(part.split()) > _MOST_UNKNOWN for part, meaning in zip(parts, meanings, strict=True)
        ):
            continue  # the names of several columns, run together
        known = [m for m in meanings if m and m != "extra"]
        if all(meanings) and set(known) <= {"group"}:
            return "extra" if len(known) < len(parts) else "group"  # "Target / outcome" is what is to come of it
        if known and (len(known) == 1 or len(set(known)) == 1 or all(meanings)):
            return known[0]
    for pattern, meaning in _PATTERNS:
        if pattern.search(bare or words):
            return meaning
    return None


_START_AND_END = re.compile(r"start(?: date)?\s*/\s*(?:end|finish)(?: dates?)?", re.IGNORECASE)


def names_manager(header: str) -> bool:
    """Whether a header is that of who manages a project, who beside a lead officer is another.

    >>> names_manager("Project manager"), names_manager("Lead manager")
    (True, False)
    """
    return key(header) in _MANAGERS


def names_schemes(header: str) -> bool:
    """Whether a header is that of works, which a plan lists as its actions, or beside them as what it pays for.

    >>> names_schemes("Scheme name"), names_schemes("Action")
    (True, False)
    """
    return key(header) in _SCHEMES


_MANAGERS = frozenset(["project manager", "programme manager", "scheme manager"])
_SCHEMES = frozenset(["scheme", "schemes", "scheme name", "scheme description"])


def heads_partners(header: str) -> bool:
    """Whether a header is that of bodies which work with the council.

    >>> heads_partners("Key partners"), heads_partners("Partnership")
    (True, False)
    """
    return not _PARTNERS.isdisjoint(key(header).split())


_PARTNERS = frozenset(["partner", "partners"])


class HeaderWord(NamedTuple):
    """One column's header in a run of header words: its text as published and its meaning (None: unknown)."""

    text: str
    meaning: Meaning | None


_LOWERED = 2.5  # a column that begins with a small letter among some that begin with capitals
_HANGING = 3.0  # a column that ends with "to" or "for"
_NUMBERS_NOTHING = 0.5  # "No" by itself behind another column, whose numbers it heads as likely
_SWALLOWED = 2.0  # a column that holds what could be another
_LONGEST_SENTENCE = 9  # words of a header that nothing but its capital sets apart
_LONGEST = max(len(phrase.split()) for phrase in PHRASES)
_CORE = frozenset(_PHRASES) - {"extra"}


def split_header(
    text: str, known: Mapping[str, Meaning] | None = None, plan: bool = True, spared: int = 0, certain: bool = False
) -> list[HeaderWord] | None:
    """The columns of a header whose words run together, or None where it is no header.

    `known` adds phrases (comparison key -> meaning), such as a profile's. At least three columns, an
    activity among them, and at most one unknown word in five are asked for; with `plan` false, any two
    columns will do, so that the header of a table of measures or of a legend is found too. `spared` words may be unknown
    beyond that. Where it is `certain` that it is a header, what begins with a capital is a column though nobody knows it.

    >>> [word.meaning for word in split_header("Lead officer Lead directorate Lead Cabinet Member Ref Activity")]
    ['lead_officers', 'lead_directorates', 'lead_cabinet_members', 'ref', 'activity']
    >>> split_header("The lead officer will report") is None
    True
    >>> [word.text for word in split_header("What we will do Accountable lead When How we will measure it")]
    ['What we will do', 'Accountable lead', 'When', 'How we will measure it']
    >>> [word.text for word in split_header("Ref Action Accountability Deadline")]
    ['Ref', 'Action', 'Accountability', 'Deadline']
    >>> [word.text for word in split_header("Action No Action Owner By when")]
    ['Action No', 'Action', 'Owner', 'By when']
    >>> [word.text for word in split_header("Ref Recommendation or AFI Our response Business lead Due", None, True, 9, True)]
    ['Ref', 'Recommendation or AFI', 'Our response', 'Business lead', 'Due']
    """
    tokens = text.split()
    keys = [key(token) for token in tokens]
    if not 2 <= len(tokens) <= 40:
        return None
    table = {**PHRASES, **known} if known else PHRASES
    need_activity = 4 if plan else 0
    # Where a header's words are capitalised as sentences are, a small letter goes on with the column before.
    small = [token[:1].islower() for token in tokens]
    cased = tokens[0][:1].isupper() and any(small)
    places = [_Place.at(tokens, keys, start, table, small if cased else None) for start in range(len(tokens))]
    most_unknown = (max(1, len(tokens) // 5) if plan else (len(tokens) - 1) // 2) + spared
    if "/" not in tokens and _too_strange(places, small, cased, most_unknown):
        return None
    # best[i]: the cheapest readings of the first i tokens, as (cost, columns); a few are kept, since the
    # price of a column that occurs twice depends on the others.
    best: list[list[tuple[float, tuple[HeaderWord, ...]]]] = [[] for _ in range(len(tokens) + 1)]
    best[0].append((0.0, ()))
    for start in range(len(tokens)):
        bracket, phrases, sentences = places[start]
        lowered = _LOWERED * (cased and small[start] and start > 0)
        for cost, columns in best[start]:
            if bracket and columns:
                last = columns[-1]
                joined = HeaderWord(" ".join([last.text, *tokens[start:bracket]]), last.meaning)
                best[bracket].append((cost, (*columns[:-1], joined)))
                continue
            if tokens[start] == "/" and columns:  # "Gweithred / Action": one column in two languages
                last = columns[-1]
                for length in range(1, min(_LONGEST, len(tokens) - start - 1) + 1):
                    meaning = table.get(" ".join(filter(None, keys[start + 1 : start + 1 + length])))
                    if meaning or length == 1:
                        text_so_far = " ".join([last.text, *tokens[start : start + 1 + length]])
                        word = HeaderWord(text_so_far, meaning or last.meaning)
                        fresh = cost + (0 if meaning else 6)
                        best[start + 1 + length].append((fresh, (*columns[:-1], word)))
                continue
            for end, word in phrases:
                twice = word.meaning in _CORE and any(c.meaning == word.meaning for c in columns)
                hanging = _HANGING * (end < len(tokens) and keys[end - 1] in _HANGERS)
                hanging += _NUMBERS_NOTHING * (start > 0 and end == start + 1 and keys[start] in _NUMBERS)
                best[end].append((cost + 1 + 3 * twice + lowered + hanging, (*columns, word)))
            for end, word in sentences:
                twice = word.meaning in _CORE and any(c.meaning == word.meaning for c in columns)
                names = sum(not lower for lower in small[start + 1 : end])
                price = 1.5 + 3 * twice if word.meaning else _STRANGE[certain] + 2 * names
                price += 2 * names * (certain and word.meaning is not None)
                price += _SWALLOWED * _swallows(places, start, end)
                best[end].append((cost + price, (*columns, word)))
            strange = HeaderWord(tokens[start], None)
            if columns and columns[-1].meaning is None:
                if certain and not small[start]:
                    best[start + 1].append((cost + _STRANGE[certain], (*columns, strange)))
                strange = HeaderWord(f"{columns[-1].text} {tokens[start]}", None)
                best[start + 1].append((cost + 6, (*columns[:-1], strange)))
            else:
                best[start + 1].append((cost + _STRANGE[certain and not small[start]], (*columns, strange)))
        best[start + 1] = sorted(best[start + 1], key=lambda reading: reading[0])[:6]
    readings = [
        (cost + need_activity * all(c.meaning != "activity" for c in columns), columns) for cost, columns in best[-1]
    ]
    if not readings:
        return None
    _, columns = min(readings, key=lambda reading: reading[0])
    unknown = [c.text for c in columns if c.meaning is None]
    unknown_words = sum(len(words.split()) for words in unknown)
    if cased and len(unknown) == 1 and len(columns) >= 4 and _SENTENCE.fullmatch(unknown[0]):
        unknown_words = 1  # a single unknown column, set apart by its capital
    core = [c.meaning for c in columns if c.meaning in _CORE]
    if unknown_words > most_unknown or any(map(_NUMBER.match, unknown)):
        return None
    if not plan:
        return list(columns) if len(columns) > 1 else None
    if len(set(core)) < 2 or len(columns) < 3:
        return None
    return list(columns) if "activity" in core or "group" in core else None


_STRANGE = (6.0, 2.5)  # what a column in unknown words costs, and where it is certain that they are a header


class _Place(NamedTuple):
    """What the words from one token on can be, each with the index after it."""

    joined: int
    """"(Quarter and month)" and "Winter 2024" belong to the header word before them; 0 where there is none."""
    phrases: list[tuple[int, HeaderWord]]
    """The header words of the table."""
    sentences: list[tuple[int, HeaderWord]]
    """All that begins with a capital and goes on in small letters: "Accountable lead", "How we will know it"; and single
    words that are kin to known ones."""

    @classmethod
    def at(
        cls, tokens: list[str], keys: list[str], start: int, table: Mapping[str, Meaning], small: list[bool] | None
    ) -> _Place:
        """What the words from `start` on can be; `small`, where capitals tell sentences: which tokens have none."""
        sentences = [
            (end, HeaderWord(text, header_meaning(text)))
            for end in (_sentence_ends(tokens, small, start) if small and not small[start] else ())
            if " ".join(filter(None, keys[start:end])) not in table and (text := " ".join(tokens[start:end]))
        ]
        token = tokens[start]
        if token in _NUMBER_SIGNS:
            return cls(0, [(start + 1, HeaderWord(token, "ref"))], sentences)
        if token[:1].isupper() and keys[start] not in table and (meaning := header_meaning(token)):
            sentences.append((start + 1, HeaderWord(token, meaning)))  # "Accountability"
        if _heads_one_of_several(tokens, start):
            return cls(0, [(start + 1, HeaderWord(token, "extra"))], sentences)
        joined = _bracket_end(tokens, start) or _time_end(tokens, start)
        return cls(joined, list(_phrases_from(tokens, keys, start, table)), sentences)


def _too_strange(places: list[_Place], small: list[bool], cased: bool, most_unknown: int) -> bool:
    """Whether more words are in nothing known than a header may have, however it is read.

    Most lines of a text are no header, and this is seen without all their readings.
    """
    known: set[int] = set()
    for start, place in enumerate(places):
        ends = [place.joined, *(end for end, word in (*place.phrases, *place.sentences) if word.meaning)]
        known.update(range(start, max(ends)))
    unknown = [index for index in range(len(places)) if index not in known]
    if len(unknown) <= most_unknown:
        return False
    # A single unknown column that its capital sets apart counts as one word.
    apart = cased and unknown[-1] - unknown[0] < _LONGEST_SENTENCE and all(small[index] for index in unknown[1:])
    return not apart


_JOINING = frozenset("of and for the in to with on at by from a an or".split())
_HANGERS = _JOINING - {"by", "from", "on"}  # "Due by" and "Led by" are whole
_NUMBERS = frozenset(["no", "number", "nr"])
# No column's name begins so: "Action 2.1 Update the list" is a row.
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?(?: |$)")
_MOST_NAMES = 3  # capitalised words after "for" or "to" that may belong to the column still


def _sentence_ends(tokens: list[str], small: list[bool], start: int) -> list[int]:
    """Where a column that begins with a capital can end: before the next capital, unless it is joined on."""
    ends: list[int] = []
    names = 0
    end = start + 1
    while end - start <= _LONGEST_SENTENCE:
        while end < len(tokens) and small[end]:
            end += 1
        if end - start > 1 and tokens[end - 1].lower() not in _JOINING:
            ends.append(end)
        joined = tokens[end - 1].lower() in _JOINING or names
        if end == len(tokens) or not joined or names == _MOST_NAMES:
            break
        names += 1
        end += 1
    return ends


def _swallows(places: Sequence[_Place], start: int, end: int) -> int:
    """How many whole columns stand right behind a known header word in what could be one: "Led by | How we will measure
    it", "Led by | Lead directorate | Cabinet"."""
    first = max((after for after, word in places[start].phrases if after < end and word.meaning), default=end)
    found, index = 0, first
    while index < end:
        readings = (*places[index].phrases, *places[index].sentences)
        ends = [after for after, word in readings if word.meaning and after <= end]
        if not ends:
            break
        found += 1
        index = max(ends)
    return found


_SENTENCE = re.compile(r"[A-Z][^\W\d]*(?: [a-z][^\W\d]*){0,8}")
_TIME_WORD = re.compile(
    r"(?:(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?|Q[1-4]|Spring|Summer|Autumn|Winter|January|February|March|April|May|June|"
    r"July|August|September|October|November|December)"
)


def _phrases_from(
    tokens: list[str], keys: list[str], start: int, table: Mapping[str, Meaning]
) -> Iterator[tuple[int, HeaderWord]]:
    """The header words of the table that begin at `start`, each with the index after it."""
    for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
        meaning = table.get(" ".join(filter(None, keys[start:end])))
        if tokens[end - 1] in _NUMBER_SIGNS:
            if meaning in ("activity", "ref"):
                yield end, HeaderWord(" ".join(tokens[start:end]), "ref")  # "Action #", but "Theme | #"
            break
        if meaning:
            yield end, HeaderWord(" ".join(tokens[start:end]), meaning)


def _time_end(tokens: list[str], start: int) -> int:
    """Index after the words of a time that begin at `start`, or 0."""
    end = start
    while end < len(tokens) and _TIME_WORD.fullmatch(tokens[end]):
        end += 1
    # What goes on in small letters is a name that begins with a time: "Deadline | Q1 update | Q2 update".
    return end if end > start and not (end < len(tokens) and tokens[end][0].islower()) else 0


_ONE_TIME = re.compile(r"Q[1-4]|(?:19|20)\d\d(?:[/–-](?:20)?\d\d)?")


def _heads_one_of_several(tokens: list[str], start: int) -> bool:
    """Whether a year or quarter stands beside another, so that each heads a column: "2024/25 2025/26"."""
    near = [*tokens[max(start - 1, 0) : start], *tokens[start + 1 : start + 2]]
    one = tokens[start]
    return bool(_ONE_TIME.fullmatch(one)) and any(other != one and _ONE_TIME.fullmatch(other) for other in near)


def _bracket_end(tokens: list[str], start: int) -> int:
    """Index after the bracket that opens at `start`, or 0."""
    if not tokens[start].startswith(("(", "[")):
        return 0
    for end in range(start, min(start + 8, len(tokens))):
        if tokens[end].endswith((")", "]")):
            return end + 1
    return 0
