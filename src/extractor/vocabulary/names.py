"""How persons are named beside their roles: "Jo Marsh, Head of Parks", "Town Clerk (Jo Marsh)".

1. A value is parted into name and role only where both are told by their wording.
2. Where the words may name a place as well ("Arts Officer, Tees Valley"), a name is taken for one only when it has
   a given name, initials or a form of address.
3. Given names are a prior, not a register of persons: none is needed where a comma or bracket shows the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.text import straighten
from extractor.vocabulary.roles import (
    DANGLING,
    is_abbreviation,
    is_bare,
    looks_like_owner,
    names_branch,
    opens_inner_value,
    wording_of,
)

# Words of services, subjects and places, which stand before a comma as a name does ("Adult Care, Commissioning Manager").
_SUBJECTS = frozenset(
    """
    adult adults air animal archives area armed arts asset assets badge benefits biodiversity blue borough building business
    care carbon central centre children childrens city civic climate coast coastal commissioning communications communities
    community conservation corporate council councillor county cultural culture customer customers data democratic design
    development digital district early east eastern ecology economic economy education elections emergency employment energy
    enforcement engagement environment environmental equalities equality estates events families family finance financial fire
    first fleet flood food forces foundation governance greenspace grounds group growth health heritage highways homelessness homes
    housing human improvement inclusion information infrastructure insight intelligence international inward investment it joint
    land lane learning legal leisure libraries library licensing lifelong local management market markets media mental museum
    museums national natural net neighbourhood neighbourhoods new nhs north northern nursing open operations outdoor parking
    parks payroll people performance planning police policy practice prevention principal private procurement programme
    programmes project projects property protection public quality rail recovery recycling refuse regeneration region regional
    registration regulatory rents research resilience resources revenues riding rights risk river road roads rural safeguarding safety
    school schools sector senior service services shared site skills social south southern space spaces sport sports staff
    strategic strategy street streets support surgery sustainability sustainable systems tax team technology tenancy tenant
    tenants tourism town trading trade training transformation transition transport travel tree trees trust urban valley vehicle
    village virtual visitor voluntary warden waste water welfare wellbeing west western wildlife woodland workforce works world
    young youth zero zone
    """.split()
)
_GIVEN = frozenset(
    """
    aaron abdul abigail adam adele adrian agnes ahmed aidan aileen aisha alan alastair albert alex alexander alexandra ali alice
    alison alistair allan amanda amber amina amy andrea andrew andy angela angus anita ann anna anne annette anthony antony
    arthur asha ashley audrey barbara barry beatrice becky belinda ben benjamin beth bethan beverley bill bob brenda brian
    bridget bruce bryan callum cameron carl carol caroline carolyn catherine cathy cerys charles charlie charlotte cheryl
    chloe chris christina christine christopher claire clare claudia clive colin connor craig daniel danielle darren dave david
    dawn deborah debbie debra deepak denis denise dennis derek diana diane dominic donald donna dorothy doug douglas duncan dylan
    ed eddie edward eileen elaine eleanor elizabeth ella ellen elliot emily emma eric erica esther ethan eva eve evelyn faith
    farah fatima fiona florence frances francis frank fred freya gail gareth gary gavin geoff geoffrey george georgia
    georgina gerald geraldine gillian gina glenn glyn gordon grace graeme graham grant greg gregory guy gwen hamish
    hannah harriet harry hassan hayley hazel heather heidi helen helena henry hilary holly howard hugh huw iain ian imran
    iris irene isabel isobel ivan jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jasmine jason jay jayne
    jean jeff jeffrey jemma jennifer jenny jeremy jessica jill jim jo joan joanna joanne joe joel john jon jonathan jordan jose josé
    joseph joshua joy joyce judith judy julia julian julie june justin karen karl kate katherine kathleen kathryn kathy katie kay
    keith kelly ken kenneth kerry kevin kieran kim kirsten kirsty kumar kyle laura lauren laurence lawrence leah leanne lee leon
    leonard lesley leslie lewis liam lilian linda lindsay lisa liz lorna lorraine louis louise lucy luke lynda lynn lynne madeleine
    maggie malcolm marc marcus margaret maria marian marie marilyn marion mark martha martin martyn mary matt matthew maureen
    max megan mel melanie melissa meera michael michelle miguel mike miles miriam mo mohamed mohammad mohammed moira molly monica
    morag muhammad nadia nancy naomi natalie natasha nathan neil niall nicholas nick nicola nicole nigel nina noel nora norman
    oliver olivia omar owen pam pamela pat patricia patrick paul paula pauline penny pete peter phil philip philippa phillip
    phoebe polly priya rachael rachel raj rajesh ralph raymond rebecca rhian rhys richard rita rob robert roberta robin rod
    roger roland ron ronald rory rosalind rosemary rosie ross roy rupert russell ruth ryan sally sam samantha samuel sandra sanjay
    sara sarah scott sean shane shannon sharon shaun sheila shirley sian siân simon sonia sophia sophie stacey stan stella stephanie
    stephen steve steven stewart stuart sue suki sunil susan susanna suzanne sylvia tamsin tania tanya tara ted teresa terence
    terry tessa theresa thomas tim timothy tina toby tom tony tracey tracy trevor trudy una ursula valerie vanessa vera
    veronica vicki vicky victor victoria vincent viv vivien wayne wendy will william winston yasmin yusuf yvonne zara zoe
    """.split()
)  # fmt: skip
_HONORIFIC = re.compile(
    r"(?:(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Rev|Sir|Dame|Lord|Lady|Baroness)\.?\s+)+"
)
_AFTER_NAME = re.compile(r"(?:,?\s+(?:OBE|MBE|CBE|KBE|BEM|QPM|KC|QC|JP|MP|MSP|DL|PhD))+$")
_PARTICLES = frozenset("de del della den der di dos du la le van von ten ter al el bin ap ab ferch y da".split())
_NAME_WORD = re.compile(r"(?:O'|D'|Mc|Mac|al-)?[^\W\d_]+(?:[-'][^\W\d_]+)*\.?")
_SURNAME = re.compile(r"(?:O'|Mc|Mac(?=[A-Z]))[A-Z]")  # what no place or service is called
_AND = re.compile(r"\s*(?:[&+/]|\band\b)\s*")
_BETWEEN_VALUES = re.compile(r"\s+(?:and|&|/)\s+|;\s*")
# Name and role with something between them that parts them.
_BESIDE = (
    re.compile(r"(?P<name>[^,()\[\]]+),\s*(?P<role>.+)"),
    re.compile(r"(?P<name>[^()\[\]]+?)\s*[(\[](?P<role>[^()\[\]]+)[)\]]"),
    re.compile(r"(?P<name>[^,()\[\]]+?)(?:\s+[-:|]|:)\s+(?P<role>.+)"),
    re.compile(r"(?P<role>.+?)\s*[(\[](?P<name>[^()\[\]]+)[)\]]"),
    re.compile(r"(?P<role>.+?)(?:\s+[-:|]|:)\s+(?P<name>[^,()\[\]]+)"),
    # With a remark behind the name: "(Jo Marsh, from May)", "- Jo Marsh (interim)".
    re.compile(r"(?P<role>.+?)\s*[(\[](?P<name>[^,()\[\]]+),\s*[a-z][^()\[\]]*[)\]]"),
    re.compile(r"(?P<role>.+?)(?:\s+[-:|]|:|,)\s+(?P<name>[^,()\[\]]+?)\s*[(\[][a-z][^()\[\]]*[)\]]"),
)
_ADDRESS = re.compile(r"([a-z]+)[._]([a-z]+)\d*@\S+", re.IGNORECASE)  # of a person, not of a desk
# What parks and estates end in as surnames do: "Castle Park Manager" is one post. Of what begins with a given name only
# the patrons of parks are places: whoever asks for roles only would rather lose a place than keep a name.
_PLACES = frozenset("park hall hill house green square court bridge gate common lodge wood field farm cross".split())
_PATRONS = frozenset("victoria albert alexandra".split())
_JOINT_AT_END = re.compile(r"(?:[ ,;:+&/|-]|\sand$)+$")
_LABEL = re.compile(r"(?:(?:leads?|lead officers?|support(?:ed by)?|owners?|sponsor|delivery)\s*:\s*)", re.IGNORECASE)
_MOST_WORDS = 5  # of a name


@lru_cache(maxsize=4096)
def role_without_name(text: str) -> str | None:
    """The role of a value that names a person and, beside the name, the person's role; None of any other value.

    >>> role_without_name("A. N. Other, Head of Housing"), role_without_name("Town Clerk (Jo Marsh)")
    ('Head of Housing', 'Town Clerk')
    >>> role_without_name("Jo Marsh, Head of Parks and Alan Reed, Head of Roads")
    'Head of Parks and Head of Roads'
    >>> role_without_name("Adult Care, Commissioning Manager") is None
    True
    """
    plain = straighten(text)
    for joint in _BETWEEN_VALUES.finditer(plain):
        left, right = (role_without_name(part) for part in (text[: joint.start()], text[joint.end() :]))
        if left and right:
            return f"{left}{text[joint.start() : joint.end()]}{right}"
    label = _LABEL.match(plain)
    if label:
        role = role_without_name(text[label.end() :])
        return f"{text[: label.end()]}{role}" if role else None
    for start, end, name, sure in _divisions(plain):
        role = plain[start:end]
        if is_person(name, sure) and _is_role(role, is_person(name, True)):
            return role_without_name(text[start:end]) or text[start:end]
    return None


def roles_without_names(values: Sequence[str]) -> tuple[str, ...]:
    """The values of one cell without the names of persons, where a role stands beside them, in the same value or
    in another; a cell that holds nothing but names comes back as it is.

    >>> roles_without_names(["Jo Marsh", "Head of Parks"]), roles_without_names(["Jo Marsh"])
    (('Head of Parks',), ('Jo Marsh',))
    """
    roles = tuple(role_without_name(value) or value for value in values)
    kept = tuple(role for role in roles if not is_person(role, True))
    return kept if any(_is_role(role, False) for role in kept) else roles


class _Division(NamedTuple):
    role_start: int
    role_end: int
    name: str
    sure: bool
    """The name must be told by itself, because nothing parts it from the role."""


def names_somebody(text: str) -> bool:
    """Whether a line names a post, or a body that is known by its first words.

    >>> names_somebody("Head of Parks"), names_somebody("University of Kescombe"), names_somebody("Streets and parks")
    (True, True, False)
    """
    return looks_like_owner(text) or names_branch(text)


def _divisions(plain: str) -> Iterator[_Division]:
    """The ways in which a value may be a name and a role."""
    for pattern in _BESIDE:
        found = pattern.fullmatch(plain)
        if found:
            yield _Division(found.start("role"), found.end("role"), found["name"], False)
    blanks = [blank.start() for blank in re.finditer(" ", plain)]
    for blank in blanks[-_MOST_WORDS:]:
        role_end = len(_JOINT_AT_END.sub("", plain[:blank]))
        yield _Division(0, role_end, plain[blank + 1 :], True)
    if wording_of(plain.split(",")[0]).body:
        return
    for blank in blanks[1:_MOST_WORDS]:
        first, *_, last = plain[:blank].lower().split()
        if is_bare(plain[blank + 1 :]) and last in _PLACES and (first in _PATRONS or first not in _GIVEN):
            continue
        yield _Division(blank + 1, len(plain), plain[:blank], not opens_inner_value(plain[blank + 1 :]))


def is_subject(word: str) -> bool:
    """Whether a word is that of a service, a subject or a place, and no name.

    >>> is_subject("Housing"), is_subject("Fenmere")
    (True, False)
    """
    return word.lower() in _SUBJECTS


@lru_cache(maxsize=4096)
def is_person(text: str, sure: bool = False) -> bool:
    """Whether a text reads as a person's name, or as several; `sure`: by itself, whatever stands beside it.

    >>> is_person("Jo Marsh", True), is_person("Tees Valley"), is_person("Cllr Reed", True), is_person("Adult Care")
    (True, False, True, False)
    """
    name = _AFTER_NAME.sub("", straighten(text).strip(" ,"))
    if address := _ADDRESS.fullmatch(name):
        return not any(is_subject(part) for part in address.groups())
    honorific = _HONORIFIC.match(name)
    parts = _AND.split(name[honorific.end() :] if honorific else name)
    if len(parts) > 1:
        return all(is_person(f"{honorific.group() if honorific else ''}{part}", sure) for part in parts)
    name = parts[0]
    if name.count(",") == 1:  # "Marsh, Jo"
        surname, given = name.split(",")
        return is_person(f"{given.strip()} {surname}", True)
    # "Al Reed" begins with a given name, "van der Berg" with a particle.
    words = [
        word for n, word in enumerate(name.split()) if word.lower() not in _PARTICLES or (not n and word.istitle())
    ]
    if not (1 if honorific else 2) <= len(words) <= 4 or not all(map(_is_name_word, words)):
        return False
    if any(part.lower() in _SUBJECTS for word in words for part in word.split("-")):
        return False
    wording = wording_of(name)
    if wording.post or wording.ends_post or wording.member or wording.body:
        return False
    first = words[0].rstrip(".")
    initials = len(first) == 1 or (len(first) <= 3 and first.isupper() and not words[-1].isupper())
    given = first.split("-")[0].lower() in _GIVEN or bool(_SURNAME.match(words[-1]))
    return bool(honorific) or initials or not sure or given


def _is_name_word(word: str) -> bool:
    return (
        bool(_NAME_WORD.fullmatch(word))
        and word[0].isupper()
        and (len(word) < 3 or word[1:].islower() or _capitals(word))
    )


def _capitals(word: str) -> bool:
    """Whether the capitals within a word are those of a name: MARSH, McBride, O'Neill, Smith-Jones, J.M."""
    return word.isupper() or bool(re.match(r"(?:Mc|Mac|O'|D'|al-)[A-Z]|[^\W\d_]+[-'][A-Z]", word))


def _is_role(text: str, beside_name: bool) -> bool:
    """Whether a text names a role; beside what is surely a name, a service or an abbreviation does too."""
    wording = wording_of(text)
    words = text.lower().split()
    if words[0] in DANGLING or words[-1] in DANGLING or _HONORIFIC.fullmatch(f"{text} "):
        return False
    if wording.post or wording.ends_post or (wording.member and not _HONORIFIC.match(text)):
        return True
    if not beside_name or is_person(text, True):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return wording.body or is_abbreviation(text) or any(word in _SUBJECTS for word in words)
