"""Who has to do something before an induction is decided: the ECT may write, a second officer answers a proposal."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import BodyPeriod
from cases.parts import Task, Work
from cases.rules.deadlines import due_on
from cases.rules.deciding import may_still_write
from cases.rules.statuses import DecisionStatus, RecommendationStatus
from cases.worded import due_words
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..models import Decision
from .access import visible_decisions
from .letters import status_of
from .received import OF_ASSESSMENT, received

MOST = 100


def work_of(viewer: Viewer) -> Work:
    """What this viewer may write, or has to answer; what they proposed, and a colleague has to answer."""
    if viewer.organisation is None:
        return Work(_to_write(viewer))
    if not viewer.may(Permission.DECIDE):
        return Work()
    mine = BodyPeriod.objects.filter(contact=viewer.user).values("induction")
    rows = list(_proposed(viewer).exclude(induction__in=mine)[:MOST])
    own = [row for row in rows if row.by == viewer.user]
    others = [row for row in rows if row not in own]
    return Work(
        [_task(viewer, row, "Approve or return the proposed decision") for row in others],
        [_task(viewer, row, "A second officer answers the decision you proposed") for row in own],
    )


def to_answer(viewer: Viewer) -> Iterable[Task]:
    """Every proposal of the viewer's body that waits for a second officer."""
    return [_task(viewer, row, "A second officer answers the proposed decision") for row in _proposed(viewer)[:MOST]]


def _to_write(viewer: Viewer) -> Iterable[Task]:
    """The ECT's own days to write to the body, while they run (R61)."""
    own = {f"{OF_ASSESSMENT}__induction__teacher__user": viewer.user, "status": RecommendationStatus.SENT}
    for row in received().filter(**own):
        status = status_of(row, list(row.representations.all()), viewer)
        if not may_still_write(status, received_on=row.received_on, today=viewer.on):
            continue
        closes = due_on("D10", row.received_on)
        says = "Write to the appropriate body before it decides, if you want to"
        yield _line(viewer, row.signature.version.assessment.induction_id, closes, says, "representations", row.pk)


def _proposed(viewer: Viewer) -> QuerySet[Decision]:
    rows = visible_decisions(viewer).filter(body=viewer.organisation, status=DecisionStatus.PROPOSED)
    return rows.order_by("on", "pk")


def _task(viewer: Viewer, row: Decision, says: str) -> Task:
    return _line(viewer, row.induction_id, row.on, says, "decision", row.pk, about=row.induction.teacher.name)


def _line(viewer: Viewer, case_id: object, on: date, says: str, page: str, subject: object, about: str = "") -> Task:
    is_due = page == "representations"
    return Task(
        on=on,
        says=says,
        about=about or viewer.user.name,
        url=reverse(f"assessments:{page}", args=[subject]),
        state=due_words(on, today=viewer.on) if is_due else "Waiting",
        kind="decisions",
        kind_says="Decisions and representations",
        case_id=case_id,  # type: ignore[arg-type]  # of either row
        is_due=is_due,
    )
