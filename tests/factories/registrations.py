"""Registrations as schools send them."""

from datetime import date
from decimal import Decimal

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import Confirmation, InitialTarget, Registration
from cases.models.people import fold
from cases.rules.suitable_post import PostCheck

from .accounts import BodyFactory, SchoolFactory, UserFactory
from .cases import PlacementFactory


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = Registration

    school = SubFactory(SchoolFactory)
    body = SubFactory(BodyFactory)
    trn = Sequence(lambda n: f"{5_000_000 + n}")
    name = Sequence(lambda n: f"Registered Number {n}")
    sort_name = LazyAttribute(lambda registration: fold(registration.name))
    date_of_birth = date(2001, 3, 4)
    email = Sequence(lambda n: f"registered{n}@example.com")
    qts_on = date(2025, 7, 12)
    qts_checked_on = date(2025, 7, 14)
    qts_checked_by = "Sam Office"
    induction_status = "required_to_complete"
    route = "school_led"
    contract_starts_on = SelfAttribute("starts_on")
    starts_on = date(2025, 9, 1)
    fte = Decimal(1)
    post_checks = LazyAttribute(lambda _: [check.value for check in PostCheck])
    tutor = SubFactory(UserFactory)
    tutor_has_qts = True
    tutor_minutes_a_week = 60
    mentor = SubFactory(UserFactory)
    mentor_has_qts = True
    mentor_minutes_a_week = 60
    reported_by = SubFactory(UserFactory)
    reported_on = date(2025, 7, 15)


class InitialTargetFactory(DjangoModelFactory):
    class Meta:
        model = InitialTarget

    registration = SubFactory(RegistrationFactory)
    position = 1
    text = "Learn the school's routines"
    standard = "TS7"


class ConfirmationFactory(DjangoModelFactory):
    class Meta:
        model = Confirmation

    registration = SubFactory(RegistrationFactory)
    version = 1
    body = SelfAttribute("registration.body")
    outcome = "confirmed"
    decided_by = SubFactory(UserFactory)
    decided_on = date(2025, 8, 1)
    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    qts_on = date(2025, 7, 12)
    starts_on = date(2025, 9, 1)
    acts_as = "teaching_school_hub"
    officer = SubFactory(UserFactory)
    contact = SubFactory(UserFactory)


class DeclinedFactory(DjangoModelFactory):
    class Meta:
        model = Confirmation

    registration = SubFactory(RegistrationFactory)
    version = 1
    body = SelfAttribute("registration.body")
    outcome = "returned"
    reason = "The working pattern is missing"
    decided_by = SubFactory(UserFactory)
    decided_on = date(2025, 8, 1)
