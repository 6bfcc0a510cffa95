"""How the apps to the right add to a case without `cases` knowing them.

Each registers one Part when it starts. What happens in one app reaches the others through `happened`, in the same
transaction; there are no signals.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from induction_portal.accounts.permissions import Permission

if TYPE_CHECKING:
    from induction_portal.accounts.viewer import Viewer

    from .accessing import Viewing
    from .models import Deadline, Induction
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
    alone, where a body's submission window comes first (R52) or an absence holds it back (R51).
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


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of the case page: a template of the app's own, and what it is given."""

    template: str
    context: dict


@dataclass(frozen=True, slots=True)
class Paper:
    """A record of a case that is issued as a document: what it is, of which day, and from which school.

    `kind` and `subject_id` name the issued document; `version` is the one that shows the record as it stands, which may
    still have to be made. `url` is the record's own page.
    """

    kind: str
    subject_id: UUID
    title: str
    on: date
    school: str
    version: int
    url: str


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


class Part:
    """What an app adds to a case. The defaults add nothing."""

    def closed(self, case_ids: Collection[UUID]) -> Mapping[tuple[UUID, str, int], date]:
        """The deadlines of the clock that this app's facts have closed, by case, kind and number, and when."""
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

    def board(self, viewer: "Viewer") -> Iterable[Task]:
        """What waits for an answer of the viewer's appropriate body, whoever of it answers, beside the deadlines."""
        return ()

    def on_track(self, induction: "Induction", viewer: "Viewer") -> tuple[bool, date] | None:
        """Whether an ECT was last found on track to complete, and when; None before anybody said (R80)."""
        return None

    def bundle(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> Bundle:
        """What this app keeps of a case that the viewer may read, for the copy that an ECT takes along."""
        return Bundle()

    def guests(self, induction: "Induction", viewer: "Viewer") -> "Iterable[Viewing]":
        """Who else is let see something of the case for a time, as far as this viewer may know (R78)."""
        return ()

    def task_url(self, deadline: "Deadline") -> str:
        """The page where a deadline of this app's kinds is met; empty for others'."""
        return ""


PARTS: list[Part] = []


def register(part: Part) -> None:
    """Add an app's part; called once, when the app starts."""
    PARTS.append(part)


def task_url(deadline: "Deadline") -> str:
    """The page where a deadline is met, asked of every part."""
    return next((url for part in PARTS if (url := part.task_url(deadline))), "")
