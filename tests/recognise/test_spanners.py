"""Which cells of a header's first row stand over which of the second."""

from __future__ import annotations

from extractor.pipeline import read_plan
from extractor.profile import Settings
from extractor.recognise.columns import lookup
from extractor.recognise.spanners import spanning
from extractor.vocabulary.headers import HeaderWord


def words(*texts: str) -> list[HeaderWord]:
    return [HeaderWord(text, lookup(text, {})) for text in texts]


def test_columns_stand_under_the_cell_that_names_their_kin() -> None:
    upper = words("Ref", "Action", "Delivery", "Accountability", "Progress update", "Delivery")
    lower = words("Due date", "Lead directorate", "SRO", "Executive Member", "RAG")
    found = spanning(upper, lower, {})
    assert found is not None
    assert found[1] == (0, 0, 1, 3, 0, 1)
    upper = words("Ref", "Action", "Accountability", "Delivery", "Key partners")
    found = spanning(upper, words("Directorate", "Cabinet Member", "Timescale", "Status"), {})
    assert found is not None
    assert found[1] == (0, 0, 2, 2, 0)


def test_the_longest_rows_tell_how_many_columns_a_header_of_two_rows_has() -> None:
    rows = [
        ("1.1", "Mend the roof of the baths", "Places", "Leader", "May 2025", "Red", "Friends of the Baths"),
        ("1.2", "Clear the old weir", "Places", "Leader", "June 2025", "Green", "\u00a0"),
        ("1.3", "Ring all tenants", "Homes", "Mayor", "July 2025", "Green", "Tenants Together"),
        ("1.4", "Sell the spare depots", "Homes", "Mayor", "May 2025"),  # its last cells are empty
        ("1.5", "Plant 200 limes", "Places", "Leader", "June 2025"),
        ("1.6", "Dredge the basin", "Places", "Leader", "July 2025"),
        ("1.7", "Paint the bandstand", "Places", "Leader", "May 2025"),
    ]
    header = (
        "Ref\t\tAction\t\tAccountability\t\tDelivery\t\tKey partners\n"
        "Directorate\t\tCabinet Member\t\tTimescale\t\tStatus\n"
    )
    text = "Delivery Plan 2025/26\n\n" + header + "".join("\t\t".join(row) + "\n" for row in rows)
    plan = read_plan(text.encode(), "plan.txt", Settings())
    assert [(a.ref, a.lead_directorates, a.lead_cabinet_members, a.status) for a in plan.activities] == [
        (row[0], (row[2],), (row[3],), row[5] if len(row) > 5 else None) for row in rows
    ]
    assert not any(a.lead_officers for a in plan.activities)
