"""Shorter inductions, searches for lost records and exemptions, without the actions."""

from datetime import date

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import Exemption, Reduction, TrailSearch

from .accounts import UserFactory
from .cases import PlacementFactory

DAY = date(2026, 7, 10)


class _OfACase(DjangoModelFactory):
    class Meta:
        abstract = True

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")


class ReductionFactory(_OfACase):
    """One that waits for the ECT."""

    class Meta:
        model = Reduction

    kind = "experience"
    terms = "4"
    advice = "Three years at an independent school"
    status = "proposed"
    asked_by = SubFactory(UserFactory)
    asked_on = DAY


class TrailSearchFactory(_OfACase):
    class Meta:
        model = TrailSearch

    looked_for = "The first assessment"
    where = "The school's archive"
    found = "Nothing"
    searched_by = "Sam Office"
    searched_on = DAY
    recorded_by = SubFactory(UserFactory)
    recorded_on = DAY


class ExemptionFactory(_OfACase):
    class Meta:
        model = Exemption

    lost = "Every report"
    appraisal_from = date(2025, 3, 1)
    appraisal_to = date(2026, 3, 1)
    appraisal_source = "The headteacher's"
    reason = "Nothing is left to search"
    decided_by = SubFactory(UserFactory)
    decided_on = DAY
