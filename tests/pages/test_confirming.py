"""A body answers registrations in a browser: three journeys, two sides that see the same, two people at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions.registering import change
from cases.models import Confirmation, Induction, PriorService, Registration
from tests.support.visitors import Visitor, text_of
from tests.support.world_people import viewer_of
from tests.support.world_registrations import report_for
from tests.sweeps.places import BALANCE, confirmation_answers, earlier_answers, people_answers


def address(world, name, key="elm"):
    return reverse(f"cases:{name}", args=[world.registrations[key].id])


@pytest.fixture
def officer(world):
    return Visitor(world.people["body_officer@north"])


class Acting:
    """People as the actions and the world's reports take them."""

    def __init__(self, world):
        self.users = {key: type("Known", (), {"pk": person.user_id}) for key, person in world.people.items()}


def school_changes(world):
    admin = world.people["school_admin@elm"]
    change(
        by=viewer_of(admin.user_id, admin.acting_for, world.today),
        on=world.today,
        registration=Registration.objects.get(pk=world.registrations["elm"].id),
        version=1,
        report=report_for(world, Acting(world), "elm", "elm", mentor_subject="Zqphysics"),
    )


def test_what_waits_is_on_the_home_page_and_leads_to_three_journeys(world, officer):
    home = text_of(officer.get("/?kind=registrations"))
    assert home.count("Confirm a registration") >= 2
    page = text_of(officer.get(address(world, "registration")))
    for name in ("confirm_registration", "return_registration", "refuse_registration"):
        assert address(world, name) in page
    school = text_of(Visitor(world.people["school_admin@elm"]).get(address(world, "registration")))
    assert address(world, "confirm_registration") not in school


def test_confirmed_with_a_difference_that_both_sides_see(world, officer):
    answers = confirmation_answers(world) | {"starts_on-day": "", "starts_on-month": "", "starts_on-year": ""}
    later = world.today + timedelta(days=33)
    answers |= {"starts_on-day": str(later.day), "starts_on-month": str(later.month), "starts_on-year": str(later.year)}
    done = officer.post(address(world, "confirm_registration"), answers)
    assert done.url == address(world, "registration")
    for key in ("body_officer@north", "headteacher@elm"):
        page = text_of(Visitor(world.people[key]).get(address(world, "registration")))
        assert "Said and confirmed" in page
        assert page.count("Differs") == 1
    case = Confirmation.objects.get(registration=world.registrations["elm"].id).induction_id
    assert Visitor(world.people["headteacher@elm"]).get(reverse("cases:case", args=[case])).status_code == 200


@pytest.mark.parametrize(("name", "state"), [("return_registration", "returned"), ("refuse_registration", "refused")])
def test_declined_with_a_reason_that_the_school_reads(world, officer, name, state):
    officer.post(address(world, name), {"reason": "The mentor has no time", "version": 1})
    assert Registration.objects.get(pk=world.registrations["elm"].id).state == state
    page = text_of(Visitor(world.people["school_admin@elm"]).get(address(world, "registration")))
    assert "The mentor has no time" in page


@pytest.mark.parametrize("name", ["confirm_registration", "return_registration", "refuse_registration"])
def test_the_school_edits_while_the_body_answers(world, officer, name):
    """409: what the school changed is shown, what was typed is still there, and sent again it answers what is there."""
    school_changes(world)
    answers = confirmation_answers(world) if name == "confirm_registration" else {"reason": "Look again", "version": 1}
    answer = officer.post(address(world, name), answers)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Zqphysics" in page
    assert "nothing you typed is lost" in page
    assert 'name="version" value="2"' in page
    assert not Confirmation.objects.filter(registration=world.registrations["elm"].id).exists()
    assert officer.post(address(world, name), answers | {"version": 2}).status_code == 302


def test_what_does_not_wait_leads_back(world, officer):
    for key in ("joined", "returned", "gone"):
        assert officer.get(address(world, "confirm_registration", key)).url == address(world, "registration", key)
    answer = officer.post(address(world, "confirm_registration", "returned"), confirmation_answers(world))
    assert answer.status_code == 409
    assert "as it stands" in text_of(answer)


class TestIdentity:
    def registered(self, world, case, **changes):
        teacher = Induction.objects.get(pk=world.cases[case].id).teacher
        found = Registration.objects.filter(pk=world.registrations["elm"].id)
        found.update(trn=teacher.trn, unmatched=True, **changes)

    def test_of_another_bodys_case_nothing_is_shown(self, world, officer):
        self.registered(world, "harbour")
        for name in ("registration", "confirm_registration"):
            page = text_of(officer.get(address(world, name)))
            assert "Check identity" in page
            assert "ZqHarbourect" not in page
            assert str(world.cases["harbour"].id) not in page

    def test_of_its_own_case_it_is_led_to_the_record(self, world, officer):
        self.registered(world, "oak")
        page = text_of(officer.get(address(world, "confirm_registration")))
        assert reverse("cases:case", args=[world.cases["oak"].id]) in page

    def test_it_is_not_confirmed_with_details_that_do_not_agree(self, world, officer):
        self.registered(world, "harbour")
        answers = confirmation_answers(world)
        for checked in ({}, {"identity_checked": "on"}):
            assert officer.post(address(world, "confirm_registration"), answers | checked).status_code == 200
        assert not Confirmation.objects.filter(registration=world.registrations["elm"].id).exists()


class TestThePartWayCase:
    def case(self, world, name):
        return reverse(f"cases:{name}", args=[world.cases["oak"].id])

    def test_a_balance_stands_on_the_case_page_with_its_source(self, world, officer):
        assert officer.post(self.case(world, "prior"), BALANCE).status_code == 302
        for key in ("body_officer@north", "headteacher@oak", "ect@oak"):
            page = text_of(Visitor(world.people[key]).get(self.case(world, "case")))
            assert "1.4" in page
            assert "Letter of 3 July" in page
        mentor = text_of(Visitor(world.people["mentor@oak"]).get(self.case(world, "case")))
        assert "School days absent in that part" not in mentor
        assert officer.post(self.case(world, "prior"), BALANCE | {"version": 0}).status_code == 200
        assert PriorService.objects.get(induction=world.cases["oak"].id).version == 1

    @pytest.mark.parametrize("typed", ["No such school", "999999", "e"])
    def test_a_school_is_found_by_its_number_or_name_or_not_at_all(self, world, officer, typed):
        answers = earlier_answers(world) | {"school": typed}
        page = officer.post(self.case(world, "earlier_school"), answers)
        assert page.status_code == 200
        assert "URN" in text_of(page)

    def test_an_earlier_school_by_its_name(self, world, officer):
        answers = earlier_answers(world) | {"school": "harbour primary"}
        assert officer.post(self.case(world, "earlier_school"), answers).status_code == 302
        assert "Induction started at Harbour Primary" in text_of(officer.get(self.case(world, "case")))

    def test_the_officer_and_the_contact_are_on_the_case_page(self, world):
        admin = Visitor(world.people["body_admin@north"])
        assert admin.post(self.case(world, "officer"), people_answers(world) | {"version": 1}).status_code == 302
        assert "Body Contact of Northern Hub" in text_of(admin.get(self.case(world, "case")))
