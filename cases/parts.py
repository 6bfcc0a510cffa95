"""How the apps to the right add to a case without `cases` knowing them.

Each registers one Part when it starts. What happens in one app reaches the others through `happened`, in the same
transaction; there are no signals.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from induction_portal.accounts.permissions import Permission

if TYPE_CHECKING:
    from induction_portal.accounts.viewer import Viewer

    from .accessing import Viewing
    from .models import CaseRecord, Deadline, Induction
    from .picture import Happening
    from .rules.explained import Reason
    from .rules.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line of a case's timeline, with the page that shows more, if the viewer may open it."""

    on: date
    says: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for somebody: what, about whom, since or until when, and where it is done.

    `url` is empty where there is no page that this viewer may open. `why` is the reason for the date; `kind` tells
    tasks of a sort from others, and `kind_says` names it: "progress_review", "Progress reviews"; `case_id` is the case.
    `is_due` is False where `on` only says since when it waits, so that it is never overdue.
    """

    on: date
    says: str
    about: str
    url: str
    state: str = ""
    why: str = ""
    kind: str = "other"
    kind_says: str = "Other tasks"
    case_id: UUID | None = None
    is_due: bool = True


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for somebody, and what they wait for from others."""

    tasks: "Iterable[Task]" = ()
    waits: "Iterable[Task]" = ()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A case whose facts the rules have just reckoned: what a Part finds its deadlines from."""

    induction: "Induction"
    timeline: "Timeline"


@dataclass(frozen=True, slots=True)
class FallsDue:
    """Something that falls due in a case: a row of `Deadline` to be.

    `code` is its number in the table of deadlines (D4), empty where the table has none; `kind` and `number` tell it
    from the case's others; `owner` is the role whose task it is, or "system" for a date that is nobody's task.
    `why` says it in one sentence with this case's numbers. `closed_on` is the day the facts closed it (R90). `waits` is
    what the day depends on, "return" or "choice", while that is open (R29, R51); `nominal_on` the day by the rules
    alone, where a body's submission window comes first (R52) or an absence holds it back (R51). `after_end` says that
    it falls due though the induction is over: telling of its end does.
    """

    induction_id: UUID
    code: str
    kind: str
    number: int
    opened_on: date
    due_on: date
    owner: str
    why: "Reason"
    closed_on: date | None = None
    waits: str = ""
    nominal_on: date | None = None
    after_end: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """That an induction is over for good: since which day, and the teacher's status in the words of a page (R14)."""

    on: date
    status: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of the case page: a template of the app's own, and what it is given."""

    template: str
    context: dict


@dataclass(frozen=True, slots=True)
class Paper:
    """A record of a case that is issued as a document: what it is, of which day, and from which school.

    `kind` and `subject_id` name the issued document; `version` is the one that shows the record as it stands, which may
    still have to be made. `url` is the record's own page, `sealed` the SHA-256 of its sealed content.
    """

    kind: str
    subject_id: UUID
    title: str
    on: date
    school: str
    version: int
    url: str
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of a case to be read, in words: a heading, the columns, and a cell for each column of each row."""

    heading: str
    columns: tuple[str, ...]
    rows: "Sequence[Sequence[str]]"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a part has of a case for the ECT to take along (R83). `sections` may be made while they are read."""

    papers: "Sequence[Paper]" = ()
    sections: "Iterable[Section]" = ()


class Chapter(Enum):
    """The chapters of the file that an appropriate body makes of a case, in their order, and what each is called."""

    CHRONOLOGY = "Chronology"
    REGISTRATION = "Registration and confirmation"
    SERVICE = "Schools, working patterns and people"
    CLOCK = "The statutory clock, with its reasons"
    ABSENCE = "Absence"
    TIMETABLE = "Timetables"
    REVIEWS = "Progress reviews"
    OBSERVATIONS = "Observations"
    ASSESSMENTS = "Formal assessments"
    SUPPORT = "Concerns and levels of support"
    RECOMMENDATION = "Recommendation"
    DECISION = "Representations, decisions and notices"
    APPEAL = "Appeal"
    LEFT_OUT = "What is left out, and why"


@dataclass(frozen=True, slots=True)
class Filing:
    """What a part puts into a chapter of a case's file: rows in words and documents as they were issued, and what it
    leaves out, each with the reason. Several parts may file in one chapter; the order is that in which they started.
    """

    chapter: Chapter
    sections: "Sequence[Section]" = ()
    papers: "Sequence[Paper]" = ()
    left_out: "Sequence[tuple[str, str]]" = ()


