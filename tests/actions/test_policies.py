"""Setting, withdrawing, telling, and marking dates to be reckoned again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections

from cases.actions import change_school_facts, set_policy, withdraw_policy
from cases.actions.bodies import end_body_period
from cases.facts import facts_of
from cases.models import BodyPolicy, Induction, School, SchoolPolicy
from cases.policies import Policies
from cases.rules.errors import RuleBroken
from cases.rules.policy import Holder, defaults
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.factories import (
    BodyFactory,
    BodyPeriodFactory,
    InductionFactory,
    PlacementFactory,
    SchoolFactory,
    WorkingPatternFactory,
)

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)
OAKS = ("oak", "joined", "ended", "climbing", "planned", "signed")  # who served at Oak when its settings changed
BY = System("tests")


def put(organisation, starts_on=TODAY, *, on=TODAY, version=None, **values):
    model = SchoolPolicy if organisation.kind == "school" else BodyPolicy
    known = model.objects.filter(organisation=organisation).count() if version is None else version
    values = defaults(Holder(organisation.kind)) | values
    return set_policy(by=BY, on=on, organisation=organisation, starts_on=starts_on, values=values, version=known)


def days_on(school, day):
    return Policies(schools=[school.pk]).on(day, school=school.pk).review_within_days


@pytest.mark.django_db
def test_a_change_is_a_new_row_and_what_held_before_stays():
    school = SchoolFactory()
    put(school, review_within_days=8)
    put(school, TODAY + 30 * DAY, review_within_days=5)
    put(school, on=TODAY, review_within_days=7)
    assert SchoolPolicy.objects.filter(organisation=school).count() == 3
    assert [days_on(school, TODAY + n * DAY) for n in (-1, 0, 29, 30, 400)] == [10, 7, 7, 5, 5]
    told = AuditEvent.objects.filter(chain=f"organisation:{school.pk}", event=Event.SCHOOL_POLICY_SET)
    assert told.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"review_within_days": 11}, "never more"),
        ({"starts_on": TODAY - DAY}, "today or a later day"),
        ({"version": 5, "review_within_days": 5}, "Somebody else"),
        ({}, "hold on that day already"),
    ],
)
def test_what_cannot_be_set(changes, says):
    with pytest.raises(RuleBroken, match=says):
        put(SchoolFactory(), **changes)
    assert not SchoolPolicy.objects.exists()


@pytest.mark.django_db
def test_only_what_has_not_begun_can_be_withdrawn():
    school = SchoolFactory()
    coming = put(school, TODAY + DAY, review_within_days=5)
    withdraw_policy(by=BY, on=TODAY, policy=coming)
    assert days_on(school, TODAY + DAY) == 10
    with pytest.raises(RuleBroken, match="already"):
        withdraw_policy(by=BY, on=TODAY, policy=coming)
    with pytest.raises(RuleBroken, match="hold already"):
        withdraw_policy(by=BY, on=TODAY, policy=put(school, review_within_days=5))
    assert SchoolPolicy.objects.filter(organisation=school).count() == 2


@pytest.mark.django_db
def test_a_setting_that_moves_dates_marks_the_bodys_cases_and_no_others():
    body = BodyFactory()
    own, left, other = InductionFactory(), InductionFactory(), InductionFactory()
    BodyPeriodFactory(induction=own, body=body)
    BodyPeriodFactory(induction=left, body=body, ends_on=TODAY - DAY)
    BodyPeriodFactory(induction=other)
    put(body, review_answer_days=4)
    assert not Induction.objects.filter(stale=True).exists()
    put(body, TODAY + DAY, drops_earlier_review=True)
    assert set(Induction.objects.filter(stale=True)) == {own}
    Induction.objects.update(stale=False)
    withdraw_policy(by=BY, on=TODAY, policy=BodyPolicy.objects.get(drops_earlier_review=True))
    assert set(Induction.objects.filter(stale=True)) == {own}


@pytest.mark.django_db
def test_the_clock_is_handed_what_the_responsible_body_has_set_while_it_was():
    first, second, induction = BodyFactory(), BodyFactory(), InductionFactory()
    period = BodyPeriodFactory(induction=induction, body=first, starts_on=TODAY - 90 * DAY)
    WorkingPatternFactory(placement=PlacementFactory(induction=induction, starts_on=TODAY - 90 * DAY))
    put(first, TODAY - 30 * DAY, on=TODAY - 60 * DAY, drops_earlier_review=True)
    assert facts_of(induction, as_of=TODAY).drops_earlier_review == ((TODAY - 30 * DAY, None),)
    end_body_period(by=BY, on=TODAY, period=period, last_day=TODAY)
    BodyPeriodFactory(induction=induction, body=second, starts_on=TODAY + DAY)
    assert facts_of(induction, as_of=TODAY).drops_earlier_review == ((TODAY - 30 * DAY, TODAY),)


@pytest.mark.parametrize(("body_says", "told"), [(True, True), (False, False)])
def test_an_ect_is_told_before_their_mentor_reads_reviews(body_says, told, world):
    oak, north = (Organisation.objects.get(pk=world.places[key]) for key in ("oak", "north"))
    if not body_says:
        put(north, on=world.today, starts_on=world.today, mentor_reads_reviews=False)
    Message.objects.all().delete()
    put(oak, on=world.today, starts_on=world.today, mentor_reads_reviews=True)
    ects = {
        world.people[f"ect@{key}"].user_id
        for key in ("oak", "joined", "ended", "climbing", "planned", "signed")
        if told
    }
    assert set(Message.objects.values_list("recipient", flat=True)) == ects
    assert Message.objects.count() == len(ects)


def test_a_body_that_lifts_its_no_tells_the_ects_of_the_schools_that_say_yes(world):
    north = Organisation.objects.get(pk=world.places["north"])
    put(north, on=world.today, starts_on=world.today, mentor_reads_reviews=False)
    Message.objects.all().delete()
    put(north, on=world.today, starts_on=world.today, mentor_reads_reviews=True)
    ects = {world.people[f"ect@{key}"].user_id for key in ("elm", "joined")}
    assert set(Message.objects.values_list("recipient", flat=True)) == ects
    assert Message.objects.count() == len(ects)


@pytest.mark.django_db
def test_a_schools_details_are_changed_by_whoever_saw_them_last():
    school = School.objects.get(pk=SchoolFactory().pk)
    seen = {"by": BY, "on": TODAY, "school": school, "version": school.facts_version}
    change_school_facts(**seen, is_relevant_school=False, special_measures_from=TODAY)
    school.refresh_from_db()
    assert (school.is_relevant_school, school.special_measures_from) == (False, TODAY)
    with pytest.raises(RuleBroken, match="Somebody else"):
        change_school_facts(**seen, is_relevant_school=True, special_measures_from=None)
    with pytest.raises(RuleBroken, match="in the past"):
        change_school_facts(**seen, is_relevant_school=True, special_measures_from=TODAY + DAY)
    with pytest.raises(RuleBroken, match="Nothing was changed"):
        change_school_facts(
            by=BY, on=TODAY, school=school, is_relevant_school=False, special_measures_from=TODAY,
            version=school.facts_version,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_make_one_row():
    school, barrier = SchoolFactory(), Barrier(2)

    def send(value):
        barrier.wait()
        try:
            put(school, version=0, review_within_days=value)
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(send, (4, 6)))
    assert answers[0] == ""
    assert "Somebody else" in answers[1]
    assert SchoolPolicy.objects.count() == 1
