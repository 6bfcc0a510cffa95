"""Teachers, inductions and what hangs on them. All at one school and one body unless told otherwise."""

import uuid
from datetime import date
from decimal import Decimal

from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    Absence,
    AbsenceNotice,
    AbsenceReason,
    Agreement,
    Appointment,
    BodyPeriod,
    BodyPolicy,
    Closure,
    GivenReport,
    HandoverGrant,
    HandRecord,
    Induction,
    Placement,
    PriorService,
    Reminder,
    SchoolPolicy,
    SchoolYear,
    SubmissionWindow,
    Teacher,
    Term,
    Timetable,
    WorkingPattern,
)
from cases.models.people import fold

from .accounts import BodyFactory, SchoolFactory, UserFactory

STARTED = date(2025, 9, 1)


class TeacherFactory(DjangoModelFactory):
    class Meta:
        model = Teacher

    trn = Sequence(lambda n: f"{3_000_000 + n}")
    name = Sequence(lambda n: f"Teacher Number {n}")
    sort_name = LazyAttribute(lambda teacher: fold(teacher.name))
    date_of_birth = date(2001, 3, 4)
    qts_on = date(2025, 7, 12)


class InductionFactory(DjangoModelFactory):
    class Meta:
        model = Induction

    teacher = SubFactory(TeacherFactory)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    induction = SubFactory(InductionFactory)
    school = SubFactory(SchoolFactory)
    reported_body = SubFactory(BodyFactory)
    starts_on = STARTED
    contract_starts_on = SelfAttribute("starts_on")
    is_lead = LazyAttribute(lambda placement: not placement.induction.placements.filter(is_lead=True).exists())


class WorkingPatternFactory(DjangoModelFactory):
    class Meta:
        model = WorkingPattern

    placement = SubFactory(PlacementFactory)
    starts_on = SelfAttribute("placement.starts_on")
    fte = Decimal(1)


class BodyPeriodFactory(DjangoModelFactory):
    class Meta:
        model = BodyPeriod

    induction = SubFactory(InductionFactory)
    body = SubFactory(BodyFactory)
    officer = SubFactory(UserFactory)
    starts_on = STARTED
    agreed_on = SelfAttribute("starts_on")
    contact_named_on = LazyAttribute(lambda period: period.agreed_on if getattr(period, "contact", None) else None)


class PriorServiceFactory(DjangoModelFactory):
    class Meta:
        model = PriorService

    induction = SubFactory(InductionFactory)
    body = SubFactory(BodyFactory)
    terms = Decimal("1.4")
    calendar_terms = Decimal(2)
    absence_days = Decimal(12)
    source = "Letter of another body"
    confirmed_by = SubFactory(UserFactory)
    confirmed_on = STARTED


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    kind = "mentor"
    user = SubFactory(UserFactory)
    starts_on = SelfAttribute("placement.starts_on")
    has_qts = True
    minutes_a_week = 60


class HandoverGrantFactory(DjangoModelFactory):
    class Meta:
        model = HandoverGrant

    induction = SubFactory(InductionFactory)
    to = SubFactory(SchoolFactory)
    given_by = SubFactory(SchoolFactory)
    reason = "Induction goes on there"
    granted_by = SubFactory(UserFactory)
    granted_on = STARTED


class AgreementFactory(DjangoModelFactory):
    """A step of the working pattern that the ECT has agreed."""

    class Meta:
        model = Agreement

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    kind = "pattern"
    subject_id = LazyFunction(uuid.uuid4)
    digest = "0" * 64
    stated = "Full time, from 1 September 2025"
    as_at = STARTED
    answer = "agreed"
    by = SubFactory(UserFactory)
    on = STARTED


class HandRecordFactory(DjangoModelFactory):
    """A start that was reported on the termly return."""

    class Meta:
        model = HandRecord

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    code = "D3"
    number = 1
    done_on = STARTED
    recorded_by = SubFactory(UserFactory)
    recorded_on = SelfAttribute("done_on")


class TimetableFactory(DjangoModelFactory):
    """Exactly the cap of part 1, full time."""

    class Meta:
        model = Timetable

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    starts_on = SelfAttribute("placement.starts_on")
    cycle = "week"
    unit = "minutes"
    reference = 1260
    taught = 1134
    recorded_on = STARTED


class ReminderFactory(DjangoModelFactory):
    """Five working days before the end of the autumn term of 2025, of the first review."""

    class Meta:
        model = Reminder

    induction = SubFactory(InductionFactory)
    kind = "progress_review"
    number = 1
    due_on = date(2025, 12, 19)
    step = -5
    said_on = date(2025, 12, 12)


class SchoolPolicyFactory(DjangoModelFactory):
    class Meta:
        model = SchoolPolicy

    organisation = SubFactory(SchoolFactory)
    number = 1
    starts_on = STARTED
    set_on = SelfAttribute("starts_on")


class BodyPolicyFactory(DjangoModelFactory):
    class Meta:
        model = BodyPolicy

    organisation = SubFactory(BodyFactory)
    number = 1
    starts_on = STARTED
    set_on = SelfAttribute("starts_on")


class SchoolYearFactory(DjangoModelFactory):
    """The row alone: without terms it is no calendar."""

    class Meta:
        model = SchoolYear

    organisation = SubFactory(SchoolFactory)
    first_year = 2026
    set_on = STARTED


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    year = SubFactory(SchoolYearFactory)
    first_year = SelfAttribute("year.first_year")
    name = "autumn"
    starts_on = date(2026, 9, 1)
    ends_on = date(2026, 12, 18)


class ClosureFactory(DjangoModelFactory):
    class Meta:
        model = Closure

    year = SubFactory(SchoolYearFactory)
    first_year = SelfAttribute("year.first_year")
    starts_on = date(2026, 10, 26)
    ends_on = date(2026, 10, 30)


class AbsenceFactory(DjangoModelFactory):
    """One day of sickness."""

    class Meta:
        model = Absence

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    kind = "sickness"
    starts_on = date(2025, 10, 6)
    ends_on = SelfAttribute("starts_on")
    recorded_on = date(2025, 10, 7)


class AbsenceReasonFactory(DjangoModelFactory):
    class Meta:
        model = AbsenceReason

    absence = SubFactory(AbsenceFactory)
    text = "A cold"
    written_on = date(2025, 10, 7)


class AbsenceNoticeFactory(DjangoModelFactory):
    """Thirty days in part 1."""

    class Meta:
        model = AbsenceNotice

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    part = 1
    figure = 30
    reached_on = date(2026, 2, 2)
    raised_on = date(2026, 2, 3)


class SubmissionWindowFactory(DjangoModelFactory):
    class Meta:
        model = SubmissionWindow

    body = SubFactory(BodyFactory)
    first_year = 2026
    term = "autumn"
    opens_on = date(2026, 12, 1)
    due_on = date(2026, 12, 11)
    set_on = STARTED


class GivenReportFactory(DjangoModelFactory):
    class Meta:
        model = GivenReport

    school = SubFactory(SchoolFactory)
    first_year = 2026
    term = "autumn"
    given_on = date(2026, 12, 18)
    set_on = SelfAttribute("given_on")
