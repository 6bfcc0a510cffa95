"""Inviting and accepting: who may, what the link does, what becomes of appointments when a role ends."""

import threading
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.urls import reverse

from cases.actions import invite_ect, invite_ect_at, resend_to_ect, withdraw_from_ect
from cases.gaps import PeoplePart
from cases.models import Appointment
from cases.rules.errors import RuleBroken
from cases.rules.gaps import first_day_without
from induction_portal import clock
from induction_portal.accounts import links
from induction_portal.accounts.actions import (
    accept_invitation,
    end_membership,
    give_personal_email,
    grant_membership,
    invite,
    resend,
    verify_personal_email,
    withdraw,
)
from induction_portal.accounts.finding import personal_addresses, user_at
from induction_portal.accounts.models import Invitation, Membership, User
from induction_portal.accounts.models.invitations import digest
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer, options
from induction_portal.audit.models import AuditEvent, AuditPayload
from induction_portal.audit.record import case_chain
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    MembershipFactory,
    PersonalEmailFactory,
    PlacementFactory,
    SchoolFactory,
    UserFactory,
    viewer,
)

DAY = date(2026, 9, 1)
HASH = make_password("three-random-words")
A, B = date(2026, 1, 5), date(2026, 3, 27)
pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return viewer(SchoolFactory(name="Oakfield"), Role.HEADTEACHER, on=DAY)


def invited(by, role=Role.MENTOR, email="new@school.example", **other) -> Invitation:
    return invite(by=by, on=DAY, organisation=by.organisation, role=role, email=email, name="New Person", **other)


def accept(invitation, on=DAY, **who) -> User:
    return accept_invitation(on=on, invitation_id=invitation.pk, **({"name": "N P", "password_hash": HASH} | who))


class TestInviting:
    def test_the_row_holds_no_secret_until_the_mail_goes_out(self, head):
        row = invited(head, email=" New@School.example ")
        assert (row.email, row.link_digest, row.sent_at) == ("new@school.example", "", None)
        assert row.expires_on == DAY + timedelta(days=14)
        event = AuditEvent.objects.get(event="person_invited")
        assert event.chain_id == f"organisation:{head.organisation.pk}"
        assert "new@school" not in AuditPayload.objects.get(event=event).content

    @pytest.mark.parametrize(
        ("held", "given"),
        [(Role.SCHOOL_ADMIN, Role.HEADTEACHER), (Role.INDUCTION_TUTOR, Role.MENTOR), (Role.MENTOR, Role.MENTOR)],
    )
    def test_a_role_that_one_may_not_give_is_refused(self, held, given):
        by = viewer(SchoolFactory(), held, on=DAY)
        with pytest.raises(RuleBroken, match="You cannot give or end the role"):
            invited(by, given)
        with pytest.raises(RuleBroken, match="You cannot give or end the role"):
            grant_membership(by=by, on=DAY, user=UserFactory(), organisation=by.organisation, role=given)

    def test_another_kinds_role_is_refused(self, head):
        with pytest.raises(RuleBroken, match="has no role of appropriate body officer"):
            invited(head, Role.BODY_OFFICER)

    def test_once_at_a_time_and_again_after_it_was_withdrawn(self, head):
        first = invited(head)
        with pytest.raises(RuleBroken, match="invited already"):
            invited(head, email="NEW@school.example")
        assert invited(head, Role.GOVERNOR).role == Role.GOVERNOR
        withdraw(by=head, on=DAY, invitation_id=first.pk)
        assert invited(head).is_open

    def test_who_has_the_role_is_not_invited_to_it(self, head):
        held = MembershipFactory(organisation=head.organisation, role=Role.MENTOR)
        with pytest.raises(RuleBroken, match="already mentor at Oakfield"):
            invited(head, email=held.user.email)

    def test_a_missing_name_is_said(self, head):
        with pytest.raises(RuleBroken, match="Enter their full name"):
            invite(by=head, on=DAY, organisation=head.organisation, role=Role.MENTOR, email="a@b.example", name=" ")


