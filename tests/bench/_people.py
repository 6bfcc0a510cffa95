"""Somebody of each role in a seeded portal, alike whatever its size: at a school with eight ECTs or about as many."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from assessments.models import ProgressReview
from cases.models import BodyPeriod, Induction, Placement
from induction_portal.accounts.models import Membership, Organisation
from induction_portal.accounts.permissions import Role

ECTS = 8


@dataclass(frozen=True, slots=True)
class Cast:
    """Addresses by role, a case that they share, one of its reviews, and the body that is responsible."""

    emails: dict[Role, str]
    case: Induction
    review: ProgressReview
    body: Organisation


def cast(today: date) -> Cast:
    """The people around one case of a school of middling size."""
    counted = Placement.objects.filter(ends_on=None).values("school").annotate(ects=Count("pk"))
    school = min(counted, key=lambda row: (abs(row["ects"] - ECTS), row["school"]))["school"]
    sent = ProgressReview.objects.filter(school=school, induction__placements__school=school, placement__ends_on=None)
    review = sent.select_related("induction__teacher__user").order_by("-number", "pk")[0]
    period = BodyPeriod.objects.select_related("body", "officer").get(induction=review.induction, ends_on=None)
    trust = Organisation.objects.filter(kind="trust").order_by("pk").first()
    places = [school, period.body_id, trust and trust.pk]
    held = Membership.objects.filter(organisation__in=places).select_related("user").order_by("role", "-pk")
    emails: dict[Any, str] = {Role(m.role): m.user.email for m in held}
    operator = Membership.objects.select_related("user").get(role=Role.OPERATOR)
    emails |= {
        Role.ECT: review.induction.teacher.user.email,
        Role.BODY_OFFICER: period.officer.email,
        Role.OPERATOR: operator.user.email,
    }
    return Cast(emails, review.induction, review, period.body)
