"""An ECT on support goes on elsewhere: days, updates, and what was told in confidence (R75, R81, R85)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.absence_recount import counted_daily
from cases.models import BodyPeriod, Deadline, HandoverGrant, Induction
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.statuses import PlanStatus, SupportLevel
from induction_portal import clock
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from support_plans import actions
from support_plans.access import readable
from support_plans.models import LevelChange, OwnConcern, Plan
from support_plans.own_dates import dates_of
from support_plans.own_pages import open_steps
from support_plans.plans.tasks import weeks_to_comment
from tests.factories import AppointmentFactory, BodyPeriodFactory, viewer
from tests.support.planning import start
from tests.support.supporting import ON, bench

NONE, L1, L2, L3, L4 = list(SupportLevel)[:5]
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def leaves(case, last):
    """The ECT's last day at the school is known."""
    case.placement.ends_on = last
    case.placement.save()
    case.induction = Induction.objects.get(pk=case.induction.pk)


def serves_at(case, other, first):
    """The ECT goes on at another school, of the same body."""
    other.placement.induction = case.induction
    other.placement.starts_on = first
    other.placement.save()
    for role in (Role.MENTOR, Role.INDUCTION_TUTOR):
        person = viewer(other.placement.school, role, on=ON)
        AppointmentFactory(placement=other.placement, kind=role.value, user=person.user)
        other.by[role] = person
    case.induction = other.induction = Induction.objects.get(pk=case.induction.pk)


@pytest.mark.django_db
class TestLeaving:
    def test_a_level_left_behind_ends_on_the_day_after_the_last_at_the_school(self):
        """Its school reads it still, and what the next one does is none of its business."""
        case, other = bench(), bench()
        plan = start(case, case.move(L2))
        leaves(case, ON + A_WEEK)
        serves_at(case, other, ON + 2 * A_WEEK)
        later = ON + 3 * A_WEEK
        other.move(L1, replace(other.mentor, on=later), on=later)
        row, plan = LevelChange.objects.get(pk=plan.level_id), Plan.objects.get(pk=plan.pk)
        assert (row.outcome, row.closed_on) == ("left", ON + A_WEEK + A_DAY)
        assert (plan.state, plan.ended_on) == (PlanStatus.ENDED_EARLY, ON + A_WEEK)

    def test_updates_are_due_until_the_last_day_at_the_school(self, monkeypatch):
        monkeypatch.setattr(clock, "today", lambda: ON)
        case = bench()
        case.climb(L2, L3, L4)
        leaves(case, ON + 3 * A_WEEK)
        case.update(on=ON)
        due = Deadline.objects.filter(induction=case.induction, kind="body_update", is_open=True)
        assert [each.due_on for each in due.order_by("due_on")][:2] == [ON + 2 * A_WEEK, ON + 3 * A_WEEK]
        (review,) = Deadline.objects.filter(induction=case.induction, kind="level_review", number=3)
        assert (review.due_on > ON + 3 * A_WEEK, review.is_open) == (True, False)
        assert case.update(on=ON + A_WEEK).number == 2

    def test_what_is_left_undone_is_not_due_once_the_ect_has_left(self, monkeypatch):
        case = bench()
        start(case, case.move(L2))
        leaves(case, ON + 2 * A_WEEK)
        due = Deadline.objects.filter(induction=case.induction, kind__in=["plan_week", "body_update", "body_contact"])
        for today, still in ((ON + A_DAY, 3), (ON + 2 * A_WEEK, 3), (ON + 2 * A_WEEK + A_DAY, 0)):
            monkeypatch.setattr(clock, "today", lambda today=today: today)
            assert (case.induction in counted_daily(today)) == (not still)
            reckon(case.induction)
            assert due.filter(is_open=True).count() == still

    def test_what_the_school_before_did_not_send_does_not_keep_the_next_from_its_own(self):
        case, other = bench(), bench()
        case.move(L1, case.mentor)
        case.move(NONE, case.mentor, found=Progress.ON_TRACK, on=ON + A_DAY)
        leaves(case, ON + A_WEEK)
        serves_at(case, other, ON + 2 * A_WEEK)
        by = replace(other.induction_tutor, on=ON + 2 * A_WEEK)
        other.move(L2, by, on=ON + 2 * A_WEEK)
        assert other.update(by, on=ON + 2 * A_WEEK).level.school == other.placement.school
        assert not Deadline.objects.filter(
            induction=case.induction, kind="body_update", is_open=True, due_on__lt=ON + 2 * A_WEEK
        ).exists()

    def test_nor_what_the_mentor_did_not_send_the_tutor(self):
        case = bench()
        case.move(L1, case.mentor)
        case.move(NONE, case.mentor, found=Progress.ON_TRACK, on=ON + A_DAY)
        case.move(L2, on=ON + A_DAY)
        assert case.update(on=ON + A_DAY).level.level == "2"
        assert case.update(case.mentor, on=ON + A_DAY).level.level == "1"

    def test_nobody_is_reminded_of_the_weeks_of_a_plan_after_the_ect_has_left(self):
        case = bench()
        start(case, case.move(L2))
        leaves(case, ON + A_WEEK)
        for by in (case.ect, case.headteacher):
            assert list(dates_of(by))
            assert not list(dates_of(replace(by, on=ON + 2 * A_WEEK)))
        assert list(weeks_to_comment(replace(case.ect, on=ON + A_WEEK)))
        assert not list(weeks_to_comment(replace(case.ect, on=ON + 2 * A_WEEK)))


