"""How the apps to the right add to a case without `cases` knowing them.

Each registers one Part when it starts. What happens in one app reaches the others through `happened`, in the same
transaction; there are no signals.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from induction_portal.accounts.permissions import Permission

if TYPE_CHECKING:
    from induction_portal.accounts.viewer import Viewer

    from .models import Deadline, Induction


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated line of a case's timeline, with the page that shows more, if the viewer may open it."""

    on: date
    says: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for this person: what, about whom, since or until when, and where it is done."""

    on: date
    says: str
    about: str
    url: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of the case page: a template of the app's own, and what it is given."""

    template: str
    context: dict


class Part:
    """What an app adds to a case. The defaults add nothing."""

    def closed(self, case_ids: Collection[UUID]) -> Iterable[tuple[UUID, str, int]]:
        """The deadlines of some cases, by case, kind and number, that this app's facts have closed."""
        return ()

    def timeline(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> Iterable[Entry]:
        """Dated lines that this viewer may see."""
        return ()

    def panel(self, induction: "Induction", viewer: "Viewer", may: frozenset[Permission]) -> Panel | None:
        """A section of the case page, if this viewer has one."""
        return None

    def tasks(self, viewer: "Viewer") -> Iterable[Task]:
        """What waits for this viewer, beside the deadlines of their cases."""
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
