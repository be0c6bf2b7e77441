#!/usr/bin/env python3
"""Compares the comparison of two years with the tools that others use, on a pair of tables whose truth is known.

    python benchmarks/diff.py [--peers-rows 1000] [--large 10000]

1. A plan of 1,000 rows and its next year (205 rows renumbered because a new row heads their group, 100 reworded, 30
   moved to another group, 50 dropped, 50 new; 130 texts stand twice) goes through this tool, csv-diff and daff keyed on
   the ref, daff as it aligns by itself, and DeepDiff with `ignore_order`. Printed: seconds, and the F1 of the pairs.
2. Speed alone: 1,000 x 1,000, and 10,000 x 10,000 with 60 % of the texts identical in 100 groups, each in a process
   of its own, with the peak of its memory. Limits: 2 s, 60 s and 2 GB. Exit 1 if one is not kept.

The peers are no dependencies: pip install csv-diff daff deepdiff. One that is missing is named and left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from extractor.compare import compare
from extractor.locations import NOWHERE
from extractor.records import Activity, Group, Plan, Source

Row = dict[str, str]
Pairs = set[tuple[int, int]]


def _phrases(text: str) -> list[str]:
    return text.split("; ")


_VERBS = _phrases(
    "Open; Rebuild; Review; Extend; Close; Repair; Let; Survey; Publish; Retender; Insulate; Sell; Train; Map; "
    "Resurface; Plant"
)
_THINGS = _phrases(
    "swimming bath; bus station; market hall; fostering service; flood wall; library; cycle route; allotment "
    "site; care home; skate park; car park; registry office; school kitchen; youth club; town archive; museum "
    "store; warden scheme; beach huts; crematorium; leisure card; food bank; grants panel; tree nursery; night "
    "shelter; harbour light; call centre"
)
_PLACES = _phrases(
    "Saltby; Eastwick; Mill Park; Wharf Lane; Hallcroft; Dene Street; the Saltings; Quenby; Corn Street; Tithe "
    "Barn; Hazel Brook; Fairlea; Meadow Court; Lower Netherby; Priory Road; Long Furrow; Kirk Hill; Oldgate; "
    "the Crofts; Sandholme; Beck End"
)
_ENDS = _phrases(
    "with a grant from the lottery; so that it opens on seven days a week; after asking those who use it; "
    "within the budget set in February; as the inspector asked; together with the parish council; before the "
    "winter; with solar panels on the roof; and report to members; for people over sixty-five; and cut its "
    "running costs by a tenth; with room for forty more; to the new standard; with the help of volunteers; "
    "once the lease ends"
)
_OFFICERS = [f"Head of {thing.title()}" for thing in _THINGS[:20]]


@dataclass(frozen=True)
class Years:
    """Two tables, and which row of the old is which of the new, by index."""

    old: list[Row]
    new: list[Row]
    truth: Pairs


def _text(chance: random.Random) -> str:
    return f"{chance.choice(_VERBS)} the {chance.choice(_THINGS)} at {chance.choice(_PLACES)} {chance.choice(_ENDS)}"


def _reworded(text: str, chance: random.Random) -> str:
    """The text with its last words exchanged and a few put in."""
    place = text.split(" at ")[0]
    return f"{place} at {text.split(' at ')[1].split(' with ')[0]}, {chance.choice(_ENDS)}"


def make_years(rows: int, seed: int = 1) -> Years:
    """The pair of years: every share as the module's first lines say for 1,000 rows."""
    chance = random.Random(seed)
    size = 34  # rows of a group
    groups = rows // size
    texts: dict[str, None] = {}
    while len(texts) < rows * 87 // 100:
        texts[_text(chance)] = None
    pool = list(texts)
    pool += chance.sample(pool, rows - len(pool))  # texts that stand twice
    chance.shuffle(pool)
    old = [
        _row(min(at // size, groups - 1), at - min(at // size, groups - 1) * size + 1, text)
        for at, text in enumerate(pool)
    ]
    headed = groups * 22 // 100  # in so many groups a new row comes first, and all refs go up by one
    order = chance.sample(range(rows), rows * 18 // 100)
    dropped = set(order[: rows * 5 // 100])
    reworded = set(order[rows * 5 // 100 : rows * 15 // 100])
    moved = set(order[rows * 15 // 100 :])
    new: list[tuple[Row, int]] = []  # the row, and the index of the old one or -1
    last = [3 * size] * groups  # what is new at a group's end is numbered from here
    for at, before in enumerate(old):
        group, number = (int(part) for part in before["ref"].split("."))
        group -= 1
        number += group < headed
        if at in moved:
            group = (group + 1 + chance.randrange(groups - 1)) % groups
            last[group] += 1
            number = last[group]
        if at not in dropped:
            text = before["activity"]
            new.append((_row(group, number, _reworded(text, chance) if at in reworded else text), at))
    for count in range(rows * 5 // 100):
        group = count if count < headed else chance.randrange(groups)
        last[group] += count >= headed
        new.append((_row(group, 1 if count < headed else last[group], _text(chance)), -1))
    new.sort(key=lambda entry: tuple(map(int, entry[0]["ref"].split("."))))
    return Years(old, [row for row, _ in new], {(at, index) for index, (_, at) in enumerate(new) if at >= 0})


def _row(group: int, number: int, text: str) -> Row:
    officer = _OFFICERS[sum(map(ord, text.split(" at ")[0])) % len(_OFFICERS)]
    return {"ref": f"{group + 1}.{number}", "group": f"Outcome {group + 1}", "activity": text, "lead": officer}


def _as_rows(entries: list[tuple[int, str]]) -> list[Row]:
    """Rows of group and text with their refs counted within the group."""
    counts: dict[int, int] = {}
    rows = []
    for group, text in entries:
        counts[group] = counts.get(group, 0) + 1
        rows.append(_row(group, counts[group], text))
    return rows


def as_plan(rows: list[Row], name: str) -> Plan:
    """The table as a plan."""
    groups = dict.fromkeys(row["group"] for row in rows)
    return Plan(
        source=Source(name=name, media_type="text/csv", sha256="0" * 64, size=0),
        groups=tuple(Group(id=title, kind="outcome", title=title, as_published=title) for title in groups),
        activities=tuple(
            Activity(
                id=str(index),
                ref=row["ref"],
                group_id=row["group"],
                activity=row["activity"],
                lead_officers=(row["lead"],),
                location=NOWHERE,
            )
            for index, row in enumerate(rows)
        ),
    )


def with_extractor(years: Years) -> Pairs:
    """The pairs that this tool makes."""
    changes = compare(as_plan(years.old, "old"), as_plan(years.new, "new")).changes
    return {(int(old), int(new)) for change in changes for old in change.old_ids for new in change.new_ids}


def with_csv_diff(years: Years) -> Pairs:
    """csv-diff keyed on the ref: rows of one ref are one row, unless it reports them as added or removed."""
    from csv_diff import compare as csv_compare

    old, new = ({row["ref"]: row for row in rows} for rows in (years.old, years.new))
    result = csv_compare(old, new)
    alone = {row["ref"] for row in (*result["added"], *result["removed"])}
    return _by_ref(years, (set(old) & set(new)) - alone)


def _by_ref(years: Years, refs: set[str]) -> Pairs:
    places = {row["ref"]: at for at, row in enumerate(years.new)}
    return {(at, places[row["ref"]]) for at, row in enumerate(years.old) if row["ref"] in refs}


def _with_daff(years: Years, keys: list[str]) -> Pairs:
    import daff

    tables = [
        daff.PythonTableView([list(rows[0]), *(list(row.values()) for row in rows)]) for rows in (years.old, years.new)
    ]
    flags = daff.CompareFlags()
    for key in keys:
        flags.addPrimaryKey(key)
    order = daff.Coopy.compareTables(*tables, flags).align().toOrder().getList()
    return {(unit.l - 1, unit.r - 1) for unit in order if unit.l > 0 and unit.r > 0}


def with_daff_by_ref(years: Years) -> Pairs:
    """daff keyed on the ref."""
    return _with_daff(years, ["ref"])


def with_daff(years: Years) -> Pairs:
    """daff as it aligns by itself."""
    return _with_daff(years, [])


def with_deepdiff(years: Years) -> Pairs:
    """DeepDiff, the order ignored: rows that it neither adds nor removes, with those that it finds changed."""
    from deepdiff import DeepDiff

    found = DeepDiff(years.old, years.new, ignore_order=True, view="tree")
    old_at = {id(row): at for at, row in enumerate(years.old)}
    new_at = {id(row): at for at, row in enumerate(years.new)}
    pairs: Pairs = set()
    for level in found.get("values_changed", ()):
        row = level if isinstance(level.t1, dict) else level.up
        pairs.add((old_at[id(row.t1)], new_at[id(row.t2)]))
    equal: dict[tuple[str, ...], list[int]] = {}
    for at, entry in enumerate(years.new):
        equal.setdefault(tuple(entry.values()), []).append(at)
    for at, entry in enumerate(years.old):
        same = equal.get(tuple(entry.values()))
        if same:
            pairs.add((at, same.pop(0)))
    return pairs


TOOLS: dict[str, tuple[str | None, Callable[[Years], Pairs]]] = {
    "extractor": (None, with_extractor),
    "csv-diff, key ref": ("csv_diff", with_csv_diff),
    "daff, key ref": ("daff", with_daff_by_ref),
    "daff": ("daff", with_daff),
    "DeepDiff, order ignored": ("deepdiff", with_deepdiff),
}


def against_peers(rows: int) -> None:
    """Print the table of the tools."""
    years = make_years(rows)
    renumbered = sum(
        years.old[a]["ref"] != years.new[b]["ref"] and years.old[a]["group"] == years.new[b]["group"]
        for a, b in years.truth
    )
    print(f"{len(years.old):,} rows against {len(years.new):,}; {len(years.truth):,} pairs, {renumbered:,} renumbered")
    print(f"{'':24} {'seconds':>8} {'precision':>10} {'recall':>7} {'F1':>6} {'wrong pairs':>12}")
    for name, (module, run) in TOOLS.items():
        if module and importlib.util.find_spec(module) is None:
            print(f"{name:24} not installed: pip install {module.replace('_', '-')}")
            continue
        start = time.perf_counter()
        pairs = run(years)
        took = time.perf_counter() - start
        hits = len(pairs & years.truth)
        precision, recall = hits / max(1, len(pairs)), hits / len(years.truth)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name:24} {took:8.2f} {precision:10.3f} {recall:7.3f} {f1:6.3f} {len(pairs - years.truth):12,}")


def make_large(rows: int, seed: int = 2) -> tuple[Plan, Plan]:
    """Two plans of so many rows in 100 groups: 60 % of the texts are the same, a quarter reworded, others new."""
    chance = random.Random(seed)
    texts = [f"{_text(chance)} and {_text(chance).lower()}, stage {chance.randint(1, 9)}" for _ in range(rows)]
    others = []
    for text in texts:
        draw = chance.random()
        others.append(
            text if draw < 0.6 else _reworded(text, chance) if draw < 0.85 else f"{_text(chance)} and {_text(chance)}"
        )
    return (
        as_plan(_as_rows([(at % 100, text) for at, text in enumerate(texts)]), "old"),
        as_plan(_as_rows([(at % 100, text) for at, text in enumerate(others)]), "new"),
    )


def measure_large(rows: int) -> None:
    """Compare two large plans, and print the seconds and the peak of memory in MB (for the process that runs this)."""
    old, new = make_large(rows)
    compare(old.model_copy(update={"activities": old.activities[:3]}), new)  # imports and first use
    start = time.perf_counter()
    compare(old, new)
    print(f"{time.perf_counter() - start:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def main() -> int:
    """Print both tables; exit 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers-rows", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure_large(options.measure)
        return 0
    if options.peers_rows:
        against_peers(options.peers_rows)
    kept = True
    print(f"\n{'rows against rows':>24} {'seconds':>8} {'limit':>6} {'peak MB':>8} {'limit':>6}")
    for rows, seconds, megabytes in ((1_000, 2.0, 2_048), (options.large, 60.0, 2_048)):
        command = [sys.executable, __file__, "--measure", str(rows)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        took, peak = map(float, done.stdout.split())
        kept &= took <= seconds and peak <= megabytes
        print(f"{rows:24,} {took:8.2f} {seconds:6.0f} {peak:8.0f} {megabytes:6}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
