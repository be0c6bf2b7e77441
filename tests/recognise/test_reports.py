"""Plans within whole reports, as officers write them with a word processor and convert them to web pages."""

from __future__ import annotations

import time

import pytest

from extractor.records import Plan
from recognise.pages_made import HEADER, plan_of

ONE = "<tr><td>1.1</td><td>Mend all the boilers</td><td>Head of Housing</td><td>Q1</td></tr>"
TWO = "<tr><td>2.1</td><td>Fit all the windows</td><td>Head of Housing</td><td>Q2</td></tr>"
THREE = "<tr><td>3.1</td><td>Paint all the doors</td><td>Head of Housing</td><td>Q3</td></tr>"


def groups_of(plan: Plan) -> list[tuple[str | None, str]]:
    return [(group.kind, group.title) for group in plan.groups]


def table(*rows: str) -> str:
    return f"<table>{HEADER}{''.join(rows)}</table>"


@pytest.mark.parametrize(
    "cover",
    [
        "<p>Wold Council</p><p>Housing Service Plan 2025/26</p><p>Homes for all</p>",
        "<table><tr><td>Report to:</td><td>Cabinet</td></tr>"
        "<tr><td>Title:</td><td>Housing Service Plan 2025/26</td></tr></table>",
        "<p>Report to: Cabinet</p><p>Title: Housing Service Plan 2025/26</p><p>Key decision: Yes</p>",
    ],
    ids=["cover", "form", "lines"],
)
@pytest.mark.parametrize("chapter", ["4. Our action plan", "Appendix A: Action Plan"])
def test_the_title_is_the_cover_s_and_no_chapter_s(cover: str, chapter: str) -> None:
    links = "<h1>Links to other plans</h1><p>See the strategy.</p>"
    plan = plan_of(f"{cover}{links}<h1>{chapter}</h1><h2>Priority 1: Homes</h2>{table(ONE, TWO)}")
    assert plan.title == "Housing Service Plan 2025/26"
    assert plan.activities[0].timescale is not None
    assert str(plan.activities[0].timescale.end) == "2025-06-30"
    assert plan.activities[0].group_id == plan.groups[-1].id
    assert plan.groups[-1].title == "Homes"


@pytest.mark.parametrize("over", ["<p><strong>Contents</strong></p>", ""], ids=["named", "unnamed"])
@pytest.mark.parametrize("dots", ["\t", " ...... "], ids=["tab", "dots"])
def test_the_lines_of_a_list_of_contents_are_no_groups(over: str, dots: str) -> None:
    titles = ["Foreword", "Priority 1: Homes", "Priority 2: Windows"]
    contents = "".join(f"<p>{title}{dots}{page}</p>" for page, title in enumerate(titles, 3))
    body = f"<h1>Service Plan 2025/26</h1>{over}{contents}<h2>Foreword</h2><p>We are glad.</p>"
    plan = plan_of(f"{body}<h2>{titles[1]}</h2>{table(ONE)}<h2>{titles[2]}</h2>{table(TWO)}")
    assert groups_of(plan) == [("priority", "Homes"), ("priority", "Windows")]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Ref|Risk|Likelihood|Impact|Mitigation|Owner", "R1|Loss of key staff|3|4|Make a plan for posts|Head of Homes"),
        ("Risk|RAG|Mitigating actions|Risk owner", "Grants may end in March|Red|Bid for new funds|Grants Manager"),
        ("Risk|How we will manage it|Risk owner", "Grants may end in March|Bid for new funds|Grants Manager"),
    ],
)
def test_a_register_of_risks_is_kept_beside_a_plan(header: str, row: str) -> None:
    risks = "".join(f"<tr><td>{line.replace('|', '</td><td>')}</td></tr>" for line in (header, row))
    body = f"<h1>Service Plan 2025/26</h1>{table(ONE, TWO)}<h2>Risks</h2><table>{risks}</table>"
    plan = plan_of(body)
    assert [activity.ref for activity in plan.activities] == ["1.1", "2.1"]
    assert plan.tables[0].header == tuple(header.split("|"))


def test_a_plan_of_what_is_done_about_risks_is_read() -> None:
    head = "<tr><th>Risk</th><th>Mitigating action</th><th>Owner</th><th>By when</th></tr>"
    row = "<tr><td>Loss of key staff</td><td>Make a plan for the posts</td><td>Head of Homes</td><td>May 2025</td></tr>"
    assert len(plan_of(f"<h1>Risk Action Plan 2025/26</h1><table>{head}{row}</table>").activities) == 1


def test_a_plan_whose_tables_are_all_of_risks_is_read() -> None:
    head = "<tr><th>Risk</th><th>Action</th><th>Owner</th><th>Likelihood</th><th>By when</th></tr>"
    row = "<tr><td>{}</td><td>{}</td><td>Head of Roads</td><td>High</td><td>May 2025</td></tr>"
    tables = [row.format("Floods", "Clear all the drains"), row.format("Fire", "Test all the alarms")]
    body = "".join(f"<h2>Theme {n}: Safety</h2><table>{head}{one}</table>" for n, one in enumerate(tables, 1))
    plan = plan_of(f"<h1>Action Plan 2025/26</h1>{body}")
    assert [activity.activity for activity in plan.activities] == ["Clear all the drains", "Test all the alarms"]


