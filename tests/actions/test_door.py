"""The door: which cases and which records each role of each tenant may know of, on which day.

One case at one school under one body, one of another school and body, and the edges: yesterday's appointment, a body
that let go, a teacher who moved, records handed over.
"""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from assessments.access import review, visible_reviews
from cases.access import case as open_case
from cases.access import roles_on, visible_cases
from induction_portal.accounts.permissions import Role
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    BodyPeriodFactory,
    HandoverGrantFactory,
    PlacementFactory,
    ProgressReviewFactory,
    SchoolFactory,
    TrustFactory,
    UserFactory,
    viewer,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
WHOLE_SCHOOL = [Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN]
BODY_ROLES = [Role.BODY_OFFICER, Role.BODY_CONTACT, Role.BODY_ADMIN]
APPOINTED = [(Role.MENTOR, "mentor"), (Role.INDUCTION_TUTOR, "induction_tutor")]


class Case:
    """An induction with its placement, body period and one review."""

    def __init__(self):
        self.placement = PlacementFactory(induction__teacher__user=UserFactory(is_ect=True))
        self.induction, self.school = self.placement.induction, self.placement.school
        self.period = BodyPeriodFactory(induction=self.induction, body=self.placement.reported_body)
        self.body = self.period.body
        self.review = ProgressReviewFactory(placement=self.placement)

    def appoint(self, kind, **dates):
        return AppointmentFactory(placement=self.placement, kind=kind, **dates).user


@pytest.fixture
def ours():
    return Case()


@pytest.fixture
def theirs():
    return Case()


def sees(by):
    return set(visible_cases(by))


def reads(by):
    return set(visible_reviews(by))


class TestSchool:
    @pytest.mark.parametrize("role", WHOLE_SCHOOL)
    def test_these_roles_see_the_cases_of_their_school_and_no_other(self, ours, theirs, role):
        by = viewer(ours.school, role, on=TODAY)
        assert (sees(by), reads(by)) == ({ours.induction}, {ours.review})
        assert roles_on(by, visible_cases(by).get()) == {role}

    @pytest.mark.parametrize("role", [Role.GOVERNOR])
    def test_a_governor_sees_no_case(self, ours, role):
        assert (sees(viewer(ours.school, role, on=TODAY)), reads(viewer(ours.school, role, on=TODAY))) == (set(), set())

    @pytest.mark.parametrize(("role", "kind"), APPOINTED)
    def test_a_mentor_and_a_tutor_see_those_they_are_appointed_to(self, ours, theirs, role, kind):
        PlacementFactory(school=ours.school)
        by = viewer(ours.school, role, user=ours.appoint(kind), on=TODAY)
        assert (sees(by), reads(by)) == ({ours.induction}, {ours.review})

    @pytest.mark.parametrize(("role", "kind"), APPOINTED)
    def test_without_an_appointment_they_see_none(self, ours, role, kind):
        ours.appoint(kind)
        assert sees(viewer(ours.school, role, on=TODAY)) == set()

    @pytest.mark.parametrize(("role", "kind"), APPOINTED)
    @pytest.mark.parametrize(
        ("dates", "seen"),
        [
            ({"ends_on": TODAY}, True),
            ({"ends_on": YESTERDAY}, False),
            ({"starts_on": TODAY}, True),
            ({"starts_on": TOMORROW}, False),
        ],
    )
    def test_an_appointment_opens_from_its_first_day_to_its_last(self, ours, role, kind, dates, seen):
        by = viewer(ours.school, role, user=ours.appoint(kind, **dates), on=TODAY)
        assert bool(sees(by)) is bool(reads(by)) is seen

    def test_an_appointment_opens_only_in_the_role_it_is_for(self, ours):
        mentor = ours.appoint("mentor")
        assert sees(viewer(ours.school, Role.INDUCTION_TUTOR, user=mentor, on=TODAY)) == set()

    def test_an_appointment_at_one_school_opens_nothing_while_acting_for_another(self, ours, theirs):
        tutor = ours.appoint("induction_tutor")
        assert sees(viewer(theirs.school, Role.INDUCTION_TUTOR, user=tutor, on=TODAY)) == set()

    def test_each_case_tells_which_of_several_roles_reach_it(self, ours):
        other = PlacementFactory(school=ours.school).induction
        by = viewer(ours.school, Role.HEADTEACHER, Role.INDUCTION_TUTOR, user=ours.appoint("induction_tutor"), on=TODAY)
        reached = {case.pk: roles_on(by, case) for case in visible_cases(by)}
        assert reached == {
            ours.induction.pk: {Role.HEADTEACHER, Role.INDUCTION_TUTOR},
            other.pk: {Role.HEADTEACHER},
        }

    def test_several_placements_show_a_case_once(self, ours):
        PlacementFactory(
            induction=ours.induction, school=ours.school, starts_on=date(2024, 9, 1), ends_on=date(2025, 1, 1)
        )
        assert visible_cases(viewer(ours.school, Role.HEADTEACHER, on=TODAY)).count() == 1