@pytest.mark.django_db
class TestInConfidence:
    @pytest.mark.parametrize("in_confidence", [True, False])
    def test_what_an_ect_told_is_not_handed_over(self, in_confidence):
        case, other = bench(), bench()
        case.own(in_confidence=in_confidence)
        leaves(case, ON)
        serves_at(case, other, ON + A_DAY)
        school, body = case.placement.school, case.body_officer.organisation
        BodyPeriod.objects.filter(induction=case.induction).update(ends_on=ON)
        new_body = other.body_officer.organisation
        BodyPeriodFactory(
            induction=case.induction, body=new_body, starts_on=ON + A_DAY, officer=other.body_officer.user,
            contact=other.body_contact.user,
        )  # fmt: skip
        for giver, to in ((school, other.placement.school), (body, other.placement.school), (body, new_body)):
            HandoverGrant.objects.create(
                induction=case.induction, to=to, given_by=giver, reason="The ECT goes on there",
                granted_by=case.headteacher.user, granted_on=ON,
            )  # fmt: skip
        for by in (other.headteacher, other.induction_tutor, other.body_contact):
            assert not readable(by, OwnConcern.objects.all()).exists()
        assert readable(case.ect, OwnConcern.objects.all()).exists()

    def test_a_concern_is_not_taken_to_the_contact_of_a_body_that_let_the_ect_go(self):
        case, other = bench(), bench()
        concern = case.own(in_confidence=False)
        BodyPeriod.objects.filter(induction=case.induction).update(ends_on=ON)
        BodyPeriodFactory(
            induction=case.induction, body=other.body_officer.organisation, starts_on=ON + A_DAY,
            officer=other.body_officer.user, contact=other.body_contact.user,
        )  # fmt: skip
        later = ON + A_WEEK
        ect = replace(case.ect, on=later)
        assert "body" not in open_steps(ect, concern)
        with pytest.raises(RuleBroken, match="raise it anew") as broken:
            actions.take_to_body(by=ect, on=later, concern=concern, text="Still 23 lessons", version=concern.version)
        assert broken.value.field == "to"

    def test_the_answer_in_confidence_is_sent_in_the_bodys_name(self):
        case = bench()
        concern = case.own(in_confidence=True)
        actions.answer_own_concern(by=case.body_contact, on=ON, concern=concern, text="I will ask", version=1)
        (message,) = Message.objects.filter(kind="own_concern_answered")
        assert message.organisation_id == case.body_contact.organisation.pk
