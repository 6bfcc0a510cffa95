"""What the worker does for cases: reckon again those whose calendar has changed, bring in earlier claims."""

from functools import partial
from uuid import UUID

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from induction_portal import clock
from induction_portal.accounts.viewer import System
from induction_portal.sweeps.recording import recorded

from .absence_recount import counted_daily, with_figures_to_note
from .actions import imports, note_figures
from .models import ImportBatch, Induction
from .reckon import mark_stale, reckon_batch
from .reminding import sweep
from .sweeping import each_alone


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
@recorded("reckon stale cases")
def reckon_stale() -> int:
    """Reckon a batch of stale cases, and go on until none is left. Woken by each change and every minute; any number of
    these may run side by side, and one that was killed leaves its batch stale for the next.
    """
    done = reckon_batch()
    if done:
        _wake()
    return done


@shared_task
@recorded("begin the school year")
def begin_school_year() -> int:
    """On 1 August calendars reach one year further, so that less of every date is assumed."""
    marked = mark_stale(Induction.objects.all())
    _wake()
    return marked


@shared_task
@recorded("recount absences")
def recount_absences() -> int:
    """A day has passed: absences that go on are a day longer, leave may be over, a choice overdue. Reckon those cases,
    note what they have reached, and tell of it (R38). Running it twice on a day does nothing more; how many were told.
    """
    mark_stale(counted_daily(clock.today()))
    while reckon_batch():
        pass
    keys = list(with_figures_to_note().values_list("pk", flat=True))
    return each_alone("daily recount", keys, _note_figures)


def _note_figures(key: UUID) -> bool:
    note_figures(by=System("daily recount"), on=clock.today(), induction=Induction.objects.locked(key))
    return True


def import_soon(batch_id: str) -> None:
    """Have the worker bring in an import once this transaction has committed. A broker that is away loses nothing."""
    transaction.on_commit(partial(_wake_import, batch_id))


def _wake_import(batch_id: str) -> None:
    try:
        bring_in.apply_async((batch_id,), retry=False)
    except OperationalError:
        return


@shared_task
def bring_in(batch_id: str) -> int:
    """Bring in a part of a confirmed import, and go on until none is left. Running it again does nothing twice."""
    done = imports.carry_on(on=clock.today(), batch_id=UUID(batch_id))
    if done:
        _wake_import(batch_id)
    return done


@shared_task
@recorded("go on with imports")
def resume_imports() -> int:
    """Each minute: go on with imports whose worker was killed or that the broker lost; how many there are."""
    running = [str(key) for key in ImportBatch.objects.filter(state="running").values_list("pk", flat=True)]
    for key in running:
        _wake_import(key)
    return len(running)


@shared_task
@recorded("sweep imports")
def sweep_imports() -> int:
    """Each hour: delete the rows of imports that nobody confirmed in 24 hours, or that were brought in as long ago."""
    passed = ImportBatch.objects.filter(kept_until__lt=clock.now()).exclude(state="running")
    keys = list(passed.filter(rows__isnull=False).distinct().values_list("pk", flat=True))
    for key in keys:
        imports.sweep_import(on=clock.today(), batch_id=key)
    return len(keys)


@shared_task
def send_reminders() -> int:
    """Each hour of the day: say of every deadline what has to be said by today; how many messages that made. One run
    would do: the others make good what a worker that was killed, or a portal that was down, left undone.
    """
    return sweep.send_reminders(on=clock.today())["messages"]


@shared_task
def remind_at_once() -> int:
    """Every five minutes: the same for what has just opened and is due at once."""
    return sweep.remind_at_once(on=clock.today())["messages"]
