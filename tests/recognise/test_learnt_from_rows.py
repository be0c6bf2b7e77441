"""What the rows of a whole text tell of columns that lost their delimiters."""

from __future__ import annotations

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

TITLE = "Delivery Plan 2024/25\n\n"
MONTHS = ("May", "June", "July", "August", "September", "October")


def plan_of(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def test_the_rows_tell_over_which_columns_a_header_cell_stands_that_its_row_has_twice() -> None:
    rows = "".join(
        "\n\n".join((f"1.{n}", f"{act}.", f"{month} 2025", body, post, member, said, state, ""))
        for n, (act, month, body, post, member, said, state) in enumerate(
            (
                ("Mend the roof of the baths", "May", "Places", "Service Director, Baths", "Leader", "Begun.", "Red"),
                ("Clear the old weir", "June", "Places", "Service Director, Rivers", "Leader", "Let in May.", "Green"),
                ("Ring all tenants", "July", "Homes", "Service Director, Lettings", "Mayor", "All rung.", "Green"),
                ("Sell the spare depots", "May", "Homes", "Service Director, Estates", "Mayor", "Two sold.", "Red"),
                ("Plant 200 limes", "June", "Places", "Service Director, Parks", "Leader", "Trees bought.", "Green"),
            ),
            1,
        )
    )
    header = "Ref Action Delivery Accountability Progress Delivery\n"
    header += "Due date Lead directorate SRO Executive Member RAG\n\n"
    plan = plan_of(f"{TITLE}{header}{rows}")
    assert [(a.lead_cabinet_members, a.progress, a.status) for a in plan.activities] == [
        (("Leader",), "Begun.", "Red"),
        (("Leader",), "Let in May.", "Green"),
        (("Mayor",), "All rung.", "Green"),
        (("Mayor",), "Two sold.", "Red"),
        (("Leader",), "Trees bought.", "Green"),
    ]


def test_a_word_that_another_header_cell_is_stands_before_one_in_small_letters() -> None:
    plan = plan_of(
        f"{TITLE}Ref Key action Delivery Lead directorate Delivery\nTimescale RAG\n"
        "1.1 Mend the roof of the baths. May 2025 Places Directorate Red\n"
        "1.2 Clear the old weir. June 2025 Places Directorate Green\n"
        "1.3 Ring all tenants. July 2025 Homes Directorate Green\n"
    )
    assert [(a.timescale.as_published if a.timescale else None, a.lead_directorates) for a in plan.activities] == [
        ("May 2025", ("Places Directorate",)),
        ("June 2025", ("Places Directorate",)),
        ("July 2025", ("Homes Directorate",)),
    ]


def test_a_sentence_that_comes_again_is_no_status_beside_a_column_of_progress() -> None:
    paused, met = "Work paused until terms are known.", "Milestone met ahead of time."
    rows = (("Red", paused), ("", met), ("Green", met), ("Red", paused), ("", paused), ("Green", met))
    plan = plan_of(
        f"{TITLE}Ref\n\nAction\n\nLead officer\n\nStatus\n\nProgress\n\n"
        + "".join(
            f"1.{n}\n\nMend bridge number {n}.\n\nHead of Roads\n\n{state}{state and chr(10) * 2}{said}\n\n"
            for n, (state, said) in enumerate(rows, 1)
        )
    )
    assert [(a.status or "", a.progress) for a in plan.activities] == list(rows)


def test_no_cell_begins_within_a_date() -> None:
    rows = (
        ("1.1", "Mend the roof.", "Quarter 4 2024-25", "Places", "Portfolio Holder – Homes"),
        ("1.2", "Clear the weir.", "Quarter 3 2024-25", "", ""),
        ("1.3", "Ring all tenants.", "Quarter 4 2024-25", "", ""),
        ("1.4", "Sell the depots.", "Quarter 1 2024-25", "Homes", "Portfolio Holder – Land"),
        ("1.5", "Plant limes.", "Quarter 4 2024-25", "", ""),
        ("1.6", "Open the hall.", "Quarter 3 2024-25", "", ""),
    )
    plan = plan_of(
        f"{TITLE}Ref Action When Lead directorate Portfolio Holder Measure of success\n"
        + "".join(f"{' '.join(filter(None, row))} Number of calls below {n}0\n" for n, row in enumerate(rows, 1))
    )
    assert [a.timescale and a.timescale.as_published for a in plan.activities] == [row[2] for row in rows]


def test_where_line_ends_part_no_cells_two_officers_on_two_lines_are_of_one_cell() -> None:
    plan = plan_of(
        f"{TITLE}Ref Action Due date Lead officer Directorate Status Progress\n"
        "1.1 Mend the roof of the baths. May 2025 Baths Manager Places Red Work paused until terms are known.\n"
        "A decision is expected shortly.\n"
        "1.2 Clear the old weir. June 2025 Rivers Manager Places Green Let in May.\n"
        "1.3 Ring all tenants. July 2025 Lettings Manager\nRents Manager Homes Green All rung.\n"
        "1.4 Sell the spare depots. May 2025 Estates Manager Homes Red Work paused until terms are known.\n"
        "A decision is expected shortly.\n"
        "1.5 Plant 200 limes. June 2025 Trees Manager Places Green Trees bought.\n"
    )
    assert [(a.lead_officers, a.status) for a in plan.activities] == [
        (("Baths Manager",), "Red"),
        (("Rivers Manager",), "Green"),
        (("Lettings Manager", "Rents Manager"), "Green"),
        (("Estates Manager",), "Red"),
        (("Trees Manager",), "Green"),
    ]
    assert plan.activities[0].progress == "Work paused until terms are known.\nA decision is expected shortly."


def test_a_kind_of_body_alone_is_no_partner_however_often_it_comes_again() -> None:
    rows = (
        ("Mend the roof of the baths. We will ask all bathers.", "Mosfield Housing Trust"),
        ("Clear the old weir.", "Ashdon Housing Trust"),
        ("Ring all tenants.", "Parish councils"),
        ("Sell the spare depots.", "Kesdale Housing Trust"),
    )
    plan = plan_of(
        f"{TITLE}Ref Action Key partners Due date Lead officer\n"
        + "".join(
            f"1.{n} {action} {partner} May 2025 Jo Marsh, Head of Homes\n"
            for n, (action, partner) in enumerate(rows, 1)
        )
    )
    assert [(a.activity, a.extra["Key partners"]) for a in plan.activities] == list(rows)


def test_the_office_of_a_chief_executive_is_a_directorate() -> None:
    rows = ("Communities Directorate", "Chief Executive's Directorate", "Communities Directorate") * 2
    plan = plan_of(
        f"{TITLE}Ref Action Service area Led by Due date\n"
        + "".join(
            f"1.{n} Mend bridge {n}.\n{body}\nW. Quayle, Roads Manager\nMay 2025\n" for n, body in enumerate(rows, 1)
        )
    )
    assert [a.lead_directorates for a in plan.activities] == [(body,) for body in rows]


def test_words_behind_the_mark_of_an_empty_cell_are_of_the_next_one() -> None:
    paused = "Work paused until terms are known.\nA decision is expected shortly."
    plan = plan_of(
        f"{TITLE}Ref Action Due date Owner Risks Progress\n"
        "1.1 Mend the roof. May 2025 Head of Baths High Tender let.\n"
        "1.2 Clear the weir. June 2025 Head of Rivers Low Begun in May.\n"
        f"1.3 Ring all tenants. July 2025 Head of Homes \xa0 {paused}\n"
        "1.4 Sell the depots. May 2025 Head of Baths High All sold.\n"
    )
    assert plan.activities[2].progress == paused
    assert "Risks" not in plan.activities[2].extra


def test_a_ref_that_reads_as_the_day_of_the_date_behind_it_is_a_ref() -> None:
    plan = plan_of(
        f"{TITLE}No. When Action Lead officer\n"
        "1 March 2025 Mend the roof. Head of Baths\n"
        "2 April 2025 Clear the weir. Head of Rivers\n"
        "3 May 2025 Ring all tenants. Head of Homes\n"
    )
    assert [a.ref for a in plan.activities] == ["1", "2", "3"]
    assert [a.lead_officers for a in plan.activities] == [("Head of Baths",), ("Head of Rivers",), ("Head of Homes",)]


def test_the_last_words_of_names_that_come_again_are_no_cells() -> None:
    towns = ("Fenby", "Norby", "Dunby", "Skelby", "Calby", "Rosby")
    rows = "".join(
        f"Mend bridge number {n} in the north.\n\nHead of Roads\n\n{when} 2025\n\nOn track\n\n"
        f"{n}5% complete at the time of writing.\n\nAge Concern {town}, {town} Chamber of Commerce\n\n"
        for n, (when, town) in enumerate(zip(MONTHS, towns, strict=True), 1)
    )
    plan = plan_of(f"{TITLE}Activity Lead officer Deadline RAG rating Update Partners\n\n{rows}")
    assert [a.extra.get("Partners") for a in plan.activities] == [
        f"Age Concern {town}, {town} Chamber of Commerce" for town in towns
    ]


def test_partners_are_values_behind_members_too() -> None:
    partners = ("None", "Oakby Chamber of Commerce", "the Lydby Partnership", "Parish councils", "None", "None")
    said = (
        "Milestone met.",
        "Report considered by the board.",
        "Draft circulated.",
        "Two sold.",
        "Begun.",
        "All rung.",
    )
    rows = "".join(
        f"A{n} Mend bridge number {n}. {when} 2025 Head of Roads Portfolio Holder – Homes {partner} {text}\n"
        for n, (when, partner, text) in enumerate(zip(MONTHS, partners, said, strict=True), 1)
    )
    plan = plan_of(f"{TITLE}Ref Task Completion date Lead officer Executive Member Key partners Progress\n{rows}")
    assert [a.progress for a in plan.activities] == list(said)
    assert [a.extra["Key partners"] for a in plan.activities] == list(partners)


def test_some_borders_stand_within_lines_though_most_cells_have_their_own() -> None:
    partners = ("None", "Fenby Housing Trust, Age Concern Dunby", "Skelby Youth Alliance") * 2
    rows = "".join(
        f"Mend bridge number {n} in the spring{gap}{partner}\n\n{when} 2025\n\nRoads and Transport\n\n"
        f"Director of {who}\n\n{state}\n\n"
        for n, (who, when, partner, state, gap) in enumerate(
            zip(
                ("Roads", "Bridges") * 3,
                MONTHS,
                partners,
                ("On track", "Complete", "At risk") * 2,
                (" ", "\n\n") * 3,
                strict=True,
            ),
            1,
        )
    )
    plan = plan_of(f"{TITLE}Action Key partners Deadline Service area Responsibility Current status\n\n{rows}")
    assert [a.extra for a in plan.activities] == [{"Key partners": partner} for partner in partners]


def test_headings_stand_among_rows_whose_refs_have_no_header() -> None:
    rows = "".join(
        f"{name}\n"
        + "".join(
            f"2.1.{group}.{n} Mend bridge {group}{n}. {when} 2025 People Portfolio Holder – Homes On track Begun.\n"
            for n, when in enumerate(MONTHS[:3], 1)
        )
        for group, name in enumerate(("A skilled workforce", "Active lives", "Planning that listens"), 1)
    )
    plan = plan_of(f"{TITLE}What we will do By when Department Executive Member RAG rating Latest update\n{rows}")
    assert [group.title for group in plan.groups] == ["A skilled workforce", "Active lives", "Planning that listens"]
    assert [a.group_id for a in plan.activities] == [g.id for g in plan.groups for _ in range(3)]
    assert {a.progress for a in plan.activities} == {"Begun."}


def test_a_remark_that_comes_again_ends_before_a_sentence_on_its_line() -> None:
    inflation, staff = "Inflation in construction costs", "Loss of key staff"
    said = (
        (inflation, "Contractor appointed and site met."),
        ("Low", "Two sold."),
        (staff, "Draft circulated to partners."),
        (inflation, "Tender documents issued; 12 bids received."),
        ("Low", "Consultation closed."),
        (staff, "No change so far."),
    )
    rows = "".join(
        f"Mend bridge number {n}. {when} 2025 People Cllr {name} (Homes)\n{risk} {text}\n"
        for n, (when, name, (risk, text)) in enumerate(zip(MONTHS, ("Jo Marsh", "Ed Rey") * 3, said, strict=True), 1)
    )
    plan = plan_of(f"{TITLE}Action Timescale Directorate Cabinet Member Risks Progress\n{rows}")
    assert [(a.extra["Risks"], a.progress) for a in plan.activities] == list(said)


def test_a_whole_remark_is_over_before_two_sentences_and_before_a_figure() -> None:
    high, staff = "High", "Loss of key staff"
    said = (
        (high, "Draft sent to partners."),
        (staff, "Pilot finished in Arden. Take-up is good."),
        (high, "85% complete at the time of writing."),
        (staff, "Tender documents issued."),
        (high, "On course. Some 48 people have come."),
        (staff, "55% complete at the time of writing."),
        (high, "Pilot finished in Bray. Take-up is good."),
        (staff, "Contractor appointed and site met."),
    )
    members = ("Member for Homes", "Member for Roads", "Member for Arts")
    rows = "".join(
        f"1.{n} Mend bridge number {n} Q{n % 4 + 1} Roads Directorate Cabinet {members[n % 3]} {risk} {text}\n"
        for n, (risk, text) in enumerate(said, 1)
    )
    plan = plan_of(f"{TITLE}Ref Action When Directorate Cabinet Member Risks Commentary\n{rows}")
    assert [(a.extra.get("Risks"), a.progress) for a in plan.activities] == list(said)


def test_a_remark_behind_one_name_alone_is_no_part_of_it() -> None:
    said = (
        ("High", "Draft sent to partners."),
        ("Loss of key staff", "Tender documents issued."),
        ("High", "Contractor appointed and site met."),
        ("Low", "Consultation closed."),
        ("Loss of key staff", "Two of them sold."),
        ("Loss of key staff", "Pilot finished in Bray."),
        ("Low", "Milestone met ahead of time."),
        ("Low", "Work paused until terms are known."),
        ("Low", "Some 55% are done."),
    )
    members = ("Housing and Homes", "Housing and Homes", "Roads and Rivers", "Roads and Rivers", "Roads and Rivers")
    rows = "".join(
        f"Mend bridge number {n}. {when} 2025 People Portfolio Holder – {member} {risk} {text}\n"
        for n, ((risk, text), when, member) in enumerate(
            zip(said, (*MONTHS, *MONTHS[:3]), (*members, *("Culture and Arts",) * 4), strict=True), 1
        )
    )
    plan = plan_of(f"{TITLE}Action Timescale Directorate Portfolio Holder Risks Progress\n{rows}")
    assert [(a.extra.get("Risks"), a.progress) for a in plan.activities] == list(said)


def test_remarks_may_stand_before_the_dates() -> None:
    acts = (
        ("Commission a second", "CT scanner.", "Low"),
        ("Treat all who have waited. A note will", "follow.", "Loss of key staff"),
        ("Call everyone on the", "list", "Low"),
        ("Raise the use of", "theatres", "Loss of key staff"),
        ("Offer help on every", "ward.", "Low"),
        ("Open a clinic at", "Marsh General.", "Loss of key staff"),
        ("Cut waits by", "half", ""),
    )
    rows = "".join(
        f"P{n} {first} {last} {risk}{risk and ' '}{when} 2025 Head of {team}\n"
        for n, ((first, last, risk), when, team) in enumerate(
            zip(
                acts, (*MONTHS, "May"), ("Theatres", "Wards", "Flow", "Wards", "Theatres", "Flow", "Flow"), strict=True
            ),
            1,
        )
    )
    plan = plan_of(f"{TITLE}No. Key action Risks Timescale Accountable officer\n{rows}")
    assert [(a.activity, a.extra.get("Risks", "")) for a in plan.activities] == [
        (f"{first} {last}", risk) for first, last, risk in acts
    ]
    assert ("P7", "activity") not in doubts_of(plan)


def test_words_that_lead_up_to_the_date_are_no_remark_however_often_their_head_comes_again() -> None:
    posts = ("Fire Safety", "Fire Safety, Built Environment and Plans", "Culture", "Training", "Training", "Culture")
    whens = ("August 2024; February 2025", "Q2", "Q3", "By March 2025", "Q1", "Q4")
    rows = "".join(
        f"P{n} Mend pump number {n} {body} Deputy Director of {post} {when} {said}\n"
        for n, (body, post, when, said) in enumerate(
            zip(
                ("Assets", "Delivery") * 3,
                posts,
                whens,
                ("On course.", "Met ahead of time.", "Begun.") * 2,
                strict=True,
            ),
            1,
        )
    )
    plan = plan_of(f"{TITLE}Action No What we will do Lead directorate Led by When Latest update\n{rows}")
    assert [a.lead_officers for a in plan.activities] == [(f"Deputy Director of {post}",) for post in posts]
    assert [a.timescale and a.timescale.as_published for a in plan.activities] == list(whens)


def test_a_span_behind_a_word_that_calls_for_another_is_of_its_sentence() -> None:
    rows = "".join(
        f"2.{n} {text} Service Manager - {team}\n"
        for n, (text, team) in enumerate(
            (
                ("Answer all calls in May 2024", "Calls"),
                ("Cut the time from report to decision to under 120 days", "Calls"),
                ("Staff the unit on all days Sep 2024", "Care"),
                ("Ring all tenants Q4", "Care"),
            ),
            1,
        )
    )
    plan = plan_of(f"{TITLE}Action ref Action Completion date Lead officer\n{rows}")
    assert plan.activities[1].activity == "Cut the time from report to decision to under 120 days"


def test_what_follows_a_note_on_a_line_of_its_own_is_no_more_of_the_activity() -> None:
    rows = (
        ("1.1", "Mend 20 pumps", "", "Service Delivery", "Training"),
        ("1.2", "Test all hoses", "(New this year)\n", "", "Culture"),
        ("1.3", "Ring all crews", "", "Service Delivery", "Training"),
        ("2.1", "Audit all 2,400 premises", "(Also links to Homes)\n", "People and Assets", "Premises"),
        ("2.2", "Press owners of tall blocks", "", "", "Premises"),
        ("2.3", "Share lists with all teams", "", "", "Training"),
        ("3.1", "Open a line", "", "Service Delivery", "Culture"),
        ("3.2", "Rebuild the yard", "", "", "Culture"),
    )
    text = "".join(
        f"{ref} {act}{note and chr(10)}{note.strip()} {body}{body and ' '}Director of {post} Q{n % 4 + 1}\n"
        for n, (ref, act, note, body, post) in enumerate(rows)
    )
    plan = plan_of(f"{TITLE}Ref Action Lead directorate Led by When\n{text}")
    assert [a.activity for a in plan.activities] == [act for _, act, *_ in rows]
    assert plan.activities[3].lead_directorates == ("People and Assets",)


def test_what_has_no_title_is_no_member_where_all_others_have_one() -> None:
    member, other = "Executive Member for Homes", "Executive Member for Roads"
    finance, growth = "Finance and Governance", "Growth and Skills"
    rows = (
        *((member, finance), ("", f"Children and Learning\n\n{finance}"), (member, growth), ("", finance)),
        *((other, growth), ("", f"Children and Learning\n\n{growth}"), (other, finance), (member, growth)),
        *((other, growth), (member, finance), (other, growth), (member, finance), ("", growth)),
    )
    text = "".join(
        f"1.{n}\n\nMend bridge number {n}\n\n{who}{who and chr(10) * 2}{bodies}\n\nQ{n % 4 + 1}\n\n"
        for n, (who, bodies) in enumerate(rows, 1)
    )
    plan = plan_of(f"{TITLE}No. Task Portfolio Holder Service Timeframe\n\n{text}")
    assert [a.lead_directorates for a in plan.activities] == [tuple(bodies.split("\n\n")) for _, bodies in rows]


def test_a_cell_may_begin_small_behind_a_sentence_or_a_note() -> None:
    acts = (
        ("Re-vet all 90 officers.", "estate cost under £45,000"),
        ("Sell 10 stations and buy £620k of vehicles.\n(Also links to Homes)", "estate cost under £620k"),
        ("Open a hangar.", "8% of immediate incidents reached in 15 minutes"),
        ("Equip all officers with cameras.\n(Statutory duty)", "15% of immediate incidents reached in 15 minutes"),
        ("Bring carbon down (by half) in all depots.", "Vetting complete"),
        ("Name a constable, e.g. for all wards.", "Vetting complete"),
    )
    rows = "".join(
        f"2.{n} {act} {said} Q{n % 4 + 1} 2023/24 Corporate Development Service Director, {team}\n"
        for n, ((act, said), team) in enumerate(zip(acts, ("Vetting", "Digital Policing") * 3, strict=True), 1)
    )
    plan = plan_of(f"{TITLE}Action How we will measure it By when Department Responsibility\n{rows}")
    assert [a.extra.get("How we will measure it") for a in plan.activities] == [said for _, said in acts]
    assert [len(a.notes) + len(a.also_links_to) for a in plan.activities] == [0, 1, 0, 1, 0, 0]


def test_a_second_sentence_of_progress_begins_no_row_where_rows_begin_with_verbs() -> None:
    paused = "Work paused until terms are known.\nA decision is expected soon."
    rows = (
        ("Open the weir", "Quarter 1", "Ecology", "Begun."),
        ("Advise 650 graziers on the schemes", "Quarter 2", "Woodlands", paused),
        ("Block all drains and sow moss", "Quarter 3", "Ecology", "Met ahead of time."),
        ("Let 7 plots to a trust", "Quarter 1", "Planning", paused),
        ("Start a lighting scheme", "Quarter 4", "Planning", "On course."),
        ("Plant 200 limes", "Quarter 3", "Ecology", "Two met."),
        ("Publish a map of all paths", "Quarter 1", "Planning", "Begun."),
        ("Adopt guidance on lets", "Quarter 2", "Woodlands", "Begun."),
    )
    text = "".join(f"{act} {when} Assistant Director, {team} {said}\n" for act, when, team, said in rows)
    plan = plan_of(f"{TITLE}Action Timescale Lead officer Progress\n{text}")
    assert [(a.activity, a.progress) for a in plan.activities] == [(act, said) for act, _, _, said in rows]


def doubts_of(plan: Plan) -> set[tuple[str | None, str | None]]:
    return {(issue.ref, issue.field) for issue in plan.issues if issue.code == "border-inferred"}


def test_a_figure_may_open_a_cell_behind_as_above_and_a_year_behind_heads_of_year() -> None:
    plan = plan_of(
        f"{TITLE}Ref Deliverable Deadline Lead officer Progress update\n"
        "P1a Run panels with heads of year 2024/25 Head of Schools Begun.\n"
        "P1b Rotate posts. Q2 As above 12% complete at the time of writing.\n"
        "P2 Ring all tenants. Q3 Head of Homes Two rung.\n"
        "P3 Sell the depots. Q4 Head of Homes None sold.\n"
    )
    first, second = plan.activities[:2]
    assert (first.activity, first.timescale and first.timescale.as_published) == (
        "Run panels with heads of year",
        "2024/25",
    )
    assert (second.lead_officers, second.progress) == (("Head of Schools",), "12% complete at the time of writing.")


def test_one_of_several_names_that_is_never_at_that_end_of_a_cell_is_doubted() -> None:
    odd = "Growth, Town Centre, Investment and Support"
    lists = (
        ("Corporate Core", odd, "Investment Service"),
        ("Place", "Investment Service"),
        ("Place", "Growth Service"),
    )
    rows = "".join(
        f"E{n}\n\nMend bridge number {n}.\n\n" + "\n\n".join(names) + f"\n\n{when} 2025\n\nOn track\n\n"
        for n, (names, when) in enumerate(zip(lists * 2, MONTHS, strict=True), 1)
    )
    plan = plan_of(f"{TITLE}Ref Action Directorate Lead officer Timeframe Status\n\n{rows}")
    wrong = [a.ref for a in plan.activities if a.lead_directorates not in (("Corporate Core",), ("Place",))]
    found = doubts_of(plan)
    assert all({(ref, "lead_directorates"), (ref, "lead_officers")} <= found for ref in wrong)
    assert not any((a.ref, "lead_officers") in found for a in plan.activities if a.lead_directorates == ("Place",))


def test_no_cell_of_prose_begins_with_a_word_that_joins() -> None:
    rows = "".join(
        f"D{n} Mend bridge number {n}. {when} 2025 Head of Roads {state}{said}\n"
        for n, (when, state, said) in enumerate(
            zip(
                MONTHS,
                ("Delayed ", "On track ", "", "On track ", "Delayed ", "On track "),
                ("Two mended.", "Begun.", "Delayed by staff vacancies; interviews are under way.", "", "Met.", "Done."),
                strict=True,
            ),
            1,
        )
    )
    plan = plan_of(f"{TITLE}Ref Action Deadline Lead officer Status Progress\n{rows}")
    third = plan.activities[2]
    assert (third.status, third.progress) == (None, "Delayed by staff vacancies; interviews are under way.")


def test_numbers_of_headings_are_no_refs_of_rows_whose_header_has_none() -> None:
    rows = (
        ("A warm welcome", "Open the hall on Sundays. May 2025 Town Clerk\nMend the gates. June 2025 Head of Parks"),
        ("Nature in recovery", "Plant 200 limes. June 2025 Head of Parks\nClear the weir. July 2025 Town Clerk"),
        ("Money well spent", "Sell the depots. May 2025 Town Clerk\nRing all tenants. July 2025 Head of Homes"),
    )
    text = "".join(f"Commitment {number} – {name}\n{body}\n" for number, (name, body) in enumerate(rows, 1))
    plan = plan_of(f"{TITLE}Action Timescale Lead officer\n{text}")
    assert [group.title for group in plan.groups] == [name for name, _ in rows]
    assert [each.ref for each in plan.activities] == [None] * 6
    assert [each.lead_officers for each in plan.activities[:2]] == [("Town Clerk",), ("Head of Parks",)]


def test_the_mark_of_an_empty_cell_is_no_name_at_the_border_of_two_columns() -> None:
    plan = plan_of(
        "Ref Action Lead directorate Cabinet Member Timescale Status Key partners\n"
        "1.1 Submit the review to the Secretary of State, alongside the Brynafon Partnership and local voluntary "
        "organisations \xa0 Councillor Gwen Vickerage By the end of April 2024 On track None\n"
        "1.2 Inspect every food business at least once, alongside the Pontddu Partnership and local voluntary "
        "organisations Economy & Infrastructure Directorate Councillor Kwame Prothero On-going At risk Parish councils"
    )
    assert [each.ref for each in plan.activities] == ["1.1", "1.2"]


def test_a_budget_that_comes_again_ends_where_the_sentences_of_the_progress_begin() -> None:
    paused = "Work paused until terms are known.\nA decision is expected shortly."
    rows = (
        ("Mend the roof of the baths.", "Grant-funded", paused),
        ("Clear the old weir.", "£45,000", "Begun. 240 people came."),
        ("Ring all tenants.", "Grant-funded", "72% complete."),
        ("Sell the spare depots.", "£45,000 capital", paused),
        ("Plant 200 limes.", "Within existing resources", "8% complete."),
        ("Open the hall.", "£1.4m", "Two bids came in."),
    )
    plan = plan_of(
        f"{TITLE}Ref Action Due date Directorate Budget Update\n"
        + "".join(
            f"1.{n} {action} May 2025 Places {budget} {said}\n" for n, (action, budget, said) in enumerate(rows, 1)
        )
    )
    assert [(a.activity, a.extra["Budget"], a.progress) for a in plan.activities] == list(rows)


def test_a_capital_by_itself_says_which_one_the_noun_before_it_is() -> None:
    plan = plan_of(
        f"{TITLE}Ref Action SRO Measure of success Due date\n"
        "1.1 Mend the roof of the baths Head of Baths Visits up by a tenth May 2025\n"
        "1.2 Insulate 40 homes, leaving each at band C or better June 2025\n"
        "1.3 Ring all tenants Head of Homes Half of them reached May 2025\n"
        "1.4 Clear the old weir Head of Rivers No flood in the year June 2025\n"
    )
    assert plan.activities[1].activity == "Insulate 40 homes, leaving each at band C or better"


def test_words_that_open_other_measures_open_one_behind_a_name_of_several_words() -> None:
    rows = (
        ("Assistant Director, Health and Safety", "engagement index of 15%"),
        ("Assistant Director, Organisational Development", "engagement index of 55%"),
        ("Assistant Director, Pay and Reward", "engagement index of 90%"),
        ("Assistant Director, Health and Safety", "Sickness under 10 days"),
    )
    plan = plan_of(
        f"{TITLE}Ref Action SRO Measure of success Due date\n"
        + "".join(
            f"1.{n} Mend bridge {n}. {officer} {measure} May 2025\n" for n, (officer, measure) in enumerate(rows, 1)
        )
    )
    assert [(a.lead_officers, a.extra["Measure of success"]) for a in plan.activities] == [
        ((officer,), measure) for officer, measure in rows
    ]


def test_the_name_of_a_group_may_end_as_a_heading_does_and_no_heading_stands_above_a_note() -> None:
    plan = plan_of(
        f"{TITLE}Priority Action SRO Measure of success Due date RAG\n"
        "Homes fit for the future Mend all roofs. Head of Growth 20 jobs kept May 2025 Green\n"
        "Award small grants to traders. Head of Growth 30 jobs kept June 2025 Red\n"
        "Let the covered market to makers\n(Audit action 6) Head of Markets 35 jobs kept July 2025 Red\n"
        "Good jobs, close by Adopt the plan for the old docks. Head of Growth 40 jobs kept May 2025 Green\n"
        "Print forms in large type. Head of Growth 50 jobs kept May 2025 Green\n"
    )
    titles = {group.id: group.title for group in plan.groups}
    assert [titles[a.group_id or ""] for a in plan.activities] == [
        *("Homes fit for the future",) * 3,
        *("Good jobs, close by",) * 2,
    ]


def test_the_last_word_of_a_known_name_is_no_part_of_the_date_on_the_line_below() -> None:
    leads = ("Service Delivery", "People and Assets", "Service Delivery", "Service Delivery", "People and Assets")
    dates = ("By 30 June 2025", "May 2025", "By the end of July 2025", "March 2026", "by 31/01/2026")
    rows = (
        f"1.{n}\n\nMend bridge {n}.\n\nHead of Roads\n\n{lead}\n\n{date}\n\nNo change since May.\n\n"
        for n, (lead, date) in enumerate(zip(leads, dates, strict=True), 1)
    )
    plan = plan_of(f"{TITLE}Ref Activity Responsible officer Lead directorate Timescale Progress\n\n{''.join(rows)}")
    assert [a.lead_directorates for a in plan.activities] == [(lead,) for lead in leads]
    assert [a.timescale.as_published if a.timescale else None for a in plan.activities] == list(dates)


def test_officers_that_a_first_guess_takes_for_directorates_are_not_missing() -> None:
    staff, costs = "Loss of key staff", "Inflation in construction costs"
    access, fields, parks = "Paths and Recreation Service", "Farming in Protected Valleys Team", "Finance and Resources"
    rows = (
        ("15th July 2026", (access, "Mill Community Foundation"), ("Engagement",), "Medium"),
        ("1st August 2026", ("Rangers",), ("Engagement",), staff),
        ("May 2025", ("Visitor Services Team",), ("Engagement",), staff),
        ("15 March 2027", ("Visitor Services Team", access), ("Engagement",), staff),
        ("December 2025", (fields,), (parks,), "Medium"),
        ("August 2026", ("Ecology Service",), (parks,), "High"),
        ("Annually", ("Hedges Team",), (parks,), "High"),
        ("1st November 2025", ("Hedges Team",), (parks,), "Low"),
        ("April 2026", ("Cultural Heritage",), ("Land and Water", parks), "Medium"),
        ("May 2026", ("Planning",), ("Land and Water",), staff),
        (
            "Six-monthly",
            ("Planning, Rural Trade and Cultural Heritage Service", "Cultural Heritage"),
            ("Land and Water",),
            costs,
        ),
        ("28 January 2026", ("Planning",), ("Land and Water",), costs),
    )
    text = f"{TITLE}Ref Action Timescale Lead officer Directorate Risks\n"
    for number, (date, officers, bodies, risk) in enumerate(rows, 1):
        people = " ".join("\n".join(names) for names in (officers, bodies))
        text += f"1.{number} Mend bridge {number}. {date} {people} {risk}\n"
    plan = plan_of(text)
    found = [(a.lead_officers, a.lead_directorates, a.extra["Risks"]) for a in plan.activities]
    assert found == [(officers, bodies, risk) for _, officers, bodies, risk in rows]


DELIVERED = (
    "1.1 Mend the roof of the baths. May 2025 Service Director, Baths Red Begun in the spring.\n"
    "1.2 Clear the old weir. June 2025 Service Director, Rivers Green Let in May to a local firm.\n"
    "1.3 Ring all tenants. July 2025 Service Director, Lettings Green All were rung by autumn.\n"
    "1.4 Sell the spare depots. May 2025 Service Director, Estates Red Two were sold at auction.\n"
)


def test_a_header_cell_that_its_row_has_twice_may_stand_right_before_another() -> None:
    header = "Action ref Key action Delivery Lead Delivery Commentary\nWhen Current status\n"
    plan = plan_of(f"{TITLE}{header}{DELIVERED}")
    assert [(a.timescale and a.timescale.as_published, a.lead_officers, a.status) for a in plan.activities] == [
        ("May 2025", ("Service Director, Baths",), "Red"),
        ("June 2025", ("Service Director, Rivers",), "Green"),
        ("July 2025", ("Service Director, Lettings",), "Green"),
        ("May 2025", ("Service Director, Estates",), "Red"),
    ]


def test_a_title_that_begins_with_a_header_word_is_no_part_of_a_header_of_two_rows() -> None:
    title = "Strategic Action Plan 2024/25 to 2025/26"
    header = "Cyf / Ref Cam gweithredu / Action Delivery Accountability Cynnydd / Progress\n"
    header += "Statws / Status Amserlen / Timescale Swyddog arweiniol / Lead officer "
    header += "Cyfarwyddiaeth / Directorate Aelod Cabinet / Cabinet Member\n"
    rows = "".join(
        f"1.{n} {act} {state} {month} 2025 {post} {body} {member} Tenders are out.\n"
        for n, (act, state, month, post, body, member) in enumerate(
            (
                ("Mend the roof of the baths.", "At risk", "May", "SM Baths", "Places", "Cllr Nia Ings"),
                ("Clear the old weir.", "On track", "June", "SM Rivers", "Places", "Cllr Nia Ings"),
                ("Ring all tenants.", "On track", "July", "AD Lettings", "Homes", "Cllr Ugo Hart"),
                ("Sell the spare depots.", "At risk", "May", "AD Estates", "Homes", "Cllr Ugo Hart"),
            ),
            1,
        )
    )
    plan = plan_of(f"{title}\n\n{header}{rows}")
    assert plan.title == title
    assert [(a.lead_officers, a.lead_cabinet_members) for a in plan.activities] == [
        (("SM Baths",), ("Cllr Nia Ings",)),
        (("SM Rivers",), ("Cllr Nia Ings",)),
        (("AD Lettings",), ("Cllr Ugo Hart",)),
        (("AD Estates",), ("Cllr Ugo Hart",)),
    ]


def test_a_row_is_over_behind_its_date_where_the_next_line_begins_as_an_activity_does() -> None:
    plan = plan_of(
        f"{TITLE}What we will do Timeframe Responsibility Executive Member\n"
        "Mend the roof of the baths before the winter rains begin. May 2025 Ada Moss\n\nCllr Nia Ings\n\n"
        "Clear the old weir of the timber that the floods left.\n\nJune 2025\n\nTom Rudd Cllr Nia Ings\n"
        "Review the licences of all street traders in the market square. Annually\n"
        "Inspect every kitchen of the town once, so that diners know what they eat. Q2\n\nTom Rudd\n\nCllr Nia Ings\n\n"
        "Ring all tenants of the old blocks about their damp walls. July 2025\n\nTom Rudd\n\nCllr Ugo Hart\n"
        "Sell the spare depots by the canal at auction.\n\nMay 2025 Ada Moss Cllr Ugo Hart\n"
    )
    assert [a.timescale and a.timescale.as_published for a in plan.activities] == [
        "May 2025",
        "June 2025",
        "Annually",
        "Q2",
        "July 2025",
        "May 2025",
    ]
