"""How posts, bodies and portfolios are named in English: priors for telling them apart, not a gazetteer."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractor.text import straighten
from extractor.vocabulary.dittos import is_ditto

_RANK = (
    r"(?:(?:Interim|Acting|Joint|Deputy|Assistant|Associate|Strategic|Executive|Corporate|Senior|Principal|Lead|"
    r"Chief|Group|Service|Divisional|Regional|Managing|Group|Detective)\s+)*"
)
ABBREVIATED_TITLES = "AD|DD|SM|GM|HoS|HOS"
"""Ways of an expression: what opens a post in letters, as "HoS Parks" for "Head of Service"."""
# What a post's title opens with: its rank, then its noun.
_POST_OPENING = re.compile(
    rf"(?:{_RANK}(?:Directors?|Heads?\s+of|Head|Chief\s+\w+(?:\s+Officer)?|Chief\s+Executive|Managers?|Officers?|"
    r"Commissioners?|Secretary|Treasurer|Superintendent|Inspector|Constable|Medical\s+Officer|Solicitor|Auditor)\b"
    r"|(?:Assistant|Deputy|Strategic|Executive|Corporate)\s+(?:Chief|Director|Head)\b"
    rf"|(?:Strategic|Service|Operational|Programme|Senior)\s+Leads?\b|(?:{ABBREVIATED_TITLES})(?=\s[A-Z(])"
    r"|Town\s+Clerk|Parish\s+Clerk|Clerk|Monitoring\s+Officer|Section\s+151|S151|Director(?:\s+of)?\b|Head\s+of\b)"
)
# A post's noun alone: mostly its kind stands before it ("Workforce Development" "Manager, Social Care"), so that the noun
# tells little for a title's beginning here; some bodies do call their people so ("Manager Community Services").
_BARE_NOUN = re.compile(r"(?:Managers?|Officers?|Inspectors?|Leads?)(?:,| [-–—])\s|(?:Managers?|Officers?)\s[A-Z]")
# The noun of a body's name at its beginning: mostly the end of the name before it ("Team Corporate Directorate").
_BODY_NOUN = re.compile(
    r"(?:Team|Division|Directorate|Department|Unit|Branch)(?:,|\s+(?=[A-Z])(?!Lead|Manager|Director|Officer|Head))"
)
# Openings that can hardly stand within another post's title.
_INNER_POST = re.compile(
    r"\b(?:(?:Assistant|Deputy|Strategic|Executive|Corporate|Associate)\s+(?:Directors?|Chief|Heads?)\b"
    r"|Heads?\s+of\b|Directors?\s+of\b|Chief\s+(?:Executive|Officer|Finance|Operating|Information)\b|Town\s+Clerk\b)"
)
_INNER_MEMBER = re.compile(
    r"\b(?:(?:Cabinet|Executive|Lead)\s+(?:Member|Councillor)s?\b|Portfolio\s+Holders?\b|(?:Cllr|Councillor)s?\b"
    r"|(?:Deputy\s+)?Leader\s+of\s+the\b|Cabinet\s+(?:Lead|Adviser)s?\b)"
)
_POST_ENDING = re.compile(
    r"\b(?:Officers?|Managers?|Directors?|Leads?|Coordinators?|Co-ordinators?|Advis[eo]rs?|Clerks?|Wardens?|"
    r"Executives?|Partners?|Analysts?|Consultants?|Specialists?|Planners?|Engineers?|Surveyors?|Accountants?|"
    r"Solicitors?|Administrators?|Heads?|Chairs?|(?<=\s)Leaders?|Champions?|Practitioners?|Nurses?|Inspectors?|Secretary)"
    r"(?:(?:\s+\([^)]*\))?\.?$|,\s+(?=[A-Z]))"
)
_MEMBER_OPENING = re.compile(
    r"(?:(?:Lead\s+|Deputy\s+)?(?:Cabinet|Executive|Committee)\s+(?:Member|Lead|Councillor)s?\b|Portfolio\s+Holders?\b|"
    r"(?:Deputy\s+|Joint\s+)?Leader\b|Leader\s+of\b|(?:Cllrs?|Councillors?)\b|Lead\s+(?:Member|Councillor)s?\b|"
    r"(?:Deputy\s+)?(?:Lord\s+)?Mayor\b|(?:Vice[- ])?Chair(?:man|woman|person)?\s+of\b|Member\s+Champion\b|"
    r"(?:Cabinet\s+)?Secretary\s+for\b|Minister\s+for\b)"
)
_BODY_ENDING = re.compile(
    r"\b(?:Services?|Directorates?|Departments?|Councils?|Committees?|Partnerships?|Teams?|Units?|Trusts?|Offices?|"
    r"Groups?|Boards?|Forums?|Associations?|Agency|Agencies|Authority|Division|Branch|Panel|Network|Company|"
    r"Co-operative|Cooperative|Society|Police|NHS|ICB|University|College|Schools?|Federation|Alliance|Chamber|"
    r"Foundation|Centre|Volunteers|Wardens|Rangers|Ramblers|Friends|Collective|Trustees|Panel|Parishes|Landowners|Residents|Charity|Hub|Taskforce)(?:\s+\([^)]*\))?\.?$"
)
# Charities whose branches bear the name of their place behind that of the whole, and bodies that say first what they are.
_BRANCH = re.compile(
    r"(?:Age (?:Concern|UK)|Citizens Advice|Healthwatch|(?:Voluntary|Community) Action|Groundwork"
    r"|(?:University|College|Friends|Federation|Diocese) of)\b"
)
# Bodies after whose name another name may begin, but hardly the rest of the same.
_INNER_BODY = re.compile(
    r"\b(?:Council|Committee|Trust|Association|Partnership|Society|Co-operative|Authority|Agency|Wardens|Clerk|University|"
    r"Police|Alliance|Federation|Chamber|Forum|Collective|Officers?|Coordinators?|Co-ordinators?|Advis[eo]rs?|Engineers?|Surveyors?|Solicitors?|"
    r"Accountants?|Planners?|Specialists?)\s+(?=[A-Z])(?!Leader|Officer|Chair|Member|Manager|Board|Tax|House|Cabinet)"
)
# Two posts, each with its noun behind what it is for: "Community Safety Manager Procurement Lead".
_TWO_POSTS = re.compile(
    r"[A-Z]\S*\s+(?:Managers?|Leads?|Analysts?)\s+[A-Z]\S*\s+(?:\S+\s+)*(?:Managers?|Officers?|Leads?|Analysts?|Advis[eo]rs?|"
    r"Co-?ordinators?|Directors?|Teams?)$"
)
# Bodies that work with a council and are no part of it: they stand among those who lead, and hardly among directorates.
_PARTNER = re.compile(
    r"\b(?:Partnership|Trust|Chamber(?: of \w+)?|Alliance|Foundation|University|College|Association|Society|Federation|"
    r"Forum|Volunteers|Charity|Ramblers|Residents|Landowners)$"
)
_INITIALS_NAME = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.?\s+)?(?:[A-Z]\.?\s*){1,3}\s?(?:O'|Mc|Mac)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b"
)
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]{1,4}(?:/[A-Z]{2,5})*$")
# A value neither ends nor begins with these.
DANGLING = frozenset(
    "of and for the & in to with on at by from a an or / - as into under its our their de la y".split()
)
# ... but a heading may end with these: "A service to be proud of", "Good jobs, close by".
STRANDED = frozenset("of for to in with on at by from".split())
# The middle of a politician's title, at which no value begins or ends.
_TITLE_PARTS = frozenset(("Cabinet", "Portfolio", "Member", "Holder"))
# A rank or a kind of body alone names nobody: what it is of stands beside it.
_BARE = re.compile(
    rf"(?:{_RANK}(?:Directors?|Heads?|Managers?|Officers?|Leads?|Team Leaders?)|(?:Cabinet|Executive) Member|Portfolio Holder|Services?|"
    r"Directorates?|Departments?|Councils?|Committees?|Partnerships?|Teams?|Units?|Offices?|Groups?|Boards?|Division)\Z"
)
_CLOSING = re.compile(r"(?:Services?|Directorates?|Departments?|Teams?|Units?|Divisions?|Command)\Z")
# What a body is, without the name that tells it from others of its kind: "Housing Trust".
_NAMELESS = re.compile(
    r"(?:(?:Housing|Rivers|Wildlife|Woodland|Community|Youth|Voluntary|Civic|Development|Heritage|Leisure)\s+)+"
    r"(?:Trust|Alliance|Foundation|Association|Society|Federation|Charity)\Z|Chamber of (?:Commerce|Trade)\Z"
)
# A post behind a politician's name, whose dash shows that it opens there: "Cllr Jo Marsh Service Manager - Fleet".
_POST_BEHIND_MEMBER = re.compile(r"\S\s(?:Strategic|Service)\s+(?:Leads?|Managers?)\s[-–—]")
_AFTER_BRACKET = re.compile(r"\)\s+[A-Z]")  # what stands in brackets ends a value
_MEASURE = re.compile(r"\d%|^\d[\d,.]* [a-z]")  # what is to be reached: "90% of bins put right", "75 visits to pools"
_FUNDING = re.compile(
    r"[£€$]\s?\d|(?:(?:Met )?[Ff]rom|Within|To be met from) (?:existing|current|approved)\b|Existing (?:budgets?|resources)\b"
    r"|(?:Grant|Externally|Lottery|Developer|Fully|Part|Partly)[- ]funded\b"
)
_NOTHING = frozenset(("None", "Nil", "N/A", "TBC"))  # a cell of its own
# Bodies that a plan may call so: "Town Clerk" above "Council".
_ALONE = (
    "Council",
    "Committee",
    "Partnership",
    "Board",
    "Group",
    "Portfolio Holder",
    "Cabinet Member",
    "Executive Member",
)
_NO_PARTNER = -2.5
_NO_NAME = 8.0  # a kind of body alone: "Housing Trust"
_STOP_WITHIN = re.compile(r"[.:!?]\s")
_INITIAL = re.compile(r"\b[A-Z]\.\s")
PROSE_WORDS = frozenset(
    "the a an is are was be been will that which this these those by from at has have not we our it its they who "
    "when where before after until once so than if each every all more within into through".split()
)


# A title does not end with its rank.
RANKS = frozenset(
    "Assistant Deputy Associate Strategic Corporate Senior Principal Interim Acting Chief Joint Detective".split()
)


def is_bare(text: str) -> bool:
    """Whether a text is a rank or a part of a body alone, which names nobody: "Team", "Manager", but not "Council".

    >>> is_bare("Team"), is_bare("Senior Manager"), is_bare("Team Leader"), is_bare("Housing Team"), is_bare("Council")
    (True, True, True, False, False)
    """
    plain = straighten(text)
    return _BARE.match(plain) is not None and plain.removesuffix("s") not in _ALONE


def closes_name(text: str) -> bool:
    """Whether a text is the kind of a body alone, with which no name begins: "Division", but not "Director".

    >>> closes_name("Division"), closes_name("Housing Trust"), closes_name("Director"), closes_name("Housing Team")
    (True, True, False, False)
    """
    plain = straighten(text)
    return _CLOSING.match(plain) is not None or _NAMELESS.match(plain) is not None


class Wording(NamedTuple):
    """What the words of a value show, whatever it may be."""

    oddness: float
    """What speaks against its being one whole value of any kind, in nats."""
    post: bool
    ends_post: bool
    member: bool
    body: bool
    name: bool
    several: bool
    """It may be several values run together."""


@lru_cache(maxsize=65536)
def wording_of(text: str) -> Wording:
    """What the words of a value show: how odd it is as a whole, and what it opens and ends like."""
    plain = straighten(text)
    words = plain.split() or ["-"]  # what stands before a comma that opens a line
    first, last = words[0], words[-1]
    odd = 0.25 * max(0, len(words) - 7)
    if first.lower() in DANGLING or last.endswith(",") or last.lower() in DANGLING:
        odd += 9.0
    if last.endswith(("'s", "s'")) or last in RANKS or (last in _TITLE_PARTS and len(words) > 1):
        odd += 5.0
    if first in _TITLE_PARTS and len(words) > 1 and (words[1] in ("for", "of") or words[1].startswith("(")):
        odd += 5.0
    if plain.count("(") != plain.count(")") or first.startswith("("):
        odd += 6.0
    if first[0].islower():
        odd += 6.0
    bare = len(words) <= 3 and bool(_BARE.match(plain))
    if bare:
        odd += 6.0
    if last.isdigit() and len(words) > 1:
        odd += 4.0
    if _AFTER_BRACKET.search(plain):
        odd += 3.0
    odd += 3.0 * sum(
        word.lower() in PROSE_WORDS and not (word == "the" and before in ("of", "for"))
        for before, word in pairwise(["", *words])
    )
    if any(mark in plain for mark in ".:!?") and _STOP_WITHIN.search(_INITIAL.sub("", plain)):
        odd += 4.0
    if last.endswith(".") and sum(word[0].islower() and word not in DANGLING for word in words) > 1:
        odd += 10.0  # a sentence
    elif last.endswith(".") and len(words) > 1 and last[0].islower():
        odd += 5.0
    if _MEASURE.search(plain):
        odd += 10.0
    if _FUNDING.search(plain) or (last in _NOTHING and len(words) > 1):
        odd += 8.0
    if _BARE_NOUN.match(plain):
        odd += 2.3
    if _BODY_NOUN.match(plain):
        odd += 11.0
    opening = _POST_OPENING.match(plain)
    opens_post = bool(opening) and not plain.startswith(
        "'s", opening.end() if opening else 0
    )  # "Chief Executive's Office"
    if not opens_post:
        odd += 2.0 * max(0, plain.count(", ") - 1)
    openings = inner_openings(plain) if len(words) > 3 else 0
    bodies = len(_INNER_BODY.findall(plain)) + bool(_TWO_POSTS.search(plain)) if len(words) > 2 else 0
    return Wording(
        oddness=odd + 4.5 * openings + 2.0 * bodies,
        post=opens_post,
        ends_post=not bare and bool(_POST_ENDING.search(plain)),
        member=bool(_MEMBER_OPENING.match(plain)),
        body=bool(_BODY_ENDING.search(plain)),
        name=bool(_INITIALS_NAME.match(plain)),
        several=bool(openings or bodies),
    )


def value_cost(text: str, kind: str) -> float:
    """What it costs, in nats over a plain run of words, to believe that `text` is one whole value of `kind`.

    `kind` is `post` (lead officers), `body` (directorates), `member` (cabinet members), `owner` (any of them: a plan's
    only column of owners) or `partners` (bodies beside the council). Lower is better; negative where the wording speaks
    for it.

    >>> value_cost("Corporate Division", "body") < 0 < value_cost("Team Corporate Division", "body")
    True
    """
    if is_ditto(text):
        return -4.0
    odd, post, ends_post, member, body, name, _ = wording_of(text)
    odd += _NO_NAME * bool(_NAMELESS.match(text))
    if kind == "member":
        odd += 4.5 * bool(_POST_BEHIND_MEMBER.search(text))
        return odd + (-4.0 if member else 4.0 if post or ends_post else 2.5)
    if kind == "post":
        if member:
            return odd + 4.0
        return odd + (-3.5 if post else -2.5 if ends_post or name else 0.5 if body else 1.5)
    if kind == "partners":
        return _partners_cost(text)
    if kind == "body":
        if member or post:
            return odd + 4.5
        return odd + (0.5 if body and _PARTNER.search(text) else -1.0 if body else 2.5 if ends_post else 0.0)
    if post or member:
        return odd - 3.5
    if ends_post or name:
        return odd - 2.5
    if body:
        return odd - 2.0
    return odd + (0.5 if _ABBREVIATION.match(text) else 1.5)


def _partners_cost(text: str) -> float:
    """What it costs to believe that a text lists bodies beside the council: "the Ashby Partnership, Age Concern"."""
    if text in _NOTHING:
        return _NO_PARTNER
    names = [name.removeprefix("the ") for name in text.split(", ") if name.removeprefix("the ")]
    wordings = [wording_of(name) for name in names]
    if any(wording.post or wording.member for wording in wordings):
        return wording_of(text).oddness + 4.5
    told = all(
        wording.body or names_partner(name) or names_branch(name) for name, wording in zip(names, wordings, strict=True)
    )
    bare = sum(bool(_PARTNER.match(name) or _NAMELESS.match(name)) for name in names)
    return sum(wording.oddness for wording in wordings) + _NO_NAME * bare + (-2.5 if told else 0.5)


def inner_openings(text: str) -> int:
    """How many further posts or portfolios seem to open within a value: two values may have been run together.

    >>> inner_openings("Cabinet Member for Housing Cabinet Member for Finance")
    1
    >>> inner_openings("Deputy Leader and Cabinet Member for Finance")
    0
    """
    plain = straighten(text)
    return sum(
        1
        for pattern in (_INNER_MEMBER, _INNER_POST)
        for match in pattern.finditer(plain)
        if match.start() and _opens_anew(plain, match.start())
    )


def _opens_anew(text: str, start: int) -> bool:
    """Whether a post that opens within a value is a post of its own: not after "of", "for", "and" or a comma."""
    before = text[:start].rstrip()
    if not before or before.endswith((",", "(", "/")):
        return False
    last = before.split()[-1]
    return last.lower() not in DANGLING and last not in RANKS


def opens_value(text: str) -> bool:
    """Whether a post, a portfolio or a personal name opens here.

    >>> opens_value("Assistant Director, Housing"), opens_value("Cabinet Member for Finance"), opens_value("by the")
    (True, True, False)
    """
    plain = straighten(text)
    return bool(_POST_OPENING.match(plain) or _MEMBER_OPENING.match(plain))


@lru_cache(maxsize=65536)
def looks_like_owner(text: str) -> bool:
    """Whether a short text could name a post, person, body or portfolio, by its wording alone.

    >>> looks_like_owner("M. Dacosta, Regeneration Programme Manager"), looks_like_owner("Town Clerk")
    (True, True)
    >>> looks_like_owner("Publish a map of blue badge bays")
    False
    """
    words = text.split()
    return 0 < len(words) <= 14 and value_cost(text, "owner") <= -1.0


def names_branch(text: str) -> bool:
    """Whether a text opens as the name of a charity's branch does, or of another body that is known by its first words.

    >>> names_branch("Age Concern Ashthorpe"), names_branch("University of Kescombe"), names_branch("Age Assurance")
    (True, True, False)
    """
    return bool(_BRANCH.match(text))


def names_partner(text: str) -> bool:
    """Whether a text ends as the name of a body does that works with a council and is no part of it.

    >>> names_partner("Ings Housing Trust"), names_partner("Housing Services")
    (True, False)
    """
    return bool(_PARTNER.search(text))


def opens_inner_value(text: str) -> bool:
    """Whether a text opens as a post or portfolio does that can hardly be the rest of another's title.

    >>> opens_inner_value("Head of Housing"), opens_inner_value("Housing Officer")
    (True, False)
    """
    return bool(_INNER_POST.match(text) or _INNER_MEMBER.match(text))


def is_abbreviation(text: str) -> bool:
    """Whether a text is a title in letters: "SRO", "HoS".

    >>> is_abbreviation("SRO"), is_abbreviation("Rob")
    (True, False)
    """
    return bool(_ABBREVIATION.match(text))


def is_member(text: str) -> bool:
    """Whether the text opens as a politician's title does.

    >>> is_member("Portfolio Holder for Housing"), is_member("Head of Housing")
    (True, False)
    """
    return bool(_MEMBER_OPENING.match(straighten(text)))