class TestTheLink:
    def send(self, mailbox, monkeypatch, on=DAY) -> str:
        monkeypatch.setattr(clock, "today", lambda: on)
        mailbox.clear()
        links.send_waiting()
        [mail] = mailbox.messages
        return mail.get_content()

    def test_the_mail_says_who_invites_and_nothing_more(self, head, mailbox, monkeypatch, settings):
        settings.PORTAL_URL = "https://portal.example/"
        row = invited(head)
        text = self.send(mailbox, monkeypatch)
        token = text.partition("https://portal.example/invitations/")[2].partition("/")[0]
        row.refresh_from_db()
        assert len(token) > 40
        assert row.link_digest == digest(token)
        assert row.sent_at is not None
        assert "Oakfield has invited you to the Induction Portal: mentor at Oakfield." in text
        assert "until 15 September 2026" in text
        assert mailbox.messages[0]["Subject"] == "You are invited to the Induction Portal"
        assert links.send_waiting() == 0, "it goes out once"

    def test_sending_again_kills_the_earlier_link(self, head, mailbox, monkeypatch):
        row = invited(head)
        self.send(mailbox, monkeypatch)
        row.refresh_from_db()
        earlier = row.link_digest
        later = DAY + timedelta(days=20)
        resend(by=head, on=later, invitation_id=row.pk)
        assert not Invitation.objects.of(earlier).exists()
        self.send(mailbox, monkeypatch, on=later)
        row.refresh_from_db()
        assert row.link_digest not in {"", earlier}
        assert row.expires_on == later + timedelta(days=14)

    def test_a_mail_server_that_is_away_loses_nothing(self, head, mailbox, monkeypatch, settings):
        invited(head)
        monkeypatch.setattr(clock, "today", lambda: DAY)
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
        assert links.send_waiting() == 0
        settings.EMAIL_PORT = port
        Invitation.objects.update(next_attempt_at=clock.now() - timedelta(hours=1))
        assert links.send_waiting() == 1

    def test_withdrawn_and_expired_ones_are_not_sent(self, head, mailbox, monkeypatch):
        withdraw(by=head, on=DAY, invitation_id=invited(head).pk)
        invited(head)
        monkeypatch.setattr(clock, "today", lambda: DAY + timedelta(days=15))
        assert links.send_waiting() == 0
        assert mailbox.messages == []


class TestAccepting:
    def test_a_new_person_gets_a_sign_in_and_the_role(self, head):
        user = accept(invited(head))
        assert (user.email, user.name) == ("new@school.example", "N P")
        [way] = options(user, on=DAY)
        assert (way.organisation, way.roles) == (head.organisation, {Role.MENTOR})
        event = AuditEvent.objects.get(event="invitation_accepted")
        assert event.actor_id == user.pk

    def test_it_works_once(self, head):
        row = invited(head)
        user = accept(row)
        for again in ({}, {"user": user}):
            with pytest.raises(RuleBroken, match="does not work any more"):
                accept(row, **again)
        assert Membership.objects.filter(user=user).count() == 1

    @pytest.mark.parametrize(("days", "works"), [(14, True), (15, False)])
    def test_it_works_until_its_last_day(self, head, days, works):
        row = invited(head)
        if works:
            assert accept(row, on=DAY + timedelta(days=days)).pk
        else:
            with pytest.raises(RuleBroken, match="does not work any more"):
                accept(row, on=DAY + timedelta(days=days))
            assert not User.objects.filter(email=row.email).exists()

    def test_a_withdrawn_one_does_not_work(self, head):
        row = invited(head)
        withdraw(by=head, on=DAY, invitation_id=row.pk)
        with pytest.raises(RuleBroken, match="does not work any more"):
            accept(row)
        for act in (resend, withdraw):
            with pytest.raises(RuleBroken, match="was withdrawn"):
                act(by=head, on=DAY, invitation_id=row.pk)

    def test_somebody_elses_sign_in_does_not_accept_it(self, head):
        row = invited(head)
        with pytest.raises(RuleBroken, match="for another sign-in"):
            accept(row, user=UserFactory())
        owner = UserFactory(email="New@school.example")
        with pytest.raises(RuleBroken, match="for another sign-in"):
            accept(row)
        assert accept(row, user=owner) == owner

    def test_a_confirmed_personal_address_is_its_owners(self, head):
        owner = PersonalEmailFactory(email="new@school.example", verified_at=clock.now()).user
        assert accept(invited(head), user=owner) == owner

    def test_a_role_given_meanwhile_is_no_fault(self, head):
        row, user = invited(head), UserFactory(email="new@school.example")
        MembershipFactory(user=user, organisation=head.organisation, role=Role.MENTOR)
        assert accept(row, user=user) == user


