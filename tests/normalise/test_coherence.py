"""Doubts that a record bears only beside the others: each rule where it speaks, and where it must not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from extractor.locations import Location
from extractor.normalise.coherence import doubt_all, incoherent, lost_columns
from extractor.records import Activity, Group, Timescale

_GROUPS = tuple(
    Group(id=name, kind="outcome", title=title, as_published=title)
    for name, title in (
        ("homes", "Warm homes"),
        ("head", "Saltersby District Council"),
        ("post", "Leader of the Council"),
    )
)


def _activities(rows: Iterable[dict[str, object]]) -> tuple[Activity, ...]:
    texts = (
        "Plant an orchard.",
        "Repair the quay.",
        "Open a library.",
        "Train stewards.",
        "Map the wells.",
        "Light a path.",
    )
    return tuple(
        Activity.model_validate(
            {
                "id": str(number),
                "ref": f"1.{number}",
                "activity": texts[(number - 1) % len(texts)],
                "location": Location(lines=(number, number)),
                **row,
            }
        )
        for number, row in enumerate(rows, 1)
    )


def _doubts(
    rows: Iterable[dict[str, object]], doubted: set[tuple[str, str]] | None = None
) -> set[tuple[str, str | None]]:
    found = incoherent(_activities(rows), _GROUPS, "Saltersby District Council", doubted or set())
    return {(activity.id, doubt.field) for activity, doubt in found}


def test_refs_at_the_head_of_activities_are_doubted() -> None:
    rows = [{"ref": None, "activity": f"SA-0{n} Plant an orchard."} for n in (1, 2, 3)]
    assert _doubts(rows) == {(str(n), name) for n in (1, 2, 3) for name in ("ref", "activity")}


def test_numbers_of_things_are_no_refs() -> None:
    assert not _doubts({"ref": None, "activity": f"{n} new homes for families."} for n in (40, 12, 100))


def test_numbers_that_go_up_one_by_one_are_refs() -> None:
    assert ("2", "ref") in _doubts({"ref": None, "activity": f"{n} New homes for families."} for n in (1, 2, 3))


def test_a_ref_at_the_head_of_a_line_within_an_activity_is_doubted() -> None:
    rows = [{}, {}, {}, {"activity": "Open a library.\n1.5 Train stewards."}]
    assert _doubts(rows) == {("4", "ref"), ("4", "activity")}


def test_a_line_that_recurs_is_a_label() -> None:
    rows = [{"activity": f"Plant orchard {n}.\nHow we will measure it\n{n} trees"} for n in (4, 5, 6)]
    assert _doubts(rows) == {(str(n), name) for n in (1, 2, 3) for name in ("activity", "extra")}


def test_list_items_that_recur_are_no_labels() -> None:
    assert not _doubts({"activity": f"Plant orchard {n}:\n• apples\n• pears"} for n in (4, 5, 6))


def test_a_column_that_fills_runs_of_rows_may_be_the_headings() -> None:
    rows = [{"lead_officers": [name]} for name in ("Caring for our staff", "Timely urgent care") for _ in range(3)]
    assert _doubts(rows) == {(str(n), name) for n in range(1, 7) for name in ("lead_officers", "group_id")}


@pytest.mark.parametrize(
    "rows",
    [
        [{"lead_officers": [name]} for name in ("Head of Housing", "Head of Parks") for _ in range(3)],
        [
            {"lead_officers": [name], "group_id": "homes"}
            for name in ("Caring for our staff", "Timely urgent care")
            for _ in range(3)
        ],
        [{"lead_officers": [name]} for name in ("Care", "Parks", "Care", "Parks", "Care", "Parks")],
        [{"extra": {"Date raised": day}} for day in ("14/01/2025", "11/02/2025") for _ in range(3)],
        [
            {"extra": {"Responsibility Support": name}, "lead_officers": ["Head of Parks"]}
            for name in ("Chamber", "Hall Trust", "Schools")
        ],
    ],
    ids=["owners", "other headings", "no runs", "dates", "support below responsibility"],
)
def test_other_columns_are_not_the_headings(rows: list[dict[str, object]]) -> None:
    assert not _doubts(rows)


@pytest.mark.parametrize("group", ["head", "post"])
def test_a_heading_that_names_the_publisher_or_a_post_is_doubted(group: str) -> None:
    assert _doubts([{"group_id": group}, {"group_id": "homes"}]) == {("1", "group_id")}


def test_a_record_under_no_heading_is_doubted_where_others_have_one() -> None:
    assert _doubts([{}, {"group_id": "homes"}]) == {("1", "group_id")}
    assert not _doubts([{}, {}])


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        (["Warm homes"], {"lead_officers"}),
        (["Head of Housing", "Saltersby District Council"], {"lead_officers"}),
        (["Head of £250,000 Housing"], {"lead_officers", "extra"}),
        (["Head of Housing and"], {"lead_officers"}),
        (["Director (Housing"], {"lead_officers"}),
        (["Saltersby District Council"], set()),
        (["Director (Housing)"], set()),
        (["Cllr A Fairbairn Internal Audit Service"], {"lead_officers"}),
        (["Cllr Jo Marsh Deputy Leader"], set()),
        (["Cllr Jo Marsh, Adult Services"], set()),  # the comma sets apart what she answers for
        (["Cllr Mary Ann Marsh - Chair of the Board"], set()),
    ],
)
def test_owners_that_are_none_are_doubted(values: list[str], fields: set[str]) -> None:
    rows = [{"group_id": "homes", "lead_officers": values}, {"group_id": "homes", "lead_officers": ["Head of Parks"]}]
    assert _doubts(rows) == {("1", name) for name in fields}


def test_officers_with_politicians_titles_are_doubted() -> None:
    rows = [{"lead_officers": ["Cllr A Fairbairn"]}] * 4
    assert _doubts(rows) == {(str(n), "lead_officers") for n in range(1, 5)}


def test_two_values_that_are_one_elsewhere_are_doubted() -> None:
    whole = {"lead_officers": ["Head of Employment Support"]}
    assert _doubts([whole, {"lead_officers": ["Head of Employment", "Support"]}]) == {("2", "lead_officers")}


def test_a_value_of_a_column_that_is_empty_is_found_within_another() -> None:
    funded = {"lead_officers": ["Head of Parks"], "extra": {"Budget": "Grant-funded"}}
    within = {"lead_officers": ["Director, Grant-funded Community Safety"]}
    assert _doubts([funded, funded, within]) == {("3", "lead_officers"), ("3", "extra")}


def test_an_owner_that_goes_on_in_the_next_column_is_doubted() -> None:
    whole = {"lead_officers": ["Manager Sport and Leisure"], "extra": {"Measure": "3 pools"}}
    cut = {"lead_officers": ["Manager Sport"], "extra": {"Measure": "and Leisure 4 pools"}}
    assert _doubts([whole, cut]) == {("2", "lead_officers"), ("2", "extra")}


@pytest.mark.parametrize(
    ("field", "short", "told"),
    [
        ("lead_cabinet_members", "Portfolio Holder – Streets", {"3"}),
        ("lead_cabinet_members", "Leader", set()),
        ("lead_officers", "Head of Streets", set()),
    ],
)
def test_a_portfolio_that_is_longer_elsewhere_is_doubted(field: str, short: str, told: set[str]) -> None:
    rows = [{field: [value]} for value in (f"{short} and Parks", f"{short} and Parks", short)]
    assert _doubts(rows) == {(ref, field) for ref in told}


def test_a_column_whose_header_names_an_empty_field_is_doubted() -> None:
    assert _doubts([{"extra": {"Completion date": "May 2025"}}, {}]) == {("1", "extra"), ("1", "timescale")}
    assert not _doubts([{"extra": {"Risks": "Low"}}, {}])


def test_a_column_of_bodies_beside_the_officers_is_not_doubted() -> None:
    officers = ("Clerk", "Head of Parks", "Engineer")
    assert not _doubts([{"lead_officers": (name,), "extra": {"Delivery team": "Parks"}} for name in officers])
    assert _doubts([{"lead_officers": (name,), "extra": {"Lead officer": "Mayor"}} for name in officers])


def test_a_column_without_a_header_is_doubted() -> None:
    unnamed = {"extra": {"Column 3": "Low"}}
    assert _doubts([unnamed] * 3) == {("1", "extra"), ("2", "extra"), ("3", "extra")}
    assert not _doubts([unnamed, {}, {}])


def test_a_long_state_among_short_ones_is_doubted() -> None:
    rows = [{"status": "Green"}] * 3 + [{"status": "Public Green and all of the tenders are out"}]
    assert _doubts(rows) == {("4", "status")}


def test_a_field_that_others_have_is_missed() -> None:
    dated = {"timescale": Timescale(as_published="May 2025", basis="stated"), "lead_cabinet_members": ["Cllr Ash"]}
    assert _doubts([dated, dated, {}]) == {("3", "timescale"), ("3", "lead_cabinet_members")}
    assert not _doubts([dated, {}, {}, {}])


def test_what_is_doubted_already_is_not_doubted_again() -> None:
    rows = [{"lead_officers": ["Head of Housing and"]}]
    assert not _doubts(rows, {("1", "lead_officers")})


def test_an_activity_that_calls_for_a_list_which_is_not_there_is_doubted() -> None:
    rows = [{}, {"activity": "Work with schools to:"}, {"activity": "Agree to:\n• go", "items": ["go"]}]
    assert _doubts(rows) == {("2", "activity"), ("2", "items")}


def test_a_value_of_another_column_which_is_empty_here_is_doubted_in_both() -> None:
    rows = [{"status": "Green", "extra": {"Cost": "Nil"}}, {"status": "Red", "extra": {"Cost": "Nil"}}]
    assert _doubts([*rows, {"status": "Nil"}]) == {("3", "status"), ("3", "extra")}
    assert not _doubts([*rows, {"status": "Nil", "extra": {"Cost": "Low"}}])
    assert not _doubts([*rows, {"status": "Nil"}, {"status": "Nil"}])
    assert not _doubts([{"extra": {"Q1": "Due"}}, {"extra": {"Q1": "Due"}}, {"extra": {"Q2": "Due"}}])


def test_an_owner_that_another_column_holds_elsewhere_is_doubted() -> None:
    rows = [{"lead_officers": ["Town Clerk"], "extra": {"Risks": "High"}}] * 2
    assert _doubts([*rows, {"lead_officers": ["High"], "extra": {"Risks": "Complete"}}]) == {("3", "lead_officers")}


def test_an_owner_with_a_date_among_its_words_is_doubted() -> None:
    rows = [
        {"lead_officers": ["Assistant Director, Sep-25 Building Control"]},
        {"lead_officers": ["Section 151 Officer"]},
    ]
    assert _doubts(rows) == {("1", "lead_officers"), ("1", "timescale")}


@pytest.mark.parametrize("piece", ["and Biodiversity", "(Children and Learning)", "Cabinet"])
def test_a_value_that_begins_or_ends_in_the_middle_is_doubted(piece: str) -> None:
    rows = [{"lead_cabinet_members": [piece]}, {"lead_cabinet_members": ["The Leader"]}]
    assert _doubts(rows) == {("1", "lead_cabinet_members")}


_ENDS = ("of", "and", "for")


def _torn(method: str) -> tuple[Activity, ...]:
    rows = [{"activity": f"Mend bridge {n} {_ENDS[n % 3]}", "lead_officers": [f"Head of Halls {n}"]} for n in range(6)]
    where = Location(lines=(1, 1), method=method)  # type: ignore[arg-type]  # a method that the model knows
    return tuple(activity.model_copy(update={"location": where}) for activity in _activities(rows))


@pytest.mark.parametrize(("method", "told"), [("segmented", "lead_officers"), ("aligned", "activity")])
def test_values_cut_in_mid_sentence_show_that_columns_were_not_told(method: str, told: str) -> None:
    reason, fields = lost_columns(_torn(method), set())
    assert reason.startswith("6 of 6 records")
    assert told in fields
    assert ("lead_officers" in fields) == (method == "segmented")


def test_whole_values_and_actions_in_small_letters_show_nothing() -> None:
    whole = _activities({"activity": f"mend bridge {n}", "lead_officers": [f"Head of Halls {n}"]} for n in range(12))
    assert lost_columns(whole, set()) == ("", ())


def test_where_most_borders_are_guesses_every_field_is_doubted_once() -> None:
    plans = [
        activity.model_copy(update={"activity": f"Mend bridge {n}"})
        for n, activity in enumerate(_torn("segmented") * 2)
    ]
    plans = [activity.model_copy(update={"id": str(n)}) for n, activity in enumerate(plans)]
    guessed = {(activity.id, "lead_officers") for activity in plans}
    reason, fields = lost_columns(plans, guessed)
    assert reason
    doubts = [(activity.id, doubt.field) for activity, doubt in doubt_all(plans, reason, fields, guessed)]
    many = [
        activity.model_copy(update={"progress": "Begun.", "status": "Green", "lead_directorates": ("Place",)})
        for activity in plans
    ]
    many = [activity.model_copy(update={"extra": {"Cost": "Nil", "Risk": "Low"}}) for activity in many]
    assert lost_columns(many, guessed) == ("", ()), "a border of each record is a guess, and the others are not"
    assert ("3", "activity") in doubts
    assert ("3", "lead_officers") not in doubts
    assert len(doubts) == len(set(doubts))


def test_sub_items_of_which_the_first_holds_nothing_but_their_lead_in_are_doubted() -> None:
    rows = [
        {"ref": "1.1a", "parent_ref": "1.1", "activity": "Prevent homelessness earlier:"},
        {"ref": "1.1b", "parent_ref": "1.1", "activity": "Place advisers in hubs agree a protocol."},
        {"ref": "1.1c", "parent_ref": "1.1", "activity": "Offer mediation."},
        {"ref": "1.2", "activity": "Open a library."},
    ]
    led = {(number, name) for number in ("2", "3") for name in ("lead_in", "inherited")}
    assert _doubts(rows) == {("1", "activity"), ("1", "items"), ("2", "activity"), *led}


def test_a_sentence_among_people_is_doubted_with_the_fields_that_may_lack_it() -> None:
    rows = [{"lead_officers": ["Head of Parks"], "progress": "Bids are in."}] * 2
    torn = {"lead_officers": ["Head of Parks", "the bids are under way."], "status": "On track"}
    assert _doubts([*rows, torn]) == {("3", name) for name in ("lead_officers", "progress", "extra")}
    assert not _doubts([*rows, {"lead_officers": ["Head of Parks."], "progress": "Bids are in."}])


def test_a_partner_among_members_with_titles_is_doubted_where_cells_were_not_marked() -> None:
    members = ("Cllr Nia Ings", "Cllr Ugo Hart", "Ings Rivers Trust")
    guessed, marked = (
        [
            {"lead_cabinet_members": [name], "location": Location(lines=(n, n), method=method)}
            for n, name in enumerate(members)
        ]
        for method in ("segmented", "")
    )
    fields = {"lead_cabinet_members", "lead_officers", "inherited"}
    assert {("3", name) for name in fields} <= _doubts(guessed)
    assert not {("3", name) for name in fields} & _doubts(marked)


def test_a_partner_among_owners_is_doubted_where_the_column_of_partners_is_empty() -> None:
    place = {"location": Location(lines=(1, 1), method="segmented")}
    rows: list[dict[str, object]] = [
        {"lead_officers": ["Head of Parks"], "extra": {"Partners": "Tarn Housing Trust"}, **place},
        {"lead_officers": ["Tarn Housing Trust"], **place},
        {"lead_officers": ["Tarn Housing Trust"], "inherited": ["lead_officers"], **place},
        {"lead_officers": ["Tarn Housing Trust"], "extra": {"Partners": "Tarn Society"}, **place},
    ]
    own, taken = {("2", "lead_officers"), ("2", "extra")}, {("3", "lead_officers"), ("3", "inherited")}
    assert _doubts(rows) >= own | taken
    assert "4" not in {record for record, _ in _doubts(rows)}
    assert not _doubts({**row, "location": Location(lines=(1, 1), method="table")} for row in rows)


def test_a_note_at_the_head_of_another_column_is_doubted() -> None:
    rows = [{"extra": {"Measure": "(Funded by the lottery)\nTen orchards"}}, {"extra": {"Measure": "(Ten orchards)"}}]
    assert _doubts(rows) == {("1", name) for name in ("extra", "notes", "activity")}


def test_a_directorate_among_officers_is_doubted_where_no_column_holds_directorates() -> None:
    both = {"lead_officers": ["Head of Parks", "Place Directorate"]}
    assert _doubts([both]) == {("1", "lead_officers"), ("1", "lead_directorates")}
    assert not _doubts([{"lead_officers": ["Place Directorate"]}])
    assert ("1", "lead_officers") not in _doubts([both, {**both, "lead_directorates": ["Place Directorate"]}])


def test_a_directorate_behind_every_officer_is_doubted_whatever_parts_the_two() -> None:
    for pattern in ("{}, {} Directorate", "{} – {} Department", "{} ({})", "{}|{}"):
        pairs = (("Head of Housing", "Place"), ("Head of Safety", "Place"), ("Head of Revenues", "Resources"))
        rows = [{"lead_officers": pattern.format(*pair).split("|")} for pair in pairs]
        assert _doubts(rows) == {(n, name) for n in "123" for name in ("lead_officers", "lead_directorates")}, pattern
    assert not _doubts([{"lead_officers": ["Head of Housing (Interim)"]}, {"lead_officers": ["Head of Parks"]}])
    assert not _doubts([{"lead_officers": ["Head of Housing", "Jo Marsh"]}] * 3)


def test_a_post_in_brackets_is_doubted_where_posts_close_the_activities_and_none_has_an_owner() -> None:
    rows = [{"activity": f"Publish paper {n} (Head of Policy)"} for n in "12"]
    assert _doubts(rows) == {("1", "lead_officers"), ("2", "lead_officers")}
    assert not _doubts([rows[0], {"activity": "Mend the roof"}, {"activity": "Open a library (SEND)"}])


def test_a_tick_under_a_time_is_doubted_where_no_record_has_a_timescale() -> None:
    rows = [{"extra": {"Q2": "✓", "Q3": "✓"}}, {"extra": {"Risk": "H"}}]
    assert _doubts(rows) == {("1", "timescale")}
    assert not _doubts([{"extra": {"Q2": "On track"}}])


def test_a_person_among_directorates_is_doubted_who_stands_among_the_officers_elsewhere() -> None:
    plain = {"lead_officers": ["Jo Marsh"], "lead_directorates": ["Place"]}
    shifted = {"lead_officers": ["Ann Reed"], "lead_directorates": ["Jo Marsh"]}
    assert _doubts([plain, shifted]) == {("2", n) for n in ("lead_officers", "lead_directorates", "inherited")}
    assert not _doubts([{"lead_officers": ["Jo Marsh"], "lead_directorates": ["Jo Marsh"]}] * 2)  # as published


def test_an_owner_on_the_last_line_of_an_activity_is_doubted() -> None:
    rows = [
        {"activity": "Plant an orchard\nJo Marsh, Head of Parks", "lead_officers": ["Town Clerk"]},
        {"activity": "Repair the quay\nTown Clerk", "lead_officers": ["Ann Reed"]},
        {"activity": "Open a library\nTrain its stewards", "lead_officers": ["Ann Reed"]},
    ]
    assert _doubts(rows) == {(n, name) for n in "12" for name in ("activity", "lead_officers", "inherited")}


def test_a_column_that_few_records_have_is_doubted_with_what_they_lack() -> None:
    rows: list[dict[str, object]] = [{"status": "On track"}] * 5
    merged = {"extra": {"Delivery RAG Timeframe rating": "Not June started"}}
    assert _doubts([*rows, merged]) == {("6", "extra"), ("6", "status")}
    assert not _doubts([*rows, {"status": "Late", "extra": {"Risk": "High"}}])


def test_a_second_column_that_names_the_officers_is_doubted() -> None:
    rows = [{"lead_officers": ["Place"], "extra": {"Who": "Town Clerk"}}]
    assert {("1", "extra"), ("1", "lead_officers")} <= _doubts(rows)
    assert not _doubts([{"lead_officers": ["Town Clerk"], "extra": {"Risk": "High"}}])


def test_a_person_with_a_post_among_directorates_is_doubted() -> None:
    rows: list[dict[str, object]] = [{"lead_directorates": (name,)} for name in ("Place", "Place", "People")]
    rows[2]["lead_directorates"] = ("Moira Lockyer, Head of Heritage",)
    assert {("3", "lead_directorates"), ("3", "lead_officers")} <= _doubts(rows)
    assert not {place for place in _doubts(rows) if place[0] != "3"}
    everywhere: list[dict[str, object]] = [
        {"lead_directorates": (f"{name} Lockyer, Head of Heritage",)} for name in ("Moira", "Jo", "Sam")
    ]
    assert not _doubts(everywhere)  # it is what the column holds


def test_columns_of_one_kind_a_term_are_none_that_the_records_lack() -> None:
    row: dict[str, object] = {"extra": {"RAG Autumn 2024": "Green", "RAG Spring 2025": "Amber"}}
    assert not _doubts([row, row])
    assert {("1", "extra"), ("1", "status")} <= _doubts([{"extra": {"RAG Autumn 2024": "Green"}}])