@pytest.mark.parametrize("header", ["Area of risk|Action|Lead", "Risk|What we will do|Lead"])
def test_actions_about_risks_without_a_time_are_no_register(header: str) -> None:
    head = f"<tr><th>{header.replace('|', '</th><th>')}</th></tr>"
    row = "<tr><td>Floods</td><td>Clear all the drains</td><td>Head of Roads</td></tr>"
    plan = plan_of(f"<h1>Action Plan 2025/26</h1><table>{head}{row}</table>{table(ONE, TWO)}")
    assert [activity.ref for activity in plan.activities] == [None, "1.1", "2.1"]


def test_outputs_beside_a_plan_are_a_table_and_no_actions() -> None:
    head = "<tr><th>Output</th><th>Lead</th><th>Due date</th></tr>"
    row = "<tr><td>Number of new homes that are built in all</td><td>Head of Homes</td><td>May 2025</td></tr>"
    outputs = f"<h2>Monitoring</h2><table>{head}{row}</table>"
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1>{table(ONE, TWO)}{outputs}")
    assert [activity.ref for activity in plan.activities] == ["1.1", "2.1"]
    assert len(plan.tables) == 1
    assert len(plan_of(f"<h1>Housing Plan 2025/26</h1>{outputs}").activities) == 1


@pytest.mark.parametrize(
    "cover",
    [
        "<p>Last Year: Housing Plan 2024/25</p><h2>Housing Plan 2025/26</h2>",
        "<p>Subject: Housing Plan 2024/25</p><h2>Housing Plan 2025/26</h2>",
        "<p>This takes the place of Housing Plan 2024/25</p><h1>Delivery Plan</h1>",
    ],
)
def test_another_year_s_plan_named_above_the_title_is_none(cover: str) -> None:
    plan = plan_of(f"{cover}<h3>Homes</h3>{table(ONE)}<h3>Windows</h3>{table(TWO)}")
    assert plan.title in ("Housing Plan 2025/26", "Delivery Plan")
    assert plan.period is None or plan.period.label == "2025/26"
    assert groups_of(plan) == [(None, "Homes"), (None, "Windows")]


def test_captions_with_numbers_are_groups_where_every_table_has_its_own() -> None:
    tables = [("Know our homes", ONE), ("Warm homes", TWO), ("Fair rents", THREE)]
    body = "".join(f"<p>Table {n}: {title}</p>{table(row)}" for n, (title, row) in enumerate(tables, 2))
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1>{body}")
    assert [group.title for group in plan.groups] == ["Know our homes", "Warm homes", "Fair rents"]
    assert len({activity.group_id for activity in plan.activities}) == 3


def test_a_box_above_a_table_holds_its_heading() -> None:
    box = "<table><tr><td><p>Outcome {} – {}</p><p>This matters to us all.</p></td></tr></table>"
    body = f"{box.format(1, 'Warm homes')}{table(ONE)}{box.format(2, 'Bright homes')}{table(TWO)}"
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1>{body}")
    assert groups_of(plan) == [("outcome", "Warm homes"), ("outcome", "Bright homes")]
    assert [activity.group_id for activity in plan.activities] == [group.id for group in plan.groups]


def test_a_small_table_is_a_record_whose_label_says_its_number() -> None:
    card = (
        "<table><tr><td>Action {}</td><td>{}</td></tr><tr><td>Lead</td><td>Head of Homes</td></tr>"
        "<tr><td>Timescale</td><td>May 2025</td></tr></table>"
    )
    body = f"<h2>Priority 1: Homes</h2>{card.format('1.1', 'Mend the boilers')}{card.format('1.2', 'Fit the windows')}"
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1>{body}")
    assert [(a.ref, a.activity, a.lead_officers) for a in plan.activities] == [
        ("1.1", "Mend the boilers", ("Head of Homes",)),
        ("1.2", "Fit the windows", ("Head of Homes",)),
    ]


def test_the_number_that_a_word_processor_counts_makes_no_list_of_a_cell() -> None:
    row = '<tr><td><ol start="{}"><li>{}</li></ol></td><td>Head of Homes</td><td>May 2025</td></tr>'
    head = "<tr><th>Action</th><th>Lead</th><th>By when</th></tr>"
    body = f"<table>{head}{row.format(1, 'Mend all boilers')}{row.format(2, 'Fit the windows')}</table>"
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1>{body}")
    assert [(a.activity, a.items) for a in plan.activities] == [("Mend all boilers", ()), ("Fit the windows", ())]


