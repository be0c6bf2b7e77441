"""`recognise` over pages in the shapes that real plans have: what becomes of headings, tables and labelled lines."""

from __future__ import annotations

import pytest

from extractor.document import Cell, Line, Table
from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.columns import read_columns
from extractor.recognise.tables import Found, read_rows
from extractor.records import Plan
from recognise.pages_made import HEADER, plan_of

ONE = "<tr><td>1</td><td>Mend all the boilers</td><td>Head of Housing</td><td>Q1</td></tr>"
TWO = "<tr><td>2</td><td>Fit all the windows</td><td>Head of Housing</td><td>Q2</td></tr>"
TITLE = "<h1>Delivery Plan 2024/25</h1>"


def test_what_stands_over_the_title_is_no_group() -> None:
    body = f"<h1>Wold Council</h1><h2>Action Plan 2024/25</h2><h3>Homes</h3><table>{HEADER}{ONE}{TWO}</table>"
    plan = plan_of(body)
    assert plan.title == "Action Plan 2024/25"
    assert [(group.title, group.parent_id) for group in plan.groups] == [("Homes", None)]


def test_no_priority_stands_within_a_priority() -> None:
    body = (
        f"{TITLE}<details><summary>Priority 1: Homes</summary><table>{HEADER}{ONE}</table></details>"
        f"<details><summary>Priority 2: Windows</summary><table>{HEADER}{TWO}</table></details>"
    )
    assert [(group.kind, group.parent_id) for group in plan_of(body).groups] == [("priority", None), ("priority", None)]


def test_captions_that_are_labelled_head_their_tables() -> None:
    body = (
        f"{TITLE}<table><caption>Priority 1: Homes</caption>{HEADER}{ONE}</table>"
        f"<table><caption>Priority 2: Windows</caption>{HEADER}{TWO}</table>"
    )
    plan = plan_of(body)
    assert [activity.group_id for activity in plan.activities] == ["priority-1-homes", "priority-2-windows"]


def test_a_total_row_is_no_record() -> None:
    total = "<tr><td></td><td>Total: 2 actions</td><td></td><td></td></tr>"
    assert [a.ref for a in plan_of(f"{TITLE}<table>{HEADER}{ONE}{TWO}{total}</table>").activities] == ["1", "2"]


def test_a_sentence_across_a_table_is_a_remark_and_no_heading() -> None:
    def group_of_second(text: str) -> str | None:
        across = f"<tr><td colspan='4'>{text}</td></tr>"
        plan = plan_of(f"{TITLE}<h2>Outcome: Warm homes</h2><table>{HEADER}{ONE}{across}{TWO}</table>")
        assert (text in [passage.text for passage in plan.coverage.furniture]) == text.startswith("Progress will")
        return plan.activities[1].group_id

    assert group_of_second("Progress will be reported each June to the board.") == "outcome-warm-homes"
    assert group_of_second("Homes of the council") == "homes-of-the-council"
    assert group_of_second("Outcome: Residents can heat every room that they have.") != "outcome-warm-homes"


def test_tables_of_labels_and_values_are_records() -> None:
    def upright(action: str, when: str) -> str:
        rows = (("Action", action), ("Lead officer", "Head of Housing"), ("Timescale", when), ("Status", "Green"))
        return "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows)

    body = f"{TITLE}<table>{upright('Mend the boilers', 'Q1')}{upright('Fit the windows', 'Q2')}</table>"
    plan = plan_of(body)
    assert [activity.activity for activity in plan.activities] == ["Mend the boilers", "Fit the windows"]
    assert [activity.timescale.as_published for activity in plan.activities if activity.timescale] == ["Q1", "Q2"]


def test_a_record_of_which_nothing_is_said_is_told_by_the_labels_of_others() -> None:
    def upright(*rows: tuple[str, str]) -> str:
        return f"<table>{''.join(f'<tr><th>{label}</th><td>{value}</td></tr>' for label, value in rows)}</table>"

    said = ("Lead officer", "Head of Housing"), ("Timescale", "Q1")
    plan = plan_of(
        f"{TITLE}{upright(('Ref', '1.1'), ('Action', 'Mend the boilers'), *said)}"
        f"{upright(('Ref', '1.2'), ('Action', 'Fit the windows'))}"
        f"{upright(('Ref', 'HO-7'), ('Version', '2'))}"
    )
    assert [(a.ref, a.activity) for a in plan.activities] == [("1.1", "Mend the boilers"), ("1.2", "Fit the windows")]
    assert {(issue.ref, issue.field) for issue in plan.issues if issue.severity == "warning"} >= {
        ("1.2", "timescale"),
        ("1.2", "lead_officers"),
    }


def test_the_numbers_under_a_header_of_two_columns_are_refs_and_group_numbers() -> None:
    body = (
        f"{TITLE}<table><tr><th colspan=2>Objective</th><th colspan=2>Action</th><th>Lead</th></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>Homes</td><td>1.1</td><td>Mend all boilers</td><td>Town Clerk</td></tr>"
        "<tr><td>1.2</td><td>Fit all windows</td><td>Head of Housing</td></tr></table>"
    )
    plan = plan_of(body)
    assert [activity.ref for activity in plan.activities] == ["1.1", "1.2"]
    assert [(group.kind, group.number, group.title) for group in plan.groups] == [("objective", "1", "Homes")]


def test_labels_that_share_a_line_are_parted() -> None:
    def action(number: int, text: str) -> str:
        return (
            f"<p><b>Action {number}:</b> {text}<br><b>Start date:</b> June 2024 <b>End date:</b> March 2025<br>"
            "<b>Lead:</b> Head of Housing</p>"
        )

    plan = plan_of(f"{TITLE}{action(1, 'Mend the boilers')}{action(2, 'Fit the windows')}")
    assert [activity.ref for activity in plan.activities] == ["1", "2"]
    spans = [(str(a.timescale.start), str(a.timescale.end)) for a in plan.activities if a.timescale]
    assert spans == [("2024-06-01", "2025-03-31")] * 2


def _card(action: str, owners: str, when: str, proof: str) -> str:
    return (
        f"<section><h3>{action}</h3><dl><dt>Who will lead it</dt><dd>{owners}</dd><dt>When</dt><dd>{when}</dd>"
        f"<dt>How we will measure it</dt><dd>{proof}</dd></dl></section>"
    )


