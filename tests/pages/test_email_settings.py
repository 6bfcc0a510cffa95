"""How a person chooses to be mailed: on their page, or by the link in a mail without signing in."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cases.rules.mailing import Pace, Topic
from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from notifications import kinds, outbox
from notifications.models import EmailChoice, Message
from notifications.tasks import deliver_messages
from notifications.unsubscribing import GATHERED, SIGNER, unsubscribe_path
from tests.support.outbox import CHAT, TEMPLATES, TOLD

pytestmark = pytest.mark.django_db
HOME = "/messages/settings/"


@pytest.fixture
def tutor():
    school = Organisation.objects.create(kind="school", name="Oakfield School", identifier="100001")
    user = User.objects.create(email="tutor@oakfield.example", name="Ruth O'Neill")
    Membership.objects.create(user=user, organisation=school, role=Role.INDUCTION_TUTOR, starts_on=date(2025, 9, 1))
    return user


@pytest.fixture
def visit(client, tutor):
    client.force_login(tutor)
    return client


@pytest.fixture
def mails(mailbox, monkeypatch, settings):
    """Mails these messages, and returns the mails."""
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], TEMPLATES]}, *rest]
    settings.PORTAL_URL = "https://portal.example"
    for kind in (CHAT, TOLD):
        monkeypatch.setitem(kinds._kinds, kind.name, kind)

    def mails(to, *told):
        for kind in told:
            given = {"subject_id": to.pk, "organisation_id": None, "url": "/", "context": {"school": "Oakfield"}}
            outbox.queue(kind, to=to, **given)
        deliver_messages()
        return mailbox.messages

    return mails


def page(response, status: int = 200) -> BeautifulSoup:
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def saved(client, **other):
    shown = page(client.get(HOME))
    form = shown.select_one("form:has([name=weekday])")
    data = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    data |= {topic.value: "at_once" for topic in Topic} | {"weekday": "0"} | other
    return client.post(HOME, data)


def chosen(user) -> dict[str, str]:
    return dict(EmailChoice.objects.filter(user=user).values_list("topic", "pace"))


def link_of(mail) -> str:
    return re.fullmatch(r"<https://portal\.example(/\S+)>", str(mail["List-Unsubscribe"]).strip())[1]


def test_the_inbox_leads_there_and_what_was_chosen_is_shown_again(visit, tutor):
    assert page(visit.get("/messages/")).select_one(f"a[href='{HOME}']")
    assert saved(visit, reviews="weekly", weekday="4").url == "/messages/"
    assert chosen(tutor) == {topic.value: "weekly" if topic is Topic.REVIEWS else "at_once" for topic in Topic}
    shown = page(visit.get(HOME))
    assert shown.select_one("select[name=reviews] option[selected]")["value"] == "weekly"
    assert shown.select_one("select[name=people] option[selected]")["value"] == "at_once"
    assert shown.select_one("select[name=weekday] option[selected]").get_text() == "Friday"
    assert AuditEvent.objects.filter(event="email_choices_set", actor_id=tutor.pk).count() == 1


def test_a_choice_that_is_not_offered_is_refused_beside_its_field(visit, tutor):
    answer = page(saved(visit, reviews="yearly"))
    assert (
        "Select how soon to email you about: Progress reviews" in answer.select_one(".govuk-error-summary").get_text()
    )
    assert chosen(tutor) == {}


def test_what_may_be_turned_off_says_how_in_its_head_and_at_its_foot(tutor, mails):
    chat, told = mails(tutor, "chat", "told")
    text = chat.get_body(("plain",)).get_content()
    assert f"Stop emails like this one: https://portal.example{link_of(chat)}" in text.replace("\r\n", "\n")
    assert "https://portal.example/messages/settings/" in text
    assert link_of(chat) in chat.get_body(("html",)).get_content()
    assert chat["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told["List-Unsubscribe"] is told["List-Unsubscribe-Post"] is None
    assert "cannot be turned off" in told.get_body(("plain",)).get_content()
    assert "unsubscribe" not in told.get_body(("html",)).get_content()


def test_the_link_asks_first_and_works_without_signing_in(tutor, mails):
    [mail] = mails(tutor, "chat")
    visitor = Client(enforce_csrf_checks=True)
    asked = page(visitor.get(link_of(mail)))
    assert "Progress reviews, observations" in asked.get_text()
    assert tutor.name not in asked.get_text()
    assert chosen(tutor) == {}
    answer = page(visitor.post(link_of(mail)))
    assert "You will get no more of these emails" in answer.h1.get_text()
    assert chosen(tutor) == {"reviews": "never"}
    event = AuditEvent.objects.get(event="email_choices_set")
    assert event.actor_id == tutor.pk
    assert len(mails(tutor, "chat", "told")) == 2
    assert Message.objects.filter(status="kept").count() == 1


def test_a_mail_program_turns_it_off_with_one_request(tutor, mails):
    """RFC 8058: neither cookie nor token, and a second time is no fault."""
    [mail] = mails(tutor, "chat")
    for _ in range(2):
        answer = Client(enforce_csrf_checks=True).post(link_of(mail), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert chosen(tutor) == {"reviews": "never"}
    assert AuditEvent.objects.filter(event="email_choices_set").count() == 1


def test_the_link_of_a_mail_of_several_messages_turns_off_what_is_gathered(tutor):
    for topic, pace in (("reviews", Pace.DAILY), ("support", Pace.WEEKLY), ("people", Pace.AT_ONCE)):
        EmailChoice.objects.create(user=tutor, topic=topic, pace=pace.value)
    Client().post(unsubscribe_path(tutor.pk, GATHERED))
    assert chosen(tutor) == {"reviews": "never", "support": "never", "people": "at_once"}


def test_a_link_that_is_not_ours_does_nothing(tutor):
    forged = unsubscribe_path(tutor.pk, "reviews")[:-2] + "x/"
    unknown = f"/messages/unsubscribe/{SIGNER.sign(f'{tutor.pk.hex}~weather')}/"
    for address in (forged, unknown, "/messages/unsubscribe/anything/"):
        for ask in (Client().get, Client().post):
            assert "does not work" in page(ask(address), 404).h1.get_text()
    assert chosen(tutor) == {}


def test_the_link_of_an_account_that_is_closed_says_so(tutor):
    tutor.is_active = False
    tutor.save()
    page(Client().post(unsubscribe_path(tutor.pk, "reviews")), 410)
    assert chosen(tutor) == {}


def test_a_link_is_held_back_when_somebody_tries_too_often(tutor, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"answer_link": "2/m/ip"}
    path = unsubscribe_path(tutor.pk, "reviews")
    assert [Client().get(path).status_code for _ in range(3)] == [200, 200, 429]


def test_the_inbox_says_what_is_mailed_when(visit, tutor, mails):
    EmailChoice.objects.create(user=tutor, topic="reviews", pace="daily")
    mails(tutor, "chat")
    day = Message.objects.get().digest_on
    assert f"By email on {day.day} {day:%B %Y}" in page(visit.get("/messages/")).get_text()
    Message.objects.update(status="kept")
    assert "Not by email, as you chose" in page(visit.get("/messages/")).get_text()


def test_every_statutory_kind_goes_at_once_and_the_others_have_a_choice():
    """Whatever an app registers: assessments to sign, decisions, notices and appeals cannot be turned off."""
    statutory = {kind.name for kind in kinds.registered() if kind.statutory}
    for name in ("assessment_ready", "assessment_to_sign", "may_write", "decision_made", "decision_notice",
                 "appeal_moved", "absence_notice", "registration_refused", "own_concern_raised"):  # fmt: skip
        assert name in statutory, name
    assert {"review_submitted", "quality_shared", "concern_raised"} & statutory == set()
    assert all(kind.statutory for kind in kinds.registered() if kind.on_sent or kind.on_lost)
