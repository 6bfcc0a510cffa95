"""Schools opened, teachers registered, records linked: done, refused, recorded, and done twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cases.actions import end_placement, link_record, open_school, register
from cases.actions.registration import NewPost, NewTeacher
from cases.models import Clock, Deadline, Induction, Placement, School, Teacher
from cases.rules.errors import RuleBroken
from induction_portal.accounts.actions import add_organisation
from induction_portal.accounts.viewer import System
from induction_portal.audit.models import AuditChain, AuditEvent
from tests.factories import AppointmentFactory, BodyFactory, InductionFactory, SchoolFactory, UserFactory
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db
PORTAL, DAY = System("test"), date(2026, 7, 1)
TEACHER = NewTeacher("3104871", "Tomasz  Zieliński", date(2001, 3, 4), date(2026, 7, 12))
POST = NewPost(starts_on=date(2026, 9, 1), contract_starts_on=date(2026, 9, 1))


@pytest.fixture
def school():
    return SchoolFactory()


def do_register(school, teacher=TEACHER, post=POST, on=DAY):
    return register(by=PORTAL, on=on, school=school, body=BodyFactory(), teacher=teacher, post=post)


def refused(school, **given):
    with pytest.raises(RuleBroken) as broken:
        do_register(school, **given)
    return broken.value.field, broken.value.message


class TestOpenSchool:
    def test_it_records_what_induction_needs_to_know(self):
        organisation = add_organisation(by=PORTAL, on=DAY, kind="school", name="Oakfield", identifier="123456")
        open_school(by=PORTAL, on=DAY, organisation=organisation, is_relevant_school=False)
        assert School.objects.get(pk=organisation.pk).is_relevant_school is False
        assert recorded() == ("school_opened", "organisation")

    def test_a_school_is_opened_once(self, school):
        with pytest.raises(RuleBroken, match="has its induction details already"):
            open_school(by=PORTAL, on=DAY, organisation=school)

    def test_only_a_school_is_one(self):
        with pytest.raises(RuleBroken, match="is not a school"):
            open_school(by=PORTAL, on=DAY, organisation=BodyFactory())


class TestRegister:
    def test_a_new_teacher_gets_the_one_induction_of_their_life(self, school):
        induction = do_register(school)
        teacher = Teacher.objects.get(trn="3104871")
        assert (teacher.induction, teacher.sort_name) == (induction, "tomasz zielinski")
        placement = induction.placements.get()
        assert (placement.school, placement.starts_on, placement.ends_on) == (school, date(2026, 9, 1), None)
        assert placement.patterns.get().fte == 1

    def test_both_steps_stand_on_the_chain_of_the_case(self, school):
        induction = do_register(school)
        events = list(AuditEvent.objects.filter(chain_id=f"case:{induction.pk}").values_list("event", flat=True))
        assert events == ["teacher_registered", "placement_started"]
        assert last_event().on == DAY
        assert told(last_event())["after"]["starts_on"] == "2026-09-01"

    def test_the_dates_are_reckoned_at_once(self, school):
        induction = do_register(school)
        assert Clock.objects.get(induction=induction).ends_on == date(2028, 7, 21)
        assert Deadline.objects.filter(induction=induction, kind="progress_review", number=1, is_open=True).exists()

    def test_a_part_time_post_keeps_the_weight_of_each_day(self, school):
        days = {"mon": 1, "tue": 1, "wed": 1, "thu": 0, "fri": 0}
        induction = do_register(school, post=replace(POST, fte=Decimal("0.6"), days=days))
        assert induction.placements.get().patterns.get().days["thu"] == "0.00"

    @pytest.mark.parametrize("trn", ["310487", "31048710", "310487a", "", "٣١٠٤٨٧١"])
    def test_r12_a_trn_has_seven_digits(self, school, trn):
        assert refused(school, teacher=replace(TEACHER, trn=trn))[0] == "trn"

    def test_r1_nothing_starts_before_qts(self, school):
        field, says = refused(school, teacher=replace(TEACHER, qts_on=date(2026, 9, 2)))
        assert (field, says) == ("starts_on", "Induction cannot start before qualified teacher status was awarded")

    def test_r3_the_programme_starts_within_the_contract(self, school):
        assert refused(school, post=replace(POST, contract_starts_on=date(2026, 9, 2)))[0] == "starts_on"

    def test_r8_not_in_special_measures_from_their_first_day(self, school):
        School.objects.filter(pk=school.pk).update(special_measures_from=date(2026, 9, 1))
        assert refused(school)[0] == "school"
        earlier = replace(POST, starts_on=date(2026, 8, 31), contract_starts_on=date(2026, 8, 31))
        assert do_register(school, post=earlier)

    def test_a_start_over_a_year_away_is_taken_for_a_slip_and_a_planned_one_is_not(self, school):
        far = replace(POST, starts_on=date(2027, 7, 3), contract_starts_on=date(2027, 7, 3))
        assert refused(school, post=far) == (
            "starts_on", "Induction would start more than a year from now: check the year"
        )  # fmt: skip
        assert do_register(school, post=replace(far, starts_on=date(2027, 7, 1), contract_starts_on=date(2027, 7, 1)))

    @pytest.mark.parametrize(
        ("fte", "days"),
        [
            ("0", {}), ("0.04", {}), ("1.01", {}), ("-1", {}),
            ("0.6", {"mon": 1, "tue": 1}),
            ("0.6", {"mon": 0, "tue": 0, "wed": 0, "thu": 0, "fri": 0}),
            ("0.6", {"mon": 2, "tue": 0, "wed": 0, "thu": 0, "fri": 0}),
        ],
    )  # fmt: skip
    def test_r18_a_working_pattern_has_to_be_possible(self, school, fte, days):
        field, says = refused(school, post=replace(POST, fte=Decimal(fte), days=days))
        assert field in ("fte", "days")
        assert says.startswith("Enter")

    def test_a_known_teacher_goes_on_with_their_induction_at_another_school(self, school):
        induction = do_register(SchoolFactory())
        assert do_register(school, teacher=replace(TEACHER, name="T. Zielinski")) == induction
        assert (Induction.objects.count(), Placement.objects.count()) == (1, 2)
        assert Teacher.objects.get().name == "Tomasz  Zieliński", "the next school does not rename them"

    def test_r12_a_trn_with_another_date_of_birth_is_not_told_apart(self, school):
        do_register(SchoolFactory())
        stranger = replace(TEACHER, date_of_birth=date(2000, 1, 1))
        assert refused(school, teacher=stranger) == (
            "trn", "We could not match these details; your appropriate body will check"
        )  # fmt: skip

    def test_r1_the_known_day_of_qts_counts_not_a_later_claim(self, school):
        do_register(SchoolFactory())
        earlier = replace(POST, starts_on=date(2026, 7, 6), contract_starts_on=date(2026, 7, 6))
        assert refused(school, teacher=replace(TEACHER, qts_on=date(2026, 1, 1)), post=earlier)[0] == "starts_on"

    def test_nobody_is_registered_twice_at_a_school_at_a_time(self, school):
        induction = do_register(school)
        assert refused(school) == ("starts_on", "This teacher already has a placement at this school on that day")
        end_placement(by=PORTAL, on=DAY, placement=induction.placements.get(), last_day=date(2026, 12, 18))
        again = replace(POST, starts_on=date(2027, 1, 4), contract_starts_on=date(2027, 1, 4))
        assert do_register(school, post=again) == induction

    def test_what_is_refused_leaves_nothing_behind(self, school):
        refused(school, post=replace(POST, fte=Decimal(2)))
        assert not Teacher.objects.exists()
        assert not AuditChain.objects.exists()


class TestLinkRecord:
    def test_the_teacher_sees_their_own_record_for_life(self):
        induction, user = InductionFactory(), UserFactory()
        link_record(by=PORTAL, on=DAY, induction=induction, user=user)
        user.refresh_from_db()
        assert user.is_ect
        assert Teacher.objects.get(user=user).induction == induction
        assert recorded() == ("record_linked", "case")
        assert told(last_event())["after"] == {"user_id": str(user.pk)}

    def test_a_record_has_one_user_and_a_user_one_record(self):
        induction, user = InductionFactory(), UserFactory()
        link_record(by=PORTAL, on=DAY, induction=induction, user=user)
        for case, person in ((induction, UserFactory()), (InductionFactory(), user), (induction, user)):
            with pytest.raises(RuleBroken, match="linked already"):
                link_record(by=PORTAL, on=DAY, induction=case, user=person)

    def test_r10_nobody_who_mentored_the_case_becomes_its_teacher(self):
        held = AppointmentFactory()
        with pytest.raises(RuleBroken, match="is or was the mentor or the induction tutor"):
            link_record(by=PORTAL, on=DAY, induction=held.induction, user=held.user)
        assert not Teacher.objects.filter(user=held.user).exists()
