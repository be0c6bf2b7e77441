"""Borders that all rows share, weighed against others for the whole document; merged cells that lost their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.flattened.blocks import Value
from extractor.recognise.flattened.misfits import Part, misfits
from extractor.recognise.flattened.scheme import Kind
from extractor.recognise.flattened.second import Border, Seam, moves, partings
from extractor.records import Plan
from extractor.vocabulary.headers import split_header
from extractor.vocabulary.roles import value_cost


def plan_of(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def value(text: str) -> Value:
    return tuple(text.split())


def doubted(plan: Plan, field: str) -> set[str | None]:
    """The refs of the activities with a warning about a field."""
    refs = {activity.id: activity.ref for activity in plan.activities}
    return {
        refs.get(issue.activity_id or "")
        for issue in plan.issues
        if issue.field == field and issue.severity == "warning"
    }


def test_a_border_that_all_rows_share_is_better_some_words_off() -> None:
    borders = Counter(
        {
            Border(1, value("Manager - Dark Skies and Upland"), 2, value("Landscapes Land and Nature")): 3,
            Border(1, value("Manager - Car Parks"), 2, value("Land and Nature")): 4,
        }
    )
    values: dict[int, Counter[Value]] = {1: Counter(), 2: Counter()}
    for border, count in borders.items():
        values[1][border.before] += count
        values[2][border.after] += count
    found = moves(
        borders,
        values,
        {1: 5.0, 2: 5.0},
        lambda column, words: value_cost(" ".join(words), "post" if column == 1 else "body"),
        lambda words, index: words[index][:1].isupper(),
        4.0,
        0.5,
    )
    best = max(found, key=lambda move: move.gain)
    assert (best.words, best.gain > 3.0) == (1, True)
    assert best.changes[2, value("Land and Nature")] == 3
    assert [border.after for border in best.borders] == [value("Landscapes Land and Nature")]


def test_a_border_at_a_line_end_moves_with_those_that_can_and_leaves_no_cell_empty() -> None:
    short = value("Care and Health")
    officers = ("Head of Homes", "Assistant Director Commissioning", "Director of Public Health", "Head of Care")
    borders = Counter({Border(1, value(f"{officer} Adult Social"), 2, short, True): 3 for officer in officers})
    fixed = Border(1, value("Strategic Director, Adult Social"), 2, short, True)  # "Director," calls for more
    borders[fixed] += 1
    values: dict[int, Counter[Value]] = {1: Counter(), 2: Counter()}
    for border, count in borders.items():
        values[1][border.before] += count
        values[2][border.after] += count
    found = list(
        moves(
            borders,
            values,
            {1: 0.0, 2: 0.0},
            lambda column, words: value_cost(" ".join(words), "post" if column == 1 else "body"),
            lambda words, index: words[index][:1].isupper() and words[index - 1][-1] != ",",
            4.0,
            0.5,
        )
    )
    best = max((move for move in found if move.words == -2), key=lambda move: move.gain)
    assert best.gain > 3.0
    assert {border.before for border in best.borders} == {value(f"{officer} Adult Social") for officer in officers}
    assert not any(move.empties for move in found)


PARTED = """Vale Plan 2024/25

Ref Action Timescale Directorate Lead officer Cabinet Member
1.1 Mend the bridge at Oxclose. May 2024 Streets and Parks Registration Service
Income Team Cllr Moss (Homes)
1.2 Count the curlews on the fell. June 2024 Streets and Parks Rangers Cllr Moss (Homes)
1.3 Plant a wood above the mill. July 2024 Streets and Parks Rangers Cllr Moss (Homes)
1.4 Open the old mill on Mondays. May 2024 Streets and Parks Registration Service
Income Team Cllr Moss (Homes)
1.5 Print a map in braille. June 2024 Streets and Parks Income Team Cllr Moss (Homes)
1.6 Teach forty children to wall. July 2024 Streets and Parks Registration Service Cllr Moss (Homes)
1.7 Sweep the market square. May 2024 Streets and Parks Income Team Cllr Moss (Homes)
1.8 Sell the depot at Thrale. July 2024 Streets and Parks Rangers Cllr Moss (Homes)
"""


def test_a_value_that_ends_or_begins_with_a_known_one_is_two_however_often_it_stands_there() -> None:
    plan = plan_of(PARTED)
    assert {activity.lead_directorates for activity in plan.activities} == {("Streets and Parks",)}
    assert [activity.lead_officers for activity in plan.activities][::5] == [
        ("Registration Service", "Income Team"),
        ("Registration Service",),
    ]


def test_words_before_a_known_value_may_be_of_the_column_before() -> None:
    joined, known = value("Dee Reed Parks and Roads"), value("Parks and Roads")
    seams = {Seam(Border(1, value("Jo Marsh"), 2, joined), 2, 1, 0.0): 4}
    values = {1: Counter({value("Jo Marsh"): 5}), 2: Counter({joined: 4, known: 6})}
    found = partings(seams, values, lambda column, words: 0.0, lambda words, index: words[index] != "and", 4.0, 0.5)
    assert [(move.words, move.gain > 0.0, move.parts) for move in found] == [(2, True, True)]


PARTNER = """Vale Plan 2024/25

