"""Who holds which part in a case today."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from induction_portal import clock
from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .models import Appointment, BodyPeriod, Induction, Placement
from .querysets import in_force
from .rules.errors import RuleBroken


def officer_of(induction: Induction) -> User | None:
    """The officer named by the body that is responsible today; None between bodies."""
    today = clock.today()
    period = BodyPeriod.objects.filter(in_force("", on=today), induction=induction).select_related("officer").first()
    return period.officer if period else None


def appointments_of(induction: Induction) -> list[Appointment]:
    """Every mentor and tutor that a case has had, with their names; a page that asks several times reads them once."""
    held = Prefetch("placements__appointments", Appointment.objects.select_related("user"))
    prefetch_related_objects([induction], held)
    return [each for placement in induction.placements.all() for each in placement.appointments.all()]


def headteachers(school_id: UUID) -> QuerySet[User]:
    """Everybody who is headteacher of a school today."""
    held = Membership.objects.filter(in_force("", on=clock.today()), organisation=school_id, role=Role.HEADTEACHER)
    return User.objects.filter(memberships__in=held).distinct()


def tutors(placement: Placement) -> QuerySet[User]:
    """Whoever is appointed induction tutor of a placement today."""
    held = Appointment.objects.filter(in_force("", on=clock.today()), placement=placement, kind=Appointment.Kind.TUTOR)
    return User.objects.filter(appointments__in=held)


def staff_for(school_id: UUID) -> QuerySet[User]:
    """Everybody at a school who may be appointed mentor or induction tutor today, by name."""
    roles = [Role.MENTOR, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD]
    held = Membership.objects.filter(in_force("", on=clock.today()), organisation=school_id, role__in=roles)
    return User.objects.filter(memberships__in=held).distinct().order_by("name", "pk")


def responsibility(viewer: Viewer, induction: Induction, *, on: date) -> BodyPeriod | None:
    """The period in which the viewer's body has the case, today or from a day to come; None once it has let it go."""
    open_periods = induction.body_periods.exclude(ends_on__lt=on).filter(body=viewer.organisation)
    open_periods = open_periods.select_related("officer", "contact")
    return open_periods.order_by("starts_on").first() if viewer.organisation else None


def check_responsible(viewer: Viewer, induction: Induction, *, on: date) -> BodyPeriod:
    """The viewer's body's responsibility. Raises RuleBroken for a body that has let the case go, or never had it."""
    period = responsibility(viewer, induction, on=on)
    if period is None:
        raise RuleBroken("Only the appropriate body that is responsible for this ECT can do this")
    return period


def holders(organisation_id: UUID, *roles: Role, on: date) -> QuerySet[User]:
    """Everybody who holds one of these roles at an organisation on a day, by name."""
    held = Membership.objects.filter(in_force("", on=on), organisation=organisation_id, role__in=roles)
    return User.objects.filter(memberships__in=held, is_active=True).distinct().order_by("name", "pk")
