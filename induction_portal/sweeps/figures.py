"""When each sweep of the timetable ran last, for the operator to see."""

from datetime import datetime, timedelta

from celery.schedules import maybe_schedule

from induction_portal.operations.figures import Figure

from ..celery import app
from ..govuk.words import moment, upper_first
from .models import SweepRun

# So much later than the timetable says, somebody has to look: a worker that was restarted is not late yet.
TOO_LATE = timedelta(minutes=30)


def figures(_now: datetime) -> list[Figure]:
    """One line for each sweep, in the order of the timetable. One query."""
    runs = SweepRun.objects.in_bulk(list(app.conf.beat_schedule))
    return [_figure(name, runs.get(name)) for name in app.conf.beat_schedule]


def _figure(name: str, run: SweepRun | None) -> Figure:
    says = upper_first(name)
    if run is None or run.finished_at is None:
        often = isinstance(app.conf.beat_schedule[name]["schedule"], int)
        return Figure(says, "Never" if run is None else "Begun, and never ended", look=often or run is not None)
    when = moment(run.finished_at)
    if run.failed:
        return Figure(says, f"{when}. The run after that failed: the log says why", look=True)
    took = f"{run.milliseconds / 1000:.1f} seconds"
    return Figure(says, f"{when}, in {took}", look=_is_late(name, run.finished_at))


def _is_late(name: str, ended: datetime) -> bool:
    """Counted from the last end: a sweep that is killed each time begins again and again."""
    schedule = maybe_schedule(app.conf.beat_schedule[name]["schedule"], app=app)
    return schedule.remaining_estimate(ended) < -TOO_LATE
