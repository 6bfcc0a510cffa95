"""What a decision ends: the induction itself, and the row by which the national service learns of it."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from cases.models import BodyPeriod, Clock
from cases.national.outcomes import Decided
from cases.parts import Ended
from cases.rules.appeals import Time, ends_as
from cases.rules.statuses import AppealStatus, InductionStatus

from ..models import Decision
from ..models.decisions import FINAL

MAY_END = Q(status__in=FINAL) | Q(appeal__status=AppealStatus.ALLOWED)


def over(case_ids: Collection[UUID]) -> Mapping[UUID, Ended]:
    """Who passed, by the decision or on appeal, and who failed for good, each since when. Nobody has outwardly failed
    by a decision alone: the time to appeal passes first, or an appeal is dismissed (R66, R68).
    """
    rows = Decision.objects.filter(MAY_END, induction__in=case_ids).select_related("appeal", "appeal_time")
    found = {row.induction_id: ended_by(row) for row in rows.defer("content", "reasons").order_by("made_on")}
    return {key: Ended(end[1], end[0].label) for key, end in found.items() if end}


def ended_by(row: Decision) -> tuple[InductionStatus, date] | None:
    """How a decision that was made, and what became of it, ended the induction; None while it has not."""
    appeal, kept = getattr(row, "appeal", None), getattr(row, "appeal_time", None)
    time = Time(closed_on=kept.closed_on if kept else None)
    assert row.made_on  # noqa: S101 - only those made are asked for
    return ends_as(row.state, row.made_on, time, appeal.made if appeal else None)


def decided_in(periods: QuerySet[BodyPeriod]) -> Mapping[UUID, Decided]:
    """Of these periods of bodies, those in which the body passed or failed the ECT, and the day the full period or the
    last extension was completed: two queries. A fail that may still be changed on appeal is told as open.
    """
    held = F("induction__body_periods")
    rows = Decision.objects.filter(MAY_END, induction__body_periods__in=periods.order_by())
    rows = rows.filter(body=F("induction__body_periods__body"), made_on__gte=F("induction__body_periods__starts_on"))
    rows = rows.select_related("appeal", "appeal_time").defer("content", "reasons").annotate(period=held)
    last = {row.induction_id: row for row in rows.order_by("induction__body_periods__starts_on")}
    ends = dict(Clock.objects.filter(induction__in=last).values_list("induction", "ends_on"))
    found = {row.period: (ended_by(row), ends[case]) for case, row in last.items() if ends.get(case)}
    return {
        period: Decided(ended is not None and ended[0] is InductionStatus.PASSED, on, is_open=ended is None)
        for period, (ended, on) in found.items()
    }
