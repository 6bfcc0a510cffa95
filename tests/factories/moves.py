"""An ECT who moves between appropriate bodies: releases, requests for one, records handed over."""

from datetime import date
from decimal import Decimal

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import NewSchoolMinimum, RecordBundle, Release, ReleaseRequest

from .accounts import BodyFactory, UserFactory
from .cases import BodyPeriodFactory, HandoverGrantFactory, PlacementFactory

LAST_DAY, RELEASED = date(2026, 7, 20), date(2026, 7, 6)


class ReleaseFactory(DjangoModelFactory):
    """After three terms exactly, to nobody in particular."""

    class Meta:
        model = Release

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    period = SubFactory(BodyPeriodFactory, induction=SelfAttribute("..induction"), body=SelfAttribute("..body"))
    last_day = LAST_DAY
    exact = "3"
    reckoned = Decimal(3)
    terms = Decimal(3)
    released_by = SubFactory(UserFactory)
    released_on = RELEASED


class ReleaseRequestFactory(DjangoModelFactory):
    """For a teacher whom no body here has."""

    class Meta:
        model = ReleaseRequest

    asker = SubFactory(BodyFactory)
    trn = "7000001"
    date_of_birth = date(2001, 3, 4)
    name = "Somebody Sought"
    reason = "They start at a school of ours"
    asked_by = SubFactory(UserFactory)
    asked_on = RELEASED
    answer_by = LAST_DAY


class RecordBundleFactory(DjangoModelFactory):
    class Meta:
        model = RecordBundle

    release = SubFactory(ReleaseFactory)
    induction = SelfAttribute("release.induction")
    placement = SelfAttribute("release.placement")
    school = SelfAttribute("release.school")
    body = SelfAttribute("release.body")
    to = SubFactory(BodyFactory)
    grant = SubFactory(
        HandoverGrantFactory,
        induction=SelfAttribute("..induction"),
        to=SelfAttribute("..to"),
        given_by=SelfAttribute("..body"),
    )
    content = "{}"
    sha256 = "0" * 64
    made_on = LAST_DAY


class NewSchoolMinimumFactory(DjangoModelFactory):
    class Meta:
        model = NewSchoolMinimum

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    left = "1/2"
    terms = Decimal(1)
    decided_by = SubFactory(UserFactory)
    decided_on = RELEASED
