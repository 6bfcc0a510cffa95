"""A body confirms, returns or refuses a registration: done, stopped, recorded, and done twice."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from cases.actions import end_body_period, end_placement
from cases.actions.confirming import refuse, return_
from cases.actions.registering import Overtaken
from cases.confirming import to_decide
from cases.models import Appointment, BodyPeriod, Confirmation, Induction, Placement, Registration, Teacher
from cases.rules.confirming import BodyKind
from cases.rules.errors import RuleBroken
from induction_portal.accounts.models import Invitation
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.factories import (
    BodyPeriodFactory,
    InductionFactory,
    MembershipFactory,
    PlacementFactory,
    SchoolFactory,
    TeacherFactory,
    WorkingPatternFactory,
)
from tests.support.registering import QTS, SENT, START, Hub
from tests.support.trail import recorded

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def registration(hub):
    return hub.registration()


def refused(hub, registration, **changes):
    with pytest.raises(RuleBroken) as broken:
        hub.confirm(registration, **changes)
    assert not Induction.objects.exists(), "a stop leaves nothing behind"
    assert Registration.objects.get(pk=registration.pk).state == "sent"
    return broken.value.field


class TestConfirming:
    def test_it_opens_the_induction_with_its_place_people_and_body(self, hub, registration):
        answer = hub.confirm(registration)
        induction = Induction.objects.get(teacher__trn=registration.trn)
        placement = induction.placements.get()
        assert (placement.school_id, placement.starts_on) == (registration.school_id, START)
        assert placement.patterns.get().fte == registration.fte
        people = dict(induction.appointments.values_list("kind", "user"))
        assert people == {"induction_tutor": registration.tutor_id, "mentor": registration.mentor_id}
        period = induction.body_periods.get()
        assert (period.body_id, period.officer, period.contact) == (hub.body.pk, hub.officer, hub.contact)
        assert (period.agreed_on, period.starts_on) == (SENT, START)
        assert (answer.induction, answer.placement, answer.outcome) == (induction, placement, "confirmed")
        assert induction.clock.ends_on is not None

    def test_what_was_said_and_what_was_confirmed_both_stand(self, hub, registration):
        hub.confirm(registration, qts_on=QTS + DAY, starts_on=START + 2 * DAY)
        registration.refresh_from_db()
        assert (registration.state, registration.qts_on, registration.starts_on) == ("confirmed", QTS, START)
        answer = registration.answers.get()
        assert (answer.qts_on, answer.starts_on) == (QTS + DAY, START + 2 * DAY)
        assert Teacher.objects.get().qts_on == QTS + DAY
        assert Placement.objects.get().starts_on == START + 2 * DAY

    def test_it_is_recorded_told_and_the_ect_is_invited(self, hub, registration):
        hub.confirm(registration)
        events = AuditEvent.objects.filter(event="registration_confirmed").values_list("chain_id", flat=True)
        assert [chain.partition(":")[0] for chain in events] == ["case"]
        assert Invitation.objects.get(email=registration.email).subject_id == Induction.objects.get().pk
        told = Message.objects.filter(kind="registration_confirmed").values_list("recipient__memberships__role")
        assert {role for (role,) in told} == {"headteacher"}

    def test_a_second_school_joins_the_induction_and_the_bodys_period(self, hub, registration):
        hub.confirm(registration)
        same = {"trn": registration.trn, "date_of_birth": registration.date_of_birth}
        hub.confirm(hub.registration(**same, starts_on=START + 7 * DAY, contract_starts_on=START))
        induction = Induction.objects.get()
        assert [p.is_lead for p in induction.placements.order_by("starts_on")] == [True, False]
        assert induction.body_periods.count() == 1
        assert Invitation.objects.count() == 1

    def test_the_next_school_goes_on_after_the_first_has_ended(self, hub, registration):
        induction = hub.confirm(registration).induction
        hub.on = last = START + 100 * DAY
        end_placement(by=hub.by, on=last, placement=induction.placements.get(), last_day=last)
        same = {"trn": registration.trn, "date_of_birth": registration.date_of_birth}
        hub.confirm(hub.registration(**same, starts_on=last + 3 * DAY, contract_starts_on=last + 3 * DAY))
        assert [p.is_lead for p in Induction.objects.get().placements.order_by("starts_on")] == [True, True]

    def test_what_is_known_of_a_teacher_counts_not_what_is_said_again(self, hub, registration):
        known = TeacherFactory(trn=registration.trn, date_of_birth=registration.date_of_birth, name="Known Name")
        InductionFactory(teacher=known)
        hub.confirm(registration)
        assert Teacher.objects.get().name == "Known Name"


class TestStops:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"starts_on": SENT - DAY}, "starts_on"),
            ({"qts_on": START + DAY}, "starts_on"),
            ({"starts_on": START - DAY}, "starts_on"),
            ({"post_is_suitable": False}, "post_is_suitable"),
            ({"acts_as": BodyKind.ISTIP}, "acts_as"),
            ({"acts_as": BodyKind.ESP}, "acts_as"),
            ({"recommended_qts": True}, "recommended_qts"),
            ({"employs_ect": True}, "employs_ect"),
        ],
    )
    def test_what_a_body_may_not_confirm(self, hub, registration, changes, field):
        assert refused(hub, registration, **changes) == field

    def test_nothing_is_backdated(self, hub, registration):
        """R2: the programme was to start yesterday; the body agrees today."""
        hub.on = START + DAY
        assert refused(hub, registration) == "starts_on"
        assert hub.confirm(registration, starts_on=START + DAY).starts_on == START + DAY

    def test_a_start_after_the_contract(self, hub):
        registration = hub.registration(contract_ends_on=START + 30 * DAY)
        assert refused(hub, registration, starts_on=START + 31 * DAY) == "starts_on"

    def test_an_independent_school_may_take_a_national_body(self, hub, registration):
        registration.school.school.establishment_type = "Other independent school"
        registration.school.school.save()
        assert hub.confirm(registration, acts_as=BodyKind.ISTIP)

    def test_the_named_contact_neither_looks_after_nor_decides(self, hub, registration):
        MembershipFactory(organisation=hub.body, role=Role.BODY_CONTACT, user=hub.officer)
        assert refused(hub, registration, contact=hub.officer) == "contact"
        assert refused(hub, registration, contact=hub.officer, officer=hub.other_officer) == "contact"

    def test_the_named_contact_is_one_of_the_bodys(self, hub, registration):
        assert refused(hub, registration, contact=Hub().contact) == "contact"

    def test_the_officer_is_one_of_the_bodys(self, hub, registration):
        assert refused(hub, registration, officer=Hub().officer) == "officer"

    def test_a_tutor_who_has_left_the_school(self, hub, registration):
        registration.tutor.memberships.update(ends_on=SENT)
        assert refused(hub, registration) == "user"

    def test_special_measures_stop_it_unless_the_school_said_why_not(self, hub):
        school = SchoolFactory()
        school.school.special_measures_from = date(2025, 1, 1)
        school.school.save()
        assert refused(hub, hub.registration(school)) == "school"
        said = {"special_measures_from": date(2025, 1, 1), "first_worked_here_on": date(2024, 9, 1)}
        assert hub.confirm(hub.registration(school, **said))

    def test_a_registration_that_names_another_body(self, hub, registration):
        with pytest.raises(RuleBroken, match="another appropriate body"):
            Hub().confirm(registration)


def served(teacher, **dates):
    placement = PlacementFactory(induction=InductionFactory(teacher=teacher), starts_on=date(2024, 9, 2), **dates)
    WorkingPatternFactory(placement=placement)
    return placement


class TestAnotherBody:
    def test_a_case_that_another_body_has_not_released(self, hub, registration):
        teacher = TeacherFactory(trn=registration.trn, date_of_birth=registration.date_of_birth)
        placement = served(teacher)
        BodyPeriodFactory(induction=placement.induction, starts_on=date(2024, 9, 2))
        with pytest.raises(RuleBroken, match="release it first"):
            hub.confirm(registration)
        assert placement.induction.placements.count() == 1

    def test_after_the_release_it_is_confirmed(self, hub, registration):
        teacher = TeacherFactory(trn=registration.trn, date_of_birth=registration.date_of_birth)
        placement = served(teacher, ends_on=SENT)
        period = BodyPeriodFactory(induction=placement.induction, starts_on=date(2024, 9, 2))
        end_body_period(by=hub.by, on=SENT, period=period, last_day=SENT)
        hub.confirm(registration)
        assert BodyPeriod.objects.filter(induction=placement.induction, body=hub.body).exists()


class TestIdentity:
    def test_a_number_with_another_birthday_cannot_be_confirmed(self, hub, registration):
        teacher = TeacherFactory(trn=registration.trn, date_of_birth=date(1999, 1, 1))
        InductionFactory(teacher=teacher)
        for checked in (False, True):
            with pytest.raises(RuleBroken) as broken:
                hub.confirm(registration, identity_checked=checked)
            assert broken.value.field in {"identity_checked", "trn"}

    def test_a_namesake_born_on_the_same_day_is_confirmed_once_checked(self, hub, registration):
        InductionFactory(
            teacher=TeacherFactory(
                name=registration.name, sort_name=registration.sort_name, date_of_birth=registration.date_of_birth
            )
        )
        with pytest.raises(RuleBroken, match="Check identity"):
            hub.confirm(registration)
        assert hub.confirm(registration, identity_checked=True)
        assert Induction.objects.count() == 2


class TestDeclining:
    @pytest.mark.parametrize(("action", "outcome"), [(return_, "returned"), (refuse, "refused")])
    def test_the_school_is_told_why(self, hub, registration, action, outcome):
        answer = action(by=hub.by, on=SENT, registration=registration, version=1, reason=" The pattern is missing ")
        assert (answer.outcome, answer.reason) == (outcome, "The pattern is missing")
        assert recorded() == (f"registration_{outcome}", "organisation")
        registration.refresh_from_db()
        assert registration.state == outcome
        assert Message.objects.filter(kind=f"registration_{outcome}").exists()
        assert not Induction.objects.exists()

    @pytest.mark.parametrize("action", [return_, refuse])
    def test_not_without_a_reason(self, hub, registration, action):
        with pytest.raises(RuleBroken) as broken:
            action(by=hub.by, on=SENT, registration=registration, version=1, reason="  ")
        assert broken.value.field == "reason"

    def test_what_was_returned_is_answered_again_in_its_next_version(self, hub, registration):
        return_(by=hub.by, on=SENT, registration=registration, version=1, reason="Look again")
        Registration.objects.filter(pk=registration.pk).update(state="sent", version=2)
        hub.confirm(registration, version=2)
        assert list(registration.answers.values_list("version", "outcome")) == [(1, "returned"), (2, "confirmed")]

    @pytest.mark.parametrize("state", ["returned", "refused", "confirmed", "withdrawn"])
    def test_what_does_not_wait_is_not_answered(self, hub, registration, state):
        Registration.objects.filter(pk=registration.pk).update(state=state)
        with pytest.raises(Overtaken):
            hub.confirm(registration)

    def test_the_body_answers_the_version_that_it_read(self, hub, registration):
        Registration.objects.filter(pk=registration.pk).update(version=2)
        for action in (return_, refuse):
            with pytest.raises(Overtaken):
                action(by=hub.by, on=SENT, registration=registration, version=1, reason="x")
        with pytest.raises(Overtaken):
            hub.confirm(registration)


def at_once(*works):
    """Run each in a transaction of its own, at the same moment; what each gave or raised."""
    start, results = Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            start.wait()
            results[place] = work()
        except Exception as failure:
            results[place] = failure
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_officers_answer_one_registration(self):
        hub = Hub()
        registration = hub.registration()
        results = at_once(
            lambda: hub.confirm(registration),
            lambda: return_(by=hub.by, on=SENT, registration=registration, version=1, reason="Look again"),
        )
        assert sorted(type(result).__name__ for result in results) == ["Confirmation", "Overtaken"]
        assert Confirmation.objects.count() == 1

    def test_two_schools_of_two_bodies_with_the_same_teacher(self):
        """One body has the case; the other is told that it has to be released first."""
        one, two = Hub(), Hub()
        first = one.registration()
        second = two.registration(trn=first.trn, date_of_birth=first.date_of_birth)
        results = at_once(lambda: one.confirm(first), lambda: two.confirm(second))
        assert sorted(type(result).__name__ for result in results) == ["Confirmation", "RuleBroken"]
        assert (Induction.objects.count(), BodyPeriod.objects.count(), Placement.objects.count()) == (1, 1, 1)

    def test_two_schools_of_one_body_with_the_same_teacher(self):
        hub = Hub()
        first = hub.registration()
        second = hub.registration(trn=first.trn, date_of_birth=first.date_of_birth)
        results = at_once(lambda: hub.confirm(first), lambda: hub.confirm(second))
        assert [type(result).__name__ for result in results] == ["Confirmation", "Confirmation"]
        assert (Induction.objects.count(), BodyPeriod.objects.count(), Placement.objects.count()) == (1, 1, 2)
        assert Placement.objects.filter(is_lead=True).count() == 1
        assert Appointment.objects.count() == 4


def test_every_wait_of_a_body_takes_the_same_queries(hub, django_assert_max_num_queries):
    for _ in range(4):
        hub.registration()
    with django_assert_max_num_queries(1):
        assert len(list(to_decide(hub.by))) == 4
