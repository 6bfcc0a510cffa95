"""A school or a body that has let a case go sees it as it was on its last day, and nothing of what came after."""

from datetime import date, timedelta

import pytest
from django.test import Client

from cases.reckon import reckon
from induction_portal import clock
from induction_portal.accounts.permissions import Role
from tests.factories import (
    AppointmentFactory,
    BodyPeriodFactory,
    MembershipFactory,
    PlacementFactory,
    SchoolFactory,
    UserFactory,
    WorkingPatternFactory,
)

pytestmark = pytest.mark.django_db

START = date(2025, 9, 1)
PAGES = ["", "access/", "history/"]


@pytest.fixture
def moved():
    """Somebody who left Oldbridge, and its body, a month ago for Newbridge."""
    left = clock.today() - timedelta(days=30)
    old = PlacementFactory(school=SchoolFactory(name="Oldbridge"), starts_on=START, ends_on=left)
    WorkingPatternFactory(placement=old, starts_on=START)
    new = PlacementFactory(
        induction=old.induction,
        school=SchoolFactory(name="Newbridge"),
        starts_on=left + timedelta(days=5),
        is_lead=True,
    )
    WorkingPatternFactory(placement=new, starts_on=new.starts_on)
    AppointmentFactory(
        induction=old.induction,
        placement=new,
        school=new.school,
        kind="induction_tutor",
        user=UserFactory(name="Nadia Newtutor"),
        starts_on=new.starts_on,
    )
    hubs = {"induction": old.induction, "agreed_on": START}
    BodyPeriodFactory(**hubs, starts_on=START, ends_on=left, body__name="Old Hub")
    BodyPeriodFactory(induction=old.induction, agreed_on=left, starts_on=new.starts_on, body__name="New Hub")
    MembershipFactory(organisation=new.school, role=Role.HEADTEACHER, user__name="Neil Newhead")
    return old, new


def pages_of(organisation, role, induction):
    client = Client()
    user = MembershipFactory(organisation=organisation, role=role).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    urls = ["/", "/cases/", *(f"/cases/{induction.pk}/{page}" for page in PAGES)]
    answers = [client.get(url) for url in urls]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)


def test_the_old_school_and_the_old_body_see_nothing_of_what_came_after(moved):
    old, _ = moved
    body = old.induction.body_periods.order_by("starts_on").first().body
    for organisation, role in [(old.school, Role.HEADTEACHER), (body, Role.BODY_OFFICER)]:
        seen = pages_of(organisation, role, old.induction)
        assert "Oldbridge" in seen
        assert "Left on" in seen
        for later in ("Newbridge", "New Hub", "Nadia Newtutor", "Neil Newhead"):
            assert later not in seen, f"{role} sees {later}"


def test_the_old_school_has_no_review_to_log_any_more(moved):
    old, _ = moved
    reckon(old.induction)
    client = Client()
    lead = MembershipFactory(organisation=old.school, role=Role.INDUCTION_LEAD).user
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    for url in ("/", f"/cases/{old.induction.pk}/"):
        assert "Log progress review" not in client.get(url).content.decode(), url
    page = client.get(f"/cases/{old.induction.pk}/reviews/new/").content.decode()
    assert "has left your school" in page
    assert "Submit review" not in page


def test_the_new_school_sees_where_they_came_from_and_goes_on(moved):
    _, new = moved
    seen = pages_of(new.school, Role.HEADTEACHER, new.induction)
    assert "Nadia Newtutor" in seen
    assert "Left on" not in seen
