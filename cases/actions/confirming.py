"""A body answers a registration: confirms it, returns it or refuses it. Each version is answered once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from induction_portal.accounts.models import Invitation, User
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, organisation_chain, record

from .. import tell_confirmations as tell
from ..matching import claim_met_by, could_not_match
from ..models import Appointment, BodyPeriod, Confirmation, Induction, Placement, Registration
from ..rules import confirming as rules
from ..rules.confirming import BodyKind
from ..rules.errors import RuleBroken
from ..rules.registration import check_contact
from .appointments import Terms, appoint
from .bodies import accept, change_officer
from .imports import meet_claim
from .invitations import invite_ect
from .registering import Overtaken, locked
from .registration import NewPost, NewTeacher, one_at_a_time, register

State, Outcome = Registration.State, Confirmation.Outcome


@dataclass(frozen=True, slots=True)
class Verified:
    """What a body verified of a registration: eligibility, post, start, conflicts of interest, and its own people."""

    qts_on: date
    starts_on: date
    post_is_suitable: bool
    acts_as: BodyKind
    recommended_qts: bool
    employs_ect: bool
    officer: User
    contact: User
    identity_checked: bool = False


@action
def confirm(*, by: Viewer, on: date, registration: Registration, version: int, verified: Verified) -> Confirmation:
    """Confirm the version that was read: the induction is opened or joined, with its placement, people and body.

    What the school said stays as it is; what the body verified stands beside it. Raises Overtaken when the registration
    was changed or answered since, and RuleBroken for a start before today or, where the body has imported its claim of
    this teacher, before the start that was claimed (R2), outside the contract or before the
    status (R1, R3), an unsuitable post, a conflict of interest (R6), a named contact who looks after or decides the
    case (R81), details that do not fit a record here (R12), or a case that another body has not released (R85).
    """
    registration = _to_answer(by, registration, version)
    one_at_a_time(registration.trn)
    claim = claim_met_by(registration, lock=True)
    agreed_on = min(claim.starts_on, on) if claim else on
    _check(registration, by, agreed_on, verified)
    induction = register(
        by=by,
        on=on,
        school=registration.school,
        body=registration.body,
        teacher=NewTeacher(registration.trn, registration.name, registration.date_of_birth, verified.qts_on),
        post=_post(registration, verified),
    )
    placement = induction.placements.get(school=registration.school_id, starts_on=verified.starts_on)
    _appoint(by, on, registration, placement)
    _take(by, on, registration, induction, verified, agreed_on)
    facts = {name: getattr(verified, name) for name in ("qts_on", "starts_on", "officer", "contact")}
    facts |= {"induction": induction, "placement": placement, "acts_as": verified.acts_as.value}
    facts |= {"agreed_on": agreed_on if claim else None}
    answer = _answer(by, on, registration, Outcome.CONFIRMED, **facts)
    record(by, Event.REGISTRATION_CONFIRMED, registration, chain=case_chain(induction.pk), on=on, after=answer)
    if claim:
        meet_claim(by=by, on=on, claim=claim, answer=answer)
    _invite(by, on, registration, induction)
    tell.answered(registration, answer)
    return answer


@action
def return_(*, by: Viewer, on: date, registration: Registration, version: int, reason: str) -> Confirmation:
    """Send the version that was read back to the school, saying what has to change.

    Raises Overtaken when it was changed or answered since, and RuleBroken without a reason.
    """
    return _decline(by, on, registration, version, reason, Outcome.RETURNED)


@action
def refuse(*, by: Viewer, on: date, registration: Registration, version: int, reason: str) -> Confirmation:
    """Refuse the version that was read, for good, saying why. Raises as `return_` does."""
    return _decline(by, on, registration, version, reason, Outcome.REFUSED)


DECLINED = {
    Outcome.RETURNED: (State.RETURNED, Event.REGISTRATION_RETURNED),
    Outcome.REFUSED: (State.REFUSED, Event.REGISTRATION_REFUSED),
}


def _decline(
    by: Viewer, on: date, registration: Registration, version: int, reason: str, outcome: Confirmation.Outcome
) -> Confirmation:
    registration = _to_answer(by, registration, version)
    if not reason.strip():
        raise RuleBroken("Say why, so that the school knows what to do", "reason")
    answer = _answer(by, on, registration, outcome, reason=reason.strip())
    chain = organisation_chain(registration.school_id)
    record(by, DECLINED[outcome][1], registration, chain=chain, on=on, after=answer)
    tell.answered(registration, answer)
    return answer


def _to_answer(by: Viewer, registration: Registration, version: int) -> Registration:
    """The registration, locked, as long as it is still the version that was read and waits for the viewer's body."""
    registration = locked(registration.pk)
    if registration.version != version or registration.state != State.SENT:
        raise Overtaken(registration)
    if by.organisation is None or registration.body_id != by.organisation.pk:
        raise RuleBroken("The school has chosen another appropriate body: there is nothing to decide here any more")
    return registration


