"""Cards as text: an action, and below it labels that stand alone on their lines, each over its value."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

Card = tuple[str, dict[str, tuple[str, ...]]]

_LABELS = ("Risks", "Completion date", "Accountable officer", "Cabinet Lead")
_CARDS: tuple[Card, ...] = (
    (
        "1.1 Plant sixty street trees in the wards with the least shade of all",
        dict(zip(_LABELS, (("Low",), ("March 2025",), ("Head of Parks",), ("Councillor A. Moss",)), strict=True)),
    ),
    (
        "1.2 Resurface the athletics track",
        {"Completion date": ("June 2024",), "Cabinet Lead": ("Councillor A. Moss", "Leader of the Council")},
    ),
    (
        "1.3 Open the walled garden of the old hall to all schools of the town",
        dict(zip(_LABELS, (("Cost",), ("May 2024",), ("Head of Parks", "Clerk"), ("Councillor B. Rey",)), strict=True)),
    ),
    (
        "2.1 Mend every leaking gutter of our flats",
        {"Completion date": ("Q4",), "Accountable officer": ("Head of Homes",), "Cabinet Lead": ("Councillor C. Li",)},
    ),
    (
        "2.2 Let the nine empty shops",
        dict(zip(_LABELS, (("High",), ("Q2",), ("Estates Manager",), ("Councillor C. Li",)), strict=True)),
    ),
)
_GROUPS = {"1": "Priority 1: Green spaces for all", "2": "Priority 2: Homes"}


def _plan(text: str) -> Plan:
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert plan.coverage.unread == ()
    assert plan.coverage.claimed == plan.coverage.words
    return plan


def _said(plan: Plan) -> list[tuple[str, str | None, tuple[str, ...], tuple[str, ...], dict[str, str], str]]:
    titles = {group.id: group.title for group in plan.groups}
    return [
        (
            f"{a.ref} {a.activity}",
            a.timescale and a.timescale.as_published,
            a.lead_officers,
            a.lead_cabinet_members,
            dict(a.extra),
            titles[a.group_id or ""],
        )
        for a in plan.activities
    ]


_EXPECTED = [
    (
        action,
        said["Completion date"][0],
        said.get("Accountable officer", ()),
        said["Cabinet Lead"],
        {"Risks": said["Risks"][0]} if "Risks" in said else {},
        _GROUPS[action[0]].split(": ")[1],
    )
    for action, said in _CARDS
]


def _cards(below_action: str, indent: str = "") -> list[str]:
    """The paragraphs of the plan; `below_action` parts an action from its first label."""
    paragraphs: list[str] = []
    group = ""
    for action, said in _CARDS:
        if action[0] != group:
            group = action[0]
            paragraphs.append(_GROUPS[group])
        (first, values), *others = said.items()
        paragraphs.extend([f"{action}{below_action}{first}", *(indent + value for value in values)])
        for label, values in others:
            paragraphs.extend([label, *(indent + value for value in values)])
    return "\n\n".join(paragraphs).split("\n\n")


@pytest.mark.parametrize("below_action", ["\n\n", "\n"])
def test_cards_of_which_some_lack_their_first_labels_stay_apart(below_action: str) -> None:
    text = "\n\n".join(["Delivery Plan 2024/25", *_cards(below_action), "Site map"])
    assert _said(_plan(text)) == _EXPECTED


@pytest.mark.parametrize("lines", [7, 10, 13])
def test_what_repeats_at_the_edges_of_pages_is_in_no_value(lines: int) -> None:
    """However the pages fall, no head or foot ("Page 3 of 9") is part of a card, and no label is taken for one."""
    paragraphs = [f" {paragraph}" for paragraph in _cards("\n\n", indent="      ")]
    pages = [paragraphs[start : start + lines] for start in range(0, len(paragraphs), lines)]
    text = "\f".join(
        "\n\n".join(["Quarham Borough Council", *page, f"\n{'Page':>60} {number} of {len(pages)}\n"])
        for number, page in enumerate([[" Delivery Plan 2024/25"], *pages], 1)
    )
    plan = _plan(text)
    assert _said(plan) == _EXPECTED
    assert plan.title == "Delivery Plan 2024/25"


def test_a_sentence_goes_on_overleaf() -> None:
    text = "\n\n".join(["Delivery Plan 2024/25", *_cards("\n\n")])
    before, after = "Plant sixty street trees in the wards with the", " least shade of all"
    overleaf = text.replace(before + after, f"{before}\n\n\n{'Page':>40} 1 of 2\n\f{after.strip()}")
    assert _said(_plan(overleaf)) == _EXPECTED


def test_labels_in_two_languages_head_no_columns() -> None:
    """However much the end of a card and the labels below it read as the words of a header."""
    cards = "".join(
        f"{number} Mend the roof of the old mill (Also links to Homes\ntheme)\n\nStatws / Status\n\n      Red\n\n"
        f"Amserlen / Timescale\n\n      May 202{number}\n\n"
        for number in range(1, 6)
    )
    plan = _plan(f"Delivery Plan 2024/25\n\n{cards}")
    assert [(activity.ref, activity.status) for activity in plan.activities] == [(ref, "Red") for ref in "12345"]


@pytest.mark.parametrize("value", ["2024-25", "Ongoing"])
def test_a_value_that_ends_several_pages_is_no_foot_of_theirs(value: str) -> None:
    """It stands amid them as well."""
    said = ["May 2024", value, value] * 3 + ["May 2024", "May 2024", value]
    cards = [
        f"1.{n} Mend roof {n}\n\nLead officer\n\n      Clerk\n\nWhen\n\n      {when}" for n, when in enumerate(said, 1)
    ]
    pages = ["\n\n".join(cards[first : first + 3]) for first in range(0, 12, 3)]
    foot = "\n\n\n      Northmoor Council   Page {} of 4\n\f"
    text = "".join(page + foot.format(number) for number, page in enumerate(pages, 1))
    plan = _plan(f"Delivery Plan 2024/25\n\n{text}")
    assert [a.timescale and a.timescale.as_published for a in plan.activities] == said


def _three(label: str, values: tuple[str, str, str], *, ref: str = "", first: str = "Mend the roof") -> str:
    """Three cards that say when, and something else under a label."""
    texts = (first, "Paint the hall of the old mill", "Let the shops")
    cards = [
        f"{ref.format(number)}{text}\n\nTarget date\n\nQ{number}\n\nRAG\n\nAmber\n\n{label}\n\n{value}"
        for number, (text, value) in enumerate(zip(texts, values, strict=True), 1)
    ]
    return "Delivery Plan 2024/25\n\n1. Our towns\n\n" + "\n\n".join(cards)


def test_what_a_dash_parts_below_a_label_is_its_value() -> None:
    values = ("Portfolio Holder – Homes", "Strategic Lead - Roads and Parks", "Portfolio Holder – Homes")
    plan = _plan(_three("Led by", values, ref="1.{} "))
    assert [activity.lead_officers for activity in plan.activities] == [(value,) for value in values]
    assert [activity.status for activity in plan.activities] == ["Amber"] * 3


def test_a_sentence_over_its_list_is_no_label_though_a_label_ends_so_too() -> None:
    owners = ("Clerk", "Estates Manager", "Clerk")
    plan = _plan(
        _three("Lead", owners, ref="1.{} ", first="Update the annual progress statement, setting out:\n\n• a\n• b")
    )
    assert [activity.activity for activity in plan.activities] == [
        "Update the annual progress statement, setting out:\n• a\n• b",
        "Paint the hall of the old mill",
        "Let the shops",
    ]
    assert [group.title for group in plan.groups] == ["Our towns"]


def test_a_value_that_the_label_has_elsewhere_is_no_heading() -> None:
    values = ("Homes and Roads", "Parks", "Parks\n\nHomes and Roads")
    text = _three("Directorate", (values[2], values[0], values[1]), ref="1.{} ")
    plan = _plan(text)
    assert [activity.lead_directorates for activity in plan.activities] == [
        ("Parks", "Homes and Roads"),
        ("Homes and Roads",),
        ("Parks",),
    ]
    assert len(plan.groups) == 1


def test_a_heading_right_above_its_labels_is_the_action() -> None:
    """In print, the bold text of an action reads as a heading, with or without a list that it leads in."""
    cards = (
        ("Mend all the boilers of our flats", "", "Clerk"),
        ("Update the statement, setting out:", "<ul><li>what came in</li><li>what is left</li></ul>", "Clerk"),
        ("Let the nine empty shops", "", "Estates Manager"),
    )
    body = "".join(
        f"<h3>{text}</h3>{items}<p>Target date</p><p>Q{number}</p><p>Lead</p><p>{lead}</p>"
        for number, (text, items, lead) in enumerate(cards, 1)
    )
    page = f"<html><body><h1>Delivery Plan 2024/25</h1><h2>Priority 1: Homes</h2>{body}</body></html>"
    plan = read_plan(page.encode(), "page.html", Settings())
    assert [activity.activity for activity in plan.activities] == [
        "Mend all the boilers of our flats",
        "Update the statement, setting out:\n• what came in\n• what is left",
        "Let the nine empty shops",
    ]
    assert [group.title for group in plan.groups] == ["Homes"]


def test_what_stands_between_two_labels_of_a_record_belongs_to_the_first() -> None:
    """Labels with their values on one line, more people below; one card lacks the label that follows."""
    cards = (
        ("1.1 Plant sixty street trees in the wards", ("Head of Parks", "Saltmarsh Trust"), "Environment"),
        ("1.2 Resurface the athletics track", ("Clerk",), "Leisure"),
        ("1.3 Open the walled garden to schools", ("Clerk",), ""),
        ("1.4 Mend every leaking gutter of our flats", ("Head of Homes", "Tenants Together"), "Housing"),
        ("1.5 Let the nine empty shops", ("Estates Manager",), "Property"),
    )
    lines = ["Plan 2024/25", ""]
    for action, people, place in cards:
        lines += [action, "When: June 2024", f"Officer: {people[0]}", *people[1:]]
        lines += [f"Directorate: {place}"] if place else []
    plan = _plan("\n\n".join(lines))
    assert [(f"{a.ref} {a.activity}", a.lead_officers) for a in plan.activities] == [card[:2] for card in cards]


def test_a_second_post_with_a_dash_below_a_label_is_another_value_of_it() -> None:
    values = ("Head of Homes", "Strategic Lead - Roads\n\nStrategic Lead - Parks", "Head of Homes")
    plan = _plan(_three("Led by", values, ref="1.{} "))
    assert plan.activities[1].lead_officers == ("Strategic Lead - Roads", "Strategic Lead - Parks")
    assert not plan.activities[1].extra


def test_a_sentence_that_comes_again_before_actions_ends_the_progress_of_the_card_before() -> None:
    actions = ("Plant sixty street trees", "Resurface the athletics track", "Mend every gutter", "Let the empty shops")
    lines = ["Plan 2024/25"]
    for number, action in enumerate(actions):
        lines += [action, "When: June 2024", "Officer: Clerk", "Progress: Work is paused."]
        lines += ["A decision is expected shortly."] if number != 1 else []
    plan = _plan("\n\n".join(lines))
    assert [a.activity for a in plan.activities] == list(actions)
    assert [a.progress for a in plan.activities] == [
        "Work is paused." + "\nA decision is expected shortly." * (number != 1) for number in range(4)
    ]


def test_a_sentence_above_a_group_belongs_to_the_progress_where_it_comes_again() -> None:
    """Records that open with refs, under groups whose names no label shows."""
    lines = ["Plan 2024/25"]
    for number in range(1, 10):
        lines += [f"Mills of the {('north', 'east', 'south')[number // 3]}"] if number % 3 == 1 else []
        lines += [f"P{number} Mend the gates of the {number} old mills", "When: June 2024", "Officer: Clerk"]
        lines += ["Progress: Work is paused."]
        lines += ["A decision is expected shortly."] if number % 3 == 0 else []
    plan = _plan("\n\n".join(lines[:-1]))
    paused = "Work is paused."
    assert [a.progress for a in plan.activities][:6] == [
        paused,
        paused,
        f"{paused}\nA decision is expected shortly.",
    ] * 2
    assert [a.ref for a in plan.activities] == [f"P{number}" for number in range(1, 10)]


@pytest.mark.parametrize("below", ["", "Homes are for everybody.\n"], ids=["alone", "over a sentence"])
def test_a_heading_with_a_label_is_a_group_s_though_it_ends_like_a_sentence(below: str) -> None:
    texts = ("Mend every gutter", "Plant sixty trees")
    card = "{}Lead: Clerk\nDue: Q{}\n"
    cards = [card.format(f"{n}.1 {text}\n", n) for n, text in enumerate(texts, 1)]
    one = f"Priority 1: Homes for all.\n{below}\n{cards[0]}"
    plan = _plan(f"Plan 2024/25\n\n{one}\nPriority 2: A town that listens.\n\n{cards[1]}")
    assert [group.title for group in plan.groups] == ["Homes for all.", "A town that listens."]
    assert [activity.group_id for activity in plan.activities] == [group.id for group in plan.groups]


def _page(level: str, *cards: tuple[str, str]) -> Plan:
    said = [
        f"<{level}>{action}</{level}>"
        + (f"<dl><dt>Timescale</dt><dd>{when}</dd><dt>Lead</dt><dd>Clerk</dd></dl>" * bool(when))
        for action, when in cards
    ]
    page = f"<h1>Town Plan 2024/25</h1><h2>Priority 1: Green spaces for all</h2>{''.join(said)}"
    return read_plan(page.encode(), "plan.html", Settings())


@pytest.mark.parametrize(("level", "number"), [("h3", "1.{}"), ("h3", "P{}"), ("h3", ""), ("p", "1.{}"), ("p", "P{}")])
def test_an_action_of_which_nothing_is_said_is_a_record(level: str, number: str) -> None:
    texts = ("Plant sixty street trees.", "Agree plans for the churchyards.", "Mend the roof.", "Open the hall.")
    refs = [number.format(count) for count in range(1, 5)]
    cards = [(f"{ref} {text}".strip(), "May 2024") for ref, text in zip(refs, texts, strict=True)]
    cards[1] = (cards[1][0], "")
    plan = _page(level, *cards)
    assert [(a.ref, a.activity, a.timescale is not None) for a in plan.activities] == [
        (ref or None, text, index != 1) for index, (ref, text) in enumerate(zip(refs, texts, strict=True))
    ]
    assert [group.title for group in plan.groups] == ["Green spaces for all"]
    second = {issue.code for issue in plan.issues if issue.activity_id == plan.activities[1].id}
    assert {"timescale-missing", "officer-missing"} <= second


def test_a_heading_with_the_number_of_another_sequence_is_no_action() -> None:
    plan = _page("h3", ("P7 Plant trees.", "May 2024"), ("P2 Homes", ""), ("P8 Mend the roof.", "May 2024"))
    assert [a.ref for a in plan.activities] == ["P7", "P8"]
    assert [group.title for group in plan.groups] == ["Green spaces for all", "P2 Homes"]


def test_a_second_time_below_a_time_is_one_more_and_bare_numbers_that_count_the_actions_are_refs() -> None:
    cards = [
        ("1 Bring empty homes back into use", "June 2023", "At risk"),
        ("2 Check the wiring of all flats", "February 2024\n\nAugust 2024", "On track"),
        ("3 Publish a policy on allocations", "May 2024", "On track"),
        ("4 Set up a panel of tenants", "July 2024", "Not started"),
    ]
    text = "\n\n".join(
        f"{action}\n\nLed by: Town Clerk\n\nBy when: {when}\n\nRAG: {state}" for action, when, state in cards
    )
    plan = _plan(f"Homes Action Plan 2023/24\n\nOutcome: Homes fit for the future\n\n{text}\n")
    found = [(a.ref, a.activity, a.timescale and a.timescale.as_published, a.status) for a in plan.activities]
    assert found == [(action[0], action[2:], when.replace("\n\n", "\n"), state) for action, when, state in cards]


@pytest.mark.parametrize(("numbers", "are_refs"), [("1234", True), ("1x23", True), ("1x34", True), ("1x45", False)])
def test_the_count_of_actions_goes_on_from_rows_that_were_not_counted(numbers: str, are_refs: bool) -> None:
    rows = "".join(
        f"<tr><td>{'' if number == 'x' else number + ' '}Open one more pool<td>Town Clerk<td>May 2024</tr>"
        for number in numbers + "".join(str(int(numbers[-1]) + more) for more in (1, 2, 3))
    )
    header = "<tr><th>Action<th>Lead officer<th>Timescale</tr>"
    page = f"<h1>Action Plan 2023</h1><table>{header}{rows}</table>"
    plan = read_plan(page.encode(), "a.html", Settings())
    printed = [bool(a.ref_as_published) for a in plan.activities]
    assert printed == [are_refs and number != "x" for number in numbers] + [are_refs] * 3


def test_a_sentence_with_its_stop_above_an_action_without_is_the_progress_of_the_card_before() -> None:
    cards = [
        ("Commission therapy for survivors", "Tender documents issued."),
        ("Take statements by video", "Work paused until terms are known.\n\nA decision is expected shortly."),
        ("Cut the time to a decision on charges", "No change since the last report."),
        ("Move the care unit to a new rota", "On course."),
    ]
    text = "\n\n".join(
        f"{action}\n\n• Responsibility: Victim Services\n\n• Timeframe: May 2024\n\n• Progress update: {said}"
        for action, said in cards
    )
    plan = _plan(f"Delivery Plan 2024/25\n\nCommitment 1 – Justice that works\n\n{text}\n")
    assert [(a.activity, a.progress) for a in plan.activities] == [
        (action, said.replace("\n\n", "\n")) for action, said in cards
    ]


def test_a_sentence_above_a_ref_that_is_a_label_is_the_progress_of_the_card_before() -> None:
    page = "".join(
        f"<p><strong>Action 1.{number}</strong> {text}</p><p>Deadline: May 2025</p><p>Responsible officer: Clerk</p>"
        f"<p>Latest update: {progress}</p>"
        for number, (text, progress) in enumerate(
            (
                ("Plant sixty trees", "Work has paused.</p><p>A decision is expected shortly."),
                ("Mend the weir", "No change."),
                ("Paint the hall", "Tenders are in."),
            ),
            1,
        )
    )
    plan = read_plan(f"<h1>Plan 2025/26</h1><h2>Priority 1: Parks</h2>{page}".encode(), "plan.html", Settings())
    assert [activity.progress for activity in plan.activities] == [
        "Work has paused.\nA decision is expected shortly.",
        "No change.",
        "Tenders are in.",
    ]
    assert not any(activity.extra for activity in plan.activities)


def test_a_name_above_the_next_ref_is_one_more_owner_where_groups_are_labelled() -> None:
    owners = (
        ("Engagement Service", "Prevention, Engagement and Home Safety"),
        ("Home Safety Service",),
        ("Engagement Service", "Prevention, Engagement and Home Safety"),
        ("Culture Service", "Crews and Culture"),
        ("Culture Service",),
        ("Home Safety Service",),
    )
    cards = [
        f"P{n} Mend engine number {n}.\n\nTimescale\n\nQuarter {n % 4 + 1}\n\nResponsible officer\n\n"
        + "\n\n".join(names)
        for n, names in enumerate(owners, 1)
    ]
    heads = {0: "Theme One: Before it happens", 2: "Theme Two: A proud service", 5: "Theme Three: Money"}
    parts = [part for index, card in enumerate(cards) for part in (heads.get(index), card) if part]
    plan = _plan("Delivery Plan 2024/25\n\n" + "\n\n".join(parts))
    assert [a.lead_officers for a in plan.activities] == list(owners)
    assert [group.title for group in plan.groups] == ["Before it happens", "A proud service", "Money"]
    unsure = {(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "border-inferred"}
    fourth, fifth = plan.activities[3:5]
    assert unsure == {(fourth.id, "lead_officers"), (fifth.id, "group_id")}


def test_labels_with_their_values_are_no_header_however_many_header_words_the_values_hold() -> None:
    records = [
        f"{ref} {action}\n\nService area: People and Assets\nAction owner: {owner}\nResources: {money}\nWhen: {when}\n"
        "Current status: On track\nUpdate: Work is under way."
        for ref, action, owner, money, when in (
            ("1.1", "Press the owners of tall blocks.", "Fire Protection Service", "Existing resources", "May 2023"),
            ("1.2", "Share lists with housing teams.", "Training Service", "Grant-funded", "December 2022\nJune 2023"),
            ("1.3", "Qualify further inspectors.", "Fire Protection Service", "Existing resources", "Annually"),
        )
    ]
    plan = _plan("\n\n".join(["Strategic Action Plan 2022/23", "Pillar 1: Safe places", *records]))
    assert [(a.ref, a.lead_officers, a.status) for a in plan.activities] == [
        ("1.1", ("Fire Protection Service",), "On track"),
        ("1.2", ("Training Service",), "On track"),
        ("1.3", ("Fire Protection Service",), "On track"),
    ]
    assert plan.activities[1].timescale is not None
    assert plan.activities[1].timescale.as_published == "December 2022\nJune 2023"


def test_an_action_above_its_labels_is_no_header_with_them() -> None:
    records = [
        f"Action {ref} {action}\n\nLead directorate: Acute Services Division\nWho: {owner}\nBy when: {when}\n"
        "Current status: Amber"
        for ref, action, owner, when in (
            ("2.1", "Offer help on every ward", "Jo Marsh, Head of Wards", "May 2023"),
            ("2.2", "Vaccinate all.", "Ed Rey, Head of Public Health", "Every month"),
            ("2.4", "Map access to dentists in Marbridge.", "Jo Marsh, Head of Wards", "15 December 2022"),
        )
    ]
    plan = _plan("\n\n".join(["Strategic Action Plan 2022/23", "Theme 2: Prevention", *records]))
    assert [a.ref for a in plan.activities] == ["2.1", "2.2", "2.4"]


def _without_refs(owners: tuple[tuple[str, ...], ...], heads: dict[int, str], mark: str = "") -> Plan:
    parts = [
        f"{heads[n] + chr(10) * 2 if n in heads else ''}{mark}Mend engine number {n}.\n\n"
        f"Due date\n\nQuarter {n % 4 + 1}\n\nResponsible officer\n\n" + "\n\n".join(names)
        for n, names in enumerate(owners)
    ]
    return _plan("# Delivery Plan 2024/25\n\n" + "\n\n".join(parts) + "\n\nSite map\n")


_OWNERS = (
    ("Planning Policy Team", "Building Control Service"),
    ("Planning Policy Team",),
    ("Street Scene", "Fleet Operations Service"),
    ("Fleet Operations Service",),
    ("Building Control Service",),
    ("Street Scene", "Fleet Operations Service"),
)


@pytest.mark.parametrize("mark", ["", "### "])
def test_a_name_above_the_next_action_is_one_more_owner_where_there_are_no_refs(mark: str) -> None:
    heads = {0: "Theme 1: Homes", 2: "Theme 2: Streets", 4: "Theme 3: Money"}
    plan = _without_refs(_OWNERS, {n: f"## {title}" if mark else title for n, title in heads.items()}, mark)
    assert [a.lead_officers for a in plan.activities] == list(_OWNERS)
    assert [group.title for group in plan.groups] == ["Homes", "Streets", "Money"]
    assert [a.activity for a in plan.activities] == [f"Mend engine number {n}." for n in range(6)]


def test_a_name_that_no_other_action_has_is_doubted_where_no_heading_has_a_label() -> None:
    plan = _without_refs((*_OWNERS[:2], ("Street Scene", "Fire Safety Service"), *_OWNERS[3:]), {})
    assert plan.activities[2].lead_officers == ("Street Scene", "Fire Safety Service")
    unsure = {(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "border-inferred"}
    assert unsure == {(plan.activities[2].id, "lead_officers"), (plan.activities[3].id, "group_id")}


def test_a_value_below_its_label_is_no_header_whatever_header_words_it_holds() -> None:
    member = "Executive Member for Climate Action and Nature"
    members = (member, f"{member}; Leader of the Council", member, member)
    cards = "\n\n".join(
        f"Plant wood number {n}.\n\nDue date\n\nMay 2024\n\nSRO\n\nJo Marsh\n\n"
        f"Executive Member\n\n{name}\n\nStatus\n\nRed"
        for n, name in enumerate(members, 1)
    )
    plan = _plan(f"Delivery Plan 2024/25\n\n{cards}")
    assert [a.lead_cabinet_members for a in plan.activities] == [
        (member,),
        (member, "Leader of the Council"),
        (member,),
        (member,),
    ]
    assert [a.status for a in plan.activities] == ["Red"] * 4


def test_a_second_sentence_of_the_last_progress_on_the_next_line_is_not_lost() -> None:
    cards = "\n\n".join(
        f"1.{n} Mend engine number {n}\n\nOwner: Head of Fleet\nWhen: May 2024\nProgress: Work is paused."
        for n in (1, 2, 3)
    )
    plan = _plan(f"Delivery Plan 2024/25\n\n{cards}\nMore is expected.\n\nSite map\n")
    assert plan.activities[-1].progress == "Work is paused.\nMore is expected."


def test_a_second_sentence_of_the_last_progress_is_told_by_the_cards_that_end_so_too() -> None:
    lines = ["Plan 2024/25"]
    for number in range(1, 7):
        lines += [f"P{number} Mend the gates of the {number} old mills", "When", "June 2024", "Officer", "Clerk"]
        lines += ["Progress", "Work is paused.", *["A decision is expected."] * (number in (1, 6))]
    plan = _plan("\n\n".join([*lines, "How we will know that it has worked"]))
    assert [a.progress for a in plan.activities] == [
        "Work is paused." + "\nA decision is expected." * (number in (1, 6)) for number in range(1, 7)
    ]


def _headed_cards(cards: list[tuple[str, str, str]]) -> Plan:
    """The plan of a page of cards: a heading or what stands there else, what stands below it, and the progress."""
    body = "".join(
        f"{action}{below}<p>Lead service</p><p>Streets</p><p>Timeframe</p><p>May 2025</p><p>Progress</p>{progress}"
        for action, below, progress in cards
    )
    page = f"<html><body><h1>Delivery Plan 2025/26</h1><h2>Priority: Green spaces for all</h2>{body}</body></html>"
    return read_plan(page.encode(), "plan.html", Settings())


def test_a_heading_above_a_note_in_brackets_is_the_action_where_those_of_other_cards_are() -> None:
    plan = _headed_cards(
        [
            ("<h3>Plant sixty street trees.</h3>", "", "<p>Twenty stand.</p>"),
            ("<h3>Open the walled garden.</h3>", "", "<p>The gate is mended.</p>"),
            # too long for a heading in the eyes of whoever set it
            ("<p><b>Mend every leaking gutter of our flats, and say so.</b></p>", "", "<p>Nine are dry.</p>"),
            ("<h3>Let the empty shops.</h3>", "<p>(Also links to Homes priority)</p>", "<p>Two are let.</p>"),
            ("<h3>Resurface the track.</h3>", "", "<p>The tender is out.</p>"),
        ]
    )
    assert [activity.activity for activity in plan.activities] == [
        "Plant sixty street trees.",
        "Open the walled garden.",
        "Mend every leaking gutter of our flats, and say so.",
        "Let the empty shops.",
        "Resurface the track.",
    ]
    assert {activity.group_id for activity in plan.activities} == {"priority-green-spaces-for-all"}
    assert [link.as_published for link in plan.activities[3].also_links_to] == ["Homes priority"]


def test_a_sentence_right_above_a_heading_is_the_end_of_the_card_above_it() -> None:
    plan = _headed_cards(
        [
            ("<h3>Plant sixty street trees.</h3>", "", "<p>Twenty stand.</p>"),
            ("<h3>Open the walled garden.</h3>", "", "<p>The gate is mended.</p>"),
            ("<p><b>Mend every leaking gutter of our flats, and say so.</b></p>", "", "<p>Nine are dry.</p>"),
            ("<h3>Let the empty shops.</h3>", "", "<p>Two are let.</p><p>A third is being viewed.</p>"),
            ("<h3>Resurface the track.</h3>", "", "<p>The tender is out.</p>"),
        ]
    )
    assert [activity.progress for activity in plan.activities] == [
        "Twenty stand.",
        "The gate is mended.",
        "Nine are dry.",
        "Two are let.\nA third is being viewed.",
        "The tender is out.",
    ]
    assert len(plan.groups) == 1


def test_an_action_too_long_for_a_heading_is_one_all_the_same_and_a_further_member_heads_nothing() -> None:
    """It is bold as the headings are that other actions stand in."""
    texts = ("Plant sixty trees.", "Agree plans for the churchyards.", "Mend the roof.", "Open the hall.")
    heads = [f"<h3>{text}</h3>" for text in texts]
    heads[1] = f"<p><strong>{texts[1]} {'We will say how it went. ' * 14}</strong></p>"
    members = ["<p>Cllr Ada Moss</p>"] * 4
    members[2] = "<p>Cllr Ada Moss</p><p>Leader of the Council</p>"
    said = "".join(
        f"{head}<p>Target date</p><p>May 2024</p><p>Cabinet Member</p>{member}"
        for head, member in zip(heads, members, strict=True)
    )
    page = f"<h1>Town Plan 2024/25</h1><h2>Objective 1: Green spaces for all</h2>{said}"
    plan = read_plan(page.encode(), "plan.html", Settings())
    assert [group.title for group in plan.groups] == ["Green spaces for all"]
    assert [len(a.lead_cabinet_members) for a in plan.activities] == [1, 1, 2, 1]
    assert [a.activity[:9] for a in plan.activities] == [text[:9] for text in texts]