Ref Action Timescale Lead officer Directorate Progress
1.1 Mend the bridge at Oxclose. May 2024 Head of Roads
Streets
Work has begun.
1.2 Count the curlews on the fell. June 2024 Head of Parks
University of Thrale
Work has begun.
1.3 Plant a wood above the mill. July 2024 Head of Parks
Streets
Work has begun.
1.4 Open the old mill on Mondays. May 2024 Head of Roads
Streets
Not yet begun.
"""


def test_a_body_beside_the_council_in_the_place_of_a_directorate_may_be_one_more_officer() -> None:
    plan = plan_of(PARTNER)
    assert doubted(plan, "lead_directorates") == doubted(plan, "lead_officers") == {"1.2"}


NAMED = """Vale Plan 2024/25

Ref Action Timescale Directorate Lead officer
1.1 Mend the bridge at Oxclose. May 2024
Streets and Squares
Head of Roads
1.2 Count the curlews on the fell. June 2024
Streets and Squares
Homes and Resources
1.3 Plant a wood above the mill. July 2024
Streets and Squares
Jo Marsh
1.4 Open the old mill on Mondays. May 2024
Streets and Squares
Head of Roads
1.5 Sweep the market square. May 2024
Streets and Squares
Head of Parks
1.6 Sell the depot at Thrale. May 2024
Streets and Squares
Head of Parks
Thrale Housing Trust
"""


def test_what_is_neither_post_nor_person_where_all_others_are_may_be_one_more_directorate() -> None:
    plan = plan_of(NAMED)
    assert doubted(plan, "lead_officers") == doubted(plan, "lead_directorates") == {"1.2"}


FIGURES = """Town Plan 2024/25

Ref Action Timescale Cabinet Member Measure of success Progress
1.1 Write to every tenant in arrears. May 2024 Cabinet Member for Homes and Roads all 38 homes let Begun in May.
1.2 Mend roofs on the Mill estate. June 2024 Cabinet Member for Parks rents down by a tenth Not begun.
1.3 Answer every call from tenants. July 2024 Cabinet Member for Homes and Roads all 1,200 homes let Begun in June.
1.4 Sell the old depot at Thrale. May 2024 Cabinet Member for Homes and Roads all 75 homes let Not begun.
1.5 Open the old mill on Mondays. May 2024 Cabinet Member for Homes and Roads all 80 homes let Not begun.
"""


def test_remarks_that_differ_in_their_figures_are_one_value_of_their_column() -> None:
    plan = plan_of(FIGURES)
    measures = {activity.ref: activity.extra.get("Measure of success") for activity in plan.activities}
    assert [measures[ref] for ref in ("1.1", "1.3", "1.4", "1.5")] == [
        f"all {count} homes let" for count in ("38", "1,200", "75", "80")
    ]
    assert doubted(plan, "lead_cabinet_members") == {"1.2"}


def test_a_known_remark_at_the_end_of_another_cell_may_be_its_own() -> None:
    kinds: list[Kind] = ["heading", "ref", "prose", "prose", "time", "aside"]
    row = [Part(1, ("1",), False), Part(2, value("Let homes at Thrale 38 homes let"), False), Part(4, ("May",), False)]

    def known(column: int, words: Sequence[str]) -> bool:
        return column == 3 and " ".join(words[1:]) == "homes let"

    assert list(misfits(row, kinds, 2, known, {3})) == [(2, 3, "38 homes let")]
    # So it may where most cells of its column are no remarks.
    assert (2, 3, "38 homes let") in misfits(row, kinds, 2, known, frozenset(), {3})


def test_a_known_remark_behind_other_words_of_its_cell_shows_that_these_may_be_of_the_names_before() -> None:
    kinds: list[Kind] = ["heading", "ref", "prose", "owner", "prose", "time", "aside"]
    row = [
        Part(1, ("1",), False),
        Part(2, value("Let homes."), False),
        Part(3, value("Head of Housing"), False),
        Part(4, value("Age Concern Thrale homes let"), True),
    ]

    def known(column: int, words: Sequence[str]) -> bool:
        return column == 4 and " ".join(words) == "homes let"

    assert list(misfits(row, kinds, 2, known, {4})) == [(3, 4, "Age Concern Thrale")]


MERGED = """Moors Plan 2024/25