def test_a_label_of_unknown_words_is_one_where_it_recurs_as_the_known_ones_do() -> None:
    body = (
        f"{TITLE}<h2>Outcome 1: Homes</h2><h3>Warmth</h3>"
        + _card("Mend the boilers", "Head of Housing<br>Energy Officer", "March 2025", "Boilers mended")
        + _card("Fit the windows", "Head of Housing", "June 2024", "Windows fitted")
        + "<h3>Repairs</h3>"
        + _card("Answer within a day", "Repairs Manager", "May 2024", "Calls answered")
    )
    plan = plan_of(body)
    assert [activity.activity for activity in plan.activities] == [
        "Mend the boilers",
        "Fit the windows",
        "Answer within a day",
    ]
    assert plan.activities[0].lead_officers == ("Head of Housing", "Energy Officer")
    assert [activity.extra for activity in plan.activities] == [
        {"How we will measure it": "Boilers mended"},
        {"How we will measure it": "Windows fitted"},
        {"How we will measure it": "Calls answered"},
    ]
    titles = {group.id: group.title for group in plan.groups}
    assert [titles[activity.group_id or ""] for activity in plan.activities] == ["Warmth", "Warmth", "Repairs"]


def test_a_label_of_unknown_words_means_what_its_values_show() -> None:
    def action(text: str, owner: str, when: str) -> str:
        return f"<p>{text}</p><p><b>Lead:</b> {owner}<br><b>Hoped for:</b> {when}</p>"

    plan = plan_of(
        TITLE
        + action("Mend the boilers in the old flats.", "Head of Housing", "March 2025")
        + action("Fit the windows that the survey asked for.", "Head of Housing", "June 2024")
        + action("Answer every call within a day of it.", "Repairs Manager", "May 2024")
    )
    assert [a.timescale.as_published for a in plan.activities if a.timescale] == ["March 2025", "June 2024", "May 2024"]
    assert [issue.code for issue in plan.issues if issue.code == "column-inferred"] == ["column-inferred"]


def _set_of_sub_items(first: str, lead: str = "") -> Plan:
    rows = (
        ("3a", first, "Fleet Engineer"),
        ("3b", "measure emissions from what we buy", ""),
        ("4", "Mend it.", "Clerk"),
    )
    body = "".join(f"<tr><td>{ref}</td><td>{text}</td><td>{owner}</td><td>Q1</td></tr>" for ref, text, owner in rows)
    return plan_of(f"{TITLE}<table>{HEADER}{lead}{body}</table>")


def test_a_lead_in_is_told_where_the_letters_stand_in_the_refs_alone() -> None:
    plan = _set_of_sub_items("<p>Reach net zero by 2030:</p><p>convert 18 lorries</p>")
    assert [activity.lead_in for activity in plan.activities] == ["Reach net zero by 2030:"] * 2 + [None]
    assert plan.activities[0].activity == "convert 18 lorries"
    assert not [issue for issue in plan.issues if issue.code == "lead-in-inferred"]


def test_a_lead_in_that_only_wording_shows_is_doubted() -> None:
    for first in (
        "<p>Reach net zero by 2030; we will</p><p>convert 18 lorries</p>",
        "Reach net zero: convert 18 lorries",
    ):
        plan = _set_of_sub_items(first)
        assert plan.activities[0].activity == "convert 18 lorries"
        assert plan.activities[0].lead_in == plan.activities[1].lead_in
        assert [i.field for i in plan.issues if i.code == "lead-in-inferred"] == ["lead_in"]


def test_the_people_of_a_row_with_the_lead_in_alone_are_those_of_the_whole_set() -> None:
    lead = "<tr><td>3</td><td>Reach net zero by 2030:</td><td>Climate Manager</td><td></td></tr>"
    plan = _set_of_sub_items("convert 18 lorries", lead)
    assert [a.lead_officers for a in plan.activities] == [("Fleet Engineer",), ("Climate Manager",), ("Clerk",)]


def test_a_heading_of_header_cells_below_the_header_is_no_second_row_of_it() -> None:
    groups = ("<tr><th colspan=4>Fit for duty</th></tr>", "<tr><th colspan=4>Warm homes</th></tr>")
    plan = plan_of(f"{TITLE}<table><thead>{HEADER}</thead><tbody>{groups[0]}{ONE}{groups[1]}{TWO}</tbody></table>")
    assert [group.title for group in plan.groups] == ["Fit for duty", "Warm homes"]
    assert [(a.ref, a.lead_officers, a.group_id) for a in plan.activities] == [
        ("1", ("Head of Housing",), "fit-for-duty"),
        ("2", ("Head of Housing",), "warm-homes"),
    ]


def rows_of(*rows: str) -> str:
    """A table of these rows, whose cells are parted by bars."""
    cells = ("".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) for row in rows)
    return f"{TITLE}<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_headings_of_a_spreadsheet_are_told_by_standing_alone() -> None:
    with_refs = plan_of(
        rows_of(
            " | Ref | Action | By when | Lead",
            " | Clean streets | | | ",
            " | 1.1 | Sweep the market square | Quarter 3 | Head of Streets",
            " | | | | ",
            " | Green parks for all | | | ",
            " | 2.1 | Plant trees along the river | March 2025 | Head of Parks",
            " | 2.2 | Mend the benches in all parks | June 2024 | Head of Parks",
        )
    )
    without = plan_of(
        rows_of(
            "Action | By when | Lead",
            "Clean streets | | ",
            "Sweep the market square every day | Quarter 3 | Head of Streets",
            "Wash the pavements | Quarter 2 | Head of Streets",
            "Green parks | | ",
            "Plant trees along the river | March 2025 | Head of Parks",
            "Mend the benches in all parks | June 2024 | Head of Parks",
        )
    )
    assert [group.title for group in with_refs.groups] == ["Clean streets", "Green parks for all"]
    assert [a.group_id for a in with_refs.activities] == ["clean-streets", *["green-parks-for-all"] * 2]
    assert [a.group_id for a in without.activities] == [*["clean-streets"] * 2, *["green-parks"] * 2]


def test_an_action_without_owner_and_date_is_no_heading() -> None:
    plan = plan_of(
        rows_of(
            "Action | By when | Lead",
            "Sweep the market square every day | Quarter 3 | Head of Streets",
            "Wash the pavements | | ",
            "Plant trees along the river | March 2025 | Head of Parks",
            "Mend the benches in all parks | June 2024 | Head of Parks",
        )
    )
    assert len(plan.activities) == 4
    assert plan.groups == ()


