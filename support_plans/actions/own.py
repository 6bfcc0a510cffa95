"""An ECT's own concern: raised, answered, taken further, shared with the school, closed (R81)."""

from datetime import date

from cases.frame import current_placement
from cases.models import Induction
from cases.policies import body_of
from cases.rules.errors import RuleBroken
from cases.rules.statuses import ConcernStatus
from cases.rules.support import Audience
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell
from ..models import OwnConcern, OwnConcernEntry
from ..routes import goes_through_trust
from .concerns import origin, tell_trail

MOVED_ON = "This concern has moved on since you opened the page: read it again first"
ANSWERING = {
    ConcernStatus.RAISED: (Role.HEADTEACHER, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD),
    ConcernStatus.WITH_TRUST: (Role.TRUST_OFFICER,),
    ConcernStatus.WITH_BODY: (Role.BODY_CONTACT,),
}

WITH_CONTACT = {Audience.SCHOOL: Audience.SHARED, Audience.SCHOOL_AND_TRUST: Audience.EVERY_STEP}


@action
def raise_own_concern(
    *, by: Viewer, on: date, induction: Induction, in_confidence: bool, subject: str, text: str
) -> OwnConcern:
    """The ECT writes to their school or, in confidence, to the named contact of the appropriate body: then nobody at
    the school knows of it, unless the ECT agrees. The audience is set with the row and only the ECT widens it.

    Raises RuleBroken for anybody but the ECT, for an empty concern, and while no body is responsible.
    """
    locked = Induction.objects.locked(induction.pk)
    _check_own(by, locked)
    if not subject.strip():
        raise RuleBroken("Enter what it is about, in a few words", "subject")
    if not text.strip():
        raise RuleBroken("Enter your concern", "text")
    placement = current_placement(induction, by)
    if placement is None:
        raise RuleBroken("You serve at no school in the portal yet")
    concern = OwnConcern.objects.create(
        **origin(locked, placement, on),
        audience=Audience.CONTACT if in_confidence else Audience.SCHOOL,
        status=(ConcernStatus.WITH_BODY if in_confidence else ConcernStatus.RAISED).value,
        subject=subject.strip(),
        text=text.strip(),
        raised_on=on,
    )
    tell_trail(by, Event.OWN_CONCERN_RAISED, concern, on, after=_stands(concern))
    tell.own_raised(concern, by=by)
    return concern


@action
def answer_own_concern(*, by: Viewer, on: date, concern: OwnConcern, text: str, version: int) -> OwnConcern:
    """Whoever it is with answers. Raises RuleBroken for anybody else, an empty answer, and when it has moved on."""
    found = _locked(concern, version)
    if not text.strip():
        raise RuleBroken("Enter your answer", "text")
    asked = ANSWERING.get(found.state, ())
    role = next((role for role in asked if role in by.roles), None)
    if role is None:
        raise RuleBroken("This concern does not wait for your answer")
    check_move(found.state, ConcernStatus.ANSWERED, role)
    _say(by, on, found, text, role)
    _move(by, on, found, Event.OWN_CONCERN_ANSWERED, ConcernStatus.ANSWERED)
    tell.own_answered(found, by=by)
    return found


@action
def take_to_trust(*, by: Viewer, on: date, concern: OwnConcern, text: str, version: int) -> OwnConcern:
    """The ECT takes a concern from the school to the trust, where the school's settings have that step (R81).

    Raises RuleBroken where there is no such step, for one that was told in confidence, and as `take_to_body` does.
    """
    found = _own(by, concern, version, text)
    if found.heard_by is not Audience.SCHOOL or not goes_through_trust(found.school, on):
        raise RuleBroken("Your school has no such step: take it to the appropriate body’s named contact", "to")
    check_move(found.state, ConcernStatus.WITH_TRUST, Role.ECT)
    return _take(by, on, found, text, ConcernStatus.WITH_TRUST, Audience.SCHOOL_AND_TRUST)


