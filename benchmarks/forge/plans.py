"""A fictional plan drawn from a seed: who publishes it, in what manner, and its records as a reader has them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from random import Random

from .bodies import Names
from .subjects import CLAUSES, NOTES, PROGRESS, SENTENCES, Subject, subjects
from .times import Clock, Time

FAMILIES = ["council", "council", "health", "council", "fire", "park", "police", "council"]
PEOPLE = ("lead_officers", "lead_directorates", "lead_cabinet_members")

# How the headings of groups are written; the kind is the label's word.
HEADINGS = [
    "Outcome: {t}", "Priority {n} - {t}", "{t}", "Theme {n}: {t}", "Objective {n} – {t}", "{n}. {t}", "Aim {n}: {t}",
    "Ambition {n}: {t}", "Goal {n}: {t}", "Commitment {n} – {t}", "Priority: {t}", "Pillar {n}: {t}", "{t}",
    "Theme {w}: {t}",
]  # fmt: skip
_WORDS = ["One", "Two", "Three", "Four", "Five", "Six"]
REFS = ["decimal", "prefix", "letter", "dashed", "none", "integer", "triple", "running", "label", "quad", "decimal"]
HEADERS = {
    "ref": ["Ref", "Ref.", "No.", "Action ref", "", "Reference", "Action No"],
    "activity": ["Action", "What we will do", "Activity", "Key action", "Deliverable", "Actions we will take", "Task"],
    "timescale": ["By when", "Timescale", "Target date", "Deadline", "Due date", "When", "Timeframe",
                  "Completion date"],
    "lead_officers": ["Lead officer", "Owner", "Responsible officer", "Who", "Action owner", "Lead", "Responsibility",
                      "Accountable officer", "Led by", "SRO"],
    "lead_directorates": ["Directorate", "Lead service", "Department", "Service area", "Lead directorate", "Service"],
    "lead_cabinet_members": ["Portfolio Holder", "Cabinet Member", "Executive Member", "Cabinet Lead"],
    "status": ["Status", "RAG", "RAG rating", "Current status", "BRAG status", "Delivery status"],
    "progress": ["Progress", "Progress update", "Latest update", "Commentary", "Update"],
}  # fmt: skip
WELSH = {
    "Ref": "Cyf", "Action": "Cam gweithredu", "Timescale": "Amserlen", "Lead officer": "Swyddog arweiniol",
    "Directorate": "Cyfarwyddiaeth", "Cabinet Member": "Aelod Cabinet", "Status": "Statws", "Progress": "Cynnydd",
}  # fmt: skip
EXTRAS = ["Budget", "Partners", "Measure of success", "Key partners", "Resources", "How we will measure it", "Risks"]
_STATES = [
    ["Red", "Amber", "Green", "Blue"],
    ["On track", "At risk", "Complete", "Not started"],
    ["Off track", "On track", "Completed", "Delayed"],
]
# The orders in which columns stand; a plan has some of them.
_ORDERS = [
    "ref activity timescale lead_officers lead_directorates lead_cabinet_members extra status progress",
    "ref activity lead_officers lead_directorates lead_cabinet_members timescale status progress extra",
    "ref activity extra timescale lead_directorates lead_officers lead_cabinet_members progress status",
    "ref activity lead_cabinet_members lead_directorates lead_officers extra timescale status progress",
    "ref activity status timescale lead_officers lead_directorates lead_cabinet_members extra progress",
]
_TITLES = [
    "{b} Delivery Plan {y}", "Corporate Plan: Annual Action Plan {y}", "Service Improvement Plan {y}",
    "Council Plan Delivery Schedule {y}", "Strategic Action Plan {y}", "Business Plan {y}: what we will do",
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column: what it means, its words, and the words over it in a header of two rows."""

    key: str
    header: str
    over: str = ""


@dataclass
class Record:
    """One action and all that is printed of it."""

    text: str
    ref: str | None = None
    shown: str | None = None  # the reference as printed
    parent: str | None = None
    letter: str = ""  # of a part of a set: "a"
    lead_in: str | None = None
    items: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    time: Time | None = None
    people: dict[str, list[str]] = field(default_factory=dict)
    status: str | None = None
    progress: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


@dataclass
class Group:
    """A heading and the records under it."""

    printed: str
    kind: str | None
    title: str
    records: list[Record] = field(default_factory=list)


