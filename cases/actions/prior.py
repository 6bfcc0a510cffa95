"""An ECT who comes part-way: what they served before, as the body confirms it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Min, QuerySet

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, snapshot

from ..models import Induction, Placement, PriorService, WorkingPattern
from ..people import check_responsible
from ..reckon import reckon
from ..rules.errors import RuleBroken
from ..rules.prior import check_balance, check_earlier_placement
from ..rules.registration import check_pattern


@dataclass(frozen=True, slots=True)
class Balance:
    """FTE terms, calendar terms, days absent of the part then being served, and where the figures come from."""

    terms: Decimal
    calendar_terms: Decimal
    absence_days: Decimal
    source: str


@action
def confirm_prior_service(
    *, by: Viewer, on: date, induction: Induction, version: int | None, balance: Balance
) -> PriorService:
    """Confirm what was served before the first placement known here, or confirm it anew; the case goes on from there.

    `version` is that of the balance that was read, None where there was none. Raises RuleBroken for a body that is not
    responsible, an impossible balance (R19, R85), or when somebody else has confirmed one meanwhile.
    """
    induction = Induction.objects.locked(induction.pk)
    responsible = check_responsible(by, induction, on=on)
    check_balance(
        terms=balance.terms,
        calendar_terms=balance.calendar_terms,
        absence_days=balance.absence_days,
        required_terms=induction.required_terms,
        source=balance.source,
    )
    known = PriorService.objects.filter(induction=induction).first()
    if (known.version if known else None) != version:
        raise RuleBroken("Somebody else confirmed earlier service while you were typing: open this page again first")
    before = snapshot(known)
    prior = known or PriorService(induction=induction)
    prior.terms, prior.calendar_terms = balance.terms, balance.calendar_terms
    prior.absence_days, prior.source = balance.absence_days, balance.source.strip()
    prior.body = responsible.body
    prior.confirmed_by, prior.confirmed_on = by.user, on
    prior.version = known.version + 1 if known else 1
    prior.save()
    record(by, Event.PRIOR_SERVICE_CONFIRMED, prior, chain=case_chain(induction.pk), on=on, before=before, after=prior)
    reckon(induction)
    return prior


@action
def add_earlier_placement(
    *,
    by: Viewer,
    on: date,
    induction: Induction,
    school: Organisation,
    starts_on: date,
    ends_on: date,
    fte: Decimal,
    days: dict[str, Decimal],
) -> Placement:
    """Enter service at an earlier school that is over, with its pattern; the case goes on from there (R85).

    Raises RuleBroken for a body that is not responsible, for dates or a pattern that cannot be (R1, R18), for a second
    placement at the school at that time, or where a balance stands for the earlier service already.
    """
    check_pattern(fte=fte, days=days)
    induction = Induction.objects.locked(induction.pk)
    responsible = check_responsible(by, induction, on=on)
    meanwhile = _check_room(induction, school, on, starts_on, ends_on)
    placement = Placement.objects.create(
        induction=induction,
        school=school,
        reported_body=responsible.body,
        starts_on=starts_on,
        ends_on=ends_on,
        contract_starts_on=starts_on,
        is_lead=not meanwhile.filter(is_lead=True).exists(),
        reported_by=by.user,
    )
    WorkingPattern.objects.create(placement=placement, starts_on=starts_on, fte=fte, **days)
    record(by, Event.PLACEMENT_STARTED, placement, chain=case_chain(induction.pk), on=on, after=placement)
    reckon(induction)
    return placement


def _check_room(
    induction: Induction, school: Organisation, on: date, starts_on: date, ends_on: date
) -> QuerySet[Placement]:
    """The placements that overlap with the one to be entered. Raises RuleBroken where it cannot be."""
    if PriorService.objects.filter(induction=induction).exists():
        raise RuleBroken(
            "A confirmed balance stands for the service before already: change the balance, so that nothing counts "
            "twice"
        )
    going_on = induction.placements.exclude(ends_on__lt=on).aggregate(first=Min("starts_on"))["first"]
    check_earlier_placement(
        on=on, starts_on=starts_on, ends_on=ends_on, qts_on=induction.teacher.qts_on, before=going_on
    )
    meanwhile = induction.placements.filter(starts_on__lte=ends_on).exclude(ends_on__lt=starts_on)
    if meanwhile.filter(school=school).exists():
        raise RuleBroken("A placement at this school in that time is known already", "starts_on")
    return meanwhile
