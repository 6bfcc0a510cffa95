"""An appropriate body takes a case, or lets it go."""

from datetime import date

from django.db.models import Max

from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import BodyPeriod, Induction
from ..querysets import in_force
from ..reckon import reckon
from ..rules.errors import RuleBroken
from ..rules.registration import check_acceptance, check_not_claimed_twice


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
) -> BodyPeriod:
    """Take responsibility for a case from a day on, naming the officer who looks after it (R2).

    What the body confirms stands beside what the school reported; neither overwrites the other. Raises RuleBroken for
    a start before the agreement, a start before the first placement, an officer who is not the body's, a case that a
    body has already (R85: it must release first), or one that this body took less than a fortnight before.
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
    officers = Membership.objects.filter(in_force("", on=on), organisation=body, role=Role.BODY_OFFICER)
    if not officers.filter(user=officer).exists():
        raise RuleBroken(f"{officer.name} is not an officer of {body.name}", "officer")
    period = BodyPeriod.objects.create(
        induction=induction, body=body, officer=officer, agreed_on=agreed_on, starts_on=starts_on
    )
    record(by, Event.BODY_ACCEPTED, period, chain=case_chain(induction.pk), on=on, after=period)
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
