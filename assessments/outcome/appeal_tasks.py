"""What there is to do about appeals besides their deadlines: the ECT may make one, an officer records what came."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse

from cases.models import Deadline
from cases.parts import Task
from cases.rules.statuses import AppealStatus
from cases.worded import due_words
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..models import Appeal
from .appeal_deadlines import APPEAL

MOST = 100
COPY = "Record when the Agency’s copy of the appeal reached you: your time to reply runs from that day"
OUTCOME = "Record the outcome of the appeal once the Agency has told you"


def tasks_of(viewer: Viewer) -> Iterable[Task]:
    """What this viewer may do, or has to record."""
    return _to_make(viewer) if viewer.organisation is None else to_see_to(viewer)


def to_see_to(viewer: Viewer) -> Iterable[Task]:
    """What an officer of the body that decided has to record."""
    if not viewer.may(Permission.DECIDE):
        return []
    rows = Appeal.objects.filter(body=viewer.organisation, ended_on=None).select_related("induction__teacher")
    rows = rows.annotate(heard_on=Max("hearings__held_on"))
    waiting = rows.filter(Q(copy_on=None, status=AppealStatus.MADE) | Q(heard_on__lt=viewer.on)).order_by("on", "pk")
    return [_task(row) for row in waiting[:MOST]]


def _task(row: Appeal) -> Task:
    heard_on: date | None = getattr(row, "heard_on", None)
    return Task(
        on=heard_on or row.on,
        says=OUTCOME if heard_on else COPY,
        about=row.induction.teacher.name,
        url=reverse("assessments:appeal", args=[row.decision_id]),
        kind="appeals",
        kind_says="Appeals",
        case_id=row.induction_id,
        is_due=False,
    )


def _to_make(viewer: Viewer) -> Iterable[Task]:
    """The ECT's own days to appeal, while they run (R66)."""
    own = {"induction__teacher__user": viewer.user, "kind": APPEAL, "is_open": True, "due_on__gte": viewer.on}
    for row in Deadline.objects.filter(**own):
        yield Task(
            on=row.due_on,
            says="Appeal to the Teaching Regulation Agency, if you want to",
            about=viewer.user.name,
            url=reverse("assessments:case_appeal", args=[row.induction_id]),
            state=due_words(row.due_on, today=viewer.on),
            why=row.why,
            kind="appeals",
            kind_says="Appeals",
            case_id=row.induction_id,
        )
