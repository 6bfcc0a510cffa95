"""Working patterns set, placements ended: done, refused, recorded, and done twice."""

from datetime import date
from decimal import Decimal

import pytest

from cases.actions import end_placement, set_pattern
from cases.models import Appointment, Clock, Placement, WorkingPattern
from cases.rules.errors import RuleBroken
from induction_portal.accounts.viewer import System
from induction_portal.audit.models import AuditEvent
from tests.factories import AppointmentFactory, WorkingPatternFactory
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db
PORTAL, DAY, LEAVES = System("test"), date(2026, 6, 1), date(2026, 7, 22)


@pytest.fixture
def placement():
    return WorkingPatternFactory().placement


def set_half(placement, starts_on, fte="0.5", days=None):
    return set_pattern(by=PORTAL, on=DAY, placement=placement, starts_on=starts_on, fte=Decimal(fte), days=days or {})


def leave(placement, last_day=LEAVES):
    return end_placement(by=PORTAL, on=DAY, placement=placement, last_day=last_day)


class TestSetPattern:
    def test_a_step_moves_the_dates_of_the_case(self, placement):
        set_half(placement, date(2026, 1, 5))
        assert placement.patterns.count() == 2
        assert Clock.objects.get(induction=placement.induction).ends_on > date(2028, 7, 22)
        assert recorded() == ("pattern_set", "case")
        assert told(last_event())["after"]["fte"] == "0.5"

    @pytest.mark.parametrize("day", [date(2025, 8, 31), date(2026, 7, 23)])
    def test_it_starts_within_the_placement(self, placement, day):
        leave(placement)
        with pytest.raises(RuleBroken, match="a day of the placement") as broken:
            set_half(placement, day)
        assert broken.value.field == "starts_on"

    def test_there_is_one_step_a_day(self, placement):
        set_half(placement, date(2026, 1, 5))
        with pytest.raises(RuleBroken, match="from this day already"):
            set_half(placement, date(2026, 1, 5), fte="0.6")
        assert WorkingPattern.objects.filter(placement=placement).count() == 2

    @pytest.mark.parametrize(("fte", "field"), [("1.2", "fte"), ("0.01", "fte")])
    def test_it_has_to_be_possible(self, placement, fte, field):
        with pytest.raises(RuleBroken) as broken:
            set_half(placement, date(2026, 1, 5), fte=fte)
        assert broken.value.field == field

    def test_weekdays_come_all_or_none(self, placement):
        with pytest.raises(RuleBroken, match="each weekday") as broken:
            set_half(placement, date(2026, 1, 5), days={"mon": Decimal(1)})
        assert broken.value.field == "days"


class TestEndPlacement:
    def test_service_ends_and_so_does_the_clock(self, placement):
        leave(placement)
        assert Placement.objects.get(pk=placement.pk).ends_on == LEAVES
        assert Clock.objects.get(induction=placement.induction).ends_on is None
        assert AuditEvent.objects.get(event="placement_ended").chain_id == f"case:{placement.induction_id}"

    def test_it_ends_once_and_not_before_it_starts(self, placement):
        with pytest.raises(RuleBroken, match="on or after the first"):
            leave(placement, date(2025, 8, 31))
        leave(placement)
        with pytest.raises(RuleBroken, match="has ended already"):
            leave(placement)

    @pytest.mark.parametrize(
        ("starts_on", "ends_on", "left"),
        [
            (date(2025, 9, 1), None, LEAVES),
            (date(2025, 9, 1), date(2026, 8, 31), LEAVES),
            (date(2025, 9, 1), date(2026, 2, 1), date(2026, 2, 1)),
            (LEAVES, None, LEAVES),
        ],
    )
    def test_appointments_end_with_it_unless_they_ended_before(self, placement, starts_on, ends_on, left):
        held = AppointmentFactory(placement=placement, starts_on=starts_on, ends_on=ends_on)
        leave(placement)
        assert Appointment.objects.get(pk=held.pk).ends_on == left

    def test_an_appointment_that_would_start_later_is_taken_back(self, placement):
        planned = AppointmentFactory(placement=placement, starts_on=date(2026, 9, 1))
        leave(placement)
        assert not Appointment.objects.filter(pk=planned.pk).exists()
        taken_back = AuditEvent.objects.get(event="appointment_ended")
        assert (taken_back.subject_id, told(taken_back)["after"]) == (planned.pk, None)

    def test_each_appointment_that_ends_is_told_in_the_trail(self, placement):
        held = AppointmentFactory(placement=placement)
        leave(placement)
        event = AuditEvent.objects.get(event="appointment_ended")
        assert event.subject_id == held.pk
        assert told(event) == {"before": {"ends_on": None}, "after": {"ends_on": "2026-07-22"}}

    def test_appointments_at_another_school_go_on(self, placement):
        other = WorkingPatternFactory(placement__induction=placement.induction).placement
        elsewhere = AppointmentFactory(placement=other)
        leave(placement)
        assert Appointment.objects.get(pk=elsewhere.pk).ends_on is None
