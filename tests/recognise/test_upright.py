"""Tables of labels and values, one a record, that a converter flattened."""

from __future__ import annotations

import pytest

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.records import Plan

_RECORDS = [
    ("1.1", "Open the new pool", "Head of Leisure", "Q4"),
    ("1.2", "Action plans for all nine parks", "Parks Manager", "March 2025"),
    ("2.1", "Publish a tree strategy", "Head of Parks", "Ongoing"),
    ("2.2", "Let six shops", "Town Centre Manager", "Q2"),
]


def plan_of(text: str) -> Plan:
    return read_plan(text.encode(), "plan.txt", Settings())


def rows(plan: Plan) -> list[tuple[str | None, str, str, str | None]]:
    return [
        (a.ref, a.activity, "; ".join(a.lead_officers), a.timescale.as_published if a.timescale else None)
        for a in plan.activities
    ]


def flattened(between: str, apart: str) -> str:
    text = "Delivery Plan 2024/25\n\n"
    for number, record in enumerate(_RECORDS):
        if number % 2 == 0:
            text += f"\nPriority {number // 2 + 1}: Aim number {number + 1}\n\n"
        labels = ("Ref", "Key action", "Lead officer", "By when")
        text += "".join(f"{label}{between}{value}{apart}" for label, value in zip(labels, record, strict=True))
    return text + "\n\nLast updated 3 May 2024\n"


@pytest.mark.parametrize(("between", "apart"), [("\t\t", "\n"), ("\t", "\n"), (" ", "\n"), ("\n\n", "\n\n")])
def test_each_cycle_of_labels_is_a_record(between: str, apart: str) -> None:
    plan = plan_of(flattened(between, apart))
    assert rows(plan) == _RECORDS
    assert [group.title for group in plan.groups] == ["Aim number 1", "Aim number 3"]
    assert not plan.coverage.unread


def test_lines_after_a_value_go_on_with_it() -> None:
    text = flattened("\t", "\n").replace("Parks Manager\n", "Parks Manager\nPlay Officer\n")
    assert rows(plan_of(text))[1][2] == "Parks Manager; Play Officer"


def test_a_header_over_each_table_is_no_cycle_of_labels() -> None:
    header = "Ref Key action Lead officer By when\n"
    text = "Delivery Plan 2024/25\n\n"
    for number, (ref, action, lead, when) in enumerate(_RECORDS, 1):
        text += f"Priority {number}: Something else\n{header}{ref} {action} {lead} {when}\n"
    assert [(a.ref, a.activity) for a in plan_of(text).activities] == [(ref, action) for ref, action, _, _ in _RECORDS]


def test_labels_that_some_records_lack_leave_the_ref_to_open_each() -> None:
    text = flattened("\n\n", "\n\n").replace("By when\n\nMarch 2025\n\n", "")
    records = [(ref, action, lead, None if ref == "1.2" else when) for ref, action, lead, when in _RECORDS]
    assert rows(plan_of(text)) == records
