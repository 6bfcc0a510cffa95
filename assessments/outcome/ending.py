"""What a decision ends: the induction itself, and the row by which the national service learns of it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import F, QuerySet

from cases.models import BodyPeriod, Clock
from cases.national.outcomes import Decided
from cases.parts import Ended
from cases.rules.statuses import DecisionStatus, InductionStatus

from ..models import Decision
from ..models.decisions import FINAL


def passed(case_ids: Collection[UUID]) -> Mapping[UUID, Ended]:
    """Who passed, since the day of the decision. Nobody has outwardly failed by a decision alone (R66, R68)."""
    found = Decision.objects.filter(induction__in=case_ids, status=DecisionStatus.PASSED)
    return {key: Ended(on, InductionStatus.PASSED.label) for key, on in found.values_list("induction", "made_on")}


def decided_in(periods: QuerySet[BodyPeriod]) -> Mapping[UUID, Decided]:
    """Of these periods of bodies, those in which the body passed or failed the ECT, and the day the full period or the
    last extension was completed: two queries.
    """
    held = F("induction__body_periods")
    rows = Decision.objects.filter(status__in=FINAL, induction__body_periods__in=periods.order_by())
    rows = rows.filter(body=F("induction__body_periods__body"), made_on__gte=F("induction__body_periods__starts_on"))
    rows = rows.annotate(period=held).order_by("induction__body_periods__starts_on")
    last = {case: (period, status) for case, period, status in rows.values_list("induction", "period", "status")}
    ends = dict(Clock.objects.filter(induction__in=last).values_list("induction", "ends_on"))
    return {
        period: Decided(status == DecisionStatus.PASSED, ends[case])
        for case, (period, status) in last.items()
        if ends.get(case)
    }
