"""The defects that the national service found in its old records, one test each: what cannot be entered here, and why.

Each is refused by the database, or, where the law allows it or it depends on the day, by a rule of the action.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from cases.actions import accept, end_placement, register
from cases.actions.registration import NewPost, NewTeacher
from cases.facts import facts_of
from cases.models import Induction
from cases.rules.errors import RuleBroken
from cases.rules.timeline import timeline
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from tests.factories import (
    BodyFactory,
    BodyPeriodFactory,
    InductionFactory,
    MembershipFactory,
    PlacementFactory,
    SchoolFactory,
    TeacherFactory,
    WorkingPatternFactory,
)

pytestmark = pytest.mark.django_db
PORTAL, DAY, START = System("test"), date(2025, 8, 1), date(2025, 9, 1)
TEACHER = NewTeacher("3104871", "Hannah Lindqvist", date(2001, 3, 4), date(2025, 7, 12))
POST = NewPost(starts_on=START, contract_starts_on=START)


def refused_by_the_database(constraint, breaking):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        breaking()


def do_register(on=DAY, **post):
    post = replace(POST, **post)
    return register(by=PORTAL, on=on, school=SchoolFactory(), body=BodyFactory(), teacher=TEACHER, post=post)


def do_accept(induction, starts_on, officer=None, on=DAY):
    officer = officer or MembershipFactory(organisation=BodyFactory(), role=Role.BODY_OFFICER)
    return accept(
        by=PORTAL, on=on, induction=induction, body=officer.organisation, officer=officer.user, starts_on=starts_on
    )


@pytest.mark.parametrize(
    ("factory", "column"),
    [
        (PlacementFactory, "starts_on"), (PlacementFactory, "contract_starts_on"), (BodyPeriodFactory, "starts_on"),
        (BodyPeriodFactory, "agreed_on"), (TeacherFactory, "qts_on"),
    ],
)  # fmt: skip
def test_3500_a_live_record_without_dates_is_refused(factory, column):
    """Whether an induction runs is read from its periods: none can be without the day on which it began."""
    dates = {"agreed_on": START, column: None} if factory is BodyPeriodFactory else {column: None}
    refused_by_the_database(f'null value in column "{column}"', lambda: factory(**dates))


def test_1671_a_start_in_the_future_is_a_plan_and_one_over_a_year_away_a_slip():
    """Registering before taking up post is the law (SG 2.27), so a future start stands; nothing is served by it yet."""
    induction = do_register()
    assert timeline(facts_of(induction, as_of=DAY)).served_terms == 0
    far = DAY + timedelta(days=366)
    with pytest.raises(RuleBroken, match="more than a year from now"):
        do_register(starts_on=far, contract_starts_on=far)


def test_156_a_start_after_the_end_is_refused():
    day_before = START - timedelta(days=1)
    refused_by_the_database("placement_ends_after_start", lambda: PlacementFactory(ends_on=day_before))
    refused_by_the_database("body_period_ends_after_start", lambda: BodyPeriodFactory(ends_on=day_before))


def test_123_a_period_before_the_induction_began_is_refused():
    with pytest.raises(RuleBroken, match="cannot start before the first placement"):
        do_accept(do_register(), START - timedelta(days=1))


def test_5802_a_period_of_under_ten_weeks_counts_for_nothing_whatever_is_claimed():
    """The law allows so short a post (Reg 7); terms are computed, never typed in, so nobody can claim two for it."""
    placement = WorkingPatternFactory().placement
    end_placement(by=PORTAL, on=DAY, placement=placement, last_day=START + timedelta(weeks=9))
    counted = timeline(facts_of(placement.induction, as_of=date(2026, 7, 22)))
    assert (counted.served_terms, list(counted.ignored_placements)) == (Fraction(0), [0])
    assert not any("terms" in field.name for model in (type(placement),) for field in model._meta.get_fields())


def test_487_two_bodies_from_the_same_day_are_refused():
    held = BodyPeriodFactory()
    refused_by_the_database(
        "body_period_one_at_a_time",
        lambda: BodyPeriodFactory(induction=held.induction, starts_on=held.starts_on, ends_on=held.starts_on),
    )


def test_442_one_period_of_one_body_entered_twice_is_refused():
    held = BodyPeriodFactory(ends_on=date(2026, 7, 22))
    same = {"induction": held.induction, "body": held.body, "officer": held.officer, "ends_on": held.ends_on}
    refused_by_the_database("body_period_one_at_a_time", lambda: BodyPeriodFactory(**same))


def test_140_one_body_starting_again_within_a_fortnight_is_refused():
    induction = do_register()
    officer = MembershipFactory(organisation=BodyFactory(), role=Role.BODY_OFFICER)
    BodyPeriodFactory(induction=induction, body=officer.organisation, ends_on=START + timedelta(days=3))
    with pytest.raises(RuleBroken, match="entered twice"):
        do_accept(induction, START + timedelta(days=13), officer)


def test_4327_a_body_that_can_no_longer_act_is_refused():
    """A body whose officers have all left cannot take a case."""
    left = MembershipFactory(organisation=BodyFactory(), role=Role.BODY_OFFICER, ends_on=DAY - timedelta(days=1))
    with pytest.raises(RuleBroken, match="is not an officer of"):
        do_accept(do_register(), START, left)


@pytest.mark.parametrize(
    ("breaking", "by"),
    [
        (lambda: PlacementFactory(route=""), "placement_route_known"),
        (lambda: PlacementFactory(route=None), "null value"),
        (lambda: PlacementFactory(reported_body=None), "null value"),
        (lambda: TeacherFactory(trn=""), "teacher_trn_seven_digits"),
        (lambda: TeacherFactory(name=""), "teacher_has_a_name"),
        (lambda: TeacherFactory(date_of_birth=None), "null value"),
        (lambda: BodyPeriodFactory(officer=None), "null value"),
        (lambda: InductionFactory(required_terms=None), "null value"),
    ],
)
def test_3727_a_missing_key_field_is_refused(breaking, by):
    refused_by_the_database(by, breaking)


def test_a_second_induction_of_one_life_is_refused():
    """R4: behind the duplicates stood teachers who had two records."""
    known = InductionFactory()
    refused_by_the_database("cases_induction_teacher_id_key", lambda: InductionFactory(teacher=known.teacher))
    assert Induction.objects.count() == 1