class TestAnEctsOwnRecord:
    @pytest.fixture
    def case(self):
        return PlacementFactory().induction

    def test_accepting_links_the_record_for_life(self, case, head):
        row = invite_ect(by=head, on=DAY, induction_id=case.pk, email="ect@home.example", name="An Ect")
        assert (row.organisation, row.sender, row.subject_id) == (None, head.organisation, case.pk)
        user = accept(row)
        case.teacher.refresh_from_db()
        assert case.teacher.user == user
        assert [way.roles for way in options(user, on=DAY)] == [{Role.ECT}]
        with pytest.raises(RuleBroken, match="can open their record already"):
            invite_ect(by=head, on=DAY, induction_id=case.pk, email="other@home.example", name="An Ect")

    def test_one_at_a_time_whatever_the_address(self, case, head):
        invite_ect(by=head, on=DAY, induction_id=case.pk, email="ect@home.example", name="An Ect")
        with pytest.raises(RuleBroken, match="invited already"):
            invite_ect(by=head, on=DAY, induction_id=case.pk, email="b@home.example", name="An Ect")

    def test_another_address_takes_the_first_ones_place(self, case, head):
        first = invite_ect(by=head, on=DAY, induction_id=case.pk, email="old@home.example", name="An Ect")
        with pytest.raises(RuleBroken, match="This is the address that was invited"):
            invite_ect_at(by=head, on=DAY, induction_id=case.pk, email=" OLD@home.example ")
        second = invite_ect_at(by=head, on=DAY, induction_id=case.pk, email="new@home.example")
        first.refresh_from_db()
        assert (first.is_open, second.is_open, second.name) == (False, True, case.teacher.name)
        told = list(AuditEvent.objects.filter(chain=case_chain(case.pk)).values_list("event", flat=True))
        assert told[-3:] == ["person_invited", "invitation_withdrawn", "person_invited"]

    def test_a_mentors_address_is_refused(self, case, head):
        mentor = AppointmentFactory(placement=case.placements.get(), kind="mentor", starts_on=DAY).user
        with pytest.raises(RuleBroken, match="who mentors or reviews this ECT"):
            invite_ect_at(by=head, on=DAY, induction_id=case.pk, email=mentor.email)
        assert not Invitation.objects.exists()

    def test_it_is_sent_again_and_withdrawn_on_the_cases_chain(self, case, head):
        row = invite_ect(by=head, on=DAY, induction_id=case.pk, email="ect@home.example", name="An Ect")
        later = DAY + timedelta(days=30)
        assert resend_to_ect(by=head, on=later, induction_id=case.pk).expires_on == later + timedelta(days=14)
        withdraw_from_ect(by=head, on=later, induction_id=case.pk)
        for act in (resend_to_ect, withdraw_from_ect):
            with pytest.raises(RuleBroken, match="No invitation is open"):
                act(by=head, on=later, induction_id=case.pk)
        told = AuditEvent.objects.filter(subject_id=row.pk).values_list("event", "chain").order_by("sequence")
        chain = case_chain(case.pk)
        events = ["person_invited", "invitation_resent", "invitation_withdrawn"]
        assert list(told) == [(event, chain) for event in events]

    def test_who_has_their_record_is_sent_nothing(self, case, head):
        accept(invite_ect(by=head, on=DAY, induction_id=case.pk, email="ect@home.example", name="An Ect"))
        for act in (resend_to_ect, withdraw_from_ect):
            with pytest.raises(RuleBroken, match="can open their record already"):
                act(by=head, on=DAY, induction_id=case.pk)
        with pytest.raises(RuleBroken, match="can open their record already"):
            invite_ect_at(by=head, on=DAY, induction_id=case.pk, email="other@home.example")
        assert AuditEvent.objects.get(event="invitation_accepted").chain_id == case_chain(case.pk)

    def test_a_record_that_cannot_be_linked_undoes_the_sign_in_too(self, case, head):
        row = invite_ect(by=head, on=DAY, induction_id=case.pk, email="ect@home.example", name="An Ect")
        case.teacher.user = UserFactory()
        case.teacher.save()
        with pytest.raises(RuleBroken, match="linked already"):
            accept(row)
        assert not User.objects.filter(email="ect@home.example").exists()
        row.refresh_from_db()
        assert row.is_open