@action
def take_to_body(*, by: Viewer, on: date, concern: OwnConcern, text: str, version: int) -> OwnConcern:
    """The ECT takes a concern to the named contact of the appropriate body, or writes to them again. The contact reads
    it from the beginning; a school that had it may go on reading it, and one that had not may still not.

    Raises RuleBroken without a word of what is still wrong, for anybody but the ECT, when it has moved on, and when
    another body follows the ECT than the one that it would go to.
    """
    found = _own(by, concern, version, text)
    if goes_elsewhere(found, on):
        raise RuleBroken("Another appropriate body follows your induction now: raise it anew with its contact", "to")
    check_move(found.state, ConcernStatus.WITH_BODY, Role.ECT)
    return _take(by, on, found, text, ConcernStatus.WITH_BODY, WITH_CONTACT.get(found.heard_by, found.heard_by))


@action
def share_with_school(*, by: Viewer, on: date, concern: OwnConcern, version: int) -> OwnConcern:
    """The ECT lets their school read what they wrote in confidence, and the answers. It cannot be taken back.

    Raises RuleBroken for anybody but the ECT, for one that the school reads already, and when it has moved on.
    """
    found = _locked(concern, version)
    _check_own(by, found.induction)
    if found.heard_by is not Audience.CONTACT:
        raise RuleBroken("Your school can read this concern already")
    _move(by, on, found, Event.OWN_CONCERN_SHARED, found.state, Audience.SHARED)
    tell.own_shared(found, by=by)
    return found


@action
def close_own_concern(*, by: Viewer, on: date, concern: OwnConcern, version: int) -> OwnConcern:
    """The ECT says that it is settled. Raises RuleBroken for anybody else, and when it is closed or has moved on."""
    found = _locked(concern, version)
    _check_own(by, found.induction)
    check_move(found.state, ConcernStatus.CLOSED, Role.ECT)
    found.closed_on = on
    _move(by, on, found, Event.OWN_CONCERN_CLOSED, ConcernStatus.CLOSED)
    return found


def goes_elsewhere(concern: OwnConcern, on: date) -> bool:
    """Whether a concern that no named contact reads yet would go to that of a body which has let the ECT go."""
    return concern.heard_by in WITH_CONTACT and body_of(concern.induction, on=on) not in (None, concern.body_id)


def _own(by: Viewer, concern: OwnConcern, version: int, text: str) -> OwnConcern:
    found = _locked(concern, version)
    _check_own(by, found.induction)
    if not text.strip():
        raise RuleBroken("Enter what you still want to be done", "text")
    return found


def _take(
    by: Viewer, on: date, concern: OwnConcern, text: str, status: ConcernStatus, audience: Audience
) -> OwnConcern:
    _say(by, on, concern, text, Role.ECT)
    _move(by, on, concern, Event.OWN_CONCERN_TAKEN_ON, status, audience)
    tell.own_raised(concern, by=by)
    return concern


def _locked(concern: OwnConcern, version: int) -> OwnConcern:
    """The concern, after its case was locked. Raises RuleBroken when it is no longer what the page showed."""
    Induction.objects.locked(concern.induction_id)
    rows = OwnConcern.objects.select_related("induction__teacher", "school", "body", "placement")
    found = rows.get(pk=concern.pk)
    if found.version != version:
        raise RuleBroken(MOVED_ON)
    return found


def _check_own(by: Viewer, induction: Induction) -> None:
    if by.organisation is not None or by.user.pk != induction.teacher.user_id:
        raise RuleBroken("Only the ECT can do this")


def _say(by: Viewer, on: date, concern: OwnConcern, text: str, role: Role) -> None:
    OwnConcernEntry.objects.create(concern=concern, text=text.strip(), by=by.user, said_as=role.value, on=on)


def _move(
    by: Viewer, on: date, concern: OwnConcern, event: Event, to: ConcernStatus, audience: Audience | None = None
) -> None:
    before = _stands(concern)
    concern.status, concern.version = to.value, concern.version + 1
    concern.audience = audience or concern.heard_by
    concern.save(update_fields=["status", "audience", "closed_on", "version"])
    tell_trail(by, event, concern, on, before=before, after=_stands(concern))


def _stands(concern: OwnConcern) -> dict[str, object]:
    return {"id": concern.pk, "status": concern.status, "audience": concern.audience}
