"""Who is told of a change after registration, of a query and of its answer (SG 2.74, 5.2). No message says what."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.models import AuditEvent
from notifications import kinds, outbox
from notifications.kinds import Names

from .access import case, may_read, visible_cases
from .models import Agreement, Induction, Placement
from .people import headteachers, officer_of, tutors
from .rules.mailing import Topic

CHANGED = "service_changed"
QUERIED = "service_queried"
ANSWERED = "query_answered"

SUBJECTS = {
    CHANGED: "Something has changed in an induction",
    QUERIED: "An ECT has queried what is recorded of their service",
    ANSWERED: "A query about recorded service has been answered",
}


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "cases/messages",
        may_see=may_see_case,
        about=whose,
        topic=Topic.PEOPLE,
    )


def changed(placement: Placement, event: AuditEvent, also: Iterable[User] = ()) -> None:
    """The body's officer and the ECT, once induction here has begun: what comes before belongs to registration."""
    if event.on > placement.starts_on:
        _tell(CHANGED, placement.induction, placement.school_id, event, {*_both(placement.induction), *also})


def teacher_changed(induction: Induction, event: AuditEvent) -> None:
    """The body's officer, the ECT, and the tutors and headteachers of the schools where they serve now."""
    people = _both(induction)
    for placement in induction.placements.exclude(ends_on__lt=clock.today()):
        people |= {*tutors(placement), *headteachers(placement.school_id)}
    _tell(CHANGED, induction, event.organisation_id, event, people)


def queried(agreement: Agreement, event: AuditEvent) -> None:
    """The induction tutor and the headteacher, who answer, and the body's officer, who sees that it is open."""
    people = {*tutors(agreement.placement), *headteachers(agreement.school_id), officer_of(agreement.induction)}
    _tell(QUERIED, agreement.induction, agreement.school_id, event, people, _page_of(agreement))


def answered(agreement: Agreement, event: AuditEvent) -> None:
    """The ECT, and the body's officer."""
    people = _both(agreement.induction)
    _tell(ANSWERED, agreement.induction, agreement.school_id, event, people, _page_of(agreement))


def _page_of(agreement: Agreement) -> str:
    """The page on which what was queried stands."""
    return "cases:absences" if agreement.kind == Agreement.Kind.ABSENCE else "cases:service"


def _both(induction: Induction) -> set[User | None]:
    return {induction.teacher.user, officer_of(induction)}


def _tell(
    kind: str,
    induction: Induction,
    school_id: UUID | None,
    event: AuditEvent,
    people: Iterable[User | None],
    page: str = "cases:service",
) -> None:
    to = [user for user in people if user is not None and user.pk != event.actor_id]
    url = reverse(page, args=[induction.pk])
    outbox.queue(kind, to=to, subject_id=induction.pk, organisation_id=school_id, url=url, once=str(event.pk))


def may_see_case(user: User, induction_id: UUID) -> bool:
    """Whether a user may open a case today in any of their capacities: asked before a message is delivered."""
    return may_read(user, induction_id, find=case, needs=Permission.READ_CASE)


def whose(viewer: Viewer, induction_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these cases that the viewer may know of."""
    return visible_cases(viewer).filter(pk__in=induction_ids).values_list("pk", "teacher__name")
