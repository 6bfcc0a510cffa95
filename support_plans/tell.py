"""Who is told of concerns and levels. No message says of whom, which level, or what was written."""

from collections.abc import Iterable

from django.urls import reverse

from cases.models import Appointment
from cases.people import headteachers, holders, officer_of, tutors
from cases.querysets import in_force
from cases.rules.mailing import Topic
from cases.rules.statuses import ConcernStatus
from cases.rules.support import Audience
from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from notifications import kinds, outbox

from . import access
from .models import Concern, LevelAgreement, LevelChange, OwnConcern, SupportRecord

RAISED, TO_TRUST, PASSED_ON = "concern_raised", "concern_for_trust", "concern_passed_on"
CHANGED, AGREED = "level_changed", "level_agreed"
OWN_RAISED, OWN_ANSWERED, OWN_SHARED = "own_concern_raised", "own_concern_answered", "own_concern_shared"
FOLDER = "support_plans/messages"
People = Iterable[User | None]


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    concerns = {
        RAISED: "A concern has been raised about an ECT’s progress",
        TO_TRUST: "A concern waits for you to pass it on",
        PASSED_ON: "A concern has been passed on to the appropriate body",
    }
    own = {
        OWN_RAISED: "An ECT has raised a concern with you",
        OWN_ANSWERED: "Your concern has been answered",
        OWN_SHARED: "An ECT lets you read a concern of theirs",
    }
    may_wait = {"topic": Topic.SUPPORT}
    kinds.register_all(concerns, FOLDER, may_see=access.may_see_concern, about=access.whose_concerns, **may_wait)
    # An ECT's own concern reaches whom they turned to at once, whatever that person prefers (R81).
    told = {"statutory": own}
    kinds.register_all(own, FOLDER, may_see=access.may_see_own_concern, about=access.whose_own_concerns, **told)
    changed = {CHANGED: "The support of an ECT has changed"}
    kinds.register_all(changed, FOLDER, may_see=access.may_see_level, about=access.whose_levels, **may_wait)
    agreed = {AGREED: "The appropriate body has agreed to a move between levels of support"}
    kinds.register_all(agreed, FOLDER, may_see=access.may_see_agreement, about=access.whose_agreements, **may_wait)


def raised(concern: Concern, *, by: Viewer) -> None:
    """The ECT always; the school; and the body at once, or first the trust's officers where the school's settings say
    so (R69, R81).
    """
    url = reverse("support_plans:concern", args=[concern.pk])
    body = [] if concern.waits_for_trust else [officer_of(concern.induction)]
    _tell(RAISED, concern, url, [*_ect(concern), *_school(concern), *body], by=by)
    if concern.waits_for_trust:
        _tell(TO_TRUST, concern, url, _trust(concern, by), by=by)


def passed_on(concern: Concern, *, by: Viewer) -> None:
    """The body, which is told now, the ECT and the school."""
    url = reverse("support_plans:concern", args=[concern.pk])
    _tell(PASSED_ON, concern, url, [*_ect(concern), *_school(concern), officer_of(concern.induction)], by=by)


def changed(level: LevelChange, *, by: Viewer) -> None:
    """The ECT, the school and the body; of Level 6 no mentor. Who may not know of it any more gets nothing."""
    url = reverse("support_plans:ladder", args=[level.induction_id])
    mentor = level.audience == Audience.CASE
    people = [*_ect(level), *_school(level, mentor=mentor), officer_of(level.induction)]
    _tell(CHANGED, level, url, people, by=by, once=f"s{level.state_number}")


def agreed(agreement: LevelAgreement, *, by: Viewer) -> None:
    """The tutor and the headteacher, who may now make the move."""
    url = reverse("support_plans:ladder", args=[agreement.induction_id])
    _tell(AGREED, agreement, url, _school(agreement, mentor=False), by=by)


def own_raised(concern: OwnConcern, *, by: Viewer) -> None:
    """Whoever is to answer, and nobody else."""
    url = reverse("support_plans:own_concern", args=[concern.pk])
    _tell(OWN_RAISED, concern, url, _answering(concern, by), by=by, once=f"v{concern.version}")


def own_answered(concern: OwnConcern, *, by: Viewer) -> None:
    """The ECT."""
    url = reverse("support_plans:own_concern", args=[concern.pk])
    _tell(OWN_ANSWERED, concern, url, _ect(concern), by=by, once=f"v{concern.version}")


def own_shared(concern: OwnConcern, *, by: Viewer) -> None:
    """The school, which may read it from now on."""
    url = reverse("support_plans:own_concern", args=[concern.pk])
    _tell(OWN_SHARED, concern, url, _school(concern, mentor=False), by=by)


def _answering(concern: OwnConcern, by: Viewer) -> People:
    if concern.state is ConcernStatus.WITH_TRUST:
        return _trust(concern, by)
    if concern.state is ConcernStatus.WITH_BODY:
        return access.contacts_for(concern.induction, concern.body_id, by)
    return _school(concern, mentor=False)


def _ect(row: SupportRecord) -> list[User | None]:
    return [row.induction.teacher.user]


def _school(row: SupportRecord, *, mentor: bool = True) -> list[User]:
    people = [*tutors(row.placement), *headteachers(row.school_id)]
    return [*people, *mentors(row)] if mentor else people


def mentors(row: SupportRecord) -> Iterable[User]:
    """Whoever is appointed mentor today where a record of support comes from."""
    held = Appointment.objects.filter(in_force("", on=clock.today()), placement=row.placement_id)
    return User.objects.filter(appointments__in=held.filter(kind=Appointment.Kind.MENTOR))


def _trust(row: SupportRecord, by: Viewer) -> Iterable[User]:
    trust = row.school.trust_id
    return holders(trust, Role.TRUST_OFFICER, on=by.on) if trust else []


def _tell(kind: str, row: SupportRecord, url: str, people: People, *, by: Viewer, once: str = "") -> None:
    to = [user for user in people if user and user.pk != by.user.pk]
    at = row.body_id if row.audience == Audience.CONTACT else row.school_id
    outbox.queue(kind, to=to, subject_id=row.pk, organisation_id=at, url=url, once=once)
