"""An appropriate body takes a case, or lets it go."""

from datetime import date
from uuid import UUID

from django.db.models import Max

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import BodyPeriod, Induction
from ..people import check_responsible, holders
from ..reckon import reckon
from ..rules.errors import RuleBroken
from ..rules.registration import check_acceptance, check_contact, check_not_claimed_twice
from .passing_on import pass_on


@action
def accept(
    *,
    by: Viewer | System,
    on: date,
    induction: Induction,
    body: Organisation,
    officer: User,
    starts_on: date,
    agreed_on: date | None = None,
    contact: User | None = None,
) -> BodyPeriod:
    """Take responsibility for a case from a day on, naming the officer who looks after it (R2).

    What the body confirms stands beside what the school reported; neither overwrites the other. Raises RuleBroken for
    a start before the agreement, a start before the first placement, an officer who is not the body's, a named contact
    who is the officer (R81), a case that a body has already (R85: it must release first), or one that this body took
    less than a fortnight before. Where the body before released the case, its record goes along (`claiming.pass_on`).
    """
    induction = Induction.objects.locked(induction.pk)
    agreed_on = agreed_on or on
    check_acceptance(agreed_on=agreed_on, starts_on=starts_on)
    if not induction.placements.filter(starts_on__lte=starts_on).exists():
        raise RuleBroken("The body’s responsibility cannot start before the first placement", "starts_on")
    if induction.body_periods.exclude(ends_on__lt=starts_on).exists():
        raise RuleBroken(
            "Another appropriate body is responsible on that day: it has to release the case first", "body"
        )
    claimed = induction.body_periods.filter(body=body).aggregate(last=Max("starts_on"))["last"]
    check_not_claimed_twice(starts_on=starts_on, last_claimed=claimed)
    _check_people(body, on, officer=officer, contact=contact, ect_id=induction.teacher.user_id)
    people = {"officer": officer, "contact": contact, "contact_named_on": on if contact else None}
    dates = {"agreed_on": agreed_on, "starts_on": starts_on}
    period = BodyPeriod.objects.create(induction=induction, body=body, **people, **dates)
    record(by, Event.BODY_ACCEPTED, period, chain=case_chain(induction.pk), on=on, after=period)
    pass_on(by, on, period)
    reckon(induction)
    return period


def _check_people(body: Organisation, on: date, *, officer: User, contact: User | None, ect_id: UUID | None) -> None:
    """An officer of the body and, apart from them, a named contact of the body (R81)."""
    if not holders(body.pk, Role.BODY_OFFICER, on=on).filter(pk=officer.pk).exists():
        raise RuleBroken(f"{officer.name} is not an officer of {body.name}", "officer")
    if contact is None:
        return
    check_contact(
        is_officer=contact == officer,
        decides=False,
        is_the_ect=contact.pk == ect_id,
        holds_role=holders(body.pk, Role.BODY_CONTACT, on=on).filter(pk=contact.pk).exists(),
    )


@action
def change_officer(
    *, by: Viewer, on: date, induction: Induction, version: int, officer: User, contact: User
) -> BodyPeriod:
    """Name another officer or named contact of a case, from today on; the other of the two stays as they were (R81).

    `version` is that of the period when the page was opened. Raises RuleBroken for a body
    that is not responsible, for people without the role, for one person as both, for a change of nothing, or when
    somebody else changed them meanwhile.
    """
    induction = Induction.objects.locked(induction.pk)
    period = check_responsible(by, induction, on=on)
    if period.version != version:
        raise RuleBroken("Somebody else changed the officer or the contact meanwhile: open this page again first")
    if (officer.pk, contact.pk) == (period.officer_id, period.contact_id):
        raise RuleBroken("These are the officer and the named contact already", "officer")
    _check_people(period.body, on, officer=officer, contact=contact, ect_id=induction.teacher.user_id)
    before = {"officer_id": period.officer_id, "contact_id": period.contact_id}
    if contact.pk != period.contact_id:
        period.contact, period.contact_named_on = contact, on
    period.officer, period.version = officer, period.version + 1
    period.save(update_fields=["officer", "contact", "contact_named_on", "version"])
    record(by, Event.OFFICER_CHANGED, period, chain=case_chain(induction.pk), on=on, before=before, after=period)
    reckon(induction)
    return period


@action
def end_body_period(*, by: Viewer | System, on: date, period: BodyPeriod, last_day: date) -> BodyPeriod:
    """End a body's responsibility on its last day.

    Raises RuleBroken when the last day lies before the first, or the period has ended already.
    """
    induction = Induction.objects.locked(period.induction_id)
    period.refresh_from_db()
    if period.ends_on is not None:
        raise RuleBroken("This body’s responsibility has ended already", "last_day")
    if last_day < period.starts_on:
        raise RuleBroken("The last day must be on or after the first", "last_day")
    period.ends_on = last_day
    period.save(update_fields=["ends_on"])
    chain = case_chain(period.induction_id)
    record(by, Event.BODY_PERIOD_ENDED, period, chain=chain, on=on, before={"ends_on": None}, after=period)
    reckon(induction)
    return period