def test_lists_of_numbers_in_cells_of_several_groups_are_no_refs() -> None:
    head = "<tr><th>Action</th><th>Lead</th><th>By when</th></tr>"
    row = "<tr><td><ol><li>{}</li><li>{}</li></ol></td><td>Head of Homes</td><td>May 2025</td></tr>"
    lists = [("Mend boilers.", "Fit pipes."), ("Fit windows.", "Fit doors."), ("Paint walls.", "Lay floors.")]
    tables = "".join(
        f"<h2>Theme {n}: {two[0][:-1]}</h2><table>{head}{row.format(*two)}</table>" for n, two in enumerate(lists, 1)
    )
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1>{tables}")
    assert [(activity.ref, activity.items) for activity in plan.activities] == [(None, two) for two in lists]


def test_a_row_of_a_plan_without_refs_may_lack_its_activity() -> None:
    rows = ["<td>Mend all boilers</td><td>Head of Homes</td><td>May 2025</td>"]
    rows.append("<td></td><td>Head of Roads</td><td>June 2025</td>")
    head = "<tr><th>Action</th><th>Lead</th><th>By when</th></tr>"
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1><table>{head}<tr>{'</tr><tr>'.join(rows)}</tr></table>")
    assert [activity.activity for activity in plan.activities] == ["Mend all boilers", ""]
    assert [issue.code for issue in plan.issues if issue.severity == "error"] == ["activity-missing"]


@pytest.mark.parametrize("header", ["Start/finish", "Start"])
def test_a_span_keeps_its_end_under_the_name_of_a_start(header: str) -> None:
    head = f"<tr><th>Action</th><th>Lead</th><th>{header}</th></tr>"
    row = "<tr><td>Mend all the boilers</td><td>Head of Homes</td><td>May 2025 – March 2026</td></tr>"
    (activity,) = plan_of(f"<h1>Housing Plan 2025/26</h1><table>{head}{row}</table>").activities
    assert activity.timescale is not None
    assert (str(activity.timescale.start), str(activity.timescale.end)) == ("2025-05-01", "2026-03-31")


def test_numbers_that_a_word_processor_counts_from_row_to_row_are_refs() -> None:
    row = '<tr><td><ol start="{}"><li>{}</li></ol></td><td>Head of Homes</td><td>May 2025</td></tr>'
    head = "<tr><th>Action</th><th>Lead</th><th>By when</th></tr>"
    texts = ["Mend all boilers", "Fit the windows", "Paint the doors"]
    body = f"<table>{head}{''.join(row.format(n, text) for n, text in enumerate(texts, 1))}</table>"
    plan = plan_of(f"<h1>Housing Plan 2025/26</h1>{body}")
    assert [(a.ref, a.activity) for a in plan.activities] == list(zip("123", texts, strict=True))
    again = plan_of(f"<h1>Housing Plan 2025/26</h1>{body.replace('start=', 'data-start=')}")
    assert [(a.ref, a.activity) for a in again.activities] == [(None, text) for text in texts]


def test_the_body_s_name_below_the_title_is_no_group() -> None:
    plan = plan_of(f"<h1>Action Plan 2025/26</h1><h2>Netherby Parish Council</h2>{table(ONE, TWO)}")
    assert plan.groups == ()
    assert plan.title == "Action Plan 2025/26"


def test_the_first_of_several_bodies_below_the_title_is_a_group() -> None:
    bodies = f"<h2>Netherby Parish Council</h2>{table(ONE)}<h2>Overby Parish Council</h2>{table(TWO)}"
    plan = plan_of(f"<h1>Joint Action Plan 2025/26</h1>{bodies}")
    assert [group.title for group in plan.groups] == ["Netherby Parish Council", "Overby Parish Council"]
    assert plan.activities[0].group_id == plan.groups[0].id


def test_a_heading_with_the_number_of_a_table_is_the_group_behind_it() -> None:
    body = f"<h3>Table 2: Warm homes</h3>{table(ONE)}<h3>Table 3: Bright homes</h3>{table(TWO)}"
    assert groups_of(plan_of(f"<h1>Housing Plan 2025/26</h1>{body}")) == [(None, "Warm homes"), (None, "Bright homes")]


@pytest.mark.parametrize(
    ("piece", "body"),
    [
        ("a", "<p>{}1</p>"),
        (" .", "<p>a{}x1</p>"),
        (
            "1",
            "<table><tr><td>Action {} x</td><td>Mend</td></tr><tr><td>Lead</td><td>Head of Homes</td></tr>"
            "<tr><td>Timescale</td><td>May 2025</td></tr></table>",
        ),
    ],
)
def test_a_long_line_takes_linear_time(piece: str, body: str) -> None:
    def seconds(size: int) -> float:
        text = body.format(piece * size)
        began = time.process_time()
        plan_of(f"<h1>Housing Plan 2025/26</h1>{text}{table(ONE, TWO)}")
        return time.process_time() - began

    # Another process may get in the way of one measurement, and hardly of three.
    assert any(seconds(10_000) < 20 * max(seconds(1_000), 0.02) for _ in range(3))