def test_a_group_cell_that_spans_a_row_too_few_leaves_no_row_shifted() -> None:
    for ref in ("<td>{}</td>", ""):
        head = f"<tr><th>Outcome</th>{'<th>Ref</th>' * bool(ref)}<th>Action</th><th>By when</th><th>Lead</th></tr>"

        def row(number: str, text: str, group: str = "", ref: str = ref) -> str:
            own = f"<td rowspan=2>{group}</td>" * bool(group)
            return f"<tr>{own}{ref.format(number)}<td>{text}</td><td>Quarter 3</td><td>Head of Streets</td></tr>"

        rows = (
            row("1.1", "Sweep the market square", "Clean streets"),
            row("1.2", "Replace the bins of the centre"),
            row("1.3", "Wash the pavements of the old town"),
            row("2.1", "Plant trees along the river", "Green parks"),
            row("2.2", "Mend the benches in all parks"),
        )
        plan = plan_of(f"{TITLE}<table>{head}{''.join(rows)}</table>")
        assert [group.title for group in plan.groups] == ["Clean streets", "Green parks"]
        third = plan.activities[2]
        assert (third.activity, third.lead_officers) == ("Wash the pavements of the old town", ("Head of Streets",))
        assert third.group_id == "outcome-clean-streets"
        assert [(i.code, i.field) for i in plan.issues if i.activity_id == third.id] == [
            ("value-inherited", "group_id")
        ]


def test_as_above_in_the_first_row_of_a_further_table_means_the_one_before() -> None:
    head = "<tr><th>Ref</th><th>Action</th><th>Lead</th><th>By when</th><th>Evidence held</th></tr>"
    one = ONE.replace("</tr>", "<td>Survey of streets</td></tr>")
    two = TWO.replace("</tr>", "<td>As above</td></tr>")
    plan = plan_of(f"{TITLE}<h2>Homes</h2><table>{head}{one}</table><h2>Schools</h2><table>{head}{two}</table>")
    second = plan.activities[1]
    assert second.extra == {"Evidence held": "Survey of streets"}
    assert second.inherited == ("extra",)


def _titled_card(title: str, *said: tuple[str, str]) -> str:
    described = "".join(f"<dt>{label}</dt>{value}" for label, value in said)
    return f"<section class='card'><h3>{title}</h3><dl>{described}</dl></section>"


def test_cards_are_read_with_bare_numbers_and_descriptions_of_several_paragraphs() -> None:
    lead, when = "<dd>Head of Streets</dd>", "<dd>Quarter 3</dd>"
    cards = (
        _titled_card("1 Sweep the market square", ("Lead", lead), ("By when", when)),
        _titled_card(
            "2 Wash 5 buses", ("Lead", "<dd><p>Head of Buses</p><p>Fleet Manager</p></dd>"), ("By when", when)
        ),
        _titled_card("3 Paint the rails", ("Lead", f"{lead}<dd>Head of Parks</dd>"), ("By when", when)),
        _titled_card(
            "4 Plant trees", ("Lead", "<dd><ul><li>Head of Parks<li>Tree Officer</ul></dd>"), ("By when", when)
        ),
        _titled_card("5 Mend benches", ("By when", when)),
    )
    plan = plan_of(f"{TITLE}<h2>Outcome: Clean streets</h2>{''.join(cards)}<p>Agreed by Cabinet in May 2024.</p>")
    assert [(a.ref, a.activity, a.lead_officers) for a in plan.activities] == [
        ("1", "Sweep the market square", ("Head of Streets",)),
        ("2", "Wash 5 buses", ("Head of Buses", "Fleet Manager")),
        ("3", "Paint the rails", ("Head of Streets", "Head of Parks")),
        ("4", "Plant trees", ("Head of Parks", "Tree Officer")),
        ("5", "Mend benches", ()),
    ]
    assert {a.group_id for a in plan.activities} == {"outcome-clean-streets"}
    assert [(i.code, i.ref) for i in plan.issues if i.severity == "warning"] == [("officer-missing", "5")]


def test_sub_items_in_cards_have_the_people_of_the_first() -> None:
    when = ("By when", "<dd>Quarter 4</dd>")
    plan = plan_of(
        TITLE
        + _titled_card("3.4 Sweep the square", ("Lead", "<dd>Head of Streets</dd>"), when)
        + _titled_card("3.5a Open a home", ("Lead", "<dd>Head of Homes</dd>"), when)
        + _titled_card("3.5b Open a second", when)
        + _titled_card("3.6 Mend the roofs", ("Lead", "<dd>Head of Homes</dd>"), when)
    )
    assert [(a.ref, a.lead_officers, a.inherited) for a in plan.activities][2] == (
        "3.5b",
        ("Head of Homes",),
        ("lead_officers",),
    )


def test_a_link_in_a_paragraph_of_its_own_makes_no_title_of_the_action() -> None:
    def action(text: str, more: str = "") -> str:
        labels = "<li><b>By when:</b> Quarter 2</li><li><b>Lead:</b> Head of Homes</li>"
        return f"<p><b>{text}</b></p>{more}<ul>{labels}</ul>"

    plan = plan_of(
        f"{TITLE}<h2>Outcome: Fit for duty</h2>{action('P1 Hear cases sooner')}{action('P2 Bring carbon down')}"
        f"<h2>Outcome: Justice</h2>{action('P3 Move the unit', '<p>(Also links to Fit for duty)</p>')}"
    )
    last = plan.activities[-1]
    assert (last.ref, last.activity, last.group_id) == ("P3", "Move the unit", "outcome-justice")
    assert [link.title for link in last.also_links_to] == ["Fit for duty"]


def test_an_item_that_is_the_action_has_no_bullet() -> None:
    def item(action: str, who: str) -> str:
        return f"<li><b>{action}</b><ul><li>Lead – {who}</li><li>Target date – June 2024</li></ul></li>"

    body = f"{TITLE}<ol>{item('Open a cafe', 'Head of Parks')}{item('Mend the pool', 'Head of Sport')}</ol>"
    assert [(a.activity, a.lead_officers) for a in plan_of(body).activities] == [
        ("Open a cafe", ("Head of Parks",)),
        ("Mend the pool", ("Head of Sport",)),
    ]


def test_a_column_a_quarter_under_when_keeps_its_name() -> None:
    head = (
        "<thead><tr><th rowspan=2>No</th><th rowspan=2>Action</th><th rowspan=2>Lead</th><th colspan=2>When</th></tr>"
        "<tr><th>Q1</th><th>Q2</th></tr></thead>"
    )
    rows = (
        "<tr><td>1</td><td>Mend all the boilers</td><td>Head of Housing</td><td>✓</td><td></td></tr>"
        "<tr><td>2</td><td>Fit all the windows</td><td>Head of Housing</td><td></td><td>✓</td></tr>"
    )
    plan = plan_of(f"{TITLE}<table>{head}{rows}</table>")
    assert [(a.ref, a.extra, a.timescale) for a in plan.activities] == [
        ("1", {"When Q1": "✓"}, None),
        ("2", {"When Q2": "✓"}, None),
    ]


def test_a_table_of_labels_without_an_action_above_it_is_kept() -> None:
    card = "<table><tr><th>Owner</th><td>Head of Housing</td></tr><tr><th>Deadline</th><td>Q1</td></tr></table>"
    plan = plan_of(f"{TITLE}<h2>Homes</h2><table>{HEADER}{ONE}{TWO}</table>{card}")
    assert [a.ref for a in plan.activities] == ["1", "2"]
    assert [table.rows for table in plan.tables] == [(("Owner", "Head of Housing"), ("Deadline", "Q1"))]