class Part:
    """What an app adds to a case. The defaults add nothing.

    `is_evidence` says that its section of the case page belongs on the page on which the induction is decided.
    """

    is_evidence = False

    def closed(self, case_ids: Collection[UUID]) -> Mapping[tuple[UUID, str, int], date]:
        """The deadlines of the clock that this app's facts have closed, by case, kind and number, and when."""
        return {}

    def ended(self, case_ids: Collection[UUID]) -> "Mapping[UUID, Ended]":
        """The inductions that this app's facts have ended for good: what is still open of them falls due no more."""
        return {}

    def deadlines(self, cases: "Sequence[Reckoned]") -> "Iterable[FallsDue]":
        """What falls due in these cases by this app's facts, open or closed; as many queries for many as for one."""
        return ()

    def label(self, deadline: "Deadline") -> str:
        """A deadline of this app's kinds in words: "Progress review 2"; empty for others'."""
        return ""

    def timeline(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> Iterable[Entry]:
        """Dated lines that this viewer may see."""
        return ()

    def happenings(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> "Iterable[Happening]":
        """What happened, or runs, beside the clock, and this viewer may see: marks of the picture."""
        return ()

    def panel(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> Panel | None:
        """A section of the case page, if this viewer has one."""
        return None

    def tasks(self, viewer: "Viewer") -> Iterable[Task]:
        """What waits for this viewer, beside the deadlines of their cases."""
        return ()

    def waits(self, viewer: "Viewer") -> Iterable[Task]:
        """What this viewer waits for from others, beside the deadlines of their cases."""
        return ()

    def work(self, viewer: "Viewer") -> Work:
        """Both, as a page with both asks: a part that finds them among the same rows says this instead of the two."""
        return Work(self.tasks(viewer), self.waits(viewer))

    def board(self, viewer: "Viewer") -> Iterable[Task]:
        """What waits for an answer of the viewer's appropriate body, whoever of it answers, beside the deadlines."""
        return ()

    def on_track(self, induction: "Induction", viewer: "Viewer") -> tuple[bool, date] | None:
        """Whether an ECT was last found on track to complete, and when; None before anybody said (R80)."""
        return None

    def off_track(self, case_ids: Collection[UUID]) -> Mapping[UUID, date]:
        """Those of many inductions that were not on track when last reviewed, and when that was."""
        return {}

    def bundle(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> Bundle:
        """What this app keeps of a case that the viewer may read, for the copy that an ECT takes along."""
        return Bundle()

    def filings(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> "Iterable[Filing]":
        """What this app has of a case for the file that its appropriate body makes, for an appeal or otherwise.

        Only what the viewer, an officer of that body, may read: never why somebody was away (R79). A paper's `version`
        is the last that they may have; what is not issued by then is told among what is left out.
        """
        return ()

    def guests(self, induction: "Induction", viewer: "Viewer") -> "Iterable[Viewing]":
        """Who else is let see something of the case for a time, as far as this viewer may know (R78)."""
        return ()

    def hidden_from(self, induction: "Induction", viewer: "Viewer") -> Collection[UUID]:
        """The records of a case, by id, of which this viewer may not know that anything was done, or that anybody
        opened them: neither the history nor the log of openings tells of them.
        """
        return ()

    def task_url(self, deadline: "Deadline") -> str:
        """The page where a deadline of this app's kinds is met; empty for others'."""
        return ""

    def happened(self, event: str, subject: "CaseRecord", *, by: "Viewer", on: date) -> None:
        """What follows here from something that was done elsewhere, in the same transaction."""


PARTS: list[Part] = []
ABSENCE_RECORDED = "absence_recorded"  # or changed


def register(part: Part) -> None:
    """Add an app's part; called once, when the app starts."""
    PARTS.append(part)


def ended(case_ids: Collection[UUID]) -> "dict[UUID, Ended]":
    """Which of these inductions are over for good, asked of every part."""
    return {key: end for part in PARTS for key, end in part.ended(case_ids).items()}


def happened(event: str, subject: "CaseRecord", *, by: "Viewer", on: date) -> None:
    """Tell every part that something was done; the case is locked, and the trail has it."""
    for part in PARTS:
        part.happened(event, subject, by=by, on=on)


def hidden_from(induction: "Induction", viewer: "Viewer") -> "set[UUID]":
    """The records of a case of which this viewer may not know, asked of every part."""
    return {key for part in PARTS for key in part.hidden_from(induction, viewer)}


def task_url(deadline: "Deadline") -> str:
    """The page where a deadline is met, asked of every part."""
    return next((url for part in PARTS if (url := part.task_url(deadline))), "")
