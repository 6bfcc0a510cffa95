"""Signing in and out, throttled and timed; setting a password by mail; choosing whom to act for."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from tests.factories import MembershipFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "three random words"


@pytest.fixture
def tutor():
    user = UserFactory(email="tutor@school.example", password=make_password(PASSWORD))
    return MembershipFactory(user=user, role=Role.INDUCTION_TUTOR)


def sign_in(client: Client, email="tutor@school.example", password=PASSWORD, onward=""):
    return client.post(reverse("account_login"), {"login": email, "password": password, "next": onward})


class TestSigningIn:
    def test_the_right_password_leads_home(self, client, tutor):
        assert sign_in(client).url == "/"
        assert tutor.organisation.name in client.get("/").content.decode()

    def test_the_address_may_be_typed_in_capitals(self, client, tutor):
        assert sign_in(client, email="TUTOR@School.example").status_code == 302

    @pytest.mark.parametrize("email", ["tutor@school.example", "nobody@school.example"])
    def test_a_wrong_password_says_the_same_whoever_it_is(self, client, tutor, email):
        answer = sign_in(client, email=email, password="wrong")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Error: Sign in" in page
        assert "not correct" in page
        assert 'value="wrong"' not in page

    def test_the_sixth_wrong_password_in_five_minutes_is_not_tried(self, client, tutor):
        for _ in range(5):
            sign_in(client, password="wrong")
        answer = sign_in(client)
        assert answer.status_code in (200, 429)
        assert "Too many" in answer.content.decode()
        assert client.get("/").status_code == 302

    def test_a_user_who_was_switched_off_does_not_get_in(self, client, tutor):
        User.objects.update(is_active=False)
        assert "Your sign-in is switched off" in client.get(sign_in(client).url).content.decode()
        assert client.get("/").status_code == 302

    def test_it_leads_only_within_the_portal(self, client, tutor):
        assert sign_in(client, onward="https://elsewhere.example/").url == "/"
        client.logout()
        assert sign_in(client, onward="/cases/").url == "/cases/"

    def test_signing_out_ends_the_session(self, client, tutor):
        sign_in(client)
        client.post(reverse("accounts:sign_out"))
        assert client.get("/").url.startswith(reverse("account_login"))

    def test_two_idle_hours_end_it_and_use_prolongs_it(self, client, tutor, monkeypatch):
        sign_in(client)
        first = Session.objects.get().expire_date
        assert abs(first - clock.now() - timedelta(hours=2)) < timedelta(minutes=1)
        later = clock.now() + timedelta(minutes=30)
        monkeypatch.setattr(clock, "now", lambda: later)
        client.get("/")
        assert Session.objects.get().expire_date >= first
        Session.objects.update(expire_date=clock.now() - timedelta(hours=3))
        assert client.get("/").url.startswith(reverse("account_login"))

    def test_a_page_is_kept_by_no_cache(self, client, tutor):
        sign_in(client)
        assert "no-store" in client.get("/")["Cache-Control"]


class TestForgottenPassword:
    def ask(self, client, mailbox, django_capture_on_commit_callbacks, email="tutor@school.example"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("account_reset_password"), {"email": email})
        assert answer.url == reverse("account_reset_password_done")

    @pytest.fixture
    def posted(self, monkeypatch):
        """What would go to the worker: the broker is its own tests' business."""
        mails: list[tuple[str, str, str]] = []
        monkeypatch.setattr("induction_portal.accounts.adapter.post", lambda *mail: mails.append(mail))
        return mails

    def test_a_link_sets_a_new_password_once(self, client, tutor, posted, mailbox, django_capture_on_commit_callbacks):
        self.ask(client, mailbox, django_capture_on_commit_callbacks)
        ((subject, text, to),) = posted
        assert (subject, to) == ("Set a new password for the Induction Portal", "tutor@school.example")
        link = re.search(r"http://testserver(/\S+)", text)[1]
        form = client.get(link, follow=True)
        where = form.redirect_chain[-1][0]
        new = {"password1": "another three words", "password2": "another three words"}
        assert client.post(where, new).url == reverse("account_reset_password_from_key_done")
        assert AuditEvent.objects.filter(event="password_changed").count() == 1
        assert sign_in(Client(), password="another three words").status_code == 302
        assert "used or is too old" in Client().get(link, follow=True).content.decode()

    def test_a_short_password_is_refused_beside_its_field(
        self, client, tutor, posted, mailbox, django_capture_on_commit_callbacks
    ):
        self.ask(client, mailbox, django_capture_on_commit_callbacks)
        link = re.search(r"http://testserver(/\S+)", posted[0][1])[1]
        where = client.get(link, follow=True).redirect_chain[-1][0]
        page = client.post(where, {"password1": "short", "password2": "short"}).content.decode()
        assert "at least 12 characters" in page

    def test_who_has_no_sign_in_is_answered_the_same(
        self, client, tutor, posted, mailbox, django_capture_on_commit_callbacks
    ):
        self.ask(client, mailbox, django_capture_on_commit_callbacks, email="nobody@school.example")
        assert posted == []


class TestActingFor:
    @pytest.fixture
    def both(self, client, tutor):
        other = MembershipFactory(user=tutor.user, organisation=SchoolFactory(name="Elmbridge"), role=Role.MENTOR)
        sign_in(client)
        return tutor, other

    def test_somebody_with_two_organisations_is_asked(self, client, both):
        assert client.get("/").url == "/accounts/acting-for/?next=%2F"
        page = client.get("/accounts/acting-for/").content.decode()
        assert "Elmbridge" in page
        assert both[0].organisation.name in page

    def test_the_choice_holds_until_it_is_changed(self, client, both):
        for membership in both:
            chosen = {"acting_for": str(membership.organisation_id)}
            assert client.post("/accounts/acting-for/?next=/cases/", chosen).url == "/cases/"
            assert membership.organisation.name in client.get("/").content.decode()

    def test_an_organisation_of_others_cannot_be_chosen(self, client, both):
        answer = client.post("/accounts/acting-for/", {"acting_for": str(SchoolFactory().pk)})
        assert answer.status_code == 200
        assert "Select who you are acting for" in answer.content.decode()

    def test_who_left_yesterday_has_nothing_to_choose(self, client, tutor):
        tutor.ends_on = clock.today() - timedelta(days=1)
        tutor.save()
        sign_in(client)
        page = client.get("/", follow=True).content.decode()
        assert "You have no role at the moment" in page