@pytest.mark.parametrize("numbers", ["", "{}. ", "1.{} "])
def test_bold_paragraphs_right_above_tables_are_headings_of_their_rows(numbers: str) -> None:
    parts = (
        f"<p><b>{numbers.format(number)}{title}</b></p><table>{HEADER}{row}</table>"
        for number, title, row in ((1, "Warm homes", ONE), (2, "Safe", TWO))
    )
    plan = plan_of(TITLE + "".join(parts))
    titles = {group.id: group.title for group in plan.groups}
    assert [(a.ref, titles[a.group_id or ""]) for a in plan.activities] == [("1", "Warm homes"), ("2", "Safe")]
    again = (f"<p><b>Read on</b></p><table>{HEADER}{row}</table>" for row in (ONE, TWO))
    twice = plan_of(TITLE + "".join(again))
    assert twice.groups == ()


def test_what_stands_below_a_labelled_action_is_more_of_its_text() -> None:
    def action(number: int, text: str, more: str = "") -> str:
        about = f"Who: Head of Homes<br>Timeframe: Q{number}<br>Progress: Begun."
        return f"<p><b>Action 2.{number}</b> {text}</p>{more}<p>{about}</p>"

    items = "<ul><li>new seats</li><li>a lift</li></ul>"
    bodies = (action(1, "Mend the roof."), action(2, "Name a warden.", "<p>(Invest to save scheme)</p>"))
    plan = plan_of(f"{TITLE}{''.join(bodies)}{action(3, 'Renew the hall:', items)}{action(4, 'Sweep.')}")
    assert [(a.ref, a.items, a.notes, a.progress) for a in plan.activities] == [
        ("2.1", (), (), "Begun."),
        ("2.2", (), ("Invest to save scheme",), "Begun."),
        ("2.3", ("new seats", "a lift"), (), "Begun."),
        ("2.4", (), (), "Begun."),
    ]


def text_plan(text: str) -> Plan:
    """The plan of a text, whose every word must be claimed."""
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert plan.coverage.unread == ()
    return plan


def test_a_commitment_over_actions_is_a_heading_and_a_value_may_open_like_its_label() -> None:
    def action(ref: str, text: str) -> str:
        return f"{ref} {text}\n\nPortfolio Holder\n\nPortfolio Holder – Homes\n\nCompletion date\n\nQ1\n\n"

    first = f"Commitment 1 – Warm homes\n\n{action('P1', 'Mend the roof of the hall')}{action('P2', 'Fit the doors')}"
    plan = text_plan(
        f"Delivery Plan 2024/25\n\n{first}Commitment 2 – Clean streets\n\n{action('P3', 'Sweep the yard')}"
    )
    assert [(a.ref, a.lead_cabinet_members) for a in plan.activities] == [
        (ref, ("Portfolio Holder – Homes",)) for ref in ("P1", "P2", "P3")
    ]
    assert [(group.kind, group.title) for group in plan.groups] == [
        ("commitment", "Warm homes"),
        ("commitment", "Clean streets"),
    ]


def test_bare_numbers_that_count_the_records_on_part_them() -> None:
    def action(number: int, text: str, when: str = "") -> str:
        said = f"<p>Directorate: Homes<br>Timescale: {when}</p>" if when else ""
        return f"<p>{number} {text}</p>{said}"

    first = action(1, "Mend the roof.", "Q1") + action(2, "Name a warden.")
    plan = plan_of(f"{TITLE}{first}{action(3, 'Renew 12 halls.', 'Q3')}{action(4, 'Sweep.', 'Q4')}")
    assert [(a.ref, a.activity, a.timescale and a.timescale.as_published) for a in plan.activities] == [
        ("1", "Mend the roof.", "Q1"),
        ("2", "Name a warden.", None),
        ("3", "Renew 12 halls.", "Q3"),
        ("4", "Sweep.", "Q4"),
    ]


def test_a_second_sentence_above_an_action_without_a_ref_may_belong_to_what_was_said_before() -> None:
    def action(text: str, when: str, said: str) -> str:
        return f"{text}\n\nBy when: {when}\nLead: Head of Homes\nUpdate: {said}\n"

    more = action("Mend the roof of the hall.", "Q1", "Work has begun.") + "A decision is due.\n\n"
    others = action("Fit new doors to it.", "Q2", "Ordered.") + "\n" + action("Sweep the yard.", "Q3", "Not begun.")
    plan = text_plan(f"Delivery Plan 2024/25\n\n{more}{others}")
    doubted = {(issue.activity_id, issue.field) for issue in plan.issues if issue.code == "border-inferred"}
    first, second, _ = plan.activities
    assert doubted == {(first.id, "progress"), (second.id, "activity")}


def test_what_ends_a_record_without_a_ref_is_no_heading_of_the_next() -> None:
    def action(text: str, last: str, more: str = "") -> str:
        return f"{text}\n\nLead: Head of Homes\n{last}\n\n{more}\n"

    def texts(*actions: str) -> list[str]:
        plan = text_plan("Delivery Plan 2024/25\n\nOutcome: Homes\n\n" + "".join(actions))
        assert [group.title for group in plan.groups] == ["Homes"]
        first = plan.activities[0]
        return [first.timescale.as_published if first.timescale else "", *first.lead_directorates]

    doors, yard = action("Fit new doors to it.", "By when: May 2024"), action("Sweep the yard.", "By when: Q3")
    assert texts(action("Mend the roof.", "By when: April 2024", "October 2024\n"), doors, yard) == [
        "April 2024\nOctober 2024"
    ]
    doors, yard = (
        action("Fit new doors to it.", "Directorate: Place Directorate"),
        action("Sweep the yard.", "Directorate: People Directorate"),
    )
    more = "People Directorate\n"
    assert texts(action("Mend the roof.", "Directorate: Place Directorate", more), doors, yard) == [
        "",
        "Place Directorate",
        "People Directorate",
    ]


def test_a_table_with_refs_as_the_plan_s_that_no_record_bears_is_told() -> None:
    rows = "".join(f"<tr><td>{ref}</td><td>{text}</td></tr>" for ref, text in (("2.1", "Blue"), ("2.2", "Red")))
    plan_table = f"<table>{HEADER}{ONE}{TWO}</table>".replace("<td>1<", "<td>1.1<").replace("<td>2<", "<td>1.2<")
    told = [issue.message for issue in plan_of(f"{TITLE}{plan_table}<table>{rows}</table>").issues]
    assert any("2.1, 2.2" in message for message in told)
    again = rows.replace("2.1", "1.1").replace("2.2", "1.2")
    told = [issue.message for issue in plan_of(f"{TITLE}{plan_table}<table>{again}</table>").issues]
    assert not any("1.1, 1.2" in message for message in told)


