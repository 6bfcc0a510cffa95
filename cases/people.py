"""Who holds which part in a case today."""

from uuid import UUID

from django.db.models import QuerySet

from induction_portal import clock
from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.permissions import Role

from .models import Appointment, BodyPeriod, Induction, Placement
from .querysets import in_force


def officer_of(induction: Induction) -> User | None:
    """The officer named by the body that is responsible today; None between bodies."""
    today = clock.today()
    period = BodyPeriod.objects.filter(in_force("", on=today), induction=induction).select_related("officer").first()
    return period.officer if period else None


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
