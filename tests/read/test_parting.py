"""Lines of characters -> the cells on them, and the doubts about which word is whose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.read.parting import PartedLine, Said, part_lines
from extractor.read.typeset import TextLine, Word
from extractor.read.unmarked import lists_in, mark_items
from extractor.vocabulary import Meaning

MEANINGS: tuple[Meaning | None, ...] = ("ref", "activity", "timescale", "lead_officers")
LEFTS = (0.0, 5.0, 48.0, 60.0)
AROUND = (
    "1.1  Publish a register of empty shops in the   Q4          Head of Estates",
    "     three centres, with owner and asking rent",
    "1.2  Serve notice on the owners of buildings    By March    Town Clerk",
    "     that spoil the street scene in the three   2025",
    "     centres",
)


def words(line: str, number: int) -> list[Word]:
    return [
        Word(match.group(), match.start(), match.end(), float(number), 1.0, 1, number * 100 + at)
        for at, match in enumerate(re.finditer(r"\S+", line))
    ]


def part(*lines: str) -> list[PartedLine]:
    return part_lines([words(line, number) for number, line in enumerate(lines)], LEFTS, MEANINGS)


def texts(line: PartedLine) -> dict[int, str]:
    return {column: " ".join(word.text for word in own) for column, own in line.parts.items()}


def test_gaps_part_cells_that_begin_where_those_around_do() -> None:
    found = part(*AROUND)
    assert texts(found[0]) == {
        0: "1.1",
        1: "Publish a register of empty shops in the",
        2: "Q4",
        3: "Head of Estates",
    }
    assert texts(found[3]) == {1: "that spoil the street scene in the three", 2: "2025"}
    assert not any(line.doubted for line in found)


def test_a_ref_that_was_broken_at_its_hyphen_is_no_part_of_the_column_before_it() -> None:
    lines = (
        "On track  PRV-   Fit alarms for deaf residents in every district    Town Clerk",
        "          01",
        "Complete PRV-    Teach water safety to all pupils within a mile     Town Clerk",
        "         02      of the canal",
        "At risk   PRV-   Run the cadet scheme at four stations              Town Clerk",
        "          03",
    )
    found = part_lines(
        [words(line, number) for number, line in enumerate(lines)],
        (0.0, 10.0, 17.0, 68.0),
        ("status", "ref", "activity", "lead_officers"),
    )
    assert texts(found[2]) == {
        0: "Complete",
        1: "PRV-",
        2: "Teach water safety to all pupils within a mile",
        3: "Town Clerk",
    }
    assert texts(found[3]) == {1: "02", 2: "of the canal"}


def test_a_timescale_that_ends_a_line_far_from_its_column_is_one() -> None:
    *_, last = part(*AROUND, "1.3  Go on with the survey begun in May    Quarter 2")
    assert texts(last) == {0: "1.3", 1: "Go on with the survey begun in May", 2: "Quarter 2"}
    *_, last = part(*AROUND, "1.3  Go on with the survey of roofs and the Quarter 2")
    assert texts(last)[2] == "Quarter 2"


def test_a_cell_that_one_blank_parts_begins_after_a_full_line() -> None:
    *_, last = part(*AROUND, "1.3  Let the old Corn Exchange to a community body Quarter 2   Town Clerk")
    assert texts(last) == {
        0: "1.3",
        1: "Let the old Corn Exchange to a community body",
        2: "Quarter 2",
        3: "Town Clerk",
    }


def test_a_figure_stays_with_its_quarter() -> None:
    *_, last = part(*AROUND, "1.3  Let a contract of repairs worth £28m a Quarter 2 2024  Town Clerk")
    assert texts(last)[2] == "Quarter 2 2024"


def test_two_readings_that_cost_about_the_same_are_a_doubt_about_both_columns() -> None:
    lines = (
        "     Action                                     When        Who",
        "     Ask what the new rules cost the Joint Board Green  Town Clerk",
    )
    *_, last = part_lines([words(line, number) for number, line in enumerate(lines)], LEFTS, (None,) * 4)
    assert last.doubted & {1, 2}


STATES = (
    "1.1  Publish a register of empty shops in       On track    Head of Estates",
    "1.2  Serve notice on the owners of buildings    Delayed     Town Clerk",
    "     that spoil the street scene",
    "1.3  Install 310 large bins on shopping On track            Town Clerk",
    "     streets and along the sea front",
)


def test_what_stands_alone_in_a_column_does_not_end_the_cell_before_it() -> None:
    said = Said()
    labels = ("Ref", "Action", "RAG", "Who")
    meanings: tuple[Meaning | None, ...] = ("ref", "activity", "status", "lead_officers")
    pages = [
        [words(line, number) for number, line in enumerate(page, start)]
        for start, page in ((0, STATES[:3]), (10, STATES[:1]), (20, STATES[1:]))
    ]
    alone = part_lines(pages[2], LEFTS, meanings)
    for page in pages:
        part_lines(page, LEFTS, meanings, labels, said)
    said.asked = True
    *_, third, _ = part_lines(pages[2], LEFTS, meanings, labels, said)
    assert texts(alone[2]) == {0: "1.3", 1: "Install 310 large bins on shopping On track", 3: "Town Clerk"}
    assert texts(third) == {0: "1.3", 1: "Install 310 large bins on shopping", 2: "On track", 3: "Town Clerk"}


def test_a_timescale_far_to_the_left_of_its_column_is_whole() -> None:
    found = part(
        *AROUND,
        "1.3  Consult on flooding in the valley March 2025          Town Clerk",
        "     and publish what people told us",
    )
    assert texts(found[5]) == {0: "1.3", 1: "Consult on flooding in the valley", 2: "March 2025", 3: "Town Clerk"}


def test_a_ref_keeps_the_letter_behind_it() -> None:
    found = part(
        *AROUND,
        "3.2 a) Shorten the stays of older people        2025        Town Clerk",
    )
    assert texts(found[5])[0] == "3.2 a)"


def test_what_is_read_does_not_hang_on_words_being_many() -> None:
    lines = [words(gap.join(["word"] * 4000), number) for number, gap in enumerate((" ", "  "))]
    found = part_lines(lines, LEFTS, MEANINGS)
    assert [sum(len(own) for own in line.parts.values()) for line in found] == [4000, 4000]


def lines_of(*texts_at: tuple[int, str]) -> Sequence[TextLine]:
    return [
        TextLine(text, x0, x0 + len(text), float(number), 1.0, 1, len(text.split()[0]))
        for number, (x0, text) in enumerate(texts_at)
    ]


def test_a_list_whose_bullets_are_lost_is_told_by_how_far_it_is_set_in() -> None:
    cell = lines_of(
        (10, "Extend the season with events in autumn and in spring:"),
        (20, "a lantern week;"),
        (20, "an oyster weekend on the quay, moved from October so that it"),
        (20, "follows the harvest; and"),
        (20, "a market."),
        (10, "(Subject to funding)"),
    )
    assert lists_in(cell, 10) == [(1, 5)]
    marked, doubtful = mark_items(cell, 10, 30.0)
    assert [(line.text, line.begins) for line in marked[1:]] == [
        ("a lantern week;", "item"),
        ("an oyster weekend on the quay, moved from October so that it follows the harvest; and", "item"),
        ("a market.", "item"),
        ("(Subject to funding)", ""),
    ]
    assert not doubtful


def test_where_the_room_left_says_nothing_the_list_is_doubtful() -> None:
    cell = lines_of(
        (10, "Extend the season with events:"),
        (20, "Lantern Week, with four schools taking part"),
        (20, "Oyster and Ale Weekend on the quay"),
    )
    _, doubtful = mark_items(cell, 10, 21.5)
    assert doubtful


def test_that_a_line_was_full_does_not_tell_a_long_item_from_two() -> None:
    cell = lines_of(
        (10, "Open a front door for aids and adaptations, with:"),
        (20, "a self-assessment"),
        (20, "a demonstration flat at Hexby House, open three days a week"),
        (20, "repairs within 48 hours"),
    )
    assert mark_items(cell, 10, 26.0)[1]
    cell[2].text += " and"
    assert not mark_items(cell, 10, 26.0)[1]


def test_a_stroke_or_joining_word_below_a_whole_timescale_is_none() -> None:
    lines = (
        "Mend the roof     Executive Member By end of Q3  On track",
        "of the mill       for Growth, Skills             and more",
        "at Ings Road      and Regeneration /             to come",
        "                  Leader of the",
        "                  Council",
        "Sell the depot    Executive Member Quarter 4     On track",
    )
    found = part_lines(
        [words(line, number) for number, line in enumerate(lines)],
        (0.0, 18.0, 37.0, 49.0),
        ("activity", "lead_cabinet_members", "timescale", "status"),
    )
    assert texts(found[2]) == {0: "at Ings Road", 1: "and Regeneration /", 3: "to come"}


def test_one_full_line_among_short_items_is_an_item_of_its_own_in_doubt() -> None:
    def items(*texts: str) -> list[str]:
        marked, doubtful = mark_items(lines_of((10, "It covers:"), *((19, text) for text in texts)), 10, 17.6)
        assert doubtful
        return [each.text for each in marked[1:]]

    full, short, other = "school gates on weekday mornings", "bottle banks at weekends", "leaf fall on hills and lanes"
    assert items(full, short, other) == [full, short, other]
    assert items("lifts and front doors", full, "children") == ["lifts and front doors", f"{full} children"]


CLOSE = (
    "1.1 Answer calls within ten seconds at all three      Q4 2025/26   Deputy Chief",
    "    areas of the greatest need, and say so. The                    Town Clerk",
    "    steering group will meet every six weeks",
    "1.2 Equip the town guard with whistles and horns that Q4 2025/26   Town Clerk",
    "    start when the horn is blown, alongside the local",
    "    voluntary groups of the town. All of the Phase 2",
    "    will follow, and will be published",
    "1.3 Hold an open day at the station, and in May with By March 2026 Mayor",
    "    regard to people who are not online at all",
    "1.4 Write design codes for infill plots with families January 2025 Mayor",
    "    of eight who will be involved throughout, what to May 2025     Town Clerk",
    "    they tell us will shape the design",
)


def test_words_one_blank_before_the_timescales_are_told_by_what_those_hold() -> None:
    found = part_lines(
        [words(line, number) for number, line in enumerate(CLOSE)],
        (0.0, 4.0, 54.0, 67.0),
        MEANINGS,
    )
    held = [texts(line) for line in found]
    assert [held[at].get(1) for at in (1, 5)] == [
        "areas of the greatest need, and say so. The",
        "voluntary groups of the town. All of the Phase 2",
    ]
    assert [held[at].get(2) for at in (1, 5, 7, 9, 10)] == [None, None, "By March 2026", "January 2025", "to May 2025"]


def test_cells_that_begin_a_little_left_of_their_column_are_of_it() -> None:
    """Though they stand alone on their lines, far from the text of the column before."""
    lines = (
        "1.1  Challenge every budget of the council      Q4          Deputy Director of    Cllr Ings",
        "     that is large                                     Planning, Procure-     (Finance and",
        "                                                       ment and Audit         Resources)",
        "1.2  Let contracts by value to local firms      Q3          Town Clerk            Cllr Ings",
    )
    found = part_lines(
        [words(line, number) for number, line in enumerate(lines)],
        (0.0, 5.0, 63.0, 86.0),
        ("ref", "activity", "lead_officers", "lead_cabinet_members"),
    )
    assert texts(found[1])[2] == "Planning, Procure-"
    assert texts(found[2]) == {2: "ment and Audit", 3: "Resources)"}


def test_a_line_that_many_cells_of_a_column_begin_with_ends_where_those_do() -> None:
    first = "1.{}  Inspect the food firms     Executive Member for {}"
    lines = [
        first.format(1, "all 650 premises"),
        "     of the high street         Safety and the Market    rated",
        first.format(2, "    Fewer reports"),
        "     of the market hall         Safety and the Market",
        first.format(3, "    Fewer reports"),
        "     beside the old mill        Safety and the Market",
        first.format(4, "    Fewer reports"),
        "     around the town hall       Safety and the Market",
        first.format(5, "    650 places"),
        "     at the harbour             Safety and the Market    rated",
    ]
    found = part_lines(
        [words(line, number) for number, line in enumerate(lines)],
        (0.0, 5.0, 32.0, 57.0),
        ("ref", "activity", "lead_cabinet_members", "extra"),
    )
    assert texts(found[0])[2] == "Executive Member for"
    assert texts(found[0])[3] == "all 650 premises"


def test_a_number_alone_is_no_timescale_where_the_text_before_it_ends_there() -> None:
    meanings: tuple[Meaning | None, ...] = ("ref", "extra", "timescale")
    lines = (
        "1.1  85% of immediate        July 2022 to April",
        "     incidents reached in 15 2023",
        "     minutes",
        "1.2  72% of immediate        2022-23",
        "     incidents reached in 15",
        "     minutes",
        "1.3  12% of immediate       Six-monthly",
        "     incidents reached in 15",
        "     minutes",
    )
    found = part_lines([words(line, number) for number, line in enumerate(lines)], (0.0, 5.0, 26.0), meanings)
    assert texts(found[1]) == {1: "incidents reached in 15", 2: "2023"}
    assert not any(line.doubted for line in found)


def test_cells_that_stand_closer_to_the_one_before_than_elsewhere_are_their_column_s() -> None:
    meanings: tuple[Meaning | None, ...] = ("group", "activity", "lead_officers")
    lines = (
        "Waste nothing              Roll out caddies to the flats in         Head of Waste",
        "                           all of the town                          and Parks",
        "An employer of Run a staff survey, share results team               Head of",
        "choice         by team and agree three things that                  People",
        "               each service will change",
    )
    found = part_lines([words(line, number) for number, line in enumerate(lines)], (0.0, 27.0, 68.0), meanings)
    assert texts(found[2]) == {0: "An employer of", 1: "Run a staff survey, share results team", 2: "Head of"}
    assert texts(found[4]) == {1: "each service will change"}


def test_what_begins_to_the_right_of_all_text_of_a_column_is_of_the_next() -> None:
    meanings: tuple[Meaning | None, ...] = ("activity", "lead_officers", "timescale")
    lines = (
        "Fell ash beside the roads and set out",
        "replant with broadleaves. It depends               Engagement    Quarter 4",
        "the posts that are vacant, one of them",
        "shared, and on the release of data                  2022",
        "                                       Planning and",
        "by national bodies. This builds on the",
        "                                       Resources",
        "work begun last year, when many people",
        "took part and said that they would too.",
    )
    found = part_lines([words(line, number) for number, line in enumerate(lines)], (0.0, 52.0, 66.0), meanings)
    assert texts(found[4]) == {1: "Planning and"}


def test_the_end_of_a_name_that_meets_the_column_of_times_is_no_part_of_these() -> None:
    times = ("Quarter 2", "Quarter 1", "Quarter 3", "by 30/11/2024", "End of Q1", "Quarter 4")
    rows = [
        (
            f"2.{number}  Publish the policy and the register of flats    Cabinet Member for Homes {when:20} Nil",
            "     in the old mill                                and Neighbourhood",
            "                                                    Renewal",
        )
        for number, when in enumerate(times, 1)
    ]
    before = (
        "1.1  Host a breakfast for makers of furniture        Cabinet Member for       Quarter 1            Nil",
        "     in the market                                   Growth and Skills",
    )
    lines = [*before, *(line for row in rows for line in row)]
    found = part_lines(
        [words(line, number) for number, line in enumerate(lines)],
        (0.0, 5.0, 53.0, 78.0, 101.0),
        ("ref", "activity", "lead_cabinet_members", "timescale", "extra"),
    )
    assert [texts(line)[3] for line in found[2::3]] == list(times)
    assert {texts(line)[2] for line in found[2::3]} == {"Cabinet Member for Homes"}