def test_plain_lines_head_tables_where_each_table_has_one() -> None:
    names = ("Homes: warm and dry", "Streets: clean and safe", "Parks: open to all")
    tables = [f"<p>{name}</p><table>{HEADER}{ONE}{TWO}</table>" for name in names]
    assert [group.title for group in plan_of(TITLE + "".join(tables)).groups] == list(names)
    assert not plan_of(f"{TITLE}{tables[0]}{tables[1]}<p>It is new.</p><table>{HEADER}{ONE}</table>").groups


def test_a_row_that_speaks_of_activities_and_officers_is_no_header() -> None:
    row = "<tr><td>3</td><td>Train all the wardens</td><td>One officer</td><td>Existing activity</td></tr>"
    plan = plan_of(f"{TITLE}<table>{HEADER}{ONE}{row}{TWO}</table>")
    assert [activity.ref for activity in plan.activities] == ["1", "3", "2"]


def test_directors_under_the_word_executive_are_officers() -> None:
    rows = "".join(
        f"<tr><td>{what} all the wards</td><td>Chief {who} Officer</td><td>Q1</td></tr>"
        for what, who in (("Open", "Operating"), ("Staff", "People"), ("Heat", "Finance"))
    )
    table = f"<table><tr><th>Action</th><th>Executive lead</th><th>When</th></tr>{rows}</table>"
    plan = plan_of(TITLE + table)
    assert [activity.lead_officers for activity in plan.activities] == [
        ("Chief Operating Officer",),
        ("Chief People Officer",),
        ("Chief Finance Officer",),
    ]


def test_plain_paragraphs_head_tables_where_they_name_nobody_and_stand_below_no_heading() -> None:
    rows = (ONE, TWO, ONE.replace("<td>1<", "<td>3<"))

    def titles(*paragraphs: str, headings: bool = False) -> list[str]:
        parts = (
            f"{f'<h2>Part {row[8]} of all</h2>' if headings else ''}<p>{text}</p><table>{HEADER}{row}</table>"
            for text, row in zip(paragraphs, rows, strict=True)
        )
        return [group.title for group in plan_of(TITLE + "".join(parts)).groups]

    plain = ("Warm homes", "Safe streets", "Clean air")
    assert titles(*plain) == list(plain)
    below = titles(*plain, headings=True)
    assert len(below) == 3
    assert not set(below) & set(plain)
    for aside in ("Table 3: what is next", "See note 3", "Budget for the year £300,000", "Councillor Jo Marsh"):
        assert titles(*plain[:2], aside) == []
    for owner in ("Head of Housing", "Housing Manager", "Jo Marsh"):
        assert titles(*plain[:2], owner) == []


@pytest.mark.parametrize(
    ("ref", "title"), [("1.2", "Deleted in June 2025"), ("A", "Delivered"), ("1", "Mend the roofs:"), ("1", "Closed")]
)
def test_a_row_of_a_number_and_a_text_is_a_heading_over_rows_of_that_number_alone(ref: str, title: str) -> None:
    def row(number: str) -> str:
        return ONE.replace("<td>1<", f"<td>{number}<")

    def alone(number: str, text: str) -> str:
        return f"<tr><td>{number}</td><td colspan=3>{text}</td></tr>"

    headed = plan_of(
        f"{TITLE}<table>{HEADER}{alone('1', 'Homes')}{row('1.1')}{alone('2', 'Roads')}{row('2.1')}</table>"
    )
    assert [(group.number, group.title) for group in headed.groups] == [("1", "Homes"), ("2", "Roads")]
    plan = plan_of(f"{TITLE}<table>{HEADER}{row('1.0')}{alone(ref, title)}{row('1.3')}</table>")
    assert plan.groups == ()
    assert title in [a.activity for a in plan.activities]


def test_parts_of_the_document_are_no_labels_of_groups_and_learnt_ones_are_those_of_headings() -> None:
    def plan_with(label: str) -> Plan:
        one, two = (f"<h2>{label} {number}: Homes {number}</h2>" for number in (1, 2))
        caption = f"<p>{label} 3 - how we chose</p>"
        return plan_of(
            f"{TITLE}{one}<table>{HEADER}{ONE}</table>{caption}<p>We asked.</p>{two}<table>{HEADER}{TWO}</table>"
        )

    assert [(group.kind, group.title) for group in plan_with("Table").groups] == [
        (None, "Homes 1"),
        (None, "Homes 2"),
    ]
    assert [(group.kind, group.title) for group in plan_with("Cornerstone").groups] == [
        ("cornerstone", "Homes 1"),
        ("cornerstone", "Homes 2"),
    ]


def test_a_heading_goes_on_where_a_mark_stands_before_the_word_that_says_so() -> None:
    def titles(again: str) -> list[str]:
        plan = plan_of(
            f"{TITLE}<h2>Good work</h2><table>{HEADER}{ONE}</table><h2>{again}</h2><table>{HEADER}{TWO}</table>"
        )
        return [group.title for group in plan.groups]

    for again in ("Good work (continued)", "Good work, cont.", "Good work cont'd", "Good work . . . continued"):
        assert titles(again) == ["Good work"]
    assert titles("Good work continued") == ["Good work", "Good work continued"]


def test_a_header_that_comes_again_in_other_words_is_no_record() -> None:
    names = ("Ref No.", "Actions planned for year 2", "Lead Manager and Partners", "Target date for delivery")
    again = f"<tr>{''.join(f'<td>{name}</td>' for name in names)}</tr>"
    plan = plan_of(f"{TITLE}<table>{HEADER}{ONE}{again}{TWO}</table>")
    assert [a.ref for a in plan.activities] == ["1", "2"]


def test_a_number_among_the_tables_is_no_part_of_a_heading() -> None:
    body = (
        f"{TITLE}<table><caption>Table 1: Priority 1 - Homes</caption>{HEADER}{ONE}</table>"
        f"<table><caption>Table 2: Priority 2 - Windows</caption>{HEADER}{TWO}</table>"
    )
    assert [(group.kind, group.title) for group in plan_of(body).groups] == [
        ("priority", "Homes"),
        ("priority", "Windows"),
    ]


def test_a_heading_that_only_says_that_actions_follow_is_no_group_under_others() -> None:
    body = (
        f"{TITLE}<h2>Warm homes</h2><h3>Actions</h3><table>{HEADER}{ONE}</table>"
        f"<h2>Bright homes</h2><h3>Actions</h3><table>{HEADER}{TWO}</table>"
    )
    assert [group.title for group in plan_of(body).groups] == ["Warm homes", "Bright homes"]