def _answer(
    by: Viewer, on: date, registration: Registration, outcome: Confirmation.Outcome, **facts: object
) -> Confirmation:
    registration.state = DECLINED[outcome][0] if outcome in DECLINED else State.CONFIRMED
    registration.save(update_fields=["state"])
    return Confirmation.objects.create(
        registration=registration,
        version=registration.version,
        body=registration.body,
        outcome=outcome,
        decided_by=by.user,
        decided_on=on,
        **facts,
    )


def _check(registration: Registration, by: Viewer, agreed_on: date, verified: Verified) -> None:
    trn, name, born = registration.trn, registration.name, registration.date_of_birth
    school = getattr(registration.school, "school", None)
    rules.check_verified(
        post_is_suitable=verified.post_is_suitable,
        needs_identity=could_not_match(trn=trn, name=name, date_of_birth=born),
        identity_checked=verified.identity_checked,
    )
    state_funded = rules.is_state_funded(school.establishment_type if school else "")
    rules.check_may_act(rules.Conflicts(verified.acts_as, state_funded, verified.recommended_qts, verified.employs_ect))
    rules.check_start(
        rules.Start(
            agreed_on=agreed_on,
            starts_on=verified.starts_on,
            qts_on=verified.qts_on,
            contract_starts_on=registration.contract_starts_on,
            contract_ends_on=registration.contract_ends_on,
        )
    )
    check_contact(
        is_officer=verified.contact == verified.officer,
        decides=verified.contact == by.user,
        is_the_ect=False,
        holds_role=True,
    )


def _post(registration: Registration, verified: Verified) -> NewPost:
    return NewPost(
        starts_on=verified.starts_on,
        contract_starts_on=registration.contract_starts_on,
        contract_ends_on=registration.contract_ends_on,
        fte=registration.fte,
        days=dict(registration.days),
        route=registration.route,
        special_measures_met=bool(registration.first_worked_here_on or registration.ofsted_permission_on),
    )


def _appoint(by: Viewer, on: date, registration: Registration, placement: Placement) -> None:
    """The tutor and the mentor whom the school named (R9, R10), from the first day."""
    why = registration.exception_reason
    tutor = Terms(registration.tutor_minutes_a_week, registration.tutor_has_qts, exception_reason=why)
    mentor = Terms(
        registration.mentor_minutes_a_week,
        registration.mentor_has_qts,
        trained_on=registration.mentor_trained_on,
        subject=registration.mentor_subject,
        exception_reason=why,
    )
    people = [
        (Appointment.Kind.TUTOR, registration.tutor, tutor),
        (Appointment.Kind.MENTOR, registration.mentor, mentor),
    ]
    for kind, user, terms in people:
        appoint(by=by, on=on, placement=placement, kind=kind, user=user, starts_on=placement.starts_on, terms=terms)


def _invite(by: Viewer, on: date, registration: Registration, induction: Induction) -> None:
    """Offer the ECT their record, unless they have it or an invitation to it is on its way."""
    if induction.teacher.user_id or Invitation.objects.open().filter(subject_id=induction.pk).exists():
        return
    invite_ect(by=by, on=on, induction_id=induction.pk, email=registration.email, name=induction.teacher.name)


def _take(
    by: Viewer, on: date, registration: Registration, induction: Induction, verified: Verified, agreed_on: date
) -> None:
    """The body's responsibility: a second school joins the one that goes on, else a period begins (R20, R85)."""
    held = induction.body_periods.exclude(ends_on__lt=verified.starts_on)
    period: BodyPeriod | None = held.order_by("starts_on").first()
    people: dict[str, Any] = {"officer": verified.officer, "contact": verified.contact}
    if period is None:
        dates: dict[str, Any] = {"starts_on": verified.starts_on, "agreed_on": agreed_on}
        accept(by=by, on=on, induction=induction, body=registration.body, **dates, **people)
        return
    if period.body_id != registration.body_id or period.ends_on is not None:
        raise RuleBroken(
            "An appropriate body is responsible for this teacher on that day and has not released the case. It has to "
            "release it first: ask for the release, then confirm with a start date after it",
            "starts_on",
        )
    if (period.officer, period.contact) != (verified.officer, verified.contact):
        change_officer(by=by, on=on, induction=induction, version=period.version, **people)