Ref Action When Directorate Lead officer
1.1 Mend the bridge at Oxclose. May 2024 Land and Nature Head of Rangers
1.2 Count the curlews on the fell. June 2024 Head of Ecology
1.3 Plant a wood above the mill. July 2024 Head of Woodlands
2.1 Open the visitor centre on Mondays. May 2024 People and Places Head of Visitor Services
2.2 Print a map of the fell in braille. June 2024 Head of Publishing
2.3 Teach forty children to dry-stone wall. July 2024 Head of Learning
"""


def test_merged_cells_go_on_over_the_rows_that_lack_them_with_a_doubt() -> None:
    plan = plan_of(MERGED)
    assert [activity.lead_directorates for activity in plan.activities] == [("Land and Nature",)] * 3 + [
        ("People and Places",)
    ] * 3
    assert {"1.2", "1.3", "2.2", "2.3"} <= doubted(plan, "lead_directorates")
    assert [activity.inherited for activity in plan.activities][1] == ("lead_directorates",)


def test_a_merged_cell_is_sure_where_the_text_shows_which_cells_are_empty() -> None:
    def plan(number: int) -> str:
        return f"""
{number}.1 Mend the bridge at Oxclose. May 2024 Land and Nature Head of Rangers Green
{number}.2 Count the curlews on the fell. June 2024 Head of Rangers Amber
{number}.3 Plant a wood above the mill. July 2024 Land and Nature Head of Woodlands Green
{number}.4 Sell the old depot at Thrale. July 2024 Head of Woodlands Red"""

    header = "Moors Plan 2024/25\n\nRef Action When Directorate Lead officer RAG"
    rows = "".join(plan(number) for number in range(1, 4))
    plain, shown = plan_of(header + rows), plan_of(header + rows.replace("Rangers Amber", "Rangers \xa0"))
    for read in (plain, shown):
        assert {activity.lead_directorates for activity in read.activities} == {("Land and Nature",)}
    assert {"1.2", "1.4", "2.2", "3.4"} <= doubted(plain, "lead_directorates")
    assert doubted(shown, "lead_directorates") == set()


def test_a_merged_cell_is_sure_whatever_other_columns_the_row_lacks() -> None:
    def rows(number: int) -> str:
        return f"""
{number}.1 Mend the bridge at Oxclose. May 2024 Land and Nature Head of Rangers Cllr A Moss Green
{number}.2 Count the curlews on the fell. June 2024 Head of Rangers Cllr B Reeve \xa0
{number}.3 Plant a wood above the mill. July 2024 Land and Nature Head of Woodlands Green
{number}.4 Sell the old depot at Thrale. July 2024 Head of Woodlands Cllr B Reeve Red"""

    header = "Moors Plan 2024/25\n\nRef Action When Directorate Lead officer Cabinet Member RAG"
    plan = plan_of(header + "".join(rows(number) for number in range(1, 4)))
    assert {activity.lead_directorates for activity in plan.activities} == {("Land and Nature",)}
    assert doubted(plan, "lead_directorates") == set()


def test_a_merged_cell_ends_with_the_group_that_a_column_of_its_own_names() -> None:
    plan = plan_of(
        """Moors Plan 2024/25

Theme Ref Action When Directorate Lead officer
Wild land 1.1 Mend the bridge at Oxclose. May 2024 Land and Nature Head of Rangers
1.2 Count the curlews on the fell. June 2024 Head of Ecology
1.3 Plant a wood above the mill. July 2024 Head of Woodlands
People on the fell 2.1 Open the visitor centre. May 2024 Head of Visitor Services
2.2 Print a map of the fell in braille. June 2024 Land and Nature Head of Publishing
2.3 Teach forty children to wall. July 2024 Head of Learning
"""
    )
    assert [bool(activity.lead_directorates) for activity in plan.activities] == [True, True, True, False, True, True]


MEASURES = """Town Plan 2024/25