_BARRIERS = (
    ("Work", "Nobody knows whom to ask.", "Write a guide for all staff.", "Head of People"),
    ("Buildings", "The hall has steps.", "Build a ramp at the hall.", "Head of Estates"),
    ("Transport", "The bus has no lift.", "Hire a bus with a lift.", "Fleet Manager"),
)


def test_labelled_prose_below_a_heading_leaves_it_over_the_records() -> None:
    body = "".join(
        f"<h2>{title}</h2><p><b>Barrier:</b> {barrier}</p><h3>Action {number}</h3><p>{action}</p>"
        f"<ul><li><b>Lead:</b> {lead}</li><li><b>Timeline:</b> May 2024</li></ul>"
        for number, (title, barrier, action, lead) in enumerate(_BARRIERS, 1)
    )
    plan = plan_of(TITLE + body)
    assert [group.title for group in plan.groups] == ["Work", "Buildings", "Transport"]
    assert [activity.group_id for activity in plan.activities] == ["work", "buildings", "transport"]


def test_labelled_prose_below_a_line_that_was_a_heading_leaves_it_over_the_records() -> None:
    text = "\n\n".join(
        f"{title}\n\nBarrier: {barrier}\n\nAction {number}\n\n{action}\n\nLead: {lead}\nTimeline: May 2024"
        for number, (title, barrier, action, lead) in enumerate(_BARRIERS, 1)
    )
    plan = text_plan(f"Delivery Plan 2024/25\n\n{text}\n\nDate modified: 2024-05-11\n")
    assert [group.title for group in plan.groups] == ["Work", "Buildings", "Transport"]
    assert [activity.ref for activity in plan.activities] == ["1", "2", "3"]


def test_a_line_that_only_says_that_actions_follow_is_no_group_of_an_aligned_text() -> None:
    table = "Ref    Action                 Lead               When\n{}    {}     {}    May 2024\n"
    one = table.format("1.1", "Mend all the boilers", "Head of Housing")
    two = table.format("2.1", "Fit all the windows.", "Head of Housing")
    text = f"Delivery Plan 2024/25\n\nPriority 1: Warm homes\nActions\n{one}\nPriority 2: Bright homes\nActions\n{two}"
    assert [group.title for group in text_plan(text).groups] == ["Warm homes", "Bright homes"]


def test_the_one_heading_over_all_rows_of_a_text_is_its_title_where_its_words_are() -> None:
    table = (
        "Ref\tAction\tLead\tWhen\n1.1\tMend all the boilers\tClerk\tMay 2024\n1.2\tFit all the windows\tClerk\tMay 2024"
    )
    plan = text_plan(f"Home\nCarers Strategy: Action Plan for Carers\n\n{table}\n")
    assert (plan.title, plan.groups) == ("Carers Strategy: Action Plan for Carers", ())
    named = text_plan(f"Home\nCarers of all ages\n\n{table}\n")
    assert [group.title for group in named.groups] == ["Carers of all ages"]


def test_subtotals_with_the_name_of_what_they_add_up_are_no_records() -> None:
    header = "<tr><th>Ref</th><th>Scheme</th><th>Cost</th><th>Lead</th><th>By when</th></tr>"
    rows = "".join(
        f"<tr><td>{ref}</td><td>{text}</td><td>{cost}</td><td>Traffic Engineer</td><td>Q2</td></tr>"
        for ref, text, cost in (("B1", "Bus gate at the hill", "320"), ("B2", "Displays at 75 stops", "410"))
    )
    total = "<tr><td colspan=2>Sub-total: Buses</td><td>730</td><td colspan=2></td></tr>"
    plan = plan_of(f"{TITLE}<table>{header}{rows}{total}</table>")
    assert [activity.ref for activity in plan.activities] == ["B1", "B2"]


def test_titles_in_the_column_of_actions_group_rows_that_all_have_refs() -> None:
    bare = "<tr><td></td><td>{}</td><td></td><td></td></tr>"
    rows = (bare.format("Boilers"), ONE, ONE.replace(">1<", ">3<"), bare.format("Windows"), TWO)
    plan = plan_of(f"{TITLE}<table>{HEADER}{''.join(rows)}</table>")
    assert [(activity.ref, activity.group_id) for activity in plan.activities] == [
        ("1", "boilers"),
        ("3", "boilers"),
        ("2", "windows"),
    ]


def test_a_legend_and_the_number_of_the_one_table_head_no_groups() -> None:
    plan = plan_of(
        f"{TITLE}<h3>Key</h3><ul><li>Green: on track</li></ul><h2>Table 4 – Actions for homes</h2>"
        f"<table>{HEADER}{ONE}{TWO}</table>"
    )
    assert plan.groups == ()


def test_a_theme_may_be_called_the_key_to_something() -> None:
    plan = plan_of(
        f"{TITLE}<h2>Homes</h2><table>{HEADER}{ONE}</table><h2>Key to growth</h2><table>{HEADER}{TWO}</table>"
    )
    assert [group.title for group in plan.groups] == ["Homes", "Key to growth"]


def test_an_action_that_begins_with_total_is_a_record_where_it_says_when() -> None:
    header = "<tr><th>Action</th><th>Detail</th><th>Cost</th><th>By when</th></tr>"
    rows = (
        "<tr><td>Mend the pier</td><td>Ten piles</td><td>£3k</td><td>Q2</td></tr>"
        "<tr><td colspan=2>Total refurbishment of the baths</td><td>£20k</td><td>2027</td></tr>"
    )
    plan = plan_of(f"{TITLE}<table>{header}{rows}</table>")
    assert [activity.activity for activity in plan.activities] == ["Mend the pier", "Total refurbishment of the baths"]


def test_actions_over_the_headings_that_group_them_is_no_group() -> None:
    plan = plan_of(
        f"{TITLE}<h2>Actions</h2><h3>Homes</h3><table>{HEADER}{ONE}</table><h3>Schools</h3><table>{HEADER}{TWO}</table>"
    )
    assert [group.title for group in plan.groups] == ["Homes", "Schools"]


def test_headings_that_set_parts_of_a_plan_apart_stay_groups() -> None:
    one, two = (f"<table>{HEADER}{row}</table>" for row in (ONE, TWO))
    for headings in (
        ("<h2>Homes</h2>", "<h2>Table 1: Streets</h2>"),
        ("<h2>Table 1: Homes</h2>", "<h2>Streets</h2>"),
        ("<h2>Homes</h2>", "<h2>Actions</h2><h3>Streets</h3>"),
        ("<h2>Actions</h2><h3>Homes</h3>", "<h2>Projects</h2><h3>Streets</h3>"),
    ):
        groups = plan_of(f"{TITLE}{headings[0]}{one}{headings[1]}{two}").groups
        assert len(groups) == sum(text.count("</h") for text in headings)


