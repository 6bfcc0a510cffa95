"""Appropriate bodies accept and release, records are handed over: done, refused, recorded, and done twice."""

from datetime import date

import pytest

from cases.actions import accept, end_body_period, hand_over
from cases.models import BodyPeriod, HandoverGrant
from cases.rules.errors import RuleBroken
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from tests.factories import (
    BodyFactory,
    BodyPeriodFactory,
    InductionFactory,
    MembershipFactory,
    SchoolFactory,
    WorkingPatternFactory,
    viewer,
)
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db
PORTAL, AGREED, START = System("test"), date(2025, 8, 1), date(2025, 9, 1)


@pytest.fixture
def induction():
    return WorkingPatternFactory(placement__starts_on=START, starts_on=START).placement.induction


@pytest.fixture
def officer():
    return MembershipFactory(organisation=BodyFactory(), role=Role.BODY_OFFICER)


def do_accept(induction, officer, starts_on=START, on=AGREED, **given):
    return accept(
        by=PORTAL,
        on=on,
        induction=induction,
        body=officer.organisation,
        officer=officer.user,
        starts_on=starts_on,
        **given,
    )


def refused(*given, **more):
    with pytest.raises(RuleBroken) as broken:
        do_accept(*given, **more)
    return broken.value.field


class TestAccept:
    def test_a_body_takes_the_case_and_names_its_officer(self, induction, officer):
        period = do_accept(induction, officer)
        assert (period.body, period.officer, period.agreed_on) == (officer.organisation, officer.user, AGREED)
        assert recorded() == ("body_accepted", "case")
        assert told(last_event())["after"]["starts_on"] == "2025-09-01"

    def test_what_the_school_reported_stays_as_it_is(self, induction, officer):
        do_accept(induction, officer)
        assert induction.placements.get().reported_body != officer.organisation

    def test_r2_it_agrees_first(self, induction, officer):
        assert refused(induction, officer, on=date(2025, 9, 2)) == "starts_on"
        assert refused(induction, officer, agreed_on=date(2025, 9, 2)) == "starts_on"
        assert do_accept(induction, officer, on=START)

    def test_nothing_starts_before_the_first_placement(self, induction, officer):
        assert refused(induction, officer, starts_on=date(2025, 8, 31)) == "starts_on"
        assert refused(InductionFactory(), officer) == "starts_on"

    def test_r85_the_other_body_releases_first(self, induction, officer):
        held = BodyPeriodFactory(induction=induction, starts_on=START)
        later = date(2026, 1, 5)
        assert refused(induction, officer, starts_on=later) == "body"
        end_body_period(by=PORTAL, on=AGREED, period=held, last_day=date(2026, 1, 4))
        assert do_accept(induction, officer, starts_on=later)

    def test_it_is_not_accepted_twice(self, induction, officer):
        do_accept(induction, officer)
        assert refused(induction, officer) == "body"
        assert BodyPeriod.objects.count() == 1

    def test_a_body_that_let_go_within_a_fortnight_goes_on_with_what_it_had(self, induction, officer):
        held = do_accept(induction, officer)
        end_body_period(by=PORTAL, on=AGREED, period=held, last_day=date(2025, 9, 5))
        assert refused(induction, officer, starts_on=date(2025, 9, 14)) == "starts_on"
        assert do_accept(induction, officer, starts_on=date(2025, 9, 15))

    def test_another_body_may_follow_at_once(self, induction, officer):
        BodyPeriodFactory(induction=induction, starts_on=START, ends_on=date(2025, 9, 5))
        assert do_accept(induction, officer, starts_on=date(2025, 9, 6))

    @pytest.mark.parametrize(
        "given",
        [
            {"role": Role.BODY_CONTACT},
            {"role": Role.BODY_ADMIN},
            {"role": Role.BODY_OFFICER, "ends_on": date(2025, 7, 31)},
            {"role": Role.BODY_OFFICER, "starts_on": date(2025, 8, 2)},
        ],
    )
    def test_only_an_officer_of_the_body_on_the_day_looks_after_it(self, induction, given):
        assert refused(induction, MembershipFactory(organisation=BodyFactory(), **given)) == "officer"

    def test_an_officer_of_another_body_does_not(self, induction, officer):
        with pytest.raises(RuleBroken, match="is not an officer of"):
            accept(by=PORTAL, on=AGREED, induction=induction, body=BodyFactory(), officer=officer.user, starts_on=START)


class TestEndBodyPeriod:
    def test_it_lets_go_on_its_last_day(self):
        period = BodyPeriodFactory()
        end_body_period(by=PORTAL, on=AGREED, period=period, last_day=date(2026, 7, 22))
        assert BodyPeriod.objects.get(pk=period.pk).ends_on == date(2026, 7, 22)
        assert recorded() == ("body_period_ended", "case")

    def test_not_before_it_starts_and_not_twice(self):
        period = BodyPeriodFactory()
        with pytest.raises(RuleBroken, match="on or after the first"):
            end_body_period(by=PORTAL, on=AGREED, period=period, last_day=date(2025, 8, 31))
        end_body_period(by=PORTAL, on=AGREED, period=period, last_day=date(2026, 7, 22))
        with pytest.raises(RuleBroken, match="has ended already"):
            end_body_period(by=PORTAL, on=AGREED, period=period, last_day=date(2026, 7, 23))


class TestHandOver:
    @pytest.fixture
    def head(self):
        return viewer(SchoolFactory(), Role.HEADTEACHER, on=START)

    def give(self, head, to, induction=None, reason="Goes on there"):
        return hand_over(by=head, on=START, induction=induction or InductionFactory(), to=to, reason=reason)

    def test_records_are_given_to_another_organisation(self, head):
        to = SchoolFactory()
        grant = self.give(head, to, reason="  Goes on there ")
        grant.refresh_from_db()
        assert (grant.to, grant.given_by, grant.granted_by, grant.granted_on, grant.reason) == (
            to, head.organisation, head.user, START, "Goes on there"
        )  # fmt: skip
        assert recorded() == ("handed_over", "case")
        assert told(last_event())["after"] == {"to": str(to.pk)}, "the reason is free text and stays out of the trail"

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_a_reason_is_needed(self, head, reason):
        with pytest.raises(RuleBroken, match="Say why") as broken:
            self.give(head, SchoolFactory(), reason=reason)
        assert broken.value.field == "reason"

    def test_not_to_oneself_and_not_by_nobody(self, head):
        for by, to in ((head, head.organisation), (System("test"), SchoolFactory())):
            with pytest.raises(RuleBroken, match="Choose another organisation"):
                self.give(by, to)
        assert not HandoverGrant.objects.exists()

    def test_not_twice(self, head):
        induction, to = InductionFactory(), SchoolFactory()
        self.give(head, to, induction)
        with pytest.raises(RuleBroken, match="already") as broken:
            self.give(head, to, induction)
        assert broken.value.field == "to"
        assert HandoverGrant.objects.count() == 1
