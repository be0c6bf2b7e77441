"""Rows whose order is lost are kept as they stand: nothing is guessed there, and the issue says so."""

from __future__ import annotations

import pytest

from extractor.errors import NoPlanFound
from extractor.pipeline import extract_bytes
from extractor.records import Plan

HEAD = "Delivery Plan 2024/25\n\nRef Activity Timescale Lead officer\n"
BEFORE = "1.1 Open the new pool. Quarter 4 Head of Leisure\n1.2 Review grounds maintenance. Quarter 2 Head of Parks\n"
AFTER = "1.4 Publish a tree strategy. Ongoing Head of Parks\n1.5 Mend the bandstand. Quarter 3 Head of Parks\n"
ROTATED = "\n".join("MarchHeadofLeisure")
SCRAMBLED = {
    "letter by letter": "1.3 B u i l d  9 0  h o m e s .  M a r c h  2 0 2 5  H e a d  o f  L e i s u r e\n",
    "turned on its side": f"1.3 Build 90 homes.\n{ROTATED}\n",
    "word by word": "1.3 Build Quarter 90 3 new Head homes of by Leisure the river.\n",
    "around an article": "1.3 Clear Quarter the 2 weir Head at of Mill Parks End and mend it.\n",
    "small words together": "1.3 Build By the the ninety end to of homes March Head of at the 2025 mill.\n",
    "line by line": "1.3 Build ninety homes and Quarter 2 Head of\nmend the road beside the Leisure\nold mill.\n",
    "refs on one line": "1.3 1.4 1.5\nBuild 90 homes. Mend a bridge.\nQuarter 1 Quarter 2 Quarter 3\nHead of Parks\n",
}


def plan_of(text: str, name: str = "plan.txt") -> Plan:
    return extract_bytes(text.encode(), name)


def scrambled(plan: Plan) -> set[str | None]:
    return {issue.ref for issue in plan.issues if issue.code == "layout-scrambled" and issue.severity == "error"}


@pytest.mark.parametrize("row", SCRAMBLED.values(), ids=SCRAMBLED)
def test_a_scrambled_row_is_kept_whole_and_nothing_is_read_off_it(row: str) -> None:
    plan = plan_of(HEAD + BEFORE + row + ("" if row.startswith("1.3 1.4") else AFTER))
    record = next(activity for activity in plan.activities if activity.ref == "1.3")
    assert scrambled(plan) == {"1.3"}
    assert not record.lead_officers
    assert record.timescale is None
    assert record.activity.split() == row.split()[1:]
    assert plan.coverage.unread == ()
    assert plan.coverage.words == plan.coverage.claimed
    others = [activity for activity in plan.activities if activity.ref != "1.3"]
    assert all(activity.lead_officers and activity.timescale for activity in others)


def test_beside_a_woven_row_less_shows_another() -> None:
    woven = "1.3 Clear Quarter the 2 weir Head at of Mill Parks End and mend it.\n"
    other = "1.4 Test Quarter a 4 water Chief of Scientist every brook once and publish what was found.\n"
    assert scrambled(plan_of(HEAD + BEFORE + woven + other + AFTER.replace("1.4", "1.6"))) == {"1.3", "1.4"}
    assert not scrambled(plan_of(HEAD + BEFORE + other + AFTER.replace("1.4", "1.6")))


def test_a_table_pasted_column_by_column_gives_refs_without_people() -> None:
    columns = [
        ["1.1", "1.2", "1.3", "1.4"],
        ["Open the new pool.", "Review grounds maintenance.", "Build 90 homes.", "Publish a tree strategy."],
        ["Quarter 4", "Quarter 2", "March 2025", "Ongoing"],
        ["Head of Leisure", "Head of Parks", "Head of Leisure", "Head of Parks"],
    ]
    plan = plan_of(HEAD + "\n".join(cell for column in columns for cell in column) + "\n")
    assert scrambled(plan) == {"1.1", "1.2", "1.3", "1.4"}
    assert all(not activity.lead_officers and activity.timescale is None for activity in plan.activities)
    assert plan.coverage.words == plan.coverage.claimed


def test_columns_under_their_own_header_words_are_refused_with_the_reason() -> None:
    text = "Plan 2024\n\nRef\n1.1\n1.2\n1.3\nActivity\nOpen a pool\nMend a road\nPlant trees\nTimescale\nQ1\nQ2\nQ3\n"
    with pytest.raises(NoPlanFound, match="3 refs stand together"):
        plan_of(text + "Lead officer\nHead of Leisure\nHead of Roads\nHead of Parks\n")


def test_a_cell_of_a_page_set_letter_by_letter_refuses_its_row() -> None:
    rows = [
        ("1", "Open the new pool.", "Quarter 4", "Head of Leisure"),
        ("2", "Review the parks.", "Quarter 2", "H e a d o f P a r k s"),
    ]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = "<tr><th>Ref</th><th>Activity</th><th>Timescale</th><th>Lead officer</th></tr>"
    plan = plan_of(f"<h1>Delivery Plan 2024/25</h1><table>{head}{body}</table>", "plan.html")
    first, second = plan.activities
    assert scrambled(plan) == {"2"}
    assert first.lead_officers == ("Head of Leisure",)
    assert second.lead_officers == ()
    assert second.timescale is None
    assert set(second.activity.split()) >= {"Review", "Quarter", "H", "P"}


@pytest.mark.parametrize(
    "text",
    [
        "Heads and Directors of service meet each quarter, and 4 of them report in March and April 2025",
        "Review the grades A B C and D; the Chief Executive and a Cabinet Member decide",
        "Train the Head teacher of each school by Quarter 3, then report every quarter from 2025",
    ],
)
def test_good_text_is_not_scrambled(text: str) -> None:
    plan = plan_of(HEAD + BEFORE + f"1.3 {text}. Quarter 1 Head of Parks\n" + AFTER)
    assert scrambled(plan) == set()
