"""Names of bodies, places, people, posts, directorates, put together from parts: likeness to a real one is chance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

_BEGINNINGS = """Ash Bar Brack Cal Cops Dray Ed Els Fal Gres Hal Hed Kes Lam Lyd Mar Mel Nor Oak Pen Quar Rad
Ros Sed Skel Tad Thrus Ulver Wal Wend Whit Yar Bram Cor Dun Fen Gar Ivel Lin Mos""".split()  # noqa: SIM905
_ENDINGS = """bourne combe den field ford gate ham hurst leigh mere mouth over rigg shaw stead thorpe wick worth
beck bridge cross dale""".split()  # noqa: SIM905
_WELSH = ["Aber", "Bryn", "Cwm", "Llan", "Nant", "Pont", "Tre"]
_WELSH_ENDINGS = ["celynnog", "derwen", "fawr-isaf", "gwynlas", "hafod", "meinir", "rhedyn", "ystwyll"]
_FORENAMES = """Amara Bethan Callum Deepa Eleri Farid Gwen Hamish Ines Jarek Kwame Leila Moira Nadia Owain Parveen
Rhys Siobhan Tariq Ursula Vikram Winston Yusuf Zara Aoife Declan""".split()  # noqa: SIM905
_SURNAMES = """Abara Boothroyd Castellan Dhaliwal Entwistle Fairbairn Gwynne Hargreave Ibekwe Jessop Kowal Lockyer
Mbeki Nightingale Ogden Prothero Quayle Ransome Sandhu Threlfall Usman Vickerage Whitcombe Yarwood""".split()  # noqa: SIM905

_DIRECTORATES = {
    "council": [
        ["Place", "People", "Corporate Core"],
        ["Growth and Environment", "Adults, Health and Wellbeing", "Children and Learning", "Finance and Governance"],
        ["Communities Directorate", "Economy & Infrastructure Directorate", "Chief Executive's Directorate"],
        ["Neighbourhoods", "Social Care & Education", "Resources and Transformation"],
    ],
    "police": [["Local Policing Command", "Crime and Intelligence", "Corporate Development"]],
    "fire": [["Service Delivery", "Prevention and Protection", "People and Assets"]],
    "health": [["Acute Services Division", "Primary and Community Division", "Corporate Directorate"]],
    "park": [["Land and Nature", "Engagement", "Planning and Resources"]],
}
_TITLES = {
    "council": ["{} District Council", "{} County Council", "London Borough of {}", "{} Borough Council",
                "{} Combined Authority", "{} Metropolitan Borough Council", "{} City Council"],
    "police": ["{} Constabulary", "Police and Crime Commissioner for {}"],
    "fire": ["{} Fire and Rescue Service", "{} Fire Authority"],
    "health": ["NHS {}", "{} University Health Board", "{} Integrated Care Partnership"],
    "park": ["{} National Park Authority", "{} Moors National Park Authority"],
}  # fmt: skip


@dataclass(frozen=True)
class Names:
    """Draws names for one plan."""

    random: Random
    welsh: bool = False

    def place(self) -> str:
        """The name of a made-up place."""
        if self.welsh:
            return self.random.choice(_WELSH) + self.random.choice(_WELSH_ENDINGS)
        return self.random.choice(_BEGINNINGS) + self.random.choice(_ENDINGS)

    def body(self, family: str) -> str:
        """The name of a public body."""
        if self.welsh:
            place = self.place()
            return f"Cyngor Sir {place} / {place} County Council"
        return self.random.choice(_TITLES[family]).format(self.place())

    def partner(self) -> str:
        """The name of a body that helps."""
        forms = ["{} Housing Trust", "{} Chamber of Commerce", "Age Concern {}", "{} Community Foundation",
                 "University of {}", "{} Youth Alliance", "{} Rivers Trust", "the {} Partnership"]  # fmt: skip
        return self.random.choice(forms).format(self.place())

    def person(self, manner: str) -> str:
        """A person's name: `full` or `initial`."""
        forename, surname = self.random.choice(_FORENAMES), self.random.choice(_SURNAMES)
        return f"{forename} {surname}" if manner == "full" else f"{forename[0]}. {surname}"

    def directorates(self, family: str) -> list[str]:
        """The body's directorates."""
        return self.random.choice(_DIRECTORATES[family])

    def post(self, manner: str, area: str) -> str:
        """Who answers for an area of work, in the manner of the plan."""
        short = re.split(r",| and ", area)[0]
        forms = {
            "heads": ["Head of {a}", "Head of {a}", "{a} Manager", "Director of {a}", "{s} Team Leader"],
            "comma": ["Assistant Director, {a}", "Assistant Director, {a}", "Service Director, {a}"],
            "dash": ["Service Manager - {a}", "Strategic Lead - {a}", "Head of Service - {a}"],
            "strategic": ["Strategic Director of {a}", "Corporate Director of {a}", "Deputy Director of {a}"],
            "initials": ["HoS ({s})", "AD {s}", "SM {s}"],
            "named": ["{p}, Head of {a}", "{p}, {a} Manager"],
            "names": ["{p}"],
            "teams": ["{a} Team", "{a} Service", "{a}"],
        }
        form = self.random.choice(forms[manner])
        return form.format(a=area, s=short, p=self.person(self.random.choice(["full", "initial"])))

    def member(self, manner: str, portfolio: str) -> str:
        """A member of the cabinet, in the manner of the plan."""
        if manner == "councillor":
            return f"Cllr {self.person('initial').replace('.', '')}"
        if manner == "full":
            return f"Councillor {self.person('full')}"
        if manner == "both":
            return f"Cllr {self.person('full')} ({portfolio})"
        return f"{manner} {portfolio}"
