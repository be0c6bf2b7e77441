"""`normalise` over small plans made by hand, in the shapes that real ones have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest

from extractor.document import Document, Line, Origin
from extractor.locations import NOWHERE, Location
from extractor.normalise import normalise
from extractor.normalise.references import check
from extractor.profile import Profile, Settings
from extractor.records import Issue, Plan
from extractor.rows import CellState, Claim, FoundGroup, FoundTable, PlanRow, PlanRows, RowCell
from extractor.vocabulary import Meaning
from extractor.vocabulary.headings import find_year

COLUMNS: frozenset[Meaning] = frozenset({"ref", "activity", "timescale", "lead_officers"})
GROUPS = (
    FoundGroup("Outcome: Homes are safe", "outcome", None, "Homes are safe", None),
    FoundGroup("Outcome: Roads and paths", "outcome", None, "Roads and paths", None),
)


def cell(text: str = "", state: CellState | None = None, from_row: int | None = None, header: str = "") -> RowCell:
    lines = tuple(Line(line) for line in text.splitlines())
    return RowCell(lines, header, state or ("filled" if lines else "empty"), from_row)


def row(ref: str, activity: str, timescale: str = "Quarter 1", officer: str = "Town Clerk", **more: Any) -> PlanRow:
    cells: dict[Meaning, RowCell] = {
        "ref": cell(ref),
        "activity": cell(activity),
        "timescale": cell(timescale),
        "lead_officers": cell(officer),
    }
    changed = cast(Mapping[Meaning, RowCell], more.pop("cells", {}))
    return replace(PlanRow({**cells, **changed}, group_index=0, columns=COLUMNS), **more)


def plan_of(*rows: PlanRow, settings: Settings | None = None, media: str = "text/html", **more: Any) -> Plan:
    document = Document(Origin(name="plan", media_type=media, sha256="0" * 64, size=1), (), words=more.pop("words", 0))
    found = PlanRows(document, rows, GROUPS, title="Delivery Plan 2024/25", period_label="2024/25")
    return normalise(replace(found, **more), settings or Settings())


def flags(plan: Plan) -> list[Issue]:
    return [issue for issue in plan.issues if issue.severity != "info"]


def test_a_row_becomes_a_record_without_a_flag() -> None:
    plan = plan_of(row("3.1", "Open a home.\n(Also links to roads & paths outcome)\n(Subject to the grant)"))
    (activity,) = plan.activities
    assert (activity.id, activity.ref, activity.group_id) == ("3.1", "3.1", "outcome-homes-are-safe")
    assert activity.activity == "Open a home."
    assert activity.notes == ("Subject to the grant",)
    assert activity.also_links_to[0].group_id == "outcome-roads-and-paths"
    assert activity.timescale is not None
    assert str(activity.timescale.end) == "2024-06-30"
    assert activity.provenance["lead_officers"].known == "printed"
    assert flags(plan) == []


def test_sub_items_share_the_lead_in_and_inherit_people_only() -> None:
    plan = plan_of(
        row("3.5 a)", "Provide new homes:\na) Open a home."),
        row("3.5 b)", "b) Open another.", "", ""),
        row("3.5 c)", "c) Open a third.", "Quarter 3", ""),
        row("3.6", "Close a home.", "Quarter 4", ""),
    )
    first, second, third, last = plan.activities
    assert [a.lead_in for a in plan.activities] == ["Provide new homes:"] * 3 + [None]
    assert [a.inherited for a in (first, second, third)] == [
        (),
        ("lead_in", "lead_officers"),
        ("lead_in", "lead_officers"),
    ]
    assert third.lead_officers == ("Town Clerk",)
    assert third.provenance["lead_officers"].from_id == "3.5a"
    assert second.timescale is None
    assert last.lead_officers == ()
    assert [(i.code, i.activity_id) for i in flags(plan)] == [
        ("timescale-missing", "3.5b"),
        ("officer-missing", "3.6"),
    ]


def test_a_row_that_holds_only_the_lead_in_is_no_record() -> None:
    plan = plan_of(
        row("3.1", "Build homes.", officer="Head of Housing"),
        row("3.2", "Build and buy homes:", ""),
        row("a)", "Hand over the first.", "Quarter 1", ""),
        row("b)", "Start on site.", "Quarter 2", ""),
    )
    assert [(a.ref, a.ref_as_published, a.parent_ref) for a in plan.activities] == [
        ("3.1", "3.1", None),
        ("3.2a", "a)", "3.2"),
        ("3.2b", "b)", "3.2"),
    ]
    assert all(a.lead_in == "Build and buy homes:" for a in plan.activities[1:])
    assert all(a.inherited == ("lead_in", "lead_officers") for a in plan.activities[1:])
    assert flags(plan) == []


def test_a_parent_with_a_timescale_of_its_own_stays_a_record() -> None:
    plan = plan_of(row("3.2", "Build homes.", "Quarter 4"), row("3.2a", "Hand over the first.", "Quarter 1", ""))
    assert [a.ref for a in plan.activities] == ["3.2", "3.2a"]
    assert plan.activities[1].lead_in is None
    assert plan.activities[1].lead_officers == ("Town Clerk",)


def test_nothing_is_inherited_across_a_heading() -> None:
    plan = plan_of(row("3.5 a)", "Open a home."), row("3.5 b)", "Open another.", officer="", group_index=1))
    assert plan.activities[1].lead_officers == ()


def test_merged_and_ditto_cells_inherit_whatever_they_hold() -> None:
    plan = plan_of(
        row("1", "One"),
        row("2", "Two", cells={"timescale": cell("Quarter 1", "merged", 0), "lead_officers": cell("", "ditto", 0)}),
        row("3", "Three", officer="As above"),
    )
    assert plan.activities[1].inherited == ("lead_officers", "timescale")
    assert [a.lead_officers for a in plan.activities] == [("Town Clerk",)] * 3
    assert plan.activities[2].inherited == ("lead_officers",)
    assert plan.activities[2].provenance["lead_officers"].from_id is not None
    assert flags(plan) == []


def test_lost_refs_come_from_the_neighbours_or_not_at_all() -> None:
    plan = plan_of(row("P7", "Seven"), row("", "Eight"), row("P9", "Nine"), row("", "Ten?"))
    assert [(a.ref, a.ref_basis) for a in plan.activities] == [
        ("P7", "published"),
        ("P8", "inferred"),
        ("P9", "published"),
        (None, "none"),
    ]
    assert [(i.code, i.ref) for i in flags(plan)] == [("ref-inferred", "P8"), ("ref-missing", None)]


def test_a_plan_without_refs_gets_none_and_no_warning() -> None:
    plan = plan_of(row("", "Open a home."), row("", "Open a home."))
    assert [a.ref for a in plan.activities] == [None, None]
    assert len({a.id for a in plan.activities}) == 2
    assert flags(plan) == []


def test_gaps_and_repeats_are_told_and_restarts_are_not() -> None:
    plan = plan_of(row("3.1", "A"), row("3.3", "B"), row("3.3", "C"))
    assert next((i.code, i.activity_id) for i in flags(plan)) == ("ref-gap", None)
    assert "ref-duplicate" in [i.code for i in flags(plan)]
    assert len({a.id for a in plan.activities}) == 3
    again = plan_of(row("1", "A"), row("2", "B"), row("1", "C", group_index=1), row("2", "D", group_index=1))
    assert flags(again) == []
    assert len({a.id for a in again.activities}) == 4


def test_start_and_end_columns_make_one_timescale() -> None:
    cells: dict[Meaning, RowCell] = {"timescale_start": cell("April 2024"), "timescale_end": cell("March 2026")}
    columns: frozenset[Meaning] = frozenset({"activity", "timescale_start", "timescale_end"})
    plan = plan_of(PlanRow({"activity": cell("Do it."), **cells}, columns=columns, group_index=0))
    timescale = plan.activities[0].timescale
    assert timescale is not None
    assert (str(timescale.start), str(timescale.end)) == ("2024-04-01", "2026-03-31")
    assert timescale.as_published == "April 2024 – March 2026"


def test_other_columns_go_to_extra_under_their_header() -> None:
    extra = (cell("£5m", header="Budget"), cell("£6m", header="Budget"), cell("", header="Risk"))
    plan = plan_of(row("1", "One", extra=extra))
    assert plan.activities[0].extra == {"Budget": "£5m", "Budget (2)": "£6m"}


def test_what_is_no_ref_is_kept() -> None:
    plan = plan_of(row("1", "One"), row("see the annex", "Two"))
    assert "see the annex" in plan.activities[1].extra.values()
    assert [i.code for i in flags(plan)] == ["ref-missing"]


def test_the_document_may_define_its_own_quarters_and_period() -> None:
    prose = (
        "This plan covers the fifteen months from 1 January 2022 to 31 March 2023.",
        "Quarter 1 is January to March 2022, Quarter 2 is April to June 2022, Quarter 5 is January to March 2023.",
    )
    plan = plan_of(row("1", "One"), row("2", "Two", "Quarter 5"), period_label="2022", title="Plan 2022", prose=prose)
    assert plan.period is not None
    assert (str(plan.period.start), plan.period.basis) == ("2022-01-01", "stated")
    ends = [str(a.timescale.end) for a in plan.activities if a.timescale]
    assert ends == ["2022-03-31", "2023-03-31"]


def test_calendar_quarters_as_the_prose_has_them() -> None:
    prose = ("Quarter 1 is January to March, Quarter 2 is April to June, Quarter 3 is July to September.",)
    plan = plan_of(row("1", "One", "Q2 2025"), prose=prose)
    timescale = plan.activities[0].timescale
    assert timescale is not None
    assert str(timescale.end) == "2025-06-30"


_KEY = {
    "Quarter 1": "January to March",
    "Quarter 2": "April to June",
    "Quarter 3": "July to September",
    "Quarter 4": "October to December",
}


def timed(plan: Plan) -> list[tuple[str, str]]:
    return [(str(a.timescale.start), str(a.timescale.end)) for a in plan.activities if a.timescale]


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Delivery Plan January to December 2025", ("2025-01-01", "2025-12-31")),
        ("Action Plan 1 July 2025 - 30 June 2026", ("2025-07-01", "2026-06-30")),
        ("Plan 1st April 2025 to 31st March 2026", ("2025-04-01", "2026-03-31")),
        ("Plan 01/07/2025 – 30/06/2026", ("2025-07-01", "2026-06-30")),
        ("Plan July 1, 2025 - June 30, 2026", ("2025-07-01", "2026-06-30")),
        ("Plan 2025 (January to December)", ("2025-01-01", "2025-12-31")),
        ("Plan for calendar year 2025", ("2025-01-01", "2025-12-31")),
        ("Plan April to March 2025/26", ("2025-04-01", "2026-03-31")),
        ("Plan 2025-30", ("2025-01-01", "2030-12-31")),
        ("Progress, January to March 2026", ("2025-04-01", "2026-03-31")),
        ("Progress April to September 2025, Delivery Plan 2025/26", ("2025-04-01", "2026-03-31")),
        ("Progress report, April to September 2025", ("2025-04-01", "2026-03-31")),
        ("Plan: update March to May 2025 (2025/26)", ("2025-04-01", "2026-03-31")),
        ("Action Plan July to December 2025", ("2025-07-01", "2025-12-31")),
        ("DELIVERY PLAN JANUARY TO DECEMBER 2025", ("2025-01-01", "2025-12-31")),
        ("Business Plan 2024 (January - December 2024)", ("2024-01-01", "2024-12-31")),
        ("Plan 2025/26 (July 2025 to June 2026)", ("2025-07-01", "2026-06-30")),
        ("Plan, year ending 31 March 2026", ("2025-04-01", "2026-03-31")),
        ("Plan for the year to February 2025", ("2024-03-01", "2025-02-28")),
    ],
)
def test_months_and_days_in_a_title_are_the_period(title: str, days: tuple[str, str]) -> None:
    plan = plan_of(row("1", "One"), period_label=find_year(title), title=title)
    assert plan.period is not None
    assert (str(plan.period.start), str(plan.period.end)) == days


@pytest.mark.parametrize(
    "defined",
    [
        {"prose": ("We use calendar quarters (Quarter 1 is January to March).",)},
        {"tables": (FoundTable("Key", (), tuple(_KEY.items()), NOWHERE),)},
    ],
)
def test_quarters_are_those_of_the_plans_key_or_of_the_calendar(defined: Mapping[str, Any]) -> None:
    plan = plan_of(row("1", "One", "Quarter 4"), period_label="2025", title="Plan 2025", **defined)
    assert timed(plan) == [("2025-10-01", "2025-12-31")]


def test_cells_that_name_the_months_of_their_quarter_name_those_of_all() -> None:
    rows = (row("1", "One", "Quarter 4 (Oct-Dec 2025)"), row("2", "Two", "Q2 and Q3"))
    plan = plan_of(*rows, period_label="2025", title="Plan 2025")
    assert timed(plan) == [("2025-10-01", "2025-12-31"), ("2025-04-01", "2025-09-30")]
    assert not flags(plan)


@pytest.mark.parametrize(
    ("prose", "start"),
    [
        ("All timescales are in calendar quarters.", "2025-10-01"),
        ("Quarters refer to calendar year quarters.", "2025-10-01"),
        ("Timescale (calendar quarter)", "2025-10-01"),
        ("We report to committee each calendar quarter.", "2026-01-01"),
        ("Quarters are financial, unlike the calendar quarters used before.", "2026-01-01"),
        ("Quarters are not calendar quarters.", "2026-01-01"),
        ("Results by calendar quarter", "2026-01-01"),
    ],
)
def test_quarters_are_the_calendars_only_where_the_plan_says_so_of_them(prose: str, start: str) -> None:
    plan = plan_of(row("1", "One", "Quarter 4"), period_label="2025/26", title="Plan 2025/26", prose=(prose,))
    assert timed(plan)[0][0] == start
    assert not flags(plan)


def test_one_cells_quarter_that_is_not_of_the_plans_own_year_leaves_a_doubt() -> None:
    rows = (row("1", "One", "Quarter 4 (Oct-Dec)"), row("2", "Two", "Quarter 2"), row("3", "Three", "Q2 2025/26"))
    plan = plan_of(*rows, period_label="2025/26", title="Plan 2025/26")
    assert [(issue.ref, issue.code) for issue in flags(plan)] == [("1", _UNSURE), ("2", _UNSURE)]
    plan = plan_of(*rows, row("4", "Four", "Q3 (Jul-Sep)"), period_label="2025/26", title="Plan 2025/26")
    assert not flags(plan)


_UNSURE = "timescale-ambiguous"


def test_a_ref_of_a_scan_that_is_built_unlike_the_others_is_doubted() -> None:
    scan = Location(page=1, bbox=(0, 0, 1, 1), method="ocr")
    refs = ["3.4", "3.5", "3.6 a)", "3.6 b)", "41", "4.2"]
    plan = plan_of(*(row(ref, f"{ref} done", location=scan) for ref in refs))
    assert [issue.ref for issue in flags(plan) if issue.code == "text-uncertain"] == ["41"]
    plan = plan_of(*(row(ref, f"{ref} done") for ref in refs))
    assert not [issue for issue in flags(plan) if issue.code == "text-uncertain"]


def test_what_a_profile_says_in_vain_is_told() -> None:
    settings = Settings(profile=Profile(period="soon", publisher_id="GB-LAE-XXX"))
    messages = [issue.message for issue in flags(plan_of(row("1", "One"), settings=settings))]
    assert len(messages) == 2
    assert "'soon'" in messages[0]
    assert "GB-LAE-XXX" in messages[1]


def test_a_quarter_of_fifteen_months_is_doubted() -> None:
    plan = plan_of(row("1", "One", "Quarter 1"), period_label="January 2025 to March 2026", title="Plan")
    assert [issue.code for issue in flags(plan)] == ["timescale-ambiguous"]
    plan = plan_of(row("1", "One", "Quarter 1 2025/26"), period_label="January 2025 to March 2026", title="Plan")
    assert not flags(plan)


def test_the_callers_period_counts_where_the_document_has_none() -> None:
    settings = Settings(profile=Profile(period="2023/24", publisher_name="A Council", publisher_id="GB-LAE-XXX"))
    plan = plan_of(row("1", "One", "March"), settings=settings, period_label=None, title=None)
    timescale = plan.activities[0].timescale
    assert timescale is not None
    assert str(timescale.end) == "2024-03-31"
    assert plan.publisher is not None
    assert plan.publisher.id == "GB-LAE-XXX"
    assert [i.code for i in flags(plan)] == ["title-missing"]


def test_the_callers_period_wins_over_the_documents() -> None:
    plan = plan_of(row("1", "One", "March"), settings=Settings(period="2030/31"), title="Delivery Plan 2024/25")
    assert plan.period is not None
    assert str(plan.period.start) == "2030-04-01"
    timescale = plan.activities[0].timescale
    assert timescale is not None
    assert str(timescale.end) == "2031-03-31"


def test_a_lost_ref_is_filled_with_zeros_only_where_its_neighbours_are() -> None:
    plan = plan_of(row("2.8", "One"), row("", "Two"), row("2.10", "Three"))
    assert [a.ref for a in plan.activities] == ["2.8", "2.9", "2.10"]
    plan = plan_of(row("CC-08", "One"), row("", "Two"), row("CC-10", "Three"))
    assert [a.ref for a in plan.activities] == ["CC-08", "CC-09", "CC-10"]


def test_names_are_left_out_where_a_role_stands_beside_them() -> None:
    rows = (
        row("1", "One", officer="Jo Marsh, Head of Parks"),
        row("2", "Two", officer="Jo Marsh"),
        row("3", "Three", officer="Adult Care, Commissioning Manager"),
    )
    kept = plan_of(*rows)
    assert kept.activities[0].lead_officers == ("Jo Marsh, Head of Parks",)
    plan = plan_of(*rows, settings=Settings(roles_only=True))
    assert [a.lead_officers for a in plan.activities] == [
        ("Head of Parks",),
        ("Jo Marsh",),
        ("Adult Care, Commissioning Manager",),
    ]
    assert "Marsh" not in plan.activities[0].model_dump_json()
    assert [i.ref for i in plan.issues if i.code == "name-left-out"] == ["1"]


def test_a_name_on_a_line_of_its_own_is_left_out_and_no_doubt_quotes_it() -> None:
    struck = replace(
        cell("Jo Marsh\nHead of Parks"), lines=(Line("Jo Marsh", struck=("Al Reed",)), Line("Head of Parks"))
    )
    plan = plan_of(row("1", "One", cells={"lead_officers": struck}), settings=Settings(roles_only=True))
    assert plan.activities[0].lead_officers == ("Head of Parks",)
    assert "Text that is struck out." in [issue.message for issue in plan.issues]
    written = plan.model_dump_json()
    assert "Marsh" not in written
    assert "Reed" not in written


def test_see_another_row_takes_the_values_of_that_row() -> None:
    plan = plan_of(
        row("1a", "One", "March 2025", "Town Clerk"),
        row("1b", "Two", "May 2024", "Mayor"),
        row("2", "Three", "(see 1a)", "As for action 1a"),
        row("3", "Four", "See the strategy", "As above"),
    )
    third, fourth = plan.activities[2:]
    assert third.timescale is not None
    assert (str(third.timescale.end), third.lead_officers) == ("2025-03-31", ("Town Clerk",))
    assert set(third.inherited) == {"timescale", "lead_officers"}
    assert third.provenance["lead_officers"].from_id == "1a"
    assert fourth.timescale is not None
    assert fourth.timescale.basis == "unresolved"


def test_a_total_that_the_document_states_is_compared() -> None:
    rows = (row("1", "One"), row("2 a)", "Two"), row("2 b)", "Three"))
    for prose in ("This plan sets out three activities.", "There are two actions in this plan.", "Ten are complete."):
        assert flags(plan_of(*rows, prose=(prose,))) == []
    issues = flags(plan_of(*rows, prose=("Our delivery plan has a total of twenty-four key actions.",)))
    assert [(issue.code, issue.severity, issue.activity_id) for issue in issues] == [("count-differs", "warning", None)]
    assert "24" in issues[0].message


@pytest.mark.parametrize(
    ("prose", "told"),
    [
        ("98 activities", True),
        ("Number of actions: 98", True),
        ("There are 98 activities.", True),
        ("There are 98 actions to deliver this year.", True),
        ("Of the 98 actions, two are complete.", True),
        ("The 98 activities in this plan are set out below.", True),
        ("There are two activities under this outcome.", False),
        ("3 actions", False),
        ("There are 98 actions overdue.", False),
        ("The outcome costs 98 pounds.", False),
        ("98 activities for children were held in parks.", False),
    ],
)
def test_a_number_of_activities_is_that_of_the_plan_or_of_a_group(prose: str, told: bool) -> None:
    rows = tuple(row(ref, "Go", group_index=index) for ref, index in (("1", 0), ("2", 0), ("3", 1)))
    plan = plan_of(*rows, prose=(prose,))
    assert [issue.code for issue in flags(plan)] == ["count-differs"] * told


def test_a_number_of_a_part_is_compared_beside_that_of_the_whole_and_so_is_one_in_a_heading() -> None:
    rows = tuple(row(ref, "Go", group_index=index) for ref, index in (("1", 0), ("2", 0), ("3", 1)))
    prose = ("This plan sets out 3 activities.", "There are four actions under this outcome.", "Total: 3 actions")
    assert ["4 activities" in issue.message for issue in flags(plan_of(*rows, prose=prose))] == [True]
    groups = (replace(GROUPS[0], as_published="Outcome: Homes are safe (5 actions)"), GROUPS[1])
    [issue] = flags(plan_of(*rows, groups=groups))
    assert (issue.code, "5 activities" in issue.message) == ("count-differs", True)
    for number in ("two actions", "5 completed actions", "5 milestones"):
        groups = (replace(GROUPS[0], as_published=f"Outcome: Homes are safe ({number})"), GROUPS[1])
        assert not flags(plan_of(*rows, groups=groups))


@pytest.mark.parametrize(
    "prose",
    [
        "In total, 5 actions are complete.",
        "There are 5 actions in the red category.",
        "There are 5 actions that are new this year.",
        "Total: 5 completed actions",
        "5 key milestones",
    ],
)
def test_beside_the_number_of_the_whole_that_of_a_state_is_none_of_a_part(prose: str) -> None:
    rows = tuple(row(ref, "Go", group_index=index) for ref, index in (("1", 0), ("2", 0), ("3", 1)))
    assert not flags(plan_of(*rows, prose=("This plan sets out 3 activities.", prose)))


def test_bullets_that_a_text_lost_are_inferred_and_those_of_a_page_are_not() -> None:
    lines = "Improve our parks by:\nreplacing the play equipment\nplanting trees"
    text, page = plan_of(row("1", lines), media="text/plain"), plan_of(row("1", lines))
    assert text.activities[0].items == ("replacing the play equipment", "planting trees")
    assert [i.code for i in flags(text)] == ["items-inferred"]
    assert page.activities[0].items == ()


def test_lines_under_a_colon_are_items_without_a_doubt_where_no_line_of_the_text_was_wrapped() -> None:
    texts = ("Improve our parks by:", "replacing the play equipment " * 6, "planting trees")

    def read(wrapped: bool) -> Plan:
        lines = tuple(
            Line(text.strip(), Location(lines=(at, at + (wrapped and at == 2)))) for at, text in enumerate(texts, 1)
        )
        return plan_of(row("1", "", cells={"activity": RowCell(lines, "", "filled", None)}), media="text/plain")

    assert len(read(False).activities[0].items) == 2
    assert flags(read(False)) == []
    assert [issue.code for issue in flags(read(True))] == ["items-inferred"]


def test_lines_in_small_letters_below_a_text_without_a_stop_are_items_with_a_doubt() -> None:
    def read(first: str) -> Plan:
        texts = (first, "small grants", "free use of rooms", "advice on governance")
        lines = tuple(Line(text, Location(lines=(at, at))) for at, text in enumerate(texts, 1))
        return plan_of(row("1", "", cells={"activity": RowCell(lines, "", "filled", None)}), media="text/plain")

    whole = read("Support the local groups of " + "all the towns and villages in the north " * 3 + "through")
    short = read("Support local groups through")
    assert whole.activities[0].items == ("small grants", "free use of rooms", "advice on governance")
    assert short.activities[0].items == ()
    assert [[issue.code for issue in flags(plan)] for plan in (whole, short)] == [["items-inferred"]] * 2
    assert flags(read("Support local groups.")) == []


def test_values_that_a_form_ran_together_are_parted() -> None:
    rows = (
        row("1", "A", officer="Town Clerk"),
        row("2", "B", officer="Head of Parks"),
        row("3", "C", officer="Town Clerk Head of Parks"),
    )
    assert plan_of(*rows, media="text/markdown").activities[2].lead_officers == ("Town Clerk", "Head of Parks")
    assert plan_of(*rows).activities[2].lead_officers == ("Town Clerk Head of Parks",)


def test_the_ledger_adds_up() -> None:
    claims = (
        Claim(10, "record"),
        Claim(4, "furniture: navigation", "Home News Contact us"),
        Claim(3, "unread", "never seen before"),
    )
    plan = plan_of(row("1", "One"), claims=claims, words=17)
    cover = plan.coverage
    assert cover.words == cover.claimed + sum(len(passage.text.split()) for passage in cover.unread)
    assert sum(cover.claims.values()) == cover.claimed
    assert [passage.kind for passage in cover.furniture] == ["navigation"]
    assert [i.code for i in flags(plan)] == ["text-unread"]


def test_a_paragraph_that_begins_with_a_ref_that_no_record_bears_may_be_a_row() -> None:
    rows = [row(ref, "Do it.") for ref in ("2.1", "2.2", "2.3", "3.1")]
    lost = Claim(6, "prose", "2.4 Plant trees in March 2025")
    after = Claim(4, "prose", "4.1 a) Mend two roads")
    far = Claim(4, "prose", "9.1 Background and context")
    count = Claim(4, "prose", "14 people took part")
    plan = plan_of(*rows, claims=(Claim(20, "record"), lost, after, far, count), words=38)
    assert [(i.code, i.message[:32]) for i in flags(plan)] == [
        ("row-unread", "The paragraph begins with 2.4, a"),
        ("row-unread", "The paragraph begins with 4.1, a"),
    ]
    numbered = (Claim(20, "record"), lost, Claim(5, "prose", "2.1 The committee is asked"))
    assert flags(plan_of(*rows, claims=numbered, words=31)) == []


def test_a_series_of_refs_that_does_not_begin_with_1_has_a_gap_where_another_does() -> None:
    late = plan_of(*(row(ref, "Do it.") for ref in ("1.1", "1.2", "2.3", "2.4")))
    assert [(i.code, i.message) for i in flags(late)] == [("ref-gap", "2.1, 2.2 are missing before 2.3.")]
    part = plan_of(*(row(ref, "Do it.") for ref in ("3.4", "3.5", "4.2")))
    assert flags(part) == []


def test_no_rows_at_all_make_a_plan_without_activities() -> None:
    plan = plan_of()
    assert plan.activities == ()
    assert [group.title for group in plan.groups] == ["Homes are safe", "Roads and paths"]


@pytest.mark.parametrize(
    ("refs", "twice"),
    [
        ("A1,A2/A1,A2/A1", False),
        ("A1,A2/A1,A2/3.1", False),
        ("A1,A2/A1,A2/C1,C2", True),  # each group has letters of its own
    ],
)
def test_refs_that_begin_again_are_repeated_where_groups_have_letters_of_their_own(refs: str, twice: bool) -> None:
    groups = [part.split(",") for part in refs.split("/")]
    found = check([ref for part in groups for ref in part], [n for n, part in enumerate(groups) for _ in part])
    assert any(oddity.kind == "duplicate" for oddity in found) == twice


@pytest.mark.parametrize(
    ("media_type", "states", "doubted"),
    [
        ("text/plain", ("", "", ""), 3),
        ("application/pdf", ("", "", ""), 3),
        ("text/plain", ("", "Green", ""), 0),
        ("text/html", ("", "", ""), 0),
    ],
)
def test_a_column_of_states_that_a_text_shows_empty_throughout_is_doubted(
    media_type: str, states: tuple[str, ...], doubted: int
) -> None:
    rows = [
        row(f"1.{number}", "Mend the roof", cells={"status": cell(state, header="RAG")})
        for number, state in enumerate(states, 1)
    ]
    found = plan_of(*rows, media=media_type)
    assert sum(issue.field == "status" for issue in found.issues if issue.severity == "warning") == doubted
