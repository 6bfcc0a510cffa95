"""Organisations, users and memberships: each action does it, refuses it, records it, and knows what is done already."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password

from cases.rules.errors import RuleBroken
from induction_portal.accounts.actions import add_organisation, add_user, end_membership, grant_membership
from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer, options
from induction_portal.audit.models import AuditEvent
from tests.factories import BodyFactory, MembershipFactory, SchoolFactory, TrustFactory, UserFactory
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db
PORTAL, DAY = System("test"), date(2026, 9, 1)


def add(**changes):
    given = {"kind": "school", "name": "Oakfield School", "identifier": "123456"} | changes
    return add_organisation(by=PORTAL, on=DAY, **given)


def test_an_organisation_is_added_with_its_trust_and_recorded():
    trust = TrustFactory()
    school = add(trust=trust)
    assert Organisation.objects.get(pk=school.pk).trust == trust
    assert recorded() == ("organisation_created", "installation")
    assert told(last_event())["after"]["identifier"] == "123456"
    assert (last_event().subject_id, last_event().on, last_event().acted_as) == (school.pk, DAY, "test")


@pytest.mark.parametrize(
    ("changes", "says", "field"),
    [
        ({"identifier": "1234"}, "Enter the URN: 5 or 6 digits", "identifier"),
        ({"identifier": "12345x"}, "Enter the URN: 5 or 6 digits", "identifier"),
        ({"kind": "body", "identifier": " "}, "Enter an identifier", "identifier"),
        ({"name": "  "}, "Enter the name", "name"),
        ({"kind": "academy"}, "Choose what kind of organisation it is", "kind"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(changes, says, field):
    with pytest.raises(RuleBroken, match=says) as broken:
        add(**changes)
    assert broken.value.field == field
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.exists()


def test_only_a_school_has_a_trust_and_only_a_trust_is_one():
    trust = TrustFactory()
    with pytest.raises(RuleBroken, match="Only a school belongs to a trust"):
        add(kind="body", trust=trust)
    with pytest.raises(RuleBroken, match="Only a school belongs to a trust"):
        add(trust=BodyFactory())


def test_an_organisation_is_added_once():
    add()
    with pytest.raises(RuleBroken, match="An organisation with this identifier is here already"):
        add(name="Another name")
    assert add(kind="trust").identifier == "123456", "a trust may have the same one"


def test_a_user_is_added_without_their_name_in_the_trail():
    user = add_user(
        by=PORTAL,
        on=DAY,
        email="Priya.Nair@Oakfield.example",
        name="Priya Nair",
        password_hash=make_password("long enough"),
    )
    user.refresh_from_db()
    assert (user.email, user.name, user.check_password("long enough")) == (
        "priya.nair@oakfield.example", "Priya Nair", True
    )  # fmt: skip
    assert recorded() == ("user_created", "installation")
    assert "Priya" not in last_event().payload.content


def test_a_user_without_a_password_cannot_sign_in_until_they_set_one():
    assert not add_user(by=PORTAL, on=DAY, email="a@b.example", name="A B").has_usable_password()


def test_an_address_has_one_sign_in_however_it_is_written():
    add_user(by=PORTAL, on=DAY, email="a@b.example", name="A B")
    with pytest.raises(RuleBroken, match="already has a sign-in") as broken:
        add_user(by=PORTAL, on=DAY, email="A@B.EXAMPLE", name="A B")
    assert broken.value.field == "email"
    assert User.objects.count() == 1


def test_a_membership_opens_from_its_first_day():
    school, user = SchoolFactory(), UserFactory()
    grant_membership(by=PORTAL, on=DAY, user=user, organisation=school, role=Role.MENTOR, starts_on=date(2026, 9, 7))
    assert options(user, on=date(2026, 9, 6)) == []
    assert options(user, on=date(2026, 9, 7))[0].roles == {Role.MENTOR}
    assert recorded() == ("membership_granted", "organisation")
    assert last_event().chain_id == f"organisation:{school.pk}"


def test_a_membership_starts_on_the_day_of_the_act_unless_told_otherwise():
    held = grant_membership(by=PORTAL, on=DAY, user=UserFactory(), organisation=SchoolFactory(), role=Role.GOVERNOR)
    assert held.starts_on == DAY


@pytest.mark.parametrize(
    ("factory", "role"),
    [
        (SchoolFactory, Role.BODY_OFFICER), (SchoolFactory, Role.TRUST_OFFICER), (SchoolFactory, Role.OPERATOR),
        (SchoolFactory, Role.ECT), (BodyFactory, Role.HEADTEACHER), (TrustFactory, Role.INDUCTION_TUTOR),
    ],
)  # fmt: skip
def test_a_role_that_this_kind_of_organisation_does_not_have_is_refused(factory, role):
    with pytest.raises(RuleBroken, match="has no role of") as broken:
        grant_membership(by=PORTAL, on=DAY, user=UserFactory(), organisation=factory(), role=role)
    assert broken.value.field == "role"
    assert not Membership.objects.exists()


def test_a_role_is_held_once_at_a_time_and_again_after_it_ended():
    held = MembershipFactory(role=Role.MENTOR)

    def grant():
        return grant_membership(
            by=PORTAL, on=DAY, user=held.user, organisation=held.organisation, role=Role.MENTOR, starts_on=DAY
        )

    with pytest.raises(RuleBroken, match="is already mentor at"):
        grant()
    end_membership(by=PORTAL, on=DAY, membership_id=held.pk, last_day=date(2026, 8, 31))
    assert grant().starts_on == DAY


def test_a_membership_ends_after_its_last_day():
    held = MembershipFactory()
    end_membership(by=PORTAL, on=DAY, membership_id=held.pk, last_day=DAY)
    assert options(held.user, on=DAY) != []
    assert options(held.user, on=date(2026, 9, 2)) == []
    assert recorded() == ("membership_ended", "organisation")
    assert told(last_event()) == {"before": {"ends_on": None}, "after": {"ends_on": "2026-09-01"}}


def test_a_membership_cannot_end_before_it_starts():
    held = MembershipFactory(starts_on=DAY)
    with pytest.raises(RuleBroken, match="on or after the first"):
        end_membership(by=PORTAL, on=DAY, membership_id=held.pk, last_day=date(2026, 8, 31))


@pytest.mark.parametrize("again", [DAY, date(2027, 1, 1)])
def test_a_membership_that_ended_is_not_ended_again_or_reopened(again):
    held = MembershipFactory()
    end_membership(by=PORTAL, on=DAY, membership_id=held.pk, last_day=DAY)
    with pytest.raises(RuleBroken, match="ends no later already"):
        end_membership(by=PORTAL, on=DAY, membership_id=held.pk, last_day=again)
    end_membership(by=PORTAL, on=DAY, membership_id=held.pk, last_day=date(2026, 8, 1))
    assert Membership.objects.get(pk=held.pk).ends_on == date(2026, 8, 1), "it may end earlier after all"


def test_the_trail_says_who_acted_and_for_whom():
    head = MembershipFactory(role=Role.HEADTEACHER)
    by = Viewer(head.user, head.organisation, frozenset({Role.HEADTEACHER, Role.INDUCTION_TUTOR}), DAY)
    grant_membership(by=by, on=DAY, user=UserFactory(), organisation=head.organisation, role=Role.MENTOR)
    event = last_event()
    assert (event.actor_id, event.organisation_id) == (head.user_id, head.organisation_id)
    assert event.acted_as == "headteacher,induction_tutor"
