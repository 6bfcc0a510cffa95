"""Mentors and induction tutors appointed and released: done, refused, recorded, and done twice."""

from datetime import date

import pytest

from cases.actions import appoint, end_appointment
from cases.actions.appointments import Terms
from cases.models import Appointment
from cases.rules.errors import RuleBroken
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from induction_portal.audit.models import AuditEvent
from tests.factories import AppointmentFactory, MembershipFactory, PlacementFactory, UserFactory
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db
PORTAL, DAY, START = System("test"), date(2025, 8, 20), date(2025, 9, 1)
TERMS = Terms(minutes_a_week=60, trained_on=date(2025, 7, 1), subject="History")


@pytest.fixture
def placement():
    return PlacementFactory(starts_on=START)


def staff(placement, role=Role.MENTOR, **dates):
    return MembershipFactory(organisation=placement.school, role=role, **dates).user


def do_appoint(placement, user, kind="mentor", starts_on=START, terms=TERMS):
    return appoint(by=PORTAL, on=DAY, placement=placement, kind=kind, user=user, starts_on=starts_on, terms=terms)


def refused(*given, **more):
    with pytest.raises(RuleBroken) as broken:
        do_appoint(*given, **more)
    return broken.value.field


def in_order(placement, kind="mentor"):
    return list(Appointment.objects.filter(placement=placement, kind=kind).values_list("user", "starts_on", "ends_on"))


def test_a_mentor_is_appointed_with_their_terms(placement):
    held = do_appoint(placement, staff(placement))
    held.refresh_from_db()
    assert (held.minutes_a_week, held.subject, held.trained_on, held.has_qts) == (60, "History", date(2025, 7, 1), True)
    assert (held.induction, held.school, held.ends_on) == (placement.induction, placement.school, None)
    assert recorded() == ("mentor_appointed", "case")
    assert last_event().on == DAY


@pytest.mark.parametrize("role", [Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD])
def test_a_tutor_or_a_lead_tutors(placement, role):
    do_appoint(placement, staff(placement, role), kind="induction_tutor")
    assert recorded() == ("tutor_appointed", "case")


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.MENTOR, "induction_tutor"), (Role.INDUCTION_TUTOR, "mentor"), (Role.HEADTEACHER, "induction_tutor")],
)
def test_somebody_without_the_role_is_refused(placement, role, kind):
    assert refused(placement, staff(placement, role), kind=kind) == "user"


def test_the_role_must_be_held_at_this_school_on_that_day(placement):
    assert refused(placement, MembershipFactory(role=Role.MENTOR).user) == "user"
    assert refused(placement, staff(placement, ends_on=date(2025, 8, 31))) == "user"
    assert refused(placement, staff(placement, starts_on=date(2025, 9, 2))) == "user"
    assert do_appoint(placement, staff(placement, ends_on=START))


@pytest.mark.parametrize("day", [date(2025, 8, 31), date(2026, 7, 23)])
def test_it_starts_within_the_placement(day):
    placement = PlacementFactory(starts_on=START, ends_on=date(2026, 7, 22))
    assert refused(placement, staff(placement), starts_on=day) == "starts_on"


def test_it_ends_with_a_placement_whose_end_is_known():
    placement = PlacementFactory(starts_on=START, ends_on=date(2026, 7, 22))
    assert do_appoint(placement, staff(placement)).ends_on == date(2026, 7, 22)


def test_r10_nobody_mentors_themself(placement):
    user = staff(placement)
    placement.induction.teacher.user = user
    placement.induction.teacher.save()
    assert refused(placement, user) == "user"


def test_r10_mentor_and_tutor_are_two_people_unless_a_reason_is_given(placement):
    user = staff(placement)
    MembershipFactory(user=user, organisation=placement.school, role=Role.INDUCTION_TUTOR)
    do_appoint(placement, user)
    assert refused(placement, user, kind="induction_tutor") == "exception_reason"
    assert refused(placement, user, kind="induction_tutor", terms=Terms(30, exception_reason=" ")) == "exception_reason"
    reason = "A school of two teachers; the headteacher of a partner school joins each review"
    assert do_appoint(placement, user, kind="induction_tutor", terms=Terms(30, exception_reason=reason))


def test_the_next_mentor_ends_the_last_one_the_day_before_and_the_trail_tells_both(placement):
    first, second = staff(placement), staff(placement)
    held = do_appoint(placement, first)
    do_appoint(placement, second, starts_on=date(2026, 1, 5))
    assert in_order(placement) == [(first.pk, START, date(2026, 1, 4)), (second.pk, date(2026, 1, 5), None)]
    appointed, ended = AuditEvent.objects.order_by("-id")[:2]
    assert (ended.event, ended.subject_id) == ("appointment_ended", held.pk)
    assert told(ended) == {"before": {"ends_on": None}, "after": {"ends_on": "2026-01-04"}}
    assert appointed.event == "mentor_appointed"


def test_a_tutor_does_not_end_a_mentor(placement):
    do_appoint(placement, staff(placement))
    do_appoint(placement, staff(placement, Role.INDUCTION_TUTOR), kind="induction_tutor")
    assert [row[2] for row in in_order(placement)] == [None]


@pytest.mark.parametrize("day", [START, date(2025, 9, 30)])
def test_one_appointed_from_that_day_or_later_is_not_pushed_aside(placement, day):
    do_appoint(placement, staff(placement), starts_on=date(2025, 9, 30))
    assert refused(placement, staff(placement), starts_on=day) == "starts_on"


def test_the_same_person_is_not_appointed_twice(placement):
    user = staff(placement)
    do_appoint(placement, user)
    assert refused(placement, user) == "starts_on"
    assert len(in_order(placement)) == 1


class TestEndAppointment:
    def test_it_ends_on_its_last_day(self):
        held = AppointmentFactory(user=UserFactory())
        end_appointment(by=PORTAL, on=DAY, appointment=held, last_day=date(2026, 1, 31))
        assert Appointment.objects.get(pk=held.pk).ends_on == date(2026, 1, 31)
        assert recorded() == ("appointment_ended", "case")
        assert told(last_event()) == {"before": {"ends_on": None}, "after": {"ends_on": "2026-01-31"}}

    def test_it_cannot_end_before_it_starts(self):
        with pytest.raises(RuleBroken, match="on or after the first"):
            end_appointment(by=PORTAL, on=DAY, appointment=AppointmentFactory(), last_day=date(2025, 8, 31))

    @pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 2, 1)])
    def test_it_is_not_ended_twice_or_made_longer(self, day):
        held = AppointmentFactory(ends_on=date(2026, 1, 31))
        with pytest.raises(RuleBroken, match="ends no later already"):
            end_appointment(by=PORTAL, on=DAY, appointment=held, last_day=day)
        end_appointment(by=PORTAL, on=DAY, appointment=held, last_day=date(2026, 1, 30))
        assert Appointment.objects.get(pk=held.pk).ends_on == date(2026, 1, 30)
