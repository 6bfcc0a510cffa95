"""What the portal knows for the checks of fidelity and of the timetable, beside which an officer’s judgement stands."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from induction_portal.accounts.models import Organisation

from ..models import Appointment, Induction, Placement, Timetable
from ..querysets import in_force
from ..timetabling import standing

Pairs = list[tuple[str, str]]


def known_of(cases: Iterable[Induction], school: Organisation, on: date) -> dict[UUID, Pairs]:
    """The programme, the mentor's and tutor's time and the timetable of each of these ECTs at a school, in words."""
    keys = [induction.pk for induction in cases]
    held = Appointment.objects.filter(in_force("", on=on)).select_related("user")
    found = Placement.objects.filter(induction__in=keys, school=school, starts_on__lte=on).order_by("starts_on")
    found = found.select_related("induction__clock").prefetch_related(
        "patterns",
        Prefetch("appointments", held, to_attr="held"),
        Prefetch("timetables", Timetable.objects.order_by("-starts_on"), to_attr="told"),
    )
    return {placement.induction_id: _words(placement, on) for placement in found}


def _words(placement: Placement, on: date) -> Pairs:
    people = {each.kind: each for each in placement.held}  # type: ignore[attr-defined]  # as they were fetched
    clock = getattr(placement.induction, "clock", None)
    told: list[Timetable] = placement.told  # type: ignore[attr-defined]  # the same
    found = standing(placement, told, clock.part_2_starts_on if clock else None, on)
    return [
        ("Training programme", placement.get_route_display()),
        ("Mentor", _time(people.get(Appointment.Kind.MENTOR))),
        ("Induction tutor", _time(people.get(Appointment.Kind.TUTOR))),
        ("Timetable", f"{found.state}. {found.says}"),
    ]


def _time(held: Appointment | None) -> str:
    if held is None:
        return "None appointed"
    trained = ", trained" if held.trained_on else ""
    return f"{held.user.name}: {held.minutes_a_week} minutes a week{trained}"


def of_school(cases: list[Induction], known: dict[UUID, Pairs]) -> Pairs:
    """The same for a school as a whole: one pair for each ECT."""
    return [
        (induction.teacher.name, "\n".join(f"{name}: {says}" for name, says in known.get(induction.pk, [])))
        for induction in cases
    ]