def test_labels_that_a_plan_numbers_are_known_above_tables_and_within_them() -> None:
    numbered = "<p><b>Finding {}</b></p>"
    above = "".join(
        f"{numbered.format(title)}<table>{HEADER}{row}</table>"
        for title, row in (("1: Cold homes", ONE), ("2: Old windows", TWO))
    )
    within = "<tr><td colspan=4>Finding {}</td></tr>"
    one = f"<table>{HEADER}{within.format('1: Cold homes')}{ONE}{within.format('2: Old windows')}{TWO}</table>"
    for body in (above, one):
        groups = plan_of(TITLE + body).groups
        assert [(group.kind, group.title) for group in groups] == [
            ("finding", "Cold homes"),
            ("finding", "Old windows"),
        ]


def test_a_table_across_below_each_action_says_who_and_when() -> None:
    table = (
        "<table><tr><th>Lead</th><th>By when</th><th>Risk</th></tr><tr><td>{}</td><td>{}</td><td>{}</td></tr></table>"
    )
    plan = plan_of(
        f"{TITLE}<h3>A1 Open the new ward</h3>{table.format('Director of Nursing', 'Q2', 'Cost')}"
        f"<h3>A2 Screen all smokers</h3>{table.format('Screening Lead', 'Q3', 'Staff')}"
    )
    said = [(a.ref, a.activity, a.lead_officers, dict(a.extra)) for a in plan.activities]
    assert said == [
        ("A1", "Open the new ward", ("Director of Nursing",), {"Risk": "Cost"}),
        ("A2", "Screen all smokers", ("Screening Lead",), {"Risk": "Staff"}),
    ]


def test_labels_on_the_line_of_their_action() -> None:
    plan = plan_of(
        f"{TITLE}<h2>Shore</h2>"
        "<p>1.1 Measure the beach at four sites <b>Lead:</b> Coastal Engineer <b>Due:</b> Quarterly</p>"
        "<p>1.2 Replace the groynes <b>Lead:</b> Coastal Engineer <b>Due:</b> By June 2024</p>"
    )
    said = [(a.ref, a.activity, a.lead_officers, a.timescale and a.timescale.as_published) for a in plan.activities]
    assert said == [
        ("1.1", "Measure the beach at four sites", ("Coastal Engineer",), "Quarterly"),
        ("1.2", "Replace the groynes", ("Coastal Engineer",), "By June 2024"),
    ]


@pytest.mark.parametrize("above", [True, False])
def test_the_badges_of_cards_are_their_status(above: bool) -> None:
    cards = "".join(
        f"<div>{badge if above else ''}<h3>{title}</h3>{'' if above else badge}<p>Lead: {lead}</p><p>Due: Q2</p></div>"
        for badge, title, lead in (
            ("<div>On track</div>", "1. Open the new college", "Head of Skills"),
            ("<div>Delayed</div>", "2. Put buses under public control", "Head of Buses"),
            ("<div>Not started</div>", "3. Build two stations", "Head of Rail"),
        )
    )
    plan = plan_of(f"{TITLE}<h2>Places</h2>{cards}")
    assert [(a.activity, a.status, a.group_id) for a in plan.activities] == [
        ("Open the new college", "On track", "places"),
        ("Put buses under public control", "Delayed", "places"),
        ("Build two stations", "Not started", "places"),
    ]
    assert "column-inferred" in {issue.code for issue in plan.issues}


def test_a_label_that_numbers_its_record_heads_it_though_its_cell_spans_nothing() -> None:
    rows = "".join(
        f"<tr><td>Action {number}</td><td></td></tr><tr><td>What we will do</td><td>{text}</td></tr>"
        f"<tr><td>Lead</td><td>Area Manager</td></tr><tr><td>By when</td><td>Q{number}</td></tr>"
        for number, text in ((1, "Visit nine thousand homes"), (2, "Inspect all the towers"))
    )
    plan = plan_of(f"{TITLE}<table>{rows}</table>")
    assert [(a.ref, a.activity) for a in plan.activities] == [
        ("1", "Visit nine thousand homes"),
        ("2", "Inspect all the towers"),
    ]


def test_a_label_without_a_value_heads_no_record_though_it_has_a_number() -> None:
    rows = "".join(
        f"<tr><td>Action</td><td>{text}</td></tr><tr><td>Lead</td><td>Area Manager</td></tr>"
        "<tr><td>By when</td><td>May 2025</td></tr><tr><td>Q2</td><td></td></tr>"
        for text in ("Visit nine thousand homes", "Inspect all the towers")
    )
    plan = plan_of(f"{TITLE}<table>{rows}</table>")
    assert [a.activity for a in plan.activities] == ["Visit nine thousand homes", "Inspect all the towers"]


def test_a_row_that_only_goes_on_with_the_cells_above_is_no_record() -> None:
    header, one, two = (
        tuple(Cell((Line(text),), row, column) for column, text in enumerate(texts))
        for row, texts in ((0, ("Ref", "Action", "By when")), (1, ("1", "Mend it", "Q1")), (4, ("2", "Fit it", "Q2")))
    )
    title = (Cell((Line("HOMES"),), 2, 0, row_span=2, column_span=3),) * 3  # with a line drawn through it
    table = Table((header, one, title, title, two), header_rows=1)
    (columns,) = read_columns([table], {})
    assert columns is not None
    found = Found()
    read_rows(table, columns, found, {})
    assert [row.cells["activity"].text for row in found.rows] == ["Mend it", "Fit it"]
    assert [group.title for group in found.groups] == ["HOMES"]


def test_a_heading_that_is_a_ref_alone_is_that_of_the_table_of_labels_below_it() -> None:
    def upright(ref: str, action: str) -> str:
        rows = (("Action", action), ("Lead officer", "Head of Housing"), ("Timescale", "Q2"))
        return (
            f"<h3>Action {ref}</h3><table>"
            + "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows)
            + "</table>"
        )

    plan = plan_of(f"{TITLE}<h2>Homes</h2>{upright('1.1', 'Mend the boilers')}{upright('1.2', 'Fit the windows')}")
    assert [(a.ref, a.activity) for a in plan.activities] == [("1.1", "Mend the boilers"), ("1.2", "Fit the windows")]
    assert [group.title for group in plan.groups] == ["Homes"]


def test_an_action_that_reads_like_the_name_of_a_column_stands_beside_its_label() -> None:
    def upright(action: str) -> str:
        rows = (("What we will do", action), ("Lead officer", "Head of Housing"), ("Completed by", "Q2"))
        return "<table>" + "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows) + "</table>"

    plan = plan_of(f"{TITLE}{upright('Buy phones for all housing officers')}{upright('Fit the windows')}")
    assert [a.activity for a in plan.activities] == ["Buy phones for all housing officers", "Fit the windows"]


