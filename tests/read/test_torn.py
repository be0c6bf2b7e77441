"""Words that a narrow column tore without a hyphen are whole again; those that stand under each other stay two."""

from __future__ import annotations

import pytest

from extractor.read.overleaf import PageCell, PageTable, cell_text
from extractor.read.torn import mend
from extractor.read.typeset import TextLine

LETTER, SIZE, PITCH = 5.0, 10.0, 12.0


def cell(text: str, column: int = 0, left: float = 10.0, blanks: bool = False) -> PageCell:
    """A cell of lines parted by "|", every letter half its size wide; `blanks`: one is drawn where a line is broken."""
    texts = text.split("|")
    lines = [
        TextLine(
            each.rstrip(), left, left + LETTER * len(each.rstrip()), 20 + PITCH * index, SIZE, 1,
            LETTER * len(each.split()[0]), wraps=blanks and each.endswith(" "),
        )
        for index, each in enumerate(texts)
    ]  # fmt: skip
    return PageCell(column, lines)


def table(*texts: str, right: float = 55.0, blanks: bool = False) -> PageTable:
    """A table of one narrow column and an empty one beside it."""
    rows = [[cell(text, blanks=blanks)] for text in texts]
    return PageTable(1, 0.0, 100.0, [8.0, right, 200.0], rows, 0, "ruled")


def mended(made: PageTable, known: dict[str, int]) -> list[str]:
    """The texts of the table's cells, once mended."""
    mend([made], known)
    return [cell_text(row[0]) for row in made.rows]


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("Complet|ed", {"Completed": 1, "Complet": 1, "ed": 1}, "Completed"),
        ("Commitm|ent", {"Commitm": 1, "ent": 1}, "Commitment"),
        ("(Environment|al Health)", {"Environment": 2, "al": 1, "Health": 3}, "(Environmental Health)"),
        ("Communi|cation|s team", {"communications": 2}, "Communications team"),
        ("SA-0|7b", {}, "SA-07b"),
        ("WKE|-05", {}, "WKE-05"),
        ("PHB2|a", {}, "PHB2a"),
        ("2.1|b", {}, "2.1b"),
        ("3.3(|a)", {}, "3.3(a)"),
        ("M|W|M1", {}, "MWM1"),
        ("Head of Com|missioning", {"Com": 1, "missioning": 1, "Head": 3, "of": 5}, "Head of Commissioning"),
        ("Corporate D|evelopment", {"Development": 2, "D": 1, "evelopment": 1}, "Corporate Development"),
        ("Vitamin D|eficiencies", {"D": 1, "eficiencies": 1}, "Vitamin D eficiencies"),
        ("Six-month|ly", {"Six": 1, "month": 1, "ly": 1}, "Six-monthly"),
        ("HoS (Develo|pment)", {"HoS": 1, "Develo": 1, "pment": 1}, "HoS (Development)"),
        ("The parks in Llan|townsfolk", {"Llan": 1, "townsfolk": 1}, "The parks in Llan townsfolk"),  # it fits a line
        ("3.5|a)", {}, "3.5 a)"),
        ("Ongoing|work", {"work": 3}, "Ongoing work"),
        ("Housing|Lead", {}, "Housing Lead"),
        ("Designed|around", {"around": 1}, "Designed around"),
        ("Neighbourhood|s", {"Neighbourhood": 3, "s": 1}, "Neighbourhoods"),
        ("Community|y Wardeniaid", {"Community": 1, "y": 1}, "Community y Wardeniaid"),
        ("Immunisation|and Health", {"Immunisation": 1, "and": 1}, "Immunisation and Health"),
        ("At work r|esponsibly", {"r": 1, "esponsibly": 1}, "At work responsibly"),
        ("At work a|esponsibly", {"a": 1, "esponsibly": 1}, "At work a esponsibly"),
        ("Preservati|on Warden", {"Preservati": 1, "on": 1}, "Preservation Warden"),
        ("Information|on tides", {"Information": 1, "on": 1}, "Information on tides"),
    ],
)
def test_parts_of_one_word_are_joined_where_they_fill_their_column(
    text: str, known: dict[str, int], expected: str
) -> None:
    right = 10.0 + LETTER * max(len(line) for line in text.split("|")) + 2
    assert mended(table(text, right=right), known) == [expected]


def test_how_wide_letters_are_drawn_tells_whether_a_word_behind_others_had_to_be_torn() -> None:
    made = table("and Regener|ation; the Clerk", right=85.0)
    first, below = made.rows[0][0].lines
    first.x1, below.x1, below.first_width = 79.4, 83.4, 29.4
    assert mended(made, {"Regeneration": 1}) == ["and Regeneration; the Clerk"]