class TestBody:
    @pytest.mark.parametrize("role", BODY_ROLES)
    def test_these_roles_see_the_cases_of_their_body_and_no_other(self, ours, theirs, role):
        by = viewer(ours.body, role, on=TODAY)
        assert (sees(by), reads(by)) == ({ours.induction}, {ours.review})

    def test_a_body_that_was_only_named_by_the_school_sees_nothing_yet(self):
        placement = PlacementFactory()
        assert sees(viewer(placement.reported_body, Role.BODY_OFFICER, on=TODAY)) == set()

    def test_a_body_that_let_go_keeps_what_was_sent_to_it_and_gets_nothing_new(self, ours):
        ours.period.ends_on = YESTERDAY
        ours.period.save()
        next_body = BodyPeriodFactory(induction=ours.induction, starts_on=TODAY).body
        later = ProgressReviewFactory(placement=ours.placement, body=next_body, number=2)
        old, new = viewer(ours.body, Role.BODY_OFFICER, on=TODAY), viewer(next_body, Role.BODY_OFFICER, on=TODAY)
        assert sees(old) == sees(new) == {ours.induction}
        assert (reads(old), reads(new)) == ({ours.review}, {later})


class TestEveryoneElse:
    def test_an_ect_sees_their_own_case_for_life(self, ours, theirs):
        for day in (date(2020, 1, 1), TODAY, date(2060, 1, 1)):
            by = viewer(None, Role.ECT, user=ours.induction.teacher.user, on=day)
            assert (sees(by), reads(by)) == ({ours.induction}, {ours.review})

    def test_an_ect_keeps_it_after_leaving(self, ours):
        type(ours.placement).objects.filter(pk=ours.placement.pk).update(ends_on=YESTERDAY)
        assert reads(viewer(None, Role.ECT, user=ours.induction.teacher.user, on=TODAY)) == {ours.review}

    def test_a_trust_and_the_operator_see_no_case(self, ours):
        trust = TrustFactory()
        type(trust).objects.filter(pk=ours.school.pk).update(trust=trust)
        assert sees(viewer(trust, Role.TRUST_OFFICER, on=TODAY)) == set()
        operator = TrustFactory(kind="operator")
        assert sees(viewer(operator, Role.OPERATOR, on=TODAY)) == set()

    def test_a_role_of_the_wrong_kind_of_organisation_reaches_nothing(self, ours):
        assert sees(viewer(ours.body, Role.HEADTEACHER, on=TODAY)) == set()
        assert sees(viewer(ours.school, Role.BODY_OFFICER, on=TODAY)) == set()

    def test_somebody_without_roles_sees_nothing(self, ours):
        assert sees(viewer(ours.school, on=TODAY)) == set()