class TestEndingARole:
    @pytest.fixture
    def mentoring(self, head):
        placement = PlacementFactory(school=head.organisation, starts_on=A)
        held = MembershipFactory(organisation=head.organisation, role=Role.MENTOR)
        AppointmentFactory(placement=placement, kind="induction_tutor", starts_on=A)
        return held, AppointmentFactory(placement=placement, kind="mentor", user=held.user, starts_on=A)

    def test_appointments_end_with_it_and_the_gap_is_a_task(self, head, mentoring):
        held, appointment = mentoring
        last = DAY + timedelta(days=5)
        end_membership(by=head, on=DAY, membership_id=held.pk, last_day=last)
        appointment.refresh_from_db()
        assert appointment.ends_on == last
        [task] = PeoplePart().tasks(head)
        assert task.says == "Appoint a mentor: there is none from 7 September 2026"
        assert (task.on, task.state) == (last + timedelta(days=1), "")
        assert task.url == reverse("cases:case", args=[appointment.induction_id])
        later = Viewer(head.user, head.organisation, head.roles, last + timedelta(days=1))
        [task] = PeoplePart().tasks(later)
        assert (task.says, task.state) == ("Appoint a mentor: there is none now", "Overdue")

    def test_an_appointment_that_another_role_bears_goes_on(self, head):
        placement = PlacementFactory(school=head.organisation, starts_on=A)
        held = MembershipFactory(organisation=head.organisation, role=Role.INDUCTION_TUTOR)
        MembershipFactory(organisation=head.organisation, role=Role.INDUCTION_LEAD, user=held.user)
        AppointmentFactory(placement=placement, kind="induction_tutor", user=held.user, starts_on=A)
        end_membership(by=head, on=DAY, membership_id=held.pk, last_day=DAY)
        assert Appointment.objects.get(user=held.user).ends_on is None

    def test_another_schools_appointments_are_left_alone(self, head, mentoring):
        held, _ = mentoring
        other = AppointmentFactory(kind="mentor", user=held.user, starts_on=A)
        end_membership(by=head, on=DAY, membership_id=held.pk, last_day=DAY)
        other.refresh_from_db()
        assert other.ends_on is None

    def test_an_organisation_is_never_left_without_somebody_who_looks_after_its_people(self, head):
        own = Membership.objects.get(user=head.user)
        with pytest.raises(RuleBroken, match="Nobody else could invite people"):
            end_membership(by=head, on=DAY, membership_id=own.pk, last_day=DAY)
        office = MembershipFactory(organisation=head.organisation, role=Role.SCHOOL_ADMIN)
        by_office = Viewer(office.user, head.organisation, frozenset({Role.SCHOOL_ADMIN}), DAY)
        with pytest.raises(RuleBroken, match="cannot give or end the role of headteacher"):
            end_membership(by=by_office, on=DAY, membership_id=own.pk, last_day=DAY)
        assert end_membership(by=head, on=DAY, membership_id=own.pk, last_day=DAY).ends_on == DAY
        with pytest.raises(RuleBroken, match="Nobody else could invite people"):
            end_membership(by=by_office, on=DAY, membership_id=office.pk, last_day=DAY)

    def test_the_operator_may_give_the_first_role(self):
        body = BodyFactory()
        by = System("add_body")
        assert (
            invite(by=by, on=DAY, organisation=body, role=Role.BODY_ADMIN, email="a@b.example", name="A B").sender
            == body
        )