@dataclass
class Plan:
    """A plan, before it is laid out."""

    seed: int
    body: str
    title: str
    period: tuple[str, str]
    intro: list[str]
    columns: list[Column]
    groups: list[Group]
    joiner: str  # between people of one cell: "; ", " / ", "\n" for a line, "" for a paragraph each
    ref_in_text: bool
    letter_in_text: bool
    notes_on_lines: bool
    measures: list[str]  # of a table of measures after the plan, which is no table of actions


def _slots(random: Random, names: Names, text: str, curly: bool = False) -> str:
    values = {
        "n": lambda: f"{random.choice([24, 35, 48, 60, 75, 90, 120, 150, 240, 310, 480, 650, 1200, 1850, 2400]):,}",
        "k": lambda: str(random.randint(2, 14)),
        "pct": lambda: f"{random.choice([8, 12, 15, 38, 55, 72, 85, 90, 95])}%",
        "money": lambda: random.choice(["£45,000", "£250,000", "£1.4m", "£3.75 million", "£620k"]),
        "place": names.place,
        "partner": names.partner,
    }
    filled = re.sub(r"\{(\w+)\}", lambda found: values[found[1]](), text)
    return filled.replace("'", "’") if curly else filled


@dataclass
class _Writer:
    """Draws one plan; each choice of manner is made once, as one editor would."""

    seed: int

    def __post_init__(self) -> None:
        self.random = Random(f"forge {self.seed}")
        turn = self.seed - 1
        self.family = FAMILIES[turn % len(FAMILIES)]
        self.welsh = (self.family == "council" and self.random.random() < 0.2) or turn % 8 == 5
        self.names = Names(self.random, self.welsh)
        self.heading = HEADINGS[(turn * 5 + turn // 8) % len(HEADINGS)]
        label = re.match(r"[A-Z][a-z]+", self.heading)
        self.kind = label[0].lower() if label else None
        self.refs = REFS[(turn * 3 + turn // 8) % len(REFS)]
        if self.heading.startswith("{n}."):
            self.refs = self.random.choice(["decimal", "triple"])
        self.years = 1 if self.random.random() < 0.7 else self.random.randint(2, 3)
        self.first_year = self.random.choice([2022, 2023, 2024, 2025])
        manners = ["quarter", "month", "deadline", "dated quarter", "date", "season", "year", "quarter", "deadline"]
        self.clock = Clock(self.random, self.first_year, self.years, manners[(turn * 2 + turn // 8) % len(manners)])
        self.stop = self.random.choice(["always", "never", "mixed"])
        self.length = self.random.choice(["short", "middling", "long"])
        posts = ["heads", "comma", "dash", "strategic", "initials", "named", "names", "teams"]
        self.posts = posts[(turn * 3 + turn // 8) % len(posts)]
        self.members = self.random.choice(
            ["Cabinet Member for", "Portfolio Holder –", "councillor", "full", "both", "Executive Member for"]
        )
        self.states = self.random.choice(_STATES)
        self.wide = self.random.random() < 0.2  # a blank that does not break stands after the label
        self.curly = self.random.random() < 0.5
        self.running = 0

    def plan(self) -> Plan:
        random, names = self.random, self.names
        body = names.body(self.family)
        first, last = self.first_year, self.first_year + self.years
        year = f"{first}/{(first + 1) % 100:02}"
        if self.years > 1:
            year += f" to {last - 1}/{last % 100:02}"
        elif random.random() < 0.5:
            year = random.choice([f"{first}-{last % 100:02}", f"April {first} to March {last}", f"{first}/{last}"])
        title = random.choice(_TITLES[1:] if self.family == "council" else [*_TITLES[:3], *_TITLES[4:]])
        words = {"police": "Police and Crime", "health": "Operational", "fire": "Community Risk Management"}
        title = title.format(b=words.get(self.family, "Management"), y=year)
        columns = self._columns()
        fields = subjects(self.family)
        chosen = random.sample(fields, k=random.randint(3, 5) if len(fields) > 5 else random.randint(3, len(fields)))
        self.directorates = names.directorates(self.family)
        groups = [self._group(number, subject, columns) for number, subject in enumerate(chosen, 1)]
        self._link(groups)
        intro = [
            f"{body} adopted this plan in {random.choice(['February', 'March'])} {first}. It says what will be done, "
            "by whom and when, and is reviewed at the middle and at the end of each year.",
            "Our partners are thanked for the part that they play.",
            "Quarter 1 is April to June, Quarter 2 July to September, Quarter 3 October to December and Quarter 4 "
            "January to March.",
            f"If you would like this document in large print or another language, write to the policy team at {body}.",
        ]
        measures = [self._fill(text) for subject in chosen for text in subject.measures]
        return Plan(
            self.seed,
            body,
            title,
            (dt.date(first, 4, 1).isoformat(), dt.date(last, 3, 31).isoformat()),
            random.sample(intro, k=random.randint(0, 3)),
            columns,
            groups,
            joiner=random.choice(["; ", " / ", "\n", ""]),
            ref_in_text=self.refs in ("decimal", "triple", "label") and random.random() < 0.2,
            letter_in_text=random.random() < 0.5,
            notes_on_lines=random.random() < 0.6,
            measures=measures if random.random() < 0.3 else [],
        )

    def _fill(self, text: str) -> str:
        return _slots(self.random, self.names, text, self.curly)

    def _columns(self) -> list[Column]:
        random = self.random
        keys = {"activity", "timescale"} | (set() if self.refs == "none" else {"ref"})
        if self.family == "council" and random.random() < 0.65:
            keys.add("lead_cabinet_members")
        keys |= random.choice([{"lead_officers"}, {"lead_officers"}, {"lead_officers", "lead_directorates"},
                               {"lead_officers", "lead_directorates"}, {"lead_directorates"}])  # fmt: skip
        if random.random() < 0.45:
            keys.add("status")
        if random.random() < 0.35:
            keys.add("progress")
        if random.random() < 0.6 and len(keys) < 8:
            keys.add("extra")
        over = random.random() < 0.25
        columns = []
        for key in random.choice(_ORDERS).split():
            if key not in keys:
                continue
            header = random.choice(EXTRAS if key == "extra" else HEADERS[key])
            if self.welsh and key in HEADERS:
                header = next(word for word in WELSH if word in HEADERS[key])
                header = f"{WELSH[header]} / {header}"
            columns.append(Column(key, header, self._over(key) if over else ""))
        shared = {column.over for column in columns if [other.over for other in columns].count(column.over) > 1}
        return [column if column.over in shared else Column(column.key, column.header) for column in columns]

    def _over(self, key: str) -> str:
        return "Accountability" if key in PEOPLE else "Delivery" if key in ("timescale", "status") else ""

    def _group(self, number: int, subject: Subject, columns: list[Column]) -> Group:
        title = self.random.choice(subject.headings)
        printed = self.heading.format(n=number, t=title, w=_WORDS[number - 1])
        if self.wide:
            printed = printed.replace(": ", ":\u00a0 ")
        group = Group(printed, self.kind, title)
        posts = [self.names.post(self.posts, area) for area in subject.areas]
        if len(subject.areas) > 2 and not any(" and " in area for area in subject.areas):
            posts.append(self.names.post(self.posts, f"{', '.join(subject.areas[:-1])} and {subject.areas[-1]}"))
        directorate = self.random.choice(self.directorates)
        member = self.names.member(self.members, subject.portfolio)
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]{3,}", title)).upper()[:3]
        texts = self.random.sample(subject.actions, k=min(len(subject.actions), self.random.randint(4, 8)))
        blocks: list[str | tuple[str, list[str]]] = [*texts]
        if self.refs not in ("none", "triple", "quad", "label"):
            blocks += [found for found in subject.sets if self.random.random() < 0.6]
        bullets = [found for found in subject.bullets if self.random.random() < 0.6]
        self.random.shuffle(blocks)
        for place, block in enumerate([*blocks, *bullets], 1):
            ref = self._ref(number, place, initials)
            people = self._people(posts, directorate, member)
            if isinstance(block, str):
                group.records.append(self._dress(Record(self._prose(block)), ref, people, subject, columns))
                continue
            lead, parts = block
            lead = self._fill(lead)
            parts = [self._fill(part) for part in parts]
            if block in subject.bullets:
                record = Record(lead, items=parts)
                group.records.append(self._dress(record, ref, people, subject, columns))
                continue
            assert ref is not None  # plans without references have no sets
            shared = self.random.random() < 0.75
            form = self.random.choice(["{} {})", "{}{}", "{}({})"] if self.refs == "decimal" else ["{}{}"])
            for letter, part in zip("abcdef", parts, strict=False):
                own = people if shared else self._people(posts, directorate, member)
                record = Record(part, letter=letter, lead_in=lead, parent=ref)
                self._dress(record, ref + letter, own, subject, columns, whole=True)
                record.shown = form.format(ref, letter)
                record.links, record.notes = [], []
                group.records.append(record)
        return group

    def _ref(self, number: int, place: int, initials: str) -> str | None:
        self.running += 1
        return {
            "decimal": f"{number}.{place}",
            "label": f"{number}.{place}",
            "prefix": f"{initials}{place}",
            "dashed": f"{initials[:2]}-{place:02}",
            "letter": f"{'ABCDEF'[number - 1]}{place}",
            "integer": str(self.running),
            "running": f"P{self.running}",
            "triple": f"1.{number}.{place}",
            "quad": f"2.1.{number}.{place}",
            "none": None,
        }[self.refs]

    def _people(self, posts: list[str], directorate: str, member: str) -> dict[str, list[str]]:
        random = self.random
        officers = random.sample(posts, k=2 if random.random() < 0.18 else 1)
        if random.random() < 0.06:
            officers.append(self.names.partner().removeprefix("the "))
        directorates = [directorate]
        if random.random() < 0.12:
            directorates = random.sample(self.directorates, k=2)
        members = [member]
        if random.random() < 0.08:
            members.append("Leader of the Council")
        return dict(zip(PEOPLE, (officers, directorates, members), strict=True))

    def _prose(self, text: str) -> str:
        random = self.random
        tails = {"short": (0.15, 0.05), "middling": (0.4, 0.25), "long": (0.7, 0.6)}[self.length]
        if random.random() < tails[0]:
            text += ", " + random.choice(CLAUSES)
        stop = self.stop == "always" or (self.stop == "mixed" and random.random() < 0.5)
        more = random.sample(SENTENCES, k=random.choice([1, 1, 2, 3])) if random.random() < tails[1] else []
        return self._fill(" ".join([text + ("." if stop or more else ""), *more]))

    def _dress(
        self,
        record: Record,
        ref: str | None,
        people: dict[str, list[str]],
        subject: Subject,
        columns: list[Column],
        whole: bool = False,
    ) -> Record:
        """The record with the values of the plan's columns; some cells of ordinary rows are left empty."""
        random = self.random
        keys = {column.key: column.header for column in columns}
        record.ref = ref
        record.shown = f"Action {ref}" if self.refs == "label" else ref
        record.people = {key: people[key] for key in PEOPLE if key in keys}
        record.time = self.clock.draw()
        if not whole and random.random() < 0.04:
            record.people[random.choice(list(record.people))] = []
        if not whole and random.random() < 0.02:
            record.time = None
        if "status" in keys and random.random() < 0.95:
            record.status = random.choice(self.states)
        if "progress" in keys and random.random() < 0.85:
            record.progress = self._fill(random.choice(PROGRESS))
        if "extra" in keys and random.random() < 0.85:
            record.extra = {keys["extra"]: self._extra(keys["extra"], subject)}
        if not record.items and random.random() < 0.08:
            record.notes = [self._fill(random.choice(NOTES))]
        return record

    def _extra(self, header: str, subject: Subject) -> str:
        if header in ("Budget", "Resources"):
            text = self.random.choice(
                ["Within existing resources", "{money}", "{money} capital", "Nil", "Grant-funded"]
            )
        elif "artners" in header:
            text = self.random.choice(["{partner}", "{partner}, {partner}", "Parish councils", "None"])
        elif header == "Risks":
            text = self.random.choice(["Low", "Medium", "High", "Loss of key staff", "Inflation in construction costs"])
        else:
            text = self.random.choice(subject.measures)
        return self._fill(text)

    def _link(self, groups: list[Group]) -> None:
        """Adds cross-links between groups to some records."""
        for group in groups:
            others = [other for other in groups if other is not group]
            for record in group.records:
                if others and not record.letter and not record.items and self.random.random() < 0.07:
                    title = self.random.choice(others).title
                    record.links = [(f"{title} {self.kind}" if self.kind else title, title)]


def draw_plan(seed: int) -> Plan:
    """The plan of a seed: the same on every machine.

    >>> draw_plan(3) == draw_plan(3)
    True
    """
    return _Writer(seed).plan()