def test_a_caption_that_names_the_heading_above_it_again_is_no_group() -> None:
    def tables(first: str, second: str) -> list[str]:
        homes = f"<h2>Outcome 1 - Homes</h2><table><caption>{first}</caption>{HEADER}{ONE}</table>"
        roads = f"<h2>Outcome 2 - Roads</h2><table><caption>{second}</caption>{HEADER}{TWO}</table>"
        return [group.title for group in plan_of(TITLE + homes + roads).groups]

    assert tables("Actions for outcome 1", "Actions for outcome 2") == ["Homes", "Roads"]
    assert tables("What we will do: homes", "What we will do: roads") == ["Homes", "Roads"]
    assert tables("Boilers", "Bridges") == ["Homes", "Boilers", "Roads", "Bridges"]


def test_the_number_of_a_part_of_the_document_is_no_part_of_a_group_s_label() -> None:
    body = (
        f"<h2>1. Theme 1: Homes</h2><table>{HEADER}{ONE}</table><h2>2. Theme 2: Roads</h2><table>{HEADER}{TWO}</table>"
    )
    plan = plan_of(TITLE + body)
    assert [(group.kind, group.number, group.title) for group in plan.groups] == [
        ("theme", "1", "Homes"),
        ("theme", "2", "Roads"),
    ]


def test_directors_under_the_word_executive_are_officers_beside_others_that_are() -> None:
    def leads(*executives: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        rows = "".join(
            f"<tr><td>Open all the wards in block {n}</td><td>{who}</td><td>Ward Manager</td><td>Q1</td></tr>"
            for n, who in enumerate(executives)
        )
        head = "<tr><th>Action</th><th>Executive lead</th><th>Operational lead</th><th>When</th></tr>"
        plan = plan_of(f"{TITLE}<table>{head}{rows}</table>")
        return [(a.lead_officers, a.lead_cabinet_members) for a in plan.activities]

    assert leads("Chief Nurse", "Medical Director", "Director of People")[0] == (("Chief Nurse",), ())
    assert leads("Cllr Jo Marsh", "Cllr Ann Reed", "Cllr Jo Marsh")[0] == (("Ward Manager",), ("Cllr Jo Marsh",))


def test_labels_alone_on_their_lines_are_known_by_what_stands_below_them() -> None:
    def action(ref: str, text: str, *who: str, when: str) -> str:
        return f"{ref} {text}\nOwner\n" + "\n".join(who) + f"\nDelivery\n{when}\n"

    plan = text_plan(
        "Business Plan 2025-26\n\nObjective 1: Homes\n\n"
        + action("1.1", "Mend the roof of the hall.", "Head of Homes", "Head of Parks", when="Q1")
        + action("1.2", "Open the new pool.", "Head of Sport", when="Ongoing")
        + action("1.3", "Paint all the bridges.", "Head of Roads", when="Q3")
    )
    assert [(a.ref, a.timescale.as_published if a.timescale else None) for a in plan.activities] == [
        ("1.1", "Q1"),
        ("1.2", "Ongoing"),
        ("1.3", "Q3"),
    ]
    assert plan.activities[0].lead_officers == ("Head of Homes", "Head of Parks")


def test_a_line_over_a_sentence_over_labelled_actions_is_their_heading() -> None:
    def action(number: int, text: str, when: str) -> str:
        return f"Action {number}\n\n{text}\n\nLead: Head of Homes\nTimeline: {when}\n"

    said = "We heard that people meet barriers in this area.\n\n"
    plan = text_plan(
        f"Accessibility Plan 2025/26\n\nEmployment\n\n{said}"
        + action(1, "Mend the roof of the hall.", "Q1")
        + action(2, "Open the new pool.", "Ongoing")
        + f"The built environment\n\n{said}"
        + action(3, "Paint all the bridges.", "Q3")
    )
    assert [group.title for group in plan.groups] == ["Employment", "The built environment"]
    assert [a.group_id for a in plan.activities] == [plan.groups[0].id, plan.groups[0].id, plan.groups[1].id]


def test_a_number_beside_the_label_of_the_action_in_the_row_below_is_its_ref() -> None:
    def upright(ref: str, action: str) -> str:
        rows = (("Action", ref), ("Action", action), ("Lead agency", "Head of Housing"), ("Timescale", "Q2"))
        return "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)

    plan = plan_of(f"{TITLE}<table>{upright('1.1', 'Mend the boilers')}{upright('1.2', 'Fit the windows')}</table>")
    assert [(a.ref, a.activity) for a in plan.activities] == [("1.1", "Mend the boilers"), ("1.2", "Fit the windows")]


def test_a_heading_that_names_the_one_above_it_again_is_no_group() -> None:
    homes = f"<h2>Outcome 1 - Homes</h2><p>We build.</p><h3>Actions for outcome 1</h3><table>{HEADER}{ONE}</table>"
    roads = f"<h2>Outcome 2 - Roads</h2><h3>Actions for outcome 2</h3><table>{HEADER}{TWO}</table>"
    assert [group.title for group in plan_of(TITLE + homes + roads).groups] == ["Homes", "Roads"]


def test_what_ends_another_table_heads_nothing_above_what_is_said_of_each() -> None:
    def part(number: int, name: str) -> str:
        return (
            f"Priority {number} - {name}\n\nMeasures\n\nIndicator Baseline Target\nOccupied beds 97% 92%\n\nActions\n\n"
            "Ref. Key actions Accountable executive Due Status\n"
            f"{number}a Mend the roof of the hall. Medical Director May 2025 On track\n"
            f"{number}b Open the new pool of the town. Chief Nurse March 2026 At risk\n\n"
        )

    plan = text_plan(f"Operational Plan 2025/26\n\n{part(1, 'Homes')}{part(2, 'Roads')}{part(3, 'Parks')}")
    titles = {group.id: group.title for group in plan.groups}
    assert [titles[a.group_id or ""] for a in plan.activities] == [
        name for name in ("Homes", "Roads", "Parks") for _ in "ab"
    ]


def test_a_sentence_that_comes_again_stands_between_a_plain_heading_and_its_table() -> None:
    said = "<p>We share the goal for this area set out in the national plan.</p>"
    names = ("Getting about", "Culture and the arts", "Warm homes")
    tables = "".join(
        f"<p>{name}</p>{said}<table>{HEADER}{ONE.replace('1', f'{n}.1', 1)}{TWO.replace('2', f'{n}.2', 1)}</table>"
        for n, name in enumerate(names, 1)
    )
    assert [group.title for group in plan_of(TITLE + tables).groups] == list(names)
