"""Progress reviews: submitted, refused, corrected, read and answered; recorded; told to the right people."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from assessments import actions
from assessments.content import Answers
from assessments.models import Acknowledgement, BodyResponse, Comment, ProgressReview, Rating, Target, Version
from cases.models import Deadline
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.reviews import Target as AgreedTarget
from cases.rules.standards import Rating as Level
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.factories import (
    AppointmentFactory,
    BodyPeriodFactory,
    MembershipFactory,
    PlacementFactory,
    UserFactory,
    WorkingPatternFactory,
    viewer,
)
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db

START, TODAY = date(2026, 9, 1), date(2026, 12, 10)
TARGET = AgreedTarget("Ask open questions", Standard.TS2, date(2027, 2, 1), "Seen in two visits")
LATER = AgreedTarget("Ask open questions", Standard.TS2, date(2027, 6, 1), "Seen in two visits")
ANSWERS = Answers(
    held_on=date(2026, 12, 9),
    present=("ect", "reviewer"),
    others_present="",
    on_track=True,
    evidence="Two visits",
    ratings=dict.fromkeys(Standard, Level.SECURE),
    targets=(TARGET,),
)


@pytest.fixture
def placement():
    placement = PlacementFactory(starts_on=START, contract_starts_on=START)
    WorkingPatternFactory(placement=placement, starts_on=START)
    teacher = placement.induction.teacher
    teacher.user = UserFactory(is_ect=True)
    teacher.save()
    BodyPeriodFactory(induction=placement.induction, starts_on=START, agreed_on=START)
    reckon(placement.induction)
    return placement


@pytest.fixture
def tutor(placement):
    person = viewer(placement.school, Role.INDUCTION_TUTOR, on=TODAY)
    AppointmentFactory(
        induction=placement.induction,
        placement=placement,
        school=placement.school,
        kind="induction_tutor",
        user=person.user,
        starts_on=START,
    )
    return person


@pytest.fixture
def period(placement):
    return placement.induction.body_periods.get()


@pytest.fixture
def officer(period):
    return viewer(period.body, Role.BODY_OFFICER, user=period.officer, on=TODAY)


@pytest.fixture
def ect(placement):
    return viewer(None, Role.ECT, user=placement.induction.teacher.user, on=TODAY)


@pytest.fixture
def submit(placement, tutor):
    def submit(on=TODAY, by=tutor, **changes):
        return actions.submit(by=by, on=on, placement=placement, answers=replace(ANSWERS, **changes))

    return submit


@pytest.fixture
def returned(submit, officer):
    review = submit()
    actions.return_(by=officer, on=TODAY, review=review, version=1, comments="Say more of TS5")
    review.refresh_from_db()
    return review


def refusal(act, *args, **options):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        act(*args, **options)
    return broken.value.field


def told_to(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


class TestSubmit:
    def test_it_seals_a_version_and_closes_the_deadline(self, submit, placement, tutor):
        review = submit()
        version = review.versions.get()
        assert (review.number, review.status, review.submitted_by) == (1, "submitted", tutor.user)
        assert review.period_starts_on == START
        content = json.loads(version.content)
        assert content["ect"] == placement.induction.teacher.name
        assert content["tutor"] == tutor.user.name
        assert content["days_absent"] == "0"
        assert Rating.objects.filter(version=version, level=3).count() == 9
        assert Target.objects.get(version=version).text == "Ask open questions"
        assert not Deadline.objects.get(induction=placement.induction, kind="progress_review", number=1).is_open

    def test_it_is_recorded_by_digest_without_a_word_of_it(self, submit):
        version = submit().versions.get()
        assert recorded()[0] == "review_submitted"
        assert told(last_event())["after"] == {"version": 1, "sha256": version.sha256}

    def test_the_ect_the_officer_and_the_headteacher_are_told_and_not_its_author(
        self, submit, placement, period, tutor
    ):
        head = MembershipFactory(organisation=placement.school, role=Role.HEADTEACHER).user
        submit()
        assert told_to("review_submitted") == {placement.induction.teacher.user.email, period.officer.email, head.email}

    def test_the_origin_is_fixed_as_at_its_creation(self, submit, placement, period):
        review = submit()
        assert (review.school_id, review.body_id) == (placement.school_id, period.body_id)

    def test_a_second_one_in_the_same_term_is_refused(self, submit):
        submit()
        assert refusal(submit, held_on=TODAY) is None
        assert ProgressReview.objects.count() == 1

    def test_the_next_term_it_looks_back_to_the_day_after_the_last(self, submit):
        submit()
        review = submit(on=date(2027, 3, 20), held_on=date(2027, 3, 19), targets=(LATER,))
        assert (review.number, review.period_starts_on) == (2, date(2026, 12, 10))

    def test_without_an_appropriate_body_nobody_could_receive_it(self, submit, period):
        period.ends_on = date(2026, 12, 1)
        period.save()
        assert refusal(submit) is None

    def test_the_placement_must_not_have_ended(self, submit, placement):
        placement.ends_on = date(2026, 12, 8)
        placement.save()
        assert refusal(submit) == "held_on"

    def test_a_school_that_was_left_submits_nothing_more(self, submit, placement):
        placement.ends_on = ANSWERS.held_on
        placement.save()
        assert refusal(submit) is None
        assert not ProgressReview.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"held_on": date(2026, 12, 11)}, "held_on"),
            ({"held_on": date(2026, 8, 31)}, "held_on"),
            ({"present": ("ect",)}, "present"),
            ({"ratings": {Standard.TS1: Level.STRONG}}, "rating_TS2"),
            ({"ratings": ANSWERS.ratings | {Standard.TS4: Level.ATTENTION}}, "statement_TS4"),
            ({"targets": ()}, "targets"),
            ({"on_track": False}, "support_outline"),
            ({"evidence": " "}, "evidence"),
        ],
    )
    def test_what_is_incomplete_is_refused_beside_its_field(self, submit, changes, field):
        assert refusal(submit, **changes) == field
        assert not Version.objects.exists()


class TestCorrect:
    def test_a_returned_review_goes_on_as_its_next_version(self, returned, tutor):
        answers = replace(ANSWERS, evidence="Two visits and books")
        review = actions.correct(by=tutor, on=TODAY, review=returned, version=1, answers=answers)
        assert (review.status, review.latest, review.versions.count()) == ("submitted", 2, 2)
        assert json.loads(review.versions.get(number=1).content)["evidence"] == "Two visits"
        assert recorded()[0] == "review_corrected"
        assert told_to("review_corrected")

    def test_somebody_else_was_first(self, returned, tutor):
        actions.correct(by=tutor, on=TODAY, review=returned, version=1, answers=ANSWERS)
        with pytest.raises(actions.Conflict):
            actions.correct(by=tutor, on=TODAY, review=returned, version=1, answers=ANSWERS)

    def test_one_that_was_not_returned_stays(self, submit, tutor):
        review = submit()
        assert refusal(actions.correct, by=tutor, on=TODAY, review=review, version=1, answers=ANSWERS) == "status"

    def test_reviews_keep_their_order(self, returned, tutor):
        early = replace(ANSWERS, held_on=date(2026, 8, 1))
        assert refusal(actions.correct, by=tutor, on=TODAY, review=returned, version=1, answers=early) == "held_on"


class TestResponses:
    def test_the_ect_comments_and_school_and_body_are_told(self, submit, ect, tutor, period):
        review = submit()
        actions.comment(by=ect, on=TODAY, review=review, text="  I agree.  ")
        assert Comment.objects.get().text == "I agree."
        assert recorded()[0] == "review_commented"
        assert told_to("review_commented") == {tutor.user.email, period.officer.email}

    def test_an_empty_comment_is_refused(self, submit, ect):
        assert refusal(actions.comment, by=ect, on=TODAY, review=submit(), text=" ") == "text"

    def test_reading_is_confirmed_once(self, submit, ect):
        review = submit()
        first = actions.acknowledge(by=ect, on=TODAY, review=review)
        assert actions.acknowledge(by=ect, on=TODAY, review=review) == first
        assert Acknowledgement.objects.count() == 1
        assert AuditEvent.objects.filter(event="review_acknowledged").count() == 1

    def test_the_body_accepts(self, submit, officer, ect, tutor):
        review = submit()
        actions.accept(by=officer, on=TODAY, review=review, version=1)
        review.refresh_from_db()
        assert review.status == "accepted"
        assert recorded()[0] == "review_accepted"
        assert told_to("review_accepted") == {ect.user.email, tutor.user.email}

    def test_an_accepted_review_is_not_returned_or_accepted_again(self, submit, officer):
        review = submit()
        actions.accept(by=officer, on=TODAY, review=review, version=1)
        assert refusal(actions.accept, by=officer, on=TODAY, review=review, version=1) == "status"
        refused = refusal(actions.return_, by=officer, on=TODAY, review=review, version=1, comments="No")
        assert refused == "status"

    def test_a_return_says_why(self, submit, officer):
        review = submit()
        assert refusal(actions.return_, by=officer, on=TODAY, review=review, version=1, comments="") == "comments"
        assert not BodyResponse.objects.exists()

    def test_a_return_tells_the_tutor_alone(self, returned, tutor):
        assert returned.status == "returned"
        assert told_to("review_returned") == {tutor.user.email}

    def test_the_body_answers_the_version_it_read(self, returned, officer, tutor):
        actions.correct(by=tutor, on=TODAY, review=returned, version=1, answers=ANSWERS)
        assert refusal(actions.accept, by=officer, on=TODAY, review=returned, version=1) is None


class TestSealed:
    def test_every_step_is_one_more_state_of_the_document(self, submit, ect, officer):
        review = submit()
        actions.comment(by=ect, on=TODAY, review=review, text="Yes")
        actions.acknowledge(by=ect, on=TODAY, review=review)
        actions.accept(by=officer, on=TODAY, review=review, version=1)
        review.refresh_from_db()
        assert review.revision == 4

    @pytest.mark.parametrize("model", [Version, Rating, Target, Comment, Acknowledgement, BodyResponse])
    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_the_database_refuses_to_change_what_was_submitted_or_said(self, submit, ect, officer, model, change):
        review = submit()
        actions.comment(by=ect, on=TODAY, review=review, text="Yes")
        actions.acknowledge(by=ect, on=TODAY, review=review)
        actions.accept(by=officer, on=TODAY, review=review, version=1)
        row = model.objects.first()
        with pytest.raises(DatabaseError, match="Sealed content is never changed"), transaction.atomic():
            row.save() if change == "update" else model.objects.filter(pk=row.pk)._raw_delete("default")