Ref Action Lead officer Measure of success Timescale
1.1 Write to every tenant in arrears. Head of Income 8% of rent owed at year end Within 6 months of approval
1.2 Mend roofs on the Mill estate. Head of Repairs 90% of repairs done first time May 2024
1.3 Answer every call from tenants. Head of Repairs 90% of repairs done first time June 2024
1.4 Let empty homes in three weeks. Head of Lettings 75 homes let each month July 2024
"""


def test_a_number_behind_a_name_opens_the_measure_of_success() -> None:
    activities = plan_of(MEASURES).activities
    assert [activity.lead_officers for activity in activities] == [
        ("Head of Income",),
        ("Head of Repairs",),
        ("Head of Repairs",),
        ("Head of Lettings",),
    ]
    assert [activity.extra["Measure of success"] for activity in activities][::3] == [
        "8% of rent owed at year end",
        "75 homes let each month",
    ]
    assert value_cost("90% of repairs done", "post") > 8.0 > value_cost("Unit 5 Manager", "post")


def test_what_is_said_of_a_date_with_of_belongs_to_it() -> None:
    plan = plan_of(
        """Town Plan 2024/25

Ref Action Timescale Lead officer
1.1 Write to every tenant in arrears. Within 6 months of approval Head of Income
1.2 Mend roofs on the Mill estate. May 2024 Head of Repairs
1.3 Answer every call from tenants. June 2024 Head of Repairs
"""
    )
    told = plan.activities[0].timescale
    assert told is not None
    assert told.as_published == "Within 6 months of approval"


def test_a_second_date_on_a_line_of_its_own_is_of_the_same_cell() -> None:
    plan = plan_of(
        """Town Plan 2024/25

Ref Action Risks Timescale Lead officer
1.1 Write to every tenant in arrears. Low September 2024
March 2025 Head of Income
1.2 Mend roofs on the Mill estate. Medium May 2024 Head of Repairs
1.3 Answer every call from tenants. Low June 2024 Head of Repairs
1.4 Let empty homes in three weeks. Medium July 2024 Head of Income
1.5 Sell the old depot at Thrale. Low May 2024 Head of Repairs
"""
    )
    first = plan.activities[0]
    assert first.timescale is not None
    assert first.timescale.as_published == "September 2024\nMarch 2025"
    assert first.extra == {"Risks": "Low"}


def test_a_date_behind_a_status_is_a_cell_of_its_own() -> None:
    plan = plan_of(
        """Roads Plan 2024/25

Ref Action Status By when Led by How we will measure it Update
R1 Resurface Mill Lane Completed End May 2024 Head of Roads Potholes below 20 Done in a week.
R2 Mark bays at the station On track By the end of June 2024 Head of Roads Potholes below 20 Order made.
R3 Light the underpass Completed July 2024 Head of Lighting Reports below 9 All lamps changed.
"""
    )
    assert [(a.status, a.timescale and a.timescale.as_published) for a in plan.activities] == [
        ("Completed", "End May 2024"),
        ("On track", "By the end of June 2024"),
        ("Completed", "July 2024"),
    ]


def test_a_whole_header_behind_another_is_no_part_of_it() -> None:
    words = split_header("Ref Action By when Led by How we will measure it Update")
    assert words is not None
    assert [word.text for word in words] == ["Ref", "Action", "By when", "Led by", "How we will measure it", "Update"]


def test_a_portfolio_with_a_header_word_in_it_is_no_header() -> None:
    lines = [
        "Shire Plan 2024/25",
        "",
        "Ref Action Timescale Lead officer Cabinet Member Progress",
        *(
            f"{number}\nDo thing {number} in the town.\nMay 2024\nHead of Energy\n"
            f"Portfolio Holder – Climate Action and Nature\nProgress is good at site {number}."
            for number in ("P1", "P2", "P3", "P4")
        ),
    ]
    plan = plan_of("\n".join(lines))
    assert [activity.lead_cabinet_members for activity in plan.activities] == [
        ("Portfolio Holder – Climate Action and Nature",)
    ] * 4


def test_the_verb_of_an_action_parts_it_from_the_name_of_its_group() -> None:
    plan = plan_of(
        """Town Plan 2024/25

Theme Action Lead officer Timescale
Warm homes Inspect all blocks of flats for damp. Head of Housing May 2024
Write to every private landlord about the new standard. Head of Housing June 2024
Good roads Resurface thirty miles of road. Head of Highways July 2024
Sweep the market place twice a day. Head of Highways May 2024
"""
    )
    titles = {group.id: group.title for group in plan.groups}
    assert [(titles.get(a.group_id or ""), a.activity) for a in plan.activities] == [
        ("Warm homes", "Inspect all blocks of flats for damp."),
        ("Warm homes", "Write to every private landlord about the new standard."),
        ("Good roads", "Resurface thirty miles of road."),
        ("Good roads", "Sweep the market place twice a day."),
    ]


def test_a_bracket_opens_no_cell_of_its_own() -> None:
    plan = plan_of(
        """Town Plan 2024/25

