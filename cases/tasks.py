"""What the worker does for cases: reckon again those whose calendar has changed."""

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from induction_portal import clock
from induction_portal.accounts.viewer import System

from .absence_recount import counted_daily, with_figures_to_note
from .actions import note_figures
from .models import Induction
from .reckon import mark_stale, reckon_batch


def reckon_soon() -> None:
    """Wake the worker once this transaction has committed. A broker that is away loses nothing: the sweep finds what
    is stale.
    """
    transaction.on_commit(_wake)


def _wake() -> None:
    try:
        reckon_stale.apply_async(retry=False)
    except OperationalError:
        return


@shared_task
def reckon_stale() -> int:
    """Reckon a batch of stale cases, and go on until none is left. Woken by each change and every minute; any number of
    these may run side by side, and one that was killed leaves its batch stale for the next.
    """
    done = reckon_batch()
    if done:
        _wake()
    return done


@shared_task
def begin_school_year() -> int:
    """On 1 August calendars reach one year further, so that less of every date is assumed."""
    marked = mark_stale(Induction.objects.all())
    _wake()
    return marked


@shared_task
def recount_absences() -> int:
    """A day has passed: absences that go on are a day longer, leave may be over, a choice overdue. Reckon those cases,
    note what they have reached, and tell of it (R38). Running it twice on a day does nothing more; how many were told.
    """
    mark_stale(counted_daily(clock.today()))
    while reckon_batch():
        pass
    keys = list(with_figures_to_note().values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            note_figures(by=System("daily recount"), on=clock.today(), induction=Induction.objects.locked(key))
    return len(keys)
