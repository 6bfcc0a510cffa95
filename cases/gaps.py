"""What people owe and miss, as tasks: an ECT without a mentor or a tutor; an ECT without a personal address."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from induction_portal.accounts.models import PersonalEmail
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .models import Appointment, Placement
from .parts import Part, Task
from .rules.gaps import first_day_without

LOOK_AHEAD = timedelta(days=42)
MOST = 50


class PeoplePart(Part):
    """Tasks of a school that has to appoint somebody, and of an ECT who has given no personal address."""

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        return [*_to_appoint(viewer), *_to_give_an_address(viewer)]


def _to_appoint(viewer: Viewer) -> list[Task]:
    """For who appoints at a school: each ECT whose mentor or tutor is missing today or within six weeks."""
    if not viewer.may(Permission.APPOINT) or viewer.organisation is None:
        return []
    served = Placement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=viewer.on), school=viewer.organisation, starts_on__lte=viewer.on + LOOK_AHEAD
    )
    kept = Q(*(Exists(_for_good(kind, viewer)) for kind in Appointment.Kind))
    found = served.exclude(kept).select_related("induction__teacher").prefetch_related("appointments")
    tasks = [task for placement in found for task in _missing(placement, viewer)]
    return sorted(tasks, key=lambda task: (task.on, task.about))[:MOST]


def _for_good(kind: str, viewer: Viewer) -> QuerySet[Appointment]:
    """An appointment to a placement that goes on today and has no end: nobody is missing there."""
    return Appointment.objects.filter(placement=OuterRef("pk"), kind=kind, starts_on__lte=viewer.on, ends_on=None)


def _missing(placement: Placement, viewer: Viewer) -> Iterator[Task]:
    held = list(placement.appointments.all())
    for kind in Appointment.Kind:
        periods = [(a.starts_on, a.ends_on) for a in held if a.kind == kind]
        since = max(placement.starts_on, viewer.on)
        missing = first_day_without(periods, since=since, until=placement.ends_on)
        if missing and missing <= viewer.on + LOOK_AHEAD:
            name, article = Role(kind).label.lower(), "an" if kind == Appointment.Kind.TUTOR else "a"
            when = "now" if missing <= viewer.on else f"from {day(missing)}"
            yield Task(
                on=missing,
                says=f"Appoint {article} {name}: there is none {when}",
                about=placement.induction.teacher.name,
                url=reverse("cases:case", args=[placement.induction_id]),
                state="Overdue" if missing <= viewer.on else "",
                why="Each ECT has an induction tutor and a mentor (SG 2.42 to 2.45).",
                kind="people",
                kind_says="People to appoint",
                case_id=placement.induction_id,
            )


def _to_give_an_address(viewer: Viewer) -> Iterator[Task]:
    """For an ECT, until a personal address is confirmed (R79: they never lose their record)."""
    if not viewer.may(Permission.GIVE_PERSONAL_EMAIL):
        return
    given = PersonalEmail.objects.filter(user=viewer.user).first()
    if given is None:
        says = "Give a personal email address"
    elif given.verified_at is None:
        says = "Confirm your personal email address"
    else:
        return
    about = "So that you can open your record when your school’s address ends"
    yield Task(on=viewer.on, says=says, about=about, url=reverse("accounts:account"))
