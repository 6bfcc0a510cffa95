"""The deadlines of bodies, leavers and ends (D2, D3, D23, D32-D35), and what is recorded by hand (R90)."""

from datetime import date, timedelta

import pytest

from cases.actions import change_contract, change_officer, end_body_period, end_placement, record_done
from cases.models import Deadline, HandRecord
from cases.reckon import reckon
from cases.rules.deadlines import due_on
from cases.rules.errors import RuleBroken
from induction_portal.accounts.permissions import Role
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from tests.factories import BodyPeriodFactory, MembershipFactory, PlacementFactory, WorkingPatternFactory, viewer

pytestmark = pytest.mark.django_db
START = date(2025, 9, 1)
TODAY = date(2026, 11, 22)


def opened(**placed):
    """A case at one school with one body."""
    placement = PlacementFactory(starts_on=START, **placed)
    WorkingPatternFactory(placement=placement, starts_on=START)
    BodyPeriodFactory(induction=placement.induction, body=placement.reported_body, starts_on=START)
    reckon(placement.induction)
    return placement


def due(placement, code):
    return list(Deadline.objects.filter(induction=placement.induction, code=code).order_by("number"))


def officer_of(placement, role=Role.BODY_OFFICER):
    return viewer(placement.reported_body, role, on=TODAY)


def head_of(placement):
    return viewer(placement.school, Role.HEADTEACHER, on=TODAY)


def record(placement, by=None, *, what=("D3", 1), done_on=date(2025, 12, 19)):
    return record_done(
        by=by or officer_of(placement), on=TODAY, induction=placement.induction, what=what, done_on=done_on
    )


class TestTheNamedContact:
    """D2, R81."""

    def test_is_due_when_the_body_agrees_and_open_until_it_is_named(self):
        (row,) = due(opened(), "D2")
        assert (row.due_on, row.is_open, row.owner) == (START, True, "body_officer")

    def test_closes_on_the_day_the_body_names_one(self):
        placement = opened()
        by = viewer(placement.reported_body, Role.BODY_ADMIN, on=TODAY)
        people = [
            MembershipFactory(organisation=placement.reported_body, role=role).user
            for role in (Role.BODY_OFFICER, Role.BODY_CONTACT)
        ]
        told = {"officer": people[0], "contact": people[1], "version": 1}
        change_officer(by=by, on=TODAY, induction=placement.induction, **told)
        assert [row.closed_on for row in due(placement, "D2")] == [TODAY]

    def test_another_officer_leaves_the_day_of_the_contact(self):
        placement = opened()
        by = viewer(placement.reported_body, Role.BODY_ADMIN, on=TODAY)
        roles = (Role.BODY_OFFICER, Role.BODY_OFFICER, Role.BODY_CONTACT)
        first, second, contact = (
            MembershipFactory(organisation=placement.reported_body, role=role).user for role in roles
        )
        case = {"by": by, "induction": placement.induction, "contact": contact}
        change_officer(on=TODAY, officer=first, version=1, **case)
        change_officer(on=TODAY + timedelta(days=3), officer=second, version=2, **case)
        assert [row.closed_on for row in due(placement, "D2")] == [TODAY]


class TestTheTermlyReturn:
    """D3, R88."""

    def test_is_due_at_the_end_of_the_term(self):
        (row,) = due(opened(), "D3")
        assert (row.opened_on, row.due_on.month, row.due_on.year) == (START, 12, 2025)
        assert row.is_open

    def test_each_body_reports_its_own(self):
        placement = opened()
        period = placement.induction.body_periods.get()
        record(placement)
        end_body_period(by=officer_of(placement), on=TODAY, period=period, last_day=date(2026, 8, 31))
        BodyPeriodFactory(induction=placement.induction, starts_on=date(2026, 9, 1))
        reckon(placement.induction)
        assert [(row.number, row.is_open) for row in due(placement, "D3")] == [(1, False), (2, True)]

    def test_what_a_former_body_never_recorded_is_nobodys_any_more(self):
        placement = opened()
        period = placement.induction.body_periods.get()
        end_body_period(by=officer_of(placement), on=TODAY, period=period, last_day=date(2026, 8, 31))
        assert not due(placement, "D3") + due(placement, "D2")