class TestMovingOn:
    """The teacher left one school for another; what was written at the first is another school's until handed over."""

    @pytest.fixture
    def moved(self, ours):
        type(ours.placement).objects.filter(pk=ours.placement.pk).update(ends_on=YESTERDAY)
        placement = PlacementFactory(induction=ours.induction, starts_on=TODAY)
        ours.later = ProgressReviewFactory(placement=placement, number=2, held_on=TOMORROW)
        return ours

    def test_both_schools_see_the_case_and_each_reads_its_own(self, moved):
        old = viewer(moved.school, Role.HEADTEACHER, on=TOMORROW)
        new = viewer(moved.later.school, Role.HEADTEACHER, on=TOMORROW)
        assert sees(old) == sees(new) == {moved.induction}
        assert (reads(old), reads(new)) == ({moved.review}, {moved.later})

    def test_what_the_school_hands_over_the_next_one_reads_too_and_not_the_other_way(self, moved):
        HandoverGrantFactory(induction=moved.induction, given_by=moved.school, to=moved.later.school)
        assert reads(viewer(moved.later.school, Role.HEADTEACHER, on=TOMORROW)) == {moved.review, moved.later}
        assert reads(viewer(moved.school, Role.HEADTEACHER, on=TOMORROW)) == {moved.review}

    def test_what_the_body_hands_over_the_next_body_reads(self, moved):
        moved.period.ends_on = YESTERDAY
        moved.period.save()
        next_body = BodyPeriodFactory(induction=moved.induction, starts_on=TODAY).body
        assert reads(viewer(next_body, Role.BODY_OFFICER, on=TOMORROW)) == set()
        HandoverGrantFactory(induction=moved.induction, given_by=moved.body, to=next_body)
        assert reads(viewer(next_body, Role.BODY_OFFICER, on=TOMORROW)) == {moved.review}

    def test_a_handover_of_one_case_opens_no_other(self, moved, theirs):
        PlacementFactory(induction=theirs.induction, school=moved.later.school)
        HandoverGrantFactory(induction=moved.induction, given_by=theirs.school, to=moved.later.school)
        by = viewer(moved.later.school, Role.HEADTEACHER, on=TOMORROW)
        assert (sees(by), reads(by)) == ({moved.induction, theirs.induction}, {moved.later})

    def test_a_handover_alone_does_not_make_a_case_visible(self, moved):
        stranger = SchoolFactory()
        HandoverGrantFactory(induction=moved.induction, given_by=moved.school, to=stranger)
        by = viewer(stranger, Role.HEADTEACHER, on=TOMORROW)
        assert (sees(by), reads(by)) == (set(), set())


class TestOpening:
    def test_a_case_and_a_review_open_with_the_roles_that_reach_them(self, ours):
        by = viewer(ours.school, Role.HEADTEACHER, Role.GOVERNOR, on=TODAY)
        assert open_case(by, ours.induction.pk) == (ours.induction, {Role.HEADTEACHER}, set())
        assert review(by, ours.review.pk) == (ours.review, {Role.HEADTEACHER}, set())

    def test_what_is_anothers_answers_as_what_does_not_exist(self, ours, theirs):
        by = viewer(ours.school, Role.HEADTEACHER, on=TODAY)
        for case_id in (theirs.induction.pk, uuid4()):
            with pytest.raises(Http404):
                open_case(by, case_id)
        for review_id in (theirs.review.pk, uuid4()):
            with pytest.raises(Http404):
                review(by, review_id)

    def test_the_body_of_another_case_does_not_read_by_the_bodys_name_on_a_record(self, ours):
        """A record names a body as at its creation; without a period of responsibility the case itself stays shut."""
        stranger = BodyFactory()
        ProgressReviewFactory(placement=ours.placement, body=stranger, number=2)
        assert reads(viewer(stranger, Role.BODY_OFFICER, on=TODAY)) == set()