Ref Action Measure of success Lead officer Timescale
1.1 Mend the bridge. Bridge open to all Head of Highways May 2024
1.2 Light the underpass. Reports below nine Head of Highways June 2024
1.3 Mark bays at the station. (Statutory duty) Head of Parking July 2024
1.4 Sweep the market place. Complaints below nine Head of Parking July 2024
"""
    )
    assert [activity.extra for activity in plan.activities][2] == {}


def test_words_that_their_column_does_not_have_are_found_with_where_they_may_belong() -> None:
    kinds: list[Kind] = ["heading", "prose", "post", "body", "time", "state", "money", "aside"]

    def found(*cells: tuple[int, str]) -> list[tuple[int, int, str]]:
        row = [Part(column, value(text), False) for column, text in cells]
        return list(misfits(row, kinds, 1, lambda column, words: words == value("Fleet Services")))

    good = [(1, "Buy vans"), (2, "Head of Fleet"), (3, "Fleet Services"), (4, "May 2024"), (5, "Green"), (6, "£4,000")]
    assert found(*good) == []
    assert found(*good[:2], (3, "Not started"), *good[3:]) == [
        (3, 2, "Not started"),
        (2, 3, "Not started"),  # no other row has either
    ]
    assert found(*good[:3], (6, "Garfield Rivers Trust £4,000")) == [(3, 6, "Garfield Rivers Trust")]
    assert found(*good[:3], (6, "28/04/2024 Garfield")) == [(4, 6, "28/04/2024")]
    assert found(*good[:3], (4, "May 2024 Green"), good[5]) == [(4, 5, "May 2024 Green")]
    assert found((1, "Buy vans"), (2, "Support"), *good[2:]) == [(2, 1, "Support")]
    assert found(*good[:2], (3, "As above"), *good[3:]) == []
    assert found(*good[:2], (3, "Head of Parks"), *good[3:]) == []  # it opens as a title
    kinds[2] = "prose"
    assert found((1, "Buy vans cost under £9"), (3, "Fleet Services")) == [(1, 2, "Buy vans cost under £9")]
    assert found((1, "Buy vans."), (3, "Fleet Services")) == []


def test_an_empty_cell_behind_an_owner_has_no_title_to_lack() -> None:
    plan = plan_of(
        "Key action Completion date Lead officer Cabinet Member\n"
        "Action 1.1: Stage an arts weekend in three villages 28 July 2024 Service Director, Libraries \u00a0\n"
        "Cabinet Member: Cllr Declan Gwynne (Children, Families and Learning)\n"
        "Risks: Inflation in construction costs\n"
        "Cabinet Member: Cllr Declan Gwynne (Children, Families and Learning)\n"
    )
    assert plan.activities[0].lead_officers == ("Service Director, Libraries",)


def test_a_missing_officer_is_a_guess_where_the_row_has_a_member_of_its_own() -> None:
    def rows(number: int) -> str:
        return f"""
{number}.1 Mend the bridge at Oxclose. May 2024 Head of Rangers Cllr A Moss Green
{number}.2 Count the curlews on the fell. June 2024 Cllr B Reeve \xa0
{number}.3 Plant a wood above the mill. July 2024 Head of Rangers Green
{number}.4 Sell the old depot at Thrale. July 2024 Cllr B Reeve Red"""

    header = "Moors Plan 2024/25\n\nRef Action When Lead officer Cabinet Member RAG"
    plan = plan_of(header + "".join(rows(number) for number in range(1, 4)))
    assert {"1.2", "1.4", "2.2", "3.4"} <= doubted(plan, "lead_officers")


def test_the_end_of_a_sentence_is_no_part_of_a_name() -> None:
    kinds: list[Kind] = ["heading", "ref", "prose", "state", "prose", "partners", "aside"]
    row = [
        Part(1, ("1",), False),
        Part(2, value("Let homes."), False),
        Part(3, ("Red",), False),
        Part(5, value("Tender documents issued; bids received. Parish councils"), False),
    ]
    found = list(misfits(row, kinds, 2, lambda _column, _words: False))
    assert (5, 3, "Tender documents issued; bids received. Parish councils") in found