class TestRecordingByHand:
    def test_it_closes_the_deadline_and_is_told(self):
        placement = opened()
        made = record(placement)
        (row,) = due(placement, "D3")
        assert row.closed_on == made.done_on == date(2025, 12, 19)
        event = AuditEvent.objects.get(event=Event.STEP_DONE)
        assert event.subject_id == made.pk

    def test_a_wrong_day_is_corrected(self):
        placement = opened()
        record(placement)
        record(placement, done_on=date(2025, 12, 18))
        assert HandRecord.objects.get().done_on == date(2025, 12, 18)
        assert [row.closed_on for row in due(placement, "D3")] == [date(2025, 12, 18)]

    @pytest.mark.parametrize(("told", "field"), [
        ({"done_on": TODAY + timedelta(days=1)}, "done_on"),
        ({"done_on": START - timedelta(days=1)}, "done_on"),
        ({"what": ("D3", 2)}, "what"),
        ({"what": ("D31", 1)}, "what"),
    ])  # fmt: skip
    def test_what_cannot_be_is_refused(self, told, field):
        placement = opened()
        with pytest.raises(RuleBroken) as broken:
            record(placement, **told)
        assert broken.value.field == field
        assert not HandRecord.objects.exists()

    def test_the_day_recorded_already_is_refused(self):
        placement = opened()
        record(placement)
        with pytest.raises(RuleBroken, match="recorded already"):
            record(placement)

    def test_another_body_records_nothing(self):
        placement = opened()
        with pytest.raises(RuleBroken, match="Only the appropriate body that is responsible"):
            record(placement, officer_of(PlacementFactory()))

    def test_a_later_body_leaves_what_the_first_recorded(self):
        placement = opened()
        record(placement)
        end_body_period(
            by=officer_of(placement),
            on=TODAY,
            period=placement.induction.body_periods.get(),
            last_day=date(2026, 8, 31),
        )
        later = BodyPeriodFactory(induction=placement.induction, starts_on=date(2026, 9, 1))
        reckon(placement.induction)
        with pytest.raises(RuleBroken, match="not yours to record"):
            record(placement, viewer(later.body, Role.BODY_OFFICER, on=TODAY), done_on=date(2026, 9, 2))


class TestALeaver:
    """D23, R84; D32, D35 once nobody goes on."""

    def test_a_contract_that_ends_first_has_to_be_reported(self):
        placement = opened(contract_ends_on=date(2026, 8, 31))
        (row,) = due(placement, "D23")
        assert (row.opened_on, row.due_on, row.is_open) == (date(2026, 8, 31), due_on("D23", date(2026, 8, 31)), True)

    def test_a_contract_that_is_made_longer_has_not(self):
        placement = opened(contract_ends_on=date(2026, 8, 31))
        change_contract(by=head_of(placement), on=TODAY, placement=placement, contract_ends_on=None)
        assert not due(placement, "D23")

    def test_nor_has_one_that_ends_after_induction(self):
        assert not due(opened(contract_ends_on=date(2027, 12, 31)), "D23")

    def test_recording_the_end_reports_it(self):
        placement = opened(contract_ends_on=date(2026, 8, 31))
        end_placement(by=head_of(placement), on=TODAY, placement=placement, last_day=date(2026, 8, 31))
        assert [row.closed_on for row in due(placement, "D23")] == [TODAY]

    def test_between_posts_supply_is_limited_and_records_are_kept(self):
        placement = opened()
        assert not due(placement, "D32") + due(placement, "D35")
        last = date(2026, 8, 31)
        end_placement(by=head_of(placement), on=TODAY, placement=placement, last_day=last)
        qts = placement.induction.teacher.qts_on
        (supply,), (kept,) = due(placement, "D32"), due(placement, "D35")
        assert (supply.opened_on, supply.due_on) == (last + timedelta(days=1), due_on("D32", qts))
        assert kept.due_on == date(2032, 8, 31)
        assert supply.owner == kept.owner == "system"

    def test_at_the_next_school_neither_stands(self):
        placement = opened()
        end_placement(by=head_of(placement), on=TODAY, placement=placement, last_day=date(2026, 8, 31))
        following = PlacementFactory(induction=placement.induction, starts_on=date(2026, 11, 2), is_lead=False)
        WorkingPatternFactory(placement=following, starts_on=following.starts_on)
        reckon(placement.induction)
        assert not due(placement, "D32") + due(placement, "D35")

    def test_a_limit_that_has_passed_is_not_shown(self):
        placement = opened(
            induction__teacher__qts_on=date(2018, 7, 1), induction__teacher__date_of_birth=date(1990, 1, 1)
        )
        end_placement(by=head_of(placement), on=TODAY, placement=placement, last_day=date(2026, 8, 31))
        assert not due(placement, "D32")


class TestTheClocksOwn:
    """D33, D34."""

    def test_part_2_begins_the_school_day_after_part_1_ends(self):
        placement = opened()
        (row,) = due(placement, "D33")
        placement.induction.refresh_from_db()
        assert row.due_on == placement.induction.clock.part_2_starts_on
        assert row.owner == "system"

    def test_early_completion_is_only_for_part_timers(self):
        assert not due(opened(), "D34")
        placement = PlacementFactory(starts_on=START)
        WorkingPatternFactory(placement=placement, starts_on=START, fte="0.6")
        reckon(placement.induction)
        assert len(due(placement, "D34")) == 1