@pytest.mark.parametrize(
    ("held", "until", "gap"),
    [
        ([], None, A),
        ([(A, None)], None, None),
        ([(A, B)], None, B + timedelta(days=1)),
        ([(A, B)], B, None),
        ([(A, B), (B + timedelta(days=1), None)], None, None),
        ([(A, B), (B + timedelta(days=2), None)], None, B + timedelta(days=1)),
        ([(B, None), (date(2025, 1, 1), date(2025, 2, 1))], None, A),
    ],
)
def test_the_first_day_without_anybody(held, until, gap):
    assert first_day_without(held, since=A, until=until) == gap


class TestPersonalAddress:
    @pytest.fixture
    def ect(self):
        return Viewer(UserFactory(is_ect=True), None, frozenset({Role.ECT}), DAY)

    def test_it_counts_once_confirmed_and_until_another_is_given(self, ect):
        given = give_personal_email(by=ect, on=DAY, email="Me@home.example")
        assert user_at("me@home.example") is None
        assert personal_addresses(ect.user) == []
        [task] = PeoplePart().tasks(ect)
        assert task.says == "Confirm your personal email address"
        verify_personal_email(on=DAY, address_id=given.pk)
        assert user_at("ME@home.example") == ect.user
        assert personal_addresses(ect.user) == ["me@home.example"]
        assert list(PeoplePart().tasks(ect)) == []
        give_personal_email(by=ect, on=DAY, email="you@home.example")
        assert user_at("me@home.example") is None

    def test_who_has_given_none_is_asked(self, ect):
        [task] = PeoplePart().tasks(ect)
        assert (task.says, task.url) == ("Give a personal email address", "/accounts/you/")

    def test_the_school_address_is_no_personal_one(self, ect):
        with pytest.raises(RuleBroken, match="other than the one you sign in with"):
            give_personal_email(by=ect, on=DAY, email=ect.user.email.upper())

    def test_an_address_that_opens_another_sign_in_is_refused_only_by_its_link(self, ect):
        other = UserFactory()
        given = give_personal_email(by=ect, on=DAY, email=other.email)
        with pytest.raises(RuleBroken, match="Somebody signs in with this address already"):
            verify_personal_email(on=DAY, address_id=given.pk)
        assert user_at(other.email) == other

    def test_a_late_or_second_confirmation_is_refused(self, ect):
        given = give_personal_email(by=ect, on=DAY, email="me@home.example")
        with pytest.raises(RuleBroken, match="does not work any more"):
            verify_personal_email(on=DAY + timedelta(days=15), address_id=given.pk)
        verify_personal_email(on=DAY, address_id=given.pk)
        with pytest.raises(RuleBroken, match="does not work any more"):
            verify_personal_email(on=DAY, address_id=given.pk)


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_the_same_moment_make_one_person(db):
    by = viewer(SchoolFactory(), Role.HEADTEACHER, on=DAY)
    row, ends, start = invited(by), [], threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            ends.append(accept(row).email)
        except RuleBroken as broken:
            ends.append(broken.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused, accepted = sorted(ends)
    assert accepted == "new@school.example"
    assert "does not work any more" in refused
    assert User.objects.filter(email="new@school.example").count() == 1
    assert Membership.objects.filter(user__email="new@school.example").count() == 1
