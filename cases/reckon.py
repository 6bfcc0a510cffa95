"""Writes what the rules make of cases' facts: clocks and deadlines. The only writer of both.

What changes many cases at once marks them stale in its own transaction. The worker reckons them a batch at a time, and
a page that comes first reckons what it is about to show (`fresh`): a stale date is never read.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.db import OperationalError, transaction

from induction_portal import clock

from .facts import facts_of_many
from .models import Clock, Deadline, Induction
from .parts import PARTS, Ended, FallsDue, Reckoned, ended
from .querysets import InductionQuerySet
from .rules.timeline import timeline
from .sweeping import each_alone

logger = logging.getLogger(__name__)

BATCH = 200


def reckon(induction: Induction) -> None:
    """Write the clock and the deadlines of a case, in the transaction that changed its facts."""
    _reckon([induction])
    induction.stale = False


def mark_stale(cases: InductionQuerySet) -> int:
    """Say of cases that their dates have to be reckoned again; how many. Locks them, by id."""
    with transaction.atomic():
        keys = list(cases.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        return Induction.objects.filter(pk__in=keys).update(stale=True)


def fresh(fetch: Callable[[], list[Induction]]) -> list[Induction]:
    """The cases that `fetch` finds, asked for once more if some were stale and had to be reckoned first."""
    found = fetch()
    if not any(each.stale for each in found):
        return found
    freshen([each.pk for each in found if each.stale])
    return fetch()


def freshen(cases: InductionQuerySet | Collection[UUID]) -> int:
    """Reckon those of some cases that are stale, before a page asks for them by their dates; how many there were.

    Waits for whoever holds one of them: what is read next must be true.
    """
    stale = Induction.objects.filter(pk__in=cases.values("pk") if isinstance(cases, InductionQuerySet) else cases)
    keys = list(stale.filter(stale=True).values_list("pk", flat=True))
    if not keys:
        return 0
    with transaction.atomic():
        held = list(Induction.objects.filter(pk__in=keys).order_by("pk").select_for_update())
        _reckon([each for each in held if each.stale])
    return len(keys)


def reckon_batch(size: int = BATCH) -> int:
    """Reckon some stale cases that nobody else holds, in a transaction of their own; how many there were.

    A case that cannot be reckoned does not keep the others of its batch from it: each is then tried alone. It stays
    stale, the log has why, and it is not counted, so that a caller who goes on until none is left comes to an end.
    Raises OperationalError when the database is away.
    """
    held: list[Induction] = []
    try:
        with transaction.atomic():
            stale = Induction.objects.filter(stale=True).order_by("pk")
            held = list(stale.select_for_update(skip_locked=True)[:size])
            _reckon(held)
    except OperationalError:
        raise
    except Exception:  # whatever is wrong with one case is not the others' fault
        logger.exception("A batch of %s cases could not be reckoned; each is tried alone", len(held))
        return each_alone("reckon", [row.pk for row in held], _reckon_one)
    return len(held)


def _reckon_one(key: UUID) -> bool:
    held = list(Induction.objects.filter(pk=key, stale=True).select_for_update(skip_locked=True))
    _reckon(held)
    return bool(held)


def _reckon(inductions: Sequence[Induction]) -> None:
    """The cases are locked. As many queries for two hundred as for one."""
    if not inductions:
        return
    keys = [each.pk for each in inductions]
    facts = facts_of_many(inductions, as_of=clock.today())
    reckoned = [Reckoned(each, timeline(told)) for each, told in zip(inductions, facts, strict=True)]
    over = ended(keys)
    Clock.objects.bulk_create(
        [_clock(each, over.get(each.induction.pk)) for each in reckoned],
        update_conflicts=True,
        unique_fields=["induction"],
        update_fields=["ends_on", "part_2_starts_on", "assumed_from", "over_on", "over_as"],
    )
    Deadline.objects.filter(induction__in=keys).delete()
    due = (each for part in PARTS for each in part.deadlines(reckoned))
    Deadline.objects.bulk_create(
        _row(each) for each in due if each.closed_on or each.after_end or each.induction_id not in over
    )
    Induction.objects.filter(pk__in=keys, stale=True).update(stale=False)


def _clock(each: Reckoned, over: Ended | None) -> Clock:
    told = each.timeline
    second = next((part.starts_on for part in told.parts if part.plan.number == 2), None)
    return Clock(
        induction=each.induction,
        ends_on=told.ends_on,
        part_2_starts_on=second,
        assumed_from=told.assumed_from,
        over_on=over.on if over else None,
        over_as=over.status if over else "",
    )


def _row(due: FallsDue) -> Deadline:
    return Deadline(
        induction_id=due.induction_id,
        code=due.code,
        kind=due.kind,
        number=due.number,
        opened_on=due.opened_on,
        due_on=due.due_on,
        waits=due.waits,
        nominal_on=due.nominal_on,
        owner=due.owner,
        rule=due.why.rule,
        source=due.why.source,
        why=due.why.says,
        closed_on=due.closed_on,
    )
