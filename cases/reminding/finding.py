"""Which deadlines may have a step to say on a day, a batch at a time, and what has been said of them already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ..deadlines import ABSENCE_WARNING, PROGRESS_REVIEW, standing
from ..models import Deadline, Reminder
from ..rules.reminders import BEFORE, Ladder, step_to_say, steps, window

BATCH = 1000
# Whatever an organisation has set, its ladder is one of these.
LADDERS = tuple(Ladder(remind_from=days) for days in BEFORE)
Which = tuple[UUID, str, int, date]


class Falls(NamedTuple):
    """A deadline that stands, as its row has it."""

    pk: int
    case_id: UUID
    code: str
    kind: str
    number: int
    opened_on: date
    due_on: date
    owner: str

    @property
    def which(self) -> Which:
        """What tells it from every other, on this day."""
        return self.case_id, self.kind, self.number, self.due_on


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sweep looks at: everything, only what has opened since a day, or only some cases."""

    opened_since: date | None = None
    cases: Collection[UUID] | None = None

    @property
    def condition(self) -> Q:
        """As the database is asked."""
        found = Q() if self.opened_since is None else Q(opened_on__gte=self.opened_since)
        return found if self.cases is None else found & Q(induction__in=self.cases)


def falling(*, on: date, after: int, scope: Scope) -> list[Falls]:
    """The next thousand deadlines that may have a step to say on a day, from the row `after` on.

    Never one that nobody has to meet, that waits for a return or a choice (R29, R51), or a warning of absence, which
    was said when it was reached. A case whose dates are being worked out is left to the next sweep.
    """
    first, last = window(on)
    found = Deadline.objects.filter(
        standing(), scope.condition, pk__gt=after, opened_on__lte=on, due_on__range=(first, last), waits=""
    )
    known = found.filter(induction__stale=False).exclude(kind=ABSENCE_WARNING).order_by("pk")
    columns = ("pk", "induction", "code", "kind", "number", "opened_on", "due_on", "owner")
    return [Falls(*row) for row in known.values_list(*columns)[:BATCH]]


def said_of(found: Sequence[Falls]) -> dict[Which, int]:
    """The last step that was said of each deadline, as it falls due now."""
    days = [each.due_on for each in found]
    rows = Reminder.objects.filter(
        induction__in={each.case_id for each in found}, due_on__range=(min(days), max(days))
    ).order_by("step")
    return {(case, kind, number, due): step for case, kind, number, due, step in rows.values_list(
        "induction", "kind", "number", "due_on", "step"
    )}  # fmt: skip


def may_be_due(found: Iterable[Falls], *, on: date, said: dict[Which, int]) -> list[Falls]:
    """Those that have a step to say by one ladder or another: of the rest, nobody need be asked for."""
    return [
        each
        for each in found
        if any(
            step_to_say(steps(each.opened_on, each.due_on, ladder), on=on, said=said.get(each.which))
            for ladder in LADDERS
        )
    ]


def reviews_before(found: Iterable[Falls]) -> dict[UUID, list[tuple[int, date]]]:
    """The progress reviews that stand in the cases of these: the second waits for the first."""
    cases = {each.case_id for each in found if each.kind == PROGRESS_REVIEW and each.number > 1}
    earlier: defaultdict[UUID, list[tuple[int, date]]] = defaultdict(list)
    rows = Deadline.objects.filter(induction__in=cases, is_open=True, kind=PROGRESS_REVIEW)
    for case, number, due_on in rows.values_list("induction", "number", "due_on"):
        earlier[case].append((number, due_on))
    return earlier


def still_holds() -> Q:
    """Reminders of what is still open and still due on that day, and of which nothing was said since."""
    same = {name: OuterRef(name) for name in ("induction", "kind", "number", "due_on")}
    stands = Deadline.objects.filter(**same, is_open=True, waits="")
    return Q(Exists(stands)) & ~Q(Exists(Reminder.objects.filter(**same, step__gt=OuterRef("step"))))
