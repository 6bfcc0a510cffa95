"""The nightly check of the whole trail, some chains at a time, and how far it is: for the operator to see."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from .. import clock
from ..govuk.words import moment
from ..operations.figures import Figure
from .models import AuditChain, AuditCheck
from .verify import Fault, erased_subjects, first_fault, misfits

SLICE = 500  # chains, so that one task ends long before its time limit
TOO_OLD = timedelta(days=2)


def begin_check() -> AuditCheck:
    """The check that is under way, which a night without a worker may have interrupted, or a new one."""
    return AuditCheck.objects.filter(ended_at=None).first() or AuditCheck.objects.create()


def go_on(check_id: int, *, most: int = SLICE) -> bool:
    """Check some chains more and write down how far that was; whether there are others left. Two workers at one check
    take turns. It ends with the first fault.
    """
    with transaction.atomic():
        check = AuditCheck.objects.select_for_update().get(pk=check_id)
        if check.ended_at:
            return False
        chains = list(AuditChain.objects.filter(name__gt=check.after).order_by("name")[:most])
        fault = _first_of(chains) or (next(misfits(), None) if len(chains) < most else None)
        check.chains += len(chains)
        check.after = chains[-1].name if chains else check.after
        check.fault = str(fault or "")[:200]
        ended, now = bool(fault) or len(chains) < most, Now() + clock.ahead()
        AuditCheck.objects.filter(pk=check.pk).update(
            chains=check.chains, after=check.after, fault=check.fault, moved_at=now,
            ended_at=now if ended else None,
        )  # fmt: skip
    return not ended


def _first_of(chains: list[AuditChain]) -> Fault | None:
    erased = erased_subjects()
    return next((fault for chain in chains if (fault := first_fault(chain, erased))), None)


def figures(now: datetime) -> list[Figure]:
    """When the trail was last found whole, and how far the check under way is. One query."""
    latest = list(AuditCheck.objects.order_by("-pk")[:2])
    ended = next((check for check in latest if check.ended_at), None)
    found = []
    if ended is None:
        found.append(Figure("Last checked", "Never", look=True))
    elif ended.fault:
        says = f"{moment(ended.ended_at)}: it was tampered with. {ended.fault}"
        found.append(Figure("Last checked", says, look=True))
    else:
        says = f"{moment(ended.ended_at)}: whole, {ended.chains} chains"
        found.append(Figure("Last checked", says, look=now - ended.ended_at > TOO_OLD))
    if latest and latest[0].ended_at is None:
        found.append(Figure("Check under way", f"{latest[0].chains} chains so far"))
    return found
