"""Observations: planned, changed, cancelled, recorded, commented on and read; recorded; told to the right people."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from assessments import actions
from assessments.models import MentorMeeting, Observation, Visit
from assessments.observed import Plan, Written
from assessments.sources import sources_of
from cases import access
from cases.actions.versions import ChangedMeanwhile
from cases.models import SchoolPolicy
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditPayload
from notifications.models import Message
from tests.factories import (
    AppointmentFactory,
    BodyPeriodFactory,
    ObservationFactory,
    PlacementFactory,
    ProgressReviewFactory,
    RatingFactory,
    SchoolPolicyFactory,
    SharedObservationFactory,
    UserFactory,
    VersionFactory,
    viewer,
)
from tests.support.trail import last_event

pytestmark = pytest.mark.django_db

START, TODAY = date(2026, 9, 1), date(2026, 11, 18)
PLAN = Plan(date(2026, 11, 25), date(2026, 11, 26), "Year 8 English", None, True, "Amy Lowe", "A school nearby")
HELD = replace(PLAN, observed_on=date(2026, 11, 17), meeting_on=date(2026, 11, 17))
RECORD = Written((Standard.TS7, Standard.TS2), " Clear models ", "Wait longer")


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("induction_portal.clock.today", lambda: TODAY)


@pytest.fixture
def placement():
    placement = PlacementFactory(starts_on=START, contract_starts_on=START)
    teacher = placement.induction.teacher
    teacher.user = UserFactory(is_ect=True)
    teacher.save()
    BodyPeriodFactory(induction=placement.induction, starts_on=START, agreed_on=START)
    return placement


def appointed(placement, kind, role):
    person = viewer(placement.school, role, on=TODAY)
    told = {"induction": placement.induction, "placement": placement, "school": placement.school}
    AppointmentFactory(**told, kind=kind, user=person.user, starts_on=START)
    return person


@pytest.fixture
def tutor(placement):
    return appointed(placement, "induction_tutor", Role.INDUCTION_TUTOR)


@pytest.fixture
def mentor(placement):
    return appointed(placement, "mentor", Role.MENTOR)


@pytest.fixture
def ect(placement):
    return viewer(None, Role.ECT, user=placement.induction.teacher.user, on=TODAY)


@pytest.fixture
def planned(placement, tutor):
    return actions.plan_observation(by=tutor, on=TODAY, placement=placement, plan=PLAN)


@pytest.fixture
def shared(placement, tutor):
    return actions.record_observation(by=tutor, on=TODAY, placement=placement, plan=HELD, written=RECORD)


def refusal(act, **options):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        act(**options)
    return broken.value.field


def told_to(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


class TestPlan:
    def test_it_is_a_row_of_the_case_and_the_ect_is_told(self, planned, placement, tutor, ect):
        assert (planned.status, planned.by) == ("planned", "Amy Lowe, A school nearby")
        assert (planned.school, planned.body_id) == (placement.school, placement.induction.body_periods.get().body_id)
        assert last_event().event == "observation_planned"
        assert told_to("observation_planned") == {ect.user.pk}

    def test_a_colleague_who_is_to_observe_is_told_if_they_may_know_of_the_case(self, placement, tutor, mentor, ect):
        stranger = viewer(placement.school, Role.MENTOR, on=TODAY).user
        for observer in (mentor.user, stranger):
            plan = replace(PLAN, observer=observer)
            planned = actions.plan_observation(by=tutor, on=TODAY, placement=placement, plan=plan)
            assert (planned.observer_name, planned.observer_from) == (observer.name, "")
        assert told_to("observation_planned") == {ect.user.pk, mentor.user.pk}

    def test_the_ect_never_observes_themself_whatever_they_are_called(self, placement, tutor, ect):
        plan = {"by": tutor, "on": TODAY, "placement": placement}
        assert refusal(actions.plan_observation, **plan, plan=replace(PLAN, observer=ect.user)) == "observer"
        named = replace(PLAN, observer_name=f"  {placement.induction.teacher.name.upper()} ")
        assert refusal(actions.plan_observation, **plan, plan=named) == "observer"

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("observer_has_qts", {"observer_has_qts": False}),
            ("observed_on", {"observed_on": date(2026, 11, 17)}),
            ("meeting_on", {"meeting_on": date(2026, 11, 24)}),
            ("observer_name", {"observer_name": " "}),
        ],
    )
    def test_what_is_wrong_is_refused(self, placement, tutor, field, changes):
        plan = replace(PLAN, **changes)
        assert refusal(actions.plan_observation, by=tutor, on=TODAY, placement=placement, plan=plan) == field
        assert not Observation.objects.exists()

    def test_it_is_moved(self, planned, tutor, ect):
        later = replace(PLAN, observed_on=date(2026, 12, 1), meeting_on=date(2026, 12, 2))
        actions.change_plan(by=tutor, on=TODAY, observation=planned, plan=later, version=1)
        planned.refresh_from_db()
        assert (planned.observed_on, planned.version) == (date(2026, 12, 1), 2)
        assert told_to("observation_changed") == {ect.user.pk}

    def test_it_is_called_off_and_then_it_is_final(self, planned, tutor, ect):
        actions.cancel_observation(by=tutor, on=TODAY, observation=planned, version=1)
        planned.refresh_from_db()
        assert (planned.status, planned.cancelled_on) == ("cancelled", TODAY)
        assert told_to("observation_cancelled") == {ect.user.pk}
        again = {"by": tutor, "on": TODAY, "observation": planned, "version": None}
        assert refusal(actions.cancel_observation, **again) == "status"
        assert refusal(actions.change_plan, **again, plan=PLAN) == "observed_on"
        assert refusal(actions.share_record, **again, plan=HELD, written=RECORD) == "status"

    def test_a_mentor_plans_none(self, placement, mentor):
        assert refusal(actions.plan_observation, by=mentor, on=TODAY, placement=placement, plan=PLAN) == "status"

    def test_the_second_of_two_changes_is_told(self, planned, tutor):
        actions.change_plan(by=tutor, on=TODAY, observation=planned, plan=PLAN, version=1)
        with pytest.raises(ChangedMeanwhile) as changed, transaction.atomic():
            actions.change_plan(by=tutor, on=TODAY, observation=planned, plan=PLAN, version=1)
        assert changed.value.version == 2
        with pytest.raises(ChangedMeanwhile), transaction.atomic():
            actions.cancel_observation(by=tutor, on=TODAY, observation=planned, version=1)


class TestRecord:
    def test_it_is_shared_with_the_ect_at_once(self, shared, tutor, ect):
        assert (shared.status, shared.shared_by, shared.strengths) == ("shared", tutor.user, "Clear models")
        assert shared.linked == (Standard.TS2, Standard.TS7)
        assert told_to("observation_shared") == {ect.user.pk}

    def test_the_trail_keeps_a_digest_and_none_of_the_words(self, shared):
        content = AuditPayload.objects.get(event=last_event()).content
        assert '"sha256"' in content
        assert "Clear models" not in content
        assert "Wait longer" not in content

    def test_it_follows_a_plan(self, planned, tutor):
        on = date(2026, 11, 27)
        plan = replace(PLAN, meeting_on=on)
        done = actions.share_record(by=tutor, on=on, observation=planned, plan=plan, written=RECORD, version=1)
        assert (done.pk, done.status, done.planned_on, done.meeting_on) == (planned.pk, "shared", TODAY, on)

    def test_a_planned_lesson_that_was_held_before_its_plan_forgets_the_plan(self, planned, tutor):
        done = actions.share_record(by=tutor, on=TODAY, observation=planned, plan=HELD, written=RECORD, version=1)
        assert (done.planned_by, done.planned_on) == (None, None)

    @pytest.mark.parametrize("name", ["standards", "strengths", "development"])
    def test_it_is_whole(self, placement, tutor, name):
        written = replace(RECORD, **{name: () if name == "standards" else " "})
        record = {"by": tutor, "on": TODAY, "placement": placement, "plan": HELD}
        assert refusal(actions.record_observation, **record, written=written) == name

    def test_a_lesson_to_come_and_one_after_the_placement_have_none(self, placement, tutor):
        record = {"by": tutor, "on": TODAY, "placement": placement, "written": RECORD}
        assert refusal(actions.record_observation, **record, plan=PLAN) == "observed_on"
        placement.ends_on = placement.contract_ends_on = date(2026, 11, 10)
        placement.save()
        assert refusal(actions.record_observation, **record, plan=HELD) == "observed_on"


class TestAnswer:
    def test_comments_reach_the_tutor(self, shared, tutor, ect):
        actions.comment_on_observation(by=ect, on=TODAY, observation=shared, text=" It was fair ")
        assert shared.comments.get().text == "It was fair"
        assert told_to("observation_commented") == {tutor.user.pk}
        assert refusal(actions.comment_on_observation, by=ect, on=TODAY, observation=shared, text=" ") == "text"

    def test_there_is_nothing_to_say_or_read_before_it_is_shared(self, planned, ect):
        assert refusal(actions.comment_on_observation, by=ect, on=TODAY, observation=planned, text="Well") == "text"
        assert refusal(actions.acknowledge_observation, by=ect, on=TODAY, observation=planned) == "status"

    def test_reading_it_is_said_once(self, shared, ect):
        for _ in range(2):
            done = actions.acknowledge_observation(by=ect, on=TODAY, observation=shared)
        assert (done.status, done.acknowledged_on, done.version) == ("acknowledged", TODAY, 2)


class TestVisit:
    NOTE = {"observed_on": TODAY, "colleague": "Ms Ford", "learned": "Cold call kindly", "standards": (Standard.TS7,)}

    def test_the_ect_notes_and_changes_it(self, placement, ect):
        visit = actions.note_visit(by=ect, on=TODAY, induction=placement.induction, **self.NOTE)
        assert (visit.placement, visit.standards) == (placement, ["TS7"])
        changed = self.NOTE | {"colleague": "Ms Ford, history", "standards": ()}
        actions.change_visit(by=ect, on=TODAY, visit=visit, **changed, version=1)
        visit.refresh_from_db()
        assert (visit.colleague, visit.standards, visit.version) == ("Ms Ford, history", [], 2)
        with pytest.raises(ChangedMeanwhile), transaction.atomic():
            actions.change_visit(by=ect, on=TODAY, visit=visit, **changed, version=1)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("observed_on", date(2026, 11, 19)), ("observed_on", date(2026, 8, 31)), ("colleague", " "), ("learned", "")],
    )
    def test_what_is_wrong_is_refused(self, placement, ect, field, value):
        note = {"by": ect, "on": TODAY, "induction": placement.induction} | self.NOTE | {field: value}
        assert refusal(actions.note_visit, **note) == field
        assert not Visit.objects.exists()


class TestMeeting:
    def test_mentor_and_ect_keep_it_together(self, placement, mentor, ect):
        note = {"on": TODAY, "held_on": date(2026, 11, 16), "focus": " Routines ", "next_step": ""}
        meeting = actions.note_meeting(by=mentor, induction=placement.induction, **note)
        assert (meeting.focus, meeting.noted_by) == ("Routines", mentor.user)
        actions.change_meeting(by=ect, meeting=meeting, **note | {"next_step": "Year 9"}, version=1)
        meeting.refresh_from_db()
        assert (meeting.next_step, meeting.noted_by, meeting.version) == ("Year 9", ect.user, 2)
        with pytest.raises(ChangedMeanwhile), transaction.atomic():
            actions.change_meeting(by=mentor, meeting=meeting, **note, version=1)

    @pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 8, 31)])
    def test_it_lies_in_the_past_and_in_service(self, placement, mentor, day):
        note = {"on": TODAY, "held_on": day, "focus": "Routines", "induction": placement.induction}
        assert refusal(actions.note_meeting, by=mentor, **note) == "held_on"
        assert not MentorMeeting.objects.exists()

    def test_a_mentor_notes_none_of_another_school(self, placement):
        other = viewer(PlacementFactory().school, Role.MENTOR, on=TODAY)
        note = {"on": TODAY, "held_on": TODAY, "focus": "Routines", "induction": placement.induction}
        assert refusal(actions.note_meeting, by=other, **note) == "held_on"


class TestSources:
    @pytest.fixture
    def records(self, placement, mentor, tutor):
        review = ProgressReviewFactory(placement=placement, held_on=date(2026, 11, 2), submitted_on=TODAY)
        RatingFactory(version=VersionFactory(review=review, number=1), standard="TS3")
        at = {"placement": placement, "observed_on": date(2026, 11, 3), "meeting_on": date(2026, 11, 3)}
        held = SharedObservationFactory(**at, shared_on=TODAY, planned_on=START)
        ObservationFactory(**at | {"meeting_on": TODAY}, planned_on=START)
        note = {"on": TODAY, "held_on": date(2026, 11, 4), "focus": "Long words " * 30}
        met = actions.note_meeting(by=mentor, induction=placement.induction, **note)
        return {"progress_review": review, "observation": held, "mentor_meeting": met}

    def drawn(self, person, placement):
        return sources_of(person, access.case(person, placement.induction_id).subject)

    def test_the_tutor_draws_in_all_that_was_held_the_latest_first(self, records, placement, tutor):
        found = self.drawn(tutor, placement)
        assert [each.kind for each in found] == ["mentor_meeting", "observation", "progress_review"]
        assert {each.kind: each.id for each in found} == {kind: row.pk for kind, row in records.items()}
        assert [each.standards for each in found] == [(), (Standard.TS4,), (Standard.TS3,)]
        assert all(each.says and each.url.startswith("/") and len(each.says) < 200 for each in found)

    def test_nobody_draws_in_what_they_may_not_read(self, records, placement, mentor, ect):
        head, officer = (
            viewer(placement.school, Role.HEADTEACHER, on=TODAY),
            viewer(placement.induction.body_periods.get().body, Role.BODY_OFFICER, on=TODAY),
        )
        assert {each.kind for each in self.drawn(head, placement)} == {"observation", "progress_review"}
        assert {each.kind for each in self.drawn(mentor, placement)} == {"mentor_meeting"}
        assert {each.kind for each in self.drawn(officer, placement)} <= {"observation", "progress_review"}
        assert len(self.drawn(ect, placement)) == 3


class TestMentorsReading:
    def test_a_school_may_keep_observations_from_mentors(self, shared, placement, mentor):
        from assessments.evidence_access import may_see_observation

        assert may_see_observation(mentor.user, shared.pk)
        SchoolPolicyFactory(
            organisation=placement.school, starts_on=START, set_on=START, mentor_reads_observations=False
        )
        assert SchoolPolicy.objects.count() == 1
        assert not may_see_observation(mentor.user, shared.pk)