@pytest.mark.parametrize(
    ("others", "expected"), [(("HP1", "HP2"), "TUC1"), (("H 1", "HP2"), "TUC 1"), (("3.1", "3.5"), "TUC1")]
)
def test_letters_over_a_number_are_a_ref_where_others_have_no_blank_between_them(
    others: tuple[str, ...], expected: str
) -> None:
    assert mended(table("TUC|1", *others, right=32.0), {})[0] == expected


def test_a_line_that_leaves_room_for_a_letter_ends_with_its_word() -> None:
    assert mended(table("Complet|ed", right=90.0), {"Completed": 1}) == ["Complet ed"]
    assert mended(table("Complet|ed", "On track now"), {"Completed": 1}) == ["Complet ed", "On track now"]
    assert mended(table("Complet|ed", right=76.0), {"Completed": 1}) == ["Completed"]  # padding, and a letter


def test_a_blank_that_is_drawn_at_the_end_of_a_line_ends_the_word() -> None:
    assert mended(table("Complet |ed", blanks=True), {"Completed": 1}) == ["Complet ed"]
    made = table("Brynglas|fach", "On |track", blanks=True)
    assert mended(made, {"Brynglas": 1, "fach": 1}) == ["Brynglasfach", "On track"]
    assert not made.rows[0][0].doubts
    made = table("Immunisation|and|health", "On |track", blanks=True)
    assert mended(made, {"Immunisation": 1, "and": 1, "health": 2}) == ["Immunisation and health", "On track"]


def test_an_unknown_word_is_joined_with_a_doubt() -> None:
    made = table("Brynglas|fach")
    assert mended(made, {"Brynglas": 1, "fach": 1}) == ["Brynglasfach"]
    assert [doubt.code for doubt in made.rows[0][0].doubts] == ["border-inferred"]


def test_two_unknown_words_that_are_longer_than_any_word_stay_two_with_a_doubt() -> None:
    made = table("Caseworker|seconded", right=62.0)
    assert mended(made, {"Caseworker": 1, "seconded": 1}) == ["Caseworker seconded"]
    assert [doubt.code for doubt in made.rows[0][0].doubts] == ["border-inferred"]


def test_the_parts_and_the_whole_words_are_told_to_the_ledger() -> None:
    parts, wholes = mend([table("Complet|ed"), table("SA-0|1", right=35.0)], {"Completed": 1})
    assert parts == {"Complet": 1, "ed": 1, "SA": 1, "0": 1, "1": 1}
    assert wholes == {"Completed": 1, "SA": 1, "01": 1}


def test_what_is_torn_once_is_torn_at_the_end_of_a_page_too() -> None:
    made = table("Neighbourhood|s", "Neighbourhood|s", "Neighbourhood|services", right=10 + 13 * LETTER + 2)
    for row in made.rows[1:]:
        row[0].lines[1].page = 2
        row[0].lines[1].baseline = 20.0
    assert mended(made, {"Neighbourhood": 3}) == ["Neighbourhoods", "Neighbourhoods", "Neighbourhood services"]


def test_letters_stand_close_to_their_number_where_another_ref_is_torn_twice() -> None:
    assert mended(table("M|W|M1", "SP|W6", right=22.0), {}) == ["MWM1", "SPW6"]
    assert mended(table("SP|W6", right=22.0), {}) == ["SP W6"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q3|2023/2|4", "Q3 2023/24"),
        ("01/11/20|25", "01/11/2025"),
        ("by|30/11/202|3", "by 30/11/2023"),
        ("Level|12/2|5", "Level 12/25"),
        ("Level 2/2|5", "Level 2/25"),
        ("Phase|3|4", "Phase 3 4"),
        ("24/7|5 days", "24/7 5 days"),
    ],
)
def test_a_time_of_which_a_digit_fell_under_its_line_is_whole(text: str, expected: str) -> None:
    right = 10.0 + LETTER * max(len(line) for line in text.split("|")) + 2
    assert mended(table(text, right=right), {}) == [expected]


def test_a_time_is_torn_at_the_end_of_a_page_as_elsewhere() -> None:
    right = 10 + 6 * LETTER + 2
    above, below = table("2023/2|4", "2023/2", right=right), table("4", right=right)
    below.page = 2
    assert mended(above, {}) == ["2023/24", "2023/2"]
    mend([above, below], {})
    assert below.rows[0][0].lines[0].torn


def test_another_time_is_torn_there_as_well() -> None:
    right = 10 + 8 * LETTER + 2
    above, below = table("28/08/20|24", "15/02/20", right=right), table("24", right=right)
    below.page = 2
    mend([above, below], {})
    assert below.rows[0][0].lines[0].torn
