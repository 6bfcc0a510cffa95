"""Following a link that was mailed: as somebody new, as oneself, as somebody else, too late, twice, by guessing."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts import links
from induction_portal.accounts.actions import give_personal_email, invite, withdraw
from induction_portal.accounts.models import Invitation, Membership, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.models import AuditEvent
from notifications.mail import compose
from tests.factories import SchoolFactory, UserFactory, viewer

pytestmark = pytest.mark.django_db
PASSWORD = "three random words"
PAGE = "/invitations/"


@pytest.fixture
def head():
    return viewer(SchoolFactory(name="Oakfield"), Role.HEADTEACHER, on=clock.today())


@pytest.fixture
def invitation(head):
    offer = {"role": Role.MENTOR, "email": "sam@oakfield.example", "name": "Sam Hill"}
    return invite(by=head, on=head.on, organisation=head.organisation, **offer)


@pytest.fixture
def link(invitation, mailbox) -> str:
    """The path in the mail."""
    return mailed(mailbox)


def mailed(mailbox) -> str:
    links.send_waiting()
    return re.search(r"http://[^/\s]+(/\S+)", mailbox.messages[-1].get_content())[1]


def user(email="sam@oakfield.example") -> User:
    return UserFactory(email=email, password=make_password(PASSWORD))


def text(client, link) -> str:
    return client.get(link, follow=True).content.decode()


class TestSomebodyNew:
    new = {"name": "Sam Hill", "password1": PASSWORD, "password2": PASSWORD}

    def test_they_choose_a_password_and_sign_in(self, client, link):
        page = client.get(link, follow=True)
        assert page.redirect_chain == [(PAGE, 302)]
        html = page.content.decode()
        assert "Oakfield has invited you" in html
        assert 'value="Sam Hill"' in html
        done = client.post(PAGE, self.new)
        assert done.url == reverse("account_login")
        assert "Your sign-in is ready" in client.get(done.url).content.decode()
        signed_in = client.post(done.url, {"login": "sam@oakfield.example", "password": PASSWORD})
        assert signed_in.url == "/"
        assert "Mentor, Oakfield" in client.get("/").content.decode()

    def test_the_secret_is_on_no_page_and_in_no_referrer(self, client, link):
        opened = client.get(link)
        assert (opened["Referrer-Policy"], opened["Cache-Control"]) == ("no-referrer", "private, no-store")
        token = link.rstrip("/").rpartition("/")[2]
        page = client.get(opened.url)
        assert token not in page.content.decode() + str(dict(client.session.items()))
        assert "no-store" in page["Cache-Control"]

    def test_opening_it_changes_nothing(self, client, link):
        before = AuditEvent.objects.count()
        text(client, link)
        assert AuditEvent.objects.count() == before
        assert not User.objects.filter(email="sam@oakfield.example").exists()

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"password2": "another three words"}, "Enter the same password twice"),
            ({"password1": "short", "password2": "short"}, "at least 12 characters"),
            ({"password1": "password1234", "password2": "password1234"}, "too common"),
            ({"password1": "sam@oakfield.example", "password2": "sam@oakfield.example"}, "too similar"),
            ({"password1": ""}, "Enter a password"),
            ({"name": " "}, "Enter your full name"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field_and_makes_nobody(self, client, link, sent, says):
        client.get(link)
        page = client.post(PAGE, self.new | sent).content.decode()
        assert "Error: " in page
        assert says in page
        assert PASSWORD not in page
        assert not User.objects.filter(email="sam@oakfield.example").exists()

    def test_used_twice_it_says_what_to_do(self, client, link):
        client.get(link)
        client.post(PAGE, self.new)
        again = Client().get(link, follow=True)
        assert again.status_code == 410
        html = again.content.decode()
        assert "It has been used already" in html
        assert "tell Oakfield" in html


class TestSomebodyKnown:
    def test_they_sign_in_first_and_then_accept(self, client, link):
        user()
        page = text(client, link)
        assert "You have a sign-in already" in page
        assert client.post(PAGE, TestSomebodyNew.new).status_code == 200, "nobody else can set a password for it"
        assert not Membership.objects.filter(user__email="sam@oakfield.example").exists()
        client.post("/accounts/sign-in/?next=/invitations/", {"login": "sam@oakfield.example", "password": PASSWORD})
        assert "Accept invitation" in text(client, PAGE)
        assert client.post(PAGE).url == "/"
        assert "Mentor, Oakfield" in text(client, "/")

    def test_somebody_else_is_told_so_and_nothing_happens(self, client, link):
        client.force_login(user("other@oakfield.example"), "allauth.account.auth_backends.AuthenticationBackend")
        for known in (False, True):
            answer = client.get(link, follow=True)
            assert answer.status_code == 403
            assert "You are signed in as other@oakfield.example" in answer.content.decode()
            assert client.post(PAGE).status_code == 403
            known or user()
        assert Invitation.objects.get().is_open


class TestLinksThatDoNotWork:
    def test_withdrawn(self, client, link, head, invitation):
        withdraw(by=head, on=head.on, invitation_id=invitation.pk)
        assert "Oakfield has withdrawn it" in text(client, link)

    def test_expired(self, client, link, invitation):
        Invitation.objects.update(invited_on="2025-09-01", expires_on="2025-09-15")
        assert "It worked until 15 September 2025. Ask Oakfield to send it again" in text(client, link)
        assert client.post(PAGE, TestSomebodyNew.new).status_code == 410

    @pytest.mark.parametrize("token", ["nonsense", "%00", "x" * 400, "zo%C3%AB"])
    def test_unknown_ones_say_the_same_whoever_is_invited(self, client, invitation, token):
        answer = client.get(f"/invitations/{token}/", follow=True)
        assert answer.status_code == 410
        assert "only the link in the latest email works" in answer.content.decode()

    def test_no_link_at_all(self, client):
        assert client.get(PAGE).status_code == 410

    def test_guessing_is_held_back(self, client):
        answers = [client.get(f"/invitations/guess{number}/").status_code for number in range(31)]
        assert answers == [302] * 30 + [429]

    def test_answering_is_held_back(self, client, link):
        client.get(link)
        answers = [client.post(PAGE, {"name": ""}).status_code for _ in range(11)]
        assert answers == [200] * 10 + [429]


class TestPersonalAddress:
    @pytest.fixture
    def ect(self):
        return UserFactory(is_ect=True, password=make_password(PASSWORD), email="ect@oakfield.example")

    @pytest.fixture
    def address(self, ect, mailbox) -> str:
        by = Viewer(ect, None, frozenset({Role.ECT}), clock.today())
        give_personal_email(by=by, on=by.on, email="me@home.example")
        return mailed(mailbox)

    def test_confirming_takes_a_click_and_opens_the_sign_in(self, client, ect, address):
        page = text(client, address)
        assert "me@home.example" in page
        assert client.post("/accounts/sign-in/", {"login": "me@home.example", "password": PASSWORD}).status_code == 200
        assert client.post("/accounts/confirm/").url == "/accounts/you/"
        signed_in = Client().post("/accounts/sign-in/", {"login": "me@home.example", "password": PASSWORD})
        assert signed_in.status_code == 302
        assert "The address is confirmed already" in text(Client(), address)

    def test_notices_go_there_too_unseen_by_the_school(self, client, ect, address):
        from notifications import kinds
        from notifications.models import Message

        client.get(address)
        client.post("/accounts/confirm/")
        message = Message(recipient=ect, kind="review_submitted", subject_id=ect.pk, title="News", url="/")
        message.created_at = clock.now()
        mail = compose(message, kinds.get("review_submitted"))
        assert mail.recipients() == ["ect@oakfield.example", "me@home.example"]
        assert "me@home.example" not in mail.message().as_string()
