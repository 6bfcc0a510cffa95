"""The early career teachers of the story: who they are, where they serve and since when, and what was written of them.

Plain data. `replay` turns it into what people did, day by day.
"""

from dataclasses import dataclass
from decimal import Decimal

from . import reviews
from .days import Moment, ToComplete, first, last
from .reviews import Written


@dataclass(frozen=True, slots=True)
class Mentoring:
    """Who mentors, from the start of a stay or from a later moment on."""

    by: str
    since: Moment | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A working pattern: full-time equivalent and the weight of each weekday; `since` when it changed later; what the
    ECT `says` of it: nothing yet, or "agreed".
    """

    fte: str = "1"
    days: str = ""
    since: Moment | None = None
    says: str = ""

    @property
    def weights(self) -> dict[str, Decimal]:
        """The weight of each weekday by its name, or nothing when every school day weighs alike."""
        return dict(zip(("mon", "tue", "wed", "thu", "fri"), map(Decimal, self.days.split()), strict=False))


FULL_TIME = Pattern()
MONDAY_TO_WEDNESDAY = Pattern("0.6", "1 1 1 0 0", says="agreed")
QUERY = (
    "I make it a few days more. I covered for a colleague in the week before my contract began. Does that week count, "
    "and if not, could you tell me why?"
)


@dataclass(frozen=True, slots=True)
class Stay:
    """Service at one school."""

    school: str
    starts: Moment | ToComplete
    tutor: str
    mentors: tuple[Mentoring, ...]
    subject: str
    patterns: tuple[Pattern, ...] = (FULL_TIME,)
    ends: Moment | None = None
    handed_over_to: str = ""


@dataclass(frozen=True, slots=True)
class Ect:
    """An early career teacher; without an e-mail address they have no sign-in yet. Reviews are by their number.

    What they `query` of the service counted in all waits for their school's answer.
    """

    name: str
    trn: str
    age: int
    stays: tuple[Stay, ...]
    written: dict[int, Written]
    email: str = ""
    query: str = ""


ECTS = (
    Ect(
        "Hannah Lindqvist", "3104871", 23, email="ect@oakfield.example", written=reviews.HANNAH,
        stays=(
            Stay(
                "oakfield", first(-1), "tutor@oakfield.example",
                (Mentoring("mentor@oakfield.example"),), "English",
            ),
        ),
    ),
    Ect(
        "Daniel Okonkwo", "2987340", 27, email="ect2@oakfield.example", written=reviews.DANIEL, query=QUERY,
        stays=(
            Stay(
                "oakfield", first(-4), "tutor@oakfield.example",
                (Mentoring("d.osei@oakfield.example"), Mentoring("mentor@oakfield.example", since=first(-2))),
                "Mathematics",
            ),
        ),
    ),
    Ect(
        "Tomasz Zieliński", "3250916", 31, written={},
        stays=(
            Stay(
                "oakfield", first(0), "tutor@oakfield.example",
                (Mentoring("r.whitcombe@oakfield.example"),), "Physics",
            ),
        ),
    ),
    Ect(
        "Grace Adeyemi-Clarke", "3061725", 34, written=reviews.GRACE,
        stays=(
            Stay(
                "oakfield", first(-2), "tutor@oakfield.example",
                (Mentoring("r.whitcombe@oakfield.example"),), "History",
                patterns=(Pattern("0.8", "1 1 1 1 0"), Pattern("1", since=first(0))),
            ),
        ),
    ),
    Ect(
        "Callum Reid", "3018452", 25, written=reviews.CALLUM,
        stays=(
            Stay(
                "harbour", first(-3), "tutor@harbour.example", (Mentoring("e.muir@harbour.example"),), "Year 5",
                ends=last(-2), handed_over_to="oakfield",
            ),
            Stay(
                "oakfield", first(-1), "tutor@oakfield.example",
                (Mentoring("d.osei@oakfield.example"),), "Year 7 transition and English",
            ),
        ),
    ),
    Ect(
        "Imogen Castle", "3042687", 29, email="ect@elmbridge.example", written=reviews.IMOGEN,
        stays=(
            Stay(
                "elmbridge", first(-3), "tutor@elmbridge.example", (Mentoring("n.eze@elmbridge.example"),),
                "Modern languages", patterns=(MONDAY_TO_WEDNESDAY,),
            ),
        ),
    ),
    Ect(
        "Beatrice Mwangi", "3179033", 24, written=reviews.BEATRICE,
        stays=(
            Stay(
                "elmbridge", first(-1), "head@elmbridge.example", (Mentoring("t.hartley@elmbridge.example"),), "Music"
            ),
        ),
    ),
    Ect(
        "Owen Pritchard", "3095518", 26, written=reviews.OWEN,
        stays=(
            Stay(
                "elmbridge", first(-2), "lead@oakfield.example", (Mentoring("t.hartley@elmbridge.example"),),
                "Design and technology",
            ),
        ),
    ),
    Ect(
        "Niamh Gallagher", "2876104", 26, email="ect@harbour.example", written=reviews.NIAMH,
        stays=(
            Stay(
                "harbour", ToComplete(6, days_ago=10), "tutor@harbour.example",
                (Mentoring("e.muir@harbour.example"),), "Year 2",
            ),
        ),
    ),
    # He came from Leeds with five terms served; the body failed him, and he has appealed.
    Ect(
        "Rhys Maddock", "3127745", 35, email="ect2@harbour.example", written={},
        stays=(
            Stay(
                "harbour", ToComplete(1, days_ago=62), "tutor@harbour.example",
                (Mentoring("e.muir@harbour.example"),), "Year 6",
            ),
        ),
    ),
    Ect(
        "Martin Calloway", "2913358", 28, email="ect3@harbour.example", written=reviews.MARTIN,
        stays=(
            Stay(
                "harbour", ToComplete(6, days_ago=20), "tutor@harbour.example",
                (Mentoring("e.muir@harbour.example"),), "Year 5, then Year 6", patterns=(Pattern(says="agreed"),),
            ),
        ),
    ),
    Ect(
        "Sunita Rao", "3188260", 28, written=reviews.SUNITA,
        stays=(
            Stay("harbour", first(-1), "tutor@harbour.example", (Mentoring("e.muir@harbour.example"),), "Reception"),
        ),
    ),
    # Last term's review was never sent: it is late on any day, and Harbour's appropriate body has whom to chase.
    Ect(
        "Joseph Fairley", "3201774", 30, written={},
        stays=(
            Stay("harbour", first(-1), "tutor@harbour.example", (Mentoring("e.muir@harbour.example"),), "Year 4"),
        ),
    ),
)  # fmt: skip
